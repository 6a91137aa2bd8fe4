// Made by `make engine` from sizing/explain/exported.py and all that it needs, and never edited. Its face is below.

import {
  $Record, $SizingError, $abs, $accumulate, $add, $alike, $all, $and, $any, $bitand, $bool, $call, $dict, $dicts,
  $each, $enumerate, $eq, $fielded, $fields, $float, $floordiv, $format, $frozenset, $ge, $getattr, $gt, $iadd,
  $ibitor, $in, $inf, $int, $is_error, $isinstance, $item, $iter, $joined, $key, $kw, $le, $len, $list, $lt, $make,
  $max, $memo, $min, $mod, $mul, $neg, $next, $object, $once, $or, $pairs, $plain, $put, $range, $re, $replace,
  $round, $single, $slice, $sorted, $sqrt, $str, $sub, $sum, $through, $truediv, $truth, $tuple, $unpack, $zip
} from "../export/python.mjs";

class exported$Exported extends $Record {
  static fields = /* @__PURE__ */ $fielded("programs encodings devices machines reference_host hosts reserved cache_types fitted drafted models loaded? rigs?", { loaded: () => $dict(), rigs: () => $dict() });
  static of(data) {
    return $make(exported$Exported, [], { programs: $tuple($list($through($item(data, "programs"), 0, row => exported$_program(row)))), encodings: $dict($through($call($item(data, "formats"), "items"), 2, ([name, row]) => [name, exported$encoding_of(name, row)])), devices: $item(data, "devices"), machines: $item(data, "machines"), reference_host: $make(assembling$HostMemory, [$item($item(data, "reference_host"), 0), $item($item(data, "reference_host"), 1)], { named: false }), hosts: $item(data, "hosts"), reserved: $item(data, "reserved"), cache_types: $item(data, "cache_types"), fitted: fitted$Fitted.of($item(data, "constants")), drafted: exported$_experience($item(data, "drafted")), models: $item(data, "models") });
  }
  model(name) {
    const self = this;
    let found;
    found = exported$_found(self.models, name, "model");
    return found;
  }
  encoding(model, name) {
    const self = this;
    let own;
    own = $call($item(model, "files"), "get", name);
    return ((own === null) ? exported$_found(self.encodings, name, "format") : exported$encoding_of(name, own));
  }
  rig(name) {
    const self = this;
    if ((!$in(self.rigs, name))) {
      $put(self.rigs, name, self.built(name, exported$_found(self.machines, name, "machine")));
    }
    return $item(self.rigs, name);
  }
  built(name, machine) {
    const self = this;
    let host, own;
    host = $item(machine, "host");
    own = ((host === null) ? self.reference_host : exported$_host(exported$_found(self.hosts, host, "host")));
    return assembling$assembled(name, self.units(machine), own, self.reserved, $item(machine, "nodes"), $item(machine, "network"));
  }
  units(machine) {
    const self = this;
    let node;
    node = $list($through($item(machine, "devices"), 3, ([name, count, size]) => [self._unit(name, size), count]));
    return $tuple($list((function* () { for (const _ of $each($range($item(machine, "nodes")), 0)) for (const [unit, count] of $each(node, 2)) for (const _ of $each($range(count), 0)) yield unit; })()));
  }
  _unit(name, size) {
    const self = this;
    let assumed, box, capacity, device;
    device = exported$_found(self.devices, name, "device");
    for ([box, capacity, assumed] of $each($item(device, "sizes"), 3)) {
      if (((size === null) || ($eq(box, size)))) {
        return $make(assembling$Unit, [], { device: name, box: box, capacity: capacity, assumed: assumed, bandwidth: $item(device, "bandwidth"), card: new rig$Card(name, ...$iter($item(device, "card"))), unified: $item(device, "unified"), backends: $tuple($item(device, "backends")), watts: $item(device, "watts") });
      }
    }
    throw new $SizingError(($str(name) + " is not sold with " + $str(size) + " bytes; choose one of its sizes"));
  }
  load(model, format, rig, runtime, cache_format) {
    const self = this;
    let encoding, its, key, program, sized, wider;
    its = self.model(model);
    if ($truth($item(its, "refusal"))) {
      throw new $SizingError($item(its, "refusal"));
    }
    encoding = self.encoding(its, format);
    program = outcome$settle(encoding, self.programs, ($truth(rig) ? rig.backends : []), runtime, ($truth(rig) ? rig.capability : null));
    key = [model, format, program.runtime, cache_format];
    if ((!$in(self.loaded, key))) {
      if (($ge($len(self.loaded), exported$LOADED))) {
        $call(self.loaded, "clear");
      }
      cache$possible_type(cache_format, $item(self.cache_types, program.runtime));
      $put(self.loaded, key, exported$_sized(its, format, program, cache_format));
    }
    [sized, wider] = [$item(self.loaded, key), $item($item($item($item(its, "caches"), program.runtime), cache_format), "widening")];
    if ((rig !== null)) {
      program = settings$at_home(program, rig);
    }
    return new outcome$Loaded($call(its, "get", "id", model), $item(its, "limit"), encoding, cache_format, program, sized, wider);
  }
  own_drafter(model, format, loaded) {
    const self = this;
    let cache, encoding, held, its, one, own, runtime, work;
    [its, encoding] = [self.model(model), loaded.encoding];
    if (($item(its, "mtp") === null)) {
      throw new $SizingError(($str(loaded.model) + " has no multi-token-prediction layers; name a draft model"));
    }
    [work, runtime] = [$item($item(its, "shape"), "drafter"), loaded.program.runtime];
    held = $item($item($item(its, "weights"), exported$sized_key(format, loaded.program.gguf)), "drafter");
    cache = exported$_cache($item($item($item($item($item(its, "caches"), runtime), loaded.cache_format), "mtp"), 0));
    one = exported$_layer_of(held, work, cache);
    own = $replace(loaded.sized, { layers: [one], lookups: 0, total_parameters: $item(work, 3), active_parameters: $item(work, 4) });
    return new drafting$Drafter(own, encoding.packing, true);
  }
  beside(model, format, loaded) {
    const self = this;
    let computing, each, found, item, its, mtp, names, program, rows, size, towers, unasked, whole;
    [its, program] = [self.model(model), loaded.program];
    found = [];
    if ($truth($item(its, "apart"))) {
      $call(found, "append", new beside$Part("others", $tuple($item(its, "apart")), null, null, [], false));
    }
    [towers, mtp] = [$item(its, "towers"), $item(its, "mtp")];
    if ((towers !== null)) {
      [size, unasked, computing, item, each, whole] = $unpack($item($item(towers, "bytes"), program.runtime), 6);
      names = $tuple($item(towers, "names"));
      $call(found, "append", new beside$Part("towers", names, $item(towers, "parameters"), size, [], unasked, computing, item, each, whole));
    }
    if ((mtp !== null)) {
      size = $item($item($item(its, "weights"), exported$sized_key(format, program.gguf)), "mtp");
      rows = $item($item($item($item(its, "caches"), program.runtime), loaded.cache_format), "mtp");
      $call(found, "append", new beside$Part("mtp", ["mtp"], mtp, size, $tuple($list($through(rows, 0, row => exported$_cache(row)))), false));
    }
    return $tuple(found);
  }
}

class program$Defaults extends $Record {
  static fields = /* @__PURE__ */ $fielded("memory batched_tokens logit_rows margin");
}

class program$Program extends $Record {
  static fields = /* @__PURE__ */ $fielded("runtime backend files split offload experts_alone spans pools utilization margin margin_each apart batched_tokens usual_batch logit_rows slot_logits page states kept states_share whole_windows flash overhead guessed joined wide expert_tokens capability defaults small contexts formats");
  get name() {
    const self = this;
    return ($str(self.runtime) + "/" + $str(self.backend));
  }
  get looks_up_on_host() {
    const self = this;
    return $or(self.gguf, () => ($in(["exl2", "exl3"], self.files)));
  }
  get gguf() {
    const self = this;
    return (self.files === "gguf");
  }
}

class program$Encoding extends $Record {
  static fields = /* @__PURE__ */ $fielded("id packing runtimes bits?16 loss?");
}

class assembling$HostMemory extends $Record {
  static fields = /* @__PURE__ */ $fielded("memory bandwidth named?true stated?true alone?false");
}

class fitted$Fitted extends $Record {
  static fields = /* @__PURE__ */ $fielded("factors eras spreads measured known? pooled? own? verifying?", { known: () => $dict(), pooled: () => $dict(), own: () => $dict(), verifying: () => $dict() });
  static of(data) {
    return $make(fitted$Fitted, [], { factors: $dict($through(fitted$TERMS, 0, test => [test, $item(data, test)])), eras: $item(data, "eras"), spreads: $dict($through($call($item(data, "spreads"), "items"), 2, ([kind, both]) => [kind, $dict($through($call(both, "items"), 2, ([k, v]) => [k, [$item(v, 0), $item(v, 1)]]))])), measured: $dict($through(fitted$TERMS, 0, test => [test, $dict($through($call($item($item(data, "measured"), test), "items"), 2, ([program, devices]) => [program, $dict($through($call(devices, "items"), 2, ([device, packings]) => [device, $frozenset(packings)]))]))])), pooled: $dict($through($call($item(data, "pooled"), "items"), 2, ([name, v]) => [name, [$item(v, 0), $item(v, 1), $item(v, 2)]])), verifying: $item(data, "verifying") });
  }
  told(known, ratio, seen, near) {
    const self = this;
    let high, low, own, share, test;
    own = $dict([]);
    for (test of $iter($item(fitted$TELLS, known))) {
      [share, low, high] = $unpack($item(self.pooled, ($str(known) + " " + $str(test) + " " + $str(((seen === "nothing") ? "program" : seen)) + " " + $str(near))), 3);
      $put(own, test, new fitted$Own(fitted$towards(ratio, share), low, high));
    }
    return new fitted$Fitted(self.factors, self.eras, self.spreads, self.measured, self.known, self.pooled, own, self.verifying);
  }
  verified(program) {
    const self = this;
    return $call(self.verifying, "get", program, $call(self.verifying, "get", "", 1.0));
  }
  constants(test, program, era, card, packing, mixture) {
    const self = this;
    let asked, found, its;
    its = ((card === null) ? ["", "", ""] : [card.memory, card.generation, card.link]);
    asked = [test, program, era, packing, mixture, ...$iter(its)];
    found = $call(self.known, "get", asked);
    if ((found === null)) {
      if (($ge($len(self.known), fitted$KNOWN))) {
        $call(self.known, "clear");
      }
      found = self._constants(test, fitted$attributes(program, era, card, packing, mixture));
      $put(self.known, asked, found);
    }
    return found;
  }
  _constants(test, of) {
    const self = this;
    let factors, found, level, term, value;
    found = $dict([]);
    for (term of $iter($item(fitted$TERMS, test))) {
      factors = $item($item(self.factors, test), term.name);
      value = $item(factors, "");
      for (level of $iter(term.levels)) {
        value = $mul(value, $call(factors, "get", fitted$key(level, of), 1.0));
      }
      $put(found, term.name, ((term.most === null) ? value : fitted$at_most(value, term.most, 1.0, $sqrt)));
    }
    return found;
  }
  timed(test, program, terms) {
    const self = this;
    let own;
    own = fitted$key(fitted$_PROGRAM, $dict({ program: program }));
    return $all(($through(terms, 0, term => ($in($item($item(self.factors, test), term), own)))));
  }
  seen(test, program, device, packing) {
    const self = this;
    let devices, measured;
    measured = $item(self.measured, test);
    if ((!$in(measured, program))) {
      return "nothing";
    }
    devices = $item(measured, program);
    if ((!$in(devices, device))) {
      return "program";
    }
    return (($in($item(devices, device), fitted$packed(program, packing))) ? "all" : "device");
  }
  spread(test, kind, seen) {
    const self = this;
    let high, low;
    if ((seen === "nothing")) {
      [low, high] = $unpack($item($item(self.spreads, ($str(test) + " " + $str(kind))), "program"), 2);
      return [$mul(low, low), $mul(high, high)];
    }
    return $item($item(self.spreads, ($str(test) + " " + $str(kind))), seen);
  }
}

class fitted$Term extends $Record {
  static fields = /* @__PURE__ */ $fielded("name prior levels? pull?3.0 most?", { levels: () => [] });
}

class fitted$Own extends $Record {
  static fields = /* @__PURE__ */ $fielded("factor low high");
}

class drafting$Experience extends $Record {
  static fields = /* @__PURE__ */ $fielded("rows low high");
}

class drafting$Kept extends $Record {
  static fields = /* @__PURE__ */ $fielded("model family own drafted chance");
}

class cache$Compressed extends $Record {
  static fields = /* @__PURE__ */ $fielded("ratio bytes flops chosen? pad?1");
  held(context) {
    const self = this;
    return $mul(self.bytes, cache$padded(numbers$over(context, self.ratio), self.pad));
  }
  read(depth) {
    const self = this;
    return cache$seen(self.chosen, $floordiv(depth, self.ratio));
  }
  read_by(prompt, depth) {
    const self = this;
    let limit;
    limit = ((self.chosen === null) ? null : $mul(self.chosen, self.ratio));
    return $truediv(cache$seen_by(limit, depth, prompt), self.ratio);
  }
}

class cache$CachePart extends $Record {
  static fields = /* @__PURE__ */ $fielded("bytes_per_token limit? state?0 compressed? page?1 slack?0 spare?0 share?0.0", { compressed: () => [] });
  static takes = {"held": ["context", "sequences", "more"], "shared": ["context", "slots", "batch", "more"]};
  bytes(context) {
    const self = this;
    return $add($add(self.state, $mul(self.bytes_per_token, cache$seen(self.limit, context))), self._compressed(context));
  }
  attended(context) {
    const self = this;
    return $mul(self.bytes_per_token, cache$seen(self.limit, context));
  }
  moved(depth) {
    const self = this;
    let tokens;
    tokens = $mul(self.bytes_per_token, cache$seen(self.limit, depth));
    return $add($add($mul(2, self.state), tokens), numbers$total($list($through(self.compressed, 0, e => $mul(e.bytes, e.read(depth))))));
  }
  flops(depth, each) {
    const self = this;
    return $add($mul(each, cache$seen(self.limit, depth)), numbers$total($list($through(self.compressed, 0, e => $mul(e.flops, e.read(depth))))));
  }
  flops_by(prompt, depth, each) {
    const self = this;
    let own;
    own = numbers$total($list($through(self.compressed, 0, e => $mul(e.flops, e.read_by(prompt, depth)))));
    return $add($mul(each, cache$seen_by(self.limit, depth, prompt)), own);
  }
  held(context, sequences, more = 0) {
    const self = this;
    let constant, kept, most, spare, tokens;
    tokens = cache$padded(context, self.page);
    constant = $add(self.state, self._compressed(context));
    if ((self.limit === null)) {
      return $mul(sequences, $add(constant, $mul(self.bytes_per_token, tokens)));
    }
    most = $add($add(self.limit, self.slack), ($truth(self.spare) ? 0 : more));
    spare = $min(($truth(self.spare) ? $max(0, $add(self.spare, more)) : 0), $max(0, $sub(tokens, most)));
    kept = $max($min(tokens, most), $mul(self.share, tokens));
    return $add($mul(sequences, constant), $mul(self.bytes_per_token, $add($mul(sequences, kept), spare)));
  }
  whole(tokens) {
    const self = this;
    if (((!$truth(self.limit)) || ($ge(self.limit, tokens)))) {
      return self;
    }
    return new cache$CachePart(self.bytes_per_token, tokens, self.state, self.compressed, self.page);
  }
  shared(context, slots, batch, more = 0) {
    const self = this;
    let constant, most, tokens;
    tokens = cache$padded(context, self.page);
    constant = $add($mul(slots, self.state), self._compressed(context));
    if ((self.limit === null)) {
      return $add(constant, $mul(self.bytes_per_token, tokens));
    }
    most = $add($add($mul(slots, $sub(self.limit, batch)), batch), more);
    return $add(constant, $mul(self.bytes_per_token, $max($min(tokens, most), $mul(self.share, tokens))));
  }
  _compressed(context) {
    const self = this;
    return numbers$total($list($through(self.compressed, 0, e => e.held(context))));
  }
}

class sized$Sized extends $Record {
  static fields = /* @__PURE__ */ $fielded("layers embedding lookups output output_flops tied widths experts experts_per_token total_parameters active_parameters whole?false answers?true padding?1.0 unpacked?0 own_head?0");
  static takes = {"moved": ["depth", "first", "end", "ranks"]};
  get weights() { return $once(this, "weights", () => this.$$weights()); }
  $$weights() {
    const self = this;
    let own_head;
    own_head = $sub(self.output, ($truth(self.shared) ? self.embedding : 0));
    return $add($add($add($add(self.embedding, self.lookups), own_head), $item(self.dense, $neg(1))), $item(self.expert, $neg(1)));
  }
  get shared() {
    const self = this;
    return $and(self.tied, () => ($eq(self.own_head, 0)));
  }
  get dense() { return $once(this, "dense", () => this.$$dense()); }
  $$dense() {
    const self = this;
    return sized$_sums(($through(self.layers, 0, x => x.dense)));
  }
  get expert() { return $once(this, "expert", () => this.$$expert()); }
  $$expert() {
    const self = this;
    return sized$_sums(($through(self.layers, 0, x => x.experts)));
  }
  get mixtures() { return $once(this, "mixtures", () => this.$$mixtures()); }
  $$mixtures() {
    const self = this;
    return sized$_sums(($through(self.layers, 0, x => ($gt(x.experts, 0)))));
  }
  get largest_expert() { return $once(this, "largest_expert", () => this.$$largest_expert()); }
  $$largest_expert() {
    const self = this;
    return $max(($through(self.layers, 0, x => x.largest_expert)));
  }
  get largest() { return $once(this, "largest", () => this.$$largest()); }
  $$largest() {
    const self = this;
    return $max(self.largest_expert, $max(($through(self.layers, 0, x => x.largest))));
  }
  get uneven() { return $once(this, "uneven", () => this.$$uneven()); }
  $$uneven() {
    const self = this;
    let matrices;
    matrices = ($truth(self.widths.ungated) ? 2 : 3);
    return $any(($through(self.layers, 0, x => ($lt(x.experts, $mul($mul(0.99, matrices), x.largest_expert))))));
  }
  get copied() { return $once(this, "copied", () => this.$$copied()); }
  $$copied() {
    const self = this;
    let keeps, widths;
    [widths, keeps] = [self.widths, $or(($gt($item(self.states, $neg(1)), 0)), () => ($gt(self.widths.compressed, 0)))];
    if ((!$truth(widths.lagging))) {
      return 0;
    }
    if ($truth(widths.ungated)) {
      return ($truth(self.uneven) ? $max(($through(self.layers, 0, x => x.experts))) : 0);
    }
    return (($truth(keeps) || $truth(self.uneven)) ? $mul(2, self.largest_expert) : 0);
  }
  get pair() { return $once(this, "pair", () => this.$$pair()); }
  $$pair() {
    const self = this;
    return ($truth(self.widths.ungated) ? 0 : $max(($through(self.layers, 0, x => $sub(x.experts, x.largest_expert)))));
  }
  get states() { return $once(this, "states", () => this.$$states()); }
  $$states() {
    const self = this;
    return sized$_sums(($through(self.layers, 0, x => ($gt(x.cache.state, 0)))));
  }
  get masked() { return $once(this, "masked", () => this.$$masked()); }
  $$masked() {
    const self = this;
    return sized$_sums(($through(self.layers, 0, x => $or(($gt(x.cache.bytes_per_token, 0)), () => ($gt($len(x.cache.compressed), 0))))));
  }
  get torn() { return $once(this, "torn", () => this.$$torn()); }
  $$torn() {
    const self = this;
    let after, before, count, found, i, layer, writes;
    [count, writes] = [$len(self.layers), $list($through(self.layers, 0, x => $or(($gt(x.experts, 0)), () => ($gt(x.cache.bytes_per_token, 0)))))];
    [before, found] = [false, $list($through($range($add(count, 1)), 0, _ => false))];
    for ([i, layer] of $each($enumerate(self.layers), 2)) {
      $put(found, i, before);
      before = $and((!$truth($item(writes, i))), () => $or(before, () => ($gt(layer.cache.state, 0))));
    }
    after = false;
    for (i of $iter($range($sub(count, 1), $neg(1), $neg(1)))) {
      after = $or(($gt($item(self.layers, i).cache.state, 0)), () => $and(after, () => (!$truth($item(writes, i)))));
      $put(found, i, $and($item(found, i), () => $and(after, () => ($gt(self.widths.projected, 0)))));
    }
    return $tuple(found);
  }
  get flops() { return $once(this, "flops", () => this.$$flops()); }
  $$flops() {
    const self = this;
    return $tuple($accumulate(($through(self.layers, 0, x => x.flops)), $kw({ initial: 0.0 })));
  }
  get mixes() { return $once(this, "mixes", () => this.$$mixes()); }
  $$mixes() {
    const self = this;
    return ($gt(self.widths.passed, $mul(2, self.widths.hidden)));
  }
  get routed_flops() { return $once(this, "routed_flops", () => this.$$routed_flops()); }
  $$routed_flops() {
    const self = this;
    let idle, lookup, unused;
    idle = $sub(self.experts, self.experts_per_token);
    if (($le(idle, 0))) {
      return 0.0;
    }
    lookup = ($truth(self.tied) ? 0 : $mul(self.widths.vocab, self.widths.hidden));
    unused = $max(0, $sub($sub(self.total_parameters, self.active_parameters), lookup));
    return $truediv($mul($mul(2.0, unused), self.experts_per_token), $mul(idle, $item(self.mixtures, $neg(1))));
  }
  get alike() { return $once(this, "alike", () => this.$$alike()); }
  $$alike() {
    const self = this;
    let found, i, members, own, x;
    found = $dict([]);
    for ([i, x] of $each($enumerate(self.layers), 2)) {
      own = [x.cache, x.attention_flops, x.cache_heads];
      members = $call(found, "get", own);
      if ((members === null)) {
        members = $list($through(self.layers, 0, _ => false));
        $put(found, own, members);
      }
      $put(members, i, true);
    }
    return $tuple($list($through($call(found, "items"), 2, ([[cache, flops, heads], members]) => new sized$Alike(cache, flops, heads, sized$_sums(members)))));
  }
  moved(depth, first, end, ranks = 1) {
    const self = this;
    let group, layers, moved;
    moved = 0.0;
    for (group of $iter(self.alike)) {
      layers = $sub($item(group.before, end), $item(group.before, first));
      moved = $iadd(moved, $truediv($mul(layers, group.cache.moved(depth)), $min(ranks, group.cache_heads)));
    }
    return moved;
  }
  attended(depth, first, end) {
    const self = this;
    let attended, group, layers;
    attended = 0.0;
    for (group of $iter(self.alike)) {
      layers = $sub($item(group.before, end), $item(group.before, first));
      attended = $iadd(attended, $mul(layers, group.cache.flops(depth, group.attention_flops)));
    }
    return attended;
  }
  attended_by_prompt(depth, prompt) {
    const self = this;
    return numbers$total($list($through(self.alike, 0, group => $mul($item(group.before, $neg(1)), group.cache.flops_by(prompt, depth, group.attention_flops)))));
  }
  expert_share(tokens) {
    const self = this;
    if ((!$truth(self.experts))) {
      return 0.0;
    }
    return $sub(1.0, numbers$power($sub(1.0, $truediv(self.experts_per_token, self.experts)), tokens));
  }
}

class sized$SizedLayer extends $Record {
  static fields = /* @__PURE__ */ $fielded("dense experts flops cache attention_flops cache_heads largest largest_expert");
}

class buffers$Widths extends $Record {
  static fields = /* @__PURE__ */ $fielded("vocab hidden feed_forward experts_used experts_width streams mixer delta compressed ungated latent_rows shared chosen pooled block_heads lagging queries attending window heads all_windows scored stacked passed projected scanned paired");
}

class sized$Alike extends $Record {
  static fields = /* @__PURE__ */ $fielded("cache attention_flops cache_heads before");
}

class outcome$Loaded extends $Record {
  static fields = /* @__PURE__ */ $fielded("model limit encoding cache_format program sized widening?1.0");
}

class rig$Place extends $Record {
  static fields = /* @__PURE__ */ $fielded("name capacity bandwidth card?");
}

class rig$Rig extends $Record {
  static fields = /* @__PURE__ */ $fielded("id places unified backends nodes?1 assumed? network?", { assumed: () => [] });
  static takes = {"room": ["program", "margin"]};
  node(device) {
    const self = this;
    return $floordiv($mul(device, self.nodes), $len(self.devices));
  }
  get stages() { return $once(this, "stages", () => this.$$stages()); }
  $$stages() {
    const self = this;
    let alone;
    alone = $and(($eq($sub($len(self.places), 1), self.nodes)), () => ($ge($or(self.network, () => 0.0), rig$FAST)));
    return ($truth(alone) ? 1 : self.nodes);
  }
  get switched() { return $once(this, "switched", () => this.$$switched()); }
  $$switched() {
    const self = this;
    let cards;
    cards = (($gt($len(self.devices), self.nodes)) ? $list($through(self.devices, 0, place => place.card)) : []);
    return $and(($gt($len(cards), 0)), () => $all(($through(cards, 0, card => $and((card !== null), () => $and((card.link === "nvlink"), () => ($ge($or(card.peers, () => 0.0), rig$SWITCHED))))))));
  }
  get processors() {
    const self = this;
    return $and(($eq($len(self.backends), 1)), () => ($item(self.backends, 0) === "cpu"));
  }
  get devices() { return $once(this, "devices", () => this.$$devices()); }
  $$devices() {
    const self = this;
    return $slice(self.places, null, $neg(1), null);
  }
  get capability() { return $once(this, "capability", () => this.$$capability()); }
  $$capability() {
    const self = this;
    let told;
    told = $list((function* () { for (const place of $each(self.devices, 0)) if ($truth(place.card)) for (const one of $each([place.card.capability], 0)) if ((one !== null)) yield one; })());
    return ($truth(told) ? $min(told) : null);
  }
  get host() { return $once(this, "host", () => this.$$host()); }
  $$host() {
    const self = this;
    return $item(self.places, $sub($len(self.places), 1));
  }
  place(index) {
    const self = this;
    return (($eq(index, dealing$HOST)) ? self.host : $item(self.places, index));
  }
  get capacities() { return $once(this, "capacities", () => this.$$capacities()); }
  $$capacities() {
    const self = this;
    return $tuple($list($through(self.devices, 0, place => place.capacity)));
  }
  get capacity() { return $once(this, "capacity", () => this.$$capacity()); }
  $$capacity() {
    const self = this;
    return numbers$total(self.capacities);
  }
  get alike() { return $once(this, "alike", () => this.$$alike()); }
  $$alike() {
    const self = this;
    let cards;
    cards = $list($through(self.devices, 0, place => ($truth(place.card) ? place.card.id : "")));
    return ($eq($min(cards), $max(cards)));
  }
  room(program, margin = true) {
    const self = this;
    let kept;
    if (((!$truth(margin)) && ($lt(program.utilization, 1)))) {
      return $tuple($list($through(self.capacities, 0, capacity => $max(0.0, $sub(capacity, program.overhead)))));
    }
    kept = ($truth(margin) ? program.margin : 0);
    return $tuple($list($through(self.capacities, 0, capacity => $max(0.0, $sub($mul(capacity, program.utilization), kept)))));
  }
  get proportions() { return $once(this, "proportions", () => this.$$proportions()); }
  $$proportions() {
    const self = this;
    let capacities, equal;
    capacities = self.capacities;
    equal = ($eq($min(capacities), $max(capacities)));
    return ($truth(equal) ? [self.stages, $len(capacities)] : [self.stages, $len(capacities), ...$iter(capacities)]);
  }
}

