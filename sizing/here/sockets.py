"""In which socket does a processor sit? By its number, for those that the catalog knows only by their socket."""

from __future__ import annotations

import re
from typing import Final

# The catalog's entry for each kind of memory of a socket, the slower one where nothing tells. Letters behind a number
# that mark parts for laptops (H, U, P …) are no desktop's.
_SOCKETS: Final = (
    (re.compile(r"Ryzen \d (?:PRO )?[1-5]\d[05]0(?:X|XT|X3D|G|GE|F|E|AF)?\b"), {"DDR4": "am4-ddr4-3200"}),
    (re.compile(r"Ryzen \d (?:PRO )?[789]\d[05]0(?:X|X3D|G|GE|F)?\b"), {"DDR5": "am5-ddr5-5200"}),
    (
        re.compile(r"Core(?:\(TM\))? i[3579]-1[234]\d00(?:K|F|KF|KS|T)?\b"),
        {"DDR4": "lga1700-ddr4-3200", "DDR5": "lga1700-ddr5-5600"},
    ),
    (re.compile(r"Core(?:\(TM\))? i[3579]-[89]\d00(?:K|F|KF|KS|T)?\b"), {"DDR4": "lga1151-ddr4-2666"}),
    (re.compile(r"Core(?:\(TM\))? Ultra [3579](?: processor)? 2[0-9]5(?:K|F|KF|T)?\b"), {"DDR5": "lga1851-ddr5-6400"}),
)


def socket_of(cpu: str, memory_type: str | None) -> str | None:
    """The id of the socket with this memory; None for a processor in no socket that is known here."""
    for pattern, kinds in _SOCKETS:
        if pattern.search(cpu):
            return kinds.get(memory_type or next(iter(kinds)))
    return None
