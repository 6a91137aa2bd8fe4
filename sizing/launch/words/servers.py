"""Which servers start a plan? Its runtime's own, then others that read the same files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from sizing.launch.words.given import Asked, Data, Given, Served, check_asked, given
from sizing.launch.words.ktransformers import ktransformers_server
from sizing.launch.words.llama_cpp import ik_llama_server, llama_server
from sizing.launch.words.lm_studio import lm_studio
from sizing.launch.words.mlx import mlx_lm_server
from sizing.launch.words.ollama import ollama
from sizing.launch.words.sglang import sglang_server
from sizing.launch.words.shells import POSIX
from sizing.launch.words.step import Launch
from sizing.launch.words.tabby import tabbyapi
from sizing.launch.words.transformers import transformers_serve
from sizing.launch.words.vllm import vllm_serve

# By the ids of the runtimes' entries.
SERVERS: Final[Mapping[str, Callable[[Given, Served, Asked], Launch]]] = {
    "llama-server": llama_server,
    "ik-llama-server": ik_llama_server,
    "ollama": ollama,
    "lm-studio": lm_studio,
    "mlx-lm-server": mlx_lm_server,
    "vllm-serve": vllm_serve,
    "sglang-server": sglang_server,
    "ktransformers-server": ktransformers_server,
    "tabbyapi": tabbyapi,
    "tabbyapi-exl2": tabbyapi,
    "transformers-serve": transformers_serve,
}
ALONE: Final = ("ollama", "lm-studio")  # in one box
ENCODERS: Final = ("llama-server", "vllm-serve", "sglang-server")  # told that a model answers with vectors


def launched(plan: Data, facts: Data, asked: Asked) -> list[Launch] | None:
    """How a plan is started, of its JSON and the facts beside it; None where it does not run, or has no machine.

    Raises SizingError for what cannot be asked.
    """
    if not plan["runs"] or plan["machine"] is None:
        return None
    g = given(plan, facts)
    check_asked(asked, g.nodes)
    found = []
    for one in g.servers:
        starts = SERVERS[one.id]
        if (one.id not in ALONE or g.nodes == 1) and (one.id in ENCODERS or not g.encoder):
            native = one.windows and g.backend != "metal"
            start = starts(g, one, asked if native else replace(asked, shell=POSIX))
            found.append(_in_shell(start, native, asked.shell))
    return found


def _in_shell(start: Launch, windows: bool, shell: str) -> Launch:
    """The start in a shell's words; of a server that does not run there, as it is where it does."""
    if shell == POSIX:
        return start
    if not windows:
        note = f"{start.name} does not run on Windows itself: these commands are for the shell of WSL or of Linux"
        return replace(start, notes=(*start.notes, note))
    return replace(start, steps=tuple([replace(step, shell=shell) for step in start.steps]))
