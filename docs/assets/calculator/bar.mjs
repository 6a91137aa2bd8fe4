// How full is each memory? A bar of parts against its capacity, with the room that the runtime leaves free.
import { html, nothing, svg } from "../vendor/lit-html/lit-html.js";
import { PARTS } from "./words.mjs";
import * as units from "./units.mjs";

const HEIGHT = 28;
const share = (part, whole) => `${((100 * part) / whole).toFixed(3)}%`;

/** The parts of a memory from the left on: [name, bytes, bytes before it]. */
const parts = (memory) => {
  let before = 0;
  return Object.keys(PARTS)
    .filter((name) => memory[name] > 0)
    .map((name) => {
      const part = [name, memory[name], before];
      before += memory[name];
      return part;
    });
};

/** One place's bar; as wide as its capacity, or as what it would have to hold where that is more. */
export const bar = ({ name, capacity, memory, room }, height = HEIGHT) => {
  const widest = Math.max(capacity ?? 0, memory.total) || 1;
  const said = parts(memory).map(([part, size]) => `${PARTS[part]} ${units.gib(size)}`);
  const of = capacity ? `，容量 ${units.gib(capacity)}` : "";
  return html`<svg class="sz-bar" role="img" width="100%" height=${height} aria-label="${name}：${said.join("、")}${of}">
    <rect class="room" width="100%" height=${height} rx="5"></rect>
    ${parts(memory).map(([part, size, before]) => svg`
      <rect class=${part} x=${share(before, widest)} width=${share(size, widest)} height=${height}></rect>`)}
    ${room && room < widest ? svg`<line class="margin" x1=${share(room, widest)} x2=${share(room, widest)} y1="0" y2=${height}></line>` : nothing}
    ${capacity && memory.total > capacity ? svg`
      <rect class="over" x=${share(capacity, widest)} width=${share(memory.total - capacity, widest)} height=${height}></rect>
      <line class="limit" x1=${share(capacity, widest)} x2=${share(capacity, widest)} y1="0" y2=${height}></line>` : nothing}
  </svg>`;
};

/** What the colours mean, with what each part takes. */
export const legend = (memory) => html`<ul class="sz-legend">
  ${parts(memory).map(([part, size]) => html`<li><i class=${part}></i>${PARTS[part]} <b>${units.gib(size)}</b></li>`)}
</ul>`;
