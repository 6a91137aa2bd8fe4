// What is packed, as the plugin unpacks it: packed.txt, and where its JSON goes.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import esbuild from "esbuild";

const [from, to] = process.argv.slice(2);
const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const { outputFiles } = await esbuild.build({
  stdin: { contents: 'export { read } from "./place.ts"; export { unpacked } from "./packed.ts";', resolveDir: here("../src"), loader: "ts" },
  bundle: true,
  write: false,
  format: "esm",
  tsconfigRaw: {},
  alias: { names: here("../../sizing/export/names.mjs"), packed: from },
  loader: { ".txt": "text" },
});
const { read, unpacked } = await import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].text).toString("base64")}`);
const { models } = unpacked(readFileSync(from, "utf8"));
const files = { "index.json": await read("index.json"), "names.json": await read("names.json") };
writeFileSync(to, JSON.stringify({ files, models }));
