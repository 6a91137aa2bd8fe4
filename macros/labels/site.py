"""What does every page say of the site?"""

from __future__ import annotations

import datetime as dt

from . import units


def made_from(read: dt.date | None, version: str) -> str:
    """Which data and which version a page was made from."""
    return units.clauses([f"数据截至 {units.date(read)}" if read else "", f"版本 {version}"])
