"""What transformers, llama-quantize and llama-fit-params said of every open model, and what the engine says."""

from __future__ import annotations

import pytest

from sizing import Catalog
from sizing.record import Agreement, agreements
from sizing.units import MIB


@pytest.fixture(scope="module")
def found(catalog: Catalog) -> list[Agreement]:
    return list(agreements(catalog))


def of(found: list[Agreement], what: str) -> list[Agreement]:
    return [a for a in found if a.what == what]


def test_parameter_counts_are_those_of_transformers(found: list[Agreement]) -> None:
    assert {a.case: a.computed for a in of(found, "parameters")} == {
        a.case: a.recorded for a in of(found, "parameters")
    }


def test_weights_are_those_of_llama_quantize_in_every_recipe(found: list[Agreement]) -> None:
    assert [a for a in of(found, "weights") if not a.within(0.001)] == []


def test_caches_are_those_of_llama_fit_params(found: list[Agreement]) -> None:
    assert [a for a in of(found, "cache") if not a.within(0.001, MIB)] == []


def test_buffers_are_near_those_of_llama_fit_params(found: list[Agreement]) -> None:
    buffers = of(found, "buffers")
    assert sum(a.within(0.10, 32 * MIB) for a in buffers) >= 0.9 * len(buffers)
    assert [a for a in buffers if not a.within(0.30, 64 * MIB)] == []


def test_the_record_covers_the_catalog(catalog: Catalog, found: list[Agreement]) -> None:
    recorded = {a.case for a in of(found, "parameters")}
    open_models = {name for name, model in catalog.models.items() if model.open}
    assert len(recorded) >= 0.9 * len(open_models), f"not recorded: {sorted(open_models - recorded)}"
    # 37 recipes a model, and four contexts in two cache types.
    assert len(of(found, "weights")) > 30 * 0.9 * len(recorded)
    assert len(of(found, "cache")) > 8 * 0.9 * len(recorded)
