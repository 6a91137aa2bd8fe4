"""What is there to choose from? Models, machines, cards, hosts, formats and runtimes, with what lists show of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sizing.catalog import Catalog
from sizing.facts import model_names, plain_names
from sizing.facts.entries.devices import Device
from sizing.facts.entries.formats import Format
from sizing.facts.entries.machines import Host
from sizing.facts.entries.runtimes import Runtime
from sizing.facts.machine import Machine
from sizing.facts.narrow import measured_loss
from sizing.facts.units import known
from sizing.model import Model

Data = dict[str, Any]


def lists(catalog: Catalog) -> Data:
    """All of them by id, and what they are ``called`` in Chinese. Bytes, bytes/s, tokens, watts; null where nobody
    states it."""
    return {
        "models": {name: _model(model) for name, model in catalog.models.items()},
        "machines": {name: _machine(machine) for name, machine in catalog.machines.items()},
        "devices": {name: _device(device) for name, device in catalog.devices.items()},
        "hosts": {name: _host(host) for name, host in catalog.hosts.items()},
        "formats": {name: _format(fmt) for name, fmt in catalog.formats.items()},
        "runtimes": {name: _runtime(runtime) for name, runtime in catalog.runtimes.items()},
        "reference_host": catalog.reference_host,
        "called": {
            "parts": plain_names.CALLED,
            "words": plain_names.WORDS,
            "families": model_names.CALLED,
        },
    }


def _day(day: date | str | None) -> str | None:
    return day.isoformat() if isinstance(day, date) else None


def _model(model: Model) -> Data:
    counted = model.parameters
    return {
        "name": model.name,
        "family": model.family,
        "vendor": model.vendor,
        "license": model.license,
        "native": model.native,
        "released": _day(model.released),
        "context": known(model.context),
        "parameters": counted.total if counted else known(model.stated_parameters),
        "active": counted.active if counted else None,
        "open": model.open,
        "senses": list(model.senses),
        "languages": list(model.languages),
        "tools": model.tools,
    }


def _machine(machine: Machine) -> Data:
    counts: dict[str, int] = {}
    for device in machine.devices:
        counts[device.id] = counts.get(device.id, 0) + 1
    return {
        "name": machine.name,
        **({"names": list(machine.entry.names)} if machine.entry and machine.entry.names else {}),
        "kind": machine.kind,
        "devices": counts,
        "memory": machine.memory,
        "host": machine.entry.host if machine.entry else None,
        "nodes": machine.nodes,
        "unified": machine.unified,
        "released": _day(machine.entry.released) if machine.entry else None,
        **({"port": machine.entry.port} if machine.entry and machine.entry.port else {}),
    }


def _device(device: Device) -> Data:
    return {
        "name": device.name,
        **({"short_name": device.short_name} if device.short_name else {}),
        **({"processors": list(device.processors)} if device.processors else {}),
        **({"card": {"name": device.card.name, "count": device.card.count}} if device.card else {}),
        "vendor": device.vendor,
        "kind": device.kind,
        "market": device.market,
        "backends": list(device.backends),
        "released": _day(device.released),
        "memory": list(device.memory.box),
        "bandwidth": known(device.bandwidth),
        "tdp": known(device.tdp) if device.tdp else None,
    }


def _host(host: Host) -> Data:
    return {"name": host.name, "memory": host.memory, "bandwidth": known(host.bandwidth), "type": host.memory_type}


def _format(fmt: Format) -> Data:
    return {
        "name": fmt.name,
        "kind": fmt.kind,
        "bits": fmt.bits,
        "loss": measured_loss(fmt),
        "bpw": list(fmt.bpw) if fmt.bpw else None,
    }


def _runtime(runtime: Runtime) -> Mapping[str, Any]:
    return {"name": runtime.name, "caches": list(runtime.cache.types)}
