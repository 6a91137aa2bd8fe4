"""Which constants agree best with measured rows? One unknown for each term, and one for each factor of its levels.

Least squares of the logarithm of predicted over measured seconds, by L-BFGS in directions that Gauss and Newton's
curvature makes alike, until the cost is flat. Outliers count little (Cauchy's loss). What few rows know stays near what
all know: a level's factor is drawn to one, an era's to the neighbouring half-year's.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.linalg import cholesky, solve_triangular
from scipy.optimize import minimize

from sizing.engine.fitted import TERMS, Attributes, Term, Test, at_most, key
from sizing.engine.speed import decode_seconds, hosted_seconds, overlapping, passing_seconds, prefill_seconds
from sizing.engine.work import Work
from sizing.proof.timings import Timing

Array = NDArray[np.float64]

NOISE: Final = 0.08  # the residual, as a share, that one row is trusted to
OUTLIER: Final = 0.16  # the residual from which a row counts less
MILDER: Final = (1.0, 0.5, 0.25)  # what it is while a search that knows no place to begin at looks for one
WEIGHTS: Final = {"A": 1.0, "B": 0.5}
BASE_PULL: Final = 0.3
WALK: Final = math.log(1.5)  # two standard deviations of a half-year's step; six where an era is not spoken for
SPOKEN: Final = (3, 2)  # devices and sources that make an era be spoken for
STILL: Final = 3e-4  # how steep the cost may still be where the constants are found
ROUGH: Final = 0.1  # and where they are sought from next
NUDGE: Final = 1e-6
ROUNDS, STEPS, REMEMBERED = 40, 150, 30  # of the search, at most


@dataclass(frozen=True)
class Form:
    """What a model of speed is made of beside its formulas."""

    terms: Mapping[Test, tuple[Term, ...]] = field(default_factory=lambda: TERMS)
    walk: bool = True  # whether an era is drawn to the half-year before it, instead of to one


FORM: Final = Form()


class Unknowns:
    """The terms of one test over rows: one unknown for each term, and one for each factor that rows speak for."""

    def __init__(self, test: Test, rows: Sequence[Timing], form: Form = FORM) -> None:
        self.test, self.terms = test, form.terms[test]
        self.columns: dict[tuple[str, str], int] = {}
        start: list[float] = []
        pull: list[float] = []
        eras = spoken(rows)
        walks: list[tuple[int, int, float]] = []
        known = {level: _keyed(level, rows) for level in self._levels()}
        for term in self.terms:
            self.columns[term.name, ""] = len(start)
            start.append(math.log(term.prior))
            pull.append(BASE_PULL)
            for level in term.levels:
                found = known[level]
                previous: Attributes | None = None
                walking = form.walk and "era" in level
                for name, a in sorted(found.items()):
                    column = self.columns[term.name, name] = len(start)
                    start.append(0.0)
                    follows = walking and previous is not None and previous["program"] == a["program"]
                    pull.append(0.0 if follows else term.pull)
                    if follows and previous is not None:
                        loose = (a["program"], a["era"]) in eras and (previous["program"], previous["era"]) in eras
                        halves = math.sqrt(_halves(previous["era"], a["era"]))
                        walks.append((column - 1, column, (2.0 if loose else 6.0) / WALK / halves))
                    previous = a
        self.start = np.array(start)
        self.precision = np.diag(np.array(pull) ** 2)
        for one, other, strength in walks:
            for i, j, sign in ((one, one, 1), (other, other, 1), (one, other, -1), (other, one, -1)):
                self.precision[i, j] += sign * strength**2

    def _levels(self) -> set[tuple[str, ...]]:
        return {level for term in self.terms for level in term.levels}

    def design(self, of: Sequence[Attributes]) -> dict[str, sparse.csr_array]:
        """For each term a matrix that says which unknowns a row's logarithm is the sum of."""
        found, terms = {}, self.terms
        keys = {level: [key(level, a) for a in of] for level in self._levels()}
        for term in terms:
            places = [(i, self.columns[term.name, ""]) for i in range(len(of))]
            for level in term.levels:
                known = ((i, self.columns.get((term.name, name))) for i, name in enumerate(keys[level]))
                places += [(i, column) for i, column in known if column is not None]
            found[term.name] = self._matrix(places, len(of))
        return found

    def _matrix(self, places: Sequence[tuple[int, int]], rows: int) -> sparse.csr_array:
        at = np.array(places, np.int64).reshape(-1, 2).T
        return sparse.csr_array((np.ones(at.shape[1]), (at[0], at[1])), shape=(rows, len(self.start)))

    def logarithms(self, x: Array, design: Mapping[str, sparse.csr_array]) -> dict[str, Array]:
        """Of each term in each row, before it is kept from passing what it is at most."""
        return {term.name: design[term.name] @ x for term in self.terms}

    def values(self, logarithms: Mapping[str, Array]) -> dict[str, Array]:
        """Each term's value in each row."""
        return {term.name: self.value(term, logarithms[term.name]) for term in self.terms}

    def value(self, term: Term, logarithm: Array) -> Array:
        """A term's value in each row."""
        value: Array = np.exp(np.clip(logarithm, -60, 60))
        return value if term.most is None else at_most(value, np.asarray(term.most), np.asarray(1.0), np.sqrt)

    def factors(self, x: Array) -> dict[str, dict[str, float]]:
        """The unknowns as ``fitted.json`` holds them."""
        found: dict[str, dict[str, float]] = {term.name: {} for term in self.terms}
        for (term, name), column in self.columns.items():
            factor = float(f"{math.exp(x[column]):.4g}")
            if name == "" or abs(factor - 1) >= 0.001:
                found[term][name] = factor
        return found


