// Made by `make engine` from macros/labels/steps.py and all that it needs, and never edited. Its face is below.

import {
  $abs, $add, $call, $count, $dict, $each, $eq, $format, $ge, $in, $isinstance, $item, $iter, $lt, $math, $max, $mul,
  $number, $or, $pairs, $pow, $re, $round, $str, $sub, $through, $truediv, $truth, $unpack
} from "../sizing/python.mjs";

const steps$PARTS = /* @__PURE__ */ (() => $dict({ model: "\u6a21\u578b", weights: "\u6743\u91cd\uff1a\u53c2\u6570\u4e58\u4ee5\u4f4d\u6570", cache: "\u7f13\u5b58\uff1a\u4e00\u5c42\u4e00\u5c42\uff0c\u4e00\u4e2a token \u4e00\u4e2a token", memory: "\u653e\u5728\u54ea\u91cc\uff0c\u8fd8\u5269\u591a\u5c11", decode_empty: "\u751f\u6210\u4e00\u4e2a token\uff0c\u7f13\u5b58\u51e0\u4e4e\u662f\u7a7a\u7684", decode: "\u751f\u6210\u4e00\u4e2a token\uff0c\u4e0a\u4e0b\u6587\u5199\u6ee1\u65f6", throughput: "\u51e0\u8def\u5408\u8ba1", prefill: "\u9884\u586b\u5145", first_token: "\u9996\u5b57\u5ef6\u8fdf", evidence: "\u901f\u5ea6\u7684\u6839\u636e", price: "\u4ef7\u683c" }))();

const steps$HOST = "\u4e3b\u673a";

