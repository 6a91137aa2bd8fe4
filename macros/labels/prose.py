"""How does Chinese prose write a number with a unit? 一秒, 一半, 几十倍 and 统一成 are words and name none."""

from __future__ import annotations

import re
from typing import Final

# A digit inside a name (FP16, Q8_0, v0.3) starts no number; one behind a count (2x24) does.
_DIGITS: Final = r"(?:(?<![a-z0-9])(?<!\d\.)(?<![a-z0-9]_)|(?<=\d[x×]))\d(?:[\d,.]*\d)?(?:e[+-]?\d+)?"
# 几十倍 and 上百倍 say no number.
_NUMERALS: Final = r"(?<![几数上好若零〇一二两三四五六七八九十百千万亿])[零〇一二两三四五六七八九十百千万亿]+"
# Between a number and its unit: white space, one line break, emphasis, and what rounds or counts.
_SPACE: Final = r"(?:[^\S\n]|\n(?!\s*\n)|[*_~`]|&nbsp;)*"
_GAP: Final = rf"{_SPACE}[km十百千万亿]?[多余来]?个?半?{_SPACE}"

# The group that matched, without underscores at its end, is what the unit measures.
TYPED: Final = re.compile(
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


def sold_with(chip: str, size: str) -> tuple[str, str]:
    """Patterns for a chip beside a size that it is sold with: ``A100 (80 GB)``, ``80 GB 的 A100``."""
    return rf"{chip}\s*[(的]?\s*{size}", rf"{size}\s*的?\s*{chip}"
