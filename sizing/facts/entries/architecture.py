"""What may a model's shape say? The words of config.json that decide tensors or cache, and nothing else."""

from __future__ import annotations

from functools import cached_property
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from sizing.facts.entries.common import Bool, Entry, Natural, Positive

LayerType = Literal[
    "full_attention", "attention", "sliding_attention", "chunked_attention", "linear_attention", "mamba", "conv"
]
BlockType = Literal["mamba", "attention", "mlp", "moe"]


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


class Architecture(Entry):
    """A text model's shape in the words of its ``config.json``; only keys that decide tensors or cache."""

    model_type: str = Field(description="config.json's model_type, such as llama")
    vocab_size: Positive = Field(description="a whole number, such as 128256")
    hidden_size: Positive = Field(description="a whole number, such as 4096")
    intermediate_size: Positive | None = Field(None, description="a whole number, such as 14336")
    num_hidden_layers: Positive = Field(description="a whole number, such as 32")
    num_attention_heads: Positive = Field(description="a whole number, such as 32")
    num_key_value_heads: Positive | None = Field(None, description="a whole number; left out, every head has its own")
    head_dim: Positive | None = Field(None, description="a whole number; left out, hidden_size / num_attention_heads")
    num_attention_heads_per_layer: tuple[Positive, ...] | None = Field(None, description="query heads of each layer")
    num_sliding_attention_heads: Positive | None = Field(None, description="query heads of a sliding layer, such as 96")
    swa_num_attention_heads: Positive | None = Field(None, description="query heads of a sliding layer, such as 64")
    swa_num_key_value_heads: Positive | None = Field(None, description="key heads of a sliding layer, such as 8")
    swa_head_dim: Positive | None = Field(None, description="elements of a sliding layer's query and key, such as 192")
    swa_v_head_dim: Positive | None = Field(None, description="elements of a sliding layer's value, such as 128")
    global_head_dim: Positive | None = Field(None, description="elements of a head that sees all, such as 512")
    num_global_key_value_heads: Positive | None = Field(
        None, description="key heads of a layer that sees all, where attention_k_eq_v is true"
    )
    attention_k_eq_v: Bool | None = Field(None, description="true where layers that see all take keys for values too")
    num_kv_shared_layers: Natural | None = Field(None, description="last layers that use the keys of earlier ones")
    use_double_wide_mlp: Bool | None = Field(None, description="true where those layers are twice as wide")
    hidden_size_per_layer_input: Natural | None = Field(None, description="width of each layer's own embedding")
    vocab_size_per_layer_input: Positive | None = Field(None, description="rows of that embedding, such as 262144")
    block_configs: tuple[BlockConfig, ...] | None = Field(None, description="{attention, ffn} of each layer")
    attention_head_dim: Positive | None = Field(None, description="the same, in Nemotron-H's word")
    tie_word_embeddings: Bool | None = Field(None, description="true or false")
    attention_bias: Bool | None = Field(None, description="true or false")
    use_qk_norm: Bool | None = Field(None, description="true or false")
    attention_out_bias: Bool | None = Field(None, description="true or false")
    use_bias: Bool | None = Field(None, description="true or false")
    sliding_window: Positive | None = Field(None, description="tokens that a sliding layer sees, such as 4096")
    sliding_window_pattern: Positive | None = Field(None, description="every so many layers one sees all, such as 6")
    attention_chunk_size: Positive | None = Field(None, description="tokens of an attention chunk, such as 8192")
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
    attn_layer_period: Positive | None = Field(None, description="every so many layers one is attention, such as 8")
    attn_layer_offset: Natural | None = Field(None, description="the first of these, such as 4")
    linear_attn_config: LinearAttention | None = Field(None, description="{full_attn_layers, num_heads, head_dim, …}")
    full_attention_interval: Positive | None = Field(None, description="every so many layers one is not linear")
    linear_num_key_heads: Positive | None = Field(None, description="a whole number, such as 16")
    linear_num_value_heads: Positive | None = Field(None, description="a whole number, such as 32")
    linear_key_head_dim: Positive | None = Field(None, description="a whole number, such as 128")
    linear_value_head_dim: Positive | None = Field(None, description="a whole number, such as 128")
    linear_conv_kernel_dim: Positive | None = Field(None, description="a whole number, such as 4")
    conv_L_cache: Positive | None = Field(  # noqa: N815 (config.json's word)
        None, description="tokens that a short convolution sees, such as 3"
    )
    mamba_num_heads: Positive | None = Field(None, description="a whole number, such as 128")
    mamba_n_heads: Positive | None = Field(None, description="a whole number, such as 128")
    mamba_head_dim: Positive | None = Field(None, description="a whole number, such as 64")
    mamba_d_head: Positive | Literal["auto"] | None = Field(None, description="a whole number, such as 64, or auto")
    mamba_d_ssm: Positive | None = Field(None, description="a whole number; left out, mamba_expand * hidden_size")
    mamba_expand: Positive | None = Field(None, description="a whole number, such as 2")
    mamba_dt_rank: Positive | Literal["auto"] | None = Field(None, description="a whole number, such as 256, or auto")
    ssm_state_size: Positive | None = Field(None, description="a whole number, such as 128")
    mamba_d_state: Positive | None = Field(None, description="a whole number, such as 128")
    n_groups: Positive | None = Field(None, description="groups of a Mamba mixer, such as 8")
    mamba_n_groups: Positive | None = Field(None, description="groups of a Mamba mixer, such as 1")
    conv_kernel: Positive | None = Field(None, description="tokens that a Mamba convolution sees, such as 4")
    mamba_d_conv: Positive | None = Field(None, description="tokens that a Mamba convolution sees, such as 4")
    mamba_rms_norm: Bool | None = Field(None, description="true or false")
    mamba_ssm_dtype: Literal["float32", "float16", "bfloat16"] | None = Field(
        None, description="the number type of a recurrent state, such as float32"
    )
    num_local_experts: Natural | None = Field(None, description="a whole number of experts a layer, such as 8")
    n_routed_experts: Positive | None = Field(None, description="a whole number of experts a layer, such as 256")
    num_experts: Positive | None = Field(None, description="a whole number of experts a layer, such as 128")
    moe_num_experts: Positive | None = Field(None, description="a whole number of experts a layer, such as 64")
    enable_moe_block: Bool | None = Field(None, description="true where experts stand beside a dense block")
    top_k_experts: Positive | None = Field(None, description="the experts that one token uses, such as 8")
    moe_topk: Positive | None = Field(None, description="the experts that one token uses, such as 8")
    num_experts_per_tok: Positive | None = Field(None, description="the experts that one token uses, such as 8")
    num_experts_per_token: Positive | None = Field(None, description="the experts that one token uses, such as 8")
    moe_k: Positive | None = Field(None, description="the experts that one token uses, such as 6")
    n_shared_experts: Natural | None = Field(None, description="experts that every token uses, such as 1")
    num_shared_expert: Natural | None = Field(None, description="experts that every token uses, such as 1")
    share_expert_dim: Positive | None = Field(None, description="width of the shared expert, such as 1280")
    dense_intermediate_size: Positive | None = Field(None, description="width of the layers without experts")
    prefix_dense_intermediate_size: Positive | None = Field(None, description="width of the layers without experts")
    moe_num_shared_experts: Natural | None = Field(None, description="experts that every token uses, such as 2")
    num_shared_experts: Natural | None = Field(None, description="experts that every token uses, such as 1")
    moe_intermediate_size: Positive | None = Field(None, description="a whole number, such as 2048")
    shared_expert_intermediate_size: Positive | None = Field(None, description="a whole number, such as 512")
    shared_intermediate_size: Positive | None = Field(None, description="a whole number, such as 1536")
    moe_shared_expert_intermediate_size: Positive | None = Field(None, description="a whole number, such as 5376")
    moe_latent_size: Positive | None = Field(None, description="width that the experts see, such as 1024")
    routed_expert_hidden_size: Positive | None = Field(None, description="width that the experts see, such as 3584")
    latent_moe_use_norm: Bool | None = Field(None, description="true where a norm follows the experts")
    intermediate_size_mlp: Positive | None = Field(None, description="a whole number, such as 16384")
    block_ff_dim: Positive | None = Field(None, description="a whole number, such as 12288")
    block_auto_adjust_ff_dim: Bool | None = Field(None, description="false where the width is meant as written")
    block_ffn_dim_multiplier: float | None = Field(None, description="a factor of the width, such as 1.0")
    block_multiple_of: Positive | None = Field(None, description="the width is rounded up to it, such as 256")
    first_k_dense_replace: Natural | None = Field(None, description="how many first layers have no experts, such as 3")
    moe_layer_start_index: Natural | None = Field(None, description="the first layer with experts, such as 1")
    num_dense_layers: Natural | None = Field(None, description="how many first layers have no experts, such as 2")
    expert_layer_period: Positive | None = Field(None, description="every so many layers one has experts, such as 2")
    expert_layer_offset: Natural | None = Field(None, description="the first of these, such as 1")
    num_hash_layers: Natural | None = Field(None, description="how many first layers look their experts up, such as 3")
    decoder_sparse_step: Positive | None = Field(None, description="every so many layers one has experts, such as 1")
    interleave_moe_layer_step: Positive | None = Field(None, description="every so many layers one has experts")
    mlp_only_layers: tuple[Natural, ...] | None = Field(None, description="a list of layers without experts")
    q_lora_rank: Positive | None = Field(None, description="a whole number, such as 1536")
    kv_lora_rank: Positive | None = Field(None, description="a whole number, such as 512")
    qk_nope_head_dim: Positive | None = Field(None, description="a whole number, such as 128")
    qk_rope_head_dim: Positive | None = Field(None, description="a whole number, such as 64")
    v_head_dim: Positive | None = Field(None, description="a whole number, such as 128")
    mla_use_output_gate: Bool | None = Field(None, description="true or false")
    o_lora_rank: Positive | None = Field(None, description="rank of one group of the output projection, such as 1024")
    o_groups: Positive | None = Field(None, description="its groups, such as 8")
    compress_ratios: tuple[Natural, ...] | None = Field(
        None, description="for each layer, how many tokens one compressed entry stands for: 4 or 128, or 0 for none"
    )
    hc_mult: Positive | None = Field(None, description="residual streams of hyper-connections, such as 4")
    attn_res_block_size: Positive | None = Field(None, description="layers whose outputs later ones choose from")
    index_n_heads: Positive | None = Field(None, description="heads of the sparse-attention indexer, such as 64")
    index_head_dim: Positive | None = Field(None, description="elements of one of its heads, such as 128")
    index_topk: Positive | None = Field(None, description="tokens that it selects, such as 2048")
    index_topk_freq: Positive | None = Field(None, description="every so many layers one has an indexer of its own")
    index_skip_topk_offset: Natural | None = Field(None, description="the first layers that all have one, such as 3")
    indexer_types: tuple[Literal["full", "shared"], ...] | None = Field(
        None, description="full for each layer that has an indexer of its own, else shared"
    )
    num_nextn_predict_layers: Natural | None = Field(None, description="the published MTP layers, such as 1")

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

    @model_validator(mode="after")
    def _consistent(self) -> Self:
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
        return self
