"""Who makes the parts of a matrix? Processes of this computer, or those of a Ray cluster."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from typing import Any, Final

from sizing.errors import SizingError
from sizing.export.matrix import Part
from sizing.export.parts import Workers

LOCAL: Final = "local"  # the address of a cluster that is started here, for this one question
AGAIN: Final = "what it was making is lost, all else is kept; ask the same again"


def processes(count: int) -> Workers:
    """So many processes of this computer."""
    return partial(_in_processes, count)


def _in_processes(count: int, parts: Iterable[Part]) -> Iterator[tuple[Part, bytes]]:
    with ProcessPoolExecutor(count, multiprocessing.get_context("spawn")) as pool:
        asked = {pool.submit(part.rows): part for part in parts}
        try:
            for done in as_completed(asked):
                yield asked[done], done.result()
        except BrokenProcessPool:
            raise SizingError(f"a worker was stopped; {AGAIN}") from None
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def cluster(address: str, count: int | None = None) -> Workers:
    """Those of a Ray cluster at an address (``auto`` for the one that this computer is part of), or of one started here
    with so many (``local``). Raises SizingError where Ray is not installed."""
    try:
        import ray
    except ImportError:
        raise SizingError("--ray needs Ray; say pip install 'llm-sizing[ray]'") from None
    return partial(_in_cluster, ray, address, count)


def _in_cluster(ray: Any, address: str, count: int | None, parts: Iterable[Part]) -> Iterator[tuple[Part, bytes]]:
    """A part of a worker that is lost is made again by another, as often as Ray tries."""
    try:
        if address == LOCAL:
            ray.init(num_cpus=count or os.cpu_count(), include_dashboard=False, log_to_driver=False)
        else:
            ray.init(address=address, log_to_driver=False)
    except (ConnectionError, ValueError, RuntimeError) as error:
        raise SizingError(f"--ray {address}: {str(error).splitlines()[0]}; give its address, or {LOCAL}") from None
    try:
        made = ray.remote(Part.rows)
        asked = {made.remote(part): part for part in parts}
        while asked:
            (done,), _ = ray.wait(list(asked), num_returns=1)
            yield asked.pop(done), ray.get(done)
    except ray.exceptions.RayTaskError as error:
        cause = error.cause
        raise (cause if isinstance(cause, SizingError) else SizingError(str(cause))) from None
    except ray.exceptions.RayError:
        raise SizingError(f"a worker was lost; {AGAIN}") from None
    finally:
        ray.shutdown()
