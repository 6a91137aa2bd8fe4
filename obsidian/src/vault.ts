/** What does the vault add? Machines and prices of one's own, as `catalog/*.yaml`, in the words of the site's catalog. */
import machines from "../../docs/schema/machines.json";
import offers from "../../docs/schema/offers.json";
import { type App, normalizePath, parseYaml, TFile, TFolder } from "obsidian";
import { named } from "./answers";
import { Line, type Built, type Offer } from "./engine";
import { mistakes, type Schema } from "./schema";

/** A kind of file by the key that holds its entries. */
const KINDS: Record<string, { schema: Schema; needed: string[] }> = {
  machines: { schema: machines as Schema, needed: ["kind", "name", "devices", "sources"] },
  offers: { schema: offers as Schema, needed: ["kind", "amount", "currency", "region", "date", "seller", "covers", "sources"] },
};
const MODELS = "models of one's own cannot be sized here yet; `sizing import` sizes them";
const MEMORY: Record<string, number> = { KiB: 2 ** 10, MiB: 2 ** 20, GiB: 2 ** 30, TiB: 2 ** 40, MB: 2 ** 20, GB: 2 ** 30, TB: 2 ** 40 };
const BANDWIDTH: Record<string, number> = { "GB/s": 1e9, "TB/s": 1e12, Gbps: 1e9 / 8 };
const QUANTITY = /^([0-9]+(?:\.[0-9]+)?) ?([A-Za-z/]+)$/;

type Entry = Record<string, unknown>;

export class Vault {
  /** What is wrong with its files, a line each. */
  readonly mistakes: string[] = [];
  private readonly machines = new Map<string, Built>();
  private readonly prices = new Map<string, Offer>();

  /** A folder's files, however deep they lie. What is wrong is told, and the rest is kept. */
  static async read(app: App, folder: string): Promise<Vault> {
    const vault = new Vault();
    const root = folder.trim() ? app.vault.getFolderByPath(normalizePath(folder)) : null;
    for (const file of root ? filesOf(root) : []) {
      try {
        vault.add(parseYaml(await app.vault.cachedRead(file)));
      } catch (error) {
        vault.mistakes.push(`${file.path}: ${oneLine(error)}`);
      }
    }
    return vault;
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
  add(said: unknown): void {
    if (typeof said !== "object" || said === null || Array.isArray(said)) throw new Line("write entries under machines or offers");
    const told = dayless(said) as Entry;
    if ("models" in told) throw new Line(MODELS);
    const kind = Object.keys(KINDS).find((one) => one in told);
    const { schema, needed } = KINDS[kind ?? ""] ?? {};
    if (kind === undefined || !schema || !needed) throw new Line(`write entries under ${Object.keys(KINDS).join(" or ")}`);
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
