"""Which pages has a site, and what do they say? Its Markdown with every macro said, without building the site."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Final

from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException
from mkdocs.structure.files import Files, get_files
from mkdocs.structure.nav import get_navigation
from mkdocs.structure.pages import Page

from sizing.errors import SizingError

from .note import Notes, Text

SETTINGS: Final = "mkdocs.yml"
_FRONT: Final = re.compile(r"\A---[ \t]*\n.*?^(?:---|\.\.\.)[ \t]*\n", re.S | re.M)


class Told(logging.Handler):
    """Remembers what a generator warns of: what is wrong on a page would be wrong in its note."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Remember a warning."""
        self.lines.append(" ".join(record.getMessage().split()))


def notes(folder: Path) -> dict[str, bytes]:
    """Every page of the site in a folder as a note, with its pictures, by paths. Raises SizingError with one line."""
    if not (folder / SETTINGS).is_file():
        raise SizingError(f"{folder}: has no {SETTINGS}; run it in the folder of a site")
    told, log = Told(), logging.getLogger("mkdocs")
    log.addHandler(told)
    try:
        texts, config = said(folder)
    except MkDocsException as error:
        raise SizingError(" ".join(str(error).split())) from None
    finally:
        log.removeHandler(told)
    if told.lines:
        more = f", and {len(told.lines) - 1} more" if len(told.lines) > 1 else ""
        raise SizingError(f"{told.lines[0]}{more}; mend it, and the notes will be right")
    slug = config.mdx_configs.get("toc", {}).get("slugify") or import_module("markdown.extensions.toc").slugify
    return Notes(texts, config.site_name, config.site_url or "", slug).files()


def said(folder: Path) -> tuple[list[Text], MkDocsConfig]:
    """Every page with its macros said, and the site's settings: what MkDocs does until a page's Markdown is there."""
    config = load_config(str(folder / SETTINGS))
    config.plugins.on_startup(command="build", dirty=False)
    try:
        config = config.plugins.on_config(config)
        config.plugins.on_pre_build(config=config)
        files = get_files(config)
        files.add_files_from_theme(config.theme.get_env(), config)
        files = config.plugins.on_files(files, config=config)
        nav = config.plugins.on_nav(get_navigation(files, config), config=config, files=files)
        assert nav is not None
        texts = [_text(file.page, config, files) for file in files.documentation_pages() if file.page is not None]
        return [*texts, *_entries()], config
    finally:
        config.plugins.on_shutdown()


def _text(page: Page, config: MkDocsConfig, files: Files) -> Text:
    page = config.plugins.on_pre_page(page, config=config, files=files)
    page.read_source(config)
    assert page.markdown is not None
    text = config.plugins.on_page_markdown(page.markdown, page=page, config=config, files=files)
    front = _FRONT.match(Path(page.file.abs_src_path or "").read_text(encoding="utf-8-sig"))
    return Text(page.file.src_uri, page.url, front[0] if front else "", text or "")


def _entries() -> Iterator[Text]:
    """The pages of models, devices and machines, which have no file."""
    for one in import_module("..events", __package__).entries():
        front = json.dumps({"title": one.title, "description": one.summary}, ensure_ascii=False)
        yield Text(f"{one.kind}/{one.id}.md", one.address, f"---\n{front}\n---\n", str(one.markdown()))
