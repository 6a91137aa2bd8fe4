"""The repository's catalog, and every macro over it on the article's page."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from macros import accuracy, articles, charts, ledger, numbers, reference, speeds
from macros.context import Site
from sizing import Catalog
from tests.macros.environment import FakeEnvironment, Macro


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    return Catalog.load()


@pytest.fixture
def env(tmp_path: Path) -> FakeEnvironment:
    """A project in a temporary folder, on the article's page."""
    return FakeEnvironment(tmp_path)


@pytest.fixture(scope="session")
def site(catalog: Catalog, tmp_path_factory: pytest.TempPathFactory) -> Site:
    return Site(catalog, FakeEnvironment(tmp_path_factory.mktemp("project")))


@pytest.fixture(scope="session")
def call(site: Site) -> Mapping[str, Macro]:
    """Every macro by name, unguarded: bad input raises."""
    modules = (numbers, articles, charts, ledger, reference, speeds, accuracy)
    return {macro.__name__: macro for module in modules for macro in module.macros(site)}
