"""What may a catalog entry say? One frozen type per kind of entry; a field's description is what its error suggests.

Quantities are written with their unit and held in base units (bytes, bytes/s, operations/s, watts, seconds).
A fact that nobody states is ``undisclosed``, never a guess.
"""

from __future__ import annotations

import contextlib
import re
from datetime import date
from functools import cached_property
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from sizing import units
from sizing.units import UNDISCLOSED, Undisclosed


def _or_undisclosed(read: Any) -> BeforeValidator:
    def accept(value: object) -> object:
        return value if value == UNDISCLOSED else read(value)

    return BeforeValidator(accept)


def _date(value: object) -> object:
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        with contextlib.suppress(ValueError):
            return date.fromisoformat(value)
    raise ValueError(f"{value!r} is not a date; write it as 2026-11-20")


def _url(value: object) -> object:
    if isinstance(value, str) and re.fullmatch(r"https?://[^\s/]+\.[^\s/]+(/\S*)?", value):
        return value
    raise ValueError(
        f"{value!r} is not a public address; write it in full, such as https://huggingface.co/Qwen/Qwen3-8B"
    )


Date = Annotated[date, BeforeValidator(_date)]
Url = Annotated[str, BeforeValidator(_url)]
Memory = Annotated[int, BeforeValidator(units.memory_size)]
Bandwidth = Annotated[float, BeforeValidator(units.bandwidth)]
MemoryOrUndisclosed = Annotated[int | Undisclosed, _or_undisclosed(units.memory_size)]
BandwidthOrUndisclosed = Annotated[float | Undisclosed, _or_undisclosed(units.bandwidth)]
WorkRateOrUndisclosed = Annotated[float | Undisclosed, _or_undisclosed(units.work_rate)]
PowerOrUndisclosed = Annotated[float | Undisclosed, _or_undisclosed(units.power)]
DateOrUndisclosed = Annotated[date | Undisclosed, _or_undisclosed(_date)]
Amount = Annotated[int, BeforeValidator(units.amount)]
AmountOrUndisclosed = Annotated[int | Undisclosed, _or_undisclosed(units.amount)]
Positive = Annotated[int, Field(gt=0, strict=True)]
Natural = Annotated[int, Field(ge=0, strict=True)]
Bool = Annotated[bool, Field(strict=True)]


class Entry(BaseModel):
    """Frozen; an unknown key is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, defer_build=True)


class Source(Entry):
    """Where a fact was read, and when."""

    url: Url = Field(description="the public address, such as https://huggingface.co/Qwen/Qwen3-8B")
    read: Date = Field(description="the day it was read, such as 2026-11-20")
    keys: tuple[str, ...] = Field((), alias="for", description="a list of the keys that it supports")
    note: str | None = Field(None, description="a short remark in text")


Sources = Annotated[tuple[Source, ...], Field(min_length=1)]
SOURCES = "a list of at least one {url, read}"


# --- models ---------------------------------------------------------------------------------------------------------


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


class Published(Entry):
    """The vendor's headline figures, as the vendor counts them."""

    total: AmountOrUndisclosed = Field(UNDISCLOSED, description="a count such as 671B")
    active: AmountOrUndisclosed = Field(UNDISCLOSED, description="a count such as 37B")
    counts: str = Field(description="what the figure counts, in a few words")


class PublishedFile(Entry):
    """A published file of a mix that no format's rule makes: its size is the fact."""

    bytes: Positive = Field(description="its tensors' bytes, such as 17664000000")
    like: str = Field(description="the format whose recipe says how the bytes lie over the parts, such as Q4_K_M")
    source: Source = Field(description="{url, read}")


class ModelEntry(Entry):
    """One model: what its publisher states."""

    id: str
    family: str = Field(description="the family's name")
    vendor: str = Field(description="the vendor's id, such as meta")
    name: str = Field(description="the model's name")
    license: str = Field(description="the licence's name, or proprietary")
    native: str = Field(description="the number type of the published weights, such as BF16, or undisclosed")
    released: DateOrUndisclosed = Field(description="the release date, such as 2025-04-28")
    context: AmountOrUndisclosed = Field(description="the model's limit in tokens, such as 8192")
    stated_parameters: AmountOrUndisclosed = Field(
        alias="parameters", description="the published exact count, such as 8030261248, or undisclosed"
    )
    published: Published | None = Field(None, description="{total, active, counts}")
    architecture: Architecture | Undisclosed = Field(description="config.json's keys, or undisclosed")
    files: dict[str, PublishedFile] = Field(
        {}, description="published files of no format's rule: a map such as UD-Q4_K_XL: {bytes, like, source}"
    )
    sources: tuple[Source, ...] = Field((), description=SOURCES)

    @property
    def open(self) -> bool:
        """Whether its weights, and so its shape, are published."""
        return self.architecture != UNDISCLOSED


