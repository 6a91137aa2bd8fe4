// How does decoding slow as the context fills? A curve with its range, drawn at the width it has, so that words stay words.
import { html, nothing, svg } from "../vendor/lit-html/lit-html.js";
import * as units from "./units.mjs";

const HEIGHT = 220;
const [LEFT, RIGHT, TOP, BOTTOM] = [44, 16, 14, 28];
const TICKS = [1, 2, 5];

/** Round figures up to a highest one, four or so. */
const ticks = (highest) => {
  const rough = highest / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = (TICKS.find((one) => one * power >= rough) ?? 10) * power;
  return Array.from({ length: Math.floor(highest / step) + 1 }, (_, i) => i * step);
};

/** Powers of two and their halves, four or so, up to a longest context. */
const marks = (longest) => {
  const step = 2 ** Math.round(Math.log2(longest / 4));
  return Array.from({ length: Math.floor(longest / step) + 1 }, (_, i) => i * step);
};

/**
 * The curve over ``points``, each a depth with its rate; ``measured`` are speeds that people published, each with its
 * depth, rate, source and the day it was read; ``width`` in pixels.
 */
export const curve = (points, measured, width) => {
  const longest = points.at(-1).depth;
  const highest = Math.max(...points.map(({ rate }) => rate.high), ...measured.map(({ rate }) => rate)) * 1.05;
  const x = (depth) => LEFT + (depth / longest) * (width - LEFT - RIGHT);
  const y = (rate) => HEIGHT - BOTTOM - (rate / highest) * (HEIGHT - TOP - BOTTOM);
  const at = (list) => list.map(([depth, rate]) => `${x(depth).toFixed(1)},${y(rate).toFixed(1)}`).join(" ");
  const upper = points.map(({ depth, rate }) => [depth, rate.high]);
  const lower = points.map(({ depth, rate }) => [depth, rate.low]).reverse();
  const [first, last] = [points[0], points.at(-1)];
  const title = `解码速度随上下文变化：空的时候 ${units.rounded(first.rate.value)} tok/s，写满 ${units.tokens(longest)} 时 ${units.rounded(last.rate.value)} tok/s`;
  return html`<svg class="sz-curve" role="img" width=${width} height=${HEIGHT} viewBox="0 0 ${width} ${HEIGHT}" aria-label=${title}>
    ${ticks(highest).map((rate) => svg`
      <line class="grid" x1=${LEFT} x2=${width - RIGHT} y1=${y(rate)} y2=${y(rate)}></line>
      <text x=${LEFT - 8} y=${y(rate) + 4} text-anchor="end">${units.number(rate, rate % 1 ? 2 : String(rate).length)}</text>`)}
    ${marks(longest).map((depth) => svg`
      <text x=${x(depth)} y=${HEIGHT - 8} text-anchor=${x(depth) > width - 40 ? "end" : "middle"}>${depth ? units.tokens(depth) : "0"}</text>`)}
    <polygon class="range" points=${at([...upper, ...lower])}></polygon>
    <polyline class="rate" points=${at(points.map(({ depth, rate }) => [depth, rate.value]))}></polyline>
    ${measured.map(({ depth, rate, source }) => svg`
      <circle class="measured" cx=${x(depth)} cy=${y(rate)} r="4"><title>${`实测 ${units.rounded(rate)} tok/s，${new URL(source).host}`}</title></circle>`)}
    <circle class="here" cx=${x(last.depth)} cy=${y(last.rate.value)} r="4.5"></circle>
  </svg>
  <details class="sz-data"><summary>看数字</summary><table class="sz-table"><thead><tr><th scope="col">上下文里已有</th><th scope="col">解码（tok/s）</th></tr></thead><tbody>
    ${points.filter((_, i) => i % 4 === 0).map(({ depth, rate }) => html`<tr><td>${units.tokens(depth)}</td><td>${units.rounded(rate.value)} <small>${units.range(rate)}</small></td></tr>`)}
  </tbody></table>${measured.length ? told(measured) : nothing}</details>
  ${measured.length ? html`<p class="sz-note">空心点是别人的实测，${measured.length} 个；他们的软件有新有旧，旧的慢一些。</p>` : nothing}`;
};

/** The measured speeds as a table, from empty to full. */
const told = (measured) => html`<table class="sz-table"><thead><tr><th scope="col">实测时上下文里已有</th><th scope="col">解码（tok/s）</th><th scope="col">出处</th></tr></thead><tbody>
  ${[...measured].sort((a, b) => a.depth - b.depth).map(({ depth, rate, source }) => html`<tr><td>${units.tokens(depth)}</td><td>${units.number(rate)}</td><td><a href=${source} rel="noopener">${new URL(source).host}</a></td></tr>`)}
</tbody></table>`;
