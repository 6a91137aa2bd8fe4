"""What can be wrong? Bad input, in one line each: what is wrong, and what would be right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


class SizingError(Exception):
    """Bad input: one line that says what is wrong and what would be right."""


@dataclass(frozen=True)
class Problem:
    """One thing wrong in one catalog file."""

    file: str
    line: int
    key: str
    what: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.key + ': ' if self.key else ''}{self.what}"


class CatalogError(SizingError):
    """The catalog does not hold; ``problems`` lists every reason, and the text is the first."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        more = f" (and {len(problems) - 1} more: python -m sizing check)" if len(problems) > 1 else ""
        super().__init__(f"{problems[0]}{more}")
