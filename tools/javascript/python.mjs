// What Python does with values of which no type is known, for what tools/javascript/careful makes of Python.
//
// None is null, texts are strings, and so are numbers: a whole one is a number, or a BigInt where it needs more than 53
// bits; a float that is whole is a Float where that was said, as in JSON. Lists and tuples are arrays.

class $Exception extends Error {
  constructor(message = "") {
    super(message);
    $Exception.prototype.__init__.call(this, message);
  }
  __init__(message) {
    this.message = $str(message);
  }
}
/** Bad input: one line that says what is wrong and what would be right. */
class $SizingError extends $Exception {
  name = "SizingError";
}
class $ArithmeticError extends $Exception {}
class $AttributeError extends $Exception {}
class $LookupError extends $Exception {}
class $KeyError extends $LookupError {}
class $TypeError extends $Exception {}
class $ValueError extends $Exception {}
class $OSError extends $Exception {}
/** Whether an error is of one of these kinds; JavaScript's own are what Python calls a wrong type, or no such attribute. */
const $is_error = (error, kinds) => kinds.some((kind) => error instanceof kind
  || (error instanceof TypeError && (kind === $TypeError || kind === $AttributeError))
  || (error instanceof RangeError && kind === $ValueError));

class $Float extends Number {}
const $number = (x) => typeof x === "number" || x instanceof $Float || typeof x === "boolean" || typeof x === "bigint";
const $plain_number = (x) => (x instanceof $Float ? x.valueOf() : typeof x === "boolean" ? Number(x) : x);
const $whole = (x) => typeof x === "bigint" || (typeof x === "number" && Number.isInteger(x));
const $small = (x) => (typeof x === "bigint" && x >= -9007199254740991n && x <= 9007199254740991n ? Number(x) : x);
const $wrong = (what, ...of) => {
  throw new $TypeError(`${what}: ${of.map((one) => $kind(one)).join(" and ")}`);
};
const $kind = (x) =>
  x === null ? "NoneType" : typeof x === "string" ? "str" : typeof x === "boolean" ? "bool"
  : x instanceof $Float ? "float" : $number(x) ? ($whole(x) ? "int" : "float") : Array.isArray(x) ? "list"
  : x instanceof $Dict ? "dict" : x instanceof $Set ? "set" : x instanceof Uint8Array ? "bytes" : "object";

/** What is the same key: of texts and numbers themselves, of records and tuples what their parts are. */
const $keys = new WeakMap();
const $key = (x) => {
  if (typeof x === "string" || typeof x === "number" || x === null) return x;
  if (typeof x === "boolean") return Number(x);
  if (x instanceof $Float) return x.valueOf();
  if (typeof x === "bigint" || x === undefined || typeof x === "function") return x;
  if (x instanceof $Dict || x instanceof $Set) return $wrong("unhashable", x);
  if (Array.isArray(x)) return `\0(${x.map($told).join("\0,")})`;
  const known = $keys.get(x);
  if (known !== undefined) return known;
  const of = x.constructor;
  const found = of.fields === undefined ? x : $short(`${of.name}(${of.fields.map((name) => $told(x[name])).join("\0,")})`);
  $keys.set(x, found);
  return found;
};
/** A short key for a long one, of which there are as many as unlike records that were looked up. */
const $shorts = new Map();
const $short = (long) => {
  if (!$shorts.has(long)) $shorts.set(long, `\0${$shorts.size}`);
  return $shorts.get(long);
};
const $counted = new WeakMap();
let $count = 0;
const $told = (x) => {
  const key = $key(x);
  if (key !== null && typeof key === "object") {
    if (!$counted.has(key)) $counted.set(key, ++$count);
    return `\0#${$counted.get(key)}`;
  }
  return typeof key === "string" ? `'${key}` : String(key);
};

class $Dict {
  held = new Map();
  constructor(pairs = []) {
    for (const [key, value] of pairs) this.set(key, value);
  }
  get size() {
    return this.held.size;
  }
  has(key) {
    return this.held.has($key(key));
  }
  at(key) {
    return this.held.get($key(key))?.[1];
  }
  set(key, value) {
    const own = $key(key);
    const found = this.held.get(own);
    if (found === undefined) this.held.set(own, [key, value]);
    else found[1] = value;
  }
  delete(key) {
    return this.held.delete($key(key));
  }
  pairs() {
    return [...this.held.values()].map(([key, value]) => [key, value]);
  }
  missing(key) {
    throw new $KeyError($repr(key));
  }
  *[Symbol.iterator]() {
    for (const [key] of this.held.values()) yield key;
  }
}
/** A dictionary that has something for every key. */
class $Default extends $Dict {
  constructor(made) {
    super();
    this.made = made;
  }
  missing(key) {
    const found = this.made();
    this.set(key, found);
    return found;
  }
}
class $Counts extends $Dict {
  missing() {
    return 0;
  }
}
const $Counter = (values = []) => {
  const found = new $Counts();
  for (const one of $iter(values)) found.set(one, (found.at(one) ?? 0) + 1);
  return found;
};
const $defaultdict = (made) => new $Default(made);

class $Set {
  held = new Map();
  constructor(values = []) {
    for (const one of values) this.add(one);
  }
  get size() {
    return this.held.size;
  }
  has(one) {
    return this.held.has($key(one));
  }
  add(one) {
    const key = $key(one);
    if (!this.held.has(key)) this.held.set(key, one);
  }
  [Symbol.iterator]() {
    return this.held.values();
  }
}

