// What may scripts of these pages ask? `globalThis.sizing`, the engine itself: it comes once somebody asks it for something.
const engine = async () => {
  const { default: sizing } = await import("../sizing/sizing.mjs"); // which puts itself in the place of this
  await sizing.ready;
  return sizing;
};

const later = (name) => async (...asked) => (await engine())[name](...asked);

/** Offer it, unless it is there. */
export const offer = () => {
  globalThis.sizing ??= new Proxy({}, {
    get: (_, name) => {
      if (typeof name !== "string" || name === "then") return undefined; // no promise
      return name === "ready" ? engine().then(() => undefined) : later(name);
    },
  });
};
