"""A file is as large as the published one: recipes, blocks, scales."""

from __future__ import annotations

import csv
import re
from dataclasses import replace

import gguf
import pytest

from sizing import Catalog, SizingError, plan
from sizing.anatomy.blocks.tensor import Tensor
from sizing.anatomy.dialect import shape_of
from sizing.anatomy.formats import file_bytes, format_of, tensor_bytes
from sizing.anatomy.recipes import BLOCKS, RECIPES, type_bytes
from sizing.anatomy.shape import Shape
from sizing.anatomy.sized import sized
from sizing.anatomy.tensors import loaded, tensors
from sizing.anatomy.towers import Tower
from sizing.catalog import HERE
from sizing.facts.entries.architecture import Architecture
from sizing.facts.entries.common import Source
from sizing.facts.entries.formats import Format
from sizing.facts.entries.models import PublishedFile
from sizing.facts.validation import checked
from sizing.model import Model

with (HERE / "measurements" / "file_sizes.csv").open(encoding="utf-8", newline="") as _file:
    FILES = list(csv.DictReader(_file))


def weights(catalog: Catalog, model: str, fmt: str, runtime: str | None = None) -> int:
    return plan(catalog.model(model), None, format=fmt, context=512, runtime=runtime).sized.weights


def made(catalog: Catalog, row: dict[str, str]) -> int:
    """The bytes of a published file, made as its row says."""
    model = catalog.model(row["model"])
    assert model.shape is not None
    fmt = format_of(catalog, model, row["format"])
    return file_bytes(fmt, model.shape, mtp=row["made"] == "mtp", imatrix=row["made"] == "imatrix")


def gguf_types(catalog: Catalog, model: str, fmt: str) -> dict[tuple[str, int | None], float]:
    """Bits for each weight of every tensor of a GGUF file."""
    a = shape(catalog, model)
    return {(t.role, t.layer): 8 * size / t.elements for t, size in sizes(a, catalog.format(fmt), True)}


def sizes(a: Shape, fmt: Format, gguf_file: bool) -> list[tuple[Tensor, int]]:
    """Every tensor that is loaded, with its bytes."""
    size = tensor_bytes(fmt, a, gguf_file)
    return [(tensor, size(tensor)) for tensor, _ in loaded(a)]


# Newer than the released gguf package; llama.cpp's own gguf-py/gguf/constants.py at 0c1e570 has (64, 2 + 16).
NEWER = {"Q2_0"}


@pytest.mark.parametrize("name", sorted(BLOCKS.keys() - NEWER))
def test_blocks_are_those_of_the_gguf_package(name: str) -> None:
    assert BLOCKS[name] == gguf.GGML_QUANT_SIZES[gguf.GGMLQuantizationType[name]]


def test_the_gguf_package_still_lacks_what_is_newer() -> None:
    assert {name for name in BLOCKS if name not in gguf.GGMLQuantizationType.__members__} == NEWER


@pytest.mark.parametrize(
    "row",
    [row for row in FILES if not row["note"].startswith("differs")],
    ids=lambda row: " ".join(row[key] for key in ("model", "format", "made", "bytes")),
)
def test_a_gguf_file_is_within_half_a_percent_of_the_published_one(catalog: Catalog, row: dict[str, str]) -> None:
    # Of what is rounded to three figures, 10.1 may be half a percent off; a vocabulary is a few megabytes.
    rounded = 0.006 if "three figures" in row["note"] else 0.005
    assert made(catalog, row) == pytest.approx(int(row["bytes"]), rel=rounded), row["source_url"]


@pytest.mark.parametrize(
    "row",
    [row for row in FILES if row["note"].startswith("exact")],
    ids=lambda row: f"{row['model']} {row['format']}",
)
def test_where_llama_bench_printed_the_tensors_bytes_they_agree_to_the_byte(
    catalog: Catalog, row: dict[str, str]
) -> None:
    rope_factors = re.search(r"(\d+) bytes of rope factors", row["note"])
    assert made(catalog, row) + int(rope_factors[1] if rope_factors else 0) == int(row["bytes"])


def test_there_is_a_published_size_for_nearly_every_model_that_the_article_names(catalog: Catalog) -> None:
    named = {
        "llama-30b", "llama-65b", "llama-2-13b", "llama-3-8b", "llama-3-70b", "qwen2-7b", "qwen2-72b", "mistral-7b",
        "mixtral-8x7b", "deepseek-v3", "kimi-k2", "glm-4.5", "glm-4.5-air",
    }  # fmt: skip
    assert named - {row["model"] for row in FILES} == {"glm-4.5"}


