// Made by `make engine` from sizing/launch/words/*.py, and never edited. Its face is below.

// What Python means by its words, for what translate.py makes of sizing/engine.

/** Bad input: one line that says what is wrong and what would be right. */
class SizingError extends Error {
  name = "SizingError";
  constructor(said) {
    super($one_line(String(said)));
  }
}

/** As sizing.errors.one_line: what is not seen of a text is told by its number. */
const $one_line = (text) => text.replace(
  /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g,
  (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, "0")}`,
);

/** A dictionary: keys may be tuples and records, which are the same key where their parts are. */
class Dict {
  entriesByKey = new Map();
  constructor(pairs) {
    for (const [key, value] of pairs) this.set(key, value);
  }
  static key(key) {
    if (typeof key !== "object" || key === null) return key;
    const plain = Array.isArray(key) && key.every((one) => typeof one !== "object");
    return plain ? key.join("\u0001") : JSON.stringify(key);
  }
  get size() {
    return this.entriesByKey.size;
  }
  has(key) {
    return this.entriesByKey.has(Dict.key(key));
  }
  get(key, otherwise = null) {
    const found = this.entriesByKey.get(Dict.key(key));
    return found === undefined ? otherwise : found[1];
  }
  set(key, value) {
    this.entriesByKey.set(Dict.key(key), [key, value]);
  }
  clear() {
    this.entriesByKey.clear();
  }
  entries() {
    return [...this.entriesByKey.values()];
  }
  [Symbol.iterator]() {
    return this.entries().map(([key]) => key)[Symbol.iterator]();
  }
}
const dict = (pairs = []) => new Dict(pairs);
dict.fromkeys = (keys) => new Dict([...keys].map((key) => [key, null]));

const $truth = (x) =>
  x instanceof Dict ? x.size > 0 : Array.isArray(x) ? x.length > 0 : Boolean(x);
const $or = (x, otherwise) => ($truth(x) ? x : otherwise());
const $and = (x, then) => ($truth(x) ? then() : x);
const $has = (of, x) => (Array.isArray(of) || typeof of === "string" ? of.includes(x) : of.has(x));
const $mod = (a, b) => ((a % b) + b) % b;
const $div = (a, b) => (a - $mod(a, b)) / b;
const $put = (of, key, value) => {
  if (of instanceof Dict) of.set(key, value);
  else if ($item(of, key) !== undefined) of[key] = value;
};
/** An item that must be there. */
const $item = (of, key) => {
  const found = of instanceof Dict ? of.entriesByKey.get(Dict.key(key))?.[1] : of[key];
  if (found === undefined) throw new RangeError(`nothing at ${key}`);
  return found;
};
const $last = (of) => $item(of, of.length - 1);
/** A record with other values of some fields; what it has computed once is not taken over. */
const $replace = (of, changes) =>
  new of.constructor(...Object.keys(of).map((name) => (Object.hasOwn(changes, name) ? changes[name] : of[name])));
/** Throws on what is no SizingError. */
const $only = (error) => {
  if (!(error instanceof SizingError)) throw error;
};
/** A number with so many figures, as C's %g writes it. */
const $general = (x, figures) => {
  if (!Number.isFinite(x)) return Number.isNaN(x) ? "nan" : x > 0 ? "inf" : "-inf";
  const [digits, power] = x.toExponential(figures - 1).split("e");
  const bare = (text) => (text.includes(".") ? text.replace(/\.?0+$/, "") : text);
  if (power >= -4 && power < figures) return bare(x.toFixed(Math.max(0, figures - 1 - power)));
  return `${bare(digits)}e${power[0]}${power.slice(1).padStart(2, "0")}`;
};

const sqrt = Math.sqrt;
const inf = Infinity;
const single = Math.fround;
const int = Math.trunc;
const bool = $truth;
const str = (x) => (x === null ? "None" : x === true ? "True" : x === false ? "False" : String(x));
/** To a whole number, half to even. */
const round = (x) => {
  const down = Math.floor(x);
  const over = x - down;
  return over < 0.5 || (over === 0.5 && down % 2 === 0) ? down : down + 1;
};
const len = (x) => (x instanceof Dict || x instanceof Set ? x.size : x.length);
const list = (x) => [...x];
const tuple = list;
const frozenset = (x) => new Set(x);
const all = (x) => list(x).every($truth);
const any = (x) => list(x).some($truth);
const next = (x, otherwise) => (x.length > 0 ? x[0] : otherwise);
const best = (better) => (...x) => {
  const [first, ...rest] = x.length === 1 ? x[0] : x;
  if (first === undefined) throw new RangeError("nothing to choose from");
  return rest.reduce((found, one) => (better(one, found) ? one : found), first);
};
const max = best((a, b) => a > b);
const min = best((a, b) => a < b);
const range = (first, end, step = 1) =>
  end === undefined
    ? range(0, first)
    : Array.from({ length: max(0, Math.ceil((end - first) / step)) }, (_, i) => first + i * step);
/** Which of two keys comes first: numbers, truths, texts, or lists of them. */
const $order = (a, b) => {
  if (!Array.isArray(a)) return a < b ? -1 : a > b ? 1 : 0;
  for (const [i, one] of a.entries()) {
    const found = $order(one, b[i]);
    if (found !== 0) return found;
  }
  return 0;
};
const sorted = (x, key = (one) => one) =>
  list(x).map((one) => [key(one), one]).sort(([a], [b]) => $order(a, b)).map(([, one]) => one);
const enumerate = (x) => list(x).map((one, i) => [i, one]);
const zip = (...lists) => {
  if (lists.some((one) => one.length !== lists[0].length)) throw new RangeError("lists of unlike length");
  return lists[0].map((_, i) => lists.map((one) => one[i]));
};
const accumulate = (x, initial) => {
  const sums = [initial];
  for (const one of x) sums.push($last(sums) + one);
  return sums;
};
/** The first place in a sorted list whose item is not below ``x``. */
const bisect_left = (sorted, x) => {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < x) low = middle + 1;
    else high = middle;
  }
  return low;
};

/** JSON's objects as dictionaries. */
const $dicts = (x) =>
  Array.isArray(x) ? x.map($dicts)
  : x === undefined ? null
  : x !== null && typeof x === "object" ? dict(Object.entries(x).map(([key, value]) => [key, $dicts(value)]))
  : x;
/** Dictionaries as JSON's objects. */
const $plain = (x) =>
  x instanceof Dict ? Object.fromEntries(x.entries().map(([key, value]) => [key, $plain(value)]))
  : Array.isArray(x) ? x.map($plain)
  : x;

export { SizingError, $plain as plain };

// --- common.py: What do several servers' starts say alike? Notes on a plan, what it counts that has no name, and a Mac's limit.

const MIB = 1048576;

function answers(asked, port) {
  return ("answers at http://" + str(asked.host) + ":" + str(port) + "/v1");
}

function port_of(asked, own) {
  return ((asked.port === null) ? own : asked.port);
}

function notes_of(g) {
  let found;
  found = [];
  if ((g.verdict === "tight")) {
    found.push("it fits only without the margin that a runtime keeps: nothing else may use the device");
  }
  if (((g.limit !== null) && (g.context > g.limit))) {
    found.push((str(g.context) + " tokens are more than the model was made for: " + str(g.limit)));
  }
  if (((g.nodes === 1) && $truth(any([...g.devices].map((one) => (one !== $item(g.devices, 0))))))) {
    found.push(("shares are of the devices in this order: " + str(list(g.devices).join(", ")) + "; check that the server sees it"));
  }
  return found;
}

function nameless(g) {
  let found;
  found = [];
  if ($truth(g.lora)) {
    found.push("the adapters that the plan counts: their files are to be added");
  }
  if ($truth(g.draft)) {
    found.push("the draft model that the plan counts: it is to be added");
  }
  return found;
}

function sighted(g, server) {
  return ($truth(g.blind) ? [("without what sees: " + str(server) + " loads that where its model has it")] : []);
}

function wired(g) {
  let words;
  if ((g.wired_limit === null)) {
    return [];
  }
  words = ["sudo", "sysctl", ("iogpu.wired_limit_mb=" + str($div(g.wired_limit, MIB)))];
  return [new Step("system", words, undefined, undefined, undefined, undefined, undefined, "macOS 14 and later; it holds until the next restart")];
}

// --- compose.py: What is the same start in a container? A Compose file, where a server's makers publish an image.

const COMPOSE = "compose.yaml";

const CACHE = "/.cache/huggingface:/root/.cache/huggingface";

const REACHED = dict([["cuda", ["gpus: all"]], ["musa", ["runtime: mthreads"]], ["rocm", ["devices: ['/dev/kfd', '/dev/dri']", "group_add: ['video', 'render']", "security_opt: ['seccomp:unconfined']"]], ["vulkan", ["devices: ['/dev/dri']", "group_add: ['video', 'render']"]], ["sycl", ["devices: ['/dev/dri']", "group_add: ['video', 'render']"]], ["cpu", []]]);

function shared(asked) {
  return (((asked.shell === POSIX) ? "${HOME}" : "${USERPROFILE}") + CACHE);
}

function composed(backend, image, asked, ports, command, volumes, named = [], env = []) {
  let lines;
  lines = ["services:", "  model:", ("    image: " + str(in_yaml(image))), ...[...$item(REACHED, backend)].map((line) => ("    " + str(line))), "    ipc: host", ("    ports: [" + str(in_yaml((str(asked.host) + ":" + str($item(ports, 0)) + ":" + str($item(ports, 1))))) + "]"), ("    volumes: [" + str(list([...volumes].map((one) => in_yaml(one))).join(", ")) + "]")];
  if ($truth(env)) {
    lines.push(...["    environment:", ...[...env].map(([name, value]) => ("      " + str(name) + ": " + str(in_yaml(value))))]);
  }
  if ($truth(command)) {
    lines.push(...["    command:", ...[...command].map((word) => ("      - " + str(in_yaml(undollared(word)))))]);
  }
  if ($truth(named)) {
    lines.push(...["volumes:", ...[...named].map((one) => ("  " + str(one) + ":"))]);
  }
  return [new Step("container", undefined, undefined, undefined, COMPOSE, tuple(lines), undefined, "instead of the start above"), new Step("container", ["docker", "compose", "up", "--detach"])];
}

function in_yaml(text) {
  return (("'" + list([...text].map((letter) => ((letter === "'") ? "''" : letter))).join("")) + "'");
}

function undollared(word) {
  return list([...word].map((letter) => ((letter === "$") ? "$$" : letter))).join("");
}

// --- given.py: What does a start need to know? Of a plan the numbers that it prints as JSON, and a few facts beside it.

const LOCALHOST = "127.0.0.1";

const SOURCES = ["huggingface", "modelscope"];

class Asked {
  constructor(host = LOCALHOST, port = null, source = "huggingface", nodes = [], shell = POSIX) { this.host = host; this.port = port; this.source = source; this.nodes = nodes; this.shell = shell; }
  get exposed() {
    return (!$has([LOCALHOST, "localhost", "::1"], this.host));
  }
}

class Served {
  constructor(id, name, port, cache_types, windows, image) { this.id = id; this.name = name; this.port = port; this.cache_types = cache_types; this.windows = windows; this.image = image; }
}

class Given {
  constructor(model, name, native, own, repositories, tags, limit, heads, experts, mixtures, encoder, sees, blind, drafts, drafted, format, runtime, runtime_name, files, backend, servers, devices, nodes, unified, context, sequences, cache_format, verdict, split, layers_on_device, experts_on_host, tensor_split, micro_batch, flash_attention, swa_full, utilization, max_sequences, slots, shared, united, wired_limit, layers, moved, ranks, stages, uneven, weights, held, cached, capacities, lora, draft) { this.model = model; this.name = name; this.native = native; this.own = own; this.repositories = repositories; this.tags = tags; this.limit = limit; this.heads = heads; this.experts = experts; this.mixtures = mixtures; this.encoder = encoder; this.sees = sees; this.blind = blind; this.drafts = drafts; this.drafted = drafted; this.format = format; this.runtime = runtime; this.runtime_name = runtime_name; this.files = files; this.backend = backend; this.servers = servers; this.devices = devices; this.nodes = nodes; this.unified = unified; this.context = context; this.sequences = sequences; this.cache_format = cache_format; this.verdict = verdict; this.split = split; this.layers_on_device = layers_on_device; this.experts_on_host = experts_on_host; this.tensor_split = tensor_split; this.micro_batch = micro_batch; this.flash_attention = flash_attention; this.swa_full = swa_full; this.utilization = utilization; this.max_sequences = max_sequences; this.slots = slots; this.shared = shared; this.united = united; this.wired_limit = wired_limit; this.layers = layers; this.moved = moved; this.ranks = ranks; this.stages = stages; this.uneven = uneven; this.weights = weights; this.held = held; this.cached = cached; this.capacities = capacities; this.lora = lora; this.draft = draft; }
  get each() {
    return $div(len(this.devices), this.nodes);
  }
  get several() {
    return (len(this.devices) > 1);
  }
  get on_devices() {
    return $last(list(accumulate(this.weights.slice(0, len(this.devices)), 0)));
  }
  get on_host() {
    return $last(list(accumulate(($truth(this.unified) ? this.held.slice(0, this.each) : []), $last(this.held))));
  }
  get cache() {
    let at;
    at = [...enumerate(this.cache_format)].filter(([i, letter]) => (letter === "/")).map(([i, letter]) => i);
    if ((!$truth(at))) {
      return [this.cache_format, this.cache_format];
    }
    return [this.cache_format.slice(0, $item(at, 0)), this.cache_format.slice(($item(at, 0) + 1))];
  }
}

function given(plan, facts) {
  let beside, layout, places, s, shares;
  [s, layout, places] = [$item(plan, "settings"), $item(plan, "layout"), $item(plan, "places")];
  beside = [...$item(plan, "beside")].map((part) => [$item(part, "kind"), $item(part, "loaded")]);
  shares = $item(s, "tensor_split");
  return new Given($item(plan, "model"), $item(facts, "name"), $item(facts, "native"), $item(facts, "own"), $item(facts, "repositories"), $item(facts, "tags"), $item(facts, "limit"), $item(facts, "heads"), $item(facts, "experts"), ($truth($item(facts, "experts")) ? (len($item(layout, "layers")) - len($item(facts, "dense"))) : 0), $item(facts, "encoder"), any([...beside].map(([kind, loaded]) => $and((kind === "towers"), () => loaded))), any([...beside].map(([kind, loaded]) => $and((kind === "towers"), () => (!$truth(loaded))))), any([...beside].map(([kind, loaded]) => $and((kind === "mtp"), () => loaded))), $item(s, "draft_tokens"), $item(plan, "format"), $item(plan, "runtime"), $item(facts, "runtime_name"), $item(facts, "files"), $item(facts, "backend"), tuple([...$item(facts, "servers")].filter((one) => (!$has($item(one, "lacks"), $item(facts, "model_type")))).map((one) => _served(one, $item(facts, "backend")))), tuple($item(facts, "devices")), $item(facts, "nodes"), $item(facts, "unified"), $item(plan, "context"), $item(plan, "sequences"), $item(plan, "cache_format"), $item(plan, "verdict"), $item(s, "split"), $item(s, "layers_on_device"), $item(s, "experts_on_host"), ((shares === null) ? null : tuple(shares)), $item(s, "micro_batch"), $item(s, "flash_attention"), $item(s, "swa_full"), $item(s, "utilization"), $item(s, "max_sequences"), (($item(s, "slots") === null) ? 1 : $item(s, "slots")), ($item(s, "unified") !== null), $item(s, "unified"), $item(s, "wired_limit"), len($item(layout, "layers")), _moved(layout, $item(facts, "dense")), $item(layout, "ranks"), $item(facts, "stages"), $and(($item(layout, "split") === "tensor"), () => (shares !== null)), tuple([...places].map((place) => $item($item(place, "memory"), "weights"))), tuple([...places].map((place) => $item($item(place, "memory"), "total"))), tuple([...places].map((place) => $item($item(place, "memory"), "cache"))), tuple([...places].map((place) => $item(place, "capacity"))), $item(facts, "lora"), $item(facts, "draft"));
}

function _served(data, backend) {
  let images, kinds;
  [kinds, images] = [$item(data, "cache_types"), $item(data, "images")];
  return new Served($item(data, "id"), $item(data, "name"), $item(data, "port"), ((kinds === null) ? null : tuple(kinds)), $item(data, "windows"), images.get(backend));
}

function _moved(layout, dense) {
  let alone, experts, places;
  [places, experts] = [$item(layout, "layers"), $item(layout, "experts")];
  alone = [...range(len(places))].filter((i) => (($item(experts, i) === "host") && ($item(places, i) !== "host")));
  return len([...alone].filter((i) => (!$has(dense, i))));
}

function check_asked(asked, nodes) {
  let one;
  for (one of [asked.host, ...asked.nodes]) {
    if (((!$truth(one)) || (one.slice(0, 1) === "-") || (!$truth(all([...one].map((letter) => $and(($has(PLAIN, letter)), () => (!$has(["/", "=", "@"], letter))))))))) {
      throw new SizingError(("'" + str(one) + "' is no address; write a name or a number, such as 192.168.1.10"));
    }
  }
  if (((asked.port !== null) && (!(1 <= asked.port && asked.port <= 65535)))) {
    throw new SizingError((str(asked.port) + " is no port; give a number from 1 to 65535"));
  }
  if ((!$has(SOURCES, asked.source))) {
    throw new SizingError(("'" + str(asked.source) + "' is no source of weights; choose " + str(list(SOURCES).join(" or "))));
  }
  if ((!$has(SHELLS, asked.shell))) {
    throw new SizingError(("'" + str(asked.shell) + "' is no shell that is known; choose " + str(list(SHELLS).join(", "))));
  }
  if (($truth(asked.nodes) && (len(asked.nodes) !== nodes))) {
    throw new SizingError((str(len(asked.nodes)) + " nodes are named; the machine has " + str(nodes)));
  }
}

function nodes_of(g, asked) {
  if ((g.nodes === 1)) {
    return [];
  }
  return ($truth(asked.nodes) ? asked.nodes : tuple([...range(g.nodes)].map((i) => ("node" + str((i + 1))))));
}

// --- ktransformers.py: Which command starts a plan in KTransformers? Its SGLang's, and how many experts of each layer stay on the card.

const METHODS = dict([["BF16", "BF16"], ["FP8", "FP8"], ["FP8-dynamic", "FP8_PERCHANNEL"], ["INT4", "RAWINT4"], ["GPTQ", "GPTQ_INT4"]]);

const VECTORS = dict([["FP8-dynamic", "AVX-512"], ["INT4", "AVX-512"]]);

const CORES = "\"$(lscpu -p=Core,Socket | grep -v '^#' | sort -u | wc -l)\"";

const NUMA_NODES = "\"$(lscpu -p=Node | grep -v '^#' | sort -u | wc -l)\"";

function ktransformers_server(g, server, asked) {
  let needs, note, port, vectors, weights, words;
  [weights, port] = [weights_of(g, asked.source), port_of(asked, server.port)];
  words = [...SGLANG, ...sglang_options(g, weights), ..._experts(g, weights), "--host", asked.host, "--port", (str(port))];
  note = ("on Linux: pip install 'ktransformers[sglang]'; " + str(answers(asked, port)));
  vectors = VECTORS.get(g.format, "AVX2");
  needs = ($truth(g.moved) ? [("the processor computes experts in " + str($item(METHODS, g.format)) + ", for which it needs " + str(vectors))] : []);
  return new Launch(server.id, server.name, [...weights.steps, new Step("start", words, [new Read(CORES), new Read(NUMA_NODES)], undefined, undefined, undefined, undefined, note)], [..._spread(g), ...sighted(g, server.name), ...unsaid_of_ranks(g, undrafted(g))], [...weights.notes, ...notes_of(g), ...needs]);
}

function resident(g) {
  return $div((g.experts * (g.mixtures - g.moved)), g.mixtures);
}

function _experts(g, weights) {
  if ((!$truth(g.moved))) {
    return [];
  }
  return ["--disable-shared-experts-fusion", ...["--kt-weight-path", weights.told, "--kt-method", $item(METHODS, g.format)], ...["--kt-num-gpu-experts", (str(resident(g))), "--kt-cpuinfer", CORES, "--kt-threadpool-count", NUMA_NODES]];
}

function _spread(g) {
  if (($has([0, g.mixtures], g.moved))) {
    return [];
  }
  return [("experts of " + str(g.moved) + " layers on the host: it keeps " + str(resident(g)) + " of " + str(g.experts) + " of every layer on the device, as many in all")];
}

// --- llama_cpp.py: Which command starts a plan in llama.cpp? ``llama-server``; over several boxes ``ggml-rpc-server`` on the others.

const RPC_PORT = 50052;

const RPC_WARNING = "ggml-rpc-server is a proof of concept without a password or encryption: use it in a network that nobody else reaches, never on an open one";

const PROMPTS = 8192;

const BATCH = 2048;

const MICRO_BATCH = 512;

const DIGITS = tuple("0123456789.");

const DEVICES = dict([["cuda", "CUDA"], ["rocm", "ROCm"], ["vulkan", "Vulkan"], ["sycl", "SYCL"], ["musa", "MUSA"], ["cann", "CANN"], ["cann-310p", "CANN"], ["metal", "MTL"]]);

function llama_server(g, server, asked) {
  let inside, nodes, port, said, start, steps, warning, weights, where, words;
  [weights, nodes, port] = [weights_of(g, asked.source), nodes_of(g, asked), port_of(asked, server.port)];
  said = [..._gguf_file(g, weights), ...placing(g, nodes), "--fit", "off", ..._context(g)];
  words = ["llama-server", ...said, "--host", asked.host, "--port", (str(port))];
  where = ($truth(nodes) ? $item(nodes, 0) : HERE);
  start = new Step("start", words, weights.read, undefined, undefined, undefined, where, answers(asked, port));
  steps = [...weights.steps, ...wired(g), ..._rpc_servers(g, nodes), start];
  if (((server.image !== null) && (weights.repository !== null) && (!$truth(nodes)))) {
    inside = [...said, "--host", "0.0.0.0", "--port", (str(port))];
    steps.push(...composed(g.backend, server.image, asked, [port, port], inside, [shared(asked)]));
  }
  warning = ($truth(nodes) ? [RPC_WARNING] : []);
  return new Launch(server.id, server.name, tuple(steps), tuple(nameless(g)), [...weights.notes, ...notes_of(g), ...warning]);
}

function ik_llama_server(g, server, asked) {
  let note, port, start, weights, words;
  [weights, port] = [weights_of(g, asked.source), port_of(asked, server.port)];
  words = ["llama-server", ...options([["-m", weights.told], ["--mmproj", weights.projector]]), ...placing(g, []), ..._contexts(g), ...options([["-fa", ($truth(g.flash_attention) ? "on" : "off")], ["--cache-ram", number(_prompts(g))]]), ...["--host", asked.host, "--port", (str(port))]];
  note = ("ik_llama.cpp's own; " + str(answers(asked, port)));
  start = new Step("start", words, weights.read, undefined, undefined, undefined, undefined, note);
  return new Launch(server.id, server.name, [...weights.steps, start], tuple(nameless(g)), [...weights.notes, ...notes_of(g)]);
}

function placing(g, nodes) {
  let named, rpc, several, shares, told, used;
  if ((g.backend === "cpu")) {
    return ["--device", "none"];
  }
  rpc = list([...nodes.slice(1)].map((node) => (str(node) + ":" + str(RPC_PORT)))).join(",");
  used = _used(g, nodes);
  named = ($truth(used) ? list([...used].map((i) => $item(_own_devices(g), i))).join(",") : ($truth(nodes) ? _devices(g) : null));
  several = $and(g.several, () => (len(used) !== 1));
  shares = $or(g.tensor_split, () => []);
  told = list([...enumerate(shares)].filter(([i, share]) => ((!$truth(used)) || ($has(used, i)))).map(([i, share]) => ($general(share, 6)))).join(",");
  return options([["--rpc", ($truth(nodes) ? rpc : null)], ["--device", named], ["-ngl", (str(((g.layers_on_device === null) ? (g.layers + 1) : g.layers_on_device)))], ["--n-cpu-moe", ($truth(g.experts_on_host) ? number(g.experts_on_host) : null)], ["-sm", ($truth(several) ? _split(g) : null)], ["-mg", (($truth(several) && (g.split === "none")) ? "0" : null)], ["-ts", (($truth(several) && $truth(shares)) ? told : null)]]);
}

function _used(g, nodes) {
  let found;
  if (($truth(nodes) || (g.tensor_split === null) || (g.runtime === "ik_llama.cpp"))) {
    return [];
  }
  found = [...enumerate(g.tensor_split)].filter(([i, share]) => (share > 0)).map(([i, share]) => i);
  return ((len(found) < len(g.tensor_split)) ? found : []);
}

function _split(g) {
  return (((g.split === "tensor") && (g.runtime === "ik_llama.cpp")) ? "graph" : g.split);
}

function _gguf_file(g, weights) {
  if ((weights.repository !== null)) {
    return options([["-hf", (str(weights.repository) + ":" + str(weights.recipe))], ["--no-mmproj", alone((!$truth(g.sees)))]]);
  }
  return options([["-m", weights.told], ["--mmproj", weights.projector]]);
}

function _context(g) {
  let united;
  united = ($truth(g.united) ? "--kv-unified" : "--no-kv-unified");
  return [..._contexts(g), ...options([[united, alone((g.slots > 1))], ["-fa", ($truth(g.flash_attention) ? "on" : "off")], ["--swa-full", alone((g.swa_full === true))], ["--embedding", alone(g.encoder)], ["--spec-type", ($truth(g.drafts) ? "draft-mtp" : null)], ["--spec-draft-n-max", number(($truth(g.drafts) ? g.drafted : null))], ["--cache-ram", number(_prompts(g))]])];
}

function _contexts(g) {
  let keys, plain, values;
  [keys, values] = g.cache;
  plain = $and((keys === "f16"), () => (values === "f16"));
  return options([["-c", (str((g.context * g.sequences)))], ["-np", (str(g.slots))], ["-ctk", ($truth(plain) ? null : keys)], ["-ctv", ($truth(plain) ? null : values)], ["-b", ((g.micro_batch > BATCH) ? (str(g.micro_batch)) : null)], ["-ub", ((g.micro_batch !== MICRO_BATCH) ? (str(g.micro_batch)) : null)]]);
}

function _prompts(g) {
  let left;
  left = $div(max(0, ($last(g.capacities) - g.on_host)), MIB);
  return ((left < PROMPTS) ? left : null);
}

function _own_devices(g) {
  return [...range(g.each)].map((i) => (str($item(DEVICES, g.backend)) + str(i)));
}

function _devices(g) {
  return list([..._own_devices(g), ...[...range((len(g.devices) - g.each))].map((i) => ("RPC" + str(i)))]).join(",");
}

function _rpc_servers(g, nodes) {
  let at, found, node, note, words;
  found = [];
  for (node of nodes.slice(1)) {
    at = ($truth(all([...node].map((letter) => ($has(DIGITS, letter))))) ? node : "0.0.0.0");
    words = ["ggml-rpc-server", "-H", at, "-p", (str(RPC_PORT)), "--device", list(_own_devices(g)).join(","), "-c"];
    note = "built with -DGGML_RPC=ON, of the same version";
    found.push(new Step("join", words, undefined, undefined, undefined, undefined, node, note));
  }
  return found;
}

// --- lm_studio.py: Which commands start a plan in LM Studio? ``lms``: it loads the same files, and is told the context and a share.

function lm_studio(g, server, asked) {
  let bind, load, name, note, port, steps, tokens, weights;
  [weights, port, name] = [weights_of(g, asked.source), port_of(asked, server.port), in_small(folder(g, g.format))];
  tokens = ((g.files === "gguf") ? (g.context * g.sequences) : g.context);
  load = options([["--gpu", _share(g)], ["--context-length", (str(tokens))], ["--parallel", ((g.files === "gguf") ? (str(g.slots)) : null)], ["--speculative-draft-mtp", alone(g.drafts)], ["--speculative-draft-max-tokens", number(($truth(g.drafts) ? g.drafted : null))], ["--identifier", name], ["-y", ""]]);
  note = (str(answers(asked, port)) + " as " + str(name) + "; lms ls tells what it calls the model");
  bind = ($truth(asked.exposed) ? ["--bind", asked.host] : []);
  steps = [..._brought(weights, name), ...wired(g), new Step("system", ["lms", "server", "start", "--port", (str(port)), ...bind]), new Step("start", ["lms", "load", _called(g, weights), ...load], undefined, undefined, undefined, undefined, undefined, note)];
  return new Launch(server.id, server.name, steps, [...unsaid_of_lm_studio(g, server), ...nameless(g)], [...weights.notes, ...notes_of(g)]);
}

function _brought(weights, name) {
  let address, beside, files, recipe, taken;
  if ((weights.repository !== null)) {
    recipe = ((weights.recipe === null) ? "" : ("@" + str(weights.recipe)));
    address = ("https://huggingface.co/" + str(weights.repository) + str(recipe));
    return [new Step("download", ["lms", "get", address, "-y"])];
  }
  if ((weights.path === null)) {
    return list(weights.steps);
  }
  beside = ((weights.projector !== null) ? ["--user-repo", ("local/" + str(name))] : []);
  files = [...[weights.path, weights.projector]].filter((file) => (file !== null));
  taken = [...files].map((file) => new Step("build", ["lms", "import", file, ...beside, "-y"], weights.read));
  return [...weights.steps, ...taken];
}

function _called(g, weights) {
  let at, name;
  if ((weights.repository === null)) {
    return in_small(folder(g, g.format));
  }
  at = [...enumerate(weights.repository)].filter(([i, letter]) => (letter === "/")).map(([i, letter]) => i);
  name = in_small(weights.repository.slice(($item(at, 0) + 1)));
  return ((name.slice((len(name) - 5)) === "-gguf") ? name.slice(0, (len(name) - 5)) : name);
}

function _share(g) {
  if (((g.backend === "cpu") || (g.layers_on_device === 0))) {
    return "off";
  }
  if (((g.layers_on_device === null) || (g.layers_on_device > g.layers))) {
    return "max";
  }
  return ($general((g.layers_on_device / (g.layers + 1)), 3));
}

function unsaid_of_lm_studio(g, server) {
  let found, gguf;
  [found, gguf] = [[], (g.files === "gguf")];
  if ($truth(g.moved)) {
    found.push(("experts of " + str(g.moved) + " layers on the host: set it in the app, when it loads"));
  }
  if (($truth(g.several) && $truth(gguf) && ((g.tensor_split !== null) || (g.split === "tensor")))) {
    found.push("how the devices share the layers: set it in the app, under Hardware");
  }
  if (((server.cache_types !== null) && (!$has(server.cache_types, g.cache_format)))) {
    found.push(("a cache in " + str(g.cache_format) + ": set it in the app, when it loads"));
  }
  if (($truth(gguf) && (g.micro_batch !== 512))) {
    found.push(("a micro-batch of " + str(g.micro_batch) + " tokens"));
  }
  if ($truth(g.swa_full)) {
    found.push("windows that hold the whole context");
  }
  return found;
}

// --- mlx.py: Which command starts a plan in MLX? ``mlx_lm.server``; over several Macs ``mlx.launch``, which starts it on each.

const PREFILL = 2048;

const MB = 1000000;

const BITS = dict([["8bit", "8"], ["4bit", "4"]]);

function mlx_lm_server(g, server, asked) {
  let bits, every, nodes, port, said, spread, start, weights, where, words;
  [weights, nodes, port] = [weights_of(g, asked.source), nodes_of(g, asked), port_of(asked, server.port)];
  bits = BITS.get(g.cache_format);
  said = options([["--model", weights.told], ["--prefill-step-size", ((g.micro_batch !== PREFILL) ? (str(g.micro_batch)) : null)], ["--decode-concurrency", (str(g.sequences))], ["--prompt-cache-bytes", (str(_caches(g)) + "MB")], ["--kv-bits", bits], ["--quantized-kv-start", ((bits === null) ? null : "0")], ["--host", asked.host], ["--port", (str(port))]]);
  spread = ($truth(nodes) ? ["mlx.launch", "--backend", "ring", "--hosts", list(nodes).join(",")] : []);
  where = ($truth(nodes) ? $item(nodes, 0) : HERE);
  words = [...spread, "mlx_lm.server", ...said];
  start = new Step("start", words, undefined, undefined, undefined, undefined, where, answers(asked, port));
  every = ($truth(nodes) ? ["every Mac has the weights and mlx-lm at the same path, and takes this one's SSH key"] : []);
  return new Launch(server.id, server.name, [...weights.steps, ...wired(g), start], [...unsaid_of_mlx(g), ...nameless(g)], [...weights.notes, ...notes_of(g), ...every]);
}

function _caches(g) {
  return $div((($item(g.capacities, 0) - $item(g.held, 0)) + $item(g.cached, 0)), MB);
}

function unsaid_of_mlx(g) {
  let found;
  found = [];
  if (((g.sequences > 1) && ($has(BITS, g.cache_format)))) {
    found.push((str(g.sequences) + " sequences at once: with a quantized cache it answers one at a time"));
  }
  if ($truth(g.drafts)) {
    found.push("the layers that draft (MTP)");
  }
  return found;
}

// --- ollama.py: Which commands start a plan in Ollama? What its server is told in its environment, and a Modelfile for the model.

const MADE = dict([["Q8_0", "q8_0"], ["Q4_K_M", "q4_K_M"], ["Q4_K_S", "q4_K_S"]]);

const MODELFILE = "Modelfile";

const ESCAPED = [" ", "\"", "'", "\\", "#"];

function ollama(g, server, asked) {
  let env, inside, make, name, note, port, reach, steps, volumes, weights;
  [weights, port] = [_based(g, asked), port_of(asked, server.port)];
  [name, env] = [in_small(folder(g, g.format)), _environment(g, server, asked, port)];
  reach = (((port !== server.port) || $truth(asked.exposed)) ? [["OLLAMA_HOST", ("127.0.0.1:" + str(port))]] : []);
  note = "stop an Ollama that runs already; leave this one running";
  steps = [...weights.steps, ...wired(g), new Step("start", ["ollama", "serve"], undefined, tuple(env), undefined, undefined, undefined, note), ..._modelfile(g, weights), new Step("build", ["ollama", "create", name, ..._quantized(g, weights), "-f", MODELFILE], undefined, reach, undefined, undefined, undefined, "downloads what is not here yet"), new Step("ask", ["ollama", "run", name], undefined, reach, undefined, undefined, undefined, answers(asked, port))];
  if (((server.image !== null) && (!$truth(weights.steps)))) {
    inside = [...env].filter(([key, value]) => (key !== "OLLAMA_HOST")).map(([key, value]) => [key, value]);
    volumes = ["ollama:/root/.ollama", ("./" + str(MODELFILE) + ":/" + str(MODELFILE) + ":ro")];
    steps.push(...composed(g.backend, server.image, asked, [port, server.port], [], volumes, ["ollama"], inside));
    make = ["docker", "compose", "exec", "model", "ollama", "create", name, "-f", ("/" + str(MODELFILE))];
    steps.push(new Step("container", make, undefined, undefined, undefined, undefined, undefined, "with the Modelfile above"));
  }
  return new Launch(server.id, server.name, tuple(steps), [...unsaid_of_ollama(g, server), ...nameless(g)], [...weights.notes, ...notes_of(g)]);
}

function _based(g, asked) {
  let found, site;
  if (((g.own === null) && ($has(g.tags, g.format)))) {
    return new Weights(undefined, undefined, undefined, $item(g.tags, g.format));
  }
  if (((g.own === null) && $truth(_alone(g)))) {
    return _taken_in(g, asked);
  }
  found = weights_of(g, asked.source);
  if ((found.origin === null)) {
    return found;
  }
  site = ((asked.source === "modelscope") ? "modelscope.cn" : "hf.co");
  return new Weights(undefined, undefined, undefined, (str(site) + "/" + str(found.origin) + ":" + str(found.recipe)), undefined, undefined, undefined, undefined, undefined, found.notes);
}

function _alone(g) {
  return (!$truth(any([...g.servers].map((one) => (one.id === "llama-server")))));
}

function _taken_in(g, asked) {
  let found, into, known, wide;
  wide = [...WIDE].filter((one) => (($has(WIDE, g.format)) && ($has(g.tags, one))));
  if ($truth(wide)) {
    return new Weights(undefined, undefined, undefined, $item(g.tags, $item(wide, 0)), undefined, undefined, undefined, undefined, undefined, [(str(g.format) + " is " + str($item(wide, 0)) + " here, which is as large")]);
  }
  found = plain_weights($replace(g, { format: g.native }), asked.source);
  if ((!(($has(MADE, g.format)) || ($has(WIDE, g.format))))) {
    known = list(MADE).join(", ");
    return new Weights(undefined, undefined, undefined, undefined, undefined, undefined, undefined, undefined, undefined, [("Ollama makes " + str(known) + " of the makers' weights: take one of these, or a file for MODEL")]);
  }
  if ((found.repository === null)) {
    return found;
  }
  into = ("./" + str(folder(g, g.native)));
  return new Weights([download(found.repository, asked.source, into)], undefined, undefined, into);
}

function _environment(g, server, asked, port) {
  let found;
  found = [];
  if (($truth(asked.exposed) || (port !== server.port))) {
    found.push(["OLLAMA_HOST", (str(asked.host) + ":" + str(port))]);
  }
  found.push(["OLLAMA_FLASH_ATTENTION", ($truth(g.flash_attention) ? "1" : "0")]);
  if (((g.cache_format !== "f16") && (server.cache_types !== null) && ($has(server.cache_types, g.cache_format)))) {
    found.push(["OLLAMA_KV_CACHE_TYPE", g.cache_format]);
  }
  found.push(["OLLAMA_NUM_PARALLEL", (str(g.slots))]);
  if (($truth(g.several) && (g.split === "layer"))) {
    found.push(["OLLAMA_SCHED_SPREAD", "1"]);
  }
  return found;
}

function _quantized(g, weights) {
  let made;
  made = (((g.own === null) && $truth(_alone(g)) && $truth(weights.steps)) ? MADE.get(g.format) : null);
  return ((made === null) ? [] : ["--quantize", made]);
}

function _modelfile(g, weights) {
  let each, lines, origin;
  origin = weights.told;
  if ($truth(any([...origin].map((letter) => ($has(ESCAPED, letter)))))) {
    origin = (("\"" + list([...origin].map((x) => (($has(["\"", "\\"], x)) ? ("\\" + str(x)) : x))).join("")) + "\"");
  }
  each = ($truth(g.shared) ? $div(g.context, g.slots) : g.context);
  lines = [("FROM " + str(origin)), ("PARAMETER num_ctx " + str(each))];
  if ((g.backend === "cpu")) {
    lines.push("PARAMETER num_gpu 0");
  } else {
    if ((g.layers_on_device !== null)) {
      lines.push(("PARAMETER num_gpu " + str(_fewer(g, g.layers_on_device))));
    }
  }
  if ((g.micro_batch !== 512)) {
    lines.push(("PARAMETER num_batch " + str(g.micro_batch)));
  }
  return [new Step("file", undefined, undefined, undefined, MODELFILE, tuple(lines))];
}

function _fewer(g, layers) {
  if ((!$truth(g.moved))) {
    return layers;
  }
  return $div((layers * g.on_devices), max(1, (g.on_devices + $last(g.weights))));
}

function unsaid_of_ollama(g, server) {
  let found;
  found = [];
  if ($truth(g.moved)) {
    found.push(("experts of " + str(g.moved) + " layers on the host: Ollama moves whole layers there, and is slower; the number of layers here is an estimate"));
  }
  if (((g.tensor_split !== null) && $truth(g.several))) {
    found.push("each device's share of the layers: Ollama shares them out by itself");
  }
  if ((g.split === "tensor")) {
    found.push("every layer shared by the devices: Ollama gives each device whole layers");
  }
  if (((server.cache_types !== null) && (!$has(server.cache_types, g.cache_format)))) {
    found.push(("a cache in " + str(g.cache_format) + ": Ollama has " + str(list(server.cache_types).join(", "))));
  }
  if ($truth(g.united)) {
    found.push("slots that share one cache: Ollama gives each its own");
  }
  if ($truth(g.swa_full)) {
    found.push("windows that hold the whole context");
  }
  if ($truth(g.drafts)) {
    found.push("the layers that draft (MTP)");
  }
  return [...found, ...((($has(g.tags, g.format)) || $truth(_alone(g))) ? sighted(g, server.name) : [])];
}

// --- servers.py: Which servers start a plan? Its runtime's own, then others that read the same files.

const SERVERS = dict([["llama-server", llama_server], ["ik-llama-server", ik_llama_server], ["ollama", ollama], ["lm-studio", lm_studio], ["mlx-lm-server", mlx_lm_server], ["vllm-serve", vllm_serve], ["sglang-server", sglang_server], ["ktransformers-server", ktransformers_server], ["tabbyapi", tabbyapi], ["tabbyapi-exl2", tabbyapi], ["transformers-serve", transformers_serve]]);

const ALONE = ["ollama", "lm-studio"];

const ENCODERS = ["llama-server", "vllm-serve", "sglang-server"];

function launched(plan, facts, asked) {
  let found, g, native, one, start, starts;
  if (((!$truth($item(plan, "runs"))) || ($item(plan, "machine") === null))) {
    return null;
  }
  g = given(plan, facts);
  check_asked(asked, g.nodes);
  found = [];
  for (one of g.servers) {
    starts = $item(SERVERS, one.id);
    if ((((!$has(ALONE, one.id)) || (g.nodes === 1)) && (($has(ENCODERS, one.id)) || (!$truth(g.encoder))))) {
      native = $and(one.windows, () => (g.backend !== "metal"));
      start = starts(g, one, ($truth(native) ? asked : $replace(asked, { shell: POSIX })));
      found.push(_in_shell(start, native, asked.shell));
    }
  }
  return found;
}

function _in_shell(start, windows, shell) {
  let note;
  if ((shell === POSIX)) {
    return start;
  }
  if ((!$truth(windows))) {
    note = (str(start.name) + " does not run on Windows itself: these commands are for the shell of WSL or of Linux");
    return $replace(start, { notes: [...start.notes, note] });
  }
  return $replace(start, { steps: tuple([...start.steps].map((step) => $replace(step, { shell: shell }))) });
}

// --- sglang.py: Which commands start a plan in SGLang? ``sglang.launch_server``, on every node with its rank.

const INIT_PORT = 20000;

const SGLANG = ["python", "-m", "sglang.launch_server"];

const SGLANG_CACHES = dict([["fp8", "fp8_e4m3"]]);

function sglang_server(g, server, asked) {
  let first, inside, meet, node, nodes, note, port, rank, reach, said, starts, steps, weights, words;
  [weights, nodes, port] = [weights_of(g, asked.source), nodes_of(g, asked), port_of(asked, server.port)];
  said = [...sglang_options(g, weights), ...options([["--language-model-only", alone(g.blind)]])];
  starts = [];
  for ([rank, node] of enumerate(($truth(nodes) ? nodes : [HERE]))) {
    meet = ($truth(nodes) ? ["--nnodes", (str(len(nodes))), "--node-rank", (str(rank)), "--dist-init-addr"] : []);
    first = ($truth(nodes) ? [(str($item(nodes, 0)) + ":" + str(INIT_PORT))] : []);
    reach = ((rank === 0) ? ["--host", asked.host, "--port", (str(port))] : []);
    words = [...SGLANG, ...said, ...meet, ...first, ...reach];
    note = ((rank === 0) ? answers(asked, port) : "");
    starts.push(new Step(($truth(rank) ? "join" : "start"), words, undefined, undefined, undefined, undefined, node, note));
  }
  steps = [...weights.steps, ...starts];
  if (((server.image !== null) && (weights.repository !== null) && (!$truth(nodes)))) {
    inside = [...SGLANG, ...said, "--host", "0.0.0.0", "--port", (str(port))];
    steps.push(...composed(g.backend, server.image, asked, [port, port], inside, [shared(asked)]));
  }
  return new Launch(server.id, server.name, tuple(steps), tuple(unsaid_of_ranks(g, undrafted(g))), [...weights.notes, ...notes_of(g), ...refused_ranks(g, server.name)]);
}

function sglang_options(g, weights) {
  return options([["--model-path", weights.told], ["--tp-size", ((g.ranks > 1) ? (str(g.ranks)) : null)], ["--pp-size", ((g.stages > 1) ? (str(g.stages)) : null)], ["--context-length", (str(g.context))], ["--mem-fraction-static", ((g.utilization === null) ? null : ($general(g.utilization, 3)))], ["--max-running-requests", number(g.max_sequences)], ["--chunked-prefill-size", (str(g.micro_batch))], ["--kv-cache-dtype", SGLANG_CACHES.get(g.cache_format)], ["--dtype", weights.cast], ["--quantization", weights.quantized], ["--is-embedding", alone(g.encoder)], ...($truth(own_drafts(g)) ? _chain(g) : [])]);
}

function undrafted(g) {
  return ((($truth(g.draft) || $truth(g.drafts)) && (!$truth(own_drafts(g)))) ? "--speculative-algorithm" : null);
}

function _chain(g) {
  let drafted;
  drafted = ((g.drafted === null) ? 0 : g.drafted);
  return [["--speculative-algorithm", "EAGLE"], ["--speculative-num-steps", (str(drafted))], ["--speculative-eagle-topk", "1"], ["--speculative-num-draft-tokens", (str((drafted + 1)))]];
}

// --- shells.py: How does a shell take a word as it is? A POSIX one, PowerShell, and the Command Prompt of Windows (cmd).

const POSIX = "sh";

const POWERSHELL = "powershell";

const CMD = "cmd";

const SHELLS = [POSIX, POWERSHELL, CMD];

const _LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

const _DIGITS = "0123456789";

const PLAIN = tuple((str(_LETTERS) + str(_DIGITS) + "@%+=:,./-_"));

const IN_POWERSHELL = tuple((str(_LETTERS) + str(_DIGITS) + "+=:./-_\\"));

const IN_CMD = tuple((str(_LETTERS) + str(_DIGITS) + "@+:./-_\\"));

const CURLY = ["'", "‘", "’", "‚", "‛"];

const CARETS = tuple("()%!^\"<>&|");

class Read {
  constructor(sh, powershell = "", cmd = "", before = "") { this.sh = sh; this.powershell = powershell; this.cmd = cmd; this.before = before; }
}

function quoted(word) {
  if (($truth(word) && $truth(all([...word].map((letter) => ($has(PLAIN, letter))))))) {
    return word;
  }
  return (("'" + list([...word].map((letter) => ((letter === "'") ? "'\"'\"'" : letter))).join("")) + "'");
}

function in_powershell(word) {
  let amount, split;
  split = $and((word.slice(0, 1) === "-"), () => $and((word.slice(0, 2) !== "--"), () => any([...word].map((letter) => ($has([".", ":"], letter))))));
  amount = $and(($has(_DIGITS, word.slice(0, 1))), () => any([...word].map((letter) => ($has(_LETTERS, letter)))));
  if (($truth(word) && $truth(all([...word].map((letter) => ($has(IN_POWERSHELL, letter))))) && (!$truth(split)) && (!$truth(amount)))) {
    return word;
  }
  return quoted_always(word);
}

function quoted_always(text) {
  return (("'" + list([...text].map((letter) => (($has(CURLY, letter)) ? (letter + letter) : letter))).join("")) + "'");
}

function in_argv(word) {
  let found, letter, slashes;
  [found, slashes] = ["", ""];
  for (letter of word) {
    if ((letter === "\\")) {
      slashes = (slashes + letter);
    } else {
      if ((letter === "\"")) {
        [found, slashes] = [(str(found) + str(slashes) + str(slashes) + "\\\""), ""];
      } else {
        [found, slashes] = [(str(found) + str(slashes) + str(letter)), ""];
      }
    }
  }
  return ("\"" + str(found) + str(slashes) + str(slashes) + "\"");
}

function in_cmd(word) {
  let said;
  if (($truth(word) && $truth(all([...word].map((letter) => ($has(IN_CMD, letter))))))) {
    return word;
  }
  said = in_argv(word);
  return ($truth(any([...word].map((letter) => ($has(["\"", "%", "!"], letter))))) ? escaped(said) : said);
}

function escaped(text) {
  return list([...text].map((letter) => (($has(CARETS, letter)) ? ("^" + str(letter)) : letter))).join("");
}

function verbatim(words) {
  return any([...words].map((x) => $or((!$truth(x)), () => $or(($has(x, "\"")), () => $and(($has(x, " ")), () => (x.slice((len(x) - 1)) === "\\"))))));
}

function powershell_words(words, read) {
  let own, said;
  if (($truth(verbatim(words)) && (!$truth(read)) && (!$truth(any([...words].map((word) => ($has(word, "%")))))))) {
    return [in_powershell($item(words, 0)), "--%", ...[...words.slice(1)].map((x) => ($truth(_bare(x)) ? x : in_argv(x)))];
  }
  own = dict([...read].map((one) => [one.sh, one.powershell]));
  said = [...words].map((word) => own.get(word, in_powershell(word)));
  return (($item(said, 0) === $item(words, 0)) ? said : ["&", ...said]);
}

function _bare(word) {
  return $and(bool(word), () => all([...word].map((letter) => $or(($has(PLAIN, letter)), () => (letter === "\\")))));
}

function cmd_words(words, read) {
  let own;
  own = dict([...read].map((one) => [one.sh, one.cmd]));
  return [...words].map((word) => own.get(word, in_cmd(word)));
}

function powershell_file(path, lines) {
  let inside;
  inside = [...lines].map((line) => ("  " + str(quoted_always(line))));
  return list([("[IO.File]::WriteAllLines((Join-Path $PWD " + str(quoted_always(path)) + "), [string[]]@("), ...inside, "))"]).join("\n");
}

function cmd_file(path, lines) {
  let inside;
  inside = [...lines].map((line) => ($truth(line) ? ("echo " + str(escaped(line))) : "echo("));
  return list(["(", ...inside, (") > " + str(in_cmd(path)))]).join("\n");
}

// --- step.py: What is done to start a model? Steps, one after another: each a command that is safe to paste, or a file to write.

const HERE = "here";

const WIDTH = 100;

const GOES_ON = dict([[POSIX, " \\\n  "], [POWERSHELL, " `\n  "], [CMD, " ^\n  "]]);

