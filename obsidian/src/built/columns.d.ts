/** What was told in columns: sizing/export/columns.mjs. */
export const whole: (told: unknown) => unknown;
export const byId: <T>(ids: string[], records: T[]) => Record<string, T>;
