// How was it worked out? Every step of a plan with its numbers, as sizing.explain has them, and where these were read.
import { html, nothing } from "../vendor/lit-html/lit-html.js";
import { cited } from "./cited.mjs";

/** The steps of a plan, part by part, as steps.mjs tells them; while there are none yet, or none to be had, that it is so. */
export const stepByStep = (parts) => (parts
  ? html`<div class="sz-steps">${parts.map(part)}</div>`
  : html`<p class="sz-hint">${parts === null ? "这一部分没能载入；连上网络，再打开一次。" : "正在逐步计算…"}</p>`);

const part = ({ name, steps }) => html`<section><h3>${name}</h3><dl>${steps.map(step)}</dl></section>`;

const step = ({ what, value, how, note, sources }) => html`<div>
  <dt>${what}</dt>
  <dd><b>${value}</b>${how ? html` <span class="sz-how">= ${how}</span>` : nothing}${note ? html` <small>${note}</small>` : nothing} ${cited(sources)}</dd></div>`;
