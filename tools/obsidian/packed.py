"""How is the data of some hundred models told in so few bytes that a note's plugin holds all of them? Without loss.

What a model weighs in a format is nearly a fixed multiple of what it weighs in another, number by number, so only the
rest is told: ``value - round(ratio × value in a leader)``, in as few bytes as it needs; and what is said twice is said
once.

    base85 of zlib of: the length of the JSON in four bytes, little endian; the JSON; the rests, each in groups of seven
    bits, the low ones first, signs alternating (0, -1, 1, -2, …)

    {"files": {name: JSON as ``sizing.export.files`` has it}, "models": [id, …],
     "fields": {name of what a model says, but for its weights: [[places of models without it], [of each other model]]},
     "shared": [what {"$": place} stands for], "leaders": [key, …],
     "runs": [[of a layer's row, how many], …], "refused": {id: {key: line}},
     "beside": {id: [[name of what is told beside the layers, length of a list or null], …]},
     "weights": [[key, [[place of a leader, ratio] of each column], [models without it], {place: padding}], …]}

Of each key the rests stand by column: the place of its runs, four of each row, then what is beside, in the
order in which models have it.
``obsidian/src/packed.ts`` reads it.
"""

from __future__ import annotations

import json
import struct
import zlib as quick
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

# Keys that others are told beside.
LEADERS: Final = ("F16", "F16/gguf", "Q4_K_M/gguf", "IQ2_S/gguf", "Q2_K/gguf", "Q4_0/gguf", "MLX-4bit", "GPTQ")
ROW: Final = 4  # numbers of a layer
APART: Final = ("layers", "padding")  # of a key, what is told otherwise than in columns
NOWHERE: Final[Data] = {"layers": {"rows": [[0] * ROW], "runs": [[0, 1 << 30]]}}
LEAST: Final = 60  # characters that are worth a place of their own


def packed(files: Mapping[str, Any], models: Mapping[str, Data]) -> bytes:
    """Some files and all models, each as its JSON says it. Raises SizingError for a number that this cannot tell."""
    fields = _by_field(models)
    weights = Weights({name: one.get("weights", {}) for name, one in models.items()})
    shared = Shared.of([fields, weights.beside])
    told = {
        "files": files,
        "models": list(models),
        "fields": {name: shared.told(told) for name, told in fields.items()},
        "weights": list(weights.keys()),
        "leaders": LEADERS,
        "beside": shared.told(weights.beside),
        "runs": weights.runs,
        "refused": weights.refused,
    }
    text = json.dumps({**told, "shared": shared.parts}, ensure_ascii=False, separators=(",", ":")).encode()
    return b85encode(zlib.compress(struct.pack("<I", len(text)) + text + bytes(weights.rests)))


def _by_field(models: Mapping[str, Data]) -> dict[str, list[list[Any]]]:
    """What models say but for their weights, each field of all of them together: like stands by like."""
    names = dict.fromkeys(name for one in models.values() for name in one if name != "weights")
    return {
        name: [
            [place for place, one in enumerate(models.values()) if name not in one],
            [one[name] for one in models.values() if name in one],
        ]
        for name in names
    }


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
        self.beside = {name: _beside(own) for name, own in models.items()}
        self._places: dict[str, int] = {}

    def keys(self) -> Iterator[list[Any]]:
        """Each key, of each column what it is told beside, and who lacks it; the rests are written on the way."""
        every = dict.fromkeys(key for own in self.models.values() for key in own)
        order = [*(key for key in LEADERS if key in every), *sorted(every.keys() - set(LEADERS))]
        for number, key in enumerate(order):
            having = [name for name, own in self.models.items() if key in own and "refusal" not in own[key]]
            lacking = [place for place, name in enumerate(self.models) if name not in set(having)]
            own = [self.models[name][key] for name in having]
            bases = [
                [self._base(name, leader) for name in having] for leader in LEADERS[: min(number, len(LEADERS))]
            ] or [[NOWHERE] * len(own)]
            columns = [list(_columns(own, base, self._run)) for base in bases]
            told = [self._write([one[column] for one in columns]) for column in range(len(columns[0]))]
            paddings = {str(i): one["padding"] for i, one in enumerate(own) if one["padding"] != 1}
            yield [key, told, lacking, paddings]

    def _base(self, name: str, key: str) -> Data:
        base: Data = self.models[name].get(key, NOWHERE)
        return NOWHERE if "refusal" in base else base

    def _run(self, one: Data) -> int:
        """The place of a model's runs among all."""
        if one is NOWHERE:
            return 0
        runs = one["layers"]["runs"]
        text = _text(runs)
        if text not in self._places:
            self._places[text] = len(self.runs)
            self.runs.append(runs)
        return self._places[text]

    def _write(self, beside: Sequence[Sequence[tuple[float, float]]]) -> list[float]:
        """Write the rests of a column as they are smallest: the place of the leader that they are told beside, and the
        ratio to it."""
        tried = [(ratio, _rests(column, ratio)) for column in beside for ratio in [_ratio(column)]]
        sizes = [len(quick.compress(rests, 6)) for _, rests in tried]
        place = sizes.index(min(sizes))
        self.rests += tried[place][1]
        return [place, tried[place][0]]


