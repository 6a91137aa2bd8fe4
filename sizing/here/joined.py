"""Which devices are there? What several tools saw of them, put together one by one; and which of them do not count."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from typing import Final

from sizing.here.seen import PCI_VENDORS, HostSeen, Kind, Reading, Seen, System, first_said
from sizing.here.values import pci

# Tools from the one that knows most of a device on; a vendor's own first.
ORDER: Final = (
    "nvidia-smi -q", "nvidia-smi --query-gpu", "nvidia-smi", "nvidia-smi -L", "device tree", "amd-smi", "rocm-smi",
    "npu-smi", "mthreads-gmi", "cnmon", "mx-smi", "ixsmi", "hl-smi", "xpu-smi", "xpu_smi", "/sys/class/drm",
    "LACT", "rocminfo", "sysctl", "Metal", "MLX", "system_profiler", "nvtop", "gpustat", "llama.cpp", "Ollama",
    "LM Studio", "PyTorch", "GPU-Z", "clinfo", "lspci", "hwinfo", "inxi", "fetch", "lshw", "Windows", "dxdiag",
    "registry", "Task Manager", "dmesg", "intel_gpu_top", "sycl", "vulkaninfo", "glxinfo", "nvidia-smi topo",
    "/dev/dri", "notes",
)  # fmt: skip
# Of these, a device that no other tool saw is one more.
_COMPLETE: Final = frozenset({"lspci", "/sys/class/drm", "Windows", "dxdiag"})


@dataclass(frozen=True)
class Joined:
    """Everything that is in a computer, as far as its tools told."""

    system: System | None
    devices: tuple[Seen, ...]  # those that may run models
    ignored: tuple[tuple[Seen, str], ...]  # and others, each with the reason
    host: HostSeen
    remarks: tuple[str, ...]


def join(readings: Iterable[Reading]) -> Joined:
    """One list of devices, and one host."""
    ordered = sorted(readings, key=lambda one: ORDER.index(one.tool) if one.tool in ORDER else len(ORDER))
    host = _limited(first_said(one.host for one in ordered))
    pool: list[Seen] = []
    for reading in ordered:
        pool = _added(pool, reading.devices)
    pool = [_sized(_numbered(one), host) for one in pool]
    cards = [one for one in pool if not _reason(one)]
    ignored = [(one, reason) for one in pool if (reason := _reason(one))]
    return Joined(
        system=_system(ordered),
        devices=tuple(cards),
        ignored=tuple(ignored),
        host=host,
        remarks=tuple(dict.fromkeys(remark for one in ordered for remark in one.remarks)),
    )


def _limited(host: HostSeen) -> HostSeen:
    """The host, with no more memory than a container may use."""
    if host.limit is None or (host.memory is not None and host.limit >= host.memory):
        return replace(host, limit=None)
    return replace(host, memory=host.limit, available=None)


def _system(readings: Sequence[Reading]) -> System | None:
    """Windows' tools beside Linux's are WSL's."""
    said = {one.system for one in readings if one.system}
    if "wsl2" in said or {"windows", "linux"} <= said:
        return "wsl2"
    return next((one for one in ("macos", "windows", "linux") if one in said), None)


# --- one by one -----------------------------------------------------------------------------------------------------


def _added(pool: list[Seen], more: Sequence[Seen]) -> list[Seen]:
    """The devices known so far, with what another tool saw of them, and those that it alone saw."""
    result = list(pool)
    taken: set[int] = set()
    for one in more:
        if one.kind == "slice":
            if not any(other.kind == "slice" for other in pool):
                result.append(one)
            continue
        at = _same(pool, taken, one, more)
        if at is not None:
            taken.add(at)
            result[at] = _merged(result[at], one)
        elif _is_new(pool, one):
            result.append(one)
    return result


