"""The cache is as large as the runtimes print."""

from __future__ import annotations

from typing import Any

import pytest

from sizing import Catalog, SizingError, plan
from sizing.anatomy.caches import cache_parts
from sizing.anatomy.dialect import shape_of
from sizing.anatomy.recipes import BLOCKS
from sizing.anatomy.shape import Shape
from sizing.engine.cache import CachePart, padded
from sizing.facts.cache_types import CACHE_TYPES
from sizing.facts.entries.architecture import Architecture
from sizing.facts.entries.runtimes import CacheRule
from sizing.facts.validation import checked

MIB = 2**20
XD = "https://github.com/XiongjieDai/GPU-Benchmarks-on-LLM-Inference/blob"
IK = "https://github.com/ikawrakow/ik_llama.cpp"


def cache(catalog: Catalog, model: str, context: int, kind: str = "f16", runtime: str = "llama.cpp") -> int:
    fmt = "Q8_0" if runtime == "llama.cpp" else "F16"
    p = plan(catalog.model(model), None, format=fmt, context=context, cache_format=kind, runtime=runtime)
    return p.memory.cache


@pytest.mark.parametrize(
    ("model", "context", "kind", "mib", "source"),
    [
        ("llama-3-8b", 512, "f16", 64, f"{XD}/7727b8ab11b4fcb5142ab29d812df358ff277c5f/LLaMA%203/Mac/M1_8GB.ipynb"),
        ("llama-3-8b", 8192, "f16", 1024, f"{XD}/2c4ff115a58f794171ad5c74e0982844f908645a/LLaMA%203"),
        ("llama-3-8b", 16384, "f16", 2048, f"{IK}/discussions/562 (Llama 3.1)"),
        ("llama-2-7b", 512, "f16", 256, f"{XD}/ce30c0703f15546c728e96983cfd967f6148825a/LLaMA%202"),
        ("mixtral-8x7b", 512, "f16", 64, "https://github.com/ggml-org/llama.cpp/pull/4957"),
        ("glm-4.5-air", 131072, "f16", 23552, f"{IK}/pull/689"),
        ("deepseek-v3", 2048, "f16", 137.25, f"{IK}/issues/245"),
        ("deepseek-v3", 4096, "f16", 274.5, f"{IK}/pull/239"),
        ("deepseek-v3", 8192, "f16", 549, f"{IK}/issues/305"),
        ("deepseek-v3", 16384, "f16", 1098, f"{IK}/issues/596"),
        ("deepseek-v3", 32768, "f16", 2196, f"{IK}/discussions/258"),
        ("deepseek-v3", 163840, "f16", 10980, f"{IK}/pull/237"),
        ("deepseek-v3", 2048, "q8_0", 72.91, f"{IK}/discussions/286"),
        ("deepseek-v3", 16384, "q8_0", 583.31, f"{IK}/issues/538"),
        ("deepseek-v3", 65536, "q8_0", 2333.25, f"{IK}/discussions/286"),
        ("deepseek-v3", 131072, "q8_0", 4666.5, f"{IK}/issues/485"),
    ],
)
def test_the_cache_is_what_llama_cpp_printed(
    catalog: Catalog, model: str, context: int, kind: str, mib: float, source: str
) -> None:
    assert cache(catalog, model, context, kind) / MIB == pytest.approx(mib, abs=0.01), source


def test_llama_3_at_128000_tokens_takes_what_hugging_face_tabulates(catalog: Catalog) -> None:
    # 15.62 and 39.06 GiB, printed as GB: https://github.com/huggingface/blog/issues/2345
    assert cache(catalog, "llama-3-8b", 128_000) / 2**30 == pytest.approx(15.62, abs=0.01)
    assert cache(catalog, "llama-3-70b", 128_000) / 2**30 == pytest.approx(39.06, abs=0.01)


def test_deepseek_v3_at_128k_takes_8_6_gib_and_not_213(catalog: Catalog) -> None:
    # a latent of 512 and a rotary key of 64 for each of 61 layers, and no values
    assert cache(catalog, "deepseek-v3", 131072) == 61 * (512 + 64) * 2 * 131072
    assert cache(catalog, "deepseek-v3", 131072) / 2**30 == pytest.approx(8.6, abs=0.05)


def test_kimi_k2_has_half_of_deepseeks_heads_and_the_same_cache(catalog: Catalog) -> None:
    assert cache(catalog, "kimi-k2", 8192) == cache(catalog, "deepseek-v3", 8192)