class Step {
  constructor(kind, words = [], read = [], env = [], path = null, lines = [], where = HERE, note = "", shell = POSIX) { this.kind = kind; this.words = words; this.read = read; this.env = env; this.path = path; this.lines = lines; this.where = where; this.note = note; this.shell = shell; }
  get text() {
    return list([...this.lines].map((line) => (str(line) + "\n"))).join("");
  }
  get parts() {
    let env, own;
    if ((this.shell === POWERSHELL)) {
      return tuple(powershell_words(this.words, this.read));
    }
    if ((this.shell === CMD)) {
      return tuple(cmd_words(this.words, this.read));
    }
    own = [...this.read].map((one) => one.sh);
    env = [...this.env].map(([name, value]) => (str(name) + "=" + str(quoted(value))));
    return [...env, ...[...this.words].map((word) => (($has(own, word)) ? word : quoted(word)))];
  }
  get before() {
    let found;
    if ((this.shell === POWERSHELL)) {
      return tuple([...this.env].map(([name, value]) => ("$env:" + str(name) + " = " + str(quoted_always(value)))));
    }
    if ((this.shell === CMD)) {
      found = [...this.read].filter((one) => ($has(this.words, one.sh))).map((one) => one.before);
      return [...[...this.env].map(([name, value]) => ("set \"" + str(name) + "=" + str(value) + "\"")), ...found];
    }
    return [];
  }
  get command() {
    if ((this.path !== null)) {
      return this._written(this.path);
    }
    return ($truth(this.words) ? list([...this.before, list(this.parts).join(" ")]).join("\n") : null);
  }
  _written(path) {
    if ((this.shell === POWERSHELL)) {
      return powershell_file(path, this.lines);
    }
    return ((this.shell === CMD) ? cmd_file(path, this.lines) : written(path, this.lines));
  }
  get pasted() {
    let parts, whole;
    whole = this.command;
    if (((whole === null) || (this.path !== null))) {
      return whole;
    }
    parts = this.parts;
    if ((($has(parts, "--%")) || (len(list(parts).join(" ")) <= WIDTH))) {
      return whole;
    }
    return list([...this.before, list(filled(grouped(parts), (WIDTH - 4))).join($item(GOES_ON, this.shell))]).join("\n");
  }
  as_dict() {
    return dict([["step", this.kind], ["where", this.where], ["command", this.command], ["path", this.path], ["text", ((this.path === null) ? null : this.text)], ["note", ($truth(this.note) ? this.note : null)]]);
  }
}

