"""What need a browser not load? What scripts and styles hold for people alone: comments, spaces, long names."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import minify

# The site's own. The theme's are small already.
SCRIPTS: Final = ("assets/*.mjs", "assets/calculator/*.mjs", "assets/sizing/**/*.mjs")
STYLES: Final = ("assets/*.css", "assets/calculator/*.css")
KINDS: Final[Mapping[str, tuple[str, ...]]] = {"application/javascript": SCRIPTS, "text/css": STYLES}


def shrink(site: Path) -> None:
    """Write the scripts and styles of a built site anew, each as small as it can be."""
    for kind, patterns in KINDS.items():
        for file in sorted({file for pattern in patterns for file in site.glob(pattern)}):
            file.write_text(minify.string(kind, file.read_text(encoding="utf-8")), encoding="utf-8")
