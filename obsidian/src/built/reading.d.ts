/** sizing/export/reading.mjs, made of Python's. */

/** What an entry of the catalog states of a model. */
export interface Entry {
  id: string;
  name: string;
  family: string;
  released: string;
  stated_parameters: number | "undisclosed";
  architecture: unknown;
}
export class SizingError extends Error {}
export const give: (tables: object) => void;
export const entry: (told: Entry) => unknown;
export const own: (family: object, told: unknown, name: string) => unknown;
