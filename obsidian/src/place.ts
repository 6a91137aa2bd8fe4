/** Where does the engine lie? In the plugin itself: what pages load over a network is unpacked here, once, or worked out. */
import packed from "packed";
import { byId } from "columns";
import { namesOf, type Called } from "names";
import { entry, give, type Entry } from "reading";
import { unpacked } from "./packed";
import type { Schema } from "./schema";

interface Device {
  backends: string[];
  bandwidth: number | null;
  sizes: [bytes: number, ...unknown[]][];
}
/** What all plans need; lists lack what entries and the engine's own data say. */
interface Index {
  engine: { devices: Record<string, Device>; machines: object; hosts: Record<string, [memory: number, bandwidth: number | null]> };
  lists: Record<string, object>;
}
interface Data {
  index: Index;
  entries: Entry[];
  tables: object;
  names: Called;
  drawn: Record<string, string>;
  schemas: Record<string, Schema>;
}
interface Opened {
  data: Data;
  entries: Map<string, Entry>;
}

const MODEL = /^models\/(.+)\.json$/;
let found: Promise<Opened> | undefined;

/** What lies under a name, or why it is not there. */
export const read = async (name: string): Promise<unknown> => {
  found ??= opened();
  const { data, entries } = await found;
  const model = entries.get(MODEL.exec(name)?.[1] ?? "");
  if (model) return entry(model);
  if (name === "names.json") return namesOf(data.entries, data.names);
  if (name === "index.json") return data.index;
  throw new Error(`${name} is no part of the plugin`);
};

/** What the site drew for its own article, by the calls as they stand there. */
export const drawn = async (): Promise<Record<string, string>> => (await (found ??= opened())).data.drawn;

/** What the site's catalog holds its files to. */
export const schemas = async (): Promise<Record<string, Schema>> => (await (found ??= opened())).data.schemas;

/** What sizes models has its tables. */
export const text = (): Promise<string> => Promise.resolve("");

/** What was packed, given to what sizes models. */
const opened = async (): Promise<Opened> => {
  const data = (await unpacked(packed)) as Data;
  give({ ...data.tables, families: Object.fromEntries(data.entries.map(({ id, family }) => [id, family])) });
  fill(data);
  return { data, entries: new Map(data.entries.map((one) => [one.id, one])) };
};

/** Lists with what is told elsewhere. */
const fill = ({ index: { engine, lists }, entries }: Data): void => {
  const models = byId(entries.map(({ id }) => id), lists.models as object[]);
  const devices = byId(Object.keys(engine.devices), lists.devices as object[]);
  const hosts = Object.entries(engine.hosts).map(([id, [memory, bandwidth]]) => [id, { memory, bandwidth }]);
  const machines = byId(Object.keys(engine.machines), lists.machines as object[]);
  Object.assign(lists, { models, devices, machines, hosts: Object.fromEntries(hosts) as object });
  for (const { id, name, released, architecture, stated_parameters } of entries) {
    const told = { name, released: disclosed(released), parameters: disclosed(stated_parameters) };
    Object.assign(models[id] ?? {}, { ...told, open: architecture !== "undisclosed" });
  }
  for (const [id, { backends, bandwidth, sizes }] of Object.entries(engine.devices)) {
    Object.assign(devices[id] ?? {}, { backends, bandwidth, memory: sizes.map(([bytes]) => bytes) });
  }
};

const disclosed = <T>(fact: T): T | null => (fact === "undisclosed" ? null : fact);

/** A note looks for nothing. */
export const searches = (): object => ({});

/** Nobody but the plugin asks the engine. */
export const known = <T>(sizing: T): T => sizing;
