"""What is the model made of? A list of tensors, from which parameter counts and file sizes are sums.

Roles are llama.cpp's GGUF tensor names without layer and ``.weight``, since its recipes are written in them
(source: llama.cpp gguf-py/gguf/constants.py). Shapes are (rows, columns), columns being the input dimension, which is
what a quantization block runs along. The modules and their shapes are those of Hugging Face transformers' models.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from sizing.architectures import LayerKind, blocks, is_tied, layer_kind, layer_kinds
from sizing.blocks import attention, feed_forward, recurrent
from sizing.blocks.tensor import Tensor, linear, norm
from sizing.entries import Architecture

Block = Callable[[Architecture, LayerKind], Iterator[Tensor]]

_MIXERS: Final[Mapping[str, Block]] = {
    "attention": attention.grouped,
    "latent": attention.latent,
    "delta_net": recurrent.delta_net,
}
_FEED_FORWARDS: Final[Mapping[str, Block]] = {"dense": feed_forward.dense, "experts": feed_forward.experts}


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
    norms = blocks(a).norms
    before, after = norms in ("pre", "both", "parallel"), norms in ("post", "both")
    if before:
        yield norm("attn_norm", a.hidden_size)
    yield from _MIXERS[kind.mixer](a, kind)
    if after:
        yield norm("post_attention_norm", a.hidden_size)
    if before and norms != "parallel":
        yield norm("ffn_norm", a.hidden_size)
    yield from _FEED_FORWARDS[kind.feed_forward](a, kind)
    if after:
        yield norm("post_ffw_norm", a.hidden_size)


def numbered(tensors: Iterable[Tensor], layer: int) -> list[Tensor]:
    """The tensors of a layer with its number."""
    return [replace(t, layer=layer) for t in tensors]


def _mtp(a: Architecture, kind: LayerKind) -> Iterator[Tensor]:
    """A multi-token-prediction layer as published: two norms, a projection, a layer, and its own embedding and head."""
    yield norm("nextn.enorm", a.hidden_size)
    yield norm("nextn.hnorm", a.hidden_size)
    yield from linear("nextn.eh_proj", "mtp", a.hidden_size, 2 * a.hidden_size)
    yield from layer_tensors(a, kind)
    yield norm("nextn.shared_head_norm", a.hidden_size)
    yield from linear("nextn.embed_tokens", "mtp", a.vocab_size, a.hidden_size)
    yield from linear("nextn.shared_head_head", "mtp", a.vocab_size, a.hidden_size)


def embedding(a: Architecture) -> Tensor:
    """The input embedding, which is the output head too where the two are tied."""
    return Tensor("token_embd", "embedding", (a.vocab_size, a.hidden_size))


def head(a: Architecture) -> Iterator[Tensor]:
    """What follows the last layer."""
    yield norm("output_norm", a.hidden_size)
    if not is_tied(a):
        yield Tensor("output", "output", (a.vocab_size, a.hidden_size))


@lru_cache(maxsize=1024)
def tensors(a: Architecture) -> tuple[Tensor, ...]:
    """Every tensor of the published text model, MTP layers marked. Raises SizingError for an unknown model_type."""
    result = [embedding(a)]
    for i, kind in enumerate(layer_kinds(a)):
        result += numbered(layer_tensors(a, kind), i)
    result += head(a)
    for i in range(a.num_hidden_layers, a.num_hidden_layers + (a.num_nextn_predict_layers or 0)):
        result += [replace(t, layer=i, mtp=True) for t in _mtp(a, layer_kind(a, i))]
    return tuple(result)


def read_elements(tensor: Tensor, a: Architecture) -> int:
    """Elements of ``tensor`` that one token reads: its experts' share, and none of an untied input embedding."""
    if tensor.part == "embedding" and not is_tied(a):
        return 0
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
    counted = [(t.elements, read) for t, read in loaded(a) if not t.buffer]
    return Parameters(sum(elements for elements, _ in counted), sum(read for _, read in counted))
