"""How are the steps of an explanation said? A line each: what it is, its value, and the formula with its numbers."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

from sizing.facts.units import GIB, MIB

if TYPE_CHECKING:
    from sizing.explain import Step

# The parts of an explanation, as headings.
PARTS: Final = {
    "model": "the model",
    "weights": "its weights: parameters times bits",
    "cache": "the context: bytes for each token, layer by layer",
    "memory": "what lies where, and what is left",
    "decode_empty": "decoding with an almost empty cache, place by place",
    "decode": "decoding at a full context",
    "throughput": "all sequences together",
    "prefill": "reading a prompt that fills the context",
    "first_token": "until the first new token",
    "evidence": "what the speed rests on",
    "price": "the price",
    "cost": "a month of each way",
    "answer": "until an answer stands",
    "score": "how well it does",
}
# What the fields' words do not say by themselves.
NOTES: Final = {
    "offered": "as a program is offered it",
    "driver": "by what the driver shows",
    "driver_memory": "assumed, by this vendor's other cards",
    "gpu_limit": "what the system lets the GPU use",
    "wired_limit": "as the limit is set",
    "reserved": "what the system keeps is left out",
    "all": "measured on this device with weights packed so",
    "device": "measured on this device, packed otherwise",
    "program": "measured on other devices",
    "nothing": "this program was never measured",
}
WIDTH: Final = 150


def said(steps: Sequence[Step]) -> list[str]:
    """The steps in lines as wide as the terminal, and behind them where their facts were read."""
    width = min(WIDTH, shutil.get_terminal_size((WIDTH, 24)).columns)
    numbers: dict[str, int] = {}
    lines, part = [], ""
    for step in steps:
        if step.part != part:
            part = step.part
            lines.append(f"  {PARTS.get(part, part)}")
        cited = "".join(f"[{numbers.setdefault(url, len(numbers) + 1)}]" for url in step.sources[:3])
        text = " ".join(filter(None, [_line(step), _note(step), cited]))
        lines += textwrap.wrap(text, width, initial_indent=" " * 4, subsequent_indent=" " * 8, break_long_words=False)
    return lines + [f"  [{number}] {url}" for url, number in numbers.items()]


def _line(step: Step) -> str:
    from sizing.explain.written import written

    name = words(step.what) + (f" ({step.where})" if step.where else "")
    value = _told(step.value) if isinstance(step.value, str) else step.value
    formula = written(step, lambda named, one: f"{words(named)} {shown(one.value, one.unit)}")
    return f"{name}: {shown(value, step.unit)}" + (f" = {formula}" if formula else "")


def _told(value: str) -> str:
    """A word, or what lies in a place: ``layers:1-20 output``."""
    return NOTES.get(value) or value.replace(":", " ").replace(" output", " and the output")


def _note(step: Step) -> str:
    first, _, rest = step.note.partition(" ")
    return f"({NOTES[first]}{f'; {rest}' if rest else ''})" if first in NOTES else f"({step.note})" if step.note else ""


def words(name: str) -> str:
    """``bandwidth_share`` as words."""
    return name.replace("_", " ")


def shown(value: float | str | None, unit: str) -> str:
    """A value with its unit, in the size that says it best."""
    if not isinstance(value, int | float):
        return f"{value}"
    if unit == "bytes":
        for size, called in ((GIB / 10, "GiB"), (MIB / 10, "MiB"), (1024, "KiB")):
            if abs(value) >= size:
                return f"{value / {'GiB': GIB, 'MiB': MIB, 'KiB': 1024}[called]:,.2f} {called}"
        return f"{value:,.0f} B"
    if unit == "s":
        return (
            f"{value:,.2f} s" if value >= 1 else f"{value * 1e3:.3g} ms" if value >= 1e-3 else f"{value * 1e6:.3g} µs"
        )
    for size, letter in ((1e12, "T"), (1e9, "G"), (1e6, "M")):
        if unit in ("FLOP", "FLOP/s") and value >= size:
            return f"{value / size:,.4g} {letter}{unit}"
    if unit == "bytes/s":
        return f"{value / 1e9:,.4g} GB/s"
    if unit == "parameters":
        return f"{value / 1e9:,.2f}B" if value >= 1e7 else f"{value:,.0f}"
    number = f"{value:,.0f}" if value == round(value) else f"{value:,.2f}" if value >= 1000 else f"{value:.3g}"
    return f"{number} {unit}".strip()


def as_dicts(steps: Iterable[Step]) -> list[dict[str, object]]:
    """Plain data, for JSON."""
    return [step.as_dict() for step in steps]
