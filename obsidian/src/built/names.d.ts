/** What pages know of names: sizing/export/names.mjs. */
/** Words that tell tunes of one shape apart. */
export const TUNES: Set<string>;
