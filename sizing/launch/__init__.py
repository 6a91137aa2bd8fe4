"""Which commands make a plan true? For its own runtime's server exactly, and for others that read the same files.

plan(...).launch                                  # one for each server, the runtime's own first
launches(p, Asked(host="0.0.0.0", source="modelscope"))
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from sizing.facts.entries.runtimes import Server
from sizing.launch.asked import Asked
from sizing.launch.llama_cpp import ik_llama_server, llama_server
from sizing.launch.lm_studio import lm_studio
from sizing.launch.mlx import mlx_lm_server
from sizing.launch.ollama import ollama
from sizing.launch.sglang import sglang_server
from sizing.launch.step import Launch, Step
from sizing.launch.tabby import tabbyapi, tabbyapi_exl2
from sizing.launch.transformers import transformers_serve
from sizing.launch.vllm import vllm_serve
from sizing.plan import Plan

__all__ = ["Asked", "Launch", "Step", "launches"]

# By the ids of the runtimes' entries.
SERVERS: Final[Mapping[str, Callable[[Plan, Server, Asked], Launch]]] = {
    "llama-server": llama_server,
    "ik-llama-server": ik_llama_server,
    "ollama": ollama,
    "lm-studio": lm_studio,
    "mlx-lm-server": mlx_lm_server,
    "vllm-serve": vllm_serve,
    "sglang-server": sglang_server,
    "tabbyapi": tabbyapi,
    "tabbyapi-exl2": tabbyapi_exl2,
    "transformers-serve": transformers_serve,
}
_ALONE: Final = ("ollama", "lm-studio")  # in one box
_ENCODERS: Final = ("llama-server", "vllm-serve", "sglang-server")  # told that a model answers with vectors


def launches(p: Plan, asked: Asked | None = None) -> tuple[Launch, ...] | None:
    """How a plan is started: with its runtime's own server, then with others that read the same files.

    None where it does not run, or has no machine. Raises SizingError for nodes that are not as many as there are.
    """
    if not p.runs or p.machine is None:
        return None
    asked = asked or Asked()
    return tuple(
        SERVERS[name](p, server, asked)
        for name, server in p.runtime.servers.items()
        if (name not in _ALONE or p.machine.nodes == 1) and (name in _ENCODERS or not p.sized.encoder)
    )
