/**
 * The engine in a page: `globalThis.sizing`, which plans as `sizing plan --json` does, without asking any server but its own.
 *
 *     import "…/assets/sizing/sizing.mjs";
 *     await sizing.ready;
 *     await sizing.plan({ model: "qwen3-32b", machine: "pc-rtx-4090", context: 8192 })
 *
 * A mistake in what is asked is thrown as a `sizing.SizingError`, whose message is one line to be shown as it is.
 * Nothing is computed here: every number comes of engine.mjs, which is made of the Python beside it.
 */
import { load, SizingError } from "./VERSION/engine.mjs";

const read = async (name) => {
  const answer = await fetch(new URL(`./VERSION/${name}`, import.meta.url));
  if (!answer.ok) throw new SizingError(`${name} is not there (${answer.status}); load the page again`);
  return answer.json();
};

let engine, lists;
const loading = new Map(); // models by id, each asked for once

const ready = read("index.json").then((data) => {
  engine = load(data.engine);
  lists = data.lists;
});

/** Of a list, what it shows of each, with its id. */
const listed = (list) => Object.entries(list).map(([id, shown]) => ({ id, ...shown }));

const model = async (id) => {
  await ready;
  if (!Object.hasOwn(lists.models, id)) throw new SizingError(`no model ${id} in the catalog; choose one of its ids`);
  if (!loading.has(id)) {
    const found = read(`models/${id}.json`).then((data) => engine.add(id, data));
    loading.set(id, found);
    found.catch(() => loading.delete(id));
  }
  await loading.get(id);
};

globalThis.sizing = {
  SizingError,
  /** Resolves when the lists are there, and plans can be made. */
  ready,
  /** What there is to choose from, once it is ready: each with its `id`, its `name`, and what a list shows of it. */
  models: () => listed(lists.models),
  machines: () => listed(lists.machines),
  devices: () => listed(lists.devices),
  hosts: () => listed(lists.hosts),
  runtimes: () => listed(lists.runtimes),
  /** Resolves when a model's numbers are there, so that its plans answer at once. */
  model,
  /**
   * What a model takes, and how it runs: the object that `sizing plan --json` prints.
   *
   * `{model, machine, format, context, cache_format, runtime, sequences, …settings}`; without a machine, memory only.
   */
  plan: async (asked) => {
    await model(asked.model);
    return engine.plan(asked);
  },
};
export default globalThis.sizing;
