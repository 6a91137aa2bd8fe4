"""Which is best? Searches over plans: models for a machine, machines for a model, things side by side,
what to buy, extremes."""

from __future__ import annotations

from sizing.search.answer import Answer
from sizing.search.buying import Band, Bought, Budget, bands, buy
from sizing.search.comparing import compare
from sizing.search.extremes import (
    Deal,
    break_even_hours,
    cheapest_to_own,
    cheapest_to_rent,
    fitting,
    fitting_machines,
    largest_model,
    longest_context,
    most_sequences,
    usable,
)
from sizing.search.machines import machines
from sizing.search.models import fit
from sizing.search.question import CHAT, USES, Question, Use

__all__ = [
    "CHAT", "USES", "Answer", "Band", "Bought", "Budget", "Deal", "Question", "Use",
    "bands", "break_even_hours", "buy", "cheapest_to_own", "cheapest_to_rent", "compare", "fit", "fitting",
    "fitting_machines", "largest_model", "longest_context", "machines", "most_sequences", "usable",
]  # fmt: skip
