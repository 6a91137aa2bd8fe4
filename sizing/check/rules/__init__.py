"""Which rules are there? A module each, named after what it finds."""

from __future__ import annotations

from typing import Final

from sizing.check.rule import Rule
from sizing.check.rules import bus, dates, kin, parameters, roofline, stale, twins, unrunnable, unsourced

RULES: Final[tuple[Rule, ...]] = (
    parameters.RULE,
    bus.RULE,
    dates.RULE,
    twins.RULE,
    kin.RULE,
    roofline.RULE,
    unrunnable.RULE,
    unsourced.RULE,
    stale.RULE,
)
