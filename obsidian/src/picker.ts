/** Which model, and on which machine? Two lists to choose from, one after the other; then a block is written. */
import { type App, FuzzySuggestModal } from "obsidian";

export interface Choice {
  id: string;
  name: string;
}

/** A list to choose from; null where the reader chooses nothing. */
export const pick = (app: App, title: string, choices: Choice[]): Promise<Choice | null> =>
  new Promise((resolve) => new Picker(app, title, choices, resolve).open());

class Picker extends FuzzySuggestModal<Choice> {
  private chosen: Choice | null = null;

  constructor(
    app: App,
    title: string,
    private readonly choices: Choice[],
    private readonly done: (choice: Choice | null) => void,
  ) {
    super(app);
    this.setPlaceholder(title);
  }

  getItems(): Choice[] {
    return this.choices;
  }

  getItemText({ id, name }: Choice): string {
    return id ? `${name} · ${id}` : name;
  }

  onChooseItem(choice: Choice): void {
    this.chosen = choice;
    this.done(choice);
  }

  /** Closing comes before choosing, so what was chosen is asked for a little later. */
  override onClose(): void {
    super.onClose();
    window.setTimeout(() => {
      if (!this.chosen) this.done(null);
    }, 0);
  }
}