class assembling$Unit extends $Record {
  static fields = /* @__PURE__ */ $fielded("device box capacity assumed bandwidth card unified backends watts");
}

class rig$Card extends $Record {
  static fields = /* @__PURE__ */ $fielded("id generation memory link rate half single fp8 fp4 best_rate peers pcie capability? soldered?false bridge?0");
}

class memory$Memory extends $Record {
  static fields = /* @__PURE__ */ $fielded("weights?0 cache?0 buffers?0 overhead?0");
  get total() {
    const self = this;
    return $add($add($add(self.weights, self.cache), self.buffers), self.overhead);
  }
  plus(other) {
    const self = this;
    return new memory$Memory($add(self.weights, other.weights), $add(self.cache, other.cache), $add(self.buffers, other.buffers), $add(self.overhead, other.overhead));
  }
  as_dict() {
    const self = this;
    return $dict({ weights: self.weights, cache: self.cache, buffers: self.buffers, overhead: self.overhead, total: self.total });
  }
}

class memory$Demand extends $Record {
  static fields = /* @__PURE__ */ $fielded("sized program context sequences?1 slots?0 widening?1.0 beside? unified?false tried?0 drafted?0 repeated?0 computing?", { beside: () => memory$NOTHING_BESIDE, computing: () => $dict() });
  static takes = {"on_device": ["output", "layers", "first", "several", "experts", "on_host", "ranks", "beyond", "torn", "masked"], "cache": ["first", "end", "ranks"]};
  get sparing() {
    const self = this;
    let program, slots;
    [program, slots] = [self.program, $or(self.slots, () => self.sequences)];
    if (((!$truth(program.slot_logits)) || ($le(program.logit_rows, slots)))) {
      return null;
    }
    return $replace(self, { program: $replace(program, { logit_rows: slots }), computing: $dict([]) });
  }
  get allocated() { return $once(this, "allocated", () => this.$$allocated()); }
  $$allocated() {
    const self = this;
    return cache$padded(self.part, self.program.page);
  }
  get part() { return $once(this, "part", () => this.$$part()); }
  $$part() {
    const self = this;
    return (($truth(self.slots) && (!$truth(self.unified))) ? numbers$over(self.context, self.slots) : self.context);
  }
  get each() { return $once(this, "each", () => this.$$each()); }
  $$each() {
    const self = this;
    return ($truth(self.unified) ? 1 : $or(self.slots, () => self.sequences));
  }
  get overhead() { return $once(this, "overhead", () => this.$$overhead()); }
  $$overhead() {
    const self = this;
    return self.program.overhead;
  }
  get widened() { return $once(this, "widened", () => this.$$widened()); }
  $$widened() {
    const self = this;
    let copies, most, program;
    program = self.program;
    copies = ($in(["cuda", "rocm", "musa"], program.backend));
    if (((!$truth(program.gguf)) || (!$truth(copies)) || ($le(self.widening, 1.0)))) {
      return 0;
    }
    most = $max($list($through(self.sized.layers, 0, x => x.cache.attended(self.allocated))));
    return $round($mul($mul(self.widening, most), self.each));
  }
  get buffers() { return $once(this, "buffers", () => this.$$buffers()); }
  $$buffers() {
    const self = this;
    return buffers$compute(self.sized.widths, self.program, self.allocated, false, $len(self.sized.layers));
  }
  get buffers_with_output() { return $once(this, "buffers_with_output", () => this.$$buffers_with_output()); }
  $$buffers_with_output() {
    const self = this;
    return buffers$compute(self.sized.widths, self.program, self.allocated, true, $len(self.sized.layers));
  }
  on_device(output, layers, first = true, several = false, experts = false, on_host = 0, ranks = 1, beyond = false, torn = 0, masked = true) {
    const self = this;
    let counted, held, key, s;
    counted = ($truth(self.sized.widths.chosen) ? layers : $min(layers, 1));
    key = [output, counted, first, several, experts, on_host, ranks, beyond, torn, masked];
    if ((!$in(self.computing, key))) {
      s = self.sized;
      held = buffers$device(s.widths, self.program, self.allocated, output, first, self.copies(several), ($truth(first) ? ($truth(on_host) ? s.largest : ($truth(experts) ? s.largest_expert : 0)) : 0), (($truth(first) && $truth(($truth(on_host) ? s.widths.ungated : experts))) ? s.copied : 0), (($truth(first) && $truth(beyond)) ? s.pair : 0), (($truth(first) && $truth(on_host)) ? $item(self.carried, on_host) : self.twice), numbers$over(self.widened, ranks), counted, torn, masked, ranks);
      $put(self.computing, key, ($truth(first) ? $max(held, self.shown(ranks)) : held));
    }
    return $item(self.computing, key);
  }
  shown(ranks) {
    const self = this;
    return $round($mul(self.tried, buffers$divided(($truth(self.repeated) ? 1 : ranks))));
  }
  torn(first, end, ahead) {
    const self = this;
    let entered, s, w;
    [s, w] = [self.sized, self.sized.widths];
    entered = ($truth(first) ? $max(0, $sub($min(end, $floordiv(w.stacked, w.hidden)), first)) : 0);
    return $add($add($mul(w.projected, $and(($gt(first, 0)), () => $item(s.torn, first))), $mul(w.scanned, ahead)), $mul(entered, $add(w.hidden, w.stacked)));
  }
  get carried() { return $once(this, "carried", () => this.$$carried()); }
  $$carried() {
    const self = this;
    return buffers$carried($list($through(self.sized.layers, 0, x => $mul(x.cache.bytes(self.allocated), self.each))));
  }
  get twice() { return $once(this, "twice", () => this.$$twice()); }
  $$twice() {
    const self = this;
    if ((self.program.files === "mlx")) {
      return $max($list($through(self.sized.layers, 0, x => $mul(x.cache.attended(self.allocated), self.sequences))));
    }
    return (($truth(self.program.gguf) || $truth(self.program.pools)) ? 0.0 : self.sized.unpacked);
  }
  copies(several) {
    const self = this;
    return (($truth(several) && $truth(self.program.gguf)) ? buffers$PIPELINE : 1);
  }
  get caches() { return $once(this, "caches", () => this.$$caches()); }
  $$caches() {
    const self = this;
    return $tuple($list($through(self.sized.alike, 0, g => [g.before, self._held(g.cache), g.cache_heads])));
  }
  get dividing() { return $once(this, "dividing", () => this.$$dividing()); }
  $$dividing() {
    const self = this;
    let share;
    share = self.program.states_share;
    return (($truth(share) && $truth(numbers$total($list($through(self.sized.alike, 0, g => g.cache.state))))) ? $add(1, share) : 1.0);
  }
  kept(cache) {
    const self = this;
    let program, states;
    program = self.program;
    if ($truth(program.whole_windows)) {
      cache = cache.whole(cache$padded(self.context, program.page));
    }
    if (($gt(self.dividing, 1))) {
      return $replace(cache, { bytes_per_token: $mul(cache.bytes_per_token, self.dividing), state: 0 });
    }
    states = $add(program.states, self.drafted);
    return ((($gt(states, 1)) && $truth(cache.state)) ? $replace(cache, { state: $mul(cache.state, states) }) : cache);
  }
  several(cache) {
    const self = this;
    return (($truth(cache.state) || (cache.limit !== null)) ? $max(self.each, self.program.kept) : self.each);
  }
  _held(cache) {
    const self = this;
    let more, program;
    [program, cache] = [self.program, self.kept(cache)];
    more = (($truth(program.gguf) || $truth(cache.spare)) ? $sub(program.batched_tokens, program.usual_batch) : 0);
    if ($truth(self.unified)) {
      return cache.shared(self.context, self.slots, buffers$MICRO_BATCH, more);
    }
    return cache.held(self.part, self.several(cache), more);
  }
  get layers() { return $once(this, "layers", () => this.$$layers()); }
  $$layers() {
    const self = this;
    let _, before, caches, s, size;
    [s, caches] = [self.sized, self.caches];
    if (($eq($len(caches), 1))) {
      [before, size, _] = $unpack($item(caches, 0), 3);
      return $tuple($list($through($zip(s.dense, before, $kw({ strict: true })), 2, ([dense, count]) => $add(dense, $mul(size, count)))));
    }
    return $tuple($list($through($enumerate(s.dense), 2, ([i, dense]) => $add(dense, numbers$total($list($through(caches, 3, ([before, size, _]) => $mul(size, $item(before, i)))))))));
  }
  get least() { return $once(this, "least", () => this.$$least()); }
  $$least() {
    const self = this;
    return $add($add($add($add($item(self.layers, $neg(1)), $item(self.sized.expert, $neg(1))), self.sized.output), self.beside.weights), self.beside.cache);
  }
  cache(first, end, ranks = 1) {
    const self = this;
    let before, heads, held, size;
    held = 0.0;
    for ([before, size, heads] of $each(self.caches, 3)) {
      held = $iadd(held, $truediv($mul($sub($item(before, end), $item(before, first)), size), (($lt(ranks, heads)) ? ranks : heads)));
    }
    return $round(held);
  }
}

class placement$Proposal extends $Record {
  static fields = /* @__PURE__ */ $fielded("demand layout bare?");
  static takes = {"suits_host": ["rig", "beside"]};
  get held() { return $once(this, "held", () => this.$$held()); }
  $$held() {
    const self = this;
    let held, overhead;
    if ((self.bare === null)) {
      return memory$hold(self.demand, self.layout);
    }
    [held, overhead] = [self.bare.held, self.demand.overhead];
    return [...$iter($list($through($slice(held, null, $neg(1), null), 0, m => (($eq(m.total, 0)) ? m : new memory$Memory(m.weights, m.cache, m.buffers, overhead))))), $item(held, $neg(1))];
  }
  get devices() { return $once(this, "devices", () => this.$$devices()); }
  $$devices() {
    const self = this;
    return $tuple($list($through($slice(self.held, null, $neg(1), null), 0, m => m.total)));
  }
  get host() { return $once(this, "host", () => this.$$host()); }
  $$host() {
    const self = this;
    if ((self.bare !== null)) {
      return self.bare.host;
    }
    return ((self.layout.split === "tensor") ? $item(self.held, $neg(1)).total : memory$on_host(self.demand, self.layout).total);
  }
  suits(rig, room, margin) {
    const self = this;
    if ((!$truth(self.suits_host(rig)))) {
      return false;
    }
    return $all(($through($zip(self.needs(margin), room, $kw({ strict: true })), 2, ([need, most]) => ($le(need, most)))));
  }
  needs(margin) {
    const self = this;
    let apart;
    apart = $and(margin, () => self.demand.program.apart);
    return ($truth(apart) ? $tuple($list($through($slice(self.held, null, $neg(1), null), 0, m => $sub(m.total, m.buffers)))) : self.devices);
  }
  suits_host(rig, beside = 0) {
    const self = this;
    return ($le($add($add(self.host, self._beside(rig)), beside), rig.host.capacity));
  }
  _beside(rig) {
    const self = this;
    return ($truth(rig.unified) ? numbers$total($slice(self.devices, null, $floordiv($len(rig.devices), rig.nodes), null)) : 0);
  }
  maps(rig) {
    const self = this;
    let beside;
    beside = memory$on_host(self.demand, self.layout);
    return ($le($add($add(beside.cache, beside.buffers), self._beside(rig)), rig.host.capacity));
  }
}

class beside$Part extends $Record {
  static fields = /* @__PURE__ */ $fielded("kind names parameters bytes cache unasked computing?0 item?0 each?0 whole?false");
  as_dict() {
    const self = this;
    return $dict({ kind: self.kind, names: $list(self.names), parameters: self.parameters, bytes: self.bytes });
  }
}

class layout$Layout extends $Record {
  static fields = /* @__PURE__ */ $fielded("split bounds output experts_from?0 experts_on_host?0 ranks?1 shares?", { shares: () => [] });
  get largest() {
    const self = this;
    return ($truth(self.shares) ? $max(self.shares) : $truediv(1, self.ranks));
  }
  get layers_on_host() {
    const self = this;
    return $item(self.bounds, 0);
  }
  get tensor_split() {
    const self = this;
    let bounds;
    bounds = self.bounds;
    return $tuple($list($through($range($sub($len(bounds), 1)), 0, i => $add($sub($item(bounds, $add(i, 1)), $item(bounds, i)), ($eq(self.output, i))))));
  }
  get layers() {
    const self = this;
    let bounds, found, place;
    bounds = self.bounds;
    found = $list($through($range($item(bounds, 0)), 0, _ => dealing$HOST));
    for (place of $iter($range($sub($len(bounds), 1)))) {
      $call(found, "extend", $list($through($range($item(bounds, place), $item(bounds, $add(place, 1))), 0, _ => place)));
    }
    return $tuple(found);
  }
  get experts() {
    const self = this;
    return $tuple($list($through($enumerate(self.layers), 2, ([i, place]) => (($lt(i, self.experts_from)) ? dealing$HOST : place))));
  }
  routed(before, place, first, end) {
    const self = this;
    let held;
    held = $item(before, $max(end, self.experts_from));
    return (($eq(place, dealing$HOST)) ? held : $sub(held, $item(before, $max(first, self.experts_from))));
  }
  get offloaded() {
    const self = this;
    return $or(($gt($item(self.bounds, 0), 0)), () => ($gt(self.experts_on_host, 0)));
  }
  as_dict() {
    const self = this;
    return $dict({ split: self.split, layers: layout$_named(self.layers), experts: layout$_named(self.experts), output: (($eq(self.output, dealing$HOST)) ? "host" : self.output), ranks: self.ranks, tensor_split: ((self.split === "tensor") ? null : $list(self.tensor_split)) });
  }
}

class settings$Settings extends $Record {
  static fields = /* @__PURE__ */ $fielded("split? layers_on_device? experts_on_host? tensor_split? micro_batch? utilization? max_sequences? vision? mtp? swa_full?false flash_attention? lora?0 draft? slots? unified?false in_use? wired_limit? drafted?0 unsplit?false");
  get placed() {
    const self = this;
    return $or((self.layers_on_device !== null), () => $or((self.experts_on_host !== null), () => (self.tensor_split !== null)));
  }
}

class outcome$Outcome extends $Record {
  static fields = /* @__PURE__ */ $fielded("loaded context sequences rig proposal verdict fitted asked? draft?", { asked: () => settings$DEFAULT });
  static takes = {"prefill_at": ["prompt", "depth"]};
  get layout() {
    const self = this;
    return ($truth(self.runs) ? self.proposal.layout : null);
  }
  get fits() {
    const self = this;
    return ((self.verdict === null) ? null : ($eq(self.verdict, placement$FITS)));
  }
  get runs() {
    const self = this;
    return ((self.verdict === null) ? null : ($in([placement$FITS, placement$TIGHT, placement$OFFLOAD], self.verdict)));
  }
  get whole() {
    const self = this;
    return ($in([placement$FITS, placement$TIGHT], self.verdict));
  }
  get beyond_limit() {
    const self = this;
    let limit;
    limit = self.loaded.limit;
    return $and((limit !== null), () => ($gt(self.context, limit)));
  }
  get memory() {
    const self = this;
    let one, total;
    total = new memory$Memory();
    for (one of $iter(self.proposal.held)) {
      total = total.plus(one);
    }
    return total;
  }
  get spared() {
    const self = this;
    let fewer, least, one;
    fewer = self.proposal.demand.sparing;
    if ((fewer === null)) {
      return 0;
    }
    least = new memory$Memory();
    for (one of $iter(memory$hold(fewer, self.proposal.layout))) {
      least = least.plus(one);
    }
    return $max(0, $sub(self.memory.buffers, least.buffers));
  }
  get places() {
    const self = this;
    let held, program, rooms;
    held = self.proposal.held;
    if ((self.rig === null)) {
      return [new outcome$Held("host", null, $item(held, 0))];
    }
    program = self.proposal.demand.program;
    rooms = ($truth(program.apart) ? [] : self.rig.room(program));
    return $tuple($list($through($enumerate(self.rig.places), 2, ([i, place]) => new outcome$Held(place.name, place.capacity, $item(held, i), (($lt(i, $len(rooms))) ? $int($item(rooms, i)) : null)))));
  }
  get speed() {
    const self = this;
    let encoding, proposal;
    if (($truth(self.loaded.sized.whole) || (self.rig === null) || (self.fitted === null) || (!$truth(self.runs)))) {
      return null;
    }
    [encoding, proposal] = [self.loaded.encoding, self.proposal];
    return new speed$Speed(proposal.demand, encoding.packing, proposal.layout, self.rig, self.fitted, null, self.draft);
  }
  get unknown() {
    const self = this;
    let speed;
    speed = self.speed;
    return ($truth(speed) ? speed.unknown() : []);
  }
  get assumed() {
    const self = this;
    let assumed, layout, program, unused;
    assumed = ($truth(self.rig) ? self.rig.assumed : []);
    if (((self.draft !== null) && $truth(self.draft.assumed))) {
      assumed = [...$iter(assumed), drafting$ACCEPTANCE];
    }
    program = self.proposal.demand.program;
    if (($truth(program.slot_logits) && ($lt(program.logit_rows, program.batched_tokens)))) {
      assumed = [...$iter(assumed), rig$SLOT_LOGITS];
    }
    if (($truth(program.guessed) && (self.rig !== null))) {
      assumed = [...$iter(assumed), rig$CONTEXT];
    }
    layout = self.proposal.layout;
    unused = (($gt(layout.ranks, 1)) ? [] : [rig$LINK, rig$BRIDGE]);
    if ((!($truth(self.runs) && $truth(layout.offloaded)))) {
      unused = [...$iter(unused), rig$REFERENCE_HOST, rig$HOST_LINK];
      if (((self.rig === null) || (!$truth(self.rig.processors)))) {
        unused = [...$iter(unused), rig$HOST_BANDWIDTH];
      }
    }
    return $tuple($list($through(assumed, 0, x => x, x => (!$in(unused, x)))));
  }
  get settings() {
    const self = this;
    let asked, demand, layout, on_device, placed, program, several;
    [demand, layout] = [self.proposal.demand, self.proposal.layout];
    [program, asked] = [demand.program, self.asked];
    placed = $and((self.rig !== null), () => $and(program.gguf, () => $and((program.backend !== "cpu"), () => (layout.split === "layer"))));
    on_device = ((!$eq(layout.output, dealing$HOST)) ? $sub($add($len(layout.layers), 1), $item(layout.bounds, 0)) : 0);
    several = $and((self.rig !== null), () => ($gt($len(self.rig.devices), 1)));
    return $dict({ split: ((self.rig === null) ? null : $or(asked.split, () => ($truth(several) ? layout.split : "none"))), layers_on_device: ($truth(placed) ? on_device : null), experts_on_host: (($truth(placed) && $truth(demand.sized.experts)) ? layout.experts_from : null), tensor_split: (($truth(several) && ($truth(placed) || $truth(asked.tensor_split))) ? $list($or(asked.tensor_split, () => layout.tensor_split)) : null), micro_batch: program.batched_tokens, flash_attention: ($truth(program.gguf) ? program.flash : null), swa_full: ($truth(program.gguf) ? program.whole_windows : null), utilization: self.utilization, max_sequences: ((($truth(program.pools) && (!$truth(program.apart))) || (asked.max_sequences !== null)) ? program.logit_rows : null), slots: ($truth(program.gguf) ? $or(demand.slots, () => demand.sequences) : null), unified: ($truth(demand.slots) ? demand.unified : null), in_use: ((asked.in_use !== null) ? $list(asked.in_use) : null), wired_limit: asked.wired_limit, draft_tokens: ($truth(self.draft) ? self.draft.tokens : null), acceptance: ($truth(self.draft) ? self.draft.acceptance : null) });
  }
  get no_effect() {
    const self = this;
    return settings$without_effect(self.asked, self.loaded.sized, self.rig, self.loaded.cache_format);
  }
  get utilization() {
    const self = this;
    let capacities, needs, program;
    program = self.proposal.demand.program;
    if (((self.rig === null) || (!$truth(program.pools)))) {
      return null;
    }
    capacities = self.rig.capacities;
    if (($eq(self.verdict, placement$TIGHT))) {
      needs = self.proposal.needs(program.apart);
      return $truediv($max($list($through($zip(needs, capacities, $kw({ strict: true })), 2, ([need, capacity]) => numbers$over($mul(100, need), capacity)))), 100);
    }
    return $truediv($int($add($mul(1000, $sub(program.utilization, $truediv(program.margin, $min(capacities)))), 0.5)), 1000);
  }
  decode_at(depth) {
    const self = this;
    let speed;
    speed = ($truth(self.loaded.sized.answers) ? self.speed : null);
    return ($truth(speed) ? $call(speed, "decode", depth) : null);
  }
  prefill_at(prompt, depth = 0) {
    const self = this;
    let speed;
    speed = self.speed;
    return ($truth(speed) ? speed.prefill(prompt, depth) : null);
  }
  time_to_first_token(prompt) {
    const self = this;
    let speed;
    speed = self.speed;
    return ($truth(speed) ? speed.time_to_first_token(prompt) : null);
  }
  get decode_empty() {
    const self = this;
    return self.decode_at($min(outcome$EMPTY, self.context));
  }
  get pool_tokens() {
    const self = this;
    let free, held, i, needs, rig, sequences, share;
    [rig, share] = [self.rig, self.utilization];
    if (((rig === null) || (share === null))) {
      return null;
    }
    [sequences, needs] = [$inf, self.proposal.needs(self.proposal.demand.program.apart)];
    for ([i, held] of $each($enumerate($slice(self.proposal.held, null, $neg(1), null)), 2)) {
      if ($truth(held.cache)) {
        free = $max(0.0, $sub($mul(share, $item(rig.capacities, i)), $sub($item(needs, i), held.cache)));
        sequences = $min(sequences, $truediv($mul(free, self.sequences), held.cache));
      }
    }
    return (($lt(sequences, $inf)) ? $int($mul(sequences, self.context)) : null);
  }
  get stateful() {
    const self = this;
    let alike, demand, held, states, tokens;
    [demand, tokens] = [self.proposal.demand, self.pool_tokens];
    if (((tokens === null) || (demand.program.runtime !== "vllm"))) {
      return null;
    }
    alike = demand.sized.alike;
    states = numbers$total($list($through(alike, 0, g => $mul($mul(demand.kept(g.cache).state, demand.several(g.cache)), $item(g.before, $neg(1))))));
    if ((!$truth(states))) {
      return null;
    }
    held = numbers$total($list($through(demand.caches, 3, ([before, size, _]) => $mul(size, $item(before, $neg(1))))));
    return $int($truediv($mul($truediv($mul(outcome$SURELY, tokens), self.context), held), states));
  }
  get throughput() {
    const self = this;
    let n, one;
    [one, n] = [self.decode_at(self.context), self.sequences];
    return ($truth(one) ? new speed$Rate($mul(one.value, n), $mul(one.low, n), $mul(one.high, n)) : null);
  }
  as_dict() {
    const self = this;
    let decode, empty, layout, loaded, prefill, together;
    [loaded, empty, together] = [self.loaded, self.decode_empty, self.throughput];
    [layout, decode, prefill] = [self.layout, self.decode_at(self.context), self.prefill_at(self.context)];
    return $dict({ model: loaded.model, machine: ($truth(self.rig) ? self.rig.id : null), format: loaded.encoding.id, runtime: loaded.program.runtime, context: self.context, sequences: self.sequences, cache_format: loaded.cache_format, memory: self.memory.as_dict(), spared: self.spared, places: $list($through(self.places, 0, p => $dict({ name: p.name, capacity: p.capacity, room: p.room, memory: p.memory.as_dict() }))), verdict: self.verdict, fits: self.fits, runs: self.runs, settings: self.settings, no_effect: $list(self.no_effect), layout: ($truth(layout) ? layout.as_dict() : null), decode: ($truth(decode) ? decode.as_dict() : null), decode_empty: ($truth(empty) ? empty.as_dict() : null), throughput: ($truth(together) ? together.as_dict() : null), pool_tokens: self.pool_tokens, prefill: ($truth(prefill) ? prefill.as_dict() : null), time_to_first_token: self.time_to_first_token(self.context), beyond_limit: self.beyond_limit, unknown: $list(self.unknown), assumed: $list(self.assumed) });
  }
}

class outcome$Held extends $Record {
  static fields = /* @__PURE__ */ $fielded("name capacity memory room?");
}

