"""Machines are named as people name them, and what is no machine is refused in one line."""

from __future__ import annotations

import random

import pytest

from sizing import Catalog, SizingError, plan

GIB = 2**30


@pytest.mark.parametrize(
    ("name", "devices"),
    [
        ("rtx-5080+rtx-3090", ["rtx-5080", "rtx-3090"]),
        ("3x-rtx-3090+rtx-4090", ["rtx-3090"] * 3 + ["rtx-4090"]),
        ("2x RTX 3090 + RTX 4090", ["rtx-3090"] * 2 + ["rtx-4090"]),
        ("2×RTX 3090", ["rtx-3090"] * 2),
        ("RTX 4090", ["rtx-4090"]),
        ("GeForce RTX 4090", ["rtx-4090"]),
        ("M3 Max 40-core 64 GB", ["m3-max-40-core"]),
        ("Mac Studio M3 Ultra 512 GB", ["m3-ultra-80-core"]),
    ],
)
def test_a_name_as_people_write_it_is_a_machine(catalog: Catalog, name: str, devices: list[str]) -> None:
    assert [device.id for device in catalog.machine(name).devices] == devices


@pytest.mark.parametrize(
    ("name", "id"),
    [
        ("3090", "rtx-3090"),
        ("2x3090 + 4090", "2x-rtx-3090+rtx-4090"),
        ("双 3090", "2x-rtx-3090"),
        ("4张4090D", "4x-rtx-4090-d"),
        ("5060Ti 16G", "rtx-5060-ti-16gb"),
        ("7900 XTX", "rx-7900-xtx"),
        ("4070S", "rtx-4070-super"),
        ("4090 笔记本", "rtx-4090-laptop"),
        ("暗影精灵 4060", "rtx-4060-laptop"),
        ("5060ti16g", "rtx-5060-ti-16gb"),
        ("4090d48g", "rtx-4090-d-48gb"),
        ("m4max128g", "m4-max-40-core-128gb"),
        ("M4 Max 128G 统一内存", "m4-max-40-core-128gb"),
        ("autodl 4090", "rtx-4090"),
        ("B580", "arc-b580"),
        ("昇腾910B3", "ascend-910b3"),
        ("摩尔线程 S80", "mtt-s80"),
        ("Apple M4 Max 128GB", "m4-max-40-core-128gb"),
        ("iMac M4 Max 128GB", "m4-max-40-core-128gb"),
        ("4090 24GB", "rtx-4090"),
        ("5090x2", "2x-rtx-5090"),
        ("3090*2", "2x-rtx-3090"),
        ("rtx4090 x 4", "4x-rtx-4090"),
        ("4090 48G*2", "2x-rtx-4090-48gb"),
        ("rtx 3090 (x2)", "2x-rtx-3090"),
        ("7900 XTX*2", "2x-rx-7900-xtx"),
        ("3090x2+4090", "2x-rtx-3090+rtx-4090"),
        ("4090双卡", "2x-rtx-4090"),
        ("八张 4090", "8x-rtx-4090"),
        ("4090 4张", "4x-rtx-4090"),
        ("A30 (8 GPUs)", "8x-a30"),
        ("dual RTX 3090", "2x-rtx-3090"),
        ("two 3090s", "2x-rtx-3090"),
        ("单卡4090", "rtx-4090"),
        ("MLU370-X4", "mlu370-x4"),
        ("MLU370-X4 x2", "2x-mlu370-x4"),
        ("DGX Spark x2", "2x-dgx-spark-over-200gbe"),
        ("MacBook Air M4 16G", "macbook-air-m4-16gb"),
        ("Framework 128GB", "framework-desktop-128gb"),
        ("evo x2 128g", "gmktec-evo-x2-128gb"),
        ("苹果 Mac mini M4 24G", "mac-mini-m4-24gb"),
        ("AI Max+ 395 128GB", "ryzen-ai-max-395-128gb"),
        ("M4 Max 128", "m4-max-40-core-128gb"),
        ("Pro W7900", "radeon-pro-w7900"),
        ("rtx-5090+rtx-3080", "rtx-5090+rtx-3080-10gb"),
        ("RTX 3060", "rtx-3060-12gb"),
        ("GeForce RTX 3060", "rtx-3060-12gb"),
        ("双3080", "2x-rtx-3080-10gb"),
        ("3080 20G", "rtx-3080-20gb"),
        ("rtx 3080ti", "rtx-3080-ti"),
        ("8x H20", "8x-h20-96gb"),
        ("H20 八卡", "8x-h20-96gb"),
        ("RTX PRO 4000", "rtx-pro-4000-blackwell"),
        ("RTX PRO 4000 SFF", "rtx-pro-4000-blackwell-sff"),
        ("RTX 4500 Pro", "rtx-pro-4500-blackwell"),
        ("Arc A770", "arc-a770-16gb"),
        ("Jetson Thor", "jetson-agx-thor"),
        ("H100 SXM5", "h100-sxm-80gb"),
        ("H100 PCIe", "h100-pcie-80gb"),
        ("V100 32GB SXM2", "v100-sxm-32gb"),
        ("NVIDIA A100-SXM4-80GB", "a100-sxm-80gb"),
        ("Tesla P100 PCIe 12G", "p100-pcie-12gb"),
        ("Radeon 8060S 128GB", "ryzen-ai-max-395-128gb"),
        ("AMD Ryzen AI MAX+ PRO 395 128G", "ryzen-ai-max-395-128gb"),
        ("780M 32GB", "radeon-780m-32gb"),
        ("HX 370 32GB", "radeon-890m-32gb"),
        ("Ryzen 9950X 96GB", "ryzen-9-9950x-96gb"),
        ("EPYC 9654 768G 双路", "2x-epyc-9654-768gb"),
        ("洋垃圾 E5-2680v4 128G", "xeon-e5-2680-v4-128gb"),
        ("4060 8G", "rtx-4060"),
        ("B580 12G", "arc-b580"),
        ("6700 XT 12G", "rx-6700-xt"),
        ("RTX TITAN", "titan-rtx"),
        ("天垓 100", "bi-v100"),
        ("8845HS 32G", "radeon-780m-32gb"),
        ("Core Ultra 7 258V 32GB", "arc-140v-32gb"),
        ("7840HS 32G", "ryzen-7-7840hs-32gb"),  # the processor itself is in the catalog
        ("Mac Studio M3 Ultra 256", "mac-studio-m3-ultra-256gb"),
        ("M4 Mac mini 16G", "mac-mini-m4-16gb"),
    ],
)
def test_a_number_stands_for_its_card(catalog: Catalog, name: str, id: str) -> None:
    assert catalog.machine(name).id == id


