"""``sizing launch``: which commands start a model on a machine, as planned?"""

from __future__ import annotations

import argparse
import json
import os
from typing import TYPE_CHECKING, Final

from sizing.cli import plan
from sizing.cli.models import model_of
from sizing.errors import SizingError
from sizing.launch.words.shells import CMD, POSIX, POWERSHELL, SHELLS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sizing.catalog import Catalog
    from sizing.launch import Launch, Step
    from sizing.plan import Plan

NAME: Final = "launch"
HELP: Final = "commands that start a model, as planned"

REMARKS: Final = {POSIX: "#", POWERSHELL: "#", CMD: "rem"}  # what begins a comment

# What is done, as a comment says it.
DONE: Final = {
    "download": "download", "convert": "make the file", "system": "prepare", "file": "write", "build": "make the model",
    "join": "start", "start": "start", "ask": "ask", "container": "in a container",
}  # fmt: skip


def add_options(parser: argparse.ArgumentParser) -> None:
    """What can be asked: whatever a plan can be, and where the server listens."""
    plan.add_options(parser)
    group = parser.add_argument_group("the server")
    group.add_argument(
        "--with", dest="server", metavar="S", help="this server alone: llama-server, ollama, vllm-serve …"
    )
    group.add_argument("--listen", metavar="ADDRESS", default="127.0.0.1", help="unsaid, this machine alone: 127.0.0.1")
    group.add_argument("--compose", action="store_true", help="in a container: compose.yaml instead of a command")
    group.add_argument("--port", metavar="N", type=int, help="unsaid, the server's own")
    group.add_argument("--source", choices=("huggingface", "modelscope"), default="huggingface", help="of the weights")
    group.add_argument(
        "--shell", choices=SHELLS, default=POWERSHELL if os.name == "nt" else POSIX,
        help="the commands are for it; unsaid, PowerShell on Windows, else sh",
    )  # fmt: skip
    group.add_argument("--nodes", metavar="A,B", default="", help="addresses of several boxes, the first one's first")


def run(asked: argparse.Namespace) -> int:
    """Print the commands."""
    from sizing.catalog import Catalog
    from sizing.launch import Asked, launches

    if not asked.on:
        raise SizingError("a start is on a machine; name it with --on, such as --on rtx-4090")
    nodes = tuple(filter(None, asked.nodes.split(",")))
    how = Asked(host=asked.listen, port=asked.port, source=asked.source, nodes=nodes, shell=asked.shell)
    catalog = Catalog.load(asked.catalog)
    plans = _planned(catalog, asked)
    found = [(p, _chosen(launches(p, how), asked.server)) for p in plans]
    if asked.json:
        told = [{**p.as_dict(), "launch": None if ways is None else [x.as_dict() for x in ways]} for p, ways in found]
        print(json.dumps(told, indent=2, ensure_ascii=False))
        return 0
    remark = REMARKS[asked.shell]
    _show([line for p, ways in found for line in (*_script(p, ways, asked.compose, remark), "")][:-1], remark)
    return 0


def _planned(catalog: Catalog, asked: argparse.Namespace) -> list[Plan]:
    """The plans that are asked for; with a server that is named alone, those of a runtime that it belongs to. Raises
    SizingError for a server that is none."""
    model = model_of(catalog, asked)
    if asked.server is None:
        return plan.plans_of(catalog, model, asked)
    asked.server = _server(catalog, asked.server)
    owners = [x.id for x in catalog.runtimes.values() if asked.server in x.servers]
    if asked.runtime:
        return plan.plans_of(catalog, model, asked)
    refused: SizingError | None = None
    for runtime in (None, *owners):
        try:
            plans = plan.plans_of(catalog, model, argparse.Namespace(**{**vars(asked), "runtime": runtime}))
        except SizingError as error:
            refused = refused or error
            continue
        if all(p.runtime.id in owners for p in plans):
            return plans
    raise refused or SizingError(f"{asked.server} starts nothing there; sizing plan tells what does")


def _server(catalog: Catalog, said: str) -> str:
    """A server's id, or what it begins with: vllm for vllm-serve. Raises SizingError for what is none, or several."""
    known = sorted({one for x in catalog.runtimes.values() for one in x.servers})
    found = [one for one in known if one == said] or [one for one in known if one.startswith(f"{said}-")]
    if len(found) != 1:
        raise SizingError(f"no server {said!r}; choose one of {', '.join(found or known)}")
    return found[0]


def _chosen(ways: tuple[Launch, ...] | None, server: str | None) -> tuple[Launch, ...] | None:
    """The launches with the server that is asked for. Raises SizingError where none has it."""
    if ways is None or server is None:
        return ways
    found = tuple(way for way in ways if way.server == server)
    if not found:
        raise SizingError(f"{server} does not start this plan; choose {', '.join(way.server for way in ways)}")
    return found


def _show(lines: Sequence[str], remark: str) -> None:
    """As they are, so that they can be pasted; what begins as a ``remark`` is dimmer in a terminal."""
    from rich.console import Console

    console = Console(highlight=False, markup=False, emoji=False, soft_wrap=True)
    for line in lines:
        console.print(line, style="dim" if line.startswith(remark) else None)


def _script(p: Plan, ways: tuple[Launch, ...] | None, compose: bool, remark: str) -> list[str]:
    """The plan in a comment, which begins as a ``remark``, then each way to start it."""
    where = p.machine.name if p.machine else "no machine"
    lines = [f"{p.model.name} · {p.format.id} · {p.context:,} tokens · {p.runtime.name} · {where}: {p.verdict}"]
    if not ways:
        lines.append("it does not run there, so nothing starts it; sizing plan tells what would make it fit")
        return [f"{remark} {line}" for line in lines]
    said = [f"{remark} {line}" for line in (*lines, *p.remarks)]
    for way in ways:
        lines = [f"== {way.name}: " + ("exactly this plan" if way.exact else "what it cannot be told follows")]
        lines += [f"differs: {one}" for one in way.differs]
        lines += [f"note: {one}" for one in way.notes]
        said += ["", *(f"{remark} {line}" for line in lines)]
        for step in _shown(way, compose):
            said += ["", *_told(step, remark)]
    return said


def _shown(way: Launch, compose: bool) -> list[Step]:
    """The steps outside of a container, or what there is inside of one."""
    contained = [step for step in way.steps if step.kind == "container"]
    if compose and contained:
        return [*(step for step in way.steps if step.kind in ("download", "file")), *contained]
    return [step for step in way.steps if step.kind != "container"]


def _told(step: Step, remark: str) -> list[str]:
    """A step: in a comment what it does, and where; then its lines."""
    where = "" if step.where == "here" else f" on {step.where}"
    said = f"{remark} {DONE[step.kind]}{where}" + (f": {step.note}" if step.note else "")
    command = step.pasted
    return [said] if command is None else [said, *command.split("\n")]
