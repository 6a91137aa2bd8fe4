"""What do people call things? Names in the forms that a page looks them up in, and what the endings of names mean."""

from __future__ import annotations

from typing import Any

from sizing.catalog import Catalog
from sizing.facts import format_names
from sizing.facts.model_names import CALLED, SHORT, ModelNames


def names(catalog: Catalog) -> dict[str, Any]:
    """``stated`` names with [id, format, whether of a GGUF file], normal ``forms`` with the ids that they may mean,
    families as they are ``called`` in Chinese and in ``short``, ``plain`` ones without the words of tuning, ``owners``
    by id beside those of repositories, and the patterns of ``endings``."""
    found = ModelNames(catalog.models)
    return {
        "stated": {name: [one.id, one.format, one.gguf] for name, one in found.stated.items()},
        "forms": {form: sorted(ids) for form, ids in sorted(found.forms.items())},
        "called": CALLED,
        "short": SHORT,
        "plain": {form: sorted(ids) for form, ids in sorted(found.plain.items())},
        "owners": {model.id: model.vendor for model in catalog.models.values()},
        "endings": format_names.PATTERNS,
    }
