"""A few models stand for all: of each size those that score best, however many the catalog has."""

import math
from dataclasses import replace

from sizing import Catalog
from sizing.model import Model
from sizing.search.question import CHAT
from sizing.search.scoring import test_of as edition_of
from sizing.search.typical import SMALLEST, typical


def size(model: Model) -> int:
    assert model.parameters is not None
    return math.floor(math.log2(model.parameters.total))


def test_each_size_has_at_most_so_many_the_smallest_first(catalog: Catalog) -> None:
    for each in (1, 2):
        sizes = [size(model) for model in typical(catalog, each)]
        assert sizes == sorted(sizes)
        assert max(sizes.count(one) for one in sizes) == each
    totals = [model.parameters.total for model in typical(catalog) if model.parameters]
    assert min(totals) >= SMALLEST


def test_no_model_of_its_size_scores_higher_than_the_one_that_stands_for_it(catalog: Catalog) -> None:
    test = edition_of(catalog, CHAT, {model.id for model in catalog.models.values() if model.open})
    assert test is not None
    best: dict[str, float] = {}
    for one in catalog.scores():
        if one.benchmark == test.id:
            best[one.model] = max(best.get(one.model, 0.0), one.value)
    for chosen in typical(catalog, each=1):
        alike = [one for one in catalog.models.values() if one.open and size(one) == size(chosen)]
        assert best.get(chosen.id, 0.0) == max(best.get(one.id, 0.0) for one in alike)


def test_a_larger_catalog_has_no_more_of_them(catalog: Catalog) -> None:
    copies = {f"{id}-again": replace(one, id=f"{id}-again") for id, one in catalog.models.items()}
    larger = replace(catalog, models={**catalog.models, **copies})
    assert len(typical(larger)) == len(typical(catalog))
