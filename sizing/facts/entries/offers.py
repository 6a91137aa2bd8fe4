"""What may a price say?"""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from sizing.facts.entries.common import Date, Entry


class Price(Entry):
    """A dated price."""

    amount: float = Field(gt=0, description="a number above zero, such as 1599")
    currency: Literal["USD", "CNY", "EUR"] = Field(description="USD, CNY or EUR")
    region: str = Field(description="the country's code, such as US")
    date: Date = Field(description="the day it held, such as 2022-09-20")
    kind: Literal["launch", "list", "street", "used", "rent"] = Field(description="launch, list, street, used or rent")
    covers: Literal["whole", "card", "node"] = Field(description="whole, card (one card alone) or node (one node)")
    per: Literal["hour"] | None = Field(None, description="hour, where it is a rent")

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if (self.kind == "rent") != (self.per is not None):
            raise ValueError("a rent is per hour, and nothing else is: give kind: rent and per: hour together")
        return self
