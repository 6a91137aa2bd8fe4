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
State = Literal[
    "none",
    "cca",
    "delta_net",
    "kda",
    "lightning",
    "lru",
    "mamba",
    "mamba2",
    "mlstm",
    "rwkv4",
    "rwkv6",
    "rwkv7",
    "short_conv",
    "tapped",
]
Mixer = Literal["attention", "latent", "compressed", "cross", "projection", "mixture", "shared"] | State


@dataclass(frozen=True, slots=True)
class Blocks:
    """The blocks of an architecture; a shape's own row holds what its config.json says of biases and norms."""

    attention: Literal["attention", "latent", "compressed", "mixture", "shared", "none"] = "attention"
    # Every token sees every other: no cache, and nothing to decode. Its base model ends in a pooler, or does not.
    encoder: bool = False
    pooler: bool = False
    plain_head: bool = False  # a masked token is told by the head alone
    dense_head: bool = False  # the next token is told as an encoder tells a masked one
    first_unnormed: bool = False  # the first layer's attention has no norm
    linear: State = "none"  # what a layer that config.json calls linear, mamba or conv mixes tokens with
    beside: State = "none"  # what runs beside every layer's attention, on the same input
    alone: bool = False  # a layer is a mixer or a feed-forward block, not one after the other
    fused_qkv: bool = False  # one tensor in the checkpoint, and so in GGUF
    qkv_bias: bool = False  # always; else as attention_bias says
    key_bias: bool = True  # where there are such biases; else queries and values alone have one
    output_bias: bool = False  # the output projection follows attention_bias too
    own_output_bias: bool = False  # it always has one
    square_output: bool = False  # it is as wide as the stream, and so heads must be together
    qk_norm: Literal["none", "head", "full"] = "none"  # over one head, or over all of them
    qk_norm_bias: bool = False
    gated_query: bool = False  # the query projection also makes a gate for the output (of a latent, of two ranks)
    gate: Literal["none", "head", "element"] = "none"  # a projection whose answer scales each head, or each element
    gate_offset: bool = False  # with a number to add, one a head
    contrast: bool = False  # four vectors as wide as a head weigh two attentions against each other
    decay: bool = False  # a number a head, and a projection to as many, let a head forget (Doge)
    fixed_qk_norm: bool = False  # no parameters, though GGUF writes their ones
    sinks: bool = False  # one learned logit a head
    rope_norm: bool = False  # of the part of a latent that is rotated
    # A vector a head of each token tells, by a bank of profiles, how much a distance counts; clipped: with scales of
    # queries and of that, projected sinks, three norms where all is seen, and residuals of blocks of layers (Inkling).
    relative: Literal["none", "plain", "clipped"] = "none"
    # Two numbers a head scale logits by the position, an indexer's too, and one each pair's rotation (Mistral Large 4).
    scaled_logits: bool = False
    sinks_slide: bool = False  # in sliding layers only
    split_beta: bool = False  # of linear layers: beta and alpha are two tensors
    apart: bool = False  # of delta nets: queries, keys and values are three
    shared_gate: bool = False  # a gate decides how much the shared expert says
    # pre: before each block; post: after each; both; parallel: one before the two blocks, which run side by side;
    # none: none with parameters.
    norms: Literal["pre", "post", "both", "parallel", "none"] = "pre"
    state_norms: Literal["", "pre"] = ""  # of layers that keep a state, where they differ
    norm_bias: bool = False  # the norms centre too, and have biases
    attention_unnormed: bool = False  # the norm behind attention has no parameters
    final_norm: bool = True
    sub_norms: bool = False  # one before each block's last projection too (BitNet)
    experts_norm: bool = False  # one behind the experts alone
    embedding_norm: bool = False
    # Learned positions, as many as the context and ``spare_positions`` more.
    positions: bool = False
    spare_positions: int = 0
    activation: int = 0  # learned numbers of a feed-forward block's activation
    # Hyper-connections mix their streams among each other, and a learned head makes one of them; apart: they are not
    # mixed; averaged: mixed, and one stream is their mean, which an MTP layer has alone.
    streams: Literal["mixed", "apart", "averaged"] = "mixed"
    # A learned scale, as wide as the stream, of what each block adds to (Doge); affine: scales and offsets of both, and
    # of the embedding (Zaya).
    scaled_residual: Literal["none", "scale", "affine"] = "none"
    layer_scale: bool = False  # one number scales what a layer hands on; a buffer
    fused_gate_up: bool = False
    ungated: bool = False  # a feed-forward block is two projections, not three
    feed_forward_bias: bool = False
    down_bias: bool = False  # of its last projection alone
    expansion: int = 0  # its width over the stream's, where nothing is said
    head_bias: bool = False
    full_rank_gates: bool = False  # of Kimi's delta attention
    own_head: bool = False  # embeddings are never tied, whatever is said
    ssm_norm: bool = True  # of a Mamba-2 mixer; of a Mamba-1 mixer, on its step and on both sides of its state
    convolution_bias: bool = False  # of short convolutions and their projections
    # RWKV's feed-forward block also sees the token before: 2 where it gates its answer too, else 1; 0 for others.
    channel_mix: int = 0
    # corrected: a bias for each expert that only routing sees, a buffer except where ``correction_is_parameter``.
    experts: Literal["none", "plain", "corrected"] = "none"
    correction_is_parameter: bool = False
    deep_router: bool = False  # several layers in a narrow stream that routers hand on (Zaya)
    scored_shared: bool = False  # the router scores shared experts too, and a number scales what blocks say (Inkling)
    expert_bias: bool = False  # the router and every expert have biases
    narrow_norm: bool = False  # one before the experts, where they see a narrower stream
    experts_offset: bool = False  # a vector as wide as the stream is added to what they say together (JetMoe)
    # Experts stand beside a dense block: normed, with norms and scales of their own; or plain, in every other layer.
    beside_dense: Literal["none", "normed", "plain"] = "none"
    sublayers: int = 1  # layers that config.json counts as one
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
_KIMI_LINEAR: Final = replace(_DEEPSEEK, linear="kda", own_head=True)
_LFM2: Final = Blocks(linear="short_conv", qk_norm="head")