def test_full_attention_caches_eight_times_what_grouped_queries_do(catalog: Catalog) -> None:
    # LLaMA 65B and Llama 3 70B: 80 layers, 64 heads of 128; 64 against 8 key heads
    assert cache(catalog, "llama-65b", 2048) == 8 * cache(catalog, "llama-3-70b", 2048)


def shaped(**words: object) -> Shape:
    """The shape that words of a config.json mean."""
    return shape_of(checked(Architecture, words))


def rule(catalog: Catalog, runtime: str) -> CacheRule:
    return catalog.runtime(runtime).cache


def test_multi_query_attention_caches_one_head(catalog: Catalog) -> None:
    a = shaped(
        model_type="llama", vocab_size=1000, hidden_size=4096, intermediate_size=11008, num_hidden_layers=3,
        num_attention_heads=32, num_key_value_heads=1,
    )  # fmt: skip
    assert sum(part.bytes(1024) for part in cache_parts(a, "f16", rule(catalog, "llama.cpp"))) == 3 * 1024 * 2 * 128 * 2


BITS = {
    "f32": 32, "f16": 16, "bf16": 16, "q8_0": 8.5, "q6_0": 6.5, "q5_1": 6, "q5_0": 5.5, "q4_1": 5, "q4_0": 4.5,
    "iq4_nl": 4.5, "fp8": 8, "fp8_128": 8.25, "fp8_ds_mla": 8 * 656 / 576,
    "8bit": 8.5, "4bit": 4.5, "q8": 8.5, "q6": 6.5, "q4": 4.5,
}  # fmt: skip


def test_every_cache_type_has_a_stated_width() -> None:
    assert {kind: 8 * size / block for kind, (block, size) in CACHE_TYPES.items()} == BITS


@pytest.mark.parametrize("runtime", ["llama.cpp", "ik_llama.cpp", "vllm", "sglang", "mlx", "transformers"])
def test_a_runtimes_cache_types_take_their_bits(catalog: Catalog, runtime: str) -> None:
    elements = 2 * 32 * 8 * 128 * 4096
    for kind in rule(catalog, runtime).types:
        parts = cache_parts(shape(catalog, "llama-3-8b"), kind, rule(catalog, runtime))
        assert sum(part.held(4096, 1) for part in parts) == elements * BITS[kind] / 8, kind


def shape(catalog: Catalog, model: str) -> Shape:
    found = catalog.model(model).shape
    assert found is not None
    return found


def test_the_ggml_types_are_ggmls() -> None:
    for kind in ("f32", "f16", "bf16", "q8_0", "q5_1", "q5_0", "q4_1", "q4_0", "iq4_nl"):
        assert CACHE_TYPES[kind] == BLOCKS[kind.upper()]


def test_keys_and_values_may_differ_where_the_runtime_lets_them(catalog: Catalog) -> None:
    mixed = cache(catalog, "llama-3-8b", 4096, "q8_0/q4_0")
    assert mixed == (cache(catalog, "llama-3-8b", 4096, "q8_0") + cache(catalog, "llama-3-8b", 4096, "q4_0")) / 2
    assert cache(catalog, "llama-3-8b", 4096, "q4_0/q4_0") == cache(catalog, "llama-3-8b", 4096, "q4_0")
    assert cache(catalog, "llama-3-8b", 4096, "fp8/fp8", "vllm") == cache(catalog, "llama-3-8b", 4096, "fp8", "vllm")
    with pytest.raises(SizingError, match="one type for keys and values; give one of f16, bf16, fp8"):
        cache(catalog, "llama-3-8b", 4096, "fp8/f16", "vllm")


def test_mla_keeps_no_values_and_so_only_the_keys_type_counts(catalog: Catalog) -> None:
    assert cache(catalog, "deepseek-v3", 4096, "q8_0/q4_0") == cache(catalog, "deepseek-v3", 4096, "q8_0")


@pytest.mark.parametrize(
    ("kind", "runtime", "offered"),
    [
        ("q5", "llama.cpp", "f32, f16, bf16, q8_0, q5_1, q5_0, q4_1, q4_0, iq4_nl"),
        ("fp8", "llama.cpp", "f32, f16, bf16, q8_0, q5_1, q5_0, q4_1, q4_0, iq4_nl"),
        ("q8_0", "vllm", "f16, bf16, fp8"),
        ("f16/", "llama.cpp", "f32, f16"),
        ("q4_0", "mlx", "f16, bf16, 8bit, 4bit"),
    ],
)
def test_a_cache_type_that_a_runtime_lacks_names_those_it_offers(
    catalog: Catalog, kind: str, runtime: str, offered: str
) -> None:
    with pytest.raises(SizingError, match=f"is not possible here; this runtime offers {offered}"):
        cache(catalog, "llama-3-8b", 4096, kind, runtime)


