/** What does the plugin plan with? The data that tools/obsidian/packed.py packed, number for number as it was. */
import { unzlibSync } from "fflate";

type Row = number[];
interface Rolled {
  rows: Row[];
  runs: [number, number][];
}
interface Weights {
  layers: Rolled;
  padding: number;
  /** What is told beside the layers, by its name. */
  [name: string]: unknown;
}
type Model = Record<string, unknown> & { weights: Record<string, unknown> };
type Beside = [name: string, length: number | null][];
interface Told {
  files: Record<string, unknown>;
  models: string[];
  fields: Record<string, unknown>;
  shared: unknown[];
  runs: [number, number][][];
  refused: Record<string, Record<string, string>>;
  leaders: string[];
  beside: unknown;
  weights: [string, [leader: number, ratio: number][], number[], Record<string, number>][];
}
export interface Unpacked {
  files: Record<string, unknown>;
  models: Record<string, unknown>;
}

const ROW = 4;
const NOWHERE: Weights = { layers: { rows: [[0, 0, 0, 0]], runs: [[0, 2 ** 30]] }, padding: 1 };
const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~";

/** Everything that was packed. */
export const unpacked = (text: string): Unpacked => {
  const bytes = unzlibSync(fromBase85(text));
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  const told = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + length))) as Told;
  const put = sharing(told);
  const models = modelsOf(told, put);
  for (const [id, lines] of Object.entries(told.refused)) {
    const weights = models[id]?.weights ?? {};
    for (const [key, refusal] of Object.entries(lines)) weights[key] = { refusal };
  }
  weighed(told, models, put(told.beside) as Record<string, Beside>, rests(bytes, 4 + length));
  return { files: told.files, models };
};

/** Python's base64.b85encode, back. */
const fromBase85 = (text: string): Uint8Array => {
  const values = new Uint8Array(128);
  for (let i = 0; i < DIGITS.length; i++) values[DIGITS.charCodeAt(i)] = i;
  const missing = (5 - (text.length % 5)) % 5;
  const padded = text + "~".repeat(missing);
  const bytes = new Uint8Array((padded.length / 5) * 4);
  const view = new DataView(bytes.buffer);
  for (let i = 0, at = 0; i < padded.length; i += 5, at += 4) {
    let word = 0;
    for (let j = i; j < i + 5; j++) word = word * 85 + (values[padded.charCodeAt(j)] ?? 0);
    view.setUint32(at, word);
  }
  return bytes.subarray(0, bytes.length - missing);
};

/** Puts what is shared in the places that stand for it. */
const sharing = (told: Told): ((one: unknown) => unknown) => {
  const known: unknown[] = [];
  const put = (one: unknown): unknown => {
    if (Array.isArray(one)) return one.map(put);
    if (typeof one !== "object" || one === null) return one;
    const place = (one as { $?: number }).$;
    if (place !== undefined) return (known[place] ??= put(told.shared[place]));
    return Object.fromEntries(Object.entries(one).map(([key, value]) => [key, put(value)]));
  };
  return put;
};

/** Models by what they say, with room for their weights; one that only its maker runs has none. */
const modelsOf = (told: Told, put: (one: unknown) => unknown): Record<string, Model> => {
  const all = told.models.map(() => ({}) as Model);
  for (const [name, field] of Object.entries(told.fields)) {
    const [lacking, values] = put(field) as [number[], unknown[]];
    const without = new Set(lacking);
    all.filter((_, place) => !without.has(place)).forEach((model, i) => (model[name] = values[i]));
  }
  return Object.fromEntries(told.models.map((id, i) => {
    const model = all[i] ?? ({} as Model);
    return [id, model.refusal === null ? { ...model, weights: {} } : model];
  }));
};

/** The rests, one after another: groups of seven bits, the low ones first, signs alternating. */
const rests = (bytes: Uint8Array, from: number): (() => number) => {
  let at = from;
  return () => {
    let value = 0;
    let place = 1;
    for (;;) {
      const byte = bytes[at++] ?? 0;
      value += (byte & 127) * place;
      if (byte < 128) break;
      place *= 128;
    }
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  };
};

/** Gives each model what it weighs in each format. */
const weighed = (told: Told, models: Record<string, Model>, beside: Record<string, Beside>, rest: () => number): void => {
  const placeOf = new Map(told.runs.map((runs, place) => [runs, place]));
  const all = Object.entries(models);
  for (const [key, columns, lacking, paddings] of told.weights) {
    const without = new Set(lacking);
    const having = all.filter((_, place) => !without.has(place));
    const bases = told.leaders.map((leader) => having.map(([, { weights }]) => leaderOf(weights[leader])));
    let column = -1;
    let base: Weights[] = [];
    let ratio = 0;
    const turn = (): void => {
      const [leader, of] = columns[++column] ?? [0, 0];
      [base, ratio] = [bases[leader] ?? [], of];
    };
    const next = (before: number): number => rest() + Math.floor(before * ratio + 0.5);
    turn();
    const made = having.map((_, i): Weights => {
      const runs = told.runs[next(placeOf.get((base[i] ?? NOWHERE).layers.runs) ?? 0)] ?? [];
      const rows = Array.from({ length: 1 + Math.max(...runs.map(([row]) => row)) }, (): Row => []);
      return { layers: { rows, runs }, padding: paddings[i] ?? 1 };
    });
    for (let place = 0; place < ROW; place++) {
      turn();
      made.forEach(({ layers }, i) => {
        const before = (base[i] ?? NOWHERE).layers;
        layers.rows.forEach((row, at) => row.push(next(rowAt(before, first(layers, at))[place] ?? 0)));
      });
    }
    for (const [name, place] of namesOf(having.map(([id]) => beside[id] ?? []))) {
      turn();
      made.forEach((one, i) => {
        const length = beside[having[i]?.[0] ?? ""]?.find(([own]) => own === name)?.[1];
        if (length === undefined || place >= (length ?? 1)) return;
        const before = base[i]?.[name];
        if (length === null) one[name] = next((before as number | undefined) ?? 0);
        else ((one[name] ??= []) as number[]).push(next((before as number[] | undefined)?.[place] ?? 0));
      });
    }
    having.forEach(([, { weights }], i) => (weights[key] = made[i]));
  }
};

const leaderOf = (one: unknown): Weights => (one !== undefined && "layers" in (one as object) ? (one as Weights) : NOWHERE);

/** What is beside the layers, by name and place in a list, in the order in which models have it. */
const namesOf = (every: Beside[]): [string, number][] => {
  const found = new Map<string, [string, number]>();
  for (const [name, length] of every.flat()) {
    for (let place = 0; place < (length ?? 1); place++) found.set(`${name} ${place}`, [name, place]);
  }
  return [...found.values()];
};

/** The first layer of a row. */
const first = ({ runs }: Rolled, place: number): number => {
  let layer = 0;
  for (const [row, times] of runs) {
    if (row === place) break;
    layer += times;
  }
  return layer;
};

/** The row of a layer. */
const rowAt = ({ rows, runs }: Rolled, layer: number): Row => {
  let left = layer;
  for (const [row, times] of runs) {
    left -= times;
    if (left < 0) return rows[row] ?? [];
  }
  return [];
};