@pytest.mark.parametrize(
    ("name", "id"),
    [
        ("影驰/七彩虹 4090", "rtx-4090"),
        ("二手3090", "rtx-3090"),
        ("涡轮 3090 双卡", "2x-rtx-3090"),
        ("MSI RTX 3090 Gaming X Trio", "rtx-3090"),
        ("2080ti魔改22g", "rtx-2080-ti-22gb"),
        ("RTX 5090 移动版", "rtx-5090-laptop"),
        ("4090m", "rtx-4090-laptop"),
        ("联想拯救者 5070Ti 笔记本", "rtx-5070-ti-laptop"),
        ("苹果 Mac mini M4 16+256", "mac-mini-m4-16gb"),
        ("MacBook Pro 14 M4 Pro 24G+512G", "macbook-pro-m4-pro-24gb"),
        ("铭凡 MS-S1 Max", "minisforum-ms-s1-max-128gb"),
        ("惠普 Z2 G1a 128GB", "hp-z2-mini-g1a-128gb"),
    ],
)
def test_a_name_is_read_as_shops_and_forums_write_it(catalog: Catalog, name: str, id: str) -> None:
    assert catalog.machine(name).id == id


def test_a_chip_is_named_by_each_processor_that_it_is_the_graphics_of(catalog: Catalog) -> None:
    for device in catalog.devices.values():
        for processor in device.processors:
            named = catalog.machine(f"{processor} {device.memory.box[-1] >> 30}GB")
            assert [one.id for one in named.devices] == [device.id], processor


