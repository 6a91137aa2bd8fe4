/** What was told in columns by columns.py, as it was. */
export const whole = (one) => {
  if (Array.isArray(one)) return one.map(whole);
  if (typeof one !== "object" || one === null) return one;
  if (one.$ === "records") return records(one);
  if (one.$ === "rows") return rows(one.columns.map(whole));
  if (one.$ === "map") return byId(one.of, whole(one.to));
  return Object.fromEntries(Object.entries(one).map(([key, value]) => [key, whole(value)]));
};

/** Records by ids, in the same order. */
export const byId = (ids, records) => Object.fromEntries(ids.map((id, i) => [id, records[i]]));

const rows = (columns) => (columns[0] ?? []).map((_, place) => columns.map((column) => column[place]));

const records = ({ many, words }) => {
  const made = Array.from({ length: many }, () => ({}));
  for (const [word, [places, saying, told]] of Object.entries(words)) {
    const named = new Set(places);
    const said = whole(told);
    made.filter((_, place) => named.has(place) === saying).forEach((one, i) => { one[word] = said[i]; });
  }
  return made;
};