def _same(pool: Sequence[Seen], taken: set[int], one: Seen, more: Sequence[Seen]) -> int | None:
    """Where a device already stands: at its place on the bus, by its numbers, its name, else its turn."""
    free = [at for at, other in enumerate(pool) if at not in taken and other.kind != "slice" and _may_be(other, one)]
    for test in (_same_bus, _same_pci, _same_name):
        for at in free:
            if test(pool[at], one):
                return at
    own = [at for at, other in enumerate(pool) if other.kind != "slice" and _vendors(other, one)]
    theirs = [other for other in more if other.kind != "slice" and _vendors(one, other)]
    if len(own) == len(theirs):
        at = own[next(turn for turn, other in enumerate(theirs) if other is one)]
        return at if at in free else None
    return None


def _vendors(a: Seen, b: Seen) -> bool:
    return not a.vendor or not b.vendor or a.vendor == b.vendor


def _may_be(a: Seen, b: Seen) -> bool:
    """Whether nothing tells two apart."""
    buses = a.bus and b.bus and a.bus != b.bus
    numbers = a.pci and b.pci and a.pci[:9] != b.pci[:9]
    return _vendors(a, b) and not buses and not numbers


def _same_bus(a: Seen, b: Seen) -> bool:
    return bool(a.bus) and a.bus == b.bus


def _same_pci(a: Seen, b: Seen) -> bool:
    return bool(a.pci) and a.pci[:9] == b.pci[:9]


def _same_name(a: Seen, b: Seen) -> bool:
    return bool(a.name) and bool(b.name) and _bare(a.name) == _bare(b.name)


def _bare(name: str) -> str:
    """A name without what tools add: ``Intel Corporation DG2 [Arc A770]`` is ``arca770``."""
    inner = re.search(r"\[([^\]]*\d[^\]]*)\]", name)
    own = (inner[1] if inner else name).lower()
    bare = re.sub(r"\((r|tm)\)|\b(nvidia|amd|intel|corporation|graphics|gpu)\b", " ", own)
    return re.sub(r"[^a-z0-9]", "", bare)


def _is_new(pool: Sequence[Seen], one: Seen) -> bool:
    """Whether a device that matches none is one more: the first of its vendor, or one that a whole list shows apart."""
    own = [other for other in pool if _vendors(other, one)]
    if not own:
        return True
    if one.tool not in _COMPLETE or not (one.bus or one.pci or one.name):
        return False
    return all(
        (one.bus and other.bus) or (one.pci and other.pci) or (one.name and other.name and not other.bus)
        for other in own
    )


def _merged(a: Seen, b: Seen) -> Seen:
    """The first's figures, and the second's where it has none."""
    nothing = (None, "", False)
    more = {
        one.name: getattr(b, one.name)
        for one in fields(Seen)
        if one.name != "tool" and getattr(a, one.name) in nothing and getattr(b, one.name) not in nothing
    }
    if a.kind == "" and b.kind == "virtual":
        more.pop("kind", None)  # a vendor's own tool sees no drawn ones
    if len(b.pci) > len(a.pci):
        more["pci"] = b.pci  # with its revision
    return replace(a, **more)


# --- which do not count ---------------------------------------------------------------------------------------------

# Intel's cards by number: DG1, DG2 (Arc A), Battlemage (Arc B), and the Data Center GPU Max.
_INTEL_CARD: Final = re.compile(r"8086:(490[5-9]|56[0-9a-f]{2}|e2[0-9a-f]{2}|0b[d-f][0-9a-f])")
_INTEL_NAME: Final = re.compile(r"\bArc\b\D{0,12}\b[AB]\d{2,3}|Data Center GPU|\bDG2\b|Battlemage|BMG", re.I)
# Radeons that are part of a processor; the numbers below 2000 are processors'.
_AMD_NAME: Final = re.compile(
    r"Radeon(\(TM\))? (Vega |RX Vega )?\d{0,2} ?Graphics|Radeon(\(TM\))? \d{3}M\b|80[456]\dS\b|"
    r"\b(Raphael|Granite|Dragon Range|Phoenix|HawkPoint|Hawk Point|(?<!ROG )Strix|Krackan|Gorgon|Rembrandt|Renoir|"
    r"Lucienne|Cezanne|Barcelo|Mendocino|Picasso|Raven|Van ?Gogh)\d?\b",
    re.I,
)
# What these say of a chip in a processor is what a program may use of the host's memory, and no carve-out.
_OFFERED: Final = frozenset({"rocminfo", "clinfo", "llama.cpp", "Ollama", "LM Studio", "sycl", "vulkaninfo"})
_SMALL: Final = 4 << 30  # a carve-out, where the host's share is larger


