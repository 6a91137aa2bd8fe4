// Where do answers come from? The engine that the page holds; what this asks of it is all that these pages know of it.
import sizing from "../sizing/sizing.mjs";
import { entry } from "./names.mjs";
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
    devices: sizing.devices(),
    runtimes: sizing.runtimes(),
  };
};

const newest = (a, b) => ((b.released ?? "") < (a.released ?? "") ? -1 : (b.released ?? "") > (a.released ?? "") ? 1 : 0);
const joined = (parts) => parts.filter(Boolean).join(" · ");

const model = (one) => {
  const active = one.active && one.active < one.parameters * 0.9 ? `激活 ${units.count(one.active)}` : "";
  const detail = joined([units.count(one.parameters), active, one.released?.slice(0, 7)]);
  return entry(one.id, one.name, one.names ?? [], { detail, model: one });
};

const machine = (one) => {
  const memory = one.unified ? `${units.box(one.memory)} 统一内存` : units.box(one.memory);
  return entry(one.id, one.name, [...Object.keys(one.devices), ...(one.names ?? [])], { detail: joined([KINDS[one.kind], memory]), machine: one });
};

const card = (one) => entry(one.id, one.name, one.names ?? [], { detail: units.box(Math.max(...one.memory)), card: one });

const chip = (one) => one.memory.map((memory) =>
  entry(`${one.id}-${memory / 2 ** 30}gb`, `${one.name} ${units.box(memory)}`, one.names ?? [], { detail: KINDS[one.kind], aside: one.kind === "cpu" }));

/** What a model's name means, {id, format}; its numbers are there then. Throws SizingError for what means none. */
export const prepare = (name) => sizing.model(name);

/** The machine that a name means, {id, name}, of parts too: two 3090s; undefined where it means none, or several. */
export const machineMeant = (text) => {
  try {
    return sizing.machine(text);
  } catch (error) {
    if (!(error instanceof SizingError)) throw error;
    return undefined;
  }
};

/** A name with what is called in Chinese in English, as the lists have it. */
export const plainly = (text) => sizing.plainly(text);

/** A model of one's own, read of a config.json's text or of files: {id, name, parameters, …}. Throws SizingError. */
export const readModel = (source, name) => sizing.read(source, { name });

/** A plan: `json()` is what `sizing plan --json` prints, and it can be asked for other depths. Throws SizingError. */
export const planned = (asked) => sizing.planned(asked);

/** What `sizing plan --json` prints. Throws SizingError, one line to be shown. */
export const plan = (asked) => sizing.plan(asked);

/** What people measured of a plan's model on its machine: [{depth, rate, cache_format, source, read}]. */
export const measured = (found) => sizing.measured(found);

/** How a plan was worked out, as `sizing plan --explain --json` has it. Throws SizingError. */
export const explained = (asked) => sizing.explain(asked);

/** Where the facts of entries were read, by kind and id. */
export const sources = () => sizing.sources();

/** The formats of a model, those first that it is published in: entries of a list, [id, what it says]. */
export const formats = async (id) => (await sizing.formats(id)).map((one) => [one.id, joined([one.name, lost(one), one.published ? "" : "没有发布"])]);

// By how much perplexity rises where that was measured.
const lost = ({ loss }) => (typeof loss === "number" ? `损失 ${units.share(loss)}` : "");

// Searches plan hundreds of times, so they run beside the page, which stays as quick as it was.
let worker, turn = 0;
const waiting = new Map();

const searched = (kind, ...asked) =>
  new Promise((resolve, reject) => {
    if (!worker) {
      worker = new Worker(new URL("./searching.mjs", import.meta.url), { type: "module" });
      worker.onmessage = ({ data: { id, found, refusal, error } }) => {
        const [done, failed] = waiting.get(id);
        waiting.delete(id);
        if (found) done(found);
        else failed(refusal === undefined ? new Error(error) : new SizingError(refusal));
      };
      worker.onerror = ({ message }) => {
        for (const [, failed] of waiting.values()) failed(new Error(message || "the search did not load"));
        waiting.clear();
        worker = undefined;
      };
    }
    waiting.set(++turn, [resolve, reject]);
    worker.postMessage({ id: turn, kind, asked });
  });

/** Models that a machine runs, best first, as `sizing fit` has them: {all, shown}, the first ``most`` with their plans. */
export const fit = (machine, question, most) => searched("fit", machine, question, most);

/** Machines that run a model, the cheapest first, as `sizing machines` has them. */
export const machinesFor = (model, question, most) => searched("machinesFor", model, question, most);

/** What to buy within so many yuan, the best first, as `sizing buy` has it. */
export const buy = (asked, most = Infinity) => searched("buy", asked, most);
