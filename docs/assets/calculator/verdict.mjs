// Does it fit? A sign, a word and a colour, the same everywhere.
import { html } from "../vendor/lit-html/lit-html.js";
import { VERDICTS } from "./words.mjs";

/** The sign of a plan's verdict. */
export const sign = (plan) => {
  const { sign, word, kind } = VERDICTS[plan.verdict ?? "alone"];
  return html`<span class="sz-sign ${kind}"><span aria-hidden="true">${sign}</span> ${word}</span>`;
};

/** The devices, and the host where a part of the model lies there or there is nothing else. */
export const placesShown = (plan) => {
  const devices = plan.places.filter(({ name }) => name !== "host");
  const host = plan.places.filter(({ name }) => name === "host");
  return plan.verdict === "offload" || !devices.length ? [...devices, ...host] : devices;
};
