"""Today is the clock's, or the day that builds and tests are held to."""

from __future__ import annotations

from datetime import date

import pytest

from sizing import SizingError
from sizing.facts.days import EPOCH, today
from tests.conftest import DAY


def test_tests_see_the_prices_of_one_day() -> None:
    assert today() == DAY.date()


def test_without_a_day_to_be_held_to_it_is_the_clock_s(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(EPOCH)
    assert abs((today() - date.today()).days) <= 1


@pytest.mark.parametrize("said", ["tomorrow", "1e9", "9" * 30])
def test_what_is_no_number_of_seconds_is_refused(monkeypatch: pytest.MonkeyPatch, said: str) -> None:
    monkeypatch.setenv(EPOCH, said)
    with pytest.raises(SizingError, match=r"^\$SOURCE_DATE_EPOCH is .*; give whole seconds since 1970, or leave it"):
        today()
