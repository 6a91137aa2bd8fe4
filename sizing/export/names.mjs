/**
 * What do people mean by a name? Models, machines of parts, hosts and formats, as sizing.facts reads them: exactly first,
 * then by normal form. What means nothing, or several things, is refused with at most five near names.
 */
const MOST_CANDIDATES = 5;
const GIB = 2 ** 30;

const quoted = (name) => `'${name.length <= 80 ? name : `${name.slice(0, 79)}…`}'`;
/** RTX 4090 and rtx-4090 are one. */
const bare = (name) => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");

const SUCH = "such as 2x-rtx-4090 or m4-max-40-core-128gb, or its memory alone: 32GB@DDR5-5600x2; "
  + "what the catalog lacks, catalog/devices/_template.yaml adds";

/** The near ones of some ids, by the letters that they begin with. */
const near = (ids, name, otherwise) => {
  const wanted = bare(name);
  for (let length = wanted.length; length > 2; length--) {
    const found = ids.filter((id) => bare(id).includes(wanted.slice(0, length)));
    if (found.length > 0) return `did you mean ${found.slice(0, MOST_CANDIDATES).join(", ")}?`;
  }
  return otherwise ?? `known are ${ids.slice(0, MOST_CANDIDATES).join(", ")} and ${ids.length - MOST_CANDIDATES} more`;
};

// --- models: sizing/facts/model_names.py, whose forms are in `names`

const ADDRESS = new RegExp(
  "^((https?://)?(www\\.)?(huggingface\\.co|hf\\.co|hf-mirror\\.com|modelscope\\.(cn|ai)/models|modelscope\\.cn"
    + "|ollama\\.com/library|ollama\\.com|registry\\.ollama\\.ai/library|lmstudio\\.ai/models)/|hf:|library/)",
);
const PLACE = /\/(tree|blob|resolve|files|summary|tags)(\/(main|master|[0-9a-f]{40}))?(?=\/|$)/g;
const TUNES = new Set(["instruct", "it", "chat", "base", "pt", "hf", "text"]);

/** The normal form of a model's name, its words in small letters: Llama3.1:8B is llama-3.1-8b. */
export const normal = (name) =>
  name.toLowerCase().replaceAll("+", "-plus-").replace(/(\d)_(?=\d)/g, "$1.").replace(/\./g, betweenFigures)
    .replace(/[^a-z0-9.]+/g, "-").replace(/^-+|-+$/g, "").replace(/([a-z])(?=\d)/g, "$1-");

/** A dot stays one between two figures alone. */
const betweenFigures = (dot, at, text) => (/\d/.test(text[at - 1] ?? "") && /\d/.test(text[at + 1] ?? "") ? dot : "-");

const SHORT_RECIPE = /(^|[^a-z0-9])q([2-6])_?k_?([sml])(?![a-z0-9])/gi; // q4km

/** The format that a name ends with, if any: sizing/facts/format_names.py, whose patterns are in `endings`. */
export const ending = (endings, name, isMlx = false) => {
  const whole = (pattern) => new RegExp(`^(.+?)${endings.edge}+(?:${pattern})$`, "i");
  const without = (from, what) => whole(what).exec(from)?.[1];
  const mlx = isMlx || new RegExp(`(?:^|${endings.edge})mlx(?:$|${endings.edge})`, "i").test(name);
  const said = (from) => {
    const recipe = new RegExp(`^(.+?)${endings.edge}+(${endings.recipe})$`, "i").exec(from);
    if (recipe) return [recipe[1], recipe[2].toUpperCase().replace(/UD[_ ]/, "UD-")];
    for (const [pattern, means] of [...(mlx ? endings.mlx : []), ...endings.said, ...(mlx ? [] : endings.generic)]) {
      const found = whole(pattern).exec(from);
      const number = found?.slice(2).find(Boolean) ?? "";
      if (found) return [found[1], means.replace("{}", number.toUpperCase().replaceAll("_", "."))];
    }
    return null;
  };
  let [stem, format, gguf, imatrix, found] = [name.replace(SHORT_RECIPE, "$1q$2_k_$3"), null, false, false, null];
  for (;;) {
    if ((found = without(stem, "gguf"))) [stem, gguf] = [found, true];
    else if ((found = without(stem, endings.imatrix))) [stem, imatrix] = [found, true];
    else if ((found = without(stem, endings.silent))) stem = found;
    else if (!format && (found = said(stem))) [stem, format] = found;
    else break;
  }
  if (gguf && format) format = endings.in_gguf[format] ?? format;
  const recipe = format && new RegExp(`^(?:${endings.recipe})$`, "i").test(format);
  if (recipe && imatrix && !format.startsWith("UD-")) format = `i1-${format}`;
  return { stem, format, gguf: gguf || Boolean(recipe) };
};

/** What models are called, as sizing.export.names tells it, by their entries: for whoever has these and not its file. */
export const namesOf = (entries, { endings, called, short }) => {
  const [stated, forms, plain, owners] = [{}, {}, {}, {}];
  const put = (into, form, id) => {
    into[form] = [...new Set([...(into[form] ?? []), id])].sort();
  };
  for (const { id, name, vendor, names = {}, published } of entries) {
    owners[id] = vendor;
    const { huggingface = [], modelscope = [], repackaged = [], tuned = [], ollama = {}, tuned_ollama = {} } = names;
    const repositories = [...huggingface, ...modelscope, ...repackaged, ...tuned];
    for (const one of repositories) {
      const said = ending(endings, one, one.toLowerCase().startsWith("mlx-community/"));
      stated[one.toLowerCase()] ??= [id, said.format, said.gguf];
    }
    for (const [tag, format] of Object.entries({ ...ollama, ...tuned_ollama })) stated[tag.toLowerCase()] ??= [id, format, true];
    for (const base of new Set([id, name, ...repositories.map((one) => one.split("/")[1])])) {
      const stem = normal(ending(endings, base, true).stem);
      const own = [stem, ...sized([stem], published?.total)]; // what it says of a format is no word of the model's
      for (const form of sized([normal(base), stem], published?.total)) {
        put(forms, form, id);
        if (own.includes(form)) put(plain, untuned(form), id);
      }
    }
  }
  return { stated, forms, called, short, plain, owners, endings };
};

