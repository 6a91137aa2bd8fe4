"""A name in short is of words of the name, in their order."""

from __future__ import annotations

from pathlib import Path

import pytest

from sizing.check.rules import short
from tests.sizing.check.seen import card, devices, found


@pytest.mark.parametrize(
    ("name", "said", "right"),
    [
        ("GeForce RTX 3080 10 GB", "RTX 3080", True),
        ("Jetson AGX Thor (T5000)", "Jetson Thor", True),
        ("GeForce RTX 3080 10 GB", "RTX 3090", False),
        ("GeForce RTX 3080 10 GB", "3080 RTX", False),
    ],
)
def test_short_is_of_the_name(tmp_path: Path, name: str, said: str, right: bool) -> None:
    told = found(tmp_path, short.RULE, devices__x=devices(card=card(name=name, short_name=said)))
    expected = f"words of {name}, in their order"
    assert told == ([] if right else [("devices.card.short_name", said, expected, "correct the one that is wrong")])
