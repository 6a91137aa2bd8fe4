/** What does the vault add? Models, machines and prices of one's own, as `catalog/*.yaml`, in the words of the site's catalog. */
import { type App, normalizePath, parseYaml, TFile, TFolder } from "obsidian";
import { named } from "./answers";
import { engine, Line, lineOf, type Built, type Offer, type Own } from "./engine";
import { schemas } from "./place";
import { mistakes, type Schema } from "./schema";

/** What each entry of a file must say, by the key that holds its entries. */
const KINDS: Record<string, string[]> = {
  machines: ["kind", "name", "devices", "sources"],
  offers: ["kind", "amount", "currency", "region", "date", "seller", "covers", "sources"],
};
const MODELS = "models";
const UNDER = [MODELS, ...Object.keys(KINDS)].join(", ");
const MEMORY: Record<string, number> = { KiB: 2 ** 10, MiB: 2 ** 20, GiB: 2 ** 30, TiB: 2 ** 40, MB: 2 ** 20, GB: 2 ** 30, TB: 2 ** 40 };
const BANDWIDTH: Record<string, number> = { "GB/s": 1e9, "TB/s": 1e12, Gbps: 1e9 / 8 };
const QUANTITY = /^([0-9]+(?:\.[0-9]+)?) ?([A-Za-z/]+)$/;

type Entry = Record<string, unknown>;

/** A model as its file states it. */
interface Stated {
  id: string;
  name: string;
  file: string;
  family: Entry;
  own: unknown;
}

export class Vault {
  /** What is wrong with its files, a line each. */
  readonly mistakes: string[] = [];
  private readonly machines = new Map<string, Built>();
  private readonly prices = new Map<string, Offer>();
  private readonly stated = new Map<string, Stated>();
  private readonly sized = new Map<string, Promise<Own>>();

  private constructor(private readonly schemas: Record<string, Schema>) {}

  /** A folder's files, however deep they lie. What is wrong is told, and the rest is kept. */
  static async read(app: App, folder: string): Promise<Vault> {
    const vault = new Vault(await schemas());
    const root = folder.trim() ? app.vault.getFolderByPath(normalizePath(folder)) : null;
    for (const file of root ? filesOf(root) : []) {
      try {
        vault.add(parseYaml(await app.vault.cachedRead(file)), file.path);
      } catch (error) {
        vault.mistakes.push(`${file.path}: ${oneLine(error)}`);
      }
    }
    return vault;
  }

  /** A model by its id or its name, sized when it is first asked for. Throws Line, with its file. */
  async model(name: string): Promise<Own | undefined> {
    const stated = named(this.stated.values(), name);
    if (!stated) return undefined;
    const { id, own, family, file } = stated;
    if (!this.sized.has(id)) this.sized.set(id, engine().then((sizing) => sizing.own(id, own, family)));
    try {
      return await this.sized.get(id);
    } catch (error) {
      throw new Line(`${file}: ${lineOf(error)}`);
    }
  }

  models(): Stated[] {
    return [...this.stated.values()];
  }

  machine(name: string): Built | undefined {
    return named(this.machines.values(), name);
  }

  all(): Built[] {
    return [...this.machines.values()];
  }

  price(machine: string): Offer | undefined {
    return this.prices.get(machine);
  }

  /** Take in what a file says. Throws Line. */
  add(said: unknown, file: string): void {
    if (typeof said !== "object" || said === null || Array.isArray(said)) throw new Line(`write entries under ${UNDER}`);
    const told = dayless(said) as Entry;
    if (MODELS in told) {
      this.addModels(told, file);
      return;
    }
    const kind = Object.keys(KINDS).find((one) => one in told);
    const [schema, needed] = [this.schemas[kind ?? ""], KINDS[kind ?? ""]];
    if (kind === undefined || !schema || !needed) throw new Line(`write entries under ${UNDER}`);
    const [mistake] = mistakes(schema, told);
    if (mistake !== undefined) throw new Line(mistake);
    const { [kind]: entries, ...shared } = told;
    for (const [id, own] of Object.entries(entries as Record<string, Entry>)) {
      const entry = { ...shared, ...own };
      const missing = needed.find((key) => entry[key] === undefined);
      if (missing !== undefined) throw new Line(`${kind}.${id}.${missing}: missing`);
      if (kind === "machines") this.machines.set(id.toLowerCase(), machineOf(id, entry));
      else this.addOffer(entry);
    }
  }

  private addModels({ [MODELS]: entries, ...family }: Entry, file: string): void {
    if (typeof entries !== "object" || entries === null || Array.isArray(entries)) throw new Line(`${MODELS}: give a mapping of ids`);
    for (const [id, own] of Object.entries(entries as Record<string, unknown>)) {
      const said = typeof own === "object" && own !== null && "name" in own ? own.name : undefined;
      this.stated.set(id.toLowerCase(), { id, name: typeof said === "string" ? said : id, file, family, own });
    }
  }

  /** The newest price of a machine counts. */
  private addOffer(entry: Entry): void {
    if (typeof entry.machine !== "string" || entry.covers !== "whole") return;
    const before = this.prices.get(entry.machine);
    const offer = { per: null, ...entry, stale: false } as unknown as Offer;
    if (!before || before.date <= offer.date) this.prices.set(entry.machine, offer);
  }
}

const filesOf = (folder: TFolder): TFile[] =>
  folder.children.flatMap((one) => {
    if (one instanceof TFolder) return filesOf(one);
    return one instanceof TFile && /^ya?ml$/.test(one.extension) && !one.name.startsWith("_") ? [one] : [];
  });

const machineOf = (id: string, entry: Entry): Built => {
  const nodes = (entry.nodes as number | undefined) ?? 1;
  if (nodes > 1 && entry.network == null) {
    throw new Line(`machines.${id}.network: missing; a cluster of several nodes needs it, such as 400 GB/s, or undisclosed`);
  }
  const devices = entry.devices as { device: string; count?: number; memory?: string | null }[];
  return {
    id: id.toLowerCase(),
    name: entry.name as string,
    devices: devices.map(({ device, count, memory }) => [device, count ?? 1, memory == null ? null : quantity(memory, MEMORY)]),
    host: (entry.host as string | null | undefined) ?? null,
    nodes,
    network: typeof entry.network === "string" ? quantity(entry.network, BANDWIDTH) : null,
  };
};

/** In base units; null for what is undisclosed. */
const quantity = (text: string, units: Record<string, number>): number | null => {
  const [, value, unit] = QUANTITY.exec(text) ?? [];
  return value === undefined ? null : Number(value) * (units[unit ?? ""] ?? NaN);
};

/** Days as text, where YAML made more of them. */
const dayless = (one: unknown): unknown => {
  if (one instanceof Date) return one.toISOString().slice(0, 10);
  if (Array.isArray(one)) return one.map(dayless);
  if (typeof one !== "object" || one === null) return one;
  return Object.fromEntries(Object.entries(one).map(([key, value]) => [key, dayless(value)]));
};

const oneLine = (error: unknown): string => (error instanceof Error ? error.message : String(error)).split("\n", 1)[0] ?? "";
