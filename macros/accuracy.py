"""How far off the speeds are: an error table, predicted beside measured as a picture, the worst rows, the constants."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from html import escape

from macros import labels
from macros.context import Site
from macros.markdown import cite, keep, table
from sizing.engine.fitted import TERMS, Test
from sizing.facts.measurements import Measurement
from sizing.proof.accuracy import Comparison, Errors, comparisons, worst
from sizing.proof.accuracy import table as lines

SIDE, MARGIN = 560, 58


def macros(site: Site) -> list[Callable[..., str]]:
    """The macros of this module."""
    catalog = site.catalog
    fit = catalog.planner.fit

    def case(row: Measurement) -> str:
        """A measured row in a few words."""
        depth = max(row.depth, row.prompt or 0)
        at = f"，{labels.tokens(depth)} 个 token 之后" if row.test == "decode" and depth else ""
        batch = f"，{row.batch} 路" if row.batch > 1 else ""
        return f"{labels.subject(catalog, row)}{at}{batch}"

    def accuracy_table() -> str:
        """The error of every class, where a pair and where a device was left out, beside two rules of thumb."""
        rows = [
            [
                f"{labels.TESTS[line.test]}，{labels.CLASSES[line.kind]}",
                f"{line.rows}",
                f"{line.devices}",
                *_errors(line.pairs_left_out),
                *_errors(line.devices_left_out),
                *(_percent(line.rules[r].median) if r in line.rules else "" for r in ("size", "share")),
            ]
            for line in lines(catalog)
        ]
        unseen = ["没见过这一对:", "九成以内:", "落在区间:"]
        device = ["没见过设备:", "九成以内:", "落在区间:"]
        head = ["测试与类别", "条数:", "设备:", *unseen, *device, "按大小:", "按利用率:"]
        return table(head, rows)

    def accuracy_chart(test: Test) -> str:
        """Predicted over measured, each row a point, the device left out."""
        found = [c for c in comparisons(catalog, test) if c.row.quality == "A"]
        return _scatter(labels.TESTS[test], found, case)

    def worst_table(test: Test, most: int = 10) -> str:
        """The rows that are furthest off, and why, as far as the rows can tell."""
        found = worst(comparisons(catalog, test), most)
        rows = [
            [
                case(c.row),
                f"{c.row.tok_s:.4g}",
                f"{c.predicted:.4g}",
                f"{c.device_left_out:.2f} 倍",
                labels.REASONS[c.reason],
                cite("出处", c.row.source_url),
            ]
            for c in found
        ]
        return table(["情形", "实测 token/s:", "预测:", "预测／实测:", "多半因为", "出处"], rows)

    def fitted_rows(test: Test) -> str:
        """How many rows the constants of a test stand on."""
        return f"{fit.rows[test]:,}"

    def coverage() -> str:
        """The share of rows on one device that lie in the range that other rows tell."""
        inside = {line.test: line.pairs_left_out.inside for line in lines(catalog) if line.kind == "one"}
        return _percent(inside["decode"] or 0.0)

    def constants_table(test: Test) -> str:
        """The terms of a formula: the value for all, and what the programs' factors make of it."""
        factors, rows = fit.constants.factors[test], []
        for term in TERMS[test]:
            own = factors[term.name]
            programs = [
                keep(f"{name.removeprefix('program=')} {_value(own[''] * factor, term.name)}")
                for name, factor in own.items()
                if name.startswith("program=") and " " not in name
            ]
            levels = len(own) - 1 - len(programs)
            rows.append([labels.TERMS[term.name], _value(own[""], term.name), "、".join(programs), f"{levels}"])
        return table(["常数", "不问程序:", "各程序", "更细的因子:"], rows)

    return [
        accuracy_table, accuracy_chart, worst_table, fitted_rows, coverage, constants_table,
    ]  # fmt: skip


def _percent(share: float) -> str:
    return f"{share * 100:.1f} %" if share < 0.1 else f"{share * 100:.0f} %"


def _errors(e: Errors) -> list[str]:
    return [_percent(e.median), _percent(e.p90), "" if e.inside is None else _percent(e.inside)]


def _value(value: float, term: str) -> str:
    if term in ("step", "layer", "mixture", "state", "hop", "exchange", "handover"):
        return f"{value * 1e6:.3g} µs" if value < 1e-3 else f"{value * 1e3:.3g} ms"
    return f"{value:.2f}"


def _scatter(title: str, found: Sequence[Comparison], case: Callable[[Measurement], str]) -> str:
    """Points on two logarithmic axes; on the line they agree, between the dashes within a quarter of each other."""
    low = math.log10(min(min(c.row.tok_s, c.predicted) for c in found))
    high = math.log10(max(max(c.row.tok_s, c.predicted) for c in found))
    scale = (SIDE - 2 * MARGIN) / (high - low)

    def x(value: float) -> float:
        return MARGIN + (math.log10(value) - low) * scale

    def y(value: float) -> float:
        return SIDE - x(value)

    def line(factor: float, kind: str) -> str:
        start, end = 10**low * max(1.0, 1 / factor), 10**high * min(1.0, 1 / factor)
        return (
            f'<line class="{kind}" x1="{x(start):.1f}" y1="{y(start * factor):.1f}" x2="{x(end):.1f}" '
            f'y2="{y(end * factor):.1f}"/>'
        )

    points = "".join(
        f'<circle class="{"several" if c.row.count > 1 else "single"}" cx="{x(c.row.tok_s):.1f}" '
        f'cy="{y(c.predicted):.1f}" r="2.6"><title>{escape(case(c.row))}：实测 {c.row.tok_s:.4g}，预测 '
        f"{c.predicted:.4g} token/s</title></circle>"
        for c in found
    )
    ticks = "".join(
        f'<text x="{x(10**n):.1f}" y="{SIDE - MARGIN + 18}" text-anchor="middle">{10**n:g}</text>'
        f'<text x="{MARGIN - 8}" y="{y(10**n) + 4:.1f}" text-anchor="end">{10**n:g}</text>'
        for n in range(math.ceil(low), math.floor(high) + 1)
    )
    frame = (
        f'<rect class="frame" x="{MARGIN}" y="{MARGIN}" width="{SIDE - 2 * MARGIN}" height="{SIDE - 2 * MARGIN}"/>'
        f'<text x="{SIDE / 2}" y="{SIDE - 8}" text-anchor="middle">实测 token/s</text>'
        f'<text x="{MARGIN}" y="{MARGIN - 12}">{title}，预测 token/s（没见过这种设备）</text>'
    )
    right, bottom = SIDE - MARGIN - 16, SIDE - MARGIN - 16
    legend = "".join(
        f'<circle class="{kind} key" cx="{right}" cy="{bottom - 26 * i - 5}" r="5"/>'
        f'<text x="{right - 12}" y="{bottom - 26 * i}" text-anchor="end">{name}</text>'
        for i, (kind, name) in enumerate((("several", "几张卡"), ("single", "一张卡或一块芯片")))
    )
    return (
        f'<figure class="chart scatter"><svg viewBox="0 0 {SIDE} {SIDE}" role="img" '
        f'aria-label="{title}：预测与实测，{len(found)} 条">{frame}{line(1, "agree")}{line(1.25, "quarter")}'
        f"{line(0.8, 'quarter')}{ticks}{points}{legend}</svg></figure>"
    )
