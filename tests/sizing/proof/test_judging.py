"""What is judged has not been seen: neither the case, nor, of a device, anything by those who measured it."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from sizing import Catalog
from sizing.engine.fitted import TERMS, Fitted, Test
from sizing.proof import solving
from sizing.proof.cases import Case, cases
from sizing.proof.judging import (
    KIN,
    LATER,
    SPLITS,
    Off,
    Sample,
    by_devices,
    by_pairs,
    by_time,
    errors,
    inside,
    level,
    spread,
    told,
)
from sizing.proof.solving import WALK, Problem, Sought, newest, solve, spoken
from sizing.proof.timings import Timing, timings_of


@pytest.fixture(scope="module")
def rows(catalog: Catalog) -> list[Timing]:
    return timings_of(cases(catalog, Fitted.prior()), "prefill")


@pytest.fixture(scope="module")
def few(rows: list[Timing]) -> list[Timing]:
    """The rows of one program: quick to fit, and enough to tell its terms apart."""
    return [row for row in rows if row.device["program"] == "llama.cpp/vulkan"]


def test_a_row_more_moves_no_other_from_the_part_that_judges_it(rows: list[Timing]) -> None:
    def together(some: list[Timing]) -> set[frozenset[tuple[str, str]]]:
        return {frozenset(some[i].pair for i in judged) for judged, _ in by_pairs(some)}

    alone = next(row.pair for row in rows if sum(row.pair == one.pair for one in rows) < 5)
    before = together([row for row in rows if row.pair != alone])
    assert before == {one - {alone} for one in together(rows)} - {frozenset()}


def test_what_is_judged_is_not_among_what_is_seen(rows: list[Timing]) -> None:
    for split in SPLITS.values():
        for judged, seen in split(rows):
            assert not set(judged) & set(seen)


def test_every_row_is_judged_once_where_devices_are_left_out(rows: list[Timing]) -> None:
    assert sorted(i for judged, _ in by_devices(rows) for i in judged) == list(range(len(rows)))


def test_with_a_device_goes_every_row_of_whoever_measured_it(rows: list[Timing]) -> None:
    for judged, seen in by_devices(rows):
        assert not {rows[i].case.row.device for i in judged} & {rows[i].case.row.device for i in seen}
        assert not {rows[i].source for i in judged} & {rows[i].source for i in seen}


def test_the_time_split_fits_to_older_builds_alone(rows: list[Timing]) -> None:
    [(judged, seen)] = by_time(rows)
    assert min(rows[i].case.row.era for i in judged) >= LATER > max(rows[i].case.row.era for i in seen)


def test_the_fit_says_the_same_in_four_digits_from_wherever_it_begins(few: list[Timing]) -> None:
    constants, x = solve("prefill", few)
    random = np.random.default_rng(1)
    near = {name: at + random.normal(0, 0.1) for name, at in zip(constants.columns, x, strict=True)}
    known = Problem(constants, few)
    again = solve("prefill", few, near)[1]
    assert np.abs(known.residuals(x) - known.residuals(again)).max() < 1e-4
    assert (solve("prefill", few)[1] == x).all()  # and from the same beginning the very same constants


@pytest.mark.parametrize("test", TERMS)
def test_the_search_ends_where_the_cost_is_flat(catalog: Catalog, test: Test) -> None:
    """Metal's constants are known a thousand times better in some directions than in others."""
    metal = [
        row for row in timings_of(cases(catalog, Fitted.prior()), test) if row.device["program"] == "llama.cpp/metal"
    ]
    constants, x = solve(test, metal)
    sought = Sought(constants, metal)
    cost, slope = sought.cost(x)
    # What a whole step by Gauss and Newton would still gain, where one residual of 8 % is a half.
    assert 0 <= slope @ np.linalg.solve(sought.curvature(x), slope) / 2 < 1e-4
    for column in (constants.columns["read" if test == "decode" else "multiply", ""], int(np.abs(slope).argmax())):
        for moved in (-0.01, 0.01):
            beside = x.copy()
            beside[column] += moved
            assert sought.cost(beside)[0] > cost


