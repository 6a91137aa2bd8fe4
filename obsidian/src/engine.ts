/** What answers? The engine that pages have, opened when a note first asks: an application starts without it. */

export interface Rate {
  value: number;
  low: number;
  high: number;
}

export interface Memory {
  weights: number;
  cache: number;
  buffers: number;
  overhead: number;
  total: number;
}

export interface Place {
  name: string;
  capacity: number | null;
  room: number | null;
  memory: Memory;
}

export interface Offer {
  amount: number;
  currency: string;
  per: string | null;
  region: string;
  kind: string;
  covers: string;
  date: string;
  stale: boolean;
}

export interface Start {
  name: string;
  steps: { step: string; where: string; command: string | null }[];
}

export type Verdict = "fits" | "tight" | "offload" | "disk" | "no";

/** What `sizing plan --json` prints: bytes, tokens/s, seconds. */
export interface Plan {
  model: string;
  machine: string | null;
  format: string;
  runtime: string;
  context: number;
  sequences: number;
  memory: Memory;
  places: Place[];
  verdict: Verdict | null;
  fits: boolean | null;
  runs: boolean | null;
  decode: Rate | null;
  decode_empty: Rate | null;
  prefill: Rate | null;
  time_to_first_token: number | null;
  longest_context: number | null;
  most_sequences: number | null;
  beyond_limit: boolean;
  unknown: string[];
  offer: Offer | null;
  launch: Start[] | null;
}

/** A machine of parts, as the engine takes it: devices are [device, how many, the bytes that were bought]. */
export interface Built {
  id: string;
  name: string;
  devices: [string, number, number | null][];
  host: string | null;
  nodes: number;
  network: number | null;
}

/** A model of one's own, by an id that plans take. */
export interface Own {
  id: string;
  name: string;
}

export type Question = { model: string; machine?: string | Built; context: number } & Record<string, unknown>;

export interface Engine {
  SizingError: new (message: string) => Error;
  ready: Promise<void>;
  plan(asked: Question): Promise<Plan>;
  planned(asked: Question): Promise<{
    json(): Plan;
    time_to_first_token(prompt: number): number | null;
  }>;
  model(name: string): Promise<{ id: string; format: string | null }>;
  own(id: string, entry: unknown, family: object): Promise<Own>;
  machine(name: string): { id: string; name: string };
  formats(name: string): Promise<{ id: string; name: string; published: boolean }[]>;
  models(): { id: string; name: string; open: boolean; parameters: number | null; active: number | null; released: string | null }[];
  machines(): { id: string; name: string }[];
  devices(): { id: string; name: string; kind: string; memory: number[]; bandwidth: number | null }[];
  hosts(): { id: string; name: string; memory: number; bandwidth: number | null }[];
}

/** Why something cannot be shown, in one line for the note's author. */
export class Line extends Error {}

let opened: Promise<Engine> | undefined;

/** The engine, once all that it plans with is there. */
export const engine = (): Promise<Engine> => {
  opened ??= import("sizing").then(async ({ default: sizing }) => {
    await sizing.ready;
    return sizing;
  });
  return opened;
};

/** A mistake as one line; what is a fault of this plugin is told as one, and goes to the console. */
export const lineOf = (error: unknown): string => {
  if (error instanceof Line || (error instanceof Error && error.name === "SizingError")) return error.message;
  console.error(error);
  return `this cannot be computed: ${error instanceof Error ? error.message : String(error)}`.split("\n", 1)[0] ?? "";
};
