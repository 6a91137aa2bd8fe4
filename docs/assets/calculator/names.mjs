// Which entries does a reader mean who types a part of a name? By normal form: small letters, digits and Han alone.

/** Small letters, digits and Han: "RTX 4060 Ti" is "rtx4060ti". */
export const normal = (text) => text.toLowerCase().replace(/[^\p{L}\p{N}.]+/gu, "").replaceAll(".", "p");

const words = (text) => text.trim().split(/[\s·（）()，,/_-]+/).map(normal).filter(Boolean);

/** An entry that can be looked for: its id, what it is called, and all other names it has, made ready once one looks. */
export const entry = (id, name, also = [], more = {}) => {
  let [forms, written] = [];
  return {
    id, name, ...more,
    get forms() { return (forms ??= [...new Set([id, name, ...also].map(normal))]); },
    get words() { return (written ??= words(name)); },
  };
};

// The better, the smaller; Infinity where a word of the query is in none of its names.
const distance = (one, query, parts) => {
  const length = one.name.length / 1e3; // of those that are as near, the plainer one
  if (one.forms.includes(query)) return length;
  if (parts.every((part) => one.words.includes(part))) return 0.5 + length; // H20 before H200
  if (one.forms.some((form) => form.startsWith(query))) return 1 + length;
  if (one.forms.some((form) => form.includes(query))) return 2 + length;
  return parts.every((part) => one.forms.some((form) => form.includes(part))) ? 3 + length : Infinity;
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
