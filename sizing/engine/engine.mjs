// Made by `make engine` from sizing/engine/*.py, and never edited. Its face is load(data), below.

// What Python means by its words, for what translate.py makes of sizing/engine.

/** Bad input: one line that says what is wrong and what would be right. */
class SizingError extends Error {
  name = "SizingError";
}

/** A dictionary: keys may be tuples and records, which are the same key where their parts are. */
class Dict {
  entriesByKey = new Map();
  constructor(pairs) {
    for (const [key, value] of pairs) this.set(key, value);
  }
  static key = (key) => (typeof key === "object" && key !== null ? JSON.stringify(key) : key);
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
const $has = (of, x) => (Array.isArray(of) ? of.includes(x) : of.has(x));
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
/** A property that is computed once, and that is no part of what a record is. */
const $once = (of, name, compute) => {
  const value = compute();
  Object.defineProperty(of, name, { value });
  return value;
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
const range = (first, end) =>
  end === undefined ? range(0, first) : Array.from({ length: max(0, end - first) }, (_, i) => first + i);
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

/**
 * What plans with the data of sizing.export, to which `add` brings more models. ``outcome`` and ``plan`` take an object
 * with the names of Python's ``plan``: model, machine, format, context, and if need be the others; ids throughout.
 * ``plan`` gives what ``Plan.as_dict()`` gives; ``outcome`` gives the engine's own answer, which can be asked for other
 * depths and prompts. Both throw SizingError with the line that Python raises.
 */
export function load(data) {
  const exported = Exported.of($dicts({ models: {}, ...data }));
  const outcome = (asked) => exported.outcome(Asked.of($dicts(asked)));
  return {
    add: (id, model) => exported.models.set(id, $dicts(model)),
    outcome,
    plan: (asked) => $plain(outcome(asked).as_dict()),
  };
}
export { SizingError, $plain as plain };

// --- program.py: What runs a model? A runtime with a backend, and a weight format; what decides numbers, no more.

class Encoding {
  constructor(id, packing, runtimes) { this.id = id; this.packing = packing; this.runtimes = runtimes; }
}

class Defaults {
  constructor(memory, batched_tokens, logit_rows, margin) { this.memory = memory; this.batched_tokens = batched_tokens; this.logit_rows = logit_rows; this.margin = margin; }
}

class Program {
  constructor(runtime, backend, files, split, offload, spans, utilization, margin, margin_each, apart, batched_tokens, usual_batch, logit_rows, page, whole_windows, flash, overhead, expert_tokens, defaults, small, formats) { this.runtime = runtime; this.backend = backend; this.files = files; this.split = split; this.offload = offload; this.spans = spans; this.utilization = utilization; this.margin = margin; this.margin_each = margin_each; this.apart = apart; this.batched_tokens = batched_tokens; this.usual_batch = usual_batch; this.logit_rows = logit_rows; this.page = page; this.whole_windows = whole_windows; this.flash = flash; this.overhead = overhead; this.expert_tokens = expert_tokens; this.defaults = defaults; this.small = small; this.formats = formats; }
  get name() {
    return ("" + str(this.runtime) + "/" + str(this.backend));
  }
  get pools() {
    return $or((this.utilization < 1), () => this.apart);
  }
  get gguf() {
    return (this.files === "gguf");
  }
}

// --- buffers.py: What does computing need besides weights and cache? The buffers of a place that computes.

const MICRO_BATCH = 512;

const PIPELINE = 4;

const SAMPLING = 39;

const SCORE = 2.15;

const MLX_STEPS = 4.5;

const MLX_ANSWERS = 12;

class Widths {
  constructor(vocab, hidden, feed_forward, experts_used, experts_width, streams, mixer, compressed, ungated, latent_rows, shared, indexed, block_heads, queries, attending, window, lagging, heads, all_windows, scored, stacked, passed) { this.vocab = vocab; this.hidden = hidden; this.feed_forward = feed_forward; this.experts_used = experts_used; this.experts_width = experts_width; this.streams = streams; this.mixer = mixer; this.compressed = compressed; this.ungated = ungated; this.latent_rows = latent_rows; this.shared = shared; this.indexed = indexed; this.block_heads = block_heads; this.queries = queries; this.attending = attending; this.window = window; this.lagging = lagging; this.heads = heads; this.all_windows = all_windows; this.scored = scored; this.stacked = stacked; this.passed = passed; }
}

function compute(w, program, context, has_output) {
  let beside, logits, step;
  if ($truth(program.gguf)) {
    return ((4 * program.batched_tokens) * ((w.hidden + w.stacked) + _peak(w, program, context, has_output)));
  }
  step = (2 * ((3 * w.feed_forward) + (3 * w.hidden)));
  if ((program.files === "mlx")) {
    beside = ((MLX_STEPS * step) + ((2 * MLX_ANSWERS) * w.experts_width));
    return round((min(program.batched_tokens, context) * (beside + ((SCORE * w.scored) * context))));
  }
  logits = ($truth(has_output) ? ((program.logit_rows * SAMPLING) * w.vocab) : 0);
  return max(logits, (program.batched_tokens * step));
}

function device(w, program, context, output, first = true, copies = 1, matrix = 0, cache = 0.0, widened = 0) {
  let answers, batch, entering, held, kept, masks, widest;
  if ((!$truth(program.gguf))) {
    return (compute(w, program, context, output) + round(cache));
  }
  batch = (4 * program.batched_tokens);
  masks = _masks(w, program, context);
  if ((copies > 1)) {
    entering = (w.hidden + ($truth(w.stacked) ? w.hidden : 0));
    kept = (copies * (masks + ($truth(first) ? entering : w.passed)));
    widest = max(($truth(output) ? _logits(w, program) : 0), _layer(w, program, context));
    return _with_copy(w, batch, widest, kept, widened);
  }
  held = _with_copy(w, batch, (_peak(w, program, context, output) - masks), masks, widened);
  if ($truth(cache)) {
    held = max(held, (round(cache) + (batch * ((4 * w.hidden) + masks))), (matrix + (batch * (_layer(w, program, context) + masks))));
  } else {
    if ($truth(matrix)) {
      answers = ((w.experts_width + (4 * w.hidden)) + w.feed_forward);
      held = max(held, (((1 + w.lagging) * matrix) + (batch * (answers + masks))));
    }
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

function host(w, program, context, copies = 1) {
  let embedded;
  if ((!$truth(program.gguf))) {
    return 0;
  }
  embedded = (((1 + copies) * w.hidden) + (copies * w.stacked));
  return ((4 * program.batched_tokens) * (embedded + (copies * _masks(w, program, context))));
}

function _peak(w, program, context, has_output) {
  return max(($truth(has_output) ? _logits(w, program) : 0), (_layer(w, program, context) + _masks(w, program, context)));
}

function _with_copy(w, batch, widest, kept, widened) {
  let answers, held;
  held = (batch * (widest + kept));
  if ($truth(w.indexed)) {
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

function _layer(w, program, context) {
  let seen, steps;
  if ($truth(w.compressed)) {
    return ((w.compressed - w.hidden) + $div((context * 3), 20));
  }
  if ($truth(w.indexed)) {
    return ((w.latent_rows + (28 * w.hidden)) + context);
  }
  steps = [_feed_forward(w)];
  if ((!$truth(program.flash))) {
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
  window = ($truth(w.window) ? min(context, (w.window + program.batched_tokens)) : 0);
  if (($truth(w.window) && $truth(program.whole_windows))) {
    window = context;
  }
  return $div(((($truth(w.indexed) ? 2 : 1) * context) + window), ($truth(program.flash) ? 2 : 1));
}

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

function over(count, size) {
  return (-$div((-count), size));
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
    return (((2 * this.state) + tokens) + total((() => { const $ = []; for (const e of this.compressed) $.push((e.bytes * e.read(depth))); return $; })()));
  }
  flops(depth, each) {
    return ((each * seen(this.limit, depth)) + total((() => { const $ = []; for (const e of this.compressed) $.push((e.flops * e.read(depth))); return $; })()));
  }
  flops_by(prompt, depth, each) {
    let own;
    own = total((() => { const $ = []; for (const e of this.compressed) $.push((e.flops * e.read_by(prompt, depth))); return $; })());
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
    return total((() => { const $ = []; for (const e of this.compressed) $.push(e.held(context)); return $; })());
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

// --- dealing.py: How does llama.cpp deal layers out to devices?

const HOST = (-1);

function deal(layers, memory, on_host = 0) {
  let dealt, end, output, starts, taken;
  dealt = ($truth(memory) ? ((layers + 1) - on_host) : 0);
  if ((dealt <= 0)) {
    return [[...(() => { const $ = []; for (const _ of memory) $.push(layers); return $; })(), layers], HOST];
  }
  starts = [on_host];
  for (end of _shares(memory).slice(0, (-1))) {
    taken = int((end * dealt));
    taken = (taken + (single((taken / dealt)) < end));
    starts.push((on_host + taken));
  }
  output = max((() => { const $ = []; for (const [device, start] of enumerate(starts)) if ((start <= layers)) $.push(device); return $; })());
  return [[...(() => { const $ = []; for (const start of starts) $.push(min(start, layers)); return $; })(), layers], output];
}

function _shares(memory) {
  let one, sums, whole;
  whole = 0.0;
  sums = [];
  for (one of memory) {
    whole = single((whole + single(one)));
    sums.push(whole);
  }
  return (() => { const $ = []; for (const end of sums) $.push(single((end / whole))); return $; })();
}

// --- rig.py: What does a plan compute on? Cards, places where bytes can lie, and a rig of them: what datasheets say, no more.

const NO_GENERATION = "unknown";

const FAST = 10000000000.0;

const GPU_LIMIT = "gpu_limit";

const NETWORK = "network";

const POWER_LIMIT = "power_limit";

const REFERENCE_HOST = "host";

const HOST_BANDWIDTH = "host_bandwidth";

class Card {
  constructor(id, generation, memory, link, rate, half, single, fp8, fp4, best_rate, peers, pcie) { this.id = id; this.generation = generation; this.memory = memory; this.link = link; this.rate = rate; this.half = half; this.single = single; this.fp8 = fp8; this.fp4 = fp4; this.best_rate = best_rate; this.peers = peers; this.pcie = pcie; }
}

class Place {
  constructor(name, capacity, bandwidth, card = null) { this.name = name; this.capacity = capacity; this.bandwidth = bandwidth; this.card = card; }
}

class Rig {
  constructor(id, places, unified, backends, nodes = 1, assumed = [], network = null) { this.id = id; this.places = places; this.unified = unified; this.backends = backends; this.nodes = nodes; this.assumed = assumed; this.network = network; }
  node(device) {
    return $div((device * this.nodes), len(this.devices));
  }
  get stages() {
    return $once(this, "stages", () => {
      let alone;
      alone = $and(((len(this.places) - 1) === this.nodes), () => ($or(this.network, () => 0.0) >= FAST));
      return ($truth(alone) ? 1 : this.nodes);
    });
  }
  get devices() {
    return $once(this, "devices", () => {
      return this.places.slice(0, (-1));
    });
  }
  get host() {
    return $once(this, "host", () => {
      return $item(this.places, (len(this.places) - 1));
    });
  }
  place(index) {
    return ((index === HOST) ? this.host : $item(this.places, index));
  }
  get capacities() {
    return $once(this, "capacities", () => {
      return tuple((() => { const $ = []; for (const place of this.devices) $.push(place.capacity); return $; })());
    });
  }
  get capacity() {
    return $once(this, "capacity", () => {
      return total(this.capacities);
    });
  }
  room(program, margin = true) {
    let kept;
    if (((!$truth(margin)) && (program.utilization < 1))) {
      return tuple((() => { const $ = []; for (const capacity of this.capacities) $.push(max(0.0, (capacity - program.overhead))); return $; })());
    }
    kept = ($truth(margin) ? program.margin : 0);
    return tuple((() => { const $ = []; for (const capacity of this.capacities) $.push(max(0.0, ((capacity * program.utilization) - kept))); return $; })());
  }
  get proportions() {
    return $once(this, "proportions", () => {
      let capacities, equal;
      capacities = this.capacities;
      equal = (min(capacities) === max(capacities));
      return ($truth(equal) ? [this.stages, len(capacities)] : [this.stages, len(capacities), ...capacities]);
    });
  }
}

// --- sized.py: What does the engine need of a model? A few plain numbers for each layer, and their sums.

class SizedLayer {
  constructor(dense, experts, flops, cache, attention_flops, cache_heads, largest, largest_expert) { this.dense = dense; this.experts = experts; this.flops = flops; this.cache = cache; this.attention_flops = attention_flops; this.cache_heads = cache_heads; this.largest = largest; this.largest_expert = largest_expert; }
}

class Alike {
  constructor(cache, attention_flops, cache_heads, before) { this.cache = cache; this.attention_flops = attention_flops; this.cache_heads = cache_heads; this.before = before; }
}

class Sized {
  constructor(layers, embedding, lookups, output, output_flops, tied, widths, experts, experts_per_token, total_parameters, active_parameters, encoder = false, padding = 1.0) { this.layers = layers; this.embedding = embedding; this.lookups = lookups; this.output = output; this.output_flops = output_flops; this.tied = tied; this.widths = widths; this.experts = experts; this.experts_per_token = experts_per_token; this.total_parameters = total_parameters; this.active_parameters = active_parameters; this.encoder = encoder; this.padding = padding; }
  get weights() {
    return $once(this, "weights", () => {
      let own_head;
      own_head = (this.output - ($truth(this.tied) ? this.embedding : 0));
      return ((((this.embedding + this.lookups) + own_head) + $last(this.dense)) + $last(this.expert));
    });
  }
  get dense() {
    return $once(this, "dense", () => {
      return _sums((() => { const $ = []; for (const x of this.layers) $.push(x.dense); return $; })());
    });
  }
  get expert() {
    return $once(this, "expert", () => {
      return _sums((() => { const $ = []; for (const x of this.layers) $.push(x.experts); return $; })());
    });
  }
  get mixtures() {
    return $once(this, "mixtures", () => {
      return _sums((() => { const $ = []; for (const x of this.layers) $.push((x.experts > 0)); return $; })());
    });
  }
  get largest_expert() {
    return $once(this, "largest_expert", () => {
      return max((() => { const $ = []; for (const x of this.layers) $.push(x.largest_expert); return $; })());
    });
  }
  get largest() {
    return $once(this, "largest", () => {
      return max(this.largest_expert, max((() => { const $ = []; for (const x of this.layers) $.push(x.largest); return $; })()));
    });
  }
  get states() {
    return $once(this, "states", () => {
      return _sums((() => { const $ = []; for (const x of this.layers) $.push((x.cache.state > 0)); return $; })());
    });
  }
  get flops() {
    return $once(this, "flops", () => {
      return tuple(accumulate((() => { const $ = []; for (const x of this.layers) $.push(x.flops); return $; })(), 0.0));
    });
  }
  get mixes() {
    return $once(this, "mixes", () => {
      return (this.widths.passed > (2 * this.widths.hidden));
    });
  }
  get routed_flops() {
    return $once(this, "routed_flops", () => {
      let idle, lookup, unused;
      idle = (this.experts - this.experts_per_token);
      if ((idle <= 0)) {
        return 0.0;
      }
      lookup = ($truth(this.tied) ? 0 : (this.widths.vocab * this.widths.hidden));
      unused = max(0, ((this.total_parameters - this.active_parameters) - lookup));
      return (((2.0 * unused) * this.experts_per_token) / (idle * $last(this.mixtures)));
    });
  }
  get alike() {
    return $once(this, "alike", () => {
      let found, i, members, own, x;
      found = dict([]);
      for ([i, x] of enumerate(this.layers)) {
        own = [x.cache, x.attention_flops, x.cache_heads];
        members = found.get(own);
        if ((members === null)) {
          members = (() => { const $ = []; for (const _ of this.layers) $.push(false); return $; })();
          $put(found, own, members);
        }
        $put(members, i, true);
      }
      return tuple((() => { const $ = []; for (const [[cache, flops, heads], members] of found.entries()) $.push(new Alike(cache, flops, heads, _sums(members))); return $; })());
    });
  }
  cached(depth, first, end) {
    return total((() => { const $ = []; for (const group of this.alike) $.push((($item(group.before, end) - $item(group.before, first)) * group.cache.bytes(depth))); return $; })());
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
    return total((() => { const $ = []; for (const group of this.alike) $.push(($last(group.before) * group.cache.flops_by(prompt, depth, group.attention_flops))); return $; })());
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
    return tuple((() => { const $ = []; for (const i of range((len(bounds) - 1))) $.push((($item(bounds, (i + 1)) - $item(bounds, i)) + (this.output === i))); return $; })());
  }
  get layers() {
    let bounds, found, place;
    bounds = this.bounds;
    found = (() => { const $ = []; for (const _ of range($item(bounds, 0))) $.push(HOST); return $; })();
    for (place of range((len(bounds) - 1))) {
      found.push(...(() => { const $ = []; for (const _ of range($item(bounds, place), $item(bounds, (place + 1)))) $.push(place); return $; })());
    }
    return tuple(found);
  }
  get experts() {
    return tuple((() => { const $ = []; for (const [i, place] of enumerate(this.layers)) $.push(((i < this.experts_from) ? HOST : place)); return $; })());
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
  return (() => { const $ = []; for (const place of places) $.push(((place === HOST) ? "host" : place)); return $; })();
}

function everything_on_devices(s, program, rig, shares = []) {
  let count, stages;
  count = len(s.layers);
  if ($truth(shares)) {
    return new Layout("tensor", [0, count], 0, undefined, undefined, len(shares), tuple((() => { const $ = []; for (const x of shares) $.push((x / total(shares))); return $; })()));
  }
  if ((program.split === "tensor")) {
    stages = tuple((() => { const $ = []; for (const stage of range((rig.stages + 1))) $.push(over((stage * count), rig.stages)); return $; })());
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

// --- drafting.py: What drafts tokens ahead, and how many does a step then bring?

const MOST = 16;

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
    return new Layout("layer", tuple((() => { const $ = []; for (const _ of range((devices + 1))) $.push(layers); return $; })()), HOST, layers);
  }
  return new Layout("layer", tuple((() => { const $ = []; for (const i of range((devices + 1))) $.push(((i <= layout.output) ? 0 : layers)); return $; })()), layout.output);
}

// --- fitted.py: What does no datasheet say? The constants of the speed formulas, fitted to measurements, by attributes.

const SEEN = ["all", "device", "program", "nothing"];

const NEAR = ["same", "other"];

const KNOWN = 4096;

class Term {
  constructor(name, prior, levels = [], pull = 3.0, most = null) { this.name = name; this.prior = prior; this.levels = levels; this.pull = pull; this.most = most; }
}

const _PROGRAM = ["program"];

const _ERA = ["program", "era"];

const _GENERATION = ["program", "generation"];

const _PACKING = ["program", "packing"];

const TERMS = dict([["decode", [new Term("step", 0.0005, [_PROGRAM, _ERA], 1.0), new Term("layer", 4e-05, [_PROGRAM, _ERA, ["generation"]], 1.0), new Term("mixture", 5e-05, [["memory"], _PROGRAM], 1.0), new Term("state", 2e-05, [_PROGRAM], 1.0), new Term("stream", 0.0003, [_PROGRAM], 1.0), new Term("read", 0.75, [["memory"], ["packing"], _PROGRAM, ["generation"], _PACKING], 3.0, 1.0), new Term("scatter", 1.1, [["memory"], _PROGRAM], 3.0), new Term("recall", 1.2, [_PROGRAM, _ERA], 3.0), new Term("multiply", 0.5, [_PROGRAM, ["packing"], ["generation"]], 3.0, 1.0), new Term("hop", 5e-05, [_PROGRAM], 2.0), new Term("exchange", 1e-05, [_PROGRAM, ["link"]], 2.0), new Term("carry", 0.5, [["link"]], 3.0, 1.0), new Term("handover", 5e-05, [_PROGRAM], 2.0)]], ["prefill", [new Term("step", 0.001, [_PROGRAM, _ERA], 1.0), new Term("layer", 5e-05, [_PROGRAM, _ERA], 1.0), new Term("mixture", 0.0001, [_PROGRAM], 1.0), new Term("state", 0.0001, [_PROGRAM], 1.0), new Term("stream", 50.0, [_PROGRAM], 1.0), new Term("read", 0.7, [_PROGRAM], 6.0, 1.0), new Term("scatter", 1.0, [_PROGRAM], 3.0), new Term("multiply", 0.4, [_PROGRAM, ["generation"], ["packing"], _PACKING, _ERA, ["program", "kind"]], 3.0, 1.5), new Term("attend", 0.2, [_PROGRAM, _GENERATION], 2.0, 1.5), new Term("tile", 4.0, [_PROGRAM], 2.0), new Term("host", 16.0), new Term("overlap", 0.5, [_PROGRAM], 3.0, 1.0), new Term("exchange", 3e-05, [_PROGRAM, ["link"]], 2.0), new Term("carry", 0.5, [["link"]], 3.0, 1.0)]]]);

function at_most(value, most, one, root) {
  let fourth, square;
  square = ((value / most) * (value / most));
  fourth = (square * square);
  return (value / root(root(root((one + (fourth * fourth))))));
}

function towards(ratio, share) {
  return ((ratio >= 1.0) ? (1.0 + (share * (ratio - 1.0))) : (ratio / (ratio + (share * (1.0 - ratio)))));
}

function attributes(program, era, card, packing, mixture) {
  return dict([["program", program], ["era", era], ["memory", ($truth(card) ? card.memory : "DDR")], ["generation", ($truth(card) ? card.generation : NO_GENERATION)], ["packing", packing], ["kind", ($truth(mixture) ? "mixture" : "dense")], ["link", ($truth(card) ? card.link : "none")]]);
}

function key(level, of) {
  return (() => { const $ = []; for (const name of level) $.push(("" + str(name) + "=" + str($item(of, name)))); return $; })().join(" ");
}

class Own {
  constructor(factor, low, high) { this.factor = factor; this.low = low; this.high = high; }
}

class Fitted {
  constructor(factors, eras, spreads, measured, known = dict(), pooled = dict(), own = dict(), verifying = dict()) { this.factors = factors; this.eras = eras; this.spreads = spreads; this.measured = measured; this.known = known; this.pooled = pooled; this.own = own; this.verifying = verifying; }
  static of(data) {
    return new Fitted(dict((() => { const $ = []; for (const test of TERMS) $.push([test, $item(data, test)]); return $; })()), $item(data, "eras"), dict((() => { const $ = []; for (const [kind, both] of $item(data, "spreads").entries()) $.push([kind, dict((() => { const $ = []; for (const [k, v] of both.entries()) $.push([k, [$item(v, 0), $item(v, 1)]]); return $; })())]); return $; })()), dict((() => { const $ = []; for (const [program, devices] of $item(data, "measured").entries()) $.push([program, dict((() => { const $ = []; for (const [device, packings] of devices.entries()) $.push([device, frozenset(packings)]); return $; })())]); return $; })()), undefined, dict((() => { const $ = []; for (const [name, v] of $item(data, "pooled").entries()) $.push([name, [$item(v, 0), $item(v, 1), $item(v, 2)]]); return $; })()), undefined, $item(data, "verifying"));
  }
  static prior() {
    let factors;
    factors = dict((() => { const $ = []; for (const [test, terms] of TERMS.entries()) $.push([test, dict((() => { const $ = []; for (const term of terms) $.push([term.name, dict([["", term.prior]])]); return $; })())]); return $; })());
    return new Fitted(factors, dict([]), dict([]), dict([]));
  }
  told(ratio, seen, near) {
    let high, low, own, share, test;
    own = dict([]);
    for (test of TERMS) {
      [share, low, high] = $item(this.pooled, ("" + str(test) + " " + str(((seen === "nothing") ? "program" : seen)) + " " + str(near)));
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
  seen(program, device, packing) {
    let devices;
    if ((!$has(this.measured, program))) {
      return "nothing";
    }
    devices = $item(this.measured, program);
    if ((!$has(devices, device))) {
      return "program";
    }
    return (($has($item(devices, device), packing)) ? "all" : "device");
  }
  spread(test, kind, seen) {
    let high, low;
    if ((seen === "nothing")) {
      [low, high] = $item($item(this.spreads, ("" + str(test) + " " + str(kind))), "program");
      return [(low * low), (high * high)];
    }
    return $item($item(this.spreads, ("" + str(test) + " " + str(kind))), seen);
  }
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
  constructor(sized, program, context, sequences = 1, slots = 0, widening = 1.0, beside = NOTHING_BESIDE, unified = false, computing = dict()) { this.sized = sized; this.program = program; this.context = context; this.sequences = sequences; this.slots = slots; this.widening = widening; this.beside = beside; this.unified = unified; this.computing = computing; }
  get allocated() {
    return $once(this, "allocated", () => {
      return padded(this.part, this.program.page);
    });
  }
  get part() {
    return $once(this, "part", () => {
      return (($truth(this.slots) && (!$truth(this.unified))) ? over(this.context, this.slots) : this.context);
    });
  }
  get each() {
    return $once(this, "each", () => {
      return ($truth(this.unified) ? 1 : $or(this.slots, () => this.sequences));
    });
  }
  get overhead() {
    return $once(this, "overhead", () => {
      return this.program.overhead;
    });
  }
  get widened() {
    return $once(this, "widened", () => {
      let copies, most, program;
      program = this.program;
      copies = ($has(["cuda", "rocm", "musa"], program.backend));
      if (((!$truth(program.gguf)) || (!$truth(copies)) || (this.widening <= 1.0))) {
        return 0;
      }
      most = max((() => { const $ = []; for (const x of this.sized.layers) $.push(x.cache.attended(this.allocated)); return $; })());
      return round(((this.widening * most) * this.each));
    });
  }
  get buffers() {
    return $once(this, "buffers", () => {
      return compute(this.sized.widths, this.program, this.allocated, false);
    });
  }
  get buffers_with_output() {
    return $once(this, "buffers_with_output", () => {
      return compute(this.sized.widths, this.program, this.allocated, true);
    });
  }
  on_device(output, first = true, several = false, experts = false, on_host = 0, ranks = 1) {
    let key, s;
    key = [output, first, several, experts, on_host, ranks];
    if ((!$has(this.computing, key))) {
      s = this.sized;
      $put(this.computing, key, device(s.widths, this.program, this.allocated, output, first, this.copies(several), ($truth(first) ? ($truth(on_host) ? s.largest : ($truth(experts) ? s.largest_expert : 0)) : 0), (($truth(first) && $truth(on_host)) ? $item(this.carried, on_host) : this.doubled), over(this.widened, ranks)));
    }
    return $item(this.computing, key);
  }
  get carried() {
    return $once(this, "carried", () => {
      return carried((() => { const $ = []; for (const x of this.sized.layers) $.push((x.cache.bytes(this.allocated) * this.each)); return $; })());
    });
  }
  get doubled() {
    return $once(this, "doubled", () => {
      if ((this.program.files !== "mlx")) {
        return 0.0;
      }
      return max((() => { const $ = []; for (const x of this.sized.layers) $.push((x.cache.attended(this.allocated) * this.sequences)); return $; })());
    });
  }
  copies(several) {
    return (($truth(several) && $truth(this.program.gguf)) ? PIPELINE : 1);
  }
  get caches() {
    return $once(this, "caches", () => {
      return tuple((() => { const $ = []; for (const g of this.sized.alike) $.push([g.before, this._held(g.cache), g.cache_heads]); return $; })());
    });
  }
  _held(cache) {
    let more, program, tokens;
    program = this.program;
    if ($truth(program.whole_windows)) {
      tokens = padded(this.context, program.page);
      cache = cache.whole(tokens);
    }
    more = (($truth(program.gguf) || $truth(cache.spare)) ? (program.batched_tokens - program.usual_batch) : 0);
    if ($truth(this.unified)) {
      return cache.shared(this.context, this.slots, MICRO_BATCH, more);
    }
    return cache.held(this.part, this.each, more);
  }
  get layers() {
    return $once(this, "layers", () => {
      let _, before, caches, s, size;
      [s, caches] = [this.sized, this.caches];
      if ((len(caches) === 1)) {
        [before, size, _] = $item(caches, 0);
        return tuple((() => { const $ = []; for (const [dense, count] of zip(s.dense, before)) $.push((dense + (size * count))); return $; })());
      }
      return tuple((() => { const $ = []; for (const [i, dense] of enumerate(s.dense)) $.push((dense + total((() => { const $ = []; for (const [before, size, _] of caches) $.push((size * $item(before, i))); return $; })()))); return $; })());
    });
  }
  get least() {
    return $once(this, "least", () => {
      return (((($last(this.layers) + $last(this.sized.expert)) + this.sized.output) + this.beside.weights) + this.beside.cache);
    });
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
  let before, bounds, computing, devices, end, first, has_output, i, looked_up, own, program, result, s, several, weights;
  if ((layout.split === "tensor")) {
    return _hold_split_tensors(demand, layout);
  }
  [s, program, bounds] = [demand.sized, demand.program, layout.bounds];
  devices = (len(bounds) - 1);
  result = [];
  looked_up = ($truth(program.gguf) ? HOST : next((() => { const $ = []; for (const i of range(devices)) if (($item(bounds, (i + 1)) > $item(bounds, i))) $.push(i); return $; })(), HOST));
  [several, before] = [_several(layout), true];
  for (i of range(devices)) {
    [first, end, has_output] = [$item(bounds, i), $item(bounds, (i + 1)), (layout.output === i)];
    if (((first === end) && (!$truth(has_output)))) {
      result.push(new Memory());
      continue;
    }
    weights = (($item(s.dense, end) - $item(s.dense, first)) + round((s.padding * layout.routed(s.expert, i, first, end))));
    weights = (weights + _ends(s, has_output, (looked_up === i)));
    computing = demand.on_device(has_output, (first === $item(bounds, 0)), several, (layout.experts_on_host > 0), $item(bounds, 0));
    own = new Memory(weights, demand.cache(first, end), computing, demand.overhead);
    result.push(($truth(before) ? own.plus(demand.beside) : own));
    before = false;
  }
  result.push(on_host(demand, layout));
  return tuple(result);
}

function on_host(demand, layout) {
  let computing, copies, first, has_output, own, program, s, weights;
  [s, program, first] = [demand.sized, demand.program, $item(layout.bounds, 0)];
  [has_output, copies] = [(layout.output === HOST), demand.copies(_several(layout))];
  weights = ($item(s.dense, first) + layout.routed(s.expert, HOST, 0, first));
  weights = (weights + _ends(s, has_output, $or(program.gguf, () => (len(layout.bounds) === 1))));
  computing = ($truth(has_output) ? demand.buffers_with_output : host(s.widths, program, demand.allocated, copies));
  own = new Memory(weights, demand.cache(0, first), computing);
  return (($truth(has_output) && (first === len(s.layers))) ? own.plus(demand.beside) : own);
}

function _several(layout) {
  let bounds;
  if ($truth(layout.offloaded)) {
    return false;
  }
  bounds = layout.bounds;
  return (len((() => { const $ = []; for (const i of range((len(bounds) - 1))) if (($item(bounds, i) < $item(bounds, (i + 1)))) $.push(i); return $; })()) > 1);
}

function _ends(s, has_output, has_embedding) {
  let embedding;
  embedding = (($truth(has_output) && $truth(s.tied)) ? 0 : s.embedding);
  return ((s.output * has_output) + ((embedding + s.lookups) * has_embedding));
}

function _hold_split_tensors(demand, layout) {
  let cache, computing, end, first, one, parts, ranks, result, s, stage, stages, weights;
  [s, ranks] = [demand.sized, layout.ranks];
  stages = (len(layout.bounds) - 1);
  result = [];
  for (stage of range(stages)) {
    [first, end] = [$item(layout.bounds, stage), $item(layout.bounds, (stage + 1))];
    weights = (($item(s.dense, end) - $item(s.dense, first)) + round((s.padding * layout.routed(s.expert, stage, first, end))));
    weights = (weights + _ends(s, (stage === (stages - 1)), $and((stage === 0), () => (!$truth(demand.program.gguf)))));
    computing = demand.on_device((stage === (stages - 1)), (stage === 0), undefined, undefined, undefined, ranks);
    cache = demand.cache(first, end, ranks);
    if ((stage === 0)) {
      weights = (weights + demand.beside.weights);
      cache = (cache + over(demand.beside.cache, ranks));
      computing = (computing + demand.beside.buffers);
    }
    one = new Memory(over(weights, ranks), cache, computing, demand.overhead);
    if ($truth(layout.shares)) {
      parts = (() => { const $ = []; for (const share of layout.shares) $.push((share * ranks)); return $; })();
      result.push(...(() => { const $ = []; for (const part of parts) $.push(new Memory(round(((part * weights) / ranks)), round((part * cache)), computing, demand.overhead)); return $; })());
    } else {
      result.push(...(() => { const $ = []; for (const _ of range(ranks)) $.push(one); return $; })());
    }
  }
  if ((!$truth(demand.program.gguf))) {
    return [...result, new Memory()];
  }
  return [...result, new Memory(_ends(s, false, true), 0, host(s.widths, demand.program, demand.allocated))];
}

// --- settings.py: What may a person pass to a runtime? Settings, what they make of a program and a rig, and which are impossible.

class Settings {
  constructor(split = null, layers_on_device = null, experts_on_host = null, tensor_split = null, micro_batch = null, utilization = null, max_sequences = null, vision = null, mtp = null, swa_full = false, flash_attention = null, lora = 0, draft = null, slots = null, unified = false, in_use = null, wired_limit = null) { this.split = split; this.layers_on_device = layers_on_device; this.experts_on_host = experts_on_host; this.tensor_split = tensor_split; this.micro_batch = micro_batch; this.utilization = utilization; this.max_sequences = max_sequences; this.vision = vision; this.mtp = mtp; this.swa_full = swa_full; this.flash_attention = flash_attention; this.lora = lora; this.draft = draft; this.slots = slots; this.unified = unified; this.in_use = in_use; this.wired_limit = wired_limit; }
  get placed() {
    return $or((this.layers_on_device !== null), () => $or((this.experts_on_host !== null), () => (this.tensor_split !== null)));
  }
}

const DEFAULT = new Settings();

function set_up(program, asked) {
  let batch, rows, split;
  batch = ((asked.micro_batch === null) ? program.batched_tokens : asked.micro_batch);
  split = (($has([null, "none"], asked.split)) ? program.split : asked.split);
  rows = (((asked.max_sequences === null) || $truth(program.gguf)) ? program.logit_rows : asked.max_sequences);
  return _changed(program, $or(split, () => program.split), $and(program.offload, () => (split === program.split)), ((asked.utilization === null) ? program.utilization : asked.utilization), ((asked.utilization === null) ? program.margin : 0), batch, (($truth(program.gguf) && (program.logit_rows === program.batched_tokens)) ? batch : rows), asked.swa_full, (asked.flash_attention !== false));
}

function at_home(program, rig) {
  let found, memory, one;
  if (((rig.nodes > 1) && (!$truth(program.spans)))) {
    throw new SizingError(("" + str(program.runtime) + " runs in one box; choose llama.cpp, vllm or another that spans several"));
  }
  if ((!$truth(program.defaults))) {
    return program;
  }
  [found, memory] = [$item(program.defaults, 0), min(rig.capacities)];
  for (one of program.defaults) {
    if (((one.memory <= memory) && (!$truth(any((() => { const $ = []; for (const p of rig.devices) $.push($and((p.card !== null), () => ($has(program.small, p.card.id)))); return $; })()))))) {
      found = one;
    }
  }
  return _changed(program, program.split, program.offload, program.utilization, (found.margin + (program.margin_each * len(rig.devices))), found.batched_tokens, found.logit_rows, program.whole_windows, program.flash);
}

function _changed(program, split, offload, utilization, margin, batched_tokens, logit_rows, whole_windows, flash) {
  return new Program(program.runtime, program.backend, program.files, split, offload, program.spans, utilization, margin, program.margin_each, program.apart, batched_tokens, program.usual_batch, logit_rows, program.page, whole_windows, flash, program.overhead, program.expert_tokens, program.defaults, program.small, program.formats);
}

function left(rig, asked) {
  let assumed, host, limit, network, nodes, places, taken, used;
  used = $or(asked.in_use, () => []);
  taken = (() => { const $ = []; for (const i of range(len(rig.devices))) $.push(((i < len(used)) ? $item(used, i) : 0)); return $; })();
  [limit, assumed] = [asked.wired_limit, rig.assumed];
  if ((limit !== null)) {
    assumed = tuple((() => { const $ = []; for (const one of assumed) if ((one !== GPU_LIMIT)) $.push(one); return $; })());
  }
  places = (() => { const $ = []; for (const [i, place] of enumerate(rig.devices)) $.push(new Place(place.name, (((limit === null) ? place.capacity : limit) - $item(taken, i)), place.bandwidth, place.card)); return $; })();
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
    throw new SizingError(((asked.split === "row") ? ("" + "split " + str(asked.split) + " is not planned: it keeps the whole cache on one card; choose layer, tensor or none") : ("" + "split " + str(asked.split) + " is not planned; choose layer, tensor or none")));
  }
  if (($truth(asked.placed) && (!$truth(program.gguf)))) {
    throw new SizingError(("" + str(name) + " has no -ngl, --n-cpu-moe or -ts; these are llama.cpp's"));
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
      throw new SizingError(("" + str(what) + ": " + str(value) + " is not possible; give a whole number from " + str(least) + " up"));
    }
  }
  if ((asked.utilization !== null)) {
    if ((!$truth(program.pools))) {
      throw new SizingError(("" + str(name) + " takes no share of a device; say what others use of it with in_use"));
    }
    if ((!(0 < asked.utilization && asked.utilization <= 1))) {
      throw new SizingError(("" + "utilization " + str(asked.utilization) + " is not possible; give a share such as 0.9"));
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
    throw new SizingError(("" + str(name) + " has no --max-num-seqs; give sequences, or slots that share one context"));
  }
  if ((($truth(asked.swa_full) || (asked.flash_attention !== null)) && (!$truth(program.gguf)))) {
    throw new SizingError(("" + str(name) + " has no --swa-full and no -fa; these are llama.cpp's"));
  }
  if ((asked.lora < 0)) {
    throw new SizingError("adapters take 0 bytes or more");
  }
  if (($truth(asked.unified) && (asked.slots === null))) {
    throw new SizingError("a unified cache is of slots that share one context; give their number with it");
  }
  if ((asked.slots !== null)) {
    if ((!$truth(program.gguf))) {
      throw new SizingError(("" + "slots share one context in llama.cpp alone; give " + str(name) + " sequences"));
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
      throw new SizingError(("" + "the tensor split has " + str(len(shares)) + " shares; the machine uses " + str(devices) + " devices"));
    }
    if (((min(shares) < 0) || (max(shares) <= 0))) {
      throw new SizingError("a tensor split is shares from 0 up, of which one at least is more, such as 3,1");
    }
  }
  if ((used !== null)) {
    if ((len(used) > len(rig.devices))) {
      throw new SizingError(("" + "memory in use of " + str(len(used)) + " devices is given; the machine has " + str(len(rig.devices))));
    }
    for ([i, taken] of enumerate(used)) {
      if ((!(0 <= taken && taken < $item(rig.places, i).capacity))) {
        throw new SizingError(("" + "memory in use of " + str($item(rig.places, i).name) + " lies between 0 and what it offers"));
      }
    }
  }
}

// --- placement.py: Where does it go? Proposes placements, and asks ``memory`` what each place then holds.

const FITS = "fits";

const TIGHT = "tight";

const OFFLOAD = "offload";

const DISK = "disk";

const NO = "no";

const BALANCING = 12;

class Proposal {
  constructor(demand, layout) { this.demand = demand; this.layout = layout; }
  get held() {
    return $once(this, "held", () => {
      return hold(this.demand, this.layout);
    });
  }
  get devices() {
    return $once(this, "devices", () => {
      return tuple((() => { const $ = []; for (const m of this.held.slice(0, (-1))) $.push(m.total); return $; })());
    });
  }
  get host() {
    return $once(this, "host", () => {
      return ((this.layout.split === "tensor") ? $last(this.held).total : on_host(this.demand, this.layout).total);
    });
  }
  suits(rig, room, margin) {
    if ((!$truth(this.suits_host(rig)))) {
      return false;
    }
    return all((() => { const $ = []; for (const [need, most] of zip(this.needs(margin), room)) $.push((need <= most)); return $; })());
  }
  needs(margin) {
    let apart;
    apart = $and(margin, () => this.demand.program.apart);
    return ($truth(apart) ? tuple((() => { const $ = []; for (const m of this.held.slice(0, (-1))) $.push((m.total - m.buffers)); return $; })()) : this.devices);
  }
  suits_host(rig) {
    return ((this.host + this._beside(rig)) <= rig.host.capacity);
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
  constructor(demand, settings = DEFAULT, whole = dict()) { this.demand = demand; this.settings = settings; this.whole = whole; }
  best(rig) {
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
        found = ($truth(whole.suits(rig, room, (i === 0))) ? whole : this._shifted(rig, room, (i === 0)));
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
        found = new Proposal(this.demand, _offloaded(this.demand, room));
        if ($truth(found.suits_host(rig))) {
          return [found, OFFLOAD];
        }
      }
    }
    return [whole, ($truth(this._maps(rig, $item(rooms, 0))) ? DISK : NO)];
  }
  _asked(rig, rooms) {
    let asked, found, i, room, s, shares;
    [asked, s] = [this.settings, this.demand.sized];
    shares = $or(asked.tensor_split, () => rig.capacities);
    found = new Proposal(this.demand, as_asked(s, shares, asked.layers_on_device, $or(asked.experts_on_host, () => 0)));
    for ([i, room] of enumerate(rooms)) {
      if ($truth(found.suits(rig, room, (i === 0)))) {
        return [found, ($truth(found.layout.offloaded) ? OFFLOAD : ($truth(i) ? TIGHT : FITS))];
      }
    }
    return [found, NO];
  }
  _whole(rig) {
    let shares, whole;
    whole = this.whole.get(rig.proportions);
    if ((whole === null)) {
      shares = ((this.demand.program.split === "tensor") ? $or(this.settings.tensor_split, () => []) : []);
      whole = new Proposal(this.demand, everything_on_devices(this.demand.sized, this.demand.program, rig, shares));
      $put(this.whole, rig.proportions, whole);
    }
    return whole;
  }
  _shifted(rig, room, margin) {
    let found, layout;
    if (((len(room) === 1) || (this.demand.program.split !== "layer"))) {
      return null;
    }
    layout = _evenly(this.demand, room);
    found = ((layout !== null) ? new Proposal(this.demand, layout) : null);
    return (((found !== null) && $truth(found.suits(rig, room, margin))) ? found : null);
  }
  _maps(rig, room) {
    let hosted;
    if ((!$truth(this.demand.program.gguf))) {
      return false;
    }
    hosted = new Proposal(this.demand, _without_devices(this.demand, room));
    return $or(hosted.maps(rig), () => new Proposal(this.demand, _offloaded(this.demand, room)).maps(rig));
  }
}

function _evenly(demand, room) {
  let _, closer, found, high, i, low, most, share;
  found = _packed(demand, room, undefined, undefined, true);
  if ((found === null)) {
    for ([i, most] of enumerate(room)) {
      if ((found === null)) {
        found = _packed(demand, tuple((() => { const $ = []; for (const j of range(len(room))) $.push(((j === i) ? most : 0.0)); return $; })()));
      }
    }
    return found;
  }
  [low, high] = [0.0, 1.0];
  for (_ of range(BALANCING)) {
    share = ((low + high) / 2);
    closer = _packed(demand, tuple((() => { const $ = []; for (const most of room) $.push((most * share)); return $; })()), undefined, undefined, true);
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
  return new Layout("layer", tuple((() => { const $ = []; for (const _ of range((len(room) + 1))) $.push(count); return $; })()), HOST, ($truth(demand.sized.experts) ? count : 0));
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
    let everything;
    everything = (len(this.demand.sized.layers) + 1);
    if (((this.start >= everything) || (this.needs(everything) <= most))) {
      return everything;
    }
    if ($truth(all_or_none)) {
      return this.start;
    }
    return (first_that((this.start + 1), everything, ((end) => (this.needs(end) > most))) - 1);
  }
  needs(end) {
    let before, beside, computing, demand, has_output, held, hosted, last, s;
    [demand, s] = [this.demand, this.demand.sized];
    last = len(s.layers);
    [has_output, end] = [(end > last), min(end, last)];
    [hosted, before] = [(this.experts_from > this.on_host), this.experts_from];
    held = ($item(demand.layers, end) - $item(demand.layers, this.start));
    held = (held + ($item(s.expert, max(end, before)) - $item(s.expert, max(this.start, before))));
    computing = demand.on_device(has_output, this.first, this.several, hosted, this.on_host);
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

const VECTORS = ["rocm", "vulkan"];

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
    let demand, draft, drafting, layout, one, seconds, sequences, step, tokens;
    [draft, sequences] = [this.draft, this.demand.sequences];
    tokens = ((draft === null) ? 1 : (draft.tokens + 1));
    step = decoding(this.demand.sized, this.layout, depth, sequences, tokens);
    seconds = this.decoding_seconds(step, tokens);
    if (((draft === null) || (seconds === null))) {
      return seconds;
    }
    demand = new Demand(draft.sized, this.demand.program, this.demand.context, sequences);
    layout = beside(this.layout, len(draft.sized.layers));
    one = new Speed(demand, draft.packing, layout, this.rig, this.fitted, this.era);
    drafting = one.decoding_seconds(decoding(draft.sized, layout, depth, sequences));
    return ((drafting === null) ? null : (seconds + (draft.tokens * drafting)));
  }
  most(depth) {
    return (1 / this._least(depth));
  }
  prefill(prompt, depth = 0) {
    let seconds, step;
    step = this._prompt(prompt, depth);
    seconds = this.prefilling_seconds(step, prompt);
    return ((seconds === null) ? null : this._rate("prefill", (prompt / seconds), (prompt / this._computing(step))));
  }
  time_to_first_token(prompt) {
    let first, step;
    first = this.prefilling_seconds(this._prompt(prompt, 0), prompt);
    step = this.decoding_seconds(decoding(this.demand.sized, this.layout, prompt, this.demand.sequences));
    return (((first === null) || (step === null)) ? null : (first + step));
  }
  unknown() {
    let missing, place;
    missing = [];
    for (place of this.rig.devices) {
      if ((place.bandwidth === null)) {
        missing.push(("" + str(place.card.id) + ".bandwidth"));
      }
      if ((this._rate_of(place) === null)) {
        missing.push(("" + str(place.card.id) + ".compute"));
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
  get seen() {
    let card;
    card = $item(this.rig.devices, 0).card;
    return this.fitted.seen(this.demand.program.name, ($truth(card) ? card.id : ""), this.packing);
  }
  _rate(test, value, most) {
    let high, low, own;
    [low, high] = this.fitted.spread(test, this.kind, this.seen);
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
      rate = (faster * $or(this._rate_of(place), () => inf));
      seconds = (seconds + decode_seconds(this._constants("decode", place), work, place.bandwidth, rate, sqrt));
    }
    k = this._constants("decode", $item(this.rig.devices, 0));
    passing = passing_seconds(k, step.exchanges, step.exchanged, this._link());
    passing = (passing + this._crossing(step, (this.demand.sequences * tokens)));
    return (($item(k, "step") + seconds) + ((($item(k, "hop") * step.hops) + ($item(k, "handover") * step.hosted)) + passing));
  }
  _prompt(prompt, depth) {
    return prefilling(this.demand.sized, this.layout, prompt, depth, this.demand.program.batched_tokens);
  }
  prefilling_seconds(step, prompt) {
    let attending, beside, brought, computed, hosted, i, index, k, on_devices, passing, place, rate, seconds, stages, work;
    hosted = NOTHING;
    for ([index, work] of step.places) {
      if ((index === HOST)) {
        hosted = work;
      }
    }
    on_devices = (() => { const $ = []; for (const [place, work] of step.places) if ((place !== HOST)) $.push([$item(this.rig.places, place), work]); return $; })();
    if ((!$truth(on_devices))) {
      return null;
    }
    [seconds, brought] = [0.0, (!$truth(stays(this.demand.program, this.demand.sized, prompt)))];
    for ([i, [place, work]] of enumerate(on_devices)) {
      rate = this._rate_of(place);
      if (((place.bandwidth === null) || (rate === null))) {
        return null;
      }
      computed = (((i === 0) && $truth(brought)) ? work.plus(hosted) : work);
      attending = attention_rate(place.card, this.demand.program, rate);
      k = this._constants("prefill", place);
      seconds = (seconds + prefill_seconds(k, computed, place.bandwidth, rate, attending, sqrt));
    }
    k = this._constants("prefill", $item(this.rig.devices, 0));
    beside = ($truth(brought) ? this._copied(k, hosted) : this._hosted(k, hosted));
    if ((beside === null)) {
      return null;
    }
    stages = ((this.layout.split === "layer") ? len(on_devices) : this.rig.stages);
    seconds = (seconds / (1.0 + overlapping(k, (stages - 1.0), (1.0 - (1.0 / step.batches)))));
    passing = passing_seconds(k, step.exchanges, step.exchanged, this._link());
    passing = (passing + this._crossing(step, (step.batches * this.demand.program.batched_tokens)));
    return (((($item(k, "step") * step.batches) + seconds) + passing) + beside);
  }
  _hosted(k, hosted) {
    let bandwidth;
    bandwidth = this.rig.host.bandwidth;
    return ((bandwidth === null) ? null : hosted_seconds(k, hosted, bandwidth));
  }
  _copied(k, hosted) {
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
  _computing(step) {
    let flops;
    flops = (total((() => { const $ = []; for (const [_, work] of step.places) $.push(work.flops); return $; })()) * this.layout.ranks);
    return (flops / total((() => { const $ = []; for (const place of this.rig.devices) if ($truth(place.card)) $.push(place.card.best_rate); return $; })()));
  }
  _rate_of(place) {
    return ($truth(place.card) ? kernel_rate(place.card, this.demand.program, this.packing) : null);
  }
  _link() {
    let link;
    link = link_bandwidth($item(this.rig.devices, 0).card);
    return ($truth(this._ranks_cross) ? min(link, $or(this.rig.network, () => inf)) : link);
  }
  get _ranks_cross() {
    return (this.layout.ranks > $div(len(this.rig.devices), this.rig.nodes));
  }
  _crossing(step, tokens) {
    let crossings, layout, nodes, passed, rig, size, used;
    [rig, layout] = [this.rig, this.layout];
    if ((rig.nodes === 1)) {
      return 0.0;
    }
    if ($truth(this._ranks_cross)) {
      return (NODE_EXCHANGE * step.exchanges);
    }
    used = (() => { const $ = []; for (const [index, _] of step.places) if ((index !== HOST)) $.push(index); return $; })();
    nodes = ((layout.split === "tensor") ? used : (() => { const $ = []; for (const index of used) $.push(rig.node(index)); return $; })());
    crossings = len((() => { const $ = []; for (const i of range(1, len(nodes))) if (($item(nodes, i) !== $item(nodes, (i - 1)))) $.push(i); return $; })());
    size = ($truth(this.demand.program.gguf) ? 4 : 2);
    passed = ((tokens * size) * this.demand.sized.widths.passed);
    return (crossings * ((NODE_HOP * step.batches) + (passed / $or(rig.network, () => inf))));
  }
  _constants(test, place) {
    let era, own, program;
    own = this.demand.program;
    program = (((place.card === null) && (!$truth(this.rig.unified))) ? ("" + str(own.runtime) + "/cpu") : own.name);
    era = $or(this.era, () => this.fitted.eras.get(program, ""));
    return this.fitted.constants(test, program, era, place.card, this.packing, (this.demand.sized.experts > 0));
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
  if ($truth(program.gguf)) {
    return card.half;
  }
  wide = ((packing === "FP8") ? card.fp8 : (($has(["NVFP4", "MXFP4"], packing)) ? card.fp4 : null));
  return ((wide === null) ? card.rate : wide);
}

function attention_rate(card, program, rate) {
  if (((!$truth(program.gguf)) || (!$has(VECTORS, program.backend)) || (card.single === null))) {
    return rate;
  }
  return min(rate, (2 * card.single));
}

function link_bandwidth(card) {
  return $or(($truth(card) ? card.peers : null), () => inf);
}

// --- outcome.py: What comes out? A model as a program loads it, on a rig or on none, with every number that a plan shows.

const EMPTY = 256;

const MOST_TOKENS = 1073741824;

const MOST_SEQUENCES = 1048576;

function settle(encoding, programs, backends, asked) {
  let backend, names, own, program, readers, reading, runtime, runtimes, there, told;
  readers = encoding.runtimes;
  if (((asked !== null) && (!$has(readers, asked)))) {
    throw new SizingError(("" + str(asked) + " does not read " + str(encoding.id) + "; " + str(encoding.id) + " is read by " + str(readers.join(", "))));
  }
  reading = (() => { const $ = []; for (const p of programs) if ($truth(((asked === null) ? ($has(readers, p.runtime)) : (p.runtime === asked)))) $.push(p); return $; })();
  runtimes = list(dict.fromkeys((() => { const $ = []; for (const p of reading) $.push(p.runtime); return $; })()));
  for (runtime of runtimes) {
    own = (() => { const $ = []; for (const p of reading) if ((p.runtime === runtime)) $.push(p); return $; })();
    for (backend of $or(backends, () => [$item(own, 0).backend])) {
      for (program of own) {
        if (((program.backend === backend) && ((!$truth(program.formats)) || ($has(program.formats, encoding.id))))) {
          return program;
        }
      }
    }
  }
  for (program of reading) {
    if (($has(backends, program.backend))) {
      told = ("" + str(program.runtime) + " computes " + str(program.formats.join(", ")) + " on " + str(program.backend));
      throw new SizingError(("" + str(told) + ", and not " + str(encoding.id) + "; choose one of these"));
    }
  }
  there = backends.join("/");
  if ((!$truth(any((() => { const $ = []; for (const p of programs) $.push(($has(backends, p.backend))); return $; })())))) {
    throw new SizingError(("" + "no runtime of the catalog runs on " + str(there) + " yet; choose another machine"));
  }
  names = runtimes.join(", ");
  throw new SizingError(("" + str(encoding.id) + " is read by " + str(names) + ", which cannot run on " + str(there) + "; choose another format"));
}

function possible(context, sequences) {
  let most, name, value;
  for ([name, value, most] of [["context", context, MOST_TOKENS], ["sequences", sequences, MOST_SEQUENCES]]) {
    if ((value < 1)) {
      throw new SizingError(("" + str(name) + " " + str(value) + " is not possible; give a whole number from 1 up"));
    }
    if ((value > most)) {
      throw new SizingError(("" + str(name) + " is not possible beyond " + str(most) + "; give a smaller number"));
    }
  }
}

class Loaded {
  constructor(model, limit, encoding, cache_format, program, sized, widening = 1.0) { this.model = model; this.limit = limit; this.encoding = encoding; this.cache_format = cache_format; this.program = program; this.sized = sized; this.widening = widening; }
}

class Held {
  constructor(name, capacity, memory) { this.name = name; this.capacity = capacity; this.memory = memory; }
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
  get places() {
    let held;
    held = this.proposal.held;
    if ((this.rig === null)) {
      return [new Held("host", null, $item(held, 0))];
    }
    return tuple((() => { const $ = []; for (const [i, place] of enumerate(this.rig.places)) $.push(new Held(place.name, place.capacity, $item(held, i))); return $; })());
  }
  get speed() {
    let encoding, proposal;
    if (((this.rig === null) || (this.fitted === null) || (!$truth(this.runs)))) {
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
    let assumed;
    assumed = ($truth(this.rig) ? this.rig.assumed : []);
    if (((this.draft !== null) && $truth(this.draft.assumed))) {
      assumed = [...assumed, ACCEPTANCE];
    }
    if (($truth(this.runs) && $truth(this.proposal.layout.offloaded))) {
      return assumed;
    }
    return tuple((() => { const $ = []; for (const x of assumed) if ((!$has([REFERENCE_HOST, HOST_BANDWIDTH], x))) $.push(x); return $; })());
  }
  get settings() {
    let asked, demand, layout, on_device, placed, program, several;
    [demand, layout] = [this.proposal.demand, this.proposal.layout];
    [program, asked] = [demand.program, this.asked];
    placed = $and((this.rig !== null), () => $and(program.gguf, () => $and((program.backend !== "cpu"), () => (layout.split === "layer"))));
    on_device = ((layout.output !== HOST) ? ((len(layout.layers) + 1) - $item(layout.bounds, 0)) : 0);
    several = $and((this.rig !== null), () => (len(this.rig.devices) > 1));
    return dict([["split", ((this.rig === null) ? null : $or(asked.split, () => ($truth(several) ? layout.split : "none")))], ["layers_on_device", ($truth(placed) ? on_device : null)], ["experts_on_host", (($truth(placed) && $truth(demand.sized.experts)) ? layout.experts_from : null)], ["tensor_split", (($truth(several) && ($truth(placed) || $truth(asked.tensor_split))) ? list($or(asked.tensor_split, () => layout.tensor_split)) : null)], ["micro_batch", program.batched_tokens], ["flash_attention", ($truth(program.gguf) ? program.flash : null)], ["swa_full", ($truth(program.gguf) ? program.whole_windows : null)], ["utilization", this.utilization], ["max_sequences", ((program.utilization < 1) ? program.logit_rows : null)], ["slots", ($truth(program.gguf) ? $or(demand.slots, () => demand.sequences) : null)], ["unified", ($truth(demand.slots) ? demand.unified : null)], ["in_use", ((asked.in_use !== null) ? list(asked.in_use) : null)], ["wired_limit", asked.wired_limit], ["draft_tokens", ($truth(this.draft) ? this.draft.tokens : null)], ["acceptance", ($truth(this.draft) ? this.draft.acceptance : null)]]);
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
      return (max((() => { const $ = []; for (const [need, capacity] of zip(needs, capacities)) $.push(over((100 * need), capacity)); return $; })()) / 100);
    }
    return (int(((1000 * (program.utilization - (program.margin / min(capacities)))) + 0.5)) / 1000);
  }
  decode_at(depth) {
    let speed;
    speed = ($truth(this.loaded.sized.encoder) ? null : this.speed);
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
  get throughput() {
    let n, one;
    [one, n] = [this.decode_at(this.context), this.sequences];
    return ($truth(one) ? new Rate((one.value * n), (one.low * n), (one.high * n)) : null);
  }
  as_dict() {
    let decode, empty, layout, loaded, prefill, together;
    [loaded, empty, together] = [this.loaded, this.decode_empty, this.throughput];
    [layout, decode, prefill] = [this.layout, this.decode_at(this.context), this.prefill_at(this.context)];
    return dict([["model", loaded.model], ["machine", ($truth(this.rig) ? this.rig.id : null)], ["format", loaded.encoding.id], ["runtime", loaded.program.runtime], ["context", this.context], ["sequences", this.sequences], ["cache_format", loaded.cache_format], ["memory", this.memory.as_dict()], ["places", (() => { const $ = []; for (const p of this.places) $.push(dict([["name", p.name], ["capacity", p.capacity], ["memory", p.memory.as_dict()]])); return $; })()], ["verdict", this.verdict], ["fits", this.fits], ["runs", this.runs], ["settings", this.settings], ["layout", ($truth(layout) ? layout.as_dict() : null)], ["decode", ($truth(decode) ? decode.as_dict() : null)], ["decode_empty", ($truth(empty) ? empty.as_dict() : null)], ["throughput", ($truth(together) ? together.as_dict() : null)], ["pool_tokens", this.pool_tokens], ["prefill", ($truth(prefill) ? prefill.as_dict() : null)], ["time_to_first_token", this.time_to_first_token(this.context)], ["beyond_limit", this.beyond_limit], ["unknown", list(this.unknown)], ["assumed", list(this.assumed)]]);
  }
}

function outcome(loaded, proposals, rig, fitted) {
  let asked, demand, found, verdict;
  [demand, asked] = [proposals.demand, proposals.settings];
  if ((rig === null)) {
    found = new Proposal(demand, everything_on_host(demand.sized));
    return new Outcome(loaded, demand.context, demand.sequences, null, found, null, null, asked);
  }
  if (((asked.in_use !== null) || (asked.wired_limit !== null) || (asked.split === "none"))) {
    rig = left(rig, asked);
  }
  [found, verdict] = proposals.best(rig);
  return new Outcome(loaded, demand.context, demand.sequences, rig, found, verdict, fitted, asked);
}

// --- exported.py: What does a browser plan with? Sized numbers, rigs, programs and constants as plain data, put together again.

const LOADED = 1024;

const WORDS = ["model", "machine", "format", "context", "cache_format", "runtime", "sequences", "split", "layers_on_device", "experts_on_host", "tensor_split", "micro_batch", "utilization", "max_sequences", "vision", "mtp", "swa_full", "flash_attention", "lora", "slots", "unified", "in_use", "wired_limit"];

class Asked {
  constructor(model, machine, format, context, cache_format = "f16", runtime = null, sequences = 1, settings = DEFAULT) { this.model = model; this.machine = machine; this.format = format; this.context = context; this.cache_format = cache_format; this.runtime = runtime; this.sequences = sequences; this.settings = settings; }
  static of(data) {
    let word;
    for (word of data) {
      if ((!$has(WORDS, word))) {
        throw new SizingError(("" + str(word) + " is nothing that can be asked; known are " + str(WORDS.join(", "))));
      }
    }
    return new Asked($item(data, "model"), data.get("machine"), $item(data, "format"), $item(data, "context"), _or(data.get("cache_format"), "f16"), data.get("runtime"), _or(data.get("sequences"), 1), new Settings(data.get("split"), data.get("layers_on_device"), data.get("experts_on_host"), _each(data.get("tensor_split")), data.get("micro_batch"), data.get("utilization"), data.get("max_sequences"), data.get("vision"), data.get("mtp"), _or(data.get("swa_full"), false), data.get("flash_attention"), _or(data.get("lora"), 0), null, data.get("slots"), _or(data.get("unified"), false), _each(data.get("in_use")), data.get("wired_limit")));
  }
}

function _or(said, otherwise) {
  return ((said === null) ? otherwise : said);
}

function _each(said) {
  return ((said === null) ? null : tuple(said));
}

class Exported {
  constructor(programs, encodings, rigs, models, fitted, loaded = dict()) { this.programs = programs; this.encodings = encodings; this.rigs = rigs; this.models = models; this.fitted = fitted; this.loaded = loaded; }
  static of(data) {
    let cards;
    cards = dict((() => { const $ = []; for (const [name, row] of $item(data, "cards").entries()) $.push([name, new Card(name, ...row)]); return $; })());
    return new Exported(tuple((() => { const $ = []; for (const row of $item(data, "programs")) $.push(_program(row)); return $; })()), dict((() => { const $ = []; for (const [name, row] of $item(data, "formats").entries()) $.push([name, new Encoding(name, $item(row, 0), tuple($item(row, 1)))]); return $; })()), dict((() => { const $ = []; for (const [name, machine] of $item(data, "machines").entries()) $.push([name, _rig(name, machine, cards)]); return $; })()), $item(data, "models"), Fitted.of($item(data, "constants")));
  }
  outcome(asked) {
    let beside, context, demand, encoding, its, key, loaded, program, rig, sequences, settings, settled, sized, slots, wider;
    [context, sequences, settings] = [asked.context, asked.sequences, asked.settings];
    possible(context, sequences);
    rig = ((asked.machine === null) ? null : _found(this.rigs, asked.machine, "machine"));
    its = _found(this.models, asked.model, "model");
    if ($truth($item(its, "refusal"))) {
      throw new SizingError($item(its, "refusal"));
    }
    encoding = _found(this.encodings, asked.format, "format");
    program = settle(encoding, this.programs, ($truth(rig) ? rig.backends : []), asked.runtime);
    if ((rig !== null)) {
      program = at_home(program, rig);
    }
    settled = ("" + str(program.name) + " " + str(program.batched_tokens) + " " + str(program.margin));
    key = [asked.model, asked.format, settled, asked.cache_format];
    if ((!$has(this.loaded, key))) {
      if ((len(this.loaded) >= LOADED)) {
        this.loaded.clear();
      }
      sized = _sized(its, asked.format, program, asked.cache_format);
      wider = $item($item($item($item(its, "caches"), program.runtime), asked.cache_format), "widening");
      $put(this.loaded, key, new Loaded(asked.model, $item(its, "limit"), encoding, asked.cache_format, program, sized, wider));
    }
    loaded = $item(this.loaded, key);
    beside = new Memory($item($item(its, "beside"), program.runtime));
    check(settings, program, loaded.sized, rig, sequences);
    [program, slots] = [set_up(program, settings), $or(settings.slots, () => 0)];
    demand = new Demand(loaded.sized, program, context, sequences, slots, loaded.widening, beside, settings.unified);
    return outcome(loaded, new Proposals(demand, settings), rig, this.fitted);
  }
}

function _found(entries, name, what) {
  if ((!$has(entries, name))) {
    throw new SizingError(("" + "no " + str(what) + " " + str(name) + " was exported"));
  }
  return $item(entries, name);
}

function _program(row) {
  let defaults, formats, plain, small, stated;
  [plain, defaults, small, formats] = row;
  stated = [...plain, tuple((() => { const $ = []; for (const one of defaults) $.push(new Defaults(...one)); return $; })()), tuple(small), tuple(formats)];
  return new Program(...stated);
}

function _rig(name, data, cards) {
  let assumed, backends, places;
  places = (() => { const $ = []; for (const [place, capacity, bandwidth, card] of $item(data, "places")) $.push(new Place(place, capacity, bandwidth, ((card === null) ? null : $item(cards, card)))); return $; })();
  [backends, assumed] = [tuple($item(data, "backends")), tuple($item(data, "assumed"))];
  return new Rig(name, tuple(places), $item(data, "unified"), backends, $item(data, "nodes"), assumed, $item(data, "network"));
}

function sized_key(format, gguf) {
  return ($truth(gguf) ? ("" + str(format) + "/gguf") : format);
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
  parts = unrolled((() => { const $ = []; for (const row of $item(kept, "rows")) $.push(_cache(row)); return $; })(), $item(kept, "runs"));
  bytes_of = unrolled($item($item(weights, "layers"), "rows"), $item($item(weights, "layers"), "runs"));
  work_of = unrolled($item($item(shape, "layers"), "rows"), $item($item(shape, "layers"), "runs"));
  return new Sized(tuple((() => { const $ = []; for (const i of range(len(parts))) $.push(_layer_of($item(bytes_of, i), $item(work_of, i), $item(parts, i))); return $; })()), $item(weights, "embedding"), $item(weights, "lookups"), $item(weights, "output"), $item(shape, "output_flops"), $item(shape, "tied"), new Widths(...$item(shape, "widths")), $item(shape, "experts"), $item(shape, "experts_per_token"), $item(shape, "total_parameters"), $item(shape, "active_parameters"), $item(shape, "encoder"), $item(weights, "padding"));
}

function unrolled(rows, runs) {
  return (() => { const $ = []; for (const [row, count] of runs) for (const _ of range(count)) $.push($item(rows, row)); return $; })();
}

function _layer_of(held, work, cache) {
  return new SizedLayer($item(held, 0), $item(held, 1), $item(work, 0), cache, $item(work, 1), $item(work, 2), $item(held, 2), $item(held, 3));
}

function _cache(row) {
  let compressed;
  compressed = tuple((() => { const $ = []; for (const entry of $item(row, 3)) $.push(new Compressed(...entry)); return $; })());
  return new CachePart($item(row, 0), $item(row, 1), $item(row, 2), compressed, ...row.slice(4));
}

// --- ranking.py: Which answers does no other beat? Plain figures: a score with the difference that says nothing, and seconds.

class Scored {
  constructor(score, spread, seconds) { this.score = score; this.spread = spread; this.seconds = seconds; }
}

function front(answers, tie) {
  let kept, mine, place;
  kept = [];
  for (place of _by(range(len(answers)), (() => { const $ = []; for (const x of answers) $.push(x.seconds); return $; })(), (() => { const $ = []; for (const x of answers) $.push((-x.score)); return $; })())) {
    mine = $item(answers, place);
    if ($truth(all((() => { const $ = []; for (const i of kept) $.push(((mine.score - $item(answers, i).score) > apart(mine, $item(answers, i), tie))); return $; })()))) {
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

export { ACCEPTANCE, Alike, Asked, BALANCING, CachePart, Card, Compressed, DEFAULT, DISK, Defaults, Demand, Draft, EMPTY, Encoding, Exported, FAST, FITS, Fitted, GPU_LIMIT, HOST, HOST_BANDWIDTH, Held, KNOWN, LOADED, Layout, Loaded, MICRO_BATCH, MLX_ANSWERS, MLX_STEPS, MOST, MOST_SEQUENCES, MOST_TOKENS, Memory, NEAR, NETWORK, NO, NODE_EXCHANGE, NODE_HOP, NOTHING, NOTHING_BESIDE, NO_GENERATION, OFFLOAD, Outcome, Own, PIPELINE, POWER_LIMIT, Place, Program, Proposal, Proposals, REFERENCE_HOST, Rate, Rig, SAMPLING, SCORE, SEEN, SMALL, Scored, Settings, Sized, SizedLayer, Speed, Step, TERMS, TIGHT, Term, VECTORS, WORDS, Widths, Work, apart, as_asked, at_home, at_most, attention_rate, attributes, beside, carried, check, compute, deal, decode_seconds, decoding, device, everything_on_devices, everything_on_host, first_that, front, hold, host, hosted_seconds, kernel_rate, key, left, link_bandwidth, on_host, outcome, over, overlapping, padded, passing_seconds, possible, power, prefill_seconds, prefilling, seen, seen_by, set_up, settle, single, sized_key, stays, total, towards, unrolled };
