"""``sizing accuracy``: how far off is the engine, by all that it knows of itself?"""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, Final

from sizing.facts.units import MIB

if TYPE_CHECKING:
    from sizing.proof.accuracy import Errors

NAME: Final = "accuracy"
HELP: Final = "the engine beside the record of the runtime's own tools, and beside speeds"


def add_options(parser: argparse.ArgumentParser) -> None:
    """Nothing of its own can be asked."""


def run(asked: argparse.Namespace) -> int:
    """Print every error; the exit status is 2 where the constants are stale."""
    from sizing.catalog import Catalog
    from sizing.proof.accuracy import is_fresh, table
    from sizing.proof.record import agreements, summaries, unaccounted

    catalog = Catalog.load(asked.catalog)
    print("memory, against transformers, llama-quantize, llama-fit-params, and what others published")
    for s in summaries(agreements(catalog)):
        worst = f"worst {s.worst.error:+.2%} ({s.worst.case})" + (f", {s.explained} explained" if s.explained else "")
        print(f"  {s.what:<17} {s.met:>5} of {s.count:<5} within {s.target:<27} median {s.median_error:.3%}, {worst}")
    print("unaccounted, in whole runs")
    for u in unaccounted(catalog):
        case = f"{u.runtime} {u.backend} {u.device}"
        spread = f"{u.median / MIB:.0f} MiB ({u.low / MIB:.0f} to {u.high / MIB:.0f})"
        print(f"  {case:<34} {u.rows:>4} rows, median {spread}")
    print("speed, absolute error on rows of quality A that the fit has not seen: median, of devices, 90th percentile")
    print(f"  {'':<16} {'rows':>5} {'devices':>7}   {'pairs left out':<26} {'devices left out':<26} rules of thumb")
    for line in table(catalog):
        rules = ", ".join(f"{rule} {errors.median:.0%}" for rule, errors in line.rules.items())
        print(
            f"  {line.test:<7} {line.kind:<8} {line.rows:>5} {line.devices:>7}   {_errors(line.pairs_left_out):<26} "
            f"{_errors(line.devices_left_out):<26} {rules}"
        )
    if not is_fresh(catalog):
        print("the constants are stale: rows or entries have changed since; run make fit", file=sys.stderr)
        return 2
    return 0


def _errors(e: Errors) -> str:
    inside = "" if e.inside is None else f" ({e.inside:.0%} in)"
    return f"{e.median:>4.0%} {e.median_of_devices:>4.0%} {e.p90:>5.0%}{inside}"
