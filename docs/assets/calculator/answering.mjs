// Who answers? The engine, in a thread of its own, so that a page listens and draws whatever is worked out; asking.mjs asks here.
import sizing from "../sizing/sizing.mjs";

const STEPS = 24; // of a curve
const OWN = { shell: "sh", source: "huggingface" }; // what a plan's own commands are for

/** How full a context is along a curve: even steps from empty to full. */
const depths = (context) => {
  const all = Array.from({ length: STEPS + 1 }, (_, i) => Math.round((context * i) / STEPS));
  return [...new Set(all.map((depth) => Math.max(1, depth)))];
};

/** The line of what was refused, in Chinese; what is no refusal is thrown on. */
const lineOf = async (error) => {
  if (!(error instanceof sizing.SizingError)) throw error;
  const { inChinese } = await import("./refusals.mjs");
  return inChinese(error.message);
};

/** A plan, its commands for a shell with weights of a source, if they are wanted, and its speed along the context. */
const planned = async (asked, start) => {
  const asOwn = start !== null && Object.keys(OWN).every((one) => start[one] === OWN[one]);
  const found = await sizing.planned(asked, { launch: asOwn });
  const own = found.json();
  const plan = asOwn || start === null ? own : { ...own, launch: await found.launch(start) };
  return { plan, points: plan.decode ? depths(plan.context).map((depth) => ({ depth, rate: found.decode_at(depth) })) : [] };
};

/** Answers of a search in the order that they came, the first ``most`` with their plans: {all, shown}. */
const told = async (all, most) => {
  const shown = all.slice(0, most).map(async ({ plan, ...one }) => ({ ...one, plan: await plan({ launch: false }) }));
  return { all: all.length, shown: await Promise.all(shown) };
};

const ANSWERS = {
  // As text, which a page reads much sooner than it is given as many objects.
  lists: async () => {
    await sizing.ready;
    return JSON.stringify(sizing.lists());
  },
  // Ollama tags and repositories name a model, and often its format.
  answered: async (asked, start) => {
    const { id, format } = await sizing.model(asked.model);
    const named = { model: id, format: asked.format ?? format, formats: await sizing.formats(id) };
    const question = { ...asked, model: id, ...(named.format === null ? {} : { format: named.format }) };
    return planned(question, start).then((found) => ({ ...named, ...found }), async (error) => ({ ...named, refusal: await lineOf(error) }));
  },
  read: (source, name) => sizing.read(source, { name }),
  measured: (found) => sizing.measured(found),
  sources: () => sizing.sources(),
  explained: async (asked, places) => {
    const [steps, { inChinese }] = await Promise.all([sizing.explain(asked), import("./steps.mjs")]);
    return inChinese(steps, (place) => places[place] ?? place);
  },
  fit: async (machine, question, most) => told(await sizing.fit(machine, question), most),
  // Those that none beats: of two that are as soon, nobody wants the dearer one.
  machinesFor: async (model, question, most) => {
    const all = await sizing.machines_for(model, question);
    return told(all.filter(({ kind }) => kind === "front"), most);
  },
  buy: async (asked, most) => {
    const all = await sizing.buy(asked);
    return { all: all.length, shown: all.slice(0, most) };
  },
};

onmessage = async ({ data: { id, kind, asked } }) => {
  try {
    postMessage({ id, found: await ANSWERS[kind](...asked) });
  } catch (error) {
    const told = await lineOf(error).then((line) => ({ line }), ({ stack }) => ({ error: stack }));
    postMessage({ id, ...told });
  }
};
