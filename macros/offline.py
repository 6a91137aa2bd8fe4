"""What is kept for readers without a network? The list that the site's service worker has, written at each build.

A site whose root holds no ``sw.js`` keeps nothing.
"""

from __future__ import annotations

import hashlib
import json
import logging
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Final

log = logging.getLogger("mkdocs.macros")

WORKER: Final = "sw.js"
PARTS: Final = "data-sizing="  # what a page that answers by itself holds
# What such pages load: the theme, their own modules, the engine.
LOADED: Final = (
    "assets/stylesheets/*.css", "assets/javascripts/*.js", "assets/*.css", "assets/*.js", "assets/*.mjs",
    "assets/calculator/*", "assets/vendor/**/*.js", "assets/sizing/*.mjs", "assets/sizing/*/*.*",
    "assets/sizing/*/launch/*",
)  # fmt: skip
# And what they load where somebody asks for it.
MODELS: Final = (
    "assets/sizing/*/models/*.json", "assets/sizing/*/export/*", "assets/sizing/*/reading/*",
    "assets/sizing/*/explain/*", "assets/sizing/*/purchases/*/*.json",
    "search/search_index.json",
    "assets/javascripts/workers/*.js", "assets/javascripts/lunr/min/lunr.stemmer.support.min.js",
    "assets/javascripts/lunr/min/lunr.zh.min.js", "assets/javascripts/lunr/min/lunr.multi.min.js",
)  # fmt: skip


def keep(site: Path) -> None:
    """Write into the worker of a built site what it keeps, and the version that this is of it."""
    worker = site / WORKER
    if not worker.exists():
        return
    pages = sorted(page for page in site.rglob("index.html") if PARTS in page.read_text(encoding="utf-8"))
    loaded = sorted({file for pattern in LOADED for file in site.glob(pattern) if file.is_file()})
    models = sorted({file for pattern in MODELS for file in site.glob(pattern)})
    text = worker.read_text(encoding="utf-8")
    text = _told(text, "VERSION", _digest(site, [*pages, *loaded, *models]))
    text = _told(text, "KEPT", [*(_address(site, page.parent) for page in pages), *(_address(site, x) for x in loaded)])
    text = _told(text, "MODELS", [_address(site, file) for file in models])
    worker.write_text(text, encoding="utf-8")


def _told(text: str, name: str, value: str | list[str]) -> str:
    """The worker's text, with what one of its constants is."""
    told = f"const {name} = {json.dumps(value, ensure_ascii=False)};"
    text, found = re.subn(rf'^const {name} = (?:""|\[\]);', lambda _: told, text, flags=re.M)
    if found != 1:
        log.warning("%s: has no line for %s, so nothing is kept without a network", WORKER, name)
    return text


def _address(site: Path, file: Path) -> str:
    """Below the site's root; a folder's ends in a slash, and the root's own is ``./``."""
    address = file.relative_to(site).as_posix()
    return f"{address}/" if file.is_dir() else address


def _digest(site: Path, files: Iterable[Path]) -> str:
    found = hashlib.blake2b(digest_size=8)
    for file in files:
        content = file.read_bytes()
        found.update(f"{file.relative_to(site).as_posix()} {len(content)}\n".encode())
        found.update(content)
    return found.hexdigest()
