"""What a macro meets: mkdocs-macros' environment, and the Markdown that macros write, taken apart."""

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import jinja2

from macros.environment import Environment, Macro
from macros.settings import settings_of
from macros.site import Site
from sizing import Catalog
from sizing.claims import Ledger
from sizing.kept import Kept

OUR_SETTINGS = {"prefix": "", "links": "here", "check_prose": True, "engine": True, "entries": True}

ARTICLE = "07 人工智能/本地部署大模型需要多强的机器"


@dataclass
class FakeFile:
    abs_src_path: str


@dataclass
class FakePage:
    """A page of ``docs/`` in some folder; ``markdown`` is what follows the front matter, as in MkDocs."""

    file: FakeFile
    url: str
    markdown: str | None = None
    title: str | None = None


@dataclass
class FakeEnvironment:
    """Keeps what is registered, and renders as the plugin does. Its settings are this site's."""

    root: Path
    page: FakePage = field(init=False)
    macros: dict[str, Macro] = field(default_factory=dict)
    markdown: str = ""
    conf: Mapping[str, object] = field(default_factory=lambda: {"extra": {"sizing": OUR_SETTINGS}})

    def __post_init__(self) -> None:
        self.turn_to(ARTICLE)

    @property
    def project_dir(self) -> str:
        return str(self.root)

    def turn_to(self, page: str) -> None:
        """Begin the page at that address."""
        self.page = FakePage(FakeFile(str(self.root / "docs" / f"{page}.md")), quote(f"{page}/"))

    def macro(self, function: Macro, name: str) -> object:
        self.macros[name] = function
        return function

    def render(self, text: str) -> str:
        """Write ``text`` as the page's file and render it."""
        path = Path(self.page.file.abs_src_path)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        # MkDocs drops the front matter and the empty lines after it.
        self.page.markdown = re.sub(r"\A---\n.*?\n---\n\n*", "", text, flags=re.S)
        jinja = jinja2.Environment(undefined=jinja2.StrictUndefined)
        return jinja.from_string(self.page.markdown, globals=self.macros).render()


def site_of(catalog: Catalog, env: FakeEnvironment) -> Site:
    """A site over a catalog, with the settings of an environment."""
    return Site(catalog, Ledger(catalog), settings_of(env.conf), env, Kept())


def as_environment(fake: FakeEnvironment) -> Environment:
    """The fake is one: mypy checks this line."""
    return fake


def rows(markdown: str) -> list[list[str]]:
    """The cells of the bodies of a Markdown table, or of several under headings of their own."""
    tables = re.split(r"\n*^#+ .*$\n*", markdown, flags=re.M)
    return [cells(line) for table in tables for line in table.split("\n")[2:]]


def head(markdown: str) -> list[str]:
    """The cells of its head."""
    return cells(markdown.split("\n")[0])


def cells(line: str) -> list[str]:
    assert re.fullmatch(r"\| .* \|", line), line
    return [cell.strip() for cell in line.split("|")[1:-1]]


def text(cell: str) -> str:
    """A cell without its links and tags, as it is read."""
    return html.unescape(re.sub(r"<[^>]+>", "", re.sub(r"\[([^]]*)\]\([^)]*\)(\{:[^}]*\})?", r"\1", cell)))


def anchor(cell: str) -> str:
    """The id of what a cell's first link leads to: a row of a page, or a page of an entry."""
    found = re.search(r"\]\([^)]*(?:#([^)]+)|/([^/)]+)/index\.html)\)", cell)
    assert found, cell
    return found[1] or found[2]


def figure(cell: str) -> float:
    """A cell's first number."""
    found = re.search(r"-?[\d,]+(\.\d+)?", text(cell))
    assert found, cell
    return float(found[0].replace(",", ""))
