/** Which macros does a text call? `{{ memory("llama-3-8b", "Q4_K_M", 8192) }}`, with the literals that Python has. */
import { Line } from "./engine";

export type Literal = string | number | boolean | null | Literal[] | { [key: string]: Literal };

export interface Call {
  name: string;
  given: Literal[];
  named: Record<string, Literal>;
}

export const CALL = /\{\{\s*([a-z_][a-z0-9_]*\([^{}]*(?:\{[^{}]*\}[^{}]*)*\))\s*\}\}/g;

const TOKEN = /\s*(?:("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|(-?(?:\d[\d_]*)(?:\.\d+)?(?:[eE][-+]?\d+)?)|([A-Za-z_][A-Za-z0-9_]*)|([()[\]{},:=]))/y;
const DEEPEST = 20;
const WORDS: Record<string, Literal> = { True: true, False: false, None: null, true: true, false: false, none: null };

type Token = { kind: "text" | "number" | "word" | "mark"; text: string };

/** A call by its text. Throws Line. */
export const callOf = (text: string): Call => {
  const reader = new Reader(tokensOf(text));
  const name = reader.word();
  const call: Call = { name, given: [], named: Object.create(null) as Record<string, Literal> };
  reader.list("(", ")", () => {
    const key = reader.keyword();
    if (key !== null) call.named[key] = reader.literal(0);
    else call.given.push(reader.literal(0));
  });
  reader.end();
  return call;
};

const tokensOf = (text: string): Token[] => {
  const found: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.trimEnd().length) {
    const at = TOKEN.lastIndex;
    const next = TOKEN.exec(text);
    if (!next) throw new Line(`not a call at ${JSON.stringify(text.slice(at, at + 20))}; write name("text", 8192)`);
    const [, quoted, number, word, mark] = next;
    if (quoted !== undefined) found.push({ kind: "text", text: quoted.slice(1, -1).replace(/\\(.)/g, "$1") });
    else if (number !== undefined) found.push({ kind: "number", text: number.replaceAll("_", "") });
    else if (word !== undefined) found.push({ kind: "word", text: word });
    else found.push({ kind: "mark", text: mark ?? "" });
  }
  return found;
};

class Reader {
  private at = 0;

  constructor(private readonly tokens: Token[]) {}

  word(): string {
    const one = this.tokens[this.at++];
    return one?.kind === "word" ? one.text : this.refuse();
  }

  /** The name before `=`, if one stands here. */
  keyword(): string | null {
    const [one, next] = [this.tokens[this.at], this.tokens[this.at + 1]];
    if (one?.kind !== "word" || next?.kind !== "mark" || next.text !== "=") return null;
    this.at += 2;
    return one.text;
  }

  literal(depth: number): Literal {
    const one = this.tokens[this.at];
    if (!one || depth > DEEPEST) return this.refuse();
    if (one.kind === "mark") return this.nested(one.text, depth);
    this.at++;
    if (one.kind === "text") return one.text;
    if (one.kind === "number") return Number(one.text);
    const meant = WORDS[one.text];
    return meant === undefined ? this.refuse() : meant;
  }

  private nested(mark: string, depth: number): Literal {
    const found: Literal[] = [];
    if (mark === "[") this.list("[", "]", () => found.push(this.literal(depth + 1)));
    else if (mark === "(") this.list("(", ")", () => found.push(this.literal(depth + 1)));
    else if (mark === "{") {
      const pairs: [string, Literal][] = [];
      this.list("{", "}", () => {
        const key = this.literal(depth + 1);
        if (typeof key !== "string") this.refuse();
        this.mark(":");
        pairs.push([key, this.literal(depth + 1)]);
      });
      return Object.fromEntries(pairs);
    } else this.refuse();
    return found;
  }

  /** What stands between two marks, with commas between. */
  list(open: string, close: string, item: () => void): void {
    this.mark(open);
    while (!this.is(close)) {
      item();
      if (!this.is(close)) this.mark(",");
    }
    this.mark(close);
  }

  end(): void {
    if (this.at !== this.tokens.length) this.refuse();
  }

  private is(mark: string): boolean {
    const one = this.tokens[this.at];
    return one?.kind === "mark" && one.text === mark;
  }

  private mark(text: string): void {
    if (!this.is(text)) this.refuse();
    this.at++;
  }

  private refuse(): never {
    const one = this.tokens[this.at] ?? this.tokens.at(-1);
    throw new Line(`not a call at ${JSON.stringify(one?.text ?? "")}; write name("text", 8192)`);
  }
}
