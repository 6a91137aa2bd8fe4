"""Which blocks does a ``model_type`` consist of? One table.

A type's row follows its modules in Hugging Face transformers and llama.cpp's converter; the record of both tools under
``catalog/measurements/record`` proves it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final, Literal

# Of DeepSeek V4's two ratios, the one whose entries an indexer chooses from (its paper's compressed sparse attention).
CHOSEN_RATIO: Final = 4

# A mixer that keeps a state of constant size in place of keys and values.
State = Literal["none", "delta_net", "kda", "mamba", "mamba2", "short_conv"]
Mixer = Literal["attention", "latent", "compressed", "cross", "projection"] | State


@dataclass(frozen=True, slots=True)
class Blocks:
    """The blocks of an architecture; a shape's own row holds what its config.json says of biases and norms."""

    attention: Literal["attention", "latent", "compressed"] = "attention"
    linear: State = "none"  # what a layer that config.json calls linear, mamba or conv mixes tokens with
    beside: State = "none"  # what runs beside every layer's attention, on the same input
    alone: bool = False  # a layer is a mixer or a feed-forward block, not one after the other
    fused_qkv: bool = False  # one tensor in the checkpoint, and so in GGUF
    qkv_bias: bool = False  # always; else as attention_bias says
    output_bias: bool = False  # the output projection follows attention_bias too
    qk_norm: Literal["none", "head", "full"] = "none"  # over one head, or over all of them
    gated_query: bool = False  # the query projection also makes a gate for the output
    gate: Literal["none", "head", "element"] = "none"  # a projection whose answer scales each head, or each element
    fixed_qk_norm: bool = False  # no parameters, though GGUF writes their ones
    sinks: bool = False  # one learned logit a head
    sinks_slide: bool = False  # in sliding layers only
    split_beta: bool = False  # of linear layers: beta and alpha are two tensors
    shared_gate: bool = False  # a gate decides how much the shared expert says
    # pre: before each block; post: after each; both; parallel: one before the two blocks, which run side by side.
    norms: Literal["pre", "post", "both", "parallel"] = "pre"
    norm_bias: bool = False  # the norms centre too, and have biases
    layer_scale: bool = False  # one number scales what a layer hands on; a buffer
    fused_gate_up: bool = False
    ungated: bool = False  # a feed-forward block is two projections, not three
    feed_forward_bias: bool = False
    head_bias: bool = False
    ssm_norm: bool = True  # of a Mamba-2 mixer
    # corrected: a bias for each expert that only routing sees, a buffer except where ``correction_is_parameter``.
    experts: Literal["none", "plain", "corrected"] = "none"
    correction_is_parameter: bool = False
    expert_bias: bool = False  # the router and every expert have biases
    beside_dense: bool = False  # experts stand beside a dense block, with norms and scales of their own
    one_shared: bool = False  # a shared expert of an expert's width that config.json does not mention
    gguf: str = ""  # llama.cpp's name of the architecture, where a recipe asks for it
    gguf_router: Literal["F32", "BF16"] = "F32"  # the type that llama.cpp's converter gives a router
    mtp_embedding: bool = True  # an MTP layer has its own embedding and head
    further_rows: int = 0  # of the input embedding, for tokens that are never answered
    ada_rank: int = 0  # rank of a norm's scale that follows the time, in every layer


_LLAMA: Final = Blocks(output_bias=True, gguf="llama")
_DEEPSEEK: Final = Blocks(attention="latent", output_bias=True, experts="corrected")
_QWEN_NEXT: Final = Blocks(
    qk_norm="head",
    output_bias=True,
    gated_query=True,
    experts="plain",
    shared_gate=True,
    linear="delta_net",
    mtp_embedding=False,
)
_KIMI_LINEAR: Final = replace(_DEEPSEEK, linear="kda")
_LFM2: Final = Blocks(linear="short_conv", qk_norm="head")

_STEP: Final = Blocks(qk_norm="head", gate="head", experts="corrected")

