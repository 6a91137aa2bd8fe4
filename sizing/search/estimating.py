"""What would a model score that nobody tested? What scored ones of its size and day lead to expect: an estimate, by
which models without a score are put in order, and never a score.

Of the edition that scored most models of a subject, the strength of a score is, by least squares, ``a + b·ln(total) +
c·ln(active) + d·years + e·thinking``: of all parameters, of those used for a token, and of the years since the first
one's release. Strength is the log-odds of a share of right answers beyond guessing, or a rating as it is. A coefficient
that comes out negative is left out, so that neither more parameters nor a later day ever lowers an estimate. Who says
no day is counted as if of the first: nothing is taken for granted.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, get_args

from sizing.catalog import Catalog
from sizing.facts.entries.benchmarks import Benchmark, Subject
from sizing.facts.scores import Score
from sizing.facts.units import known
from sizing.model import Model

LEAST: Final = 20  # scored models from which on sizes and days tell anything
EDGE: Final = 0.02  # of right answers beyond guessing, or of wrong ones: the log-odds of fewer are chance
YEAR: Final = 365.25  # days
DIGITS: Final = 1  # of a score


@dataclass(frozen=True)
class Estimates:
    """What each open model that answers is expected to score in one edition, without thinking first."""

    test: Benchmark
    by_model: Mapping[str, float]
    within: float  # from the scores of half of the scored models no farther off than this

    def told(self, model: str, test: str = "") -> float | None:
        """What a model is expected to score in a test, "" for this one; None in another one."""
        return self.by_model.get(model) if test in ("", self.test.id) else None


@dataclass(frozen=True)
class Estimate:
    """What a model without a score is expected to score."""

    value: float
    of: Estimates

    def as_dict(self) -> dict[str, object]:
        """Plain data, for JSON."""
        return {"value": self.value, "within": self.of.within, "benchmark": self.of.test.id}


def estimates(catalog: Catalog) -> Mapping[str, Estimates]:
    """By subject; none of a subject of which too few models are scored."""
    key = "estimates", catalog.ranked
    return catalog.planner.kept.get(key, lambda: MappingProxyType(_all(catalog)))


def _all(catalog: Catalog) -> dict[str, Estimates]:
    models = {model.id: model for model in catalog.models.values() if model.answers and model.parameters}
    days = [known(model.released) for model in models.values()]
    first = min((day for day in days if isinstance(day, dt.date)), default=dt.date.min)
    told = {name: _figures(model, first) for name, model in models.items()}
    found: dict[str, Estimates] = {}
    for subject in get_args(Subject):
        own = {one.id: [x for x in catalog.scores() if x.benchmark == one.id and x.model in told]
               for one in catalog.benchmarks.values() if one.subject == subject}  # fmt: skip
        name = max(own, key=lambda id: (len({x.model for x in own[id]}), catalog.benchmarks[id].day), default=None)
        if name is not None and len({x.model for x in own[name]}) >= LEAST:
            found[subject] = _of(catalog.benchmarks[name], own[name], told)
    return found


def _figures(model: Model, first: dt.date) -> tuple[float, float, float]:
    """By what a model is estimated: ln of its parameters and of those used for a token, and years."""
    counted, day = model.parameters, known(model.released)
    assert counted is not None
    years = (day - first).days / YEAR if isinstance(day, dt.date) else 0.0
    return math.log(counted.total), math.log(counted.active), years


def _of(test: Benchmark, scores: Sequence[Score], told: Mapping[str, tuple[float, float, float]]) -> Estimates:
    rows = [(*told[x.model], float(x.mode == "thinking")) for x in scores]
    weights = monotone(rows, [_strength(test, x.value) for x in scores])

    def value(figures: Sequence[float]) -> float:
        return round(_score(test, sum(w * x for w, x in zip(weights, (1.0, *figures), strict=True))), DIGITS)

    off = sorted(abs(x.value - value(row)) for x, row in zip(scores, rows, strict=True))
    return Estimates(
        test=test,
        by_model=MappingProxyType({name: value((*figures, 0.0)) for name, figures in told.items()}),
        within=round(off[len(off) // 2], DIGITS),
    )


def _strength(test: Benchmark, score: float) -> float:
    if test.rating:
        return score
    share = min(max((score - test.chance) / (100 - test.chance), EDGE), 1 - EDGE)
    return math.log(share / (1 - share))


def _score(test: Benchmark, strength: float) -> float:
    return strength if test.rating else test.chance + (100 - test.chance) / (1 + math.exp(-strength))


def monotone(rows: Sequence[Sequence[float]], values: Sequence[float]) -> list[float]:
    """Weights of 1 and of each column by least squares, where none of a column is negative: the most negative one is
    left out, and the others are found anew."""
    columns = [1.0, *[1.0] * len(rows[0])]
    kept = list(range(len(columns)))
    while True:
        found = _least_squares([[(1.0, *row)[i] for i in kept] for row in rows], values)
        worst = min(range(1, len(kept)), key=lambda i: found[i], default=0)
        if worst == 0 or found[worst] >= 0:
            weights = dict(zip(kept, found, strict=True))
            return [weights.get(i, 0.0) for i in range(len(columns))]
        del kept[worst]


def _least_squares(rows: Sequence[Sequence[float]], values: Sequence[float]) -> list[float]:
    """By the normal equations, eliminated by Gauss with the largest pivot; a column that says nothing has 0."""
    count = len(rows[0])
    table = [
        [math.fsum(row[i] * row[j] for row in rows) for j in range(count)]
        + [math.fsum(row[i] * value for row, value in zip(rows, values, strict=True))]
        for i in range(count)
    ]
    for i in range(count):
        pivot = max(range(i, count), key=lambda k: abs(table[k][i]))
        table[i], table[pivot] = table[pivot], table[i]
        if abs(table[i][i]) < 1e-9:
            continue
        for k in range(count):
            if k != i:
                share = table[k][i] / table[i][i]
                table[k] = [a - share * b for a, b in zip(table[k], table[i], strict=True)]
    return [row[count] / row[i] if abs(row[i]) >= 1e-9 else 0.0 for i, row in enumerate(table)]
