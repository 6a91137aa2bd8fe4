// JSON as Python reads it, and the face of what reads models.

const $AT = /[ \t\n\r]*/y;
const $NUMBER = /(-?(?:0|[1-9]\d*))(\.\d+)?([eE][-+]?\d+)?/y;
const $PLAIN = /[^"\\\x00-\x1f]*/y;
const $ESCAPES = { '"': '"', "\\": "\\", "/": "/", b: "\b", f: "\f", n: "\n", r: "\r", t: "\t" };
// An infinity by its name is spoilt by what makes scripts small.
const $WORDS = { null: null, true: true, false: false, NaN: NaN, Infinity: 1 / 0, "-Infinity": -1 / 0 };
const $MOST = 32 * 2 ** 20;
const $MARKS = 700000;
const $DEPTH = 50;
const $DIGITS = 18;
const $LONGEST = 65536;
const $TOO_DEEP = `not JSON that a model has: nested more than ${$DEPTH} deep; give the file as it was`;

/** A text's value, whole numbers and floats apart. Throws ValueError with the words of sizing.files.json_text. */
class $Json {
  constructor(text) {
    this.text = text;
  }
  wrong(what, at) {
    const line = this.text.slice(0, at).split("\n").length;
    throw new $ValueError(`not JSON: line ${line}: ${what}; give the whole file`);
  }
  skip(at) {
    $AT.lastIndex = at;
    $AT.exec(this.text);
    return $AT.lastIndex;
  }
  whole() {
    const [value, end] = this.value(0, 0);
    if (end < this.text.length) {
      const line = this.text.slice(0, end).split("\n").length;
      throw new $ValueError(`not JSON: line ${line}: more after its end; give the file as it was`);
    }
    this.within(value);
    return value;
  }
  value(at, depth) {
    const c = this.text[at];
    if (depth > 900) throw new $ValueError($TOO_DEEP);
    if (c === '"') return this.string(at + 1);
    if (c === "{") return this.object(at + 1, depth);
    if (c === "[") return this.list(at + 1, depth);
    $NUMBER.lastIndex = at;
    const found = $NUMBER.exec(this.text);
    if (found !== null) return [this.number(...found), at + found[0].length];
    for (const [word, value] of Object.entries($WORDS)) if (this.text.startsWith(word, at)) return [value, at + word.length];
    return this.wrong("expecting value", at);
  }
  number(text, digits, fraction, power) {
    if (fraction !== undefined || power !== undefined) return $floated(Number(text));
    if (digits.length > $DIGITS) {
      const told = $format(digits.length, ",");
      throw new $ValueError(`not JSON that a model has: a number of ${told} digits; write one that can be`);
    }
    return $small(BigInt(digits));
  }
  string(begin) {
    let [at, found] = [begin, ""];
    for (;;) {
      $PLAIN.lastIndex = at;
      found += $PLAIN.exec(this.text)[0];
      at = $PLAIN.lastIndex;
      const c = this.text[at];
      if (c === undefined) return this.wrong("unterminated string starting at", begin - 1);
      if (c === '"') return [found, at + 1];
      if (c !== "\\") return this.wrong("invalid control character at", at);
      const escape = this.text[at + 1];
      if (escape === undefined) return this.wrong("unterminated string starting at", begin - 1);
      if (escape !== "u") {
        if ($ESCAPES[escape] === undefined) return this.wrong("invalid \\escape", at);
        found += $ESCAPES[escape];
        at += 2;
        continue;
      }
      const code = this.text.slice(at + 2, at + 6);
      if (!/^[0-9a-fA-F]{4}$/.test(code)) return this.wrong("invalid \\uxxxx escape", at + 1);
      found += String.fromCharCode(parseInt(code, 16));
      at += 6;
    }
  }
  object(begin, depth) {
    const pairs = [];
    let at = this.skip(begin);
    if (this.text[at] === "}") return [new $Dict(), at + 1];
    for (;;) {
      if (this.text[at] !== '"') return this.wrong("expecting property name enclosed in double quotes", at);
      const [key, end] = this.string(at + 1);
      at = this.skip(end);
      if (this.text[at] !== ":") return this.wrong("expecting ':' delimiter", at);
      const [value, after] = this.value(this.skip(at + 1), depth + 1);
      pairs.push([key, value]);
      at = this.skip(after);
      if (this.text[at] === "}") return [this.keyed(pairs), at + 1];
      if (this.text[at] !== ",") return this.wrong("expecting ',' delimiter", at);
      at = this.skip(at + 1);
    }
  }
  /** An object, in which the same may be said twice. */
  keyed(pairs) {
    const found = new $Dict(pairs);
    const twice = found.size < pairs.length && pairs.find(([key, value]) => !$eq(found.at(key), value));
    if (twice) throw new $ValueError(`not JSON that can be read: ${$repr([...twice[0]].slice(0, 60).join(""))} is given twice; keep one`);
    return found;
  }
  list(begin, depth) {
    const values = [];
    let at = this.skip(begin);
    if (this.text[at] === "]") return [values, at + 1];
    for (;;) {
      const [value, end] = this.value(at, depth + 1);
      values.push(value);
      at = this.skip(end);
      if (this.text[at] === "]") return [values, at + 1];
      if (this.text[at] !== ",") return this.wrong("expecting ',' delimiter", at);
      at = this.skip(at + 1);
    }
  }
  within(value) {
    let level = [value];
    for (let i = 0; i < $DEPTH; i += 1) {
      const inside = level.flatMap((one) => (one instanceof $Dict ? $of_dict.values(one) : Array.isArray(one) ? one : []));
      const long = inside.find((one) => typeof one === "string" && $len(one) > $LONGEST);
      if (long !== undefined) {
        const told = $format($len(long), ",");
        throw new $ValueError(`not JSON that a model has: a text of ${told} characters; give the file as it was`);
      }
      level = inside.filter((one) => one instanceof $Dict || Array.isArray(one));
      if (level.length === 0) return;
    }
    throw new $ValueError($TOO_DEEP);
  }
}

const $decodes = (bytes, stream) => {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream });
    return true;
  } catch {
    return false;
  }
};
/** The place of the first bytes that are no UTF-8. */
const $unread = (bytes) => {
  let [good, bad] = [0, bytes.length + 1]; // as many bytes as are the beginning of a text, and as are none
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if (middle <= bytes.length && $decodes(bytes.slice(0, middle), true)) good = middle;
    else bad = middle;
  }
  while (good > 0 && !$decodes(bytes.slice(0, good), false)) good -= 1;
  return good;
};

