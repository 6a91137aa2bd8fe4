"""Which words of a command line are one name? ``sizing fit RTX 3060`` asks what ``sizing fit "RTX 3060"`` does.

A shell hands over words, and people write names of several. Words that can only belong to one name are taken as one;
where a name's end is not told, the line is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Final

from sizing.errors import SizingError

NAMES: Final = ("MACHINE", "MODEL")  # what stands in --help for a name
MOST: Final = 10  # words of names that are compared, which can be put together in 512 ways


@dataclass(frozen=True)
class Takes:
    """What a command takes."""

    options: Mapping[str, int]  # words of each option's value: none or one
    named: frozenset[str]  # options whose value is a name
    place: str | None  # the name that stands by itself, as --help calls it; None where there is none
    several: bool = False  # whether several names stand there

    def option(self, word: str) -> str | None:
        """The option that a word is, written whole or begun; None where it is none, or may be several."""
        begun = [word] if word in self.options else [one for one in self.options if one.startswith(word)]
        return begun[0] if len(begun) == 1 and word.startswith("--") else None


@dataclass
class _Run:
    """An option, or nothing, and the words after it."""

    option: str | None
    value: list[str] = field(default_factory=list)  # as many as the option takes
    spare: list[str] = field(default_factory=list)  # the others


def joined(words: Sequence[str], takes: Takes) -> list[str]:
    """A command line with the words of one name put together. Raises SizingError where a name's end is not told."""
    runs = _runs(words, takes)
    if runs is None:
        return list(words)  # what is wrong with it is told by who reads it
    placed = [run for run in runs if run.spare and run.option not in takes.named]
    if placed and takes.place is None:
        return list(words)
    if len(placed) > 1 and not takes.several:
        said = ", ".join(" ".join(run.spare) for run in placed)
        raise SizingError(f"one {takes.place} is asked about, and not {said}; put the words of one name together")
    for run in runs:
        _settle(run, takes, bool(placed) or takes.place is None)
    return [word for run in runs for word in ([run.option] if run.option else []) + run.value + run.spare]


def _settle(run: _Run, takes: Takes, placed: bool) -> None:
    """Put together the words of one name. Raises SizingError where a name's end is not told."""
    if run.option not in takes.named:
        run.spare = run.spare if takes.several or len(run.spare) < 2 else [" ".join(run.spare)]
    elif placed:
        run.value, run.spare = [" ".join([*run.value, *run.spare])] if run.value else [], []
    elif len(run.spare) > 1 and not takes.several:
        said = " ".join([*run.value, *run.spare])
        such = f'{run.option} "{" ".join([*run.value, *run.spare[:-1]])}"'
        raise SizingError(
            f"{run.option} {said}: where its name ends and the {takes.place} begins is not told; put a name of several "
            f"words in quotes, such as {such} {run.spare[-1]}"
        )


def _runs(words: Sequence[str], takes: Takes) -> list[_Run] | None:
    """The words by the option that they follow; None where an option is not known, or says that none follows."""
    runs = [_Run(None)]
    for word in words:
        last = runs[-1]
        if not word.startswith("-") or word == "-":
            room = takes.options.get(last.option or "", 0) - len(last.value)
            (last.value if room > 0 else last.spare).append(word)
            continue
        name, _, value = word.partition("=")
        option = takes.option(name)
        if option is None:
            return None
        runs.append(_Run(option) if not value else _Run(f"{option}={value}"))
    return runs


def apart(words: Sequence[str], known: Callable[[Sequence[str]], bool]) -> list[str]:
    """Words as the fewest names that are all ``known``, of two names on: ``RTX 4090 RTX 5090`` as two.

    As they are where there is no such way, or more words than people write. Raises SizingError where there are several.
    """
    if len(words) > MOST:
        return list(words)
    for count in range(2, len(words)):
        found = [names for names in _ways(words, count) if known(names)]
        if len(found) > 1:
            said = [" ".join(f'"{name}"' if " " in name else name for name in names) for names in found]
            raise SizingError(f"{' '.join(words)} may mean {' or '.join(said)}; put each name in quotes")
        if found:
            return found[0]
    return list(words)


def _ways(words: Sequence[str], count: int) -> Iterator[list[str]]:
    """Every way to make so many names of the words."""
    for ends in combinations(range(1, len(words)), count - 1):
        yield [" ".join(words[a:b]) for a, b in zip((0, *ends), (*ends, len(words)), strict=True)]
