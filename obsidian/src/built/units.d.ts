/** How pages write numbers in Chinese: docs/assets/calculator/units.mjs. */
import type { Rate } from "../engine";
export const UNKNOWN: string;
export const NONE: string;
export const number: (value: number, digits?: number) => string;
export const rounded: (value: number) => string;
export const gib: (size: number) => string;
export const gb: (size: number) => string;
export const box: (size: number) => string;
export const count: (value: number | null) => string;
export const tokens: (value: number | null) => string;
export const rate: (value: Rate | null) => string;
export const seconds: (value: number | null) => string;
export const bandwidth: (value: number | null) => string;
export const money: (value: { amount: number; currency: string; per: string | null }) => string;
