"""Two fits are compared on the rows that both were judged by: new rows alone make none look worse."""

from __future__ import annotations

from sizing import Catalog
from sizing.proof.paired import Paired, paired


def by_class(found: list[Paired]) -> dict[tuple[str, str], Paired]:
    return {(one.test, one.kind): one for one in found}


def test_a_fit_is_as_good_as_itself(catalog: Catalog) -> None:
    fit = {"left_out": catalog.planner.fit.left_out}
    for one in paired(catalog, fit, fit):
        assert (one.change, one.low, one.high) == (0, 0, 0)
        assert one.before == one.after


def test_rows_that_came_change_nothing_and_errors_that_grew_are_told(catalog: Catalog) -> None:
    known = catalog.planner.fit.left_out
    fewer = {"left_out": {test: rows[::2] for test, rows in known.items()}}
    assert all(one.change == 0 for one in paired(catalog, fewer, {"left_out": known}))
    further = [(mark, pair, device * (1.2 if device >= 1 else 1 / 1.2)) for mark, pair, device in known["decode"]]
    told = by_class(paired(catalog, {"left_out": known}, {"left_out": {**known, "decode": further}}))
    dense = told["decode", "dense"]
    assert dense.low > 15  # every row is off by a fifth more
    assert dense.after > dense.before
    assert told["prefill", "dense"].change == 0
