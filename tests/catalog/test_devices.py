"""Devices are what their vendors, or those who read them off, say they are."""

from __future__ import annotations

import re
from functools import partial
from math import inf

import pytest

from sizing import Catalog, plan
from sizing.engine.speed import link_bandwidth
from sizing.facts.entries.devices import Device
from sizing.facts.machine_names import PROCESSOR
from sizing.facts.narrow import card, half_rate
from sizing.facts.units import GIB, UNDISCLOSED, known

CHINESE = {"huawei", "cambricon", "hygon", "moore-threads", "metax", "biren", "kunlunxin", "iluvatar"}


def one(catalog: Catalog, name: str) -> tuple[float, int]:
    """A device's bandwidth in bytes/s and its largest memory."""
    device = catalog.device(name)
    return known(device.bandwidth) or 0, max(device.memory.box)


def test_there_are_many_of_every_vendor(catalog: Catalog) -> None:
    assert len(catalog.devices) >= 110
    vendors = {device.vendor for device in catalog.devices.values()}
    assert {"nvidia", "apple", "amd", "intel"} | CHINESE <= vendors


def test_every_device_has_a_bandwidth_or_says_that_nobody_states_it(catalog: Catalog) -> None:
    for device in catalog.devices.values():
        assert device.bandwidth == UNDISCLOSED or 10e9 < float(device.bandwidth) <= 10e12, device.id


def test_every_device_says_where_its_memory_and_bandwidth_were_read(catalog: Catalog) -> None:
    for device in catalog.devices.values():
        # A source that names no keys is one of all that the entry states.
        said = any(not source.keys or {"memory", "bandwidth"} & {*source.keys} for source in device.sources)
        assert said or device.bandwidth == UNDISCLOSED, device.id


def test_names_are_unique(catalog: Catalog) -> None:
    names = [device.name for device in catalog.devices.values()]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("chip", ["rtx-3060", "rtx-3070", "rtx-4060", "rtx-4070", "rtx-4080", "rtx-4090", "rtx-5080"])
def test_no_laptop_chip_is_faster_than_the_desktop_card_of_its_name(catalog: Catalog, chip: str) -> None:
    desktop = catalog.devices.get(chip) or catalog.device(f"{chip}-12gb")
    laptop = catalog.device(f"{chip}-laptop")
    assert (known(laptop.bandwidth) or 0) <= (known(desktop.bandwidth) or 0)
    assert (known(laptop.tdp) or 0) <= (known(desktop.tdp) or 0)
    assert (laptop.rate("fp16", "fp32") or 0) < (desktop.rate("fp16", "fp32") or 0)


def test_two_sizes_of_a_card_are_two_devices(catalog: Catalog) -> None:
    for small, large in (("rtx-4060-ti-8gb", "rtx-4060-ti-16gb"), ("rtx-5060-ti-8gb", "rtx-5060-ti-16gb")):
        assert one(catalog, small)[0] == one(catalog, large)[0]
        assert 2 * one(catalog, small)[1] == one(catalog, large)[1]
    # The RTX 3080 with 12 GB has a wider bus, too.
    assert one(catalog, "rtx-3080-10gb")[0] < one(catalog, "rtx-3080-12gb")[0]


def test_the_ultra_has_the_bandwidth_of_two_max(catalog: Catalog) -> None:
    for generation in ("m1", "m2"):
        ultra = next(d for d in catalog.devices if d.startswith(f"{generation}-ultra-"))
        largest = next(d for d in catalog.devices if d.startswith(f"{generation}-max-"))
        assert one(catalog, ultra)[0] == 2 * one(catalog, largest)[0]


def test_the_m3_pro_has_less_bandwidth_than_its_forerunners(catalog: Catalog) -> None:
    # 150 GB/s: https://gigazine.net/gsc_news/en/20231101-apple-m3-pro-memory-bandwidth
    assert one(catalog, "m3-pro-18-core")[0] == 150e9 < one(catalog, "m1-pro-16-core")[0] == 200e9


def test_nobody_states_the_rate_of_the_matrix_units_of_an_m5(catalog: Catalog) -> None:
    for device in catalog.devices.values():
        if device.id.startswith("m5-"):
            assert device.rate("fp16") is None, device.id


