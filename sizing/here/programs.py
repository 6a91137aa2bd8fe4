"""What do programs that run models say of what they run on? PyTorch, MLX and LM Studio."""

from __future__ import annotations

import re
from typing import Any, Final

from sizing.here.seen import HostSeen, Kind, Reading, Seen, System, vendor_of
from sizing.here.values import from_json, objects, total, whole

_PROPERTIES: Final = re.compile(r"_CudaDeviceProperties\(name='([^'\n]+)'[^)\n]*?total_memory=(\d+)MB")
# ">>> torch.cuda.get_device_name(0)" and the answer below it
_NAMED: Final = re.compile(r"get_device_name\([^)\n]*\)[^\n]*\n\s*'?([^'\n]{3,80})'?")
_COUNTED: Final = re.compile(r"device_count\(\)[^\n]*\n\s*(\d{1,3})\s*$", re.M)


def torch(text: str) -> Reading | None:
    """``torch.cuda.get_device_properties``: MB are MiB, of what the driver lets programs have; else names alone."""
    devices = [_cuda(name, total(mib, "MiB")) for name, mib in _PROPERTIES.findall(text)]
    names = [name for name in _NAMED.findall(text) if vendor_of(name)]
    if not devices and names:
        count = _COUNTED.search(text)
        alike = int(count[1]) if count and len(names) == 1 else 1
        devices = [_cuda(name, None) for name in names] * alike
    return Reading(tool="PyTorch", devices=tuple(devices)) if devices else None


def _cuda(name: str, memory: int | None) -> Seen:
    return Seen(tool="PyTorch", vendor=vendor_of(name) or "nvidia", name=name, memory=memory)


_PLATFORM: Final = re.compile(r"(?m)^Python platform\s*: *(Linux|macOS|Darwin|Windows)-(\S*)")


def collected(text: str) -> Reading | None:
    """``collect_env`` of PyTorch and vLLM: the system; its devices stand as ``nvidia-smi -L`` prints them."""
    found = _PLATFORM.search(text)
    if found is None:
        return None
    own: System = "linux" if found[1] == "Linux" else "windows" if found[1] == "Windows" else "macos"
    return Reading(tool="PyTorch", system="wsl2" if "microsoft" in found[2] else own)


_MLX: Final = re.compile(r"['\"]device_name['\"]: ['\"](Apple M[^'\"\n]{1,20})['\"]")


def mlx(text: str) -> Reading | None:
    """``mx.device_info()``: the chip, the Mac's memory, and what the GPU may use of it, in bytes."""
    chip = _MLX.search(text)
    if chip is None:
        return None
    sizes = dict(re.findall(r"['\"](memory_size|max_recommended_working_set_size)['\"]: (\d+)", text))
    one = Seen(
        tool="macOS",
        vendor="apple",
        name=chip[1],
        kind="card",
        memory=total(sizes.get("max_recommended_working_set_size")),
        unified=True,
    )
    host = HostSeen(memory=total(sizes.get("memory_size")), cpu=chip[1])
    return Reading(tool="MLX", devices=(one,), host=host, system="macos")


# "NVIDIA GeForce RTX 4090 (CUDA, Discrete)     23.99 GiB" and "RAM: 63.75 GiB"
_SURVEYED: Final = re.compile(
    r"^(?P<name>\S[^\n]*?) \((?:CUDA|ROCm|Metal|Vulkan|Unknown), (?P<kind>Discrete|Integrated|Unknown)\)\s+"
    r"(?P<size>[\d.]+ [KMGT]i?B)\s*$",
    re.M,
)
_RAM: Final = re.compile(r"^RAM: +([\d.]+ [KMGT]i?B)", re.M)


def lm_studio(text: str) -> Reading | None:
    """``lms runtime survey``, as a table and as JSON, of the first engine that found devices."""
    if '"gpuSurveyResult"' in text:
        return _survey(text)
    devices = tuple(_surveyed(one["name"], one["kind"].lower(), total(one["size"])) for one in _SURVEYED.finditer(text))
    ram = _RAM.search(text)
    host = HostSeen(memory=total(ram[1]) if ram else None)
    return Reading(tool="LM Studio", devices=devices, host=host) if devices else None


def _survey(text: str) -> Reading | None:
    found = list(objects(from_json(text)))
    lists = (one["gpuInfo"] for one in found if isinstance(one.get("gpuInfo"), list))
    first: list[Any] = next((infos for infos in lists if infos), [])
    ram = next((whole(one["ramCapacity"]) for one in found if "ramCapacity" in one), None)
    devices = tuple(
        _surveyed(
            str(one.get("name", "")),
            str(one.get("integrationType", "")).lower(),
            whole(one.get("dedicatedMemoryCapacityBytes")) or whole(one.get("totalMemoryCapacityBytes")),
        )
        for one in first
        if isinstance(one, dict)
    )
    return Reading(tool="LM Studio", devices=devices, host=HostSeen(memory=ram or None)) if devices or ram else None


def _surveyed(name: str, integration: str, memory: int | None) -> Seen:
    vendor = vendor_of(name)
    kind: Kind = "integrated" if integration == "integrated" and vendor != "apple" else ""
    if vendor == "apple":  # its "memory" is what the GPU may use
        return Seen(tool="macOS", vendor=vendor, name=name, kind="card", memory=memory or None, unified=True)
    return Seen(tool="LM Studio", vendor=vendor, name=name, memory=memory or None, kind=kind)
