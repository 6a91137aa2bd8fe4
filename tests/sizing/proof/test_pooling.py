"""A number tells of the machine that it was measured on, and of no other."""

from __future__ import annotations

import numpy as np
import pytest

from sizing import Catalog
from sizing.engine.fitted import NEAR, TERMS, Fitted, Test
from sizing.proof.accuracy import told
from sizing.proof.cases import cases
from sizing.proof.judging import LeftOut, Split
from sizing.proof.pooling import ASKED, TOLD, pairs, pooled
from sizing.proof.timings import Timing, timings_of

Known = tuple[dict[Test, list[Timing]], dict[Test, dict[Split, LeftOut]]]


@pytest.fixture(scope="module")
def slow_devices(catalog: Catalog) -> Known:
    """Every row off by what its source's device is off by, and by nothing else."""
    every = cases(catalog, Fitted.prior())
    rows: dict[Test, list[Timing]] = {test: timings_of(every, test) for test in TERMS}
    left: dict[Test, dict[Split, LeftOut]] = {}
    for test, own in rows.items():
        off = np.array([len(row.source + row.case.row.device) % 7 / 10 - 0.3 for row in own])
        left[test] = {split: LeftOut(off, off, tuple(None for _ in own)) for split in ASKED.values()}
    return rows, left


def test_where_a_device_is_all_that_is_off_one_number_tells_everything(slow_devices: Known) -> None:
    found = pooled(*slow_devices)
    assert {tuple(name.split()[:2]) for name in found} == {(known, test) for known, test, _ in TOLD}
    for share, low, high in found.values():
        assert share >= 0.95
        assert 0.95 < low <= 1.0 <= high < 1.05


def test_a_row_is_told_by_others_of_its_machine_alone(slow_devices: Known) -> None:
    rows, left = slow_devices
    found = pairs(rows, left, "decode", "decode", "devices", "other")
    assert len(found.asked) > 1000
    assert (found.known == found.asked).all()  # their source and device are


def test_with_one_number_known_its_model_is_predicted_far_better(catalog: Catalog) -> None:
    lines = {(line.known, line.test, line.near): line for line in told(catalog)}
    assert set(lines) == set(TOLD)
    for test in TERMS:
        same, kin, other = (lines[test, test, near] for near in NEAR)
        assert same.after[0] <= {"decode": 0.05, "prefill": 0.105}[test]
        assert same.after[0] < 0.6 * same.before[0]
        assert same.after[0] < kin.after[0] < other.after[0]
        assert kin.after[0] < 0.9 * kin.before[0]
    for (known, test, _), line in lines.items():
        # What a number of decoding tells of prompts shortens their tail; their median stays within half a point.
        assert line.after[1] <= line.before[1]
        assert line.after[0] <= line.before[0] + (0 if known == test else 0.005)
