// Which amount of money does a reader mean? 15000, 15,000 元, 1.5 万, 15k, 1万预算, 一万五, 不超过 8 千.

const TIMES = { 万: 1e4, w: 1e4, 千: 1e3, k: 1e3 };
const HAN = { 一: 1, 二: 2, 两: 2, 三: 3, 四: 4, 五: 5, 六: 6, 七: 7, 八: 8, 九: 9, 十: 10 };
const AROUND = /预算|以内|以下|之内|左右|上下|不超过|大概|大约|人民币|rmb|cny|[¥￥$约]|元|块钱?|美元/gi;
// An amount with its unit, and behind that a digit of the next smaller one: 一万五, 1万2千, 两万半.
const SAID = /^(\d[\d,，]*(?:\.\d+)?|[一二两三四五六七八九十])(?:(万|w|千|k)([\d一二两三四五六七八九半])?千?)?$/i;

const digit = (text) => HAN[text] ?? Number(text.replace(/[,，]/g, ""));

/** The number; what was typed, without the spaces around it, where it is none. */
export const amountOf = (typed) => {
  const said = SAID.exec(typed.replace(AROUND, "").replace(/\s/g, ""));
  if (!said) return typed.trim();
  const [, whole, unit, rest] = said;
  const times = TIMES[unit?.toLowerCase()] ?? 1;
  const more = rest === undefined ? 0 : rest === "半" ? 0.5 : digit(rest) / 10;
  return String(Math.round((digit(whole) + more) * times * 100) / 100);
};
