"""Is a number of the catalog typed by hand in ``docs/``? Such a number goes stale, so a macro has to write it.

A digit, or a Chinese numeral, next to a unit is a number of the catalog. Names of the catalog pass, with a size that
the device is sold with (``A100 80 GB``); so does what has no unit: 70B, 4-bit, 128K, a year, 一半, 几十倍.

``python -m macros.prose`` prints what it finds and exits 1 if it finds anything.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from sizing import Catalog, SizingError
from sizing.reading import Problem
from sizing.units import GIB

# Each unit under the macros that write it. Latin units are matched without case, full-width forms as plain ones.
_LATIN: Final = {
    "device(…) or host(…)": r"[KMGT]i?B/s|[KMGT]bps|MT/s|[KMGTP]?FLOPS?(?:/s)?|[TGP]?OPS|k?Wh?",
    "weights(…), memory(…), cache(…) or device(…)": r"[KMGTP]i?B|G",
    "decode(…)": r"t(?:ok(?:en)?s?)?\s*(?:/|每|per\s)\s*(?:s|秒|second)",
    "price(…)": r"USD|CNY|RMB|EUR",
    "first_token(…)": r"ms",
}
_CHINESE: Final = {
    "price(…)": r"(?:美|欧|日|港)?元(?![素件组])|块钱",
    "ratio(…)": r"倍(?!数)",
}
# These follow a digit only: 一秒, 一小时, 统一成 and 八成 (most likely) are words.
_AFTER_A_DIGIT: Final = {
    "device(…)": r"瓦",
    "first_token(…) or break_even(…)": r"[毫微]?秒|分钟|小时",
    "ratio(…)": r"[%‰]|成(?![为了员])",
}
_BEFORE: Final = {"price(…)": r"[$¥€£]", "decode(…)": r"每秒[约近]?", "ratio(…)": r"百分之"}

# A digit inside a name (FP16, DDR5) starts no number; the one after a count (2x24) does.
_DIGITS: Final = r"(?:(?<![A-Za-z0-9_.,])|(?<=\d[x×]))\d(?:[\d,.]*\d)?(?:e[+-]?\d+)?"
_NUMERALS: Final = r"(?<![几数上好若第零〇一二两三四五六七八九十百千万亿])[零〇一二两三四五六七八九十百千万亿]+"
_GAP: Final = r"(?:[^\S\n]|\n(?!\s*\n)|[*_~`]|&nbsp;)*"  # emphasis between a number and its unit hides nothing
_FEW: Final = r"[kKMm十百千万亿]?[多余来]?个?半?"


def _any(units: dict[str, str]) -> str:
    return "|".join(units.values())


_TYPED: Final = re.compile(
    rf"(?:{_any(_BEFORE)}){_GAP}\d(?:[\d,.]*\d)?"
    rf"|{_DIGITS}{_GAP}{_FEW}{_GAP}(?:(?:{_any(_LATIN)})(?![A-Za-z])|{_any(_CHINESE)}|{_any(_AFTER_A_DIGIT)})"
    rf"|{_NUMERALS}{_GAP}(?:(?:{_any(_LATIN)})(?![A-Za-z])|{_any(_CHINESE)})"
    rf"|百分之{_NUMERALS}",
    re.I,
)

# What a reader never sees, or what a macro writes. Tags vanish from the text, the rest stands between its neighbours.
_HIDDEN: Final = re.compile(
    r"""\A---\n.*?^---[ \t]*$              # front matter
      | ^[ \t>]*(?P<fence>`{3,}|~{3,}).*?^[ \t>]*(?P=fence)[`~]*[ \t]*$
      | <!--.*?--> | \{\{.*?\}\} | \{%.*?%\} | \{\#.*?\#\}
      | \]\((?:<[^>\n]*>|[^)\s]*) | https?://[^\s<>()，。；、）]+
      | (?P<tag></?[A-Za-z][^<>]*>)""",
    re.X | re.S | re.M,
)


def problems(root: Path, catalog: Catalog) -> list[Problem]:
    """Every number of the catalog typed by hand in ``root/docs/**/*.md``, outside macros, code and comments."""
    names = _names(catalog)
    return [
        problem
        for path in sorted((root / "docs").rglob("*.md"))
        for problem in _in_page(path.read_text(encoding="utf-8-sig"), path.relative_to(root).as_posix(), names)
    ]


def _in_page(text: str, file: str, names: re.Pattern[str]) -> Iterator[Problem]:
    plain = names.sub(_blank, _HIDDEN.sub(_blank, _half_width(text)))
    for found in _TYPED.finditer(plain):
        typed = " ".join(text[found.start() : found.end()].split())
        what = f'"{typed}" is a number of the catalog typed by hand; call a macro, such as {{{{ {_macro(typed)} }}}}'
        yield Problem(file, text.count("\n", 0, found.start()) + 1, "", what)


def _blank(found: re.Match[str]) -> str:
    """The same length and lines, without the text."""
    return re.sub(r"[^\n]", " " if found.groupdict().get("tag") else "\0", found[0])


def _half_width(text: str) -> str:
    """Full-width characters as plain ones, each in its place."""
    return "".join(form if len(form := unicodedata.normalize("NFKC", c)) == 1 else c for c in text)


def _macro(typed: str) -> str:
    """The macros that write this unit."""
    plain = _half_width(typed)
    for units, where in (
        (_BEFORE, "^(?:{})"),
        (_LATIN, r"(?<![A-Za-z])(?:{})$"),
        (_CHINESE | _AFTER_A_DIGIT, "(?:{})$"),
    ):
        for macro, unit in units.items():
            if re.search(where.format(unit), plain, re.I):
                return macro
    return "ratio(…)"


def _names(catalog: Catalog) -> re.Pattern[str]:
    """Matches every name of the catalog, and each device beside a size that it is sold with."""
    named = (catalog.models, catalog.devices, catalog.machines, catalog.hosts, catalog.formats, catalog.runtimes)
    allowed = {_spaced(x) for entries in named for entry in entries.values() for x in (entry.name, entry.id)}
    for device in catalog.devices.values():
        for size in (rf"{box // GIB}\s*GB" for box in device.memory.box):
            for chip in map(_spaced, _short_forms(device.name)):
                allowed |= {rf"{chip}\s*[(的]?\s*{size}", rf"{size}\s*的?\s*{chip}"}
    longest_first = "|".join(sorted(allowed, key=lambda name: (-len(name), name)))
    return re.compile(rf"(?<![A-Za-z0-9])(?:{longest_first})(?![A-Za-z0-9]|/s)", re.I)


def _short_forms(name: str) -> set[str]:
    """``GeForce RTX 4090`` is also RTX 4090, ``M3 Max (16-core CPU …)`` M3 Max, ``A100 80GB PCIe`` A100."""
    chip = re.split(r"\s*\(|\s+\d+\s*GB\b", _half_width(name))[0]
    words = re.sub(r"\s+(?:PCIe|SXM\d?|GPU)$", "", chip).split()
    tails = (words[i:] for i in range(len(words)))
    return {" ".join(tail) for tail in tails if any(c.isdigit() for word in tail for c in word)}


def _spaced(name: str) -> str:
    """A pattern for ``name`` that takes ``80GB`` and ``80 GB`` alike."""
    words = re.sub(r"(?<=\d)(?=[MGT]B\b)", " ", _half_width(name)).split()
    return r"\s*".join(map(re.escape, words))


def main() -> int:
    """Print what is typed by hand in this repository's ``docs/``."""
    try:
        found = problems(Path(__file__).resolve().parent.parent, Catalog.load())
    except SizingError as error:
        found = []
        print(error)
        return 1
    print(*found, sep="\n", end="\n" if found else "")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
