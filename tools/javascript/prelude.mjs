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
  static key = (key) => (typeof key === "object" && key !== null ? JSON.stringify(key) : key);
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
const $has = (of, x) => (Array.isArray(of) ? of.includes(x) : of.has(x));
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
/** A property that is computed once, and that is no part of what a record is. */
const $once = (of, name, compute) => {
  const value = compute();
  Object.defineProperty(of, name, { value });
  return value;
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
const range = (first, end) =>
  end === undefined ? range(0, first) : Array.from({ length: max(0, end - first) }, (_, i) => first + i);
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

/**
 * What plans with the data of sizing.export, to which `add` brings more models. ``outcome`` and ``plan`` take an object
 * with the names of Python's ``plan``: model, machine, format, context, and if need be the others; ids throughout.
 * ``plan`` gives what ``Plan.as_dict()`` gives; ``outcome`` gives the engine's own answer, which can be asked for other
 * depths and prompts. Both throw SizingError with the line that Python raises.
 */
export function load(data) {
  const exported = Exported.of($dicts({ models: {}, ...data }));
  const outcome = (asked) => exported.outcome(Asked.of($dicts(asked)));
  return {
    add: (id, model) => exported.models.set(id, $dicts(model)),
    outcome,
    plan: (asked) => $plain(outcome(asked).as_dict()),
  };
}
export { SizingError, $plain as plain };
