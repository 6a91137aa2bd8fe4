"""What may an offer say: of a card, a machine or a part; of a model by its API; of electricity; of a currency?"""

from __future__ import annotations

from typing import Annotated, Literal

from sizing.facts.entries.common import SOURCES, Sources
from sizing.facts.entries.entry import Entry, about
from sizing.facts.entries.values import Bounded, Date, Positive, Power, PriceAmount, Text, TokenPrice, UnitPrice

Currency = Literal["CNY", "USD", "EUR"]
CURRENCY = "CNY, USD or EUR"
# A country by ISO 3166-1, or a part of one by ISO 3166-2.
Region = Annotated[str, Bounded(strict=True, pattern="^[A-Z]{2}(-[A-Z0-9]{1,3})?$")]
REGION = "the country's code, such as CN, or a part of it, such as CN-GD"
DAY = "the day it held, such as 2026-10-08"


class Offer(Entry):
    """What somebody asked for a card, a machine or a part on a day."""

    id: Text
    device: Text | None = about("a device's id, for one card alone", default=None)
    machine: Text | None = about("a machine's id", default=None)
    part: Text | None = about("an id of parts.yaml", default=None)
    kind: Literal["new", "used", "list", "launch", "rent"] = about(
        "new (what shops ask), used, list (what its maker asks), launch (what its maker asked first) or rent"
    )
    amount: PriceAmount = about("a number above zero, such as 1599")
    currency: Currency = about(CURRENCY)
    region: Region = about(REGION)
    date: Date = about(DAY)
    seller: Text = about("who asks it, such as apple.com.cn")
    covers: Literal["card", "whole", "node", "part", "gigabyte"] = about(
        "card (one card alone), whole, node (one node of a cluster), part, or gigabyte (one of a part's)"
    )
    per: Literal["hour"] | None = about("hour, where it is a rent", default=None)
    sources: Sources = about(SOURCES)

    def __post_init__(self) -> None:
        if sum(name is not None for name in (self.device, self.machine, self.part)) != 1:
            raise ValueError("give one of device, machine and part: what it is an offer of")
        if (self.kind == "rent") != (self.per is not None):
            raise ValueError("a rent is per hour, and nothing else is: give kind: rent and per: hour together")
        right = {"device": ("card",), "machine": ("whole", "node"), "part": ("part", "gigabyte")}[self.axis]
        if self.covers not in right:
            raise ValueError(f"an offer of a {self.axis} covers {' or '.join(right)}, not {self.covers}")

    @property
    def axis(self) -> str:
        """What kind of thing it is an offer of: device, machine or part."""
        return "device" if self.device else "machine" if self.machine else "part"

    @property
    def of(self) -> str:
        """The id of what is offered."""
        return self.device or self.machine or self.part or ""


class Part(Entry):
    """What a computer is built of beside its cards."""

    id: Text
    name: Text = about("what it is, such as 2 × 32 GB DDR5")
    kind: Literal["cpu", "board", "memory", "storage", "power", "case", "platform"] = about(
        "cpu, board, memory, storage, power, case, or platform (several of these as one)"
    )
    gigabytes: Positive | None = about("of memory or storage, such as 64", default=None)
    watts: Power | None = about("of a power supply, such as 750 W", default=None)
    sources: Sources = about(SOURCES)

    def __post_init__(self) -> None:
        if (self.kind in ("memory", "storage")) != (self.gigabytes is not None):
            raise ValueError("memory and storage have gigabytes, and nothing else has: give or leave them out")
        if (self.kind == "power") != (self.watts is not None):
            raise ValueError("a power supply has watts, and nothing else has: give or leave them out")


class PartUse(Entry):
    """A part that a computer holds."""

    part: Text = about("an id of offers/parts.yaml")
    count: Positive = about("how many, such as 2", default=1)


class ApiPrice(Entry):
    """What a provider asks for the tokens of a model. Money a million tokens."""

    id: Text
    model: Text = about("a model's id")
    seller: Text = about("the provider, such as deepseek")
    currency: Currency = about(CURRENCY)
    region: Region = about(REGION)
    date: Date = about(DAY)
    input: TokenPrice = about("for a million tokens of prompts, such as 2")
    output: TokenPrice = about("for a million new tokens, such as 8")
    cached: TokenPrice | None = about("for a million tokens of prompts that are in its cache", default=None)
    sources: Sources = about(SOURCES)

    def __post_init__(self) -> None:
        if self.cached is not None and self.cached > self.input:
            raise ValueError("tokens in the cache cost more than others; check the two figures")


class Tariff(Entry):
    """What electricity costs. Money a kWh."""

    id: Text
    name: Text = about("such as Shenzhen, households, first step")
    use: Literal["home", "business"] = about("home or business")
    amount: UnitPrice = about("for a kWh, such as 0.6629")
    currency: Currency = about(CURRENCY)
    region: Region = about(REGION)
    date: Date = about(DAY)
    seller: Text = about("who sells it, or who states it")
    sources: Sources = about(SOURCES)


class ExchangeRate(Entry):
    """What one of a currency cost in another one on a day."""

    id: Text
    base: Currency = about(CURRENCY)
    currency: Currency = about(CURRENCY)
    rate: UnitPrice = about("how many of currency one of base is, such as 6.7351")
    date: Date = about(DAY)
    seller: Text = about("who states it, such as CFETS")
    sources: Sources = about(SOURCES)

    def __post_init__(self) -> None:
        if self.base == self.currency:
            raise ValueError("a rate is between two currencies; correct one of them")
