"""What leads from a tower to the text model? A function for each type of wrapper; some towers end in it themselves.

Each is given the wrapper's own words, the tower's, and the width of the text model.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from sizing.anatomy.blocks.tensor import Tensor
from sizing.anatomy.dialect.words import Words
from sizing.anatomy.towers.audio import width_of
from sizing.anatomy.towers.encoder import convolution, matrix, vector

Lead = Callable[[Words, Words, int], Iterator[Tensor]]


def _two(into: int, between: int, out: int, *, bias: bool = True) -> Iterator[Tensor]:
    yield from matrix("mm_1", between, into, bias=bias)
    yield from matrix("mm_2", out, between, bias=bias)


def _looked_at(o: Words) -> int:
    """Layers of the tower whose answers are taken side by side."""
    return len(o.each("vision_feature_layer")) or 1


def _llava(o: Words, tower: Words, hidden: int) -> Iterator[Tensor]:
    bias = o.flag("multimodal_projector_bias", True)
    return _two(tower.needed("hidden_size") * _looked_at(o), hidden, hidden, bias=bias)


def _llava_next(o: Words, tower: Words, hidden: int) -> Iterator[Tensor]:
    yield from vector("newline", hidden)
    yield from _llava(o, tower, hidden)


def _vipllava(o: Words, tower: Words, hidden: int) -> Iterator[Tensor]:
    seen = (len(o.each("vision_feature_layers")) or 5) * tower.needed("hidden_size")
    yield from vector("mm_ln", seen, bias=True)
    yield from _two(seen, hidden, hidden)


def _mistral(o: Words, tower: Words, hidden: int) -> Iterator[Tensor]:
    width, merge = tower.needed("hidden_size"), o.number("spatial_merge_size") or 1
    yield from vector("mm_ln", width)
    yield from matrix("merger", width, width * merge * merge, bias=False)
    bias = o.flag("multimodal_projector_bias")
    yield from _two(width * _looked_at(o), hidden, hidden, bias=bias)


def _gemma3(o: Words, tower: Words, hidden: int) -> Iterator[Tensor]:
    width = tower.needed("hidden_size")
    yield from vector("mm_ln", width)
    yield from matrix("mm_1", hidden, width, bias=False)


def _gemma4(o: Words, tower: Words, hidden: int) -> Iterator[Tensor]:
    return matrix("mm_1", hidden, tower.number("output_proj_dims") or tower.needed("hidden_size"), bias=False)


def _paligemma(o: Words, tower: Words, hidden: int) -> Iterator[Tensor]:
    return matrix("mm_1", o.number("projection_dim") or hidden, tower.needed("hidden_size"))


def _unshuffled(o: Words, tower: Words) -> int:
    """Width of the patches that become one token together."""
    ratio, factor = o.value("downsample_ratio"), o.number("downsample_factor", "scale_factor")
    times = factor if factor else round(1 / ratio) if isinstance(ratio, float) and ratio else 1
    return tower.needed("hidden_size") * times * times


def _internvl(o: Words, tower: Words, hidden: int) -> Iterator[Tensor]:
    into = _unshuffled(o, tower)
    yield from vector("mm_ln", into, bias=True)
    yield from _two(into, hidden, hidden)


def _aya(o: Words, tower: Words, hidden: int) -> Iterator[Tensor]:
    into = _unshuffled(o, tower)
    yield from vector("mm_ln", into, bias=True)
    yield from _gated(o, into, hidden)


def _gated(o: Words, into: int, hidden: int) -> Iterator[Tensor]:
    """Two projections, half of the first one's answer being the gate of the other half."""
    between = o.number("alignment_intermediate_size") or hidden
    yield from matrix("mm_1", between, into)
    yield from matrix("mm_2", hidden, between // 2)


def _cohere2(o: Words, tower: Words, hidden: int) -> Iterator[Tensor]:
    return _gated(o, _unshuffled(o, tower), hidden)


def _idefics3(o: Words, tower: Words, hidden: int) -> Iterator[Tensor]:
    return matrix("mm_1", hidden, _unshuffled(o, tower), bias=False)


def _lfm2(o: Words, tower: Words, hidden: int) -> Iterator[Tensor]:
    into, bias = _unshuffled(o, tower), o.flag("projector_bias", True)
    if o.flag("projector_use_layernorm", True):
        yield from vector("mm_ln", into, bias=True)
    yield from _two(into, o.needed("projector_hidden_size"), hidden, bias=bias)


def _llama4(o: Words, tower: Words, hidden: int) -> Iterator[Tensor]:
    return matrix("mm_1", hidden, tower.needed("vision_output_dim"), bias=False)


def _mllama(o: Words, tower: Words, hidden: int) -> Iterator[Tensor]:
    return matrix("mm_1", hidden, tower.needed("vision_output_dim"))


def _merging(o: Words, tower: Words, hidden: int) -> Iterator[Tensor]:
    """A norm, then two projections of the four patches that become one token."""
    width = tower.needed("hidden_size")
    yield from vector("mm_ln", width, bias=True)
    yield from _two(4 * width, 4 * width, hidden)


def _plain(o: Words, tower: Words, hidden: int) -> Iterator[Tensor]:
    return _two(tower.needed("hidden_size"), hidden, hidden)


def _janus(o: Words, tower: Words, hidden: int) -> Iterator[Tensor]:
    width = tower.needed("projection_dim")
    yield from matrix("mm_1", width, tower.needed("hidden_size"))
    for i in range(1, tower.needed("depth")):
        yield from matrix(f"mm_{i + 1}", width, width)


def _ovis(o: Words, tower: Words, hidden: int) -> Iterator[Tensor]:
    return matrix("visual_embd", tower.needed("vocab_size"), o.number("hidden_size") or hidden, bias=False)


def _minimax(o: Words, tower: Words, hidden: int) -> Iterator[Tensor]:
    between = o.number("projector_hidden_size") or hidden
    yield from _two(tower.needed("hidden_size"), between, hidden)
    yield from _two(4 * hidden, between, hidden)


def _step(o: Words, tower: Words, hidden: int) -> Iterator[Tensor]:
    return matrix("mm_1", hidden, 4 * tower.needed("hidden_size"), bias=o.flag("projector_bias"))


def _muse(o: Words, tower: Words, hidden: int) -> Iterator[Tensor]:
    width, out = tower.needed("hidden_size"), o.number("adapter_dim", "vision_adapter_dim") or 4096
    yield from matrix("adapter_1", out, 4 * width, bias=False)
    yield from matrix("adapter_2", out, out, bias=False)
    yield from matrix("mm_1", hidden, out, bias=False)


def _got(o: Words, tower: Words, hidden: int) -> Iterator[Tensor]:
    out = tower.needed("output_channels")
    yield from convolution("mm_up_1", 2 * out, out, 3, 3, bias=False)
    yield from convolution("mm_up_2", hidden, 2 * out, 3, 3, bias=False)
    yield from matrix("mm_1", hidden, hidden)


def _aria(o: Words, tower: Words, hidden: int) -> Iterator[Tensor]:
    """Queries that look at the patches."""
    width = tower.needed("hidden_size")
    most = o.value("projector_patch_to_query_dict")
    queries = max(map(int, most.values())) if isinstance(most, Mapping) and most else 256
    yield from vector("mm_query", queries * width)
    for role in ("q", "k", "v"):
        yield from matrix(f"mm_attn_{role}", width, width, bias=False)
    yield from matrix("mm_attn_in", 3 * width, width)
    yield from matrix("mm_attn_out", width, width)
    yield from matrix("mm_attn_linear", width, width)
    for norm in ("mm_attn_ln", "mm_attn_kv_ln", "mm_ln"):
        yield from vector(norm, width, bias=True)
    yield from _two(width, hidden, hidden, bias=False)


def _ernie(o: Words, tower: Words, hidden: int) -> Iterator[Tensor]:
    merge, times = tower.number("spatial_merge_size") or 2, tower.number("temporal_merge_size") or 2
    width = tower.needed("hidden_size") * merge * merge
    for name, into in (("spatial", width), ("temporal", times * width)):
        yield from matrix(f"{name}_1", width, into)
        yield from matrix(f"{name}_2", width, width)
        yield from vector(f"{name}_ln", width, bias=True)
    yield from matrix("mm_1", hidden, width)
    yield from vector("mm_ln", hidden)


def _idefics2(o: Words, tower: Words, hidden: int) -> Iterator[Tensor]:
    """A few latents that look at the patches, three layers deep."""
    inner = Words("mistral", _nested(o, "text_config"), {"intermediate_size": 14336}).needed("intermediate_size")
    p = Words("idefics2_perceiver", _nested(o, "perceiver_config"), _PERCEIVER)
    head, depth = p.needed("resampler_head_dim"), p.needed("resampler_depth")
    queries, keys = p.needed("resampler_n_heads") * head, p.needed("num_key_value_heads") * head
    for role, rows, columns in (("gate", inner, None), ("up", inner, None), ("down", hidden, inner)):
        yield from matrix(f"mm_{role}", rows, columns or tower.needed("hidden_size"), bias=False)
    yield from vector("latents", p.needed("resampler_n_latents") * hidden)
    for role, rows, columns in (
        ("q", queries, hidden),
        ("k", keys, hidden),
        ("v", keys, hidden),
        ("o", hidden, queries),
    ):
        yield from matrix(f"resampler_{role}", rows, columns, bias=False, count=depth)
    for role, rows, columns in (("gate", 4 * hidden, hidden), ("up", 4 * hidden, hidden), ("down", hidden, 4 * hidden)):
        yield from matrix(f"resampler_{role}", rows, columns, bias=False, count=depth)
    yield from vector("resampler_ln", hidden, count=3 * depth + 1)


_PERCEIVER: Final = {
    "num_key_value_heads": 4, "resampler_depth": 3, "resampler_head_dim": 96, "resampler_n_heads": 16,
    "resampler_n_latents": 64,
}  # fmt: skip


def _nested(o: Words, word: str) -> Mapping[str, object]:
    found = o.value(word)
    return found if isinstance(found, Mapping) else {}


def _qwen2_audio(o: Words, tower: Words, hidden: int) -> Iterator[Tensor]:
    return matrix("mm_1", hidden, width_of(tower))


def _voxtral(o: Words, tower: Words, hidden: int) -> Iterator[Tensor]:
    return _two(tower.needed("intermediate_size"), hidden, hidden, bias=False)


def _glmasr(o: Words, tower: Words, hidden: int) -> Iterator[Tensor]:
    return _two(tower.needed("intermediate_size"), 2 * hidden, hidden)


def _qwen3_asr(o: Words, tower: Words, hidden: int) -> Iterator[Tensor]:
    return _two(width_of(tower), width_of(tower), tower.needed("output_dim"))


def _minicpm(o: Words, tower: Words, hidden: int) -> Iterator[Tensor]:
    """So many mergers of four tokens into one, of which the last leads to the text model."""
    merged, times = 4 * tower.needed("hidden_size"), o.number("merger_times") or 1
    for i in range(times):
        yield from vector("merger_ln", merged, bias=True)
        yield from _two(merged, merged, hidden if i + 1 == times else merged // 4)


def _molmo(o: Words, tower: Words, hidden: int) -> Iterator[Tensor]:
    """Attention over neighbouring patches of two layers, and a gated block."""
    a = Words("molmo2_adapter", _nested(o, "adapter_config"), _ADAPTER)
    width, seen = a.needed("hidden_size"), len(a.each("vision_feature_layer")) or 2
    for role in ("q", "k", "v"):
        yield from matrix(f"pool_{role}", width, seen * width)
    yield from matrix("pool_out", width, width)
    inner = a.needed("intermediate_size")
    yield from matrix("mm_gate", inner, width, bias=False)
    yield from matrix("mm_up", inner, width, bias=False)
    yield from matrix("mm_down", a.needed("text_hidden_size"), inner, bias=False)


_ADAPTER: Final = {"hidden_size": 1152, "intermediate_size": 18944, "text_hidden_size": 3584}


def _linear(o: Words, tower: Words, hidden: int) -> Iterator[Tensor]:
    return matrix("mm_1", hidden, tower.needed("out_hidden_size"))


def _within(o: Words, tower: Words, hidden: int) -> Iterator[Tensor]:
    """The tower itself ends in the text model's width."""
    return iter(())


_SEEING: Final[Mapping[str, Lead]] = {
    "aria": _aria,
    "aya_vision": _aya,
    "cohere2_vision": _cohere2,
    "cosmos3_omni": _within,
    "deepseek_vl": _plain,
    "ernie4_5_vl_moe": _ernie,
    "exaone4_5": _within,
    "gemma3": _gemma3,
    "gemma4": _gemma4,
    "glm46v": _within,
    "glm4v": _within,
    "glm4v_moe": _within,
    "glm5_next": _within,
    "glm_ocr": _within,
    "glmga": _within,
    "got_ocr2": _got,
    "hyperclovax_vision_v2": _linear,
    "idefics2": _idefics2,
    "idefics3": _idefics3,
    "internvl": _internvl,
    "internvl_chat": _internvl,
    "janus": _janus,
    "kimi_k25": _merging,
    "kimi_vl": _merging,
    "lfm2_vl": _lfm2,
    "lighton_ocr": _mistral,
    "llama4": _llama4,
    "llava": _llava,
    "llava_next": _llava_next,
    "llava_next_video": _llava_next,
    "llava_onevision": _llava_next,
    "minicpm_ocr": _minicpm,
    "minicpmv4_6": _minicpm,
    "minicpmv4_7": _minicpm,
    "minimax_m3_vl": _minimax,
    "mistral3": _mistral,
    "mllama": _mllama,
    "molmo2": _molmo,
    "muse_glimmer": _muse,
    "ovis2": _ovis,
    "paddleocr_vl": _merging,
    "paligemma": _paligemma,
    "pp_chart2table": _got,
    "qianfan_ocr": _internvl,
    "qwen2_5_omni_thinker": _within,
    "qwen2_5_vl": _within,
    "qwen2_vl": _within,
    "qwen3_5": _within,
    "qwen4_exp": _within,
    "qwen3_5_moe": _within,
    "qwen3_omni_moe_thinker": _within,
    "qwen3_vl": _within,
    "qwen3_vl_moe": _within,
    "shieldgemma2": _gemma3,
    "smolvlm": _idefics3,
    "step3p7": _step,
    "video_llama_3": _plain,
    "video_llava": _llava,
    "vipllava": _vipllava,
}
_HEARING: Final[Mapping[str, Lead]] = {
    "gemma4": _gemma4,
    "glmasr": _glmasr,
    "qwen2_5_omni_thinker": _within,
    "qwen2_audio": _qwen2_audio,
    "qwen3_asr": _qwen3_asr,
    "qwen3_omni_moe_thinker": _within,
    "voxtral": _voxtral,
}
LEADS: Final[Mapping[str, Mapping[str, Lead]]] = {"vision": _SEEING, "audio": _HEARING}