class Launch {
  constructor(server, name, steps, differs = [], notes = []) { this.server = server; this.name = name; this.steps = steps; this.differs = differs; this.notes = notes; }
  get exact() {
    return (!$truth(this.differs));
  }
  get start() {
    return next([...this.steps].filter((step) => (step.kind === "start")));
  }
  as_dict() {
    return dict([["server", this.server], ["name", this.name], ["exact", this.exact], ["differs", list(this.differs)], ["notes", list(this.notes)], ["steps", [...this.steps].map((step) => step.as_dict())]]);
  }
}

function options(pairs) {
  let option, value, words;
  words = [];
  for ([option, value] of pairs) {
    if ((value !== null)) {
      words.push(option);
      if ($truth(value)) {
        words.push(value);
      }
    }
  }
  return tuple(words);
}

function number(value) {
  return ((value === null) ? null : (str(value)));
}

function alone(holds) {
  return ($truth(holds) ? "" : null);
}

function written(path, lines) {
  let end;
  end = "END";
  while (($has(lines, end))) {
    end = (str(end) + "_");
  }
  return list([("cat > " + str(quoted(path)) + " <<'" + str(end) + "'"), ...lines, end]).join("\n");
}

function grouped(words) {
  let groups, last, word;
  groups = [];
  last = "";
  for (word of words) {
    if (($truth(last) && (word.slice(0, 1) !== "-"))) {
      last = (str(last) + " " + str(word));
    } else {
      if ($truth(last)) {
        groups.push(last);
      }
      last = word;
    }
  }
  groups.push(last);
  return groups;
}

