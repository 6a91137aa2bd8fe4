"""A file is as large as the published one: recipes, blocks, scales."""

from __future__ import annotations

import csv

import gguf
import pytest

from sizing import Catalog, SizingError, plan
from sizing.blocks.tensor import Tensor
from sizing.catalog import HERE
from sizing.entries import Architecture, Format
from sizing.formats import tensor_bytes
from sizing.recipes import BLOCKS, type_bytes
from sizing.tensors import loaded

with (HERE / "measurements" / "file_sizes.csv").open(encoding="utf-8", newline="") as _file:
    FILES = list(csv.DictReader(_file))


def weights(catalog: Catalog, model: str, fmt: str, runtime: str | None = None) -> int:
    return plan(catalog.model(model), None, format=fmt, context=512, runtime=runtime).sized.weights


def gguf_types(catalog: Catalog, model: str, fmt: str) -> dict[tuple[str, int | None], float]:
    """Bits for each weight of every tensor of a GGUF file."""
    a = catalog.model(model).architecture
    assert isinstance(a, Architecture)
    return {(t.role, t.layer): 8 * size / t.elements for t, size in sizes(a, catalog.format(fmt), True)}


def sizes(a: Architecture, fmt: Format, gguf_file: bool) -> list[tuple[Tensor, int]]:
    """Every tensor that is loaded, with its bytes."""
    size = tensor_bytes(fmt, a, gguf_file)
    return [(tensor, size(tensor)) for tensor, _ in loaded(a)]


# Newer than the released gguf package; llama.cpp's own gguf-py/gguf/constants.py at 0c1e570 has (64, 2 + 16).
NEWER = {"Q2_0"}


@pytest.mark.parametrize("name", BLOCKS.keys() - NEWER)
def test_blocks_are_those_of_the_gguf_package(name: str) -> None:
    assert BLOCKS[name] == gguf.GGML_QUANT_SIZES[gguf.GGMLQuantizationType[name]]


def test_the_gguf_package_still_lacks_what_is_newer() -> None:
    assert {name for name in BLOCKS if name not in gguf.GGMLQuantizationType.__members__} == NEWER


@pytest.mark.parametrize(
    "row",
    [row for row in FILES if "with the MTP layer" not in row["note"]],
    ids=lambda row: f"{row['model']} {row['format']} {row['bytes']}",
)
def test_a_gguf_file_is_within_half_a_percent_of_the_published_one(catalog: Catalog, row: dict[str, str]) -> None:
    computed = weights(catalog, row["model"], row["format"], "llama.cpp")
    assert computed == pytest.approx(int(row["bytes"]), rel=0.005), row["source_url"]


@pytest.mark.parametrize(
    "row",
    [row for row in FILES if row["note"].startswith("exact")],
    ids=lambda row: f"{row['model']} {row['format']}",
)
def test_where_llama_bench_printed_the_tensors_bytes_they_agree_to_the_byte(
    catalog: Catalog, row: dict[str, str]
) -> None:
    rope_factors = 256 if "256 bytes of rope factors" in row["note"] else 0
    assert weights(catalog, row["model"], row["format"], "llama.cpp") + rope_factors == int(row["bytes"])


@pytest.mark.parametrize(
    "row", [row for row in FILES if "with the MTP layer" in row["note"]], ids=lambda row: str(row["format"])
)
def test_glm_45_airs_file_also_holds_the_mtp_layer_that_llama_cpp_does_not_load(
    catalog: Catalog, row: dict[str, str]
) -> None:
    # 110,468,824,832 with the MTP layer, 106,852,245,504 + 5,888 router biases without:
    # https://github.com/ikawrakow/ik_llama.cpp/pull/689
    mtp = 110_468_824_832 - 106_852_245_504 - 5_888
    bits = {"BF16": 16, "Q8_0": 8.5}[row["format"]]
    computed = weights(catalog, row["model"], row["format"], "llama.cpp") + mtp * bits / 8
    assert computed == pytest.approx(int(row["bytes"]), rel=0.005)


def test_there_is_a_published_size_for_nearly_every_model_that_the_article_names(catalog: Catalog) -> None:
    named = {
        "llama-30b", "llama-65b", "llama-2-13b", "llama-3-8b", "llama-3-70b", "qwen2-7b", "qwen2-72b", "mistral-7b",
        "mixtral-8x7b", "deepseek-v3", "kimi-k2", "glm-4.5", "glm-4.5-air",
    }  # fmt: skip
    assert named - {row["model"] for row in FILES} == {"glm-4.5"}


