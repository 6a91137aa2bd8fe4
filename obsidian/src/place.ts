/** Where does the engine lie? In the plugin itself; what pages load over a network is unpacked here, once. */
import packed from "packed";
import { TUNES } from "names";
import { unpacked, type Unpacked } from "./packed";

const MODEL = /^models\/(.+)\.json$/;
let found: Unpacked | undefined;

/** What lies under a name, or why it is not there. */
export const read = (name: string): Promise<unknown> => {
  found ??= opened();
  const id = MODEL.exec(name)?.[1];
  const one = id === undefined ? found.files[name] : found.models[id];
  return one === undefined ? Promise.reject(new Error(`${name} is no part of the plugin`)) : Promise.resolve(one);
};

/** What reads models of files has tables; there is none here. */
export const text = (): Promise<string> => Promise.resolve("");

/** What was packed, with the forms of names that follow from others: those without the words of tuning. */
const opened = (): Unpacked => {
  const whole = unpacked(packed);
  const names = whole.files["names.json"] as { forms: Record<string, string[]>; plain: Record<string, string[]> };
  const plain = new Map<string, Set<string>>();
  for (const [form, ids] of Object.entries(names.forms)) {
    const bare = form.split("-").filter((word) => !TUNES.has(word)).join("-");
    plain.set(bare, new Set([...(plain.get(bare) ?? []), ...ids]));
  }
  names.plain = Object.fromEntries([...plain].map(([form, ids]) => [form, [...ids].sort()]));
  return whole;
};

/** Nobody but the plugin asks the engine. */
export const known = <T>(sizing: T): T => sizing;