/** Forms of a name; where none states a size, with the published one behind, too: DeepSeek-R1 671B. */
const sized = (forms, total) => {
  const told = typeof total === "number" && !forms.some((form) => form.split("-").some((word) => /^[0-9.]+[bm]$/.test(word)));
  return told ? forms.flatMap((form) => [form, `${form}-${Math.round(total / 1e9)}b`]) : forms;
};

/** A form without the words of tuning. */
const untuned = (form) => form.split("-").filter((word) => !TUNES.has(word)).join("-");

const VERSION = /^[0-9.]+$/;
const UNDATED = /^(?!2[3-9](?:0[1-9]|1[0-2])$|(?:0[1-9]|1[0-2])[0-3][0-9]$)[0-9.]+$/; // no 2507, no 0528
const NONE = /(?!)/;
// What makes another model of one, and is never left out.
const KINDS = [
  "coder", "code", "embed", "embedding", "guard", "math", "minitron", "ocr", "omni", "reranker", "safeguard", "vl",
];
const BESIDE_BASE = ["large", "small"]; // what is called base is of neither of these sizes

/** The models one of whose forms, in words, is meant. */
const having = (forms, meant) => {
  const found = Object.keys(forms).filter((form) => meant(form.split("-")));
  return [...new Set(found.flatMap((form) => forms[form]))].sort();
};

/** Whether two words are one; the version 4 is 4.0. */
const isWord = (said, own) => said === own || (own === `${said}.0` && VERSION.test(said));

/** The words between some that stand in others in their order, the first of them first; null where they do not, or one of
 * those that are kept is left out. */
const between = (words, every, kept) => {
  const [rest, missing] = [[...words], []];
  if (!isWord(rest[0], every[0])) return null;
  for (const word of every) {
    if (rest.length > 0 && isWord(rest[0], word)) rest.shift();
    else if (kept.test(word)) return null;
    else missing.push(word);
  }
  return rest.length === 0 ? missing : null;
};

/** The same, where others stand before the first. */
const inside = (words, every) => {
  for (let at = 1; at < every.length; at++) {
    const missing = between(words, every.slice(at), VERSION);
    if (missing) return missing;
  }
  return null;
};

/** Whether an id without some of its words is another model's name, or may be: a coder is a model of its own. */
const isAnother = (forms, id, missing) => {
  if (missing.some((word) => KINDS.includes(word))) return true;
  const rest = normal(id).split("-").filter((word) => !missing.includes(word) && !TUNES.has(word)).join("-");
  return Object.hasOwn(forms, rest) && !same(forms[rest], [id]);
};

/** The models one of whose forms is meant but for words that are left out, none of them needed, unless the rest of its id
 * is another's name. */
const meantBy = (forms, needed, leftOut) => {
  const found = new Set();
  for (const [form, ids] of Object.entries(forms)) {
    const missing = leftOut(form.split("-"));
    if (!missing || missing.some((word) => needed.includes(word))) continue;
    for (const id of ids) {
      if (![missing, ...missing.map((word) => [word])].some((one) => isAnother(forms, id, one))) found.add(id);
    }
  }
  return [...found].sort();
};

/** The models whose forms have these words and more; before the first of them where no form begins with that. */
const formed = (forms, words, needed) => {
  if (words.length < 2) return [];
  const found = meantBy(forms, needed, (own) => between(words, own, VERSION));
  if (found.length > 0) return found;
  const dated = meantBy(forms, needed, (own) => between(words, own, UNDATED));
  if (dated.length > 0 && same(dated, meantBy(forms, needed, (own) => between(words, own, NONE)))) return dated;
  if (Object.keys(forms).some((form) => form.split("-")[0] === words[0])) return [];
  const ends = meantBy(forms, needed, (own) => (same(own.slice(-words.length), words) ? [] : null));
  return ends.length > 0 ? ends : meantBy(forms, needed, (own) => inside(words, own));
};

/** The models that a form may mean, by ever weaker likeness. */
const alike = (names, form) => {
  const plain = untuned(form);
  const found = names.forms[form] ?? asOneWord(names.forms, form) ?? ofOwner(names, names.forms, form)
    ?? names.plain[plain] ?? ofOwner(names, names.plain, plain) ?? formed(names.plain, plain.split("-"), form.split("-").includes("base") ? BESIDE_BASE : []);
  const bare = plain.split("-").length > 1 && VERSION.test(plain.split("-").at(-1)); // gpt oss 120
  return found.length === 0 && bare ? alike(names, `${form}b`) : found;
};

/** What people mean who say bits alone. */
const ofBits = (endings, said) => {
  const recipe = endings.of_bits[said.format];
  return Object.assign(said, recipe ? { format: recipe, gguf: true } : {});
};

const ambiguous = (name, ids) => {
  const more = ids.length > MOST_CANDIDATES ? ` and ${ids.length - MOST_CANDIDATES} more` : "";
  const some = ids.slice(0, MOST_CANDIDATES).join(", ");
  return new Error(`${quoted(name)} may mean several models; write one of ${some}${more}`);
};

/** A tag of Ollama's that no entry states, but for the format that it ends with; null for words with a colon between. */
const ofOllama = ({ stated, endings }, tag, name) => {
  const [family, own] = [tag.slice(0, tag.indexOf(":")), tag.slice(tag.indexOf(":") + 1)];
  if (/^(.*-)?cloud$/.test(own)) {
    throw new Error(`${quoted(name)} runs on Ollama's servers; name a model whose weights you have`);
  }
  const said = ofBits(endings, ending(endings, tag));
  const tags = Object.keys(stated).filter((one) => one.startsWith(`${family}:`));
  const ids = [...new Set(tags.filter((one) => ending(endings, one).stem === said.stem).map((one) => stated[one][0]))];
  if (ids.length > 1) throw ambiguous(name, ids.sort());
  if (ids.length === 1) return { id: ids[0], format: said.format, gguf: true };
  if (tags.length === 0) return null;
  const close = tags.slice(0, MOST_CANDIDATES).join(", ");
  throw new Error(`no tag ${quoted(name)} in the catalog; of ${family} it has ${close}`);
};

