"""``sizing import``: what would a file from outside be in the catalog's words?"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Final

from sizing.cli.models import add_kinship
from sizing.errors import SizingError

if TYPE_CHECKING:
    from sizing.files.llama_bench import Run

NAME: Final = "import"
HELP: Final = "a config.json or GGUF header as a catalog entry, llama-bench's print-out as rows of measured speeds"


def add_options(parser: argparse.ArgumentParser) -> None:
    """What can be asked."""
    parser.add_argument(
        "file",
        metavar="FILE",
        help="a config.json, a GGUF file, a folder of these, or what llama-bench -o json|jsonl|md prints",
    )
    add_kinship(parser)
    parser.add_argument(
        "--repo",
        default=None,
        metavar="OWNER/NAME",
        help="a model: its repository on Hugging Face, of which its id is made",
    )
    parser.add_argument(
        "--device", default="", metavar="ID", help="speeds: the device's id, such as rtx-4090 or 2x-rtx-4090"
    )
    parser.add_argument("--model", default="", metavar="ID", help="speeds: the model's id, such as llama-3-8b")
    parser.add_argument(
        "--host", default="", metavar="ID", help="speeds: the id of the host that holds what the devices do not"
    )
    parser.add_argument("--source", default="", metavar="URL", help="speeds: the public address of the print-out")


def run(asked: argparse.Namespace) -> int:
    """Print the entry, or the rows."""
    from sizing.files.llama_bench import read_runs

    runs = read_runs(asked.file)
    if runs is not None:
        return _speeds(asked, runs)
    if asked.device or asked.model or asked.host or asked.source:
        raise SizingError(
            f"{asked.file}: no print-out of llama-bench; give a model no --device, --model, --host, --source"
        )
    return _model(asked)


def _model(asked: argparse.Namespace) -> int:
    """A draft on standard output, or one line on standard error where the model is there already."""
    from sizing.files.drafts import entry, held, known, named, of_repository, placed, repository_of
    from sizing.files.models import read_model

    catalog = held(asked.catalog)
    alone = named(asked.file)  # a name, and no file
    repository = alone or repository_of(asked.file, asked.repo)
    if alone:
        same = of_repository(alone, catalog)
    else:
        same = known(read_model(asked.file, asked.kinship), repository, catalog).same
    if same:
        print(f"sizing: {repository} is {same.id} already: {placed(same, catalog)}; mend it there", file=sys.stderr)
        return 0
    if alone:
        raise SizingError(
            f"{alone}: not in the catalog, and nothing is fetched; save https://huggingface.co/{alone}/raw/main/config.json"
            f" and give that file with --repo {alone}"
        )
    print(entry(asked.file, asked.kinship, repository, catalog), end="")
    return 0


def _speeds(asked: argparse.Namespace, runs: Sequence[Run]) -> int:
    if asked.kinship or asked.repo:
        raise SizingError(f"{asked.file}: a print-out of llama-bench; give it no --as and no --repo")
    from sizing.catalog import Catalog
    from sizing.files.rows import Given, as_csv, rows_of

    given = Given(Catalog.load(asked.catalog), asked.device, asked.model, asked.host, asked.source)
    try:
        rows, remarks = rows_of(runs, given, date.today())
    except SizingError as error:
        raise SizingError(f"{asked.file}: {error}") from None
    print(as_csv(rows), end="")
    print("".join(f"sizing: {remark}\n" for remark in remarks), end="", file=sys.stderr)
    return 0
