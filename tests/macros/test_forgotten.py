"""Code that was dropped is gone, and all that it held: a served site does not grow by every version of it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
VERSIONS = 3
LOADED_AND_DROPPED = f"""
import gc, importlib, macros
for version in range({VERSIONS}):
    search = importlib.import_module("sizing.search")
    pages = importlib.import_module("macros.pages")
    catalog = importlib.import_module("sizing").Catalog.load()
    search.fit(catalog, catalog.machine("rtx-4090"), search.Question(format="Q4_K_M"))
    del search, pages, catalog
    macros.forget()
names = [f"{{one.__module__}}.{{one.__qualname__}}" for one in gc.get_objects() if isinstance(one, type)]
print(max((names.count(name) for name in set(names) if name.startswith("sizing.")), default=0))
"""


def test_of_dropped_code_nothing_stays() -> None:
    done = subprocess.run([sys.executable, "-c", LOADED_AND_DROPPED], cwd=ROOT, capture_output=True, text=True)
    assert int(done.stdout or VERSIONS) == 0, done.stderr


def test_a_door_that_was_dropped_holds_none_of_the_rooms_behind_it() -> None:
    code = "import macros.pages; door = macros; door.forget(); print([k for k in vars(door) if k == 'pages'])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.stdout.strip() == "[]", done.stderr
