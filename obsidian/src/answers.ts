/** What is the answer to a question in people's names? A plan, with the vault's models and the reader's machines looked up. */
import { engine, Line, type Offer, type Plan, type Question } from "./engine";
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
  const stated = await vault.model(said.model);
  const plan = await sizing.plan({ ...said, ...(built ? { machine: built } : {}), ...(stated ? { model: stated.id } : {}) });
  const price = plan.machine === null ? undefined : vault.price(plan.machine);
  return {
    plan,
    model: stated?.name ?? sizing.models().find(({ id }) => id === plan.model)?.name ?? plan.model,
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

/** What the vault states is known by its id, or by its name as it is written. */
export const named = <T extends { id: string; name: string }>(all: Iterable<T>, name: string): T | undefined => {
  const wanted = name.trim().toLowerCase();
  for (const one of all) if (one.id.toLowerCase() === wanted || one.name.toLowerCase() === wanted) return one;
  return undefined;
};