class speed$Speed extends $Record {
  static fields = /* @__PURE__ */ $fielded("demand packing layout rig fitted era? draft?");
  static takes = {"prefill": ["prompt", "depth"], "most_prefill": ["prompt", "depth"], "decoding_seconds": ["step", "tokens"]};
  decode(depth) {
    const self = this;
    let draft, seconds;
    [seconds, draft] = [self._cycle(depth), self.draft];
    if ((seconds === null)) {
      return null;
    }
    if ((draft === null)) {
      return self._rate("decode", $truediv(1, seconds), self.most(depth));
    }
    return speed$_widened(self._rate("decode", $truediv(draft.length, seconds), $mul(draft.length, self.most(depth))), draft);
  }
  _cycle(depth) {
    const self = this;
    let draft, drafting, seconds, sequences, step, tokens;
    [draft, sequences] = [self.draft, self.demand.sequences];
    tokens = ((draft === null) ? 1 : $add(draft.tokens, 1));
    step = work$decoding(self.demand.sized, self.layout, depth, sequences, tokens);
    seconds = self.decoding_seconds(step, tokens);
    if (((draft === null) || (seconds === null))) {
      return seconds;
    }
    drafting = self.drafting_seconds(draft, depth);
    return ((drafting === null) ? null : $add(seconds, $mul(draft.tokens, drafting)));
  }
  drafting_seconds(draft, depth) {
    const self = this;
    let demand, layout, one;
    demand = new memory$Demand(draft.sized, self.demand.program, self.demand.context, self.demand.sequences);
    layout = drafting$beside(self.layout, $len(draft.sized.layers));
    one = new speed$Speed(demand, draft.packing, layout, self.rig, self.fitted, self.era);
    return one.decoding_seconds(work$decoding(draft.sized, layout, depth, demand.sequences));
  }
  most(depth) {
    const self = this;
    return $truediv(1, self._least(depth));
  }
  prefill(prompt, depth = 0) {
    const self = this;
    let seconds, step;
    step = self.prompt_step(prompt, depth);
    seconds = self.prefilling_seconds(step, prompt);
    return ((seconds === null) ? null : self._rate("prefill", $truediv(prompt, seconds), $truediv(prompt, self.computing(step))));
  }
  most_prefill(prompt, depth = 0) {
    const self = this;
    return $truediv(prompt, self.computing(self.prompt_step(prompt, depth)));
  }
  time_to_first_token(prompt) {
    const self = this;
    let first, step;
    first = self.prefilling_seconds(self.prompt_step(prompt, 0), prompt);
    step = self.decoding_seconds(work$decoding(self.demand.sized, self.layout, prompt, self.demand.sequences));
    return (((first === null) || (step === null)) ? null : $add(first, step));
  }
  unknown() {
    const self = this;
    let missing, place;
    missing = [];
    for (place of $iter(self.rig.devices)) {
      if ((place.bandwidth === null)) {
        $call(missing, "append", ($str(place.card.id) + ".bandwidth"));
      }
      if ((self.rate_of(place) === null)) {
        $call(missing, "append", ($str(place.card.id) + ".compute"));
      }
    }
    if (($truth(self.layout.offloaded) && (self.rig.host.bandwidth === null))) {
      $call(missing, "append", "host.bandwidth");
    }
    return $tuple($call($dict, "fromkeys", missing));
  }
  get kind() {
    const self = this;
    if ($truth(self.layout.offloaded)) {
      return "offload";
    }
    if ((($eq($len(self.rig.devices), 1)) && (self.demand.program.backend === "cpu"))) {
      return "processor";
    }
    if (($gt(self.demand.sequences, 1))) {
      return "batch";
    }
    if (($gt($len(self.rig.devices), 1))) {
      return "devices";
    }
    if ($truth(self.demand.sized.experts)) {
      return "mixture";
    }
    return (($le(self.demand.sized.total_parameters, speed$SMALL)) ? "small" : "dense");
  }
  seen(test) {
    const self = this;
    let card, program;
    [card, program] = [$item(self.rig.devices, 0).card, self.demand.program.name];
    if ((!$truth(self.fitted.timed(test, program, self._does)))) {
      return "nothing";
    }
    return self.fitted.seen(test, program, ($truth(card) ? card.id : ""), self.packing);
  }
  get _does() {
    const self = this;
    let every, s;
    s = self.demand.sized;
    every = [["mixture", ($gt(s.experts, 0))], ["state", ($gt($item(s.states, $neg(1)), 0))], ["stream", s.mixes]];
    return $tuple(($through(every, 2, ([name, does]) => name, ([name, does]) => $truth(does))));
  }
  _rate(test, value, most) {
    const self = this;
    let high, low, own;
    [low, high] = $unpack(self.fitted.spread(test, self.kind, self.seen(test)), 2);
    own = $call(self.fitted.own, "get", test);
    if ((own !== null)) {
      [low, high, value] = [own.low, own.high, $mul(value, own.factor)];
    }
    value = $min(value, most);
    return new speed$Rate(value, $mul(value, $min(low, 1.0)), $min($mul(value, $max(high, 1.0)), most));
  }
  decoding_seconds(step, tokens = 1) {
    const self = this;
    let faster, index, k, passing, place, program, rate, seconds, work;
    [seconds, program] = [0.0, self.demand.program.name];
    faster = (($gt(tokens, 1)) ? self.fitted.verified(program) : 1.0);
    for ([index, work] of $each(step.places, 2)) {
      place = self.rig.place(index);
      if ((place.bandwidth === null)) {
        return null;
      }
      rate = $mul(faster, $or(self.rate_of(place), () => $inf));
      seconds = $iadd(seconds, speed$decode_seconds(self.constants("decode", place), work, place.bandwidth, rate, $sqrt));
    }
    k = self.constants("decode", $item(self.rig.devices, 0));
    passing = speed$passing_seconds(k, step.exchanges, step.exchanged, self.link());
    passing = $iadd(passing, self.crossing(step, $mul(self.demand.sequences, tokens)));
    return $add($add($item(k, "step"), seconds), $add($add($mul($item(k, "hop"), step.hops), $mul($item(k, "handover"), step.hosted)), passing));
  }
  prompt_step(prompt, depth) {
    const self = this;
    return work$prefilling(self.demand.sized, self.layout, prompt, depth, self.demand.program.batched_tokens);
  }
  prefilling_seconds(step, prompt) {
    const self = this;
    let attending, balanced, beside, brought, computed, hosted, i, index, k, on_devices, passing, place, rate, seconds, stages, work;
    hosted = work$NOTHING;
    for ([index, work] of $each(step.places, 2)) {
      if (($eq(index, dealing$HOST))) {
        hosted = work;
      }
    }
    on_devices = $list($through(step.places, 2, ([place, work]) => [$item(self.rig.places, place), work], ([place, work]) => (!$eq(place, dealing$HOST))));
    if ((!$truth(on_devices))) {
      return null;
    }
    [seconds, brought] = [0.0, (!$truth(speed$stays(self.demand.program, self.demand.sized, prompt)))];
    for ([i, [place, work]] of $each($enumerate(on_devices), 2)) {
      rate = self.rate_of(place);
      if (((place.bandwidth === null) || (rate === null))) {
        return null;
      }
      computed = ((($eq(i, 0)) && $truth(brought)) ? work.plus(hosted) : work);
      balanced = $mul(speed$BALANCE, place.bandwidth);
      attending = speed$fed(speed$attention_rate(place.card, self.demand, rate, self.era), balanced, $sqrt);
      k = self.constants("prefill", place);
      seconds = $iadd(seconds, speed$prefill_seconds(k, computed, place.bandwidth, speed$fed(rate, balanced, $sqrt), attending, $sqrt));
    }
    k = self.constants("prefill", $item(self.rig.devices, 0));
    beside = ($truth(brought) ? self.copied(k, hosted) : self.hosted(k, hosted));
    if ((beside === null)) {
      return null;
    }
    stages = ((self.layout.split === "layer") ? $len(on_devices) : self.rig.stages);
    seconds = $truediv(seconds, $add(1.0, speed$overlapping(k, $sub(stages, 1.0), $sub(1.0, $truediv(1.0, step.batches)))));
    passing = speed$passing_seconds(k, step.exchanges, step.exchanged, self.link());
    passing = $iadd(passing, self.crossing(step, $mul(step.batches, self.demand.program.batched_tokens)));
    return $add($add($add($mul($item(k, "step"), step.batches), seconds), passing), beside);
  }
  hosted(k, hosted) {
    const self = this;
    let bandwidth;
    bandwidth = self.rig.host.bandwidth;
    return ((bandwidth === null) ? null : speed$hosted_seconds(k, hosted, bandwidth));
  }
  copied(k, hosted) {
    const self = this;
    let card, link, moved;
    moved = $add(hosted.dense, hosted.experts);
    if (((!$truth(moved)) || $truth(self.rig.unified))) {
      return 0.0;
    }
    card = $item(self.rig.devices, 0).card;
    link = ($truth(card) ? card.pcie : null);
    return ((link === null) ? null : $truediv(moved, $mul($item(k, "carry"), link)));
  }
  _least(depth) {
    const self = this;
    let index, seconds, sequences, w;
    [seconds, sequences] = [0.0, self.demand.sequences];
    for ([index, w] of $each(work$decoding(self.demand.sized, self.layout, depth, 1).places, 2)) {
      seconds = $iadd(seconds, $truediv($add($add(w.dense, w.experts), $mul(w.cache, sequences)), $or(self.rig.place(index).bandwidth, () => $inf)));
    }
    return seconds;
  }
  computing(step) {
    const self = this;
    let flops;
    flops = $mul(numbers$total($list($through(step.places, 2, ([_, work]) => work.flops))), self.layout.ranks);
    return $truediv(flops, numbers$total($list($through(self.rig.devices, 0, place => place.card.best_rate, place => $truth(place.card)))));
  }
  rate_of(place) {
    const self = this;
    return ($truth(place.card) ? speed$kernel_rate(place.card, self.demand.program, self.packing) : null);
  }
  link() {
    const self = this;
    let link;
    link = $min($list($through(self.rig.devices, 0, place => speed$link_bandwidth(place.card, self.layout.ranks))));
    return ($truth(self._ranks_cross) ? $min(link, $or(self.rig.network, () => $inf)) : link);
  }
  get _ranks_cross() {
    const self = this;
    return ($gt(self.layout.ranks, $floordiv($len(self.rig.devices), self.rig.nodes)));
  }
  crossing(step, tokens) {
    const self = this;
    let crossings, layout, nodes, passed, rig, size, used;
    [rig, layout] = [self.rig, self.layout];
    if (($eq(rig.nodes, 1))) {
      return 0.0;
    }
    if ($truth(self._ranks_cross)) {
      return $mul(speed$NODE_EXCHANGE, step.exchanges);
    }
    used = $list($through(step.places, 2, ([index, _]) => index, ([index, _]) => (!$eq(index, dealing$HOST))));
    nodes = ((layout.split === "tensor") ? used : $list($through(used, 0, index => rig.node(index))));
    crossings = $len($list($through($range(1, $len(nodes)), 0, i => i, i => (!$eq($item(nodes, i), $item(nodes, $sub(i, 1)))))));
    size = ($truth(self.demand.program.gguf) ? 4 : 2);
    passed = $mul($mul(tokens, size), self.demand.sized.widths.passed);
    return $mul(crossings, $add($mul(speed$NODE_HOP, step.batches), $truediv(passed, $or(rig.network, () => $inf))));
  }
  constants(test, place) {
    const self = this;
    let era, k, mixes, own, program;
    own = self.demand.program;
    program = (((place.card === null) && (!$truth(self.rig.unified))) ? ($str(own.runtime) + "/host") : own.name);
    era = $or(self.era, () => $call(self.fitted.eras, "get", program, ""));
    k = self.fitted.constants(test, program, era, place.card, self.packing, ($gt(self.demand.sized.experts, 0)));
    mixes = $and((test === "decode"), () => self.demand.sized.mixes);
    if (($truth(mixes) && (!$truth(own.gguf)) && (!$truth(self.fitted.timed(test, program, ["stream"]))))) {
      return $dict($through($call(k, "items"), 2, ([name, value]) => [name, ((name === "stream") ? $min(value, speed$MIXING) : value)]));
    }
    return k;
  }
}

class speed$Rate extends $Record {
  static fields = /* @__PURE__ */ $fielded("value low high");
  as_dict() {
    const self = this;
    return $dict({ value: self.value, low: self.low, high: self.high });
  }
}

class work$Work extends $Record {
  static fields = /* @__PURE__ */ $fielded("dense experts cache flops attention layers mixtures states mixed padding");
  plus(other) {
    const self = this;
    return new work$Work($add(self.dense, other.dense), $add(self.experts, other.experts), $add(self.cache, other.cache), $add(self.flops, other.flops), $add(self.attention, other.attention), $add(self.layers, other.layers), $add(self.mixtures, other.mixtures), $add(self.states, other.states), $add(self.mixed, other.mixed), $add(self.padding, other.padding));
  }
}

class work$Step extends $Record {
  static fields = /* @__PURE__ */ $fielded("places batches hops exchanges exchanged hosted");
}

class placement$Proposals extends $Record {
  static fields = /* @__PURE__ */ $fielded("demand settings? whole? bare? offloaded?", { settings: () => settings$DEFAULT, whole: () => $dict(), offloaded: () => $dict() });
  static takes = {"best": ["rig", "paces", "rate"]};
  where(program) {
    const self = this;
    return $make(placement$Proposals, [$replace(self.demand, { program: program }), self.settings], { bare: self });
  }
  best(rig, paces = [], rate = null) {
    const self = this;
    let found, i, least, others, program, room, rooms, whole;
    [program, least] = [self.demand.program, self.demand.least];
    rooms = [rig.room(program)];
    if (($truth(program.margin) || (($lt(program.utilization, 1)) && (self.settings.utilization === null)))) {
      $call(rooms, "append", $call(rig, "room", program, $kw({ margin: false })));
    }
    if (($truth(self.settings.placed) && (program.split === "layer"))) {
      return self._asked(rig, rooms);
    }
    whole = self._whole(rig);
    for ([i, room] of $each($enumerate(rooms), 2)) {
      if (($le(least, numbers$total(room)))) {
        found = self._on_devices(rig, room, ($eq(i, 0)), paces);
        if (((found === null) && $truth(i) && (self.sparing !== null))) {
          found = self.sparing._on_devices(rig, room, false, paces);
        }
        if ((found !== null)) {
          return [found, ($truth(i) ? placement$TIGHT : placement$FITS)];
        }
      }
    }
    if ((!$truth(program.offload))) {
      return [whole, placement$NO];
    }
    for (room of $iter(rooms)) {
      others = ($truth(rig.unified) ? $slice(room, $floordiv($len(room), rig.nodes), null, null) : room);
      if (($le(least, $add(rig.host.capacity, numbers$total(others))))) {
        found = self._offloaded(room);
        if (($truth(program.experts_alone) && $truth(found.layout.layers_on_host))) {
          continue;
        }
        if ($truth(found.suits_host(rig))) {
          return [self._without_slow(rig, room, paces, rate, found), placement$OFFLOAD];
        }
      }
    }
    return [whole, ($truth(self._maps(rig, $item(rooms, 0))) ? placement$DISK : placement$NO)];
  }
  get sparing() { return $once(this, "sparing", () => this.$$sparing()); }
  $$sparing() {
    const self = this;
    let fewer;
    fewer = self.demand.sparing;
    if ((fewer === null)) {
      return null;
    }
    if (((self.bare !== null) && (self.bare.sparing !== null))) {
      return self.bare.sparing.where(fewer.program);
    }
    return new placement$Proposals(fewer, self.settings);
  }
  _asked(rig, rooms) {
    const self = this;
    let asked, found, i, layout, room, s, shares, spared;
    [asked, s] = [self.settings, self.demand.sized];
    shares = $or(asked.tensor_split, () => rig.capacities);
    layout = layout$as_asked(s, shares, asked.layers_on_device, $or(asked.experts_on_host, () => 0));
    found = new placement$Proposal(self.demand, layout);
    for ([i, room] of $each($enumerate(rooms), 2)) {
      if ($truth(found.suits(rig, room, ($eq(i, 0))))) {
        return [found, ($truth(layout.offloaded) ? placement$OFFLOAD : ($truth(i) ? placement$TIGHT : placement$FITS))];
      }
    }
    if (((self.sparing !== null) && ($gt($len(rooms), 1)))) {
      spared = new placement$Proposal(self.sparing.demand, layout);
      if ($truth(spared.suits(rig, $item(rooms, 1), false))) {
        return [spared, ($truth(layout.offloaded) ? placement$OFFLOAD : placement$TIGHT)];
      }
    }
    return [found, placement$NO];
  }
  _whole(rig) {
    const self = this;
    let layout, shares, whole;
    whole = $call(self.whole, "get", rig.proportions);
    if ((whole === null)) {
      if ((self.bare !== null)) {
        whole = self._with_contexts(self.bare._whole(rig));
      } else {
        shares = ((self.demand.program.split === "tensor") ? $or(self.settings.tensor_split, () => []) : []);
        layout = layout$everything_on_devices(self.demand.sized, self.demand.program, rig, shares);
        whole = new placement$Proposal(self.demand, layout);
      }
      $put(self.whole, rig.proportions, whole);
    }
    return whole;
  }
  _on_devices(rig, room, margin, paces) {
    const self = this;
    let found, layout, least, own, rooms, slowness, split, whole;
    split = $and(($gt($len(room), 1)), () => (self.demand.program.split === "layer"));
    if (((!$truth(split)) || (!$truth(paces)))) {
      whole = self._whole(rig);
      if ($truth(whole.suits(rig, room, margin))) {
        return whole;
      }
    }
    if ((!$truth(split))) {
      return null;
    }
    own = $or(paces, () => $tuple($list($through(room, 0, _ => 0.0))));
    for (slowness of $iter($sorted($list($through(own, 0, pace => $neg(pace)))))) {
      least = $neg(slowness);
      rooms = $list($through($enumerate(room), 2, ([i, most]) => [(($ge($item(own, i), least)) ? most : 0.0), ($gt($item(own, i), least))]));
      layout = placement$_filled(self.demand, rooms);
      found = ((layout !== null) ? new placement$Proposal(self.demand, layout) : null);
      if (((found !== null) && $truth(found.suits(rig, room, margin)))) {
        return found;
      }
    }
    return null;
  }
  _offloaded(room) {
    const self = this;
    let beside, found;
    found = $call(self.offloaded, "get", room);
    if ((found === null)) {
      if ((self.bare !== null)) {
        beside = $tuple($list($through(room, 0, most => $max(0.0, $sub(most, self.demand.overhead)))));
        found = self._with_contexts(self.bare._offloaded(beside));
      } else {
        found = new placement$Proposal(self.demand, placement$_offloaded(self.demand, room));
      }
      $put(self.offloaded, room, found);
    }
    return found;
  }
  _without_slow(rig, room, paces, rate, found) {
    const self = this;
    let best, faster, fastest, fewer, least, own;
    if ((rate === null)) {
      return found;
    }
    [best, fastest] = [found, rate(found.layout)];
    own = $or(paces, () => $tuple($list($through($range($len(room)), 0, i => $sub(1.0, i)))));
    for (least of $iter($slice($sorted($call($dict, "fromkeys", own)), 1, null, null))) {
      fewer = self._offloaded($tuple($list($through($enumerate(room), 2, ([i, most]) => (($ge($item(own, i), least)) ? most : 0.0)))));
      if (((!$truth(fewer.suits_host(rig))) || ($truth(self.demand.program.experts_alone) && $truth(fewer.layout.layers_on_host)))) {
        continue;
      }
      faster = rate(fewer.layout);
      if (($gt(faster, $mul(placement$WORTH, fastest)))) {
        [best, fastest] = [fewer, faster];
      }
    }
    return best;
  }
  _with_contexts(bare) {
    const self = this;
    return new placement$Proposal(self.demand, bare.layout, bare);
  }
  _maps(rig, room) {
    const self = this;
    let hosted;
    if ((!$truth(self.demand.program.gguf))) {
      return false;
    }
    hosted = new placement$Proposal(self.demand, placement$_without_devices(self.demand, room));
    return $or(hosted.maps(rig), () => self._offloaded(room).maps(rig));
  }
}

class placement$_Load extends $Record {
  static fields = /* @__PURE__ */ $fielded("demand start first on_host experts_from several");
  static takes = {"needs": ["end", "beyond"]};
  end(most, all_or_none) {
    const self = this;
    let end, everything;
    everything = $add($len(self.demand.sized.layers), 1);
    if ((($ge(self.start, everything)) || ($le(self.needs(everything), most)))) {
      return everything;
    }
    if ($truth(all_or_none)) {
      return self.start;
    }
    end = $sub(numbers$first_that($add(self.start, 1), everything, ((end) => ($gt(self.needs(end), most)))), 1);
    if (((!$truth(self.first)) || ($le(self.experts_from, $max(end, self.on_host))))) {
      return end;
    }
    return $sub(numbers$first_that($add(self.start, 1), everything, ((end) => ($gt(self.needs(end, true), most)))), 1);
  }
  needs(end, beyond = false) {
    const self = this;
    let before, beside, computing, demand, has_output, held, hosted, last, layers, s, torn;
    [demand, s] = [self.demand, self.demand.sized];
    last = $len(s.layers);
    [has_output, end] = [($gt(end, last)), $min(end, last)];
    [hosted, before] = [($gt(self.experts_from, self.on_host)), self.experts_from];
    held = $sub($item(demand.layers, end), $item(demand.layers, self.start));
    held = $iadd(held, $sub($item(s.expert, $max(end, before)), $item(s.expert, $max(self.start, before))));
    layers = $sub(end, self.start);
    torn = ($truth(self.several) ? demand.torn(self.start, end, $any(s.torn)) : 0);
    computing = $call(demand, "on_device", has_output, layers, self.first, self.several, hosted, self.on_host, $kw({ beyond: beyond, torn: torn }));
    beside = ($truth(self.first) ? demand.beside.total : 0);
    return $add($add($add($add(held, ($truth(has_output) ? s.output : 0)), computing), demand.overhead), beside);
  }
}

class drafting$Draft extends $Record {
  static fields = /* @__PURE__ */ $fielded("sized packing tokens length least most assumed?false");
  get acceptance() {
    const self = this;
    return $truediv($sub(self.length, 1), self.tokens);
  }
}

class drafting$Drafter extends $Record {
  static fields = /* @__PURE__ */ $fielded("sized packing own");
}

class planned$Planned extends $Record {
  static fields = /* @__PURE__ */ $fielded("exported asked outcome beside held notes?", { notes: () => [] });
  get longest_context() {
    const self = this;
    if ((self.asked.rig === null)) {
      return null;
    }
    return ways$longest(self.outcome.loaded.limit, ((context) => self._fits($replace(self.asked, { context: context }))));
  }
  get most_sequences() {
    const self = this;
    if (((self.asked.rig === null) || (self.asked.settings.slots !== null))) {
      return null;
    }
    return numbers$most(((count) => self._fits($replace(self.asked, { sequences: count }))), ways$CROWD);
  }
  _fits(asked) {
    const self = this;
    return $bool(planned$plan(self.exported, asked).outcome.fits);
  }
  get ways_out() {
    const self = this;
    let exported;
    exported = self.exported;
    return ways$ways_out(self, self.asked.rig, exported.reserved, $item(exported.cache_types, self.outcome.loaded.program.runtime), $list($through($call(exported.encodings, "items"), 2, ([_, encoding]) => encoding)), (() => self.longest_context), ((change, to) => planned$plan(exported, self._changed(change, to))));
  }
  _changed(change, to) {
    const self = this;
    let asked, rig;
    [asked, rig] = [self.asked, self.asked.rig];
    if ((change === "cache_format")) {
      return $replace(asked, { cache_format: to });
    }
    if ((change === "format")) {
      return $replace(asked, { format: to, runtime: self.outcome.loaded.program.runtime });
    }
    if (((change === "context") || (rig === null))) {
      return $replace(asked, { context: to });
    }
    if ((change === "devices")) {
      return $replace(asked, { rig: assembling$with_more(rig, to) });
    }
    return $replace(asked, { rig: assembling$with_host_memory(rig, $sub(to, self.exported.reserved)) });
  }
  as_dict() {
    const self = this;
    let found, part, parts, told;
    found = self.outcome.as_dict();
    parts = [];
    for (part of $iter(self.beside)) {
      told = part.as_dict();
      $put(told, "loaded", ($in(self.held, part)));
      $call(parts, "append", told);
    }
    $put(found, "beside", parts);
    $put(found, "longest_context", self.longest_context);
    $put(found, "most_sequences", self.most_sequences);
    $put(found, "ways_out", $list($through(self.ways_out, 0, way => way.as_dict())));
    $put(found, "remarks", $list(self.notes));
    $put(found, "offer", self.asked.offer);
    return found;
  }
}

class ways$Way extends $Record {
  static fields = /* @__PURE__ */ $fielded("change to plan");
  as_dict() {
    const self = this;
    let decode, found;
    found = self.plan.outcome;
    decode = found.decode_at(found.context);
    return $dict({ change: self.change, to: self.to, verdict: found.verdict, total: found.memory.total, decode: ($truth(decode) ? decode.as_dict() : null) });
  }
}

class planned$Asked extends $Record {
  static fields = /* @__PURE__ */ $fielded("model rig format context cache_format?\"f16\" runtime? sequences?1 settings? measured? said_format? offer? drafter? draft_tokens? acceptance?", { settings: () => settings$DEFAULT });
  get drafts() {
    const self = this;
    return $or((self.settings.mtp === true), () => (self.drafter !== null));
  }
}

class planned$Measured extends $Record {
  static fields = /* @__PURE__ */ $fielded("rate depth prompt model format");
}

class step$Part extends $Record {
  static fields = /* @__PURE__ */ $fielded("name steps?", { steps: () => $list() });
  static takes = {"take": ["what", "term", "unit", "where", "sources", "note"], "look_up": ["what", "value", "unit", "where", "sources", "note"]};
  take(what, term, unit, where = "", sources = [], note = "") {
    const self = this;
    let found, once, value;
    found = [...$iter(sources), ...$iter(((function* () { for (const one of $each($call(term.inputs, "values"), 0)) for (const source of $each(one.sources, 0)) yield source; })()))];
    once = $tuple($call($dict, "fromkeys", found));
    value = (($in(step$WHOLE, unit)) ? $round(term.value) : term.value);
    $call(self.steps, "append", new step$Step(self.name, what, where, term.formula, value, unit, term.inputs, once, note));
    return terms$named(step$called_at(what, where), value, unit, "step");
  }
  look_up(what, value, unit, where = "", sources = [], note = "") {
    const self = this;
    $call(self.steps, "append", new step$Step(self.name, what, where, "", value, unit, $dict([]), $tuple(sources), note));
    return terms$named(step$called_at(what, where), ($isinstance(value, ["int", "float"]) ? value : 0.0), unit, "step");
  }
}