// --- reading and writing ---

const $iter = (x) => {
  if (x === null || x === undefined || typeof x[Symbol.iterator] !== "function" || x instanceof $Float) $wrong("not iterable", x);
  return x;
};
const $unpack = (x, width) => {
  if (Array.isArray(x) && (width === 0 || x.length === width)) return x;
  const found = [...$iter(x)];
  if (width > 0 && found.length !== width) throw new $ValueError(`${found.length} values for ${width} names`);
  return found;
};
/** What a loop goes through, of which each has so many parts where it is taken apart. */
const $each = (x, width) => {
  if (width === 0) return $iter(x);
  return Array.isArray(x) && x.every((one) => Array.isArray(one) && one.length === width) ? x : $apart($iter(x), width);
};
function* $apart(x, width) {
  for (const one of x) yield $unpack(one, width);
}
/** What a comprehension of one loop gives, one after another. */
function* $through(x, width, made, test) {
  for (const one of $each(x, width)) if (test === undefined || test(one)) yield made(one);
}
const $index = (x, at) => {
  if (!$whole(at) && typeof at !== "boolean") $wrong("no place", at);
  return Number(at) < 0 ? x.length + Number(at) : Number(at);
};
const $item = (of, at) => {
  if (of instanceof $Dict) {
    const found = of.at(at);
    return found === undefined ? of.missing(at) : found;
  }
  if (of instanceof $Match) return of.group(at);
  if (typeof of !== "string" && !Array.isArray(of) && !(of instanceof Uint8Array)) $wrong("no items", of);
  const text = typeof of === "string" ? [...of] : of;
  const found = text[$index(text, at)];
  if (found === undefined) throw new $LookupError("out of range");
  return found;
};
const $put = (of, at, value) => {
  if (of instanceof $Dict) of.set(at, value);
  else if (Array.isArray(of) && $index(of, at) in of) of[$index(of, at)] = value;
  else $wrong("no such item", of);
};
const $delete = (of, at) => of instanceof $Dict ? of.delete(at) || of.missing(at) : $wrong("no such item", of);
const $slice = (of, first, end, step) => {
  if (typeof of !== "string" && !Array.isArray(of) && !(of instanceof Uint8Array)) $wrong("no slices", of);
  for (const one of [first, end]) if (one !== null) $index([], one);
  if (step !== null) return step === -1 ? [...of].reverse() : $wrong("no such step", step);
  const text = typeof of === "string" ? [...of] : of;
  const found = text.slice(first === null ? 0 : Number(first), end === null ? undefined : Number(end));
  return typeof of === "string" ? found.join("") : found;
};
const $assign = (of, name, value) => {
  of[name] = value;
};
const $getattr = (of, name) => of[name];
const $dict = (pairs = []) => {
  const given = pairs?.constructor === Object ? Object.entries(pairs) : pairs instanceof $Dict ? pairs.pairs() : $iter(pairs);
  return new $Dict([...given].map((one) => $unpack(one, 2)));
};
$dict.fromkeys = (keys, value = null) => new $Dict([...$iter(keys)].map((key) => [key, value]));
const $pairs = (x) => x instanceof $Dict ? x.pairs() : Object.getPrototypeOf(x ?? 0) === Object.prototype ? Object.entries(x) : $wrong("no mapping", x);
const $object = (x) => Object.fromEntries($pairs(x));
const $set = (values = []) => new $Set($iter(values));
const $frozenset = $set;
const $list = (values = []) => [...$iter(values)];
const $tuple = $list;
const $MappingProxyType = (x) => x;
class $Keywords {
  constructor(told) {
    Object.assign(this, told);
  }
}
const $kw = (told) => new $Keywords(told);

// --- records ---

/**
 * A record's fields in their order, those of them that must be given, and what each is that is left out: behind its name
 * stands a mark, and what it is then, if not null; what is more than a word is made for it.
 */
const $fielded = (said, made = {}) => {
  const every = said === "" ? [] : said.split(" ").map((one) => one.split("?"));
  const left = every.map(([name, unsaid]) => made[name] ?? (unsaid ? JSON.parse(unsaid) : null));
  return Object.assign(every.map(([name]) => name), { needed: every.filter((one) => one.length < 2).map(([name]) => name), left });
};

/** A record: its fields in their order; of what is left out, null, or what is made for it. */
class $Record {
  constructor(...given) {
    const { fields } = new.target;
    for (let i = 0; i < fields.length; i += 1) {
      const left = fields.left[i];
      this[fields[i]] = given[i] !== undefined ? given[i] : typeof left === "function" ? left() : left;
    }
    this.__post_init__?.();
  }
}

const $make = (of, given, told) => {
  const rest = { ...told };
  const args = of.fields.map((name, i) => {
    if (i < given.length) return given[i];
    const found = rest[name];
    delete rest[name];
    return found;
  });
  if (Object.keys(rest).length > 0 || of.fields.needed.some((name) => args[of.fields.indexOf(name)] === undefined)) {
    throw new $TypeError(`${of.name} is not made of ${Object.keys(told).join(", ")}`);
  }
  return new of(...args);
};
const $replace = (of, changes) => $make(of.constructor, [], { ...Object.fromEntries(of.constructor.fields.map((name) => [name, of[name]])), ...changes });
const $fields = (of) => (of.fields ?? of.constructor.fields).map((name) => ({ name }));
const $astuple = (x) =>
  Array.isArray(x) ? x.map($astuple) : x !== null && typeof x === "object" && x.constructor.fields ? x.constructor.fields.map((name) => $astuple(x[name])) : x;
