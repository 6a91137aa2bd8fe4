"""What does a page that answers by itself need first? Its modules and numbers, told in its head.

A browser that meets them one in another asks for each only once it has read the one before, which a phone far away from
the server pays for with a second. So all of them are named where a page begins; what a thread of its own asks for is
fetched alone, since the page does not read it.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

log = logging.getLogger("mkdocs.macros")

STARTER: Final = "assets/calculator/start.mjs"  # which pages that answer by themselves load
NUMBERS: Final = "assets/sizing/*/index.json"  # which every plan needs, beside the engine
_ANSWERS: Final = re.compile(r'data-sizing="(\w+)"')
_PARTS: Final = re.compile(r'^ *(\w+): \(\) => import\("(\.[^"]+)"\)', re.M)
_IMPORTS: Final = re.compile(r'(?:^(?:import|export) (?:[^"]*from )?)"(\.[^"]+)"', re.M)
_THREADS: Final = re.compile(r'new Worker\(new URL\("(\.[^"]+)", import\.meta\.url\)')
_END: Final = "</head>"


def preload(site: Path) -> None:
    """Name, in every page of a built site that answers by itself, all that its scripts import and read."""
    site = site.resolve()
    starter = site / STARTER
    if not starter.exists():
        return
    parts = {name: (starter.parent / path).resolve() for name, path in _PARTS.findall(_text(starter))}
    for page in sorted(site.rglob("index.html")):
        html = _text(page)
        if found := _ANSWERS.search(html):
            modules = imported(starter) | (imported(parts[found[1]]) if found[1] in parts else set())
            threads = {file for thread in begun(modules) for file in imported(thread)}
            later = [*sorted(threads - modules), *site.glob(NUMBERS)]
            to_root = "../" * (len(page.relative_to(site).parts) - 1)
            told = [
                f'<link rel="{kind}" href="{to_root}{file.relative_to(site).as_posix()}">'
                for kind, files in (("modulepreload", sorted(modules)), ("prefetch", later))
                for file in files
            ]
            page.write_text(html.replace(_END, "\n".join([*told, _END]), 1), encoding="utf-8")


def imported(module: Path) -> set[Path]:
    """A module, and all that it and these import; one that is not there is warned of, which fails a strict build."""
    return set(_reached(module, set()))


def begun(modules: Iterable[Path]) -> set[Path]:
    """What runs in threads that modules begin."""
    return {(module.parent / name).resolve() for module in modules for name in _THREADS.findall(_text(module))}


def _reached(module: Path, seen: set[Path]) -> Iterator[Path]:
    if module in seen:
        return
    seen.add(module)
    if not module.is_file():
        log.warning("%s: a script of the site that others import is not there", module.name)
        return
    yield module
    for name in _IMPORTS.findall(_text(module)):
        yield from _reached((module.parent / name).resolve(), seen)


def _text(file: Path) -> str:
    return file.read_text(encoding="utf-8")
