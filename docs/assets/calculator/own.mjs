// How is a model of one's own asked about? By its config.json, pasted or chosen, or by a GGUF file's header.
import { html, nothing } from "../vendor/lit-html/lit-html.js";
import { readModel, SizingError } from "./asking.mjs";
import * as units from "./units.mjs";

/** The fold that takes it. ``page`` has ``own`` (what was read, or null), ``take(model)`` and ``redraw()``. */
export class OwnModel {
  constructor(page) {
    this.page = page;
    this.text = "";
    this.name = "";
    this.refusal = "";
    this.busy = false;
  }

  /** Read it, and ask about it; what cannot be sized is said in the fold. */
  async read(source) {
    if (this.busy) return;
    Object.assign(this, { busy: true, refusal: "" });
    this.page.redraw();
    try {
      await this.page.takeModel(await readModel(source, this.name.trim() || undefined));
    } catch (error) {
      if (!(error instanceof SizingError)) throw error;
      this.refusal = error.message;
    } finally {
      this.busy = false;
      this.page.redraw();
    }
  }

  files(list) {
    const files = [...list];
    if (files.length) this.read(files);
  }

  template() {
    const { own } = this.page;
    return html`<details class="sz-more sz-own-model" ?open=${own !== null || this.refusal !== ""}
      @dragover=${(e) => e.preventDefault()} @drop=${(e) => { e.preventDefault(); this.files(e.dataTransfer.files); }}>
      <summary>列表里没有？用它的 config.json 或 GGUF</summary>
      <div class="sz-field"><label for="sz-own-file">选文件，或者拖到这里</label>
        <input id="sz-own-file" type="file" multiple accept=".json,.gguf" @change=${(e) => { this.files(e.target.files); e.target.value = ""; }}>
        <small class="sz-hint">只在这个网页里读，不上传；GGUF 只读文件头，分成几片的一起选。</small></div>
      <div class="sz-field"><label for="sz-own-text">或者把 config.json 贴在这里</label>
        <textarea id="sz-own-text" rows="4" spellcheck="false" autocapitalize="off" placeholder="{&quot;model_type&quot;: …}" .value=${this.text}
          @input=${(e) => { this.text = e.target.value; }}
          @paste=${() => setTimeout(() => this.pasted())}></textarea></div>
      <div class="sz-field"><label for="sz-own-name">叫什么（可不填）</label>
        <input id="sz-own-name" type="text" autocomplete="off" placeholder="Qwen/Qwen3-8B" .value=${this.name}
          @input=${(e) => { this.name = e.target.value; }}></div>
      <button type="button" class="sz-button" ?disabled=${this.busy} @click=${() => this.read(this.text)}>${this.busy ? "在读…" : "算这个模型"}</button>
      ${this.refusal ? html`<p class="sz-refused" role="alert">${this.refusal}</p>` : nothing}
      ${own ? html`<p class="sz-hint">${told(own)}</p>` : nothing}
    </details>`;
  }

  /** A whole file that was pasted is read at once. */
  pasted() {
    const field = document.getElementById("sz-own-text");
    this.text = field.value;
    if (this.text.trim().startsWith("{") && this.text.trim().endsWith("}")) this.read(this.text);
  }
}

const told = ({ name, parameters, active }) => {
  const some = active < parameters * 0.9 ? `，激活 ${units.count(active)}` : "";
  return `正在算 ${name}：${units.count(parameters)} 参数${some}。它只在这个网页里，复制的链接里没有它。`;
};
