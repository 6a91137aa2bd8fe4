// The calculator: a question, and its answer within a frame of each change. The address bar is the question.
import { html, nothing, render } from "../vendor/lit-html/lit-html.js";
import { followed, linkTo } from "./address.mjs";
import { answered, held, refused, spoken } from "./answer.mjs";
import { explained, formats, lists, measured, planned, prepare, SizingError, sources } from "./asking.mjs";
import { cardsOf, nameOf, with_ } from "./cards.mjs";
import { copier } from "./copy.mjs";
import { depths } from "./curve.mjs";
import { Fields } from "./fields.mjs";
import { placeNamed, placesOf } from "./places.mjs";
import { asEngineTakes, fromAddress, mistake, toAddress, UNSAID } from "./question.mjs";
import { sign } from "./verdict.mjs";
import * as units from "./units.mjs";

const OWN = "sh"; // the shell that a plan's own commands are for

// Lets the page draw and listen between two long computations: all is slow the first time that it runs.
const breathe = () => new Promise((done) => { setTimeout(done); });

class Calculator {
  constructor(box) {
    this.box = box;
    this.asked = { ...UNSAID };
    this.formats = [];
    this.answer = null;
    this.read = null; // the model of one's own that was read last
    this.turn = 0;
    this.width = 640;
    this.spoken = "";
    this.measured = [];
    this.shell = navigator.userAgent.includes("Windows") ? "powershell" : OWN;
  }

  async start() {
    this.lists = await lists();
    this.places = placesOf(this.lists);
    this.fields = new Fields(this);
    this.sized = new ResizeObserver(([{ contentRect }]) => this.measure(Math.round(contentRect.width)));
    // The dock repeats the verdict where that is out of sight.
    this.sight = new IntersectionObserver(([{ isIntersecting }]) => {
      this.box.querySelector(".sz-dock")?.toggleAttribute("hidden", isIntersecting);
    });
    this.bar = followed({
      read: (search) => this.take(fromAddress(search)), address: () => this.address, settled: () => this.say(),
    });
    this.asked = this.question(fromAddress(location.search));
    this.redraw();
    this.sized.observe(this.box.querySelector(".sz-answer"));
    await breathe();
    await this.ask();
  }

  stop() {
    this.sized?.disconnect();
    this.sight?.disconnect();
    this.bar?.stop();
  }

  /** Take a question from an address. */
  async take(asked) {
    this.asked = this.question(asked);
    await this.ask();
  }

  /** What is asked; what the page shows first where that names neither a model nor a machine. */
  question(asked) {
    const first = fromAddress(this.box.dataset.first);
    return asked.model ? asked : { ...asked, model: first.model, machine: asked.machine || first.machine };
  }

  /** Change the question, and answer it. */
  async set(changes) {
    this.asked = { ...this.asked, ...changes };
    this.bar.changed();
    await this.ask();
  }

  /** Ask about a model that was read of a file. */
  async takeModel(model) {
    this.read = model;
    await this.set({ model: model.id, format: "" });
  }

  /** The model of one's own that is asked about; null for one of the catalog. */
  get own() {
    return this.read?.id === this.asked.model ? this.read : null;
  }

  /** The part of an address that asks this question; it cannot say a model of one's own. */
  get address() {
    return toAddress(this.own ? { ...this.asked, model: "", format: "" } : this.asked);
  }

  /** Show how it is started with this server. */
  serve(server) {
    this.server = server;
    this.redraw();
  }

  /** Show how it is started in a shell. */
  async inShell(shell) {
    this.shell = shell;
    const { answer } = this;
    const plan = await this.inThisShell(answer.plan, this.launch);
    if (this.answer !== answer || this.shell !== shell) return;
    this.answer = { ...answer, plan };
    this.redraw();
  }

  /** A plan, with its commands for the shell that is chosen. */
  async inThisShell(plan, launch) {
    return { ...plan, launch: await launch({ shell: this.shell }) };
  }

  /** Tell who listens what the answer is. */
  say() {
    this.spoken = this.answer ? spoken(this.answer) : "";
    this.redraw();
    if (this.explaining && this.answer?.plan && !this.steps) this.tellSteps();
  }

