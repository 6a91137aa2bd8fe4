"""What has been worked out already? Answers by all that decides them, so many at most, the oldest forgotten first."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from threading import RLock
from typing import TypeVar, cast

T = TypeVar("T")


class Kept:
    """Answers by their keys. Threads may share it: each answer is made once."""

    def __init__(self, most: int = 1024) -> None:
        self._answers: dict[Hashable, object] = {}
        self._most = most
        self._lock = RLock()

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """The answer to ``key``, made by ``make`` where it is not kept; what ``make`` raises is not kept."""
        with self._lock:
            if key not in self._answers:
                self._answers[key] = make()
                while len(self._answers) > self._most:
                    del self._answers[next(iter(self._answers))]
            return cast(T, self._answers[key])
