"""Every test sees the prices of one day, or those that name no other would fail when these prices are old."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from typing import Final

from sizing.facts.days import EPOCH

DAY: Final = datetime(2026, 11, 26, tzinfo=UTC)  # on which most of the catalog's prices were read

os.environ[EPOCH] = str(int(DAY.timestamp()))  # of the processes that tests start too
