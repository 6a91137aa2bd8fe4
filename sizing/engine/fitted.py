"""What does no datasheet say? The constants of the speed formulas, fitted to measurements, by attributes.

A constant is a product: a value for all, times a factor for each level that knows these attributes (a program and its
backend, the era of the build, the kind of memory, the chip's generation, how weights are packed). A factor that no
measurement speaks for is one. ``sizing.proof.fit`` makes ``fitted.json``; nothing else writes it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from math import sqrt
from typing import Any, Final, Literal

from sizing.engine.numbers import N
from sizing.engine.rig import NO_GENERATION, Card

Test = Literal["decode", "prefill"]
# What was measured of a case: all of it, its device with this program in another packing, the program on other devices,
# or nothing with this program.
Seen = Literal["all", "device", "program", "nothing"]
SEEN: Final[tuple[Seen, ...]] = ("all", "device", "program", "nothing")
# What a number of one's own was measured of, beside what is asked: this very model and format; another one of its kind
# (dense or a mixture) whose weights are packed alike, which the same kernels compute; or one that others compute.
Near = Literal["same", "kin", "other"]
NEAR: Final[tuple[Near, ...]] = ("same", "kin", "other")
# What a number of one's own tells of: how fast prompts are read says nothing of how fast is decoded.
TELLS: Final[Mapping[Test, tuple[Test, ...]]] = {"decode": ("decode", "prefill"), "prefill": ("prefill",)}

KNOWN: Final = 4096  # looked up constants that are remembered at most


@dataclass(frozen=True, slots=True)
class Term:
    """One constant of a formula."""

    name: str
    prior: float  # the value before any measurement; seconds, or a share or factor without a unit
    levels: tuple[tuple[str, ...], ...] = ()
    pull: float = 3.0  # how strongly a level's factor is held at one: in residuals of 8 % for a factor of e
    most: float | None = None  # a share is at most so much


_PROGRAM: Final = ("program",)
_KERNELS: Final = ("kernels",)
_ERA: Final = ("program", "era")
_GENERATION: Final = ("program", "generation")
_PACKING: Final = ("program", "packing")
_PLACE: Final = ("place",)
_FETCHING: Final = ("kernels", "memory")

TERMS: Final[Mapping[Test, tuple[Term, ...]]] = {
    "decode": (
        Term("step", 5e-4, (_PROGRAM, _ERA), 1.0),
        Term("layer", 4e-5, (_PLACE, _PROGRAM, _ERA, ("generation",)), 1.0),
        Term("mixture", 5e-5, (("memory",), _PROGRAM), 1.0),
        Term("state", 2e-5, (_PLACE, _PROGRAM), 1.0),
        Term("stream", 3e-4, (_KERNELS, _PROGRAM), 1.0),
        Term("read", 0.75, (("memory",), _FETCHING, ("packing",), _PROGRAM, ("generation",), _PACKING), 3.0, 1.0),
        Term("scatter", 1.1, (("memory",), _PROGRAM), 3.0),
        Term("recall", 1.2, (_PLACE, _PROGRAM, _ERA), 3.0),
        Term("multiply", 0.5, (_PROGRAM, ("unpacking",), ("generation",)), 3.0, 1.0),
        Term("hop", 5e-5, (_PROGRAM,), 2.0),
        Term("exchange", 1e-5, (_PROGRAM, ("link",)), 2.0),
        Term("carry", 0.5, (("link",),), 3.0, 1.0),
        Term("handover", 5e-5, (_PROGRAM,), 2.0),
    ),
    "prefill": (
        Term("step", 1e-3, (_PROGRAM, _ERA), 1.0),
        Term("layer", 5e-5, (_PROGRAM, _ERA), 1.0),
        Term("mixture", 1e-4, (_PROGRAM,), 1.0),
        Term("state", 1e-4, (_PROGRAM,), 1.0),
        Term("stream", 50.0, (_KERNELS, _PROGRAM), 1.0),
        Term("read", 0.7, (_PROGRAM,), 6.0, 1.0),
        Term("scatter", 1.0, (_PROGRAM,), 3.0),
        Term(
            "multiply", 0.4,
            (_PROGRAM, ("generation",), ("packing",), _PACKING, _ERA, ("program", "kind")), 3.0, 1.5,
        ),
        Term("attend", 0.2, (_PROGRAM, _GENERATION), 2.0, 1.5),
        Term("tile", 4.0, (_PROGRAM,), 2.0),
        Term("host", 16.0),
        Term("overlap", 0.5, (_PROGRAM,), 3.0, 1.0),
        Term("exchange", 3e-5, (_PROGRAM, ("link",)), 2.0),
        Term("carry", 0.5, (("link",),), 3.0, 1.0),
    ),
}  # fmt: skip

Attributes = Mapping[str, str]


def at_most(value: N, most: N, one: N, root: Callable[[N], N]) -> N:
    """A value that comes near to ``most`` and never passes it: smooth, so that a fit can follow it. ``one`` is 1."""
    square = value / most * (value / most)
    fourth = square * square
    return value / root(root(root(one + fourth * fourth)))


def towards(ratio: float, share: float) -> float:
    """A part of the way from 1 to a ratio, up as down."""
    return 1.0 + share * (ratio - 1.0) if ratio >= 1.0 else ratio / (ratio + share * (1.0 - ratio))


def packed(program: str, packing: str) -> str:
    """How a program's kernels see weights: to ggml's BF16 is something else than F16, for which it has other kernels
    and which more chips multiply as it is; the others have one kernel for both."""
    return "plain" if packing == "bf16" and "llama.cpp" not in program else packing


def attributes(program: str, era: str, card: Card | None, packing: str, mixture: bool) -> Attributes:
    """What the constants of a place are looked up by; its ``card`` is None for the host. Residual streams are mixed by
    many small kernels of ggml, and by one that others wrote for it (vllm-project/vllm, PR 51244). To unpack weights
    beside the few products of a step takes a processor's vectors another share of their time than a card's units. The
    host beside cards is a program of its own, but its processor costs what processors do."""
    return {
        "program": program,
        "kernels": "ggml" if "llama.cpp" in program else "own",
        "era": era,
        "memory": card.memory if card else "DDR",
        "generation": card.generation if card else NO_GENERATION,
        "packing": packed(program, packing),
        "unpacking": "vectors" if "/cpu" in program else "plain" if packing == "bf16" else packing,
        "place": "processor" if "/cpu" in program or "/host" in program else "card",
        "kind": "mixture" if mixture else "dense",
        "link": card.link if card else "none",
    }


def key(level: Sequence[str], of: Attributes) -> str:
    """A level's key in ``fitted.json``."""
    return " ".join(f"{name}={of[name]}" for name in level)


