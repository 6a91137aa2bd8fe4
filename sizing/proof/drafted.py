"""How far off are speeds with drafted tokens? Each measured row predicted, its acceptance known.

Of a machine whose speed without drafts was measured too, what drafting brings is compared alone. How fast a program
computes the few tokens in a row is fitted to that, a program's factor drawn to that of all: by devices left out, too.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from sizing.catalog import Catalog
from sizing.drafting import drafts
from sizing.engine.drafting import Draft
from sizing.engine.fitted import Fitted
from sizing.engine.speed import Rate, Speed
from sizing.facts.drafts import Drafted
from sizing.proof.cases import Case, case, middle

TRIED: Final = tuple(2 ** (i / 8) for i in range(-24, 33))  # from an eighth to sixteen times as fast
PULL: Final = 0.3  # a program's factor is held at that of all: twice it costs as much as one row that is off by 12 %
OUTLIER: Final = 0.2  # the residual from which a row counts less


@dataclass(frozen=True, slots=True)
class Trial:
    """A measured row put together, to be predicted."""

    row: Drafted
    speed: Speed
    draft: Draft

    @property
    def program(self) -> str:
        """What computed it."""
        return self.speed.demand.program.name

    def predicted(self, fitted: Fitted) -> Rate | None:
        """Tokens/s of each sequence with drafts; of a machine that was measured without, as far as that tells."""
        speed, depth = replace(self.speed, fitted=fitted), middle(self.row)
        rate, plain = replace(speed, draft=self.draft).decode(depth), speed.decode(depth)
        if rate is None or plain is None or self.row.plain is None:
            return rate
        known = self.row.plain / self.row.batch / plain.value
        return Rate(rate.value * known, rate.low * known, rate.high * known)

    def off(self, fitted: Fitted) -> float | None:
        """The logarithm of predicted over measured."""
        rate = self.predicted(fitted)
        return None if rate is None else math.log(rate.value * self.row.batch / self.row.tok_s)


def trials(catalog: Catalog, fitted: Fitted) -> list[Trial]:
    """Every row whose conditions are told, at the era of its build."""
    found = ((row, case(catalog, row, fitted=fitted)) for row in catalog.drafted())
    return [Trial(row, one.speed, _draft(catalog, row)) for row, one in found if isinstance(one, Case)]


def _draft(catalog: Catalog, row: Drafted) -> Draft:
    model, planner = catalog.model(row.model), catalog.planner
    settled = planner.settled(model, row.format, row.runtime, row.cache_format, (row.backend,))
    [found] = drafts(planner, model, settled, None, row.drafted, row.accepted)
    return found


def verifying(known: Sequence[Trial], fitted: Fitted) -> dict[str, float]:
    """The factor of each program, and under "" that of all, which serves best."""
    every = _best(known, fitted, 1.0, 0.0)
    programs = sorted({one.program for one in known})
    own = {name: _best([one for one in known if one.program == name], fitted, every, PULL) for name in programs}
    return {"": round(every, 4), **{name: round(factor, 4) for name, factor in own.items()}}


def _best(known: Sequence[Trial], fitted: Fitted, near: float, pull: float) -> float:
    def cost(factor: float) -> float:
        at = replace(fitted, verifying={"": factor})
        off = [residual for one in known if (residual := one.off(at)) is not None]
        far = math.log2(factor / near)
        return sum(math.log1p((residual / OUTLIER) ** 2) for residual in off) + pull * far * far

    return min(TRIED, key=cost)


def left_out(known: Sequence[Trial], fitted: Fitted) -> list[float]:
    """The residual of each row, by factors that have seen no row of its device."""
    found = []
    for device in dict.fromkeys(one.row.device for one in known):
        others = [one for one in known if one.row.device != device]
        at = replace(fitted, verifying=verifying(others, fitted))
        found += [off for one in known if one.row.device == device and (off := one.off(at)) is not None]
    return found
