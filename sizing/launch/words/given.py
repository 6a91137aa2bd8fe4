"""What does a start need to know? Of a plan the numbers that it prints as JSON, and a few facts beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any, Final

from sizing.errors import SizingError
from sizing.launch.words.shells import PLAIN, POSIX, SHELLS

LOCALHOST: Final = "127.0.0.1"
SOURCES: Final = ("huggingface", "modelscope")

Data = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Unsaid, a server listens on this machine alone, and nodes are called node1, node2 …"""

    host: str = LOCALHOST  # the address that it listens at
    port: int | None = None  # None: the one that it has by itself
    source: str = "huggingface"  # of the weights, or modelscope
    nodes: tuple[str, ...] = ()  # addresses of a cluster's nodes, the first one's first
    shell: str = POSIX  # that the commands are for: sh, powershell or cmd

    @property
    def exposed(self) -> bool:
        """Whether others than this machine reach the server."""
        return self.host not in (LOCALHOST, "localhost", "::1")


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """A server as its entry tells it."""

    id: str
    name: str
    port: int
    cache_types: tuple[str, ...] | None  # the only ones that it offers; None where it offers the runtime's
    windows: bool  # it runs on Windows itself
    image: str | None  # of a container for the plan's backend


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A plan that runs, as a start sees it. Bytes and tokens; None where the runtime has no such setting."""

    # The model, and where it is published: by source, then by what a name says (``weights.said``).
    model: str
    name: str
    native: str
    own: str | None  # a file or folder of one's own that holds the weights
    repositories: Mapping[str, Mapping[str, str]]
    tags: Mapping[str, str]  # Ollama's, by format
    limit: int | None
    heads: int
    experts: int  # of a layer that has them; 0 where none has
    mixtures: int  # layers that have them
    encoder: bool
    sees: bool  # towers that see or hear are loaded
    blind: bool  # there are some, which are not
    drafts: bool  # layers that draft are loaded
    drafted: int | None  # tokens that are drafted at a time, as the plan counts
    # What runs it.
    format: str
    runtime: str
    runtime_name: str
    files: str  # gguf, safetensors, mlx, exl2 or exl3
    backend: str
    servers: tuple[Served, ...]
    # The machine.
    devices: tuple[str, ...]  # their names
    nodes: int
    unified: bool
    # The plan.
    context: int
    sequences: int
    cache_format: str
    verdict: str
    split: str | None
    layers_on_device: int | None
    experts_on_host: int | None
    tensor_split: tuple[float, ...] | None
    micro_batch: int
    flash_attention: bool | None
    swa_full: bool | None
    utilization: float | None
    max_sequences: int | None
    slots: int
    shared: bool  # slots share one context
    united: bool | None  # and one cache
    wired_limit: int | None
    layers: int
    moved: int  # layers whose experts alone lie on the host
    ranks: int
    stages: int
    uneven: bool  # ranks have unequal shares
    weights: tuple[int, ...]  # of each device, then the host
    held: tuple[int, ...]  # all of each
    cached: tuple[int, ...]  # of that, caches
    capacities: tuple[int, ...]
    lora: bool
    draft: bool

    @property
    def each(self) -> int:
        """Devices of one node."""
        return len(self.devices) // self.nodes

    @property
    def several(self) -> bool:
        """Whether there is more than one device."""
        return len(self.devices) > 1

    @property
    def on_devices(self) -> int:
        """Bytes of weights on all devices."""
        return list(accumulate(self.weights[: len(self.devices)], initial=0))[-1]

    @property
    def on_host(self) -> int:
        """Bytes that the first box's own memory holds: where its devices share it, theirs too."""
        return list(accumulate(self.held[: self.each] if self.unified else (), initial=self.held[-1]))[-1]

    @property
    def cache(self) -> tuple[str, str]:
        """The types of keys and of values."""
        at = [i for i, letter in enumerate(self.cache_format) if letter == "/"]
        if not at:
            return self.cache_format, self.cache_format
        return self.cache_format[: at[0]], self.cache_format[at[0] + 1 :]