function filled(groups, width) {
  let group, last, lines;
  lines = [];
  last = "";
  for (group of groups) {
    if (($truth(last) && (((len(last) + 1) + len(group)) <= width))) {
      last = (str(last) + " " + str(group));
    } else {
      if ($truth(last)) {
        lines.push(last);
      }
      last = group;
    }
  }
  lines.push(last);
  return lines;
}

// --- tabby.py: Which file and command start a plan in ExLlama? TabbyAPI's ``config.yml``, and its ``start.py``.

const CONFIG = "config.yml";

const PAGE = 256;

const GIB = 1073741824;

const EXL_BITS = dict([["f16", "16"], ["q8", "8"], ["q6", "6"], ["q4", "4"]]);

function tabbyapi(g, server, asked) {
  let file, note, old, place, port, weights;
  [weights, port] = [weights_of(g, asked.source), port_of(asked, server.port)];
  place = "in TabbyAPI's folder";
  file = new Step("file", undefined, undefined, undefined, CONFIG, tuple(_config(g, weights.told, asked, port)), undefined, (str(place) + ", whose models/ has the weights"));
  note = (str(place) + "; " + str(answers(asked, port)) + ", with the key of its api_tokens.yml");
  old = ((g.runtime === "exllamav2") ? ["ExLlamaV2 is in TabbyAPI's branch exl2-checkpoint alone"] : []);
  return new Launch(server.id, server.name, [...weights.steps, file, new Step("start", ["python", "start.py"], undefined, undefined, undefined, undefined, undefined, note)], tuple(nameless(g)), [...weights.notes, ...notes_of(g), ...old]);
}

