// Which models, which machines, what to buy? The engine's searches, in a thread of their own; asking.mjs asks here.
import sizing from "../sizing/sizing.mjs";

/** Answers of a search in the order that they came, the first ``most`` with their plans: {all, shown}. */
const told = async (all, most) => {
  const shown = all.slice(0, most).map(async ({ plan, ...one }) => ({ ...one, plan: await plan({ launch: false }) }));
  return { all: all.length, shown: await Promise.all(shown) };
};

const SEARCHES = {
  fit: async (machine, question, most) => told(await sizing.fit(machine, question), most),
  machinesFor: async (model, question, most) => told(await sizing.machines_for(model, question), most),
  buy: async (asked, most) => {
    const all = await sizing.buy(asked);
    return { all: all.length, shown: all.slice(0, most) };
  },
};

onmessage = async ({ data: { id, kind, asked } }) => {
  try {
    postMessage({ id, found: await SEARCHES[kind](...asked) });
  } catch (error) {
    postMessage({ id, ...(error instanceof sizing.SizingError ? { refusal: error.message } : { error: error.stack }) });
  }
};
