/** What pages know of names: sizing/export/names.mjs. */
import type { Entry } from "reading";

/** What is said of names in general. */
export interface Called {
  endings: object;
  called: object;
}
export const namesOf: (entries: Entry[], called: Called) => object;
