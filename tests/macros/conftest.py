"""The repository's catalog, and every macro over it on the article's page."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path

import pytest

from macros.environment import Macro
from macros.registry import MACROS
from macros.site import Site
from sizing import Catalog
from tests.macros.environment import FakeEnvironment, site_of


@pytest.fixture
def env(tmp_path: Path) -> FakeEnvironment:
    """A project in a temporary folder, on the article's page."""
    return FakeEnvironment(tmp_path)


@pytest.fixture(scope="session")
def site(catalog: Catalog, tmp_path_factory: pytest.TempPathFactory) -> Site:
    return site_of(catalog, FakeEnvironment(tmp_path_factory.mktemp("project")))


@pytest.fixture(scope="session")
def call(site: Site) -> Mapping[str, Macro]:
    """Every macro by name, unguarded: bad input raises."""
    return {name: partial(macro, site) for name, macro in MACROS.items()}
