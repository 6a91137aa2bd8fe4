"""How fast: never beyond the hardware, falling as the context fills, and near what was measured."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from dataclasses import replace
from itertools import product
from math import inf, sqrt
from typing import Final

import pytest

from sizing import Catalog, Plan, SizingError, plan
from sizing.engine.fitted import SEEN
from sizing.engine.speed import BALANCE, Rate, Speed, attention_rate, fed, kernel_rate
from sizing.facts.narrow import card, program
from sizing.facts.units import UNDISCLOSED
from tests.sampled import sample

PAIRS: Final = 2000  # of a model and a machine, in an ordinary run


def on(
    catalog: Catalog, model: str, machine: str, fmt: str, context: int = 8192, runtime: str | None = None, n: int = 1
) -> Plan:
    return plan(
        catalog.model(model), catalog.machine(machine), format=fmt, context=context, runtime=runtime, sequences=n
    )


def decode(p: Plan, depth: int | None = None) -> Rate:
    rate = p.decode if depth is None else p.decode_at(depth)
    assert rate is not None
    return rate


def prefill(p: Plan, prompt: int) -> Rate:
    rate = p.prefill_at(prompt)
    assert rate is not None
    return rate


@pytest.fixture(scope="module")
def plans(catalog: Catalog) -> list[Plan]:
    """Open models on machines, each on each where all is tried, in three formats where a runtime reads them there."""
    found = []
    models = [model for model in catalog.models.values() if model.open]
    for model, machine in sample(list(product(models, catalog.machines.values())), PAIRS, "speeds"):
        for fmt, runtime in (("Q4_K_M", None), ("F16", None), ("FP8", "vllm")):
            with contextlib.suppress(SizingError):
                found.append(plan(model, machine, format=fmt, context=4096, runtime=runtime))
    return found


def test_decoding_never_moves_more_bytes_than_the_memory_can(plans: list[Plan]) -> None:
    checked = 0
    for p in plans:
        rate = p.decode
        if rate is None or not p.fits or p.machine is None:
            continue
        moved = p.sized.output + sum(
            x.dense + x.experts * p.sized.expert_share(1) + x.cache.moved(p.context) for x in p.sized.layers
        )
        # Layer after layer, one device at a time; tensor parallel ranks read at once.
        assert p.layout is not None
        devices = p.layout.ranks if p.layout.split == "tensor" else 1
        bandwidth = max(place.bandwidth or 0.0 for place in p.machine.rig.devices)
        assert rate.high * moved <= devices * bandwidth * 1.000001, (p.model.id, p.machine.id, p.format.id)
        checked += 1
    assert checked > 100


def test_prefill_never_computes_more_than_the_devices_can(plans: list[Plan]) -> None:
    for p in plans:
        rate, machine = p.prefill, p.machine
        if rate is None or machine is None:
            continue
        best = sum(
            max((c.rate for c in device.compute if isinstance(c.rate, float)), default=0.0)
            for device in machine.devices
        )
        flops = sum(layer.flops for layer in p.sized.layers)
        assert rate.high * flops <= best, (p.model.id, machine.id, p.format.id)


def test_a_range_holds_its_value(plans: list[Plan]) -> None:
    for p in plans:
        for rate in (p.decode, p.prefill, p.decode_at(1), p.prefill_at(100)):
            if rate is not None:
                assert 0 < rate.low <= rate.value <= rate.high, (p.model.id, p.format.id)


@pytest.mark.parametrize(
    ("model", "machine"),
    [
        ("llama-3-8b", "rtx-4090"),
        ("llama-2-13b", "2x-rtx-4090"),
        ("mixtral-8x7b", "rtx-4090"),  # with experts on the host
        ("llama-3-70b", "rtx-4090"),  # with layers on the host
        ("deepseek-v3", "mac-studio-m3-ultra-512gb"),
        ("glm-4.5", "dgx-h100"),
    ],
)
def test_decoding_slows_as_the_context_fills(catalog: Catalog, model: str, machine: str) -> None:
    p = on(catalog, model, machine, "Q4_K_M")
    rates = [decode(p, depth).value for depth in (1, 1000, 4096, 16384, 131072)]
    assert rates == sorted(set(rates), reverse=True)


def test_decode_is_the_rate_at_a_full_context(catalog: Catalog) -> None:
    p = on(catalog, "llama-3-8b", "rtx-4090", "Q4_K_M", 8192)
    assert p.decode == p.decode_at(8192)
    assert p.prefill == p.prefill_at(8192)


def test_reading_a_longer_prompt_slows(catalog: Catalog) -> None:
    p = on(catalog, "llama-3-8b", "rtx-4090", "Q4_K_M", 131072)
    rates = [prefill(p, prompt).value for prompt in (1024, 8192, 32768, 131072)]
    assert rates == sorted(set(rates), reverse=True)


def test_a_prompt_deep_in_the_context_is_read_slower(catalog: Catalog) -> None:
    p = on(catalog, "llama-3-8b", "rtx-4090", "Q4_K_M", 131072)
    shallow, deep = p.prefill_at(2048), p.prefill_at(2048, 65536)
    assert shallow is not None
    assert deep is not None
    assert deep.value < shallow.value


def test_memory_feeds_a_part_of_what_a_chip_computes_beyond_its_balance() -> None:
    balanced = BALANCE * 1e12
    assert fed(balanced, balanced, sqrt) == pytest.approx(balanced)
    assert fed(16 * balanced, balanced, sqrt) == pytest.approx(8 * balanced)  # half of it idles
    assert fed(balanced / 16, balanced, sqrt) == pytest.approx(balanced / 8)
    assert fed(inf, balanced, sqrt) == inf


def test_the_first_token_comes_after_the_prompt_and_one_step(catalog: Catalog) -> None:
    p = on(catalog, "llama-3-8b", "rtx-4090", "Q4_K_M")
    seconds = p.time_to_first_token(4096)
    assert seconds == pytest.approx(4096 / prefill(p, 4096).value + 1 / decode(p, 4096).value, rel=1e-9)
    times = [p.time_to_first_token(n) or 0.0 for n in (1, 512, 4096, 8192)]
    assert times == sorted(set(times))


def test_a_window_stops_the_slowdown(catalog: Catalog) -> None:
    # vLLM keeps 4,096 tokens of Mistral 7B v0.1 and all of v0.3
    windowed = on(catalog, "mistral-7b", "a100-sxm-80gb", "BF16", 32768, "vllm")
    full = on(catalog, "mistral-7b-v0.3", "a100-sxm-80gb", "BF16", 32768, "vllm")
    assert decode(windowed, 4096).value == decode(windowed, 32768).value
    assert decode(full, 32768).value < decode(full, 4096).value


def test_compressed_attention_reads_what_its_indexer_chose(catalog: Catalog) -> None:
    p = plan(catalog.model("deepseek-v4-flash"), None, format="BF16", context=131072, runtime="vllm")
    window, near = p.sized.layers[0].cache, p.sized.layers[2].cache
    assert p.sized.attended(4096, 0, 1) == p.sized.attended(2048, 0, 1)
    assert len(window.compressed) == 0
    chosen, scored = near.compressed
    assert [chosen.read(depth) for depth in (1024, 2048, 131072)] == [256, 512, 512]
    assert [scored.read(depth) for depth in (1024, 2048, 131072)] == [256, 512, 32768]
    # 64 heads of 512 attend, 64 of 128 score.
    step = p.sized.attended(131072, 2, 3) - p.sized.attended(65536, 2, 3)
    assert step == 2 * 64 * 128 * (131072 - 65536) / 4
    assert near.flops_by(131072, 0, 1.0) < 131072 * near.flops(131072, 1.0)
    assert near.moved(131072) < near.bytes(131072) / 2


def test_a_state_is_read_and_written_back_at_every_depth(catalog: Catalog) -> None:
    p = plan(catalog.model("nemotron-3-nano-30b-a3b"), None, format="BF16", context=4096)
    mamba = p.sized.layers[0].cache
    assert mamba.moved(0) == mamba.moved(131072) == 2 * mamba.bytes(4096)
    assert p.sized.attended(131072, 0, 1) == 0


def test_bandwidth_decides_decoding_and_compute_decides_reading(catalog: Catalog) -> None:
    # An M1 Ultra has 0.8 of a 4090's bandwidth and 0.06 of its FP16 rate.
    mac, card = (on(catalog, "llama-3-8b", m, "Q4_K_M") for m in ("m1-ultra-64-core-128gb", "rtx-4090"))
    assert decode(mac).value > 0.4 * decode(card).value
    assert prefill(mac, 4096).value < 0.2 * prefill(card, 4096).value


def test_a_build_that_multiplies_in_32_bits_is_held_to_that_rate(catalog: Catalog) -> None:
    """Xe's vector engines multiply numbers of 16 bits at twice the rate of 32."""
    b70, sycl = card(catalog.device("arc-pro-b70")), program(catalog.runtimes["llama.cpp"], "sycl")
    assert kernel_rate(b70, sycl, "k-quant") == pytest.approx(45.8e12)
    assert kernel_rate(b70, replace(sycl, wide=True), "k-quant") == pytest.approx(22.9e12)


