"""Print-outs of programs that run models, of windows and reports, and of tools in other languages; of computers that
nobody owns."""
# ruff: noqa: E501, W291 (a print-out is as wide as its tool makes it, and ends its lines as it likes)

from __future__ import annotations

from tests.sizing.here.computer import GIB, MIB, Computer

PROGRAMS: dict[str, Computer] = {
    "an old driver cuts a name before its memory": Computer(
        {
            "t": """\
Wed Mar  8 10:10:10 2023       
+-----------------------------------------------------------------------------+
| NVIDIA-SMI 470.161.03   Driver Version: 470.161.03   CUDA Version: 11.4     |
|-------------------------------+----------------------+----------------------+
| GPU  Name        Persistence-M| Bus-Id        Disp.A | Volatile Uncorr. ECC |
| Fan  Temp  Perf  Pwr:Usage/Cap|         Memory-Usage | GPU-Util  Compute M. |
|                               |                      |               MIG M. |
|===============================+======================+======================|
|   0  Tesla V100-PCIE...  Off  | 00000000:3B:00.0 Off |                    0 |
| N/A   35C    P0    26W / 250W |      0MiB / 32510MiB |      0%      Default |
|                               |                      |                  N/A |
+-------------------------------+----------------------+----------------------+
|   1  Tesla V100-PCIE...  Off  | 00000000:AF:00.0 Off |                    0 |
| N/A   36C    P0    27W / 250W |   4321MiB / 32510MiB |      5%      Default |
|                               |                      |                  N/A |
+-------------------------------+----------------------+----------------------+
""",
        },
        [("v100-pcie-32gb", 2, 32510 * MIB)],
        "2x-v100-pcie-32gb",
        in_use=[[0, 4321 * MIB]],
    ),
    "a card that the driver has lost": Computer(
        {
            "t": """\
+-----------------------------------------------------------------------------+
| NVIDIA-SMI 525.105.17   Driver Version: 525.105.17   CUDA Version: 12.0     |
|-------------------------------+----------------------+----------------------+
| GPU  Name        Persistence-M| Bus-Id        Disp.A | Volatile Uncorr. ECC |
| Fan  Temp  Perf  Pwr:Usage/Cap|         Memory-Usage | GPU-Util  Compute M. |
|                               |                      |               MIG M. |
|===============================+======================+======================|
|   0  NVIDIA GeForce ...  Off  | 00000000:01:00.0 Off |                  N/A |
| 30%   35C    P8    26W / 350W |      5MiB / 24576MiB |      0%      Default |
|                               |                      |                  N/A |
+-------------------------------+----------------------+----------------------+
|   1  ERR!                Off  | 00000000:21:00.0 Off |                 ERR! |
|ERR!  ERR! ERR!    ERR! / ERR! |   GPU is lost        |     ERR!        ERR! |
|                               |                      |                 ERR! |
+-------------------------------+----------------------+----------------------+
""",
        },
        [(None, 1, 24576 * MIB), (None, 1, None)],
        None,
    ),
    "free in Chinese, beside Vulkan's list": Computer(
        {
            "t": """\
==========
VULKANINFO
==========

Vulkan Instance Version: 1.4.309

Devices:
========
GPU0:
	apiVersion         = 1.4.305
	driverVersion      = 25.0.7
	vendorID           = 0x1002
	deviceID           = 0x1586
	deviceType         = PHYSICAL_DEVICE_TYPE_INTEGRATED_GPU
	deviceName         = Radeon 8060S Graphics (RADV GFX1151)
	driverID           = DRIVER_ID_MESA_RADV
	driverName         = radv
GPU1:
	apiVersion         = 1.4.305
	vendorID           = 0x10005
	deviceID           = 0x0000
	deviceType         = PHYSICAL_DEVICE_TYPE_CPU
	deviceName         = llvmpipe (LLVM 20.1.6, 256 bits)
""",
            "free": """\
              总计         已用        空闲      共享    缓冲/缓存    可用
内存：      65423092     4821344    52140000      120000     8461748    59800000
交换：      2097148           0     2097148
""",
        },
        [("ryzen-ai-max-395", 1, None)],
        "ryzen-ai-max-395-64gb",
        ignored=1,
    ),
    "intel_gpu_top's list": Computer(
        {
            "t": """\
card1                    Intel Battlemage (Gen20)          pci:vendor=8086,device=E20B,card=0
└─renderD128
card0                    Intel Alderlake_s (Gen12)         pci:vendor=8086,device=4680,card=0
└─renderD129
""",
        },
        [("arc-b580", 1, None)],
        "arc-b580",
        ignored=1,
    ),
    "a bus whose list is older than the card": Computer(
        {
            "t": """\
01:00.0 VGA compatible controller: NVIDIA Corporation Device 2b85 (rev a1)
""",
        },
        [("rtx-5090", 1, None)],
        "rtx-5090",
    ),
    "a revision in the name": Computer(
        {
            "t": """\
  *-display                 
       description: VGA compatible controller
       product: TU102 [GeForce RTX 2080 Ti Rev. A]
       vendor: NVIDIA Corporation
       physical id: 0
       bus info: pci@0000:01:00.0
       version: a1
       width: 64 bits
       clock: 33MHz
       capabilities: pm msi pciexpress vga_controller bus_master cap_list rom
       configuration: driver=nvidia latency=0
       resources: irq:156 memory:de000000-deffffff
""",
        },
        [("rtx-2080-ti", 1, None)],
        "rtx-2080-ti",
    ),
    "a Mac's own window in Chinese": Computer(
        {
            "t": """\
MacBook Pro
16英寸，2023年11月
芯片  Apple M3 Max
内存  64 GB
启动磁盘  Macintosh HD
序列号  REDACTED
macOS  Sonoma 14.5
""",
        },
        [("m3-max-40-core", 1, 64 * GIB)],
        "m3-max-40-core-64gb",
        system="macos",
    ),
    "a Mac's own window, which does not tell the bin": Computer(
        {
            "t": """\
MacBook Air
M2, 2022

Chip Apple M2
Memory 24 GB
Serial number XXXXXXXX
macOS Sequoia 15.1
""",
        },
        [(None, 1, 24 * GIB)],
        None,
        system="macos",
    ),
    "dxdiag: what is fitted, and what the system sees": Computer(
        {
            "w": """\
------------------
System Information
------------------
         Operating System: Windows 11 Pro 64-bit (10.0, Build 22631) (22621.ni_release.220506-1250)
                Processor: AMD Ryzen 7 8845HS w/ Radeon 780M Graphics      (16 CPUs), ~3.8GHz
                   Memory: 32768MB RAM
      Available OS Memory: 28518MB RAM
          DirectX Version: DirectX 12
---------------
Display Devices
---------------
           Card name: AMD Radeon 780M Graphics
        Manufacturer: Advanced Micro Devices, Inc.
           Chip type: AMD Radeon Graphics Processor (0x1900)
          Device Key: Enum\\PCI\\VEN_1002&DEV_1900&SUBSYS_00000000&REV_B3
      Display Memory: 18246 MB
    Dedicated Memory: 3987 MB
       Shared Memory: 14259 MB
""",
        },
        [("radeon-780m", 1, 3987 * MIB)],
        "radeon-780m-32gb",
        system="windows",
    ),
    "Enflame": Computer(
        {
            "t": """\
-------------------------------------------------------------------------------
-------------------- Enflame System Management Interface ----------------------
--------- Enflame Tech, All Rights Reserved. 2024 Copyright (C) --------------
-------------------------------------------------------------------------------

+2026-03-10, 10:10:10 CST-----------------------------------------------------+
| EFSMI: 1.3.0                  Driver Ver: 1.3.0                              |
|-------------------------------------------------------------------------------|
| DEV    NAME                   | FW VER           | BUS-ID         ECC         |
| TEMP   Lpm   Pwr(Usage/Cap)   | Mem                 GCU Virt     | DUsed SN    |
|-------------------------------------------------------------------------------|
| 0      Enflame S60            | 31.4.2           | 00:3d:00.0     Enable      |
| 36C    LP2    66W / 300W      | 41952MiB             Disable     | 0%          |
+-------------------------------------------------------------------------------+
""",
        },
        [("enflame-s60", 1, 41952 * MIB)],
        "enflame-s60",
    ),
    "llama.cpp's first lines with memory, and what it was built for": Computer(
        {
            "t": """\
ggml_cuda_init: found 2 CUDA devices (Total VRAM: 48248 MiB):
  Device 0: NVIDIA GeForce RTX 3090, compute capability 8.6, VMM: yes, VRAM: 24124 MiB
  Device 1: NVIDIA GeForce RTX 3090, compute capability 8.6, VMM: yes, VRAM: 24124 MiB
build: 7123 (abcdef) with GNU 13.3.0 for Linux x86_64
system info: n_threads = 16, n_threads_batch = 16, total_threads = 32
""",
        },
        [("rtx-3090", 2, 24124 * MIB)],
        "2x-rtx-3090",
    ),
    "llama.cpp with two backends lists a card twice": Computer(
        {
            "t": """\
Available devices:
  CUDA0: NVIDIA GeForce RTX 5060 Ti (15888 MiB, 15703 MiB free)
  Vulkan0: NVIDIA GeForce RTX 5060 Ti (16311 MiB, 15900 MiB free)
  Vulkan1: AMD Radeon Graphics (RADV RAPHAEL_MENDOCINO) (31924 MiB, 30000 MiB free)
""",
        },
        [("rtx-5060-ti-16gb", 1, 15888 * MIB)],
        "rtx-5060-ti-16gb",
        system=None, in_use=[185 * MIB], ignored=1,
    ),
    "llama.cpp's Vulkan": Computer(
        {
            "t": """\
ggml_vulkan: Found 2 Vulkan devices:
ggml_vulkan: 0 = Intel(R) Arc(tm) A770 Graphics (DG2) (Intel open-source Mesa driver) | uma: 0 | fp16: 1 | bf16: 0 | warp size: 32 | shared memory: 65536 | int dot: 1 | matrix cores: KHR_coopmat
ggml_vulkan: 1 = AMD Radeon RX 6600 (RADV NAVI23) (radv) | uma: 0 | fp16: 1 | bf16: 0 | warp size: 32 | shared memory: 65536 | int dot: 1 | matrix cores: none
llama_model_load_from_file_impl: using device Vulkan0 (Intel(R) Arc(tm) A770 Graphics (DG2)) (0000:03:00.0) - 15967 MiB free
""",
        },
        [("arc-a770-16gb", 1, None), ("rx-6600", 1, None)],
        "arc-a770-16gb+rx-6600",
        system=None,
    ),
    "llama.cpp's table of memory, with short names": Computer(
        {
            "t": """\
llama_memory_breakdown_print: | memory breakdown [MiB]  | total   free    self   model   context   compute    unaccounted |
llama_memory_breakdown_print: |   - CUDA0 (RTX 4090)    | 24080 = 1024 + (22000 = 20000 +    1500 +     500) +        1056 |
llama_memory_breakdown_print: |   - CUDA1 (RTX 3060)    | 11902 = 10900 + (  500 =   300 +     100 +     100) +         502 |
llama_memory_breakdown_print: |   - Host                |                   5000 =  4000 +       0 +    1000                |
""",
        },
        [("rtx-4090", 1, 24080 * MIB), ("rtx-3060-12gb", 1, 11902 * MIB)],
        "rtx-4090+rtx-3060-12gb",
        system=None, in_use=[23056 * MIB, 1002 * MIB],
    ),
    "llama.cpp that was built for Windows": Computer(
        {
            "t": """\
ggml_cuda_init: GGML_CUDA_FORCE_MMQ:    no
ggml_cuda_init: found 1 CUDA devices:
  Device 0: NVIDIA GeForce RTX 3060 Laptop GPU, compute capability 8.6, VMM: yes
load_backend: loaded CUDA backend from C:\\llama\\ggml-cuda.dll
build: 6527 (7f766929c) with clang version 19.1.5 for x86_64-pc-windows-msvc
""",
        },
        [("rtx-3060-laptop", 1, None)],
        "rtx-3060-laptop",
        system="windows",
    ),
    "Ollama's log tells the host's memory": Computer(
        {
            "t": """\
time=2026-10-11T10:10:10.000+08:00 level=INFO source=types.go:42 msg="inference compute" id=0 filter_id=0 library=ROCm compute=gfx1201 name=ROCm0 description="AMD Radeon RX 9070 XT" libdirs=ollama,rocm driver=60342.13 pci_id=0000:03:00.0 type=discrete total="15.9 GiB" available="15.1 GiB"
time=2026-10-11T10:10:10.000+08:00 level=INFO source=types.go:42 msg="inference compute" id=cpu library=cpu compute="" name=cpu description=cpu libdirs=ollama driver="" pci_id="" type="" total="61.9 GiB" available="50.0 GiB"
""",
        },
        [("rx-9070-xt", 1, 17072495002)],
        "rx-9070-xt",
        system=None, ram="64GB",
    ),
    "PyTorch's name of a device": Computer(
        {
            "t": """\
>>> torch.cuda.get_device_name(0)
'NVIDIA GeForce RTX 3070'
>>> torch.cuda.device_count()
1
""",
        },
        [("rtx-3070", 1, None)],
        "rtx-3070",
        system=None,
    ),
    "MLX": Computer(
        {
            "t": """\
>>> mx.metal.device_info()
{'resource_limit': 499000, 'max_buffer_length': 419430400000, 'architecture': 'applegpu_g15d', 'memory_size': 549755813888, 'max_recommended_working_set_size': 498216206336, 'device_name': 'Apple M3 Ultra'}
""",
        },
        [("m3-ultra-80-core", 1, 498216206336)],
        "m3-ultra-80-core-512gb",
        system="macos",
    ),
    "LM Studio's survey": Computer(
        {
            "t": """\
{"gpuSurveyResult":{"result":{"code":"Success","message":""},"gpuInfo":[{"name":"NVIDIA GeForce RTX 4080 SUPER","deviceId":0,"totalMemoryCapacityBytes":17170956288,"dedicatedMemoryCapacityBytes":17170956288,"integrationType":"Discrete","detectionPlatform":"CUDA","detectionPlatformVersion":"","otherInfo":{}}]},"cpuSurveyResult":{"result":{"code":"Success","message":""},"cpuInfo":{"name":"","architecture":"x86_64","supportedInstructionSetExtensions":["AVX","AVX2"]}},"memoryInfo":{"ramCapacity":68447719424,"vramCapacity":17170956288,"totalMemory":85618675712}}
""",
        },
        [("rtx-4080-super", 1, 17170956288)],
        "rtx-4080-super",
        system=None, ram="64GB",
    ),
    "LM Studio's survey as a table": Computer(
        {
            "t": """\
Survey by llama.cpp-linux-x86_64-nvidia-cuda12-avx2 (1.50.2)
GPU/ACCELERATORS                                   VRAM
NVIDIA GeForce RTX 4090 (CUDA, Discrete)           23.52 GiB
NVIDIA GeForce RTX 3060 (CUDA, Discrete)           11.63 GiB

CPU: x86_64 (AVX2)
RAM: 125.70 GiB
""",
        },
        [("rtx-4090", 1, 25254407700), ("rtx-3060-12gb", 1, 12487617413)],
        "rtx-4090+rtx-3060-12gb",
        system=None, ram="128GB",
    ),
    "GPU-Z": Computer(
        {
            "t": """\
<?xml version="1.0" encoding="UTF-8"?>
<gpuz_dump>
  <version>2.66.0</version>
  <card id="1">
    <cardname>NVIDIA GeForce RTX 4060</cardname>
    <gpuname>AD107</gpuname>
    <vendor>NVIDIA</vendor>
    <vendorid>10DE</vendorid>
    <deviceid>2882</deviceid>
    <memsize>8192</memsize>
    <memtype>GDDR6 (Samsung)</memtype>
  </card>
  <card id="2">
    <cardname>AMD Radeon(TM) Graphics</cardname>
    <vendorid>1002</vendorid>
    <deviceid>164E</deviceid>
    <memsize>512</memsize>
  </card>
</gpuz_dump>
""",
        },
        [("rtx-4060", 1, 8192 * MIB)],
        "rtx-4060",
        system="windows", ignored=1,
    ),
    "free in German": Computer(
        {
            "free": """\
              gesamt       benutzt     frei      gemns.  Puffer/Cache verfügbar
Speicher:      32811088     5211000    21000000      200000     6600088    27000000
Auslager.:     2097148           0     2097148
""",
        },
        [],
        None,
        ram="32GB",
    ),
    "free in French, with commas": Computer(
        {
            "free": """\
               total       utilisé      libre     partagé tamp/cache   disponible
Mem:            62Gi       8,1Gi        40Gi       512Mi        14Gi        53Gi
Partition d'échange:          2,0Gi          0B       2,0Gi
""",
        },
        [],
        None,
        ram="64GB",
    ),
    "free in Japanese, in mebibytes": Computer(
        {
            "f": """\
               合計         使用         空き         共有  バッファ/キャッシュ   利用可能
メモリ:       15845        3000        8000         200        4845       12300
スワップ:       2047           0        2047
""",
        },
        [],
        None,
        ram="16GB",
    ),
    "rocm-smi's board number is no chip's": Computer(
        {
            "t": """\
======================= ROCm System Management Interface =======================
================================= Concise Info =================================
GPU  Temp (DieEdge)  AvgPwr  SCLK    MCLK     Fan  Perf  PwrCap  VRAM%  GPU%  
0    36.0c           40.0W   800Mhz  1600Mhz  0%   auto  300.0W    0%   0%    
1    35.0c           41.0W   800Mhz  1600Mhz  0%   auto  300.0W    0%   0%    
================================================================================
============================= End of ROCm SMI Log ==============================
""",
            "n": """\
======================= ROCm System Management Interface =======================
================================= Product Info =================================
GPU[0]		: Card series: 		Instinct MI210
GPU[0]		: Card model: 		0x0c34
GPU[0]		: Card vendor: 		Advanced Micro Devices, Inc. [AMD/ATI]
GPU[0]		: Card SKU: 		D67301
GPU[1]		: Card series: 		Instinct MI210
GPU[1]		: Card model: 		0x0c34
GPU[1]		: Card vendor: 		Advanced Micro Devices, Inc. [AMD/ATI]
GPU[1]		: Card SKU: 		D67301
================================================================================
""",
        },
        [("mi210", 2, None)],
        "2x-mi210",
    ),
    "Vulkan's heaps": Computer(
        {
            "t": """\
==========
VULKANINFO
==========

GPU0:
VkPhysicalDeviceProperties:
---------------------------
	apiVersion        = 1.4.318 (4211006)
	driverVersion     = 25.2.3 (104865795)
	vendorID          = 0x8086
	deviceID          = 0xe20b
	deviceType        = PHYSICAL_DEVICE_TYPE_DISCRETE_GPU
	deviceName        = Intel(R) Arc(tm) B580 Graphics (BMG G21)

VkPhysicalDeviceMemoryProperties:
=================================
memoryHeaps: count = 2
	memoryHeaps[0]:
		size   = 12809404416 (0x2fb800000) (11.93 GiB)
		budget = 11000000000 (0x28fa6ae00) (10.24 GiB)
		usage  = 0 (0x00000000) (0.00 B)
		flags: count = 1
			MEMORY_HEAP_DEVICE_LOCAL_BIT
	memoryHeaps[1]:
		size   = 25094422528 (0x5d7be5000) (23.37 GiB)
		flags:
			None
""",
        },
        [("arc-b580", 1, 12809404416)],
        "arc-b580",
        system=None,
    ),
    "nvtop": Computer(
        {
            "t": """\
Device 0 [NVIDIA GeForce RTX 4070 Ti] PCIe GEN 4@16x RX: 0.000 KiB/s TX: 0.000 KiB/s
GPU 210MHz MEM 405MHz TEMP  35°C FAN   0% POW  12 / 285 W
GPU[           0%] MEM[||        0.9Gi/12.0Gi]
""",
        },
        [("rtx-4070-ti", 1, 12 * GIB)],
        "rtx-4070-ti",
        system=None,
    ),
    "nvtop as JSON": Computer(
        {
            "t": """\
[
  {
   "device_name": "NVIDIA GeForce RTX 3090",
   "gpu_clock": "210MHz",
   "mem_util": "2%",
   "mem_total": "25769803776",
   "mem_used": "600000000",
   "mem_free": "25100000000"
  }
]
""",
        },
        [("rtx-3090", 1, 24 * GIB)],
        "rtx-3090",
        system=None, in_use=[600000000],
    ),
    "fastfetch tells the cores of a Mac's GPU": Computer(
        {
            "t": """\
user@mbp
--------
OS: macOS Tahoe 26.1 (25B78) arm64
Host: MacBook Pro (14-inch, 2021)
Kernel: Darwin 25.1.0
CPU: Apple M1 Pro (10) @ 3.23 GHz
GPU: Apple M1 Pro (16) @ 1.30 GHz [Integrated]
Memory: 11.55 GiB / 32.00 GiB (36%)
""",
        },
        [("m1-pro-16-core", 1, 32 * GIB)],
        "m1-pro-16-core-32gb",
        system="macos",
    ),
    "hwinfo": Computer(
        {
            "t": """\
28: PCI 100.0: 0300 VGA compatible controller (VGA)
  [Created at pci.386]
  Unique ID: VCu0.XXX
  SysFS ID: /devices/pci0000:00/0000:00:01.0/0000:01:00.0
  SysFS BusID: 0000:01:00.0
  Hardware Class: graphics card
  Model: "nVidia GA106 [GeForce RTX 3060 Lite Hash Rate]"
  Vendor: pci 0x10de "nVidia Corporation"
  Device: pci 0x2504 "GA106 [GeForce RTX 3060 Lite Hash Rate]"
  SubVendor: pci 0x1462 "Micro-Star International Co., Ltd. [MSI]"
  Revision: 0xa1
  Driver: "nvidia"
""",
        },
        [("rtx-3060-12gb", 1, None)],
        "rtx-3060-12gb",
    ),
    "glxinfo": Computer(
        {
            "t": """\
name of display: :0
display: :0  screen: 0
direct rendering: Yes
Extended renderer info (GLX_MESA_query_renderer):
    Vendor: AMD (0x1002)
    Device: AMD Radeon RX 6800 XT (radeonsi, navi21, LLVM 15.0.7, DRM 3.57, 6.8.0-40-generic) (0x73bf)
    Version: 23.2.1
    Accelerated: yes
    Video memory: 16384MB
    Unified memory: no
Memory info (GL_ATI_meminfo):
    VBO free memory - total: 15000 MB, largest block: 15000 MB
    Dedicated video memory: 16384 MB
    Total available memory: 32400 MB
OpenGL renderer string: AMD Radeon RX 6800 XT (radeonsi, navi21, LLVM 15.0.7, DRM 3.57, 6.8.0-40-generic)
""",
        },
        [("rx-6800-xt", 1, 16 * GIB)],
        "rx-6800-xt",
        system=None,
    ),
    "a chip in a laptop's processor by its code name": Computer(
        {
            "n": """\
NVIDIA GeForce RTX 4060 Laptop GPU, 8188 MiB, 15 MiB
""",
            "l": """\
01:00.0 VGA compatible controller: NVIDIA Corporation AD107M [GeForce RTX 4060 Max-Q / Mobile] (rev a1)
06:00.0 VGA compatible controller: Advanced Micro Devices, Inc. [AMD/ATI] Phoenix3 (rev c5)
06:00.1 Audio device: Advanced Micro Devices, Inc. [AMD/ATI] Radeon High Definition Audio Controller [Rembrandt/Strix]
""",
        },
        [("rtx-4060-laptop", 1, 8188 * MIB)],
        "rtx-4060-laptop",
        ignored=1,
    ),
    "the Task Manager in Chinese": Computer(
        {
            "t": """\
GPU 0

NVIDIA GeForce RTX 4070

利用率	1%
专用 GPU 内存	1.5/12.0 GB
GPU 内存	1.6/27.9 GB
共享 GPU 内存	0.1/15.9 GB
""",
        },
        [("rtx-4070", 1, 12 * GIB)],
        "rtx-4070",
        system="windows", in_use=[1610612736],
    ),
    "LACT of a card beside a processor's graphics": Computer(
        {
            "t": """\
GPU 1002:744C-148C:2422-0000:03:00.0:
=====================================
GPU Model: AMD Radeon RX 7900 XTX (0x1002:0x744C:0xC8)
Card Manufacturer: Tul Corporation / PowerColor (0x148C)
Driver Used: amdgpu
VRAM Size: 24560 MiB

GPU 1002:164E-1043:8877-0000:0f:00.0:
=====================================
GPU Model: AMD Raphael (0x1002:0x164E:0xC1)
Driver Used: amdgpu
VRAM Size: 512 MiB
""",
        },
        [("rx-7900-xtx", 1, 24560 * MIB)],
        "rx-7900-xtx",
        ignored=1,
    ),
    "vLLM's report of a computer": Computer(
        {
            "t": """\
==============================
        System Info
==============================
OS                           : Ubuntu 24.04.4 LTS (x86_64)
GCC version                  : (Ubuntu 13.3.0-6ubuntu2~24.04.1) 13.3.0

==============================
      Python Environment
==============================
Python version               : 3.12.13 (main, Apr  7 2026, 20:45:25) [Clang 22.1.1 ] (64-bit runtime)
Python platform              : Linux-6.17.0-20-generic-x86_64-with-glibc2.39

==============================
       CUDA / GPU Info
==============================
Is CUDA available            : True
GPU models and configuration : GPU 0: NVIDIA GH200 144G HBM3e
Nvidia driver version        : 590.48.01

==============================
          CPU Info
==============================
Architecture:                         x86_64
CPU op-mode(s):                       32-bit, 64-bit
Model name:                           AMD Ryzen 9 9950X 16-Core Processor
Socket(s):                            1
""",
        },
        [("gh200-144gb", 1, None)],
        "gh200-144gb",
    ),
    "PyTorch's report under WSL": Computer(
        {
            "t": """\
Python platform: Linux-5.15.153.1-microsoft-standard-WSL2-x86_64-with-glibc2.35
Is CUDA available: True
GPU models and configuration: GPU 0: NVIDIA GeForce RTX 4070 Laptop GPU
Nvidia driver version: 551.88
""",
        },
        [("rtx-4070-laptop", 1, None)],
        "rtx-4070-laptop",
        system="wsl2",
    ),
    "amd-smi tells what a chip shares": Computer(
        {
            "m": """\
GPU: 0
    MEM_USAGE:
        TOTAL_VRAM: 512 MB
        USED_VRAM: 489 MB
        FREE_VRAM: 23 MB
        TOTAL_VISIBLE_VRAM: 512 MB
        USED_VISIBLE_VRAM: 489 MB
        FREE_VISIBLE_VRAM: 23 MB
        TOTAL_GTT: 126976 MB
        USED_GTT: 964 MB
        FREE_GTT: 126012 MB
""",
            "s": """\
GPU: 0
    ASIC:
        MARKET_NAME: AMD Radeon 8060S Graphics
        VENDOR_ID: 0x1002
        DEVICE_ID: 0x1586
        REV_ID: 0xc1
    BUS:
        BDF: 0000:c1:00.0
    VRAM:
        TYPE: DDR5
        VENDOR: N/A
        SIZE: 512 MB
""",
            "mem": """\
MemTotal:       131072000 kB
MemAvailable:   120000000 kB
""",
        },
        [("ryzen-ai-max-395", 1, 126976 * MIB)],
        "ryzen-ai-max-395-128gb",
    ),
    "amd-smi's memory as CSV": Computer(
        {
            "m": """\
gpu,total_vram,used_vram,free_vram,total_visible_vram,used_visible_vram,free_visible_vram,total_gtt,used_gtt,free_gtt
0,24560,1034,23526,24560,1034,23526,31996,55,31941
1,24560,15,24545,24560,15,24545,31996,15,31981
""",
            "s": """\
gpu,market_name,vendor_id,vendor_name,subvendor_id,device_id,subsystem_id,rev_id,asic_serial,oam_id,num_compute_units,target_graphics_version
0,Radeon RX 7900 XTX,0x1002,Advanced Micro Devices Inc. [AMD/ATI],0x1eae,0x744c,0x7901,0xc8,0x0,N/A,96,gfx1100
1,Radeon RX 7900 XTX,0x1002,Advanced Micro Devices Inc. [AMD/ATI],0x1eae,0x744c,0x7901,0xc8,0x0,N/A,96,gfx1100
""",
        },
        [("rx-7900-xtx", 2, 24560 * MIB)],
        "2x-rx-7900-xtx",
        in_use=[[1034 * MIB, 15 * MIB]],
    ),
    "a divided accelerator prints its whole memory for each part": Computer(
        {"print": """\
GPU: 0
    ASIC:
        MARKET_NAME: AMD Instinct MI300X
        DEVICE_ID: 0x74a1
        REV_ID: 0x00
    BUS:
        BDF: 0000:0c:00.0
    VRAM:
        TYPE: HBM
        VENDOR: N/A
        SIZE: 196592 MB
    PARTITION:
        ACCELERATOR_PARTITION: CPX
        MEMORY_PARTITION: NPS1
        PARTITION_ID: 0

GPU: 1
    ASIC:
        MARKET_NAME: AMD Instinct MI300X
        DEVICE_ID: 0x74a1
        REV_ID: 0x00
    BUS:
        BDF: 0000:0c:00.1
    VRAM:
        TYPE: HBM
        VENDOR: N/A
        SIZE: 196592 MB
    PARTITION:
        ACCELERATOR_PARTITION: CPX
        MEMORY_PARTITION: NPS1
        PARTITION_ID: 1

GPU: 2
    ASIC:
        MARKET_NAME: AMD Instinct MI300X
        DEVICE_ID: 0x74a1
        REV_ID: 0x00
    BUS:
        BDF: 0000:0c:00.2
    VRAM:
        TYPE: HBM
        VENDOR: N/A
        SIZE: 196592 MB
    PARTITION:
        ACCELERATOR_PARTITION: CPX
        MEMORY_PARTITION: NPS1
        PARTITION_ID: 2

GPU: 3
    ASIC:
        MARKET_NAME: AMD Instinct MI300X
        DEVICE_ID: 0x74a1
        REV_ID: 0x00
    BUS:
        BDF: 0000:0c:00.3
    VRAM:
        TYPE: HBM
        VENDOR: N/A
        SIZE: 196592 MB
    PARTITION:
        ACCELERATOR_PARTITION: CPX
        MEMORY_PARTITION: NPS1
        PARTITION_ID: 3

GPU: 4
    ASIC:
        MARKET_NAME: AMD Instinct MI300X
        DEVICE_ID: 0x74a1
        REV_ID: 0x00
    BUS:
        BDF: 0000:0c:00.4
    VRAM:
        TYPE: HBM
        VENDOR: N/A
        SIZE: 196592 MB
    PARTITION:
        ACCELERATOR_PARTITION: CPX
        MEMORY_PARTITION: NPS1
        PARTITION_ID: 4

GPU: 5
    ASIC:
        MARKET_NAME: AMD Instinct MI300X
        DEVICE_ID: 0x74a1
        REV_ID: 0x00
    BUS:
        BDF: 0000:0c:00.5
    VRAM:
        TYPE: HBM
        VENDOR: N/A
        SIZE: 196592 MB
    PARTITION:
        ACCELERATOR_PARTITION: CPX
        MEMORY_PARTITION: NPS1
        PARTITION_ID: 5

GPU: 6
    ASIC:
        MARKET_NAME: AMD Instinct MI300X
        DEVICE_ID: 0x74a1
        REV_ID: 0x00
    BUS:
        BDF: 0000:0c:00.6
    VRAM:
        TYPE: HBM
        VENDOR: N/A
        SIZE: 196592 MB
    PARTITION:
        ACCELERATOR_PARTITION: CPX
        MEMORY_PARTITION: NPS1
        PARTITION_ID: 6

GPU: 7
    ASIC:
        MARKET_NAME: AMD Instinct MI300X
        DEVICE_ID: 0x74a1
        REV_ID: 0x00
    BUS:
        BDF: 0000:0c:00.7
    VRAM:
        TYPE: HBM
        VENDOR: N/A
        SIZE: 196592 MB
    PARTITION:
        ACCELERATOR_PARTITION: CPX
        MEMORY_PARTITION: NPS1
        PARTITION_ID: 7

"""},
        [(None, 1, None)],
        None,
    ),
    "a divided accelerator as JSON": Computer(
        {"print": """\
[{"gpu": 0, "asic": {"market_name": "AMD Instinct MI300X", "device_id": "0x74a1", "rev_id": "0x00"}, "bus": {"bdf": "0000:0c:00.0"}, "vram": {"type": "HBM", "size": {"value": 196592, "unit": "MB"}}, "partition": {"accelerator_partition": "CPX", "memory_partition": "NPS4", "partition_id": 0}}, {"gpu": 1, "asic": {"market_name": "AMD Instinct MI300X", "device_id": "0x74a1", "rev_id": "0x00"}, "bus": {"bdf": "0000:0c:00.1"}, "vram": {"type": "HBM", "size": {"value": 196592, "unit": "MB"}}, "partition": {"accelerator_partition": "CPX", "memory_partition": "NPS4", "partition_id": 1}}, {"gpu": 2, "asic": {"market_name": "AMD Instinct MI300X", "device_id": "0x74a1", "rev_id": "0x00"}, "bus": {"bdf": "0000:0c:00.2"}, "vram": {"type": "HBM", "size": {"value": 196592, "unit": "MB"}}, "partition": {"accelerator_partition": "CPX", "memory_partition": "NPS4", "partition_id": 2}}, {"gpu": 3, "asic": {"market_name": "AMD Instinct MI300X", "device_id": "0x74a1", "rev_id": "0x00"}, "bus": {"bdf": "0000:0c:00.3"}, "vram": {"type": "HBM", "size": {"value": 196592, "unit": "MB"}}, "partition": {"accelerator_partition": "CPX", "memory_partition": "NPS4", "partition_id": 3}}, {"gpu": 4, "asic": {"market_name": "AMD Instinct MI300X", "device_id": "0x74a1", "rev_id": "0x00"}, "bus": {"bdf": "0000:0c:00.4"}, "vram": {"type": "HBM", "size": {"value": 196592, "unit": "MB"}}, "partition": {"accelerator_partition": "CPX", "memory_partition": "NPS4", "partition_id": 4}}, {"gpu": 5, "asic": {"market_name": "AMD Instinct MI300X", "device_id": "0x74a1", "rev_id": "0x00"}, "bus": {"bdf": "0000:0c:00.5"}, "vram": {"type": "HBM", "size": {"value": 196592, "unit": "MB"}}, "partition": {"accelerator_partition": "CPX", "memory_partition": "NPS4", "partition_id": 5}}, {"gpu": 6, "asic": {"market_name": "AMD Instinct MI300X", "device_id": "0x74a1", "rev_id": "0x00"}, "bus": {"bdf": "0000:0c:00.6"}, "vram": {"type": "HBM", "size": {"value": 196592, "unit": "MB"}}, "partition": {"accelerator_partition": "CPX", "memory_partition": "NPS4", "partition_id": 6}}, {"gpu": 7, "asic": {"market_name": "AMD Instinct MI300X", "device_id": "0x74a1", "rev_id": "0x00"}, "bus": {"bdf": "0000:0c:00.7"}, "vram": {"type": "HBM", "size": {"value": 196592, "unit": "MB"}}, "partition": {"accelerator_partition": "CPX", "memory_partition": "NPS4", "partition_id": 7}}]"""},
        [(None, 1, None)],
        None,
    ),
    "a divided accelerator by rocm-smi": Computer(
        {"print": """\
{"card0": {"Card Series": "AMD Instinct MI300X", "Card Model": "0x74a1", "GFX Version": "gfx942", "Compute Partition": "CPX", "Memory Partition": "NPS1", "VRAM Total Memory (B)": "206141652992", "PCI Bus": "0000:0C:00.0"}, "card1": {"Card Series": "AMD Instinct MI300X", "Card Model": "0x74a1", "GFX Version": "gfx942", "Compute Partition": "CPX", "Memory Partition": "NPS1", "VRAM Total Memory (B)": "206141652992", "PCI Bus": "0000:0C:00.1"}, "card2": {"Card Series": "AMD Instinct MI300X", "Card Model": "0x74a1", "GFX Version": "gfx942", "Compute Partition": "CPX", "Memory Partition": "NPS1", "VRAM Total Memory (B)": "206141652992", "PCI Bus": "0000:0C:00.2"}, "card3": {"Card Series": "AMD Instinct MI300X", "Card Model": "0x74a1", "GFX Version": "gfx942", "Compute Partition": "CPX", "Memory Partition": "NPS1", "VRAM Total Memory (B)": "206141652992", "PCI Bus": "0000:0C:00.3"}, "card4": {"Card Series": "AMD Instinct MI300X", "Card Model": "0x74a1", "GFX Version": "gfx942", "Compute Partition": "CPX", "Memory Partition": "NPS1", "VRAM Total Memory (B)": "206141652992", "PCI Bus": "0000:0C:00.4"}, "card5": {"Card Series": "AMD Instinct MI300X", "Card Model": "0x74a1", "GFX Version": "gfx942", "Compute Partition": "CPX", "Memory Partition": "NPS1", "VRAM Total Memory (B)": "206141652992", "PCI Bus": "0000:0C:00.5"}, "card6": {"Card Series": "AMD Instinct MI300X", "Card Model": "0x74a1", "GFX Version": "gfx942", "Compute Partition": "CPX", "Memory Partition": "NPS1", "VRAM Total Memory (B)": "206141652992", "PCI Bus": "0000:0C:00.6"}, "card7": {"Card Series": "AMD Instinct MI300X", "Card Model": "0x74a1", "GFX Version": "gfx942", "Compute Partition": "CPX", "Memory Partition": "NPS1", "VRAM Total Memory (B)": "206141652992", "PCI Bus": "0000:0C:00.7"}}"""},
        [(None, 1, None)],
        None,
    ),
    "a table whose head is left out": Computer(
        {"print": """\
|   0  NVIDIA GeForce RTX 3060        Off |   00000000:01:00.0 Off |                  N/A |
|  0%   40C    P8             12W /  170W |      15MiB /  12288MiB |      0%      Default |
"""},
        [("rtx-3060-12gb", 1, 12 * GIB)],
        "rtx-3060-12gb",
        in_use=[15 * MIB],
    ),
}  # fmt: skip
