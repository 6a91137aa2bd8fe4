// How is a number chosen from a wide span? By a slider over steps that grow, with a field beside it for any other.
import { html } from "../vendor/lit-html/lit-html.js";

const nearest = (steps, value) =>
  steps.reduce((best, step, i) => (Math.abs(Math.log(step / value)) < Math.abs(Math.log(steps[best] / value)) ? i : best), 0);

/** ``value`` as text, ``parsed`` as a number; ``told`` writes a number for people; ``set`` takes text. */
export const slider = ({ id, label, steps, value, parsed, told, set, hint }) => html`
  <div class="sz-field sz-slider">
    <label for=${id}>${label}</label>
    <input type="text" inputmode="text" class="sz-exact" aria-label="${label}，直接填" .value=${value} spellcheck="false" autocomplete="off"
      @change=${(e) => set(e.target.value.trim())}>
    <input id=${id} type="range" min="0" max=${steps.length - 1} step="1" .value=${String(nearest(steps, parsed || steps[0]))}
      aria-valuetext=${told(parsed)} @input=${(e) => set(told(steps[Number(e.target.value)]))}>
    ${hint ? html`<small class="sz-hint">${hint}</small>` : ""}
  </div>`;