const $onces = new WeakMap();
const $once = (of, name, made) => {
  if (!$onces.has(of)) $onces.set(of, new Map());
  const known = $onces.get(of);
  if (!known.has(name)) known.set(name, made());
  return known.get(name);
};
/** A function that remembers what it gave; what it remembers of a record goes with it. */
const $memo = (made) => {
  const kept = { objects: new WeakMap(), others: new Map() };
  return (...args) => {
    let at = kept;
    for (const one of args) {
      const held = one !== null && typeof one === "object" ? at.objects : at.others;
      if (!held.has(one)) {
        if (held === at.others && held.size > 4096) held.clear();
        held.set(one, { objects: new WeakMap(), others: new Map() });
      }
      at = held.get(one);
    }
    if (!("found" in at)) at.found = made(...args);
    return at.found;
  };
};
const $vars = (of) => new $Dict(of.constructor.fields.map((name) => [name, of[name]]));
const $hash = (x) => $key(x);

// --- operators ---

const $truth = (x) =>
  x === true ? true : x === null || x === undefined || x === false ? false
  : x instanceof $Float ? x.valueOf() !== 0 : $number(x) ? Boolean(x) || x !== x
  : typeof x === "string" || Array.isArray(x) || x instanceof Uint8Array ? x.length > 0
  : x instanceof $Dict || x instanceof $Set ? x.size > 0 : true;
