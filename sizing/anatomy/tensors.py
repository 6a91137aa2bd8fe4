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

from sizing.anatomy.architectures import LayerKind, blocks, is_tied, layer_kind, layer_kinds
from sizing.anatomy.blocks import attention, feed_forward, recurrent, residual
from sizing.anatomy.blocks.tensor import Tensor, linear, norm, norms
from sizing.facts.entries.architecture import Architecture

Block = Callable[[Architecture, LayerKind], Iterator[Tensor]]

_MIXERS: Final[Mapping[str, Block]] = {
    "attention": attention.grouped,
    "latent": attention.latent,
    "compressed": attention.compressed,
    "delta_net": recurrent.delta_net,
    "kda": recurrent.kda,
    "mamba": recurrent.mamba,
    "mamba2": recurrent.mamba2,
    "short_conv": recurrent.short_conv,
    "projection": attention.projection,
}
_FEED_FORWARDS: Final[Mapping[str, Block]] = {
    "dense": feed_forward.dense,
    "experts": feed_forward.experts,
    "dense_and_experts": feed_forward.dense_and_experts,
}


@dataclass(frozen=True, slots=True)
class Parameters:
    """``total``: as transformers counts the text model. ``active``: what one token reads (no input embedding)."""

    total: int
    active: int


@lru_cache(maxsize=4096)
def layer_tensors(a: Architecture, kind: LayerKind) -> tuple[Tensor, ...]:
    """The tensors of a layer of one kind, without its number."""
    return tuple(_layer(a, kind))


def _layer(a: Architecture, kind: LayerKind) -> Iterator[Tensor]:
    """Its blocks, each where it has one, between their norms; a lone block's norm is the first, whichever it is."""
    own = blocks(a)
    before, after = own.norms in ("pre", "both", "parallel"), own.norms in ("post", "both")
    if before and (kind.mixer != "none" or own.alone):
        yield from norms("attn_norm", a.hidden_size, bias=own.norm_bias)
    if kind.mixer != "none":
        yield from residual.around(a, "attn")
        yield from _MIXERS[kind.mixer](a, kind)
    if kind.beside != "none":
        yield from _MIXERS[kind.beside](a, kind)
    if after:
        yield norm("post_attention_norm", a.hidden_size)
    if kind.feed_forward != "none":
        if before and own.norms != "parallel" and not (own.alone and kind.mixer == "none"):
            yield from norms("ffn_norm", a.hidden_size, bias=own.norm_bias)
        yield from residual.around(a, "ffn")
        yield from _FEED_FORWARDS[kind.feed_forward](a, kind)
    if after:
        yield norm("post_ffw_norm", a.hidden_size)
    if a.hidden_size_per_layer_input:
        yield from linear("inp_gate", "ffn", a.hidden_size_per_layer_input, a.hidden_size)
        yield from linear("proj", "ffn", a.hidden_size, a.hidden_size_per_layer_input)
        yield norm("post_norm", a.hidden_size)
    if own.layer_scale:
        yield Tensor("layer_output_scale", "bias", (1,), buffer=True)


def numbered(tensors: Iterable[Tensor], layer: int) -> list[Tensor]:
    """The tensors of a layer with its number."""
    return [replace(t, layer=layer) for t in tensors]


def _mtp(a: Architecture, kind: LayerKind) -> Iterator[Tensor]:
    """A multi-token-prediction layer as published: norms, a projection, a layer, maybe its own embedding and head."""
    yield norm("nextn.enorm", a.hidden_size)
    yield norm("nextn.hnorm", a.hidden_size)
    yield from linear("nextn.eh_proj", "mtp", a.hidden_size, 2 * a.hidden_size)
    yield from layer_tensors(a, kind)
    yield norm("nextn.shared_head_norm", a.hidden_size)
    if blocks(a).mtp_embedding:
        yield from linear("nextn.embed_tokens", "mtp", a.vocab_size, a.hidden_size)
        yield from linear("nextn.shared_head_head", "mtp", a.vocab_size, a.hidden_size)


def embedding(a: Architecture) -> Tensor:
    """The input embedding, which is the output head too where the two are tied."""
    return Tensor("token_embd", "embedding", (a.vocab_size, a.hidden_size))


def per_layer_embedding(a: Architecture) -> Iterator[Tensor]:
    """A second embedding, of which each layer gets its own part, mixed with a projection of the first (Gemma 3n)."""
    size = a.hidden_size_per_layer_input
    if not size:
        return
    width = size * a.num_hidden_layers
    yield Tensor("per_layer_token_embd", "embedding", (a.vocab_size_per_layer_input or a.vocab_size, width))
    # llama.cpp keeps these two with the first layer.
    yield Tensor("per_layer_model_proj", "ffn", (width, a.hidden_size), layer=0)
    yield Tensor("per_layer_proj_norm", "norm", (size,), layer=0)


def head(a: Architecture) -> Iterator[Tensor]:
    """What follows the last layer."""
    kind = blocks(a)
    yield from norms("output_norm", a.hidden_size, bias=kind.norm_bias)
    yield from residual.after_the_last(a)
    if not is_tied(a):
        yield from linear("output", "output", a.vocab_size, a.hidden_size, bias=kind.head_bias)


@lru_cache(maxsize=1024)
def tensors(a: Architecture) -> tuple[Tensor, ...]:
    """Every tensor of the published text model, MTP layers marked. Raises SizingError for an unknown model_type."""
    result = [embedding(a)]
    result += per_layer_embedding(a)
    for i, kind in enumerate(layer_kinds(a)):
        result += numbered(layer_tensors(a, kind), i)
    result += head(a)
    for i in range(a.num_hidden_layers, a.num_hidden_layers + (a.num_nextn_predict_layers or 0)):
        result += [replace(t, layer=i, mtp=True) for t in _mtp(a, layer_kind(a, i))]
    return tuple(result)


def read_elements(tensor: Tensor, a: Architecture) -> int:
    """Elements of ``tensor`` that one token reads: its experts' share, and none of an embedding that is no head."""
    if tensor.part == "embedding" and not (tensor.role == "token_embd" and is_tied(a)):
        return 0
    if tensor.lookup:
        return tensor.shape[1]
    if tensor.count > 1:
        return tensor.elements // tensor.count * a.experts_used
    return tensor.elements


@lru_cache(maxsize=1024)
def loaded(a: Architecture) -> tuple[tuple[Tensor, int], ...]:
    """Each tensor that a runtime loads, which leaves MTP layers out, with the elements that one token reads of it."""
    return tuple((t, read_elements(t, a)) for t in tensors(a) if not t.mtp)


@lru_cache(maxsize=1024)
def parameters(a: Architecture) -> Parameters:
    """Parameter counts as sums over tensors: no buffers, no MTP layer, tied weights once."""
    total = active = 0
    for many, own in (
        *((n, layer_tensors(a, kind)) for kind, n in Counter(layer_kinds(a)).items()),
        (1, (embedding(a), *per_layer_embedding(a), *head(a))),
    ):
        counted = [t for t in own if not t.buffer]
        total += many * sum(t.elements for t in counted)
        active += many * sum(read_elements(t, a) for t in counted)
    return Parameters(total, active)
