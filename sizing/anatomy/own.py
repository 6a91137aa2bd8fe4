"""What does each tensor take in a file that holds them all? The file's own bytes, by role and layer.

A GGUF file names its tensors as the anatomy does, so that each is found by its name. What is stored beside one (a
scale) is counted with it. A file may have fused or split what the anatomy has not: such tensors share what their layer
has left. The sum is the file's own, to the byte.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from sizing.anatomy.blocks.tensor import Tensor
from sizing.anatomy.shape import Shape
from sizing.anatomy.tensors import tensors
from sizing.errors import SizingError

Key = tuple[str, int | None]  # of a tensor: its role and layer
Own = Mapping[Key, int]

_LAYER: Final = re.compile(r"blk\.(\d+)\.(.+)")
_SLIGHT: Final = 0.001  # of all numbers: what a file keeps among its keys, as Apertus' activation
_ENDINGS: Final = (".weight", ".bias", "")
_COMPANIONS: Final = (".scale", ".input_scale")
# What some files call a tensor otherwise (Kimi K3's, MiniMax-01's).
_CALLED: Final[Mapping[str, str]] = {
    "attn_norm_out": "attn_norm_2",
    "ffn_latent_down": "ffn_routed_down", "ffn_latent_norm": "ffn_routed_norm", "ffn_latent_up": "ffn_routed_up",
}  # fmt: skip


@dataclass(frozen=True)
class OwnFormat:
    """The mix of types that a file holds. ``like``: catalog formats that it resembles, the likeliest first."""

    key: str  # what it is asked for by
    name: str
    like: tuple[str, ...]
    bytes: Own = field(repr=False)

    def __hash__(self) -> int:
        return hash(self.key)


@dataclass(frozen=True)
class Matched:
    """Which of a file's names stand for each tensor: its own first, then those of what is stored beside it; by layer,
    the tensors that have none, and the names that stand for none."""

    named: Mapping[Key, tuple[str, ...]]
    lacking: Mapping[int | None, list[Tensor]]
    left: Mapping[int | None, list[str]]


def matched(s: Shape, names: Iterable[str]) -> Matched:
    """The tensors of ``s``, and a file's names of them."""
    left: dict[int | None, dict[str, str]] = {}
    place: int | None  # a layer, or none
    for name in names:
        found = _LAYER.fullmatch(name)
        place = int(found[1]) if found else None
        left.setdefault(place, {})[found[2] if found else name] = name
    named: dict[Key, tuple[str, ...]] = {}
    lacking: dict[int | None, list[Tensor]] = {}
    every = tensors(s)
    for tensor in every:
        own = _taken(left.get(_place(tensor), {}), tensor.role)
        if own is None:
            lacking.setdefault(_place(tensor), []).append(tensor)
        else:
            named[tensor.role, tensor.layer] = (own,)
    for tensor in every:
        if (key := (tensor.role, tensor.layer)) in named:
            named[key] = (*named[key], *_beside(left.get(_place(tensor), {}), tensor.role))
    return Matched(named, lacking, {place: list(rest.values()) for place, rest in left.items()})


def own_bytes(s: Shape, stored: Mapping[str, int]) -> Own:
    """The bytes of each tensor of ``s`` where a file stores these names with so many bytes. Raises SizingError."""
    found = matched(s, stored)
    own = {key: sum(stored[name] for name in names) for key, names in found.named.items()}
    lacking = dict(found.lacking)
    for place, rest in found.left.items():
        _share(own, place, sum(stored[name] for name in rest), lacking.pop(place, []) if rest else [])
    absent = [t for some in lacking.values() for t in some if not t.mtp]
    if sum(t.elements for t in absent if not is_left_out(t)) > _SLIGHT * sum(t.elements for t in tensors(s)):
        raise SizingError(f"it holds no {absent[0].role} of layer {absent[0].layer}; get it anew")
    return {**own, **{(t.role, t.layer): 0 for t in absent}}


# What llama.cpp stores beside the layers, and keeps with the first.
_WITH_FIRST: Final = frozenset([("per_layer_model_proj", 0), ("per_layer_proj_norm", 0)])


def is_left_out(tensor: Tensor) -> bool:
    """Whether llama.cpp's converter leaves a tensor out: what an encoder's head makes of its first token."""
    return tensor.role.startswith("cls")


def _place(tensor: Tensor) -> int | None:
    """The layer that a file's name says, which is none for what is stored beside the layers."""
    return None if (tensor.role, tensor.layer) in _WITH_FIRST else tensor.layer


def _taken(left: dict[str, str], role: str) -> str | None:
    """The name that is stored for a role, which is no longer left."""
    for name in (role, _CALLED.get(role, role)):
        for ending in _ENDINGS:
            if name + ending in left:
                return left.pop(name + ending)
    return None


def _beside(left: dict[str, str], role: str) -> list[str]:
    """The names of what is stored beside a role."""
    return [left.pop(role + ending) for ending in _COMPANIONS if role + ending in left]


def _share(own: dict[tuple[str, int | None], int], place: int | None, rest: int, lacking: list[Tensor]) -> None:
    """Let the tensors that have no name of their own share what is left of a layer; else its first tensor has it."""
    if not lacking:
        if rest and (first := next((key for key in own if key[1] == place), None)):
            own[first] += rest
        return
    whole, given = sum(t.elements for t in lacking), 0
    for tensor in lacking[1:]:
        own[tensor.role, tensor.layer] = rest * tensor.elements // whole
        given += own[tensor.role, tensor.layer]
    own[lacking[0].role, lacking[0].layer] = rest - given
