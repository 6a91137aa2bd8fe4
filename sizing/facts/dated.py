"""When was a catalog last read? The newest day on which a source of it was opened."""

from __future__ import annotations

import datetime as dt
from itertools import chain

from sizing.facts.index import Facts


def newest(facts: Facts) -> dt.date | None:
    """The newest day that a source of an entry states; None where no entry has one."""
    sources = chain(
        chain.from_iterable(entry.sources for entry in facts.devices.values()),
        chain.from_iterable(entry.sources for entry in facts.machine_entries.values()),
        chain.from_iterable(entry.sources for entry in facts.formats.values()),
        chain.from_iterable(entry.sources for entry in facts.runtimes.values()),
        chain.from_iterable(entry.sources for entry in facts.offers.values()),
        chain.from_iterable(entry.sources for entry in facts.apis.values()),
    )
    return max((source.read for source in sources), default=None)