const $or = (x, otherwise) => ($truth(x) ? x : otherwise());
const $and = (x, then) => ($truth(x) ? then() : x);
/** What a record's own operator gives. */
const $OPERATORS = { "+": "__add__", "*": "__mul__", "/": "__truediv__" };
const $of_record = (name, x, y) => {
  const own = x?.constructor?.fields === undefined ? undefined : x[$OPERATORS[name]];
  return own === undefined ? $wrong(name, x, y) : own.call(x, y);
};
const $arithmetic = (name, plain, big) => (x, y) => {
  if (!$number(x) || !$number(y)) return $of_record(name, x, y);
  const [a, b] = [$plain_number(x), $plain_number(y)];
  if (typeof a === "number" && typeof b === "number") {
    const found = plain(a, b);
    if (Number.isSafeInteger(found) || !Number.isInteger(a) || !Number.isInteger(b) || !Number.isInteger(found)) return found;
  }
  if (!$whole(a) || !$whole(b)) return plain(Number(a), Number(b));
  return $small(big(BigInt(a), BigInt(b)));
};
/** Whole numbers that are no trouble. */
const $easy = (x, y) => typeof x === "number" && typeof y === "number";
const $add_numbers = $arithmetic("+", (a, b) => a + b, (a, b) => a + b);
const $joined = (x, y) => {
  const found = new Uint8Array(x.length + y.length);
  found.set(x);
  found.set(y, x.length);
  return found;
};
const $add = (x, y) => {
  if ($easy(x, y)) return Number.isSafeInteger(x + y) ? x + y : $add_numbers(x, y);
  if (typeof x === "string" && typeof y === "string") return x + y;
  if (Array.isArray(x) && Array.isArray(y)) return [...x, ...y];
  if (x instanceof Uint8Array && y instanceof Uint8Array) return $joined(x, y);
  return $add_numbers(x, y);
};
const $sub_numbers = $arithmetic("-", (a, b) => a - b, (a, b) => a - b);
const $sub = (x, y) => (x instanceof $Set && y instanceof $Set ? new $Set([...x].filter((one) => !y.has(one))) : $sub_numbers(x, y));
const $mul_numbers = $arithmetic("*", (a, b) => a * b, (a, b) => a * b);
const $times = (x, n) => {
  if (!$whole(n) && typeof n !== "boolean") return $wrong("*", x, n);
  if (Number(n) * x.length > 1e7) throw new $ValueError("too many");
  return typeof x === "string" ? x.repeat(Math.max(0, Number(n))) : Array.from({ length: Math.max(0, Number(n)) }, () => x).flat();
};
const $mul = (x, y) => {
  if ($easy(x, y)) return Number.isSafeInteger(x * y) ? x * y : $mul_numbers(x, y);
  if (typeof x === "string" || Array.isArray(x)) return $times(x, y);
  if (typeof y === "string" || Array.isArray(y)) return $times(y, x);
  return $mul_numbers(x, y);
};
const $divides = (y) => {
  if ($number(y) && Number(y) === 0) throw new $ArithmeticError("division by zero");
};
const $truediv = (x, y) => {
  if (!$number(x) || !$number(y)) return $of_record("/", x, y);
  $divides(y);
  return Number(x) / Number(y);
};
const $floordiv_numbers = $arithmetic("//", (a, b) => Math.floor(a / b), (a, b) => (a - (((a % b) + b) % b)) / b);
const $floordiv = (x, y) => {
  $divides(y);
  if ($whole(x) && $whole(y) && typeof x === "number" && typeof y === "number") return (x - (((x % y) + y) % y)) / y;
  return $floordiv_numbers(x, y);
};
const $mod_numbers = $arithmetic("%", (a, b) => ((a % b) + b) % b, (a, b) => ((a % b) + b) % b);
const $mod = (x, y) => {
  $divides(y);
  return $mod_numbers(x, y);
};
const $pow = $arithmetic("**", (a, b) => a ** b, (a, b) => a ** b);
const $shl = $arithmetic("<<", (a, b) => a * 2 ** b, (a, b) => a << b);
const $shr = $arithmetic(">>", (a, b) => Math.floor(a / 2 ** b), (a, b) => a >> b);
const $neg = (x) => ($number(x) ? -$plain_number(x) : $wrong("-", x));
const $bitor = (x, y) => {
  if (x instanceof $Dict && y instanceof $Dict) return new $Dict([...x.pairs(), ...y.pairs()]);
  if (x instanceof $Set && y instanceof $Set) return new $Set([...x, ...y]);
  return $number(x) && $number(y) ? $small(BigInt($plain_number(x)) | BigInt($plain_number(y))) : $wrong("|", x, y);
};
const $bitand = (x, y) => {
  if (x instanceof $Set && y instanceof $Set) return new $Set([...x].filter((one) => y.has(one)));
  return $number(x) && $number(y) ? $small(BigInt($plain_number(x)) & BigInt($plain_number(y))) : $wrong("&", x, y);
};
const $iadd = (x, y) => {
  if (!Array.isArray(x)) return $add(x, y);
  for (const one of [...$iter(y)]) x.push(one);
  return x;
};
const $ibitor = (x, y) => {
  if (x instanceof $Dict) for (const [key, value] of $pairs(y)) x.set(key, value);
  else if (x instanceof $Set && y instanceof $Set) for (const one of y) x.add(one);
  else return $bitor(x, y);
  return x;
};
const $eq = (x, y) => {
  if (x === y) return true;
  if ($number(x) && $number(y)) return $plain_number(x) == $plain_number(y); // eslint-disable-line eqeqeq
  if (Array.isArray(x) && Array.isArray(y)) return x.length === y.length && x.every((one, i) => $eq(one, y[i]));
  if (x instanceof Uint8Array && y instanceof Uint8Array) return x.length === y.length && x.every((one, i) => one === y[i]);
  if (x instanceof $Dict && y instanceof $Dict) {
    return x.size === y.size && x.pairs().every(([key, value]) => y.has(key) && $eq(value, y.at(key)));
  }
  if (x instanceof $Set && y instanceof $Set) return x.size === y.size && [...x].every((one) => y.has(one));
  const fields = x?.constructor?.fields;
  return fields !== undefined && x.constructor === y?.constructor && fields.every((name) => $eq(x[name], y[name]));
};
const $order = (x, y) => {
  if ($number(x) && $number(y)) {
    const [a, b] = [$plain_number(x), $plain_number(y)];
    return a < b ? -1 : a > b ? 1 : a == b ? 0 : NaN; // eslint-disable-line eqeqeq
  }
  if (typeof x === "string" && typeof y === "string") return $texts([...x], [...y]);
  if (!Array.isArray(x) || !Array.isArray(y)) return $wrong("<", x, y);
  for (let i = 0; i < Math.min(x.length, y.length); i += 1) if (!$eq(x[i], y[i])) return $order(x[i], y[i]);
  return x.length - y.length;
};
const $texts = (x, y) => {
  for (let i = 0; i < Math.min(x.length, y.length); i += 1) if (x[i] !== y[i]) return x[i].codePointAt(0) - y[i].codePointAt(0);
  return x.length - y.length;
};
const $lt = (x, y) => (typeof x === "number" && typeof y === "number" ? x < y : $order(x, y) < 0);
const $le = (x, y) => (x instanceof $Set && y instanceof $Set ? [...x].every((one) => y.has(one)) : $order(x, y) <= 0);
const $gt = (x, y) => $order(x, y) > 0;
const $ge = (x, y) => $order(x, y) >= 0;
const $in = (of, x) => {
  if (of instanceof $Dict || of instanceof $Set) return of.has(x);
  if (typeof of === "string") return typeof x === "string" ? of.includes(x) : $wrong("in", x);
  if (Array.isArray(of)) return of.some((one) => $eq(one, x));
  for (const one of $iter(of)) if ($eq(one, x)) return true;
  return false;
};

// --- types ---

const $is = {
  int: (x) => typeof x === "boolean" || $whole(x),
  float: (x) => x instanceof $Float || (typeof x === "number" && !Number.isInteger(x)),
  str: (x) => typeof x === "string",
  bool: (x) => typeof x === "boolean",
  dict: (x) => x instanceof $Dict,
  Mapping: (x) => x instanceof $Dict,
  list: (x) => Array.isArray(x),
  tuple: (x) => Array.isArray(x),
  Sequence: (x) => Array.isArray(x) || typeof x === "string",
  set: (x) => x instanceof $Set,
  frozenset: (x) => x instanceof $Set,
  bytes: (x) => x instanceof Uint8Array,
};
const $isinstance = (x, kinds) => kinds.some((kind) => (typeof kind === "string" ? $is[kind](x) : x instanceof kind));
const $exactly = (x, kind) => $is[kind](x) && (kind !== "int" || typeof x !== "boolean");

// --- Python's functions ---

