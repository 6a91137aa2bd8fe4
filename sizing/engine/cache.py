"""What does context cost, in bytes? The parts of a cache: what is held, and what a step reads of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sizing.engine.numbers import over, total
from sizing.errors import SizingError


@dataclass(frozen=True, slots=True)
class Compressed:
    """Compressed attention's share of a cache: an entry for every ``ratio`` tokens, of which a token reads some."""

    ratio: int
    bytes: float  # of an entry
    flops: float  # of a token, for each entry that it reads
    chosen: int | None = None  # entries that it reads; None for all
    pad: int = 1  # the runtime holds a multiple of so many

    def held(self, context: int) -> float:
        """Bytes held for a sequence of ``context`` tokens."""
        return self.bytes * padded(over(context, self.ratio), self.pad)

    def read(self, depth: int) -> int:
        """Compressed that a token reads with ``depth`` tokens before it."""
        return seen(self.chosen, depth // self.ratio)

    def read_by(self, prompt: int, depth: int) -> float:
        """The same summed over ``prompt`` tokens that start at ``depth``."""
        limit = None if self.chosen is None else self.chosen * self.ratio
        return seen_by(limit, depth, prompt) / self.ratio


@dataclass(frozen=True, slots=True)
class CachePart:
    """What one layer keeps for a sequence: for each token up to ``limit`` (None: all of them), and a constant state."""

    bytes_per_token: float
    limit: int | None = None
    state: int = 0
    compressed: tuple[Compressed, ...] = ()
    page: int = 1  # tokens that are allocated at once
    slack: int = 0  # tokens beyond the limit that are held for each sequence, and that decoding does not read
    spare: int = 0  # the same, once for all sequences
    share: float = 0.0  # of a whole context that is held though the limit is less

    def bytes(self, context: int) -> float:
        """Bytes that a sequence of ``context`` tokens fills."""
        return self.state + self.bytes_per_token * seen(self.limit, context) + self._compressed(context)

    def attended(self, context: int) -> float:
        """Of these, bytes of the tokens' own keys and values."""
        return self.bytes_per_token * seen(self.limit, context)

    def moved(self, depth: int) -> float:
        """Bytes that a step moves with ``depth`` tokens held: a state is written back, and of entries some are read."""
        tokens = self.bytes_per_token * seen(self.limit, depth)
        return 2 * self.state + tokens + total([e.bytes * e.read(depth) for e in self.compressed])

    def flops(self, depth: int, each: float) -> float:
        """Operations of a token over ``depth`` tokens held: ``each`` for each that it sees, and its entries' own."""
        return each * seen(self.limit, depth) + total([e.flops * e.read(depth) for e in self.compressed])

    def flops_by(self, prompt: int, depth: int, each: float) -> float:
        """The same summed over ``prompt`` tokens that start at ``depth``."""
        own = total([e.flops * e.read_by(prompt, depth) for e in self.compressed])
        return each * seen_by(self.limit, depth, prompt) + own

    def held(self, context: int, sequences: int, more: int = 0) -> float:
        """Bytes that are allocated for sequences of ``context`` tokens; a limit is ``more`` tokens further, or what is
        held beyond it once."""
        tokens: float = padded(context, self.page)
        constant = self.state + self._compressed(context)
        if self.limit is None:
            return sequences * (constant + self.bytes_per_token * tokens)
        most = self.limit + self.slack + (0 if self.spare else more)
        spare = min(max(0, self.spare + more) if self.spare else 0, max(0, tokens - most))
        kept = max(min(tokens, most), self.share * tokens)
        return sequences * constant + self.bytes_per_token * (sequences * kept + spare)

    def whole(self, tokens: int) -> CachePart:
        """The same with a window as long as the context, where it has one."""
        if not self.limit or self.limit >= tokens:
            return self
        return CachePart(self.bytes_per_token, tokens, self.state, self.compressed, self.page)

    def shared(self, context: int, slots: int, batch: int, more: int = 0) -> float:
        """Bytes that are allocated for ``slots`` sequences that share ``context`` tokens: each has its state, and its
        own limit but for the ``batch`` tokens in it, which are held once, and ``more`` of them."""
        tokens: float = padded(context, self.page)
        constant = slots * self.state + self._compressed(context)
        if self.limit is None:
            return constant + self.bytes_per_token * tokens
        most = slots * (self.limit - batch) + batch + more
        return constant + self.bytes_per_token * max(min(tokens, most), self.share * tokens)

    def _compressed(self, context: int) -> float:
        """Bytes of the compressed entries of a sequence."""
        return total([e.held(context) for e in self.compressed])


def possible_type(kind: str, offered: Sequence[str]) -> None:
    """Raise SizingError for a cache type that the runtime lacks."""
    if kind not in offered:
        raise SizingError(f"cache type '{kind}' is not possible here; this runtime offers {', '.join(offered)}")


def seen(limit: int | None, depth: int) -> int:
    """How many of ``depth`` things a token sees that sees at most ``limit``."""
    return depth if limit is None else min(limit, depth)


def seen_by(limit: int | None, depth: int, prompt: int) -> float:
    """Cached tokens that ``prompt`` tokens starting at ``depth`` see, summed over them."""
    if limit is None or depth + prompt <= limit:
        return prompt * (depth + prompt / 2)
    inside = max(0, limit - depth)
    return inside * (depth + inside / 2) + (prompt - inside) * limit


def padded(tokens: int, page: int) -> int:
    """Tokens in whole pages."""
    return over(tokens, page) * page