def test_blocks_must_divide_a_head() -> None:
    # "K cache type q8_0 with block size 32 does not divide n_embd_head_k=80": llama.cpp, src/llama-context.cpp
    a = shaped(
        model_type="llama", vocab_size=1000, hidden_size=2560, intermediate_size=10240, num_hidden_layers=2,
        num_attention_heads=32,
    )  # fmt: skip
    with pytest.raises(SizingError, match="'q8_0' has blocks of 32 elements, which do not divide heads of 80"):
        cache_parts(a, "q8_0", Catalog.load().runtime("llama.cpp").cache)


def test_the_cache_type_is_matched_without_case(catalog: Catalog) -> None:
    assert cache(catalog, "llama-3-8b", 4096, "Q8_0") == cache(catalog, "llama-3-8b", 4096, "q8_0")


def test_runtimes_allocate_whole_pages(catalog: Catalog) -> None:
    assert [padded(n, 256) for n in (1, 256, 257, 4096)] == [256, 256, 512, 4096]
    per_token = 2 * 32 * 8 * 128 * 2
    for runtime, tokens in (("llama.cpp", 512), ("mlx", 512), ("vllm", 272), ("sglang", 257), ("transformers", 257)):
        assert cache(catalog, "llama-3-8b", 257, runtime=runtime) == tokens * per_token, runtime


def test_sequences_each_have_their_own_cache(catalog: Catalog) -> None:
    one, four = (
        plan(catalog.model("llama-3-8b"), None, format="Q8_0", context=4096, sequences=n).memory.cache for n in (1, 4)
    )
    assert four == 4 * one


# Gemma 3 27B's attention in a llama's clothes: 62 layers, every sixth one full, 16 key heads of 128, a window of 1,024.
# In llama.cpp, "global" takes 2,560 MiB at 32K and 10,240 MiB at 128K, "local" 624 MiB with a batch of 512:
# https://rl.fish.zip/r/LocalLLaMA/comments/1krr7hn/how_to_get_the_most_from_llamacpps_iswa_support
WINDOWED = shaped(
    model_type="llama", vocab_size=1000, hidden_size=5376, intermediate_size=21504, num_hidden_layers=62,
    num_attention_heads=32, num_key_value_heads=16, head_dim=128, sliding_window=1024,
    layer_types=tuple("full_attention" if i % 6 == 5 else "sliding_attention" for i in range(62)),
)  # fmt: skip


def split(parts: tuple[CachePart, ...], context: int) -> tuple[float, float]:
    """MiB of the full layers, and of those with a window."""
    full = sum(p.bytes(context) for p in parts if p.limit is None)
    windowed = sum(p.bytes(context) for p in parts if p.limit is not None)
    return full / MIB, windowed / MIB


def held(catalog: Catalog, runtime: str, context: int, sequences: int = 1) -> tuple[float, float]:
    """Tokens that a full layer, and that a windowed one, holds of Gemma's shape."""
    parts = cache_parts(WINDOWED, "f16", rule(catalog, runtime))
    full, windowed = parts[5], parts[0]
    per_token = 2 * 16 * 128 * 2
    return full.held(context, sequences) / per_token, windowed.held(context, sequences) / per_token


def test_a_windowed_layer_in_llama_cpp_holds_its_window_and_a_batch(catalog: Catalog) -> None:
    parts = cache_parts(WINDOWED, "f16", rule(catalog, "llama.cpp"))
    assert split(parts, 131072) == (10240, 624)
    assert split(parts, 32768) == (2560, 624)
    assert held(catalog, "llama.cpp", 32768) == (32768, 1024 + 512)


def test_sequences_have_a_window_each(catalog: Catalog) -> None:
    assert held(catalog, "llama.cpp", 32768, 4) == (4 * 32768, 4 * (1024 + 512))


def test_transformers_keeps_a_window_less_one(catalog: Catalog) -> None:
    # DynamicSlidingWindowLayer: transformers, cache_utils.py
    assert held(catalog, "transformers", 32768) == (32768, 1023)


def test_mlx_keeps_a_window_and_what_a_prompts_step_adds(catalog: Catalog) -> None:
    # RotatingKVCache._update_concat: "the largest size is self.max_size + S - 1"
    assert held(catalog, "mlx", 32768, 3) == (3 * 32768, 3 * 1024 + 2047)


