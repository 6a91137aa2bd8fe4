"""What is done to start a model? Steps, one after another: each a command that is safe to paste, or a file to write."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sizing.launch.words.shells import (
    CMD,
    POSIX,
    POWERSHELL,
    Read,
    cmd_file,
    cmd_words,
    powershell_file,
    powershell_words,
    quoted,
    quoted_always,
)

HERE: Final = "here"  # on the machine itself, or on the first of several
WIDTH: Final = 100  # characters of a line that is pasted; a longer command goes on in the next
GOES_ON: Final = {POSIX: " \\\n  ", POWERSHELL: " `\n  ", CMD: " ^\n  "}


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing to do. Without words and path it is only to be known."""

    # download, convert, build, system, file, join (another node's part), start, ask or container
    kind: str
    words: tuple[str, ...] = ()  # of a command, its program first
    read: tuple[Read, ...] = ()  # what of them the shell reads itself
    env: tuple[tuple[str, str], ...] = ()  # what is set for this command, in Windows' shells until they are closed
    path: str | None = None  # of a file, which holds ``lines``
    lines: tuple[str, ...] = ()
    where: str = HERE  # or a node's name
    note: str = ""
    shell: str = POSIX  # in whose words the command is

    @property
    def text(self) -> str:
        """What the file holds."""
        return "".join([f"{line}\n" for line in self.lines])

    @property
    def parts(self) -> tuple[str, ...]:
        """The command's words as its shell takes them, in a POSIX one its environment first."""
        if self.shell == POWERSHELL:
            return tuple(powershell_words(self.words, self.read))
        if self.shell == CMD:
            return tuple(cmd_words(self.words, self.read))
        own = [one.sh for one in self.read]
        env = [f"{name}={quoted(value)}" for name, value in self.env]
        return (*env, *[word if word in own else quoted(word) for word in self.words])

    @property
    def before(self) -> tuple[str, ...]:
        """Lines that Windows' shells need first: what is set, and what is found."""
        if self.shell == POWERSHELL:
            return tuple([f"$env:{name} = {quoted_always(value)}" for name, value in self.env])
        if self.shell == CMD:
            found = [one.before for one in self.read if one.sh in self.words]
            return (*[f'set "{name}={value}"' for name, value in self.env], *found)
        return ()

    @property
    def command(self) -> str | None:
        """In one line, or for a file in as many as it has; None where there is nothing to run."""
        if self.path is not None:
            return self._written(self.path)
        return "\n".join([*self.before, " ".join(self.parts)]) if self.words else None

    def _written(self, path: str) -> str:
        if self.shell == POWERSHELL:
            return powershell_file(path, self.lines)
        return cmd_file(path, self.lines) if self.shell == CMD else written(path, self.lines)

    @property
    def pasted(self) -> str | None:
        """The same, a long command broken before its options."""
        whole = self.command
        if whole is None or self.path is not None:
            return whole
        parts = self.parts
        if "--%" in parts or len(" ".join(parts)) <= WIDTH:
            return whole
        return "\n".join([*self.before, GOES_ON[self.shell].join(filled(grouped(parts), WIDTH - 4))])

    def as_dict(self) -> dict[str, object]:
        """Plain data, for JSON."""
        return {
            "step": self.kind,
            "where": self.where,
            "command": self.command,
            "path": self.path,
            "text": None if self.path is None else self.text,
            "note": self.note if self.note else None,
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
        return next(step for step in self.steps if step.kind == "start")

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


def options(pairs: Sequence[tuple[str, str | None]]) -> tuple[str, ...]:
    """Options with their values as words. One without a value is left out; one with an empty value stands alone."""
    words: list[str] = []
    for option, value in pairs:
        if value is not None:
            words.append(option)
            if value:
                words.append(value)
    return tuple(words)


def number(value: int | None) -> str | None:
    """A number as a word; None where there is none."""
    return None if value is None else f"{value}"


def alone(holds: bool) -> str | None:
    """The value of an option that stands alone, where it holds."""
    return "" if holds else None


def written(path: str, lines: Sequence[str]) -> str:
    """A file by a here-document, whose last line is none of its own."""
    end = "END"
    while end in lines:
        end = f"{end}_"
    return "\n".join([f"cat > {quoted(path)} <<'{end}'", *lines, end])


def grouped(words: Sequence[str]) -> list[str]:
    """An option with its values together."""
    groups: list[str] = []
    last = ""
    for word in words:
        if last and word[:1] != "-":
            last = f"{last} {word}"
        else:
            if last:
                groups.append(last)
            last = word
    groups.append(last)
    return groups


def filled(groups: Sequence[str], width: int) -> list[str]:
    """Lines of as many groups as a width holds."""
    lines: list[str] = []
    last = ""
    for group in groups:
        if last and len(last) + 1 + len(group) <= width:
            last = f"{last} {group}"
        else:
            if last:
                lines.append(last)
            last = group
    lines.append(last)
    return lines
