"""What is done to start a model? Steps, one after another: each a command that is safe to paste, or a file to write."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

HERE: Final = "here"  # on the machine itself, or on the first of several
WIDTH: Final = 100  # characters of a line that is pasted; a longer command goes on in the next


class Shell(str):
    """A word that the shell reads itself, such as ``"$(ls *.gguf)"``; whatever stands in it was quoted before."""

    __slots__ = ()


def quoted(word: str) -> str:
    """A word as a shell takes it, whatever it holds."""
    return str(word) if isinstance(word, Shell) else shlex.quote(word)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing to do. Without words and path it is only to be known."""

    do: str  # download, convert, build, system, file, join (another node's part), start, ask or container
    words: tuple[str, ...] = ()  # of a command, its program first
    env: tuple[tuple[str, str], ...] = ()  # what is set for this command alone
    path: str | None = None  # of a file, which holds ``text``
    text: str = ""
    where: str = HERE  # or a node's name
    note: str = ""

    @property
    def command(self) -> str | None:
        """In one line, or for a file in as many as it has; None where there is nothing to run."""
        if self.path is not None:
            return _written(self.path, self.text)
        return " ".join(_words(self)) if self.words else None

    def lines(self, width: int = WIDTH) -> str | None:
        """The same, a long command broken before its options."""
        whole = self.command
        if whole is None or self.path is not None or len(whole) <= width:
            return whole
        return " \\\n  ".join(_filled(_groups(_words(self)), width - 4))

    def as_dict(self) -> dict[str, object]:
        """Plain data, for JSON."""
        return {
            "step": self.do,
            "where": self.where,
            "command": self.command,
            "path": self.path,
            "text": self.text if self.path is not None else None,
            "note": self.note or None,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Launch:
    """How a plan is started with one server. ``differs`` is what of the plan it cannot be told, in words."""

    server: str  # its id among the servers of the runtime's entry
    name: str
    steps: tuple[Step, ...]
    differs: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()  # what must be known before

    @property
    def exact(self) -> bool:
        """Whether what it starts is the plan: the same layout, context, cache type and slots."""
        return not self.differs

    @property
    def start(self) -> Step:
        """The step that starts the server."""
        return next(step for step in self.steps if step.do == "start")

    def as_dict(self) -> dict[str, object]:
        """Plain data, for JSON."""
        return {
            "server": self.server,
            "name": self.name,
            "exact": self.exact,
            "differs": list(self.differs),
            "notes": list(self.notes),
            "steps": [step.as_dict() for step in self.steps],
        }


def options(pairs: Iterable[tuple[str, object]]) -> tuple[str, ...]:
    """Options with their values as words; one whose value is None is left out, and True stands for an option alone."""
    words: list[str] = []
    for option, value in pairs:
        if value is not None and value is not False:
            words += [option] if value is True else [option, value if isinstance(value, Shell) else str(value)]
    return tuple(words)


def _words(step: Step) -> list[str]:
    return [f"{name}={quoted(value)}" for name, value in step.env] + [quoted(word) for word in step.words]


def _written(path: str, text: str) -> str:
    """A file by a here-document, whose last line is none of its own."""
    end = "END"
    while end in text.splitlines():
        end += "_"
    return f"cat > {quoted(path)} <<'{end}'\n{text if text.endswith(chr(10)) else text + chr(10)}{end}"


def _groups(words: Sequence[str]) -> list[str]:
    """An option with its values together."""
    groups: list[str] = []
    for word in words:
        if groups and not word.startswith("-"):
            groups[-1] += f" {word}"
        else:
            groups.append(word)
    return groups


def _filled(groups: Sequence[str], width: int) -> list[str]:
    lines: list[str] = []
    for group in groups:
        if lines and len(lines[-1]) + 1 + len(group) <= width:
            lines[-1] += f" {group}"
        else:
            lines.append(group)
    return lines
