"""Which constants agree best with the measurements? ``python -m sizing.proof.fit`` writes ``fitted.json``.

Least squares of the logarithm of predicted over measured seconds, reweighted so that outliers count little; each
level's factor is held at one by its pull, so that what few rows know stays near what all know. How good it is, is told
by fits that leave (device, model) pairs out, and by fits that leave whole devices out.
"""

from __future__ import annotations

import json
import math
import random
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import least_squares

from sizing.catalog import Catalog
from sizing.engine.dealing import HOST
from sizing.engine.fitted import TERMS, Attributes, Test, attributes, key
from sizing.engine.speed import decode_seconds, link_bandwidth, overlapping, passing_seconds, prefill_seconds
from sizing.engine.work import NOTHING, Work
from sizing.fitted import FITTED
from sizing.proof.cases import Case, cases, fingerprint

Array = NDArray[np.float64]

FOLDS: Final = 10
SEED: Final = 2026
NOISE: Final = 0.08  # the residual, as a share, that one row is trusted to
OUTLIER: Final = 0.16  # the residual from which a row counts less
WEIGHTS: Final = {"A": 1.0, "B": 0.5}
NEWEST: Final = 8  # rows that make an era a program's newest


@dataclass(frozen=True)
class Timing:
    """A case as the fit sees it."""

    case: Case
    device: Attributes
    host: Attributes
    numbers: Mapping[str, float]

    @property
    def pair(self) -> tuple[str, str]:
        """The device and the model."""
        return self.case.row.device, self.case.row.model


def timings_of(found: Iterable[Case], test: Test) -> list[Timing]:
    """The cases of a test whose devices' figures are disclosed."""
    return [row for case in found if case.row.test == test and (row := _row(case)) is not None]


def _row(case: Case) -> Timing | None:
    speed, step = case.speed, case.step
    first, host = speed.rig.devices[0], speed.rig.host
    assert first.card is not None
    rate = first.card.rate
    hosted = next((w for place, w in step.places if place == HOST), NOTHING)
    working = reduce(Work.plus, (w for place, w in step.places if place != HOST), NOTHING)
    needs_rate = case.row.test == "prefill"
    if first.bandwidth is None or (hosted != NOTHING and host.bandwidth is None) or (needs_rate and rate is None):
        return None
    link = first.card.pcie
    if needs_rate and hosted != NOTHING:
        if link is None and not speed.rig.unified:
            return None
        working = working.plus(hosted)
    numbers = {
        **{f"device.{name}": getattr(working, name) for name in Work.__slots__},
        **{f"host.{name}": getattr(hosted, name) for name in Work.__slots__},
        "bandwidth": first.bandwidth, "rate": rate or math.inf, "host_bandwidth": host.bandwidth or math.inf,
        "batches": step.batches, "hops": step.hops, "exchanges": step.exchanges, "exchanged": step.exchanged,
        "hosted": step.hosted, "link": link_bandwidth(first.card), "pcie": link or math.inf,
        "devices": len(step.places) - (hosted != NOTHING), "seconds": case.seconds,
    }  # fmt: skip
    program, era, mixture = speed.demand.program, case.row.era, speed.demand.sized.experts > 0
    return Timing(
        case,
        attributes(program.name, era, first.card, speed.packing, mixture),
        attributes(replace(program, backend="cpu").name, era, host.card, speed.packing, mixture),
        numbers,
    )