# --- devices and machines -------------------------------------------------------------------------------------------

# How a program reaches a device; the last row are Chinese vendors' own platforms. A device may list one that no
# runtime of the catalog serves yet.
Backend = Literal[
    "cuda", "metal", "rocm", "vulkan", "sycl", "cpu",
    "cann", "musa", "maca", "dtk", "neuware", "supa", "xpu", "corex",
]  # fmt: skip


class Compute(Entry):
    """A dense rate of one number type, with the accumulator it is stated for."""

    type: Literal["fp32", "tf32", "fp16", "bf16", "fp8", "int8", "int4", "fp4"] = Field(description="such as fp16")
    accumulate: Literal["fp16", "fp32", "int32", "undisclosed"] = Field(description="fp16, fp32, int32 or undisclosed")
    rate: WorkRateOrUndisclosed = Field(description="a dense rate such as 165.2 TFLOPS, or undisclosed")
    note: str | None = Field(None, description="a short remark in text")


def _sizes(value: object) -> object:
    return tuple(units.memory_size(v) for v in (value if isinstance(value, list) else [value]))


class DeviceMemory(Entry):
    """What the box says and what the driver shows."""

    box: Annotated[tuple[int, ...], BeforeValidator(_sizes)] = Field(description="24 GB, or a list of the sizes sold")
    driver: MemoryOrUndisclosed = Field(UNDISCLOSED, description="what the driver shows, such as 24564 MiB")
    type: str = Field(description="the kind of memory, such as GDDR6X")


class Interconnect(Entry):
    """How a card reaches its host and its peers."""

    pcie: str = Field(
        description="generation and lanes, such as 4.0 x16, or none", pattern=r"^([3-6]\.0 x(4|8|16)|none)$"
    )
    nvlink: Annotated[
        float | Literal["none"] | Undisclosed,
        BeforeValidator(lambda v: v if v in ("none", UNDISCLOSED) else units.bandwidth(v)),
    ] = Field("none", description="the vendor's total for one card, such as 600 GB/s, or none")

    @property
    def pcie_bandwidth(self) -> float | None:
        """Bytes per second each way: PCI-SIG's transfer rate times lanes, less the line code (128b/130b)."""
        if self.pcie == "none":
            return None
        generation, lanes = self.pcie.split(".0 x")
        transfers = {"3": 8e9, "4": 16e9, "5": 32e9, "6": 64e9}[generation]
        return transfers * int(lanes) / 8 * 128 / 130


class Device(Entry):
    """A GPU, a chip whose CPU and GPU share one memory, or a CPU (one socket with its memory)."""

    id: str
    vendor: str = Field(description="the vendor's id, such as nvidia")
    name: str = Field(description="the product's name")
    kind: Literal["gpu", "soc", "cpu"] = Field(description="gpu, soc for one unified memory, or cpu")
    market: Literal["consumer", "laptop", "workstation", "datacenter", "embedded"] = Field(
        description="consumer, laptop, workstation, datacenter or embedded"
    )
    released: DateOrUndisclosed = Field(description="the release date, such as 2022-10-12")
    backends: tuple[Backend, ...] = Field(min_length=1, description="a list such as [cuda]")
    architecture: str | None = Field(None, description="the chip's architecture, such as Ada Lovelace")
    capability: float | None = Field(None, gt=0, description="the CUDA compute capability, such as 8.9")
    memory: DeviceMemory = Field(description="{box, driver, type}")
    bandwidth: BandwidthOrUndisclosed = Field(description="the memory bandwidth, such as 1008 GB/s")
    compute: tuple[Compute, ...] = Field((), description="a list of {type, accumulate, rate}; left out for a cpu")
    tdp: PowerOrUndisclosed | None = Field(
        None, description="such as 450 W, or undisclosed; left out for a socket that takes several processors"
    )
    interconnect: Interconnect | None = Field(None, description="{pcie, nvlink}")
    sources: Sources = Field(description=SOURCES)

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if self.kind == "gpu" and len(self.memory.box) != 1:
            raise ValueError("a gpu has one memory size; give each size its own device")
        if self.kind != "cpu" and (not self.compute or self.tdp is None):
            raise ValueError("only a cpu goes without compute and tdp; give both, or undisclosed")
        if (self.kind == "cpu") != ("cpu" in self.backends):
            raise ValueError("a cpu has backends: [cpu], and nothing else has")
        driver = units.known(self.memory.driver)
        if driver is not None and not 0.8 * self.memory.box[0] <= driver <= self.memory.box[0]:
            raise ValueError("memory.driver must lie within 80 % to 100 % of memory.box; check the unit (MiB)")
        return self

    @property
    def unified(self) -> bool:
        """Whether its memory is the host's."""
        return self.kind != "gpu"

    def rate(self, kind: str, accumulate: str | None = None) -> float | None:
        """A number type's dense rate in operations/s: with that accumulator where it is stated apart, else FP32."""
        rates = {c.accumulate: rate for c in self.compute if c.type == kind and (rate := units.known(c.rate))}
        wanted = (accumulate or "fp32", "fp32", *rates)
        return next((rates[a] for a in wanted if a in rates), None)


