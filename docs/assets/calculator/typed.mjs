// What do people type that no name has? What kind of thing it is, who made it, and words around a model's name.

const KINDS = {
  laptop: ["笔记本", "笔记本电脑", "手提电脑"], desktop: ["台式机", "台式电脑", "主机"], workstation: ["工作站"],
  server: ["服务器"], cloud: ["云服务器", "云主机", "云", "租用"],
  gpu: ["显卡", "独显", "独立显卡", "GPU"], cpu: ["处理器", "CPU", "纯CPU"],
};
const MADE = {
  nvidia: ["NVIDIA", "英伟达", "N卡"], amd: ["AMD", "A卡"], intel: ["Intel", "英特尔"],
  apple: ["苹果", "苹果电脑", "苹果笔记本", "Apple"], huawei: ["华为", "昇腾"], qualcomm: ["高通", "骁龙"],
};
const OWN = new Set(["amd", "intel"]); // whose chips with a GPU inside are called so
const SHARED = ["核显", "集显", "集成显卡", "核芯显卡"];
const SMALL = ["迷你主机", "小主机", "迷你电脑"];

const MARKETS = ["consumer", "laptop", "workstation", "embedded", "datacenter"];

/** Which of two cards or chips stands first in a list: what people have at home. */
export const homely = (a, b) => MARKETS.indexOf(a.market) - MARKETS.indexOf(b.market);

/** What kind of machine, card or chip it is, and who made what is in it, as people say that. */
export const kindOf = ({ kind, market, vendors, unified, laptop }) => [
  ...(KINDS[kind] ?? []),
  ...(kind === "gpu" && laptop ? KINDS.laptop : []),
  ...(kind === "desktop" && unified ? SMALL : []),
  ...(kind === "soc" && market !== "datacenter" && vendors.some((one) => OWN.has(one)) ? [...SHARED, "APU"] : []),
  ...(vendors.includes("any") ? SHARED : []), // what its graphics compute with is the same memory
  ...vendors.flatMap((one) => (one === "apple" && kind !== "laptop" ? MADE.apple.slice(0, 2) : MADE[one] ?? [])),
];

/** How people say that a computer has no card. */
export const CARDLESS = ["没有显卡", "没显卡", "无显卡", "没有独显", "没独显"];

const AROUND_PLACE = /内存|显存|电脑|版本|的|有/g;

/** What is typed of a machine without the words around it: 24g显存 is 24g. */
export const placeIn = (text) => text.replace(AROUND_PLACE, " ").trim();

const AROUND_MODEL = /本地部署|私有化部署|部署|运行|安装|怎么跑|跑|大语言模型|大模型|模型|满血版?|完整版|蒸馏版?|最新版?|开源版?/g;
const SAID = [
  [/(^|[^a-z])ds(?=[^a-z]|[vr]\d|$)/gi, "$1deepseek "], [/通义/g, "qwen"], [/谷歌/g, "gemma "], [/写代码|编程|代码/g, "coder"],
  [/向量|嵌入/g, "embedding"], [/重排序?/g, "rerank"], [/看图|视觉|多模态/g, "VL"],
];

/** What is typed of a model without the words around it, and with its name for what it is called: ds r1 is deepseek r1. */
export const modelIn = (text) =>
  SAID.reduce((said, [pattern, words]) => said.replace(pattern, words), text.replace(AROUND_MODEL, " ")).trim();
