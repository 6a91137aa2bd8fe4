"""How Windows reads what is pasted there, by its own documents: cmd, PowerShell, and a program's line of words.

None of them runs here. cmd: ``help cmd`` and ``help echo``; PowerShell: about_Parsing and about_Quoting_Rules; a
program's words: "Parsing C command-line arguments".
"""

from __future__ import annotations

import re

QUOTES = "'‘’‚‛"


def argv(line: str) -> list[str]:
    """A line as a C program takes it apart."""
    words: list[str] = []
    word, inside, started, i = "", False, False, 0
    while i < len(line):
        slashes = re.match(r"\\*", line[i:])
        count = len(slashes.group()) if slashes else 0
        i += count
        letter = line[i : i + 1]
        if letter == '"':
            word += "\\" * (count // 2)
            started = True
            if count % 2:
                word += '"'
            else:
                inside = not inside
            i += 1
            continue
        word += "\\" * count
        started = started or count > 0
        if letter in (" ", "\t") and letter and not inside:
            if started:
                words.append(word)
            word, started = "", False
        else:
            word += letter
            started = started or bool(letter)
        i += 1
    return [*words, word] if started else words


def cmd(text: str) -> list[list[str]]:
    """Each program's words, of lines that cmd reads: a caret takes the next letter as it is, outside of quotes."""
    return [argv(_uncareted(line)) for line in re.sub(r"\^\n", "^", text).split("\n")]


def _uncareted(line: str) -> str:
    found, inside, i = "", False, 0
    while i < len(line):
        letter = line[i]
        if letter == "^" and not inside:
            i += 1
            found += line[i : i + 1]
        else:
            assert inside or letter not in "&|<>", f"cmd reads {letter} itself in {line}"
            assert letter != "%", f"cmd reads % itself, in quotes too, in {line}"
            inside ^= letter == '"'
            found += letter
        i += 1
    return found


def powershell(text: str) -> list[list[str]]:
    """Each program's words, of lines that PowerShell reads: the older one's, where the two differ."""
    return [_started(line) for line in re.sub(r"`\n", "", text).split("\n")]


def _started(line: str) -> list[str]:
    program, _, rest = line.partition(" --% ")
    if rest:
        return [*_tokens(program), *argv(rest)]
    words = _tokens(line)
    # What the older one makes of them: quotes around what holds a space, and nothing of what stands inside.
    return argv(" ".join(f'"{word}"' if " " in word else word for word in words))


def _tokens(line: str) -> list[str]:
    words: list[str] = []
    i = 0
    while i < len(line):
        if line[i] == " ":
            i += 1
        elif line[i] in QUOTES:
            word, i = "", i + 1
            while True:
                if line[i] in QUOTES and line[i + 1 : i + 2] and line[i + 1] in QUOTES:
                    word, i = word + line[i], i + 2
                elif line[i] in QUOTES:
                    break
                else:
                    word, i = word + line[i], i + 1
            words.append(word)
            i += 1
        else:
            end = line.find(" ", i)
            word = line[i : end if end >= 0 else len(line)]
            assert not re.search(r"""[,;(){}<>|&$`"@#*~%!']""", word), f"PowerShell reads of {word} itself"
            assert not re.fullmatch(r"-[^-].*[.:].*", word), f"PowerShell makes two words of {word}"
            words.append(word)
            i += len(word)
    return words
