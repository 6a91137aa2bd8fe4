"""What would a model's entry look like? A config.json or GGUF header as a catalog entry that lacks only its sources."""

from __future__ import annotations

import re
from pathlib import Path

from sizing.facts.entries.architecture import Architecture
from sizing.facts.plain import to_plain
from sizing.facts.units import UNDISCLOSED
from sizing.files.models import read_model

_WIDTH = 110


def entry(path: str | Path, model_type: str | None = None) -> str:
    """YAML text of a family file with this one model. Raises SizingError for what cannot be read or is not known."""
    model = read_model(path, model_type)
    assert isinstance(model.architecture, Architecture)
    assert model.parameters is not None
    name = re.sub(r"[^a-z0-9]+", "-", model.id.lower()).strip("-") or "model"
    shape, total = to_plain(model.architecture), model.parameters.total
    return "\n".join(
        [
            *(f"# {remark}" for remark in model.remarks),
            f"family: {model.family}",
            f"vendor: {UNDISCLOSED}    # one lower-case word",
            f"license: {UNDISCLOSED}",
            f"native: {model.native}",
            "models:",
            f"  {name}:",
            f"    name: {model.name}",
            f"    released: {UNDISCLOSED}",
            f"    context: {model.context}",
            # Not the count itself: what is compared with it must come from somebody else.
            f"    parameters: {UNDISCLOSED}    # what a publication counts; the engine comes to {total:,}",
            "    architecture:",
            *_flow(shape),
            "    sources:    # the public addresses that you read, and when",
            "      - {url: , read: }",
            "",
        ]
    )


def _flow(shape: dict[str, object]) -> list[str]:
    """A flow mapping over lines of a readable width."""
    lines, line = [], "      {"
    for i, (key, value) in enumerate(shape.items()):
        text = str(value).lower() if isinstance(value, bool) else str(value or "null").replace("'", "")
        item = f"{key}: {text}" + ("}" if i == len(shape) - 1 else ", ")
        if len(line) + len(item) > _WIDTH:
            lines.append(line.rstrip())
            line = "       "
        line += item
    return [*lines, line]
