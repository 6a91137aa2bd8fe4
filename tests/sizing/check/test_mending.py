"""What can be mended without knowing better is, and nothing else changes by a byte."""

from __future__ import annotations

from pathlib import Path

import pytest

from sizing.catalog import HERE
from sizing.check.mending import mend
from sizing.cli import main
from tests.sizing.conftest import Shelf

TEXT = """\
# What shops ask.
vendor: example    # a maker

devices:
  card:    # the first
    name: Card
    kind: gpu
    market: consumer
    released: 2022-10-12
    backends: [cuda]
    # as nvidia-smi prints it
    memory: {box: 24 GB, driver: 24564 MiB, type: GDDR6X}
    bandwidth: 1008 GB/s
    compute:
      - {type: fp16, accumulate: fp32, rate: 165.2 TFLOPS}    # dense
    tdp: 450 W
    sources: [{url: https://example.org/450w, read: 2026-11-20, note: "1,008GB/s"}]

  other:
    name: Other
"""


def mended(root: Path, text: str | bytes) -> tuple[str, list[str]]:
    """A file of devices after mending, and what was told of it."""
    file = root / "devices" / "x.yaml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    told = list(mend(root))
    return file.read_bytes().decode(), told


def test_the_catalog_has_nothing_to_mend(shelf: Shelf) -> None:
    assert list(mend(shelf.root)) == []
    for file in HERE.rglob("*.yaml"):
        assert (shelf.root / file.relative_to(HERE)).read_bytes() == file.read_bytes()


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("  # a maker\n", "  # a maker   \n", "spacing"),
        ("\n\ndevices", "\n\n\n\ndevices", "spacing"),
        ("name: Other\n", "name: Other", "spacing"),
        ("name: Other\n", "name: Other\n\n\n", "spacing"),
        ("1008 GB/s\n", "1008GB/s\n", "units"),
        ("1008 GB/s\n", "1,008 gb/s\n", "units"),
        ("450 W\n", "450w\n", "units"),
        ("165.2 TFLOPS", "165.2tflops", "units"),
        ("24564 MiB", "24564MIB", "units"),
        ("    tdp: 450 W\n    sources", "    sources", None),
        ("  other:", "  Other_:", None),  # other is taken
        ("  card:", "  CARD:", "ids"),
    ],
)
def test_one_thing_at_a_time(tmp_path: Path, old: str, new: str, what: str | None) -> None:
    assert old in TEXT
    right = TEXT if what else TEXT.replace(old, new, 1)
    if new == "  Other_:":
        right = TEXT  # the only one that would be so called
        what = "ids"
    told = [f"catalog/devices/x.yaml: mended {what}"] if what else []
    assert mended(tmp_path, TEXT.replace(old, new, 1)) == (right, told)


def test_lines_end_as_everywhere(tmp_path: Path) -> None:
    assert mended(tmp_path, TEXT.replace("\n", "\r\n"))[0] == TEXT


def test_keys_take_the_order_of_the_template_with_their_comments(tmp_path: Path) -> None:
    lines = TEXT.split("\n")
    memory, bandwidth, compute = lines[10:12], lines[12:13], lines[13:15]
    mixed = [*lines[:10], *compute, *bandwidth, *memory, *lines[15:]]
    assert mended(tmp_path, "\n".join(mixed)) == (TEXT, ["catalog/devices/x.yaml: mended order of keys"])


@pytest.mark.parametrize(
    "text",
    [
        TEXT.replace("1008 GB/s\n", "1008 GBps\n"),  # gigabits or gigabytes
        TEXT.replace("1008 GB/s\n", "1008 gbps\n"),
        TEXT.replace("24 GB", "24 Gb"),
        TEXT.replace("1008 GB/s\n", "1,00 GB/s\n"),
        TEXT.replace("name: Card", "name: 24gb"),  # a name is as its maker writes it
        TEXT.replace("  card:", "  card: ["),  # no YAML
        TEXT.replace("  card:", "  Card!:").replace("  other:", "  card:"),  # taken
    ],
)
def test_what_may_mean_two_things_is_left(tmp_path: Path, text: str) -> None:
    assert mended(tmp_path, text) == (text, [])


def test_who_names_an_id_names_the_new_one(shelf: Shelf, capsys: pytest.CaptureFixture[str]) -> None:
    before = {file: file.read_bytes() for file in shelf.root.rglob("*.yaml")}
    for name in ("devices/nvidia.yaml", "machines/workstations.yaml", "machines/desktops.yaml"):
        file = shelf.root / name
        text = file.read_text(encoding="utf-8")
        text = text.replace("\n  rtx-3090:", "\n  RTX_3090:").replace("device: rtx-3090,", "device: RTX_3090,")
        file.write_text(text, encoding="utf-8")
    assert main(["check", str(shelf.root), "--fix"]) == 0
    assert "catalog/devices/nvidia.yaml: mended ids" in capsys.readouterr().out
    assert {file: file.read_bytes() for file in shelf.root.rglob("*.yaml")} == before
