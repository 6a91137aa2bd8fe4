"""How is the data of some hundred models told in so few bytes that a note's plugin holds all of them? Without loss.

What a model weighs in a format is nearly a fixed multiple of what it weighs in F16, number by number, so only the rest
is told: ``value - round(ratio × value in F16)``, in as few bytes as it needs. What is said twice is said once:

    base85 of zlib of: the length of the JSON in four bytes, little endian; the JSON; the rests, each in groups of seven
    bits, the low ones first, signs alternating (0, -1, 1, -2, …)

    {"files": {name: JSON as ``sizing.export.files`` has it}, "models": {id: as there, without "weights"},
     "shared": [what {"$": place} stands for],
     "runs": [[of a layer's row, how many], …], "refused": {id: {key: line}},
     "weights": [[key, [ratio of each column], [models without it], {place: padding}], …]}

Of each key the rests stand by column: the place of its runs, four of each row, then embedding, lookups, output and MTP.
``obsidian/src/packed.ts`` reads it.
"""

from __future__ import annotations

import json
import struct
from base64 import b85encode
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import floor
from statistics import median
from typing import Any, Final

from zopfli import zlib

from sizing.errors import SizingError

Data = dict[str, Any]

BASE: Final = "F16"
ROW: Final = 4  # numbers of a layer
WHOLE: Final = ("embedding", "lookups", "output", "mtp")
NOWHERE: Final[Data] = {"layers": {"rows": [[0] * ROW], "runs": [[0, 1 << 30]]}}
LEAST: Final = 24  # characters that are worth a place of their own


def packed(files: Mapping[str, Any], models: Mapping[str, Data]) -> bytes:
    """Some files and all models, each as its JSON says it. Raises SizingError for a number that this cannot tell."""
    plain = {name: {key: own for key, own in one.items() if key != "weights"} for name, one in models.items()}
    shared = Shared.of(plain)
    weights = Weights({name: one.get("weights", {}) for name, one in models.items()})
    told = {
        "files": files,
        "models": {name: shared.told(one) for name, one in plain.items()},
        "weights": list(weights.keys()),
        "runs": weights.runs,
        "refused": weights.refused,
    }
    text = json.dumps({**told, "shared": shared.parts}, ensure_ascii=False, separators=(",", ":")).encode()
    return b85encode(zlib.compress(struct.pack("<I", len(text)) + text + bytes(weights.rests)))


@dataclass
class Shared:
    """What is said more than once, told once."""

    wanted: frozenset[str]
    parts: list[Any] = field(default_factory=list)
    places: dict[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, whole: Any) -> Shared:
        """Of all that is to be told."""
        seen: Counter[str] = Counter()

        def look(one: Any) -> None:
            text = _text(one)
            seen[text] += 1
            if seen[text] == 1:
                for part in _parts(one):
                    look(part)

        look(whole)
        return cls(frozenset(text for text, times in seen.items() if times > 1 and len(text) >= LEAST))

    def told(self, one: Any) -> Any:
        """It, with places where what is shared stood."""
        if not isinstance(one, (dict, list, tuple)):
            return one
        text = _text(one)
        if text not in self.places:
            if isinstance(one, dict):
                made: Any = {key: self.told(value) for key, value in one.items()}
            else:
                made = [self.told(value) for value in one]
            if text not in self.wanted:
                return made
            self.places[text] = len(self.parts)
            self.parts.append(made)
        return {"$": self.places[text]}


def _parts(one: Any) -> Iterator[Any]:
    inside = one.values() if isinstance(one, dict) else one if isinstance(one, (list, tuple)) else ()
    return (part for part in inside if isinstance(part, (dict, list, tuple)))


def _text(one: Any) -> str:
    return json.dumps(one, ensure_ascii=False, separators=(",", ":"))


class Weights:
    """What models weigh in each format, as rests."""

    def __init__(self, models: Mapping[str, Data]) -> None:
        self.models = models
        self.runs: list[Any] = []
        self.rests = bytearray()
        lines = {name: {k: x["refusal"] for k, x in own.items() if "refusal" in x} for name, own in models.items()}
        self.refused = {name: own for name, own in lines.items() if own}
        self._places: dict[str, int] = {}

    def keys(self) -> Iterator[list[Any]]:
        """Each key with its ratios and who lacks it; the rests are written on the way."""
        every = dict.fromkeys(key for own in self.models.values() for key in own)
        for key in sorted(every, key=lambda key: (key != BASE, key)):
            having = [name for name, own in self.models.items() if key in own and "refusal" not in own[key]]
            lacking = [place for place, name in enumerate(self.models) if name not in set(having)]
            pairs = [(self.models[name][key], self._base(name, key)) for name in having]
            ratios = [self._write(column) for column in _columns(pairs, self._run)]
            paddings = {str(i): own["padding"] for i, (own, _) in enumerate(pairs) if own["padding"] != 1}
            yield [key, ratios, lacking, paddings]

    def _base(self, name: str, key: str) -> Data:
        base: Data = self.models[name].get(BASE, NOWHERE) if key != BASE else NOWHERE
        return NOWHERE if "refusal" in base else base

    def _run(self, one: Data) -> int:
        """The place of a model's runs among all."""
        runs = one["layers"]["runs"]
        text = _text(runs)
        if text not in self._places:
            self._places[text] = len(self.runs)
            self.runs.append(runs)
        return self._places[text]

    def _write(self, column: Sequence[tuple[float, float]]) -> float:
        """Write the rests of a column; the ratio that leaves them small."""
        ratios = Counter(value / base for value, base in column if base)
        commonest, times = next(iter(ratios.most_common(1)), (0.0, 1))
        ratio = commonest if 4 * times > ratios.total() else median(ratios.elements())
        for value, base in column:
            rest = value - floor(base * ratio + 0.5)
            if rest != int(rest):
                raise SizingError(f"{value} is no whole number of bytes; pack it otherwise")
            _put(self.rests, int(rest))
        return ratio


def _columns(pairs: Sequence[tuple[Data, Data]], run: Callable[[Data], int]) -> Iterator[list[tuple[float, float]]]:
    """A key's numbers by column, each beside the same one in F16."""
    yield [(run(own), run(base) if base is not NOWHERE else 0) for own, base in pairs]
    rows = [row for own, base in pairs for row in _rows(own, base)]
    for place in range(ROW):
        yield [(row[place], before[place]) for row, before in rows]
    for name in WHOLE:
        yield [(own[name], base.get(name, 0)) for own, base in pairs if name in own]


def _rows(own: Data, base: Data) -> Iterator[tuple[Sequence[float], Sequence[float]]]:
    """Each row, beside the one that its first layer has in F16."""
    for place, row in enumerate(own["layers"]["rows"]):
        yield row, base["layers"]["rows"][_row_at(base, _first(own, place))]


def _first(one: Data, place: int) -> int:
    """The first layer of a row."""
    layer = 0
    for row, times in one["layers"]["runs"]:
        if row == place:
            return layer
        layer += times
    raise SizingError("a row that no layer has; roll the layers anew")


def _row_at(one: Data, layer: int) -> int:
    """The row of a layer."""
    for row, times in one["layers"]["runs"]:
        layer -= times
        if layer < 0:
            return int(row)
    raise SizingError("fewer layers in F16 than in another format; roll the layers anew")


def _put(into: bytearray, value: int) -> None:
    told = 2 * value if value >= 0 else -2 * value - 1
    while told > 127:
        into.append(told & 127 | 128)
        told >>= 7
    into.append(told)
