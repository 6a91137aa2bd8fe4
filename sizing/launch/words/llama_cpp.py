"""Which command starts a plan in llama.cpp? ``llama-server``; over several boxes ``ggml-rpc-server`` on the others.

What is left unsaid would be chosen anew as the server starts, by the memory that is free then (``--fit``): so layers,
context and slots are all said, and fitting is switched off.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sizing.launch.words.common import MIB, answers, nameless, notes_of, port_of, wired
from sizing.launch.words.compose import composed, shared
from sizing.launch.words.given import Asked, Given, Served, nodes_of
from sizing.launch.words.step import HERE, Launch, Step, alone, number, options
from sizing.launch.words.weights import Weights, weights_of

RPC_PORT: Final = 50052  # ggml-rpc-server's own
RPC_WARNING: Final = (
    "ggml-rpc-server is a proof of concept without a password or encryption: "
    "use it in a network that nobody else reaches, never on an open one"
)
PROMPTS: Final = 8192  # MiB of the host's memory that llama-server keeps old prompts in: --cache-ram
BATCH: Final = 2048  # tokens of a prompt that are taken up at once: -b
MICRO_BATCH: Final = 512  # that are computed at once: -ub
DIGITS: Final = tuple("0123456789.")

# What ggml calls a backend's devices, before their number.
DEVICES: Final = {
    "cuda": "CUDA", "rocm": "ROCm", "vulkan": "Vulkan", "sycl": "SYCL", "musa": "MUSA", "cann": "CANN",
    "cann-310p": "CANN", "metal": "MTL",
}  # fmt: skip


def llama_server(g: Given, server: Served, asked: Asked) -> Launch:
    """The start with ``llama-server``."""
    weights, nodes, port = weights_of(g, asked.source), nodes_of(g, asked), port_of(asked, server.port)
    said = (*_gguf_file(g, weights), *placing(g, nodes), "--fit", "off", *_context(g))
    words = ("llama-server", *said, "--host", asked.host, "--port", f"{port}")
    where = nodes[0] if nodes else HERE
    start = Step(kind="start", where=where, words=words, read=weights.read, note=answers(asked, port))
    steps = [*weights.steps, *wired(g), *_rpc_servers(g, nodes), start]
    if server.image is not None and weights.repository is not None and not nodes:
        inside = (*said, "--host", "0.0.0.0", "--port", f"{port}")
        steps.extend(composed(g.backend, server.image, asked, (port, port), inside, [shared(asked)]))
    warning = [RPC_WARNING] if nodes else []
    return Launch(
        server=server.id,
        name=server.name,
        steps=tuple(steps),
        differs=tuple(nameless(g)),
        notes=(*weights.notes, *notes_of(g), *warning),
    )


def ik_llama_server(g: Given, server: Served, asked: Asked) -> Launch:
    """The start with ik_llama.cpp's ``llama-server``, for one box alone."""
    weights, port = weights_of(g, asked.source), port_of(asked, server.port)
    words = (
        "llama-server",
        *options([("-m", weights.told), ("--mmproj", weights.projector)]),
        *placing(g, ()),
        *_contexts(g),
        *options([("-fa", "on" if g.flash_attention else "off"), ("--cache-ram", number(_prompts(g)))]),
        *("--host", asked.host, "--port", f"{port}"),
    )
    note = f"ik_llama.cpp's own; {answers(asked, port)}"
    start = Step(kind="start", words=words, read=weights.read, note=note)
    return Launch(
        server=server.id,
        name=server.name,
        steps=(*weights.steps, start),
        differs=tuple(nameless(g)),
        notes=(*weights.notes, *notes_of(g)),
    )


