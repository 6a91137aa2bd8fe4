"""``make engine``: what browsers run too, as JavaScript beside the Python that it is made of."""

from __future__ import annotations

import sys

from tools.javascript import MODULES, ROOT
from tools.javascript.subset import RefusalError

if __name__ == "__main__":
    for one in MODULES:
        try:
            one.output.write_text(one.text, encoding="utf-8")
        except RefusalError as refusal:
            sys.exit(str(refusal))
        print(f"{one.output.relative_to(ROOT)}: {one.output.stat().st_size:,} bytes")
