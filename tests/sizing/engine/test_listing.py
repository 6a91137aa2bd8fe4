"""Listed is what a person would want of what runs: the best, what is near it and faster, and nothing outdated."""

from __future__ import annotations

from dataclasses import replace
from math import log10

import pytest

from sizing.engine.listing import LISTED, NEAR_BEST, NEAR_RATED, Released, least_listed, listed, others_best
from sizing.engine.ranking import Scored

OLD, NEW = Released("Qwen", "2026-02-23", 35 * 10**9), Released("Qwen", "2026-04-17", 35 * 10**9)
OTHER = Released("Google", "", 26 * 10**9)


def test_a_toy_is_not_listed_beside_what_scores_twice_as_much() -> None:
    good, toy = Scored(82, 0, 3), Scored(44, 0, 1)
    least = least_listed(82, chance=25, rating=False)
    assert listed([good, toy], [OTHER, OTHER], 3.5, least) == [0]
    assert least == pytest.approx(63), "two thirds of the 57 that it scores above guessing"


def test_of_a_rating_near_is_who_wins_one_vote_of_three() -> None:
    behind = 1400 - least_listed(1400, chance=0, rating=True)
    assert behind == pytest.approx(NEAR_RATED)
    # An equal wins half; who is d behind wins 1 / (1 + 10 ** (d / 400)).
    assert behind == pytest.approx(400 * log10(2 / NEAR_BEST - 1), abs=0.1)


def test_a_newer_model_of_the_same_size_stands_for_the_older_one() -> None:
    older, newer = Scored(81.9, 0, 2.8), Scored(81.7, 0, 2.8)
    assert listed([older, newer], [OLD, NEW], 3.5, 0) == [1]
    assert listed([older, newer], [OLD, replace(NEW, maker="Google")], 3.5, 0) == [0], "of another maker it does not"
    assert listed([older, newer], [OLD, replace(NEW, parameters=27 * 10**9)], 3.5, 0) == [0], "nor does another size"
    assert listed([older, newer], [OLD, replace(NEW, day="")], 3.5, 0) == [0], "nor what came nobody knows when"
    assert listed([older, replace(newer, score=70)], [OLD, NEW], 3.5, 0) == [0], "nor what scores less"
    assert listed([older, replace(newer, seconds=4)], [OLD, NEW], 3.5, 0) == [0], "nor what is slower"


def test_of_those_that_say_the_same_as_the_best_the_soonest_is_listed() -> None:
    thought, dense, sparse = Scored(85.7, 0, 63), Scored(82.9, 0, 13), Scored(81.7, 0, 3)
    # 2.8 points say nothing, and it takes a fifth of the time; 4 points are worth waiting for.
    assert listed([thought, dense, sparse], [OTHER] * 3, 3.5, 0) == [1, 2]
    assert listed([thought, sparse], [OTHER] * 2, 3.5, 0) == [0, 1]


def test_what_no_forecast_tells_apart_goes_to_the_higher_score() -> None:
    fast, better = Scored(78.6, 0, 5.9), Scored(81.7, 0, 6.1)
    assert listed([fast, better], [OTHER, OTHER], 3.5, 0) == [1]
    assert listed([fast, replace(better, seconds=9)], [OTHER, OTHER], 3.5, 0) == [0], "a tie goes to the faster"


def test_beside_what_needs_the_host_stands_the_best_that_does_not() -> None:
    beside, alone, weaker = Scored(82, 0, 10, whole=False), Scored(78, 0, 12), Scored(70, 0, 11)
    assert listed([beside, alone, weaker], [OTHER] * 3, 3.5, 60) == [0, 1]
    assert listed([replace(beside, whole=True), alone, weaker], [OTHER] * 3, 3.5, 60) == [0]


def test_beside_the_front_stands_the_best_of_each_other_maker() -> None:
    answers = [Scored(82, 0, 10), Scored(85, 0, 60), Scored(79, 0, 70), Scored(70, 0, 90), Scored(60, 0, 9)]
    makers = [Released(name, "", 10**9) for name in ("Qwen", "Google", "Google", "OpenAI", "IBM")]
    # Google's other one is beaten by Google's own; IBM's is not near the best.
    assert others_best(answers, makers, [0], 3.5, 65) == [1, 3]
    assert others_best(answers, makers, [0, 1], 3.5, 65) == [3], "who is in the front needs no second place"
    assert others_best(answers, makers, [0], 3.5, 0) == [1, 3, 4]


def test_of_a_makers_models_that_say_the_same_the_soonest_stands_beside() -> None:
    answers = [Scored(82, 0, 5), Scored(80, 0, 60), Scored(78, 0, 20), replace(Scored(78, 0, 20), seconds=30)]
    makers = [Released("Qwen", "", 1), *[Released("Google", "", 1)] * 3]
    assert others_best(answers, makers, [0], 3.5, 0) == [2]


def test_with_the_front_no_more_are_listed_than_a_person_reads() -> None:
    answers = [Scored(90 - i, 0, 10 + i) for i in range(12)]
    makers = [Released(f"maker {i}", "", 1) for i in range(12)]
    assert others_best(answers, makers, [0], 3.5, 0) == list(range(1, LISTED))
    assert others_best(answers, makers, list(range(LISTED + 1)), 3.5, 0) == []


def test_nothing_is_listed_of_nothing() -> None:
    assert listed([], [], 3.5, 0) == []
    assert others_best([], [], [], 3.5, 0) == []
