"""Which command starts a plan in KTransformers? Its SGLang's, and how many experts of each layer stay on the card.

The processor computes the others, from a folder that it reads itself: with as many threads as there are cores, in a
pool for each NUMA node, which the shell counts.
"""

from __future__ import annotations

from typing import Final

from sizing.launch.words.common import answers, notes_of, port_of, sighted
from sizing.launch.words.given import Asked, Given, Served
from sizing.launch.words.sglang import SGLANG, sglang_options, undrafted
from sizing.launch.words.shells import Read
from sizing.launch.words.step import Launch, Step
from sizing.launch.words.vllm import unsaid_of_ranks
from sizing.launch.words.weights import Weights, weights_of

# How kt-kernel calls what the processor multiplies: --kt-method.
METHODS: Final = {
    "BF16": "BF16", "FP8": "FP8", "FP8-dynamic": "FP8_PERCHANNEL", "INT4": "RAWINT4", "GPTQ": "GPTQ_INT4",
}  # fmt: skip
VECTORS: Final = {"FP8-dynamic": "AVX-512", "INT4": "AVX-512"}  # what it needs beyond AVX2
CORES: Final = "\"$(lscpu -p=Core,Socket | grep -v '^#' | sort -u | wc -l)\""
NUMA_NODES: Final = "\"$(lscpu -p=Node | grep -v '^#' | sort -u | wc -l)\""


def ktransformers_server(g: Given, server: Served, asked: Asked) -> Launch:
    """The start with the SGLang that KTransformers brings."""
    weights, port = weights_of(g, asked.source), port_of(asked, server.port)
    words = (*SGLANG, *sglang_options(g, weights), *_experts(g, weights), "--host", asked.host, "--port", f"{port}")
    note = f"on Linux: pip install 'ktransformers[sglang]'; {answers(asked, port)}"
    vectors = VECTORS.get(g.format, "AVX2")
    needs = [f"the processor computes experts in {METHODS[g.format]}, for which it needs {vectors}"] if g.moved else []
    return Launch(
        server=server.id,
        name=server.name,
        steps=(*weights.steps, Step(kind="start", words=words, read=(Read(sh=CORES), Read(sh=NUMA_NODES)), note=note)),
        differs=(*_spread(g), *sighted(g, server.name), *unsaid_of_ranks(g, undrafted(g))),
        notes=(*weights.notes, *notes_of(g), *needs),
    )


def resident(g: Given) -> int:
    """Experts of every layer that stay on the device: as many in all as the plan has there, or a few less."""
    return g.experts * (g.mixtures - g.moved) // g.mixtures


def _experts(g: Given, weights: Weights) -> tuple[str, ...]:
    """Where experts lie, and who computes them; nothing where all lie on the device.

    A shared expert that SGLang counts among the others would be none of those that are told apart here, so that every
    start of the makers' tutorials leaves it alone, of models without one too
    (https://github.com/kvcache-ai/ktransformers/blob/main/doc/en/kt-kernel/Native-Precision-Tutorial.md, read
    2026-11-27).
    """
    if not g.moved:
        return ()
    return (
        "--disable-shared-experts-fusion",
        *("--kt-weight-path", weights.told, "--kt-method", METHODS[g.format]),
        *("--kt-num-gpu-experts", f"{resident(g)}", "--kt-cpuinfer", CORES, "--kt-threadpool-count", NUMA_NODES),
    )


def _spread(g: Given) -> list[str]:
    """It has no word for the experts of some layers alone."""
    if g.moved in (0, g.mixtures):
        return []
    return [
        f"experts of {g.moved} layers on the host: it keeps {resident(g)} of {g.experts} of every layer on the device, "
        "as many in all"
    ]