class Unknowns:
    """The terms of one test over rows: one unknown for each term, and one for each factor that rows speak for."""

    def __init__(self, test: Test, rows: Sequence[Timing]) -> None:
        self.test = test
        self.columns: dict[tuple[str, str], int] = {}
        start: list[float] = []
        pull: list[float] = []
        for term in TERMS[test]:
            keys = {key(level, a) for level in term.levels for row in rows for a in (row.device, row.host)}
            for name in ("", *sorted(keys)):
                self.columns[term.name, name] = len(start)
                start.append(math.log(term.prior) if name == "" else 0.0)
                pull.append(term.pull if name else 0.3)
        self.start, self.pull = np.array(start), np.array(pull)

    def design(self, of: Sequence[Attributes]) -> dict[str, sparse.csr_array]:
        """For each term a matrix that says which unknowns a row's logarithm is the sum of."""
        found = {}
        for term in TERMS[self.test]:
            places = [(i, self.columns[term.name, ""]) for i in range(len(of))]
            for level in term.levels:
                known = ((i, self.columns.get((term.name, key(level, a)))) for i, a in enumerate(of))
                places += [(i, column) for i, column in known if column is not None]
            rows, columns = zip(*places, strict=True)
            shape = (len(of), len(self.start))
            found[term.name] = sparse.csr_array((np.ones(len(places)), (rows, columns)), shape=shape)
        return found

    def values(self, x: Array, design: Mapping[str, sparse.csr_array]) -> dict[str, Array]:
        """Each term's value in each row."""
        found = {}
        for term in TERMS[self.test]:
            value = np.exp(np.clip(design[term.name] @ x, -60, 60))
            found[term.name] = value if term.most is None else np.minimum(value, term.most)
        return found

    def factors(self, x: Array) -> dict[str, dict[str, float]]:
        """The unknowns as ``fitted.json`` holds them."""
        found: dict[str, dict[str, float]] = defaultdict(dict)
        for (term, name), column in self.columns.items():
            factor = float(f"{math.exp(x[column]):.4g}")
            if name == "" or abs(factor - 1) >= 0.001:
                found[term][name] = factor
        return dict(found)


class Residuals:
    """Rows of one test, laid out in arrays."""

    def __init__(self, constants: Unknowns, rows: Sequence[Timing]) -> None:
        self.constants, self.rows = constants, rows
        numbers: dict[str, Array] = {
            name: np.array([row.numbers[name] for row in rows], np.float64) for name in rows[0].numbers
        }
        self.own = Work(**{n: numbers[f"device.{n}"] for n in Work.__slots__})
        self.host = Work(**{n: numbers[f"host.{n}"] for n in Work.__slots__})
        self.n = {name: own for name, own in numbers.items() if "." not in name}
        self.designs = (
            constants.design([row.device for row in rows]),
            constants.design([row.host for row in rows]),
        )

    def seconds(self, k: Mapping[str, Array], host: Mapping[str, Array]) -> Array:
        """Predicted seconds of every row."""
        n = self.n
        passing = passing_seconds(k, n["exchanges"], n["exchanged"], n["link"])
        if self.constants.test == "decode":
            own = decode_seconds(k, self.own, n["bandwidth"], n["rate"], np.sqrt)
            beside = decode_seconds(host, self.host, n["host_bandwidth"], np.full_like(n["rate"], np.inf), np.sqrt)
            between = k["hop"] * n["hops"] + k["handover"] * n["hosted"] + passing
            decoding: Array = k["step"] + own + beside + between
            return decoding
        own = prefill_seconds(k, self.own, n["bandwidth"], n["rate"], np.sqrt)
        own = own / (1 + overlapping(k, n["devices"] - 1, 1 - 1 / n["batches"]))
        copied = (self.host.dense + self.host.experts) / (k["carry"] * n["pcie"])
        prefilling: Array = k["step"] * n["batches"] + own + passing + copied
        return prefilling

    def residuals(self, x: Array) -> Array:
        """Logarithms of predicted over measured."""
        own, host = (self.constants.values(x, design) for design in self.designs)
        return np.log(self.seconds(own, host) / self.n["seconds"])

    def jacobian(self, x: Array) -> sparse.csr_array:
        """Their derivatives: by each term in turn, then by what its logarithm is the sum of."""
        pair = [self.constants.values(x, design) for design in self.designs]
        at, nudge = np.log(self.seconds(*pair)), 1e-4
        result = sparse.csr_array((len(self.rows), len(x)))
        for side, design in enumerate(self.designs):
            for term in TERMS[self.constants.test]:
                moved = list(pair)
                value = pair[side][term.name] * (1 + nudge)
                moved[side] = {**pair[side], term.name: value if term.most is None else np.minimum(value, term.most)}
                slope = (np.log(self.seconds(*moved)) - at) / math.log1p(nudge)
                if slope.any():
                    result += sparse.diags_array(slope) @ design[term.name]
        return result


