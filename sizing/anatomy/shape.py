"""What is a model's shape? Every figure that its tensors, caches and buffers follow from, in one set of words.

A part that a model does not have has zeros for figures, and a block that it lacks is "none": nothing here is None, and
nothing is left out. ``dialect`` makes a shape of config.json's words.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, Literal

from sizing.anatomy.architectures import Blocks, Mixer, State

# What stands behind the last layer: the next token's scores; a base model's nothing, or a dense layer over the first
# token; a masked token's scores; a few labels' scores; the next token's, of which only yes and no are read.
Head = Literal["answers", "none", "pooled", "masked", "labels", "yes_or_no"]
SCORES_TOKENS: Final = ("answers", "masked", "yes_or_no")  # every token of the vocabulary
FeedForward = Literal["none", "dense", "experts", "dense_and_experts", "dense_beside_experts"]


@dataclass(frozen=True, slots=True)
class Latent:
    """Ranks and head sizes of DeepSeek's latent attention, and of the queries of compressed attention."""

    query_rank: int = 0  # 0 where queries are projected straight
    rank: int = 0  # of keys and values together
    nope: int = 0  # elements of a head without positions
    rope: int = 0  # and with them
    value: int = 0  # elements of a head's value
    gated: bool = False
    groups: int = 1  # the output projection's, of compressed attention
    group_rank: int = 0


@dataclass(frozen=True, slots=True)
class LayerKind:
    """What one layer is made of, its own sizes included: layers of one kind have equal tensors and equal caches."""

    mixer: Mixer
    feed_forward: FeedForward
    window: int  # tokens that its attention sees; 0 for all of them
    indexer: bool  # chooses the tokens that it attends to
    heads: int
    kv_heads: int
    head_dim: int  # elements of a key and of a query
    value_dim: int
    width: int  # of its dense feed-forward block
    owner: bool = False  # holds a block that later layers run too
    first: bool = False  # the very first, of a family that builds that one otherwise
    own_keys: bool = True  # else it attends to the keys and values of an earlier layer
    own_values: bool = True  # else its keys are its values too, before norms and rotation
    sinks: bool = False
    latent: Latent | None = None  # where it has another than the rest
    rotates: bool = True  # else its latent has no part for positions
    beside: State = "none"  # a second mixer, on the same input
    ratio: int = 0  # tokens that one compressed entry stands for, of compressed attention; 0 for none
    ngram_rows: int = 0  # of an embedding of the last few tokens; 0 for none
    hashed: bool = False  # its experts are looked up by the token, not chosen

    @property
    def recurrent(self) -> State:
        """The mixer that keeps a state, if any."""
        match self.mixer:
            case "attention" | "latent" | "compressed" | "mixture" | "cross" | "shared":
                return self.beside
            case "projection":
                return "none"
            case state:
                return state


@dataclass(frozen=True, slots=True)
class Indexer:
    """Small heads that score which cached tokens a query may see."""

    heads: int = 0
    head_dim: int = 0
    chosen: int = 0  # tokens, or compressed entries, that it selects; 0 for all
    pool: int = 0  # tokens that it scores as one (GLM 5.3 Flash); 0 for each alone


@dataclass(frozen=True, slots=True)
class Experts:
    """The routed experts of a layer that has them, and the shared ones together."""

    count: int = 0
    used: int = 0  # by one token
    width: int = 0
    hidden: int = 0  # width of what they see
    router: int = 0  # width of the stream that deep routers hand on
    normed: bool = False  # a norm follows them, where that is not the stream itself
    shared: int = 0  # width of the shared experts together
    idle: int = 0  # those that a token may choose and that hand it on as it is, without weights
    seeing: int = 0  # width of as many more that only the tokens of images use; 0 for none


@dataclass(frozen=True, slots=True)
class DeltaNet:
    """Qwen's gated delta nets."""

    key_heads: int = 0
    key_dim: int = 0
    value_heads: int = 0
    value_dim: int = 0
    kernel: int = 1  # tokens that the convolution sees

    @property
    def keys(self) -> int:
        """Width of the keys, and of the queries."""
        return self.key_heads * self.key_dim

    @property
    def values(self) -> int:
        """Width of the values."""
        return self.value_heads * self.value_dim


