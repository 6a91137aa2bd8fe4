"""A synthetic catalog is whole, as large as asked for; and what one entry costs does not grow with their number."""

import cProfile
import pstats
from collections.abc import Callable
from pathlib import Path

import pytest

from macros.entries.common import Known
from macros.entries.models import model_page
from sizing import Catalog
from tests.macros.environment import FakeEnvironment, site_of
from tools.synthetic import write

SOME = ("qwen3-32b", "gpt-oss-20b", "llama-3-8b", "mixtral-8x7b")


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    return Catalog.load(write(tmp_path_factory.mktemp("small") / "catalog", models=60))


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    return Catalog.load(write(tmp_path_factory.mktemp("large") / "catalog", models=600, devices=800))


def test_it_is_as_large_as_asked_for(small: Catalog, large: Catalog) -> None:
    assert len(small.models) == 60
    assert (len(large.models), len(large.devices)) == (600, 800)
    assert set(SOME) <= small.models.keys() < large.models.keys()


def test_a_copy_is_much_like_the_first_and_answers_to_names_of_its_own(large: Catalog) -> None:
    copy = next(one for name, one in large.models.items() if name.endswith("-copy-2") and one.names.huggingface)
    first = large.models[copy.id.removesuffix("-copy-2")]
    assert first.parameters is not None
    assert copy.parameters is not None
    assert 1 <= copy.parameters.total / first.parameters.total < 1.01
    assert large.model(copy.names.huggingface[0]).id == copy.id
    assert large.model(first.names.huggingface[0]).id == first.id


def test_nothing_is_said_of_models_that_are_left_out(small: Catalog) -> None:
    assert 0 < len(small.scores()) < len(Catalog.load().scores())
    assert {one.model for one in small.measurements()} <= small.models.keys()


def test_fewer_models_than_pages_name_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="3 models are too few; pages, claims and formats name"):
        write(tmp_path / "catalog", models=3)


def calls(work: Callable[[], object]) -> int:
    """How much work something is, on any machine: the calls of functions."""
    profile = cProfile.Profile()
    profile.runcall(work)
    found: int = pstats.Stats(profile).total_calls  # type: ignore[attr-defined]
    return found


def pages(catalog: Catalog, env: FakeEnvironment) -> int:
    known = Known.of(site_of(catalog, env))
    return calls(lambda: [model_page(known, catalog.models[name]) for name in SOME])


def test_a_models_page_is_no_more_work_in_a_catalog_twice_as_large(large: Catalog, tmp_path: Path) -> None:
    env = FakeEnvironment(tmp_path)
    pages(large, env)  # which fills the caches of what models are made of
    assert pages(large, env) <= 1.05 * pages(Catalog.load(), env)
