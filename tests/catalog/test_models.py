"""The models are as large as their publishers say."""

from __future__ import annotations

import pytest

from sizing import Catalog
from sizing.anatomy.shape import Shape
from sizing.anatomy.tensors import tensors
from sizing.model import Model

# What others counted in the published weights. Hugging Face counts all that the safetensors hold: MTP layers,
# router biases, FP8 scales. Fireworks counts the main model with the router biases. llama-bench counts the GGUF.
# LLMFIT: https://github.com/AlexsJones/llmfit/blob/a3e0eb27c57fe05298292f4c61699b9aed2824ea/llmfit-core/data/hf_models.json
# FIREWORKS: https://docs.fireworks.ai/fine-tuning/models.md
# APELLEGR: https://github.com/apellegr/Strix-Halo-Models/blob/c97e6cfb6f8503823cda8a791c6f6751ac52daf1
#   benchmarks/full_benchmark_20260310_183313.jsonl
# LHL: https://github.com/lhl/strix-halo-testing/blob/5ee14b5b0ecfbd16b7fd0aa41a91581c32b33b61
#   llm-bench/llama-2-7b.Q4_0/raw_runs.jsonl


def shape(model: Model) -> Shape:
    assert model.shape is not None
    return model.shape


def total(model: Model) -> int:
    assert model.parameters is not None
    return model.parameters.total


def active(model: Model) -> int:
    assert model.parameters is not None
    return model.parameters.active


def test_every_open_model_has_exactly_the_parameters_that_its_entry_states(catalog: Catalog) -> None:
    open_models = {name: model for name, model in catalog.models.items() if model.open}
    computed = {name: total(model) for name, model in open_models.items()}
    stated = {name: model.stated_parameters for name, model in open_models.items()}
    assert computed == stated
    assert not [name for name, count in stated.items() if not isinstance(count, int)]


def test_the_catalog_holds_the_articles_open_models(catalog: Catalog) -> None:
    named = {
        "kimi-k2", "glm-4.5", "glm-4.5-air", "llama-3-8b", "llama-3-70b", "qwen2-7b", "qwen2-72b", "mistral-7b",
        "mixtral-8x7b", "deepseek-v3", "llama-2-13b", "llama-30b", "llama-65b",
    }  # fmt: skip
    assert named <= {name for name, model in catalog.models.items() if model.open}


def test_hosted_models_state_no_shape_and_no_size(catalog: Catalog) -> None:
    hosted = [model for model in catalog.models.values() if not model.open]
    assert hosted
    for model in hosted:
        assert model.parameters is None
        assert model.stated_parameters == "undisclosed"
        assert model.license == "proprietary"


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("llama-3-8b", 8_030_261_248),  # LLMFIT
        ("llama-3-70b", 70_553_706_496),  # LLMFIT
        ("mistral-7b", 7_241_732_096),  # LLMFIT
        ("mixtral-8x7b", 46_702_792_704),  # LLMFIT
        ("mistral-7b-v0.3", 7_248_023_552),  # APELLEGR
        ("qwen2-7b", 7_615_616_512),  # APELLEGR
        ("qwen2-72b", 72_706_203_648),  # APELLEGR
        ("llama-2-7b", 6_738_415_616),  # LHL
    ],
)
def test_others_count_the_same_in_the_published_weights(catalog: Catalog, name: str, count: int) -> None:
    assert total(catalog.model(name)) == count


@pytest.mark.parametrize(
    ("name", "count"),
    [("deepseek-v3", 671_026_419_200), ("kimi-k2", 1_026_408_232_448), ("glm-4.5", 352_797_829_024)],  # FIREWORKS
)
def test_with_its_router_biases_a_mixture_has_what_fireworks_counts(catalog: Catalog, name: str, count: int) -> None:
    model = catalog.model(name)
    biases = sum(t.elements for t in tensors(shape(model)) if t.buffer and not t.mtp)
    assert total(model) + biases == count


@pytest.mark.parametrize(
    ("name", "count"),
    [("glm-4.5", 358_337_791_296), ("glm-4.5-air", 110_468_824_832)],  # LLMFIT
)
def test_glm_with_its_mtp_layer_has_what_hugging_face_counts(catalog: Catalog, name: str, count: int) -> None:
    assert sum(t.elements for t in tensors(shape(catalog.model(name)))) == count


