// What is worth buying for a budget? What no other purchase beats in quality, speed, price and power, the best first.
import { html, nothing, render } from "../vendor/lit-html/lit-html.js";
import { buy, lists, SizingError } from "./asking.mjs";
import { followed, linkTo } from "./address.mjs";
import { amountOf } from "./amount.mjs";
import { held, refused } from "./answer.mjs";
import { bar } from "./bar.mjs";
import { hostOf } from "./cited.mjs";
import { called } from "./called.mjs";
import { copier } from "./copy.mjs";
import { parameters, readable, toAddress, UNSAID } from "./question.mjs";
import { fullest } from "./ranked.mjs";
import { slider } from "./slider.mjs";
import * as units from "./units.mjs";
import { sign } from "./verdict.mjs";
import { BOUGHT, COVERS, PRICES, REGIONS, USES } from "./words.mjs";

const BUDGETS = {
  CN: [3, 4, 5, 6, 7, 8, 9, 10, 12, 15, 18, 20, 25, 30, 40, 50, 60, 80, 100, 150, 200].map((thousands) => thousands * 1000),
  US: [500, 700, 1000, 1200, 1500, 2000, 2500, 3000, 4000, 5000, 6000, 8000, 10000, 15000, 20000, 30000],
};
const FIRST = { CN: "15000", US: "2500" };
const CURRENCIES = { CN: "元", US: "美元" };
const PLATFORMS = [["any", "不限"], ["mac", "只看 Mac"], ["pc", "不看 Mac"]];
const POWERS = [["", "不限"], ["200", "200 W 以内，安静"], ["350", "350 W 以内"], ["500", "500 W 以内"], ["700", "700 W 以内"]];
const CALCULATOR = new URL("../../calculator/", import.meta.url).pathname;

/** What is said, if it is one of these; else the first. */
const known = (said, all) => (all.includes(said) ? said : all[0]);

class Buy {
  constructor(box) {
    this.box = box;
    this.turn = 0;
  }

  async start() {
    this.lists = await lists();
    this.bar = followed({ read: (search) => this.take(parameters(search)), address: () => this.address });
    await this.take(parameters(location.search));
  }

  stop() {
    this.bar?.stop();
  }

  async take(said) {
    const first = parameters(this.box.dataset.first);
    const value = (name) => said.get(name) ?? first.get(name) ?? "";
    this.asked = {
      region: known(value("region"), Object.keys(BUDGETS)), budget: value("budget"), use: known(value("use"), BOUGHT),
      used: value("used"), platform: known(value("platform"), PLATFORMS.map(([id]) => id)), power: value("power"),
    };
    await this.ask();
  }

  async set(changes) {
    Object.assign(this.asked, changes);
    this.bar.changed();
    await this.ask();
  }

  get address() {
    const said = Object.entries(this.asked).filter(([, value]) => value !== "");
    return `?${readable(new URLSearchParams(said).toString())}`;
  }

