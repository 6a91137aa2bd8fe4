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
export const read = async (name) => (await fetched(name)).json();
export const text = async (name) => (await fetched(name)).text();

export const known = (sizing) => (globalThis.sizing = sizing);