def test_llama_3_8b_at_q4_k_m_is_4_58_gib(catalog: Catalog) -> None:
    # https://github.com/ggml-org/llama.cpp/blob/0c1e57098/tools/perplexity/README.md
    assert round(weights(catalog, "llama-3-8b", "Q4_K_M") / 2**30, 2) == 4.58


def test_a_group_of_a_whole_row_has_one_scale_for_each_output(catalog: Catalog) -> None:
    model = catalog.model("qwen3-8b")
    s = model.shape
    assert s is not None
    rows, groups = (
        sum(size(t) for t, _ in loaded(s) if t.role == "attn_q")
        for size in (tensor_bytes(format_of(catalog, model, name), s, False) for name in ("GPTQ-channel", "GPTQ"))
    )
    # 36 layers of 4096 x 4096: 16 bits of a scale and 4 of a zero point, once a row in place of 32 times.
    assert groups - rows == 36 * 4096 * (32 - 1) * 20 // 8


def test_smaller_recipes_make_smaller_files(catalog: Catalog) -> None:
    recipes = [
        "Q2_K", "Q3_K_S", "Q3_K_M", "Q3_K_L", "Q4_K_S", "Q4_K_M", "Q5_K_S", "Q5_K_M", "Q6_K", "Q8_0", "F16",
    ]  # fmt: skip
    for model in catalog.models.values():
        # Rows that do not divide by 256 fall back to larger types, and the order is lost (gpt-oss: 2,880).
        # So it is where Q3_K_L lifts most of a layer: queries, keys and values in one tensor, and no gate (GPT-2).
        s = model.shape
        lifted = s is not None and s.blocks.fused_qkv and s.blocks.ungated
        if s is not None and s.hidden % 256 == s.experts.width % 256 == 0 and not lifted:
            sizes = [weights(catalog, model.id, recipe, "llama.cpp") for recipe in recipes]
            # S, M and L differ in attention and feed-forward blocks alone: a stack of states has neither.
            assert sizes == sorted(sizes if states_alone(s) else set(sizes)), model.id


def states_alone(shape: Shape) -> bool:
    return all(layer.recurrent != "none" and layer.feed_forward == "none" for layer in shape.layers)


def test_type_bytes_are_whole_blocks() -> None:
    assert type_bytes("Q8_0", 32) == 34
    assert type_bytes("Q8_0", 33) == 2 * 34
    assert type_bytes("Q4_K", 256 * 7) == 7 * 144


def test_q4_k_m_gives_six_bits_to_half_of_the_values_and_down_projections(catalog: Catalog) -> None:
    bits = gguf_types(catalog, "llama-2-7b", "Q4_K_M")
    for role in ("attn_v", "ffn_down"):
        assert sum(bits[role, layer] == 6.5625 for layer in range(32)) == 16, role
    assert {bits["ffn_gate", layer] for layer in range(32)} == {4.5}


def test_the_head_has_six_bits_and_the_embedding_the_recipes_own(catalog: Catalog) -> None:
    bits = gguf_types(catalog, "llama-3-8b", "Q4_K_M")
    assert (bits["output", None], bits["token_embd", None]) == (6.5625, 4.5)


def test_norms_biases_and_routers_stay_in_32_bits(catalog: Catalog) -> None:
    for model, roles in (
        ("qwen2-7b", ("attn_norm", "attn_q.bias")),
        ("mixtral-8x7b", ("ffn_gate_inp",)),
        ("deepseek-v3", ("exp_probs_b", "attn_kv_a_norm")),
    ):
        bits = gguf_types(catalog, model, "Q2_K")
        for role in roles:
            assert bits[role, 5] == 32, (model, role)


def test_a_mixture_of_eight_keeps_its_keys_and_values_in_8_bits(catalog: Catalog) -> None:
    bits = gguf_types(catalog, "mixtral-8x7b", "Q4_K_M")
    assert {bits[role, layer] for role in ("attn_k", "attn_v") for layer in range(32)} == {8.5}


@pytest.mark.parametrize(("recipe", "fallback"), [("Q2_K", 5.5), ("Q4_K_S", 5.5), ("Q5_K_S", 6.0), ("Q6_K", 8.5)])
def test_rows_that_no_super_block_divides_fall_back(catalog: Catalog, recipe: str, fallback: float) -> None:
    # Qwen2 72B's down projection has rows of 29,568 = 115.5 x 256. llama-quantize then takes Q4_0 for Q2_K and Q3_K,
    # Q5_0 for Q4_K, Q5_1 for Q5_K, Q8_0 for Q6_K; Q2_K gives down projections Q3_K to begin with (llama.cpp,
    # src/llama-quant.cpp, tensor_type_fallback). The published sizes of its files above say the same.
    assert 29568 % 256 == 128
    expected = 4.5 if recipe == "Q2_K" else fallback
    assert gguf_types(catalog, "qwen2-72b", recipe)["ffn_down", 40] == expected