def test_cards_of_one_chip_and_half_its_engines_read_prompts_half_as_fast(catalog: Catalog) -> None:
    """Whether a datasheet states INT8's rate, too: of Arc Pro B60 it does, of B50 it does not."""
    rates = [card(catalog.device(name)).half for name in ("arc-pro-b50", "arc-pro-b60", "arc-b580")]
    assert rates == pytest.approx([21.3e12, 24.58e12, 27.34e12])


def test_a_mixture_decodes_like_its_active_parameters(catalog: Catalog) -> None:
    # 12.7B of 46.7B active: faster than the dense 30B, slower than the dense 7B
    rates = [
        decode(on(catalog, m, "a100-sxm-80gb", "Q4_K_M", 2048)).value
        for m in ("llama-30b", "mixtral-8x7b", "mistral-7b")
    ]
    assert rates == sorted(rates)


def test_experts_on_the_host_cost_less_than_layers_there(catalog: Catalog) -> None:
    # Mixtral and LLaMA 30B leave about the same on the host of a 4090 at Q8_0; a token reads a quarter of the experts.
    mixture, dense = (on(catalog, m, "pc-rtx-4090", "Q8_0", 2048) for m in ("mixtral-8x7b", "llama-30b"))
    assert not mixture.fits
    assert not dense.fits
    assert decode(mixture).value > decode(dense).value