@dataclass(frozen=True, slots=True)
class Kda:
    """Kimi Delta Attention."""

    heads: int = 0
    head_dim: int = 0
    kernel: int = 1
    full_rank_gate: bool = False
    full_rank_forget: bool = False

    @property
    def inner(self) -> int:
        """Width of its keys, queries and values, each."""
        return self.heads * self.head_dim


@dataclass(frozen=True, slots=True)
class StateSpace:
    """A Mamba mixer of either generation."""

    heads: int = 0
    inner: int = 0  # width
    state: int = 0  # numbers a channel
    groups: int = 1
    kernel: int = 1
    step_rank: int = 0  # of Mamba-1
    bias: bool = False  # of its projections
    convolution_bias: bool = True

    @property
    def convolved(self) -> int:
        """Channels of a Mamba-2 mixer's convolution: its inputs, and by groups both sides of the state."""
        return self.inner + 2 * self.groups * self.state


@dataclass(frozen=True, slots=True)
class Ranks:
    """How narrow the middles are of what decides a channel's decay, rate, value and gate (RWKV-7)."""

    decay: int = 0
    rate: int = 0
    value: int = 0
    gate: int = 0
    lerp: int = 0  # of what mixes a token with the one before (RWKV-6)


@dataclass(frozen=True, slots=True)
class Ngram:
    """Embeddings of the last few tokens."""

    width: int = 0  # of all heads' rows together
    heads: int = 1
    kernel: int = 1


@dataclass(frozen=True, slots=True)
class Shape:
    """A text model's shape. It is the key of many caches, so its hash is computed once."""

    model_type: str  # the row of the table of architectures
    blocks: Blocks  # that row, with what config.json says of biases and norms
    vocab: int
    further_rows: int  # of the input embedding, for tokens that are never answered
    hidden: int
    heads: int  # of a layer that says nothing else
    layers: tuple[LayerKind, ...]
    mtp: tuple[LayerKind, ...]  # its multi-token-prediction layers
    tied: bool  # the output head is the input embedding
    latent: Latent
    indexer: Indexer
    experts: Experts
    delta: DeltaNet
    kda: Kda
    space: StateSpace
    taps: int  # tokens that a short convolution sees
    grouped_taps: int  # and another behind it, that mixes the channels of a head (Zaya)
    wide_states: bool  # recurrent states are asked for in FP32
    streams: int  # residual streams of hyper-connections; 0 for one plain stream
    choosing: int  # layers in a group that later ones choose from, of residuals over layers; 0 where there are none
    layer_input: int  # width of each layer's own embedding; 0 for none
    layer_vocab: int  # and its rows
    positions: int = 0  # learned ones
    embedding: int = 0  # width of the token embedding, where a projection makes the stream of it
    relative: int = 0  # width of what tells how much a distance counts
    reach: int = 0  # the longest such distance
    norm_rank: int = 0  # of a gate behind norms (A.X K2); 0 for none
    stream_rank: int = 0  # of gated residual streams (Qwen4); 0 for hyper-connections
    ngram: Ngram = Ngram()
    ranks: Ranks = Ranks()
    altup: int = 0  # streams that blocks take turns at (Gemma 3n's AltUp); 0 for one plain stream
    altup_scaled: bool = True
    laurel: int = 0  # rank of a projection beside the residual (LAuReL); 0 for none
    adapter: int = 0  # rank of what each layer adds to a block that it shares
    adapted: bool = False  # to that block's queries, keys and values too
    token_types: int = 0  # rows of a second embedding, of what a token is for
    buckets: int = 0  # of distances, each with a number a head
    head: Head = "answers"
    labels: int = 0  # of a head that tells a text's kind
    _hash: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        own = (self.model_type, self.blocks, self.vocab, self.hidden, self.layers, self.experts, self.tied)
        object.__setattr__(self, "_hash", hash(own))

    def __hash__(self) -> int:
        return self._hash

    @property
    def answers(self) -> bool:
        """Whether it writes a token after the other; else it reads a text, and embeds it or scores it."""
        return self.head in ("answers", "masked") and not self.blocks.encoder
