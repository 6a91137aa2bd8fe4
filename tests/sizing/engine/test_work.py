"""What a step moves and computes, by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sizing import Catalog, plan
from sizing.engine.dealing import HOST
from sizing.engine.layout import Layout
from sizing.engine.sized import Sized
from sizing.engine.speed import stays
from sizing.engine.work import decoding, prefilling


@pytest.fixture
def llama(catalog: Catalog) -> Sized:
    return plan(catalog.model("llama-3-8b"), None, format="F16", context=512).sized


EVERYTHING = Layout("layer", (0, 32), 0)


def test_each_micro_batch_of_a_prompt_reads_what_lies_before_its_middle(llama: Sized) -> None:
    step = prefilling(llama, EVERYTHING, prompt=2048, depth=10_000, micro_batch=512)
    [(place, work)] = step.places
    a_token = 32 * 8 * 128 * 2 * 2  # 32 layers, 8 heads of 128, keys and values of 2 bytes
    before = [10_000 + 512 * batch + 256 for batch in range(4)]
    assert place == 0
    assert work.cache == a_token * sum(before)
    assert (step.batches, work.layers) == (4, 4 * 32)


def test_a_prompts_attention_is_that_of_its_tokens_one_by_one(llama: Sized) -> None:
    [(_, work)] = prefilling(llama, EVERYTHING, prompt=1000, depth=500, micro_batch=512).places
    each = 32 * 2 * 32 * (128 + 128)  # 32 layers, 32 heads: 2 operations for each product of keys and of values
    one_by_one = sum(each * depth for depth in range(500, 1500))
    assert work.attention == pytest.approx(one_by_one, rel=0.001)


def test_a_step_of_decoding_reads_the_weights_once_and_each_sequences_cache(llama: Sized) -> None:
    [(_, one)] = decoding(llama, EVERYTHING, depth=1000, sequences=1).places
    [(_, four)] = decoding(llama, EVERYTHING, depth=1000, sequences=4).places
    assert one.dense == four.dense == llama.weights - llama.embedding
    assert four.cache == 4 * one.cache == 4 * 1000 * 32 * 8 * 128 * 2 * 2
    assert four.flops == 4 * one.flops


def test_layers_on_the_host_are_read_there(llama: Sized) -> None:
    host, device = decoding(llama, Layout("layer", (8, 32), 0), depth=0, sequences=1).places
    assert (host[0], device[0]) == (HOST, 0)
    assert host[1].dense == llama.dense[8]
    assert device[1].dense == llama.dense[32] - llama.dense[8] + llama.output
    assert (host[1].layers, device[1].layers) == (8, 24)


def test_ranks_share_the_reading_and_pay_for_two_exchanges_a_layer(llama: Sized) -> None:
    step = decoding(llama, Layout("tensor", (0, 32), 0, ranks=4), depth=1000, sequences=1)
    [(_, work)] = step.places
    assert work.dense == (llama.weights - llama.embedding) / 4
    assert work.cache == 1000 * 32 * 8 * 128 * 2 * 2 / 4
    # A ring sends three quarters twice: of 4,096 values of 16 bits, after attention and after the feed-forward block.
    assert (step.exchanges, step.exchanged) == (64, 64 * 2 * 3 / 4 * 2 * 4096)


def test_short_prompts_share_a_micro_batch(llama: Sized) -> None:
    assert prefilling(llama, EVERYTHING, prompt=128, depth=0, micro_batch=512, sequences=8).batches == 2
    assert prefilling(llama, EVERYTHING, prompt=512, depth=0, micro_batch=512, sequences=8).batches == 8


def test_experts_that_lie_on_the_host_are_computed_there_or_brought(catalog: Catalog) -> None:
    qwen = plan(catalog.model("qwen3-30b-a3b"), None, format="Q4_K_M", context=512).sized
    here = Layout("layer", (0, 48), 0)
    [(_, whole)] = prefilling(qwen, here, prompt=512, depth=0, micro_batch=512).places
    apart = prefilling(qwen, replace(here, experts_from=48, experts_on_host=48), prompt=512, depth=0, micro_batch=512)
    (place, host), (_, device) = apart.places
    assert place == HOST
    assert host.flops + device.flops == pytest.approx(whole.flops)
    # 48 layers, 8 experts of three matrices of 2,048 by 768, 2 operations each
    assert host.flops == pytest.approx(512 * 48 * 8 * 3 * 2048 * 768 * 2)


def test_padding_is_a_token_for_every_expert_in_use(catalog: Catalog) -> None:
    qwen = plan(catalog.model("qwen3-30b-a3b"), None, format="Q4_K_M", context=512).sized
    [(_, work)] = prefilling(qwen, Layout("layer", (0, 48), 0), prompt=4096, depth=0, micro_batch=4096).places
    assert work.padding == pytest.approx(48 * 128 * 3 * 2048 * 768 * 2)


def test_a_prompt_of_few_tokens_for_each_expert_stays_with_it_where_a_program_says_so(catalog: Catalog) -> None:
    qwen = plan(catalog.model("qwen3-30b-a3b"), None, format="Q4_K_M", context=512).sized
    programs = {one.name: one for one in catalog.planner.programs}
    fork, first = programs["ik_llama.cpp/cuda"], programs["llama.cpp/cuda"]
    # 8 of 128 experts: 512 tokens are 32 for each
    assert stays(replace(fork, batched_tokens=511), qwen, 2048)
    assert not stays(fork, qwen, 2048)
    assert stays(fork, qwen, 100)
    assert not stays(first, qwen, 100)


def test_layers_that_mix_residual_streams_are_counted_apart(catalog: Catalog, llama: Sized) -> None:
    mixing = plan(catalog.model("deepseek-v4-flash"), None, format="MXFP4", context=512).sized
    layout = Layout("layer", (0, 43), 0)
    [(_, step)] = decoding(mixing, layout, depth=0, sequences=1).places
    [(_, prompt)] = prefilling(mixing, layout, prompt=512, depth=0, micro_batch=512).places
    [(_, plain)] = decoding(llama, EVERYTHING, depth=0, sequences=1).places
    assert (step.mixed, plain.mixed) == (43, 0)
    assert prompt.mixed == 43 * 512 * 7 * 4096 * 4, "four streams, and what is added to them, in FP32"


def test_drafted_tokens_are_read_together(llama: Sized) -> None:
    [(_, one)] = decoding(llama, EVERYTHING, depth=1000, sequences=2).places
    [(_, four)] = decoding(llama, EVERYTHING, depth=1000, sequences=2, tokens=4).places
    assert (four.dense, four.cache, four.layers) == (one.dense, one.cache, one.layers)
    assert (four.flops, four.attention) == (4 * one.flops, 4 * one.attention)
