"""The repository's catalog, read once."""

from __future__ import annotations

import pytest

from sizing import Catalog


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    return Catalog.load()
