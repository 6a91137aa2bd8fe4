// What can be asked in the calculator? Its form: a model, a machine or parts of one's own, and what else decides.
import { html, nothing } from "../vendor/lit-html/lit-html.js";
import { cardsOf, nameOf, with_, withMore } from "./cards.mjs";
import { Picker } from "./picker.mjs";
import { entry } from "./names.mjs";
import { OwnModel } from "./own.mjs";
import { modelPicker, placeNamed, placePicker } from "./places.mjs";
import { SETTINGS, tokensOf } from "./question.mjs";
import { slider } from "./slider.mjs";
import * as units from "./units.mjs";
import { CACHE_TYPES, RUNTIMES, SPLITS } from "./words.mjs";

const CONTEXTS = [1, 2, 4, 6, 8, 12, 16, 24, 32, 40, 48, 64, 96, 128, 192, 256, 384, 512, 768, 1024].map((k) => k * 1024);
const USERS = [1, 2, 3, 4, 5, 6, 8, 10, 12, 16, 20, 24, 32, 48, 64, 96, 128, 256];
const MEMORIES = [16, 32, 48, 64, 96, 128, 192, 256, 384, 512, 768, 1024];

export class Fields {
  /** ``page`` has ``lists``, ``asked``, ``formats``, ``answer``, ``whole``, ``set(changes)`` and ``redraw()``. */
  constructor(page) {
    this.page = page;
    const redraw = () => page.redraw();
    this.model = modelPicker({
      id: "sz-model", lists: page.lists, redraw, picked: ({ id }) => page.set({ model: id, format: "" }),
    });
    this.ownModel = new OwnModel(page);
    this.machine = placePicker({
      id: "sz-machine", lists: page.lists, redraw, picked: ({ id }) => page.set({ machine: id, ram: "" }),
    });
    this.draft = modelPicker({
      id: "sz-draft", label: "草稿模型", placeholder: "不用", lists: { models: [{ ...entry("", "不用"), detail: "" }, ...page.lists.models] }, redraw,
      picked: ({ id }) => page.set({ draft: id }),
    });
    this.more = new Picker({
      id: "sz-more", label: "再加一种卡", placeholder: "RTX 3090…", redraw, entries: () => page.lists.cards,
      picked: ({ id }) => page.set({ machine: nameOf(withMore(this.own, id)) }),
    });
  }

  /** The cards of the machine that is asked about; undefined where it is one of the catalog's. */
  get own() {
    const { asked, lists } = this.page;
    return lists.machines.some(({ id }) => id === asked.machine) ? undefined : cardsOf(asked.machine, lists.cards);
  }

  /** Whether there is room for all fields beside the answer. */
  get wide() {
    return matchMedia("(min-width: 60em)").matches;
  }

  template() {
    const { asked } = this.page;
    return html`<form class="sz-form" @submit=${(e) => e.preventDefault()} aria-label="算什么">
      ${this.chooseModel()} ${this.chooseFormat()} ${this.chooseMachine()}
      ${this.context()}
      ${this.folded("缓存、人数、框架", this.wide, () => this.others())}
      ${this.folded("更多设置", SETTINGS.some((name) => asked[name] !== ""), () => this.settings())}
    </form>`;
  }

  /** What is folded unless it is to be open; what nobody sees is drawn last. */
  folded(title, open, inside) {
    return html`<details class="sz-more" ?open=${open}><summary>${title}</summary>${open || this.page.whole ? inside() : nothing}</details>`;
  }

  others() {
    return html`${this.choose("cache_format", "KV 缓存的精度", this.caches())}
      ${this.users()}
      ${this.choose("runtime", "推理框架", [["", "自动选"], ...this.page.lists.runtimes.map(({ id, name }) => [id, RUNTIMES[id] ?? name])])}
      ${this.write("measured", "我实测过的解码速度（tok/s）", "可不填", "填了就按它校正其余的速度")}`;
  }

  chooseModel() {
    const { asked, lists, own } = this.page;
    const one = lists.models.find(({ id }) => id === asked.model);
    const most = own ? own.context : one?.model.context;
    const limit = most ? `上下文上限 ${units.tokens(most)}` : "";
    const hint = [own ? "你给的文件" : one?.detail, limit].filter(Boolean).join(" · ");
    return html`${this.model.template(own?.name ?? one?.name ?? asked.model, own || one ? hint : nothing)} ${this.ownModel.template()}`;
  }

  chooseFormat() {
    const { asked, formats, answer } = this.page;
    const automatic = !asked.format && answer?.plan ? `自动：${answer.plan.format}` : "自动选";
    const known = formats.some(([id]) => id === asked.format) || !asked.format ? formats : [[asked.format, asked.format], ...formats];
    return this.choose("format", "格式（量化）", [["", automatic], ...known]);
  }

  chooseMachine() {
    const { asked, lists, places } = this.page;
    const own = this.own;
    const one = places.find(({ id }) => id === asked.machine);
    return html`${this.machine.template(placeNamed(asked.machine, lists), !own && one?.detail ? one.detail : nothing)}
      ${own ? html`<fieldset class="sz-own"><legend>自己拼的机器</legend>
        ${own.map(([times, id], i) => this.card(own, times, id, i))}
        ${this.more.template("")}
        ${this.choose("ram", "主机内存", [["", "64 GB（默认）"], ...MEMORIES.map((size) => [`${size}GB`, `${size} GB`])])}
      </fieldset>` : nothing}`;
  }

