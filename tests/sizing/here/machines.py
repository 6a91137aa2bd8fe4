"""Print-outs of computers that nobody owns, in the forms that tools have: what each of them is."""
# ruff: noqa: E501, W291 (a print-out is as wide as its tool makes it, and ends its lines as it likes)

from __future__ import annotations

import json

from tests.sizing.here.computer import GIB, MIB, Computer
from tests.sizing.here.fresh import FRESH
from tests.sizing.here.programs import PROGRAMS


def smi(
    *cards: str, driver: str = "NVIDIA-SMI 575.64.03              Driver Version: 575.64.03      CUDA Version: 12.9"
) -> str:
    """The table of nvidia-smi."""
    head = f"""\
Mon Nov  2 10:11:12 2026
+-----------------------------------------------------------------------------------------+
| {driver:<87} |
|-----------------------------------------+------------------------+----------------------+
| GPU  Name                 Persistence-M | Bus-Id          Disp.A | Volatile Uncorr. ECC |
| Fan  Temp   Perf          Pwr:Usage/Cap |           Memory-Usage | GPU-Util  Compute M. |
|                                         |                        |               MIG M. |
|=========================================+========================+======================|
"""
    line = "+-----------------------------------------+------------------------+----------------------+\n"
    return head + line.join(cards) + line


def card(
    number: int,
    name: str,
    memory: str,
    power: str = "20W /  250W",
    fan: str = " 30%",
    mode: str = "Off",
    mig: str = "N/A",
) -> str:
    """One card of it."""
    return (
        f"| {number:>3}  {name:<27}   {mode:>4} |   00000000:{number + 1:02X}:00.0 Off |                  N/A |\n"
        f"| {fan:>4}   41C    P8        {power:>15} | {memory:>22} |      0%      Default |\n"
        f"|                                         |                        | {mig:>20} |\n"
    )


def xml(*cards: tuple[str, str, int, int], inside: str = "") -> str:
    """``nvidia-smi -q -x``: name, device id, total and used MiB of each; ``inside`` the first."""
    parts = "".join(
        f"""\
	<gpu id="00000000:{number + 3:02X}:00.0">
		<product_name>{name}</product_name>
		<driver_model><current_dm>N/A</current_dm></driver_model>
		<pci><pci_device_id>{device}10DE</pci_device_id><pci_bus_id>00000000:{number + 3:02X}:00.0</pci_bus_id></pci>
		<fan_speed>N/A</fan_speed>
		{inside if number == 0 else ""}
		<fb_memory_usage>
			<total>{total} MiB</total>
			<reserved>300 MiB</reserved>
			<used>{used} MiB</used>
			<free>{total - used - 300} MiB</free>
		</fb_memory_usage>
		<bar1_memory_usage><total>256 MiB</total><used>1 MiB</used></bar1_memory_usage>
	</gpu>
"""
        for number, (name, device, total, used) in enumerate(cards)
    )
    return f'<?xml version="1.0" ?>\n<nvidia_smi_log>\n\t<driver_version>575.64.03</driver_version>\n{parts}</nvidia_smi_log>\n'


def meminfo(kib: int, available: int | None = None) -> str:
    """``/proc/meminfo``."""
    return f"MemTotal:       {kib} kB\nMemFree:         1000000 kB\n" + (
        f"MemAvailable:   {available} kB\n" if available is not None else ""
    )


def drm(number: int, **files: str | int) -> dict[str, str]:
    """A card under ``/sys``."""
    return {f"sys/class/drm/card{number}/device/{name}": f"{value}\n" for name, value in files.items()}


def slot(where: str, kind: str, vendor: str, device: str, revision: str = "a1") -> str:
    """A block of ``lspci -vmmnD``."""
    return f"Slot:\t{where}\nClass:\t{kind}\nVendor:\t{vendor}\nDevice:\t{device}\nRev:\t{revision}\n\n"


def module(bank: str, locator: str, size: str = "16 GB", kind: str = "DDR5", speed: int = 4800) -> str:
    """A block of ``dmidecode -t memory``."""
    return f"""
Handle 0x0021, DMI type 17, 92 bytes
Memory Device
	Size: {size}
	Locator: {locator}
	Bank Locator: {bank}
	Type: {kind}
	Speed: 6400 MT/s
	Configured Memory Speed: {speed} MT/s
"""


MIG = """\
+-----------------------------------------------------------------------------------------+
| MIG devices:                                                                            |
+------------------+----------------------------------+-----------+-----------------------+
| GPU  GI  CI  MIG |                     Memory-Usage |        Vol|        Shared         |
|      ID  ID  Dev |                       BAR1-Usage | SM     Unc| CE ENC  DEC  OFA  JPG |
|==================+==================================+===========+=======================|
|  0    1   0   0  |              37MiB / 40192MiB    | 60      0 |  3   0    3    0    3 |
|                  |                 0MiB / 65535MiB  |           |                       |
+------------------+----------------------------------+-----------+-----------------------+
|  0    2   0   1  |              12MiB / 40192MiB    | 60      0 |  3   0    3    0    3 |
+-----------------------------------------------------------------------------------------+
"""

NPU = """\
+------------------------------------------------------------------------------------------------+
| npu-smi 25.2.0                   Version: 25.2.0                                               |
+---------------------------+---------------+----------------------------------------------------+
| NPU   Name                | Health        | Power(W)    Temp(C)           Hugepages-Usage(page)|
| Chip  {phy:<8}            | Bus-Id        | AICore(%)   Memory-Usage(MB)  HBM-Usage(MB)        |
+===========================+===============+====================================================+
{chips}"""


def npu(number: int, name: str, taken: int, whole: int, chip: int = 0, physical: str = "") -> str:
    """A chip of npu-smi."""
    figures = f"{taken:<5}/ {whole}"
    return (
        f"| {number:<5} {name:<19} | OK            | 95.0        40                0    / 0             |\n"
        f"| {chip:<5} {physical:<19} | 0000:{number + 16:02X}:{chip:02X}.0  | 0           0    / 0          {figures:<21}|\n"
        "+===========================+===============+====================================================+\n"
    )