def _ratio(column: Sequence[tuple[float, float]]) -> float:
    """The ratio that leaves rests small: the commonest, or the middle one."""
    ratios = Counter(value / base for value, base in column if base)
    commonest, times = next(iter(ratios.most_common(1)), (0.0, 1))
    return commonest if 4 * times > ratios.total() else median(ratios.elements())


def _rests(column: Sequence[tuple[float, float]], ratio: float) -> bytes:
    into = bytearray()
    for value, base in column:
        rest = value - floor(base * ratio + 0.5)
        if rest != int(rest):
            raise SizingError(f"{value} is no whole number of bytes; pack it otherwise")
        _put(into, int(rest))
    return bytes(into)


def _columns(
    own: Sequence[Data], bases: Sequence[Data], run: Callable[[Data], int]
) -> Iterator[list[tuple[float, float]]]:
    """A key's numbers by column, each beside the same one of a leader."""
    yield [(run(one), run(base)) for one, base in zip(own, bases, strict=True)]
    rows = [row for one, base in zip(own, bases, strict=True) for row in _rows(one, base)]
    for place in range(ROW):
        yield [(row[place], before[place]) for row, before in rows]
    pairs = [(_numbers(one), _numbers(base)) for one, base in zip(own, bases, strict=True)]
    for name in dict.fromkeys(name for one, _ in pairs for name in one):
        yield [(one[name], base.get(name, 0)) for one, base in pairs if name in one]


def _numbers(one: Data) -> dict[tuple[str, int], float]:
    """What is told beside the layers, by name and place."""
    plain = {name: value for name, value in one.items() if name not in APART}
    return {
        (name, place): number
        for name, value in plain.items()
        for place, number in enumerate(value if isinstance(value, (list, tuple)) else [value])
    }


def _beside(own: Mapping[str, Data]) -> list[list[Any]]:
    """What a model's numbers beside the layers are called, with the length of a list; the same in every format."""
    every = [
        [
            [name, len(value) if isinstance(value, (list, tuple)) else None]
            for name, value in one.items()
            if name not in APART
        ]
        for one in own.values()
        if "refusal" not in one
    ]
    if any(one != every[0] for one in every):
        raise SizingError("a model is told by other words in one format than in another; pack it otherwise")
    return every[0] if every else []


def _rows(own: Data, base: Data) -> Iterator[tuple[Sequence[float], Sequence[float]]]:
    """Each row, beside the one that its first layer has in a leader."""
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
    raise SizingError("fewer layers in one format than in another; roll the layers anew")


def _put(into: bytearray, value: int) -> None:
    told = 2 * value if value >= 0 else -2 * value - 1
    while told > 127:
        into.append(told & 127 | 128)
        told >>= 7
    into.append(told)
