/**
 * What do people mean by a name? Models, machines of parts, hosts and formats, as sizing.facts reads them: exactly first,
 * then by normal form. What means nothing, or several things, is refused with at most five near names.
 */
const MOST_CANDIDATES = 5;
const GIB = 2 ** 30;

const quoted = (name) => `'${name.length <= 80 ? name : `${name.slice(0, 79)}…`}'`;
/** RTX 4090 and rtx-4090 are one. */
const bare = (name) => name.toLowerCase().replace(/[^a-z0-9]/g, "");

const SUCH = "such as 2x-rtx-4090 or m4-max-40-core-128gb";

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

/** The format that a name ends with, if any: sizing/facts/format_names.py, whose patterns are in `endings`. */
export const ending = (endings, name, isMlx = false) => {
  const whole = (pattern) => new RegExp(`^(.+?)${endings.edge}+(?:${pattern})$`, "i");
  const without = (from, what) => whole(what).exec(from)?.[1];
  const mlx = isMlx || new RegExp(`(?:^|${endings.edge})mlx(?:$|${endings.edge})`, "i").test(name);
  const said = (from) => {
    const recipe = new RegExp(`^(.+?)${endings.edge}+(${endings.recipe})$`, "i").exec(from);
    if (recipe) return [recipe[1], recipe[2].toUpperCase().replace("UD_", "UD-")];
    for (const [pattern, means] of [...(mlx ? endings.mlx : []), ...endings.said, ...(mlx ? [] : endings.generic)]) {
      const found = whole(pattern).exec(from);
      const number = found?.slice(2).find(Boolean) ?? "";
      if (found) return [found[1], means.replace("{}", number.toUpperCase().replaceAll("_", "."))];
    }
    return null;
  };
  let [stem, format, gguf, imatrix, found] = [name, null, false, false, null];
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
export const namesOf = (entries, { endings, called }) => {
  const [stated, forms, plain] = [{}, {}, {}];
  const put = (into, form, id) => {
    into[form] = [...new Set([...(into[form] ?? []), id])].sort();
  };
  for (const { id, name, names = {}, published } of entries) {
    const { huggingface = [], modelscope = [], repackaged = [], ollama = {} } = names;
    const repositories = [...huggingface, ...modelscope, ...repackaged];
    for (const one of repositories) {
      const said = ending(endings, one, one.toLowerCase().startsWith("mlx-community/"));
      stated[one.toLowerCase()] ??= [id, said.format, said.gguf];
    }
    for (const [tag, format] of Object.entries(ollama)) stated[tag.toLowerCase()] ??= [id, format, true];
    for (const base of new Set([id, name, ...repositories.map((one) => one.split("/")[1])])) {
      for (const form of sized([normal(base), normal(ending(endings, base, true).stem)], published?.total)) {
        put(forms, form, id);
        put(plain, untuned(form), id);
      }
    }
  }
  return { stated, forms, called, plain, endings };
};

/** Forms of a name; where none states a size, with the published one behind, too: DeepSeek-R1 671B. */
const sized = (forms, total) => {
  const told = typeof total === "number" && !forms.some((form) => form.split("-").some((word) => /^[0-9.]+[bm]$/.test(word)));
  return told ? forms.flatMap((form) => [form, `${form}-${Math.round(total / 1e9)}b`]) : forms;
};

/** A form without the words of tuning. */
const untuned = (form) => form.split("-").filter((word) => !TUNES.has(word)).join("-");

/** The models whose forms have these words in their order, the first of them first, and leave no version out. */
const formed = (forms, words) => {
  const within = (every) => {
    const left = [...words];
    if (left[0] !== every[0]) return false;
    for (const word of every) {
      if (word === left[0]) left.shift();
      else if (/^[0-9.]+$/.test(word)) return false;
    }
    return left.length === 0;
  };
  const found = words.length > 1 ? Object.keys(forms).filter((form) => within(form.split("-"))) : [];
  return [...new Set(found.flatMap((form) => forms[form]))].sort();
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
  for (const [said, family] of Object.entries(names.called)) text = text.replaceAll(said, family);
  const lower = text.toLowerCase();
  const stated = names.stated[lower] ?? (lower.includes(":") ? null : names.stated[`${lower}:latest`]);
  if (stated) return { id: stated[0], format: stated[1], gguf: stated[2] };
  const parts = text.split("/");
  const said = ending(names.endings, parts.length > 1 ? parts[1] : parts[0], parts[0].toLowerCase() === "mlx-community");
  const form = normal(said.stem);
  const plain = untuned(form);
  const found = names.forms[form] ?? asOneWord(names.forms, form) ?? names.plain[plain]
    ?? formed(names.plain, plain.split("-"));
  if (found.length === 1) return { id: found[0], format: said.format, gguf: said.gguf };
  if (found.length > 1) {
    const more = found.length > MOST_CANDIDATES ? ` and ${found.length - MOST_CANDIDATES} more` : "";
    const some = found.slice(0, MOST_CANDIDATES).join(", ");
    throw new Error(`${quoted(name)} may mean several models; write one of ${some}${more}`);
  }
  throw new Error(`no model ${quoted(name)} in the catalog; ${near(ids, said.stem)}`);
};

// --- machines: sizing/facts/machine_names.py

const BOXES = /^([1-9][0-9]{0,2})(?:x-| ?[x×*] ?)(.+?)(?: over |-over-)([0-9.]+ ?gbe|tb[345]|[0-9.]+ ?gbps)$/;
const THUNDERBOLT = { tb3: 40, tb4: 40, tb5: 80 };
const COUNTED = /^([1-9][0-9]*)x-(.+)$/;
const SIZED = /^(.+)-([1-9][0-9]{0,5})gb$/;
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

/** A machine of the catalog, or of parts: {id} or {id, name, devices, host, nodes, network}. */
export const machineOf = (lists, built, name) => {
  const sold = soldMachine(lists, name);
  if (sold) return { id: sold, name: lists.machines[sold].name };
  const boxes = BOXES.exec(name.trim().toLowerCase());
  if (boxes) return joined(lists, built, Number(boxes[1]), boxes[2], boxes[3], name);
  const box = ported(lists, name);
  if (box) return joined(lists, built, box[0], box[1], lists.machines[box[1]].port.toLowerCase(), name);
  try {
    return ofParts(lists, name);
  } catch (refused) {
    const alone = refused.unknown && joins(name).length === 1 ? lists.machines : {};
    const sold = meantMachines(alone, name, refused.near);
    if (sold.length === 1) return { id: sold[0], name: lists.machines[sold[0]].name };
    throw sold.length > 0 ? unknown(lists, name, sold) : refused;
  }
};

/** The parts that a name joins: the plus of a Max+ 395 is its own. */
const joins = (name) => name.replace(/max\+(?= ?(?:pro ?)?[0-9]{3}\b)/gi, "max ").split("+");

/** A machine of devices alone, whose host is the reference. */
const ofParts = (lists, name) => {
  const parts = joins(name).map((part) => installed(lists, part.trim(), name));
  const id = parts.map((one) => spelled(lists, one)).join("+");
  if (Object.hasOwn(lists.machines, id)) return { id, name: lists.machines[id].name };
  possible(lists, parts, name);
  const called = parts.map(([device, count]) => (count > 1 ? `${count} × ` : "") + lists.devices[device].name);
  return { id, name: called.join(" + "), devices: parts, host: null, nodes: 1, network: null };
};

const soldMachine = (lists, name) => {
  if (Object.hasOwn(lists.machines, name)) return name;
  const called = Object.entries(lists.machines)
    .filter(([id, { name: own }]) => [bare(id), bare(own)].includes(bare(name)));
  return called.length === 1 ? called[0][0] : null;
};

/** How many of which boxes a name says that have a port for it, if it does. */
const ported = (lists, name) => {
  const [count, rest] = counted(name.trim().toLowerCase());
  const [id] = Object.entries(lists.machines)
    .find(([own, { name: called, port }]) => port && [bare(own), bare(called)].includes(bare(rest))) ?? [];
  return count !== null && id ? [count, id] : null;
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

/** 2x-rtx-4090 or m3-max-40-core-64gb: a device, how many, and the size that was bought. */
const installed = (lists, part, whole) => {
  let [stated, rest] = called(lists.devices, part).length > 0 ? [null, part] : counted(part); // MLU370-X4 is one card
  if (stated !== null && stated > MOST && meant(lists.devices, part).one) [stated, rest] = [null, part]; // 7900 XTX
  const count = stated ?? 1;
  if (!(count >= 1 && count <= MOST)) {
    throw new Error(`${quoted(whole)}: a count lies between 1 and ${MOST}; write it as 2x-rtx-4090`);
  }
  const [device, said] = deviceOf(lists, rest, count);
  const { kind, memory: sizes } = lists.devices[device];
  if (kind === "gpu") {
    if (said !== null && !sizes.includes(said)) {
      throw new Error(`${device} has ${sizes[0] / GIB} GB; write ${device}`);
    }
    return [device, count, said];
  }
  const size = said === null && sizes.length === 1 ? sizes[0] : said;
  if (!sizes.includes(size)) {
    const choices = sizes.slice(0, MOST_CANDIDATES).map((one) => `${device}-${one / GIB}gb`);
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

/** The devices of this normal form: the one with such an id, else those with such a name. */
const called = (devices, wanted) => {
  const same = Object.keys(devices).filter((id) => bare(id) === bare(wanted));
  return same.length > 0 ? same : Object.keys(devices).filter((id) => {
    const { name: own, vendor, short_name: short } = devices[id];
    const names = [own, vendor + own, ...(short ? [short, own.slice(0, own.indexOf(short)) + short] : [])];
    return names.some((one) => bare(one) === bare(wanted));
  });
};

/** A device of which there are so many, and the bytes that its name states. */
const deviceOf = (lists, name, count) => {
  const ids = Object.keys(lists.devices);
  if (ids.includes(name)) return [name, null];
  const slug = name.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "").replaceAll("-gb", "gb");
  let found = called(lists.devices, slug);
  const sized = SIZED.exec(slug);
  if (found.length === 0 && sized) {
    found = called(lists.devices, sized[1]);
    if (found.length === 1) return [found[0], Number(sized[2]) * GIB];
  }
  if (found.length === 1) return [found[0], null];
  if (found.length === 0) {
    let { one, ids: likely } = meant(lists.devices, name);
    if (!one && count > 1 && name.endsWith("s") && likely.length === 0) {
      ({ one, ids: likely } = meant(lists.devices, name.slice(0, -1))); // two 3090s
    }
    if (!one && sized && likely.length === 0) {
      ({ one, ids: likely } = meant(lists.devices, sized[1]));
      if (one) one = [one[0], Number(sized[2]) * GIB];
    }
    if (one) return one;
    const sold = Object.hasOwn(lists.machines, slug) ? [] : beginning(Object.keys(lists.machines), slug);
    const like = likely.length > 0 ? likely : beginning(ids, slug);
    throw unknown(lists, name, sold.length > 0 ? sold : like, count, like.length > 0);
  }
  throw unknown(lists, name, found, count);
};

/** What refuses a name that could stand for so many of these, or for nothing; near where devices are like it. */
const unknown = (lists, name, some, count = 1, like = true) => {
  const found = count > 1 ? some.map((id) => `${count}x-${id}`) : some;
  const more = found.length > MOST_CANDIDATES ? ` and ${found.length - MOST_CANDIDATES} more` : "";
  const several = `write one of ${found.slice(0, MOST_CANDIDATES).join(", ")}${more}`;
  const said = found.length > 1
    ? several
    : found.length === 1
      ? `did you mean ${found[0]}?`
      : near([...Object.keys(lists.machines), ...Object.keys(lists.devices)], name, `write the cards or the chip in it, ${SUCH}`);
  const error = new Error(`no machine or device ${quoted(name)} in the catalog; ${said}`);
  return Object.assign(error, { unknown: true, near: like });
};

/** The ids that begin so: those whose next word begins behind it, where there are some. */
const beginning = (ids, name) => {
  const found = ids.filter((id) => bare(id).startsWith(bare(name) || "-"));
  const next = found.filter((id) => id.startsWith(`${name}-`));
  return next.length > 0 ? next : found;
};

// --- devices by a name that leaves some of it out: sizing/facts/short_names.py

const CALLED = {
  昇腾: "ascend ", 英伟达: "nvidia ", 华为: "huawei ", 苹果: "apple ", 摩尔线程: "mtt ", 寒武纪: "mlu", 昆仑芯: "kunlun ", 沐曦: "metax ",
  海光: "dcu ", 显卡: "", 笔记本: " laptop", 移动版: " laptop", 树莓派: "raspberry pi ", "strix halo": "ryzen ai max",
};
const COMPUTER = /^(?:apple )?(?:macbook (?:pro|air)|macbook|mac (?:mini|studio|pro)|imac) (?=m\d)/;
const MAKER = /^(?:nvidia|amd|intel|apple|huawei) /;
const CORES = /^(?:\d+ core ?)*$/;
const SHORT_FOR = { g: ["gb"], s: ["super"], tis: ["ti", "super"] };

/** Small letters and numbers with one blank between, what is called in Chinese in English. */
const inWords = (text) => {
  let words = text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim();
  for (const [said, word] of Object.entries(CALLED)) words = words.replaceAll(said, word);
  return words.split(/\s+/).filter(Boolean).join(" ");
};

const inShort = (text) => {
  const words = inWords(text);
  return /^[\x20-\x7e]*$/.test(words) ? words.replace(COMPUTER, "").replace(MAKER, "") : "";
};

/** The letters and the numbers of a name: rtx, 4090. */
const runs = (name) => name.match(/[a-z]+|[0-9]+/g) ?? [];

/** What of every word stands before some and behind their first, where they stand in it in their order. */
const left = (some, every) => {
  const first = every.indexOf(some[0]);
  if (some.length === 0 || first < 0) return null;
  const rest = some.slice(1);
  const after = [];
  for (const word of every.slice(first + 1)) {
    if (rest.length > 0 && word === rest[0]) rest.shift();
    else after.push(word);
  }
  return rest.length > 0 ? null : { before: every.slice(0, first), after };
};

const holding = (devices, wanted) =>
  Object.entries(devices).flatMap(([device, { memory, short_name: short }]) => {
    const sizes = memory.length > 1 && wanted.at(-1) === "gb" ? memory : [null];
    return sizes.flatMap((size) => {
      const id = size ? `${device}-${size / GIB}gb` : device;
      const whole = left(wanted, runs(id));
      const found = (whole && short && left(wanted, runs(inWords(short)))) || whole; // a 3080 is one of 10 GB
      return found ? [{ id, device, size, ...found }] : [];
    });
  });

/** The machines that are sold under a name that leaves words out; those that have no more, where there are such. */
const meantMachines = (machines, text, whole) => {
  const written = runs(inWords(text).replace(MAKER, "")).flatMap((run) => SHORT_FOR[run] ?? [run]);
  if (written.length < 2) return [];
  const found = Object.entries(machines).flatMap(([id, { name }]) => {
    const rest = left(written, runs(id)) ?? left(written, runs(inWords(name)));
    return rest?.before.every((word) => /^[a-z]+$/.test(word)) ? [{ id, ...rest }] : [];
  });
  const exact = found.filter(({ before, after }) => before.length === 0 && after.length === 0);
  return (exact.length > 0 || whole ? exact : found).map(({ id }) => id);
};

/** The device that is surely meant, as [id, bytes], or null; and the ids of those that could be, the likeliest first. */
const meant = (devices, text) => {
  const short = inShort(text);
  const written = runs(short);
  if (written.length < 3 && !written.some((run) => /\d/.test(run))) return { one: null, ids: [] };
  const full = written.flatMap((run) => SHORT_FOR[run] ?? [run]);
  let found = holding(devices, written);
  if (found.length === 0) found = holding(devices, full);
  if (found.length === 0 && /^\d+$/.test(written.at(-1))) found = holding(devices, [...written, "gb"]); // M2 Ultra 192
  const told = ({ before, after }) =>
    before.every((word) => /^[a-z]{2,}$/.test(word)) && CORES.test(after.join(" "));
  const sure = found.filter(told);
  const alone = sure.length === 1 && found.every(({ before }) => before.join(" ") === sure[0].before.join(" "));
  const less = found.filter((one) => !sure.includes(one));
  const others = [...less.filter(({ after }) => !after.includes("cpu")), ...less.filter(({ after }) => after.includes("cpu"))];
  return { one: alone ? [sure[0].device, sure[0].size] : null, ids: [...sure, ...others].map(({ id }) => id) };
};

const MEMORY = /^([1-9][0-9]{0,4}) ?gb(?:@((?:lp)?ddr[345]x?)-([1-9][0-9]{2,4})x([1-9][0-9]?))?$/;
const RATES = { 3: [800, 3200], 4: [1600, 5333], 5: [3200, 10667] }; // MT/s that are sold
const MOST_CHANNELS = 24;

/** A host by its id, by its memory (64GB, 64GB@DDR4-3200x2), or by its processor: {memory, bandwidth, stated}. */
export const hostOf = (lists, name) => {
  if (Object.hasOwn(lists.hosts, name)) {
    const { memory, bandwidth } = lists.hosts[name];
    return { memory, bandwidth, stated: true };
  }
  const said = MEMORY.exec(name.trim().toLowerCase());
  if (said) {
    const memory = Number(said[1]) * GIB;
    if (!said[2]) return { memory, bandwidth: lists.hosts[lists.reference_host].bandwidth, stated: false };
    const [low, high] = RATES[said[2].replace("lp", "")[3]];
    const [rate, channels] = [Number(said[3]), Number(said[4])];
    if (!(rate >= low && rate <= high && channels <= MOST_CHANNELS)) {
      const sold = `${low} to ${high} MT/s, in up to ${MOST_CHANNELS} channels`;
      throw new Error(`${quoted(name)}: ${said[2].toUpperCase()} is sold at ${sold}`);
    }
    return { memory, bandwidth: channels * 8 * rate * 1e6, stated: false };
  }
  const [device, count, size] = installed(lists, name, name);
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
