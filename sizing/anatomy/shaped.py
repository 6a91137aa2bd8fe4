"""What follows from a model's entry alone? Its shape, and the parameters that it comes to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import field, fields
from functools import cached_property
from typing import TYPE_CHECKING

from sizing.anatomy.dialect import WordError, known_types, shape_of
from sizing.anatomy.own import OwnFormat
from sizing.anatomy.shape import Shape
from sizing.anatomy.tensors import Parameters, parameters
from sizing.anatomy.towers import Tower, Unsized, is_apart, towers_of
from sizing.errors import Problem
from sizing.facts.entries.architecture import Architecture
from sizing.facts.entries.models import ModelEntry
from sizing.facts.units import known

if TYPE_CHECKING:
    from sizing.facts.reader import Placed


class ShapedEntry(ModelEntry):
    """A model's entry together with its shape, and the mix of types of the file that it was read from, if any."""

    own: OwnFormat | None = field(default=None, repr=False)

    @cached_property
    def shape(self) -> Shape | None:
        """What its words mean; None where they are undisclosed. Raises SizingError for words that mean nothing."""
        return None if isinstance(self.architecture, str) else shape_of(self.architecture)

    @cached_property
    def answers(self) -> bool:
        """Whether its weights are published and it answers; else it is hosted, or embeds texts or scores them."""
        return self.shape is not None and self.shape.answers

    @cached_property
    def parameters(self) -> Parameters | None:
        """Parameter counts as sums over tensors; None where the shape is undisclosed."""
        return None if self.shape is None else parameters(self.shape)

    @cached_property
    def seeing(self) -> tuple[Tower | Unsized, ...]:
        """Its towers, as their words describe them; none where nobody states these."""
        return tuple(part for part in self._described if not is_apart(part))

    @cached_property
    def apart(self) -> tuple[str, ...]:
        """Its further parts, that speak or draw, or are chosen at will: what they are called, and their type."""
        return tuple(f"{part.kind} ({part.model_type})" for part in self._described if is_apart(part))

    @cached_property
    def _described(self) -> tuple[Tower | Unsized, ...]:
        if self.towers is None or self.shape is None or not self.towers.config:
            return ()
        return towers_of(self.towers.config, self.shape.hidden)

    @cached_property
    def senses(self) -> tuple[str, ...]:
        """What the model perceives beside text: vision, audio, both or neither."""
        if self.towers is None:
            return ()
        told = tuple(dict.fromkeys(one.kind for one in self.seeing if one.kind in ("vision", "audio")))
        return self.towers.senses or told or ("vision",)

    @cached_property
    def towers_parameters(self) -> int | None:
        """What they come to: as tensors, or as stated; None where nobody knows."""
        if self.towers is None:
            return None
        sized = [one.parameters for one in self.seeing if isinstance(one, Tower)]
        return sum(sized) if sized and len(sized) == len(self.seeing) else known(self.towers.parameters)


def misshapen(placed: Iterable[Placed]) -> Iterator[Problem]:
    """Each model of a known type whose words mean no shape, at the word that stands in the way."""
    for one in placed:
        model = one.entry
        if not isinstance(model, ModelEntry) or isinstance(model.architecture, str):
            continue
        sound = "has a shape", model.id
        if sound in one.document.held:
            continue
        wrong = [*_misshapen(one, model, model.architecture)]
        if not wrong:
            one.document.held[sound] = True
        yield from wrong


def _misshapen(one: Placed, model: ModelEntry, architecture: Architecture) -> Iterator[Problem]:
    try:
        if architecture.model_type in known_types():
            shape_of(architecture)
    except WordError as error:
        yield one.problem(("architecture", error.word), error.what)
    else:
        yield from _misfit(one, model)


def _misfit(one: Placed, model: ModelEntry) -> Iterator[Problem]:
    """Towers whose words come to another count than is stated."""
    stated = None if model.towers is None else known(model.towers.parameters)
    shaped = ShapedEntry(**{part.name: getattr(model, part.name) for part in fields(ModelEntry)})
    found = shaped.towers_parameters
    if stated is not None and found != stated:
        yield one.problem(("towers", "parameters"), f"{stated:,}, and its words come to {found:,}; check both")