/** A name with what families are called in Chinese and in short as ids have it, each once: 智谱 GLM-4.6. */
const inFull = ({ called, short }, name) => {
  let text = name;
  for (const [said, family] of Object.entries(called)) text = text.replaceAll(said, family);
  if (text !== name) {
    const families = [...new Set(Object.values(called).filter((family) => /^[a-z]+$/.test(family)))].sort().join("|");
    text = text.trim().replace(new RegExp(`(${families})[ _-]*(?=\\1)`, "gi"), "");
  }
  return text.replace(/(\d) ?(?:位|比特)/g, "$1bit")
    .replace(new RegExp(`^(${Object.keys(short).join("|")})[ _-]?(?=[rv]\\d)`, "i"), (_, one) => `${short[one.toLowerCase()]} `);
};

/** The models of a form that has their owner's name before it, or undefined: Qwen_Qwen3-32B, google gemma. */
const ofOwner = ({ stated, owners }, forms, form) => {
  const found = new Set();
  const add = (owner, id) => {
    const before = `${normal(owner)}-`;
    if (form.startsWith(before) && forms[form.slice(before.length)]?.includes(id)) found.add(id);
  };
  for (const [name, [id]] of Object.entries(stated)) if (name.includes("/")) add(name.split("/")[0], id);
  for (const [id, owner] of Object.entries(owners)) add(owner, id);
  return found.size > 0 ? [...found].sort() : undefined;
};

/** The models of a form that is written as one word, or undefined: gptoss20b. */
const asOneWord = (forms, form) => {
  const bareForm = form.replaceAll("-", "");
  const found = Object.keys(forms).filter((one) => one.replaceAll("-", "") === bareForm).flatMap((one) => forms[one]);
  return found.length > 0 ? [...new Set(found)].sort() : undefined;
};

/** The model that is meant, the format that its name says, and whether it is a GGUF file's. */
export const modelOf = (names, ids, name) => {
  if (ids.includes(name)) return { id: name, format: null, gguf: false };
  let text = name.trim().replace(/\s*\(free\)$|:free$/i, "").replace(ADDRESS, "").replace(PLACE, "")
    .replace(/^\/+|\/+$/g, "");
  text = inFull(names, text);
  const lower = text.toLowerCase();
  const stated = names.stated[lower] ?? (lower.includes(":") ? null : names.stated[`${lower}:latest`]);
  if (stated) return { id: stated[0], format: stated[1], gguf: stated[2] };
  const tag = lower.includes(":") && !lower.includes("/") ? ofOllama(names, lower, name) : null;
  if (tag) return tag;
  const parts = text.split("/");
  const said = ending(names.endings, parts.length > 1 ? parts[1] : parts[0], parts[0].toLowerCase() === "mlx-community");
  if (said.gguf || parts.length === 1) ofBits(names.endings, said);
  const form = normal(said.stem);
  const found = alike(names, form);
  if (found.length === 1) return { id: found[0], format: said.format, gguf: said.gguf };
  if (found.length > 1) throw ambiguous(name, found);
  const latest = names.stated[`${lower.split(/\s+/).join("-")}:latest`]; // nomic embed text
  if (latest) return { id: latest[0], format: latest[1], gguf: latest[2] };
  const words = form.split("-").filter((word) => word && !TUNES.has(word));
  const all = having(names.plain, (own) => words.length > 0 && words.every((word) => own.includes(word)));
  const hint = all.length > 0 ? `did you mean ${all.slice(0, MOST_CANDIDATES).join(", ")}?` : near(ids, said.stem);
  throw new Error(`no model ${quoted(name)} in the catalog; ${hint}`);
};

// --- machines: sizing/facts/machine_names.py

const BOXES = /^([1-9][0-9]{0,2})(?:x-| ?[x×*] ?)(.+?)(?: over |-over-)([0-9.]+ ?gbe|tb[345]|[0-9.]+ ?gbps)$/;
const THUNDERBOLT = { tb3: 40, tb4: 40, tb5: 80 };
const COUNTED = /^([1-9][0-9]*)x-(.+)$/;
const MOST = 1024; // devices of a machine

// --- how many: sizing/facts/counts.py

const NUMBERS = {
  一: 1, 二: 2, 三: 3, 四: 4, 五: 5, 六: 6, 七: 7, 八: 8, 九: 9, 十: 10, 十六: 16, 单: 1, 單: 1, 双: 2, 雙: 2, 两: 2, 兩: 2,
  single: 1, dual: 2, twin: 2, two: 2, triple: 3, three: 3, quad: 4, four: 4, six: 6, eight: 8,
};
const PAIRS = "[单單双雙两兩]";
const WORD = "十六|[一二三四五六七八九十单單双雙两兩]";
const SAID = "single|dual|twin|two|triple|three|quad|four|six|eight";
const UNIT = "(?:张|張|块|塊|片|卡|枚|路)";
const CARDS = "(?:gpus?|cards?|pcs)";
const END = "(?![\\p{L}\\p{N}_])";
const BEFORE = new RegExp(
  `^(?:([0-9]+)(?:\\s*(?:[x×*]|${UNIT})|\\s+${CARDS}${END})|[x×*]([0-9]+)\\s`
    + `|(${WORD})${UNIT}{1,2}|(${PAIRS})|(${SAID})${END}(?:[ -]${CARDS}${END})?)[\\s-]*(.+)$`,
  "u",
);
// What stands behind a name is told from its letters and digits by what is before it; older phones cannot look behind.
const BEHIND = [
  [/^((.+?)[\s-]*[(（]?)[×*]\s*([0-9]+)[)）]?$/, /$/],
  [/^((.+?)[\s-]*[(（]?)x\s*([0-9]+)[)）]?$/, /[^a-z]$/],
  [new RegExp(`^((.+?)[\\s-]*[(（]?)([0-9]+)\\s*(?:x|${UNIT}|${CARDS})[)）]?$`), /[^0-9a-z]$/],
  [new RegExp(`^((.+?)[\\s-]*)(${WORD})${UNIT}$`), /$/],
];

