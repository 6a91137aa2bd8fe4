/** The data that tools/obsidian/packed.py packed. */
declare const text: string;
export default text;