def test_only_nvidia_has_a_compute_capability_and_it_rises_with_the_architecture(catalog: Catalog) -> None:
    assert {d.vendor for d in catalog.devices.values() if d.capability} == {"nvidia"}
    order = ["p40", "v100-sxm-16gb", "t4", "a100-sxm-80gb", "rtx-3090", "rtx-4090", "h100-sxm-80gb", "b200", "rtx-5090"]
    found = [catalog.device(name).capability or 0 for name in order]
    assert found == sorted(found)


def test_every_card_is_of_a_named_generation(catalog: Catalog) -> None:
    for device in catalog.devices.values():
        if device.vendor in ("nvidia", "apple", "amd", "intel") and device.kind != "cpu":
            assert device.architecture, device.id


def test_chips_of_one_architecture_count_their_operations_alike(catalog: Catalog) -> None:
    # Two at once is counted for all of a kind or for none: RDNA 3.5 once stated half of what RDNA 3 states.
    # NVIDIA is left out, which sells chips of one architecture with their rates cut.
    ratios: dict[str, dict[str, float]] = {}
    for device in catalog.devices.values():
        rates = [(rate.type, known(rate.rate) or 0) for rate in device.compute]
        whole, half = (max((rate for kind, rate in rates if kind == of), default=0) for of in ("fp32", "fp16"))
        if device.vendor in ("amd", "apple", "intel") and device.architecture and whole and half:
            ratios.setdefault(device.architecture, {})[device.id] = half / whole
    assert len(ratios) >= 14
    for kin in ratios.values():
        assert max(kin.values()) <= 1.02 * min(kin.values()), kin


def test_what_computes_in_four_bits_computes_half_as_much_in_eight(catalog: Catalog) -> None:
    # B300 and its kin have more units for four bits. Who states four bits alone would be taken to have none for eight.
    for device in catalog.devices.values():
        best = {
            kind: max((known(x.rate) or 0 for x in device.compute if x.type == kind), default=0)
            for kind in ("fp8", "fp4")
        }
        if device.vendor == "nvidia" and best["fp4"] and any(known(x.rate) for x in device.compute if x.type == "fp16"):
            assert best["fp4"] == pytest.approx(2 * best["fp8"], rel=0.01) or "300" in device.id, device.id


# --- CPUs -------------------------------------------------------------------------------------------------------------


def cpus(catalog: Catalog) -> list[Device]:
    return [device for device in catalog.devices.values() if device.kind == "cpu"]


def test_a_cpus_bandwidth_is_transfer_rate_times_eight_bytes_times_channels(catalog: Catalog) -> None:
    for device in cpus(catalog):
        if device.id == PROCESSOR:
            assert device.bandwidth == "undisclosed", "that of the memory which is named"
            continue
        parts = re.fullmatch(r"(\d+|half a) channels? of \w+?-(\d+)", device.memory.type)
        assert parts, device.id
        channels = 0.5 if parts[1] == "half a" else int(parts[1])
        assert known(device.bandwidth) == pytest.approx(int(parts[2]) * 1e6 * 8 * channels, rel=0.001), device.id


def test_a_servers_sizes_are_equal_modules_in_all_channels(catalog: Catalog) -> None:
    for device in cpus(catalog):
        channels = int(re.match(r"\d+", device.memory.type)[0]) if device.memory.type[0].isdigit() else 1  # type: ignore[index]
        if device.market == "datacenter":
            assert all(size % (channels * GIB) == 0 for size in device.memory.box), device.id


def test_the_platforms_and_the_measured_processors_are_there(catalog: Catalog) -> None:
    # two channels of DDR4-3200, two of DDR5-5600, eight of DDR4-3200, twelve of DDR5-4800 and of DDR5-6000
    for name, bandwidth in (
        ("am4-ddr4-3200", 51.2e9),
        ("lga1700-ddr5-5600", 89.6e9),
        ("threadripper-pro-5000", 204.8e9),
        ("epyc-9554", 460.8e9),
        ("epyc-9355", 576e9),
        ("graviton4", 537.6e9),
    ):
        assert one(catalog, name)[0] == pytest.approx(bandwidth), name


