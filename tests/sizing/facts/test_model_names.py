"""A model is found by every name that people know it by, in the format that the name says."""

from __future__ import annotations

import pytest

from sizing import Catalog, SizingError
from sizing.facts.format_names import ending
from sizing.facts.model_names import ModelNames, normal


@pytest.fixture(scope="module")
def names(catalog: Catalog) -> ModelNames:
    return ModelNames(catalog.models)


@pytest.mark.parametrize(
    "name",
    [
        "通义千问3 32B", "千问3-32b", "qwen332b",
        "qwen3-32b", "Qwen3 32B", "qwen3 32b", "Qwen3-32B", "qwen3:32b", "Qwen/Qwen3-32B", "qwen/qwen3-32b",
        "unsloth/Qwen3-32B-GGUF", "bartowski/Qwen_Qwen3-32B-GGUF", "Qwen/Qwen3-32B-AWQ", "Qwen3-32B-Q4_K_M.gguf",
        "mlx-community/Qwen3-32B-4bit", "https://huggingface.co/Qwen/Qwen3-32B", "hf.co/Qwen/Qwen3-32B/tree/main",
        "https://www.modelscope.cn/models/Qwen/Qwen3-32B", "https://ollama.com/library/qwen3:32b",
        "unsloth/Qwen3-32B-GGUF/Qwen3-32B-UD-Q4_K_XL.gguf", "lmstudio-community/Qwen3-32B-MLX-8bit",
    ],
)  # fmt: skip
def test_one_model_has_many_names(names: ModelNames, name: str) -> None:
    assert names.meant(name).id == "qwen3-32b"


