/**
 * What stands for the application in tests: the documented classes and functions that the plugin uses, checked against the
 * published types, and no others. Markdown is made HTML by `marked`, YAML is read by the library that Obsidian reads it with.
 */
import { marked } from "marked";
import type * as obsidian from "obsidian";
import { parse } from "yaml";

type Of<T extends keyof typeof obsidian> = InstanceType<Extract<(typeof obsidian)[T], abstract new (...args: never[]) => unknown>>;
type Processor = (el: HTMLElement, ctx: obsidian.MarkdownPostProcessorContext) => Promise<unknown> | void;
type BlockProcessor = (source: string, el: HTMLElement, ctx: obsidian.MarkdownPostProcessorContext) => Promise<unknown> | void;

interface Made {
  text?: string;
  cls?: string;
  attr?: Record<string, string>;
}

// --- what Obsidian adds to the elements of a page

const made = (tag: string, options: Made = {}): HTMLElement => {
  const el = document.createElement(tag);
  if (options.cls) el.className = options.cls;
  if (options.text !== undefined) el.textContent = options.text;
  for (const [name, value] of Object.entries(options.attr ?? {})) el.setAttribute(name, value);
  return el;
};
const helpers = {
  createEl(this: Node, tag: string, options?: Made): HTMLElement {
    return this.appendChild(made(tag, options));
  },
  createDiv(this: Node, options?: Made): HTMLElement {
    return this.appendChild(made("div", options));
  },
  createSpan(this: Node, options?: Made): HTMLElement {
    return this.appendChild(made("span", options));
  },
};
Object.assign(Node.prototype, helpers);
Object.assign(HTMLElement.prototype, {
  addClass(this: HTMLElement, ...names: string[]) {
    this.classList.add(...names);
  },
  setText(this: HTMLElement, text: string) {
    this.textContent = text;
  },
  empty(this: HTMLElement) {
    this.replaceChildren();
  },
  setCssProps(this: HTMLElement, props: Record<string, string>) {
    for (const [name, value] of Object.entries(props)) this.style.setProperty(name, value);
  },
});
Object.assign(globalThis, {
  createEl: made,
  createDiv: (options?: Made) => made("div", options),
  createSpan: (options?: Made) => made("span", options),
  createFragment: () => document.createDocumentFragment(),
});

// --- the classes

class Component implements Pick<Of<"Component">, "load" | "unload"> {
  load(): void {
    void this.onload();
  }
  onload(): Promise<void> | void {
    // as it is
  }
  unload(): void {
    // nothing is kept
  }
}

class MarkdownRenderChild extends Component implements Pick<Of<"MarkdownRenderChild">, "containerEl"> {
  constructor(readonly containerEl: HTMLElement) {
    super();
  }
}

class TFile implements Pick<Of<"TFile">, "path" | "name" | "extension"> {
  readonly name: string;
  readonly extension: string;
  constructor(readonly path: string) {
    this.name = path.split("/").at(-1) ?? path;
    this.extension = this.name.split(".").at(-1) ?? "";
  }
}

class TFolder {
  readonly children: (TFile | TFolder)[];
  constructor(readonly path: string) {
    const inside = Object.keys(state.files).filter((file) => file.startsWith(`${path}/`));
    const rest = inside.map((file) => file.slice(path.length + 1).split("/"));
    const folders = [...new Set(rest.filter((parts) => parts.length > 1).map(([first]) => first))];
    this.children = [
      ...rest.filter((parts) => parts.length === 1).map(([name]) => new TFile(`${path}/${name ?? ""}`)),
      ...folders.map((name) => new TFolder(`${path}/${name ?? ""}`)),
    ];
  }
}

class Leaf {
  private view: { onOpen(): Promise<void>; contentEl: HTMLElement } | undefined;
  async setViewState({ type }: { type: string }): Promise<void> {
    this.view = state.views[type]?.(this);
    if (this.view) document.body.append(this.view.contentEl);
    await this.view?.onOpen();
  }
}

const state = {
  language: "en",
  files: {} as Record<string, string>,
  kept: null as unknown,
  blocks: {} as Record<string, BlockProcessor>,
  processors: [] as Processor[],
  commands: {} as Record<string, obsidian.Command>,
  views: {} as Record<string, (leaf: Leaf) => { onOpen(): Promise<void>; contentEl: HTMLElement }>,
  tabs: [] as { getSettingDefinitions(): obsidian.SettingDefinitionItem[] }[],
  modals: [] as FuzzySuggestModal<unknown>[],
};

const app = {
  vault: {
    getFolderByPath: (path: string) => (Object.keys(state.files).some((file) => file.startsWith(`${path}/`)) ? new TFolder(path) : null),
    cachedRead: (file: TFile) => Promise.resolve(state.files[file.path] ?? ""),
  },
  workspace: {
    getLeavesOfType: () => [],
    getLeaf: () => new Leaf(),
    revealLeaf: () => Promise.resolve(),
  },
};

