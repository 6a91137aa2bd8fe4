/**
 * Where does the engine lie, and who may ask it? In a page's folder on the server that the page came from; scripts of
 * the page find it as `globalThis.sizing`.
 */

/** What lies there under a name, or why it is not there. */
export const read = async (name) => {
  const answer = await fetch(new URL(`./${name}`, import.meta.url));
  if (!answer.ok) throw new Error(`${name} is not there (${answer.status}); load the page again`);
  return answer.json();
};

export const known = (sizing) => (globalThis.sizing = sizing);