def test_mla_keys_of_128_columns_fall_back_too(catalog: Catalog) -> None:
    bits = gguf_types(catalog, "deepseek-v3", "Q4_K_M")
    assert (bits["attn_k_b", 30], bits["attn_v_b", 30]) == (5.5, 4.5)


def test_f16_takes_two_bytes_a_weight(catalog: Catalog) -> None:
    # Norms, routers, convolutions and what a state is made with stay in F32: 0.1 % of the smallest hybrids, 0.3 % of a
    # stack of states alone; so do learned positions. A pooler is left out.
    for model in catalog.models.values():
        if model.shape is not None and model.parameters is not None and model.gguf_experts is None:
            hidden = model.shape.hidden
            pooler = hidden * (hidden + 1) if model.shape.head == "pooled" else 0
            numbers = model.parameters.total + model.shape.positions * hidden - pooler
            within = 0.003 if states_alone(model.shape) else 0.002
            assert weights(catalog, model.id, "F16") == pytest.approx(2 * numbers, rel=within), model.id


@pytest.mark.parametrize(
    ("name", "format", "size"),
    [
        # Printed by llama-bench: github.com/lhl/strix-halo-testing at 5ee14b5, github.com/apellegr/Strix-Halo-Models
        ("gpt-oss-20b", "F16", 13_779_630_336),
        ("gpt-oss-120b", "F16", 65_355_994_368),
        ("gpt-oss-120b", "MXFP4_MOE", 63_374_323_968),
    ],
)
def test_experts_that_are_published_in_four_bits_stay_so_in_every_recipe(
    catalog: Catalog, name: str, format: str, size: int
) -> None:
    assert weights(catalog, name, format) == size
    assert weights(catalog, name, "Q4_K_M") < weights(catalog, name, "Q8_0") < weights(catalog, name, "F16")


@pytest.mark.parametrize(
    ("name", "format", "size", "rounding"),
    [
        # llama-bench, with 256 bytes of rotations: github.com/apellegr/Strix-Halo-Models at 730cb86,
        # benchmarks/full_benchmark_20260310_183313.jsonl
        ("llama-3.2-3b", "Q6_K_L", 2_731_438_336, 256),
        # huggingface.co/bartowski/Qwen2.5-7B-Instruct-GGUF at 5be8c19 and 067b657, -Qwen2.5-72B- at 0695179
        ("qwen2.5-7b", "Q4_K_L", 5.09e9, 0.005e9 + 6e6),
        ("qwen2.5-7b", "Q5_K_L", 5.78e9, 0.005e9 + 6e6),
        ("qwen2.5-7b", "Q6_K_L", 6.52e9, 0.005e9 + 6e6),
        ("qwen2.5-7b", "Q3_K_XL", 4.57e9, 0.005e9 + 6e6),
        ("qwen2.5-72b", "Q3_K_XL", 40.6e9, 0.05e9 + 6e6),
    ],
)  # files hold 6 MB of vocabulary too
def test_repackagers_keep_embedding_and_output_in_eight_bits(
    catalog: Catalog, name: str, format: str, size: float, rounding: float
) -> None:
    assert weights(catalog, name, format) == pytest.approx(size, abs=rounding)


def test_smaller_groups_have_more_scales_and_fewer_bits_less(catalog: Catalog) -> None:
    # A scale of 16 bits, and a zero point, for 64 weights in place of 128.
    s = shape(catalog, "llama-3-8b")
    quantized = sum(t.elements for t in tensors(s) if t.part in ("attention", "ffn"))
    sizes = {
        name: weights(catalog, "llama-3-8b", name)
        for name in ("AWQ", "AWQ-g64", "AWQ-8bit", "MLX-4bit", "MLX-4bit-g32")
    }
    assert sizes["AWQ-g64"] - sizes["AWQ"] == quantized // 128 * 20 // 8
    assert sizes["AWQ-8bit"] - sizes["AWQ"] == quantized * 4 // 8 + quantized // 128 * 4 // 8
    assert sizes["MLX-4bit-g32"] > sizes["MLX-4bit"]
    with pytest.raises(SizingError, match="F16 has no groups of 64; give F16"):
        format_of(catalog, catalog.model("llama-3-8b"), "F16-g64")