TABLE: Final[dict[str, Blocks]] = {
    "afmoe": Blocks(
        norms="both",
        qk_norm="head",
        output_bias=True,
        gate="element",
        experts="corrected",
        correction_is_parameter=True,
    ),
    "aria_text": Blocks(output_bias=True, experts="plain"),
    "arcee": Blocks(ungated=True, output_bias=True),
    "cohere": Blocks(norms="parallel", output_bias=True, qk_norm="full"),
    "cohere2": Blocks(norms="parallel", output_bias=True),
    "cohere2_moe": Blocks(norms="parallel", output_bias=True, experts="plain"),
    "cwm": _LLAMA,
    "deepseek": Blocks(output_bias=True, experts="plain"),
    "deepseek_v2": replace(_DEEPSEEK, experts="plain"),
    "deepseek_v3": _DEEPSEEK,
    "deepseek_v32": _DEEPSEEK,
    "deepseek_v4": Blocks(
        attention="compressed", sinks=True, experts="corrected", gguf_router="BF16", mtp_embedding=False
    ),
    "dots1": Blocks(qk_norm="head", output_bias=True, experts="corrected"),
    "ernie4_5": Blocks(output_bias=True),
    "ernie4_5_moe": Blocks(output_bias=True, experts="corrected", correction_is_parameter=True),
    "ernie4_5_vl_moe_text": Blocks(output_bias=True, experts="corrected", correction_is_parameter=True),
    "exaone4": Blocks(qk_norm="head", norms="post"),
    "exaone_moe": Blocks(qk_norm="head", experts="corrected"),
    "falcon_h1": Blocks(output_bias=True, beside="mamba2"),
    "flex_olmo": Blocks(norms="post", qk_norm="full", output_bias=True, experts="plain"),
    "gemma": Blocks(output_bias=True),
    "gemma2": Blocks(norms="both", output_bias=True),
    "gemma3_text": Blocks(norms="both", qk_norm="head", output_bias=True),
    "gemma4_text": Blocks(
        norms="both", qk_norm="head", output_bias=True, layer_scale=True, experts="plain", beside_dense=True
    ),
    "glm4": Blocks(norms="both", fused_gate_up=True),
    "glm4_moe": Blocks(experts="corrected", qk_norm="head"),
    "glm4_moe_lite": _DEEPSEEK,
    "glm4v_moe_text": Blocks(experts="corrected"),
    "glm4v_text": Blocks(norms="both", fused_gate_up=True, qkv_bias=True),
    "glm_moe_dsa": _DEEPSEEK,
    "glm_ocr_text": Blocks(norms="both", fused_gate_up=True),
    "gpt_oss": Blocks(output_bias=True, sinks=True, experts="plain", expert_bias=True),
    "granite": _LLAMA,
    "granitemoe": replace(_LLAMA, experts="plain"),
    "granitemoehybrid": Blocks(linear="mamba2", experts="plain"),
    "hunyuan_v1_dense": Blocks(output_bias=True, qk_norm="head"),
    "hunyuan_v1_moe": Blocks(output_bias=True, qk_norm="head", experts="plain"),
    "jais2": Blocks(norm_bias=True, output_bias=True, ungated=True, feed_forward_bias=True),
    "jamba": Blocks(linear="mamba", experts="plain"),
    "kimi_k2": _DEEPSEEK,
    "kimi_k3": _KIMI_LINEAR,
    "kimi_linear": _KIMI_LINEAR,
    "laguna": replace(_STEP, output_bias=True, correction_is_parameter=True),
    "lfm2": _LFM2,
    "lfm2_moe": replace(_LFM2, experts="corrected"),
    "llama": _LLAMA,
    "llama4_text": Blocks(output_bias=True, experts="plain", one_shared=True),
    "minimax_m2": Blocks(qk_norm="full", experts="corrected"),
    "mimo": Blocks(qkv_bias=True),
    "mimo_v2_flash": Blocks(experts="corrected", sinks=True, sinks_slide=True),
    "minimax_m3": Blocks(qk_norm="head", experts="corrected"),
    "ministral3": Blocks(),
    "mistral": _LLAMA,
    "mistral4": replace(_DEEPSEEK, experts="plain"),
    "mllama_text_model": Blocks(further_rows=8),
    "molmo2_text": Blocks(qk_norm="head"),
    "mixtral": replace(_LLAMA, experts="plain"),
    "muse_glimmer_text": Blocks(norms="both", qk_norm="head", fixed_qk_norm=True, gate="element"),
    "nemotron-nas": Blocks(gguf="deci"),
    "nemotron_h": Blocks(linear="mamba2", alone=True, ungated=True, experts="corrected", mtp_embedding=False),
    "olmo2": Blocks(norms="post", qk_norm="full", output_bias=True),
    "olmo3": Blocks(norms="post", qk_norm="full", output_bias=True),
    "orion": Blocks(norm_bias=True),
    "phi": Blocks(
        norms="parallel",
        norm_bias=True,
        qkv_bias=True,
        output_bias=True,
        ungated=True,
        feed_forward_bias=True,
        head_bias=True,
    ),
    "phi3": Blocks(fused_qkv=True, fused_gate_up=True),
    "phimoe": Blocks(norm_bias=True, output_bias=True, experts="plain"),
    "qwen2": Blocks(qkv_bias=True, gguf="qwen2"),
    "qwen2_moe": Blocks(qkv_bias=True, experts="plain", shared_gate=True),
    "qwen3": Blocks(qk_norm="head", output_bias=True),
    "qwen3_moe": Blocks(qk_norm="head", output_bias=True, experts="plain"),
    "qwen3_5_moe_text": replace(_QWEN_NEXT, split_beta=True),
    "qwen3_5_text": replace(_QWEN_NEXT, split_beta=True, experts="none"),
    "qwen3_next": _QWEN_NEXT,
    "qwen3_vl_moe_text": Blocks(qk_norm="head", output_bias=True, experts="plain"),
    "qwen3_vl_text": Blocks(qk_norm="head", output_bias=True),
    "seed_oss": Blocks(),
    "smollm3": Blocks(output_bias=True),
    "step3p5": _STEP,
    "step3p7": _STEP,
    "vaultgemma": Blocks(output_bias=True),
    "voxtral_realtime_text": Blocks(ada_rank=32),
    "youtu": replace(_DEEPSEEK, experts="none"),
}