  async ask() {
    const turn = ++this.turn;
    const { budget, power, used, ...others } = this.asked;
    try {
      const { shown } = await buy({ ...others, budget: Number(budget), used: used === "yes", power: power ? Number(power) : undefined });
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
    const { budget, region } = this.asked;
    const choose = (name, label, options) => html`<div class="sz-field"><label for="sz-${name}">${label}</label>
      <select id="sz-${name}" @change=${(e) => this.set({ [name]: e.target.value })}>
        ${options.map(([id, said]) => html`<option value=${id} .selected=${id === this.asked[name]}>${said}</option>`)}</select></div>`;
    return html`<form class="sz-bought" @submit=${(e) => e.preventDefault()} aria-label="买什么">
      ${slider({ id: "sz-budget", label: `预算（${CURRENCIES[region]}）`, steps: BUDGETS[region], value: Number(budget) ? units.whole(Number(budget)) : budget, parsed: Number(budget), told: units.whole, set: (text) => this.set({ budget: amountOf(text) }) })}
      ${choose("use", "用来", BOUGHT.map((id) => [id, USES[id]]))}
      ${choose("used", "二手", [["", "不要"], ["yes", "可以"]])}
      ${choose("platform", "Mac", PLATFORMS)}
      ${choose("power", "满载功耗", POWERS)}
      <div class="sz-field"><label for="sz-region">哪里的价格</label><select id="sz-region" @change=${(e) => this.set({ region: e.target.value, budget: FIRST[e.target.value] })}>
        ${Object.keys(BUDGETS).map((id) => html`<option value=${id} .selected=${id === region}>${REGIONS[id]}</option>`)}</select></div>
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
      <p class="sz-buy-head"><b>${called(one.name)}</b><span><b>${units.money(one.price)}</b>${one.beside ? html` <small>约 ${units.money(one.beside)}</small>` : nothing}</span></p>
      <p class="sz-buy-runs">${sign(plan)} <a href=${link}>${model?.name ?? plan.model}</a> <span>${format}</span>
        ${plan.decode ? html`<span><b>${units.rounded(plan.decode.value)}</b> tok/s <small>${units.range(plan.decode)}</small></span>` : nothing}</p>
      <div class="sz-held">${bar(fullest(plan), 12)}<small>${held(plan)}</small></div>
      <p class="sz-hint">${[
        score ? `${called(benchmark.name)} ${units.number(score.value)} 分` : "",
        one.seconds ? `答完约 ${units.seconds(one.seconds)}` : "",
        one.watts ? `满载约 ${units.rounded(one.watts)} W` : "",
      ].filter(Boolean).join(" · ")}</p>
      <p class="sz-hint">${this.priced(one)}</p>
      ${this.month(one)}
      ${one.beaten_by && one.beaten_by.price <= one.price.amount ? html`<p class="sz-hint">${this.better(one)}</p>` : nothing}
    </li>`;
  }

  /** Where the price is from, and what it covers. */
  priced({ offer, price }) {
    if (!offer) return nothing;
    const about = [REGIONS[offer.region] ?? offer.region, PRICES[offer.kind], COVERS[offer.covers], offer.date, offer.stale ? "旧价" : ""];
    const own = offer.currency === price.currency ? "" : `，原价 ${units.money(offer)}`;
    return html`${about.filter(Boolean).join("，")}${own}；<a href=${offer.source} rel="noopener">${hostOf(offer.source)}</a>`;
  }

  /** What a month costs by owning it, and what renting or an API would cost for the same. */
  month({ month }) {
    const said = (amount) => units.money({ amount, currency: month.currency });
    const even = (tokens) => (tokens === null ? "怎么用都比买便宜" : `每天用到 ${units.tokensWritten(tokens)} token 以上，买才划算`);
    return html`<details class="sz-month"><summary>每月 ${month.own === null ? "花多少" : said(month.own)}；租或者用 API 呢</summary><ul>
      ${month.own === null ? nothing : html`<li>自己买：${said(month.own)}，三年摊平，含电费</li>`}
      ${month.rent === null ? nothing : html`<li>租 ${month.rented}：${said(month.rent)}；${even(month.even.rent)}</li>`}
      ${month.api === null ? html`<li>没有收录它的 API 价格</li>` : html`<li>用 API：${said(month.api)}；${even(month.even.api)}</li>`}
      <li>按每天读 75 万、写 25 万个 token 算</li></ul></details>`;
  }

  /** What a dearer one does better, and by how much; one at more than twice the price is no advice. */
  better({ beaten_by: by, price }) {
    const gains = [
      by.score !== null && !by.alike ? `高 ${units.number(Math.abs(by.score), 2)} 分` : "",
      by.seconds > 0 ? `早 ${units.seconds(by.seconds)}答完` : "",
    ].filter(Boolean);
    return `再加 ${units.money({ amount: Math.round(by.price), currency: price.currency })}，${called(by.machine)} 跑 ${by.model}${gains.length ? `：${gains.join("，")}` : "更好"}`;
  }

  redraw() {
    render(html`${this.form()}
      <div class="sz-shared-tools">${copier(() => linkTo(this.address), "复制链接")}</div>
      <div aria-live="polite">${this.answers()}</div>`, this.box);
  }
}

/** Draw what is worth buying in a box; what is given back stops it. */
export const start = async (box) => {
  const page = new Buy(box);
  await page.start();
  return () => page.stop();
};
