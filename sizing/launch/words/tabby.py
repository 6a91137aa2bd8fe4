"""Which file and command start a plan in ExLlama? TabbyAPI's ``config.yml``, and its ``start.py``."""

from __future__ import annotations

from typing import Final

from sizing.launch.words.common import answers, nameless, notes_of, port_of
from sizing.launch.words.compose import in_yaml
from sizing.launch.words.given import Asked, Given, Served
from sizing.launch.words.step import Launch, Step
from sizing.launch.words.weights import weights_of

CONFIG: Final = "config.yml"
PAGE: Final = 256  # tokens: cache_size is a multiple of it
GIB: Final = 1073741824
EXL_BITS: Final = {"f16": "16", "q8": "8", "q6": "6", "q4": "4"}


def tabbyapi(g: Given, server: Served, asked: Asked) -> Launch:
    """The start of ExLlamaV3; of ExLlamaV2, which an older branch has."""
    weights, port = weights_of(g, asked.source), port_of(asked, server.port)
    place = "in TabbyAPI's folder"
    file = Step(
        kind="file",
        path=CONFIG,
        lines=tuple(_config(g, weights.told, asked, port)),
        note=f"{place}, whose models/ has the weights",
    )
    note = f"{place}; {answers(asked, port)}, with the key of its api_tokens.yml"
    old = ["ExLlamaV2 is in TabbyAPI's branch exl2-checkpoint alone"] if g.runtime == "exllamav2" else []
    return Launch(
        server=server.id,
        name=server.name,
        steps=(*weights.steps, file, Step(kind="start", words=("python", "start.py"), note=note)),
        differs=tuple(nameless(g)),
        notes=(*weights.notes, *notes_of(g), *old),
    )


def _config(g: Given, name: str, asked: Asked, port: int) -> list[str]:
    """The configuration: what is not in it, TabbyAPI chooses by itself."""
    lines = [
        "network:",
        f"  host: {in_yaml(asked.host)}",
        f"  port: {port}",
        "  disable_auth: false",
        "model:",
        "  model_dir: models",
        f"  model_name: {in_yaml(name)}",
        f"  backend: {g.runtime}",
        f"  max_seq_len: {g.context}",
        f"  cache_size: {(g.context + PAGE - 1) // PAGE * PAGE * g.sequences}",
        f"  cache_mode: {in_yaml(_cache_mode(g))}",
        f"  chunk_size: {g.micro_batch}",
        f"  max_batch_size: {g.sequences}",
    ]
    if g.several:
        split = ", ".join([f"{held / GIB:.4g}" for held in g.held[: len(g.devices)]])
        lines.extend(["  gpu_split_auto: false", f"  gpu_split: [{split}]"])
    return lines


def _cache_mode(g: Given) -> str:
    """FP16, or for keys and values the bits of each."""
    keys, values = g.cache
    if keys == "f16" and values == "f16":
        return "FP16"
    return f"Q{EXL_BITS[keys]}" if g.runtime == "exllamav2" else f"{EXL_BITS[keys]},{EXL_BITS[values]}"
