"""Which blocks does a ``model_type`` consist of? One table, with what ``config.json`` leaves out.

A type's row follows its modules in Hugging Face transformers and llama.cpp's converter; the record of both tools under
``catalog/measurements/record`` proves it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final, Literal

from sizing.entries import Architecture
from sizing.reading import SizingError


@dataclass(frozen=True, slots=True)
class Blocks:
    """The blocks of an architecture, with transformers' defaults for keys that ``config.json`` may leave out."""

    attention: Literal["gqa", "mla"] = "gqa"
    fused_qkv: bool = False  # one tensor in the checkpoint, and so in GGUF
    qkv_bias: bool = False  # where attention_bias is not given
    output_bias: bool = False  # the output projection follows attention_bias too
    qk_norm: Literal["none", "head", "full"] = "none"  # over one head, or over all of them
    qk_norm_asked: bool = False  # only where use_qk_norm is true
    gated_query: bool = False  # the query projection also makes a gate for the output
    sinks: bool = False  # one learned logit a head
    split_beta: bool = False  # of linear layers: beta and alpha are two tensors
    shared_gate: bool = False  # a gate decides how much the shared expert says
    # pre: before each block; post: after each; both; parallel: one before the two blocks, which run side by side.
    norms: Literal["pre", "post", "both", "parallel"] = "pre"
    fused_gate_up: bool = False
    tied: bool = False
    # corrected: a bias for each expert that only routing sees, a buffer except where ``correction_is_parameter``.
    experts: Literal["none", "plain", "corrected"] = "none"
    correction_is_parameter: bool = False
    expert_bias: bool = False  # the router and every expert have biases
    one_shared: bool = False  # a shared expert of an expert's width that config.json does not mention
    full_every: int | None = None  # where windows are not listed: every so many layers one sees all; None: all slide
    gguf: str = ""  # llama.cpp's name of the architecture, where a recipe asks for it
    # transformers and vLLM honour a window; llama.cpp reads these models as keeping every token.
    window_in_llama_cpp: bool = True


_LLAMA: Final = Blocks(output_bias=True, gguf="llama")
_DEEPSEEK: Final = Blocks(attention="mla", experts="corrected")
_QWEN_NEXT: Final = Blocks(qk_norm="head", output_bias=True, gated_query=True, experts="plain", shared_gate=True)

TABLE: Final[dict[str, Blocks]] = {
    "cohere2": Blocks(norms="parallel", output_bias=True, tied=True, full_every=4),
    "deepseek_v2": replace(_DEEPSEEK, experts="plain"),
    "deepseek_v3": _DEEPSEEK,
    "deepseek_v32": _DEEPSEEK,
    "ernie4_5": Blocks(output_bias=True, tied=True),
    "ernie4_5_moe": Blocks(output_bias=True, tied=True, experts="corrected", correction_is_parameter=True),
    "exaone4": Blocks(qk_norm="head", norms="post", full_every=4),
    "gemma2": Blocks(norms="both", tied=True, full_every=2),
    "gemma3_text": Blocks(norms="both", qk_norm="head", tied=True, full_every=6),
    "glm4": Blocks(norms="both", fused_gate_up=True),
    "glm4_moe": Blocks(experts="corrected", qk_norm="head", qk_norm_asked=True),
    "glm_moe_dsa": _DEEPSEEK,
    "gpt_oss": Blocks(qkv_bias=True, output_bias=True, sinks=True, experts="plain", expert_bias=True, full_every=2),
    "granite": _LLAMA,
    "hunyuan_v1_dense": Blocks(output_bias=True, qk_norm="head"),
    "kimi_k2": _DEEPSEEK,
    "llama": _LLAMA,
    "llama4_text": Blocks(output_bias=True, experts="plain", one_shared=True, full_every=4),
    "minimax_m2": Blocks(qk_norm="full", experts="corrected"),
    "mistral": replace(_LLAMA, window_in_llama_cpp=False),
    "mixtral": replace(_LLAMA, experts="plain", window_in_llama_cpp=False),
    "olmo2": Blocks(norms="post", qk_norm="full", output_bias=True),
    "olmo3": Blocks(norms="post", qk_norm="full", output_bias=True, full_every=4),
    "phi3": Blocks(fused_qkv=True, fused_gate_up=True, window_in_llama_cpp=False),
    "qwen2": Blocks(qkv_bias=True, gguf="qwen2"),
    "qwen3": Blocks(qk_norm="head", output_bias=True),
    "qwen3_moe": Blocks(qk_norm="head", output_bias=True, experts="plain"),
    "qwen3_5_moe_text": replace(_QWEN_NEXT, split_beta=True),
    "qwen3_5_text": replace(_QWEN_NEXT, split_beta=True, experts="none"),
    "qwen3_next": _QWEN_NEXT,
    "qwen3_vl_moe_text": Blocks(qk_norm="head", output_bias=True, experts="plain"),
    "qwen3_vl_text": Blocks(qk_norm="head", output_bias=True),
    "seed_oss": Blocks(qkv_bias=True),
    "smollm3": Blocks(output_bias=True, tied=True),
}


def blocks(architecture: Architecture) -> Blocks:
    """The blocks of ``architecture``. Raises SizingError for a model_type that the table does not know."""
    try:
        return TABLE[architecture.model_type]
    except KeyError:
        raise SizingError(
            f"model_type {architecture.model_type!r} is not known; known are {', '.join(sorted(TABLE))}"
        ) from None


def is_tied(architecture: Architecture) -> bool:
    """Whether the output head is the input embedding."""
    if architecture.tie_word_embeddings is not None:
        return architecture.tie_word_embeddings
    return blocks(architecture).tied


def windows(architecture: Architecture) -> tuple[int | None, ...]:
    """For each layer, the tokens that its attention sees; None for all of them."""
    window, layers = architecture.sliding_window or architecture.attention_chunk_size, architecture.num_hidden_layers
    if window is None:
        return (None,) * layers
    if architecture.layer_types is not None:
        return tuple(window if kind != "full_attention" else None for kind in architecture.layer_types)
    every = architecture.sliding_window_pattern or blocks(architecture).full_every
    return tuple(None if every and (i + 1) % every == 0 else window for i in range(layers))
