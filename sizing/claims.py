"""Does what they say hold? A claim's checks, each tried on every cell of its axes; no verdict is typed.

All cells pass: it holds. Some pass: it holds if, and the passing cells are the condition; of what is said of every
case, always, one that does not pass is enough to fail it. None: it fails. What is said of a number that its vendor does
not publish cannot be checked, and has no cell. A claim is the conjunction of its checks: one that fails decides it, and
one that cannot be checked leaves the rest undecided. *About* is within 10 %.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Literal, get_args

from sizing.catalog import planner_of
from sizing.errors import SizingError
from sizing.facts.entries.claims import Check, Claim, Measure, Word
from sizing.facts.machine import Machine
from sizing.facts.units import UNDISCLOSED, known
from sizing.model import Model
from sizing.plan import Plan, plan

if TYPE_CHECKING:
    from sizing.catalog import Catalog

Verdict = Literal["holds", "holds if", "fails", "cannot be checked"]
# Of a claim's checks, the one that decides it stands first.
DECIDING: Final[tuple[Verdict, ...]] = ("fails", "cannot be checked", "holds if", "holds")
Quality = Literal["memory", "parameters", "context"]
ABOUT: Final = 0.10

# What one of a unit is in base units. Claims say GB = 10**9 bytes; GB/B is bytes per parameter.
UNITS: Final[Mapping[str, float]] = {
    "GB": 1e9, "GB/B": 1.0, "GB/10B": 0.1, "B": 1e9, "T": 1e12, "tok/s": 1.0, "W": 1.0, "ratio": 1.0,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cell:
    """One combination of a check's axes, its value in the check's unit (None for a verdict), and whether it passes."""

    model: Model
    machine: Machine | None
    format: str | None
    context: int
    value: float | None
    passed: bool

    def along(self, axis: str) -> str:
        """The cell's value on an axis, as a name."""
        machine = self.machine.name if self.machine else ""
        return {
            "format": self.format or "",
            "context": str(self.context),
            "model": self.model.name,
            "machine": machine,
        }[axis]

    def number(self, of: Quality) -> int | None:
        """What a threshold is of; None where the cell has none."""
        counts = self.model.parameters
        return {
            "memory": self.machine.capacity if self.machine else None,
            "parameters": counts.total if counts else None,
            "context": self.context,
        }[of]

    def deviation(self, measure: Measure) -> float | None:
        """The value's relative distance from the claimed one; None for a verdict."""
        if self.value is None or measure.value is None:
            return None
        return self.value / measure.value - 1


@dataclass(frozen=True, slots=True)
class Threshold:
    """A number that tells the cells that pass from the others: usable bytes of the machine, parameters of the model, or
    tokens of the context, at most or at least so many."""

    of: Quality
    at_least: bool
    value: int


@dataclass(frozen=True, slots=True)
class CheckResult:
    """A check with its cells."""

    check: Check
    measure: Measure
    word: Word | None
    cells: tuple[Cell, ...]

    @property
    def verdict(self) -> Verdict:
        """By how many cells pass."""
        if not self.cells:
            return "cannot be checked"
        passed = sum(cell.passed for cell in self.cells)
        if passed == len(self.cells):
            return "holds"
        return "holds if" if passed and not self.check.always else "fails"

    @property
    def passing(self) -> tuple[Cell, ...]:
        """The stated condition."""
        return tuple(cell for cell in self.cells if cell.passed)

    @property
    def condition(self) -> tuple[str, tuple[str, ...]] | None:
        """The axis that alone decides which cells pass, with its passing values; None where no axis does."""
        for axis in ("format", "context", "model", "machine"):
            passed: dict[str, set[bool]] = {}
            for cell in self.cells:
                passed.setdefault(cell.along(axis), set()).add(cell.passed)
            if len(passed) > 1 and all(len(outcomes) == 1 for outcomes in passed.values()):
                return axis, tuple(value for value, outcomes in passed.items() if True in outcomes)
        return None

    @property
    def threshold(self) -> Threshold | None:
        """The one number that alone decides which cells pass; None where none does."""
        for of in get_args(Quality):
            passed, others = (
                [value for cell in self.cells if cell.passed is wanted and (value := cell.number(of)) is not None]
                for wanted in (True, False)
            )
            if len(passed) + len(others) < len(self.cells) or not passed or not others:
                continue
            if max(passed) < min(others):
                return Threshold(of, at_least=False, value=max(passed))
            if min(passed) > max(others):
                return Threshold(of, at_least=True, value=min(passed))
        return None

    @property
    def values(self) -> tuple[float, ...]:
        """The cells' values in the check's unit, ascending."""
        return tuple(sorted(cell.value for cell in self.cells if cell.value is not None))

    @property
    def deviations(self) -> tuple[float, ...]:
        """The cells' relative distances from the claimed value, ascending."""
        return tuple(sorted(d for cell in self.cells if (d := cell.deviation(self.measure)) is not None))


