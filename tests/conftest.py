"""Every test sees the prices of one day, or those that name no other would fail when these prices are old; and one
browser, since a process drives one at a time."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Final

import pytest
from playwright.sync_api import Browser, sync_playwright

from sizing.facts.days import EPOCH
from tests import sampled
from tests.site import chromium

DAY: Final = datetime(2026, 11, 26, tzinfo=UTC)  # on which most of the catalog's prices were read

os.environ[EPOCH] = str(int(DAY.timestamp()))  # of the processes that tests start too


def pytest_report_header() -> str:
    """How much the proofs try, and how to try the same again."""
    return sampled.SAYS


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless Chromium."""
    with sync_playwright() as playwright:
        started = chromium.launch(playwright)
        yield started
        started.close()
