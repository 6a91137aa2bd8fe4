"""What do several servers' starts say alike? Notes on a plan, what it counts that has no name, and a Mac's limit."""

from __future__ import annotations

from typing import Final

from sizing.launch.words.given import Asked, Given
from sizing.launch.words.step import Step

MIB: Final = 1048576


def answers(asked: Asked, port: int) -> str:
    """Where a server answers."""
    return f"answers at http://{asked.host}:{port}/v1"


def port_of(asked: Asked, own: int) -> int:
    """The port that is asked for, or a server's own."""
    return own if asked.port is None else asked.port


def notes_of(g: Given) -> list[str]:
    """What must be known of a plan before it is started."""
    found = []
    if g.verdict == "tight":
        found.append("it fits only without the margin that a runtime keeps: nothing else may use the device")
    if g.limit is not None and g.context > g.limit:
        found.append(f"{g.context} tokens are more than the model was made for: {g.limit}")
    if g.nodes == 1 and any(one != g.devices[0] for one in g.devices):
        found.append(f"shares are of the devices in this order: {', '.join(g.devices)}; check that the server sees it")
    return found


def nameless(g: Given) -> list[str]:
    """What a plan counts of which only the size is known."""
    found = []
    if g.lora:
        found.append("the adapters that the plan counts: their files are to be added")
    if g.draft:
        found.append("the draft model that the plan counts: it is to be added")
    return found


def sighted(g: Given, server: str) -> list[str]:
    """What a server that always loads what sees cannot be told."""
    return [f"without what sees: {server} loads that where its model has it"] if g.blind else []


def wired(g: Given) -> list[Step]:
    """What lets the GPU of one memory have more of it than the system allows by itself."""
    if g.wired_limit is None:
        return []
    words = ("sudo", "sysctl", f"iogpu.wired_limit_mb={g.wired_limit // MIB}")
    return [Step(kind="system", words=words, note="macOS 14 and later; it holds until the next restart")]