def test_offload_is_slower_than_fitting(catalog: Catalog) -> None:
    # 40 GiB on a host of 89.6 GB/s against two cards of 1,008
    one, two = (on(catalog, "llama-3-70b", m, "Q4_K_M", 4096) for m in ("rtx-4090", "2x-rtx-4090"))
    assert not one.fits
    assert two.fits
    assert decode(one).high < 0.5 * decode(two).low


def test_of_what_lies_on_the_host_the_hosts_bandwidth_decides(catalog: Catalog) -> None:
    p = on(catalog, "llama-3-70b", "pc-rtx-4090", "Q4_K_M", 4096)
    assert p.layout is not None
    on_host = p.layout.layers_on_host * 42.5e9 / 82  # 80 layers and a head of about two layers' size
    assert decode(p).high <= 89.6e9 / on_host


def test_split_layers_never_beat_one_cards_bandwidth(catalog: Catalog) -> None:
    one, two = (on(catalog, "llama-3-8b", m, "Q4_K_M") for m in ("rtx-4090", "2x-rtx-4090"))
    # What passes from one to the other costs a little.
    assert 0.9 * decode(one).value < decode(two).value <= decode(one).value


def test_split_tensors_do_but_not_in_proportion(catalog: Catalog) -> None:
    names = ("a100-sxm-80gb", "2x-a100-sxm-80gb", "4x-a100-sxm-80gb", "8x-a100-sxm-80gb")
    rates = [decode(on(catalog, "llama-3-8b", m, "BF16", 2048, "vllm")).value for m in names]
    assert rates == sorted(set(rates))
    for devices, rate in zip((2, 4, 8), rates[1:], strict=True):
        assert rates[0] < rate < devices * rates[0]


def test_several_sequences_share_the_weights_read(catalog: Catalog) -> None:
    one, eight = (decode(on(catalog, "llama-3-8b", "rtx-4090", "Q4_K_M", 1024, None, n)).value for n in (1, 8))
    assert eight < one
    assert 8 * eight > 2 * one


def test_what_nobody_states_is_none_and_named(catalog: Catalog) -> None:
    known = catalog.machine("rtx-4090")
    device = known.devices[0]
    silent = card(replace(device, compute=tuple(replace(c, rate=UNDISCLOSED) for c in device.compute)))
    rig = replace(known.rig, places=(replace(known.places[0], card=silent), known.host))
    machine = replace(known, rig=rig)
    p = plan(catalog.model("llama-2-7b"), machine, format="Q4_K_M", context=2048)
    assert p.decode is not None
    assert p.prefill is None
    assert p.time_to_first_token(100) is None
    assert p.unknown == ("rtx-4090.compute",)


