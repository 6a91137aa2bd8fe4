// Which parts of a page answer by themselves? Each element with data-sizing is drawn by the module that it names.
//
// Pages that hold one load this module. It stays while the theme swaps pages, and looks again after each swap.

import { offer } from "./offered.mjs";

const PARTS = {
  calculator: () => import("./calculator.mjs"),
  home: () => import("./home.mjs"),
  compare: () => import("./compare.mjs"),
  buy: () => import("./buy.mjs"),
};

offer();

let running = [];

const draw = async (box) => {
  try {
    const { start } = await PARTS[box.dataset.sizing]();
    box.replaceChildren();
    running.push([box, await start(box)]);
    box.setAttribute("data-ready", "");
  } catch (error) {
    box.textContent = "这里没能载入，请刷新页面再试。";
    throw error;
  }
};

const look = () => {
  for (const [, stop] of running.filter(([box]) => !box.isConnected)) stop?.();
  running = running.filter(([box]) => box.isConnected);
  for (const box of document.querySelectorAll("[data-sizing]:not([data-drawn])")) {
    box.setAttribute("data-drawn", "");
    draw(box);
  }
};

// The theme's own observable of pages, where it swaps them; it tells of the first page too.
let begun = false;
const begin = () => {
  if (begun) return;
  begun = true;
  if (globalThis.document$) globalThis.document$.subscribe(look);
  else look();
};
if (document.readyState === "complete") begin();
else for (const [target, event] of [[document, "DOMContentLoaded"], [window, "load"]]) target.addEventListener(event, begin);

// What these pages need is kept for when there is no network: the first time, and all models when there is time for it.
const keep = async () => {
  await navigator.serviceWorker.register(new URL("../../sw.js", import.meta.url));
  const { active } = await navigator.serviceWorker.ready;
  if (!navigator.connection?.saveData) active.postMessage("keep models");
};
const idle = globalThis.requestIdleCallback ?? setTimeout;
if (navigator.serviceWorker) {
  if (document.readyState === "complete") idle(keep);
  else addEventListener("load", () => idle(keep), { once: true });
}
