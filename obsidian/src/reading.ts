/** Can a note size a model of a file? Not here: what reads files is as large as the plugin may be, and stays on the site. */
export class SizingError extends Error {}

export const prepare = (): void => undefined;

export const read = (): Promise<never> =>
  Promise.reject(new SizingError("models of files are sized in the calculator of the site, or by sizing plan FILE"));
