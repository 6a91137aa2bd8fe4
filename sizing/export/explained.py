"""What explains a page's plans? Where every fact was read, and what models' parts weigh, as plain data.

``sizing.explain.exported`` says how it looks, and reads it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sizing.anatomy.formats import format_of
from sizing.catalog import Catalog
from sizing.engine.exported import sized_key
from sizing.errors import SizingError
from sizing.explain.cited import addresses
from sizing.explain.facts import bytes_of, counted, device_facts, limits_of, offer_facts, parts_of
from sizing.export.models import Rules
from sizing.facts.measurements import Measurement
from sizing.model import Model

Data = dict[str, Any]


def explained(catalog: Catalog) -> Data:
    """Where the facts of all entries were read, and what was measured of devices."""
    limits = {one.vendor for one in catalog.gpu_limits}
    return {
        "formats": {x.id: addresses(x.sources) for x in catalog.formats.values()},
        "runtimes": {x.id: addresses(x.sources) for x in catalog.runtimes.values()},
        "hosts": {x.id: addresses(x.sources) for x in catalog.hosts.values()},
        "reference_host": catalog.reference_host,
        "devices": {x.id: {**device_facts(x), "vendor": x.vendor} for x in catalog.devices.values()},
        "limits": {vendor: limits_of(vendor, catalog.gpu_limits) for vendor in sorted(limits)},
        "offers": {x.id: [x.amount, *offer_facts(x)] for x in catalog.offers.values()},
        "rows": rows_of(catalog.measurements()),
    }


def measured_of(catalog: Catalog) -> dict[str, Data]:
    """What was measured of each model, by its device and program."""
    found: dict[str, list[Measurement]] = defaultdict(list)
    for row in catalog.measurements():
        found[row.model].append(row)
    return {model: rows_of(rows) for model, rows in found.items()}


def rows_of(rows: Iterable[Measurement]) -> Data:
    """How many rows there are of each device and program, and of whom."""
    found: dict[str, list[Measurement]] = defaultdict(list)
    for row in rows:
        found[f"{row.device} {row.runtime} {row.backend}"].append(row)
    return {key: counted(own) for key, own in found.items()}


def explained_model(rules: Rules, model: Model, formats: Sequence[str]) -> Data:
    """What a model's parts weigh in some formats and in those of its own files, and where it was read; ``rows`` are
    those of a model that nobody measured."""
    shape = model.shape
    if shape is None:
        return {}
    sizes: dict[str, Mapping[str, int]] = {}
    cited: Data = {}
    for name in dict.fromkeys([*formats, *model.files]):
        fmt = format_of(rules, model, name)
        if name in model.files:
            cited[fmt.id] = addresses(fmt.sources)
        for gguf in sorted({one.files == "gguf" for one in rules.runtimes.values() if one.id in fmt.runtimes}):
            try:
                sizes[sized_key(name, gguf)] = bytes_of(fmt, shape, gguf)
            except SizingError:
                continue  # that it cannot be is told where it is planned
    own = addresses(model.sources, "architecture")
    return {**parts_of(shape), "sources": own, "formats": cited, "bytes": sizes, "rows": {}}
