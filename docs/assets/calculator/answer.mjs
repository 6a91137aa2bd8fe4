// What is the answer? Verdict, memory, speeds, the curve, ways out, how to start it, what it costs, and what it rests on.
import { html, nothing } from "../vendor/lit-html/lit-html.js";
import { bar, legend } from "./bar.mjs";
import { cited } from "./cited.mjs";
import { copier } from "./copy.mjs";
import { curve } from "./curve.mjs";
import { inChinese } from "./notes.mjs";
import { startInChinese } from "./starting.mjs";
import * as units from "./units.mjs";
import { placesShown, sign } from "./verdict.mjs";
import { ASSUMED, CHANGES, COVERS, IDLE, PRICES, REGIONS, RUNTIMES, SETTINGS, SHELLS, SOURCES, SPLITS, STEPS, VERDICT_SENTENCES, VERDICTS } from "./words.mjs";

/** A refusal: the engine's one line. */
export const refused = (line) => html`<p class="sz-refused" role="alert">${line}</p>`;

/**
 * An answer: what it comes to and, unless it is ``brief``, all else. ``page`` has ``answer``, ``names``, ``set(changes)``
 * and ``width``, the room for the curve.
 */
export const shown = (page) => {
  const { plan, brief } = page.answer;
  return html`
    ${head(page, plan)}
    ${memory(page, plan)}
    ${plan.runs === false ? nothing : figures(page, plan)}
    ${brief ? nothing : rest(page, page.answer)}`;
};

const rest = (page, { plan, points }) => html`
  ${ways(page, plan)}
  ${points.length > 1 ? html`<section><h2>速度随上下文</h2>${curve(points, page.measured, page.width)}</section>` : nothing}
  ${launch(page, plan)}
  ${folds(page, plan)}`;

/** What a listener is told when the answer changes. */
export const spoken = ({ plan, refusal }) => {
  if (refusal) return refusal;
  const speed = plan.decode ? `，解码 ${units.rounded(plan.decode.value)} tok/s` : "";
  return `${VERDICTS[plan.verdict ?? "alone"].word}，占 ${units.gib(plan.memory.total)}${speed}`;
};

const head = (page, plan) => html`<div class="sz-verdict">
  ${sign(plan)} <b>${held(plan)}</b>
  <p>${VERDICT_SENTENCES[plan.verdict ?? "alone"]}</p>
  <p class="sz-what">${page.names.model} · ${plan.format} · ${RUNTIMES[plan.runtime] ?? plan.runtime}${plan.machine ? html` · ${page.names.machine}` : nothing}</p>
</div>`;

/** What the one device holds of what it has; of several, what is held in all. */
export const held = (plan) => {
  const [one, ...more] = placesShown(plan);
  return more.length || !one.capacity ? units.gib(plan.memory.total) : `${units.gibs(one.memory.total)} / ${units.gib(one.capacity)}`;
};

const memory = (page, plan) => html`<section class="sz-memory" aria-label="内存">
  ${placesShown(plan).map((place) => html`
    <div class="sz-place"><div class="sz-bar-head"><span>${page.placeName(place.name)}</span>
      <span>${units.gibs(place.memory.total)}${place.capacity ? html` / ${units.gib(place.capacity)}` : " GiB"}</span></div>
      ${bar(place)}</div>`)}
  ${legend(plan.memory)}
</section>`;

const figures = (page, plan) => {
  const many = plan.sequences > 1;
  const each = many ? "每人 " : "";
  return html`<dl class="sz-figures">
    ${figure("解码 · 刚开始", plan.decode_empty, `${each}tok/s`)}
    ${figure(`解码 · 写满 ${units.tokens(plan.context)}`, plan.decode, `${each}tok/s`)}
    ${plan.settings.draft_tokens ? fact("推测解码", `一次 ${plan.settings.draft_tokens} 个`, `采纳 ${units.share(plan.settings.acceptance)}`) : nothing}
    ${many ? figure(`${plan.sequences} 人合计`, plan.throughput, "tok/s") : nothing}
    ${figure("预填充", plan.prefill, "tok/s")}
    ${fact(`读完 ${units.tokens(plan.context)} 的首字延迟`, units.seconds(plan.time_to_first_token))}
    ${plan.longest_context ? fact("最长上下文", units.tokens(plan.longest_context), longer(page, plan)) : nothing}
    ${plan.most_sequences ? fact("同时几人", String(plan.most_sequences), `各 ${units.tokens(plan.context)}`) : nothing}
  </dl>`;
};

const figure = (label, rate, unit) => html`<div><dt>${label}</dt>
  <dd>${rate ? html`<b>${units.rounded(rate.value)}</b> ${unit}<small>${units.range(rate)}</small>` : html`<b>${units.NONE}</b>`}</dd></div>`;

const fact = (label, value, more = nothing) => html`<div><dt>${label}</dt><dd><b>${value}</b>${more === nothing ? nothing : html`<small>${more}</small>`}</dd></div>`;

const longer = (page, plan) => (plan.longest_context > plan.context
  ? html`<button type="button" class="sz-link" @click=${() => page.set({ context: String(plan.longest_context) })}>拉到这里</button>`
  : nothing);

// What a way out changes of the question.
const APPLIED = {
  cache_format: (to) => ({ cache_format: to }),
  format: (to) => ({ format: to }),
  context: (to) => ({ context: String(to) }),
  devices: (to, page) => ({ machine: page.withCards(to) }),
  host_memory: (to) => ({ ram: `${to / 2 ** 30}GB` }),
};