const steps$WORDS = /* @__PURE__ */ (() => $dict({ parameters: "\u53c2\u6570", active: "\u6fc0\u6d3b\u53c2\u6570", embedding: "\u8bcd\u5d4c\u5165", attention: "\u6ce8\u610f\u529b", ffn: "\u524d\u9988\u5c42", expert: "\u4e13\u5bb6", router: "\u8def\u7531", norm: "\u5f52\u4e00\u5316", bias: "\u504f\u7f6e", output: "\u8f93\u51fa\u5c42", file: "\u6587\u4ef6", weights: "\u6743\u91cd", bits_each: "\u6bcf\u4e2a\u7684\u4f4d\u6570", second_embedding: "\u53e6\u5b58\u4e00\u4efd\u7684\u8bcd\u5d4c\u5165", tile_padding: "\u8865\u9f50", adapters: "\u9002\u914d\u5668", beside: "\u6587\u672c\u6a21\u578b\u4ee5\u5916\u7684", rounding: "\u53d6\u6574", cache: "\u7f13\u5b58", layers: "\u5c42", token_bytes: "\u6bcf\u4e2a token", tokens: "token", state_bytes: "\u4e00\u8def\u7684\u72b6\u6001", sequences: "\u8def\u6570", compressed_bytes: "\u538b\u7f29\u6761\u76ee", copies: "\u4efd\u6570", buffers: "\u7f13\u51b2\u533a", overhead: "\u56fa\u5b9a\u5360\u7528", held: "\u5360\u7528", total: "\u603b\u5360\u7528", box: "\u6807\u79f0\u5185\u5b58", withheld: "\u7cfb\u7edf\u548c\u9a71\u52a8\u7559\u4e0b\u7684", in_use: "\u522b\u7684\u8f6f\u4ef6\u5360\u7528\u7684", usable: "\u53ef\u7528", utilization: "\u5229\u7528\u7387\u4e0a\u9650", margin: "\u4f59\u91cf", room: "\u80fd\u653e", needed: "\u8981\u653e", spare: "\u8fd8\u5269", memory: "\u4e3b\u673a\u5185\u5b58", lies: "\u653e\u7684\u662f", one_step: "\u4e00\u6b65\u751f\u6210", reserved: "\u64cd\u4f5c\u7cfb\u7edf\u7559\u4e0b\u7684", on_devices: "GPU \u7528\u7684", verdict: "\u7ed3\u8bba", depth: "\u7f13\u5b58\u91cc\u5df2\u6709", reading: "\u8bfb\u5185\u5b58", computing: "\u505a\u8fd0\u7b97", time: "\u8017\u65f6", step_time: "\u6bcf\u6b65\u56fa\u5b9a\u8017\u65f6", layer_time: "\u6bcf\u5c42\u56fa\u5b9a\u8017\u65f6", mixture_time: "\u6bcf\u4e2a\u4e13\u5bb6\u5c42\u56fa\u5b9a\u8017\u65f6", state_time: "\u6bcf\u4e2a\u5faa\u73af\u5c42\u56fa\u5b9a\u8017\u65f6", bandwidth: "\u5e26\u5bbd", bandwidth_share: "\u5e26\u5bbd\u5229\u7528\u7387", scatter: "\u4e13\u5bb6\u5206\u6563\u7684\u500d\u6570", recall: "\u8bfb\u7f13\u5b58\u7684\u500d\u6570", compute_rate: "\u7b97\u529b", compute_share: "\u7b97\u529b\u5229\u7528\u7387", attention_share: "\u6ce8\u610f\u529b\u7684\u7b97\u529b\u5229\u7528\u7387", weight_bytes: "\u6743\u91cd", expert_bytes: "\u7528\u5230\u7684\u4e13\u5bb6", cache_bytes: "\u7f13\u5b58", operations: "\u6743\u91cd\u8fd0\u7b97", attention_operations: "\u6ce8\u610f\u529b\u8fd0\u7b97", mixtures: "\u4e13\u5bb6\u5c42", states: "\u5faa\u73af\u5c42", padding_operations: "\u8865\u9f50\u7684\u8fd0\u7b97", mixed_streams: "\u6df7\u5408\u7684\u6b8b\u5dee\u6d41", streams: "\u6bcf\u4efd\u6b8b\u5dee\u6d41", attention_rate: "\u6ce8\u610f\u529b\u7684\u7b97\u529b", fed_rate: "\u5185\u5b58\u5582\u5f97\u4e0a\u7684\u7b97\u529b", fed_attention_rate: "\u5185\u5b58\u5582\u5f97\u4e0a\u7684\u6ce8\u610f\u529b\u7b97\u529b", verifying: "\u6838\u5bf9\u51e0\u4e2a token \u7684\u500d\u6570", drafted_token_time: "\u8d77\u8349\u4e00\u4e2a token", drafted_tokens: "\u4e00\u6b21\u8d77\u8349", drafting_time: "\u8d77\u8349", tokens_per_step: "\u4e00\u6b65\u5f97\u5230", tile: "\u8865\u9f50\u7684\u500d\u6570", hops: "\u6362\u5361\u6b21\u6570", hop_time: "\u6362\u4e00\u6b21", handovers: "\u4ea4\u7ed9\u4e3b\u673a\u7684\u6b21\u6570", handover_time: "\u4ea4\u4e00\u6b21", exchanges: "\u4ea4\u6362\u6b21\u6570", exchange_time: "\u4ea4\u6362\u4e00\u6b21", exchanged_bytes: "\u4ea4\u6362\u7684\u5b57\u8282", link: "\u4e92\u8054\u5e26\u5bbd", link_share: "\u4e92\u8054\u5229\u7528\u7387", crossing_time: "\u8de8\u8282\u70b9", brought_bytes: "\u4ece\u4e3b\u673a\u642c\u6765\u7684", host_link: "PCIe \u5e26\u5bbd", operations_per_byte: "\u6bcf\u5b57\u8282\u7684\u8fd0\u7b97", overlap: "\u91cd\u53e0", other_stages: "\u5176\u4f59\u7684\u7ea7", following_share: "\u8ddf\u5728\u540e\u9762\u7684\u6279", decode_empty_time: "\u4e00\u6b65", decode_time: "\u4e00\u6b65", prompt_time: "\u8bfb\u5b8c\u63d0\u793a\u8bcd", prompt: "\u63d0\u793a\u8bcd", micro_batches: "\u6279\u6570", decode_empty: "\u901f\u5ea6", decode: "\u901f\u5ea6", prefill: "\u901f\u5ea6", computed: "\u7b97\u51fa\u6765\u7684", unbounded: "\u4e0d\u8bbe\u4e0a\u9650\u65f6", bandwidth_bound: "\u5e26\u5bbd\u7684\u4e0a\u9650", compute_bound: "\u7b97\u529b\u7684\u4e0a\u9650", own_factor: "\u81ea\u5df1\u91cf\u7684\u4fee\u6b63", low: "\u533a\u95f4\u7684\u4e0b\u7aef", high: "\u533a\u95f4\u7684\u4e0a\u7aef", low_share: "\u4e0b\u7aef\u7684\u6bd4\u4f8b", high_share: "\u4e0a\u7aef\u7684\u6bd4\u4f8b", throughput: "\u5408\u8ba1", first_token: "\u9996\u5b57\u5ef6\u8fdf", seen: "\u89c1\u8fc7\u591a\u5c11", device_rows: "\u8fd9\u79cd\u8bbe\u5907\u7684\u5b9e\u6d4b", model_rows: "\u5176\u4e2d\u8fd9\u4e2a\u6a21\u578b\u7684", offer: "\u62a5\u4ef7", amount: "\u5355\u4ef7", count: "\u4ef6\u6570", price: "\u5408\u8ba1" }))();