function _config(g, name, asked, port) {
  let lines, split;
  lines = ["network:", ("  host: " + str(in_yaml(asked.host))), ("  port: " + str(port)), "  disable_auth: false", "model:", "  model_dir: models", ("  model_name: " + str(in_yaml(name))), ("  backend: " + str(g.runtime)), ("  max_seq_len: " + str(g.context)), ("  cache_size: " + str((($div(((g.context + PAGE) - 1), PAGE) * PAGE) * g.sequences))), ("  cache_mode: " + str(in_yaml(_cache_mode(g)))), ("  chunk_size: " + str(g.micro_batch)), ("  max_batch_size: " + str(g.sequences))];
  if ($truth(g.several)) {
    split = list([...g.held.slice(0, len(g.devices))].map((held) => ($general((held / GIB), 4)))).join(", ");
    lines.push(...["  gpu_split_auto: false", ("  gpu_split: [" + str(split) + "]")]);
  }
  return lines;
}

function _cache_mode(g) {
  let keys, values;
  [keys, values] = g.cache;
  if (((keys === "f16") && (values === "f16"))) {
    return "FP16";
  }
  return ((g.runtime === "exllamav2") ? ("Q" + str($item(EXL_BITS, keys))) : (str($item(EXL_BITS, keys)) + "," + str($item(EXL_BITS, values))));
}

