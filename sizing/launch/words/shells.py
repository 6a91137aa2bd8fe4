"""How does a shell take a word as it is? A POSIX one, PowerShell, and the Command Prompt of Windows (cmd).

PowerShell's rules: https://learn.microsoft.com/en-us/powershell/module/microsoft.powershell.core/about/about_Parsing,
read 2026-11-27. Windows gives a program one line, which the program itself takes apart:
https://learn.microsoft.com/en-us/cpp/c-language/parsing-c-command-line-arguments, read 2026-11-27.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

POSIX: Final = "sh"
POWERSHELL: Final = "powershell"
CMD: Final = "cmd"
SHELLS: Final = (POSIX, POWERSHELL, CMD)

_LETTERS: Final = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_DIGITS: Final = "0123456789"
# What a shell takes for nothing but itself.
PLAIN: Final = tuple(f"{_LETTERS}{_DIGITS}@%+=:,./-_")
IN_POWERSHELL: Final = tuple(f"{_LETTERS}{_DIGITS}+=:./-_\\")  # a comma makes a list, @ begins one
IN_CMD: Final = tuple(f"{_LETTERS}{_DIGITS}@+:./-_\\")
CURLY: Final = ("'", "‘", "’", "‚", "‛")  # all of them are quotes of PowerShell
CARETS: Final = tuple('()%!^"<>&|')  # what cmd reads itself outside of quotes, and some of it inside


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What a shell reads itself: the same in each. Of one that stays empty there is none in that shell."""

    sh: str
    powershell: str = ""
    cmd: str = ""
    before: str = ""  # the command of cmd that sets what ``cmd`` names


def quoted(word: str) -> str:
    """A word as a POSIX shell takes it, whatever it holds."""
    if word and all(letter in PLAIN for letter in word):
        return word
    return "'" + "".join(["'\"'\"'" if letter == "'" else letter for letter in word]) + "'"


def in_powershell(word: str) -> str:
    """A word as PowerShell takes it: of one dash, what has a point or a colon would be two words."""
    split = word[:1] == "-" and word[:2] != "--" and any(letter in (".", ":") for letter in word)
    amount = word[:1] in _DIGITS and any(letter in _LETTERS for letter in word)  # 8GB is a number there
    if word and all(letter in IN_POWERSHELL for letter in word) and not split and not amount:
        return word
    return quoted_always(word)


def quoted_always(text: str) -> str:
    """Text in PowerShell's quotes."""
    return "'" + "".join([letter + letter if letter in CURLY else letter for letter in text]) + "'"


def in_argv(word: str) -> str:
    """A word in double quotes, as programs of Windows take a line apart: backslashes count before a quote alone."""
    found, slashes = "", ""
    for letter in word:
        if letter == "\\":
            slashes = slashes + letter
        elif letter == '"':
            found, slashes = f'{found}{slashes}{slashes}\\"', ""
        else:
            found, slashes = f"{found}{slashes}{letter}", ""
    return f'"{found}{slashes}{slashes}"'


def in_cmd(word: str) -> str:
    """A word as cmd takes it, and then the program."""
    if word and all(letter in IN_CMD for letter in word):
        return word
    said = in_argv(word)
    return escaped(said) if any(letter in ('"', "%", "!") for letter in word) else said


def escaped(text: str) -> str:
    """Text of which cmd reads nothing itself."""
    return "".join([f"^{letter}" if letter in CARETS else letter for letter in text])


def verbatim(words: Sequence[str]) -> bool:
    """Whether the older PowerShell breaks a word on its way to a program: it loses quotes and empty words, and ends a
    word in a backslash before the quote that it puts there."""
    return any(not x or '"' in x or (" " in x and x[len(x) - 1 :] == "\\") for x in words)


def powershell_words(words: Sequence[str], read: Sequence[Read]) -> list[str]:
    """A command's words for PowerShell; where it would break one, all but the first as they are, after ``--%``."""
    if verbatim(words) and not read and not any("%" in word for word in words):
        return [in_powershell(words[0]), "--%", *[x if _bare(x) else in_argv(x) for x in words[1:]]]
    own = {one.sh: one.powershell for one in read}
    said = [own.get(word, in_powershell(word)) for word in words]
    return said if said[0] == words[0] else ["&", *said]


def _bare(word: str) -> bool:
    return bool(word) and all(letter in PLAIN or letter == "\\" for letter in word)


def cmd_words(words: Sequence[str], read: Sequence[Read]) -> list[str]:
    """A command's words for cmd."""
    own = {one.sh: one.cmd for one in read}
    return [own.get(word, in_cmd(word)) for word in words]


def powershell_file(path: str, lines: Sequence[str]) -> str:
    """A file of these lines, in UTF-8 without a mark before it, which the older PowerShell would put there."""
    inside = [f"  {quoted_always(line)}" for line in lines]
    return "\n".join([f"[IO.File]::WriteAllLines((Join-Path $PWD {quoted_always(path)}), [string[]]@(", *inside, "))"])


def cmd_file(path: str, lines: Sequence[str]) -> str:
    """The same in cmd."""
    inside = [f"echo {escaped(line)}" if line else "echo(" for line in lines]
    return "\n".join(["(", *inside, f") > {in_cmd(path)}"])
