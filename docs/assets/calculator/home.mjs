// The home page's three questions: I have this machine, I want to run this model, I have this much money.
import { html, nothing, render } from "../vendor/lit-html/lit-html.js";
import { amountOf } from "./amount.mjs";
import { buy, fit, lists, machinesFor, SizingError } from "./asking.mjs";
import { refused } from "./answer.mjs";
import { hinted } from "./hints.mjs";
import { modelPicker, placeNamed, placePicker, placesOf } from "./places.mjs";
import { parameters, toAddress } from "./question.mjs";
import { ranked } from "./ranked.mjs";
import * as units from "./units.mjs";
import { BOUGHT, USES } from "./words.mjs";

const SHOWN = 6; // machines for a model, and purchases
const CONTEXTS = [4, 8, 16, 32, 64, 128].map((k) => k * 1024);
const CALCULATOR = new URL("../../calculator/", import.meta.url).pathname;
const BUY = new URL("../../buy/", import.meta.url).pathname;

// What a model must do beside; who does not say of a model whether it does, leaves it out.
const NEEDS = { tools: ["会调用工具", { tools: true }], zh: ["写明支持中文", { languages: ["zh"] }], vision: ["能看图", { vision: true }] };

const TABS = { machine: "我有这台机器", model: "我想跑这个模型", budget: "我有这些预算" };

// What stands after the models that none beats, and why.
const APART = { expected: "没有独立成绩，按规模和发布日期估计比下面的都好", beside: "其他厂商里最好的几个：成绩和速度，上面都有不输它们的", newer: "太新，还没有评测成绩", unscored: "没有独立成绩；按规模和发布日期相近的模型通常考多少分来排" };

/** Answers under what they are: those that none beats have no head. */
const grouped = (rows, label) => {
  const kinds = [...new Set(rows.map(({ kind }) => kind))];
  return kinds.map((kind) => {
    const own = rows.filter((row) => row.kind === kind);
    const head = kind === "front" && kinds[0] === "expected" ? "有独立成绩的" : APART[kind];
    return html`${head ? html`<p class="sz-note">${head}</p>` : nothing}${ranked(own, head ?? label)}`;
  });
};

const whenIdle = globalThis.requestIdleCallback ?? setTimeout;

class Home {
  constructor(box) {
    this.box = box;
    this.shown = Number(box.dataset.shown); // models on a machine
    this.tab = "machine";
    const first = Object.fromEntries(parameters(box.dataset.first));
    // A link asks as a reader would: ?machine=rtx-4090 opens that tab with its answer.
    const said = [...parameters(location.search)].filter(([name]) => name in first || name === "use");
    this.asked = { use: "chat", context: "", must: [], ...first, ...Object.fromEntries(said) };
    this.answers = {};
    this.turn = 0;
    this.touched = said.length > 0;
    this.tab = said.find(([name]) => name in TABS)?.[0] ?? this.tab;
  }

  async start() {
    this.lists = await lists();
    const redraw = () => this.redraw();
    this.machine = placePicker({ id: "sz-machine", lists: this.lists, redraw, picked: ({ id }) => this.set({ machine: id }) });
    this.model = modelPicker({ id: "sz-model", lists: this.lists, redraw, picked: ({ id }) => this.set({ model: id }) });
    // The first answer stands in the page; what others need is loaded once a reader turns to the fields.
    const { answer } = this.box.dataset;
    if (answer && !this.touched) {
      this.answers.machine = JSON.parse(answer);
      this.redraw();
      this.box.addEventListener("focusin", () => this.question().catch(() => {}), { once: true });
    } else await this.ask();
    whenIdle(() => this.notice());
  }

  /** Look which machine this is, and answer for it where nobody has asked for another: it takes a while to be told. */
  async notice() {
    this.hint = hinted([...this.lists.cards, ...this.lists.machines]);
    if (!this.hint?.sure || this.touched) return this.redraw();
    this.asked.machine = this.hint.entry.id;
    await this.ask();
  }

  async set(changes) {
    this.touched = true;
    Object.assign(this.asked, changes);
    await this.ask();
  }

  async choose(tab) {
    this.touched = true;
    this.tab = tab;
    this.redraw();
    if (!this.answers[tab]) await this.ask();
  }

  /** The question of the tab that is open, as the engine takes it. */
  get question() {
    const { use, context, machine, model, budget, must } = this.asked;
    const needs = { use, ...(context ? { context: Number(context) } : {}) };
    return {
      machine: () => fit(machine, Object.assign({}, needs, ...must.map((name) => NEEDS[name][1])), this.shown),
      model: () => machinesFor(model, needs, SHOWN),
      budget: () => buy({ budget: Number(amountOf(budget)), use: BOUGHT.includes(use) ? use : BOUGHT[0] }, SHOWN),
    }[this.tab];
  }

  async ask() {
    const [turn, tab] = [++this.turn, this.tab];
    try {
      const found = await this.question();
      if (turn === this.turn) this.answers[tab] = found;
    } catch (error) {
      if (!(error instanceof SizingError)) throw error;
      if (turn === this.turn) this.answers[tab] = { refusal: error.message };
    }
    this.redraw();
  }