class terms$Term extends $Record {
  static fields = /* @__PURE__ */ $fielded("value formula inputs binding? addends? squared?", { binding: () => terms$_NAME, addends: () => [] });
  __add__(other) {
    const self = this;
    let parts;
    if ((!$truth(other.value))) {
      return self;
    }
    if ((!$truth(self.value))) {
      return other;
    }
    parts = [...$iter($or(self.addends, () => [self])), ...$iter($or(other.addends, () => [other]))];
    return new terms$Term($add(self.value, other.value), ($str(self.formula) + " + " + $str(other.formula)), terms$_both(self, other), terms$_SUM, parts);
  }
  __mul__(other) {
    const self = this;
    let formula, value;
    value = (($truth(self.value) && $truth(other.value)) ? $mul(self.value, other.value) : 0.0);
    if ((!$truth(value))) {
      return terms$NOTHING;
    }
    if ((self === other)) {
      return $make(terms$Term, [value, ($str(self.bound($add(terms$_POWER, 1))) + "**2"), self.inputs, terms$_POWER], { squared: self });
    }
    formula = ($str(self.bound(terms$_PRODUCT)) + " * " + $str(other.bound(terms$_PRODUCT)));
    return new terms$Term(value, formula, terms$_both(self, other), terms$_PRODUCT);
  }
  __truediv__(other) {
    const self = this;
    let formula;
    if (((!$truth(self.value)) || ($eq(other.value, $inf)))) {
      return terms$NOTHING;
    }
    formula = ($str(self.bound(terms$_PRODUCT)) + " / " + $str(other.bound(terms$_POWER)));
    return new terms$Term($truediv(self.value, other.value), formula, terms$_both(self, other), terms$_PRODUCT);
  }
  bound(least) {
    const self = this;
    return (($ge(self.binding, least)) ? self.formula : ("(" + $str(self.formula) + ")"));
  }
}

class terms$Input extends $Record {
  static fields = /* @__PURE__ */ $fielded("value unit by?\"fact\" sources?", { sources: () => [] });
}

class step$Step extends $Record {
  static fields = /* @__PURE__ */ $fielded("part what where formula value unit inputs? sources? note?\"\"", { inputs: () => $dict(), sources: () => [] });
  as_dict() {
    const self = this;
    return $dict({ part: self.part, what: self.what, where: $or(self.where, () => null), formula: self.formula, value: self.value, unit: self.unit, inputs: $dict($through($call(self.inputs, "items"), 2, ([name, x]) => [name, $dict({ value: x.value, unit: x.unit, by: x.by })])), sources: $list(self.sources), note: $or(self.note, () => null) });
  }
}

class case$Case extends $Record {
  static fields = /* @__PURE__ */ $fielded("outcome rig facts");
  get speed() {
    const self = this;
    return self.outcome.speed;
  }
  of_device(index, key) {
    const self = this;
    let found;
    found = $item($item($item($item($item(self.facts, "machine"), "devices"), index), "sources"), key);
    return found;
  }
  of_place(place, key) {
    const self = this;
    let alike;
    if ((place === null)) {
      return self.of_device(0, key);
    }
    if (((place.card === null) && (!$truth(self.rig.unified)))) {
      return self.of_host;
    }
    alike = $list($through($enumerate(self.rig.devices), 2, ([i, one]) => i, ([i, one]) => ($truth(one.card) && $truth(place.card) && ($eq(one.card.id, place.card.id)))));
    return self.of_device(($truth(alike) ? $item(alike, 0) : 0), key);
  }
  get of_host() {
    const self = this;
    let found;
    found = $item($item(self.facts, "machine"), "sources");
    return found;
  }
  of(what) {
    const self = this;
    let found;
    found = $item($item(self.facts, what), "sources");
    return found;
  }
}

function exported$_program(row) {
  let contexts, defaults, formats, measured, plain, small, stated;
  [plain, defaults, small, contexts, formats] = $unpack(row, 5);
  measured = $tuple($list($through(contexts, 0, one => [$item(one, 0), $item(one, 1)])));
  stated = [...$iter(plain), $tuple($list($through(defaults, 0, one => new program$Defaults(...$iter(one))))), $tuple(small), measured, $tuple(formats)];
  return new program$Program(...$iter(stated));
}

function exported$encoding_of(name, row) {
  return new program$Encoding(($truth($slice(row, 4, null, null)) ? $item(row, 4) : name), $item(row, 0), $tuple($item(row, 1)), $item(row, 2), $item(row, 3));
}

const fitted$TELLS = /* @__PURE__ */ (() => $dict({ decode: ["decode", "prefill"], prefill: ["prefill"] }))();

function fitted$towards(ratio, share) {
  return (($ge(ratio, 1.0)) ? $add(1.0, $mul(share, $sub(ratio, 1.0))) : $truediv(ratio, $add(ratio, $mul(share, $sub(1.0, ratio)))));
}

const fitted$_PROGRAM = ["program"];

const fitted$_ERA = ["program", "era"];

const fitted$_PLACE = ["place"];

const fitted$_KERNELS = ["kernels"];

const fitted$_FETCHING = ["kernels", "memory"];

const fitted$_PACKING = ["program", "packing"];

const fitted$_GENERATION = ["program", "generation"];

const fitted$TERMS = /* @__PURE__ */ (() => $dict({ decode: [new fitted$Term("step", 0.0005, [fitted$_PROGRAM, fitted$_ERA], 1.0), new fitted$Term("layer", 4e-05, [fitted$_PLACE, fitted$_PROGRAM, fitted$_ERA, ["generation"]], 1.0), new fitted$Term("mixture", 5e-05, [["memory"], fitted$_PROGRAM], 1.0), new fitted$Term("state", 2e-05, [fitted$_PLACE, fitted$_PROGRAM], 1.0), new fitted$Term("stream", 0.0003, [fitted$_KERNELS, fitted$_PROGRAM], 1.0), new fitted$Term("read", 0.75, [["memory"], fitted$_FETCHING, ["packing"], fitted$_PROGRAM, ["generation"], fitted$_PACKING], 3.0, 1.0), new fitted$Term("scatter", 1.1, [["memory"], fitted$_PROGRAM], 3.0), new fitted$Term("recall", 1.2, [fitted$_PLACE, fitted$_PROGRAM, fitted$_ERA], 3.0), new fitted$Term("multiply", 0.5, [fitted$_PROGRAM, ["unpacking"], ["generation"]], 3.0, 1.0), new fitted$Term("hop", 5e-05, [fitted$_PROGRAM], 2.0), new fitted$Term("exchange", 1e-05, [fitted$_PROGRAM, ["link"]], 2.0), new fitted$Term("carry", 0.5, [["link"]], 3.0, 1.0), new fitted$Term("handover", 5e-05, [fitted$_PROGRAM], 2.0)], prefill: [new fitted$Term("step", 0.001, [fitted$_PROGRAM, fitted$_ERA], 1.0), new fitted$Term("layer", 5e-05, [fitted$_PROGRAM, fitted$_ERA], 1.0), new fitted$Term("mixture", 0.0001, [fitted$_PROGRAM], 1.0), new fitted$Term("state", 0.0001, [fitted$_PROGRAM], 1.0), new fitted$Term("stream", 50.0, [fitted$_KERNELS, fitted$_PROGRAM], 1.0), new fitted$Term("read", 0.7, [fitted$_PROGRAM], 6.0, 1.0), new fitted$Term("scatter", 1.0, [fitted$_PROGRAM], 3.0), new fitted$Term("multiply", 0.4, [fitted$_PROGRAM, ["generation"], ["packing"], fitted$_PACKING, fitted$_ERA, ["program", "kind"]], 3.0, 1.5), new fitted$Term("attend", 0.2, [fitted$_PROGRAM, fitted$_GENERATION], 2.0, 1.5), new fitted$Term("tile", 4.0, [fitted$_PROGRAM], 2.0), new fitted$Term("host", 16.0), new fitted$Term("overlap", 0.5, [fitted$_PROGRAM], 3.0, 1.0), new fitted$Term("exchange", 3e-05, [fitted$_PROGRAM, ["link"]], 2.0), new fitted$Term("carry", 0.5, [["link"]], 3.0, 1.0)] }))();

function exported$_experience(told) {
  return new drafting$Experience($tuple($list($through($item(told, "rows"), 0, row => new drafting$Kept(...$iter(row))))), $item(told, "low"), $item(told, "high"));
}

const fitted$KNOWN = 4096;

const rig$NO_GENERATION = "unknown";

function fitted$packed(program, packing) {
  return (((packing === "bf16") && (!$in(program, "llama.cpp"))) ? "plain" : packing);
}

function fitted$attributes(program, era, card, packing, mixture) {
  return $dict({ program: program, kernels: (($in(program, "llama.cpp")) ? "ggml" : "own"), era: era, memory: ($truth(card) ? card.memory : "DDR"), generation: ($truth(card) ? card.generation : rig$NO_GENERATION), packing: fitted$packed(program, packing), unpacking: (($in(program, "/cpu")) ? "vectors" : ((packing === "bf16") ? "plain" : packing)), place: ((($in(program, "/cpu")) || ($in(program, "/host"))) ? "processor" : "card"), kind: ($truth(mixture) ? "mixture" : "dense"), link: ($truth(card) ? card.link : "none") });
}

function fitted$key(level, of) {
  return $call(" ", "join", ($through(level, 0, name => ($str(name) + "=" + $str($item(of, name))))));
}

function fitted$at_most(value, most, one, root) {
  let fourth, square;
  square = $mul($truediv(value, most), $truediv(value, most));
  fourth = $mul(square, square);
  return $truediv(value, root(root(root($add(one, $mul(fourth, fourth))))));
}

function exported$_found(entries, name, what) {
  if ((!$in(entries, name))) {
    throw new $SizingError(("no " + $str(what) + " " + $str(name) + " was exported"));
  }
  return $item(entries, name);
}

const planned$WORDS = ["model", "machine", "host", "format", "said_format", "context", "cache_format", "runtime", "sequences", "split", "layers_on_device", "experts_on_host", "tensor_split", "micro_batch", "utilization", "max_sequences", "vision", "mtp", "swa_full", "flash_attention", "lora", "draft", "draft_tokens", "acceptance", "power_limit", "slots", "unified", "in_use", "wired_limit", "measured"];

const outcome$MOST_TOKENS = 1073741824;

const outcome$MOST_SEQUENCES = 1048576;

function outcome$possible(context, sequences) {
  let most, name, value;
  for ([name, value, most] of $each([["context", context, outcome$MOST_TOKENS], ["sequences", sequences, outcome$MOST_SEQUENCES]], 3)) {
    if (($lt(value, 1))) {
      throw new $SizingError(($str(name) + " " + $str(value) + " is not possible; give a whole number from 1 up"));
    }
    if (($gt(value, most))) {
      throw new $SizingError(($str(name) + " is not possible beyond " + $str(most) + "; give a smaller number"));
    }
  }
  return null;
}

function planned$_or(said, otherwise) {
  return ((said === null) ? otherwise : said);
}

const choosing$FEW = 4;

const choosing$USUAL = "Q4_K_M";

const choosing$LAST = 3;

function choosing$_beside_a_host(format, native) {
  if (($truth(native) && ($le(format.bits, choosing$FEW)))) {
    return 0;
  }
  if (($eq(format.id, choosing$USUAL))) {
    return 1;
  }
  return (($le(format.bits, choosing$FEW)) ? 2 : choosing$LAST);
}

const choosing$NONE_FITS = "of the published ones, none of which fits";

function choosing$meant(first, published, load, room, ask) {
  let found, loaded, name, native, own, p, rank, told;
  found = [];
  for (name of $iter($call($dict, "fromkeys", [...$iter(first), ...$iter(published)]))) {
    try {
      loaded = load(name);
      [own, native] = [loaded.sized, ($in(first, loaded.encoding.id))];
      if (($le($sub($sub(own.weights, own.embedding), own.lookups), room))) {
        p = ask(name);
        if ((p.outcome.fits !== false)) {
          return [p, ($truth(native) ? "as published" : "the published one with the most bits that fits")];
        }
      }
      $call(found, "append", [choosing$_beside_a_host(loaded.encoding, native), name]);
    } catch ($error) {
      if ($is_error($error, [$SizingError])) {
        continue;
      } else { throw $error; }
    }
  }
  told = [];
  for ([rank, name] of $each($sorted(found, $kw({ key: ((one) => $item(one, 0)) })), 2)) {
    if ((($eq(rank, choosing$LAST)) && ($gt($len(told), 0)))) {
      break;
    }
    try {
      $call(told, "append", ask(name));
    } catch ($error) {
      if ($is_error($error, [$SizingError])) {
        continue;
      } else { throw $error; }
    }
    if ((($lt(rank, choosing$LAST)) && $truth($item(told, $neg(1)).outcome.runs))) {
      return [$item(told, $neg(1)), choosing$NONE_FITS];
    }
  }
  if (($gt($len(told), 0))) {
    return [$item(told, 0), choosing$NONE_FITS];
  }
  return [ask($item([...$iter(first), choosing$USUAL], 0)), "none can run"];
}

function choosing$offered(rig, wired_limit) {
  if ((rig === null)) {
    return $inf;
  }
  return ((wired_limit === null) ? rig.capacity : $max(rig.capacity, wired_limit));
}

function outcome$settle(encoding, programs, backends, asked, capability) {
  let able, backend, computes, names, needs, own, program, readers, reading, runtime, runtimes, there, told;
  readers = encoding.runtimes;
  if (((asked !== null) && (!$in(readers, asked)))) {
    throw new $SizingError(($str(asked) + " does not read " + $str(encoding.id) + "; " + $str(encoding.id) + " is read by " + $str($call(", ", "join", readers))));
  }
  reading = $list($through(programs, 0, p => p, p => $truth(((asked === null) ? ($in(readers, p.runtime)) : ($eq(p.runtime, asked))))));
  runtimes = $list($call($dict, "fromkeys", $list($through(reading, 0, p => p.runtime))));
  for (runtime of $iter(runtimes)) {
    own = $list($through(reading, 0, p => p, p => ($eq(p.runtime, runtime))));
    for (backend of $iter($or(backends, () => [$item(own, 0).backend]))) {
      for (program of $iter(own)) {
        computes = $or((!$truth(program.formats)), () => ($in(program.formats, encoding.id)));
        able = $or((capability === null), () => ($le(program.capability, capability)));
        if ((($eq(program.backend, backend)) && $truth(computes) && $truth(able))) {
          return program;
        }
      }
    }
  }
  for (program of $iter(reading)) {
    if ((($in(backends, program.backend)) && (capability !== null) && ($gt(program.capability, capability)))) {
      needs = ($str(program.runtime) + " needs CUDA compute capability " + $format(program.capability, ("g")));
      throw new $SizingError(($str(needs) + ", and a device here has " + $format(capability, ("g")) + "; choose another runtime or format"));
    }
    if (($in(backends, program.backend))) {
      told = ($str(program.runtime) + " computes " + $str($call(", ", "join", program.formats)) + " on " + $str(program.backend));
      throw new $SizingError(($str(told) + ", and not " + $str(encoding.id) + "; choose one of these"));
    }
  }
  there = $call("/", "join", backends);
  if ((!$any(($through(programs, 0, p => ($in(backends, p.backend))))))) {
    throw new $SizingError(("no runtime of the catalog runs on " + $str(there) + " yet; choose another machine"));
  }
  names = $call(", ", "join", runtimes);
  throw new $SizingError(($str(encoding.id) + " is read by " + $str(names) + ", which cannot run on " + $str(there) + "; choose another format"));
}

const exported$LOADED = 1024;

function cache$possible_type(kind, offered) {
  if ((!$in(offered, kind))) {
    throw new $SizingError(("cache type '" + $str(kind) + "' is not possible here; this runtime offers " + $str($call(", ", "join", offered))));
  }
  return null;
}

function exported$sized_key(format, gguf) {
  return ($truth(gguf) ? ($str(format) + "/gguf") : format);
}

function exported$unrolled(rows, runs) {
  return $list((function* () { for (const [row, count] of $each(runs, 2)) for (const _ of $each($range(count), 0)) yield $item(rows, row); })());
}

function cache$seen(limit, depth) {
  return ((limit === null) ? depth : $min(limit, depth));
}

function numbers$over(count, size) {
  return $neg($floordiv($neg(count), size));
}

function cache$padded(tokens, page) {
  return $mul(numbers$over(tokens, page), page);
}

function numbers$total(values) {
  let result, value;
  result = 0;
  for (value of $iter(values)) {
    result = $iadd(result, value);
  }
  return result;
}

function exported$_cache(row) {
  let compressed;
  compressed = $tuple($list($through($item(row, 3), 0, entry => new cache$Compressed(...$iter(entry)))));
  return new cache$CachePart($item(row, 0), $item(row, 1), $item(row, 2), compressed, ...$iter($slice(row, 4, null, null)));
}

function sized$_sums(values) {
  return $tuple($accumulate(values, $kw({ initial: 0 })));
}

function exported$_layer_of(held, work, cache) {
  return $make(sized$SizedLayer, [], { dense: $item(held, 0), experts: $item(held, 1), flops: $item(work, 0), cache: cache, attention_flops: $item(work, 1), cache_heads: $item(work, 2), largest: $item(held, 2), largest_expert: $item(held, 3) });
}

function exported$_sized(model, format, program, cache_format) {
  let bytes_of, caches, kept, parts, refused, shape, weights, work_of;
  weights = exported$_found($item(model, "weights"), exported$sized_key(format, program.gguf), "weights of this model in");
  caches = exported$_found(exported$_found($item(model, "caches"), program.runtime, "cache of this model for"), cache_format, "cache type");
  for (refused of $iter([weights, caches])) {
    if (($in(refused, "refusal"))) {
      throw new $SizingError($item(refused, "refusal"));
    }
  }
  shape = $item(model, "shape");
  kept = $item(caches, "layers");
  parts = exported$unrolled($list($through($item(kept, "rows"), 0, row => exported$_cache(row))), $item(kept, "runs"));
  bytes_of = exported$unrolled($item($item(weights, "layers"), "rows"), $item($item(weights, "layers"), "runs"));
  work_of = exported$unrolled($item($item(shape, "layers"), "rows"), $item($item(shape, "layers"), "runs"));
  return $make(sized$Sized, [], { layers: $tuple($list($through($range($len(parts)), 0, i => exported$_layer_of($item(bytes_of, i), $item(work_of, i), $item(parts, i))))), embedding: $item(weights, "embedding"), lookups: $item(weights, "lookups"), output: $item(weights, "output"), output_flops: $item(shape, "output_flops"), tied: $item(shape, "tied"), widths: new buffers$Widths(...$iter($item(shape, "widths"))), experts: $item(shape, "experts"), experts_per_token: $item(shape, "experts_per_token"), total_parameters: $item(shape, "total_parameters"), active_parameters: $item(shape, "active_parameters"), whole: $item(shape, "whole"), answers: $item(shape, "answers"), padding: $item(weights, "padding"), unpacked: $item(weights, "unpacked"), own_head: $item(weights, "own_head") });
}

function settings$context_on(program, rig) {
  let most, own, place;
  most = 0;
  for (place of $iter(($truth(rig.alike) ? $slice(rig.devices, null, 1, null) : rig.devices))) {
    own = $list($through(program.contexts, 2, ([card, size]) => size, ([card, size]) => ((place.card !== null) && ($eq(place.card.id, card)))));
    most = $max(most, ($truth(own) ? $item(own, 0) : program.overhead));
  }
  return most;
}

function settings$at_home(program, rig) {
  let found, memory, name, one, taken;
  if ((($gt(rig.nodes, 1)) && (!$truth(program.spans)))) {
    throw new $SizingError(($str(program.runtime) + " runs in one box; choose llama.cpp, vllm or another that spans several"));
  }
  if (($truth(program.experts_alone) && ($gt($len(rig.devices), 1)))) {
    name = program.runtime;
    throw new $SizingError(($str(name) + " on several cards is not planned: each has a share of every layer; name one card"));
  }
  taken = settings$context_on(program, rig);
  if ((!$truth(program.defaults))) {
    return (($eq(taken, program.overhead)) ? program : $replace(program, { overhead: taken }));
  }
  [found, memory] = [$item(program.defaults, 0), $min(rig.capacities)];
  for (one of $iter(program.defaults)) {
    if ((($le(one.memory, memory)) && (!$any(($through(rig.devices, 0, p => $and((p.card !== null), () => ($in(program.small, p.card.id))))))))) {
      found = one;
    }
  }
  return $replace(program, { margin: $add(found.margin, $mul(program.margin_each, $len(rig.devices))), batched_tokens: found.batched_tokens, logit_rows: found.logit_rows, overhead: $add(taken, ($truth(rig.switched) ? program.joined : 0)) });
}

function exported$_host(row) {
  return new assembling$HostMemory($item(row, 0), $item(row, 1));
}

const rig$REFERENCE_HOST = "host";

const rig$NETWORK = "network";

const assembling$ASSUMED_NETWORK = 1250000000.0;

const assembling$ASSUMED_LINK = /* @__PURE__ */ (() => $truediv($mul($truediv($mul(8000000000.0, 16), 8), 128), 130))();

const rig$LINK = "link";

const rig$BRIDGE = "bridge";

const rig$HOST_LINK = "host_link";

function assembling$joined(places, nodes, unified) {
  let assumed, card, count, found, kinds, mixed, place;
  count = $floordiv($len(places), nodes);
  kinds = $list($through(places, 0, place => ($truth(place.card) ? place.card.id : "")));
  mixed = (!$eq($min(kinds), $max(kinds)));
  found = [];
  assumed = [];
  for (place of $iter(places)) {
    card = place.card;
    if (((card !== null) && (!$truth(unified)))) {
      if ((($gt(count, 1)) && ($truth(mixed) || ($lt(0, card.bridge) && $lt(card.bridge, count))))) {
        card = $replace(card, { link: "pcie", peers: card.pcie });
      }
      if ((($gt(count, 1)) && (card.peers === null))) {
        [card, assumed] = [$replace(card, { link: "pcie", peers: assembling$ASSUMED_LINK }), [...$iter(assumed), rig$LINK]];
      }
      if ((($gt(count, 1)) && $truth(card.bridge) && (card.link === "nvlink"))) {
        $call(assumed, "append", rig$BRIDGE);
      }
      if ((card.pcie === null)) {
        [card, assumed] = [$replace(card, { pcie: assembling$ASSUMED_LINK }), [...$iter(assumed), rig$HOST_LINK]];
      }
    }
    $call(found, "append", $replace(place, { card: card }));
  }
  return [found, $list($call($dict, "fromkeys", assumed))];
}

const dealing$HOST = /* @__PURE__ */ (() => $neg(1))();

const rig$SWITCHED = 100000000000.0;

function assembling$assembled(id, units, host, reserved, nodes = 1, network = null) {
  let assumed, devices, first, links, own, places;
  places = $list($through($enumerate(units), 2, ([i, one]) => new rig$Place(($str(one.device) + "#" + $str(i)), one.capacity, one.bandwidth, one.card)));
  assumed = $list($through(units, 0, one => one.assumed, one => $truth(one.assumed)));
  first = $item(units, 0);
  if ($truth(first.unified)) {
    own = $floordiv(numbers$total($list($through(units, 0, one => one.box))), nodes);
    $call(places, "append", new rig$Place("host", $sub(own, reserved), first.bandwidth));
  } else {
    $call(places, "append", new rig$Place("host", $sub(host.memory, reserved), host.bandwidth));
    if ((!$truth(host.named))) {
      $call(assumed, "append", rig$REFERENCE_HOST);
    }
  }
  if (($gt(nodes, 1))) {
    $call(assumed, "append", rig$NETWORK);
    network = ((network === null) ? assembling$ASSUMED_NETWORK : network);
  }
  [devices, links] = $unpack(assembling$joined($slice(places, null, $neg(1), null), nodes, first.unified), 2);
  $call(assumed, "extend", links);
  return $make(rig$Rig, [], { id: id, places: [...$iter(devices), $item(places, $sub($len(places), 1))], unified: first.unified, backends: $tuple($list($through(first.backends, 0, x => x, x => $all(($through(units, 0, other => ($in(other.backends, x)))))))), nodes: nodes, assumed: $tuple($call($dict, "fromkeys", assumed)), network: network });
}

function planned$_meant(exported, asked) {
  let found, its, note, reason;
  its = exported.model(asked.model);
  if ($truth($call(its, "get", "refused"))) {
    throw new $SizingError($item(its, "refused"));
  }
  if ($truth($call(its, "get", "said"))) {
    [found, reason] = [planned$plan(exported, $replace(asked, { format: $item(its, "said") })), "as the file holds it"];
  } else {
    if ((asked.said_format !== null)) {
      [found, reason] = [planned$plan(exported, $replace(asked, { format: asked.said_format })), "by the name's ending"];
    } else {
      [found, reason] = $unpack(choosing$meant($item(its, "first"), $item(its, "published"), ((name) => exported.load(asked.model, name, asked.rig, asked.runtime, asked.cache_format)), choosing$offered(asked.rig, asked.settings.wired_limit), ((name) => planned$plan(exported, $replace(asked, { format: name })))), 2);
    }
  }
  note = ("format " + $str(found.outcome.loaded.encoding.id) + ": not named; " + $str(reason));
  return $replace(found, { notes: [...$iter(found.notes), note] });
}

function settings$_check_sequences(asked, program, sequences) {
  let name;
  name = program.runtime;
  if (((asked.max_sequences !== null) && (!$truth(program.pools)))) {
    throw new $SizingError(($str(name) + " has no --max-num-seqs; give sequences, or slots that share one context"));
  }
  if ((($truth(asked.swa_full) || (asked.flash_attention !== null)) && (!$truth(program.gguf)))) {
    throw new $SizingError(($str(name) + " has no --swa-full and no -fa; these are llama.cpp's"));
  }
  if (($lt(asked.lora, 0))) {
    throw new $SizingError("adapters take 0 bytes or more");
  }
  if (($truth(asked.unified) && (asked.slots === null))) {
    throw new $SizingError("a unified cache is of slots that share one context; give their number with it");
  }
  if ((asked.slots !== null)) {
    if ((!$truth(program.gguf))) {
      throw new $SizingError(("slots share one context in llama.cpp alone; give " + $str(name) + " sequences"));
    }
    if (($gt(sequences, 1))) {
      throw new $SizingError("slots share one context, sequences have one each; give one of the two");
    }
  }
  return null;
}

function settings$_check_devices(asked, rig) {
  let devices, i, shares, taken, used;
  devices = ((asked.split === "none") ? 1 : $len(rig.devices));
  [shares, used] = [asked.tensor_split, asked.in_use];
  if ((shares !== null)) {
    if ((!$eq($len(shares), devices))) {
      throw new $SizingError(("the tensor split has " + $str($len(shares)) + " shares; the machine uses " + $str(devices) + " devices"));
    }
    if ((($lt($min(shares), 0)) || ($le($max(shares), 0)))) {
      throw new $SizingError("a tensor split is shares from 0 up, of which one at least is more, such as 3,1");
    }
  }
  if ((used !== null)) {
    if (($gt($len(used), $len(rig.devices)))) {
      throw new $SizingError(("memory in use of " + $str($len(used)) + " devices is given; the machine has " + $str($len(rig.devices))));
    }
    for ([i, taken] of $each($enumerate(used), 2)) {
      if ((!($le(0, taken) && $lt(taken, $item(rig.places, i).capacity)))) {
        throw new $SizingError(("memory in use of " + $str($item(rig.places, i).name) + " lies between 0 and what it offers"));
      }
    }
  }
  return null;
}

