/**
 * Where does the engine lie, and who may ask it? In a page's folder on the server that the page came from; scripts of
 * the page find it as `globalThis.sizing`.
 */

import { byId, whole } from "./columns.mjs";

export { searches } from "./engine.mjs";

/** What lies there under a name, or why it is not there. */
const fetched = async (name) => {
  const answer = await fetch(new URL(`./${name}`, import.meta.url));
  if (!answer.ok) throw new Error(`${name} is not there (${answer.status}); load the page again`);
  return answer;
};
export const read = async (name) => {
  const found = await (await fetched(name)).json();
  return name === "index.json" ? complete(whole(found)) : found;
};
export const text = async (name) => (await fetched(name)).text();

export const known = (sizing) => (globalThis.sizing = sizing);

/** What all plans need, and lists with what the engine has of devices and machines. */
const complete = ({ engine, lists, ...more }) => {
  const devices = byId(Object.keys(engine.devices), lists.devices);
  const machines = byId(Object.keys(engine.machines), lists.machines);
  for (const [id, { backends, sizes, bandwidth, watts }] of Object.entries(engine.devices)) {
    Object.assign(devices[id], { backends, memory: sizes.map(([bytes]) => bytes), bandwidth, tdp: watts });
  }
  for (const [id, { devices: own, host, nodes }] of Object.entries(engine.machines)) {
    const counts = {};
    for (const [device, count] of own) counts[device] = (counts[device] ?? 0) + count * nodes;
    Object.assign(machines[id], { devices: counts, host, nodes });
  }
  return { engine, lists: { ...lists, devices, machines }, ...more };
};
