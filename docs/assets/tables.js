// Every table of three rows or more sorts by a click on its head, after each instant navigation too.
(() => {
  const SCALE = { K: 1e3, M: 1e6, G: 1e9, B: 1e9, T: 1e12 };
  const MEASURE = /^[^\d\p{L}]*?(-?\d[\d,]*(?:\.\d+)?)\s*([KMGBT](?![a-z]{2}))?/u;
  const DATE = /^\d{4}-\d\d/;

  // The first figure of a cell, by its unit's prefix: "1,008 GB/s" is 1.008e12. Text has none.
  const figure = (text) => {
    const found = DATE.test(text) ? null : text.trim().match(MEASURE);
    return found ? Number(found[1].replaceAll(",", "")) * (SCALE[found[2]] ?? 1) : NaN;
  };

  // A cell may hold its sort key in an element inside it, since Markdown cannot put one on the cell.
  const liftKeys = (table) => {
    for (const key of table.querySelectorAll("td [data-sort]")) {
      key.closest("td").dataset.sort = key.dataset.sort;
    }
  };

  // A column is sorted by figures when most of its cells begin with one: 未公开 here and there does not matter.
  const chooseMethods = (table) => {
    [...table.tHead.rows[0].cells].forEach((head, column) => {
      const texts = [...table.tBodies[0].rows]
        .map((row) => row.cells[column])
        .filter(Boolean)
        .map((cell) => cell.dataset.sort ?? cell.textContent);
      const figures = texts.filter((text) => !Number.isNaN(figure(text))).length;
      head.dataset.sortMethod ??= figures * 2 > texts.length ? "figure" : "text";
    });
  };

  // Tablesort's ascending order is the reverse of what a sort function says; cells without a figure come first in it.
  const byFigure = (a, b) => {
    const [x, y] = [figure(a), figure(b)].map((n) => (Number.isNaN(n) ? -Infinity : n));
    return x === y ? 0 : y - x;
  };
  Tablesort.extend("figure", () => false, byFigure);
  Tablesort.extend("text", () => false, (a, b) => b.trim().localeCompare(a.trim(), "zh"));

  document$.subscribe(() => {
    for (const table of document.querySelectorAll("article table:not([class])")) {
      if (!table.tHead || !table.tBodies[0] || table.tBodies[0].rows.length < 3) continue;
      liftKeys(table);
      chooseMethods(table);
      new Tablesort(table);
    }
  });
})();
