"""What may a model's shape say? The words of config.json that decide tensors or cache, and nothing else."""

from __future__ import annotations

from dataclasses import fields
from typing import Annotated, Final, Literal

from sizing.facts.entries.entry import Entry, about
from sizing.facts.entries.values import (
    Bool,
    Bounded,
    Figure,
    Layers,
    Natural,
    Number,
    Positive,
    PositiveNumber,
    Text,
    whole,
)

LayerType = Literal[
    "full_attention", "attention", "sliding_attention", "chunked_attention", "linear_attention", "mamba", "conv"
]
BlockType = Literal["mamba", "attention", "mlp", "moe"]


class LinearAttention(Entry):
    """Kimi Linear's ``linear_attn_config``; layers are counted from 1."""

    full_attn_layers: tuple[Positive, ...] | None = about("a list of the layers that are not linear", default=None)
    kda_layers: tuple[Positive, ...] | None = about("a list of the others", default=None)
    num_heads: Positive = about("a whole number, such as 32")
    head_dim: Positive = about("a whole number, such as 128")
    short_conv_kernel_size: Positive = about("a whole number, such as 4")
    use_full_rank_gate: Bool | None = about("true where the output gate is one matrix, not two", default=None)
    gate_lower_bound: Number | None = about("decides no size", default=None)
    safe_gate: Bool | None = about("decides no size", default=None)


class BlockAttention(Entry):
    """The attention of one block of a model whose blocks differ (``block_configs``)."""

    n_heads_in_group: Positive | None = about("query heads to a key head; left out, no attention", default=None)
    replace_with_linear: Bool = about("true where one matrix stands in its place", default=False)


class BlockFeedForward(Entry):
    """The feed-forward block of one block of a model whose blocks differ."""

    ffn_mult: PositiveNumber | None = about("its width over two thirds of hidden_size; left out, none", default=None)


class BlockConfig(Entry):
    """One block of a model whose blocks differ."""

    attention: BlockAttention = about("{n_heads_in_group: 8}, or {} for none")
    ffn: BlockFeedForward = about("{ffn_mult: 5.25}, or {} for none")


class LayerConfig(Entry):
    """What one layer has otherwise than the rest (``per_layer_config``)."""

    head_dim: Positive | None = about("elements of its heads, such as 512", default=None)
    num_attention_heads: Positive | None = about("its query heads, such as 96", default=None)
    num_key_value_heads: Positive | None = about("its key heads, such as 4", default=None)
    intermediate_size: Positive | None = about("the width of its feed-forward block", default=None)


