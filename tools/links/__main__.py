"""``python -m tools.links LYCHEE FOLDER``: ask every address that the checkout names, and keep when each last answered.

In the folder, ``links.csv`` is the record, which is read first where it is there, and ``links.md`` the report. Others'
sites are not ours: an address that is gone is told with the lines that name it, and fails nothing.
"""

from __future__ import annotations

import argparse
import datetime as dt
import html
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final

from sizing.errors import SizingError

from .places import places
from .record import Answer, kept, report, rows, written

ROOT: Final = Path(__file__).resolve().parents[2]
PATIENCE: Final = (
    "--max-concurrency=16", "--host-concurrency=4", "--host-request-interval=200ms", "--max-retries=2", "--timeout=30",
)  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> int:
    """Ask, write and tell."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("lychee", metavar="LYCHEE", help="the program that asks")
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="where links.csv and links.md are kept")
    parser.add_argument("--root", type=Path, default=ROOT, metavar="FOLDER", help="the checkout, where it is another")
    asked = parser.parse_args(arguments)
    try:
        print(check(asked.root, asked.lychee, asked.folder, dt.datetime.now(dt.UTC).date().isoformat()), end="")
    except SizingError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


def check(root: Path, lychee: str, folder: Path, today: str) -> str:
    """The report of a check, after it and the record were written. Raises SizingError."""
    file = folder / "links.csv"
    before = kept(file.read_text(encoding="utf-8"), str(file)) if file.exists() else []
    found = places(root)
    answers = answered(lychee, list(found))
    table = rows(found, answers, before, today)
    folder.mkdir(parents=True, exist_ok=True)
    file.write_text(written(table), encoding="utf-8")
    told = report(found, answers, table, today)
    (folder / "links.md").write_text(told, encoding="utf-8")
    return told


def answered(lychee: str, addresses: Sequence[str], options: Sequence[str] = PATIENCE) -> dict[str, Answer]:
    """What each address says; one that lychee leaves out is not there. Raises SizingError.

    lychee reads addresses out of files by rules of its own, and takes what follows one in a table for a part of it. So
    it gets a page of links, one a line, and tells the lines.
    """
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "addresses.html"
        links = "".join(f'<a href="{html.escape(one)}"></a>\n' for one in addresses)
        page.write_text(links, encoding="utf-8")
        words = [lychee, "--no-progress", "--format=json", "--verbose", *options, str(page)]
        try:
            done = subprocess.run(words, capture_output=True, text=True, check=False)
            told = json.loads(done.stdout)
        except OSError as error:
            raise SizingError(f"{lychee}: {error.strerror}; `make links` installs it") from None
        except ValueError:
            raise SizingError(f"{lychee}: {' '.join(done.stderr.split()) or 'says nothing'}") from None
    return {addresses[line - 1]: answer for line, answer in _lines(told)}


def _lines(told: dict[str, Any]) -> Iterable[tuple[int, Answer]]:
    for what in ("success_map", "error_map", "timeout_map"):
        for found in told[what].values():
            for one in found:
                status = one["status"]
                yield one["span"]["line"], Answer(status.get("code"), status.get("details", status["text"]))


if __name__ == "__main__":
    sys.exit(main())
