"""How far off are the speeds? An error table, predicted beside measured as a picture, the worst rows, the constants."""

from __future__ import annotations

from typing import Final

from sizing.engine.fitted import TERMS, Test
from sizing.proof import accuracy
from sizing.proof.accuracy import Errors, comparisons, worst

from .labels import proof, speeds, tables, units
from .labels.names import called
from .markdown import cite, keep, listed, strong, table, together
from .rows import Dumbbell, dumbbells
from .site import Site
from .svg import Point, scatter

# Classes that sum others up.
SUMS: Final = ("plain", "one")
# Terms that are times; the others are shares and factors.
STREAM: Final = ("decode", "stream")  # of a prompt it is how often streams are read and written
TIMES: Final = ("step", "layer", "mixture", "state", "hop", "exchange", "handover")


def accuracy_table(site: Site, era: str = "own") -> str:
    """The error of every class, where a pair and where a device with all its sources was left out, beside rules of
    thumb, at the era of each row; or at the era that a reader sees, where instead of pairs all newer builds were left
    out."""
    head, first = (tables.ACCURACY, "pairs") if era == "own" else (tables.ACCURACY_READER, "time")
    rows = [
        [
            _class(line.test, line.kind),
            f"{line.rows:,}",
            f"{line.devices}",
            *_errors(line.splits.get(first)),
            *_errors(line.splits.get("devices")),
            *(units.share(line.rules[r].median) if r in line.rules else "" for r in ("size", "share", "fixed")),
        ]
        for line in accuracy.table(site.catalog)
        if line.era == era
    ]
    return table(head, rows)


def changes_table(site: Site) -> str:
    """What each change of the model brought: the error with it taken back, or with one made that was not kept."""
    found = accuracy.changes()
    names = list(dict.fromkeys(change.changed for change in found))
    by = {(c.test, c.kind, c.changed): units.share(c.median) for c in found}
    lines = dict.fromkeys((c.test, c.kind) for c in found)
    rows = [[_class(*line), *(by[*line, name] for name in names)] for line in lines]
    return table(proof.changes(names), rows)


def accuracy_chart(site: Site, test: Test) -> str:
    """Predicted over measured, each row a point, the device left out."""
    found = [c for c in comparisons(site.catalog, test) if c.row.quality == "A"]
    if not found:
        return proof.NOTHING
    points = [Point(c.row.tok_s, c.predicted, "several" if c.row.count > 1 else "single") for c in found]
    axes = (proof.MEASURED_AXIS, proof.predicted_axis(test))
    legend = {"several": proof.SEVERAL, "single": proof.SINGLE}
    return scatter(proof.scatter(test, len(found)), axes, points, legend)


def dumbbell_chart(site: Site, test: Test, fewest: int = 8) -> str:
    """Of each device measured so often a typical case: measured, and predicted without a look at the device."""
    found = accuracy.typical(comparisons(site.catalog, test), fewest)
    if not found:
        return proof.NOTHING
    pairs = [Dumbbell(called(site.catalog.device(c.row.device).name), c.row.tok_s, c.predicted) for c in found]
    return dumbbells(proof.dumbbells(test, len(found)), pairs, {"single": proof.MEASURED, "several": proof.PREDICTED})


def told_table(site: Site) -> str:
    """What one number of one's own brings for a device that was left out."""
    rows = [
        [
            together(*proof.told_class(t.known, t.test, t.near)),
            f"{t.devices}",
            *(units.share(error) for error in (*t.before, *t.after)),
        ]
        for t in accuracy.told(site.catalog)
    ]
    return table(tables.TOLD, rows)


def drafts_table(site: Site) -> str:
    """The errors of speeds with drafted tokens, and what they are by."""
    told = site.catalog.planner.fit.drafts
    rows = [
        [proof.VERIFYING[name], f"{told['rows']}", f"{told['devices']}", *(units.share(error) for error in told[name])]
        for name in ("before", "after")
    ]
    return table(tables.DRAFTS, rows)


def worst_table(site: Site, test: Test, most: int = 10) -> str:
    """The rows that are furthest off, and why, as far as the rows can tell."""
    rows = [
        [
            speeds.case(site.catalog, c.row),
            units.number(c.row.tok_s),
            units.number(c.predicted),
            units.times(c.device_left_out),
            proof.REASONS[c.reason],
            cite(speeds.SOURCE, c.row.source_url),
        ]
        for c in worst(comparisons(site.catalog, test), most)
    ]
    return table(tables.WORST, rows)


def fitted_rows(site: Site, test: Test) -> str:
    """How many rows the constants of a test stand on."""
    return f"{site.catalog.planner.fit.rows[test]:,}"


def coverage(site: Site) -> str:
    """The share of rows on one device that lie in the range that other rows tell."""
    for line in accuracy.table(site.catalog):
        if (line.test, line.kind, line.era) == ("decode", "one", "own"):
            inside = line.splits["pairs"].inside
            return "" if inside is None else units.share(inside)
    return ""


def constants_table(site: Site, test: Test) -> str:
    """The terms of a formula: the value for all, and what the programs' factors make of it."""
    factors, rows = site.catalog.planner.fit.constants.factors[test], []
    for term in TERMS[test]:
        own, is_time = factors[term.name], (term.name in TIMES or (test, term.name) == STREAM)
        programs = [
            keep(f"{name.removeprefix('program=')} {proof.constant(own[''] * factor, is_time)}")
            for name, factor in own.items()
            if name.startswith("program=") and " " not in name
        ]
        levels = len(own) - 1 - len(programs)
        rows.append([proof.TERMS[term.name], proof.constant(own[""], is_time), listed(programs), f"{levels}"])
    return table(tables.CONSTANTS, rows)


def _class(test: Test, kind: str) -> str:
    tested, name = proof.class_of(test, kind)
    return together(tested, strong(name) if kind in SUMS else name)


def _errors(e: Errors | None) -> list[str]:
    if e is None:
        return ["", "", ""]
    return [units.share(e.median), units.share(e.p90), "" if e.inside is None else units.share(e.inside)]
