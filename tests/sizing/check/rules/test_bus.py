"""A memory is as fast as its bus and its chips allow."""

from __future__ import annotations

from pathlib import Path

import pytest

from sizing.check.rules import bus
from tests.sizing.check.seen import SOURCES, card, devices, found

TIP = "correct the one that is wrong"
WIDE = "456 to 576 or 912 to 1,152 GB/s of 24 GB of GDDR6X (192 or 384 bits)"
HOSTS = "reserved: {{memory: 4 GB, sources: {s}}}\nhosts:\n  pc: {{name: PC, memory: 64 GB, {h}, sources: {s}}}\n"


@pytest.mark.parametrize(
    ("memory", "bandwidth", "expected"),
    [
        ("{box: 24 GB, type: GDDR6X}", "1008 GB/s", None),  # 384 bits × 21 Gbit/s: an RTX 4090
        ("{box: 32 GB, type: GDDR7}", "1792 GB/s", None),  # 512 × 28: an RTX 5090
        ("{box: 16 GB, type: GDDR7}", "288 GB/s", None),  # 128 × 18: an RTX PRO 2000
        ("{box: 12 GB, type: GDDR6}", "360 GB/s", None),  # 192 × 15: an RTX 3060
        ("{box: 80 GB, type: HBM2e}", "2039 GB/s", None),  # five stacks of 16 GB at 3.2: an A100
        ("{box: 141 GB, type: HBM3E}", "4800 GB/s", None),  # of 144 GB, some switched off: an H200
        ("{box: 24 GB, type: undisclosed}", "9999 GB/s", None),  # of which nobody knows the chips
        ("{box: 24 GB, type: GDDR6X}", "1792 GB/s", WIDE),
        ("{box: 24 GB, type: GDDR6X}", "720 GB/s", WIDE),
        (
            "{box: 80 GB, type: HBM2e}", "20390 GB/s",
            "1,536 to 2,368 GB/s of 80 GB of HBM2e (5120 bits)",
        ),
        (
            "{box: 11.3 GB, type: GDDR6}", "448 GB/s",
            "a memory of chips of GDDR6, which hold 1, 2 GB each",
        ),
    ],
)  # fmt: skip
def test_a_cards_chips_leave_few_speeds(tmp_path: Path, memory: str, bandwidth: str, expected: str | None) -> None:
    told = found(tmp_path, bus.RULE, devices__x=devices(card=card(memory=memory, bandwidth=bandwidth)))
    figure = f"{float(bandwidth.split()[0]):,g} GB/s"
    assert told == ([] if expected is None else [("devices.card.bandwidth", figure, expected, TIP)])


@pytest.mark.parametrize(
    ("memory", "bandwidth", "expected"),
    [
        ("DDR5-5600, 2 channels", "89.6 GB/s", None),
        ("DDR5-4800 at 4400 MT/s, 16 channels", "563.2 GB/s", None),
        ("DDR4-2666, 6 channels", "128 GB/s", None),  # 127.97, rounded
        ("DDR5-5600, 2 channels", "896 GB/s", "89.6 GB/s of DDR5-5600, 2 channels"),
        ("DDR5-5600, 2 channels", "44.8 GB/s", "89.6 GB/s of DDR5-5600, 2 channels"),
        ("LPDDR5X-8000", "256 GB/s", None),  # 256 bits
        ("LPDDR5X-8000", "250 GB/s", "256.0 GB/s, a whole number of channels of LPDDR5X-8000"),
        ("undisclosed", "300 GB/s", None),
    ],
)
def test_channels_and_rate_leave_one(tmp_path: Path, memory: str, bandwidth: str, expected: str | None) -> None:
    text = HOSTS.format(s=SOURCES, h=f'memory_type: "{memory}", bandwidth: {bandwidth}')
    told = found(tmp_path, bus.RULE, machines__hosts=text)
    assert told == ([] if expected is None else [("hosts.pc.bandwidth", bandwidth, expected, TIP)])
