// The plugin's data as the plugin gives them: packed.txt, the models whose numbers are asked for, and where all goes.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import esbuild from "esbuild";

const [from, asked, to] = process.argv.slice(2);
const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const made = `${to}.mjs`; // a file, so that a mistake in it is told with its line
await esbuild.build({
  entryPoints: [here("../src/place.ts")],
  bundle: true,
  outfile: made,
  format: "esm",
  tsconfigRaw: {},
  alias: {
    columns: here("../../sizing/export/columns.mjs"), names: here("../../sizing/export/names.mjs"),
    reading: here("../../sizing/export/reading.mjs"), packed: from,
  },
  loader: { ".txt": "text" },
});
const { read, drawn } = await import(pathToFileURL(made));
const models = {};
for (const id of JSON.parse(readFileSync(asked, "utf8"))) models[id] = await read(`models/${id}.json`);
writeFileSync(to, JSON.stringify({ index: await read("index.json"), names: await read("names.json"), drawn: await drawn(), models }));