def placing(g: Given, nodes: Sequence[str]) -> tuple[str, ...]:
    """-ngl, --n-cpu-moe, -sm, -ts and the devices; a processor alone uses none."""
    if g.backend == "cpu":
        return ("--device", "none")
    rpc = ",".join([f"{node}:{RPC_PORT}" for node in nodes[1:]])
    used = _used(g, nodes)
    named = ",".join([_own_devices(g)[i] for i in used]) if used else _devices(g) if nodes else None
    several = g.several and len(used) != 1
    shares = g.tensor_split or ()
    told = ",".join([f"{share:.6g}" for i, share in enumerate(shares) if not used or i in used])
    return options(
        [
            ("--rpc", rpc if nodes else None),
            ("--device", named),
            ("-ngl", f"{g.layers + 1 if g.layers_on_device is None else g.layers_on_device}"),
            ("--n-cpu-moe", number(g.experts_on_host) if g.experts_on_host else None),
            ("-sm", _split(g) if several else None),
            ("-mg", "0" if several and g.split == "none" else None),
            ("-ts", told if several and shares else None),
        ]
    )


def _used(g: Given, nodes: Sequence[str]) -> list[int]:
    """The devices that have layers, where others have none: unless they are named alone, llama.cpp keeps copies of what
    passes between all. The fork is told its shares only."""
    if nodes or g.tensor_split is None or g.runtime == "ik_llama.cpp":
        return []
    found = [i for i, share in enumerate(g.tensor_split) if share > 0]
    return found if len(found) < len(g.tensor_split) else []


def _split(g: Given) -> str | None:
    """How devices share: where every layer is shared, the fork calls it a graph."""
    return "graph" if g.split == "tensor" and g.runtime == "ik_llama.cpp" else g.split


def _gguf_file(g: Given, weights: Weights) -> tuple[str, ...]:
    """The file, and whether what sees and hears is loaded with it."""
    if weights.repository is not None:
        return options([("-hf", f"{weights.repository}:{weights.recipe}"), ("--no-mmproj", alone(not g.sees))])
    return options([("-m", weights.told), ("--mmproj", weights.projector)])


def _context(g: Given) -> tuple[str, ...]:
    """How long the context is, for how many, in which type, and how a prompt is computed."""
    united = "--kv-unified" if g.united else "--no-kv-unified"
    return (
        *_contexts(g),
        *options(
            [
                (united, alone(g.slots > 1)),
                ("-fa", "on" if g.flash_attention else "off"),
                ("--swa-full", alone(g.swa_full is True)),
                ("--embedding", alone(g.encoder)),
                ("--spec-type", "draft-mtp" if g.drafts else None),
                ("--spec-draft-n-max", number(g.drafted if g.drafts else None)),
                ("--cache-ram", number(_prompts(g))),
            ]
        ),
    )


def _contexts(g: Given) -> tuple[str, ...]:
    """-c is of all slots together, -np their number; keys and values may differ in type."""
    keys, values = g.cache
    plain = keys == "f16" and values == "f16"
    return options(
        [
            ("-c", f"{g.context * g.sequences}"),
            ("-np", f"{g.slots}"),
            ("-ctk", None if plain else keys),
            ("-ctv", None if plain else values),
            ("-b", f"{g.micro_batch}" if g.micro_batch > BATCH else None),
            ("-ub", f"{g.micro_batch}" if g.micro_batch != MICRO_BATCH else None),
        ]
    )


def _prompts(g: Given) -> int | None:
    """MiB that may hold old prompts beside the plan, where the host has less left than they take by themselves."""
    left = max(0, g.capacities[-1] - g.on_host) // MIB
    return left if left < PROMPTS else None


def _own_devices(g: Given) -> list[str]:
    """The devices of one box by ggml's names."""
    return [f"{DEVICES[g.backend]}{i}" for i in range(g.each)]


def _devices(g: Given) -> str:
    """All devices, in the plan's order: llama.cpp would have those of other boxes first."""
    return ",".join([*_own_devices(g), *[f"RPC{i}" for i in range(len(g.devices) - g.each)]])


def _rpc_servers(g: Given, nodes: Sequence[str]) -> list[Step]:
    """What runs on every box but the first."""
    found: list[Step] = []
    for node in nodes[1:]:
        at = node if all(letter in DIGITS for letter in node) else "0.0.0.0"  # it takes no names
        words = ("ggml-rpc-server", "-H", at, "-p", f"{RPC_PORT}", "--device", ",".join(_own_devices(g)), "-c")
        note = "built with -DGGML_RPC=ON, of the same version"
        found.append(Step(kind="join", where=node, words=words, note=note))
    return found
