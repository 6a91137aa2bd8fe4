"""What is worked out on another core while pages are made? A copy of this process does it, and hands it over.

Only a build has such a copy: a server keeps what it worked out, which would go with the copy. Where a process cannot be
copied safely, or the copy ends without an answer, the work is done here when it is asked for.
"""

from __future__ import annotations

import contextlib
import os
import sys
import threading
from collections.abc import Callable
from multiprocessing import get_context
from typing import TYPE_CHECKING, Generic, TypeVar, cast

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

T = TypeVar("T")


class Apart(Generic[T]):
    """Work that is begun at once and done by the time it is asked for."""

    def __init__(self, make: Callable[[], T]) -> None:
        self._make = make
        self._answer: Connection | None = None
        self._copy: BaseProcess | None = None
        if possible():
            context = get_context("fork")
            self._answer, other = context.Pipe(duplex=False)
            self._copy = context.Process(target=_work, args=(make, other), daemon=True)
            self._copy.start()
            other.close()  # so that the end of the copy is the end of what comes

    def result(self) -> T:
        """What was made. Raises what making it raises."""
        if self._answer is not None and self._copy is not None:
            with contextlib.suppress(EOFError, OSError), self._answer:
                made = cast(T, self._answer.recv())
                self._copy.join()
                return made
        return self._make()


def possible() -> bool:
    """Whether there is another core, and a copy of this process would be whole: threads are not copied."""
    return sys.platform == "linux" and len(os.sched_getaffinity(0)) > 1 and threading.active_count() == 1


def _work(make: Callable[[], object], answer: Connection) -> None:
    """In the copy: make it and hand it over. What fails here fails again where it is asked for, and is told there."""
    with contextlib.suppress(Exception):
        answer.send(make())
