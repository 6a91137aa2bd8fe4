"""What do this computer's tools say? Each is run by itself, in English, without a shell, for a few seconds at most."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

from sizing.here.folder import as_text

_SECONDS: Final = 8.0  # that a tool may take; all run at once
_MOST: Final = 8 << 20  # bytes of an answer

_EVERYWHERE: Final[Mapping[str, Sequence[str]]] = {"nvidia-smi": ("nvidia-smi", "-q", "-x")}
_LINUX: Final[Mapping[str, Sequence[str]]] = {
    "rocm-smi": ("rocm-smi", "--showproductname", "--showmeminfo", "all", "--showid", "--showbus", "--json"),
    "hy-smi": ("hy-smi", "--showproductname", "--showmeminfo", "vram", "--json"),
    "xpu-smi": ("xpu-smi", "discovery", "-j"),
    "npu-smi": ("npu-smi", "info"),
    "mthreads-gmi": ("mthreads-gmi",),
    "mx-smi": ("mx-smi",),
    "ixsmi": ("ixsmi",),
    "hl-smi": ("hl-smi",),
    "cnmon": ("cnmon",),
    "lspci": ("lspci", "-vmmnD"),
    "lscpu": ("lscpu",),
    "dmidecode": ("dmidecode", "-t", "memory"),
}
_MACOS: Final[Mapping[str, Sequence[str]]] = {
    "sysctl": (
        "sysctl",
        "hw.memsize",
        "hw.model",
        "hw.physicalcpu",
        "machdep.cpu.brand_string",
        "iogpu.wired_limit_mb",
    ),
    "system_profiler": ("system_profiler", "-json", "SPHardwareDataType", "SPDisplaysDataType"),
}
_CIM: Final = (
    "[Console]::OutputEncoding=[Text.Encoding]::UTF8;"
    "foreach($c in 'Win32_VideoController','Win32_PhysicalMemory','Win32_ComputerSystem','Win32_Processor')"
    "{Get-CimInstance $c|Select-Object Name,PNPDeviceID,AdapterRAM,Capacity,SMBIOSMemoryType,ConfiguredClockSpeed,"
    "BankLabel,DeviceLocator,TotalPhysicalMemory,NumberOfCores|ForEach-Object{$l+=@($_)}};"
    "Get-ItemProperty 'HKLM:\\SYSTEM\\CurrentControlSet\\Control\\Class\\"
    "{4d36e968-e325-11ce-bfc1-08002be10318}\\0*' -EA 0|"
    "Select-Object DriverDesc,MatchingDeviceId,'HardwareInformation.qwMemorySize'|ForEach-Object{$l+=@($_)};"
    "ConvertTo-Json -Depth 3 $l"
)
_WINDOWS: Final[Mapping[str, Sequence[str]]] = {
    "powershell": ("powershell", "-NoProfile", "-NonInteractive", "-Command", _CIM),
}
# Under WSL the driver's own tool may answer where the one beside it does not.
_WSL: Final = ("/usr/lib/wsl/lib/nvidia-smi", "-q", "-x")
_FILES: Final = (
    "/proc/meminfo", "/proc/cpuinfo", "/proc/version", "/proc/device-tree/model", "/sys/fs/cgroup/memory.max",
    "/sys/fs/cgroup/memory/memory.limit_in_bytes",
)  # fmt: skip
_DEVICE: Final = (
    "vendor", "device", "revision", "uevent", "product_name", "mem_info_vram_total", "mem_info_vram_used",
    "mem_info_gtt_total", "tile0/physical_vram_size_bytes", "tile1/physical_vram_size_bytes",
)  # fmt: skip


def texts() -> dict[str, str]:
    """What the tools that this computer has print, and the files that its kernel keeps."""
    own = {"darwin": _MACOS, "win32": _WINDOWS}.get(sys.platform, _LINUX)
    wanted = {name: command for name, command in {**_EVERYWHERE, **own}.items() if shutil.which(command[0])}
    if "nvidia-smi" not in wanted and Path(_WSL[0]).is_file():
        wanted["nvidia-smi"] = _WSL
    with ThreadPoolExecutor(max_workers=max(1, len(wanted))) as pool:
        answers = zip(wanted, pool.map(answer, wanted.values()), strict=True)
        found = {name: text for name, text in answers if text}
    found.update(_of_files(map(Path, _FILES)))
    found.update(_of_files(_cards(Path("/sys/class/drm"))))
    return found


def answer(command: Sequence[str], seconds: float = _SECONDS) -> str:
    """What a command prints, an error's text too; empty where it does not end in time, or cannot be run."""
    environment = {**os.environ, "LC_ALL": "C", "LANG": "C", "LANGUAGE": "C"}
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=seconds,
            env=environment,
            check=False,
        )
    except (OSError, ValueError, subprocess.SubprocessError):
        return ""
    return as_text(done.stdout[:_MOST]) or ""


def _cards(folder: Path) -> Iterator[Path]:
    """The files of each card; connectors such as card0-DP-1 are none."""
    try:
        cards = sorted(path for path in folder.iterdir() if path.name.startswith("card") and "-" not in path.name)
    except OSError:
        return
    for card in cards:
        yield from (card / "device" / name for name in _DEVICE)
        yield card / "lmem_total_bytes"


def _of_files(paths: Iterator[Path]) -> Iterator[tuple[str, str]]:
    for path in paths:
        try:
            with path.open("rb") as file:
                text = as_text(file.read(_MOST))
        except (OSError, ValueError):
            continue
        if text:
            yield path.as_posix().lstrip("/"), text
