"""What does a page that answers by itself need first? Its modules and numbers, told in its head.

A browser that meets them one in another asks for each only once it has read the one before, which a phone far away from
the server pays for with a second. So all of them are named where a page begins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

STARTER: Final = "assets/calculator/start.mjs"  # which pages that answer by themselves load
NUMBERS: Final = "assets/sizing/*/index.json"  # which every plan needs, beside the engine
_ANSWERS: Final = re.compile(r'data-sizing="(\w+)"')
_PARTS: Final = re.compile(r'^ *(\w+): \(\) => import\("(\.[^"]+)"\)', re.M)
_IMPORTS: Final = re.compile(r'(?:^(?:import|export) (?:[^"]*from )?)"(\.[^"]+)"', re.M)
_END: Final = "</head>"


def preload(site: Path) -> None:
    """Name, in every page of a built site that answers by itself, all that its scripts import and read."""
    site = site.resolve()
    starter = site / STARTER
    if not starter.exists():
        return
    parts = dict(_PARTS.findall(starter.read_text(encoding="utf-8")))
    for page in sorted(site.rglob("index.html")):
        html = page.read_text(encoding="utf-8")
        if found := _ANSWERS.search(html):
            modules = sorted(imported(starter) | imported((starter.parent / parts[found[1]]).resolve()))
            to_root = "../" * (len(page.relative_to(site).parts) - 1)
            told = [hint(to_root + file.relative_to(site).as_posix()) for file in (*modules, *site.glob(NUMBERS))]
            page.write_text(html.replace(_END, "\n".join([*told, _END]), 1), encoding="utf-8")


def imported(module: Path) -> set[Path]:
    """A module, and all that it and these import."""
    return set(_reached(module, set()))


def _reached(module: Path, seen: set[Path]) -> Iterator[Path]:
    if module not in seen:
        seen.add(module)
        yield module
        for name in _IMPORTS.findall(module.read_text(encoding="utf-8")):
            yield from _reached((module.parent / name).resolve(), seen)


def hint(address: str) -> str:
    """The element that names one of them."""
    if address.endswith(".json"):
        return f'<link rel="preload" as="fetch" crossorigin="anonymous" href="{address}">'
    return f'<link rel="modulepreload" href="{address}">'
