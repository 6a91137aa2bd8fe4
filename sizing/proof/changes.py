"""What did each change of the model bring? ``python -m sizing.proof.changes`` takes them back, makes two that were
not kept, and writes ``changes.json``: the errors where a tenth of the sources after another is left out."""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, replace
from functools import partial
from typing import Any

import numpy as np

from sizing.catalog import Catalog
from sizing.engine.fitted import TERMS, Fitted, Term, Test
from sizing.engine.speed import BALANCE, fed
from sizing.fitted import CHANGES
from sizing.proof.cases import case, cases
from sizing.proof.fit import WANTED
from sizing.proof.judging import by_sources, errors, left_out
from sizing.proof.solving import FORM, Form, solve
from sizing.proof.timings import Timing, timing, timings_of


def _stated(row: Timing) -> Timing:
    """One FP16 figure for every kernel."""
    return _at(row, row.numbers["stated"])


def _at(row: Timing, rate: float) -> Timing:
    """Kernels that are a share of this rate of the datasheet."""
    balanced = BALANCE * row.numbers["bandwidth"]
    taken = rate if row.case.row.test == "decode" else fed(rate, balanced, math.sqrt)
    return replace(row, numbers={**row.numbers, "rate": taken})


def _unfed(row: Timing) -> Timing:
    """All that a datasheet states, however little memory feeds it."""
    if row.case.row.test == "decode":
        return row
    balanced = BALANCE * row.numbers["bandwidth"]
    stated = {name: (row.numbers[name] ** 4 / balanced) ** (1 / 3) for name in ("rate", "attending")}
    return replace(row, numbers={**row.numbers, **stated})


def _once(row: Timing) -> Timing:
    """A recurrent state charged once a step."""
    batch = row.case.row.batch if row.case.row.test == "decode" else 1
    places = ("device.states", "host.states")
    return replace(row, numbers={**row.numbers, **{name: row.numbers[name] / batch for name in places}})


def _filled(row: Timing) -> Timing:
    """Every expert's matrices filled by its tokens."""
    return replace(row, numbers={**row.numbers, "device.padding": 0.0, "host.padding": 0.0})


def _unmixed(row: Timing) -> Timing:
    """Layers that mix several residual streams cost what others do."""
    return replace(row, numbers={**row.numbers, "device.mixed": 0.0, "host.mixed": 0.0})


def _copied(catalog: Catalog, row: Timing) -> Timing:
    """Weights that were repacked for the host brought to the device for a prompt, like others."""
    if not row.case.row.repacked:
        return row
    found = case(catalog, replace(row.case.row, repacked=False), row.case.number, Fitted.prior())
    return row if isinstance(found, str) else timing(found) or row


def _narrowed(row: Timing) -> Timing:
    """A build that multiplies in 32 bits taken for one that does in 16."""
    card = row.case.speed.rig.devices[0].card
    if not row.case.row.wide or card is None or card.half is None:
        return row
    return _at(row, card.half)


def _three(row: Timing) -> Timing:
    """Memory that a processor and its graphics share told from a graphics card's."""
    told = "shared" if row.case.device.kind != "gpu" else "GDDR"
    device, host = ({**a, "memory": told} if a["memory"] == "other" else a for a in (row.device, row.host))
    return replace(row, device=device, host=host)


def _named(row: Timing) -> Timing:
    """The source as an attribute; one that the fit has not seen has no factor."""
    return replace(row, device={**row.device, "source": row.source}, host={**row.host, "source": row.source})


def _form(of: Callable[[Term], Term], walk: bool = True) -> Form:
    return Form({test: tuple(of(term) for term in terms) for test, terms in TERMS.items()}, walk)


def _with(level: tuple[str, ...], *names: str) -> Callable[[Term], Term]:
    return lambda term: replace(term, levels=(*term.levels, level)) if term.name in names else term


def _apart(term: Term) -> Term:
    """A generation's factors by program, and a memory's."""
    if ("generation",) not in term.levels:
        return term
    others = tuple(level for level in term.levels if level != ("generation",))
    return replace(term, levels=(*others, ("program", "memory"), ("program", "generation")))


def _fetched(term: Term) -> Term:
    """One share of HBM's bandwidth for ggml's kernels and others'."""
    return replace(term, levels=tuple(x for x in term.levels if x != ("kernels", "memory")))


def _unpacked(term: Term) -> Term:
    """No work for what a packing must be undone by."""
    return (
        replace(term, levels=tuple(x for x in term.levels if x not in (("packing",), ("unpacking",))))
        if term.name == "multiply"
        else term
    )


Change = tuple[Callable[[Timing], Timing], Form]


def changed(catalog: Catalog) -> dict[str, Change]:
    """What is taken back, one thing at a time and all of it, and the two that were not kept."""
    copied = partial(_copied, catalog)
    return {
        "nothing": (lambda row: row, FORM),
        "rate": (_stated, FORM),
        "fed": (_unfed, FORM),
        "fetched": (lambda row: row, _form(_fetched)),
        "states": (_once, FORM),
        "walk": (lambda row: row, replace(FORM, walk=False)),
        "generation": (lambda row: row, _form(_apart)),
        "packing": (lambda row: row, _form(_unpacked)),
        "padding": (_filled, FORM),
        "stream": (_unmixed, FORM),
        "repacked": (copied, FORM),
        "memory": (_three, FORM),
        "wide": (_narrowed, FORM),
        "all": (
            lambda row: _three(_unmixed(_filled(_once(_unfed(_stated(_narrowed(copied(row)))))))),
            _form(lambda term: _unpacked(_fetched(_apart(term))), walk=False),
        ),
        "attend": (lambda row: row, _form(_with(("program", "era"), "attend"))),
        "source": (_named, _form(_with(("source",), "read", "multiply"))),
    }


def changes(rows: Sequence[Timing], test: Test, made: Mapping[str, Change]) -> list[dict[str, Any]]:
    """The errors of each class with each change taken back."""
    found = []
    near: dict[tuple[str, str], float] | None = None  # the constants are looked for where nothing was changed
    for name, (of, form) in made.items():
        told = [of(row) for row in rows]
        constants, x = solve(test, told, near, form=form)
        near = near or dict(zip(constants.columns, x, strict=True))
        residuals = left_out(test, told, by_sources, dict(zip(constants.columns, x, strict=True)), form).own
        for kind, kinds in WANTED.items():
            at = [
                i
                for i, row in enumerate(rows)
                if row.case.speed.kind in kinds and row.case.row.quality == "A" and np.isfinite(residuals[i])
            ]
            if at:
                off = asdict(errors([rows[i] for i in at], residuals[at]))
                found.append({"test": test, "class": kind, "changed": name, **off})
    return found


def main() -> int:
    """Write ``changes.json``."""
    catalog = Catalog.load()
    known, made = cases(catalog, Fitted.prior()), changed(catalog)
    found = [line for test in TERMS for line in changes(timings_of(known, test), test, made)]
    CHANGES.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
