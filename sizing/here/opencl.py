"""What do general tools print of GPUs? clinfo, vulkaninfo, xpu-smi, and SYCL's lists."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from sizing.here.seen import Kind, Reading, Seen, vendor_of
from sizing.here.values import bus, from_json, hexadecimal, objects, pairs, pci, total, whole


def clinfo(text: str) -> Reading | None:
    """``clinfo`` and ``clinfo --json``: what one may allocate, which is less than the box says."""
    if "CL_DEVICE_NAME" in text:
        found = [one for data in objects(from_json(text)) if (one := _json_device(data)) is not None]
        return Reading(tool="clinfo", devices=tuple(found), system=_driver_system(text))
    if re.search(r"(?m)^Number of platforms\s+\d", text):
        return Reading(tool="clinfo", devices=tuple(_text_devices(text)))
    return None


def _driver_system(text: str) -> Any:
    """Intel's compute runtime has releases of a year and a week; on Windows the driver's of four parts."""
    return "linux" if re.search(r'"CL_DRIVER_VERSION": "2\d\.\d\d\.\d+(\.\d+)?"', text) else None


def _json_device(data: Mapping[str, Any]) -> Seen | None:
    if "CL_DEVICE_NAME" not in data or "CL_DEVICE_TYPE_GPU" not in str(data.get("CL_DEVICE_TYPE")):
        return None
    shares = data.get("CL_DEVICE_HOST_UNIFIED_MEMORY") is True
    return _opencl(
        str(data["CL_DEVICE_NAME"]), whole(data.get("CL_DEVICE_GLOBAL_MEM_SIZE")), shares,
        bus(str(data.get("CL_DEVICE_PCI_BUS_INFO_KHR", ""))),
    )  # fmt: skip


def _text_devices(text: str) -> list[Seen]:
    found = []
    for part in re.split(r"(?m)^\s*Device Name\s{2,}", text)[1:]:
        name = part.partition("\n")[0].strip()
        if not re.search(r"(?m)^\s*Device Type\s+GPU", part):
            continue
        memory = re.search(r"(?m)^\s*Global memory size\s+(\d+)", part)
        shares = bool(re.search(r"(?m)^\s*Unified memory for Host and Device\s+Yes", part))
        where = re.search(r"(?m)^\s*Device PCI bus info[^\n]*?([0-9a-f:]+\.[0-7])", part)
        found.append(_opencl(name, whole(memory[1]) if memory else None, shares, bus(where[1]) if where else ""))
    return found


def _opencl(name: str, memory: int | None, shares: bool, where: str) -> Seen:
    kind: Kind = "integrated" if shares else ""
    return Seen(tool="clinfo", vendor=vendor_of(name), name=name, bus=where, memory=memory, kind=kind)


_KINDS: Final[dict[str, Kind]] = {
    "INTEGRATED_GPU": "integrated",
    "CPU": "virtual",
    "VIRTUAL_GPU": "virtual",
    "OTHER": "virtual",
}


# A heap of the device's own, its size in bytes.
_HEAP: Final = re.compile(
    r"memoryHeaps\[\d+\]:\s*\n\s*size\s*=\s*(\d+)(?:(?!memoryHeaps\[)[^\n]*\n){0,6}?[^\n]*MEMORY_HEAP_DEVICE_LOCAL_BIT"
)


def vulkaninfo(text: str) -> Reading | None:
    """``vulkaninfo``, whose summary has no memory, and what is whole its heaps; llvmpipe computes on the CPU."""
    if "deviceName" not in text or "deviceType" not in text:
        return None
    found = []
    for part in re.split(r"(?m)^\s*GPU\d+:\s*$", text)[1:]:
        keys = dict(pairs(part, "="))
        name = re.sub(r" \((RADV|NVK|ANV|DG2|BMG|LLVM)[^)]*\)", "", keys.get("deviceName", ""))
        ids = pci(hexadecimal(keys.get("vendorID")), hexadecimal(keys.get("deviceID")))
        kind = _KINDS.get(keys.get("deviceType", "").removeprefix("PHYSICAL_DEVICE_TYPE_"), "")
        memory = max((int(heap) for heap in _HEAP.findall(part)), default=None)
        found.append(
            Seen(tool="vulkaninfo", vendor=vendor_of(name, ids), name=name, pci=ids, memory=memory or None, kind=kind)
        )
    return Reading(tool="vulkaninfo", devices=tuple(found)) if found else None


def xpu_smi(text: str) -> Reading | None:
    """``xpu-smi discovery`` with its frame, without, and as JSON; ``-d`` says the memory."""
    if '"device_list"' in text or '"memory_physical_size_byte"' in text:
        found = [_of_json(one) for one in objects(from_json(text)) if "device_name" in one and "device_id" in one]
        return Reading(tool="xpu-smi", devices=tuple(found)) if found else None
    if not re.search(r"Device Name: *Intel|Vendor Name: *Intel", text) or "Device Name" not in text:
        return None
    devices: list[dict[str, str]] = []
    for line in text.splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        key, sign, value = cells[-1].partition(":")
        if key.strip() == "Device Name" or not devices:
            devices.append({})
        if sign:
            devices[-1].setdefault(key.strip(), value.strip())
    return Reading(tool="xpu-smi", devices=tuple(_of_keys(one) for one in devices if "Device Name" in one))


def _of_keys(keys: Mapping[str, str]) -> Seen:
    return Seen(
        tool="xpu-smi",
        vendor="intel",
        name=keys["Device Name"],
        pci=pci("8086", hexadecimal(keys.get("PCI Device ID"))),
        bus=bus(keys.get("PCI BDF Address")),
        memory=total(keys.get("Memory Physical Size")),
    )


def _of_json(one: Mapping[str, Any]) -> Seen:
    return Seen(
        tool="xpu-smi",
        vendor="intel",
        name=str(one["device_name"]),
        pci=pci("8086", hexadecimal(str(one.get("pci_device_id", "")))),
        bus=bus(str(one.get("pci_bdf_address", ""))),
        memory=total(str(one.get("memory_physical_size_byte", ""))),
    )


# What llama.cpp prints of SYCL devices; "34242M" counts 10**6.
_SYCL_ROW: Final = re.compile(r"^\|\s*\d+\|\s*\[level_zero:gpu:\d+\]\|\s*(.+?)\s*\|(?:[^|\n]*\|){4}\s*(\d+)M\|", re.M)
# "[level_zero:gpu][level_zero:0] Intel(R) Level-Zero, Intel(R) Arc(TM) B580 Graphics 20.1.0 [1.6.31294]"
_SYCL_LINE: Final = re.compile(
    r"^\[(?:ext_oneapi_)?(level_zero|opencl):gpu[^\]\n]*\](?:\[[^\]\n]*\])? [^\n,]*, "
    r"([^\n,]*?)(?: OpenCL [^\n]*?| \d+\.\d[\d.]*)? *\[[^\]\n]*\]\s*$",
    re.M,
)


def sycl(text: str) -> Reading | None:
    """``sycl-ls``, which lists a card once a backend, and ``llama-ls-sycl-device``."""
    table = [
        Seen(tool="sycl", vendor=vendor_of(name), name=name, memory=int(mb) * 10**6)
        for name, mb in _SYCL_ROW.findall(text)
    ]
    if table:
        return Reading(tool="sycl", devices=tuple(table))
    lines = _SYCL_LINE.findall(text)
    if not lines:
        return None
    first = lines[0][0] if not any(backend == "level_zero" for backend, _ in lines) else "level_zero"
    found = [Seen(tool="sycl", vendor=vendor_of(name), name=name) for backend, name in lines if backend == first]
    return Reading(tool="sycl", devices=tuple(found))
