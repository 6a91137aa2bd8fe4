"""``sizing export``: the engine and its data, for a page that plans by itself; facts and plans, for scripts; a site's
pages, for notes."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sizing.cli.plan import tokens
from sizing.errors import SizingError

if TYPE_CHECKING:
    from sizing.export.parts import Workers

NAME: Final = "export"
HELP: Final = "data that others read: the engine for pages, facts and plans for scripts, a site's pages as notes"


def add_options(parser: argparse.ArgumentParser) -> None:
    """Where to."""
    wanted = parser.add_mutually_exclusive_group(required=True)
    wanted.add_argument("--site", type=Path, metavar="FOLDER", help="the engine and its data; pages import sizing.mjs")
    wanted.add_argument("--api", type=Path, metavar="FOLDER", help="facts and plans as JSON and CSV, with their schema")
    wanted.add_argument("--obsidian", type=Path, metavar="FOLDER", help="every page of the site here, as notes")
    wanted.add_argument(
        "--plans", type=Path, metavar="FOLDER", help="every model on every machine, in every format, as plans.csv"
    )
    plans = parser.add_argument_group("of --plans, which makes only what is not there yet")
    plans.add_argument("--model", action="append", default=[], metavar="M", help="of this model alone; repeat")
    plans.add_argument("--on", action="append", default=[], metavar="MACHINE", help="on this machine alone; repeat")
    plans.add_argument("--context", action="append", type=tokens, metavar="N", help="4K, 32K and 128K, else; repeat")
    how = plans.add_mutually_exclusive_group()
    how.add_argument("--shard", type=_shard, metavar="I/N", help="one part of N, for a scheduler of your own")
    how.add_argument("--shards", type=_count, metavar="N", help="N parts, and then all of them as one table")
    plans.add_argument("--jobs", type=_count, metavar="N", help="by so many processes")
    plans.add_argument("--ray", metavar="ADDRESS", help="by a Ray cluster: auto, its address, or local to start one")


def run(asked: argparse.Namespace) -> int:
    """Write the files."""
    if asked.plans:
        return _plans(asked)
    if any((asked.model, asked.on, asked.context, asked.shard, asked.shards, asked.jobs, asked.ray)):
        raise SizingError("--model, --on, --context, --shard(s), --jobs and --ray are of --plans; leave them out")
    if asked.obsidian:
        return _notes(asked.obsidian)
    from sizing.catalog import Catalog
    from sizing.export import api, files, write

    catalog = Catalog.load(asked.catalog)
    if asked.api:
        made = api(catalog)
        write(made, asked.api)
        print(f"{asked.api}: {len(made)} files, {sum(map(len, made.values())):,} bytes; index.json says what they hold")
        return 0
    made = files(catalog)
    write(made, asked.site)
    print(f"{asked.site}: {len(made)} files, {sum(map(len, made.values())):,} bytes; import {asked.site}/sizing.mjs")
    return 0


def _plans(asked: argparse.Namespace) -> int:
    from sizing.catalog import folder_of
    from sizing.export.matrix import CONTEXTS, Matrix, Part
    from sizing.export.parts import make, make_all

    contexts = tuple(asked.context or CONTEXTS)
    matrix = Matrix(str(folder_of(asked.catalog).resolve()), tuple(asked.model), tuple(asked.on), contexts)
    if asked.shard:
        if asked.jobs or asked.ray:
            raise SizingError("--shard is one part, made by one process; leave --jobs and --ray out, or say --shards")
        file = make(asked.plans, Part(matrix, *asked.shard))
    else:
        workers = _workers(asked)
        file = make_all(asked.plans, matrix, asked.shards or (8 * (asked.jobs or 1) if workers else 1), *workers)
    print(f"{file}: {file.stat().st_size:,} bytes")
    return 0


def _workers(asked: argparse.Namespace) -> tuple[Workers, ...]:
    """Who makes the parts, where that is not this process."""
    from sizing.export.workers import cluster, processes

    if asked.ray:
        return (cluster(asked.ray, asked.jobs),)
    return (processes(asked.jobs),) if asked.jobs else ()


def _count(text: str) -> int:
    if not text.isascii() or not text.isdecimal() or not 1 <= int(text) <= 100_000:
        raise argparse.ArgumentTypeError(f"{text!r} is no such number; give a whole one from 1 to 100000")
    return int(text)


def _shard(text: str) -> tuple[int, int]:
    number, _, of = text.partition("/")
    found = _count(number), _count(of)
    if found[0] > found[1]:
        raise argparse.ArgumentTypeError(f"{text!r}: there is no such part; give one from 1/{of} to {of}/{of}")
    return found


def _notes(folder: Path) -> int:
    """Write notes, and say what was done."""
    from sizing.export.notes import keep

    kept = keep(folder, _pages()(Path.cwd()))
    told = f"{len(kept.written)} written, {len(kept.removed)} removed, {len(kept.same)} as they were"
    print(
        f"{folder}: {told}" + (f"; left alone, since somebody wrote them: {', '.join(kept.others)}" * bool(kept.others))
    )
    return 0


def _pages() -> Callable[[Path], Mapping[str, bytes]]:
    """What makes notes of a site's pages: its own macros where it is a checkout. Raises SizingError without MkDocs."""
    checkout = Path.cwd() / "macros" / "notes"
    if checkout.is_dir():
        sys.path.insert(0, str(Path.cwd()))
    try:
        notes: Callable[[Path], Mapping[str, bytes]] = import_module(
            "macros.notes" if checkout.is_dir() else "sizing_macros.notes"
        ).notes
    except ModuleNotFoundError as error:
        raise SizingError(
            f"notes are made of a site's pages, and {error.name} is not installed; pip install 'llm-sizing[site]'"
        ) from None
    return notes