class Plugin extends Component {
  readonly app = app;
  registerMarkdownCodeBlockProcessor(language: string, handler: BlockProcessor): void {
    state.blocks[language] = handler;
  }
  registerMarkdownPostProcessor(processor: Processor): void {
    state.processors.push(processor);
  }
  registerView(type: string, make: (leaf: Leaf) => { onOpen(): Promise<void>; contentEl: HTMLElement }): void {
    state.views[type] = make;
  }
  addSettingTab(tab: { getSettingDefinitions(): obsidian.SettingDefinitionItem[] }): void {
    state.tabs.push(tab);
  }
  addCommand(command: obsidian.Command): obsidian.Command {
    state.commands[command.id] = command;
    return command;
  }
  loadData(): Promise<unknown> {
    return Promise.resolve(state.kept);
  }
  saveData(data: unknown): Promise<void> {
    state.kept = structuredClone(data);
    return Promise.resolve();
  }
}

class PluginSettingTab {
  constructor(
    readonly app: unknown,
    readonly plugin: Plugin,
  ) {}
}

class ItemView extends Component {
  readonly contentEl = made("div", { cls: "view-content" });
  constructor(readonly leaf: Leaf) {
    super();
  }
}

class Text {
  readonly inputEl = document.createElement("input");
  setValue(value: string): this {
    this.inputEl.value = value;
    return this;
  }
  onChange(changed: (value: string) => unknown): this {
    this.inputEl.addEventListener("input", () => changed(this.inputEl.value));
    return this;
  }
}

class Setting {
  private readonly el: HTMLElement;
  constructor(into: HTMLElement) {
    this.el = into.appendChild(made("label"));
  }
  setName(name: string): this {
    this.el.append(name);
    return this;
  }
  addText(add: (text: Text) => unknown): this {
    const text = new Text();
    this.el.append(text.inputEl);
    add(text);
    return this;
  }
}

/** A list that a test chooses from; the application closes it before it says what was chosen. */
abstract class FuzzySuggestModal<T> {
  placeholder = "";
  constructor(readonly app: unknown) {}
  abstract getItems(): T[];
  abstract getItemText(item: T): string;
  abstract onChooseItem(item: T): void;
  setPlaceholder(text: string): void {
    this.placeholder = text;
  }
  open(): void {
    state.modals.push(this);
  }
  onClose(): void {
    // nothing is kept
  }
  choose(text: string): void {
    const item = this.getItems().find((one) => this.getItemText(one).includes(text));
    this.onClose();
    if (item !== undefined) this.onChooseItem(item);
  }
}

const MarkdownRenderer = {
  render: async (_: unknown, markdown: string, el: HTMLElement): Promise<void> => {
    el.innerHTML = await marked.parse(markdown);
  },
};

const api = {
  Component, FuzzySuggestModal, ItemView, MarkdownRenderChild, MarkdownRenderer, Plugin, PluginSettingTab, Setting, TFile, TFolder,
  getLanguage: () => state.language,
  normalizePath: (path: string) => path.replace(/[\\/]+/g, "/").replace(/^\/|\/$/g, ""),
  parseYaml: (text: string): unknown => parse(text),
};
// A name that the published types do not have would not compile.
const published: readonly (keyof typeof obsidian)[] = Object.keys(api) as (keyof typeof api)[];

// --- what tests ask

const context = (path: string): obsidian.MarkdownPostProcessorContext => ({
  docId: path,
  sourcePath: path,
  frontmatter: null,
  addChild: (child) => child.load(),
  getSectionInfo: () => null,
});

/** A note as it is read: its blocks, then each of its sections through what processes them. */
const read = async (path: string): Promise<HTMLElement> => {
  const note = made("article");
  note.innerHTML = await marked.parse(state.files[path] ?? "");
  for (const code of Array.from(note.querySelectorAll("pre > code[class^=language-]"))) {
    const handler = state.blocks[code.className.replace("language-", "")];
    const into = made("div");
    if (!handler) continue;
    code.parentElement?.replaceWith(into);
    await handler(code.textContent, into, context(path));
  }
  for (const section of Array.from(note.children)) {
    for (const processor of state.processors) await processor(section as HTMLElement, context(path));
  }
  document.body.replaceChildren(note);
  return note;
};

/** Start the plugin: `code` is main.js, which may ask for nothing but the application. */
const start = async (code: string): Promise<number> => {
  const module = { exports: {} as { default?: new () => Plugin } };
  const required = (name: string): unknown => {
    if (name !== "obsidian") throw new Error(`the plugin requires ${name}`);
    return new Proxy(api, {
      get: (of, key) => {
        if (!published.includes(key as keyof typeof obsidian)) throw new Error(`the plugin asks for ${String(key)}`);
        return Reflect.get(of, key) as unknown;
      },
    });
  };
  const before = performance.now();
  // The application runs a plugin's file in the same way.
  new Function("module", "exports", "require", code)(module, module.exports, required);
  const Made = module.exports.default;
  if (!Made) throw new Error("main.js exports no plugin");
  const plugin = new Made();
  await plugin.onload();
  Object.assign(globalThis, { plugin });
  return performance.now() - before;
};

Object.assign(globalThis, { stub: { state, read, start } });