@pytest.mark.parametrize(
    ("name", "model"),
    [
        # Tags of Ollama that do not say which model they stand for.
        ("deepseek-r1:32b", "deepseek-r1-distill-qwen-32b"),
        ("deepseek-r1:8b", "deepseek-r1-0528-qwen3-8b"),
        ("deepseek-r1:671b", "deepseek-r1-0528"),
        ("mistral:7b", "mistral-7b-v0.3"),
        ("mistral-large:123b", "mistral-large-2.1-123b"),
        ("command-r:35b", "command-r-08-2024"),
        ("qwen3:30b", "qwen3-30b-a3b-thinking-2507"),
        ("qwen3:30b-a3b-q8_0", "qwen3-30b-a3b"),
        ("qwen3", "qwen3-8b"),
        ("llama3.1:latest", "llama-3.1-8b"),
        ("gemma3:27b-it-qat", "gemma-3-27b"),
        # Base models and tunes that share a shape with the one that the catalog names.
        ("meta-llama/Llama-3.1-8B", "llama-3.1-8b"),
        ("hf.co/bartowski/Meta-Llama-3.1-8B-Instruct-GGUF:Q6_K", "llama-3.1-8b"),
        ("Llama 3.3 70B Instruct", "llama-3.3-70b"),
        ("google gemma 3 27b", "gemma-3-27b"),
        ("nvidia/Llama-3_3-Nemotron-Super-49B-v1", "llama-3.3-nemotron-super-49b"),
        # Less than the whole name, where one model alone has it.
        ("qwen3.5 35b", "qwen3.5-35b-a3b"),
        ("DeepSeek R1 32B", "deepseek-r1-distill-qwen-32b"),
        ("Mistral Nemo", "mistral-nemo-12b"),
        ("BAAI/bge-base-en-v1.5", "bge-base-en-v1.5"),
        ("yi 9b", "yi-9b"),  # neither Yi 1.5 nor a coder
        ("GLM 4.5 Air (free)", "glm-4.5-air"),
        ("gemma 2b", "gemma-2b"),  # the first Gemma, not gemma-2-2b
        ("gemma2 2b", "gemma-2-2b"),
        ("mxbai-embed-large", "mxbai-embed-large-v1"),
        ("all-minilm", "all-minilm-l6-v2"),
        ("llama3.2-vision", "llama-3.2-11b-vision"),
        ("qwen2.5vl:7b", "qwen2.5-vl-7b"),
        ("granite3.1-moe", "granite-3.1-3b-a800m"),
        # Without what stands before, where no family begins so; and the version 4 is 4.0.
        ("R1 32B", "deepseek-r1-distill-qwen-32b"),
        ("R1 distill Qwen 14B", "deepseek-r1-distill-qwen-14b"),
        ("oss-120b", "gpt-oss-120b"),  # not the one of another maker's words between
        ("granite 4 small", "granite-4.0-h-small"),
        ("exaone 4 32b", "exaone-4.0-32b"),
        # A word that makes another model is not left out: these are no Qwen3-VL and no Qwen3-Coder.
        ("qwen3 30b", "qwen3-30b-a3b"),
        ("Qwen3 30B A3B Thinking", "qwen3-30b-a3b-thinking-2507"),
        ("qwen3 235b thinking", "qwen3-235b-a22b-thinking-2507"),
        ("llama 3.2 11b", "llama-3.2-11b-vision"),  # there is no other of that size
        # Without a release's date, where one has the rest; without the letter of a size; in short.
        ("deepseek r1 qwen3 8b", "deepseek-r1-0528-qwen3-8b"),
        ("gpt oss 120", "gpt-oss-120b"),
        ("llama 3 70", "llama-3-70b"),
        ("ds r1", "deepseek-r1"),
        ("dsv3.2", "deepseek-v3.2"),
        ("nomic embed text", "nomic-embed-text-v1.5"),
        # The maker's name in Chinese beside the model's own.
        ("智谱GLM-4.6", "glm-4.6"),
        ("月之暗面 Kimi K2", "kimi-k2"),
        ("小米 mimo 7b", "mimo-7b"),
        ("阶跃星辰 step-3.5-flash", "step-3.5-flash"),
    ],
)
def test_a_name_means_the_model_that_its_publishers_mean(names: ModelNames, name: str, model: str) -> None:
    assert names.meant(name).id == model


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("nemotron 3 nano", "several models; write one of nemotron-3-nano-30b-a3b, nemotron-3-nano-4b"),
        ("Qwen3 8B Thinking", "no model"),  # not the Qwen3-VL of that size
        ("bge-base-zh-v1.5", "did you mean bge-large-zh-v1.5, bge-small-zh-v1.5"),  # a size, where others are large
        ("mistral small 24b", "did you mean mistral-small-3.2-24b"),  # the first was dated so, and is not meant alone
        ("gemma-2-8b", "no model"),
        ("Qwen 7B", "did you mean qwen2.5-7b, qwen2-7b, qwen1.5-7b"),  # and is not DeepSeek's distill of one
        ("llama 70b", "did you mean llama-3.3-70b, llama-3.1-70b, llama-3-70b"),
        ("glm air", "did you mean glm-4.5-air"),
        ("scout", "did you mean llama-4-scout"),
        ("small", "did you mean"),
        ("someone/Llama-3.1-8B-Roleplay-v2", "or give its config.json"),
        ("qwen3:9b", "no tag 'qwen3:9b' in the catalog; of qwen3 it has"),
        ("kimi-k2.7-code:cloud", "runs on Ollama's servers"),
        ("", "no model ''"),
        ("x" * 5000, "no model"),
    ],
)
def test_what_is_ambiguous_or_unknown_is_refused_in_one_line(names: ModelNames, name: str, why: str) -> None:
    with pytest.raises(SizingError) as refusal:
        names.meant(name)
    assert why in str(refusal.value)
    assert len(str(refusal.value)) < 300
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize(
    ("name", "format", "gguf"),
    [
        ("X-32B", None, False), ("X-32B-GGUF", None, True), ("X-32B-i1-GGUF", None, True),
        ("X-32B-Q4_K_M.gguf", "Q4_K_M", True), ("X-32B-UD-Q2_K_XL-00001-of-00003.gguf", "UD-Q2_K_XL", True),
        ("X.i1-Q4_0.gguf", "i1-Q4_0", True), ("x-20b-mxfp4.gguf", "MXFP4_MOE", True),
        ("x-it-qat-q4_0-gguf", "Q4_0", True),
        ("X-int4-AutoRound", "GPTQ", False), ("X-auto-round-4bit-gptq", "GPTQ", False),
        ("X-AWQ", "AWQ", False), ("X-AWQ-INT4", "AWQ", False), ("X-AWQ-8bit", "AWQ-8bit", False),
        ("X-GPTQ-Int4", "GPTQ", False), ("X-gptq-4bit-128g", "GPTQ", False), ("X-GPTQ-Int8", "GPTQ-Int8", False),
        ("X-FP8", "FP8", False), ("X-FP8-dynamic", "FP8-dynamic", False), ("X-NVFP4", "NVFP4", False),
        ("X-quantized.w4a16", "W4A16", False), ("X-unsloth-bnb-4bit", "NF4-DQ", False),
        ("X-exl3-4.0bpw", "EXL3-4.0bpw", False), ("X-MLX-4bit", "MLX-4bit", False), ("X-BF16", "BF16", False),
        ("8b-instruct-fp16", "F16", False), ("X-4bit", "4bit", False), ("X-int4", "4bit", False),
        ("X q8", "8bit", False),
    ],
)  # fmt: skip
def test_a_format_is_read_off_the_end_of_a_name(name: str, format: str | None, gguf: bool) -> None:
    found = ending(name)
    assert (found.format, found.gguf) == (format, gguf)


