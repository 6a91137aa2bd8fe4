"""``sizing accuracy``: how far off is the engine, by all that it knows of itself?"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sizing.errors import SizingError
from sizing.facts.units import MIB

if TYPE_CHECKING:
    from sizing.proof.accuracy import Errors

NAME: Final = "accuracy"
LEFT_OUT: Final = {"pairs": "pairs left out", "devices": "devices and sources left out", "time": "later rows"}
HELP: Final = "the engine beside the record of the runtime's own tools, and beside speeds"


def add_options(parser: argparse.ArgumentParser) -> None:
    """Rows of somebody else, and which constants predict them."""
    parser.add_argument(
        "--rows", type=Path, metavar="FILE", help="predict these rows: the columns of measurements/speeds.csv"
    )
    parser.add_argument("--json", action="store_true", help="each of the rows as an object, with what is predicted")
    parser.add_argument("--constants", type=Path, metavar="FILE", help="by these constants (make fit ARGS='--to FILE')")
    parser.add_argument(
        "--era",
        choices=("reader", "own"),
        default="reader",
        help="by today's builds, or by each row's own (default: %(default)s)",
    )


def run(asked: argparse.Namespace) -> int:
    """Print every error; the exit status is 2 where the constants are stale."""
    if asked.rows is not None:
        return _rows(asked)
    if asked.json or asked.constants:
        raise SizingError("--json and --constants are about rows; say --rows FILE, too")
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
    print(
        "speed, absolute error on rows of quality A that the fit has not seen: "
        "median, of devices, of sources, 90th percentile"
    )
    for era, what in (("own", "at the era of each row"), ("reader", "recent rows, at the era that a reader sees")):
        lines = [line for line in table(catalog) if line.era == era]
        print(
            f"  {what:<24} {'rows':>6} {'devices':>7}   "
            + "".join(f"{told:<32}" for told in LEFT_OUT.values())
            + "rules of thumb"
        )
        for line in lines:
            rules = ", ".join(f"{rule} {errors.median:.0%}" for rule, errors in line.rules.items())
            told = "".join(f"{_errors(line.splits.get(split)):<32}" for split in LEFT_OUT)
            print(f"    {line.test:<8}{line.kind:<15}{line.rows:>5} {line.devices:>7}   {told}{rules}")
    if not is_fresh(catalog):
        print("the constants are stale: rows or entries have changed since; run make fit", file=sys.stderr)
        return 2
    return 0


def _rows(asked: argparse.Namespace) -> int:
    """Predict the rows of a file, and print them as JSON or their errors."""
    from sizing.catalog import Catalog
    from sizing.fitted import read_fit
    from sizing.proof.rows import judged, summaries

    catalog = Catalog.load(asked.catalog)
    fitted = catalog.planner.fitted if asked.constants is None else read_fit(asked.constants).constants
    found = judged(catalog, asked.rows, fitted, asked.era)
    if asked.json:
        print(json.dumps([one.as_dict() for one in found], ensure_ascii=False, indent=1))
        return 0
    print(f"{'':<24}{'rows':>6} {'median':>8} {'90th':>8} {'in range':>9}")
    for s in summaries(found):
        print(f"{s.name:<24}{s.rows:>6} {s.median:>8.1%} {s.p90:>8.1%} {s.inside:>9.0%}")
    for why, many in Counter(one.why for one in found if one.why).most_common():
        print(f"{many} not predicted: {why}")
    return 0


def _errors(e: Errors | None) -> str:
    if e is None:
        return "-"
    inside = "" if e.inside is None else f" ({e.inside:.0%} in)"
    return f"{e.median:>4.0%} {e.median_of_devices:>4.0%} {e.median_of_sources:>4.0%} {e.p90:>5.0%}{inside}"
