"""What fits where: statements that a buyer would make."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from sizing import Catalog, Plan, SizingError, plan
from sizing.engine.dealing import HOST

GIB = 2**30


def on(catalog: Catalog, model: str, machine: str, fmt: str, context: int = 8192, runtime: str | None = None) -> Plan:
    return plan(catalog.model(model), catalog.machine(machine), format=fmt, context=context, runtime=runtime)


# Sizes to check these by hand: Llama 3 70B is 39.6 GiB at Q4_K_M and 131.4 at F16, its cache 2.5 GiB at 8K and 10 GiB
# at 32K (80 layers x 8 heads x 128 x 2 x 2 bytes); a 4090 shows 23.99 GiB, an A6000 47.99, an A100 80.00.
@pytest.mark.parametrize(
    ("statement", "model", "machine", "fmt", "context", "fits"),
    [
        ("a 70B model at Q4_K_M does not fit one RTX 4090", "llama-3-70b", "rtx-4090", "Q4_K_M", 8192, False),
        ("nor at 3 bits", "llama-3-70b", "rtx-4090", "Q3_K_M", 8192, False),
        ("nor at 2 bits: 24.6 GiB", "llama-3-70b", "rtx-4090", "Q2_K", 512, False),
        ("it fits two, at 8K", "llama-3-70b", "2x-rtx-4090", "Q4_K_M", 8192, True),
        ("but not at 32K: 39.6 + 10 > 48", "llama-3-70b", "2x-rtx-4090", "Q4_K_M", 32768, False),
        ("two RTX A6000 hold it at 128K: 39.6 + 40 < 96", "llama-3-70b", "2x-rtx-a6000", "Q4_K_M", 131072, True),
        ("one RTX A6000 holds it at 4K", "llama-3-70b", "rtx-a6000", "Q4_K_M", 4096, True),
        ("one A100 80 GB holds it", "llama-3-70b", "a100-sxm-80gb", "Q4_K_M", 8192, True),
        ("and at 8 bits with little context: 69.8 GiB", "llama-3-70b", "a100-sxm-80gb", "Q8_0", 8192, True),
        ("but not at 16 bits", "llama-3-70b", "a100-sxm-80gb", "F16", 512, False),
        ("two A100 hold it at 16 bits", "llama-3-70b", "2x-a100-sxm-80gb", "F16", 8192, True),
        ("an 8B model at 16 bits fits an RTX 4090", "llama-3-8b", "rtx-4090", "F16", 8192, True),
        ("but not an RTX 3060", "llama-3-8b", "rtx-3060-12gb", "F16", 512, False),
        ("which holds it at Q4_K_M", "llama-3-8b", "rtx-3060-12gb", "Q4_K_M", 8192, True),
        ("Llama 2 13B at 4 bits fits at 4K", "llama-2-13b", "rtx-4090", "Q4_K_M", 4096, True),
        ("and not at 128K, where its cache takes 100 GiB", "llama-2-13b", "rtx-4090", "Q4_K_M", 131072, False),
        ("Mixtral at Q4_K_M is 26.5 GiB: too much for a 4090", "mixtral-8x7b", "rtx-4090", "Q4_K_M", 4096, False),
        ("and fits a 5090", "mixtral-8x7b", "rtx-5090", "Q4_K_M", 4096, True),
        ("DeepSeek V3 at 4 bits does not fit four H100", "deepseek-v3", "4x-h100-sxm-80gb", "Q4_K_M", 4096, False),
        ("it fits eight: 377 of 637 GiB", "deepseek-v3", "dgx-h100", "Q4_K_M", 4096, True),
        ("at FP8 it does not fit eight: 671 GB", "deepseek-v3", "dgx-h100", "FP8", 4096, False),
        ("and fits sixteen", "deepseek-v3", "cluster-2x8-h100", "FP8", 4096, True),
        ("a 512 GB Mac holds DeepSeek V3 at 4 bits", "deepseek-v3", "mac-studio-m3-ultra-512gb", "Q4_K_M", 4096, True),
        ("and one with 256 GB does not", "deepseek-v3", "mac-studio-m3-ultra-256gb", "Q4_K_M", 4096, False),
        ("a 64 GB MacBook Pro holds a 70B model", "llama-3-70b", "macbook-pro-m3-max-64gb", "Q4_K_M", 8192, True),
        ("a 36 GB one does not", "llama-3-70b", "macbook-pro-m3-max-36gb", "Q4_K_M", 512, False),
        ("GLM-4.5-Air at 4 bits fits a 128 GB Mac", "glm-4.5-air", "macbook-pro-m3-max-128gb", "Q4_K_M", 8192, True),
    ],
)  # fmt: skip
def test_fit(catalog: Catalog, statement: str, model: str, machine: str, fmt: str, context: int, fits: bool) -> None:
    assert on(catalog, model, machine, fmt, context).fits is fits, statement


@pytest.mark.parametrize(
    ("statement", "model", "machine", "fmt", "runs"),
    [
        ("a 70B model at Q4_K_M runs on a PC with one RTX 4090", "llama-3-70b", "pc-rtx-4090", "Q4_K_M", True),
        ("at F16 it does not: 131 GiB of 24 + 64", "llama-3-70b", "pc-rtx-4090", "F16", False),
        ("Mixtral at Q8_0 runs there, its experts in RAM", "mixtral-8x7b", "pc-rtx-4090", "Q8_0", True),
        ("Kimi K2 at 4 bits does not", "kimi-k2", "pc-rtx-4090", "Q4_K_M", False),
        ("a DGX A100 runs Kimi K2 at Q8_0 with its 2 TB of RAM", "kimi-k2", "dgx-a100", "Q8_0", True),
        ("a 32 GB Mac cannot offload to itself", "llama-3-70b", "macbook-pro-m1-max-32gb", "Q4_K_M", False),
    ],
)
def test_runs_with_offload(catalog: Catalog, statement: str, model: str, machine: str, fmt: str, runs: bool) -> None:
    p = on(catalog, model, machine, fmt, 4096)
    assert p.runs is runs, statement
    assert not p.fits
    assert (p.layout is None) is (not runs)
    assert (p.decode is None) is (not runs)


def test_vllm_does_not_offload(catalog: Catalog) -> None:
    p = on(catalog, "llama-3-70b", "pc-rtx-4090", "AWQ", 4096, "vllm")
    assert p.runs is False
    assert p.layout is None


def test_a_layout_covers_each_layer_once(catalog: Catalog) -> None:
    for name in ("llama-3-8b", "llama-3-70b", "mixtral-8x7b", "deepseek-v3", "glm-4.5-air"):
        for machine in ("rtx-4090", "2x-rtx-4090", "8x-h100-sxm-80gb", "mac-studio-m3-ultra-512gb", "cluster-4x8-h100"):
            for fmt, runtime in (("Q4_K_M", None), ("BF16", "vllm")):
                try:
                    p = on(catalog, name, machine, fmt, 4096, runtime)
                except SizingError:
                    continue
                if p.layout is None:
                    continue
                count = len(p.sized.layers)
                places = {HOST, *range(len(p.places) - 1)}
                assert len(p.layout.layers) == len(p.layout.experts) == count, (name, machine)
                assert {*p.layout.layers, *p.layout.experts, p.layout.output} <= places
                # The host's layers come first, and then each device's, without a gap.
                assert list(p.layout.layers) == sorted(p.layout.layers)


def test_a_plan_that_fits_has_nothing_on_the_host(catalog: Catalog) -> None:
    p = on(catalog, "llama-3-8b", "rtx-4090", "Q4_K_M")
    assert p.layout is not None
    assert (p.layout.layers_on_host, p.layout.experts_on_host, p.layout.offloaded) == (0, 0, False)


def test_of_a_mixture_the_experts_go_to_the_host_first(catalog: Catalog) -> None:
    p = on(catalog, "mixtral-8x7b", "rtx-4090", "Q4_K_M", 4096)
    assert p.layout is not None
    assert p.layout.layers_on_host == 0
    assert 0 < p.layout.experts_on_host < 32
    # Its first layers' experts, as --n-cpu-moe does.
    assert [e == HOST for e in p.layout.experts] == sorted((e == HOST for e in p.layout.experts), reverse=True)


def test_no_more_is_moved_than_needed(catalog: Catalog) -> None:
    p = on(catalog, "llama-3-70b", "rtx-4090", "Q4_K_M", 4096)
    assert p.layout is not None
    assert 0 < p.layout.layers_on_host < 80
    free = (p.places[0].capacity or 0) - GIB - p.places[0].memory.total  # less the margin that llama.cpp keeps
    biggest = max(layer.dense + layer.cache.bytes(4096) for layer in p.sized.layers)
    assert 0 <= free < 1.1 * biggest


def everywhere(catalog: Catalog, fmt: str) -> Iterator[Plan]:
    """Of every open model on every machine that computes a format."""
    for model in filter(lambda one: one.open, catalog.models.values()):
        for machine in catalog.machines.values():
            try:
                p = plan(model, machine, format=fmt, context=4096)
            except SizingError as error:
                if "choose one of these" not in str(error):  # llama.cpp computes less on some
                    raise
                continue
            yield p


def test_no_place_holds_more_than_it_can(catalog: Catalog) -> None:
    for p in everywhere(catalog, "Q4_K_M"):
        assert p.machine is not None
        if p.runs:
            for place in p.places:
                assert place.capacity is not None
                assert place.memory.total <= place.capacity, (p.model.id, p.machine.id, place.name)
        if p.runs and p.machine.unified:
            assert p.memory.total <= p.machine.memory, (p.model.id, p.machine.id)


def test_what_fits_runs(catalog: Catalog) -> None:
    for p in everywhere(catalog, "Q8_0"):
        assert p.runs or not p.fits, (p.model.id, p.machine)


@pytest.mark.parametrize("fmt", ["Q2_K", "Q4_K_M", "Q8_0", "F16"])
def test_a_second_card_never_takes_a_fit_away(catalog: Catalog, fmt: str) -> None:
    for model in catalog.models.values():
        if model.open:
            fits = [on(catalog, model.id, f"{n}x-a100-sxm-80gb", fmt, 4096).fits for n in (1, 2, 4, 8)]
            assert fits == sorted(fits, key=bool), model.id


def test_more_context_never_brings_a_fit(catalog: Catalog) -> None:
    for name in ("llama-3-8b", "llama-2-13b", "deepseek-v3", "mixtral-8x7b"):
        for machine in ("rtx-4090", "2x-rtx-4090", "macbook-pro-m3-max-64gb", "dgx-h100"):
            fits = [on(catalog, name, machine, "Q4_K_M", 2**n).fits for n in range(9, 18)]
            assert fits == sorted(fits, key=bool, reverse=True), (name, machine)


def test_a_larger_mac_fits_what_a_smaller_one_does(catalog: Catalog) -> None:
    sizes = [f"m3-ultra-80-core-{n}gb" for n in (96, 256, 512)]
    for model in catalog.models.values():
        if model.open:
            fits = [on(catalog, model.id, size, "Q4_K_M", 4096).fits for size in sizes]
            assert fits == sorted(fits, key=bool), model.id


def test_vllm_leaves_a_share_of_the_card_alone(catalog: Catalog) -> None:
    p = on(catalog, "llama-3-8b", "rtx-4090", "BF16", 2048, "vllm")
    assert p.fits
    assert p.places[0].memory.total <= 0.92 * (p.places[0].capacity or 0)


def test_a_cluster_of_nodes_pipelines_its_layers(catalog: Catalog) -> None:
    p = on(catalog, "deepseek-v3", "cluster-2x8-h100", "FP8", 4096, "vllm")
    assert p.layout is not None
    assert (p.layout.split, p.layout.ranks) == ("tensor", 8)
    assert {p.layout.layers.count(stage) for stage in (0, 1)} == {30, 31}


def test_one_memory_holds_what_the_gpu_and_the_cpu_need_together(catalog: Catalog) -> None:
    machine, model = catalog.machine("mac-studio-m3-ultra-256gb"), catalog.model("llama-3-70b")
    p = plan(model, machine, format="Q4_K_M", context=8192)
    assert p.fits
    together = p.memory.total  # of what the GPU may use there is plenty
    assert p.places[0].memory.total < together < machine.places[0].capacity

    def planned(memory: int) -> Plan:
        rig = replace(machine.rig, places=(machine.places[0], replace(machine.host, capacity=memory)))
        return plan(model, replace(machine, rig=rig), format="Q4_K_M", context=8192)

    assert planned(together).memory.total == together
    # With the few logits of today's server a little less is enough, and no byte less than that.
    least = planned(together - 1)
    assert least.assumed == ("slot_logits",)
    assert planned(least.memory.total).runs is True
    assert planned(least.memory.total - 1).runs is False


def test_boxes_hold_their_part_and_pay_for_the_way(catalog: Catalog) -> None:
    # Two boxes of 128 GB hold what one does not: MiniMax M2 at Q6_K is 175 GiB.
    model, box = catalog.model("minimax-m2"), "ryzen-ai-max-395-128gb"
    assert not plan(model, catalog.machine(box), format="Q6_K", context=4096).fits
    fast, slow = (
        plan(model, catalog.machine(f"2x {box} over {link}"), format="Q6_K", context=4096) for link in ("40GbE", "1GbE")
    )
    assert fast.fits
    assert fast.assumed == ("network",)
    assert fast.decode
    assert slow.decode
    # kyuz0/amd-strix-halo-toolboxes, benchmark/results-rpc: 18.2 tokens/s
    assert fast.decode.low < 18.2 < fast.decode.high
    assert slow.decode.value < fast.decode.value
    assert slow.time_to_first_token(4096) > fast.time_to_first_token(4096)  # type: ignore[operator]


def test_nodes_of_one_device_share_layers_over_a_fast_network_and_pipeline_them_over_a_slow_one(
    catalog: Catalog,
) -> None:
    model = catalog.model("qwen3-32b")
    one, fast, slow = (
        plan(model, catalog.machine(name), format="FP8", context=8192, runtime="vllm")
        for name in ("dgx-spark", "2x dgx-spark over 200GbE", "2x dgx-spark over 10GbE")
    )
    assert fast.layout is not None
    assert slow.layout is not None
    assert (fast.layout.ranks, slow.layout.ranks) == (2, 1)
    rates = [p.decode.value for p in (slow, one, fast) if p.decode]
    assert rates == sorted(rates)
    # The boxes in a row are as fast as one, less the way between them.
    assert rates[0] > 0.97 * rates[1]


def test_what_runs_in_one_box_is_refused_over_several(catalog: Catalog) -> None:
    with pytest.raises(SizingError, match="transformers runs in one box"):
        plan(
            catalog.model("qwen3-8b"),
            catalog.machine("2x 2x-rtx-3090 over 10GbE"),
            format="BF16",
            context=4096,
            runtime="transformers",
        )
