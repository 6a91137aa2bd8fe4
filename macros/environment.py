"""What do macros ask of the site's generator? The part of mkdocs-macros' environment that they use."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

Macro = Callable[..., str]


class File(Protocol):
    """The file of a page."""

    @property
    def abs_src_path(self) -> str:
        """Where it lies."""


class Page(Protocol):
    """The page that is being rendered."""

    @property
    def url(self) -> str:
        """Its address below the site's, quoted, with a slash at its end; empty for the home page."""

    @property
    def title(self) -> str | None:
        """What it is called."""

    @property
    def markdown(self) -> str | None:
        """What follows its front matter."""

    @property
    def file(self) -> File:
        """The file it was read from."""


class Environment(Protocol):
    """mkdocs-macros' plugin, as modules see it."""

    markdown: str  # the page's, once its macros are rendered

    @property
    def conf(self) -> Mapping[str, object]:
        """The site's settings."""

    @property
    def project_dir(self) -> str:
        """The folder that holds mkdocs.yml."""

    @property
    def page(self) -> Page:
        """The page that is being rendered."""

    def macro(self, function: Macro, name: str) -> object:
        """Let pages call ``function`` by that name."""
