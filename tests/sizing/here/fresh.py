"""Print-outs of computers that nobody owns: forms that came up late."""
# ruff: noqa: E501 (a print-out is as wide as its tool makes it)

from __future__ import annotations

import json
from typing import Final

from tests.sizing.here.computer import GIB, MIB, Computer


def bus(where: str, name: str, ids: str, revision: str) -> str:
    """A line of ``lspci -nn``."""
    return f"{where} VGA compatible controller [0300]: {name} [{ids}] (rev {revision})\n"


def lscpu(name: str) -> str:
    """What ``lscpu`` says of one processor."""
    return f"Architecture:            x86_64\nCPU(s):                  8\nModel name:              {name}\nSocket(s):               1\n"


MEMINFO_32: Final = "MemTotal:       32500000 kB\n"

FRESH: Final[dict[str, Computer]] = {
    "a card whose name says its processor's memory": Computer(
        {"gpus.csv": "name, memory.total [MiB], memory.used [MiB]\nNVIDIA GH200 480GB, 97871 MiB, 1 MiB\n"},
        [("gh200-96gb", 1, 97871 * MIB)],
        "gh200-96gb",
        system=None,
    ),
    "a modified card of a name that is one card's alone": Computer(
        {"gpus.csv": "name, memory.total [MiB]\nNVIDIA GeForce RTX 4090 D, 49140 MiB\n"},
        [("rtx-4090-d-48gb", 1, 49140 * MIB)],
        "rtx-4090-d-48gb",
        system=None,
    ),
    "a card that is not modified keeps its own": Computer(
        {"gpus.csv": "name, memory.total [MiB]\nNVIDIA GeForce RTX 4090 D, 24564 MiB\n"},
        [("rtx-4090-d", 1, 24564 * MIB)],
        "rtx-4090-d",
        system=None,
    ),
    "a card that has fallen off the bus": Computer(
        {
            "nvidia-smi": "Unable to determine the device handle for GPU1: 0000:02:00.0: Unknown Error\n",
            "lspci": bus("01:00.0", "NVIDIA Corporation GA102 [GeForce RTX 3090]", "10de:2204", "a1")
            + bus("02:00.0", "NVIDIA Corporation GA102 [GeForce RTX 3090]", "10de:2204", "ff"),
        },
        [("rtx-3090", 1, None)],
        "rtx-3090",
        ignored=1,
    ),
    "Intel's driver prints less than two gibibytes of any card": Computer(
        {
            "adapters.txt": "\nCaption                 : Intel(R) Arc(TM) B580 Graphics\nName                    : Intel(R) Arc(TM) B580 Graphics\n"
            "AdapterRAM              : 2147479552\nPNPDeviceID             : PCI\\VEN_8086&DEV_E20B&SUBSYS_00000000&REV_00\\6&0\n"
        },
        [("arc-b580", 1, None)],
        "arc-b580",
        system="windows",
    ),
    "an adapter by its caption alone": Computer(
        {
            "adapters.txt": "\nCaption              : AMD Radeon RX 9070 XT\nAdapterRAM           : 4293918720\nVideoModeDescription : 3840 x 2160 x 4294967296 种颜色\n"
        },
        [("rx-9070-xt", 1, None)],
        "rx-9070-xt",
        system="windows",
    ),
    "a bus names two chips, and the processor tells which": Computer(
        {
            "lspci": bus("00:02.0", "Intel Corporation Lunar Lake [Intel Arc Graphics 130V / 140V]", "8086:64a0", "04"),
            "lscpu": lscpu("Intel(R) Core(TM) Ultra 7 258V"),
            "proc/meminfo": MEMINFO_32,
        },
        [("arc-140v", 1, None)],
        "arc-140v-32gb",
    ),
    "graphics of one name in processors of several sizes": Computer(
        {
            "lspci": bus("00:02.0", "Intel Corporation TigerLake-LP GT2 [Iris Xe Graphics]", "8086:9a49", "01"),
            "lscpu": lscpu("11th Gen Intel(R) Core(TM) i5-1135G7 @ 2.40GHz"),
            "proc/meminfo": "MemTotal:       16300000 kB\n",
        },
        [],
        "core-i5-1135g7-16gb",
        ignored=1,
    ),
    "lshw as JSON": Computer(
        {
            "lshw.json": json.dumps(
                {
                    "id": "pc",
                    "class": "system",
                    "children": [
                        {"id": "display", "class": "display", "product": "GA102 [GeForce RTX 3090]",
                         "vendor": "NVIDIA Corporation", "businfo": "pci@0000:01:00.0"},
                        {"id": "network", "class": "network", "product": "I225-V", "vendor": "Intel Corporation"},
                    ],
                }
            )
        },
        [("rtx-3090", 1, None)],
        "rtx-3090",
    ),
    "lscpu as JSON": Computer(
        {
            "lscpu.json": json.dumps(
                {
                    "lscpu": [
                        {"field": "Architecture:", "data": "x86_64"},
                        {"field": "Vendor ID:", "data": "AuthenticAMD", "children": [
                            {"field": "Model name:", "data": "AMD EPYC 9355 32-Core Processor", "children": [
                                {"field": "Socket(s):", "data": "1"}]}]},
                    ]
                }
            ),
            "proc/meminfo": "MemTotal:      791000000 kB\n",
        },
        [],
        "epyc-9355-768gb",
        host={"cpu": "AMD EPYC 9355 32-Core Processor", "sockets": 1},
    ),
    "a Mac's profile as XML": Computer(
        {
            "mac.plist": '<?xml version="1.0" encoding="UTF-8"?>\n<plist version="1.0">\n<array><dict><key>_items</key><array><dict>\n'
            "<key>chip_type</key>\n<string>Apple M4 Pro</string>\n<key>number_processors</key>\n<string>proc 14:10:4</string>\n"
            "<key>physical_memory</key>\n<string>48 GB</string></dict></array></dict>\n<dict><key>_items</key><array><dict>"
            "<key>sppci_cores</key>\n<string>20</string>\n<key>sppci_model</key>\n<string>Apple M4 Pro</string></dict></array></dict></array></plist>\n"
        },
        [("m4-pro-20-core", 1, 48 * GIB)],
        "m4-pro-20-core-48gb",
        system="macos",
    ),
    "fastfetch as JSON": Computer(
        {
            "fetch.json": json.dumps(
                [
                    {"type": "CPU", "result": {"cpu": "AMD Ryzen 9 7950X", "cores": {"physical": 16}}},
                    {"type": "GPU", "result": [
                        {"name": "Radeon RX 7900 XTX", "vendor": "AMD", "type": "Discrete",
                         "memory": {"dedicated": {"total": 25753026560, "used": 1000000}}},
                        {"name": "Raphael", "vendor": "AMD", "type": "Integrated"}]},
                    {"type": "Memory", "result": {"total": 66571993088, "used": 8000000000}},
                ]
            )
        },
        [("rx-7900-xtx", 1, 25753026560)],
        "rx-7900-xtx",
        system=None,
        ram="64GB",
        ignored=1,
    ),
    "rocminfo under WSL calls the processor so": Computer(
        {
            "rocminfo": "WSL environment detected.\n=====================\nHSA Agents\n==========\n*******\nAgent 1\n*******\n  Name:                    CPU\n"
            "  Marketing Name:          CPU\n  Device Type:             CPU\n*******\nAgent 2\n*******\n  Name:                    gfx1201\n"
            "  Marketing Name:          AMD Radeon RX 9070 XT\n  Device Type:             GPU\n  Pool Info:\n    Pool 1\n"
            "      Size:                    16711680(0xff0000) KB\n"
        },
        [("rx-9070-xt", 1, 16711680 * 1024)],
        "rx-9070-xt",
        system="wsl2",
        host={"cpu": None},
    ),
    "a processor of another make, whose key is written large": Computer(
        {
            "proc/cpuinfo": "system type\t\t: generic-loongson-machine\n\nprocessor\t\t: 0\nModel Name\t\t: Loongson-3A6000\n",
            "proc/meminfo": MEMINFO_32,
        },
        [],
        "cpu-32gb",
        host={"cpu": "Loongson-3A6000"},
    ),
}  # fmt: skip
