"""Can the terminal write what is said? What its encoding does not have is written as JSON escapes it."""

from __future__ import annotations

import codecs
import json
import sys
from io import TextIOWrapper
from typing import Final

_ESCAPED: Final = "sizing.escaped"


def write_anything() -> None:
    """Let no letter of a name fail on its way out: an old terminal, or a file in Windows' own encoding, lacks many."""
    codecs.register_error(_ESCAPED, _escape)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors=_ESCAPED)


def _escape(error: UnicodeError) -> tuple[str, int]:
    """What cannot be written, as ``\\u00b7``: JSON stays what it was."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return json.dumps(error.object[error.start : error.end])[1:-1], error.end