def test_q8_0_takes_eight_and_a_half_bits(catalog: Catalog) -> None:
    assert weights(catalog, "llama-3-70b", "Q8_0") == pytest.approx(70_553_706_496 * 8.5 / 8, rel=0.0001)


# What publishers' files weigh, and what they leave in 16 bits ------------------------------------------------------

LLMFIT = (
    "https://github.com/AlexsJones/llmfit/blob/a3e0eb27c57fe05298292f4c61699b9aed2824ea/llmfit-core/data/hf_models.json"
)
GPTQ = "https://huggingface.co/TheBloke/Llama-2-13B-GPTQ/resolve/b7db471d1789802a3a8e3b93cdd66a9f046f17c3/README.md"
VLLM = "https://github.com/llm-d-incubation/llm-d-planner/blob/e50305af90f0812e77e1827f3bc740fe75b76370/docs/empirical-vllm-memory-results.md"


def file_of(catalog: Catalog, model: str, fmt: str, *, mtp: bool = False) -> int:
    """Bytes of a checkpoint outside GGUF."""
    return file_bytes(format_of(catalog, catalog.model(model), fmt), shape(catalog, model), False, mtp=mtp)


def shape(catalog: Catalog, model: str) -> Shape:
    found = catalog.model(model).shape
    assert found is not None
    return found


def bits_of(catalog: Catalog, model: str, fmt: str) -> dict[str, float]:
    """Bits for each weight of a checkpoint's tensors, by role, scales included; of the last layer that has it."""
    found = sizes(shape(catalog, model), format_of(catalog, catalog.model(model), fmt), False)
    return {t.role: 8 * size / t.elements for t, size in found}


@pytest.mark.parametrize(
    ("model", "fmt", "size", "rel", "source"),
    [
        ("llama-2-13b", "GPTQ", 7.26e9, 0.001, GPTQ),
        ("llama-2-13b", "GPTQ-g32", 8.00e9, 0.001, GPTQ),
        ("llama-3.3-70b", "FP8-dynamic", 67.72 * 2**30, 0.001, VLLM),  # as vLLM loaded it
        ("llama-3.3-70b", "FP8", 67.72 * 2**30, 0.001, VLLM),
        # the experts in INT4 and all else in BF16, as Unsloth's lossless Q8_K_XL keeps them
        ("kimi-k2", "INT4", 595e9, 0.002, "https://unsloth.ai/docs/models/tutorials/kimi-k2.6.md"),
        ("qwen2.5-7b", "AWQ", 5.2032 * 2**30, 0.005, "https://github.com/vllm-project/vllm/issues/13882"),
    ],
)
def test_a_checkpoint_is_as_large_as_the_published_one(
    catalog: Catalog, model: str, fmt: str, size: float, rel: float, source: str
) -> None:
    assert file_of(catalog, model, fmt) == pytest.approx(size, rel=rel), source


@pytest.mark.parametrize(("fmt", "gib"), [("NVFP4", 7.04), ("FP8-dynamic", 9.87)])
def test_qwen3_vl_8b_is_as_large_as_its_quantizer_says(catalog: Catalog, fmt: str, gib: float) -> None:
    # https://huggingface.co/mbehr90/Qwen3-VL-8B-Instruct-nvfp4: the language model's linears; the tower of vision
    # stays in BF16: 8,767,123,696 parameters with it (llmfit's list)
    tower = 8_767_123_696 - 8_190_735_360
    assert (file_of(catalog, "qwen3-8b", fmt) + 2 * tower) / 2**30 == pytest.approx(gib, rel=0.005)


@pytest.mark.parametrize(("model", "counted"), [("deepseek-v3", 684_531_386_000), ("deepseek-v3.2", 685_396_921_376)])
def test_deepseeks_checkpoints_hold_a_scale_for_every_block_of_every_matrix(
    catalog: Catalog, model: str, counted: int
) -> None:
    # What Hugging Face counts in the checkpoint (LLMFIT) is the weights, MTP layer included, and the scales.
    a, rule = shape(catalog, model), catalog.format("FP8")
    size = tensor_bytes(rule, a, False, mtp=True)
    quantized = [t for t in tensors(a) if size(t) < 2 * t.elements]
    scales = sum(size(t) - t.elements for t in quantized) // 4
    assert sum(t.elements for t in tensors(a)) + scales == counted, LLMFIT