def _keyed(level: tuple[str, ...], rows: Sequence[Timing]) -> dict[str, Attributes]:
    """The factors of a level that rows speak for, each with attributes that it is looked up by."""
    return {key(level, a): a for row in rows for a in (row.device, row.host)}


def _halves(earlier: str, later: str) -> int:
    """Half-years from one era to another."""
    (a, b), (c, d) = (map(int, era.split("H")) for era in (earlier, later))
    return 2 * (c - a) + d - b


def spoken(rows: Iterable[Timing]) -> set[tuple[str, str]]:
    """The programs' eras that enough devices of enough sources speak for."""
    devices: dict[tuple[str, str], set[str]] = defaultdict(set)
    sources: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in rows:
        for a in (row.device, row.host):
            devices[a["program"], a["era"]].add(row.case.row.device)
            sources[a["program"], a["era"]].add(row.source)
    return {era for era in devices if len(devices[era]) >= SPOKEN[0] and len(sources[era]) >= SPOKEN[1]}


def newest(rows: Sequence[Timing]) -> dict[str, str]:
    """The newest era of each program that is spoken for, as a reader is answered; where none is, the newest of all."""
    known = spoken(rows)
    eras: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        for a in (row.device, row.host):
            eras[a["program"]].add(a["era"])
    return {
        program: max((era for era in own if (program, era) in known), default=max(own))
        for program, own in sorted(eras.items())
    }


class Problem:
    """Rows of one test, laid out in arrays."""

    def __init__(self, constants: Unknowns, rows: Sequence[Timing]) -> None:
        self.constants, self.rows = constants, rows
        numbers: dict[str, Array] = {
            name: np.array([row.numbers[name] for row in rows], np.float64) for name in rows[0].numbers
        }
        self.own = Work(**{n: numbers[f"device.{n}"] for n in Work.__slots__})
        self.host = Work(**{n: numbers[f"host.{n}"] for n in Work.__slots__})
        self.n = {name: own for name, own in numbers.items() if "." not in name}
        works = [getattr(self.host, name) != 0 for name in Work.__slots__]
        self.at_host = np.flatnonzero(np.any(works, axis=0))  # the rows of which a part lies on the host: few
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
            between = k["hop"] * n["hops"] + k["handover"] * n["hosted"] + passing
            decoding: Array = k["step"] + own + between
            decoding[self.at_host] += self.hosts({name: value[self.at_host] for name, value in host.items()})
            return decoding
        own = prefill_seconds(k, self.own, n["bandwidth"], n["rate"], n["attending"], np.sqrt)
        own = own / (1 + overlapping(k, n["devices"] - 1, 1 - 1 / n["batches"]))
        copied = (self.host.dense + self.host.experts) / (k["carry"] * n["pcie"])
        beside = np.where(n["stayed"] > 0, hosted_seconds(k, self.host, n["host_bandwidth"]), copied)
        prefilling: Array = k["step"] * n["batches"] + own + passing + beside
        return prefilling

    def hosts(self, k: Mapping[str, Array]) -> Array:
        """Seconds that hosts take to decode, of the rows of which a part lies there."""
        at = self.at_host
        work = Work(**{name: getattr(self.host, name)[at] for name in Work.__slots__})
        bandwidth = self.n["host_bandwidth"][at]
        return np.asarray(decode_seconds(k, work, bandwidth, np.full_like(bandwidth, np.inf), np.sqrt))

    def residuals(self, x: Array) -> Array:
        """Logarithms of predicted over measured."""
        own, host = (self.constants.values(self.constants.logarithms(x, design)) for design in self.designs)
        return np.asarray(np.log(self.seconds(own, host) / self.n["seconds"]))

    def slopes(self, x: Array) -> tuple[Array, list[tuple[sparse.csr_array, Array]]]:
        """The residuals, and how each rises with each term's logarithm, beside what that is the sum of."""
        logarithms = [self.constants.logarithms(x, design) for design in self.designs]
        own, host = (self.constants.values(each) for each in logarithms)
        seconds = self.seconds(own, host)
        at = np.log(seconds)
        found = []
        for term in self.constants.terms:
            value = self.constants.value(term, logarithms[0][term.name] + NUDGE)
            slope = (np.log(self.seconds({**own, term.name: value}, host)) - at) / NUDGE
            if slope.any():
                found.append((self.designs[0][term.name], slope))
        if self.constants.test == "decode":
            found += self._slopes_at_hosts(host, logarithms[1], seconds)
        return at - np.log(self.n["seconds"]), found

    def _slopes_at_hosts(
        self, host: Mapping[str, Array], logarithms: Mapping[str, Array], seconds: Array
    ) -> list[tuple[sparse.csr_array, Array]]:
        """The same by the terms of hosts, of the rows that have a part there."""
        at, found = self.at_host, []
        k = {name: value[at] for name, value in host.items()}
        before = self.hosts(k)
        for term in self.constants.terms:
            value = self.constants.value(term, logarithms[term.name][at] + NUDGE)
            more = self.hosts({**k, term.name: value}) - before
            if more.any():
                slope = np.zeros_like(seconds)
                slope[at] = np.log1p(more / seconds[at]) / NUDGE
                found.append((self.designs[1][term.name], slope))
        return found


