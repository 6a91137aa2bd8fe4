"""The claims ledger: each claim beside what is computed, its verdict, and by how much."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from html import escape
from typing import TYPE_CHECKING

from macros import labels
from macros.markdown import sources, table
from sizing.claims import Cell, CheckResult, ClaimResult
from sizing.units import GB, GIB

if TYPE_CHECKING:
    from macros.site import Site


def macros(site: Site) -> list[Callable[..., str]]:
    """The macros of this module."""

    def claims_ledger() -> str:
        """Every claim, a row each, whose HTML id is the claim's."""
        head = "".join(f"<th>{h}</th>" for h in ("断言", "结论", "算出来的", "相差", "说明"))
        rows = "".join(_row(result) for result in site.ledger)
        return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"

    def claims_summary() -> str:
        """How many claims hold, hold if, and fail."""
        found = Counter(str(result.verdict) for result in site.ledger)
        parts = [f"{labels.MARKS[v]} {labels.VERDICTS[v]} {found[v]} 条" for v in labels.VERDICTS]
        return f"共 {found.total()} 条：" + "，".join(parts)

    def words_table() -> str:
        """The words with a threshold."""
        rows = [
            [w.name, w.means, f"{labels.RELATIONS[w.relation]} {w.value:g} {w.unit}", sources(w.sources)]
            for w in site.catalog.words.values()
        ]
        return table(["词", "意思", "门槛", "出处"], rows)

    return [claims_ledger, claims_summary, words_table]


def _row(result: ClaimResult) -> str:
    cells = [
        f'<a href="#{escape(result.claim.id)}">{escape(result.claim.says)}</a>',
        f"{labels.MARKS[result.verdict]} {labels.VERDICTS[result.verdict]}",
        "".join(f"<p>{escape(_computed(check))}</p>" for check in result.checks),
        "".join(f"<p>{escape(_distance(check))}</p>" for check in result.checks),
        f"{escape(result.claim.note or '')}{''.join(_condition(check) for check in result.checks)}",
    ]
    return f'<tr id="{escape(result.claim.id)}">' + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"


def _computed(check: CheckResult) -> str:
    measure = check.measure
    if measure.quantity is None:
        passed = len(check.passing)
        return f"{labels.RELATIONS[measure.relation]}：{len(check.cells)} 种情形中 {passed} 种"
    name = check.word.name if check.word else labels.QUANTITIES[measure.quantity]
    claimed = f"（断言：{labels.RELATIONS[measure.relation]} {_value(measure.value or 0, measure.unit)}）"
    values = check.values
    if not values:
        return f"{name}：都不能运行{claimed}"
    failed = sum(cell.value is None for cell in check.cells)
    return f"{name} {_span(values, measure.unit)}{claimed}" + (f"，另有 {failed} 种情形不能运行" if failed else "")


def _span(values: Sequence[float], unit: str | None) -> str:
    low, high = values[0], values[-1]
    text = _value(low, unit) if low == high else f"{_value(low, unit)} 到 {_value(high, unit)}"
    if unit == "GB":
        gib = [v * GB / GIB for v in (low, high)]
        span = labels.number(gib[0]) if low == high else f"{labels.number(gib[0])} 到 {labels.number(gib[1])}"
        text += f"，即 {span} GiB"
    return text


def _value(value: float, unit: str | None) -> str:
    figure = labels.number(value)
    return {
        "ratio": f"{figure} 倍",
        "GB/B": f"每十亿 {figure} GB",
        "GB/10B": f"每百亿 {figure} GB",
        "B": f"{figure}B",
        "T": f"{figure}T",
    }.get(unit or "", f"{figure} {unit}")


def _distance(check: CheckResult) -> str:
    found = check.deviations
    if not found:
        return labels.NONE
    if found[0] == found[-1]:
        return labels.percent(found[0])
    return f"{labels.percent(found[0])} 到 {labels.percent(found[-1])}"


def _condition(check: CheckResult) -> str:
    """Where a check holds, if it holds somewhere only."""
    if check.verdict != "holds if":
        return ""
    listed = "；".join(dict.fromkeys(_cell(cell) for cell in check.passing))
    return f"<details><summary>成立的 {len(check.passing)} 种情形</summary>{escape(listed)}</details>"


def _cell(cell: Cell) -> str:
    parts = [cell.model.name, cell.format, cell.machine.name if cell.machine else None]
    return "，".join(p for p in parts if p) + (f"，{labels.tokens(cell.context)}" if cell.format else "")