// --- transformers.py: Which command starts a plan in Transformers? ``transformers serve``, whose cache grows with what is asked.

function transformers_serve(g, server, asked) {
  let found, port, said, weights, words;
  [weights, port] = [weights_of(g, asked.source), port_of(asked, server.port)];
  said = options([["--dtype", weights.cast], ["--quantization", weights.quantized], ["--host", asked.host], ["--port", (str(port))]]);
  words = ["transformers", "serve", weights.told, "--device", "auto", ...said];
  found = [];
  if ((g.sequences > 1)) {
    found.push((str(g.sequences) + " sequences at once: it answers one after another"));
  }
  if ((!$has(["f16", "bf16"], g.cache_format))) {
    found.push(("a cache in " + str(g.cache_format) + ": it has the weights' type"));
  }
  return new Launch(server.id, server.name, [...weights.steps, new Step("start", words, undefined, undefined, undefined, undefined, undefined, answers(asked, port))], [...found, ...nameless(g)], [...weights.notes, ...notes_of(g)]);
}

// --- vllm.py: Which commands start a plan in vLLM? ``vllm serve``; over several nodes on a Ray cluster, a command for each.

const RAY_PORT = 6379;

const VLLM_CACHES = dict([["fp8", "fp8"]]);

function vllm_serve(g, server, asked) {
  let inside, nodes, port, said, steps, weights, where, words;
  [weights, nodes, port] = [weights_of(g, asked.source), nodes_of(g, asked), port_of(asked, server.port)];
  said = options([["--tensor-parallel-size", ((g.ranks > 1) ? (str(g.ranks)) : null)], ["--pipeline-parallel-size", ((g.stages > 1) ? (str(g.stages)) : null)], ["--distributed-executor-backend", ($truth(nodes) ? "ray" : null)], ["--max-model-len", (str(g.context))], ["--gpu-memory-utilization", ((g.utilization === null) ? null : ($general(g.utilization, 3)))], ["--max-num-seqs", number(((g.max_sequences === null) ? null : max(g.max_sequences, g.sequences)))], ["--max-num-batched-tokens", (str(g.micro_batch))], ["--kv-cache-dtype", VLLM_CACHES.get(g.cache_format)], ["--dtype", weights.cast], ["--quantization", weights.quantized], ["--language-model-only", alone(g.blind)], ["--runner", ($truth(g.encoder) ? "pooling" : null)], ["--speculative-config", _speculating(g)]]);
  words = ["vllm", "serve", weights.told, ...said, "--host", asked.host, "--port", (str(port))];
  where = ($truth(nodes) ? $item(nodes, 0) : HERE);
  steps = [...weights.steps, ..._ray(g, nodes), new Step("start", words, undefined, undefined, undefined, undefined, where, answers(asked, port))];
  if (((server.image !== null) && (weights.repository !== null) && (!$truth(nodes)))) {
    inside = ["--model", weights.repository, ...said, "--port", (str(port))];
    steps.push(...composed(g.backend, server.image, asked, [port, port], inside, [shared(asked)]));
  }
  return new Launch(server.id, server.name, tuple(steps), tuple(unsaid_of_ranks(g, _drafting(g))), [...weights.notes, ...notes_of(g), ...refused_ranks(g, server.name), ..._cluster(nodes)]);
}

