// Which entries does a reader mean who types a part of a name? By normal form: small letters, digits and Han alone.

/** Small letters, digits and Han: "RTX 4060 Ti" is "rtx4060ti". */
export const normal = (text) => text.toLowerCase().replace(/[^\p{L}\p{N}.]+/gu, "").replaceAll(".", "p");

const words = (text) => text.trim().split(/[\s·（）()，,/_-]+/).map(normal).filter(Boolean);

/** An entry that can be looked for: its id, what it is called, and all other names it has, made ready once one looks. */
export const entry = (id, name, also = [], more = {}) => {
  let forms;
  return { id, name, ...more, get forms() { return (forms ??= [...new Set([id, name, ...also].map(normal))]); } };
};

// The better, the smaller; Infinity where a word of the query is in none of its names.
const distance = (one, query, parts) => {
  if (one.forms.includes(query)) return 0;
  if (one.forms.some((form) => form.startsWith(query))) return 1 + one.name.length / 1e3;
  if (one.forms.some((form) => form.includes(query))) return 2 + one.name.length / 1e3;
  return parts.every((part) => one.forms.some((form) => form.includes(part))) ? 3 + one.name.length / 1e3 : Infinity;
};

/** The entries that a query may mean, the nearest first; all of them, as they stand, where nothing is typed. */
export const found = (entries, query) => {
  const whole = normal(query);
  if (!whole) return entries;
  const parts = words(query);
  return entries
    .map((one) => [distance(one, whole, parts), one])
    .filter(([far]) => far < Infinity)
    .sort(([a], [b]) => a - b)
    .map(([, one]) => one);
};

/** The entry that a text names exactly; undefined where none or several are meant. */
export const named = (entries, text) => {
  const exact = entries.find((one) => one.id === text);
  if (exact) return exact;
  const whole = normal(text);
  const same = entries.filter((one) => one.forms.includes(whole));
  return same.length === 1 ? same[0] : undefined;
};
