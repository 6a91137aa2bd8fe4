"""The error table counts every row that can be predicted, and counts it right."""

from __future__ import annotations

import dataclasses

import pytest

from sizing import Catalog
from sizing.accuracy import Comparison, accuracy, compare, groups
from sizing.speed import Rate


def test_a_row_is_inside_when_the_range_holds_it(catalog: Catalog) -> None:
    row = dataclasses.replace(catalog.measurements()[0], tok_s=100.0)
    assert Comparison(row, Rate(110.0, 90.0, 120.0)).inside
    assert not Comparison(row, Rate(110.0, 101.0, 120.0)).inside
    assert Comparison(row, Rate(110.0, 101.0, 120.0)).error == pytest.approx(0.10)


def test_a_group_has_the_median_of_its_absolute_errors(catalog: Catalog) -> None:
    row = dataclasses.replace(catalog.measurements()[0], tok_s=100.0)
    (group,) = groups(Comparison(row, Rate(value, 95.0, 105.0)) for value in (80.0, 101.0, 110.0))
    assert (group.rows, group.inside) == (3, 1.0)
    assert group.median_error == pytest.approx(0.10)


def test_every_row_of_one_sequence_is_compared(catalog: Catalog) -> None:
    single = [row for row in catalog.measurements() if row.batch == 1]
    assert sum(group.rows for group in accuracy(catalog)) == len([r for r in single if compare(catalog, r) is not None])
    assert sum(group.rows for group in accuracy(catalog)) >= 0.95 * len(single)


def test_a_row_whose_depth_is_its_prompt_is_not_taken_twice_as_deep(catalog: Catalog) -> None:
    # vLLM and Transformers rows state the prompt as the depth that decoding starts at.
    row = next(r for r in catalog.measurements() if r.prompt and r.depth == r.prompt > 1000 and r.test == "decode")
    as_is, shallower = compare(catalog, row), compare(catalog, dataclasses.replace(row, prompt=0))
    assert as_is is not None
    assert shallower is not None
    assert as_is.predicted == shallower.predicted
