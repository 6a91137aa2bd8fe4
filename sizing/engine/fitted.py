"""What does no datasheet say? The constants of the speed formulas, fitted to measurements, by attributes.

A constant is a product: a value for all, times a factor for each level that knows these attributes (a program and its
backend, the era of the build, the kind of memory, the chip's generation, how weights are packed). A factor that no
measurement speaks for is one. ``sizing.proof.fit`` makes ``fitted.json``; nothing else writes it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, Literal

from sizing.facts.entries.devices import Device
from sizing.facts.entries.formats import Format
from sizing.facts.machine import Place
from sizing.facts.units import known

FITTED: Final = Path(__file__).parent / "fitted.json"

Test = Literal["decode", "prefill"]


@dataclass(frozen=True, slots=True)
class Term:
    """One constant of a formula."""

    name: str
    prior: float  # the value before any measurement; seconds, or a share or factor without a unit
    levels: tuple[tuple[str, ...], ...] = ()
    pull: float = 3.0  # how strongly a level's factor is held at one: in residuals of 8 % for a factor of e
    most: float | None = None  # a share is at most so much


_PROGRAM: Final = ("program",)
_ERA: Final = ("program", "era")
_MEMORY: Final = ("program", "memory")
_GENERATION: Final = ("program", "generation")
_PACKING: Final = ("program", "packing")

TERMS: Final[Mapping[Test, tuple[Term, ...]]] = {
    "decode": (
        Term("step", 5e-4, (_PROGRAM, _ERA), 1.0),
        Term("layer", 4e-5, (_PROGRAM, _ERA, _MEMORY, _GENERATION), 1.0),
        Term("mixture", 5e-5, (("memory",), _PROGRAM), 1.0),
        Term("state", 2e-5, (_PROGRAM,), 1.0),
        Term("read", 0.75, (("memory",), ("packing",), _PROGRAM, _MEMORY, _GENERATION, _PACKING), 3.0, 1.0),
        Term("scatter", 1.1, (("memory",), _PROGRAM), 3.0),
        Term("recall", 1.2, (_PROGRAM, _ERA), 3.0),
        Term("multiply", 0.5, (_PROGRAM,), 3.0, 1.0),
        Term("hop", 5e-5, (_PROGRAM,), 2.0),
        Term("exchange", 1e-5, (_PROGRAM, ("link",)), 2.0),
        Term("carry", 0.5, (("link",),), 3.0, 1.0),
        Term("handover", 5e-5, (_PROGRAM,), 2.0),
    ),
    "prefill": (
        Term("step", 1e-3, (_PROGRAM, _ERA), 1.0),
        Term("layer", 5e-5, (_PROGRAM, _ERA), 1.0),
        Term("mixture", 1e-4, (_PROGRAM,), 1.0),
        Term("state", 1e-4, (_PROGRAM,), 1.0),
        Term("read", 0.7, (_PROGRAM,), 6.0, 1.0),
        Term("scatter", 1.0, (_PROGRAM,), 3.0),
        Term(
            "multiply", 0.4,
            (_PROGRAM, _GENERATION, _PACKING, _ERA, ("program", "kind")), 3.0, 1.5,
        ),
        Term("attend", 0.2, (_PROGRAM, _GENERATION), 2.0, 1.5),
        Term("overlap", 0.5, (_PROGRAM,), 3.0, 1.0),
        Term("exchange", 3e-5, (_PROGRAM, ("link",)), 2.0),
        Term("carry", 0.5, (("link",),), 3.0, 1.0),
    ),
}  # fmt: skip

Attributes = Mapping[str, str]


def memory_kind(device: Device) -> str:
    """The kind of memory that decides what share of the bandwidth is reached."""
    if device.kind != "gpu":
        return "shared"
    return "HBM" if device.memory.type.startswith("HBM") else "GDDR"


def packing(fmt: Format) -> str:
    """How weights are packed: what a kernel must undo before it multiplies."""
    name = fmt.id.upper()
    if fmt.precision in ("16-bit", "32-bit"):
        return "plain"
    if fmt.kind != "gguf" and "MXFP4_MOE" not in name:
        return name.split("-")[0]
    if "FP4" in name:
        return "fp4"
    if name.startswith("IQ") or "-IQ" in name:
        return "codebook"
    return "k-quant" if "_K" in name else "block"


def link_kind(place: Place) -> str:
    """How the devices of a machine reach each other."""
    joint = place.device.interconnect if place.device else None
    if joint is None:
        return "none"
    return "nvlink" if isinstance(joint.nvlink, float) else "pcie"


def attributes(runtime: str, backend: str, era: str, place: Place, fmt: Format, mixture: bool) -> Attributes:
    """What the constants of a place are looked up by."""
    device = place.device
    return {
        "program": f"{runtime}/{backend}",
        "era": era,
        "memory": memory_kind(device) if device else "DDR",
        "generation": (device.architecture if device else None) or "unknown",
        "packing": packing(fmt),
        "kind": "mixture" if mixture else "dense",
        "link": link_kind(place),
    }


def key(level: Sequence[str], of: Attributes) -> str:
    """A level's key in ``fitted.json``."""
    return " ".join(f"{name}={of[name]}" for name in level)