def test_vllm_pads_groups_and_keeps_a_chunk_of_a_prompt_once(catalog: Catalog) -> None:
    # kv_cache_interface.py: window - 1 + max_num_batched_tokens, and a page more. kv_cache_utils.py: 10 full layers
    # make groups of 10, so that 52 windowed ones take the place of 60.
    full, windowed = held(catalog, "vllm", 131072)
    assert full == 131072
    assert windowed == pytest.approx((1024 + 16 + 8192) * 60 / 52)
    assert held(catalog, "vllm", 131072, 3)[1] == pytest.approx((3 * (1024 + 16) + 8192) * 60 / 52)


def test_vllm_does_not_pad_layers_of_one_kind(catalog: Catalog) -> None:
    per_token = 2 * 32 * 8 * 128 * 2
    assert cache(catalog, "mistral-7b", 32768, runtime="vllm") == (4096 + 16 + 8192) * per_token
    assert cache(catalog, "mistral-7b-v0.3", 32768, runtime="vllm") == 32768 * per_token
    assert cache(catalog, "mistral-7b", 32768) == 32768 * per_token  # llama.cpp reads no window


def test_sglang_shares_its_pool_out_by_a_ratio_and_only_for_models_that_it_lists(catalog: Catalog) -> None:
    assert held(catalog, "sglang", 131072) == (131072, 131072)  # a gemma2: not listed
    a = shape(catalog, "gpt-oss-20b")
    parts = cache_parts(a, "f16", rule(catalog, "sglang"))
    per_token = 2 * a.layers[0].kv_heads * a.layers[0].head_dim * 2
    assert {part.held(10_000, 1) / per_token for part in parts} == {10_000, 8_000}
    first = cache_parts(shape(catalog, "deepseek-v4-flash"), "fp8", rule(catalog, "sglang"))[0]
    assert first.held(10_000, 1) == 512 * 1_000  # apply_deepseek_v4_defaults


def test_a_window_costs_no_more_than_full_attention_in_a_short_context(catalog: Catalog) -> None:
    for runtime in ("llama.cpp", "transformers", "mlx"):
        full, windowed = held(catalog, runtime, 512)
        assert windowed == full, runtime


# --- states ---------------------------------------------------------------------------------------------------------


def test_vllm_makes_a_page_of_attention_hold_a_state(catalog: Catalog) -> None:
    # "Setting attention block size to 528 tokens to ensure that attention page size is >= mamba page size. Padding
    # mamba page size by 0.76% ...": https://github.com/vllm-project/vllm/pull/37467; so comes out 32 heads of
    # state in FP32 beside 4 key heads of 256
    a = shaped(
        model_type="qwen3_5_text", vocab_size=248320, hidden_size=4096, intermediate_size=12288, num_hidden_layers=32,
        num_attention_heads=16, num_key_value_heads=4, head_dim=256, linear_num_key_heads=16, linear_num_value_heads=32,
        linear_key_head_dim=128, linear_value_head_dim=128, linear_conv_kernel_dim=4, mamba_ssm_dtype="float32",
    )  # fmt: skip
    parts = cache_parts(a, "bf16", rule(catalog, "vllm"))
    assert (parts[3].page, parts[3].bytes_per_token) == (528, 4096)
    state = 4 * 32 * 128 * 128 + 2 * 3 * (2 * 16 * 128 + 32 * 128)
    assert round(100 * (parts[0].state / state - 1), 2) == 0.76


def test_a_state_has_the_types_that_its_runtime_gives_it(catalog: Catalog) -> None:
    a = shape(catalog, "qwen3-next-80b-a3b")
    convolution, matrices = 3 * (2 * 16 * 128 + 32 * 128), 32 * 128 * 128
    for runtime, expected in (
        ("llama.cpp", 4 * (convolution + matrices)),
        ("mlx", 2 * convolution + 4 * matrices),
        ("transformers", 2 * convolution + 4 * matrices),
    ):
        assert cache_parts(a, "f16", rule(catalog, runtime))[0].state == expected, runtime


def test_layers_of_nemotron_3_nano_keep_a_state_keys_or_nothing(catalog: Catalog) -> None:
    a = shape(catalog, "nemotron-3-nano-30b-a3b")
    mamba, experts, attention = (cache_parts(a, "f16", rule(catalog, "llama.cpp"))[i] for i in (0, 1, 5))
    assert mamba.bytes(4096) == mamba.bytes(131072) == 4 * (3 * (4096 + 2 * 8 * 128) + 128 * 4096)
    assert experts.bytes(131072) == 0
    assert attention.bytes(131072) == 2 * 2 * 128 * 2 * 131072