def given(plan: Data, facts: Data) -> Given:
    """A plan as its JSON tells it, with the facts that this leaves out."""
    s, layout, places = plan["settings"], plan["layout"], plan["places"]
    beside = [(part["kind"], part["loaded"]) for part in plan["beside"]]
    shares = s["tensor_split"]
    return Given(
        model=plan["model"],
        name=facts["name"],
        native=facts["native"],
        own=facts["own"],
        repositories=facts["repositories"],
        tags=facts["tags"],
        limit=facts["limit"],
        heads=facts["heads"],
        experts=facts["experts"],
        mixtures=len(layout["layers"]) - len(facts["dense"]) if facts["experts"] else 0,
        encoder=facts["encoder"],
        sees=any(kind == "towers" and loaded for kind, loaded in beside),
        blind=any(kind == "towers" and not loaded for kind, loaded in beside),
        drafts=any(kind == "mtp" and loaded for kind, loaded in beside),
        drafted=s["draft_tokens"],
        format=plan["format"],
        runtime=plan["runtime"],
        runtime_name=facts["runtime_name"],
        files=facts["files"],
        backend=facts["backend"],
        servers=tuple(
            [_served(one, facts["backend"]) for one in facts["servers"] if facts["model_type"] not in one["lacks"]]
        ),
        devices=tuple(facts["devices"]),
        nodes=facts["nodes"],
        unified=facts["unified"],
        context=plan["context"],
        sequences=plan["sequences"],
        cache_format=plan["cache_format"],
        verdict=plan["verdict"],
        split=s["split"],
        layers_on_device=s["layers_on_device"],
        experts_on_host=s["experts_on_host"],
        tensor_split=None if shares is None else tuple(shares),
        micro_batch=s["micro_batch"],
        flash_attention=s["flash_attention"],
        swa_full=s["swa_full"],
        utilization=s["utilization"],
        max_sequences=s["max_sequences"],
        slots=1 if s["slots"] is None else s["slots"],
        shared=s["unified"] is not None,
        united=s["unified"],
        wired_limit=s["wired_limit"],
        layers=len(layout["layers"]),
        moved=_moved(layout, facts["dense"]),
        ranks=layout["ranks"],
        stages=facts["stages"],
        uneven=layout["split"] == "tensor" and shares is not None,
        weights=tuple([place["memory"]["weights"] for place in places]),
        held=tuple([place["memory"]["total"] for place in places]),
        cached=tuple([place["memory"]["cache"] for place in places]),
        capacities=tuple([place["capacity"] for place in places]),
        lora=facts["lora"],
        draft=facts["draft"],
    )


def _served(data: Data, backend: str) -> Served:
    kinds, images = data["cache_types"], data["images"]
    return Served(
        id=data["id"],
        name=data["name"],
        port=data["port"],
        cache_types=None if kinds is None else tuple(kinds),
        windows=data["windows"],
        image=images.get(backend),
    )


def _moved(layout: Data, dense: Sequence[int]) -> int:
    """Layers whose experts alone lie on the host; ``dense`` ones have none."""
    places, experts = layout["layers"], layout["experts"]
    alone = [i for i in range(len(places)) if experts[i] == "host" and places[i] != "host"]
    return len([i for i in alone if i not in dense])


def check_asked(asked: Asked, nodes: int) -> None:
    """Raise SizingError for what names no address, port or source, or nodes that are not as many as there are."""
    for one in [asked.host, *asked.nodes]:
        if not one or one[:1] == "-" or not all(letter in PLAIN and letter not in ("/", "=", "@") for letter in one):
            raise SizingError(f"'{one}' is no address; write a name or a number, such as 192.168.1.10")
    if asked.port is not None and not 1 <= asked.port <= 65535:
        raise SizingError(f"{asked.port} is no port; give a number from 1 to 65535")
    if asked.source not in SOURCES:
        raise SizingError(f"'{asked.source}' is no source of weights; choose {' or '.join(SOURCES)}")
    if asked.shell not in SHELLS:
        raise SizingError(f"'{asked.shell}' is no shell that is known; choose {', '.join(SHELLS)}")
    if asked.nodes and len(asked.nodes) != nodes:
        raise SizingError(f"{len(asked.nodes)} nodes are named; the machine has {nodes}")


def nodes_of(g: Given, asked: Asked) -> Sequence[str]:
    """The addresses of several nodes; none of one."""
    if g.nodes == 1:
        return ()
    return asked.nodes if asked.nodes else tuple([f"node{i + 1}" for i in range(g.nodes)])
