/**
 * Where does the engine lie, and who may ask it? In a page's folder on the server that the page came from; scripts of
 * the page find it as `globalThis.sizing`.
 */

export { searches } from "./engine.mjs";

/** What lies there under a name, or why it is not there. */
const fetched = async (name) => {
  const answer = await fetch(new URL(`./${name}`, import.meta.url));
  if (!answer.ok) throw new Error(`${name} is not there (${answer.status}); load the page again`);
  return answer;
};
export const read = async (name) => {
  const found = await (await fetched(name)).json();
  return name === "index.json" ? whole(found) : found;
};
export const text = async (name) => (await fetched(name)).text();

export const known = (sizing) => (globalThis.sizing = sizing);

/** What all plans need, with its records as they were before they were told in columns, and lists with what the engine
 * has of devices and machines. */
const whole = (told) => {
  const engine = { ...told.engine, ...recordsOf(told.engine) };
  const lists = { ...told.lists, ...recordsOf(told.lists, told.engine) };
  for (const [id, { backends, sizes, bandwidth, watts }] of Object.entries(engine.devices)) {
    Object.assign(lists.devices[id], { backends, memory: sizes.map(([bytes]) => bytes), bandwidth, tdp: watts });
  }
  for (const [id, { devices, host, nodes }] of Object.entries(engine.machines)) {
    const counts = {};
    for (const [device, count] of devices) counts[device] = (counts[device] ?? 0) + count * nodes;
    Object.assign(lists.machines[id], { devices: counts, host, nodes });
  }
  return { ...told, engine, lists };
};

/** Of all kinds that are told in columns: records by id, which others may tell. */
const recordsOf = (data, others) =>
  Object.fromEntries(Object.entries(data).filter(([, one]) => one?.columns)
    .map(([kind, { ids = others[kind].ids, columns }]) => [kind, records(ids, columns)]));

const records = (ids, columns) => {
  const found = ids.map(() => ({}));
  for (const [key, values] of Object.entries(columns)) {
    const [name, some] = key.endsWith("?") ? [key.slice(0, -1), true] : [key, false];
    values.forEach((value, i) => {
      if (!some || value !== null) found[i][name] = value;
    });
  }
  return Object.fromEntries(ids.map((id, i) => [id, found[i]]));
};