@pytest.mark.parametrize("machine", ["ryzen-9-7950x-64gb", "raspberry-pi-5-16gb", "graviton4-768gb"])
def test_a_processor_tells_how_fast_it_reads_a_prompt_and_how_sure_that_is(catalog: Catalog, machine: str) -> None:
    p = on(catalog, "llama-2-7b", machine, "Q4_0", 4096)
    device, rate, first = catalog.machine(machine).devices[0], prefill(p, 512), p.time_to_first_token(512)
    assert rate.low < rate.value < rate.high
    # Two operations a weight; of the output layer's, the last token's alone.
    assert p.model.parameters is not None
    assert rate.high <= (device.best_rate or 0.0) / (2 * p.model.parameters.active - p.sized.output_flops)
    assert first is not None
    assert first > 512 / rate.value
    assert p.unknown == ()


def test_the_wider_a_processors_vectors_the_sooner_it_has_read(catalog: Catalog) -> None:
    names = ("raspberry-pi-5-16gb", "core-i7-7820hq-32gb", "ryzen-9-7950x-64gb", "xeon-platinum-8480-plus-512gb")
    rates = [prefill(on(catalog, "llama-3-8b", name, "Q4_K_M"), 512).value for name in names]
    assert rates == sorted(set(rates))


def test_attention_takes_matrix_units_where_a_kernel_does(catalog: Catalog) -> None:
    # llama.cpp's for ROCm on RDNA 4, of 2026: heads of up to 128 whose queries share keys, and no latent.
    def ratio(model: str, device: str, backend: str, era: str | None) -> float:
        p = on(catalog, model, "pc-radeon-ai-pro-r9700", "Q4_K_M", 4096, "llama.cpp")
        speed = p.outcome.speed
        assert speed is not None
        demand = replace(speed.demand, program=replace(speed.demand.program, backend=backend))
        own = card(catalog.device(device))
        assert own.single is not None
        return attention_rate(own, demand, 1e18, era) / (2 * own.single)

    new = "radeon-ai-pro-r9700"
    assert ratio("llama-3.1-8b", new, "rocm", None) > 1
    assert ratio("llama-3.1-8b", new, "rocm", "2026H2") == ratio("llama-3.1-8b", new, "rocm", "2026H1") > 1
    for model, device, backend, era in (
        ("llama-3.1-8b", new, "rocm", "2025H2"),
        ("llama-3.1-8b", new, "vulkan", None),
        ("llama-3.1-8b", "ryzen-ai-max-395", "rocm", None),
        ("llama-2-7b", new, "rocm", None),
        ("gemma-3-12b", new, "rocm", None),
        ("deepseek-v2-lite", new, "rocm", None),
    ):
        assert ratio(model, device, backend, era) == 1


def test_a_socket_that_takes_several_processors_tells_decode_alone(catalog: Catalog) -> None:
    p = on(catalog, "llama-2-7b", "am5-ddr5-6000-64gb", "Q4_0", 4096)
    assert p.decode is not None
    assert p.prefill is None
    assert p.unknown == ("am5-ddr5-6000.compute",)


def test_a_device_that_nobody_measured_has_a_wider_range(catalog: Catalog) -> None:
    def width(machine: str) -> float:
        rate = decode(on(catalog, "llama-3-8b", machine, "Q4_K_M"))
        return rate.high / rate.low

    assert (
        width("rtx-4090") < width("rtx-5000-ada")
        or "rtx-5000-ada" in catalog.planner.fitted.measured["decode"]["llama.cpp/cuda"]
    )
    assert width("rtx-4090") < width("l4")
    assert "l4" not in catalog.planner.fitted.measured["decode"]["llama.cpp/cuda"]