function settings$check(asked, program, sized, rig, sequences) {
  let least, name, placing, value, what;
  name = program.runtime;
  placing = $or(asked.placed, () => (asked.split !== null));
  if (((rig === null) && ($truth(placing) || (asked.in_use !== null) || (asked.utilization !== null)))) {
    throw new $SizingError("split, layers, utilization and memory in use are of a machine; name one");
  }
  if ((!$in([null, "layer", "tensor", "none"], asked.split))) {
    throw new $SizingError(((asked.split === "row") ? ("split " + $str(asked.split) + " is not planned: it keeps the whole cache on one card; choose layer, tensor or none") : ("split " + $str(asked.split) + " is not planned; choose layer, tensor or none")));
  }
  if (($truth(asked.placed) && (!$truth(program.gguf)))) {
    throw new $SizingError(($str(name) + " has no -ngl, --n-cpu-moe or -ts; these are llama.cpp's"));
  }
  if (((asked.split === "tensor") && ((asked.layers_on_device !== null) || (asked.experts_on_host !== null)))) {
    throw new $SizingError("split tensor gives every device a share of every layer; leave -ngl and --n-cpu-moe out");
  }
  if (($truth(asked.placed) && (program.backend === "cpu"))) {
    throw new $SizingError("a processor alone has no device to place layers on; leave -ngl, --n-cpu-moe and -ts out");
  }
  if (($truth(asked.experts_on_host) && (!$truth(sized.experts)))) {
    throw new $SizingError("the model has no experts; --n-cpu-moe is for mixtures, -ngl for dense models");
  }
  for ([what, value, least] of $each([["layers on the device", asked.layers_on_device, 0], ["layers with experts on the host", asked.experts_on_host, 0], ["micro-batch", asked.micro_batch, 1], ["slots", asked.slots, 1], ["sequences at once", asked.max_sequences, 1]], 3)) {
    if (((value !== null) && ($lt(value, least)))) {
      throw new $SizingError(($str(what) + ": " + $str(value) + " is not possible; give a whole number from " + $str(least) + " up"));
    }
  }
  if ((asked.utilization !== null)) {
    if ((!($lt(0, asked.utilization) && $le(asked.utilization, 1)))) {
      throw new $SizingError(("utilization " + $str(asked.utilization) + " is not possible; give a share such as 0.9"));
    }
    if ((!$truth(program.pools))) {
      throw new $SizingError(($str(name) + " takes no share of a device; say what others use of it with in_use"));
    }
  }
  settings$_check_sequences(asked, program, sequences);
  if ((asked.wired_limit !== null)) {
    if (((rig === null) || (!$truth(rig.unified)) || (program.backend === "cpu"))) {
      throw new $SizingError("a wired limit is of a chip whose GPU shares the memory; name such a machine");
    }
    if ((!($lt(0, asked.wired_limit) && $le(asked.wired_limit, rig.host.capacity)))) {
      throw new $SizingError("a wired limit lies between 0 and the memory less what the operating system keeps");
    }
  }
  if ((rig !== null)) {
    settings$_check_devices(asked, rig);
  }
  return null;
}

function settings$alone(asked, rig) {
  if (((asked.split === null) || (rig === null) || ($gt($len(rig.devices), 1)))) {
    return asked;
  }
  return $replace(asked, { split: null, unsplit: true });
}

function beside$loaded_of(parts, asked) {
  let asked_for, chosen, kind, names, part, wanted;
  wanted = $dict({ towers: asked.vision, mtp: asked.mtp });
  for ([kind, names] of $each([["towers", "nothing that sees or hears"], ["mtp", "no multi-token-prediction layers"]], 2)) {
    if (($truth($item(wanted, kind)) && (!$in($list($through(parts, 0, part => part.kind)), kind)))) {
      throw new $SizingError(("the model has " + $str(names) + ", as far as is known; leave the setting out"));
    }
  }
  chosen = [];
  for (part of $iter(parts)) {
    asked_for = $call(wanted, "get", part.kind);
    if ($truth(((asked_for === null) ? part.unasked : asked_for))) {
      $call(chosen, "append", part);
    }
    if (((part.bytes === null) && $truth(asked_for))) {
      throw new $SizingError(($str($call(", ", "join", part.names)) + ": not known yet, and nothing is guessed; leave --mmproj out"));
    }
  }
  return $tuple($list($through(chosen, 0, part => part, part => (part.bytes !== null))));
}

function settings$set_up(program, asked, text = 0) {
  let batch, rows, split, what;
  if (((asked.micro_batch !== null) && ($lt(asked.micro_batch, text)))) {
    what = "is shorter than a text of a whole context, which is read at once; give";
    throw new $SizingError(("a micro-batch of " + $str(asked.micro_batch) + " " + $str(what) + " " + $str(text)));
  }
  batch = ((asked.micro_batch === null) ? $max(program.batched_tokens, text) : asked.micro_batch);
  split = (($in([null, "none"], asked.split)) ? program.split : asked.split);
  rows = (((asked.max_sequences === null) || $truth(program.gguf)) ? program.logit_rows : asked.max_sequences);
  return $replace(program, { split: $or(split, () => program.split), offload: $and(program.offload, () => ($eq(split, program.split))), utilization: ((asked.utilization === null) ? program.utilization : asked.utilization), margin: ((asked.utilization === null) ? program.margin : 0), batched_tokens: batch, logit_rows: (($truth(program.gguf) && ($eq(program.logit_rows, program.batched_tokens))) ? batch : rows), whole_windows: asked.swa_full, flash: (asked.flash_attention !== false) });
}

function beside$taken(parts, page, context, sequences) {
  let cache, computing, tokens;
  tokens = cache$padded(context, page);
  cache = numbers$total($list((function* () { for (const part of $each(parts, 0)) for (const one of $each(part.cache, 0)) yield one.held(tokens, sequences); })()));
  computing = numbers$total($list($through(parts, 0, part => part.computing)));
  return $make(memory$Memory, [], { weights: numbers$total($list($through(parts, 0, part => $or(part.bytes, () => 0)))), cache: $round(cache), buffers: computing });
}

function buffers$_zeros(w, context, layers) {
  return $mul(layers, $min(w.chosen, context));
}

function buffers$_feed_forward(w) {
  let answers, gates;
  gates = ($truth(w.ungated) ? 1 : 2);
  if ((!$truth(w.experts_used))) {
    return $add($mul(($truth(w.ungated) ? 1 : 3), w.feed_forward), $mul(3, w.hidden));
  }
  if (($truth(w.mixer) || ($gt(w.streams, 8)) || (!$eq(w.experts_width, $mul(w.experts_used, w.hidden))))) {
    return $add($add(w.experts_width, $mul(gates, w.feed_forward)), $mul($sub(w.streams, 1), w.hidden));
  }
  answers = (($gt(w.experts_width, $mul(gates, w.feed_forward))) ? w.experts_width : 0);
  return $add($add($mul($add(gates, 1), w.feed_forward), $mul(4, w.hidden)), answers);
}

function buffers$_layer(w, program, context, layers) {
  let seen, steps;
  if ($truth(w.compressed)) {
    return $add($sub(w.compressed, w.hidden), $floordiv($mul(context, 3), 20));
  }
  if ($truth(w.pooled)) {
    return $max($add(w.latent_rows, $mul(6, w.hidden)), $add($add($mul(4, w.hidden), context), $floordiv(w.chosen, 2)));
  }
  if ($truth(w.chosen)) {
    return $add($add($add(w.latent_rows, $mul(6, w.hidden)), context), buffers$_zeros(w, context, layers));
  }
  steps = [buffers$_feed_forward(w)];
  if (((!$truth(program.flash)) && $truth(w.heads))) {
    seen = ($truth(w.all_windows) ? $min(context, $add(w.window, program.batched_tokens)) : context);
    $call(steps, "append", $add($add($mul(w.heads, seen), $mul(2, w.queries)), $mul(3, w.hidden)));
  }
  if ($truth(w.mixer)) {
    $call(steps, "append", $add(w.mixer, $mul(2, w.hidden)));
  }
  if ($truth(w.latent_rows)) {
    $call(steps, "append", $add(w.latent_rows, $mul(7, w.hidden)));
  }
  if ($truth(w.block_heads)) {
    $call(steps, "append", $add($add($mul(2, w.queries), $mul(3, w.hidden)), $mul(context, $add($mul(2, w.block_heads), 1))));
  }
  return $max(steps);
}

function buffers$_masks(w, program, context) {
  let window;
  if ($truth(w.compressed)) {
    return $floordiv(context, 4);
  }
  if ((!$truth(w.heads))) {
    return 0;
  }
  window = ($truth(w.window) ? $min(context, $add(w.window, program.batched_tokens)) : 0);
  if (($truth(w.window) && $truth(program.whole_windows))) {
    window = context;
  }
  return $floordiv($add($mul(($truth(w.chosen) ? 2 : 1), context), window), ($truth(program.flash) ? 2 : 1));
}

function buffers$_logits(w, program) {
  let logits;
  logits = $floordiv($mul(w.vocab, program.logit_rows), program.batched_tokens);
  return $add(logits, $mul($add($add($add(1, w.shared), $bool(w.latent_rows)), $bool(w.mixer)), w.hidden));
}

function buffers$_peak(w, program, context, has_output, layers) {
  let widest;
  widest = $add(buffers$_layer(w, program, context, layers), buffers$_masks(w, program, context));
  return $max(($truth(has_output) ? buffers$_logits(w, program) : 0), widest);
}

const buffers$MLX_STEPS = 20;

const buffers$MLX_WRITTEN = /* @__PURE__ */ (() => $mul($mul(650, 1024), 1024))();

const buffers$MLX_BEYOND = 5.5;

function numbers$power(base, exponent) {
  let result;
  result = 1.0;
  while (($gt(exponent, 0))) {
    if (($eq($mod(exponent, 2), 1))) {
      result = $mul(result, base);
    }
    base = $mul(base, base);
    exponent = $floordiv(exponent, 2);
  }
  return result;
}

const buffers$MLX_SPREAD = 75;

const buffers$MLX_MATRICES = 20;

const buffers$MLX_CHUNK = 256;

const buffers$SCORE = 2.08;

const buffers$MLX_OTHERS = /* @__PURE__ */ (() => $truediv(8, 11))();

function buffers$_in_flight(w, tokens, context) {
  let most, scores, soon, written;
  soon = $mul($mul($mul(buffers$MLX_STEPS, 2.0), $add($mul(3, w.feed_forward), $mul(3, w.hidden))), tokens);
  most = $add(buffers$MLX_WRITTEN, $mul($mul(buffers$MLX_BEYOND, w.feed_forward), tokens));
  written = $add($truediv(soon, $sqrt($sqrt($add(1, numbers$power($truediv(soon, most), 4))))), $mul($mul($mul(2, buffers$MLX_SPREAD), w.delta), tokens));
  written = $max(written, $mul($mul($mul($mul(4, buffers$MLX_MATRICES), w.paired), tokens), $min(buffers$MLX_CHUNK, tokens)));
  scores = $mul($mul($mul(buffers$SCORE, w.scored), context), tokens);
  return $round($max(written, $add(scores, $mul(buffers$MLX_OTHERS, written))));
}

const buffers$SAMPLING = 39;

const buffers$WORKSPACE = /* @__PURE__ */ (() => $mul($mul(32, 1024), 1024))();

const buffers$DELTA = 24;

const buffers$DIVIDED = 0.6;

function buffers$divided(ranks) {
  return $add($sub(1, buffers$DIVIDED), $truediv(buffers$DIVIDED, $max(1, ranks)));
}

function buffers$compute(w, program, context, has_output, layers = 1, ranks = 1) {
  let logits, repeated, step;
  if ($truth(program.gguf)) {
    return $mul($mul(4, program.batched_tokens), $add($add(w.hidden, w.stacked), buffers$_peak(w, program, context, has_output, layers)));
  }
  if ((program.files === "mlx")) {
    return buffers$_in_flight(w, $min(program.batched_tokens, context), context);
  }
  step = $mul(2, $add($mul(3, w.feed_forward), $mul(3, w.hidden)));
  logits = ($truth(has_output) ? $mul($mul(program.logit_rows, buffers$SAMPLING), w.vocab) : 0);
  repeated = ($truth(program.flash) ? 0 : $mul($mul(4, w.queries), context));
  return $add(buffers$WORKSPACE, $max(logits, $add(repeated, $mul(program.batched_tokens, $max(step, $round($mul($mul($mul(2, buffers$DELTA), w.delta), buffers$divided(ranks))))))));
}

function buffers$_with_copy(w, batch, widest, kept, widened) {
  let answers, held;
  held = $mul(batch, $add(widest, kept));
  if ($truth(w.chosen)) {
    return $add(held, widened);
  }
  if ($truth(w.latent_rows)) {
    answers = $floordiv($mul(w.latent_rows, 4), 9);
    if (($le(widened, $mul(batch, answers)))) {
      return held;
    }
  }
  return ($truth(widened) ? $max(held, $add(widened, $mul(batch, $add($add(w.attending, $mul(2, w.hidden)), kept)))) : held);
}

function buffers$device(w, program, context, output, first = true, copies = 1, matrix = 0, copied = 0, others = 0, cache = 0.0, widened = 0, layers = 1, torn = 0, masked = true, ranks = 1) {
  let answers, batch, entering, held, kept, masks, passed, widest;
  if ((!$truth(program.gguf))) {
    return $add(buffers$compute(w, program, context, output, undefined, ranks), $round(cache));
  }
  batch = $mul(4, program.batched_tokens);
  masks = buffers$_masks(w, program, context);
  if (($gt(copies, 1))) {
    entering = $add(w.hidden, ($truth(w.stacked) ? w.hidden : 0));
    passed = ($truth(layers) ? w.passed : w.hidden);
    kept = $mul(copies, $add($add($mul(masks, masked), torn), ($truth(first) ? entering : passed)));
    widest = $max(($truth(output) ? buffers$_logits(w, program) : 0), buffers$_layer(w, program, context, layers));
    return buffers$_with_copy(w, batch, widest, kept, widened);
  }
  held = buffers$_with_copy(w, batch, $sub(buffers$_peak(w, program, context, output, layers), masks), masks, widened);
  if ($truth(cache)) {
    widest = buffers$_layer(w, program, context, layers);
    held = $max(held, $add($round(cache), $mul(batch, $add($mul(4, w.hidden), masks))), $add(matrix, $mul(batch, $add(widest, masks))));
  } else {
    if ($truth(matrix)) {
      answers = $add($add($add(w.experts_width, $mul(4, w.hidden)), w.feed_forward), buffers$_zeros(w, context, layers));
      held = $max(held, $add(matrix, $mul(batch, $add(answers, masks))));
    }
  }
  if ($truth(copied)) {
    held = $max(held, $add(copied, $mul(batch, $add($mul(5, w.hidden), masks))));
  }
  if ($truth(others)) {
    held = $max(held, $add(others, $mul(batch, w.hidden)));
  }
  return held;
}

function beside$drafting_buffers(parts, sized, program, context) {
  let own;
  own = $list($through(parts, 0, part => part, part => (part.kind === "mtp")));
  return (($truth(own) && $truth(program.gguf)) ? buffers$device(sized.widths, program, cache$padded(context, program.page), false) : 0);
}

const memory$NOTHING_BESIDE = /* @__PURE__ */ (() => new memory$Memory())();

const buffers$MICRO_BATCH = 512;

function sized$adapted(s, adapter) {
  let each;
  if ((!$truth(adapter))) {
    return s;
  }
  each = $floordiv(adapter, $len(s.layers));
  return $replace(s, { layers: $tuple($list($through(s.layers, 0, x => $replace(x, { dense: $add(x.dense, each) })))) });
}

function beside$tried(parts, batched_tokens) {
  let most, part;
  most = 0;
  for (part of $iter(parts)) {
    if ($truth(part.item)) {
      most = $max(most, $mul($mul($max(1, $floordiv(batched_tokens, part.item)), part.item), part.each));
    }
  }
  return most;
}

function beside$repeated(parts) {
  return numbers$total($list($through(parts, 0, part => $or(part.bytes, () => 0), part => $truth(part.whole))));
}

function planned$_demand(loaded, asked, held) {
  let beside, program, settings, slots, text;
  settings = asked.settings;
  text = ($truth(loaded.sized.whole) ? asked.context : 0);
  [program, slots] = [settings$set_up(loaded.program, settings, text), $or(settings.slots, () => 0)];
  beside = beside$taken(held, program.page, asked.context, ($truth(slots) ? 1 : asked.sequences));
  beside = beside.plus($make(memory$Memory, [], { buffers: beside$drafting_buffers(held, loaded.sized, program, asked.context) }));
  if ((settings.draft !== null)) {
    beside = beside.plus(new memory$Memory(...$iter(settings.draft)));
  }
  return $make(memory$Demand, [], { sized: sized$adapted(loaded.sized, settings.lora), program: program, context: asked.context, sequences: asked.sequences, slots: slots, widening: loaded.widening, beside: beside, unified: settings.unified, tried: beside$tried(held, program.batched_tokens), drafted: settings.drafted, repeated: beside$repeated(held) });
}

function memory$_several(layout) {
  let bounds;
  if ($truth(layout.offloaded)) {
    return false;
  }
  bounds = layout.bounds;
  return ($gt($len($list($through($range($sub($len(bounds), 1)), 0, i => i, i => (($lt($item(bounds, i), $item(bounds, $add(i, 1)))) || ($eq(layout.output, i)))))), 1));
}

function buffers$host(w, program, context, copies = 1, mixes = false) {
  let embedded;
  if ((!$truth(program.gguf))) {
    return 0;
  }
  embedded = $add($add($mul($add(1, copies), w.hidden), $mul(copies, w.stacked)), ($truth(mixes) ? $floordiv($mul(w.mixer, 3), 4) : 0));
  return $mul($mul(4, program.batched_tokens), $add(embedded, $mul(copies, buffers$_masks(w, program, context))));
}

const buffers$PIPELINE = 4;

function memory$on_host(demand, layout) {
  let computing, copies, first, has_output, mixes, own, program, s, weights;
  [s, program, first] = [demand.sized, demand.program, $item(layout.bounds, 0)];
  [has_output, copies] = [($eq(layout.output, dealing$HOST)), demand.copies(memory$_several(layout))];
  weights = $add($item(s.dense, first), layout.routed(s.expert, dealing$HOST, 0, first));
  weights = $iadd(weights, memory$_ends(s, has_output, $or(program.looks_up_on_host, () => ($eq($len(layout.bounds), 1)))));
  mixes = ($gt($item(s.states, first), 0));
  computing = ($truth(has_output) ? demand.buffers_with_output : buffers$host(s.widths, program, demand.allocated, copies, mixes));
  own = new memory$Memory(weights, demand.cache(0, first), computing);
  return (($truth(has_output) && ($eq(first, $len(s.layers)))) ? own.plus(demand.beside) : own);
}

function memory$_ends(s, has_output, has_embedding) {
  let embedding;
  embedding = (($truth(has_output) && $truth(s.shared)) ? 0 : s.embedding);
  return $add($mul(s.output, has_output), $mul($add(embedding, s.lookups), has_embedding));
}

function buffers$carried(caches) {
  let found, i, most, one;
  [found, most] = [[0.0], 0.0];
  for ([i, one] of $each($enumerate(caches), 2)) {
    if ($truth(i)) {
      most = $max(most, $add($item(caches, $sub(i, 1)), $truediv(one, 2)));
    }
    $call(found, "append", $max(most, one));
  }
  return $tuple(found);
}

function memory$_hold_split_tensors(demand, layout) {
  let cache, computing, end, first, one, own, parts, ranks, result, s, stage, stages, weights;
  [s, ranks] = [demand.sized, layout.ranks];
  stages = $sub($len(layout.bounds), 1);
  result = [];
  for (stage of $iter($range(stages))) {
    [first, end] = [$item(layout.bounds, stage), $item(layout.bounds, $add(stage, 1))];
    weights = $add($sub($item(s.dense, end), $item(s.dense, first)), $round($mul(s.padding, layout.routed(s.expert, stage, first, end))));
    weights = $iadd(weights, memory$_ends(s, ($eq(stage, $sub(stages, 1))), $and(($eq(stage, 0)), () => (!$truth(demand.program.gguf)))));
    computing = $call(demand, "on_device", ($eq(stage, $sub(stages, 1))), $sub(end, first), ($eq(stage, 0)), $kw({ ranks: ranks }));
    cache = demand.cache(first, end, ranks);
    if (($eq(stage, 0))) {
      weights = $iadd(weights, $sub(demand.beside.weights, demand.repeated));
      cache = $iadd(cache, numbers$over(demand.beside.cache, ranks));
      computing = $iadd(computing, demand.beside.buffers);
    }
    own = $add(numbers$over(weights, ranks), (($eq(stage, 0)) ? demand.repeated : 0));
    one = new memory$Memory(own, cache, computing, demand.overhead);
    if ($truth(layout.shares)) {
      parts = $list($through(layout.shares, 0, share => $mul(share, ranks)));
      $call(result, "extend", $list($through(parts, 0, part => new memory$Memory($round($truediv($mul(part, weights), ranks)), $round($mul(part, cache)), computing, demand.overhead))));
    } else {
      $call(result, "extend", $list($through($range(ranks), 0, _ => one)));
    }
  }
  if ((!$truth(demand.program.gguf))) {
    return [...$iter(result), new memory$Memory()];
  }
  return [...$iter(result), new memory$Memory(memory$_ends(s, false, true), 0, buffers$host(s.widths, demand.program, demand.allocated))];
}

function memory$hold(demand, layout) {
  let before, beyond, bounds, computing, devices, end, filled, first, has_output, hosted, i, leads, looked_up, masked, own, program, result, s, several, torn, weights;
  if ((layout.split === "tensor")) {
    return memory$_hold_split_tensors(demand, layout);
  }
  [s, program, bounds] = [demand.sized, demand.program, layout.bounds];
  devices = $sub($len(bounds), 1);
  result = [];
  filled = $list($through($range(devices), 0, i => i, i => ($gt($item(bounds, $add(i, 1)), $item(bounds, i)))));
  looked_up = (($truth(program.looks_up_on_host) || ($eq($len(filled), 0))) ? dealing$HOST : $item(filled, 0));
  [several, before] = [memory$_several(layout), true];
  for (i of $iter($range(devices))) {
    [first, end, has_output] = [$item(bounds, i), $item(bounds, $add(i, 1)), ($eq(layout.output, i))];
    if ((($eq(first, end)) && (!$truth(has_output)))) {
      $call(result, "append", new memory$Memory());
      continue;
    }
    weights = $add($sub($item(s.dense, end), $item(s.dense, first)), $round($mul(s.padding, layout.routed(s.expert, i, first, end))));
    weights = $iadd(weights, memory$_ends(s, has_output, ($eq(looked_up, i))));
    [hosted, leads] = [($gt(layout.experts_on_host, 0)), ($eq(first, $item(bounds, 0)))];
    beyond = $and(hosted, () => ($gt(layout.experts_from, end)));
    torn = ($truth(several) ? demand.torn(first, end, $item(s.torn, end)) : 0);
    masked = $or((!$truth(several)), () => ($gt($item(s.masked, end), $item(s.masked, first))));
    computing = $call(demand, "on_device", has_output, $sub(end, first), leads, several, hosted, $item(bounds, 0), $kw({ beyond: beyond, torn: torn, masked: masked }));
    own = new memory$Memory(weights, demand.cache(first, end), computing, demand.overhead);
    $call(result, "append", ($truth(before) ? own.plus(demand.beside) : own));
    before = false;
  }
  $call(result, "append", memory$on_host(demand, layout));
  return $tuple(result);
}

function layout$_named(places) {
  return $list($through(places, 0, place => (($eq(place, dealing$HOST)) ? "host" : place)));
}

function layout$everything_on_host(s) {
  return new layout$Layout("layer", [$len(s.layers)], dealing$HOST, $len(s.layers));
}

const settings$DEFAULT = /* @__PURE__ */ (() => new settings$Settings())();

const speed$MIXING = 5e-05;

const rig$MESH = 7;

function speed$link_bandwidth(card, ranks) {
  if (((card === null) || (card.peers === null))) {
    return $inf;
  }
  return ((card.link === "mesh") ? $truediv($mul(card.peers, $min($max($sub(ranks, 1), 1), rig$MESH)), rig$MESH) : card.peers);
}

function speed$kernel_rate(card, program, packing) {
  let wide;
  if (($truth(program.gguf) && $truth(program.wide))) {
    return card.single;
  }
  if ($truth(program.gguf)) {
    return card.half;
  }
  wide = ((packing === "FP8") ? card.fp8 : (($in(["NVFP4", "MXFP4"], packing)) ? card.fp4 : null));
  return ((wide === null) ? card.rate : wide);
}

const work$NOTHING = /* @__PURE__ */ (() => new work$Work(0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0))();

function speed$stays(program, s, prompt) {
  let tokens;
  tokens = $min(prompt, program.batched_tokens);
  return $and($bool(s.experts), () => ($lt($mul(tokens, s.experts_per_token), $mul(program.expert_tokens, s.experts))));
}

const speed$BALANCE = 200.0;

function speed$fed(rate, balanced, root) {
  return root($mul(rate, root($mul(rate, balanced))));
}

const speed$VECTORS = ["rocm", "vulkan"];

const speed$MATRICES_SINCE = "2026H1";

const speed$MATRICES = ["RDNA 4"];

const speed$MATRICES_HEAD = 128;

function speed$in_matrices(card, sized) {
  let heads, latent;
  [heads, latent] = [sized.widths.heads, ($gt(sized.widths.latent_rows, 0))];
  if (((!$in(speed$MATRICES, card.generation)) || $truth(latent) || (!$truth(heads)) || ($gt(sized.widths.queries, $mul(speed$MATRICES_HEAD, heads))))) {
    return false;
  }
  return ($lt($min($list($through(sized.alike, 0, group => group.cache_heads))), heads));
}

