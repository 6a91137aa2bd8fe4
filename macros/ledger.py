"""The claims ledger: each claim beside what is computed, its verdict, and by how much."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from html import escape

from macros import labels
from macros.context import Site
from macros.markdown import sources, table
from sizing.claims import Cell, CheckResult, ClaimResult
from sizing.facts.units import GB, GIB


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
        parts = [f"{label} {found[verdict]} 条" for verdict, label in labels.VERDICTS.items()]
        return f"共 {found.total()} 条：" + "，".join(parts)

    def words_table() -> str:
        """The words with a threshold, and those that name a class."""
        rows = [
            [w.name, w.means, f"{labels.RELATIONS[w.relation or '']} {w.value:g} {w.unit}", sources(w.sources)]
            for w in site.catalog.words.values()
        ]
        for kind in site.catalog.kinds.values():
            named = [site.catalog.machine(m).name for m in site.catalog.members("machines", kind.machines)]
            rows.append(
                [kind.name, kind.means, "、".join([*named, *map(labels.tokens, kind.contexts)]), sources(kind.sources)]
            )
        return table(["词", "意思", "门槛", "出处"], rows)

    return [claims_ledger, claims_summary, words_table]


def _row(result: ClaimResult) -> str:
    cells = [
        f'<a href="#{escape(result.claim.id)}">{escape(result.claim.says)}</a>',
        f'<span class="verdict {result.verdict.replace(" ", "-")}">{labels.VERDICTS[result.verdict]}</span>',
        "".join(f"<p>{escape(_computed(check))}</p>" for check in result.checks),
        "".join(f"<p>{escape(_distance(check))}</p>" for check in result.checks),
        f"{escape(result.claim.note or '')}{''.join(_condition(check) for check in result.checks)}",
    ]
    return f'<tr id="{escape(result.claim.id)}">' + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"


def _computed(check: CheckResult) -> str:
    measure = check.measure
    if measure.quantity is None:
        return f"{labels.RELATIONS[measure.relation or '']}：{len(check.cells)} 种情形中 {len(check.passing)} 种"
    name = "每百亿参数的权重" if measure.unit == "GB/10B" else labels.QUANTITIES[measure.quantity]
    if check.check.against:
        name += "之比"
    limit = f"{labels.RELATIONS[measure.relation or '']} {_span([measure.value or 0.0], measure.unit)}"
    claimed = f"（{check.word.name}：{limit}）" if check.word else f"（断言：{limit}）"
    if not check.values:
        return f"{name}：都不能运行{claimed}"
    failed = sum(cell.value is None for cell in check.cells)
    rest = f"，另有 {failed} 种情形不能运行" if failed else ""
    return f"{name} {_span(check.values, measure.unit)}{_gib(check.values, measure.unit)}{claimed}{rest}"


def _span(values: Sequence[float], unit: str | None) -> str:
    """The lowest and the highest of ascending values, once where they read the same."""
    ends = dict.fromkeys(labels.number(v) for v in (values[0], values[-1]))
    suffix = {"ratio": " 倍", "B": "B", "T": "T"}.get(unit or "", f" {(unit or '').partition('/')[0]}")
    return " 到 ".join(ends) + ("\u00a0tok/s" if unit == "tok/s" else suffix)


def _gib(values: Sequence[float], unit: str | None) -> str:
    if not (unit or "").startswith("GB"):
        return ""
    return "，即 " + _span([v * GB / GIB for v in values], "GiB")


def _distance(check: CheckResult) -> str:
    found = check.deviations
    return " 到 ".join(dict.fromkeys(labels.percent(d) for d in (found[0], found[-1]))) if found else labels.NONE


def _condition(check: CheckResult) -> str:
    """Where a check holds, if it holds somewhere only: along one axis if that decides it, else case by case."""
    if check.verdict != "holds if":
        return ""
    if check.condition:
        axis, values = check.condition
        return f"<p>条件：{labels.AXES[axis]}是 {escape('、'.join(values))}</p>"
    listed = "；".join(dict.fromkeys(_cell(cell) for cell in check.passing))
    return f"<details><summary>成立的 {len(check.passing)} 种情形</summary>{escape(listed)}</details>"


def _cell(cell: Cell) -> str:
    parts = [cell.model.name, cell.format, cell.machine.name if cell.machine else None]
    return "，".join(p for p in parts if p) + (f"，{labels.tokens(cell.context)}" if cell.format else "")
