"""The command line: ``sizing plan MODEL [--on MACHINE] …`` and ``sizing check``.

Exit status 0 for an answer ("does not fit" is one), 2 for bad input, with one line on standard error.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from sizing.catalog import Catalog
from sizing.engine.speed import Rate
from sizing.errors import CatalogError, SizingError
from sizing.facts.units import GIB, MIB
from sizing.files.models import read_model
from sizing.model import Model
from sizing.plan import Plan, plan

# What one command alone needs is imported there: `sizing plan` shall answer at once.
if TYPE_CHECKING:
    from sizing.files.llama_bench import Run
    from sizing.proof.accuracy import Errors


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message}; see {self.prog} --help\n")


def _tokens(text: str) -> int:
    """``8192``, ``8K`` or ``128K``; K is 1,024."""
    try:
        value = int(text[:-1]) * 1024 if text[-1:] in ("K", "k") else int(text)
    except ValueError:
        value = 0
    if value < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of tokens; write 8192 or 8K")
    return value


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="sizing", description="Which machine runs which language model, and how well.")
    commands = parser.add_subparsers(dest="command", required=True, parser_class=_Parser)
    one = commands.add_parser("plan", help="memory, fit and speed of a model")
    one.add_argument("model", metavar="MODEL", help="a catalog id, a config.json, a GGUF file or a catalog file")
    one.add_argument("--on", metavar="MACHINE", help="a machine's or device's id, such as rtx-4090 or 2x-rtx-4090")
    one.add_argument("--format", metavar="F", action="append", help="such as Q4_K_M; repeat for several")
    one.add_argument("--context", metavar="N", action="append", type=_tokens, help="tokens, such as 8192 or 8K; repeat")
    one.add_argument("--cache-format", metavar="T", default="f16", help="f16, q8_0, q4_0 …")
    one.add_argument("--runtime", metavar="R", help="such as llama.cpp or vllm")
    one.add_argument("--sequences", metavar="N", type=int, default=1, help="sequences held at once")
    one.add_argument("--json", action="store_true", help="a list of plans")
    read = commands.add_parser(
        "import",
        help="a config.json or GGUF header as a catalog entry, llama-bench's print-out as rows of measured speeds",
    )
    read.add_argument(
        "file", metavar="FILE", help="a config.json, a GGUF file, or what llama-bench -o json|jsonl|md prints"
    )
    read.add_argument(
        "--as", metavar="TYPE", dest="kinship", help="a model: assert that it is built like this model_type"
    )
    read.add_argument(
        "--device", default="", metavar="ID", help="speeds: the device's id, such as rtx-4090 or 2x-rtx-4090"
    )
    read.add_argument("--model", default="", metavar="ID", help="speeds: the model's id, such as llama-3-8b")
    read.add_argument(
        "--host", default="", metavar="ID", help="speeds: the id of the host that holds what the devices do not"
    )
    read.add_argument("--source", default="", metavar="URL", help="speeds: the public address of the print-out")
    commands.add_parser("accuracy", help="the engine beside the record of the runtime's own tools, and beside speeds")
    commands.add_parser("check", help="validate the catalog").add_argument(
        "path", nargs="?", type=Path, help="the catalog's folder; the repository's by default"
    )
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status."""
    asked = _parser().parse_args(arguments)
    try:
        if asked.command == "import":
            return _import(asked)
        if asked.command == "accuracy":
            return _accuracy()
        return _check(asked.path) if asked.command == "check" else _plan(asked)
    except BrokenPipeError:
        # The reader of a pipe has seen enough; Python would complain once more while it closes the pipe.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except CatalogError as error:
        print("\n".join(map(str, error.problems)), file=sys.stderr)
    except SizingError as error:
        print(f"sizing: {error}", file=sys.stderr)
    return 2


def _import(asked: argparse.Namespace) -> int:
    from sizing.files.drafts import entry
    from sizing.files.llama_bench import read_runs

    runs = read_runs(asked.file)
    if runs is not None:
        return _speeds(asked, runs)
    text = entry(asked.file, asked.kinship)
    if asked.device or asked.model or asked.host or asked.source:
        raise SizingError(
            f"{asked.file}: no print-out of llama-bench; give a model no --device, --model, --host, --source"
        )
    print(text, end="")
    return 0


