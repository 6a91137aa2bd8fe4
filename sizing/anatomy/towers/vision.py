"""What is a vision tower made of? A function for each type, from its words to its tensors."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from sizing.anatomy.blocks.tensor import Tensor
from sizing.anatomy.dialect.words import Words
from sizing.anatomy.towers.encoder import Layers, convolution, matrix, vector

Build = Callable[[Words], Iterator[Tensor]]


def side(w: Words, word: str) -> int:
    """A side in pixels, which some say of both sides. Raises WordError."""
    both = w.figures(word)
    return both[0] if both else w.needed(word)


def _channels(w: Words) -> int:
    return w.number("num_channels", "in_channels", "in_chans") or 3


def _patches(w: Words, width: int, *, bias: bool = True, times: int = 1) -> Iterator[Tensor]:
    """The convolution that makes tokens of patches, of so many pictures in a row."""
    patch = side(w, "patch_size")
    kernel = (times, patch, patch) if times > 1 else (patch, patch)
    return convolution("patch_embd", width, _channels(w), *kernel, bias=bias)


def _grid(w: Words) -> int:
    """Patches in a whole picture."""
    return (side(w, "image_size") // side(w, "patch_size")) ** 2


def _by_ratio(w: Words, width: int) -> int:
    """Width of a feed-forward block that is said as so many times the stream's."""
    ratio = w.value("mlp_ratio")
    return int(width * (ratio if isinstance(ratio, int | float) else 4))


def _siglip(w: Words) -> Iterator[Tensor]:
    """Google's SigLIP, and those built like it."""
    width, inner = w.needed("hidden_size"), w.needed("intermediate_size")
    yield from _patches(w, width)
    if w.model_type not in ("video_llama_3_vision",):
        yield from vector("position_embd", (w.number("num_patches") or _grid(w)) * width)
    yield from Layers(w.needed("num_hidden_layers"), width, inner).tensors()
    yield from vector("post_ln", width, bias=True)
    if w.flag("vision_use_head"):
        yield from _pooled(width, inner)


def _pooled(width: int, inner: int) -> Iterator[Tensor]:
    """SigLIP's head: one query that looks at every patch."""
    yield from vector("head_probe", width)
    yield from matrix("head_attn_in", 3 * width, width)
    yield from matrix("head_attn_out", width, width)
    yield from vector("head_ln", width, bias=True)
    yield from matrix("head_ffn_up", inner, width)
    yield from matrix("head_ffn_down", width, inner)


def _clip(w: Words) -> Iterator[Tensor]:
    """OpenAI's CLIP."""
    width = w.needed("hidden_size")
    yield from vector("class_embd", width)
    yield from _patches(w, width, bias=False)
    yield from vector("position_embd", (_grid(w) + 1) * width)
    yield from vector("pre_ln", width, bias=True)
    yield from Layers(w.needed("num_hidden_layers"), width, w.needed("intermediate_size")).tensors()
    yield from vector("post_ln", width, bias=True)


def _pixtral(w: Words) -> Iterator[Tensor]:
    width = w.needed("hidden_size")
    yield from _patches(w, width, bias=False)
    yield from vector("pre_ln", width)
    layers = Layers(
        w.needed("num_hidden_layers"), width, w.needed("intermediate_size"),
        qkv_bias=False, output_bias=False, mlp_bias=False, gated=True, norm_bias=False,
    )  # fmt: skip
    yield from layers.tensors()


# --- Qwen's --------------------------------------------------------------------------------------------------------


def _merged(w: Words, width: int) -> int:
    """Width of the patches that become one token together."""
    merge = w.number("spatial_merge_size") or 2
    return width * merge * merge


def _qwen2(w: Words) -> Iterator[Tensor]:
    """Qwen2-VL's, whose ``hidden_size`` is the text model's."""
    width = w.needed("embed_dim")
    yield from _patches(w, width, bias=False, times=w.number("temporal_patch_size") or 2)
    yield from Layers(w.needed("depth"), width, _by_ratio(w, width)).tensors()
    yield from vector("merger_ln", width, bias=True)
    yield from _merger(_merged(w, width), w.needed("hidden_size"))


