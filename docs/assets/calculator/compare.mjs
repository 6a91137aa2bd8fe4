// Which of two to four is better, and by how much? The same question of each, and every figure of all of them side by side.
//
// The address has a `one` for each, "model,machine,format", and what all of them share: ?one=qwen3-32b,pc-rtx-4090&one=…
import { html, nothing, render } from "../vendor/lit-html/lit-html.js";
import { answered, lists, SizingError } from "./asking.mjs";
import { followed, linkTo } from "./address.mjs";
import { held, refused } from "./answer.mjs";
import { bar, legend } from "./bar.mjs";
import { copier } from "./copy.mjs";
import { modelPicker, placeNamed, placePicker } from "./places.mjs";
import { asEngineTakes, parameters, toAddress, tokensOf, UNSAID } from "./question.mjs";
import { slider } from "./slider.mjs";
import * as units from "./units.mjs";
import { placesShown, sign } from "./verdict.mjs";

const [FEWEST, MOST] = [2, 4];
const CONTEXTS = [2, 4, 8, 16, 32, 64, 128, 256].map((k) => k * 1024);
const USERS = [1, 2, 4, 8, 16, 32, 64];
const CALCULATOR = new URL("../../calculator/", import.meta.url).pathname;

// What is compared: its name, the figure that a bar shows (null: none), and what is written.
const FIGURES = [
  ["解码 · 刚开始（tok/s）", (p) => p.decode_empty?.value, (p) => rated(p.decode_empty)],
  ["解码 · 写满（tok/s）", (p) => p.decode?.value, (p) => rated(p.decode)],
  ["预填充（tok/s）", (p) => p.prefill?.value, (p) => rated(p.prefill)],
  ["写满时的首字延迟", (p) => p.time_to_first_token, (p) => units.seconds(p.time_to_first_token), "短的好"],
  ["最长上下文", (p) => p.longest_context, (p) => (p.longest_context ? units.tokens(p.longest_context) : units.NONE)],
  ["同时几人", (p) => p.most_sequences, (p) => (p.most_sequences ? String(p.most_sequences) : units.NONE)],
  ["价格", () => null, (p) => (p.offer ? units.money(p.offer) : units.UNKNOWN)],
];

const rated = (rate) => (rate ? html`<b>${units.rounded(rate.value)}</b> <small>${units.range(rate)}</small>` : units.NONE);

class Compare {
  constructor(box) {
    this.box = box;
    this.turn = 0;
    this.answers = [];
  }

  async start() {
    this.lists = await lists();
    this.bar = followed({ read: (search) => this.take(parameters(search)), address: () => this.address });
    await this.take(parameters(location.search));
  }

  stop() {
    this.bar?.stop();
  }

  /** Take what an address compares; what the page shows first stands in for what it leaves out. */
  async take(said) {
    const named = (from) => from.getAll("one").slice(0, MOST).map((text) => text.split(","));
    const all = [...named(said), ...named(parameters(this.box.dataset.first)).slice(named(said).length)];
    this.context = said.get("context") ?? UNSAID.context;
    this.sequences = said.get("sequences") ?? UNSAID.sequences;
    this.ones = all.map(([model, machine, format]) => ({ model, machine, format: format ?? "" }));
    this.picked();
    await this.ask();
  }

  /** Fields to pick a model and a machine of each. */
  picked() {
    const redraw = () => this.redraw();
    this.fields = this.ones.map((_, i) => ({
      model: modelPicker({ id: `sz-model-${i}`, lists: this.lists, redraw, picked: ({ id }) => this.set(i, { model: id, format: "" }) }),
      machine: placePicker({ id: `sz-machine-${i}`, lists: this.lists, redraw, picked: ({ id }) => this.set(i, { machine: id }) }),
    }));
  }

  async set(at, changes) {
    this.ones = this.ones.map((one, i) => (i === at ? { ...one, ...changes } : one));
    await this.changed();
  }

  async share(changes) {
    Object.assign(this, changes);
    await this.changed();
  }

  async more(ones) {
    this.ones = ones;
    this.picked();
    await this.changed();
  }

  async changed() {
    this.bar.changed();
    await this.ask();
  }

  get address() {
    const ones = this.ones.map(({ model, machine, format }) => `one=${[model, machine, format].filter(Boolean).map(encodeURIComponent).join(",")}`);
    const shared = toAddress({ context: this.context, sequences: this.sequences }).slice(1);
    return `?${[...ones, shared].filter(Boolean).join("&")}`.replaceAll("%2B", "+");
  }

  async ask() {
    const turn = ++this.turn;
    const answers = await Promise.all(this.ones.map((one) => this.answer(one)));
    if (turn !== this.turn) return;
    this.answers = answers;
    this.redraw();
  }

