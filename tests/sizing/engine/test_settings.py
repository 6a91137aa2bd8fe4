"""What a person passes to a runtime has its effect on memory and speed, or is refused in one line."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest

from sizing import Catalog, Plan, SizingError, plan
from sizing.engine.placement import FITS, NO, OFFLOAD, TIGHT

GIB, MIB = 2**30, 2**20


def on(catalog: Catalog, model: str, machine: str | None, fmt: str, context: int, **settings: Any) -> Plan:
    where = catalog.machine(machine) if machine else None
    return plan(catalog.model(model), where, format=fmt, context=context, **settings)


def total(p: Plan, place: int = 0) -> int:
    return p.places[place].memory.total


def rate(p: Plan) -> float:
    assert p.decode
    return p.decode.value


def test_a_layout_that_was_reported_holds_what_was_reported(catalog: Catalog) -> None:
    # https://github.com/sudoingX/qwen38-mtp: 25 layers on an RTX 5060 Laptop, 6,796 MiB
    p = on(catalog, "qwen3.8-27b", "rtx-5060-laptop", "IQ4_XS", 65536, cache_format="q4_0", layers_on_device=25)
    assert p.verdict == OFFLOAD
    assert 6796 * MIB <= total(p) <= 1.1 * 6796 * MIB
    # https://llmgarage.ai/gpt-oss-120b-dual-3090: --n-cpu-moe 26, 42 GB on the host
    p = on(catalog, "gpt-oss-120b", "2x-rtx-3090", "MXFP4_MOE", 38912, experts_on_host=26)
    assert total(p, 2) == pytest.approx(42e9, rel=0.07)
    # https://github.com/ikawrakow/ik_llama.cpp/pull/1464: --n-cpu-moe 24 fills device 1 with 35,378 MiB, and fails
    p = on(catalog, "qwen3.5-122b-a10b", "2x-rtx-3090", "Q4_K_M", 65536, experts_on_host=24)
    assert (p.verdict, p.layout, p.decode) == (NO, None, None)
    assert total(p, 1) == pytest.approx(35378 * MIB, rel=0.03)


def test_split_tensors_share_every_layer(catalog: Catalog) -> None:
    # https://github.com/sudoingX/qwen38-mtp: -sm tensor on two RTX 5060 Ti, 9,808 MiB on each, 38.3 tokens/s
    asked: dict[str, Any] = {"cache_format": "q4_0"}
    p = on(catalog, "qwen3.8-27b", "2x-rtx-5060-ti-16gb", "Q4_K_M", 131072, split="tensor", **asked)
    assert total(p, 0) == total(p, 1) == pytest.approx(9808 * MIB, rel=0.03)
    assert rate(p) > 1.5 * rate(on(catalog, "qwen3.8-27b", "2x-rtx-5060-ti-16gb", "Q4_K_M", 131072, **asked))
    assert p.memory.weights == on(catalog, "qwen3.8-27b", "rtx-5090", "Q4_K_M", 131072, **asked).memory.weights


def test_vllm_can_pipeline_layers_instead(catalog: Catalog) -> None:
    ranks, stages = (
        on(catalog, "llama-3-8b", "2x-rtx-3090", "BF16", 8192, runtime="vllm", split=split) for split in (None, "layer")
    )
    assert (ranks.settings["split"], stages.settings["split"]) == ("tensor", "layer")
    assert rate(ranks) > 1.3 * rate(stages)


def test_a_split_over_none_is_the_first_device_alone(catalog: Catalog) -> None:
    one = on(catalog, "llama-3-8b", "rtx-3090", "Q8_0", 8192)
    first = on(catalog, "llama-3-8b", "2x-rtx-3090", "Q8_0", 8192, split="none")
    assert (total(first), rate(first), len(first.places)) == (total(one), rate(one), 2)


def test_a_tensor_split_deals_layers(catalog: Catalog) -> None:
    p = on(catalog, "llama-3-8b", "2x-rtx-3090", "Q8_0", 8192, tensor_split=(3, 1))
    assert p.layout is not None
    assert p.layout.tensor_split == (25, 8)  # of 33, the output layer with them: 24.75
    assert p.settings["tensor_split"] == [3.0, 1.0]


def test_fewer_layers_on_the_device_take_less_and_are_slower(catalog: Catalog) -> None:
    plans = [on(catalog, "llama-3-8b", "rtx-3090", "Q8_0", 8192, layers_on_device=n) for n in (0, 10, 20, 33)]
    held = [total(p) for p in plans]
    assert held == sorted(held)
    assert held[0] == 0
    assert [rate(p) for p in plans] == sorted(rate(p) for p in plans)
    assert [p.settings["layers_on_device"] for p in plans] == [0, 10, 20, 33]
    assert plans[-1].verdict == FITS


def test_experts_on_the_host_leave_the_device_their_bytes(catalog: Catalog) -> None:
    # https://github.com/ikawrakow/ik_llama.cpp/pull/1593: --n-cpu-moe 14 leaves 679 MiB free of an RTX 5060 Ti
    p = on(catalog, "qwen3.5-35b-a3b", "rtx-5060-ti-16gb", "Q4_K_M", 16384, experts_on_host=14)
    more = on(catalog, "qwen3.5-35b-a3b", "rtx-5060-ti-16gb", "Q4_K_M", 16384, experts_on_host=15)
    assert p.verdict == OFFLOAD
    assert p.places[0].memory.weights - more.places[0].memory.weights == p.sized.layers[14].experts


def test_a_larger_micro_batch_takes_larger_buffers_and_windows(catalog: Catalog) -> None:
    small, large = (
        on(catalog, "gemma-3-27b", "rtx-5090", "Q4_K_M", 32768, micro_batch=micro_batch) for micro_batch in (512, 2048)
    )
    assert small.memory == on(catalog, "gemma-3-27b", "rtx-5090", "Q4_K_M", 32768).memory
    assert large.memory.buffers > 3.5 * small.memory.buffers
    # llama-fit-params: 3,808 MiB at -ub 2048, 3,184 at 512 (catalog/measurements/record/devices.csv)
    assert (small.memory.cache // MIB, large.memory.cache // MIB) == (3184, 3808)


def test_without_flash_attention_every_heads_scores_are_kept(catalog: Catalog) -> None:
    # llama-fit-params -fa off over a device of its RPC backend, release 0.3.36: MiB on the device, and on the host
    for model, context, device, host in (
        ("llama-3.1-8b", 4096, 300, 28), ("llama-3.1-8b", 32768, 2148, 84), ("qwen3-4b", 32768, 2142, 78),
        ("gemma-3-4b", 32768, 605, 85), ("gpt-oss-20b", 4096, 552, 24), ("gpt-oss-20b", 32768, 4192, 80),
        ("qwen3-30b-a3b", 32768, 2138, 74), ("qwen3.6-27b", 32768, 1660, 88),
    ):  # fmt: skip
        p = on(catalog, model, "rtx-pro-6000-blackwell", "Q4_K_M", context, flash_attention=False)
        assert p.places[0].memory.buffers / MIB == pytest.approx(device, rel=0.02), (model, context)
        assert p.places[1].memory.buffers / MIB == pytest.approx(host, abs=9), (model, context)
        assert p.memory.cache == on(catalog, model, "rtx-pro-6000-blackwell", "Q4_K_M", context).memory.cache
    two = on(catalog, "llama-3.1-8b", "2x-rtx-3090", "Q4_K_M", 32768, flash_attention=False)
    assert [place.memory.buffers // MIB for place in two.places] == pytest.approx([2384, 2416, 312], rel=0.06)
    large = on(catalog, "llama-3.1-8b", "rtx-5090", "Q4_K_M", 32768, flash_attention=False, micro_batch=2048)
    assert large.places[0].memory.buffers / MIB == pytest.approx(8592, rel=0.01)
    # Keys alone may be quantized.
    keys = on(catalog, "llama-3.1-8b", "rtx-5090", "Q4_K_M", 32768, flash_attention=False, cache_format="q8_0/f16")
    assert keys.memory.cache // MIB == 3136


def test_whole_windows_hold_the_context(catalog: Catalog) -> None:
    # llama-fit-params --swa-full: cache, and buffers of the device and the host, MiB
    for model, cache, device, host in (("gemma-3-4b", 4352, 517, 74), ("gpt-oss-20b", 1536, 404, 75)):
        p = on(catalog, model, "rtx-pro-6000-blackwell", "Q4_K_M", 32768, swa_full=True)
        assert p.memory.cache // MIB == cache
        assert p.places[0].memory.buffers / MIB == pytest.approx(device, rel=0.02)
        assert p.places[1].memory.buffers // MIB == host
        assert p.settings["swa_full"] is True
    # Where no layer has a window it is the same.
    asked: tuple[Any, ...] = ("llama-3-8b", "rtx-3090", "Q8_0", 8192)
    assert on(catalog, *asked, swa_full=True).memory == on(catalog, *asked).memory


def test_adapters_and_a_draft_model_take_their_bytes(catalog: Catalog) -> None:
    asked: tuple[Any, ...] = ("qwen3-32b", "2x-rtx-3090", "Q4_K_M", 8192)
    plain, adapted = on(catalog, *asked), on(catalog, *asked, lora=640 * MIB)
    assert adapted.memory.weights - plain.memory.weights == 640 * MIB
    assert rate(adapted) < rate(plain)
    draft = plan(catalog.model("qwen3-0.6b"), None, format="Q8_0", context=8192)
    drafted = on(catalog, *asked, draft=draft)
    first, second = ((drafted.places[i].memory, plain.places[i].memory) for i in (0, 1))
    assert first[0].total - first[1].total == draft.memory.total
    assert second[0] == second[1]
    assert rate(drafted) > rate(plain)


def test_a_power_limit_slows_a_card_that_works_alone(catalog: Catalog) -> None:
    asked: tuple[Any, ...] = ("qwen3.8-27b", "rtx-3090", "Q4_K_M", 32768)
    free, held = on(catalog, *asked), on(catalog, *asked, power_limit=250)
    assert held.memory == free.memory
    assert held.assumed == (*free.assumed, "power_limit")
    # https://github.com/sudoingX/qwen38-mtp: 41.3 tokens/s, and 31.9 at 250 W
    assert rate(held) / rate(free) == pytest.approx(31.9 / 41.3, rel=0.06)
    assert free.prefill
    assert held.prefill
    assert held.prefill.value < free.prefill.value
    assert on(catalog, *asked, power_limit=350).decode == free.decode
    # One sequence over four cards in turn is nearly as fast at 220 W (LottoLottoLotto/4x3090-llm-benchmarks).
    four: tuple[Any, ...] = ("gemma-4-12b", "4x-rtx-3090", "Q8_0", 32768)
    assert rate(on(catalog, *four, power_limit=220)) > 0.95 * rate(on(catalog, *four))


def test_ranks_may_have_unequal_shares_of_every_layer(catalog: Catalog) -> None:
    asked: tuple[Any, ...] = ("qwen3.8-27b", "rtx-3060-12gb+rtx-3090", "Q4_K_M", 32768)
    even, uneven = (on(catalog, *asked, split="tensor", tensor_split=shares) for shares in (None, (1.0, 2.0)))
    small, large = (uneven.places[i].memory for i in (0, 1))
    assert 2 * small.weights == pytest.approx(large.weights, abs=2)
    assert 2 * small.cache == pytest.approx(large.cache, abs=2)
    assert small.weights + large.weights == pytest.approx(sum(even.places[i].memory.weights for i in (0, 1)), abs=2)
    assert even.places[0].memory.weights == even.places[1].memory.weights
    assert uneven.settings["tensor_split"] == [1.0, 2.0]


def test_slots_share_a_context_but_for_windows_and_states(catalog: Catalog) -> None:
    for model, more in (
        ("llama-3-8b", 0),
        # 48 of 64 layers have a state; measured in four slots: 448 MiB more than in one
        ("qwen3.6-27b", 448),
        # 52 of 62 layers have a window of 1,024 tokens, of 2 x 16 heads x 128 x 2 bytes each: 3 x 416 MiB
        ("gemma-3-27b", 1248),
    ):
        one, four = (on(catalog, model, "rtx-5090", "Q4_K_M", 32768, slots=slots, unified=True) for slots in (1, 4))
        assert (four.memory.cache - one.memory.cache) / MIB == pytest.approx(more, abs=2), model
        assert rate(one) == rate(four)
        assert one.memory == on(catalog, model, "rtx-5090", "Q4_K_M", 32768).memory
        assert four.settings["slots"] == 4


def test_utilization_decides_what_vllm_holds(catalog: Catalog) -> None:
    asked: dict[str, Any] = {"runtime": "vllm"}
    low, high = (on(catalog, "llama-3-8b", "rtx-3090", "BF16", 8192, utilization=u, **asked) for u in (0.6, 0.95))
    assert (low.verdict, high.verdict) == (NO, FITS)
    assert high.settings["utilization"] == 0.95


def test_slots_with_a_part_of_the_context_each_hold_a_micro_batch_in_every_window(catalog: Catalog) -> None:
    # llama-server -np 8 takes 3,332 MiB more than -np 1 (LottoLottoLotto/4x3090-llm-benchmarks, data/benchmarks.jsonl):
    # 40 of 48 layers have a window of 1,024 and 512 tokens, of 2 x 8 heads x 256 x 2 bytes each: 7 x 480 MiB
    one, eight = (on(catalog, "gemma-4-12b", "rtx-3090", "Q4_K_M", 32768, slots=slots) for slots in (1, 8))
    assert (eight.memory.cache - one.memory.cache) / MIB == 7 * 480
    assert (one.settings["unified"], on(catalog, "gemma-4-12b", "rtx-3090", "Q4_K_M", 32768).settings["unified"]) == (
        False, None,
    )  # fmt: skip
    # Of a model without windows it is one cache, however it is parted.
    parted, shared = (on(catalog, "llama-3-8b", "rtx-3090", "Q8_0", 8192, slots=4, unified=u) for u in (False, True))
    assert parted.memory.cache == shared.memory.cache
    # But the masks are of a part: llama-fit-params -c 32768 -np 4 -ts 23/14 has 127 and 373 MiB on two devices.
    asked: tuple[Any, ...] = ("qwen3-4b", "rtx-3060-12gb+rtx-4060-8gb", "Q4_K_M", 32768)
    two = on(catalog, *asked, slots=4, tensor_split=(23, 14))
    assert [place.memory.buffers // MIB for place in two.places[:2]] == pytest.approx([127, 373], rel=0.03)
    assert two.memory.buffers < on(catalog, *asked, slots=4, tensor_split=(23, 14), unified=True).memory.buffers


def test_what_vllm_does_by_itself_depends_on_the_cards_memory(catalog: Catalog) -> None:
    # vllm/engine/arg_utils.py: 2,048 tokens and 256 sequences; from 70 GiB on 8,192 and 1,024, but for an A100
    for machine, batch, rows in (
        ("rtx-4090", 2048, 256), ("a100-sxm-80gb", 2048, 256), ("dgx-spark", 2048, 256),
        ("h100-sxm-80gb", 8192, 1024), ("b200", 16384, 1024),
    ):  # fmt: skip
        p = on(catalog, "qwen3-8b", machine, "BF16", 8192, runtime="vllm")
        assert (p.settings["micro_batch"], p.settings["max_sequences"]) == (batch, rows), machine
    few, many = (on(catalog, "qwen3-8b", "rtx-4090", "BF16", 8192, runtime="vllm", max_sequences=n) for n in (32, 256))
    assert few.memory.buffers < many.memory.buffers
    assert (few.pool_tokens or 0) > (many.pool_tokens or 0)


def test_vllm_is_tight_where_only_a_larger_share_holds_it(catalog: Catalog) -> None:
    p = on(catalog, "qwen3-32b", "rtx-3090", "AWQ", 8192, runtime="vllm")
    assert (p.verdict, p.settings["utilization"]) == (TIGHT, 0.94)
    told = on(catalog, "qwen3-32b", "rtx-3090", "AWQ", 8192, runtime="vllm", utilization=0.94)
    assert (told.verdict, told.memory, told.pool_tokens) == (FITS, p.memory, p.pool_tokens)
    assert on(catalog, "qwen3-32b", "rtx-3090", "AWQ", 8192, runtime="vllm", utilization=0.92).verdict == NO


def test_sglang_keeps_room_for_what_it_computes(catalog: Catalog) -> None:
    # sglang/srt/arg_groups/memory_hook.py: 512 + 1.5 x 4,096 + 2 x 48 MiB, 8 for each of 50 prefill graphs, 128 a card
    p = on(catalog, "llama-3-8b", "rtx-3090", "BF16", 8192, runtime="sglang")
    capacity = p.places[0].capacity or 0
    share = p.settings["utilization"]
    assert share == round(1 - 7280 * MIB / capacity, 3)
    assert p.pool_tokens
    beside = p.memory.weights + p.memory.overhead
    room = capacity * float(str(share)) - beside
    assert p.pool_tokens == pytest.approx(room / 131072, abs=2)
    # What is computed lies in what is kept free, so a cache that fills the rest fits.
    assert on(catalog, "llama-3-8b", "rtx-3090", "BF16", p.pool_tokens, runtime="sglang").verdict == FITS
    more = on(catalog, "llama-3-8b", "rtx-3090", "BF16", p.pool_tokens + 256, runtime="sglang")
    assert more.verdict == TIGHT


def test_cards_that_switches_join_keep_the_buffers_of_their_exchange(catalog: Catalog) -> None:
    def overhead(machine: str, runtime: str = "vllm") -> int:
        p = on(catalog, "llama-3-8b", machine, "BF16", 8192, runtime=runtime)
        return p.places[0].memory.overhead

    for runtime in ("vllm", "sglang"):
        assert overhead("4x-h100-sxm-80gb", runtime) - overhead("h100-sxm-80gb", runtime) == 2000 * MIB
    # A bridge joins two, and PCIe all others.
    assert overhead("2x-rtx-3090") == overhead("rtx-3090")
    assert overhead("2x-l40s") == overhead("l40s")


def test_memory_in_use_is_not_offered(catalog: Catalog) -> None:
    free = on(catalog, "qwen3-14b", "rtx-3090", "Q8_0", 16384)
    spare = (free.places[0].capacity or 0) - GIB - total(free)
    assert spare > 0

    def verdict(in_use: int) -> str | None:
        return on(catalog, "qwen3-14b", "rtx-3090", "Q8_0", 16384, in_use=in_use).verdict

    # Today's server keeps fewer logits.
    spared = on(catalog, "qwen3-14b", "rtx-3090", "Q8_0", 16384, in_use=spare + GIB + 1)
    most = spare + GIB + total(free) - total(spared)
    assert (verdict(spare), verdict(spare + 1), spared.verdict, verdict(most), verdict(most + 1)) == (
        FITS, TIGHT, TIGHT, TIGHT, OFFLOAD
    )  # fmt: skip
    assert on(catalog, "qwen3-14b", "rtx-3090", "Q8_0", 16384, in_use=spare + GIB).assumed == ()
    assert spared.assumed == ("slot_logits",)
    both = on(catalog, "qwen3-14b", "2x-rtx-3090", "Q8_0", 16384, in_use=(0, 4 * GIB))
    assert both.places[1].capacity == (both.places[0].capacity or 0) - 4 * GIB


def test_what_a_desktop_or_windows_takes_need_not_be_known(catalog: Catalog) -> None:
    two = on(catalog, "qwen3-14b", "2x-rtx-3090", "Q8_0", 16384, in_use=("desktop", "windows"))
    free = on(catalog, "qwen3-14b", "2x-rtx-3090", "Q8_0", 16384)
    taken = [(a.capacity or 0) - (b.capacity or 0) for a, b in zip(free.places[:-1], two.places[:-1], strict=True)]
    assert taken == [1004 * MIB, 615 * MIB]
    assert two.settings["in_use"] == taken
    assert on(catalog, "qwen3-14b", "2x-rtx-3090", "Q8_0", 16384, in_use="desktop").settings["in_use"] == taken[:1]
    with pytest.raises(SizingError, match="games takes nobody knows how much of a device; write its size, desktop or"):
        on(catalog, "qwen3-14b", "rtx-3090", "Q8_0", 16384, in_use="games")


def test_memory_in_use_of_one_memory_is_the_hosts_too(catalog: Catalog) -> None:
    machine = catalog.machine("m3-max-40-core-64gb")
    p = on(catalog, "llama-3-8b", "m3-max-40-core-64gb", "Q4_K_M", 8192, in_use=8 * GIB)
    assert [place.capacity for place in p.places] == [x.capacity - 8 * GIB for x in machine.places]


def test_a_raised_wired_limit_lets_the_gpu_have_more(catalog: Catalog) -> None:
    # https://github.com/antirez/ds4/issues/46: 87 GB of weights on 96 GB with iogpu.wired_limit_mb at 92000
    asked = ("deepseek-v4-flash", "m3-ultra-60-core-96gb", "Q2_K", 8192)
    assert not on(catalog, *asked).fits
    assert on(catalog, *asked, wired_limit=92000 * MIB).places[0].capacity == 92000 * MIB
    small = on(catalog, "qwen3-30b-a3b", "m4-pro-20-core-24gb", "Q4_K_M", 4096, wired_limit=20 * GIB)
    assert (small.verdict, small.assumed) == (FITS, ())
    # Given, nothing is assumed of it: of a Jetson with 32 GB nobody told what its GPU may have.
    assert on(catalog, "llama-3-8b", "jetson-agx-orin-32gb", "Q4_K_M", 4096).assumed == ("gpu_limit",)
    assert on(catalog, "llama-3-8b", "jetson-agx-orin-32gb", "Q4_K_M", 4096, wired_limit=28 * GIB).assumed == ()


def test_what_is_unsaid_is_told(catalog: Catalog) -> None:
    p = on(catalog, "gpt-oss-120b", "2x-rtx-3090", "MXFP4_MOE", 8192)
    assert p.layout is not None
    assert p.settings == {
        "split": "layer", "layers_on_device": 37, "experts_on_host": p.layout.experts_on_host,
        "tensor_split": list(p.layout.tensor_split), "micro_batch": 512, "utilization": None, "max_sequences": None,
        "flash_attention": True, "swa_full": False, "slots": 1, "unified": None, "in_use": None, "wired_limit": None,
        "draft_tokens": None, "acceptance": None,
    }  # fmt: skip
    # Told so, it is the same plan.
    told = {name: p.settings[name] for name in ("layers_on_device", "experts_on_host", "tensor_split")}
    again = on(catalog, "gpt-oss-120b", "2x-rtx-3090", "MXFP4_MOE", 8192, **told)
    assert (again.layout, again.memory, again.decode) == (p.layout, p.memory, p.decode)


def test_plans_told_back_their_settings_are_the_same(catalog: Catalog) -> None:
    for name in ("rtx-5080+rtx-3090", "3x-rtx-3060-12gb", "rtx-4060-8gb"):
        for model in catalog.models.values():
            if not model.open:
                continue
            p = plan(model, catalog.machine(name), format="Q4_K_M", context=16384)
            if p.layout:
                told: dict[str, Any] = {
                    name: p.settings[name] for name in ("layers_on_device", "experts_on_host", "tensor_split")
                }
                again = plan(model, catalog.machine(name), format="Q4_K_M", context=16384, **told)
                assert (again.layout, again.places) == (p.layout, p.places), (model.id, name)


@pytest.mark.parametrize(
    ("model", "machine", "fmt", "settings", "said"),
    [
        ("llama-3-8b", None, "Q8_0", {"layers_on_device": 3}, "are of a machine; name one"),
        ("llama-3-8b", None, "Q8_0", {"in_use": 3}, "are of a machine; name one"),
        ("llama-3-8b", "2x-rtx-3090", "Q8_0", {"split": "row"}, "keeps the whole cache on one card; choose layer"),
        ("llama-3-8b", "2x-rtx-3090", "Q8_0", {"split": "column"}, "choose layer, tensor or none"),
        ("llama-3-8b", "rtx-3090", "AWQ", {"swa_full": True}, "vllm has no --swa-full"),
        ("llama-3-8b", "rtx-3090", "AWQ", {"flash_attention": False}, "and no -fa"),
        ("llama-3-8b", "rtx-3090", "Q8_0", {"flash_attention": False, "cache_format": "q8_0"}, "needs flash attention"),
        ("llama-3-8b", "rtx-3090", "Q8_0", {"lora": -1}, "adapters take 0 bytes or more"),
        ("llama-3-8b", None, "Q8_0", {"power_limit": 250}, "a power limit is of a machine"),
        ("llama-3-8b", "rtx-3090", "Q8_0", {"power_limit": 400}, "lies between 105 and 350 W here"),
        ("llama-3-8b", "2x-rtx-3090", "Q8_0", {"split": "tensor", "tensor_split": (1,)}, "has 1 shares"),
        ("llama-3-8b", "2x-rtx-3090", "AWQ", {"layers_on_device": 3}, "vllm has no -ngl"),
        ("llama-3-8b", "2x-rtx-3090", "Q8_0", {"split": "tensor", "layers_on_device": 3}, "leave -ngl"),
        ("llama-3-8b", "epyc-9355-768gb", "Q8_0", {"layers_on_device": 3}, "has no device to place layers on"),
        ("llama-3-8b", "rtx-3090", "Q8_0", {"experts_on_host": 3}, "has no experts"),
        ("llama-3-8b", "rtx-3090", "Q8_0", {"layers_on_device": -1}, "layers on the device: -1 is not possible"),
        ("llama-3-8b", "rtx-3090", "Q8_0", {"micro_batch": 0}, "micro-batch: 0 is not possible"),
        ("llama-3-8b", "rtx-3090", "Q8_0", {"utilization": 0.9}, "takes no share of a device"),
        ("llama-3-8b", "rtx-3090", "AWQ", {"utilization": 1.2}, "give a share such as 0.9"),
        ("llama-3-8b", "rtx-3090", "Q8_0", {"utilization": 0}, "give a share such as 0.9"),
        ("llama-3-8b", "rtx-3090", "Q8_0", {"max_sequences": 4}, "has no --max-num-seqs"),
        ("llama-3-8b", "rtx-3090", "AWQ", {"max_sequences": 0}, "sequences at once: 0 is not possible"),
        ("llama-3-8b", "rtx-3090", "AWQ", {"slots": 4}, "give vllm sequences"),
        ("llama-3-8b", "rtx-3090", "Q8_0", {"slots": 4, "sequences": 2}, "give one of the two"),
        ("llama-3-8b", "rtx-3090", "Q8_0", {"unified": True}, "give their number with it"),
        ("llama-3-8b", "2x-rtx-3090", "Q8_0", {"tensor_split": (3,)}, "has 1 shares; the machine uses 2"),
        ("llama-3-8b", "2x-rtx-3090", "Q8_0", {"tensor_split": (0, 0)}, "of which one at least is more"),
        ("llama-3-8b", "rtx-3090", "Q8_0", {"wired_limit": GIB}, "of a chip whose GPU shares the memory"),
        ("llama-3-8b", "m3-max-40-core-64gb", "Q8_0", {"wired_limit": 64 * GIB}, "less what the operating system"),
        ("llama-3-8b", "rtx-3090", "Q8_0", {"in_use": (1, 1)}, "the machine has 1"),
        ("llama-3-8b", "rtx-3090", "Q8_0", {"in_use": 99 * GIB}, "between 0 and what it offers"),
    ],
)
def test_impossible_settings_are_refused_in_one_line(
    catalog: Catalog, model: str, machine: str | None, fmt: str, settings: dict[str, Any], said: str
) -> None:
    with pytest.raises(SizingError, match=said) as refused:
        on(catalog, model, machine, fmt, 8192, **settings)
    assert "\n" not in str(refused.value)


def test_a_split_over_none_takes_one_share(catalog: Catalog) -> None:
    assert on(catalog, "llama-3-8b", "2x-rtx-3090", "Q4_K_M", 8192, split="none", tensor_split=(1,)).fits
    with pytest.raises(SizingError, match=r"the tensor split has 2 shares; the machine uses 1 devices"):
        on(catalog, "llama-3-8b", "2x-rtx-3090", "Q4_K_M", 8192, split="none", tensor_split=(1, 1))


@pytest.mark.parametrize(
    ("split", "told"),
    [
        ("row", "split row is not planned: it keeps the whole cache on one card; choose layer, tensor or none"),
        ("rows", "split rows is not planned; choose layer, tensor or none"),
    ],
)
def test_a_split_that_is_not_planned_says_why(catalog: Catalog, split: str, told: str) -> None:
    with pytest.raises(SizingError, match=f"^{told}$"):
        on(catalog, "llama-3-8b", "2x-rtx-3090", "Q4_K_M", 8192, split=split)


def test_no_slots_are_no_number_of_slots(catalog: Catalog) -> None:
    with pytest.raises(SizingError, match=r"^slots: 0 is not possible; give a whole number from 1 up$"):
        on(catalog, "llama-3-8b", "rtx-3090", "Q4_K_M", 8192, slots=0)


def test_devices_that_share_every_layer_share_its_widened_cache(catalog: Catalog) -> None:
    # A layer's quantized cache is copied in 16 bits before a prompt is computed: on each device, its heads alone.
    def grown(machine: str, **split: str) -> int:
        plain, quantized = (
            on(catalog, "llama-3.1-8b", machine, "Q4_K_M", 131072, cache_format=kind, **split)
            for kind in ("f16", "q8_0")
        )
        return quantized.places[0].memory.buffers - plain.places[0].memory.buffers

    alone, shared = grown("rtx-5090"), grown("2x-rtx-5090", split="tensor")
    assert alone > 100 * MIB
    assert shared < 0.6 * alone


def test_what_todays_server_does_without_is_told(catalog: Catalog) -> None:
    asked = partial(plan, catalog.model("qwen3.8-27b"), catalog.machine("rtx-3090"), format="Q4_K_M", context=32768)
    p = asked()
    # Logits of 512 tokens, of 248,320 words in 32 bits, are 485 MiB; a layer's own steps take 170.
    assert p.spared / 2**20 == pytest.approx(485 - 155, abs=30)
    assert asked(micro_batch=2048).spared > 3.9 * p.spared
    assert asked(runtime="ik_llama.cpp").spared == 0


def test_a_share_of_one_is_a_share_too(catalog: Catalog) -> None:
    pools = [
        plan(
            catalog.model("llama-3.1-8b"),
            catalog.machine("rtx-4090"),
            format="BF16",
            context=8192,
            runtime="vllm",
            utilization=share,
        ).pool_tokens
        for share in (0.9, 0.99, 1.0)
    ]
    assert all(pools)
    assert pools == sorted(pools, key=lambda pool: pool or 0)


@pytest.mark.parametrize(
    ("model", "machine", "fmt", "asked", "idle"),
    [
        ("qwen3-8b", "rtx-4090", "Q4_K_M", {"swa_full": True}, ("swa_full",)),
        ("gemma-3-12b", "rtx-4090", "Q4_K_M", {"swa_full": True}, ()),
        ("qwen3-8b", "rtx-4090", "Q4_K_M", {"split": "tensor"}, ("split",)),
        ("qwen3-8b", "2x-rtx-3090", "Q4_K_M", {"split": "tensor"}, ()),
        ("qwen3-8b", "rtx-4090", "FP8", {"split": "layer", "runtime": "vllm"}, ("split",)),
        ("qwen3-8b", "rtx-4090", "Q4_K_M", {"tensor_split": (1.0,)}, ("tensor_split",)),
        ("gpt-oss-20b", "rtx-4090", "MXFP4_MOE", {"layers_on_device": 5, "experts_on_host": 10}, ("experts_on_host",)),
        ("gpt-oss-20b", "rtx-4090", "MXFP4_MOE", {"layers_on_device": 20, "experts_on_host": 10}, ()),
        ("mamba-2.8b", "rtx-4090", "Q4_K_M", {"flash_attention": False}, ("flash_attention",)),
        ("mamba-2.8b", "rtx-4090", "Q4_K_M", {"cache_format": "q8_0"}, ("cache_format",)),
        ("qwen3-8b", "rtx-4090", "Q4_K_M", {"slots": 1, "unified": True}, ("unified",)),
        ("qwen3-8b", "rtx-4090", "Q4_K_M", {"slots": 2, "unified": True}, ()),
    ],
)
def test_what_changes_nothing_is_said(
    catalog: Catalog, model: str, machine: str, fmt: str, asked: dict[str, Any], idle: tuple[str, ...]
) -> None:
    told = plan(catalog.model(model), catalog.machine(machine), format=fmt, context=8192, **asked)
    assert told.no_effect == idle
    assert told.as_dict()["no_effect"] == list(idle)
    if idle:
        named = {*idle, "slots"} if "unified" in idle else {*idle}
        without = {name: value for name, value in asked.items() if name not in named}
        plain = plan(catalog.model(model), catalog.machine(machine), format=fmt, context=8192, **without)
        assert (told.memory, told.verdict) == (plain.memory, plain.verdict)
        assert told.layout is not None
        assert plain.layout is not None
        assert (told.layout.layers, told.layout.output) == (plain.layout.layers, plain.layout.output)


def test_a_split_of_one_device_leaves_its_host_to_it(catalog: Catalog) -> None:
    # llama.cpp's split of tensors keeps everything on the devices; of one there is none.
    p = plan(catalog.model("qwen3-32b"), catalog.machine("rtx-4060"), format="Q4_K_M", context=8192, split="tensor")
    assert (p.verdict, p.settings["split"]) == (OFFLOAD, "none")


def test_vllm_is_told_of_no_more_sequences_than_its_cache_has_states_for(catalog: Catalog) -> None:
    """vllm-project/recipes PR 831: "max_num_seqs (1024) exceeds available Mamba cache blocks (939)", and it stops."""
    card, fp8 = "rtx-pro-6000-blackwell-max-q", {"runtime": "vllm"}
    p = on(catalog, "qwen3.8-27b", card, "FP8", 32768, **fp8)
    most = p.settings["max_sequences"]
    assert isinstance(most, int)
    assert 32 < most < 939
    again = on(catalog, "qwen3.8-27b", card, "FP8", 32768, max_sequences=most, **fp8)
    assert (again.settings, again.pool_tokens, again.places) == (p.settings, p.pool_tokens, p.places)
    assert on(catalog, "qwen3-32b", card, "FP8", 32768, **fp8).settings["max_sequences"] == 1024
