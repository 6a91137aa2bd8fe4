"""What is the model made of? A list of tensors, from which parameter counts and file sizes are sums.

Roles are llama.cpp's GGUF tensor names without layer and ``.weight``, since its recipes are written in them
(source: llama.cpp gguf-py/gguf/constants.py). Shapes are (rows, columns), columns being the input dimension, which is
what a quantization block runs along. The modules and their shapes are those of Hugging Face transformers' models.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from sizing.anatomy.blocks import attention, convolved, feed_forward, ngram, recurrent, residual
from sizing.anatomy.blocks.tensor import Tensor, linear, norm, norms
from sizing.anatomy.shape import SCORES_TOKENS, LayerKind, Shape

Block = Callable[[Shape, LayerKind], Iterator[Tensor]]

_MIXERS: Final[Mapping[str, Block]] = {
    "attention": attention.grouped,
    "latent": attention.latent,
    "compressed": attention.compressed,
    "cca": convolved.cca,
    "delta_net": recurrent.delta_net,
    "kda": recurrent.kda,
    "mamba": recurrent.mamba,
    "mamba2": recurrent.mamba2,
    "short_conv": recurrent.short_conv,
    "tapped": convolved.tapped,
    "cross": attention.cross,
    "projection": attention.projection,
    "mixture": attention.mixture,
    "shared": attention.shared,
    "lightning": recurrent.lightning,
    "lru": recurrent.lru,
    "mlstm": recurrent.mlstm,
    "rwkv4": recurrent.rwkv4,
    "rwkv6": recurrent.rwkv6,
    "rwkv7": recurrent.rwkv7,
}
_FEED_FORWARDS: Final[Mapping[str, Block]] = {
    "dense": feed_forward.dense,
    "experts": feed_forward.experts,
    "dense_and_experts": feed_forward.dense_and_experts,
    "dense_beside_experts": feed_forward.dense_beside_experts,
}


@dataclass(frozen=True, slots=True)
class Parameters:
    """``total``: as transformers counts the text model. ``active``: what one token reads (no input embedding)."""

    total: int
    active: int


@lru_cache(maxsize=4096)
def layer_tensors(s: Shape, kind: LayerKind) -> tuple[Tensor, ...]:
    """The tensors of a layer of one kind, without its number."""
    return tuple(_layer(s, kind))


def _layer(s: Shape, kind: LayerKind) -> Iterator[Tensor]:
    """Its blocks, each where it has one, between their norms; a lone block's norm is the first, whichever it is."""
    own = s.blocks
    kept = own.state_norms if own.state_norms and kind.mixer == kind.recurrent else own.norms
    before, after = kept in ("pre", "both", "parallel"), kept in ("post", "both")
    if before and not (kind.first and own.first_unnormed) and (kind.mixer != "none" or own.alone):
        yield from norms("attn_norm", s.hidden, bias=own.norm_bias)
        yield from residual.gated_norm(s, "attn_norm")
    if kind.mixer != "none":
        yield from residual.around(s, "attn")
        yield from _MIXERS[kind.mixer](s, kind)
    if kind.beside != "none":
        yield from _MIXERS[kind.beside](s, kind)
    if kind.ngram_rows:
        yield from ngram.ngram(s, kind)
    if after and not own.attention_unnormed:
        yield from norms("post_attention_norm", s.hidden, bias=own.norm_bias)
    if kind.feed_forward != "none":
        if before and kept != "parallel" and not (own.alone and kind.mixer == "none"):
            yield from norms("ffn_norm", s.hidden, bias=own.norm_bias)
            if kind.feed_forward == "experts":
                yield from residual.gated_norm(s, "ffn_norm")
        yield from residual.around(s, "ffn")
        yield from _FEED_FORWARDS[kind.feed_forward](s, kind)
    if after:
        yield from norms("post_ffw_norm", s.hidden, bias=own.norm_bias)
    yield from residual.scaled(s)
    yield from residual.queries(s, kind)
    yield from residual.beside(s)
    if s.layer_input:
        yield from linear("inp_gate", "ffn", s.layer_input, s.hidden)
        yield from linear("proj", "ffn", s.hidden, s.layer_input)
        yield norm("post_norm", s.hidden)
    if own.ada_rank:
        yield from linear("ffn_ada_down", "ffn", own.ada_rank, s.hidden)
        yield from linear("ffn_ada_up", "ffn", s.hidden, own.ada_rank)
    if own.layer_scale:
        yield Tensor("layer_output_scale", "bias", (1,), buffer=True)