function speed$attention_rate(card, demand, rate, era) {
  let program;
  program = demand.program;
  if (((!$truth(program.gguf)) || (!$in(speed$VECTORS, program.backend)) || (card.single === null))) {
    return rate;
  }
  if (((program.backend === "rocm") && ((era === null) || ($ge(era, speed$MATRICES_SINCE))) && $truth(speed$in_matrices(card, demand.sized)))) {
    return rate;
  }
  return $min(rate, $mul(2, card.single));
}

function speed$_fixed(k, w) {
  return $add($add($mul($item(k, "layer"), w.layers), $mul($item(k, "mixture"), w.mixtures)), $mul($item(k, "state"), w.states));
}

function speed$_longer(read, work, root) {
  return root($add($mul(read, read), $mul(work, work)));
}

function speed$prefill_seconds(k, w, bandwidth, rate, attending, root) {
  let computed, read;
  read = $truediv($add($add($add(w.dense, $mul($item(k, "scatter"), w.experts)), w.cache), $mul($item(k, "stream"), w.mixed)), $mul($item(k, "read"), bandwidth));
  computed = $add($truediv($add(w.flops, $mul($item(k, "tile"), w.padding)), $mul($item(k, "multiply"), rate)), $truediv(w.attention, $mul($item(k, "attend"), attending)));
  return $add(speed$_fixed(k, w), speed$_longer(read, computed, root));
}

function speed$overlapping(k, others, repeats) {
  return $mul($mul(others, $item(k, "overlap")), repeats);
}

function speed$passing_seconds(k, exchanges, exchanged, link) {
  return $add($mul($item(k, "exchange"), exchanges), $truediv(exchanged, $mul($item(k, "carry"), link)));
}

const speed$NODE_EXCHANGE = 4e-05;

const speed$NODE_HOP = 0.0003;

function speed$hosted_seconds(k, w, bandwidth) {
  return $truediv(w.flops, $mul($item(k, "host"), bandwidth));
}

const rig$FAST = 10000000000.0;

function work$_step(s, layout, places, batches, tokens) {
  let exchanges, layers, ranks, sent;
  [ranks, layers] = [layout.ranks, $len(s.layers)];
  exchanges = (($gt(ranks, 1)) ? $mul($mul(2, layers), batches) : 0);
  sent = $mul($mul($mul($mul($mul($truediv($mul(2, $sub(ranks, 1)), ranks), 2), s.widths.hidden), tokens), 2), layers);
  return new work$Step(places, batches, $mul($sub($len(places), 1), batches), exchanges, (($gt(ranks, 1)) ? sent : 0.0), $mul(layout.experts_on_host, batches));
}

function cache$seen_by(limit, depth, prompt) {
  let inside;
  if (((limit === null) || ($le($add(depth, prompt), limit)))) {
    return $mul(prompt, $add(depth, $truediv(prompt, 2)));
  }
  inside = $max(0, $sub(limit, depth));
  return $add($mul(inside, $add(depth, $truediv(inside, 2))), $mul($sub(prompt, inside), limit));
}

function work$prefilling(s, layout, prompt, depth, micro_batch, sequences = 1) {
  let batches, end, first, here, mixtures, moved, padded, place, places, ranks, share, whole, work;
  batches = numbers$over($mul(prompt, sequences), micro_batch);
  [share, ranks] = [$mul(s.expert_share($min($mul(prompt, sequences), micro_batch)), batches), layout.ranks];
  whole = $mul(s.attended_by_prompt(depth, prompt), sequences);
  padded = ($truth(s.experts) ? $mul($mul($truediv(s.routed_flops, s.experts_per_token), s.experts), share) : 0.0);
  places = [];
  for ([place, first, end] of $each(work$_spans(layout), 3)) {
    [here, mixtures] = [($eq(layout.output, place)), layout.routed(s.mixtures, place, first, end)];
    moved = $mul(s.routed_flops, $sub(mixtures, $sub($item(s.mixtures, end), $item(s.mixtures, first))));
    work = $make(work$Work, [], { dense: $mul($mul($add($sub($item(s.dense, end), $item(s.dense, first)), $mul(s.output, here)), batches), layout.largest), experts: $mul($mul(layout.routed(s.expert, place, first, end), share), layout.largest), cache: $mul(s.moved($add(depth, $floordiv(prompt, 2)), first, end, ranks), $max(batches, sequences)), flops: $mul($mul($add($mul($add($sub($item(s.flops, end), $item(s.flops, first)), moved), prompt), $mul(s.output_flops, here)), sequences), layout.largest), attention: $mul($truediv($mul(whole, $sub(end, first)), $len(s.layers)), layout.largest), layers: $mul($sub(end, first), batches), mixtures: $mul(mixtures, batches), states: $mul($sub($item(s.states, end), $item(s.states, first)), $max(batches, sequences)), mixed: $mul($mul($mul($mul($mul($sub(end, first), s.mixes), 4.0), s.widths.passed), prompt), sequences), padding: $mul($mul(padded, mixtures), layout.largest) });
    $call(places, "append", [place, work]);
  }
  return work$_step(s, layout, $tuple(places), batches, $mul(prompt, sequences));
}

const speed$SMALL = 5000000000;

function* work$_spans(layout) {
  let i;
  if (($truth($item(layout.bounds, 0)) || $truth(layout.experts_from) || ($eq(layout.output, dealing$HOST)))) {
    (yield [dealing$HOST, 0, $item(layout.bounds, 0)]);
  }
  for (i of $iter($range($sub($len(layout.bounds), 1)))) {
    if ((($lt($item(layout.bounds, i), $item(layout.bounds, $add(i, 1)))) || ($eq(layout.output, i)))) {
      (yield [i, $item(layout.bounds, i), $item(layout.bounds, $add(i, 1))]);
    }
  }
}

function work$decoding(s, layout, depth, sequences, tokens = 1) {
  let end, every, first, here, place, places, ranks, share, work;
  [every, ranks] = [$mul(sequences, tokens), layout.ranks];
  share = s.expert_share(every);
  places = [];
  for ([place, first, end] of $each(work$_spans(layout), 3)) {
    here = ($eq(layout.output, place));
    work = $make(work$Work, [], { dense: $mul($add($sub($item(s.dense, end), $item(s.dense, first)), $mul(s.output, here)), layout.largest), experts: $mul($mul(layout.routed(s.expert, place, first, end), share), layout.largest), cache: $mul(s.moved(depth, first, end, ranks), sequences), flops: $mul($mul($add($sub($item(s.flops, end), $item(s.flops, first)), $mul(s.output_flops, here)), every), layout.largest), attention: $mul($mul(s.attended(depth, first, end), every), layout.largest), layers: $sub(end, first), mixtures: layout.routed(s.mixtures, place, first, end), states: $mul($sub($item(s.states, end), $item(s.states, first)), every), mixed: $mul($sub(end, first), s.mixes), padding: 0.0 });
    $call(places, "append", [place, work]);
  }
  return work$_step(s, layout, $tuple(places), 1, every);
}

function speed$decode_seconds(k, w, bandwidth, rate, root) {
  let computed, read;
  read = $truediv($add($add(w.dense, $mul($item(k, "scatter"), w.experts)), $mul($item(k, "recall"), w.cache)), $mul($item(k, "read"), bandwidth));
  computed = $truediv($add(w.flops, w.attention), $mul($item(k, "multiply"), rate));
  return $add($add(speed$_fixed(k, w), $mul($item(k, "stream"), w.mixed)), speed$_longer(read, computed, root));
}

const outcome$EMPTY = 256;

const settings$USUAL_CACHE = "f16";

function settings$without_effect(asked, sized, rig, kind) {
  let found, hosted, layers;
  [layers, found] = [sized.layers, ($truth(asked.unsplit) ? ["split"] : [])];
  if (((asked.tensor_split !== null) && (rig !== null) && ($eq($len(rig.devices), 1)))) {
    $call(found, "append", "tensor_split");
  }
  hosted = $sub($add($len(layers), 1), ((asked.layers_on_device === null) ? $add($len(layers), 1) : asked.layers_on_device));
  if (($truth(asked.experts_on_host) && ($le(asked.experts_on_host, hosted)))) {
    $call(found, "append", "experts_on_host");
  }
  if (($truth(asked.swa_full) && $truth($all(($through(layers, 0, x => (x.cache.limit === null))))))) {
    $call(found, "append", "swa_full");
  }
  if (((asked.flash_attention === false) && ($eq(sized.widths.heads, 0)))) {
    $call(found, "append", "flash_attention");
  }
  if (($truth(asked.unified) && ($eq(asked.slots, 1)))) {
    $call(found, "append", "unified");
  }
  if (((!$eq(kind, settings$USUAL_CACHE)) && $truth($all(($through(layers, 0, x => $and(($eq(x.cache.bytes_per_token, 0)), () => ($eq($len(x.cache.compressed), 0))))))))) {
    $call(found, "append", "cache_format");
  }
  return $tuple(found);
}

const drafting$ACCEPTANCE = "acceptance";

const rig$SLOT_LOGITS = "slot_logits";

const rig$CONTEXT = "context";

const rig$HOST_BANDWIDTH = "host_bandwidth";

function speed$_widened(rate, draft) {
  let faster, fewer, more, slower;
  [slower, faster] = [$sub($truediv(rate.value, rate.low), 1), $sub($truediv(rate.high, rate.value), 1)];
  [fewer, more] = [$sub($truediv(draft.length, draft.least), 1), $sub($truediv(draft.most, draft.length), 1)];
  return new speed$Rate(rate.value, $truediv(rate.value, $add(1, $sqrt($add($mul(slower, slower), $mul(fewer, fewer))))), $mul(rate.value, $add(1, $sqrt($add($mul(faster, faster), $mul(more, more))))));
}

function drafting$beside(layout, layers) {
  let devices;
  if (($gt(layout.ranks, 1))) {
    return $make(layout$Layout, ["tensor", [0, layers], 0], { ranks: layout.ranks, shares: layout.shares });
  }
  devices = $sub($len(layout.bounds), 1);
  if (($eq(layout.output, dealing$HOST))) {
    return new layout$Layout("layer", $tuple($list($through($range($add(devices, 1)), 0, _ => layers))), dealing$HOST, layers);
  }
  return new layout$Layout("layer", $tuple($list($through($range($add(devices, 1)), 0, i => (($le(i, layout.output)) ? 0 : layers)))), layout.output);
}

const placement$TIGHT = "tight";

const placement$OFFLOAD = "offload";

const placement$FITS = "fits";

const rig$GPU_LIMIT = "gpu_limit";

function settings$left(rig, asked) {
  let assumed, host, limit, network, nodes, places, taken, used;
  used = $or(asked.in_use, () => []);
  taken = $list($through($range($len(rig.devices)), 0, i => (($lt(i, $len(used))) ? $item(used, i) : 0)));
  [limit, assumed] = [asked.wired_limit, rig.assumed];
  if ((limit !== null)) {
    assumed = $tuple($list($through(assumed, 0, one => one, one => (!$eq(one, rig$GPU_LIMIT)))));
  }
  places = $list($through($enumerate(rig.devices), 2, ([i, place]) => new rig$Place(place.name, $sub(((limit === null) ? place.capacity : limit), $item(taken, i)), place.bandwidth, place.card)));
  host = rig.host;
  if ($truth(rig.unified)) {
    host = new rig$Place(host.name, $sub(host.capacity, numbers$total(taken)), host.bandwidth);
  }
  [nodes, network] = [rig.nodes, rig.network];
  if ((asked.split === "none")) {
    [places, nodes, network] = [$slice(places, null, 1, null), 1, null];
  }
  return new rig$Rig(rig.id, [...$iter(places), host], rig.unified, rig.backends, nodes, assumed, network);
}

function outcome$_pace(loaded, demand, rig, fitted, layout) {
  let seconds, speed;
  speed = new speed$Speed(demand, loaded.encoding.packing, layout, rig, fitted);
  seconds = speed.decoding_seconds(work$decoding(demand.sized, layout, demand.context, demand.sequences));
  return ((seconds === null) ? 0.0 : $truediv(1, seconds));
}

function outcome$_paces(loaded, demand, rig, fitted) {
  let alone, count, found, i, pace;
  if (((fitted === null) || $truth(rig.alike) || (demand.program.split !== "layer") || $truth(loaded.sized.whole))) {
    return [];
  }
  found = [];
  count = $len(demand.sized.layers);
  for (i of $iter($range($len(rig.devices)))) {
    alone = new layout$Layout("layer", $tuple($list($through($range($add($len(rig.devices), 1)), 0, j => (($le(j, i)) ? 0 : count)))), i);
    pace = outcome$_pace(loaded, demand, rig, fitted, alone);
    if (($eq(pace, 0.0))) {
      return [];
    }
    $call(found, "append", pace);
  }
  return $tuple(found);
}

function outcome$_host_is_faster(loaded, demand, rig) {
  if ((($eq($len(rig.devices), 1)) || $truth(rig.unified) || (demand.program.split !== "layer") || $truth(loaded.sized.whole))) {
    return false;
  }
  return ($gt($or(rig.host.bandwidth, () => 0.0), $or($item(rig.devices, 0).bandwidth, () => 0.0)));
}

const placement$NO = "no";

const placement$DISK = "disk";

function placement$_without_devices(demand, room) {
  let count;
  count = $len(demand.sized.layers);
  return new layout$Layout("layer", $tuple($list($through($range($add($len(room), 1)), 0, _ => count))), dealing$HOST, ($truth(demand.sized.experts) ? count : 0));
}

const placement$WORTH = 1.03;

function numbers$first_that(low, high, holds) {
  let middle;
  while (($lt(low, high))) {
    middle = $floordiv($add(low, high), 2);
    if ($truth(holds(middle))) {
      high = middle;
    } else {
      low = $add(middle, 1);
    }
  }
  return low;
}

function placement$_offloaded(demand, room) {
  let count, found, moved, s;
  [s, count] = [demand.sized, $len(demand.sized.layers)];
  if ($truth(s.experts)) {
    moved = numbers$first_that(1, $add(count, 1), ((n) => (placement$_packed(demand, room, undefined, n) !== null)));
    if (($le(moved, count))) {
      found = placement$_packed(demand, room, undefined, moved);
      if ((found !== null)) {
        return found;
      }
    }
  }
  moved = numbers$first_that(1, $add(count, 1), ((n) => (placement$_packed(demand, room, n, count) !== null)));
  found = (($le(moved, count)) ? placement$_packed(demand, room, moved, count) : null);
  return ((found !== null) ? found : placement$_without_devices(demand, room));
}

function placement$_packed(demand, room, on_host = 0, experts_from = 0, several = false) {
  let bounds, count, end, i, least, load, most, moved, output, s, start;
  [s, count] = [demand.sized, $len(demand.sized.layers)];
  experts_from = ($truth(s.experts) ? experts_from : 0);
  least = $sub($add($sub($item(demand.layers, count), $item(demand.layers, on_host)), $item(s.expert, count)), $item(s.expert, $max(experts_from, on_host)));
  if (($gt($add(least, s.output), numbers$total(room)))) {
    return null;
  }
  [bounds, output, start] = [[on_host], dealing$HOST, on_host];
  for ([i, most] of $each($enumerate(room), 2)) {
    load = new placement$_Load(demand, start, ($eq(start, on_host)), on_host, experts_from, several);
    end = load.end(most, ($eq($add(i, 1), $len(room))));
    output = (($le(start, count) && $lt(count, end)) ? i : output);
    start = end;
    $call(bounds, "append", $min(end, count));
  }
  if (($le(start, count))) {
    return null;
  }
  moved = $sub($item(s.mixtures, $max(experts_from, on_host)), $item(s.mixtures, on_host));
  return new layout$Layout("layer", $tuple(bounds), output, experts_from, moved);
}

const placement$BALANCING = 12;

function placement$_filled(demand, rooms) {
  let _, closer, found, high, i, low, most, room, share;
  room = $tuple($list($through(rooms, 2, ([most, _]) => most)));
  found = placement$_packed(demand, room, undefined, undefined, true);
  if ((found === null)) {
    for ([i, most] of $each($enumerate(room), 2)) {
      if ((found === null)) {
        found = placement$_packed(demand, $tuple($list($through($range($len(room)), 0, j => (($eq(j, i)) ? most : 0.0)))));
      }
    }
    return found;
  }
  [low, high] = [0.0, 1.0];
  for (_ of $iter($range(placement$BALANCING))) {
    share = $truediv($add(low, high), 2);
    closer = placement$_packed(demand, $tuple($list($through(rooms, 2, ([most, full]) => ($truth(full) ? most : $mul(most, share))))), undefined, undefined, true);
    if ((closer === null)) {
      low = share;
    } else {
      [high, found] = [share, closer];
    }
  }
  return found;
}

function layout$everything_on_devices(s, program, rig, shares = []) {
  let count, stages;
  count = $len(s.layers);
  if ($truth(shares)) {
    return $make(layout$Layout, ["tensor", [0, count], 0], { ranks: $len(shares), shares: $tuple($list($through(shares, 0, x => $truediv(x, numbers$total(shares))))) });
  }
  if ((program.split === "tensor")) {
    stages = $tuple($list($through($range($add(rig.stages, 1)), 0, stage => numbers$over($mul(stage, count), rig.stages))));
    return $make(layout$Layout, ["tensor", stages, $sub(rig.stages, 1)], { ranks: $floordiv($len(rig.devices), rig.stages) });
  }
  return new layout$Layout("layer", ...$iter(dealing$deal(count, rig.capacities)));
}

function dealing$_shares(memory) {
  let one, sums, whole;
  whole = 0.0;
  sums = [];
  for (one of $iter(memory)) {
    whole = $single($add(whole, $single(one)));
    $call(sums, "append", whole);
  }
  if (($le(whole, 0.0))) {
    return $list($through($range($len(sums)), 0, i => $single($truediv($add(i, 1), $len(sums)))));
  }
  return $list($through(sums, 0, end => $single($truediv(end, whole))));
}

const dealing$deal = /* @__PURE__ */ $memo(function (layers, memory, on_host = 0) {
  let dealt, end, output, starts, taken;
  dealt = ($truth(memory) ? $sub($add(layers, 1), on_host) : 0);
  if (($le(dealt, 0))) {
    return [[...$iter(($through(memory, 0, _ => layers))), layers], dealing$HOST];
  }
  starts = [on_host];
  for (end of $iter($slice(dealing$_shares(memory), null, $neg(1), null))) {
    taken = $int($mul(end, dealt));
    taken = $iadd(taken, ($lt($single($truediv(taken, dealt)), end)));
    $call(starts, "append", $add(on_host, taken));
  }
  output = $max(($through($enumerate(starts), 2, ([device, start]) => device, ([device, start]) => ($le(start, layers)))));
  return [[...$iter(($through(starts, 0, start => $min(start, layers)))), layers], output];
});

function layout$as_asked(s, shares, layers_on_device, experts_on_host) {
  let bounds, count, hosted, output;
  count = $len(s.layers);
  [bounds, output] = $unpack(dealing$deal(count, shares, ((layers_on_device === null) ? 0 : $max(0, $sub($add(count, 1), layers_on_device)))), 2);
  hosted = ($truth(s.experts) ? $min(experts_on_host, count) : 0);
  return new layout$Layout("layer", bounds, output, hosted, $sub($item(s.mixtures, $max(hosted, $item(bounds, 0))), $item(s.mixtures, $item(bounds, 0))));
}

const outcome$SURELY = 0.9;

function outcome$outcome(loaded, proposals, rig, fitted) {
  let _, asked, demand, fewer, found, most, paces, planned, rate, verdict;
  [demand, asked] = [proposals.demand, proposals.settings];
  if ((rig === null)) {
    found = new placement$Proposal(demand, layout$everything_on_host(demand.sized));
    return new outcome$Outcome(loaded, demand.context, demand.sequences, null, found, null, null, asked);
  }
  if (((asked.in_use !== null) || (asked.wired_limit !== null) || (asked.split === "none"))) {
    rig = settings$left(rig, asked);
  }
  paces = outcome$_paces(loaded, demand, rig, fitted);
  rate = null;
  if (((fitted !== null) && ($truth(paces) || $truth(outcome$_host_is_faster(loaded, demand, rig))))) {
    rate = ((layout) => outcome$_pace(loaded, demand, rig, fitted, layout));
  }
  [found, verdict] = $unpack(proposals.best(rig, paces, rate), 2);
  planned = new outcome$Outcome(loaded, demand.context, demand.sequences, rig, found, verdict, fitted, asked);
  if ((($eq(verdict, placement$NO)) || (asked.max_sequences !== null))) {
    return planned;
  }
  most = planned.stateful;
  if (((most === null) || ($ge(most, demand.program.logit_rows)))) {
    return planned;
  }
  fewer = $replace(demand, { program: $replace(demand.program, { logit_rows: $max(1, most, demand.sequences) }), computing: $dict([]) });
  [found, _] = $unpack(new placement$Proposals(fewer, asked).best(rig, paces, rate), 2);
  return new outcome$Outcome(loaded, demand.context, demand.sequences, rig, found, verdict, fitted, asked);
}

function outcome$drafting(found, drafts) {
  let best, drafted, fastest, one, rate;
  [best, fastest] = [$replace(found, { draft: $item(drafts, 0) }), 0.0];
  if (((found.speed === null) || ($eq($len(drafts), 1)))) {
    return best;
  }
  for (one of $iter(drafts)) {
    drafted = $replace(found, { draft: one });
    rate = drafted.decode_at(found.context);
    if (((rate !== null) && ($gt(rate.value, fastest)))) {
      [best, fastest] = [drafted, rate.value];
    }
  }
  return best;
}

const drafting$MOST = 16;

function drafting$possible_drafts(tokens, acceptance) {
  if (((tokens !== null) && (!($le(1, tokens) && $le(tokens, drafting$MOST))))) {
    throw new $SizingError(($str(tokens) + " drafted tokens are not possible; give a whole number from 1 to " + $str(drafting$MOST)));
  }
  if ((acceptance !== null)) {
    if ((!($le(0, acceptance) && $le(acceptance, 1)))) {
      throw new $SizingError(("an acceptance of " + $format(acceptance, ("g")) + " is not possible; give a share such as 0.7"));
    }
    if ((tokens === null)) {
      throw new $SizingError("an acceptance is of a number of drafted tokens; give that number with it");
    }
  }
  return null;
}

function drafting$_apart(one, other) {
  return $max($sub(one, other), $sub(other, one));
}

const drafting$DIFFERING = 128;

function drafting$of_one_vocabulary(runtime, gguf, words, drafted) {
  if (((!$truth(gguf)) && ($gt(drafting$_apart(words, drafted), drafting$DIFFERING)))) {
    throw new $SizingError(($str(runtime) + " drafts with a model of the same vocabulary; this one has " + $str(drafted) + " words for " + $str(words)));
  }
  return null;
}

function drafting$telling(rows, family, model, own) {
  let alike, of_family, of_model;
  alike = $list($through(rows, 0, row => row, row => ($eq(row.own, own))));
  of_family = $list($through(alike, 0, row => row, row => ($eq(row.family, family))));
  of_model = $list($through(of_family, 0, row => row, row => ($eq(row.model, model))));
  if ($truth(of_model)) {
    return of_model;
  }
  return ($truth(of_family) ? of_family : alike);
}

const drafting$TRIED = 8;

function numbers$middle(values) {
  let half, ordered;
  ordered = $sorted(values);
  half = $floordiv($len(ordered), 2);
  if ((!$truth(ordered))) {
    return 0.0;
  }
  return (($eq($mod($len(ordered), 2), 1)) ? $item(ordered, half) : $truediv($add($item(ordered, $sub(half, 1)), $item(ordered, half)), 2));
}

function drafting$chances(rows, tokens) {
  let nearest;
  nearest = $min($list($through(rows, 0, row => drafting$_apart(row.drafted, tokens))));
  return $list($through(rows, 0, row => row.chance, row => ($eq(drafting$_apart(row.drafted, tokens), nearest))));
}

function drafting$brought(tokens, chance) {
  return numbers$total($list($through($range($add(tokens, 1)), 0, i => numbers$power(chance, i))));
}

const drafting$SURE = 0.98;

function drafting$drafts_of(drafter, told, family, model, tokens, acceptance) {
  let chance, count, found, least, length, mean, most, packing, rows, sized;
  [sized, packing] = [drafter.sized, drafter.packing];
  if (((tokens !== null) && (acceptance !== null))) {
    length = $add(1, $mul(tokens, acceptance));
    return [new drafting$Draft(sized, packing, tokens, length, length, length)];
  }
  rows = drafting$telling(told.rows, family, model, drafter.own);
  if ((!$truth(rows))) {
    throw new $SizingError("nobody measured how many drafted tokens are kept; give their number and the acceptance");
  }
  found = [];
  for (count of $iter(((tokens === null) ? $range(1, $add(drafting$TRIED, 1)) : [tokens]))) {
    chance = numbers$middle(drafting$chances(rows, count));
    mean = drafting$brought(count, $min(chance, drafting$SURE));
    least = drafting$brought(count, $min($mul(chance, told.low), drafting$SURE));
    most = drafting$brought(count, $min($mul(chance, told.high), drafting$SURE));
    $call(found, "append", new drafting$Draft(sized, packing, count, mean, least, most, true));
  }
  return found;
}

function planned$_drafts(exported, asked, loaded) {
  let drafted, family, own, program, words;
  drafting$possible_drafts(asked.draft_tokens, asked.acceptance);
  if ((asked.drafter !== null)) {
    [words, drafted, program] = [loaded.sized.widths.vocab, asked.drafter.sized.widths.vocab, loaded.program];
    drafting$of_one_vocabulary(program.runtime, program.gguf, words, drafted);
  }
  own = ((asked.drafter === null) ? exported.own_drafter(asked.model, asked.format, loaded) : asked.drafter);
  family = $call(exported.model(asked.model), "get", "family");
  return drafting$drafts_of(own, exported.drafted, family, loaded.model, asked.draft_tokens, asked.acceptance);
}

function drafting$undrafted(tokens, acceptance) {
  if (((tokens !== null) || (acceptance !== null))) {
    throw new $SizingError("nothing drafts; ask for the model's own layers (mtp), or name a draft model");
  }
  return null;
}

function ways$_first(change, choices, ask, suits) {
  let found, to;
  for (to of $iter(choices)) {
    try {
      found = ask(change, to);
    } catch ($error) {
      if ($is_error($error, [$SizingError])) {
        continue;
      } else { throw $error; }
    }
    if ($truth(suits(found))) {
      return new ways$Way(change, to, found);
    }
  }
  return null;
}

const ways$CACHE_TYPES = ["q8_0", "8bit", "fp8", "q4_0", "4bit"];

