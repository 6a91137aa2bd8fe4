/** What was packed? The data that tools/obsidian/packed.py told in columns, as it was. */

interface Records {
  $: "records";
  many: number;
  words: Record<string, [places: number[], saying: boolean, said: unknown]>;
}
type Told = { $: "map"; of: string[]; to: unknown } | Records | { $: "rows"; columns: unknown[] };

const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~";

/** Everything that was packed. */
export const unpacked = async (text: string): Promise<unknown> => {
  const stream = new Blob([fromBase85(text)]).stream().pipeThrough(new DecompressionStream("deflate"));
  return whole(await new Response(stream).json());
};

/** Python's base64.b85encode, back. */
const fromBase85 = (text: string): Uint8Array<ArrayBuffer> => {
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

/** Columns as what they were made of. */
const whole = (one: unknown): unknown => {
  if (Array.isArray(one)) return one.map(whole);
  if (typeof one !== "object" || one === null) return one;
  if (!("$" in one)) return Object.fromEntries(Object.entries(one).map(([key, value]) => [key, whole(value)]));
  const told = one as Told;
  if (told.$ === "records") return records(told);
  if (told.$ === "rows") return rows(told.columns.map((column) => whole(column) as unknown[]));
  const values = whole(told.to) as unknown[];
  return Object.fromEntries(told.of.map((key, place) => [key, values[place]]));
};

const rows = (columns: unknown[][]): unknown[][] => (columns[0] ?? []).map((_, place) => columns.map((column) => column[place]));

const records = ({ many, words }: Records): Record<string, unknown>[] => {
  const made = Array.from({ length: many }, (): Record<string, unknown> => ({}));
  for (const [word, [places, saying, told]] of Object.entries(words)) {
    const named = new Set(places);
    const said = whole(told) as unknown[];
    made.filter((_, place) => named.has(place) === saying).forEach((one, i) => (one[word] = said[i]));
  }
  return made;
};
