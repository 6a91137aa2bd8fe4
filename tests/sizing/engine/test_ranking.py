"""A slower answer must score higher by more than chance."""

from __future__ import annotations

import random
from math import inf

import pytest

from sizing.engine.ranking import Purchase, Scored, apart, beats, front, unbeaten


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


def bought(score: float, seconds: float, price: float, watts: float = 100) -> Purchase:
    return Purchase(Scored(score, 0, seconds), price, watts)


def test_a_purchase_beats_what_is_better_in_nothing() -> None:
    one = bought(60, 10, 1000)
    for worse in (bought(59, 10, 1000), bought(60, 11, 1000), bought(60, 10, 1001), bought(60, 10, 1000, 101)):
        assert beats(one, worse, tie=0)
        assert not beats(worse, one, tie=0)
    assert beats(bought(59, 10, 1000), bought(60, 10, 1001), tie=2), "a point more says nothing, and costs"
    assert not beats(bought(59, 10, 1000, inf), bought(59, 10, 1000, 900), tie=2), "unknown watts are never fewer"


def test_nobody_pays_more_for_a_second_that_no_forecast_tells() -> None:
    large, dear = bought(82, 13, 5258, 644), bought(79, 12, 13_250, 672)
    assert beats(large, dear, tie=0), "less than half of the money for a better model, and as soon as a forecast knows"
    assert not beats(bought(82, 13, 5258), bought(79, 12, 5258), tie=0), "of one price the sooner stays"
    assert not beats(bought(82, 14, 5258), bought(79, 12, 13_250), tie=0), "a sixth sooner is sooner"
    assert unbeaten([dear, large], tie=0) == (1,)


def test_the_cheapest_come_first_and_none_is_beaten() -> None:
    cheap, fast, dear, good = bought(60, 30, 500), bought(60, 10, 900), bought(61, 10, 1500), bought(70, 10, 2000)
    assert unbeaten([good, dear, fast, cheap], tie=2) == (3, 2, 0)
    assert unbeaten([good, dear, fast, cheap], tie=0) == (3, 2, 1, 0)
    assert unbeaten([], tie=1) == ()
    assert unbeaten([cheap, cheap], tie=0) == (0,), "of two alike one stays"


def test_more_money_only_adds_and_what_is_left_out_is_beaten_by_what_stays() -> None:
    chance = random.Random(11)
    for _ in range(200):
        offers = [
            bought(chance.randint(0, 12), chance.randint(1, 6), chance.randint(1, 6), chance.choice([1, 2, inf]))
            for _ in range(chance.randint(1, 14))
        ]
        tie = chance.choice([0, 1, 3])
        kept = unbeaten(offers, tie)
        for i, mine in enumerate(offers):
            assert any(beats(offers[j], mine, tie) for j in kept if j != i) == (i not in kept) or mine in [
                offers[j] for j in kept if j != i
            ]
        within = [x for x in offers if x.price <= 3]
        assert {within[i] for i in unbeaten(within, tie)} <= {offers[i] for i in kept}
