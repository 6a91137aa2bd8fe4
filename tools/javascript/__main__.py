"""``make engine``: sizing/engine as JavaScript, into sizing/engine/engine.mjs."""

from __future__ import annotations

import sys

from tools.javascript import ENGINE, OUTPUT, module
from tools.javascript.translate import RefusalError

if __name__ == "__main__":
    try:
        OUTPUT.write_text(module(), encoding="utf-8")
    except RefusalError as refusal:
        sys.exit(str(refusal))
    print(f"{OUTPUT.relative_to(ENGINE.parents[1])}: {OUTPUT.stat().st_size:,} bytes")