  tabs() {
    const names = Object.keys(TABS);
    const key = (event, at) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      event.preventDefault();
      const next = names[(at + step + names.length) % names.length];
      this.choose(next);
      this.box.querySelector(`#sz-tab-${next}`).focus();
    };
    return html`<div class="sz-tabs" role="tablist" aria-label="从哪里问起">${names.map((name, at) => html`
      <button type="button" role="tab" id="sz-tab-${name}" aria-selected=${name === this.tab} aria-controls="sz-panel"
        tabindex=${name === this.tab ? 0 : -1} @click=${() => this.choose(name)} @keydown=${(e) => key(e, at)}>${TABS[name]}</button>`)}</div>`;
  }

  form() {
    const { machine, model, budget, use, context } = this.asked;
    const uses = Object.entries(USES).filter(([id]) => this.tab !== "budget" || BOUGHT.includes(id));
    const said = this.lists.models.find(({ id }) => id === model)?.name ?? model;
    const first = {
      machine: () => this.machine.template(placeNamed(machine, this.lists)),
      model: () => this.model.template(said),
      budget: () => html`<div class="sz-field"><label for="sz-budget">预算（元）</label>
        <input id="sz-budget" type="text" inputmode="numeric" autocomplete="off" .value=${budget}
          @input=${(e) => this.set({ budget: e.target.value })}></div>`,
    }[this.tab]();
    return html`<form class="sz-short" @submit=${(e) => e.preventDefault()} aria-label=${TABS[this.tab]}>
      ${first}
      <div class="sz-field"><label for="sz-use">用来</label><select id="sz-use" @change=${(e) => this.set({ use: e.target.value })}>
        ${uses.map(([id, name]) => html`<option value=${id} .selected=${id === use}>${name}</option>`)}</select></div>
      ${this.tab === "budget" ? nothing : html`<div class="sz-field"><label for="sz-context">上下文</label><select id="sz-context" @change=${(e) => this.set({ context: e.target.value })}>
        <option value="">按用途</option>
        ${CONTEXTS.map((one) => html`<option value=${one} .selected=${String(one) === context}>${units.tokens(one)}</option>`)}</select></div>`}
      ${this.tab === "machine" ? this.musts() : nothing}
    </form>`;
  }

  musts() {
    const { must } = this.asked;
    const change = (name, on) => this.set({ must: on ? [...must, name] : must.filter((one) => one !== name) });
    return html`<fieldset class="sz-musts"><legend>模型要</legend>${Object.entries(NEEDS).map(([name, [said]]) => html`
      <label><input type="checkbox" .checked=${must.includes(name)} @change=${(e) => change(name, e.target.checked)}> ${said}</label>`)}</fieldset>`;
  }

  noticed() {
    if (this.tab !== "machine" || !this.hint) return nothing;
    const { name, entry, sure } = this.hint;
    if (sure && this.asked.machine === entry.id) return html`<p class="sz-note">浏览器说这里用的是 ${name}，先按它算；这只在你的设备上判断，没有发给任何人。</p>`;
    if (sure) return nothing;
    return html`<p class="sz-note">浏览器说这里用的是 ${name}；在上面填它，选出你那一种内存。这只在你的设备上判断，没有发给任何人。</p>`;
  }

  /** What a line says of an answer: the model that runs here, or the machine that runs it. */
  line({ plan, seconds, offer, price, kind }) {
    const byModel = this.tab === "machine";
    const model = this.lists.models.find(({ id }) => id === plan.model);
    const query = toAddress({ model: plan.model, machine: plan.machine, format: plan.format, context: String(plan.context), sequences: String(plan.sequences) });
    const machine = placeNamed(plan.machine, this.lists);
    return {
      plan, seconds, kind, href: CALCULATOR + query,
      name: byModel ? model?.name ?? plan.model : machine,
      detail: byModel ? `${plan.format} · ${(model?.detail ?? "").replace("激活 ", "激活\u00a0")}` : this.tab === "model" ? plan.format : `${model?.name} · ${plan.format}`,
      offer: byModel ? null : price ? { ...offer, ...price } : offer,
    };
  }

  panel() {
    const answer = this.answers[this.tab];
    if (!answer) return html`<p class="sz-note">正在算…</p>`;
    if (answer.refusal) return refused(answer.refusal);
    const shown = answer.shown.map((one) => this.line(one));
    return html`${shown.length ? grouped(shown, TABS[this.tab]) : html`<p class="sz-note">没有合适的；换个用途，或者把要求放低一点。</p>`}
      <p class="sz-note">${this.after(answer)}</p>`;
  }

  after({ all: every, shown }) {
    const more = every - shown.length;
    const all = more > 0 ? `还有 ${more} 个。` : "";
    const buying = this.tab === "budget" ? html`<a href=${BUY}>去选购页细看</a>。` : nothing;
    return html`${all}速度是写满上下文时的解码速度，小字是区间；“答完”是读完问题、写完一个回答要多久，思考也算在内。点一行看怎么算的、怎么启动。${buying}`;
  }

  redraw() {
    render(html`<div class="sz-ask">${this.tabs()}
      <div id="sz-panel" role="tabpanel" aria-labelledby="sz-tab-${this.tab}">${this.form()} ${this.noticed()}
        <div aria-live="polite">${this.panel()}</div></div></div>`, this.box);
  }
}

/** Draw the three questions in a box. */
export const start = async (box) => {
  await new Home(box).start();
};
