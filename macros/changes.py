"""What changed in the catalog? The days of its history, told on a page and in a feed.

``tools/changes.py`` writes the days into ``docs/changes.json``, from git where the history is at hand.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final
from uuid import NAMESPACE_URL, uuid5
from xml.etree import ElementTree

from sizing.errors import SizingError

from .labels import changes as labels
from .markdown import Markdown, code, listed
from .site import Site

FILE: Final = "docs/changes.json"
NAMED: Final = 6  # entries of a day that are named
PAGES: Final = ("models", "devices", "machines")  # kinds that have pages, and so names
PAGE: Final = "changes/"
_ATOM: Final = "http://www.w3.org/2005/Atom"

Day = Mapping[str, Any]


def days(project: str | Path) -> Sequence[Day]:
    """Each day with what came, changed and went, the newest first. Raises SizingError for a file that is none."""
    try:
        found: list[Day] = json.loads(Path(project, FILE).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return []
    except (OSError, ValueError):
        raise SizingError(f"{FILE}: cannot be read; write it anew with python -m tools.changes") from None
    return found


def catalog_changes(site: Site) -> str:
    """Every day under a heading of its own."""
    found = [_day(site, day) for day in days(site.env.project_dir)]
    return Markdown("\n\n").join(found) if found else labels.NOTHING


def _day(site: Site, day: Day) -> Markdown:
    told = [
        Markdown("- {}{}").format(labels.counted(word, kind, len(ids), named=kind in PAGES), _named(site, kind, ids))
        for what, word in labels.WHAT.items()
        for kind, ids in day.get(what, {}).items()
    ]
    return Markdown("## {0} {{: #{0} }}\n\n{1}").format(day["day"], Markdown("\n").join(told))


def _named(site: Site, kind: str, ids: Sequence[str]) -> Markdown:
    if kind not in PAGES:
        return Markdown("")
    shown = listed(_name(site, kind, id) for id in ids[:NAMED])
    return shown + labels.MORE if len(ids) > NAMED else shown


def _name(site: Site, kind: str, id: str) -> Markdown:
    """A linked name of what there is still; else its id."""
    catalog = site.catalog
    if kind == "models" and id in catalog.models:
        return site.model(id)
    if kind == "devices" and id in catalog.devices:
        return site.device(id)
    if kind == "machines" and id in catalog.machines:
        return site.machine(catalog.machines[id])
    return code(id)


def feed(found: Sequence[Day], name: str, root: str) -> bytes:
    """The days as an Atom feed of the site at ``root`` (with a slash at its end, or nothing: links are relative)."""
    feed = ElementTree.Element("feed", xmlns=_ATOM)
    _add(feed, "id", _urn(f"{root}{name}"))
    _add(feed, "title", labels.feed(name))
    _add(feed, "updated", _noon(found[0]["day"]) if found else _noon("1970-01-01"))
    _add(_add(feed, "author"), "name", name)
    _add(feed, "link", href=f"{root}feed.xml", rel="self")
    _add(feed, "link", href=f"{root}{PAGE}")
    for day in found:
        entry = _add(feed, "entry")
        _add(entry, "id", _urn(f"{root}{name} {day['day']}"))
        _add(entry, "title", labels.entry(day["day"], day))
        _add(entry, "updated", _noon(day["day"]))
        _add(entry, "link", href=f"{root}{PAGE}#{day['day']}")
        _add(entry, "content", "\n".join(_lines(day)), type="text")
    return bytes(ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True))


def _lines(day: Day) -> Iterator[str]:
    for what, word in labels.WHAT.items():
        for kind, ids in day.get(what, {}).items():
            yield f"{word} {labels.count(kind, len(ids))}: {', '.join(ids)}"


def _add(parent: ElementTree.Element, tag: str, text: str | None = None, **attributes: str) -> ElementTree.Element:
    added = ElementTree.SubElement(parent, tag, attributes)
    added.text = text
    return added


def _urn(text: str) -> str:
    return uuid5(NAMESPACE_URL, text).urn


def _noon(day: str) -> str:
    return f"{day}T12:00:00Z"
