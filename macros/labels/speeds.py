"""How are measured speeds told: what was measured, how, and how it compares?"""

from __future__ import annotations

from typing import Final

from sizing.catalog import Catalog
from sizing.engine.speed import Rate
from sizing.facts.measurements import Measurement

from . import facts, names, units

SOURCE: Final = "出处"
TESTS: Final = {"decode": "解码", "prefill": "预填充"}
QUALITIES: Final = {"A": "", "B": "\u00a0†"}
OWN: Final = "（自测）"  # behind a speed of the catalog's own record
OUTSIDE: Final = " *"  # behind a prediction in whose range the measured speed does not lie


def measured_speed(row: Measurement) -> str:
    """A measured speed with its year, such as ``实测 111（2024）``: programs have become faster since."""
    return f"实测 {units.number(row.tok_s)}（{row.era[:4]}）"


def subject(catalog: Catalog, row: Measurement) -> str:
    """What a row measured: device, model, format, program and era."""
    device = cards(row.count, names.called(catalog.device(row.device).name))
    program = f"{catalog.runtime(row.runtime).name} {facts.backend(row.backend)} {row.era}"
    return units.clauses([device, f"{catalog.model(row.model).name} {row.format}", program])


def case(catalog: Catalog, row: Measurement) -> str:
    """A row in a few words: what it measured, after how many tokens, for how many at once."""
    depth = max(row.depth, row.prompt or 0)
    at = f"{units.tokens(depth)} 个 token 之后" if row.test == "decode" and depth else ""
    return units.clauses([subject(catalog, row), at, f"{row.batch} 路" if row.batch > 1 else ""])


def cards(count: int, name: str) -> str:
    """One device, or several."""
    return f"{several(count)}{name}"


def several(count: int) -> str:
    """What stands before the name of a device of which there are several."""
    return f"{count} × " if count > 1 else ""


def program(catalog: Catalog, row: Measurement) -> str:
    """A row's program: its name, backend and era, and how it shares a model out."""
    split = facts.SPLITS[row.split] if row.split else ""
    return units.clauses([f"{catalog.runtime(row.runtime).name} {facts.backend(row.backend)}\u00a0{row.era}", split])


def conditions(row: Measurement) -> str:
    """How a row measured it, in llama-bench's words, such as ``tg128 @ d4096``: 128 tokens generated after 4,096."""
    prefill = row.test == "prefill"
    done, before = (row.prompt, row.depth) if prefill else (row.generated, max(row.depth, row.prompt or 0))
    return f"{'pp' if prefill else 'tg'}{done or ''}" + (f" @ d{before}" if before else "")


def told(row: Measurement, beside: Measurement) -> str:
    """A row's conditions that its neighbours do not tell."""
    era = row.era if row.era != beside.era else ""
    return units.clauses([conditions(row), era]) + QUALITIES[row.quality]


def about(catalog: Catalog, row: Measurement, then: Rate | None) -> str:
    """The hint on a measured speed: its conditions, and what is predicted for its own era."""
    how = units.clauses([subject(catalog, row), conditions(row)])
    return f"{how}；按当年的版本预测 {units.short_rate(then)}"