@pytest.mark.parametrize(
    ("name", "id"), [("A16", "4x-a16-gpu"), ("2x A16 64GB", "8x-a16-gpu"), ("MI250X", "2x-mi250x-gcd")]
)
def test_a_card_of_several_gpus_is_so_many(catalog: Catalog, name: str, id: str) -> None:
    assert catalog.machine(name).id == id


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("5060 Ti", r"write one of rtx-5060-ti-16gb, rtx-5060-ti-8gb"),
        ("8卡H100", r"write one of 8x-h100-nvl, 8x-h100-sxm-80gb, 8x-h100-pcie-80gb"),
        ("H100*8", r"write one of 8x-h100-nvl, 8x-h100-sxm-80gb, 8x-h100-pcie-80gb"),
        ("3090*0", r"a count lies between 1 and 1024; write it as 2x-rtx-4090"),
        ("5000x 3090", r"a count lies between 1 and 1024; write it as 2x-rtx-4090"),
        ("6000", r"write one of .*quadro-rtx-6000.*rtx-pro-6000-blackwell"),
        ("RTX 6000", r"write one of .*rtx-6000-ada"),
        ("RTX 5060 Ti", r"write one of rtx-5060-ti-16gb, rtx-5060-ti-8gb"),
        ("3080 laptop", r"write one of .*rtx-3080-laptop-8gb"),
        ("M3 36GB", r"write one of m3-pro-14-core-36gb, m3-pro-18-core-36gb, m3-max-30-core-36gb"),
        ("Strix Halo", r"write one of .*ryzen-ai-max-395"),
        ("strix-halo-128gb", r"write one of .*ryzen-ai-max-395-128gb"),
        ("mac mini 64", r"write one of mac-mini-m4-pro-64gb, mac-mini-m5-pro-64gb"),
        ("Mac mini M4", r"write one of mac-mini-m4-16gb, mac-mini-m4-24gb, mac-mini-m4-32gb"),
        ("4090 16GB", r"rtx-4090 has 24 GB"),
        ("MacBook Pro 36GB", r"write one of macbook-pro-m3-max-36gb, macbook-pro-m4-max-36gb"),
        ("Mac Studio 512GB", r"write one of mac-studio-m3-ultra-512gb, mac-studio-m5-ultra-512gb"),
        ("GMKtec EVO-X2", r"write one of gmktec-evo-x2-128gb, gmktec-evo-x2-64gb"),
        ("x5090", r"did you mean rtx-5090"),
    ],
)
def test_a_name_that_leaves_out_what_matters_is_refused_with_what_it_may_mean(
    catalog: Catalog, name: str, said: str
) -> None:
    with pytest.raises(SizingError, match=said):
        catalog.machine(name)


def test_one_machine_has_one_id_however_it_is_written(catalog: Catalog) -> None:
    assert catalog.machine("2× RTX 3090 + RTX 4090").id == "2x-rtx-3090+rtx-4090"
    assert catalog.machine("m3 max 40-core 64gb").id == "m3-max-40-core-64gb"


def test_unequal_cards_are_places_in_the_order_given(catalog: Catalog) -> None:
    machine = catalog.machine("rtx-5080+rtx-3090")
    assert machine.name == "GeForce RTX 5080 + GeForce RTX 3090"
    assert [place.name for place in machine.places] == ["rtx-5080#0", "rtx-3090#1", "host"]
    assert machine.places[0].bandwidth == catalog.device("rtx-5080").bandwidth
    assert machine.memory == (16 + 24) * GIB


