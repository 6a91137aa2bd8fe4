"""What each place holds: everything once, where the runtime keeps it."""

from __future__ import annotations

from functools import reduce
from pathlib import Path

import pytest

from sizing import Catalog, Plan, SizingError, plan, read_model
from sizing.engine.dealing import HOST
from sizing.engine.memory import Memory

GIB = 2**30


def on(catalog: Catalog, model: str, machine: str, fmt: str, context: int = 8192, runtime: str | None = None) -> Plan:
    return plan(catalog.model(model), catalog.machine(machine), format=fmt, context=context, runtime=runtime)


def small_tied_llama(folder: Path, tied: bool) -> Path:
    """A config.json of 16 layers whose head is, or is not, its embedding."""
    file = folder / "config.json"
    file.write_text(
        '{"model_type": "llama", "vocab_size": 128256, "hidden_size": 2048, "intermediate_size": 8192,'
        ' "num_hidden_layers": 16, "num_attention_heads": 32, "num_key_value_heads": 8,'
        f' "tie_word_embeddings": {str(tied).lower()}}}',
        encoding="utf-8",
    )
    return file


MACHINES = [
    "rtx-4090", "2x-rtx-4090", "a100-sxm-80gb", "8x-h100-sxm-80gb", "macbook-pro-m3-max-64gb",
    "mac-studio-m3-ultra-512gb", "cluster-2x8-h100",
]  # fmt: skip


@pytest.mark.parametrize("machine", MACHINES)
def test_the_places_memories_sum_to_the_total(catalog: Catalog, machine: str) -> None:
    for model in catalog.models.values():
        if not model.open:
            continue
        for runtime in ("llama.cpp", "vllm", "transformers"):
            try:
                p = plan(model, catalog.machine(machine), format="F16", context=4096, runtime=runtime)
            except SizingError:
                continue
            assert reduce(Memory.plus, (place.memory for place in p.places)) == p.memory, (model.id, runtime)
            assert p.memory.total == p.memory.weights + p.memory.cache + p.memory.buffers + p.memory.overhead


def test_weights_on_a_card_and_its_host_are_the_files(catalog: Catalog) -> None:
    # 4,912,898,048 bytes, and each tensor in one place: see test_formats
    p = on(catalog, "llama-3-8b", "rtx-4090", "Q4_K_M")
    assert p.memory.weights == 4_912_898_048


def test_llama_cpp_keeps_the_input_embedding_on_the_host(catalog: Catalog) -> None:
    p = on(catalog, "llama-3-8b", "rtx-4090", "Q4_K_M")
    assert p.fits
    assert p.places[-1].memory.weights == 128256 * 4096 * 4.5 / 8
    assert p.places[-1].memory.cache == 0


def test_vllm_keeps_the_input_embedding_on_the_card(catalog: Catalog) -> None:
    p = on(catalog, "llama-3-8b", "rtx-4090", "BF16", 2048, "vllm")
    assert p.places[-1].memory == Memory()
    assert p.places[0].memory.weights == pytest.approx(2 * 8_030_261_248, rel=0.001)


def test_llama_cpp_holds_a_tied_embedding_twice_on_a_card_and_once_without_one(
    catalog: Catalog, tmp_path: Path
) -> None:
    model = read_model(small_tied_llama(tmp_path, tied=True))
    embedding = 128256 * 2048 * 2
    on_card = plan(model, catalog.machine("rtx-4090"), format="F16", context=4096, runtime="llama.cpp")
    alone = plan(model, None, format="F16", context=4096, runtime="llama.cpp")
    assert on_card.memory.weights - alone.memory.weights == embedding
    assert on_card.places[-1].memory.weights == embedding
    assert alone.memory.weights == alone.sized.weights


def test_vllm_holds_a_tied_embedding_once(catalog: Catalog, tmp_path: Path) -> None:
    model = read_model(small_tied_llama(tmp_path, tied=True))
    p = plan(model, catalog.machine("rtx-4090"), format="BF16", context=4096, runtime="vllm")
    assert p.memory.weights == pytest.approx(2 * 1_235_814_400, rel=0.0001)  # as Llama 3.2 1B counts, LLMFIT


