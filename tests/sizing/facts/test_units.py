"""A quantity means what its unit says."""

from __future__ import annotations

import pytest

from sizing.facts import units


@pytest.mark.parametrize(
    ("quantity", "text", "value"),
    [
        (units.MEMORY, "24 GB", 24 * 2**30),  # DRAM is sold in binary gigabytes
        (units.MEMORY, "24564 MiB", 24564 * 2**20),
        (units.MEMORY, "2 TB", 2 * 2**40),
        (units.MEMORY, "1023.5 GiB", 2047 * 2**29),
        (units.WORK_RATE, "2.074 TFLOPS", 2_074_000_000_000),  # not a little less, as the product in binary is
        (units.BANDWIDTH, "68.26 GB/s", 68_260_000_000),
        (units.BANDWIDTH, "1008 GB/s", 1.008e12),
        (units.BANDWIDTH, "3.35 TB/s", 3.35e12),
        (units.BANDWIDTH, "3200 Gbps", 400e9),
        (units.WORK_RATE, "165.2 TFLOPS", 165.2e12),
        (units.WORK_RATE, "1.979 PFLOPS", 1.979e15),
        (units.POWER, "450 W", 450),
        (units.POWER, "10.2 kW", 10200),
        (units.AMOUNT, "671B", 671 * 10**9),
        (units.AMOUNT, "1.1B", 1_100_000_000),
        (units.AMOUNT, 8_030_261_248, 8_030_261_248),
    ],
)
def test_a_quantity_in_base_units(quantity: units.Quantity, text: object, value: float) -> None:
    assert quantity.read(text) == value


@pytest.mark.parametrize(
    ("quantity", "text"),
    [
        (units.MEMORY, "24 GB/s"),
        (units.MEMORY, "24"),
        (units.MEMORY, 24),
        (units.MEMORY, "-24 GB"),
        (units.MEMORY, "24 gb"),
        (units.BANDWIDTH, "1008 GB"),
        (units.BANDWIDTH, ""),
        (units.WORK_RATE, "165 GFLOPS per W"),
        (units.POWER, None),
        (units.AMOUNT, 0),
        (units.AMOUNT, -1),
        (units.AMOUNT, True),
        (units.AMOUNT, "eight"),
    ],
)
def test_what_is_no_quantity_names_an_example(quantity: units.Quantity, text: object) -> None:
    with pytest.raises(ValueError, match=r"is not an? .*; write a number and one of .*, such as "):
        quantity.read(text)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (3758.2, "3,760"),
        (1850, "1,850"),
        (9.97, "9.97"),
        (9.999, "10.0"),
        (0.00123, "0.00123"),
        (1e6, "1,000,000"),
        (0, "0"),
    ],
)
def test_a_figure_is_written_with_three_digits_and_never_an_exponent(value: float, said: str) -> None:
    assert units.significant(value) == said
