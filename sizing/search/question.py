"""What is asked for? The engine's question of a search, which models it takes, and what is asked by default."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from sizing.engine import question as engine
from sizing.engine.question import USES, Use
from sizing.errors import SizingError
from sizing.facts.units import known
from sizing.model import Model

__all__ = ["CHAT", "USES", "Question", "Use", "require_answers"]


@dataclass(frozen=True, kw_only=True)
class Question(engine.Question):
    """A question that can be asked. Raises SizingError for what cannot."""

    def __post_init__(self) -> None:
        self.check()

    def of(self, model: Model) -> Question:
        """The question as it is asked of one model: the use's context, or the model's limit where that is shorter."""
        wanted = self.needs.context
        return replace(self, context=self.context or min(wanted, known(model.context) or wanted))

    def takes(self, model: Model) -> bool:
        """Whether a model was asked for: one that answers, long enough, of a licence, able to see …"""
        return self._takes(model)

    def lacks(self, model: Model) -> bool:
        """Whether a model is left out for nothing else than that nobody says whether it calls tools, or in which
        languages it answers."""
        return not self._takes(model) and self._takes(model, lenient=True)

    def _takes(self, model: Model, *, lenient: bool = False) -> bool:
        licenses = [part.lower() for part in self.licenses]
        return model.answers and engine.takes(self, licenses, kind(model), lenient)


def require_answers(model: Model) -> None:
    """Raise SizingError for a model that no question can be asked of."""
    if model.open and not model.answers:
        what = "embeds texts or scores them, and answers no question that is searched for"
        raise SizingError(f"{model.id} {what}; sizing plan {model.id} --on MACHINE says what it takes")


def kind(model: Model) -> engine.Kind:
    """What a model is, as far as it may be asked for."""
    said = model.license.lower()
    return engine.Kind(known(model.context), tuple(model.senses), said, tuple(model.languages), model.tools)


def unsaid(question: Question, models: Iterable[Model]) -> list[str]:
    """Models that a question leaves out for nothing else than what nobody says of their tools and languages."""
    return [one.id for one in models if question.lacks(one)]


CHAT: Final = Question()  # what is asked where nothing is said