function _drafting(g) {
  return ((($truth(g.draft) || $truth(g.drafts)) && (_speculating(g) === null)) ? "--speculative-config" : null);
}

function _speculating(g) {
  if ((!$truth(own_drafts(g)))) {
    return null;
  }
  return ("{\"method\": \"mtp\", \"num_speculative_tokens\": " + str(g.drafted) + "}");
}

function own_drafts(g) {
  return $and(g.drafts, () => $and((!$truth(g.draft)), () => (g.drafted !== null)));
}

function unsaid_of_ranks(g, drafts) {
  let found;
  found = [];
  if ($truth(g.lora)) {
    found.push("the adapters that the plan counts: their files are to be added");
  }
  if ((drafts !== null)) {
    found.push(("what drafts: add " + str(drafts)));
  }
  if ($truth(g.uneven)) {
    found.push("shares of unequal ranks: every rank has the same here");
  }
  return found;
}

function refused_ranks(g, name) {
  if (($mod(g.heads, g.ranks) === 0)) {
    return [];
  }
  return [(str(name) + " refuses " + str(g.ranks) + " ranks for " + str(g.heads) + " heads: use a number of cards that divides them")];
}

function _ray(g, nodes) {
  let at, found, join, node, note, words;
  found = [];
  for (node of nodes) {
    at = ["--node-ip-address", node];
    join = ((!$truth(found)) ? ["--head", ...at, "--port", (str(RAY_PORT))] : ["--address", (str($item(nodes, 0)) + ":" + str(RAY_PORT)), ...at]);
    note = ($truth(found) ? "" : "pip install ray on every node");
    words = ["ray", "start", ...join, "--num-gpus", (str(g.each))];
    found.push(new Step("join", words, undefined, undefined, undefined, undefined, node, note));
  }
  return found;
}

function _cluster(nodes) {
  if ((!$truth(nodes))) {
    return [];
  }
  return ["every node has the weights at the same path, and the same versions; the rest is started on the first", ("Ray's ports, " + str(RAY_PORT) + " among them, are for nobody else: whoever reaches them runs what they like")];
}

// --- weights.py: Where do weights come from? A repository that the catalog knows, a file of one's own, or what is made of either.

const WIDE = ["BF16", "F16"];

const CASTS = dict([["F16", "float16"], ["BF16", "bfloat16"]]);

const PUBLISHERS = ["unsloth-", "ubergarm-", "anikifoss-", "i1-"];

const IMATRIX = ["IQ1", "IQ2", "IQ3", "Q2_K_S", "TQ"];

const OUTTYPES = dict([["F32", "f32"], ["F16", "f16"], ["BF16", "bf16"], ["Q8_0", "q8_0"]]);

const LOADS = dict([[["vllm", "FP8"], "fp8_per_block"], [["vllm", "FP8-dynamic"], "fp8_per_channel"], [["sglang", "FP8"], "fp8"], [["sglang", "FP8-dynamic"], "fp8"], [["transformers", "NF4-DQ"], "bnb-4bit"], [["transformers", "LLM-INT8"], "bnb-8bit"]]);

const FOLDERS = ["ktransformers"];

const MODES = dict([["MLX-MXFP4", "mxfp4"], ["MLX-MXFP8", "mxfp8"], ["MLX-NVFP4", "nvfp4"]]);

const CONVERTER = "from a checkout of llama.cpp, with its requirements/requirements-convert_hf_to_gguf.txt";

const NAMED = tuple("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-");

const SMALL = dict(zip(tuple("ABCDEFGHIJKLMNOPQRSTUVWXYZ"), tuple("abcdefghijklmnopqrstuvwxyz")));

class Weights {
  constructor(steps = [], repository = null, origin = null, path = null, read = [], recipe = null, projector = null, cast = null, quantized = null, notes = []) { this.steps = steps; this.repository = repository; this.origin = origin; this.path = path; this.read = read; this.recipe = recipe; this.projector = projector; this.cast = cast; this.quantized = quantized; this.notes = notes; }
  get told() {
    if ((this.repository !== null)) {
      return this.repository;
    }
    return ((this.path === null) ? "MODEL" : this.path);
  }
}

function weights_of(g, source) {
  if ((g.own !== null)) {
    return new Weights(undefined, undefined, undefined, g.own);
  }
  if ((g.files === "gguf")) {
    return gguf_weights(g, source);
  }
  if ((g.files === "mlx")) {
    return mlx_weights(g, source);
  }
  if (($has(["exl2", "exl3"], g.files))) {
    return exl_weights(g, source);
  }
  return plain_weights(g, source);
}

function key_of(format, gguf) {
  return (str(($truth(gguf) ? "gguf" : "")) + ":" + str(((format === null) ? "" : format)));
}

function key_of_mlx(format) {
  return ("mlx:" + str(((format === null) ? "" : format)));
}

function in_small(text) {
  return list([...text].map((letter) => SMALL.get(letter, letter))).join("");
}

function folder(g, format) {
  let said;
  said = list([...(str(g.model) + "-" + str(format))].map((letter) => (($has(NAMED, letter)) ? letter : "-"))).join("");
  return ((!$has(["-", "."], said.slice(0, 1))) ? said : ("model" + str(said)));
}

function recipe_of(g) {
  let before;
  for (before of PUBLISHERS) {
    if ((g.format.slice(0, len(before)) === before)) {
      return g.format.slice(len(before));
    }
  }
  return ((g.format === "MXFP4_MOE") ? "MXFP4" : g.format);
}

function either_case(recipe) {
  return ("*[-._]" + str(list([...recipe].map((x) => (($has(SMALL, x)) ? ("[" + str(x) + str($item(SMALL, x)) + "]") : x))).join("")) + "*");
}

function first_file(into, name, others, variable) {
  let but, less, like, listed, unlike;
  but = ((others === null) ? "" : (" -not -name " + str(quoted(others))));
  like = ("$_.Name -like " + str(quoted_always(name)));
  unlike = ((others === null) ? "" : (" -and $_.Name -notlike " + str(quoted_always(others))));
  less = ((others === null) ? "" : (" ^| findstr /i /r /v \"" + str(in_findstr(others)) + "\""));
  listed = ("dir /s /b " + str(in_argv(into)) + " ^| findstr /i /r \"" + str(in_findstr(name)) + "$\"" + str(less) + " ^| sort /r");
  return new Read(("\"$(find " + str(quoted(into)) + " -name " + str(quoted(name)) + str(but) + " | sort | head -n 1)\""), ("(Get-ChildItem " + str(quoted_always(into)) + " -Recurse -File | Where-Object { " + str(like) + str(unlike) + " } | Sort-Object FullName | Select-Object -First 1).FullName"), ("\"%" + str(variable) + "%\""), ("for /f \"delims=\" %i in ('" + str(listed) + "') do @set \"" + str(variable) + "=%i\""));
}

function in_findstr(pattern) {
  return list([...pattern].map((x) => ((x === "*") ? "[^\\\\]*" : ((x === ".") ? "\\." : x)))).join("");
}

function _known(g, source, format, gguf = false) {
  return $item(g.repositories, source).get(key_of(format, gguf));
}

function _makers(g, source) {
  return (($has(["F32", "BF16", "F16", g.format], g.native)) ? _known(g, source, null) : null);
}

function download(repository, source, into = null, only = null) {
  let rest;
  if ((source === "modelscope")) {
    rest = options([["--include", only], ["--local_dir", into]]);
    return new Step("download", ["modelscope", "download", "--model", repository, ...rest], undefined, undefined, undefined, undefined, undefined, "pip install modelscope");
  }
  rest = options([["--include", only], ["--local-dir", into]]);
  return new Step("download", ["hf", "download", repository, ...rest], undefined, undefined, undefined, undefined, undefined, "pip install -U huggingface_hub; a gated model asks for hf auth login");
}