COMPUTERS: dict[str, Computer] = {
    # --- NVIDIA ---
    "one card, asked thrice": Computer(
        {
            "q.xml": xml(("NVIDIA GeForce RTX 4080", "2704", 16376, 512)),
            "q.csv": "name, memory.total [MiB], memory.used [MiB]\nNVIDIA GeForce RTX 4080, 16376 MiB, 512 MiB\n",
            "t.txt": smi(card(0, "NVIDIA GeForce RTX 4080", "512MiB /  16376MiB")),
            "meminfo": meminfo(65_700_000, 60_000_000),
        },
        [("rtx-4080", 1, 16376 * MIB)],
        "rtx-4080",
        in_use=[512 * MIB],
        ram="64GB",
    ),
    "a laptop's card has another chip than the desktop's": Computer(
        {"q": xml(("NVIDIA GeForce RTX 3070 Laptop GPU", "24DD", 8192, 4))},
        [("rtx-3070-laptop", 1, 8192 * MIB)],
        "rtx-3070-laptop",
    ),
    "a laptop's card that has the desktop's name": Computer(
        {"q": xml(("NVIDIA GeForce RTX 2070", "1F10", 8192, 4))}, [("rtx-2070-laptop", 1, 8192 * MIB)], "rtx-2070-laptop"
    ),
    "a chip that is not the one of that name": Computer(
        {"q": xml(("NVIDIA GeForce GTX 1050 Ti", "1C8C", 4096, 4))}, [(None, 1, 4096 * MIB)], None
    ),
    "a card with the same name and two sizes": Computer(
        {"t": smi(card(0, "NVIDIA GeForce RTX 4060 Ti", "0MiB /  16380MiB"))},
        [("rtx-4060-ti-16gb", 1, 16380 * MIB)],
        "rtx-4060-ti-16gb",
    ),
    "a size that nobody told": Computer(
        {"l": "GPU 0: NVIDIA GeForce RTX 5060 Ti (UUID: GPU-0)\n"}, [(None, 1, None)], None, system=None
    ),
    "a size that the catalog does not have": Computer(
        {"t": smi(card(0, "NVIDIA GeForce RTX 4070", "0MiB /   8192MiB"))}, [(None, 1, 8192 * MIB)], None
    ),
    "modified cards keep the name": Computer(
        {"t": smi(*(card(n, "NVIDIA GeForce RTX 2080 Ti", "1MiB /  22528MiB") for n in range(3)))},
        [("rtx-2080-ti-22gb", 3, 22528 * MIB)],
        "3x-rtx-2080-ti-22gb",
    ),
    "unequal cards": Computer(
        {
            "t": smi(
                card(0, "NVIDIA GeForce RTX 3090", "9MiB /  24576MiB"),
                card(1, "NVIDIA GeForce RTX 5080", "900MiB /  16303MiB"),
                card(2, "NVIDIA GeForce RTX 3090", "8MiB /  24576MiB"),
            )
        },
        [("rtx-3090", 2, 24576 * MIB), ("rtx-5080", 1, 16303 * MIB)],
        "2x-rtx-3090+rtx-5080",
        in_use=[[9 * MIB, 8 * MIB], 900 * MIB],
    ),
    "an old driver cuts the name before the model": Computer(
        {"t": smi(card(0, "NVIDIA GeForce ...", "5MiB /  24576MiB"))}, [(None, 1, 24576 * MIB)], None
    ),
    "a name that is cut behind the model": Computer(
        {"t": smi(card(0, "NVIDIA GeForce RTX 4070 ...", "5MiB /   8188MiB", "11W /   80W", "N/A", "On"))},
        [("rtx-4070-laptop", 1, 8188 * MIB)],
        "rtx-4070-laptop",
    ),
    "an edition that a fan and a limit tell": Computer(
        {"t": smi(card(0, "NVIDIA RTX PRO 6000 Blac...", "0MiB /  97887MiB", "9W /  300W", " 30%", "On"))},
        [(None, 1, 97887 * MIB)],  # the Workstation Edition may be limited to 300 W, too
        None,
    ),
    "ECC takes a sixteenth": Computer(
        {"t": smi(card(0, "Tesla P40", "0MiB /  23040MiB", fan="N/A"))}, [("p40", 1, 23040 * MIB)], "p40"
    ),
    "a server of eight": Computer(
        {"t": smi(*(card(n, "NVIDIA H100 80GB HBM3", "0MiB /  81559MiB", "70W /  700W", "N/A", "On") for n in range(8)))},
        [("h100-sxm-80gb", 8, 81559 * MIB)],
        "8x-h100-sxm-80gb",
    ),
    "network cards and switches are no GPUs": Computer(
        {
            "lspci": slot("0000:0f:00.0", "0302", "10de", "2330")
            + slot("0000:10:00.0", "0680", "10de", "22a3")
            + slot("0000:1a:00.0", "0207", "15b3", "1021")
            + slot("0000:02:00.0", "0300", "1a03", "2000"),
        },
        [("h100-sxm-80gb", 1, None)],
        "h100-sxm-80gb",
        ignored=1,
    ),
    "GPUs by their topology alone": Computer(
        {"topo": "        GPU0    GPU1    NIC0    CPU Affinity\nGPU0     X      NV4     PIX     0-31\n"
                 "GPU1    NV4      X      SYS     0-31\nNIC0    PIX     SYS      X\n"},
        [(None, 2, None)],
        None,
    ),
    "a query without a header, by the command": Computer(
        {
            "command": "nvidia-smi --query-gpu=index,name,memory.total,memory.used --format=csv,noheader,nounits",
            "out.csv": "0, NVIDIA L4, 23034, 7\n1, NVIDIA L4, 23034, 9\n",
        },
        [("l4", 2, 23034 * MIB)],
        "2x-l4",
        system=None,
        in_use=[[7 * MIB, 9 * MIB]],
    ),
    "slices of a card in XML": Computer(
        {
            "q": xml(
                ("NVIDIA A100-SXM4-80GB", "20B2", 81920, 50),
                inside="<mig_mode><current_mig>Enabled</current_mig></mig_mode><mig_devices><mig_device><index>0</index>"
                "<fb_memory_usage><total>40192 MiB</total><used>37 MiB</used></fb_memory_usage></mig_device></mig_devices>",
            )
        },
        [(None, 1, None), (None, 1, 40192 * MIB)],
        None,
    ),
    "slices of a card in the table": Computer(
        {"t": smi(card(0, "NVIDIA A100-SXM4-80GB", "49MiB /  81920MiB", "60W /  400W", "N/A", "On", "Enabled")) + MIG},
        [(None, 1, None), (None, 2, 40192 * MIB)],
        None,
    ),
    "a slice that a hypervisor gives": Computer(
        {"t": smi(card(0, "NVIDIA A40-24C", "0MiB /  24576MiB", "N/A /  N/A", "N/A", "On"))}, [(None, 1, 24576 * MIB)], None
    ),
    "a chip whose memory is the host's": Computer(
        {
            "t": smi(card(0, "NVIDIA GB10", "Not Supported        ", "4W /  N/A", "N/A", "On")),
            "q.csv": "memory.total [MiB], memory.used [MiB]\n[N/A], [N/A]\n",
            "meminfo": meminfo(125_500_000, 120_000_000),
        },
        [("gb10", 1, 125_500_000 * 1024)],
        "gb10",
        in_use=[5_500_000 * 1024],
    ),
    "a board without a bus": Computer(
        {
            "t": smi("|   0  Orin (nvgpu)                  N/A  | N/A              N/A |                  N/A |\n"
                     "| N/A   N/A  N/A               N/A /  N/A | Not Supported        |     N/A          N/A |\n"),
            "model": "NVIDIA Jetson AGX Orin Developer Kit\0",
            "meminfo": meminfo(31_000_000, 28_000_000),
        },
        [("jetson-agx-orin-32gb", 1, 31_000_000 * 1024)],
        "jetson-agx-orin-32gb",
    ),
    "a driver that does not answer, and the bus": Computer(
        {
            "smi": "NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver. Make sure that …",
            "lspci": slot("0000:00:02.0", "0300", "8086", "4680") + slot("0000:01:00.0", "0300", "10de", "2786"),
        },
        [("rtx-4070", 1, None)],
        "rtx-4070",
        ignored=1,
    ),
    "a driver and its library that differ": Computer(
        {"smi": "Failed to initialize NVML: Driver/library version mismatch\nNVML library version: 575.64\n"},
        [], None,
    ),
    "WSL, by the two versions": Computer(
        {"t": smi(card(0, "NVIDIA GeForce RTX 3080", "0MiB /  10240MiB"),
                  driver="NVIDIA-SMI 560.35.02              Driver Version: 560.94         CUDA Version: 12.6")},
        [("rtx-3080-10gb", 1, 10240 * MIB)], "rtx-3080-10gb", system="wsl2",
    ),
    "WSL, where Windows' tool answers": Computer(
        {
            "linux": "Failed to initialize NVML: GPU access blocked by the operating system\n",
            "version": "Linux version 5.15.167.4-microsoft-standard-WSL2 (root@x) #1 SMP\n",
            "exe": smi(card(0, "NVIDIA GeForce RTX 3080", "800MiB /  10240MiB", mode="WDDM")),
            "meminfo": meminfo(16_300_000),
        },
        [("rtx-3080-10gb", 1, 10240 * MIB)], "rtx-3080-10gb", system="wsl2", ram="16GB",
    ),
    "nvidia-smi -q as text": Computer(
        {"q": "==============NVSMI LOG==============\n\nAttached GPUs : 1\nGPU 00000000:01:00.0\n    Product Name  : NVIDIA RTX A5000\n"
              "    PCI\n        Device Id  : 0x223110DE\n    FB Memory Usage\n        Total     : 24564 MiB\n        Reserved  : 309 MiB\n"
              "        Used      : 21 MiB\n    BAR1 Memory Usage\n        Total     : 256 MiB\n"},
        [("rtx-a5000", 1, 24564 * MIB)], "rtx-a5000", system=None, in_use=[21 * MIB],
    ),
    # --- AMD ---
    "rocm-smi as JSON, the revision tells": Computer(
        {"rocm": '{"card0": {"Card Series": "Navi 21 [Radeon RX 6800/6800 XT / 6900 XT]", "Card Model": "0x73bf", '
                 '"Device Rev": "0xc1", "VRAM Total Memory (B)": "17163091968", "VRAM Total Used Memory (B)": "1048576"}}'},
        [("rx-6800-xt", 1, 17163091968)], "rx-6800-xt", in_use=[1048576],
    ),
    "rocm-smi in lines": Computer(
        {"rocm": "".join(f"GPU[{n}]\t\t: Card Series: \t\tAMD Instinct MI210\nGPU[{n}]\t\t: Card Model: \t\t0x740f\n"
                         f"GPU[{n}]\t\t: VRAM Total Memory (B): 68702699520\n" for n in range(2))},
        [("mi210", 2, 68702699520)], "2x-mi210",
    ),
    "rocm-smi's table with errors in it": Computer(
        {"rocm": "======== ROCm System Management Interface ========\nERROR: GPU[1] : sclk clock is unsupported\n"
                 "GPU  Temp (DieEdge)  AvgPwr   SCLK     MCLK     Fan  Perf  PwrCap       VRAM%  GPU%\n"
                 "0    40.0c           24.0W    295Mhz   96Mhz    0%   auto  300.0W         1%   0%\n"
                 "1    37.0c           12.1W    None     1800Mhz  0%   auto  Unsupported    9%   0%\n"},
        [(None, 1, None)], None, ignored=1,
    ),
    "rocm-smi's table of whole accelerators": Computer(
        {"rocm": "============ ROCm System Management Interface ============\n"
                 "Device  Node  IDs              Temp        Power     Partitions          SCLK    MCLK    Fan  PwrCap\n"
                 + "".join(f"{n}       {n + 2}     0x74a1,   1885{n}  43.0°C      141.0W    NPS1, SPX, 0        "
                           f"132Mhz  900Mhz  0%   750.0W\n" for n in range(4))},
        [("mi300x", 4, None)], "4x-mi300x",
    ),
    "amd-smi": Computer(
        {"static": '[{"gpu": 0, "asic": {"market_name": "AMD Radeon RX 7900 GRE", "vendor_id": "0x1002", "device_id": "0x744c", '
                   '"rev_id": "0xce"}, "bus": {"bdf": "0000:03:00.0"}, "vram": {"type": "GDDR6", "size": {"value": 16368, '
                   '"unit": "MB"}}}]',
         "metric": '[{"gpu": 0, "mem_usage": {"total_vram": {"value": 16368, "unit": "MB"}, "used_vram": {"value": 410, '
                   '"unit": "MB"}}}]'},
        [("rx-7900-gre", 1, 16368 * MIB)], "rx-7900-gre", in_use=[410 * MIB],
    ),
    "a card and the chip beside it in /sys": Computer(
        {
            **drm(0, vendor="0x1002", device="0x164e", revision="0xc9", mem_info_vram_total=2147483648,
                  mem_info_gtt_total=33285996544),
            **drm(1, vendor="0x1002", device="0x7550", revision="0xc0", mem_info_vram_total=17095983104,
                  mem_info_vram_used=312475648, mem_info_gtt_total=33285996544),
            "meminfo": meminfo(65_000_000),
        },
        [("rx-9070-xt", 1, 17095983104)], "rx-9070-xt", in_use=[312475648], ram="64GB", ignored=1,
    ),
    "Strix Halo with a small carve-out and a large share": Computer(
        {
            **drm(1, vendor="0x1002", device="0x1586", revision="0xc1", mem_info_vram_total=536870912,
                  mem_info_gtt_total=118111600640),
            "meminfo": meminfo(131_000_000),
        },
        [("ryzen-ai-max-395", 1, 118111600640)], "ryzen-ai-max-395-128gb",
    ),
    "Strix Halo whose share is more than there is": Computer(
        {
            **drm(1, vendor="0x1002", device="0x1586", revision="0xc1", mem_info_vram_total=536870912,
                  mem_info_gtt_total=137438953472),
            "meminfo": meminfo(130_000_000),
        },
        [("ryzen-ai-max-395", 1, 130_000_000 * 1024)], "ryzen-ai-max-395-128gb",
    ),
    "Strix Halo with most carved out": Computer(
        {
            **drm(1, vendor="0x1002", device="0x1586", revision="0xc1", mem_info_vram_total=103079215104,
                  mem_info_vram_used=73400320, mem_info_gtt_total=16600000000),
            "meminfo": meminfo(32_000_000),
        },
        [("ryzen-ai-max-395", 1, 103079215104)], "ryzen-ai-max-395-128gb", in_use=[73400320],
    ),
    "a small chip in a processor": Computer(
        {"dmesg": "[    3.1] [drm] amdgpu: 1024M of VRAM memory ready\n[    3.1] [drm] amdgpu: 6900M of GTT memory ready.\n"},
        [], None, ignored=1,
    ),
    # --- Intel ---
    "xpu-smi": Computer(
        {"xpu": "+-----------+--------------------------------------------------+\n| Device ID | Device Information                               |\n"
                "+-----------+--------------------------------------------------+\n| 0         | Device Type: GPU                                 |\n"
                "|           | Device Name: Intel(R) Arc(TM) B570 Graphics      |\n|           | PCI Device ID: 0xe20c                            |\n"
                "|           | Vendor Name: Intel(R) Corporation                |\n|           | PCI BDF Address: 0000:04:00.0                    |\n"
                "|           | Memory Physical Size: 10240.00 MiB               |\n"},
        [("arc-b570", 1, 10240 * MIB)], "arc-b570", system=None,
    ),
    "a window over all of the memory": Computer(
        {"lspci": "04:00.0 VGA compatible controller: Intel Corporation Battlemage G21 [Arc Pro B60] (rev 08) (prog-if 00)\n"
                  "\tRegion 0: Memory at 80000000 (64-bit, prefetchable) [size=16M]\n"
                  "\tRegion 2: Memory at 6000000000 (64-bit, prefetchable) [size=32G]\n"},
        [("arc-pro-b60", 1, 24 * GIB)], "arc-pro-b60",
    ),
    "OpenCL offers less than the box says": Computer(
        {"clinfo": "Number of platforms                               1\n  Platform Name   Intel(R) OpenCL Graphics\n"
                   "Number of devices                                 1\n"
                   "  Device Name                                     Intel(R) Arc(TM) A750 Graphics\n"
                   "  Device Type                                     GPU\n"
                   "  Global memory size                              7000000000 (6.519GiB)\n"
                   "  Unified memory for Host and Device              No\n"},
        [("arc-a750", 1, 7000000000)], "arc-a750", system=None,
    ),
    "SYCL lists a card once a backend": Computer(
        {"sycl": "".join(
            f"[{kind}:gpu][{kind}:{n}] Intel(R) {what}, Intel(R) Arc(TM) Pro B50 Graphics {version} [1.6.33]\n"
            for kind, what, version in (("level_zero", "oneAPI Unified Runtime over Level-Zero", "20.1.0"),
                                        ("opencl", "OpenCL Graphics", "OpenCL 3.0 NEO "))
            for n in range(2)
        )},
        [("arc-pro-b50", 2, None)], "2x-arc-pro-b50", system=None,
    ),
    "functions of a card are no cards": Computer(
        {"dri": "".join(f"pci-0000:{b}:00.{f}-card -> ../card{f}\npci-0000:{b}:00.{f}-render -> ../renderD{f}\n"
                        for b in ("21", "41") for f in range(3))},
        [(None, 2, None)], None,
    ),
    "a processor's graphics and a processor of the catalog": Computer(
        {
            "lspci": slot("0000:00:02.0", "0300", "8086", "a7a0"),
            "cpuinfo": "processor\t: 0\nmodel name\t: 12th Gen Intel(R) Core(TM) i7-12700H\nphysical id\t: 0\n",
            "meminfo": meminfo(32_500_000),
        },
        [], "core-i7-12700h-32gb", ignored=1, ram="32GB",
    ),
    "no OpenCL at all": Computer({"clinfo": "Number of platforms                               0\n"}, [], None, system=None),
    "two vendors' cards, which share no backend": Computer(
        {
            "t": smi(card(0, "NVIDIA GeForce GTX 1080 Ti", "0MiB /  11264MiB")),
            "lspci": slot("0000:00:02.0", "0300", "8086", "3e92") + slot("0000:01:00.0", "0300", "10de", "1b06")
            + slot("0000:05:00.0", "0300", "8086", "56a2", "08"),
        },
        [("gtx-1080-ti", 1, 11264 * MIB), ("arc-a580", 1, None)], "gtx-1080-ti", ignored=1,
    ),
    # --- Apple ---
    "a Mac by its JSON": Computer(
        {"json": '{"SPHardwareDataType": [{"chip_type": "Apple M3 Max", "machine_model": "Mac15,8", "number_processors": '
                 '"proc 16:12:4", "physical_memory": "64 GB"}], "SPDisplaysDataType": [{"_name": "kHW_AppleM3MaxItem", '
                 '"sppci_model": "Apple M3 Max", "sppci_cores": "40", "spdisplays_ndrvs": [{"_name": "LG"}]}]}'},
        [("m3-max-40-core", 1, 64 * GIB)], "m3-max-40-core-64gb", system="macos",
    ),
    "a Mac whose log stands in the answer": Computer(
        {"text": "2026-11-02 09:00:00.123 system_profiler[77:1] [api] an error: -10810\nHardware:\n\n    Hardware Overview:\n\n"
                 "      Chip: Apple M2 Ultra\n      Total Number of Cores: 24 (16 performance and 8 efficiency)\n"
                 "      Memory: 192 GB\nGraphics/Displays:\n\n    Apple M2 Ultra:\n\n      Chipset Model: Apple M2 Ultra\n"
                 "      Total Number of Cores: 76\n"},
        [("m2-ultra-76-core", 1, 192 * GIB)], "m2-ultra-76-core-192gb", system="macos",
    ),
    "a Mac in German": Computer(
        {"text": "Hardware:\n\n    Hardware-Übersicht:\n\n      Chip: Apple M4 Pro\n      Gesamtanzahl der Kerne: 14 (10 Leistung "
                 "und 4 Effizienz)\n      Speicher: 48 GB\nGrafik/Displays:\n      Chipsatz-Modell: Apple M4 Pro\n"
                 "      Gesamtanzahl der Kerne: 20\n"},
        [("m4-pro-20-core", 1, 48 * GIB)], "m4-pro-20-core-48gb", system="macos",
    ),
    "a Mac whose memory tells the chip": Computer(
        {"sysctl": "hw.memsize: 103079215104\nmachdep.cpu.brand_string: Apple M2 Max\niogpu.wired_limit_mb: 0\n"},
        [("m2-max-38-core", 1, 96 * GIB)], "m2-max-38-core-96gb", system="macos",
    ),
    "a Mac whose chip is one of two": Computer(
        {"sysctl": "hw.memsize: 34359738368\nmachdep.cpu.brand_string: Apple M1 Pro\n"},
        [(None, 1, 32 * GIB)], None, system="macos",
    ),
    "a Mac whose limit was raised": Computer(
        {"sysctl": "hw.memsize: 68719476736\nmachdep.cpu.brand_string: Apple M3 Max\nhw.physicalcpu: 16\n"
                   "iogpu.wired_limit_mb: 57344\n"},
        [("m3-max-40-core", 1, 56 * GIB)], "m3-max-40-core-64gb", system="macos",
    ),
    # --- Windows ---
    "what only draws comes first": Computer(
        {"cim": '[{"Name": "Meta Virtual Monitor", "PNPDeviceID": "ROOT\\\\DISPLAY\\\\0002", "AdapterRAM": null},'
                '{"Name": "Microsoft Basic Display Adapter", "PNPDeviceID": "ROOT\\\\BASICDISPLAY\\\\0000", "AdapterRAM": 0},'
                '{"Name": "AMD Radeon RX 6800", "PNPDeviceID": "PCI\\\\VEN_1002&DEV_73BF&SUBSYS_1&REV_C3\\\\6", '
                '"AdapterRAM": 4293918720}]'},
        [("rx-6800", 1, None)], "rx-6800", system="windows", ignored=2,
    ),
    "the registry has the memory": Computer(
        {"cim": '{"Name": "AMD Radeon AI PRO R9700", "PNPDeviceID": "PCI\\\\VEN_1002&DEV_7551&REV_C0\\\\4", '
                '"AdapterRAM": 4293918720}',
         "reg": '[{"DriverDesc": "AMD Radeon AI PRO R9700", "MatchingDeviceId": "PCI\\\\VEN_1002&DEV_7551&REV_C0", '
                '"HardwareInformation.qwMemorySize": 34208743424}, {"DriverDesc": "AMD Radeon RX 6800", "MatchingDeviceId": '
                '"PCI\\\\VEN_1002&DEV_73BF", "HardwareInformation.qwMemorySize": 17163091968}]'},
        [("radeon-ai-pro-r9700", 1, 34208743424)], "radeon-ai-pro-r9700", system="windows",
    ),
    "a laptop's card in Windows by its number": Computer(
        {"pnp": "Name        : NVIDIA GeForce RTX 5080 Laptop GPU\nPNPDeviceID : PCI\\VEN_10DE&DEV_2C59&SUBSYS_12&REV_A1\\4&2\n"
                "AdapterRAM  : 4293918720\n\nName        : Intel(R) Graphics\nPNPDeviceID : PCI\\VEN_8086&DEV_7D67\\3\n"
                "AdapterRAM  : 2147479552\n"},
        [("rtx-5080-laptop", 1, None)], "rtx-5080-laptop", system="windows", ignored=1,
    ),
    "Windows' memory, module by module": Computer(
        {"mem": '[{"Capacity": 17179869184, "SMBIOSMemoryType": 34, "ConfiguredClockSpeed": 6000, "Speed": 6400, '
                '"BankLabel": "P0 CHANNEL A", "DeviceLocator": "DIMM 1"}, {"Capacity": 17179869184, "SMBIOSMemoryType": 34, '
                '"ConfiguredClockSpeed": 6000, "Speed": 6400, "BankLabel": "P0 CHANNEL B", "DeviceLocator": "DIMM 1"}]',
         "cpu": '{"Name": "AMD Ryzen 7 7800X3D 8-Core Processor", "NumberOfCores": 8}'},
        [], "ryzen-7-7800x3d-32gb", system="windows", ram="32GB@DDR5-6000x2",
        host={"memory": 32 * GIB, "type": "DDR5", "rate": 6000, "channels": 2},
    ),
    "all of Windows' classes at once, each with every key": Computer(
        {"cim": json.dumps([
            dict.fromkeys(("Name", "PNPDeviceID", "AdapterRAM", "Capacity", "SMBIOSMemoryType", "ConfiguredClockSpeed",
                           "BankLabel", "DeviceLocator", "TotalPhysicalMemory", "NumberOfCores")) | one
            for one in (
                {"Name": "Intel(R) UHD Graphics 770", "PNPDeviceID": "PCI\\VEN_8086&DEV_4680&SUBSYS_1&REV_0C\\3"},
                {"Name": "NVIDIA GeForce RTX 4070 Ti SUPER", "AdapterRAM": 4293918720,
                 "PNPDeviceID": "PCI\\VEN_10DE&DEV_2705&SUBSYS_1&REV_A1\\4"},
                {"Name": "Physical Memory", "Capacity": 34359738368, "SMBIOSMemoryType": 34, "ConfiguredClockSpeed": 5600,
                 "BankLabel": "BANK 0", "DeviceLocator": "Controller0-ChannelA-DIMM1"},
                {"Name": "Physical Memory", "Capacity": 34359738368, "SMBIOSMemoryType": 34, "ConfiguredClockSpeed": 5600,
                 "BankLabel": "BANK 0", "DeviceLocator": "Controller1-ChannelB-DIMM1"},
                {"Name": "DESKTOP", "TotalPhysicalMemory": 68447440896},
                {"Name": "13th Gen Intel(R) Core(TM) i7-13700K", "NumberOfCores": 16},
                {"DriverDesc": "NVIDIA GeForce RTX 4070 Ti SUPER", "MatchingDeviceId": "PCI\\VEN_10DE&DEV_2705",
                 "HardwareInformation.qwMemorySize": 17171480576},
                {"DriverDesc": "NVIDIA GeForce GTX 1080", "MatchingDeviceId": "PCI\\VEN_10DE&DEV_1B80",  # taken out
                 "HardwareInformation.qwMemorySize": 8589934592},
            )
        ])},
        [("rtx-4070-ti-super", 1, 17171480576)], "rtx-4070-ti-super", system="windows", ram="64GB@DDR5-5600x2", ignored=1,
        host={"memory": 68447440896, "cpu": "13th Gen Intel(R) Core(TM) i7-13700K"},
    ),
    "wmic": Computer(
        {"wmic": "AdapterRAM  Name                     PNPDeviceID                              \r\r\n"
                 "1073741824  Intel(R) UHD Graphics    PCI\\VEN_8086&DEV_3E92&SUBSYS_1&REV_00   \r\r\n"
                 "4293918720  NVIDIA GeForce RTX 2060  PCI\\VEN_10DE&DEV_1F08&SUBSYS_1&REV_A1   \r\r\n"},
        [(None, 1, None)], None, system="windows", ignored=1,  # it has 6 or 12 GB
    ),
    "dxdiag": Computer(
        {"dxdiag": "Operating System: Windows 11 Home 64-bit\nProcessor: AMD Ryzen 5 5600X 6-Core Processor (12 CPUs), ~3.7GHz\n"
                   "Memory: 16384MB RAM\n           Card name: AMD Radeon RX 6700 XT\n"
                   "          Device Key: Enum\\PCI\\VEN_1002&DEV_73DF&SUBSYS_1&REV_C1\n    Dedicated Memory: 12206 MB\n"
                   "       Shared Memory: 8154 MB\n"},
        [("rx-6700-xt", 1, 12206 * MIB)], "rx-6700-xt", system="windows", ram="16GB",
    ),
    "dxdiag in Chinese": Computer(
        {"dxdiag": "内存: 32768MB RAM\n           卡名称: NVIDIA GeForce RTX 4070\n          Device Key: Enum\\PCI\\VEN_10DE&DEV_2786\n"
                   "    专用内存: 12010 MB\n"},
        [("rtx-4070", 1, 12010 * MIB)], "rtx-4070", system="windows", ram="32GB",
    ),
    "a Snapdragon": Computer(
        {"dxdiag": "Operating System: Windows 11\nMemory: 16384MB RAM\nCard name: Qualcomm(R) Adreno(TM) X1-45 GPU\n"},
        [], None, system="windows", ignored=1, ram="16GB",
    ),
    "Strix Halo in Windows": Computer(
        {"cim": '{"Name": "AMD Radeon(TM) 8060S Graphics", "AdapterRAM": 4293918720}',
         "dxgi": "Card name: AMD Radeon(TM) 8060S Graphics\nDedicated Memory: 65409 MB\nShared Memory: 31200 MB\n"},
        [("ryzen-ai-max-395", 1, 65409 * MIB)], "ryzen-ai-max-395-128gb", system="windows",
    ),
    # --- other accelerators ---
    "Ascend 910B": Computer(
        {"npu": NPU.format(phy="", chips=npu(0, "910B3", 3400, 65536) + npu(1, "910B3", 60001, 65536))},
        [("ascend-910b3", 2, 65536 * MIB)], "2x-ascend-910b3", in_use=[[3400 * MIB, 60001 * MIB]],
    ),
    "two chips are one Ascend 910C": Computer(
        {"npu": NPU.format(phy="Phy-ID", chips="".join(npu(n, "Ascend910", 3000, 65536, c, str(2 * n + c))
                                                       for n in range(2) for c in range(2)))},
        [("ascend-910c", 2, 128 * GIB)], "2x-ascend-910c", in_use=[6000 * MIB],
    ),
    "Moore Threads": Computer(
        {"gmi": "---------------------------------------------------------------------\n"
                "0    MTT S4000            |00000000:12:00.0    |0%    5MiB(49152MiB)\n"
                "     Physical      P0     |16x(16x)            |43C   YES\n"},
        [("mtt-s4000", 1, 49152 * MIB)], "mtt-s4000", in_use=[5 * MIB],
    ),
    "MetaX": Computer(
        {"mx": "| MX-SMI 2.2.8      Kernel Mode Driver Version: 3.0.11 |\n"
               "| GPU     NAME         Persistence-M | Bus-id              | GPU-Util      sGPU-M |\n"
               "| 0       MetaX C500             Off | 0000:0e:00.0        | 0%            Native |\n"
               "| 36C     55W / 350W              P0 | 858/65536 MiB       | Available            |\n"},
        [("metax-c500", 1, 65536 * MIB)], "metax-c500", in_use=[858 * MIB],
    ),
    "Cambricon's boards of two chips": Computer(
        {"cnmon": "| CNMON v5.10.22                                                               |\n" + "".join(
            f"| {n}     /   MLU370-X8    v1.1.4 | On          v5.10.22 | 0%          N/A       |\n"
            "|  0%   30C         60 W/ 300 W |     9 MiB/ 23374 MiB | 10240 MiB/1048576 MiB |\n" for n in range(4))},
        [("mlu370-x8", 2, 2 * 23374 * MIB)], "2x-mlu370-x8", in_use=[18 * MIB],
    ),
    "one chip of a board of two": Computer(
        {"cnmon": "| 0     /   MLU370-X8    v1.1.4 | On          v5.10.22 | 0%          N/A       |\n"
                  "|  0%   30C         60 W/ 300 W |     9 MiB/ 23374 MiB | 10240 MiB/1048576 MiB |\n"},
        [(None, 1, 23374 * MIB)], None,
    ),
    "Hygon by rocm-smi's words": Computer(
        {"hy": '{"card0": {"Card series": "K100_AI", "Card model": "0x1d9400", "VRAM Total Memory (B)": "68702699520", '
               '"VRAM Total Used Memory (B)": "2097152"}}'},
        [("dcu-k100-ai", 1, 68702699520)], "dcu-k100-ai",
    ),
    "Iluvatar": Computer(
        {"ix": "| IX-ML: 4.2.0       Driver Version: 4.2.0       CUDA Version: 10.2               |\n"
               "| 0    Iluvatar BI-V100         | 00000000:B1:00.0     | 1500MHz   1200MHz    |\n"
               "| 0%   33C   P0    55W / 250W   | 114MiB / 32768MiB    | 0%        Default    |\n"},
        [("bi-v100", 1, 32768 * MIB)], "bi-v100",
    ),
    "Gaudi": Computer(
        {"hl": "| HL-SMI Version:                              hl-1.20.1-fw-58.1.2.0 |\n"
               "|   0  HL-225              N/A  | 0000:19:00.0     N/A |                   0  |\n"
               "| N/A   29C   N/A    93W / 600W |    768MiB / 98304MiB |     0%           N/A |\n"},
        [(None, 1, 98304 * MIB)], None,
    ),
    # --- what people copy ---
    "a path alone": Computer(
        {"pnp": "PCI\\VEN_10DE&DEV_2C58&SUBSYS_13D81043&REV_A1\\4&1&0&0008\n"},
        [("rtx-5090-laptop", 1, None)], "rtx-5090-laptop", system="windows",
    ),
    "Get-PnpDevice": Computer(
        {"pnp": "Status     Class           FriendlyName                              InstanceId\n"
                "------     -----           ------------                              ----------\n"
                "OK         Display         NVIDIA GeForce RTX 4080 SUPER             PCI\\VEN_10DE&DEV_2702&SUBSYS_1\\4\n"
                "OK         Media           NVIDIA High Definition Audio              HDAUDIO\\FUNC_01&VEN_10DE\n"},
        [("rtx-4080-super", 1, None)], "rtx-4080-super", system="windows",
    ),
    "systeminfo in German": Computer(
        {"info": "Betriebssystemname: Microsoft Windows 11 Pro\nGesamter physischer Speicher:                      32.606 MB\n"},
        [], None, system="windows", host={"memory": 32606 * MIB}, ram="32GB",
    ),
    "OpenCL-Benchmark's head": Computer(
        {"ocl": "| Device Name    | Intel(R) Arc(TM) A380 Graphics                             |\n"
                "| Device Driver  | 25.1 (Linux)                                               |\n"
                "| Memory, Cache  | 6064 MB VRAM, 4096 KB global / 64 KB local                 |\n"},
        [("arc-a380", 1, 6064 * MIB)], "arc-a380", system=None,
    ),
    "a monitor's report": Computer(
        {"lact": "GPU Vendor: Advanced Micro Devices\nGPU Model: Radeon RX 7800 XT\nPCI ID: 1002:747E\nVRAM Size: 16368 MiB\n"},
        [("rx-7800-xt", 1, 16368 * MIB)], "rx-7800-xt", system=None,
    ),
    "Metal's log": Computer(
        {"log": "ggml_metal_init: GPU name:   Apple M4 Pro\nggml_metal_init: recommendedMaxWorkingSetSize  = 40200.90 MB\n",
         "sysctl": "hw.memsize: 51539607552\nmachdep.cpu.brand_string: Apple M4 Pro\n"},
        [(None, 1, 40200900000)], None, system="macos",
    ),
    "an old driver cuts the name behind the form": Computer(
        {"t": smi(card(0, "Tesla V100-SXM2...", "0MiB /  32510MiB", "40W /  300W", "N/A", "On"))},
        [("v100-sxm-32gb", 1, 32510 * MIB)], "v100-sxm-32gb",
    ),
    "a processor's name tells its graphics": Computer(
        {**drm(0, vendor="0x1002", device="0x1586", mem_info_vram_total=1073741824, mem_info_gtt_total=63000000000),
         "cpu": "processor\t: 0\nmodel name\t: AMD RYZEN AI MAX 390 w/ Radeon 8050S\n", "mem": meminfo(64_900_000)},
        [("ryzen-ai-max-390", 1, 63000000000)], "ryzen-ai-max-390-64gb",
    ),
    "cards by their memory alone": Computer(
        {"rocm": "".join(f"GPU[{n}]\t\t: VRAM Total Memory (B): {size}\nGPU[{n}]\t\t: VRAM Total Used Memory (B): 10485760\n"
                         for n, size in enumerate((34342961152, 536870912)))},
        [(None, 1, 34342961152)], None, ignored=1,
    ),
    "llama.cpp's list of devices": Computer(
        {"list": "ggml_vulkan: Found 2 Vulkan devices:\nAvailable devices:\n"
                 "  Vulkan0: AMD Radeon RX 7900 XTX (RADV NAVI31) (24560 MiB, 23900 MiB free)\n"
                 "  Vulkan1: AMD Radeon Graphics (RADV RAPHAEL_MENDOCINO) (31900 MiB, 31000 MiB free)\n"},
        [("rx-7900-xtx", 1, 24560 * MIB)], "rx-7900-xtx", system=None, in_use=[660 * MIB], ignored=1,
    ),
    "llama.cpp's first lines": Computer(
        {"log": "ggml_cuda_init: found 2 CUDA devices:\n  Device 0: NVIDIA GeForce RTX 3090, compute capability 8.6, VMM: yes\n"
                "  Device 1: NVIDIA GeForce RTX 3090, compute capability 8.6, VMM: yes\n"},
        [("rtx-3090", 2, None)], "2x-rtx-3090", system=None,
    ),
    "amd-smi as text": Computer(
        {"static": "GPU: 0\n    ASIC:\n        MARKET_NAME: AMD Instinct MI325X\n        VENDOR_ID: 0x1002\n        DEVICE_ID: 0x74a5\n"
                   "        REV_ID: 0x00\n    BUS:\n        BDF: 0000:05:00.0\n    VRAM:\n        TYPE: HBM\n        VENDOR: SAMSUNG\n"
                   "        SIZE: 262128 MB\n"},
        [("mi325x", 1, 262128 * MIB)], "mi325x",
    ),
    "lscpu in Chinese": Computer(
        {"lscpu": "架构：                   x86_64\n型号名称：               AMD EPYC 7742 64-Core Processor\n座：                     2\nBogoMIPS：               4491.7\n",
         "mem": meminfo(528_000_000)},
        [], "2x-epyc-7742-256gb", host={"sockets": 2}, ram="512GB",
    ),
    # --- hosts ---
    "lshw": Computer(
        {"lshw": "  *-memory\n       description: System Memory\n       size: 32GiB\n" + "".join(
            f"     *-bank:{n}\n          description: DIMM DDR4 Synchronous Registered (Buffered) 2933 MHz (0,3 ns)\n"
            f"          size: 16GiB\n          slot: CPU1_DIMM_{c}1\n" for n, c in enumerate("AB"))},
        [], None, system="linux", ram="32GB@DDR4-2933x2",
    ),
    "modules slower than they are sold": Computer(
        {"dmi": "Physical Memory Array\n\tNumber Of Devices: 4\n" + "".join(
            module(f"P0 CHANNEL {c}", f"DIMM {d}") for c in "AB" for d in "01")},
        [], None, ram="64GB@DDR5-4800x2", host={"type": "DDR5", "rate": 4800, "channels": 2, "memory": 64 * GIB},
    ),
    "modules by letters in their locators": Computer(
        {"dmi": "Physical Memory Array\n\tNumber Of Devices: 4\n"
                + "".join(module("BANK 0", f"ChannelA-DIMM{n}", kind="DDR4", speed=2666) for n in (0, 1))
                + module("BANK 1", "ChannelB-DIMM0", "No Module Installed") + module("BANK 1", "ChannelB-DIMM1", "No Module Installed")},
        [], None, ram="32GB@DDR4-2666x1", host={"channels": 1},
    ),
    "a print-out that breaks off after the first slots": Computer(
        {"dmi": "Physical Memory Array\n\tNumber Of Devices: 8\n" + module("P0 CHANNEL A", "DIMM 0", "32 GiB", "DDR4", 3200)},
        [], None, host={"type": "DDR4", "rate": 3200, "channels": 4, "memory": None},
    ),
    "nodes of memory are no sockets": Computer(
        {"lscpu": "Architecture:        x86_64\nModel name:          AMD EPYC 7302 16-Core Processor\nSocket(s):           2\n"
                  "NUMA node(s):        8\n",
         "numactl": "available: 8 nodes (0-7)\n" + "".join(f"node {n} size: 32000 MB\nnode {n} free: 30000 MB\n" for n in range(8))},
        [], "2x-epyc-7302-128gb", host={"memory": 256000 * MIB, "sockets": 2}, ram="256GB",
    ),
    "nodes far apart are sockets": Computer(
        {"numactl": "available: 4 nodes (0-3)\n" + "".join(f"node {n} size: 64000 MB\n" for n in range(4))
                    + "node distances:\nnode   0   1   2   3 \n  0:  10  12  32  32 \n  1:  12  10  32  32 \n"
                      "  2:  32  32  10  12 \n  3:  32  32  12  10 \n"},
        [], None, host={"sockets": 2, "memory": 256000 * MIB},
    ),
    "a virtual machine's two nodes may be one socket": Computer(
        {"numactl": "available: 2 nodes (0-1)\nnode 0 size: 64000 MB\nnode 1 size: 64000 MB\nnode distances:\n"
                    "node   0   1 \n  0:  10  20 \n  1:  20  10 \n"},
        [], None, host={"sockets": 1},
    ),
    "an Arm server tells numbers, and no name": Computer(
        {"cpuinfo": "processor\t: 0\nBogoMIPS\t: 50.00\nCPU implementer\t: 0x41\nCPU architecture: 8\n"
                    "CPU variant\t: 0x3\nCPU part\t: 0xd0c\nCPU revision\t: 1\n", "meminfo": meminfo(32_000_000)},
        [], "cpu-32gb", host={"cpu": "Neoverse-N1"},
    ),
    "an Arm core that is not known here keeps its numbers": Computer(
        {"cpuinfo": "processor\t: 0\nCPU implementer\t: 0x6d\nCPU part\t: 0xd99\n"},
        [], None, host={"cpu": "Arm implementer 0x6d part 0xd99"},
    ),
    "numastat": Computer(
        {"numastat": "                          Node 0          Node 1           Total\n"
                     "MemTotal               386520.12       387010.40       773530.52\n"
                     "MemFree                180000.00       190000.00       370000.00\n"},
        [], None, host={"memory": round(773530.52 * MIB)}, ram="768GB",
    ),
    "a board computer": Computer(
        {"model": "Raspberry Pi 5 Model B Rev 1.0\0", "meminfo": meminfo(8_257_664)}, [], "raspberry-pi-5-8gb", ram="8GB",
    ),
    "a virtual machine's display": Computer(
        {"lspci": "00:0f.0 VGA compatible controller [0300]: VMware SVGA II Adapter [15ad:0405]\n"
                  "00:01.0 ISA bridge [0601]: Intel Corporation 82371AB [8086:7110] (rev 08)\n"},
        [], None, ignored=1,
    ),
    "a machine without a display": Computer(
        {"lspci": "00:00.0 Host bridge: Intel Corporation 440FX - 82441FX PMC [Natoma] (rev 02)\n"
                  "00:03.0 SCSI storage controller: Red Hat, Inc. Virtio SCSI\n", "meminfo": meminfo(24_600_000)},
        [], None, ram="24GB",
    ),
    "a query without units: one number is a memory": Computer(
        {
            "print": "NVIDIA GeForce RTX 3080, 10240, 512, 580.95.05, 8.6\n",
        },
        [("rtx-3080-10gb", 1, 10737418240)],
        "rtx-3080-10gb",
    ),
    "a query without units: a clock is no memory": Computer(
        {
            "print": "NVIDIA GeForce RTX 3080, 10501, 10240\n",
        },
        [("rtx-3080-10gb", 1, 10240 * MIB)],
        "rtx-3080-10gb",
        system=None,
    ),
    "a chip whose cards the bus lists together, by their memory": Computer(
        {
            "print": "{\"card0\": {\"VRAM Total Memory (B)\": \"12868124672\", \"Card series\": \"Navi 22 [Radeon RX 6700/6700 XT/6750 XT / 6800M/6850M XT]\"}}",
        },
        [(None, 1, 12868124672)],
        None,
    ),
    "a chip whose cards the bus lists together, by the revision": Computer(
        {
            "print": """03:00.0 VGA compatible controller: Advanced Micro Devices, Inc. [AMD/ATI] Navi 31 [Radeon RX 7900 XT/7900 XTX/7900 GRE/7900M] (rev c8)
03:00.1 Audio device: Advanced Micro Devices, Inc. [AMD/ATI] Navi 31 HDMI/DP Audio
10:00.0 VGA compatible controller: Advanced Micro Devices, Inc. [AMD/ATI] Raphael (rev c1)
""",
        },
        [("rx-7900-xtx", 1, None)],
        "rx-7900-xtx",
        ignored=1,
    ),
    "a chip whose cards the bus lists together, and nothing tells which": Computer(
        {
            "print": """Graphics:
  Device-1: Advanced Micro Devices [AMD/ATI] Navi 31 [Radeon RX 7900 XT/7900 XTX/7900M]
    vendor: Sapphire driver: amdgpu v: kernel bus-ID: 03:00.0
  Device-2: Logitech Webcam C270 driver: snd-usb-audio,uvcvideo type: USB
    bus-ID: 1-2:3
  Display: wayland server: X.Org v: 23
  API: OpenGL v: 4.6 renderer: AMD Radeon RX 7900 XTX (radeonsi navi31 LLVM 15)
Network:
  Device-1: Intel Ethernet I225-V driver: igc
""",
        },
        [(None, 1, None)],
        None,
    ),
    "accelerators of one chip, of which one is named whole": Computer(
        {
            "print": """03:00.0 Display controller: Advanced Micro Devices, Inc. [AMD/ATI] Vega 20 [Radeon Pro VII/Radeon Instinct MI50 32GB] (rev 06)
43:00.0 Display controller: Advanced Micro Devices, Inc. [AMD/ATI] Vega 20 [Radeon Instinct MI50/MI60] (rev 02)
""",
        },
        [("mi50-32gb", 1, None), (None, 1, None)],
        "mi50-32gb",
    ),
    "amd-smi without a command": Computer(
        {
            "print": """
+------------------------------------------------------------------------------+
| AMD-SMI 26.0.0+37d158ab      amdgpu version: 6.14.14  ROCm version: 7.0.0    |
| Platform: Linux Baremetal                                                    |
|-------------------------------------+----------------------------------------|
| BDF                        GPU-Name | Mem-Uti   Temp   UEC       Power-Usage |
| GPU  HIP-ID  OAM-ID  Partition-Mode | GFX-Uti    Fan               Mem-Usage |
|=====================================+========================================|
| 0000:05:00.0    AMD Instinct MI300X | 0 %      41 °C   0           140/750 W |
|   0       0       4        SPX/NPS1 | 0 %        N/A           285/196592 MB |
|-------------------------------------+----------------------------------------|
| 0000:26:00.0    AMD Instinct MI300X | 0 %      37 °C   0           138/750 W |
|   1       1       5        SPX/NPS1 | 0 %        N/A           285/196592 MB |
+-------------------------------------+----------------------------------------+
+------------------------------------------------------------------------------+
| Processes:                                                                   |
|  GPU        PID  Process Name          GTT_MEM  VRAM_MEM  MEM_USAGE     CU % |
|==============================================================================|
|  No running processes found                                                  |
+------------------------------------------------------------------------------+
""",
        },
        [("mi300x", 2, 206141652992)],
        "2x-mi300x",
        in_use=[298844160],
    ),
    "amd-smi cuts a name in front": Computer(
        {
            "print": """
| AMD-SMI 26.2.0      amdgpu version: 6.16.6  ROCm version: 7.1.0    |
| 0000:c4:00.0 ...Radeon 8060S Graphics | N/A        N/A   0                 N/A |
|   0       0     N/A             N/A | N/A        N/A             435/512 MB |
""",
        },
        [("ryzen-ai-max-395", 1, 536870912)],
        None,
        in_use=[456130560],
    ),
    "Hygon counts in MiB": Computer(
        {
            "print": """
================================= System Management Interface ==================================
HCU[0]		: Card Series: 		 BW200
HCU[0]		: Card Vendor: 		 C-3000
HCU[0]		: vram Total Memory (MiB): 65520
HCU[0]		: vram Total Used Memory (MiB): 2
""",
        },
        [("dcu-bw200", 1, 68702699520)],
        "dcu-bw200",
        in_use=[2097152],
    ),
    "a table made after nvidia-smi's is no NVIDIA's": Computer(
        {
            "print": """
+-----------------------------------------------------------------------------+
| XPU-SMI               Driver Version: 5.0.21      XPU-RT Version: N/A       |
|-------------------------------+----------------------+----------------------+
| XPU  Name        Persistence-M| Bus-Id        Disp.A | Volatile Uncorr. ECC |
| Fan  Temp  Perf  Pwr:Usage/Cap|         Memory-Usage | XPU-Util  Compute M. |
|===============================+======================+======================|
|   0  P800 OAM           N/A   | 00000000:52:00.0 N/A |                    0 |
| N/A   36C  N/A     86W / 400W |      0MiB / 98304MiB |      0%      Default |
""",
        },
        [("kunlun-p800", 1, 103079215104)],
        "kunlun-p800",
        in_use=[0],
    ),
    "xpu-smi's table from 2.0 on, whose names go on below": Computer(
        {
            "print": """+----------------------------------------------+----------------------------+------------------------+
|            Intel XPU-SMI v2.0    Driver: 96E1802BAF7F7118043A89B    Level Zero: 1.32.0             |
+----------------------------------------------+----------------------------+------------------------+
| GPU  Name                    Persistence-M   | Bus-Id            Disp.A   |   Volatile Uncorr. ECC |
| Fan              Temp  Pwr:Usage/Cap         | Memory-Usage               |   GPU-Util  Compute M. |
+----------------------------------------------+----------------------------+------------------------+
|   0  Intel(R) Arc(TM) A770   Off             | 0000:03:00.0      Off      |               Disabled |
|      Graphics                                |                            |                        |
| N/A               N/A  45W / 190W            | 3642MiB / 16288MiB         |      N/A       Default |
+----------------------------------------------+----------------------------+------------------------+
|   1  Intel(R) Arc(TM) Pro    Off             | 0000:04:00.0      Off      |               Disabled |
|      B60 Graphics                            |                            |                        |
| N/A               N/A  45W / 190W            | 3642MiB / 24480MiB         |      N/A       Default |
""",
        },
        [("arc-a770-16gb", 1, 17079205888), ("arc-pro-b60", 1, 25669140480)],
        "arc-a770-16gb+arc-pro-b60",
        in_use=[3818913792, 3818913792],
    ),
    "a card that its runtime has no name for": Computer(
        {
            "print": "[level_zero:gpu][level_zero:0] Intel(R) oneAPI Unified Runtime over Level-Zero, Intel(R) Graphics [0xe223] 20.2.0 [1.14.36300]",
        },
        [("arc-pro-b70", 1, None)],
        "arc-pro-b70",
        system=None,
    ),
    "gpustat": Computer(
        {
            "print": """host  Mon Jan  1 00:00:00 2026  550.1
[0] NVIDIA GeForce RTX 3090 | 45°C,   0 % |   300 / 24576 MB | user(1M)
[1] NVIDIA GeForce RTX 3090 | 45°C,   0 % |   300 / 24576 MB |
""",
        },
        [("rtx-3090", 2, 25769803776)],
        "2x-rtx-3090",
        system=None,
        in_use=[314572800],
    ),
    "lshw of the display": Computer(
        {
            "print": """  *-display
       description: VGA compatible controller
       product: GA104 [GeForce RTX 3070]
       vendor: NVIDIA Corporation
       physical id: 0
       bus info: pci@0000:01:00.0
""",
        },
        [("rtx-3070", 1, None)],
        "rtx-3070",
    ),
    "Ollama's log": Computer(
        {
            "print": "time=2025-11-01T10:00:00.000Z level=INFO source=types.go:42 msg=\"inference compute\" id=GPU-x filter_id=\"\" library=CUDA compute=12.0 name=CUDA0 description=\"NVIDIA GeForce RTX 5060 Ti\" libdirs=ollama,cuda_v13 driver=13.0 pci_id=0000:01:00.0 type=discrete total=\"15.9 GiB\" available=\"14.5 GiB\"\n",
        },
        [("rtx-5060-ti-16gb", 1, 17072495002)],
        "rtx-5060-ti-16gb",
        system=None,
    ),
    "sysctl without its keys": Computer(
        {
            "sysctl": """Apple M4 Pro
51539607552
0
""",
        },
        [(None, 1, 51539607552)],
        None,
        system="macos",
    ),
    "a Mac in Japanese": Computer(
        {
            "print": """ハードウェア:

    ハードウェアの概要:

      機種名: MacBook Pro
      チップ: Apple M3 Pro
      コアの総数: 12（パフォーマンス: 6、効率性: 6）
      メモリ: 36 GB

グラフィックス/ディスプレイ:

    Apple M3 Pro:

      チップセットのモデル: Apple M3 Pro
      種類: GPU
      コアの総数: 18
""",
        },
        [("m3-pro-18-core", 1, 38654705664)],
        "m3-pro-18-core-36gb",
        system="macos",
    ),
    "a Mac in French": Computer(
        {
            "print": """Matériel :

      Puce : Apple M4 Pro
      Nombre total de cœurs : 14 (10 de performance et 4 d’efficacité)
      Mémoire : 48 Go

Cartes graphiques/moniteurs :
    Apple M4 Pro :
      Jeu de puces : Apple M4 Pro
      Nombre total de cœurs : 20
""",
        },
        [("m4-pro-20-core", 1, 51539607552)],
        "m4-pro-20-core-48gb",
        system="macos",
    ),
    "a chip that its number alone tells": Computer(
        {
            "print": "000f:01:00.0 VGA compatible controller [0300]: NVIDIA Corporation Device [10de:2e12] (rev a1)\n",
            "proc/meminfo": "MemTotal:       125512644 kB\n",
        },
        [("gb10", 1, 128524947456)],
        "gb10",
    ),
    "half of a memory that nobody told": Computer(
        {
            "print": """
==========
HSA Agents
==========
*******
Agent 1
*******
  Name:                    AMD RYZEN AI MAX+ 395 w/ Radeon 8060S
  Marketing Name:          AMD RYZEN AI MAX+ 395 w/ Radeon 8060S
  Device Type:             CPU
  Pool Info:
    Pool 1
      Segment:                 GLOBAL; FLAGS: FINE GRAINED
      Size:                    131072000(0x7d00000) KB
*******
Agent 2
*******
  Name:                    gfx1151
  Marketing Name:          AMD Radeon Graphics
  Device Type:             GPU
  Chip ID:                 5510(0x1586)
  Pool Info:
    Pool 1
      Segment:                 GLOBAL; FLAGS: COARSE GRAINED
      Size:                    65536000(0x3e80000) KB
""",
        },
        [("ryzen-ai-max-395", 1, 67108864000)],
        None,
    ),
    "half of the memory carved out": Computer(
        {
            "sys/class/drm/card1/device/vendor": "0x1002",
            "sys/class/drm/card1/device/device": "0x1586",
            "sys/class/drm/card1/device/mem_info_vram_total": "68719476736",
            "sys/class/drm/card1/device/mem_info_gtt_total": "33285996544",
            "proc/cpuinfo": """processor	: 0
model name	: AMD RYZEN AI MAX+ 395 w/ Radeon 8060S
physical id	: 0
""",
            "proc/meminfo": "MemTotal:       64896332 kB\n",
        },
        [("ryzen-ai-max-395", 1, 68719476736)],
        "ryzen-ai-max-395-128gb",
    ),
    # --- what people paste, and containers ---
    "fastfetch of a card beside a processor's graphics": Computer(
        {
            "fastfetch": "\x1b[1mOS\x1b[m: Debian GNU/Linux 13 (trixie) x86_64\nHost: X870 (1.0)\nKernel: Linux 6.12.43\n"
            "CPU: AMD Ryzen 7 9700X (16) @ 5.58 GHz\nGPU 1: NVIDIA GeForce RTX 5070 Ti [Discrete]\n"
            "GPU 2: AMD Granite Ridge [Integrated]\nMemory: 9.87 GiB / 30.96 GiB (32%)\nSwap: Disabled\n",
        },
        [("rtx-5070-ti", 1, None)],
        "rtx-5070-ti",
        host={"cpu": "AMD Ryzen 7 9700X"},
        ram="32GB",
        ignored=1,
    ),
    "neofetch behind its picture": Computer(
        {
            "neofetch": "        'c.          user@mac\n     ,xNMM.          --------\n   .OMMMMo           OS: macOS 26.1 25B78 arm64\n"
            "   OMMM0,            Host: MacBookPro18,2\n .;loddo:'           Kernel: 25.1.0\n"
            "cKMMMMMMMMMM         CPU: Apple M3 Max\n.KMMMMMMMMMMMM       GPU: Apple M3 Max\n"
            " XMMMMMMMMMMM        Memory: 23456MiB / 131072MiB\n",
            "cores": "Graphics/Displays:\n\n    Apple M3 Max:\n\n      Chipset Model: Apple M3 Max\n      Total Number of Cores: 40\n",
        },
        [("m3-max-40-core", 1, 128 * GIB)],
        "m3-max-40-core-128gb",
        "macos",
    ),
    "free beside a list of cards": Computer(
        {
            "free": "               total        used        free      shared  buff/cache   available\n"
            "Mem:           125Gi        18Gi       3.1Gi       1.2Gi       105Gi       107Gi\nSwap:          8.0Gi          0B       8.0Gi\n",
            "L": "GPU 0: Tesla V100-SXM2-16GB (UUID: GPU-0)\n",
        },
        [("v100-sxm-16gb", 1, None)],
        "v100-sxm-16gb",
        ram="128GB",
    ),
    "free without units": Computer(
        {"free": "              total        used        free\nMem:       65742344    10000000    50000000\n"}, [], None, ram="64GB"
    ),
    "free in mebibytes": Computer({"free": "       total  used  free\nMem:   31996  1000  30000\n"}, [], None, ram="32GB"),
    "jetson_release": Computer(
        {
            "j": "Software part of jetson-stats 4.3.2 - (c) 2024, Raffaello Bonghi\nModel: NVIDIA Jetson Orin NX Engineering Reference Developer Kit\n"
            "Hardware:\n - P-Number: p3767-0000\n - Module: NVIDIA Jetson Orin NX (16GB ram)\n",
        },
        [("jetson-orin-nx-16gb", 1, None)],
        "jetson-orin-nx-16gb",
    ),
    "PyTorch's properties": Computer(
        {"p": "_CudaDeviceProperties(name='NVIDIA RTX A6000', major=8, minor=6, total_memory=48541MB, multi_processor_count=84)\n"},
        [("rtx-a6000", 1, 48541 * MIB)],
        "rtx-a6000",
        None,
    ),
    "inxi with processor and memory": Computer(
        {
            "inxi": "System:\n  Kernel: 6.15.4 arch: x86_64 bits: 64\nCPU:\n  Info: 16-core model: AMD RYZEN AI MAX+ 395 w/ Radeon 8060S bits: 64\n"
            "Graphics:\n  Device-1: AMD Strix Halo [Radeon Graphics / Radeon 8050S Graphics / Radeon 8060S Graphics]\n    driver: amdgpu v: kernel\n"
            "Info:\n  Memory: total: 64 GiB available: 62.4 GiB used: 10.2 GiB (16.3%)\n",
        },
        [("ryzen-ai-max-395", 1, None)],
        "ryzen-ai-max-395-64gb",
    ),
    "lshw in short": Computer(
        {
            "lshw": "H/W path             Device     Class          Description\n=====================================\n"
            "/0/100/1/0           /dev/fb0   display        AD103 [GeForce RTX 4080 SUPER]\n"
            "/0/100/2                        display        Raptor Lake-S GT1 [UHD Graphics 770]\n",
        },
        [("rtx-4080-super", 1, None)],
        "rtx-4080-super",
        ignored=1,
    ),
    "lscpu in Chinese, with its keys indented": Computer(
        {
            "lscpu": "架构：                   x86_64\n  CPU 运行模式：         32-bit, 64-bit\nCPU:                     32\n"
            "  型号名称：             AMD Ryzen 9 9950X 16-Core Processor\n    座：                 1\n",
        },
        [],
        None,
        host={"cpu": "AMD Ryzen 9 9950X 16-Core Processor", "sockets": 1},
    ),
    "a container with a limit": Computer(
        {
            "L": "GPU 0: NVIDIA GeForce RTX 4090 (UUID: GPU-0)\n",
            "proc/meminfo": meminfo(131_900_000, 120_000_000),
            "sys/fs/cgroup/memory.max": "17179869184\n",
        },
        [("rtx-4090", 1, None)],
        "rtx-4090",
        host={"memory": 16 * GIB},
        ram="16GB",
    ),
    "a container without a limit": Computer(
        {
            "proc/meminfo": meminfo(65_700_000, 60_000_000),
            "sys/fs/cgroup/memory.max": "max\n",
            "sys/fs/cgroup/memory/memory.limit_in_bytes": "9223372036854771712\n",
        },
        [],
        None,
        ram="64GB",
    ),
    "Intel's driver in the kernel's log": Computer(
        {
            "print": """[    3.128431] xe 0000:03:00.0: vgaarb: deactivate vga console
[    3.128799] xe 0000:03:00.0: [drm] Running in SR-IOV PF mode
[    3.129301] xe 0000:03:00.0: [drm] Found battlemage (device ID e20b) discrete display version 14.01 stepping B0
[    3.131101] xe 0000:03:00.0: [drm] VISIBLE VRAM: 0x0000000300000000, 0x0000000300000000
[    3.131105] xe 0000:03:00.0: [drm] VRAM[0, 0]: Actual physical size 0x0000000300000000, usable size exclude stolen 0x00000002fa000000, CPU accessible size 0x00000002fa000000
[    3.131106] xe 0000:03:00.0: [drm] VRAM[0, 0]: DPA range: [0x0000000000000000-300000000], io range: [0x0000004000000000-42fa000000]
[    3.131107] xe 0000:03:00.0: [drm] Total VRAM: 0x0000004000000000, 0x00000002fa000000
[    3.131108] xe 0000:03:00.0: [drm] Available VRAM: 0x0000004000000000, 0x00000002fa000000
""",
        },
        [("arc-b580", 1, 12 * GIB)],
        "arc-b580",
        system="linux",
    ),
    "Intel's older driver in the kernel's log": Computer(
        {
            "print": """[    2.7] i915 0000:03:00.0: [drm] Found DG2/G10 (device ID 56a0) display version 13.00 stepping C0
[    2.7] i915 0000:03:00.0: [drm] Local memory IO size: 0x00000003fa000000
[    2.7] i915 0000:03:00.0: [drm] Local memory available: 0x00000003fa000000
""",
        },
        [("arc-a770-16gb", 1, 0x3FA000000)],
        "arc-a770-16gb",
        system="linux",
    ),
    "NVIDIA's driver's own file": Computer(
        {
            "print": """Model: 		 NVIDIA GeForce RTX 3090
IRQ:   		 140
GPU UUID: 	 GPU-00000000-0000-0000-0000-000000000000
Video BIOS: 	 94.02.42.00.a7
Bus Type: 	 PCIe
DMA Size: 	 47 bits
DMA Mask: 	 0x7fffffffffff
Bus Location: 	 0000:01:00.0
Device Minor: 	 0
GPU Firmware: 	 550.54.14
GPU Excluded:	 No
""",
        },
        [("rtx-3090", 1, None)],
        "rtx-3090",
        system="linux",
    ),
    "AMD's driver's own file": Computer(
        {
            "print": """cpu_cores_count 0
simd_count 192
mem_banks_count 1
caches_count 206
io_links_count 1
max_waves_per_simd 16
lds_size_in_kb 64
gfx_target_version 110000
vendor_id 4098
device_id 29772
location_id 768
domain 0
drm_render_minor 128
local_mem_size 25753026560
""",
        },
        [("rx-7900-xtx", 1, 25753026560)],
        "rx-7900-xtx",
        system="linux",
    ),
    "lspci with each part in quotes": Computer(
        {
            "print": """00:02.0 "VGA compatible controller" "Intel Corporation" "AlderLake-S GT1" -r0c "ASUSTeK Computer Inc." "Device 8694"
01:00.0 "VGA compatible controller" "NVIDIA Corporation" "GA102 [GeForce RTX 3090]" -ra1 "eVga.com. Corp." "Device 3987"
01:00.1 "Audio device" "NVIDIA Corporation" "GA102 High Definition Audio Controller" -ra1 "eVga.com. Corp." "Device 3987"
""",
        },
        [("rtx-3090", 1, None)],
        "rtx-3090",
        system="linux", ignored=1,
    ),
    "a Mac in French, a blank before the colon": Computer(
        {
            "print": """Matériel :

    Vue d’ensemble du matériel :

      Nom du modèle : MacBook Pro
      Identifiant du modèle : Mac14,9
      Puce : Apple M2 Pro
      Nombre total de cœurs : 10 (6 performance et 4 efficacité)
      Mémoire : 16 Go
      Version du programme interne du système : 10151.101.3

Graphismes/moniteurs :

    Apple M2 Pro :

      Jeu de puces : Apple M2 Pro
      Type : Processeur graphique (GPU)
      Bus : Intégré
      Nombre total de cœurs : 16
      Fournisseur : Apple (0x106b)
""",
        },
        [("m2-pro-16-core", 1, 16 * GIB)],
        "m2-pro-16-core-16gb",
        system="macos",
    ),
    "a Mac in Russian": Computer(
        {
            "print": """Оборудование:

    Обзор оборудования:

      Название модели: MacBook Pro
      Идентификатор модели: MacBookPro18,2
      Чип: Apple M1 Max
      Общее количество ядер: 10 (8 производительности и 2 эффективности)
      Память: 64 ГБ
      Версия встроенного ПО: 10151.61.4

Графика/Мониторы:

    Apple M1 Max:

      Модель набора микросхем: Apple M1 Max
      Тип: GPU
      Шина: Встроенная
      Общее количество ядер: 32
      Производитель: Apple (0x106b)
""",
        },
        [("m1-max-32-core", 1, 64 * GIB)],
        "m1-max-32-core-64gb",
        system="macos",
    ),
    "a Mac in Dutch": Computer(
        {
            "print": """Hardware:

    Overzicht van hardware:

      Modelnaam: MacBook Air
      Modelaanduiding: Mac15,12
      Chip: Apple M3
      Totaal aantal kernen: 8 (4 prestatie en 4 efficiëntie)
      Geheugen: 24 GB

Beeldschermen:

    Apple M3:

      Chipsetmodel: Apple M3
      Type: GPU
      Totaal aantal kernen: 10
""",
        },
        [("m3-10-core", 1, 24 * GIB)],
        "m3-10-core-24gb",
        system="macos",
    ),
    "a Mac's registry": Computer(
        {
            "print": """    | |   "model" = "Apple M1 Max"
    | |   "gpu-core-count" = 32
""",
        },
        [("m1-max-32-core", 1, None)],
        None,
        system="macos",
    ),
    "wmic's modules by size and speed alone": Computer(
        {
            "print": """Capacity     Speed  
17179869184  3200   
17179869184  3200   
""",
        },
        [],
        None,
        system="windows", host={"rate": 3200},
    ),
    "PowerShell's table of modules, whose numbers stand to the right": Computer(
        {
            "print": """ 
   Capacity Speed Manufacturer
   -------- ----- ------------
34359738368  5600 Kingston    
34359738368  5600 Kingston    
""",
        },
        [],
        None,
        system="windows", host={"rate": 5600},
    ),
    "PowerShell's table of modules with their places": Computer(
        {
            "print": """BankLabel    DeviceLocator  Capacity    ConfiguredClockSpeed SMBIOSMemoryType
---------    -------------  --------    -------------------- ----------------
P0 CHANNEL A DIMM 1        17179869184                 6000               34
P0 CHANNEL B DIMM 1        17179869184                 6000               34
""",
        },
        [],
        None,
        system="windows", host={"type": "DDR5", "rate": 6000, "channels": 2},
    ),
    "Get-ComputerInfo": Computer(
        {
            "print": """CsManufacturer                                          : LENOVO
CsModel                                                 : 82JQ
CsNumberOfLogicalProcessors                             : 16
CsNumberOfProcessors                                    : 1
CsProcessors                                            : {AMD Ryzen 7 5800H with Radeon Graphics}
CsTotalPhysicalMemory                                   : 34200137728
CsPhyicallyInstalledMemory                              : 33554432
OsTotalVisibleMemorySize                                : 33398572
OsFreePhysicalMemory                                    : 20112312
""",
        },
        [],
        None,
        system="windows", host={"memory": 34200137728},
    ),
    "msinfo32's report": Computer(
        {
            "print": """OS Name	Microsoft Windows 11 Pro
Version	10.0.22631 Build 22631
System Type	x64-based PC
Processor	13th Gen Intel(R) Core(TM) i7-13700K, 3400 Mhz, 16 Core(s), 24 Logical Processor(s)
Installed Physical Memory (RAM)	32.0 GB
Total Physical Memory	31.8 GB
Available Physical Memory	20.1 GB

[Display]

Item	Value
Name	NVIDIA GeForce RTX 3080
PNP Device ID	PCI\\VEN_10DE&DEV_2206&SUBSYS_38811462&REV_A1\\4&2283F625&0&0019
Adapter Type	NVIDIA GeForce RTX 3080, NVIDIA compatible
Adapter RAM	(1,048,576) bytes
""",
        },
        [(None, 1, None)],
        None,
        system="windows", host={"memory": 32 * GIB},
    ),
    "an Ascend's memory without its name": Computer(
        {
            "print": """	NPU ID                         : 0
	Chip Count                     : 1

	DDR Capacity(MB)               : 0
	DDR Clock(MHz)                 : 0
	HBM Capacity(MB)               : 65536
	HBM Clock(MHz)                 : 1600
	Chip ID                        : 0
""",
        },
        [(None, 1, 64 * GIB)],
        None,
        system="linux",
    ),
    "two unequal chips are one Atlas": Computer(
        {
            "print": """+--------------------------------------------------------------------------------------------------------+
| npu-smi 23.0.2                                   Version: 23.0.2                                       |
+-------------------------------+-----------------+------------------------------------------------------+
| NPU     Name                  | Health          | Power(W)     Temp(C)           Hugepages-Usage(page) |
| Chip    Device                | Bus-Id          | AICore(%)    Memory-Usage(MB)                        |
+===============================+=================+======================================================+
| 1       310P3                 | OK              | NA           41                0     / 0             |
| 0       0                     | 0000:01:00.0    | 0            1700 / 44280                            |
+-------------------------------+-----------------+------------------------------------------------------+
| 1       310P3                 | OK              | NA           40                0     / 0             |
| 1       1                     | 0000:01:00.0    | 0            1298 / 43693                            |
+===============================+=================+======================================================+
""",
        },
        [("atlas-300i-duo", 1, 87973 * MIB)],
        "atlas-300i-duo",
        system="linux",
    ),
    "Moore Threads card by card": Computer(
        {
            "print": """=============== MTSMI LOG ===============
Timestamp                                 : Tue May 20 11:32:11 2025
Driver Version                            : 3.1.0
Attached GPUs                             : 2

GPU 00000000:3a:00.0
    Product Name                          : MTT S4000
    Product Brand                         : MTT
    PCI
        Bus                               : 0x3A
        Device ID                         : 0x03271ED5
    FB Memory Usage
        Total                             : 49152MiB
        Used                              : 1MiB
        Free                              : 49151MiB

GPU 00000000:3d:00.0
    Product Name                          : MTT S4000
    PCI
        Device ID                         : 0x03271ED5
    FB Memory Usage
        Total                             : 49152MiB
        Used                              : 1MiB
        Free                              : 49151MiB
""",
        },
        [("mtt-s4000", 2, 48 * GIB)],
        "2x-mtt-s4000",
        system="linux",
    ),
    "Iluvatar's list": Computer(
        {
            "print": """GPU 0: Iluvatar BI-V150 (UUID: GPU-00000000-0000-0000-0000-000000000000)
GPU 1: Iluvatar BI-V150 (UUID: GPU-00000000-0000-0000-0000-000000000001)
""",
        },
        [(None, 2, None)],
        None,
        system="linux",
    ),
    "clinfo's list": Computer(
        {
            "print": """Platform #0: NVIDIA CUDA
 `-- Device #0: NVIDIA GeForce RTX 3090
Platform #1: Intel(R) OpenCL Graphics
 `-- Device #0: Intel(R) UHD Graphics 770
""",
        },
        [("rtx-3090", 1, None)],
        "rtx-3090",
        system=None,
        ignored=1,
    ),
    "inxi's modules": Computer(
        {
            "print": """Memory:
  System RAM: total: 32 GiB available: 31.05 GiB used: 5.6 GiB (18.0%)
  Array-1: capacity: 128 GiB slots: 4 modules: 2 EC: None
  Device-1: Channel-A DIMM 0 type: no module installed
  Device-2: Channel-A DIMM 1 type: DDR5 size: 16 GiB speed: spec: 5600 MT/s
  Device-3: Channel-B DIMM 0 type: no module installed
  Device-4: Channel-B DIMM 1 type: DDR5 size: 16 GiB speed: spec: 5600 MT/s
""",
        },
        [],
        None,
        system=None, host={"type": "DDR5", "rate": 5600, "channels": 2},
    ),
    "systeminfo in French": Computer(
        {
            "print": """Nom de l'hôte:                              PC
Nom du système d'exploitation:              Microsoft Windows 11 Famille
Mémoire physique totale:                    32 581 Mo
Mémoire physique disponible:                20 114 Mo
""",
        },
        [],
        None,
        system="windows", host={"memory": 32581 * MIB},
    ),
    "systeminfo in Japanese": Computer(
        {
            "print": """ホスト名:               DESKTOP
OS 名:                  Microsoft Windows 11 Home
物理メモリの合計:       32,581 MB
利用できる物理メモリ:   20,114 MB
""",
        },
        [],
        None,
        system="windows", host={"memory": 32581 * MIB},
    ),
    "amd-smi list": Computer(
        {
            "print": """GPU: 0
    BDF: 0000:03:00.0
    UUID: 00ff744c-0000-1000-80e6-000000000000
    KFD_ID: 54021
    NODE_ID: 1
    PARTITION_ID: 0

GPU: 1
    BDF: 0000:06:00.0
    UUID: 00ff744c-0000-1000-80e6-000000000000
    KFD_ID: 54021
    NODE_ID: 2
    PARTITION_ID: 0
""",
        },
        [(None, 2, None)],
        None,
        system="linux",
    ),
    "amd-smi as CSV": Computer(
        {
            "print": """gpu,market_name,vendor_id,vendor_name,subvendor_id,device_id,subsystem_id,rev_id,asic_serial,oam_id,num_compute_units,target_graphics_version
0,AMD Instinct MI300X,0x1002,Advanced Micro Devices Inc. [AMD/ATI],0x1002,0x74a1,0x74a1,0x00,0x0000000000000000,0,304,gfx942
1,AMD Instinct MI300X,0x1002,Advanced Micro Devices Inc. [AMD/ATI],0x1002,0x74a1,0x74a1,0x00,0x0000000000000001,1,304,gfx942
""",
        },
        [("mi300x", 2, None)],
        "2x-mi300x",
        system="linux",
    ),
    "nvidia-settings": Computer(
        {
            "print": """2 GPUs on host:0

    [0] host:0[gpu:0] (NVIDIA GeForce RTX 3080)
    [1] host:0[gpu:1] (NVIDIA GeForce RTX 3080)
""",
        },
        [(None, 2, None)],
        None,
        system="linux",
    ),
    **PROGRAMS,
    **FRESH,
}  # fmt: skip
