"""A site decides where names lead, how macros are called, and which catalog they show; a slip is one line."""

from pathlib import Path

import pytest
from mkdocs.exceptions import PluginError

from macros import pages
from macros.registry import MACROS, bound
from macros.settings import Settings, settings_of
from sizing import Catalog, SizingError
from tests.macros.environment import ARTICLE, FakeEnvironment, as_environment, site_of

PUBLISHED = "https://example.org/hardware/"


@pytest.mark.parametrize(
    ("page", "link"),
    [
        (ARTICLE, "[x](../data/models.md#a)"),
        ("data/devices", "[x](../data/models.md#a)"),
        ("method", "[x](data/models.md#a)"),
        ("a/b/c", "[x](../../data/models.md#a)"),
    ],
)
def test_a_link_within_the_site_starts_at_its_page(
    env: FakeEnvironment, catalog: Catalog, page: str, link: str
) -> None:
    env.turn_to(page)
    assert site_of(catalog, env).link("x", "data/models.md", "a") == link


def test_the_home_page_links_down(env: FakeEnvironment, catalog: Catalog) -> None:
    env.page.url = ""
    assert site_of(catalog, env).link("x", "claims.md") == "[x](claims.md)"


def test_another_sites_links_lead_to_the_published_pages(env: FakeEnvironment, catalog: Catalog) -> None:
    env.conf = {"extra": {"sizing": {"links": PUBLISHED}}}
    site = site_of(catalog, env)
    assert site.link("x", "data/models.md", "a") == f'<a href="{PUBLISHED}data/models/#a">x</a>'
    assert site.link("x", "claims.md", "a", "verdict holds").startswith('<span class="verdict holds"><a href=')


def test_without_an_address_names_stand_alone(env: FakeEnvironment, catalog: Catalog) -> None:
    env.conf = {}
    site = site_of(catalog, env)
    assert site.link("x", "data/models.md", "a") == "x"
    assert site.link("x", "claims.md", "a", "verdict") == '<span class="verdict">x</span>'


def test_what_is_left_out_is_as_another_site_wants_it() -> None:
    assert settings_of({}) == settings_of({"extra": {}}) == settings_of({"extra": {"sizing": None}}) == Settings()
    alone = {
        "catalog": None,
        "links": "",
        "prefix": "sizing_",
        "check_prose": False,
        "engine": False,
        "purchases": True,
        "language": "zh",
        "entries": False,
        "repository": "",
    }
    assert vars(Settings()) == alone


def test_the_prefix_begins_every_name(env: FakeEnvironment, catalog: Catalog) -> None:
    env.conf = {"extra": {"sizing": {"prefix": "hw_"}}}
    named = [name for name, _ in bound(site_of(catalog, env))]
    assert named == [f"hw_{name}" for name in MACROS]


def test_a_catalog_lies_beside_mkdocs_yml() -> None:
    assert Settings(catalog="facts").root("/home/me/site") == Path("/home/me/site/facts")
    assert Settings().root("/home/me/site") is None


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"sizing": ["zh"]}, "extra.sizing: is not a mapping; write any of catalog, links, prefix"),
        ({"sizing": {"link": PUBLISHED}}, "extra.sizing.link: unknown key; known here: catalog, links"),
        ({"sizing": {"check_prose": "yes"}}, "extra.sizing.check_prose: 'yes' is not true or false; give"),
        ({"sizing": {"catalog": 3}}, "extra.sizing.catalog: 3 is not text; give text"),
        ({"sizing": {"language": "eo"}}, "extra.sizing.language: no labels in 'eo'; give one of zh"),
        ({"sizing": {"links": "example.org"}}, "extra.sizing.links: 'example.org' is no address; give https://"),
        (
            {"sizing": {"repository": "me/catalog"}},
            "extra.sizing.repository: 'me/catalog' is no address; give https://",
        ),
        ({"sizing": {"prefix": "my-"}}, "extra.sizing.prefix: 'my-' cannot begin a macro's name; give letters"),
    ],
)
def test_a_slip_in_the_settings_is_one_line(env: FakeEnvironment, given: dict[str, object], said: str) -> None:
    with pytest.raises(SizingError) as told:
        settings_of({"extra": given})
    assert str(told.value).startswith(f"mkdocs.yml: {said}")
    env.conf = {"extra": given}
    with pytest.raises(PluginError):
        pages.define_env(env)


def test_the_fake_is_an_environment(env: FakeEnvironment) -> None:
    assert as_environment(env).page.url.startswith("07%20")
