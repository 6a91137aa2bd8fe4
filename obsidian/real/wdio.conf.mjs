// In which Obsidian are the notes read? In the oldest that the plugin says it runs in and in the newest, on a desk and as
// on a phone. They are downloaded into .obsidian-cache/.
import { readFileSync } from "node:fs";
import { parseObsidianVersions } from "wdio-obsidian-service";

const cacheDir = ".obsidian-cache";
const { minAppVersion } = JSON.parse(readFileSync("../manifest.json", "utf8"));
const versions = await parseObsidianVersions(`${minAppVersion}/earliest latest/latest`, { cacheDir });
const options = ([appVersion, installerVersion]) => ({ appVersion, installerVersion, plugins: ["../dist"], vault: "vault" });
const phone = { mobileEmulation: { deviceMetrics: { width: 390, height: 844 } } };

export const config = {
  runner: "local",
  framework: "mocha",
  specs: ["./notes.e2e.mjs"],
  maxInstances: 1,
  capabilities: versions.flatMap((one) => [
    { browserName: "obsidian", "wdio:obsidianOptions": options(one) },
    { browserName: "obsidian", "wdio:obsidianOptions": { ...options(one), emulateMobile: true }, "goog:chromeOptions": phone },
  ]),
  services: ["obsidian"],
  reporters: ["obsidian"],
  mochaOpts: { ui: "bdd", timeout: 120_000 },
  waitforTimeout: 20_000,
  logLevel: "warn",
  cacheDir,
};