const behindIt = (name) => {
  for (const [pattern, before] of BEHIND) {
    const found = pattern.exec(name);
    if (found && before.test(found[1])) return [found[3], found[2]];
  }
  return null;
};

/** How many of what a name says, and of what: [null, name] where it says no count. */
const counted = (name) => {
  const number = (said) => NUMBERS[said] ?? (said.length <= 4 ? Number(said) : MOST + 1);
  const exact = COUNTED.exec(name);
  if (exact) return [number(exact[1]), exact[2]];
  const lower = name.trim().toLowerCase();
  const [before, behind] = [BEFORE.exec(lower), behindIt(lower)];
  const said = [];
  if (before) said.push([number(before.slice(1, -1).find(Boolean)), before.at(-1)]);
  if (behind) said.push([number(behind[0]), behind[1]]);
  return said.find(([count]) => count <= MOST) ?? said[0] ?? [null, name];
};

/** A machine of the catalog, or of parts: {id} or {id, name, devices, host, nodes, network}. A processor need not be
 * ``sized`` where its memory is told elsewhere. */
export const machineOf = (lists, built, name, sized = true) => {
  if (LIKE_MEMORY.test(name.trim().toLowerCase())) {
    throw new Error(`${quoted(name)}: write a memory by size, type and rate, channels: 16GB@DDR4-3200x2`);
  }
  const text = plain(lists, name);
  const sold = soldMachine(lists, name, text);
  if (sold) return { id: sold, name: lists.machines[sold].name };
  const boxes = BOXES.exec(text);
  if (boxes) return joined(lists, built, Number(boxes[1]), boxes[2], boxes[3], name);
  const box = ported(lists, text);
  if (box) return joined(lists, built, box[0], box[1], lists.machines[box[1]].port.toLowerCase(), name);
  try {
    return ofParts(lists, text, name, sized);
  } catch (refused) {
    const alone = refused.unknown && !text.includes("+") ? lists.machines : {};
    const meantOnes = meantMachines(lists, alone, text, refused.near);
    if (meantOnes.length === 1) return { id: meantOnes[0], name: lists.machines[meantOnes[0]].name };
    throw meantOnes.length > 0 ? unknown(name, meantOnes) : refused;
  }
};

/** A machine of devices alone, whose host is the reference. */
const ofParts = (lists, text, name, sized) => {
  const trimmed = (some) => some.split("+").map((part) => part.trim());
  const isId = (part) => [part, counted(part)[1]].some((one) => Object.hasOwn(lists.devices, one));
  const all = trimmed(trimmed(name).every(isId) ? name : text); // ids mean themselves, whatever their words do
  const parts = all.map((part) => installed(lists, part, all.length === 1 ? name : part, sized));
  const id = parts.map((one) => spelled(lists, one)).join("+");
  if (Object.hasOwn(lists.machines, id)) return { id, name: lists.machines[id].name };
  possible(lists, parts, name);
  const called = parts.map(([device, count]) => (count > 1 ? `${count} × ` : "") + lists.devices[device].name);
  return { id, name: called.join(" + "), devices: parts, host: null, nodes: 1, network: null };
};

const soldMachine = (lists, name, text) => {
  if (Object.hasOwn(lists.machines, name)) return name;
  for (const [said, words] of [[name, bare], [text, (one) => bare(plain(lists, one))]]) {
    const called = Object.entries(lists.machines)
      .filter(([id, { name: own, names = [] }]) => [id, own, ...names].some((one) => words(one) === bare(said)));
    if (called.length === 1) return called[0][0];
  }
  return null;
};

/** How many of which boxes a name says that have a port for it, if it does. */
const ported = (lists, text) => {
  const [count, rest] = counted(text);
  const named = ([id, { name, names = [] }]) => [id, name, ...names].some((one) => bare(plain(lists, one)) === bare(rest));
  const found = count === null ? null : Object.entries(lists.machines).find((one) => one[1].port && named(one));
  return found ? [count, found[0]] : null;
};

/** Equal boxes, each a machine of its own, that share a model over a network. */
const joined = (lists, built, count, box, link, name) => {
  const one = machineOf(lists, built, box);
  const own = one.devices ? one : built(one.id);
  if (own.nodes > 1) throw new Error(`${quoted(name)}: ${one.id} is several boxes already; name one of them`);
  const devices = own.devices.reduce((sum, [, each]) => sum + each, 0);
  if (!(count >= 2 && count <= Math.floor(MOST / devices))) {
    throw new Error(`${quoted(name)}: give 2 boxes or more, of ${MOST} devices at most`);
  }
  const speed = /^([0-9]{1,4}(?:\.[0-9])?) ?(?:gbe|gbps)$/.exec(link);
  const gigabits = speed ? Number(speed[1]) : (THUNDERBOLT[link] ?? 0);
  if (!(gigabits >= 0.1 && gigabits <= 3200)) {
    throw new Error(`${quoted(name)}: no network ${quoted(link)}; write 10GbE, 200GbE, TB5 or 80Gbps`);
  }
  const id = `${count}x-${one.id}-over-${link.replaceAll(" ", "")}`;
  return { ...own, id, name: `${count} × ${one.name}, ${link}`, nodes: count, network: (gigabits * 1e9) / 8 };
};

const spelled = (lists, [device, count, size]) => {
  const many = lists.devices[device].memory.length > 1;
  return `${count > 1 ? `${count}x-` : ""}${device}${size && many ? `-${size / GIB}gb` : ""}`;
};