class Architecture(Entry):
    """A text model's shape in the words of its ``config.json``; only keys that decide tensors or cache."""

    model_type: Text = about("config.json's model_type, such as llama")
    vocab_size: Positive = about("a whole number, such as 128256")
    additional_vocab_size: Figure = about("rows of the input embedding beyond it, such as 128", default=None)
    hidden_size: Positive = about("a whole number, such as 4096")
    intermediate_size: Figure = about("a whole number, such as 14336", default=None)
    num_hidden_layers: Layers = about("a whole number, such as 32")
    num_attention_heads: Figure = about("a whole number, such as 32", default=None)
    num_key_value_heads: Figure = about("a whole number; left out, every head has its own", default=None)
    head_dim: Figure = about("a whole number; left out, hidden_size / num_attention_heads", default=None)
    num_attention_heads_per_layer: tuple[Positive, ...] | None = about("query heads of each layer", default=None)
    num_sliding_attention_heads: Figure = about("query heads of a sliding layer, such as 96", default=None)
    swa_num_attention_heads: Figure = about("query heads of a sliding layer, such as 64", default=None)
    swa_num_key_value_heads: Figure = about("key heads of a sliding layer, such as 8", default=None)
    swa_head_dim: Figure = about("elements of a sliding layer's query and key, such as 192", default=None)
    swa_v_head_dim: Figure = about("elements of a sliding layer's value, such as 128", default=None)
    global_head_dim: Figure = about("elements of a head that sees all, such as 512", default=None)
    num_global_key_value_heads: Figure = about(
        "key heads of a layer that sees all, where attention_k_eq_v is true", default=None
    )
    attention_k_eq_v: Bool | None = about("true where layers that see all take keys for values too", default=None)
    num_kv_shared_layers: Figure = about("last layers that use the keys of earlier ones", default=None)
    use_double_wide_mlp: Bool | None = about("true where those layers are twice as wide", default=None)
    hidden_size_per_layer_input: Figure = about("width of each layer's own embedding", default=None)
    vocab_size_per_layer_input: Figure = about("rows of that embedding, such as 262144", default=None)
    block_configs: tuple[BlockConfig, ...] | None = about("{attention, ffn} of each layer", default=None)
    attention_head_dim: Figure = about("the same, in Nemotron-H's word", default=None)
    tie_word_embeddings: Bool | None = about("true or false", default=None)
    attention_bias: Bool | None = about("true or false", default=None)
    use_qk_norm: Bool | None = about("true or false", default=None)
    attention_out_bias: Bool | None = about("true or false", default=None)
    use_bias: Bool | None = about("true or false", default=None)
    sliding_window: Figure = about("tokens that a sliding layer sees, such as 4096", default=None)
    sliding_window_pattern: Figure = about("every so many layers one sees all, such as 6", default=None)
    attention_chunk_size: Figure = about("tokens of an attention chunk, such as 8192", default=None)
    layer_types: tuple[LayerType, ...] | None = about(
        "full_attention, sliding_attention, chunked_attention, linear_attention, mamba or conv for each", default=None
    )
    hybrid_override_pattern: Annotated[str, Bounded(pattern=r"^[-M*E]+$")] | None = about(
        "for each layer M (Mamba), * (attention), - (an MLP) or E (experts)", default=None
    )
    layers_block_type: tuple[BlockType, ...] | None = about(
        "the same in words: mamba, attention, mlp or moe for each layer", default=None
    )
    cross_attention_layers: tuple[Natural, ...] | None = about("the layers that look at images", default=None)
    full_attn_idxs: tuple[Natural, ...] | None = about("a list of the layers that are no convolutions", default=None)
    attn_layer_period: Figure = about("every so many layers one is attention, such as 8", default=None)
    attn_layer_offset: Figure = about("the first of these, such as 4", default=None)
    linear_attn_config: LinearAttention | None = about("{full_attn_layers, num_heads, head_dim, …}", default=None)
    full_attention_interval: Figure = about("every so many layers one is not linear", default=None)
    linear_num_key_heads: Figure = about("a whole number, such as 16", default=None)
    linear_num_value_heads: Figure = about("a whole number, such as 32", default=None)
    linear_key_head_dim: Figure = about("a whole number, such as 128", default=None)
    linear_value_head_dim: Figure = about("a whole number, such as 128", default=None)
    linear_conv_kernel_dim: Figure = about("a whole number, such as 4", default=None)
    conv_L_cache: Figure = about(  # noqa: N815 (config.json's word)
        "tokens that a short convolution sees, such as 3", default=None
    )
    mamba_num_heads: Figure = about("a whole number, such as 128", default=None)
    mamba_n_heads: Figure = about("a whole number, such as 128", default=None)
    mamba_head_dim: Figure = about("a whole number, such as 64", default=None)
    mamba_d_head: Positive | Literal["auto"] | None = about("a whole number, such as 64, or auto", default=None)
    mamba_d_ssm: Figure = about("a whole number; left out, mamba_expand * hidden_size", default=None)
    mamba_expand: Figure = about("a whole number, such as 2", default=None)
    mamba_dt_rank: Positive | Literal["auto"] | None = about("a whole number, such as 256, or auto", default=None)
    ssm_state_size: Figure = about("a whole number, such as 128", default=None)
    mamba_d_state: Figure = about("a whole number, such as 128", default=None)
    n_groups: Figure = about("groups of a Mamba mixer, such as 8", default=None)
    mamba_n_groups: Figure = about("groups of a Mamba mixer, such as 1", default=None)
    conv_kernel: Figure = about("tokens that a Mamba convolution sees, such as 4", default=None)
    mamba_d_conv: Figure = about("tokens that a Mamba convolution sees, such as 4", default=None)
    mamba_rms_norm: Bool | None = about("true or false", default=None)
    mamba_ssm_dtype: Literal["float32", "float16", "bfloat16"] | None = about(
        "the number type of a recurrent state, such as float32", default=None
    )
    num_local_experts: Figure = about("a whole number of experts a layer, such as 8", default=None)
    n_routed_experts: Figure = about("a whole number of experts a layer, such as 256", default=None)
    num_experts: Figure = about("a whole number of experts a layer, such as 128", default=None)
    moe_num_experts: Figure = about("a whole number of experts a layer, such as 64", default=None)
    enable_moe_block: Bool | None = about("true where experts stand beside a dense block", default=None)
    top_k_experts: Figure = about("the experts that one token uses, such as 8", default=None)
    moe_topk: Figure = about("the experts that one token uses, such as 8", default=None)
    num_experts_per_tok: Figure = about("the experts that one token uses, such as 8", default=None)
    num_experts_per_token: Figure = about("the experts that one token uses, such as 8", default=None)
    moe_k: Figure = about("the experts that one token uses, such as 6", default=None)
    n_shared_experts: Figure = about("experts that every token uses, such as 1", default=None)
    num_shared_expert: Figure = about("experts that every token uses, such as 1", default=None)
    share_expert_dim: Figure = about("width of the shared expert, such as 1280", default=None)
    dense_intermediate_size: Figure = about("width of the layers without experts", default=None)
    prefix_dense_intermediate_size: Figure = about("width of the layers without experts", default=None)
    moe_num_shared_experts: Figure = about("experts that every token uses, such as 2", default=None)
    num_shared_experts: Figure = about("experts that every token uses, such as 1", default=None)
    vision_moe_intermediate_size: Figure = about("width of the experts that images use, such as 512", default=None)
    moe_intermediate_size: Figure = about("a whole number, such as 2048", default=None)
    shared_expert_intermediate_size: Figure = about("a whole number, such as 512", default=None)
    shared_intermediate_size: Figure = about("a whole number, such as 1536", default=None)
    moe_shared_expert_intermediate_size: Figure = about("a whole number, such as 5376", default=None)
    moe_latent_size: Figure = about("width that the experts see, such as 1024", default=None)
    routed_expert_hidden_size: Figure = about("width that the experts see, such as 3584", default=None)
    latent_moe_use_norm: Bool | None = about("true where a norm follows the experts", default=None)
    intermediate_size_mlp: Figure = about("a whole number, such as 16384", default=None)
    block_ff_dim: Figure = about("a whole number, such as 12288", default=None)
    block_auto_adjust_ff_dim: Bool | None = about("false where the width is meant as written", default=None)
    block_ffn_dim_multiplier: Number | None = about("a factor of the width, such as 1.0", default=None)
    block_multiple_of: Figure = about("the width is rounded up to it, such as 256", default=None)
    first_k_dense_replace: Figure = about("how many first layers have no experts, such as 3", default=None)
    moe_layer_start_index: Figure = about("the first layer with experts, such as 1", default=None)
    num_dense_layers: Figure = about("how many first layers have no experts, such as 2", default=None)
    expert_layer_period: Figure = about("every so many layers one has experts, such as 2", default=None)
    expert_layer_offset: Figure = about("the first of these, such as 1", default=None)
    num_hash_layers: Figure = about("how many first layers look their experts up, such as 3", default=None)
    decoder_sparse_step: Figure = about("every so many layers one has experts, such as 1", default=None)
    interleave_moe_layer_step: Figure = about("every so many layers one has experts", default=None)
    mlp_only_layers: tuple[Natural, ...] | None = about("a list of layers without experts", default=None)
    q_lora_rank: Figure = about("a whole number, such as 1536", default=None)
    kv_lora_rank: Figure = about("a whole number, such as 512", default=None)
    qk_nope_head_dim: Figure = about("a whole number, such as 128", default=None)
    qk_rope_head_dim: Figure = about("a whole number, such as 64", default=None)
    v_head_dim: Figure = about("a whole number, such as 128", default=None)
    mla_use_output_gate: Bool | None = about("true or false", default=None)
    o_lora_rank: Figure = about("rank of one group of the output projection, such as 1024", default=None)
    o_groups: Figure = about("its groups, such as 8", default=None)
    compress_ratios: tuple[Natural, ...] | None = about(
        "for each layer, how many tokens one compressed entry stands for: 4 or 128, or 0 for none", default=None
    )
    hc_mult: Figure = about("residual streams of hyper-connections, such as 4", default=None)
    attn_res_block_size: Figure = about("layers whose outputs later ones choose from", default=None)
    index_n_heads: Figure = about("heads of the sparse-attention indexer, such as 64", default=None)
    index_head_dim: Figure = about("elements of one of its heads, such as 128", default=None)
    index_topk: Figure = about("tokens that it selects, such as 2048", default=None)
    index_topk_freq: Figure = about("every so many layers one has an indexer of its own", default=None)
    index_skip_topk_offset: Figure = about("the first layers that all have one, such as 3", default=None)
    index_kpool: Figure = about("tokens that it scores as one, such as 16", default=None)
    indexer_types: tuple[Literal["full", "shared"], ...] | None = about(
        "full for each layer that has an indexer of its own, else shared", default=None
    )
    num_nextn_predict_layers: Figure = about("the published MTP layers, such as 1", default=None)
    per_layer_config: dict[str, LayerConfig] | None = about(
        "what single layers have otherwise: a map such as '5': {head_dim: 512}", default=None
    )
    use_sliding_window: Bool | None = about("false where no layer has a window", default=None)
    max_window_layers: Figure = about("how many first layers see all, such as 28", default=None)
    linear_num_heads: Figure = about("heads of a linear layer, such as 32", default=None)
    linear_head_dim: Figure = about("elements of one of them, such as 128", default=None)
    lm_head_bias: Bool | None = about("true where the output head has a bias", default=None)
    mlp_bias: Bool | None = about("true where feed-forward blocks have biases", default=None)
    max_position_embeddings: Figure = about("learned positions, where a model has them, such as 1024", default=None)
    embedding_size: Figure = about("width of the token embedding, where it is not hidden_size", default=None)
    expansion_ratio: Figure = about("the feed-forward block's width over hidden_size, such as 4", default=None)
    num_ln_in_parallel_attn: Figure = about("1 where attention and feed-forward share one norm", default=None)
    use_post_norm: Bool | None = about("false where no norm follows a block", default=None)
    use_attention_gate: Bool | None = about("false where nothing scales what heads say", default=None)
    final_norm: Bool | None = about("false where no norm follows the last layer", default=None)
    head: Literal["none", "pooled", "masked", "labels", "yes_or_no"] | None = about(
        "what stands behind the last layer of a model that does not answer: none, or what its head tells", default=None
    )
    use_bidirectional_attention: Bool | None = about("true where a text is read from both sides", default=None)
    kv_source_layers: tuple[Natural, ...] | None = about(
        "for each layer, from 0, the layer whose keys it attends to", default=None
    )
    no_rope_layers: tuple[Natural, ...] | None = about("1 for each layer that rotates, else 0", default=None)
    no_rope_layer_interval: Figure = about("every so many layers one does not rotate, such as 4", default=None)
    swa_q_lora_rank: Figure = about("rank of a sliding layer's queries, such as 1024", default=None)
    swa_kv_lora_rank: Figure = about("rank of its keys and values, such as 1024", default=None)
    swa_qk_nope_head_dim: Figure = about("elements of its heads without positions, such as 192", default=None)
    swa_qk_rope_head_dim: Figure = about("and with them, such as 64", default=None)
    d_rel: Figure = about("width of what tells how much a distance counts, such as 16", default=None)
    rel_extent: Figure = about("the longest such distance, such as 1024", default=None)
    cca_time0: Figure = about("tokens that a convolution over queries and keys sees, such as 2", default=None)
    cca_time1: Figure = about("tokens that the one behind it sees, such as 2", default=None)
    router_hidden_size: Figure = about("width of the stream that deep routers hand on, such as 256", default=None)
    gated_norm_rank: Figure = about("rank of a gate behind norms, such as 16", default=None)
    hc_lowrank: Figure = about("rank of what mixes gated residual streams, such as 320", default=None)
    ple_layer_ids: tuple[Positive, ...] | None = about(
        "layers, from 1, that have an embedding of the last few tokens", default=None
    )
    ple_embed_dim: Figure = about("its width; left out, hidden_size", default=None)
    ple_conv_kernel_size: Figure = about("tokens that its convolution sees, such as 4", default=None)
    ngram_size: Figure = about("how many last tokens, such as 3", default=None)
    heads_per_ngram: Figure = about("rows that each number of tokens looks up, such as 8", default=None)
    ngram_vocab_size_base: Annotated[int, whole(1, 10**9)] | None = about(
        "the least rows of a table, such as 20000000", default=None
    )
    make_ngram_vocab_size_divisible_by: Figure = about("rows together are filled up to it, such as 128", default=None)
    decay_low_rank_dim: Figure = about("rank of what decides RWKV's decays, such as 64", default=None)
    lerp_low_rank_dim: Figure = about("rank of what mixes RWKV-6's token with the one before, such as 32", default=None)
    a_low_rank_dim: Figure = about("rank of what decides its rates, such as 64", default=None)
    v_low_rank_dim: Figure = about("rank of what mixes its values with the first layer's, such as 32", default=None)
    gate_low_rank_dim: Figure = about("rank of what decides its gates, such as 128", default=None)
    adapter_rank: Figure = about("rank of what each layer adds to a block that it shares, such as 128", default=None)
    use_shared_attention_adapter: Bool | None = about("true where that is so of attention too", default=None)
    num_mem_blocks: Figure = about("blocks that layers share by turns, such as 2", default=None)
    altup_num_inputs: Figure = about("streams that blocks take turns at, such as 4", default=None)
    altup_correct_scale: Bool | None = about("false where they are not scaled", default=None)
    laurel_rank: Figure = about("rank of a projection beside the residual, such as 64", default=None)
    norm_bias: Bool | None = about("true where norms have biases", default=None)
    labels: Figure = about("labels that a head of labels tells, such as 1", default=None)
    type_vocab_size: Figure = about("kinds of tokens that have an embedding, such as 2", default=None)
    relative_attention_num_buckets: Figure = about("kinds of distances that have a bias, such as 32", default=None)
    mamba_conv_bias: Bool | None = about("false where a Mamba convolution has no bias", default=None)
    mamba_proj_bias: Bool | None = about("true where a Mamba mixer's projections have biases", default=None)
    conv_bias: Bool | None = about("true where short convolutions and their projections have biases", default=None)
    zero_expert_num: Figure = about("experts that hand a token on as it is, such as 256", default=None)


# Every word that an entry may say.
WORDS: Final = frozenset(one.name for one in fields(Architecture))