const $callable = (x) => typeof x === "function";
const $len = (x) => {
  if (x instanceof $Dict || x instanceof $Set) return x.size;
  if (typeof x === "string") return [...x].length;
  return Array.isArray(x) || x instanceof Uint8Array ? x.length : $wrong("no length", x);
};
const $bool = $truth;
const $int = (x = 0) => {
  if ($whole(x)) return x;
  if (typeof x === "string") {
    if (!/^\s*[+-]?\d+(_\d+)*\s*$/.test(x)) throw new $ValueError(`invalid literal for int() with base 10: ${$repr(x)}`);
    return $small(BigInt(x.trim().replaceAll("_", "").replace(/^\+/, "")));
  }
  if (!$number(x)) return $wrong("int()", x);
  if (!Number.isFinite(Number(x))) throw new $ArithmeticError("cannot convert float infinity or nan to integer");
  return Math.trunc(Number(x));
};
const $float = (x = 0) => {
  if (typeof x === "string") {
    if (!/^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i.test(x)) throw new $ValueError(`could not convert string to float: ${$repr(x)}`);
    return Number(x);
  }
  return $number(x) ? Number(x) : $wrong("float()", x);
};
const $abs = (x) => Math.abs(Number($neg(x)));
/** A number with so many decimals as Python writes it: of two that are as near, the even one. */
const $fixed = (x, decimals) => {
  const [near, exact] = [x.toFixed(decimals), x.toFixed(Math.min(100, decimals + 60))];
  const rest = exact.slice(exact.indexOf(".") + 1 + decimals);
  if (!/^50*$/.test(rest)) return near;
  const cut = exact.slice(0, exact.length - rest.length).replace(/\.$/, "");
  return Number(cut.at(-1)) % 2 === 0 ? cut : near;
};
const $round = (x, decimals) => {
  if (!$number(x)) return $wrong("round()", x);
  if (decimals > 0) return Number($fixed(Number(x), decimals));
  if (decimals < 0) return $round(Number(x) / 10 ** -decimals) * 10 ** -decimals;
  const [n, down] = [Number(x), Math.floor(Number(x))];
  const over = n - down;
  return over < 0.5 || (over === 0.5 && down % 2 === 0) ? down : down + 1;
};
const $all = (values) => {
  for (const one of $iter(values)) if (!$truth(one)) return false;
  return true;
};
const $any = (values) => {
  for (const one of $iter(values)) if ($truth(one)) return true;
  return false;
};
const $next = (values, otherwise) => {
  for (const one of $iter(values)) return one;
  if (otherwise === undefined) throw new $ValueError("nothing is next");
  return otherwise;
};
const $sum = (values, start = 0) => {
  let found = start;
  for (const one of $iter(values)) found = $add(found, one);
  return found;
};
const $best = (better) => (...args) => {
  const told = args.at(-1) instanceof $Keywords ? args.pop() : {};
  const values = args.length === 1 ? [...$iter(args[0])] : args;
  if (values.length === 0) {
    if ("default" in told) return told.default;
    throw new $ValueError("nothing to choose from");
  }
  const key = told.key ?? ((one) => one);
  return values.reduce((found, one) => (better(key(one), key(found)) ? one : found));
};
const $max = $best($gt);
const $min = $best($lt);
const $sorted = (values, told = {}) => {
  const key = told.key ?? ((one) => one);
  const keyed = [...$iter(values)].map((one) => [key(one), one]);
  return keyed.sort(([a], [b]) => $order(a, b)).map(([, one]) => one);
};
const $reversed = (values) => [...$iter(values)].reverse();
const $range = (first, end, step = 1) => {
  if (end === undefined) return $range(0, first);
  for (const one of [first, end, step]) if (!$whole(one) && typeof one !== "boolean") $wrong("range()", one);
  const found = [];
  for (let i = Number(first); step > 0 ? i < end : i > end; i += Number(step)) {
    if (found.length > 1e7) throw new $ValueError("too many");
    found.push(i);
  }
  return found;
};
const $enumerate = function* (values, told = {}) {
  let i = typeof told === "number" ? told : told.start ?? 0;
  for (const one of $iter(values)) yield [i++, one];
};
const $map = (made, ...lists) => $zip(...lists).map((given) => made(...given));
const $filter = (test, values) => [...$iter(values)].filter((one) => $truth(test === null ? one : test(one)));
const $zip = (...lists) => {
  const told = lists.at(-1) instanceof $Keywords ? lists.pop() : {};
  const every = lists.map((one) => [...$iter(one)]);
  const count = every.length === 0 ? 0 : Math.min(...every.map((one) => one.length));
  if (told.strict && every.some((one) => one.length !== count)) throw new $ValueError("lists of unlike length");
  return Array.from({ length: count }, (_, i) => every.map((one) => one[i]));
};
const $zip_longest = (...lists) => {
  const every = lists.map((one) => [...$iter(one)]);
  return Array.from({ length: Math.max(...every.map((one) => one.length)) }, (_, i) => every.map((one) => one[i] ?? null));
};
const $accumulate = (values, told) => {
  const sums = [told.initial];
  for (const one of $iter(values)) sums.push($add(sums.at(-1), one));
  return sums;
};
const $groupby = (values) => {
  const found = [];
  for (const one of $iter(values)) {
    if (found.length > 0 && $eq(found.at(-1)[0], one)) found.at(-1)[1].push(one);
    else found.push([one, [one]]);
  }
  return found;
};
/** The first place in a sorted list whose item is not below ``x``. */
const $bisect_left = (sorted, x) => {
  const found = sorted.findIndex((one) => !$lt(one, x));
  return found < 0 ? sorted.length : found;
};
const $inf = Infinity;
const $sqrt = (x) => ($number(x) ? Math.sqrt(Number(x)) : $wrong("sqrt()", x));
/** In single precision, as sizing.engine.numbers has it. */
const $single = Math.fround;
const $median = (values) => {
  const given = $sorted(values);
  const half = given.length >> 1;
  return given.length % 2 ? given[half] : (given[half - 1] + given[half]) / 2;
};
const $math = {
  inf: Infinity,
  prod: (values) => [...$iter(values)].reduce((found, one) => $mul(found, one), 1),
  isfinite: (x) => Number.isFinite(Number(x)),
  floor: (x) => Math.floor(Number(x)),
  // Never below the whole number that it reaches.
  log10: (x) => Math.max(Math.log10(Number(x)), Number(Number(x).toExponential().split("e")[1])),
  ceil: (x) => ($number(x) ? Math.ceil(Number(x)) : $wrong("ceil()", x)),
};