const possible = (lists, parts, name) => {
  if (parts.reduce((sum, [, count]) => sum + count, 0) > MOST) {
    throw new Error(`${quoted(name)} has more than ${MOST} devices; give a smaller count`);
  }
  if (parts.length === 1) return;
  for (const part of parts) {
    const { kind } = lists.devices[part[0]];
    const as = `give it as the host: ${spelled(lists, part)}`;
    if (kind === "cpu") throw new Error(`${part[0]} is a processor, not a card; ${as}`);
    if (kind === "soc") {
      throw new Error(`${part[0]} is one chip with its own memory; it is no one machine with others`);
    }
  }
  const first = lists.devices[parts[0][0]].backends;
  for (const [device] of parts) {
    if (!lists.devices[device].backends.some((one) => first.includes(one))) {
      throw new Error(`${parts[0][0]} and ${device} share no backend; choose cards that one runtime can use`);
    }
  }
};

/** 2x-rtx-4090 or m3-max-40-core-64gb, of plain words: a device, how many, and the size that was bought. */
const installed = (lists, part, whole, sized = true) => {
  const [times, rest] = countedDevices(lists, part);
  if (!(times >= 1 && times <= MOST)) {
    throw new Error(`${quoted(whole)}: a count lies between 1 and ${MOST}; write it as 2x-rtx-4090`);
  }
  const box = rest === part ? undefined : Object.keys(lists.machines).find((id) => bare(id) === bare(rest));
  const chip = box && Object.keys(lists.machines[box].devices ?? {}).some((id) => lists.devices[id].kind === "soc");
  if (chip) throw new Error(`${quoted(whole)}: several boxes need their network; write ${times}x ${box} over 10GbE`);
  const { device, size: said, count: each } = deviceOf(lists, rest, times, whole);
  const count = times * each;
  const { kind, memory: sizes } = lists.devices[device];
  if (kind === "gpu") {
    if (said !== null && !sizes.includes(said)) {
      throw new Error(`${device} has ${Math.floor(sizes[0] / GIB)} GB; write ${device}`);
    }
    return [device, count, said];
  }
  const size = said === null && sizes.length === 1 ? sizes[0] : said;
  const told = sizes.includes(size) || (size === null && kind === "cpu" && !sized);
  if (!told) {
    const many = count > 1 && kind === "cpu" ? `${count}x-` : "";
    const choices = sizes.slice(0, MOST_CANDIDATES).map((one) => `${many}${device}-${one / GIB}gb`);
    if (kind === "cpu") {
      const such = "say that with --ram, such as 64GB@DDR5-5600x2, or";
      throw new Error(`${device} has the memory of its computer; ${such} write one of ${choices.join(", ")}`);
    }
    throw new Error(`${device} is sold in several sizes; write one of ${choices.join(", ")}`);
  }
  if (count > 1 && kind === "soc") {
    const boxes = `${count}x ${spelled(lists, [device, 1, size])} over 10GbE`;
    throw new Error(
      `${device} is one chip with its own memory; ${count} of them are no one machine, but may be boxes on a network: `
        + boxes,
    );
  }
  return [device, count, size];
};

/** How many of what. More than there can be counts nothing but what is a device: 7900 XTX, Threadripper 7980X. */
const countedDevices = (lists, part) => {
  if (Object.hasOwn(lists.devices, part) || called(lists, part).length > 0) return [1, part]; // MLU370-X4 is one card
  const [count, rest] = counted(part);
  const none = count === null || (count > MOST && called(lists, rest).length === 0 && !meant(lists, rest).one);
  return none ? [1, part] : [count, rest];
};

/** The devices of this normal form: the one with such an id, else those with such a name. */
const called = (lists, name) => {
  const wanted = bare(name);
  const same = Object.keys(lists.devices).filter((id) => bare(id) === wanted);
  return same.length > 0 ? same : Object.keys(lists.devices).filter((id) => {
    const { name: own, vendor, short_name: short } = lists.devices[id];
    const names = (short ? [own, short] : [own]).flatMap((one) => [plain(lists, one), one, vendor + one]);
    return names.some((one) => bare(one) === wanted);
  });
};

const RAM = /^(?:(?:.*\s)?([1-9][0-9]{0,4}) ?gb?(?: ?ram)?|.*[^0-9]([1-9][0-9]{0,4}) ?(?:gb?)? ?ram)$/;

/** The device that plain words name, of which there are so many: {device, size, count}. */
const deviceOf = (lists, text, count, name) => {
  if (Object.hasOwn(lists.devices, text)) return { device: text, size: null, count: 1 };
  const exact = called(lists, text);
  if (exact.length === 1) return { device: exact[0], size: null, count: 1 };
  if (exact.length > 1) throw unknown(name, exact, count);
  const memory = RAM.exec(text);
  if (memory && (text.endsWith("ram") || saidOf(text).words.length === 0)) {
    const size = memory[1] ?? memory[2];
    const told = /显存|vram/i.test(name)
      ? "write the card that has it, such as rtx-4090"
      : `the host has it as --ram ${size}GB; what has no card is named as ${size}GB@DDR5-5600x2`;
    throw new Error(`${quoted(name)}: ${size} GB of memory names no card; ${told}`);
  }
  let { one, ids: likely } = meant(lists, text);
  if (!one && count > 1 && text.endsWith("s") && likely.length === 0) {
    ({ one, ids: likely } = meant(lists, text.slice(0, -1))); // two 3090s
  }
  if (one) return one;
  const slug = text.replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-+|-+$/g, "");
  const sold = Object.hasOwn(lists.machines, slug) ? [] : beginning(Object.keys(lists.machines), slug);
  const near = likely.length > 0 ? likely : beginning(Object.keys(lists.devices), slug);
  const found = sold.length > 0 ? sold : near;
  throw unknown(name, found.length > 0 ? found : like(lists, text), count, near.length > 0, found.length > 0);
};

/** What refuses a name that could stand for so many of these, or for nothing; near where devices are like it, and not
 * sure where something of the name is in none of them. */
const unknown = (name, some, count = 1, isNear = true, isSure = true) => {
  const found = count > 1 ? some.map((id) => `${count}x-${id}`) : some;
  const more = found.length > MOST_CANDIDATES ? ` and ${found.length - MOST_CANDIDATES} more` : "";
  const listed = `${found.slice(0, MOST_CANDIDATES).join(", ")}${more}`;
  const said = found.length === 0
    ? `write the cards or the chip in it, ${SUCH}`
    : found.length === 1 || !isSure ? `did you mean ${listed}?` : `write one of ${listed}`;
  const error = new Error(`no machine or device ${quoted(name)} in the catalog; ${said}`);
  return Object.assign(error, { unknown: true, near: isNear, ids: found });
};

