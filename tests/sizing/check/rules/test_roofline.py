"""No device is faster than its memory reads and its units compute."""

from __future__ import annotations

import pytest

from sizing.check import looked
from sizing.facts.measurements import SPEEDS
from tests.sizing.conftest import Shelf

ROW = {
    "device": "rtx-4090", "count": "1", "model": "llama-3-8b", "format": "Q4_K_M", "runtime": "llama.cpp",
    "backend": "cuda", "version": "undisclosed", "era": "2025H1", "batch": "1", "cache_format": "f16", "quality": "A",
    "source_url": "https://example.org/x", "read": "2026-11-20", "note": "of a test",
}  # fmt: skip
DECODE = {"test": "decode", "prompt": "0", "generated": "128", "depth": "0"}
PREFILL = {"test": "prefill", "prompt": "512", "generated": "0", "depth": "0"}


def told(shelf: Shelf, **cells: str) -> list[tuple[str, str, str]]:
    """What the rule says of one more row, whose line is the last."""
    file = shelf.root / SPEEDS.file
    text = file.read_text(encoding="utf-8")
    line = ",".join({**ROW, **cells}.get(name, "") for name in text.partition("\n")[0].split(","))
    file.write_text(f"{text}{line}\n", encoding="utf-8")
    checked = looked(shelf.root)
    assert checked.unread == ()
    found = [one for rule, one in checked.broken if rule == "roofline"]
    assert all(one.line == text.count("\n") + 1 and one.key == "tok_s" for one in found)
    return [(one.actual, one.expected, one.tip) for one in found]


THREADRIPPER = "threadripper-pro-5975wx"
TIP = "correct the row, or the device's figure"


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        # 1,008 GB/s over the 4.62 GB that a token reads
        ({**DECODE, "tok_s": "210"}, None),
        ({**DECODE, "tok_s": "230"}, "at most 218.3, which its memory can read"),
        ({**DECODE, "tok_s": "230", "batch": "8"}, None),  # eight sequences share a reading
        ({**DECODE, "tok_s": "230", "count": "2", "split": "layer"}, "at most 218.3, which its memory can read"),
        ({**DECODE, "tok_s": "400", "count": "2", "split": "tensor"}, None),
        # 1,321 TOPS of FP8 over twice the 7.5 billion that a token passes through
        ({**PREFILL, "tok_s": "20000"}, None),
        ({**PREFILL, "tok_s": "99000"}, "at most 88,022.2, which its units can compute"),
        # Twice the 4.6 TFLOPS that the vectors of 32 cores compute in FP32: they hold two numbers of 16 bits for one
        ({**PREFILL, "tok_s": "600", "device": THREADRIPPER, "backend": "cpu"}, None),
        (
            {**PREFILL, "tok_s": "630", "device": THREADRIPPER, "backend": "cpu"},
            "at most 614.0, which its units can compute",
        ),
        # Nobody states the rate of the units in an M5's cores.
        ({**PREFILL, "tok_s": "99000", "device": "m5-max-40-core", "backend": "metal"}, None),
    ],
)
def test_a_row_is_within_its_devices_reach(shelf: Shelf, cells: dict[str, str], expected: str | None) -> None:
    found = told(shelf, **cells)
    actual = f"{float(cells['tok_s']):g} tokens/s of llama-3-8b on {cells.get('device', 'rtx-4090')}"
    assert found == ([] if expected is None else [(actual, expected, TIP)])
