// The face of what says an explanation's steps in Chinese, after all that it is made of.

const $step = (one) => ({ ...one, where: one.where ?? "", note: one.note ?? "", inputs: $dict(one.inputs) });

/**
 * Steps as `sizing plan --explain --json` has them, part by part: `[{name, steps: [{what, value, how, note, sources}]}]`.
 * `named` says what a place such as `rtx-4090#0` is called.
 */
export const inChinese = (steps, named) => {
  const parts = new Map();
  for (const one of steps) {
    const [what, value, how, note] = row($step(one), named);
    if (!parts.has(one.part)) parts.set(one.part, { name: PARTS.at(one.part), steps: [] });
    parts.get(one.part).steps.push({ what, value, how, note, sources: one.sources });
  }
  return [...parts.values()];
};
