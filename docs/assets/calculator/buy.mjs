// What is worth buying for a budget? What no other purchase beats in quality, speed, price and power, the best first.
import { html, nothing, render } from "../vendor/lit-html/lit-html.js";
import { buy, lists, SizingError } from "./asking.mjs";
import { held, refused } from "./answer.mjs";
import { bar } from "./bar.mjs";
import { copier } from "./copy.mjs";
import { parameters, readable, toAddress, UNSAID } from "./question.mjs";
import { fullest } from "./ranked.mjs";
import { slider } from "./slider.mjs";
import * as units from "./units.mjs";
import { sign } from "./verdict.mjs";
import { COVERS, PRICES, REGIONS, USES } from "./words.mjs";

const BUDGETS = [3, 4, 5, 6, 7, 8, 9, 10, 12, 15, 18, 20, 25, 30, 40, 50, 60, 80, 100, 150, 200].map((thousands) => thousands * 1000);
const BOUGHT = ["chat", "coding", "team"];
const POWERS = [["", "不限"], ["200", "200 W 以内，安静"], ["350", "350 W 以内"], ["500", "500 W 以内"], ["700", "700 W 以内"]];
const SETTLED = 400; // ms without a change until the address is written
const CALCULATOR = new URL("../../calculator/", import.meta.url).pathname;

class Buy {
  constructor(box) {
    this.box = box;
    this.turn = 0;
  }

  async start() {
    this.lists = await lists();
    this.read = () => this.take(parameters(location.search));
    addEventListener("popstate", this.read);
    await this.read();
  }

  stop() {
    removeEventListener("popstate", this.read);
    clearTimeout(this.settling);
  }

  async take(said) {
    const first = parameters(this.box.dataset.first);
    const value = (name) => said.get(name) ?? first.get(name) ?? "";
    this.asked = { budget: value("budget"), use: value("use") || BOUGHT[0], used: value("used"), power: value("power") };
    await this.ask();
  }

  async set(changes) {
    Object.assign(this.asked, changes);
    clearTimeout(this.settling);
    this.settling = setTimeout(() => history.replaceState(history.state, "", location.pathname + this.address), SETTLED);
    await this.ask();
  }

  get address() {
    const said = Object.entries(this.asked).filter(([, value]) => value !== "");
    return `?${readable(new URLSearchParams(said).toString())}`;
  }

  async ask() {
    const turn = ++this.turn;
    const { budget, use, used, power } = this.asked;
    try {
      const { shown } = await buy({ budget: Number(budget.replaceAll(",", "")), use, used: used === "yes", power: power ? Number(power) : undefined });
      if (turn !== this.turn) return;
      this.answer = { shown };
    } catch (error) {
      if (!(error instanceof SizingError)) throw error;
      if (turn !== this.turn) return;
      this.answer = { refusal: error.message };
    }
    this.redraw();
  }

  form() {
    const { budget, use, used, power } = this.asked;
    const choose = (name, label, options) => html`<div class="sz-field"><label for="sz-${name}">${label}</label>
      <select id="sz-${name}" @change=${(e) => this.set({ [name]: e.target.value })}>
        ${options.map(([id, said]) => html`<option value=${id} .selected=${id === this.asked[name]}>${said}</option>`)}</select></div>`;
    return html`<form class="sz-bought" @submit=${(e) => e.preventDefault()} aria-label="买什么">
      ${slider({ id: "sz-budget", label: "预算（元）", steps: BUDGETS, value: budget, parsed: Number(budget), told: String, set: (text) => this.set({ budget: text }) })}
      ${choose("use", "用来", BOUGHT.map((id) => [id, USES[id]]))}
      ${choose("used", "二手", [["", "不要"], ["yes", "可以"]])}
      ${choose("power", "满载功耗", POWERS)}
    </form>`;
  }

  answers() {
    const { shown, refusal } = this.answer;
    if (refusal) return refused(refusal);
    if (!shown.length) return html`<p class="sz-refused">目录里没有这个预算以内的整机；把预算放宽一点，或者看看二手。</p>`;
    const today = shown.filter(({ says }) => says === "all");
    const others = shown.filter(({ says }) => says !== "all");
    return html`
      ${today.length ? html`<ol class="sz-rank sz-buys" aria-label="值得买的">${today.map((one) => this.card(one))}</ol>` : html`<p class="sz-note">这个预算以内，没有哪台机器有半年以内的整机价。</p>`}
      ${others.length ? html`<details class="sz-fold"><summary>价格较旧，或只知道显卡价的 ${others.length} 个，供参考</summary>
        <ol class="sz-rank sz-buys">${others.map((one) => this.card(one))}</ol></details>` : nothing}`;
  }

  card(one) {
    const { plan, score, benchmark } = one;
    const model = this.lists.models.find(({ id }) => id === plan.model);
    const { machine, format, context, sequences } = plan;
    const link = CALCULATOR + toAddress({ ...UNSAID, model: plan.model, machine, format, context: String(context), sequences: String(sequences) });
    return html`<li class="sz-buy">
      <p class="sz-buy-head"><b>${one.name}</b><span><b>${units.money(one.price)}</b>${one.beside ? html` <small>约 ${units.money(one.beside)}</small>` : nothing}</span></p>
      <p class="sz-buy-runs">${sign(plan)} <a href=${link}>${model?.name ?? plan.model}</a> · ${format} ${plan.decode ? html`· <b>${units.rounded(plan.decode.value)}</b> tok/s <small>${units.range(plan.decode)}</small>` : nothing}</p>
      <div class="sz-held">${bar(fullest(plan), 12)}<small>${held(plan)}</small></div>
      <p class="sz-hint">${[
        score ? `${benchmark.name} ${units.number(score.value)} 分` : "",
        one.seconds ? `答完约 ${units.seconds(one.seconds)}` : "",
        one.watts ? `满载约 ${units.rounded(one.watts)} W` : "",
      ].filter(Boolean).join(" · ")}</p>
      <p class="sz-hint">${this.priced(one)}</p>
      ${one.beaten_by ? html`<p class="sz-hint">${this.better(one)}</p>` : nothing}
    </li>`;
  }

  /** Where the price is from, and what it covers. */
  priced({ offer, price }) {
    if (!offer) return nothing;
    const about = [REGIONS[offer.region] ?? offer.region, PRICES[offer.kind], COVERS[offer.covers], offer.date, offer.stale ? "旧价" : ""];
    const own = offer.currency === price.currency ? "" : `，原价 ${units.money(offer)}`;
    return html`${about.filter(Boolean).join("，")}${own}；<a href=${offer.source} rel="noopener">${new URL(offer.source).host}</a>`;
  }

  /** What dearer one does better, and by how much. */
  better({ beaten_by: by, price }) {
    const gains = [
      by.score !== null && !by.alike ? `高 ${units.number(Math.abs(by.score), 2)} 分` : "",
      by.seconds > 0 ? `早 ${units.seconds(by.seconds)}` : "",
    ].filter(Boolean);
    return `再加 ${units.money({ amount: Math.round(by.price), currency: price.currency })}，${by.machine} 跑 ${by.model}${gains.length ? `：${gains.join("，")}` : "更好"}`;
  }

  redraw() {
    render(html`${this.form()}
      <div class="sz-shared-tools">${copier(() => location.origin + location.pathname + this.address, "复制链接")}</div>
      <div aria-live="polite">${this.answers()}</div>`, this.box);
  }
}

/** Draw what is worth buying in a box; what is given back stops it. */
export const start = async (box) => {
  const page = new Buy(box);
  await page.start();
  return () => page.stop();
};
