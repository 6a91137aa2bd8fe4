/** What does a block ask? A few lines of YAML, each key of which is known and holds what it may; one line says what not. */
import { Line, type Question } from "./engine";

export const SHOWS = ["table", "number", "bar", "compare", "launch"] as const;
export type Show = (typeof SHOWS)[number];
export const VALUES = [
  "memory", "weights", "cache", "buffers", "overhead", "decode", "decode_empty", "prefill", "first_token", "longest", "most", "verdict", "price",
] as const;
export type Value = (typeof VALUES)[number];

export interface Block {
  show: Show;
  value: Value;
  /** In names as people write them: one for each model on each machine in each format at each context. */
  asked: Question[];
}

/** The word for the reader's own machine. */
export const MINE = "mine";
const MOST = 48; // answers of a block
const LONGEST = 200; // characters of a name
const CONTEXT = 8192;
const MOST_TOKENS = 2 ** 40;
const TOKENS = /^([0-9]{1,6})([km])?$/i;

type Check = (key: string, value: unknown) => unknown;

function wrong(key: string, right: string): never {
  throw new Line(`${key}: give ${right}`);
}

const text: Check = (key, value) => {
  const told = typeof value === "number" ? String(value) : value;
  if (typeof told !== "string" || !told.trim() || told.length > LONGEST || /\p{C}/u.test(told)) return wrong(key, "a name");
  return told.trim();
};
const whole: Check = (key, value) =>
  typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= MOST_TOKENS ? value : wrong(key, "a whole number");
const amount: Check = (key, value) =>
  typeof value === "number" && Number.isFinite(value) && value > 0 ? value : wrong(key, "a number above 0");
const yes: Check = (key, value) => (typeof value === "boolean" ? value : wrong(key, "true or false"));
const tokens: Check = (key, value) => {
  if (typeof value === "number" && Number.isInteger(value) && value >= 1 && value <= MOST_TOKENS) return value;
  const said = TOKENS.exec(typeof value === "string" ? value.trim() : "");
  const found = said ? Number(said[1]) * (said[2] ? (said[2].toLowerCase() === "k" ? 2 ** 10 : 2 ** 20) : 1) : 0;
  return found >= 1 ? found : wrong(key, "tokens such as 8192 or 8K");
};

/** What may stand several times: an answer for each. */
const EACH: Record<string, Check> = { model: text, machine: text, format: text, context: tokens };
/** What holds for all of them, in the engine's words. */
const ONCE: Record<string, Check> = {
  ram: text, host: text, runtime: text, cache_format: text, split: text,
  sequences: whole, layers_on_device: whole, experts_on_host: whole, micro_batch: whole, max_sequences: whole, slots: whole,
  utilization: amount, power_limit: amount, vision: yes, mtp: yes, flash_attention: yes, swa_full: yes,
};

/** A block by its text; `parse` reads YAML. Throws Line. */
export const blockOf = (source: string, parse: (text: string) => unknown): Block => {
  const said = mapping(source, parse);
  const known = ["show", "value", ...Object.keys(EACH), ...Object.keys(ONCE)];
  for (const key of Object.keys(said)) {
    if (!known.includes(key)) throw new Line(`${key.slice(0, LONGEST)}: unknown key; known here: ${known.join(", ")}`);
  }
  if (said.model === undefined) throw new Line("model: missing; name one, such as qwen3-32b");
  const asked = combined(said);
  const show = oneOf("show", said.show ?? (asked.length > 1 ? "compare" : "table"), SHOWS);
  const value = oneOf("value", said.value ?? "memory", VALUES);
  if (said.value !== undefined && show !== "number") throw new Line("value: is of show: number; leave it out");
  if (asked.length > 1 && (show === "table" || show === "number" || show === "launch")) {
    throw new Line(`show: ${show} is of one answer, and this asks for ${asked.length}; write compare or bar`);
  }
  return { show, value, asked };
};

const mapping = (source: string, parse: (text: string) => unknown): Record<string, unknown> => {
  let said: unknown;
  try {
    said = parse(source);
  } catch (error) {
    throw new Line(`no YAML: ${String(error instanceof Error ? error.message : error).split("\n", 1)[0] ?? ""}`);
  }
  if (said === null || said === undefined) throw new Line("empty; write lines such as model: qwen3-32b");
  if (typeof said !== "object" || Array.isArray(said)) throw new Line("write lines such as model: qwen3-32b");
  return said as Record<string, unknown>;
};

const oneOf = <T extends string>(key: string, value: unknown, all: readonly T[]): T =>
  all.find((one) => one === value) ?? wrong(key, `one of ${all.join(", ")}`);

/** Every combination of what stands several times, with what holds for all. */
const combined = (said: Record<string, unknown>): Question[] => {
  const once = Object.entries(ONCE).flatMap(([key, check]) => (absent(said[key]) ? [] : [[key, check(key, said[key])] as const]));
  let all: Record<string, unknown>[] = [Object.fromEntries(once)];
  for (const [key, check] of Object.entries(EACH)) {
    const given = said[key];
    if (key === "context" && absent(given)) {
      all = all.map((one) => ({ ...one, context: CONTEXT }));
    } else if (key === "model" || !absent(given)) {
      const values = Array.isArray(given) ? given : [given];
      if (!values.length) wrong(key, "at least one");
      if (values.length * all.length > MOST) throw new Line(`${key}: more than ${MOST} answers; ask for fewer`);
      const checked = values.map((one) => check(key, one));
      all = all.flatMap((one) => checked.map((value) => ({ ...one, [key]: value })));
    }
  }
  return all as Question[];
};

const absent = (value: unknown): boolean => value === undefined || value === null;

/** A block's text for a question; what is not said is empty. */
export const textOf = (asked: Record<string, string | number>): string =>
  Object.entries(asked).flatMap(([key, value]) => (value === "" ? [] : [`${key}: ${plain(value)}`])).join("\n");

/** The block as it stands in a note. */
export const fenced = (asked: Record<string, string | number>): string => `\`\`\`sizing\n${textOf(asked)}\n\`\`\`\n`;

/** A YAML scalar: in quotes where it could mean more than its text. */
const plain = (value: string | number): string =>
  typeof value === "number" || /^[A-Za-z][A-Za-z0-9._-]*$/.test(value) ? String(value) : JSON.stringify(value);