def test_a_program_that_nobody_measured_has_the_widest_range(catalog: Catalog) -> None:
    fitted = catalog.planner.fitted
    assert fitted.seen("decode", "llama.cpp/cuda", "rtx-4090", "k-quant") == "all"
    assert fitted.seen("decode", "llama.cpp/cuda", "rtx-4090", "a-packing-of-tomorrow") == "device"
    assert fitted.seen("decode", "llama.cpp/cuda", "a-device-of-tomorrow", "k-quant") == "program"
    assert fitted.seen("decode", "a-program-of-tomorrow/cuda", "rtx-4090", "k-quant") == "nothing"
    assert fitted.seen("prefill", "llama.cpp/cpu", "ryzen-9-7950x", "k-quant") == "all"
    known, packing, device, program = (fitted.spread("decode", "dense", seen) for seen in SEEN)
    assert program[0] < device[0] <= packing[0] <= known[0] < 1 < known[1] <= packing[1] <= device[1] < program[1]
    # Not knowing the program is as bad as not knowing the device, once more.
    assert program == (device[0] ** 2, device[1] ** 2)


def test_what_was_measured_at_decoding_alone_is_new_to_prefill(catalog: Catalog) -> None:
    fitted = catalog.planner.fitted
    decoded, read = fitted.measured["decode"], fitted.measured["prefill"]
    alone = [(name, id) for name in decoded for id in decoded[name] if id not in read.get(name, {})]
    assert len(alone) > 10
    for name, id in alone:
        packing = min(decoded[name][id])
        assert fitted.seen("decode", name, id, packing) == "all"
        assert fitted.seen("prefill", name, id, packing) == ("program" if name in read else "nothing")


@pytest.mark.parametrize(
    ("model", "format", "term"),
    [
        ("qwen3.6-35b-a3b", "FP8", "mixture"),
        ("qwen3.6-35b-a3b", "FP8", "state"),
        ("deepseek-v4-flash", "MXFP4", "stream"),
    ],
)
def test_a_program_that_was_never_timed_at_what_a_model_does_has_the_widest_range(
    catalog: Catalog, model: str, format: str, term: str
) -> None:
    """Whatever else was measured with it on the very device: what others take tells little of it."""
    speed = on(catalog, model, "8x-h100-sxm-80gb", format, runtime="vllm").outcome.speed
    assert speed is not None
    factors = {**speed.fitted.factors["decode"][term], "program=vllm/cuda": 1.0}
    assert _known(speed, term, factors).seen("decode") != "nothing"
    del factors["program=vllm/cuda"]
    assert _known(speed, term, factors).seen("decode") == "nothing"


def _known(speed: Speed, term: str, factors: Mapping[str, float]) -> Speed:
    """The same, with a term's factors, and all others of any program."""
    decode = speed.fitted.factors["decode"]
    every = {name: {**one, "program=vllm/cuda": 1.0} for name, one in decode.items()} | {term: factors}
    return replace(speed, fitted=replace(speed.fitted, factors={**speed.fitted.factors, "decode": every}))


def test_one_kernel_mixes_residual_streams_sooner_than_many(catalog: Catalog) -> None:
    # ggml has none of its own for it; what it takes was once told of servers that have one, and eight H100 read
    # prompts more slowly than two small computers measured (https://github.com/vllm-project/vllm/pull/41834).
    servers = ("vllm", "sglang", "llama.cpp")
    plans = {
        name: on(
            catalog,
            "deepseek-v4-flash",
            "8x-h100-sxm-80gb",
            "MXFP4" if name != "llama.cpp" else "MXFP4_MOE",
            runtime=name,
        )
        for name in servers
    }
    own = min(decode(plans[name]).value for name in ("vllm", "sglang"))
    assert own > 2 * decode(plans["llama.cpp"]).value
    assert all(prefill(plans[name], 8192).value > 1770 for name in ("vllm", "sglang"))


def test_builds_of_an_era_are_told_apart(catalog: Catalog) -> None:
    # CUDA graphs came to llama.cpp in May 2024: fixed costs fell.
    p = on(catalog, "llama-3-8b", "rtx-4090", "Q4_K_M", 1024)
    assert p.outcome.speed is not None
    old = replace(p.outcome.speed, era="2024H1").decode(512)
    assert old is not None
    assert old.value < decode(p, 512).value


def test_a_known_machine_leaves_nothing_unknown(catalog: Catalog) -> None:
    for machine in ("rtx-4090", "a100-sxm-80gb", "h100-sxm-80gb", "l40s", "macbook-pro-m1-max-64gb"):
        p = on(catalog, "llama-3-8b", machine, "Q4_K_M")
        assert p.unknown == (), machine
        assert p.prefill is not None, machine
