/** What is the answer to a question in people's names? A plan, with the reader's own machine and the vault's looked up. */
import { engine, Line, type Built, type Offer, type Plan, type Question } from "./engine";
import { MINE } from "./block";
import type { Vault } from "./vault";

/** What the reader has. */
export interface Own {
  machine: string;
  ram: string;
}

export interface Answer {
  plan: Plan;
  model: string;
  machine: string | null;
  offer: Offer | null;
  /** Whether the machine or its price stands in the vault. */
  vault: boolean;
}

export const answered = async (asked: Question, own: Own, vault: Vault): Promise<Answer> => {
  const sizing = await engine();
  const said = placed(asked, own);
  const built = typeof said.machine === "string" ? vault.machine(said.machine) : undefined;
  const plan = await sizing.plan(built ? { ...said, machine: built } : said);
  const price = plan.machine === null ? undefined : vault.price(plan.machine);
  return {
    plan,
    model: sizing.models().find(({ id }) => id === plan.model)?.name ?? plan.model,
    machine: plan.machine === null ? null : built?.name ?? sizing.machine(plan.machine).name,
    offer: price ?? plan.offer,
    vault: Boolean(built ?? price),
  };
};

/** A question on the reader's machine, where it says so. */
const placed = (asked: Question, own: Own): Question => {
  if (asked.machine !== MINE) return asked;
  if (!own.machine) throw new Line(`machine: ${MINE}: not set; name your machine in the plugin's settings`);
  return { ...asked, machine: own.machine, ...(own.ram && asked.ram === undefined ? { ram: own.ram } : {}) };
};

/** A machine is known by its id, or by its name as it is written. */
export const named = (machines: Iterable<Built>, name: string): Built | undefined => {
  const wanted = name.trim().toLowerCase();
  for (const one of machines) if (one.id === wanted || one.name.toLowerCase() === wanted) return one;
  return undefined;
};
