"""Which constants agree best with the measurements? ``python -m sizing.proof.fit`` writes ``fitted.json``.

How good they are is told by fits that have not seen what they predict. ``--without-devices`` and ``--without-sources``
leave rows out, for those who judge for themselves; ``--to`` writes elsewhere.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

import numpy as np

from sizing.catalog import Catalog
from sizing.engine.fitted import SEEN, TERMS, Fitted, Seen, Test
from sizing.fitted import FITTED
from sizing.proof.cases import cases, fingerprint
from sizing.proof.drafted import left_out as drafts_left_out
from sizing.proof.drafted import trials, verifying
from sizing.proof.judging import (
    FEWEST,
    RECENT,
    SPLITS,
    LeftOut,
    Sample,
    Split,
    errors,
    inside,
    left_out,
    off_of,
    packings,
    rules_of_thumb,
    told,
)  # fmt: skip
from sizing.proof.pooling import pooled, proved
from sizing.proof.solving import Array, newest, solve
from sizing.proof.sources import source_of
from sizing.proof.timings import Timing, timings_of

CLASSES: Final = ("small", "dense", "mixture", "devices", "offload", "batch", "processor")
WANTED: Final[Mapping[str, tuple[str, ...]]] = {
    **{kind: (kind,) for kind in CLASSES},
    "plain": ("small", "dense"),
    "one": ("small", "dense", "mixture"),
}


def fit(catalog: Catalog, devices: Collection[str] = (), sources: Collection[str] = ()) -> dict[str, Any]:
    """Everything that ``fitted.json`` holds, fitted to all rows but those of these devices and sources."""
    every = cases(catalog, Fitted.prior())
    kept = [c for c in every if c.row.device not in devices and source_of(c.row.source_url) not in sources]
    result: dict[str, Any] = {"fingerprint": fingerprint(kept), "rows": {}}
    spreads: dict[str, Any] = {}
    validation: list[Any] = []
    told: dict[str, Any] = {}
    every_row: dict[Test, list[Timing]] = {}
    every_left: dict[Test, dict[Split, LeftOut]] = {}
    for test in TERMS:
        rows = every_row[test] = timings_of(kept, test)
        constants, x = solve(test, rows)
        result[test] = constants.factors(x)
        near = dict(zip(constants.columns, x, strict=True))
        left = every_left[test] = {name: left_out(test, rows, split, near) for name, split in SPLITS.items()}
        spreads |= _spreads(test, rows, left)
        validation += _validation(test, rows, left)
        result["rows"][test] = len(rows)
        told[test] = [
            [row.case.row.mark, *(round(float(np.exp(-left[split].own[i])), 4) for split in ("pairs", "devices"))]
            for i, row in enumerate(rows)
        ]
    result["eras"] = newest([row for rows in every_row.values() for row in rows])
    result["measured"] = {test: packings(rows) for test, rows in every_row.items()}
    result["spreads"] = spreads
    result["pooled"] = pooled(every_row, every_left)
    result |= drafting(catalog, Fitted.of({**result, "verifying": {}}), devices, sources)
    result["told"] = proved(every_row, every_left, result["pooled"])
    result["validation"] = validation
    result["left_out"] = told
    return result


def drafting(
    catalog: Catalog, fitted: Fitted, devices: Collection[str] = (), sources: Collection[str] = ()
) -> dict[str, Any]:
    """How fast drafted tokens are computed, and the errors of speeds with drafts before that and by other devices'."""
    known = [
        one
        for one in trials(catalog, fitted)
        if one.row.device not in devices and source_of(one.row.source_url) not in sources
    ]
    unchanged = [off for one in known if (off := one.off(fitted)) is not None]
    told = {"before": unchanged, "after": drafts_left_out(known, fitted)}
    return {
        "verifying": verifying(known, fitted),
        "drafts": {
            "rows": len(known),
            "devices": len({one.row.device for one in known}),
            **{name: _median_and_tenth(off) for name, off in told.items()},
        },
    }


def _spreads(test: Test, rows: Sequence[Timing], left: Mapping[Split, LeftOut]) -> dict[str, dict[str, Any]]:
    """The range of each class by what was seen of a case, from every split's residuals; where too few rows tell, that
    of all classes. Who knows less is never surer."""
    kinds = np.array([row.case.speed.kind for _ in left for row in rows])
    residuals = np.concatenate([one.own for one in left.values()])
    off = off_of([row for _ in left for row in rows], residuals)
    seen = np.array([known for one in left.values() for known in one.seen])
    usable = np.isfinite(residuals)
    found: dict[str, dict[str, Any]] = {}
    for kind in CLASSES:
        own: dict[Seen, tuple[float, float]] = {}
        low, high = 1.0, 1.0
        for known in SEEN[:3]:
            alike = usable & (seen == known)
            chosen = alike & (kinds == kind)
            ends = told(Sample(off.of(chosen if chosen.sum() >= FEWEST else alike), off.of(alike)))
            low, high = min(low, ends[0]), max(high, ends[1])
            own[known] = low, high
        found[f"{test} {kind}"] = {known: list(both) for known, both in own.items()}
    return found


