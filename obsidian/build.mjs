// How is main.js built? The plugin's modules, the engine as pages have it, and the data that make packed beside this file.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import esbuild from "esbuild";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const [folder = here("dist")] = process.argv.slice(2);
const PARTS = {
  "engine.mjs": "../sizing/engine/engine.mjs",
  "names.mjs": "../sizing/export/names.mjs",
  "launch/words.mjs": "../sizing/launch/words.mjs",
  "place.mjs": "src/place.ts",
  "explain/explaining.mjs": "src/explaining.ts",
  "reading/reading.mjs": "src/reading.ts",
};
/** What pages load from a folder of the site lies here in the tree. */
const engine = {
  name: "engine",
  setup(build) {
    build.onResolve({ filter: /^\.\/VERSION\// }, ({ path }) => ({ path: here(PARTS[path.slice("./VERSION/".length)]) }));
    build.onResolve({ filter: /^packed$/ }, () => ({ path: `${folder}/packed.txt` }));
  },
};

await esbuild.build({
  entryPoints: [here("src/main.ts")],
  outfile: `${folder}/main.js`,
  bundle: true,
  minify: true,
  charset: "utf8",
  format: "cjs",
  target: "es2022",
  tsconfigRaw: {}, // its paths are of types; those of code follow
  external: ["obsidian"],
  alias: {
    sizing: here("../sizing/export/sizing.mjs"),
    columns: here("../sizing/export/columns.mjs"),
    names: here("../sizing/export/names.mjs"),
    units: here("../docs/assets/calculator/units.mjs"),
    reading: here("../sizing/export/reading.mjs"),
    refusals: here("../docs/assets/calculator/refusals.mjs"),
  },
  loader: { ".txt": "text" },
  legalComments: "none",
  plugins: [engine],
  logLevel: "warning",
  banner: { js: `/* LLM Sizing ${JSON.parse(readFileSync(here("manifest.json"), "utf8")).version}: built from the repository's obsidian/ folder */` },
});
