"""What would run if a text were taken for more than text? A catalog that says nothing else wherever it may."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, get_args, get_origin, get_type_hints

from sizing.check.mending.nodes import root, scalars
from sizing.facts.entries.entry import Entry, key_of
from sizing.facts.entries.values import Clean
from sizing.facts.files import FILES
from sizing.facts.sheets import Many, Named, One, Sheet
from tests.smaller import smaller_catalog

# HTML, SVG, Markdown, attributes of Markdown, Jinja, a shell, rich's markup, a terminal's link, a formula.
PAYLOAD: Final = (
    "=HYPERLINK(\"http://outside.invalid/csv\") <script>ran('script')</script><img src=x onerror=\"ran('img')\">"
    "<svg onload=\"ran('svg')\"><a xlink:href='javascript:ran(1)'>s</a></svg></td></textarea> --><b>b</b> "
    "[m](javascript:ran('md')) ![i](http://outside.invalid/i.png) {: onclick=ran('attr') } {{ 7 * 191 }} {% raw %} "
    "$(touch ran) `touch ran` ; touch ran # ' \" \\ | & ${{ ran }} [bold]r[/bold] [/red] "
    "[link=http://outside.invalid]l[/link] "
    "</script><iframe src=javascript:ran('frame')> &lt;b&gt;"
)
ADDRESS: Final = "https://example.org/\"><script>ran('url')</script>?a='b'&c={{7*191}}#x"

# Text that is shown and looked up nowhere: every field of this name says PAYLOAD.
FREE: Final = frozenset(
    ("name", "note", "seller", "counts", "license", "family", "metric", "dataset", "says", "means", "by", "edition",
     "scale", "data_license", "system", "since", "command")
)  # fmt: skip
# Text that must stand for something: an id, a word of a list, a type that figures hang on, a file's or heading's name.
MEANT: Final = frozenset(
    ("architecture", "base", "cache_types", "config", "device", "devices", "drafting", "files", "format", "formats",
     "full", "host", "id", "indexer", "lacks", "like", "machine", "machines", "memory_type", "mmproj", "model",
     "model_type", "model_types", "models", "names", "native", "ollama", "part", "port", "processors", "quantizes",
     "runtimes", "section", "servers", "short_name", "small", "sparse_latent", "tuned_ollama", "type", "types",
     "whole_towers", "window_shares", "window_type", "windowed", "word", "for")
)  # fmt: skip
_CELLS: Final = {"note": PAYLOAD}  # columns of tables; an address there keeps to a narrower pattern


def texts(kind: Any = None) -> Iterator[str]:
    """The key of every field of text, of every kind of entry and of what these hold."""
    if kind is None:
        for sheet in (one.what for one in FILES):
            if isinstance(sheet, Sheet):
                beside = (one.kind for one in sheet.beside.values() if isinstance(one, One | Many | Named))
                for entry in (sheet.kind, *beside):
                    yield from texts(entry)
        return
    hints = get_type_hints(kind, include_extras=True)
    for field in kind.__dataclass_fields__.values():
        for part in _parts(hints[field.name]):
            if isinstance(part, Clean):
                yield key_of(field)
            elif isinstance(part, type) and issubclass(part, Entry):
                yield from texts(part)


def _parts(hint: Any) -> Iterator[Any]:
    yield hint if get_origin(hint) is None else None
    for part in (*get_args(hint), *getattr(hint, "__metadata__", ())):
        yield from _parts(part)


def poisoned(folder: Path) -> Path:
    """A copy of the catalog whose every free text and address is a payload, each another one."""
    made = smaller_catalog(folder / "catalog")
    count = 0
    for file in sorted(made.rglob("*.yaml")):
        text = file.read_text(encoding="utf-8")
        starts = [0, *(i + 1 for i, character in enumerate(text) if character == "\n")]
        places = []
        for one in scalars(root(text)):
            if not one.is_key and one.path[-1] in (*FREE, "url") and one.text not in ("", "undisclosed"):
                count += 1
                said = f"{ADDRESS}{count}" if one.path[-1] == "url" else f"{PAYLOAD} {count}"
                start, end = one.node.start_mark, one.node.end_mark
                places.append((starts[start.line] + start.column, starts[end.line] + end.column, json.dumps(said)))
        for first, last, said in sorted(places, reverse=True):
            # The parser ends what stands on several lines where the next word begins.
            text = text[:first] + said + text[first + len(text[first:last].rstrip()) :]
        file.write_text(text, encoding="utf-8")
    for name in ("speeds", "totals", "scores", "watts"):
        _fill(made / "measurements" / f"{name}.csv")
    return made


def _fill(table: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(table.read_text(encoding="utf-8"))))
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        for row in rows:
            writer.writerow({**row, **{key: _CELLS[key] for key in _CELLS if row.get(key)}})
