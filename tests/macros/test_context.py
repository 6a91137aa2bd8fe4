"""A macro's links work from wherever its page stands."""

import pytest

from macros.context import Site
from sizing import Catalog
from tests.macros.environment import ARTICLE, FakeEnvironment, as_environment


@pytest.mark.parametrize(
    ("page", "link"),
    [
        (ARTICLE, "[x](../data/models.md#a)"),
        ("data/devices", "[x](../data/models.md#a)"),
        ("method", "[x](data/models.md#a)"),
        ("a/b/c", "[x](../../data/models.md#a)"),
    ],
)
def test_a_link_starts_at_its_page(env: FakeEnvironment, catalog: Catalog, page: str, link: str) -> None:
    env.turn_to(page)
    assert Site(catalog, env).link("x", "data/models.md", "a") == link


def test_the_home_page_links_down(env: FakeEnvironment, catalog: Catalog) -> None:
    env.page.url = ""
    assert Site(catalog, env).link("x", "claims.md") == "[x](claims.md)"


def test_the_fake_is_an_environment(env: FakeEnvironment) -> None:
    assert as_environment(env).page.url.startswith("07%20")