def test_deepseek_v4_flash_holds_its_experts_in_fp4_and_the_rest_in_fp8() -> None:
    # https://huggingface.co/deepseek-ai/DeepSeek-V4-Flash/blob/main/config.json, and what Hugging Face counts (LLMFIT):
    # two weights of an expert as one number, and every scale
    words = Architecture(
        model_type="deepseek_v4", vocab_size=129280, hidden_size=4096, num_hidden_layers=43, num_attention_heads=64,
        num_key_value_heads=1, head_dim=512, tie_word_embeddings=False, attention_bias=False, sliding_window=128,
        n_routed_experts=256, num_experts_per_tok=6, n_shared_experts=1, moe_intermediate_size=2048, num_hash_layers=3,
        q_lora_rank=1024, qk_rope_head_dim=64, o_lora_rank=1024, o_groups=8, hc_mult=4, index_n_heads=64,
        index_head_dim=128, index_topk=512, num_nextn_predict_layers=1, compress_ratios=(0, 0, *(4, 128) * 20, 4, 0),
    )  # fmt: skip
    a = shape_of(words)
    size = tensor_bytes(Catalog.load().format("MXFP4"), a, False, mtp=True)
    # In MXFP4 and FP8 as DeepSeek scales them, every number that is stored is a byte.
    stored = sum(size(t) if size(t) < 2 * t.elements else t.elements for t in tensors(a))
    assert stored == pytest.approx(158_069_433_298, rel=1e-6), LLMFIT


def test_deepseek_v3_as_published_takes_a_byte_a_weight_and_a_scale_a_block(catalog: Catalog) -> None:
    # 671B at FP8; embedding and head (2 x 129280 x 7168), routers and norms in BF16
    wide = 2 * 129280 * 7168 + 58 * 256 * 7168
    expected = 671_026_404_352 + wide + (671_026_404_352 - wide) / 128**2 * 4
    assert file_of(catalog, "deepseek-v3", "FP8") == pytest.approx(expected, rel=0.0001)


def test_awq_and_gptq_take_4_bits_a_scale_and_a_zero_point_a_group_of_128(catalog: Catalog) -> None:
    linear = 32 * (2 * 4096 * 4096 + 2 * 4096 * 1024 + 3 * 4096 * 14336)
    expected = 2 * 2 * 128256 * 4096 + linear * (4 + (16 + 4) / 128) / 8 + 65 * 4096 * 2
    assert file_of(catalog, "llama-3-8b", "AWQ") == expected
    index = 32 * 4 * (6 * 4096 + 14336)  # GPTQ's g_idx: where each input column belongs
    assert file_of(catalog, "llama-3-8b", "GPTQ") == expected + index


@pytest.mark.parametrize(
    ("fmt", "bits"),
    [
        ("MXFP4", 4.25), ("NVFP4", 4.5), ("W4A16", 4.125), ("NF4", 4.5), ("NF4-DQ", 4 + 8 / 64 + 32 / (64 * 256)),
        ("LLM-INT8", 8), ("INT8", 8), ("FP8-dynamic", 8), ("GPTQ-Int8", 8 + 24 / 128), ("GPTQ-g32", 4 + 20 / 32),
        ("MLX-2bit", 2.5), ("MLX-4bit", 4.5), ("MLX-8bit", 8.5), ("MLX-MXFP4", 4.25), ("MLX-MXFP8", 8.25),
        ("MLX-NVFP4", 4.5), ("EXL2-4.25bpw", 4.25), ("EXL2-2.4bpw", 2.4),
    ],
)  # fmt: skip
def test_a_format_takes_so_many_bits_for_a_weight(catalog: Catalog, fmt: str, bits: float) -> None:
    found = bits_of(catalog, "llama-3-70b", fmt)
    assert [found[role] for role in ("attn_q", "ffn_up", "ffn_down")] == [pytest.approx(bits, abs=0.008)] * 3
    assert found["output_norm"] == 16


def test_embedding_and_head_stay_in_16_bits_but_for_mlx_and_exl2s_head(catalog: Catalog) -> None:
    for fmt in ("MXFP4", "NVFP4", "W4A16", "NF4", "LLM-INT8", "INT8", "FP8", "FP8-dynamic", "AWQ", "GPTQ"):
        found = bits_of(catalog, "llama-3-70b", fmt)
        assert (found["token_embd"], found["output"]) == (16, 16), fmt
    mlx, exl2 = bits_of(catalog, "llama-3-70b", "MLX-4bit"), bits_of(catalog, "llama-3-70b", "EXL2-4bpw")
    assert (mlx["token_embd"], mlx["output"]) == (4.5, 4.5)
    assert (exl2["token_embd"], round(exl2["output"], 2)) == (16, 6.33)


