"""What may it cost, and what must it be? A budget in a region, and what limits what is bought with it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal, get_args

from sizing.errors import SizingError
from sizing.facts.machine import Machine
from sizing.facts.money import Money
from sizing.facts.quotes import CURRENCIES, REGIONS

Platform = Literal["any", "mac", "pc"]
PLATFORMS: Final[tuple[Platform, ...]] = get_args(Platform)

# Watts under load up to which a machine counts as quiet. Hardly any maker states how loud its machine is, and what
# makes little heat needs little air: a choice, no fact.
QUIET: Final = 200.0

# An amount, in thousands where Chinese says so, with its currency on either side.
_SAID: Final = re.compile(r"([a-z$€¥￥]*) ?([0-9]{1,9}(?:\.[0-9]{1,2})?) ?(千|万)? ?([^0-9\s.]*)")
_TIMES: Final = {"千": 1e3, "万": 1e4}
# As prices of the catalog are paid, and as people write these currencies; no other dollar or yen is among them.
_PAID: Final = {
    "cny": "CNY", "rmb": "CNY", "¥": "CNY", "￥": "CNY", "元": "CNY", "块": "CNY", "人民币": "CNY",
    "usd": "USD", "$": "USD", "us$": "USD", "dollars": "USD", "美元": "USD", "美金": "USD",
    "eur": "EUR", "€": "EUR", "euros": "EUR", "欧元": "EUR",
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Budget:
    """How much money for what. Raises SizingError for what buys nothing."""

    most: Money
    region: str  # whose prices count, and in whose currency they are told
    used: bool = False  # whether what others have used comes into question
    platform: Platform = "any"
    power: float | None = None  # watts under load at most, of all of it at the wall
    quiet: bool = False
    owned: Machine | None = None  # the machine to which cards are added

    def __post_init__(self) -> None:
        if not self.most.amount > 0:
            raise SizingError(f"{self.most} buys nothing; give a budget such as 20000cny")
        if self.platform not in PLATFORMS:
            raise SizingError(f"{self.platform!r} is no platform; say one of {', '.join(PLATFORMS)}")
        if self.power is not None and not self.power > 0:
            raise SizingError(f"{self.power:g} W is no power; give watts under load such as 500")
        if self.owned is not None and (why := _closed(self.owned)):
            raise SizingError(f"{self.owned.id} {why}, and takes no further card; name a computer with cards")

    @staticmethod
    def of(said: Budget | Money | str) -> Budget:
        """A budget, or so much money where it is paid with. Raises SizingError for what is no amount."""
        if isinstance(said, Budget):
            return said
        most = money(said) if isinstance(said, str) else said
        return Budget(most=most, region=region_of(most.currency))

    @property
    def watts(self) -> float | None:
        """Watts under load that it may draw; None where that does not matter."""
        limits = [limit for limit in (self.power, QUIET if self.quiet else None) if limit is not None]
        return min(limits, default=None)


def _closed(machine: Machine) -> str | None:
    """Why a machine takes no further card; None where it may."""
    if machine.nodes > 1:
        return "is several boxes"
    if any(device.market == "laptop" for device in machine.devices):
        return "is a laptop's"
    if machine.unified and not takes_first_card(machine):
        return "has one memory for all"
    return f"is a {machine.kind}" if machine.kind in ("laptop", "cloud") else None


def takes_first_card(machine: Machine) -> bool:
    """Whether it is a computer without a card, that takes one: a processor in a socket."""
    return all(device.kind == "cpu" and device.market != "embedded" for device in machine.devices)


def money(text: str) -> Money:
    """``20000cny``, ``$3000``, ``2万元``. Raises SizingError for anything else."""
    said = _SAID.fullmatch(text.strip().lower().replace(",", ""))
    currency = _PAID.get(said[1] + said[4]) if said else None
    if said is None or currency is None:
        raise SizingError(f"{text!r} is no budget; write an amount and its currency: 20000cny, 3000usd")
    return Money(float(said[2]) * _TIMES.get(said[3], 1), currency)


def region_of(currency: str) -> str:
    """Where one pays with a currency, where no region is named."""
    return next((region for region, paid in CURRENCIES.items() if paid == currency), REGIONS[-1])
