// Tables sort by a click on a head; those of many rows are also filtered, and drawn a page at a time from a file.
const SCALE = { K: 1e3, M: 1e6, G: 1e9, B: 1e9, T: 1e12 };
const MEASURE = /^[^\d\p{L}]*?(-?\d[\d,]*(?:\.\d+)?)\s*([KMGBT](?![a-z]{2}))?/u;
const DATE = /^\d{4}-\d\d/;
// How clicks on a head turn: figures show the largest first, words the first of the alphabet.
const TURNS = { figures: ["descending", "ascending", "none"], words: ["ascending", "descending", "none"] };
const byText = new Intl.Collator("zh", { numeric: true }).compare;

// The first figure of a text with its unit's prefix: "1,008 GB/s" is 1,008 and G. Text and dates have none.
const measure = (text) => {
  const found = DATE.test(text) ? null : text.trim().match(MEASURE);
  return found ? { value: Number(found[1].replaceAll(",", "")), prefix: found[2] ?? "" } : null;
};

const figure = (text, prefix = "") => {
  const found = measure(text);
  return found ? found.value * (SCALE[found.prefix || prefix] ?? 1) : NaN;
};

// What a reader sees of a cell at once; a cell may hold its sort key in an element inside it.
const seen = (cell) => {
  const key = cell.querySelector("[data-sort]");
  if (key) return key.dataset.sort;
  const copy = cell.cloneNode(true);
  for (const hidden of copy.querySelectorAll("[popover], .copy, .sources, .unfold")) hidden.remove();
  return copy.textContent.trim();
};

const plain = (text) => text.toLowerCase().replace(/[\s\-_]+/g, "");

// A table that its frame holds whole needs no scrolling, so its head can stick to the window.
const widths = new ResizeObserver((entries) => {
  for (const { target } of entries) target.classList.toggle("whole", target.scrollWidth <= target.clientWidth);
});

class Row {
  constructor(element) {
    this.element = element;
  }

  get texts() {
    return (this.kept ??= [...this.element.cells].map(seen));
  }

  get words() {
    return (this.joined ??= plain(`${this.texts.join("|")}|${this.element.querySelector(".copy")?.dataset.clipboardText ?? ""}`));
  }
}

class Table {
  constructor(frame) {
    this.frame = frame;
    this.table = frame.querySelector("table");
    this.body = this.table.tBodies[0];
    this.rows = [...this.body.rows].map((element) => new Row(element));
    this.size = Number(frame.dataset.page) || Infinity;
    this.page = 0;
    this.order = { column: 0, way: "none" };
    this.whole = !frame.dataset.rows;
    this.heads();
    if (!this.whole) this.tools();
    this.folds();
    widths.observe(frame);
  }

  // All rows, those in the file too, which is asked for once, when somebody needs them.
  async load() {
    this.loading ??= this.whole ? null : this.fetched();
    await this.loading;
  }

  async fetched() {
    const answer = await fetch(this.frame.dataset.rows);
    const template = document.createElement("template");
    template.innerHTML = (await answer.json()).join("");
    this.rows.push(...[...template.content.children].map((element) => new Row(document.adoptNode(element))));
    this.whole = true;
  }

