/** What may a reader decide? One's own machine, the unit of memory, and where the vault's catalog lies. */
import { PluginSettingTab, type SettingDefinitionItem } from "obsidian";
import type SizingPlugin from "./main";
import type { Measure } from "./words";

export interface Settings {
  machine: string;
  ram: string;
  measure: Measure;
  folder: string;
}

export const USUAL: Settings = { machine: "", ram: "", measure: "GiB", folder: "catalog" };

/** Settings as they were kept: what is not known, or not right, is as usual. */
export const settingsOf = (kept: unknown): Settings => {
  const said = (typeof kept === "object" && kept !== null ? kept : {}) as Record<string, unknown>;
  const text = (key: "machine" | "ram" | "folder"): string => (typeof said[key] === "string" ? said[key] : USUAL[key]);
  return { machine: text("machine"), ram: text("ram"), measure: said.measure === "GB" ? "GB" : "GiB", folder: text("folder") };
};

export class SettingTab extends PluginSettingTab {
  constructor(private readonly sizing: SizingPlugin) {
    super(sizing.app, sizing);
  }

  override getSettingDefinitions(): SettingDefinitionItem[] {
    const { words } = this.sizing.speech;
    return [
      { name: words.own, desc: words.ownAbout, control: { type: "text", key: "machine", placeholder: "RTX 4090" } },
      { name: words.ram, desc: words.ramAbout, control: { type: "text", key: "ram", placeholder: "64GB" } },
      { name: words.measure, desc: words.measureAbout, control: { type: "dropdown", key: "measure", options: { GiB: "GiB", GB: "GB" } } },
      { name: words.folder, desc: words.folderAbout, control: { type: "text", key: "folder", placeholder: USUAL.folder } },
    ];
  }

  override async setControlValue(key: string, value: unknown): Promise<void> {
    await this.sizing.decide({ ...this.sizing.settings, [key]: value });
  }
}
