"""Is a number of the catalog typed by hand in ``docs/``? Such a number goes stale, so a macro has to write it.

A digit, or a numeral, beside a unit is one. Names of the catalog pass, also with a size that the device is sold with
(``A100 80 GB``); so does what has no unit: 70B, 4-bit, 128K, a year, a half. A link that is shown as it is
typed is found too.

``python -m macros.prose`` prints what it finds, and exits 1 if it finds anything.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

from sizing import Catalog, SizingError
from sizing.errors import Problem
from sizing.facts.units import GIB

from .labels.prose import TYPED, sold_with

# What a unit measures, and the macros that write it.
MACROS: Final = {
    "rate": "device(…)",
    "memory": "device(…), weights(…) or memory(…)",
    "speed": "decode(…)",
    "money": "price(…)",
    "time": "first_token(…)",
    "share": "ratio(…)",
}

# What no reader sees, and what a macro writes.
_HIDDEN: Final = re.compile(
    r"""\A---\n .*? ^---[ \t]*$
      | ^[ \t>]* (?P<fence>`{3,}|~{3,}) [^`\n]*\n .*? ^[ \t>]* (?P=fence) [`~]*[ \t]*$
      | <!-- .*? --> | \{\{ .*? \}\} | \{% .*? %\} | \{\# .*? \#\}
      | \]\( (?:<[^>\n]*>|[^)\s]*) | https?://[!-;=?-~]+
      | (?P<tag> </?[a-z][^<>]*> )""",
    re.X | re.I | re.S | re.M,
)


# A line of HTML whose links are left as they are typed.
_UNREAD: Final = re.compile(r"^<(?:p|div|li|td|th)\b(?![^>]*\smarkdown\b)[^>\n]*>[^\n]*\]\(", re.M)


@dataclass(frozen=True)
class Names:
    """What a catalog calls things, which no number typed by hand is part of."""

    entries: frozenset[str]
    devices: frozenset[tuple[str, str, tuple[int, ...]]]  # name, id, and the sizes in bytes that it is sold with

    @classmethod
    def of(cls, c: Catalog) -> Names:
        """Every name and id of a catalog."""
        kinds = (c.models, c.devices, c.machines, c.hosts, c.formats, c.runtimes)
        entries = frozenset(x for entries in kinds for entry in entries.values() for x in (entry.name, entry.id))
        return cls(entries, frozenset((d.name, d.id, tuple(d.memory.box)) for d in c.devices.values()))

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Every name, and every device with a size that it is sold with."""
        allowed = set(map(_spaced, self.entries))
        for name, own_id, boxes in self.devices:
            chips = [*map(_spaced, _short_forms(name))]
            for size in (rf"{box // GIB}\s*GB" for box in boxes):
                allowed |= {pattern for chip in chips for pattern in sold_with(chip, size)}
                allowed.add(f"{_spaced(own_id)}-{size}")
        # By their first letters, so that few of thousands are tried at each word; of these the longest first.
        begun: dict[str, list[str]] = {}
        for pattern in sorted(allowed, key=lambda pattern: (-len(pattern), pattern)):
            first = pattern[: 2 if pattern.startswith("\\") else 1].lower()
            begun.setdefault(first, []).append(pattern[len(first) :])
        every = "|".join(f"{first}(?:{'|'.join(rest)})" for first, rest in begun.items())
        return re.compile(rf"(?<![a-z0-9])(?:{every})(?![a-z0-9]|/s)", re.I)


def unshown(root: Path, catalog: Catalog) -> list[Problem]:
    """Every claim that no page of ``root/docs`` shows, since none lists its section."""
    text = "".join(path.read_text(encoding="utf-8-sig") for path in sorted((root / "docs").rglob("*.md")))
    shown = set(re.findall(r"claims_in\(\s*[\"'](.+?)[\"']", text))
    return [
        Problem(
            *catalog.origins[claim.id],
            f"claims.{claim.id}.section",
            f"no page shows {claim.section!r}; write {{{{ claims_in('{claim.section}') }}}} under that heading",
        )
        for claim in catalog.claims.values()
        if claim.section not in shown
    ]


class Prose:
    """The guard of a site's prose against numbers typed by hand; a page that has not changed is not read again."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self._pages: dict[str, tuple[str, tuple[Problem, ...]]] = {}

    def problems(self, root: Path) -> list[Problem]:
        """Every number of the catalog typed by hand in ``root/docs/**/*.md``, outside macros, code and comments."""
        pages = {path.relative_to(root).as_posix(): path for path in sorted((root / "docs").rglob("*.md"))}
        texts = {file: path.read_text(encoding="utf-8-sig") for file, path in pages.items()}
        before = self._pages
        self._pages = {
            file: before[file] if file in before and before[file][0] == text else (text, tuple(self._page(text, file)))
            for file, text in texts.items()
        }
        return [problem for _, found in self._pages.values() for problem in found]

    def _page(self, text: str, file: str) -> Iterator[Problem]:
        for unread in _UNREAD.finditer(text):
            line = text.count("\n", 0, unread.start()) + 1
            yield Problem(file, line, "", "a link in HTML is shown as typed; write <p markdown>")
        plain = self.names.pattern.sub(_blank, _HIDDEN.sub(_blank, _half_width(text)))
        for found in TYPED.finditer(plain):
            typed = re.sub(r"<[^>]*>|[*_~`]", "", " ".join(text[found.start() : found.end()].split()))
            macro = MACROS[(found.lastgroup or "").rstrip("_")]
            what = f'"{typed}" is a number of the catalog typed by hand; call a macro, such as {{{{ {macro} }}}}'
            yield Problem(file, text.count("\n", 0, found.start()) + 1, "", what)


def _half_width(text: str) -> str:
    """Full-width characters as plain ones, each in its place."""
    return "".join(form if len(form := unicodedata.normalize("NFKC", c)) == 1 else c for c in text)


def _blank(found: re.Match[str]) -> str:
    """As long, and as many lines. A tag is nothing between its neighbours; the rest parts them."""
    return re.sub(r"[^\n]", " " if found.groupdict().get("tag") else "\0", found[0])


def _short_forms(name: str) -> set[str]:
    """``GeForce RTX 4090`` is also RTX 4090, ``M3 Max (16-core CPU, …)`` M3 Max, ``A100 80GB PCIe`` A100."""
    chip = re.split(r"\s*\(|\s+\d+\s*GB\b", _half_width(name))[0]
    words = re.sub(r"\s+(?:PCIe|SXM\d?|GPU)$", "", chip).split()
    return {" ".join(words[i:]) for i in range(len(words)) if re.search(r"\d", " ".join(words[i:]))}


def _spaced(name: str) -> str:
    """A pattern for ``name`` that takes ``80GB`` and ``80 GB`` alike."""
    words = re.sub(r"(?<=\d)(?=[MGT]B\b)", " ", _half_width(name)).split()
    return r"\s*".join(map(re.escape, words))


def main() -> int:
    """Print what is typed by hand in this repository's ``docs/``."""
    try:
        root, catalog = Path(__file__).resolve().parent.parent, Catalog.load()
        found = [*Prose(Names.of(catalog)).problems(root), *unshown(root, catalog)]
    except SizingError as error:
        print(error)
        return 1
    for problem in found:
        print(problem)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
