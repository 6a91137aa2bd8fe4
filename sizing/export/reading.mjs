// Made by `make engine` from sizing/export/reading.py and all that it needs, and never edited. Its face is below.

import {
  $ArithmeticError, $AttributeError, $Counter, $Dict, $KeyError, $LookupError, $MappingProxyType, $OSError, $Record,
  $SizingError, $TypeError, $ValueError, $abs, $accumulate, $add, $all, $and, $any, $apart, $assign, $astuple,
  $bitand, $bitor, $bool, $bytes, $call, $callable, $defaultdict, $dict, $dicts, $difflib, $each, $enumerate, $eq,
  $exactly, $fielded, $fields, $filter, $float, $floated, $floordiv, $format, $frozenset, $ge, $getattr, $groupby,
  $gt, $hash, $iadd, $ibitor, $in, $int, $is_error, $isinstance, $item, $iter, $kw, $le, $len, $list, $lt, $make,
  $map, $math, $max, $median, $memo, $min, $mod, $mul, $neg, $next, $object, $of_dict, $of_text, $once, $or, $ord,
  $pairs, $plain, $pow, $put, $range, $re, $replace, $repr, $reversed, $round, $set, $shl, $shr, $slice, $small,
  $sorted, $str, $struct, $sub, $sum, $through, $truediv, $truth, $tuple, $unicodedata, $unpack, $vars, $whole,
  $widths, $zip, $zip_longest
} from "../export/python.mjs";

class architecture$Architecture extends $Record {
  static fields = /* @__PURE__ */ $fielded("model_type vocab_size additional_vocab_size? hidden_size intermediate_size? num_hidden_layers num_attention_heads? num_key_value_heads? head_dim? num_attention_heads_per_layer? num_sliding_attention_heads? swa_num_attention_heads? swa_num_key_value_heads? swa_head_dim? swa_v_head_dim? global_head_dim? num_global_key_value_heads? attention_k_eq_v? num_kv_shared_layers? use_double_wide_mlp? hidden_size_per_layer_input? vocab_size_per_layer_input? block_configs? attention_head_dim? tie_word_embeddings? attention_bias? use_qk_norm? attention_out_bias? use_bias? sliding_window? sliding_window_pattern? attention_chunk_size? layer_types? hybrid_override_pattern? layers_block_type? cross_attention_layers? full_attn_idxs? attn_layer_period? attn_layer_offset? linear_attn_config? full_attention_interval? linear_num_key_heads? linear_num_value_heads? linear_key_head_dim? linear_value_head_dim? linear_conv_kernel_dim? conv_L_cache? mamba_num_heads? mamba_n_heads? mamba_head_dim? mamba_d_head? mamba_d_ssm? mamba_expand? mamba_dt_rank? ssm_state_size? mamba_d_state? n_groups? mamba_n_groups? conv_kernel? mamba_d_conv? mamba_rms_norm? mamba_ssm_dtype? num_local_experts? n_routed_experts? num_experts? moe_num_experts? enable_moe_block? top_k_experts? moe_topk? num_experts_per_tok? num_experts_per_token? moe_k? n_shared_experts? num_shared_expert? share_expert_dim? dense_intermediate_size? prefix_dense_intermediate_size? moe_num_shared_experts? num_shared_experts? vision_moe_intermediate_size? moe_intermediate_size? shared_expert_intermediate_size? shared_intermediate_size? moe_shared_expert_intermediate_size? moe_latent_size? routed_expert_hidden_size? latent_moe_use_norm? intermediate_size_mlp? block_ff_dim? block_auto_adjust_ff_dim? block_ffn_dim_multiplier? block_multiple_of? first_k_dense_replace? moe_layer_start_index? num_dense_layers? expert_layer_period? expert_layer_offset? num_hash_layers? decoder_sparse_step? interleave_moe_layer_step? mlp_only_layers? q_lora_rank? kv_lora_rank? qk_nope_head_dim? qk_rope_head_dim? v_head_dim? mla_use_output_gate? o_lora_rank? o_groups? compress_ratios? hc_mult? attn_res_block_size? index_n_heads? index_head_dim? index_topk? index_topk_freq? index_skip_topk_offset? index_kpool? indexer_types? num_nextn_predict_layers? per_layer_config? use_sliding_window? max_window_layers? linear_num_heads? linear_head_dim? lm_head_bias? mlp_bias? max_position_embeddings? embedding_size? expansion_ratio? num_ln_in_parallel_attn? use_post_norm? use_attention_gate? final_norm? head? use_bidirectional_attention? kv_source_layers? no_rope_layers? no_rope_layer_interval? swa_q_lora_rank? swa_kv_lora_rank? swa_qk_nope_head_dim? swa_qk_rope_head_dim? d_rel? rel_extent? cca_time0? cca_time1? router_hidden_size? gated_norm_rank? hc_lowrank? ple_layer_ids? ple_embed_dim? ple_conv_kernel_size? ngram_size? heads_per_ngram? ngram_vocab_size_base? make_ngram_vocab_size_divisible_by? decay_low_rank_dim? lerp_low_rank_dim? a_low_rank_dim? v_low_rank_dim? gate_low_rank_dim? adapter_rank? use_shared_attention_adapter? num_mem_blocks? altup_num_inputs? altup_correct_scale? laurel_rank? norm_bias? labels? type_vocab_size? relative_attention_num_buckets? mamba_conv_bias? mamba_proj_bias? conv_bias? zero_expert_num?");
}

class runtimes$BackendFacts extends $Record {
  static fields = /* @__PURE__ */ $fielded("context_overhead contexts? graphs?0 joined?0 formats? capability?0.0 sources?", { contexts: () => [], formats: () => [], sources: () => [] });
  __post_init__() {
    const self = this;
    if (($truth(units$known(self.context_overhead)) && (!$truth(self.sources)))) {
      throw new $ValueError("an overhead needs its source; give sources: [{url, read}], or undisclosed");
    }
    return null;
  }
}

class architecture$BlockAttention extends $Record {
  static fields = /* @__PURE__ */ $fielded("n_heads_in_group? replace_with_linear?false");
}

class architecture$BlockConfig extends $Record {
  static fields = /* @__PURE__ */ $fielded("attention ffn");
}

class architecture$BlockFeedForward extends $Record {
  static fields = /* @__PURE__ */ $fielded("ffn_mult?");
}

class runtimes$ByMemory extends $Record {
  static fields = /* @__PURE__ */ $fielded("memory batched_tokens logit_rows? margin?0");
}

class runtimes$CacheRule extends $Record {
  static fields = /* @__PURE__ */ $fielded("types apart?false page?1 windowed? full? quantized_windows?true window_type? window_pages?0 window_spare?0 batch_spare?0 window_share?0.0 window_shares? grouped?false indexer_values?false masks?false sparse_latent? indexer? drafting? state_bits?32 convolution_bits?32 states?1 states_share?0.0 kept?1 note? sources", { full: () => [], window_shares: () => [] });
  keeps_windows(model_type) {
    const self = this;
    return ((self.windowed === null) ? (!$in(self.full, model_type)) : ($in(self.windowed, model_type)));
  }
  least(model_type) {
    const self = this;
    return $call($dict(self.window_shares), "get", model_type, self.window_share);
  }
}

class formats$Checkpoint extends $Record {
  static fields = /* @__PURE__ */ $fielded("model_types? models? keeps? quantizes? mixed? note? source", { model_types: () => [], models: () => [], keeps: () => [], quantizes: () => [], mixed: () => [] });
  __post_init__() {
    const self = this;
    if (($eq($bool(self.model_types), $bool(self.models)))) {
      throw new $ValueError("give either model_types or models");
    }
    return null;
  }
}

class formats$Format extends $Record {
  static fields = /* @__PURE__ */ $fielded("id name precision kind runtimes bpw? scales? tile? unpacked?false own_head?false keeps? mixed? checkpoints? loss? sources", { keeps: () => [], mixed: () => [], checkpoints: () => [], loss: () => [] });
  __post_init__() {
    const self = this;
    if (((self.bpw !== null) && ($gt($item(self.bpw, 0), $item(self.bpw, 1))))) {
      throw new $ValueError("bpw gives the least bits per weight first, as [2.0, 8.0]; exchange the two");
    }
    return null;
  }
  get bits() {
    const self = this;
    return $int($item($call($call(self.precision, "removesuffix", "-bit"), "split"), $neg(1)));
  }
}

class models$Headline extends $Record {
  static fields = /* @__PURE__ */ $fielded("total? active? counts", { total: () => units$UNDISCLOSED, active: () => units$UNDISCLOSED });
}

class architecture$LayerConfig extends $Record {
  static fields = /* @__PURE__ */ $fielded("head_dim? num_attention_heads? num_key_value_heads? intermediate_size?");
}

class architecture$LinearAttention extends $Record {
  static fields = /* @__PURE__ */ $fielded("full_attn_layers? kda_layers? num_heads head_dim short_conv_kernel_size use_full_rank_gate? gate_lower_bound? safe_gate?");
}

class formats$Loss extends $Record {
  static fields = /* @__PURE__ */ $fielded("metric model value base base_value dataset source note?");
}

class formats$Mixed extends $Record {
  static fields = /* @__PURE__ */ $fielded("parts bits scales?");
}

class models$Names extends $Record {
  static fields = /* @__PURE__ */ $fielded("huggingface? modelscope? repackaged? tuned? ollama? tuned_ollama?", { huggingface: () => [], modelscope: () => [], repackaged: () => [], tuned: () => [], ollama: () => $dict(), tuned_ollama: () => $dict() });
}

class models$ModelEntry extends $Record {
  static fields = /* @__PURE__ */ $fielded("id family vendor name license native released context stated_parameters published? architecture towers? languages? tools? names? gguf_experts? files? sources?", { languages: () => [], names: () => new models$Names(), files: () => $dict(), sources: () => [] });
}

class models$PublishedFile extends $Record {
  static fields = /* @__PURE__ */ $fielded("bytes like source");
}

class runtimes$Runtime extends $Record {
  static fields = /* @__PURE__ */ $fielded("id name files cache towers?false tries_towers?false whole_towers? split offload?false experts_alone?false spans?false gpu_memory_utilization?1.0 device_margin?0 margin_each?0 computes_in_margin?false batched_tokens expert_tokens?0 logit_rows slot_logits?false by_memory? small? note? servers? backends sources", { whole_towers: () => [], by_memory: () => [], small: () => [], servers: () => $dict() });
}

class formats$Scales extends $Record {
  static fields = /* @__PURE__ */ $fielded("block? group? per? bits zero_bits?0 scales_group?1 scales_bits?0 column_bits?0 tensor_bits?0");
  __post_init__() {
    const self = this;
    if ((!$eq($sum(($through([self.block, self.group, self.per], 0, x => (x !== null)))), 1))) {
      throw new $ValueError("give exactly one of block, group and per");
    }
    return null;
  }
}

class runtimes$Server extends $Record {
  static fields = /* @__PURE__ */ $fielded("name port cache_types? images? windows?false lacks? note? sources", { images: () => $dict(), lacks: () => [] });
}

class common$Source extends $Record {
  static fields = /* @__PURE__ */ $fielded("url read keys? note?", { keys: () => [] });
}

class models$Towers extends $Record {
  static fields = /* @__PURE__ */ $fielded("senses? parameters? config? mmproj?", { senses: () => [], parameters: () => units$UNDISCLOSED, config: () => $dict(), mmproj: () => $dict() });
}

class reading$Rules extends $Record {
  static fields = /* @__PURE__ */ $fielded("formats runtimes named families models");
  format(name) {
    const self = this;
    let fmt;
    for (fmt of $iter($call(self.formats, "values"))) {
      if (($eq($call(fmt.id, "lower"), $call(name, "lower")))) {
        return fmt;
      }
    }
    throw new $SizingError(("unknown format " + $str($repr(name))));
  }
  family(model) {
    const self = this;
    return $call(self.families, "get", model);
  }
}

class format_names$Ending extends $Record {
  static fields = /* @__PURE__ */ $fielded("stem format? gguf?false");
}

class formats$Variant extends formats$Format {
  static fields = /* @__PURE__ */ $fielded("id name precision kind runtimes bpw? scales? tile? unpacked?false own_head?false keeps? mixed? checkpoints? loss? sources rule bits_per_weight? imatrix?false file_bytes? ends? experts? own? assumed?", { keeps: () => [], mixed: () => [], checkpoints: () => [], loss: () => [] });
  get bits() {
    const self = this;
    return $or(self.bits_per_weight, () => super.bits);
  }
}

class tensor$Tensor extends $Record {
  static fields = /* @__PURE__ */ $fielded("role part shape layer? count?1 buffer?false lookup?false seeing?false mtp?false");
  __post_init__() {
    const self = this;
    $assign(self, "elements", $mul($math.prod(self.shape), self.count));
    return null;
  }
  of_layer(layer) {
    const self = this;
    return new tensor$Tensor(self.role, self.part, self.shape, layer, self.count, self.buffer, self.lookup, self.seeing, self.mtp);
  }
}

class recipes$Traits extends $Record {
  static fields = /* @__PURE__ */ $fielded("layers experts groups tied router is_70b values downs seconds imatrix?false falcon?false glm5?false");
}

class likened$_Cited extends $Record {
  static fields = /* @__PURE__ */ $fielded("model mix shape ratio");
}

class likened$Likeness extends $Record {
  static fields = /* @__PURE__ */ $fielded("recipe ratio low high kin");
  in_words(name) {
    const self = this;
    let spread, whose, words;
    words = ("nobody states how large " + $str(name) + " of this model is; taken as");
    if (($eq(self.low, self.high) && $eq(self.high, 1))) {
      return ($str(words) + " large as " + $str(self.recipe));
    }
    if (($eq($len(self.kin), 1))) {
      return ($str(words) + " " + $format(self.ratio, (".2f")) + " times " + $str(self.recipe) + ", as of " + $str($item(self.kin, 0)));
    }
    whose = ($truth(self.kin) ? ($str($len(self.kin)) + " alike") : "other such mixes");
    spread = ($format(self.low, (".2f")) + " to " + $format(self.high, (".2f")) + " times their recipe");
    return ($str(words) + " " + $format(self.ratio, (".2f")) + " times " + $str(self.recipe) + "; " + $str(whose) + " are " + $str(spread));
  }
}

class program$Encoding extends $Record {
  static fields = /* @__PURE__ */ $fielded("id packing runtimes bits?16 loss?");
}

class cache$CachePart extends $Record {
  static fields = /* @__PURE__ */ $fielded("bytes_per_token limit? state?0 compressed? page?1 slack?0 spare?0 share?0.0", { compressed: () => [] });
  static takes = {"held": ["context", "sequences", "more"], "shared": ["context", "slots", "batch", "more"]};
  bytes(context) {
    const self = this;
    return $add($add(self.state, $mul(self.bytes_per_token, cache$seen(self.limit, context))), self._compressed(context));
  }
  flops(depth, each) {
    const self = this;
    return $add($mul(each, cache$seen(self.limit, depth)), numbers$total($list($through(self.compressed, 0, e => $mul(e.flops, e.read(depth))))));
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
}

class sized$SizedLayer extends $Record {
  static fields = /* @__PURE__ */ $fielded("dense experts flops cache attention_flops cache_heads largest largest_expert");
}

class tensors$Parameters extends $Record {
  static fields = /* @__PURE__ */ $fielded("total active");
}

class shape$Experts extends $Record {
  static fields = /* @__PURE__ */ $fielded("count?0 used?0 width?0 hidden?0 router?0 normed?false shared?0 idle?0 seeing?0");
}

class sized$Sized extends $Record {
  static fields = /* @__PURE__ */ $fielded("layers embedding lookups output output_flops tied widths experts experts_per_token total_parameters active_parameters whole?false answers?true padding?1.0 unpacked?0 own_head?0");
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
  get masked() { return $once(this, "masked", () => this.$$masked()); }
  $$masked() {
    const self = this;
    return sized$_sums(($through(self.layers, 0, x => $or(($gt(x.cache.bytes_per_token, 0)), () => ($gt($len(x.cache.compressed), 0))))));
  }
  get flops() { return $once(this, "flops", () => this.$$flops()); }
  $$flops() {
    const self = this;
    return $tuple($accumulate(($through(self.layers, 0, x => x.flops)), $kw({ initial: 0.0 })));
  }
}

class buffers$Widths extends $Record {
  static fields = /* @__PURE__ */ $fielded("vocab hidden feed_forward experts_used experts_width streams mixer delta compressed ungated latent_rows shared chosen pooled block_heads lagging queries attending window heads all_windows scored stacked passed projected scanned paired");
}

class tower$Tower extends $Record {
  static fields = /* @__PURE__ */ $fielded("kind model_type tensors");
  get parameters() { return $once(this, "parameters", () => this.$$parameters()); }
  $$parameters() {
    const self = this;
    return $sum(($through(self.tensors, 0, tensor => tensor.elements)));
  }
}

class beside$_Shown extends $Record {
  static fields = /* @__PURE__ */ $fielded("tokens patches warm written");
}

class words$WordError extends $SizingError {
  constructor(word, what) {
    super(); this.__init__(word, what);
  }
  __init__(word, what) {
    const self = this;
    { const $parts = $unpack([word, what], 2); self.word = $parts[0]; self.what = $parts[1]; }
    super.__init__(($truth($call(what, "startswith", word)) ? what : ($str(word) + ": " + $str(what))));
    return null;
  }
}

class defaults$Wrapper extends $Record {
  static fields = /* @__PURE__ */ $fielded("text tied words fills others");
}

class wrapped$Text extends $Record {
  static fields = /* @__PURE__ */ $fielded("words unsaid");
}

class config_json$Described extends $Record {
  static fields = /* @__PURE__ */ $fielded("words remarks towers?");
}

class defaults$Part extends $Record {
  static fields = /* @__PURE__ */ $fielded("type words unasked fixed");
}

class words$Words extends $Record {
  static fields = /* @__PURE__ */ $fielded("model_type said unsaid");
  static takes = {"flag": ["word", "otherwise"]};
  value(word) {
    const self = this;
    return (($in(self.said, word)) ? $item(self.said, word) : $call(self.unsaid, "get", word));
  }
  number(...words) {
    const self = this;
    let value, word;
    for (word of $iter(words)) {
      value = self.value(word);
      if (($truth($isinstance(value, ["int"])) && $truth(value))) {
        return value;
      }
    }
    return 0;
  }
  needed(word) {
    const self = this;
    let value;
    value = self.number(word);
    if ((!$truth(value))) {
      throw new words$WordError(word, ("missing, and a " + $str(self.model_type) + " needs it; give a whole config.json"));
    }
    return value;
  }
  flag(word, otherwise = false) {
    const self = this;
    let value;
    value = self.value(word);
    return ($isinstance(value, ["bool"]) ? value : otherwise);
  }
  each(word) {
    const self = this;
    let value;
    value = self.value(word);
    return ($isinstance(value, ["tuple", "list"]) ? $tuple(value) : []);
  }
  figures(word) {
    const self = this;
    return $tuple(($through(self.each(word), 0, value => value, value => $isinstance(value, ["int"]))));
  }
}

class encoder$Layers extends $Record {
  static fields = /* @__PURE__ */ $fielded("count width inner keys?0 qkv_bias?true key_bias?true output_bias?true mlp_bias?true gated?false norm_bias?true norms?2 head_norm?0 head_norm_bias?false scales?0");
  *tensors() {
    const self = this;
    let i, keys, n, width;
    [n, width, keys] = [self.count, self.width, $or(self.keys, () => self.width)];
    (yield* encoder$matrix("attn_q", width, width, self.qkv_bias, n));
    (yield* encoder$matrix("attn_k", keys, width, $and(self.qkv_bias, () => self.key_bias), n));
    (yield* encoder$matrix("attn_v", keys, width, self.qkv_bias, n));
    (yield* encoder$matrix("attn_out", width, width, self.output_bias, n));
    if ($truth(self.head_norm)) {
      (yield* encoder$vector("attn_q_norm", self.head_norm, self.head_norm_bias, n));
      (yield* encoder$vector("attn_k_norm", self.head_norm, self.head_norm_bias, n));
    }
    if ($truth(self.gated)) {
      (yield* encoder$matrix("ffn_gate", self.inner, width, self.mlp_bias, n));
    }
    (yield* encoder$matrix("ffn_up", self.inner, width, self.mlp_bias, n));
    (yield* encoder$matrix("ffn_down", width, self.inner, self.mlp_bias, n));
    for (i of $iter($range(self.norms))) {
      (yield* encoder$vector(("ln" + $str($add(i, 1))), width, self.norm_bias, n));
    }
    for (i of $iter($range(self.scales))) {
      (yield* encoder$vector(("ls" + $str($add(i, 1))), width, undefined, n));
    }
  }
}

class tower$Unsized extends $Record {
  static fields = /* @__PURE__ */ $fielded("kind model_type");
}

class built$WantedError extends $SizingError {

}

class units$Quantity extends $Record {
  static fields = /* @__PURE__ */ $fielded("what units example least most whole?false countable?false");
  get pattern() {
    const self = this;
    return ("([0-9]+(?:\\.[0-9]+)?) ?(" + $str($call("|", "join", self.units)) + ")");
  }
  read(text) {
    const self = this;
    let high, known, low, value;
    value = self._value(text);
    if ((value === null)) {
      known = $call(", ", "join", self.units);
      throw new $ValueError(($str($repr(text)) + " is not " + $str(self.what) + "; write a number and one of " + $str(known) + ", such as " + $str(self.example)));
    }
    [low, high] = $unpack(self._bounds, 2);
    if ((!($le(low, value) && $le(value, high)))) {
      throw new $ValueError(($str($repr(text)) + " is not plausible; " + $str(self.what) + " is " + $str(self.least) + " to " + $str(self.most) + ": check the unit"));
    }
    return ($truth(self.whole) ? $round(value) : value);
  }
  _value(text) {
    const self = this;
    let match;
    if (($truth(self.countable) && $truth($isinstance(text, ["int"])) && (!$isinstance(text, ["bool"])) && ($gt(text, 0)))) {
      return text;
    }
    match = ($isinstance(text, ["str"]) ? self._pattern.fullmatch(text) : null);
    return ((match === null) ? null : $float(($format($mul($float($item(match, 1)), $item(self.units, $item(match, 2))), (".15g")))));
  }
  get _pattern() { return $once(this, "_pattern", () => this.$$_pattern()); }
  $$_pattern() {
    const self = this;
    return $re.compile(self.pattern);
  }
  get _bounds() { return $once(this, "_bounds", () => this.$$_bounds()); }
  $$_bounds() {
    const self = this;
    let high, low;
    [low, high] = [self._value(self.least), self._value(self.most)];
    return [low, high];
  }
}

class shaped$ShapedEntry extends models$ModelEntry {
  static fields = /* @__PURE__ */ $fielded("id family vendor name license native released context stated_parameters published? architecture towers? languages? tools? names? gguf_experts? files? sources? own?", { languages: () => [], names: () => new models$Names(), files: () => $dict(), sources: () => [] });
  get shape() { return $once(this, "shape", () => this.$$shape()); }
  $$shape() {
    const self = this;
    return ($isinstance(self.architecture, ["str"]) ? null : translation$shape_of(self.architecture));
  }
  get answers() { return $once(this, "answers", () => this.$$answers()); }
  $$answers() {
    const self = this;
    return $and((self.shape !== null), () => self.shape.answers);
  }
  get parameters() { return $once(this, "parameters", () => this.$$parameters()); }
  $$parameters() {
    const self = this;
    return ((self.shape === null) ? null : tensors$parameters(self.shape));
  }
  get seeing() { return $once(this, "seeing", () => this.$$seeing()); }
  $$seeing() {
    const self = this;
    return $tuple(($through(self._described, 0, part => part, part => (!$truth(tower$is_apart(part))))));
  }
  get apart() { return $once(this, "apart", () => this.$$apart()); }
  $$apart() {
    const self = this;
    return $tuple(($through(self._described, 0, part => ($str(part.kind) + " (" + $str(part.model_type) + ")"), part => $truth(tower$is_apart(part)))));
  }
  get _described() { return $once(this, "_described", () => this.$$_described()); }
  $$_described() {
    const self = this;
    if (((self.towers === null) || (self.shape === null) || (!$truth(self.towers.config)))) {
      return [];
    }
    return tower$towers_of(self.towers.config, self.shape.hidden);
  }
  get senses() { return $once(this, "senses", () => this.$$senses()); }
  $$senses() {
    const self = this;
    let told;
    if ((self.towers === null)) {
      return [];
    }
    told = $tuple($call($dict, "fromkeys", ($through(self.seeing, 0, one => one.kind, one => ($in(["vision", "audio"], one.kind))))));
    return $or(self.towers.senses, () => $or(told, () => ["vision"]));
  }
  get towers_parameters() { return $once(this, "towers_parameters", () => this.$$towers_parameters()); }
  $$towers_parameters() {
    const self = this;
    let sized;
    if ((self.towers === null)) {
      return null;
    }
    sized = $list($through(self.seeing, 0, one => one.parameters, one => $isinstance(one, [tower$Tower])));
    return (($truth(sized) && ($eq($len(sized), $len(self.seeing)))) ? $sum(sized) : units$known(self.towers.parameters));
  }
}

class shape$LayerKind extends $Record {
  static fields = /* @__PURE__ */ $fielded("mixer feed_forward window indexer heads kv_heads head_dim value_dim width owner?false first?false own_keys?true own_values?true sinks?false latent? rotates?true beside?\"none\" ratio?0 ngram_rows?0 hashed?false");
  get recurrent() {
    const self = this;
    let state;
    { const $subject = self.mixer;
    if ($eq($subject, "attention") || $eq($subject, "latent") || $eq($subject, "compressed") || $eq($subject, "mixture") || $eq($subject, "cross") || $eq($subject, "shared")) {
      return self.beside;
    } else if ($eq($subject, "projection")) {
      return "none";
    } else {
      state = $subject;
      return state;
    } }
    return null;
  }
}

class shape$Latent extends $Record {
  static fields = /* @__PURE__ */ $fielded("query_rank?0 rank?0 nope?0 rope?0 value?0 gated?false groups?1 group_rank?0");
}

class layers$_Told extends $Record {
  static fields = /* @__PURE__ */ $fielded("name owner first beyond window sparse indexed heads ratio rotates shares hashed own block ngram_rows");
}

class shape$Ngram extends $Record {
  static fields = /* @__PURE__ */ $fielded("width?0 heads?1 kernel?1");
}

class shape$Ranks extends $Record {
  static fields = /* @__PURE__ */ $fielded("decay?0 rate?0 value?0 gate?0 lerp?0");
}

class shape$Shape extends $Record {
  static fields = /* @__PURE__ */ $fielded("model_type blocks vocab further_rows hidden heads layers mtp tied latent indexer experts delta kda space taps grouped_taps wide_states streams choosing layer_input layer_vocab positions?0 embedding?0 relative?0 reach?0 norm_rank?0 stream_rank?0 ngram? ranks? altup?0 altup_scaled?true laurel?0 adapter?0 adapted?false token_types?0 buckets?0 head?\"answers\" labels?0", { ngram: () => new shape$Ngram(), ranks: () => new shape$Ranks() });
  __post_init__() {
    const self = this;
    let own;
    own = [self.model_type, self.blocks, self.vocab, self.hidden, self.layers, self.experts, self.tied];
    $assign(self, "_hash", $hash(own));
    return null;
  }
  get answers() {
    const self = this;
    return $and(($in(["answers", "masked"], self.head)), () => (!$truth(self.blocks.encoder)));
  }
}

class shape$Indexer extends $Record {
  static fields = /* @__PURE__ */ $fielded("heads?0 head_dim?0 chosen?0 pool?0");
}

class shape$DeltaNet extends $Record {
  static fields = /* @__PURE__ */ $fielded("key_heads?0 key_dim?0 value_heads?0 value_dim?0 kernel?1");
  get keys() {
    const self = this;
    return $mul(self.key_heads, self.key_dim);
  }
  get values() {
    const self = this;
    return $mul(self.value_heads, self.value_dim);
  }
}

class shape$Kda extends $Record {
  static fields = /* @__PURE__ */ $fielded("heads?0 head_dim?0 kernel?1 full_rank_gate?false full_rank_forget?false");
  get inner() {
    const self = this;
    return $mul(self.heads, self.head_dim);
  }
}

class shape$StateSpace extends $Record {
  static fields = /* @__PURE__ */ $fielded("heads?0 inner?0 state?0 groups?1 kernel?1 step_rank?0 bias?false convolution_bias?true");
  get convolved() {
    const self = this;
    return $add(self.inner, $mul($mul(2, self.groups), self.state));
  }
}

class model$Model extends shaped$ShapedEntry {
  static fields = /* @__PURE__ */ $fielded("id family vendor name license native released context stated_parameters published? architecture towers? languages? tools? names? gguf_experts? files? sources? own? planner? remarks? said_format? unread? said_gguf?false path?", { languages: () => [], names: () => new models$Names(), files: () => $dict(), sources: () => [], remarks: () => [] });
  static takes = {"of": ["entry", "planner", "remarks"]};
  static of(entry, planner = null, remarks = []) {
    const cls = this;
    let own;
    own = $dict($through($fields(models$ModelEntry), 0, one => [one.name, $getattr(entry, one.name)]));
    return $make(cls, [], { ...$object(own), planner: planner, remarks: remarks });
  }
}

class own$OwnFormat extends $Record {
  static fields = /* @__PURE__ */ $fielded("key name like bytes");
}

class gguf$PartError extends $SizingError {

}

class gguf$Header extends $Record {
  static fields = /* @__PURE__ */ $fielded("architecture name file_type keys tensors types? remark? vocabulary?0", { types: () => $dict() });
  has(...endings) {
    const self = this;
    return $any(($through(self.tensors, 0, name => $call(name, "endswith", endings))));
  }
  get recipe() {
    const self = this;
    return ((self.file_type === null) ? null : $call(ggml$FILE_TYPES, "get", self.file_type));
  }
  get bytes() {
    const self = this;
    return $dict($through($call(self.tensors, "items"), 2, ([name, shape]) => [name, gguf$_size(name, shape, $item(self.types, name))]));
  }
  get commonest() {
    const self = this;
    let found, name, size;
    found = $Counter();
    for ([name, size] of $each($call(self.bytes, "items"), 2)) {
      $put(found, $item(self.types, name), $iadd($item(found, $item(self.types, name)), size));
    }
    return ($truth(found) ? $item($item(ggml$TENSOR_TYPES, $item($item($call(found, "most_common", 1), 0), 0)), 0) : "F16");
  }
  get elements() {
    const self = this;
    return $sum(($through($call(self.tensors, "items"), 2, ([name, shape]) => $math.prod(shape), ([name, shape]) => (!$truth($call(name, "startswith", "rope_"))))));
  }
}

class own$Matched extends $Record {
  static fields = /* @__PURE__ */ $fielded("named lacking left");
}

class architectures$Blocks extends $Record {
  static fields = /* @__PURE__ */ $fielded("attention?\"attention\" encoder?false pooler?false plain_head?false dense_head?false first_unnormed?false linear?\"none\" beside?\"none\" alone?false fused_qkv?false qkv_bias?false key_bias?true output_bias?false own_output_bias?false square_output?false qk_norm?\"none\" qk_norm_bias?false gated_query?false gate?\"none\" gate_offset?false contrast?false decay?false fixed_qk_norm?false sinks?false rope_norm?false relative?\"none\" scaled_logits?false sinks_slide?false split_beta?false apart?false shared_gate?false norms?\"pre\" state_norms?\"\" norm_bias?false attention_unnormed?false final_norm?true sub_norms?false experts_norm?false embedding_norm?false positions?false spare_positions?0 activation?0 streams?\"mixed\" scaled_residual?\"none\" layer_scale?false fused_gate_up?false ungated?false feed_forward_bias?false down_bias?false expansion?0 head_bias?false full_rank_gates?false own_head?false ssm_norm?true convolution_bias?false channel_mix?0 experts?\"none\" correction_is_parameter?false deep_router?false scored_shared?false expert_bias?false narrow_norm?false experts_offset?false beside_dense?\"none\" sublayers?1 one_shared?false gguf?\"\" gguf_router?\"F32\" mtp_embedding?true further_rows?0 ada_rank?0");
}

class gguf_header$_Reader {
  constructor(file, size) {
    this.__init__(file, size);
  }
  __init__(file, size) {
    const self = this;
    self._file = file;
    self._size = size;
    self._window = $bytes([]);
    self._at = 0;
    self._before = 0;
    self._order = "<";
    self._tokens = 0;
    self._end = 0;
    return null;
  }
  header() {
    const self = this;
    let found, keys, stored, tensors, version;
    if ((!$eq(self._bytes(4, "its beginning"), gguf_header$MAGIC))) {
      throw new $ValueError("it does not begin with GGUF; give one that does");
    }
    version = self._number("I", 4, "its version");
    if (($eq($bitand(version, 65535), 0))) {
      { const $parts = $unpack([">", $shr(version, 24)], 2); self._order = $parts[0]; version = $parts[1]; }
    }
    if ((!$in([2, 3], version))) {
      throw new $ValueError(("it is of version " + $str(version) + "; convert the model anew, which gives version 3"));
    }
    tensors = self._count("tensors", gguf_header$_TENSORS, 24);
    keys = self._count("keys", gguf_header$_KEYS, 13);
    found = $dict(($through($range(keys), 0, _ => self._key())));
    stored = self._tensors(tensors);
    return new gguf_header$RawHeader(found, stored, self._missing($call(found, "get", "general.alignment")), self._tokens);
  }
  _missing(alignment) {
    const self = this;
    let begin, line;
    line = (($truth($isinstance(alignment, ["int"])) && ($lt(0, alignment) && $le(alignment, gguf_header$_WINDOW))) ? alignment : 32);
    begin = $mul($neg($floordiv($neg($add(self._before, self._at)), line)), line);
    return ($truth(self._end) ? $max(0, $sub($add(begin, self._end), self._size)) : 0);
  }
  _key() {
    const self = this;
    let key;
    key = self._text(gguf_header$_NAME, "a key");
    return [key, self._value(key, self._number("I", 4, key))];
  }
  _value(key, kind) {
    const self = this;
    if (($in(gguf_header$_NUMBERS, kind))) {
      return self._number(...$iter($item(gguf_header$_NUMBERS, kind)), key);
    }
    if ((($eq(kind, gguf_header$_STRING)) && $truth($call(key, "startswith", gguf_header$_VOCABULARY)))) {
      self._skip_texts(1, key);
      return null;
    }
    if (($eq(kind, gguf_header$_STRING))) {
      return self._text(gguf_header$_TEXT, key);
    }
    if ((!$eq(kind, gguf_header$_ARRAY))) {
      throw new $ValueError(($str(key) + " is of type " + $str(kind) + ", which there is not; get it anew"));
    }
    return self._array(key, self._number("I", 4, key));
  }
  _array(key, kind) {
    const self = this;
    let kept, length, wide;
    if (((!$in(gguf_header$_NUMBERS, kind)) && (!$eq(kind, gguf_header$_STRING)))) {
      throw new $ValueError(($str(key) + " is an array of type " + $str(kind) + ", which no model has; get it anew"));
    }
    wide = (($in(gguf_header$_NUMBERS, kind)) ? $item($item(gguf_header$_NUMBERS, kind), 1) : 8);
    length = self._count(("elements in " + $str(key)), (($eq(kind, gguf_header$_STRING)) ? gguf_header$_STRINGS : self._size), wide);
    kept = $and(($le(length, gguf_header$_LIST)), () => (!$truth($call(key, "startswith", gguf_header$_VOCABULARY))));
    if (($eq(key, gguf_header$_TOKENS))) {
      self._tokens = length;
    }
    if (($eq(kind, gguf_header$_STRING))) {
      if ($truth(kept)) {
        return $list($through($range(length), 0, _ => self._text(gguf_header$_TEXT, key)));
      }
      self._skip_texts(length, key);
      return null;
    }
    if ((!$truth(kept))) {
      self._skip($mul(length, wide), key);
      return null;
    }
    return $list($struct.unpack(($str(self._order) + $str(length) + $str($item($item(gguf_header$_NUMBERS, kind), 0))), self._bytes($mul(length, wide), key)));
  }
  _tensors(count) {
    const self = this;
    let _, at, block, dimensions, kind, name, shape, size, tensors;
    tensors = $dict([]);
    for (_ of $iter($range(count))) {
      name = self._text(gguf_header$_NAME, "a tensor's name");
      dimensions = self._number("I", 4, name);
      if (($gt(dimensions, gguf_header$_DIMENSIONS))) {
        throw new $ValueError(($str(name) + " has " + $str(dimensions) + " dimensions, more than 4; get it anew"));
      }
      shape = $struct.unpack(($str(self._order) + $str(dimensions) + "Q"), self._bytes($mul(8, dimensions), name));
      if ($any(($through(shape, 0, length => (!($lt(0, length) && $lt(length, $shl(1, 40)))))))) {
        throw new $ValueError(($str(name) + " has the shape " + $str(shape) + ", which none has; get it anew"));
      }
      if (($in(tensors, name))) {
        throw new $ValueError(("two tensors are called " + $str(name) + "; get it anew"));
      }
      kind = self._number("I", 4, name);
      at = self._number("Q", 8, name);
      if ((($in(ggml$TENSOR_TYPES, kind)) && ($lt(at, $shl(1, 50))))) {
        [_, block, size] = $unpack($item(ggml$TENSOR_TYPES, kind), 3);
        self._end = $max(self._end, $add(at, $mul($floordiv($math.prod(shape), block), size)));
      }
      $put(tensors, name, new gguf_header$Stored(shape, kind));
    }
    return tensors;
  }
  _count(what, most, least_bytes) {
    const self = this;
    let count;
    count = $int(self._number("Q", 8, what));
    if ((($gt(count, most)) || ($gt($mul(count, least_bytes), $sub($sub(self._size, self._before), self._at))))) {
      throw new $ValueError(("it says " + $format(count, (",")) + " " + $str(what) + ", and is too short for them, or lies; get it anew"));
    }
    return count;
  }
  _number(form, width, what) {
    const self = this;
    return $item($struct.unpack(($str(self._order) + $str(form)), self._bytes(width, what)), 0);
  }
  _text(most, what) {
    const self = this;
    let length;
    length = self._number("Q", 8, what);
    if (($gt(length, most))) {
      throw new $ValueError(("cut short in its header, or no GGUF file: " + $str(what) + " of " + $format(length, (",")) + " bytes; get the file anew"));
    }
    return $call(self._bytes(length, what), "decode", "utf-8", $kw({ errors: "replace" }));
  }
  _bytes(count, what) {
    const self = this;
    let found;
    if (($gt($add(self._at, count), $len(self._window)))) {
      self._refill(count, what);
    }
    found = $slice(self._window, self._at, $add(self._at, count), null);
    self._at = $iadd(self._at, count);
    return found;
  }
  _skip(count, what) {
    const self = this;
    let beyond;
    if (($le($add(self._at, count), $len(self._window)))) {
      self._at = $iadd(self._at, count);
      return null;
    }
    beyond = $sub(count, $sub($len(self._window), self._at));
    self._before = $iadd(self._before, $add($len(self._window), beyond));
    { const $parts = $unpack([$bytes([]), 0], 2); self._window = $parts[0]; self._at = $parts[1]; }
    if (($gt(self._before, self._size))) {
      throw self._short(what);
    }
    self._file.seek(self._before);
    return null;
  }
  _skip_texts(count, what) {
    const self = this;
    let at, last, length_at, window;
    length_at = $struct.Struct(($str(self._order) + "Q")).unpack_from;
    while ($truth(count)) {
      [window, at] = [self._window, self._at];
      last = $sub($len(window), 8);
      while (($truth(count) && ($le(at, last)))) {
        at = $iadd(at, $add(8, $item(length_at(window, at), 0)));
        count = $sub(count, 1);
      }
      if (($le(at, $len(window)))) {
        self._at = at;
        if ($truth(count)) {
          self._refill(8, what);
        }
      } else {
        self._at = $len(window);
        self._skip($sub(at, $len(window)), what);
      }
    }
    return null;
  }
  _refill(count, what) {
    const self = this;
    let more, rest;
    rest = $slice(self._window, self._at, null, null);
    self._before = $iadd(self._before, self._at);
    if (($gt($add(self._before, count), gguf_header$_HEADER))) {
      throw new $ValueError(("its header has more than " + $str($shr(gguf_header$_HEADER, 20)) + " MiB, which no model has; get it anew"));
    }
    more = gguf_header$_read(self._file, $max(gguf_header$_WINDOW, $sub(count, $len(rest))));
    { const $parts = $unpack([$add(rest, more), 0], 2); self._window = $parts[0]; self._at = $parts[1]; }
    if (($lt($len(self._window), count))) {
      throw self._short(what);
    }
    return null;
  }
  _short(what) {
    const self = this;
    return new $ValueError(("cut short in its header, at " + $str(what) + "; get it anew"));
  }
}

class gguf_header$RawHeader extends $Record {
  static fields = /* @__PURE__ */ $fielded("keys tensors missing?0 vocabulary?0");
}

class gguf_header$Stored extends $Record {
  static fields = /* @__PURE__ */ $fielded("shape type");
}

function built$_trusted(kind, value) {
  let inner;
  { const $subject = $item(kind, 0);
  if ($eq($subject, "maybe") || $eq($subject, "zero") || $eq($subject, "clean")) {
    return ((value === null) ? null : built$_trusted($item(kind, 1), value));
  } else if ($eq($subject, "either")) {
    inner = $next(($through($item(kind, 1), 0, one => one, one => ($item(one, 0) === "entry"))), kind);
    return ($isinstance(value, ["Mapping"]) ? built$_trusted(inner, value) : value);
  } else if ($eq($subject, "many")) {
    return $tuple($list($through(value, 0, one => built$_trusted($item(kind, 1), one))));
  } else if ($eq($subject, "map")) {
    return $dict($through($call(value, "items"), 2, ([key, one]) => [key, built$_trusted($item(kind, 1), one)]));
  } else if ($eq($subject, "entry")) {
    return built$trusted($item(kind, 1), value);
  } }
  return value;
}

const units$UNDISCLOSED = "undisclosed";

function units$known(value) {
  return (($eq(value, units$UNDISCLOSED)) ? null : value);
}

const built$_ENTRIES = /* @__PURE__ */ (() => $dict({ Architecture: architecture$Architecture, BackendFacts: runtimes$BackendFacts, BlockAttention: architecture$BlockAttention, BlockConfig: architecture$BlockConfig, BlockFeedForward: architecture$BlockFeedForward, ByMemory: runtimes$ByMemory, CacheRule: runtimes$CacheRule, Checkpoint: formats$Checkpoint, Format: formats$Format, Headline: models$Headline, LayerConfig: architecture$LayerConfig, LinearAttention: architecture$LinearAttention, Loss: formats$Loss, Mixed: formats$Mixed, ModelEntry: models$ModelEntry, Names: models$Names, PublishedFile: models$PublishedFile, Runtime: runtimes$Runtime, Scales: formats$Scales, Server: runtimes$Server, Source: common$Source, Towers: models$Towers }))();

function built$trusted(wanted, data) {
  let facts, kind, left_out;
  left_out = $dict($through($call($item(wanted, "fields"), "items"), 2, ([name, one]) => [name, null], ([name, one]) => ($truth($item(one, "needed")) && (!$in(data, name)))));
  facts = $dict($through($call(data, "items"), 2, ([name, value]) => [name, built$_trusted($item($item($item(wanted, "fields"), name), "kind"), value)]));
  kind = $item(built$_ENTRIES, $item(wanted, "name"));
  return $make(kind, [], { ...$object($dict([...$pairs(left_out), ...$pairs(facts)])) });
}

function reading$rules_of(data) {
  let formats, runtimes;
  formats = $list($through($item(data, "formats"), 0, one => built$trusted($wanted(formats$Format), one)));
  runtimes = $list($through($item(data, "runtimes"), 0, one => built$trusted($wanted(runtimes$Runtime), one)));
  return new reading$Rules($dict($through(formats, 0, one => [one.id, one])), $dict($through(runtimes, 0, one => [one.id, one])), $item(data, "named"), $item(data, "families"), $dict([]));
}

const told$UNLIKE = "says something of another kind than a model's file does; give it as it was published";

function reading$_in_words(file, tell) {
  let error;
  try {
    return tell();
  } catch ($error) {
    if ($is_error($error, [$SizingError])) {
      error = $error;
      throw new $SizingError(($str(file) + ": " + $str(error)));
    } else if ($is_error($error, [$ArithmeticError, $AttributeError, $LookupError, $TypeError, $ValueError])) {
      throw new $SizingError(($str(file) + ": " + $str(told$UNLIKE)));
    } else { throw $error; }
  }
  return null;
}

function facts$_dense(model) {
  if (((model.shape === null) || (!$truth(model.shape.experts.count)))) {
    return [];
  }
  return $list($through($enumerate(model.shape.layers), 2, ([i, layer]) => i, ([i, layer]) => (!$in(layer.feed_forward, "experts"))));
}

const given$SOURCES = ["huggingface", "modelscope"];

const format_names$_SHORT = /* @__PURE__ */ (() => $re.compile("(^|[^a-z0-9])q([2-6])_?k_?([sml])(?![a-z0-9])", $re.I))();

const format_names$_EDGE = "[-_. :/]";

const format_names$_ends = /* @__PURE__ */ $memo(function (what) {
  return $re.compile(("(.+?)" + $str(format_names$_EDGE) + "+(?:" + $str(what) + ")"), $re.I).fullmatch;
});

function format_names$_without(name, what) {
  let found;
  found = format_names$_ends(what)(name);
  return ($truth(found) ? $item(found, 1) : null);
}

const format_names$_IMATRIX = /* @__PURE__ */ (() => "imat(?:rix)?|i1")();

const format_names$_SILENT = "\\d{5}[-_]of[-_]\\d{5}|qat|mlx|mtp|safetensors|hf";

const format_names$_RECIPE = /* @__PURE__ */ (() => "(?:UD[-_ ])?I?Q\\d_(?:[0-9](?:_\\d_\\d)?|K(?:_(?:XXL|XL|XS|L|M|S))?|XXS|XS|NL|XL|L|M|S)|TQ\\d_0")();

const format_names$_MLX = /* @__PURE__ */ (() => [["(?:mlx[-_ ])?mxfp4[-_ ]q(\\d)", "MLX-MXFP4-Q{}"], ["(?:mlx[-_ ])?(?:(?:8[-_ ]?bit[-_ ])?mxfp8)", "MLX-MXFP8"], ["(?:mlx[-_ ])?(?:(?:4[-_ ]?bit[-_ ])?mxfp4)", "MLX-MXFP4"], ["(?:mlx[-_ ])?nvfp4", "MLX-NVFP4"], ["(?:mlx[-_ ])?(?:q|int)?(\\d)(?:[-_ ]?bits?)(?:[-_ ]mlx)?(?:[-_ ]dwq(?:[-_.]?\\w+)?)?", "MLX-{}bit"]])();

const format_names$_SAID = /* @__PURE__ */ (() => [["(?:(?:int4|4[-_ ]?bits?|w4a16)[-_ ])?auto[-_ ]?round(?:[-_ ](?:int4|4[-_ ]?bits?|gptq|sym|w4g128))*", "GPTQ"], ["fp8[-_ ]dynamic|dynamic[-_ ]fp8", "FP8-dynamic"], ["fp8(?:[-_ ](?:block|kv))?", "FP8"], ["(?:quantized[-_.])?(?:int4[-_ ])?w4a16(?:[-_ ]g128)?", "W4A16"], ["(?:quantized[-_.])?w8a8(?:[-_ ]int8)?", "INT8"], ["(?:quantized[-_.])?w8a16", "W8A16"], ["awq(?:[-_ ](?:4[-_ ]?bits?|int4|w4|g128|128g|marlin))*|(?:4[-_ ]?bits?|int4)[-_ ]awq", "AWQ"], ["awq[-_ ](?:int)?(\\d)(?:[-_ ]?bits?)?", "AWQ-{}bit"], ["gptq(?:[-_ ](?:4[-_ ]?bits?|int4|w4|g128|128g))*|(?:4[-_ ]?bits?|int4)[-_ ]gptq", "GPTQ"], ["gptq[-_ ](?:8[-_ ]?bits?|int8)|(?:8[-_ ]?bits?|int8)[-_ ]gptq", "GPTQ-Int8"], ["gptq[-_ ](?:int)?(\\d)(?:[-_ ]?bits?)?", "GPTQ-Int{}"], ["(?:unsloth[-_ ])?bnb[-_ ]4bit", "NF4-DQ"], ["bnb[-_ ](?:8bit|int8)", "LLM-INT8"], ["exl2[-_ ](\\d+(?:[._]\\d+)?)[-_ ]?bpw|(\\d+(?:[._]\\d+)?)[-_ ]?bpw[-_ ]exl2", "EXL2-{}bpw"], ["exl3[-_ ](\\d+(?:[._]\\d+)?)[-_ ]?bpw|(\\d+(?:[._]\\d+)?)[-_ ]?bpw[-_ ]exl3", "EXL3-{}bpw"], ["(exl[23])", "{}"], ["int8", "INT8"], ["bf16", "BF16"], ["fp?16", "F16"], ["fp?32", "F32"], ["mxfp4[-_ ]moe", "MXFP4_MOE"], ["mxfp4", "MXFP4"], ["(?:nvfp4|fp4)(?:[-_ ]v\\d)?", "NVFP4"]])();

const format_names$_OF_MLX = /* @__PURE__ */ (() => [...$iter(format_names$_MLX), ...$iter(format_names$_SAID)])();

const format_names$_GENERIC = /* @__PURE__ */ (() => [["(?:int)?(\\d)[-_ ]?bits?|int([2-4])", "{}bit"], ["q([2-8])", "{}bit"]])();

const format_names$_OF_OTHERS = /* @__PURE__ */ (() => [...$iter(format_names$_SAID), ...$iter(format_names$_GENERIC)])();

function format_names$_said(name, mlx) {
  let found, known, means, number, pattern;
  if ($truth((found = format_names$_ends(("(" + $str(format_names$_RECIPE) + ")"))(name)))) {
    return [$item(found, 1), $call($call($call($item(found, 2), "upper"), "replace", "UD_", "UD-"), "replace", "UD ", "UD-")];
  }
  known = ($truth(mlx) ? format_names$_OF_MLX : format_names$_OF_OTHERS);
  if ((!$truth(format_names$_ends($call("|", "join", ($through(known, 2, ([pattern, _]) => pattern))))(name)))) {
    return null;
  }
  for ([pattern, means] of $each(known, 2)) {
    if ($truth((found = format_names$_ends(pattern)(name)))) {
      number = $next($filter(null, $slice(found.groups(), 1, null, null)), "");
      return [$item(found, 1), $call(means, "format", $call($call(number, "upper"), "replace", "_", "."))];
    }
  }
  return null;
}

const format_names$_IN_GGUF = /* @__PURE__ */ (() => $dict({ MXFP4: "MXFP4_MOE" }))();

const format_names$ending = /* @__PURE__ */ $memo(function (name, mlx = false) {
  let format, found, gguf, imatrix, recipe, rest, stem;
  [stem, format, gguf, imatrix] = [format_names$_SHORT.sub("\\1q\\2_k_\\3", name), null, false, false];
  mlx = $or(mlx, () => $bool($re.search(("(?:^|" + $str(format_names$_EDGE) + ")mlx(?:$|" + $str(format_names$_EDGE) + ")"), name, $re.I)));
  while ($truth(true)) {
    if ($truth((rest = format_names$_without(stem, "gguf")))) {
      [stem, gguf] = [rest, true];
    } else {
      if ($truth((rest = format_names$_without(stem, format_names$_IMATRIX)))) {
        [stem, imatrix] = [rest, true];
      } else {
        if ($truth((rest = format_names$_without(stem, format_names$_SILENT)))) {
          stem = rest;
        } else {
          if (((!$truth(format)) && $truth((found = format_names$_said(stem, mlx))))) {
            [stem, format] = $unpack(found, 2);
          } else {
            break;
          }
        }
      }
    }
  }
  if (($truth(gguf) && $truth(format))) {
    format = $call(format_names$_IN_GGUF, "get", format, format);
  }
  recipe = $bool($and(format, () => $re.fullmatch(format_names$_RECIPE, format, $re.I)));
  if (($truth(recipe) && $truth(imatrix) && (!$truth($call($str(format), "startswith", "UD-"))))) {
    format = ("i1-" + $str(format));
  }
  return new format_names$Ending(stem, format, $or(gguf, () => recipe));
});

function weights$key_of_mlx(format) {
  return ("mlx:" + $str(((format === null) ? "" : format)));
}

function weights$key_of(format, gguf) {
  return ($str(($truth(gguf) ? "gguf" : "")) + ":" + $str(((format === null) ? "" : format)));
}

function* facts$_said(model, source) {
  let listed, mlx, names, one, others, said;
  names = model.names;
  listed = ((source === "modelscope") ? names.modelscope : [...$iter(names.huggingface), ...$iter(names.repackaged)]);
  for (one of $iter($reversed(listed))) {
    mlx = $call(one, "startswith", "mlx-community/");
    said = format_names$ending(one, mlx);
    others = $and(mlx, () => (!$truth($call($or(said.format, () => ""), "startswith", "MLX-"))));
    (yield [($truth(others) ? weights$key_of_mlx(said.format) : weights$key_of(said.format, said.gguf)), one]);
  }
}

function facts$_tags(model) {
  let found, tag;
  found = $dict([]);
  for (tag of $iter($sorted(model.names.ollama, $kw({ key: ((one) => [$call(one, "endswith", ":latest"), $len(one), one]) })))) {
    $call(found, "setdefault", $item(model.names.ollama, tag), tag);
  }
  return found;
}

function facts$of_model(model) {
  return $dict({ name: model.name, model_type: ($truth(model.shape) ? model.shape.model_type : ""), native: model.native, limit: units$known(model.context), heads: ($truth(model.shape) ? model.shape.heads : 1), experts: ($truth(model.shape) ? model.shape.experts.count : 0), dense: facts$_dense(model), encoder: $bool($and(model.shape, () => (!$truth(model.shape.answers)))), repositories: $dict($through(given$SOURCES, 0, source => [source, $dict(facts$_said(model, source))])), tags: facts$_tags(model) });
}

const recipes$BLOCKS = /* @__PURE__ */ (() => $dict({ F32: [1, 4], I32: [1, 4], F16: [1, 2], BF16: [1, 2], Q8_0: [32, 34], Q6_K: [256, 210], Q5_K: [256, 176], Q5_1: [32, 24], Q5_0: [32, 22], Q4_K: [256, 144], Q4_1: [32, 20], Q4_0: [32, 18], IQ4_NL: [32, 18], IQ4_XS: [256, 136], MXFP4: [32, 17], NVFP4: [64, 36], Q3_K: [256, 110], IQ3_S: [256, 110], IQ3_XXS: [256, 98], Q2_K: [256, 84], Q2_0: [64, 18], IQ2_S: [256, 82], IQ2_XS: [256, 74], IQ2_XXS: [256, 66], TQ2_0: [256, 66], IQ1_M: [256, 56], TQ1_0: [256, 54], IQ1_S: [256, 50], Q1_0: [128, 18] }))();

const recipes$RECIPES = /* @__PURE__ */ (() => $dict([...$pairs($dict($through(recipes$BLOCKS, 0, name => [name, name], name => (!$in(["I32", "MXFP4", "NVFP4", "Q3_K", "Q4_K", "Q5_K", "IQ2_S"], name))))), ["MXFP4_MOE", "MXFP4"], ["IQ2_S", "IQ2_XS"], ["IQ2_M", "IQ2_S"], ["Q2_K_S", "Q2_K"], ["IQ3_XS", "IQ3_S"], ["IQ3_M", "IQ3_S"], ["Q3_K_S", "Q3_K"], ["Q3_K_M", "Q3_K"], ["Q3_K_L", "Q3_K"], ["Q4_K_S", "Q4_K"], ["Q4_K_M", "Q4_K"], ["Q5_K_S", "Q5_K"], ["Q5_K_M", "Q5_K"]]))();

function anatomy_formats$_recipe(catalog, name) {
  let rule;
  rule = $call(catalog, "format", name);
  if ((!$in(recipes$RECIPES, rule.id))) {
    throw new $SizingError(($str(rule.id) + " is no recipe of llama-quantize; give one such as Q4_K_M"));
  }
  return rule;
}

function anatomy_formats$_rule(fmt) {
  return ($isinstance(fmt, [formats$Variant]) ? fmt.rule : fmt.id);
}

function anatomy_formats$_variant(rule, changes) {
  let facts;
  facts = $dict($through($fields(rule), 0, one => [one.name, $getattr(rule, one.name)]));
  return $make(formats$Variant, [], { ...$object($dict([...$pairs(facts), ["loss", []], ["bpw", null], ["rule", anatomy_formats$_rule(rule)], ...$pairs(changes)])) });
}

const anatomy_formats$_WIDE_ENDS = /* @__PURE__ */ (() => $dict({ Q2_K_L: "Q2_K", Q3_K_XL: "Q3_K_L", Q4_K_L: "Q4_K_M", Q5_K_L: "Q5_K_M", Q6_K_L: "Q6_K" }))();

const anatomy_formats$_BPW = /* @__PURE__ */ (() => $re.compile("(.+)-(\\d+(?:\\.\\d+)?)bpw", $re.I))();

function anatomy_formats$_with_bpw(rule, bits) {
  let high, low, name;
  if ((rule.bpw === null)) {
    throw new $SizingError(($str(rule.id) + " has no choice of bits per weight; give " + $str(rule.id)));
  }
  [low, high] = $unpack(rule.bpw, 2);
  if ((!($le(low, bits) && $le(bits, high)))) {
    throw new $SizingError(($str(rule.id) + " has " + $format(low, ("g")) + " to " + $format(high, ("g")) + " bits per weight, not " + $format(bits, ("g"))));
  }
  name = $call($call(($str(rule.id) + "-" + $format(bits, (".2f"))), "rstrip", "0"), "removesuffix", ".");
  name = $iadd(name, (($in($item($call(name, "rpartition", "-"), 2), ".")) ? "bpw" : ".0bpw"));
  return anatomy_formats$_variant(rule, $dict($pairs({ id: name, name: name, precision: ($str($round(bits)) + "-bit"), bits_per_weight: bits })));
}

const anatomy_formats$_GROUPED = /* @__PURE__ */ (() => $re.compile("(.+)-(?:g([0-9]{2,4})|channel)", $re.I))();

function anatomy_formats$_with_groups(rule, group) {
  let mixed, name;
  if (((rule.scales === null) || (rule.scales.group === null) || (!($le(16, $or(group, () => 16)) && $le($or(group, () => 16), 1024))))) {
    throw new $SizingError(($str(rule.id) + " has no groups of " + $str(group) + "; give " + $str(rule.id)));
  }
  name = ($truth(group) ? ($str(rule.id) + "-g" + $str(group)) : ($str(rule.id) + "-channel"));
  const regrouped = function (scales) {
    return $replace(scales, { group: group, per: ($truth(group) ? null : "channel") });
  };
  mixed = $tuple(($through(rule.mixed, 0, m => ($truth(m.scales) ? $replace(m, { scales: regrouped(m.scales) }) : m))));
  return anatomy_formats$_variant(rule, $dict($pairs({ id: name, name: name, scales: regrouped(rule.scales), mixed: mixed })));
}

const anatomy_formats$_BITS = /* @__PURE__ */ (() => $re.compile("(awq|gptq)-(?:int)?([2-8])(?:bit)?", $re.I))();

function anatomy_formats$_with_bits(rule, bits) {
  let name, scales;
  [name, scales] = [($str(rule.id) + "-" + $str(bits) + "bit"), $replace(rule.scales, { zero_bits: ($truth(rule.scales.zero_bits) ? bits : 0) })];
  return anatomy_formats$_variant(rule, $dict($pairs({ id: name, name: name, precision: ($str(bits) + "-bit"), bits_per_weight: $float(bits), scales: scales })));
}

const anatomy_formats$_IMATRIX = /* @__PURE__ */ (() => $re.compile("i1-(.+)", $re.I))();

function anatomy_formats$_own_bytes(own) {
  const size = function (tensor) {
    try {
      return $item(own, [tensor.role, tensor.layer]);
    } catch ($error) {
      if ($is_error($error, [$KeyError])) {
        throw new $SizingError(("the file holds no " + $str(tensor.role) + " of layer " + $str(tensor.layer)));
      } else { throw $error; }
    }
    return null;
  };
  return size;
}

function anatomy_formats$_by_recipe(fmt, gguf) {
  return $and(gguf, () => $or((fmt.kind === "gguf"), () => ($in(recipes$RECIPES, anatomy_formats$_rule(fmt)))));
}

const recipes$_TINY = /* @__PURE__ */ (() => $frozenset(["IQ2_XXS", "IQ2_XS", "IQ2_S", "IQ2_M", "IQ1_S", "IQ1_M"]))();

const recipes$NEED_IMATRIX = /* @__PURE__ */ (() => $bitor(recipes$_TINY, $set(["IQ3_XS", "IQ3_XXS", "Q2_K_S"])))();

function tensor$norm(role, size, buffer = false) {
  return $make(tensor$Tensor, [role, "norm", [size]], { buffer: buffer });
}

function* tensor$norms(role, size, bias, buffer = false) {
  (yield tensor$norm(role, size, buffer));
  if ($truth(bias)) {
    (yield new tensor$Tensor(($str(role) + ".bias"), "bias", [size]));
  }
}

function* tensor$linear(role, part, rows, columns, bias = false, count = 1) {
  (yield $make(tensor$Tensor, [role, part, [rows, columns]], { count: count }));
  if ($truth(bias)) {
    (yield $make(tensor$Tensor, [($str(role) + ".bias"), "bias", [rows]], { count: count }));
  }
}

function* residual$gated_norm(s, role) {
  if ($truth(s.norm_rank)) {
    (yield* tensor$linear(($str(role) + "_gate_down"), "ffn", s.norm_rank, s.hidden));
    (yield* tensor$linear(($str(role) + "_gate_up"), "ffn", s.hidden, s.norm_rank));
  }
}

function* residual$_gated(s, role) {
  let width;
  width = $mul(s.streams, s.hidden);
  (yield tensor$norm(($str(role) + "_norm"), width));
  (yield* tensor$linear(($str(role) + "_down"), "attention", s.stream_rank, width));
  (yield* tensor$linear(($str(role) + "_up"), "attention", width, s.stream_rank));
}

function* residual$_hyper_connection(s, role, rows, scales) {
  (yield* tensor$linear(($str(role) + "_fn"), "attention", rows, $mul(s.streams, s.hidden)));
  (yield new tensor$Tensor(($str(role) + "_base"), "bias", [rows]));
  (yield new tensor$Tensor(($str(role) + "_scale"), "bias", [scales]));
}

function* residual$_scores(s, role) {
  (yield tensor$norm(($str(role) + "_norm"), s.hidden));
  (yield tensor$norm(($str(role) + "_score"), s.hidden));
}

function* residual$around(s, block) {
  let mixed;
  if ($truth(s.stream_rank)) {
    (yield* residual$_gated(s, ("hc_" + $str(block))));
    (yield* tensor$linear(("hc_" + $str(block) + "_inject"), "attention", s.streams, $mul(s.streams, s.hidden)));
  } else {
    if ($truth(s.streams)) {
      mixed = (s.blocks.streams !== "apart");
      (yield* residual$_hyper_connection(s, ("hc_" + $str(block)), $mul(s.streams, $add($mul(s.streams, mixed), 2)), $add(2, mixed)));
    }
  }
  if (($truth(s.choosing) && (s.blocks.relative === "none"))) {
    (yield* residual$_scores(s, ($str(block) + "_res")));
  }
}

function* attention$_relative(s, layer) {
  (yield* tensor$linear("attn_relative", "attention", $mul(layer.heads, s.relative), s.hidden));
  (yield new tensor$Tensor("attn_relative_bank", "attention", [s.relative, $or(layer.window, () => s.reach)]));
  if ((s.blocks.relative === "clipped")) {
    (yield* tensor$linear("attn_sinks_proj", "attention", layer.heads, s.hidden));
    (yield new tensor$Tensor("attn_q_scale", "bias", [$mul(layer.heads, layer.head_dim)]));
    (yield new tensor$Tensor("attn_relative_scale", "bias", [$mul(layer.heads, s.relative)]));
  }
}

function* attention$_block_indexer(s) {
  let heads, size;
  [heads, size] = [s.indexer.heads, s.indexer.head_dim];
  (yield* tensor$linear("indexer.q_proj", "attention", $mul(heads, size), s.hidden));
  (yield* tensor$linear("indexer.k_proj", "attention", size, s.hidden));
  (yield tensor$norm("indexer.q_norm", size));
  (yield tensor$norm("indexer.k_norm", size));
}

function* attention$grouped(s, layer) {
  let bias, fixed, full, keys, kind, queries, rows, values;
  [kind, bias] = [s.blocks, s.blocks.qkv_bias];
  [queries, keys] = [$mul(layer.heads, layer.head_dim), $mul(layer.kv_heads, layer.head_dim)];
  values = $mul(layer.kv_heads, layer.value_dim);
  if ($truth(kind.fused_qkv)) {
    (yield* tensor$linear("attn_qkv", "attention", $add($add(queries, keys), values), s.hidden, bias));
  } else {
    (yield* tensor$linear("attn_q", "attention", $mul(queries, $add(1, kind.gated_query)), s.hidden, bias));
    if ($truth(layer.own_keys)) {
      (yield* tensor$linear("attn_k", "attention", keys, s.hidden, $and(bias, () => kind.key_bias)));
    }
    if ($truth(layer.own_values)) {
      (yield* tensor$linear("attn_v", "attention", values, s.hidden, bias));
    }
  }
  if ((kind.gate !== "none")) {
    rows = $mul(layer.heads, ((kind.gate === "element") ? layer.value_dim : 1));
    (yield* tensor$linear("attn_gate", "attention", rows, s.hidden));
    if ($truth(kind.gate_offset)) {
      (yield new tensor$Tensor("attn_gate.offset", "bias", [layer.heads]));
    }
  }
  if ((kind.relative !== "none")) {
    (yield* attention$_relative(s, layer));
  }
  if ($truth(kind.contrast)) {
    (yield new tensor$Tensor("attn_contrast", "bias", [$mul(4, layer.head_dim)]));
  }
  if ($truth(kind.decay)) {
    (yield* tensor$linear("attn_decay", "attention", layer.kv_heads, values, bias));
    (yield new tensor$Tensor("attn_decay.scale", "bias", [layer.kv_heads]));
  }
  if ($truth(kind.sub_norms)) {
    (yield tensor$norm("attn_sub_norm", s.hidden));
  }
  (yield* tensor$linear("attn_output", "attention", s.hidden, $mul(layer.heads, layer.value_dim), kind.output_bias));
  if ((kind.qk_norm !== "none")) {
    [full, bias, fixed] = [(kind.qk_norm === "full"), kind.qk_norm_bias, kind.fixed_qk_norm];
    (yield* tensor$norms("attn_q_norm", ($truth(full) ? queries : layer.head_dim), bias, fixed));
    if ($truth(layer.own_keys)) {
      (yield* tensor$norms("attn_k_norm", ($truth(full) ? keys : layer.head_dim), bias, fixed));
    }
  }
  if ($truth(layer.sinks)) {
    (yield new tensor$Tensor("attn_sinks", "bias", [layer.heads]));
  }
  if ($truth(layer.indexer)) {
    (yield* attention$_block_indexer(s));
  }
}

function* attention$_indexer(s) {
  let heads, size;
  [heads, size] = [s.indexer.heads, s.indexer.head_dim];
  (yield* tensor$linear("indexer.attn_q_b", "attention", $mul(heads, size), $or(s.latent.query_rank, () => s.hidden)));
  (yield* tensor$linear("indexer.attn_k", "attention", size, s.hidden));
  (yield tensor$norm("indexer.k_norm", size));
  (yield new tensor$Tensor("indexer.k_norm.bias", "bias", [size]));
  (yield* tensor$linear("indexer.proj", "attention", heads, s.hidden));
  if ($truth(s.blocks.scaled_logits)) {
    (yield* tensor$norms("indexer.q_norm", s.hidden, true));
    (yield new tensor$Tensor("indexer.scaling", "bias", [$mul(2, heads)]));
  }
  if ($truth(s.indexer.pool)) {
    (yield* tensor$linear("indexer.kpool_gate", "attention", size, s.hidden));
    (yield new tensor$Tensor("indexer.kpool_ape", "attention", [s.indexer.pool, size]));
  }
}

function* attention$latent(s, layer) {
  let heads, own, queries, rope;
  [own, heads] = [$or(layer.latent, () => s.latent), layer.heads];
  queries = $mul(heads, $add(own.nope, own.rope));
  if ($truth(own.query_rank)) {
    (yield* tensor$linear("attn_q_a", "attention", own.query_rank, s.hidden, s.blocks.qkv_bias));
    (yield tensor$norm("attn_q_a_norm", own.query_rank));
    if ($truth(s.blocks.gated_query)) {
      (yield* tensor$linear("attn_q_gate", "attention", $add(queries, $mul(heads, own.value)), $mul(2, own.query_rank)));
    } else {
      (yield* tensor$linear("attn_q_b", "attention", queries, own.query_rank));
    }
  } else {
    (yield* tensor$linear("attn_q", "attention", queries, s.hidden));
  }
  rope = ($truth(layer.rotates) ? own.rope : 0);
  if ($truth(layer.own_keys)) {
    (yield* tensor$linear("attn_kv_a_mqa", "attention", $add(own.rank, rope), s.hidden, s.blocks.qkv_bias));
    (yield tensor$norm("attn_kv_a_norm", own.rank));
  }
  if ($truth(s.blocks.rope_norm)) {
    (yield tensor$norm("attn_k_norm", rope));
  }
  (yield new tensor$Tensor("attn_k_b", "attention", [$mul(heads, own.rank), $sub($add(own.nope, own.rope), rope)]));
  (yield new tensor$Tensor("attn_v_b", "attention", [$mul(heads, own.value), own.rank]));
  if (($truth(own.gated) || (s.blocks.gate === "element"))) {
    (yield* tensor$linear("attn_gate", "attention", $mul(heads, own.value), s.hidden));
  } else {
    if ((s.blocks.gate === "head")) {
      (yield* tensor$linear("attn_gate", "attention", heads, s.hidden));
    }
  }
  (yield* tensor$linear("attn_output", "attention", s.hidden, $mul(heads, own.value), s.blocks.output_bias));
  if ($truth(layer.sinks)) {
    (yield new tensor$Tensor("attn_sinks", "bias", [heads]));
  }
  if ($truth(s.blocks.scaled_logits)) {
    (yield new tensor$Tensor("attn_scaling", "bias", [$mul(2, heads)]));
  }
  if ($truth(layer.indexer)) {
    (yield* attention$_indexer(s));
  }
}

const architectures$CHOSEN_RATIO = 4;

function attention$overlap(ratio) {
  return (($eq(ratio, architectures$CHOSEN_RATIO)) ? 2 : 1);
}

function* attention$_compressor(s, role, ratio, size) {
  let made;
  made = $mul(size, attention$overlap(ratio));
  (yield* tensor$linear(($str(role) + "_kv"), "attention", made, s.hidden));
  (yield* tensor$linear(($str(role) + "_gate"), "attention", made, s.hidden));
  (yield new tensor$Tensor(($str(role) + "_ape"), "attention", [ratio, made]));
  (yield tensor$norm(($str(role) + "_norm"), size));
}

function* attention$compressed(s, layer) {
  let group_rank, groups, heads, queries, rank, size;
  [rank, queries] = [s.latent.query_rank, $mul(layer.heads, layer.head_dim)];
  [groups, group_rank] = [s.latent.groups, s.latent.group_rank];
  (yield* tensor$linear("attn_q_a", "attention", rank, s.hidden));
  (yield tensor$norm("attn_q_a_norm", rank));
  (yield* tensor$linear("attn_q_b", "attention", queries, rank));
  (yield* tensor$linear("attn_kv", "attention", layer.head_dim, s.hidden));
  (yield tensor$norm("attn_kv_a_norm", layer.head_dim));
  (yield* tensor$linear("attn_output_a", "attention", $mul(groups, group_rank), $floordiv(queries, groups)));
  (yield* tensor$linear("attn_output_b", "attention", s.hidden, $mul(groups, group_rank)));
  (yield new tensor$Tensor("attn_sinks", "bias", [layer.heads]));
  if ($truth(layer.ratio)) {
    (yield* attention$_compressor(s, "attn_compressor", layer.ratio, layer.head_dim));
  }
  if ($truth(layer.indexer)) {
    [heads, size] = [s.indexer.heads, s.indexer.head_dim];
    (yield* tensor$linear("indexer.attn_q_b", "attention", $mul(heads, size), rank));
    (yield* tensor$linear("indexer.proj", "attention", heads, s.hidden));
    (yield* attention$_compressor(s, "indexer_compressor", layer.ratio, size));
  }
}

function* convolved$cca(s, layer) {
  let channels;
  channels = $mul($add(layer.heads, layer.kv_heads), layer.head_dim);
  (yield* tensor$linear("attn_conv1d", "attention", channels, s.taps, true));
  (yield* tensor$linear("attn_conv1d_grouped", "attention", channels, $mul(layer.head_dim, s.grouped_taps), true));
  (yield new tensor$Tensor("attn_temperature", "bias", [layer.kv_heads]));
}

function* recurrent$delta_net(s, layer) {
  let heads, keys, own, part, values, width;
  [own, heads] = [s.delta, s.delta.value_heads];
  [keys, values] = [own.keys, own.values];
  if ($truth(s.blocks.apart)) {
    for ([part, width] of $each([["q", keys], ["k", keys], ["v", values]], 2)) {
      (yield* tensor$linear(("attn_" + $str(part)), "attention", width, s.hidden));
    }
  } else {
    (yield* tensor$linear("attn_qkv", "attention", $add($mul(2, keys), values), s.hidden));
  }
  (yield* tensor$linear("attn_gate", "attention", values, s.hidden));
  if ($truth(s.blocks.split_beta)) {
    (yield* tensor$linear("ssm_beta", "attention", heads, s.hidden));
    (yield* tensor$linear("ssm_alpha", "attention", heads, s.hidden));
  } else {
    (yield* tensor$linear("ssm_ba", "attention", $mul(2, heads), s.hidden));
  }
  (yield new tensor$Tensor("ssm_conv1d", "attention", [$add($mul(2, keys), values), own.kernel]));
  (yield new tensor$Tensor("ssm_dt", "bias", [heads]));
  (yield new tensor$Tensor("ssm_a", "bias", [heads]));
  (yield tensor$norm("ssm_norm", own.value_dim));
  (yield* tensor$linear("ssm_out", "attention", s.hidden, values));
}

function* recurrent$kda(s, layer) {
  let head, heads, inner, own, part;
  own = s.kda;
  [heads, head, inner] = [own.heads, own.head_dim, own.inner];
  for (part of $iter(["q", "k", "v"])) {
    (yield* tensor$linear(("attn_" + $str(part)), "attention", inner, s.hidden));
    (yield new tensor$Tensor(("ssm_conv1d_" + $str(part)), "attention", [inner, own.kernel]));
  }
  if ($truth(own.full_rank_forget)) {
    (yield* tensor$linear("ssm_f", "attention", inner, s.hidden));
  } else {
    (yield* tensor$linear("ssm_f_a", "attention", head, s.hidden));
    (yield* tensor$linear("ssm_f_b", "attention", inner, head));
  }
  (yield* tensor$linear("ssm_beta", "attention", heads, s.hidden));
  (yield new tensor$Tensor("ssm_a", "bias", [heads]));
  (yield new tensor$Tensor("ssm_dt.bias", "bias", [inner]));
  if ($truth(own.full_rank_gate)) {
    (yield* tensor$linear("ssm_g", "attention", inner, s.hidden));
  } else {
    (yield* tensor$linear("ssm_g_a", "attention", head, s.hidden));
    (yield* tensor$linear("ssm_g_b", "attention", inner, head));
  }
  (yield tensor$norm("ssm_norm", head));
  (yield* tensor$linear("attn_output", "attention", s.hidden, inner));
}

function* recurrent$_convolution(channels, own) {
  (yield new tensor$Tensor("ssm_conv1d", "attention", [channels, own.kernel]));
  if ($truth(own.convolution_bias)) {
    (yield new tensor$Tensor("ssm_conv1d.bias", "bias", [channels]));
  }
}

function* recurrent$mamba(s, layer) {
  let inner, rank, state;
  [inner, state, rank] = [s.space.inner, s.space.state, s.space.step_rank];
  (yield* tensor$linear("ssm_in", "attention", $mul(2, inner), s.hidden, s.space.bias));
  (yield* recurrent$_convolution(inner, s.space));
  (yield* tensor$linear("ssm_x", "attention", $add(rank, $mul(2, state)), inner));
  (yield* tensor$linear("ssm_dt", "attention", inner, rank, true));
  if ($truth(s.blocks.ssm_norm)) {
    (yield tensor$norm("ssm_dt_norm", rank));
    (yield tensor$norm("ssm_b_norm", state));
    (yield tensor$norm("ssm_c_norm", state));
  }
  (yield new tensor$Tensor("ssm_a", "bias", [inner, state]));
  (yield new tensor$Tensor("ssm_d", "bias", [inner]));
  (yield* tensor$linear("ssm_out", "attention", s.hidden, inner, s.space.bias));
}

function* recurrent$mamba2(s, layer) {
  let convolved, heads, inner, own;
  own = s.space;
  [heads, inner, convolved] = [own.heads, own.inner, own.convolved];
  (yield* tensor$linear("ssm_in", "attention", $add($add(inner, convolved), heads), s.hidden, own.bias));
  (yield* recurrent$_convolution(convolved, own));
  (yield new tensor$Tensor("ssm_dt.bias", "bias", [heads]));
  (yield new tensor$Tensor("ssm_a", "bias", [heads]));
  (yield new tensor$Tensor("ssm_d", "bias", [heads]));
  if ($truth(s.blocks.ssm_norm)) {
    (yield tensor$norm("ssm_norm", inner));
  }
  (yield* tensor$linear("ssm_out", "attention", s.hidden, inner, own.bias));
}

function* recurrent$short_conv(s, layer) {
  let bias;
  bias = s.blocks.convolution_bias;
  (yield* tensor$linear("shortconv.in_proj", "attention", $mul(3, s.hidden), s.hidden, bias));
  (yield* tensor$linear("shortconv.conv", "attention", s.hidden, s.taps, bias));
  (yield* tensor$linear("shortconv.out_proj", "attention", s.hidden, s.hidden, bias));
}

function* convolved$tapped(s, layer) {
  let block, made, part, width;
  made = $and((s.blocks.relative === "clipped"), () => (!$truth(layer.window)));
  for ([part, width] of $each([["k", $mul(layer.kv_heads, layer.head_dim)], ["v", $mul(layer.kv_heads, layer.value_dim)]], 2)) {
    (yield new tensor$Tensor(("attn_conv1d_" + $str(part)), "attention", [width, s.taps]));
    if ($truth(made)) {
      (yield* tensor$linear(("attn_conv1d_" + $str(part) + "_taps"), "attention", $mul(layer.kv_heads, s.taps), s.hidden));
    }
  }
  for (block of $iter(["attn", "ffn"])) {
    (yield new tensor$Tensor(($str(block) + "_conv1d_out"), "attention", [s.hidden, s.taps]));
  }
}

function* attention$cross(s, layer) {
  let keys, queries;
  [queries, keys] = [$mul(layer.heads, layer.head_dim), $mul(layer.kv_heads, layer.head_dim)];
  (yield* tensor$linear("cross_attn_q", "attention", queries, s.hidden));
  (yield* tensor$linear("cross_attn_k", "attention", keys, s.hidden));
  (yield* tensor$linear("cross_attn_v", "attention", keys, s.hidden));
  (yield* tensor$linear("cross_attn_output", "attention", s.hidden, queries));
  (yield tensor$norm("cross_attn_q_norm", layer.head_dim));
  (yield tensor$norm("cross_attn_k_norm", layer.head_dim));
  (yield new tensor$Tensor("cross_attn_attn_gate", "bias", [1]));
  (yield new tensor$Tensor("cross_attn_mlp_gate", "bias", [1]));
}

function* attention$projection(s, layer) {
  (yield* tensor$linear("attn_output", "attention", s.hidden, s.hidden));
}

function* attention$mixture(s, layer) {
  let keys, own;
  [own, keys] = [s.experts, $mul(layer.kv_heads, layer.head_dim)];
  (yield new tensor$Tensor("attn_gate_inp", "router", [own.count, s.hidden]));
  (yield* tensor$linear("attn_q_exps", "expert", keys, s.hidden, undefined, own.count));
  (yield* tensor$linear("attn_output_exps", "expert", s.hidden, keys, undefined, own.count));
  (yield new tensor$Tensor("attn_output.bias", "bias", [s.hidden]));
  (yield* tensor$linear("attn_kv", "attention", $mul(2, keys), s.hidden));
}

function* attention$shared(s, layer) {
  let inner, keys, part, rows, wide;
  [wide, inner] = [$mul(2, s.hidden), $mul(layer.heads, layer.head_dim)];
  keys = $mul(layer.kv_heads, layer.head_dim);
  if ($truth(layer.owner)) {
    (yield tensor$norm("shared_attn_norm", wide));
    for ([part, rows] of $each([["q", inner], ["k", keys], ["v", keys]], 2)) {
      (yield* tensor$linear(("shared_attn_" + $str(part)), "attention", rows, wide));
    }
    (yield* tensor$linear("shared_attn_output", "attention", s.hidden, inner));
    (yield tensor$norm("shared_ffn_norm", s.hidden));
    (yield* tensor$linear("shared_ffn_gate_up", "ffn", $mul(2, layer.width), s.hidden));
    (yield* tensor$linear("shared_ffn_down", "ffn", s.hidden, layer.width));
  }
  (yield* tensor$linear("shared_output", "attention", s.hidden, s.hidden));
  if ($truth(s.adapter)) {
    (yield* tensor$linear("adapter_ffn_a", "ffn", s.adapter, s.hidden));
    (yield* tensor$linear("adapter_ffn_b", "ffn", $mul(2, layer.width), s.adapter));
  }
  if (($truth(s.adapter) && $truth(s.adapted))) {
    for (part of $iter(["q", "k", "v"])) {
      (yield* tensor$linear(("adapter_" + $str(part) + "_a"), "attention", s.adapter, wide));
      (yield* tensor$linear(("adapter_" + $str(part) + "_b"), "attention", wide, s.adapter));
    }
  }
}

function* recurrent$lightning(s, layer) {
  let width;
  width = $mul(layer.heads, layer.head_dim);
  (yield* tensor$linear("attn_qkv", "attention", $mul(3, width), s.hidden));
  (yield tensor$norm("attn_norm_out", width));
  (yield* tensor$linear("attn_gate", "attention", width, s.hidden));
  (yield* tensor$linear("attn_output", "attention", s.hidden, width));
}

function* recurrent$lru(s, layer) {
  let inner, own, part;
  [own, inner] = [s.space, s.space.inner];
  for (part of $iter(["x", "y"])) {
    (yield* tensor$linear(("lru_" + $str(part)), "attention", inner, s.hidden, true));
  }
  (yield* tensor$linear("lru_out", "attention", s.hidden, inner, true));
  (yield* recurrent$_convolution(inner, own));
  (yield new tensor$Tensor("lru_a", "bias", [inner]));
  for (part of $iter(["input", "recurrent"])) {
    (yield* tensor$linear(("lru_" + $str(part) + "_gate"), "attention", inner, $floordiv(inner, own.heads), true));
  }
}

function* recurrent$mlstm(s, layer) {
  let bias, own, part, width;
  [own, bias] = [s.delta, s.blocks.qkv_bias];
  for ([part, width] of $each([["q", own.keys], ["k", own.keys], ["v", own.values], ["gate", own.values]], 2)) {
    (yield* tensor$linear(("attn_" + $str(part)), "attention", width, s.hidden, bias));
  }
  for (part of $iter(["input", "forget"])) {
    (yield* tensor$linear(("ssm_" + $str(part)), "attention", own.value_heads, s.hidden, true));
  }
  (yield tensor$norm("ssm_norm", own.values));
  (yield* tensor$linear("attn_output", "attention", s.hidden, own.values, bias));
}

function* recurrent$rwkv4(s, layer) {
  let part, width;
  width = s.space.inner;
  for (part of $iter(["key", "value", "receptance"])) {
    (yield* tensor$linear(("time_mix_" + $str(part)), "attention", width, s.hidden));
    (yield new tensor$Tensor(("time_mix_lerp_" + $str(part)), "bias", [s.hidden]));
  }
  (yield new tensor$Tensor("time_mix_decay", "bias", [width]));
  (yield new tensor$Tensor("time_mix_first", "bias", [width]));
  (yield* tensor$linear("time_mix_output", "attention", s.hidden, width));
}

function* recurrent$rwkv6(s, layer) {
  let own, part, width;
  [own, width] = [s.ranks, s.space.inner];
  for (part of $iter(["key", "value", "receptance", "gate"])) {
    (yield* tensor$linear(("time_mix_" + $str(part)), "attention", width, s.hidden));
  }
  (yield* tensor$linear("time_mix_w1", "attention", $mul(5, own.lerp), s.hidden));
  (yield* tensor$linear("time_mix_w2", "attention", s.hidden, $mul(5, own.lerp)));
  (yield new tensor$Tensor("time_mix_lerp_x", "bias", [s.hidden]));
  (yield new tensor$Tensor("time_mix_lerp_fused", "bias", [$mul(5, s.hidden)]));
  (yield new tensor$Tensor("time_mix_first", "bias", [width]));
  (yield new tensor$Tensor("time_mix_decay", "bias", [width]));
  (yield* tensor$linear("time_mix_decay_w1", "attention", own.decay, s.hidden));
  (yield* tensor$linear("time_mix_decay_w2", "attention", width, own.decay));
  (yield* tensor$norms("time_mix_ln", width, true));
  (yield* tensor$linear("time_mix_output", "attention", s.hidden, width));
}

function* recurrent$rwkv7(s, layer) {
  let narrow, own, part, rank, width;
  [own, width] = [s.ranks, s.space.inner];
  for (part of $iter(["key", "value", "receptance"])) {
    (yield* tensor$linear(("time_mix_" + $str(part)), "attention", width, s.hidden));
  }
  narrow = [["w", own.decay], ["a", own.rate], ...$iter(($truth(layer.first) ? [] : [["v", own.value]]))];
  for ([part, rank] of $each(narrow, 2)) {
    (yield new tensor$Tensor(("time_mix_" + $str(part) + "0"), "bias", [width]));
    (yield* tensor$linear(("time_mix_" + $str(part) + "1"), "attention", rank, s.hidden));
    (yield* tensor$linear(("time_mix_" + $str(part) + "2"), "attention", width, rank));
  }
  (yield* tensor$linear("time_mix_g1", "attention", own.gate, s.hidden));
  (yield* tensor$linear("time_mix_g2", "attention", width, own.gate));
  (yield new tensor$Tensor("time_mix_lerp_fused", "bias", [$mul(6, s.hidden)]));
  for (part of $iter(["k_k", "k_a", "r_k"])) {
    (yield new tensor$Tensor(("time_mix_" + $str(part)), "bias", [width]));
  }
  (yield* tensor$norms("time_mix_ln", width, true));
  (yield* tensor$linear("time_mix_output", "attention", s.hidden, width));
}

const tensors$_MIXERS = /* @__PURE__ */ (() => $dict({ attention: attention$grouped, latent: attention$latent, compressed: attention$compressed, cca: convolved$cca, delta_net: recurrent$delta_net, kda: recurrent$kda, mamba: recurrent$mamba, mamba2: recurrent$mamba2, short_conv: recurrent$short_conv, tapped: convolved$tapped, cross: attention$cross, projection: attention$projection, mixture: attention$mixture, shared: attention$shared, lightning: recurrent$lightning, lru: recurrent$lru, mlstm: recurrent$mlstm, rwkv4: recurrent$rwkv4, rwkv6: recurrent$rwkv6, rwkv7: recurrent$rwkv7 }))();

function* ngram$ngram(s, layer) {
  let own, part, streams;
  [own, streams] = [s.ngram, $mul($max(1, s.streams), s.hidden)];
  (yield $make(tensor$Tensor, ["ngram_embd", "embedding", [layer.ngram_rows, $floordiv(own.width, own.heads)]], { lookup: true }));
  (yield* tensor$linear("ngram_key", "attention", streams, own.width));
  (yield* tensor$linear("ngram_value", "attention", s.hidden, own.width));
  for (part of $iter(["key", "query", "conv"])) {
    (yield tensor$norm(("ngram_" + $str(part) + "_norm"), streams));
  }
  (yield new tensor$Tensor("ngram_conv1d", "attention", [streams, own.kernel]));
}

function* feed_forward$_projections(s, part, hidden, inner, suffix = "", count = 1, bias = false) {
  let kind;
  kind = s.blocks;
  if (($truth(kind.fused_gate_up) && (!$truth(suffix)))) {
    (yield* tensor$linear(("ffn_up" + $str(suffix)), part, $mul(2, inner), hidden, bias, count));
  } else {
    if ((!$truth(kind.ungated))) {
      (yield* tensor$linear(("ffn_gate" + $str(suffix)), part, inner, hidden, bias, count));
    }
    (yield* tensor$linear(("ffn_up" + $str(suffix)), part, inner, hidden, bias, count));
  }
  (yield* tensor$linear(("ffn_down" + $str(suffix)), part, hidden, inner, bias, count));
}

function* feed_forward$dense(s, layer) {
  (yield* feed_forward$_projections(s, "ffn", s.hidden, layer.width, undefined, undefined, s.blocks.feed_forward_bias));
  if ($truth(s.blocks.down_bias)) {
    (yield new tensor$Tensor("ffn_down.bias", "bias", [s.hidden]));
  }
  if ($truth(s.blocks.scored_shared)) {
    (yield new tensor$Tensor("ffn_scale", "bias", [1]));
  }
  if ($truth(s.blocks.activation)) {
    (yield new tensor$Tensor("ffn_act", "bias", [s.blocks.activation]));
  }
  if ($truth(s.blocks.sub_norms)) {
    (yield tensor$norm("ffn_sub_norm", layer.width));
  }
  if (($eq(s.blocks.channel_mix, 2))) {
    (yield* tensor$linear("channel_mix_receptance", "ffn", s.hidden, s.hidden));
  }
  if ($truth(s.blocks.channel_mix)) {
    (yield new tensor$Tensor("channel_mix_lerp", "bias", [$mul(s.blocks.channel_mix, s.hidden)]));
  }
}

function* feed_forward$_deep_router(s, layer) {
  let role, width;
  width = s.experts.router;
  (yield* tensor$linear("ffn_gate_down", "router", width, s.hidden, true));
  if ((!$truth(layer.first))) {
    (yield new tensor$Tensor("ffn_gate_before.scale", "bias", [width]));
  }
  (yield tensor$norm("ffn_gate_norm", width));
  for (role of $iter(["ffn_gate_fc1", "ffn_gate_fc2"])) {
    (yield* tensor$linear(role, "router", width, width, true));
  }
  (yield new tensor$Tensor("ffn_gate_inp", "router", [$add(s.experts.count, 1), width]));
}

function feed_forward$_seeing(tensor) {
  return $replace(tensor, { seeing: true });
}

function* feed_forward$_second_experts(s) {
  let kind, own;
  [own, kind] = [s.experts, s.blocks];
  (yield new tensor$Tensor("ffn_gate_inp_vision", "router", [own.count, s.hidden]));
  (yield $make(tensor$Tensor, ["exp_probs_b_vision", "router", [own.count]], { buffer: (!$truth(kind.correction_is_parameter)) }));
  (yield* feed_forward$_projections(s, "expert", s.hidden, own.seeing, "_exps_vision", own.count));
}

function* feed_forward$experts(s, layer) {
  let chosen, kind, own, scored;
  [kind, own] = [s.blocks, s.experts];
  chosen = $add(own.count, own.idle);
  if ($truth(kind.deep_router)) {
    (yield* feed_forward$_deep_router(s, layer));
  } else {
    scored = ($truth(kind.scored_shared) ? $floordiv(own.shared, own.width) : 0);
    (yield new tensor$Tensor("ffn_gate_inp", "router", [$add(chosen, scored), s.hidden]));
  }
  if ($truth(kind.scored_shared)) {
    (yield new tensor$Tensor("ffn_gate_inp.scale", "bias", [1]));
  }
  if ($truth(kind.expert_bias)) {
    (yield new tensor$Tensor("ffn_gate_inp.bias", "bias", [chosen]));
  }
  if ($truth(layer.hashed)) {
    (yield $make(tensor$Tensor, ["ffn_gate_tid2eid", "router", [s.vocab, own.used]], { buffer: true, lookup: true }));
  } else {
    if ((kind.experts === "corrected")) {
      (yield $make(tensor$Tensor, ["exp_probs_b", "router", [chosen]], { buffer: (!$truth(kind.correction_is_parameter)) }));
    }
  }
  if ((!$eq(own.hidden, s.hidden))) {
    (yield* tensor$linear("ffn_latent_down", "ffn", own.hidden, s.hidden));
    (yield* tensor$linear("ffn_latent_up", "ffn", s.hidden, own.hidden));
    if ($truth(own.normed)) {
      (yield tensor$norm("ffn_latent_norm", own.hidden));
    }
    if ($truth(kind.narrow_norm)) {
      (yield tensor$norm("ffn_latent_norm_in", own.hidden));
    }
  }
  (yield* feed_forward$_projections(s, "expert", own.hidden, own.width, "_exps", own.count, kind.expert_bias));
  if ($truth(own.seeing)) {
    (yield* $iter($map(feed_forward$_seeing, feed_forward$_second_experts(s))));
  }
  if (($truth(own.shared) && $truth(kind.shared_gate))) {
    (yield new tensor$Tensor("ffn_gate_inp_shexp", "router", [1, s.hidden]));
  }
  if ($truth(own.shared)) {
    (yield* feed_forward$_projections(s, "ffn", s.hidden, own.shared, "_shexp", undefined, kind.feed_forward_bias));
  }
  if ($truth(kind.experts_norm)) {
    (yield tensor$norm("ffn_post_norm", s.hidden));
  }
  if ($truth(kind.experts_offset)) {
    (yield new tensor$Tensor("ffn_down_exps.offset", "bias", [s.hidden]));
  }
}

function* feed_forward$dense_and_experts(s, layer) {
  let hidden, own;
  [hidden, own] = [s.hidden, s.experts];
  (yield* feed_forward$dense(s, layer));
  (yield tensor$norm("post_ffw_norm_1", hidden));
  (yield tensor$norm("pre_ffw_norm_2", hidden));
  (yield new tensor$Tensor("ffn_gate_inp", "router", [own.count, hidden]));
  (yield new tensor$Tensor("ffn_gate_inp.scale", "bias", [hidden]));
  (yield* tensor$linear("ffn_gate_up_exps", "expert", $mul(2, own.width), hidden, undefined, own.count));
  (yield* tensor$linear("ffn_down_exps", "expert", hidden, own.width, undefined, own.count));
  (yield new tensor$Tensor("ffn_down_exps.scale", "bias", [own.count]));
  (yield tensor$norm("post_ffw_norm_2", hidden));
}

function* feed_forward$dense_beside_experts(s, layer) {
  (yield* feed_forward$dense(s, layer));
  (yield* feed_forward$experts(s, layer));
}

const tensors$_FEED_FORWARDS = /* @__PURE__ */ (() => $dict({ dense: feed_forward$dense, experts: feed_forward$experts, dense_and_experts: feed_forward$dense_and_experts, dense_beside_experts: feed_forward$dense_beside_experts }))();

function* residual$scaled(s) {
  let kind, part, parts;
  [kind, parts] = [s.blocks.scaled_residual, ["attn_residual", "ffn_residual"]];
  for (part of $iter(((kind !== "none") ? parts : []))) {
    (yield tensor$norm(part, s.hidden));
  }
  if ((kind === "affine")) {
    for (part of $iter(parts)) {
      (yield new tensor$Tensor(($str(part) + ".bias"), "bias", [s.hidden]));
      (yield tensor$norm(($str(part) + "_out"), s.hidden));
      (yield new tensor$Tensor(($str(part) + "_out.bias"), "bias", [s.hidden]));
    }
  }
}

function* residual$queries(s, layer) {
  let apart;
  if ((s.blocks.relative !== "clipped")) {
    return null;
  }
  apart = ($truth(layer.window) ? 1 : 3);
  if ((!$truth(layer.first))) {
    (yield new tensor$Tensor("attn_res_query", "norm", [$mul(apart, s.hidden)]));
  }
  (yield new tensor$Tensor("ffn_res_query", "norm", [s.hidden]));
  if (($gt(apart, 1))) {
    (yield tensor$norm("attn_k_input_norm", s.hidden));
    (yield tensor$norm("attn_v_input_norm", s.hidden));
  }
}

function* residual$beside(s) {
  let n;
  if ($truth((n = s.altup))) {
    if ($truth(s.altup_scaled)) {
      (yield tensor$norm("altup_correct_scale", s.hidden));
    }
    (yield new tensor$Tensor("altup_correct_coef", "bias", [n, n]));
    (yield new tensor$Tensor("altup_predict_coef", "bias", [$mul(n, n), n]));
    (yield new tensor$Tensor("altup_router", "bias", [n, s.hidden]));
    (yield tensor$norm("altup_router_norm", s.hidden));
  }
  if ($truth(s.laurel)) {
    (yield* tensor$linear("laurel_l", "ffn", s.laurel, s.hidden));
    (yield* tensor$linear("laurel_r", "ffn", s.hidden, s.laurel));
    (yield tensor$norm("laurel_post_norm", s.hidden));
  }
}

function* tensors$_layer(s, kind) {
  let after, before, kept, own;
  own = s.blocks;
  kept = (($truth(own.state_norms) && ($eq(kind.mixer, kind.recurrent))) ? own.state_norms : own.norms);
  [before, after] = [($in(["pre", "both", "parallel"], kept)), ($in(["post", "both"], kept))];
  if (($truth(before) && (!($truth(kind.first) && $truth(own.first_unnormed))) && ((kind.mixer !== "none") || $truth(own.alone)))) {
    (yield* tensor$norms("attn_norm", s.hidden, own.norm_bias));
    (yield* $iter(residual$gated_norm(s, "attn_norm")));
  }
  if ((kind.mixer !== "none")) {
    (yield* $iter(residual$around(s, "attn")));
    (yield* $iter($item(tensors$_MIXERS, kind.mixer)(s, kind)));
  }
  if ((kind.beside !== "none")) {
    (yield* $iter($item(tensors$_MIXERS, kind.beside)(s, kind)));
  }
  if ($truth(kind.ngram_rows)) {
    (yield* $iter(ngram$ngram(s, kind)));
  }
  if (($truth(after) && (!$truth(own.attention_unnormed)))) {
    (yield* tensor$norms("post_attention_norm", s.hidden, own.norm_bias));
  }
  if ((kind.feed_forward !== "none")) {
    if (($truth(before) && (kept !== "parallel") && (!($truth(own.alone) && (kind.mixer === "none"))))) {
      (yield* tensor$norms("ffn_norm", s.hidden, own.norm_bias));
      if ((kind.feed_forward === "experts")) {
        (yield* $iter(residual$gated_norm(s, "ffn_norm")));
      }
    }
    (yield* $iter(residual$around(s, "ffn")));
    (yield* $iter($item(tensors$_FEED_FORWARDS, kind.feed_forward)(s, kind)));
  }
  if ($truth(after)) {
    (yield* tensor$norms("post_ffw_norm", s.hidden, own.norm_bias));
  }
  (yield* $iter(residual$scaled(s)));
  (yield* $iter(residual$queries(s, kind)));
  (yield* $iter(residual$beside(s)));
  if ($truth(s.layer_input)) {
    (yield* tensor$linear("inp_gate", "ffn", s.layer_input, s.hidden));
    (yield* tensor$linear("proj", "ffn", s.hidden, s.layer_input));
    (yield tensor$norm("post_norm", s.hidden));
  }
  if ($truth(own.ada_rank)) {
    (yield* tensor$linear("ffn_ada_down", "ffn", own.ada_rank, s.hidden));
    (yield* tensor$linear("ffn_ada_up", "ffn", s.hidden, own.ada_rank));
  }
  if ($truth(own.layer_scale)) {
    (yield $make(tensor$Tensor, ["layer_output_scale", "bias", [1]], { buffer: true }));
  }
}

const tensors$layer_tensors = /* @__PURE__ */ $memo(function (s, kind) {
  return $tuple(tensors$_layer(s, kind));
});

function recipes$_counted(s, kind, roles) {
  return $sorted(($through(tensors$layer_tensors(s, kind), 0, t => t.role, t => ($in(roles, t.role)))), $kw({ key: ((role) => ($str(role) + ".weight")) }));
}

const recipes$_DOWNS = ["ffn_down", "ffn_down_exps", "ffn_down_shexp"];

const recipes$_WITH_KEYS = ["attention", "latent", "compressed", "delta_net"];

function* residual$after_the_last(s) {
  let role;
  if ($truth(s.altup)) {
    for (role of $iter(["altup_proj", "altup_unembd_proj"])) {
      (yield* tensor$linear(role, "ffn", $mul($sub(s.altup, 1), s.hidden), s.hidden));
    }
  }
  if ($truth(s.stream_rank)) {
    (yield* residual$_gated(s, "output_hc"));
  } else {
    if (($truth(s.streams) && (s.blocks.streams !== "averaged"))) {
      (yield* residual$_hyper_connection(s, "output_hc", s.streams, 1));
    }
  }
  if (($truth(s.choosing) && (s.blocks.relative === "none"))) {
    (yield* residual$_scores(s, "output_res"));
  } else {
    if ($truth(s.choosing)) {
      (yield new tensor$Tensor("output_res_query", "norm", [s.hidden]));
    }
  }
}

function* tensors$_mtp(s, kind) {
  (yield tensor$norm("nextn.enorm", s.hidden));
  (yield tensor$norm("nextn.hnorm", s.hidden));
  (yield* tensor$linear("nextn.eh_proj", "mtp", s.hidden, $mul(2, s.hidden)));
  (yield* $iter(tensors$layer_tensors(((s.blocks.streams === "averaged") ? $replace(s, { streams: 0 }) : s), kind)));
  (yield tensor$norm("nextn.shared_head_norm", s.hidden));
  if (($truth(s.streams) && (s.blocks.norms === "none"))) {
    (yield tensor$norm("nextn.attn_norm", s.hidden));
    (yield tensor$norm("nextn.ffn_norm", s.hidden));
  }
  if (($truth(s.streams) && (s.blocks.streams === "mixed"))) {
    (yield* $iter(residual$after_the_last(s)));
  }
  if ($truth(s.blocks.mtp_embedding)) {
    (yield* tensor$linear("nextn.embed_tokens", "mtp", s.vocab, s.hidden));
    (yield* tensor$linear("nextn.shared_head_head", "mtp", s.vocab, s.hidden));
  }
}

const tensors$mtp_layers = /* @__PURE__ */ $memo(function (s) {
  let layers;
  layers = $enumerate(s.mtp, $kw({ start: $len(s.layers) }));
  return $tuple(($through(layers, 2, ([i, kind]) => $tuple(($through(tensors$_mtp(s, kind), 0, t => $replace(t, { layer: i, mtp: true })))))));
});

function recipes$_before(s, roles, mtp) {
  let count, counts;
  count = $dict($through($set(s.layers), 0, kind => [kind, $len(recipes$_counted(s, kind, roles))]));
  counts = $list($through(s.layers, 0, kind => $item(count, kind)));
  if ($truth(mtp)) {
    counts = $iadd(counts, $list($through(tensors$mtp_layers(s), 0, own => $sum(($through(own, 0, t => ($in(roles, t.role))))))));
  }
  return $tuple($accumulate(counts, $kw({ initial: 0 })));
}

const recipes$_VALUES = ["attn_v", "attn_qkv", "attn_kv_b"];

const recipes$traits_of = /* @__PURE__ */ $memo(function (s, imatrix = false, mtp = false) {
  let downs, eighty, first, gguf, keys;
  [gguf, first] = [s.blocks.gguf, $item(s.layers, 0)];
  eighty = $and(($eq($len(s.layers), 80)), () => (!$eq(s.experts.count, 8)));
  keys = ((first.mixer === "latent") ? 1 : first.kv_heads);
  downs = $list($through($set(s.layers), 0, kind => recipes$_counted(s, kind, recipes$_DOWNS)));
  return $make(recipes$Traits, [], { layers: $add($len(s.layers), ($truth(mtp) ? $len(s.mtp) : 0)), experts: s.experts.count, groups: (($in(recipes$_WITH_KEYS, first.mixer)) ? $floordiv(first.heads, keys) : 0), tied: s.tied, router: s.blocks.gguf_router, is_70b: $and(eighty, () => $or(($in(["qwen2", "deci"], gguf)), () => $and((gguf === "llama"), () => (!$eq(first.kv_heads, first.heads))))), values: recipes$_before(s, recipes$_VALUES, mtp), downs: recipes$_before(s, recipes$_DOWNS, mtp), seconds: $frozenset(((function* () { for (const roles of $each(downs, 0)) for (const role of $each($slice(roles, 1, null, null), 0)) yield role; })())), imatrix: imatrix, falcon: (gguf === "falcon"), glm5: (gguf === "glm5-next") });
});

function recipes$type_bytes(kind, elements) {
  let block, size;
  [block, size] = $unpack($item(recipes$BLOCKS, kind), 2);
  return $mul($neg($floordiv($neg(elements), block)), size);
}

const recipes$_KEPT = ["ssm_conv1d", "shortconv.conv", "indexer.q_proj", "indexer.k_proj", "position_embd", "token_types"];

function recipes$_kept(tensor) {
  if ((($lt($len(tensor.shape), 2)) || (tensor.part === "bias"))) {
    return true;
  }
  return $call(tensor.role, "startswith", recipes$_KEPT);
}

const recipes$_KEPT_OF_GLM5 = ["hc_", "indexer.proj", "indexer.kpool"];

const recipes$_AS_WRITTEN_OF_GLM5 = ["indexer.attn_q_b", "indexer.attn_k", "ssm_f_a", "ssm_f_b", "ssm_g_a", "ssm_g_b", "ssm_beta", "attn_kv_a_mqa", "attn_k_b", "attn_v_b"];

const recipes$_EIGHT_BITS_OF_GLM5 = ["attn_q_a", "attn_q_b", "nextn.eh_proj"];

const recipes$_FALLBACK = /* @__PURE__ */ (() => $dict([...$pairs($call($dict, "fromkeys", ["IQ1_S", "IQ1_M", "IQ2_XXS", "IQ2_XS", "IQ2_S", "IQ3_XXS", "IQ3_S", "IQ4_XS"], "IQ4_NL")), ...$pairs($call($dict, "fromkeys", ["Q2_0", "Q2_K", "Q3_K", "TQ1_0", "TQ2_0"], "Q4_0")), ["Q4_K", "Q5_0"], ["Q5_K", "Q5_1"], ["Q6_K", "Q8_0"]]))();

function recipes$_that_divides(kind, columns) {
  if ($truth($mod(columns, $item($item(recipes$BLOCKS, kind), 0)))) {
    kind = $call(recipes$_FALLBACK, "get", kind, kind);
  }
  return ($truth($mod(columns, $item($item(recipes$BLOCKS, kind), 0))) ? "F16" : kind);
}

const recipes$_SMALL_OUTPUT = /* @__PURE__ */ (() => $bitor(recipes$_TINY, $set(["IQ3_XXS"])))();

function recipes$_output(tensor, recipe, kind) {
  if (((recipe === "MXFP4_MOE") || $truth($mod($item(tensor.shape, 1), $item($item(recipes$BLOCKS, kind), 0))))) {
    return "Q8_0";
  }
  if (($in(recipes$_SMALL_OUTPUT, recipe))) {
    return "Q5_K";
  }
  return ((kind === "Q8_0") ? kind : "Q6_K");
}

function recipes$_embedding(recipe, kind) {
  if (($in(["IQ2_XXS", "IQ2_XS", "IQ1_S", "IQ1_M"], recipe))) {
    return "Q2_K";
  }
  if (($in(["IQ2_S", "IQ2_M", "IQ3_XXS"], recipe))) {
    return "IQ3_S";
  }
  return (($in(["TQ1_0", "TQ2_0", "Q2_0"], recipe)) ? "Q4_K" : kind);
}

function recipes$_tiny(role, recipe, kind, order, traits) {
  let better;
  better = (($in(["IQ2_S", "IQ2_M"], recipe)) ? "IQ3_S" : "Q2_K");
  if (($in(recipes$_VALUES, role))) {
    return ((($ge(traits.groups, 4)) || ($ge(traits.experts, 4))) ? "Q4_K" : better);
  }
  if (((role === "attn_k") && ($eq(traits.experts, 8)))) {
    return "Q4_K";
  }
  if ($truth($call(role, "startswith", "ffn_down"))) {
    return (($lt(order, $floordiv(traits.layers, 8))) ? better : kind);
  }
  if ((role === "attn_output")) {
    if (($eq(traits.experts, 8))) {
      return "Q5_K";
    }
    return $call($dict({ IQ1_S: "IQ2_XXS", IQ1_M: "IQ2_XXS", IQ2_S: "IQ3_S", IQ2_M: "IQ3_S" }), "get", recipe, kind);
  }
  return kind;
}

function recipes$_more_bits(layer, layers) {
  return $or(($lt(layer, $floordiv(layers, 8))), () => $or(($ge(layer, $floordiv($mul(7, layers), 8))), () => ($eq($mod($sub(layer, $floordiv(layers, 8)), 3), 2))));
}

function recipes$_value(recipe, kind, order, traits) {
  let grouped;
  grouped = ($ge(traits.groups, 4));
  if ((recipe === "Q2_K")) {
    kind = ($truth(grouped) ? "Q4_K" : "Q3_K");
  } else {
    if ((recipe === "IQ3_XXS")) {
      kind = ($truth(grouped) ? "Q4_K" : ($truth(traits.imatrix) ? "IQ3_XXS" : "IQ3_S"));
    } else {
      if (((($in(["Q2_K_S", "IQ3_XS", "IQ3_S"], recipe)) && $truth(grouped)) || (recipe === "IQ3_M"))) {
        kind = "Q4_K";
      } else {
        if ((recipe === "Q3_K_M")) {
          kind = (($lt(order, 2)) ? "Q5_K" : "Q4_K");
        } else {
          if (((recipe === "Q3_K_L") || (($in(["IQ4_NL", "IQ4_XS"], recipe)) && $truth(grouped)) || ((recipe === "Q4_K_S") && ($lt(order, 4))))) {
            kind = "Q5_K";
          } else {
            if ((($in(["Q4_K_M", "Q5_K_M"], recipe)) && $truth(recipes$_more_bits(order, $item(traits.values, $neg(1)))))) {
              kind = "Q6_K";
            }
          }
        }
      }
    }
  }
  if (($truth(traits.is_70b) && ($in(["Q3_K", "Q4_K"], kind)))) {
    kind = "Q5_K";
  }
  return (($eq(traits.experts, 8)) ? "Q8_0" : kind);
}

function recipes$_places(traits) {
  return ($truth(traits.experts) ? $range(traits.layers) : $slice(traits.downs, null, $neg(1), null));
}

const recipes$_OF_FALCON = ["Q2_K", "IQ3_XXS", "Q3_K_M", "Q3_K_L", "Q4_K_S", "Q4_K_M", "IQ3_M"];

function recipes$_of_falcon(role, recipe, kind, layer, layers) {
  let first, lifted, own;
  if ((recipe === "Q3_K_L")) {
    return "Q4_K";
  }
  if (((role === "attn_output") || (recipe === "Q4_K_S"))) {
    return kind;
  }
  lifted = $call($dict({ Q3_K_M: ["Q5_K", "Q4_K"], Q4_K_M: ["Q6_K", "Q5_K"] }), "get", recipe);
  if ((lifted === null)) {
    first = ($lt(layer, $floordiv(layers, 8)));
    own = $dict({ Q2_K: "Q3_K", IQ3_XXS: ($truth(first) ? "Q4_K" : "Q3_K"), IQ3_M: ($truth(first) ? "Q4_K" : kind) });
    return $call(own, "get", recipe, kind);
  }
  if (($lt(layer, $floordiv(layers, 16)))) {
    return $item(lifted, 0);
  }
  return ($truth(recipes$_more_bits(layer, layers)) ? $item(lifted, 1) : kind);
}

function recipes$_down(recipe, kind, layer, traits) {
  let first, lifted;
  first = ($lt(layer, $floordiv(traits.layers, 8)));
  if ((recipe === "Q2_K")) {
    return "Q3_K";
  }
  if (((recipe === "IQ3_XXS") && (!$truth(traits.imatrix)))) {
    return ($truth(first) ? "Q4_K" : "Q3_K");
  }
  if ((recipe === "Q3_K_M")) {
    return (($lt(layer, $floordiv(traits.layers, 16))) ? "Q5_K" : "Q4_K");
  }
  if ((recipe === "Q3_K_L")) {
    return "Q5_K";
  }
  if (((recipe === "IQ3_M") && ($truth(first) || (($eq(traits.experts, 8)) && $truth(recipes$_more_bits(layer, traits.layers)))))) {
    return "Q4_K";
  }
  if ((($in(["Q4_K_M", "Q5_K_M"], recipe)) && $truth(recipes$_more_bits(layer, traits.layers)))) {
    return "Q6_K";
  }
  if ($truth(first)) {
    lifted = ($truth(traits.imatrix) ? $dict({ Q4_0: "Q4_1", Q5_0: "Q5_1" }) : $dict({ IQ4_NL: "Q5_K", IQ4_XS: "Q5_K" }));
    return $call($dict([["Q2_K_S", "Q4_K"], ["Q4_K_S", "Q5_K"], ...$pairs(lifted)]), "get", recipe, kind);
  }
  return kind;
}

const recipes$_LIFTED_FOR_EIGHT = /* @__PURE__ */ (() => $frozenset(["Q2_K", "IQ3_XS", "IQ3_XXS", "Q3_K_S", "Q3_K_M", "IQ4_NL", "Q4_K_S", "Q4_K_M", "IQ3_S", "IQ3_M", "IQ4_XS"]))();

function recipes$_attention_output(recipe, kind, traits) {
  if (($eq(traits.experts, 8))) {
    return (($in(recipes$_LIFTED_FOR_EIGHT, recipe)) ? "Q5_K" : kind);
  }
  return $call($dict({ Q2_K: "Q3_K", IQ3_XXS: "IQ3_S", Q3_K_M: "Q4_K", Q3_K_L: "Q5_K", IQ3_M: "Q4_K" }), "get", recipe, kind);
}

function recipes$_mixed(tensor, recipe, kind, traits) {
  let layer, place, role;
  role = tensor.role;
  if (((role === "output") || ((tensor.part === "embedding") && $truth(traits.tied)))) {
    return ($truth(traits.falcon) ? "Q8_0" : recipes$_output(tensor, recipe, kind));
  }
  if ((recipe === "MXFP4_MOE")) {
    return ((($gt(tensor.count, 1)) || ($in(["attn_k_b", "attn_v_b"], role))) ? "MXFP4" : "Q8_0");
  }
  if ((tensor.part === "embedding")) {
    return recipes$_embedding(recipe, kind);
  }
  layer = $or(tensor.layer, () => 0);
  if (($in(recipes$_TINY, recipe))) {
    return recipes$_tiny(role, recipe, kind, $add($item(traits.downs, layer), ($in(traits.seconds, role))), traits);
  }
  if (($in(recipes$_VALUES, role))) {
    return recipes$_value(recipe, kind, $item(traits.values, layer), traits);
  }
  if (((role === "attn_k") && ($eq(traits.experts, 8)))) {
    return "Q8_0";
  }
  if (($in(["attn_k", "attn_q"], role))) {
    return $call($dict({ IQ3_XS: "IQ3_XXS", IQ3_XXS: "IQ2_S" }), "get", recipe, kind);
  }
  place = $item(recipes$_places(traits), layer);
  if (($truth(traits.falcon) && ((role === "attn_output") || $truth($call(role, "startswith", "ffn_down"))) && ($in(recipes$_OF_FALCON, recipe)))) {
    return recipes$_of_falcon(role, recipe, kind, place, traits.layers);
  }
  if ($truth($call(role, "startswith", "ffn_down"))) {
    return recipes$_down(recipe, kind, place, traits);
  }
  if ((role === "attn_output")) {
    return recipes$_attention_output(recipe, kind, traits);
  }
  if (($truth($call(role, "startswith", ["ffn_gate", "ffn_up"])) && (recipe === "IQ3_XS") && ($le($floordiv(traits.layers, 8), place) && $lt(place, $floordiv($mul(7, traits.layers), 8))))) {
    return "IQ3_XXS";
  }
  return kind;
}

function recipes$gguf_type(tensor, recipe, traits) {
  let kind;
  if ((!$in(recipes$RECIPES, recipe))) {
    throw new $SizingError(("format " + $str(recipe) + " has no recipe in sizing/anatomy/recipes.py; known are " + $str($call(", ", "join", recipes$RECIPES))));
  }
  if (($truth(recipes$_kept(tensor)) || ($truth(traits.glm5) && $truth($call(tensor.role, "startswith", recipes$_KEPT_OF_GLM5))))) {
    return "F32";
  }
  if ((tensor.part === "router")) {
    return ($truth(tensor.lookup) ? "I32" : traits.router);
  }
  if (((tensor.role === "per_layer_model_proj") || $truth($call(tensor.role, "startswith", ["altup", "laurel"])))) {
    return "BF16";
  }
  kind = $item(recipes$RECIPES, recipe);
  if (($in(["F32", "F16", "BF16"], kind))) {
    return kind;
  }
  if (($truth(traits.glm5) && $truth($call(tensor.role, "startswith", recipes$_AS_WRITTEN_OF_GLM5)))) {
    return "BF16";
  }
  if (($truth(traits.glm5) && $truth($call(tensor.role, "startswith", recipes$_EIGHT_BITS_OF_GLM5)))) {
    return "Q8_0";
  }
  return recipes$_that_divides(recipes$_mixed(tensor, recipe, kind, traits), $item(tensor.shape, 1));
}

function anatomy_formats$_gguf_bytes(s, recipe, imatrix, mtp) {
  let traits;
  traits = recipes$traits_of(s, imatrix, mtp);
  const size = function (tensor) {
    return recipes$type_bytes(recipes$gguf_type(tensor, recipe, traits), tensor.elements);
  };
  return size;
}

function anatomy_formats$_kept(size, fmt) {
  const kept = function (tensor) {
    if (($truth(fmt.experts) && (tensor.part === "expert"))) {
      return recipes$type_bytes(fmt.experts, tensor.elements);
    }
    if (($truth(fmt.ends) && ($in(["token_embd", "output"], tensor.role)))) {
      return recipes$type_bytes(fmt.ends, tensor.elements);
    }
    return size(tensor);
  };
  return kept;
}

const anatomy_formats$_linear_layers = /* @__PURE__ */ $memo(function (s) {
  return $frozenset(($through($enumerate(s.layers), 2, ([i, kind]) => i, ([i, kind]) => ($eq(kind.mixer, kind.recurrent)))));
});

function anatomy_formats$_rules(fmt, model_type) {
  let everything, found, kept, mixed, own, published;
  published = $list($through(fmt.checkpoints, 0, c => c, c => ($in(c.model_types, model_type))));
  everything = ["embedding", "output", "norm", "router", "attention", "indexer", "linear_attention", "ffn", "shared_experts", "experts", "mtp"];
  kept = $set((function* () { for (const keeps of $each([fmt.keeps, ...$iter(($through(published, 0, c => c.keeps)))], 0)) for (const part of $each(keeps, 0)) yield part; })());
  own = $make(formats$Mixed, [], { parts: everything, bits: fmt.bits, scales: fmt.scales });
  found = $dict($through(everything, 0, part => [part, own], part => (!$in(kept, part))));
  found = $ibitor(found, $dict((function* () { for (const c of $each(published, 0)) for (const role of $each(c.quantizes, 0)) yield [role, own]; })()));
  for (mixed of $iter([...$iter(fmt.mixed), ...$iter(((function* () { for (const c of $each(published, 0)) for (const m of $each(c.mixed, 0)) yield m; })()))])) {
    found = $ibitor(found, $call($dict, "fromkeys", mixed.parts, mixed));
  }
  return $dict($through($call(found, "items"), 2, ([part, rule]) => [part, rule], ([part, rule]) => ($lt(rule.bits, 16))));
}

const anatomy_formats$_UNQUANTIZED = /* @__PURE__ */ (() => $re.compile("ssm_conv1d|shortconv\\.conv|(output_)?hc_|\\w+_ape|indexer\\.proj|per_layer_model_proj"))();

function anatomy_formats$part_of(tensor, linear) {
  let role;
  role = tensor.role;
  if ((($lt($len(tensor.shape), 2)) || ($in(["norm", "bias", "mtp"], tensor.part)) || $truth(anatomy_formats$_UNQUANTIZED.match(role)))) {
    return null;
  }
  if ((tensor.part === "attention")) {
    if ($truth($call(role, "startswith", "indexer."))) {
      return "indexer";
    }
    return ((($in(linear, tensor.layer)) || $truth($call(role, "startswith", "ssm_"))) ? "linear_attention" : "attention");
  }
  if (((tensor.part === "ffn") && $truth($call(tensor.role, "endswith", "_shexp")))) {
    return "shared_experts";
  }
  return $call($dict({ expert: "experts", ffn: "ffn", embedding: "embedding", output: "output", router: "router" }), "get", tensor.part);
}

function anatomy_formats$_divides(scales, tensor) {
  return $or((scales === null), () => $or((scales.group === null), () => ($eq($mod($item(tensor.shape, 1), scales.group), 0))));
}

function anatomy_formats$_scale_bytes(scales, tensor) {
  let bits, columns, count, high, rows, wide;
  if ((scales === null)) {
    return 0;
  }
  [rows, columns] = $unpack(tensor.shape, 2);
  if ($truth(scales.block)) {
    [high, wide] = $unpack(scales.block, 2);
    count = $mul($neg($floordiv($neg(rows), high)), $neg($floordiv($neg(columns), wide)));
  } else {
    if ($truth(scales.group)) {
      count = $mul(rows, $floordiv(columns, scales.group));
    } else {
      count = ((scales.per === "channel") ? rows : 1);
    }
  }
  bits = $add($mul(count, $add(scales.bits, scales.zero_bits)), $mul($truediv(count, scales.scales_group), scales.scales_bits));
  return $mul(tensor.count, $math.ceil($truediv($add($add(bits, $mul(columns, scales.column_bits)), scales.tensor_bits), 8)));
}

function anatomy_formats$_uniform_bytes(fmt, s, gguf) {
  let linear, rules;
  if ((fmt.bpw !== null)) {
    throw new $SizingError(($str(fmt.id) + " needs its bits per weight; give " + $str(fmt.id) + "-4.0bpw"));
  }
  linear = anatomy_formats$_linear_layers(s);
  rules = anatomy_formats$_rules(fmt, s.model_type);
  const size = function (tensor) {
    let part, rule, wide;
    part = anatomy_formats$part_of(tensor, linear);
    if (($truth(tensor.mtp) && (!$in(rules, "mtp")))) {
      part = null;
    }
    rule = ($truth(part) ? $or($call(rules, "get", tensor.role), () => $call(rules, "get", part)) : null);
    if (((rule === null) || (!$truth(anatomy_formats$_divides(rule.scales, tensor))))) {
      wide = $or(tensor.buffer, () => $and(gguf, () => $or(($lt($len(tensor.shape), 2)), () => (part === "router"))));
      return $mul(tensor.elements, ($truth(wide) ? 4 : 2));
    }
    return $add($math.ceil($truediv($mul(tensor.elements, rule.bits), 8)), anatomy_formats$_scale_bytes(rule.scales, tensor));
  };
  return size;
}

function anatomy_formats$_unpooled(size) {
  const unpooled = function (tensor) {
    return ($truth($call(tensor.role, "startswith", "cls")) ? 0 : size(tensor));
  };
  return unpooled;
}

function anatomy_formats$_scaled(size, stored, fmt, total) {
  let factor, kept, plain, quantized;
  plain = $list($through(stored, 2, ([t, times]) => [$mul(times, size(t)), $mul(times, t.elements)]));
  kept = $sum(($through(plain, 2, ([b, elements]) => b, ([b, elements]) => ($ge(b, $mul(2, elements))))));
  quantized = $sum(($through(plain, 2, ([b, elements]) => b, ([b, elements]) => ($lt(b, $mul(2, elements))))));
  factor = ($truth(quantized) ? $truediv($sub(total, kept), quantized) : 0.0);
  if ((!($lt(0.5, factor) && $lt(factor, 2)))) {
    throw new $SizingError(($str(fmt.id) + ": " + $format(total, (",")) + " bytes are not like its recipe's " + $format($add(kept, quantized), (",")) + "; check the entry"));
  }
  const scaled = function (tensor) {
    let own;
    own = size(tensor);
    return (($ge(own, $mul(2, tensor.elements))) ? own : $round($mul(own, factor)));
  };
  return scaled;
}

function tensors$embedding(s) {
  return new tensor$Tensor("token_embd", "embedding", [$add(s.vocab, s.further_rows), $or(s.embedding, () => s.hidden)]);
}

function* tensors$first(s) {
  let encoder, width;
  [width, encoder] = [$or(s.embedding, () => s.hidden), s.blocks.encoder];
  if ($truth(s.positions)) {
    (yield $make(tensor$Tensor, ["position_embd", "embedding", [s.positions, ($truth(encoder) ? width : s.hidden)]], { lookup: true }));
  }
  if ($truth(s.token_types)) {
    (yield $make(tensor$Tensor, ["token_types", "embedding", [s.token_types, width]], { lookup: true }));
  }
  if ($truth(s.buckets)) {
    (yield new tensor$Tensor("attn_rel_b", "bias", [$mul(s.buckets, s.heads)]));
  }
  if ($truth(s.blocks.embedding_norm)) {
    (yield* tensor$norms("token_embd_norm", width, s.blocks.norm_bias));
  }
  if ((s.blocks.scaled_residual === "affine")) {
    (yield tensor$norm("token_embd_scale", s.hidden));
    (yield new tensor$Tensor("token_embd_scale.bias", "bias", [s.hidden]));
  }
  if ($truth(s.embedding)) {
    (yield* tensor$linear("embedding_in", "ffn", s.hidden, s.embedding, encoder));
  }
  if ($truth(s.blocks.scaled_logits)) {
    (yield new tensor$Tensor("rope_scaling", "bias", [$floordiv(s.latent.rope, 2)]));
  }
}

function* tensors$per_layer_embedding(s) {
  let size, width;
  size = s.layer_input;
  if ((!$truth(size))) {
    return null;
  }
  width = $mul(size, $len(s.layers));
  (yield new tensor$Tensor("per_layer_token_embd", "embedding", [s.layer_vocab, width]));
  (yield $make(tensor$Tensor, ["per_layer_model_proj", "ffn", [width, s.hidden]], { layer: 0 }));
  (yield $make(tensor$Tensor, ["per_layer_proj_norm", "norm", [size]], { layer: 0 }));
}

function tensors$numbered(tensors, layer) {
  return $list($through(tensors, 0, t => t.of_layer(layer)));
}

function* tensors$_answers(s, bias = false) {
  bias = $or(bias, () => s.blocks.head_bias);
  if ((!$truth(s.tied))) {
    (yield* tensor$linear("output", "output", s.vocab, $or(s.embedding, () => s.hidden), bias));
  } else {
    if ($truth(bias)) {
      (yield new tensor$Tensor("output.bias", "bias", [s.vocab]));
    }
  }
}

function* tensors$_told(s) {
  let bias, dense_bias, rows, width;
  [bias, width] = [s.blocks.norm_bias, $or(s.embedding, () => s.hidden)];
  dense_bias = $or($and(bias, () => (!$truth(s.blocks.first_unnormed))), () => s.blocks.plain_head);
  if (((s.head === "masked") && $truth(s.blocks.plain_head))) {
    (yield* tensors$_answers(s));
    return null;
  }
  rows = ((s.head === "masked") ? width : s.hidden);
  (yield* tensor$linear("cls", "ffn", rows, s.hidden, dense_bias));
  if ((s.head === "labels")) {
    (yield* tensor$linear("cls.output", "ffn", s.labels, s.hidden, true));
  }
  if (((s.head === "masked") || ((s.head === "labels") && $truth(s.blocks.first_unnormed)))) {
    (yield* tensor$norms("cls.norm", rows, bias));
  }
  if ((s.head === "masked")) {
    (yield* tensors$_answers(s, true));
  }
}

function* tensors$head(s) {
  let kind;
  kind = s.blocks;
  if (($truth(kind.final_norm) && (kind.norms !== "none"))) {
    (yield* tensor$norms("output_norm", s.hidden, kind.norm_bias));
  }
  (yield* $iter(residual$after_the_last(s)));
  if (($truth(s.embedding) && (!$truth(kind.encoder)))) {
    (yield* tensor$linear("embedding_out", "ffn", s.embedding, s.hidden));
  }
  if (($in(["answers", "yes_or_no"], s.head))) {
    (yield* tensors$_answers(s));
  } else {
    if (((s.head === "labels") && (!$truth(kind.encoder)))) {
      if ($truth(kind.dense_head)) {
        (yield* tensor$linear("cls", "ffn", s.hidden, s.hidden));
        (yield* tensor$norms("cls.norm", s.hidden, kind.norm_bias));
      }
      (yield* tensor$linear("cls.output", "ffn", s.labels, $or(s.embedding, () => s.hidden)));
    } else {
      if ((s.head !== "none")) {
        (yield* tensors$_told(s));
      }
    }
  }
}

const tensors$tensors = /* @__PURE__ */ $memo(function (s) {
  let i, kind, own, result;
  result = [tensors$embedding(s), ...$iter(tensors$first(s))];
  result = $iadd(result, tensors$per_layer_embedding(s));
  for ([i, kind] of $each($enumerate(s.layers), 2)) {
    result = $iadd(result, tensors$numbered(tensors$layer_tensors(s, kind), i));
  }
  result = $iadd(result, tensors$head(s));
  for (own of $iter(tensors$mtp_layers(s))) {
    result = $iadd(result, own);
  }
  return $tuple(result);
});

const shape$SCORES_TOKENS = ["answers", "masked", "yes_or_no"];

function tensors$read_elements(tensor, s) {
  if ($truth(tensor.seeing)) {
    return 0;
  }
  if (((tensor.part === "embedding") && (!((tensor.role === "token_embd") && $truth(s.tied) && ($in(shape$SCORES_TOKENS, s.head)))))) {
    return 0;
  }
  if ($truth(tensor.lookup)) {
    return $item(tensor.shape, 1);
  }
  if (($gt(tensor.count, 1))) {
    return $mul($floordiv(tensor.elements, tensor.count), s.experts.used);
  }
  return tensor.elements;
}

const tensors$loaded = /* @__PURE__ */ $memo(function (s) {
  return $tuple(($through(tensors$tensors(s), 0, t => [t, tensors$read_elements(t, s)], t => (!$truth(t.mtp)))));
});

const anatomy_formats$_alike = /* @__PURE__ */ $memo(function (s, classes) {
  let i, layers, once, one;
  layers = $dict([]);
  for ([i, one] of $each($enumerate($zip(s.layers, classes, $kw({ strict: true }))), 2)) {
    $call($call(layers, "setdefault", one, []), "append", i);
  }
  once = [tensors$embedding(s), ...$iter(tensors$first(s)), ...$iter(tensors$per_layer_embedding(s)), ...$iter(tensors$head(s))];
  return [[once, 1], ...$iter(($through($call(layers, "items"), 2, ([[kind, _], own]) => [$tuple(tensors$numbered(tensors$layer_tensors(s, kind), $item(own, 0))), $len(own)])))];
});

const recipes$recipe_classes = /* @__PURE__ */ $memo(function (traits) {
  let n;
  n = traits.layers;
  return $tuple(($through($zip(traits.values, traits.downs, recipes$_places(traits), $kw({ strict: false })), 3, ([value, down, place]) => [($lt(value, 2)), ($lt(value, 4)), recipes$_more_bits(value, $item(traits.values, $neg(1))), ($lt(place, $floordiv(n, 16))), ($lt(place, $floordiv(n, 8))), ($ge(place, $floordiv($mul(7, n), 8))), recipes$_more_bits(place, n), ($lt(down, $floordiv(n, 8))), ($lt($add(down, 1), $floordiv(n, 8)))])));
});

function anatomy_formats$layer_classes(fmt, s, gguf) {
  let layer, layers, role, size;
  if (($truth($isinstance(fmt, [formats$Variant])) && (fmt.own !== null))) {
    layers = $list($through(s.layers, 0, _ => $dict([])));
    for ([[role, layer], size] of $each($call(fmt.own, "items"), 2)) {
      if (((layer !== null) && ($lt(layer, $len(layers))))) {
        $put($item(layers, layer), role, size);
      }
    }
    return $tuple(($through(layers, 0, one => $tuple($sorted($call(one, "items"))))));
  }
  return ($truth(anatomy_formats$_by_recipe(fmt, gguf)) ? recipes$recipe_classes(recipes$traits_of(s)) : $mul([[]], $len(s.layers)));
}

function anatomy_formats$stored(fmt, s, gguf, mtp = false) {
  if ($truth(mtp)) {
    return ($through(tensors$loaded(s), 2, ([tensor, _]) => [tensor, 1]));
  }
  return ((function* () { for (const [own, times] of $each(anatomy_formats$_alike(s, anatomy_formats$layer_classes(fmt, s, gguf)), 2)) for (const tensor of $each(own, 0)) yield [tensor, times]; })());
}

function anatomy_formats$tensor_bytes(fmt, s, gguf, mtp = false, imatrix = null) {
  let size;
  if (($truth($isinstance(fmt, [formats$Variant])) && (fmt.own !== null))) {
    return anatomy_formats$_own_bytes(fmt.own);
  }
  if ($truth(anatomy_formats$_by_recipe(fmt, gguf))) {
    if ((imatrix === null)) {
      imatrix = $or(($in(recipes$NEED_IMATRIX, anatomy_formats$_rule(fmt))), () => $and($isinstance(fmt, [formats$Variant]), () => fmt.imatrix));
    }
    size = anatomy_formats$_gguf_bytes(s, anatomy_formats$_rule(fmt), imatrix, mtp);
    if ($isinstance(fmt, [formats$Variant])) {
      size = anatomy_formats$_kept(size, fmt);
    }
  } else {
    size = anatomy_formats$_uniform_bytes(fmt, s, gguf);
  }
  if (($truth(gguf) && (s.head === "pooled"))) {
    size = anatomy_formats$_unpooled(size);
  }
  if (($truth($isinstance(fmt, [formats$Variant])) && (fmt.file_bytes !== null))) {
    return anatomy_formats$_scaled(size, anatomy_formats$stored(fmt, s, gguf, mtp), fmt, fmt.file_bytes);
  }
  return size;
}

const anatomy_formats$_file_bytes = /* @__PURE__ */ $memo(function (fmt, s, gguf, mtp, imatrix) {
  let size;
  size = anatomy_formats$tensor_bytes(fmt, s, gguf, mtp, imatrix);
  if ($truth(mtp)) {
    return $sum($map(size, tensors$tensors(s)));
  }
  return $sum(($through(anatomy_formats$_alike(s, anatomy_formats$layer_classes(fmt, s, gguf)), 2, ([alike, times]) => $mul(times, $sum($map(size, alike))))));
});

function anatomy_formats$file_bytes(fmt, s, gguf = true, mtp = false, imatrix = null) {
  return anatomy_formats$_file_bytes(fmt, s, gguf, mtp, imatrix);
}

function anatomy_formats$_published(fmt, model) {
  let own, types;
  if (($truth(model.gguf_experts) && ($in(recipes$RECIPES, fmt.id)))) {
    return anatomy_formats$_variant(fmt, $dict($pairs({ experts: model.gguf_experts, loss: fmt.loss })));
  }
  own = $tuple(($through(fmt.checkpoints, 0, c => c, c => ($in(c.models, model.id)))));
  if (((!$truth(own)) || (!$isinstance(model.architecture, [architecture$Architecture])))) {
    return fmt;
  }
  types = [$call($TYPES, "get", model.architecture.model_type, model.architecture.model_type)];
  own = $tuple(($through(own, 0, c => $replace(c, { model_types: types, models: [] }))));
  return anatomy_formats$_variant(fmt, $dict($pairs({ checkpoints: own, loss: fmt.loss })));
}

const likened$_MIX = /* @__PURE__ */ (() => $re.compile("UD-(I?Q.+)"))();

const likened$_AFTER = /* @__PURE__ */ (() => $dict({ Q2_K_XL: "Q2_K", Q3_K_XL: "Q3_K_M", Q4_K_XL: "Q4_K_M", Q5_K_XL: "Q5_K_M", Q6_K_XL: "Q6_K", Q8_K_XL: "Q8_0", IQ4_NL_XL: "IQ4_NL", Q2_K_M: "Q2_K" }))();

function likened$recipe_of(name) {
  let found, recipe;
  found = likened$_MIX.fullmatch($call(name, "upper"));
  recipe = $and(found, () => $call(likened$_AFTER, "get", $item(found, 1), $item(found, 1)));
  return (($in(recipes$RECIPES, recipe)) ? recipe : null);
}

function likened$_trunk(shape) {
  return $replace(shape.blocks, { mtp_embedding: true });
}

function likened$_nearness(shape) {
  let mixture;
  mixture = $bool(shape.experts.count);
  return [((own) => ($eq([own.layers, own.hidden, own.experts], [shape.layers, shape.hidden, shape.experts]))), ((own) => $and(($eq(likened$_trunk(own), likened$_trunk(shape))), () => ($eq($bool(own.experts.count), mixture)))), ((own) => ($eq($bool(own.experts.count), mixture)))];
}

function likened$likened(models, model, name, size) {
  let cited, few, kin, near, ratios, recipe;
  recipe = likened$recipe_of(name);
  if (((recipe === null) || (model.shape === null))) {
    return null;
  }
  cited = $list((function* () { for (const one of $each(models, 0)) for (const [mix, file] of $each($call(one.files, "items"), 2)) if (((one.shape !== null) && $truth(likened$recipe_of(mix)) && ($eq(one.gguf_experts, model.gguf_experts)))) yield new likened$_Cited(one.id, $call(mix, "upper"), one.shape, $truediv(file.bytes, size(one, file.like))); })());
  for (near of $iter(likened$_nearness(model.shape))) {
    kin = $list($through(cited, 0, one => one, one => (($eq(one.mix, $call(name, "upper"))) && $truth(near(one.shape)))));
    if ($truth(kin)) {
      ratios = $list($through(kin, 0, one => one.ratio));
      return new likened$Likeness(recipe, $median(ratios), $min(ratios), $max(ratios), $tuple(($through(kin, 0, one => one.model))));
    }
  }
  few = $list($through(cited, 0, one => one.ratio, one => (!$truth($call(one.mix, "startswith", "UD-Q8")))));
  return new likened$Likeness(recipe, 1.0, $min([1.0, ...$iter(few)]), $max([1.0, ...$iter(few)]), []);
}

function anatomy_formats$_likened(catalog, model, name) {
  let found, own, rule, total;
  const size = function (one, recipe) {
    return anatomy_formats$file_bytes(anatomy_formats$_published($call(catalog, "format", recipe), one), one.shape);
  };
  found = likened$likened($call(catalog.models, "values"), model, name, size);
  if ((found === null)) {
    return null;
  }
  [own, total] = [$call(name, "upper"), $round($mul(found.ratio, size(model, found.recipe)))];
  rule = anatomy_formats$_published($call(catalog, "format", found.recipe), model);
  return anatomy_formats$_variant(rule, $dict($pairs({ id: own, name: own, sources: [], file_bytes: total, assumed: found.in_words(own) })));
}

function anatomy_formats$format_of(catalog, model, name) {
  let alike, file, fmt, found, high, low, own, recipe, rule, wide;
  for ([own, file] of $each($call(model.files, "items"), 2)) {
    if (($eq($call(own, "lower"), $call(name, "lower")))) {
      rule = anatomy_formats$_recipe(catalog, file.like);
      return anatomy_formats$_variant(rule, $dict($pairs({ id: own, name: own, sources: [file.source], file_bytes: file.bytes })));
    }
  }
  if ($truth((recipe = $call(anatomy_formats$_WIDE_ENDS, "get", $call(name, "upper"))))) {
    rule = $call(catalog, "format", recipe);
    wide = $call(name, "upper");
    return anatomy_formats$_variant(rule, $dict($pairs({ id: wide, name: wide, ends: "Q8_0", experts: model.gguf_experts })));
  }
  if ($truth((found = anatomy_formats$_BPW.fullmatch(name)))) {
    rule = $call(catalog, "format", $item(found, 1));
    return anatomy_formats$_with_bpw(rule, $float($item(found, 2)));
  }
  if (($truth((found = anatomy_formats$_GROUPED.fullmatch(name))) && (!$in($map($str.lower, catalog.formats), $call(name, "lower"))))) {
    return anatomy_formats$_with_groups(anatomy_formats$format_of(catalog, model, $item(found, 1)), ($truth($item(found, 2)) ? $int($item(found, 2)) : null));
  }
  if (($truth((found = anatomy_formats$_BITS.fullmatch(name))) && (!$in($map($str.lower, catalog.formats), $call(name, "lower"))))) {
    return anatomy_formats$_with_bits($call(catalog, "format", $item(found, 1)), $int($item(found, 2)));
  }
  if ($truth((found = anatomy_formats$_IMATRIX.fullmatch(name)))) {
    rule = anatomy_formats$_recipe(catalog, $item(found, 1));
    name = ($str(rule.name) + " (imatrix)");
    return anatomy_formats$_variant(rule, $dict($pairs({ id: ("i1-" + $str(rule.id)), name: name, imatrix: true, experts: model.gguf_experts })));
  }
  try {
    fmt = $call(catalog, "format", name);
  } catch ($error) {
    if ($is_error($error, [$SizingError])) {
      if (((alike = anatomy_formats$_likened(catalog, model, name)) === null)) {
        throw $error;
      }
      return alike;
    } else { throw $error; }
  }
  if ((fmt.bpw !== null)) {
    [low, high] = $unpack(fmt.bpw, 2);
    throw new $SizingError(($str(fmt.id) + " needs its bits per weight, " + $format(low, ("g")) + " to " + $format(high, ("g")) + "; give " + $str(fmt.id) + "-4.0bpw"));
  }
  return anatomy_formats$_published(fmt, model);
}

const choosing$USUAL = "Q4_K_M";

const unsaid$IN_GGUF = /* @__PURE__ */ (() => $dict({ MXFP4: "MXFP4_MOE" }))();

function unsaid$said(model) {
  if ((model.unread !== null)) {
    throw new $SizingError(($str(model.name) + ": its weights are stored by " + $str(model.unread) + ", in a way that is not known here; name a format that takes as much, such as AWQ"));
  }
  if ((model.own !== null)) {
    return model.own.key;
  }
  if (((model.said_format === null) && $truth(model.said_gguf))) {
    return $call(unsaid$IN_GGUF, "get", model.native, choosing$USUAL);
  }
  return model.said_format;
}

function anatomy_formats$own_format(catalog, own) {
  let rule;
  rule = $next(($through(own.like, 0, name => $item(catalog.formats, name), name => ($in(catalog.formats, name)))));
  return anatomy_formats$_variant(rule, $dict($pairs({ id: own.name, name: own.name, own: own.bytes, checkpoints: [] })));
}

function narrow$_packing(fmt) {
  let name;
  name = $call((($truth($isinstance(fmt, [formats$Variant])) && $truth(fmt.own)) ? fmt.rule : fmt.id), "upper");
  if (($in(["16-bit", "32-bit"], fmt.precision))) {
    return (($in(name, "BF16")) ? "bf16" : "plain");
  }
  if (((fmt.kind !== "gguf") && (!$in(name, "MXFP4_MOE")))) {
    return $item($call(name, "split", "-"), 0);
  }
  if (($in(name, "FP4"))) {
    return "fp4";
  }
  if (($truth($call(name, "startswith", "IQ")) || ($in(name, "-IQ")))) {
    return "codebook";
  }
  return (($in(name, "_K")) ? "k-quant" : "block");
}

function narrow$measured_loss(fmt) {
  let found;
  found = $list($through(fmt.loss, 0, x => $sub($truediv(x.value, x.base_value), 1), x => (x.metric === "perplexity")));
  return ($truth(found) ? $truediv($sum(found), $len(found)) : null);
}

function narrow$encoding(fmt) {
  return new program$Encoding(fmt.id, narrow$_packing(fmt), fmt.runtimes, fmt.bits, narrow$measured_loss(fmt));
}

function export_models$format_data(fmt) {
  return $slice($list($astuple(narrow$encoding(fmt))), 1, null, null);
}

const unsaid$LOADED = /* @__PURE__ */ (() => $dict([["F32", "BF16"], [units$UNDISCLOSED, "BF16"]]))();

function unsaid$natives(model, formats) {
  let native;
  native = $call(unsaid$LOADED, "get", model.native, model.native);
  return $list($through([$call(unsaid$IN_GGUF, "get", native, native), native], 0, name => name, name => ($in(formats, name))));
}

function unsaid$_rank(fmt) {
  let loss;
  loss = narrow$measured_loss(fmt);
  return [$neg(fmt.bits), ((loss === null) ? $math.inf : loss)];
}

function unsaid$published(model, formats) {
  let chosen, found, made, names, own, widest;
  names = model.names;
  found = $set($through([...$iter(names.huggingface), ...$iter(names.modelscope), ...$iter(names.repackaged)], 0, one => format_names$ending(one, $call(one, "startswith", "mlx-community/")).format));
  widest = (($in(formats, model.native)) ? $item(formats, model.native).bits : 16);
  own = $dict($through($call(model.files, "items"), 2, ([name, file]) => [name, $item(formats, file.like)], ([name, file]) => ($in(formats, file.like))));
  made = $dict($through($call(formats, "values"), 0, fmt => [fmt.id, fmt], fmt => ((fmt.bpw === null) && (($in(found, fmt.id)) || ((fmt.kind === "gguf") && (narrow$measured_loss(fmt) !== null))))));
  chosen = $list($through($call($dict([...$pairs(made), ...$pairs(own)]), "items"), 2, ([name, rule]) => [unsaid$_rank(rule), name], ([name, rule]) => ($lt(rule.bits, widest))));
  return $list($through($sorted(chosen), 2, ([_, name]) => name));
}

function export_models$_readers(rules, fmt) {
  return $list($through($call(rules.runtimes, "values"), 0, runtime => runtime, runtime => ($in(fmt.runtimes, runtime.id))));
}

function exported$sized_key(format, gguf) {
  return ($truth(gguf) ? ($str(format) + "/gguf") : format);
}

function cache$possible_type(kind, offered) {
  if ((!$in(offered, kind))) {
    throw new $SizingError(("cache type '" + $str(kind) + "' is not possible here; this runtime offers " + $str($call(", ", "join", offered))));
  }
  return null;
}

function caches$cache_types(name, rule) {
  let keys, kind, slash, values;
  [keys, slash, values] = $unpack($call($call(name, "lower"), "partition", "/"), 3);
  for (kind of $iter(($truth(slash) ? [keys, values] : [keys]))) {
    cache$possible_type(kind, rule.types);
  }
  if (($truth(slash) && (!$eq(keys, values)) && (!$truth(rule.apart)))) {
    throw new $SizingError(("this runtime has one type for keys and values; give one of " + $str($call(", ", "join", rule.types))));
  }
  return [keys, ($truth(slash) ? values : keys)];
}

function numbers$total(values) {
  let result, value;
  result = 0;
  for (value of $iter(values)) {
    result = $iadd(result, value);
  }
  return result;
}

function numbers$over(count, size) {
  return $neg($floordiv($neg(count), size));
}

function cache$padded(tokens, page) {
  return $mul(numbers$over(tokens, page), page);
}

function cache$seen(limit, depth) {
  return ((limit === null) ? depth : $min(limit, depth));
}

function convolved$cca_state(s) {
  let channels, layer, values;
  layer = $next(($through(s.layers, 0, kind => kind, kind => (kind.beside === "cca"))));
  [channels, values] = [$mul($add(layer.heads, layer.kv_heads), layer.head_dim), $floordiv($mul(layer.kv_heads, layer.value_dim), 2)];
  return $mul(4, $add($mul(channels, $sub($add(s.taps, s.grouped_taps), 2)), values));
}

function recurrent$_delta_net_convolution(s) {
  return $mul($mul(4, $sub(s.delta.kernel, 1)), $add($mul(2, s.delta.keys), s.delta.values));
}

function recurrent$delta_net_state(s) {
  return $add(recurrent$_delta_net_convolution(s), $mul($mul(4, s.delta.key_dim), s.delta.values));
}

function recurrent$_kda_convolution(s) {
  return $mul($mul($mul(4, s.kda.inner), 3), $sub(s.kda.kernel, 1));
}

function recurrent$kda_state(s) {
  return $add(recurrent$_kda_convolution(s), $mul($mul(4, s.kda.inner), s.kda.head_dim));
}

function recurrent$lightning_state(s) {
  let head_dim;
  head_dim = $next(($through(s.layers, 0, kind => kind.head_dim, kind => (kind.mixer === "lightning"))));
  return $mul($mul($mul(4, s.heads), head_dim), head_dim);
}

function recurrent$_mamba_convolution(s) {
  return $mul($mul(4, s.space.inner), $sub(s.space.kernel, 1));
}

function recurrent$lru_state(s) {
  return $add(recurrent$_mamba_convolution(s), $mul(4, s.space.inner));
}

function recurrent$mamba_state(s) {
  return $add(recurrent$_mamba_convolution(s), $mul($mul(4, s.space.inner), s.space.state));
}

function recurrent$_mamba2_convolution(s) {
  return $mul($mul(4, $sub(s.space.kernel, 1)), s.space.convolved);
}

function recurrent$mamba2_state(s) {
  return $add(recurrent$_mamba2_convolution(s), $mul($mul(4, s.space.state), s.space.inner));
}

function recurrent$mlstm_state(s) {
  let own;
  own = s.delta;
  return $mul($mul(4, own.key_heads), $add($add($mul(own.key_dim, own.value_dim), own.key_dim), 1));
}

function recurrent$rwkv4_state(s) {
  return $mul(4, $add($mul(2, s.hidden), $mul(3, s.space.inner)));
}

function recurrent$rwkv7_state(s) {
  return $mul(4, $add($mul(2, s.hidden), $mul(s.space.inner, s.space.state)));
}

function recurrent$short_conv_state(s) {
  return $mul($mul(4, $sub(s.taps, 1)), s.hidden);
}

function convolved$tapped_state(s) {
  let keys;
  keys = $max(($through(s.layers, 0, kind => $mul(kind.kv_heads, $add(kind.head_dim, kind.value_dim)))));
  return $mul($mul(4, $sub(s.taps, 1)), $add(keys, $mul(2, s.hidden)));
}

const recurrent$STATES = /* @__PURE__ */ (() => $dict({ cca: convolved$cca_state, delta_net: recurrent$delta_net_state, kda: recurrent$kda_state, lightning: recurrent$lightning_state, lru: recurrent$lru_state, mamba: recurrent$mamba_state, mamba2: recurrent$mamba2_state, mlstm: recurrent$mlstm_state, none: ((s) => 0), rwkv4: recurrent$rwkv4_state, rwkv6: recurrent$rwkv7_state, rwkv7: recurrent$rwkv7_state, short_conv: recurrent$short_conv_state, tapped: convolved$tapped_state }))();

const recurrent$CONVOLUTIONS = /* @__PURE__ */ (() => $dict({ cca: convolved$cca_state, delta_net: recurrent$_delta_net_convolution, kda: recurrent$_kda_convolution, lightning: ((s) => 0), lru: recurrent$_mamba_convolution, mamba: recurrent$_mamba_convolution, mamba2: recurrent$_mamba2_convolution, mlstm: ((s) => 0), none: ((s) => 0), rwkv4: ((s) => 0), rwkv6: ((s) => 0), rwkv7: ((s) => 0), short_conv: recurrent$short_conv_state, tapped: convolved$tapped_state }))();

function caches$_state(s, layer, rule) {
  let bits, convolution, whole;
  bits = ($truth(s.wide_states) ? 32 : rule.state_bits);
  [whole, convolution] = [$item(recurrent$STATES, layer.recurrent)(s), $item(recurrent$CONVOLUTIONS, layer.recurrent)(s)];
  return $floordiv($add($mul(convolution, rule.convolution_bits), $mul($sub(whole, convolution), bits)), 32);
}

function caches$_elements(s, layer) {
  let latent;
  if (((!$truth(layer.own_keys)) || ($in(["cross", "projection", "none"], layer.mixer)) || ($eq(layer.mixer, layer.recurrent)))) {
    return [0, 0];
  }
  if ((layer.mixer === "latent")) {
    latent = $or(layer.latent, () => s.latent);
    return [$add(latent.rank, ($truth(layer.rotates) ? latent.rope : 0)), 0];
  }
  if ((layer.mixer === "compressed")) {
    return [layer.head_dim, 0];
  }
  return [$mul(layer.kv_heads, layer.head_dim), $mul(layer.kv_heads, layer.value_dim)];
}

const cache_types$CACHE_TYPES = /* @__PURE__ */ (() => $dict([["f32", [1, 4]], ["f16", [1, 2]], ["bf16", [1, 2]], ["q8_0", [32, 34]], ["q6_0", [32, 26]], ["q5_1", [32, 24]], ["q5_0", [32, 22]], ["q4_1", [32, 20]], ["q4_0", [32, 18]], ["iq4_nl", [32, 18]], ["fp8", [1, 1]], ["fp8_128", [128, 132]], ["fp8_ds_mla", [576, 656]], ["8bit", [64, 68]], ["4bit", [64, 36]], ["q8", [32, 34]], ["q6", [32, 26]], ["q4", [32, 18]]]))();

function caches$_bytes(elements, kind, head) {
  let block, size;
  [block, size] = $unpack($item(cache_types$CACHE_TYPES, kind), 2);
  if (($truth(elements) && $truth($mod(head, block)))) {
    throw new $SizingError(("cache type " + $str($repr(kind)) + " has blocks of " + $str(block) + " elements, which do not divide heads of " + $str(head)));
  }
  return $mul($truediv(elements, block), size);
}

function* caches$_entries(s, layer, kind, rule) {
  let attended, chosen, pad, width;
  pad = rule.page;
  if ($truth(layer.ratio)) {
    attended = $mul($mul(4.0, layer.heads), layer.head_dim);
    chosen = (($truth(layer.indexer) && (!$truth(rule.masks))) ? $or(s.indexer.chosen, () => null) : null);
    (yield new cache$Compressed(layer.ratio, caches$_bytes(layer.head_dim, kind, layer.head_dim), attended, chosen, pad));
  }
  if ($truth(layer.indexer)) {
    width = s.indexer.head_dim;
    (yield new cache$Compressed(layer.ratio, caches$_bytes(width, kind, width), $mul($mul(2.0, s.indexer.heads), width), null, pad));
  }
}

function attention$compressor_state(ratio, size) {
  return $mul($mul($mul(4, 2), $mul(ratio, attention$overlap(ratio))), $mul(size, attention$overlap(ratio)));
}

function caches$_part(s, layer, types, rule) {
  let copies, entries, keys, limit, size, slack, sparse, state, values, waiting, windowed;
  if ($truth(s.blocks.encoder)) {
    return new cache$CachePart(0.0, 0, 0);
  }
  state = caches$_state(s, layer, rule);
  if ((($eq(layer.mixer, layer.recurrent)) || ($in(["projection", "cross"], layer.mixer)))) {
    return new cache$CachePart(0.0, 0, state);
  }
  windowed = $and($bool(layer.window), () => rule.keeps_windows(s.model_type));
  if (($truth(windowed) && $truth(rule.window_type))) {
    types = caches$cache_types(rule.window_type, rule);
  }
  [keys, values] = $unpack(caches$_elements(s, layer), 2);
  sparse = $and(layer.indexer, () => $and((layer.mixer === "latent"), () => $and(($item(types, 0) === "fp8"), () => rule.sparse_latent)));
  size = caches$_bytes(keys, $or(sparse, () => $item(types, 0)), ((layer.mixer === "attention") ? layer.head_dim : keys));
  size = $iadd(size, caches$_bytes(values, $item(types, 1), layer.value_dim));
  entries = [];
  if ((layer.mixer === "compressed")) {
    entries = $tuple(caches$_entries(s, layer, $item(types, 0), rule));
    waiting = ($truth(layer.ratio) ? [attention$compressor_state(layer.ratio, layer.head_dim)] : []);
    waiting = $iadd(waiting, ($truth(layer.indexer) ? [attention$compressor_state(layer.ratio, s.indexer.head_dim)] : []));
    state = $iadd(state, $sum(waiting));
  } else {
    if ($truth(layer.indexer)) {
      copies = (($truth(rule.indexer_values) && (layer.mixer === "attention")) ? 2 : 1);
      copies = ($truth(s.indexer.pool) ? 3 : copies);
      size = $iadd(size, $mul(copies, caches$_bytes(s.indexer.head_dim, $or(rule.indexer, () => $item(types, 0)), s.indexer.head_dim)));
    }
  }
  if (((!$truth(layer.window)) || (!$truth(windowed)))) {
    return new cache$CachePart(size, null, state, entries, rule.page);
  }
  if (((!$truth(rule.quantized_windows)) && $truth($any(($through(types, 0, kind => ($gt($item($item(cache_types$CACHE_TYPES, kind), 0), 1)))))))) {
    throw new $SizingError(("cache type " + $str($repr($item(types, 0))) + " is not possible here: the runtime keeps a window's cache in 16 bits"));
  }
  [limit, slack] = [cache$padded($add(layer.window, rule.window_spare), rule.page), $mul(rule.window_pages, rule.page)];
  return new cache$CachePart(size, limit, state, entries, rule.page, slack, rule.batch_spare, rule.least(s.model_type));
}

function caches$_scaled(part, factor) {
  return $replace(part, { bytes_per_token: $mul(part.bytes_per_token, factor), state: $math.ceil($mul(part.state, factor)) });
}

function caches$_grouped(layers, parts, rule) {
  let counts, filled, kind, page, part, size, state, widest;
  state = $max(($through($call(parts, "values"), 0, part => part.state)), $kw({ default: 0 }));
  widest = $max(($through($call(parts, "values"), 0, part => part.bytes_per_token)), $kw({ default: 0.0 }));
  if (($truth(state) && $truth(widest))) {
    page = cache$padded($math.ceil($truediv(state, widest)), rule.page);
    filled = $math.ceil($mul(page, widest));
    parts = $dict($through($call(parts, "items"), 2, ([kind, part]) => [kind, $replace(part, { state: ($truth(part.state) ? filled : 0), page: page })]));
  }
  counts = $defaultdict($int);
  for ([kind, part] of $each($call(parts, "items"), 2)) {
    $put(counts, part, $iadd($item(counts, part), $item(layers, kind)));
  }
  if (($lt($len($set($through(counts, 0, part => [part.limit, part.state]))), 2))) {
    return $dict(parts);
  }
  size = $min($call(counts, "values"));
  size = (($lt($max($call(counts, "values")), $mul(1.5, size))) ? $max($call(counts, "values")) : size);
  return $dict($through($call(parts, "items"), 2, ([kind, part]) => [kind, caches$_scaled(part, $truediv(cache$padded($item(counts, part), size), $item(counts, part)))]));
}

const caches$cache_parts = /* @__PURE__ */ $memo(function (s, name, rule) {
  let by_kind, kinds, types;
  [kinds, types] = [s.layers, caches$cache_types(name, rule)];
  by_kind = $dict($through($set(kinds), 0, kind => [kind, caches$_part(s, kind, types, rule)]));
  if (($truth(rule.grouped) && (!$any(($through($call(by_kind, "values"), 0, part => part.compressed)))))) {
    by_kind = caches$_grouped($Counter(kinds), by_kind, rule);
  }
  return $tuple(($through(kinds, 0, kind => $item(by_kind, kind))));
});

const anatomy_sized$_numbered = /* @__PURE__ */ $memo(function (s, kind, layer) {
  return $tuple(tensors$numbered(tensors$layer_tensors(s, kind), layer));
});

const anatomy_sized$_layer_flops = /* @__PURE__ */ $memo(function (s, kind) {
  return $sum(($through(tensors$layer_tensors(s, kind), 0, t => $mul(2.0, tensors$read_elements(t, s)))));
});

function anatomy_sized$_attention_flops(s, layer) {
  let latent;
  if ((layer.mixer === "latent")) {
    latent = $or(layer.latent, () => s.latent);
    return $mul($mul(2.0, layer.heads), $add($mul(2, latent.rank), latent.rope));
  }
  if (($in(["attention", "compressed", "mixture", "shared"], layer.mixer))) {
    return $mul($mul($mul(2.0, $add(1, s.blocks.encoder)), layer.heads), $add(layer.head_dim, layer.value_dim));
  }
  return 0.0;
}

function anatomy_sized$_cache_heads(kind) {
  if (($in(["attention", "mixture", "shared"], kind.mixer))) {
    return kind.kv_heads;
  }
  return (($in(["latent", "compressed"], kind.mixer)) ? 1 : kind.heads);
}

function anatomy_sized$_layer(s, kind, index, bytes_of, cache) {
  let dense, experts, tensor;
  dense = [];
  experts = [];
  for (tensor of $iter(anatomy_sized$_numbered(s, kind, index))) {
    $call((($gt(tensor.count, 1)) ? experts : dense), "append", bytes_of(tensor));
  }
  return $make(sized$SizedLayer, [], { dense: $sum(dense), experts: $sum(experts), flops: anatomy_sized$_layer_flops(s, kind), cache: cache, attention_flops: anatomy_sized$_attention_flops(s, kind), cache_heads: anatomy_sized$_cache_heads(kind), largest: $max(dense, $kw({ default: 0 })), largest_expert: $max(experts, $kw({ default: 0 })) });
}

const tensors$parameters = /* @__PURE__ */ $memo(function (s) {
  let active, counted, many, own, total;
  total = 0;
  active = 0;
  for ([many, own] of $each([...$iter(($through($call($Counter(s.layers), "items"), 2, ([kind, n]) => [n, tensors$layer_tensors(s, kind)]))), [1, [tensors$embedding(s), ...$iter(tensors$first(s)), ...$iter(tensors$per_layer_embedding(s)), ...$iter(tensors$head(s))]]], 2)) {
    counted = $list($through(own, 0, t => t, t => (!$truth(t.buffer))));
    total = $iadd(total, $mul(many, $sum(($through(counted, 0, t => t.elements)))));
    active = $iadd(active, $mul(many, $sum(($through(counted, 0, t => tensors$read_elements(t, s))))));
  }
  return new tensors$Parameters(total, active);
});

function sized$_sums(values) {
  return $tuple($accumulate(values, $kw({ initial: 0 })));
}

function caches$elements_per_token(s, layer) {
  return $sum(caches$_elements(s, layer));
}

function widths$_active_width(kind, experts) {
  let dense;
  dense = (($in(["none", "experts"], kind.feed_forward)) ? 0 : kind.width);
  return $add(dense, (($in(["none", "dense"], kind.feed_forward)) ? 0 : experts));
}

const buffers$MICRO_BATCH = 512;

function widths$_mamba2(space) {
  let scan;
  scan = $add(space.inner, $floordiv($mul(space.state, space.inner), buffers$MICRO_BATCH));
  return $add($add($add(space.inner, $mul(3, space.convolved)), space.heads), scan);
}

function widths$_attending(s, queries, latent_rows, feed_forward) {
  let beside;
  if ($truth(latent_rows)) {
    return $floordiv($mul(latent_rows, 5), 3);
  }
  beside = ((s.blocks.norms === "parallel") ? $mul(($truth(s.blocks.ungated) ? 2 : 3), feed_forward) : 0);
  return $add($mul(($truth(s.blocks.gated_query) ? 5 : 2), queries), beside);
}

const widths$_LAGGING = ["compressed", "delta_net", "kda", "mamba", "mamba2"];

const widths$_FUSED = [64, 80, 128];

function widths$_scores(kind) {
  if ((kind.mixer === "latent")) {
    return true;
  }
  return $and((kind.mixer === "attention"), () => $and((!$truth(kind.window)), () => (!$in(widths$_FUSED, kind.head_dim))));
}

const widths$_STACKED = /* @__PURE__ */ (() => $dict({ qwen3_vl_text: 3, qwen3_vl_moe_text: 3 }))();

function widths$_projected(kinds, space) {
  if ($any(($through(kinds, 0, kind => (kind.mixer === "mamba2"))))) {
    return $add($add(space.inner, space.convolved), space.heads);
  }
  return ($any(($through(kinds, 0, kind => (kind.mixer === "mamba")))) ? $mul(2, space.inner) : 0);
}

const widths$_MAMBA = ["mamba", "mamba2"];

const widths$widths = /* @__PURE__ */ $memo(function (s) {
  let all_windows, attending, compressed, feed_forward, grouped, groups, kinds, latent, latent_rows, mamba, own, queries;
  [kinds, own] = [$set(s.layers), s.experts];
  latent = $list($through(kinds, 0, kind => caches$elements_per_token(s, kind), kind => (kind.mixer === "latent")));
  latent_rows = $mul($mul(2, s.heads), $max(latent, $kw({ default: 0 })));
  mamba = $any(($through(kinds, 0, kind => (kind.mixer === "mamba2"))));
  compressed = $any(($through(kinds, 0, kind => (kind.mixer === "compressed"))));
  attending = $list($through(kinds, 0, kind => kind, kind => ($in(["attention", "latent"], kind.mixer))));
  all_windows = $and($bool(attending), () => $all(($through(attending, 0, kind => kind.window))));
  queries = $max(($through(kinds, 0, kind => $mul(kind.heads, kind.head_dim))));
  feed_forward = $max(($through(kinds, 0, kind => widths$_active_width(kind, $mul(own.used, own.width)))));
  groups = ($truth(s.choosing) ? $floordiv($len(s.layers), s.choosing) : 0);
  grouped = $any(($through(kinds, 0, kind => $and(kind.indexer, () => (kind.mixer === "attention")))));
  return $make(buffers$Widths, [], { vocab: ((($in(shape$SCORES_TOKENS, s.head)) || (!$truth(s.blocks.encoder))) ? s.vocab : s.labels), hidden: s.hidden, feed_forward: feed_forward, experts_used: own.used, experts_width: $mul(own.used, own.hidden), streams: $add(($truth(mamba) ? 5 : 8), groups), mixer: ($truth(mamba) ? widths$_mamba2(s.space) : 0), delta: ($any(($through(kinds, 0, kind => (kind.mixer === "delta_net")))) ? s.delta.values : 0), compressed: ($truth(compressed) ? $add($mul(3, queries), $mul($mul(2, s.streams), s.hidden)) : 0), ungated: s.blocks.ungated, latent_rows: latent_rows, shared: $and($bool(own.shared), () => (!$truth(s.blocks.one_shared))), chosen: (($truth(s.indexer.heads) && (!$truth(grouped)) && (!$truth(compressed))) ? s.indexer.chosen : 0), pooled: ($gt(s.indexer.pool, 0)), block_heads: ($truth(grouped) ? s.indexer.heads : 0), queries: queries, attending: widths$_attending(s, queries, latent_rows, feed_forward), window: $max(($through(kinds, 0, kind => kind.window)), $kw({ default: 0 })), lagging: $or(s.blocks.one_shared, () => $any(($through(kinds, 0, kind => ($in(widths$_LAGGING, kind.mixer)))))), heads: $max(($through(attending, 0, kind => kind.heads, kind => ($eq($bool(kind.window), all_windows)))), $kw({ default: 0 })), all_windows: all_windows, scored: $max(($through(kinds, 0, kind => $mul(kind.heads, ((kind.mixer === "latent") ? 2 : 1)), kind => $truth(widths$_scores(kind)))), $kw({ default: 0 })), stacked: $mul($call(widths$_STACKED, "get", s.model_type, 0), s.hidden), passed: $mul(($truth(compressed) ? $add(s.streams, 3) : 2), s.hidden), projected: widths$_projected(kinds, s.space), scanned: ($any(($through(kinds, 0, kind => ($in(widths$_MAMBA, kind.mixer))))) ? s.space.inner : 0), paired: ($truth(mamba) ? s.space.heads : 0) });
});

function anatomy_sized$_padding(s, rows, columns) {
  let hidden, width;
  [width, hidden] = [s.experts.width, s.experts.hidden];
  if ((!$truth(s.experts.count))) {
    return 1.0;
  }
  return $truediv($mul(cache$padded(width, rows), cache$padded(hidden, columns)), $mul(width, hidden));
}

function anatomy_sized$_unpacked(s) {
  return $max($list((function* () { for (const kind of $each(s.layers, 0)) for (const t of $each(tensors$layer_tensors(s, kind), 0)) yield $floordiv($mul(2, t.elements), t.count); })()), $kw({ default: 0 }));
}

const anatomy_sized$sized = /* @__PURE__ */ $memo(function (s, fmt, cache_format, rule, gguf) {
  let bytes_of, caches, counts, experts, further, i, known, last, layers, lead, looked_up, one, own_head, size, tied, with_first, work;
  bytes_of = anatomy_formats$tensor_bytes(fmt, s, gguf);
  known = $dict([]);
  [layers, caches] = [[], caches$cache_parts(s, cache_format, rule)];
  for ([i, one] of $each($enumerate($zip(s.layers, anatomy_formats$layer_classes(fmt, s, gguf), $kw({ strict: true }))), 2)) {
    if ((!$in(known, one))) {
      $put(known, one, anatomy_sized$_layer(s, $item(one, 0), i, bytes_of, $item(caches, i)));
    }
    $call(layers, "append", $item(known, one));
  }
  [tied, counts] = [$and(s.tied, () => ($in(shape$SCORES_TOKENS, s.head))), tensors$parameters(s)];
  [looked_up, last] = [tensors$embedding(s), $tuple(tensors$head(s))];
  further = [...$iter(tensors$first(s)), ...$iter(tensors$per_layer_embedding(s))];
  if ($truth((with_first = $list($through(further, 0, t => t, t => ($eq(t.layer, 0))))))) {
    [lead, work] = [$item(layers, 0), $mul(2.0, $sum(($through(with_first, 0, t => tensors$read_elements(t, s)))))];
    $put(layers, 0, $replace(lead, { dense: $add(lead.dense, $sum($map(bytes_of, with_first))), flops: $add(lead.flops, work) }));
  }
  size = bytes_of(looked_up);
  own_head = (($truth(tied) && $truth(fmt.own_head)) ? bytes_of($replace(looked_up, { role: "output", part: "output" })) : 0);
  experts = ($any(($through(layers, 0, one => one.experts))) ? s.experts : new shape$Experts());
  return $make(sized$Sized, [], { layers: $tuple(layers), embedding: size, lookups: $sum(($through(further, 0, t => bytes_of(t), t => (t.layer === null)))), output: $add($sum($map(bytes_of, last)), $or(own_head, () => ($truth(tied) ? size : 0))), output_flops: $mul(2.0, $sum(($through([looked_up, ...$iter(last)], 0, t => tensors$read_elements(t, s))))), tied: tied, widths: widths$widths(s), experts: experts.count, experts_per_token: experts.used, total_parameters: counts.total, active_parameters: counts.active, whole: s.blocks.encoder, answers: s.answers, padding: (($truth(gguf) || (fmt.tile === null)) ? 1.0 : anatomy_sized$_padding(s, ...$iter(fmt.tile))), unpacked: ($truth(fmt.unpacked) ? anatomy_sized$_unpacked(s) : 0), own_head: own_head });
});

function export_models$_sized(model, fmt, cache_format, runtime) {
  let error;
  try {
    return anatomy_sized$sized(model.shape, fmt, cache_format, runtime.cache, (runtime.files === "gguf"));
  } catch ($error) {
    if ($is_error($error, [$SizingError])) {
      error = $error;
      return $dict({ refusal: $str(error) });
    } else { throw $error; }
  }
  return null;
}

function caches$mtp_parts(s, name, rule) {
  let types;
  types = caches$cache_types($or(rule.drafting, () => name), rule);
  return $tuple(($through(s.mtp, 0, kind => caches$_part(s, kind, types, rule))));
}

const anatomy_sized$drafter = /* @__PURE__ */ $memo(function (s, fmt, cache_format, rule, gguf) {
  let active, bytes_of, layer, own, total, used, whole;
  if ((!$truth(s.mtp))) {
    return null;
  }
  [whole, bytes_of] = [anatomy_sized$sized(s, fmt, cache_format, rule, gguf), anatomy_formats$tensor_bytes(fmt, s, gguf, true)];
  own = $item(tensors$mtp_layers(s), 0);
  used = $list($through(own, 0, t => t, t => (!$in(["nextn.embed_tokens", "nextn.shared_head_head"], t.role))));
  active = $sum(($through(used, 0, t => tensors$read_elements(t, s))));
  layer = $make(sized$SizedLayer, [], { dense: $sum(($through(used, 0, t => bytes_of(t), t => ($eq(t.count, 1))))), experts: $sum(($through(used, 0, t => bytes_of(t), t => ($gt(t.count, 1))))), flops: $mul(2.0, active), cache: $item(caches$mtp_parts(s, cache_format, rule), 0), attention_flops: anatomy_sized$_attention_flops(s, $item(s.mtp, 0)), cache_heads: anatomy_sized$_cache_heads($item(s.mtp, 0)), largest: $max($map(bytes_of, used)), largest_expert: $max(($through(used, 0, t => bytes_of(t), t => ($gt(t.count, 1)))), $kw({ default: 0 })) });
  total = $sum(($through(used, 0, t => t.elements)));
  return $replace(whole, { layers: [layer], lookups: 0, total_parameters: total, active_parameters: active });
});

function export_models$_work(layer) {
  return [layer.flops, layer.attention_flops, layer.cache_heads];
}

function export_models$rolled(layers) {
  let places, told;
  told = $list($through(layers, 0, row => $tuple(row)));
  places = $dict($through($enumerate($call($dict, "fromkeys", told)), 2, ([place, row]) => [row, place]));
  return $dict({ rows: $list(places), runs: $list($through($groupby(told), 2, ([row, same]) => [$item(places, row), $len($list(same))])) });
}

function export_models$shape_data(s, drafter) {
  let own;
  own = $dict([]);
  if ($truth(drafter)) {
    own = $dict({ drafter: [...$iter(export_models$_work($item(drafter.layers, 0))), drafter.total_parameters, drafter.active_parameters] });
  }
  return $dict([...$pairs(own), ["layers", export_models$rolled($map(export_models$_work, s.layers))], ["output_flops", s.output_flops], ["tied", s.tied], ["widths", $astuple(s.widths)], ["experts", s.experts], ["experts_per_token", s.experts_per_token], ["total_parameters", s.total_parameters], ["active_parameters", s.active_parameters], ["whole", s.whole], ["answers", s.answers]]);
}

function beside$mtp_bytes(shape, fmt, gguf) {
  let size;
  size = anatomy_formats$tensor_bytes(fmt, shape, gguf, true);
  return $sum(((function* () { for (const own of $each(tensors$mtp_layers(shape), 0)) for (const tensor of $each(own, 0)) yield size(tensor); })()));
}

function export_models$_held(layer) {
  return [layer.dense, layer.experts, layer.largest, layer.largest_expert];
}

function export_models$weights_data(shape, fmt, gguf, s, drafter) {
  return $dict([...$pairs(($truth(drafter) ? $dict({ mtp: beside$mtp_bytes(shape, fmt, gguf), drafter: export_models$_held($item(drafter.layers, 0)) }) : $dict([]))), ["layers", export_models$rolled($map(export_models$_held, s.layers))], ["embedding", s.embedding], ["lookups", s.lookups], ["output", s.output], ["padding", s.padding], ["unpacked", s.unpacked], ["own_head", s.own_head]]);
}

function cache_types$widening(name) {
  let bits, elements, kind, size;
  bits = [];
  for (kind of $iter($call($call(name, "lower"), "split", "/"))) {
    [elements, size] = $unpack($call(cache_types$CACHE_TYPES, "get", kind, [1, 2]), 2);
    $call(bits, "append", $min(2.0, $truediv(size, elements)));
  }
  return $truediv($mul(2, $len(bits)), $sum(bits));
}

function export_models$_rolled_parts(parts) {
  let found;
  found = export_models$rolled(($through(parts, 0, part => [part])));
  return $dict([...$pairs(found), ["rows", $list($through($item(found, "rows"), 1, ([part]) => $astuple(part)))]]);
}

function export_models$caches_data(shape, kind, runtime) {
  let error;
  try {
    return $dict([["widening", cache_types$widening(kind)], ["layers", export_models$_rolled_parts(caches$cache_parts(shape, kind, runtime.cache))], ...$pairs(($truth(shape.mtp) ? $dict({ mtp: $list($through(caches$mtp_parts(shape, kind, runtime.cache), 0, part => $astuple(part))) }) : $dict([])))]);
  } catch ($error) {
    if ($is_error($error, [$SizingError])) {
      error = $error;
      return $dict({ refusal: $str(error) });
    } else { throw $error; }
  }
  return null;
}

function beside$has_towers(model) {
  return $and((model.towers !== null), () => $bool($or(model.seeing, () => (!$truth(model.apart)))));
}

function beside$tower_names(model) {
  let found;
  found = $list($through(model.seeing, 0, one => ($isinstance(one, [tower$Tower]) ? one.kind : ($str(one.kind) + " (" + $str(one.model_type) + ")"))));
  return $or($tuple(found), () => model.senses);
}

const beside$_MMPROJ = ["F16", "BF16", "Q8_0", "F32"];

const beside$_WIDE_PATCHES = /* @__PURE__ */ (() => $frozenset($set(["gemma3", "idefics3", "shieldgemma2", "smolvlm"])))();

function beside$file_bytes(tower, wide = []) {
  let sizes;
  sizes = ($through(tower.tensors, 0, tensor => [tensor, ((($eq($len(tensor.shape), 1)) || ($in(wide, tensor.role))) ? 4 : 2)]));
  return $sum(($through(sizes, 2, ([tensor, size]) => $mul(tensor.elements, size))));
}

function beside$tower_bytes(model, runtime) {
  let count, gguf, published, towers, wide;
  gguf = (runtime.files === "gguf");
  if (($truth(gguf) && $truth((published = $next(($through(beside$_MMPROJ, 0, t => $item(model.towers.mmproj, t), t => ($in(model.towers.mmproj, t)))), null))))) {
    return published;
  }
  towers = $list($through(model.seeing, 0, one => one, one => $isinstance(one, [tower$Tower])));
  if (($truth(towers) && ($eq($len(towers), $len(model.seeing))))) {
    wide = (($in(beside$_WIDE_PATCHES, $call(model.towers.config, "get", "model_type"))) ? ["patch_embd"] : []);
    return $sum(($through(towers, 0, tower => ($truth(gguf) ? beside$file_bytes(tower, wide) : $mul(2, tower.parameters)))));
  }
  count = units$known(model.towers.parameters);
  return ((count === null) ? null : $mul(2, count));
}

const beside$_QWEN2 = /* @__PURE__ */ (() => new beside$_Shown(16384, 4, 8464, 68))();

const beside$_QWEN3 = /* @__PURE__ */ (() => new beside$_Shown(16384, 4, 8464, 27))();

const beside$_SHOWN = /* @__PURE__ */ (() => $dict({ gemma3: new beside$_Shown(256, 16, 4096, 27), gemma4: new beside$_Shown(2496, 9, 2520, 27), qwen2_5_vl: beside$_QWEN2, qwen2_vl: beside$_QWEN2, qwen3_5: beside$_QWEN3, qwen3_5_moe: beside$_QWEN3, qwen3_vl: beside$_QWEN3, qwen3_vl_moe: beside$_QWEN3 }))();

function beside$_width(model) {
  let towers;
  towers = $list($through(model.seeing, 0, one => one, one => ($truth($isinstance(one, [tower$Tower])) && (one.kind === "vision"))));
  return $max(((function* () { for (const one of $each(towers, 0)) for (const t of $each(one.tensors, 0)) if ((t.role === "attn_out")) yield $item(t.shape, 0); })()), $kw({ default: 0 }));
}

const beside$_WRITTEN = 30;

function beside$shown_to(model, runtime) {
  let kind, shown, width;
  kind = ($truth(model.towers) ? $str($call(model.towers.config, "get", "model_type")) : "");
  [shown, width] = [$call(beside$_SHOWN, "get", kind), beside$_width(model)];
  if (((shown === null) || (!$truth(width)))) {
    return [0, 0, 0];
  }
  if ((runtime.files === "gguf")) {
    return [$mul($mul(shown.warm, shown.written), width), 0, 0];
  }
  return ($truth(runtime.tries_towers) ? [0, shown.tokens, $mul($mul(shown.patches, beside$_WRITTEN), width)] : [0, 0, 0]);
}

function beside$whole(model, runtime) {
  return $and((model.shape !== null), () => ($in(runtime.whole_towers, model.shape.model_type)));
}

function beside$mtp_parameters(shape) {
  return $sum(((function* () { for (const own of $each(tensors$mtp_layers(shape), 0)) for (const tensor of $each(own, 0)) if ((!$truth(tensor.buffer))) yield tensor.elements; })()));
}

function export_models$beside_data(rules, model) {
  let mtp, runtimes, towers;
  runtimes = $call(rules.runtimes, "values");
  towers = null;
  if ($truth(beside$has_towers(model))) {
    towers = $dict({ names: beside$tower_names(model), parameters: model.towers_parameters, bytes: $dict($through(runtimes, 0, runtime => [runtime.id, [beside$tower_bytes(model, runtime), runtime.towers, ...$iter(beside$shown_to(model, runtime)), beside$whole(model, runtime)]])) });
  }
  mtp = ($truth(model.shape.mtp) ? beside$mtp_parameters(model.shape) : null);
  return $dict({ apart: $list(model.apart), towers: towers, mtp: mtp });
}

function export_models$_data(rules, model, formats, files) {
  let caches, drafting, fmt, gguf, key, name, one, runtime, shape, told, weights;
  told = $dict({ refusal: null, limit: units$known(model.context), family: rules.family(model.id), first: unsaid$natives(model, rules.formats), published: unsaid$published(model, rules.formats), files: files });
  if ((model.shape === null)) {
    return $dict([...$pairs(told), ["refusal", ($str(model.id) + " runs only at " + $str(model.vendor) + ": its weights and shape are undisclosed")]]);
  }
  weights = $dict([]);
  caches = $dict([]);
  shape = $dict([]);
  for ([name, fmt] of $each($call(formats, "items"), 2)) {
    for (runtime of $iter(export_models$_readers(rules, fmt))) {
      gguf = (runtime.files === "gguf");
      key = exported$sized_key(name, gguf);
      if ((!$in(weights, key))) {
        one = export_models$_sized(model, fmt, $item(runtime.cache.types, 0), runtime);
        if ($isinstance(one, [sized$Sized])) {
          drafting = anatomy_sized$drafter(model.shape, fmt, $item(runtime.cache.types, 0), runtime.cache, gguf);
          shape = $or(shape, () => export_models$shape_data(one, drafting));
          $put(weights, key, export_models$weights_data(model.shape, fmt, gguf, one, drafting));
        } else {
          $put(weights, key, one);
        }
      }
      if (((!$in(caches, runtime.id)) && (!$in($item(weights, key), "refusal")))) {
        $put(caches, runtime.id, $dict($through(runtime.cache.types, 0, kind => [kind, export_models$caches_data(model.shape, kind, runtime)])));
      }
    }
  }
  return $dict([...$pairs(told), ["shape", shape], ...$pairs(export_models$beside_data(rules, model)), ["weights", weights], ["caches", caches]]);
}

function export_models$read_data(rules, model, formats) {
  let error, files, listed, own, told;
  told = $dict({ id: model.id, said: null, refused: null, remarks: $list(model.remarks) });
  listed = $dict($through(formats, 0, name => [name, anatomy_formats$format_of(rules, model, name)]));
  own = $dict([]);
  try {
    $put(told, "said", unsaid$said(model));
    if ((model.own !== null)) {
      $put(own, model.own.key, anatomy_formats$own_format(rules, model.own));
    } else {
      if ((($item(told, "said") !== null) && (!$in(listed, $item(told, "said"))))) {
        $put(own, $item(told, "said"), anatomy_formats$format_of(rules, model, $item(told, "said")));
      }
    }
  } catch ($error) {
    if ($is_error($error, [$SizingError])) {
      error = $error;
      $put(told, "refused", $str(error));
    } else { throw $error; }
  }
  files = $dict($through($call(own, "items"), 2, ([name, fmt]) => [name, [...$iter(export_models$format_data(fmt)), fmt.id]]));
  return $dict([...$pairs(export_models$_data(rules, model, $dict([...$pairs(listed), ...$pairs(own)]), files)), ...$pairs(told)]);
}

function cited$addresses(sources, ...keys) {
  let every, own;
  every = $list(sources);
  own = $list($through(every, 0, one => one, one => ((!$truth(keys)) || (!$truth(one.keys)) || $truth($any(($through(one.keys, 0, key => ($in(keys, $item($call(key, "split", "."), 0))))))))));
  return $tuple($call($dict, "fromkeys", ($through($or(own, () => every), 0, one => one.url))));
}

function explain_facts$bytes_of(fmt, shape, gguf) {
  let found, size, tensor, times;
  size = anatomy_formats$tensor_bytes(fmt, shape, gguf);
  found = $dict([]);
  for ([tensor, times] of $each(anatomy_formats$stored(fmt, shape, gguf), 2)) {
    $put(found, tensor.part, $add($call(found, "get", tensor.part, 0), $mul(times, size(tensor))));
  }
  return found;
}

function explain_facts$parts_of(shape) {
  let found, own, read, tensor;
  found = $dict([]);
  for ([tensor, read] of $each(tensors$loaded(shape), 2)) {
    own = $call(found, "setdefault", tensor.part, [0, 0, 0]);
    $put(own, 0, $iadd($item(own, 0), ($truth(tensor.buffer) ? 0 : tensor.elements)));
    $put(own, 1, $iadd($item(own, 1), ($truth(tensor.buffer) ? 0 : read)));
    $put(own, 2, $iadd($item(own, 2), ($truth(tensor.buffer) ? tensor.elements : 0)));
  }
  return $dict({ parts: $list($through($call(found, "items"), 2, ([part, counts]) => [part, ...$iter(counts)])) });
}

function explained$explained_model(rules, model, formats) {
  let cited, fmt, gguf, name, own, shape, sizes;
  shape = model.shape;
  if ((shape === null)) {
    return $dict([]);
  }
  sizes = $dict([]);
  cited = $dict([]);
  for (name of $iter($call($dict, "fromkeys", [...$iter(formats), ...$iter(model.files)]))) {
    fmt = anatomy_formats$format_of(rules, model, name);
    if (($in(model.files, name))) {
      $put(cited, fmt.id, cited$addresses(fmt.sources));
    }
    for (gguf of $iter($sorted($set($through($call(rules.runtimes, "values"), 0, one => (one.files === "gguf"), one => ($in(fmt.runtimes, one.id))))))) {
      try {
        $put(sizes, exported$sized_key(name, gguf), explain_facts$bytes_of(fmt, shape, gguf));
      } catch ($error) {
        if ($is_error($error, [$SizingError])) {
          continue;
        } else { throw $error; }
      }
    }
  }
  own = cited$addresses(model.sources, "architecture");
  return $dict([...$pairs(explain_facts$parts_of(shape)), ["sources", own], ["formats", cited], ["bytes", sizes], ["rows", $dict([])]]);
}

function reading$_told(rules, model, path) {
  let start, told;
  start = $dict([...$pairs(facts$of_model(model)), ["own", path]]);
  told = export_models$read_data(rules, $replace(model, { path: path }), rules.named);
  return $dict([...$pairs(told), ["start", start], ["explained", explained$explained_model(rules, model, rules.named)]]);
}

const params_json$_WORDS = /* @__PURE__ */ (() => $dict({ dim: "hidden_size", hidden_dim: "intermediate_size", n_layers: "num_hidden_layers", n_heads: "num_attention_heads", n_kv_heads: "num_key_value_heads", tied_embeddings: "tie_word_embeddings", max_seq_len: "max_position_embeddings" }))();

const params_json$_HARMLESS = ["causal", "ffn_dim_multiplier", "hidden_act", "llama_4_scaling", "max_batch_size", "multiple_of", "norm_eps", "use_scaled_rope", "yarn"];

const params_json$_SEES = ["vision_encoder", "multimodal"];

const params_json$_OF_EXPERTS = /* @__PURE__ */ (() => $dict({ route_every_n: "moe_layer_freq", num_experts: "n_routed_experts", expert_hidden_dim: "moe_intermediate_size", num_shared_experts: "n_shared_experts", num_expert_groups: "n_group", num_expert_groups_per_tok: "topk_group" }))();

const params_json$_OF_RUNS = ["expert_parallel", "expert_model_parallel", "routed_scale", "renorm_strategy", "use_load_balancing_bias"];

function params_json$_mistral(config) {
  let experts, found, layers, own, used, window;
  [window, layers] = [$call(config, "get", "sliding_window"), $item(config, "n_layers")];
  found = $dict({ model_type: "mistral", sliding_window: window });
  if (($truth($isinstance(window, ["list"])) && $truth(window) && $truth($isinstance(layers, ["int"])))) {
    $put(found, "layer_types", $list($through($range($min(layers, 1000)), 0, i => ($truth($item(window, $mod(i, $len(window)))) ? "sliding_attention" : "full_attention"))));
    $put(found, "sliding_window", $next(($through(window, 0, one => one, one => $truth(one))), null));
  }
  experts = $call(config, "get", "moe");
  if ((!$isinstance(experts, ["Mapping"]))) {
    if ($truth($call(config, "get", "kv_lora_rank"))) {
      throw new $SizingError("a params.json of latent attention without experts; give the config.json of the model");
    }
    return found;
  }
  if ((!$truth($call(experts, "get", "num_shared_experts")))) {
    used = $dict($through(["num_experts", "num_experts_per_tok"], 0, key => [key, $call(experts, "get", key)]));
    return $dict([...$pairs(found), ...$pairs(used), ["model_type", "mixtral"]]);
  }
  own = $dict($through($call(experts, "items"), 2, ([key, value]) => [$call(params_json$_OF_EXPERTS, "get", key, key), value], ([key, value]) => (!$in(params_json$_OF_RUNS, key))));
  return $dict([...$pairs(found), ...$pairs(own), ["model_type", "deepseek_v3"]]);
}

const params_json$_LEAST = 4096;

function params_json$_width(config) {
  let factor, multiple, stream, wide;
  [stream, multiple, factor] = [$item(config, "dim"), $call(config, "get", "multiple_of"), $call(config, "get", "ffn_dim_multiplier")];
  if (($in(config, "moe_args"))) {
    throw new $SizingError("a params.json of a model with experts; give the config.json of the same model");
  }
  if (((!$isinstance(stream, ["int"])) || (!$isinstance(multiple, ["int"])) || ($lt(multiple, 1)))) {
    throw new $SizingError("a params.json without multiple_of; give the config.json of the same model");
  }
  if (($in([null, $neg(1)], $call(config, "get", "vocab_size")))) {
    throw new $SizingError("vocab_size is not said, its tokenizer tells it; write it there (32000 in Llama 1 and 2)");
  }
  if (($truth($call(config, "get", "use_scaled_rope")) && ($lt(stream, params_json$_LEAST)))) {
    throw new $SizingError("whether its embeddings are tied is not said; give the config.json of the same model");
  }
  wide = $floordiv($mul(2, $mul(4, stream)), 3);
  wide = ($isinstance(factor, ["int", "float"]) ? $int($mul(factor, wide)) : wide);
  return $mul($neg($floordiv($neg(wide), multiple)), multiple);
}

function params_json$in_usual_words(config) {
  let eight, merged, sees, stored, text, words;
  if ((($call(config, "get", "model_type", "transformer") !== "transformer") || $truth($any(($through(["dim", "n_layers", "n_heads"], 0, key => (!$in(config, key)))))))) {
    return config;
  }
  words = $dict($through($call(config, "items"), 2, ([key, value]) => [$call(params_json$_WORDS, "get", key, key), value], ([key, value]) => (!$in([...$iter(params_json$_HARMLESS), ...$iter(params_json$_SEES), "moe"], key))));
  stored = $call(words, "pop", "quantization", null);
  if ($isinstance(stored, ["Mapping"])) {
    eight = ($call(stored, "get", "qformat_weight") === "fp8_e4m3");
    $put(words, "quantization_config", ($truth(eight) ? $dict({ quant_method: "fp8" }) : stored));
  }
  if (($in(config, "hidden_dim"))) {
    text = $dict([...$pairs(words), ...$pairs(params_json$_mistral(config))]);
  } else {
    text = $dict([...$pairs(words), ["model_type", "llama"], ["intermediate_size", params_json$_width(config)]]);
  }
  sees = $next(($through(params_json$_SEES, 0, key => $item(config, key), key => $isinstance($call(config, "get", key), ["Mapping"]))), null);
  if ((sees === null)) {
    return text;
  }
  if (($in(sees, "whisper_model_args"))) {
    throw new $SizingError("a params.json of a model that hears; give the config.json of the same model");
  }
  merged = ($call(sees, "get", "mm_projector_id") === "patch_merge");
  return $dict([["model_type", ($truth(merged) ? "mistral3" : "llava")], ["tie_word_embeddings", $call(text, "get", "tie_word_embeddings", false)], ["text_config", text], ["vision_config", $dict([["model_type", "pixtral"], ...$pairs(sees)])], ...$pairs($dict($through(["spatial_merge_size"], 0, key => [key, $item(sees, key)], key => ($in(sees, key)))))]);
}

const kinds$_ADAPTER = "a LoRA adapter{}; give the model that it is for{}";

function kinds$foreign_json(data) {
  let base, of, own;
  if ((($in(data, "peft_type")) || ($in(data, "lora_alpha")))) {
    base = $call(data, "get", "base_model_name_or_path");
    of = (($truth($isinstance(base, ["str"])) && ($lt(0, $len(base)) && $le($len(base), 120)) && $truth($call(base, "isprintable"))) ? (": " + $str(base)) : "");
    return $call(kinds$_ADAPTER, "format", "'s settings", of);
  }
  if (($in(data, "_diffusers_version"))) {
    return "settings of a diffusion pipeline, which is no language model; give a language model's config.json";
  }
  if ((($in(data, "added_tokens")) || (($in(data, "tokenizer_class")) && (!$in(data, "model_type"))))) {
    return "a tokenizer's; give the config.json beside it";
  }
  if ((($in(data, "pretrained_config")) || (($in(data, "builder_config")) && (!$in(data, "model_type"))))) {
    return "settings of a TensorRT-LLM engine; give the config.json of the model that it was built from";
  }
  if (($truth($isinstance($call(data, "get", "architecture"), ["str"])) && (!$in(data, "model_type")) && ($in(data, "hidden_size")))) {
    return "settings of a TensorRT-LLM checkpoint; give the config.json of the model that it was made from";
  }
  own = $call(data, "get", "model");
  if (($truth($isinstance(own, ["Mapping"])) && (($in(data, "search")) || ($in(own, "decoder"))))) {
    return "settings of ONNX Runtime; give the config.json of the model that it was made of";
  }
  if ((($in(data, "image_processor_type")) || ($in(data, "feature_extractor_type")) || ($in(data, "processor_class")))) {
    return "a preprocessor's; give the config.json beside it";
  }
  if ((($in(data, "layers")) && ($in(data, "mediaType")))) {
    return "a manifest of Ollama's; give the tag that it is called by, such as qwen3:8b";
  }
  if (($in(data, "weight_map"))) {
    return "an index of weights; name it as it was, ending in .index.json, beside its config.json";
  }
  return null;
}

const wrapped$WITHIN = ["text_config", "llm_config", "language_config", "thinker_config", "language_model_config", "llm", "model_config"];

const wrapped$_OTHER_PARTS = /* @__PURE__ */ (() => $re.compile("vision|visual|image|audio|speech|talker|vq|dit_|action|draft"))();

function translation$known_types() {
  return $sorted($set([...$iter($TABLE), ...$iter($TYPES)]));
}

function wrapped$within(config) {
  let around, found, inner, key, others, parts;
  for (key of $iter(wrapped$WITHIN)) {
    inner = $call(config, "get", key);
    if ($isinstance(inner, ["dict"])) {
      [around, found] = $unpack(wrapped$within(inner), 2);
      return ((found !== null) ? [around, found] : [config, inner]);
    }
  }
  parts = ($through($call(config, "items"), 2, ([key, v]) => [key, v], ([key, v]) => ($truth($isinstance(v, ["dict"])) && (!$truth(wrapped$_OTHER_PARTS.search(key))))));
  others = $list($through(parts, 2, ([_, v]) => v, ([_, v]) => ($in(translation$known_types(), $call(v, "get", "model_type")))));
  if ((($eq($len(others), 1)) && (!$in(translation$known_types(), $call(config, "get", "model_type"))))) {
    return [config, $item(others, 0)];
  }
  return [config, null];
}

function defaults$wrapper(model_type) {
  let found, others, words;
  found = $call($item($table(), "wrappers"), "get", model_type);
  if ((found === null)) {
    return null;
  }
  [words, others] = [$MappingProxyType($item(found, "words")), $MappingProxyType($call(found, "get", "others", $dict([])))];
  return new defaults$Wrapper($item(found, "text"), $item(found, "tied"), words, $call(found, "get", "fills", false), others);
}

const wrapped$_CLASS = /* @__PURE__ */ (() => $re.compile("(\\w+?)(?:For\\w+|LMHeadModel|Model)"))();

function wrapped$_by_class(words) {
  let found, named, said;
  named = (($call(words, "get", "model_type") === null) ? $call(words, "get", "architectures") : null);
  found = (($truth($isinstance(named, ["list"])) && $truth(named) && $truth($isinstance($item(named, 0), ["str"]))) ? wrapped$_CLASS.fullmatch($item(named, 0)) : null);
  said = ($truth(found) ? $call($call($item(found, 1), "replace", "_", ""), "lower") : null);
  return $next(($through(translation$known_types(), 0, type_ => type_, type_ => ($eq($call($call(type_, "replace", "-", ""), "replace", "_", ""), said)))), null);
}

const defaults$_KIN = /* @__PURE__ */ (() => $dict({ Keye: "qwen3", KeyeVL1_5: "qwen3", dots_ocr: "qwen2", ernie4_5_moe_vl: "ernie4_5_vl_moe_text", kimi_k2: "deepseek_v3", kimi_k3: "kimi_linear", llava_llama: "llama", llava_mistral: "mistral", llava_qwen: "qwen2", mimo: "qwen2", phi3_v: "phi3", phi4mm: "phi3" }))();

const defaults$_SAME = /* @__PURE__ */ (() => $dict({ deepseek_ref: "deepseek_v4", exaone4_5_text: "exaone4", mimo_v2: "mimo_v2_flash", minimax_m3: "minimax_m3_vl_text", new: "gte", minimax_m3_vl: "minimax_m3_vl_text", "phi-msft": "phi", step3p7: "step3p5", step3p7_text: "step3p5" }))();

function defaults$_class(model_type) {
  return $call(defaults$_SAME, "get", model_type, $call(defaults$_KIN, "get", model_type, model_type));
}

function synonyms$canonical_name(word, model_type) {
  return $or($call($call($OF_TYPE, "get", model_type, $dict([])), "get", word), () => $call($CANONICAL, "get", word, word));
}

function synonyms$renamed(words) {
  let by, found, own, torn, value, word;
  found = $dict([]);
  by = $dict([]);
  torn = [];
  for ([word, value] of $each($call(words, "items"), 2)) {
    own = synonyms$canonical_name(word, $str($call(words, "get", "model_type")));
    if ($truth($call(found, "get", own))) {
      if (($truth(value) && (!$eq(value, $item(found, own))))) {
        $call(torn, "append", [$item(by, own), word]);
      }
      continue;
    }
    { const $parts = $unpack([value, word], 2); $put(found, own, $parts[0]); $put(by, own, $parts[1]); }
  }
  return [found, torn];
}

const defaults$declared = /* @__PURE__ */ $memo(function (model_type) {
  let found;
  found = $call($item($table(), "classes"), "get", defaults$_class(model_type), $dict([]));
  return found;
});

const defaults$_NEVER = /* @__PURE__ */ (() => $frozenset($set(["mamba_ssm_dtype"])))();

function defaults$_has_positions(model_type) {
  let row;
  row = $call($TABLE, "get", $call($TYPES, "get", model_type, model_type));
  return $and((row !== null), () => row.positions);
}

const defaults$_filled = /* @__PURE__ */ $memo(function (model_type) {
  let _, left_out, own, words;
  own = defaults$_class(model_type);
  [words, _] = $unpack(synonyms$renamed($dict([["model_type", model_type], ...$pairs(defaults$declared(model_type)), ...$pairs($call($BY_CODE, "get", own, $dict([]))), ...$pairs($call($BY_CODE, "get", model_type, $dict([])))])), 2);
  left_out = $set([...$iter(defaults$_NEVER), "model_type"]);
  if ((!$truth(defaults$_has_positions(model_type)))) {
    $call(left_out, "add", "max_position_embeddings");
  }
  return $MappingProxyType($dict($through($call(words, "items"), 2, ([k, v]) => [k, v], ([k, v]) => ((v !== null) && (!$in(left_out, k))))));
});

const defaults$unsaid = /* @__PURE__ */ $memo(function (model_type) {
  let filled;
  filled = defaults$_filled(model_type);
  if ((!$in(defaults$_KIN, model_type))) {
    return filled;
  }
  return $MappingProxyType($dict($through($call(filled, "items"), 2, ([word, value]) => [word, value], ([word, value]) => $isinstance(value, ["bool"]))));
});

function wrapped$_tied(outer, inner, wrapper, type_) {
  let meant, plain, said, text;
  text = $bool($call(defaults$unsaid(type_), "get", "tie_word_embeddings"));
  plain = [(((wrapper === null) || (wrapper.tied === null)) ? text : wrapper.tied), text];
  said = $list($through($zip([outer, inner], plain, $kw({ strict: true })), 2, ([c, default$]) => ($call(c, "get", "tie_word_embeddings", default$) === true)));
  meant = $list($through($zip(said, plain, $kw({ strict: true })), 2, ([flag, default$]) => flag, ([flag, default$]) => (!$eq(flag, default$))));
  if (((!$truth(meant)) && (wrapper !== null) && (!$eq(type_, wrapper.text)))) {
    return $item(said, 1);
  }
  return ($truth(meant) ? $item(meant, 0) : $all(said));
}

function wrapped$_wrapped(config, outer, found, wrapper, kind) {
  let above, tied, ties, type_;
  type_ = $call(found, "get", "model_type");
  if ((!$isinstance(type_, ["str"]))) {
    type_ = ($truth(wrapper) ? wrapper.text : $or(wrapped$_by_class(found), () => kind));
  }
  ties = $dict($through(["tie_word_embeddings"], 0, key => [key, $item(config, key)], key => (($in(config, key)) && (wrapper === null))));
  tied = wrapped$_tied($dict([...$pairs(ties), ...$pairs(outer)]), found, wrapper, $str(type_));
  above = $dict($through(["vocab_size", "max_position_embeddings"], 0, key => [key, $item(config, key)], key => ($in(config, key))));
  return $dict([...$pairs(above), ...$pairs(found), ["model_type", type_], ["tie_word_embeddings", tied]]);
}

const wrapped$NEEDED = ["vocab_size", "hidden_size", "num_hidden_layers", "num_attention_heads"];

const wrapped$_SIZES = /* @__PURE__ */ (() => $frozenset($slice(wrapped$NEEDED, null, 3, null)))();

function wrapped$says_sizes(words) {
  return $bool($bitand(wrapped$_SIZES, $set($through($call(words, "items"), 2, ([key, value]) => $call($CANONICAL, "get", key, key), ([key, value]) => $truth(value)))));
}

function wrapped$_sizes(type_) {
  let declared;
  declared = defaults$unsaid(type_);
  return $dict($through([...$iter(wrapped$NEEDED), "layers_block_type"], 0, key => [key, $item(declared, key)], key => ($in(declared, key))));
}

function wrapped$_unsaid(found, type_, wrapper) {
  let sizes;
  if ((wrapper === null)) {
    return $dict([]);
  }
  sizes = ($truth(wrapped$says_sizes(found)) ? $dict([]) : wrapped$_sizes(type_));
  return $dict([...$pairs(sizes), ...$pairs((($truth(wrapper.fills) && ($eq(type_, wrapper.text))) ? wrapper.words : $dict([])))]);
}

const wrapped$_VERSIONED = ["minicpmv", "minicpmo"];

function wrapped$_unsaid_version(config) {
  return (($eq([$call(config, "get", "hidden_size"), $call(config, "get", "query_num")], [2304, 64])) ? "2.0" : "2.5");
}

const wrapped$_BY_VERSION = /* @__PURE__ */ (() => $dict([["2.0", "minicpm"], ["2.5", "llama"], ["2.6", "qwen2"], ["4.0", "llama"], ["4.5", "qwen3"]]))();

function wrapped$_by_version(config, kind) {
  let known, version;
  if ((!$in(wrapped$_VERSIONED, kind))) {
    return kind;
  }
  version = $str($or($call(config, "get", "version"), () => wrapped$_unsaid_version(config)));
  if ((!$in(wrapped$_BY_VERSION, version))) {
    known = $call(", ", "join", wrapped$_BY_VERSION);
    throw new $SizingError(("version " + $str(version) + ": which text model a " + $str(kind) + " of it has is not known; known are " + $str(known)));
  }
  return $item(wrapped$_BY_VERSION, version);
}

function wrapped$text_of(config) {
  let found, kind, outer, own, unsaid, wrapper;
  [outer, found] = $unpack(wrapped$within(config), 2);
  kind = $next(($through([outer, config], 0, c => $item(c, "model_type"), c => $isinstance($call(c, "get", "model_type"), ["str"]))), null);
  wrapper = ((kind !== null) ? defaults$wrapper(kind) : null);
  unsaid = $dict([]);
  if ((found !== null)) {
    own = wrapped$_wrapped(config, outer, found, wrapper, kind);
    unsaid = wrapped$_unsaid(found, $item(own, "model_type"), wrapper);
  } else {
    if (($truth(wrapper) && ((!$in(translation$known_types(), kind)) || (!$truth(wrapped$says_sizes(config)))))) {
      own = $dict([...$pairs(config), ["model_type", wrapper.text]]);
      if ((wrapper.tied !== null)) {
        $call(own, "setdefault", "tie_word_embeddings", wrapper.tied);
      }
      unsaid = ($truth(wrapped$says_sizes(config)) ? $dict([]) : $dict([...$pairs(wrapped$_sizes(wrapper.text)), ...$pairs(wrapper.words)]));
    } else {
      own = $dict([...$pairs(config), ["model_type", $or(wrapped$_by_version(config, kind), () => wrapped$_by_class(config))]]);
    }
  }
  if ((!$isinstance($item(own, "model_type"), ["str"]))) {
    throw new $SizingError("no model_type; give a Hugging Face config.json");
  }
  if ((($item(own, "model_type") === "deepseek_v2") && ($call(own, "get", "use_mla") === false))) {
    $put(own, "model_type", "deepseek");
  }
  return new wrapped$Text(own, $dict($through($call(unsaid, "items"), 2, ([key, value]) => [key, value], ([key, value]) => (!$in(own, key)))));
}

function defaults$wordless(model_type) {
  let found;
  found = $call($item($table(), "wordless"), "get", model_type);
  return found;
}

function defaults$is_encoder_decoder(model_type) {
  return ($in($item($table(), "encoder_decoders"), model_type));
}

const translation$blocks_of = /* @__PURE__ */ $memo(function (model_type) {
  let known, near, one, own, what;
  own = $call($TYPES, "get", model_type, model_type);
  if ($truth((what = defaults$wordless(own)))) {
    one = (($in(["a", "e", "i", "o", "u"], $slice(model_type, null, 1, null))) ? "an" : "a");
    throw new words$WordError("model_type", ($str(one) + " " + $str(model_type) + " " + $str(what) + "; it is no language model, and is not sized"));
  }
  if ($truth(defaults$is_encoder_decoder(own))) {
    throw new words$WordError("model_type", ($str(model_type) + ": an encoder reads and a decoder answers; such models are not sized"));
  }
  if ((!$in($TABLE, own))) {
    near = $call($difflib, "get_close_matches", model_type, translation$known_types(), $kw({ n: 4, cutoff: 0.5 }));
    known = $call(", ", "join", $call($dict, "fromkeys", [...$iter(near), "llama"]));
    throw new words$WordError("model_type", ("model_type " + $str($repr(model_type)) + " is not known; known are " + $str($len(translation$known_types())) + ", such as " + $str(known) + "; where it is built like one of them, say so: --as TYPE"));
  }
  return [own, $item($TABLE, own)];
});

function families$_apertus(words) {
  if (($truth($call(words, "get", "post_norm")) || ($call(words, "get", "qk_norm", true) === false))) {
    throw new words$WordError("post_norm", "norms behind a block, or none on queries and keys, are not known of an apertus");
  }
  return $dict([]);
}

function families$_bailing(words) {
  let found, second;
  second = $or(($in($str($call(words, "get", "architectures")), "V2")), () => $bool($call(words, "get", "moe_router_enable_expert_bias")));
  found = $dict({ use_qk_norm: ($call(words, "get", "use_qk_norm", second) === true) });
  return $bitor(found, ($truth(second) ? $dict({ model_type: "bailing_moe_v2" }) : $dict([])));
}

function families$_chatglm(words) {
  let groups, shared, word;
  if ($truth($call(words, "get", "add_bias_linear"))) {
    throw new words$WordError("add_bias_linear", "biases of this model are not known");
  }
  for (word of $iter(["rmsnorm", "post_layer_norm"])) {
    if (($call(words, "get", word, true) === false)) {
      throw new words$WordError(word, "false is not known of this model");
    }
  }
  shared = $call(words, "get", "multi_query_attention");
  groups = ($truth(shared) ? $call(words, "get", "multi_query_group_num") : $call(words, "get", "num_attention_heads"));
  return $dict({ num_key_value_heads: groups, attention_bias: ($call(words, "get", "add_qkv_bias", false) === true) });
}

function families$_nothing(words) {
  return $dict([]);
}

const families$_OF_SLIDING = ["num_attention_heads", "q_lora_rank", "kv_lora_rank", "head_dim", "qk_nope_head_dim", "qk_rope_head_dim", "v_head_dim"];

function families$_dots3(words) {
  let asked, found, heads, kinds, listed, own, rest, shared, told;
  [listed, kinds] = [$call(words, "get", "per_layer_config"), $or($call(words, "get", "layer_types"), () => [])];
  own = $dict($through(families$_OF_SLIDING, 0, word => [word, $item(words, ("swa_" + $str(word)))], word => $truth($call(words, "get", ("swa_" + $str(word))))));
  own = $ibitor(own, ($truth((heads = $call(words, "get", "num_sliding_attention_heads"))) ? $dict({ num_attention_heads: heads }) : $dict([])));
  if (($truth($isinstance(listed, ["dict"])) && $truth(listed))) {
    told = $list($call(listed, "values"));
    if ($any(($through(told, 0, one => $or((!$eq(one, $item(told, 0))), () => (!$isinstance(one, ["dict"]))))))) {
      throw new words$WordError("per_layer_config", "layers of several kinds are not known of this model");
    }
    own = $dict($through(families$_OF_SLIDING, 0, word => [word, $item($item(told, 0), word)], word => $truth($call($item(told, 0), "get", word))));
  }
  if ((($in(own, "head_dim")) || ($in(own, "qk_nope_head_dim")))) {
    rest = $sub($call(own, "get", "head_dim", 256), $call(own, "get", "qk_nope_head_dim", 192));
    $call(own, "setdefault", "qk_rope_head_dim", rest);
  }
  $call(own, "pop", "head_dim", null);
  found = $dict($through($call(own, "items"), 2, ([word, value]) => [("swa_" + $str(word)), value], ([word, value]) => (word !== "num_attention_heads")));
  if (($in(own, "num_attention_heads"))) {
    $put(found, "num_sliding_attention_heads", $item(own, "num_attention_heads"));
  }
  asked = $call(words, "get", "use_dsa", ((listed !== null) ? null : true));
  if (((asked === false) || ((asked === null) && $truth(kinds) && (!$in(kinds, "indexed_attention"))))) {
    $put(found, "index_n_heads", 0);
  }
  shared = $or($call(words, "get", "shared_expert_intermediate_size"), () => $or($call(words, "get", "shared_experts_intermediate_size"), () => 1536));
  return $bitor(found, $dict({ shared_expert_intermediate_size: $mul(shared, $or($call(words, "get", "n_shared_experts"), () => 1)) }));
}

function families$_inkling(words) {
  let found, layers, local;
  found = $dict([]);
  if ($truth($call(words, "get", "dense_intermediate_size"))) {
    $put(found, "moe_intermediate_size", $call(words, "get", "intermediate_size"));
  }
  [local, layers] = [$call(words, "get", "local_layer_ids"), $or($call(words, "get", "num_hidden_layers"), () => 66)];
  if (($truth($isinstance(local, ["list"])) && (!$truth($call(words, "get", "layer_types"))))) {
    $put(found, "layer_types", $list($through($range(layers), 0, i => (($in(local, i)) ? "hybrid_sliding" : "hybrid"))));
  }
  return found;
}

function families$_inkling2(words) {
  let answered, rows;
  [rows, answered] = [$or($call(words, "get", "vocab_size"), () => 201024), $or($call(words, "get", "unpadded_vocab_size"), () => 200058)];
  if (($gt(answered, rows))) {
    throw new words$WordError("unpadded_vocab_size", ($format(answered, (",")) + " beside a vocab_size of " + $format(rows, (",")) + "; check both"));
  }
  return $dict({ vocab_size: answered, additional_vocab_size: $sub(rows, answered) });
}

function families$_dbrx(words) {
  let attention, experts;
  [attention, experts] = [$or($call(words, "get", "attn_config"), () => $dict([])), $or($call(words, "get", "ffn_config"), () => $dict([]))];
  return $dict({ num_key_value_heads: $call(attention, "get", "kv_n_heads", 1), moe_intermediate_size: $call(experts, "get", "ffn_hidden_size", 3584), num_experts: $call(experts, "get", "moe_num_experts", 4), num_experts_per_tok: $call(experts, "get", "moe_top_k", 1) });
}

function families$_doge(words) {
  if ($truth($call(words, "get", "is_moe"))) {
    throw new words$WordError("is_moe", "experts of this model are not known");
  }
  return $dict({ num_experts: 0 });
}

function families$_falcon(words) {
  let found, heads, kv_heads, new$, two;
  [new$, heads] = [$call(words, "get", "new_decoder_architecture", false), $call(words, "get", "num_attention_heads", 71)];
  kv_heads = ($truth(new$) ? $call(words, "get", "num_key_value_heads") : ($truth($call(words, "get", "multi_query", true)) ? 1 : heads));
  two = ($truth(new$) ? ($eq($or($call(words, "get", "num_ln_in_parallel_attn"), () => 2), 2)) : (!$truth($call(words, "get", "parallel_attn", true))));
  if (($truth(new$) && (!$truth($call(words, "get", "parallel_attn", true))))) {
    throw new words$WordError("parallel_attn", "false beside new_decoder_architecture is not known");
  }
  found = $dict({ num_key_value_heads: $or(kv_heads, () => heads), num_ln_in_parallel_attn: ($truth(two) ? 2 : 1) });
  return $bitor(found, $dict({ use_bias: $bool($call(words, "get", "bias")) }));
}

function families$_falcon_h1(words) {
  if ($truth($call(words, "get", "mamba_proj_bias"))) {
    throw new words$WordError("mamba_proj_bias", "biases of this model's mixers are not known");
  }
  return $dict([]);
}

function families$_gemma4(words) {
  let found, kinds;
  kinds = $call(words, "get", "layer_types");
  found = (($truth($isinstance(kinds, ["list"])) && $truth(kinds)) ? $dict({ layer_types: [...$iter($slice(kinds, null, $neg(1), null)), "full_attention"] }) : $dict([]));
  if (($in(words, "per_layer_config"))) {
    found = $ibitor(found, $dict({ global_head_dim: $or($call(words, "get", "head_dim"), () => 256), num_global_key_value_heads: null }));
  }
  return found;
}

function families$_one_key_head(words) {
  return $dict({ num_key_value_heads: ($truth($call(words, "get", "multi_query", true)) ? 1 : $call(words, "get", "num_attention_heads", 12)) });
}

function families$_gpt_neo(words) {
  let kinds, listed;
  listed = $call(words, "get", "attention_types");
  if ((!$truth(listed))) {
    return $dict([]);
  }
  kinds = $list((function* () { for (const [group, times] of $each(listed, 2)) for (const _ of $each($range(times), 0)) for (const kind of $each(group, 0)) yield kind; })());
  return $dict({ layer_types: $list($through(kinds, 0, kind => ((kind === "local") ? "sliding_attention" : "full_attention"))) });
}

const families$_MAMBA = /* @__PURE__ */ (() => $dict({ d_inner: "mamba_d_ssm", d_state: "mamba_d_state", d_conv: "mamba_d_conv", dt_rank: "mamba_dt_rank", bias: "mamba_proj_bias", conv_bias: "mamba_conv_bias" }))();

function families$_mamba(words) {
  let found, multiple, rows;
  if (($truth($call(words, "get", "mamba_dt_rank")) || $truth($call(words, "get", "mamba_d_state")))) {
    return $dict([]);
  }
  found = $dict($through($call(families$_MAMBA, "items"), 2, ([word, own]) => [own, $item(words, word)], ([word, own]) => (!$in([null, "auto"], $call(words, "get", word)))));
  [rows, multiple] = [$call(words, "get", "vocab_size"), $call(words, "get", "pad_vocab_size_multiple")];
  if (($truth(found) && $truth($isinstance(rows, ["int"])) && $truth($isinstance(multiple, ["int"])) && ($gt(multiple, 0)))) {
    $put(found, "vocab_size", $mul($neg($floordiv($neg(rows), multiple)), multiple));
  }
  return found;
}

function families$_minimax_m3(words) {
  let listed;
  listed = $or($call(words, "get", "layer_types"), () => $call(words, "get", "sparse_attention_config"));
  return ($truth(listed) ? $dict([]) : $dict({ index_n_heads: 0 }));
}

function families$_modern_decoder(words) {
  let window;
  window = $call(words, "get", "local_attention");
  return ($isinstance(window, ["int"]) ? $dict({ sliding_window: $floordiv(window, 2) }) : $dict([]));
}

function families$_mpt(words) {
  let own;
  own = $or($call(words, "get", "attn_config"), () => $dict([]));
  if ((($call(own, "get", "attn_type", "multihead_attention") !== "multihead_attention") || $truth($call(own, "get", "qk_ln")))) {
    throw new words$WordError("attn_config", "attention of another type than multihead_attention is not known");
  }
  if ((!$eq($call(words, "get", "expansion_ratio", 4), 4))) {
    throw new words$WordError("expansion_ratio", ($str($item(words, "expansion_ratio")) + ": transformers builds this model with 4 alone"));
  }
  if (($call(words, "get", "no_bias") === false)) {
    throw new words$WordError("no_bias", "biases of this model are not known");
  }
  return $dict([]);
}

function families$_nomic(words) {
  let every, word;
  if ($truth((every = $call(words, "get", "moe_every_n_layers")))) {
    return $dict({ model_type: "nomic_bert_moe", decoder_sparse_step: every, num_experts: $call(words, "get", "num_experts") });
  }
  for (word of $iter(["qkv_proj_bias", "mlp_fc1_bias", "mlp_fc2_bias", "prenorm", "use_rms_norm", "moe_every_n_layers"])) {
    if ($truth($call(words, "get", word))) {
      throw new words$WordError(word, ($str($repr($item(words, word))) + " is not known of a nomic_bert"));
    }
  }
  if (($truth($call(words, "get", "num_experts", 0)) && ($call(words, "get", "moe_every_n_layers") === null))) {
    throw new words$WordError("num_experts", "experts of a nomic_bert are not known");
  }
  return $dict([]);
}

function families$_neobert(words) {
  let width;
  width = $call(words, "get", "intermediate_size");
  return ($isinstance(width, ["int"]) ? $dict({ intermediate_size: $mul($neg($floordiv($neg($int($truediv($mul(2, width), 3))), 8)), 8) }) : $dict([]));
}

function families$_divisible(width, multiple) {
  let found;
  found = $max(multiple, $mul($floordiv($int($add(width, $truediv(multiple, 2))), multiple), multiple));
  return (($lt(found, $mul(0.9, width))) ? $add(found, multiple) : found);
}

function families$by_layer(queries, keys, widths) {
  let told;
  told = $zip(queries, keys, widths, $kw({ strict: true }));
  return $dict({ num_attention_heads: $item(queries, 0), num_key_value_heads: $item(keys, 0), intermediate_size: $item(widths, 0), per_layer_config: $dict($through($enumerate(told), 2, ([i, [heads, kv_heads, width]]) => [$str(i), $dict({ num_attention_heads: heads, num_key_value_heads: kv_heads, intermediate_size: width })])) });
}

function families$_openelm(words) {
  let factors, hidden, keys, layers, multiple, normed, queries, tied, widths;
  [queries, keys, factors] = $unpack(($through(["num_query_heads", "num_key_value_heads", "ffn_multipliers"], 0, word => $call(words, "get", word))), 3);
  [layers, hidden] = [$call(words, "get", "num_hidden_layers"), $call(words, "get", "hidden_size")];
  if ((!($truth($isinstance(queries, ["list"])) && $truth($isinstance(keys, ["list"])) && $truth($isinstance(factors, ["list"])) && $truth(layers) && $truth(hidden)))) {
    throw new words$WordError("num_query_heads", "missing, or no list for each layer; give a whole config.json");
  }
  if (((!($eq($len(queries), $len(keys)) && $eq($len(keys), $len(factors)) && $eq($len(factors), layers))) || ($call(words, "get", "ffn_with_glu") === false))) {
    throw new words$WordError("ffn_multipliers", ("a list of another length than " + $str(layers) + " layers, or a block without gate"));
  }
  multiple = $or($call(words, "get", "ffn_dim_divisor"), () => 1);
  widths = $list($through(factors, 0, factor => families$_divisible($mul(factor, hidden), multiple)));
  tied = ($call(words, "get", "share_input_output_layers", true) !== false);
  normed = ($call(words, "get", "normalize_qk_projections", false) === true);
  return $dict([...$pairs(families$by_layer(queries, keys, widths)), ["tie_word_embeddings", tied], ["use_qk_norm", normed]]);
}

function families$_opt(words) {
  let hidden, last, width;
  last = $and($call(words, "get", "do_layer_norm_before", true), () => (!$truth($call(words, "get", "_remove_final_layer_norm"))));
  [width, hidden] = [$call(words, "get", "embedding_size"), $call(words, "get", "hidden_size", 768)];
  if (($call(words, "get", "layer_norm_elementwise_affine", true) === false)) {
    throw new words$WordError("layer_norm_elementwise_affine", "norms without parameters are not known of this model");
  }
  return $dict({ final_norm: $bool(last), use_bias: ($call(words, "get", "enable_bias", true) !== false), embedding_size: (($truth(width) && (!$eq(width, hidden))) ? width : 0) });
}

function families$_qwen(words) {
  let width;
  if (($call(words, "get", "no_bias", true) === false)) {
    throw new words$WordError("no_bias", "biases of this model are not known");
  }
  width = $call(words, "get", "intermediate_size");
  return ($isinstance(width, ["int"]) ? $dict({ intermediate_size: $floordiv(width, 2) }) : $dict([]));
}

function families$_qwen4(words) {
  if ((!$in([null, 1], $call(words, "get", "indexer_kv_heads")))) {
    throw new words$WordError("indexer_kv_heads", ($str($item(words, "indexer_kv_heads")) + " is not known; known is 1"));
  }
  return $dict([]);
}

function families$_rwkv6(words) {
  let hidden, inner, wide;
  hidden = $or($call(words, "get", "hidden_size"), () => 0);
  inner = $or($call(words, "get", "attention_hidden_size"), () => hidden);
  if ((!$eq(inner, hidden))) {
    throw new words$WordError("attention_hidden_size", ($str(inner) + " beside a hidden_size of " + $str(hidden) + " is not known of this model"));
  }
  wide = ($eq(hidden, 4096));
  return $dict({ head_dim: $or($call(words, "get", "head_size"), () => 64), intermediate_size: $or($call(words, "get", "intermediate_size"), () => $mul($floordiv($int($mul(hidden, 3.5)), 32), 32)), decay_low_rank_dim: $or($call(words, "get", "decay_low_rank_dim"), () => ($truth(wide) ? 128 : 64)), lerp_low_rank_dim: $or($call(words, "get", "lerp_low_rank_dim"), () => ($truth(wide) ? 64 : 32)) });
}

function families$_rwkv7(words) {
  if (($truth($call(words, "get", "attn")) || ($call(words, "get", "norm_first") === false) || (!$eq($call(words, "get", "hidden_ratio", 4), 4)))) {
    throw new words$WordError("attn", "attention, another order of norms or another hidden_ratio than 4 is not known here");
  }
  return $dict([]);
}

function families$_recurrent_gemma(words) {
  let kinds, layers, named, strange;
  kinds = $list($or($call(words, "get", "block_types"), () => ["recurrent", "recurrent", "attention"]));
  layers = $or($call(words, "get", "num_hidden_layers"), () => 26);
  named = $dict({ recurrent: "linear_attention", attention: "sliding_attention" });
  if ($truth((strange = $sub($set(kinds), $set(named))))) {
    throw new words$WordError("block_types", ($str($call(", ", "join", $map($str, strange))) + ": not known"));
  }
  return $dict({ layer_types: $list($through($range(layers), 0, i => $item(named, $item(kinds, $mod(i, $len(kinds)))))) });
}

function families$_smallthinker(words) {
  let kinds, listed;
  if ($truth($call(words, "get", "moe_enable_secondary_experts"))) {
    throw new words$WordError("moe_enable_secondary_experts", "a second mixture is not known of this model");
  }
  listed = $call(words, "get", "sliding_window_layout");
  kinds = $list($through($or(listed, () => []), 0, flag => ($truth(flag) ? "sliding_attention" : "full_attention")));
  return ($truth(kinds) ? $dict({ layer_types: kinds }) : $dict({ sliding_window: null }));
}

function families$_up(width, multiple) {
  return $int($mul($floordiv($sub($add(width, multiple), 1), multiple), multiple));
}

function families$_xlstm(words) {
  let heads, hidden, multiple;
  [hidden, heads] = [$or($call(words, "get", "hidden_size"), () => 4096), $or($call(words, "get", "num_attention_heads"), () => 8)];
  if ((!$in(["single", "fused"], $call(words, "get", "weight_mode", "single")))) {
    throw new words$WordError("weight_mode", ($str($repr($item(words, "weight_mode"))) + " is not known"));
  }
  if ($truth($call(words, "get", "use_bias"))) {
    throw new words$WordError("use_bias", "biases of this model are not known");
  }
  multiple = $or($call(words, "get", "ffn_round_up_to_multiple_of"), () => 64);
  return $dict({ intermediate_size: families$_up($mul(hidden, $or($call(words, "get", "ffn_proj_factor"), () => 2.667)), multiple), linear_key_head_dim: $floordiv(families$_up($mul(hidden, $or($call(words, "get", "qk_dim_factor"), () => 0.5)), 64), heads), linear_value_head_dim: $floordiv(families$_up($mul(hidden, $or($call(words, "get", "v_dim_factor"), () => 1.0)), 64), heads), num_attention_heads: heads });
}

function families$_zamba(words) {
  let kinds, listed;
  if ($truth($call(words, "get", "add_bias_linear"))) {
    throw new words$WordError("add_bias_linear", "biases of this model are not known");
  }
  if (($call(words, "get", "tie_word_embeddings") === false)) {
    throw new words$WordError("tie_word_embeddings", "false would copy the block that layers share; no published model is so");
  }
  listed = $call(words, "get", "layers_block_type");
  if ((!$truth(listed))) {
    return $dict([]);
  }
  kinds = $list($through(listed, 0, kind => ((kind === "hybrid") ? "full_attention" : "linear_attention")));
  return $dict({ layer_types: kinds, num_hidden_layers: $len(kinds) });
}

function families$_parallel(words) {
  return $dict({ num_ln_in_parallel_attn: ($truth($call(words, "get", "use_parallel_residual")) ? 1 : $call(words, "get", "num_ln_in_parallel_attn", 2)) });
}

const families$_RULES = /* @__PURE__ */ (() => $dict({ apertus: [$frozenset($set(["post_norm", "qk_norm"])), families$_apertus], bailing_moe: [$frozenset(), families$_bailing], bailing_moe_v2: [$frozenset(), families$_bailing], chatglm: [$frozenset(["add_bias_linear", "rmsnorm", "post_layer_norm", "multi_query_attention", "multi_query_group_num", "add_qkv_bias"]), families$_chatglm], deepseek_v32: [$frozenset($set(["mlp_bias"])), families$_nothing], dots3_note_text: [$frozenset($set(["mlp_bias", "per_layer_config", "shared_experts_intermediate_size", "swa_num_key_value_heads", "use_dsa", ...$iter(($through(families$_OF_SLIDING, 0, word => ("swa_" + $str(word)))))])), families$_dots3], inkling_text: [$frozenset($set(["local_layer_ids", "mtp_local_layer_ids", "unpadded_vocab_size"])), families$_inkling], inkling2_text: [$frozenset($set(["unpadded_vocab_size"])), families$_inkling2], dbrx: [$frozenset($set(["attn_config", "ffn_config"])), families$_dbrx], doge: [$frozenset($set(["is_moe"])), families$_doge], falcon: [$frozenset($set(["new_decoder_architecture", "multi_query", "parallel_attn", "bias", "alibi"])), families$_falcon], falcon_h1: [$frozenset(), families$_falcon_h1], gemma4_text: [$frozenset(), families$_gemma4], gemma4_unified_text: [$frozenset(), families$_gemma4], glm_moe_dsa: [$frozenset($set(["mlp_bias"])), families$_nothing], gpt_bigcode: [$frozenset($set(["multi_query"])), families$_one_key_head], gpt_neo: [$frozenset($set(["attention_types", "attention_layers"])), families$_gpt_neo], gpt_neox: [$frozenset($set(["use_parallel_residual"])), families$_nothing], mamba: [$frozenset($set([...$iter(families$_MAMBA), "pad_vocab_size_multiple"])), families$_mamba], minimax: [$frozenset($set(["block_size"])), families$_nothing], minimax_m3_vl_text: [$frozenset(), families$_minimax_m3], "modernbert-decoder": [$frozenset($set(["local_attention", "sliding_window"])), families$_modern_decoder], mpt: [$frozenset($set(["attn_config", "no_bias", "learned_pos_emb"])), families$_mpt], nomic_bert: [$frozenset($set(["mlp_fc1_bias", "mlp_fc2_bias", "moe_every_n_layers", "num_experts", "prenorm", "qkv_proj_bias", "use_rms_norm"])), families$_nomic], neobert: [$frozenset($set(["ngpt", "rms_norm", "rope"])), families$_neobert], openelm: [$frozenset($set(["ffn_dim_divisor", "ffn_multipliers", "ffn_with_glu", "normalize_qk_projections", "num_gqa_groups", "num_query_heads", "qkv_multipliers", "share_input_output_layers"])), families$_openelm], opt: [$frozenset($set(["do_layer_norm_before", "_remove_final_layer_norm", "enable_bias", "layer_norm_elementwise_affine"])), families$_opt], qwen: [$frozenset($set(["no_bias"])), families$_qwen], qwen4_exp_text: [$frozenset($set(["indexer_kv_heads"])), families$_qwen4], rwkv6: [$frozenset($set(["attention_hidden_size", "head_size", "num_attention_heads"])), families$_rwkv6], rwkv7: [$frozenset($set(["norm_bias", "attn", "norm_first", "hidden_ratio", "value_dim", "num_attention_heads"])), families$_rwkv7], recurrent_gemma: [$frozenset($set(["block_types"])), families$_recurrent_gemma], smallthinker: [$frozenset($set(["moe_enable_early_router", "moe_enable_secondary_experts", "moe_primary_router_apply_softmax", "moe_secondary_expert_size", "rope_layout", "sliding_window_layout"])), families$_smallthinker], xlstm: [$frozenset($set(["add_out_norm", "ffn_proj_factor", "ffn_round_up_to_multiple_of", "qk_dim_factor", "use_bias", "v_dim_factor", "weight_mode"])), families$_xlstm], zamba: [$frozenset($set(["layers_block_type", "attention_hidden_size", "n_mamba_heads"])), families$_zamba], zamba2: [$frozenset($set(["add_bias_linear", "attention_hidden_size", "hybrid_layer_ids", "kv_channels", "layers_block_type", "mamba_headdim", "num_query_groups", "use_long_context", "use_mem_eff_path", "use_mem_rope"])), families$_zamba], stablelm: [$frozenset($set(["use_parallel_residual"])), families$_parallel] }))();

function families$read_of(model_type) {
  return (($in(families$_RULES, model_type)) ? $item($item(families$_RULES, model_type), 0) : $frozenset());
}

const config_json$_OF_SOME = /* @__PURE__ */ (() => $dict({ mlp_bias: true, mamba_proj_bias: true, mamba_conv_bias: false, conv_bias: true, use_post_norm: false, use_attention_gate: false, final_norm: false, norm_bias: true }))();

const families$_MISREAD = /* @__PURE__ */ (() => $dict({ nemotron_h: $frozenset($set(["mamba_proj_bias"])) }))();

function families$misread(word, model_type) {
  return ($in($call(families$_MISREAD, "get", model_type, []), word));
}

const architecture$WORDS = /* @__PURE__ */ (() => $frozenset(($through($fields(architecture$Architecture), 0, one => one.name))))();

function canonical$_letters(value, words) {
  return $dict({ hybrid_override_pattern: value, num_hidden_layers: ($isinstance(value, ["str"]) ? $len(value) : 0) });
}

function canonical$_list(key, value) {
  if ((!$isinstance(value, ["list"]))) {
    throw new words$WordError(key, ($str($repr(value)) + " is no list; give one entry for each layer"));
  }
  return value;
}

const synonyms$BLOCKS = /* @__PURE__ */ (() => $dict({ full_attention: "attention", linear_attention: "mamba" }))();

function canonical$_blocks_in_words(value, words) {
  let kinds;
  kinds = $list($through(canonical$_list("layers_block_type", value), 0, kind => $call(synonyms$BLOCKS, "get", $str(kind), $str(kind))));
  if (($eq($set(kinds), $set(["hybrid"])))) {
    return $dict([]);
  }
  return $dict({ layers_block_type: kinds, num_hidden_layers: $len(kinds) });
}

function canonical$_slides(value, words) {
  let flags;
  flags = canonical$_list("hybrid_layer_pattern", value);
  return $dict({ layer_types: $list($through(flags, 0, flag => ($truth(flag) ? "sliding_attention" : "full_attention"))) });
}

function canonical$_rotated(value, words) {
  if (($item(words, "model_type") === "mistral_large4_text")) {
    return $dict({ no_rope_layers: canonical$_list("no_rope_layers", value) });
  }
  if ((($item(words, "model_type") !== "llama4_text") || $truth($call(words, "get", "layer_types")))) {
    return $dict([]);
  }
  return $dict({ layer_types: $list($through(canonical$_list("no_rope_layers", value), 0, flag => ($truth(flag) ? "chunked_attention" : "full_attention"))) });
}

function canonical$_count(words) {
  let value;
  value = $call(words, "get", "num_hidden_layers");
  return ($isinstance(value, ["int"]) ? value : 0);
}

const synonyms$LAYERS = /* @__PURE__ */ (() => $dict({ deepseek_sparse_attention: "full_attention", hybrid: "full_attention", hybrid_sliding: "sliding_attention", indexed_attention: "full_attention", minimax_m3_sparse: "full_attention", reference_sliding_attention: "full_attention", window_attention: "sliding_attention" }))();

const canonical$_COMPRESSED = /* @__PURE__ */ (() => $frozenset($set(["compressed_sparse_attention", "heavily_compressed_attention"])))();

function canonical$_mapping(key, value) {
  if ((!$isinstance(value, ["dict"]))) {
    throw new words$WordError(key, ($str($repr(value)) + " is no mapping"));
  }
  return value;
}

function canonical$_ratios(kinds, rates) {
  let known;
  known = $dict([["compressed_sparse_attention", 4], ["heavily_compressed_attention", 128], ...$pairs(canonical$_mapping("compress_rates", rates))]);
  return $dict({ compress_ratios: $list($through(kinds, 0, kind => $call(known, "get", kind, 0))) });
}

function canonical$_layer_types(value, words) {
  let kinds;
  kinds = $list($through($slice(canonical$_list("layer_types", value), null, $or(canonical$_count(words), () => null), null), 0, kind => $call(synonyms$LAYERS, "get", $str(kind), $str(kind))));
  if ((($in(["minimax_m3", "minimax_m3_vl", "minimax_m3_vl_text"], $item(words, "model_type"))) && (!$in(value, "minimax_m3_sparse")))) {
    $put(words, "index_n_heads", 0);
  }
  if ($truth($bitand(canonical$_COMPRESSED, $set(kinds)))) {
    return canonical$_ratios(kinds, $or($call(words, "pop", "compress_rates", null), () => $dict([])));
  }
  if ($truth($bitand($set(["moe", "mlp"]), $set(kinds)))) {
    return canonical$_blocks_in_words(kinds, words);
  }
  return $dict({ layer_types: kinds });
}

function canonical$_dense_layers(flags) {
  let first, plain;
  plain = $list($through($enumerate(flags), 2, ([layer, flag]) => layer, ([layer, flag]) => (!$truth(flag))));
  first = ($eq(plain, $list($range($len(plain)))));
  return $dict({ first_k_dense_replace: ($truth(first) ? $len(plain) : 0), mlp_only_layers: ($truth(first) ? [] : plain) });
}

function canonical$_frequency(value, words) {
  if ($isinstance(value, ["list"])) {
    return canonical$_dense_layers($slice(value, null, $or(canonical$_count(words), () => null), null));
  }
  return (($eq(value, 1)) ? $dict([]) : $dict({ decoder_sparse_step: value }));
}

function canonical$_enumerated(value, words) {
  let chosen;
  try {
    chosen = $set($through(($isinstance(value, ["str"]) ? $call(value, "split", ",") : value), 0, i => $int(i)));
  } catch ($error) {
    if ($is_error($error, [$TypeError, $ValueError])) {
      throw new words$WordError("moe_layers_enum", ($str($repr(value)) + " is no list of layers"));
    } else { throw $error; }
  }
  return canonical$_dense_layers($list($through($range(canonical$_count(words)), 0, layer => ($in(chosen, layer)))));
}

const canonical$_FEED_FORWARD = ["dense", "sparse", "moe", "hash_moe"];

function canonical$_kinds(value, words) {
  let found, hashed, kinds, strange;
  kinds = $slice(canonical$_list("mlp_layer_types", value), null, $or(canonical$_count(words), () => null), null);
  if ($truth((strange = $sub($set($map($str, kinds)), $set(canonical$_FEED_FORWARD))))) {
    throw new words$WordError("mlp_layer_types", ($str($call(", ", "join", $sorted(strange))) + ": not known; known are dense and sparse"));
  }
  hashed = $call(kinds, "count", "hash_moe");
  if ((!$eq($slice(kinds, null, hashed, null), $mul(["hash_moe"], hashed)))) {
    throw new words$WordError("mlp_layer_types", "a layer that looks its experts up behind one that does not is not known");
  }
  found = ($truth($bitand($set(["moe", "hash_moe"]), $set(kinds))) ? $dict({ num_hash_layers: hashed }) : $dict([]));
  if ((($call(words, "get", "mlp_only_layers") !== null) || ($call(words, "get", "first_k_dense_replace") !== null))) {
    return found;
  }
  return $bitor(found, ((($in(kinds, "dense")) || (!$truth(found))) ? canonical$_dense_layers($list($through(kinds, 0, kind => (kind !== "dense")))) : $dict([])));
}

function canonical$_pattern(value, words) {
  return $dict({ sliding_window_pattern: ($isinstance(value, ["str"]) ? $len(value) : value) });
}

function canonical$_interval(value, words) {
  return (($item(words, "model_type") === "mistral_large4_text") ? $dict({ no_rope_layer_interval: value }) : $dict([]));
}

function canonical$_one(key, values) {
  if ($any(($through(values, 0, value => (!$eq(value, $item(values, 0))))))) {
    throw new words$WordError(key, ("layers of different sizes (" + $str($sorted($set($map($str, values)))) + ") are not known yet"));
  }
  return ($truth(values) ? $item(values, 0) : 0);
}

function canonical$_attention_kinds(value, words) {
  if ((!$eq(canonical$_one("attn_type_list", canonical$_list("attn_type_list", value)), 1))) {
    throw new words$WordError("attn_type_list", "linear attention of this kind is not known yet");
  }
  return $dict([]);
}

function canonical$_other_attention(value, words) {
  let own, same;
  own = canonical$_mapping("attention_other_setting", value);
  same = [$call(words, "get", "num_key_value_heads"), $call(words, "get", "head_dim")];
  if ((!$eq([$call(own, "get", "num_attention_groups", $item(same, 0)), $call(own, "get", "head_dim", $item(same, 1))], same))) {
    throw new words$WordError("attention_other_setting", "key heads of another number or size are not known yet");
  }
  return $dict({ num_sliding_attention_heads: $call(own, "get", "num_attention_heads") });
}

const canonical$_OF_A_LAYER = /* @__PURE__ */ (() => $frozenset($set(["head_dim", "num_attention_heads", "num_key_value_heads", "intermediate_size"])))();

function canonical$_per_layer(value, words) {
  let layer, listed, own, own_words, strange;
  listed = canonical$_mapping("per_layer_config", value);
  for ([layer, own] of $each($call(listed, "items"), 2)) {
    if (((!$truth($call($str(layer), "isdigit"))) || $truth($sub($set(canonical$_mapping("per_layer_config", own)), canonical$_OF_A_LAYER)))) {
      strange = ($truth($call($str(layer), "isdigit")) ? $call(", ", "join", $sorted($sub($set(own), canonical$_OF_A_LAYER))) : layer);
      throw new words$WordError("per_layer_config", ($str(strange) + ": not known, and may matter to the size"));
    }
  }
  own_words = $dict($through($call(listed, "items"), 2, ([layer, own]) => [$str($int(layer)), $dict(own)]));
  return $dict({ per_layer_config: own_words, global_head_dim: 0, num_global_key_value_heads: 0 });
}

function canonical$_sparse_attention(value, words) {
  let flags, own;
  own = canonical$_mapping("sparse_attention_config", value);
  flags = $call(own, "get", "sparse_attention_freq");
  if (((flags !== null) && (!$eq($item(canonical$_dense_layers(flags), "first_k_dense_replace"), $call(words, "get", "first_k_dense_replace"))))) {
    throw new words$WordError("sparse_attention_config", "indexers in layers without experts are not known yet");
  }
  return $dict({ index_n_heads: $call(own, "get", "sparse_num_index_heads"), index_head_dim: $call(own, "get", "sparse_index_dim") });
}

function canonical$_index_pattern(value, words) {
  let letters;
  letters = ($isinstance(value, ["str"]) ? value : canonical$_list("index_topk_pattern", value));
  return $dict({ indexer_types: $list($through(letters, 0, letter => (($in(["F", "full"], letter)) ? "full" : "shared"))) });
}

function canonical$_gating(value, words) {
  if (((value !== true) && (value !== "per-head"))) {
    throw new words$WordError("gating", ($str($repr(value)) + " is not known; known is a gate for each head"));
  }
  return $dict([]);
}

function canonical$_deci(block) {
  let known, own, strange;
  own = canonical$_mapping("block_configs", block);
  known = $bitor($set(["n_heads_in_group", "ffn_mult", "no_op"]), (($in(own, "n_heads_in_group")) ? $set(["replace_with_linear"]) : $set()));
  strange = $list($through($call(own, "items"), 2, ([key, value]) => key, ([key, value]) => ((!$in(known, key)) && $truth(value))));
  if ($truth(strange)) {
    throw new words$WordError("block_configs", ($str($call(", ", "join", strange)) + ": not known, and may matter to the size"));
  }
  return $dict($through($call(own, "items"), 2, ([key, value]) => [key, value], ([key, value]) => ((key !== "no_op") && $truth(value))));
}

function canonical$_blocks(value, words) {
  let blocks;
  blocks = $list($through(canonical$_list("block_configs", value), 0, block => canonical$_mapping("block_configs", block)));
  return $dict({ block_configs: $list($through(blocks, 0, block => $dict($through(["attention", "ffn"], 0, part => [part, canonical$_deci($call(block, "get", part))])))) });
}

function canonical$_bias(value, words) {
  if ((!$in(["internlm", "internlm2"], $item(words, "model_type")))) {
    throw new words$WordError("bias", "not known, and may matter to the size; nothing is guessed");
  }
  return $dict({ attention_bias: value });
}

const canonical$_TRANSLATED = /* @__PURE__ */ (() => $dict({ hybrid_override_pattern: canonical$_letters, layers_block_type: canonical$_blocks_in_words, hybrid_layer_pattern: canonical$_slides, no_rope_layers: canonical$_rotated, layer_types: canonical$_layer_types, moe_layer_freq: canonical$_frequency, moe_layers_enum: canonical$_enumerated, moe_layers: canonical$_enumerated, mlp_layer_types: canonical$_kinds, sliding_window_pattern: canonical$_pattern, no_rope_layer_interval: canonical$_interval, attn_type_list: canonical$_attention_kinds, attention_other_setting: canonical$_other_attention, per_layer_config: canonical$_per_layer, sparse_attention_config: canonical$_sparse_attention, index_topk_pattern: canonical$_index_pattern, gating: canonical$_gating, block_configs: canonical$_blocks, bias: canonical$_bias }))();

const canonical$UNDERSTOOD = /* @__PURE__ */ (() => $frozenset($set([...$iter(canonical$_TRANSLATED), "compress_rates", "moe_layer_end_index"])))();

function config_json$_is_translated(key) {
  return $or(($in(architecture$WORDS, key)), () => $or(($in($CANONICAL, key)), () => ($in(canonical$UNDERSTOOD, key))));
}

function config_json$_same(value, default$) {
  return $or(($eq(value, default$)), () => $and((!$truth(value)), () => (!$truth(default$))));
}

const harmless$_PRETRAINED = "\n    architectures auto_map attn_implementation bad_words_ids begin_suppress_tokens\n    chunk_size_feed_forward cross_attention_hidden_size diversity_penalty do_sample dtype early_stopping\n    encoder_no_repeat_ngram_size exponential_decay_length_penalty finetuning_task id2label is_decoder\n    is_encoder_decoder label2id length_penalty max_length min_length model_type name_or_path no_repeat_ngram_size\n    num_beam_groups num_beams num_return_sequences output_attentions output_hidden_states output_scores prefix\n    problem_type pruned_heads remove_invalid_values repetition_penalty return_dict return_dict_in_generate\n    suppress_tokens task_specific_params temperature tf_legacy_loss tie_encoder_decoder tokenizer_class top_k top_p\n    torch_dtype torchscript transformers_version typical_p use_bfloat16 use_cache unsloth_fixed unsloth_version\n    cache_implementation generation_config quantization quantization_config compression_config expert_dtype\n    pretraining_tp ep_size max_seq_len context_length max_sequence_length seq_length context_window_size\n    initial_context_length original_max_position_embeddings n_ctx prefill_chunk_size tensor_parallel_shards\n    max_batch_size num_logits_to_keep is_llama_config internal_version\n";

const harmless$_NUMBERS = "\n    activation activation_function activation_situ_beta activation_situ_linear_beta activation_dropout\n    attention_dropout attention_in_multiplier attention_multiplier attention_out_multiplier attention_value_scale\n    attn_logit_softcapping attn_pdrop attn_scale attn_temperature_tuning attention_softmax_in_fp32 clip_qkv\n    dim_model_base embd_pdrop embedding_multiplier embedding_initializer_range final_logit_softcapping floor_scale\n    hc_eps hc_sinkhorn_iters hidden_act hidden_activation hidden_dropout hidden_dropout_prob\n    attention_probs_dropout_prob initializer_range init_std input_jitter_noise key_multiplier layer_norm_eps\n    layer_norm_epsilon layernorm_epsilon lm_head_multiplier logit_scale logits_scaling mamba_chunk_size chunk_size\n    mamba_hidden_act mamba_norm_before_gate mlp_hidden_act mlp_multipliers moe_norm_min norm_eps output_multiplier\n    output_gate_type post_norm_eps qk_scale_factor query_pre_attn_scalar resid_pdrop residual_dropout\n    residual_in_fp32 residual_multiplier rescale_prenorm_residual rms_norm_eps rms_norm_epsilon scale_depth scale_emb\n    ssm_in_multiplier ssm_multipliers ssm_out_multiplier swiglu_alpha swiglu_limit swiglu_limits\n    swiglu_limits_shared time_step_floor time_step_limit time_step_max time_step_min\n    time_step_scale time_step_init_scheme mixer_rms_eps scale_embedding layerdrop\n    scale_attn_weights scale_attn_by_inverse_layer_idx reorder_and_upcast_attn scale_attention_softmax_in_fp32\n    attention_softmax_in_fp32 summary_type summary_use_proj summary_activation summary_proj_to_labels\n    summary_first_dropout apply_residual_connection_post_layernorm slow_but_exact offset_alibi lambda_std_dev\n    norm_type emb_pdrop embedding_fraction init_device verbose use_flash_attn norm_epsilon embedding_dropout\n    resid_dropout embed_dropout classifier_dropout dropout rescale_every logits_soft_cap w_init_variance_scale\n    final_w_init_variance_scale xielu_init full_attn_alpha_factor full_attn_beta_factor linear_attn_alpha_factor\n    linear_attn_beta_factor mlp_alpha_factor mlp_beta_factor z_loss_coefficient enable_moe_fp32_combine\n    router_scaling_factor altup_active_idx altup_coef_clip activation_sparsity_pattern attn_dropout_prob\n    logits_softmax_in_fp32 bf16 fp16 fp32 use_dynamic_ntk use_logn_attn use_cache_kernel use_cache_quantization\n    keep_window_size afn kda_safe_gate kda_lower_bound apply_query_key_layer_scaling bias_dropout_fusion rotary\n    mlp_type chunkwise_kernel\n    sequence_kernel step_kernel return_last_states autocast_kernel_dtype eps inference_state_dtype gate_soft_cap\n    output_logit_soft_cap max_inference_chunksize norm_reduction_force_float32 hidden_mamba_act\n    attn_mode fuse_norm fuse_cross_entropy fuse_linear_cross_entropy use_l2warp split_ngram_parts\n    hc_magnitude learnable_sink_init index_kpool_always_select_tail mhc\n    log_scaling_n_floor log_scaling_alpha logits_mup_width_multiplier rms_norm_eps_moe_gate chain_hidden_post_norm\n    mtp_hidden_states_first qk_l2_clip_threshold rel_l2_clip_threshold mlp_gate_softcap mlp_up_softcap pooling\n    dense_seq_output fused_bias_fc fused_dropout_add_ln max_trained_positions moe_impl rotary_emb_fraction\n    use_xentropy head_size_divisor layer_norm_type pack_qkv emb_pooler feed_forward_type pad_vocab_size_multiple\n    version slice_mode use_image_id audio_chunk_length audio_pool_step chunk_input init_audio init_tts init_vision\n    listen_speak_type residual_gate_temperature shared_expert_sink number_of_conv_states\n    seed indexer_compress_ratio sinusoidal_pos_embds deterministic_flash_attn sparse_prediction\n    sparse_pred_ignore_index local_attention linear_allow_neg_eigval linear_a_log_min linear_a_log_max linear_dt_min\n    linear_dt_max linear_dt_init_floor predict_special_tokens\n    use_gemma_norm use_associative_scan use_mamba_kernels use_mambapy mup_enabled attn_output_gate mamba_dt_init_floor\n    mamba_dt_limit mamba_dt_max mamba_dt_min rmsnorm block_norm_eps block_out_init_scale block_mlp_init_scale\n    block_use_swiglu block_use_xavier_init conv_use_xavier_init conv_dim conv_dim_out block_dim\n    use_pos_enc\n    mlp_expansion_factor normalization_function add_swa_attention_sink_bias gelu_limit hidden_size_multiplier\n";

const harmless$_ROTATIONS = "\n    attn_temperature_scale beta_fast beta_slow compress_rope_parameters compress_rope_theta layer_rope_theta\n    partial_rotary_factor partial_rotary_factors position_embedding_type rope_dim rope_interleave rope_interleaved\n    rope_local_base_freq rope_parameters rope_percent rope_pct rope_scaling rope_theta rope_type rotary_dim\n    rotary_emb_base rotary_pct swa_rope_parameters swa_rope_theta theta indexer_rope_interleave original_rope\n    use_rope mrope_section max_window_positions attn_temperature_len yarn_only_types use_rope_scaling\n    nope_layer_interval rope_scaling_layers\n";

const harmless$_ROUTING = "\n    aux_loss_alpha aux_loss_coef expert_selection_fn load_balance_coeff moe_apply_router_weight_on_input\n    moe_renormalize moe_routed_scaling_factor moe_router_activation_func moe_router_dtype\n    moe_router_logit_softcapping moe_router_scaling_factor moe_router_use_sigmoid moe_shared_expert_overlap n_group\n    norm_expert_weight norm_topk_prob num_expert_group output_router_logits route_norm route_scale\n    routed_scaling_factor router_aux_loss_coef router_dtype router_jitter_noise router_z_loss_coef score_func\n    score_function scoring_func seq_aux shared_expert_combination_strategy topk_group topk_method use_expert_bias\n    use_grouped_topk use_moe_router_bias use_routing_bias index_share_for_mtp_iteration index_block_size\n    index_topk_blocks index_local_blocks need_fp32_gate moe_router_bias gating_types\n    moe_router_enable_expert_bias enable_lm_head_fp32 enable_attention_fp32_softmax output_dropout norm_head\n    use_rmsnorm norm_softmax using_split_qkv_in_self_attention\n";

const harmless$_OTHERS = "\n    audio_config audio_processor_config img_token_compression_config image_processor_config\n    image_grid_pinpoints image_seq_length image_size mm_tokens_per_image preprocessor_config processor_config\n    projector_bias projector_hidden_act projector_hidden_size speech_config video_config vision vision_config\n    vision_feature_layer vision_feature_select_strategy vision_select_layer vision_lora speech_lora visual\n    embd_layer img_processor audio_processor talker_config token2wav_config code2wav_config enable_audio_output\n    enable_talker spatial_merge_size temporal_patch_size tokens_per_second position_id_per_seconds\n    mtp_hybrid_override_pattern mtp_layer_types mtp_layers_block_type mtp_mlp_layer_types mtp_num_hidden_layers\n    num_mtp_modules mtp_transformer_layers mtp_use_dedicated_embeddings mtp_loss_scaling_factor mtp_share_layers\n    prefix_dense_sliding_window_pattern sliding_window_size attention_sink_size nextn_predict_layers_config\n    add_full_attention_sink_bias qk_head_dim n_params qk_norm_type use_unified_vision_chunk ignore_index\n    transformers.js_config perceiver_config pixel_shuffle_factor use_resampler slice_config tts_config query_num\n    lm_head rm_head batch_vision_input drop_vision_last_layer vision_batch_size use_mla\n";

const harmless$HARMLESS = /* @__PURE__ */ (() => $frozenset($call($call(" ", "join", [harmless$_PRETRAINED, harmless$_NUMBERS, harmless$_ROTATIONS, harmless$_ROUTING, harmless$_OTHERS]), "split")))();

function harmless$is_harmless(word) {
  return $or(($in(harmless$HARMLESS, word)), () => $or($call(word, "startswith", ["_", "mm_"]), () => $call(word, "endswith", ["_token_id", "_token_index", "_token_ids"])));
}

const defaults$every_word = /* @__PURE__ */ $memo(function () {
  return $frozenset(((function* () { for (const words of $each($call($item($table(), "classes"), "values"), 0)) for (const word of $each(words, 0)) yield word; })()));
});

const config_json$_PARTS = ["layers", "heads", "experts", "_rank", "_dim", "hidden_size", "intermediate_size", "_bias"];

function config_json$_holds_words(value) {
  if ($isinstance(value, ["dict"])) {
    return $any(($through($call(value, "items"), 2, ([key, inner]) => $or(config_json$_is_translated(key), () => config_json$_holds_words(inner)))));
  }
  return $and($isinstance(value, ["list"]), () => $any($map(config_json$_holds_words, value)));
}

function config_json$_judged(words, type_) {
  let declared, foreign, key, off, own, read, refused, unknown, value;
  [declared, read] = [defaults$declared(type_), families$read_of(type_)];
  [refused, unknown] = [[], []];
  for ([key, value] of $each($call(words, "items"), 2)) {
    own = synonyms$canonical_name(key, type_);
    foreign = $and(($in(config_json$_OF_SOME, own)), () => $and((value === $item(config_json$_OF_SOME, own)), () => (!$truth($bitand($set([key]), $set([...$iter(declared), ...$iter(read)]))))));
    if (($truth(foreign) || ($truth(value) && $truth(families$misread(key, type_))))) {
      $call(refused, "append", key);
    } else {
      if ((($in(read, key)) || ($in(architecture$WORDS, own)))) {
        continue;
      } else {
        if (($in(declared, key))) {
          off = $and((value === false), () => ($item(declared, key) === true));
          if (($truth(off) || ((!$truth(config_json$_is_translated(key))) && (!$truth(config_json$_same(value, $item(declared, key))))))) {
            $call(refused, "append", key);
          }
        } else {
          if (($truth(config_json$_is_translated(key)) || $truth(harmless$is_harmless(key)) || (!$truth(value)) || (($exactly(value, "int")) && ($eq(value, 1))))) {
            continue;
          } else {
            if ((($in(defaults$every_word(), key)) || $truth($call(key, "endswith", config_json$_PARTS)) || $truth(config_json$_holds_words(value)))) {
              $call(refused, "append", key);
            } else {
              $call(unknown, "append", key);
            }
          }
        }
      }
    }
  }
  return [refused, unknown];
}

const words$MOST_LAYERS = 1000;

function words$plausible(words) {
  let value, word;
  for (word of $iter(["num_hidden_layers", "num_nextn_predict_layers"])) {
    value = $call(words, "get", word);
    if (($truth($isinstance(value, ["int"])) && ($gt(value, words$MOST_LAYERS)))) {
      throw new words$WordError(word, ("no model has more than " + $format(words$MOST_LAYERS, (",")) + "; check it"));
    }
  }
  return null;
}

const families$_ROTATED = ["gte", "new"];

const families$_BUILT_OTHERWISE = ["bert", "roberta", "xlm-roberta"];

function families$_class(words) {
  return $str($item($or($call(words, "get", "architectures"), () => [""]), 0));
}

function families$_labels(words) {
  let listed;
  listed = $call(words, "get", "id2label");
  return $dict({ head: "labels", labels: ($isinstance(listed, ["dict"]) ? $len(listed) : $call(words, "get", "labels", 2)) });
}

function families$_encoder(words) {
  let found, gated, name, positions, type_;
  [type_, positions] = [$item(words, "model_type"), $or($call(words, "get", "position_embedding_type"), () => "absolute")];
  gated = $call($str($call(words, "get", "feed_forward_type")), "endswith", "glu");
  if (((type_ === "bert") && ($in($str($call(words, "get", "auto_map")), "jina-bert")) && (positions === "alibi") && $truth(gated))) {
    found = families$_encoder($dict([...$pairs(words), ["model_type", "jina_bert"], ["position_embedding_type", "absolute"]]));
    return $bitor(found, $dict({ model_type: "jina_bert", use_qk_norm: ($in($str($item(words, "auto_map")), "qk-post-norm")) }));
  }
  if ((!$eq(positions, ((($in(families$_ROTATED, type_)) && (positions === "rope")) ? "rope" : "absolute")))) {
    throw new words$WordError("position_embedding_type", ($str($repr(positions)) + " is not known of a " + $str(type_) + "; known is absolute"));
  }
  if (($truth($call(words, "get", "auto_map")) && ($in(families$_BUILT_OTHERWISE, type_)))) {
    throw new words$WordError("auto_map", ("this " + $str(type_) + " is built by code of its own, which is not known"));
  }
  if ($truth($call(words, "get", "is_decoder"))) {
    throw new words$WordError("is_decoder", ("a " + $str(type_) + " that decodes is not known"));
  }
  name = families$_class(words);
  if (($in(name, "ForSequenceClassification"))) {
    return families$_labels(words);
  }
  if ($truth($call(name, "endswith", ["ForMaskedLM", "ForCausalLM", "LMHeadModel"]))) {
    return $dict({ head: "masked" });
  }
  if ((!$truth(name))) {
    return $dict([]);
  }
  if ((!$truth($call(name, "endswith", "Model")))) {
    throw new words$WordError("architectures", ("the head of a " + $str(name) + " is not known"));
  }
  return $dict({ head: "pooled" });
}

const families$_OTHER_HEADS = /* @__PURE__ */ (() => $re.compile("For(TokenClassification|QuestionAnswering|MultipleChoice|\\w*RewardModel)$"))();

function families$_decoder(words) {
  let both, found, name;
  both = $or(($call(words, "get", "use_bidirectional_attention") === true), () => ($call(words, "get", "is_causal") === false));
  found = $dict({ use_bidirectional_attention: $or(both, () => null) });
  name = families$_class(words);
  if ($truth($call(name, "endswith", "ForSequenceClassification"))) {
    return $bitor(found, families$_labels(words));
  }
  if ($truth(families$_OTHER_HEADS.search(name))) {
    throw new words$WordError("architectures", ("the head of a " + $str(name) + " is not known"));
  }
  if (($truth($call(name, "endswith", "Model")) && (!$truth($call(name, "endswith", "LMHeadModel"))) && $truth(defaults$declared($item(words, "model_type"))))) {
    $put(found, "head", "none");
  }
  return found;
}

const families$_SAID_OTHERWISE = ["chatglm", "neobert", "openelm", "qwen", "smallthinker"];

function families$own_words(words) {
  let found, headed, read, rule, type_;
  type_ = $str($item(words, "model_type"));
  headed = ((($in($TABLE, type_)) && $truth($item($TABLE, type_).encoder)) ? families$_encoder : families$_decoder);
  words = $dict([...$pairs(words), ...$pairs(headed(words))]);
  if ((!$in(families$_RULES, type_))) {
    return words;
  }
  [read, rule] = $unpack($item(families$_RULES, type_), 2);
  if ((($in(families$_SAID_OTHERWISE, type_)) && (!$truth($bitand(read, $set(words)))))) {
    return words;
  }
  found = rule(words);
  return $dict([...$pairs($dict($through($call(words, "items"), 2, ([word, value]) => [word, value], ([word, value]) => (!$in(read, word))))), ...$pairs(found)]);
}

const canonical$_TWO_MIXTURES = ["ernie4_5_moe_vl", "ernie4_5_vl_moe_text"];

function canonical$_two_mixtures(words) {
  let widths;
  widths = $or($call(words, "get", "moe_intermediate_size"), () => [1536, 512]);
  if (((!$isinstance(widths, ["list"])) || (!$eq($len(widths), 2)))) {
    throw new words$WordError("moe_intermediate_size", ($str($repr(widths)) + " is no list of two widths, such as [1536, 512]"));
  }
  return $dict({ moe_intermediate_size: $item(widths, 0), vision_moe_intermediate_size: $item(widths, 1) });
}

const canonical$_ONE_FOR_ALL = ["moe_intermediate_size", "num_experts_per_tok", "n_shared_experts", "intermediate_size", "num_attention_heads", "num_key_value_heads", "head_dim", "sliding_window", "num_experts", "shared_expert_intermediate_size", "first_k_dense_replace", "decoder_sparse_step"];

function canonical$_without_nothing(words) {
  let filled, found, key, value;
  filled = defaults$unsaid($str($item(words, "model_type")));
  found = $dict([]);
  for ([key, value] of $each($call(words, "items"), 2)) {
    if (((value === false) || $truth(value))) {
      $put(found, key, value);
    } else {
      if ($isinstance($call(filled, "get", key), ["bool"])) {
        $put(found, key, false);
      } else {
        if ($isinstance($call(filled, "get", key), ["int"])) {
          $put(found, key, 0);
        }
      }
    }
  }
  return found;
}

function canonical$canonical(config) {
  let end, found, key, one, other, torn, translate, value, words;
  [words, torn] = $unpack(synonyms$renamed(config), 2);
  for ([one, other] of $each(torn, 2)) {
    throw new words$WordError(one, ($str($repr($item(config, one))) + ", and " + $str(other) + " " + $str($repr($item(config, other))) + "; a config.json says it once"));
  }
  words$plausible(words);
  words = families$own_words(words);
  for ([key, translate] of $each($call(canonical$_TRANSLATED, "items"), 2)) {
    if ($truth($call(words, "get", key))) {
      value = $call(words, "pop", key);
      found = translate(value, words);
      words = $dict([...$pairs(found), ...$pairs($dict($through($call(words, "items"), 2, ([k, v]) => [k, v], ([k, v]) => ($truth(v) || (v === false) || (!$in(found, k))))))]);
    }
  }
  if (($in(canonical$_TWO_MIXTURES, $item(words, "model_type")))) {
    words = $ibitor(words, canonical$_two_mixtures(words));
  }
  for ([key, value] of $each($call(words, "items"), 2)) {
    if (($truth($isinstance(value, ["list"])) && ($in(canonical$_ONE_FOR_ALL, key)))) {
      $put(words, key, canonical$_one(key, value));
    }
  }
  if ((($item(words, "model_type") === "mimo_v2_flash") && $truth($call(words, "get", "sliding_window_size")))) {
    $put(words, "sliding_window", $item(words, "sliding_window_size"));
  }
  if (($call(words, "get", "use_sliding_window") === false)) {
    $call(words, "pop", "sliding_window", null);
  }
  end = $call(words, "get", "moe_layer_end_index");
  end = (($truth($isinstance(end, ["list"])) && $truth(end)) ? $item(end, 0) : end);
  if (($truth($isinstance(end, ["int"])) && (!$eq(end, $neg(1))) && ($lt(end, $sub(canonical$_count(words), 1))))) {
    throw new words$WordError("moe_layer_end_index", "last layers without experts are not known yet");
  }
  if ((!$truth($call(defaults$unsaid($str($item(words, "model_type"))), "get", "max_position_embeddings")))) {
    $call(words, "pop", "max_position_embeddings", null);
  }
  return canonical$_without_nothing(words);
}

function defaults$is_headless(model_type) {
  return ($in($item($table(), "headless"), model_type));
}

function config_json$_told(own, unknown, filled) {
  let figures, lost;
  lost = $list($through(["hidden_size", "num_hidden_layers"], 0, key => key, key => ($in(filled, key))));
  figures = $list($through(unknown, 0, key => key, key => ($exactly($item(own, key), "int"))));
  if (($truth(lost) && $truth(figures))) {
    throw new words$WordError($item(lost, 0), ($str($item(lost, 0)) + " is left out, and " + $str($item(figures, 0)) + " is not known; give it under its usual name"));
  }
  return null;
}

const config_json$_HEADLESS = "a {} alone has no output head, as transformers builds it; the model around it has one";

function defaults$version() {
  return $str($item($table(), "transformers"));
}

function* config_json$_remarks(unknown, figures) {
  if ($truth(unknown)) {
    (yield ($str($call(", ", "join", unknown)) + ": not known; taken to decide no size"));
  }
  if ($truth(figures)) {
    (yield ("left out, and as transformers " + $str(defaults$version()) + " fills them in: " + $str($call(", ", "join", figures))));
  }
}

function config_json$_used(words, filled) {
  let off, windows;
  off = ($call($dict([...$pairs(filled), ...$pairs(words)]), "get", "use_sliding_window") === false);
  windows = ($truth(off) ? ["sliding_window", "max_window_layers"] : []);
  return $list($through($call(filled, "items"), 2, ([key, n]) => ($str(key) + " " + $str(n)), ([key, n]) => (($exactly(n, "int")) && ($gt(n, 1)) && (!$in(windows, key)))));
}

const tower$_KEYS = /* @__PURE__ */ (() => $dict({ vision: "vision_config", audio: "audio_config" }))();

const defaults$tower_of = /* @__PURE__ */ $memo(function (wrapper, key) {
  let found;
  found = $call($call($item($table(), "wrappers"), "get", wrapper, $dict([])), "get", key);
  return ($truth(found) ? new defaults$Part($item(found, "type"), $MappingProxyType($item(found, "words")), $item(found, "unasked"), $item(found, "fixed")) : null);
});

const defaults$of_tower = /* @__PURE__ */ $memo(function (model_type) {
  let found;
  found = $call($item($table(), "towers"), "get", model_type, $dict([]));
  return found;
});

function* encoder$vector(role, size, bias = false, count = 1) {
  (yield $make(tensor$Tensor, [role, "tower", [size]], { count: count }));
  if ($truth(bias)) {
    (yield $make(tensor$Tensor, [($str(role) + ".bias"), "tower", [size]], { count: count }));
  }
}

function vision$side(w, word) {
  let both;
  both = w.figures(word);
  return ($truth(both) ? $item(both, 0) : w.needed(word));
}

function* encoder$convolution(role, out, into, bias = true, ...kernel) {
  (yield new tensor$Tensor(role, "tower", [out, into, ...$iter(kernel)]));
  if ($truth(bias)) {
    (yield new tensor$Tensor(($str(role) + ".bias"), "tower", [out]));
  }
}

function vision$_channels(w) {
  return $or(w.number("num_channels", "in_channels", "in_chans"), () => 3);
}

function vision$_patches(w, width, bias = true, times = 1) {
  let kernel, patch;
  patch = vision$side(w, "patch_size");
  kernel = (($gt(times, 1)) ? [times, patch, patch] : [patch, patch]);
  return encoder$convolution("patch_embd", width, vision$_channels(w), bias, ...$iter(kernel));
}

function vision$_grid(w) {
  return $pow($floordiv(vision$side(w, "image_size"), vision$side(w, "patch_size")), 2);
}

function* encoder$matrix(role, rows, columns, bias = true, count = 1) {
  (yield $make(tensor$Tensor, [role, "tower", [rows, columns]], { count: count }));
  if ($truth(bias)) {
    (yield $make(tensor$Tensor, [($str(role) + ".bias"), "tower", [rows]], { count: count }));
  }
}

function* vision$_clip(w) {
  let width;
  width = w.needed("hidden_size");
  (yield* encoder$vector("class_embd", width));
  (yield* $iter(vision$_patches(w, width, false)));
  (yield* encoder$vector("position_embd", $mul($add(vision$_grid(w), 1), width)));
  (yield* encoder$vector("pre_ln", width, true));
  (yield* $iter(new encoder$Layers(w.needed("num_hidden_layers"), width, w.needed("intermediate_size")).tensors()));
  (yield* encoder$vector("post_ln", width, true));
}

function* vision$_ernie(w) {
  let patch, width;
  [width, patch] = [w.needed("hidden_size"), vision$side(w, "patch_size")];
  (yield* encoder$matrix("patch_embd", width, $mul($mul(vision$_channels(w), patch), patch), false));
  (yield* $iter(new encoder$Layers(w.needed("depth"), width, w.needed("intermediate_size")).tensors()));
  (yield* encoder$vector("post_ln", width, true));
}

function* vision$_merger(merged, out) {
  (yield* encoder$matrix("merger_up", merged, merged));
  (yield* encoder$matrix("merger_down", out, merged));
}

function vision$_merged(w, width) {
  let merge;
  merge = $or(w.number("spatial_merge_size"), () => 2);
  return $mul($mul(width, merge), merge);
}

function* vision$_qwen2_5(w) {
  let heads, keys, layers, width;
  [width, heads] = [w.needed("hidden_size"), w.needed("num_heads")];
  (yield* $iter(vision$_patches(w, width, false, $or(w.number("temporal_patch_size"), () => 2))));
  keys = $mul($or(w.number("num_key_value_heads"), () => heads), $floordiv(width, heads));
  layers = $make(encoder$Layers, [w.needed("depth"), width, w.needed("intermediate_size")], { keys: keys, gated: true, norm_bias: false });
  (yield* $iter(layers.tensors()));
  (yield* encoder$vector("merger_ln", width));
  (yield* vision$_merger(vision$_merged(w, width), w.needed("out_hidden_size")));
}

function* vision$_gemma4(w) {
  let bias, head, heads, layers, patch, width;
  [width, patch] = [w.needed("hidden_size"), vision$side(w, "patch_size")];
  [heads, head] = [w.needed("num_attention_heads"), w.needed("head_dim")];
  bias = w.flag("attention_bias");
  (yield* encoder$vector("position_embd", $mul($mul(2, w.needed("position_embedding_size")), width)));
  (yield* encoder$matrix("patch_embd", width, $mul($mul(3, patch), patch), false));
  layers = $make(encoder$Layers, [w.needed("num_hidden_layers"), width, w.needed("intermediate_size")], { keys: $mul($or(w.number("num_key_value_heads"), () => heads), head), qkv_bias: bias, output_bias: bias, mlp_bias: false, gated: true, norm_bias: false, norms: 4, head_norm: head });
  (yield* $iter(layers.tensors()));
}

const vision$_OCR = ["glm_ocr_vision", "glm5_next_vision"];

function* vision$_glm_merger(width, inner) {
  (yield* encoder$matrix("merger_proj", width, width, false));
  (yield* encoder$vector("merger_ln", width, true));
  (yield* encoder$matrix("merger_gate", inner, width, false));
  (yield* encoder$matrix("merger_up", inner, width, false));
  (yield* encoder$matrix("merger_down", width, inner, false));
}

function* vision$_glm(w) {
  let bias, heads, inner, layers, merge, ocr, out, wide, width;
  [width, out, heads] = [w.needed("hidden_size"), w.needed("out_hidden_size"), w.needed("num_heads")];
  [merge, ocr, bias] = [$or(w.number("spatial_merge_size"), () => 2), ($in(vision$_OCR, w.model_type)), w.flag("attention_bias")];
  inner = w.needed("intermediate_size");
  if ((!$truth(ocr))) {
    (yield* encoder$vector("position_embd", $mul(vision$_grid(w), width)));
    (yield* encoder$vector("post_conv_ln", width));
  }
  (yield* $iter(vision$_patches(w, width, undefined, $or(w.number("temporal_patch_size"), () => 2))));
  layers = $make(encoder$Layers, [w.needed("depth"), width, ($truth(ocr) ? inner : out)], { qkv_bias: bias, output_bias: $and(bias, () => ocr), mlp_bias: $and(bias, () => ocr), gated: true, norm_bias: false, head_norm: ($truth(ocr) ? $floordiv(width, heads) : 0) });
  (yield* $iter(layers.tensors()));
  (yield* encoder$vector("post_ln", width));
  (yield* encoder$convolution("downsample", out, width, undefined, merge, merge));
  wide = $or(w.number("projection_intermediate_size"), () => $mul(out, w.number("in_channels", "in_chans")));
  (yield* vision$_glm_merger(out, ($truth(ocr) ? wide : inner)));
}

function* vision$_sam(w) {
  let head, layers, out, seeing, whole, width, window;
  [width, out, layers] = [w.needed("hidden_size"), w.needed("output_channels"), w.needed("num_hidden_layers")];
  [head, whole] = [$floordiv(width, w.needed("num_attention_heads")), $floordiv(vision$side(w, "image_size"), vision$side(w, "patch_size"))];
  (yield* $iter(vision$_patches(w, width)));
  if ($truth(w.flag("use_abs_pos", true))) {
    (yield* encoder$vector("position_embd", $mul($mul(whole, whole), width)));
  }
  (yield* $iter($make(encoder$Layers, [layers, width, w.needed("mlp_dim")], { qkv_bias: w.flag("qkv_bias", true) }).tensors()));
  if ($truth(w.flag("use_rel_pos", true))) {
    [seeing, window] = [$sum(($through(w.figures("global_attn_indexes"), 0, i => ($lt(i, layers))))), w.needed("window_size")];
    (yield* encoder$matrix("rel_pos", $mul(2, $sub($mul(2, whole), 1)), head, false, seeing));
    (yield* encoder$matrix("rel_pos_window", $mul(2, $sub($mul(2, window), 1)), head, false, $sub(layers, seeing)));
  }
  (yield* encoder$convolution("neck_1", out, width, false, 1, 1));
  (yield* encoder$vector("neck_1_ln", out, true));
  (yield* encoder$convolution("neck_2", out, out, false, 3, 3));
  (yield* encoder$vector("neck_2_ln", out, true));
}

function* vision$_pooled(width, inner) {
  (yield* encoder$vector("head_probe", width));
  (yield* encoder$matrix("head_attn_in", $mul(3, width), width));
  (yield* encoder$matrix("head_attn_out", width, width));
  (yield* encoder$vector("head_ln", width, true));
  (yield* encoder$matrix("head_ffn_up", inner, width));
  (yield* encoder$matrix("head_ffn_down", width, inner));
}

function* vision$_siglip(w) {
  let inner, width;
  [width, inner] = [w.needed("hidden_size"), w.needed("intermediate_size")];
  (yield* $iter(vision$_patches(w, width)));
  if ((!$in(["video_llama_3_vision"], w.model_type))) {
    (yield* encoder$vector("position_embd", $mul($or(w.number("num_patches"), () => vision$_grid(w)), width)));
  }
  (yield* $iter(new encoder$Layers(w.needed("num_hidden_layers"), width, inner).tensors()));
  (yield* encoder$vector("post_ln", width, true));
  if ($truth(w.flag("vision_use_head"))) {
    (yield* vision$_pooled(width, inner));
  }
}

function* vision$_internvl(w) {
  let layers, width;
  width = w.needed("hidden_size");
  (yield* encoder$vector("class_embd", width));
  (yield* encoder$vector("position_embd", $mul($add(vision$_grid(w), 1), width)));
  (yield* $iter(vision$_patches(w, width)));
  layers = $make(encoder$Layers, [w.needed("num_hidden_layers"), width, w.needed("intermediate_size")], { qkv_bias: w.flag("attention_bias", w.flag("qkv_bias")), scales: 2, head_norm: ($truth(w.flag("use_qk_norm", w.flag("qk_normalization"))) ? width : 0), norm_bias: (w.value("norm_type") !== "rms_norm") });
  (yield* $iter(layers.tensors()));
  if ((!$truth(w.flag("use_mean_pooling", true)))) {
    (yield* encoder$vector("post_ln", width, true));
  }
}

function vision$_by_ratio(w, width) {
  let ratio;
  ratio = w.value("mlp_ratio");
  return $int($mul(width, ($isinstance(ratio, ["int", "float"]) ? ratio : 4)));
}

function* vision$_janus(w) {
  let bias, inner, layers, norm, width;
  width = w.needed("hidden_size");
  inner = vision$_by_ratio(w, width);
  (yield* $iter(vision$_patches(w, width)));
  (yield* encoder$vector("position_embd", $mul(vision$_grid(w), width)));
  norm = ($truth(w.flag("use_qk_norm")) ? $floordiv(width, w.needed("num_attention_heads")) : 0);
  bias = w.flag("attention_bias", true);
  layers = $make(encoder$Layers, [w.needed("num_hidden_layers"), width, inner], { qkv_bias: bias, head_norm: norm, head_norm_bias: true });
  (yield* $iter(layers.tensors()));
  (yield* encoder$vector("post_ln", width, true));
}

function* vision$_moon(w) {
  let positions, width;
  width = w.needed("hidden_size");
  positions = $mul(w.number("pos_emb_height", "init_pos_emb_height"), w.number("pos_emb_width", "init_pos_emb_width"));
  (yield* $iter(vision$_patches(w, width)));
  (yield* encoder$vector("position_embd", $mul(positions, width)));
  (yield* $iter(new encoder$Layers(w.needed("num_hidden_layers"), width, w.needed("intermediate_size")).tensors()));
  (yield* encoder$vector("post_ln", width, true));
}

function* vision$_llama4(w) {
  let bias, into, patch, ratio, shuffled, width;
  [width, patch] = [w.needed("hidden_size"), vision$side(w, "patch_size")];
  (yield* encoder$vector("class_embd", width));
  (yield* encoder$vector("position_embd", $mul($add(vision$_grid(w), 1), width)));
  (yield* encoder$matrix("patch_embd", width, $mul($mul(vision$_channels(w), patch), patch), false));
  (yield* encoder$vector("pre_ln", width, true));
  (yield* $iter(new encoder$Layers(w.needed("num_hidden_layers"), width, w.needed("intermediate_size")).tensors()));
  (yield* encoder$vector("post_ln", width, true));
  ratio = w.value("pixel_shuffle_ratio");
  shuffled = $round($truediv(width, $pow((($truth($isinstance(ratio, ["float"])) && $truth(ratio)) ? ratio : 0.5), 2)));
  bias = w.flag("multi_modal_projector_bias");
  into = w.needed("projector_input_dim");
  (yield* encoder$matrix("adapter_up", into, $or(w.number("intermediate_size"), () => shuffled), bias));
  (yield* encoder$matrix("adapter_down", w.needed("projector_output_dim"), into, bias));
}

function* vision$_minicpm(w) {
  let inner, kernel, merged, role, width;
  [width, inner, kernel] = [w.needed("hidden_size"), w.needed("intermediate_size"), w.figures("window_kernel_size")];
  merged = $mul((($eq($len(kernel), 2)) ? $mul($item(kernel, 0), $item(kernel, 1)) : 4), width);
  (yield* vision$_siglip(w));
  for (role of $iter(["q", "k", "v", "out"])) {
    (yield* encoder$matrix(("window_attn_" + $str(role)), width, width));
  }
  (yield* encoder$vector("window_ln", width, true));
  (yield* encoder$vector("window_merger_ln", merged, true));
  (yield* encoder$matrix("window_up", $mul($floordiv(merged, width), inner), merged));
  (yield* encoder$matrix("window_down", width, $mul($floordiv(merged, width), inner)));
}

function* vision$_minimax(w) {
  let width;
  width = w.needed("hidden_size");
  (yield* $iter(vision$_patches(w, width, false, $or(w.number("temporal_patch_size"), () => 2))));
  (yield* encoder$vector("pre_ln", width, true));
  (yield* $iter(new encoder$Layers(w.needed("num_hidden_layers"), width, w.needed("intermediate_size")).tensors()));
}

function* vision$_mllama(w) {
  let gated, inner, name, patches, plain, ratios, tiles, width;
  [width, tiles] = [w.needed("hidden_size"), w.needed("max_num_tiles")];
  ratios = $add($or($len(w.each("supported_aspect_ratios")), () => 8), 1);
  patches = $add(vision$_grid(w), 1);
  (yield* encoder$vector("class_embd", width));
  (yield* $iter(vision$_patches(w, width, false)));
  (yield* encoder$vector("position_gate", 1));
  (yield* encoder$vector("position_embd", $mul(patches, width)));
  (yield* encoder$matrix("tile_position_embd", ratios, $mul($mul(tiles, patches), width), false));
  for (name of $iter(["pre_tile", "post_tile"])) {
    (yield* encoder$vector(($str(name) + "_gate"), 1));
    (yield* encoder$matrix(($str(name) + "_embd"), ratios, $mul(tiles, width), false));
  }
  (yield* encoder$vector("pre_ln", width, true));
  [inner, plain] = [w.needed("intermediate_size"), $dict({ qkv_bias: false, output_bias: false })];
  (yield* $iter($make(encoder$Layers, [w.needed("num_hidden_layers"), width, inner], { ...$object(plain) }).tensors()));
  gated = w.number("num_global_layers");
  (yield* $iter($make(encoder$Layers, [gated, width, inner], { ...$object(plain) }).tensors()));
  (yield* encoder$vector("gates", 2, undefined, gated));
  (yield* encoder$vector("post_ln", width, true));
}

function* vision$_molmo(w) {
  let bias, layers, patch, positions, width;
  [width, patch, bias] = [w.needed("hidden_size"), vision$side(w, "patch_size"), w.flag("attention_bias", true)];
  positions = $or(w.number("num_position_embeddings"), () => ($truth(w.figures("image_size")) ? vision$_grid(w) : $mul(27, 27)));
  (yield* encoder$vector("position_embd", $mul(positions, width)));
  (yield* encoder$matrix("patch_embd", width, $mul($mul(vision$_channels(w), patch), patch)));
  layers = $make(encoder$Layers, [w.needed("num_hidden_layers"), width, w.needed("intermediate_size")], { qkv_bias: bias });
  (yield* $iter(layers.tensors()));
}

function* vision$_muse(w) {
  let patch, width;
  [width, patch] = [w.needed("hidden_size"), vision$side(w, "patch_size")];
  (yield* encoder$matrix("patch_embd", width, $mul($mul($mul(3, $or(w.number("patch_temporal"), () => 2)), patch), patch), false));
  (yield* encoder$vector("position_embd", $mul(w.needed("max_position_embeddings"), width)));
  (yield* encoder$vector("pre_ln", width, true));
  (yield* $iter(new encoder$Layers(w.needed("num_hidden_layers"), width, w.needed("intermediate_size")).tensors()));
  (yield* encoder$vector("post_ln", width, true));
}

function* vision$_ovis(w) {
  let bias, layers, said, stride, width;
  width = w.needed("hidden_size");
  said = $sub(w.needed("vocab_size"), w.number("num_visual_indicator_tokens"));
  bias = w.flag("qkv_bias");
  (yield* $iter(vision$_patches(w, width)));
  (yield* encoder$vector("pre_ln", width));
  (yield* encoder$vector("position_embd", $mul(vision$_grid(w), width)));
  layers = $make(encoder$Layers, [w.needed("num_hidden_layers"), width, w.needed("intermediate_size")], { qkv_bias: bias, output_bias: bias, mlp_bias: w.flag("mlp_bias"), gated: true, norm_bias: false });
  (yield* $iter(layers.tensors()));
  (yield* encoder$vector("post_ln", width));
  stride = $or(w.number("hidden_stride"), () => 1);
  (yield* encoder$matrix("head", said, $mul($mul(width, stride), stride), false));
  (yield* encoder$vector("head_ln", said, true));
}

function* vision$_pixtral(w) {
  let layers, width;
  width = w.needed("hidden_size");
  (yield* $iter(vision$_patches(w, width, false)));
  (yield* encoder$vector("pre_ln", width));
  layers = $make(encoder$Layers, [w.needed("num_hidden_layers"), width, w.needed("intermediate_size")], { qkv_bias: false, output_bias: false, mlp_bias: false, gated: true, norm_bias: false });
  (yield* $iter(layers.tensors()));
}

function* vision$_qwen2(w) {
  let width;
  width = w.needed("embed_dim");
  (yield* $iter(vision$_patches(w, width, false, $or(w.number("temporal_patch_size"), () => 2))));
  (yield* $iter(new encoder$Layers(w.needed("depth"), width, vision$_by_ratio(w, width)).tensors()));
  (yield* encoder$vector("merger_ln", width, true));
  (yield* vision$_merger(vision$_merged(w, width), w.needed("hidden_size")));
}

function* vision$_qwen3(w) {
  let _, merged, out, width;
  width = w.needed("hidden_size");
  [merged, out] = [vision$_merged(w, width), w.needed("out_hidden_size")];
  (yield* $iter(vision$_patches(w, width, undefined, $or(w.number("temporal_patch_size"), () => 2))));
  (yield* encoder$vector("position_embd", $mul(w.needed("num_position_embeddings"), width)));
  (yield* $iter(new encoder$Layers(w.needed("depth"), width, w.needed("intermediate_size")).tensors()));
  (yield* encoder$vector("merger_ln", width, true));
  (yield* vision$_merger(merged, out));
  for (_ of $iter(w.figures("deepstack_visual_indexes"))) {
    (yield* encoder$vector("deepstack_ln", merged, true));
    (yield* vision$_merger(merged, out));
  }
}

function* vision$_step(w) {
  let width;
  width = w.needed("hidden_size");
  (yield* $iter(vision$_patches(w, width, false)));
  (yield* encoder$vector("position_embd", $mul(w.needed("max_position_embeddings"), width)));
  (yield* encoder$vector("pre_ln", width, true));
  (yield* $iter($make(encoder$Layers, [w.needed("num_hidden_layers"), width, vision$_by_ratio(w, width)], { scales: 2 }).tensors()));
  (yield* encoder$convolution("downsample_1", $mul(2, width), width, undefined, 3, 3));
  (yield* encoder$convolution("downsample_2", $mul(4, width), $mul(2, width), undefined, 3, 3));
}

const vision$VISION = /* @__PURE__ */ (() => $dict({ clip_vision_model: vision$_clip, ernie4_5_vl_moe_vision: vision$_ernie, exaone4_5_vision: vision$_qwen2_5, gemma4_vision: vision$_gemma4, glm4v_moe_vision: vision$_glm, glm5_next_vision: vision$_glm, glm4v_vision: vision$_glm, glm_ocr_vision: vision$_glm, got_ocr2_vision: vision$_sam, idefics2_vision: vision$_siglip, idefics3_vision: vision$_siglip, intern_vit_6b: vision$_internvl, internvl_vision: vision$_internvl, janus_vision_model: vision$_janus, kimi_k25_vision: vision$_moon, llama4_vision_model: vision$_llama4, minicpm_ocr_vision: vision$_minicpm, minicpmv4_6_vision: vision$_minicpm, minicpmv4_7_vision: vision$_minicpm, minimax_m3_vl_vision: vision$_minimax, mllama_vision_model: vision$_mllama, molmo2_vision: vision$_molmo, moonvit: vision$_moon, muse_glimmer_vision: vision$_muse, ovis2_vision: vision$_ovis, paddleocr_vl_vision: vision$_siglip, pixtral: vision$_pixtral, pp_chart2table_vision: vision$_sam, qianfan_ocr_vision: vision$_internvl, qwen2_5_omni_vision_encoder: vision$_qwen2_5, qwen2_5_vl_vision: vision$_qwen2_5, qwen2_vl_vision: vision$_qwen2, qwen3_5_moe_vision: vision$_qwen3, qwen3_5_vision: vision$_qwen3, qwen4_exp_vision: vision$_qwen3, qwen3_omni_moe_vision_encoder: vision$_qwen3, qwen3_vl_moe_vision: vision$_qwen3, qwen3_vl_vision: vision$_qwen3, siglip2_vision_model: vision$_siglip, siglip_vision_model: vision$_siglip, smolvlm_vision: vision$_siglip, step3p5_vision: vision$_step, video_llama_3_vision: vision$_siglip }))();

function* audio$_gemma4(w) {
  let block, count, first, role, second, width;
  [width, count] = [w.needed("hidden_size"), w.needed("num_hidden_layers")];
  [first, second] = $unpack(w.figures("subsampling_conv_channels"), 2);
  (yield* encoder$convolution("conv_1", first, 1, false, 3, 3));
  (yield* encoder$vector("conv_1_ln", first));
  (yield* encoder$convolution("conv_2", second, first, false, 3, 3));
  (yield* encoder$vector("conv_2_ln", second));
  (yield* encoder$matrix("conv_out", width, $mul($floordiv(first, 4), second), false));
  for (block of $iter(["ffn", "ffn_2"])) {
    (yield* encoder$matrix(($str(block) + "_up"), $mul(4, width), width, false, count));
    (yield* encoder$matrix(($str(block) + "_down"), width, $mul(4, width), false, count));
    (yield* encoder$vector(($str(block) + "_pre_ln"), width, undefined, count));
    (yield* encoder$vector(($str(block) + "_post_ln"), width, undefined, count));
  }
  (yield* encoder$vector("attn_scale", $floordiv(width, w.needed("num_attention_heads")), undefined, count));
  for (role of $iter(["attn_q", "attn_k", "attn_v", "attn_out", "attn_pos"])) {
    (yield* encoder$matrix(role, width, width, false, count));
  }
  (yield* encoder$matrix("conv_pw1", $mul(2, width), width, false, count));
  (yield* encoder$matrix("conv_pw2", width, width, false, count));
  (yield* encoder$matrix("conv_dw", width, w.needed("conv_kernel_size"), false, count));
  for (role of $iter(["conv_ln", "conv_norm", "ln1", "ln2", "ln_out"])) {
    (yield* encoder$vector(role, width, undefined, count));
  }
  (yield* encoder$matrix("proj", w.needed("output_proj_dims"), width));
}

function audio$width_of(w) {
  return $or(w.number("d_model", "hidden_size"), () => w.needed("hidden_size"));
}

function audio$_layers(w, key_bias) {
  let count, inner;
  count = $or(w.number("encoder_layers", "num_hidden_layers"), () => w.needed("num_hidden_layers"));
  inner = $or(w.number("encoder_ffn_dim", "intermediate_size"), () => w.needed("intermediate_size"));
  return $make(encoder$Layers, [count, audio$width_of(w), inner], { key_bias: key_bias }).tensors();
}

function* audio$_whisper(w) {
  let width;
  width = audio$width_of(w);
  (yield* encoder$convolution("conv_1", width, w.needed("num_mel_bins"), undefined, 3));
  (yield* encoder$convolution("conv_2", width, width, undefined, 3));
  if ((!$in(["glmasr_encoder", "qwen2_5_omni_audio_encoder"], w.model_type))) {
    (yield* encoder$vector("position_embd", $mul(w.needed("max_source_positions"), width)));
  }
  (yield* $iter(audio$_layers(w, false)));
  (yield* encoder$vector("post_ln", width, true));
}

function* audio$_qwen2_5(w) {
  let out, width;
  [width, out] = [audio$width_of(w), w.needed("output_dim")];
  (yield* audio$_whisper(w));
  (yield* encoder$matrix("bos_eos_embd", 2, out, false));
  (yield* encoder$matrix("proj", out, width));
}

function* audio$_qwen3(w) {
  let _, bins, inner, width;
  [width, inner, bins] = [audio$width_of(w), w.needed("downsample_hidden_size"), w.needed("num_mel_bins")];
  (yield* encoder$convolution("conv_1", inner, 1, undefined, 3, 3));
  (yield* encoder$convolution("conv_2", inner, inner, undefined, 3, 3));
  (yield* encoder$convolution("conv_3", inner, inner, undefined, 3, 3));
  for (_ of $iter($range(3))) {
    bins = $floordiv($add(bins, 1), 2);
  }
  (yield* encoder$matrix("conv_out", width, $mul(inner, bins), false));
  (yield* $iter(audio$_layers(w, true)));
  (yield* encoder$vector("post_ln", width, true));
  if ((w.model_type !== "qwen3_asr_encoder")) {
    (yield* encoder$matrix("proj_1", width, width));
    (yield* encoder$matrix("proj_2", w.needed("output_dim"), width));
  }
}

const audio$AUDIO = /* @__PURE__ */ (() => $dict({ gemma4_audio: audio$_gemma4, glmasr_encoder: audio$_whisper, qwen2_5_omni_audio_encoder: audio$_qwen2_5, qwen2_audio_encoder: audio$_whisper, qwen3_asr_encoder: audio$_qwen3, qwen3_omni_moe_audio_encoder: audio$_qwen3, voxtral_encoder: audio$_whisper }))();

const tower$_TYPES = /* @__PURE__ */ (() => $dict({ vision: vision$VISION, audio: audio$AUDIO }))();

function* projectors$_two(into, between, out, bias = true) {
  (yield* encoder$matrix("mm_1", between, into, bias));
  (yield* encoder$matrix("mm_2", out, between, bias));
}

function* projectors$_aria(o, tower, hidden) {
  let most, norm, queries, role, width;
  width = tower.needed("hidden_size");
  most = o.value("projector_patch_to_query_dict");
  queries = (($truth($isinstance(most, ["Mapping"])) && $truth(most)) ? $max($map($int, $call(most, "values"))) : 256);
  (yield* encoder$vector("mm_query", $mul(queries, width)));
  for (role of $iter(["q", "k", "v"])) {
    (yield* encoder$matrix(("mm_attn_" + $str(role)), width, width, false));
  }
  (yield* encoder$matrix("mm_attn_in", $mul(3, width), width));
  (yield* encoder$matrix("mm_attn_out", width, width));
  (yield* encoder$matrix("mm_attn_linear", width, width));
  for (norm of $iter(["mm_attn_ln", "mm_attn_kv_ln", "mm_ln"])) {
    (yield* encoder$vector(norm, width, true));
  }
  (yield* projectors$_two(width, hidden, hidden, false));
}

function projectors$_unshuffled(o, tower) {
  let factor, ratio, times;
  [ratio, factor] = [o.value("downsample_ratio"), o.number("downsample_factor", "scale_factor")];
  times = ($truth(factor) ? factor : (($truth($isinstance(ratio, ["float"])) && $truth(ratio)) ? $round($truediv(1, ratio)) : 1));
  return $mul($mul(tower.needed("hidden_size"), times), times);
}

function* projectors$_gated(o, into, hidden) {
  let between;
  between = $or(o.number("alignment_intermediate_size"), () => hidden);
  (yield* encoder$matrix("mm_1", between, into));
  (yield* encoder$matrix("mm_2", hidden, $floordiv(between, 2)));
}

function* projectors$_aya(o, tower, hidden) {
  let into;
  into = projectors$_unshuffled(o, tower);
  (yield* encoder$vector("mm_ln", into, true));
  (yield* projectors$_gated(o, into, hidden));
}

function projectors$_cohere2(o, tower, hidden) {
  return projectors$_gated(o, projectors$_unshuffled(o, tower), hidden);
}

function projectors$_within(o, tower, hidden) {
  return $iter([]);
}

function projectors$_plain(o, tower, hidden) {
  return projectors$_two(tower.needed("hidden_size"), hidden, hidden);
}

function* projectors$_ernie(o, tower, hidden) {
  let into, merge, name, times, width;
  [merge, times] = [$or(tower.number("spatial_merge_size"), () => 2), $or(tower.number("temporal_merge_size"), () => 2)];
  width = $mul($mul(tower.needed("hidden_size"), merge), merge);
  for ([name, into] of $each([["spatial", width], ["temporal", $mul(times, width)]], 2)) {
    (yield* encoder$matrix(($str(name) + "_1"), width, into));
    (yield* encoder$matrix(($str(name) + "_2"), width, width));
    (yield* encoder$vector(($str(name) + "_ln"), width, true));
  }
  (yield* encoder$matrix("mm_1", hidden, width));
  (yield* encoder$vector("mm_ln", hidden));
}

function* projectors$_gemma3(o, tower, hidden) {
  let width;
  width = tower.needed("hidden_size");
  (yield* encoder$vector("mm_ln", width));
  (yield* encoder$matrix("mm_1", hidden, width, false));
}

function projectors$_gemma4(o, tower, hidden) {
  return encoder$matrix("mm_1", hidden, $or(tower.number("output_proj_dims"), () => tower.needed("hidden_size")), false);
}

function* projectors$_got(o, tower, hidden) {
  let out;
  out = tower.needed("output_channels");
  (yield* encoder$convolution("mm_up_1", $mul(2, out), out, false, 3, 3));
  (yield* encoder$convolution("mm_up_2", hidden, $mul(2, out), false, 3, 3));
  (yield* encoder$matrix("mm_1", hidden, hidden));
}

function projectors$_linear(o, tower, hidden) {
  return encoder$matrix("mm_1", hidden, tower.needed("out_hidden_size"));
}

function projectors$_nested(o, word) {
  let found;
  found = o.value(word);
  return ($isinstance(found, ["Mapping"]) ? found : $dict([]));
}

const projectors$_PERCEIVER = /* @__PURE__ */ (() => $dict({ num_key_value_heads: 4, resampler_depth: 3, resampler_head_dim: 96, resampler_n_heads: 16, resampler_n_latents: 64 }))();

function* projectors$_idefics2(o, tower, hidden) {
  let columns, depth, head, inner, keys, p, queries, role, rows;
  inner = new words$Words("mistral", projectors$_nested(o, "text_config"), $dict({ intermediate_size: 14336 })).needed("intermediate_size");
  p = new words$Words("idefics2_perceiver", projectors$_nested(o, "perceiver_config"), projectors$_PERCEIVER);
  [head, depth] = [p.needed("resampler_head_dim"), p.needed("resampler_depth")];
  [queries, keys] = [$mul(p.needed("resampler_n_heads"), head), $mul(p.needed("num_key_value_heads"), head)];
  for ([role, rows, columns] of $each([["gate", inner, null], ["up", inner, null], ["down", hidden, inner]], 3)) {
    (yield* encoder$matrix(("mm_" + $str(role)), rows, $or(columns, () => tower.needed("hidden_size")), false));
  }
  (yield* encoder$vector("latents", $mul(p.needed("resampler_n_latents"), hidden)));
  for ([role, rows, columns] of $each([["q", queries, hidden], ["k", keys, hidden], ["v", keys, hidden], ["o", hidden, queries]], 3)) {
    (yield* encoder$matrix(("resampler_" + $str(role)), rows, columns, false, depth));
  }
  for ([role, rows, columns] of $each([["gate", $mul(4, hidden), hidden], ["up", $mul(4, hidden), hidden], ["down", hidden, $mul(4, hidden)]], 3)) {
    (yield* encoder$matrix(("resampler_" + $str(role)), rows, columns, false, depth));
  }
  (yield* encoder$vector("resampler_ln", hidden, undefined, $add($mul(3, depth), 1)));
}

function projectors$_idefics3(o, tower, hidden) {
  return encoder$matrix("mm_1", hidden, projectors$_unshuffled(o, tower), false);
}

function* projectors$_internvl(o, tower, hidden) {
  let into;
  into = projectors$_unshuffled(o, tower);
  (yield* encoder$vector("mm_ln", into, true));
  (yield* projectors$_two(into, hidden, hidden));
}

function* projectors$_janus(o, tower, hidden) {
  let i, width;
  width = tower.needed("projection_dim");
  (yield* encoder$matrix("mm_1", width, tower.needed("hidden_size")));
  for (i of $iter($range(1, tower.needed("depth")))) {
    (yield* encoder$matrix(("mm_" + $str($add(i, 1))), width, width));
  }
}

function* projectors$_merging(o, tower, hidden) {
  let width;
  width = tower.needed("hidden_size");
  (yield* encoder$vector("mm_ln", width, true));
  (yield* projectors$_two($mul(4, width), $mul(4, width), hidden));
}

function* projectors$_lfm2(o, tower, hidden) {
  let bias, into;
  [into, bias] = [projectors$_unshuffled(o, tower), o.flag("projector_bias", true)];
  if ($truth(o.flag("projector_use_layernorm", true))) {
    (yield* encoder$vector("mm_ln", into, true));
  }
  (yield* projectors$_two(into, o.needed("projector_hidden_size"), hidden, bias));
}

function projectors$_looked_at(o) {
  return $or($len(o.each("vision_feature_layer")), () => 1);
}

function* projectors$_mistral(o, tower, hidden) {
  let bias, merge, width;
  [width, merge] = [tower.needed("hidden_size"), $or(o.number("spatial_merge_size"), () => 1)];
  (yield* encoder$vector("mm_ln", width));
  (yield* encoder$matrix("merger", width, $mul($mul(width, merge), merge), false));
  bias = o.flag("multimodal_projector_bias");
  (yield* projectors$_two($mul(width, projectors$_looked_at(o)), hidden, hidden, bias));
}

function projectors$_llama4(o, tower, hidden) {
  return encoder$matrix("mm_1", hidden, tower.needed("vision_output_dim"), false);
}

function projectors$_llava(o, tower, hidden) {
  let bias;
  bias = o.flag("multimodal_projector_bias", true);
  return projectors$_two($mul(tower.needed("hidden_size"), projectors$_looked_at(o)), hidden, hidden, bias);
}

function* projectors$_llava_next(o, tower, hidden) {
  (yield* encoder$vector("newline", hidden));
  (yield* $iter(projectors$_llava(o, tower, hidden)));
}

function* projectors$_minicpm(o, tower, hidden) {
  let i, merged, times;
  [merged, times] = [$mul(4, tower.needed("hidden_size")), $or(o.number("merger_times"), () => 1)];
  for (i of $iter($range(times))) {
    (yield* encoder$vector("merger_ln", merged, true));
    (yield* projectors$_two(merged, merged, (($eq($add(i, 1), times)) ? hidden : $floordiv(merged, 4))));
  }
}

function* projectors$_minimax(o, tower, hidden) {
  let between;
  between = $or(o.number("projector_hidden_size"), () => hidden);
  (yield* projectors$_two(tower.needed("hidden_size"), between, hidden));
  (yield* projectors$_two($mul(4, hidden), between, hidden));
}

function projectors$_mllama(o, tower, hidden) {
  return encoder$matrix("mm_1", hidden, tower.needed("vision_output_dim"));
}

const projectors$_ADAPTER = /* @__PURE__ */ (() => $dict({ hidden_size: 1152, intermediate_size: 18944, text_hidden_size: 3584 }))();

function* projectors$_molmo(o, tower, hidden) {
  let a, inner, role, seen, width;
  a = new words$Words("molmo2_adapter", projectors$_nested(o, "adapter_config"), projectors$_ADAPTER);
  [width, seen] = [a.needed("hidden_size"), $or($len(a.each("vision_feature_layer")), () => 2)];
  for (role of $iter(["q", "k", "v"])) {
    (yield* encoder$matrix(("pool_" + $str(role)), width, $mul(seen, width)));
  }
  (yield* encoder$matrix("pool_out", width, width));
  inner = a.needed("intermediate_size");
  (yield* encoder$matrix("mm_gate", inner, width, false));
  (yield* encoder$matrix("mm_up", inner, width, false));
  (yield* encoder$matrix("mm_down", a.needed("text_hidden_size"), inner, false));
}

function* projectors$_muse(o, tower, hidden) {
  let out, width;
  [width, out] = [tower.needed("hidden_size"), $or(o.number("adapter_dim", "vision_adapter_dim"), () => 4096)];
  (yield* encoder$matrix("adapter_1", out, $mul(4, width), false));
  (yield* encoder$matrix("adapter_2", out, out, false));
  (yield* encoder$matrix("mm_1", hidden, out, false));
}

function projectors$_ovis(o, tower, hidden) {
  return encoder$matrix("visual_embd", tower.needed("vocab_size"), $or(o.number("hidden_size"), () => hidden), false);
}

function projectors$_paligemma(o, tower, hidden) {
  return encoder$matrix("mm_1", $or(o.number("projection_dim"), () => hidden), tower.needed("hidden_size"));
}

function projectors$_step(o, tower, hidden) {
  return encoder$matrix("mm_1", hidden, $mul(4, tower.needed("hidden_size")), o.flag("projector_bias"));
}

function* projectors$_vipllava(o, tower, hidden) {
  let seen;
  seen = $mul($or($len(o.each("vision_feature_layers")), () => 5), tower.needed("hidden_size"));
  (yield* encoder$vector("mm_ln", seen, true));
  (yield* projectors$_two(seen, hidden, hidden));
}

const projectors$_SEEING = /* @__PURE__ */ (() => $dict({ aria: projectors$_aria, aya_vision: projectors$_aya, cohere2_vision: projectors$_cohere2, cosmos3_omni: projectors$_within, deepseek_vl: projectors$_plain, ernie4_5_vl_moe: projectors$_ernie, exaone4_5: projectors$_within, gemma3: projectors$_gemma3, gemma4: projectors$_gemma4, glm46v: projectors$_within, glm4v: projectors$_within, glm4v_moe: projectors$_within, glm5_next: projectors$_within, glm_ocr: projectors$_within, glmga: projectors$_within, got_ocr2: projectors$_got, hyperclovax_vision_v2: projectors$_linear, idefics2: projectors$_idefics2, idefics3: projectors$_idefics3, internvl: projectors$_internvl, internvl_chat: projectors$_internvl, janus: projectors$_janus, kimi_k25: projectors$_merging, kimi_vl: projectors$_merging, lfm2_vl: projectors$_lfm2, lighton_ocr: projectors$_mistral, llama4: projectors$_llama4, llava: projectors$_llava, llava_next: projectors$_llava_next, llava_next_video: projectors$_llava_next, llava_onevision: projectors$_llava_next, minicpm_ocr: projectors$_minicpm, minicpmv4_6: projectors$_minicpm, minicpmv4_7: projectors$_minicpm, minimax_m3_vl: projectors$_minimax, mistral3: projectors$_mistral, mllama: projectors$_mllama, molmo2: projectors$_molmo, muse_glimmer: projectors$_muse, ovis2: projectors$_ovis, paddleocr_vl: projectors$_merging, paligemma: projectors$_paligemma, pp_chart2table: projectors$_got, qianfan_ocr: projectors$_internvl, qwen2_5_omni_thinker: projectors$_within, qwen2_5_vl: projectors$_within, qwen2_vl: projectors$_within, qwen3_5: projectors$_within, qwen4_exp: projectors$_within, qwen3_5_moe: projectors$_within, qwen3_omni_moe_thinker: projectors$_within, qwen3_vl: projectors$_within, qwen3_vl_moe: projectors$_within, shieldgemma2: projectors$_gemma3, smolvlm: projectors$_idefics3, step3p7: projectors$_step, video_llama_3: projectors$_plain, video_llava: projectors$_llava, vipllava: projectors$_vipllava }))();

function projectors$_glmasr(o, tower, hidden) {
  return projectors$_two(tower.needed("intermediate_size"), $mul(2, hidden), hidden);
}

function projectors$_qwen2_audio(o, tower, hidden) {
  return encoder$matrix("mm_1", hidden, audio$width_of(tower));
}

function projectors$_qwen3_asr(o, tower, hidden) {
  return projectors$_two(audio$width_of(tower), audio$width_of(tower), tower.needed("output_dim"));
}

function projectors$_voxtral(o, tower, hidden) {
  return projectors$_two(tower.needed("intermediate_size"), hidden, hidden, false);
}

const projectors$_HEARING = /* @__PURE__ */ (() => $dict({ gemma4: projectors$_gemma4, glmasr: projectors$_glmasr, qwen2_5_omni_thinker: projectors$_within, qwen2_audio: projectors$_qwen2_audio, qwen3_asr: projectors$_qwen3_asr, qwen3_omni_moe_thinker: projectors$_within, voxtral: projectors$_voxtral }))();

const projectors$LEADS = /* @__PURE__ */ (() => $dict({ vision: projectors$_SEEING, audio: projectors$_HEARING }))();

const tower$_AS_OFTEN = /* @__PURE__ */ (() => $dict({ video_llava: 2 }))();

function* tower$_tensors(...parts) {
  let part;
  for (part of $iter(parts)) {
    (yield* $iter(part));
  }
}

const defaults$of_wrapper = /* @__PURE__ */ $memo(function (model_type) {
  let found;
  found = $call($call($item($table(), "wrappers"), "get", model_type, $dict([])), "get", "own", $dict([]));
  return found;
});

function tower$_outer(config, type_) {
  return new words$Words(type_, config, defaults$of_wrapper(type_));
}

function tower$_tower(config, kind, hidden) {
  let build, filled, lead, outer, own, said, towers, type_, words;
  outer = $str($call(config, "get", "model_type"));
  own = defaults$tower_of(outer, $item(tower$_KEYS, kind));
  said = $call(config, "get", $item(tower$_KEYS, kind), (($truth(own) && $truth(own.unasked)) ? $dict([]) : null));
  if ((!$isinstance(said, ["Mapping"]))) {
    return null;
  }
  type_ = (($truth(own) && $truth(own.fixed)) ? own.type : $str($or($call(said, "get", "model_type"), () => ($truth(own) ? own.type : "unknown"))));
  filled = $dict([...$pairs(defaults$of_tower(type_)), ...$pairs((($truth(own) && (!$truth(said))) ? own.words : $dict([])))]);
  words = new words$Words(type_, said, filled);
  [build, lead] = [$call($item(tower$_TYPES, kind), "get", type_), $call($item(projectors$LEADS, kind), "get", outer)];
  if (((build === null) || (lead === null))) {
    return new tower$Unsized(kind, type_);
  }
  try {
    towers = $list($through($range($call(tower$_AS_OFTEN, "get", outer, 1)), 0, _ => build(words)));
    return new tower$Tower(kind, type_, $tuple(tower$_tensors(...$iter(towers), lead(tower$_outer(config, outer), words, hidden))));
  } catch ($error) {
    if ($is_error($error, [words$WordError, $ArithmeticError, $TypeError, $ValueError])) {
      return new tower$Unsized(kind, type_);
    } else { throw $error; }
  }
  return null;
}

const tower$_NOT_BESIDE = ["text", "llm", "language", "thinker", "language_model", "quantization", "decoder", "slice"];

const tower$_SAME_TOWER = ["adapter_config", "perceiver_config"];

const tower$_UNTYPED = /* @__PURE__ */ (() => $dict({ mm_vision_tower: "vision", img_processor: "vision", audio_processor: "audio", vision_lora: "adapter", speech_lora: "adapter" }))();

function* tower$_others(config) {
  let key, kind, typed, unsaid, value, wrapper;
  wrapper = defaults$wrapper($str($call(config, "get", "model_type")));
  unsaid = ($truth(wrapper) ? $dict($through($call(wrapper.others, "items"), 2, ([key, type_]) => [key, $dict({ model_type: type_ })])) : $dict([]));
  for ([key, value] of $each($call($dict([...$pairs(unsaid), ...$pairs(config)]), "items"), 2)) {
    kind = $call(key, "removesuffix", "_config");
    typed = $and($isinstance(value, ["Mapping"]), () => $isinstance($call(value, "get", "model_type"), ["str"]));
    if (($truth($call(key, "endswith", "_config")) && $truth(typed) && (!$in([...$iter(tower$_KEYS), ...$iter(tower$_NOT_BESIDE)], kind)) && (!$in(tower$_SAME_TOWER, key)))) {
      (yield new tower$Unsized(kind, $str($item(value, "model_type"))));
    }
  }
  for ([key, kind] of $each($call(tower$_UNTYPED, "items"), 2)) {
    if ($truth((value = $call(config, "get", key)))) {
      (yield new tower$Unsized(kind, ($isinstance(value, ["str"]) ? value : key)));
    }
  }
}

function tower$towers_of(config, hidden) {
  let found, known;
  known = $tuple(($through(tower$_KEYS, 0, kind => found, kind => $truth((found = tower$_tower(config, kind, hidden))))));
  return [...$iter(known), ...$iter(tower$_others(config))];
}

function config_json$_seeing(config, text) {
  let above, around;
  above = $dict($through($call(config, "items"), 2, ([key, value]) => [key, value], ([key, value]) => $truth($call(key, "endswith", "_config"))));
  around = $dict($through($call($dict([...$pairs(above), ...$pairs($item(wrapped$within(config), 0))]), "items"), 2, ([key, value]) => [key, value], ([key, value]) => (!$in(wrapped$WITHIN, key))));
  if (($call(around, "get", "model_type") === "idefics2")) {
    $put(around, "text_config", $dict({ intermediate_size: $call(text, "get", "intermediate_size") }));
  }
  return (($truth($isinstance($call(around, "get", "model_type"), ["str"])) && $truth(tower$towers_of(around, 1))) ? around : null);
}

function config_json$described(config, kinship = null) {
  let alone, bare, filled, listed, own, refused, remarks, text, type_, unknown, what, words;
  if ((($call(config, "get", "is_encoder_decoder") === true) && (kinship === null))) {
    what = ($str($call(config, "get", "model_type")) + ": an encoder reads and a decoder answers; such models are not sized");
    throw new words$WordError("model_type", what);
  }
  text = wrapped$text_of(config);
  own = $dict([...$pairs(text.words), ...$pairs($dict($through($call(text.unsaid, "items"), 2, ([key, value]) => [key, value], ([key, value]) => $isinstance(value, ["list"]))))]);
  if ((kinship !== null)) {
    $put(own, "model_type", kinship);
  }
  type_ = $item(own, "model_type");
  translation$blocks_of(type_);
  if ((!$truth(wrapped$says_sizes($dict([...$pairs(text.unsaid), ...$pairs(own)]))))) {
    throw new words$WordError("vocab_size", "vocab_size is missing, and hidden_size; give a whole config.json");
  }
  [refused, unknown] = $unpack(config_json$_judged(own, type_), 2);
  if ($truth(refused)) {
    throw new $SizingError(($str($call(", ", "join", refused)) + ": not known, and may matter to the size; nothing is guessed"));
  }
  words = canonical$canonical(own);
  bare = $and(($eq($call(own, "get", "model_type"), $call(config, "get", "model_type"))), () => defaults$is_headless(type_));
  if ($truth((alone = $and(bare, () => (!$truth($item(translation$blocks_of(type_), 1).encoder)))))) {
    $put(words, "tie_word_embeddings", true);
  }
  filled = $dict($through($call($dict([...$pairs(defaults$unsaid(type_)), ...$pairs(text.unsaid)]), "items"), 2, ([key, value]) => [key, value], ([key, value]) => (!$in(words, key))));
  config_json$_told(own, unknown, filled);
  words = $ibitor(words, $dict($through([...$iter(wrapped$NEEDED), ...$iter(text.unsaid)], 0, key => [key, $item(filled, key)], key => ($in(filled, key)))));
  if (((!$in(words, "num_hidden_layers")) && $truth($isinstance((listed = $call(filled, "get", "layers_block_type")), ["list"])))) {
    words = $ibitor(words, $dict({ layers_block_type: listed, num_hidden_layers: $len(listed) }));
  }
  remarks = ($truth(alone) ? [$call(config_json$_HEADLESS, "format", type_)] : []);
  return new config_json$Described(words, [...$iter(remarks), ...$iter(config_json$_remarks(unknown, config_json$_used(words, filled)))], config_json$_seeing(config, $dict([...$pairs(filled), ...$pairs(words)])));
}

function safetensors$_stated(config) {
  return $or($call(config, "get", "quantization_config"), () => $or($call(config, "get", "compression_config"), () => $call(config, "get", "quantization")));
}

const safetensors$_OF_MLC = /* @__PURE__ */ (() => $dict({ q0f16: "F16", q0bf16: "BF16", q0f32: "F32" }))();

const safetensors$_DTYPES = /* @__PURE__ */ (() => $dict({ bfloat16: "BF16", float16: "F16", float32: "F32" }))();

function safetensors$_whole(value) {
  return (($truth($isinstance(value, ["int", "str"])) && $truth($re.fullmatch("-?[0-9]{1,4}", $str(value)))) ? $int(value) : null);
}

function safetensors$_is_router(name) {
  return $and($isinstance(name, ["str"]), () => $call(name, "endswith", ["gate", "router"]));
}

function safetensors$_finer(rule, usual, bits, group) {
  if (((bits === null) || (group === null) || (!($le(2, bits) && $le(bits, 8))) || (($lt(group, 16)) && (!$eq(group, $neg(1)))))) {
    return null;
  }
  if (($eq(group, $neg(1)))) {
    return ($str(rule) + "-channel");
  }
  return $add(rule, ((!$eq(group, usual)) ? ("-g" + $str(group)) : ""));
}

function safetensors$_mlx(q) {
  let bits, mode;
  [mode, bits] = [$call(q, "get", "mode", "affine"), safetensors$_whole($call(q, "get", "bits", 4))];
  if ($any(($through($call(q, "items"), 2, ([name, own]) => $and($isinstance(own, ["dict"]), () => (!$truth(safetensors$_is_router(name)))))))) {
    return null;
  }
  if ((mode !== "affine")) {
    return ("MLX-" + $str($call($str(mode), "upper")));
  }
  return safetensors$_finer(("MLX-" + $str(bits) + "bit"), 64, bits, safetensors$_whole($call(q, "get", "group_size", 64)));
}

function safetensors$_nested(value) {
  return ($isinstance(value, ["dict"]) ? value : $dict([]));
}

function safetensors$_awq(q) {
  let bits, group;
  [bits, group] = [safetensors$_whole($call(q, "get", "bits", $call(q, "get", "w_bit"))), safetensors$_whole($call(q, "get", "group_size", $call(q, "get", "q_group_size")))];
  return safetensors$_finer((($eq(bits, 4)) ? "AWQ" : ("AWQ-" + $str(bits) + "bit")), 128, bits, group);
}

function safetensors$_gptq(q) {
  let bits, group, rule;
  [bits, group] = [safetensors$_whole($call(q, "get", "bits")), safetensors$_whole($call(q, "get", "group_size"))];
  rule = $call($dict([[4, "GPTQ"], [8, "GPTQ-Int8"]]), "get", $or(bits, () => 0), ("GPTQ-" + $str(bits) + "bit"));
  return safetensors$_finer(rule, 128, bits, group);
}

function safetensors$_auto_round(q) {
  if (($truth($call(q, "get", "extra_config")) || ($str($call(q, "get", "data_type", "int")) !== "int"))) {
    return null;
  }
  return (($in($str($call(q, "get", "packing_format")), "awq")) ? safetensors$_awq(q) : safetensors$_gptq(q));
}

function safetensors$_bitsandbytes(q) {
  if (($truth($call(q, "get", "load_in_8bit")) || $truth($call(q, "get", "_load_in_8bit")))) {
    return "LLM-INT8";
  }
  if (($call(q, "get", "bnb_4bit_quant_type") !== "nf4")) {
    return null;
  }
  return ($truth($call(q, "get", "bnb_4bit_use_double_quant")) ? "NF4-DQ" : "NF4");
}

function safetensors$_groups(q) {
  let bits, group, groups, kind, w;
  if ($truth($call($str($or($call(q, "get", "moe_quant_algo"), () => $call(q, "get", "quant_algo"))), "endswith", "NVFP4"))) {
    return "NVFP4";
  }
  groups = $list($through($call(safetensors$_nested($call(q, "get", "config_groups")), "values"), 0, group => safetensors$_nested($call(safetensors$_nested(group), "get", "weights"))));
  groups = $list($through(groups, 0, weights => weights, weights => $isinstance($call(weights, "get", "num_bits"), ["int"])));
  if ((!$truth(groups))) {
    return (($call(q, "get", "quant_algo") === "FP8") ? "FP8" : null);
  }
  w = $min(groups, $kw({ key: ((w) => $int($item(w, "num_bits"))) }));
  [bits, group, kind] = [$item(w, "num_bits"), $call(w, "get", "group_size"), $call(w, "get", "type")];
  if (($eq([bits, kind], [8, "float"]))) {
    return (($call(w, "get", "strategy") === "channel") ? "FP8-dynamic" : "FP8");
  }
  if ((($eq([bits, kind], [4, "int"])) && (!$eq(group, 32)))) {
    return safetensors$_finer("W4A16", 128, bits, (($call(w, "get", "strategy") === "channel") ? $neg(1) : safetensors$_whole(group)));
  }
  return $call($dict([[[4, "float", "16"], "NVFP4"], [[4, "float", "32"], "MXFP4"], [[4, "int", "32"], "INT4"], [[8, "int", "None"], "INT8"]]), "get", [bits, $str(kind), $str(group)]);
}

function safetensors$_exllama(family) {
  const read = function (q) {
    let bits;
    try {
      bits = $float($item(q, "bits"));
    } catch ($error) {
      if ($is_error($error, [$KeyError, $TypeError, $ValueError])) {
        return null;
      } else { throw $error; }
    }
    return (($lt(0, bits) && $lt(bits, 17)) ? ($str(family) + "-" + $format(bits, ("g")) + "bpw") : null);
  };
  return read;
}

function safetensors$_quark(q) {
  let weight;
  weight = safetensors$_nested($call(safetensors$_nested($call(q, "get", "global_quant_config")), "get", "weight"));
  if (($truth($call(q, "get", "layer_quant_config")) || $truth($call(q, "get", "layer_type_quant_config")))) {
    return null;
  }
  return $call($dict([[["fp8_e4m3", "per_tensor", "None"], "FP8"], [["fp8_e4m3", "per_channel", "None"], "FP8-dynamic"], [["fp4", "per_group", "32"], "MXFP4"]]), "get", [$str($call(weight, "get", "dtype")), $str($call(weight, "get", "qscheme")), $str($call(weight, "get", "group_size"))]);
}

const safetensors$_TORCHAO = /* @__PURE__ */ (() => $dict({ Float8DynamicActivationFloat8WeightConfig: "FP8", Float8WeightOnlyConfig: "FP8-dynamic", Int8DynamicActivationInt8WeightConfig: "INT8", Int8WeightOnlyConfig: "INT8" }))();

function safetensors$_torchao(q) {
  let default$, grouped, rows, stated;
  stated = safetensors$_nested($call(q, "get", "quant_type"));
  default$ = safetensors$_nested($call(stated, "get", "default"));
  if (($truth($sub($set(stated), $set(["default"]))) || (!$in(safetensors$_TORCHAO, $call(default$, "get", "_type"))) || $truth($call(q, "get", "include_input_output_embeddings")))) {
    return null;
  }
  rows = ($in($str($call(safetensors$_nested($call(default$, "get", "_data")), "get", "granularity")), "PerRow"));
  grouped = (safetensors$_whole($call(safetensors$_nested($call(default$, "get", "_data")), "get", "group_size")) !== null);
  return ($truth(grouped) ? null : ($truth(rows) ? "FP8-dynamic" : $item(safetensors$_TORCHAO, $str($item(default$, "_type")))));
}

const safetensors$_METHODS = /* @__PURE__ */ (() => $dict({ "auto-round": safetensors$_auto_round, awq: safetensors$_awq, bitsandbytes: safetensors$_bitsandbytes, "compressed-tensors": safetensors$_groups, exl2: safetensors$_exllama("EXL2"), exl3: safetensors$_exllama("EXL3"), fp8: ((q) => $or(safetensors$_groups(q), () => "FP8")), fbgemm_fp8: ((q) => "FP8-dynamic"), gptq: safetensors$_gptq, "intel/auto-round": safetensors$_auto_round, modelopt: safetensors$_groups, mxfp4: ((q) => "MXFP4"), quark: safetensors$_quark, torchao: safetensors$_torchao, w8a8_int8: ((q) => "INT8") }))();

function safetensors$number_type(config) {
  let method, read, stated;
  stated = safetensors$_stated(config);
  if ($isinstance(stated, ["str"])) {
    return $call(safetensors$_OF_MLC, "get", stated);
  }
  if ((!$isinstance(stated, ["dict"]))) {
    return $call(safetensors$_DTYPES, "get", $str($or($call(config, "get", "torch_dtype"), () => $call(config, "get", "dtype"))));
  }
  if ((($in(stated, "mode")) || ((!$in(stated, "quant_method")) && ($in(stated, "group_size"))))) {
    return safetensors$_mlx(stated);
  }
  if ((($call(config, "get", "expert_dtype") === "fp4") && (!$in(stated, "config_groups")))) {
    return "MXFP4";
  }
  method = $str($or($call(stated, "get", "quant_method"), () => $call(safetensors$_nested($call(stated, "get", "producer")), "get", "name")));
  read = $call(safetensors$_METHODS, "get", method);
  return ($truth(read) ? read(stated) : null);
}

function built$_dotted(loc) {
  return $call(".", "join", loc);
}

const built$_LONGEST = 400;

function built$_readable(sentence) {
  return (($le($len(sentence), built$_LONGEST)) ? sentence : ($str($slice(sentence, null, $floordiv(built$_LONGEST, 2), null)) + " \u2026 " + $str($slice(sentence, $neg($floordiv(built$_LONGEST, 2)), null, null))));
}

function built$_error(loc, value, message, right) {
  let given;
  given = ($isinstance(value, ["str", "int", "float", "bool"]) ? value : "this");
  return new built$WantedError(($str(built$_dotted(loc)) + ": " + $str(built$_readable($add(($str(given) + ": " + $str(message)), ($truth(right) ? ("; give " + $str(right)) : ""))))));
}

function built$_bounded(bounds, value, loc, right) {
  if ((($in(bounds, "gt")) && (!($gt(value, $item(bounds, "gt")))))) {
    throw built$_error(loc, value, ("input should be greater than " + $str($item(bounds, "gt"))), right);
  }
  if ((($in(bounds, "ge")) && (!($ge(value, $item(bounds, "ge")))))) {
    throw built$_error(loc, value, ("input should be greater than or equal to " + $str($item(bounds, "ge"))), right);
  }
  if ((($in(bounds, "le")) && (!($le(value, $item(bounds, "le")))))) {
    throw built$_error(loc, value, ("input should be less than or equal to " + $str($item(bounds, "le"))), right);
  }
  return value;
}

function built$_number(kind, value, loc, right) {
  let bounded;
  if (($item(kind, 0) === "whole")) {
    if (((!$isinstance(value, ["int"])) || $truth($isinstance(value, ["bool"])))) {
      throw built$_error(loc, value, "input should be a valid integer", right);
    }
  } else {
    if (((!$isinstance(value, ["int", "float"])) || $truth($isinstance(value, ["bool"])))) {
      throw built$_error(loc, value, "input should be a valid number", right);
    } else {
      if ((($call($item(kind, 1), "get", "allow_inf_nan") === false) && (!$truth($math.isfinite(value))))) {
        throw built$_error(loc, value, "input should be a finite number", right);
      }
    }
  }
  bounded = built$_bounded($item(kind, 1), value, loc, right);
  return (($item(kind, 0) === "whole") ? bounded : $float(bounded));
}

function built$_text(bounds, value, loc, right) {
  let least, most;
  if ((!$isinstance(value, ["str"]))) {
    throw built$_error(loc, value, "input should be a valid string", right);
  }
  [least, most] = [$call(bounds, "get", "min_length", 0), $call(bounds, "get", "max_length")];
  if (($lt($len(value), least))) {
    throw built$_error(loc, value, ("string should have at least " + $str(least) + " character"), right);
  }
  if (((most !== null) && ($gt($len(value), most)))) {
    throw built$_error(loc, value, ("string should have at most " + $str(most) + " characters"), right);
  }
  if ((($in(bounds, "pattern")) && (!$truth($re.fullmatch($item(bounds, "pattern"), value))))) {
    throw built$_error(loc, value, ("string should match pattern '" + $str($item(bounds, "pattern")) + "'"), right);
  }
  return value;
}

const text$_UNSEEN = /* @__PURE__ */ (() => $re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\udb40\udd00-\udb40\uddef]"))();

const text$_GAPS = /* @__PURE__ */ (() => $call($str, "maketrans", "\n\r\t\u00a0\u3000", "     "))();

function text$strange(text) {
  let plain;
  if (($truth($call($call(text, "replace", "\n", " "), "isprintable")) && ($truth($call(text, "isascii")) || (!$truth(text$_UNSEEN.search(text)))))) {
    return null;
  }
  plain = $call(text, "translate", text$_GAPS);
  if (($truth($call(plain, "isprintable")) && (!$truth(text$_UNSEEN.search(plain))))) {
    return null;
  }
  return $next(($through($enumerate(plain), 2, ([i, c]) => i, ([i, c]) => ((!$truth($call(c, "isprintable"))) || $truth(text$_UNSEEN.match(c))))));
}

function text$named(character) {
  let name;
  name = $call($unicodedata.name(character, ""), "lower");
  return $add(("U+" + $format($ord(character), ("04X"))), ($truth(name) ? (" (" + $str(name) + ")") : ""));
}

function built$_clean(value, loc) {
  let at, what;
  if (((at = text$strange(value)) !== null)) {
    what = ("character " + $str($add(at, 1)) + " is " + $str(text$named($item(value, at))) + ", which nobody sees; leave it out");
    throw new built$WantedError(($str(built$_dotted(loc)) + ": " + $str(what)));
  }
  if ((!$eq(value, $call(" ", "join", $call(value, "split"))))) {
    what = ($str($repr(value)) + " has line ends or needless spaces; write it in one line");
    throw new built$WantedError(($str(built$_dotted(loc)) + ": " + $str(built$_readable(what))));
  }
  return ($truth($call(value, "isascii")) ? value : $unicodedata.normalize("NFC", value));
}

const values$_THOUSANDS = "[1-9][0-9]{0,5}K";

const values$_LONGEST = /* @__PURE__ */ (() => $pow(10, 8))();

function values$tokens(value) {
  if (($truth($isinstance(value, ["str"])) && $truth($re.fullmatch(values$_THOUSANDS, value)))) {
    return $mul($int($slice(value, null, $neg(1), null)), 1024);
  }
  if (($truth($isinstance(value, ["int"])) && (!$isinstance(value, ["bool"])) && ($lt(0, value) && $le(value, values$_LONGEST)))) {
    return value;
  }
  throw new $ValueError(($str($repr(value)) + " is no number of tokens from 1 to " + $format(values$_LONGEST, (",")) + "; write 4096, or 4K"));
}

const units$AMOUNT = /* @__PURE__ */ (() => $make(units$Quantity, ["a count", $dict({ K: $pow(10, 3), M: $pow(10, 6), B: $pow(10, 9), T: $pow(10, 12) }), "8B", "0.001K", "1000T"], { whole: true, countable: true }))();

function units$amount(text) {
  return $int(units$AMOUNT.read(text));
}

const values$_URL = /* @__PURE__ */ (() => "https?://[^\\s/]+\\.[^\\s/]+(/\\S*)?")();

function values$address(value) {
  if (($truth($isinstance(value, ["str"])) && $truth($re.fullmatch(values$_URL, value)) && (text$strange(value) === null))) {
    return value;
  }
  throw new $ValueError(($str($repr(value)) + " is not a public address; write it in full, such as https://huggingface.co/Qwen/Qwen3-8B"));
}

const built$READERS = /* @__PURE__ */ (() => $dict({ tokens: values$tokens, amount: units$amount, address: values$address }))();

function built$_read(name, value, loc) {
  let error;
  try {
    return $item(built$READERS, name)(value);
  } catch ($error) {
    if ($is_error($error, [$ValueError])) {
      error = $error;
      throw new built$WantedError(($str(built$_dotted(loc)) + ": " + $str(built$_readable($str(error)))));
    } else { throw $error; }
  }
  return null;
}

function built$_choices(listed) {
  let told;
  told = $list($through(listed, 0, one => ("'" + $str(one) + "'")));
  return ($truth($slice(told, 1, null, null)) ? ($str($call(", ", "join", $slice(told, null, $neg(1), null))) + " or " + $str($item(told, $neg(1)))) : $item(told, 0));
}

function built$_either(kinds, value, loc, right) {
  let kind;
  for (kind of $iter($slice(kinds, 1, null, null))) {
    try {
      return built$_value(kind, value, loc, right);
    } catch ($error) {
      if ($is_error($error, [built$WantedError])) {
        continue;
      } else { throw $error; }
    }
  }
  return built$_value($item(kinds, 0), value, loc, right);
}

function built$_value(kind, value, loc, right) {
  let inner;
  { const $subject = $item(kind, 0);
  if ($eq($subject, "maybe")) {
    return ((value === null) ? null : built$_value($item(kind, 1), value, loc, right));
  } else if ($eq($subject, "zero")) {
    return ((value === null) ? 0 : built$_value($item(kind, 1), value, loc, right));
  } else if ($eq($subject, "flag")) {
    if ((!$isinstance(value, ["bool"]))) {
      throw built$_error(loc, value, "input should be a valid boolean", right);
    }
    return value;
  } else if ($eq($subject, "whole") || $eq($subject, "number")) {
    return built$_number(kind, value, loc, right);
  } else if ($eq($subject, "text")) {
    return built$_text($item(kind, 1), value, loc, right);
  } else if ($eq($subject, "clean")) {
    return built$_clean(built$_value($item(kind, 1), value, loc, right), loc);
  } else if ($eq($subject, "read")) {
    return built$_read($item(kind, 1), value, loc);
  } else if ($eq($subject, "one")) {
    if ((!$any(($through($item(kind, 1), 0, one => $and($isinstance(value, ["str"]), () => ($eq(value, one)))))))) {
      throw built$_error(loc, value, ("input should be " + $str(built$_choices($item(kind, 1)))), right);
    }
    return value;
  } else if ($eq($subject, "either")) {
    return built$_either($item(kind, 1), value, loc, right);
  } else if ($eq($subject, "many")) {
    if ((!$isinstance(value, ["list", "tuple"]))) {
      throw built$_error(loc, value, "input should be a valid tuple", right);
    }
    inner = $item(kind, 1);
    return $tuple($list($through($enumerate(value), 2, ([i, one]) => built$_value(inner, one, [...$iter(loc), $str(i)], null))));
  } else if ($eq($subject, "map")) {
    if ((!$isinstance(value, ["Mapping"]))) {
      throw built$_error(loc, value, "input should be a valid dictionary", right);
    }
    return $dict($through($call(value, "items"), 2, ([key, one]) => [key, built$_value($item(kind, 1), one, [...$iter(loc), key], null)]));
  } else if ($eq($subject, "entry")) {
    return built$_entry($item(kind, 1), value, loc, right);
  } }
  return value;
}

function built$_likeness(wrong, key, needed) {
  return $add($difflib.SequenceMatcher(null, wrong, key).ratio(), ($truth(needed) ? 0.1 : 0));
}

function built$_likeliest(wrong, fields) {
  let close;
  close = $call($difflib, "get_close_matches", wrong, fields, $kw({ n: 3 }));
  return $max(close, $kw({ key: ((key) => built$_likeness(wrong, key, $item($item(fields, key), "needed"))), default: null }));
}

function built$_entry(wanted, data, loc, right) {
  let facts, fields, key, kind, known, meant, name, one, what;
  if ((!$isinstance(data, ["Mapping"]))) {
    throw built$_error(loc, data, "is not a mapping; write keys and values under it", right);
  }
  [fields, facts] = [$item(wanted, "fields"), $dict([])];
  for ([name, one] of $each($call(fields, "items"), 2)) {
    key = $call(one, "get", "key", name);
    if (($in(data, key))) {
      $put(facts, name, built$_value($item(one, "kind"), $item(data, key), [...$iter(loc), key], $item(one, "right")));
    } else {
      if ($truth($item(one, "needed"))) {
        throw new built$WantedError(($str(built$_dotted([...$iter(loc), key])) + ": missing; give " + $str($or($item(one, "right"), () => "a value"))));
      }
    }
  }
  known = $dict($through($call(fields, "items"), 2, ([name, one]) => [$call(one, "get", "key", name), one]));
  for (name of $iter(data)) {
    if ((!$in(known, name))) {
      meant = built$_likeliest(name, known);
      what = ($truth(meant) ? ("did you mean " + $str(meant) + "?") : ("known here: " + $str($call(", ", "join", known))));
      throw new built$WantedError(($str(built$_dotted([...$iter(loc), name])) + ": " + $str(built$_readable(("unknown key; " + $str(what))))));
    }
  }
  kind = $item(built$_ENTRIES, $item(wanted, "name"));
  return $make(kind, [], { ...$object(facts) });
}

function built$built(wanted, data) {
  return built$_entry(wanted, data, [], null);
}

function built$text(key, value) {
  let found;
  found = built$_clean(built$_text($dict({ min_length: 1, max_length: 1000 }), value, [key], null), [key]);
  return found;
}

function told$_tokens(said) {
  let error;
  try {
    return (($in([null, units$UNDISCLOSED], said)) ? units$UNDISCLOSED : values$tokens(said));
  } catch ($error) {
    if ($is_error($error, [$ValueError])) {
      error = $error;
      throw new built$WantedError(("context: " + $str(error)));
    } else { throw $error; }
  }
  return null;
}

function told$_towers(words) {
  return $make(models$Towers, [], { config: $dict($through($call(words, "items"), 2, ([key, value]) => [built$text(("towers.config." + $str(key)), key), value])) });
}

const tower$_APART = /* @__PURE__ */ (() => $frozenset($set(["adapter", "code2wav", "diffusion_head", "talker", "token2wav", "tts", "vq", "word_timestamp"])))();

function tower$is_apart(part) {
  return ($in(tower$_APART, part.kind));
}

function translation$said(a) {
  return $dict($through($call($vars(a), "items"), 2, ([word, value]) => [word, value], ([word, value]) => (value !== null)));
}

function defaults$_dots3(layer, layers, words) {
  return ((($lt(layer, 2)) || ($eq($mod(layer, 4), 1))) ? "full_attention" : "sliding_attention");
}

function defaults$_flint(layer, layers, words) {
  let every;
  every = $or(($lt(layer, 2)), () => $or(($eq($mod(layer, 4), 1)), () => ($eq(layer, $sub(layers, 1)))));
  return ($truth(every) ? "full_attention" : "sliding_attention");
}

function defaults$_lfm3(layer, layers, words) {
  if (($eq($mod(layer, 4), 2))) {
    return "full_attention";
  }
  return (($truth(layer) && ($eq($mod(layer, 4), 0))) ? "sliding_attention" : "conv");
}

function defaults$_muse_spark(layer, layers, words) {
  return ($truth($mod($sub($sub(layers, 1), layer), 4)) ? "sliding_attention" : "full_attention");
}

function defaults$_zamba(layer, layers, words) {
  let hybrid, offset, period;
  [period, offset] = [$item(words, "attn_layer_period"), $item(words, "attn_layer_offset")];
  if ((!($truth($isinstance(period, ["int"])) && $truth(period)))) {
    throw new words$WordError("attn_layer_period", "missing; give a whole number, such as 6");
  }
  hybrid = $or(($eq(layer, 2)), () => $and(($gt(layer, 2)), () => ($eq($mod($sub(layer, 3), period), offset))));
  return ($truth(hybrid) ? "full_attention" : "linear_attention");
}

function defaults$_zamba2(layer, layers, words) {
  return (($in([6, 12, 18, 24, 30, 36, 42, 47, 51], layer)) ? "full_attention" : "linear_attention");
}

const defaults$_KINDS = /* @__PURE__ */ (() => $dict({ dots3_note_text: defaults$_dots3, flint: defaults$_flint, lfm3: defaults$_lfm3, muse_spark_text: defaults$_muse_spark, zamba: defaults$_zamba, zamba2: defaults$_zamba2 }))();

function defaults$derived(model_type, words) {
  let kind, layers;
  [kind, layers] = [$call(defaults$_KINDS, "get", model_type), $call(words, "get", "num_hidden_layers")];
  if (((kind === null) || (!$isinstance(layers, ["int"])))) {
    return $dict([]);
  }
  return $dict({ layer_types: $list($through($range(layers), 0, layer => kind(layer, layers, words))) });
}

const defaults$_ALWAYS = /* @__PURE__ */ (() => $dict({ nemotron: ["num_key_value_heads"], "nemotron-nas": ["block_configs"], qwen3_vl_moe_text: ["head_dim"] }))();

const defaults$_SAID_OTHERWISE = /* @__PURE__ */ (() => $frozenset($set(["linear_conv_kernel_dim", "linear_head_dim", "linear_num_heads", "max_position_embeddings", "max_window_layers", "num_nextn_predict_layers", "sliding_window"])))();

const defaults$demanded = /* @__PURE__ */ $memo(function (model_type) {
  let figures;
  if ((!$in(defaults$_KIN, model_type))) {
    return $call(defaults$_ALWAYS, "get", model_type, []);
  }
  figures = ($through($call(defaults$_filled(model_type), "items"), 2, ([word, value]) => word, ([word, value]) => (($exactly(value, "int")) && $truth(value))));
  return $tuple(($through(figures, 0, word => word, word => (!$in(defaults$_SAID_OTHERWISE, word)))));
});

function translation$_no_experts(words) {
  return $make(shape$Experts, [], { shared: words.number("shared_intermediate_size") });
}

function translation$_experts(words, row) {
  let count, least, own, shared, used, width;
  count = words.number("num_experts");
  least = (((row.linear === "mamba") || (row.experts === "none")) ? 2 : 1);
  if ((($lt(count, least)) || (!$truth(words.flag("enable_moe_block", true))))) {
    return translation$_no_experts(words);
  }
  used = words.number("num_experts_per_tok");
  if ((!$truth(used))) {
    throw new words$WordError("num_experts_per_tok", "a model with experts needs num_experts_per_tok, such as 8");
  }
  if (($gt(used, count))) {
    throw new words$WordError("num_experts_per_tok", ("num_experts_per_tok " + $str(used) + " exceeds the " + $str(count) + " experts"));
  }
  own = ($in(words.unsaid, "moe_intermediate_size"));
  width = ($truth(own) ? words.needed("moe_intermediate_size") : words.number("moe_intermediate_size", "intermediate_size"));
  shared = words.number("shared_expert_intermediate_size", "shared_intermediate_size");
  shared = $or(shared, () => $mul(words.number("n_shared_experts"), width));
  return $make(shape$Experts, [], { count: count, used: used, width: width, hidden: words.number("moe_latent_size", "hidden_size"), router: ($truth(row.deep_router) ? words.needed("router_hidden_size") : 0), normed: words.flag("latent_moe_use_norm"), shared: $or(shared, () => ($truth(row.one_shared) ? width : 0)), idle: words.number("zero_expert_num"), seeing: words.number("vision_moe_intermediate_size") });
}

const layers$_LETTERS = /* @__PURE__ */ (() => $dict([["M", "mamba"], ["*", "attention"], ["-", "mlp"], ["E", "moe"]]))();

function layers$_attends(words, row, layers) {
  let every, linear, listed, period;
  linear = words.value("linear_attn_config");
  if (($truth($isinstance(linear, [architecture$LinearAttention])) && (linear.full_attn_layers !== null))) {
    return $set($through(linear.full_attn_layers, 0, layer => $sub(layer, 1)));
  }
  if ($truth((listed = words.figures("full_attn_idxs")))) {
    return $set(listed);
  }
  if ($truth((period = words.number("attn_layer_period")))) {
    return $range(words.number("attn_layer_offset"), layers, period);
  }
  if ((row.linear === "delta_net")) {
    every = words.needed("full_attention_interval");
    return $range($sub(($truth(row.apart) ? $min(every, layers) : every), 1), layers, every);
  }
  if (((row.linear === "kda") && $truth((every = words.number("full_attention_interval"))))) {
    return $range($sub(every, 1), layers, every);
  }
  if ((row.linear === "kda")) {
    return $range(4, layers, 4);
  }
  if ((row.linear === "lightning")) {
    return $range(0, layers, 2);
  }
  return $range((((row.attention === "none") || (row.linear === "mamba2")) ? 0 : layers));
}

function layers$_own_names(words, row, layers) {
  let attends, key, named;
  for (key of $iter(["layer_types", "layers_block_type", "hybrid_override_pattern"])) {
    named = words.value(key);
    if (($truth($isinstance(named, ["str", "tuple", "list"])) && $truth(named))) {
      if ((!$eq($len(named), layers))) {
        throw new words$WordError(key, ($str(key) + " has " + $str($len(named)) + " entries for " + $str(layers) + " layers"));
      }
      return $list($through(named, 0, name => $call(layers$_LETTERS, "get", $str(name), $str(name))));
    }
  }
  attends = layers$_attends(words, row, layers);
  return $list($through($range(layers), 0, i => (($in(attends, i)) ? "attention" : "linear_attention")));
}

function layers$_names(words, row, layers) {
  let crossed;
  crossed = words.figures("cross_attention_layers");
  return $list($through($enumerate(layers$_own_names(words, row, layers)), 2, ([i, name]) => (($in(crossed, i)) ? "cross" : name)));
}

const layers$_ALONE = ["mlp", "moe"];

function layers$_sparse(words, names, count) {
  let asked, first, offset, period, plain, ruled, step;
  if ($truth((period = words.number("expert_layer_period")))) {
    offset = words.number("expert_layer_offset");
    return $list($through($range(count), 0, i => ($eq($mod(i, period), offset))));
  }
  [step, first] = [$or(words.number("decoder_sparse_step"), () => 1), words.number("first_k_dense_replace")];
  plain = words.figures("mlp_only_layers");
  asked = words.flag("enable_moe_block", true);
  ruled = $list($through($range(count), 0, i => $and(asked, () => $and(($ge(i, first)), () => $and((!$in(plain, i)), () => ($eq($mod($add(i, 1), step), 0)))))));
  return $list($through($zip_longest(names, ruled), 2, ([name, rule]) => (($in(layers$_ALONE, name)) ? (name === "moe") : rule)));
}

const layers$_DENSE_BEYOND = /* @__PURE__ */ (() => $frozenset($set(["exaone_moe"])))();

const layers$_LINEAR = ["linear_attention", "mamba", "conv"];

function layers$_owners(words, row, names, count) {
  let found, i, left, name;
  [found, left] = [$mul([false], count), ((row.attention === "shared") ? $or(words.number("num_mem_blocks"), () => 1) : 0)];
  for ([i, name] of $each($enumerate(names), 2)) {
    $put(found, i, $and(($gt(left, 0)), () => (!$in(layers$_LINEAR, name))));
    left = $sub(left, $item(found, i));
  }
  return found;
}

function layers$_first_differs(row) {
  return $or(row.first_unnormed, () => $or((row.linear === "rwkv7"), () => $or(row.deep_router, () => (row.relative === "clipped"))));
}

const layers$_SLIDING = ["sliding_attention", "chunked_attention"];

const layers$_BEHIND_DENSE = /* @__PURE__ */ (() => $frozenset($set(["cohere2_moe"])))();

const layers$_FIRST = /* @__PURE__ */ (() => $frozenset($set(["cwm", "modernbert-decoder", "laguna", "smallthinker", "step3p5", "step3p7"])))();

const layers$_VERY_FIRST = /* @__PURE__ */ (() => $frozenset($set(["mimo_v2_flash"])))();

const layers$_VERY_LAST = /* @__PURE__ */ (() => $frozenset($set(["beam", "gemma4_text", "muse_glimmer_text"])))();

function layers$_seeing_all(words, type_, layers, count) {
  let dense, every, full;
  dense = (($in(layers$_BEHIND_DENSE, type_)) ? words.number("first_k_dense_replace") : 0);
  every = words.number("sliding_window_pattern");
  full = $set($range($min(dense, count)));
  if ($truth(every)) {
    full = $ibitor(full, $set($range($add(dense, (($in(layers$_FIRST, type_)) ? 0 : $sub(every, 1))), count, every)));
  }
  if (($in(layers$_VERY_FIRST, type_))) {
    $call(full, "add", 0);
  }
  if (($in(layers$_VERY_LAST, type_))) {
    $call(full, "add", $sub(layers, 1));
  }
  if (($in(words.unsaid, "max_window_layers"))) {
    full = $ibitor(full, $set($range($min(words.number("max_window_layers"), count))));
  }
  return full;
}

function layers$_windows(words, type_, layers, count) {
  let full, listed, window;
  window = words.number("sliding_window", "attention_chunk_size");
  if (((!$truth(window)) || (!$truth(words.flag("use_sliding_window", true))))) {
    return $mul([0], count);
  }
  listed = $list($through(words.each("layer_types"), 0, kind => (($in(layers$_SLIDING, kind)) ? window : 0)));
  full = layers$_seeing_all(words, type_, layers, count);
  return [...$iter(listed), ...$iter(($through($range($len(listed), count), 0, i => (($in(full, i)) ? 0 : window))))];
}

function layers$_indexed(words, beside, count) {
  let every, first, listed, ruled;
  if ((!$truth(words.number("index_n_heads")))) {
    return $mul([false], count);
  }
  if ($truth(beside)) {
    return beside;
  }
  listed = $list($through($slice(words.each("indexer_types"), null, count, null), 0, kind => (kind === "full")));
  [first, every] = [words.number("index_skip_topk_offset"), $or(words.number("index_topk_freq"), () => 1)];
  ruled = ($through($range($len(listed), count), 0, i => $or(($lt(i, first)), () => ($eq($mod($add($sub(i, first), 1), every), 0)))));
  return [...$iter(listed), ...$iter(ruled)];
}

const layers$_INDEXED_BESIDE_EXPERTS = /* @__PURE__ */ (() => $frozenset($set(["minimax_m3"])))();

function layers$_listed(values, count, otherwise) {
  return [...$iter($slice(values, null, count, null)), ...$iter($mul([otherwise], $sub(count, $len(values))))];
}

function layers$_ratios(words, row, layers) {
  if ((row.attention !== "compressed")) {
    return [];
  }
  return $or(words.figures("compress_ratios"), () => $tuple(($through($range(layers), 0, i => ((($gt(i, 2)) && $truth($mod(i, 2))) ? 4 : 128)))));
}

const layers$_UNROTATED = /* @__PURE__ */ (() => $frozenset($set(["mistral_large4_text"])))();

function layers$_rotating(words, type_, count) {
  let every, listed;
  if ((!$in(layers$_UNROTATED, type_))) {
    return $mul([true], count);
  }
  every = $or(words.number("no_rope_layer_interval"), () => 4);
  listed = $list($through($slice(words.figures("no_rope_layers"), null, count, null), 0, flag => $bool(flag)));
  return [...$iter(listed), ...$iter(($through($range($len(listed), count), 0, i => ($gt($mod($add(i, 1), every), 0)))))];
}

function layers$_sharing(words, layers, count) {
  let first, sources;
  first = $sub(layers, words.number("num_kv_shared_layers"));
  sources = words.figures("kv_source_layers");
  return $list($through($range(count), 0, i => $or(($le(first, i) && $lt(i, layers)), () => $and(($lt(i, $len(sources))), () => (!$eq($item(sources, i), i))))));
}

function layers$_overrides(words, count) {
  let listed, own;
  listed = words.value("per_layer_config");
  if ((!$isinstance(listed, ["Mapping"]))) {
    return $mul([null], count);
  }
  return $list($through($range(count), 0, i => ($isinstance((own = $call(listed, "get", $str(i))), [architecture$LayerConfig]) ? own : null)));
}

function layers$ngram_heads(words) {
  return $mul($sub(words.needed("ngram_size"), 1), words.needed("heads_per_ngram"));
}

const layers$_MOST_TABLES = 1024;

function ngram$_is_prime(number) {
  if ((($lt(number, 4)) || ($eq($mod(number, 2), 0)))) {
    return ($in([2, 3], number));
  }
  return $all(($through($range(3, $add($int($pow(number, 0.5)), 1), 2), 0, divisor => $mod(number, divisor))));
}

const ngram$rows = /* @__PURE__ */ $memo(function (base, heads, place, multiple) {
  let found, number, total;
  [total, found, number] = [0, 0, $sub(base, 1)];
  while (($lt(found, $mul($add(place, 1), heads)))) {
    number = $iadd(number, 1);
    if ((!$truth(ngram$_is_prime(number)))) {
      continue;
    }
    found = $iadd(found, 1);
    total = $iadd(total, (($gt(found, $mul(place, heads))) ? number : 0));
  }
  return $mul($neg($floordiv($neg(total), multiple)), multiple);
});

function layers$_ngram_rows(words, count) {
  let base, heads, layers, multiple;
  layers = $sorted($set(words.figures("ple_layer_ids")));
  if ((!$truth(layers))) {
    return $mul([0], count);
  }
  [base, multiple] = [words.needed("ngram_vocab_size_base"), $or(words.number("make_ngram_vocab_size_divisible_by"), () => 1)];
  heads = layers$ngram_heads(words);
  if (($gt($mul(heads, $len(layers)), layers$_MOST_TABLES))) {
    throw new words$WordError("heads_per_ngram", ($format($mul(heads, $len(layers)), (",")) + " tables are more than any model has; check it"));
  }
  return $list($through($range(1, $add(count, 1)), 0, i => (($in(layers, i)) ? ngram$rows(base, heads, $call(layers, "index", i), multiple) : 0)));
}

function layers$query_heads(words, row) {
  if ((row.attention === "mixture")) {
    return $mul(words.needed("num_key_value_heads"), words.needed("num_experts_per_tok"));
  }
  return ((row.attention === "none") ? 1 : words.needed("num_attention_heads"));
}

function layers$_heads(words, row, told) {
  let head_dim, heads, kv_heads, own, usual, value, wide;
  usual = layers$query_heads(words, row);
  heads = $or(told.heads, () => usual);
  kv_heads = $or(words.number("num_key_value_heads"), () => usual);
  head_dim = ((row.attention !== "latent") ? words.number("head_dim") : 0);
  wide = ((row.attention === "shared") ? 2 : 1);
  head_dim = $or(head_dim, () => $floordiv($mul(wide, words.needed("hidden_size")), usual));
  value = $or(words.number("v_head_dim"), () => head_dim);
  if ($truth(told.window)) {
    heads = $or(words.number("num_sliding_attention_heads"), () => heads);
    kv_heads = $or(words.number("swa_num_key_value_heads"), () => $mul(kv_heads, ($truth(row.sinks_slide) ? 2 : 1)));
    head_dim = $or(words.number("swa_head_dim"), () => head_dim);
    value = $or(words.number("swa_v_head_dim", "v_head_dim"), () => head_dim);
  } else {
    if ($truth(words.flag("attention_k_eq_v"))) {
      kv_heads = $or(words.number("num_global_key_value_heads"), () => kv_heads);
    }
    [head_dim, value] = $unpack(($through([head_dim, value], 0, one => $or(words.number("global_head_dim"), () => one))), 2);
  }
  if ($truth((own = told.own))) {
    [heads, kv_heads] = [$or(own.num_attention_heads, () => heads), $or(own.num_key_value_heads, () => kv_heads)];
    [head_dim, value] = [$or(own.head_dim, () => head_dim), $or(own.head_dim, () => value)];
  }
  return [heads, kv_heads, head_dim, value];
}

function layers$_mixer(words, row, name) {
  let other;
  if (($in(layers$_LINEAR, name))) {
    if ((row.linear === "none")) {
      other = ("a " + $str(words.model_type) + " has no linear_num_value_heads, nor other words of such layers");
      throw new words$WordError("layer_types", ("layer_types has " + $str(name) + ", and " + $str(other)));
    }
    return row.linear;
  }
  if ((name === "cross")) {
    return "cross";
  }
  return (($in(layers$_ALONE, name)) ? "none" : row.attention);
}

function layers$_feed_forward(row, mixer, told) {
  let kinds;
  if (($truth(row.alone) && (mixer !== "none") && (!$truth(told.beyond)))) {
    return "none";
  }
  if ((!$truth(told.sparse))) {
    return "dense";
  }
  kinds = $dict({ none: "experts", normed: "dense_and_experts", plain: "dense_beside_experts" });
  return $item(kinds, row.beside_dense);
}

function layers$_width(words, row, told) {
  let factor, multiple, width;
  width = words.number("dense_intermediate_size", "shared_intermediate_size", "intermediate_size");
  width = $or(width, () => $mul(words.needed("hidden_size"), $or(words.number("expansion_ratio"), () => row.expansion)));
  if ((row.linear === "lru")) {
    width = $floordiv(width, 2);
  }
  if (($truth(told.own) && $truth(told.own.intermediate_size))) {
    width = told.own.intermediate_size;
  }
  if ($truth(words.flag("block_auto_adjust_ff_dim"))) {
    [multiple, factor] = [$or(words.number("block_multiple_of"), () => 256), words.value("block_ffn_dim_multiplier")];
    width = $int($mul(($isinstance(factor, ["float", "int"]) ? factor : 1.0), $int($truediv($mul(2, width), 3))));
    width = $mul($neg($floordiv($neg(width), multiple)), multiple);
  }
  return $mul(width, (($truth(told.shares) && $truth(words.flag("use_double_wide_mlp"))) ? 2 : 1));
}

function layers$_latent(words) {
  if ((!$truth(words.number("swa_kv_lora_rank")))) {
    return null;
  }
  return $make(shape$Latent, [], { query_rank: words.needed("swa_q_lora_rank"), rank: words.needed("swa_kv_lora_rank"), nope: words.needed("swa_qk_nope_head_dim"), rope: words.needed("swa_qk_rope_head_dim"), value: words.needed("swa_v_head_dim") });
}

function layers$_of_block(hidden, layer, block) {
  let group;
  if ($truth((group = block.attention.n_heads_in_group))) {
    layer = $replace(layer, { kv_heads: $floordiv(layer.heads, group) });
  } else {
    layer = $replace(layer, { mixer: ($truth(block.attention.replace_with_linear) ? "projection" : "none") });
  }
  if ((!$truth(block.ffn.ffn_mult))) {
    return $replace(layer, { feed_forward: "none" });
  }
  return $replace(layer, { width: $mul($neg($floordiv($neg($int($truediv($mul($mul(2, block.ffn.ffn_mult), hidden), 3))), 256)), 256) });
}

function layers$_kind(words, row, told) {
  let found, head_dim, heads, indexed, kv_heads, mixer, slides, value_dim, values_apart;
  slides = ($gt(told.window, 0));
  [heads, kv_heads, head_dim, value_dim] = $unpack(layers$_heads(words, row, told), 4);
  mixer = layers$_mixer(words, row, told.name);
  indexed = $and(told.indexed, () => $and(($eq(mixer, row.attention)), () => (!($truth(slides) && (mixer === "latent")))));
  values_apart = (!($truth(words.flag("attention_k_eq_v")) && (!$truth(slides))));
  found = $make(shape$LayerKind, [], { mixer: mixer, feed_forward: layers$_feed_forward(row, mixer, told), window: told.window, indexer: ((row.attention === "compressed") ? ($eq(told.ratio, architectures$CHOSEN_RATIO)) : indexed), heads: heads, kv_heads: kv_heads, head_dim: head_dim, value_dim: value_dim, width: layers$_width(words, row, told), owner: told.owner, first: told.first, own_keys: (!$truth(told.shares)), own_values: $and((!$truth(told.shares)), () => values_apart), sinks: $and(row.sinks, () => $or(slides, () => (!$truth(row.sinks_slide)))), latent: (($truth(slides) && (mixer === "latent")) ? layers$_latent(words) : null), rotates: told.rotates, beside: ((mixer === "shared") ? row.linear : row.beside), ratio: told.ratio, hashed: told.hashed, ngram_rows: told.ngram_rows });
  return ((told.block === null) ? found : layers$_of_block(words.needed("hidden_size"), found, told.block));
}

function layers$layer_kinds(words, row, type_, experts) {
  let count, kinds, last, layers, names, sparse, told;
  layers = $mul(words.needed("num_hidden_layers"), row.sublayers);
  count = $add(layers, words.number("num_nextn_predict_layers"));
  names = layers$_names(words, row, layers);
  sparse = ($truth(experts) ? layers$_sparse(words, names, count) : $mul([false], count));
  last = (($in(layers$_DENSE_BEYOND, type_)) ? layers : count);
  sparse = $list($through($enumerate(sparse), 2, ([i, flag]) => $and(flag, () => $and(($eq($mod(i, row.sublayers), 0)), () => ($lt(i, last))))));
  told = $list($zip([...$iter(names), ...$iter($mul(["attention"], $sub(count, layers)))], layers$_owners(words, row, names, count), ($through($range(count), 0, i => $and(($eq(i, 0)), () => layers$_first_differs(row)))), ($through($range(count), 0, i => ($ge(i, layers)))), layers$_windows(words, type_, layers, count), sparse, layers$_indexed(words, (($in(layers$_INDEXED_BESIDE_EXPERTS, type_)) ? sparse : []), count), layers$_listed(words.figures("num_attention_heads_per_layer"), count, 0), layers$_listed(layers$_ratios(words, row, layers), count, 0), layers$_rotating(words, type_, count), layers$_sharing(words, layers, count), ($through($range(count), 0, i => ($lt(i, words.number("num_hash_layers"))))), layers$_overrides(words, count), layers$_listed($list($through(words.each("block_configs"), 0, block => block, block => $isinstance(block, [architecture$BlockConfig]))), count, null), layers$_ngram_rows(words, count), $kw({ strict: true })));
  kinds = $dict($through($set(told), 0, one => [one, layers$_kind(words, row, new layers$_Told(...$iter(one)))]));
  return [$tuple(($through(told, 0, one => $item(kinds, one)))), layers];
}

function translation$_blocks(words, row) {
  let asked, bias, narrow, shared;
  asked = words.flag("attention_bias", words.flag("use_bias"));
  bias = $or(row.qkv_bias, () => asked);
  narrow = $and((row.norms === "both"), () => (!$truth(words.flag("use_post_norm", true))));
  shared = $and((row.norms === "pre"), () => ($eq(words.number("num_ln_in_parallel_attn"), 1)));
  return $replace(row, { encoder: $or(row.encoder, () => words.flag("use_bidirectional_attention")), qkv_bias: bias, output_bias: $or(words.flag("attention_out_bias", $and(bias, () => row.output_bias)), () => row.own_output_bias), qk_norm: ($truth(words.flag("use_qk_norm", true)) ? row.qk_norm : "none"), norms: ($truth(narrow) ? "pre" : ($truth(shared) ? "parallel" : row.norms)), final_norm: words.flag("final_norm", row.final_norm), norm_bias: words.flag("norm_bias", row.norm_bias), gate: ($truth(words.flag("use_attention_gate", true)) ? row.gate : "none"), feed_forward_bias: $or(row.feed_forward_bias, () => $or(words.flag("use_bias"), () => words.flag("mlp_bias"))), head_bias: $or(row.head_bias, () => words.flag("lm_head_bias")), ssm_norm: words.flag("mamba_rms_norm", row.ssm_norm), convolution_bias: words.flag("conv_bias") });
}

function translation$_latent(words, row) {
  let rope;
  if (($in(["attention", "mixture", "shared", "none"], row.attention))) {
    return new shape$Latent();
  }
  if ((row.attention === "compressed")) {
    return $make(shape$Latent, [], { query_rank: words.needed("q_lora_rank"), groups: words.needed("o_groups"), group_rank: words.needed("o_lora_rank") });
  }
  rope = "qk_rope_head_dim";
  return $make(shape$Latent, [], { query_rank: words.number("q_lora_rank"), rank: words.needed("kv_lora_rank"), nope: words.needed("qk_nope_head_dim"), rope: ((($eq(words.value(rope), 0)) && (row.linear === "kda")) ? words.number(rope) : words.needed(rope)), value: $or(words.number("v_head_dim"), () => $floordiv(words.needed("hidden_size"), words.needed("num_attention_heads"))), gated: words.flag("mla_use_output_gate") });
}

function translation$_indexer(words) {
  return $make(shape$Indexer, [], { heads: words.number("index_n_heads"), head_dim: words.number("index_head_dim"), chosen: words.number("index_topk"), pool: words.number("index_kpool") });
}

function translation$_delta(words, row) {
  let heads, kernel, key_dim, keys, value_dim, value_heads;
  if ((row.linear === "mlstm")) {
    heads = words.needed("num_attention_heads");
    [key_dim, value_dim] = [words.needed("linear_key_head_dim"), words.needed("linear_value_head_dim")];
    return new shape$DeltaNet(heads, key_dim, heads, value_dim);
  }
  if ((row.linear !== "delta_net")) {
    return new shape$DeltaNet();
  }
  heads = words.number("num_attention_heads");
  if (($truth(row.apart) && $truth(heads))) {
    keys = $or(words.number("linear_num_key_heads"), () => heads);
    key_dim = $or(words.number("linear_key_head_dim"), () => $int($truediv($mul(0.75, words.needed("hidden_size")), keys)));
    [value_heads, value_dim] = [words.number("linear_num_value_heads"), words.number("linear_value_head_dim")];
    kernel = words.needed("linear_conv_kernel_dim");
    return new shape$DeltaNet(keys, key_dim, $or(value_heads, () => heads), $or(value_dim, () => $mul(2, key_dim)), kernel);
  }
  return $make(shape$DeltaNet, [], { key_heads: words.needed("linear_num_key_heads"), key_dim: words.needed("linear_key_head_dim"), value_heads: words.needed("linear_num_value_heads"), value_dim: words.needed("linear_value_head_dim"), kernel: words.needed("linear_conv_kernel_dim") });
}

function translation$_kda(words, row) {
  let gate, head_dim, heads, stated;
  if ((row.linear !== "kda")) {
    return new shape$Kda();
  }
  stated = words.value("linear_attn_config");
  if ($isinstance(stated, [architecture$LinearAttention])) {
    gate = $or(stated.use_full_rank_gate, () => false);
    return new shape$Kda(stated.num_heads, stated.head_dim, stated.short_conv_kernel_size, gate);
  }
  heads = $or(words.number("linear_num_heads"), () => words.needed("num_attention_heads"));
  head_dim = $or(words.number("linear_head_dim"), () => words.needed("head_dim"));
  return new shape$Kda(heads, head_dim, words.needed("linear_conv_kernel_dim"), row.full_rank_gates, row.full_rank_gates);
}

function translation$_space(words, row) {
  let heads, hidden, inner;
  [hidden, heads] = [words.needed("hidden_size"), words.number("mamba_n_heads")];
  if (($in(["rwkv6", "rwkv7"], row.linear))) {
    return $make(shape$StateSpace, [], { inner: hidden, state: words.needed("head_dim") });
  }
  if ((row.linear === "rwkv4")) {
    return $make(shape$StateSpace, [], { inner: $or(words.number("mamba_d_ssm"), () => hidden) });
  }
  if ((row.linear === "lru")) {
    [inner, heads] = [$or(words.number("mamba_d_ssm"), () => hidden), words.needed("num_attention_heads")];
    return $make(shape$StateSpace, [], { heads: heads, inner: inner, kernel: words.needed("mamba_d_conv") });
  }
  if ((!$truth($bitand($set([row.linear, row.beside]), $set(["mamba", "mamba2"]))))) {
    return new shape$StateSpace();
  }
  inner = $or(words.number("mamba_d_ssm"), () => $mul(heads, words.number("mamba_d_head")));
  return $make(shape$StateSpace, [], { heads: heads, inner: $or(inner, () => $mul($or(words.number("mamba_expand"), () => 2), hidden)), state: words.needed("mamba_d_state"), groups: $or(words.number("mamba_n_groups"), () => 1), kernel: words.needed("mamba_d_conv"), step_rank: $or(words.number("mamba_dt_rank"), () => $neg($floordiv($neg(hidden), 16))), bias: words.flag("mamba_proj_bias"), convolution_bias: words.flag("mamba_conv_bias", true) });
}

function translation$_taps(words, row) {
  if ((row.beside === "cca")) {
    return words.needed("cca_time0");
  }
  return ((($in(row.linear, "short_conv")) || (row.beside === "tapped")) ? words.needed("conv_L_cache") : 0);
}

function translation$_embedding(words) {
  let width;
  width = words.number("embedding_size");
  return (($eq(width, words.number("hidden_size"))) ? 0 : width);
}

function translation$_ngram(words) {
  let width;
  if ((!$truth(words.figures("ple_layer_ids")))) {
    return new shape$Ngram();
  }
  width = $or(words.number("ple_embed_dim"), () => words.needed("hidden_size"));
  return new shape$Ngram(width, layers$ngram_heads(words), words.needed("ple_conv_kernel_size"));
}

function translation$_ranks(words, row) {
  if ((row.linear === "rwkv6")) {
    return $make(shape$Ranks, [], { decay: words.needed("decay_low_rank_dim"), lerp: words.needed("lerp_low_rank_dim") });
  }
  if ((row.linear !== "rwkv7")) {
    return new shape$Ranks();
  }
  return $make(shape$Ranks, [], { decay: words.needed("decay_low_rank_dim"), rate: words.needed("a_low_rank_dim"), value: words.needed("v_low_rank_dim"), gate: words.needed("gate_low_rank_dim") });
}

function translation$_head(words, row) {
  let said;
  said = words.value("head");
  if (($in(["none", "yes_or_no", "labels"], said))) {
    return ((said === "none") ? "none" : ((said === "labels") ? "labels" : "yes_or_no"));
  }
  if ((!$truth(row.encoder))) {
    return ($truth(row.dense_head) ? "masked" : "answers");
  }
  if ((said === "masked")) {
    return "masked";
  }
  return ($truth(row.pooler) ? "pooled" : "none");
}

function translation$_rounds(words) {
  let heads, hidden;
  [hidden, heads] = [$call(words.unsaid, "get", "hidden_size"), $call(words.unsaid, "get", "num_attention_heads")];
  return $and($isinstance(hidden, ["int"]), () => $and($isinstance(heads, ["int"]), () => ($gt($mod(hidden, heads), 0))));
}

const translation$_EVERY_LAYER = ["num_attention_heads_per_layer", "block_configs", "compress_ratios", "kv_source_layers", "no_rope_layers"];

function translation$_check_lists(words, layers) {
  let key, listed;
  for (key of $iter(translation$_EVERY_LAYER)) {
    listed = words.each(key);
    if (($truth(listed) && ($lt($len(listed), layers)))) {
      throw new words$WordError(key, ($str(key) + " has " + $str($len(listed)) + " entries for " + $str(layers) + " layers"));
    }
  }
  return null;
}

function translation$_check(words, row, shape) {
  let heads, kv_heads, unequal;
  [heads, kv_heads] = [shape.heads, $or(words.number("num_key_value_heads"), () => shape.heads)];
  if (((!$in(["latent", "none"], row.attention)) && $truth($mod(heads, kv_heads)))) {
    throw new words$WordError("num_attention_heads", ("num_attention_heads " + $str(heads) + " is not a multiple of num_key_value_heads " + $str(kv_heads) + "; check both against config.json"));
  }
  unequal = $and((!$in(["latent", "none"], row.attention)), () => $and($mod(shape.hidden, heads), () => (!$truth(translation$_rounds(words)))));
  if (($truth(unequal) && (!$truth(words.number("head_dim"))))) {
    throw new words$WordError("hidden_size", "hidden_size is not a multiple of num_attention_heads; give head_dim");
  }
  if (($truth(row.square_output) && $truth($any(($through(shape.layers, 0, kind => (!$eq($mul(kind.heads, kind.head_dim), shape.hidden)))))))) {
    throw new words$WordError("head_dim", ("heads of a " + $str(shape.model_type) + " are together as wide as hidden_size; check both"));
  }
  if (($truth(words.flag("use_bias")) && (row.experts !== "none"))) {
    throw new words$WordError("use_bias", "biases beside experts are not known yet");
  }
  if (($truth(words.flag("attention_bias")) && $truth(row.alone))) {
    throw new words$WordError("attention_bias", "biases of this model are not known yet");
  }
  if (((row.experts === "none") && $truth(shape.experts.count))) {
    throw new words$WordError("num_experts", ("a " + $str(shape.model_type) + " has no experts"));
  }
  if ($any(($through(shape.layers, 0, kind => $and((kind.feed_forward === "dense"), () => (!$truth(kind.width))))))) {
    throw new words$WordError("intermediate_size", "intermediate_size is missing; give a whole number, such as 14336");
  }
  translation$_check_lists(words, $len(shape.layers));
  return null;
}

function translation$shape_of(a) {
  let count, every, experts, one, other, own, row, shape, torn, type_, word, words;
  [type_, row] = $unpack(translation$blocks_of(a.model_type), 2);
  [own, torn] = $unpack(synonyms$renamed(translation$said(a)), 2);
  for ([one, other] of $each(torn, 2)) {
    throw new words$WordError(one, ("and " + $str(other) + " differ; a config.json says it once"));
  }
  words$plausible(own);
  words = new words$Words(a.model_type, own, $dict([...$pairs(defaults$unsaid(a.model_type)), ...$pairs(defaults$derived(a.model_type, $dict([...$pairs(defaults$unsaid(a.model_type)), ...$pairs(own)])))]));
  for (word of $iter(defaults$demanded(a.model_type))) {
    if ((!$in(own, word))) {
      throw new words$WordError(word, ("missing, and a " + $str(a.model_type) + " needs it; give a whole config.json"));
    }
  }
  experts = translation$_experts(words, row);
  [every, count] = $unpack(layers$layer_kinds(words, row, type_, experts.count), 2);
  if ($all(($through(every, 0, kind => ($in(["none", "dense"], kind.feed_forward)))))) {
    experts = translation$_no_experts(words);
  }
  shape = $make(shape$Shape, [], { model_type: type_, blocks: translation$_blocks(words, row), vocab: words.needed("vocab_size"), further_rows: $or(words.number("additional_vocab_size"), () => row.further_rows), hidden: words.needed("hidden_size"), heads: layers$query_heads(words, row), layers: $slice(every, null, count, null), mtp: $slice(every, count, null, null), tied: $and(words.flag("tie_word_embeddings"), () => $and((!$truth(row.own_head)), () => (!$truth(row.further_rows)))), latent: translation$_latent(words, row), indexer: translation$_indexer(words), experts: experts, delta: translation$_delta(words, row), kda: translation$_kda(words, row), space: translation$_space(words, row), taps: translation$_taps(words, row), grouped_taps: ((row.beside === "cca") ? words.needed("cca_time1") : 0), wide_states: (words.value("mamba_ssm_dtype") === "float32"), streams: words.number("hc_mult"), choosing: words.number("attn_res_block_size"), layer_input: words.number("hidden_size_per_layer_input"), layer_vocab: words.number("vocab_size_per_layer_input", "vocab_size"), positions: ($truth(row.positions) ? $add(words.needed("max_position_embeddings"), row.spare_positions) : 0), embedding: translation$_embedding(words), token_types: words.number("type_vocab_size"), buckets: words.number("relative_attention_num_buckets"), relative: ((row.relative !== "none") ? words.needed("d_rel") : 0), reach: ((row.relative !== "none") ? words.needed("rel_extent") : 0), norm_rank: words.number("gated_norm_rank"), stream_rank: words.number("hc_lowrank"), ngram: translation$_ngram(words), ranks: translation$_ranks(words, row), altup: words.number("altup_num_inputs"), altup_scaled: words.flag("altup_correct_scale", true), laurel: words.number("laurel_rank"), adapter: words.number("adapter_rank"), adapted: words.flag("use_shared_attention_adapter"), head: translation$_head(words, row), labels: ((words.value("head") === "labels") ? words.number("labels") : 0) });
  translation$_check(words, row, shape);
  return shape;
}

function told$_model(name, words, native, context, remarks = [], seeing = null) {
  let _, architecture, entry, model;
  architecture = built$built($wanted(architecture$Architecture), $dict($through($call(words, "items"), 2, ([word, said]) => [word, said], ([word, said]) => ($in(architecture$WORDS, word)))));
  name = built$text("id", $or($call(" ", "join", $call(name, "split")), () => $str($item(words, "model_type"))));
  entry = $make(models$ModelEntry, [], { id: name, family: built$text("family", $str($item(words, "model_type"))), vendor: units$UNDISCLOSED, name: name, license: units$UNDISCLOSED, native: built$text("native", native), released: units$UNDISCLOSED, context: told$_tokens(context), stated_parameters: units$UNDISCLOSED, architecture: architecture, towers: ($truth(seeing) ? told$_towers(seeing) : null) });
  model = model$Model.of(entry, undefined, remarks);
  _ = model.shape;
  return model;
}

function safetensors$mixed(config) {
  let bits, groups, listed, weights;
  groups = $call(safetensors$_nested($call(safetensors$_nested(safetensors$_stated(config)), "get", "config_groups")), "values");
  weights = $list($through(groups, 0, group => safetensors$_nested($call(safetensors$_nested(group), "get", "weights"))));
  bits = $set($through(weights, 0, one => $item(one, "num_bits"), one => $isinstance($call(one, "get", "num_bits"), ["int"])));
  if (($lt($len(bits), 2))) {
    return null;
  }
  listed = $call(" and ", "join", ($through($sorted(bits), 0, n => $str(n))));
  return ("modules in " + $str(listed) + " bits; the fewest are taken for all that such checkpoints quantize");
}

function mlx$_way(said) {
  let bits, group;
  if ((said === false)) {
    return [16, 0];
  }
  if ((!$isinstance(said, ["Mapping"]))) {
    return null;
  }
  [bits, group] = [$call(said, "get", "bits"), $call(said, "get", "group_size")];
  return (($truth($isinstance(bits, ["int"])) && $truth($isinstance(group, ["int"])) && ($le(2, bits) && $le(bits, 8)) && ($ge(group, 16))) ? [bits, group] : null);
}

const mlx$_SEEING = /* @__PURE__ */ (() => $re.compile("vision|visual|audio|projector|multi_modal"))();

const mlx$_LAYER = /* @__PURE__ */ (() => $re.compile("(?:.*\\.)?layers\\.(\\d+)\\.(.+)"))();

const mlx$_BESIDE = /* @__PURE__ */ (() => $dict({ embed_tokens: "token_embd", lm_head: "output" }))();

const mlx$_ROUTERS = /* @__PURE__ */ (() => $dict({ gate: "ffn_gate_inp", router: "ffn_gate_inp", shared_expert_gate: "ffn_gate_inp_shexp" }))();

const mlx$_FED = /* @__PURE__ */ (() => $dict({ gate_proj: "ffn_gate", up_proj: "ffn_up", down_proj: "ffn_down" }))();

const mlx$_WITHIN = /* @__PURE__ */ (() => $dict({ switch_mlp: "_exps", experts: "_exps", shared_expert: "_shexp", shared_experts: "_shexp" }))();

const mlx$_ATTENTION = /* @__PURE__ */ (() => $dict({ q_proj: "attn_q", k_proj: "attn_k", v_proj: "attn_v", o_proj: "attn_output", qkv_proj: "attn_qkv", q_a_proj: "attn_q_a", q_b_proj: "attn_q_b", kv_a_proj_with_mqa: "attn_kv_a_mqa", in_proj_qkv: "attn_qkv", in_proj_z: "attn_gate", in_proj_a: "ssm_alpha", in_proj_b: "ssm_beta", out_proj: "ssm_out" }))();

function mlx$_role(module) {
  let ending, found, last, role, within;
  found = mlx$_LAYER.fullmatch(module);
  if ((found === null)) {
    role = $call(mlx$_BESIDE, "get", $item($call(module, "rpartition", "."), 2));
    return ($truth(role) ? [role, null] : null);
  }
  within = $call($item(found, 2), "split", ".");
  last = $item(within, $neg(1));
  if (($in(mlx$_ROUTERS, last))) {
    return [$item(mlx$_ROUTERS, last), $int($item(found, 1))];
  }
  if (($in(mlx$_FED, last))) {
    ending = $next(($through(within, 0, part => $item(mlx$_WITHIN, part), part => ($in(mlx$_WITHIN, part)))), "");
    return [$add($item(mlx$_FED, last), ending), $int($item(found, 1))];
  }
  return (($in(mlx$_ATTENTION, last)) ? [$item(mlx$_ATTENTION, last), $int($item(found, 1))] : null);
}

const mlx$_SCALES = 32;

function mlx$_bytes(tensor, way) {
  let bits, group;
  [bits, group] = $unpack(way, 2);
  if ($truth(tensor.mtp)) {
    return 0;
  }
  if (((anatomy_formats$part_of(tensor, $frozenset()) === null) || ($eq(bits, 16)) || $truth($mod($item(tensor.shape, 1), group)))) {
    return $mul(2, tensor.elements);
  }
  return $add($floordiv($mul(tensor.elements, bits), 8), $floordiv($mul($floordiv(tensor.elements, group), mlx$_SCALES), 8));
}

function mlx$mixed_format(s, quantization, name) {
  let every, like, module, own, place, said, sizes, way, whole;
  whole = mlx$_way(quantization);
  own = $dict([]);
  for ([module, said] of $each($call(quantization, "items"), 2)) {
    if (((!$isinstance(said, ["dict", "bool"])) || $truth(mlx$_SEEING.search(module)))) {
      continue;
    }
    [place, way] = [mlx$_role(module), mlx$_way(($isinstance(said, ["dict"]) ? $dict([...$pairs(quantization), ...$pairs(said)]) : said))];
    if (((place === null) || (way === null))) {
      return null;
    }
    $put(own, place, way);
  }
  every = $set($through(tensors$tensors(s), 0, t => [t.role, t.layer]));
  if (((whole === null) || (!$truth(own)) || (!($le($set(own), every))) || ($call(quantization, "get", "mode", "affine") !== "affine"))) {
    return null;
  }
  sizes = $dict($through(tensors$tensors(s), 0, t => [[t.role, t.layer], mlx$_bytes(t, $call(own, "get", [t.role, t.layer], whole))]));
  like = [("MLX-" + $str($item(whole, 0)) + "bit"), "MLX-4bit"];
  return new own$OwnFormat(($str(name) + ":MLX"), ("MLX " + $str($item(whole, 0)) + "-bit, mixed"), like, sizes);
}

function told$_mixed(model, stored) {
  if (((!$isinstance(stored, ["Mapping"])) || (model.shape === null))) {
    return null;
  }
  return mlx$mixed_format(model.shape, stored, model.name);
}

function safetensors$is_quantized(config) {
  return $and($isinstance(safetensors$_stated(config), ["dict", "str"]), () => $bool(safetensors$_stated(config)));
}

function told$_method(config) {
  let method, stated;
  stated = $or($call(config, "get", "quantization_config"), () => $call(config, "get", "quantization"));
  if ($isinstance(stated, ["str"])) {
    return ($truth($call(stated, "isprintable")) ? ("MLC as " + $str($slice(stated, null, 40, null))) : "MLC");
  }
  method = ($isinstance(stated, ["dict"]) ? $call(stated, "get", "quant_method") : null);
  if (((method === null) && $truth($isinstance(stated, ["dict"])) && ($in(stated, "group_size")))) {
    return "MLX with bits of their own for some layers";
  }
  return (($truth($isinstance(method, ["str"])) && $truth($call(method, "isprintable"))) ? $slice(method, null, 40, null) : "unknown");
}

function told$of_config(config, name, kinship = null, beside = null) {
  let found, model, native, own, remark, stated, what, whole;
  if ((!$isinstance(config, ["Mapping"]))) {
    throw new $SizingError("no model_type; give a Hugging Face config.json");
  }
  config = params_json$in_usual_words(config);
  if ($truth((what = kinds$foreign_json(config)))) {
    throw new $SizingError(what);
  }
  found = config_json$described(config, kinship);
  whole = $dict([...$pairs(config), ...$pairs(wrapped$text_of(config).words)]);
  stated = $dict([...$pairs($or(beside, () => $dict([]))), ...$pairs(whole)]);
  native = $or(safetensors$number_type(stated), () => units$UNDISCLOSED);
  model = told$_model(name, found.words, native, $call(whole, "get", "max_position_embeddings"), found.remarks, found.towers);
  if ($truth((remark = safetensors$mixed(stated)))) {
    model = $replace(model, { remarks: [...$iter(model.remarks), remark] });
  }
  if ((($eq(native, units$UNDISCLOSED)) && ((own = told$_mixed(model, $call(stated, "get", "quantization"))) !== null))) {
    return $replace(model, { own: own });
  }
  if ($truth(safetensors$is_quantized(stated))) {
    return (($eq(native, units$UNDISCLOSED)) ? $replace(model, { unread: told$_method(stated) }) : $replace(model, { said_format: native }));
  }
  if (($eq(native, units$UNDISCLOSED))) {
    return $replace(model, { remarks: [...$iter(model.remarks), "no dtype said; 16 bits taken"] });
  }
  return model;
}

function reading$config_told(rules, config, name, file, kinship) {
  return reading$_in_words(file, (() => reading$_told(rules, told$of_config(config, name, kinship), null)));
}

const gguf$_PART = /* @__PURE__ */ (() => $re.compile("(.+)-\\d{5}-of-(\\d{5})\\.gguf"))();

function gguf$_parts(raw) {
  return $int($or($call(raw.keys, "get", "split.count"), () => 1));
}

function gguf$first_of(raw, file, exists) {
  let first, named;
  if (($le($int($or($call(raw.keys, "get", "split.no"), () => 0)), 0))) {
    return null;
  }
  named = gguf$_PART.fullmatch(file);
  first = ($truth(named) ? ($str($item(named, 1)) + "-00001-of-" + $str($item(named, 2)) + ".gguf") : file);
  if ((($eq(first, file)) || (!$truth(exists(first))))) {
    throw new gguf$PartError(("a later one of " + $str(gguf$_parts(raw)) + " parts; give the first, with the others beside it"));
  }
  return first;
}

const kinds$_DRAFTS = ["dflash", "eagle3", "gemma4-assistant"];

const kinds$_SPEAKS = ["pockettts", "qwen3tts", "wavtokenizer-dec"];

const kinds$_ENCODES = ["t5", "t5encoder"];

function kinds$foreign_gguf(keys, tensors) {
  let architecture, kind;
  [kind, architecture] = [$call(keys, "get", "general.type"), $call(keys, "get", "general.architecture")];
  if (((kind === "adapter") || ($in(keys, "adapter.type")))) {
    return $call(kinds$_ADAPTER, "format", (" for a " + $str(architecture)), "");
  }
  if (((kind === "mmproj") || (architecture === "clip"))) {
    return "the part of a model that sees or hears (mmproj); give the file of its text model";
  }
  if (((kind === "imatrix") || ($in(keys, "imatrix.chunk_count")))) {
    return "an importance matrix, which quantizers read; give the model's own file";
  }
  if (($in(kinds$_DRAFTS, architecture))) {
    return ("a draft (" + $str(architecture) + "), which guesses for another model; give the file of that one");
  }
  if (($in(kinds$_SPEAKS, architecture))) {
    return ("a " + $str(architecture) + ", which speaks; it is no language model");
  }
  if (($in(kinds$_ENCODES, architecture))) {
    return ("a " + $str(architecture) + ", whose encoder reads for a decoder or for what draws; such models are not sized");
  }
  if ((architecture === "controlvector")) {
    return "a control vector; give the model that it is for";
  }
  if ((!$truth(tensors))) {
    return "a vocabulary alone, without a tensor; give the model's own file";
  }
  return null;
}

const ggml$TENSOR_TYPES = /* @__PURE__ */ (() => $dict([[0, ["F32", 1, 4]], [1, ["F16", 1, 2]], [2, ["Q4_0", 32, 18]], [3, ["Q4_1", 32, 20]], [6, ["Q5_0", 32, 22]], [7, ["Q5_1", 32, 24]], [8, ["Q8_0", 32, 34]], [9, ["Q8_1", 32, 40]], [10, ["Q2_K", 256, 84]], [11, ["Q3_K", 256, 110]], [12, ["Q4_K", 256, 144]], [13, ["Q5_K", 256, 176]], [14, ["Q6_K", 256, 210]], [15, ["Q8_K", 256, 292]], [16, ["IQ2_XXS", 256, 66]], [17, ["IQ2_XS", 256, 74]], [18, ["IQ3_XXS", 256, 98]], [19, ["IQ1_S", 256, 50]], [20, ["IQ4_NL", 32, 18]], [21, ["IQ3_S", 256, 110]], [22, ["IQ2_S", 256, 82]], [23, ["IQ4_XS", 256, 136]], [24, ["I8", 1, 1]], [25, ["I16", 1, 2]], [26, ["I32", 1, 4]], [27, ["I64", 1, 8]], [28, ["F64", 1, 8]], [29, ["IQ1_M", 256, 56]], [30, ["BF16", 1, 2]], [34, ["TQ1_0", 256, 54]], [35, ["TQ2_0", 256, 66]], [39, ["MXFP4", 32, 17]], [40, ["NVFP4", 64, 36]], [41, ["Q1_0", 128, 18]]]))();

function gguf$_size(name, shape, kind) {
  let _, block, size;
  if ((!$in(ggml$TENSOR_TYPES, kind))) {
    throw new $SizingError(($str(name) + " is of ggml's type " + $str(kind) + ", which is not known here; is llama.cpp newer?"));
  }
  [_, block, size] = $unpack($item(ggml$TENSOR_TYPES, kind), 3);
  return $mul($floordiv($math.prod(shape), block), size);
}

const ggml$FILE_TYPES = /* @__PURE__ */ (() => $dict([[0, "F32"], [1, "F16"], [2, "Q4_0"], [3, "Q4_1"], [7, "Q8_0"], [8, "Q5_0"], [9, "Q5_1"], [10, "Q2_K"], [11, "Q3_K_S"], [12, "Q3_K_M"], [13, "Q3_K_L"], [14, "Q4_K_S"], [15, "Q4_K_M"], [16, "Q5_K_S"], [17, "Q5_K_M"], [18, "Q6_K"], [19, "IQ2_XXS"], [20, "IQ2_XS"], [21, "Q2_K_S"], [22, "IQ3_XS"], [23, "IQ3_XXS"], [24, "IQ1_S"], [25, "IQ4_NL"], [26, "IQ3_S"], [27, "IQ3_M"], [28, "IQ2_S"], [29, "IQ2_M"], [30, "IQ4_XS"], [31, "IQ1_M"], [32, "BF16"], [36, "TQ1_0"], [37, "TQ2_0"], [38, "MXFP4_MOE"], [39, "NVFP4"], [40, "Q1_0"]]))();

function gguf$header_of(raw, others) {
  let fields, its, kind, own, remark, shapes, short, stored, types, what;
  fields = raw.keys;
  if ($truth((what = kinds$foreign_gguf(fields, $add($len(raw.tensors), $len(others)))))) {
    throw new gguf$PartError(what);
  }
  [stored, short] = [$dict(raw.tensors), raw.missing];
  for (its of $iter(others)) {
    stored = $ibitor(stored, its.tensors);
    short = $iadd(short, its.missing);
  }
  kind = $str($call(fields, "get", "general.architecture"));
  own = $dict($through($call(fields, "items"), 2, ([key, value]) => [$call(key, "removeprefix", ($str(kind) + ".")), value], ([key, value]) => $truth($call(key, "startswith", ($str(kind) + ".")))));
  shapes = $dict($through($call(stored, "items"), 2, ([name, tensor]) => [name, tensor.shape]));
  types = $dict($through($call(stored, "items"), 2, ([name, tensor]) => [name, tensor.type]));
  remark = ($format(short, (",")) + " bytes of its tensors are missing: the file is cut short, and is sized as if it were whole");
  return $make(gguf$Header, [], { architecture: kind, name: $call(fields, "get", "general.name"), file_type: $call(fields, "get", "general.file_type"), keys: own, tensors: shapes, types: types, remark: ($truth(short) ? remark : null), vocabulary: raw.vocabulary });
}

function gguf$others_of(raw, file, exists) {
  let missing, named, names, parts, what;
  parts = gguf$_parts(raw);
  if (($eq(parts, 1))) {
    return [];
  }
  if ($truth((what = kinds$foreign_gguf(raw.keys, $add($len(raw.tensors), 1))))) {
    throw new gguf$PartError(what);
  }
  named = gguf$_PART.fullmatch(file);
  names = ($truth(named) ? $list($through($range(1, $add(parts, 1)), 0, i => ($str($item(named, 1)) + "-" + $format(i, ("05")) + "-of-" + $str($item(named, 2)) + ".gguf"))) : []);
  missing = $list($through(names, 0, name => name, name => (!$truth(exists(name)))));
  if (((!$truth(names)) || $truth(missing))) {
    throw new gguf$PartError(("one of " + $str(parts) + " parts; put the others beside it: " + $str($call(", ", "join", $slice(missing, null, 3, null)))));
  }
  return $list($through(names, 0, name => name, name => (!$eq(name, file))));
}

function reading$_header(raws, file) {
  let error, first, raw;
  raw = $item(raws, file);
  try {
    first = gguf$first_of(raw, file, ((name) => ($in(raws, name))));
    if ((first === null)) {
      return gguf$header_of(raw, $list($through(gguf$others_of(raw, file, ((name) => ($in(raws, name)))), 0, name => $item(raws, name))));
    }
  } catch ($error) {
    if ($is_error($error, [gguf$PartError])) {
      error = $error;
      throw new $SizingError(($str(file) + ": " + $str(error)));
    } else if ($is_error($error, [$ArithmeticError, $AttributeError, $LookupError, $TypeError, $ValueError])) {
      throw new $SizingError(($str(file) + ": " + $str(told$UNLIKE)));
    } else { throw $error; }
  }
  return reading$_header(raws, first);
}

const gguf$_TYPES = /* @__PURE__ */ (() => $dict({ afmoe: "afmoe", apertus: "apertus", baichuan: "llama", bailingmoe: "bailing_moe", bailingmoe2: "bailing_moe_v2", bailingmoe3: "bailing_hybrid", bert: "bert", bitnet: "bitnet", bloom: "bloom", dbrx: "dbrx", dots3note: "dots3_note_text", dream: "qwen2", eurobert: "eurobert", exaone: "llama", falcon: "falcon", gemma: "gemma", "glm5-next": "glm5_next_text", gemma3n: "gemma3n_text", gpt2: "gpt2", gptneox: "gpt_neox", granitemoe: "granitemoe", hy_v3: "hy_v3", hy_v4: "hy_v4", internlm2: "llama", jais2: "jais2", "jina-bert-v2": "jina_bert", "jina-bert-v3": "jina_embeddings_v3", "kimi-k3": "kimi_k3", llada: "llama", "llada-moe": "qwen3_moe", "llama-embed": "llama", mamba: "mamba", mamba2: "mamba2", mellum: "mellum", minicpm: "minicpm", minicpm3: "minicpm3", mpt: "mpt", nemotron: "nemotron", "modern-bert": "modernbert", "nomic-bert": "nomic_bert", "nomic-bert-moe": "nomic_bert_moe", olmo: "olmo", olmoe: "olmoe", orion: "orion", qwen: "qwen", qwen2moe: "qwen2_moe", qwen2vl: "qwen2", rnd1: "qwen3_moe", rwkv6: "rwkv6", rwkv7: "rwkv7", stablelm: "stablelm", starcoder: "gpt_bigcode", starcoder2: "starcoder2", xverse: "llama", arcee: "arcee", codeshell: "codeshell", grok: ((h) => ($truth(h.has("ffn_up.weight")) ? "grok_beside" : "grok")), jais: "jais", maple: "mellum", "minimax-01": "minimax", "neo-bert": "neobert", openelm: "openelm", plamo3: "plamo3", plm: "plm", refact: "llama", smallthinker: "smallthinker", chatglm: ((h) => ($truth(h.has("attn_qkv.weight")) ? "chatglm" : "glm")), cohere2: "cohere2", cohere2moe: "cohere2_moe", "command-r": "cohere", deci: "nemotron-nas", deepseek: "deepseek", deepseek2: ((h) => ($truth(h.has("exp_probs_b.bias")) ? "deepseek_v3" : "deepseek_v2")), "deepseek2-ocr": "deepseek", deepseek32: "deepseek_v32", deepseek4: "deepseek_v4", dots1: "dots1", ernie4_5: "ernie4_5", "ernie4_5-moe": "ernie4_5_moe", "exaone-moe": "exaone_moe", exaone4: "exaone4", "falcon-h1": "falcon_h1", "gemma-embedding": "gemma3_text", gemma2: "gemma2", gemma3: "gemma3_text", gemma4: "gemma4_text", "glm-dsa": "glm_moe_dsa", glm4: "glm4", glm4moe: "glm4_moe", "gpt-oss": "gpt_oss", granite: "granite", granite_swa: ((h) => ($truth($call(h.keys, "get", "expert_count")) ? "granitemoe_swa" : "granite_swa")), granitehybrid: "granitemoehybrid", "hunyuan-dense": "hunyuan_v1_dense", "hunyuan-moe": "hunyuan_v1_moe", hunyuan_vl: "hunyuan_v1_dense", jamba: "jamba", "kimi-linear": "kimi_linear", laguna: "laguna", lfm2: "lfm2", lfm2moe: "lfm2_moe", llama: ((h) => ($truth($call(h.keys, "get", "expert_count")) ? "mixtral" : "llama")), llama4: "llama4_text", maincoder: "qwen3", mimo2: "mimo_v2_flash", "minimax-m2": "minimax_m2", "minimax-m3": "minimax_m3", mistral3: "ministral3", mistral4: "mistral4", "muse-glimmer": "muse_glimmer_text", nemotron_h: "nemotron_h", nemotron_h_moe: "nemotron_h", olmo2: ((h) => ($truth($call(h.keys, "get", "attention.sliding_window")) ? "olmo3" : "olmo2")), paddleocr: "ernie4_5", "pangu-embedded": "llama", phi2: "phi", phi3: "phi3", phimoe: "phimoe", qwen2: "qwen2", qwen3: "qwen3", qwen35: "qwen3_5_text", qwen35moe: "qwen3_5_moe_text", qwen3moe: "qwen3_moe", qwen3next: "qwen3_next", qwen3vl: "qwen3_vl_text", qwen3vlmoe: "qwen3_vl_moe_text", seed_oss: "seed_oss", smollm3: "smollm3", step35: "step3p5" }))();

const gguf$UNREAD = /* @__PURE__ */ (() => $dict({ arctic: "a dense block beside experts that have a norm of their own", arwkv7: "RWKV-7's mixers beside a transformer's feed-forward blocks", chameleon: "norms with a scale for each head, and images as tokens", cogvlm: "a second set of blocks for the tokens of images", gptj: "llama.cpp names it and does not run it", graniteswitch: "adapters that tokens switch to", grovemoe: "experts in groups that share a smaller one", hrm_text: "two stacks of layers that run in cycles", nanbeige: "layers that run several times over", plamo: "one norm before both blocks, and keys that heads share in turn", plamo2: "a mixer between the two generations of Mamba", qwen4exp: "embeddings of the last few tokens, as llama.cpp stores them", rwkv6qwen2: "RWKV-6's mixers beside a transformer's feed-forward blocks", spark2_5: "heads of another number in each layer, with gates", talkie: "blocks without norms" }))();

function gguf$_model_type(header) {
  let close, found, name, near, what;
  found = $call(gguf$_TYPES, "get", header.architecture);
  name = ($truth($callable(found)) ? found(header) : found);
  if ($truth((what = $call(gguf$UNREAD, "get", header.architecture)))) {
    throw new $SizingError(("GGUF architecture " + $str($repr(header.architecture)) + " is not read here: " + $str(what)));
  }
  if (((name === null) || (!$in($TABLE, name)))) {
    close = $call($difflib, "get_close_matches", header.architecture, gguf$_TYPES, $kw({ n: 3, cutoff: 0.5 }));
    near = ($truth(close) ? (" (near " + $str($call(", ", "join", close)) + ")") : "");
    throw new $SizingError(("GGUF architecture " + $str($repr($slice(header.architecture, null, 60, null))) + " is not known" + $str(near) + "; if it is built like one that is, say so: --as MODEL_TYPE, such as --as llama"));
  }
  return name;
}

const gguf$_KEYS = /* @__PURE__ */ (() => $dict({ embedding_length: "hidden_size", feed_forward_length: "intermediate_size", "attention.head_count": "num_attention_heads", "attention.head_count_kv": "num_key_value_heads", "attention.key_length": "head_dim", "attention.q_lora_rank": "q_lora_rank", "attention.kv_lora_rank": "kv_lora_rank", "attention.indexer.head_count": "index_n_heads", "attention.indexer.key_length": "index_head_dim", "attention.indexer.top_k": "index_topk", "attention.indexer.kpool": "index_kpool", "hyper_connection.count": "hc_mult", expert_count: "n_routed_experts", expert_used_count: "num_experts_per_tok", expert_shared_count: "n_shared_experts", expert_feed_forward_length: "moe_intermediate_size", expert_shared_feed_forward_length: "shared_expert_intermediate_size", leading_dense_block_count: "first_k_dense_replace", interleave_moe_layer_step: "interleave_moe_layer_step", nextn_predict_layers: "num_nextn_predict_layers", full_attention_interval: "full_attention_interval" }))();

const gguf$_BOTH_WAYS = ["dream", "gemma-embedding", "llada", "llada-moe", "llama-embed", "rnd1"];

const gguf$_WINDOWS = /* @__PURE__ */ (() => $dict({ gemma2: 4096 }))();

const gguf$_EVERY = /* @__PURE__ */ (() => $dict({ mellum: 4, plamo3: 8, smallthinker: 4 }))();

const gguf$_SLIDING = ["cohere2", "cohere2moe", "deepseek4", "dots3note", "exaone-moe", "gemma-embedding", "gemma3n", "gemma4", "gpt-oss", "granite_swa", "maple", "mimo2", "muse-glimmer", "spark2_5", "step35"];

const gguf$_EXAONE_SLIDES = 64;

function gguf$_windows(header) {
  let keys, kind, kinds, pattern, window;
  [kind, keys] = [header.architecture, header.keys];
  window = $call(keys, "get", "attention.sliding_window", $call(gguf$_WINDOWS, "get", kind));
  pattern = $call(keys, "get", "attention.sliding_window_pattern", $call(gguf$_EVERY, "get", kind));
  if (((!$truth(window)) && ($in(gguf$_SLIDING, kind)))) {
    throw new $KeyError("attention.sliding_window");
  }
  if (((!$truth(window)) || ((kind === "exaone4") && (pattern === null) && (!$eq($call(keys, "get", "block_count"), gguf$_EXAONE_SLIDES))))) {
    return $dict([]);
  }
  if ($isinstance(pattern, ["Sequence"])) {
    kinds = $list($through(pattern, 0, flag => ($truth(flag) ? "sliding_attention" : "full_attention")));
    return $dict({ sliding_window: window, layer_types: kinds });
  }
  return $dict({ sliding_window: window, sliding_window_pattern: pattern });
}

function gguf_rules$_value_length(keys, tensors, words) {
  let columns, heads;
  [columns, heads] = [$item($call(tensors, "get", "blk.0.attn_output.weight", [0]), 0), $item(words, "num_attention_heads")];
  return (($truth($isinstance(heads, ["int"])) && $truth(heads) && $truth(columns)) ? $floordiv(columns, heads) : $call(keys, "get", "attention.value_length"));
}

function gguf_rules$_latent(keys, tensors, words) {
  let flags, rope;
  if ((!$in(words, "kv_lora_rank"))) {
    return $dict([]);
  }
  [rope, flags] = [$int($call(keys, "get", "rope.dimension_count", 0)), $call(keys, "get", "attention.indexer.types")];
  return $dict({ num_key_value_heads: $item(words, "num_attention_heads"), head_dim: null, qk_rope_head_dim: rope, qk_nope_head_dim: $sub($int($or($call(keys, "get", "attention.key_length_mla"), () => $call(keys, "get", "attention.key_length", 0))), rope), v_head_dim: $or($call(keys, "get", "attention.value_length_mla"), () => gguf_rules$_value_length(keys, tensors, words)), indexer_types: ($isinstance(flags, ["Sequence"]) ? $list($through(flags, 0, flag => ($truth(flag) ? "full" : "shared"))) : null) });
}

function gguf_rules$_experts(keys, tensors, words) {
  let found, width, with_experts;
  width = $call(words, "get", "moe_intermediate_size");
  if ((!$truth(width))) {
    return $dict([]);
  }
  found = $dict({ intermediate_size: $call(words, "get", "intermediate_size", width) });
  with_experts = $set($through(tensors, 0, name => $int($item($call(name, "split", "."), 1)), name => $truth($call(name, "endswith", ".ffn_down_exps.weight"))));
  if (($truth(with_experts) && (!$in(words, "first_k_dense_replace")) && (!$in(words, "interleave_moe_layer_step")))) {
    $put(found, "first_k_dense_replace", $min(with_experts));
  }
  return found;
}

const gguf_rules$GENERAL = [gguf_rules$_latent, gguf_rules$_experts];

function gguf_rules$_layers_by_key_heads(keys) {
  let heads, trunk;
  heads = $item(keys, "attention.head_count_kv");
  trunk = $slice(heads, null, $sub($len(heads), $int($or($call(keys, "get", "nextn_predict_layers"), () => 0))), null);
  return $dict({ layer_types: $list($through(trunk, 0, n => ($truth(n) ? "full_attention" : "linear_attention"))) });
}

function gguf_rules$_kda(keys, tensors, words) {
  return $dict([...$pairs(gguf_rules$_layers_by_key_heads(keys)), ["linear_num_heads", $item(keys, "attention.head_count")], ["linear_head_dim", $item(keys, "kda.head_dim")], ["linear_conv_kernel_dim", $item(keys, "ssm.conv_kernel")], ["head_dim", $item(keys, "kda.head_dim")]]);
}

function gguf_rules$_compressed(keys, tensors, words) {
  return $dict({ o_groups: $item(keys, "attention.output_group_count"), o_lora_rank: $item(keys, "attention.output_lora_rank"), compress_ratios: $list($item(keys, "attention.compress_ratios")), hc_mult: $item(keys, "hyper_connection.count"), num_hash_layers: $call(keys, "get", "hash_layer_count"), qk_rope_head_dim: $item(keys, "rope.dimension_count"), intermediate_size: null });
}

function gguf_rules$_by_window(values, flags) {
  let apart;
  if ((!$isinstance(values, ["Sequence"]))) {
    return [values, null];
  }
  apart = $list($through([false, true], 0, slides => $set($through($zip(values, flags, $kw({ strict: false })), 2, ([v, flag]) => v, ([v, flag]) => ($eq($bool(flag), slides))))));
  return ($through(apart, 0, found => (($eq($len(found), 1)) ? $next($iter(found)) : null)));
}

function gguf_rules$_dots3(keys, tensors, words) {
  let flags, full, rope, shared, slides;
  [rope, flags] = [$int($item(keys, "rope.dimension_count")), $item(keys, "attention.sliding_window_pattern")];
  [full, slides] = $unpack(gguf_rules$_by_window($item(keys, "attention.head_count"), flags), 2);
  shared = $next(($through($call(tensors, "items"), 2, ([name, shape]) => shape, ([name, shape]) => $truth($call(name, "endswith", ".ffn_up_shexp.weight")))), null);
  return $dict({ num_attention_heads: full, num_key_value_heads: full, num_sliding_attention_heads: $or(slides, () => full), swa_q_lora_rank: $item(keys, "attention.q_lora_rank"), swa_kv_lora_rank: $item(keys, "attention.kv_lora_rank_swa"), swa_qk_nope_head_dim: $sub($int($item(keys, "attention.key_length_mla_swa")), rope), swa_qk_rope_head_dim: rope, swa_v_head_dim: $item(keys, "attention.value_length_mla_swa"), shared_expert_intermediate_size: ($truth(shared) ? $item(shared, $neg(1)) : null) });
}

function gguf_rules$_falcon1(keys, tensors, words) {
  return $dict({ num_ln_in_parallel_attn: (($in(tensors, "blk.0.attn_norm_2.weight")) ? 2 : 1) });
}

function gguf_rules$_mamba2(keys) {
  let heads;
  heads = $int($item(keys, "ssm.time_step_rank"));
  return $dict({ mamba_n_heads: heads, mamba_d_head: $floordiv($int($item(keys, "ssm.inner_size")), heads), mamba_d_ssm: $item(keys, "ssm.inner_size"), mamba_d_state: $item(keys, "ssm.state_size"), mamba_n_groups: $item(keys, "ssm.group_count"), mamba_d_conv: $item(keys, "ssm.conv_kernel") });
}

function gguf_rules$_falcon(keys, tensors, words) {
  return $dict([...$pairs(gguf_rules$_mamba2(keys)), ["mamba_rms_norm", $any(($through(tensors, 0, name => ($in(name, "ssm_norm")))))]]);
}

function gguf_rules$_types(tensors) {
  let types;
  types = $call(tensors, "get", "token_types.weight", [0, 0]);
  return $dict({ type_vocab_size: (($gt($len(types), 1)) ? $item(types, $neg(1)) : 1) });
}

function gguf_rules$_positions(keys, tensors, words) {
  return $dict([["max_position_embeddings", $or($item($call(tensors, "get", "position_embd.weight", [0, 0]), $neg(1)), () => $call(keys, "get", "context_length"))], ...$pairs(gguf_rules$_types(tensors))]);
}

function gguf_rules$_most(values) {
  return ($isinstance(values, ["Sequence"]) ? $max(values) : values);
}

function gguf_rules$_gemma3n(keys, tensors, words) {
  let widths;
  widths = $item(keys, "feed_forward_length");
  return $dict({ intermediate_size: gguf_rules$_most(widths), num_kv_shared_layers: $call(keys, "get", "attention.shared_kv_layers"), hidden_size_per_layer_input: $call(keys, "get", "embedding_length_per_layer_input"), vocab_size_per_layer_input: $item($call(tensors, "get", "per_layer_token_embd.weight", [0, null]), $neg(1)), altup_num_inputs: $call(keys, "get", "altup.num_inputs"), laurel_rank: $item($call(tensors, "get", "blk.0.laurel_l.weight", [0, null]), $neg(1)) });
}

function gguf_rules$_gemma4(keys, tensors, words) {
  let flags, full, last, slides, widths;
  [flags, widths] = [$item(keys, "attention.sliding_window_pattern"), $item(keys, "feed_forward_length")];
  [full, slides] = $unpack(gguf_rules$_by_window($item(keys, "attention.head_count_kv"), flags), 2);
  last = $max(($through($enumerate(flags), 2, ([i, flag]) => i, ([i, flag]) => ((!$truth(flag)) && ($in(tensors, ("blk." + $str(i) + ".attn_k.weight")))))), $kw({ default: null }));
  return $dict({ head_dim: $or($call(keys, "get", "attention.key_length_swa"), () => $item(keys, "attention.key_length")), global_head_dim: $item(keys, "attention.key_length"), num_key_value_heads: $or(slides, () => full), num_global_key_value_heads: ($truth(slides) ? full : null), attention_k_eq_v: $and((last !== null), () => (!$in(tensors, ("blk." + $str(last) + ".attn_v.weight")))), num_kv_shared_layers: $call(keys, "get", "attention.shared_kv_layers"), hidden_size_per_layer_input: $call(keys, "get", "embedding_length_per_layer_input"), vocab_size_per_layer_input: $item($call(tensors, "get", "per_layer_token_embd.weight", [0, null]), $neg(1)), intermediate_size: ($isinstance(widths, ["Sequence"]) ? $min(widths) : widths), use_double_wide_mlp: $and($isinstance(widths, ["Sequence"]), () => (!$eq($min(widths), $max(widths)))), enable_moe_block: $bool($call(keys, "get", "expert_count")) });
}

function gguf_rules$_granite(keys, tensors, words) {
  let heads;
  heads = $item(keys, "attention.head_count_kv");
  return $dict([...$pairs(gguf_rules$_mamba2(keys)), ["num_key_value_heads", gguf_rules$_most(heads)], ["layer_types", $list($through(heads, 0, n => ($truth(n) ? "attention" : "mamba")))], ["shared_intermediate_size", $call(keys, "get", "expert_shared_feed_forward_length")]]);
}

function gguf_rules$_jina_bert(keys, tensors, words) {
  return $dict([["use_qk_norm", ($in(tensors, "blk.0.attn_q_norm.weight"))], ...$pairs(gguf_rules$_types(tensors))]);
}

function gguf_rules$_jamba(keys, tensors, words) {
  let attention, experts, heads;
  heads = $item(keys, "attention.head_count_kv");
  attention = $list($through($enumerate(heads), 2, ([i, n]) => i, ([i, n]) => $truth(n)));
  experts = $list($through($range($len(heads)), 0, i => i, i => ($in(tensors, ("blk." + $str(i) + ".ffn_down_exps.weight")))));
  return $dict({ num_key_value_heads: gguf_rules$_most(heads), mamba_d_conv: $item(keys, "ssm.conv_kernel"), mamba_d_state: $item(keys, "ssm.state_size"), mamba_dt_rank: $item(keys, "ssm.time_step_rank"), mamba_expand: $floordiv($int($item(keys, "ssm.inner_size")), $item(words, "hidden_size")), attn_layer_offset: $item(attention, 0), attn_layer_period: $sub($item([...$iter(attention), $len(heads)], 1), $item(attention, 0)), expert_layer_offset: $item(experts, 0), expert_layer_period: $sub($item([...$iter(experts), $len(heads)], 1), $item(experts, 0)) });
}

function gguf_rules$_kimi(keys, tensors, words) {
  let heads;
  heads = $item(keys, "attention.head_count_kv");
  return $dict({ linear_attn_config: $dict({ full_attn_layers: $list($through($enumerate(heads), 2, ([i, n]) => $add(i, 1), ([i, n]) => $truth(n))), num_heads: $item(keys, "attention.head_count"), head_dim: $item(keys, "kda.head_dim"), short_conv_kernel_size: $item(keys, "ssm.conv_kernel") }) });
}

function gguf_rules$_kimi_k3(keys, tensors, words) {
  let found;
  found = gguf_rules$_kimi(keys, tensors, words);
  $put($item(found, "linear_attn_config"), "use_full_rank_gate", $any(($through(tensors, 0, name => $call(name, "endswith", ".ssm_g.weight")))));
  return $dict([...$pairs(found), ["mla_use_output_gate", $any(($through(tensors, 0, name => $call(name, "endswith", ".attn_gate.weight"))))], ["attn_res_block_size", $call(keys, "get", "attn_res.block_size")], ["routed_expert_hidden_size", $call(keys, "get", "expert_latent_length")], ["latent_moe_use_norm", $any(($through(tensors, 0, name => $call(name, "endswith", ".ffn_routed_norm.weight"))))]]);
}

function gguf_rules$_laguna(keys, tensors, words) {
  let heads;
  heads = $item(keys, "attention.head_count");
  return $dict({ num_attention_heads: $min(heads), num_attention_heads_per_layer: $list(heads) });
}

function gguf_rules$_convolutions(keys, tensors, words) {
  let heads;
  heads = $item(keys, "attention.head_count_kv");
  return $dict({ num_key_value_heads: gguf_rules$_most(heads), layer_types: $list($through(heads, 0, n => ($truth(n) ? "full_attention" : "conv"))), conv_L_cache: $item(keys, "shortconv.l_cache"), block_auto_adjust_ff_dim: false, num_dense_layers: $call(keys, "get", "leading_dense_block_count") });
}

function gguf_rules$_llama4(keys, tensors, words) {
  return $dict({ attention_chunk_size: $or($call(words, "get", "sliding_window"), () => 8192), sliding_window: null, intermediate_size_mlp: $call(words, "get", "intermediate_size"), intermediate_size: $call(words, "get", "moe_intermediate_size") });
}

function gguf_rules$_mamba1(keys, tensors, words) {
  return $dict({ mamba_d_conv: $item(keys, "ssm.conv_kernel"), mamba_d_state: $item(keys, "ssm.state_size"), mamba_dt_rank: $item(keys, "ssm.time_step_rank"), mamba_expand: $floordiv($int($item(keys, "ssm.inner_size")), $item(words, "hidden_size")) });
}

function gguf_rules$_mamba2_alone(keys, tensors, words) {
  return $dict([...$pairs(gguf_rules$_mamba2(keys)), ["mamba_expand", $floordiv($int($item(keys, "ssm.inner_size")), $item(words, "hidden_size"))]]);
}

function gguf_rules$_mimo(keys, tensors, words) {
  let flags, full, key, slides, value;
  flags = $item(keys, "attention.sliding_window_pattern");
  [full, slides] = $unpack(gguf_rules$_by_window($item(keys, "attention.head_count_kv"), flags), 2);
  [key, value] = [$item(keys, "attention.key_length"), $item(keys, "attention.value_length")];
  return $dict({ num_key_value_heads: full, swa_num_key_value_heads: slides, v_head_dim: value, swa_head_dim: key, swa_v_head_dim: value });
}

function gguf_rules$_lightning(keys, tensors, words) {
  let gated;
  gated = ($through($range($item(words, "num_hidden_layers")), 0, i => ($in(tensors, ("blk." + $str(i) + ".attn_gate.weight")))));
  return $dict({ layer_types: $list($through(gated, 0, flag => ($truth(flag) ? "linear_attention" : "full_attention"))) });
}

function gguf_rules$_blocks(keys, tensors, words) {
  let attention, blocks, heads, i, queries, width;
  [queries, heads] = [$item(keys, "attention.head_count"), $item(keys, "attention.head_count_kv")];
  blocks = [];
  for ([i, width] of $each($enumerate($item(keys, "feed_forward_length")), 2)) {
    attention = ($truth($item(heads, i)) ? $dict({ n_heads_in_group: $floordiv($item(queries, i), $item(heads, i)) }) : $dict([]));
    if (((!$truth(attention)) && ($in(tensors, ("blk." + $str(i) + ".attn_output.weight"))))) {
      attention = $dict({ replace_with_linear: true });
    }
    $call(blocks, "append", $dict({ attention: attention, ffn: ($truth(width) ? $dict({ ffn_mult: $truediv($mul(1.5, width), $item(words, "hidden_size")) }) : $dict([])) }));
  }
  return $dict({ block_configs: blocks, num_attention_heads: gguf_rules$_most(queries), num_key_value_heads: gguf_rules$_most(heads), intermediate_size: gguf_rules$_most($item(keys, "feed_forward_length")) });
}

function gguf_rules$_nemotron(keys, tensors, words) {
  let experts, heads, kinds, widths;
  [heads, widths] = [$item(keys, "attention.head_count_kv"), $item(keys, "feed_forward_length")];
  experts = $any(($through(tensors, 0, name => ($in(name, "ffn_up_exps")))));
  kinds = $list($through($zip(heads, widths, $kw({ strict: true })), 2, ([n, width]) => ($truth(n) ? "*" : ($truth(width) ? ($truth(experts) ? "E" : "-") : "M"))));
  return $dict([...$pairs(gguf_rules$_mamba2(keys)), ["num_key_value_heads", gguf_rules$_most(heads)], ["intermediate_size", gguf_rules$_most(widths)], ["hybrid_override_pattern", $call("", "join", kinds)], ["moe_latent_size", $call(keys, "get", "moe_latent_size")]]);
}

function gguf_rules$_nomic_moe(keys, tensors, words) {
  return $dict([...$pairs(gguf_rules$_types(tensors)), ["decoder_sparse_step", $item(keys, "moe_every_n_layers")], ["first_k_dense_replace", null], ["moe_intermediate_size", $item(words, "intermediate_size")]]);
}

function gguf_rules$_grows(keys, tensors, words) {
  return families$by_layer($item(keys, "attention.head_count"), $item(keys, "attention.head_count_kv"), $item(keys, "feed_forward_length"));
}

function gguf_rules$_delta_net(keys, tensors, words) {
  let values;
  values = $int($item(keys, "ssm.time_step_rank"));
  return $dict({ linear_num_key_heads: $item(keys, "ssm.group_count"), linear_key_head_dim: $item(keys, "ssm.state_size"), linear_num_value_heads: values, linear_value_head_dim: $floordiv($int($item(keys, "ssm.inner_size")), values), linear_conv_kernel_dim: $item(keys, "ssm.conv_kernel") });
}

function gguf_rules$_rwkv6(keys, tensors, words) {
  return $dict({ head_dim: $item(keys, "wkv.head_size"), decay_low_rank_dim: $item(keys, "time_decay_extra_dim"), lerp_low_rank_dim: $item(keys, "time_mix_extra_dim") });
}

function gguf_rules$_rwkv7(keys, tensors, words) {
  return $dict({ head_dim: $item(keys, "wkv.head_size"), decay_low_rank_dim: $item(keys, "attention.decay_lora_rank"), a_low_rank_dim: $item(keys, "attention.iclr_lora_rank"), v_low_rank_dim: $item(keys, "attention.value_residual_mix_lora_rank"), gate_low_rank_dim: $item(keys, "attention.gate_lora_rank") });
}

function gguf_rules$_step(keys, tensors, words) {
  let full, slides;
  [full, slides] = $unpack(gguf_rules$_by_window($item(keys, "attention.head_count"), $item(keys, "attention.sliding_window_pattern")), 2);
  return $dict({ num_attention_heads: full, num_sliding_attention_heads: slides });
}

const gguf_rules$OWN = /* @__PURE__ */ (() => $dict({ bailing_hybrid: [gguf_rules$_kda], deepseek_v4: [gguf_rules$_compressed], dots3_note_text: [gguf_rules$_dots3], falcon: [gguf_rules$_falcon1], falcon_h1: [gguf_rules$_falcon], bert: [gguf_rules$_positions], gemma3n_text: [gguf_rules$_gemma3n], gemma4_text: [gguf_rules$_gemma4], gpt2: [gguf_rules$_positions], gpt_bigcode: [gguf_rules$_positions], glm5_next_text: [gguf_rules$_kda], granitemoehybrid: [gguf_rules$_granite], jina_bert: [gguf_rules$_jina_bert], jamba: [gguf_rules$_jamba], kimi_k3: [gguf_rules$_kimi_k3], kimi_linear: [gguf_rules$_kimi], laguna: [gguf_rules$_laguna], lfm2: [gguf_rules$_convolutions], lfm2_moe: [gguf_rules$_convolutions], llama4_text: [gguf_rules$_llama4], mamba: [gguf_rules$_mamba1], mamba2: [gguf_rules$_mamba2_alone], mimo_v2_flash: [gguf_rules$_mimo], minimax: [gguf_rules$_lightning], "nemotron-nas": [gguf_rules$_blocks], nemotron_h: [gguf_rules$_nemotron], nomic_bert_moe: [gguf_rules$_nomic_moe], openelm: [gguf_rules$_grows], qwen3_5_moe_text: [gguf_rules$_delta_net], qwen3_5_text: [gguf_rules$_delta_net], qwen3_next: [gguf_rules$_delta_net], rwkv6: [gguf_rules$_rwkv6], rwkv7: [gguf_rules$_rwkv7], step3p5: [gguf_rules$_step] }))();

const gguf$_PERIODS = ["sliding_window_pattern", "full_attention_interval"];

function gguf$_nothing_else(model_type) {
  let figures;
  figures = ($through($call(defaults$unsaid(model_type), "items"), 2, ([word, value]) => word, ([word, value]) => ($exactly(value, "int"))));
  return $call($dict, "fromkeys", ($through(figures, 0, word => word, word => ((!$in(gguf$_PERIODS, word)) && ($in(architecture$WORDS, word))))), 0);
}

const gguf$_LISTS = ["layer_types", "indexer_types", "num_attention_heads_per_layer", "compress_ratios", "block_configs"];

function gguf$_scalar(key, value) {
  if (((!$isinstance(value, ["list"])) || ($in(gguf$_LISTS, key)))) {
    return value;
  }
  if (($gt($len($set(value)), 1))) {
    throw new $SizingError(($str(key) + ": layers of different sizes (" + $str($sorted($set(value))) + ") are not known yet"));
  }
  return $item(value, 0);
}

function gguf$config_of(header, kinship = null) {
  let model_type, mtp, rule, words;
  model_type = ((kinship === null) ? gguf$_model_type(header) : kinship);
  words = $dict($through($call(gguf$_KEYS, "items"), 2, ([key, word]) => [word, $item(header.keys, key)], ([key, word]) => $truth($call(header.keys, "get", key))));
  mtp = $int($call(words, "get", "num_nextn_predict_layers", 0));
  $put(words, "num_hidden_layers", $sub($int($call(header.keys, "get", "block_count", 0)), mtp));
  $put(words, "model_type", model_type);
  $put(words, "vocab_size", $item($call(header.tensors, "get", "token_embd.weight", [0, 0]), $neg(1)));
  $put(words, "tie_word_embeddings", (!$in(header.tensors, "output.weight")));
  $put(words, "attention_bias", header.has("attn_q.bias", "attn_qkv.bias"));
  $put(words, "attention_out_bias", header.has("attn_output.bias"));
  $put(words, "use_qk_norm", header.has("attn_q_norm.weight"));
  $put(words, "lm_head_bias", ($in(header.tensors, "output.bias")));
  $put(words, "use_bidirectional_attention", $or(($in(gguf$_BOTH_WAYS, header.architecture)), () => null));
  words = $ibitor(words, gguf$_windows(header));
  for (rule of $iter([...$iter(gguf_rules$GENERAL), ...$iter($call(gguf_rules$OWN, "get", model_type, []))])) {
    words = $ibitor(words, rule(header.keys, header.tensors, words));
  }
  return $bitor(gguf$_nothing_else(model_type), $dict($through($call(words, "items"), 2, ([key, value]) => [key, gguf$_scalar(key, value)], ([key, value]) => (value !== null))));
}

function own$is_left_out(tensor) {
  return $call(tensor.role, "startswith", "cls");
}

const agreeing$_SLIGHT = 0.001;

const agreeing$_UNKNOWN = "it is built in a way that is not known yet";

const agreeing$_HEADED = ["apertus", "baichuan", "bailingmoe", "bailingmoe2", "dbrx", "deepseek4", "dots1", "exaone-moe", "glm5-next", "gpt-oss", "gptneox", "hy_v4", "internlm2", "kimi-k3", "kimi-linear", "llada-moe", "mellum", "mimo2", "minimax-m2", "minimax-m3", "muse-glimmer", "nemotron", "olmo2", "olmoe", "orion", "phi2", "phimoe", "qwen", "qwen2moe", "rwkv6", "rwkv7", "stablelm", "xverse"];

function agreeing$_together(family, every, header) {
  let expected;
  expected = $list($through([false, true], 0, mtp => $sum(($through(every, 0, t => t.elements, t => ($truth(mtp) || (!$truth(t.mtp))))))));
  if ((!$any(($through(expected, 0, n => ($le($abs($sub(header.elements, n)), $mul(agreeing$_SLIGHT, n)))))))) {
    throw new $SizingError(("its tensors hold " + $format(header.elements, (",")) + " numbers, and a " + $str(family) + " of that shape " + $format($item(expected, 0), (",")) + "; " + $str(agreeing$_UNKNOWN)));
  }
  if ((($in(agreeing$_HEADED, header.architecture)) && (!$in(header.tensors, "output.weight")))) {
    throw new $SizingError("it holds no output.weight, which every file of its architecture has; get it anew");
  }
  return null;
}

const own$_LAYER = /* @__PURE__ */ (() => $re.compile("blk\\.(\\d+)\\.(.+)"))();

const own$_CALLED = /* @__PURE__ */ (() => $dict({ attn_norm_out: "attn_norm_2", ffn_latent_down: "ffn_routed_down", ffn_latent_norm: "ffn_routed_norm", ffn_latent_up: "ffn_routed_up" }))();

const own$_ENDINGS = [".weight", ".bias", ""];

function own$_taken(left, role) {
  let ending, name;
  for (name of $iter([role, $call(own$_CALLED, "get", role, role)])) {
    for (ending of $iter(own$_ENDINGS)) {
      if (($in(left, $add(name, ending)))) {
        return $call(left, "pop", $add(name, ending));
      }
    }
  }
  return null;
}

const own$_WITH_FIRST = /* @__PURE__ */ (() => $frozenset([["per_layer_model_proj", 0], ["per_layer_proj_norm", 0]]))();

function own$_place(tensor) {
  return (($in(own$_WITH_FIRST, [tensor.role, tensor.layer])) ? null : tensor.layer);
}

const own$_COMPANIONS = [".scale", ".input_scale"];

function own$_beside(left, role) {
  return $list($through(own$_COMPANIONS, 0, ending => $call(left, "pop", $add(role, ending)), ending => ($in(left, $add(role, ending)))));
}

function own$matched(s, names) {
  let every, found, key, lacking, left, name, named, own, place, tensor;
  left = $dict([]);
  for (name of $iter(names)) {
    found = own$_LAYER.fullmatch(name);
    place = ($truth(found) ? $int($item(found, 1)) : null);
    $put($call(left, "setdefault", place, $dict([])), ($truth(found) ? $item(found, 2) : name), name);
  }
  named = $dict([]);
  lacking = $dict([]);
  every = tensors$tensors(s);
  for (tensor of $iter(every)) {
    own = own$_taken($call(left, "get", own$_place(tensor), $dict([])), tensor.role);
    if ((own === null)) {
      $call($call(lacking, "setdefault", own$_place(tensor), []), "append", tensor);
    } else {
      $put(named, [tensor.role, tensor.layer], [own]);
    }
  }
  for (tensor of $iter(every)) {
    if (($in(named, (key = [tensor.role, tensor.layer])))) {
      $put(named, key, [...$iter($item(named, key)), ...$iter(own$_beside($call(left, "get", own$_place(tensor), $dict([])), tensor.role))]);
    }
  }
  return new own$Matched(named, lacking, $dict($through($call(left, "items"), 2, ([place, rest]) => [place, $list($call(rest, "values"))])));
}

function agreeing$_held(tensor, found, header) {
  let names;
  names = $call(found.named, "get", [tensor.role, tensor.layer]);
  return ($truth(names) ? $math.prod($item(header.tensors, $item(names, 0))) : null);
}

function agreeing$_with_gate(tensor, found, header) {
  return $and(($eq(agreeing$_held(tensor, found, header), $mul(2, tensor.elements))), () => (!$in(found.named, ["ffn_gate", tensor.layer])));
}

const agreeing$_FOLDED = ["attn_res_norm", "ffn_res_norm", "output_res_norm", "ffn_act", "ffn_down_exps.offset"];

function agreeing$_rest(family, lacking, left, header) {
  let held, place, whole;
  held = $sum(($through(left, 0, name => $math.prod($item(header.tensors, name)))));
  whole = $sum(($through(lacking, 0, t => t.elements)));
  if ((($eq(held, whole)) || (($lt(held, whole)) && $truth($any(($through(lacking, 0, t => t.mtp))))))) {
    return null;
  }
  if ($truth(left)) {
    throw new $SizingError(($str($item(left, 0)) + " is no part of a " + $str(family) + " of that shape; " + $str(agreeing$_UNKNOWN)));
  }
  place = (($item(lacking, 0).layer === null) ? "" : (" of layer " + $str($item(lacking, 0).layer)));
  throw new $SizingError(("it holds no " + $str($item(lacking, 0).role) + $str(place) + ", which a " + $str(family) + " of that shape has; " + $str(agreeing$_UNKNOWN)));
}

const agreeing$_BESIDE = /* @__PURE__ */ (() => $re.compile("(?:blk\\.\\d+\\.)?(?:rope_\\w+|attn_rot_embd|cls\\S*|time_mix_v[012])(?:\\.weight|\\.bias)?"))();

function agreeing$_rows(shape, header) {
  let held, name, rows, what;
  for ([name, rows, what] of $each([["per_layer_token_embd.weight", ($truth(shape.layer_input) ? shape.vocab : 0), "tokens"], ["position_embd.weight", $call(header.keys, "get", "context_length"), "positions"]], 3)) {
    held = $item($call(header.tensors, "get", name, [0, 0]), $neg(1));
    if (($truth(held) && $truth(rows) && (!$eq(held, rows)))) {
      throw new $SizingError(($str(name) + " has " + $format(held, (",")) + " rows for " + $format(rows, (",")) + " " + $str(what) + "; get it anew"));
    }
  }
  return null;
}

function agreeing$agree(family, shape, header) {
  let every, found, gated, held, lacking, name, place, tensor;
  every = $list($through(tensors$tensors(shape), 0, t => t, t => (!$truth(own$is_left_out(t)))));
  agreeing$_together(family, every, header);
  found = own$matched(shape, header.tensors);
  gated = $set($through(every, 0, t => t.layer, t => ((t.role === "ffn_up") && $truth(agreeing$_with_gate(t, found, header)))));
  for (tensor of $iter(every)) {
    held = agreeing$_held(tensor, found, header);
    if (((!$in([null, tensor.elements], held)) && (!((tensor.role === "ffn_up") && ($in(gated, tensor.layer)))))) {
      name = $item($item(found.named, [tensor.role, tensor.layer]), 0);
      throw new $SizingError(($str(name) + " holds " + $format(held, (",")) + " numbers, and that of a " + $str(family) + " of that shape " + $format(tensor.elements, (",")) + "; " + $str(agreeing$_UNKNOWN)));
    }
  }
  for (place of $iter($dict([...$pairs(found.left), ...$pairs(found.lacking)]))) {
    lacking = $list($through($call(found.lacking, "get", place, []), 0, t => t, t => ((!$truth(own$is_left_out(t))) && (!$in(agreeing$_FOLDED, t.role)))));
    lacking = $list($through(lacking, 0, t => t, t => (!((t.role === "ffn_gate") && ($in(gated, t.layer))))));
    agreeing$_rest(family, lacking, $list($through($call(found.left, "get", place, []), 0, name => name, name => (!$truth(agreeing$_BESIDE.fullmatch(name))))), header);
  }
  agreeing$_rows(shape, header);
  return null;
}

function agreeing$lists_others(header) {
  let rows, tokens;
  rows = $item($call(header.tensors, "get", "token_embd.weight", [0, 0]), $neg(1));
  tokens = $or(header.vocabulary, () => $call(header.keys, "get", "vocab_size"));
  if (((!$truth(tokens)) || (!$truth(rows)) || ($eq(rows, tokens)))) {
    return null;
  }
  return ("its embedding has " + $format(rows, (",")) + " rows for " + $format(tokens, (",")) + " tokens; llama.cpp refuses such a file; sized as it is");
}

const ggml$FORMATS_LIKE = /* @__PURE__ */ (() => $dict({ Q2_K: "Q2_K_S", Q3_K: "Q3_K_S", Q4_K: "Q4_K_S", Q5_K: "Q5_K_S", MXFP4: "MXFP4_MOE", NVFP4: "MXFP4_MOE" }))();

function own$_share(own, place, rest, lacking) {
  let first, given, tensor, whole;
  if ((!$truth(lacking))) {
    if (($truth(rest) && $truth((first = $next(($through(own, 0, key => key, key => ($eq($item(key, 1), place)))), null))))) {
      $put(own, first, $iadd($item(own, first), rest));
    }
    return null;
  }
  [whole, given] = [$sum(($through(lacking, 0, t => t.elements))), 0];
  for (tensor of $iter($slice(lacking, 1, null, null))) {
    $put(own, [tensor.role, tensor.layer], $floordiv($mul(rest, tensor.elements), whole));
    given = $iadd(given, $item(own, [tensor.role, tensor.layer]));
  }
  $put(own, [$item(lacking, 0).role, $item(lacking, 0).layer], $sub(rest, given));
  return null;
}

const own$_SLIGHT = 0.001;

function own$own_bytes(s, stored) {
  let absent, found, lacking, own, place, rest;
  found = own$matched(s, stored);
  own = $dict($through($call(found.named, "items"), 2, ([key, names]) => [key, $sum(($through(names, 0, name => $item(stored, name))))]));
  lacking = $dict(found.lacking);
  for ([place, rest] of $each($call(found.left, "items"), 2)) {
    own$_share(own, place, $sum(($through(rest, 0, name => $item(stored, name)))), ($truth(rest) ? $call(lacking, "pop", place, []) : []));
  }
  absent = $list((function* () { for (const some of $each($call(lacking, "values"), 0)) for (const t of $each(some, 0)) if ((!$truth(t.mtp))) yield t; })());
  if (($gt($sum(($through(absent, 0, t => t.elements, t => (!$truth(own$is_left_out(t)))))), $mul(own$_SLIGHT, $sum(($through(tensors$tensors(s), 0, t => t.elements))))))) {
    throw new $SizingError(("it holds no " + $str($item(absent, 0).role) + " of layer " + $str($item(absent, 0).layer) + "; get it anew"));
  }
  return $dict([...$pairs(own), ...$pairs($dict($through(absent, 0, t => [[t.role, t.layer], 0])))]);
}

function told$_own(file, header, shape) {
  let like, name, sizes;
  sizes = header.bytes;
  name = $or(format_names$ending(file).format, () => $or(header.recipe, () => header.commonest));
  like = [header.recipe, $call(ggml$FORMATS_LIKE, "get", header.commonest, header.commonest), "Q8_0"];
  return new own$OwnFormat(($str(file) + ":" + $str(name)), name, $tuple($filter(null, like)), own$own_bytes(shape, sizes));
}

function told$of_gguf(header, file, kinship = null) {
  let error, model, name, remarks, words;
  try {
    words = gguf$config_of(header, kinship);
  } catch ($error) {
    if ($is_error($error, [$KeyError])) {
      error = $error;
      throw new $SizingError(("no key " + $str(error)));
    } else { throw $error; }
  }
  name = $str($or(header.name, () => $call(file, "removesuffix", ".gguf")));
  model = told$_model(name, words, $or(header.recipe, () => units$UNDISCLOSED), $call(header.keys, "get", "context_length"));
  agreeing$agree(model.family, model.shape, header);
  remarks = [...$iter(model.remarks), ...$iter($filter(null, [header.remark, agreeing$lists_others(header)]))];
  return $replace(model, { own: told$_own(file, header, model.shape), remarks: remarks });
}

function reading$gguf_told(rules, raws, file, kinship) {
  let header;
  header = reading$_header(raws, file);
  return reading$_in_words(file, (() => reading$_told(rules, told$of_gguf(header, file, kinship), file)));
}

function export_models$model_data(rules, model, formats) {
  let files, listed;
  files = $dict($through($list($through(model.files, 0, name => anatomy_formats$format_of(rules, model, name))), 0, fmt => [fmt.id, fmt]));
  listed = $dict($through($list($through(formats, 0, name => anatomy_formats$format_of(rules, model, name))), 0, fmt => [fmt.id, fmt]));
  return export_models$_data(rules, model, $dict([...$pairs(listed), ...$pairs(files)]), $dict($through($call(files, "items"), 2, ([name, fmt]) => [name, export_models$format_data(fmt)])));
}

function entries$entry_told(rules, entry) {
  let model;
  model = model$Model.of(built$trusted($wanted(models$ModelEntry), entry));
  return $dict([...$pairs(export_models$model_data(rules, model, rules.named)), ["start", facts$of_model(model)]]);
}

const reader$_LENGTH = 80;

const reader$_NAMED = ["formats", "runtimes"];

const reader$_NAME = /* @__PURE__ */ (() => $re.compile("[A-Za-z0-9]+([._-][A-Za-z0-9]+)*"))();

const reader$_ID = /* @__PURE__ */ (() => $re.compile("[a-z0-9]+([.-][a-z0-9]+)*"))();

function reader$is_id(names, name) {
  return $and($bool((($in(reader$_NAMED, names)) ? reader$_NAME : reader$_ID).fullmatch(name)), () => ($le($len(name), reader$_LENGTH)));
}

function reader$over_family(common, own, name) {
  let result;
  result = $dict([...$pairs(common), ...$pairs(own), ["id", name]]);
  if (($truth($isinstance($call(common, "get", "architecture"), ["dict"])) && $truth($isinstance($call(own, "get", "architecture"), ["dict"])))) {
    $put(result, "architecture", $dict([...$pairs($item(common, "architecture")), ...$pairs($item(own, "architecture"))]));
  }
  return result;
}

function entries$own_told(rules, family, own, name) {
  let error, model, parts, told;
  if ((!$truth(reader$is_id("models", name)))) {
    throw new $SizingError(("models." + $str(name) + ": is no id; write it in kebab-case, such as llama-3-8b"));
  }
  if ((!$isinstance(own, ["Mapping"]))) {
    throw new $SizingError(("models." + $str(name) + ": is not a mapping; write keys and values under it"));
  }
  try {
    model = model$Model.of(built$built($wanted(models$ModelEntry), reader$over_family(family, own, name)));
    told = export_models$model_data(rules, model, rules.named);
    parts = explained$explained_model(rules, model, rules.named);
  } catch ($error) {
    if ($is_error($error, [words$WordError])) {
      error = $error;
      throw new $SizingError(("models." + $str(name) + ".architecture." + $str(error.word) + ": " + $str(error.what)));
    } else if ($is_error($error, [$SizingError])) {
      error = $error;
      throw new $SizingError(("models." + $str(name) + "." + $str(error)));
    } else { throw $error; }
  }
  return $dict([...$pairs(told), ["start", facts$of_model(model)], ["explained", parts]]);
}

const gguf_header$_NUMBERS = /* @__PURE__ */ (() => $dict([[0, ["B", 1]], [1, ["b", 1]], [2, ["H", 2]], [3, ["h", 2]], [4, ["I", 4]], [5, ["i", 4]], [6, ["f", 4]], [7, ["?", 1]], [10, ["Q", 8]], [11, ["q", 8]], [12, ["d", 8]]]))();

const gguf_header$_STRING = /* @__PURE__ */ (() => $unpack([8, 9], 2)[0])();
const gguf_header$_ARRAY = /* @__PURE__ */ (() => $unpack([8, 9], 2)[1])();

const gguf_header$_VOCABULARY = "tokenizer.";

const gguf_header$_TEXT = /* @__PURE__ */ (() => $shl(1, 22))();

const gguf_header$_HEADER = /* @__PURE__ */ (() => $shl(1, 28))();

function gguf_header$_read(file, count) {
  let error;
  try {
    return file.read(count);
  } catch ($error) {
    if ($is_error($error, [$OSError])) {
      error = $error;
      throw new $ValueError(("cannot be read (" + $str($call($or(error.strerror, () => $str(error)), "lower")) + ")"));
    } else { throw $error; }
  }
  return null;
}

const gguf_header$_WINDOW = /* @__PURE__ */ (() => $shl(1, 20))();

const gguf_header$_STRINGS = /* @__PURE__ */ (() => $shl(1, 22))();

const gguf_header$_LIST = /* @__PURE__ */ (() => $shl(1, 16))();

const gguf_header$_TOKENS = "tokenizer.ggml.tokens";

const gguf_header$MAGIC = /* @__PURE__ */ (() => $bytes([71, 71, 85, 70]))();

const gguf_header$_TENSORS = /* @__PURE__ */ (() => $shl(1, 18))();

const gguf_header$_KEYS = /* @__PURE__ */ (() => $shl(1, 16))();

const gguf_header$_DIMENSIONS = 4;

const gguf_header$_NAME = /* @__PURE__ */ (() => $shl(1, 16))();

function gguf_header$header_in(file, size) {
  return new gguf_header$_Reader(file, size).header();
}

function gguf_header$unreadable(error) {
  return ("not a whole GGUF file: " + $str(error));
}

const kinds$_ANEW = "get it anew with `hf download` or from its page's download button";

const kinds$_OTHERS = /* @__PURE__ */ (() => [["\\.onnx(\\.data)?", "an ONNX model"], ["\\.nemo", "a NeMo archive"], ["openvino\\S*\\.(xml|bin)", "an OpenVINO model"], ["\\.mlmodel", "a Core ML model"], ["\\.(tflite|litertlm|task)", "a LiteRT model"], ["\\.(engine|plan)", "a TensorRT engine"], ["\\.pdparams", "a PaddlePaddle checkpoint"], ["\\.(rkllm|rknn)", "a model for Rockchip's NPU"], ["\\.mnn", "an MNN model"], ["\\.npz", "MLX's or NumPy's arrays"], ["params_shard_\\d+\\.bin", "a part of an MLC model"]])();

const kinds$_OF_OTHERS = /* @__PURE__ */ (() => $tuple(($through(kinds$_OTHERS, 2, ([end, what]) => [$re.compile((".*(?:" + $str(end) + ")"), $re.I), what]))))();

const kinds$_TEXT = /* @__PURE__ */ (() => $re.compile("\\.(md|txt|rst|py|jinja|log)$", $re.I))();

const kinds$_HTML = /* @__PURE__ */ (() => $re.compile($bytes([92, 115, 42, 40, 60, 33, 100, 111, 99, 116, 121, 112, 101, 124, 60, 104, 116, 109, 108, 124, 60, 104, 101, 97, 100, 124, 60, 92, 63, 120, 109, 108, 41]), $re.I))();

const kinds$_PICKLED = /* @__PURE__ */ (() => $re.compile("\\.(bin|pt|pth|ckpt|pkl)$", $re.I))();

const kinds$_MAGIC = /* @__PURE__ */ (() => [[$bytes([118, 101, 114, 115, 105, 111, 110, 32, 104, 116, 116, 112, 115, 58, 47, 47, 103, 105, 116, 45, 108, 102, 115]), "a Git LFS pointer, not the file that it stands for; fetch that with `git lfs pull`"], [$bytes([116, 106, 103, 103]), "in the GGML format that came before GGUF; convert the model anew"], [$bytes([108, 109, 103, 103]), "in the GGML format that came before GGUF; convert the model anew"], [$bytes([102, 109, 103, 103]), "in the GGML format that came before GGUF; convert the model anew"], [$bytes([97, 108, 103, 103]), "a LoRA adapter in the GGML format that came before GGUF; give the model that it is for"], [$bytes([128, 2]), "a PyTorch checkpoint, which is code and is not opened; give the config.json beside it"], [$bytes([31, 139]), "an archive; unpack it first"], [$bytes([55, 122, 188, 175]), "an archive; unpack it first"], [$bytes([137, 72, 68, 70]), "an HDF5 checkpoint, which is not read; give the config.json beside it"]])();

const kinds$_IMATRIX = /* @__PURE__ */ (() => $re.compile("(\\.imatrix|imatrix\\S*\\.dat)$", $re.I))();

const kinds$_READ = /* @__PURE__ */ (() => $re.compile("\\.(gguf|json|safetensors|ya?ml)$", $re.I))();

function kinds$foreign(name, start) {
  let found, other, pickled;
  if ((!$truth(start))) {
    return ("is empty; " + $str(kinds$_ANEW));
  }
  if ($truth((other = $next(($through(kinds$_OF_OTHERS, 2, ([end, what]) => what, ([end, what]) => $truth(end.fullmatch(name)))), null)))) {
    return ($str(other) + ", which is not read; give the config.json of the model that it was made of");
  }
  if (($truth($call(start, "startswith", $bytes([77, 90, 113, 70, 112, 68]))) || $truth($call($call(name, "lower"), "endswith", ".llamafile")))) {
    return "a llamafile, which is a program with a GGUF file in it; give that file, or the model's name";
  }
  if (($truth($call(start, "startswith", $bytes([108, 109, 103, 103]))) && $truth($call($call(name, "lower"), "startswith", "ggml-")))) {
    return "in the GGML format, as whisper.cpp reads it, or as it was before GGUF; it is no language model of today";
  }
  if ($truth(kinds$_TEXT.search(name))) {
    return "a text; give the config.json or the model's file beside it";
  }
  if ($truth(kinds$_HTML.match(start))) {
    return ("a web page in place of the file; " + $str(kinds$_ANEW));
  }
  if ($truth($call(start, "startswith", $bytes([80, 75, 3, 4])))) {
    pickled = "a PyTorch checkpoint, which is code and is not opened; give the config.json beside it";
    return ($truth(kinds$_PICKLED.search(name)) ? pickled : "an archive; unpack it first");
  }
  if ($truth((found = $next(($through(kinds$_MAGIC, 2, ([magic, what]) => what, ([magic, what]) => $truth($call(start, "startswith", magic)))), null)))) {
    return found;
  }
  if ($truth(kinds$_IMATRIX.search(name))) {
    return "an importance matrix, which quantizers read; give the model's own file";
  }
  if (($truth($call($call(name, "lower"), "endswith", ".gguf")) && (!$truth($call(start, "startswith", $bytes([71, 71, 85, 70])))))) {
    return ("does not begin as a GGUF file does; " + $str(kinds$_ANEW));
  }
  if ((($in(start, $bytes([0]))) && (!$truth($call(start, "startswith", [$bytes([71, 71, 85, 70]), $bytes([255, 254]), $bytes([254, 255])]))) && (!$truth(kinds$_READ.search(name))))) {
    return "holds bytes of a kind that is not known; give a config.json, a GGUF or a safetensors file";
  }
  return null;
}

const rules_of = reading$rules_of;
const config_told = reading$config_told;
const gguf_told = reading$gguf_told;
const entry_told = entries$entry_told;
const own_told = entries$own_told;
const Blocks = architectures$Blocks;
const header_in = gguf_header$header_in;
const unreadable = gguf_header$unreadable;
const foreign = kinds$foreign;

// JSON as Python reads it, and the face of what reads models.

const $AT = /[ \t\n\r]*/y;
const $NUMBER = /(-?(?:0|[1-9]\d*))(\.\d+)?([eE][-+]?\d+)?/y;
const $PLAIN = /[^"\\\x00-\x1f]*/y;
const $ESCAPES = { '"': '"', "\\": "\\", "/": "/", b: "\b", f: "\f", n: "\n", r: "\r", t: "\t" };
// An infinity by its name is spoilt by what makes scripts small.
const $WORDS = { null: null, true: true, false: false, NaN: NaN, Infinity: 1 / 0, "-Infinity": -1 / 0 };
const $MOST = 32 * 2 ** 20;
const $MARKS = 700000;
const $DEPTH = 50;
const $DIGITS = 18;
const $LONGEST = 65536;
const $TOO_DEEP = `not JSON that a model has: nested more than ${$DEPTH} deep; give the file as it was`;

/** A text's value, whole numbers and floats apart. Throws ValueError with the words of sizing.files.json_text. */
class $Json {
  constructor(text) {
    this.text = text;
  }
  wrong(what, at) {
    const line = this.text.slice(0, at).split("\n").length;
    throw new $ValueError(`not JSON: line ${line}: ${what}; give the whole file`);
  }
  skip(at) {
    $AT.lastIndex = at;
    $AT.exec(this.text);
    return $AT.lastIndex;
  }
  whole() {
    const [value, end] = this.value(0, 0);
    if (end < this.text.length) {
      const line = this.text.slice(0, end).split("\n").length;
      throw new $ValueError(`not JSON: line ${line}: more after its end; give the file as it was`);
    }
    this.within(value);
    return value;
  }
  value(at, depth) {
    const c = this.text[at];
    if (depth > 900) throw new $ValueError($TOO_DEEP);
    if (c === '"') return this.string(at + 1);
    if (c === "{") return this.object(at + 1, depth);
    if (c === "[") return this.list(at + 1, depth);
    $NUMBER.lastIndex = at;
    const found = $NUMBER.exec(this.text);
    if (found !== null) return [this.number(...found), at + found[0].length];
    for (const [word, value] of Object.entries($WORDS)) if (this.text.startsWith(word, at)) return [value, at + word.length];
    return this.wrong("expecting value", at);
  }
  number(text, digits, fraction, power) {
    if (fraction !== undefined || power !== undefined) return $floated(Number(text));
    if (digits.length > $DIGITS) {
      const told = $format(digits.length, ",");
      throw new $ValueError(`not JSON that a model has: a number of ${told} digits; write one that can be`);
    }
    return $small(BigInt(digits));
  }
  string(begin) {
    let [at, found] = [begin, ""];
    for (;;) {
      $PLAIN.lastIndex = at;
      found += $PLAIN.exec(this.text)[0];
      at = $PLAIN.lastIndex;
      const c = this.text[at];
      if (c === undefined) return this.wrong("unterminated string starting at", begin - 1);
      if (c === '"') return [found, at + 1];
      if (c !== "\\") return this.wrong("invalid control character at", at);
      const escape = this.text[at + 1];
      if (escape === undefined) return this.wrong("unterminated string starting at", begin - 1);
      if (escape !== "u") {
        if ($ESCAPES[escape] === undefined) return this.wrong("invalid \\escape", at);
        found += $ESCAPES[escape];
        at += 2;
        continue;
      }
      const code = this.text.slice(at + 2, at + 6);
      if (!/^[0-9a-fA-F]{4}$/.test(code)) return this.wrong("invalid \\uxxxx escape", at + 1);
      found += String.fromCharCode(parseInt(code, 16));
      at += 6;
    }
  }
  object(begin, depth) {
    const pairs = [];
    let at = this.skip(begin);
    if (this.text[at] === "}") return [new $Dict(), at + 1];
    for (;;) {
      if (this.text[at] !== '"') return this.wrong("expecting property name enclosed in double quotes", at);
      const [key, end] = this.string(at + 1);
      at = this.skip(end);
      if (this.text[at] !== ":") return this.wrong("expecting ':' delimiter", at);
      const [value, after] = this.value(this.skip(at + 1), depth + 1);
      pairs.push([key, value]);
      at = this.skip(after);
      if (this.text[at] === "}") return [this.keyed(pairs), at + 1];
      if (this.text[at] !== ",") return this.wrong("expecting ',' delimiter", at);
      at = this.skip(at + 1);
    }
  }
  /** An object, in which the same may be said twice. */
  keyed(pairs) {
    const found = new $Dict(pairs);
    const twice = found.size < pairs.length && pairs.find(([key, value]) => !$eq(found.at(key), value));
    if (twice) throw new $ValueError(`not JSON that can be read: ${$repr([...twice[0]].slice(0, 60).join(""))} is given twice; keep one`);
    return found;
  }
  list(begin, depth) {
    const values = [];
    let at = this.skip(begin);
    if (this.text[at] === "]") return [values, at + 1];
    for (;;) {
      const [value, end] = this.value(at, depth + 1);
      values.push(value);
      at = this.skip(end);
      if (this.text[at] === "]") return [values, at + 1];
      if (this.text[at] !== ",") return this.wrong("expecting ',' delimiter", at);
      at = this.skip(at + 1);
    }
  }
  within(value) {
    let level = [value];
    for (let i = 0; i < $DEPTH; i += 1) {
      const inside = level.flatMap((one) => (one instanceof $Dict ? $of_dict.values(one) : Array.isArray(one) ? one : []));
      const long = inside.find((one) => typeof one === "string" && $len(one) > $LONGEST);
      if (long !== undefined) {
        const told = $format($len(long), ",");
        throw new $ValueError(`not JSON that a model has: a text of ${told} characters; give the file as it was`);
      }
      level = inside.filter((one) => one instanceof $Dict || Array.isArray(one));
      if (level.length === 0) return;
    }
    throw new $ValueError($TOO_DEEP);
  }
}

const $decodes = (bytes, stream) => {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream });
    return true;
  } catch {
    return false;
  }
};
/** The place of the first bytes that are no UTF-8. */
const $unread = (bytes) => {
  let [good, bad] = [0, bytes.length + 1]; // as many bytes as are the beginning of a text, and as are none
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if (middle <= bytes.length && $decodes(bytes.slice(0, middle), true)) good = middle;
    else bad = middle;
  }
  while (good > 0 && !$decodes(bytes.slice(0, good), false)) good -= 1;
  return good;
};

/** What bytes of JSON hold. Throws ValueError in words. */
const $json = (bytes) => {
  if (bytes.length > $MOST) throw new $ValueError(`holds more than ${$MOST / 2 ** 20} MiB; give a smaller file, or parts of it`);
  if (bytes.reduce((found, one) => found + ([44, 58, 91, 123].includes(one) ? 1 : 0), 0) > $MARKS) {
    throw new $ValueError("not JSON that a model has: more than half a million values; give a smaller file");
  }
  const wide = { "255,254": "utf-16le", "254,255": "utf-16be" }[String(bytes.slice(0, 2))];
  try {
    return new $Json($of_text.strip(new TextDecoder(wide ?? "utf-8", { fatal: true }).decode(bytes))).whole();
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new $ValueError(`not JSON: no UTF-8 text (byte ${$unread(bytes)}); save it as UTF-8`);
  }
};

let $tables;
const $table = () => $tables.at("defaults");
const $wanted = (kind) => $tables.at("wanted").at(built$_ENTRIES.pairs().find(([, one]) => one === kind)[0]);
let $rules, $TABLE, $BY_CODE, $CANONICAL, $OF_TYPE, $TYPES;

/** What a file's bytes do not reach, though the file does. */
class $More extends Error {}
/** The first bytes of a file, as a file that is open for reading. */
class $Start {
  constructor(bytes, size) {
    Object.assign(this, { bytes, size, at: 0 });
  }
  read(count) {
    const end = Math.min(this.at + count, this.size);
    if (end > this.bytes.length) throw new $More();
    const found = this.bytes.slice(this.at, end);
    this.at = end;
    return found;
  }
  seek(place) {
    this.at = place;
    return place;
  }
}

const $MAGIC = 512;
const $FIRST = 8 * 2 ** 20;

/** The header of a GGUF file: of as many bytes of it as that takes. */
const $header = async (file) => {
  for (let size = $FIRST; ; size *= 4) {
    const bytes = new Uint8Array(await file.slice(0, size).arrayBuffer());
    try {
      return header_in(new $Start(bytes, file.size), file.size);
    } catch (error) {
      if (error instanceof $ValueError) throw new $SizingError(`${file.name}: ${unreadable(error)}`);
      if (!(error instanceof $More)) throw error;
    }
  }
};

const $begins = (bytes) => bytes.length > 3 && String.fromCharCode(...bytes.slice(0, 4)) === "GGUF";

/** Gives the tables of sizing.export.reading, as JSON, to what reads models of files. */
export function prepare(text) {
  give(new $Json(text).value(0, 0)[0]);
}

/** Gives the tables to what sizes models. */
export function give(tables) {
  $tables = $dicts(tables);
  const [blocks, ...words] = ["blocks", "by_code", "canonical", "of_type", "types"].map((name) => $tables.at("dialect").at(name));
  [$BY_CODE, $CANONICAL, $OF_TYPE, $TYPES] = words;
  $TABLE = $dict(blocks.pairs().map(([type, told]) => [type, $make(Blocks, [], $object(told))]));
  $rules = rules_of($tables);
}

/**
 * The model that files describe, as the engine plans with it: of a config.json, or of a GGUF file with the parts that it
 * was split into. `files` are of the kind `File`, the one that is meant first; `name` is what the model of a config.json
 * is called, `as` a model_type that it is built like. Throws SizingError with the line that Python raises.
 */
export async function read(files, { name = null, as = null } = {}) {
  const [file] = files;
  const start = new Uint8Array(await file.slice(0, $MAGIC).arrayBuffer());
  const what = foreign(file.name, start);
  if (what !== null) throw new $SizingError(`${file.name}: ${what}`);
  if ($begins(start)) {
    const raws = new $Dict();
    for (const one of files) if (one === file || one.name.toLowerCase().endsWith(".gguf")) raws.set(one.name, await $header(one));
    return $plain(gguf_told($rules, raws, file.name, as));
  }
  let config;
  try {
    config = $json(new Uint8Array(await file.arrayBuffer()));
  } catch (error) {
    if (error instanceof $ValueError) throw new $SizingError(`${file.name}: ${error.message}`);
    throw error;
  }
  const stem = file.name.replace(/\.[^.]+$/, "");
  // One that says no name is called as its type.
  return $plain(config_told($rules, config, name ?? (stem === "config" ? "" : stem), file.name, as));
}

/** A model of the catalog, by its entry, as the engine plans with it. */
export const entry = (told) => $plain(entry_told($rules, $dicts(told)));

/**
 * A model of one's own, by what a file of the catalog states for all of its models and for this one, as the engine plans
 * with it. Throws SizingError: the key, and what would be right.
 */
export const own = (family, told, name) => $plain(own_told($rules, $dicts(family), $dicts(told), name));

export { $SizingError as SizingError };