/** The ids that begin with these words: T10 begins no T1000. */
const beginning = (ids, name) => {
  const wanted = runs(name);
  return wanted.length > 0 ? ids.filter((id) => same(runs(id).slice(0, wanted.length), wanted)) : [];
};

// --- names in the words of ids: sizing/facts/plain_names.py, whose words are in lists.called

const plainNames = new Map();

/** A name in small letters and in the words of ids, with the signs that join and count parts. */
const plain = (lists, name) => {
  if (!plainNames.has(name)) plainNames.set(name, inPlainWords(lists.called, name));
  return plainNames.get(name);
};

/** A name in the words of ids, of a model's family too: what a list of names is searched by. */
export const plainly = (lists, text) => {
  let said = text;
  for (const [name, family] of Object.entries(lists.called.families)) said = said.replaceAll(name, family);
  return plain(lists, said);
};

const inPlainWords = ({ parts, words }, name) => {
  let text = name.toLowerCase().replace(/[®™]|\((?:r|tm)\)/g, " ").normalize("NFKC");
  for (const [said, word] of Object.entries(parts)) text = text.replaceAll(said, word);
  const blanks = (some) => some.split(/\s+/).filter(Boolean).join(" ");
  text = blanks(text.replace(/[a-z0-9]+/g, (run) => (Object.hasOwn(words, run) ? words[run] : run)));
  text = text.replace(/\b([a-z]+)(?: \1)+\b/g, "$1") // 海光 DCU
    .replace(GLUED, "$1 $2")
    .replace(/\b(xeon (?:platinum |gold )?[0-9]{4})\+/g, "$1 plus") // Xeon 8480+
    .replace(/max\+(?= ?(?:pro ?)?[0-9]{3}\b)/g, "max "); // of a Max+ 395: it joins nothing
  text = blanks(text).replace(/\bmax pro (?=3[0-9]{2}\b)/g, "max ") // a Max+ PRO 395 is a Max+ 395
    .replace(/\b(?:1[3-6]|24)(?:[ -]?(?:inch|英寸|寸))? (m[0-9])/g, "$1") // MacBook Pro 14 M4
    .replace(STORAGE, "$1gb")
    .replace(/\b([2-5]0[5-9]0(?: ?ti)?) ?m\b/g, "$1 laptop") // 4060M
    .replace(/\br([3579])[ -]?([0-9]{4})/g, "ryzen $1 $2") // R5 7600
    .replace(/\b([1-6]000) pro\b/g, "pro $1") // RTX 6000 Pro
    .replace(/^[ \-/]+|[ \-/]+$/g, "");
  const laptop = /\blaptop\b/g; // 拯救者 4060 笔记本
  const once = (part) =>
    (part.match(laptop) ?? []).length > 1 ? `${blanks(part.replace(laptop, " "))} laptop` : part;
  return text.split("+").map(once).join("+");
};
// 16+256, 24G+1T: what a Mac is sold with
const STORAGE =
  /\b(8|16|24|32|36|48|64|96|128|256|512) ?(?:gb?)? ?\+ ?(?:(?:128|256|512|1024) ?(?:gb?)?|[1248] ?tb?)(?![0-9a-z])/g;
// 5060ti16g, 4090d48g, m4max128g
const GLUED = /([0-9] ?(?:tis?|xtx?|super|d|s|max|pro|ultra))([1-9][0-9]{0,2} ?gb?)(?![a-z0-9])/g;
const COMPUTER = /^(?:macbook (?:pro|air)|macbook|mac (?:mini|studio|pro)|imac) (?=m\d)/;

// --- devices by a name that leaves some of it out: sizing/facts/short_names.py

const SHORT_FOR = { s: ["super"], tis: ["ti", "super"] }; // behind a number: 4070S, 4070 TiS
const SIZE = /(^|[^a-z0-9.])([1-9][0-9]{0,3}) ?gb?(?![a-z0-9])/;
const LARGEST = 4096; // GB of a device; what is more is a number of another kind: Ryzen 5600G
const CORES = /^(?:[0-9]+ core ?)*$/;
const SERIES = /^(?:[a-z]{2,} ?|(?:ryzen|ultra|ai) [3579] ?)*$/; // Radeon, Ryzen AI 9
const PROCESSOR = /^([a-z]+)[ -].*?([0-9]{3,}.*)$/; // Ryzen 9950X

/** The letters and the numbers of a name: rtx, 4090. */
const runs = (name) => name.match(/[a-z]+|[0-9]+/g) ?? [];
const same = (some, others) => some.length === others.length && some.every((one, i) => one === others[i]);
const isAscii = (text) => /^[\x00-\x7f]*$/.test(text);
const isNumber = (run) => /^[0-9]+$/.test(run);

const wordsOf = (text) => {
  const written = text.match(/[\p{L}\p{N}]+/gu) ?? [];
  return written.every(isAscii) ? written.map(runs) : [];
};

/** The words of a plain name, and the bytes that it says. None for one with words of another script. */
const saidOf = (name) => {
  const text = name.replace(COMPUTER, "");
  const size = SIZE.exec(text);
  if (!size || Number(size[2]) > LARGEST) return { words: wordsOf(text), size: null };
  const without = `${text.slice(0, size.index + size[1].length)} ${text.slice(size.index + size[0].length)}`;
  return { words: wordsOf(without).filter((one) => !same(one, ["modded"])), size: Number(size[2]) * GIB };
};

/** What of every run stands before the first of some words, and behind it, where each stands there whole. */
const left = (words, every, anyOrder = false) => {
  const taken = new Set();
  let start = 0;
  for (const word of words) {
    let at = start;
    const fits = () => word.every((run, i) => every[at + i] === run && !taken.has(at + i));
    while (at + word.length <= every.length && !fits()) at++;
    if (at + word.length > every.length) return null;
    word.forEach((run, i) => taken.add(at + i));
    start = anyOrder ? 0 : at + word.length;
  }
  const first = Math.min(...taken);
  return { before: every.slice(0, first), after: every.filter((run, i) => i > first && !taken.has(i)) };
};

