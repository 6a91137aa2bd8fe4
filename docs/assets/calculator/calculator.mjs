// The calculator: a question, and its answer within a frame of each change. The address bar is the question.
import { html, nothing, render } from "../vendor/lit-html/lit-html.js";
import { followed, linkTo } from "./address.mjs";
import { held, refused, shown, spoken } from "./answer.mjs";
import { answered, explained, lists, measured, SizingError, sources } from "./asking.mjs";
import { breathe } from "./breathe.mjs";
import { cardsOf, nameOf, with_ } from "./cards.mjs";
import { copier } from "./copy.mjs";
import { Fields } from "./fields.mjs";
import { placeNamed, placesOf } from "./places.mjs";
import { asEngineTakes, fromAddress, mistake, toAddress, UNSAID } from "./question.mjs";
import { sign } from "./verdict.mjs";
import * as units from "./units.mjs";

const NEAR = "600px 0px"; // of the window: what is so near is worked out before a reader comes to it

class Calculator {
  constructor(box) {
    this.box = box;
    this.asked = { ...UNSAID };
    this.formats = [];
    this.answer = null;
    this.whole = false; // whether what is folded in the form is drawn too, which is last
    this.read = null; // the model of one's own that was read last
    this.turn = 0;
    this.width = 640;
    this.spoken = "";
    this.measured = [];
    this.starts = false; // whether it is told how a plan is started
    this.starting = { shell: navigator.userAgent.includes("Windows") ? "powershell" : "sh", source: "huggingface" };
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
    // How a plan is started is worked out once its place comes near: what tells it is a tenth of all that the page loads.
    this.near = new IntersectionObserver((seen) => {
      const awaited = this.answer?.plan && this.answer.plan.launch === undefined;
      if (awaited && seen.some(({ isIntersecting }) => isIntersecting)) this.startBy({});
    }, { rootMargin: NEAR });
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
    this.near?.disconnect();
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

  /** Show how it is started otherwise: in another shell, with weights of another source. */
  async startBy(changes) {
    const chosen = { ...this.starting, ...changes };
    this.starting = chosen;
    this.starts = true;
    const { turn } = this;
    const { plan } = await answered(asEngineTakes(this.asked), chosen);
    if (turn !== this.turn || chosen !== this.starting || !this.answer.plan) return;
    this.answer = { ...this.answer, plan };
    this.redraw();
  }

  /** Tell who listens what the answer is. */
  say() {
    this.spoken = this.answer ? spoken(this.answer) : "";
    this.redraw();
    if (this.explaining && this.answer?.plan && !this.steps) this.tellSteps();
  }

  async ask() {
    const turn = ++this.turn;
    try {
      const wrong = mistake(this.asked);
      if (wrong) throw new SizingError(wrong);
      const found = await answered(asEngineTakes(this.asked), this.starts ? this.starting : null);
      if (turn !== this.turn) return;
      this.name(found);
      const { plan, points, refusal } = found;
      if (plan && !this.answer) { // what stands first is drawn first
        this.answer = { plan, brief: true };
        this.redraw();
        await breathe();
        if (turn !== this.turn) return;
      }
      this.answer = plan ? { plan, points } : { refusal };
    } catch (error) {
      if (!(error instanceof SizingError)) throw error;
      if (turn !== this.turn) return;
      this.answer = { refusal: error.message };
    }
    this.redraw();
    if (!this.whole) await this.unfold();
    if (this.answer.plan) await this.compare(turn, this.answer.plan);
  }

  async unfold() {
    await breathe();
    this.whole = true;
    this.redraw();
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

  /** Read how an answer is told, and where facts stand, once. */
  async cite() {
    if (!this.why) Object.assign(this, await import("./why.mjs"));
    this.redraw();
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
    const places = ["host", ...this.answer.plan.places.map(({ name }) => name)];
    const called = Object.fromEntries(places.map((place) => [place, this.placeName(place)]));
    const parts = await explained(asEngineTakes(this.asked), called).catch(() => null); // without a network
    if (turn !== this.turn) return;
    this.told = { turn, parts };
    this.redraw();
  }

  /** Every step of the answer; undefined until they are worked out, null where what they need cannot be had. */
  get steps() {
    return this.told?.turn === this.turn ? this.told.parts : undefined;
  }

  /** Take what was found of the model's name: Ollama tags and repositories name a model, and often its format. */
  name({ model, format, formats }) {
    if (model !== this.asked.model) this.asked = { ...this.asked, model, format: this.asked.format || (format ?? "") };
    this.formats = formats;
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
        ${answer?.plan ? shown(this) : answer?.refusal ? refused(answer.refusal) : nothing}
      </div>
      ${answer?.plan ? html`<div class="sz-dock" aria-hidden="true">${sign(answer.plan)} <b>${held(answer.plan)}</b>
        ${answer.plan.decode ? html`<span>${units.rounded(answer.plan.decode.value)} tok/s</span>` : nothing}</div>` : nothing}
      <p class="sz-spoken" role="status" aria-live="polite">${this.spoken}</p>
    </div>`, this.box);
    const verdict = this.box.querySelector(".sz-verdict");
    if (verdict) this.sight.observe(verdict);
    const awaited = this.box.querySelector(".sz-awaited");
    if (awaited) this.near.observe(awaited);
  }
}

/** Draw the calculator in a box, and answer what the address asks; what is given back stops it. */
export const start = async (box) => {
  const page = new Calculator(box);
  await page.start();
  return () => page.stop();
};