def test_llama_3_8b_at_q4_k_m_is_4_58_gib(catalog: Catalog) -> None:
    # https://github.com/ggml-org/llama.cpp/blob/0c1e57098/tools/perplexity/README.md
    assert round(weights(catalog, "llama-3-8b", "Q4_K_M") / 2**30, 2) == 4.58


def test_smaller_recipes_make_smaller_files(catalog: Catalog) -> None:
    recipes = [
        "Q2_K", "Q3_K_S", "Q3_K_M", "Q3_K_L", "Q4_K_S", "Q4_K_M", "Q5_K_S", "Q5_K_M", "Q6_K", "Q8_0", "F16",
    ]  # fmt: skip
    for model in catalog.models.values():
        # Rows that do not divide by 256 fall back to larger types, and the order is lost (gpt-oss: 2,880).
        a = model.architecture
        if isinstance(a, Architecture) and a.hidden_size % 256 == 0 and (a.moe_intermediate_size or 0) % 256 == 0:
            sizes = [weights(catalog, model.id, recipe, "llama.cpp") for recipe in recipes]
            assert sizes == sorted(set(sizes)), model.id


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
    # Norms, routers, convolutions and what a state is made with stay in F32: 0.1 % of the smallest hybrids.
    for model in catalog.models.values():
        if model.parameters is not None:
            assert weights(catalog, model.id, "F16") == pytest.approx(2 * model.parameters.total, rel=0.002), model.id


def test_q8_0_takes_eight_and_a_half_bits(catalog: Catalog) -> None:
    assert weights(catalog, "llama-3-70b", "Q8_0") == pytest.approx(70_553_706_496 * 8.5 / 8, rel=0.0001)


def test_deepseek_v3_as_published_takes_a_byte_a_weight_and_a_scale_a_block(catalog: Catalog) -> None:
    # 671B at FP8; embedding and head (2 x 129280 x 7168), routers and norms in BF16
    wide = 2 * 129280 * 7168 + 58 * 256 * 7168
    expected = 671_026_404_352 + wide + (671_026_404_352 - wide) / 128**2 * 4
    assert weights(catalog, "deepseek-v3", "FP8") == pytest.approx(expected, rel=0.0001)


def test_awq_and_gptq_take_4_bits_a_scale_and_a_zero_point_a_group_of_128(catalog: Catalog) -> None:
    linear = 32 * (2 * 4096 * 4096 + 2 * 4096 * 1024 + 3 * 4096 * 14336)
    expected = 2 * 2 * 128256 * 4096 + linear * (4 + (16 + 4) / 128) / 8 + 65 * 4096 * 2
    for fmt in ("AWQ", "GPTQ"):
        assert weights(catalog, "llama-3-8b", fmt) == pytest.approx(expected, rel=0.0001)


def test_mxfp4_takes_four_and_a_quarter_bits(catalog: Catalog) -> None:
    a = catalog.model("llama-3-70b").architecture
    assert isinstance(a, Architecture)
    sized = {(t.role, t.layer): 8 * size / t.elements for t, size in sizes(a, catalog.format("MXFP4"), False)}
    assert sized["ffn_up", 7] == 4.25
    assert sized["output", None] == 16


def test_int8_has_a_scale_for_each_output_channel(catalog: Catalog) -> None:
    a = catalog.model("llama-3-8b").architecture
    assert isinstance(a, Architecture)
    sized = {(t.role, t.layer): size for t, size in sizes(a, catalog.format("INT8"), False)}
    assert sized["ffn_up", 0] == 14336 * 4096 + 2 * 14336
    assert sized["output", None] == 2 * 128256 * 4096


def test_formats_are_matched_without_case_and_fp16_is_f16(catalog: Catalog) -> None:
    assert catalog.format("q4_k_m") is catalog.format("Q4_K_M")
    assert catalog.format("fp16") is catalog.format("FP16") is catalog.format("f16") is catalog.formats["F16"]


def test_an_unknown_format_names_those_that_are_near(catalog: Catalog) -> None:
    with pytest.raises(SizingError, match=r"no format 'Q4_K_X' .*did you mean .*Q4_K_"):
        catalog.format("Q4_K_X")
