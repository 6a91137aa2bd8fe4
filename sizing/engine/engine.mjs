// Made by `make engine` from sizing/engine/*.py, and never edited. Its face is below.

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

// --- numbers.py: Which arithmetic comes out alike everywhere? What Pythons, or JavaScript, would do differently, spelled out.

function total(values) {
  let result, value;
  result = 0;
  for (value of values) {
    result = (result + value);
  }
  return result;
}

function power(base, exponent) {
  let result;
  result = 1.0;
  while ((exponent > 0)) {
    if (($mod(exponent, 2) === 1)) {
      result = (result * base);
    }
    base = (base * base);
    exponent = $div(exponent, 2);
  }
  return result;
}

function first_that(low, high, holds) {
  let middle;
  while ((low < high)) {
    middle = $div((low + high), 2);
    if ($truth(holds(middle))) {
      high = middle;
    } else {
      low = (middle + 1);
    }
  }
  return low;
}

function most(fits, limit) {
  return (first_that(1, (limit + 1), ((number) => (!$truth(fits(number))))) - 1);
}

function middle(values) {
  let half, ordered;
  ordered = sorted(values);
  half = $div(len(ordered), 2);
  if ((!$truth(ordered))) {
    return 0.0;
  }
  return (($mod(len(ordered), 2) === 1) ? $item(ordered, half) : (($item(ordered, (half - 1)) + $item(ordered, half)) / 2));
}

function over(count, size) {
  return (-$div((-count), size));
}

// --- dealing.py: How does llama.cpp deal layers out to devices?

const HOST = (-1);

function deal(layers, memory, on_host = 0) {
  let dealt, end, output, starts, taken;
  dealt = ($truth(memory) ? ((layers + 1) - on_host) : 0);
  if ((dealt <= 0)) {
    return [[...[...memory].map((_) => layers), layers], HOST];
  }
  starts = [on_host];
  for (end of _shares(memory).slice(0, (-1))) {
    taken = int((end * dealt));
    taken = (taken + (single((taken / dealt)) < end));
    starts.push((on_host + taken));
  }
  output = max([...enumerate(starts)].filter(([device, start]) => (start <= layers)).map(([device, start]) => device));
  return [[...[...starts].map((start) => min(start, layers)), layers], output];
}

function _shares(memory) {
  let one, sums, whole;
  whole = 0.0;
  sums = [];
  for (one of memory) {
    whole = single((whole + single(one)));
    sums.push(whole);
  }
  if ((whole <= 0.0)) {
    return [...range(len(sums))].map((i) => single(((i + 1) / len(sums))));
  }
  return [...sums].map((end) => single((end / whole)));
}

// --- program.py: What runs a model? A runtime with a backend, and a weight format; what decides numbers, no more.

class Encoding {
  constructor(id, packing, runtimes, bits = 16, loss = null) { this.id = id; this.packing = packing; this.runtimes = runtimes; this.bits = bits; this.loss = loss; }
}

class Defaults {
  constructor(memory, batched_tokens, logit_rows, margin) { this.memory = memory; this.batched_tokens = batched_tokens; this.logit_rows = logit_rows; this.margin = margin; }
}

class Program {
  constructor(runtime, backend, files, split, offload, experts_alone, spans, pools, utilization, margin, margin_each, apart, batched_tokens, usual_batch, logit_rows, slot_logits, page, states, kept, states_share, whole_windows, flash, overhead, guessed, joined, wide, expert_tokens, capability, defaults, small, contexts, formats) { this.runtime = runtime; this.backend = backend; this.files = files; this.split = split; this.offload = offload; this.experts_alone = experts_alone; this.spans = spans; this.pools = pools; this.utilization = utilization; this.margin = margin; this.margin_each = margin_each; this.apart = apart; this.batched_tokens = batched_tokens; this.usual_batch = usual_batch; this.logit_rows = logit_rows; this.slot_logits = slot_logits; this.page = page; this.states = states; this.kept = kept; this.states_share = states_share; this.whole_windows = whole_windows; this.flash = flash; this.overhead = overhead; this.guessed = guessed; this.joined = joined; this.wide = wide; this.expert_tokens = expert_tokens; this.capability = capability; this.defaults = defaults; this.small = small; this.contexts = contexts; this.formats = formats; }
  get name() {
    return (str(this.runtime) + "/" + str(this.backend));
  }
  get looks_up_on_host() {
    return $or(this.gguf, () => ($has(["exl2", "exl3"], this.files)));
  }
  get gguf() {
    return (this.files === "gguf");
  }
}

// --- rig.py: What does a plan compute on? Cards, places where bytes can lie, and a rig of them: what datasheets say, no more.

const NO_GENERATION = "unknown";

const FAST = 10000000000.0;

const SWITCHED = 100000000000.0;

const MESH = 7;

const GPU_LIMIT = "gpu_limit";

const SLOT_LOGITS = "slot_logits";

const LINK = "link";

const HOST_LINK = "host_link";

const BRIDGE = "bridge";

const CONTEXT = "context";

const NETWORK = "network";

const POWER_LIMIT = "power_limit";

const REFERENCE_HOST = "host";

const HOST_BANDWIDTH = "host_bandwidth";

class Card {
  constructor(id, generation, memory, link, rate, half, single, fp8, fp4, best_rate, peers, pcie, capability = null, soldered = false, bridge = 0) { this.id = id; this.generation = generation; this.memory = memory; this.link = link; this.rate = rate; this.half = half; this.single = single; this.fp8 = fp8; this.fp4 = fp4; this.best_rate = best_rate; this.peers = peers; this.pcie = pcie; this.capability = capability; this.soldered = soldered; this.bridge = bridge; }
}

class Place {
  constructor(name, capacity, bandwidth, card = null) { this.name = name; this.capacity = capacity; this.bandwidth = bandwidth; this.card = card; }
}

