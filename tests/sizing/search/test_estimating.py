"""What scores are expected of models that nobody tested: no less of a larger or a later one, and nearer than size."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import combinations
from typing import Literal

import pytest

from sizing import Catalog
from sizing.search.estimating import LEAST, estimates, monotone
from sizing.search.typical import merits


def test_a_plane_is_found_as_it_is() -> None:
    rows = [(x, y) for x in (0.0, 1.0, 2.0, 5.0) for y in (0.0, 3.0, 4.0)]
    assert monotone(rows, [7 + 2 * x + 0.5 * y for x, y in rows]) == pytest.approx([7, 2, 0.5])


def test_what_would_lower_an_estimate_is_left_out() -> None:
    rows = [(x, y) for x in (0.0, 1.0, 2.0, 5.0) for y in (0.0, 3.0, 4.0)]
    found = monotone(rows, [7 + 2 * x - 0.5 * y for x, y in rows])
    assert found[2] == 0
    assert found[1] == pytest.approx(2)


def test_a_column_that_says_nothing_decides_nothing() -> None:
    assert monotone([(0.0, 1.0), (1.0, 1.0), (2.0, 1.0)], [1.0, 2.0, 3.0])[1] == pytest.approx(1)


@pytest.mark.parametrize("subject", ["general", "code", "chinese"])
def test_no_larger_or_later_model_is_expected_to_score_less(catalog: Catalog, subject: str) -> None:
    found = estimates(catalog)[subject]
    told = {
        model.id: (model.parameters.total, model.parameters.active, model.released.toordinal())
        for model in catalog.models.values()
        if model.id in found.by_model and model.parameters and isinstance(model.released, dt.date)
    }
    assert len(told) > 250
    for less in told:
        for more in told:
            if all(a <= b for a, b in zip(told[less], told[more], strict=True)):
                assert found.by_model[less] <= found.by_model[more]


def test_who_says_no_day_is_counted_as_of_the_first(catalog: Catalog) -> None:
    (model,) = [one for one in catalog.models.values() if one.id == "qwen3-8b"]
    first = min(one.released for one in catalog.models.values()
                if one.answers and isinstance(one.released, dt.date))  # fmt: skip

    def expected(released: dt.date | Literal["undisclosed"]) -> float:
        changed = replace(model, id="some-8b", released=released)
        other = replace(catalog, models={**catalog.models, "some-8b": changed})
        return estimates(other)["general"].by_model["some-8b"]

    assert expected("undisclosed") == expected(first)
    assert expected(dt.date(2026, 1, 1)) > expected(first)


def _rightly(values: Mapping[str, float], scores: Mapping[str, float]) -> int:
    """Of pairs, how many more stand in order than not."""
    right = 0
    for a, b in combinations(scores, 2):
        order = (values[a] - values[b]) * (scores[a] - scores[b])
        right += (order > 0) - (order < 0)
    return right


@pytest.mark.parametrize("subject", ["general", "code", "chinese"])
def test_it_puts_models_of_makers_whom_it_never_saw_in_order_better_than_size_or_day(
    catalog: Catalog, subject: str
) -> None:
    test = estimates(catalog)[subject].test
    rows = [x for x in catalog.scores() if x.benchmark == test.id and x.model in catalog.models
            and not isinstance(catalog.models[x.model].released, str)]  # fmt: skip
    scores = {name: max(x.value for x in rows if x.model == name) for name in {x.model for x in rows}}
    guessed: dict[str, float] = {}
    for maker in {catalog.models[name].vendor for name in scores}:
        unseen = replace(catalog)
        vars(unseen)["_scores"] = tuple(x for x in rows if catalog.models[x.model].vendor != maker)
        found = estimates(unseen)[subject].by_model
        guessed.update({name: found[name] for name in scores if catalog.models[name].vendor == maker})
    sizes = {name: _total(catalog, name) for name in scores}
    days = {name: float(catalog.models[name].released.toordinal()) for name in scores}  # type: ignore[union-attr]
    right = _rightly(guessed, scores)
    assert right > _rightly(sizes, scores)
    assert right > _rightly(days, scores)


def _total(catalog: Catalog, name: str) -> float:
    counted = catalog.models[name].parameters
    assert counted
    return float(counted.total)


def test_of_few_scores_nothing_is_expected(catalog: Catalog) -> None:
    few: Sequence[str] = [*{x.model for x in catalog.scores()}][: LEAST - 1]
    small = replace(catalog, models={name: catalog.models[name] for name in few if name in catalog.models})
    vars(small)["_scores"] = tuple(x for x in catalog.scores() if x.model in small.models)
    assert estimates(small) == {}


def test_where_no_machine_is_asked_about_models_stand_by_the_same(catalog: Catalog) -> None:
    told, expected = merits(catalog), estimates(catalog)["general"]
    unscored = [name for name, (scored, *_) in told.items() if not scored]
    assert unscored
    assert all(told[name][1] == expected.by_model[name] for name in unscored)