/** What bytes of JSON hold. Throws ValueError in words. */
const $json = (bytes) => {
  if (bytes.length > $MOST) throw new $ValueError(`holds more than ${$MOST / 2 ** 20} MiB; give a smaller file, or parts of it`);
  if (bytes.reduce((found, one) => found + ([44, 58, 91, 123].includes(one) ? 1 : 0), 0) > $MARKS) {
    throw new $ValueError("not JSON that a model has: more than half a million values; give a smaller file");
  }
  const wide = { "255,254": "utf-16le", "254,255": "utf-16be" }[String(bytes.slice(0, 2))];
  try {
    return new $Json($of_text.strip(new TextDecoder(wide ?? "utf-8", { fatal: true }).decode(bytes))).whole();
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new $ValueError(`not JSON: no UTF-8 text (byte ${$unread(bytes)}); save it as UTF-8`);
  }
};

let $tables;
const $table = () => $tables.at("defaults");
const $wanted = (kind) => $tables.at("wanted").at(built$_ENTRIES.pairs().find(([, one]) => one === kind)[0]);
let $rules, $TABLE, $BY_CODE, $CANONICAL, $OF_TYPE, $TYPES;

/** What a file's bytes do not reach, though the file does. */
class $More extends Error {}
/** The first bytes of a file, as a file that is open for reading. */
class $Start {
  constructor(bytes, size) {
    Object.assign(this, { bytes, size, at: 0 });
  }
  read(count) {
    const end = Math.min(this.at + count, this.size);
    if (end > this.bytes.length) throw new $More();
    const found = this.bytes.slice(this.at, end);
    this.at = end;
    return found;
  }
  seek(place) {
    this.at = place;
    return place;
  }
}

const $MAGIC = 512;
const $FIRST = 8 * 2 ** 20;

/** The header of a GGUF file: of as many bytes of it as that takes. */
const $header = async (file) => {
  for (let size = $FIRST; ; size *= 4) {
    const bytes = new Uint8Array(await file.slice(0, size).arrayBuffer());
    try {
      return header_in(new $Start(bytes, file.size), file.size);
    } catch (error) {
      if (error instanceof $ValueError) throw new $SizingError(`${file.name}: ${unreadable(error)}`);
      if (!(error instanceof $More)) throw error;
    }
  }
};

const $begins = (bytes) => bytes.length > 3 && String.fromCharCode(...bytes.slice(0, 4)) === "GGUF";

/** Gives the tables of sizing.export.reading, as JSON, to what reads models of files. */
export function prepare(text) {
  give(new $Json(text).value(0, 0)[0]);
}

/** Gives the tables to what sizes models. */
export function give(tables) {
  $tables = $dicts(tables);
  const [blocks, ...words] = ["blocks", "by_code", "canonical", "of_type", "types"].map((name) => $tables.at("dialect").at(name));
  [$BY_CODE, $CANONICAL, $OF_TYPE, $TYPES] = words;
  $TABLE = $dict(blocks.pairs().map(([type, told]) => [type, $make(Blocks, [], $object(told))]));
  $rules = rules_of($tables);
}

/**
 * The model that files describe, as the engine plans with it: of a config.json, or of a GGUF file with the parts that it
 * was split into. `files` are of the kind `File`, the one that is meant first; `name` is what the model of a config.json
 * is called, `as` a model_type that it is built like. Throws SizingError with the line that Python raises.
 */
export async function read(files, { name = null, as = null } = {}) {
  const [file] = files;
  const start = new Uint8Array(await file.slice(0, $MAGIC).arrayBuffer());
  const what = foreign(file.name, start);
  if (what !== null) throw new $SizingError(`${file.name}: ${what}`);
  if ($begins(start)) {
    const raws = new $Dict();
    for (const one of files) if (one === file || one.name.toLowerCase().endsWith(".gguf")) raws.set(one.name, await $header(one));
    return $plain(gguf_told($rules, raws, file.name, as));
  }
  let config;
  try {
    config = $json(new Uint8Array(await file.arrayBuffer()));
  } catch (error) {
    if (error instanceof $ValueError) throw new $SizingError(`${file.name}: ${error.message}`);
    throw error;
  }
  const stem = file.name.replace(/\.[^.]+$/, "");
  // One that says no name is called as its type.
  return $plain(config_told($rules, config, name ?? (stem === "config" ? "" : stem), file.name, as));
}

/** A model of the catalog, by its entry, as the engine plans with it. */
export const entry = (told) => $plain(entry_told($rules, $dicts(told)));

/**
 * A model of one's own, by what a file of the catalog states for all of its models and for this one, as the engine plans
 * with it. Throws SizingError: the key, and what would be right.
 */
export const own = (family, told, name) => $plain(own_told($rules, $dicts(family), $dicts(told), name));

export { $SizingError as SizingError };