def _median_and_tenth(off: Sequence[float]) -> list[float]:
    """The median and the 90th percentile of the errors; nothing where there are none."""
    errors = np.abs(np.exp(np.array(off)) - 1)
    return [round(float(np.quantile(errors, q)), 4) for q in (0.5, 0.9)] if len(off) else []


def _validation(test: Test, rows: Sequence[Timing], left: Mapping[Split, LeftOut]) -> list[dict[str, Any]]:
    """The errors on rows of quality A, class by class, at the era of each row, and at a reader's for recent ones."""
    found = []
    for name, kinds in WANTED.items():
        for era in ("own", "reader"):
            line: dict[str, Any] = {"test": test, "class": name, "era": era, "splits": {}}
            judged = [
                row.case.speed.kind in kinds
                and row.case.row.quality == "A"
                and (era == "own" or row.case.row.era >= RECENT)
                for row in rows
            ]
            for split, one in left.items():
                residuals: Array = getattr(one, era)
                at = [i for i, yes in enumerate(judged) if yes and np.isfinite(residuals[i])]
                if at:
                    held = _inside(rows, residuals, one.seen, at)
                    line["splits"][split] = asdict(errors([rows[i] for i in at], residuals[at], held))
            own = [row for row, yes in zip(rows, judged, strict=True) if yes]
            if own:
                line["devices"] = len({row.case.row.device for row in own})
                line["rules"] = {rule: asdict(errors(own, off)) for rule, off in rules_of_thumb(test, own).items()}
                found.append(line)
    return found


def _inside(rows: Sequence[Timing], residuals: Array, seen: Sequence[Seen | None], at: Sequence[int]) -> float | None:
    """The share of some rows that lie in their range, by what was seen of each."""
    off, usable, known = off_of(rows, residuals), np.isfinite(residuals), np.array(seen)
    chosen = np.zeros(len(rows), bool)
    chosen[at] = True
    groups = sorted({seen[i] for i in at}, key=str)
    return inside(Sample(off.of(chosen & (known == one)), off.of(usable & (known == one))) for one in groups)


def main(arguments: Sequence[str] | None = None) -> int:
    """Write ``fitted.json``, or another file."""
    parser = argparse.ArgumentParser(prog="make fit", description="fit the constants of speed to the measurements")
    parser.add_argument("--without-devices", default="", metavar="A,B", help="devices whose rows are left out")
    parser.add_argument("--without-sources", default="", metavar="X,Y", help="sources whose rows are left out")
    parser.add_argument("--to", type=Path, default=FITTED, metavar="FILE", help="where the constants are written")
    asked = parser.parse_args(arguments)
    catalog = Catalog.load()
    devices, sources = (_listed(asked.without_devices), _listed(asked.without_sources))
    rows = catalog.measurements()
    known = {row.device for row in rows}, {source_of(row.source_url) for row in rows}
    for what, wanted, there in (("device", devices, known[0]), ("source", sources, known[1])):
        for name in wanted:
            if name not in there:
                close = ", ".join(sorted(one for one in there if name in one)[:5])
                print(f"no measured {what} is called {name}" + (f"; {close} are" if close else ""), file=sys.stderr)
                return 2
    if (devices or sources) and asked.to == FITTED:
        print("constants that leave rows out are not the project's; say --to FILE", file=sys.stderr)
        return 2
    data = fit(catalog, devices, sources)
    asked.to.write_text(_text(data), encoding="utf-8")
    print(f"{asked.to.name}: {data['rows']['decode']} rows of decoding, {data['rows']['prefill']} of prompts")
    return 0


def _listed(names: str) -> list[str]:
    return [name.strip() for name in names.split(",") if name.strip()]


def _text(data: Mapping[str, Any]) -> str:
    """JSON with one line for each small thing, so that a change can be read."""
    text = json.dumps(data, indent=1, ensure_ascii=False)
    return re.sub(r"\[\s+([^\[\]{}]+?)\s+\]", lambda m: "[" + re.sub(r"\s*\n\s*", " ", m[1]) + "]", text) + "\n"


if __name__ == "__main__":
    sys.exit(main())