def test_unequal_cards_use_the_backend_that_all_have(catalog: Catalog) -> None:
    assert catalog.device("arc-b580").backends == ("sycl", "vulkan")
    assert catalog.device("rx-7900-xtx").backends == ("rocm", "vulkan")
    assert catalog.machine("rx-7900-xtx+arc-b580").backends == ("vulkan",)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("rtx-4091", "did you mean rtx-4090"),
        ("rtx 4o9o", "did you mean rtx-4090, "),
        ("2x-rtx5o90", r"did you mean 2x-rtx-5090\?"),
        ("hl00-nvl", r"did you mean h100-nvl\?"),
        ("1000000000x-rtx-4090", "a count lies between 1 and 1024"),
        ("600x-rtx-4090+600x-rtx-3090", "has more than 1024 devices"),
        ("M4 Max", "write one of m4-max-32-core, m4-max-40-core$"),
        ("rtx-4080-48gb", "rtx-4080 has 16 GB; write rtx-4080$"),
        ("rtx-4090+rx-7900-xtx", "share no backend"),
        ("rtx-4090+epyc-9355-768gb", "not a card; give it as the host: epyc-9355-768gb"),
        ("rtx-4090+m3-max-40-core-64gb", "one chip with its own memory"),
        ("rtx-4090+", "no machine or device ''"),
        ("0x-rtx-4090", "a count lies between 1 and 1024"),
        (
            "zzz",
            r"its memory alone: \S+; what the catalog lacks, catalog/devices/_template.yaml adds$",
        ),
        ("XK-3900", r"write the cards or the chip in it"),
        ("Threadripper 1234X", r"no machine or device 'Threadripper 1234X'.*; write the cards"),
        ("T1", r"write the cards"),  # begins no T1000, and is no part of a T4
        ("gefroce rtx 4090", "did you mean rtx-4090, "),
        ("radoen vii", r"did you mean radeon-vii\?"),
        ("魔改 2080Ti", r"did you mean rtx-2080-ti, "),  # says that it has more, not how much
        ("M1 Pro 16GB", r"write one of m1-pro-14-core-16gb, m1-pro-16-core-16gb$"),
        ("3070 16G", r"rtx-3070 has 8 GB; write rtx-3070$"),
        ("H20 141G", r"h20-96gb has 96 GB; write h20-96gb$"),
        ("RTX PRO 5000", r"write one of rtx-pro-5000-blackwell-48gb, rtx-pro-5000-blackwell-72gb$"),
        ("24g显存", r"24 GB of memory names no card; write the card that has it, such as rtx-4090$"),
        ("3090 64GB RAM", r"64 GB of memory names no card; .* --ram 64GB; .* as 64GB@DDR5-5600x2$"),
        ("4090 + 64GB", r"64 GB of memory names no card"),
        (
            "16GB@DDR9-3200x2",
            r"^'16GB@DDR9-3200x2': write a memory by size, type and rate, channels: 16GB@DDR4",
        ),
        ("16 GB@DDR4-99x2", r"write a memory by size"),
        ("x" * 100_000, "^no machine or device 'x{79}…'"),
    ],
)
def test_what_is_no_machine_is_refused_in_a_short_line(catalog: Catalog, name: str, said: str) -> None:
    with pytest.raises(SizingError, match=said) as refused:
        catalog.machine(name)
    assert "\n" not in str(refused.value)
    assert len(str(refused.value)) < 300
    assert str(refused.value).count(", ") <= 5


@pytest.mark.parametrize(
    ("host", "memory", "bandwidth"),
    [
        ("64GB@DDR4-3200x2", 64, 51.2e9),  # 2 channels x 8 bytes x 3,200 MT/s
        ("128 GB@ddr5-4800x2", 128, 76.8e9),
        ("512GB@DDR5-4800x12", 512, 460.8e9),
        ("32GB", 32, 89.6e9),  # the reference host's DDR5-5600 in two channels
        ("desktop-ddr5-64gb", 64, 89.6e9),
        ("epyc-9355-768gb", 768, 576e9),
        ("2x-epyc-9355-768gb", 1536, 1152e9),
    ],
)
def test_a_host_is_named_by_id_processor_or_memory(catalog: Catalog, host: str, memory: int, bandwidth: float) -> None:
    place = catalog.machine("2x-rtx-3090", host).host
    assert place.capacity == (memory - 4) * GIB
    assert place.bandwidth == pytest.approx(bandwidth)


@pytest.mark.parametrize(
    ("machine", "host", "said"),
    [
        ("rtx-4090", "64", "or write size, type and rate, channels: 64GB@DDR4-3200x2"),
        ("rtx-4090", "64GB@DDR4-9999x2", "DDR4 is sold at 1600 to 5333 MT/s"),
        ("rtx-4090", "64GB@DDR4-3200x99", "in up to 24 channels"),
        ("rtx-4090", "4GB@DDR4-3200x2", "the operating system keeps 4 GB of it"),
        ("rtx-4090", "rtx-3090", "rtx-3090 is no host"),
        ("m3-max-40-core-64gb", "64GB", "has one memory for the CPU and its device; it takes no host"),
    ],
)
def test_what_is_no_host_is_refused_in_one_line(catalog: Catalog, machine: str, host: str, said: str) -> None:
    with pytest.raises(SizingError, match=said):
        catalog.machine(machine, host)


