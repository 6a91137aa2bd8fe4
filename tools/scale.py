"""What does a larger catalog cost? Time to load and to build, and what is written, from a hundred models to thousands.

``make scale`` measures synthetic catalogs (``tools/synthetic.py``), prints the figures and writes ``docs/scale.json``,
which the page of methods shows. Times are of the processor, of all processes of a build, since a busy machine changes
others; sites are built of all pages, without ``--strict``, which fails where pages tell of measurements of models left
out.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from sizing import Catalog
from sizing.catalog import validated
from sizing.facts import snapshot
from tools.synthetic import ROOT, write

FILE: Final = ROOT / "docs" / "scale.json"
SIZES: Final = ((100, None), (1000, None), (5000, 2000))  # models, devices
SITES: Final = 1000  # models of the largest catalog whose site is built where nothing is said
FIRST: Final = ("engine.mjs", "index.json")  # what a page loads before it plans


@dataclass(frozen=True)
class Written:
    """What a site's build took and wrote: seconds of processors and of the clock, bytes as a reader loads them."""

    processors: float
    clock: float
    page: int  # the heaviest page
    index: int  # the index of the search
    engine: int  # what a page loads before it plans
    rows: int  # the longest table's rows, which a page loads as data
    search: int  # what a page loads before it searches among all models


@dataclass(frozen=True)
class Row:
    """A catalog of so many entries: seconds to read it, bytes of its snapshot, and its site where one was built."""

    models: int
    devices: int
    read: float
    snapshot: int
    read_snapshot: float
    site: Written | None


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, print and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--models", type=int, nargs="+", metavar="N", help="100, 1000 and 5000, where nothing is said")
    parser.add_argument("--sites", type=int, default=SITES, metavar="N", help="the most models that a site is built of")
    parser.add_argument("--to", type=Path, default=FILE, metavar="FILE")
    asked = parser.parse_args(arguments)
    sizes = [(n, None) for n in asked.models] if asked.models else SIZES
    rows = [measured(models, devices, site=models <= asked.sites) for models, devices in sizes]
    for row in rows:
        print(json.dumps(asdict(row)))
    told = {"day": datetime.now(UTC).date().isoformat(), "python": platform.python_version()}
    asked.to.write_text(json.dumps({**told, "rows": [asdict(row) for row in rows]}, indent=1) + "\n", encoding="utf-8")


def measured(models: int, devices: int | None = None, *, site: bool) -> Row:
    """A synthetic catalog of so many models, measured."""
    with tempfile.TemporaryDirectory() as folder:
        root, kept = write(Path(folder) / "catalog", models=models, devices=devices), Path(folder) / snapshot.NAME
        catalog, read = _timed(lambda: Catalog.load(root))
        snapshot.write(validated(root), root, kept)
        again, read_snapshot = _timed(lambda: snapshot.read(root, kept))
        assert again is not None
        return Row(
            models=len(catalog.models),
            devices=len(catalog.devices),
            read=round(read, 2),
            snapshot=kept.stat().st_size,
            read_snapshot=round(read_snapshot, 2),
            site=built(root, Path(folder) / "site") if site else None,
        )


def _timed(work: Callable[[], Any]) -> tuple[Any, float]:
    started = time.process_time()
    return work(), time.process_time() - started


def built(catalog: Path, folder: Path) -> Written:
    """The project's own site of another catalog. Raises CalledProcessError where it cannot be built."""
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", folder],
        cwd=ROOT,
        env={**os.environ, "SIZING_CATALOG": str(catalog), "NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": str(ROOT)},
        check=True,
    )
    clock, after = time.monotonic() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    processors = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Written(
        processors=round(processors, 1),
        clock=round(clock, 1),
        page=_heaviest(folder, "*.html"),
        index=_heaviest(folder / "search", "search_index.json"),
        engine=sum(_heaviest(folder / "assets" / "sizing", name) for name in FIRST),
        rows=_heaviest(folder, "rows-*.json"),
        search=_heaviest(folder / "assets" / "sizing", "search.json"),
    )


def _heaviest(folder: Path, pattern: str) -> int:
    """Bytes of the heaviest such file, compressed as servers do."""
    return max((len(gzip.compress(path.read_bytes(), 6)) for path in folder.rglob(pattern)), default=0)


if __name__ == "__main__":
    main()
