/** What would it take? A view with four fields, and the answer to them as a block would show it. */
import { ItemView, Setting, type WorkspaceLeaf } from "obsidian";
import { textOf } from "./block";
import type SizingPlugin from "./main";

export const CALCULATOR = "llm-sizing-calculator";

const FIELDS = ["model", "machine", "format", "context"] as const;

export class CalculatorView extends ItemView {
  private readonly asked: Record<(typeof FIELDS)[number], string>;
  private readonly answer = createDiv({ cls: "llm-sizing" });
  private turn = 0;

  constructor(leaf: WorkspaceLeaf, private readonly sizing: SizingPlugin) {
    super(leaf);
    this.asked = { model: "qwen3-32b", machine: sizing.settings.machine ? "mine" : "", format: "", context: "8192" };
  }

  getViewType(): string {
    return CALCULATOR;
  }

  getDisplayText(): string {
    return this.sizing.speech.words.calculator;
  }

  override getIcon(): string {
    return "calculator";
  }

  override onOpen(): Promise<void> {
    const { words } = this.sizing.speech;
    this.contentEl.empty();
    for (const field of FIELDS) {
      new Setting(this.contentEl).setName(words[field]).addText((text) =>
        text.setValue(this.asked[field]).onChange((value) => {
          this.asked[field] = value.trim();
          void this.update();
        }),
      );
    }
    this.contentEl.append(this.answer);
    return this.update();
  }

  /** The answer to the newest question; an earlier one that comes later is dropped. */
  private async update(): Promise<void> {
    const turn = ++this.turn;
    const shown = createDiv();
    await this.sizing.block(textOf(this.asked), shown);
    if (turn === this.turn) this.answer.replaceChildren(...Array.from(shown.childNodes));
  }
}