_GPT: Final = Blocks(
    fused_qkv=True,
    qkv_bias=True,
    output_bias=True,
    norm_bias=True,
    ungated=True,
    feed_forward_bias=True,
    expansion=4,
)
_GPTJ: Final = Blocks(
    norms="parallel", norm_bias=True, ungated=True, feed_forward_bias=True, head_bias=True, expansion=4
)
_BERT: Final = Blocks(
    encoder=True,
    pooler=True,
    qkv_bias=True,
    own_output_bias=True,
    norms="post",
    norm_bias=True,
    final_norm=False,
    embedding_norm=True,
    positions=True,
    ungated=True,
    feed_forward_bias=True,
)
_BERT_BEFORE: Final = replace(_BERT, norms="pre", final_norm=True)
_MODERN: Final = Blocks(embedding_norm=True, output_bias=True, first_unnormed=True)
_MAMBA: Final = Blocks(attention="none", linear="mamba", alone=True, ssm_norm=False)

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
    "apertus": Blocks(qk_norm="head", output_bias=True, ungated=True, activation=2),
    "arcee": Blocks(ungated=True, output_bias=True),
    "aria_text": replace(_LLAMA, experts="plain"),
    "axk1": replace(_DEEPSEEK, experts_norm=True),
    "axk2": replace(_DEEPSEEK, gated_query=True),
    "bailing_hybrid": replace(_KIMI_LINEAR, gate="head", full_rank_gates=True, mtp_embedding=False),
    "bailing_moe": Blocks(qk_norm="head", output_bias=True, experts="plain"),
    "bailing_moe_v2": Blocks(qk_norm="head", output_bias=True, experts="corrected", mtp_embedding=False),
    "bamba": Blocks(output_bias=True, linear="mamba2"),
    "beam": Blocks(
        norms="both", qk_norm="head", output_bias=True, gate="element", gate_offset=True, experts="corrected"
    ),
    "bert": _BERT,
    "biogpt": replace(_GPT, fused_qkv=False, positions=True, spare_positions=2),
    "bitnet": Blocks(output_bias=True, sub_norms=True),
    "bloom": replace(_GPT, embedding_norm=True),
    "camembert": _BERT,
    "chatglm": Blocks(fused_qkv=True, fused_gate_up=True),
    "codegen": _GPTJ,
    "codeshell": _GPT,
    "cohere": Blocks(norms="parallel", output_bias=True, qk_norm="full"),
    "cohere2": Blocks(norms="parallel", output_bias=True),
    "cohere2_moe": Blocks(norms="parallel", output_bias=True, experts="plain"),
    "ctrl": replace(_GPT, fused_qkv=False, head_bias=True),
    "cwm": _LLAMA,
    "data2vec-text": _BERT,
    "dbrx": Blocks(fused_qkv=True, experts="plain"),
    "deepseek": Blocks(output_bias=True, experts="plain"),
    "deepseek_v2": replace(_DEEPSEEK, experts="plain"),
    "deepseek_v3": _DEEPSEEK,
    "deepseek_v32": _DEEPSEEK,
    "deepseek_v4": Blocks(
        attention="compressed", sinks=True, experts="corrected", gguf_router="BF16", mtp_embedding=False
    ),
    "diffllama": Blocks(output_bias=True, contrast=True),
    "distilbert": replace(_BERT, pooler=False),
    "doge": Blocks(qk_norm="head", output_bias=True, decay=True, scaled_residual="scale"),
    "dots1": Blocks(qk_norm="head", output_bias=True, experts="corrected"),
    "electra": replace(_BERT, pooler=False),
    "ernie": _BERT,
    "dots3_note_text": replace(_DEEPSEEK, gate="head", rope_norm=True),
    "ernie4_5": Blocks(output_bias=True),
    "ernie4_5_moe": Blocks(output_bias=True, experts="corrected", correction_is_parameter=True),
    "ernie4_5_vl_moe_text": Blocks(output_bias=True, experts="corrected", correction_is_parameter=True),
    "eurobert": Blocks(encoder=True, output_bias=True, plain_head=True),
    "exaone4": Blocks(qk_norm="head", norms="post", mtp_embedding=False),
    "exaone_moe": Blocks(qk_norm="head", experts="corrected", mtp_embedding=False),
    "falcon": Blocks(gguf="falcon", fused_qkv=True, norm_bias=True, output_bias=True, ungated=True, expansion=4),
    "falcon_h1": Blocks(output_bias=True, beside="mamba2"),
    "falcon_mamba": _MAMBA,
    "flex_olmo": Blocks(norms="post", qk_norm="full", output_bias=True, experts="plain"),
    "flint": Blocks(qk_norm="head", output_bias=True, sinks=True, experts="corrected"),
    "gemma": Blocks(output_bias=True),
    "gemma2": Blocks(norms="both", output_bias=True),
    "gemma3_text": Blocks(norms="both", qk_norm="head", output_bias=True),
    "gemma3n_text": Blocks(norms="both", qk_norm="head", output_bias=True),
    "gemma4_text": Blocks(
        norms="both", qk_norm="head", output_bias=True, layer_scale=True, experts="plain", beside_dense="normed"
    ),
    "glm": Blocks(fused_gate_up=True),
    "glm4": Blocks(norms="both", fused_gate_up=True),
    "glm5_next_text": replace(_DEEPSEEK, linear="kda", streams="averaged", gguf="glm5-next"),
    "glm4_moe": Blocks(experts="corrected", qk_norm="head"),
    "glm4_moe_lite": _DEEPSEEK,
    "glm4v_moe_text": Blocks(experts="corrected"),
    "glm4v_text": Blocks(norms="both", fused_gate_up=True, qkv_bias=True),
    "glm_moe_dsa": replace(_DEEPSEEK, mtp_embedding=False),
    "glm_ocr_text": Blocks(norms="both", fused_gate_up=True),
    "gpt2": replace(_GPT, positions=True),
    "gpt_bigcode": replace(_GPT, positions=True),
    "gpt_neo": replace(_GPT, fused_qkv=False, qkv_bias=False, own_output_bias=True, positions=True),
    "gpt_neox": replace(_GPT, qkv_bias=False),
    "gpt_oss": Blocks(output_bias=True, sinks=True, experts="plain", expert_bias=True),
    "gptj": _GPTJ,
    "granite": _LLAMA,
    "grok": Blocks(norms="both", experts="plain"),
    "grok_beside": Blocks(norms="both", experts="plain", beside_dense="plain"),
    "granite_swa": Blocks(output_bias=True, sinks=True),
    "granitemoe": replace(_LLAMA, experts="plain"),
    "granitemoe_swa": Blocks(output_bias=True, sinks=True, experts="plain"),
    "granitemoehybrid": Blocks(linear="mamba2", experts="plain"),
    "granitemoeshared": replace(_LLAMA, experts="plain"),
    "gte": replace(_BERT, pooler=False, positions=False, ungated=False, feed_forward_bias=False, down_bias=True),
    "helium": Blocks(square_output=True),
    "hunyuan_v1_dense": Blocks(output_bias=True, qk_norm="head"),
    "hunyuan_v1_moe": Blocks(output_bias=True, qk_norm="head", experts="plain"),
    "hy_v3": Blocks(qk_norm="head", output_bias=True, experts="corrected", mtp_embedding=False),
    "hy_v4": replace(_DEEPSEEK, gate="element", sinks=True, streams="apart"),
    "hyperclovax": Blocks(output_bias=True, norms="both"),
    "inkling_text": Blocks(
        qk_norm="head",
        experts="corrected",
        embedding_norm=True,
        own_head=True,
        relative="plain",
        beside="tapped",
        scored_shared=True,
    ),
    "inkling2_text": Blocks(
        gate="element", experts="corrected", embedding_norm=True, own_head=True, relative="clipped", beside="tapped"
    ),
    "jais": replace(_GPT, ungated=False),
    "jais2": Blocks(norm_bias=True, output_bias=True, ungated=True),
    "jamba": Blocks(linear="mamba", experts="plain"),
    "jetmoe": Blocks(attention="mixture", experts="plain", experts_offset=True),
    "jina_bert": replace(
        _BERT,
        positions=False,
        ungated=False,
        feed_forward_bias=False,
        down_bias=True,
        qk_norm="full",
        qk_norm_bias=True,
    ),
    "jina_embeddings_v3": replace(_BERT, positions=False),
    "kimi_k2": _DEEPSEEK,
    "kimi_k3": _KIMI_LINEAR,
    "kimi_linear": _KIMI_LINEAR,
    "kolibri1": Blocks(norms="both", qk_norm="head", experts="corrected"),
    "laguna": replace(_STEP, output_bias=True, correction_is_parameter=True),
    "lfm2": _LFM2,
    "lfm2_moe": replace(_LFM2, experts="corrected"),
    "lfm3": Blocks(linear="short_conv", qk_norm="head", norms="both", gate="head", output_bias=True),
    "llama": _LLAMA,
    "llama4_text": Blocks(output_bias=True, experts="plain", one_shared=True),
    "longcat_flash": replace(_DEEPSEEK, beside_dense="plain", sublayers=2),
    "mamba": _MAMBA,
    "mamba2": Blocks(attention="none", linear="mamba2", alone=True),
    "megatron-bert": replace(_BERT_BEFORE, embedding_norm=False),
    "mellum": Blocks(qk_norm="head", output_bias=True, experts="plain"),
    "mimo": Blocks(qkv_bias=True, mtp_embedding=False),
    "mimo_v2_flash": Blocks(experts="corrected", sinks=True, sinks_slide=True),
    "minicpm3": replace(_DEEPSEEK, experts="none"),
    "minicpm": replace(_LLAMA, experts="plain", gguf="minicpm"),
    "minimax": Blocks(linear="lightning", experts="plain"),
    "minimax_m2": Blocks(qk_norm="full", experts="corrected"),
    "minimax_m3": Blocks(qk_norm="head", experts="corrected"),
    "ministral": Blocks(),
    "ministral3": Blocks(),
    "mistral": _LLAMA,
    "mistral4": replace(_DEEPSEEK, experts="plain"),
    "mistral_large4_text": replace(_DEEPSEEK, experts="plain", scaled_logits=True),
    "mixtral": replace(_LLAMA, experts="plain"),
    "mllama_text_model": Blocks(further_rows=8),
    "modernbert": replace(_MODERN, encoder=True),
    "modernbert-decoder": replace(_MODERN, dense_head=True),
    "molmo2_text": Blocks(qk_norm="head"),
    "mpnet": _BERT,
    "mpt": Blocks(fused_qkv=True, ungated=True, expansion=4),
    "muse_glimmer_text": Blocks(output_bias=True, norms="both", qk_norm="head", fixed_qk_norm=True, gate="element"),
    "muse_spark_text": Blocks(
        output_bias=True,
        norms="both",
        attention_unnormed=True,
        gate="element",
        experts="corrected",
        narrow_norm=True,
        scaled_residual="scale",
    ),
    "nanochat": Blocks(norms="none", ungated=True, output_bias=True),
    "nemotron": Blocks(norm_bias=True, output_bias=True, ungated=True),
    "nemotron-nas": Blocks(gguf="deci"),
    "nemotron_h": Blocks(
        own_head=True, linear="mamba2", alone=True, ungated=True, experts="corrected", mtp_embedding=False
    ),
    "neobert": Blocks(encoder=True, fused_qkv=True, fused_gate_up=True),
    "nomic_bert": replace(
        _BERT,
        pooler=False,
        positions=False,
        qkv_bias=False,
        own_output_bias=False,
        ungated=False,
        feed_forward_bias=False,
    ),
    "nomic_bert_moe": replace(_BERT, pooler=False, positions=False, experts="plain", experts_offset=True),
    "olmo": Blocks(norms="none", output_bias=True),
    "olmo2": Blocks(norms="post", qk_norm="full", output_bias=True),
    "olmo3": Blocks(norms="post", qk_norm="full", output_bias=True),
    "olmo_hybrid": Blocks(
        norms="post",
        state_norms="pre",
        qk_norm="full",
        output_bias=True,
        linear="delta_net",
        split_beta=True,
        apart=True,
    ),
    "olmoe": Blocks(qk_norm="full", output_bias=True, experts="plain"),
    "openai-gpt": replace(_GPT, positions=True, final_norm=False),
    "openelm": Blocks(fused_qkv=True, qk_norm="head"),
    "opt": Blocks(output_bias=True, norm_bias=True, ungated=True, positions=True, spare_positions=2),
    "orion": Blocks(norm_bias=True),
    "persimmon": replace(_GPT, qk_norm="head", qk_norm_bias=True),
    "phi": Blocks(
        qk_norm="head",
        qk_norm_bias=True,
        expansion=4,
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
    "plamo3": Blocks(norms="both", fused_qkv=True, fused_gate_up=True, qk_norm="head"),
    "plm": replace(_DEEPSEEK, experts="none", ungated=True),
    "qwen": Blocks(fused_qkv=True, qkv_bias=True),
    "qwen2": Blocks(qkv_bias=True, gguf="qwen2"),
    "qwen2_moe": Blocks(experts="plain", shared_gate=True),
    "qwen2_vl_text": Blocks(qkv_bias=True, gguf="qwen2vl"),
    "qwen3": Blocks(qk_norm="head", output_bias=True),
    "qwen3_5_moe_text": replace(_QWEN_NEXT, split_beta=True),
    "qwen3_5_text": replace(_QWEN_NEXT, split_beta=True, experts="none"),
    "qwen3_moe": Blocks(qk_norm="head", output_bias=True, experts="plain"),
    "qwen3_next": _QWEN_NEXT,
    "qwen4_exp_text": replace(_QWEN_NEXT, split_beta=True, norms="none"),
    "qwen3_vl_moe_text": Blocks(qk_norm="head", output_bias=True, experts="plain"),
    "qwen3_vl_text": Blocks(qk_norm="head", output_bias=True),
    "recurrent_gemma": Blocks(linear="lru", own_output_bias=True, feed_forward_bias=True),
    "roberta": _BERT,
    "roberta-prelayernorm": _BERT_BEFORE,
    "rwkv": Blocks(
        attention="none",
        linear="rwkv4",
        norm_bias=True,
        embedding_norm=True,
        ungated=True,
        channel_mix=2,
        expansion=4,
    ),
    "rwkv6": Blocks(
        attention="none",
        linear="rwkv6",
        norm_bias=True,
        embedding_norm=True,
        ungated=True,
        channel_mix=2,
    ),
    "rwkv7": Blocks(
        attention="none",
        linear="rwkv7",
        norm_bias=True,
        embedding_norm=True,
        ungated=True,
        channel_mix=1,
        expansion=4,
    ),
    "sarvam_moe": Blocks(experts="corrected", qk_norm="head", fused_qkv=True),
    "seed_oss": Blocks(),
    "smallthinker": Blocks(experts="plain"),
    "smollm3": Blocks(output_bias=True),
    "solar_open": Blocks(experts="corrected"),
    "stablelm": Blocks(norm_bias=True, qk_norm="full"),
    "starcoder2": Blocks(norm_bias=True, output_bias=True, ungated=True),
    "step3p5": _STEP,
    "step3p7": _STEP,
    "vaultgemma": Blocks(output_bias=True),
    "voxtral_realtime_text": Blocks(ada_rank=32),
    "xglm": replace(_GPT, fused_qkv=False),
    "xlm-roberta": _BERT,
    "xlm-roberta-xl": replace(_BERT_BEFORE, embedding_norm=False),
    "xlstm": Blocks(attention="none", linear="mlstm", own_head=True),
    "zamba": Blocks(attention="shared", linear="mamba", alone=True, ssm_norm=False),
    "zaya": Blocks(output_bias=True, experts="corrected", deep_router=True, scaled_residual="affine", beside="cca"),
    "zamba2": Blocks(attention="shared", linear="mamba2", alone=True, fused_gate_up=True, expansion=4),
    "youtu": replace(_DEEPSEEK, experts="none"),
}
