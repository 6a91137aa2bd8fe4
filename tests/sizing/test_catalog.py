"""The catalog gives an entry by its id, or says which ids are near."""

from __future__ import annotations

import pytest

from sizing import Catalog, SizingError, plan
from sizing.catalog import default_catalog
from tests.sizing.conftest import Shelf


@pytest.mark.parametrize(
    ("kind", "name", "near"),
    [
        ("model", "llama-3-80b", "llama-3-8"),
        ("device", "rtx-4091", "rtx-4090"),
        ("runtime", "vlm", "vllm"),
        ("format", "Q4KM", "Q4_K_M"),
        ("claim", "70b-fp-16", "70b-fp16"),
        ("word", "smoth", "smooth"),
    ],
)
def test_an_unknown_id_names_those_that_are_near(catalog: Catalog, kind: str, name: str, near: str) -> None:
    with pytest.raises(SizingError, match=rf"^no {kind} '{name}' in the catalog; did you mean .*{near}"):
        getattr(catalog, kind)(name)


def test_where_none_is_near_some_are_named(catalog: Catalog) -> None:
    with pytest.raises(
        SizingError,
        match=r"^no runtime 'zzz' in the catalog; known are exllamav2, exllamav3, [^,]+, [^,]+, [^,]+ and 4 more$",
    ):
        catalog.runtime("zzz")


def test_a_set_stands_for_its_members_and_may_name_another_set(catalog: Catalog) -> None:
    dense = catalog.members("models", ["dense"])
    assert set(catalog.members("models", ["7b-class"])) < set(dense)
    assert catalog.members("models", ["dense", "llama-3-8b"]) == dense
    assert catalog.members("models", ["llama-3-8b"]) == ("llama-3-8b",)


def test_a_plan_uses_the_catalog_that_its_model_came_from(shelf: Shelf) -> None:
    # Twice the cost of a CUDA context, in this catalog alone.
    own = shelf.edit("runtimes.yaml", "context_overhead: 450 MiB", "context_overhead: 900 MiB").load()
    ours, theirs = (
        plan(c.model("llama-3-8b"), c.machine("rtx-4090"), format="Q4_K_M", context=512).memory.overhead
        for c in (own, default_catalog())
    )
    assert (ours, theirs) == (900 * 2**20, 450 * 2**20)


def test_the_repositorys_catalog_is_read_once() -> None:
    assert default_catalog() is default_catalog()