def test_gpt_oss_keeps_all_but_its_experts_in_bf16(catalog: Catalog) -> None:
    found = bits_of(catalog, "gpt-oss-20b", "MXFP4")
    assert {role for role, bits in found.items() if bits < 16} == {"ffn_gate_exps", "ffn_up_exps", "ffn_down_exps"}


def test_nvidia_keeps_deepseeks_attention_but_not_its_output_projection(catalog: Catalog) -> None:
    found = bits_of(catalog, "deepseek-v3", "NVFP4")
    assert {found[role] for role in ("attn_q_a", "attn_q_b", "attn_kv_a_mqa", "attn_k_b", "attn_v_b", "output")} == {16}
    assert {round(found[role], 4) for role in ("attn_output", "ffn_up", "ffn_up_exps", "ffn_up_shexp")} == {4.5}


def test_a_models_own_checkpoint_goes_before_its_types(catalog: Catalog) -> None:
    # NVIDIA left Qwen3.5's attention in BF16, and put Qwen3.6's into FP8 and its head into NVFP4.
    old, new = (bits_of(catalog, m, "NVFP4") for m in ("qwen3.5-35b-a3b", "qwen3.6-35b-a3b"))
    assert (old["attn_q"], old["ssm_out"], old["ffn_up_shexp"], old["output"]) == (16, 16, 16, 16)
    assert {round(new[role], 3) for role in ("attn_q", "ssm_out")} == {8}
    assert {round(new[role], 3) for role in ("ffn_up_shexp", "ffn_up_exps", "output")} == {4.5}
    assert old["ssm_conv1d"] == new["ssm_conv1d"] == 16


def test_mlx_gives_some_routers_8_bits_and_deepseeks_none(catalog: Catalog) -> None:
    assert bits_of(catalog, "qwen3-30b-a3b", "MLX-4bit")["ffn_gate_inp"] == 8.5
    assert bits_of(catalog, "mixtral-8x7b", "MLX-4bit")["ffn_gate_inp"] == 4.5
    assert bits_of(catalog, "deepseek-v3", "MLX-4bit")["ffn_gate_inp"] == 16


def test_rows_that_no_group_divides_stay_in_16_bits(catalog: Catalog) -> None:
    assert 2880 % 128 == 64
    assert bits_of(catalog, "gpt-oss-20b", "AWQ")["ffn_up_exps"] == 16
    assert bits_of(catalog, "gpt-oss-20b", "MLX-4bit")["ffn_up_exps"] == 4.5


def test_a_gguf_file_made_of_an_nvfp4_checkpoint_has_its_types(catalog: Catalog) -> None:
    # llama.cpp's converter repacks the blocks, block_nvfp4 (64 weights in 36 bytes), and its two scales.
    a, rule = shape(catalog, "llama-3-70b"), catalog.format("NVFP4")
    found = {t.role: 8 * size / t.elements for t, size in sizes(a, rule, True)}
    assert (round(found["ffn_up"], 4), found["output"], found["output_norm"]) == (4.5, 16, 32)
    assert BLOCKS["NVFP4"] == (64, 36)


def test_int8_has_a_scale_for_each_output_channel(catalog: Catalog) -> None:
    found = {(t.role, t.layer): size for t, size in sizes(shape(catalog, "llama-3-8b"), catalog.format("INT8"), False)}
    assert found["ffn_up", 0] == 14336 * 4096 + 2 * 14336
    assert found["output", None] == 2 * 128256 * 4096


# An importance matrix, MTP layers, files of their own ---------------------------------------------------------------

BARTOWSKI = "https://huggingface.co/bartowski"
OZEKI = "https://ozeki.chat/p_8590-understanding-ai-model-files.html"


