"""Arithmetic that comes out alike everywhere, to the last bit."""

from __future__ import annotations

import numpy as np
import pytest

from sizing.engine.numbers import first_that, over, power, single, total


def test_a_sum_goes_from_left_to_right() -> None:
    # 0.1 + 0.2 + … + 0.9: 4.5 where rounding is compensated for, as Python does from 3.12 on.
    assert total([i * 0.1 for i in range(10)]) == 4.500000000000001
    assert total([2**53, 1, 1]) == 2**53 + 2  # of whole numbers it is exact
    assert total([]) == 0


def test_a_power_is_squared_from_the_lowest_digit_up() -> None:
    assert power(0.97, 0) == 1.0
    assert power(0.97, 5) == 0.97 * ((0.97 * 0.97) * (0.97 * 0.97))
    assert power(0.97, 512) == pytest.approx(0.97**512, rel=1e-13)


def test_what_does_not_fill_a_last_one_needs_one_more() -> None:
    assert [over(n, 256) for n in (0, 1, 256, 257)] == [0, 1, 1, 2]


def test_single_precision_is_that_of_c() -> None:
    assert single(0.1) == float(np.float32(0.1)) != 0.1
    assert single(24564.0) == 24564.0


@pytest.mark.parametrize("first", range(1, 9))
def test_the_first_that_holds_is_found_and_the_end_where_none_does(first: int) -> None:
    assert first_that(1, 8, lambda n: n >= first) == min(first, 8)
