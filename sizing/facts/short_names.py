"""Which device is meant by a name that leaves some of it out? ``3090``, ``5060ti 16g``, ``7900 XTX``, ``M4 Max 128GB``.

A model's number stands for it without its series before it; a chip's size tells its bin. Nothing else is left out
silently: a tier behind the number (Ti, XT, Max) makes another device, and where several could be meant, none is taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from sizing.facts.entries.devices import Device
from sizing.facts.entries.machines import MachineEntry
from sizing.facts.plain_names import plain, without_computer
from sizing.facts.units import GIB

Words = tuple[tuple[str, ...], ...]  # each the runs of letters and digits that are written together: rtx, 3090

_SHORT_FOR: Final = {"s": ("super",), "tis": ("ti", "super")}  # behind a number: 4070S, 4070 TiS
_LOOKS: Final = str.maketrans("oli", "011")  # letters that are typed for the figures that they look like: 4o90
_SIZE: Final = re.compile(r"(?:^|[^a-z0-9.])([1-9][0-9]{0,3}) ?gb?(?![a-z0-9])")
_LARGEST: Final = 4096  # GB of a device; what is more is a number of another kind: Ryzen 5600G
_CORES: Final = re.compile(r"(?:[0-9]+ core ?)*")
_FORM: Final = re.compile(r"(sxm)[0-9]")  # which most catalogs leave out
_SERIES: Final = re.compile(r"(?:[a-z]{2,} ?|(?:ryzen|ultra|ai) [3579] ?)*")  # Radeon, Ryzen AI 9
# A processor's number tells it without its tier: Ryzen 9950X, i9-14900K.
_PROCESSOR: Final = re.compile(r"^([a-z]+)[ -].*?([0-9]{3,}.*)$")


@dataclass(frozen=True)
class Meant:
    """So many of a device, and the bytes that each was bought with where the name tells."""

    device: Device
    size: int | None
    count: int


@dataclass(frozen=True)
class _Form:
    """One way to name a device: its words without a size, of how many; whether the size need not be told, and whether
    it stands in brackets, where a number may be that of a series: Ryzen 6000."""

    runs: tuple[str, ...]
    count: int = 1
    whole: bool = False
    aside: bool = False


@dataclass(frozen=True)
class _Holding:
    """A device one of whose names holds the words asked for, and what that has before the first of them and behind."""

    device: Device
    form: _Form
    size: int | None
    before: tuple[str, ...]
    after: tuple[str, ...]

    @property
    def id(self) -> str:
        """As one writes it."""
        sized = self.size is not None and len(self.device.memory.box) > 1
        return f"{self.device.id}-{(self.size or 0) >> 30}gb" if sized else self.device.id

    @property
    def exact(self) -> bool:
        """Whether nothing but a size was left out, where it may be."""
        return not self.before and not self.after and self.sure

    @property
    def sure(self) -> bool:
        """Whether nothing was left out but a series before the number, the cores of a chip, and a size that one has."""
        told = self.size is not None or self.form.whole or not stated(self.device.id)
        left_out = _SERIES.fullmatch(" ".join(self.before)), _CORES.fullmatch(" ".join(self.after))
        return told and None not in left_out


def meant(devices: Mapping[str, Device], text: str) -> tuple[Meant | None, list[str]]:
    """What a name in short stands for, if that is sure; and the ids of those that it could stand for, the likeliest
    first. A size that the device does not have is told all the same."""
    words, size = said(text)
    if not words:
        return None, []
    found = _found(devices.values(), words, size)
    if not found and size is None and len(words) > 1 and len(words[-1]) == 1 and words[-1][0].isdigit():
        found = _found(devices.values(), words[:-1], int(words[-1][0][:6]) * GIB)  # M2 Ultra 192
    one = _alone(found)
    if one is None and size is not None and not any(x.sure for x in found):
        other = _alone(_found(devices.values(), words, None))  # a size that it is not sold in
        if other is not None:
            return Meant(other.device, size // other.form.count, other.form.count), []
    sure = [x.id for x in found if x.sure]
    plainest = min((len(x.before) for x in found), default=0)
    several = len(sure) > 1 and any(x.sure and len(x.before) == plainest for x in found)
    likely = sure if several else [x.id for x in sorted(found, key=_likelihood)]
    return (Meant(one.device, one.size, one.form.count) if one else None), likely


def like(devices: Mapping[str, Device], text: str) -> list[str]:
    """The ids of devices that a name which means none could be meant for: without words that no device has, or with a
    slip in one of its own. None where a number is another."""
    known = {run for device in devices.values() for form in _forms(device) for run in form.runs}
    words, size = said(" ".join(one for one in text.split() if one.isascii()))
    told = tuple(one[1:] if one[0] == "x" else one for one in words)  # x5090: a count without its number
    told = tuple(one for one in told if known.issuperset(one) or any(run.isdigit() for run in one))
    numbered = any(len(run) > 2 and run.isdigit() for one in told for run in one)
    found = _found(devices.values(), told, size) if numbered else []
    if found:
        return [one.id for one in sorted(found, key=_likelihood)]
    runs = tuple(run for one in words for run in one)
    return [d.id for d in devices.values() if any(_slip(runs, form.runs) for form in _forms(d))]


def meant_machines(machines: Iterable[MachineEntry], text: str, *, whole: bool) -> list[MachineEntry]:
    """The machines that are sold under a name that leaves words out: ``MacBook Pro 36GB``, ``EVO-X2``; those that have
    no more words than it where there are such, and where the ``whole`` name is needed. A number behind may be a size,
    and words may stand in any order: ``M4 Mac mini 16``."""
    words = tuple(
        (one[0], "gb") if len(one) == 2 and one[0].isdigit() and one[1] == "g" else one for one in _words(text)
    )
    if sum(map(len, words)) < 2:
        return []
    every = list(machines)
    sized = (*words[:-1], (*words[-1], "gb")) if len(words[-1]) == 1 and words[-1][0].isdigit() else words
    tries = ((words, False), (sized, False), (sized, True))
    for some, how in tries:
        found = [*_sold(every, some, any_order=how)]
        exact = [one for one, left in found if not any(left)]
        if exact or (found and not whole):
            return exact or [one for one, _ in found]
    return []


def _sold(
    machines: Iterable[MachineEntry], words: Words, *, any_order: bool
) -> Iterator[tuple[MachineEntry, tuple[tuple[str, ...], tuple[str, ...]]]]:
    """The machines one of whose names holds these words, with what that has before the first of them and behind."""
    for one in machines:
        names = (one.id, one.name, *one.names)
        rests = [_left(words, runs(plain(name)), any_order=any_order) for name in names]
        rest = min((left for left in rests if left), key=lambda left: len(left[0]) + len(left[1]), default=None)
        if rest is not None and all(word.isalpha() for word in rest[0]):  # what has a number before it is another
            yield one, rest


def said(text: str) -> tuple[Words, int | None]:
    """The words of a plain name, and the bytes that it says. None for one with words of another script."""
    text = without_computer(text)
    size = _SIZE.search(text)
    if size is None or int(size[1]) > _LARGEST:
        return _words(text), None
    without = f"{text[: size.start(1)]} {text[size.end() :]}"
    words = tuple(one for one in _words(without) if one != ("modded",))  # which its size tells
    return words, int(size[1]) * GIB


def _words(text: str) -> Words:
    written = re.findall(r"[^\W_]+", text)
    return tuple(map(runs, written)) if text.isascii() or all(map(str.isascii, written)) else ()


def _found(devices: Iterable[Device], words: Words, size: int | None) -> list[_Holding]:
    """The devices that hold these words: as they are written, else in full, else in any order."""
    if not words:
        return []
    full = tuple(tuple(x for run in one for x in _SHORT_FOR.get(run, (run,))) for one in words)
    bare = tuple(one[:1] if one[:1] == ("sxm",) else one for one in words)
    every = list(devices)
    tries = ((words, False), (full, False), (bare, False), (words, True))
    found = next(filter(None, ([*_holding(every, one, size, any_order=how)] for one, how in tries)), [])
    telling = size is not None or sum(map(len, words)) > 2 or any(run.isdigit() for one in words for run in one)
    return found if telling else [one for one in found if one.sure]


def _holding(devices: Iterable[Device], words: Words, size: int | None, *, any_order: bool) -> Iterator[_Holding]:
    for device in devices:
        found = []
        for form in _forms(device):
            if size is not None and not any(size == one * form.count for one in device.memory.box):
                continue
            number = form.aside and len(words) == 1 and len(words[0]) == 1
            left = None if number else _left(words, form.runs, any_order=any_order)
            if left is not None:
                each = None if size is None else size // form.count
                found.append(_Holding(device, form, each, *left))
        if found:
            yield min(found, key=lambda one: len(one.before) + len(one.after))


def _alone(found: Sequence[_Holding]) -> _Holding | None:
    """The one that is meant, if it is sure. A shorter name is meant before those of its series that go on behind it:
    3090 is no 3090 Ti."""
    exact = [one for one in found if one.exact]
    if len(exact) == 1:
        return exact[0]
    sure = [one for one in found if one.sure]
    return sure[0] if len(sure) == 1 and all(one.before == sure[0].before for one in found) else None


def _likelihood(one: _Holding) -> tuple[bool, int, bool]:
    return "cpu" in one.after, len(one.before), not one.sure


def stated(id: str) -> bool:
    """Whether an id tells a size, because its device is sold in several."""
    return re.search(r"-[0-9]+gb$", id) is not None


@lru_cache(maxsize=4096)
def _forms(device: Device) -> tuple[_Form, ...]:
    """What a device is called, the name that needs the least first; a card that holds several of it too."""
    name, _, aside = device.name.partition("(")
    forms = [_Form(_unsized(device.card.name), count=device.card.count, whole=True)] if device.card else []
    forms += [_Form(_unsized(device.short_name), whole=True)] if device.short_name else []
    forms += [_Form(_unsized(device.id)), _Form(_unsized(name))]
    forms += [_Form(_unsized(aside), aside=True)] if aside else []
    forms += [_Form(_unsized(processor)) for processor in device.processors]
    if device.kind == "cpu" and (number := _PROCESSOR.match(device.id)) is not None:
        forms.append(_Form(_unsized(f"{number[1]} {number[2]}")))
    return tuple(forms)


def _unsized(name: str) -> tuple[str, ...]:
    return runs(re.sub(r"[0-9]+ ?gb(?![a-z0-9])", " ", plain(name)))


@lru_cache(maxsize=8192)
def runs(name: str) -> tuple[str, ...]:
    """The letters and the numbers of a name: rtx, 4090."""
    return tuple(re.findall(r"[a-z]+|[0-9]+", name))


def _left(
    words: Words, every: Sequence[str], *, any_order: bool = False
) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """What of every run stands before the first of some words, and behind it, where each stands there whole: M60 is no
    M2 Ultra with 60 cores."""
    taken: set[int] = set()
    start = 0
    for word in words:
        places = range(start, len(every) - len(word) + 1)
        spans = (range(at, at + len(word)) for at in places if tuple(every[at : at + len(word)]) == word)
        span = next((one for one in spans if not taken.intersection(one)), None)
        if span is None:
            return None
        taken.update(span)
        start = 0 if any_order else span.stop
    first = min(taken)
    return tuple(every[:first]), tuple(run for i, run in enumerate(every) if i > first and i not in taken)


def _slip(written: Sequence[str], runs: Sequence[str]) -> bool:
    """Whether a name differs by a slip: letters for figures that look like them, or in one run, a letter of a long word
    or the last digit of a long number."""
    if written != runs and _looks(written) == _looks(runs):
        return True
    if len(written) != len(runs):
        return False
    differ = [(a, b) for a, b in zip(written, runs, strict=True) if a != b]
    if len(differ) != 1:
        return False
    a, b = differ[0]
    if a.isdigit():
        return len(a) == len(b) > 3 and a[:-1] == b[:-1]
    return min(len(a), len(b)) > 3 and b.isalpha() and _one_edit(a, b)


def _looks(runs: Sequence[str]) -> str:
    return "".join(runs).translate(_LOOKS)


def _one_edit(a: str, b: str) -> bool:
    """Whether a letter was left out, put in or another, or two were swapped."""
    start = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    x, y = a[start:], b[start:]
    return x[1:] == y[1:] or x[1:] == y or x == y[1:] or (x[:2] == y[1::-1] and x[2:] == y[2:])
