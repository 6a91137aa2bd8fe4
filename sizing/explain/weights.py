"""What makes up a model's bytes? Parameters, role by role, times the bits of each; and the cache, layer by layer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sizing.anatomy.formats import tensor_bytes
from sizing.anatomy.tensors import loaded, unsaved
from sizing.engine.dealing import HOST
from sizing.engine.memory import Demand
from sizing.explain.cited import addresses
from sizing.explain.step import Part
from sizing.explain.terms import NOTHING, Term, added, named, plain
from sizing.plan import Plan

# Parts of a model, in this order; others follow as they are called.
ROLES: Final = ("embedding", "attention", "ffn", "expert", "router", "norm", "bias", "output")


def parameters(p: Plan) -> Part:
    """How many parameters there are, and how many of them a token uses."""
    part, shape = Part("model"), p.model.shape
    assert shape is not None
    found: dict[str, list[int]] = {}
    for tensor, read in loaded(shape):
        if not tensor.buffer:
            own = found.setdefault(tensor.part, [0, 0])
            own[0] += tensor.elements
            own[1] += read
    found["unsaved"] = [unsaved(shape), 0]
    sources = addresses(p.model.sources, "architecture")
    for i, what in enumerate(("parameters", "active")):
        terms = [named(role, found[role][i], "parameters", sources=sources) for role in _ordered(found)]
        part.take(what, added(terms), "parameters")
    return part


def _ordered(found: dict[str, list[int]]) -> list[str]:
    return [*(role for role in ROLES if role in found), *(role for role in found if role not in ROLES)]


def weights(p: Plan) -> Part:
    """What they take: parameters times bits, and what lies in memory more than once or beside them."""
    part, size = Part("weights"), p.sized
    file = part.take("file", added(_roles(p, part)), "bytes")
    demand = p.outcome.proposal.demand
    more = [
        named("second_embedding", _repeated(p), "bytes", "plan"),
        named("tile_padding", _padding(p), "bytes", "plan"),
        named("adapters", demand.sized.weights - size.weights, "bytes", "plan"),
        named("beside", demand.beside.weights, "bytes", "plan"),
    ]
    whole = added([file, *more])
    # Ranks and padded tiles take whole bytes.
    rounding = named("rounding", p.memory.weights - whole.value, "bytes", "plan")
    part.take("weights", whole + rounding, "bytes")
    return part


def _roles(p: Plan, part: Part) -> Iterator[Term]:
    shape, fmt = p.model.shape, p.format
    assert shape is not None
    size = tensor_bytes(fmt, shape, p.runtime.files == "gguf")
    found: dict[str, list[int]] = {}
    for tensor, _ in loaded(shape):
        own = found.setdefault(tensor.part, [0, 0])
        own[0] += tensor.elements
        own[1] += size(tensor)
    for role in _ordered(found):
        elements, taken = found[role]
        if elements:
            bits = named("bits_each", 8 * taken / elements, "bits", sources=addresses(fmt.sources))
            yield part.take(role, named("parameters", elements, "parameters") * bits / plain(8), "bytes")


def _repeated(p: Plan) -> int:
    """Bytes of an embedding that is the head too and lies in another place: llama.cpp looks tokens up on the host."""
    demand, layout = p.outcome.proposal.demand, p.outcome.proposal.layout
    if demand.program.gguf or len(layout.bounds) == 1:
        looked_up = HOST
    else:
        looked_up = next((i for i in range(len(layout.bounds) - 1) if layout.bounds[i + 1] > layout.bounds[i]), HOST)
    return demand.sized.embedding if demand.sized.tied and looked_up != layout.output else 0


def _padding(p: Plan) -> float:
    """Bytes that experts' matrices take more on devices, where these are padded to whole tiles."""
    size, layout = p.outcome.proposal.demand.sized, p.outcome.proposal.layout
    on_host = layout.routed(size.expert, HOST, 0, layout.bounds[0])
    return (size.padding - 1) * (size.expert[-1] - on_host)


def cache(p: Plan) -> Part:
    """What the context takes: for each kind of layer, bytes for a token times tokens, and states."""
    part, demand = Part("cache"), p.outcome.proposal.demand
    layout = p.outcome.proposal.layout
    groups = [_group(demand, i, layout.ranks) for i in range(len(demand.caches))]
    names = ["layers" if len(groups) == 1 else f"layers_{i + 1}" for i in range(len(groups))]
    found = [part.take(name, term, "bytes") for name, term in zip(names, groups, strict=True)]
    whole = added([*found, named("beside", demand.beside.cache, "bytes", "plan")])
    rounding = named("rounding", p.memory.cache - whole.value, "bytes", "plan")
    part.take("cache", whole + rounding, "bytes")
    return part


def _group(demand: Demand, index: int, ranks: int) -> Term:
    """Bytes of layers whose caches are alike; ``copies`` where ranks repeat what they cannot share out."""
    before, held, heads = demand.caches[index]
    one = demand.sized.alike[index].cache
    if demand.program.whole_windows:
        one = one.whole(demand.allocated)
    each = demand.slots if demand.unified else demand.each
    states = named("state_bytes", one.state, "bytes") * named("sequences", each, "", "plan")
    tokens_held = demand.context if demand.unified else demand.part
    entries = sum(e.held(tokens_held) for e in one.compressed) * (1 if demand.unified else each)
    kept = held - states.value - entries
    tokens = NOTHING
    if one.bytes_per_token:
        count = kept / one.bytes_per_token
        tokens = named("token_bytes", one.bytes_per_token, "bytes") * named("tokens", count, "tokens", "plan")
    layers = named("layers", before[-1], "", "fact")
    copies = named("copies", ranks / min(ranks, heads), "", "plan") if ranks > heads else plain(1)
    whole = layers * (tokens + states + named("compressed_bytes", entries, "bytes"))
    return whole * copies if ranks > heads else whole
