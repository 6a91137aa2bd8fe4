// What do notes show in the application itself? The numbers of `sizing plan --json`, which lie in expected.json.
import { readFileSync } from "node:fs";
import { $, browser, expect } from "@wdio/globals";

const expected = JSON.parse(readFileSync(new URL("expected.json", import.meta.url), "utf8"));
const GIB = 2 ** 30;

/** A note as it is read, or as it is written. */
const opened = (path, mode) =>
  browser.executeObsidian(async ({ app }, path, mode) => {
    const leaf = app.workspace.getLeaf(false);
    await leaf.openFile(app.vault.getFileByPath(path), { state: { mode } });
  }, path, mode);

/** The first number of gibibytes in what a part of the window shows, once it is there. */
const gibibytes = async (place) => {
  const shown = $(place);
  await browser.waitUntil(async () => (await shown.isExisting()) && / GiB/.test(await shown.getText()), {
    timeoutMsg: `${place} shows no memory`,
  });
  return Number(/([0-9.]+) GiB/.exec(await shown.getText())[1]);
};

const near = (shown, bytes) => expect(Math.abs(shown - bytes / GIB)).toBeLessThan(0.005 * shown + 0.05);

describe("a note", () => {
  it("shows a block's memory as it is read", async () => {
    await opened("Block.md", "preview");
    near(await gibibytes(".markdown-reading-view .llm-sizing"), expected[0].memory.total);
  });

  it("shows a block's memory as it is written", async () => {
    await opened("Block.md", "source");
    near(await gibibytes(".cm-editor .llm-sizing"), expected[0].memory.total);
  });

  it("shows a macro's value as it is read", async () => {
    await opened("Macro.md", "preview");
    near(await gibibytes(".markdown-reading-view .llm-sizing-said"), expected[1].memory.total);
  });

  it("sizes a model of the vault's own, by its entry", async () => {
    await opened("Own.md", "preview");
    const shown = $(".markdown-reading-view .llm-sizing");
    await browser.waitUntil(async () => (await shown.isExisting()) && (await shown.getText()).includes("My own"));
    near(await gibibytes(".markdown-reading-view .llm-sizing"), expected[0].memory.total);
  });

  it("lists the plugin's commands", async () => {
    const found = await browser.executeObsidian(({ app }) => Object.keys(app.commands.commands).filter((id) => id.startsWith("llm-sizing:")));
    expect(found.sort()).toEqual(["llm-sizing:insert", "llm-sizing:open", "llm-sizing:reread"]);
  });
});
