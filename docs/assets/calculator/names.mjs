// Which entries does a reader mean who types a part of a name? By normal form: small letters, digits and Han alone.

/** Small letters, digits and Han: "RTX 4060 Ti" is "rtx4060ti". */
export const normal = (text) => text.toLowerCase().replace(/[^\p{L}\p{N}.]+/gu, "").replaceAll(".", "p");

/** With figures for the letters that are typed for them: 4o90 is 4090. */
export const figures = (text) => text.replace(/[a-z]*\d[a-z\d]*/gi, (run) => run.replace(/o/gi, "0").replace(/[il]/gi, "1"));

const words = (text) => text.trim().split(/[\s·（）()，、,/_-]+/).map(normal).filter(Boolean);

/**
 * An entry that can be looked for: its id, what it is called, all other names it has, and what ``kinds`` it is of, made
 * ready once one looks; what few look for stands ``aside``.
 */
export const entry = (id, name, also = [], { kinds = [], ...more } = {}) => {
  let [forms, written, of] = [];
  return {
    id, name, ...more,
    get kinds() { return (of ??= kinds.map(normal)); },
    get forms() { return (forms ??= [...new Set([...[id, name, ...also].map(normal), ...this.kinds])]); },
    get words() { return (written ??= words(name)); },
  };
};

const DIGIT = /\d/;

/** Whether a word is what was written, or goes on with it: qwen with Qwen3, but h20 not with H200. */
const goesOn = (word, part) =>
  word === part || (word.startsWith(part) && !(DIGIT.test(part.at(-1)) && DIGIT.test(word[part.length])));

/** Whether a form holds a part of a name; a figure from its beginning: 8g is not in 128gb, nor 7b in 6.7b. */
const holds = (form, part) => {
  const figure = DIGIT.test(part[0]);
  for (let at = form.indexOf(part); at >= 0; at = form.indexOf(part, at + 1)) {
    if (!figure || !/\dp?$/.test(form.slice(0, at))) return true;
  }
  return false;
};

// How near, the nearest first; Infinity where a word of the query is in none of its names.
const nearness = (one, query, parts) => {
  if (one.forms.includes(query)) return 0;
  if (parts.every((part) => one.words.some((word) => goesOn(word, part)))) return 1;
  if (one.forms.some((form) => goesOn(form, query))) return 2;
  if (one.forms.some((form) => holds(form, query))) return 3;
  return parts.every((part) => one.forms.some((form) => holds(form, part))) ? 4 : Infinity;
};

const LONG = 100; // words that no name has

// Of those that are as near the plainer ones, what few look for behind them; of equals they stay in their order.
// Of those that are of a kind the first are the first.
const distance = (one, query, parts) => {
  const itself = one.words[0] === query && DIGIT.test(query); // M1, before all that it is sold in
  const plain = itself || one.kinds.includes(query) ? 0 : one.words.length;
  return nearness(one, query, parts) * LONG + plain + (one.aside ? LONG / 2 : 0);
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

/** Where no entry has all words of a query: those that have the words with letters and figures, which tell chips apart. */
export const nearly = (entries, query) => {
  const parts = words(query).filter((part) => DIGIT.test(part) && /\p{L}/u.test(part));
  return parts.length ? found(entries, parts.join(" ")) : [];
};
