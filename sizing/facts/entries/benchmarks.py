"""What may a test of models say? Who runs it, what it asks, and when two scores of it tell models apart."""

from __future__ import annotations

from typing import Literal

from sizing.facts.entries.common import SOURCES, Sources
from sizing.facts.entries.entry import Entry, about
from sizing.facts.entries.values import Bool, Date, Number, PositiveNumber, Text
from sizing.facts.units import Undisclosed

Subject = Literal["general", "chinese", "code"]


class Benchmark(Entry):
    """One edition of a test. Its scores compare among themselves, and with those of no other edition."""

    id: Text
    name: Text = about("its name, such as LiveBench")
    edition: Text = about("the version or the day of the table, such as 2026-01-08")
    subject: Subject = about("general, chinese or code")
    by: Text = about("who measured")
    day: Date = about("the day of the table, such as 2026-01-08")
    scale: Text = about("what a score is, such as percent correct")
    open: Bool = about("whether its data are openly published")
    data_license: Text | Undisclosed = about("the licence of the data, or undisclosed")
    tie: PositiveNumber = about("the difference up to which two scores say nothing, where rows state no interval")
    chance: Number = about("the score of guessing, such as 25", default=0)
    rating: Bool = about("whether a score is a rating, of which 400 more win ten votes of eleven", default=False)
    sources: Sources = about(SOURCES)
