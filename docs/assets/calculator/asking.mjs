// Where do answers come from? The engine, in a thread of its own; what this asks of it is all that these pages know of it.
import { ANY_PROCESSOR, machineOf, plainly as inPlainWords, rated } from "../sizing/names.mjs";
import { breathe } from "./breathe.mjs";
import { called } from "./called.mjs";
import { entry } from "./names.mjs";
import { CARDLESS, homely, kindOf } from "./typed.mjs";
import { KINDS } from "./words.mjs";
import * as units from "./units.mjs";

/** A question that is refused, with the line that says what is wrong and what would be right. */
export class SizingError extends Error {
  name = "SizingError";
}

// The thread is begun with the page, which is drawn meanwhile, and anew where it could not be loaded.
let worker, turn = 0;
const waiting = new Map();

const begun = () => {
  const thread = new Worker(new URL("./answering.mjs", import.meta.url), { type: "module" });
  thread.onmessage = ({ data: { id, found, line, error } }) => {
    const [done, failed] = waiting.get(id);
    waiting.delete(id);
    if (line !== undefined) failed(new SizingError(line));
    else if (error !== undefined) failed(new Error(error));
    else done(found);
  };
  thread.onerror = ({ message }) => {
    for (const [, failed] of waiting.values()) failed(new Error(message || "the engine did not load"));
    waiting.clear();
    worker = undefined;
  };
  return thread;
};
worker = begun();

/** What the thread answers. Throws SizingError, one line to be shown. */
const told = (kind, ...asked) =>
  new Promise((resolve, reject) => {
    worker ??= begun();
    waiting.set(++turn, [resolve, reject]);
    worker.postMessage({ id: turn, kind, asked });
  });

let all; // lists as the engine has them, by which names are read

/** What there is to choose from: entries (names.mjs) of models, machines and cards, and the runtimes. */
export const lists = async () => {
  const text = all ? "" : await told("lists");
  await breathe();
  all ??= JSON.parse(text);
  await breathe();
  const devices = listed(all.devices);
  return {
    closed: listed(all.models).filter(({ open }) => !open).map(({ id, name }) => entry(id, name, name.startsWith("GPT-") ? ["ChatGPT"] : [])),
    models: current(listed(all.models).filter(({ open }) => open).sort(newest)).map(model),
    machines: listed(all.machines).map(machine),
    cards: devices.filter(({ kind }) => kind === "gpu").sort(newest).sort(homely).map(card),
    // A chip or a processor is a machine by itself, in each of its sizes.
    chips: devices.filter(({ kind }) => kind !== "gpu").sort(homely).flatMap(chip),
    devices: devices.map((one) => ({ ...one, name: called(one.name) })),
    runtimes: listed(all.runtimes),
  };
};

const listed = (of) => Object.entries(of).map(([id, shown]) => ({ id, ...shown }));
const newest = (a, b) => ((b.released ?? "") < (a.released ?? "") ? -1 : (b.released ?? "") > (a.released ?? "") ? 1 : 0);
const joined = (parts) => parts.filter(Boolean).join(" · ");

const CURRENT = 2; // years behind the newest within which people look for a model

/** Models from the newest on, those of years ago aside. */
const current = (models) => {
  const year = ({ released }) => Number(released?.slice(0, 4) ?? 0);
  return models.map((one) => ({ ...one, aside: year(one) < year(models[0]) - CURRENT }));
};

const model = (one) => {
  const active = one.active && one.active < one.parameters * 0.9 ? `激活 ${units.count(one.active)}` : "";
  const detail = joined([units.count(one.parameters), active, one.released?.slice(0, 7)]);
  return entry(one.id, one.name, one.names ?? [], { detail, model: one, aside: one.aside });
};

const machine = (one) => {
  const memory = one.unified ? `${units.box(one.memory)} 统一内存` : units.box(one.memory);
  const inside = Object.keys(one.devices);
  const kinds = kindOf({ ...one, vendors: [...new Set(inside.map((id) => all.devices[id].vendor))] });
  const also = [one.name, ...inside, ...(one.names ?? [])];
  return entry(one.id, called(one.name), also, { kinds, detail: joined([KINDS[one.kind], memory]), machine: one });
};

const card = (one) => {
  const memory = units.box(Math.max(...one.memory));
  const kinds = [memory, memory.slice(0, -1), ...kindOf({ ...one, vendors: [one.vendor], laptop: one.name.includes("Laptop") })];
  return entry(one.id, called(one.name), [one.name, ...(one.names ?? [])], { kinds, detail: one.name.endsWith(memory) ? "" : memory, card: one });
};

