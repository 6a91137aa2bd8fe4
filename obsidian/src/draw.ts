/** How does an answer stand in a note? A table of facts, one figure, a bar for each memory, a comparison, or commands. */
import type { Block, Value } from "./block";
import type { Answer } from "./answers";
import type { Memory, Place, Plan } from "./engine";
import type { Speech } from "./words";

const PARTS = ["weights", "cache", "buffers", "overhead"] as const;

/** Puts the answers to a block into an element. */
export const draw = (into: HTMLElement, block: Block, answers: Answer[], speech: Speech): void => {
  const [one] = answers;
  if (!one) return;
  if (block.show === "number") into.createSpan({ cls: "llm-sizing-number", text: figure(one, block.value, speech) });
  else if (block.show === "bar") for (const answer of answers) bars(into, answer, speech);
  else if (block.show === "compare") compared(into, answers, speech);
  else if (block.show === "launch") commands(into, one.plan, speech);
  else table(into, one, speech);
};

/** Why a block shows nothing, in one line. */
export const refuse = (into: HTMLElement, line: string): void => {
  into.createDiv({ cls: "llm-sizing-refused", text: line.replace(/\s+/g, " "), attr: { role: "alert" } });
};

/** A figure of a plan as it is written. */
export const figure = ({ plan, offer, vault }: Answer, value: Value, speech: Speech): string => {
  const { words } = speech;
  switch (value) {
    case "memory": return speech.memory(plan.memory.total);
    case "weights": case "cache": case "buffers": case "overhead": return speech.memory(plan.memory[value]);
    case "decode": case "decode_empty": case "prefill": return speech.rate(plan[value]);
    case "first_token": return speech.seconds(plan.time_to_first_token);
    case "longest": return speech.tokens(plan.longest_context);
    case "most": return speech.count(plan.most_sequences);
    case "verdict": return plan.verdict ? words.verdicts[plan.verdict] : words.memoryOnly;
    case "price": return speech.money(offer) + (offer && vault ? ` · ${words.from}` : "");
  }
};

const labels = (speech: Speech): Record<Value, string> => {
  const { words } = speech;
  return {
    memory: words.memory, weights: words.weights, cache: words.cache, buffers: words.buffers, overhead: words.overhead,
    decode: words.decode, decode_empty: words.decode_empty, prefill: words.prefill, first_token: words.first_token,
    longest: words.longest, most: words.most, verdict: words.fits, price: words.price,
  };
};

const row = (body: HTMLElement, head: string, cells: string[]): void => {
  const made = body.createEl("tr");
  made.createEl("th", { text: head, attr: { scope: "row" } });
  for (const text of cells) made.createEl("td", { text });
};

const table = (into: HTMLElement, answer: Answer, speech: Speech): void => {
  const { plan } = answer;
  const body = into.createEl("table", { cls: "llm-sizing-table" }).createEl("tbody");
  const { words } = speech;
  row(body, words.model, [answer.model]);
  if (answer.machine !== null) row(body, words.machine, [answer.machine]);
  row(body, words.format, [plan.format]);
  row(body, words.runtime, [plan.runtime]);
  row(body, words.context, [speech.tokens(plan.context)]);
  if (plan.sequences > 1) row(body, words.sequences, [String(plan.sequences)]);
  const always: Value[] = ["memory", ...PARTS];
  const placed: Value[] = ["verdict", "decode_empty", "decode", "prefill", "first_token", "longest", "price"];
  const names = labels(speech);
  for (const value of answer.machine === null ? always : [...always, ...placed]) {
    row(body, names[value], [figure(answer, value, speech)]);
  }
};

const COMPARED: Value[] = ["verdict", "memory", "decode_empty", "decode", "first_token", "price"];

const compared = (into: HTMLElement, answers: Answer[], speech: Speech): void => {
  const made = into.createEl("table", { cls: "llm-sizing-table" });
  const placed = answers.some(({ machine }) => machine !== null);
  const values: Value[] = placed ? COMPARED : ["memory", "weights", "cache"];
  const { words } = speech;
  const names = labels(speech);
  const head = made.createEl("thead").createEl("tr");
  const heads = [words.model, ...(placed ? [words.machine] : []), words.format, words.context, ...values.map((value) => names[value])];
  for (const text of heads) head.createEl("th", { text, attr: { scope: "col" } });
  const body = made.createEl("tbody");
  for (const answer of answers) {
    const { plan } = answer;
    const cells = [...(placed ? [answer.machine ?? ""] : []), plan.format, speech.tokens(plan.context)];
    row(body, answer.model, [...cells, ...values.map((value) => figure(answer, value, speech))]);
  }
};

/** The devices, and the host where a part of the model lies there or there is nothing else. */
const placesShown = ({ places, verdict }: Plan): Place[] => {
  const devices = places.filter(({ name }) => name !== "host");
  return verdict === "offload" || !devices.length ? [...devices, ...places.filter(({ name }) => name === "host")] : devices;
};

const bars = (into: HTMLElement, answer: Answer, speech: Speech): void => {
  const { plan } = answer;
  const { words } = speech;
  const made = into.createDiv({ cls: "llm-sizing-bars" });
  made.createDiv({ cls: "llm-sizing-head", text: `${answer.model} · ${plan.format} · ${speech.tokens(plan.context)}${answer.machine === null ? "" : ` · ${answer.machine} · ${figure(answer, "verdict", speech)}`}` });
  const places = placesShown(plan);
  if (!places.length) bar(made, "", plan.memory, null, speech);
  for (const { name, memory, capacity } of places) {
    bar(made, name === "host" ? words.host : name.split("#")[0] ?? name, memory, capacity, speech);
  }
};

const bar = (into: HTMLElement, name: string, memory: Memory, capacity: number | null, speech: Speech): void => {
  const widest = Math.max(capacity ?? 0, memory.total) || 1;
  const parts = PARTS.filter((part) => memory[part] > 0);
  const names = labels(speech);
  const told = parts.map((part) => `${names[part]} ${speech.memory(memory[part])}`);
  const all = capacity === null ? speech.memory(memory.total) : `${speech.memory(memory.total)} / ${speech.memory(capacity)}`;
  into.createDiv({ cls: "llm-sizing-place", text: name ? `${name}: ${all}` : all });
  const track = into.createDiv({ cls: "llm-sizing-bar", attr: { role: "img", "aria-label": `${name} ${all}: ${told.join(", ")}` } });
  for (const part of parts) {
    track.createDiv({ cls: `llm-sizing-part llm-sizing-${part}`, attr: { title: `${names[part]} ${speech.memory(memory[part])}` } })
      .setCssProps({ "--llm-sizing-share": `${((100 * memory[part]) / widest).toFixed(3)}%` });
  }
  if (capacity !== null && memory.total > capacity) track.addClass("llm-sizing-over");
  into.createDiv({ cls: "llm-sizing-legend", text: told.join(" · ") });
};

const commands = (into: HTMLElement, plan: Plan, speech: Speech): void => {
  if (!plan.launch?.length) refuse(into, speech.words.not_started);
  for (const { name, steps } of plan.launch?.slice(0, 1) ?? []) {
    into.createDiv({ cls: "llm-sizing-head", text: name });
    for (const { command, step } of steps) {
      if (command !== null && step !== "container") into.createEl("pre").createEl("code", { text: command });
    }
  }
};