def solve(
    test: Test, rows: Sequence[Timing], near: Mapping[tuple[str, str], float] | None = None
) -> tuple[Unknowns, Array]:
    """The unknowns that agree best with the rows; ``near`` is where to begin to look."""
    constants = Unknowns(test, rows)
    problem, x = Residuals(constants, rows), constants.start
    if near is not None:
        x = np.array([near.get(name, start) for name, start in zip(constants.columns, x, strict=True)])
    many = Counter(row.case.row.device for row in rows)
    trust = np.array([WEIGHTS[row.case.row.quality] * many[row.case.row.device] ** -0.25 for row in rows])
    trust *= len(rows) / trust.sum()
    for repeat in range(4):
        off = problem.residuals(x)
        plain = repeat == 0 and near is None
        weight = trust / NOISE * (1.0 if plain else 1 / np.sqrt(1 + (off / OUTLIER) ** 2))
        x = least_squares(
            lambda y, w=weight: np.concatenate([w * problem.residuals(y), constants.pull * (y - constants.start)]),
            x,
            jac=lambda y, w=weight: sparse.vstack(
                [sparse.diags_array(w) @ problem.jacobian(y), sparse.diags_array(constants.pull)]
            ),
            ftol=1e-5,
            xtol=1e-5,
            max_nfev=40,
        ).x
    return constants, x


def left_out(test: Test, rows: Sequence[Timing], group: Callable[[Timing], object]) -> Array:
    """Residuals of every row, predicted by a fit that has not seen its group."""
    groups = sorted({group(row) for row in rows}, key=str)
    random.Random(SEED).shuffle(groups)
    fold = {name: i % FOLDS for i, name in enumerate(groups)}
    of = np.array([fold[group(row)] for row in rows])
    found = np.zeros(len(rows))
    whole, at = solve(test, rows)
    near = dict(zip(whole.columns, at, strict=True))
    for i in range(min(FOLDS, len(groups))):
        constants, x = solve(test, [row for row, own in zip(rows, of, strict=True) if own != i], near)
        found[of == i] = Residuals(constants, [r for r, own in zip(rows, of, strict=True) if own == i]).residuals(x)
    return found


# --- what is written ------------------------------------------------------------------------------------------------

CLASSES: Final = ("small", "dense", "mixture", "devices", "offload", "batch")
FEWEST: Final = 20  # rows of a class from which its own residuals are told; else those of all classes


def spread(residuals: Array) -> list[float]:
    """The 10th and 90th percentile of measured over predicted."""
    return [round(float(x), 4) for x in np.exp(np.quantile(residuals, [0.1, 0.9]))]


def _spreads(test: Test, rows: Sequence[Timing], left: Mapping[str, Array]) -> dict[str, dict[str, list[float]]]:
    found = {}
    for kind in CLASSES:
        own = np.array([row.case.speed.kind == kind for row in rows])
        chosen = own if own.sum() >= FEWEST else np.ones(len(rows), bool)
        found[f"{test} {kind}"] = {how: spread(residuals[chosen]) for how, residuals in left.items()}
    return found


def _covered(rows: Sequence[Timing], residuals: Array, group: Callable[[Timing], object]) -> float:
    """The share of rows within the range that the residuals of all other groups tell."""
    inside = 0
    groups = [group(row) for row in rows]
    for name in set(groups):
        own = np.array([g == name for g in groups])
        if own.all():
            return math.nan
        low, high = np.quantile(residuals[~own], [0.1, 0.9])
        inside += int(((residuals[own] >= low) & (residuals[own] <= high)).sum())
    return inside / len(rows)


GROUPS: Final[Mapping[str, Callable[[Timing], object]]] = {
    "pairs": lambda row: row.pair,
    "devices": lambda row: row.case.row.device,
}


def _validation(test: Test, rows: Sequence[Timing], left: Mapping[str, Array]) -> list[dict[str, Any]]:
    """The error of left-out predictions on rows of quality A, class by class, and that of two rules of thumb."""
    found = []
    wanted: tuple[tuple[str, tuple[str, ...]], ...] = (
        *((kind, (kind,)) for kind in CLASSES),
        ("plain", ("small", "dense")),
        ("one", ("small", "dense", "mixture")),
    )
    for name, kinds in wanted:
        chosen = np.array([r.case.speed.kind in kinds and r.case.row.quality == "A" for r in rows])
        if not chosen.any():
            continue
        own = [row for row, yes in zip(rows, chosen, strict=True) if yes]
        line: dict[str, Any] = {"test": test, "class": name, "rows": len(own)}
        line["device_count"] = len({row.case.row.device for row in own})
        for how, residuals in left.items():
            line[how] = {
                **_errors(own, residuals[chosen]),
                "inside": _rounded(_covered(own, residuals[chosen], GROUPS[how])),
            }
        line["rules"] = {rule: _errors(own, residuals) for rule, residuals in _rules(test, own).items()}
        found.append(line)
    return found


