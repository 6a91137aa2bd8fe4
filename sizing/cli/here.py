"""``sizing here``: what is this computer, and what does it run?"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sizing.cli import answers as answers_of
from sizing.cli.plan import in_use, tokens
from sizing.engine.listing import BESIDE, EXPECTED, FRONT, NEWER, SHOWN
from sizing.facts.machine_names import rated
from sizing.facts.units import GIB, significant

if TYPE_CHECKING:
    from sizing.catalog import Catalog
    from sizing.facts.machine import Machine
    from sizing.here.found import Found, Group
    from sizing.search import Answer

NAME: Final = "here"
HELP: Final = "what this computer is, and what it runs"

SYSTEMS: Final = {"linux": "Linux", "windows": "Windows", "macos": "macOS", "wsl2": "Linux in Windows (WSL2)"}
WORTH_TELLING: Final = GIB // 20  # in use, the least that is worth a word
# What stands after the models that none beats.
APART: Final = {
    EXPECTED: "  without a score, and expected to do better than all that have one",
    FRONT: "",
    BESIDE: "  of other makers the best, each beaten by one above",
    NEWER: "  newer than these scores, and without one",
}


def add_options(parser: argparse.ArgumentParser) -> None:
    """What can be asked, and what the tools may not tell."""
    parser.add_argument(
        "--from",
        dest="folder",
        type=Path,
        metavar="FOLDER",
        help="read what another computer's tools printed, each in a file, instead of asking this one's",
    )
    told = parser.add_argument_group("what the tools do not tell, or tell otherwise")
    told.add_argument("--device", metavar="MACHINE", help="the cards or the chip: rtx-4060-laptop, m2-max-38-core-64gb")
    host = told.add_mutually_exclusive_group()
    host.add_argument("--host", metavar="ID", help="the host beside the cards, such as desktop-ddr5-64gb")
    host.add_argument("--ram", metavar="M", help="its memory: 64GB, or 64GB@DDR4-3200x2 with type and channels")
    told.add_argument(
        "--in-use", metavar="M", type=in_use, help="count this as taken by others of the first device, or of each"
    )
    parser.add_argument("--context", metavar="N", type=tokens, default=8192, help="tokens of a sequence (8192)")
    parser.add_argument("--json", action="store_true", help="an object")
    parser.add_argument("--explain", action="store_true", help="every step of the arithmetic, with its sources")


def run(asked: argparse.Namespace) -> int:
    """Print what was found, and what it runs."""
    from sizing.catalog import Catalog

    catalog = Catalog.load(asked.catalog)
    found = _found(catalog, asked.folder)
    if asked.device:
        found = replace(found, machine=catalog.machine(asked.device).id)
    beside = asked.host or asked.ram
    if found.machine is None and not found.groups and beside and (memory := rated(beside)):
        found = replace(found, machine=memory)
    answers = _answers(catalog, found, beside, asked.context, asked.in_use)
    if asked.json:
        runs = [_as_dict(one, asked.explain) for one in answers]
        print(json.dumps({**found.as_dict(), "runs": runs}, ensure_ascii=False, indent=2))
    else:
        steps = [line for one in answers for line in answers_of.as_lines(one)] if asked.explain else []
        print("\n".join([*describe(catalog, found), *_runs(found, answers, asked), *steps]))
    return 0


def _found(catalog: Catalog, folder: Path | None) -> Found:
    from sizing.here import commands
    from sizing.here import folder as files
    from sizing.here.found import find

    if folder is None:
        return find(catalog, commands.texts())
    texts, remarks = files.texts(folder)
    return find(catalog, texts, remarks)


def _answers(
    catalog: Catalog, found: Found, beside: str | None, context: int, in_use: Sequence[int] | None
) -> list[Answer]:
    """What the machine runs, best first; nothing where it is not known."""
    from sizing.search import Question, fit

    if found.machine is None:
        return []
    machine = catalog.machine(found.machine)
    if host := beside or _host(found, machine):
        machine = catalog.machine(found.machine, host)
    # Beyond what the system keeps, a limit says nothing.
    limit = min(found.wired_limit, machine.memory - machine.reserved) if found.wired_limit else None
    least = 0.0 if machine.unpaced else None  # of what nobody tells the speed, all that it holds
    question = Question(context=context, in_use=tuple(in_use or ()), wired_limit=limit, min_decode=least)
    return fit(catalog, machine, question)[:SHOWN]


def _host(found: Found, machine: Machine) -> str | None:
    """The host that was found, if the machine takes one and it has more than its system keeps; a processor's own memory
    where its rate is told."""
    memory = found.host.memory or found.host.fitted or 0
    if found.ram is None or memory <= machine.reserved:
        return None
    takes = rated(found.ram) is not None if machine.rig.processors else not machine.unified
    return found.ram if takes else None


# --- in words -------------------------------------------------------------------------------------------------------


def describe(catalog: Catalog, found: Found) -> list[str]:
    """What was found, a line a kind of device."""
    system = SYSTEMS.get(found.system or "", "a system that no tool names")
    lines = [f"this computer · {system}"]
    lines += [line for group in found.groups for line in _device(catalog, group)]
    if not found.groups:
        lines.append("  no GPU that runs models was found")
    lines.append(f"  {'host':<34} {_host_words(found)}")
    lines += [f"  not counted: {name} ({why})" for name, why in found.ignored]
    lines += [f"  note: {remark}" for remark in found.remarks]
    return lines


def _device(catalog: Catalog, group: Group) -> Iterator[str]:
    name = catalog.device(group.device).name if group.device else group.name
    counted = f"{group.count} × {name}" if group.count > 1 else name
    each = " each" if group.count > 1 else ""
    memory = f"{group.memory / GIB:.1f} GiB{each}" if group.memory else "memory not told"
    taken = [amount for amount in group.in_use if amount is not None]
    used = f", {_amounts(taken)} in use" if max(taken, default=0) >= WORTH_TELLING else ""
    yield f"  {counted:<34} {memory}{used} · by {group.how}"
    if group.choices:
        yield f"    one of {', '.join(group.choices)}: {group.why}"
    elif group.why:
        part = f" ({group.parent})" if group.parent else ""
        yield f"    {group.why}{part}"


def _amounts(taken: Sequence[int]) -> str:
    shown = [f"{amount / GIB:.1f}" for amount in taken]
    return f"{shown[0] if len(set(shown)) == 1 else ' and '.join(shown)} GiB"


def _host_words(found: Found) -> str:
    host = found.host
    memory = host.memory or host.fitted
    kind = f"{host.type}-{host.rate}" if host.type and host.rate else host.type
    parts = [
        f"{memory / GIB:.1f} GiB" if memory else "memory not told",
        kind or "",
        f"{host.channels} channel{'s' if host.channels > 1 else ''}" if host.channels else "",
        host.cpu or "",
        f"{host.sockets} sockets" if (host.sockets or 1) > 1 else "",
    ]
    return ", ".join(part for part in parts if part)


def _runs(found: Found, answers: Sequence[Answer], asked: argparse.Namespace) -> Iterator[str]:
    """What it runs, and how to ask for more."""
    if found.machine is None:
        such = found.may_be[0] if found.may_be else "rtx-4090"
        known = found.may_be or found.groups
        said = f"--device, such as {such}" if known else "--ram, such as 16GB@DDR4-3200x2, its memory"
        yield f"which machine of the catalog it is, is not told; say it with {said}"
        return
    context: int = asked.context
    if answers and answers[0].plan.machine and answers[0].plan.machine.unpaced:
        yield f"what it holds with {context:,} tokens, {_ranked_by(answers)}; how fast its memory is, is not told,"
        yield "nor then how fast it decodes: say it with --ram, such as 16GB@DDR4-3200x2"
    elif not answers:
        yield f"{found.machine}: no model of the catalog runs on it with {context:,} tokens and 8 tokens/s or more"
    else:
        yield f"what it runs with {context:,} tokens at 8 tokens/s or more, {_ranked_by(answers)}"
    named = max((len(one.plan.model.name) for one in answers), default=0)
    for one, before in zip(answers, [None, *answers], strict=False):
        if one.kind in APART and (before is None or before.kind != one.kind):
            head = "  with a score" if one.kind == FRONT and before is not None else APART[one.kind]
            yield from [head] if head else []
        p, empty, full = one.plan, one.plan.decode_empty, one.plan.decode
        shown = [significant(rate.value) for rate in (empty, full) if rate]
        rate = f"{shown[0]:>6} tokens/s empty, {shown[1]:>6} full" if len(shown) == 2 else ""
        score = f"{one.score.value:5.1f}" if one.score else " " * 5
        part = "  a part on the host" if p.verdict == "offload" else ""
        yield f"  {p.model.name:<{named}} {p.format.id:<11} {score} {p.memory.total / GIB:6.1f} GiB   {rate}{part}"
    host = _beside(found, answers, asked)
    if not host and (leaning := next((one.plan.machine for one in answers if one.plan.verdict == "offload"), None)):
        memory = f"{leaning.host.capacity / GIB:.0f} GiB"
        yield f"the host's memory is not told: {memory} are taken for granted; say what it has with --ram, such as 64GB"
    yield f"more of them, for other uses: sizing fit {found.machine}{host} --use coding"
    yield f"more of one: sizing plan MODEL --on {found.machine}{host}"


def _ranked_by(answers: Sequence[Answer]) -> str:
    """By what answers are ranked."""
    one = next((x for x in answers if x.benchmark), answers[0])
    test = one.benchmark
    if test is not None:
        faster = "" if one.plan.decode is None else ", none that a faster one equals"
        return f"by scores of {test.name}{faster}"
    return "first what scored ones of their size and day score most" if one.estimate else "the largest first"


def _beside(found: Found, answers: Sequence[Answer], asked: argparse.Namespace) -> str:
    """The option that names the host, where the machine takes one."""
    machine = answers[0].plan.machine if answers else None
    if machine is None or (machine.unified and not machine.rig.processors):
        return ""
    ram = asked.ram or _host(found, machine)
    if ram == found.machine:
        return ""
    return f" --host {asked.host}" if asked.host else f" --ram {ram}" if ram else ""


def _as_dict(one: Answer, explain: bool) -> dict[str, Any]:
    """An answer in a few figures, with its steps where they were asked for; ``sizing fit --json`` has all."""
    p, empty, full = one.plan, one.plan.decode_empty, one.plan.decode
    return {
        "model": p.model.id,
        "machine": p.machine.id if p.machine else None,
        "format": p.format.id,
        "context": p.context,
        "runtime": p.runtime.id,
        "total": p.memory.total,
        "decode_empty": empty.as_dict() if empty else None,
        "decode": full.as_dict() if full else None,
        "verdict": p.verdict,
        "score": one.score.value if one.score else None,
        "benchmark": one.benchmark.id if one.benchmark else None,
        "kind": one.kind,
        "seconds": one.seconds,
        **(answers_of.steps(one) if explain else {}),
    }
