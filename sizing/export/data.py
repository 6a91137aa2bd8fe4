"""What does the engine plan with? Its inputs as plain data for JSON: what a browser needs to plan by itself.

    {"programs": [[[runtime, backend, …], defaults, small, contexts, formats], …], of ``Program``, in order
     "cache_types": {runtime: [type, …]},
     "formats": {id: [packing, [runtime, …], bits, loss]},     of ``Encoding``
     "devices": {id: {"card": [of ``Card``], "sizes": [[box, capacity, assumed], …], "bandwidth", "unified", …}},
     "machines": {id: {"devices": [[device, count, size or null], …], "host", "nodes", "network", "offer"}},
     "hosts": {id: [memory, bandwidth]}, "reference_host": [memory, bandwidth], "reserved": bytes,
     "constants": {…},                                         what of ``fitted.json`` is constants
     "drafted": {"rows": [[of ``Kept``], …], "low", "high"},   how many drafted tokens were kept, as ``Experience``
     "models": {id: {"refusal": one line or null, "limit": tokens or null, "family",
                     "first": [format, …], "published": [format, …],        where none is said, as ``meant`` takes them
                     "files": {id: as "formats"},                           the model's own published files
                     "shape": {"layers": [flops, attention_flops, cache_heads], "widths": [of ``Widths``], …},
                     "apart": names, "towers": {"names", "parameters", "bytes": {runtime: [of ``Part``, …]}} or null,
                     "mtp": parameters or null,
                     "weights": {format or format/gguf: {"layers": [dense, experts, largest, largest_expert], …,
                                                         "drafter": [the same of the layer that drafts]}},
                     "caches": {runtime: {type: {"widening", "layers": [of ``CachePart``], "mtp": [the same]}}}}}}

``layers`` are told as ``{"rows": [each row once], "runs": [[row, how many layers in turn have it], …]}``. What cannot
be is told by its ``refusal``, the line that ``plan`` raises. Bytes, bytes/s, operations and operations/s; null where
nobody states it. ``sizing.engine.exported`` reads it again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import astuple
from typing import Any, Final

from sizing.catalog import Catalog
from sizing.drafting import experience
from sizing.engine.fitted import TERMS, Fitted
from sizing.engine.program import Program
from sizing.export.models import format_data, model_data
from sizing.facts.entries.devices import Device
from sizing.facts.machine import Machine, unit
from sizing.facts.narrow import programs
from sizing.facts.units import known
from sizing.model import Model

Data = dict[str, Any]

ONLY_PYTHON: Final = frozenset({"launch"})  # keys of a plan that the engine does not give; a page has them beside it


def export(
    catalog: Catalog, models: Iterable[Model], machines: Iterable[Machine], formats: Sequence[str] | None = None
) -> Data:
    """All that plans of some models on some machines need, in some formats; in all that need no bits per weight, if
    none are named. Raises SizingError for a format that is unknown."""
    named = formats or exported_formats(catalog)
    reference = catalog.hosts[catalog.reference_host]
    return {
        "programs": [_program_data(program) for program in programs(catalog.runtimes)],
        "cache_types": {runtime.id: list(runtime.cache.types) for runtime in catalog.runtimes.values()},
        "formats": {name: format_data(fmt) for name, fmt in catalog.formats.items()},
        "devices": {device.id: device_data(catalog, device) for device in catalog.devices.values()},
        "machines": {machine.id: machine_data(catalog, machine) for machine in machines},
        "hosts": {host.id: [host.memory, known(host.bandwidth)] for host in catalog.hosts.values()},
        "reference_host": [reference.memory, known(reference.bandwidth)],
        "reserved": catalog.reserved,
        "constants": constants_data(catalog.planner.fitted),
        "drafted": drafted_data(catalog),
        "models": {model.id: model_data(catalog, model, named) for model in models},
    }


def exported_formats(catalog: Catalog) -> list[str]:
    """Those that need no bits per weight."""
    return [name for name, fmt in catalog.formats.items() if fmt.bpw is None]


def _program_data(program: Program) -> list[Any]:
    """Its plain fields, then the others."""
    *plain, defaults, small, contexts, formats = astuple(program)
    return [plain, defaults, small, contexts, formats]


def device_data(catalog: Catalog, device: Device) -> Data:
    """A device as machines are built of it, with every memory that it is sold with."""
    every = list(catalog.devices.values())
    units = [unit(device, size, catalog.reserved, catalog.gpu_limits, every) for size in device.memory.box]
    first = units[0]
    return {
        "card": astuple(first.card)[1:],
        "sizes": [[one.box, one.capacity, one.assumed] for one in units],
        "bandwidth": first.bandwidth,
        "unified": first.unified,
        "backends": first.backends,
        "watts": first.watts,
    }


def machine_data(catalog: Catalog, machine: Machine) -> Data:
    """What a machine is built of, and what it costs."""
    entry = machine.entry
    assert entry is not None
    offer, lowest = catalog.market.offer(machine), catalog.market.lowest(machine)
    return {
        "devices": [[one.device, one.count, one.memory] for one in entry.devices],
        "host": entry.host,
        "nodes": entry.nodes,
        "network": known(entry.network) if entry.network is not None else None,
        "offer": offer.as_dict(catalog.market.today) if offer else None,
        **({} if lowest == offer or lowest is None else {"lowest": lowest.as_dict(catalog.market.today)}),
    }


def drafted_data(catalog: Catalog) -> Data:
    """What was measured of drafts."""
    told = experience(catalog.lengths(), catalog.family)
    return {"rows": [astuple(row) for row in told.rows], "low": told.low, "high": told.high}


def constants_data(fitted: Fitted) -> Data:
    """The constants of speed."""
    return {
        **{test: fitted.factors[test] for test in TERMS},
        "eras": fitted.eras,
        "spreads": fitted.spreads,
        "pooled": fitted.pooled,
        "verifying": fitted.verifying,
        "measured": {
            test: {
                program: {device: sorted(packings) for device, packings in devices.items()}
                for program, devices in programs.items()
            }
            for test, programs in fitted.measured.items()
        },
    }