  async ask() {
    const turn = ++this.turn;
    const wrong = mistake(this.asked);
    try {
      if (wrong) throw new SizingError(wrong);
      await this.name(turn);
      const found = await planned(asEngineTakes(this.asked));
      const known = await formats(this.asked.model);
      const first = !this.answer;
      if (first) await breathe();
      const plan = this.shell === OWN ? found.json() : await this.inThisShell(found.json(), found.launch);
      if (turn !== this.turn) return;
      this.launch = found.launch;
      this.formats = known;
      if (first) { // what stands first is drawn first
        this.answer = { plan, brief: true };
        this.redraw();
        await breathe();
        if (turn !== this.turn) return;
      }
      const points = plan.decode ? depths(plan.context).map((depth) => ({ depth, rate: found.decode_at(depth) })) : [];
      this.answer = { plan, points };
    } catch (error) {
      if (!(error instanceof SizingError)) throw error;
      if (turn !== this.turn) return;
      this.answer = { refusal: error.message };
    }
    this.redraw();
    if (this.answer.plan) await this.compare(turn, this.answer.plan);
  }

  /** Set the speeds that people published beside those that are computed. */
  async compare(turn, plan) {
    // Without a network there are none, nor of a model of one's own, whatever it is called.
    const rows = this.own ? [] : await measured(plan).catch(() => []);
    const shown = rows.filter(({ depth, cache_format }) => depth <= plan.context && cache_format === plan.cache_format);
    if (turn !== this.turn || (!shown.length && !this.measured.length)) return;
    this.measured = shown;
    this.redraw();
  }

  /** Read where facts stand, once. */
  async cite() {
    if (this.sources) return;
    this.sources = await sources();
    this.redraw();
  }

  /** Whether every step of the answer is to be told; those of another answer follow where it is. */
  async explain(whether) {
    this.explaining = whether;
    if (whether && this.answer?.plan && !this.steps) await this.tellSteps();
  }

  async tellSteps() {
    const { turn } = this;
    const needed = [explained(asEngineTakes(this.asked)), import("./steps.mjs")];
    const [steps, said] = await Promise.all(needed).catch(() => [null]); // without a network
    if (turn !== this.turn) return;
    this.told = { turn, parts: steps && said.inChinese(steps, (place) => this.placeName(place)) };
    this.redraw();
  }

  /** Every step of the answer; undefined until they are worked out, null where what they need cannot be had. */
  get steps() {
    return this.told?.turn === this.turn ? this.told.parts : undefined;
  }

  /** Take a model's name for what it means: Ollama tags and repositories name a model, and often its format. */
  async name(turn) {
    const { id, format } = await prepare(this.asked.model);
    if (turn === this.turn && id !== this.asked.model) this.asked = { ...this.asked, model: id, format: this.asked.format || (format ?? "") };
  }

  /** Whether the curve has another width now. */
  measure(room) {
    if (!room || room === this.width) return;
    this.width = room;
    if (this.answer) this.redraw();
  }

  get names() {
    const model = this.own?.name ?? this.lists.models.find(({ id }) => id === this.asked.model)?.name ?? this.asked.model;
    return { model, machine: placeNamed(this.asked.machine, this.lists) };
  }

  /** The address of another page of this site. */
  link(page) {
    return new URL(`../../${page}`, import.meta.url).pathname;
  }

  /** A place of a plan, such as rtx-3090#1, as people call it. */
  placeName(place) {
    if (place === "host") return this.asked.machine ? "主机内存" : "总共";
    const [id] = place.split("#");
    const name = this.lists.devices.find((one) => one.id === id)?.name ?? id;
    const alike = this.answer.plan.places.filter((one) => one.name.split("#")[0] === id);
    return alike.length > 1 ? `${name} 第 ${alike.findIndex((one) => one.name === place) + 1} 张` : name;
  }

  /** The machine with so many more of its last card; undefined where it is not of cards. */
  withCards(more) {
    const own = this.fields.own ?? cardsOf(this.asked.machine, this.lists.cards);
    return own && nameOf(with_(own, own.length - 1, own.at(-1)[0] + more));
  }

  redraw() {
    const { answer } = this;
    render(html`<div class="sz-two">
      <div class="sz-side">${this.fields.template()}</div>
      <div class="sz-answer">
        <div class="sz-tools">${copier(() => linkTo(this.address), this.own ? "复制链接（不含这个模型）" : "复制链接")}</div>
        ${answer?.plan ? answered(this) : answer?.refusal ? refused(answer.refusal) : nothing}
      </div>
      ${answer?.plan ? html`<div class="sz-dock" aria-hidden="true">${sign(answer.plan)} <b>${held(answer.plan)}</b>
        ${answer.plan.decode ? html`<span>${units.rounded(answer.plan.decode.value)} tok/s</span>` : nothing}</div>` : nothing}
      <p class="sz-spoken" role="status" aria-live="polite">${this.spoken}</p>
    </div>`, this.box);
    const verdict = this.box.querySelector(".sz-verdict");
    if (verdict) this.sight.observe(verdict);
  }
}

/** Draw the calculator in a box, and answer what the address asks; what is given back stops it. */
export const start = async (box) => {
  const page = new Calculator(box);
  await page.start();
  return () => page.stop();
};
