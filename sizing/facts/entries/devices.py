"""What may a device's entry say? A GPU, a chip with one memory, or a CPU; and what a system lets a GPU use."""

from __future__ import annotations

from typing import Annotated, Literal

from sizing.facts import units
from sizing.facts.entries.common import READS, SOURCES, Source, Sources, plausible
from sizing.facts.entries.entry import Entry, about
from sizing.facts.entries.values import (
    SOME,
    Bandwidth,
    Bounded,
    Bytes,
    Date,
    Id,
    MemorySize,
    MemorySizes,
    Power,
    Text,
    WorkRate,
    number,
    whole,
)
from sizing.facts.units import UNDISCLOSED, Undisclosed

# How a program reaches a device; the last row are Chinese vendors' own platforms. A device may list one that no
# runtime of the catalog serves yet.
Backend = Literal[
    "cuda", "metal", "rocm", "vulkan", "sycl", "cpu",
    "cann", "cann-310p", "musa", "maca", "dtk", "neuware", "supa", "xpu", "corex", "hpu", "gcu",
]  # fmt: skip


class Compute(Entry):
    """A dense rate of one number type, with the accumulator it is stated for."""

    type: Literal["fp32", "tf32", "fp16", "bf16", "fp8", "int8", "int4", "fp4"] = about("such as fp16")
    accumulate: Literal["fp16", "fp32", "int32", "undisclosed"] = about("fp16, fp32, int32 or undisclosed")
    rate: WorkRate | Undisclosed = about("a dense rate such as 165.2 TFLOPS, or undisclosed")
    note: Text | None = about("a short remark in text", default=None)


class DeviceMemory(Entry):
    """What the box says and what the driver shows."""

    box: MemorySizes = about("24 GB, or a list of the sizes sold")
    driver: MemorySize | Undisclosed = about("what the driver shows, such as 24564 MiB", default=UNDISCLOSED)
    offered: MemorySize | Undisclosed = about(
        "what a program is offered of it, as cudaMemGetInfo says, such as 24080 MiB", default=UNDISCLOSED
    )
    type: Text = about("the kind of memory, such as GDDR6X")


class Interconnect(Entry):
    """How a card reaches its host and its peers."""

    pcie: Annotated[str, Bounded(pattern=r"^([1-6]\.0 x(4|8|16)|none|undisclosed)$")] = about(
        "generation and lanes, such as 4.0 x16, or none"
    )
    nvlink: Bandwidth | Literal["none"] | Undisclosed = about(
        "the vendor's total for one card, such as 600 GB/s, or none", default="none"
    )
    mesh: Bandwidth | Literal["none"] = about(
        "the vendor's total for one card over its own links, one to each of seven others, such as 896 GB/s, or none",
        default="none",
    )
    fabric: Bandwidth | Literal["none"] = about(
        "the vendor's total for one card over its own links and switches that are no NVLink, such as 784 GB/s, or none",
        default="none",
    )
    bridge: Annotated[int, whole(2, 8)] | None = about(
        "how many cards a bridge of NVLink joins, where no board or switch joins all, such as 2", default=None
    )

    def __post_init__(self) -> None:
        if self.bridge and not isinstance(self.nvlink, float):
            raise ValueError("a bridge is of NVLink; give its rate, such as nvlink: 112.5 GB/s")

    @property
    def pcie_bandwidth(self) -> float | None:
        """Bytes per second each way: PCI-SIG's transfer rate times lanes, less the line code: 8b/10b of the first two
        generations, then 128b/130b."""
        if self.pcie in ("none", UNDISCLOSED):
            return None
        generation, lanes = self.pcie.split(".0 x")
        transfers = {"1": 2.5e9, "2": 5e9, "3": 8e9, "4": 16e9, "5": 32e9, "6": 64e9}[generation]
        return transfers * int(lanes) / 8 * (8 / 10 if generation in "12" else 128 / 130)


class Card(Entry):
    """A card that holds several of a device, as people name it."""

    name: Text = about("the card's name, such as A16")
    count: Annotated[int, number(2, 16)] = about("how many of the device are on it, such as 4")


# Operations to a byte, and to a joule: a hundred times as wide as all devices known.
INTENSITY = (1.0, 20_000.0)
EFFICIENCY = (1e9, 1e15)