def _speeds(asked: argparse.Namespace, runs: Sequence[Run]) -> int:
    if asked.kinship:
        raise SizingError(f"{asked.file}: a print-out of llama-bench; give it no --as")
    from sizing.files.rows import Given, as_csv, rows_of

    given = Given(Catalog.load(), asked.device, asked.model, asked.host, asked.source)
    try:
        rows, remarks = rows_of(runs, given, date.today())
    except SizingError as error:
        raise SizingError(f"{asked.file}: {error}") from None
    print(as_csv(rows), end="")
    print("".join(f"sizing: {remark}\n" for remark in remarks), end="", file=sys.stderr)
    return 0


def _model(catalog: Catalog, name: str) -> Model:
    is_file = name.endswith((".json", ".gguf", ".yaml")) or Path(name).is_file()
    return read_model(name) if is_file and name not in catalog.models else catalog.model(name)


def _plan(asked: argparse.Namespace) -> int:
    catalog = Catalog.load()
    model = _model(catalog, asked.model)
    machine = catalog.machine(asked.on) if asked.on else None
    plans = [
        plan(
            model,
            machine,
            format=fmt,
            context=context,
            cache_format=asked.cache_format,
            runtime=asked.runtime,
            sequences=asked.sequences,
        )
        for fmt in asked.format or ["Q4_K_M"]
        for context in asked.context or [8192]
    ]
    if asked.json:
        print(json.dumps([p.as_dict() for p in plans], indent=2))
    else:
        print("\n\n".join(map(describe, plans)))
    return 0


def describe(p: Plan) -> str:
    """A plan in a few lines of text."""
    m = p.memory
    where = p.machine.name if p.machine else "no machine"
    lines = [
        f"{p.model.name} · {p.format.id} · {p.context:,} tokens · {p.runtime.name} · {where}",
        f"  memory   {m.total / GIB:8.2f} GiB = {m.weights / GIB:.2f} weights + {m.cache / GIB:.2f} cache"
        f" + {m.buffers / GIB:.2f} buffers + {m.overhead / GIB:.2f} overhead",
    ]
    if p.machine is not None:
        lines.append(f"  fits     {_verdict(p)}")
        lines += [
            f"  {place.name:<24} {place.memory.total / GIB:8.2f} of {(place.capacity or 0) / GIB:.2f} GiB"
            for place in p.places
            if place.memory.total
        ]
    if p.decode and p.prefill:
        lines += [
            f"  decode   {_rate(p.decode)} at a full context",
            f"  prefill  {_rate(p.prefill)} over a prompt that fills it",
        ]
    if p.beyond_limit:
        lines.append(f"  note     beyond the model's limit of {p.model.context:,} tokens")
    if p.unknown:
        lines.append(f"  unknown  {', '.join(p.unknown)} undisclosed")
    return "\n".join(lines)


def _verdict(p: Plan) -> str:
    if p.fits:
        return "yes"
    if p.layout is None:
        return "no, and not with offload either"
    return f"no; runs with {p.layout.layers_on_host} layers and the experts of {p.layout.experts_on_host} on the host"


def _rate(rate: Rate) -> str:
    return f"{rate.value:.3g} tokens/s ({rate.low:.3g} to {rate.high:.3g})"


def _check(path: Path | None) -> int:
    catalog = Catalog.load(path)
    rows = len(catalog.measurements())
    print(
        f"catalog: {len(catalog.models)} models, {len(catalog.devices)} devices, {len(catalog.machines)} machines, "
        f"{len(catalog.formats)} formats, {len(catalog.runtimes)} runtimes, {rows} measurements: valid"
    )
    return 0


def _accuracy() -> int:
    from sizing.proof.accuracy import is_fresh, table
    from sizing.proof.record import agreements, summaries, unaccounted

    catalog = Catalog.load()
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
    for line in table():
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
