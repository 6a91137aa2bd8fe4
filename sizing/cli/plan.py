"""``sizing plan``: what does a model take, and how does it run on a machine?"""

from __future__ import annotations

import argparse
import json
from typing import TYPE_CHECKING, Final

from sizing.facts.content import is_file
from sizing.facts.units import GIB

if TYPE_CHECKING:
    from sizing.catalog import Catalog
    from sizing.engine.speed import Rate
    from sizing.model import Model
    from sizing.plan import Plan

NAME: Final = "plan"
HELP: Final = "memory, fit and speed of a model"


def add_options(parser: argparse.ArgumentParser) -> None:
    """What can be asked."""
    parser.add_argument("model", metavar="MODEL", help="a catalog id, a config.json, a GGUF file or a catalog file")
    parser.add_argument("--on", metavar="MACHINE", help="a machine's or device's id, such as rtx-4090 or 2x-rtx-4090")
    parser.add_argument("--format", metavar="F", action="append", help="such as Q4_K_M; repeat for several")
    parser.add_argument(
        "--context", metavar="N", action="append", type=_tokens, help="tokens, such as 8192 or 8K; repeat"
    )
    parser.add_argument("--cache-format", metavar="T", default="f16", help="f16, q8_0, q4_0 …")
    parser.add_argument("--runtime", metavar="R", help="such as llama.cpp or vllm")
    parser.add_argument("--sequences", metavar="N", type=int, default=1, help="sequences held at once")
    parser.add_argument("--json", action="store_true", help="a list of plans")


def _tokens(text: str) -> int:
    """``8192``, ``8K`` or ``128K``; K is 1,024."""
    try:
        value = int(text[:-1]) * 1024 if text[-1:] in ("K", "k") else int(text)
    except ValueError:
        value = 0
    if value < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of tokens; write 8192 or 8K")
    return value


def run(asked: argparse.Namespace) -> int:
    """Print the plans."""
    from sizing.catalog import Catalog
    from sizing.plan import plan

    catalog = Catalog.load(asked.catalog)
    model = _model(catalog, asked.model)
    machine = catalog.machine(asked.on) if asked.on else None
    plans = [
        plan(
            model,
            machine,
            format=fmt,
            context=context,
            cache_format=asked.cache_format,
            runtime=asked.runtime,
            sequences=asked.sequences,
        )
        for fmt in asked.format or ["Q4_K_M"]
        for context in asked.context or [8192]
    ]
    if asked.json:
        print(json.dumps([p.as_dict() for p in plans], indent=2))
    else:
        print("\n\n".join(map(describe, plans)))
    return 0


def _model(catalog: Catalog, name: str) -> Model:
    if name in catalog.models or not (name.endswith((".json", ".gguf", ".yaml")) or is_file(name)):
        return catalog.model(name)
    from sizing.files.models import read_model

    return read_model(name, catalog=catalog)


def describe(p: Plan) -> str:
    """A plan in a few lines of text."""
    m = p.memory
    where = p.machine.name if p.machine else "no machine"
    lines = [
        f"{p.model.name} · {p.format.id} · {p.context:,} tokens · {p.runtime.name} · {where}",
        f"  memory   {m.total / GIB:8.2f} GiB = {m.weights / GIB:.2f} weights + {m.cache / GIB:.2f} cache"
        f" + {m.buffers / GIB:.2f} buffers + {m.overhead / GIB:.2f} overhead",
    ]
    if p.machine is not None:
        lines.append(f"  fits     {_verdict(p)}")
        lines += [
            f"  {place.name:<24} {place.memory.total / GIB:8.2f} of {(place.capacity or 0) / GIB:.2f} GiB"
            for place in p.places
            if place.memory.total
        ]
    if p.decode:
        lines.append(f"  decode   {_rate(p.decode)} at a full context")
    if p.prefill:
        lines.append(f"  prefill  {_rate(p.prefill)} over a prompt that fills it")
    if p.beyond_limit:
        lines.append(f"  note     beyond the model's limit of {p.model.context:,} tokens")
    lines += [f"  note     {remark}" for remark in p.model.remarks]
    if p.unknown:
        lines.append(f"  unknown  {', '.join(p.unknown)} undisclosed")
    return "\n".join(lines)


def _verdict(p: Plan) -> str:
    if p.fits:
        return "yes"
    if p.layout is None:
        return "no, and not with offload either"
    return f"no; runs with {p.layout.layers_on_host} layers and the experts of {p.layout.experts_on_host} on the host"


def _rate(rate: Rate) -> str:
    return f"{rate.value:.3g} tokens/s ({rate.low:.3g} to {rate.high:.3g})"
