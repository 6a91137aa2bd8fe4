"""Which commands make a plan true? For its own runtime's server exactly, and for others that read the same files.

    plan(...).launch                                  # one for each server, the runtime's own first
    launches(p, Asked(host="0.0.0.0", source="modelscope"))

What is said stands in ``words``, in the subset of Python that also runs in a browser; ``facts`` is what it needs.
"""

from __future__ import annotations

from sizing.launch.facts import facts_of, numbers
from sizing.launch.words.given import Asked
from sizing.launch.words.servers import SERVERS, launched
from sizing.launch.words.step import Launch, Step
from sizing.plan import Plan

__all__ = ["SERVERS", "Asked", "Launch", "Step", "launches"]


def launches(p: Plan, asked: Asked | None = None) -> tuple[Launch, ...] | None:
    """How a plan is started: with its runtime's own server, then with others that read the same files.

    None where it does not run, or has no machine. Raises SizingError for what is no address, port or source, and for
    nodes that are not as many as there are.
    """
    if not p.runs or p.machine is None:
        return None
    found = launched(numbers(p), facts_of(p, p.machine), asked or Asked())
    return None if found is None else tuple(found)
