// How are numbers and units written? As macros/labels/units.py writes them, character for character; a test compares.

export const UNKNOWN = "未公布";
export const NONE = "—";
const GIB = 2 ** 30;
const MIB = 2 ** 20;

// Python rounds a tie to the even digit, toFixed to the larger one. A tie is what a double holds exactly.
const fixed = (value, decimals) => {
  const text = value.toFixed(decimals);
  const halves = value * 2 ** (decimals + 1);
  const tie = Number.isInteger(halves) && Math.abs(halves % 2) === 1;
  return tie && Number(text.at(-1)) % 2 === 1 ? (value * (1 - 2 ** -52)).toFixed(decimals) : text;
};

const separated = (text) => {
  const [whole, rest] = text.split(".");
  const thousands = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return rest === undefined ? thousands : `${thousands}.${rest}`;
};

const written = (value, decimals) => separated(fixed(value, decimals));

/** To tens or hundreds, a tie to the even one; to decimals where there are some. */
const rounding = (value, decimals) => {
  if (decimals >= 0) return Number(fixed(value, decimals));
  const step = 10 ** -decimals;
  const down = Math.floor(value / step);
  const rest = value - down * step;
  const up = rest * 2 > step || (rest * 2 === step && down % 2 === 1);
  return (down + (up ? 1 : 0)) * step;
};

const exponent = (value) => Number(Math.abs(value).toExponential().split("e")[1]);

/** The decimals that leave ``digits`` significant digits, after rounding: 9.97 has two as 10. */
const decimalsOf = (value, digits) => {
  if (value === 0) return 0;
  const decimals = digits - 1 - exponent(value);
  return Math.abs(rounding(value, decimals)) >= 10 ** (digits - decimals) ? decimals - 1 : decimals;
};

/** ``digits`` significant digits, whole numbers in full, thousands separated. */
export const number = (value, digits = 3) => written(value, Math.max(0, decimalsOf(value, digits)));

/** Two significant digits: what a prediction deserves. */
export const rounded = (value) => {
  const decimals = decimalsOf(value, 2);
  return written(rounding(value, decimals), Math.max(0, decimals));
};

/** A share or an error, such as 7.4 % or 83 %. */
export const share = (value) => `${value < 0.1 ? fixed(value * 100, 1) : fixed(value * 100, 0)} %`;

/** Memory that is filled, such as 39.6 GiB. */
export const gib = (size) => `${gibs(size)} GiB`;

/** The same without its unit, where the unit stands beside. */
export const gibs = (size) => number(size / GIB);

/** A whole number, such as 15,000. */
export const whole = (value) => written(value, 0);

/** Memory that is small, such as 283 MiB. */
export const mib = (size) => `${written(size / MIB, 0)} MiB`;

/** A file's size, such as 42.5 GB, decimal. */
export const gb = (size) => `${number(size / 1e9)} GB`;

/** Memory as the box says it, such as 24 GB. */
export const box = (size) => `${written(size / GIB, 0)} GB`;

/** Such as 1,008 GB/s. */
export const bandwidth = (value) =>
  typeof value === "number" ? `${written(value / 1e9, 1)} GB/s`.replace(".0 ", " ") : UNKNOWN;

/** A number of parameters, such as 8.03B or 1.03T. */
export const count = (value) =>
  typeof value !== "number" ? UNKNOWN : value >= 1e12 ? `${number(value / 1e12)}T` : `${number(value / 1e9)}B`;

/** A context, such as 8K: K is 1,024. */
export const tokens = (value) => {
  if (typeof value !== "number") return UNKNOWN;
  if (value % 1024 === 0 && value % 1000 && value < 2 ** 20) return `${value / 1024}K`;
  return value % 2 ** 20 === 0 ? `${value / 2 ** 20}M` : written(value, 0);
};

/** A number of tokens that people use, such as 120 万, beside the word token. */
export const tokensWritten = (value) => (value >= 1e8 ? `${rounded(value / 1e8)} 亿` : `${rounded(value / 1e4)} 万`);

/** A ratio in a sentence, such as 3.6 倍. */
export const ratio = (value) => `${rounded(value)} 倍`;

/** The two ends of a speed's range, such as 15～19. */
export const range = (rate) => `${rounded(rate.low)}～${rounded(rate.high)}`;

/** A speed with its range, such as 17 tok/s（15～19）. */
export const rate = (value) => (value ? `${rounded(value.value)} tok/s（${range(value)}）` : NONE);

/** Such as 3.2 秒 or 4 分钟. */
export const seconds = (value) =>
  typeof value !== "number" ? NONE : value < 120 ? `${rounded(value)} 秒` : `${rounded(value / 60)} 分钟`;

const WHOLE_MONEY = 100; // from here on hundredths say nothing
const CURRENCIES = { USD: "美元", CNY: "元", EUR: "欧元" };

/** Such as 1,599 美元 or 每小时 6.88 美元. */
export const money = ({ amount, currency, per }) => {
  const figure = amount >= WHOLE_MONEY ? written(amount, 0) : written(amount, 2).replace(/0+$/, "").replace(/\.$/, "");
  return `${per ? "每小时 " : ""}${figure} ${CURRENCIES[currency] ?? currency}`;
};
