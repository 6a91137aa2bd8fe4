/**
 * The engine in a page: `globalThis.sizing`, which plans as `sizing plan --json` does, without asking any server but its
 * own.
 *
 *     import "…/assets/sizing/sizing.mjs";
 *     await sizing.ready;
 *     await sizing.plan({ model: "qwen3-32b", machine: "2x-rtx-3090", context: 8192 })
 *
 * A mistake in what is asked is thrown as a `sizing.SizingError`, whose message is one line to be shown as it is.
 * Nothing is computed here: every number comes of engine.mjs, which is made of Python's engine.
 */
import { load, SizingError } from "./VERSION/engine.mjs";
import { ANY_PROCESSOR, formatOf, hostOf, machineOf, modelOf, plainly, rated } from "./VERSION/names.mjs";
import { known, read, searches, text } from "./VERSION/place.mjs";

/** A line to be shown, of what is no mistake of these modules or of the network. */
const refused = (error) => (error instanceof TypeError ? error : new SizingError(error.message));

let engine, finder, data, lists, starts;
const files = new Map(); // what was read, each once

const once = (name, made) => {
  if (!files.has(name)) {
    const found = read(name).then(made, (error) => { throw refused(error); });
    files.set(name, found);
    found.catch(() => files.delete(name));
  }
  return files.get(name);
};

const ready = once("index.json", (found) => {
  engine = load(found.engine);
  finder = searches(engine);
  ({ engine: data, lists, starts } = found);
});

/** A name read, or the line that refuses it. */
const meant = (of, ...given) => {
  try {
    return of(...given);
  } catch (error) {
    throw refused(error);
  }
};

const given = new Map(); // models that were read from files, by their ids

let reader;
/** What reads models of files, once it is there with its tables. */
const reading = () => {
  reader ??= Promise.all([import("./VERSION/reading/reading.mjs"), text("reading/tables.json")])
    .then(([module, tables]) => {
      module.prepare(tables);
      return module;
    });
  reader.catch(() => { reader = undefined; });
  return reader;
};

/** What the second module tells of a model, with the line that refuses it as the engine's. */
const told = async (tell) => {
  await ready;
  const module = await reading();
  try {
    return await tell(module);
  } catch (error) {
    throw error instanceof module.SizingError ? new SizingError(error.message) : error;
  }
};

/** A model of one's own: its numbers are there then, under an id that no other has. */
const taken = (numbers) => {
  const id = `file:${given.size + 1}`;
  const { name, limit } = numbers.start;
  given.set(id, { id, format: null, gguf: false, own: numbers });
  engine.add(id, numbers);
  return { id, name, context: limit, parameters: numbers.shape?.total_parameters ?? null, active: numbers.shape?.active_parameters ?? null, remarks: numbers.remarks ?? [] };
};

let explainer;
/** What explains plans, once it is there with the facts of all entries. */
const explaining = () => {
  explainer ??= Promise.all([import("./VERSION/explain/explaining.mjs"), once("explain/facts.json", (facts) => facts)])
    .then(([module, facts]) => [module, module.explainer(data, facts)]);
  explainer.catch(() => { explainer = undefined; });
  return explainer;
};

/** The facts behind a model, which explain its plans. */
const behind = ({ id, own }) => own.explained ?? once(`explain/${id}.json`, (facts) => facts);

/** What files hold that somebody gave: as text, or one, or several. */
const filesOf = (source) =>
  typeof source === "string" ? [new File([source], "config.json")] : source instanceof Blob ? [source] : [...source];

/** What a model's name means: {id, format, gguf}. Its numbers are there then. */
const model = async (said) => {
  await ready;
  const name = said?.id ?? said;
  if (given.has(name)) return given.get(name);
  const ids = Object.keys(lists.models);
  const named = (names) => meant(modelOf, names, ids, String(name));
  const found = Object.hasOwn(lists.models, name) ? { id: name, format: null, gguf: false }
    : named(await once("names.json", (names) => names));
  const own = await once(`models/${found.id}.json`, (numbers) => {
    engine.add(found.id, numbers);
    return numbers;
  });
  // A name of a GGUF file that says no more is taken as llama.cpp takes it.
  const format = found.format ?? (found.gguf ? (own.first[0] === "MXFP4_MOE" ? "MXFP4_MOE" : "Q4_K_M") : null);
  return { ...found, format, own };
};