@dataclass(frozen=True, slots=True)
class ClaimResult:
    """A claim with the results of its checks."""

    claim: Claim
    checks: tuple[CheckResult, ...]

    @property
    def verdict(self) -> Verdict:
        """The conjunction of the checks' verdicts."""
        return min((check.verdict for check in self.checks), key=DECIDING.index)


class Ledger:
    """The claims of a catalog, evaluated when asked for."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        self._results: dict[str, ClaimResult] = {}

    def __iter__(self) -> Iterator[ClaimResult]:
        return (self.result(name) for name in self.catalog.claims)

    def result(self, name: str) -> ClaimResult:
        """The result of one claim. Raises SizingError for an unknown id."""
        if name not in self._results:
            claim = self.catalog.claim(name)
            self._results[name] = ClaimResult(claim, tuple(self._check(claim, c) for c in claim.checks))
        return self._results[name]

    def _check(self, claim: Claim, check: Check) -> CheckResult:
        word = self.catalog.word(check.word) if check.word else None
        measure = word or check
        cells = tuple(self._cells(check, measure))
        if not cells and not self._kept_secret(check, measure):
            raise SizingError(f"claim {claim.id}: a check has no cell that can be computed; widen its over or where")
        return CheckResult(check, measure, word, cells)

    def _kept_secret(self, check: Check, measure: Measure) -> bool:
        """Whether it is of a size that the vendor of each model keeps to himself."""
        models = [self.catalog.model(name) for name in self.catalog.members("models", check.over.models)]
        of_size = measure.quantity in ("parameters", "active_parameters")
        return of_size and all(_undisclosed(model) for model in models)

    def _cells(self, check: Check, measure: Measure) -> Iterator[Cell]:
        over, members = check.over, self.catalog.members
        for model in members("models", over.models):
            for machine in members("machines", over.machines) or (None,):
                for fmt in members("formats", over.formats) or (None,):
                    for context in members("contexts", tuple(map(str, over.contexts))):
                        cell = self._cell(check, measure, Combination(model, machine, fmt, int(context)))
                        if cell is not None:
                            yield cell

    def _cell(self, check: Check, measure: Measure, at: Combination) -> Cell | None:
        """The cell, or None where the pair cannot be put together or ``where`` leaves it out."""
        found = look(self.catalog, at)
        if at.format is not None and (found.plan is None or not _kept(check.where, found.plan)):
            return None
        assert measure.relation is not None
        if measure.quantity is None:
            return found.cell(None, verdict(measure.relation, found))
        value = quantity(measure.quantity, found)
        if check.against is not None and value is not None:
            changed = {k: v for k, v in vars(check.against).items() if v is not None}
            base = quantity(measure.quantity, look(self.catalog, replace(at, **changed)))
            value = value / base if base else None
        if value is None:
            # A speed that does not exist, since it does not run, passes nothing; an undisclosed fact gives no cell.
            return found.cell(None, False) if found.plan is not None and not found.plan.runs else None
        assert measure.unit is not None
        assert measure.value is not None
        value /= UNITS[measure.unit]
        return found.cell(value, compare(measure.relation, value, measure.value))


@dataclass(frozen=True, slots=True)
class Combination:
    """The ids of one combination."""

    model: str
    machine: str | None = None
    format: str | None = None
    context: int = 4096
    cache_format: str = "f16"


@dataclass(frozen=True, slots=True)
class Found:
    """One combination looked up, with its plan where a format is given and some runtime reads it there."""

    model: Model
    machine: Machine | None
    format: str | None
    context: int
    plan: Plan | None

    def cell(self, value: float | None, passed: bool) -> Cell:
        """This combination as a cell."""
        return Cell(self.model, self.machine, self.format, self.context, value, passed)


def look(catalog: Catalog, at: Combination) -> Found:
    """Look a combination up. Raises SizingError for unknown ids."""
    model = catalog.model(at.model)
    machine = catalog.machine(at.machine) if at.machine else None
    answer = None
    if at.format is not None and model.open:
        try:
            answer = plan(model, machine, format=at.format, context=at.context, cache_format=at.cache_format)
        except SizingError:
            catalog.format(at.format)  # an unknown format is an error; one that no runtime reads here is no cell
    return Found(model, machine, at.format, at.context, answer)


def _kept(where: str | None, answer: Plan) -> bool:
    return where is None or {"fits": answer.fits, "not fits": not answer.fits, "runs": answer.runs}[where] is True


def quantity(name: str, found: Found) -> float | None:
    """A quantity in base units; None where it is undisclosed or does not exist."""
    counts, machine, answer = found.model.parameters, found.machine, found.plan
    if name == "parameters":
        return counts.total if counts else known(found.model.stated_parameters)
    if name == "active_parameters":
        return counts.active if counts else None
    if name == "power":
        return machine.tdp if machine else None
    if name == "usable_memory":
        return machine.capacity if machine else None
    if answer is None:
        return None
    if name == "prefill":
        return answer.prefill.value if answer.prefill else None
    if name.startswith("decode"):
        return _decode(name, machine, answer)
    return {
        "weights": answer.sized.weights,
        "weights_per_parameter": answer.sized.weights / answer.sized.total_parameters,
        "cache": answer.memory.cache,
        "memory": answer.memory.total,
    }[name]


def _decode(name: str, machine: Machine | None, answer: Plan) -> float | None:
    """Decoding speed, or what a unit of compute, of bandwidth, or of the price at launch gives of it."""
    if answer.decode is None or machine is None:
        return None
    device = machine.devices[0]
    price = planner_of(answer.model).market.launch(machine) if name == "decode_per_price" else None
    per = {
        "decode": 1.0,
        "decode_per_compute": device.rate("fp16"),
        "decode_per_bandwidth": known(device.bandwidth),
        "decode_per_price": price.money.amount if price else None,
    }[name]
    return answer.decode.value / per if per else None


def verdict(relation: str, found: Found) -> bool:
    """Whether a verdict relation holds."""
    model, answer = found.model, found.plan
    fits, runs = (answer.fits is True, answer.runs is True) if answer else (False, False)
    undisclosed = _undisclosed(model)
    return {
        "fits": fits,
        "not fits": not fits,
        "runs": runs,
        "not runs": not runs,
        "disclosed": not undisclosed,
        "undisclosed": undisclosed,
        "open": model.open,
        "hosted": not model.open,
    }[relation]


def _undisclosed(model: Model) -> bool:
    return not model.open and model.stated_parameters == UNDISCLOSED


def compare(relation: str, value: float, claimed: float) -> bool:
    """Whether a comparison holds, both values in one unit."""
    return {
        "about": abs(value / claimed - 1) <= ABOUT,
        "at most": value <= claimed,
        "at least": value >= claimed,
        "above": value > claimed,
        "below": value < claimed,
    }[relation]
