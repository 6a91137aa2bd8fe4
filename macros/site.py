"""What do macros know? A catalog with its claims, the site's settings, and the page that is being rendered."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import quote, unquote

from sizing import Catalog
from sizing.claims import Ledger
from sizing.facts.machine import Machine
from sizing.kept import Kept

from .environment import Environment
from .labels.names import called
from .markdown import Markdown, escape
from .settings import HERE, Settings

T = TypeVar("T")


@dataclass(frozen=True)
class Site:
    """What macros know: the catalog, its claims, the settings, and the page that is being rendered."""

    catalog: Catalog
    ledger: Ledger
    settings: Settings
    env: Environment
    kept: Kept  # of this catalog

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        """What ``make`` gives, made once for this catalog; ``key`` names it among all macros."""
        return self.kept.get(key, make)

    @property
    def depth(self) -> int:
        """How many folders the current page stands below the home page."""
        return unquote(self.env.page.url).rstrip("/").count("/")

    def link(self, text: str, page: str, anchor: str = "", style: str = "") -> Markdown:
        """A link to another page of these (``data/models.md``), as the settings say; ``style`` are classes of it.

        Within this site it is Markdown, relative to the current page, which the strict build checks.
        """
        fragment = f"#{quote(anchor)}" if anchor else ""
        if self.settings.links == HERE:
            classes = "".join(f".{name} " for name in style.split())
            mark = f"{{: {classes}}}" if classes else ""
            return Markdown("[{}]({})").format(text, Markdown("../" * self.depth + page + fragment)) + Markdown(mark)
        shown = escape(text)
        if self.settings.links:
            folder = page.removesuffix(".md").removesuffix("/index.html")
            address = f"{self.settings.links.rstrip('/')}/{folder}/{fragment}"
            shown = Markdown('<a href="{}">{}</a>').format(address, shown)
        return Markdown('<span class="{}">{}</span>').format(style, shown) if style else shown

    def model(self, name: str) -> Markdown:
        """A model's name, linked to its page."""
        return self._entry("models", name, self.catalog.models[name].name)

    def device(self, name: str) -> Markdown:
        """A device's name, linked to its page."""
        return self._entry("devices", name, called(self.catalog.devices[name].name))

    def machine(self, machine: Machine) -> Markdown:
        """A machine's name, linked to its page; one that is sold nowhere, to that of its device."""
        if machine.id in self.catalog.machines:
            return self._entry("machines", machine.id, called(machine.name))
        return self._entry("devices", machine.devices[0].id, called(machine.name))

    def _entry(self, kind: str, id: str, text: str) -> Markdown:
        """A link to an entry's page; where this site makes none, to its row among all of its kind."""
        if self.settings.links == HERE and not self.settings.entries:
            return self.link(text, f"data/{kind}.md", id)
        return self.link(text, f"{kind}/{quote(id)}/index.html")
