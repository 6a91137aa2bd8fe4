"""What has been worked out already? Answers by all that decides them, so many at most, the oldest forgotten first.

Answers outlive a reading of facts by an heir: it knows what was known before, and forgets what nobody asked for again.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from threading import Lock
from typing import Final, Generic, TypeVar, cast

T = TypeVar("T")

_NOTHING: Final = object()


class Same(Generic[T]):
    """This very thing as a part of a key: for what is costly to compare, or says more than it compares."""

    __slots__ = ("thing",)

    def __init__(self, thing: T) -> None:
        self.thing = thing

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and other.thing is self.thing

    def __hash__(self) -> int:
        return id(self.thing)


class Kept:
    """Answers by their keys. Threads may share it: of two that make the same answer, the first one's is kept."""

    def __init__(self, most: int = 1024, before: Kept | None = None) -> None:
        self._answers: dict[Hashable, object] = {}
        self._before: dict[Hashable, object] = before._answers if before is not None else {}
        self._most = most
        self._lock = Lock()

    def heir(self) -> Kept:
        """Another one that knows what this one was asked for, and nothing of what this one had from before."""
        return Kept(self._most, self)

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """The answer to ``key``, made by ``make`` where it is not kept; what ``make`` raises is not kept."""
        found = self._answers.get(key, _NOTHING)
        if found is _NOTHING:
            known = self._before.get(key, _NOTHING)
            found = self._keep(key, make() if known is _NOTHING else known)
        return cast(T, found)

    def same(self, key: Hashable, thing: T) -> T:
        """What was called ``key`` if it is equal to ``thing``, so that what was worked out of it holds on; else
        ``thing``, which is called so from now on."""
        with self._lock:
            known = self._answers.get(key, self._before.get(key))
            found: T = known if known == thing else thing
            self._answers[key] = found
        return found

    def _keep(self, key: Hashable, answer: object) -> object:
        with self._lock:  # making is not: an answer may wait for others
            found = self._answers.setdefault(key, answer)
            while len(self._answers) > self._most:
                del self._answers[next(iter(self._answers))]
        return found