  async answer(one) {
    try {
      const found = await answered(asEngineTakes({ ...UNSAID, ...one, context: this.context, sequences: this.sequences }), null);
      if (found.model !== one.model) Object.assign(one, { model: found.model, format: one.format || (found.format ?? "") });
      return found;
    } catch (error) {
      if (!(error instanceof SizingError)) throw error;
      return { refusal: error.message };
    }
  }

  name(one) {
    const model = this.lists.models.find(({ id }) => id === one.model)?.name ?? one.model;
    return { model, machine: placeNamed(one.machine, this.lists) };
  }

  /** What tells them apart: the machine, the model or the format, whichever is not the same for all. */
  short(one, answer) {
    const { model, machine } = this.name(one);
    const differs = (key) => new Set(this.ones.map((x) => x[key])).size > 1;
    const parts = [differs("model") && model, differs("machine") && machine, differs("format") && (answer.plan?.format ?? one.format)];
    return parts.filter(Boolean).join(" · ") || machine;
  }

  card(one, i) {
    const { model, machine } = this.name(one);
    const answer = this.answers[i] ?? {};
    const { plan } = answer;
    const link = CALCULATOR + toAddress({ ...UNSAID, ...one, context: this.context, sequences: this.sequences });
    return html`<section class="sz-one" aria-label="第 ${i + 1} 个">
      ${this.fields[i].model.template(model)} ${this.fields[i].machine.template(machine)}
      <div class="sz-field"><label for="sz-format-${i}">格式（量化）</label>
        <select id="sz-format-${i}" @change=${(e) => this.set(i, { format: e.target.value })}>
          <option value="" .selected=${!one.format}>${!one.format && plan ? `自动：${plan.format}` : "自动选"}</option>
          ${this.known(one, answer.formats ?? []).map(([id, said]) => html`<option value=${id} .selected=${id === one.format}>${said}</option>`)}
        </select></div>
      ${plan ? html`<p class="sz-short-verdict">${sign(plan)} <b>${held(plan)}</b>
        ${plan.decode ? html`<span>${units.rounded(plan.decode.value)} tok/s</span>` : nothing}</p>
        ${placesShown(plan).map((place) => bar(place, 16))} ${legend(plan.memory)}
        <p><a href=${link}>看这一个的全部</a></p>` : nothing}
      ${answer.refusal ? refused(answer.refusal) : nothing}
      ${this.ones.length > FEWEST ? html`<button type="button" class="sz-button" @click=${() => this.more(this.ones.filter((_, at) => at !== i))}>去掉</button>` : nothing}
    </section>`;
  }

  /** The formats of one, and the one that is asked for whatever it is. */
  known(one, all) {
    return all.some(([id]) => id === one.format) || !one.format ? all : [[one.format, one.format], ...all];
  }

  figure([label, value, written, note]) {
    const values = this.answers.map(({ plan }) => (plan ? value(plan) : null) ?? 0);
    const highest = Math.max(...values);
    return html`<section class="sz-figure"><h2>${label}${note ? html` <small>${note}</small>` : nothing}</h2><dl>
      ${this.answers.map((answer, i) => html`<div><dt>${this.short(this.ones[i], answer)}</dt>
        <dd>${highest > 0 ? html`<svg class="sz-bar" width="100%" height="10" aria-hidden="true"><rect class="weights" width="${((100 * values[i]) / highest).toFixed(2)}%" height="10" rx="3"></rect></svg>` : nothing}
          <span>${answer.plan ? written(answer.plan) : units.NONE}</span></dd></div>`)}</dl></section>`;
  }

  redraw() {
    const parsed = tokensOf(this.context);
    render(html`
      <div class="sz-shared">
        ${slider({ id: "sz-context", label: "上下文", steps: CONTEXTS, value: Number.isNaN(parsed) ? this.context : units.tokens(parsed), parsed, told: (n) => `${n / 1024}K`, set: (text) => this.share({ context: String(tokensOf(text) || text) }) })}
        ${slider({ id: "sz-users", label: "同时用的人", steps: USERS, value: this.sequences, parsed: Number(this.sequences), told: String, set: (sequences) => this.share({ sequences }) })}
        <div>${this.ones.length < MOST ? html`<button type="button" class="sz-button" @click=${() => this.more([...this.ones, this.ones.at(-1)])}>再加一个</button>` : nothing}
          ${copier(() => linkTo(this.address), "复制链接")}</div>
      </div>
      <div class="sz-ones">${this.ones.map((one, i) => this.card(one, i))}</div>
      <div class="sz-compared" aria-live="polite">${this.answers.length ? FIGURES.map((one) => this.figure(one)) : nothing}</div>`, this.box);
  }
}

/** Draw the comparison in a box; what is given back stops it. */
export const start = async (box) => {
  const page = new Compare(box);
  await page.start();
  return () => page.stop();
};
