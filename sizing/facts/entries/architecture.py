"""What may a model's shape say? The words of config.json that decide tensors or cache, and nothing else."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from sizing.facts.entries.common import Bool, Entry, Natural, Positive

LayerType = Literal[
    "full_attention", "attention", "sliding_attention", "chunked_attention", "linear_attention", "mamba", "conv"
]
BlockType = Literal["mamba", "attention", "mlp", "moe"]


def _none(value: object) -> object:
    """null in a config.json says that there is none of a thing, not that it is left out."""
    return 0 if value is None else value


# A figure that is left out is None; 0 or null says that the model has none of it.
Figure = Annotated[Natural | None, BeforeValidator(_none)]


class LinearAttention(Entry):
    """Kimi Linear's ``linear_attn_config``; layers are counted from 1."""

    full_attn_layers: tuple[Positive, ...] = Field(description="a list of the layers that are not linear")
    kda_layers: tuple[Positive, ...] | None = Field(None, description="a list of the others")
    num_heads: Positive = Field(description="a whole number, such as 32")
    head_dim: Positive = Field(description="a whole number, such as 128")
    short_conv_kernel_size: Positive = Field(description="a whole number, such as 4")
    use_full_rank_gate: Bool | None = Field(None, description="true where the output gate is one matrix, not two")
    gate_lower_bound: float | None = Field(None, description="decides no size")


class BlockAttention(Entry):
    """The attention of one block of a model whose blocks differ (``block_configs``)."""

    n_heads_in_group: Positive | None = Field(None, description="query heads to a key head; left out, no attention")
    replace_with_linear: Bool = Field(False, description="true where one matrix stands in its place")


class BlockFeedForward(Entry):
    """The feed-forward block of one block of a model whose blocks differ."""

    ffn_mult: Annotated[float, Field(gt=0)] | None = Field(
        None, description="its width over two thirds of hidden_size; left out, none"
    )


class BlockConfig(Entry):
    """One block of a model whose blocks differ."""

    attention: BlockAttention = Field(description="{n_heads_in_group: 8}, or {} for none")
    ffn: BlockFeedForward = Field(description="{ffn_mult: 5.25}, or {} for none")


class LayerConfig(Entry):
    """What one layer has otherwise than the rest (``per_layer_config``)."""

    head_dim: Positive | None = Field(None, description="elements of its heads, such as 512")
    num_attention_heads: Positive | None = Field(None, description="its query heads, such as 96")
    num_key_value_heads: Positive | None = Field(None, description="its key heads, such as 4")
    intermediate_size: Positive | None = Field(None, description="the width of its feed-forward block")


