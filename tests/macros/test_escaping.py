"""Whatever the catalog says, a page shows it as text: no field of it becomes an element, a link or an attribute."""

import copy
import shutil
import typing
from collections.abc import Mapping
from html.parser import HTMLParser
from pathlib import Path

import markdown
import pytest
from mkdocs.config import load_config

from macros import licences, scale
from macros.built.plain import plain
from macros.entries.common import Known
from macros.entries.devices import device_page
from macros.entries.machines import machine_page
from macros.entries.models import model_page
from macros.registry import bound
from sizing import Catalog
from sizing.facts.yaml import forget
from tests.macros.environment import FakeEnvironment, site_of
from tests.sampled import sample
from tests.smaller import smaller_catalog

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted((ROOT / "docs").rglob("*.md"))
COMPARED = sample(PAGES, 6, "pages of plain text")  # all are built of tricks

TRICK = (
    "<script>alert(1)</script><img src=x onerror=alert(1)> | `code` **strong** {{ 7 * 7 }} {% raw %} "
    "[x](javascript:alert(1)) ![x](x.png) {: onclick=alert(1) } \"double\" 'single' &lt; \\| </td>\n\n# Head\n\n- item"
)
PLAIN = "text"

FACTS = ("sizing.facts.", "sizing.model")
# What no page shows: shapes, rules, and what an entry is looked up by.
NEVER_SHOWN = ("Architecture", "CacheRule", "Checkpoint", "Axes", "Against", "PublishedFile")
LOOKED_UP = {
    "Installed": {"device"},
    "Device": {"architecture"},
    "DeviceMemory": {"type"},
    "Format": {"runtimes", "precision"},
    "Interconnect": {"pcie"},
    "Kind": {"machines"},
    "Loss": {"model"},
    "Model": {"gguf_experts"},
    "Machine": {"kind", "backends"},
    "MachineEntry": {"host", "port"},
    "PartUse": {"part"},
    "Offer": {"device", "machine", "part", "region"},
    "ApiPrice": {"model", "region"},
    "Tariff": {"region"},
    "Check": {"word"},
    "Measurement": {
        "device", "model", "format", "runtime", "backend", "era", "test", "cache_format", "split", "host", "quality",
        "key",
    },
}  # fmt: skip


def is_text(annotation: object) -> bool:
    """Whether a field may hold any text; a literal's words are the schema's own."""
    if typing.get_origin(annotation) is typing.Literal:
        return False
    return annotation is str or any(map(is_text, typing.get_args(annotation)))


def tricked(value: object, text: str) -> object:
    """A text of the catalog with ``text`` in its place."""
    if isinstance(value, tuple):
        return tuple(tricked(one, text) for one in value)
    if not isinstance(value, str) or value == "undisclosed":
        return value
    return f"https://example.org/{text}" if value.startswith("http") else text


def rewrite(thing: object, text: str, seen: set[int]) -> None:
    """Put ``text`` into every field that may hold any text, of an entry and of all that it holds."""
    if id(thing) in seen or isinstance(thing, str | int | float | None):
        return
    seen.add(id(thing))
    if isinstance(thing, Mapping | tuple):
        for one in thing.values() if isinstance(thing, Mapping) else thing:
            rewrite(one, text, seen)
    elif type(thing).__module__.startswith(FACTS) and type(thing).__name__ not in NEVER_SHOWN:
        looked_up = {"id", *LOOKED_UP.get(type(thing).__name__, ())}
        for name, annotation in typing.get_type_hints(type(thing)).items():
            value = getattr(thing, name, None)
            if isinstance(value, str | tuple) and is_text(annotation) and name not in looked_up:
                object.__setattr__(thing, name, tricked(value, text))
            else:
                rewrite(value, text, seen)


def told(text: str, root: Path) -> Catalog:
    """The catalog of that folder, telling nothing but ``text``."""
    forget()  # files that are as they were are not read again: these entries are everyone's
    catalog = Catalog.load(root)
    forget()
    # Tables that are as they were are not read again: these rows are everyone's.
    vars(catalog)["_measurements"] = tuple(map(copy.copy, catalog.measurements()))
    for row in catalog.measurements():
        assert row.mark  # told now, it stays what the fit knows the row by
    named = (
        catalog.models, catalog.devices, catalog.machines, catalog.hosts, catalog.formats, catalog.runtimes,
        catalog.claims, catalog.words, catalog.kinds, catalog.gpu_limits, catalog.raise_gpu_limit,
        catalog.offers, catalog.parts, catalog.apis, catalog.tariffs, catalog.rates,
        catalog.measurements(),
    )  # fmt: skip
    # The sections of claims stand on the pages, which call for them by name.
    sections = {name: claim.section for name, claim in catalog.claims.items()}
    seen: set[int] = {id(catalog)}
    for entries in named:
        rewrite(entries, text, seen)
    for name, section in sections.items():
        object.__setattr__(catalog.claims[name], "section", section)
    return catalog


