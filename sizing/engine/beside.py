"""What lies beside the text model? Towers that see or hear, layers that draft; which are loaded, and what they take."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sizing.engine.cache import CachePart, padded
from sizing.engine.memory import Memory
from sizing.engine.numbers import total
from sizing.engine.settings import Settings
from sizing.errors import SizingError


@dataclass(frozen=True, slots=True)
class Part:
    """What lies beside the text model: ``towers`` that see or hear, ``mtp`` layers, or ``others`` of unknown size."""

    kind: str
    names: tuple[str, ...]  # vision, audio; of those that nobody can size yet, their model_type too
    parameters: int | None
    bytes: int | None
    cache: tuple[CachePart, ...]
    unasked: bool  # the runtime loads it by itself

    def as_dict(self) -> dict[str, object]:
        """Plain data, for JSON."""
        return {"kind": self.kind, "names": list(self.names), "parameters": self.parameters, "bytes": self.bytes}


def loaded_of(parts: Sequence[Part], asked: Settings) -> tuple[Part, ...]:
    """What of that is loaded. Raises SizingError for what is asked for and is not there, or not known."""
    wanted = {"towers": asked.vision, "mtp": asked.mtp}
    for kind, names in (("towers", "nothing that sees or hears"), ("mtp", "no multi-token-prediction layers")):
        if wanted[kind] and kind not in [part.kind for part in parts]:
            raise SizingError(f"the model has {names}, as far as is known; leave the setting out")
    chosen: list[Part] = []
    for part in parts:
        asked_for = wanted.get(part.kind)
        if part.unasked if asked_for is None else asked_for:
            chosen.append(part)
        if part.bytes is None and asked_for:
            raise SizingError(f"{', '.join(part.names)}: not known yet, and nothing is guessed; leave --mmproj out")
    return tuple([part for part in chosen if part.bytes is not None])


def taken(parts: Sequence[Part], page: int, context: int, sequences: int) -> Memory:
    """What parts beside the text model take together, beside sequences of ``context`` tokens."""
    tokens = padded(context, page)
    cache = total([one.held(tokens, sequences) for part in parts for one in part.cache])
    return Memory(weights=total([part.bytes or 0 for part in parts]), cache=round(cache))
