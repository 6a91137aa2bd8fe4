"""A quantity means what its unit says."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sizing.facts import units


@pytest.mark.parametrize(
    ("read", "text", "value"),
    [
        (units.memory_size, "24 GB", 24 * 2**30),  # DRAM is sold in binary gigabytes
        (units.memory_size, "24564 MiB", 24564 * 2**20),
        (units.memory_size, "2 TB", 2 * 2**40),
        (units.bandwidth, "1008 GB/s", 1.008e12),
        (units.bandwidth, "3.35 TB/s", 3.35e12),
        (units.bandwidth, "3200 Gbps", 400e9),
        (units.work_rate, "165.2 TFLOPS", 165.2e12),
        (units.work_rate, "1.979 PFLOPS", 1.979e15),
        (units.power, "450 W", 450),
        (units.power, "10.2 kW", 10200),
        (units.duration, "630 us", 630e-6),
        (units.amount, "671B", 671 * 10**9),
        (units.amount, "1.1B", 1_100_000_000),
        (units.amount, 8_030_261_248, 8_030_261_248),
    ],
)
def test_a_quantity_in_base_units(read: Callable[[object], float], text: object, value: float) -> None:
    assert read(text) == pytest.approx(value, rel=1e-12)


@pytest.mark.parametrize(
    ("read", "text"),
    [
        (units.memory_size, "24 GB/s"),
        (units.memory_size, "24"),
        (units.memory_size, 24),
        (units.memory_size, "-24 GB"),
        (units.memory_size, "24 gb"),
        (units.bandwidth, "1008 GB"),
        (units.bandwidth, ""),
        (units.work_rate, "165 GFLOPS per W"),
        (units.power, None),
        (units.amount, 0),
        (units.amount, -1),
        (units.amount, True),
        (units.amount, "eight"),
    ],
)
def test_what_is_no_quantity_names_an_example(read: Callable[[object], float], text: object) -> None:
    with pytest.raises(ValueError, match=r"is not an? .*; write a number and one of .*, such as "):
        read(text)
