/** The engine as pages have it: sizing/export/sizing.mjs. */
import type { Engine } from "../engine";
declare const engine: Engine;
export default engine;