def _merger(merged: int, out: int) -> Iterator[Tensor]:
    yield from matrix("merger_up", merged, merged)
    yield from matrix("merger_down", out, merged)


def _qwen2_5(w: Words) -> Iterator[Tensor]:
    width, heads = w.needed("hidden_size"), w.needed("num_heads")
    yield from _patches(w, width, bias=False, times=w.number("temporal_patch_size") or 2)
    keys = (w.number("num_key_value_heads") or heads) * (width // heads)
    layers = Layers(w.needed("depth"), width, w.needed("intermediate_size"), keys=keys, gated=True, norm_bias=False)
    yield from layers.tensors()
    yield from vector("merger_ln", width)
    yield from _merger(_merged(w, width), w.needed("out_hidden_size"))


def _qwen3(w: Words) -> Iterator[Tensor]:
    """Qwen3-VL's, with a merger for each layer that is looked at early; Qwen3.5's has none of those."""
    width = w.needed("hidden_size")
    merged, out = _merged(w, width), w.needed("out_hidden_size")
    yield from _patches(w, width, times=w.number("temporal_patch_size") or 2)
    yield from vector("position_embd", w.needed("num_position_embeddings") * width)
    yield from Layers(w.needed("depth"), width, w.needed("intermediate_size")).tensors()
    yield from vector("merger_ln", width, bias=True)
    yield from _merger(merged, out)
    for _ in w.figures("deepstack_visual_indexes"):
        yield from vector("deepstack_ln", merged, bias=True)
        yield from _merger(merged, out)


# --- GLM's ---------------------------------------------------------------------------------------------------------


_OCR: Final = ("glm_ocr_vision", "glm5_next_vision")


def _glm(w: Words) -> Iterator[Tensor]:
    """GLM-4V's; GLM-OCR's and GLM-5 Flash's have biases and norms of heads, and no positions."""
    width, out, heads = w.needed("hidden_size"), w.needed("out_hidden_size"), w.needed("num_heads")
    merge, ocr, bias = w.number("spatial_merge_size") or 2, w.model_type in _OCR, w.flag("attention_bias")
    inner = w.needed("intermediate_size")
    if not ocr:
        yield from vector("position_embd", _grid(w) * width)
        yield from vector("post_conv_ln", width)
    yield from _patches(w, width, times=w.number("temporal_patch_size") or 2)
    layers = Layers(
        w.needed("depth"), width, inner if ocr else out, qkv_bias=bias, output_bias=bias and ocr,
        mlp_bias=bias and ocr, gated=True, norm_bias=False, head_norm=width // heads if ocr else 0,
    )  # fmt: skip
    yield from layers.tensors()
    yield from vector("post_ln", width)
    yield from convolution("downsample", out, width, merge, merge)
    wide = w.number("projection_intermediate_size") or out * w.number("in_channels", "in_chans")
    yield from _glm_merger(out, wide if ocr else inner)


def _glm_merger(width: int, inner: int) -> Iterator[Tensor]:
    yield from matrix("merger_proj", width, width, bias=False)
    yield from vector("merger_ln", width, bias=True)
    yield from matrix("merger_gate", inner, width, bias=False)
    yield from matrix("merger_up", inner, width, bias=False)
    yield from matrix("merger_down", width, inner, bias=False)


# --- others --------------------------------------------------------------------------------------------------------


def _internvl(w: Words) -> Iterator[Tensor]:
    """Shanghai AI Lab's InternViT."""
    width = w.needed("hidden_size")
    yield from vector("class_embd", width)
    yield from vector("position_embd", (_grid(w) + 1) * width)
    yield from _patches(w, width)
    layers = Layers(
        w.needed("num_hidden_layers"), width, w.needed("intermediate_size"),
        qkv_bias=w.flag("attention_bias", w.flag("qkv_bias")), scales=2,
        head_norm=width if w.flag("use_qk_norm", w.flag("qk_normalization")) else 0,
        norm_bias=w.value("norm_type") != "rms_norm",
    )  # fmt: skip
    yield from layers.tensors()
    if not w.flag("use_mean_pooling", True):
        yield from vector("post_ln", width, bias=True)


def _ovis(w: Words) -> Iterator[Tensor]:
    width = w.needed("hidden_size")
    said = w.needed("vocab_size") - w.number("num_visual_indicator_tokens")
    bias = w.flag("qkv_bias")
    yield from _patches(w, width)
    yield from vector("pre_ln", width)
    yield from vector("position_embd", _grid(w) * width)
    layers = Layers(
        w.needed("num_hidden_layers"), width, w.needed("intermediate_size"), qkv_bias=bias, output_bias=bias,
        mlp_bias=w.flag("mlp_bias"), gated=True, norm_bias=False,
    )  # fmt: skip
    yield from layers.tensors()
    yield from vector("post_ln", width)
    stride = w.number("hidden_stride") or 1
    yield from matrix("head", said, width * stride * stride, bias=False)
    yield from vector("head_ln", said, bias=True)


def _llama4(w: Words) -> Iterator[Tensor]:
    width, patch = w.needed("hidden_size"), side(w, "patch_size")
    yield from vector("class_embd", width)
    yield from vector("position_embd", (_grid(w) + 1) * width)
    yield from matrix("patch_embd", width, _channels(w) * patch * patch, bias=False)
    yield from vector("pre_ln", width, bias=True)
    yield from Layers(w.needed("num_hidden_layers"), width, w.needed("intermediate_size")).tensors()
    yield from vector("post_ln", width, bias=True)
    ratio = w.value("pixel_shuffle_ratio")
    shuffled = round(width / (ratio if isinstance(ratio, float) and ratio else 0.5) ** 2)
    bias = w.flag("multi_modal_projector_bias")
    into = w.needed("projector_input_dim")
    yield from matrix("adapter_up", into, w.number("intermediate_size") or shuffled, bias=bias)
    yield from matrix("adapter_down", w.needed("projector_output_dim"), into, bias=bias)


def _mllama(w: Words) -> Iterator[Tensor]:
    """Llama 3.2 Vision's: layers over the tiles of a picture, and gated ones over all of them."""
    width, tiles = w.needed("hidden_size"), w.needed("max_num_tiles")
    ratios = (len(w.each("supported_aspect_ratios")) or 8) + 1
    patches = _grid(w) + 1
    yield from vector("class_embd", width)
    yield from _patches(w, width, bias=False)
    yield from vector("position_gate", 1)
    yield from vector("position_embd", patches * width)
    yield from matrix("tile_position_embd", ratios, tiles * patches * width, bias=False)
    for name in ("pre_tile", "post_tile"):
        yield from vector(f"{name}_gate", 1)
        yield from matrix(f"{name}_embd", ratios, tiles * width, bias=False)
    yield from vector("pre_ln", width, bias=True)
    inner, plain = w.needed("intermediate_size"), {"qkv_bias": False, "output_bias": False}
    yield from Layers(w.needed("num_hidden_layers"), width, inner, **plain).tensors()
    gated = w.number("num_global_layers")
    yield from Layers(gated, width, inner, **plain).tensors()
    yield from vector("gates", 2, count=gated)
    yield from vector("post_ln", width, bias=True)


def _moon(w: Words) -> Iterator[Tensor]:
    """Moonshot's MoonViT."""
    width = w.needed("hidden_size")
    positions = w.number("pos_emb_height", "init_pos_emb_height") * w.number("pos_emb_width", "init_pos_emb_width")
    yield from _patches(w, width)
    yield from vector("position_embd", positions * width)
    yield from Layers(w.needed("num_hidden_layers"), width, w.needed("intermediate_size")).tensors()
    yield from vector("post_ln", width, bias=True)


def _minimax(w: Words) -> Iterator[Tensor]:
    width = w.needed("hidden_size")
    yield from _patches(w, width, bias=False, times=w.number("temporal_patch_size") or 2)
    yield from vector("pre_ln", width, bias=True)
    yield from Layers(w.needed("num_hidden_layers"), width, w.needed("intermediate_size")).tensors()


def _step(w: Words) -> Iterator[Tensor]:
    width = w.needed("hidden_size")
    yield from _patches(w, width, bias=False)
    yield from vector("position_embd", w.needed("max_position_embeddings") * width)
    yield from vector("pre_ln", width, bias=True)
    yield from Layers(w.needed("num_hidden_layers"), width, _by_ratio(w, width), scales=2).tensors()
    yield from convolution("downsample_1", 2 * width, width, 3, 3)
    yield from convolution("downsample_2", 4 * width, 2 * width, 3, 3)


def _muse(w: Words) -> Iterator[Tensor]:
    width, patch = w.needed("hidden_size"), side(w, "patch_size")
    yield from matrix("patch_embd", width, 3 * (w.number("patch_temporal") or 2) * patch * patch, bias=False)
    yield from vector("position_embd", w.needed("max_position_embeddings") * width)
    yield from vector("pre_ln", width, bias=True)
    yield from Layers(w.needed("num_hidden_layers"), width, w.needed("intermediate_size")).tensors()
    yield from vector("post_ln", width, bias=True)


def _gemma4(w: Words) -> Iterator[Tensor]:
    width, patch = w.needed("hidden_size"), side(w, "patch_size")
    heads, head = w.needed("num_attention_heads"), w.needed("head_dim")
    bias = w.flag("attention_bias")
    yield from vector("position_embd", 2 * w.needed("position_embedding_size") * width)
    yield from matrix("patch_embd", width, 3 * patch * patch, bias=False)
    layers = Layers(
        w.needed("num_hidden_layers"), width, w.needed("intermediate_size"),
        keys=(w.number("num_key_value_heads") or heads) * head, qkv_bias=bias, output_bias=bias, mlp_bias=False,
        gated=True, norm_bias=False, norms=4, head_norm=head,
    )  # fmt: skip
    yield from layers.tensors()


def _ernie(w: Words) -> Iterator[Tensor]:
    width, patch = w.needed("hidden_size"), side(w, "patch_size")
    yield from matrix("patch_embd", width, _channels(w) * patch * patch, bias=False)
    yield from Layers(w.needed("depth"), width, w.needed("intermediate_size")).tensors()
    yield from vector("post_ln", width, bias=True)


def _janus(w: Words) -> Iterator[Tensor]:
    width = w.needed("hidden_size")
    inner = _by_ratio(w, width)
    yield from _patches(w, width)
    yield from vector("position_embd", _grid(w) * width)
    norm = width // w.needed("num_attention_heads") if w.flag("use_qk_norm") else 0
    bias = w.flag("attention_bias", True)
    layers = Layers(w.needed("num_hidden_layers"), width, inner, qkv_bias=bias, head_norm=norm, head_norm_bias=True)
    yield from layers.tensors()
    yield from vector("post_ln", width, bias=True)


def _minicpm(w: Words) -> Iterator[Tensor]:
    """MiniCPM-V 4.6's: SigLIP's, within which windows of patches become one."""
    width, inner, kernel = w.needed("hidden_size"), w.needed("intermediate_size"), w.figures("window_kernel_size")
    merged = (kernel[0] * kernel[1] if len(kernel) == 2 else 4) * width
    yield from _siglip(w)
    for role in ("q", "k", "v", "out"):
        yield from matrix(f"window_attn_{role}", width, width)
    yield from vector("window_ln", width, bias=True)
    yield from vector("window_merger_ln", merged, bias=True)
    yield from matrix("window_up", merged // width * inner, merged)
    yield from matrix("window_down", width, merged // width * inner)


def _molmo(w: Words) -> Iterator[Tensor]:
    width, patch, bias = w.needed("hidden_size"), side(w, "patch_size"), w.flag("attention_bias", True)
    positions = w.number("num_position_embeddings") or (_grid(w) if w.figures("image_size") else 27 * 27)
    yield from vector("position_embd", positions * width)
    yield from matrix("patch_embd", width, _channels(w) * patch * patch)
    layers = Layers(w.needed("num_hidden_layers"), width, w.needed("intermediate_size"), qkv_bias=bias)
    yield from layers.tensors()


def _sam(w: Words) -> Iterator[Tensor]:
    """Meta's Segment Anything, of GOT-OCR: windows in most layers, with positions relative to them."""
    width, out, layers = w.needed("hidden_size"), w.needed("output_channels"), w.needed("num_hidden_layers")
    head, whole = width // w.needed("num_attention_heads"), side(w, "image_size") // side(w, "patch_size")
    yield from _patches(w, width)
    if w.flag("use_abs_pos", True):
        yield from vector("position_embd", whole * whole * width)
    yield from Layers(layers, width, w.needed("mlp_dim"), qkv_bias=w.flag("qkv_bias", True)).tensors()
    if w.flag("use_rel_pos", True):
        seeing, window = sum(i < layers for i in w.figures("global_attn_indexes")), w.needed("window_size")
        yield from matrix("rel_pos", 2 * (2 * whole - 1), head, bias=False, count=seeing)
        yield from matrix("rel_pos_window", 2 * (2 * window - 1), head, bias=False, count=layers - seeing)
    yield from convolution("neck_1", out, width, 1, 1, bias=False)
    yield from vector("neck_1_ln", out, bias=True)
    yield from convolution("neck_2", out, out, 3, 3, bias=False)
    yield from vector("neck_2_ln", out, bias=True)


VISION: Final[Mapping[str, Build]] = {
    "clip_vision_model": _clip,
    "ernie4_5_vl_moe_vision": _ernie,
    "exaone4_5_vision": _qwen2_5,
    "gemma4_vision": _gemma4,
    "glm4v_moe_vision": _glm,
    "glm5_next_vision": _glm,
    "glm4v_vision": _glm,
    "glm_ocr_vision": _glm,
    "got_ocr2_vision": _sam,
    "idefics2_vision": _siglip,
    "idefics3_vision": _siglip,
    "intern_vit_6b": _internvl,
    "internvl_vision": _internvl,
    "janus_vision_model": _janus,
    "kimi_k25_vision": _moon,
    "llama4_vision_model": _llama4,
    "minicpm_ocr_vision": _minicpm,
    "minicpmv4_6_vision": _minicpm,
    "minicpmv4_7_vision": _minicpm,
    "minimax_m3_vl_vision": _minimax,
    "mllama_vision_model": _mllama,
    "molmo2_vision": _molmo,
    "moonvit": _moon,
    "muse_glimmer_vision": _muse,
    "ovis2_vision": _ovis,
    "paddleocr_vl_vision": _siglip,
    "pixtral": _pixtral,
    "pp_chart2table_vision": _sam,
    "qianfan_ocr_vision": _internvl,
    "qwen2_5_omni_vision_encoder": _qwen2_5,
    "qwen2_5_vl_vision": _qwen2_5,
    "qwen2_vl_vision": _qwen2,
    "qwen3_5_moe_vision": _qwen3,
    "qwen3_5_vision": _qwen3,
    "qwen4_exp_vision": _qwen3,
    "qwen3_omni_moe_vision_encoder": _qwen3,
    "qwen3_vl_moe_vision": _qwen3,
    "qwen3_vl_vision": _qwen3,
    "siglip2_vision_model": _siglip,
    "siglip_vision_model": _siglip,
    "smolvlm_vision": _siglip,
    "step3p5_vision": _step,
    "video_llama_3_vision": _siglip,
}