function ways$_caches(found, caches) {
  return (($in(["f16", "bf16"], found.loaded.cache_format)) ? $list($through(ways$CACHE_TYPES, 0, kind => kind, kind => ($in(caches, kind)))) : []);
}

function ways$_formats(found, encodings) {
  let own, readable;
  own = found.loaded;
  readable = $list($through(encodings, 0, x => x, x => ((x.loss !== null) && ($in(x.runtimes, own.program.runtime)))));
  return $list($through($sorted(readable, $kw({ key: ((x) => [x.loss, x.id]) })), 0, x => x.id, x => (!$eq(x.id, own.encoding.id))));
}

function ways$_smaller(one, other) {
  return $and($bool(one.fits), () => ($lt(one.memory.weights, other.memory.weights)));
}

const ways$DEVICES = 8;

function ways$_devices(found, rig) {
  let asked, last, soldered;
  asked = found.asked;
  last = $item(rig.devices, $neg(1)).card;
  soldered = $and((last !== null), () => last.soldered);
  if (($truth(rig.unified) || ($gt(rig.nodes, 1)) || $truth(soldered) || $truth(asked.in_use) || $truth(asked.placed))) {
    return [];
  }
  return $list($range(1, $sub($add(ways$DEVICES, 1), $len(rig.devices))));
}

const ways$HOSTS = [32, 64, 96, 128, 192, 256, 384, 512, 768, 1024];

const assembling$GIB = 1073741824;

function ways$_hosts(found, rig, reserved) {
  if (($truth(found.runs) || $truth(rig.unified))) {
    return [];
  }
  return $list($through(ways$HOSTS, 0, size => $mul(size, assembling$GIB), size => ($gt($sub($mul(size, assembling$GIB), reserved), rig.host.capacity))));
}

function ways$ways_out(p, rig, reserved, caches, encodings, longest_context, ask) {
  let found, longest_that_fits, shorter;
  if (((rig === null) || $truth(p.outcome.fits))) {
    return [];
  }
  longest_that_fits = $or(longest_context(), () => 0);
  shorter = (($lt(0, longest_that_fits) && $lt(longest_that_fits, p.outcome.context)) ? [longest_that_fits] : []);
  found = [ways$_first("cache_format", ways$_caches(p.outcome, caches), ask, ((one) => $bool(one.outcome.fits))), ways$_first("format", ways$_formats(p.outcome, encodings), ask, ((one) => ways$_smaller(one.outcome, p.outcome))), ways$_first("context", shorter, ask, ((one) => true)), ways$_first("devices", ways$_devices(p.outcome, rig), ask, ((one) => $bool(one.outcome.fits))), ways$_first("host_memory", ways$_hosts(p.outcome, rig, reserved), ask, ((one) => $bool(one.outcome.runs)))];
  return $tuple($list($through(found, 0, way => way, way => (way !== null))));
}

function assembling$extended(rig, places) {
  let assumed, devices, links, more, named, place;
  more = [];
  for (place of $iter(places)) {
    named = ($truth(place.card) ? place.card.id : rig.id);
    $call(more, "append", $replace(place, { name: ($str(named) + "#" + $str($add($len(rig.devices), $len(more)))) }));
  }
  [devices, links] = $unpack(assembling$joined([...$iter(rig.devices), ...$iter(more)], rig.nodes, rig.unified), 2);
  assumed = $list($through(rig.assumed, 0, one => one, one => (!$in([rig$LINK, rig$BRIDGE], one))));
  return $replace(rig, { places: [...$iter(devices), rig.host], assumed: $tuple($call($dict, "fromkeys", [...$iter(assumed), ...$iter(links)])) });
}

function assembling$with_more(rig, count) {
  return assembling$extended(rig, $list($through($range(count), 0, _ => $item(rig.devices, $neg(1)))));
}

function assembling$with_host_memory(rig, capacity) {
  return $replace(rig, { places: [...$iter(rig.devices), $replace(rig.host, { capacity: capacity })] });
}

function numbers$most(fits, limit) {
  return $sub(numbers$first_that(1, $add(limit, 1), ((number) => (!$truth(fits(number))))), 1);
}

const ways$CROWD = 1024;

const ways$UNLIMITED = 1048576;

const ways$STEP = 256;

function ways$longest(limit, fits) {
  let steps;
  steps = $max(1, $floordiv(((limit === null) ? ways$UNLIMITED : limit), ways$STEP));
  if ($truth(fits($mul(steps, ways$STEP)))) {
    return $mul(steps, ways$STEP);
  }
  return $mul(numbers$most(((count) => fits($mul(count, ways$STEP))), $sub(steps, 1)), ways$STEP);
}

function own$measurable(rate, machine) {
  if (($le(rate, 0))) {
    throw new $SizingError(($format(rate, ("g")) + " is no measured speed; give tokens/s, such as 71.3"));
  }
  if ((!$truth(machine))) {
    throw new $SizingError("a measured speed without a machine says nothing; name the machine too");
  }
  return null;
}

const own$UNSTATED = 4.0;

const own$SLACK = 1.1;

function own$_written(rate) {
  return (($lt(rate, 1000)) ? ($format(rate, (".4g"))) : ($str($round(rate))));
}

function own$_near(measured, asked) {
  if (((asked === null) || (!$eq(asked.packing, measured.packing)))) {
    return "other";
  }
  return (($eq(($gt(asked.demand.sized.experts, 0)), ($gt(measured.demand.sized.experts, 0)))) ? "kin" : "other");
}

function own$corrected(found, alone, rate, depth, same, prompt = 0) {
  let does, expected, expecting, fitted, format, limit, machine, model, more, most, near, of, right, speed, test, told, why;
  [model, format] = [alone.loaded.model, alone.loaded.encoding.id];
  machine = ($truth(found.rig) ? found.rig.id : "");
  [speed, fitted] = [alone.speed, alone.fitted];
  expected = ($truth(prompt) ? alone.prefill_at(prompt, depth) : alone.decode_at(depth));
  if (((speed === null) || (expected === null) || (fitted === null))) {
    why = $call(", ", "join", alone.unknown);
    more = ($truth(why) ? (": " + $str(why) + " undisclosed") : ": it does not run there");
    throw new $SizingError(($str(model) + " in " + $str(format) + " has no speed on " + $str(machine) + " to compare" + $str(more)));
  }
  most = ($truth(prompt) ? $mul(own$UNSTATED, speed.most_prefill(prompt, depth)) : $mul(own$SLACK, speed.most(depth)));
  if (($gt(rate, most))) {
    [does, right] = $unpack(($truth(prompt) ? ["compute", "the speed of one prompt"] : ["read", "one user's speed without a draft"]), 2);
    limit = ($str(machine) + " can " + $str(does) + " of " + $str(model) + " in " + $str(format) + " (" + $str(own$_written(most)) + ")");
    throw new $SizingError(($format(rate, ("g")) + " tokens/s is more than " + $str(limit) + "; give " + $str(right)));
  }
  near = ($truth(same) ? "same" : own$_near(speed, found.speed));
  test = ($truth(prompt) ? "prefill" : "decode");
  told = fitted.told(test, $truediv(rate, expected.value), speed.seen(test), near);
  of = ($truth(prompt) ? (" of a prompt of " + $str(prompt) + " tokens") : "");
  expecting = ("where " + $str(own$_written(expected.value)) + " were expected");
  return [$replace(found, { fitted: told }), ("corrected by your " + $format(rate, ("g")) + " tokens/s" + $str(of) + " of " + $str(model) + " in " + $str(format) + ", " + $str(expecting))];
}

function planned$_corrected(planned, own) {
  let alone, asked, corrected_by, found, held, loaded, note, other, same, settings;
  [asked, found] = [planned.asked, planned.outcome];
  own$measurable(own.rate, (asked.rig !== null));
  loaded = found.loaded;
  same = $or((own.model === null), () => $and(($eq(own.model, loaded.model)), () => $or((own.format === null), () => ($eq(own.format, loaded.encoding.id)))));
  if (($truth(same) || (own.model === null))) {
    other = $replace(asked, { sequences: 1, measured: null });
    if ((($gt(asked.sequences, 1)) || $truth(asked.drafts))) {
      settings = $replace(asked.settings, { mtp: null, draft: null });
      other = $replace(other, { settings: settings, drafter: null, draft_tokens: null, acceptance: null });
    }
  } else {
    held = $add($add(own.depth, own.prompt), 1);
    other = $make(planned$Asked, [own.model, asked.rig, own.format, held], { runtime: loaded.program.runtime });
  }
  alone = planned$plan(planned.exported, other).outcome;
  [corrected_by, note] = $unpack(own$corrected(found, alone, own.rate, own.depth, same, own.prompt), 2);
  return $replace(planned, { outcome: corrected_by, notes: [...$iter(planned.notes), note] });
}

function planned$plan(exported, asked) {
  let again, beside, demand, found, held, kind, loaded, own, planned, rig, settings;
  outcome$possible(asked.context, asked.sequences);
  if ((asked.format === null)) {
    return planned$_meant(exported, asked);
  }
  loaded = exported.load(asked.model, asked.format, asked.rig, asked.runtime, asked.cache_format);
  beside = exported.beside(asked.model, asked.format, loaded);
  rig = asked.rig;
  settings$check(asked.settings, loaded.program, loaded.sized, rig, asked.sequences);
  settings = settings$alone(asked.settings, rig);
  asked = $replace(asked, { settings: settings });
  if (((settings.flash_attention === false) && ($gt(loaded.widening, 1)))) {
    kind = asked.cache_format;
    throw new $SizingError(("a cache of " + $str(kind) + " needs flash attention for its values; leave -fa on, or f16"));
  }
  held = beside$loaded_of(beside, settings);
  demand = planned$_demand(loaded, asked, held);
  found = outcome$outcome(loaded, new placement$Proposals(demand, settings), rig, ($truth(rig) ? exported.fitted : null));
  if ($truth(asked.drafts)) {
    found = outcome$drafting(found, planned$_drafts(exported, asked, loaded));
    if ((($eq(settings.drafted, 0)) && (found.draft !== null) && ($gt($item(loaded.sized.states, $neg(1)), 0)))) {
      own = $replace(settings, { drafted: found.draft.tokens });
      demand = planned$_demand(loaded, $replace(asked, { settings: own }), held);
      again = outcome$outcome(loaded, new placement$Proposals(demand, own), rig, ($truth(rig) ? exported.fitted : null));
      found = $replace(again, { draft: found.draft });
    }
  } else {
    drafting$undrafted(asked.draft_tokens, asked.acceptance);
  }
  planned = new planned$Planned(exported, asked, found, beside, held, $tuple($call(exported.model(asked.model), "get", "remarks", [])));
  return ((asked.measured === null) ? planned : planned$_corrected(planned, asked.measured));
}

function planned$_draft(exported, data, draft) {
  let kind;
  kind = planned$_or($call(data, "get", "cache_format"), "f16");
  return planned$plan(exported, new planned$Asked($item(draft, "model"), null, $call(draft, "get", "format"), $item(data, "context"), kind));
}

function assembling$_left(memory, host, reserved) {
  let keeps;
  if (($le(memory, reserved))) {
    keeps = ("the operating system keeps " + $format($truediv(reserved, assembling$GIB), ("g")) + " GB of it");
    throw new $SizingError(("a host of " + $format($truediv(host.memory, assembling$GIB), ("g")) + " GB is too small: " + $str(keeps)));
  }
  return $sub(memory, reserved);
}

function assembling$_sockets(rig, host, reserved) {
  let each, memory, rate;
  each = $floordiv($len(rig.devices), rig.nodes);
  memory = assembling$_left($floordiv(host.memory, each), host, reserved);
  rate = (($truth(host.alone) || (host.bandwidth === null)) ? null : $truediv(host.bandwidth, each));
  return $tuple($list($through(rig.devices, 0, one => $replace(one, { capacity: memory, bandwidth: $or(rate, () => one.bandwidth) }))));
}

function assembling$hosted(rig, host, reserved) {
  let assumed, bandwidth, own, places;
  if (($truth(rig.unified) && (!$truth(rig.processors)))) {
    throw new $SizingError(($str(rig.id) + " has one memory for the CPU and its device; it takes no host"));
  }
  assumed = $list($through(rig.assumed, 0, x => x, x => (!$in([rig$REFERENCE_HOST, rig$HOST_BANDWIDTH], x))));
  if (((!$truth(host.stated)) && (!($truth(rig.processors) && $truth(host.alone))))) {
    $call(assumed, "append", rig$HOST_BANDWIDTH);
  }
  places = ($truth(rig.processors) ? assembling$_sockets(rig, host, reserved) : rig.devices);
  bandwidth = ($truth(rig.processors) ? $item(places, 0).bandwidth : host.bandwidth);
  own = new rig$Place("host", assembling$_left(host.memory, host, reserved), bandwidth);
  return $replace(rig, { places: [...$iter(places), own], assumed: $tuple(assumed) });
}

const assembling$LEAST_POWER = 0.3;

function assembling$slowed(card, share) {
  return $replace(card, { rate: ((card.rate === null) ? null : $mul(card.rate, share)), half: ((card.half === null) ? null : $mul(card.half, share)), fp8: ((card.fp8 === null) ? null : $mul(card.fp8, share)), fp4: ((card.fp4 === null) ? null : $mul(card.fp4, share)), best_rate: $mul(card.best_rate, share) });
}

const rig$POWER_LIMIT = "power_limit";

function assembling$limited(rig, watts, own) {
  let alone, assumed, bandwidth, card, i, known, least, one, place, places, share;
  known = [];
  for ([i, one] of $each($enumerate(own), 2)) {
    if ((one === null)) {
      card = $item(rig.devices, i).card;
      throw new $SizingError(("nobody states the power of " + $str(($truth(card) ? card.id : rig.id)) + "; leave the limit out"));
    }
    $call(known, "append", one);
  }
  least = $min(known);
  if ((!($le($mul(assembling$LEAST_POWER, least), watts) && $le(watts, least)))) {
    throw new $SizingError(("a power limit lies between " + $str($round($mul(assembling$LEAST_POWER, least))) + " and " + $str($round(least)) + " W here, not at " + $format(watts, ("g")) + " W"));
  }
  alone = ($eq($len(rig.devices), 1));
  places = [];
  for ([i, place] of $each($enumerate(rig.devices), 2)) {
    share = $mul($sqrt($truediv(watts, $item(known, i))), $sqrt($sqrt($truediv(watts, $item(known, i)))));
    bandwidth = (($truth(place.bandwidth) && $truth(alone)) ? $mul(place.bandwidth, share) : place.bandwidth);
    $call(places, "append", $replace(place, { bandwidth: bandwidth, card: ($truth(place.card) ? assembling$slowed(place.card, share) : null) }));
  }
  assumed = (($eq(watts, least)) ? rig.assumed : [...$iter(rig.assumed), rig$POWER_LIMIT]);
  return $replace(rig, { places: [...$iter(places), rig.host], assumed: assumed });
}

function planned$rig_of(exported, data) {
  let host, machine, memory, rig, sold, units, watts;
  [machine, host, watts] = [$call(data, "get", "machine"), $call(data, "get", "host"), $call(data, "get", "power_limit")];
  if ((machine === null)) {
    if ((host !== null)) {
      throw new $SizingError("a host without a machine says nothing; name the machine too");
    }
    if ((watts !== null)) {
      throw new $SizingError("a power limit is of a machine; name one");
    }
    return null;
  }
  sold = ($call(machine, "get", "devices") === null);
  rig = ($truth(sold) ? exported.rig($item(machine, "id")) : exported.built($item(machine, "id"), machine));
  if ((host !== null)) {
    memory = new assembling$HostMemory($item(host, "memory"), $item(host, "bandwidth"), true, $item(host, "stated"), planned$_or($call(host, "get", "alone"), false));
    rig = assembling$hosted(rig, memory, exported.reserved);
  }
  if ((watts !== null)) {
    units = exported.units(($truth(sold) ? $item(exported.machines, $item(machine, "id")) : machine));
    rig = assembling$limited(rig, watts, $list($through(units, 0, unit => unit.watts)));
  }
  return rig;
}

function planned$sold_as(exported, data) {
  let machine;
  machine = $call(data, "get", "machine");
  if (((machine === null) || ($call(machine, "get", "devices") !== null) || ($call(data, "get", "host") !== null))) {
    return null;
  }
  return $item(exported.machines, $item(machine, "id"));
}

function planned$_each(said) {
  return ((said === null) ? null : $tuple(said));
}

function planned$_settings(data, draft) {
  return $make(settings$Settings, [], { split: $call(data, "get", "split"), layers_on_device: $call(data, "get", "layers_on_device"), experts_on_host: $call(data, "get", "experts_on_host"), tensor_split: planned$_each($call(data, "get", "tensor_split")), micro_batch: $call(data, "get", "micro_batch"), utilization: $call(data, "get", "utilization"), max_sequences: $call(data, "get", "max_sequences"), vision: $call(data, "get", "vision"), mtp: $call(data, "get", "mtp"), swa_full: planned$_or($call(data, "get", "swa_full"), false), flash_attention: $call(data, "get", "flash_attention"), lora: planned$_or($call(data, "get", "lora"), 0), draft: ((draft === null) ? null : [draft.weights, draft.cache, draft.buffers]), slots: $call(data, "get", "slots"), unified: planned$_or($call(data, "get", "unified"), false), in_use: planned$_each($call(data, "get", "in_use")), wired_limit: $call(data, "get", "wired_limit"), drafted: planned$_or($call(data, "get", "draft_tokens"), 0) });
}

function planned$_measured(own) {
  let depth, prompt;
  prompt = planned$_or($call(own, "get", "prompt"), 0);
  depth = planned$_or($call(own, "get", "depth"), ($truth(prompt) ? 0 : outcome$EMPTY));
  return new planned$Measured($item(own, "rate"), depth, prompt, $call(own, "get", "model"), $call(own, "get", "format"));
}

function planned$asked_of(exported, data) {
  let draft, own, rig, sold, word;
  for (word of $iter(data)) {
    if ((!$in(planned$WORDS, word))) {
      throw new $SizingError(($str(word) + " is nothing that can be asked; known are " + $str($call(", ", "join", planned$WORDS))));
    }
  }
  outcome$possible($item(data, "context"), planned$_or($call(data, "get", "sequences"), 1));
  draft = (($call(data, "get", "draft") === null) ? null : planned$_draft(exported, data, $item(data, "draft")).outcome);
  [own, rig] = [$call(data, "get", "measured"), planned$rig_of(exported, data)];
  sold = planned$sold_as(exported, data);
  return $make(planned$Asked, [], { model: $item(data, "model"), rig: rig, format: $call(data, "get", "format"), context: $item(data, "context"), cache_format: planned$_or($call(data, "get", "cache_format"), "f16"), runtime: $call(data, "get", "runtime"), sequences: planned$_or($call(data, "get", "sequences"), 1), settings: planned$_settings(data, ((draft === null) ? null : draft.memory)), measured: $and(own, () => planned$_measured(own)), said_format: $call(data, "get", "said_format"), offer: $and(sold, () => $item(sold, "offer")), drafter: ((draft === null) ? null : new drafting$Drafter(draft.loaded.sized, draft.loaded.encoding.packing, false)), draft_tokens: $call(data, "get", "draft_tokens"), acceptance: $call(data, "get", "acceptance") });
}

const weights$ROLES = ["embedding", "attention", "ffn", "expert", "router", "norm", "bias", "output"];

function weights$_ordered(found) {
  return [...$iter(($through(weights$ROLES, 0, role => role, role => ($in(found, role))))), ...$iter(($through(found, 0, role => role, role => (!$in(weights$ROLES, role)))))];
}

const terms$_NAME = 4;

const terms$_PRODUCT = 2;

const terms$_POWER = 3;

const terms$NOTHING = /* @__PURE__ */ (() => new terms$Term(0.0, "0", $dict([])))();

function terms$_both(one, other) {
  let name;
  for (name of $iter($bitand($call(one.inputs, "keys"), $call(other.inputs, "keys")))) {

  }
  return $dict([...$pairs(one.inputs), ...$pairs(other.inputs)]);
}

const terms$_SUM = 1;

function terms$named(name, value, unit = "", by = "fact", sources = []) {
  return new terms$Term($float(value), name, $dict([[name, new terms$Input($float(value), unit, by, $tuple(sources))]]));
}

function terms$added(terms) {
  let result, term;
  result = terms$NOTHING;
  for (term of $iter(terms)) {
    result = $add(result, term);
  }
  return result;
}

const step$WHOLE = ["bytes", "parameters"];

function step$called_at(what, where) {
  return $re.sub("\\W+", "_", ($truth(where) ? ($str(what) + "_" + $str(where)) : what));
}

function weights$parameters(case$) {
  let found, i, model, part, sources, terms, what;
  [part, model, sources] = [new step$Part("model"), $item(case$.facts, "model"), case$.of("model")];
  found = $dict($through($item(model, "parts"), 4, ([role, held, read, _]) => [role, [held, read]]));
  for ([i, what] of $each($enumerate(["parameters", "active"]), 2)) {
    terms = $list($through(weights$_ordered(found), 0, role => terms$named(role, $item($item(found, role), i), "parameters", undefined, sources)));
    part.take(what, terms$added(terms), "parameters");
  }
  return part;
}

function terms$plain(value) {
  return new terms$Term($float(value), ($format(value, ("g"))), $dict([]));
}

function* weights$_roles(case$, part) {
  let bits, elements, found, role, sizes, taken;
  sizes = $item($item(case$.facts, "format"), "parts");
  found = $dict($through($item($item(case$.facts, "model"), "parts"), 4, ([role, held, _, more]) => [role, [$add(held, more), $item(sizes, role)]]));
  for (role of $iter(weights$_ordered(found))) {
    [elements, taken] = $unpack($item(found, role), 2);
    if ($truth(elements)) {
      bits = terms$named("bits_each", $truediv($mul(8, taken), elements), "bits", undefined, case$.of("format"));
      (yield part.take(role, $truediv($mul(terms$named("parameters", elements, "parameters"), bits), terms$plain(8)), "bytes"));
    }
  }
}

function weights$_repeated(case$) {
  let demand, layout, looked_up;
  [demand, layout] = [case$.outcome.proposal.demand, case$.outcome.proposal.layout];
  if ($truth(demand.sized.own_head)) {
    return demand.sized.own_head;
  }
  if (($truth(demand.program.looks_up_on_host) || ($eq($len(layout.bounds), 1)))) {
    looked_up = dealing$HOST;
  } else {
    looked_up = $next(($through($range($sub($len(layout.bounds), 1)), 0, i => i, i => ($gt($item(layout.bounds, $add(i, 1)), $item(layout.bounds, i))))), dealing$HOST);
  }
  return (($truth(demand.sized.tied) && (!$eq(looked_up, layout.output))) ? demand.sized.embedding : 0);
}

function weights$_padding(case$) {
  let layout, on_host, size;
  [size, layout] = [case$.outcome.proposal.demand.sized, case$.outcome.proposal.layout];
  on_host = layout.routed(size.expert, dealing$HOST, 0, $item(layout.bounds, 0));
  return $mul($sub(size.padding, 1), $sub($item(size.expert, $neg(1)), on_host));
}

function weights$weights(case$) {
  let demand, file, memory, more, part, rounding, size, whole;
  [part, size, memory] = [new step$Part("weights"), case$.outcome.loaded.sized, case$.outcome.memory];
  file = part.take("file", terms$added(weights$_roles(case$, part)), "bytes");
  demand = case$.outcome.proposal.demand;
  more = [terms$named("second_embedding", weights$_repeated(case$), "bytes", "plan"), terms$named("tile_padding", weights$_padding(case$), "bytes", "plan"), terms$named("adapters", $sub(demand.sized.weights, size.weights), "bytes", "plan"), terms$named("beside", demand.beside.weights, "bytes", "plan")];
  whole = terms$added([file, ...$iter(more)]);
  rounding = terms$named("rounding", $sub(memory.weights, whole.value), "bytes", "plan");
  part.take("weights", $add(whole, rounding), "bytes");
  return part;
}

function weights$_group(demand, index, ranks) {
  let before, copies, count, each, entries, heads, held, kept, layers, one, states, tokens, tokens_held, whole;
  [before, held, heads] = $unpack($item(demand.caches, index), 3);
  one = demand.kept($item(demand.sized.alike, index).cache);
  each = ($truth(demand.unified) ? demand.slots : demand.several(one));
  states = $mul(terms$named("state_bytes", one.state, "bytes"), terms$named("sequences", each, "", "plan"));
  tokens_held = ($truth(demand.unified) ? demand.context : demand.part);
  entries = $mul($sum(($through(one.compressed, 0, e => e.held(tokens_held)))), ($truth(demand.unified) ? 1 : each));
  kept = $sub($sub(held, states.value), entries);
  tokens = terms$NOTHING;
  if ($truth(one.bytes_per_token)) {
    count = $truediv(kept, one.bytes_per_token);
    tokens = $mul(terms$named("token_bytes", one.bytes_per_token, "bytes"), terms$named("tokens", count, "tokens", "plan"));
  }
  layers = terms$named("layers", $item(before, $neg(1)), "", "fact");
  copies = (($gt(ranks, heads)) ? terms$named("copies", $truediv(ranks, $min(ranks, heads)), "", "plan") : terms$plain(1));
  whole = $mul(layers, $add($add(tokens, states), terms$named("compressed_bytes", entries, "bytes")));
  return (($gt(ranks, heads)) ? $mul(whole, copies) : whole);
}

function weights$cache(case$) {
  let demand, found, groups, layout, names, part, rounding, whole;
  [part, demand] = [new step$Part("cache"), case$.outcome.proposal.demand];
  layout = case$.outcome.proposal.layout;
  groups = $list($through($range($len(demand.caches)), 0, i => weights$_group(demand, i, layout.ranks)));
  names = $list($through($range($len(groups)), 0, i => (($eq($len(groups), 1)) ? "layers" : ("layers_" + $str($add(i, 1))))));
  found = $list($through($zip(names, groups, $kw({ strict: true })), 2, ([name, term]) => part.take(name, term, "bytes")));
  whole = terms$added([...$iter(found), terms$named("beside", demand.beside.cache, "bytes", "plan")]);
  rounding = terms$named("rounding", $sub(case$.outcome.memory.cache, whole.value), "bytes", "plan");
  part.take("cache", $add(whole, rounding), "bytes");
  return part;
}

