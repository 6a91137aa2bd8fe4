"""Which warnings does a file itself explain? A comment on the line that one is told of, with the rule and the reason:

    backends: [supa]    # check(unrunnable): its own platform, listed for its figures

An error cannot be explained away; and what a comment explains although nothing is told of it is a warning itself.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from typing import Final

from sizing.check.rule import Finding
from sizing.facts.reader import Placed

_WAIVER: Final = re.compile(r"#\s*check\(([a-z]+)\):\s*\S")

Waived = tuple[str, int, str]  # file, line, rule


def waivers(placed: Iterable[Placed]) -> set[Waived]:
    """Every explanation in the files of these entries."""
    texts = {one.document.file: one.document.text for one in placed}
    return {
        (file, number, found[1])
        for file, text in texts.items()
        for number, line in enumerate(text.splitlines() if "check(" in text else (), start=1)
        if (found := _WAIVER.search(line))
    }


def idle(explained: Iterable[Waived], used: Collection[Waived]) -> Iterator[Finding]:
    """Each explanation of nothing."""
    for file, line, rule in sorted(set(explained).difference(used)):
        yield Finding(
            file, line, "", f"check({rule}) explains nothing", "a warning of that rule on this line", "leave it out"
        )
