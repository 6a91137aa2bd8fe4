// The community's own rules, as its review runs them, over all that the plugin is made of.
import obsidianmd from "eslint-plugin-obsidianmd";
import tseslint from "typescript-eslint";
import { defineConfig } from "eslint/config";

export default defineConfig([
  { ignores: ["dist/", "test/", "real/", "node_modules/", "build.mjs", "eslint.config.mjs", "package.json", "package-lock.json", "versions.json", "tsconfig.json"] },
  ...obsidianmd.configs.recommended,
  {
    files: ["src/**/*.ts"],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { project: "./tsconfig.json", tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
    },
  },
]);
