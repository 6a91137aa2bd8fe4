"""How are many like records told shortly? By columns, since a key that stands once costs a page nothing.

    {"ids": [id, …], "columns": {key: [of each record], "key?": [of each that has it, null of the others]}}

``place.mjs`` reads it again.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Data = dict[str, Any]


def columns(records: Mapping[Any, Mapping[str, Any]]) -> Data:
    """Records by id, of one kind. A key that not all have may not be null where it is there."""
    every = list(records.values())
    keys = list(dict.fromkeys(key for one in every for key in one))
    told = {key if all(key in one for one in every) else f"{key}?": [one.get(key) for one in every] for key in keys}
    return {"ids": list(records), "columns": told}
