"""What may a page run? This site's own scripts: a Content-Security-Policy with hashes of the inline ones.

The theme writes a few scripts into its pages, which differ by version and by how deep a page lies. Their hashes are
read off the built pages; every page gets all of them, since instant navigation keeps the first page's policy.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from typing import Final

_INLINE: Final = re.compile(r"<script>(.*?)</script>", re.S)
_HEAD: Final = '<meta charset="utf-8">'


def guard(folder: Path) -> None:
    """Write the policy into every page of a built site."""
    pages = {path: path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.html"))}
    allowed = policy(found for html in pages.values() for found in _INLINE.findall(html))
    tag = f'{_HEAD}\n<meta http-equiv="Content-Security-Policy" content="{allowed}">'
    for path, html in pages.items():
        path.write_text(html.replace(_HEAD, tag, 1), encoding="utf-8")


def policy(scripts: Iterable[str]) -> str:
    """The policy of a site whose pages hold these inline scripts, and nothing from elsewhere."""
    hashes = sorted({f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'" for script in scripts})
    return "; ".join(
        [
            "default-src 'self'",
            " ".join(["script-src 'self'", *hashes]),
            "style-src 'self'",
            "img-src 'self' data:",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'self'",
        ]
    )
