"""Does a source of a model say each of its facts? Sources that name keys must name them all between them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sizing.check.rule import Finding, Rule, Seen, at
from sizing.facts.entries.models import ModelEntry
from sizing.facts.units import known

# What a reader decides by, by its key; the shape is proven by the count that it comes to.
FACTS: Final = ("released", "context", "published", "towers", "languages", "tools")
TIP: Final = "add where it was read, or leave the fact out"


def _look(seen: Seen) -> Iterator[Finding]:
    for model, placed in seen.entries(ModelEntry):
        if any(not source.keys for source in model.sources):
            continue  # which is of every fact
        said = {key.partition(".")[0] for source in model.sources for key in source.keys}
        if "architecture" in said:
            said.add("context")  # config.json states both
        for key in FACTS:
            if known(getattr(model, key)) and key not in said and not _named(model, key):
                yield at(placed, (key,), actual="no source names it", expected=f"{key} under for: of one", tip=TIP)


def _named(model: ModelEntry, key: str) -> bool:
    """Whether the model's own name is where its vendor publishes a size: Llama 3 8B, Granite 4.0 350M."""
    if key != "published" or model.published is None:
        return False
    stated = [one for one in (model.published.total, model.published.active) if isinstance(one, int)]
    return any(size in model.name for one in stated for size in (f"{one / 1e9:g}B", f"{one / 1e6:g}M"))


RULE: Final = Rule("unsourced", "warning", _look)
