"""A catalog that was made to harm is refused within a second and 200 MB of what a sound one takes, line by line."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

import pytest

from sizing.catalog import HERE
from tests.sizing.hostile.confined import Ended, run

YAML: Final[Mapping[str, bytes]] = {
    "a thousand million by aliases": b"a: &a [x, x, x, x, x, x, x, x, x, x]\n" + b"".join(
        b"%c: &%c [%s]\n" % (98 + i, 98 + i, b", ".join([b"*%c" % (97 + i)] * 10)) for i in range(8)
    ),
    "aliases as entries": b"family: &f {a: {b: {c: d}}}\nmodels:\n"
    + b"".join(b"  m%d: *f\n" % i for i in range(60_000)),
    "900 brackets": b"models: " + b"[" * 900 + b"]" * 900,
    "a hundred thousand brackets": b"[" * 100_000,
    "a hundred thousand braces": b"{a: " * 100_000,
    "a hundred thousand dashes": b"- " * 100_000,
    "a thousand indents": b"".join(b" " * i + b"a:\n" for i in range(1000)),
    "an integer of 5,000 digits": b"models: {x: {context: " + b"9" * 5000 + b"}}",
    "400 digits with a unit": b"models: {x: {context: " + b"9" * 400 + b"K}}",
    "a number beyond numbers": b"models: {x: {context: 1e999}}",
    "a key of a million letters": b"k" * 10**6 + b": 1",
    "a value of a million letters": b"models: " + b"v" * 10**6,
    "a million keys": b"".join(b"k%d: 1\n" % i for i in range(10**6))[: 3 << 20],
    "a million items": b"[" + b"1," * 10**6 + b"1]",
    "5 MB": b"# " + b"x" * (5 << 20),
    "a tag of Python's": b"models: !!python/object/apply:os.system ['true']",
    "a tag": b"models: !x {}",
    "a directive": b"%YAML 1.1\n---\nmodels: {}",
    "fifty thousand directives": b"%TAG !a! tag:x\n" * 50_000 + b"---\na: 1\n",
    "two documents": b"models: {}\n---\nmodels: {}\n",
    "an alias to itself": b"models: &a\n  x: *a\n",
    "an alias to nothing": b"models: *a\n",
    "NUL": b"models: \x00",
    "a right-to-left override": "models: {x: {name: \u202ex}}".encode(),
    "an escaped override": b'models: {x: {name: "\\u202ex"}}',
    "UTF-16": "models: {}".encode("utf-16"),
    "Latin-1": "models: é".encode("latin-1"),
}  # fmt: skip

SPEEDS: Final = (HERE / "measurements/speeds.csv").read_bytes().split(b"\n")[:2]
HEAD, ROW = SPEEDS[0] + b"\n", SPEEDS[1] + b"\n"

CSV: Final[Mapping[str, bytes]] = {
    "nothing": b"",
    "a field of 200,000 letters": HEAD + b'"' + b"x" * 200_000 + b'"' + ROW,
    "a quote that is not closed": HEAD + ROW + b'"' + ROW * 5000,
    "a line of 10 MB": HEAD + b"," * (10 << 20),
    "a header of 10 MB": b"device," * (10 << 17) + b"\n",
    "17 MB": HEAD + ROW * 90_000,
    "a million rows that are none": HEAD + b"x\n" * 10**6,
    "ten million line ends": HEAD + b"\n" * 10**7 + b"x\n",
    "NUL": HEAD + ROW.replace(b"A,https", b"\x00,https"),
    "a carriage return in a cell": HEAD + ROW.replace(b"decode", b"dec\rode"),
    "UTF-16": (HEAD + ROW).decode().encode("utf-16"),
}  # fmt: skip


def linked(where: Path) -> Path:
    """A catalog whose files are this one's."""
    for path in HERE.rglob("*"):
        new = where / path.relative_to(HERE)
        new.parent.mkdir(parents=True, exist_ok=True)
        if path.is_file():
            new.symlink_to(path)
    return where


def put(name: str, data: bytes) -> Callable[[Path], object]:
    def change(root: Path) -> None:
        (root / name).unlink(missing_ok=True)
        (root / name).write_bytes(data)

    return change


def fifo(name: str) -> Callable[[Path], object]:
    def change(root: Path) -> None:
        (root / name).unlink(missing_ok=True)
        os.mkfifo(root / name)

    return change


def link(name: str, to: str) -> Callable[[Path], object]:
    def change(root: Path) -> None:
        (root / name).unlink(missing_ok=True)
        (root / name).symlink_to(to)

    return change


CHANGES: Final[Mapping[str, tuple[str, Callable[[Path], object]]]] = {
    **{f"YAML: {name}": ("models/own.yaml", put("models/own.yaml", data)) for name, data in YAML.items()},
    **{f"CSV: {name}": ("measurements/speeds.csv", put("measurements/speeds.csv", data)) for name, data in CSV.items()},
    "a pipe": ("models/own.yaml", fifo("models/own.yaml")),
    "a pipe for a file that must be": ("claims.yaml", fifo("claims.yaml")),
    "a pipe for a table": ("measurements/builds.csv", fifo("measurements/builds.csv")),
    "a pipe that nobody reads": ("models/own", fifo("models/own")),
    "a loop": ("models/own.yaml", link("models/own.yaml", "own.yaml")),
    "a link to nothing": ("models/own.yaml", link("models/own.yaml", "nowhere")),
    "a device": ("models/own.yaml", link("models/own.yaml", "/dev/zero")),
    "a device for a table": ("measurements/record/memory.csv", link("measurements/record/memory.csv", "/dev/zero")),
    "a folder with a file's name": ("models/own.yaml", lambda root: (root / "models/own.yaml").mkdir()),
    "a folder in a loop": ("models/deep", link("models/deep", ".")),
}


@pytest.fixture(scope="module")
def ended(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Ended]:
    folder = tmp_path_factory.mktemp("hostile")
    asked = {"sound": ["check", str(linked(folder / "sound"))]}
    for number, (name, (_, change)) in enumerate(CHANGES.items()):
        root = linked(folder / str(number))
        change(root)
        asked[name] = ["check", str(root)]
    return run(asked)


def test_a_catalog_of_links_is_sound(ended: dict[str, Ended]) -> None:
    assert ended["sound"].status == 0, ended["sound"].text


@pytest.mark.parametrize("name", CHANGES)
def test_it_is_refused_line_by_line_within_a_second_and_200_mb(ended: dict[str, Ended], name: str) -> None:
    file, one = CHANGES[name][0], ended[name]
    assert one.status == 2, one.text
    assert one.lines
    for line in one.lines[:1000]:
        assert re.match(rf"catalog/{re.escape(file)}:[1-9][0-9]*: \S", line), line
        assert len(line) < 1000
    # Of a million mistakes the first thousand are told; a model with one key lacks the others.
    assert len(one.lines) == 1 or name in ("CSV: a million rows that are none", "YAML: 400 digits with a unit"), (
        one.text
    )
    assert one.seconds < ended["sound"].seconds + 1, (one.seconds, ended["sound"].seconds)
    assert one.mib < 200, one.mib
