"""What does a larger catalog cost? Time to load and to build, and what is written, from a hundred models to thousands.

``make scale`` measures synthetic catalogs (``tools/synthetic.py``) and what it costs that tables are computed
(``tools/pasted.py``), prints the figures and writes ``docs/scale.json``, which the page of methods shows. Times are of
the processor, of all processes of a build, since a busy machine changes others; sites are built of all pages, without
``--strict``, which fails where pages tell of measurements of models left out.
"""

from __future__ import annotations

import argparse
import gzip
import json
import platform
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
from tools import pasted
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
    parser.add_argument("--pasted", action="store_true", help="only what computing costs beside pasting; keep the rest")
    parser.add_argument("--to", type=Path, default=FILE, metavar="FILE")
    asked = parser.parse_args(arguments)
    told = json.loads(asked.to.read_text(encoding="utf-8")) if asked.pasted else _rows(asked.models, asked.sites)
    told["pasted"] = {name: asdict(work) for name, work in pasted.measured().items()}
    print(json.dumps(told["pasted"]))
    asked.to.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


def _rows(models: Sequence[int] | None, sites: int) -> dict[str, Any]:
    """What catalogs of these sizes cost."""
    rows = [measured(n, devices, site=n <= sites) for n, devices in ([(n, None) for n in models] if models else SIZES)]
    for row in rows:
        print(json.dumps(asdict(row)))
    day = datetime.now(UTC).date().isoformat()
    return {"day": day, "python": platform.python_version(), "rows": [asdict(row) for row in rows]}


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
    work = pasted.built(ROOT, folder, SIZING_CATALOG=str(catalog))
    return Written(
        processors=work.processors,
        clock=work.clock,
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
