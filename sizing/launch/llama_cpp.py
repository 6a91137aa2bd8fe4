"""Which command starts a plan in llama.cpp? ``llama-server``; over several boxes ``ggml-rpc-server`` on the others.

What is left unsaid would be chosen anew as the server starts, by the memory that is free then (``--fit``): so layers,
context and slots are all said, and fitting is switched off.
"""

from __future__ import annotations

import re
from typing import Final

from sizing.facts.entries.runtimes import Server
from sizing.facts.units import MIB
from sizing.launch.asked import Asked
from sizing.launch.compose import CACHE, composed
from sizing.launch.step import HERE, Launch, Step, options
from sizing.launch.weights import Weights, weights_of
from sizing.plan import Plan

RPC_PORT: Final = 50052  # ggml-rpc-server's own
RPC_WARNING: Final = (
    "ggml-rpc-server is a proof of concept without a password or encryption: "
    "use it in a network that nobody else reaches, never on an open one"
)
PROMPTS: Final = 8192  # MiB of the host's memory that llama-server keeps old prompts in: --cache-ram
BATCH: Final = 2048  # tokens of a prompt that are taken up at once: -b

# What ggml calls a backend's devices, before their number.
DEVICES: Final = {
    "cuda": "CUDA", "rocm": "ROCm", "vulkan": "Vulkan", "sycl": "SYCL", "musa": "MUSA", "cann": "CANN",
    "cann-310p": "CANN", "metal": "MTL",
}  # fmt: skip


def llama_server(p: Plan, server: Server, asked: Asked) -> Launch:
    """The start with ``llama-server``."""
    weights = weights_of(p, asked.source)
    nodes = asked.named(p.machine.nodes) if p.machine is not None and p.machine.nodes > 1 else ()
    port = asked.port or server.port
    words = (
        "llama-server",
        *_weights(p, weights),
        *layout_options(p, nodes),
        *context_options(p),
        *options([("--host", asked.host), ("--port", port)]),
    )
    where = nodes[0] if nodes else HERE
    start = Step(do="start", where=where, words=words, note=f"answers at http://{asked.host}:{port}/v1")
    steps = (*weights.steps, *wired(p), *_rpc_servers(p, nodes), start)
    notes = (*weights.notes, *notes_of(p), *((RPC_WARNING,) if nodes else ()))
    image = None if nodes or weights.repository is None else server.image(p.backend)
    if image is not None:
        inside = (*words[1 : words.index("--host")], "--host", "0.0.0.0", "--port", str(port))
        steps += composed(p, image, port, asked, inside, CACHE)
    return Launch(server="llama-server", name=server.name, steps=steps, differs=unsaid(p), notes=notes)


def ik_llama_server(p: Plan, server: Server, asked: Asked) -> Launch:
    """The start with ik_llama.cpp's ``llama-server``, for one box alone."""
    weights = weights_of(p, asked.source)
    port = asked.port or server.port
    words = (
        "llama-server",
        *options([("-m", weights.said), ("--mmproj", weights.projector)]),
        *_placing(p, ()),
        *_contexts(p),
        *options([("-fa", "on" if p.settings["flash_attention"] else "off"), ("--cache-ram", _prompts(p))]),
        *options([("--host", asked.host), ("--port", port)]),
    )
    start = Step(do="start", words=words, note=f"ik_llama.cpp's own; answers at http://{asked.host}:{port}/v1")
    steps = (*weights.steps, start)
    return Launch(
        server="ik-llama-server",
        name=server.name,
        steps=steps,
        differs=unsaid(p),
        notes=(*weights.notes, *notes_of(p)),
    )


def layout_options(p: Plan, nodes: tuple[str, ...] = ()) -> tuple[str, ...]:
    """What says where layers and experts lie, on which devices, and that nothing is fitted anew."""
    return (*_placing(p, nodes), "--fit", "off")


def context_options(p: Plan) -> tuple[str, ...]:
    """What says how long the context is, for how many, in which type, and how a prompt is computed."""
    s = p.settings
    return (
        *_contexts(p),
        *(() if s["slots"] == 1 else ("--kv-unified" if s["unified"] else "--no-kv-unified",)),
        *options(
            [
                ("-fa", "on" if s["flash_attention"] else "off"),
                ("--swa-full", s["swa_full"]),
                ("--embedding", p.sized.encoder),
                (
                    "--spec-type",
                    "draft-mtp" if any(part.kind == "mtp" for part, loaded in p.beside if loaded) else None,
                ),
                ("--spec-draft-n-max", s["draft_tokens"]),
                ("--cache-ram", _prompts(p)),
            ]
        ),
    )


def wired(p: Plan) -> tuple[Step, ...]:
    """What lets the GPU of one memory have more of it than the system allows by itself, on each box."""
    limit = p.settings["wired_limit"]
    if not isinstance(limit, int):
        return ()
    words = ("sudo", "sysctl", f"iogpu.wired_limit_mb={limit // MIB}")
    return (Step(do="system", words=words, note="macOS 14 and later; it holds until the next restart"),)


