// Where was it read? Addresses by whose page they are of.
import { html, nothing } from "../vendor/lit-html/lit-html.js";

const MOST = 3; // addresses of a line

/** The addresses, one of each that they are of. */
export const cited = (...lists) => {
  const first = new Map(lists.flatMap((list) => list ?? []).map((address) => [hostOf(address), address]).reverse());
  const all = [...first].reverse().slice(0, MOST);
  return all.length ? html`<small class="sz-cited">出处：${all.map(([host, address], i) => html`${i ? "、" : ""}<a href=${address} rel="noopener">${host}</a>`)}</small>` : nothing;
};

/** Whose page it is: of GitHub and the like with the owner's name. */
export const hostOf = (address) => {
  const { host, pathname } = new URL(address);
  const owner = /^(github\.com|huggingface\.co|raw\.githubusercontent\.com)$/.test(host) ? `/${pathname.split("/")[1]}` : "";
  return host.replace(/^www\./, "") + owner;
};
