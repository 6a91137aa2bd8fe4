"""What does a rule find in a few lines of a catalog? The files are read as ever, and the rule asked alone."""

from __future__ import annotations

from pathlib import Path

from sizing.anatomy.dialect import known_types
from sizing.check.rule import Rule, Seen
from sizing.facts.loading import gathered

Told = tuple[str, str, str, str]  # key, actual, expected, tip


def found(root: Path, rule: Rule, **files: str) -> list[Told]:
    """What a rule finds in files, whose names say / as ``__``: devices__x is devices/x.yaml."""
    for name, text in files.items():
        path = root / f"{name.replace('__', '/')}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    read = gathered(root, known_types())
    # What is missing of a whole catalog is no concern; what stands there must hold.
    assert [str(one) for one in read.problems if not one.what.startswith(("missing", "is not in"))] == []
    seen = Seen(root, read, None)
    return [(one.key, one.actual, one.expected, one.tip) for one in rule.look(seen)]


SOURCES = "[{url: https://example.org/x, read: 2026-11-20}]"


def card(**facts: str) -> str:
    """A device's entry in one line, of a card that holds, with these facts in the place of its own."""
    own = {
        "name": "Card",
        "kind": "gpu",
        "market": "consumer",
        "released": "2022-10-12",
        "backends": "[cuda]",
        "memory": "{box: 24 GB, type: GDDR6X}",
        "bandwidth": "1008 GB/s",
        "compute": "[{type: fp16, accumulate: fp32, rate: 165 TFLOPS}]",
        "tdp": "450 W",
        "sources": SOURCES,
        **facts,
    }
    return "{" + ", ".join(f"{key}: {value}" for key, value in own.items()) + "}"


def devices(**cards: str) -> str:
    """A file of devices by id, whose names say - as _."""
    lines = "".join(f"  {name.replace('_', '-')}: {entry}\n" for name, entry in cards.items())
    return f"vendor: example\ndevices:\n{lines}"
