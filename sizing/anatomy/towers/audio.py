"""What is an audio tower made of? A function for each type, from its words to its tensors."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from sizing.anatomy.blocks.tensor import Tensor
from sizing.anatomy.dialect.words import Words
from sizing.anatomy.towers.encoder import Layers, convolution, matrix, vector

Build = Callable[[Words], Iterator[Tensor]]


def width_of(w: Words) -> int:
    """Width of its stream."""
    return w.number("d_model", "hidden_size") or w.needed("hidden_size")


def _layers(w: Words, *, key_bias: bool) -> Iterator[Tensor]:
    count = w.number("encoder_layers", "num_hidden_layers") or w.needed("num_hidden_layers")
    inner = w.number("encoder_ffn_dim", "intermediate_size") or w.needed("intermediate_size")
    return Layers(count, width_of(w), inner, key_bias=key_bias).tensors()


def _whisper(w: Words) -> Iterator[Tensor]:
    """The encoder of OpenAI's Whisper, as Qwen2-Audio and Voxtral take it."""
    width = width_of(w)
    yield from convolution("conv_1", width, w.needed("num_mel_bins"), 3)
    yield from convolution("conv_2", width, width, 3)
    if w.model_type not in ("glmasr_encoder", "qwen2_5_omni_audio_encoder"):  # whose positions are computed
        yield from vector("position_embd", w.needed("max_source_positions") * width)
    yield from _layers(w, key_bias=False)
    yield from vector("post_ln", width, bias=True)


def _qwen2_5(w: Words) -> Iterator[Tensor]:
    width, out = width_of(w), w.needed("output_dim")
    yield from _whisper(w)
    yield from matrix("bos_eos_embd", 2, out, bias=False)
    yield from matrix("proj", out, width)


def _qwen3(w: Words) -> Iterator[Tensor]:
    width, inner, bins = width_of(w), w.needed("downsample_hidden_size"), w.needed("num_mel_bins")
    yield from convolution("conv_1", inner, 1, 3, 3)
    yield from convolution("conv_2", inner, inner, 3, 3)
    yield from convolution("conv_3", inner, inner, 3, 3)
    for _ in range(3):
        bins = (bins + 1) // 2
    yield from matrix("conv_out", width, inner * bins, bias=False)
    yield from _layers(w, key_bias=True)
    yield from vector("post_ln", width, bias=True)
    if w.model_type != "qwen3_asr_encoder":  # which leaves these to what leads from it
        yield from matrix("proj_1", width, width)
        yield from matrix("proj_2", w.needed("output_dim"), width)


def _gemma4(w: Words) -> Iterator[Tensor]:
    """Google's universal speech model, as Gemma 4 takes it: convolutions between attention and two blocks."""
    width, count = w.needed("hidden_size"), w.needed("num_hidden_layers")
    first, second = w.figures("subsampling_conv_channels")
    yield from convolution("conv_1", first, 1, 3, 3, bias=False)
    yield from vector("conv_1_ln", first)
    yield from convolution("conv_2", second, first, 3, 3, bias=False)
    yield from vector("conv_2_ln", second)
    yield from matrix("conv_out", width, first // 4 * second, bias=False)
    for block in ("ffn", "ffn_2"):
        yield from matrix(f"{block}_up", 4 * width, width, bias=False, count=count)
        yield from matrix(f"{block}_down", width, 4 * width, bias=False, count=count)
        yield from vector(f"{block}_pre_ln", width, count=count)
        yield from vector(f"{block}_post_ln", width, count=count)
    yield from vector("attn_scale", width // w.needed("num_attention_heads"), count=count)
    for role in ("attn_q", "attn_k", "attn_v", "attn_out", "attn_pos"):
        yield from matrix(role, width, width, bias=False, count=count)
    yield from matrix("conv_pw1", 2 * width, width, bias=False, count=count)
    yield from matrix("conv_pw2", width, width, bias=False, count=count)
    yield from matrix("conv_dw", width, w.needed("conv_kernel_size"), bias=False, count=count)
    for role in ("conv_ln", "conv_norm", "ln1", "ln2", "ln_out"):
        yield from vector(role, width, count=count)
    yield from matrix("proj", w.needed("output_proj_dims"), width)


AUDIO: Final[Mapping[str, Build]] = {
    "gemma4_audio": _gemma4,
    "glmasr_encoder": _whisper,
    "qwen2_5_omni_audio_encoder": _qwen2_5,
    "qwen2_audio_encoder": _whisper,
    "qwen3_asr_encoder": _qwen3,
    "qwen3_omni_moe_audio_encoder": _qwen3,
    "voxtral_encoder": _whisper,
}
