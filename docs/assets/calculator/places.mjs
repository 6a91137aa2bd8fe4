// What can be picked as a machine? A machine of the catalog, a card or a chip, or cards as people join them.
import { cardsOf, nameOf, saidOf } from "./cards.mjs";
import { found, named } from "./names.mjs";
import { Picker } from "./picker.mjs";

/** All entries of machines, cards and chips. */
export const placesOf = ({ machines, cards, chips }) => [...machines, ...cards, ...chips];

/** An entry for cards as people join them, such as 2x rtx 3090 + 4090; undefined for anything else. */
export const joined = (text, cards) => {
  const own = text.split("+").map((part) => {
    const said = /^\s*(?:(\d{1,2})\s*[x×*张块]\s*)?(.+?)\s*$/i.exec(part);
    const card = said && named(cards, said[2]);
    return card ? [Number(said[1] ?? 1), card.id] : undefined;
  });
  if (own.includes(undefined) || (own.length === 1 && own[0][0] === 1)) return undefined;
  return { id: nameOf(own), name: saidOf(own, cards), detail: "自己拼" };
};

/** What a machine is called. */
export const placeNamed = (id, lists) => {
  const one = placesOf(lists).find((place) => place.id === id);
  const own = one ? undefined : cardsOf(id, lists.cards);
  return one?.name ?? (own ? saidOf(own, lists.cards) : id);
};

/** A field to pick one. */
export const placePicker = ({ id, lists, picked, redraw, label = "机器或显卡" }) => {
  const all = placesOf(lists);
  return new Picker({
    id, label, picked, redraw, placeholder: "4090、MacBook Pro、2x rtx 3090…",
    entries: () => all, asTyped: (text) => joined(text, lists.cards),
  });
};

/** A field to pick a model. */
export const modelPicker = ({ id, lists, picked, redraw, label = "模型", placeholder = "qwen3、DeepSeek、qwen3:32b…" }) =>
  new Picker({
    id, label, picked, redraw, placeholder, entries: () => lists.models, asTyped: (text) => asNamed(text, lists),
  });

/** An entry for a name that no entry has, such as an Ollama tag or a repository: the engine knows more of them. */
const asNamed = (text, { models }) => (found(models, text).length ? undefined : { id: text.trim(), name: text.trim(), detail: "按这个名字找" });
