"""What do other vendors' tools print? npu-smi, mthreads-gmi, cnmon, and the tables made after nvidia-smi's."""

from __future__ import annotations

import re
from typing import Final

from sizing.here.seen import Reading, Seen, vendor_of
from sizing.here.tables import OTHERS, rows
from sizing.here.values import bus, size, total

# Two lines a chip: the NPU's number and the name, then the chip's and its memory; the second figure pair is of HBM.
_NPU: Final = re.compile(
    r"^\|\s*(?P<npu>\d+)\s+(?P<name>\S+)\s*\|\s*\S+\s*\|[^|\n]*\|?\s*\n"
    r"^\|\s*(?P<chip>\d+)(?:\s+\d+)?\s*\|\s*(?P<bus>[0-9A-Fa-f:.]+|NA)\s*\|\s*\S+\s+(?P<figures>[^|\n]*)\|",
    re.M,
)
_FIGURES: Final = re.compile(r"(\d+)\s*/\s*(\d+)")


def npu_smi(text: str) -> Reading | None:
    """``npu-smi info``: chips, of which two of one NPU number are a board; figures are MiB."""
    found = []
    for row in _NPU.finditer(text):
        figures = [(int(taken), int(whole)) for taken, whole in _FIGURES.findall(row["figures"])]
        taken, whole = figures[-1] if figures else (0, 0)
        if not whole and figures:
            taken, whole = max(figures, key=lambda one: one[1])
        found.append(
            Seen(
                tool="npu-smi",
                vendor="huawei",
                name=f"Ascend {row['name'].removeprefix('Ascend')}".strip(),
                bus=bus(row["bus"]),
                memory=total(str(whole), "MiB"),
                in_use=size(str(taken), "MiB") if whole else None,
                board=row["npu"],
            )
        )
    return Reading(tool="npu-smi", devices=tuple(found), system="linux") if found else None


_MTT: Final = re.compile(r"^\s*\d+\s+(MTT \S+(?: \S+)*?)\s*\|\s*([0-9a-fA-F:.]+)\s*\|.*?(\d+)MiB\((\d+)MiB\)", re.M)


def mthreads_gmi(text: str) -> Reading | None:
    """``mthreads-gmi``: used(total)."""
    found = [
        Seen(
            tool="mthreads-gmi",
            vendor="moore-threads",
            name=name,
            bus=bus(where),
            memory=total(whole, "MiB"),
            in_use=size(taken, "MiB"),
        )
        for name, where, taken, whole in _MTT.findall(text)
    ]
    return Reading(tool="mthreads-gmi", devices=tuple(found), system="linux") if found else None


# "Memory-Usage" is the second cell; the third, vMemory-Usage, counts addresses.
_MLU: Final = re.compile(
    r"^\|\s*\d+\s+\S+\s+(MLU\S+)[^|\n]*\|[^|\n]*\|[^|\n]*\|\s*\n"
    r"^\|[^|\n]*\|\s*(\d+)\s*MiB/\s*(\d+)\s*MiB\s*\|",
    re.M,
)


def cnmon(text: str) -> Reading | None:
    """``cnmon``: a board of two chips stands as two."""
    found = [
        Seen(tool="cnmon", vendor="cambricon", name=name, memory=total(whole, "MiB"), in_use=size(taken, "MiB"))
        for name, taken, whole in _MLU.findall(text)
    ]
    return Reading(tool="cnmon", devices=tuple(found), system="linux") if found else None


_PRODUCT: Final = re.compile(r"(?m)^[ \t]*Product Name[ \t]*: *(\S[^\n]*?)[ \t]*$")
_TOTAL: Final = re.compile(r"(?m)^[ \t]*Total[ \t]*: *(\d+) ?MiB\b(?:[^\n]*\n[ \t]*Used[ \t]*: *(\d+) ?MiB\b)?")


