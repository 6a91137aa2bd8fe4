// The calculator: a question, and its answer within a frame of each change. The address bar is the question.
import { html, nothing, render } from "../vendor/lit-html/lit-html.js";
import { answered, refused, spoken } from "./answer.mjs";
import { decoding, formats, lists, plan, prepare, SizingError } from "./asking.mjs";
import { cardsOf, nameOf, saidOf, with_ } from "./cards.mjs";
import { copier } from "./copy.mjs";
import { depths } from "./curve.mjs";
import { Fields } from "./fields.mjs";
import { asEngineTakes, fromAddress, mistake, toAddress, UNSAID } from "./question.mjs";
import { sign } from "./verdict.mjs";
import * as units from "./units.mjs";

const FIRST = { model: "qwen3-32b", machine: "rtx-4090" }; // what is shown to who asks nothing yet
const SETTLED = 400; // ms without a change until the address is written and the answer is spoken

class Calculator {
  constructor(box) {
    this.box = box;
    this.asked = { ...UNSAID };
    this.formats = [];
    this.answer = null;
    this.turn = 0;
    this.width = 640;
    this.spoken = "";
  }

  async start() {
    this.lists = await lists();
    this.places = [...this.lists.machines, ...this.lists.cards, ...this.lists.chips];
    this.fields = new Fields(this);
    this.sized = new ResizeObserver(() => this.measure());
    this.sized.observe(this.box);
    this.read = () => this.take(fromAddress(location.search));
    addEventListener("popstate", this.read);
    await this.take(fromAddress(location.search));
  }

  stop() {
    this.sized?.disconnect();
    clearTimeout(this.settling);
    removeEventListener("popstate", this.read);
  }

  /** Take a question from an address; what is shown first where it names neither a model nor a machine. */
  async take(asked) {
    this.asked = asked.model || asked.machine ? { ...asked, model: asked.model || FIRST.model } : { ...asked, ...FIRST };
    await this.ask();
  }

  /** Change the question, and answer it. */
  async set(changes) {
    this.asked = { ...this.asked, ...changes };
    clearTimeout(this.settling);
    this.settling = setTimeout(() => this.settle(), SETTLED);
    await this.ask();
  }

  settle() {
    history.replaceState(history.state, "", location.pathname + toAddress(this.asked));
    this.say();
  }

  say() {
    this.spoken = this.answer ? spoken(this.answer) : "";
    this.redraw();
  }

  async ask() {
    const turn = ++this.turn;
    const wrong = mistake(this.asked);
    try {
      if (wrong) throw new SizingError(wrong);
      await prepare(this.asked.model);
      const taken = asEngineTakes(this.asked);
      const found = await plan(taken);
      const asked = { ...taken, format: found.format };
      const rates = found.decode ? await decoding(asked, depths(found.context)) : [];
      if (turn !== this.turn) return;
      this.formats = formats(this.asked.model);
      this.answer = { plan: found, points: rates.filter(({ rate }) => rate) };
    } catch (error) {
      if (!(error instanceof SizingError)) throw error;
      if (turn !== this.turn) return;
      this.answer = { refusal: error.message };
    }
    this.redraw();
  }

  /** Whether the curve has another width now. */
  measure() {
    const room = this.box.querySelector(".sz-answer")?.clientWidth;
    if (room && room !== this.width) {
      this.width = room;
      this.redraw();
    }
  }

  get names() {
    const one = (list, id) => list.find((x) => x.id === id)?.name ?? id;
    const own = this.fields.own;
    return { model: one(this.lists.models, this.asked.model), machine: own ? saidOf(own, this.lists.cards) : one(this.places, this.asked.machine) };
  }

  /** A place of a plan, such as rtx-3090#1, as people call it. */
  placeName(place) {
    if (place === "host") return this.asked.machine ? "主机内存" : "总共";
    const [id, at] = place.split("#");
    const name = this.places.find((one) => one.id === id)?.name ?? id;
    const several = this.answer.plan.places.filter((one) => one.name !== "host").length > 1;
    return several ? `${name} 第 ${Number(at) + 1} 张` : name;
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
        <div class="sz-tools">${copier(() => location.origin + location.pathname + toAddress(this.asked), "复制链接")}</div>
        ${answer?.plan ? answered(this) : answer?.refusal ? refused(answer.refusal) : nothing}
      </div>
      ${answer?.plan ? html`<div class="sz-dock" aria-hidden="true">${sign(answer.plan)} <b>${units.gib(answer.plan.memory.total)}</b>
        ${answer.plan.decode ? html`<span>${units.rounded(answer.plan.decode.value)} tok/s</span>` : nothing}</div>` : nothing}
      <p class="sz-spoken" role="status" aria-live="polite">${this.spoken}</p>
    </div>`, this.box);
    this.measure();
  }
}

/** Draw the calculator in a box, and answer what the address asks; what is given back stops it. */
export const start = async (box) => {
  const page = new Calculator(box);
  await page.start();
  return () => page.stop();
};