# How Intel's runtimes call a card that they have no name for: "Intel(R) Graphics [0xe223]".
_NUMBER_ONLY: Final = re.compile(r"\[0x([0-9a-f]{4})\]\s*$", re.I)
# How lspci calls what its list is too old for: "NVIDIA Corporation Device 2b85".
_NAMELESS: Final = re.compile(r"\bDevice ([0-9a-f]{4})$")


def _numbered(one: Seen) -> Seen:
    """With the number that stands instead of a name, on a bus or in Intel's runtimes."""
    form = _NUMBER_ONLY if one.vendor == "intel" and one.tool != "lspci" else _NAMELESS
    vendor = next((number for number, name in PCI_VENDORS.items() if name == one.vendor), "")
    number = form.search(one.name) if vendor and not one.pci else None
    return replace(one, pci=pci(vendor, number[1].lower(), one.revision)) if number else one


def _sized(one: Seen, host: HostSeen) -> Seen:
    """With what it shares: NVIDIA's and Apple's chips have the host's memory, a Radeon in a processor the larger of its
    carve-out and what the driver may map of the host's."""
    kind = _kind(one)
    if one.unified:
        in_use = host.memory - host.available if host.memory and host.available else None
        return replace(one, memory=one.memory or host.memory, in_use=one.in_use if one.in_use is not None else in_use)
    if kind == "integrated" and one.vendor == "amd" and one.shared:
        shared = min(one.shared, host.memory or one.shared)
        in_use = one.in_use if (one.memory or 0) >= shared else None
        memory = max(one.memory or 0, shared)
        return replace(one, kind=kind, unified=True, memory=memory, in_use=in_use, carved=one.memory)
    carved = one.memory if kind == "integrated" and one.tool not in _OFFERED else None
    return replace(one, kind=kind, unified=kind == "integrated", carved=carved)


def _kind(one: Seen) -> Kind:
    if one.kind not in ("", "integrated"):
        return one.kind
    integrated = one.kind == "integrated"
    if one.vendor == "intel":
        known = one.pci or one.name
        card = _INTEL_CARD.match(one.pci) or _INTEL_NAME.search(one.name)
        return "" if known and card else "integrated"
    if one.vendor == "qualcomm":
        return "integrated"
    if one.vendor == "amd":
        number = one.pci[5:9]
        by_number = bool(number) and (int(number, 16) < 0x2000 or "96" <= number[:2] <= "99")
        nameless = not number and not one.name
        more = (one.shared is None and (one.memory or 0) <= _SMALL // 2) or (one.shared or 0) > (one.memory or 0)
        by_memory = nameless and one.memory is not None and one.memory <= _SMALL and more
        by_name = not number and bool(_AMD_NAME.search(one.name))
        return "integrated" if integrated or by_number or by_memory or by_name else ""
    return "integrated" if integrated else one.kind


def _reason(one: Seen) -> str:
    """Why a device does not count; empty where it may. A processor's own graphics are judged with the catalog."""
    if one.kind == "virtual":
        return "draws or forwards a picture; it computes nothing"
    if one.kind == "lost":
        return "no longer answers the bus"
    if one.kind == "integrated" and one.vendor == "qualcomm":
        return "is part of the processor and shares the host's memory"
    return ""
