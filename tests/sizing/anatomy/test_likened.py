"""A publisher's mix whose size nobody states is as large as its kin's, and says so."""

from __future__ import annotations

from dataclasses import replace
from statistics import median, quantiles

import pytest

from sizing import Catalog, Model, plan
from sizing.anatomy.formats import file_bytes, format_of
from sizing.anatomy.likened import likened, recipe_of
from sizing.anatomy.shaped import ShapedEntry
from sizing.facts.entries.common import Source
from sizing.facts.entries.formats import Variant
from sizing.facts.entries.models import PublishedFile
from sizing.facts.validation import checked


def size(catalog: Catalog, model: ShapedEntry, recipe: str) -> int:
    assert model.shape is not None
    return file_bytes(catalog.format(recipe), model.shape)


def test_each_cited_file_by_the_others(catalog: Catalog) -> None:
    """Each file that is cited, as if it were not: half are within 2.5 %, four in five within 8 %."""
    off = []
    for model in catalog.models.values():
        others = [one for one in catalog.models.values() if one.id != model.id]
        for name, file in model.files.items():
            found = likened(others, model, name, lambda one, recipe: size(catalog, one, recipe))
            if found is not None:
                off.append(abs(found.ratio * size(catalog, model, found.recipe) / file.bytes - 1))
    assert len(off) > 30
    assert median(off) < 0.025
    assert quantiles(off, n=5)[-1] < 0.08


def likened_to(model: Model, ratio: float, catalog: Catalog) -> Model:
    """A model whose UD-Q4_K_XL is so many times Q4_K_M."""
    source = checked(Source, {"url": "https://example.com/x", "read": "2026-11-24"})
    bytes_ = round(ratio * size(catalog, model, "Q4_K_M"))
    return replace(model, files={"UD-Q4_K_XL": PublishedFile(bytes=bytes_, like="Q4_K_M", source=source)})


def test_the_nearest_kin_counts_alone(catalog: Catalog) -> None:
    twin = likened_to(catalog.model("qwen3-8b"), 1.04, catalog)  # of the same shape
    cousin = likened_to(catalog.model("qwen3-32b"), 1.07, catalog)  # of the same architecture
    others = (
        likened_to(catalog.model("llama-3-70b"), 1.01, catalog),
        likened_to(catalog.model("gemma-3-27b"), 1.02, catalog),
    )
    mixture = likened_to(catalog.model("qwen3-30b-a3b"), 0.9, catalog)
    asked = replace(catalog.model("qwen3-8b"), files={})

    def ratio(*models: Model) -> float:
        found = likened(models, asked, "ud-q4_k_xl", lambda one, recipe: size(catalog, one, recipe))
        assert found is not None
        return round(found.ratio, 3)

    assert ratio(twin, cousin, *others, mixture) == 1.04
    assert ratio(cousin, *others, mixture) == 1.07
    assert ratio(*others, mixture) == 1.015  # the median of the dense ones
    assert ratio(mixture) == 1  # a mixture says nothing of a dense model


def test_what_it_stands_on_is_told(catalog: Catalog) -> None:
    p = plan(catalog.model("glm-5"), None, format="UD-Q4_K_XL", context=8192)
    assert isinstance(p.format, Variant)
    assert p.format.assumed is not None
    assert p.format.assumed in p.remarks
    assert "as of deepseek-v3-0324" in p.format.assumed
    cited = plan(catalog.model("qwen3.6-27b"), None, format="UD-Q4_K_XL", context=8192)
    assert not any("nobody states" in said for said in cited.remarks)


def test_experts_that_keep_their_type_leave_little_to_choose(catalog: Catalog) -> None:
    """gpt-oss keeps four bits in every recipe: 120 billion weights are never 5 bits each."""
    mix = plan(catalog.model("gpt-oss-120b"), None, format="UD-Q4_K_XL", context=8192)
    assert mix.memory.weights == plan(catalog.model("gpt-oss-120b"), None, format="Q4_K_M", context=8192).memory.weights


@pytest.mark.parametrize(
    ("name", "recipe"),
    [("UD-Q4_K_XL", "Q4_K_M"), ("ud-iq3_xxs", "IQ3_XXS"), ("UD-Q8_K_XL", "Q8_0"), ("Q4_K_M", None), ("UD-BF16", None)],
)
def test_a_mix_is_named_after_a_recipe(name: str, recipe: str | None) -> None:
    assert recipe_of(name) == recipe


def test_a_mix_is_found_whatever_the_case(catalog: Catalog) -> None:
    assert format_of(catalog, catalog.model("qwen3-32b"), "ud-q4_k_xl").id == "UD-Q4_K_XL"
