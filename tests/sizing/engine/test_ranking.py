"""A slower answer must score higher by more than chance."""

from __future__ import annotations

import random

import pytest

from sizing.engine.ranking import Scored, apart, front


def test_what_is_slower_and_no_better_is_beaten() -> None:
    fast, slow, better = Scored(60, 0, 10), Scored(60, 0, 20), Scored(70, 0, 30)
    assert front([slow, better, fast], tie=2) == (1, 2), "the higher score first, and the slow one not at all"


def test_a_tie_goes_to_the_faster() -> None:
    assert front([Scored(62, 0, 20), Scored(60, 0, 10)], tie=2) == (1,)
    assert front([Scored(62.1, 0, 20), Scored(60, 0, 10)], tie=2) == (0, 1)


def test_intervals_decide_where_both_are_stated() -> None:
    # sqrt(3^2 + 4^2) = 5: two ratings that far apart say the same, whatever the tie.
    assert apart(Scored(0, 3, 1), Scored(0, 4, 1), tie=1) == 5
    assert apart(Scored(0, 0.6, 1), Scored(0, 0.8, 1), tie=9) == pytest.approx(1)
    assert apart(Scored(0, 3, 1), Scored(0, 0, 1), tie=1) == 1, "of one alone nothing is known"
    assert apart(Scored(0, 0, 1), Scored(0, 4, 1), tie=1) == 1
    assert front([Scored(1205, 3, 20), Scored(1200, 4, 10)], tie=1) == (1,)
    assert front([Scored(1205, 3, 20), Scored(1200, 0, 10)], tie=1) == (0, 1)


def test_of_two_alike_one_stays() -> None:
    assert front([Scored(60, 0, 10), Scored(60, 0, 10)], tie=0) == (0,)
    assert front([], tie=1) == ()


def test_it_agrees_with_trying_every_pair() -> None:
    chance = random.Random(7)
    for _ in range(200):
        answers = [Scored(chance.randint(0, 20), 0, chance.randint(1, 20)) for _ in range(chance.randint(1, 12))]
        kept = front(answers, tie=0)
        for i, mine in enumerate(answers):
            beaten = any(
                (x.seconds <= mine.seconds and x.score >= mine.score)
                and (x.seconds, x.score) != (mine.seconds, mine.score)
                for x in answers
            )
            alike = [j for j in kept if (answers[j].seconds, answers[j].score) == (mine.seconds, mine.score)]
            assert (i in kept or bool(alike)) != beaten
        assert [answers[i].score for i in kept] == sorted((answers[i].score for i in kept), reverse=True)
