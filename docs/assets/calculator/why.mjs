// How do the numbers come about? In words, each with the pages that its facts were read on.
import { html, nothing } from "../vendor/lit-html/lit-html.js";
import { cited } from "./cited.mjs";
import { stepByStep } from "./explained.mjs";
import * as units from "./units.mjs";
import { RUNTIMES } from "./words.mjs";

/**
 * The lines of a plan, and below them every step; ``page`` has ``names``, ``link(page)``, ``lists``, ``explain(whether)``
 * and, once they are read, ``sources`` and ``steps``.
 */
export const why = (page, plan) => {
  const { memory, runtime } = plan;
  const from = page.sources;
  const program = RUNTIMES[runtime] ?? runtime;
  return html`<ol class="sz-why">
    <li><b>权重 ${units.gib(memory.weights)}</b>：${page.names.model} 的每个张量按 ${plan.format} 存放，逐个相加；<a href=${page.link("data/formats/")}>格式</a>一页有各种量化的位数和损失。
      ${cited(from?.models[plan.model], from?.formats[plan.format])}</li>
    <li><b>KV 缓存 ${units.gib(memory.cache)}</b>：${plan.sequences > 1 ? `${plan.sequences} 人，每人 ` : ""}${units.tokens(plan.context)} 上下文，精度 ${plan.cache_format}；层数和注意力决定每个 token 多少${page.own ? "。" : html`，<a href=${page.link(`models/${plan.model}/`)}>${page.names.model}</a> 一页列出。`}
      ${cited(from?.models[plan.model])}</li>
    <li><b>缓冲区 ${units.gib(memory.buffers)}</b>：${program} 计算时的中间结果，按它的批大小算。 ${cited(from?.runtimes[runtime])}</li>
    ${memory.overhead ? html`<li><b>驱动与框架 ${units.gib(memory.overhead)}</b>：启动后还没装模型时就占去的，按实测。 ${cited(from?.runtimes[runtime])}</li>` : nothing}
    ${devicesOf(page, plan).map((one) => device(page, plan, one))}
    ${speed(page, plan)}
  </ol>
  <details class="sz-fold sz-each" @toggle=${(e) => page.explain(e.target.open)}><summary>每一步怎么算的</summary>${stepByStep(page.steps)}</details>`;
};

/** The devices of a plan, one of each kind, with its place. */
const devicesOf = (page, plan) => {
  const found = new Map();
  for (const place of plan.places) {
    const one = page.lists.devices.find(({ id }) => id === place.name.split("#")[0]);
    if (one && !found.has(one.id)) found.set(one.id, { one, place });
  }
  return [...found.values()];
};

const device = (page, plan, { one, place }) => {
  const own = page.sources?.devices[one.id];
  const box = one.memory.length === 1 ? `标称 ${units.box(one.memory[0])}，` : "";
  return html`<li><b><a href=${page.link(`devices/${one.id}/`)}>${one.name}</a></b>：${box}系统和驱动留下一些，程序拿得到 ${units.gib(place.capacity)}${place.room && place.room < place.capacity ? `；推理框架再留些余量，放得下 ${units.gib(place.room)}` : ""}，这里用了 ${units.gib(place.memory.total)}。 ${cited(own?.memory)}
    ${one.bandwidth && plan.runs !== false ? html`带宽 ${units.bandwidth(one.bandwidth)}，决定解码有多快。 ${cited(own?.bandwidth)}` : nothing}</li>`;
};

const speed = (page, plan) => {
  if (!plan.decode || !plan.decode_empty) return nothing;
  const many = page.measured?.length;
  return html`<li><b>速度</b>：每生成一个 token，要把用到的权重和已有的缓存读一遍，所以上下文越满越慢：空的时候 ${units.rate(plan.decode_empty)}，写满 ${units.rate(plan.decode)}。${
    many ? `这台机器跑这个模型，有 ${many} 条别人的实测。` : "这台机器跑这个模型还没有人测过，区间来自别的机器和模型。"}<a href=${page.link("method/")}>方法</a>一页有误差。
    ${cited(page.measured?.map(({ source }) => source))}</li>`;
};
