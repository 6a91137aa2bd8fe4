"""Which published numbers does a change move? The common cells of every table, before and after.

A cell is what one row of a table shows: a model's parameters, weights and cache, a machine's memory and price, and for
each model on each machine its verdict and its rate, in ``FORMAT`` at ``CONTEXT``. Two sets of them are compared, so
that a change of a fact, of a formula and of a constant is seen alike.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final, TypeAlias

from sizing.catalog import Catalog
from sizing.errors import SizingError
from sizing.model import Model
from sizing.plan import plan

FORMAT: Final = "Q4_K_M"
CONTEXT: Final = 8192
SHOWN: Final = 60  # rows of one kind; of more it is said how many

Value: TypeAlias = str | int | float | None
# By kind, then by what it is of: ids joined by "on".
Figures: TypeAlias = dict[str, dict[str, Value]]


def figures(catalog: Catalog, models: Sequence[str] = ()) -> Figures:
    """Every common cell, or those of some models. Bytes, tokens/s; a refusal is told by its line.

    Raises SizingError for a model that is unknown.
    """
    asked = [catalog.model(name) for name in models] or list(catalog.models.values())
    found: Figures = defaultdict(dict)
    for kind, name, value in (*_of_models(asked), *_of_machines(catalog), *_of_both(catalog, asked)):
        found[kind][name] = value
    return dict(found)


def _of_models(models: Iterable[Model]) -> Iterator[tuple[str, str, Value]]:
    for model in models:
        yield "model", model.id, model.name
        if model.open:
            counts = model.parameters
            yield "parameters", model.id, counts.total if counts else None
            try:
                memory = plan(model, None, format=FORMAT, context=CONTEXT).memory
            except SizingError as error:
                yield "weights", model.id, str(error)
                continue
            yield "weights", model.id, memory.weights
            yield "cache", model.id, round(memory.cache)


def _of_machines(catalog: Catalog) -> Iterator[tuple[str, str, Value]]:
    for machine in catalog.machines.values():
        yield "machine", machine.id, machine.name
        yield "capacity", machine.id, sum(place.capacity for place in machine.rig.devices)
        offer = catalog.market.lowest(machine)
        yield "price", machine.id, str(offer.money) if offer else None


def _of_both(catalog: Catalog, models: Iterable[Model]) -> Iterator[tuple[str, str, Value]]:
    for model in (one for one in models if one.open):
        for machine in catalog.machines.values():
            try:
                p = plan(model, machine, format=FORMAT, context=CONTEXT)
            except SizingError:
                continue
            yield "verdict", f"{model.id} on {machine.id}", p.verdict
            if p.decode:
                yield "decode", f"{model.id} on {machine.id}", float(f"{p.decode.value:.4g}")


@dataclass(frozen=True)
class Moved:
    """One cell that differs; None where there is none."""

    kind: str
    name: str
    before: Value
    after: Value


def moved(before: Figures, after: Figures) -> list[Moved]:
    """The cells that differ, in the order of kinds."""
    return [
        Moved(kind, name, old.get(name), new.get(name))
        for kind in dict.fromkeys([*before, *after])
        for old, new in [(before.get(kind, {}), after.get(kind, {}))]
        for name in dict.fromkeys([*old, *new])
        if old.get(name) != new.get(name)
    ]


def markdown(changes: Sequence[Moved], count: int) -> str:
    """What moved of ``count`` cells, as Markdown: each fact, size and verdict as a row, rates by model."""
    if not changes:
        return f"No published number moves ({count:,} compared).\n"
    kinds: dict[str, list[Moved]] = defaultdict(list)
    for one in changes:
        kinds[one.kind].append(one)
    lines = [f"**{len(changes):,} of {count:,} published numbers move.**", ""]
    for kind, found in kinds.items():
        lines += [f"### {kind}: {len(found):,}", ""]
        lines += _rates(found) if kind == "decode" else _rows(found)
        lines.append("")
    return "\n".join(lines)


def _rows(found: Sequence[Moved]) -> list[str]:
    rows = [f"| {_cell(one.name)} | {_cell(one.before)} | {_cell(one.after)} |" for one in found[:SHOWN]]
    more = ["", f"and {len(found) - SHOWN:,} more"] if len(found) > SHOWN else []
    return ["| | before | after |", "|---|---|---|", *rows, *more]


def _rates(found: Sequence[Moved]) -> list[str]:
    """By model: on how many machines, and from which to which ratio."""
    ratios: dict[str, list[float]] = defaultdict(list)
    apart = 0
    for one in found:
        if isinstance(one.before, float) and isinstance(one.after, float):
            ratios[one.name.partition(" on ")[0]].append(one.after / one.before)
        else:
            apart += 1
    order = sorted(ratios, key=lambda name: -abs(median(ratios[name]) - 1))
    rows = [
        f"| {_cell(name)} | {len(own)} | {min(own):.3f} | {median(own):.3f} | {max(own):.3f} |"
        for name, own in ((name, ratios[name]) for name in order[:SHOWN])
    ]
    told = ["| after / before | machines | least | median | most |", "|---|---|---|---|---|", *rows] if rows else []
    if len(order) > SHOWN:
        told += ["", f"and {len(order) - SHOWN:,} models more"]
    return told + (["", f"{apart:,} rates come or go."] if apart else [])


def _cell(value: Value) -> str:
    """Text that stays in its cell."""
    if value is None:
        return "none"
    return f"{value:,}" if isinstance(value, (int, float)) else str(value).replace("|", "\\|").replace("<", "&lt;")


def counted(found: Mapping[str, Mapping[str, Value]]) -> int:
    """How many cells there are."""
    return sum(map(len, found.values()))
