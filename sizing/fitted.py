"""What did the fit find? ``fitted.json``, as ``sizing.proof.fit`` last wrote it: the engine's constants, and how good
they are."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from sizing.engine.fitted import Fitted
from sizing.errors import SizingError

FITTED: Final = Path(__file__).parent / "engine" / "fitted.json"
CHANGES: Final = FITTED.with_name("changes.json")  # what each change of the model brought


@dataclass(frozen=True, eq=False)
class Fit:
    """The file as it is read."""

    constants: Fitted
    fingerprint: str  # of what it was fitted to
    rows: Mapping[str, int]  # of each test
    validation: tuple[Mapping[str, Any], ...]  # the errors of each class of rows
    told: tuple[Mapping[str, Any], ...]  # what a number of one's own brings
    drafts: Mapping[str, Any]  # the errors of speeds with drafted tokens
    left_out: Mapping[str, tuple[tuple[str, float, float], ...]]  # of each test: a row's mark, predicted over measured


def read_fit(file: Path | None = None) -> Fit:
    """The fit, or the one in ``file``, read anew. Raises SizingError for a file that ``make fit`` has not written."""
    try:
        return _fit(json.loads((file or FITTED).read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        if file is None:
            raise
        raise SizingError(f"{file}: holds no constants; write them by make fit ARGS='--to {file}'") from None


def _fit(data: Mapping[str, Any]) -> Fit:
    return Fit(
        constants=Fitted.of(data),
        fingerprint=data["fingerprint"],
        rows=data["rows"],
        validation=tuple(data["validation"]),
        told=tuple(data["told"]),
        drafts=data["drafts"],
        left_out={test: tuple((n, pair, own) for n, pair, own in rows) for test, rows in data["left_out"].items()},
    )