class GpuLimit(Entry):
    """One observation, or a vendor's statement, of what a system lets the GPU use of a memory that it shares."""

    vendor: str = Field(description="the vendor's id, such as apple: other vendors' chips follow other rules")
    memory: Memory = Field(description="the machine's memory, such as 64 GB")
    limit: Positive = Field(description="bytes, such as 51539607552")
    device: str = Field(UNDISCLOSED, description="the device's id, or undisclosed")
    system: str = Field(UNDISCLOSED, description="such as macOS 14.1, or undisclosed")
    source: Source = Field(description="{url, read}")

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if not 0.5 * self.memory <= self.limit <= self.memory:
            raise ValueError("limit must lie within 50 % to 100 % of memory; check that it is in bytes")
        return self


class RaiseGpuLimit(Entry):
    """How the limit is raised."""

    command: str = Field(description="the command")
    since: str = Field(description="the macOS version")
    sources: Sources = Field(description=SOURCES)


class Host(Entry):
    """A CPU with its memory, for what does not lie on a device."""

    id: str
    name: str = Field(description="a short name")
    memory: Memory = Field(description="such as 64 GB")
    bandwidth: Bandwidth = Field(description="the memory bandwidth of all channels, such as 89.6 GB/s")
    memory_type: str = Field(description="such as DDR5-5600, 2 channels")
    sources: Sources = Field(description=SOURCES)


class Price(Entry):
    """A dated price."""

    amount: float = Field(gt=0, description="a number above zero, such as 1599")
    currency: Literal["USD", "CNY", "EUR"] = Field(description="USD, CNY or EUR")
    region: str = Field(description="the country's code, such as US")
    date: Date = Field(description="the day it held, such as 2022-09-20")
    kind: Literal["launch", "list", "street", "used", "rent"] = Field(description="launch, list, street, used or rent")
    covers: Literal["whole", "card", "node"] = Field(description="whole, card (one card alone) or node (one node)")
    per: Literal["hour"] | None = Field(None, description="hour, where it is a rent")

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if (self.kind == "rent") != (self.per is not None):
            raise ValueError("a rent is per hour, and nothing else is: give kind: rent and per: hour together")
        return self


class Installed(Entry):
    """Devices of one kind in a machine."""

    device: str = Field(description="a device's id")
    count: Positive = Field(1, description="how many, such as 2")
    memory: Memory | None = Field(None, description="for a soc or a cpu, the size bought, such as 64 GB")


class MachineEntry(Entry):
    """What a person buys or rents."""

    id: str
    kind: Literal["laptop", "desktop", "workstation", "server", "cloud"] = Field(
        description="laptop, desktop, workstation, server or cloud"
    )
    name: str = Field(description="the product's name")
    devices: tuple[Installed, ...] = Field(min_length=1, description="a list of {device, count}")
    host: str | None = Field(None, description="a host's id of hosts.yaml; left out for a soc or a cpu")
    nodes: Positive = Field(1, description="the number of equal nodes, for a cluster")
    network: BandwidthOrUndisclosed | None = Field(None, description="between nodes, for each node, such as 400 GB/s")
    released: DateOrUndisclosed | None = Field(None, description="the release date, such as 2022-10-12")
    price: Price | Undisclosed = Field(description="{amount, currency, region, date, kind, covers}, or undisclosed")
    sources: Sources = Field(description=SOURCES)

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if self.nodes > 1 and self.network is None:
            raise ValueError("a cluster of several nodes needs its network, such as 400 GB/s, or undisclosed")
        return self


