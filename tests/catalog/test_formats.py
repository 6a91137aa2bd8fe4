"""The formats are those that people download, and lose what was measured."""

from __future__ import annotations

import pytest

from sizing import Catalog
from sizing.anatomy.formats import format_of
from sizing.anatomy.sized import sized


def test_the_articles_formats_are_there(catalog: Catalog) -> None:
    named = {
        "F16", "BF16", "FP8", "INT8", "Q8_0", "Q6_K", "Q5_K_M", "Q4_K_M", "Q4_0", "Q3_K_M", "Q2_K", "AWQ", "GPTQ",
        "MXFP4", "NVFP4", "NF4", "INT4", "EXL2", "MLX-4bit",
    }  # fmt: skip
    assert named <= set(catalog.formats)


def test_every_format_is_read_by_a_runtime_that_can_size_it(catalog: Catalog) -> None:
    model = catalog.model("llama-3-8b")
    shape = model.shape
    assert shape is not None
    for name, fmt in catalog.formats.items():
        chosen = format_of(catalog, model, f"{name}-4.0bpw" if fmt.bpw else name)
        for runtime in map(catalog.runtime, fmt.runtimes):
            gguf = runtime.files == "gguf"
            assert sized(shape, chosen, "f16", runtime.cache, gguf).weights > 0, (name, runtime.id)


def test_a_checkpoint_names_models_that_are_there_or_may_come(catalog: Catalog) -> None:
    # A model's id is checked; a model_type may be one that no entry has yet.
    coming = {"gemma-4-26b-a4b"}
    for fmt in catalog.formats.values():
        for checkpoint in fmt.checkpoints:
            assert set(checkpoint.models) - coming <= set(catalog.models), fmt.id


@pytest.mark.parametrize("model", ["llama-3-8b", "llama-3-70b"])
def test_fewer_bits_lose_more(catalog: Catalog, model: str) -> None:
    # One source compares them all: perplexity rises as the files shrink.
    measured = {
        name: loss.value
        for name, fmt in catalog.formats.items()
        for loss in fmt.loss
        if fmt.kind == "gguf" and loss.model == model and loss.metric == "perplexity"
    }
    order = [f for f in ("Q8_0", "Q6_K", "Q5_K_M", "Q4_K_M", "Q3_K_M", "Q2_K") if f in measured]
    assert len(order) >= 5
    assert [measured[f] for f in order] == sorted(measured[f] for f in order)


def test_a_loss_names_a_model_and_a_base(catalog: Catalog) -> None:
    for fmt in catalog.formats.values():
        for loss in fmt.loss:
            assert loss.base in catalog.formats, fmt.id
            assert loss.source.url.startswith("https://"), fmt.id
