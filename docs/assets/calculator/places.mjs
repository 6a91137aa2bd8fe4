// What can be picked as a machine? A machine of the catalog, a card or a chip, or cards as people join them.
import { machinesMeant, plainly } from "./asking.mjs";
import { cardsOf, saidOf } from "./cards.mjs";
import { found } from "./names.mjs";
import { Picker } from "./picker.mjs";
import { modelIn, placeIn } from "./typed.mjs";

const AT_HOME = new Set(["desktop", "laptop"]);

/** All entries of machines, cards and chips, those that people have at home first. */
export const placesOf = ({ machines, cards, chips }) => {
  const home = ({ machine }) => AT_HOME.has(machine.kind);
  return [...machines.filter(home), ...cards, ...machines.filter((one) => !home(one)), ...chips];
};

/** The entries that a text may mean as the engine reads names, or cards as it joins them, such as 两张3090 or 5090+4090. */
const meant = (text, all) => machinesMeant(text).flatMap((one) => {
  const listed = all.find(({ id }) => id === one.id);
  const several = one.nodes > 1 || one.devices?.reduce((sum, [, count]) => sum + count, 0) > 1;
  return listed ?? (several ? { ...one, detail: "自己拼" } : one.alone ? one : []);
});

/** What a machine is called. */
export const placeNamed = (id, lists) => {
  const one = placesOf(lists).find((place) => place.id === id);
  const own = one ? undefined : cardsOf(id, lists.cards);
  return one?.name ?? (own ? saidOf(own, lists.cards) : machinesMeant(id)[0]?.name ?? id);
};

/** A field to pick one. */
export const placePicker = ({ id, lists, picked, redraw, label = "机器或显卡" }) => {
  const all = placesOf(lists);
  return new Picker({
    id, label, picked, redraw, placeholder: "4090、MacBook Pro、2x rtx 3090…",
    entries: () => all, asTyped: (text) => meant(text, all), said: [placeIn, plainly, (text) => plainly(placeIn(text))],
    none: "没有这个名字；填显卡、芯片或整机的型号，比如 4090、M4 Pro",
  });
};

/** A field to pick a model. */
export const modelPicker = ({ id, lists, picked, redraw, label = "模型", placeholder = "qwen3、DeepSeek、qwen3:32b…" }) =>
  new Picker({
    id, label, picked, redraw, placeholder, entries: () => lists.models, asTyped: (text) => asNamed(text, lists), said: MODEL_SAID,
    none: "没有这个名字；这里只有权重公开的语言模型",
  });

const MODEL_SAID = [plainly, modelIn, (text) => plainly(modelIn(text))];

/**
 * An entry for a name that no entry has, such as an Ollama tag or a repository: the engine knows more of them; and of those
 * that run at their makers alone it says so.
 */
const asNamed = (text, { models, closed }) => {
  if (!/[a-z]/i.test(plainly(modelIn(text))) || [text, ...MODEL_SAID.map((said) => said(text))].some((said) => found(models, said).length)) return [];
  const kept = found(closed, text).map((one) => ({ ...one, detail: "权重没有公开，只能用厂商的服务" }));
  return kept.length ? kept : [{ id: text.trim(), name: text.trim(), detail: "按这个名字找" }];
};
