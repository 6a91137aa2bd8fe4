"""What stands behind a page's numbers? Where facts were read, and the speeds that real tools printed.

{"models": {id: [address, …]}, "formats": …, "runtimes": …, "hosts": …,
 "devices": {id: {"memory": [address, …], "bandwidth": […], "compute": […]}}}     what a page cites

[{"device", "count", "format", "runtime", "cache_format", "batch", "depth", "rate", "source", "read"}, …]
                                                                          decoding of a model: tokens/s of each
"""

from __future__ import annotations

from typing import Any, Final

from sizing.catalog import Catalog
from sizing.explain.cited import addresses
from sizing.facts.measurements import Measurement

Data = dict[str, Any]

KEYS: Final = ("memory", "bandwidth", "compute")  # of a device, each of which a page cites by itself
MOST: Final = 3  # addresses of a fact


def sources(catalog: Catalog) -> Data:
    """Where the facts of every entry were read."""
    return {
        "models": {x.id: addresses(x.sources, "architecture")[:MOST] for x in catalog.models.values()},
        "formats": {x.id: addresses(x.sources)[:MOST] for x in catalog.formats.values()},
        "runtimes": {x.id: addresses(x.sources)[:MOST] for x in catalog.runtimes.values()},
        "hosts": {x.id: addresses(x.sources)[:MOST] for x in catalog.hosts.values()},
        "devices": {x.id: {key: addresses(x.sources, key)[:MOST] for key in KEYS} for x in catalog.devices.values()},
    }


def measured(catalog: Catalog) -> dict[str, list[Data]]:
    """What real tools printed of each model's decoding, all of it on the devices."""
    found: dict[str, list[Data]] = {}
    for row in catalog.measurements():
        if row.test == "decode" and not row.host:
            found.setdefault(row.model, []).append(_row(row))
    return found


def _row(row: Measurement) -> Data:
    return {
        "device": row.device,
        "count": row.count,
        "format": row.format,
        "runtime": row.runtime,
        "cache_format": row.cache_format,
        "batch": row.batch,
        "depth": row.halfway,
        "rate": row.tok_s / row.batch,
        "source": row.source_url,
        "read": row.read,
    }
