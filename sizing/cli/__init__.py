"""The command line: ``sizing plan MODEL [--on MACHINE] …``, ``launch``, ``here``, ``fit``, ``machines``, ``compare`` …
A module a command; without one it is ``sizing here``.

Exit status 0 for an answer ("does not fit" is one), 2 for bad input, with one line on standard error. A command's
module says its options at once and imports what it needs only when it runs, so that ``sizing plan`` answers at once.
"""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final, NoReturn

from sizing.cli import (
    accuracy,
    buy,
    check,
    compare,
    cost,
    diff,
    export,
    fit,
    here,
    import_,
    launch,
    machines,
    mcp,
    plan,
)
from sizing.cli.words import NAMES, Takes, joined
from sizing.cli.writing import write_anything
from sizing.errors import CatalogError, SizingError

# Objects after which Python looks for cycles: facts and plans have few, and a command ends soon.
_SELDOM: Final = 1_000_000
# In the order of --help: what people ask first, then what contributors and programs do.
COMMANDS: Final = (
    plan,
    launch,
    here,
    fit,
    machines,
    buy,
    compare,
    cost,
    import_,
    check,
    diff,
    accuracy,
    export,
    mcp,
)


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message}; see {self.prog} --help\n")

    def takes(self) -> Takes:
        """What can be said to it."""
        options = {name: 0 if one.nargs == 0 else 1 for name, one in self._option_string_actions.items()}
        named = [name for name, one in self._option_string_actions.items() if str(one.metavar).startswith(NAMES)]
        places = self._get_positional_actions()
        called = {str(one.metavar): one for one in places}
        place = next((name for name in (*NAMES, "NAME") if name in called), None)
        several = place is not None and called[place].nargs == "+"
        return Takes(options, frozenset(named), place, several)


class _Version(argparse.Action):
    """Looks the version up only when asked."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> NoReturn:
        from sizing import version

        print(f"sizing {version()}")
        parser.exit()


def _parser() -> tuple[argparse.ArgumentParser, dict[str, _Parser]]:
    """What reads a command line, and what reads each command's."""
    parser = _Parser(prog="sizing", description="Which machine runs which language model, and how well.")
    parser.add_argument("--version", action=_Version, nargs=0, help="print the version")
    everywhere = _Parser(add_help=False)
    everywhere.add_argument(
        "--catalog", type=Path, metavar="PATH", help="a catalog's folder; else $SIZING_CATALOG, else the one shipped"
    )
    commands = parser.add_subparsers(dest="command", required=True, parser_class=_Parser, metavar="COMMAND")
    readers = {}
    for command in COMMANDS:
        readers[command.NAME] = own = commands.add_parser(command.NAME, help=command.HELP, parents=[everywhere])
        command.add_options(own)
        own.set_defaults(run=command.run)
    return parser, readers


def _named(words: Sequence[str], readers: Mapping[str, _Parser]) -> list[str]:
    """A command line with the words of one name put together. Raises SizingError where a name's end is not told."""
    own = readers.get(words[0])
    return list(words) if own is None else [words[0], *joined(words[1:], own.takes())]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    gc.set_threshold(_SELDOM)
    write_anything()
    parser, readers = _parser()
    try:
        asked = parser.parse_args(_named(given or [here.NAME], readers))
        status: int = asked.run(asked)
        if not given:
            print("what else can be asked: sizing --help")
        return status
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # The reader of a pipe has seen enough; Python would complain once more while it closes the pipe.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except CatalogError as error:
        print("\n".join(map(str, error.problems)), file=sys.stderr)
    except SizingError as error:
        print(f"sizing: {error}", file=sys.stderr)
    return 2
