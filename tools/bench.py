"""How fast is the engine? Plans per CPU second, the time to load catalogs of several sizes, and memory.

``make bench`` prints it; it is no test, since a busy machine would fail it.
"""

from __future__ import annotations

import resource
import tempfile
import time
from contextlib import suppress
from itertools import product
from pathlib import Path

from sizing import Catalog, SizingError, plan
from tools.synthetic import write

FORMATS = ("Q4_K_M", "Q8_0", "F16", "IQ4_XS", "Q6_K")
CONTEXTS = (4096, 8192, 32768, 131072)


def main() -> None:
    """Print one line a figure."""
    for size in (100, 1000):
        with tempfile.TemporaryDirectory() as folder:
            root = write(Path(folder) / "catalog", models=size)
            started = time.process_time()
            catalog = Catalog.load(root)
            print(f"load {len(catalog.models):>5} models   {time.process_time() - started:7.3f} CPU s")
    catalog = Catalog.load()
    for what in ("first touch", "again"):
        print(f"plans, {what:<11}   {_plans_a_second(catalog):7.0f} a CPU second")
    print(f"memory at most      {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:7.0f} MiB")


def _plans_a_second(catalog: Catalog) -> float:
    """Plans of every open model in five formats and four contexts on every machine; whether each fits is settled."""
    models = [m for m in catalog.models.values() if m.open]
    started, done = time.process_time(), 0
    for model, fmt, context, machine in product(models, FORMATS, CONTEXTS, catalog.machines.values()):
        with suppress(SizingError):  # a format that llama.cpp does not compute there
            plan(model, machine, format=fmt, context=context)
            done += 1
    return done / (time.process_time() - started)


if __name__ == "__main__":
    main()
