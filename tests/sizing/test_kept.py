"""An answer is made once for all that decides it; what nobody asks for again is forgotten."""

from collections.abc import Callable

import pytest

from sizing.kept import Kept, Same


def saying(answer: str) -> Callable[[], str]:
    return lambda: answer


def test_an_answer_is_made_once() -> None:
    kept, answers = Kept(), iter(["first", "second"])
    assert [kept.get("question", lambda: next(answers)) for _ in range(2)] == ["first", "first"]


def test_what_fails_is_tried_again() -> None:
    kept = Kept()
    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            kept.get("question", lambda: str(1 // 0))
    assert kept.get("question", lambda: "answer") == "answer"


def test_no_more_are_kept_than_said_the_oldest_goes() -> None:
    kept = Kept(most=2)
    for question in (1, 2, 3):
        kept.get(question, saying("first"))
    assert [kept.get(question, saying("second")) for question in (3, 2, 1)] == ["first", "first", "second"]


def test_an_heir_knows_what_was_asked_and_forgets_what_is_not_asked_again() -> None:
    first = Kept()
    for question in ("asked again", "asked once"):
        first.get(question, saying("first"))
    second = first.heir()
    assert second.get("asked again", saying("second")) == "first"
    third = second.heir()
    assert third.get("asked again", saying("third")) == "first"
    assert third.get("asked once", saying("third")) == "third"


def test_what_is_equal_stays_the_thing_that_it_was() -> None:
    kept, first, alike, other = Kept(), [1], [1], [2]
    assert kept.same("list", first) is first
    assert kept.heir().same("list", alike) is first
    assert kept.same("list", other) is other
    assert kept.same("list", alike) is alike


def test_equal_things_are_two_keys_where_each_is_meant_itself() -> None:
    first, alike = [1], [1]
    assert Same(first) == Same(first)
    assert Same(first) != Same(alike)
    assert len({Same(first), Same(first), Same(alike)}) == 2
