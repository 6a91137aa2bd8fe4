"""What may scripts and agents read? Every fact with its sources, and plans of the usual cells, at stable addresses.

    index.json      {"version": the newest day on which a source was read, "files": {name: what it holds}}
    KIND.json       {"version", KIND: [an object an entry, with its id]}
    KIND.csv        of each entry what a table has room for
    schema.json     a definition for each kind, of one of its objects

A kind's objects say what the catalog states, in base units (bytes, bytes/s, operations/s, watts, tokens), and under
``computed`` what this package makes of it. Keys are added, never renamed; what nobody publishes is ``"undisclosed"``.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from sizing.catalog import Catalog
from sizing.export.lists import lists
from sizing.export.schema import schema
from sizing.facts.dated import newest
from sizing.facts.entries.devices import Device
from sizing.facts.entries.entry import Entry
from sizing.facts.entries.formats import Format
from sizing.facts.entries.machines import MachineEntry
from sizing.facts.entries.models import ModelEntry
from sizing.facts.entries.offers import ApiPrice, Offer
from sizing.facts.entries.runtimes import Runtime
from sizing.facts.machine import Machine
from sizing.facts.plain import to_plain
from sizing.kept import Same
from sizing.model import Model
from sizing.plan import Plan
from sizing.search.typical import CONTEXT, typical, usual

Data = dict[str, Any]

VERSION: Final = "v1"  # of the addresses and the keys

KINDS: Final[Mapping[str, type[Entry]]] = {
    "models": ModelEntry,
    "devices": Device,
    "machines": MachineEntry,
    "offers": Offer,
    "apis": ApiPrice,
    "formats": Format,
    "runtimes": Runtime,
}
HOLDS: Final[Mapping[str, str]] = {
    "models": "models, and their parameters as sums over tensors",
    "devices": "cards, chips and processors",
    "machines": "what a person buys or rents, what of its memory programs are offered, and what it costs at least",
    "offers": "prices of cards, machines and parts, each with its day",
    "apis": "prices of tokens, for a million of them",
    "formats": "weight formats, with measured losses",
    "runtimes": "programs that run models",
    "plans": f"the best scored models of each size on every machine, at {CONTEXT:,} tokens, in the best format there",
}
# What a cell of a spreadsheet would take for a formula begins with one of these.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def api(catalog: Catalog, *, planned: bool = True) -> dict[str, bytes]:
    """Every file by its address below ``api/v1/``. The list of plans is empty unless ``planned``: it takes seconds."""
    day = newest(catalog)
    version = day.isoformat() if day else None
    objects = {kind: list(_objects(catalog, kind)) for kind in KINDS}
    objects["plans"] = list(_plans(catalog)) if planned else []
    flat = {**{kind: _flat(catalog, kind) for kind in KINDS}, "plans": objects["plans"]}
    index = {
        "version": version,
        "files": {f"{kind}.{ending}": HOLDS[kind] for kind in objects for ending in ("json", "csv")},
    }
    return {
        "index.json": _json(index),
        "schema.json": _json(schema(KINDS)),
        **{f"{kind}.json": _json({"version": version, kind: found}) for kind, found in objects.items()},
        **{f"{kind}.csv": _csv(rows) for kind, rows in flat.items()},
    }


def _objects(catalog: Catalog, kind: str) -> Iterable[Data]:
    found: Mapping[str, Entry] = catalog.machine_entries if kind == "machines" else getattr(catalog, kind)
    for id, entry in found.items():
        told = {"id": id, **_plain(catalog, entry)}
        if isinstance(entry, Model):
            told["computed"] = _counted(entry)
        if isinstance(entry, MachineEntry):
            told["computed"] = _put_together(catalog, catalog.machines[id])
        yield told


def _plain(catalog: Catalog, entry: Entry) -> Data:
    return catalog.planner.kept.get(("plain", Same(entry)), lambda: to_plain(entry))


def _counted(model: Model) -> Data:
    counts = model.parameters
    return {
        "parameters": counts.total if counts else None,
        "active_parameters": counts.active if counts else None,
        "senses": list(model.senses),
    }


def _put_together(catalog: Catalog, machine: Machine) -> Data:
    quote = catalog.market.lowest(machine)
    return {
        "memory": machine.memory,
        "usable": machine.capacity,
        "host": machine.host.capacity,
        "bandwidth": machine.places[0].bandwidth,
        "tdp": machine.tdp,
        "assumed": list(machine.assumed),
        "offer": quote.as_dict(catalog.market.today) if quote else None,
    }


def _plans(catalog: Catalog) -> Iterable[Data]:
    models = typical(catalog)
    for machine in catalog.machines.values():
        for model in models:
            p = usual(model, machine)
            if p is not None:
                yield cell(p)


def cell(p: Plan) -> Data:
    """A plan in a row. Bytes, tokens/s, seconds; null where it does not run, or a fact is undisclosed."""
    rate = p.decode
    return {
        "model": p.model.id,
        "machine": p.machine.id if p.machine else None,
        "format": p.format.id,
        "runtime": p.runtime.id,
        "backend": p.backend,
        "context": p.context,
        "verdict": p.verdict,
        "memory": p.memory.total,
        "weights": p.memory.weights,
        "cache": p.memory.cache,
        "decode": rate.value if rate else None,
        "decode_low": rate.low if rate else None,
        "decode_high": rate.high if rate else None,
        "decode_empty": p.decode_empty.value if p.decode_empty else None,
        "prefill": p.prefill.value if p.prefill else None,
        "time_to_first_token": p.time_to_first_token(p.context),
    }


def _flat(catalog: Catalog, kind: str) -> list[Data]:
    """What a table has room for: what lists show of it, or else the plain facts that it states."""
    listed = lists(catalog).get(kind)
    if listed is not None:
        return [
            {"id": id, **row, "card": row["card"]["name"]} if "card" in row else {"id": id, **row}
            for id, row in listed.items()
        ]
    names = [name for name in KINDS[kind].__dataclass_fields__ if name != "sources"]
    found: Mapping[str, Entry] = getattr(catalog, kind)
    stated = (_plain(catalog, entry) for entry in found.values())
    return [{name: facts.get(name) for name in names} for facts in stated]


def _json(data: Any) -> bytes:
    return json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()


def _csv(rows: Sequence[Data]) -> bytes:
    """With a head; a list is told by its members with spaces between them, what is unknown by nothing."""
    written = io.StringIO()
    names = list(dict.fromkeys(name for row in rows for name in row))
    out = csv.writer(written, lineterminator="\n")
    out.writerow(names)
    out.writerows([in_cell(row.get(name)) for name in names] for row in rows)
    return written.getvalue().encode()


def in_cell(value: Any) -> Any:
    """A value as a cell of a table takes it: never as a formula, and lists by their members."""
    if isinstance(value, Mapping):
        value = [f"{count}x-{name}" for name, count in value.items()]
    if isinstance(value, list):
        value = " ".join(map(str, value))
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
