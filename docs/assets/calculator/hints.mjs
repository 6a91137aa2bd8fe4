// Which machine is this page open on? What the browser tells of it, looked at on the device and sent nowhere.
import { found } from "./names.mjs";

/** What draws here, such as "NVIDIA GeForce RTX 4090" or "Apple M3 Max"; "" where the browser does not say. */
const renderer = () => {
  const gl = document.createElement("canvas").getContext("webgl");
  const told = gl?.getExtension("WEBGL_debug_renderer_info");
  const text = told ? String(gl.getParameter(told.UNMASKED_RENDERER_WEBGL)) : "";
  gl?.getExtension("WEBGL_lose_context")?.loseContext();
  return text;
};

/** A card's or chip's name out of what a driver says: "ANGLE (NVIDIA, NVIDIA GeForce RTX 4090 Direct3D11 …)". */
export const cardIn = (text) => {
  const inside = /^ANGLE \([^,]*, (?:ANGLE Metal Renderer: )?([^,]*)/.exec(text)?.[1] ?? text;
  const said = /(RTX|GTX|Quadro|Tesla) (?:PRO |A)?\d+\w*(?: (?:Ti|SUPER|Laptop GPU|Ada|Generation|D))*|(?:RX|Arc) [A-Z]?\d+\w*(?: (?:XTX|XT|GRE))?|Apple M\d(?: (?:Pro|Max|Ultra))?/i.exec(inside);
  return said ? said[0].replace(/^Apple /, "") : "";
};

/**
 * The entry of a machine or card that this device has, or undefined: only where one is meant. A chip is sold with
 * several memories, so that it is only a first word to look for.
 */
export const hinted = (entries, text = renderer()) => {
  const name = cardIn(text);
  if (!name) return undefined;
  const near = found(entries, name);
  return near.length ? { name, entry: near[0], sure: near.length === 1 } : undefined;
};
