// How is a note of a plan said in Chinese, of what was taken for granted? By its pattern; one that is not known is shown as
// it is.

const NOTED = [
  [/^format (\S+): not named; as published$/, (format) => `没有指定格式，用厂商发布的 ${format}`],
  [/^format (\S+): not named; the published one with the most bits that fits$/, (format) => `没有指定格式，用放得下的、位数最多的已发布格式 ${format}`],
  [/^format (\S+): not named; as the file holds it$/, (format) => `没有指定格式，按文件里的 ${format} 算`],
  [/^no dtype said; 16 bits taken$/, () => "文件没说精度，按 16 位算"],
  [/^(.+): not known; taken to decide no size$/, (words) => `不认识 ${listed(words)}，看来不影响大小，没有计入`],
  [/^left out, and as transformers \S+ fills them in: (.+)$/, (words) => `文件没写、按 transformers 的默认值算：${listed(words)}`],
  [/^format (\S+): not named; of the published ones, none of which fits$/, (format) => `没有指定格式；已发布的都放不下，按 ${format} 算`],
];

const listed = (names) => names.split(", ").join("、");

/** The note in Chinese. */
export const inChinese = (line) => {
  for (const [pattern, say] of NOTED) {
    const found = pattern.exec(line);
    if (found) return `${say(...found.slice(1))}。`;
  }
  return line;
};
