/** What does the plugin plan with? The data that tools/obsidian/packed.py packed, number for number as it was. */
import { unzlibSync } from "fflate";

type Row = number[];
interface Rolled {
  rows: Row[];
  runs: [number, number][];
}
interface Weights {
  layers: Rolled;
  embedding: number;
  lookups: number;
  output: number;
  mtp?: number;
  padding: number;
}
type Model = Record<string, unknown> & { mtp?: number | null; weights: Record<string, unknown> };
interface Told {
  files: Record<string, unknown>;
  models: Record<string, unknown>;
  shared: unknown[];
  runs: [number, number][][];
  refused: Record<string, Record<string, string>>;
  weights: [string, number[], number[], Record<string, number>][];
}
export interface Unpacked {
  files: Record<string, unknown>;
  models: Record<string, unknown>;
}

const BASE = "F16";
const ROW = 4;
const NOWHERE: Weights = { layers: { rows: [[0, 0, 0, 0]], runs: [[0, 2 ** 30]] }, embedding: 0, lookups: 0, output: 0, mtp: 0, padding: 1 };
const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~";

/** Everything that was packed. */
export const unpacked = (text: string): Unpacked => {
  const bytes = unzlibSync(fromBase85(text));
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  const told = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + length))) as Told;
  const models = whole(told);
  for (const [id, lines] of Object.entries(told.refused)) {
    const weights = models[id]?.weights ?? {};
    for (const [key, refusal] of Object.entries(lines)) weights[key] = { refusal };
  }
  weighed(told, Object.values(models), rests(bytes, 4 + length));
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

/** Models without weights, with what is shared in its places: each has its own copy of what may be changed. */
const whole = (told: Told): Record<string, Model> => {
  const known: unknown[] = [];
  const put = (one: unknown): unknown => {
    if (Array.isArray(one)) return one.map(put);
    if (typeof one !== "object" || one === null) return one;
    const place = (one as { $?: number }).$;
    if (place !== undefined) return (known[place] ??= put(told.shared[place]));
    return Object.fromEntries(Object.entries(one).map(([key, value]) => [key, put(value)]));
  };
  return Object.fromEntries(
    Object.entries(told.models).map(([id, one]) => {
      const model = put(one) as Model;
      return [id, model.refusal === null ? { ...model, weights: {} } : model];
    }),
  );
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
const weighed = (told: Told, models: Model[], rest: () => number): void => {
  const placeOf = new Map(told.runs.map((runs, place) => [runs, place]));
  for (const [key, ratios, lacking, paddings] of told.weights) {
    const without = new Set(lacking);
    const having = models.filter((_, place) => !without.has(place));
    const bases = having.map(({ weights }) => {
      const base = key === BASE ? undefined : (weights[BASE] as Weights | undefined);
      return base && "layers" in base ? base : NOWHERE;
    });
    let column = 0;
    const next = (base: number): number => rest() + Math.floor(base * (ratios[column] ?? 0) + 0.5);
    const made = having.map((_, i): Weights => {
      const base = bases[i] ?? NOWHERE;
      const runs = told.runs[next(base === NOWHERE ? 0 : placeOf.get(base.layers.runs) ?? 0)] ?? [];
      const rows = Array.from({ length: 1 + Math.max(...runs.map(([row]) => row)) }, (): Row => []);
      return { layers: { rows, runs }, embedding: 0, lookups: 0, output: 0, padding: paddings[i] ?? 1 };
    });
    for (column = 1; column <= ROW; column++) {
      made.forEach(({ layers }, i) => {
        const base = bases[i] ?? NOWHERE;
        layers.rows.forEach((row, place) => row.push(next(rowAt(base.layers, first(layers, place))[column - 1] ?? 0)));
      });
    }
    for (const name of ["embedding", "lookups", "output"] as const) {
      made.forEach((one, i) => (one[name] = next(bases[i]?.[name] ?? 0)));
      column++;
    }
    made.forEach((one, i) => {
      if (having[i]?.mtp != null) one.mtp = next(bases[i]?.mtp ?? 0);
    });
    having.forEach(({ weights }, i) => (weights[key] = made[i]));
  }
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
