/** What sizes a model of one's own? By its entry, the module that pages load; of a file, nothing here: a note has none. */
import { own, SizingError } from "reading";

export { own, SizingError };

/** Its tables are there: what lies in the plugin was given to it. */
export const prepare = (): void => undefined;

export const read = (): Promise<never> =>
  Promise.reject(new SizingError("models of files are sized in the calculator of the site, or by sizing plan FILE"));