@pytest.mark.parametrize(
    ("model", "fmt", "gb", "source"),
    [
        (
            "qwen2-7b",
            "i1-IQ4_XS",
            4.22,
            f"{BARTOWSKI}/Qwen2-7B-Instruct-GGUF/tree/9d72b0ab93eedbb1d03d87eee59e279b3e766a20",
        ),
        (
            "qwen2-7b",
            "IQ3_XXS",
            3.11,
            f"{BARTOWSKI}/Qwen2-7B-Instruct-GGUF/tree/9d72b0ab93eedbb1d03d87eee59e279b3e766a20",
        ),
        (
            "qwen2.5-72b",
            "i1-IQ4_XS",
            39.7,
            f"{BARTOWSKI}/Qwen2.5-72B-Instruct-GGUF/tree/9ce9476cd1d8dafea954b3ea487263ba760814a3",
        ),
        (
            "qwen2.5-72b",
            "IQ3_XXS",
            31.8,
            f"{BARTOWSKI}/Qwen2.5-72B-Instruct-GGUF/tree/9ce9476cd1d8dafea954b3ea487263ba760814a3",
        ),
        (
            "qwen2.5-72b",
            "i1-Q4_0",
            41.4,
            f"{BARTOWSKI}/Qwen2.5-72B-Instruct-GGUF/tree/61030e9f5f4dc9caf33dd62618a9627e50352323",
        ),
        ("llama-3.1-70b", "i1-IQ4_XS", 37.90, OZEKI),
        ("llama-3.1-70b", "i1-Q4_0", 40.12, OZEKI),
    ],
)
def test_bartowskis_files_are_made_with_an_importance_matrix(
    catalog: Catalog, model: str, fmt: str, gb: float, source: str
) -> None:
    made = file_bytes(format_of(catalog, catalog.model(model), fmt), shape(catalog, model))
    assert made / 1e9 == pytest.approx(gb, rel=0.002), source


def test_an_importance_matrix_changes_four_recipes_and_no_other(catalog: Catalog) -> None:
    a = shape(catalog, "llama-2-7b")
    differ = {
        recipe
        for recipe in RECIPES
        if file_bytes(catalog.format(recipe), a, imatrix=True) != file_bytes(catalog.format(recipe), a, imatrix=False)
    }
    assert differ == {"Q4_0", "Q5_0", "IQ4_NL", "IQ4_XS", "IQ3_XXS"}


def test_what_cannot_be_made_without_an_importance_matrix_is_made_with_one(catalog: Catalog) -> None:
    # 3.2548 bits per weight: https://github.com/ggml-org/llama.cpp/blob/311c2c9f0ebd6e08f5b20e8827c654cebb7a41d6/tools/quantize/README.md
    a = shape(catalog, "llama-3.1-8b")
    assert round(8 * file_bytes(catalog.format("IQ3_XXS"), a) / 8_030_261_248, 4) == 3.2548
    assert round(8 * file_bytes(catalog.format("IQ4_XS"), a) / 8_030_261_248, 4) == 4.4597


def test_glm_45_air_has_as_many_numbers_with_its_mtp_layer_as_is_published(catalog: Catalog) -> None:
    # https://github.com/ikawrakow/ik_llama.cpp/pull/689; its files with that layer stand in file_sizes.csv
    assert sum(t.elements for t in tensors(shape(catalog, "glm-4.5-air"))) == 110_468_824_832


@pytest.mark.parametrize(
    ("model", "count"),
    [
        ("deepseek-r1", 684_489_845_504),  # 256 experts, an embedding and a head of its own
        ("deepseek-v4-flash", 290_944_616_402),  # and what makes one of its streams
        ("exaone-4.5-33b", 34_350_097_664),  # embedding and head are those of the model
        ("glm-4.7", 358_337_791_296),
        ("glm-5", 753_864_139_008),
        ("hy3-preview", 298_786_155_776),
        ("k-exaone-236b-a23b", 237_099_669_632),  # without experts
        ("mimo-7b", 7_833_409_536),
        ("qwen3.5-35b-a3b", 35_951_822_704),
    ],
)
def test_checkpoints_hold_as_many_numbers_with_mtp_layers_as_hugging_face_counts(
    catalog: Catalog, model: str, count: int
) -> None:
    # https://pypi.org/project/llmfit/1.1.17/, read 2026-11-28: what its list says of the safetensors' sums
    found = catalog.model(model)
    towers = sum(tower.parameters for tower in found.seeing if isinstance(tower, Tower))
    assert sum(t.elements for t in tensors(shape(catalog, model))) + towers == count


def test_deepseeks_gguf_files_leave_it_out(catalog: Catalog) -> None:
    # "671.03 B": llama.cpp's converter; Hugging Face counts 684.53 B in the checkpoint
    a = shape(catalog, "deepseek-v3")
    assert round(file_bytes(catalog.format("F16"), a) / 2 / 1e9) == 671
    assert file_bytes(catalog.format("F16"), a, mtp=True) / 2 / 1e9 == pytest.approx(684.49, abs=0.3)


def cites(model: Model, name: str, size: int, like: str) -> Model:
    source = checked(Source, {"url": "https://example.com/x", "read": "2026-11-24"})
    return replace(model, files={name: PublishedFile(bytes=size, like=like, source=source)})


