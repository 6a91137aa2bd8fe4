"""How much money? An amount with its currency, which is compared with another currency's only by a dated rate."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final

from sizing.errors import SizingError
from sizing.facts.entries.offers import ExchangeRate

STALE_DAYS: Final = 180  # after which a price or a rate is no guide to today's
WHOLE: Final = 1000  # from which amount on nobody asks for the cents


def stale(day: date, today: date) -> bool:
    """Whether what held on ``day`` is too old to decide anything today."""
    return (today - day).days > STALE_DAYS


@dataclass(frozen=True, slots=True, order=False)
class Money:
    """An amount in a currency, such as 1599 USD. Two currencies are never added or compared: SizingError."""

    amount: float
    currency: str

    def __str__(self) -> str:
        cents = f"{self.amount:.2f}".rstrip("0").rstrip(".")
        return f"{self.amount:,.0f} {self.currency}" if self.amount >= WHOLE else f"{cents} {self.currency}"

    def __add__(self, other: Money) -> Money:
        return Money(self.amount + self._like(other), self.currency)

    def __sub__(self, other: Money) -> Money:
        return Money(self.amount - self._like(other), self.currency)

    def __mul__(self, times: float) -> Money:
        return Money(self.amount * times, self.currency)

    def __truediv__(self, parts: float) -> Money:
        return Money(self.amount / parts, self.currency)

    def __lt__(self, other: Money) -> bool:
        return self.amount < self._like(other)

    def __le__(self, other: Money) -> bool:
        return self.amount <= self._like(other)

    def __gt__(self, other: Money) -> bool:
        return self.amount > self._like(other)

    def __ge__(self, other: Money) -> bool:
        return self.amount >= self._like(other)

    def over(self, other: Money) -> float:
        """How many times the other it is."""
        return self.amount / self._like(other)

    def _like(self, other: Money) -> float:
        """The other's amount. Raises SizingError where it is of another currency."""
        if other.currency != self.currency:
            raise SizingError(f"{self} and {other} are of two currencies; put both into one by a dated rate")
        return other.amount


@dataclass(frozen=True)
class Rates:
    """What currencies cost in others, by the newest rate of each pair, either way round."""

    rates: tuple[ExchangeRate, ...]

    @staticmethod
    def of(rates: Iterable[ExchangeRate]) -> Rates:
        """The rates of a catalog."""
        return Rates(tuple(rates))

    @cached_property
    def _newest(self) -> dict[tuple[str, str], ExchangeRate]:
        return {(rate.base, rate.currency): rate for rate in sorted(self.rates, key=lambda rate: rate.date)}

    def between(self, one: str, other: str) -> ExchangeRate:
        """The newest rate of two currencies. Raises SizingError where nobody stated one."""
        found = self._newest.get((one, other)), self._newest.get((other, one))
        newest = max((rate for rate in found if rate is not None), key=lambda rate: rate.date, default=None)
        if newest is None:
            raise SizingError(f"no rate between {one} and {other}; add one, with its day, to offers/exchange.yaml")
        return newest

    def put(self, money: Money, currency: str) -> Money:
        """The same money in another currency. Raises SizingError where nobody stated a rate."""
        if money.currency == currency:
            return money
        rate = self.between(money.currency, currency)
        return Money(money.amount * (rate.rate if rate.base == money.currency else 1 / rate.rate), currency)