class Device(Entry):
    """A GPU, a chip whose CPU and GPU share one memory, or a CPU (one socket with its memory)."""

    id: Text
    vendor: Id = about("the vendor's id, such as nvidia")
    name: Text = about("the product's name")
    short_name: Text | None = about(
        "what of the name means this one without its size or its series, such as RTX 3080", default=None
    )
    kind: Literal["gpu", "soc", "cpu"] = about("gpu, soc for one unified memory, or cpu")
    market: Literal["consumer", "laptop", "workstation", "datacenter", "embedded"] = about(
        "consumer, laptop, workstation, datacenter or embedded"
    )
    released: Date | Undisclosed = about("the release date, such as 2022-10-12")
    backends: Annotated[tuple[Backend, ...], SOME] = about("a list such as [cuda]")
    architecture: Text | None = about("the chip's architecture, such as Ada Lovelace", default=None)
    capability: Annotated[float, number(1, 100)] | None = about(
        "the CUDA compute capability, such as 8.9", default=None
    )
    memory: DeviceMemory = about("{box, driver, type}")
    bandwidth: Bandwidth | Undisclosed = about("the memory bandwidth, such as 1008 GB/s")
    compute: tuple[Compute, ...] = about(
        "a list of {type, accumulate, rate}; of a socket that takes several processors left out", default=()
    )
    tdp: Power | Undisclosed | None = about(
        "such as 450 W, or undisclosed; left out for a socket that takes several processors", default=None
    )
    interconnect: Interconnect | None = about("{pcie, nvlink, bridge, mesh, fabric}", default=None)
    processors: tuple[Text, ...] = about(
        "the processors that it is the graphics of, as people name them, such as [Ryzen 7 7840HS]", default=()
    )
    card: Card | None = about("{name, count}: the card that it is sold on, where that holds several", default=None)
    sources: Sources = about(SOURCES)

    def __post_init__(self) -> None:
        if self.kind == "gpu" and len(self.memory.box) != 1:
            raise ValueError("a gpu has one memory size; give each size its own device")
        if self.kind != "cpu" and (not self.compute or self.tdp is None):
            raise ValueError("only a cpu goes without compute and tdp; give both, or undisclosed")
        if (self.kind == "cpu") != ("cpu" in self.backends):
            raise ValueError("a cpu has backends: [cpu], and nothing else has")
        for name, stated in (("driver", self.memory.driver), ("offered", self.memory.offered)):
            shown = units.known(stated)
            if shown is not None and not 0.8 * self.memory.box[0] <= shown <= self.memory.box[0]:
                raise ValueError(f"memory.{name} must lie within 80 % to 100 % of memory.box; check the unit (MiB)")
        bandwidth, tdp = units.known(self.bandwidth), units.known(self.tdp or UNDISCLOSED)
        best = max((units.known(one.rate) or 0.0 for one in self.compute), default=0.0) or None
        for size in self.memory.box:
            plausible("bandwidth", bandwidth, "of its memory", size, READS)
        plausible("best rate", best, "of its bandwidth", bandwidth, INTENSITY)
        plausible("best rate", best, "of its tdp", tdp, EFFICIENCY)

    @property
    def unified(self) -> bool:
        """Whether its memory is the host's."""
        return self.kind != "gpu"

    @property
    def best_rate(self) -> float | None:
        """Operations/s at the best of the rates stated; None where none is. A processor's vectors hold two numbers of
        16 bits in the place of one of 32."""
        rates = [rate for one in self.compute if (rate := units.known(one.rate)) is not None]
        if self.kind == "cpu" and (single := self.rate("fp32")):
            rates.append(2 * single)
        return max(rates, default=None)

    def rate(self, kind: str, accumulate: str | None = None) -> float | None:
        """A number type's dense rate in operations/s: with that accumulator where it is stated apart, else FP32."""
        rates = {c.accumulate: rate for c in self.compute if c.type == kind and (rate := units.known(c.rate))}
        wanted = (accumulate or "fp32", "fp32", *rates)
        return next((rates[a] for a in wanted if a in rates), None)


class GpuLimit(Entry):
    """One observation, or a vendor's statement, of what a system lets the GPU use of a memory that it shares."""

    vendor: Id = about("the vendor's id, such as apple: other vendors' chips follow other rules")
    memory: MemorySize = about("the machine's memory, such as 64 GB")
    limit: Bytes = about("bytes, such as 51539607552")
    device: Text = about("the device's id, or undisclosed", default=UNDISCLOSED)
    system: Text = about("such as macOS 14.1, or undisclosed", default=UNDISCLOSED)
    source: Source = about("{url, read}")

    def __post_init__(self) -> None:
        if not 0.5 * self.memory <= self.limit <= self.memory:
            raise ValueError("limit must lie within 50 % to 100 % of memory; check that it is in bytes")


class RaiseGpuLimit(Entry):
    """How the limit is raised."""

    command: Text = about("the command")
    since: Text = about("the macOS version")
    sources: Sources = about(SOURCES)