class Skeleton(HTMLParser):
    """Elements and the names of their attributes, in order, and the addresses that they lead to or load."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, ...]] = []
        self.addresses: list[str] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, *(name for name, _ in attrs)))
        self.addresses += [value or "" for name, value in attrs if name in ("href", "src")]

    def handle_data(self, data: str) -> None:
        self.text += data


def read(source: str) -> Skeleton:
    """A page's plain edition, or note, as a reader of Markdown shows it."""
    return Skeleton(markdown.markdown(plain(source), extensions=["tables", "fenced_code"]))


@pytest.fixture(scope="module")
def catalogs(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Catalog]:
    """A catalog of tricks, and one of plain text."""
    root = smaller_catalog(tmp_path_factory.mktemp("smaller") / "catalog")
    return {text: told(text, root) for text in (TRICK, PLAIN)}


@pytest.fixture(scope="module")
def built(
    catalogs: Mapping[str, Catalog], tmp_path_factory: pytest.TempPathFactory
) -> Mapping[str, Mapping[str, Skeleton]]:
    """Every page as this site's Markdown builds it, over a catalog of tricks; and some over one of plain text."""
    settings = load_config(str(ROOT / "mkdocs.yml"))
    found: dict[str, dict[str, Skeleton]] = {}
    for text, catalog in catalogs.items():
        project = tmp_path_factory.mktemp("project")
        for file in (scale.FILE, licences.VENDORED):
            (project / file).parent.mkdir(parents=True)
            shutil.copy(ROOT / file, project / file)
        env = FakeEnvironment(project)
        env.macros = dict(bound(site_of(catalog, env)))
        found[text] = {}
        for page in PAGES if text == TRICK else COMPARED:
            env.turn_to(page.relative_to(ROOT / "docs").with_suffix("").as_posix())
            source = env.render(page.read_text(encoding="utf-8"))
            html = markdown.markdown(
                source, extensions=settings["markdown_extensions"], extension_configs=settings["mdx_configs"]
            )
            assert "macro-error" not in html
            found[text][page.name] = Skeleton(html)
            found[text][f"{page.name}, as text"] = read(source)
    return found


@pytest.mark.parametrize("page", [page.name for page in PAGES])
def test_no_text_becomes_an_element(built: Mapping[str, Mapping[str, Skeleton]], page: str) -> None:
    tricked, usual = built[TRICK][page], built[PLAIN].get(page)
    assert usual is None or tricked.elements == usual.elements
    assert not [element for element in tricked.elements if element[0] == "img"]
    # A page's own script is a file; what stands in the page would be text that came to run.
    assert all("src" in element for element in tricked.elements if element[0] == "script")
    assert not [name for element in tricked.elements for name in element[1:] if name.startswith("on")]
    assert not [address for address in tricked.addresses if address.lower().startswith(("javascript:", "data:"))]


@pytest.mark.parametrize("page", [f"{page.name}, as text" for page in PAGES])
def test_no_text_becomes_an_element_of_a_plain_edition(built: Mapping[str, Mapping[str, Skeleton]], page: str) -> None:
    tricked, usual = built[TRICK][page], built[PLAIN].get(page)
    assert usual is None or tricked.elements == usual.elements
    assert not [address for address in tricked.addresses if address.lower().startswith(("javascript:", "data:"))]


def test_the_text_is_shown_as_it_is(built: Mapping[str, Mapping[str, Skeleton]]) -> None:
    shown = TRICK.split("\n")[0]
    telling = {
        "models.md", "devices.md", "machines.md", "offers.md", "formats.md", "speeds.md", "claims.md", "method.md",
    }  # fmt: skip
    for page in telling:
        for name in (page, f"{page}, as text"):
            assert shown in built[TRICK][name].text, name


def test_no_text_becomes_an_element_of_an_entrys_page(catalogs: Mapping[str, Catalog], tmp_path: Path) -> None:
    """On the pages of the models, devices and machines that have most of everything."""
    found: dict[str, list[Skeleton]] = {}
    for text, catalog in catalogs.items():
        env = FakeEnvironment(tmp_path)
        env.conf = {"extra": {"sizing": {"links": "here", "repository": "https://example.org/x"}}}
        about = Known.of(site_of(catalog, env))
        c = about.site.catalog
        pages = [
            model_page(about, c.models["qwen3-32b"]),
            model_page(about, next(one for one in c.models.values() if not one.open)),
            device_page(about, c.devices["rtx-3090"]),
            machine_page(about, c.machines["cloud-h100-80gb"]),
        ]
        found[text] = [Skeleton(str(page.html())) for page in pages]
        found[text] += [read(str(page.markdown())) for page in pages]
    for tricked, usual in zip(found[TRICK], found[PLAIN], strict=True):
        assert tricked.elements == usual.elements
        assert TRICK.split("\n")[0] in tricked.text