# --- formats and runtimes -------------------------------------------------------------------------------------------


class Loss(Entry):
    """A measured loss of quality against the unquantized model."""

    metric: str = Field(description="such as perplexity")
    model: str = Field(description="the model that was measured")
    value: float = Field(description="the format's figure")
    base: str = Field(description="the format that it is compared with, such as F16")
    base_value: float = Field(description="that format's figure")
    dataset: str = Field(description="such as wikitext-2")
    source: Source = Field(description="{url, read}")
    note: str | None = Field(None, description="a short remark in text")


FormatPart = Literal[
    "embedding", "output", "norm", "router", "attention", "indexer", "linear_attention", "ffn", "shared_experts",
    "experts", "mtp",
]  # fmt: skip
PARTS = "embedding, output, norm, router, attention, indexer, linear_attention, ffn, shared_experts, experts or mtp"


class Scales(Entry):
    """How a format outside GGUF stores its scales, and what else it stores beside the weights."""

    block: tuple[Positive, Positive] | None = Field(
        None, description="rows and columns that share a scale, as [128, 128]"
    )
    group: Positive | None = Field(None, description="columns that share a scale, such as 128")
    per: Literal["channel", "tensor"] | None = Field(None, description="channel: a scale for each output row")
    bits: Positive = Field(description="bits of one scale, such as 16")
    zero_bits: Natural = Field(0, description="bits of one zero point, such as 4")
    scales_group: Positive = Field(1, description="scales that share a scale of their own, such as 256")
    scales_bits: Natural = Field(0, description="bits of that one, such as 32")
    column_bits: Natural = Field(0, description="bits beside each input column, such as GPTQ's index of 32")
    tensor_bits: Natural = Field(0, description="bits beside each matrix, such as 64 for two scales in FP32")

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if sum(x is not None for x in (self.block, self.group, self.per)) != 1:
            raise ValueError("give exactly one of block, group and per")
        return self


class Mixed(Entry):
    """Parts of a model that a format stores otherwise than the rest."""

    parts: tuple[FormatPart, ...] = Field(min_length=1, description=f"a list of {PARTS}")
    bits: float = Field(gt=0, le=16, description="bits of one weight, without scales, such as 8")
    scales: Scales | None = Field(None, description="{group, bits}, {block, bits} or {per, bits}")


class Checkpoint(Entry):
    """How the published checkpoints of some model_types, or of some models of them, differ from a format's rule."""

    model_types: tuple[str, ...] = Field((), description="a list such as [gpt_oss]")
    models: tuple[str, ...] = Field((), description="ids of models, where their model_type has others too")
    keeps: tuple[FormatPart, ...] = Field((), description=f"parts that stay in 16 bits too: {PARTS}")
    quantizes: tuple[str, ...] = Field((), description="llama.cpp's names of tensors that are quantized nevertheless")
    mixed: tuple[Mixed, ...] = Field((), description="a list of {parts, bits, scales}")
    note: str | None = Field(None, description="which checkpoints, in a few words")
    source: Source = Field(description="{url, read}")

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if bool(self.model_types) == bool(self.models):
            raise ValueError("give either model_types or models")
        return self


class Format(Entry):
    """A weight format: who reads it, how it stores scales, what it costs in quality."""

    id: str
    name: str = Field(description="the format's name")
    precision: str = Field(pattern=r"^(\d+ to )?\d+-bit$", description="such as 4-bit, or 2 to 8-bit")
    kind: Literal["gguf", "float", "integer"] = Field(description="gguf, float or integer")
    runtimes: tuple[str, ...] = Field(min_length=1, description="ids of runtimes.yaml")
    bpw: tuple[float, float] | None = Field(
        None, description="the least and most bits per weight that its id may name, as [2.0, 8.0]: EXL2-4.0bpw"
    )
    scales: Scales | None = Field(None, description="{group, bits}, {block, bits} or {per, bits}")
    keeps: tuple[FormatPart, ...] = Field((), description=f"the parts that stay in 16 bits: {PARTS}")
    mixed: tuple[Mixed, ...] = Field((), description="a list of {parts, bits, scales}: parts stored otherwise")
    checkpoints: tuple[Checkpoint, ...] = Field((), description="a list of {model_types, keeps, mixed, source}")
    loss: tuple[Loss, ...] = Field((), description="a list of measured losses")
    sources: Sources = Field(description=SOURCES)

    def __hash__(self) -> int:
        return hash(self.id)

    @property
    def bits(self) -> float:
        """Bits of one weight, without scales."""
        return int(self.precision.removesuffix("-bit").split()[-1])


