"""What stands in a table of two or three lines a card? nvidia-smi's, and those that other vendors made after it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from sizing.here.values import bus, number, said, size, total


@dataclass
class Card:
    """One card of such a table. Bytes and watts."""

    name: str
    bus: str
    memory: int | None = None
    in_use: int | None = None
    watts: float | None = None
    fanless: bool = False
    partitioned: bool = False
    lines: int = 1  # that the table shows of it


# Tables made after nvidia-smi's say whose they are: "MX-SMI", "Intel XPU-SMI", "IX-ML".
OTHERS: Final = re.compile(r"\b(?!NVIDIA-)[A-Z]{2,4}-(?:SMI|ML)\b")
# The first line of a card: its number and name, and the bus in the next cell.
_FIRST: Final = re.compile(r"\s*(\d{1,4})\s+(?:/\s+)?(\S.*?)\s*")
# What stands behind the name: persistence mode or driver model, or a firmware's release.
_BEHIND: Final = re.compile(r"\s+(On|Off|N/A|WDDM|TCC|MCDM|v[\d.]+)$|\s{2,}\S+$")
_MEMORY: Final = re.compile(r"\s*(\d+)\s*(?:MiB|MB)?\s*/\s*(\d+)\s*(?:MiB|MB)\s*", re.I)
_POWER: Final = re.compile(r"/\s*([\d.]+)\s*W\b")


def rows(text: str) -> Iterator[Card]:
    """Every card, as far as the table goes; a memory that the tool does not know is None."""
    card: Card | None = None
    for line in text.splitlines():
        cells = line.strip().strip("|").split("|")
        if len(cells) < 2 or not line.strip().startswith("|"):
            continue
        first = _FIRST.fullmatch(cells[0])
        where = bus(cells[1])
        placeless = re.fullmatch(r"\s*N/A\s+(N/A|On|Off)\s*", cells[1])  # a Jetson's is on no bus
        if first and (where or placeless) and not _MEMORY.fullmatch(cells[1]):
            if card:
                yield card
            card = Card(said(_BEHIND.sub("", first[2])), where)
            continue
        if card is None:
            continue
        _second(card, cells)
    if card and card.lines > 1:  # else the table breaks off before it says what counts
        yield card


def _second(card: Card, cells: list[str]) -> None:
    """What the lines below the first say."""
    card.lines += len(cells) > 2
    if card.lines == 2 and not cells[1].strip() and re.fullmatch(r"\s{4,}[A-Z]\w*( \w+)*\s*", cells[0]):
        card.name += f" {cells[0].strip()}"  # a long name goes on below
    memory = _MEMORY.fullmatch(cells[1])
    if memory and card.memory is None and not re.fullmatch(r"\s*\d+\s+\d+\s+\d+\s+\d+\s*", cells[0]):
        card.in_use, card.memory = size(memory[1], "MiB"), total(memory[2], "MiB")
    if (power := _POWER.search(cells[0])) and card.watts is None:
        card.watts = number(power[1])
    if cells[0].strip() and re.match(r"\s*N/A\s+(\d+C|N/A)", cells[0]):
        card.fanless = True
    if len(cells) > 2 and not cells[0].strip() and cells[2].strip() == "Enabled":
        card.partitioned = True
