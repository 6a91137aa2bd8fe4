"""`python -m tools.record [MODEL …]`: record the catalog's open models, or those named."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from tools.record import subjects, tables
from tools.record.run import records
from tools.record.subjects import Subject
from tools.record.tools import ToolError, Tools

CATALOG: Final = Path(__file__).parents[2] / "catalog"


def main(arguments: Sequence[str] | None = None) -> int:
    """Record what is asked for; the exit status is 0 even if a model failed, for that is recorded."""
    asked = _parser().parse_args(arguments)
    try:
        tools = Tools.from_environment()
        chosen = _chosen(asked)
    except (ToolError, KeyError) as error:
        print(f"record: {error}", file=sys.stderr)
        return 2
    stamp = tables.stamp(tools.version)
    whole = not (asked.models or asked.catalog_file or asked.config)
    for record in records(chosen, tools, asked.jobs):
        tables.write(asked.output, [record], stamp, None)
        if asked.tensors:
            tables.write_tensors(asked.tensors, record)
    if whole:
        tables.write(asked.output, [], stamp, [subject.model for subject in chosen])
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tools.record", description=__doc__)
    parser.add_argument("models", metavar="MODEL", nargs="*", help="a catalog id; all open models without one")
    parser.add_argument("--catalog-file", type=Path, action="append", metavar="FILE", help="a family file; repeat")
    parser.add_argument("--config", type=Path, action="append", metavar="FILE", help="a config.json; repeat")
    parser.add_argument("--output", type=Path, default=CATALOG / "measurements" / "record", metavar="FOLDER")
    parser.add_argument("--tensors", type=Path, metavar="FOLDER", help="where to list every model's tensors, if at all")
    parser.add_argument("--jobs", type=int, default=2, metavar="N", help="models at once; two by default")
    return parser


def _chosen(asked: argparse.Namespace) -> list[Subject]:
    if not asked.catalog_file and not asked.config:
        return subjects.named(subjects.of_catalog(CATALOG / "models"), asked.models)
    found = [subject for path in asked.catalog_file or () for subject in subjects.of_family(path)]
    found += [subjects.of_config(path) for path in asked.config or ()]
    return subjects.named(found, asked.models)


if __name__ == "__main__":
    sys.exit(main())