const ways = (page, plan) => {
  const all = (plan.ways_out ?? []).filter(({ change }) => CHANGES[change]);
  return all.length ? html`<section><h2>怎样才放得下</h2><ul class="sz-ways">${all.map((way) => wayOut(page, way))}</ul></section>` : nothing;
};

const wayOut = (page, way) => {
  const changes = APPLIED[way.change](way.to, page);
  const says = html`<b>${CHANGES[way.change](way.to, units.tokens, units.box)}</b>
    <span>${sign(way)} ${units.gib(way.total)}${way.decode ? html`，${units.rounded(way.decode.value)} tok/s` : nothing}</span>`;
  const possible = Object.values(changes).every((value) => value !== undefined);
  return html`<li>${possible ? html`<button type="button" @click=${() => page.set(changes)}>${says}</button>` : html`<div>${says}</div>`}</li>`;
};

const launch = (page, plan) => {
  if (plan.launch === undefined) return html`<section class="sz-awaited"><h2>怎么启动</h2><p class="sz-hint">正在载入…</p></section>`;
  const all = plan.launch ?? [];
  if (!all.length) return nothing;
  const chosen = all.find(({ server }) => server === page.server) ?? all[0];
  return html`<section><h2>怎么启动</h2>
    <div class="sz-tabs" role="group" aria-label="用哪个程序启动">${all.map(({ server, name }) => html`
      <button type="button" aria-pressed=${server === chosen.server} @click=${() => page.serve(server)}>${name}</button>`)}</div>
    <div class="sz-tabs" role="group" aria-label="在哪种命令行里执行">${Object.entries(SHELLS).map(([shell, name]) => html`
      <button type="button" aria-pressed=${shell === page.starting.shell} @click=${() => page.startBy({ shell })}>${name}</button>`)}</div>
    <div class="sz-tabs" role="group" aria-label="从哪里下载权重">${Object.entries(SOURCES).map(([source, name]) => html`
      <button type="button" aria-pressed=${source === page.starting.source} @click=${() => page.startBy({ source })}>${name}</button>`)}</div>
    ${chosen.exact ? nothing : html`<p class="sz-hint">它说不出这里算的全部：${chosen.differs.map(startInChinese).join("；")}</p>`}
    ${chosen.notes.map((note) => html`<p class="sz-hint">${startInChinese(note)}</p>`)}
    ${chosen.steps.filter(({ step }) => step !== "container").map(step)}
    ${contained(chosen.steps.filter(({ step }) => step === "container"))}</section>`;
};

const contained = (steps) => (steps.length ? html`<details class="sz-fold"><summary>用容器启动</summary>${steps.map(step)}</details>` : nothing);

const step = ({ step, where, command, note }) => html`<figure class="sz-command">
  <figcaption><span>${STEPS[step] ?? step}${where === "here" ? nothing : html` · ${where}`}</span>${command ? copier(command) : nothing}</figcaption>
  ${command ? html`<pre><code>${command}</code></pre>` : nothing}${note ? html`<small class="sz-hint">${startInChinese(note)}</small>` : nothing}</figure>`;

const folds = (page, plan) => html`
  ${fold("为什么", page.why ? page.why(page, plan) : html`<p class="sz-hint">正在载入…</p>`, () => page.cite())}
  ${fold("花多少钱", cost(plan))}
  ${fold("这里假定了什么", rests(plan))}
  ${fold("运行参数", settings(plan))}`;

const fold = (title, inside, opened) => (inside === nothing ? nothing : html`<details class="sz-fold" @toggle=${(e) => { if (e.target.open) opened?.(); }}><summary>${title}</summary>${inside}</details>`);

const cost = ({ offer }) => {
  if (!offer) return nothing;
  const about = [REGIONS[offer.region] ?? offer.region, PRICES[offer.kind], COVERS[offer.covers], offer.date, offer.stale ? "旧价" : ""];
  return html`<p><b>${units.money(offer)}</b> <small>${about.filter(Boolean).join("，")}</small></p>
    <p>${cited(offer.sources ?? [offer.source])}</p>`;
};

const rests = (plan) => {
  const lines = [
    ...(plan.beyond_limit ? ["上下文超过了模型的上限。"] : []),
    ...plan.assumed.map((name) => ASSUMED[name] ?? name),
    ...plan.no_effect.map((name) => `“${SETTINGS[name] ?? name}”在这里不起作用：${IDLE[name]}。`),
    ...(plan.unknown.length ? [`厂商没有公布：${plan.unknown.join("、")}；相关的速度算不出来。`] : []),
    ...(plan.remarks ?? []).map(inChinese),
  ];
  return lines.length ? html`<ul>${lines.map((line) => html`<li>${line}</li>`)}</ul>` : nothing;
};

const settings = (plan) => {
  const alone = placesShown(plan).length === 1;
  const all = Object.entries(plan.settings).filter(([name, value]) => value !== null && !(alone && name === "split"));
  return all.length ? html`<dl class="sz-settings">${all.map(([name, value]) => html`<dt title=${name}>${SETTINGS[name] ?? name}</dt><dd>${set(name, value)}</dd>`)}</dl>` : nothing;
};

const BYTES = ["in_use", "wired_limit"];
const SHARES = ["acceptance", "utilization"];

/** A setting's value, as people write it. */
const set = (name, value) => {
  if (Array.isArray(value)) return value.map((one) => set(name, one)).join("、");
  if (value === true || value === false) return value ? "是" : "否";
  if (BYTES.includes(name)) return units.gib(value);
  if (SHARES.includes(name)) return units.share(value);
  return name === "split" ? SPLITS[value] ?? value : String(value);
};
