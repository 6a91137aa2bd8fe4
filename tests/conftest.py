"""Every test sees the prices of one day, or those that name no other would fail when these prices are old; one catalog,
which is read once with all that was worked out of it; and one browser, since a process drives one at a time."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Browser, sync_playwright

from sizing import Catalog
from sizing.facts.days import EPOCH
from tests import sampled
from tests.site import chromium

DAY: Final = datetime(2026, 11, 26, tzinfo=UTC)  # on which most of the catalog's prices were read

os.environ[EPOCH] = str(int(DAY.timestamp()))  # of the processes that tests start too


# The first of these builds the site; what is long and needs none comes next, so that no other worker waits for it, nor
# works alone at the end.
FIRST: Final = (
    "site/test_article.py", "site/test_live_reload.py", "test_reproducible.py", "site/test_parity.py",
    "test_installed.py", "site/test_payloads.py", "site/test_launch.py", "site/test_another_site.py",
)  # fmt: skip


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files in the order in which they are begun."""
    here = Path(__file__).parent
    turn = {here / name: number for number, name in enumerate(FIRST)}
    items.sort(key=lambda item: turn.get(item.path, len(turn)))


def pytest_report_header() -> str:
    """How much the proofs try, and how to try the same again."""
    return sampled.SAYS


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    """The repository's, which nobody changes."""
    return Catalog.load()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless Chromium."""
    with sync_playwright() as playwright:
        started = chromium.launch(playwright)
        yield started
        started.close()
