/** What does the plugin add? The block, the site's macros in notes as they are read, two commands, a view, settings. */
import { type Editor, getLanguage, MarkdownRenderChild, parseYaml, Plugin } from "obsidian";
import { answered } from "./answers";
import { blockOf, fenced, MINE } from "./block";
import { CALCULATOR, CalculatorView } from "./calculator";
import { draw, refuse } from "./draw";
import { engine, lineOf } from "./engine";
import { sayAll } from "./notes";
import { pick } from "./picker";
import { drawn } from "./place";
import { type Settings, settingsOf, SettingTab, USUAL } from "./settings";
import { Vault } from "./vault";
import { Speech } from "./words";

export default class SizingPlugin extends Plugin {
  override settings: Settings = USUAL;
  speech = new Speech("en", () => this.settings.measure);
  private vault: Promise<Vault> | undefined;

  override async onload(): Promise<void> {
    this.settings = settingsOf(await this.loadData());
    this.speech = new Speech(getLanguage(), () => this.settings.measure);
    const { words } = this.speech;
    this.registerMarkdownCodeBlockProcessor("sizing", async (source, el, ctx) => {
      ctx.addChild(new MarkdownRenderChild(el));
      el.addClass("llm-sizing");
      await this.block(source, el);
    });
    this.registerMarkdownPostProcessor((el, ctx) => {
      const owner = new MarkdownRenderChild(el);
      ctx.addChild(owner);
      return sayAll(el, this.app, ctx.sourcePath, owner, drawn, this.speech);
    });
    this.registerView(CALCULATOR, (leaf) => new CalculatorView(leaf, this));
    this.addSettingTab(new SettingTab(this));
    this.addCommand({ id: "insert", name: words.insert, editorCallback: (editor) => void this.insert(editor) });
    this.addCommand({ id: "open", name: words.open, callback: () => void this.open() });
    this.addCommand({ id: "reread", name: words.again, callback: () => (this.vault = undefined) });
  }

  /** Keep what the reader decides. */
  async decide(settings: unknown): Promise<void> {
    this.settings = settingsOf(settings);
    this.vault = undefined;
    await this.saveData(this.settings);
  }

  /** Answer a block's text in an element; what cannot be answered is one line. */
  async block(source: string, el: HTMLElement): Promise<void> {
    try {
      const block = blockOf(source, parseYaml);
      const vault = await this.catalog();
      for (const mistake of vault.mistakes) refuse(el, this.speech.line(mistake));
      const answers = [];
      for (const asked of block.asked) answers.push(await answered(asked, this.settings, vault));
      draw(el, block, answers, this.speech);
    } catch (error) {
      refuse(el, this.speech.line(lineOf(error)));
    }
  }

  /** The vault's own machines and prices, read once. */
  private catalog(): Promise<Vault> {
    this.vault ??= Vault.read(this.app, this.settings.folder);
    return this.vault;
  }

  /** Write a block where the cursor is. */
  private async insert(editor: Editor): Promise<void> {
    const sizing = await engine();
    const { words } = this.speech;
    const vault = await this.catalog();
    const open = sizing.models().filter((one) => one.open).sort((a, b) => (b.released ?? "").localeCompare(a.released ?? ""));
    const model = await pick(this.app, words.pickModel, [...vault.models(), ...open]);
    if (!model) return;
    const own = this.settings.machine ? [{ id: MINE, name: words.own }] : [];
    const machine = await pick(this.app, words.pickMachine, [...own, ...vault.all(), { id: "", name: words.none }, ...sizing.machines()]);
    if (!machine) return;
    editor.replaceSelection(fenced({ model: model.id, machine: machine.id, context: 8192 }));
  }

  private async open(): Promise<void> {
    const [before] = this.app.workspace.getLeavesOfType(CALCULATOR);
    const leaf = before ?? this.app.workspace.getLeaf("tab");
    await leaf.setViewState({ type: CALCULATOR, active: true });
    await this.app.workspace.revealLeaf(leaf);
  }
}
