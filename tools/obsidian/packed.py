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
    return b85encode(zlib.compress(json.dumps(whole(told(data)), ensure_ascii=False, separators=(",", ":")).encode()))


def whole(data: Any) -> Any:
    """The same, whole numbers without their point: in JavaScript they are one."""
    if isinstance(data, dict):
        return {key: whole(value) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [whole(value) for value in data]
    return int(data) if isinstance(data, float) and data.is_integer() else data