function steps$word(name, where = "") {
  let bare, said;
  bare = $re.sub("_\\d+$", "", name);
  said = $or($call(steps$WORDS, "get", name), () => $call(steps$WORDS, "get", bare, bare));
  return ($truth(where) ? ($str(said) + "\uff08" + $str(where) + "\uff09") : said);
}

const units$NONE = "\u2014";

const units$AND = "\u3001";

function units$listed(items) {
  return $call(units$AND, "join", items);
}

function units$span(low, high) {
  return ($str(low) + "\uff5e" + $str(high));
}

const steps$LIES = /* @__PURE__ */ (() => $dict({ layers: "\u7b2c {} \u5c42", experts: "\u7b2c {} \u5c42\u7684\u4e13\u5bb6", share: "\u6bcf\u5c42\u7684 {}", output: "\u8f93\u51fa\u5c42" }))();

function steps$_lying(part) {
  let _, what, which;
  [what, _, which] = $unpack($call(part, "partition", ":"), 3);
  return $call($call(steps$LIES, "get", what, what), "format", (($in(which, "-")) ? units$span(...$iter($call(which, "split", "-", 1))) : which));
}

const plans$STATES = /* @__PURE__ */ (() => $dict({ fits: ["\u25cf", "\u653e\u5f97\u4e0b"], tight: ["\u25d4", "\u52c9\u5f3a"], offload: ["\u25d0", "\u8981\u5378\u8f7d"], disk: ["\u25cb", "\u653e\u4e0d\u4e0b"], no: ["\u25cb", "\u653e\u4e0d\u4e0b"] }))();

const steps$VALUES = /* @__PURE__ */ (() => $dict([["all", "\u8fd9\u79cd\u8bbe\u5907\u548c\u6253\u5305\u65b9\u5f0f\u90fd\u6d4b\u8fc7"], ["device", "\u6d4b\u8fc7\u8fd9\u79cd\u8bbe\u5907\uff0c\u6253\u5305\u65b9\u5f0f\u4e0d\u540c"], ["program", "\u53ea\u6d4b\u8fc7\u522b\u7684\u8bbe\u5907"], ["nothing", "\u6ca1\u6d4b\u8fc7\u8fd9\u4e2a\u63a8\u7406\u6846\u67b6"], ...$pairs($dict($through($call(plans$STATES, "items"), 2, ([verdict, [_, word]]) => [verdict, word])))]))();

const facts_units$KIB = /* @__PURE__ */ (() => $unpack([$pow(2, 10), $pow(2, 20), $pow(2, 30)], 3)[0])();
const facts_units$MIB = /* @__PURE__ */ (() => $unpack([$pow(2, 10), $pow(2, 20), $pow(2, 30)], 3)[1])();
const facts_units$GIB = /* @__PURE__ */ (() => $unpack([$pow(2, 10), $pow(2, 20), $pow(2, 30)], 3)[2])();

function facts_units$decimals_for(value, digits) {
  let decimals;
  if (($eq(value, 0))) {
    return 0;
  }
  decimals = $sub($sub(digits, 1), $math.floor($math.log10($abs(value))));
  return (($ge($abs($round(value, decimals)), $pow(10, $sub(digits, decimals)))) ? $sub(decimals, 1) : decimals);
}

function units$number(value, digits = 3) {
  let decimals;
  decimals = $max(0, facts_units$decimals_for(value, digits));
  return ($format(value, (",." + $str(decimals) + "f")));
}

function units$gib(size) {
  return ($str(units$number($truediv(size, facts_units$GIB))) + " GiB");
}