class Variant(Format):
    """A format made of an entry's rule: so many bits per weight, an importance matrix, or a published file's size."""

    rule: str  # the entry's id
    bits_per_weight: float | None = None
    imatrix: bool = False
    file_bytes: int | None = None

    @property
    def bits(self) -> float:
        """Bits of one weight, without scales."""
        return self.bits_per_weight or super().bits


class BackendFacts(Entry):
    """What a runtime takes on one backend, whatever the model."""

    context_overhead: MemoryOrUndisclosed = Field(description="taken on each device by driver and context: 450 MiB")
    sources: tuple[Source, ...] = Field((), description=SOURCES)

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if units.known(self.context_overhead) and not self.sources:
            raise ValueError("an overhead needs its source; give sources: [{url, read}], or undisclosed")
        return self


class CacheRule(Entry):
    """How a runtime allocates what context costs."""

    types: tuple[str, ...] = Field(min_length=1, description="the cache types that it offers, such as [f16, q8_0]")
    apart: Bool = Field(False, description="true where keys and values may differ in type")
    page: Positive = Field(1, description="tokens that it allocates at once, such as 16")
    windowed: tuple[str, ...] | None = Field(
        None, description="the only model_types whose windows save memory, such as [gpt_oss]; left out, all"
    )
    full: tuple[str, ...] = Field((), description="model_types that hold every token despite a window: [mistral]")
    quantized_windows: Bool = Field(True, description="false where a window's cache stays in 16 bits")
    window_pages: Natural = Field(0, description="pages that a windowed layer holds beyond its window, such as 1")
    window_spare: Annotated[int, Field(ge=-1, strict=True)] = Field(
        0, description="tokens that a windowed layer holds beyond its window, for each sequence, such as 512"
    )
    batch_spare: Natural = Field(0, description="the same, once for all sequences, such as 8192")
    window_share: float = Field(0.0, ge=0, le=1, description="share of a whole context that a window takes at least")
    window_shares: tuple[tuple[str, float], ...] = Field(
        (), description="the same of single model_types, such as [[deepseek_v4, 0.1]]"
    )
    grouped: Bool = Field(False, description="true where layers are held in groups and pages of one size")
    indexer_values: Bool = Field(False, description="true where an indexer beside grouped heads has values too")
    indexer: str | None = Field(None, description="the type of an indexer's keys, where it is fixed, such as fp8_128")
    state_bits: Literal[16, 32] = Field(32, description="16 or 32: of an element of a recurrent state")
    convolution_bits: Literal[16, 32] = Field(32, description="16 or 32: of an element of a convolution's state")
    note: str | None = Field(None, description="a short remark in text")
    sources: Sources = Field(description=SOURCES)

    def keeps_windows(self, model_type: str) -> bool:
        """Whether a model's windowed layers hold only their window."""
        return model_type not in self.full if self.windowed is None else model_type in self.windowed

    def least(self, model_type: str) -> float:
        """The share of a whole context that a model's windowed layers hold at least."""
        return dict(self.window_shares).get(model_type, self.window_share)


class Runtime(Entry):
    """A program that runs models."""

    id: str
    name: str = Field(description="the program's name")
    files: Literal["gguf", "safetensors", "mlx", "exl2", "exl3"] = Field(
        description="gguf, safetensors, mlx, exl2 or exl3"
    )
    cache: CacheRule = Field(description="{types, page, windows, …}: how it holds a context")
    split: Literal["layer", "tensor"] = Field(description="how it uses several devices: layer or tensor")
    offload: Bool = Field(False, description="true where layers may lie on the host")
    gpu_memory_utilization: float = Field(1.0, gt=0, le=1, description="share of a device that it takes, such as 0.9")
    batched_tokens: Positive = Field(description="tokens of a prompt that it computes at once, such as 512")
    logit_rows: Positive = Field(description="rows of logits that its buffers hold, such as 512")
    note: str | None = Field(None, description="a short remark in text")
    backends: dict[Backend, BackendFacts] = Field(description="a map such as cuda: {…}")
    sources: Sources = Field(description=SOURCES)


# --- claims ---------------------------------------------------------------------------------------------------------

