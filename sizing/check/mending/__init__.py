"""What can be mended without knowing better? Spacing, units, the order of keys, ids: text alone, facts never.

A file is changed where something is to mend and nowhere else, so that its comments and all other bytes stay. What a
mender leaves must still be the YAML that it was, or its change is dropped: the check then tells what is wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from sizing.check.mending import ids, order, spacing, units
from sizing.errors import CatalogError
from sizing.facts.content import content, decoded
from sizing.facts.files import FILES, FileKind, found_in, named_in
from sizing.facts.sheets import Sheet
from sizing.facts.yaml import parsed

_MOST: Final = 4 * 2**20  # bytes of a file


def mend(root: Path) -> Iterator[str]:
    """Mend the files of a catalog; one line for each that changed."""
    files, _ = found_in(root)
    sheets = [(path, kind) for kind in FILES if isinstance(kind.what, Sheet) for path in files[kind]]
    texts = {path: text for path, _ in sheets if (text := _text(path)) is not None}
    renamed = ids.renamed({path: (texts[path], _sheet(kind)) for path, kind in sheets if path in texts})
    for path, kind in sheets:
        if path in texts:
            new, what = _mended(texts[path], _sheet(kind), renamed)
            if what:
                _write(path, new)
                yield f"{named_in(root, path)}: mended {', '.join(what)}"


def _mended(text: str, sheet: Sheet, renamed: ids.Renamed) -> tuple[str, list[str]]:
    """A file's text after every mender, and what those did that changed it."""
    menders: dict[str, Callable[[str], str]] = {
        "spacing": spacing.mended,
        "ids": lambda old: ids.mended(old, renamed),
        "units": lambda old: units.mended(old, sheet),
        "order of keys": lambda old: order.mended(old, sheet),
    }
    what = []
    for name, mender in menders.items():
        new = mender(text)
        if new != text and _reads(new):
            text = new
            what.append(name)
    return text, what


def _sheet(kind: FileKind) -> Sheet:
    assert isinstance(kind.what, Sheet)
    return kind.what


def _text(path: Path) -> str | None:
    """What a file holds, if it is YAML: what is none, nobody can mend."""
    try:
        text = decoded(content(path, _MOST))
    except ValueError:
        return None
    return text if _reads(text) else None


def _reads(text: str) -> bool:
    try:
        return isinstance(parsed(text, "").data, dict)
    except CatalogError:
        return False


def _write(path: Path, text: str) -> None:
    """Whole or not at all."""
    new = path.with_name(f".{path.name}.swp")  # as an editor's, which nobody reads
    new.write_bytes(text.encode())
    new.replace(path)
