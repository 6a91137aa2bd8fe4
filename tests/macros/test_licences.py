"""Every work of others that the site carries is told, with its licence."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Final

import material

from macros.licences import BUNDLED, carried

ROOT: Final = Path(__file__).resolve().parents[2]
SCRIPTS: Final = Path(material.__file__).parent / "templates" / "assets" / "javascripts"


def test_the_themes_scripts_are_bundled_of_what_is_told() -> None:
    """Their source maps name every package."""
    maps = list(SCRIPTS.rglob("*.map"))
    found = {
        name
        for file in maps
        for source in json.loads(file.read_text(encoding="utf-8"))["sources"]
        for name in re.findall(r"node_modules/((?:@[^/]+/)?[^/]+)", source)
    }
    assert maps
    assert found == set(BUNDLED)


def test_no_script_of_the_theme_is_told_nowhere() -> None:
    told = [one.where for one in carried(ROOT)]
    lost = [
        name
        for file in SCRIPTS.rglob("*.js")
        if not any(
            re.match(re.escape(where).replace(r"\*", ".*"), name)
            for name in [f"assets/javascripts/{file.relative_to(SCRIPTS).as_posix()}"]
            for where in told
        )
        for name in [file.name]
    ]
    assert lost == []


def test_every_vendored_file_is_told() -> None:
    told = {one.where for one in carried(ROOT)}
    vendor = ROOT / "docs" / "assets" / "vendor"
    files = {f"assets/vendor/{file.relative_to(vendor).as_posix()}" for file in vendor.rglob("*") if file.is_file()}
    assert files - told == {"assets/vendor/README.md"}


def test_every_licence_is_written_as_spdx_writes_it() -> None:
    assert {one.licence for one in carried(ROOT)} <= {
        "MIT", "BSD-3-Clause", "Apache-2.0", "MPL-1.1", "LGPL-3.0-or-later", "W3C", "0BSD",
    }  # fmt: skip
