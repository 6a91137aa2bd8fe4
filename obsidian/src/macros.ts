/**
 * What does a macro of the site's pages say? What comes of a plan is computed; what only the site draws is told as it drew
 * it for its own article; the rest is shown on the site.
 */
import * as units from "units";
import type { Call, Literal } from "./calls";
import { engine, Line, type Engine, type Plan, type Question } from "./engine";

/** What a macro says: text, or Markdown that the site wrote; null where only the site knows. */
export type Said = { text: string } | { markdown: string } | null;

type Given = Record<string, Literal>;
type Macro = [parameters: string[], says: (sizing: Engine, given: Given) => Promise<string> | string];

/** A call said. Throws Line, and what the engine refuses. */
export const said = async (call: Call, written: string, drawn: Record<string, string>): Promise<Said> => {
  const before = drawn[spaceless(written)];
  const macro = Object.hasOwn(MACROS, call.name) ? MACROS[call.name] : undefined;
  if (!macro) return before === undefined ? null : { markdown: before };
  const [parameters, says] = macro;
  const text = await says(await engine(), bound(call, parameters));
  return { text };
};

/** A call as it is told apart from others. */
export const spaceless = (written: string): string => written.replace(/\s+/g, "");

const bound = (call: Call, parameters: string[]): Given => {
  if (call.given.length > parameters.length) throw new Line(`${call.name}: takes ${parameters.join(", ")}`);
  const given: Given = {};
  call.given.forEach((value, i) => (given[parameters[i] ?? ""] = value));
  for (const [key, value] of Object.entries(call.named)) {
    if (!parameters.includes(key)) throw new Line(`${call.name}: takes ${parameters.join(", ")}, not ${key}`);
    given[key] = value;
  }
  return given;
};

const text = (given: Given, key: string): string => {
  const value = given[key];
  if (typeof value !== "string") throw new Line(`${key}: give a name in quotes`);
  return value;
};
const whole = (given: Given, key: string, otherwise?: number): number => {
  const value = given[key] ?? otherwise;
  if (typeof value !== "number" || !Number.isInteger(value) || value < 1) throw new Line(`${key}: give a whole number from 1 up`);
  return value;
};

/** The plan that a macro asks for, in the words of `sizing.plan`. */
const plan = (sizing: Engine, given: Given, more: Partial<Question> = {}): Promise<Plan> => {
  const asked: Question = { model: text(given, "model"), context: whole(given, "context", 4096), ...more };
  for (const key of ["machine", "format", "cache_format", "runtime"]) if (typeof given[key] === "string") asked[key] = given[key];
  return sizing.plan(asked);
};

const model = async (sizing: Engine, given: Given) => {
  const { id } = await sizing.model(text(given, "model"));
  const found = sizing.models().find((one) => one.id === id);
  if (!found) throw new Line(`model: ${id} is not in the catalog`);
  return found;
};

const fact = (known: Record<string, string>, name: string, of: string): string => {
  const found = Object.hasOwn(known, name) ? known[name] : undefined;
  if (found === undefined) throw new Line(`no fact ${name} of a ${of} here; known are ${Object.keys(known).join(", ")}`);
  return found;
};

const PLACED = ["model", "machine", "format", "context"];

const MACROS: Record<string, Macro> = {
  parameters: [["model", "active"], async (sizing, given) => {
    const { parameters, active } = await model(sizing, given);
    return units.count(given.active === true ? active : parameters);
  }],
  weights: [["model", "format"], async (sizing, given) => units.gb((await plan(sizing, given)).memory.weights)],
  weights_gib: [["model", "format"], async (sizing, given) => units.gib((await plan(sizing, given)).memory.weights)],
  memory: [["model", "format", "context", "machine", "cache_format"], async (sizing, given) =>
    units.gib((await plan(sizing, given)).memory.total)],
  cache: [["model", "context", "cache_format"], async (sizing, given) =>
    units.gib((await plan(sizing, given, { format: "F16" })).memory.cache)],
  decode: [[...["model", "machine", "format", "context"], "runtime"], async (sizing, given) =>
    units.rate((await plan(sizing, given)).decode)],
  first_token: [["model", "machine", "format", "prompt"], async (sizing, given) =>
    units.seconds((await plan(sizing, given, { context: whole(given, "prompt") })).time_to_first_token)],
  device: [["name", "fact"], (sizing, given) => {
    const found = sizing.devices().find(({ id }) => id === text(given, "name"));
    if (!found) throw new Line(`no device ${text(given, "name")} in the catalog`);
    const [box] = found.memory;
    return fact({ memory: box === undefined ? units.UNKNOWN : units.box(box), bandwidth: units.bandwidth(found.bandwidth) }, text(given, "fact"), "device");
  }],
  check: [["that", ...PLACED, "quantity_name", "value", "unit"], async (sizing, given) => {
    if (given.quantity_name !== undefined) return ""; // the site's build compares
    const { fits, runs } = await plan(sizing, given);
    const that = text(given, "that");
    const known: Record<string, boolean> = { fits: fits === true, "not fits": fits !== true, runs: runs === true, "not runs": runs !== true };
    if (known[that] === undefined) throw new Line(`that: give one of ${Object.keys(known).join(", ")}`);
    if (!known[that]) throw new Line(`this sentence is no longer true: ${text(given, "model")} ${that} on ${text(given, "machine")}`);
    return "";
  }],
};

/** Macros that are computed, by their names. */
export const COMPUTED: readonly string[] = Object.keys(MACROS);