Quantity = Literal[
    "parameters",
    "active_parameters",
    "weights",
    "weights_per_parameter",
    "cache",
    "memory",
    "decode",
    "prefill",
    "usable_memory",
    "power",
    "decode_per_compute",
    "decode_per_bandwidth",
    "decode_per_price",
]
Relation = Literal[
    "about", "at most", "at least", "above", "below",
    "fits", "not fits", "runs", "not runs", "disclosed", "undisclosed", "open", "hosted",
]  # fmt: skip
Tokens = Annotated[
    int, BeforeValidator(lambda v: int(v[:-1]) * 1024 if isinstance(v, str) and re.fullmatch(r"\d+K", v) else v)
]


class Axes(Entry):
    """The cells that a check runs on: every combination. A name may be a set's."""

    models: tuple[str, ...] = Field(description="a list of models' ids or sets' names")
    machines: tuple[str, ...] = Field((), description="a list of machines' or devices' ids or sets' names")
    formats: tuple[str, ...] = Field((), description="a list of formats' ids or sets' names")
    contexts: tuple[Tokens | str, ...] = Field((4096,), description="a list of tokens or words, such as [4K, 128K]")


class Against(Entry):
    """What a cell's quantity is divided by: the same quantity with these put in place of the cell's."""

    model: str | None = Field(None, description="a model's id")
    machine: str | None = Field(None, description="a machine's or device's id")
    format: str | None = Field(None, description="a format's id")
    context: Tokens | None = Field(None, description="tokens, such as 4K")


class Measure(Entry):
    """What is compared with what."""

    quantity: Quantity | None = Field(
        None, description="such as weights; left out for fits, runs, disclosed, open, hosted"
    )
    relation: Relation | None = Field(
        None, alias="is", description="about, at most, at least, above, below, fits, runs, disclosed …"
    )
    value: float | None = Field(None, gt=0, description="a number, in the unit")
    unit: Literal["GB", "GB/B", "GB/10B", "B", "T", "tok/s", "W", "ratio"] | None = Field(
        None, description="GB, GB/B, GB/10B, B, T, tok/s, W or ratio"
    )

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if self.relation is None:
            return self
        numeric = self.relation in ("about", "at most", "at least", "above", "below")
        given = [x is not None for x in (self.quantity, self.value, self.unit)]
        if numeric and not all(given):
            raise ValueError(f"is: {self.relation} compares a quantity with a value; give quantity, value and unit")
        if not numeric and any(given):
            raise ValueError(f"is: {self.relation} is a verdict of its own; leave out quantity, value and unit")
        return self


class Word(Measure):
    """A word with a threshold, defined once."""

    name: str = Field(description="the word in Chinese")
    means: str = Field(description="what it means, in Chinese")
    sources: Sources = Field(description=SOURCES)

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.quantity is None:
            raise ValueError("a word with a threshold needs quantity, is, value and unit")
        return self


class Kind(Entry):
    """A word that names a class of machines, or a length of context, defined once."""

    name: str = Field(description="the word in Chinese")
    means: str = Field(description="what it means, in Chinese")
    machines: tuple[str, ...] = Field((), description="a list of machines' or devices' ids or sets' names")
    contexts: tuple[Tokens, ...] = Field((), description="a list of tokens, such as [32K]")
    sources: Sources = Field(description=SOURCES)

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if bool(self.machines) == bool(self.contexts):
            raise ValueError("give either machines or contexts")
        return self


class Check(Measure):
    """One part of a claim, tried on every cell of ``over``: a measure of its own, or a word."""

    word: str | None = Field(None, description="a word of this file, in place of quantity, is, value and unit")
    over: Axes = Field(description="{models, machines, formats, contexts}")
    where: Literal["fits", "not fits", "runs"] | None = Field(None, description="keep only cells where it fits, not …")
    against: Against | None = Field(None, description="{model | machine | format | context}: compare the ratio")

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        own = (self.quantity, self.relation, self.value, self.unit)
        if self.word is not None and any(x is not None for x in own):
            raise ValueError("a word brings its own quantity, is, value and unit; leave them out")
        if self.word is None and self.relation is None:
            raise ValueError("give a word of this file, or is with what it compares")
        return self


class Claim(Entry):
    """A claim: what it says, and the checks that must all hold."""

    id: str
    says: str = Field(description="the claim, in Chinese")
    section: str = Field(description="the article's section that answers it, as its heading")
    note: str | None = Field(None, description="what is right, in Chinese, without figures")
    checks: Annotated[tuple[Check, ...], Field(min_length=1)] = Field(description="a list of checks")