class Architecture(Entry):
    """A text model's shape in the words of its ``config.json``; only keys that decide tensors or cache."""

    model_type: str = Field(description="config.json's model_type, such as llama")
    vocab_size: Positive = Field(description="a whole number, such as 128256")
    hidden_size: Positive = Field(description="a whole number, such as 4096")
    intermediate_size: Figure = Field(None, description="a whole number, such as 14336")
    num_hidden_layers: Positive = Field(description="a whole number, such as 32")
    num_attention_heads: Positive = Field(description="a whole number, such as 32")
    num_key_value_heads: Figure = Field(None, description="a whole number; left out, every head has its own")
    head_dim: Figure = Field(None, description="a whole number; left out, hidden_size / num_attention_heads")
    num_attention_heads_per_layer: tuple[Positive, ...] | None = Field(None, description="query heads of each layer")
    num_sliding_attention_heads: Figure = Field(None, description="query heads of a sliding layer, such as 96")
    swa_num_attention_heads: Figure = Field(None, description="query heads of a sliding layer, such as 64")
    swa_num_key_value_heads: Figure = Field(None, description="key heads of a sliding layer, such as 8")
    swa_head_dim: Figure = Field(None, description="elements of a sliding layer's query and key, such as 192")
    swa_v_head_dim: Figure = Field(None, description="elements of a sliding layer's value, such as 128")
    global_head_dim: Figure = Field(None, description="elements of a head that sees all, such as 512")
    num_global_key_value_heads: Figure = Field(
        None, description="key heads of a layer that sees all, where attention_k_eq_v is true"
    )
    attention_k_eq_v: Bool | None = Field(None, description="true where layers that see all take keys for values too")
    num_kv_shared_layers: Figure = Field(None, description="last layers that use the keys of earlier ones")
    use_double_wide_mlp: Bool | None = Field(None, description="true where those layers are twice as wide")
    hidden_size_per_layer_input: Figure = Field(None, description="width of each layer's own embedding")
    vocab_size_per_layer_input: Figure = Field(None, description="rows of that embedding, such as 262144")
    block_configs: tuple[BlockConfig, ...] | None = Field(None, description="{attention, ffn} of each layer")
    attention_head_dim: Figure = Field(None, description="the same, in Nemotron-H's word")
    tie_word_embeddings: Bool | None = Field(None, description="true or false")
    attention_bias: Bool | None = Field(None, description="true or false")
    use_qk_norm: Bool | None = Field(None, description="true or false")
    attention_out_bias: Bool | None = Field(None, description="true or false")
    use_bias: Bool | None = Field(None, description="true or false")
    sliding_window: Figure = Field(None, description="tokens that a sliding layer sees, such as 4096")
    sliding_window_pattern: Figure = Field(None, description="every so many layers one sees all, such as 6")
    attention_chunk_size: Figure = Field(None, description="tokens of an attention chunk, such as 8192")
    layer_types: tuple[LayerType, ...] | None = Field(
        None,
        description="full_attention, sliding_attention, chunked_attention, linear_attention, mamba or conv for each",
    )
    hybrid_override_pattern: str | None = Field(
        None, description="for each layer M (Mamba), * (attention), - (an MLP) or E (experts)", pattern=r"^[-M*E]+$"
    )
    layers_block_type: tuple[BlockType, ...] | None = Field(
        None, description="the same in words: mamba, attention, mlp or moe for each layer"
    )
    full_attn_idxs: tuple[Natural, ...] | None = Field(
        None, description="a list of the layers that are no convolutions"
    )
    attn_layer_period: Figure = Field(None, description="every so many layers one is attention, such as 8")
    attn_layer_offset: Figure = Field(None, description="the first of these, such as 4")
    linear_attn_config: LinearAttention | None = Field(None, description="{full_attn_layers, num_heads, head_dim, …}")
    full_attention_interval: Figure = Field(None, description="every so many layers one is not linear")
    linear_num_key_heads: Figure = Field(None, description="a whole number, such as 16")
    linear_num_value_heads: Figure = Field(None, description="a whole number, such as 32")
    linear_key_head_dim: Figure = Field(None, description="a whole number, such as 128")
    linear_value_head_dim: Figure = Field(None, description="a whole number, such as 128")
    linear_conv_kernel_dim: Figure = Field(None, description="a whole number, such as 4")
    conv_L_cache: Figure = Field(  # noqa: N815 (config.json's word)
        None, description="tokens that a short convolution sees, such as 3"
    )
    mamba_num_heads: Figure = Field(None, description="a whole number, such as 128")
    mamba_n_heads: Figure = Field(None, description="a whole number, such as 128")
    mamba_head_dim: Figure = Field(None, description="a whole number, such as 64")
    mamba_d_head: Positive | Literal["auto"] | None = Field(None, description="a whole number, such as 64, or auto")
    mamba_d_ssm: Figure = Field(None, description="a whole number; left out, mamba_expand * hidden_size")
    mamba_expand: Figure = Field(None, description="a whole number, such as 2")
    mamba_dt_rank: Positive | Literal["auto"] | None = Field(None, description="a whole number, such as 256, or auto")
    ssm_state_size: Figure = Field(None, description="a whole number, such as 128")
    mamba_d_state: Figure = Field(None, description="a whole number, such as 128")
    n_groups: Figure = Field(None, description="groups of a Mamba mixer, such as 8")
    mamba_n_groups: Figure = Field(None, description="groups of a Mamba mixer, such as 1")
    conv_kernel: Figure = Field(None, description="tokens that a Mamba convolution sees, such as 4")
    mamba_d_conv: Figure = Field(None, description="tokens that a Mamba convolution sees, such as 4")
    mamba_rms_norm: Bool | None = Field(None, description="true or false")
    mamba_ssm_dtype: Literal["float32", "float16", "bfloat16"] | None = Field(
        None, description="the number type of a recurrent state, such as float32"
    )
    num_local_experts: Figure = Field(None, description="a whole number of experts a layer, such as 8")
    n_routed_experts: Figure = Field(None, description="a whole number of experts a layer, such as 256")
    num_experts: Figure = Field(None, description="a whole number of experts a layer, such as 128")
    moe_num_experts: Figure = Field(None, description="a whole number of experts a layer, such as 64")
    enable_moe_block: Bool | None = Field(None, description="true where experts stand beside a dense block")
    top_k_experts: Figure = Field(None, description="the experts that one token uses, such as 8")
    moe_topk: Figure = Field(None, description="the experts that one token uses, such as 8")
    num_experts_per_tok: Figure = Field(None, description="the experts that one token uses, such as 8")
    num_experts_per_token: Figure = Field(None, description="the experts that one token uses, such as 8")
    moe_k: Figure = Field(None, description="the experts that one token uses, such as 6")
    n_shared_experts: Figure = Field(None, description="experts that every token uses, such as 1")
    num_shared_expert: Figure = Field(None, description="experts that every token uses, such as 1")
    share_expert_dim: Figure = Field(None, description="width of the shared expert, such as 1280")
    dense_intermediate_size: Figure = Field(None, description="width of the layers without experts")
    prefix_dense_intermediate_size: Figure = Field(None, description="width of the layers without experts")
    moe_num_shared_experts: Figure = Field(None, description="experts that every token uses, such as 2")
    num_shared_experts: Figure = Field(None, description="experts that every token uses, such as 1")
    moe_intermediate_size: Figure = Field(None, description="a whole number, such as 2048")
    shared_expert_intermediate_size: Figure = Field(None, description="a whole number, such as 512")
    shared_intermediate_size: Figure = Field(None, description="a whole number, such as 1536")
    moe_shared_expert_intermediate_size: Figure = Field(None, description="a whole number, such as 5376")
    moe_latent_size: Figure = Field(None, description="width that the experts see, such as 1024")
    routed_expert_hidden_size: Figure = Field(None, description="width that the experts see, such as 3584")
    latent_moe_use_norm: Bool | None = Field(None, description="true where a norm follows the experts")
    intermediate_size_mlp: Figure = Field(None, description="a whole number, such as 16384")
    block_ff_dim: Figure = Field(None, description="a whole number, such as 12288")
    block_auto_adjust_ff_dim: Bool | None = Field(None, description="false where the width is meant as written")
    block_ffn_dim_multiplier: float | None = Field(None, description="a factor of the width, such as 1.0")
    block_multiple_of: Figure = Field(None, description="the width is rounded up to it, such as 256")
    first_k_dense_replace: Figure = Field(None, description="how many first layers have no experts, such as 3")
    moe_layer_start_index: Figure = Field(None, description="the first layer with experts, such as 1")
    num_dense_layers: Figure = Field(None, description="how many first layers have no experts, such as 2")
    expert_layer_period: Figure = Field(None, description="every so many layers one has experts, such as 2")
    expert_layer_offset: Figure = Field(None, description="the first of these, such as 1")
    num_hash_layers: Figure = Field(None, description="how many first layers look their experts up, such as 3")
    decoder_sparse_step: Figure = Field(None, description="every so many layers one has experts, such as 1")
    interleave_moe_layer_step: Figure = Field(None, description="every so many layers one has experts")
    mlp_only_layers: tuple[Natural, ...] | None = Field(None, description="a list of layers without experts")
    q_lora_rank: Figure = Field(None, description="a whole number, such as 1536")
    kv_lora_rank: Figure = Field(None, description="a whole number, such as 512")
    qk_nope_head_dim: Figure = Field(None, description="a whole number, such as 128")
    qk_rope_head_dim: Figure = Field(None, description="a whole number, such as 64")
    v_head_dim: Figure = Field(None, description="a whole number, such as 128")
    mla_use_output_gate: Bool | None = Field(None, description="true or false")
    o_lora_rank: Figure = Field(None, description="rank of one group of the output projection, such as 1024")
    o_groups: Figure = Field(None, description="its groups, such as 8")
    compress_ratios: tuple[Natural, ...] | None = Field(
        None, description="for each layer, how many tokens one compressed entry stands for: 4 or 128, or 0 for none"
    )
    hc_mult: Figure = Field(None, description="residual streams of hyper-connections, such as 4")
    attn_res_block_size: Figure = Field(None, description="layers whose outputs later ones choose from")
    index_n_heads: Figure = Field(None, description="heads of the sparse-attention indexer, such as 64")
    index_head_dim: Figure = Field(None, description="elements of one of its heads, such as 128")
    index_topk: Figure = Field(None, description="tokens that it selects, such as 2048")
    index_topk_freq: Figure = Field(None, description="every so many layers one has an indexer of its own")
    index_skip_topk_offset: Figure = Field(None, description="the first layers that all have one, such as 3")
    indexer_types: tuple[Literal["full", "shared"], ...] | None = Field(
        None, description="full for each layer that has an indexer of its own, else shared"
    )
    num_nextn_predict_layers: Figure = Field(None, description="the published MTP layers, such as 1")
    per_layer_config: dict[str, LayerConfig] | None = Field(
        None, description="what single layers have otherwise: a map such as '5': {head_dim: 512}"
    )
    use_sliding_window: Bool | None = Field(None, description="false where no layer has a window")
    max_window_layers: Figure = Field(None, description="how many first layers see all, such as 28")
    linear_num_heads: Figure = Field(None, description="heads of a linear layer, such as 32")
    linear_head_dim: Figure = Field(None, description="elements of one of them, such as 128")
    lm_head_bias: Bool | None = Field(None, description="true where the output head has a bias")


# Every word that an entry may say.
WORDS = frozenset(Architecture.model_fields)
