/** Where do macros stand in a note as it is read? In its text, outside code; each is put in the place of its call. */
import { type App, type Component, MarkdownRenderer } from "obsidian";
import { CALL, callOf } from "./calls";
import { lineOf } from "./engine";
import { said } from "./macros";
import type { Speech } from "./words";

const CODE = "code, pre, .llm-sizing";

/** Says every macro that stands in an element. */
export const sayAll = async (el: HTMLElement, app: App, path: string, owner: Component, drawn: () => Promise<Record<string, string>>, speech: Speech): Promise<void> => {
  if (!el.textContent.includes("{{")) return;
  await Promise.all(textsOf(el).map(async (node) => {
    const { parts, calls } = parted(node.data);
    if (!calls.length) return;
    const into = createFragment();
    const shown = calls.map((written, i) => {
      into.append(parts[i] ?? "");
      return { written, at: into.createSpan({ cls: "llm-sizing llm-sizing-said" }) };
    });
    into.append(parts.at(-1) ?? "");
    node.replaceWith(into);
    await Promise.all(shown.map(({ written, at }) => say(at, written, app, path, owner, drawn, speech)));
  }));
};

const textsOf = (el: HTMLElement): Text[] => {
  const walker = el.ownerDocument.createTreeWalker(el, NodeFilter.SHOW_TEXT);
  const found: Text[] = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node.parentElement && !node.parentElement.closest(CODE)) found.push(node as Text);
  }
  return found;
};

/** A text's calls, and what stands before, between and after them. */
export const parted = (text: string): { parts: string[]; calls: string[] } => {
  const parts: string[] = [];
  const calls: string[] = [];
  let at = 0;
  for (const found of text.matchAll(CALL)) {
    parts.push(text.slice(at, found.index));
    calls.push(found[1] ?? "");
    at = found.index + found[0].length;
  }
  parts.push(text.slice(at));
  return { parts, calls };
};

const say = async (at: HTMLElement, written: string, app: App, path: string, owner: Component, drawn: () => Promise<Record<string, string>>, speech: Speech): Promise<void> => {
  try {
    const call = callOf(written);
    const found = await said(call, written, await drawn());
    if (!found) at.createSpan({ cls: "llm-sizing-quiet", text: speech.words.quiet(call.name) });
    else if ("text" in found) at.setText(found.text);
    else await MarkdownRenderer.render(app, found.markdown, at, path, owner);
  } catch (error) {
    at.createSpan({ cls: "llm-sizing-refused", text: speech.line(lineOf(error)) });
  }
};
