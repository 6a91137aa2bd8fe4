"""A plan that does not fit names the nearest changes by which it does, each with its figures."""

from __future__ import annotations

import pytest

from sizing import Catalog, Plan, plan
from sizing.ways import Way

GIB = 2**30


@pytest.fixture(scope="module")
def too_long(catalog: Catalog) -> Plan:
    """Qwen3 32B at 32K: 18.4 GiB of weights and 8 of cache on the 23.5 of a 4090."""
    return plan(catalog.model("qwen3-32b"), catalog.machine("rtx-4090"), format="Q4_K_M", context=32768)


def ways(p: Plan) -> dict[str, Way]:
    return {way.change: way for way in p.ways_out}


def test_each_change_alone_makes_it_fit(too_long: Plan) -> None:
    found = ways(too_long)
    assert list(found) == ["cache_format", "format", "context", "devices"]
    for way in found.values():
        assert way.plan.fits
        assert way.plan.decode
        assert too_long.decode
        assert way.plan.decode.value > 3 * too_long.decode.value


def test_they_are_the_nearest(too_long: Plan, catalog: Catalog) -> None:
    found = ways(too_long)
    assert found["cache_format"].to == "q4_0"  # at q8_0 it fits without a margin alone
    assert too_long.again(cache_format="q8_0").verdict == "tight"
    assert found["context"].to == too_long.longest_context
    assert not too_long.again(context=found["context"].to + 256).fits
    assert found["devices"].to == 1
    # Of those whose perplexity was measured, none with less loss fits.
    q3 = catalog.format(str(found["format"].to))
    assert q3.loss
    assert too_long.again(format="Q4_0").fits is False


def test_a_host_that_is_too_small_is_told_how_large_it_must_be(catalog: Catalog) -> None:
    p = plan(catalog.model("deepseek-v3"), catalog.machine("2x-rtx-4090"), format="Q4_K_M", context=8192)
    way = ways(p)["host_memory"]
    assert way.to == 384 * GIB  # 377 GiB of weights, of which the cards hold 45
    assert (way.plan.verdict, p.verdict) == ("offload", "disk")


def test_what_fits_needs_no_way_out(catalog: Catalog) -> None:
    assert plan(catalog.model("llama-3-8b"), catalog.machine("rtx-4090"), format="Q4_K_M", context=8192).ways_out == ()
    assert plan(catalog.model("llama-3-70b"), None, format="Q4_K_M", context=8192).ways_out == ()


def test_a_laptop_is_offered_no_second_card(catalog: Catalog) -> None:
    model = catalog.model("qwen3.6-35b-a3b")
    on = {
        name: ways(plan(model, catalog.machine(name), format="Q4_K_M", context=8192))
        for name in ("rtx-4060-laptop", "rtx-4060")
    }
    assert "devices" in on["rtx-4060"]
    assert "devices" not in on["rtx-4060-laptop"]


def test_a_mac_is_offered_no_card_and_no_host(catalog: Catalog) -> None:
    p = plan(catalog.model("llama-3-70b"), catalog.machine("macbook-pro-m1-max-32gb"), format="Q4_K_M", context=8192)
    assert not {"devices", "host_memory"} & ways(p).keys()


def test_the_longest_context_and_the_most_sequences_fit_and_one_step_more_does_not(catalog: Catalog) -> None:
    p = plan(catalog.model("qwen3-8b"), catalog.machine("rtx-3090"), format="Q4_K_M", context=8192)
    longest, most = p.longest_context, p.most_sequences
    assert longest
    assert most
    assert p.again(context=longest).fits
    assert longest == 40960 or not p.again(context=longest + 256).fits
    assert p.again(sequences=most).fits
    assert not p.again(sequences=most + 1).fits


def test_what_vllm_leaves_over_is_a_pool_of_tokens(catalog: Catalog) -> None:
    p = plan(catalog.model("llama-3.1-8b"), catalog.machine("rtx-3090"), format="BF16", context=8192, runtime="vllm")
    assert p.pool_tokens
    # 32 layers x 8 heads x 128 x 2 x 2 bytes a token
    room = 0.92 * (p.places[0].capacity or 0) - (p.places[0].memory.total - p.memory.cache)
    assert p.pool_tokens == pytest.approx(room / 131072, abs=2)
    assert (
        plan(catalog.model("llama-3.1-8b"), catalog.machine("rtx-3090"), format="Q8_0", context=8192).pool_tokens
        is None
    )


def test_a_pool_of_several_cards_is_near_what_vllm_printed(catalog: Catalog) -> None:
    # https://github.com/mitchross/talos-argocd-proxmox/pull/1995: 302,921 tokens; its vision tower is not counted here
    model, machine = catalog.model("qwen3.8-27b"), catalog.machine("2x-rtx-3090")
    p = plan(model, machine, format="FP8", context=131072, cache_format="fp8", runtime="vllm")
    assert p.pool_tokens == pytest.approx(302_921, rel=0.13)


def test_plain_data_holds_every_answer(too_long: Plan) -> None:
    data = too_long.as_dict()
    for name in ("verdict", "settings", "decode_empty", "throughput", "pool_tokens", "longest_context",
                 "most_sequences", "ways_out"):  # fmt: skip
        assert name in data
    assert data["verdict"] == "offload"
    assert isinstance(data["ways_out"], list)
    assert data["ways_out"][0] == {
        "change": "cache_format", "to": "q4_0", "verdict": "fits",
        "total": too_long.ways_out[0].plan.memory.total,
        "decode": too_long.ways_out[0].plan.decode.as_dict() if too_long.ways_out[0].plan.decode else None,
    }  # fmt: skip


def test_an_empty_cache_is_faster_than_a_full_one(too_long: Plan) -> None:
    assert too_long.decode
    assert too_long.decode_empty
    assert too_long.decode_empty.value > too_long.decode.value
    assert too_long.decode_empty == too_long.decode_at(256)
