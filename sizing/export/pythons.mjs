/** What Python means by its words, for a page's modules that are made of Python's: of the same version as the rest. */
export * from "./VERSION/export/python.mjs";