@dataclass(frozen=True)
class Fitted:
    """``fitted.json`` as it is read."""

    factors: Mapping[Test, Mapping[str, Mapping[str, float]]]  # a term's name to its value ("") and its factors
    eras: Mapping[str, str]  # a program's newest era
    spreads: Mapping[str, Mapping[str, tuple[float, float]]]  # measured over predicted, by class and by what is known
    measured: Mapping[str, frozenset[str]]  # a program's measured devices
    data: Mapping[str, Any]  # the file

    def constants(self, test: Test, of: Attributes) -> dict[str, float]:
        """The value of every term for these attributes."""
        found = {}
        for term in TERMS[test]:
            factors = self.factors[test][term.name]
            value = factors[""]
            for level in term.levels:
                value *= factors.get(key(level, of), 1.0)
            found[term.name] = value if term.most is None else min(value, term.most)
        return found

    def spread(self, test: Test, kind: str, program: str, device: str) -> tuple[float, float]:
        """The 10th and 90th percentile of measured over predicted: from cases left out of the fit one by one where the
        device is measured with this program, from whole devices left out where it is not, and squared where the
        program itself is not."""
        if program not in self.measured:
            low, high = self.spreads[f"{test} {kind}"]["devices"]
            return low * low, high * high
        left_out = "pairs" if device in self.measured[program] else "devices"
        return self.spreads[f"{test} {kind}"][left_out]


@lru_cache(maxsize=1)
def fitted() -> Fitted:
    """The constants as ``sizing.proof.fit`` last wrote them."""
    return parsed(json.loads(FITTED.read_text(encoding="utf-8")))


def parsed(data: Mapping[str, Any]) -> Fitted:
    """``fitted.json``'s data."""
    return Fitted(
        factors={test: data[test] for test in TERMS},
        eras=data["eras"],
        spreads={kind: {k: (v[0], v[1]) for k, v in both.items()} for kind, both in data["spreads"].items()},
        measured={program: frozenset(devices) for program, devices in data["measured"].items()},
        data=data,
    )


def compute_rate(device: Device) -> float | None:
    """The dense rate that efficiencies of compute are a share of, in operations/s: FP16 with FP32 accumulation where a
    datasheet states it, else FP16, BF16, FP32."""
    for kind, accumulate in (("fp16", "fp32"), ("fp16", None), ("bf16", None), ("fp32", None)):
        for stated in device.compute:
            rate = known(stated.rate)
            if stated.type == kind and accumulate in (None, stated.accumulate) and rate is not None:
                return rate
    return None
