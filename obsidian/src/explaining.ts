/** What tells a plan step by step? The site's calculator and sizing plan --explain; a note has no room for it. */
import { SizingError } from "reading";

export const explainer = (): never => {
  throw new SizingError("a plan is told step by step in the calculator of the site, or by sizing plan --explain");
};
