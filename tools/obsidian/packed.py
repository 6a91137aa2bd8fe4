"""How are the plugin's data told in few bytes? In columns, compressed: a model more takes some hundred bytes, for what
it weighs is worked out in the note.

    base85 of zlib of JSON in columns

``obsidian/src/packed.ts`` reads it.
"""

from __future__ import annotations

import json
from base64 import b85encode
from typing import Any

from zopfli import zlib

from sizing.export.columns import told


def packed(data: Any) -> bytes:
    """What ``told`` takes, without loss."""
    return b85encode(zlib.compress(json.dumps(told(data), ensure_ascii=False, separators=(",", ":")).encode()))