const formsOf = new WeakMap();

/** What a device is called, the name that needs the least first; a card that holds several of it too. */
const forms = (lists, id) => {
  const device = lists.devices[id];
  if (!formsOf.has(device)) formsOf.set(device, namesOfDevice(lists, id, device));
  return formsOf.get(device);
};

const namesOfDevice = (lists, id, { name, short_name: short, card, kind, processors = [] }) => {
  const unsized = (one) => runs(plain(lists, one).replace(/[0-9]+ ?gb(?![a-z0-9])/g, " "));
  const at = name.indexOf("(");
  const [main, aside] = at < 0 ? [name, ""] : [name.slice(0, at), name.slice(at + 1)];
  const number = kind === "cpu" ? PROCESSOR.exec(id) : null;
  return [
    ...(card ? [{ runs: unsized(card.name), count: card.count, whole: true }] : []),
    ...(short ? [{ runs: unsized(short), count: 1, whole: true }] : []),
    ...[id, main].map((one) => ({ runs: unsized(one), count: 1, whole: false })),
    ...(aside ? [{ runs: unsized(aside), count: 1, whole: false, aside: true }] : []),
    ...processors.map((one) => ({ runs: unsized(one), count: 1, whole: false })),
    ...(number ? [{ runs: unsized(`${number[1]} ${number[2]}`), count: 1, whole: false }] : []),
  ];
};

/** The devices one of whose names holds these words, with what that has before the first of them and behind. */
const holding = (lists, words, size, anyOrder) =>
  Object.entries(lists.devices).flatMap(([device, { memory }]) => {
    const found = forms(lists, device).flatMap((form) => {
      if (size !== null && !memory.some((one) => one * form.count === size)) return [];
      const isNumberAside = form.aside && words.length === 1 && words[0].length === 1; // of a series: Ryzen 6000
      const rest = isNumberAside ? null : left(words, form.runs, anyOrder);
      const each = size === null ? null : Math.floor(size / form.count);
      return rest ? [{ device, count: form.count, whole: form.whole, size: each, ...rest }] : [];
    });
    if (found.length === 0) return [];
    const least = Math.min(...found.map(({ before, after }) => before.length + after.length));
    const one = found.find(({ before, after }) => before.length + after.length === least);
    const id = one.size !== null && memory.length > 1 ? `${device}-${Math.floor(one.size / GIB)}gb` : device;
    return [{ ...one, id, sure: isSure(one) }];
  });

/** Whether nothing was left out but a series before the number, the cores of a chip, and a size that one has. */
const isSure = ({ device, whole, size, before, after }) => {
  const told = size !== null || whole || !/-[0-9]+gb$/.test(device);
  return told && SERIES.test(before.join(" ")) && CORES.test(after.join(" "));
};

/** The devices that hold these words: as they are written, else in full, else in any order. */
const foundBy = (lists, words, size) => {
  if (words.length === 0) return [];
  const full = words.map((one) => one.flatMap((run) => (Object.hasOwn(SHORT_FOR, run) ? SHORT_FOR[run] : [run])));
  const plainForm = words.map((one) => (one[0] === "sxm" ? ["sxm"] : one));
  let found = [];
  for (const [some, anyOrder] of [[words, false], [full, false], [plainForm, false], [words, true]]) {
    found = holding(lists, some, size, anyOrder);
    if (found.length > 0) break;
  }
  const all = words.flat();
  const telling = size !== null || all.length > 2 || all.some(isNumber);
  return telling ? found : found.filter(({ sure }) => sure);
};

/** The one that is meant, if it is sure. A shorter name is meant before those of its series that go on behind it. */
const aloneOf = (found) => {
  const exact = found.filter(({ before, after, sure }) => sure && before.length === 0 && after.length === 0);
  if (exact.length === 1) return exact[0];
  const sure = found.filter((one) => one.sure);
  return sure.length === 1 && found.every(({ before }) => same(before, sure[0].before)) ? sure[0] : null;
};

const likeliest = (found) => {
  const rank = ({ before, after, sure }) => [after.includes("cpu") ? 1 : 0, before.length, sure ? 0 : 1];
  const behind = (some, others) => some.map((one, i) => one - others[i]).find(Boolean) ?? 0;
  return found.toSorted((a, b) => behind(rank(a), rank(b))).map(({ id }) => id);
};

/** What is surely meant, as {device, size, count}, or null; and the ids of those that could be, the likeliest first. */
const meant = (lists, text) => {
  const { words, size } = saidOf(text);
  let found = foundBy(lists, words, size);
  if (found.length === 0 && size === null && words.length > 1 && words.at(-1).length === 1 && isNumber(words.at(-1)[0])) {
    found = foundBy(lists, words.slice(0, -1), Number(words.at(-1)[0].slice(0, 6)) * GIB); // M2 Ultra 192
  }
  const one = aloneOf(found);
  const sure = found.filter((any) => any.sure);
  if (!one && size !== null && sure.length === 0) {
    const other = aloneOf(foundBy(lists, words, null)); // a size that it is not sold in
    if (other) return { one: { device: other.device, size: Math.floor(size / other.count), count: other.count }, ids: [] };
  }
  const plainest = Math.min(...found.map(({ before }) => before.length));
  const several = sure.length > 1 && sure.some(({ before }) => before.length === plainest);
  const ids = several ? sure.map(({ id }) => id) : likeliest(found);
  return { one: one ? { device: one.device, size: one.size, count: one.count } : null, ids };
};

