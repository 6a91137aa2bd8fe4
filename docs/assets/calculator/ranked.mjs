// How are answers of a search shown? A line each: name, verdict, memory, speed; on a phone three lines.
import { html, nothing } from "../vendor/lit-html/lit-html.js";
import { bar } from "./bar.mjs";
import * as units from "./units.mjs";
import { held } from "./answer.mjs";
import { placesShown, sign } from "./verdict.mjs";
import { COVERS, REGIONS } from "./words.mjs";

const HEIGHT = 12;

/** ``rows`` are [{plan, name, detail, href, seconds, offer}]; ``label`` says what the list is of. */
export const ranked = (rows, label) => html`<ol class="sz-rank" aria-label=${label}>${rows.map(row)}</ol>`;

const row = ({ plan, name, detail, href, seconds, offer }) => html`<li><a href=${href}>
  <span class="sz-name"><b>${name}</b><small>${detail}</small></span>
  ${sign(plan)}
  <span class="sz-held">${bar(fullest(plan), HEIGHT)}<small>${held(plan)}</small></span>
  <span class="sz-rate">${plan.decode ? html`<b>${units.rounded(plan.decode.value)}</b> tok/s <small>${units.range(plan.decode)}</small>` : units.NONE}</span>
  <span class="sz-last">${offer ? price(offer) : seconds ? html`<small>答完约 ${units.seconds(seconds)}</small>` : nothing}</span>
</a></li>`;

// The one that decides whether it fits is the one with the least room.
export const fullest = (plan) => placesShown(plan).reduce((a, b) => (b.memory.total / b.capacity > a.memory.total / a.capacity ? b : a));

const price = (offer) => html`${units.money(offer)}<small>${[REGIONS[offer.region] ?? offer.region, COVERS[offer.covers], offer.stale ? "旧价" : ""].filter(Boolean).join("，")}</small>`;
