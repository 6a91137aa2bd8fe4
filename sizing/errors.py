"""What can be wrong? Bad input, in one line each: what is wrong, and what would be right."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

# What ends a line, steers a terminal, is not seen, or turns round what is read. In JavaScript it is written down again:
# tools/javascript/prelude.mjs and python.mjs.
_UNSEEN: Final = re.compile("[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")


def one_line(text: str) -> str:
    """A text with all that is not seen of it, and its line ends, told by their numbers: others may have written it."""
    return _UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


class SizingError(Exception):
    """Bad input: one line that says what is wrong and what would be right."""

    def __init__(self, said: object = "") -> None:
        super().__init__(one_line(str(said)))


@dataclass(frozen=True)
class Problem:
    """One thing wrong in one catalog file."""

    file: str
    line: int
    key: str
    what: str

    def __str__(self) -> str:
        return one_line(f"{self.file}:{self.line}: {self.key + ': ' if self.key else ''}{self.what}")


class CatalogError(SizingError):
    """The catalog does not hold; ``problems`` lists every reason, and the text is the first."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        more = f" (and {len(problems) - 1} more: python -m sizing check)" if len(problems) > 1 else ""
        super().__init__(f"{problems[0]}{more}")