def _errors(rows: Sequence[Timing], residuals: Array) -> dict[str, float]:
    """Absolute errors of predicted speed: the median, the median over devices of theirs, the 90th percentile."""
    off = np.abs(np.exp(-residuals) - 1)
    by: dict[str, list[float]] = defaultdict(list)
    for row, one in zip(rows, off, strict=True):
        by[row.case.row.device].append(float(one))
    return {
        "median": _rounded(np.median(off)),
        "median_of_devices": _rounded(np.median([np.median(own) for own in by.values()])),
        "p90": _rounded(np.quantile(off, 0.9)),
    }


def _rounded(x: Any) -> float:
    return round(float(x), 4)


def _rules(test: Test, rows: Sequence[Timing]) -> dict[str, Array]:
    """Residuals of two rules of thumb: 0.55 of one device's bandwidth over the weights that a token reads, and 0.7 of
    the bandwidth for all bytes that it reads (of a prompt, of the compute for all operations)."""
    n = {name: np.array([row.numbers[name] for row in rows]) for name in rows[0].numbers}
    if test == "prefill":
        work = (n["device.flops"] + n["device.attention"]) / (0.7 * n["rate"])
        return {"share": np.log(work / n["seconds"])}
    weights = n["device.dense"] + n["device.experts"] + n["host.dense"] + n["host.experts"]
    ranks = np.array([row.case.speed.layout.ranks for row in rows])
    rule = weights * ranks / (0.55 * n["bandwidth"])
    share = (n["device.dense"] + n["device.experts"] + n["device.cache"]) / (0.7 * n["bandwidth"])
    share += (n["host.dense"] + n["host.experts"] + n["host.cache"]) / (0.7 * n["host_bandwidth"])
    return {"size": np.log(rule / n["seconds"]), "share": np.log(share / n["seconds"])}


def _newest(rows: Iterable[Timing]) -> dict[str, str]:
    """The newest era of each program, and place, that enough rows are of; else the newest of all."""
    eras: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        for program in {row.device["program"], row.host["program"]}:
            eras[program][row.case.row.era] += 1
    return {
        program: max((era for era, rows in many.items() if rows >= NEWEST), default=max(many))
        for program, many in sorted(eras.items())
    }


def fit(catalog: Catalog) -> dict[str, Any]:
    """Everything that ``fitted.json`` holds."""
    found = cases(catalog)
    result: dict[str, Any] = {"fingerprint": fingerprint(found), "rows": {}}
    spreads: dict[str, Any] = {}
    validation: list[Any] = []
    left_out_rows: dict[str, Any] = {}
    every: list[Timing] = []
    for test in TERMS:
        rows = timings_of(found, test)
        every += rows
        constants, x = solve(test, rows)
        result[test] = constants.factors(x)
        left = {how: left_out(test, rows, group) for how, group in GROUPS.items()}
        spreads |= _spreads(test, rows, left)
        validation += _validation(test, rows, left)
        result["rows"][test] = len(rows)
        left_out_rows[test] = [
            [row.case.number, *(round(float(np.exp(-left[how][i])), 4) for how in GROUPS)] for i, row in enumerate(rows)
        ]
    measured: dict[str, set[str]] = defaultdict(set)
    for row in every:
        measured[row.device["program"]].add(row.case.row.device)
    result["eras"] = _newest(every)
    result["measured"] = {program: sorted(devices) for program, devices in sorted(measured.items())}
    result["spreads"] = spreads
    result["validation"] = validation
    result["left_out"] = left_out_rows
    return result


def main() -> int:
    """Write ``fitted.json``."""
    data = fit(Catalog.load())
    FITTED.write_text(_text(data), encoding="utf-8")
    print(f"{FITTED.name}: {data['rows']['decode']} rows of decoding, {data['rows']['prefill']} of prompts")
    return 0


def _text(data: Mapping[str, Any]) -> str:
    """JSON with one line for each small thing, so that a change can be read."""
    text = json.dumps(data, indent=1, ensure_ascii=False)
    return re.sub(r"\[\s+([^\[\]{}]+?)\s+\]", lambda m: "[" + re.sub(r"\s*\n\s*", " ", m[1]) + "]", text) + "\n"


if __name__ == "__main__":
    sys.exit(main())
