"""A digit too many shows beside what is of the same kind."""

from __future__ import annotations

from pathlib import Path

import pytest

from sizing.check.rules import kin
from tests.sizing.check.seen import SOURCES, card, devices, found

TIP = "check the digits and the unit"
APIS = "currency: {c}\nregion: US\ndate: 2026-11-01\nseller: {c} seller\nsources: {s}\napis:\n{prices}"


def cards(last: str) -> str:
    """Four cards of one architecture, the last with another fact."""
    made = {f"card_{i}": card(name=f"Card {i}", architecture="Ada") for i in range(3)}
    key, value = last.split("=")
    return devices(**made, odd=card(**{"name": "Odd", "architecture": "Ada", key: value}))


@pytest.mark.parametrize(
    ("last", "key", "actual", "expected"),
    [
        ("tdp=450 W", "", "", ""),
        ("tdp=150 W", "", "", ""),  # three times as frugal is strange, and may be
        ("tdp=45 W", "tdp", "3.67 TFLOPS to a watt", "about 0.367 TFLOPS to a watt"),
        (
            "compute=[{type: fp16, accumulate: fp32, rate: 16.5 TFLOPS}]", "compute",
            "16.4 operations to a byte", "about 164 operations to a byte",
        ),
    ],
)  # fmt: skip
def test_of_devices(tmp_path: Path, last: str, key: str, actual: str, expected: str) -> None:
    told = found(tmp_path, kin.RULE, devices__x=cards(last))
    wanted = (f"devices.odd.{key}", actual, f"{expected}, as 3 of its kin have", TIP)
    assert (wanted in told) if key else (told == [])


def test_two_cards_are_no_kin(tmp_path: Path) -> None:
    text = devices(
        one=card(architecture="Ada", name="One"), odd=card(architecture="Ada", name="Odd", tdp="45 W")
    )  # fmt: skip
    assert found(tmp_path, kin.RULE, devices__x=text) == []


@pytest.mark.parametrize(("amount", "far"), [("0.9", False), ("4", True), ("0.01", True)])
def test_of_the_tokens_of_a_model(tmp_path: Path, amount: str, far: bool) -> None:
    prices = [
        f"  at-{i}: {{model: m, input: {amount if i == 3 else 0.5}, output: 1, date: 2026-11-0{i + 1}}}\n"
        for i in range(4)
    ]
    model = f"vendor: x\nlicense: MIT\nmodels:\n  m: {{name: M, family: m, released: 2026-01-01, sources: {SOURCES}}}\n"
    text = APIS.format(c="USD", s=SOURCES, prices="".join(prices))
    told = found(tmp_path, kin.RULE, **{"offers__apis-x": text, "models__m": model})
    assert [key for key, *_ in told] == (["apis.at-3.input"] if far else [])
