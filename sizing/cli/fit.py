"""``sizing fit``: which models does a machine run, best first?"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from sizing.cli import answers, asking
from sizing.cli.plan import ASSUMED, in_use
from sizing.engine.listing import BESIDE, EXPECTED, NEWER
from sizing.facts.units import GIB

if TYPE_CHECKING:
    from sizing.facts.machine import Machine
    from sizing.search import Answer

NAME: Final = "fit"
HELP: Final = "models that a machine runs, best first"


def add_options(parser: argparse.ArgumentParser) -> None:
    """What can be asked."""
    parser.add_argument("machine", metavar="MACHINE", help="a machine, or cards: rtx-4090, 2x-rtx-3090")
    host = parser.add_mutually_exclusive_group()
    host.add_argument("--host", metavar="ID", help="the host beside the cards, such as desktop-ddr5-64gb")
    host.add_argument("--ram", metavar="M", help="the host's memory: 64GB, or 64GB@DDR4-3200x2 with type and channels")
    parser.add_argument(
        "--in-use",
        metavar="M",
        type=in_use,
        help="taken by others of the first device, or of each: 1.2GiB,0.3GiB; desktop, windows",
    )
    parser.add_argument(
        "--all", dest="beaten", action="store_true", help="those too that others beat, and those without a score"
    )
    asking.add_options(parser, models=True)


def run(asked: argparse.Namespace) -> int:
    """Print the models."""
    from sizing.catalog import Catalog
    from sizing.search import fit

    catalog = Catalog.load(asked.catalog)
    question = asking.question(asked)
    machine = catalog.machine(asked.machine, asked.host or asked.ram)
    found = fit(catalog, machine, question, beaten=asked.beaten)
    test = next((one.benchmark for one in found if one.benchmark), None)
    needs = question.needs
    note = (
        f"{machine.name}: {needs.context:,} tokens each for {needs.sequences}, at least {needs.min_decode:g} tokens/s"
    )
    if test:
        note += f"; scores of {test.name} ({test.edition}) in published precision, measured by {test.by}"
        near = "first those near the best, a slower one only where it scores higher or needs no host"
        note += "" if asked.beaten else f"; {near}; --all shows all"
    left_out = asking.left_out(catalog, question)
    return answers.show(
        found,
        "model",
        as_json=asked.json,
        explain=asked.explain,
        note="\n".join([note + left_out, *_assumed(found), *_apart(found), *_estimated(found)]),
        nothing=_nothing(machine) + left_out,
    )


def _nothing(machine: Machine) -> str:
    """What to ask where nothing answers: of what nobody tells the speed, for none."""
    if not machine.unpaced:
        return answers.NOTHING
    why = f"{machine.unpaced[0]}.bandwidth undisclosed"
    told = "type and channels of its memory tell: --ram 64GB@DDR5-5600x2; " if machine.devices[0].kind == "cpu" else ""
    return f"How fast {machine.name} decodes is not known ({why}); {told}--min-decode 0 lists what fits"


_HOST: Final = "host"  # that its memory is assumed


def _assumed(found: Sequence[Answer]) -> Iterator[str]:
    """With which memory of the host those are told that need it, where none was named."""
    for one in found:
        p = one.plan
        if p.verdict == "offload" and p.machine is not None and _HOST in p.assumed:
            size = p.machine.host.capacity / GIB
            yield f"Offload counts on {size:.0f} GiB of {ASSUMED[_HOST]}; --ram says yours"
            return


def _estimated(found: Sequence[Answer]) -> Iterator[str]:
    """By what those stand in order that have no score, and what is not known of the others."""
    guess = next((one.estimate for one in found if one.estimate), None)
    if guess is not None:
        of, day = guess.of, f"{guess.of.test.name} ({guess.of.test.edition})"
        yield (
            f"estimated: what models of their size and day score in {day}, half of them within {of.within:g}; "
            "no test of these"
        )
    untold = [one for one in found if one.score and one.seconds is None]
    if any(one.plan.decode is None for one in untold):
        yield "How fast it is here is not known: answers are compared by their scores alone"
    elif untold:
        yield "How long a prompt takes here is not known: answers are compared by how long it takes to write them"


def _apart(found: Sequence[Answer]) -> Iterator[str]:
    """Which of the answers stand beside the best, and why; and which of them a test has no score of yet."""
    beside: dict[str, list[str]] = {}
    for one in found:
        if one.kind == BESIDE:
            beside.setdefault(", ".join(one.why), []).append(one.plan.model.name)
    newer = [f"{one.plan.model.name} ({one.plan.model.released})" for one in found if one.kind == NEWER]
    if hoped := [one.plan.model.name for one in found if one.kind == EXPECTED]:
        yield f"Without a score, and expected to do better than all that have one: {', '.join(hoped)}"
    if beside:
        yield "Then the best of other makers, each beaten by one above:"
        yield from (f"  {', '.join(names)}: {why}" for why, names in beside.items())
    if newer:
        yield f"Newer than these scores, and without one: {', '.join(newer)}"
