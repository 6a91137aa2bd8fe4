"""What does the engine read of facts? Devices as cards, formats as encodings, runtimes as programs: nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from sizing.engine.program import Defaults, Encoding, Program
from sizing.engine.rig import NO_GENERATION, Card
from sizing.facts.entries.devices import Device, Interconnect
from sizing.facts.entries.formats import Format, Variant
from sizing.facts.entries.runtimes import MeasuredContext, Runtime
from sizing.facts.units import known


def card(device: Device) -> Card:
    """A device as the formulas of speed see it."""
    joint = device.interconnect
    link, peers = _peers(joint) if joint else ("none", None)
    return Card(
        id=device.id,
        generation=device.architecture or NO_GENERATION,
        memory=_memory(device),
        link=link,
        rate=compute_rate(device),
        half=half_rate(device),
        single=device.rate("fp32"),
        fp8=_stated(device, (("fp8", "fp32"), ("fp8", None))),
        fp4=_stated(device, (("fp4", None),)),
        best_rate=device.best_rate or 0.0,
        peers=peers,
        pcie=_to_host(joint) if joint else None,
        capability=device.capability,
        soldered=device.market == "laptop",
        bridge=(joint.bridge or 0) if joint else 0,
    )


def _peers(joint: Interconnect) -> tuple[str, float | None]:
    """How a card reaches its peers, and in bytes/s each way. A vendor's total is for both ways."""
    if isinstance(joint.nvlink, float):
        return "nvlink", joint.nvlink / 2
    if isinstance(joint.mesh, float):
        return "mesh", joint.mesh / 2
    if isinstance(joint.fabric, float):
        return "fabric", joint.fabric / 2
    return "pcie", joint.pcie_bandwidth


def _to_host(joint: Interconnect) -> float | None:
    """Bytes/s each way between a card and its host: PCIe's, or NVLink's where there is none."""
    if joint.pcie == "none" and isinstance(joint.nvlink, float):
        return joint.nvlink / 2
    return joint.pcie_bandwidth


def _memory(device: Device) -> str:
    """The kind of memory that decides what share of the bandwidth is reached."""
    if device.kind == "cpu":
        return "DDR"  # as a host has it
    return "HBM" if device.kind == "gpu" and device.memory.type.startswith("HBM") else "other"


def compute_rate(device: Device) -> float | None:
    """The dense rate that efficiencies of compute are a share of, in operations/s: FP16 with FP32 accumulation where a
    datasheet states it, else FP16, BF16, FP32."""
    return _stated(device, (("fp16", "fp32"), ("fp16", None), ("bf16", None), ("fp32", None)))


def half_rate(device: Device) -> float | None:
    """The dense rate of 16-bit numbers by whatever sums them fastest, in operations/s; half of INT8's where matrix
    units are stated for it alone. Of a processor's vectors twice that of FP32: to unpack weights takes most of what
    instructions for bytes gain, so that one rate tells those with and without them better than two."""
    if device.kind == "cpu":
        single = device.rate("fp32")
        return 2 * single if single else None
    fastest = _stated(device, (("fp16", "fp16"), ("fp16", None), ("bf16", None)))
    byte = _stated(device, (("int8", None),))
    return fastest or (byte / 2 if byte else _stated(device, (("fp32", None),)))


def _stated(device: Device, wanted: Sequence[tuple[str, str | None]]) -> float | None:
    """The rate of the first of these kinds, each with what it is summed in, that a datasheet states."""
    for kind, accumulate in wanted:
        for stated in device.compute:
            rate = known(stated.rate)
            if stated.type == kind and accumulate in (None, stated.accumulate) and rate is not None:
                return rate
    return None


def encoding(fmt: Format) -> Encoding:
    """A weight format as the formulas see it."""
    return Encoding(fmt.id, _packing(fmt), fmt.runtimes, fmt.bits, measured_loss(fmt))


def measured_loss(fmt: Format) -> float | None:
    """By how much perplexity rose where it was measured, on the mean; None where it was not."""
    found = [x.value / x.base_value - 1 for x in fmt.loss if x.metric == "perplexity"]
    return sum(found) / len(found) if found else None


def _packing(fmt: Format) -> str:
    """How weights are packed: what a kernel must undo before it multiplies."""
    name = (fmt.rule if isinstance(fmt, Variant) and fmt.own else fmt.id).upper()
    if fmt.precision in ("16-bit", "32-bit"):
        return "bf16" if "BF16" in name else "plain"
    if fmt.kind != "gguf" and "MXFP4_MOE" not in name:
        return name.split("-")[0]
    if "FP4" in name:
        return "fp4"
    if name.startswith("IQ") or "-IQ" in name:
        return "codebook"
    return "k-quant" if "_K" in name else "block"


def program(runtime: Runtime, backend: str, others: Iterable[Runtime] = ()) -> Program:
    """A runtime with one of its backends. What driver and context take where nobody states it is as with ``others``."""
    stated = next(facts for name, facts in runtime.backends.items() if name == backend)
    said = known(stated.context_overhead)
    taken, contexts = (said, stated.contexts) if said is not None else _likened(runtime, backend, others)
    return Program(
        runtime=runtime.id,
        backend=backend,
        files=runtime.files,
        split=runtime.split,
        offload=runtime.offload,
        experts_alone=runtime.experts_alone,
        spans=runtime.spans,
        pools=runtime.gpu_memory_utilization < 1 or runtime.computes_in_margin,
        utilization=runtime.gpu_memory_utilization,
        margin=0 if backend == "cpu" else runtime.device_margin,
        margin_each=runtime.margin_each,
        apart=runtime.computes_in_margin,
        batched_tokens=runtime.batched_tokens,
        usual_batch=runtime.batched_tokens,
        logit_rows=runtime.logit_rows,
        slot_logits=runtime.slot_logits,
        page=runtime.cache.page,
        states=runtime.cache.states,
        kept=runtime.cache.kept,
        states_share=runtime.cache.states_share,
        wide=False,
        expert_tokens=runtime.expert_tokens,
        whole_windows=False,
        flash=True,
        overhead=taken + stated.graphs,
        guessed=said is None,
        joined=stated.joined,
        capability=stated.capability,
        defaults=tuple(
            Defaults(
                memory=one.memory,
                batched_tokens=one.batched_tokens,
                logit_rows=one.logit_rows or runtime.logit_rows,
                margin=one.margin,
            )
            for one in runtime.by_memory
        ),
        small=runtime.small,
        contexts=tuple((device, one.overhead + stated.graphs) for one in contexts for device in one.devices),
        formats=stated.formats,
    )


def _likened(runtime: Runtime, backend: str, others: Iterable[Runtime]) -> tuple[int, tuple[MeasuredContext, ...]]:
    """What driver and context take of a device where nobody states it: as with the first runtime that loads the same
    files and states it of this backend, else the most that one of them takes on any."""
    most = 0
    for one in (runtime, *others):
        for name, facts in one.backends.items():
            said = known(facts.context_overhead)
            if one.files != runtime.files or said is None:
                continue
            if name == backend:
                return said, facts.contexts
            most = max(most, said)
    return most, ()


def programs(runtimes: Mapping[str, Runtime]) -> Iterator[Program]:
    """Every runtime with every backend that it has, in the catalog's order."""
    for runtime in runtimes.values():
        for backend in runtime.backends:
            yield program(runtime, backend, runtimes.values())
