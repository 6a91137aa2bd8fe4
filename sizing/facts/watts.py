"""What do machines draw? The rows of ``measurements/watts.csv``, read at the wall."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar, Final

from sizing.facts.columns import ADDRESS, DATE, DAY, TEXT, id_of, number, one_of, whole
from sizing.facts.tables import Row, Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Watts(Row):
    """What a machine with some devices drew."""

    key: ClassVar = ("device", "count", "state", "watts", "workload", "source_url")
    device: Annotated[str, id_of("devices")]
    count: Annotated[int, whole(1, 1024)]
    # idle; load, while a model answers; max, what its maker states as the most
    state: Annotated[str, one_of("state", "idle", "load", "max")]
    watts: Annotated[float, number(0, 50_000)]
    workload: Annotated[str, TEXT]  # a model, or nothing
    day: Annotated[date, DATE]
    source_url: Annotated[str, ADDRESS]
    read: Annotated[str, DAY]
    note: Annotated[str, TEXT]


WATTS: Final = Table("measurements/watts.csv", Watts)