function _fetched(g, repository, source, cast = null) {
  let into;
  if (((source === "modelscope") || ($has(FOLDERS, g.runtime)))) {
    into = ("./" + str(folder(g, g.format)));
    return new Weights([download(repository, source, into)], undefined, undefined, into, undefined, undefined, undefined, cast);
  }
  return new Weights([download(repository, source)], repository, undefined, undefined, undefined, undefined, undefined, cast);
}

function _unknown(g, source, what) {
  let note, where;
  where = ((source === "modelscope") ? " on ModelScope" : "");
  note = ("no repository" + str(where) + " of " + str(g.name) + " in " + str(g.format) + " (" + str(what) + ") is known; put its name or its path for MODEL");
  return new Weights(undefined, undefined, undefined, undefined, undefined, undefined, undefined, undefined, undefined, [note]);
}

function plain_weights(g, source) {
  let loads, makers, named, note;
  [named, makers] = [_known(g, source, g.format), _known(g, source, null)];
  if ((named !== null)) {
    return _fetched(g, named, source);
  }
  if (((makers !== null) && ($has(WIDE, g.format)) && ($has(["BF16", "F16", "F32"], g.native)))) {
    return _fetched(g, makers, source, ((g.format === g.native) ? null : $item(CASTS, g.format)));
  }
  if (((makers !== null) && ($has([g.format, "undisclosed"], g.native)))) {
    return _fetched(g, makers, source);
  }
  loads = LOADS.get([g.runtime, g.format]);
  if (((makers !== null) && (loads !== null) && ($has(["BF16", "F16", "F32"], g.native)))) {
    note = ("no repository of " + str(g.name) + " in " + str(g.format) + " is known; " + str(makers) + " is quantized as it is loaded");
    return $replace(_fetched(g, makers, source), { quantized: loads, notes: [note] });
  }
  return _unknown(g, source, "a checkpoint");
}

function gguf_weights(g, source) {
  let exact, file, into, name, note, notes, only, project, recipe, several, towers;
  [recipe, exact, several] = [recipe_of(g), _known(g, source, g.format, true), _known(g, source, null, true)];
  name = ((exact === null) ? several : exact);
  if ((name === null)) {
    return converted(g, source, recipe);
  }
  note = ("whether " + str(name) + " holds " + str(recipe) + " is not in the catalog; the download tells");
  [notes, only] = [((exact === null) ? [note] : []), either_case(recipe)];
  if (((source === "huggingface") && (g.runtime === "llama.cpp"))) {
    return new Weights([download(name, source, null, only)], name, name, undefined, undefined, recipe, undefined, undefined, undefined, notes);
  }
  into = ("./" + str(folder(g, recipe)));
  file = first_file(into, (str(only) + ".gguf"), "*mmproj*", "MODEL");
  towers = first_file(into, "*mmproj*.gguf", null, "PROJECTOR");
  project = ($truth(g.sees) ? [download(name, source, into, "*mmproj*")] : []);
  return new Weights([download(name, source, into, only), ...project], undefined, name, file.sh, [file, towers], recipe, ($truth(g.sees) ? towers.sh : null), undefined, undefined, notes);
}

function converted(g, source, recipe) {
  let direct, imatrix, into, made, makers, note, outtype, program, projector, steps, towers, wide, words;
  makers = _known(g, source, null);
  if ((makers === null)) {
    return _unknown(g, source, "GGUF files");
  }
  [into, wide, made] = [("./" + str(folder(g, g.native))), ("./" + str(folder(g, "BF16")) + ".gguf"), ("./" + str(folder(g, recipe)) + ".gguf")];
  direct = $or(($has(OUTTYPES, recipe)), () => $and((recipe === "MXFP4"), () => (g.native === "MXFP4")));
  outtype = OUTTYPES.get(recipe, "bf16");
  program = ["python", "llama.cpp/convert_hf_to_gguf.py", into];
  words = [...program, "--outtype", outtype, "--outfile", ($truth(direct) ? made : wide)];
  steps = [download(makers, source, into), new Step("convert", words, undefined, undefined, undefined, undefined, undefined, CONVERTER)];
  if ((!$truth(direct))) {
    imatrix = any([...IMATRIX].map((one) => (recipe.slice(0, len(one)) === one)));
    note = ($truth(imatrix) ? "this recipe asks for --imatrix FILE, which llama-imatrix makes" : "");
    steps.push(new Step("convert", ["llama-quantize", wide, made, recipe], undefined, undefined, undefined, undefined, undefined, note));
  }
  towers = ("./mmproj-" + str(folder(g, "F16")) + ".gguf");
  if ($truth(g.sees)) {
    steps.push(new Step("convert", [...program, "--mmproj", "--outtype", "f16", "--outfile", towers]));
  }
  note = ("no repository of GGUF files of " + str(g.name) + " is known; the file is made of " + str(makers));
  projector = ($truth(g.sees) ? towers : null);
  return new Weights(tuple(steps), undefined, undefined, made, undefined, recipe, projector, undefined, undefined, [note]);
}

function mlx_weights(g, source) {
  let how, into, made, makers, named, note, own, words;
  [made, named, makers] = [key_of_mlx(g.format), _known(g, source, g.format), _makers(g, source)];
  if (($has($item(g.repositories, source), made))) {
    return _fetched(g, $item($item(g.repositories, source), made), source);
  }
  if ((named !== null)) {
    return _fetched(g, named, source);
  }
  if ((makers === null)) {
    return _unknown(g, source, "MLX");
  }
  if (($has(WIDE, g.format))) {
    return _fetched(g, makers, source);
  }
  how = ["--q-bits", g.format.slice(4, 5)];
  if (($has(MODES, g.format))) {
    how = ["--q-mode", $item(MODES, g.format)];
  }
  [own, into] = [_fetched(g, makers, source), ("./" + str(folder(g, g.format)))];
  words = ["mlx_lm.convert", "--hf-path", own.told, "--mlx-path", into, "-q", ...how];
  note = ("no repository of " + str(g.name) + " in " + str(g.format) + " is known; the weights are made of " + str(makers));
  return new Weights([...own.steps, new Step("convert", words)], undefined, undefined, into, undefined, undefined, undefined, undefined, undefined, [note]);
}

function exl_weights(g, source) {
  let bits, into, made, makers, named, note, out, own, step, words, work;
  [made, named, makers] = [folder(g, g.format), _known(g, source, g.format), _makers(g, source)];
  [into, bits] = [("models/" + str(made)), g.format.slice(5, (len(g.format) - 3))];
  if ((named !== null)) {
    return new Weights([download(named, source, into)], undefined, undefined, made);
  }
  if (((makers === null) || (!$truth(bits)))) {
    return _unknown(g, source, g.runtime_name);
  }
  own = ("./" + str(folder(g, g.native)));
  [out, work] = ((g.runtime === "exllamav3") ? ["-o", "-w"] : ["-cf", "-o"]);
  words = ["python", (str(g.runtime) + "/convert.py"), "-i", own, out, into, work, (str(own) + "-work"), "-b", bits];
  step = new Step("convert", words, undefined, undefined, undefined, undefined, undefined, ("from a checkout of " + str(g.runtime_name)));
  note = ("no repository of " + str(g.name) + " in " + str(g.format) + " is known; the weights are made of " + str(makers));
  return new Weights([download(makers, source, own), step], undefined, undefined, made, undefined, undefined, undefined, undefined, undefined, [note]);
}

export { ALONE, Asked, BATCH, BITS, CACHE, CARETS, CASTS, CMD, COMPOSE, CONFIG, CONVERTER, CORES, CURLY, DEVICES, DIGITS, ENCODERS, ESCAPED, EXL_BITS, FOLDERS, GIB, GOES_ON, Given, HERE, IMATRIX, INIT_PORT, IN_CMD, IN_POWERSHELL, LOADS, LOCALHOST, Launch, MADE, MB, METHODS, MIB, MICRO_BATCH, MODELFILE, MODES, NAMED, NUMA_NODES, OUTTYPES, PAGE, PLAIN, POSIX, POWERSHELL, PREFILL, PROMPTS, PUBLISHERS, RAY_PORT, REACHED, RPC_PORT, RPC_WARNING, Read, SERVERS, SGLANG, SGLANG_CACHES, SHELLS, SMALL, SOURCES, Served, Step, VECTORS, VLLM_CACHES, WIDE, WIDTH, Weights, alone, answers, check_asked, cmd_file, cmd_words, composed, converted, download, either_case, escaped, exl_weights, filled, first_file, folder, gguf_weights, given, grouped, ik_llama_server, in_argv, in_cmd, in_findstr, in_powershell, in_small, in_yaml, key_of, key_of_mlx, ktransformers_server, launched, llama_server, lm_studio, mlx_lm_server, mlx_weights, nameless, nodes_of, notes_of, number, ollama, options, own_drafts, placing, plain_weights, port_of, powershell_file, powershell_words, quoted, quoted_always, recipe_of, refused_ranks, resident, sglang_options, sglang_server, shared, sighted, tabbyapi, transformers_serve, undollared, undrafted, unsaid_of_lm_studio, unsaid_of_mlx, unsaid_of_ollama, unsaid_of_ranks, verbatim, vllm_serve, weights_of, wired, written };

// The face of what a start says, after all that it is made of.

/**
 * How a plan is started: of its JSON, and of the facts beside it (`sizing.launch.facts`), what `Plan.launch` gives, as
 * JSON. `asked` may say {host, port, source, nodes, shell}. Throws SizingError with the line that Python raises.
 */
export const launch = (plan, facts, { host, port, source, nodes, shell } = {}) => {
  const found = launched($dicts(plan), $dicts(facts), new Asked(host, port, source, nodes, shell));
  return found && found.map((one) => $plain(one.as_dict()));
};
