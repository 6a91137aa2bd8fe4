"""Something runs every entry."""

from __future__ import annotations

import re
from pathlib import Path

from sizing.check import looked
from sizing.check.rules import unrunnable
from tests.sizing.check.seen import SOURCES, card, devices, found
from tests.sizing.conftest import Shelf

RUNTIMES = f"""
runtimes:
  r:
    name: R
    files: gguf
    cache: {{types: [f16], page: 256, sources: {SOURCES}}}
    split: layer
    batched_tokens: 512
    logit_rows: 512
    backends: {{cuda: {{context_overhead: 300 MiB, sources: {SOURCES}}}}}
    sources: {SOURCES}
"""


def test_a_device_that_no_program_reaches(tmp_path: Path) -> None:
    text = devices(reached=card(), alone=card(name="Alone", backends="[supa]"))
    told = found(tmp_path, unrunnable.RULE, devices__x=text, runtimes=RUNTIMES)
    tip = "add the runtime that does, or leave the device out of answers until there is one"
    assert told == [("devices.alone.backends", "no runtime serves supa", "one of cuda", tip)]


def test_a_model_that_no_machine_holds(shelf: Shelf) -> None:
    """Of machines with one device each, none holds what takes 600 GB."""
    for file in (shelf.root / "machines").glob("*.yaml"):
        text = re.sub(r"(count|nodes): [0-9]+", r"\1: 1", file.read_text(encoding="utf-8"))
        file.write_text(re.sub(r", network: [0-9.]+ GB/s", "", text), encoding="utf-8")
    told = [one for rule, one in looked(shelf.root).warnings if rule == "unrunnable"]
    assert {"models.kimi-k3", "models.deepseek-r1"} <= {one.key for one in told}
    assert "models.llama-3-70b" not in {one.key for one in told}
    assert all(one.actual.endswith("the largest machines") for one in told)
