/** What was packed? The data of tools/obsidian/packed.py, as they were. */

import { whole } from "columns";

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
