"""When are the pages of entries built? As MkDocs gathers files they are named, and written once the menus are known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import unquote

from jinja2 import Environment as Jinja
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation

from sizing.export import api, write

from ..built.code import copied
from ..built.llms import Listed, llms
from ..built.plain import plain
from ..built.tables import Dressed, dressed
from ..changes import days, feed
from ..labels import entries as labels
from ..site import Site
from .common import Known
from .devices import device_page
from .machines import machine_page
from .models import model_page
from .page import EntryPage
from .shell import Shells, page_of

API: Final = "api/v1"  # where scripts read what pages show


@dataclass(frozen=True)
class Made:
    """A page, its HTML as it stands within the theme, and its plain edition."""

    entry: EntryPage
    dressed: Dressed
    plain: str

    @staticmethod
    def of(entry: EntryPage) -> Made:
        """Both editions of a page."""
        return Made(entry, dressed(copied(str(entry.html()))), plain(str(entry.markdown())))


def made(site: Site) -> tuple[Made, ...]:
    """The page of every model, device and machine, made once for a catalog."""
    return site.once("pages of entries", lambda: tuple(map(Made.of, _pages(site))))


def _pages(site: Site) -> Iterator[EntryPage]:
    catalog, known = site.catalog, Known.of(site)
    yield from (model_page(known, one) for one in catalog.models.values())
    yield from (device_page(known, one) for one in catalog.devices.values())
    yield from (machine_page(known, one) for one in catalog.machines.values())


class Building:
    """The pages of one build."""

    def __init__(self, site: Site) -> None:
        self.nav: Navigation | None = None
        self._made = made(site) if site.settings.entries else ()
        self._data = site.once("data for others", lambda: api(site.catalog, planned=site.settings.entries))
        self._files: list[File] = []

    def name(self, files: Files, config: MkDocsConfig) -> None:
        """Tell MkDocs where the pages will be, so that links to them hold."""
        for one in self._made:
            file = File.generated(config, f"{one.entry.kind}/{one.entry.id}/index.html", content="")
            self._files.append(file)
            files.append(file)
        for name, content in self._data.items():
            files.append(File.generated(config, f"{API}/{name}", content=content))
        told = feed(days(Path(config.config_file_path).parent), config.site_name, config.site_url or "")
        files.append(File.generated(config, "feed.xml", content=told))

    def write(self, jinja: Jinja, files: Files, config: MkDocsConfig, mark: str) -> None:
        """Put the theme around each, below a ``mark`` that stands on every page, and show it to the plugins, of which
        one is the search."""
        assert self.nav is not None
        shells = Shells(config, files, self.nav, jinja)
        for one, file in zip(self._made, self._files, strict=True):
            page = page_of(one.entry, file, config)
            context = get_context(self.nav, files, config, page)
            config.plugins.on_page_context(context, page=page, config=config, nav=self.nav)
            file.content_string = shells.around(one.entry, str(mark) + one.dressed.html)
            one.dressed.write(Path(config.site_dir, file.dest_uri).parent)

    def write_texts(self, config: MkDocsConfig, texts: Mapping[str, tuple[str, str]]) -> None:
        """Write every page's plain edition, and the list of them; ``texts`` are those of the other pages, by address:
        title and Markdown."""
        written = {Listed(address, title).edition: plain(text) for address, (title, text) in texts.items()}
        lists = {labels.PAGES: [Listed(address, title) for address, (title, _) in texts.items()]}
        for one in self._made:
            listed = Listed(one.entry.address, one.entry.title, one.entry.summary)
            lists.setdefault(labels.KINDS[one.entry.kind], []).append(listed)
            written[listed.edition] = one.plain
        data = [f"{API}/{name}" for name in self._data]
        root = config.site_url or ""
        written["llms.txt"] = llms(config.site_name, config.site_description or "", root, lists, data)
        write({unquote(name): text.encode() for name, text in written.items()}, Path(config.site_dir))

    @property
    def entries(self) -> tuple[EntryPage, ...]:
        """Every page."""
        return tuple(one.entry for one in self._made)

    def addresses(self) -> list[File]:
        """Every page, for the list of the site's pages that search engines and the theme read."""
        return self._files
