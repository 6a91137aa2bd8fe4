"""A machine is places with a capacity and a bandwidth."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pytest

from sizing import Catalog, SizingError, plan
from sizing.facts.machine import gpu_limit, withheld

GIB, MIB = 2**30, 2**20


def test_a_card_offers_what_cuda_says_else_what_its_driver_shows(catalog: Catalog) -> None:
    # https://github.com/ggml-org/llama.cpp/pull/15860: 24,080 MiB in all, where nvidia-smi shows 24,564
    assert catalog.machine("rtx-4090").places[0].capacity == 24080 * MIB
    # Where only nvidia-smi's figure is known, what CUDA withholds of other cards is withheld here too.
    cards = catalog.devices.values()
    both = [
        (x.memory.driver, x.memory.offered) for x in cards if "undisclosed" not in (x.memory.driver, x.memory.offered)
    ]
    kept = sorted(shown - offered for shown, offered in both if isinstance(shown, int) and isinstance(offered, int))
    assert 400 * MIB < withheld("nvidia", cards) < 500 * MIB
    assert kept[0] <= withheld("nvidia", cards) <= kept[-1]
    assert catalog.machine("rtx-3080-10gb").places[0].capacity == 10240 * MIB - withheld("nvidia", cards)
    assert withheld("no such vendor", cards) == 0


def test_where_the_drivers_figure_is_unknown_the_box_is_taken_and_said_to_be_assumed(catalog: Catalog) -> None:
    machine = catalog.machine("h200-nvl")
    assert machine.places[0].capacity == 141 * GIB - withheld("nvidia", catalog.devices.values())
    assert machine.assumed == ("driver_memory", "host")
    assert catalog.machine("rtx-4090").assumed == ("host",)


def test_a_devices_id_is_a_machine_on_the_reference_host(catalog: Catalog) -> None:
    machine = catalog.machine("rtx-4090")
    assert machine.host.bandwidth == catalog.hosts[catalog.reference_host].bandwidth


def test_a_count_before_a_devices_id_gives_so_many(catalog: Catalog) -> None:
    machine = catalog.machine("2x-rtx-4090")
    assert [device.id for device in machine.devices] == ["rtx-4090"] * 2
    assert len({place.name for place in machine.places}) == 3
    assert machine.memory == 48 * GIB
    assert machine.tdp == 900


def test_a_bare_device_is_one_object_however_often_it_is_asked_for(catalog: Catalog) -> None:
    assert catalog.machine("2x-rtx-4090") is catalog.machine("2x-rtx-4090")


def test_a_mac_has_one_memory_for_both(catalog: Catalog) -> None:
    machine = catalog.machine("macbook-pro-m3-max-64gb")
    assert machine.unified
    assert (machine.backends[0], machine.memory) == ("metal", 64 * GIB)
    assert machine.host.bandwidth == machine.places[0].bandwidth == 400e9


def test_a_pc_does_not(catalog: Catalog) -> None:
    assert not catalog.machine("pc-rtx-4090").unified


def test_the_operating_system_keeps_some_of_the_host(catalog: Catalog) -> None:
    # 4 GB: the entry's source in hosts.yaml
    assert catalog.machine("pc-rtx-4090").host.capacity == (64 - 4) * GIB


def test_a_soc_in_several_sizes_needs_its_size(catalog: Catalog) -> None:
    assert catalog.machine("m3-max-40-core-128gb").memory == 128 * GIB
    with pytest.raises(SizingError, match=r"sold in several sizes; write one of m3-max-40-core-48gb, "):
        catalog.machine("m3-max-40-core")
    with pytest.raises(SizingError, match=r"sold in several sizes; write one of .*-64gb, "):
        catalog.machine("m3-max-40-core-96gb")


def test_two_socs_are_no_one_machine(catalog: Catalog) -> None:
    with pytest.raises(SizingError, match="one chip with its own memory; 2 of them are no one machine"):
        catalog.machine("2x-m3-max-40-core-64gb")


def test_a_cpu_is_its_own_host_less_what_the_operating_system_keeps(catalog: Catalog) -> None:
    machine = catalog.machine("epyc-9355-768gb")
    assert machine.unified
    assert (machine.backends[0], machine.memory, machine.assumed) == ("cpu", 768 * GIB, ())
    # 4 GB: the entry's source in hosts.yaml
    assert machine.places[0].capacity == machine.host.capacity == (768 - 4) * GIB
    assert machine.places[0].bandwidth == machine.host.bandwidth == 576e9


def test_a_cpu_needs_its_memorys_size(catalog: Catalog) -> None:
    for name in ("epyc-9355", "cpu"):
        with pytest.raises(SizingError, match=rf"{name} .* --ram, such as 64GB@DDR5-5600x2, or write one of {name}-"):
            catalog.machine(name)


def test_two_sockets_have_a_memory_each(catalog: Catalog) -> None:
    machine = catalog.machine("2x-xeon-gold-6138-384gb")
    assert machine.memory == 2 * 384 * GIB
    assert [place.bandwidth for place in machine.devices] == [pytest.approx(128e9, rel=0.001)] * 2
    assert machine.tdp == 2 * 125
    assert catalog.machine("epyc-9355-384gb").tdp is None


@pytest.mark.parametrize("name", ["rtx-4091", "2x-pc-rtx-4090", "x-rtx-4090"])
def test_an_unknown_machine_names_those_that_are_near(catalog: Catalog, name: str) -> None:
    with pytest.raises(SizingError, match=r"no machine or device .*; did you mean .*rtx-4090"):
        catalog.machine(name)


def test_a_card_is_not_sold_in_other_sizes(catalog: Catalog) -> None:
    with pytest.raises(SizingError):
        catalog.machine("rtx-4090-32gb")


def test_power_is_unknown_where_one_devices_is(catalog: Catalog) -> None:
    assert catalog.machine("macbook-pro-m3-max-64gb").tdp is None
    assert catalog.machine("dgx-h100").tdp == 8 * 700


def test_what_macos_gives_the_gpu_was_observed(catalog: Catalog) -> None:
    # macOS 26 gives more than the 49152 MiB of 64 GB that an M1 Max had in 2023, and by size, not by chip
    limits = catalog.gpu_limits
    assert gpu_limit(64 * GIB, catalog.device("m1-max-32-core"), limits) == (55_700_000_000, True)
    assert gpu_limit(128 * GIB, catalog.device("m5-max-40-core"), limits) == (115_448_720_916, True)
    # 73728 MiB of 96 GB on an M2 Max in 2023, https://github.com/ggml-org/llama.cpp/issues/3213; 79,626 since
    assert gpu_limit(96 * GIB, catalog.device("m2-max-38-core"), limits) == (83_494_170_000, True)
    # The same chip is preferred to another of the same size: https://github.com/carloslfu/slotstream/issues/22
    assert gpu_limit(64 * GIB, catalog.device("m4-max-40-core"), limits) == (55_700_000_000, True)


@pytest.mark.parametrize(("size", "mib"), [(8, 5461), (16, 12111), (18, 13639), (24, 18186), (32, 25559), (96, 79626)])
def test_a_mac_is_given_what_macs_of_its_size_tell(catalog: Catalog, size: int, mib: int) -> None:
    # As llama.cpp lists them: "MTL0: Apple M5 (18186 MiB, 18185 MiB free)" with 24 GB, 79,626 MiB with 96
    limit, observed = gpu_limit(size * GIB, catalog.device("m4-pro-20-core"), catalog.gpu_limits)
    assert observed
    assert limit // MIB == mib


def test_a_chip_is_known_by_its_own_vendors_observations_only(catalog: Catalog) -> None:
    apple = [limit for limit in catalog.gpu_limits if limit.vendor == "apple"]
    assert gpu_limit(64 * GIB, catalog.device("ryzen-ai-max-395"), apple) == (64 * GIB, False)


def test_a_chips_own_share_goes_before_that_of_a_nearer_size(catalog: Catalog) -> None:
    m3, m4 = catalog.device("m3-ultra-80-core"), catalog.device("m4-max-40-core")
    known = [limit for limit in catalog.gpu_limits if limit.device in (m3.id, m4.id)]  # 256 GB and 64 GB
    assert gpu_limit(192 * GIB, m4, known) == (3 * 55_700_000_000, False)


def test_for_a_size_that_nobody_observed_the_nearest_sizes_share_is_assumed(catalog: Catalog) -> None:
    known = [limit for limit in catalog.gpu_limits if limit.vendor == "apple" and limit.memory in (64 * GIB, 96 * GIB)]
    limit, observed = gpu_limit(512 * GIB, catalog.device("m3-ultra-80-core"), known)
    assert not observed
    assert limit == 512 * GIB * 83_494_170_000 // (96 * GIB)


def test_without_observations_the_whole_memory_is_assumed(catalog: Catalog) -> None:
    assert gpu_limit(64 * GIB, catalog.device("m1-max-32-core"), []) == (64 * GIB, False)


def test_pcie_carries_its_transfer_rate_times_its_lanes(catalog: Catalog) -> None:
    # PCIe 4.0: 16 GT/s a lane with 128b/130b coding, 31.5 GB/s for 16 lanes; the RTX 4060 Ti has eight
    fast, slow = catalog.device("rtx-4090").interconnect, catalog.device("rtx-4060-ti-16gb").interconnect
    assert fast is not None
    assert slow is not None
    assert fast.pcie_bandwidth == pytest.approx(31.5e9, rel=0.001)
    assert slow.pcie_bandwidth == pytest.approx(31.5e9 / 2, rel=0.001)


def test_boxes_on_a_network_are_one_machine_of_equal_nodes(catalog: Catalog) -> None:
    one, two = catalog.machine("dgx-spark"), catalog.machine("2x dgx-spark over 200GbE")
    assert (two.nodes, two.rig.network, two.assumed) == (2, 25e9, ("network",))
    assert [place.capacity for place in two.places] == [*(x.capacity for x in one.rig.devices * 2), one.host.capacity]
    assert two.memory == 2 * one.memory
    for name in ("2x-dgx-spark-over-200gbe", "2 × DGX Spark over 200 GbE", "2x DGX-Spark over 200gbps"):
        assert catalog.machine(name).rig.places == two.rig.places, name
    assert catalog.machine(two.id).rig == two.rig
    for name in ("2x-dgx-spark", "2 × DGX Spark · GB10 128 GB"):
        assert catalog.machine(name).rig == two.rig, f"{name}: by the port that it has"
    cards = catalog.machine("2x 2x-rtx-3090 over 25GbE")
    assert (len(cards.rig.devices), [cards.rig.node(i) for i in range(4)]) == (4, [0, 0, 1, 1])
    assert catalog.machine("4x m3-ultra-80-core-512gb over TB5").rig.network == 10e9


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("2x framework-desktop-128gb", "several boxes need their network; write 2x framework-desktop-128gb over 10GbE"),
        ("0x-dgx-spark", "give 2 boxes or more"),
        ("1x dgx-spark over 10GbE", "give 2 boxes or more"),
        ("2x cluster-2x8-h100 over 10GbE", "is several boxes already"),
        ("2x dgx-spark over 9999GbE", "no network '9999gbe'; write 10GbE"),
        ("2x no-such-box over 10GbE", "no machine or device 'no-such-box'"),
    ],
)
def test_boxes_that_nobody_joins_are_refused_in_one_line(catalog: Catalog, name: str, said: str) -> None:
    with pytest.raises(SizingError, match=said) as refused:
        catalog.machine(name)
    assert "\n" not in str(refused.value)


def test_a_host_whose_bandwidth_nobody_states_holds_bytes_at_no_known_speed(catalog: Catalog) -> None:
    host = replace(catalog.hosts[catalog.reference_host], bandwidth="undisclosed")
    machine = catalog.machine("rtx-3090").hosted(host)
    assert machine.host.bandwidth is None
    spilled = plan(catalog.model("llama-3-70b"), machine, format="Q4_K_M", context=4096)
    assert (spilled.verdict, spilled.decode, spilled.unknown) == ("offload", None, ("host.bandwidth",))
    assert plan(catalog.model("llama-3-8b"), machine, format="Q4_K_M", context=4096).decode


def test_an_ascend_card_offers_less_than_its_box(catalog: Catalog) -> None:
    """PyTorch and llama.cpp see 60.96 GiB of 64 and 29.49 of 32."""
    of = {name: catalog.machine(name).places[0].capacity / GIB for name in ("ascend-910b3", "ascend-910b4")}
    assert of == {"ascend-910b3": pytest.approx(60.96, abs=0.01), "ascend-910b4": pytest.approx(29.49, abs=0.01)}


def test_an_ascend_card_runs_what_its_plugin_computes(catalog: Catalog) -> None:
    asked = partial(plan, catalog.model("qwen3-8b"), catalog.machine("ascend-910b3"), context=8192)
    assert asked(format="BF16", runtime="vllm").fits
    with pytest.raises(SizingError, match="vllm computes BF16, F16 on cann, and not AWQ"):
        asked(format="AWQ")
