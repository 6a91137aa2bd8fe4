"""``sizing check``: is everything in the catalog valid, and what in it is strange?"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sizing.catalog import Catalog
    from sizing.check import Checked
    from sizing.check.rule import Finding

NAME: Final = "check"
HELP: Final = "validate the catalog: its schema, and rules beyond it"
SHOWN: Final = 5  # warnings of one rule, unless all are asked for


def add_options(parser: argparse.ArgumentParser) -> None:
    """What can be asked."""
    parser.add_argument("path", nargs="?", type=Path, metavar="PATH", help="the catalog's folder, as --catalog PATH")
    parser.add_argument("--fix", action="store_true", help="first mend what can be: spacing, units, order of keys, ids")
    parser.add_argument("--all", action="store_true", help="every warning, not the first of each rule alone")
    parser.add_argument("--strict", action="store_true", help="a warning is a mistake: exit status 2")
    parser.add_argument("--json", action="store_true", help="a list of {rule, severity, file, line, key, …}")


def run(asked: argparse.Namespace) -> int:
    """Print what is wrong and what is strange, or how much there is of each kind. Returns the exit status."""
    from sizing.catalog import folder_of
    from sizing.check import looked

    root = folder_of(asked.path or asked.catalog)
    if asked.fix:
        from sizing.check.mending import mend

        for told in mend(root):
            print(told, file=sys.stderr if asked.json else sys.stdout)
    checked = looked(root)
    if asked.json:
        print(json.dumps(list(_records(checked)), indent=2, ensure_ascii=False))
    elif checked.errors or checked.catalog is None:
        print("\n".join(map(str, checked.errors)), file=sys.stderr)
    else:
        for line in _warnings(checked.warnings, None if asked.all else SHOWN):
            print(line)
        print(_counts(checked.catalog, len(checked.warnings)))
    return 2 if checked.errors or (asked.strict and checked.warnings) else 0


def _warnings(warnings: Sequence[tuple[str, Finding]], most: int | None) -> Iterator[str]:
    for rule, found in groupby(warnings, key=lambda one: one[0]):
        told = [str(one.problem) for _, one in found]
        yield from (f"warning ({rule}): {text}" for text in told[:most])
        if len(told) > len(told[:most]):
            yield f"warning ({rule}): {len(told) - len(told[:most])} more; --all shows them"


def _records(checked: Checked) -> Iterator[dict[str, object]]:
    """Plain data; what the schema refuses has no figure that was expected."""
    for problem in checked.unread:
        yield {"rule": "schema", "severity": "error", **asdict(problem)}
    for severity, found in (("error", checked.broken), ("warning", checked.warnings)):
        for rule, one in found:
            yield {"rule": rule, "severity": severity, **asdict(one), "what": one.problem.what}


def _counts(catalog: Catalog, warnings: int) -> str:
    rows = len(catalog.measurements())
    counted = f"valid, {warnings} warning{'' if warnings == 1 else 's'}" if warnings else "valid"
    return (
        f"catalog: {len(catalog.models)} models, {len(catalog.devices)} devices, {len(catalog.machines)} machines, "
        f"{len(catalog.formats)} formats, {len(catalog.runtimes)} runtimes, {len(catalog.offers)} offers, "
        f"{len(catalog.apis)} prices of tokens, {rows} measurements: {counted}"
    )