def product(note: str) -> float:
    """Operations/s of all cores that a note names, such as 16 cores × 32 a cycle × 5.7 GHz."""
    told = note.partition("; ")[0].split(" + ")
    found = [re.fullmatch(r"(\d+)(?: [\w -]+)?[ -]cores × (\d+) a cycle × ([\d.]+) GHz", one) for one in told]
    return sum(int(one[1]) * int(one[2]) * float(one[3]) * 1e9 for one in found if one)


def test_a_processors_rates_are_what_their_notes_say(catalog: Catalog) -> None:
    stated = [device for device in cpus(catalog) if device.compute]
    assert len(stated) >= 62
    for device in stated:
        for rate in device.compute:
            assert known(rate.rate) == pytest.approx(product(rate.note or ""), rel=0.0006), (device.id, rate.type)


def test_four_bytes_take_the_place_of_one_number_of_32_bits(catalog: Catalog) -> None:
    for device in cpus(catalog):
        if device.compute:
            single, byte = device.rate("fp32"), device.rate("int8")
            assert single, device.id
            assert byte is None or byte == pytest.approx(4 * single, rel=0.001), device.id


def test_a_processor_that_states_a_rate_says_where_its_clock_was_read(catalog: Catalog) -> None:
    for device in cpus(catalog):
        said = any(not source.keys or "compute" in source.keys for source in device.sources)
        assert said or not device.compute, device.id


def test_a_socket_that_takes_several_processors_states_no_rate(catalog: Catalog) -> None:
    for name in ("am4-ddr4-3200", "am5-ddr5-5200", "lga1700-ddr5-5600", "threadripper-pro-5000"):
        device = catalog.device(name)
        assert (device.kind, device.compute, device.best_rate) == ("cpu", (), None)


@pytest.mark.parametrize(
    ("name", "single"),
    [
        ("ryzen-9-7950x", 16 * 32 * 5.7e9),  # two products and sums of 256 bits a cycle
        ("ryzen-9-9950x", 16 * 64 * 5.7e9),  # of 512 bits
        ("raspberry-pi-5", 4 * 16 * 2.4e9),  # of 128 bits
        ("xeon-platinum-8480-plus", 56 * 64 * 3.8e9),
    ],
)
def test_a_processors_kernels_compute_twice_as_much_in_numbers_of_16_bits(
    catalog: Catalog, name: str, single: float
) -> None:
    """One rate for all: instructions for bytes tell what kernels reach worse than their vectors do."""
    device = catalog.device(name)
    assert device.rate("fp32") == pytest.approx(single, rel=0.001)
    assert half_rate(device) == pytest.approx(2 * single, rel=0.001)
    assert device.best_rate == max(2 * (device.rate("fp32") or 0.0), device.rate("int8") or 0.0)


# --- chips that share their memory ------------------------------------------------------------------------------------


def test_amd_gives_the_gpu_of_strix_halo_three_quarters(catalog: Catalog) -> None:
    # 96 GB of 128 GB: https://www.amd.com/en/blogs/2025/faqs-amd-variable-graphics-memory-vram-ai-model-sizes-quantization-mcp-more.html
    for size in (64, 128):
        machine = catalog.machine(f"ryzen-ai-max-395-{size}gb")
        assert machine.unified
        assert machine.places[0].capacity == size * GIB * 3 // 4
        assert machine.assumed == ()


def test_a_dgx_spark_keeps_little_back(catalog: Catalog) -> None:
    # 121.69 GiB: https://github.com/MiaAI-Lab/GLM-5.3-Flash-EXL3-2x-DGX-Sparks/issues/47
    spark = catalog.machine("gb10")
    assert spark.places[0].capacity == pytest.approx(121.69 * GIB, rel=1e-6)
    assert (spark.backends[0], spark.host.bandwidth) == ("cuda", 273e9)
    assert catalog.machine("jetson-agx-orin-64gb").assumed == ("gpu_limit",)


def test_one_vendors_limits_say_nothing_of_anothers_chips(catalog: Catalog) -> None:
    share = catalog.machine("arc-140v-32gb").places[0].capacity / (32 * GIB)
    assert share == pytest.approx(
        0.57, rel=1e-6
    )  # https://www.intel.com/content/www/us/en/support/articles/000101789/graphics.html


SLOT = 600.0  # watts: a slot and its cable feed a card no more; a hungrier one is a module of a board with links


