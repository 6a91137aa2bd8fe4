/** How pages say the engine's lines in Chinese: docs/assets/calculator/refusals.mjs. A line without a pattern stays. */
export const inChinese: (line: string) => string;
