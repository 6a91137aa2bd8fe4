"""Under which licences does the site stand? Its own, and those of every file from elsewhere that it carries.

Vendored files are told by their README, the theme by its own metadata; what the theme's scripts were bundled of stands
here, and a test compares that with their source maps.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from typing import Final

from .labels import licences as labels
from .markdown import Markdown, cite, code, table
from .site import Site

VENDORED: Final = "docs/assets/vendor/README.md"
THEME: Final = "mkdocs-material"
ZENSICAL: Final = "zensical"
_ROW: Final = re.compile(r"^\| (\S+) \| (\S+) \| ([\d.]+) \| ([\w.-]+) \| `[0-9a-f]{64}` \|$", re.M)


@dataclass(frozen=True)
class Carried:
    """A work of others that is part of the site."""

    name: str
    licence: str  # as SPDX writes it
    where: str  # under the site's folder
    url: str
    version: str = ""


# By the name of the package on npm; without a version: the theme's tells it.
BUNDLED: Final[Mapping[str, Carried]] = {
    one.name: one
    for one in (
        Carried("clipboard", "MIT", "assets/javascripts/bundle.*.js", "https://github.com/zenorocha/clipboard.js"),
        Carried("escape-html", "MIT", "assets/javascripts/bundle.*.js", "https://github.com/component/escape-html"),
        Carried("focus-visible", "W3C", "assets/javascripts/bundle.*.js", "https://github.com/WICG/focus-visible"),
        Carried("rxjs", "Apache-2.0", "assets/javascripts/bundle.*.js", "https://github.com/ReactiveX/rxjs"),
        Carried("tslib", "0BSD", "assets/javascripts/bundle.*.js", "https://github.com/microsoft/tslib"),
        Carried("lunr", "MIT", "assets/javascripts/workers/", "https://github.com/olivernn/lunr.js"),
    )
}
_APART: Final = (
    Carried(
        "lunr-languages", "MPL-1.1", "assets/javascripts/lunr/min/", "https://github.com/MihaiValentin/lunr-languages"
    ),
    Carried("TinySegmenter", "BSD-3-Clause", "assets/javascripts/lunr/tinyseg.js", "http://chasen.org/~taku/software/TinySegmenter/"),
    Carried("wordcut", "LGPL-3.0-or-later", "assets/javascripts/lunr/wordcut.js", "https://github.com/veer66/wordcut"),
    Carried(
        "Material Design Icons", "Apache-2.0", labels.ICONS, "https://github.com/Templarian/MaterialDesign"
    ),
)  # fmt: skip


def carried(project: str | Path) -> Iterator[Carried]:
    """Everything of others that a site carries which is built in ``project``."""
    file = Path(project, VENDORED)
    text = file.read_text(encoding="utf-8") if file.is_file() else ""
    for name, package, version, licence in _ROW.findall(text):
        url = f"https://www.npmjs.com/package/{package}/v/{version}"
        yield Carried(package, licence, f"assets/vendor/{name}", url, version)
    yield from _theme()


def _theme() -> Iterator[Carried]:
    """The theme and what it brings; under Zensical, which has its own and tells itself what that brings, that alone."""
    try:
        theme = metadata(THEME)
    except PackageNotFoundError:
        theme = metadata(ZENSICAL)
        url = "https://zensical.org/"
        yield Carried("Zensical", theme["License-Expression"], labels.THEME, url, theme["Version"])
        return
    yield Carried(
        "Material for MkDocs", theme["License-Expression"], labels.THEME, "https://squidfunk.github.io/mkdocs-material/",
        theme["Version"],
    )  # fmt: skip
    yield from BUNDLED.values()
    yield from _APART


def licences_table(site: Site) -> str:
    """What the site carries, under which licence, and where it lies."""
    rows = (
        [cite(one.name, one.url), Markdown("{}").format(one.version), one.licence, _placed(one.where)]
        for one in carried(site.env.project_dir)
    )
    return table(labels.HEAD, rows)


def _placed(where: str) -> Markdown:
    """A path as code, words as they are."""
    return code(where) if where.isascii() else Markdown("{}").format(where)