def test_an_untied_head_is_another_tensor(catalog: Catalog, tmp_path: Path) -> None:
    tied = plan(read_model(small_tied_llama(tmp_path, tied=True)), None, format="F16", context=4096)
    untied = plan(read_model(small_tied_llama(tmp_path, tied=False)), None, format="F16", context=4096)
    assert untied.memory.weights - tied.memory.weights == 128256 * 2048 * 2


def test_the_head_goes_to_the_last_card(catalog: Catalog) -> None:
    p = on(catalog, "llama-3-70b", "2x-rtx-a6000", "Q4_K_M")
    assert p.layout is not None
    assert p.layout.output == 1
    split = [p.layout.layers.count(i) for i in (0, 1)]
    assert sum(split) == 80
    # With equal cards the head counts as a layer: the last card has one layer less, or as many.
    assert split[0] - split[1] in (0, 1, 2)


def test_each_card_pays_for_its_context(catalog: Catalog) -> None:
    # "unaccounted": 451 and 456 MiB a card, https://github.com/ggml-org/llama.cpp/pull/15860
    p = on(catalog, "llama-3-70b", "2x-rtx-4090", "Q4_K_M")
    assert [place.memory.overhead for place in p.places] == pytest.approx([455 * 2**20] * 2 + [0], rel=0.02)


def test_tensor_parallel_cards_hold_equal_shares(catalog: Catalog) -> None:
    p = on(catalog, "llama-3-70b", "8x-h100-sxm-80gb", "BF16", 8192, "vllm")
    assert p.fits
    assert len({place.memory for place in p.places[:-1]}) == 1
    assert p.places[0].memory.weights == pytest.approx(2 * 70_553_706_496 / 8, rel=0.001)


def test_vllm_on_two_cards_holds_half_of_llama_3_8b_on_each(catalog: Catalog) -> None:
    # "-tp 2: model weights take 7.48GiB", 14.96 on one: https://github.com/vllm-project/vllm/pull/10511
    one = on(catalog, "llama-3-8b", "h100-sxm-80gb", "BF16", 8192, "vllm")
    two = on(catalog, "llama-3-8b", "2x-h100-sxm-80gb", "BF16", 8192, "vllm")
    assert one.places[0].memory.weights / GIB == pytest.approx(14.96, abs=0.01)
    assert two.places[0].memory.weights / GIB == pytest.approx(7.48, abs=0.01)


