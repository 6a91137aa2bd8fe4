"""What does a larger catalog cost? Times and sizes as ``tools/scale.py`` recorded them in ``docs/scale.json``."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from sizing.errors import SizingError

from .labels import scale as labels
from .labels import units
from .markdown import table
from .site import Site

FILE: Final = "docs/scale.json"

Row = Mapping[str, Any]
Figure = Callable[[Row], str]


def scale_table(site: Site) -> str:
    """A row a figure, a column a catalog."""
    rows = _recorded(site)
    if not rows:
        return labels.NOTHING
    head = [labels.FIGURE, *(labels.catalog(row["models"], row["devices"]) for row in rows)]
    of_catalogs = [[name, *(of(row) for row in rows)] for name, of in _OF_CATALOG.items()]
    # Of the largest no site was built.
    of_sites = [[name, *(_told(of, row["site"]) for row in rows)] for name, of in _OF_SITE.items()]
    return table(head, [*of_catalogs, *of_sites])


def scale_ratio(site: Site, models: int, others: int) -> str:
    """How many times as much work the site of so many models is to build as that of others."""
    rows = _recorded(site)
    if not rows:
        return units.NONE
    work = {row["models"]: row["site"]["processors"] for row in rows if row["site"]}
    if not {models, others} <= work.keys():
        raise SizingError(f"{FILE}: holds sites of {', '.join(map(str, work))} models; ask for two of these")
    return units.number(work[models] / work[others], 2)


def scale_pasted(site: Site) -> str:
    """A sentence: how many times as much work this site's build is as that of one whose pages hold the same tables,
    pasted in. Nothing where that was not measured."""
    works = _read(site).get("pasted")
    if not works:
        return ""
    return labels.pasted(units.number(works["computed"]["processors"] / works["pasted"]["processors"], 2))


def _recorded(site: Site) -> Sequence[Row]:
    rows: list[Row] = _read(site)["rows"]
    return rows


def _read(site: Site) -> Mapping[str, Any]:
    """What the file holds; no rows where there is none. Raises SizingError for what is no such file."""
    try:
        told = json.loads(Path(site.env.project_dir, FILE).read_text(encoding="utf-8"))
        return {**told, "rows": told["rows"]}
    except FileNotFoundError:
        return {"rows": []}
    except (OSError, ValueError, KeyError, TypeError):
        raise SizingError(f"{FILE}: cannot be read; write it anew with make scale") from None


def _told(of: Figure, row: Row | None) -> str:
    return units.NONE if row is None else of(row)


_OF_CATALOG: Final[Mapping[str, Figure]] = {
    labels.READ: lambda row: units.seconds(row["read"]),
    labels.SNAPSHOT: lambda row: labels.size(row["snapshot"]),
    labels.READ_SNAPSHOT: lambda row: units.seconds(row["read_snapshot"]),
}
_OF_SITE: Final[Mapping[str, Figure]] = {
    labels.WORK: lambda row: units.seconds(row["processors"]),
    labels.PAGE: lambda row: labels.size(row["page"]),
    labels.ROWS: lambda row: labels.size(row["rows"]),
    labels.ENGINE: lambda row: labels.size(row["engine"]),
    labels.SEARCHED: lambda row: labels.size(row["search"]),
    labels.INDEX: lambda row: labels.size(row["index"]),
}
