"""Devices and machines are what was sold."""

from __future__ import annotations

import pytest

from sizing import Catalog
from sizing.facts.units import GIB, known


def test_the_articles_machines_are_there(catalog: Catalog) -> None:
    names = " ".join(catalog.machines)
    for chip in ("m1-max", "m2-max", "m3-max"):
        assert f"macbook-pro-{chip}" in names
    for chip in ("m1-ultra", "m2-ultra", "m3-ultra"):
        assert f"mac-studio-{chip}" in names
    assert {"pc-rtx-4090", "pc-2x-rtx-4090", "workstation-2x-rtx-a6000"} <= set(catalog.machines)
    assert {"server-a100-80gb", "server-h100-80gb", "cluster-2x8-h100"} <= set(catalog.machines)


def test_no_id_names_two_things(catalog: Catalog) -> None:
    assert not set(catalog.machines) & set(catalog.devices)
    assert not set(catalog.machines) & set(catalog.models)
    assert not set(catalog.devices) & set(catalog.models)


def test_a_geforce_halves_fp16_with_fp32_accumulation_and_a_workstation_card_does_not(catalog: Catalog) -> None:
    geforce, workstation = catalog.device("rtx-4090"), catalog.device("rtx-a6000")
    assert geforce.rate("fp16", "fp16") == pytest.approx(2 * (geforce.rate("fp16", "fp32") or 0), rel=0.01)
    assert workstation.rate("fp16", "fp16") == workstation.rate("fp16", "fp32")


def test_the_rate_without_an_accumulator_is_the_one_with_fp32(catalog: Catalog) -> None:
    for device in catalog.devices.values():
        if any(c.type == "fp16" and c.accumulate == "fp32" for c in device.compute):
            assert device.rate("fp16") == device.rate("fp16", "fp32"), device.id


def test_rates_are_dense(catalog: Catalog) -> None:
    # Each step from 16 to 8 bits doubles the rate; a figure "with sparsity" among dense ones would show as four times.
    # Not so where the chips differ: both rates are equal on the MI200 series, the B300 gave INT8 up for FP4, and the
    # MLU370's INT8 is 2.67 times its FP16. Of Intel's, FP16 is stated of the vector units and INT8 of the matrix units.
    for device in catalog.devices.values():
        if device.architecture in ("CDNA 2", "MLUarch03") or device.id in ("b300", "gb300-gpu"):
            continue
        if any((one.note or "").startswith("of the vector engines") for one in device.compute):
            continue
        half, byte = device.rate("fp16", "fp32"), device.rate("int8")
        if half is not None and byte is not None:
            steps = 4 if device.rate("fp16", "fp16") not in (None, half) else 2  # GeForce halves FP16 with FP32
            assert byte == pytest.approx(steps * half, rel=0.02), device.id


def test_pcie_and_sxm_are_separate_devices(catalog: Catalog) -> None:
    for chip in ("a100", "h100"):
        sxm, pcie = catalog.device(f"{chip}-sxm-80gb"), catalog.device(f"{chip}-pcie-80gb")
        assert (known(sxm.bandwidth) or 0) > (known(pcie.bandwidth) or 0)
        assert (known(sxm.tdp) or 0) > (known(pcie.tdp) or 0)


def test_a_laptop_chip_is_not_the_desktop_chip_of_that_name(catalog: Catalog) -> None:
    laptop, desktop = catalog.device("rtx-4090-laptop"), catalog.device("rtx-4090")
    assert laptop.memory.box[0] < desktop.memory.box[0]
    assert (known(laptop.bandwidth) or 0) < (known(desktop.bandwidth) or 0)


def test_the_small_m3_max_has_the_narrow_bus_and_never_had_64_gb(catalog: Catalog) -> None:
    small, large = catalog.device("m3-max-30-core"), catalog.device("m3-max-40-core")
    assert (known(small.bandwidth), known(large.bandwidth)) == (300e9, 400e9)  # https://support.apple.com/en-au/117737
    assert 64 * GIB not in small.memory.box
    assert 64 * GIB in large.memory.box


def test_apple_publishes_512_gb_only_for_the_large_ultras(catalog: Catalog) -> None:
    with_half_a_terabyte = [d.id for d in catalog.devices.values() if d.vendor == "apple" and 512 * GIB in d.memory.box]
    assert with_half_a_terabyte == ["m3-ultra-80-core", "m5-ultra-80-core"]


def test_bandwidth_is_bus_times_rate(catalog: Catalog) -> None:
    # bits of the bus, and Gbit/s of GDDR6X, GDDR6X, GDDR6 and GDDR7 on each of its pins
    for name, bus, rate in (
        ("rtx-4090", 384, 21),
        ("rtx-3090", 384, 19.5),
        ("rtx-a6000", 384, 16),
        ("rtx-5090", 512, 28),
    ):
        assert known(catalog.device(name).bandwidth) == pytest.approx(bus / 8 * rate * 1e9, rel=0.001), name


def test_macos_gives_the_gpu_less_than_the_machine_has(catalog: Catalog) -> None:
    for machine in catalog.machines.values():
        if machine.unified:
            assert 0.5 * machine.memory < machine.places[0].capacity < machine.memory, machine.id


def test_a_cluster_has_its_nodes_devices(catalog: Catalog) -> None:
    assert len(catalog.machine("cluster-4x8-h100").devices) == 4 * 8