def test_a_cited_file_weighs_what_is_cited_shared_out_as_its_recipe_does(catalog: Catalog) -> None:
    model = cites(catalog.model("llama-3-8b"), "UD-Q4_K_XL", 5_000_000_000, "Q4_K_M")
    a, fmt = shape(catalog, "llama-3-8b"), format_of(catalog, model, "ud-q4_k_xl")
    assert (fmt.id, fmt.precision, fmt.runtimes, fmt.loss) == ("UD-Q4_K_XL", "4-bit", ("llama.cpp", "ik_llama.cpp"), ())
    assert file_bytes(fmt, a) == pytest.approx(5_000_000_000, abs=500)
    like = dict(sizes(a, catalog.format("Q4_K_M"), True))
    grown = {round(size / like[t], 4) for t, size in sizes(a, fmt, True) if t.part != "norm"}
    assert len(grown) == 1
    assert {size / like[t] for t, size in sizes(a, fmt, True) if t.part == "norm"} == {1}
    assert sized(a, fmt, "f16", catalog.runtime("llama.cpp").cache, True).weights == file_bytes(fmt, a)


def test_a_name_that_nobody_publishes_under_is_one_clear_error(catalog: Catalog) -> None:
    with pytest.raises(SizingError, match="no format 'UD-Q4_K_XXL'"):
        format_of(catalog, catalog.model("llama-3-8b"), "UD-Q4_K_XXL")


@pytest.mark.parametrize(
    ("size", "like", "message"),
    [
        (50_000_000_000, "Q4_K_M", "are not like its recipe's"),
        (5_000_000_000, "AWQ", "AWQ is no recipe of llama-quantize"),
        (5_000_000_000, "Q4_K_X", "no format 'Q4_K_X'"),
    ],
)
def test_a_file_unlike_its_recipe_is_one_clear_error(catalog: Catalog, size: int, like: str, message: str) -> None:
    model = cites(catalog.model("llama-3-8b"), "UD", size, like)
    with pytest.raises(SizingError, match=message):
        file_bytes(format_of(catalog, model, "UD"), shape(catalog, "llama-3-8b"))


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("EXL2", "EXL2 needs its bits per weight, 2 to 8; give EXL2-4.0bpw"),
        ("EXL2-9bpw", "EXL2 has 2 to 8 bits per weight, not 9"),
        ("AWQ-4.0bpw", "AWQ has no choice of bits per weight"),
        ("i1-AWQ", "AWQ is no recipe of llama-quantize"),
        ("EXL4-4.0bpw", "no format 'EXL4'"),
    ],
)
def test_a_name_with_bits_or_a_prefix_is_checked(catalog: Catalog, name: str, message: str) -> None:
    with pytest.raises(SizingError, match=message):
        format_of(catalog, catalog.model("llama-3-8b"), name)


def test_names_with_bits_have_one_spelling(catalog: Catalog) -> None:
    names = [
        format_of(catalog, catalog.model("llama-3-8b"), n).id for n in ("exl2-4BPW", "EXL2-4.00bpw", "exl2-4.65bpw")
    ]
    assert names == ["EXL2-4.0bpw", "EXL2-4.0bpw", "EXL2-4.65bpw"]
    assert format_of(catalog, catalog.model("llama-3-8b"), "EXL2-4.65bpw").precision == "5-bit"


def test_formats_are_matched_without_case_and_fp16_is_f16(catalog: Catalog) -> None:
    assert catalog.format("q4_k_m") is catalog.format("Q4_K_M")
    assert catalog.format("fp16") is catalog.format("FP16") is catalog.format("f16") is catalog.formats["F16"]


def test_an_unknown_format_names_those_that_are_near(catalog: Catalog) -> None:
    with pytest.raises(SizingError, match=r"no format 'Q4_K_X' .*did you mean .*Q4_K_"):
        catalog.format("Q4_K_X")


def test_exl3_has_two_vectors_of_scales_beside_each_matrix(catalog: Catalog) -> None:
    # suh and svh, FP16, one for each input and one for each output:
    # https://github.com/turboderp-org/exllamav3/blob/377c8423be847d681055d948e98260f389bd093c/exllamav3/modules/quant/exl3.py
    size = plan(catalog.model("llama-3-8b"), None, format="EXL3-4.0bpw", context=512).sized
    hidden, inner, keys = 4096, 14336, 1024
    matrices = 2 * hidden * hidden + 2 * hidden * keys + 3 * hidden * inner
    scales = 4 * (hidden + hidden) - 2 * (hidden - keys) + 3 * (hidden + inner)
    assert size.layers[0].dense == matrices * 4 // 8 + 2 * scales + 2 * 2 * hidden
