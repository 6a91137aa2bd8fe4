// How is a text copied? By a button that says so when it is done.
import { html } from "../vendor/lit-html/lit-html.js";

const SAID = 1500; // ms that it says so

const copy = async (button, text, done) => {
  await navigator.clipboard.writeText(text);
  const label = button.textContent;
  button.textContent = done;
  setTimeout(() => { button.textContent = label; }, SAID);
};

/** A button that copies a text, or what a function gives. */
export const copier = (text, label = "复制", done = "已复制") => html`<button type="button" class="sz-copy"
  @click=${(e) => copy(e.currentTarget, typeof text === "function" ? text() : text, done)}>${label}</button>`;
