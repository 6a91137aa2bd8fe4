"""Which device is meant by a name that leaves some of it out? ``3090``, ``5060ti 16g``, ``7900 XTX``, ``M4 Max 128GB``.

A model's number stands for it without its series before it; a chip's size tells its bin. Nothing else is left out
silently: a tier behind the number (Ti, XT, Max) makes another device, and where several could be meant, none is taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from sizing.facts.entries.devices import Device
from sizing.facts.entries.machines import MachineEntry

# What vendors and cards are called in Chinese, a chip by the name of its design, and what a maker of computers writes
# before the chip's name.
_CALLED: Final = {
    "昇腾": "ascend ",
    "英伟达": "nvidia ",
    "华为": "huawei ",
    "苹果": "apple ",
    "摩尔线程": "mtt ",
    "寒武纪": "mlu",
    "昆仑芯": "kunlun ",
    "沐曦": "metax ",
    "海光": "dcu ",
    "显卡": "",
    "笔记本": " laptop",
    "移动版": " laptop",
    "树莓派": "raspberry pi ",
    "strix halo": "ryzen ai max",
}
_COMPUTER: Final = re.compile(r"^(?:apple )?(?:macbook (?:pro|air)|macbook|mac (?:mini|studio|pro)|imac) (?=m\d)")
_MAKER: Final = re.compile(r"^(?:nvidia|amd|intel|apple|huawei) ")
_CORES: Final = re.compile(r"(?:\d+ core ?)*")
_SHORT_FOR: Final = {"g": "gb", "s": "super", "tis": "ti super"}  # behind a number: 24G, 4070S, 4070 TiS


def in_short(text: str) -> str:
    """A name with the words that ids use: small letters, English, without who made it or what it sits in. Empty for one
    with words of another script, which would be lost."""
    words = _words(text)
    return _MAKER.sub("", _COMPUTER.sub("", words)) if words.isascii() else ""


def _words(text: str) -> str:
    """Small letters and numbers with one blank between, what is called in Chinese in English."""
    words = " ".join(re.sub(r"[^\w]+|_", " ", text.lower()).split())
    for said, word in _CALLED.items():
        words = words.replace(said, word)
    return " ".join(words.split())


def _in_full(written: Iterable[str]) -> list[str]:
    """What is short for more is written so: 4070s is a 4070 super."""
    return [word for run in written for word in _SHORT_FOR.get(run, run).split()]


def meant_machines(machines: Iterable[MachineEntry], text: str, *, whole: bool) -> list[MachineEntry]:
    """The machines that are sold under a name that leaves words out: ``MacBook Pro 36GB``, ``EVO-X2``; those that have
    no more words than it where there are such, and where the ``whole`` name is needed."""
    written = _in_full(runs(_MAKER.sub("", _words(text))))
    if len(written) < 2:
        return []
    found = []
    for one in machines:
        rest = _left(written, runs(one.id)) or _left(written, runs(_words(one.name)))
        if rest is not None and all(word.isalpha() for word in rest[0]):  # what has a number before it is another
            found.append((one, rest))
    exact = [one for one, (before, after) in found if not before and not after]
    return exact if exact or whole else [one for one, _ in found]


def meant(devices: Mapping[str, Device], text: str) -> tuple[tuple[Device, int | None] | None, list[str]]:
    """The device that a name in short stands for, if one is sure, with the bytes that it was bought with where the name
    tells; and the ids of those that it could stand for, the likeliest first."""
    short = in_short(text)
    written = runs(short)
    if len(written) < 3 and not any(run.isdigit() for run in written):
        return None, []
    found = list(_holding(devices.values(), written)) or list(_holding(devices.values(), _in_full(written)))
    if not found and written[-1].isdigit():
        found = list(_holding(devices.values(), [*written, "gb"]))  # M2 Ultra 192
    sure = [one for one in found if _told(one)]
    # A shorter name is meant before those of its series that go on behind it: 3090 is no 3090 Ti.
    alone = len(sure) == 1 and all(one.before == sure[0].before for one in found)
    others = sorted((one for one in found if one not in sure), key=lambda one: "cpu" in one.after)
    return (sure[0].device, sure[0].size) if alone else None, [one.id for one in (*sure, *others)]


@dataclass(frozen=True)
class _Holding:
    """A device whose name holds the words asked for, and what it has before the first of them and behind that."""

    id: str
    device: Device
    size: int | None
    before: Sequence[str]
    after: Sequence[str]


def _told(one: _Holding) -> bool:
    """Whether a name leaves out nothing but a series before its number, and the cores of a chip."""
    series = all(len(word) > 1 and word.isalpha() for word in one.before)
    return series and _CORES.fullmatch(" ".join(one.after)) is not None


def _holding(devices: Iterable[Device], wanted: Sequence[str]) -> Iterable[_Holding]:
    for device in devices:
        sizes: Sequence[int | None] = (None,)
        if len(device.memory.box) > 1 and wanted[-1] == "gb":
            sizes = device.memory.box
        for size in sizes:
            id = f"{device.id}-{size >> 30}gb" if size else device.id
            left = _left(wanted, runs(id))
            if left is not None and device.short_name:
                left = _left(wanted, runs(_words(device.short_name))) or left  # a 3080 is one of 10 GB
            if left is not None:
                yield _Holding(id, device, size, *left)


@lru_cache(maxsize=4096)
def runs(name: str) -> list[str]:
    """The letters and the numbers of a name: rtx, 4090."""
    return re.findall(r"[a-z]+|[0-9]+", name)


def _left(some: Sequence[str], every: Sequence[str]) -> tuple[list[str], list[str]] | None:
    """What of every word stands before some and behind their first, where they stand in it in their order."""
    if not some or some[0] not in every:
        return None
    first = every.index(some[0])
    rest, after = list(some[1:]), []
    for word in every[first + 1 :]:
        if rest and word == rest[0]:
            rest.pop(0)
        else:
            after.append(word)
    return None if rest else (list(every[:first]), after)
