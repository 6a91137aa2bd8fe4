"""Speeds with drafted tokens, beside what was measured."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sizing import Catalog
from sizing.engine.work import decoding
from sizing.proof.cases import cases
from sizing.proof.drafted import Trial, left_out, trials, verifying


@pytest.fixture(scope="module")
def known(catalog: Catalog) -> list[Trial]:
    return trials(catalog, replace(catalog.planner.fitted, verifying={}))


def test_every_row_with_drafts_is_predicted(catalog: Catalog, known: list[Trial]) -> None:
    assert len(known) == len(catalog.drafted()) >= 40
    assert len({one.row.device for one in known}) >= 10


def test_the_factors_are_those_of_the_rows(catalog: Catalog, known: list[Trial]) -> None:
    fitted = catalog.planner.fitted
    assert fitted.verifying == verifying(known, replace(fitted, verifying={})), "run make fit"


def test_with_the_acceptance_known_drafts_are_foreseen(catalog: Catalog, known: list[Trial]) -> None:
    off = np.array([residual for one in known if (residual := one.off(catalog.planner.fitted)) is not None])
    errors = np.abs(np.exp(off) - 1)
    assert np.median(errors) <= 0.12
    assert np.quantile(errors, 0.9) <= 0.35


def test_four_tokens_at_once_computed_four_times_as_fast_take_what_one_does(catalog: Catalog) -> None:
    found = next(c for c in cases(catalog) if c.row.device == "rtx-4090" and c.speed.kind == "dense")
    size, layout, depth = found.speed.demand.sized, found.speed.layout, 1000
    one, four = (decoding(size, layout, depth, 1, tokens) for tokens in (1, 4))
    program = found.speed.demand.program.name
    slow, fast = (
        replace(found.speed, fitted=replace(found.speed.fitted, verifying={program: times})) for times in (1.0, 4.0)
    )
    assert fast.decoding_seconds(four, 4) == pytest.approx(slow.decoding_seconds(one))
    assert fast.decoding_seconds(one) == slow.decoding_seconds(one), "nothing is drafted"
    longer, plain = slow.decoding_seconds(four, 4), slow.decoding_seconds(one)
    assert longer is not None
    assert plain is not None
    assert longer > plain


def test_on_devices_that_nobody_measured_too(catalog: Catalog, known: list[Trial]) -> None:
    off = left_out(known, replace(catalog.planner.fitted, verifying={}))
    assert np.median(np.abs(np.exp(np.array(off)) - 1)) <= 0.12


def test_of_llama_cpps_backends_metal_gains_least_of_a_few_tokens_at_once(catalog: Catalog) -> None:
    factors = {name: f for name, f in catalog.planner.fitted.verifying.items() if name.startswith("llama.cpp/")}
    assert min(factors, key=lambda name: factors[name]) == "llama.cpp/metal"
