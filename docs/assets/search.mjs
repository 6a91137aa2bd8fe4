// How does the search here differ from the theme's? It loads when somebody searches, and finds what people type.

// The theme asks for the index of its search on every page at once. It weighs more than most pages: it waits for a search.
const INDEX = /\/search\/search_index\.json$/;
const sought = new Promise((begin) => {
  if (/[?&][qh]=/.test(location.search)) begin(); // an address that searches, or that marks what was found
  addEventListener("change", ({ target }) => { if (target.id === "__search") begin(); });
});
const { open } = XMLHttpRequest.prototype;
XMLHttpRequest.prototype.open = function (method, address, ...more) {
  if (INDEX.test(address)) this.send = (...body) => sought.then(() => XMLHttpRequest.prototype.send.apply(this, body));
  return open.call(this, method, address, ...more);
};

// What people type in other words than the pages have. Of money the amount is in no page, but what it buys is.
const AMOUNT = "(?:\\d[\\d,.]*\\s*[万千kw]?|[一二三四五六七八九十两几]+[万千百]+)\\s*(?:元|块钱?|rmb)?";
const SAID = [
  [new RegExp(`${AMOUNT}\\s*(?:的|以内|以下|左右)?\\s*预算|预算\\s*(?:是|在)?\\s*${AMOUNT}\\s*(?:以内|以下|左右)?`, "gi"), " 预算 "],
  [/(?:\d[\d,.]*\s*[万千]?\s*(?:元|块钱?|rmb)|\d[\d,.]*\s*万(?!\s*[字亿t])|[一二三四五六七八九十两几]+[万千百]+(?:元|块钱?)?(?!字))(?:以内|以下|左右)?/gi, " 预算 "],
  [/(?:显卡|配置|电脑|主机|机器|硬件|整机)?推荐(?:显卡|配置|电脑|主机|机器|硬件)?|买(?:什么|哪个|哪款|哪张)(?:显卡|电脑|好)?/g, " 选购 "],
  [/多少钱|价钱|报价|售价/g, " 价格 "],
  [/(?:有)?多快|每秒多少|\btps\b|tok(?:en)?s?\/s/gi, " 速度 "],
  [/爆显存|(?:显存|内存)(?:不够|不足)|\boom\b/gi, " 卸载 "],
  [/双卡|多卡|几张卡/g, " 张量并行 "],
  [/国产(?:显卡|芯片|卡|算力)?/g, " 昇腾 "],
  [/集成显卡|核芯显卡|核显/g, " 集显 "],
  [/autodl|云(?:服务器|主机|显卡|电脑)|租(?:用|卡|机器|显卡|gpu)/gi, " 租金 "],
  [/lm ?studio/gi, " 推理框架 "],
  [/苹果(?:电脑|笔记本|芯片)?/g, " Mac "],
];
// Beside a name they say nothing: 4090能跑什么.
const ASIDE = /(?:能|可以|能不能)?跑(?:得动|起来)?(?:什么|哪些|哪个|多大)?(?:的)?(?:模型)?|怎么样|怎么|如何|吗|呢|[?？]|满血版?|本地部署|部署/g;
// It knows Latin and Chinese words apart only where a space is between them: KV缓存 is asked as KV 缓存.
const LATIN_THEN_HAN = /([\p{sc=Latin}\d])(?=\p{sc=Han})/gu;
const HAN_THEN_LATIN = /(\p{sc=Han})(?=[\p{sc=Latin}\d])/gu;

/** What is typed in the words of the pages. */
export const asked = (typed) => {
  const said = SAID.reduce((text, [pattern, words]) => text.replace(pattern, words), typed);
  const bare = said.replace(ASIDE, " ");
  const kept = /[\p{L}\p{N}]/u.test(bare) ? bare : said;
  return kept.replace(LATIN_THEN_HAN, "$1 ").replace(HAN_THEN_LATIN, "$1 ").trim().replace(/ +/g, " ");
};

// The theme's thread is asked in these words, while the field keeps what was typed.
const QUERY = 2;
const { postMessage } = Worker.prototype;
Worker.prototype.postMessage = function (message, ...more) {
  const query = message?.type === QUERY && typeof message.data === "string";
  return postMessage.call(this, query ? { ...message, data: asked(message.data) } : message, ...more);
};
