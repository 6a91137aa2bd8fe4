"""A model is its entry and what follows from its shape."""

from __future__ import annotations

from sizing import Catalog


def test_parameters_follow_from_the_shape(catalog: Catalog) -> None:
    counts = catalog.model("llama-3-8b").parameters
    assert counts is not None
    assert counts.total == 8_030_261_248


def test_without_a_shape_there_are_none(catalog: Catalog) -> None:
    assert catalog.model("gpt-4o").parameters is None
    assert not catalog.model("gpt-4o").open
