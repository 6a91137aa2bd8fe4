"""Which tables does a browser read models with? Those of ``sizing.export.reading``, of a catalog."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from sizing.anatomy.architectures import TABLE
from sizing.anatomy.dialect import defaults, synonyms
from sizing.catalog import Catalog
from sizing.export.data import exported_formats
from sizing.export.reading import UNSAID
from sizing.facts.entries.architecture import Architecture
from sizing.facts.entries.formats import Format
from sizing.facts.entries.models import ModelEntry
from sizing.facts.entries.runtimes import Runtime
from sizing.facts.plain import to_plain
from sizing.facts.wanted import wanted


def tables(catalog: Catalog) -> dict[str, Any]:
    """All of them."""
    return {
        "defaults": defaults.table(),
        "dialect": {
            "blocks": {type_: _unusual(blocks) for type_, blocks in TABLE.items()},
            "by_code": defaults.BY_CODE,
            "canonical": synonyms.CANONICAL,
            "of_type": synonyms.OF_TYPE,
            "types": synonyms.TYPES,
        },
        "wanted": {kind.__name__: wanted(kind) for kind in (Architecture, Format, ModelEntry, Runtime)},
        "formats": [_said(to_plain(fmt)) for fmt in catalog.formats.values()],
        "runtimes": [_said(to_plain(runtime)) for runtime in catalog.runtimes.values()],
        "named": exported_formats(catalog),
        "families": {model.id: model.family for model in catalog.models.values()},
    }


def _unusual(record: Any) -> dict[str, Any]:
    """The fields of a record that are not what they are where nothing is said."""
    return {one.name: told for one in fields(record) if (told := getattr(record, one.name)) != one.default}


def _said(fact: Any) -> Any:
    """An entry's facts without where they were read."""
    if isinstance(fact, dict):
        return {key: _said(value) for key, value in fact.items() if key not in UNSAID}
    return [_said(one) for one in fact] if isinstance(fact, list) else fact