def trusted(rows: Sequence[Timing]) -> Array:
    """How much each row counts, as the square of a weight: its quality, and less where its device has many."""
    many = Counter(row.case.row.device for row in rows)
    trust = np.array([WEIGHTS[row.case.row.quality] * many[row.case.row.device] ** -0.25 for row in rows]) ** 2
    return np.asarray(trust * len(rows) / trust.sum())


class Sought:
    """What is to be least: how far rows' predictions are off, and unknowns from where they are drawn to."""

    def __init__(self, constants: Unknowns, rows: Sequence[Timing], outlier: float = OUTLIER) -> None:
        self.constants, self.problem, self.outlier = constants, Problem(constants, rows), outlier
        self.trust = trusted(rows) / NOISE**2

    def cost(self, x: Array) -> tuple[float, Array]:
        """Half the sum of squares, and where it rises to; a residual of 8 % is one, and outliers count little."""
        far = x - self.constants.start
        off, slopes = self.problem.slopes(x)
        drawn = self.constants.precision @ far
        lost = self.outlier**2 * np.log1p((off / self.outlier) ** 2)
        pulled = self._weight(off) * off
        rises = sum((design.T @ (slope * pulled) for design, slope in slopes), start=drawn)
        return float(self.trust @ lost + far @ drawn) / 2, rises

    def curvature(self, x: Array) -> Array:
        """How steeply the cost bends, as Gauss and Newton take it."""
        off, slopes = self.problem.slopes(x)
        jacobian = sum((sparse.diags_array(slope) @ design for design, slope in slopes), start=self._nothing())
        weighted = sparse.diags_array(self._weight(off)) @ jacobian
        return np.asarray((jacobian.T @ weighted).toarray() + self.constants.precision)

    def _nothing(self) -> sparse.csr_array:
        return sparse.csr_array((len(self.trust), len(self.constants.start)))

    def _weight(self, off: Array) -> Array:
        return np.asarray(self.trust / (1 + (off / self.outlier) ** 2))


def solve(
    test: Test,
    rows: Sequence[Timing],
    near: Mapping[tuple[str, str], float] | None = None,
    still: float = STILL,
    form: Form = FORM,
) -> tuple[Unknowns, Array]:
    """The unknowns that agree best with the rows: the cost rises from there by less than ``still``, whichever way one
    goes by what is known to one residual of 8 %. The cost has several hollows. It is sought in the one that ``near``
    lies in; unsaid, in the deeper of two: the one of the priors, and the one that is come to where outliers count like
    others at first.

    Raises ArithmeticError where no such place is found.
    """
    constants = Unknowns(test, rows, form)
    sought, x = Sought(constants, rows), constants.start
    if near is not None:
        x = np.array([near.get(name, start) for name, start in zip(constants.columns, x, strict=True)])
        return constants, _least(sought, x, still)
    found = [_least(sought, x, still)]
    for outlier in MILDER:
        x = _least(Sought(constants, rows, outlier), x, ROUGH)
    found.append(_least(sought, x, still))
    return constants, min(found, key=lambda one: sought.cost(one)[0])


def _least(sought: Sought, x: Array, still: float) -> Array:
    """Where the cost is least, near ``x``."""
    for _ in range(ROUNDS):
        root = cholesky(sought.curvature(x), lower=True)
        found = minimize(
            _straightened(sought, x, root), np.zeros_like(x), jac=True, method="L-BFGS-B",
            options={"maxiter": STEPS, "maxcor": REMEMBERED, "ftol": 0.0, "gtol": still},
        )  # fmt: skip
        if found.nit == 0:
            return x
        x = x + solve_triangular(root, found.x, trans="T", lower=True)
    raise ArithmeticError(f"the constants of {sought.constants.test} still move after {ROUNDS} rounds of {STEPS} steps")


def _straightened(sought: Sought, x: Array, root: Array) -> Callable[[Array], tuple[float, Array]]:
    """The cost around ``x`` in directions that it bends alike in: else a search goes to and fro for ever, as some
    unknowns are known a thousand times better than others."""

    def cost(z: Array) -> tuple[float, Array]:
        value, slope = sought.cost(x + solve_triangular(root, z, trans="T", lower=True))
        return value, np.asarray(solve_triangular(root, slope, lower=True))

    return cost