@pytest.mark.parametrize(
    ("name", "format"),
    [
        ("qwen3 32b q4", "Q4_K_M"), ("qwen3 32b 4bit", "Q4_K_M"), ("qwen3 32b int4", "Q4_K_M"),
        ("Qwen3-32B-q8.gguf", "Q8_0"), ("qwen3 32b q5", "Q5_K_M"), ("千问3 32b q6量化", "Q6_K"),
        ("Qwen3-32B 4位量化", "Q4_K_M"),
        ("someone/Qwen3-32B-4bit", "4bit"), ("qwen3 32b int8", "INT8"), ("qwen3:32b q8", "Q8_0"),
        ("Qwen3 32B AWQ 4bit", "AWQ"), ("Qwen3 32B UD Q4_K_XL", "UD-Q4_K_XL"), ("qwen3 32b q4km", "Q4_K_M"),
    ],
)  # fmt: skip
def test_bits_alone_mean_the_recipe_that_most_download_but_not_in_a_repository(
    names: ModelNames, name: str, format: str
) -> None:
    found = names.meant(name)
    assert (found.id, found.format) == ("qwen3-32b", format)


def test_mlx_community_means_mlx_formats() -> None:
    assert ending("Qwen3-32B-4bit", mlx=True).format == "MLX-4bit"
    assert ending("GLM-4.5-Air-mxfp4", mlx=True).format == "MLX-MXFP4"
    assert ending("Qwen3-32B-bf16", mlx=True).format == "BF16"


def test_a_version_is_no_size(names: ModelNames) -> None:
    assert normal("qwen3-8b") == normal("Qwen3 8B") == normal("qwen3:8b")
    assert normal("Qwen3.8-27B") != normal("Qwen3-8-27B")
    assert normal("Llama-3_3-70B") == normal("llama 3.3 70b")


def test_what_was_read_into_a_name_is_told(catalog: Catalog) -> None:
    model = catalog.model("qwen3:8b")
    assert model.said_format == "Q4_K_M"
    assert model.remarks == ("qwen3:8b is Qwen3 8B in Q4_K_M",)
    assert "taken for Qwen3 32B in Q6_K" in catalog.model("someone/Qwen3-32B-Q6_K-GGUF").remarks[-1]
    assert catalog.model("Qwen/Qwen3-32B").remarks == ()


def test_a_model_that_was_trained_from_another_is_sized_as_that_and_says_so(catalog: Catalog) -> None:
    model = catalog.model("cognitivecomputations/Dolphin3.0-Llama3.1-8B")
    assert model.id == "llama-3.1-8b"
    assert model.remarks == (
        "cognitivecomputations/Dolphin3.0-Llama3.1-8B was trained from Llama 3.1 8B, and is sized as that",
    )
    packed = catalog.model("bartowski/Dolphin3.0-Llama3.1-8B-GGUF:Q4_K_M")
    assert (packed.id, packed.said_format) == ("llama-3.1-8b", "Q4_K_M")


@pytest.mark.parametrize(
    ("tag", "id", "format"),
    [
        ("dolphin3", "llama-3.1-8b", "Q4_K_M"),
        ("zephyr:141b", "mixtral-8x22b", "Q4_0"),
        ("vicuna:7b", "llama-2-7b", "Q4_0"),
        ("magistral:24b-small-2506-q8_0", "mistral-small-3.1-24b", "Q8_0"),
    ],
)
def test_ollamas_tag_of_such_a_model_says_so_too(catalog: Catalog, tag: str, id: str, format: str) -> None:
    model = catalog.model(tag)
    assert (model.id, model.said_format) == (id, format)
    (told,) = model.remarks
    assert f"was trained from {model.name}, and is sized as that" in told or f"taken for {model.name}" in told


def test_every_name_that_an_entry_states_finds_it(catalog: Catalog, names: ModelNames) -> None:
    for model in catalog.models.values():
        own = model.names
        for name in (
            model.name,
            *own.huggingface,
            *own.modelscope,
            *own.repackaged,
            *own.tuned,
            *own.ollama,
            *own.tuned_ollama,
        ):
            assert names.meant(name).id == model.id, name


@pytest.mark.parametrize(
    ("name", "id"),
    [("DeepSeek-R1 671B", "deepseek-r1"), ("DeepSeek V3 671B", "deepseek-v3"), ("gptoss20b", "gpt-oss-20b")],
)
def test_a_published_size_may_stand_behind_a_name_that_has_none(catalog: Catalog, name: str, id: str) -> None:
    assert catalog.model(name).id == id


def test_a_size_that_is_not_the_models_is_no_name_of_it(catalog: Catalog) -> None:
    with pytest.raises(SizingError, match="no model 'DeepSeek-V3 70B'"):
        catalog.model("DeepSeek-V3 70B")
