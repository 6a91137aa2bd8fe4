/** A name as the site says it: "M2 (8-core GPU)" is M2（8 核 GPU）. */
export const called = (name) => WORDS.reduce((said, [pattern, words]) => said.replace(pattern, words), name);
