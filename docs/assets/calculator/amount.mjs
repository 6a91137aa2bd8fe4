// Which amount of money does a reader mean? 15000, 15,000, 15000 元, 1.5 万, 15k.

const TIMES = { 万: 1e4, w: 1e4, 千: 1e3, k: 1e3 };

/** The number; what was typed, without the spaces around it, where it is none. */
export const amountOf = (typed) => {
  const text = typed.trim();
  const said = /^[¥￥$]?\s*(\d[\d,，]*(?:\.\d+)?)\s*(万|w|千|k)?\s*(?:元|块|美元)?$/i.exec(text);
  return said ? String(Number(said[1].replace(/[,，]/g, "")) * (TIMES[said[2]?.toLowerCase()] ?? 1)) : text;
};
