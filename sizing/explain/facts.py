"""Which facts stand behind a plan? Of its model, its format, its machine and its price, as plain data.

``sizing.explain.case`` says how they look. What a browser has of all entries is made by the same functions.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from sizing.anatomy.formats import stored, tensor_bytes
from sizing.anatomy.shape import Shape
from sizing.anatomy.tensors import loaded
from sizing.explain.case import BANDWIDTH, COMPUTE, INTERCONNECT, MEMORY, Case
from sizing.explain.cited import addresses
from sizing.facts.entries.devices import Device, GpuLimit
from sizing.facts.entries.formats import Format
from sizing.facts.entries.offers import Offer
from sizing.facts.machine import Machine
from sizing.facts.measurements import Measurement
from sizing.facts.quotes import Quote
from sizing.facts.units import known

if TYPE_CHECKING:
    from sizing.plan import Plan

Data = dict[str, Any]

SHOWN: Final = 5  # sources of measured speeds that are named


def case_of(p: Plan) -> Case:
    """A plan, with the facts behind it."""
    assert p.model.shape is not None
    facts = {
        "model": {**parts_of(p.model.shape), "sources": addresses(p.model.sources, "architecture")},
        "format": {
            "parts": bytes_of(p.format, p.model.shape, p.runtime.files == "gguf"),
            "sources": addresses(p.format.sources),
        },
        "runtime": {"sources": addresses(p.runtime.sources)},
        "machine": None if p.machine is None else _machine(p, p.machine),
        "rows": _rows(p),
        "price": None if p.offer is None else price_of(p.offer),
    }
    return Case(p.outcome, None if p.machine is None else p.machine.rig, facts)


def parts_of(shape: Shape) -> Data:
    """The parameters of a model's parts, of these how many a token reads, and numbers that are no parameters; and what
    no file has."""
    found: dict[str, list[int]] = {}
    for tensor, read in loaded(shape):
        own = found.setdefault(tensor.part, [0, 0, 0])
        own[0] += 0 if tensor.buffer else tensor.elements
        own[1] += 0 if tensor.buffer else read
        own[2] += tensor.elements if tensor.buffer else 0
    return {"parts": [[part, *counts] for part, counts in found.items()]}


def bytes_of(fmt: Format, shape: Shape, gguf: bool) -> dict[str, int]:
    """The bytes of a model's parts in a format. Raises SizingError where it cannot be stored so."""
    size = tensor_bytes(fmt, shape, gguf)
    found: dict[str, int] = {}
    for tensor, times in stored(fmt, shape, gguf):
        found[tensor.part] = found.get(tensor.part, 0) + times * size(tensor)
    return found


def _machine(p: Plan, machine: Machine) -> Data:
    from sizing.catalog import planner_of

    catalog = planner_of(p.model).catalog
    host = catalog.hosts.get((machine.entry.host if machine.entry else None) or catalog.reference_host)
    each = machine.memory // len(machine.devices)
    return {
        "devices": [
            {
                **device_facts(device),
                "box": device.memory.box[0] if device.kind == "gpu" else each,
                "limits": limits_of(device.vendor, catalog.gpu_limits) if device.kind == "soc" else [],
            }
            for device in machine.devices
        ],
        "reserved": machine.reserved,
        "sources": () if machine.unified or host is None else addresses(host.sources),
    }


def device_facts(device: Device) -> Data:
    """What a device's capacity stands on, and where its facts were read."""
    keys = (MEMORY, BANDWIDTH, COMPUTE, INTERCONNECT)
    return {"why": _why(device), "sources": {key: addresses(device.sources, key) for key in keys}}


def _why(device: Device) -> str:
    if device.kind == "cpu":
        return "reserved"
    if device.kind == "soc":
        return "gpu_limit"
    if known(device.memory.offered):
        return "offered"
    return "driver" if known(device.memory.driver) else "driver_memory"


def limits_of(vendor: str, limits: Iterable[GpuLimit]) -> list[Any]:
    """What systems were seen to let a vendor's chips have of their memory, and who says so."""
    return [[one.limit, addresses([one.source])] for one in limits if one.vendor == vendor]


def _rows(p: Plan) -> Data | None:
    from sizing.catalog import planner_of

    card = p.outcome.rig.devices[0].card if p.outcome.rig else None
    if card is None:
        return None
    program = p.outcome.proposal.demand.program
    wanted = (card.id, program.runtime, program.backend)
    rows = [
        row for row in planner_of(p.model).catalog.measurements() if (row.device, row.runtime, row.backend) == wanted
    ]
    return {"device": counted(rows), "model": counted([row for row in rows if row.model == p.model.id])}


def counted(rows: Iterable[Measurement]) -> list[Any]:
    """How many rows there are, and an address of each whose they are."""
    by_source: dict[str, str] = {}
    count = 0
    for row in rows:
        count += 1
        by_source.setdefault(_site(row.source_url), row.source_url)
    return [count, list(by_source.values())[:SHOWN]]


def _site(url: str) -> str:
    """Whose page it is: of GitHub and the like with the owner."""
    found = urlsplit(url)
    return "/".join([found.netloc, *found.path.split("/")[1:3]])


def price_of(quote: Quote) -> Mapping[str, Any]:
    """What a machine costs, by the offers that say it."""
    return {
        "unit": quote.money.currency + (f"/{quote.per}" if quote.per else ""),
        "note": f"{quote.region} {quote.kind} {quote.covers} {quote.date.isoformat()}",
        "offers": [[one.offer.amount, one.times, *offer_facts(one.offer)] for one in quote.priced],
    }


def offer_facts(offer: Offer) -> list[Any]:
    """What is told of an offer, and where it was read."""
    return [f"{offer.of} {offer.region} {offer.kind} {offer.date.isoformat()}", addresses(offer.sources)]
