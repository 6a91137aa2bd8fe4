"""Which plan is best? Searches over plans: the largest model, the longest context, the smallest or cheapest machine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from sizing.catalog import Catalog
from sizing.errors import SizingError
from sizing.facts.machine import Machine
from sizing.facts.units import known
from sizing.model import Model
from sizing.plan import Plan, most, plan


def fitting(
    models: Iterable[Model],
    machines: Sequence[Machine],
    format: str,
    context: int,
    in_use: Sequence[int] | None = None,
    wired_limit: int | None = None,
) -> Iterator[Plan]:
    """The plans that fit, of every pair that some runtime can serve; hosted models have none. ``in_use`` and
    ``wired_limit`` as ``plan`` takes them."""
    for model in models:
        if not model.open:
            continue
        size = plan(model, None, format=format, context=context).sized
        for machine in machines:
            if size.weights - size.embedding - size.lookups > (wired_limit or usable(machine)):
                continue  # even without its embeddings on the host; searching for a placement would take far longer
            try:
                p = plan(model, machine, format=format, context=context, in_use=in_use, wired_limit=wired_limit)
            except SizingError:
                continue  # no runtime reads the format on this machine
            if p.fits:
                yield p


def largest_model(catalog: Catalog, machine: Machine, format: str, context: int) -> Plan | None:
    """The plan of the model with the most parameters that fits ``machine``; None where none does."""
    largest_first = sorted(catalog.models.values(), key=_size, reverse=True)
    return next(fitting(largest_first, [machine], format, context), None)


# What most people call fluent: faster than one reads.
COMFORTABLE: Final = 10.0  # tokens/s
_LEAST_BYTES: Final = 0.5  # of a parameter, in what is asked for here


def comfortable(
    catalog: Catalog,
    machine: Machine,
    format: str,
    context: int,
    count: int = 8,
    in_use: Sequence[int] | None = None,
    wired_limit: int | None = None,
) -> list[Plan]:
    """The plans of at most ``count`` models that fit ``machine`` and decode at a comfortable rate, the largest first; a
    smaller model is one of them only where it is newer than every larger one."""
    found: list[Plan] = []
    newest = ""
    # By what their makers count: no model need be put together that is far too large.
    largest_first = sorted(catalog.models.values(), key=_stated, reverse=True)
    for model in largest_first:
        day = known(model.released) or ""
        too_large = _stated(model) * _LEAST_BYTES > (wired_limit or usable(machine))
        if not model.open or str(day) <= newest or too_large:
            continue
        for p in fitting([model], [machine], format, context, in_use, wired_limit):
            if p.decode_empty and p.decode_empty.value >= COMFORTABLE:
                found.append(p)
                newest = str(day)
        if len(found) == count:
            break
    return found


def _stated(model: Model) -> int:
    return known(model.stated_parameters) or 0


def _size(model: Model) -> int:
    return model.parameters.total if model.parameters else 0


def longest_context(model: Model, machine: Machine, format: str, cache_format: str = "f16") -> int:
    """The most tokens, in steps of 256 and up to the model's limit, that fit; 0 where not even one step does."""
    return plan(model, machine, format=format, context=256, cache_format=cache_format).longest_context or 0


def most_sequences(
    model: Model, machine: Machine, format: str, context: int, runtime: str | None = None, limit: int = 1024
) -> int:
    """How many sequences of ``context`` tokens, up to ``limit``, fit at once; 0 where not even one does."""
    one = plan(model, machine, format=format, context=context, runtime=runtime)
    return most(lambda count: bool(one.again(sequences=count).fits), limit)


def fitting_machines(catalog: Catalog, model: Model, format: str, context: int) -> list[Plan]:
    """Plans on the catalog's machines that hold the model on their devices, the smallest memory first."""
    plans = fitting([model], list(catalog.machines.values()), format, context)
    return sorted(plans, key=lambda p: (usable(p.machine), cost(p) or float("inf")))


def cheapest_to_own(plans: Iterable[Plan]) -> Plan | None:
    """The plan with the lowest stated price in US dollars among machines that are bought."""
    priced = [p for p in plans if p.price and p.price.per is None and p.price.currency == "USD"]
    return min(priced, key=lambda p: cost(p) or float("inf"), default=None)


def cheapest_to_rent(plans: Iterable[Plan]) -> Plan | None:
    """The plan with the lowest stated price an hour in US dollars."""
    rented = [p for p in plans if p.price and p.price.per == "hour" and p.price.currency == "USD"]
    return min(rented, key=lambda p: cost(p) or float("inf"), default=None)


def usable(machine: Machine | None) -> int:
    """Bytes that the devices of a machine offer to programs."""
    return machine.capacity if machine else 0


def cost(p: Plan) -> float | None:
    """The stated price of a plan's machine, in its currency."""
    return p.machine.cost if p.machine else None


def break_even_hours(owned: Plan, rented: Plan) -> float | None:
    """Hours of use after which renting has cost the owned machine's price; power left out. None without prices."""
    price, hourly = cost(owned), cost(rented)
    return price / hourly if price and hourly else None