def unsaid(p: Plan) -> tuple[str, ...]:
    """What of a plan no command here says, since only its size is known."""
    asked, found = p.outcome.asked, []
    if asked.lora:
        found.append("the adapters that the plan counts: add --lora FILE")
    if asked.draft is not None:
        found.append("the draft model that the plan counts: add --spec-draft-hf REPOSITORY")
    return tuple(found)


def notes_of(p: Plan) -> tuple[str, ...]:
    """What must be known of a plan before it is started."""
    found = []
    if p.verdict == "tight":
        found.append("it fits only without the margin that a runtime keeps: nothing else may use the device")
    if p.beyond_limit:
        found.append(f"{p.context:,} tokens are more than the model was made for: {p.model.context:,}")
    machine = p.machine
    if machine is not None and machine.nodes == 1 and len({d.id for d in machine.devices}) > 1:
        first = ", ".join(device.name for device in machine.devices)
        found.append(f"shares are of the devices in this order: {first}; llama-server --list-devices tells theirs")
    return tuple(found)


def _weights(p: Plan, weights: Weights) -> tuple[str, ...]:
    """The file, and whether what sees and hears is loaded with it."""
    seeing = any(part.kind == "towers" for part, loaded in p.beside if loaded)
    if weights.repository is not None:
        of = f"{weights.repository}:{weights.recipe}" if weights.recipe else weights.repository
        return ("-hf", of, *(() if seeing else ("--no-mmproj",)))
    return ("-m", weights.said, *options([("--mmproj", weights.projector)]))


def _placing(p: Plan, nodes: tuple[str, ...]) -> tuple[str, ...]:
    """-ngl, --n-cpu-moe, -sm, -ts and the devices; a processor alone uses none."""
    s, machine = p.settings, p.machine
    if machine is None or p.backend == "cpu":
        return ("--device", "none")
    several = len(machine.devices) > 1
    shares = s["tensor_split"]
    rpc = ",".join(f"{node}:{RPC_PORT}" for node in nodes[1:])
    return options(
        [
            ("--rpc", rpc or None),
            ("--device", _devices(p) if nodes else None),
            ("-ngl", s["layers_on_device"] if s["layers_on_device"] is not None else "all"),
            ("--n-cpu-moe", s["experts_on_host"] or None),
            ("-sm", s["split"] if several else None),
            ("-mg", 0 if several and s["split"] == "none" else None),
            ("-ts", ",".join(f"{x:g}" for x in shares) if isinstance(shares, list) and several else None),
        ]
    )


def _devices(p: Plan) -> str:
    """Devices by ggml's names, in the plan's order: llama.cpp would have those of other boxes first."""
    assert p.machine is not None
    here = len(p.machine.devices) // p.machine.nodes
    own = [f"{DEVICES.get(p.backend or '', 'CUDA')}{i}" for i in range(here)]
    return ",".join([*own, *(f"RPC{i}" for i in range(len(p.machine.devices) - here))])


def _contexts(p: Plan) -> tuple[str, ...]:
    """-c is of all slots together, -np their number; keys and values may differ in type."""
    s = p.settings
    keys, _, values = p.cache_format.partition("/")
    batch = s["micro_batch"]
    assert isinstance(batch, int)
    return options(
        [
            ("-c", p.context * p.sequences),
            ("-np", s["slots"]),
            ("-ctk", keys if keys != "f16" or (values or keys) != "f16" else None),
            ("-ctv", (values or keys) if keys != "f16" or (values or keys) != "f16" else None),
            ("-b", batch if batch > BATCH else None),
            ("-ub", batch if batch != 512 else None),
        ]
    )


def _prompts(p: Plan) -> int | None:
    """MiB that may hold old prompts beside the plan, where the host has less left than they take by themselves."""
    host = p.places[-1]
    if p.machine is None or host.capacity is None:
        return None
    here = p.places[: len(p.machine.devices) // p.machine.nodes] if p.machine.unified else ()
    held = host.memory.total + sum(place.memory.total for place in here)
    left = max(0, host.capacity - held) // MIB
    return left if left < PROMPTS else None


def _rpc_servers(p: Plan, nodes: tuple[str, ...]) -> tuple[Step, ...]:
    """What runs on every box but the first."""
    if not nodes or p.machine is None:
        return ()
    here = len(p.machine.devices) // p.machine.nodes
    own = ",".join(f"{DEVICES.get(p.backend or '', 'CUDA')}{i}" for i in range(here))
    found: list[Step] = []
    for node in nodes[1:]:
        at = node if re.fullmatch(r"[0-9]+(?:\.[0-9]+){3}", node) else "0.0.0.0"  # it takes no names
        words = ("ggml-rpc-server", *options([("-H", at), ("-p", RPC_PORT), ("--device", own), ("-c", True)]))
        found.append(Step(do="join", where=node, words=words, note="built with -DGGML_RPC=ON, of the same version"))
    return tuple(found)
