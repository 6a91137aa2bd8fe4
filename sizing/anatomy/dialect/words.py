"""How is a word of config.json read? What is said, then what transformers fills in, each by its type."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from sizing.errors import SizingError


class WordError(SizingError):
    """A word of config.json that cannot be, or is missing; ``word`` is its canonical name, ``what`` what is wrong."""

    def __init__(self, word: str, what: str) -> None:
        self.word, self.what = word, what
        super().__init__(what if what.startswith(word) else f"{word}: {what}")


# No model has more; a slip in this word alone would take all memory.
MOST_LAYERS: Final = 1000


def plausible(words: Mapping[str, object]) -> None:
    """Raise WordError for more layers than any model has."""
    for word in ("num_hidden_layers", "num_nextn_predict_layers"):
        value = words.get(word)
        if isinstance(value, int) and value > MOST_LAYERS:
            raise WordError(word, f"no model has more than {MOST_LAYERS:,}; check it")


@dataclass(frozen=True)
class Words:
    """A model's canonical words, and behind them what transformers' class fills in where one is left out.

    A word that is said to be 0 or empty says that the model has none of it, and nothing is filled in.
    """

    model_type: str
    said: Mapping[str, object]
    unsaid: Mapping[str, object]

    def value(self, word: str) -> object:
        """What a word means; None where nobody says it."""
        return self.said[word] if word in self.said else self.unsaid.get(word)

    def number(self, *words: str) -> int:
        """The first of these words that says a figure; 0 where none does."""
        for word in words:
            value = self.value(word)
            if isinstance(value, int) and value:
                return value
        return 0

    def needed(self, word: str) -> int:
        """A figure that a model of this type cannot be without. Raises WordError."""
        value = self.number(word)
        if not value:
            raise WordError(word, f"missing, and a {self.model_type} needs it; give a whole config.json")
        return value

    def flag(self, word: str, otherwise: bool = False) -> bool:
        """Whether a word says true."""
        value = self.value(word)
        return value if isinstance(value, bool) else otherwise

    def each(self, word: str) -> tuple[object, ...]:
        """What a word lists for each layer; empty where it lists nothing."""
        value = self.value(word)
        return tuple(value) if isinstance(value, (tuple, list)) else ()

    def figures(self, word: str) -> tuple[int, ...]:
        """The figures that a word lists."""
        return tuple(value for value in self.each(word) if isinstance(value, int))