/** The devices that a name which means none could be meant for: without words that none has, or with a slip. */
const like = (lists, text) => {
  const ids = Object.keys(lists.devices);
  const known = new Set(ids.flatMap((id) => forms(lists, id).flatMap((form) => form.runs)));
  const { words, size } = saidOf(text.split(" ").filter(isAscii).join(" "));
  const told = words.map((one) => (one[0] === "x" ? one.slice(1) : one)) // x5090: a count without its number
    .filter((one) => one.every((run) => known.has(run)) || one.some(isNumber));
  const numbered = told.flat().some((run) => isNumber(run) && run.length > 2);
  const found = numbered ? foundBy(lists, told, size) : [];
  if (found.length > 0) return likeliest(found);
  return ids.filter((id) => forms(lists, id).some((form) => isSlip(words.flat(), form.runs)));
};

/** Whether a name differs by a slip: letters for figures that look like them, or in one run, a letter of a long word or
 * the last digit of a long number. */
const isSlip = (written, own) => {
  if (!same(written, own) && looks(written) === looks(own)) return true;
  const differ = written.length === own.length ? written.flatMap((run, i) => (run === own[i] ? [] : [[run, own[i]]])) : [];
  if (differ.length !== 1) return false;
  const [a, b] = differ[0];
  if (isNumber(a)) return a.length === b.length && a.length > 3 && a.slice(0, -1) === b.slice(0, -1);
  return Math.min(a.length, b.length) > 3 && !isNumber(b) && isOneEdit(a, b);
};

/** With figures for the letters that are typed for them: 4o90. */
const looks = (some) => some.join("").replaceAll("o", "0").replace(/[li]/g, "1");

const isOneEdit = (a, b) => {
  let start = 0;
  while (start < Math.min(a.length, b.length) && a[start] === b[start]) start++;
  const [x, y] = [a.slice(start), b.slice(start)];
  const swapped = y.length > 1 && x.slice(0, 2) === y[1] + y[0] && x.slice(2) === y.slice(2);
  return x.slice(1) === y.slice(1) || x.slice(1) === y || x === y.slice(1) || swapped;
};

/** The machines that are sold under a name that leaves words out; those that have no more, where there are such. A
 * number behind may be a size, and words may stand in any order: M4 Mac mini 16. */
const meantMachines = (lists, machines, text, whole) => {
  const words = wordsOf(text).map((one) => (one.length === 2 && isNumber(one[0]) && one[1] === "g" ? [one[0], "gb"] : one));
  if (words.flat().length < 2) return [];
  const last = words.at(-1);
  const sized = last.length === 1 && isNumber(last[0]) ? [...words.slice(0, -1), [...last, "gb"]] : words;
  for (const [some, anyOrder] of [[words, false], [sized, false], [sized, true]]) {
    const found = sold(lists, machines, some, anyOrder);
    const exact = found.filter(({ before, after }) => before.length === 0 && after.length === 0);
    const meantOnes = exact.length > 0 || whole ? exact : found;
    if (meantOnes.length > 0) return meantOnes.map(({ id }) => id);
  }
  return [];
};

/** The machines one of whose names holds these words, with what that has before the first of them and behind. */
const sold = (lists, machines, words, anyOrder) =>
  Object.entries(machines).flatMap(([id, { name, names = [] }]) => {
    const rests = [id, name, ...names].map((one) => left(words, runs(plain(lists, one)), anyOrder)).filter(Boolean);
    const least = Math.min(...rests.map(({ before, after }) => before.length + after.length));
    const rest = rests.find(({ before, after }) => before.length + after.length === least);
    return rest?.before.every((word) => /^[a-z]+$/.test(word)) ? [{ id, ...rest }] : [];
  });

const MEMORY = /^([1-9][0-9]{0,4}) ?gb(?:@((?:lp)?ddr[345]x?)-([1-9][0-9]{2,4})x([1-9][0-9]?))?$/;
const LIKE_MEMORY = /^[1-9][0-9]{0,4} ?gb ?@/;
const RATES = { 3: [800, 3200], 4: [1600, 5333], 5: [3200, 10667] }; // MT/s that are sold
const MOST_CHANNELS = 24;

/** A computer without a card, which its memory alone tells. */
export const ANY_PROCESSOR = "cpu";

/** A memory with its type, rate and channels, as it is written: 64GB@DDR4-3200x2; null of another name. */
export const rated = (name) => {
  const said = MEMORY.exec(name.trim().toLowerCase());
  return said?.[2] ? `${said[1]}GB@${said[2].toUpperCase()}-${said[3]}x${said[4]}` : null;
};

/** A host by its id, by its memory (64GB, 64GB@DDR4-3200x2), or by its processor: {memory, bandwidth, stated}, alone where
 * its size alone is told. */
export const hostOf = (lists, name) => {
  if (Object.hasOwn(lists.hosts, name)) {
    const { memory, bandwidth } = lists.hosts[name];
    return { id: name, memory, bandwidth, stated: true };
  }
  const said = MEMORY.exec(name.trim().toLowerCase());
  if (said) {
    const memory = Number(said[1]) * GIB;
    if (!said[2]) return { memory, bandwidth: lists.hosts[lists.reference_host].bandwidth, stated: false, alone: true };
    const [low, high] = RATES[said[2].replace("lp", "")[3]];
    const [rate, channels] = [Number(said[3]), Number(said[4])];
    if (!(rate >= low && rate <= high && channels <= MOST_CHANNELS)) {
      const sold = `${low} to ${high} MT/s, in up to ${MOST_CHANNELS} channels`;
      throw new Error(`${quoted(name)}: ${said[2].toUpperCase()} is sold at ${sold}`);
    }
    return { memory, bandwidth: channels * 8 * rate * 1e6, stated: false };
  }
  const [device, count, size] = installed(lists, plain(lists, name), name);
  const { kind, bandwidth } = lists.devices[device];
  if (kind !== "cpu" || !bandwidth) {
    throw new Error(`${device} is no host; write size, type and rate, channels: 64GB@DDR4-3200x2`);
  }
  return { memory: size * count, bandwidth: bandwidth * count, stated: false };
};

/** A format's id by its name, capitals and small letters alike; what is not known is left to the engine to refuse. */
export const formatOf = (ids, name) => {
  const wanted = name.toLowerCase() === "fp16" ? "f16" : name.toLowerCase();
  return ids.find((id) => id.toLowerCase() === wanted) ?? name;
};