/** What a machine's name means: {id, name}, of parts with these. */
const machine = (name, sized = true) => meant(machineOf, lists, (id) => data.machines[id], name, sized);

const list = (said) => (typeof said === "number" ? [said] : said);

/** A machine with its host and its power limit, in the engine's words. */
const placed = ({ machine: on, host, ram, ...rest }) => {
  const said = host ?? ram;
  const memory = typeof on === "string" ? rated(on) : null;
  if (memory) {
    const alone = machine(ANY_PROCESSOR, false);
    return placed({ ...rest, machine: said ? alone : { ...alone, id: memory }, host: said ?? memory });
  }
  return {
    ...rest,
    machine: typeof on === "string" ? machine(on, !said) : on,
    host: typeof said === "string" ? meant(hostOf, lists, said) : host,
  };
};

/** A question in people's names, in the engine's. */
const worded = async (asked) => {
  if (asked.context === undefined) throw new SizingError("context: tokens that must fit, such as 8192");
  const found = await model(asked.model);
  const named = { ...placed(asked), model: found.id, said_format: found.format };
  if (asked.format) {
    named.format = formatOf([...Object.keys(data.formats), ...Object.keys(found.own.files)], asked.format);
  }
  named.in_use = list(asked.in_use);
  if (typeof asked.measured === "number") named.measured = { rate: asked.measured };
  if (named.measured?.model) named.measured = { ...named.measured, model: (await model(named.measured.model)).id };
  if (typeof asked.draft === "string") named.draft = { model: asked.draft };
  if (named.draft) {
    const draft = await model(named.draft.model);
    named.draft = { model: draft.id, format: named.draft.format ?? draft.format };
  }
  return named;
};

/** What says how a plan is started. */
const words = () => import("./VERSION/launch/words.mjs");

/** The commands that start a plan, of its JSON and of the facts beside it; null where it does not run. ``how`` is for
 * which shell, and where the server listens. */
const started = async (said, { asked, outcome }, how = {}) => {
  if (!asked.rig || !said.runs) return null;
  const { rig, settings } = asked;
  const { launch } = await words();
  const { start } = (await model(asked.model)).own;
  return launch(said, {
    ...start,
    ...starts[said.runtime],
    own: start.own && starts[said.runtime].files === "gguf" ? `./${start.own}` : null,
    backend: outcome.loaded.program.backend,
    devices: rig.devices.map(({ name }) => lists.devices[name.split("#")[0]].name),
    nodes: rig.nodes,
    unified: rig.unified,
    stages: rig.stages,
    lora: settings.lora > 0,
    draft: settings.draft !== null,
  }, how);
};

// All is slow the first time that it runs: between its parts a page may draw and listen then.
let warm = false;
const breathe = () => (warm ? undefined : new Promise((done) => { setTimeout(done); }));

/** A plan as a record that answers more, with the commands that start it in its JSON, or without: then nothing is loaded
 * for them until they are asked for. */
const planned = async (asked, { launch: wanted = true } = {}) => {
  if (wanted) words().catch(() => {}); // it comes while the model's numbers do; who needs it is told where it does not
  const question = await worded(asked);
  const { record, ...found } = engine.asked(question);
  await breathe();
  const said = found.json();
  await breathe();
  const own = wanted ? { launch: await started(said, record) } : {};
  warm = true;
  return { ...found, json: () => ({ ...said, ...own }), launch: (how) => started(said, record, how) };
};

/** A search's question in the engine's words, once there is what it looks at. */
const sought = async ({ licenses, in_use, format, beaten = false, ...question }) => {
  await ready;
  await once("search.json", (found) => finder.search(found));
  const named = format ? formatOf(Object.keys(data.formats), format) : null;
  if (Object.hasOwn(data.formats, named ?? "")) await once(`search/${named}.json`, (found) => finder.extend(found));
  const small = licenses?.map((part) => part.toLowerCase());
  return [{ ...question, licenses: small, in_use: list(in_use), format: named }, beaten];
};