// --- texts ---

const $float_text = (x) => {
  if (Number.isNaN(x)) return "nan";
  if (!Number.isFinite(x)) return x > 0 ? "inf" : "-inf";
  const size = Math.abs(x);
  if (size !== 0 && (size >= 1e16 || size < 1e-4)) return x.toExponential().replace(/e([+-])(\d)$/, "e$10$2");
  return Number.isInteger(x) ? `${Object.is(x, -0) ? "-0" : x}.0` : String(x);
};
const $str = (x = "") =>
  typeof x === "string" ? x : x === null ? "None" : x === true ? "True" : x === false ? "False"
  : x instanceof $Float ? $float_text(x.valueOf()) : typeof x === "number" ? (Number.isInteger(x) ? String(BigInt(x)) : $float_text(x))
  : typeof x === "bigint" ? String(x) : x instanceof Error ? x.message : $repr(x);
const $UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]|(?! )\p{Zs}/u;
const $escaped = (c) => {
  const named = { "\n": "\\n", "\r": "\\r", "\t": "\\t", "\\": "\\\\" }[c];
  if (named !== undefined) return named;
  if (!$UNSEEN.test(c)) return c;
  const code = c.codePointAt(0);
  const [letter, width] = code < 256 ? ["x", 2] : code < 65536 ? ["u", 4] : ["U", 8];
  return `\\${letter}${code.toString(16).padStart(width, "0")}`;
};
const $repr = (x) => {
  if (typeof x === "string") {
    const quote = x.includes("'") && !x.includes('"') ? '"' : "'";
    return quote + [...x].map((c) => (c === quote ? `\\${c}` : $escaped(c))).join("") + quote;
  }
  if (Array.isArray(x)) return `[${x.map($repr).join(", ")}]`;
  if (x instanceof $Dict) return `{${x.pairs().map(([key, value]) => `${$repr(key)}: ${$repr(value)}`).join(", ")}}`;
  return x !== null && typeof x === "object" && !(x instanceof $Float) ? `<${x.constructor.name}>` : $str(x);
};
const $general = (x, figures) => {
  if (!Number.isFinite(x)) return $float_text(x);
  const [digits, power] = x.toExponential(figures - 1).split("e");
  const bare = (text) => (text.includes(".") ? text.replace(/\.?0+$/, "") : text);
  if (power >= -4 && power < figures) return bare(x.toFixed(Math.max(0, figures - 1 - power)));
  return `${bare(digits)}e${power[0]}${power.slice(1).padStart(2, "0")}`;
};
const $format = (x, how) => {
  if (how === ",") return $str(x).replace(/\B(?=(\d{3})+(?!\d))/g, ",");
  const asked = /^(?:0(\d+))?(,?)(?:\.(\d+))?([gfX]?)$/.exec(how);
  if (asked === null || !$number(x)) return $wrong(`format ${how}`, x);
  const [, wide, commas, figures, kind] = asked;
  const text = kind === "g" ? $general(Number(x), Number(figures ?? 6)) : kind === "f" ? $fixed(Number(x), Number(figures ?? 6))
    : kind === "X" ? Number(x).toString(16).toUpperCase() : $str(x);
  if (commas !== "") return text.replace(/^-?\d+/, (whole) => whole.replace(/\B(?=(\d{3})+$)/g, ","));
  return wide === undefined ? text : text.padStart(Number(wide), "0");
};
$str.lower = (x) => x.toLowerCase();
$str.maketrans = (from, to) => new Map([...from].map((c, i) => [c, [...to][i]]));
const $ord = (c) => c.codePointAt(0);
const $unicodedata = { name: () => "", normalize: (form, text) => text.normalize(form) }; // names are not at hand

