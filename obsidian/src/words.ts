/** How is everything said, in the application's language? English first, Chinese where Obsidian speaks Chinese. */
import * as units from "units";
import { inChinese } from "refusals";
import type { Offer, Rate, Verdict } from "./engine";

export type Measure = "GiB" | "GB";

const GIB = 2 ** 30;
const GB = 1e9;

const english = {
  model: "Model",
  machine: "Machine",
  format: "Format",
  context: "Context",
  runtime: "Runtime",
  sequences: "Users at once",
  fits: "Fits",
  memory: "Memory",
  weights: "Weights",
  cache: "KV cache",
  buffers: "Buffers",
  overhead: "Driver and runtime",
  free: "free",
  decode: "Decode, full context",
  decode_empty: "Decode, empty context",
  prefill: "Prefill",
  first_token: "Time to first token",
  longest: "Longest context",
  most: "Most users at once",
  price: "Price",
  unknown: "undisclosed",
  memoryOnly: "memory only",
  stale: "old price",
  from: "from the vault",
  host: "host memory",
  not_started: "does not run: there is nothing to start",
  pickModel: "Pick a model",
  pickMachine: "Pick a machine, or none for memory only",
  none: "No machine: memory only",
  insert: "Insert block",
  open: "Open calculator",
  again: "Read the vault's catalog again",
  calculator: "Sizing calculator",
  own: "Own machine",
  ownAbout: "What “machine: mine” means: an id or a name such as RTX 4090, 2x RTX 3090 or MacBook Pro M4 Max 64GB.",
  ram: "Host memory",
  ramAbout: "Of your own machine, such as 64GB or 64GB@DDR4-3200x2; empty for what is usual.",
  measure: "Unit of memory",
  measureAbout: "GiB is what programs count in (1024³ bytes), GB what files are sold in (10⁹ bytes).",
  folder: "Catalog folder",
  folderAbout: "A folder of the vault with models, machines and prices of your own as YAML.",
  quiet: (name: string) => `${name}: shown on the site`,
  verdicts: { fits: "● fits", tight: "◔ tight", offload: "◐ offloads", disk: "○ does not fit", no: "○ does not fit" } satisfies Record<Verdict, string>,
  covers: { whole: "whole machine", parts: "sum of parts", card: "card only" } as Record<string, string>,
};

export type Words = typeof english;

const chinese: Words = {
  model: "模型",
  machine: "机器",
  format: "格式",
  context: "上下文",
  runtime: "推理框架",
  sequences: "同时几人",
  fits: "放得下吗",
  memory: "内存",
  weights: "权重",
  cache: "KV 缓存",
  buffers: "缓冲区",
  overhead: "驱动与框架",
  free: "空余",
  decode: "解码，上下文写满",
  decode_empty: "解码，刚开始",
  prefill: "预填充",
  first_token: "首字延迟",
  longest: "最长上下文",
  most: "最多同时几人",
  price: "价格",
  unknown: "未公布",
  memoryOnly: "只算内存",
  stale: "旧价",
  from: "来自笔记库",
  host: "主机内存",
  not_started: "跑不了，没有启动命令",
  pickModel: "选一个模型",
  pickMachine: "选一台机器；不选则只算内存",
  none: "不选机器：只算内存",
  insert: "插入代码块",
  open: "打开计算器",
  again: "重新读取笔记库的目录",
  calculator: "大模型硬件计算器",
  own: "自己的机器",
  ownAbout: "“machine: mine”指的机器：编号或名字，例如 RTX 4090、2x RTX 3090、MacBook Pro M4 Max 64GB。",
  ram: "主机内存",
  ramAbout: "自己机器的主机内存，例如 64GB 或 64GB@DDR4-3200x2；不填按常见的算。",
  measure: "内存单位",
  measureAbout: "GiB 是程序的算法（1024³ 字节），GB 是文件大小的算法（10⁹ 字节）。",
  folder: "目录文件夹",
  folderAbout: "笔记库里放自己的模型、机器和价格（YAML）的文件夹。",
  quiet: (name) => `${name}：在网站上显示`,
  verdicts: { fits: "● 放得下", tight: "◔ 勉强", offload: "◐ 要卸载", disk: "○ 放不下", no: "○ 放不下" },
  covers: { whole: "整机", parts: "按配件合计", card: "只含显卡" },
};

/** How things are said and numbers written. */
export class Speech {
  readonly words: Words;
  private readonly inChinese: boolean;

  constructor(
    language: string,
    private readonly measure: () => Measure,
  ) {
    this.inChinese = language.toLowerCase().startsWith("zh");
    this.words = this.inChinese ? chinese : english;
  }

  memory(bytes: number): string {
    return this.measure() === "GB" ? `${units.number(bytes / GB)} GB` : `${units.number(bytes / GIB)} GiB`;
  }

  rate(rate: Rate | null): string {
    if (!rate || this.inChinese) return units.rate(rate);
    return `${units.rounded(rate.value)} tok/s (${units.rounded(rate.low)}–${units.rounded(rate.high)})`;
  }

  seconds(value: number | null): string {
    if (value === null || this.inChinese) return units.seconds(value);
    return value < 120 ? `${units.rounded(value)} s` : `${units.rounded(value / 60)} min`;
  }

  tokens(value: number | null): string {
    return value === null ? units.NONE : units.tokens(value);
  }

  count(value: number | null): string {
    return value === null ? units.NONE : String(value);
  }

  money(offer: Offer | null): string {
    if (!offer) return units.NONE;
    const amount = this.inChinese ? units.money(offer) : `${offer.amount.toLocaleString("en")} ${offer.currency}${offer.per ? `/${offer.per}` : ""}`;
    const about = [this.words.covers[offer.covers] ?? "", offer.region, offer.date, offer.stale ? this.words.stale : ""];
    const told = about.filter(Boolean);
    return this.inChinese ? `${amount}（${told.join("，")}）` : `${amount} (${told.join(", ")})`;
  }

  /** A line that refuses something. */
  line(text: string): string {
    return this.inChinese ? inChinese(text) : text;
  }
}