/** Answers whose plans wait for what they need: for nothing, where nobody asks how they are started. */
const waiting = (found) => found.map(({ record, ...one }) => ({
  ...one,
  plan: async ({ launch = true } = {}) => {
    const said = one.plan();
    if (!launch) return said;
    await model(one.model);
    return { ...said, launch: await started(said, record()) };
  },
}));

/** Of a list, what it shows of each, with its id. */
const listed = (of) => Object.entries(of).map(([id, shown]) => ({ id, ...shown }));

export default known({
  SizingError,
  /** Resolves when the lists are there, and plans can be made. */
  ready,
  /** What there is to choose from, once it is ready: each with its `id`, its `name`, and what a list shows of it. */
  models: () => listed(lists.models),
  machines: () => listed(lists.machines),
  devices: () => listed(lists.devices),
  hosts: () => listed(lists.hosts),
  runtimes: () => listed(lists.runtimes),
  /** All of these by id, and what is called in Chinese, as names.mjs reads names by them. */
  lists: () => lists,
  /** What a name means: `{id, format}` of a model, whose numbers are there then; `{id, name}` of a machine. */
  model: async (name) => {
    const { id, format } = await model(name);
    return { id, format };
  },
  machine,
  /** A name with what is called in Chinese in English, as lists have it: by what a list is searched. */
  plainly: (text) => plainly(lists, text),
  /**
   * A model of one's own, read in the page and sent nowhere: of a config.json, as text or a `File`, or of a GGUF file, of
   * which the header alone is read; of one that was split, a list of all its parts. What comes back is `{id, name, context,
   * parameters, active, remarks}`, and `plan` takes it as its `model`. `name` is what the model is called, `as` a
   * model_type that it is built like. What cannot be sized is refused with the line of `sizing plan FILE`.
   */
  read: async (source, { name, as } = {}) => taken(await told((module) => module.read(filesOf(source), { name, as }))),
  /**
   * The same of a model as a file of the catalog states it: under its id, by what the file states for all of its family
   * and for it, as YAML has them. It is held to what those of the catalog are held to.
   */
  own: async (id, entry, family = {}) => taken(await told((module) => module.own(family, entry, id))),
  /** A model's formats, those first that it is published in: `{id, name, bits, loss, published}`. */
  formats: async (name) => {
    const { own } = await model(name);
    const held = own.said ? [own.said] : []; // by the file that it was read from
    const published = [...new Set([...held, ...own.first, ...own.published])];
    const others = Object.keys(data.formats).filter((id) => !published.includes(id) && !lists.formats[id].bpw);
    const shown = (id) => {
      const [, runtimes, bits, loss] = own.files[id] ?? data.formats[id];
      return { id, name: own.files[id]?.[4] ?? lists.formats[id]?.name ?? id, runtimes, bits, loss, published: published.includes(id) };
    };
    return [...published, ...others].map(shown);
  },
  /**
   * What a model takes, and how it runs: the object that `sizing plan --json` prints.
   *
   * `model` and `machine` are ids or names as people write them, a model also what `read` gave, a machine also of
   * parts: "2x-rtx-3090", "rtx-5080+rtx-3090"; `ram` is its host's memory: "64GB", "64GB@DDR4-3200x2", or `host` an id.
   * Without a machine, memory only. `context` is tokens of each sequence. Unsaid, `format` is what a file holds, or the
   * published one that fits best.
   *
   * `{model, machine, context, format, cache_format, runtime, sequences, host, ram, split, layers_on_device,
   * experts_on_host, tensor_split, micro_batch, utilization, max_sequences, vision, mtp, swa_full, flash_attention,
   * lora, draft: {model, format}, draft_tokens, acceptance, power_limit, slots, unified, in_use, wired_limit,
   * measured: {rate, depth, model, format}}`; bytes, watts, tokens/s.
   */
  plan: async (asked) => (await planned(asked)).json(),
  /**
   * What real tools printed of a plan's model in its format, on its devices with its runtime, of as many sequences:
   * `[{depth, rate, cache_format, source, read}]`, tokens/s of each sequence.
   */
  measured: async ({ model: id, format, runtime, sequences, places }) => {
    const devices = places.map(({ name }) => name.split("#")[0]).filter((name) => name !== "host");
    const alike = new Set(devices).size === 1 && Object.hasOwn(lists.models, id);
    const same = (row) => row.device === devices[0] && row.count === devices.length && row.format === format
      && row.runtime === runtime && row.batch === sequences;
    return alike ? (await once(`measured/${id}.json`, (rows) => rows)).filter(same) : [];
  },
  /** Where the facts of entries were read: `{models: {id: [address]}, devices: {id: {memory, bandwidth, compute}}, …}`. */
  sources: () => once("sources.json", (found) => found),
  /**
   * How it was worked out, step by step: what `sizing plan --explain --json` prints as `explain`, of a question as `plan`
   * takes it. A step is `{part, what, where, formula, value, unit, inputs, sources, note}`.
   */
  explain: async (asked) => {
    const question = await worded(asked);
    const named = [question.model, question.draft?.model, question.measured?.model].filter(Boolean);
    const models = await Promise.all(named.map(model));
    const [[module, explain], own] = await Promise.all([explaining(), behind(models[0])]);
    try {
      return explain(question, Object.fromEntries(models.map((one) => [one.id, one.own])), own);
    } catch (error) {
      throw error instanceof module.SizingError ? new SizingError(error.message) : error;
    }
  },
  /**
   * The same as a record that answers more: `decode_at(depth)` and `prefill_at(prompt, depth)` in tokens/s,
   * `time_to_first_token(prompt)` in seconds, `json()` for the object of `plan`,
   * `launch({shell, host, port, source, nodes})` for its commands otherwise.
   */
  planned,
  /**
   * What to buy for a `budget` in the money of a region, CN or US, the best first: as `sizing buy --json` prints it, in
   * short. `use` is chat, coding or team; `used` whether used machines come into question; `platform` any, mac or pc;
   * `power` is watts under load at most. `month` is what a month costs by owning, renting and an API, for 750,000 tokens
   * read and 250,000 written a day; `even` the tokens a day from which owning is cheaper.
   */
  buy: async ({ budget, use = "chat", used = false, power = Infinity, platform = "any", region = "CN" }) => {
    if (!(budget > 0)) throw new SizingError(`${budget} buys nothing; give a budget such as 20000`);
    const name = [use, ...(used ? ["used"] : []), ...(platform === "any" ? [] : [platform])].join("-");
    const all = await once(`purchases/${region}/${name}.json`, (found) => found);
    // Of what draws nobody knows how much, nobody knows either whether it keeps to a limit.
    const keeps = ({ price, watts }) => price.amount <= budget && (power === Infinity || (watts !== null && watts <= power));
    return all.filter(keeps);
  },
  /**
   * Which models a machine runs, best first, as `sizing fit` has them: `{model, machine, format, verdict, total, decode,
   * offer, score, seconds, loss, kind, why, plan}`, of which `await plan()` gives the whole plan, and `plan({launch: false})`
   * gives it without its commands and loads nothing for it.
   *
   * The machine is a name, or `{machine, host, ram, power_limit}`. `{use: "chat" | "coding" | "documents" | "agents" |
   * "team", context, sequences, min_decode, wait, thinking, chinese, languages, tools, benchmark, licenses, format,
   * cache_format, runtime, max_loss, offload, vision, in_use, wired_limit, beaten}`.
   */
  fit: async (on, question = {}) => {
    const [asked, beaten] = await sought(question);
    return waiting(finder.fit(placed(typeof on === "string" ? { machine: on } : on), asked, beaten));
  },
  /** Which machines run a model, the cheapest first, as `sizing machines` has them: answers as those of `fit`. */
  machines_for: async (name, question = {}) => {
    const [asked] = await sought(question);
    const { id, format } = await model(name);
    return waiting(finder.machines(id, asked, format));
  },
});
