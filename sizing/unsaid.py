"""Which format is meant where none is said? What the file holds; else what is published, the best that fits.

In this order: a file's own tensors; what a model's name says; the number type that its makers publish, where a runtime
reads it there and it fits; the published quantization that fits with the most bits, by measured loss among equals.
Where none fits, the one that people run beside a host: the native one if it has four bits, else Q4_K_M, else the
largest that runs.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from sizing.engine.choosing import USUAL, meant
from sizing.errors import SizingError
from sizing.facts.entries.formats import Format
from sizing.facts.format_names import ending
from sizing.facts.narrow import measured_loss
from sizing.facts.units import UNDISCLOSED
from sizing.kept import Same
from sizing.model import Model

if TYPE_CHECKING:
    from sizing.engine.outcome import Loaded
    from sizing.plan import Plan
    from sizing.planner import Planner

# What llama.cpp makes of a number type that models are published in, without a loss.
IN_GGUF: Final[Mapping[str, str]] = {"MXFP4": "MXFP4_MOE"}
# What runtimes make of a checkpoint as they load it.
LOADED: Final[Mapping[str, str]] = {"F32": "BF16", UNDISCLOSED: "BF16"}


def said(model: Model) -> str | None:
    """The format that a file holds or a name says; None where neither does. Raises SizingError for an unknown one."""
    if model.unread is not None:
        raise SizingError(
            f"{model.name}: its weights are stored by {model.unread}, in a way that is not known here; "
            "name a format that takes as much, such as AWQ"
        )
    if model.own is not None:
        return model.own.key
    if model.said_format is None and model.said_gguf:
        return IN_GGUF.get(model.native, USUAL)
    return model.said_format


def natives(model: Model, formats: Mapping[str, Format]) -> list[str]:
    """The number type that the makers publish, and before it the same in a GGUF file."""
    native = LOADED.get(model.native, model.native)
    return [name for name in (IN_GGUF.get(native, native), native) if name in formats]


def published(model: Model, formats: Mapping[str, Format]) -> list[str]:
    """The quantizations that somebody publishes, the most bits first: those that its names end with, its files, and the
    recipes that repackagers make, which are those whose loss was measured."""
    names = model.names
    found = {
        ending(one, mlx=one.startswith("mlx-community/")).format
        for one in (*names.huggingface, *names.modelscope, *names.repackaged)
    }
    widest = formats[model.native].bits if model.native in formats else 16
    own = {name: formats[file.like] for name, file in model.files.items() if file.like in formats}
    made = {
        fmt.id: fmt
        for fmt in formats.values()
        if fmt.bpw is None and (fmt.id in found or (fmt.kind == "gguf" and measured_loss(fmt) is not None))
    }
    chosen = [(_rank(rule), name) for name, rule in {**made, **own}.items() if rule.bits < widest]
    return [name for _, name in sorted(chosen)]


def _rank(fmt: Format) -> tuple[float, float]:
    loss = measured_loss(fmt)
    return -fmt.bits, math.inf if loss is None else loss


def chosen(
    model: Model, planner: Planner, load: Callable[[str], Loaded], room: float, ask: Callable[[str], Plan]
) -> Plan:
    """The plan in the format that is meant; ``load``, ``room`` and ``ask`` as the engine has them. Raises SizingError
    where none can be told, or none can run."""
    if (own := said(model)) is not None:
        return _because(ask(own), "as the file holds it" if model.from_file else "by the name's ending")
    first, others = planner.kept.get(
        ("unsaid", Same(model)), lambda: (natives(model, planner.formats), published(model, planner.formats))
    )
    found, reason = meant(first, others, load, room, ask)
    return _because(found, reason)


def _because(p: Plan, reason: str) -> Plan:
    """The plan, with why it is in its format."""
    return replace(p, notes=(*p.notes, f"format {p.format.id}: not named; {reason}"))
