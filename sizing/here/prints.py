"""Which tool printed that? Texts of commands and files to what each says, whatever they are called."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Final

from sizing.here import (
    accelerators,
    amd,
    apple,
    drivers,
    linux,
    lists,
    llama,
    lspci,
    monitors,
    notes,
    nvidia,
    opencl,
    programs,
    reports,
    summaries,
    sysfs,
    windows,
)
from sizing.here.seen import Reading

Read = Callable[[str], Reading | None]

# A text may hold several print-outs, so that each reader looks at it; one that is not meant finds nothing.
READERS: Final[tuple[Read, ...]] = (
    nvidia.query,
    nvidia.query_text,
    nvidia.csv_query,
    nvidia.table,
    nvidia.listing,
    nvidia.topology,
    nvidia.failure,
    amd.amd_smi,
    amd.amd_smi_text,
    amd.amd_smi_table,
    amd.rocm_smi,
    amd.rocminfo,
    amd.dmesg,
    drivers.intel,
    drivers.nvidia,
    drivers.amd,
    lists.clinfo,
    lists.nvidia_settings,
    lists.amd_smi,
    lists.others,
    opencl.xpu_smi,
    opencl.clinfo,
    opencl.vulkaninfo,
    opencl.sycl,
    accelerators.npu_smi,
    accelerators.mthreads_gmi,
    accelerators.cnmon,
    accelerators.logs,
    accelerators.npu_memory,
    accelerators.efsmi,
    accelerators.alike,
    llama.devices,
    monitors.ollama,
    monitors.gpustat,
    monitors.inxi,
    monitors.lshw,
    monitors.lshw_json,
    monitors.lshw_short,
    summaries.fetched,
    summaries.fetched_json,
    summaries.jetson,
    programs.torch,
    programs.collected,
    programs.mlx,
    programs.lm_studio,
    reports.gpu_z,
    reports.task_manager,
    reports.lact,
    reports.nvtop,
    reports.hwinfo,
    reports.glxinfo,
    reports.intel_gpu_top,
    reports.about_this_mac,
    sysfs.links,
    lspci.listing,
    apple.profiler_json,
    apple.profiler_xml,
    apple.profiler_text,
    apple.sysctl,
    apple.registry,
    apple.metal,
    windows.cim,
    windows.dxdiag,
    windows.systeminfo,
    linux.meminfo,
    linux.free,
    linux.cpuinfo,
    linux.lscpu,
    linux.lscpu_json,
    linux.numactl,
    linux.numastat,
    linux.dmidecode,
    linux.lshw,
    linux.lshw_short,
    linux.kernel,
    linux.board,
    linux.tegrastats,
)
# What people and programs write down is looked at where no tool is known.
LAST: Final[tuple[Read, ...]] = (apple.sysctl_values, notes.properties, notes.labelled, notes.notes)


def readings(texts: Mapping[str, str]) -> tuple[list[Reading], list[str]]:
    """What texts say, by their names, which may be a path under ``/sys``; and the names of those that say nothing."""
    found: list[Reading] = []
    silent: list[str] = []
    if (cards := sysfs.cards(texts)) is not None:
        found.append(cards)
    header = next((head for text in texts.values() if (head := nvidia.asked(text))), None)
    for name, whole in texts.items():
        if sysfs.CARD.search(name):
            continue
        if (limit := linux.limit(name, whole)) is not None:
            found.append(limit)
            continue
        text = squeezed(whole)
        said = list(_read(READERS, text)) or list(_read(LAST, text))
        if header and said and any(one.tool == "nvidia-smi --query-gpu" for one in said):
            said = list(_read((nvidia.csv_query,), f"{header}\n{text}")) or said
        found += said
        if not said and not nvidia.asked(text):
            silent.append(name)
    return found, silent


# No tool writes such a line, but JSON may be one; nor so many blanks.
_LINE: Final = 4000
_BLANKS: Final = re.compile(r"[ \t]{200,}|(?:[ \t\r]*\n){5,}")


def squeezed(text: str) -> str:
    """A text without what only looks for patterns would waste time on."""
    if text.lstrip()[:1] in ("{", "["):
        return text
    lines = (line for line in text.splitlines(keepends=True) if len(line) < _LINE)
    return _BLANKS.sub(lambda run: "\n\n" if "\n" in run[0] else " " * 8, "".join(lines))


def _read(readers: Iterable[Read], text: str) -> Iterable[Reading]:
    return (one for reader in readers if (one := reader(text)) is not None)