def test_falcon_h1_keeps_a_state_beside_its_keys(catalog: Catalog) -> None:
    a = shape(catalog, "falcon-h1-0.5b")
    part = cache_parts(a, "f16", rule(catalog, "llama.cpp"))[0]
    assert (part.state, part.bytes_per_token) == (4 * (3 * (1536 + 256) + 128 * 1536), 2 * 2 * 64 * 2)


@pytest.mark.parametrize(
    ("model", "state"),
    [
        ("jamba-v0.1", 4 * 8192 * (3 + 16)),
        ("lfm2-350m", 4 * 2 * 1024),
        ("kimi-linear-48b-a3b", 4 * 32 * 128 * (3 * 3 + 128)),
    ],
)
def test_a_first_layer_keeps_its_state_alone(catalog: Catalog, model: str, state: int) -> None:
    a = shape(catalog, model)
    assert {
        cache_parts(a, kind, rule(catalog, "llama.cpp"))[0].bytes(n) for kind in ("f16", "q8_0") for n in (256, 131072)
    } == {state}


def test_deepseek_v4_keeps_a_window_compressed_entries_and_what_waits_to_become_one(catalog: Catalog) -> None:
    a = shape(catalog, "deepseek-v4-flash")
    window, near, far = (cache_parts(a, "f16", rule(catalog, "llama.cpp"))[i].bytes(131072) for i in (0, 2, 3))
    assert window == 768 * 512 * 2  # 128 tokens and a batch of 512, padded to 256
    waiting = 4 * 2 * 8 * 2 * (512 + 128)  # two groups of four tokens, twice as wide, with their weights in FP32
    assert near - window == (512 + 128) * 2 * 131072 / 4 + waiting
    assert far - window == 512 * 2 * 131072 / 128 + 4 * 2 * 128 * 512
    # In a short context llama.cpp holds 256 entries all the same, vLLM what there are.
    shortly = [cache_parts(a, "f16", rule(catalog, x))[3].compressed[0].held(4096) for x in ("llama.cpp", "vllm")]
    assert shortly == [256 * 1024, 32 * 1024]


def test_vllm_holds_a_latent_that_an_indexer_chooses_of_in_656_bytes(catalog: Catalog) -> None:
    # 19.55 GiB of each rank for 341,504 tokens of GLM-5.1 in fp8 (local-inference-lab/rtx6kpro, models/glm5.1)
    def each(model: str, kind: str) -> float:
        asked = plan(catalog.model(model), None, format="FP8", context=131072, cache_format=kind, runtime="vllm")
        return asked.memory.cache / 131072

    assert each("glm-5.1", "fp8") == 78 * (656 + 132) == pytest.approx(19.55 * 2**30 / 341504, rel=1e-3)
    assert each("deepseek-v3", "fp8") == 61 * 576  # no indexer: a scale for the whole tensor


def test_a_runtime_that_masks_what_an_indexer_leaves_out_reads_it_too(catalog: Catalog) -> None:
    a = shape(catalog, "deepseek-v4-flash")
    masked, gathered = (cache_parts(a, "f16", rule(catalog, name))[2] for name in ("llama.cpp", "vllm"))
    assert (masked.compressed[0].read(65536), gathered.compressed[0].read(65536)) == (65536 // 4, 512)
    assert masked.compressed[1].read(65536) == 65536 // 4, "and scores all of them"


def test_exllamav3_keeps_windows_in_16_bits_beside_a_quantized_cache_and_four_of_them(catalog: Catalog) -> None:
    """TabbyAPI allots four slots to models with windows or states, whoever asks; Gemma 3's windows hold everything."""
    asked: Any = {"format": "EXL3-4.0bpw", "context": 131072}
    gemma, older = catalog.model("gemma-4-31b"), catalog.model("gemma-3-27b")
    wide, narrow = (plan(gemma, None, **asked, cache_format=kind).memory.cache for kind in ("f16", "q8"))
    windows = 4 * 50 * (1024 + 512) * 2 * 16 * 256 * 2
    assert narrow - windows == pytest.approx((wide - windows) * 8.5 / 16, rel=1e-3)
    assert plan(older, None, **asked, cache_format="q8").memory.cache == pytest.approx(
        131072 * 62 * 2 * 16 * 128 * 8.5 / 8, rel=1e-3
    )
