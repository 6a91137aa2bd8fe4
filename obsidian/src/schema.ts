/**
 * Does a file keep to its schema? The schemas of docs/schema, in the part of JSON Schema that they are written in; the
 * libraries for all of it are larger than the engine's face. A test asks a schema that says more to be refused.
 */
export interface Schema {
  description?: string;
  $ref?: string;
  $defs?: Record<string, Schema>;
  anyOf?: Schema[];
  type?: "object" | "array" | "string" | "integer" | "number" | "boolean" | "null";
  enum?: unknown[];
  const?: unknown;
  pattern?: string;
  properties?: Record<string, Schema>;
  additionalProperties?: boolean | Schema;
  propertyNames?: Schema;
  required?: string[];
  items?: Schema;
  minItems?: number;
  minProperties?: number;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
}

const KNOWN = new Set([
  "$schema", "$ref", "$defs", "title", "description", "default", "examples", "anyOf", "type", "enum", "const", "pattern", "properties",
  "additionalProperties", "propertyNames", "required", "items", "minItems", "minProperties", "minLength", "maxLength", "minimum", "maximum",
  "exclusiveMinimum",
]);

/** What is wrong, a line each: where it stands, and what would be right. */
export const mistakes = (root: Schema, value: unknown): string[] => [...found(root, root, value, "")];

function* found(root: Schema, schema: Schema, value: unknown, at: string): Generator<string> {
  const beyond = Object.keys(schema).find((key) => !KNOWN.has(key));
  if (beyond !== undefined) throw new Error(`a schema says ${beyond}, which is not read here`);
  if (schema.$ref !== undefined) {
    const named = root.$defs?.[schema.$ref.replace("#/$defs/", "")];
    if (named) yield* found(root, named, value, at);
  }
  if (schema.anyOf && !schema.anyOf.some((one) => found(root, one, value, at).next().done)) {
    yield line(at, value, schema);
  }
  const right =
    typed(schema.type, value) &&
    (schema.enum === undefined || schema.enum.includes(value)) &&
    (schema.const === undefined || schema.const === value) &&
    (typeof value !== "string" || spelled(schema, value)) &&
    (typeof value !== "number" || ranged(schema, value));
  if (!right) yield line(at, value, schema);
  else if (Array.isArray(value)) yield* listed(root, schema, value, at);
  else if (typeof value === "object" && value !== null) yield* mapped(root, schema, value as Record<string, unknown>, at);
}

const typed = (type: Schema["type"], value: unknown): boolean => {
  switch (type) {
    case undefined: return true;
    case "null": return value === null;
    case "array": return Array.isArray(value);
    case "object": return typeof value === "object" && value !== null && !Array.isArray(value);
    case "integer": return Number.isInteger(value);
    default: return typeof value === type;
  }
};

const spelled = ({ pattern, minLength, maxLength }: Schema, value: string): boolean =>
  (pattern === undefined || new RegExp(pattern, "u").test(value)) && value.length >= (minLength ?? 0) && value.length <= (maxLength ?? Infinity);

const ranged = ({ minimum, maximum, exclusiveMinimum }: Schema, value: number): boolean =>
  value >= (minimum ?? -Infinity) && value <= (maximum ?? Infinity) && value > (exclusiveMinimum ?? -Infinity);

function* listed(root: Schema, schema: Schema, value: unknown[], at: string): Generator<string> {
  if (value.length < (schema.minItems ?? 0)) yield line(at, value, schema);
  if (schema.items) for (const [i, one] of value.entries()) yield* found(root, schema.items, one, `${at}[${i}]`);
}

function* mapped(root: Schema, schema: Schema, value: Record<string, unknown>, at: string): Generator<string> {
  const under = (key: string): string => (at ? `${at}.${key}` : key);
  for (const key of schema.required ?? []) if (!Object.hasOwn(value, key)) yield `${under(key)}: missing`;
  if (Object.keys(value).length < (schema.minProperties ?? 0)) yield line(at, value, schema);
  for (const [key, one] of Object.entries(value)) {
    const own = schema.properties && Object.hasOwn(schema.properties, key) ? schema.properties[key] : undefined;
    const rest = schema.additionalProperties;
    if (own) yield* found(root, own, one, under(key));
    else if (typeof rest === "object") yield* found(root, rest, one, under(key));
    else if (rest === false) yield `${under(key)}: unknown key; known here: ${Object.keys(schema.properties ?? {}).join(", ")}`;
    if (schema.propertyNames && !spelled(schema.propertyNames, key)) yield `${under(key)}: not an id; write small letters, digits and hyphens`;
  }
}

const line = (at: string, value: unknown, { description }: Schema): string => {
  const told = JSON.stringify(value);
  return `${at || "the file"}: ${told.length > 60 ? `${told.slice(0, 59)}…` : told} is not right${description ? `; give ${description}` : ""}`;
};
