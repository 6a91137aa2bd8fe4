"""What lies beside the text model? Towers that see or hear, layers that draft; which are loaded, and what they take."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sizing.engine.buffers import device
from sizing.engine.cache import CachePart, padded
from sizing.engine.memory import Memory
from sizing.engine.numbers import total
from sizing.engine.program import Program
from sizing.engine.settings import Settings
from sizing.engine.sized import Sized
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
    computing: int = 0  # bytes that it computes with in a buffer of its own
    item: int = (
        0  # tokens that the largest picture or film becomes which the runtime tries at start; 0 where it does not
    )
    each: int = 0  # bytes that are written for each of them at once
    whole: bool = False  # each of several ranks has all of it

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
    computing = total([part.computing for part in parts])
    return Memory(weights=total([part.bytes or 0 for part in parts]), cache=round(cache), buffers=computing)


def repeated(parts: Sequence[Part]) -> int:
    """Bytes of what each of several ranks has all of."""
    return total([part.bytes or 0 for part in parts if part.whole])


def drafting_buffers(parts: Sequence[Part], sized: Sized, program: Program, context: int) -> int:
    """Bytes that the model's own layers compute with where they draft: llama.cpp gives them a context of their own."""
    own = [part for part in parts if part.kind == "mtp"]
    return device(sized.widths, program, padded(context, program.page), output=False) if own and program.gguf else 0


def tried(parts: Sequence[Part], batched_tokens: int) -> int:
    """Bytes that are written at start where a runtime shows a tower as many of its largest pictures as it computes at
    once, one at least (profile_run in vLLM's vllm/v1/worker/gpu_model_runner.py)."""
    most = 0
    for part in parts:
        if part.item:
            most = max(most, max(1, batched_tokens // part.item) * part.item * part.each)
    return most
