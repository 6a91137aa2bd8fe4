// Which cards make up a machine of one's own? Its name tells them: rtx-4090, 2x-rtx-3090, rtx-5080+rtx-3090.

const MOST = 16; // of one kind

/** The cards of a name, each [count, id]; undefined where it is not made of cards of the list. */
export const cardsOf = (name, cards) => {
  const found = name.split("+").map((part) => /^(?:(\d+)x-)?(.+)$/.exec(part));
  const known = (id) => cards.some((card) => card.id === id);
  return found.every((part) => part && known(part[2])) ? found.map(([, times, id]) => [Number(times ?? 1), id]) : undefined;
};

/** The name of a machine of these cards. */
export const nameOf = (own) => own.map(([times, id]) => (times > 1 ? `${times}x-${id}` : id)).join("+");

/** As people say it, such as 2 × RTX 3090 + RTX 4090. */
export const saidOf = (own, cards) =>
  own.map(([times, id]) => `${times > 1 ? `${times} × ` : ""}${cards.find((card) => card.id === id).name}`).join(" + ");

/** With so many of the one that stands there; none of it takes it away, unless it is the only one. */
export const with_ = (own, at, times) => {
  const changed = own.map(([had, id], i) => [i === at ? Math.max(0, Math.min(MOST, times)) : had, id]);
  const left = changed.filter(([many]) => many > 0);
  return left.length ? left : own;
};

/** With one more card; another one of a kind that is there already. */
export const withMore = (own, id) => {
  const at = own.findIndex(([, one]) => one === id);
  return at < 0 ? [...own, [1, id]] : with_(own, at, own[at][0] + 1);
};