// What computers without a card mostly have, in GB; others are typed, such as 8GB@DDR4-2666x1.
const MODULES = { "DDR4-3200x2": [8, 16, 32, 64], "DDR5-5600x2": [16, 32, 48, 64, 96, 128], "LPDDR5X-7500x2": [16, 32, 64] };
const CHANNELS = { 1: "单", 2: "双" };

/** A computer without a card by its memory, such as 16GB@DDR4-3200x2. */
const withoutCard = (id) => {
  const [, size, kind, channels] = /^(\d+)GB@(.+)x(\d+)$/.exec(id);
  return { id, name: `没有显卡，${size} GB ${kind} ${CHANNELS[channels] ?? `${channels} `}通道`, detail: KINDS.cpu, alone: true };
};

const anyProcessor = (one) => Object.entries(MODULES).flatMap(([kind, sizes]) => sizes.map((size) => {
  const { id, name, detail } = withoutCard(`${size}GB@${kind}`);
  return entry(id, name, [one.name], { kinds: [...CARDLESS, ...kindOf({ ...one, vendors: [one.vendor] })], detail, aside: true });
}));

const chip = (one) => (one.id === ANY_PROCESSOR ? anyProcessor(one) : one.memory.map((memory) => {
  const [whole, kinds] = [`${one.name} ${units.box(memory)}`, kindOf({ ...one, vendors: [one.vendor] })];
  const also = [whole, ...(one.names ?? [])];
  return entry(`${one.id}-${memory / 2 ** 30}gb`, called(whole), also, { kinds, detail: KINDS[one.kind], aside: one.kind === "cpu" });
}));

/** What is in a machine of the catalog, as names join it with others. */
const inside = (id) => ({ devices: Object.entries(all.machines[id].devices), nodes: all.machines[id].nodes });

/** The machines that a name means, {id, name}, of parts too: two 3090s; several, or none, where it does not say which. */
export const machinesMeant = (text) => {
  const memory = rated(text);
  if (memory) return [withoutCard(memory)];
  try {
    const one = machineOf(all, inside, text);
    return [{ ...one, name: called(one.name) }];
  } catch (error) {
    if (error instanceof TypeError) throw error; // no line that refuses a name
    return (error.ids ?? []).flatMap((id) => machinesMeant(id));
  }
};

/** A name with what is called in Chinese in English, as the lists have it. */
export const plainly = (text) => inPlainWords(all, text);

/** A model of one's own, read of a config.json's text or of files: {id, name, parameters, …}. Throws SizingError. */
export const readModel = (source, name) => told("read", source, name);

/**
 * A plan as `sizing plan --json` prints it, and its speed along the context; its commands for a shell with
 * weights of a source, {shell, source}, where ``start`` is not null:
 * {model, format, formats, plan, points}. ``model`` and ``format`` are what a name means, such as an Ollama tag;
 * ``formats`` are those of the model, those first that it is published in: entries of a list, [id, what it says]. Where
 * the question is refused, ``refusal`` stands for the plan. Throws SizingError where no model is meant.
 */
export const answered = async (asked, start) => {
  const found = await told("answered", asked, start);
  return { ...found, formats: found.formats.map((one) => [one.id, joined([called(one.name), lost(one), one.published ? "" : "没有发布"])]) };
};

// By how much perplexity rises where that was measured.
const lost = ({ loss }) => (typeof loss === "number" ? `损失 ${units.share(loss)}` : "");

/** What people measured of a plan's model on its machine: [{depth, rate, cache_format, source, read}]. */
export const measured = ({ model, format, runtime, sequences, places }) =>
  told("measured", { model, format, runtime, sequences, places: places.map(({ name }) => ({ name })) });

/** How a plan was worked out, part by part as steps.mjs tells it; ``places`` are what its places are called. Throws SizingError. */
export const explained = (asked, places) => told("explained", asked, places);

/** Where the facts of entries were read, by kind and id. */
export const sources = () => told("sources");

/** Models that a machine runs, best first, as `sizing fit` has them: {all, shown}, the first ``most`` with their plans. */
export const fit = (machine, question, most) => told("fit", machine, question, most);

/** Machines that run a model, the cheapest first, as `sizing machines` has them. */
export const machinesFor = (model, question, most) => told("machinesFor", model, question, most);

/** What to buy within so many yuan, the best first, as `sizing buy` has it. */
export const buy = (asked, most = Infinity) => told("buy", asked, most);
