"""``sizing export --plans``: which plans are made, and by whom?"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from sizing.cli.plan import tokens
from sizing.errors import SizingError

if TYPE_CHECKING:
    from sizing.export.parts import Workers


def add_options(parser: argparse.ArgumentParser) -> None:
    """What is of these alone."""
    plans = parser.add_argument_group("of --plans, which makes only what is not there yet")
    plans.add_argument("--model", action="append", default=[], metavar="M", help="of this model alone; repeat")
    plans.add_argument("--on", action="append", default=[], metavar="MACHINE", help="on this machine alone; repeat")
    plans.add_argument("--context", action="append", type=tokens, metavar="N", help="4K, 32K and 128K, else; repeat")
    how = plans.add_mutually_exclusive_group()
    how.add_argument("--shard", type=_shard, metavar="I/N", help="one part of N, for a scheduler of your own")
    how.add_argument("--shards", type=_count, metavar="N", help="N parts, and then all of them as one table")
    plans.add_argument("--jobs", type=_count, metavar="N", help="by so many processes")
    plans.add_argument("--ray", metavar="ADDRESS", help="by a Ray cluster: auto, its address, or local to start one")


def refuse_options(asked: argparse.Namespace) -> None:
    """Raise SizingError where something is asked that is of these alone."""
    if any((asked.model, asked.on, asked.context, asked.shard, asked.shards, asked.jobs, asked.ray)):
        raise SizingError("--model, --on, --context, --shard(s), --jobs and --ray are of --plans; leave them out")


def run(asked: argparse.Namespace) -> int:
    """Write the parts that are not there yet, and the table of them."""
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