  heads() {
    if (this.rows.length < 3) return;
    [...this.table.tHead.rows[0].cells].forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", async () => {
        await this.load();
        const turns = TURNS[this.isFigures(column) ? "figures" : "words"];
        const way = this.order.column === column ? this.order.way : "none";
        this.order = { column, way: turns[(turns.indexOf(way) + 1) % turns.length] };
        this.page = 0;
        this.draw();
      });
    });
  }

  tools() {
    const form = this.frame.querySelector(".table-tools");
    form.addEventListener("input", async () => {
      await this.load();
      this.page = 0;
      this.draw();
    });
    this.frame.querySelector(".pager").addEventListener("click", async ({ target }) => {
      const step = Number(target.closest("button")?.dataset.step);
      if (!step) return;
      await this.load();
      this.page += step;
      this.draw();
      if (this.frame.getBoundingClientRect().top < 0) this.frame.scrollIntoView();
    });
  }

  // A phone's card hides all but a few facts behind a button of its own.
  folds() {
    this.body.addEventListener("click", ({ target }) => {
      const button = target.closest(".unfold");
      if (button) button.setAttribute("aria-expanded", button.closest("tr").classList.toggle("open"));
    });
    this.foldable();
  }

  foldable() {
    for (const { cells } of this.body.querySelectorAll("tr.folds")) {
      if (cells[0].querySelector(".unfold")) continue;
      const button = document.createElement("button");
      button.type = "button";
      button.className = "unfold";
      button.ariaLabel = "其余各项";
      button.ariaExpanded = "false";
      cells[0].append(button);
    }
  }

  // A column is sorted by figures when most of its cells begin with one: 未公布 here and there does not matter.
  isFigures(column) {
    this.figures ??= {};
    return (this.figures[column] ??=
      this.rows.filter(({ texts }) => measure(texts[column] ?? "")).length * 2 > this.rows.length);
  }

  // The prefix that most cells of a column have, for a bound that is typed without one.
  prefix(column) {
    const counts = {};
    for (const { texts } of this.rows) {
      const { prefix = "" } = measure(texts[column] ?? "") ?? {};
      counts[prefix] = (counts[prefix] ?? 0) + 1;
    }
    return Object.entries(counts).sort((a, b) => b[1] - a[1])[0]?.[0] ?? "";
  }

  filtered() {
    const form = this.frame.querySelector(".table-tools");
    if (!form) return this.rows;
    const words = form.querySelector("[type=search]").value.split(/\s+/).map(plain).filter(Boolean);
    const choices = [...form.querySelectorAll("select")].filter(({ value }) => value);
    const bounds = [...form.querySelectorAll("[data-end]")]
      .filter(({ value }) => measure(value))
      .map(({ value, dataset: { column, end } }) => ({ column, end, bound: figure(value, this.prefix(column)) }));
    return this.rows.filter(
      (row) =>
        words.every((word) => row.words.includes(word)) &&
        choices.every(({ value, dataset: { column } }) => row.texts[column] === value) &&
        bounds.every(({ column, end, bound }) =>
          end === "low" ? figure(row.texts[column]) >= bound : figure(row.texts[column]) <= bound,
        ),
    );
  }

  sorted(rows) {
    const { column, way } = this.order;
    if (way === "none") return rows;
    const sign = way === "ascending" ? 1 : -1;
    if (!this.isFigures(column)) {
      return rows.toSorted((a, b) => sign * byText(a.texts[column] ?? "", b.texts[column] ?? ""));
    }
    // What has no figure comes last, either way.
    const values = new Map(rows.map((row) => [row, figure(row.texts[column] ?? "")]));
    const known = rows.filter((row) => !Number.isNaN(values.get(row)));
    const unknown = rows.filter((row) => Number.isNaN(values.get(row)));
    return [...known.toSorted((a, b) => sign * (values.get(a) - values.get(b))), ...unknown];
  }

  draw() {
    const rows = this.sorted(this.filtered());
    const pages = Math.max(1, Math.ceil(rows.length / this.size));
    this.page = Math.min(Math.max(this.page, 0), pages - 1);
    const first = this.size === Infinity ? 0 : this.page * this.size;
    this.body.replaceChildren(...rows.slice(first, first + this.size).map(({ element }) => element));
    [...this.table.tHead.rows[0].cells].forEach((head, column) => {
      if (column === this.order.column && this.order.way !== "none") head.ariaSort = this.order.way;
      else head.removeAttribute("aria-sort");
    });
    this.foldable();
    const pager = this.frame.querySelector(".pager");
    if (!pager) return;
    pager.querySelector("output").value = `第 ${this.page + 1}／${pages} 页，共 ${rows.length} 行`;
    pager.querySelector("[data-step='-1']").disabled = this.page === 0;
    pager.querySelector("[data-step='1']").disabled = this.page === pages - 1;
  }

  // On paper all rows stand, where they are here.
  print(all) {
    if (!this.whole || this.size === Infinity) return;
    const { size, page } = this;
    if (all) [this.size, this.page] = [this.rows.length, 0];
    this.frame.classList.toggle("every", all);
    this.draw();
    [this.size, this.page] = [size, page];
  }

  // Turn to the page of the row that an address names.
  async show(id) {
    const holds = ({ element }) => element.id === id || element.querySelector(`[id="${CSS.escape(id)}"]`);
    await this.load();
    const at = this.sorted(this.filtered()).findIndex(holds);
    if (at < 0) return false;
    this.page = Math.floor(at / this.size);
    this.draw();
    return true;
  }
}

// A page of many tables is read before most of them are used: each is made ready when it is about to be seen.
const tables = new Map();
const ready = (frame) => {
  nearby.unobserve(frame);
  if (!tables.has(frame)) tables.set(frame, new Table(frame));
  return tables.get(frame);
};
const nearby = new IntersectionObserver(
  (entries) => entries.filter((entry) => entry.isIntersecting).forEach(({ target }) => ready(target)),
  { rootMargin: "50% 0px" },
);

const toTarget = async () => {
  const id = decodeURIComponent(location.hash.slice(1));
  if (!id || document.getElementById(id)) return;
  for (const frame of document.querySelectorAll("article .table.paged")) {
    if (await ready(frame).show(id)) {
      location.replace(`#${encodeURIComponent(id)}`); // now that it is there, the browser goes and marks it
      return;
    }
  }
};

document$.subscribe(() => {
  tables.clear();
  for (const frame of document.querySelectorAll("article .table")) nearby.observe(frame);
  toTarget();
});
addEventListener("hashchange", toTarget);
for (const [event, all] of [["beforeprint", true], ["afterprint", false]]) {
  addEventListener(event, () => tables.forEach((table) => table.print(all)));
}