def test_what_sits_on_a_board_with_links_is_not_taken_over_pcie(catalog: Catalog) -> None:
    modules = [
        device
        for device in catalog.devices.values()
        if device.kind == "gpu" and device.market == "datacenter" and device.interconnect is not None
        if "SXM" in device.name or (known(device.tdp or UNDISCLOSED) or 0.0) > SLOT
    ]
    assert {"h800-sxm-80gb", "mi300x", "gaudi-3", "b200"} <= {device.id for device in modules}
    for device in modules:
        assert card(device).link in ("nvlink", "mesh", "fabric"), device.id


def test_every_data_centre_card_says_whether_it_has_nvlink(catalog: Catalog) -> None:
    for device in catalog.devices.values():
        if device.market == "datacenter" and device.interconnect is not None:
            assert device.interconnect.nvlink != UNDISCLOSED, device.id


@pytest.mark.parametrize(("ranks", "links"), [(2, 1), (4, 3), (8, 7), (16, 7)])
def test_of_a_mesh_only_the_links_to_those_who_share_the_work_carry_it(
    catalog: Catalog, ranks: int, links: int
) -> None:
    """A link of an MI300X carries 64 GB/s each way; a switch of NVLink gives any pair all of a card's rate."""
    assert link_bandwidth(card(catalog.device("mi300x")), ranks) == pytest.approx(links * 64e9)
    assert link_bandwidth(card(catalog.device("h100-sxm-80gb")), ranks) == pytest.approx(450e9)


def test_nothing_reaches_anything_for_nothing(catalog: Catalog) -> None:
    """Whatever nobody states: several cards of any kind reach each other and their host at some finite rate."""
    for device in catalog.devices.values():
        if device.kind == "gpu":
            places = catalog.machine(f"4x-{device.id}").rig.devices
            for place in places:
                assert place.card is not None
                assert 0 < link_bandwidth(place.card, 4) < inf, device.id
                assert 0 < (place.card.pcie or 0) < inf, device.id


@pytest.mark.parametrize(
    ("machine", "link", "peers", "assumed"),
    [
        ("2x-rtx-3090", "nvlink", 56.25e9, "bridge"),
        ("3x-rtx-3090", "pcie", 31.5e9, None),  # a bridge joins two: an exchange among three goes by PCIe
        ("4x-a100-pcie-80gb", "pcie", 31.5e9, None),
        ("4x-h200-nvl", "nvlink", 450e9, "bridge"),
        ("8x-h200-nvl", "pcie", 63e9, None),
        ("8x-h100-sxm-80gb", "nvlink", 450e9, None),
        ("rtx-3090+rtx-3090-ti", "pcie", 31.5e9, None),  # no bridge joins two kinds
        ("h100-sxm-80gb+a100-sxm-80gb", "pcie", 31.5e9, None),
        ("2x-ascend-910c", "fabric", 392e9, None),
        ("2x-kunlun-p800", "pcie", 15.75e9, "link"),  # nobody states it
    ],
)
def test_cards_reach_each_other_as_what_joins_them_does(
    catalog: Catalog, machine: str, link: str, peers: float, assumed: str | None
) -> None:
    rig = catalog.machine(machine).rig
    cards = [place.card for place in rig.devices if place.card]
    assert min(card.peers or 0.0 for card in cards) == pytest.approx(peers, rel=0.01)
    assert {card.link for card in cards} == {link}
    assert [one for one in rig.assumed if one in ("link", "bridge")] == ([assumed] if assumed else [])


def test_a_third_card_beside_a_bridge_takes_it_from_the_two(catalog: Catalog) -> None:
    two = catalog.machine("2x-rtx-3090")
    three = two.with_more(1).rig
    assert {place.card.link for place in three.devices if place.card} == {"pcie"}
    assert "bridge" not in three.assumed
    assert {place.card.link for place in two.rig.devices if place.card} == {"nvlink"}


def test_a_bridge_is_told_where_something_passes_over_it(catalog: Catalog) -> None:
    asked = partial(plan, catalog.model("qwen3-32b"), catalog.machine("2x-rtx-3090"), context=8192)
    assert "bridge" in asked(format="AWQ", runtime="vllm").assumed
    assert "bridge" not in asked(format="Q4_K_M").assumed  # layer by layer hardly anything passes
