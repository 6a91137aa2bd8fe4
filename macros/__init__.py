"""The door that mkdocs-macros opens at every build: reloads what changed, then calls ``macros.site``.

``mkdocs serve`` keeps one interpreter, so a saved module would go stale. The bytes of both packages are compared with
those of the last build; only when they differ are the packages dropped and imported afresh, so that a save in the
catalog keeps the engine and its caches.
"""

from __future__ import annotations

import contextlib
import importlib
import logging
import sys
from pathlib import Path
from typing import Any

# An edit of the same size within one second would load a stale .pyc.
sys.dont_write_bytecode = True

_ROOT = Path(__file__).resolve().parent.parent
_seen: dict[Path, bytes] | None = None


def _sources() -> dict[Path, bytes]:
    return {path: path.read_bytes() for folder in ("sizing", "macros") for path in (_ROOT / folder).rglob("*.py")}


# The search plugin's segmenter would tell four lines about its cache at every start.
with contextlib.suppress(ImportError):
    importlib.import_module("jieba").setLogLevel(logging.WARNING)


def define_env(env: Any) -> None:
    """Register the macros on mkdocs-macros' environment."""
    global _seen
    now = _sources()
    if _seen is not None and now != _seen:
        for name in [n for n in sys.modules if n.partition(".")[0] in ("sizing", "macros")]:
            del sys.modules[name]
        importlib.invalidate_caches()
        importlib.import_module("macros").define_env(env)
        return
    _seen = now
    importlib.import_module("macros.site").define_env(env)
