"""Numbers and names that a page writes by itself look as those that Python wrote into it."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Final

import pytest
from playwright.sync_api import Browser

from macros.labels import facts, units
from macros.labels.names import called
from sizing import Catalog
from sizing.engine.speed import Rate
from sizing.facts.money import Money

# What the page calls by these names, with numbers of any size, ties among them.
WRITTEN: Final[dict[str, Callable[[float], str]]] = {
    "number": units.number, "rounded": units.rounded, "gib": units.gib, "gb": units.gb, "mib": units.mib,
    "count": units.count, "seconds": units.seconds, "share": units.share, "ratio": units.ratio,
    "bandwidth": units.bandwidth,
    "box": lambda value: units.box(round(value)),
}  # fmt: skip
TIES: Final = (0, 0.5, 1.5, 2.5, 0.125, 2.675, 9.995, 9.996, 12.5, 13.5, 99.5, 125.0, 135.0, 999.5, 1250.0, 12345.0)
ASK: Final = """async ([module, asked]) => {
  const units = await import(module);
  return asked.map(([name, ...values]) => units[name](...values));
}"""


@pytest.fixture
def written(browser: Browser, site_url: str) -> Callable[[list[list[object]]], list[str]]:
    """What the page's own module writes for names and values."""

    def ask(asked: list[list[object]]) -> list[str]:
        page = browser.new_page()
        page.goto(site_url)
        found: list[str] = page.evaluate(ASK, [f"{site_url}assets/calculator/units.mjs", asked])
        page.close()
        return found

    return ask


def test_a_page_writes_numbers_as_python_does(written: Callable[[list[list[object]]], list[str]]) -> None:
    drawn = random.Random(3)
    values = [*TIES, *(drawn.uniform(0, 10) * 10 ** drawn.randint(-3, 13) for _ in range(400))]
    asked = [(name, value) for name in WRITTEN for value in values]
    expected = [WRITTEN[name](value) for name, value in asked]
    assert written([list(one) for one in asked]) == expected


def test_a_page_writes_contexts_as_python_does(written: Callable[[list[list[object]]], list[str]]) -> None:
    values = [256, 1000, 1024, 8192, 40_960, 100_000, 102_400, 131_072, 1_000_000, 1 << 20, 10 << 20, 3_072_000]
    assert written([["tokens", value] for value in values]) == [units.tokens(value) for value in values]


def test_a_page_writes_speeds_and_prices_as_python_does(written: Callable[[list[list[object]]], list[str]]) -> None:
    rate = Rate(37.26, 31.4, 43.5)
    assert written([["rate", rate.as_dict()], ["rate", None]]) == [units.rate(rate), units.rate(None)]
    for amount, per in ((1599, None), (16999.5, None), (0.18, "hour"), (10, None), (2400, None)):
        told = {"amount": amount, "currency": "USD", "per": per}
        assert written([["money", told]]) == [facts.amount(Money(amount, "USD"), per)]


CALLED: Final = "async ([module, names]) => { const { called } = await import(module); return names.map(called); }"


def test_names_are_said_in_the_same_chinese(browser: Browser, site_url: str, catalog: Catalog) -> None:
    kinds = (catalog.machines, catalog.devices, catalog.benchmarks)
    names = sorted({entry.name for kind in kinds for entry in kind.values()})
    page = browser.new_page()
    page.goto(site_url)
    found = page.evaluate(CALLED, [f"{site_url}assets/calculator/called.mjs", names])
    page.close()
    assert dict(zip(names, found, strict=True)) == {name: called(name) for name in names}