def test_mlas_latent_lies_on_every_rank_and_key_heads_are_shared_out(catalog: Catalog) -> None:
    latent = on(catalog, "deepseek-v3", "cluster-2x8-h100", "FP8", 4096, "vllm")
    per_stage = [place.memory.cache for place in latent.places[:-1]]
    assert per_stage[0] + per_stage[8] == 61 * (512 + 64) * 2 * 4096
    heads = on(catalog, "llama-3-70b", "4x-h100-sxm-80gb", "BF16", 4096, "vllm")
    assert heads.places[0].memory.cache == 2 * 80 * (8 // 4) * 128 * 2 * 4096


def test_key_heads_are_repeated_where_there_are_fewer_than_ranks(catalog: Catalog) -> None:
    p = on(catalog, "qwen2-7b", "8x-h100-sxm-80gb", "BF16", 4096, "vllm")
    assert p.places[0].memory.cache == 2 * 28 * 1 * 128 * 2 * 4096  # four heads on eight ranks: one each


def test_more_context_never_needs_less_memory(catalog: Catalog) -> None:
    for name in ("llama-3-70b", "mixtral-8x7b", "deepseek-v3", "mistral-7b"):
        for machine in (*MACHINES, None):
            totals = []
            for context in (1, 100, 512, 1000, 4096, 5000, 32768, 131072):
                where = catalog.machine(machine) if machine else None
                totals.append(plan(catalog.model(name), where, format="Q4_K_M", context=context).memory.total)
            assert totals == sorted(totals), (name, machine)


def test_more_sequences_never_need_less_memory(catalog: Catalog) -> None:
    totals = [
        plan(catalog.model("llama-3-8b"), catalog.machine("rtx-4090"), format="Q4_K_M", context=4096, sequences=n)
        .memory.total for n in (1, 2, 3, 8, 64)
    ]  # fmt: skip
    assert totals == sorted(set(totals))


def test_what_lies_on_the_host_is_marked_as_such(catalog: Catalog) -> None:
    p = on(catalog, "llama-3-70b", "rtx-4090", "Q4_K_M")
    assert p.layout is not None
    assert p.layout.layers[0] == HOST
    assert p.places[-1].memory.cache > 0


def test_of_a_pipelines_stages_the_first_looks_tokens_up_and_the_last_has_the_head(catalog: Catalog) -> None:
    p = on(catalog, "deepseek-v3", "cluster-2x8-h100", "FP8", 4096, "vllm")
    assert p.layout is not None
    assert len(p.layout.bounds) == 3
    held = sum(place.memory.weights for place in p.places)
    # Each of 16 ranks rounds its share up to a whole byte: nothing lies anywhere twice.
    assert 0 <= held - p.sized.weights <= 16
    stages = [p.places[rank].memory.weights * 8 for rank in (0, 8)]
    before = [dense + experts for dense, experts in zip(p.sized.dense, p.sized.expert, strict=True)]
    first, last = before[31], before[61] - before[31]
    assert stages == pytest.approx([first + p.sized.embedding, last + p.sized.output], abs=8)


def test_a_copy_of_a_small_cache_lies_where_the_logits_do(catalog: Catalog) -> None:
    # At 8K tokens 32 MiB of keys and values, 8 of the mask and 32 of attention are less than 250 MiB of logits.
    model, machine = catalog.model("llama-3.1-8b"), catalog.machine("rtx-4090")
    small, plain = (plan(model, machine, format="Q4_K_M", context=8192, cache_format=kind) for kind in ("q8_0", "f16"))
    assert small.memory.buffers == plain.memory.buffers


def test_blocks_beside_attention_leave_no_room_for_a_copy(catalog: Catalog) -> None:
    # Command R, as llama-fit-params has it with CUDA's rule: 512 MiB of keys and values, 128 of the mask, 208 of both.
    p = plan(catalog.model("command-r-08-2024"), catalog.machine("h100-sxm-80gb"), format="Q4_K_M", context=131072,
             cache_format="q8_0")  # fmt: skip
    assert p.places[0].memory.buffers / 2**20 == pytest.approx(848, rel=0.01)


@pytest.mark.parametrize(("context", "reported"), [(131072, 18842), (262144, 21786)])
def test_cuda_widens_a_quantized_cache_layer_by_layer(catalog: Catalog, context: int, reported: int) -> None:
    # https://github.com/sudoingX/qwen38-mtp: an RTX 3090 Ti with the cache in q4_0, MiB as loaded
    model, machine = catalog.model("qwen3.8-27b"), catalog.machine("rtx-3090-ti")
    p = plan(model, machine, format="Q4_K_M", context=context, cache_format="q4_0")
    assert p.places[0].memory.total / 2**20 == pytest.approx(reported, rel=0.01)
    # One layer's, 4 heads x 256 x 2 x 2 bytes a token, beside the mask, two residual streams, and queries and answers
    # with a gate.
    beside = 2 * 512 * context + 4 * 512 * (2 * 5120 + 5 * 6144)
    assert p.places[0].memory.buffers == context * 4096 + beside
    assert p.memory.overhead == plan(model, machine, format="Q4_K_M", context=context).memory.overhead


def test_exllama_looks_tokens_up_on_the_host_and_keeps_a_head_of_its_own(catalog: Catalog) -> None:
    # Gemma 3 27B ties them: 262,208 rows of 5,376 in 16 bits on the host, and once more in 6 on the card.
    elements = 262208 * 5376
    p = plan(catalog.model("gemma-3-27b"), catalog.machine("rtx-4090"), format="EXL3-5.0bpw", context=8192)
    card, host = (place.memory.weights for place in p.places)
    assert (p.verdict, host) == ("fits", 2 * elements)
    size = p.sized
    assert size.own_head == pytest.approx(6 / 8 * elements, rel=0.001)
    assert card == size.weights - size.embedding
    alone = plan(catalog.model("gemma-3-27b"), None, format="EXL3-5.0bpw", context=8192)
    assert alone.memory.weights == size.weights