function explain_memory$_lies(case$, place) {
  let experts, index, last, layout, mixed, own, said;
  [layout, last] = [case$.outcome.proposal.layout, $sub($len(case$.outcome.places), 1)];
  if ((layout.split === "tensor")) {
    return (($eq(place, last)) ? "" : ("share:1/" + $str(layout.ranks)));
  }
  index = (($eq(place, last)) ? dealing$HOST : place);
  own = $list($through($enumerate(layout.layers), 2, ([i, at]) => $add(i, 1), ([i, at]) => ($eq(at, index))));
  experts = $list($through($enumerate(layout.experts), 2, ([i, at]) => $add(i, 1), ([i, at]) => (($eq(at, dealing$HOST)) && (!$eq($item(layout.layers, i), dealing$HOST)))));
  said = ($truth(own) ? [("layers:" + $str($item(own, 0)) + "-" + $str($item(own, $neg(1))))] : []);
  said = $iadd(said, (($eq(layout.output, index)) ? ["output"] : []));
  mixed = $and(($eq(index, dealing$HOST)), () => $and(experts, () => case$.outcome.loaded.sized.experts));
  said = $iadd(said, ($truth(mixed) ? [("experts:" + $str($item(experts, 0)) + "-" + $str($item(experts, $neg(1))))] : []));
  return $call(" ", "join", said);
}

const case$MEMORY = "memory";

function terms$less(one, other) {
  let formula;
  if ((!$truth(other.value))) {
    return one;
  }
  formula = ($str(one.formula) + " - " + $str(other.bound(terms$_PRODUCT)));
  return new terms$Term($sub(one.value, other.value), formula, terms$_both(one, other), terms$_SUM);
}

function explain_memory$_withheld_by(limits, capacity) {
  let found, same;
  same = $sorted(limits, $kw({ key: ((one) => [(!$eq($item(one, 0), capacity)), $abs($sub($item(one, 0), capacity))]) }));
  found = ($truth(same) ? $item($item(same, 0), 1) : []);
  return found;
}

function terms$called(function$, take, ...terms) {
  let formula, inputs, term;
  inputs = $dict([]);
  for (term of $iter(terms)) {
    inputs = $ibitor(inputs, term.inputs);
  }
  formula = ($str(function$) + "(" + $str($call(", ", "join", ($through(terms, 0, term => term.formula)))) + ")");
  return new terms$Term(take(...$iter(($through(terms, 0, term => term.value)))), formula, inputs);
}

function explain_memory$_offered(case$, part, index, tight) {
  let before, box, by, device, in_use, kept, limit, margin, offered, outcome, own, place, program, rig, taken, usable, whole, why;
  [outcome, rig, before] = [case$.outcome, case$.outcome.rig, case$.rig];
  [program, place] = [outcome.proposal.demand.program, $item(rig.devices, index)];
  [device, own] = [$item($item($item(case$.facts, "machine"), "devices"), index), $item(before.devices, index).capacity];
  [limit, box] = [outcome.asked.wired_limit, $item(device, "box")];
  kept = $sub(box, ((limit === null) ? own : limit));
  in_use = $sub($sub(box, kept), place.capacity);
  whole = terms$named("box", box, "bytes", "fact", case$.of_device(index, case$MEMORY));
  usable = terms$less(whole, terms$named("withheld", kept, "bytes", "fact", explain_memory$_withheld_by($item(device, "limits"), own)));
  usable = terms$less(usable, terms$named("in_use", in_use, "bytes", "plan"));
  why = ((($item(device, "why") === "gpu_limit") && (limit !== null)) ? "wired_limit" : $item(device, "why"));
  offered = $call(part, "take", "usable", usable, "bytes", place.name, $kw({ note: why }));
  if (($truth(tight) && ($lt(program.utilization, 1)))) {
    return part.take("room", terms$less(offered, terms$named("overhead", program.overhead, "bytes")), "bytes", place.name);
  }
  taken = offered;
  if (($lt(program.utilization, 1))) {
    by = ((outcome.asked.utilization !== null) ? "plan" : "fact");
    taken = $mul(taken, terms$named("utilization", program.utilization, "", by));
  }
  margin = ($truth(tight) ? 0 : program.margin);
  taken = terms$less(taken, terms$named("margin", margin, "bytes", "fact", case$.of("runtime")));
  if (($lt(taken.value, 0))) {
    taken = terms$called("max", $max, terms$plain(0), taken);
  }
  return part.take("room", taken, "bytes", place.name);
}

function explain_memory$_host(case$, part) {
  let first, memory, place, places, reserved, rig, taken, usable;
  [rig, places] = [case$.outcome.rig, case$.outcome.places];
  [place, reserved] = [$item(places, $neg(1)), $item($item(case$.facts, "machine"), "reserved")];
  memory = terms$named("memory", $add(rig.host.capacity, reserved), "bytes", "fact", case$.of_host);
  usable = part.take("usable", terms$less(memory, terms$named("reserved", reserved, "bytes")), "bytes", place.name);
  if ((!$truth(place.memory.total))) {
    return null;
  }
  taken = [terms$named("held_host", place.memory.total, "bytes", "step")];
  if ($truth(rig.unified)) {
    first = $slice(places, null, $floordiv($len(rig.devices), rig.nodes), null);
    $call(taken, "append", terms$named("on_devices", $sum(($through(first, 0, one => one.memory.total))), "bytes", "plan"));
  }
  part.take("spare", terms$less(usable, terms$added(taken)), "bytes", place.name);
  return null;
}

function explain_memory$_room(case$, part) {
  let i, needs, outcome, place, rig, room, tight;
  [outcome, rig] = [case$.outcome, case$.outcome.rig];
  tight = ($eq(outcome.verdict, placement$TIGHT));
  needs = outcome.proposal.needs((!$truth(tight)));
  for ([i, place] of $each($enumerate(rig.devices), 2)) {
    room = explain_memory$_offered(case$, part, i, tight);
    if ($truth($item(outcome.places, i).memory.total)) {
      part.take("spare", terms$less(room, terms$named("needed", $item(needs, i), "bytes", "plan")), "bytes", place.name);
    }
  }
  explain_memory$_host(case$, part);
  part.look_up("verdict", outcome.verdict, "");
  return null;
}

function explain_memory$memory(case$) {
  let found, i, lies, m, part, parts, place, sources, terms;
  [part, found] = [new step$Part("memory"), []];
  for ([i, place] of $each($enumerate(case$.outcome.places), 2)) {
    m = place.memory;
    if (((case$.rig !== null) && $truth((lies = explain_memory$_lies(case$, i))))) {
      part.look_up("lies", lies, "", place.name);
    }
    parts = [["weights", m.weights], ["cache", m.cache], ["buffers", m.buffers], ["overhead", m.overhead]];
    sources = case$.of("runtime");
    terms = $list($through(parts, 2, ([what, size]) => terms$named(what, size, "bytes", "plan", ((what === "buffers") ? sources : []))));
    if ($truth(m.total)) {
      $call(found, "append", part.take("held", terms$added(terms), "bytes", place.name));
    }
  }
  part.take("total", terms$added(found), "bytes");
  if ((case$.rig !== null)) {
    explain_memory$_room(case$, part);
  }
  return part;
}

function explain_speed$_called(names, name, value, by) {
  let said, unit;
  [said, unit] = $unpack($call(names, "get", name, [name, ""]), 2);
  return terms$named(said, value, unit, by);
}

const explain_speed$CONSTANTS = /* @__PURE__ */ (() => $dict({ step: ["step_time", "s"], layer: ["layer_time", "s"], mixture: ["mixture_time", "s"], state: ["state_time", "s"], read: ["bandwidth_share", ""], scatter: ["scatter", ""], recall: ["recall", ""], multiply: ["compute_share", ""], attend: ["attention_share", ""], hop: ["hop_time", "s"], exchange: ["exchange_time", "s"], carry: ["link_share", ""], handover: ["handover_time", "s"], tile: ["tile", ""], overlap: ["overlap", ""], host: ["operations_per_byte", ""], stream: ["streams", ""] }))();

function explain_speed$constants(speed, test, place) {
  let k;
  k = speed.constants(test, place);
  return $dict($through($call(k, "items"), 2, ([name, value]) => [name, explain_speed$_called(explain_speed$CONSTANTS, name, value, "fitted")]));
}

const case$COMPUTE = "compute";

function explain_speed$_compute(case$, speed, place) {
  return terms$named("compute_rate", $or(speed.rate_of(place), () => $inf), "FLOP/s", "fact", case$.of_place(place, case$COMPUTE));
}

const explain_speed$WORK = /* @__PURE__ */ (() => $dict({ dense: ["weight_bytes", "bytes"], experts: ["expert_bytes", "bytes"], cache: ["cache_bytes", "bytes"], flops: ["operations", "FLOP"], attention: ["attention_operations", "FLOP"], layers: ["layers", ""], mixtures: ["mixtures", ""], states: ["states", ""], padding: ["padding_operations", "FLOP"], mixed: ["mixed_streams", ""] }))();

function explain_speed$_work(work) {
  let terms;
  terms = $dict($through($fields(work$Work), 0, one => [one.name, explain_speed$_called(explain_speed$WORK, one.name, $getattr(work, one.name), "plan")]));
  return $make(work$Work, [], { ...$object(terms) });
}

const case$BANDWIDTH = "bandwidth";

function explain_speed$_bandwidth(case$, place) {
  return terms$named("bandwidth", $or(place.bandwidth, () => $inf), "bytes/s", "fact", case$.of_place(place, case$BANDWIDTH));
}

function terms$root(term) {
  return $or(term.squared, () => terms$called("sqrt", $sqrt, term));
}

function explain_speed$_roots(part, where) {
  const take = function (term) {
    let one, squares, steps, what;
    squares = $list($through($or(term.addends, () => [term]), 0, one => one.squared));
    if ($any(($through(squares, 0, one => (one === null))))) {
      return terms$root(term);
    }
    steps = [];
    for (one of $iter(squares)) {
      what = (($in(one.inputs, "bandwidth")) ? "reading" : "computing");
      $call(steps, "append", part.take(what, one, "s", where));
    }
    return terms$root(terms$added($list($through(steps, 0, one => $mul(one, one)))));
  };
  return take;
}

function explain_speed$_exchanged(worked) {
  return [terms$named("exchanges", worked.exchanges, "", "plan"), terms$named("exchanged_bytes", worked.exchanged, "bytes", "plan")];
}

const case$INTERCONNECT = "interconnect";

function explain_speed$_link(case$, speed) {
  return terms$named("link", speed.link(), "bytes/s", "fact", case$.of_place(null, case$INTERCONNECT));
}

function explain_speed$_decoding(case$, part, speed, depth, name) {
  let between, crossing, faster, found, index, k, passing, place, rate, terms, tokens, work, worked;
  tokens = ((speed.draft === null) ? 1 : $add(speed.draft.tokens, 1));
  worked = work$decoding(speed.demand.sized, speed.layout, depth, speed.demand.sequences, tokens);
  found = [];
  for ([index, work] of $each(worked.places, 2)) {
    place = speed.rig.place(index);
    k = explain_speed$constants(speed, "decode", place);
    rate = explain_speed$_compute(case$, speed, place);
    if (($gt(tokens, 1))) {
      faster = speed.fitted.verified(speed.demand.program.name);
      rate = $mul(terms$named("verifying", faster, "", "fitted"), rate);
    }
    terms = [k, explain_speed$_work(work), explain_speed$_bandwidth(case$, place), rate];
    $call(found, "append", part.take("time", speed$decode_seconds(...$iter(terms), explain_speed$_roots(part, place.name)), "s", place.name));
  }
  k = explain_speed$constants(speed, "decode", $item(speed.rig.devices, 0));
  crossing = terms$named("crossing_time", speed.crossing(worked, $mul(speed.demand.sequences, tokens)), "s", "plan");
  passing = $add(speed$passing_seconds(k, ...$iter(explain_speed$_exchanged(worked)), explain_speed$_link(case$, speed)), crossing);
  between = $add($mul($item(k, "hop"), terms$named("hops", worked.hops, "", "plan")), $mul($item(k, "handover"), terms$named("handovers", worked.hosted, "", "plan")));
  return part.take(name, $add($add($item(k, "step"), terms$added(found)), $add(between, passing)), "s");
}

function explain_speed$_known(seconds) {
  return seconds;
}

function explain_speed$_told(part, speed, test, rate, computed, most) {
  let at, own, share, side, value;
  own = $call(speed.fitted.own, "get", test);
  if ((own !== null)) {
    computed = $mul(part.take("computed", computed, "tokens/s"), terms$named("own_factor", own.factor, "", "plan"));
  }
  if (($lt(most.value, computed.value))) {
    computed = terms$called("min", $min, part.take("unbounded", computed, "tokens/s"), most);
  }
  value = part.take(part.name, computed, "tokens/s");
  for ([side, at] of $each([["low", rate.low], ["high", rate.high]], 2)) {
    share = terms$named(($str(side) + "_share"), $truediv(at, rate.value), "", "fitted");
    $call(part, "take", side, $mul(value, share), "tokens/s", $kw({ note: ($str(speed.seen(test)) + " " + $str(speed.kind)) }));
  }
  return null;
}

function explain_speed$decode(case$, name, depth) {
  let brought, draft, drafting, each, most, part, rate, seconds, speed;
  [rate, speed] = [case$.outcome.decode_at(depth), case$.speed];
  if (((rate === null) || (speed === null))) {
    return null;
  }
  part = new step$Part(name);
  part.look_up("depth", depth, "tokens");
  [seconds, brought, most] = [explain_speed$_decoding(case$, part, speed, depth, ($str(name) + "_time")), terms$plain(1), speed.most(depth)];
  if (((draft = speed.draft) !== null)) {
    each = terms$named("drafted_token_time", explain_speed$_known(speed.drafting_seconds(draft, depth)), "s", "plan");
    drafting = part.take("drafting_time", $mul(terms$named("drafted_tokens", draft.tokens, "", "plan"), each), "s");
    [brought, most] = [terms$named("tokens_per_step", draft.length, "tokens", "plan"), $mul(draft.length, most)];
    seconds = $add(seconds, drafting);
  }
  explain_speed$_told(part, speed, "decode", rate, $truediv(brought, seconds), terms$named("bandwidth_bound", most, "tokens/s", "plan"));
  return part;
}

function explain_speed$throughput(case$) {
  let each, outcome, part, rate;
  outcome = case$.outcome;
  rate = outcome.decode_at(outcome.context);
  if (((outcome.throughput === null) || ($eq(outcome.sequences, 1)) || (rate === null))) {
    return null;
  }
  part = new step$Part("throughput");
  each = terms$named("decode", rate.value, "tokens/s", "step");
  part.take("throughput", $mul(each, terms$named("sequences", outcome.sequences, "", "plan")), "tokens/s");
  return part;
}

function explain_speed$_fed(case$, part, place, what, rate) {
  if (($eq(rate.value, $inf))) {
    return rate;
  }
  return part.take(what, speed$fed(rate, $mul(terms$plain(speed$BALANCE), explain_speed$_bandwidth(case$, place)), terms$root), "FLOP/s", place.name);
}

function explain_speed$_copied(case$, speed, k, hosted) {
  let card, link, moved;
  if ((!$truth(speed.copied($dict($through($call(k, "items"), 2, ([name, one]) => [name, one.value])), hosted)))) {
    return terms$NOTHING;
  }
  card = $item(speed.rig.devices, 0).card;
  moved = terms$named("brought_bytes", $add(hosted.dense, hosted.experts), "bytes", "plan");
  link = terms$named("host_link", $or(($truth(card) ? card.pcie : null), () => $inf), "bytes/s", "fact", case$.of_place(null, case$INTERCONNECT));
  return $truediv(moved, $mul($item(k, "carry"), link));
}

function explain_speed$_hosted(case$, speed, k, hosted) {
  return speed$hosted_seconds(k, explain_speed$_work(hosted), explain_speed$_bandwidth(case$, speed.rig.host));
}

function explain_speed$_prefilling(case$, part, speed, prompt) {
  let aside, attending, attention, batches, beside, brought, crossing, done, found, hosted, i, k, on_devices, passing, place, repeats, seconds, stages, terms, work, worked;
  worked = speed.prompt_step(prompt, 0);
  part.look_up("micro_batches", worked.batches, "");
  hosted = $next(($through(worked.places, 2, ([index, work]) => work, ([index, work]) => ($eq(index, dealing$HOST)))), work$NOTHING);
  on_devices = $list($through(worked.places, 2, ([index, work]) => [$item(speed.rig.places, index), work], ([index, work]) => (!$eq(index, dealing$HOST))));
  [brought, found] = [(!$truth(speed$stays(speed.demand.program, speed.demand.sized, prompt))), []];
  for ([i, [place, work]] of $each($enumerate(on_devices), 2)) {
    done = ((($eq(i, 0)) && $truth(brought)) ? work.plus(hosted) : work);
    attending = speed$attention_rate(place.card, speed.demand, $or(speed.rate_of(place), () => $inf), speed.era);
    attention = terms$named("attention_rate", attending, "FLOP/s", "fact", case$.of_place(place, case$COMPUTE));
    terms = [explain_speed$constants(speed, "prefill", place), explain_speed$_work(done), explain_speed$_bandwidth(case$, place), explain_speed$_fed(case$, part, place, "fed_rate", explain_speed$_compute(case$, speed, place)), explain_speed$_fed(case$, part, place, "fed_attention_rate", attention)];
    $call(found, "append", part.take("time", speed$prefill_seconds(...$iter(terms), explain_speed$_roots(part, place.name)), "s", place.name));
  }
  k = explain_speed$constants(speed, "prefill", $item(speed.rig.devices, 0));
  seconds = terms$added(found);
  stages = ((speed.layout.split === "layer") ? $len(on_devices) : speed.rig.stages);
  repeats = terms$named("following_share", $sub(1.0, $truediv(1.0, worked.batches)), "", "plan");
  beside = speed$overlapping(k, terms$named("other_stages", $sub(stages, 1.0), "", "plan"), repeats);
  if ($truth(beside.value)) {
    seconds = $truediv(seconds, $add(terms$plain(1), beside));
  }
  batches = terms$named("micro_batches", worked.batches, "", "step");
  crossing = speed.crossing(worked, $mul(worked.batches, speed.demand.program.batched_tokens));
  passing = $add(speed$passing_seconds(k, ...$iter(explain_speed$_exchanged(worked)), explain_speed$_link(case$, speed)), terms$named("crossing_time", crossing, "s", "plan"));
  aside = ($truth(brought) ? explain_speed$_copied(case$, speed, k, hosted) : explain_speed$_hosted(case$, speed, k, hosted));
  return part.take("prompt_time", $add($add($add($mul($item(k, "step"), batches), seconds), passing), aside), "s");
}

function explain_speed$prefill(case$, prompt) {
  let most, part, rate, seconds, speed, tokens;
  [rate, speed] = [case$.outcome.prefill_at(prompt, 0), case$.speed];
  if (((rate === null) || (speed === null))) {
    return null;
  }
  part = new step$Part("prefill");
  tokens = part.look_up("prompt", prompt, "tokens");
  seconds = explain_speed$_prefilling(case$, part, speed, prompt);
  most = $truediv(prompt, speed.computing(speed.prompt_step(prompt, 0)));
  explain_speed$_told(part, speed, "prefill", rate, $truediv(tokens, seconds), terms$named("compute_bound", most, "tokens/s", "plan"));
  return part;
}

function explain_speed$first_token(case$, prompt) {
  let part, read, speed, step;
  speed = case$.speed;
  if (((speed === null) || (case$.outcome.time_to_first_token(prompt) === null))) {
    return null;
  }
  part = new step$Part("first_token");
  part.look_up("prompt", prompt, "tokens");
  read = explain_speed$_known(speed.prefilling_seconds(speed.prompt_step(prompt, 0), prompt));
  step = explain_speed$_known(speed.decoding_seconds(work$decoding(speed.demand.sized, speed.layout, prompt, speed.demand.sequences)));
  part.take("first_token", $add(terms$named("prompt_time", read, "s", "plan"), terms$named("one_step", step, "s", "plan")), "s");
  return part;
}

function evidence$evidence(case$) {
  let card, count, part, rows, sources, speed, what;
  [speed, rows] = [case$.speed, $item(case$.facts, "rows")];
  if (((speed === null) || (rows === null))) {
    return null;
  }
  card = $item(speed.rig.devices, 0).card;
  part = new step$Part("evidence");
  part.look_up("seen", speed.seen("decode"), "");
  for (what of $iter(["device", "model"])) {
    [count, sources] = $unpack($item(rows, what), 2);
    part.look_up(($str(what) + "_rows"), count, "rows", ($truth(card) ? card.id : ""), sources);
  }
  return part;
}

function price$_one(part, offer, unit, number) {
  let amount, asked, note, sources, term, times;
  [asked, times, note, sources] = $unpack(offer, 4);
  amount = terms$named("amount", asked, unit, "fact", sources);
  term = ((!$eq(times, 1)) ? $mul(amount, ((!$eq(times, 1)) ? terms$named("count", times) : terms$plain(1))) : amount);
  return $call(part, "take", "offer", term, unit, ($str($add(number, 1))), $kw({ note: note }));
}

function price$price(case$) {
  let found, part, told, unit;
  told = $item(case$.facts, "price");
  if ((told === null)) {
    return null;
  }
  [part, unit] = [new step$Part("price"), $item(told, "unit")];
  found = $list($through($enumerate($item(told, "offers")), 2, ([i, one]) => price$_one(part, one, unit, i)));
  $call(part, "take", "price", terms$added(found), unit, $kw({ note: $item(told, "note") }));
  return part;
}

function steps$steps(case$) {
  let context, parts, timed;
  parts = [weights$parameters(case$), weights$weights(case$), weights$cache(case$), explain_memory$memory(case$)];
  if ((case$.rig !== null)) {
    context = case$.outcome.context;
    timed = [explain_speed$decode(case$, "decode_empty", $min(outcome$EMPTY, context)), explain_speed$decode(case$, "decode", context), explain_speed$throughput(case$), explain_speed$prefill(case$, context), explain_speed$first_token(case$, context), evidence$evidence(case$), price$price(case$)];
    parts = $iadd(parts, $list($through(timed, 0, part => part, part => (part !== null))));
  }
  return $list((function* () { for (const part of $each(parts, 0)) for (const step of $each(part.steps, 0)) yield step; })());
}

function explain_exported$_device(name, box, facts) {
  let found, limits;
  found = $item($item(facts, "devices"), name);
  limits = (($item(found, "why") === "gpu_limit") ? $call($item(facts, "limits"), "get", $item(found, "vendor"), []) : []);
  return $dict({ why: $item(found, "why"), sources: $item(found, "sources"), box: box, limits: limits });
}

function explain_exported$_machine(planned, asked, facts) {
  let built, exported, host, machine, own, rig;
  [exported, rig] = [planned.exported, planned.asked.rig];
  machine = $item(asked, "machine");
  built = (($call(machine, "get", "devices") !== null) ? machine : $item(exported.machines, $item(machine, "id")));
  own = $call(asked, "get", "host");
  host = ((own === null) ? $or($item(built, "host"), () => $item(facts, "reference_host")) : $call(own, "get", "id"));
  return $dict({ devices: $list($through(exported.units(built), 0, unit => explain_exported$_device(unit.device, unit.box, facts))), reserved: exported.reserved, sources: (((rig === null) || $truth(rig.unified)) ? [] : $call($item(facts, "hosts"), "get", host, [])) });
}

function explain_exported$_rows(planned, facts, model) {
  let card, key, program, rig;
  [rig, program] = [planned.outcome.rig, planned.outcome.loaded.program];
  card = ((rig === null) ? null : $item(rig.devices, 0).card);
  if ((card === null)) {
    return null;
  }
  key = ($str(card.id) + " " + $str(program.runtime) + " " + $str(program.backend));
  return $dict({ device: $call($item(facts, "rows"), "get", key, [0, []]), model: $call($item(model, "rows"), "get", key, [0, []]) });
}

function explain_exported$_price(offer, facts) {
  let per;
  per = ($truth($item(offer, "per")) ? ("/" + $str($item(offer, "per"))) : "");
  return $dict({ unit: ($str($item(offer, "currency")) + $str(per)), note: ($str($item(offer, "region")) + " " + $str($item(offer, "kind")) + " " + $str($item(offer, "covers")) + " " + $str($item(offer, "date"))), offers: $list($through($item(offer, "parts"), 0, one => [$item($item($item(facts, "offers"), $item(one, "offer")), 0), $item(one, "times"), ...$iter($slice($item($item(facts, "offers"), $item(one, "offer")), 1, null, null))])) });
}

function explain_exported$case_of(planned, asked, facts, model) {
  let format, named, program, rig, told;
  [program, rig] = [planned.outcome.loaded.program, planned.asked.rig];
  format = $or(planned.asked.format, () => "");
  named = planned.outcome.loaded.encoding.id;
  told = $dict({ model: model, format: $dict({ parts: $item($item(model, "bytes"), exported$sized_key(format, program.gguf)), sources: $or($call($item(model, "formats"), "get", named), () => $call($item(facts, "formats"), "get", named, [])) }), runtime: $dict({ sources: $item($item(facts, "runtimes"), program.runtime) }), machine: ((rig === null) ? null : explain_exported$_machine(planned, asked, facts)), rows: explain_exported$_rows(planned, facts, model), price: $and(planned.asked.offer, () => explain_exported$_price(planned.asked.offer, facts)) });
  return new case$Case(planned.outcome, rig, told);
}

function explain_exported$explained(planned, asked, facts, model) {
  return steps$steps(explain_exported$case_of(planned, asked, facts, model));
}

const Exported = exported$Exported;
const asked_of = planned$asked_of;
const plan = planned$plan;
const explained = explain_exported$explained;

// The face of what explains plans, after all that it is made of.

const $machine = (said) => (typeof said === "string" ? { id: said } : said);

/**
 * What explains plans with the data of sizing.export, and the `facts` of sizing.export.explained. What comes back takes a
 * question in the engine's words, the numbers of the models that it names, by id, and the facts of the one that it is
 * about, and gives what `Plan.explain()` gives, as JSON. Throws SizingError with the line that Python raises.
 */
export const explainer = (data, facts) => {
  const exported = Exported.of($dicts({ models: {}, ...data }));
  const told = $dicts(facts);
  return (asked, models, own) => {
    for (const [id, numbers] of Object.entries(models)) exported.models.set(id, $dicts(numbers));
    const question = $dicts({ ...asked, machine: $machine(asked.machine) });
    const steps = explained(plan(exported, asked_of(exported, question)), question, told, $dicts(own));
    return steps.map((step) => $plain(step.as_dict()));
  };
};

export { $SizingError as SizingError };