function facts_units$significant(value, digits = 3) {
  let decimals;
  decimals = facts_units$decimals_for(value, digits);
  return ($format($round(value, decimals), (",." + $str($max(0, decimals)) + "f")));
}

function units$rounded(value) {
  return facts_units$significant(value, 2);
}

function units$seconds(value) {
  if ((value === null)) {
    return units$NONE;
  }
  return (($lt(value, 120)) ? ($str(units$rounded(value)) + " \u79d2") : ($str(units$rounded($truediv(value, 60))) + " \u5206\u949f"));
}

const units$UNKNOWN = "\u672a\u516c\u5e03";

function units$bandwidth(value) {
  return (((value === null) || $truth($isinstance(value, ["str"]))) ? units$UNKNOWN : $call(($format($truediv(value, 1000000000.0), (",.1f")) + " GB/s"), "replace", ".0 ", " "));
}

function units$tflops(value) {
  return (((value === null) || $truth($isinstance(value, ["str"]))) ? units$UNKNOWN : ($str(units$number($truediv(value, 1000000000000.0))) + " TFLOPS"));
}

function units$count(value) {
  if ($isinstance(value, ["str"])) {
    return units$UNKNOWN;
  }
  return (($ge(value, 1000000000000.0)) ? ($str(units$number($truediv(value, 1000000000000.0))) + "T") : ($str(units$number($truediv(value, 1000000000.0))) + "B"));
}

const facts$CURRENCIES = /* @__PURE__ */ (() => $dict({ USD: "\u7f8e\u5143", CNY: "\u5143", EUR: "\u6b27\u5143" }))();

const facts$WHOLE = 100;

function facts$figure(value, currency, per = null) {
  let said;
  said = (($ge(value, facts$WHOLE)) ? ($format(value, (",.0f"))) : $call($call(($format(value, (",.2f"))), "rstrip", "0"), "rstrip", "."));
  return ($str(($truth(per) ? "\u6bcf\u5c0f\u65f6 " : "")) + $str(said) + " " + $str($item(facts$CURRENCIES, currency)));
}

const steps$UNITS = /* @__PURE__ */ (() => $dict([["tokens", ""], ["bits", " bit"], ["", ""], ["tokens/s", " tok/s"], ["rows", " \u6761"], ["parameters", ""]]))();

function steps$value(found, unit) {
  let _, currency, number, per;
  if ((found === null)) {
    return units$NONE;
  }
  if ($isinstance(found, ["str"])) {
    return $or($call(steps$VALUES, "get", found), () => units$listed(($through($call(found, "split"), 0, part => steps$_lying(part)))));
  }
  if ((unit === "bytes")) {
    if (($lt($abs(found), $truediv(facts_units$MIB, 10)))) {
      return ($format(found, (",.0f")) + " \u5b57\u8282");
    }
    return (($ge($abs(found), $mul(100, facts_units$MIB))) ? units$gib(found) : ($str(units$number($truediv(found, facts_units$MIB))) + " MiB"));
  }
  if ((unit === "s")) {
    return (($ge(found, 1)) ? units$seconds(found) : ($str(units$number($mul(found, 1000.0))) + " \u6beb\u79d2"));
  }
  if ((unit === "bytes/s")) {
    return units$bandwidth(found);
  }
  if ((unit === "FLOP/s")) {
    return units$tflops(found);
  }
  if ((unit === "FLOP")) {
    return ($str(units$number($truediv(found, 1000000000.0))) + " G");
  }
  if ((unit === "parameters")) {
    return (($ge(found, 10000000.0)) ? units$count(found) : ($format(found, (",.0f"))));
  }
  [currency, _, per] = $unpack($call(unit, "partition", "/"), 3);
  if (($in(facts$CURRENCIES, currency))) {
    return facts$figure(found, currency, $or(per, () => null));
  }
  number = (($eq(found, $round(found))) ? ($format(found, (",.0f"))) : units$number(found));
  return $add(number, $call(steps$UNITS, "get", unit, (" " + $str(unit))));
}

function step$called_at(what, where) {
  return $re.sub("\\W+", "_", ($truth(where) ? ($str(what) + "_" + $str(where)) : what));
}

const written$_SIGNS = /* @__PURE__ */ (() => [[" * ", " \u00d7 "], [" / ", " \u00f7 "], [" - ", " \u2212 "], ["**2", "\u00b2"], ["sqrt(", "\u221a("]])();