@dataclass(frozen=True, slots=True)
class Own:
    """What a number of one's own says of a test on the same machine."""

    factor: float  # times the predicted speed
    low: float  # the 10th and 90th percentile of measured over that
    high: float


@dataclass(frozen=True, eq=False)
class Fitted:
    """The constants as they were fitted."""

    factors: Mapping[Test, Mapping[str, Mapping[str, float]]]  # a term's name to its value ("") and its factors
    eras: Mapping[str, str]  # a program's newest era
    spreads: Mapping[str, Mapping[str, tuple[float, float]]]  # measured over predicted, by class and what was seen
    # By test, a program's measured devices and the packings there: who was timed at decoding may not be at prompts.
    measured: Mapping[Test, Mapping[str, Mapping[str, frozenset[str]]]]
    known: dict[tuple[str | bool, ...], Mapping[str, float]] = field(default_factory=dict)  # looked up already
    # How much of what a number of one's own tells holds for other cases, and measured over what is then predicted, as
    # in ``spreads``. By its test, the case's, what was seen and how near the case is.
    pooled: Mapping[str, tuple[float, float, float]] = field(default_factory=dict)
    own: Mapping[str, Own] = field(default_factory=dict)  # by test, where something was measured
    # How many times as fast a step computes the few tokens in a row that were drafted, by program; "" is of others.
    verifying: Mapping[str, float] = field(default_factory=dict)

    @staticmethod
    def of(data: Mapping[str, Any]) -> Fitted:
        """The constants among ``fitted.json``'s data."""
        return Fitted(
            factors={test: data[test] for test in TERMS},
            eras=data["eras"],
            spreads={kind: {k: (v[0], v[1]) for k, v in both.items()} for kind, both in data["spreads"].items()},
            measured={
                test: {
                    program: {device: frozenset(packings) for device, packings in devices.items()}
                    for program, devices in data["measured"][test].items()
                }
                for test in TERMS
            },
            pooled={name: (v[0], v[1], v[2]) for name, v in data["pooled"].items()},
            verifying=data["verifying"],
        )

    @staticmethod
    def prior() -> Fitted:
        """The constants before any measurement."""
        factors = {test: {term.name: {"": term.prior} for term in terms} for test, terms in TERMS.items()}
        return Fitted(factors, {}, {}, {test: {} for test in TERMS})

    def told(self, known: Test, ratio: float, seen: Seen, near: Near) -> Fitted:
        """The same, where ``known`` was measured at ``ratio`` times what is predicted, on this machine."""
        own: dict[str, Own] = {}
        for test in TELLS[known]:
            share, low, high = self.pooled[f"{known} {test} {'program' if seen == 'nothing' else seen} {near}"]
            own[test] = Own(towards(ratio, share), low, high)
        return Fitted(
            self.factors, self.eras, self.spreads, self.measured, self.known, self.pooled, own, self.verifying
        )  # fmt: skip

    def verified(self, program: str) -> float:
        """How many times as fast a program computes a few tokens in a row, as it does those of as many sequences."""
        return self.verifying.get(program, self.verifying.get("", 1.0))

    def constants(
        self, test: Test, program: str, era: str, card: Card | None, packing: str, mixture: bool
    ) -> Mapping[str, float]:
        """The value of every term for a place; its ``card`` is None for the host."""
        its = ("", "", "") if card is None else (card.memory, card.generation, card.link)
        asked = (test, program, era, packing, mixture, *its)
        found = self.known.get(asked)
        if found is None:
            if len(self.known) >= KNOWN:
                self.known.clear()
            found = self._constants(test, attributes(program, era, card, packing, mixture))
            self.known[asked] = found
        return found

    def _constants(self, test: Test, of: Attributes) -> Mapping[str, float]:
        found: dict[str, float] = {}
        for term in TERMS[test]:
            factors = self.factors[test][term.name]
            value = factors[""]
            for level in term.levels:
                value = value * factors.get(key(level, of), 1.0)
            found[term.name] = value if term.most is None else at_most(value, term.most, 1.0, sqrt)
        return found

    def timed(self, test: Test, program: str, terms: Sequence[str]) -> bool:
        """Whether a program was timed at all that these terms are of; what others take tells little of it."""
        own = key(_PROGRAM, {"program": program})
        return all(own in self.factors[test][term] for term in terms)

    def seen(self, test: Test, program: str, device: str, packing: str) -> Seen:
        """What was measured of a case, in this test."""
        measured = self.measured[test]
        if program not in measured:
            return "nothing"
        devices = measured[program]
        if device not in devices:
            return "program"
        return "all" if packed(program, packing) in devices[device] else "device"

    def spread(self, test: Test, kind: str, seen: Seen) -> tuple[float, float]:
        """The 10th and 90th percentile of measured over predicted, among cases of which as much was left in the fit;
        where nothing of a program was, what is told of a device that is new is squared."""
        if seen == "nothing":
            low, high = self.spreads[f"{test} {kind}"]["program"]
            return low * low, high * high
        return self.spreads[f"{test} {kind}"][seen]
