"""What does the engine plan with of a model's entry? For whoever has entries as data and no Python: notes, and pages.

The catalog's own come as ``sizing.facts.plain`` tells them; one's own as it would stand in a file of the catalog, and
is held to what those are held to. The browser's second module is made of this too (``tools/javascript``).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from sizing.anatomy.dialect import WordError
from sizing.errors import SizingError
from sizing.export.explained import explained_model
from sizing.export.models import Data, model_data
from sizing.export.reading import Rules
from sizing.facts.built import built, trusted
from sizing.facts.entries.models import ModelEntry
from sizing.facts.reader import is_id, over_family
from sizing.facts.wanted import wanted
from sizing.launch.facts import of_model
from sizing.model import Model

# What an entry states that decides no plan, beside where it was read.
UNASKED: Final = ("license", "languages", "tools", "published", "sources", "own")


def entry_told(rules: Rules, entry: Mapping[str, Any]) -> Data:
    """A model of the catalog, as the engine plans with it."""
    model = Model.of(trusted(wanted(ModelEntry), entry))
    return {**model_data(rules, model, rules.named), "start": of_model(model)}


def own_told(rules: Rules, family: Mapping[str, Any], own: Mapping[str, Any], name: str) -> Data:
    """A model of one's own, by what its file states for all of a family and for it, as the engine plans with it.

    Raises SizingError, in one line: the key, and what would be right.
    """
    if not is_id("models", name):
        raise SizingError(f"models.{name}: is no id; write it in kebab-case, such as llama-3-8b")
    if not isinstance(own, Mapping):
        raise SizingError(f"models.{name}: is not a mapping; write keys and values under it")
    try:
        model = Model.of(built(wanted(ModelEntry), over_family(family, own, name)))
        told = model_data(rules, model, rules.named)
        parts = explained_model(rules, model, rules.named)
    except WordError as error:
        raise SizingError(f"models.{name}.architecture.{error.word}: {error.what}") from None
    except SizingError as error:
        raise SizingError(f"models.{name}.{error}") from None
    return {**told, "start": of_model(model), "explained": parts}
