// What Python means by its words, for what translate.py makes of sizing/engine.

/** Bad input: one line that says what is wrong and what would be right. */
class SizingError extends Error {
  name = "SizingError";
}

/** A dictionary: keys may be tuples and records, which are the same key where their parts are. */
class Dict {
  entriesByKey = new Map();
  constructor(pairs) {
    for (const [key, value] of pairs) this.set(key, value);
  }
  static key(key) {
    if (typeof key !== "object" || key === null) return key;
    const plain = Array.isArray(key) && key.every((one) => typeof one !== "object");
    return plain ? key.join("\u0001") : JSON.stringify(key);
  }
  get size() {
    return this.entriesByKey.size;
  }
  has(key) {
    return this.entriesByKey.has(Dict.key(key));
  }
  get(key, otherwise = null) {
    const found = this.entriesByKey.get(Dict.key(key));
    return found === undefined ? otherwise : found[1];
  }
  set(key, value) {
    this.entriesByKey.set(Dict.key(key), [key, value]);
  }
  clear() {
    this.entriesByKey.clear();
  }
  entries() {
    return [...this.entriesByKey.values()];
  }
  [Symbol.iterator]() {
    return this.entries().map(([key]) => key)[Symbol.iterator]();
  }
}
const dict = (pairs = []) => new Dict(pairs);
dict.fromkeys = (keys) => new Dict([...keys].map((key) => [key, null]));

const $truth = (x) =>
  x instanceof Dict ? x.size > 0 : Array.isArray(x) ? x.length > 0 : Boolean(x);
const $or = (x, otherwise) => ($truth(x) ? x : otherwise());
const $and = (x, then) => ($truth(x) ? then() : x);
const $has = (of, x) => (Array.isArray(of) || typeof of === "string" ? of.includes(x) : of.has(x));
const $mod = (a, b) => ((a % b) + b) % b;
const $div = (a, b) => (a - $mod(a, b)) / b;
const $put = (of, key, value) => {
  if (of instanceof Dict) of.set(key, value);
  else if ($item(of, key) !== undefined) of[key] = value;
};
/** An item that must be there. */
const $item = (of, key) => {
  const found = of instanceof Dict ? of.entriesByKey.get(Dict.key(key))?.[1] : of[key];
  if (found === undefined) throw new RangeError(`nothing at ${key}`);
  return found;
};
const $last = (of) => $item(of, of.length - 1);
/** A record with other values of some fields; what it has computed once is not taken over. */
const $replace = (of, changes) =>
  new of.constructor(...Object.keys(of).map((name) => (Object.hasOwn(changes, name) ? changes[name] : of[name])));
/** Throws on what is no SizingError. */
const $only = (error) => {
  if (!(error instanceof SizingError)) throw error;
};
/** A number with so many figures, as C's %g writes it. */
const $general = (x, figures) => {
  if (!Number.isFinite(x)) return Number.isNaN(x) ? "nan" : x > 0 ? "inf" : "-inf";
  const [digits, power] = x.toExponential(figures - 1).split("e");
  const bare = (text) => (text.includes(".") ? text.replace(/\.?0+$/, "") : text);
  if (power >= -4 && power < figures) return bare(x.toFixed(Math.max(0, figures - 1 - power)));
  return `${bare(digits)}e${power[0]}${power.slice(1).padStart(2, "0")}`;
};

const sqrt = Math.sqrt;
const inf = Infinity;
const single = Math.fround;
const int = Math.trunc;
const bool = $truth;
const str = (x) => (x === null ? "None" : x === true ? "True" : x === false ? "False" : String(x));
/** To a whole number, half to even. */
const round = (x) => {
  const down = Math.floor(x);
  const over = x - down;
  return over < 0.5 || (over === 0.5 && down % 2 === 0) ? down : down + 1;
};
const len = (x) => (x instanceof Dict || x instanceof Set ? x.size : x.length);
const list = (x) => [...x];
const tuple = list;
const frozenset = (x) => new Set(x);
const all = (x) => list(x).every($truth);
const any = (x) => list(x).some($truth);
const next = (x, otherwise) => (x.length > 0 ? x[0] : otherwise);
const best = (better) => (...x) => {
  const [first, ...rest] = x.length === 1 ? x[0] : x;
  if (first === undefined) throw new RangeError("nothing to choose from");
  return rest.reduce((found, one) => (better(one, found) ? one : found), first);
};
const max = best((a, b) => a > b);
const min = best((a, b) => a < b);
const range = (first, end, step = 1) =>
  end === undefined
    ? range(0, first)
    : Array.from({ length: max(0, Math.ceil((end - first) / step)) }, (_, i) => first + i * step);
/** Which of two keys comes first: numbers, truths, texts, or lists of them. */
const $order = (a, b) => {
  if (!Array.isArray(a)) return a < b ? -1 : a > b ? 1 : 0;
  for (const [i, one] of a.entries()) {
    const found = $order(one, b[i]);
    if (found !== 0) return found;
  }
  return 0;
};
const sorted = (x, key = (one) => one) =>
  list(x).map((one) => [key(one), one]).sort(([a], [b]) => $order(a, b)).map(([, one]) => one);
const enumerate = (x) => list(x).map((one, i) => [i, one]);
const zip = (...lists) => {
  if (lists.some((one) => one.length !== lists[0].length)) throw new RangeError("lists of unlike length");
  return lists[0].map((_, i) => lists.map((one) => one[i]));
};
const accumulate = (x, initial) => {
  const sums = [initial];
  for (const one of x) sums.push($last(sums) + one);
  return sums;
};
/** The first place in a sorted list whose item is not below ``x``. */
const bisect_left = (sorted, x) => {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < x) low = middle + 1;
    else high = middle;
  }
  return low;
};

/** JSON's objects as dictionaries. */
const $dicts = (x) =>
  Array.isArray(x) ? x.map($dicts)
  : x === undefined ? null
  : x !== null && typeof x === "object" ? dict(Object.entries(x).map(([key, value]) => [key, $dicts(value)]))
  : x;
/** Dictionaries as JSON's objects. */
const $plain = (x) =>
  x instanceof Dict ? Object.fromEntries(x.entries().map(([key, value]) => [key, $plain(value)]))
  : Array.isArray(x) ? x.map($plain)
  : x;

export { SizingError, $plain as plain };
