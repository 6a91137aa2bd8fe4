"""What do the article's macros say on the site? Each call with its Markdown, for what the plugin cannot compute."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from mkdocs.config import load_config
from mkdocs.structure.files import get_files
from mkdocs.structure.nav import get_navigation

from macros.built.plain import plain

_CALL: Final = re.compile(r"\{\{\s*([a-z_]+\(.*?\))\s*\}\}", re.S)
_LINK: Final = re.compile(r"\[((?:[^\[\]\n]|\[[^\[\]\n]*\])*)\]\((?!https?:)[^()\s]*\)")


def drawn(root: Path, folder: str) -> dict[str, str]:
    """The calls of the pages in a folder of ``docs/``, without white space, and what they say, its links within the
    site as words. Raises what MkDocs raises."""
    config = load_config(str(root / "mkdocs.yml"))
    config.plugins.on_startup(command="build", dirty=False)
    config = config.plugins.on_config(config)
    files = get_files(config)
    get_navigation(files, config)
    said: dict[str, str] = {}
    for file in files.documentation_pages():
        page = file.page
        if page is None or not file.src_uri.startswith(f"{folder}/"):
            continue
        page.read_source(config)
        for call in _CALL.findall(page.markdown or ""):
            text = config.plugins.on_page_markdown(f"{{{{ {call} }}}}", page=page, config=config, files=files)
            words = _LINK.sub(r"\1", plain(text or "")).strip()
            if words or not text:  # a picture has no words
                said[re.sub(r"\s+", "", call)] = words
    return said
