// How is one of many entries picked by typing a part of its name? A combobox with a list, as ARIA's practices say.
import { html, nothing } from "../vendor/lit-html/lit-html.js";
import { figures, found, nearly } from "./names.mjs";

const MOST = 40; // entries that are listed at once

export class Picker {
  /**
   * ``id`` is unique on its page. ``entries()`` gives what there is (names.entry), ``picked(entry)`` is told of a choice,
   * ``redraw()`` draws the page anew. ``asTyped(text)`` gives the entries that may be meant by what is typed: one stands
   * first, several stand where nothing is found. Each of ``said`` says it as names are written, for where it is found in
   * none before; ``none`` is told where it is found in none at all.
   */
  constructor({ id, label, placeholder, entries, picked, redraw, asTyped = () => [], said = [], none = "没有这个名字" }) {
    Object.assign(this, { id, label, placeholder, entries, picked, redraw, asTyped, said, none });
    this.typed = null; // null: closed
    this.active = 0;
  }

  get list() {
    if (this.typed === null) return [];
    const [all, meant] = [this.entries(), this.typed ? this.asTyped(this.typed) : []];
    const listed = this.found(all);
    if (meant.length === 1) return [...meant, ...listed.filter(({ id }) => id !== meant[0].id)];
    return [listed, meant].find((near) => near.length) ?? nearly(all, this.typed);
  }

  /** The entries that what is typed is found in, as it stands or, where in none, as it may be said. */
  found(all) {
    if (!this.typed) return all;
    for (const said of [(text) => text, ...this.said, figures]) {
      const text = said(this.typed);
      const near = /[\p{L}\p{N}]/u.test(text) ? found(all, text) : [];
      if (near.length) return near;
    }
    return [];
  }

  open() {
    this.typed = "";
    this.active = 0;
    this.redraw();
  }

  close() {
    if (this.typed === null) return;
    this.typed = null;
    this.redraw();
  }

  type(text) {
    this.typed = text;
    this.active = 0;
    this.redraw();
  }

  take(one) {
    this.typed = null;
    this.picked(one);
  }

  key(event) {
    const list = this.list.slice(0, MOST);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      if (this.typed === null) return this.open();
      this.active = Math.max(0, Math.min(list.length - 1, this.active + step));
      this.redraw();
      document.getElementById(`${this.id}-${this.active}`)?.scrollIntoView({ block: "nearest" });
    } else if (event.key === "Enter" && this.typed !== null) {
      event.preventDefault();
      if (list[this.active]) this.take(list[this.active]);
    } else if (event.key === "Escape" && this.typed !== null) {
      event.stopPropagation();
      this.close();
    }
  }

  /** The field with its list; ``value`` is what stands in it while nothing is typed, ``hint`` a line below it. */
  template(value, hint = nothing) {
    const list = this.list;
    const shown = list.slice(0, MOST);
    const open = this.typed !== null;
    return html`
      <div class="sz-field sz-picker">
        <label for=${this.id}>${this.label}</label>
        <input id=${this.id} type="text" role="combobox" autocomplete="off" autocapitalize="off" spellcheck="false"
          aria-autocomplete="list" aria-expanded=${open} aria-controls="${this.id}-list"
          aria-activedescendant=${open && shown.length ? `${this.id}-${this.active}` : nothing}
          placeholder=${this.placeholder} .value=${open && this.typed !== "" ? this.typed : value}
          @focus=${(e) => { e.target.select(); }} @click=${() => { if (this.typed === null) this.open(); }}
          @input=${(e) => this.type(e.target.value)} @keydown=${(e) => this.key(e)} @blur=${() => this.close()}>
        <ul class="sz-list" id="${this.id}-list" role="listbox" aria-label=${this.label} ?hidden=${!open}>
          ${shown.map((one, i) => this.option(one, i))}
          ${open && !shown.length ? html`<li class="sz-none">${this.none}</li>` : nothing}
          ${list.length > MOST ? html`<li class="sz-none" aria-hidden="true">还有 ${list.length - MOST} 个，继续输入</li>` : nothing}
        </ul>
        ${hint === nothing ? nothing : html`<small class="sz-hint">${hint}</small>`}
      </div>`;
  }

  option(one, i) {
    return html`<li id="${this.id}-${i}" role="option" aria-selected=${i === this.active}
      @mousedown=${(e) => { e.preventDefault(); this.take(one); }}>
      <span>${one.name}</span>${one.detail ? html`<small>${one.detail}</small>` : nothing}</li>`;
  }
}