const $ends = (x, ends, test) => {
  if (typeof ends === "string") return test(x, ends);
  for (const one of $iter(ends)) if (test(x, one)) return true;
  return false;
};
const $starts_so = (text, one) => text.startsWith(one);
const $ends_so = (text, one) => text.endsWith(one);
const $space = /[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/u;
const $of_text = {
  startswith: (x, ends) => $ends(x, ends, $starts_so),
  endswith: (x, ends) => $ends(x, ends, $ends_so),
  lower: (x) => x.toLowerCase(),
  upper: (x) => x.toUpperCase(),
  strip: (x) => x.replace(new RegExp(`^${$space.source}`, "u"), "").replace(new RegExp(`${$space.source}$`, "u"), ""),
  rstrip: (x, what) => {
    let end = x.length;
    while (end > 0 && what.includes(x[end - 1])) end -= 1;
    return x.slice(0, end);
  },
  split: (x, by) => (by === undefined ? x.split($space).filter((one) => one !== "") : x.split(by)),
  join: (x, values) => [...$iter(values)].map((one) => (typeof one === "string" ? one : $wrong("join", one))).join(x),
  removeprefix: (x, start) => (x.startsWith(start) ? x.slice(start.length) : x),
  removesuffix: (x, end) => (end !== "" && x.endsWith(end) ? x.slice(0, -end.length) : x),
  partition: (x, by) => (x.includes(by) ? [x.slice(0, x.indexOf(by)), by, x.slice(x.indexOf(by) + by.length)] : [x, "", ""]),
  rpartition: (x, by) => (x.includes(by) ? [x.slice(0, x.lastIndexOf(by)), by, x.slice(x.lastIndexOf(by) + by.length)] : ["", "", x]),
  replace: (x, what, by) => x.replaceAll(what, by),
  count: (x, what) => x.split(what).length - 1,
  translate: (x, table) => [...x].map((c) => table.get(c) ?? c).join(""),
  isdigit: (x) => /^\p{Nd}+$/u.test(x),
  isascii: (x) => /^[\x00-\x7f]*$/.test(x),
  isprintable: (x) => !$UNSEEN.test(x),
  format: (x, ...given) => {
    let i = 0;
    return x.replace(/\{\}/g, () => $str(given[i++]));
  },
};
const $of_list = {
  append: (x, one) => void x.push(one),
  extend: (x, values) => void x.push(...$iter(values)),
  index: (x, one) => {
    const found = x.findIndex((other) => $eq(other, one));
    if (found < 0) throw new $ValueError("not in list");
    return found;
  },
  count: (x, one) => x.filter((other) => $eq(other, one)).length,
};
const $of_dict = {
  get: (x, key, otherwise = null) => {
    const found = x.at(key);
    return found === undefined ? otherwise : found;
  },
  items: (x) => x.pairs(),
  keys: (x) => new $Set(x),
  values: (x) => x.pairs().map(([, value]) => value),
  pop: (x, key, otherwise) => {
    const found = x.at(key);
    if (found === undefined) return otherwise === undefined ? x.missing(key) : otherwise;
    x.delete(key);
    return found;
  },
  setdefault: (x, key, value = null) => {
    if (!x.has(key)) x.set(key, value);
    return x.at(key);
  },
  update: (x, other) => void $ibitor(x, other),
  most_common: (x, count) => x.pairs().sort(([, a], [, b]) => b - a).slice(0, count),
};
const $of_set = { add: (x, one) => void x.add(one), update: (x, values) => void [...$iter(values)].forEach((one) => x.add(one)) };
const $of_bytes = {
  startswith: (x, start) => start.every((one, i) => x[i] === one),
  decode: (x) => new TextDecoder("utf-8", { ignoreBOM: true }).decode(x),
};
/** What is given by its name, in its place. */
const $placed = (names, args) => {
  const told = args.at(-1);
  return names.map((name, i) => (i < args.length - 1 ? args[i] : told[name]));
};
/** A method of Python's own types, or of a record. */
const $call = (of, name, ...args) => {
  if (of !== null && typeof of === "object" && of.constructor.fields !== undefined) {
    return of[name](...(args.at(-1) instanceof $Keywords ? $placed(of.constructor.takes[name], args) : args));
  }
  const known = typeof of === "string" ? $of_text : Array.isArray(of) ? $of_list : of instanceof $Dict ? $of_dict
    : of instanceof $Set ? $of_set : of instanceof Uint8Array ? $of_bytes : null;
  if (known === null && of !== null && of !== undefined && typeof of[name] === "function") return of[name](...args);
  if (known === null || known[name] === undefined) throw new $AttributeError(`${$kind(of)} has no ${name}`);
  return known[name](of, ...args) ?? null;
};
const $bytes = (values) => Uint8Array.from(values);

/** Python's struct, as far as files need it: numbers of either byte order, one after another. */
const $widths = { B: 1, b: 1, H: 2, h: 2, I: 4, i: 4, Q: 8, q: 8, f: 4, d: 8, "?": 1 };
const $readers = {
  B: (view, at) => view.getUint8(at),
  b: (view, at) => view.getInt8(at),
  H: (view, at, little) => view.getUint16(at, little),
  h: (view, at, little) => view.getInt16(at, little),
  I: (view, at, little) => view.getUint32(at, little),
  i: (view, at, little) => view.getInt32(at, little),
  Q: (view, at, little) => $small(view.getBigUint64(at, little)),
  q: (view, at, little) => $small(view.getBigInt64(at, little)),
  f: (view, at, little) => $floated(view.getFloat32(at, little)),
  d: (view, at, little) => $floated(view.getFloat64(at, little)),
  "?": (view, at) => view.getUint8(at) !== 0,
};
const $floated = (x) => (Number.isInteger(x) ? new $Float(x) : x);
const $forms = new Map();
const $form = (text) => {
  if (!$forms.has(text)) {
    const [, order, count, kind] = /^([<>])(\d*)(.)$/.exec(text);
    const found = { little: order === "<", count: count === "" ? 1 : Number(count), wide: $widths[kind], read: $readers[kind] };
    if (count !== "") return found; // of which there are many
    $forms.set(text, found);
  }
  return $forms.get(text);
};
const $views = new WeakMap();
const $view = (bytes) => {
  if (!$views.has(bytes)) $views.set(bytes, new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  return $views.get(bytes);
};
const $unpacked = ({ little, count, wide, read }, bytes, from) => {
  const view = $view(bytes);
  const found = [];
  for (let i = 0; i < count; i += 1) found.push(read(view, from + i * wide, little));
  return found;
};
const $struct = {
  unpack: (text, bytes) => $unpacked($form(text), bytes, 0),
  Struct: (text) => ({ unpack_from: (bytes, from) => $unpacked($form(text), bytes, from) }),
};

// --- patterns, and what is nearly alike ---

/** Bytes as the text of as many characters. */
const $latin = (x) => (x instanceof Uint8Array ? Array.from(x, (one) => String.fromCharCode(one)).join("") : x);
class $Match {
  constructor(found) {
    this.found = found;
  }
  group(at) {
    const one = typeof at === "string" ? this.found.groups[at] : this.found[at];
    return one === undefined ? null : one;
  }
  groups() {
    return [...this.found].slice(1).map((one) => one ?? null);
  }
}
class $Pattern {
  constructor(text, flags) {
    this.text = $latin(text).replaceAll("(?P<", "(?<");
    this.flags = flags;
    this.made = new Map();
  }
  find(before, after, given) {
    const text = $latin(given);
    if (typeof text !== "string") $wrong("no text", text);
    const whole = `${before}(?:${this.text})${after}`;
    if (!this.made.has(whole)) this.made.set(whole, new RegExp(whole, `u${this.flags}`));
    const found = this.made.get(whole).exec(text);
    return found === null ? null : new $Match(found);
  }
  // Python's methods know what they are of, wherever they are kept.
  search = (text) => this.find("", "", text);
  match = (text) => this.find("^", "", text);
  fullmatch = (text) => this.find("^", "$", text);
  /** Every place in a text, by what a function makes of it, or by a text in which \\1 is its first group. */
  sub = (by, text) => text.replace(new RegExp(this.text, `gu${this.flags}`), (...found) =>
    typeof by === "function" ? by(new $Match(found)) : by.replace(/\\(\d)/g, (_, group) => found[group] ?? ""));
}
const $patterns = $memo((text, flags = "") => new $Pattern(text, flags));
const $re = {
  I: "i",
  compile: $patterns,
  search: (pattern, text, flags) => $patterns(pattern, flags).search(text),
  match: (pattern, text, flags) => $patterns(pattern, flags).match(text),
  fullmatch: (pattern, text, flags) => $patterns(pattern, flags).fullmatch(text),
  sub: (pattern, by, text) => $patterns(pattern).sub(by, text),
};

/** Python's difflib: twice the letters of the longest blocks that two texts share, to all letters. */
const $alike = (a, b) => {
  const places = new Map();
  b.forEach((c, j) => places.set(c, [...(places.get(c) ?? []), j]));
  if (b.length >= 200) for (const [c, at] of places) if (at.length > Math.floor(b.length / 100) + 1) places.delete(c);
  const longest = (a0, a1, b0, b1) => {
    let [i0, j0, size, lengths] = [a0, b0, 0, new Map()];
    for (let i = a0; i < a1; i += 1) {
      const found = new Map();
      for (const j of places.get(a[i]) ?? []) {
        if (j < b0 || j >= b1) continue;
        const k = (lengths.get(j - 1) ?? 0) + 1;
        found.set(j, k);
        if (k > size) [i0, j0, size] = [i - k + 1, j - k + 1, k];
      }
      lengths = found;
    }
    while (i0 > a0 && j0 > b0 && a[i0 - 1] === b[j0 - 1]) [i0, j0, size] = [i0 - 1, j0 - 1, size + 1];
    while (i0 + size < a1 && j0 + size < b1 && a[i0 + size] === b[j0 + size]) size += 1;
    return [i0, j0, size];
  };
  const open = [[0, a.length, 0, b.length]];
  let shared = 0;
  while (open.length > 0) {
    const [a0, a1, b0, b1] = open.pop();
    const [i, j, size] = longest(a0, a1, b0, b1);
    if (size === 0) continue;
    shared += size;
    open.push([a0, i, b0, j], [i + size, a1, j + size, b1]);
  }
  return a.length + b.length ? (2 * shared) / (a.length + b.length) : 1;
};
const $difflib = {
  SequenceMatcher: (_, a, b) => ({ ratio: () => $alike([...a], [...b]) }),
  get_close_matches: (word, possible, { n, cutoff = 0.6 }) => {
    const scored = [...$iter(possible)].map((one) => [$alike([...one], [...word]), one]).filter(([score]) => score >= cutoff);
    return scored.sort(([a, x], [b, y]) => b - a || $order(y, x)).slice(0, n).map(([, one]) => one);
  },
};

// --- JSON's values, and back ---

/** Objects as dictionaries. */
const $dicts = (x) =>
  Array.isArray(x) ? x.map($dicts) : x !== null && typeof x === "object" && Object.getPrototypeOf(x) === Object.prototype
    ? new $Dict(Object.entries(x).map(([key, value]) => [key, $dicts(value)])) : x ?? null;
/** Dictionaries as objects, and numbers as JSON has them. */
const $plain = (x) =>
  x instanceof $Dict ? Object.fromEntries(x.pairs().map(([key, value]) => [key, $plain(value)]))
  : Array.isArray(x) ? x.map($plain) : x instanceof $Float ? x.valueOf() : typeof x === "bigint" ? Number(x) : x;