  card(own, times, id, i) {
    const name = this.page.lists.cards.find((card) => card.id === id).name;
    const set = (many) => this.page.set({ machine: nameOf(with_(own, i, many)) });
    return html`<div class="sz-card" role="group" aria-label=${name}>
      <span>${name}</span>
      <button type="button" aria-label="少一张 ${name}" @click=${() => set(times - 1)}>−</button>
      <b>${times}</b>
      <button type="button" aria-label="多一张 ${name}" @click=${() => set(times + 1)}>＋</button>
    </div>`;
  }

  context() {
    const { asked, lists, own } = this.page;
    const limit = own ? own.context : lists.models.find(({ id }) => id === asked.model)?.model.context;
    const longest = Math.max(limit ?? 0, tokensOf(asked.context) || 0, 8192);
    const steps = [...new Set([...CONTEXTS.filter((one) => one < longest), longest])];
    const parsed = tokensOf(asked.context);
    return slider({
      id: "sz-context", label: "上下文（每个人，含回答）", steps, value: Number.isNaN(parsed) ? asked.context : units.tokens(parsed), parsed,
      told: (tokens) => (tokens % 1024 ? String(tokens) : `${tokens / 1024}K`),
      set: (context) => this.page.set({ context: String(tokensOf(context) || context) }),
    });
  }

  users() {
    const { asked } = this.page;
    return slider({
      id: "sz-users", label: "同时用的人", steps: USERS, value: asked.sequences, parsed: Number(asked.sequences), told: String,
      set: (sequences) => this.page.set({ sequences }),
    });
  }

  caches() {
    const { answer, lists, asked } = this.page;
    const runtime = lists.runtimes.find(({ id }) => id === (asked.runtime || answer?.plan?.runtime));
    const types = runtime?.caches ?? ["f16"];
    return [...new Set([asked.cache_format, ...types])].map((type) => [type, CACHE_TYPES[type] ?? type]);
  }

  settings() {
    return html`
      ${this.write("in_use", "显存已被占用（GiB）", "1.2", "浏览器、桌面和别的程序；几张卡用逗号隔开")}
      ${this.write("power_limit", "每张卡限功耗（W）", "300")}
      ${this.write("wired_limit", "Mac 的 iogpu.wired_limit_mb", "28672")}
      ${this.choose("split", "几张卡怎么分", [["", "自动"], ...Object.entries(SPLITS)])}
      ${this.write("tensor_split", "各卡的份额（-ts）", "3,1")}
      ${this.write("layers_on_device", "放进显存的层数（-ngl）", "自动")}
      ${this.write("experts_on_host", "专家留在内存的层数（--n-cpu-moe）", "自动")}
      ${this.write("micro_batch", "微批大小（-ub）", "512")}
      ${this.write("slots", "并行槽数（--parallel）", "自动")}
      ${this.write("utilization", "显存占用比例（vLLM）", "0.9")}
      ${this.choose("flash_attention", "Flash Attention", [["", "自动"], ["yes", "开"], ["no", "关"]])}
      ${this.choose("vision", "视觉部分", [["", "按框架默认"], ["yes", "装入"], ["no", "不装"]])}
      ${this.drafting()}`;
  }

  /** What drafts tokens: the model's own layers, or a small model beside it. */
  drafting() {
    const { asked, lists } = this.page;
    const drafts = asked.mtp === "yes" || asked.draft;
    return html`
      ${this.choose("mtp", "多 token 预测层（MTP）", [["", "按框架默认"], ["yes", "装入，用来起草"], ["no", "不装"]])}
      ${this.draft.template(lists.models.find(({ id }) => id === asked.draft)?.name ?? asked.draft, "推测解码：小模型先起草几个 token，大模型一次核对")}
      ${drafts ? html`${this.write("draft_tokens", "一次起草几个 token", "自动")}
        ${this.write("acceptance", "起草被采纳的比例", "0.7", "不填就用别人实测的；填了也要填一次起草几个")}` : nothing}`;
  }

  choose(name, label, options) {
    const { asked } = this.page;
    return html`<div class="sz-field"><label for="sz-${name}">${label}</label>
      <select id="sz-${name}" @change=${(e) => this.page.set({ [name]: e.target.value })}>
        ${options.map(([value, said]) => html`<option value=${value} .selected=${value === asked[name]}>${said}</option>`)}
      </select></div>`;
  }

  write(name, label, placeholder, hint) {
    return html`<div class="sz-field"><label for="sz-${name}">${label}</label>
      <input id="sz-${name}" type="text" inputmode="decimal" autocomplete="off" placeholder=${placeholder} .value=${this.page.asked[name]}
        @input=${(e) => this.page.set({ [name]: e.target.value.trim() })}>
      ${hint ? html`<small class="sz-hint">${hint}</small>` : nothing}</div>`;
  }
}