def numbered(tensors: Iterable[Tensor], layer: int) -> list[Tensor]:
    """The tensors of a layer with its number."""
    return [t.of_layer(layer) for t in tensors]


def _mtp(s: Shape, kind: LayerKind) -> Iterator[Tensor]:
    """A multi-token-prediction layer as published: norms, a projection, a layer, maybe its own embedding and head.

    Where streams are mixed, what makes one of them behind the last layer stands behind this one too.
    """
    yield norm("nextn.enorm", s.hidden)
    yield norm("nextn.hnorm", s.hidden)
    yield from linear("nextn.eh_proj", "mtp", s.hidden, 2 * s.hidden)
    yield from layer_tensors(replace(s, streams=0) if s.blocks.streams == "averaged" else s, kind)
    yield norm("nextn.shared_head_norm", s.hidden)
    if s.streams and s.blocks.norms == "none":  # two of one stream's width, which no other layer has
        yield norm("nextn.attn_norm", s.hidden)
        yield norm("nextn.ffn_norm", s.hidden)
    if s.streams and s.blocks.streams == "mixed":
        yield from residual.after_the_last(s)
    if s.blocks.mtp_embedding:
        yield from linear("nextn.embed_tokens", "mtp", s.vocab, s.hidden)
        yield from linear("nextn.shared_head_head", "mtp", s.vocab, s.hidden)


def embedding(s: Shape) -> Tensor:
    """The input embedding, which is the output head too where the two are tied."""
    return Tensor("token_embd", "embedding", (s.vocab + s.further_rows, s.embedding or s.hidden))


