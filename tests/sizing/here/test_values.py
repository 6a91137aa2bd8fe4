"""What tools print of parts is what all of them have together, or nothing is said."""

from sizing.here.values import together


def test_a_sum_with_a_part_that_nobody_told_is_not_known() -> None:
    assert together([8, 16]) == 24
    assert together(iter([8, 0])) == 8
    assert together([8, None]) is None
    assert together([]) is None
