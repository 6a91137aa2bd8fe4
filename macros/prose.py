"""Is a number of the catalog typed by hand in ``docs/``? Such a number goes stale, so a macro has to write it.

A digit, or a Chinese numeral, beside a unit is one. Names of the catalog pass, also with a size that the device is
sold with (``A100 80 GB``); so does what has no unit: 70B, 4-bit, 128K, a year, 一半, 几十倍.

``python -m macros.prose`` prints what it finds, and exits 1 if it finds anything.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from sizing import Catalog, SizingError
from sizing.errors import Problem
from sizing.facts.units import GIB

# What a unit measures, and the macros that write it.
MACROS: Final = {
    "rate": "device(…)",
    "memory": "device(…), weights(…) or memory(…)",
    "speed": "decode(…)",
    "money": "price(…)",
    "time": "first_token(…)",
    "share": "ratio(…)",
}

# A digit inside a name (FP16, Q8_0, v0.3) starts no number; one behind a count (2x24) does.
_DIGITS: Final = r"(?:(?<![a-z0-9])(?<!\d\.)(?<![a-z0-9]_)|(?<=\d[x×]))\d(?:[\d,.]*\d)?(?:e[+-]?\d+)?"
# 几十倍 and 上百倍 say no number.
_NUMERALS: Final = r"(?<![几数上好若零〇一二两三四五六七八九十百千万亿])[零〇一二两三四五六七八九十百千万亿]+"
# Between a number and its unit: white space, one line break, emphasis, and what rounds or counts.
_SPACE: Final = r"(?:[^\S\n]|\n(?!\s*\n)|[*_~`]|&nbsp;)*"
_GAP: Final = rf"{_SPACE}[km十百千万亿]?[多余来]?个?半?{_SPACE}"

_TYPED: Final = re.compile(
    rf"""(?: (?P<digits>{_DIGITS}) | {_NUMERALS} ) {_GAP}
        (?: (?: (?P<rate> [kmgt]i?b/s | [kmgt]bps | mt/s | [kmgtp]?flops?(?:/s)? | [tgp]ops | k?wh? )
              | (?P<memory> [kmgtp]i?b | g )
              | (?P<speed> t(?:ok(?:en)?s?)? \s* (?:/|每|per\s) \s* (?:s|秒|second) )
              | (?P<money> usd | cny | rmb | eur )
              | (?P<time> ms )
            ) (?![a-z])
          | (?P<money_> [美欧]?元(?![素件组]) | 块钱 )
          | (?P<share> 倍(?!数) )
          # 一秒, 一小时, 统一成 and 八成 are words.
          | (?(digits) (?: (?P<rate_> 瓦 ) | (?P<time_> [毫微]?秒 | 分钟 | 小时 ) | (?P<share_> % | 成(?![为了员]) ))
            | (?P<share___> (?<=[两二三四五六七九])成(?![为了员分本]) ) ) )
      | (?P<money__> [$¥€£] ) {_SPACE} \d[\d,.]*
      | (?P<speed_> 每秒 ) {_SPACE} [约近]? {_SPACE} \d[\d,.]*
      | (?P<share__> 百分之 ) {_SPACE} (?: \d[\d,.]* | {_NUMERALS} )""",
    re.X | re.I,
)

# What no reader sees, and what a macro writes.
_HIDDEN: Final = re.compile(
    r"""\A---\n .*? ^---[ \t]*$
      | ^[ \t>]* (?P<fence>`{3,}|~{3,}) [^`\n]*\n .*? ^[ \t>]* (?P=fence) [`~]*[ \t]*$
      | <!-- .*? --> | \{\{ .*? \}\} | \{% .*? %\} | \{\# .*? \#\}
      | \]\( (?:<[^>\n]*>|[^)\s]*) | https?://[!-;=?-~]+
      | (?P<tag> </?[a-z][^<>]*> )""",
    re.X | re.I | re.S | re.M,
)


def problems(root: Path, catalog: Catalog) -> list[Problem]:
    """Every number of the catalog typed by hand in ``root/docs/**/*.md``, outside macros, code and comments."""
    names = _names(catalog)
    return [
        problem
        for path in sorted((root / "docs").rglob("*.md"))
        for problem in _in_page(path.read_text(encoding="utf-8-sig"), path.relative_to(root).as_posix(), names)
    ]


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


def _in_page(text: str, file: str, names: re.Pattern[str]) -> Iterator[Problem]:
    plain = names.sub(_blank, _HIDDEN.sub(_blank, _half_width(text)))
    for found in _TYPED.finditer(plain):
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


def _names(catalog: Catalog) -> re.Pattern[str]:
    """Every name of the catalog, and every device with a size that it is sold with."""
    named = (catalog.models, catalog.devices, catalog.machines, catalog.hosts, catalog.formats, catalog.runtimes)
    allowed = {_spaced(x) for entries in named for entry in entries.values() for x in (entry.name, entry.id)}
    for device in catalog.devices.values():
        chips = [*map(_spaced, _short_forms(device.name))]
        for size in (rf"{box // GIB}\s*GB" for box in device.memory.box):
            allowed |= {rf"{chip}\s*[(的]?\s*{size}" for chip in chips} | {rf"{size}\s*的?\s*{chip}" for chip in chips}
            allowed.add(f"{_spaced(device.id)}-{size}")
    longest_first = "|".join(sorted(allowed, key=lambda pattern: (-len(pattern), pattern)))
    return re.compile(rf"(?<![a-z0-9])(?:{longest_first})(?![a-z0-9]|/s)", re.I)


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
        found = [*problems(root, catalog), *unshown(root, catalog)]
    except SizingError as error:
        print(error)
        return 1
    for problem in found:
        print(problem)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