def first(s: Shape) -> Iterator[Tensor]:
    """What makes the stream of the token embedding: positions and kinds of tokens, a norm, a projection."""
    width, encoder = s.embedding or s.hidden, s.blocks.encoder
    if s.positions:
        yield Tensor("position_embd", "embedding", (s.positions, width if encoder else s.hidden), lookup=True)
    if s.token_types:
        yield Tensor("token_types", "embedding", (s.token_types, width), lookup=True)
    if s.buckets:
        yield Tensor("attn_rel_b", "bias", (s.buckets * s.heads,))
    if s.blocks.embedding_norm:
        yield from norms("token_embd_norm", width, bias=s.blocks.norm_bias)
    if s.blocks.scaled_residual == "affine":
        yield norm("token_embd_scale", s.hidden)
        yield Tensor("token_embd_scale.bias", "bias", (s.hidden,))
    if s.embedding:
        yield from linear("embedding_in", "ffn", s.hidden, s.embedding, bias=encoder)
    if s.blocks.scaled_logits:
        yield Tensor("rope_scaling", "bias", (s.latent.rope // 2,))


def per_layer_embedding(s: Shape) -> Iterator[Tensor]:
    """A second embedding, of which each layer gets its own part, mixed with a projection of the first (Gemma 3n)."""
    size = s.layer_input
    if not size:
        return
    width = size * len(s.layers)
    yield Tensor("per_layer_token_embd", "embedding", (s.layer_vocab, width))
    # llama.cpp keeps these two with the first layer.
    yield Tensor("per_layer_model_proj", "ffn", (width, s.hidden), layer=0)
    yield Tensor("per_layer_proj_norm", "norm", (size,), layer=0)


def head(s: Shape) -> Iterator[Tensor]:
    """What follows the last layer."""
    kind = s.blocks
    if kind.final_norm and kind.norms != "none":
        yield from norms("output_norm", s.hidden, bias=kind.norm_bias)
    yield from residual.after_the_last(s)
    if s.embedding and not kind.encoder:
        yield from linear("embedding_out", "ffn", s.embedding, s.hidden)
    if s.head in ("answers", "yes_or_no"):
        yield from _answers(s)
    elif s.head == "labels" and not kind.encoder:
        if kind.dense_head:
            yield from linear("cls", "ffn", s.hidden, s.hidden)
            yield from norms("cls.norm", s.hidden, bias=kind.norm_bias)
        yield from linear("cls.output", "ffn", s.labels, s.embedding or s.hidden)
    elif s.head != "none":
        yield from _told(s)


def _told(s: Shape) -> Iterator[Tensor]:
    """What an encoder's head tells: of a text by its first token, of its kind, or of a masked token."""
    bias, width = s.blocks.norm_bias, s.embedding or s.hidden
    dense_bias = (bias and not s.blocks.first_unnormed) or s.blocks.plain_head
    if s.head == "masked" and s.blocks.plain_head:
        yield from _answers(s)
        return
    rows = width if s.head == "masked" else s.hidden
    yield from linear("cls", "ffn", rows, s.hidden, bias=dense_bias)
    if s.head == "labels":
        yield from linear("cls.output", "ffn", s.labels, s.hidden, bias=True)
    if s.head == "masked" or (s.head == "labels" and s.blocks.first_unnormed):
        yield from norms("cls.norm", rows, bias=bias)
    if s.head == "masked":
        yield from _answers(s, bias=True)


def _answers(s: Shape, *, bias: bool = False) -> Iterator[Tensor]:
    """The scores of every token that may come next."""
    bias = bias or s.blocks.head_bias
    if not s.tied:
        yield from linear("output", "output", s.vocab, s.embedding or s.hidden, bias=bias)
    elif bias:
        yield Tensor("output.bias", "bias", (s.vocab,))


@lru_cache(maxsize=1024)
def tensors(s: Shape) -> tuple[Tensor, ...]:
    """Every tensor of the published text model, MTP layers marked."""
    result = [embedding(s), *first(s)]
    result += per_layer_embedding(s)
    for i, kind in enumerate(s.layers):
        result += numbered(layer_tensors(s, kind), i)
    result += head(s)
    for own in mtp_layers(s):
        result += own
    return tuple(result)


@lru_cache(maxsize=1024)
def mtp_layers(s: Shape) -> tuple[tuple[Tensor, ...], ...]:
    """The tensors of each multi-token-prediction layer."""
    layers = enumerate(s.mtp, start=len(s.layers))
    return tuple(tuple(replace(t, layer=i, mtp=True) for t in _mtp(s, kind)) for i, kind in layers)


def read_elements(tensor: Tensor, s: Shape) -> int:
    """Elements of ``tensor`` that a token of text reads: its experts' share, none of an embedding that is no head."""
    if tensor.seeing:
        return 0
    if tensor.part == "embedding" and not (tensor.role == "token_embd" and s.tied and s.head in SCORES_TOKENS):
        return 0
    if tensor.lookup:
        return tensor.shape[1]
    if tensor.count > 1:
        return tensor.elements // tensor.count * s.experts.used
    return tensor.elements


@lru_cache(maxsize=1024)
def loaded(s: Shape) -> tuple[tuple[Tensor, int], ...]:
    """Each tensor that a runtime loads, which leaves MTP layers out, with the elements that one token reads of it."""
    return tuple((t, read_elements(t, s)) for t in tensors(s) if not t.mtp)


@lru_cache(maxsize=1024)
def parameters(s: Shape) -> Parameters:
    """Parameter counts as sums over tensors: no buffers, no MTP layer, tied weights once."""
    total = active = 0
    for many, own in (
        *((n, layer_tensors(s, kind)) for kind, n in Counter(s.layers).items()),
        (1, (embedding(s), *first(s), *per_layer_embedding(s), *head(s))),
    ):
        counted = [t for t in own if not t.buffer]
        total += many * sum(t.elements for t in counted)
        active += many * sum(read_elements(t, s) for t in counted)
    return Parameters(total, active)


def unsaved(s: Shape) -> int:
    """What transformers counts beside and no checkpoint holds: two matrices of each expert that hands a token on as it
    is."""
    own = s.experts
    routed = sum(kind.feed_forward == "dense_beside_experts" for kind in s.layers)
    return routed * own.idle * 2 * own.width * own.hidden
