// What is asked? The fields of a question, as they stand in an address, and as the engine takes them.
//
// An address has the engine's own words (model, machine, format, context, cache_format, …), so that a link says what it
// asks: ?model=qwen3-32b&machine=2x-rtx-3090&context=100000

const GIB = 2 ** 30;
const MIB = 2 ** 20;

/** What is asked where nothing is said. Text throughout, as it stands in fields; "" is left to the engine. */
export const UNSAID = Object.freeze({
  model: "", machine: "", ram: "", format: "", context: "8192", cache_format: "f16", sequences: "1", runtime: "",
  measured: "", in_use: "", power_limit: "", wired_limit: "", split: "", layers_on_device: "", experts_on_host: "",
  tensor_split: "", micro_batch: "", utilization: "", slots: "", flash_attention: "", vision: "", mtp: "",
  draft: "", draft_tokens: "", acceptance: "",
});

/** Fields that stand under 更多设置. */
export const SETTINGS = Object.freeze([
  "in_use", "power_limit", "wired_limit", "split", "layers_on_device", "experts_on_host", "tensor_split", "micro_batch",
  "utilization", "slots", "flash_attention", "vision", "mtp", "draft", "draft_tokens", "acceptance",
]);

const TOKENS = { k: 1024, m: 2 ** 20, 千: 1e3, 万: 1e4 };

/** 8192, 8K, 128K, 10 万 or 10 万字, of which each is a token at most; NaN for what is no number of tokens. */
export const tokensOf = (text) => {
  const said = /^(\d+(?:\.\d+)?)\s*([km千万])?\s*(?:字|个?\s*tokens?)?$/i.exec(text.trim().replace(/[,，]/g, ""));
  return said ? Math.round(Number(said[1]) * (TOKENS[said[2]?.toLowerCase()] ?? 1)) : NaN;
};

/** What an address says, its pluses taken as pluses: they join cards. */
export const parameters = (search) => new URLSearchParams((search ?? "").replaceAll("+", "%2B"));

/** As it stands in an address, with pluses and commas left readable. */
export const readable = (query) => query.replaceAll("+", "%20").replaceAll("%2B", "+").replaceAll("%2C", ",");

/** The question that an address asks, over what is asked where it says nothing. */
export const fromAddress = (search, unsaid = UNSAID) => {
  const said = parameters(search);
  return Object.fromEntries(Object.entries(unsaid).map(([name, value]) => [name, said.get(name) ?? value]));
};

/** The part of an address that asks this question: what is not as it would be unsaid. */
export const toAddress = (asked, unsaid = UNSAID) => {
  const said = Object.entries(asked).filter(([name, value]) => name in unsaid && value !== unsaid[name]);
  const query = readable(new URLSearchParams(said).toString());
  return query ? `?${query}` : "";
};

const whole = (text) => (text === "" ? undefined : Number(text));
const numbers = (text) => (text === "" ? undefined : text.split(/[,，]/).map(Number));
const sizes = (text, unit) => numbers(text)?.map((size) => Math.round(size * unit));
// A draft model, and after a colon its format if one is said: qwen3-0.6b:Q8_0. Names of Ollama's have colons too.
const drafter = (text) => {
  if (text === "") return undefined;
  const [, model, format] = /^(.+?)(?::([A-Z][A-Za-z0-9_-]*))?$/.exec(text);
  return { model, format };
};
const yes = (text) => (text === "" ? undefined : text === "yes");

/** The question as the engine takes it: numbers, bytes, and nothing for what is unsaid. */
export const asEngineTakes = (asked) => {
  const taken = {
    model: asked.model,
    machine: asked.machine || undefined,
    ram: asked.ram || undefined,
    format: asked.format || undefined,
    context: tokensOf(asked.context),
    cache_format: asked.cache_format,
    sequences: Number(asked.sequences),
    runtime: asked.runtime || undefined,
    measured: whole(asked.measured),
    in_use: sizes(asked.in_use, GIB),
    power_limit: whole(asked.power_limit),
    wired_limit: asked.wired_limit === "" ? undefined : Number(asked.wired_limit) * MIB,
    split: asked.split || undefined,
    layers_on_device: whole(asked.layers_on_device),
    experts_on_host: whole(asked.experts_on_host),
    tensor_split: numbers(asked.tensor_split),
    micro_batch: whole(asked.micro_batch),
    utilization: whole(asked.utilization),
    slots: whole(asked.slots),
    flash_attention: yes(asked.flash_attention),
    vision: yes(asked.vision),
    mtp: yes(asked.mtp),
    draft: drafter(asked.draft),
    draft_tokens: whole(asked.draft_tokens),
    acceptance: whole(asked.acceptance),
  };
  return Object.fromEntries(Object.entries(taken).filter(([, value]) => value !== undefined));
};

/** A line that says what is wrong with a field, or undefined. What the engine itself refuses, it says itself. */
export const mistake = (asked) => {
  if (!(tokensOf(asked.context) >= 1)) return `“${asked.context}” 不是上下文长度；写 8192、8K 或 128K`;
  for (const name of ["measured", "power_limit", "wired_limit", "layers_on_device", "experts_on_host", "micro_batch", "utilization", "slots", "sequences", "draft_tokens", "acceptance"]) {
    if (asked[name] !== "" && !(Number(asked[name]) >= 0)) return `“${asked[name]}” 不是数字`;
  }
  for (const name of ["in_use", "tensor_split"]) {
    if (numbers(asked[name])?.some((one) => !(one >= 0))) return `“${asked[name]}” 不是用逗号隔开的数字`;
  }
  return undefined;
};