@pytest.mark.parametrize(
    ("name", "ram", "memory", "bandwidth"),
    [
        ("16GB@DDR4-3200x2", None, 16, 51.2e9),
        ("24 GB@ddr5-4800x1", None, 24, 38.4e9),
        ("cpu", "64GB@DDR5-5600x2", 64, 89.6e9),
        ("cpu-16gb", "64GB@DDR5-5600x2", 64, 89.6e9),
        ("i7-12700H", "24GB@DDR4-3200x2", 24, 51.2e9),  # modules of another kind than the catalog has it with
        ("core-i7-12700h-32gb", "24GB", 24, 76.8e9),  # its own, as nothing is said of them but the size
        ("cpu", "24GB", 24, None),  # nothing tells what any processor has
        ("cpu-32gb", None, 32, None),
    ],
)
def test_a_computer_without_a_card_is_its_memory(
    catalog: Catalog, name: str, ram: str | None, memory: int, bandwidth: float | None
) -> None:
    machine = catalog.machine(name, ram)
    assert [place.capacity for place in machine.places] == [(memory - 4) * GIB] * 2
    assert [place.bandwidth for place in machine.places] == [bandwidth] * 2
    assert machine.memory == memory * GIB
    assert catalog.machine(machine.id, ram).places == machine.places, "its id, beside the same memory, means it"
    p = plan(catalog.model("qwen3-8b"), machine, format="Q4_K_M", context=8192)
    assert p.fits
    assert (p.decode is None) == (bandwidth is None)
    assert p.assumed == (("host_bandwidth",) if "@" in f"{name}{ram}" else ())
    if bandwidth is None:
        assert "cpu.bandwidth" in p.unknown


def test_sockets_share_a_memory(catalog: Catalog) -> None:
    machine = catalog.machine("2x-xeon-gold-6138-384gb", "384GB@DDR4-2666x12")
    assert [place.capacity for place in machine.places] == [188 * GIB, 188 * GIB, 380 * GIB]
    assert {place.bandwidth for place in machine.places} == {6 * 8 * 2.666e9}
    with pytest.raises(SizingError, match="a host of 8 GB is too small"):
        catalog.machine("2x-xeon-gold-6138-384gb", "8GB@DDR4-2666x12")


def test_slower_memory_slows_what_lies_on_the_host(catalog: Catalog) -> None:
    model = catalog.model("gpt-oss-120b")

    def rate(host: str) -> float:
        p = plan(model, catalog.machine("rtx-4090", host), format="MXFP4_MOE", context=8192)
        assert p.decode
        return p.decode.value

    assert rate("64GB@DDR5-5600x2") / rate("64GB@DDR4-2133x2") > 1.5


def test_what_was_not_said_of_a_host_is_assumed_where_it_matters(catalog: Catalog) -> None:
    mixture, small = catalog.model("gpt-oss-120b"), catalog.model("llama-3-8b")
    for host, assumed in ((None, ("host",)), ("64GB@DDR4-3200x2", ("host_bandwidth",)), ("desktop-ddr5-64gb", ())):
        machine = catalog.machine("rtx-4090", host)
        assert plan(mixture, machine, format="MXFP4_MOE", context=8192).assumed == assumed
        assert plan(small, machine, format="Q4_K_M", context=8192).assumed == ()


def test_a_plan_takes_a_host_too(catalog: Catalog) -> None:
    model, host = catalog.model("gpt-oss-120b"), catalog.host("64GB@DDR4-3200x2")
    p = plan(model, catalog.machine("rtx-4090"), format="MXFP4_MOE", context=8192, host=host)
    assert p.places[-1].capacity == 60 * GIB
    with pytest.raises(SizingError, match="a host without a machine"):
        plan(model, None, format="MXFP4_MOE", context=8192, host=host)


def test_ids_that_are_joined_are_those_devices(catalog: Catalog) -> None:
    draw = random.Random(20261127)
    cards = [x.id for x in catalog.devices.values() if x.kind == "gpu" and x.backends == ("cuda",)]
    assert len(cards) > 50
    for _ in range(500):
        parts = [draw.choice(cards) for _ in range(draw.randint(2, 5))]
        assert [place.name.split("#")[0] for place in catalog.machine("+".join(parts)).places[:-1]] == parts
