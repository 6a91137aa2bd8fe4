"""Which file and command start a plan in ExLlama? TabbyAPI's ``config.yml``, and its ``start.py``."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from sizing.facts.entries.runtimes import Server
from sizing.facts.units import GIB
from sizing.launch.asked import Asked
from sizing.launch.llama_cpp import notes_of, unsaid
from sizing.launch.step import Launch, Step
from sizing.launch.weights import weights_of
from sizing.plan import Plan

FILE: Final = "config.yml"
PAGE: Final = 256  # tokens: cache_size is a multiple of it

BITS: Final[Mapping[str, str]] = {"f16": "16", "q8": "8", "q6": "6", "q4": "4"}


def tabbyapi(p: Plan, server: Server, asked: Asked) -> Launch:
    """The start of ExLlamaV3."""
    return _launch(p, server, asked, "tabbyapi")


def tabbyapi_exl2(p: Plan, server: Server, asked: Asked) -> Launch:
    """The start of ExLlamaV2, which an older branch has."""
    found = _launch(p, server, asked, "tabbyapi-exl2")
    return replace(found, notes=(*found.notes, "ExLlamaV2 is in TabbyAPI's branch exl2-checkpoint alone"))


def _launch(p: Plan, server: Server, asked: Asked, name: str) -> Launch:
    weights = weights_of(p, asked.source)
    port = asked.port or server.port
    text = _config(p, weights.said.removeprefix("models/"), asked, port)
    note = f"in TabbyAPI's folder; answers at http://{asked.host}:{port}/v1, with the key of its api_tokens.yml"
    steps = (
        *weights.steps,
        Step(do="file", path=FILE, text=text, note="in TabbyAPI's folder, whose models/ has the weights"),
        Step(do="start", words=("python", "start.py"), note=note),
    )
    return Launch(server=name, name=server.name, steps=steps, differs=unsaid(p), notes=(*weights.notes, *notes_of(p)))


def _config(p: Plan, name: str, asked: Asked, port: int) -> str:
    """The configuration: what is not in it, TabbyAPI chooses by itself."""
    own: dict[str, object] = {
        "model_dir": "models",
        "model_name": name,
        "backend": p.runtime.id,
        "max_seq_len": p.context,
        "cache_size": -(-p.context // PAGE) * PAGE * p.sequences,
        "cache_mode": _cache_mode(p),
        "chunk_size": p.settings["micro_batch"],
        "max_batch_size": p.sequences,
    }
    if p.machine is not None and len(p.machine.devices) > 1:
        own["gpu_split_auto"] = False
        own["gpu_split"] = [round(place.memory.total / GIB, 2) for place in p.places[:-1]]
    network = {"host": asked.host, "port": port, "disable_auth": False}
    return "".join(f"{part}:\n" + _lines(said) for part, said in (("network", network), ("model", own)))


def _lines(said: Mapping[str, object]) -> str:
    return "".join(f"  {key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in said.items())


def _cache_mode(p: Plan) -> str:
    """FP16, or for keys and values the bits of each."""
    keys, _, values = p.cache_format.partition("/")
    if p.cache_format == "f16":
        return "FP16"
    if p.runtime.id == "exllamav2":
        return keys.upper()
    return f"{BITS[keys]},{BITS[values or keys]}"