def test_deepseek_v3_with_mtp_layer_and_fp8_scales_has_what_hugging_face_counts(catalog: Catalog) -> None:
    # One scale for each block of 128 x 128; the checkpoint holds kv_b whole, with (128 + 128) x 128 heads as rows.
    # https://github.com/deepseek-ai/DeepSeek-V3/blob/0b39205aed0d4b1f9a2798e8551e4059c8f94b0c/README_WEIGHTS.md
    def blocks(rows: int, columns: int) -> int:
        return -(-rows // 128) * -(-columns // 128)

    attention = (
        blocks(1536, 7168) + blocks(128 * 192, 1536) + blocks(512 + 64, 7168)
        + blocks(128 * 256, 512) + blocks(7168, 128 * 128)
    )  # fmt: skip
    dense = 2 * blocks(18432, 7168) + blocks(7168, 18432)
    experts = (256 + 1) * (2 * blocks(2048, 7168) + blocks(7168, 2048))
    scales = 62 * attention + 3 * dense + 59 * experts  # 61 layers and the MTP layer, three of them dense
    weights = sum(t.elements for t in tensors(shape(catalog.model("deepseek-v3"))))
    assert weights + scales == 684_531_386_000  # LLMFIT


@pytest.mark.parametrize(
    ("name", "billions"),
    [
        # https://huggingface.co/deepseek-ai/DeepSeek-V3-Base/commit/32950e40aa550917d1c86e61411183ca3db528d2
        ("deepseek-v3", 36.6),
    ],
)
def test_active_parameters_without_the_input_embedding_are_the_published_ones(
    catalog: Catalog, name: str, billions: float
) -> None:
    assert active(catalog.model(name)) / 1e9 == pytest.approx(billions, abs=0.05)


@pytest.mark.parametrize(
    ("name", "billions", "digit"),
    [
        # "uses 12.9B parameters per token": https://mistral.ai/news/mixtral-of-experts, as the entry's source quotes it
        ("mixtral-8x7b", 12.9, 0.1),
        # 37B activated: https://github.com/deepseek-ai/DeepSeek-V3/blob/9b4e9788e4a3a731f7567338ed15d3ec549ce03b/README.md
        ("deepseek-v3", 37, 1),
        # 32B: https://github.com/MoonshotAI/Kimi-K2/blob/11062d119a82873f7f786cd2733c57d42ee65b79/README.md
        ("kimi-k2", 32, 1),
    ],
)
def test_active_parameters_with_the_input_embedding_are_the_published_ones(
    catalog: Catalog, name: str, billions: float, digit: float
) -> None:
    model = catalog.model(name)
    embedding = shape(model).vocab * shape(model).hidden
    assert not shape(model).tied
    # Rounded either way: DeepSeek's 37.55B is published as 37B.
    assert (active(model) + embedding) / 1e9 == pytest.approx(billions, abs=digit)


def test_a_dense_model_reads_all_but_its_input_embedding_for_each_token(catalog: Catalog) -> None:
    for model in catalog.models.values():
        if model.open and not shape(model).experts:
            looked_up = sum(t.elements for t in tensors(shape(model)) if t.part == "embedding")
            # A tied embedding is read after all: as the output head.
            head = shape(model).vocab * shape(model).hidden if shape(model).tied else 0
            unread = looked_up - head
            assert total(model) - active(model) == unread, model.id


def rounded_by(published: int) -> int:
    """What a headline of one digit may hide: 0.3B is said of 0.36B."""
    digits = str(published).rstrip("0")
    return 10 ** (len(str(published)) - 1) if len(digits) == 1 else 0


def test_the_vendors_headline_figures_are_near_the_count(catalog: Catalog) -> None:
    for model in catalog.models.values():
        if model.open and model.published is not None and isinstance(model.published.total, int):
            hidden = max(0.09 * total(model), rounded_by(model.published.total))
            # Some vendors leave the embedding out, and say so (Command R7B).
            without = "without the embedding" in model.published.counts
            # What nobody saves only transformers counts (LongCat-Flash).
            counted = total(model) - without * shape(model).vocab * shape(model).hidden
            assert model.published.total == pytest.approx(counted, abs=hidden), model.id
        if model.open and model.published is not None and isinstance(model.published.active, int):
            # Vendors differ: with the input embedding (DeepSeek), with the head alone, or with neither (Qwen3-Next).
            table = shape(model).vocab * shape(model).hidden
            counts = (active(model), active(model) + table, active(model) - table)
            hidden = max(0.13 * active(model), rounded_by(model.published.active))
            assert any(model.published.active == pytest.approx(count, abs=hidden) for count in counts), model.id


def test_every_open_entry_names_a_source_for_its_shape(catalog: Catalog) -> None:
    for model in catalog.models.values():
        if model.open:
            assert any(not source.keys or "architecture" in source.keys for source in model.sources), model.id


def test_the_template_is_no_model(catalog: Catalog) -> None:
    assert (catalog.root / "models" / "_template.yaml").is_file()
    assert "example-1b" not in catalog.models