function written$written(step, said) {
  let here, plain, sign, squared, text;
  if (((!$truth(step.formula)) || ($in(step.inputs, step.formula)))) {
    return "";
  }
  here = ($truth(step.where) ? step$called_at("", step.where) : "");
  const told = function (found) {
    let one;
    one = $call(step.inputs, "get", $item(found, 0));
    if ((one === null)) {
      return $item(found, 0);
    }
    return said((($truth(here) && (one.by === "step")) ? $call($item(found, 0), "removesuffix", here) : $item(found, 0)), one);
  };
  squared = $re.sub("(\\w+)\\*\\*2", "(\\1)**2", step.formula);
  text = $re.sub("[A-Za-z_]\\w*", told, squared);
  for ([plain, sign] of $each(written$_SIGNS, 2)) {
    text = $call(text, "replace", plain, sign);
  }
  return text;
}

function steps$said(name, one) {
  let bare;
  bare = (($in(steps$WORDS, name)) ? name : $re.sub("_host$|_(?:[a-z0-9]+_)*[a-z0-9]+_\\d+$", "", name));
  return ($str(steps$word(bare)) + " " + $str(steps$value(one.value, one.unit)));
}

const units$COMMA = "\uff0c";

function units$clauses(parts) {
  return $call(units$COMMA, "join", ($through(parts, 0, part => part, part => $truth(part))));
}

const facts$REGIONS = /* @__PURE__ */ (() => $dict({ US: "\u7f8e\u56fd", CN: "\u4e2d\u56fd", "CN-GD": "\u5e7f\u4e1c", "CN-BJ": "\u5317\u4eac", "CN-ZJ": "\u6d59\u6c5f", EU: "\u6b27\u76df", DE: "\u5fb7\u56fd" }))();

function facts$region(code) {
  return $call(facts$REGIONS, "get", code, code);
}

const facts$PRICE_KINDS = /* @__PURE__ */ (() => $dict({ launch: "\u53d1\u5e03\u4ef7", list: "\u5b98\u65b9\u6807\u4ef7", new: "\u5e02\u4ef7", used: "\u4e8c\u624b\u4ef7", rent: "\u79df\u91d1" }))();

const steps$NOTES = /* @__PURE__ */ (() => $dict({ offered: "\u6309\u5b9e\u9645\u5206\u5230\u7684", driver: "\u6309\u9a71\u52a8\u663e\u793a\u7684", driver_memory: "\u6309\u540c\u4e00\u5382\u5546\u522b\u7684\u5361\u63a8\u65ad", gpu_limit: "\u6309\u7cfb\u7edf\u5141\u8bb8 GPU \u7528\u7684", wired_limit: "\u6309\u8bbe\u5b9a\u7684\u4e0a\u9650", reserved: "\u5df2\u6263\u6389\u7cfb\u7edf\u7559\u4e0b\u7684" }))();

function steps$note(step) {
  let said;
  if ((step.what === "offer")) {
    said = $call(step.note, "split", " ");
    return units$clauses([$add(facts$region($item(said, 1)), $item(facts$PRICE_KINDS, $item(said, 2))), $item(said, 3)]);
  }
  return $call(steps$NOTES, "get", step.note, "");
}

function steps$row(step, named) {
  let where;
  where = ((step.where === "host") ? steps$HOST : ($truth(step.where) ? named(step.where) : ""));
  return [steps$word(step.what, where), steps$value(step.value, step.unit), written$written(step, steps$said), steps$note(step)];
}

const PARTS = steps$PARTS;
const row = steps$row;

// The face of what says an explanation's steps in Chinese, after all that it is made of.

const $step = (one) => ({ ...one, where: one.where ?? "", note: one.note ?? "", inputs: $dict(one.inputs) });

/**
 * Steps as `sizing plan --explain --json` has them, part by part: `[{name, steps: [{what, value, how, note, sources}]}]`.
 * `named` says what a place such as `rtx-4090#0` is called.
 */
export const inChinese = (steps, named) => {
  const parts = new Map();
  for (const one of steps) {
    const [what, value, how, note] = row($step(one), named);
    if (!parts.has(one.part)) parts.set(one.part, { name: PARTS.at(one.part), steps: [] });
    parts.get(one.part).steps.push({ what, value, how, note, sources: one.sources });
  }
  return [...parts.values()];
};