def test_a_search_that_does_not_end_is_told(few: list[Timing], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(solving, "ROUNDS", 1)
    with pytest.raises(ArithmeticError, match="the constants of prefill still move after 1 rounds"):
        solve("prefill", few)


def test_a_perturbed_unknown_fits_worse(few: list[Timing]) -> None:
    constants, x = solve("prefill", few)
    known = Problem(constants, few)
    column = constants.columns["multiply", ""]
    worse = x.copy()
    worse[column] += 0.3
    assert np.median(np.abs(known.residuals(worse))) > np.median(np.abs(known.residuals(x)))


def test_neighbouring_half_years_differ_by_half_at_most_unless_they_are_spoken_for(
    catalog: Catalog, rows: list[Timing]
) -> None:
    every = [*rows, *timings_of(cases(catalog, Fitted.prior()), "decode")]
    loud = spoken(every)
    for test in TERMS:
        for name, factors in catalog.planner.fit.constants.factors[test].items():
            eras: dict[str, dict[str, float]] = {}
            for name_of_factor, factor in factors.items():
                if " era=" in name_of_factor:
                    program, era = name_of_factor.removeprefix("program=").split(" era=")
                    eras.setdefault(program, {})[era] = factor
            for program, own in eras.items():
                for (a, first), (b, second) in zip(sorted(own.items()), sorted(own.items())[1:], strict=False):
                    if not {(program, a), (program, b)} <= loud and _neighbours(a, b):
                        assert abs(math.log(second / first)) <= WALK, (test, name, program, b)


def _neighbours(a: str, b: str) -> bool:
    halves = [2 * int(era[:4]) + int(era[-1]) for era in (a, b)]
    return halves[1] - halves[0] == 1


def test_a_reader_is_answered_for_the_newest_era_that_devices_and_sources_speak_for(rows: list[Timing]) -> None:
    loud = spoken(rows)
    for program, era in newest(rows).items():
        if any(one == program for one, _ in loud):
            assert (program, era) in loud
    alone = [replace(row, device={**row.device, "era": "2029H1"}) for row in rows[:1]]
    assert newest([*rows, *alone]) == newest(rows)


def test_errors_are_those_of_predicted_over_measured(rows: list[Timing]) -> None:
    told = errors(rows[:3], np.log([1.0, 0.5, 1 / 1.1]))  # predicted seconds over measured
    assert (told.rows, told.inside) == (3, None)
    assert told.median == pytest.approx(0.1)


def test_a_range_holds_four_in_five() -> None:
    low, high = spread(np.log(np.linspace(0.5, 1.5, 101)))
    assert low == pytest.approx(0.6)
    assert high == pytest.approx(1.4)


def test_a_range_widens_where_each_device_is_off_in_its_own_way() -> None:
    random = np.random.default_rng(2)
    alike = random.normal(0, 0.2, 400)
    apart = alike / 4 + np.repeat(random.normal(0, 0.2, 20), 20)
    one, other = (Off(residuals, _devices(20, 20)) for residuals in (alike, apart))
    assert level(Sample(one, one)) >= 0.09
    assert level(Sample(other, other)) < level(Sample(one, one))


def test_few_devices_range_is_drawn_to_that_of_all_classes_and_many_devices_is_their_own() -> None:
    """Two devices by chance alike would promise what a third does not keep."""
    random = np.random.default_rng(3)
    every = Off(random.normal(0, 0.4, 2000), _devices(100, 20))
    few, many = (Off(random.normal(0, 0.02, 20 * n), _devices(n, 20, "other")) for n in (2, 60))
    width = [math.log(high / low) for low, high in (told(Sample(own, every)) for own in (few, many))]
    assert width[0] > 5 * width[1]
    assert 0.04 < width[1] < 0.08  # four in five of a normal distribution of 2 % lie within 5 %
    all_of_them = told(Sample(every, every))
    assert width[0] < math.log(all_of_them[1] / all_of_them[0])


def test_a_device_has_no_part_in_the_range_that_it_is_held_to() -> None:
    """One that is off by as much as none else lies outside, however many its rows are."""
    near, far = Off(np.linspace(-0.1, 0.1, 60), _devices(20, 3)), Off(np.full(30, 2.0), np.array(["far"] * 30))
    both = Off(
        *(
            np.concatenate(parts)
            for parts in zip((near.residuals, near.devices), (far.residuals, far.devices), strict=True)
        )
    )
    share = inside([Sample(both, both)])
    assert share is not None
    assert share <= 60 / 90
    assert inside([]) is None


def test_too_few_residuals_tell_no_range() -> None:
    few = Off(np.zeros(19), _devices(19, 1))
    with pytest.raises(ValueError, match="a range is told by 20 residuals or more"):
        told(Sample(few, few))
    assert inside([Sample(few, few)]) is None
    assert KIN > 0


def _devices(count: int, rows: int, name: str = "card") -> NDArray[np.str_]:
    return np.repeat([f"{name}-{i}" for i in range(count)], rows)


def test_a_case_knows_its_source(catalog: Catalog) -> None:
    found: list[Case] = cases(catalog)
    assert {row.source for row in timings_of(found[:50], "decode")}
