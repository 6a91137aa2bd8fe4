"""What others measured, a row for each device, model, format and program, with the prediction beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from macros import labels
from macros.context import Site
from macros.markdown import cite, table
from sizing.proof.accuracy import Measured, Timed, each_measured


def macros(site: Site) -> list[Callable[..., str]]:
    """The macros of this module."""
    catalog = site.catalog

    def speeds_reference() -> str:
        """Every measured device, model, format and program, under its vendor's heading."""
        vendors: dict[str, list[Measured]] = {}
        for m in each_measured(catalog):
            vendors.setdefault(catalog.device(m.row.device).vendor, []).append(m)
        largest_first = {v: labels.VENDORS.get(v, v) for v in sorted(vendors, key=lambda v: -len(vendors[v]))}
        sections = [
            f"## {name} {{: #{v} }}\n\n"
            f'<div class="wide" data-search-exclude markdown>\n\n{_table(vendors[v])}\n\n</div>'
            for v, name in largest_first.items()
        ]
        return "\n\n".join(["、".join(f"[{name}](#{v})" for v, name in largest_first.items()), *sections])

    def _table(found: Sequence[Measured]) -> str:
        rows = [
            [_devices(m), _model(m), m.row.format, _program(m), *_timed(m.decode, m), *_timed(m.prefill, m)]
            for m in found
        ]
        head = ["设备", "模型", "格式", "程序", "生成，实测:", "预测:", "条件", "读入，实测:", "预测:", "条件"]
        return table(head, rows)

    def _devices(m: Measured) -> str:
        name = catalog.device(m.row.device).name
        return labels.cards(m.row.count, site.link(name, "data/devices.md", m.row.device))

    def _model(m: Measured) -> str:
        return site.link(catalog.model(m.row.model).name, "data/models.md", m.row.model)

    def _program(m: Measured) -> str:
        split = f"，{labels.SPLITS[m.row.split]}" if m.row.split else ""
        return f"{catalog.runtime(m.row.runtime).name} {m.row.backend}\u00a0{m.row.era}{split}"

    def measured_rows() -> str:
        """How many measurements the catalog holds."""
        return f"{len(catalog.measurements()):,}"

    return [speeds_reference, measured_rows]


def _timed(x: Timed | None, of: Measured) -> list[str]:
    """A measured speed linked to its source, the predicted one, and the conditions that its neighbours do not tell."""
    if x is None:
        return ["", "", ""]
    era = f"，{x.row.era}" if x.row.era != of.row.era else ""
    return [
        cite(labels.number(x.row.tok_s), x.row.source_url),
        labels.short_rate(x.predicted) + (" *" if x.inside is False else ""),
        f"{labels.conditions(x.row)}{era}{labels.QUALITIES[x.row.quality]}",
    ]
