"""What may a model's shape say? The words of config.json that decide tensors or cache, and nothing else."""

from __future__ import annotations

from functools import cached_property
from typing import Annotated, Literal

from sizing.facts.entries.entry import Entry, about
from sizing.facts.entries.values import Bool, Bounded, Natural, Number, Positive, PositiveNumber, Text

LayerType = Literal[
    "full_attention", "attention", "sliding_attention", "chunked_attention", "linear_attention", "mamba", "conv"
]
BlockType = Literal["mamba", "attention", "mlp", "moe"]


class LinearAttention(Entry):
    """Kimi Linear's ``linear_attn_config``; layers are counted from 1."""

    full_attn_layers: tuple[Positive, ...] = about("a list of the layers that are not linear")
    kda_layers: tuple[Positive, ...] | None = about("a list of the others", default=None)
    num_heads: Positive = about("a whole number, such as 32")
    head_dim: Positive = about("a whole number, such as 128")
    short_conv_kernel_size: Positive = about("a whole number, such as 4")
    use_full_rank_gate: Bool | None = about("true where the output gate is one matrix, not two", default=None)
    gate_lower_bound: Number | None = about("decides no size", default=None)


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


class Architecture(Entry):
    """A text model's shape in the words of its ``config.json``; only keys that decide tensors or cache."""

    model_type: Text = about("config.json's model_type, such as llama")
    vocab_size: Positive = about("a whole number, such as 128256")
    hidden_size: Positive = about("a whole number, such as 4096")
    intermediate_size: Positive | None = about("a whole number, such as 14336", default=None)
    num_hidden_layers: Positive = about("a whole number, such as 32")
    num_attention_heads: Positive = about("a whole number, such as 32")
    num_key_value_heads: Positive | None = about("a whole number; left out, every head has its own", default=None)
    head_dim: Positive | None = about("a whole number; left out, hidden_size / num_attention_heads", default=None)
    num_attention_heads_per_layer: tuple[Positive, ...] | None = about("query heads of each layer", default=None)
    num_sliding_attention_heads: Positive | None = about("query heads of a sliding layer, such as 96", default=None)
    swa_num_attention_heads: Positive | None = about("query heads of a sliding layer, such as 64", default=None)
    swa_num_key_value_heads: Positive | None = about("key heads of a sliding layer, such as 8", default=None)
    swa_head_dim: Positive | None = about("elements of a sliding layer's query and key, such as 192", default=None)
    swa_v_head_dim: Positive | None = about("elements of a sliding layer's value, such as 128", default=None)
    global_head_dim: Positive | None = about("elements of a head that sees all, such as 512", default=None)
    num_global_key_value_heads: Positive | None = about(
        "key heads of a layer that sees all, where attention_k_eq_v is true", default=None
    )
    attention_k_eq_v: Bool | None = about("true where layers that see all take keys for values too", default=None)
    num_kv_shared_layers: Natural | None = about("last layers that use the keys of earlier ones", default=None)
    use_double_wide_mlp: Bool | None = about("true where those layers are twice as wide", default=None)
    hidden_size_per_layer_input: Natural | None = about("width of each layer's own embedding", default=None)
    vocab_size_per_layer_input: Positive | None = about("rows of that embedding, such as 262144", default=None)
    block_configs: tuple[BlockConfig, ...] | None = about("{attention, ffn} of each layer", default=None)
    attention_head_dim: Positive | None = about("the same, in Nemotron-H's word", default=None)
    tie_word_embeddings: Bool | None = about("true or false", default=None)
    attention_bias: Bool | None = about("true or false", default=None)
    use_qk_norm: Bool | None = about("true or false", default=None)
    attention_out_bias: Bool | None = about("true or false", default=None)
    use_bias: Bool | None = about("true or false", default=None)
    sliding_window: Positive | None = about("tokens that a sliding layer sees, such as 4096", default=None)
    sliding_window_pattern: Positive | None = about("every so many layers one sees all, such as 6", default=None)
    attention_chunk_size: Positive | None = about("tokens of an attention chunk, such as 8192", default=None)
    layer_types: tuple[LayerType, ...] | None = about(
        "full_attention, sliding_attention, chunked_attention, linear_attention, mamba or conv for each", default=None
    )
    hybrid_override_pattern: Annotated[str, Bounded(pattern=r"^[-M*E]+$")] | None = about(
        "for each layer M (Mamba), * (attention), - (an MLP) or E (experts)", default=None
    )
    layers_block_type: tuple[BlockType, ...] | None = about(
        "the same in words: mamba, attention, mlp or moe for each layer", default=None
    )
    full_attn_idxs: tuple[Natural, ...] | None = about("a list of the layers that are no convolutions", default=None)
    attn_layer_period: Positive | None = about("every so many layers one is attention, such as 8", default=None)
    attn_layer_offset: Natural | None = about("the first of these, such as 4", default=None)
    linear_attn_config: LinearAttention | None = about("{full_attn_layers, num_heads, head_dim, …}", default=None)
    full_attention_interval: Positive | None = about("every so many layers one is not linear", default=None)
    linear_num_key_heads: Positive | None = about("a whole number, such as 16", default=None)
    linear_num_value_heads: Positive | None = about("a whole number, such as 32", default=None)
    linear_key_head_dim: Positive | None = about("a whole number, such as 128", default=None)
    linear_value_head_dim: Positive | None = about("a whole number, such as 128", default=None)
    linear_conv_kernel_dim: Positive | None = about("a whole number, such as 4", default=None)
    conv_L_cache: Positive | None = about(  # noqa: N815 (config.json's word)
        "tokens that a short convolution sees, such as 3", default=None
    )
    mamba_num_heads: Positive | None = about("a whole number, such as 128", default=None)
    mamba_n_heads: Positive | None = about("a whole number, such as 128", default=None)
    mamba_head_dim: Positive | None = about("a whole number, such as 64", default=None)
    mamba_d_head: Positive | Literal["auto"] | None = about("a whole number, such as 64, or auto", default=None)
    mamba_d_ssm: Positive | None = about("a whole number; left out, mamba_expand * hidden_size", default=None)
    mamba_expand: Positive | None = about("a whole number, such as 2", default=None)
    mamba_dt_rank: Positive | Literal["auto"] | None = about("a whole number, such as 256, or auto", default=None)
    ssm_state_size: Positive | None = about("a whole number, such as 128", default=None)
    mamba_d_state: Positive | None = about("a whole number, such as 128", default=None)
    n_groups: Positive | None = about("groups of a Mamba mixer, such as 8", default=None)
    mamba_n_groups: Positive | None = about("groups of a Mamba mixer, such as 1", default=None)
    conv_kernel: Positive | None = about("tokens that a Mamba convolution sees, such as 4", default=None)
    mamba_d_conv: Positive | None = about("tokens that a Mamba convolution sees, such as 4", default=None)
    mamba_rms_norm: Bool | None = about("true or false", default=None)
    mamba_ssm_dtype: Literal["float32", "float16", "bfloat16"] | None = about(
        "the number type of a recurrent state, such as float32", default=None
    )
    num_local_experts: Natural | None = about("a whole number of experts a layer, such as 8", default=None)
    n_routed_experts: Positive | None = about("a whole number of experts a layer, such as 256", default=None)
    num_experts: Positive | None = about("a whole number of experts a layer, such as 128", default=None)
    moe_num_experts: Positive | None = about("a whole number of experts a layer, such as 64", default=None)
    enable_moe_block: Bool | None = about("true where experts stand beside a dense block", default=None)
    top_k_experts: Positive | None = about("the experts that one token uses, such as 8", default=None)
    moe_topk: Positive | None = about("the experts that one token uses, such as 8", default=None)
    num_experts_per_tok: Positive | None = about("the experts that one token uses, such as 8", default=None)
    num_experts_per_token: Positive | None = about("the experts that one token uses, such as 8", default=None)
    moe_k: Positive | None = about("the experts that one token uses, such as 6", default=None)
    n_shared_experts: Natural | None = about("experts that every token uses, such as 1", default=None)
    num_shared_expert: Natural | None = about("experts that every token uses, such as 1", default=None)
    share_expert_dim: Positive | None = about("width of the shared expert, such as 1280", default=None)
    dense_intermediate_size: Positive | None = about("width of the layers without experts", default=None)
    prefix_dense_intermediate_size: Positive | None = about("width of the layers without experts", default=None)
    moe_num_shared_experts: Natural | None = about("experts that every token uses, such as 2", default=None)
    num_shared_experts: Natural | None = about("experts that every token uses, such as 1", default=None)
    moe_intermediate_size: Positive | None = about("a whole number, such as 2048", default=None)
    shared_expert_intermediate_size: Positive | None = about("a whole number, such as 512", default=None)
    shared_intermediate_size: Positive | None = about("a whole number, such as 1536", default=None)
    moe_shared_expert_intermediate_size: Positive | None = about("a whole number, such as 5376", default=None)
    moe_latent_size: Positive | None = about("width that the experts see, such as 1024", default=None)
    routed_expert_hidden_size: Positive | None = about("width that the experts see, such as 3584", default=None)
    latent_moe_use_norm: Bool | None = about("true where a norm follows the experts", default=None)
    intermediate_size_mlp: Positive | None = about("a whole number, such as 16384", default=None)
    block_ff_dim: Positive | None = about("a whole number, such as 12288", default=None)
    block_auto_adjust_ff_dim: Bool | None = about("false where the width is meant as written", default=None)
    block_ffn_dim_multiplier: Number | None = about("a factor of the width, such as 1.0", default=None)
    block_multiple_of: Positive | None = about("the width is rounded up to it, such as 256", default=None)
    first_k_dense_replace: Natural | None = about("how many first layers have no experts, such as 3", default=None)
    moe_layer_start_index: Natural | None = about("the first layer with experts, such as 1", default=None)
    num_dense_layers: Natural | None = about("how many first layers have no experts, such as 2", default=None)
    expert_layer_period: Positive | None = about("every so many layers one has experts, such as 2", default=None)
    expert_layer_offset: Natural | None = about("the first of these, such as 1", default=None)
    num_hash_layers: Natural | None = about("how many first layers look their experts up, such as 3", default=None)
    decoder_sparse_step: Positive | None = about("every so many layers one has experts, such as 1", default=None)
    interleave_moe_layer_step: Positive | None = about("every so many layers one has experts", default=None)
    mlp_only_layers: tuple[Natural, ...] | None = about("a list of layers without experts", default=None)
    q_lora_rank: Positive | None = about("a whole number, such as 1536", default=None)
    kv_lora_rank: Positive | None = about("a whole number, such as 512", default=None)
    qk_nope_head_dim: Positive | None = about("a whole number, such as 128", default=None)
    qk_rope_head_dim: Positive | None = about("a whole number, such as 64", default=None)
    v_head_dim: Positive | None = about("a whole number, such as 128", default=None)
    mla_use_output_gate: Bool | None = about("true or false", default=None)
    o_lora_rank: Positive | None = about("rank of one group of the output projection, such as 1024", default=None)
    o_groups: Positive | None = about("its groups, such as 8", default=None)
    compress_ratios: tuple[Natural, ...] | None = about(
        "for each layer, how many tokens one compressed entry stands for: 4 or 128, or 0 for none", default=None
    )
    hc_mult: Positive | None = about("residual streams of hyper-connections, such as 4", default=None)
    attn_res_block_size: Positive | None = about("layers whose outputs later ones choose from", default=None)
    index_n_heads: Positive | None = about("heads of the sparse-attention indexer, such as 64", default=None)
    index_head_dim: Positive | None = about("elements of one of its heads, such as 128", default=None)
    index_topk: Positive | None = about("tokens that it selects, such as 2048", default=None)
    index_topk_freq: Positive | None = about("every so many layers one has an indexer of its own", default=None)
    index_skip_topk_offset: Natural | None = about("the first layers that all have one, such as 3", default=None)
    indexer_types: tuple[Literal["full", "shared"], ...] | None = about(
        "full for each layer that has an indexer of its own, else shared", default=None
    )
    num_nextn_predict_layers: Natural | None = about("the published MTP layers, such as 1", default=None)

    def __hash__(self) -> int:
        return self._hash

    @cached_property
    def _hash(self) -> int:
        # Architectures are keys of many caches; hashing every field each time would cost more than what they save.
        return hash(tuple(self.__dict__.values()))

    @property
    def width(self) -> int:
        """Width of the plain feed-forward blocks; 0 where every layer has experts and none is given."""
        return self.intermediate_size or 0

    @property
    def experts(self) -> int:
        """Routed experts a layer; 0 for a dense model, which Jamba calls one expert."""
        found = self.num_local_experts or self.n_routed_experts or self.num_experts or self.moe_num_experts or 0
        return found if found > 1 else 0

    @property
    def experts_used(self) -> int:
        """Routed experts that one token passes through."""
        stated = (
            self.num_experts_per_tok,
            self.num_experts_per_token,
            self.moe_k,
            self.top_k_experts,
            self.moe_topk,
        )
        return next((count for count in stated if count), 0)

    @property
    def shared_width(self) -> int:
        """Width of the shared experts together; 0 where there are none."""
        stated = (
            self.shared_expert_intermediate_size,
            self.moe_shared_expert_intermediate_size,
            self.share_expert_dim,
            self.shared_intermediate_size,
        )
        counts = (self.n_shared_experts, self.moe_num_shared_experts, self.num_shared_expert, self.num_shared_experts)
        if width := next((width for width in stated if width), 0):
            return width
        shared = next((count for count in counts if count), 0)
        return shared * (self.moe_intermediate_size or self.width)

    @property
    def linear_keys(self) -> int:
        """Width of a linear layer's keys, and of its queries."""
        return (self.linear_num_key_heads or 0) * (self.linear_key_head_dim or 0)

    @property
    def linear_values(self) -> int:
        """Width of a linear layer's values."""
        return (self.linear_num_value_heads or 0) * (self.linear_value_head_dim or 0)

    @property
    def expert_hidden(self) -> int:
        """Width that routed experts see."""
        return self.moe_latent_size or self.routed_expert_hidden_size or self.hidden_size

    @property
    def ssm_heads(self) -> int:
        """Heads of a Mamba-2 mixer."""
        return self.mamba_num_heads or self.mamba_n_heads or 0

    @property
    def ssm_inner(self) -> int:
        """Width of a Mamba mixer."""
        if self.mamba_num_heads and self.mamba_head_dim:
            return self.mamba_num_heads * self.mamba_head_dim
        return self.mamba_d_ssm or (self.mamba_expand or 2) * self.hidden_size

    @property
    def ssm_state(self) -> int:
        """States of each of a Mamba mixer's channels."""
        return self.ssm_state_size or self.mamba_d_state or 0

    @property
    def ssm_groups(self) -> int:
        """Groups of a Mamba-2 mixer that share their inputs to the state."""
        return self.n_groups or self.mamba_n_groups or 1

    @property
    def ssm_kernel(self) -> int:
        """Tokens that a Mamba mixer's convolution sees."""
        return self.conv_kernel or self.mamba_d_conv or 0

    @property
    def kv_heads(self) -> int:
        """Key and value heads."""
        return self.num_key_value_heads or self.num_attention_heads

    @property
    def head_size(self) -> int:
        """Elements of one head."""
        return self.head_dim or self.attention_head_dim or self.hidden_size // self.num_attention_heads

    def __post_init__(self) -> None:
        if self.num_attention_heads % self.kv_heads:
            raise ValueError(
                f"num_attention_heads {self.num_attention_heads} is not a multiple of "
                f"num_key_value_heads {self.kv_heads}; check both against config.json"
            )
        stated = self.head_dim or self.attention_head_dim or self.kv_lora_rank
        if stated is None and self.hidden_size % self.num_attention_heads:
            raise ValueError("hidden_size is not a multiple of num_attention_heads; give head_dim")
        width = self.intermediate_size or self.block_ff_dim or self.shared_intermediate_size or self.block_configs
        if not width and not (self.experts and self.moe_intermediate_size):
            raise ValueError("intermediate_size is missing; give a whole number, such as 14336")
        if self.experts and not self.experts_used:
            raise ValueError("a model with experts needs num_experts_per_tok, such as 8")
        if self.experts and self.experts_used > self.experts:
            raise ValueError(f"num_experts_per_tok {self.experts_used} exceeds the {self.experts} experts")
        linear = self.linear_values or self.linear_attn_config or self.ssm_state
        if "linear_attention" in (self.layer_types or ()) and not linear:
            raise ValueError("layer_types has linear_attention; give linear_num_value_heads and the other linear_ keys")
        per_layer = {"num_attention_heads_per_layer": self.num_attention_heads_per_layer}
        for key, values in {**per_layer, "block_configs": self.block_configs}.items():
            if values is not None and len(values) != self.num_hidden_layers:
                raise ValueError(f"{key} has {len(values)} entries for {self.num_hidden_layers} layers")
        if self.layer_types is not None and len(self.layer_types) != self.num_hidden_layers:
            raise ValueError(f"layer_types has {len(self.layer_types)} entries for {self.num_hidden_layers} layers")
        for key in ("hybrid_override_pattern", "layers_block_type"):
            pattern = getattr(self, key)
            if pattern is not None and len(pattern) != self.num_hidden_layers:
                raise ValueError(f"{key} has {len(pattern)} entries for {self.num_hidden_layers} layers")
        if self.compress_ratios is not None and len(self.compress_ratios) < self.num_hidden_layers:
            raise ValueError(f"compress_ratios has {len(self.compress_ratios)} of {self.num_hidden_layers} layers")
