"""What makes up a model's bytes? Parameters, role by role, times the bits of each; and the cache, layer by layer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sizing.engine.dealing import HOST
from sizing.engine.memory import Demand
from sizing.explain.case import Case
from sizing.explain.step import Part
from sizing.explain.terms import NOTHING, Term, added, named, plain

# Parts of a model, in this order; others follow as they are called.
ROLES: Final = ("embedding", "attention", "ffn", "expert", "router", "norm", "bias", "output")


def parameters(case: Case) -> Part:
    """How many parameters there are, and how many of them a token uses."""
    part, model, sources = Part("model"), case.facts["model"], case.of("model")
    found = {role: [held, read] for role, held, read, _ in model["parts"]}
    for i, what in enumerate(("parameters", "active")):
        terms = [named(role, found[role][i], "parameters", sources=sources) for role in _ordered(found)]
        part.take(what, added(terms), "parameters")
    return part


def _ordered(found: dict[str, list[int]]) -> list[str]:
    return [*(role for role in ROLES if role in found), *(role for role in found if role not in ROLES)]


def weights(case: Case) -> Part:
    """What they take: parameters times bits, and what lies in memory more than once or beside them."""
    part, size, memory = Part("weights"), case.outcome.loaded.sized, case.outcome.memory
    file = part.take("file", added(_roles(case, part)), "bytes")
    demand = case.outcome.proposal.demand
    more = [
        named("second_embedding", _repeated(case), "bytes", "plan"),
        named("tile_padding", _padding(case), "bytes", "plan"),
        named("adapters", demand.sized.weights - size.weights, "bytes", "plan"),
        named("beside", demand.beside.weights, "bytes", "plan"),
    ]
    whole = added([file, *more])
    # Ranks and padded tiles take whole bytes.
    rounding = named("rounding", memory.weights - whole.value, "bytes", "plan")
    part.take("weights", whole + rounding, "bytes")
    return part


def _roles(case: Case, part: Part) -> Iterator[Term]:
    sizes = case.facts["format"]["parts"]
    found = {role: [held + more, sizes[role]] for role, held, _, more in case.facts["model"]["parts"]}
    for role in _ordered(found):
        elements, taken = found[role]
        if elements:
            bits = named("bits_each", 8 * taken / elements, "bits", sources=case.of("format"))
            yield part.take(role, named("parameters", elements, "parameters") * bits / plain(8), "bytes")


def _repeated(case: Case) -> int:
    """Bytes of an embedding that is the head too and lies in another place, as where tokens are looked up on the host;
    or in bits of its own."""
    demand, layout = case.outcome.proposal.demand, case.outcome.proposal.layout
    if demand.sized.own_head:
        return demand.sized.own_head
    if demand.program.looks_up_on_host or len(layout.bounds) == 1:
        looked_up = HOST
    else:
        looked_up = next((i for i in range(len(layout.bounds) - 1) if layout.bounds[i + 1] > layout.bounds[i]), HOST)
    return demand.sized.embedding if demand.sized.tied and looked_up != layout.output else 0


def _padding(case: Case) -> float:
    """Bytes that experts' matrices take more on devices, where these are padded to whole tiles."""
    size, layout = case.outcome.proposal.demand.sized, case.outcome.proposal.layout
    on_host = layout.routed(size.expert, HOST, 0, layout.bounds[0])
    return (size.padding - 1) * (size.expert[-1] - on_host)


def cache(case: Case) -> Part:
    """What the context takes: for each kind of layer, bytes for a token times tokens, and states."""
    part, demand = Part("cache"), case.outcome.proposal.demand
    layout = case.outcome.proposal.layout
    groups = [_group(demand, i, layout.ranks) for i in range(len(demand.caches))]
    names = ["layers" if len(groups) == 1 else f"layers_{i + 1}" for i in range(len(groups))]
    found = [part.take(name, term, "bytes") for name, term in zip(names, groups, strict=True)]
    whole = added([*found, named("beside", demand.beside.cache, "bytes", "plan")])
    rounding = named("rounding", case.outcome.memory.cache - whole.value, "bytes", "plan")
    part.take("cache", whole + rounding, "bytes")
    return part


def _group(demand: Demand, index: int, ranks: int) -> Term:
    """Bytes of layers whose caches are alike; ``copies`` where ranks repeat what they cannot share out."""
    before, held, heads = demand.caches[index]
    one = demand.kept(demand.sized.alike[index].cache)
    each = demand.slots if demand.unified else demand.several(one)
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