class Rig {
  constructor(id, places, unified, backends, nodes = 1, assumed = [], network = null) { this.id = id; this.places = places; this.unified = unified; this.backends = backends; this.nodes = nodes; this.assumed = assumed; this.network = network; }
  node(device) {
    return $div((device * this.nodes), len(this.devices));
  }
  #stages;
  get stages() { return (this.#stages ??= [this.$stages()])[0]; }
  $stages() {
    let alone;
    alone = $and(((len(this.places) - 1) === this.nodes), () => ($or(this.network, () => 0.0) >= FAST));
    return ($truth(alone) ? 1 : this.nodes);
  }
  #switched;
  get switched() { return (this.#switched ??= [this.$switched()])[0]; }
  $switched() {
    let cards;
    cards = ((len(this.devices) > this.nodes) ? [...this.devices].map((place) => place.card) : []);
    return $and((len(cards) > 0), () => all([...cards].map((card) => $and((card !== null), () => $and((card.link === "nvlink"), () => ($or(card.peers, () => 0.0) >= SWITCHED))))));
  }
  get processors() {
    return $and((len(this.backends) === 1), () => ($item(this.backends, 0) === "cpu"));
  }
  #devices;
  get devices() { return (this.#devices ??= [this.$devices()])[0]; }
  $devices() {
    return this.places.slice(0, (-1));
  }
  #capability;
  get capability() { return (this.#capability ??= [this.$capability()])[0]; }
  $capability() {
    let told;
    told = (() => { const $ = []; for (const place of this.devices) if ($truth(place.card)) for (const one of [place.card.capability]) if ((one !== null)) $.push(one); return $; })();
    return ($truth(told) ? min(told) : null);
  }
  #host;
  get host() { return (this.#host ??= [this.$host()])[0]; }
  $host() {
    return $item(this.places, (len(this.places) - 1));
  }
  place(index) {
    return ((index === HOST) ? this.host : $item(this.places, index));
  }
  #capacities;
  get capacities() { return (this.#capacities ??= [this.$capacities()])[0]; }
  $capacities() {
    return tuple([...this.devices].map((place) => place.capacity));
  }
  #capacity;
  get capacity() { return (this.#capacity ??= [this.$capacity()])[0]; }
  $capacity() {
    return total(this.capacities);
  }
  #alike;
  get alike() { return (this.#alike ??= [this.$alike()])[0]; }
  $alike() {
    let cards;
    cards = [...this.devices].map((place) => ($truth(place.card) ? place.card.id : ""));
    return (min(cards) === max(cards));
  }
  room(program, margin = true) {
    let kept;
    if (((!$truth(margin)) && (program.utilization < 1))) {
      return tuple([...this.capacities].map((capacity) => max(0.0, (capacity - program.overhead))));
    }
    kept = ($truth(margin) ? program.margin : 0);
    return tuple([...this.capacities].map((capacity) => max(0.0, ((capacity * program.utilization) - kept))));
  }
  #proportions;
  get proportions() { return (this.#proportions ??= [this.$proportions()])[0]; }
  $proportions() {
    let capacities, equal;
    capacities = this.capacities;
    equal = (min(capacities) === max(capacities));
    return ($truth(equal) ? [this.stages, len(capacities)] : [this.stages, len(capacities), ...capacities]);
  }
}

// --- assembling.py: What rig do devices and a host make? And the same beside another host, held to less power, or with more devices.

const GIB = 1073741824;

const LEAST_POWER = 0.3;

const ASSUMED_LINK = ((((8000000000.0 * 16) / 8) * 128) / 130);

const ASSUMED_NETWORK = 1250000000.0;

class Unit {
  constructor(device, box, capacity, assumed, bandwidth, card, unified, backends, watts) { this.device = device; this.box = box; this.capacity = capacity; this.assumed = assumed; this.bandwidth = bandwidth; this.card = card; this.unified = unified; this.backends = backends; this.watts = watts; }
}

class HostMemory {
  constructor(memory, bandwidth, named = true, stated = true, alone = false) { this.memory = memory; this.bandwidth = bandwidth; this.named = named; this.stated = stated; this.alone = alone; }
}

function assembled(id, units, host, reserved, nodes = 1, network = null) {
  let assumed, devices, first, links, own, places;
  places = [...enumerate(units)].map(([i, one]) => new Place((str(one.device) + "#" + str(i)), one.capacity, one.bandwidth, one.card));
  assumed = [...units].filter((one) => $truth(one.assumed)).map((one) => one.assumed);
  first = $item(units, 0);
  if ($truth(first.unified)) {
    own = $div(total([...units].map((one) => one.box)), nodes);
    places.push(new Place("host", (own - reserved), first.bandwidth));
  } else {
    places.push(new Place("host", (host.memory - reserved), host.bandwidth));
    if ((!$truth(host.named))) {
      assumed.push(REFERENCE_HOST);
    }
  }
  if ((nodes > 1)) {
    assumed.push(NETWORK);
    network = ((network === null) ? ASSUMED_NETWORK : network);
  }
  [devices, links] = joined(places.slice(0, (-1)), nodes, first.unified);
  assumed.push(...links);
  return new Rig(id, [...devices, $item(places, (len(places) - 1))], first.unified, tuple([...first.backends].filter((x) => $truth(all([...units].map((other) => ($has(other.backends, x))))))), nodes, tuple(dict.fromkeys(assumed)), network);
}

function joined(places, nodes, unified) {
  let assumed, card, count, found, kinds, mixed, place;
  count = $div(len(places), nodes);
  kinds = [...places].map((place) => ($truth(place.card) ? place.card.id : ""));
  mixed = (min(kinds) !== max(kinds));
  found = [];
  assumed = [];
  for (place of places) {
    card = place.card;
    if (((card !== null) && (!$truth(unified)))) {
      if (((count > 1) && ($truth(mixed) || (0 < card.bridge && card.bridge < count)))) {
        card = $replace(card, { link: "pcie", peers: card.pcie });
      }
      if (((count > 1) && (card.peers === null))) {
        [card, assumed] = [$replace(card, { link: "pcie", peers: ASSUMED_LINK }), [...assumed, LINK]];
      }
      if (((count > 1) && $truth(card.bridge) && (card.link === "nvlink"))) {
        assumed.push(BRIDGE);
      }
      if ((card.pcie === null)) {
        [card, assumed] = [$replace(card, { pcie: ASSUMED_LINK }), [...assumed, HOST_LINK]];
      }
    }
    found.push($replace(place, { card: card }));
  }
  return [found, list(dict.fromkeys(assumed))];
}

function hosted(rig, host, reserved) {
  let assumed, bandwidth, own, places;
  if (($truth(rig.unified) && (!$truth(rig.processors)))) {
    throw new SizingError((str(rig.id) + " has one memory for the CPU and its device; it takes no host"));
  }
  assumed = [...rig.assumed].filter((x) => (!$has([REFERENCE_HOST, HOST_BANDWIDTH], x)));
  if (((!$truth(host.stated)) && (!($truth(rig.processors) && $truth(host.alone))))) {
    assumed.push(HOST_BANDWIDTH);
  }
  places = ($truth(rig.processors) ? _sockets(rig, host, reserved) : rig.devices);
  bandwidth = ($truth(rig.processors) ? $item(places, 0).bandwidth : host.bandwidth);
  own = new Place("host", _left(host.memory, host, reserved), bandwidth);
  return $replace(rig, { places: [...places, own], assumed: tuple(assumed) });
}

function _sockets(rig, host, reserved) {
  let each, memory, rate;
  each = $div(len(rig.devices), rig.nodes);
  memory = _left($div(host.memory, each), host, reserved);
  rate = (($truth(host.alone) || (host.bandwidth === null)) ? null : (host.bandwidth / each));
  return tuple([...rig.devices].map((one) => $replace(one, { capacity: memory, bandwidth: $or(rate, () => one.bandwidth) })));
}

function _left(memory, host, reserved) {
  let keeps;
  if ((memory <= reserved)) {
    keeps = ("the operating system keeps " + $general((reserved / GIB), 6) + " GB of it");
    throw new SizingError(("a host of " + $general((host.memory / GIB), 6) + " GB is too small: " + str(keeps)));
  }
  return (memory - reserved);
}

function limited(rig, watts, own) {
  let alone, assumed, bandwidth, card, i, known, least, one, place, places, share;
  known = [];
  for ([i, one] of enumerate(own)) {
    if ((one === null)) {
      card = $item(rig.devices, i).card;
      throw new SizingError(("nobody states the power of " + str(($truth(card) ? card.id : rig.id)) + "; leave the limit out"));
    }
    known.push(one);
  }
  least = min(known);
  if ((!((LEAST_POWER * least) <= watts && watts <= least))) {
    throw new SizingError(("a power limit lies between " + str(round((LEAST_POWER * least))) + " and " + str(round(least)) + " W here, not at " + $general(watts, 6) + " W"));
  }
  alone = (len(rig.devices) === 1);
  places = [];
  for ([i, place] of enumerate(rig.devices)) {
    share = (sqrt((watts / $item(known, i))) * sqrt(sqrt((watts / $item(known, i)))));
    bandwidth = (($truth(place.bandwidth) && $truth(alone)) ? (place.bandwidth * share) : place.bandwidth);
    places.push($replace(place, { bandwidth: bandwidth, card: ($truth(place.card) ? slowed(place.card, share) : null) }));
  }
  assumed = ((watts === least) ? rig.assumed : [...rig.assumed, POWER_LIMIT]);
  return $replace(rig, { places: [...places, rig.host], assumed: assumed });
}

function slowed(card, share) {
  return $replace(card, { rate: ((card.rate === null) ? null : (card.rate * share)), half: ((card.half === null) ? null : (card.half * share)), fp8: ((card.fp8 === null) ? null : (card.fp8 * share)), fp4: ((card.fp4 === null) ? null : (card.fp4 * share)), best_rate: (card.best_rate * share) });
}

function with_more(rig, count) {
  return extended(rig, [...range(count)].map((_) => $last(rig.devices)));
}

function extended(rig, places) {
  let assumed, devices, links, more, named, place;
  more = [];
  for (place of places) {
    named = ($truth(place.card) ? place.card.id : rig.id);
    more.push($replace(place, { name: (str(named) + "#" + str((len(rig.devices) + len(more)))) }));
  }
  [devices, links] = joined([...rig.devices, ...more], rig.nodes, rig.unified);
  assumed = [...rig.assumed].filter((one) => (!$has([LINK, BRIDGE], one)));
  return $replace(rig, { places: [...devices, rig.host], assumed: tuple(dict.fromkeys([...assumed, ...links])) });
}

function with_host_memory(rig, capacity) {
  return $replace(rig, { places: [...rig.devices, $replace(rig.host, { capacity: capacity })] });
}

// --- buffers.py: What does computing need besides weights and cache? The buffers of a place that computes.

const MICRO_BATCH = 512;

const PIPELINE = 4;

const SAMPLING = 39;

const DELTA = 24;

const DIVIDED = 0.6;

const WORKSPACE = ((32 * 1024) * 1024);

const MLX_STEPS = 20;

const MLX_WRITTEN = ((650 * 1024) * 1024);

const MLX_BEYOND = 5.5;

const MLX_SPREAD = 75;

const SCORE = 2.08;

const MLX_OTHERS = (8 / 11);

const MLX_MATRICES = 20;

const MLX_CHUNK = 256;

class Widths {
  constructor(vocab, hidden, feed_forward, experts_used, experts_width, streams, mixer, delta, compressed, ungated, latent_rows, shared, chosen, pooled, block_heads, lagging, queries, attending, window, heads, all_windows, scored, stacked, passed, projected, scanned, paired) { this.vocab = vocab; this.hidden = hidden; this.feed_forward = feed_forward; this.experts_used = experts_used; this.experts_width = experts_width; this.streams = streams; this.mixer = mixer; this.delta = delta; this.compressed = compressed; this.ungated = ungated; this.latent_rows = latent_rows; this.shared = shared; this.chosen = chosen; this.pooled = pooled; this.block_heads = block_heads; this.lagging = lagging; this.queries = queries; this.attending = attending; this.window = window; this.heads = heads; this.all_windows = all_windows; this.scored = scored; this.stacked = stacked; this.passed = passed; this.projected = projected; this.scanned = scanned; this.paired = paired; }
}

function compute(w, program, context, has_output, layers = 1, ranks = 1) {
  let logits, repeated, step;
  if ($truth(program.gguf)) {
    return ((4 * program.batched_tokens) * ((w.hidden + w.stacked) + _peak(w, program, context, has_output, layers)));
  }
  if ((program.files === "mlx")) {
    return _in_flight(w, min(program.batched_tokens, context), context);
  }
  step = (2 * ((3 * w.feed_forward) + (3 * w.hidden)));
  logits = ($truth(has_output) ? ((program.logit_rows * SAMPLING) * w.vocab) : 0);
  repeated = ($truth(program.flash) ? 0 : ((4 * w.queries) * context));
  return (WORKSPACE + max(logits, (repeated + (program.batched_tokens * max(step, round((((2 * DELTA) * w.delta) * divided(ranks))))))));
}

function divided(ranks) {
  return ((1 - DIVIDED) + (DIVIDED / max(1, ranks)));
}

function _in_flight(w, tokens, context) {
  let most, scores, soon, written;
  soon = (((MLX_STEPS * 2.0) * ((3 * w.feed_forward) + (3 * w.hidden))) * tokens);
  most = (MLX_WRITTEN + ((MLX_BEYOND * w.feed_forward) * tokens));
  written = ((soon / sqrt(sqrt((1 + power((soon / most), 4))))) + (((2 * MLX_SPREAD) * w.delta) * tokens));
  written = max(written, ((((4 * MLX_MATRICES) * w.paired) * tokens) * min(MLX_CHUNK, tokens)));
  scores = (((SCORE * w.scored) * context) * tokens);
  return round(max(written, (scores + (MLX_OTHERS * written))));
}

function device(w, program, context, output, first = true, copies = 1, matrix = 0, copied = 0, others = 0, cache = 0.0, widened = 0, layers = 1, torn = 0, masked = true, ranks = 1) {
  let answers, batch, entering, held, kept, masks, passed, widest;
  if ((!$truth(program.gguf))) {
    return (compute(w, program, context, output, undefined, ranks) + round(cache));
  }
  batch = (4 * program.batched_tokens);
  masks = _masks(w, program, context);
  if ((copies > 1)) {
    entering = (w.hidden + ($truth(w.stacked) ? w.hidden : 0));
    passed = ($truth(layers) ? w.passed : w.hidden);
    kept = (copies * (((masks * masked) + torn) + ($truth(first) ? entering : passed)));
    widest = max(($truth(output) ? _logits(w, program) : 0), _layer(w, program, context, layers));
    return _with_copy(w, batch, widest, kept, widened);
  }
  held = _with_copy(w, batch, (_peak(w, program, context, output, layers) - masks), masks, widened);
  if ($truth(cache)) {
    widest = _layer(w, program, context, layers);
    held = max(held, (round(cache) + (batch * ((4 * w.hidden) + masks))), (matrix + (batch * (widest + masks))));
  } else {
    if ($truth(matrix)) {
      answers = (((w.experts_width + (4 * w.hidden)) + w.feed_forward) + _zeros(w, context, layers));
      held = max(held, (matrix + (batch * (answers + masks))));
    }
  }
  if ($truth(copied)) {
    held = max(held, (copied + (batch * ((5 * w.hidden) + masks))));
  }
  if ($truth(others)) {
    held = max(held, (others + (batch * w.hidden)));
  }
  return held;
}

function carried(caches) {
  let found, i, most, one;
  [found, most] = [[0.0], 0.0];
  for ([i, one] of enumerate(caches)) {
    if ($truth(i)) {
      most = max(most, ($item(caches, (i - 1)) + (one / 2)));
    }
    found.push(max(most, one));
  }
  return tuple(found);
}

function host(w, program, context, copies = 1, mixes = false) {
  let embedded;
  if ((!$truth(program.gguf))) {
    return 0;
  }
  embedded = ((((1 + copies) * w.hidden) + (copies * w.stacked)) + ($truth(mixes) ? $div((w.mixer * 3), 4) : 0));
  return ((4 * program.batched_tokens) * (embedded + (copies * _masks(w, program, context))));
}

function _peak(w, program, context, has_output, layers) {
  let widest;
  widest = (_layer(w, program, context, layers) + _masks(w, program, context));
  return max(($truth(has_output) ? _logits(w, program) : 0), widest);
}

function _zeros(w, context, layers) {
  return (layers * min(w.chosen, context));
}

function _with_copy(w, batch, widest, kept, widened) {
  let answers, held;
  held = (batch * (widest + kept));
  if ($truth(w.chosen)) {
    return (held + widened);
  }
  if ($truth(w.latent_rows)) {
    answers = $div((w.latent_rows * 4), 9);
    if ((widened <= (batch * answers))) {
      return held;
    }
  }
  return ($truth(widened) ? max(held, (widened + (batch * ((w.attending + (2 * w.hidden)) + kept)))) : held);
}

function _logits(w, program) {
  let logits;
  logits = $div((w.vocab * program.logit_rows), program.batched_tokens);
  return (logits + ((((1 + w.shared) + bool(w.latent_rows)) + bool(w.mixer)) * w.hidden));
}

function _layer(w, program, context, layers) {
  let seen, steps;
  if ($truth(w.compressed)) {
    return ((w.compressed - w.hidden) + $div((context * 3), 20));
  }
  if ($truth(w.pooled)) {
    return max((w.latent_rows + (6 * w.hidden)), (((4 * w.hidden) + context) + $div(w.chosen, 2)));
  }
  if ($truth(w.chosen)) {
    return (((w.latent_rows + (6 * w.hidden)) + context) + _zeros(w, context, layers));
  }
  steps = [_feed_forward(w)];
  if (((!$truth(program.flash)) && $truth(w.heads))) {
    seen = ($truth(w.all_windows) ? min(context, (w.window + program.batched_tokens)) : context);
    steps.push((((w.heads * seen) + (2 * w.queries)) + (3 * w.hidden)));
  }
  if ($truth(w.mixer)) {
    steps.push((w.mixer + (2 * w.hidden)));
  }
  if ($truth(w.latent_rows)) {
    steps.push((w.latent_rows + (7 * w.hidden)));
  }
  if ($truth(w.block_heads)) {
    steps.push((((2 * w.queries) + (3 * w.hidden)) + (context * ((2 * w.block_heads) + 1))));
  }
  return max(steps);
}

function _feed_forward(w) {
  let answers, gates;
  gates = ($truth(w.ungated) ? 1 : 2);
  if ((!$truth(w.experts_used))) {
    return ((($truth(w.ungated) ? 1 : 3) * w.feed_forward) + (3 * w.hidden));
  }
  if (($truth(w.mixer) || (w.streams > 8) || (w.experts_width !== (w.experts_used * w.hidden)))) {
    return ((w.experts_width + (gates * w.feed_forward)) + ((w.streams - 1) * w.hidden));
  }
  answers = ((w.experts_width > (gates * w.feed_forward)) ? w.experts_width : 0);
  return ((((gates + 1) * w.feed_forward) + (4 * w.hidden)) + answers);
}

function _masks(w, program, context) {
  let window;
  if ($truth(w.compressed)) {
    return $div(context, 4);
  }
  if ((!$truth(w.heads))) {
    return 0;
  }
  window = ($truth(w.window) ? min(context, (w.window + program.batched_tokens)) : 0);
  if (($truth(w.window) && $truth(program.whole_windows))) {
    window = context;
  }
  return $div(((($truth(w.chosen) ? 2 : 1) * context) + window), ($truth(program.flash) ? 2 : 1));
}

// --- cache.py: What does context cost, in bytes? The parts of a cache: what is held, and what a step reads of it.

class Compressed {
  constructor(ratio, bytes, flops, chosen = null, pad = 1) { this.ratio = ratio; this.bytes = bytes; this.flops = flops; this.chosen = chosen; this.pad = pad; }
  held(context) {
    return (this.bytes * padded(over(context, this.ratio), this.pad));
  }
  read(depth) {
    return seen(this.chosen, $div(depth, this.ratio));
  }
  read_by(prompt, depth) {
    let limit;
    limit = ((this.chosen === null) ? null : (this.chosen * this.ratio));
    return (seen_by(limit, depth, prompt) / this.ratio);
  }
}

class CachePart {
  constructor(bytes_per_token, limit = null, state = 0, compressed = [], page = 1, slack = 0, spare = 0, share = 0.0) { this.bytes_per_token = bytes_per_token; this.limit = limit; this.state = state; this.compressed = compressed; this.page = page; this.slack = slack; this.spare = spare; this.share = share; }
  bytes(context) {
    return ((this.state + (this.bytes_per_token * seen(this.limit, context))) + this._compressed(context));
  }
  attended(context) {
    return (this.bytes_per_token * seen(this.limit, context));
  }
  moved(depth) {
    let tokens;
    tokens = (this.bytes_per_token * seen(this.limit, depth));
    return (((2 * this.state) + tokens) + total([...this.compressed].map((e) => (e.bytes * e.read(depth)))));
  }
  flops(depth, each) {
    return ((each * seen(this.limit, depth)) + total([...this.compressed].map((e) => (e.flops * e.read(depth)))));
  }
  flops_by(prompt, depth, each) {
    let own;
    own = total([...this.compressed].map((e) => (e.flops * e.read_by(prompt, depth))));
    return ((each * seen_by(this.limit, depth, prompt)) + own);
  }
  held(context, sequences, more = 0) {
    let constant, kept, most, spare, tokens;
    tokens = padded(context, this.page);
    constant = (this.state + this._compressed(context));
    if ((this.limit === null)) {
      return (sequences * (constant + (this.bytes_per_token * tokens)));
    }
    most = ((this.limit + this.slack) + ($truth(this.spare) ? 0 : more));
    spare = min(($truth(this.spare) ? max(0, (this.spare + more)) : 0), max(0, (tokens - most)));
    kept = max(min(tokens, most), (this.share * tokens));
    return ((sequences * constant) + (this.bytes_per_token * ((sequences * kept) + spare)));
  }
  whole(tokens) {
    if (((!$truth(this.limit)) || (this.limit >= tokens))) {
      return this;
    }
    return new CachePart(this.bytes_per_token, tokens, this.state, this.compressed, this.page);
  }
  shared(context, slots, batch, more = 0) {
    let constant, most, tokens;
    tokens = padded(context, this.page);
    constant = ((slots * this.state) + this._compressed(context));
    if ((this.limit === null)) {
      return (constant + (this.bytes_per_token * tokens));
    }
    most = (((slots * (this.limit - batch)) + batch) + more);
    return (constant + (this.bytes_per_token * max(min(tokens, most), (this.share * tokens))));
  }
  _compressed(context) {
    return total([...this.compressed].map((e) => e.held(context)));
  }
}

function possible_type(kind, offered) {
  if ((!$has(offered, kind))) {
    throw new SizingError(("cache type '" + str(kind) + "' is not possible here; this runtime offers " + str(list(offered).join(", "))));
  }
}

function seen(limit, depth) {
  return ((limit === null) ? depth : min(limit, depth));
}

function seen_by(limit, depth, prompt) {
  let inside;
  if (((limit === null) || ((depth + prompt) <= limit))) {
    return (prompt * (depth + (prompt / 2)));
  }
  inside = max(0, (limit - depth));
  return ((inside * (depth + (inside / 2))) + ((prompt - inside) * limit));
}

function padded(tokens, page) {
  return (over(tokens, page) * page);
}

// --- sized.py: What does the engine need of a model? A few plain numbers for each layer, and their sums.

class SizedLayer {
  constructor(dense, experts, flops, cache, attention_flops, cache_heads, largest, largest_expert) { this.dense = dense; this.experts = experts; this.flops = flops; this.cache = cache; this.attention_flops = attention_flops; this.cache_heads = cache_heads; this.largest = largest; this.largest_expert = largest_expert; }
}

class Alike {
  constructor(cache, attention_flops, cache_heads, before) { this.cache = cache; this.attention_flops = attention_flops; this.cache_heads = cache_heads; this.before = before; }
}

class Sized {
  constructor(layers, embedding, lookups, output, output_flops, tied, widths, experts, experts_per_token, total_parameters, active_parameters, whole = false, answers = true, padding = 1.0, unpacked = 0, own_head = 0) { this.layers = layers; this.embedding = embedding; this.lookups = lookups; this.output = output; this.output_flops = output_flops; this.tied = tied; this.widths = widths; this.experts = experts; this.experts_per_token = experts_per_token; this.total_parameters = total_parameters; this.active_parameters = active_parameters; this.whole = whole; this.answers = answers; this.padding = padding; this.unpacked = unpacked; this.own_head = own_head; }
  #weights;
  get weights() { return (this.#weights ??= [this.$weights()])[0]; }
  $weights() {
    let own_head;
    own_head = (this.output - ($truth(this.shared) ? this.embedding : 0));
    return ((((this.embedding + this.lookups) + own_head) + $last(this.dense)) + $last(this.expert));
  }
  get shared() {
    return $and(this.tied, () => (this.own_head === 0));
  }
  #dense;
  get dense() { return (this.#dense ??= [this.$dense()])[0]; }
  $dense() {
    return _sums([...this.layers].map((x) => x.dense));
  }
  #expert;
  get expert() { return (this.#expert ??= [this.$expert()])[0]; }
  $expert() {
    return _sums([...this.layers].map((x) => x.experts));
  }
  #mixtures;
  get mixtures() { return (this.#mixtures ??= [this.$mixtures()])[0]; }
  $mixtures() {
    return _sums([...this.layers].map((x) => (x.experts > 0)));
  }
  #largest_expert;
  get largest_expert() { return (this.#largest_expert ??= [this.$largest_expert()])[0]; }
  $largest_expert() {
    return max([...this.layers].map((x) => x.largest_expert));
  }
  #largest;
  get largest() { return (this.#largest ??= [this.$largest()])[0]; }
  $largest() {
    return max(this.largest_expert, max([...this.layers].map((x) => x.largest)));
  }
  #uneven;
  get uneven() { return (this.#uneven ??= [this.$uneven()])[0]; }
  $uneven() {
    let matrices;
    matrices = ($truth(this.widths.ungated) ? 2 : 3);
    return any([...this.layers].map((x) => (x.experts < ((0.99 * matrices) * x.largest_expert))));
  }
  #copied;
  get copied() { return (this.#copied ??= [this.$copied()])[0]; }
  $copied() {
    let keeps, widths;
    [widths, keeps] = [this.widths, $or(($last(this.states) > 0), () => (this.widths.compressed > 0))];
    if ((!$truth(widths.lagging))) {
      return 0;
    }
    if ($truth(widths.ungated)) {
      return ($truth(this.uneven) ? max([...this.layers].map((x) => x.experts)) : 0);
    }
    return (($truth(keeps) || $truth(this.uneven)) ? (2 * this.largest_expert) : 0);
  }
  #pair;
  get pair() { return (this.#pair ??= [this.$pair()])[0]; }
  $pair() {
    return ($truth(this.widths.ungated) ? 0 : max([...this.layers].map((x) => (x.experts - x.largest_expert))));
  }
  #states;
  get states() { return (this.#states ??= [this.$states()])[0]; }
  $states() {
    return _sums([...this.layers].map((x) => (x.cache.state > 0)));
  }
  #masked;
  get masked() { return (this.#masked ??= [this.$masked()])[0]; }
  $masked() {
    return _sums([...this.layers].map((x) => $or((x.cache.bytes_per_token > 0), () => (len(x.cache.compressed) > 0))));
  }
  #torn;
  get torn() { return (this.#torn ??= [this.$torn()])[0]; }
  $torn() {
    let after, before, count, found, i, layer, writes;
    [count, writes] = [len(this.layers), [...this.layers].map((x) => $or((x.experts > 0), () => (x.cache.bytes_per_token > 0)))];
    [before, found] = [false, [...range((count + 1))].map((_) => false)];
    for ([i, layer] of enumerate(this.layers)) {
      $put(found, i, before);
      before = $and((!$truth($item(writes, i))), () => $or(before, () => (layer.cache.state > 0)));
    }
    after = false;
    for (i of range((count - 1), (-1), (-1))) {
      after = $or(($item(this.layers, i).cache.state > 0), () => $and(after, () => (!$truth($item(writes, i)))));
      $put(found, i, $and($item(found, i), () => $and(after, () => (this.widths.projected > 0))));
    }
    return tuple(found);
  }
  #flops;
  get flops() { return (this.#flops ??= [this.$flops()])[0]; }
  $flops() {
    return tuple(accumulate([...this.layers].map((x) => x.flops), 0.0));
  }
  #mixes;
  get mixes() { return (this.#mixes ??= [this.$mixes()])[0]; }
  $mixes() {
    return (this.widths.passed > (2 * this.widths.hidden));
  }
  #routed_flops;
  get routed_flops() { return (this.#routed_flops ??= [this.$routed_flops()])[0]; }
  $routed_flops() {
    let idle, lookup, unused;
    idle = (this.experts - this.experts_per_token);
    if ((idle <= 0)) {
      return 0.0;
    }
    lookup = ($truth(this.tied) ? 0 : (this.widths.vocab * this.widths.hidden));
    unused = max(0, ((this.total_parameters - this.active_parameters) - lookup));
    return (((2.0 * unused) * this.experts_per_token) / (idle * $last(this.mixtures)));
  }
  #alike;
  get alike() { return (this.#alike ??= [this.$alike()])[0]; }
  $alike() {
    let found, i, members, own, x;
    found = dict([]);
    for ([i, x] of enumerate(this.layers)) {
      own = [x.cache, x.attention_flops, x.cache_heads];
      members = found.get(own);
      if ((members === null)) {
        members = [...this.layers].map((_) => false);
        $put(found, own, members);
      }
      $put(members, i, true);
    }
    return tuple([...found.entries()].map(([[cache, flops, heads], members]) => new Alike(cache, flops, heads, _sums(members))));
  }
  cached(depth, first, end) {
    return total([...this.alike].map((group) => (($item(group.before, end) - $item(group.before, first)) * group.cache.bytes(depth))));
  }
  moved(depth, first, end, ranks = 1) {
    let group, layers, moved;
    moved = 0.0;
    for (group of this.alike) {
      layers = ($item(group.before, end) - $item(group.before, first));
      moved = (moved + ((layers * group.cache.moved(depth)) / min(ranks, group.cache_heads)));
    }
    return moved;
  }
  attended(depth, first, end) {
    let attended, group, layers;
    attended = 0.0;
    for (group of this.alike) {
      layers = ($item(group.before, end) - $item(group.before, first));
      attended = (attended + (layers * group.cache.flops(depth, group.attention_flops)));
    }
    return attended;
  }
  attended_by_prompt(depth, prompt) {
    return total([...this.alike].map((group) => ($last(group.before) * group.cache.flops_by(prompt, depth, group.attention_flops))));
  }
  expert_share(tokens) {
    if ((!$truth(this.experts))) {
      return 0.0;
    }
    return (1.0 - power((1.0 - (this.experts_per_token / this.experts)), tokens));
  }
}

function _sums(values) {
  return tuple(accumulate(values, 0));
}

function adapted(s, adapter) {
  let each;
  if ((!$truth(adapter))) {
    return s;
  }
  each = $div(adapter, len(s.layers));
  return $replace(s, { layers: tuple([...s.layers].map((x) => $replace(x, { dense: (x.dense + each) }))) });
}

// --- layout.py: Where does every layer lie? A layout, and the layouts that devices and llama.cpp's options ask for.

class Layout {
  constructor(split, bounds, output, experts_from = 0, experts_on_host = 0, ranks = 1, shares = []) { this.split = split; this.bounds = bounds; this.output = output; this.experts_from = experts_from; this.experts_on_host = experts_on_host; this.ranks = ranks; this.shares = shares; }
  get largest() {
    return ($truth(this.shares) ? max(this.shares) : (1 / this.ranks));
  }
  get layers_on_host() {
    return $item(this.bounds, 0);
  }
  get tensor_split() {
    let bounds;
    bounds = this.bounds;
    return tuple([...range((len(bounds) - 1))].map((i) => (($item(bounds, (i + 1)) - $item(bounds, i)) + (this.output === i))));
  }
  get layers() {
    let bounds, found, place;
    bounds = this.bounds;
    found = [...range($item(bounds, 0))].map((_) => HOST);
    for (place of range((len(bounds) - 1))) {
      found.push(...[...range($item(bounds, place), $item(bounds, (place + 1)))].map((_) => place));
    }
    return tuple(found);
  }
  get experts() {
    return tuple([...enumerate(this.layers)].map(([i, place]) => ((i < this.experts_from) ? HOST : place)));
  }
  routed(before, place, first, end) {
    let held;
    held = $item(before, max(end, this.experts_from));
    return ((place === HOST) ? held : (held - $item(before, max(first, this.experts_from))));
  }
  get offloaded() {
    return $or(($item(this.bounds, 0) > 0), () => (this.experts_on_host > 0));
  }
  as_dict() {
    return dict([["split", this.split], ["layers", _named(this.layers)], ["experts", _named(this.experts)], ["output", ((this.output === HOST) ? "host" : this.output)], ["ranks", this.ranks], ["tensor_split", ((this.split === "tensor") ? null : list(this.tensor_split))]]);
  }
}

function _named(places) {
  return [...places].map((place) => ((place === HOST) ? "host" : place));
}

function everything_on_devices(s, program, rig, shares = []) {
  let count, stages;
  count = len(s.layers);
  if ($truth(shares)) {
    return new Layout("tensor", [0, count], 0, undefined, undefined, len(shares), tuple([...shares].map((x) => (x / total(shares)))));
  }
  if ((program.split === "tensor")) {
    stages = tuple([...range((rig.stages + 1))].map((stage) => over((stage * count), rig.stages)));
    return new Layout("tensor", stages, (rig.stages - 1), undefined, undefined, $div(len(rig.devices), rig.stages));
  }
  return new Layout("layer", ...deal(count, rig.capacities));
}

function everything_on_host(s) {
  return new Layout("layer", [len(s.layers)], HOST, len(s.layers));
}

function as_asked(s, shares, layers_on_device, experts_on_host) {
  let bounds, count, hosted, output;
  count = len(s.layers);
  [bounds, output] = deal(count, shares, ((layers_on_device === null) ? 0 : max(0, ((count + 1) - layers_on_device))));
  hosted = ($truth(s.experts) ? min(experts_on_host, count) : 0);
  return new Layout("layer", bounds, output, hosted, ($item(s.mixtures, max(hosted, $item(bounds, 0))) - $item(s.mixtures, $item(bounds, 0))));
}

// --- memory.py: What does each place hold, given a layout? A pure function from a layout to bytes per place.

class Memory {
  constructor(weights = 0, cache = 0, buffers = 0, overhead = 0) { this.weights = weights; this.cache = cache; this.buffers = buffers; this.overhead = overhead; }
  get total() {
    return (((this.weights + this.cache) + this.buffers) + this.overhead);
  }
  plus(other) {
    return new Memory((this.weights + other.weights), (this.cache + other.cache), (this.buffers + other.buffers), (this.overhead + other.overhead));
  }
  as_dict() {
    return dict([["weights", this.weights], ["cache", this.cache], ["buffers", this.buffers], ["overhead", this.overhead], ["total", this.total]]);
  }
}

const NOTHING_BESIDE = new Memory();

class Demand {
  constructor(sized, program, context, sequences = 1, slots = 0, widening = 1.0, beside = NOTHING_BESIDE, unified = false, tried = 0, drafted = 0, repeated = 0, computing = dict()) { this.sized = sized; this.program = program; this.context = context; this.sequences = sequences; this.slots = slots; this.widening = widening; this.beside = beside; this.unified = unified; this.tried = tried; this.drafted = drafted; this.repeated = repeated; this.computing = computing; }
  get sparing() {
    let program, slots;
    [program, slots] = [this.program, $or(this.slots, () => this.sequences)];
    if (((!$truth(program.slot_logits)) || (program.logit_rows <= slots))) {
      return null;
    }
    return $replace(this, { program: $replace(program, { logit_rows: slots }), computing: dict([]) });
  }
  #allocated;
  get allocated() { return (this.#allocated ??= [this.$allocated()])[0]; }
  $allocated() {
    return padded(this.part, this.program.page);
  }
  #part;
  get part() { return (this.#part ??= [this.$part()])[0]; }
  $part() {
    return (($truth(this.slots) && (!$truth(this.unified))) ? over(this.context, this.slots) : this.context);
  }
  #each;
  get each() { return (this.#each ??= [this.$each()])[0]; }
  $each() {
    return ($truth(this.unified) ? 1 : $or(this.slots, () => this.sequences));
  }
  #overhead;
  get overhead() { return (this.#overhead ??= [this.$overhead()])[0]; }
  $overhead() {
    return this.program.overhead;
  }
  #widened;
  get widened() { return (this.#widened ??= [this.$widened()])[0]; }
  $widened() {
    let copies, most, program;
    program = this.program;
    copies = ($has(["cuda", "rocm", "musa"], program.backend));
    if (((!$truth(program.gguf)) || (!$truth(copies)) || (this.widening <= 1.0))) {
      return 0;
    }
    most = max([...this.sized.layers].map((x) => x.cache.attended(this.allocated)));
    return round(((this.widening * most) * this.each));
  }
  #buffers;
  get buffers() { return (this.#buffers ??= [this.$buffers()])[0]; }
  $buffers() {
    return compute(this.sized.widths, this.program, this.allocated, false, len(this.sized.layers));
  }
  #buffers_with_output;
  get buffers_with_output() { return (this.#buffers_with_output ??= [this.$buffers_with_output()])[0]; }
  $buffers_with_output() {
    return compute(this.sized.widths, this.program, this.allocated, true, len(this.sized.layers));
  }
  on_device(output, layers, first = true, several = false, experts = false, on_host = 0, ranks = 1, beyond = false, torn = 0, masked = true) {
    let counted, held, key, s;
    counted = ($truth(this.sized.widths.chosen) ? layers : min(layers, 1));
    key = [output, counted, first, several, experts, on_host, ranks, beyond, torn, masked];
    if ((!$has(this.computing, key))) {
      s = this.sized;
      held = device(s.widths, this.program, this.allocated, output, first, this.copies(several), ($truth(first) ? ($truth(on_host) ? s.largest : ($truth(experts) ? s.largest_expert : 0)) : 0), (($truth(first) && $truth(($truth(on_host) ? s.widths.ungated : experts))) ? s.copied : 0), (($truth(first) && $truth(beyond)) ? s.pair : 0), (($truth(first) && $truth(on_host)) ? $item(this.carried, on_host) : this.twice), over(this.widened, ranks), counted, torn, masked, ranks);
      $put(this.computing, key, ($truth(first) ? max(held, this.shown(ranks)) : held));
    }
    return $item(this.computing, key);
  }
  shown(ranks) {
    return round((this.tried * divided(($truth(this.repeated) ? 1 : ranks))));
  }
  torn(first, end, ahead) {
    let entered, s, w;
    [s, w] = [this.sized, this.sized.widths];
    entered = ($truth(first) ? max(0, (min(end, $div(w.stacked, w.hidden)) - first)) : 0);
    return (((w.projected * $and((first > 0), () => $item(s.torn, first))) + (w.scanned * ahead)) + (entered * (w.hidden + w.stacked)));
  }
  #carried;
  get carried() { return (this.#carried ??= [this.$carried()])[0]; }
  $carried() {
    return carried([...this.sized.layers].map((x) => (x.cache.bytes(this.allocated) * this.each)));
  }
  #twice;
  get twice() { return (this.#twice ??= [this.$twice()])[0]; }
  $twice() {
    if ((this.program.files === "mlx")) {
      return max([...this.sized.layers].map((x) => (x.cache.attended(this.allocated) * this.sequences)));
    }
    return (($truth(this.program.gguf) || $truth(this.program.pools)) ? 0.0 : this.sized.unpacked);
  }
  copies(several) {
    return (($truth(several) && $truth(this.program.gguf)) ? PIPELINE : 1);
  }
  #caches;
  get caches() { return (this.#caches ??= [this.$caches()])[0]; }
  $caches() {
    return tuple([...this.sized.alike].map((g) => [g.before, this._held(g.cache), g.cache_heads]));
  }
  #dividing;
  get dividing() { return (this.#dividing ??= [this.$dividing()])[0]; }
  $dividing() {
    let share;
    share = this.program.states_share;
    return (($truth(share) && $truth(total([...this.sized.alike].map((g) => g.cache.state)))) ? (1 + share) : 1.0);
  }
  kept(cache) {
    let program, states;
    program = this.program;
    if ($truth(program.whole_windows)) {
      cache = cache.whole(padded(this.context, program.page));
    }
    if ((this.dividing > 1)) {
      return $replace(cache, { bytes_per_token: (cache.bytes_per_token * this.dividing), state: 0 });
    }
    states = (program.states + this.drafted);
    return (((states > 1) && $truth(cache.state)) ? $replace(cache, { state: (cache.state * states) }) : cache);
  }
  several(cache) {
    return (($truth(cache.state) || (cache.limit !== null)) ? max(this.each, this.program.kept) : this.each);
  }
  _held(cache) {
    let more, program;
    [program, cache] = [this.program, this.kept(cache)];
    more = (($truth(program.gguf) || $truth(cache.spare)) ? (program.batched_tokens - program.usual_batch) : 0);
    if ($truth(this.unified)) {
      return cache.shared(this.context, this.slots, MICRO_BATCH, more);
    }
    return cache.held(this.part, this.several(cache), more);
  }
  #layers;
  get layers() { return (this.#layers ??= [this.$layers()])[0]; }
  $layers() {
    let _, before, caches, s, size;
    [s, caches] = [this.sized, this.caches];
    if ((len(caches) === 1)) {
      [before, size, _] = $item(caches, 0);
      return tuple([...zip(s.dense, before)].map(([dense, count]) => (dense + (size * count))));
    }
    return tuple([...enumerate(s.dense)].map(([i, dense]) => (dense + total([...caches].map(([before, size, _]) => (size * $item(before, i)))))));
  }
  #least;
  get least() { return (this.#least ??= [this.$least()])[0]; }
  $least() {
    return (((($last(this.layers) + $last(this.sized.expert)) + this.sized.output) + this.beside.weights) + this.beside.cache);
  }
  cache(first, end, ranks = 1) {
    let before, heads, held, size;
    held = 0.0;
    for ([before, size, heads] of this.caches) {
      held = (held + ((($item(before, end) - $item(before, first)) * size) / ((ranks < heads) ? ranks : heads)));
    }
    return round(held);
  }
}

function hold(demand, layout) {
  let before, beyond, bounds, computing, devices, end, filled, first, has_output, hosted, i, leads, looked_up, masked, own, program, result, s, several, torn, weights;
  if ((layout.split === "tensor")) {
    return _hold_split_tensors(demand, layout);
  }
  [s, program, bounds] = [demand.sized, demand.program, layout.bounds];
  devices = (len(bounds) - 1);
  result = [];
  filled = [...range(devices)].filter((i) => ($item(bounds, (i + 1)) > $item(bounds, i)));
  looked_up = (($truth(program.looks_up_on_host) || (len(filled) === 0)) ? HOST : $item(filled, 0));
  [several, before] = [_several(layout), true];
  for (i of range(devices)) {
    [first, end, has_output] = [$item(bounds, i), $item(bounds, (i + 1)), (layout.output === i)];
    if (((first === end) && (!$truth(has_output)))) {
      result.push(new Memory());
      continue;
    }
    weights = (($item(s.dense, end) - $item(s.dense, first)) + round((s.padding * layout.routed(s.expert, i, first, end))));
    weights = (weights + _ends(s, has_output, (looked_up === i)));
    [hosted, leads] = [(layout.experts_on_host > 0), (first === $item(bounds, 0))];
    beyond = $and(hosted, () => (layout.experts_from > end));
    torn = ($truth(several) ? demand.torn(first, end, $item(s.torn, end)) : 0);
    masked = $or((!$truth(several)), () => ($item(s.masked, end) > $item(s.masked, first)));
    computing = demand.on_device(has_output, (end - first), leads, several, hosted, $item(bounds, 0), undefined, beyond, torn, masked);
    own = new Memory(weights, demand.cache(first, end), computing, demand.overhead);
    result.push(($truth(before) ? own.plus(demand.beside) : own));
    before = false;
  }
  result.push(on_host(demand, layout));
  return tuple(result);
}

function on_host(demand, layout) {
  let computing, copies, first, has_output, mixes, own, program, s, weights;
  [s, program, first] = [demand.sized, demand.program, $item(layout.bounds, 0)];
  [has_output, copies] = [(layout.output === HOST), demand.copies(_several(layout))];
  weights = ($item(s.dense, first) + layout.routed(s.expert, HOST, 0, first));
  weights = (weights + _ends(s, has_output, $or(program.looks_up_on_host, () => (len(layout.bounds) === 1))));
  mixes = ($item(s.states, first) > 0);
  computing = ($truth(has_output) ? demand.buffers_with_output : host(s.widths, program, demand.allocated, copies, mixes));
  own = new Memory(weights, demand.cache(0, first), computing);
  return (($truth(has_output) && (first === len(s.layers))) ? own.plus(demand.beside) : own);
}

function _several(layout) {
  let bounds;
  if ($truth(layout.offloaded)) {
    return false;
  }
  bounds = layout.bounds;
  return (len([...range((len(bounds) - 1))].filter((i) => (($item(bounds, i) < $item(bounds, (i + 1))) || (layout.output === i)))) > 1);
}

function _ends(s, has_output, has_embedding) {
  let embedding;
  embedding = (($truth(has_output) && $truth(s.shared)) ? 0 : s.embedding);
  return ((s.output * has_output) + ((embedding + s.lookups) * has_embedding));
}

function _hold_split_tensors(demand, layout) {
  let cache, computing, end, first, one, own, parts, ranks, result, s, stage, stages, weights;
  [s, ranks] = [demand.sized, layout.ranks];
  stages = (len(layout.bounds) - 1);
  result = [];
  for (stage of range(stages)) {
    [first, end] = [$item(layout.bounds, stage), $item(layout.bounds, (stage + 1))];
    weights = (($item(s.dense, end) - $item(s.dense, first)) + round((s.padding * layout.routed(s.expert, stage, first, end))));
    weights = (weights + _ends(s, (stage === (stages - 1)), $and((stage === 0), () => (!$truth(demand.program.gguf)))));
    computing = demand.on_device((stage === (stages - 1)), (end - first), (stage === 0), undefined, undefined, undefined, ranks);
    cache = demand.cache(first, end, ranks);
    if ((stage === 0)) {
      weights = (weights + (demand.beside.weights - demand.repeated));
      cache = (cache + over(demand.beside.cache, ranks));
      computing = (computing + demand.beside.buffers);
    }
    own = (over(weights, ranks) + ((stage === 0) ? demand.repeated : 0));
    one = new Memory(own, cache, computing, demand.overhead);
    if ($truth(layout.shares)) {
      parts = [...layout.shares].map((share) => (share * ranks));
      result.push(...[...parts].map((part) => new Memory(round(((part * weights) / ranks)), round((part * cache)), computing, demand.overhead)));
    } else {
      result.push(...[...range(ranks)].map((_) => one));
    }
  }
  if ((!$truth(demand.program.gguf))) {
    return [...result, new Memory()];
  }
  return [...result, new Memory(_ends(s, false, true), 0, host(s.widths, demand.program, demand.allocated))];
}

// --- settings.py: What may a person pass to a runtime? Settings, what they make of a program and a rig, and which are impossible.

class Settings {
  constructor(split = null, layers_on_device = null, experts_on_host = null, tensor_split = null, micro_batch = null, utilization = null, max_sequences = null, vision = null, mtp = null, swa_full = false, flash_attention = null, lora = 0, draft = null, slots = null, unified = false, in_use = null, wired_limit = null, drafted = 0, unsplit = false) { this.split = split; this.layers_on_device = layers_on_device; this.experts_on_host = experts_on_host; this.tensor_split = tensor_split; this.micro_batch = micro_batch; this.utilization = utilization; this.max_sequences = max_sequences; this.vision = vision; this.mtp = mtp; this.swa_full = swa_full; this.flash_attention = flash_attention; this.lora = lora; this.draft = draft; this.slots = slots; this.unified = unified; this.in_use = in_use; this.wired_limit = wired_limit; this.drafted = drafted; this.unsplit = unsplit; }
  get placed() {
    return $or((this.layers_on_device !== null), () => $or((this.experts_on_host !== null), () => (this.tensor_split !== null)));
  }
}

const DEFAULT = new Settings();

const USUAL_CACHE = "f16";

const DESKTOP = "desktop";

const WINDOWS = "windows";

const OF_DESKTOP = ((1004 * 1024) * 1024);

const OF_WINDOWS = ((615 * 1024) * 1024);

function taken_by(who) {
  if ((who === DESKTOP)) {
    return OF_DESKTOP;
  }
  if ((who === WINDOWS)) {
    return OF_WINDOWS;
  }
  throw new SizingError((str(who) + " takes nobody knows how much of a device; write its size, " + str(DESKTOP) + " or " + str(WINDOWS)));
}

function alone(asked, rig) {
  if (((asked.split === null) || (rig === null) || (len(rig.devices) > 1))) {
    return asked;
  }
  return $replace(asked, { split: null, unsplit: true });
}

function without_effect(asked, sized, rig, kind) {
  let found, hosted, layers;
  [layers, found] = [sized.layers, ($truth(asked.unsplit) ? ["split"] : [])];
  if (((asked.tensor_split !== null) && (rig !== null) && (len(rig.devices) === 1))) {
    found.push("tensor_split");
  }
  hosted = ((len(layers) + 1) - ((asked.layers_on_device === null) ? (len(layers) + 1) : asked.layers_on_device));
  if (($truth(asked.experts_on_host) && (asked.experts_on_host <= hosted))) {
    found.push("experts_on_host");
  }
  if (($truth(asked.swa_full) && $truth(all([...layers].map((x) => (x.cache.limit === null)))))) {
    found.push("swa_full");
  }
  if (((asked.flash_attention === false) && (sized.widths.heads === 0))) {
    found.push("flash_attention");
  }
  if (($truth(asked.unified) && (asked.slots === 1))) {
    found.push("unified");
  }
  if (((kind !== USUAL_CACHE) && $truth(all([...layers].map((x) => $and((x.cache.bytes_per_token === 0), () => (len(x.cache.compressed) === 0))))))) {
    found.push("cache_format");
  }
  return tuple(found);
}

function set_up(program, asked, text = 0) {
  let batch, rows, split, what;
  if (((asked.micro_batch !== null) && (asked.micro_batch < text))) {
    what = "is shorter than a text of a whole context, which is read at once; give";
    throw new SizingError(("a micro-batch of " + str(asked.micro_batch) + " " + str(what) + " " + str(text)));
  }
  batch = ((asked.micro_batch === null) ? max(program.batched_tokens, text) : asked.micro_batch);
  split = (($has([null, "none"], asked.split)) ? program.split : asked.split);
  rows = (((asked.max_sequences === null) || $truth(program.gguf)) ? program.logit_rows : asked.max_sequences);
  return $replace(program, { split: $or(split, () => program.split), offload: $and(program.offload, () => (split === program.split)), utilization: ((asked.utilization === null) ? program.utilization : asked.utilization), margin: ((asked.utilization === null) ? program.margin : 0), batched_tokens: batch, logit_rows: (($truth(program.gguf) && (program.logit_rows === program.batched_tokens)) ? batch : rows), whole_windows: asked.swa_full, flash: (asked.flash_attention !== false) });
}

function at_home(program, rig) {
  let found, memory, name, one, taken;
  if (((rig.nodes > 1) && (!$truth(program.spans)))) {
    throw new SizingError((str(program.runtime) + " runs in one box; choose llama.cpp, vllm or another that spans several"));
  }
  if (($truth(program.experts_alone) && (len(rig.devices) > 1))) {
    name = program.runtime;
    throw new SizingError((str(name) + " on several cards is not planned: each has a share of every layer; name one card"));
  }
  taken = context_on(program, rig);
  if ((!$truth(program.defaults))) {
    return ((taken === program.overhead) ? program : $replace(program, { overhead: taken }));
  }
  [found, memory] = [$item(program.defaults, 0), min(rig.capacities)];
  for (one of program.defaults) {
    if (((one.memory <= memory) && (!$truth(any([...rig.devices].map((p) => $and((p.card !== null), () => ($has(program.small, p.card.id))))))))) {
      found = one;
    }
  }
  return $replace(program, { margin: (found.margin + (program.margin_each * len(rig.devices))), batched_tokens: found.batched_tokens, logit_rows: found.logit_rows, overhead: (taken + ($truth(rig.switched) ? program.joined : 0)) });
}

function context_on(program, rig) {
  let most, own, place;
  most = 0;
  for (place of ($truth(rig.alike) ? rig.devices.slice(0, 1) : rig.devices)) {
    own = [...program.contexts].filter(([card, size]) => ((place.card !== null) && (place.card.id === card))).map(([card, size]) => size);
    most = max(most, ($truth(own) ? $item(own, 0) : program.overhead));
  }
  return most;
}

function left(rig, asked) {
  let assumed, host, limit, network, nodes, places, taken, used;
  used = $or(asked.in_use, () => []);
  taken = [...range(len(rig.devices))].map((i) => ((i < len(used)) ? $item(used, i) : 0));
  [limit, assumed] = [asked.wired_limit, rig.assumed];
  if ((limit !== null)) {
    assumed = tuple([...assumed].filter((one) => (one !== GPU_LIMIT)));
  }
  places = [...enumerate(rig.devices)].map(([i, place]) => new Place(place.name, (((limit === null) ? place.capacity : limit) - $item(taken, i)), place.bandwidth, place.card));
  host = rig.host;
  if ($truth(rig.unified)) {
    host = new Place(host.name, (host.capacity - total(taken)), host.bandwidth);
  }
  [nodes, network] = [rig.nodes, rig.network];
  if ((asked.split === "none")) {
    [places, nodes, network] = [places.slice(0, 1), 1, null];
  }
  return new Rig(rig.id, [...places, host], rig.unified, rig.backends, nodes, assumed, network);
}

function check(asked, program, sized, rig, sequences) {
  let least, name, placing, value, what;
  name = program.runtime;
  placing = $or(asked.placed, () => (asked.split !== null));
  if (((rig === null) && ($truth(placing) || (asked.in_use !== null) || (asked.utilization !== null)))) {
    throw new SizingError("split, layers, utilization and memory in use are of a machine; name one");
  }
  if ((!$has([null, "layer", "tensor", "none"], asked.split))) {
    throw new SizingError(((asked.split === "row") ? ("split " + str(asked.split) + " is not planned: it keeps the whole cache on one card; choose layer, tensor or none") : ("split " + str(asked.split) + " is not planned; choose layer, tensor or none")));
  }
  if (($truth(asked.placed) && (!$truth(program.gguf)))) {
    throw new SizingError((str(name) + " has no -ngl, --n-cpu-moe or -ts; these are llama.cpp's"));
  }
  if (((asked.split === "tensor") && ((asked.layers_on_device !== null) || (asked.experts_on_host !== null)))) {
    throw new SizingError("split tensor gives every device a share of every layer; leave -ngl and --n-cpu-moe out");
  }
  if (($truth(asked.placed) && (program.backend === "cpu"))) {
    throw new SizingError("a processor alone has no device to place layers on; leave -ngl, --n-cpu-moe and -ts out");
  }
  if (($truth(asked.experts_on_host) && (!$truth(sized.experts)))) {
    throw new SizingError("the model has no experts; --n-cpu-moe is for mixtures, -ngl for dense models");
  }
  for ([what, value, least] of [["layers on the device", asked.layers_on_device, 0], ["layers with experts on the host", asked.experts_on_host, 0], ["micro-batch", asked.micro_batch, 1], ["slots", asked.slots, 1], ["sequences at once", asked.max_sequences, 1]]) {
    if (((value !== null) && (value < least))) {
      throw new SizingError((str(what) + ": " + str(value) + " is not possible; give a whole number from " + str(least) + " up"));
    }
  }
  if ((asked.utilization !== null)) {
    if ((!(0 < asked.utilization && asked.utilization <= 1))) {
      throw new SizingError(("utilization " + str(asked.utilization) + " is not possible; give a share such as 0.9"));
    }
    if ((!$truth(program.pools))) {
      throw new SizingError((str(name) + " takes no share of a device; say what others use of it with in_use"));
    }
  }
  _check_sequences(asked, program, sequences);
  if ((asked.wired_limit !== null)) {
    if (((rig === null) || (!$truth(rig.unified)) || (program.backend === "cpu"))) {
      throw new SizingError("a wired limit is of a chip whose GPU shares the memory; name such a machine");
    }
    if ((!(0 < asked.wired_limit && asked.wired_limit <= rig.host.capacity))) {
      throw new SizingError("a wired limit lies between 0 and the memory less what the operating system keeps");
    }
  }
  if ((rig !== null)) {
    _check_devices(asked, rig);
  }
}

function _check_sequences(asked, program, sequences) {
  let name;
  name = program.runtime;
  if (((asked.max_sequences !== null) && (!$truth(program.pools)))) {
    throw new SizingError((str(name) + " has no --max-num-seqs; give sequences, or slots that share one context"));
  }
  if ((($truth(asked.swa_full) || (asked.flash_attention !== null)) && (!$truth(program.gguf)))) {
    throw new SizingError((str(name) + " has no --swa-full and no -fa; these are llama.cpp's"));
  }
  if ((asked.lora < 0)) {
    throw new SizingError("adapters take 0 bytes or more");
  }
  if (($truth(asked.unified) && (asked.slots === null))) {
    throw new SizingError("a unified cache is of slots that share one context; give their number with it");
  }
  if ((asked.slots !== null)) {
    if ((!$truth(program.gguf))) {
      throw new SizingError(("slots share one context in llama.cpp alone; give " + str(name) + " sequences"));
    }
    if ((sequences > 1)) {
      throw new SizingError("slots share one context, sequences have one each; give one of the two");
    }
  }
}

function _check_devices(asked, rig) {
  let devices, i, shares, taken, used;
  devices = ((asked.split === "none") ? 1 : len(rig.devices));
  [shares, used] = [asked.tensor_split, asked.in_use];
  if ((shares !== null)) {
    if ((len(shares) !== devices)) {
      throw new SizingError(("the tensor split has " + str(len(shares)) + " shares; the machine uses " + str(devices) + " devices"));
    }
    if (((min(shares) < 0) || (max(shares) <= 0))) {
      throw new SizingError("a tensor split is shares from 0 up, of which one at least is more, such as 3,1");
    }
  }
  if ((used !== null)) {
    if ((len(used) > len(rig.devices))) {
      throw new SizingError(("memory in use of " + str(len(used)) + " devices is given; the machine has " + str(len(rig.devices))));
    }
    for ([i, taken] of enumerate(used)) {
      if ((!(0 <= taken && taken < $item(rig.places, i).capacity))) {
        throw new SizingError(("memory in use of " + str($item(rig.places, i).name) + " lies between 0 and what it offers"));
      }
    }
  }
}

// --- beside.py: What lies beside the text model? Towers that see or hear, layers that draft; which are loaded, and what they take.

class Part {
  constructor(kind, names, parameters, bytes, cache, unasked, computing = 0, item = 0, each = 0, whole = false) { this.kind = kind; this.names = names; this.parameters = parameters; this.bytes = bytes; this.cache = cache; this.unasked = unasked; this.computing = computing; this.item = item; this.each = each; this.whole = whole; }
  as_dict() {
    return dict([["kind", this.kind], ["names", list(this.names)], ["parameters", this.parameters], ["bytes", this.bytes]]);
  }
}

function loaded_of(parts, asked) {
  let asked_for, chosen, kind, names, part, wanted;
  wanted = dict([["towers", asked.vision], ["mtp", asked.mtp]]);
  for ([kind, names] of [["towers", "nothing that sees or hears"], ["mtp", "no multi-token-prediction layers"]]) {
    if (($truth($item(wanted, kind)) && (!$has([...parts].map((part) => part.kind), kind)))) {
      throw new SizingError(("the model has " + str(names) + ", as far as is known; leave the setting out"));
    }
  }
  chosen = [];
  for (part of parts) {
    asked_for = wanted.get(part.kind);
    if ($truth(((asked_for === null) ? part.unasked : asked_for))) {
      chosen.push(part);
    }
    if (((part.bytes === null) && $truth(asked_for))) {
      throw new SizingError((str(list(part.names).join(", ")) + ": not known yet, and nothing is guessed; leave --mmproj out"));
    }
  }
  return tuple([...chosen].filter((part) => (part.bytes !== null)));
}

function taken(parts, page, context, sequences) {
  let cache, computing, tokens;
  tokens = padded(context, page);
  cache = total((() => { const $ = []; for (const part of parts) for (const one of part.cache) $.push(one.held(tokens, sequences)); return $; })());
  computing = total([...parts].map((part) => part.computing));
  return new Memory(total([...parts].map((part) => $or(part.bytes, () => 0))), round(cache), computing);
}

function repeated(parts) {
  return total([...parts].filter((part) => $truth(part.whole)).map((part) => $or(part.bytes, () => 0)));
}

function drafting_buffers(parts, sized, program, context) {
  let own;
  own = [...parts].filter((part) => (part.kind === "mtp"));
  return (($truth(own) && $truth(program.gguf)) ? device(sized.widths, program, padded(context, program.page), false) : 0);
}

function tried(parts, batched_tokens) {
  let most, part;
  most = 0;
  for (part of parts) {
    if ($truth(part.item)) {
      most = max(most, ((max(1, $div(batched_tokens, part.item)) * part.item) * part.each));
    }
  }
  return most;
}

// --- bounds.py: What can no plan be better than? Bytes and seconds that a model takes at least on a rig, without a plan of it.

const LEAST = 0.8;

class Bulk {
  constructor(total, active, unread, share, native) { this.total = total; this.active = active; this.unread = unread; this.share = share; this.native = native; }
}

class Least {
  constructor(weights, token, unread, share) { this.weights = weights; this.token = token; this.unread = unread; this.share = share; }
  seconds(rig) {
    let devices, host, spilled;
    devices = total([...rig.devices].map((place) => ((place.bandwidth === null) ? inf : place.bandwidth)));
    if ($truth(rig.unified)) {
      return (this.token / devices);
    }
    host = $or(rig.host.bandwidth, () => inf);
    spilled = (max(0.0, ((this.weights - this.unread) - rig.capacity)) * this.share);
    return ((spilled / host) + (max(0.0, (this.token - spilled)) / (devices + host)));
  }
}

const NOTHING_KNOWN = new Least(0.0, 0.0, 0.0, 0.0);

function least(bulk, bits) {
  let each;
  each = ((min(bits, ((bulk.native === null) ? bits : bulk.native)) / 8) * LEAST);
  return new Least((bulk.total * each), (bulk.active * each), (bulk.unread * each), bulk.share);
}

// --- drafting.py: What drafts tokens ahead, and how many does a step then bring?

const MOST = 16;

const DIFFERING = 128;

const TRIED = 8;

const SURE = 0.98;

const ACCEPTANCE = "acceptance";

class Draft {
  constructor(sized, packing, tokens, length, least, most, assumed = false) { this.sized = sized; this.packing = packing; this.tokens = tokens; this.length = length; this.least = least; this.most = most; this.assumed = assumed; }
  get acceptance() {
    return ((this.length - 1) / this.tokens);
  }
}

function beside(layout, layers) {
  let devices;
  if ((layout.ranks > 1)) {
    return new Layout("tensor", [0, layers], 0, undefined, undefined, layout.ranks, layout.shares);
  }
  devices = (len(layout.bounds) - 1);
  if ((layout.output === HOST)) {
    return new Layout("layer", tuple([...range((devices + 1))].map((_) => layers)), HOST, layers);
  }
  return new Layout("layer", tuple([...range((devices + 1))].map((i) => ((i <= layout.output) ? 0 : layers))), layout.output);
}

class Kept {
  constructor(model, family, own, drafted, chance) { this.model = model; this.family = family; this.own = own; this.drafted = drafted; this.chance = chance; }
}

class Experience {
  constructor(rows, low, high) { this.rows = rows; this.low = low; this.high = high; }
}

class Drafter {
  constructor(sized, packing, own) { this.sized = sized; this.packing = packing; this.own = own; }
}

function brought(tokens, chance) {
  return total([...range((tokens + 1))].map((i) => power(chance, i)));
}

function telling(rows, family, model, own) {
  let alike, of_family, of_model;
  alike = [...rows].filter((row) => (row.own === own));
  of_family = [...alike].filter((row) => (row.family === family));
  of_model = [...of_family].filter((row) => (row.model === model));
  if ($truth(of_model)) {
    return of_model;
  }
  return ($truth(of_family) ? of_family : alike);
}

function chances(rows, tokens) {
  let nearest;
  nearest = min([...rows].map((row) => _apart(row.drafted, tokens)));
  return [...rows].filter((row) => (_apart(row.drafted, tokens) === nearest)).map((row) => row.chance);
}

function _apart(one, other) {
  return max((one - other), (other - one));
}

function possible_drafts(tokens, acceptance) {
  if (((tokens !== null) && (!(1 <= tokens && tokens <= MOST)))) {
    throw new SizingError((str(tokens) + " drafted tokens are not possible; give a whole number from 1 to " + str(MOST)));
  }
  if ((acceptance !== null)) {
    if ((!(0 <= acceptance && acceptance <= 1))) {
      throw new SizingError(("an acceptance of " + $general(acceptance, 6) + " is not possible; give a share such as 0.7"));
    }
    if ((tokens === null)) {
      throw new SizingError("an acceptance is of a number of drafted tokens; give that number with it");
    }
  }
}

function of_one_vocabulary(runtime, gguf, words, drafted) {
  if (((!$truth(gguf)) && (_apart(words, drafted) > DIFFERING))) {
    throw new SizingError((str(runtime) + " drafts with a model of the same vocabulary; this one has " + str(drafted) + " words for " + str(words)));
  }
}

function undrafted(tokens, acceptance) {
  if (((tokens !== null) || (acceptance !== null))) {
    throw new SizingError("nothing drafts; ask for the model's own layers (mtp), or name a draft model");
  }
}

function drafts_of(drafter, told, family, model, tokens, acceptance) {
  let chance, count, found, least, length, mean, most, packing, rows, sized;
  [sized, packing] = [drafter.sized, drafter.packing];
  if (((tokens !== null) && (acceptance !== null))) {
    length = (1 + (tokens * acceptance));
    return [new Draft(sized, packing, tokens, length, length, length)];
  }
  rows = telling(told.rows, family, model, drafter.own);
  if ((!$truth(rows))) {
    throw new SizingError("nobody measured how many drafted tokens are kept; give their number and the acceptance");
  }
  found = [];
  for (count of ((tokens === null) ? range(1, (TRIED + 1)) : [tokens])) {
    chance = middle(chances(rows, count));
    mean = brought(count, min(chance, SURE));
    least = brought(count, min((chance * told.low), SURE));
    most = brought(count, min((chance * told.high), SURE));
    found.push(new Draft(sized, packing, count, mean, least, most, true));
  }
  return found;
}

// --- fitted.py: What does no datasheet say? The constants of the speed formulas, fitted to measurements, by attributes.

const SEEN = ["all", "device", "program", "nothing"];

const NEAR = ["same", "kin", "other"];

const TELLS = dict([["decode", ["decode", "prefill"]], ["prefill", ["prefill"]]]);

const KNOWN = 4096;

class Term {
  constructor(name, prior, levels = [], pull = 3.0, most = null) { this.name = name; this.prior = prior; this.levels = levels; this.pull = pull; this.most = most; }
}

const _PROGRAM = ["program"];

const _KERNELS = ["kernels"];

const _ERA = ["program", "era"];

const _GENERATION = ["program", "generation"];

const _PACKING = ["program", "packing"];

const _PLACE = ["place"];

const _FETCHING = ["kernels", "memory"];

const TERMS = dict([["decode", [new Term("step", 0.0005, [_PROGRAM, _ERA], 1.0), new Term("layer", 4e-05, [_PLACE, _PROGRAM, _ERA, ["generation"]], 1.0), new Term("mixture", 5e-05, [["memory"], _PROGRAM], 1.0), new Term("state", 2e-05, [_PLACE, _PROGRAM], 1.0), new Term("stream", 0.0003, [_KERNELS, _PROGRAM], 1.0), new Term("read", 0.75, [["memory"], _FETCHING, ["packing"], _PROGRAM, ["generation"], _PACKING], 3.0, 1.0), new Term("scatter", 1.1, [["memory"], _PROGRAM], 3.0), new Term("recall", 1.2, [_PLACE, _PROGRAM, _ERA], 3.0), new Term("multiply", 0.5, [_PROGRAM, ["unpacking"], ["generation"]], 3.0, 1.0), new Term("hop", 5e-05, [_PROGRAM], 2.0), new Term("exchange", 1e-05, [_PROGRAM, ["link"]], 2.0), new Term("carry", 0.5, [["link"]], 3.0, 1.0), new Term("handover", 5e-05, [_PROGRAM], 2.0)]], ["prefill", [new Term("step", 0.001, [_PROGRAM, _ERA], 1.0), new Term("layer", 5e-05, [_PROGRAM, _ERA], 1.0), new Term("mixture", 0.0001, [_PROGRAM], 1.0), new Term("state", 0.0001, [_PROGRAM], 1.0), new Term("stream", 50.0, [_KERNELS, _PROGRAM], 1.0), new Term("read", 0.7, [_PROGRAM], 6.0, 1.0), new Term("scatter", 1.0, [_PROGRAM], 3.0), new Term("multiply", 0.4, [_PROGRAM, ["generation"], ["packing"], _PACKING, _ERA, ["program", "kind"]], 3.0, 1.5), new Term("attend", 0.2, [_PROGRAM, _GENERATION], 2.0, 1.5), new Term("tile", 4.0, [_PROGRAM], 2.0), new Term("host", 16.0), new Term("overlap", 0.5, [_PROGRAM], 3.0, 1.0), new Term("exchange", 3e-05, [_PROGRAM, ["link"]], 2.0), new Term("carry", 0.5, [["link"]], 3.0, 1.0)]]]);

function at_most(value, most, one, root) {
  let fourth, square;
  square = ((value / most) * (value / most));
  fourth = (square * square);
  return (value / root(root(root((one + (fourth * fourth))))));
}

function towards(ratio, share) {
  return ((ratio >= 1.0) ? (1.0 + (share * (ratio - 1.0))) : (ratio / (ratio + (share * (1.0 - ratio)))));
}

function packed(program, packing) {
  return (((packing === "bf16") && (!$has(program, "llama.cpp"))) ? "plain" : packing);
}

function attributes(program, era, card, packing, mixture) {
  return dict([["program", program], ["kernels", (($has(program, "llama.cpp")) ? "ggml" : "own")], ["era", era], ["memory", ($truth(card) ? card.memory : "DDR")], ["generation", ($truth(card) ? card.generation : NO_GENERATION)], ["packing", packed(program, packing)], ["unpacking", (($has(program, "/cpu")) ? "vectors" : ((packing === "bf16") ? "plain" : packing))], ["place", ((($has(program, "/cpu")) || ($has(program, "/host"))) ? "processor" : "card")], ["kind", ($truth(mixture) ? "mixture" : "dense")], ["link", ($truth(card) ? card.link : "none")]]);
}

function key(level, of) {
  return list([...level].map((name) => (str(name) + "=" + str($item(of, name))))).join(" ");
}

class Own {
  constructor(factor, low, high) { this.factor = factor; this.low = low; this.high = high; }
}

class Fitted {
  constructor(factors, eras, spreads, measured, known = dict(), pooled = dict(), own = dict(), verifying = dict()) { this.factors = factors; this.eras = eras; this.spreads = spreads; this.measured = measured; this.known = known; this.pooled = pooled; this.own = own; this.verifying = verifying; }
  static of(data) {
    return new Fitted(dict([...TERMS].map((test) => [test, $item(data, test)])), $item(data, "eras"), dict([...$item(data, "spreads").entries()].map(([kind, both]) => [kind, dict([...both.entries()].map(([k, v]) => [k, [$item(v, 0), $item(v, 1)]]))])), dict([...TERMS].map((test) => [test, dict([...$item($item(data, "measured"), test).entries()].map(([program, devices]) => [program, dict([...devices.entries()].map(([device, packings]) => [device, frozenset(packings)]))]))])), undefined, dict([...$item(data, "pooled").entries()].map(([name, v]) => [name, [$item(v, 0), $item(v, 1), $item(v, 2)]])), undefined, $item(data, "verifying"));
  }
  static prior() {
    let factors;
    factors = dict([...TERMS.entries()].map(([test, terms]) => [test, dict([...terms].map((term) => [term.name, dict([["", term.prior]])]))]));
    return new Fitted(factors, dict([]), dict([]), dict([...TERMS].map((test) => [test, dict([])])));
  }
  told(known, ratio, seen, near) {
    let high, low, own, share, test;
    own = dict([]);
    for (test of $item(TELLS, known)) {
      [share, low, high] = $item(this.pooled, (str(known) + " " + str(test) + " " + str(((seen === "nothing") ? "program" : seen)) + " " + str(near)));
      $put(own, test, new Own(towards(ratio, share), low, high));
    }
    return new Fitted(this.factors, this.eras, this.spreads, this.measured, this.known, this.pooled, own, this.verifying);
  }
  verified(program) {
    return this.verifying.get(program, this.verifying.get("", 1.0));
  }
  constants(test, program, era, card, packing, mixture) {
    let asked, found, its;
    its = ((card === null) ? ["", "", ""] : [card.memory, card.generation, card.link]);
    asked = [test, program, era, packing, mixture, ...its];
    found = this.known.get(asked);
    if ((found === null)) {
      if ((len(this.known) >= KNOWN)) {
        this.known.clear();
      }
      found = this._constants(test, attributes(program, era, card, packing, mixture));
      $put(this.known, asked, found);
    }
    return found;
  }
  _constants(test, of) {
    let factors, found, level, term, value;
    found = dict([]);
    for (term of $item(TERMS, test)) {
      factors = $item($item(this.factors, test), term.name);
      value = $item(factors, "");
      for (level of term.levels) {
        value = (value * factors.get(key(level, of), 1.0));
      }
      $put(found, term.name, ((term.most === null) ? value : at_most(value, term.most, 1.0, sqrt)));
    }
    return found;
  }
  timed(test, program, terms) {
    let own;
    own = key(_PROGRAM, dict([["program", program]]));
    return all([...terms].map((term) => ($has($item($item(this.factors, test), term), own))));
  }
  seen(test, program, device, packing) {
    let devices, measured;
    measured = $item(this.measured, test);
    if ((!$has(measured, program))) {
      return "nothing";
    }
    devices = $item(measured, program);
    if ((!$has(devices, device))) {
      return "program";
    }
    return (($has($item(devices, device), packed(program, packing))) ? "all" : "device");
  }
  spread(test, kind, seen) {
    let high, low;
    if ((seen === "nothing")) {
      [low, high] = $item($item(this.spreads, (str(test) + " " + str(kind))), "program");
      return [(low * low), (high * high)];
    }
    return $item($item(this.spreads, (str(test) + " " + str(kind))), seen);
  }
}

// --- placement.py: Where does it go? Proposes placements, and asks ``memory`` what each place then holds.

const FITS = "fits";

const TIGHT = "tight";

const OFFLOAD = "offload";

const DISK = "disk";

const NO = "no";

const WORTH = 1.03;

const BALANCING = 12;

class Proposal {
  constructor(demand, layout, bare = null) { this.demand = demand; this.layout = layout; this.bare = bare; }
  #held;
  get held() { return (this.#held ??= [this.$held()])[0]; }
  $held() {
    let held, overhead;
    if ((this.bare === null)) {
      return hold(this.demand, this.layout);
    }
    [held, overhead] = [this.bare.held, this.demand.overhead];
    return [...[...held.slice(0, (-1))].map((m) => ((m.total === 0) ? m : new Memory(m.weights, m.cache, m.buffers, overhead))), $last(held)];
  }
  #devices;
  get devices() { return (this.#devices ??= [this.$devices()])[0]; }
  $devices() {
    return tuple([...this.held.slice(0, (-1))].map((m) => m.total));
  }
  #host;
  get host() { return (this.#host ??= [this.$host()])[0]; }
  $host() {
    if ((this.bare !== null)) {
      return this.bare.host;
    }
    return ((this.layout.split === "tensor") ? $last(this.held).total : on_host(this.demand, this.layout).total);
  }
  suits(rig, room, margin) {
    if ((!$truth(this.suits_host(rig)))) {
      return false;
    }
    return all([...zip(this.needs(margin), room)].map(([need, most]) => (need <= most)));
  }
  needs(margin) {
    let apart;
    apart = $and(margin, () => this.demand.program.apart);
    return ($truth(apart) ? tuple([...this.held.slice(0, (-1))].map((m) => (m.total - m.buffers))) : this.devices);
  }
  suits_host(rig, beside = 0) {
    return (((this.host + this._beside(rig)) + beside) <= rig.host.capacity);
  }
  _beside(rig) {
    return ($truth(rig.unified) ? total(this.devices.slice(0, $div(len(rig.devices), rig.nodes))) : 0);
  }
  maps(rig) {
    let beside;
    beside = on_host(this.demand, this.layout);
    return (((beside.cache + beside.buffers) + this._beside(rig)) <= rig.host.capacity);
  }
}

class Proposals {
  constructor(demand, settings = DEFAULT, whole = dict(), bare = null, offloaded = dict()) { this.demand = demand; this.settings = settings; this.whole = whole; this.bare = bare; this.offloaded = offloaded; }
  where(program) {
    return new Proposals($replace(this.demand, { program: program }), this.settings, undefined, this);
  }
  best(rig, paces = [], rate = null) {
    let found, i, least, others, program, room, rooms, whole;
    [program, least] = [this.demand.program, this.demand.least];
    rooms = [rig.room(program)];
    if (($truth(program.margin) || ((program.utilization < 1) && (this.settings.utilization === null)))) {
      rooms.push(rig.room(program, false));
    }
    if (($truth(this.settings.placed) && (program.split === "layer"))) {
      return this._asked(rig, rooms);
    }
    whole = this._whole(rig);
    for ([i, room] of enumerate(rooms)) {
      if ((least <= total(room))) {
        found = this._on_devices(rig, room, (i === 0), paces);
        if (((found === null) && $truth(i) && (this.sparing !== null))) {
          found = this.sparing._on_devices(rig, room, false, paces);
        }
        if ((found !== null)) {
          return [found, ($truth(i) ? TIGHT : FITS)];
        }
      }
    }
    if ((!$truth(program.offload))) {
      return [whole, NO];
    }
    for (room of rooms) {
      others = ($truth(rig.unified) ? room.slice($div(len(room), rig.nodes)) : room);
      if ((least <= (rig.host.capacity + total(others)))) {
        found = this._offloaded(room);
        if (($truth(program.experts_alone) && $truth(found.layout.layers_on_host))) {
          continue;
        }
        if ($truth(found.suits_host(rig))) {
          return [this._without_slow(rig, room, paces, rate, found), OFFLOAD];
        }
      }
    }
    return [whole, ($truth(this._maps(rig, $item(rooms, 0))) ? DISK : NO)];
  }
  #sparing;
  get sparing() { return (this.#sparing ??= [this.$sparing()])[0]; }
  $sparing() {
    let fewer;
    fewer = this.demand.sparing;
    if ((fewer === null)) {
      return null;
    }
    if (((this.bare !== null) && (this.bare.sparing !== null))) {
      return this.bare.sparing.where(fewer.program);
    }
    return new Proposals(fewer, this.settings);
  }
  _asked(rig, rooms) {
    let asked, found, i, layout, room, s, shares, spared;
    [asked, s] = [this.settings, this.demand.sized];
    shares = $or(asked.tensor_split, () => rig.capacities);
    layout = as_asked(s, shares, asked.layers_on_device, $or(asked.experts_on_host, () => 0));
    found = new Proposal(this.demand, layout);
    for ([i, room] of enumerate(rooms)) {
      if ($truth(found.suits(rig, room, (i === 0)))) {
        return [found, ($truth(layout.offloaded) ? OFFLOAD : ($truth(i) ? TIGHT : FITS))];
      }
    }
    if (((this.sparing !== null) && (len(rooms) > 1))) {
      spared = new Proposal(this.sparing.demand, layout);
      if ($truth(spared.suits(rig, $item(rooms, 1), false))) {
        return [spared, ($truth(layout.offloaded) ? OFFLOAD : TIGHT)];
      }
    }
    return [found, NO];
  }
  _whole(rig) {
    let layout, shares, whole;
    whole = this.whole.get(rig.proportions);
    if ((whole === null)) {
      if ((this.bare !== null)) {
        whole = this._with_contexts(this.bare._whole(rig));
      } else {
        shares = ((this.demand.program.split === "tensor") ? $or(this.settings.tensor_split, () => []) : []);
        layout = everything_on_devices(this.demand.sized, this.demand.program, rig, shares);
        whole = new Proposal(this.demand, layout);
      }
      $put(this.whole, rig.proportions, whole);
    }
    return whole;
  }
  _on_devices(rig, room, margin, paces) {
    let found, layout, least, own, rooms, slowness, split, whole;
    split = $and((len(room) > 1), () => (this.demand.program.split === "layer"));
    if (((!$truth(split)) || (!$truth(paces)))) {
      whole = this._whole(rig);
      if ($truth(whole.suits(rig, room, margin))) {
        return whole;
      }
    }
    if ((!$truth(split))) {
      return null;
    }
    own = $or(paces, () => tuple([...room].map((_) => 0.0)));
    for (slowness of sorted([...own].map((pace) => (-pace)))) {
      least = (-slowness);
      rooms = [...enumerate(room)].map(([i, most]) => [(($item(own, i) >= least) ? most : 0.0), ($item(own, i) > least)]);
      layout = _filled(this.demand, rooms);
      found = ((layout !== null) ? new Proposal(this.demand, layout) : null);
      if (((found !== null) && $truth(found.suits(rig, room, margin)))) {
        return found;
      }
    }
    return null;
  }
  _offloaded(room) {
    let beside, found;
    found = this.offloaded.get(room);
    if ((found === null)) {
      if ((this.bare !== null)) {
        beside = tuple([...room].map((most) => max(0.0, (most - this.demand.overhead))));
        found = this._with_contexts(this.bare._offloaded(beside));
      } else {
        found = new Proposal(this.demand, _offloaded(this.demand, room));
      }
      $put(this.offloaded, room, found);
    }
    return found;
  }
  _without_slow(rig, room, paces, rate, found) {
    let best, faster, fastest, fewer, least, own;
    if ((rate === null)) {
      return found;
    }
    [best, fastest] = [found, rate(found.layout)];
    own = $or(paces, () => tuple([...range(len(room))].map((i) => (1.0 - i))));
    for (least of sorted(dict.fromkeys(own)).slice(1)) {
      fewer = this._offloaded(tuple([...enumerate(room)].map(([i, most]) => (($item(own, i) >= least) ? most : 0.0))));
      if (((!$truth(fewer.suits_host(rig))) || ($truth(this.demand.program.experts_alone) && $truth(fewer.layout.layers_on_host)))) {
        continue;
      }
      faster = rate(fewer.layout);
      if ((faster > (WORTH * fastest))) {
        [best, fastest] = [fewer, faster];
      }
    }
    return best;
  }
  _with_contexts(bare) {
    return new Proposal(this.demand, bare.layout, bare);
  }
  _maps(rig, room) {
    let hosted;
    if ((!$truth(this.demand.program.gguf))) {
      return false;
    }
    hosted = new Proposal(this.demand, _without_devices(this.demand, room));
    return $or(hosted.maps(rig), () => this._offloaded(room).maps(rig));
  }
}

function _filled(demand, rooms) {
  let _, closer, found, high, i, low, most, room, share;
  room = tuple([...rooms].map(([most, _]) => most));
  found = _packed(demand, room, undefined, undefined, true);
  if ((found === null)) {
    for ([i, most] of enumerate(room)) {
      if ((found === null)) {
        found = _packed(demand, tuple([...range(len(room))].map((j) => ((j === i) ? most : 0.0))));
      }
    }
    return found;
  }
  [low, high] = [0.0, 1.0];
  for (_ of range(BALANCING)) {
    share = ((low + high) / 2);
    closer = _packed(demand, tuple([...rooms].map(([most, full]) => ($truth(full) ? most : (most * share)))), undefined, undefined, true);
    if ((closer === null)) {
      low = share;
    } else {
      [high, found] = [share, closer];
    }
  }
  return found;
}

function _offloaded(demand, room) {
  let count, found, moved, s;
  [s, count] = [demand.sized, len(demand.sized.layers)];
  if ($truth(s.experts)) {
    moved = first_that(1, (count + 1), ((n) => (_packed(demand, room, undefined, n) !== null)));
    if ((moved <= count)) {
      found = _packed(demand, room, undefined, moved);
      if ((found !== null)) {
        return found;
      }
    }
  }
  moved = first_that(1, (count + 1), ((n) => (_packed(demand, room, n, count) !== null)));
  found = ((moved <= count) ? _packed(demand, room, moved, count) : null);
  return ((found !== null) ? found : _without_devices(demand, room));
}

function _without_devices(demand, room) {
  let count;
  count = len(demand.sized.layers);
  return new Layout("layer", tuple([...range((len(room) + 1))].map((_) => count)), HOST, ($truth(demand.sized.experts) ? count : 0));
}

function _packed(demand, room, on_host = 0, experts_from = 0, several = false) {
  let bounds, count, end, i, least, load, most, moved, output, s, start;
  [s, count] = [demand.sized, len(demand.sized.layers)];
  experts_from = ($truth(s.experts) ? experts_from : 0);
  least = ((($item(demand.layers, count) - $item(demand.layers, on_host)) + $item(s.expert, count)) - $item(s.expert, max(experts_from, on_host)));
  if (((least + s.output) > total(room))) {
    return null;
  }
  [bounds, output, start] = [[on_host], HOST, on_host];
  for ([i, most] of enumerate(room)) {
    load = new _Load(demand, start, (start === on_host), on_host, experts_from, several);
    end = load.end(most, ((i + 1) === len(room)));
    output = ((start <= count && count < end) ? i : output);
    start = end;
    bounds.push(min(end, count));
  }
  if ((start <= count)) {
    return null;
  }
  moved = ($item(s.mixtures, max(experts_from, on_host)) - $item(s.mixtures, on_host));
  return new Layout("layer", tuple(bounds), output, experts_from, moved);
}

class _Load {
  constructor(demand, start, first, on_host, experts_from, several) { this.demand = demand; this.start = start; this.first = first; this.on_host = on_host; this.experts_from = experts_from; this.several = several; }
  end(most, all_or_none) {
    let end, everything;
    everything = (len(this.demand.sized.layers) + 1);
    if (((this.start >= everything) || (this.needs(everything) <= most))) {
      return everything;
    }
    if ($truth(all_or_none)) {
      return this.start;
    }
    end = (first_that((this.start + 1), everything, ((end) => (this.needs(end) > most))) - 1);
    if (((!$truth(this.first)) || (this.experts_from <= max(end, this.on_host)))) {
      return end;
    }
    return (first_that((this.start + 1), everything, ((end) => (this.needs(end, true) > most))) - 1);
  }
  needs(end, beyond = false) {
    let before, beside, computing, demand, has_output, held, hosted, last, layers, s, torn;
    [demand, s] = [this.demand, this.demand.sized];
    last = len(s.layers);
    [has_output, end] = [(end > last), min(end, last)];
    [hosted, before] = [(this.experts_from > this.on_host), this.experts_from];
    held = ($item(demand.layers, end) - $item(demand.layers, this.start));
    held = (held + ($item(s.expert, max(end, before)) - $item(s.expert, max(this.start, before))));
    layers = (end - this.start);
    torn = ($truth(this.several) ? demand.torn(this.start, end, any(s.torn)) : 0);
    computing = demand.on_device(has_output, layers, this.first, this.several, hosted, this.on_host, undefined, beyond, torn);
    beside = ($truth(this.first) ? demand.beside.total : 0);
    return ((((held + ($truth(has_output) ? s.output : 0)) + computing) + demand.overhead) + beside);
  }
}

// --- work.py: What does a step do? Bytes moved, operations, and layers passed, place by place; no time yet.

class Work {
  constructor(dense, experts, cache, flops, attention, layers, mixtures, states, mixed, padding) { this.dense = dense; this.experts = experts; this.cache = cache; this.flops = flops; this.attention = attention; this.layers = layers; this.mixtures = mixtures; this.states = states; this.mixed = mixed; this.padding = padding; }
  plus(other) {
    return new Work((this.dense + other.dense), (this.experts + other.experts), (this.cache + other.cache), (this.flops + other.flops), (this.attention + other.attention), (this.layers + other.layers), (this.mixtures + other.mixtures), (this.states + other.states), (this.mixed + other.mixed), (this.padding + other.padding));
  }
}

const NOTHING = new Work(0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0);

class Step {
  constructor(places, batches, hops, exchanges, exchanged, hosted) { this.places = places; this.batches = batches; this.hops = hops; this.exchanges = exchanges; this.exchanged = exchanged; this.hosted = hosted; }
}

function decoding(s, layout, depth, sequences, tokens = 1) {
  let end, every, first, here, place, places, ranks, share, work;
  [every, ranks] = [(sequences * tokens), layout.ranks];
  share = s.expert_share(every);
  places = [];
  for ([place, first, end] of _spans(layout)) {
    here = (layout.output === place);
    work = new Work(((($item(s.dense, end) - $item(s.dense, first)) + (s.output * here)) * layout.largest), ((layout.routed(s.expert, place, first, end) * share) * layout.largest), (s.moved(depth, first, end, ranks) * sequences), (((($item(s.flops, end) - $item(s.flops, first)) + (s.output_flops * here)) * every) * layout.largest), ((s.attended(depth, first, end) * every) * layout.largest), (end - first), layout.routed(s.mixtures, place, first, end), (($item(s.states, end) - $item(s.states, first)) * every), ((end - first) * s.mixes), 0.0);
    places.push([place, work]);
  }
  return _step(s, layout, tuple(places), 1, every);
}

function prefilling(s, layout, prompt, depth, micro_batch, sequences = 1) {
  let batches, end, first, here, mixtures, moved, padded, place, places, ranks, share, whole, work;
  batches = over((prompt * sequences), micro_batch);
  [share, ranks] = [(s.expert_share(min((prompt * sequences), micro_batch)) * batches), layout.ranks];
  whole = (s.attended_by_prompt(depth, prompt) * sequences);
  padded = ($truth(s.experts) ? (((s.routed_flops / s.experts_per_token) * s.experts) * share) : 0.0);
  places = [];
  for ([place, first, end] of _spans(layout)) {
    [here, mixtures] = [(layout.output === place), layout.routed(s.mixtures, place, first, end)];
    moved = (s.routed_flops * (mixtures - ($item(s.mixtures, end) - $item(s.mixtures, first))));
    work = new Work((((($item(s.dense, end) - $item(s.dense, first)) + (s.output * here)) * batches) * layout.largest), ((layout.routed(s.expert, place, first, end) * share) * layout.largest), (s.moved((depth + $div(prompt, 2)), first, end, ranks) * max(batches, sequences)), (((((($item(s.flops, end) - $item(s.flops, first)) + moved) * prompt) + (s.output_flops * here)) * sequences) * layout.largest), (((whole * (end - first)) / len(s.layers)) * layout.largest), ((end - first) * batches), (mixtures * batches), (($item(s.states, end) - $item(s.states, first)) * max(batches, sequences)), ((((((end - first) * s.mixes) * 4.0) * s.widths.passed) * prompt) * sequences), ((padded * mixtures) * layout.largest));
    places.push([place, work]);
  }
  return _step(s, layout, tuple(places), batches, (prompt * sequences));
}

function _step(s, layout, places, batches, tokens) {
  let exchanges, layers, ranks, sent;
  [ranks, layers] = [layout.ranks, len(s.layers)];
  exchanges = ((ranks > 1) ? ((2 * layers) * batches) : 0);
  sent = (((((((2 * (ranks - 1)) / ranks) * 2) * s.widths.hidden) * tokens) * 2) * layers);
  return new Step(places, batches, ((len(places) - 1) * batches), exchanges, ((ranks > 1) ? sent : 0.0), (layout.experts_on_host * batches));
}

function* _spans(layout) {
  let i;
  if (($truth($item(layout.bounds, 0)) || $truth(layout.experts_from) || (layout.output === HOST))) {
    yield [HOST, 0, $item(layout.bounds, 0)];
  }
  for (i of range((len(layout.bounds) - 1))) {
    if ((($item(layout.bounds, i) < $item(layout.bounds, (i + 1))) || (layout.output === i))) {
      yield [i, $item(layout.bounds, i), $item(layout.bounds, (i + 1))];
    }
  }
}

// --- speed.py: How fast is it? Bytes moved over bandwidth, plus work over compute, plus fixed costs, with a stated range.

const NODE_HOP = 0.0003;

const NODE_EXCHANGE = 4e-05;

const MIXING = 5e-05;

const VECTORS = ["rocm", "vulkan"];

const MATRICES = ["RDNA 4"];

const MATRICES_SINCE = "2026H1";

const MATRICES_HEAD = 128;

const BALANCE = 200.0;

const SMALL = 5000000000;

class Rate {
  constructor(value, low, high) { this.value = value; this.low = low; this.high = high; }
  as_dict() {
    return dict([["value", this.value], ["low", this.low], ["high", this.high]]);
  }
}

function decode_seconds(k, w, bandwidth, rate, root) {
  let computed, read;
  read = (((w.dense + ($item(k, "scatter") * w.experts)) + ($item(k, "recall") * w.cache)) / ($item(k, "read") * bandwidth));
  computed = ((w.flops + w.attention) / ($item(k, "multiply") * rate));
  return ((_fixed(k, w) + ($item(k, "stream") * w.mixed)) + _longer(read, computed, root));
}

function prefill_seconds(k, w, bandwidth, rate, attending, root) {
  let computed, read;
  read = ((((w.dense + ($item(k, "scatter") * w.experts)) + w.cache) + ($item(k, "stream") * w.mixed)) / ($item(k, "read") * bandwidth));
  computed = (((w.flops + ($item(k, "tile") * w.padding)) / ($item(k, "multiply") * rate)) + (w.attention / ($item(k, "attend") * attending)));
  return (_fixed(k, w) + _longer(read, computed, root));
}

function fed(rate, balanced, root) {
  return root((rate * root((rate * balanced))));
}

function hosted_seconds(k, w, bandwidth) {
  return (w.flops / ($item(k, "host") * bandwidth));
}

function stays(program, s, prompt) {
  let tokens;
  tokens = min(prompt, program.batched_tokens);
  return $and(bool(s.experts), () => ((tokens * s.experts_per_token) < (program.expert_tokens * s.experts)));
}

function passing_seconds(k, exchanges, exchanged, link) {
  return (($item(k, "exchange") * exchanges) + (exchanged / ($item(k, "carry") * link)));
}

function overlapping(k, others, repeats) {
  return ((others * $item(k, "overlap")) * repeats);
}

function _fixed(k, w) {
  return ((($item(k, "layer") * w.layers) + ($item(k, "mixture") * w.mixtures)) + ($item(k, "state") * w.states));
}

function _longer(read, work, root) {
  return root(((read * read) + (work * work)));
}

class Speed {
  constructor(demand, packing, layout, rig, fitted, era = null, draft = null) { this.demand = demand; this.packing = packing; this.layout = layout; this.rig = rig; this.fitted = fitted; this.era = era; this.draft = draft; }
  decode(depth) {
    let draft, seconds;
    [seconds, draft] = [this._cycle(depth), this.draft];
    if ((seconds === null)) {
      return null;
    }
    if ((draft === null)) {
      return this._rate("decode", (1 / seconds), this.most(depth));
    }
    return _widened(this._rate("decode", (draft.length / seconds), (draft.length * this.most(depth))), draft);
  }
  _cycle(depth) {
    let draft, drafting, seconds, sequences, step, tokens;
    [draft, sequences] = [this.draft, this.demand.sequences];
    tokens = ((draft === null) ? 1 : (draft.tokens + 1));
    step = decoding(this.demand.sized, this.layout, depth, sequences, tokens);
    seconds = this.decoding_seconds(step, tokens);
    if (((draft === null) || (seconds === null))) {
      return seconds;
    }
    drafting = this.drafting_seconds(draft, depth);
    return ((drafting === null) ? null : (seconds + (draft.tokens * drafting)));
  }
  drafting_seconds(draft, depth) {
    let demand, layout, one;
    demand = new Demand(draft.sized, this.demand.program, this.demand.context, this.demand.sequences);
    layout = beside(this.layout, len(draft.sized.layers));
    one = new Speed(demand, draft.packing, layout, this.rig, this.fitted, this.era);
    return one.decoding_seconds(decoding(draft.sized, layout, depth, demand.sequences));
  }
  most(depth) {
    return (1 / this._least(depth));
  }
  prefill(prompt, depth = 0) {
    let seconds, step;
    step = this.prompt_step(prompt, depth);
    seconds = this.prefilling_seconds(step, prompt);
    return ((seconds === null) ? null : this._rate("prefill", (prompt / seconds), (prompt / this.computing(step))));
  }
  most_prefill(prompt, depth = 0) {
    return (prompt / this.computing(this.prompt_step(prompt, depth)));
  }
  time_to_first_token(prompt) {
    let first, step;
    first = this.prefilling_seconds(this.prompt_step(prompt, 0), prompt);
    step = this.decoding_seconds(decoding(this.demand.sized, this.layout, prompt, this.demand.sequences));
    return (((first === null) || (step === null)) ? null : (first + step));
  }
  unknown() {
    let missing, place;
    missing = [];
    for (place of this.rig.devices) {
      if ((place.bandwidth === null)) {
        missing.push((str(place.card.id) + ".bandwidth"));
      }
      if ((this.rate_of(place) === null)) {
        missing.push((str(place.card.id) + ".compute"));
      }
    }
    if (($truth(this.layout.offloaded) && (this.rig.host.bandwidth === null))) {
      missing.push("host.bandwidth");
    }
    return tuple(dict.fromkeys(missing));
  }
  get kind() {
    if ($truth(this.layout.offloaded)) {
      return "offload";
    }
    if (((len(this.rig.devices) === 1) && (this.demand.program.backend === "cpu"))) {
      return "processor";
    }
    if ((this.demand.sequences > 1)) {
      return "batch";
    }
    if ((len(this.rig.devices) > 1)) {
      return "devices";
    }
    if ($truth(this.demand.sized.experts)) {
      return "mixture";
    }
    return ((this.demand.sized.total_parameters <= SMALL) ? "small" : "dense");
  }
  seen(test) {
    let card, program;
    [card, program] = [$item(this.rig.devices, 0).card, this.demand.program.name];
    if ((!$truth(this.fitted.timed(test, program, this._does)))) {
      return "nothing";
    }
    return this.fitted.seen(test, program, ($truth(card) ? card.id : ""), this.packing);
  }
  get _does() {
    let every, s;
    s = this.demand.sized;
    every = [["mixture", (s.experts > 0)], ["state", ($last(s.states) > 0)], ["stream", s.mixes]];
    return tuple([...every].filter(([name, does]) => $truth(does)).map(([name, does]) => name));
  }
  _rate(test, value, most) {
    let high, low, own;
    [low, high] = this.fitted.spread(test, this.kind, this.seen(test));
    own = this.fitted.own.get(test);
    if ((own !== null)) {
      [low, high, value] = [own.low, own.high, (value * own.factor)];
    }
    value = min(value, most);
    return new Rate(value, (value * min(low, 1.0)), min((value * max(high, 1.0)), most));
  }
  decoding_seconds(step, tokens = 1) {
    let faster, index, k, passing, place, program, rate, seconds, work;
    [seconds, program] = [0.0, this.demand.program.name];
    faster = ((tokens > 1) ? this.fitted.verified(program) : 1.0);
    for ([index, work] of step.places) {
      place = this.rig.place(index);
      if ((place.bandwidth === null)) {
        return null;
      }
      rate = (faster * $or(this.rate_of(place), () => inf));
      seconds = (seconds + decode_seconds(this.constants("decode", place), work, place.bandwidth, rate, sqrt));
    }
    k = this.constants("decode", $item(this.rig.devices, 0));
    passing = passing_seconds(k, step.exchanges, step.exchanged, this.link());
    passing = (passing + this.crossing(step, (this.demand.sequences * tokens)));
    return (($item(k, "step") + seconds) + ((($item(k, "hop") * step.hops) + ($item(k, "handover") * step.hosted)) + passing));
  }
  prompt_step(prompt, depth) {
    return prefilling(this.demand.sized, this.layout, prompt, depth, this.demand.program.batched_tokens);
  }
  prefilling_seconds(step, prompt) {
    let attending, balanced, beside, brought, computed, hosted, i, index, k, on_devices, passing, place, rate, seconds, stages, work;
    hosted = NOTHING;
    for ([index, work] of step.places) {
      if ((index === HOST)) {
        hosted = work;
      }
    }
    on_devices = [...step.places].filter(([place, work]) => (place !== HOST)).map(([place, work]) => [$item(this.rig.places, place), work]);
    if ((!$truth(on_devices))) {
      return null;
    }
    [seconds, brought] = [0.0, (!$truth(stays(this.demand.program, this.demand.sized, prompt)))];
    for ([i, [place, work]] of enumerate(on_devices)) {
      rate = this.rate_of(place);
      if (((place.bandwidth === null) || (rate === null))) {
        return null;
      }
      computed = (((i === 0) && $truth(brought)) ? work.plus(hosted) : work);
      balanced = (BALANCE * place.bandwidth);
      attending = fed(attention_rate(place.card, this.demand, rate, this.era), balanced, sqrt);
      k = this.constants("prefill", place);
      seconds = (seconds + prefill_seconds(k, computed, place.bandwidth, fed(rate, balanced, sqrt), attending, sqrt));
    }
    k = this.constants("prefill", $item(this.rig.devices, 0));
    beside = ($truth(brought) ? this.copied(k, hosted) : this.hosted(k, hosted));
    if ((beside === null)) {
      return null;
    }
    stages = ((this.layout.split === "layer") ? len(on_devices) : this.rig.stages);
    seconds = (seconds / (1.0 + overlapping(k, (stages - 1.0), (1.0 - (1.0 / step.batches)))));
    passing = passing_seconds(k, step.exchanges, step.exchanged, this.link());
    passing = (passing + this.crossing(step, (step.batches * this.demand.program.batched_tokens)));
    return (((($item(k, "step") * step.batches) + seconds) + passing) + beside);
  }
  hosted(k, hosted) {
    let bandwidth;
    bandwidth = this.rig.host.bandwidth;
    return ((bandwidth === null) ? null : hosted_seconds(k, hosted, bandwidth));
  }
  copied(k, hosted) {
    let card, link, moved;
    moved = (hosted.dense + hosted.experts);
    if (((!$truth(moved)) || $truth(this.rig.unified))) {
      return 0.0;
    }
    card = $item(this.rig.devices, 0).card;
    link = ($truth(card) ? card.pcie : null);
    return ((link === null) ? null : (moved / ($item(k, "carry") * link)));
  }
  _least(depth) {
    let index, seconds, sequences, w;
    [seconds, sequences] = [0.0, this.demand.sequences];
    for ([index, w] of decoding(this.demand.sized, this.layout, depth, 1).places) {
      seconds = (seconds + (((w.dense + w.experts) + (w.cache * sequences)) / $or(this.rig.place(index).bandwidth, () => inf)));
    }
    return seconds;
  }
  computing(step) {
    let flops;
    flops = (total([...step.places].map(([_, work]) => work.flops)) * this.layout.ranks);
    return (flops / total([...this.rig.devices].filter((place) => $truth(place.card)).map((place) => place.card.best_rate)));
  }
  rate_of(place) {
    return ($truth(place.card) ? kernel_rate(place.card, this.demand.program, this.packing) : null);
  }
  link() {
    let link;
    link = min([...this.rig.devices].map((place) => link_bandwidth(place.card, this.layout.ranks)));
    return ($truth(this._ranks_cross) ? min(link, $or(this.rig.network, () => inf)) : link);
  }
  get _ranks_cross() {
    return (this.layout.ranks > $div(len(this.rig.devices), this.rig.nodes));
  }
  crossing(step, tokens) {
    let crossings, layout, nodes, passed, rig, size, used;
    [rig, layout] = [this.rig, this.layout];
    if ((rig.nodes === 1)) {
      return 0.0;
    }
    if ($truth(this._ranks_cross)) {
      return (NODE_EXCHANGE * step.exchanges);
    }
    used = [...step.places].filter(([index, _]) => (index !== HOST)).map(([index, _]) => index);
    nodes = ((layout.split === "tensor") ? used : [...used].map((index) => rig.node(index)));
    crossings = len([...range(1, len(nodes))].filter((i) => ($item(nodes, i) !== $item(nodes, (i - 1)))));
    size = ($truth(this.demand.program.gguf) ? 4 : 2);
    passed = ((tokens * size) * this.demand.sized.widths.passed);
    return (crossings * ((NODE_HOP * step.batches) + (passed / $or(rig.network, () => inf))));
  }
  constants(test, place) {
    let era, k, mixes, own, program;
    own = this.demand.program;
    program = (((place.card === null) && (!$truth(this.rig.unified))) ? (str(own.runtime) + "/host") : own.name);
    era = $or(this.era, () => this.fitted.eras.get(program, ""));
    k = this.fitted.constants(test, program, era, place.card, this.packing, (this.demand.sized.experts > 0));
    mixes = $and((test === "decode"), () => this.demand.sized.mixes);
    if (($truth(mixes) && (!$truth(own.gguf)) && (!$truth(this.fitted.timed(test, program, ["stream"]))))) {
      return dict([...k.entries()].map(([name, value]) => [name, ((name === "stream") ? min(value, MIXING) : value)]));
    }
    return k;
  }
}

function _widened(rate, draft) {
  let faster, fewer, more, slower;
  [slower, faster] = [((rate.value / rate.low) - 1), ((rate.high / rate.value) - 1)];
  [fewer, more] = [((draft.length / draft.least) - 1), ((draft.most / draft.length) - 1)];
  return new Rate(rate.value, (rate.value / (1 + sqrt(((slower * slower) + (fewer * fewer))))), (rate.value * (1 + sqrt(((faster * faster) + (more * more))))));
}

function kernel_rate(card, program, packing) {
  let wide;
  if (($truth(program.gguf) && $truth(program.wide))) {
    return card.single;
  }
  if ($truth(program.gguf)) {
    return card.half;
  }
  wide = ((packing === "FP8") ? card.fp8 : (($has(["NVFP4", "MXFP4"], packing)) ? card.fp4 : null));
  return ((wide === null) ? card.rate : wide);
}

function attention_rate(card, demand, rate, era) {
  let program;
  program = demand.program;
  if (((!$truth(program.gguf)) || (!$has(VECTORS, program.backend)) || (card.single === null))) {
    return rate;
  }
  if (((program.backend === "rocm") && ((era === null) || (era >= MATRICES_SINCE)) && $truth(in_matrices(card, demand.sized)))) {
    return rate;
  }
  return min(rate, (2 * card.single));
}

function in_matrices(card, sized) {
  let heads, latent;
  [heads, latent] = [sized.widths.heads, (sized.widths.latent_rows > 0)];
  if (((!$has(MATRICES, card.generation)) || $truth(latent) || (!$truth(heads)) || (sized.widths.queries > (MATRICES_HEAD * heads)))) {
    return false;
  }
  return (min([...sized.alike].map((group) => group.cache_heads)) < heads);
}

function link_bandwidth(card, ranks) {
  if (((card === null) || (card.peers === null))) {
    return inf;
  }
  return ((card.link === "mesh") ? ((card.peers * min(max((ranks - 1), 1), MESH)) / MESH) : card.peers);
}

// --- outcome.py: What comes out? A model as a program loads it, on a rig or on none, with every number that a plan shows.

const EMPTY = 256;

const SURELY = 0.9;

const MOST_TOKENS = 1073741824;

const MOST_SEQUENCES = 1048576;

function settle(encoding, programs, backends, asked, capability) {
  let able, backend, computes, names, needs, own, program, readers, reading, runtime, runtimes, there, told;
  readers = encoding.runtimes;
  if (((asked !== null) && (!$has(readers, asked)))) {
    throw new SizingError((str(asked) + " does not read " + str(encoding.id) + "; " + str(encoding.id) + " is read by " + str(list(readers).join(", "))));
  }
  reading = [...programs].filter((p) => $truth(((asked === null) ? ($has(readers, p.runtime)) : (p.runtime === asked))));
  runtimes = list(dict.fromkeys([...reading].map((p) => p.runtime)));
  for (runtime of runtimes) {
    own = [...reading].filter((p) => (p.runtime === runtime));
    for (backend of $or(backends, () => [$item(own, 0).backend])) {
      for (program of own) {
        computes = $or((!$truth(program.formats)), () => ($has(program.formats, encoding.id)));
        able = $or((capability === null), () => (program.capability <= capability));
        if (((program.backend === backend) && $truth(computes) && $truth(able))) {
          return program;
        }
      }
    }
  }
  for (program of reading) {
    if ((($has(backends, program.backend)) && (capability !== null) && (program.capability > capability))) {
      needs = (str(program.runtime) + " needs CUDA compute capability " + $general(program.capability, 6));
      throw new SizingError((str(needs) + ", and a device here has " + $general(capability, 6) + "; choose another runtime or format"));
    }
    if (($has(backends, program.backend))) {
      told = (str(program.runtime) + " computes " + str(list(program.formats).join(", ")) + " on " + str(program.backend));
      throw new SizingError((str(told) + ", and not " + str(encoding.id) + "; choose one of these"));
    }
  }
  there = list(backends).join("/");
  if ((!$truth(any([...programs].map((p) => ($has(backends, p.backend))))))) {
    throw new SizingError(("no runtime of the catalog runs on " + str(there) + " yet; choose another machine"));
  }
  names = list(runtimes).join(", ");
  throw new SizingError((str(encoding.id) + " is read by " + str(names) + ", which cannot run on " + str(there) + "; choose another format"));
}

function possible(context, sequences) {
  let most, name, value;
  for ([name, value, most] of [["context", context, MOST_TOKENS], ["sequences", sequences, MOST_SEQUENCES]]) {
    if ((value < 1)) {
      throw new SizingError((str(name) + " " + str(value) + " is not possible; give a whole number from 1 up"));
    }
    if ((value > most)) {
      throw new SizingError((str(name) + " is not possible beyond " + str(most) + "; give a smaller number"));
    }
  }
}

class Loaded {
  constructor(model, limit, encoding, cache_format, program, sized, widening = 1.0) { this.model = model; this.limit = limit; this.encoding = encoding; this.cache_format = cache_format; this.program = program; this.sized = sized; this.widening = widening; }
}

class Held {
  constructor(name, capacity, memory, room = null) { this.name = name; this.capacity = capacity; this.memory = memory; this.room = room; }
}

class Outcome {
  constructor(loaded, context, sequences, rig, proposal, verdict, fitted, asked = DEFAULT, draft = null) { this.loaded = loaded; this.context = context; this.sequences = sequences; this.rig = rig; this.proposal = proposal; this.verdict = verdict; this.fitted = fitted; this.asked = asked; this.draft = draft; }
  get layout() {
    return ($truth(this.runs) ? this.proposal.layout : null);
  }
  get fits() {
    return ((this.verdict === null) ? null : (this.verdict === FITS));
  }
  get runs() {
    return ((this.verdict === null) ? null : ($has([FITS, TIGHT, OFFLOAD], this.verdict)));
  }
  get whole() {
    return ($has([FITS, TIGHT], this.verdict));
  }
  get firm() {
    if (((this.rig === null) || (this.verdict !== OFFLOAD))) {
      return (this.verdict === FITS);
    }
    return this.proposal.suits_host(this.rig, this.proposal.demand.program.margin);
  }
  get beyond_limit() {
    let limit;
    limit = this.loaded.limit;
    return $and((limit !== null), () => (this.context > limit));
  }
  get memory() {
    let one, total;
    total = new Memory();
    for (one of this.proposal.held) {
      total = total.plus(one);
    }
    return total;
  }
  get spared() {
    let fewer, least, one;
    fewer = this.proposal.demand.sparing;
    if ((fewer === null)) {
      return 0;
    }
    least = new Memory();
    for (one of hold(fewer, this.proposal.layout)) {
      least = least.plus(one);
    }
    return max(0, (this.memory.buffers - least.buffers));
  }
  get places() {
    let held, program, rooms;
    held = this.proposal.held;
    if ((this.rig === null)) {
      return [new Held("host", null, $item(held, 0))];
    }
    program = this.proposal.demand.program;
    rooms = ($truth(program.apart) ? [] : this.rig.room(program));
    return tuple([...enumerate(this.rig.places)].map(([i, place]) => new Held(place.name, place.capacity, $item(held, i), ((i < len(rooms)) ? int($item(rooms, i)) : null))));
  }
  get speed() {
    let encoding, proposal;
    if (($truth(this.loaded.sized.whole) || (this.rig === null) || (this.fitted === null) || (!$truth(this.runs)))) {
      return null;
    }
    [encoding, proposal] = [this.loaded.encoding, this.proposal];
    return new Speed(proposal.demand, encoding.packing, proposal.layout, this.rig, this.fitted, null, this.draft);
  }
  get unknown() {
    let speed;
    speed = this.speed;
    return ($truth(speed) ? speed.unknown() : []);
  }
  get assumed() {
    let assumed, layout, program, unused;
    assumed = ($truth(this.rig) ? this.rig.assumed : []);
    if (((this.draft !== null) && $truth(this.draft.assumed))) {
      assumed = [...assumed, ACCEPTANCE];
    }
    program = this.proposal.demand.program;
    if (($truth(program.slot_logits) && (program.logit_rows < program.batched_tokens))) {
      assumed = [...assumed, SLOT_LOGITS];
    }
    if (($truth(program.guessed) && (this.rig !== null))) {
      assumed = [...assumed, CONTEXT];
    }
    layout = this.proposal.layout;
    unused = ((layout.ranks > 1) ? [] : [LINK, BRIDGE]);
    if ((!($truth(this.runs) && $truth(layout.offloaded)))) {
      unused = [...unused, REFERENCE_HOST, HOST_LINK];
      if (((this.rig === null) || (!$truth(this.rig.processors)))) {
        unused = [...unused, HOST_BANDWIDTH];
      }
    }
    return tuple([...assumed].filter((x) => (!$has(unused, x))));
  }
  get settings() {
    let asked, demand, layout, on_device, placed, program, several;
    [demand, layout] = [this.proposal.demand, this.proposal.layout];
    [program, asked] = [demand.program, this.asked];
    placed = $and((this.rig !== null), () => $and(program.gguf, () => $and((program.backend !== "cpu"), () => (layout.split === "layer"))));
    on_device = ((layout.output !== HOST) ? ((len(layout.layers) + 1) - $item(layout.bounds, 0)) : 0);
    several = $and((this.rig !== null), () => (len(this.rig.devices) > 1));
    return dict([["split", ((this.rig === null) ? null : $or(asked.split, () => ($truth(several) ? layout.split : "none")))], ["layers_on_device", ($truth(placed) ? on_device : null)], ["experts_on_host", (($truth(placed) && $truth(demand.sized.experts)) ? layout.experts_from : null)], ["tensor_split", (($truth(several) && ($truth(placed) || $truth(asked.tensor_split))) ? list($or(asked.tensor_split, () => layout.tensor_split)) : null)], ["micro_batch", program.batched_tokens], ["flash_attention", ($truth(program.gguf) ? program.flash : null)], ["swa_full", ($truth(program.gguf) ? program.whole_windows : null)], ["utilization", this.utilization], ["max_sequences", ((($truth(program.pools) && (!$truth(program.apart))) || (asked.max_sequences !== null)) ? program.logit_rows : null)], ["slots", ($truth(program.gguf) ? $or(demand.slots, () => demand.sequences) : null)], ["unified", ($truth(demand.slots) ? demand.unified : null)], ["in_use", ((asked.in_use !== null) ? list(asked.in_use) : null)], ["wired_limit", asked.wired_limit], ["draft_tokens", ($truth(this.draft) ? this.draft.tokens : null)], ["acceptance", ($truth(this.draft) ? this.draft.acceptance : null)]]);
  }
  get no_effect() {
    return without_effect(this.asked, this.loaded.sized, this.rig, this.loaded.cache_format);
  }
  get utilization() {
    let capacities, needs, program;
    program = this.proposal.demand.program;
    if (((this.rig === null) || (!$truth(program.pools)))) {
      return null;
    }
    capacities = this.rig.capacities;
    if ((this.verdict === TIGHT)) {
      needs = this.proposal.needs(program.apart);
      return (max([...zip(needs, capacities)].map(([need, capacity]) => over((100 * need), capacity))) / 100);
    }
    return (int(((1000 * (program.utilization - (program.margin / min(capacities)))) + 0.5)) / 1000);
  }
  decode_at(depth) {
    let speed;
    speed = ($truth(this.loaded.sized.answers) ? this.speed : null);
    return ($truth(speed) ? speed.decode(depth) : null);
  }
  prefill_at(prompt, depth = 0) {
    let speed;
    speed = this.speed;
    return ($truth(speed) ? speed.prefill(prompt, depth) : null);
  }
  time_to_first_token(prompt) {
    let speed;
    speed = this.speed;
    return ($truth(speed) ? speed.time_to_first_token(prompt) : null);
  }
  get decode_empty() {
    return this.decode_at(min(EMPTY, this.context));
  }
  get pool_tokens() {
    let free, held, i, needs, rig, sequences, share;
    [rig, share] = [this.rig, this.utilization];
    if (((rig === null) || (share === null))) {
      return null;
    }
    [sequences, needs] = [inf, this.proposal.needs(this.proposal.demand.program.apart)];
    for ([i, held] of enumerate(this.proposal.held.slice(0, (-1)))) {
      if ($truth(held.cache)) {
        free = max(0.0, ((share * $item(rig.capacities, i)) - ($item(needs, i) - held.cache)));
        sequences = min(sequences, ((free * this.sequences) / held.cache));
      }
    }
    return ((sequences < inf) ? int((sequences * this.context)) : null);
  }
  get stateful() {
    let alike, demand, held, states, tokens;
    [demand, tokens] = [this.proposal.demand, this.pool_tokens];
    if (((tokens === null) || (demand.program.runtime !== "vllm"))) {
      return null;
    }
    alike = demand.sized.alike;
    states = total([...alike].map((g) => ((demand.kept(g.cache).state * demand.several(g.cache)) * $last(g.before))));
    if ((!$truth(states))) {
      return null;
    }
    held = total([...demand.caches].map(([before, size, _]) => (size * $last(before))));
    return int(((((SURELY * tokens) / this.context) * held) / states));
  }
  get throughput() {
    let n, one;
    [one, n] = [this.decode_at(this.context), this.sequences];
    return ($truth(one) ? new Rate((one.value * n), (one.low * n), (one.high * n)) : null);
  }
  as_dict() {
    let decode, empty, layout, loaded, prefill, together;
    [loaded, empty, together] = [this.loaded, this.decode_empty, this.throughput];
    [layout, decode, prefill] = [this.layout, this.decode_at(this.context), this.prefill_at(this.context)];
    return dict([["model", loaded.model], ["machine", ($truth(this.rig) ? this.rig.id : null)], ["format", loaded.encoding.id], ["runtime", loaded.program.runtime], ["context", this.context], ["sequences", this.sequences], ["cache_format", loaded.cache_format], ["memory", this.memory.as_dict()], ["spared", this.spared], ["places", [...this.places].map((p) => dict([["name", p.name], ["capacity", p.capacity], ["room", p.room], ["memory", p.memory.as_dict()]]))], ["verdict", this.verdict], ["fits", this.fits], ["runs", this.runs], ["settings", this.settings], ["no_effect", list(this.no_effect)], ["layout", ($truth(layout) ? layout.as_dict() : null)], ["decode", ($truth(decode) ? decode.as_dict() : null)], ["decode_empty", ($truth(empty) ? empty.as_dict() : null)], ["throughput", ($truth(together) ? together.as_dict() : null)], ["pool_tokens", this.pool_tokens], ["prefill", ($truth(prefill) ? prefill.as_dict() : null)], ["time_to_first_token", this.time_to_first_token(this.context)], ["beyond_limit", this.beyond_limit], ["unknown", list(this.unknown)], ["assumed", list(this.assumed)]]);
  }
}

function outcome(loaded, proposals, rig, fitted) {
  let _, asked, demand, fewer, found, most, paces, planned, rate, verdict;
  [demand, asked] = [proposals.demand, proposals.settings];
  if ((rig === null)) {
    found = new Proposal(demand, everything_on_host(demand.sized));
    return new Outcome(loaded, demand.context, demand.sequences, null, found, null, null, asked);
  }
  if (((asked.in_use !== null) || (asked.wired_limit !== null) || (asked.split === "none"))) {
    rig = left(rig, asked);
  }
  paces = _paces(loaded, demand, rig, fitted);
  rate = null;
  if (((fitted !== null) && ($truth(paces) || $truth(_host_is_faster(loaded, demand, rig))))) {
    rate = ((layout) => _pace(loaded, demand, rig, fitted, layout));
  }
  [found, verdict] = proposals.best(rig, paces, rate);
  planned = new Outcome(loaded, demand.context, demand.sequences, rig, found, verdict, fitted, asked);
  if (((verdict === NO) || (asked.max_sequences !== null))) {
    return planned;
  }
  most = planned.stateful;
  if (((most === null) || (most >= demand.program.logit_rows))) {
    return planned;
  }
  fewer = $replace(demand, { program: $replace(demand.program, { logit_rows: max(1, most, demand.sequences) }), computing: dict([]) });
  [found, _] = new Proposals(fewer, asked).best(rig, paces, rate);
  return new Outcome(loaded, demand.context, demand.sequences, rig, found, verdict, fitted, asked);
}

function _host_is_faster(loaded, demand, rig) {
  if (((len(rig.devices) === 1) || $truth(rig.unified) || (demand.program.split !== "layer") || $truth(loaded.sized.whole))) {
    return false;
  }
  return ($or(rig.host.bandwidth, () => 0.0) > $or($item(rig.devices, 0).bandwidth, () => 0.0));
}

function _pace(loaded, demand, rig, fitted, layout) {
  let seconds, speed;
  speed = new Speed(demand, loaded.encoding.packing, layout, rig, fitted);
  seconds = speed.decoding_seconds(decoding(demand.sized, layout, demand.context, demand.sequences));
  return ((seconds === null) ? 0.0 : (1 / seconds));
}

function _paces(loaded, demand, rig, fitted) {
  let alone, count, found, i, pace;
  if (((fitted === null) || $truth(rig.alike) || (demand.program.split !== "layer") || $truth(loaded.sized.whole))) {
    return [];
  }
  found = [];
  count = len(demand.sized.layers);
  for (i of range(len(rig.devices))) {
    alone = new Layout("layer", tuple([...range((len(rig.devices) + 1))].map((j) => ((j <= i) ? 0 : count))), i);
    pace = _pace(loaded, demand, rig, fitted, alone);
    if ((pace === 0.0)) {
      return [];
    }
    found.push(pace);
  }
  return tuple(found);
}

function drafting(found, drafts) {
  let best, drafted, fastest, one, rate;
  [best, fastest] = [$replace(found, { draft: $item(drafts, 0) }), 0.0];
  if (((found.speed === null) || (len(drafts) === 1))) {
    return best;
  }
  for (one of drafts) {
    drafted = $replace(found, { draft: one });
    rate = drafted.decode_at(found.context);
    if (((rate !== null) && (rate.value > fastest))) {
      [best, fastest] = [drafted, rate.value];
    }
  }
  return best;
}

// --- choosing.py: Which format is meant where none is said? What is published, the best that fits; else what people run beside a host.

const USUAL = "Q4_K_M";

const NONE_FITS = "of the published ones, none of which fits";

const LAST = 3;

const FEW = 4;

function meant(first, published, load, room, ask) {
  let found, loaded, name, native, own, p, rank, told;
  found = [];
  for (name of dict.fromkeys([...first, ...published])) {
    try {
      loaded = load(name);
      [own, native] = [loaded.sized, ($has(first, loaded.encoding.id))];
      if ((((own.weights - own.embedding) - own.lookups) <= room)) {
        p = ask(name);
        if ((p.outcome.fits !== false)) {
          return [p, ($truth(native) ? "as published" : "the published one with the most bits that fits")];
        }
      }
      found.push([_beside_a_host(loaded.encoding, native), name]);
    } catch ($) {
      $only($);
      continue;
    }
  }
  told = [];
  for ([rank, name] of sorted(found, ((one) => $item(one, 0)))) {
    if (((rank === LAST) && (len(told) > 0))) {
      break;
    }
    try {
      told.push(ask(name));
    } catch ($) {
      $only($);
      continue;
    }
    if (((rank < LAST) && $truth($last(told).outcome.runs))) {
      return [$last(told), NONE_FITS];
    }
  }
  if ((len(told) > 0)) {
    return [$item(told, 0), NONE_FITS];
  }
  return [ask($item([...first, USUAL], 0)), "none can run"];
}

function offered(rig, wired_limit) {
  if ((rig === null)) {
    return inf;
  }
  return ((wired_limit === null) ? rig.capacity : max(rig.capacity, wired_limit));
}

function _beside_a_host(format, native) {
  if (($truth(native) && (format.bits <= FEW))) {
    return 0;
  }
  if ((format.id === USUAL)) {
    return 1;
  }
  return ((format.bits <= FEW) ? 2 : LAST);
}

// --- exported.py: What does a browser plan with? Programs, formats, devices, models and constants as plain data, put together again.

const LOADED = 1024;

class Exported {
  constructor(programs, encodings, devices, machines, reference_host, hosts, reserved, cache_types, fitted, drafted, models, loaded = dict(), rigs = dict()) { this.programs = programs; this.encodings = encodings; this.devices = devices; this.machines = machines; this.reference_host = reference_host; this.hosts = hosts; this.reserved = reserved; this.cache_types = cache_types; this.fitted = fitted; this.drafted = drafted; this.models = models; this.loaded = loaded; this.rigs = rigs; }
  static of(data) {
    return new Exported(tuple([...$item(data, "programs")].map((row) => _program(row))), dict([...$item(data, "formats").entries()].map(([name, row]) => [name, encoding_of(name, row)])), $item(data, "devices"), $item(data, "machines"), new HostMemory($item($item(data, "reference_host"), 0), $item($item(data, "reference_host"), 1), false), $item(data, "hosts"), $item(data, "reserved"), $item(data, "cache_types"), Fitted.of($item(data, "constants")), _experience($item(data, "drafted")), $item(data, "models"));
  }
  model(name) {
    let found;
    found = _found(this.models, name, "model");
    return found;
  }
  encoding(model, name) {
    let own;
    own = $item(model, "files").get(name);
    return ((own === null) ? _found(this.encodings, name, "format") : encoding_of(name, own));
  }
  rig(name) {
    if ((!$has(this.rigs, name))) {
      $put(this.rigs, name, this.built(name, _found(this.machines, name, "machine")));
    }
    return $item(this.rigs, name);
  }
  built(name, machine) {
    let host, own;
    host = $item(machine, "host");
    own = ((host === null) ? this.reference_host : _host(_found(this.hosts, host, "host")));
    return assembled(name, this.units(machine), own, this.reserved, $item(machine, "nodes"), $item(machine, "network"));
  }
  units(machine) {
    let node;
    node = [...$item(machine, "devices")].map(([name, count, size]) => [this._unit(name, size), count]);
    return tuple((() => { const $ = []; for (const _ of range($item(machine, "nodes"))) for (const [unit, count] of node) for (const _ of range(count)) $.push(unit); return $; })());
  }
  _unit(name, size) {
    let assumed, box, capacity, device;
    device = _found(this.devices, name, "device");
    for ([box, capacity, assumed] of $item(device, "sizes")) {
      if (((size === null) || (box === size))) {
        return new Unit(name, box, capacity, assumed, $item(device, "bandwidth"), new Card(name, ...$item(device, "card")), $item(device, "unified"), tuple($item(device, "backends")), $item(device, "watts"));
      }
    }
    throw new SizingError((str(name) + " is not sold with " + str(size) + " bytes; choose one of its sizes"));
  }
  load(model, format, rig, runtime, cache_format) {
    let encoding, its, key, program, sized, wider;
    its = this.model(model);
    if ($truth($item(its, "refusal"))) {
      throw new SizingError($item(its, "refusal"));
    }
    encoding = this.encoding(its, format);
    program = settle(encoding, this.programs, ($truth(rig) ? rig.backends : []), runtime, ($truth(rig) ? rig.capability : null));
    key = [model, format, program.runtime, cache_format];
    if ((!$has(this.loaded, key))) {
      if ((len(this.loaded) >= LOADED)) {
        this.loaded.clear();
      }
      possible_type(cache_format, $item(this.cache_types, program.runtime));
      $put(this.loaded, key, _sized(its, format, program, cache_format));
    }
    [sized, wider] = [$item(this.loaded, key), $item($item($item($item(its, "caches"), program.runtime), cache_format), "widening")];
    if ((rig !== null)) {
      program = at_home(program, rig);
    }
    return new Loaded(its.get("id", model), $item(its, "limit"), encoding, cache_format, program, sized, wider);
  }
  own_drafter(model, format, loaded) {
    let cache, encoding, held, its, one, own, runtime, work;
    [its, encoding] = [this.model(model), loaded.encoding];
    if (($item(its, "mtp") === null)) {
      throw new SizingError((str(loaded.model) + " has no multi-token-prediction layers; name a draft model"));
    }
    [work, runtime] = [$item($item(its, "shape"), "drafter"), loaded.program.runtime];
    held = $item($item($item(its, "weights"), sized_key(format, loaded.program.gguf)), "drafter");
    cache = _cache($item($item($item($item($item(its, "caches"), runtime), loaded.cache_format), "mtp"), 0));
    one = _layer_of(held, work, cache);
    own = $replace(loaded.sized, { layers: [one], lookups: 0, total_parameters: $item(work, 3), active_parameters: $item(work, 4) });
    return new Drafter(own, encoding.packing, true);
  }
  beside(model, format, loaded) {
    let computing, each, found, item, its, mtp, names, program, rows, size, towers, unasked, whole;
    [its, program] = [this.model(model), loaded.program];
    found = [];
    if ($truth($item(its, "apart"))) {
      found.push(new Part("others", tuple($item(its, "apart")), null, null, [], false));
    }
    [towers, mtp] = [$item(its, "towers"), $item(its, "mtp")];
    if ((towers !== null)) {
      [size, unasked, computing, item, each, whole] = $item($item(towers, "bytes"), program.runtime);
      names = tuple($item(towers, "names"));
      found.push(new Part("towers", names, $item(towers, "parameters"), size, [], unasked, computing, item, each, whole));
    }
    if ((mtp !== null)) {
      size = $item($item($item(its, "weights"), sized_key(format, program.gguf)), "mtp");
      rows = $item($item($item($item(its, "caches"), program.runtime), loaded.cache_format), "mtp");
      found.push(new Part("mtp", ["mtp"], mtp, size, tuple([...rows].map((row) => _cache(row))), false));
    }
    return tuple(found);
  }
}

function _host(row) {
  return new HostMemory($item(row, 0), $item(row, 1));
}

function _experience(told) {
  return new Experience(tuple([...$item(told, "rows")].map((row) => new Kept(...row))), $item(told, "low"), $item(told, "high"));
}

function _found(entries, name, what) {
  if ((!$has(entries, name))) {
    throw new SizingError(("no " + str(what) + " " + str(name) + " was exported"));
  }
  return $item(entries, name);
}

function encoding_of(name, row) {
  return new Encoding(($truth(row.slice(4)) ? $item(row, 4) : name), $item(row, 0), tuple($item(row, 1)), $item(row, 2), $item(row, 3));
}

function _program(row) {
  let contexts, defaults, formats, measured, plain, small, stated;
  [plain, defaults, small, contexts, formats] = row;
  measured = tuple([...contexts].map((one) => [$item(one, 0), $item(one, 1)]));
  stated = [...plain, tuple([...defaults].map((one) => new Defaults(...one))), tuple(small), measured, tuple(formats)];
  return new Program(...stated);
}

function sized_key(format, gguf) {
  return ($truth(gguf) ? (str(format) + "/gguf") : format);
}

function _sized(model, format, program, cache_format) {
  let bytes_of, caches, kept, parts, refused, shape, weights, work_of;
  weights = _found($item(model, "weights"), sized_key(format, program.gguf), "weights of this model in");
  caches = _found(_found($item(model, "caches"), program.runtime, "cache of this model for"), cache_format, "cache type");
  for (refused of [weights, caches]) {
    if (($has(refused, "refusal"))) {
      throw new SizingError($item(refused, "refusal"));
    }
  }
  shape = $item(model, "shape");
  kept = $item(caches, "layers");
  parts = unrolled([...$item(kept, "rows")].map((row) => _cache(row)), $item(kept, "runs"));
  bytes_of = unrolled($item($item(weights, "layers"), "rows"), $item($item(weights, "layers"), "runs"));
  work_of = unrolled($item($item(shape, "layers"), "rows"), $item($item(shape, "layers"), "runs"));
  return new Sized(tuple([...range(len(parts))].map((i) => _layer_of($item(bytes_of, i), $item(work_of, i), $item(parts, i)))), $item(weights, "embedding"), $item(weights, "lookups"), $item(weights, "output"), $item(shape, "output_flops"), $item(shape, "tied"), new Widths(...$item(shape, "widths")), $item(shape, "experts"), $item(shape, "experts_per_token"), $item(shape, "total_parameters"), $item(shape, "active_parameters"), $item(shape, "whole"), $item(shape, "answers"), $item(weights, "padding"), $item(weights, "unpacked"), $item(weights, "own_head"));
}

function unrolled(rows, runs) {
  return (() => { const $ = []; for (const [row, count] of runs) for (const _ of range(count)) $.push($item(rows, row)); return $; })();
}

function _layer_of(held, work, cache) {
  return new SizedLayer($item(held, 0), $item(held, 1), $item(work, 0), cache, $item(work, 1), $item(work, 2), $item(held, 2), $item(held, 3));
}

function _cache(row) {
  let compressed;
  compressed = tuple([...$item(row, 3)].map((entry) => new Compressed(...entry)));
  return new CachePart($item(row, 0), $item(row, 1), $item(row, 2), compressed, ...row.slice(4));
}

// --- ranking.py: Which answers does no other beat? Plain figures: scores and what difference says nothing, seconds, price, watts.

const AS_SOON = 0.1;

class Scored {
  constructor(score, spread, seconds, whole = true, firm = true) { this.score = score; this.spread = spread; this.seconds = seconds; this.whole = whole; this.firm = firm; }
}

function front(answers, tie) {
  let kept, mine, place;
  kept = [];
  for (place of _by(range(len(answers)), [...answers].map((x) => x.seconds), [...answers].map((x) => (-x.score)))) {
    mine = $item(answers, place);
    if ($truth(all([...kept].map((i) => ((mine.score - $item(answers, i).score) > apart(mine, $item(answers, i), tie)))))) {
      kept = [place, ...kept];
    }
  }
  return tuple(kept);
}

function apart(a, b, tie) {
  if (((a.spread > 0) && (b.spread > 0))) {
    return sqrt(((a.spread * a.spread) + (b.spread * b.spread)));
  }
  return tie;
}

function _by(places, first, second) {
  let at, ordered, place;
  ordered = [];
  for (place of places) {
    at = len(ordered);
    while (((at > 0) && $truth(_before(place, $item(ordered, (at - 1)), first, second)))) {
      at = (at - 1);
    }
    ordered = [...ordered.slice(0, at), place, ...ordered.slice(at)];
  }
  return ordered;
}

function _before(a, b, first, second) {
  return $or(($item(first, a) < $item(first, b)), () => $and(($item(first, a) === $item(first, b)), () => ($item(second, a) < $item(second, b))));
}

class Purchase {
  constructor(scored, price, watts) { this.scored = scored; this.price = price; this.watts = watts; }
}

function beats(a, b, tie) {
  let as_much, near;
  if (($truth(b.scored.firm) && (!$truth(a.scored.firm)))) {
    return false;
  }
  near = ((a.price < b.price) ? (1 + AS_SOON) : 1.0);
  as_much = $and((a.price <= b.price), () => $and((a.watts <= b.watts), () => (a.scored.seconds <= (b.scored.seconds * near))));
  return $and(as_much, () => ((b.scored.score - a.scored.score) <= apart(a.scored, b.scored, tie)));
}

function unbeaten(offers, tie) {
  let kept, place;
  kept = [];
  for (place of _in_turn(offers)) {
    if ((!$truth(any([...kept].map((i) => beats($item(offers, i), $item(offers, place), tie)))))) {
      kept.push(place);
    }
  }
  return tuple(kept);
}

function _in_turn(offers) {
  let firm, just, places;
  firm = [...range(len(offers))].filter((i) => $truth($item(offers, i).scored.firm));
  just = [...range(len(offers))].filter((i) => (!$truth($item(offers, i).scored.firm)));
  places = _by([...firm, ...just], [...offers].map((x) => x.scored.seconds), [...offers].map((x) => (-x.scored.score)));
  return _by(places, [...offers].map((x) => x.price), [...offers].map((x) => x.watts));
}

// --- listing.py: Which answers would a person want listed? Of those that none beats the ones near the best, the newer of equals; and

const NEAR_BEST = (2 / 3);

const NEAR_RATED = 120.4;

const SAME_SIZE = 0.1;

const LISTED = 6;

const NEWEST = 3;

const SHOWN = (LISTED + (2 * NEWEST));

const EXPECTED = "expected";

const FRONT = "front";

const BESIDE = "beside";

const BEATEN = "beaten";

const NEWER = "newer";

const UNSCORED = "unscored";

class Released {
  constructor(maker, day, parameters) { this.maker = maker; this.day = day; this.parameters = parameters; }
}

function listed(answers, released, tie, least) {
  let better, both, kept, known, place, plain;
  known = _worth(answers, released, tie, least);
  kept = _in_turn_sooner(answers, known, tie);
  plain = [...known].filter((i) => ($truth($item(answers, i).whole) && $truth($item(answers, i).firm)));
  if ($truth(all([...kept].map((i) => $and($item(answers, i).whole, () => $item(answers, i).firm))))) {
    return kept;
  }
  both = list(dict.fromkeys([...kept, ..._in_turn_sooner(answers, plain, tie)]));
  better = sorted(both, ((i) => [(-$item(answers, i).score), $item(answers, i).seconds]));
  kept = [];
  for (place of better) {
    if ((!$truth(any([...kept].map((i) => _stands_for($item(answers, i), $item(answers, place), tie)))))) {
      kept.push(place);
    }
  }
  return kept;
}

function others_best(answers, released, front, tie, least) {
  let best, i, maker, makers, own;
  own = dict.fromkeys([...front].map((i) => $item(released, i).maker));
  makers = dict([]);
  for (i of _worth(answers, released, tie, least)) {
    maker = $item(released, i).maker;
    if ((!$has(own, maker))) {
      if ((!$has(makers, maker))) {
        $put(makers, maker, []);
      }
      $item(makers, maker).push(i);
    }
  }
  best = [...makers.entries()].map(([_, places]) => _best(answers, places, tie));
  return sorted(best, ((i) => [(-$item(answers, i).score), $item(answers, i).seconds])).slice(0, max(0, (LISTED - len(front))));
}

function _worth(answers, released, tie, least) {
  return [...range(len(answers))].filter((i) => (($item(answers, i).score >= least) && (!$truth(_followed(answers, released, i, tie)))));
}

function _in_turn_sooner(answers, among, tie) {
  let best, kept, left;
  kept = [];
  left = list(among);
  while ($truth(left)) {
    best = $item(answers, _best(answers, left, tie));
    kept.push(_best(answers, left, tie));
    left = [...left].filter((i) => (!($truth(soon(best, $item(answers, i))) || $truth(_with_room(best, $item(answers, i), tie)))));
  }
  return kept;
}

function _with_room(a, b, tie) {
  return $and(a.firm, () => $and((!$truth(b.firm)), () => as_good(a, b, tie)));
}

function _best(answers, among, tie) {
  let alike, firm, i, soonest, top;
  top = $item(answers, _highest(answers, among));
  alike = [...among].filter((i) => $truth(as_good($item(answers, i), top, tie)));
  firm = [...alike].filter((i) => $truth($item(answers, i).firm));
  alike = ((len(firm) > 0) ? firm : alike);
  soonest = $item(alike, 0);
  for (i of alike) {
    if (($item(answers, i).seconds < $item(answers, soonest).seconds)) {
      soonest = i;
    }
  }
  return _highest(answers, [...alike].filter((i) => $truth(soon($item(answers, i), $item(answers, soonest)))));
}

function _highest(answers, among) {
  let found, i, more;
  found = $item(among, 0);
  for (i of among) {
    more = ($item(answers, i).score - $item(answers, found).score);
    if (((more > 0) || ((more === 0) && ($item(answers, i).seconds < $item(answers, found).seconds)))) {
      found = i;
    }
  }
  return found;
}

function _followed(answers, released, place, tie) {
  let i, other;
  for ([i, other] of enumerate(answers)) {
    if (($truth(follows($item(released, i), $item(released, place))) && $truth(_stands_for(other, $item(answers, place), tie)))) {
      return true;
    }
  }
  return false;
}

function follows(a, b) {
  let newer;
  newer = $and((a.maker === b.maker), () => (a.day > b.day && b.day > ""));
  return $and(newer, () => (((1 - SAME_SIZE) * b.parameters) <= a.parameters && a.parameters <= ((1 + SAME_SIZE) * b.parameters)));
}

function _stands_for(a, b, tie) {
  return $and($or(a.whole, () => (!$truth(b.whole))), () => $and($or(a.firm, () => (!$truth(b.firm))), () => $and(soon(a, b), () => as_good(a, b, tie))));
}

function as_good(a, b, tie) {
  return ((b.score - a.score) <= apart(a, b, tie));
}

function soon(a, b) {
  return (a.seconds <= (b.seconds * (1 + AS_SOON)));
}

function least_listed(best, chance, rating) {
  return ($truth(rating) ? (best - NEAR_RATED) : (chance + (NEAR_BEST * (best - chance))));
}

// --- own.py: What does a speed of one's own say? It corrects what is predicted of the same machine, and narrows its range.

const SLACK = 1.1;

const UNSTATED = 4.0;

function measurable(rate, machine) {
  if ((rate <= 0)) {
    throw new SizingError(($general(rate, 6) + " is no measured speed; give tokens/s, such as 71.3"));
  }
  if ((!$truth(machine))) {
    throw new SizingError("a measured speed without a machine says nothing; name the machine too");
  }
}

function _near(measured, asked) {
  if (((asked === null) || (asked.packing !== measured.packing))) {
    return "other";
  }
  return (((asked.demand.sized.experts > 0) === (measured.demand.sized.experts > 0)) ? "kin" : "other");
}

function corrected(found, alone, rate, depth, same, prompt = 0) {
  let does, expected, expecting, fitted, format, limit, machine, model, more, most, near, of, right, speed, test, told, why;
  [model, format] = [alone.loaded.model, alone.loaded.encoding.id];
  machine = ($truth(found.rig) ? found.rig.id : "");
  [speed, fitted] = [alone.speed, alone.fitted];
  expected = ($truth(prompt) ? alone.prefill_at(prompt, depth) : alone.decode_at(depth));
  if (((speed === null) || (expected === null) || (fitted === null))) {
    why = list(alone.unknown).join(", ");
    more = ($truth(why) ? (": " + str(why) + " undisclosed") : ": it does not run there");
    throw new SizingError((str(model) + " in " + str(format) + " has no speed on " + str(machine) + " to compare" + str(more)));
  }
  most = ($truth(prompt) ? (UNSTATED * speed.most_prefill(prompt, depth)) : (SLACK * speed.most(depth)));
  if ((rate > most)) {
    [does, right] = ($truth(prompt) ? ["compute", "the speed of one prompt"] : ["read", "one user's speed without a draft"]);
    limit = (str(machine) + " can " + str(does) + " of " + str(model) + " in " + str(format) + " (" + str(_written(most)) + ")");
    throw new SizingError(($general(rate, 6) + " tokens/s is more than " + str(limit) + "; give " + str(right)));
  }
  near = ($truth(same) ? "same" : _near(speed, found.speed));
  test = ($truth(prompt) ? "prefill" : "decode");
  told = fitted.told(test, (rate / expected.value), speed.seen(test), near);
  of = ($truth(prompt) ? (" of a prompt of " + str(prompt) + " tokens") : "");
  expecting = ("where " + str(_written(expected.value)) + " were expected");
  return [$replace(found, { fitted: told }), ("corrected by your " + $general(rate, 6) + " tokens/s" + str(of) + " of " + str(model) + " in " + str(format) + ", " + str(expecting))];
}

function _written(rate) {
  return ((rate < 1000) ? ($general(rate, 4)) : (str(round(rate))));
}

// --- ways.py: What would make it fit, or fit better? The nearest changes of a plan that does not fit, each with its own plan.

const CACHE_TYPES = ["q8_0", "8bit", "fp8", "q4_0", "4bit"];

const HOSTS = [32, 64, 96, 128, 192, 256, 384, 512, 768, 1024];

const STEP = 256;

const UNLIMITED = 1048576;

const CROWD = 1024;

const DEVICES = 8;

class Way {
  constructor(change, to, plan) { this.change = change; this.to = to; this.plan = plan; }
  as_dict() {
    let decode, found;
    found = this.plan.outcome;
    decode = found.decode_at(found.context);
    return dict([["change", this.change], ["to", this.to], ["verdict", found.verdict], ["total", found.memory.total], ["decode", ($truth(decode) ? decode.as_dict() : null)]]);
  }
}

function longest(limit, fits) {
  let steps;
  steps = max(1, $div(((limit === null) ? UNLIMITED : limit), STEP));
  if ($truth(fits((steps * STEP)))) {
    return (steps * STEP);
  }
  return (most(((count) => fits((count * STEP))), (steps - 1)) * STEP);
}

function ways_out(p, rig, reserved, caches, encodings, longest_context, ask) {
  let found, longest_that_fits, shorter;
  if (((rig === null) || $truth(p.outcome.fits))) {
    return [];
  }
  longest_that_fits = $or(longest_context(), () => 0);
  shorter = ((0 < longest_that_fits && longest_that_fits < p.outcome.context) ? [longest_that_fits] : []);
  found = [_first("cache_format", _caches(p.outcome, caches), ask, ((one) => bool(one.outcome.fits))), _first("format", _formats(p.outcome, encodings), ask, ((one) => _smaller(one.outcome, p.outcome))), _first("context", shorter, ask, ((one) => true)), _first("devices", _devices(p.outcome, rig), ask, ((one) => bool(one.outcome.fits))), _first("host_memory", _hosts(p.outcome, rig, reserved), ask, ((one) => bool(one.outcome.runs)))];
  return tuple([...found].filter((way) => (way !== null)));
}

function _first(change, choices, ask, suits) {
  let found, to;
  for (to of choices) {
    try {
      found = ask(change, to);
    } catch ($) {
      $only($);
      continue;
    }
    if ($truth(suits(found))) {
      return new Way(change, to, found);
    }
  }
  return null;
}

function _caches(found, caches) {
  return (($has(["f16", "bf16"], found.loaded.cache_format)) ? [...CACHE_TYPES].filter((kind) => ($has(caches, kind))) : []);
}

function _formats(found, encodings) {
  let own, readable;
  own = found.loaded;
  readable = [...encodings].filter((x) => ((x.loss !== null) && ($has(x.runtimes, own.program.runtime))));
  return [...sorted(readable, ((x) => [x.loss, x.id]))].filter((x) => (x.id !== own.encoding.id)).map((x) => x.id);
}

function _smaller(one, other) {
  return $and(bool(one.fits), () => (one.memory.weights < other.memory.weights));
}

function _devices(found, rig) {
  let asked, last, soldered;
  asked = found.asked;
  last = $last(rig.devices).card;
  soldered = $and((last !== null), () => last.soldered);
  if (($truth(rig.unified) || (rig.nodes > 1) || $truth(soldered) || $truth(asked.in_use) || $truth(asked.placed))) {
    return [];
  }
  return list(range(1, ((DEVICES + 1) - len(rig.devices))));
}

function _hosts(found, rig, reserved) {
  if (($truth(found.runs) || $truth(rig.unified))) {
    return [];
  }
  return [...HOSTS].filter((size) => (((size * GIB) - reserved) > rig.host.capacity)).map((size) => (size * GIB));
}

// --- planned.py: What does a browser answer? The plan of a question in the words of ``sizing.plan``, made of what was exported.

const WORDS = ["model", "machine", "host", "format", "said_format", "context", "cache_format", "runtime", "sequences", "split", "layers_on_device", "experts_on_host", "tensor_split", "micro_batch", "utilization", "max_sequences", "vision", "mtp", "swa_full", "flash_attention", "lora", "draft", "draft_tokens", "acceptance", "power_limit", "slots", "unified", "in_use", "wired_limit", "measured"];

class Measured {
  constructor(rate, depth, prompt, model, format) { this.rate = rate; this.depth = depth; this.prompt = prompt; this.model = model; this.format = format; }
}

class Asked {
  constructor(model, rig, format, context, cache_format = "f16", runtime = null, sequences = 1, settings = DEFAULT, measured = null, said_format = null, offer = null, drafter = null, draft_tokens = null, acceptance = null) { this.model = model; this.rig = rig; this.format = format; this.context = context; this.cache_format = cache_format; this.runtime = runtime; this.sequences = sequences; this.settings = settings; this.measured = measured; this.said_format = said_format; this.offer = offer; this.drafter = drafter; this.draft_tokens = draft_tokens; this.acceptance = acceptance; }
  get drafts() {
    return $or((this.settings.mtp === true), () => (this.drafter !== null));
  }
}

class Planned {
  constructor(exported, asked, outcome, beside, held, notes = []) { this.exported = exported; this.asked = asked; this.outcome = outcome; this.beside = beside; this.held = held; this.notes = notes; }
  get longest_context() {
    if ((this.asked.rig === null)) {
      return null;
    }
    return longest(this.outcome.loaded.limit, ((context) => this._fits($replace(this.asked, { context: context }))));
  }
  get most_sequences() {
    if (((this.asked.rig === null) || (this.asked.settings.slots !== null))) {
      return null;
    }
    return most(((count) => this._fits($replace(this.asked, { sequences: count }))), CROWD);
  }
  _fits(asked) {
    return bool(plan(this.exported, asked).outcome.fits);
  }
  get ways_out() {
    let exported;
    exported = this.exported;
    return ways_out(this, this.asked.rig, exported.reserved, $item(exported.cache_types, this.outcome.loaded.program.runtime), [...exported.encodings.entries()].map(([_, encoding]) => encoding), (() => this.longest_context), ((change, to) => plan(exported, this._changed(change, to))));
  }
  _changed(change, to) {
    let asked, rig;
    [asked, rig] = [this.asked, this.asked.rig];
    if ((change === "cache_format")) {
      return $replace(asked, { cache_format: to });
    }
    if ((change === "format")) {
      return $replace(asked, { format: to, runtime: this.outcome.loaded.program.runtime });
    }
    if (((change === "context") || (rig === null))) {
      return $replace(asked, { context: to });
    }
    if ((change === "devices")) {
      return $replace(asked, { rig: with_more(rig, to) });
    }
    return $replace(asked, { rig: with_host_memory(rig, (to - this.exported.reserved)) });
  }
  as_dict() {
    let found, part, parts, told;
    found = this.outcome.as_dict();
    parts = [];
    for (part of this.beside) {
      told = part.as_dict();
      $put(told, "loaded", ($has(this.held, part)));
      parts.push(told);
    }
    $put(found, "beside", parts);
    $put(found, "longest_context", this.longest_context);
    $put(found, "most_sequences", this.most_sequences);
    $put(found, "ways_out", [...this.ways_out].map((way) => way.as_dict()));
    $put(found, "remarks", list(this.notes));
    $put(found, "offer", this.asked.offer);
    return found;
  }
}

function plan(exported, asked) {
  let again, beside, demand, found, held, kind, loaded, own, planned, rig, settings;
  possible(asked.context, asked.sequences);
  if ((asked.format === null)) {
    return _meant(exported, asked);
  }
  loaded = exported.load(asked.model, asked.format, asked.rig, asked.runtime, asked.cache_format);
  beside = exported.beside(asked.model, asked.format, loaded);
  rig = asked.rig;
  check(asked.settings, loaded.program, loaded.sized, rig, asked.sequences);
  settings = alone(asked.settings, rig);
  asked = $replace(asked, { settings: settings });
  if (((settings.flash_attention === false) && (loaded.widening > 1))) {
    kind = asked.cache_format;
    throw new SizingError(("a cache of " + str(kind) + " needs flash attention for its values; leave -fa on, or f16"));
  }
  held = loaded_of(beside, settings);
  demand = _demand(loaded, asked, held);
  found = outcome(loaded, new Proposals(demand, settings), rig, ($truth(rig) ? exported.fitted : null));
  if ($truth(asked.drafts)) {
    found = drafting(found, _drafts(exported, asked, loaded));
    if (((settings.drafted === 0) && (found.draft !== null) && ($last(loaded.sized.states) > 0))) {
      own = $replace(settings, { drafted: found.draft.tokens });
      demand = _demand(loaded, $replace(asked, { settings: own }), held);
      again = outcome(loaded, new Proposals(demand, own), rig, ($truth(rig) ? exported.fitted : null));
      found = $replace(again, { draft: found.draft });
    }
  } else {
    undrafted(asked.draft_tokens, asked.acceptance);
  }
  planned = new Planned(exported, asked, found, beside, held, tuple(exported.model(asked.model).get("remarks", [])));
  return ((asked.measured === null) ? planned : _corrected(planned, asked.measured));
}

function _meant(exported, asked) {
  let found, its, note, reason;
  its = exported.model(asked.model);
  if ($truth(its.get("refused"))) {
    throw new SizingError($item(its, "refused"));
  }
  if ($truth(its.get("said"))) {
    [found, reason] = [plan(exported, $replace(asked, { format: $item(its, "said") })), "as the file holds it"];
  } else {
    if ((asked.said_format !== null)) {
      [found, reason] = [plan(exported, $replace(asked, { format: asked.said_format })), "by the name's ending"];
    } else {
      [found, reason] = meant($item(its, "first"), $item(its, "published"), ((name) => exported.load(asked.model, name, asked.rig, asked.runtime, asked.cache_format)), offered(asked.rig, asked.settings.wired_limit), ((name) => plan(exported, $replace(asked, { format: name }))));
    }
  }
  note = ("format " + str(found.outcome.loaded.encoding.id) + ": not named; " + str(reason));
  return $replace(found, { notes: [...found.notes, note] });
}

function _drafts(exported, asked, loaded) {
  let drafted, family, own, program, words;
  possible_drafts(asked.draft_tokens, asked.acceptance);
  if ((asked.drafter !== null)) {
    [words, drafted, program] = [loaded.sized.widths.vocab, asked.drafter.sized.widths.vocab, loaded.program];
    of_one_vocabulary(program.runtime, program.gguf, words, drafted);
  }
  own = ((asked.drafter === null) ? exported.own_drafter(asked.model, asked.format, loaded) : asked.drafter);
  family = exported.model(asked.model).get("family");
  return drafts_of(own, exported.drafted, family, loaded.model, asked.draft_tokens, asked.acceptance);
}

function _demand(loaded, asked, held) {
  let beside, program, settings, slots, text;
  settings = asked.settings;
  text = ($truth(loaded.sized.whole) ? asked.context : 0);
  [program, slots] = [set_up(loaded.program, settings, text), $or(settings.slots, () => 0)];
  beside = taken(held, program.page, asked.context, ($truth(slots) ? 1 : asked.sequences));
  beside = beside.plus(new Memory(undefined, undefined, drafting_buffers(held, loaded.sized, program, asked.context)));
  if ((settings.draft !== null)) {
    beside = beside.plus(new Memory(...settings.draft));
  }
  return new Demand(adapted(loaded.sized, settings.lora), program, asked.context, asked.sequences, slots, loaded.widening, beside, settings.unified, tried(held, program.batched_tokens), settings.drafted, repeated(held));
}

function _corrected(planned, own) {
  let alone, asked, corrected_by, found, held, loaded, note, other, same, settings;
  [asked, found] = [planned.asked, planned.outcome];
  measurable(own.rate, (asked.rig !== null));
  loaded = found.loaded;
  same = $or((own.model === null), () => $and((own.model === loaded.model), () => $or((own.format === null), () => (own.format === loaded.encoding.id))));
  if (($truth(same) || (own.model === null))) {
    other = $replace(asked, { sequences: 1, measured: null });
    if (((asked.sequences > 1) || $truth(asked.drafts))) {
      settings = $replace(asked.settings, { mtp: null, draft: null });
      other = $replace(other, { settings: settings, drafter: null, draft_tokens: null, acceptance: null });
    }
  } else {
    held = ((own.depth + own.prompt) + 1);
    other = new Asked(own.model, asked.rig, own.format, held, undefined, loaded.program.runtime);
  }
  alone = plan(planned.exported, other).outcome;
  [corrected_by, note] = corrected(found, alone, own.rate, own.depth, same, own.prompt);
  return $replace(planned, { outcome: corrected_by, notes: [...planned.notes, note] });
}

function _measured(own) {
  let depth, prompt;
  prompt = _or(own.get("prompt"), 0);
  depth = _or(own.get("depth"), ($truth(prompt) ? 0 : EMPTY));
  return new Measured($item(own, "rate"), depth, prompt, own.get("model"), own.get("format"));
}

function asked_of(exported, data) {
  let draft, own, rig, sold, word;
  for (word of data) {
    if ((!$has(WORDS, word))) {
      throw new SizingError((str(word) + " is nothing that can be asked; known are " + str(list(WORDS).join(", "))));
    }
  }
  possible($item(data, "context"), _or(data.get("sequences"), 1));
  draft = ((data.get("draft") === null) ? null : _draft(exported, data, $item(data, "draft")).outcome);
  [own, rig] = [data.get("measured"), rig_of(exported, data)];
  sold = sold_as(exported, data);
  return new Asked($item(data, "model"), rig, data.get("format"), $item(data, "context"), _or(data.get("cache_format"), "f16"), data.get("runtime"), _or(data.get("sequences"), 1), _settings(data, ((draft === null) ? null : draft.memory)), $and(own, () => _measured(own)), data.get("said_format"), $and(sold, () => $item(sold, "offer")), ((draft === null) ? null : new Drafter(draft.loaded.sized, draft.loaded.encoding.packing, false)), data.get("draft_tokens"), data.get("acceptance"));
}

function rig_of(exported, data) {
  let host, machine, memory, rig, sold, units, watts;
  [machine, host, watts] = [data.get("machine"), data.get("host"), data.get("power_limit")];
  if ((machine === null)) {
    if ((host !== null)) {
      throw new SizingError("a host without a machine says nothing; name the machine too");
    }
    if ((watts !== null)) {
      throw new SizingError("a power limit is of a machine; name one");
    }
    return null;
  }
  sold = (machine.get("devices") === null);
  rig = ($truth(sold) ? exported.rig($item(machine, "id")) : exported.built($item(machine, "id"), machine));
  if ((host !== null)) {
    memory = new HostMemory($item(host, "memory"), $item(host, "bandwidth"), true, $item(host, "stated"), _or(host.get("alone"), false));
    rig = hosted(rig, memory, exported.reserved);
  }
  if ((watts !== null)) {
    units = exported.units(($truth(sold) ? $item(exported.machines, $item(machine, "id")) : machine));
    rig = limited(rig, watts, [...units].map((unit) => unit.watts));
  }
  return rig;
}

function sold_as(exported, data) {
  let machine;
  machine = data.get("machine");
  if (((machine === null) || (machine.get("devices") !== null) || (data.get("host") !== null))) {
    return null;
  }
  return $item(exported.machines, $item(machine, "id"));
}

function _settings(data, draft) {
  return new Settings(data.get("split"), data.get("layers_on_device"), data.get("experts_on_host"), _each(data.get("tensor_split")), data.get("micro_batch"), data.get("utilization"), data.get("max_sequences"), data.get("vision"), data.get("mtp"), _or(data.get("swa_full"), false), data.get("flash_attention"), _or(data.get("lora"), 0), ((draft === null) ? null : [draft.weights, draft.cache, draft.buffers]), data.get("slots"), _or(data.get("unified"), false), _each(data.get("in_use")), data.get("wired_limit"), _or(data.get("draft_tokens"), 0));
}

function _draft(exported, data, draft) {
  let kind;
  kind = _or(data.get("cache_format"), "f16");
  return plan(exported, new Asked($item(draft, "model"), null, draft.get("format"), $item(data, "context"), kind));
}

function _or(said, otherwise) {
  return ((said === null) ? otherwise : said);
}

function _each(said) {
  return ((said === null) ? null : tuple(said));
}

// --- question.py: What is asked of a search? A use, and what limits the answer.

class Use {
  constructor(subject, context, prompt, answer, sequences, min_decode, wait, tools = false) { this.subject = subject; this.context = context; this.prompt = prompt; this.answer = answer; this.sequences = sequences; this.min_decode = min_decode; this.wait = wait; this.tools = tools; }
}

const USES = dict([["chat", new Use("general", 8192, 512, 512, 1, 8, 90)], ["coding", new Use("code", 32768, 8192, 1024, 1, 15, 180)], ["documents", new Use("general", 32768, 24576, 512, 1, 5, 300)], ["agents", new Use("code", 65536, 16384, 1024, 1, 20, 300, true)], ["team", new Use("general", 8192, 1024, 512, 8, 8, 180)]]);

class Question {
  constructor(use = "chat", context = null, sequences = null, min_decode = null, wait = null, thinking = null, chinese = false, benchmark = null, licenses = [], format = null, cache_format = "f16", runtime = null, max_loss = 0.06, offload = true, vision = false, languages = [], tools = false, in_use = [], wired_limit = null) { this.use = use; this.context = context; this.sequences = sequences; this.min_decode = min_decode; this.wait = wait; this.thinking = thinking; this.chinese = chinese; this.benchmark = benchmark; this.licenses = licenses; this.format = format; this.cache_format = cache_format; this.runtime = runtime; this.max_loss = max_loss; this.offload = offload; this.vision = vision; this.languages = languages; this.tools = tools; this.in_use = in_use; this.wired_limit = wired_limit; }
  check() {
    let least, name, one, value;
    if ((!$has(USES, this.use))) {
      throw new SizingError(("'" + str(this.use) + "' is no use; say one of " + str(list(USES).join(", "))));
    }
    for (one of this.languages) {
      if ((!$has([2, 3], len(one)))) {
        throw new SizingError(("'" + str(one) + "' is no language's code; say one such as zh, ja or en"));
      }
    }
    for ([name, value, least] of [["context", this.context, 1], ["sequences", this.sequences, 1], ["min decode", this.min_decode, 0], ["wait", this.wait, 0], ["max loss", this.max_loss, 0]]) {
      if (((value !== null) && (!(value >= least)))) {
        throw new SizingError((str(value) + " is no " + str(name) + "; give a number from " + str(least) + " on"));
      }
    }
  }
  get needs() {
    let context, use;
    use = $item(USES, this.use);
    context = ((this.context === null) ? use.context : this.context);
    return new Use(($truth(this.chinese) ? "chinese" : use.subject), context, min(use.prompt, $div(context, 2)), min(use.answer, (context - $div(context, 2))), $or(this.sequences, () => use.sequences), ((this.min_decode === null) ? use.min_decode : this.min_decode), ((this.wait === null) ? use.wait : this.wait), $or(this.tools, () => use.tools));
  }
}

class Kind {
  constructor(limit, senses, license, languages, tools) { this.limit = limit; this.senses = senses; this.license = license; this.languages = languages; this.tools = tools; }
}

function takes(question, licenses, kind, lenient = false) {
  let unsaid;
  if (((kind.limit !== null) && (kind.limit < question.needs.context))) {
    return false;
  }
  if (($truth(question.vision) && (!$has(kind.senses, "vision")))) {
    return false;
  }
  if (($truth(question.needs.tools) && (!$truth(kind.tools)) && (!($truth(lenient) && (kind.tools === null))))) {
    return false;
  }
  unsaid = $and(lenient, () => (len(kind.languages) === 0));
  if (((!$truth(unsaid)) && $truth(any([...question.languages].map((one) => (!$has(kind.languages, one))))))) {
    return false;
  }
  return $or((!$truth(licenses)), () => any([...licenses].map((part) => ($has(kind.license, part)))));
}

// --- scoring.py: How well does a plan answer, and how soon? Its best score within the wait, in one edition of one test.

class Found {
  constructor(plan, seconds, score = null, test = null, why = [], thinking = 0.0, kind = null, estimate = null) { this.plan = plan; this.seconds = seconds; this.score = score; this.test = test; this.why = why; this.thinking = thinking; this.kind = kind; this.estimate = estimate; }
}

function seconds(found, question, thinking) {
  let first, needs, rate, written;
  needs = question.needs;
  first = found.time_to_first_token(needs.prompt);
  written = (thinking + needs.answer);
  rate = found.decode_at(min(needs.context, (needs.prompt + round(written))));
  return (((first === null) || (rate === null)) ? null : (first + (written / rate.value)));
}

function waited(found, question, thinking) {
  let needs, rate, takes, written;
  takes = seconds(found, question, thinking);
  if ((takes !== null)) {
    return takes;
  }
  needs = question.needs;
  written = (thinking + needs.answer);
  rate = found.decode_at(min(needs.context, (needs.prompt + round(written))));
  if ((rate === null)) {
    return ((needs.min_decode <= 0) ? 0.0 : null);
  }
  return (written / rate.value);
}

function rate_within(found, question, thinking) {
  let first, needs, read, takes;
  [takes, needs] = [waited(found, question, thinking), question.needs];
  first = found.time_to_first_token(needs.prompt);
  read = ((first === null) ? 0.0 : first);
  if (((takes === null) || (takes <= needs.wait) || (read >= needs.wait))) {
    return null;
  }
  return ((thinking + needs.answer) / (needs.wait - read));
}

function tests_of(question, tests) {
  let subject;
  if ((question.benchmark === null)) {
    subject = question.needs.subject;
    return dict([...tests.entries()].filter(([name, one]) => (one.subject === subject)).map(([name, one]) => [name, one]));
  }
  if ((!$has(tests, question.benchmark))) {
    throw new SizingError(("'" + str(question.benchmark) + "' is no test of this catalog; give one of " + str(list(tests).join(", "))));
  }
  return dict([[question.benchmark, $item(tests, question.benchmark)]]);
}

function subject_of(question, tests) {
  if ((question.benchmark === null)) {
    return question.needs.subject;
  }
  return str($item(tests_of(question, tests), question.benchmark).subject);
}

function test_of(question, tests, scores, models) {
  let _, asked, best, covered, may, most, name, one;
  may = tests_of(question, tests);
  if ((question.benchmark !== null)) {
    return $item(may, question.benchmark);
  }
  asked = dict.fromkeys(models);
  covered = dict.fromkeys(may, 0);
  for ([name, _] of dict.fromkeys([...scores].filter((x) => (($has(asked, x.model)) && ($has(may, x.benchmark)))).map((x) => [x.benchmark, x.model]))) {
    $put(covered, name, ($item(covered, name) + 1));
  }
  best = null;
  for ([name, one] of may.entries()) {
    most = ((best === null) ? 0 : $item(covered, best.id));
    if ((($item(covered, name) > most) || ((best !== null) && ($item(covered, name) === most) && (one.day > best.day)))) {
      best = one;
    }
  }
  return best;
}

class Board {
  constructor(question, test, rows, thinking) { this.question = question; this.test = test; this.rows = rows; this.thinking = thinking; }
  written(model) {
    let thought;
    thought = this.thinking.get(model, $item(this.thinking, ""));
    return [...this.rows.get(model, [])].map((one) => [one, ((one.mode === "thinking") ? thought : 0.0)]);
  }
  found(p) {
    let best, more, one, scored, takes, timed;
    timed = [];
    scored = [];
    for ([one, more] of this.written(p.outcome.loaded.model)) {
      takes = waited(p.outcome, this.question, more);
      if (((takes !== null) && (takes <= this.question.needs.wait))) {
        timed.push(new Found(p, seconds(p.outcome, this.question, more), one, this.test, [], more));
        scored.push(new Scored(one.value, ((one.spread === null) ? 0.0 : one.spread), takes));
      }
    }
    best = front(scored, this.test.tie);
    return ($truth(best) ? $item(timed, $item(best, 0)) : null);
  }
}

function rows_of(question, test, scores) {
  let allowed, guessed, one, rows;
  rows = dict([]);
  for (one of scores) {
    guessed = (one.value <= (test.chance + $or(one.spread, () => test.tie)));
    allowed = $or((question.thinking === null), () => (question.thinking === (one.mode === "thinking")));
    if (((one.benchmark === test.id) && (!$truth(guessed)) && $truth(allowed))) {
      if ((!$has(rows, one.model))) {
        $put(rows, one.model, []);
      }
      $item(rows, one.model).push(one);
    }
  }
  return rows;
}

function thinking_of(scores) {
  let counts, less, model, more, one, own, plain, told;
  told = dict([["plain", dict([])], ["thinking", dict([])]]);
  for (one of scores) {
    if ((one.tokens !== null)) {
      own = $item(told, one.mode);
      if ((!$has(own, one.model))) {
        $put(own, one.model, []);
      }
      $item(own, one.model).push(one.tokens);
    }
  }
  plain = middle((() => { const $ = []; for (const [_, counts] of $item(told, "plain").entries()) for (const n of counts) $.push(n); return $; })());
  more = dict([]);
  for ([model, counts] of $item(told, "thinking").entries()) {
    less = $item(told, "plain").get(model);
    $put(more, model, max(0.0, (max(counts) - ((less === null) ? plain : min(less)))));
  }
  $put(more, "", middle([...more.entries()].map(([_, n]) => n)));
  return more;
}

// --- searching.py: What runs here, best first; and what runs this? Models on a machine by score and by how long one waits for an answer,

function fit(question, models, serve, tests, scores, called, released, estimate, off, beaten) {
  let above, best, board, expected, guess, guesses, known, later, may, newer, ordered, p, plans, rate, rest, scored, stand, test, told, why, without;
  may = tests_of(question, tests);
  known = dict.fromkeys([...scores].filter((x) => ($has(may, x.benchmark))).map((x) => x.model));
  rate = question.needs.min_decode;
  plans = _served([...models].filter((name) => ($has(known, name))), serve, rate);
  test = test_of(question, tests, scores, [...plans].map((p) => p.outcome.loaded.model));
  best = [];
  newer = [];
  expected = [];
  without = dict.fromkeys(models);
  why = "no independent score";
  if ((test !== null)) {
    board = new Board(question, test, rows_of(question, test, scores), thinking_of(scores));
    scored = (() => { const $ = []; for (const p of plans) for (const one of [_in_time(board, p, serve)]) if ((one !== null)) $.push(one); return $; })();
    best = _ranked(question, scored, test, called, released, beaten);
    told = dict.fromkeys([...scores].filter((x) => (x.benchmark === test.id)).map((x) => x.model));
    later = [...models].filter((name) => (!$has(told, name)));
    if ($truth(best)) {
      guesses = dict([...later].map((name) => [name, estimate(name, test.id)]));
      expected = _expected(question, test, $item(best, 0), guesses, off, serve);
      stand = dict.fromkeys([...expected].map((x) => x.plan.outcome.loaded.model));
      newer = _newer(question, test, [...later].filter((name) => (!$has(stand, name))), serve, released);
    }
    if (($truth(best) && (!$truth(beaten)))) {
      return [...expected, ...best, ...newer];
    }
    above = dict.fromkeys([...[...expected, ...scored, ...newer]].map((x) => x.plan.outcome.loaded.model));
    without = dict.fromkeys([...models].filter((name) => (!$has(above, name))));
    why = ("no score within the wait in " + str(test.name) + " (" + str(test.edition) + ")");
  }
  plans = [...plans, ..._served([...models].filter((name) => (!$has(known, name))), serve, rate)];
  rest = [];
  for (p of plans) {
    if (($has(without, p.outcome.loaded.model))) {
      guess = estimate(p.outcome.loaded.model, "");
      rest.push(new Found(p, seconds(p.outcome, question, 0), null, null, [why], 0.0, UNSCORED, guess));
    }
  }
  ordered = sorted(rest, ((x) => [(-_guessed(x)), (-released(x.plan.outcome.loaded.model).parameters)]));
  return [...expected, ...best, ...newer, ...($truth(beaten) ? ordered : ordered.slice(0, LISTED))];
}

function _guessed(found) {
  return ((found.estimate === null) ? 0.0 : found.estimate);
}

function _expected(question, test, best, guesses, off, serve) {
  let found, more, name, near, own, p, roomy, takes, told, top;
  [top, own] = [best.score.value, best.plan.outcome];
  more = dict([...guesses.entries()].filter(([name, guess]) => ((guess !== null) && ((guess - off) > top))).map(([name, guess]) => [name, guess]));
  found = [];
  for (name of sorted(more, ((x) => (-$item(more, x))))) {
    p = ((len(found) < NEWEST) ? serve(name, question.needs.min_decode) : null);
    takes = ((p === null) ? null : waited(p.outcome, question, 0));
    roomy = $and((p !== null), () => $and($or(p.outcome.whole, () => (!$truth(own.whole))), () => $or(p.outcome.firm, () => (!$truth(own.firm)))));
    if (((p !== null) && $truth(roomy) && (takes !== null) && (takes <= question.needs.wait))) {
      near = ("where models of its size and day score near " + $general($item(more, name), 6));
      told = [("no score in " + str(test.name) + " (" + str(test.edition) + "), " + str(near)), ("the best that has one scores " + $general(top, 6))];
      found.push(new Found(p, seconds(p.outcome, question, 0), null, null, told, 0.0, EXPECTED, $item(more, name)));
    }
  }
  return found;
}

function _newer(question, test, models, serve, released) {
  let day, found, i, later, name, ordered, p, takes, why;
  day = str(test.day);
  found = [];
  later = [...models].filter((name) => (released(name).day > day));
  ordered = sorted(later, ((name) => released(name).day));
  for (i of range(len(ordered))) {
    name = $item(ordered, ((len(ordered) - 1) - i));
    p = ((len(found) < NEWEST) ? serve(name, question.needs.min_decode) : null);
    takes = ((p === null) ? null : waited(p.outcome, question, 0));
    if (((p !== null) && (takes !== null) && (takes <= question.needs.wait))) {
      why = ("came on " + str(released(name).day) + ", after " + str(test.name) + " (" + str(test.edition) + "), which has no score of it");
      found.push(new Found(p, seconds(p.outcome, question, 0), null, null, [why], 0.0, NEWER));
    }
  }
  return found;
}

function _served(models, serve, rate) {
  return (() => { const $ = []; for (const name of models) for (const p of [serve(name, rate)]) if ((p !== null)) $.push(p); return $; })();
}

function _in_time(board, p, serve) {
  let best, enough, faster, found, one, other, rate, thinking;
  found = board.found(p);
  [best, enough] = [found, (-inf)];
  if (((found !== null) && (found.score !== null))) {
    enough = (found.score.value + board.test.tie);
  }
  for ([one, thinking] of board.written(p.outcome.loaded.model)) {
    rate = rate_within(p.outcome, board.question, thinking);
    if (((rate !== null) && (one.value > enough))) {
      faster = serve(p.outcome.loaded.model, rate);
      other = ((faster === null) ? null : board.found(faster));
      if (((other !== null) && (other.score !== null) && (other.score.value === one.value))) {
        best = other;
      }
    }
  }
  return best;
}

function _ranked(question, answers, test, called, released, beaten) {
  let alike, by, figures, how, i, kept, least, less, mine, more, names, others, over, place, places, rest, soon_too, why;
  figures = [...answers].map((x) => _scored(question, x));
  least = least_listed(max([test.chance, ...[...figures].map((x) => x.score)]), test.chance, test.rating);
  names = [...answers].map((x) => x.plan.outcome.loaded.model);
  places = listed(figures, [...names].map((name) => released(name)), test.tie, least);
  kept = [];
  for ([i, place] of enumerate(places)) {
    mine = $item(figures, place);
    why = ($general(mine.score, 6) + " in " + str(test.name) + " (" + str(test.edition) + "), " + str(_within($item(answers, place), mine)));
    over = ("nothing faster scores as high, or near " + $general($item(figures, $item(places, 0)).score, 6));
    if (((i + 1) < len(places))) {
      more = (mine.score - $item(figures, $item(places, (i + 1))).score);
      over = ($general(more, 3) + " more than " + str(called($item(names, $item(places, (i + 1))))));
      if (($truth(mine.whole) && (!$truth($item(figures, $item(places, (i + 1))).whole)))) {
        over = (str(over) + ", and all of it on the devices");
      } else {
        if (($truth(mine.firm) && (!$truth($item(figures, $item(places, (i + 1))).firm)))) {
          over = (str(over) + ", and with room");
        }
      }
    }
    kept.push($replace($item(answers, place), { why: [why, over], kind: FRONT }));
  }
  others = others_best(figures, [...names].map((name) => released(name)), places, test.tie, least);
  rest = ($truth(beaten) ? [...range(len(answers))].filter((i) => ((!$has(places, i)) && (!$has(others, i)))) : []);
  for (place of [...others, ...sorted(rest, ((i) => [(-$item(figures, i).score), $item(figures, i).seconds]))]) {
    by = _by_which(figures, place, places, test.tie);
    less = ($item(figures, by).score < $item(figures, place).score);
    alike = ($truth(less) ? (", which the test does not tell from " + $general($item(figures, place).score, 6) + ",") : "");
    soon_too = (($item(figures, by).seconds <= 0) ? "" : (" and answers in " + str(round($item(figures, by).seconds)) + " s"));
    how = ("scores " + $general($item(figures, by).score, 6) + str(alike) + str(soon_too));
    kept.push($replace($item(answers, place), { why: [(str(called($item(names, by))) + " " + str(how))], kind: (($has(others, place)) ? BESIDE : BEATEN) }));
  }
  return kept;
}

function _within(found, figures) {
  if (((found.seconds === null) && (figures.seconds <= 0))) {
    return "an answer in nobody knows how long";
  }
  if ((found.seconds === null)) {
    return ("an answer written in " + str(round(figures.seconds)) + " s, after a prompt that takes nobody knows how long");
  }
  return ("an answer in " + str(round(figures.seconds)) + " s");
}

function _scored(question, found) {
  let outcome, takes;
  outcome = found.plan.outcome;
  takes = waited(outcome, question, found.thinking);
  return new Scored(found.score.value, $or(found.score.spread, () => 0.0), takes, outcome.whole, outcome.firm);
}

function _by_which(figures, place, kept, tie) {
  let i;
  for (i of kept) {
    if (($truth(soon($item(figures, i), $item(figures, place))) && $truth(as_good($item(figures, i), $item(figures, place), tie)))) {
      return i;
    }
  }
  return $item(kept, 0);
}

function context_within(question, limit) {
  let wanted;
  wanted = question.needs.context;
  return $or(question.context, () => ((limit === null) ? wanted : min(wanted, limit)));
}

function machines(question, names, serve, standing, capacity) {
  let amount, answers, before, found, front, name, one, p, place, sooner, stands, told, why;
  found = [];
  stands = dict([]);
  for (name of names) {
    p = serve(name);
    if ((p !== null)) {
      found.push([name, new Found(p, seconds(p.outcome, question, 0))]);
      $put(stands, name, standing(name));
    }
  }
  answers = [];
  front = [];
  before = (-1);
  for ([name, one] of sorted(found, ((x) => [$item(stands, $item(x, 0)), capacity($item(x, 0)), (-_decode($item(x, 1)))]))) {
    [place, amount] = $item(stands, name);
    if ((place !== before)) {
      [front, before] = [[], place];
    }
    sooner = [...front].filter(([other, x]) => ($truth(_as_soon(x, one)) && ($truth(_firm(x)) || (!$truth(_firm(one)))))).map(([other, x]) => other);
    why = [...sooner].map((other) => (str(other) + " " + str(_as_cheap(amount)) + ", and is as soon")).slice(0, 1);
    told = [name, $replace(one, { kind: ((len(why) > 0) ? BEATEN : FRONT), why: tuple(why) })];
    answers.push(told);
    if ((len(why) === 0)) {
      front.push(told);
    }
  }
  return answers;
}

function _as_cheap(amount) {
  return ((amount > 0) ? "costs no more" : "has no more memory");
}

function _as_soon(a, b) {
  if (((a.seconds === null) || (b.seconds === null))) {
    return ((_decode(a) * (1 + AS_SOON)) >= _decode(b));
  }
  return (a.seconds <= (b.seconds * (1 + AS_SOON)));
}

function _firm(found) {
  return found.plan.outcome.firm;
}

function _decode(found) {
  let rate;
  rate = found.plan.outcome.decode_at(found.plan.outcome.context);
  return ($truth(rate) ? rate.value : 0.0);
}

// --- serving.py: In which format does a model serve best here? In the smallest of those that no test tells from the published one, or

const ALIKE = 0.01;

const ALIKE_BITS = 8;

class Choice {
  constructor(name, bits, native, alike, least) { this.name = name; this.bits = bits; this.native = native; this.alike = alike; this.least = least; }
}

function choices(question, said, first, published, rule, bulk) {
  let alike, bits, found, name, names, native, others, own;
  own = $or(question.format, () => said);
  if ((own !== null)) {
    return [new Choice(own, 0.0, false, false, NOTHING_KNOWN)];
  }
  others = [...published].filter((name) => $truth(_good(rule(name), question.max_loss)));
  alike = [];
  for (name of others) {
    if ($truth(_alike(rule(name), question.max_loss))) {
      alike = [name, ...alike];
    }
  }
  names = dict.fromkeys([...alike, ...first, ...others]);
  found = [];
  for (name of names) {
    [bits, native] = [rule(name).bits, ($has(first, name))];
    found.push(new Choice(name, bits, native, $or(native, () => ($has(alike, name))), least(bulk, bits)));
  }
  return found;
}

function _alike(format, most) {
  if ((format.loss === null)) {
    return $and((format.bits >= ALIKE_BITS), () => (most > 0));
  }
  return (0 < format.loss && format.loss <= min(ALIKE, most));
}

function _good(format, most) {
  return ((format.loss === null) ? (format.bits >= FEW) : (format.loss <= most));
}

function serving(found, question, rig, size, ask) {
  let alone, fastest, one, p, tight;
  [alone, tight] = [(len(found) === 1), null];
  fastest = null;
  for (one of found) {
    if (((fastest !== null) && (!$truth(one.alike)))) {
      return fastest;
    }
    if (($truth(alone) || ($truth(_possible(one, question, rig)) && $truth(_held(one, question, rig, size))))) {
      p = _asked(one, ask);
      if (((p !== null) && $truth(p.outcome.fits) && $truth(_fast(p, question)))) {
        if (((!$truth(one.alike)) || (len(rig.devices) === 1))) {
          return p;
        }
        if (((fastest === null) || (_rate(p) > _rate(fastest)))) {
          fastest = p;
        }
      }
      if (((p !== null) && (tight === null) && (p.outcome.verdict === TIGHT) && $truth(_fast(p, question)))) {
        tight = p;
      }
    }
  }
  if ((fastest !== null)) {
    return fastest;
  }
  if ((!$truth(question.offload))) {
    return null;
  }
  return ((tight === null) ? _beside_the_host(found, question, rig, ask) : tight);
}

function _possible(one, question, rig) {
  return $and((one.least.weights <= _room(question, rig)), () => (!$truth(_slow(one, question, rig))));
}

function _room(question, rig) {
  return ((question.wired_limit === null) ? rig.capacity : question.wired_limit);
}

function _slow(one, question, rig) {
  return ((one.least.seconds(rig) * question.needs.min_decode) > 1);
}

function _held(one, question, rig, size) {
  let own;
  try {
    own = size(one.name);
  } catch ($) {
    $only($);
    return false;
  }
  return (((own.weights - own.embedding) - own.lookups) <= _room(question, rig));
}

function _beside_the_host(found, question, rig, ask) {
  let alone, one, p, room;
  room = (rig.capacity + rig.host.capacity);
  alone = (len(found) === 1);
  for (one of sorted(found, ((x) => [(!($truth(x.native) && (x.bits <= FEW))), (x.name !== USUAL), x.bits]))) {
    if (($truth(alone) || (!((one.least.weights > room) || $truth(_slow(one, question, rig)))))) {
      p = _asked(one, ask);
      if (((p !== null) && $truth(p.outcome.runs) && $truth(_fast(p, question)))) {
        return p;
      }
    }
  }
  return null;
}

function _asked(one, ask) {
  try {
    return ask(one.name);
  } catch ($) {
    $only($);
    return null;
  }
}

function _fast(p, question) {
  return (_rate(p) >= question.needs.min_decode);
}

function _rate(p) {
  let rate;
  rate = p.outcome.decode_at(p.outcome.context);
  return ($truth(rate) ? rate.value : 0.0);
}

// --- searched.py: What does a browser find? Models for a machine and machines for a model, as ``sizing.search``, in what it has.

const SEARCH_WORDS = ["use", "context", "sequences", "min_decode", "wait", "thinking", "chinese", "benchmark", "licenses", "format", "cache_format", "runtime", "max_loss", "offload", "vision", "languages", "tools", "in_use", "wired_limit"];

class ScoreRow {
  constructor(benchmark, model, mode, value, spread, tokens, checkpoint, source) { this.benchmark = benchmark; this.model = model; this.mode = mode; this.value = value; this.spread = spread; this.tokens = tokens; this.checkpoint = checkpoint; this.source = source; }
}

class EditionRow {
  constructor(id, name, edition, subject, by, day, tie, chance, rating) { this.id = id; this.name = name; this.edition = edition; this.subject = subject; this.by = by; this.day = day; this.tie = tie; this.chance = chance; this.rating = rating; }
}

class Answer {
  constructor(found, offer, leading = null) { this.found = found; this.offer = offer; this.leading = leading; }
  as_dict() {
    let decode, outcome, score, test;
    [score, test] = [this.found.score, this.found.test];
    outcome = this.found.plan.outcome;
    decode = outcome.decode_at(outcome.context);
    return dict([["model", outcome.loaded.model], ["machine", ($truth(outcome.rig) ? outcome.rig.id : null)], ["format", outcome.loaded.encoding.id], ["verdict", outcome.verdict], ["total", outcome.memory.total], ["decode", ($truth(decode) ? decode.as_dict() : null)], ["offer", this.offer], ["score", (((score === null) || (test === null)) ? null : dict([["value", score.value], ["spread", score.spread], ["benchmark", test.id], ["name", test.name], ["edition", test.edition], ["subject", test.subject], ["by", test.by], ["day", test.day], ["mode", score.mode], ["checkpoint", score.checkpoint], ["source", score.source]]))], ["estimate", (((this.found.estimate === null) || (this.leading === null)) ? null : dict([["value", this.found.estimate], ["within", $item(this.leading, 1)], ["benchmark", $item(this.leading, 0)]]))], ["seconds", this.found.seconds], ["loss", outcome.loaded.encoding.loss], ["kind", this.found.kind], ["why", list(this.found.why)]]);
  }
}

class Searched {
  constructor(exported, models, tests, scores, standing, estimates, leading, known = dict()) { this.exported = exported; this.models = models; this.tests = tests; this.scores = scores; this.standing = standing; this.estimates = estimates; this.leading = leading; this.known = known; }
  static of(exported, data) {
    let its, name;
    for ([name, its] of $item(data, "models").entries()) {
      if ((!$has(exported.models, name))) {
        $put(exported.models, name, $item(its, "numbers"));
      }
    }
    return new Searched(exported, $item(data, "models"), dict([...$item(data, "tests").entries()].map(([name, row]) => [name, new EditionRow(name, ...row)])), [...$item(data, "scores")].map((row) => new ScoreRow(...row)), $item(data, "standing"), $item(data, "estimates"), $item(data, "leading"));
  }
  fit(question, asked, beaten) {
    let found, kinds, leading, machine, rig, subject;
    rig = rig_of(this.exported, asked);
    if ((rig === null)) {
      throw new SizingError("models fit a machine; name one");
    }
    kinds = dict([...this.models.entries()].map(([name, its]) => [name, _kind(its)]));
    machine = sold_as(this.exported, asked);
    subject = subject_of(question, this.tests);
    found = fit(question, [...kinds.entries()].filter(([name, kind]) => $truth(takes(question, question.licenses, kind))).map(([name, kind]) => name), ((name, rate) => this._serving(name, null, rig, $replace(question, { min_decode: rate }), $and(machine, () => $item(machine, "offer")))), this.tests, this.scores, ((name) => str($item($item(this.models, name), "name"))), ((name) => new Released(...$item($item(this.models, name), "released"))), ((name, test) => this._estimate(name, subject, test)), $item(this.leading.get(subject, ["", 0.0]), 1), beaten);
    leading = this.leading.get(subject);
    return [...found].map((one) => new Answer(one, $and(machine, () => _lowest(machine)), leading));
  }
  machines(question, model, said_format) {
    let exported, found, sold, wanted;
    exported = this.exported;
    if ((!$has(this.models, model))) {
      return [];
    }
    wanted = $replace(question, { context: context_within(question, $item(exported.model(model), "limit")) });
    sold = exported.machines;
    found = machines(wanted, list(sold), ((name) => this._serving(model, said_format, exported.rig(name), wanted, $item($item(sold, name), "offer"))), ((name) => [$item($item(this.standing, name), 0), $item($item(this.standing, name), 1)]), ((name) => exported.rig(name).capacity));
    return [...found].map(([name, one]) => new Answer(one, _lowest($item(sold, name))));
  }
  _estimate(name, subject, test) {
    if (((!$has(this.leading, subject)) || (!$has(["", $item($item(this.leading, subject), 0)], test)))) {
      return null;
    }
    return this.estimates.get(name, dict([])).get(subject);
  }
  _serving(name, said, rig, question, offer) {
    let asked, exported, needs, settings;
    [exported, needs] = [this.exported, question.needs];
    settings = new Settings(undefined, undefined, undefined, undefined, undefined, undefined, undefined, $or(question.vision, () => null), undefined, undefined, undefined, undefined, undefined, undefined, undefined, $or(question.in_use, () => null), question.wired_limit);
    asked = new Asked(name, rig, null, needs.context, question.cache_format, question.runtime, needs.sequences, settings, undefined, undefined, offer);
    return serving(this._choices(name, said, question), question, rig, ((format) => exported.load(name, format, rig, question.runtime, question.cache_format).sized), ((format) => plan(exported, $replace(asked, { format: format }))));
  }
  _choices(name, said, question) {
    let bulk, its, numbers;
    its = $item(this.models, name);
    numbers = this.exported.model(name);
    bulk = new Bulk(...$item(its, "bulk"));
    return choices(question, said, $item(numbers, "first"), $item(numbers, "published"), ((x) => this._rule(its, x)), bulk);
  }
  _rule(its, name) {
    return $item(this.exported.encodings, $or($item(its, "like").get(name), () => name));
  }
}

function _lowest(machine) {
  return $or(machine.get("lowest"), () => $item(machine, "offer"));
}

function _kind(its) {
  let limit;
  limit = $item($item(its, "numbers"), "limit");
  return new Kind(limit, tuple($item(its, "senses")), $item(its, "license"), tuple($item(its, "languages")), $item(its, "tools"));
}

function question_of(data) {
  let asked, plain, word;
  for (word of data) {
    if ((!$has(SEARCH_WORDS, word))) {
      throw new SizingError((str(word) + " is nothing that can be asked; known are " + str(list(SEARCH_WORDS).join(", "))));
    }
  }
  plain = new Question();
  asked = new Question(_said(data, "use", plain.use), data.get("context"), data.get("sequences"), data.get("min_decode"), data.get("wait"), data.get("thinking"), _said(data, "chinese", plain.chinese), data.get("benchmark"), tuple(_said(data, "licenses", [])), data.get("format"), _said(data, "cache_format", plain.cache_format), data.get("runtime"), _said(data, "max_loss", plain.max_loss), _said(data, "offload", plain.offload), _said(data, "vision", plain.vision), tuple(_said(data, "languages", [])), _said(data, "tools", plain.tools), tuple(_said(data, "in_use", [])), data.get("wired_limit"));
  asked.check();
  return asked;
}

function _said(data, name, otherwise) {
  let found;
  found = data.get(name);
  return ((found === null) ? otherwise : found);
}

export { ACCEPTANCE, ALIKE, ALIKE_BITS, ASSUMED_LINK, ASSUMED_NETWORK, AS_SOON, Alike, Answer, Asked, BALANCE, BALANCING, BEATEN, BESIDE, BRIDGE, Board, Bulk, CACHE_TYPES, CONTEXT, CROWD, CachePart, Card, Choice, Compressed, DEFAULT, DELTA, DESKTOP, DEVICES, DIFFERING, DISK, DIVIDED, Defaults, Demand, Draft, Drafter, EMPTY, EXPECTED, EditionRow, Encoding, Experience, Exported, FAST, FEW, FITS, FRONT, Fitted, Found, GIB, GPU_LIMIT, HOST, HOSTS, HOST_BANDWIDTH, HOST_LINK, Held, HostMemory, KNOWN, Kept, Kind, LAST, LEAST, LEAST_POWER, LINK, LISTED, LOADED, Layout, Least, Loaded, MATRICES, MATRICES_HEAD, MATRICES_SINCE, MESH, MICRO_BATCH, MIXING, MLX_BEYOND, MLX_CHUNK, MLX_MATRICES, MLX_OTHERS, MLX_SPREAD, MLX_STEPS, MLX_WRITTEN, MOST, MOST_SEQUENCES, MOST_TOKENS, Measured, Memory, NEAR, NEAR_BEST, NEAR_RATED, NETWORK, NEWER, NEWEST, NO, NODE_EXCHANGE, NODE_HOP, NONE_FITS, NOTHING, NOTHING_BESIDE, NOTHING_KNOWN, NO_GENERATION, OFFLOAD, OF_DESKTOP, OF_WINDOWS, Outcome, Own, PIPELINE, POWER_LIMIT, Part, Place, Planned, Program, Proposal, Proposals, Purchase, Question, REFERENCE_HOST, Rate, Released, Rig, SAME_SIZE, SAMPLING, SCORE, SEARCH_WORDS, SEEN, SHOWN, SLACK, SLOT_LOGITS, SMALL, STEP, SURE, SURELY, SWITCHED, ScoreRow, Scored, Searched, Settings, Sized, SizedLayer, Speed, Step, TELLS, TERMS, TIGHT, TRIED, Term, UNLIMITED, UNSCORED, UNSTATED, USES, USUAL, USUAL_CACHE, Unit, Use, VECTORS, WINDOWS, WORDS, WORKSPACE, WORTH, Way, Widths, Work, adapted, alone, apart, as_asked, as_good, asked_of, assembled, at_home, at_most, attention_rate, attributes, beats, beside, brought, carried, chances, check, choices, compute, context_on, context_within, corrected, deal, decode_seconds, decoding, device, divided, drafting, drafting_buffers, drafts_of, encoding_of, everything_on_devices, everything_on_host, extended, fed, first_that, fit, follows, front, hold, host, hosted, hosted_seconds, in_matrices, joined, kernel_rate, key, least, least_listed, left, limited, link_bandwidth, listed, loaded_of, longest, machines, meant, measurable, middle, most, of_one_vocabulary, offered, on_host, others_best, outcome, over, overlapping, packed, padded, passing_seconds, plan, possible, possible_drafts, possible_type, power, prefill_seconds, prefilling, question_of, rate_within, repeated, rig_of, rows_of, seconds, seen, seen_by, serving, set_up, settle, single, sized_key, slowed, sold_as, soon, stays, subject_of, taken, taken_by, takes, telling, test_of, tests_of, thinking_of, total, towards, tried, unbeaten, undrafted, unrolled, waited, ways_out, with_host_memory, with_more, without_effect };

// The face of the engine, after all that it is made of.

const named = (machine) => (typeof machine === "string" ? { id: machine } : machine);

/**
 * What plans with the data of sizing.export, to which `add` brings more models. ``planned`` and ``plan`` take an object
 * with the names of Python's ``plan``, as ``asked_of`` has them: model, machine, context, and if need be the others; ids
 * throughout. ``plan`` gives what ``Plan.as_dict()`` gives; ``planned`` gives the engine's own answer, which can be
 * asked for other depths and prompts. Both throw SizingError with the line that Python raises.
 */
export function load(data) {
  const exported = Exported.of($dicts({ models: {}, ...data }));
  const planned = (asked) => plan(exported, asked_of(exported, $dicts({ ...asked, machine: named(asked.machine) })));
  const told = (rate) => rate && $plain(rate.as_dict());
  return {
    exported,
    asked: (question) => {
      const found = planned(question);
      return {
        record: found,
        json: () => $plain(found.as_dict()),
        decode_at: (depth) => told(found.outcome.decode_at(depth)),
        prefill_at: (prompt, depth = 0) => told(found.outcome.prefill_at(prompt, depth)),
        time_to_first_token: (prompt) => found.outcome.time_to_first_token(prompt),
      };
    },
    add: (id, model) => exported.models.set(id, $dicts(model)),
    planned,
    plan: (asked) => $plain(planned(asked).as_dict()),
  };
}

/** What an engine finds: with `search` it gets what it looks at, with `extend` models' weights in further formats. */
export function searches({ exported }) {
  let searched = null;
  /** Answers, whose plans are worked out whole when they are asked for: once all formats of their models are there. */
  const answers = (found) =>
    found.map((one) => ({ ...$plain(one.as_dict()), record: () => one.found.plan, plan: () => $plain(one.found.plan.as_dict()) }));
  return {
    search: (found) => (searched = Searched.of(exported, $dicts(found))),
    extend: (models) => {
      for (const [id, weights] of Object.entries(models)) {
        const own = exported.models.get(id)?.get("weights");
        for (const [key, one] of Object.entries(own ? weights : {})) if (!own.has(key)) own.set(key, $dicts(one));
      }
    },
    fit: (asked, question, beaten = false) =>
      answers(searched.fit(question_of($dicts(question)), $dicts({ ...asked, machine: named(asked.machine) }), beaten)),
    machines: (model, question, format = null) =>
      answers(searched.machines(question_of($dicts(question)), model, format)),
  };
}