def logs(text: str) -> Reading | None:
    """``mthreads-gmi -q``, ``cnmon info`` and their like: a block of ``key : value`` for each card; the first total is
    its memory."""
    cards = [one for one in _PRODUCT.finditer(text) if vendor_of(one[1]) not in ("nvidia", "")]
    ends = [*(one.start() for one in cards[1:]), len(text)]
    found = []
    for one, end in zip(cards, ends, strict=False):
        sizes = _TOTAL.search(text, one.end(), end)
        memory, taken = (total(sizes[1], "MiB"), size(sizes[2], "MiB")) if sizes else (None, None)
        vendor = vendor_of(one[1])
        found.append(Seen(tool=f"{vendor}'s tool", vendor=vendor, name=one[1], memory=memory, in_use=taken))
    return Reading(tool="log", devices=tuple(found), system="linux") if found else None


_CAPACITY: Final = re.compile(r"(?m)^\s*(HBM|DDR) Capacity\(MB\)\s*: *(\d+)")


def npu_memory(text: str) -> Reading | None:
    """``npu-smi info -t memory``: a chip's memory, of one kind, without its name."""
    told = [(kind, total(mib, "MiB")) for kind, mib in _CAPACITY.findall(text)]
    kinds = [kind for kind, memory in told if memory]
    found = [
        Seen(tool="npu-smi", vendor="huawei", memory=memory) for kind, memory in told if memory and kind == max(kinds)
    ]
    return Reading(tool="npu-smi", devices=tuple(found), system="linux") if found else None


# Tables made after nvidia-smi's: what tells each, its name, and its vendor; the last is what nobody here
# knows, whose cards are still no NVIDIA's.
_ALIKE: Final = (
    (re.compile(r"\bMX-SMI\b|mx-smi"), "mx-smi", "metax"),
    (re.compile(r"\bIX-ML\b|Iluvatar"), "ixsmi", "iluvatar"),
    (re.compile(r"\bHL-SMI\b"), "hl-smi", "habana"),
    (re.compile(r"\bIntel XPU-SMI\b"), "xpu-smi", "intel"),
    (re.compile(r"\bXPU-SMI\b"), "xpu_smi", "kunlunxin"),
    (OTHERS, "another vendor's tool", ""),
)


# "| 0   Enflame S60   | 31.4.2   | 00:3d:00.0   Enable |" and below it "| 36C  LP2  66W / 300W | 41952MiB  Disable |"
_GCU: Final = re.compile(
    r"^\|\s*\d+\s+(?P<name>\S[^|\n]*?)\s*\|[^|\n]*\|\s*(?P<bus>[0-9a-f:]+\.[0-7])[^|\n]*\|\s*\n"
    r"\|[^|\n]*\|\s*(?P<memory>\d+)\s*MiB\b",
    re.M,
)


def efsmi(text: str) -> Reading | None:
    """``efsmi``: the memory of each card; what is in use is not among it."""
    if not re.search(r"\bEFSMI\b|Enflame System Management", text):
        return None
    found = [
        Seen(
            tool="efsmi",
            vendor="enflame",
            name=one["name"],
            bus=bus(one["bus"]),
            memory=total(one["memory"], "MiB"),
        )
        for one in _GCU.finditer(text)
    ]
    return Reading(tool="efsmi", devices=tuple(found), system="linux") if found else None


def alike(text: str) -> Reading | None:
    """``mx-smi``, ``ixsmi``, ``hl-smi``, Intel's ``xpu-smi`` from 2.0 on, and Kunlunxin's of that name."""
    for mark, tool, vendor in _ALIKE:
        if not mark.search(text):
            continue
        found = [
            Seen(
                tool=tool,
                vendor=vendor,
                name=card.name,
                bus=card.bus,
                memory=card.memory,
                in_use=card.in_use,
                watts=card.watts,
            )
            for card in rows(text)
        ]
        if found:
            return Reading(tool=tool, devices=tuple(found), system="linux")
    return None
