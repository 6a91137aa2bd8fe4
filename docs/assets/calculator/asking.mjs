// Where do answers come from? The engine that the page holds; what this asks of it is all that these pages know of it.
import sizing from "../sizing/sizing.mjs";
import { entry, normal } from "./names.mjs";
import { KINDS } from "./words.mjs";
import * as units from "./units.mjs";

export const { SizingError } = sizing;

/** What there is to choose from: entries (names.mjs) of models, machines and cards, and the runtimes. */
export const lists = async () => {
  await sizing.ready;
  return {
    models: sizing.models().filter(({ open }) => open).sort(newest).map(model),
    machines: sizing.machines().map(machine),
    cards: sizing.devices().filter(({ kind }) => kind === "gpu").sort(newest).map(card),
    // A chip or a processor is a machine by itself, in each of its sizes.
    chips: sizing.devices().filter(({ kind }) => kind !== "gpu").flatMap(chip),
    runtimes: sizing.runtimes(),
  };
};

const newest = (a, b) => ((b.released ?? "") < (a.released ?? "") ? -1 : (b.released ?? "") > (a.released ?? "") ? 1 : 0);
const told = (parts) => parts.filter(Boolean).join(" · ");

const model = (one) => {
  const active = one.active && one.active < one.parameters * 0.9 ? `激活 ${units.count(one.active)}` : "";
  const detail = told([units.count(one.parameters), active, one.released?.slice(0, 7)]);
  return entry(one.id, one.name, [one.family ?? "", ...(one.names ?? [])], { detail, model: one });
};

const machine = (one) => {
  const memory = one.unified ? `${units.box(one.memory)} 统一内存` : units.box(one.memory);
  return entry(one.id, one.name, [...Object.keys(one.devices), ...(one.names ?? [])], { detail: told([KINDS[one.kind], memory]), machine: one });
};

const card = (one) => entry(one.id, one.name, one.names ?? [], { detail: units.box(Math.max(...one.memory)), card: one });

const chip = (one) => one.memory.map((memory) =>
  entry(`${one.id}-${memory / 2 ** 30}gb`, `${one.name} ${units.box(memory)}`, one.names ?? [], { detail: KINDS[one.kind] }));

/** The numbers of a model, so that its plans answer at once. */
export const prepare = (id) => sizing.model(id);

/** What `sizing plan --json` prints for it. Throws SizingError, one line to be shown. */
export const plan = (asked) => sizing.plan(asked);

/** The formats that there are for a model, each with its id and what it takes; most bits first. */
export const formats = (id) => sizing.formats(id);

/** Decode rates at some depths: [{depth, rate}, …], empty where it does not run. */
export const decoding = async (asked, depths) => (sizing.decode_at ? sizing.decode_at(asked, depths) : []);

export { normal };
