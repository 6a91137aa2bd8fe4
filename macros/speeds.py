"""What others measured, a row for each device, model, format and program, with the prediction beside it."""

from __future__ import annotations

from collections.abc import Sequence

from sizing.proof.accuracy import Measured, Timed, each_measured

from .labels import facts, speeds, tables, units
from .markdown import Markdown, anchor, cite, listed, table, together
from .site import Site


def speeds_reference(site: Site) -> str:
    """Every measured device, model, format and program, under its vendor's heading."""
    vendors: dict[str, list[Measured]] = {}
    for m in each_measured(site.catalog):
        vendors.setdefault(site.catalog.device(m.row.device).vendor, []).append(m)
    largest_first = sorted(vendors, key=lambda v: -len(vendors[v]))
    ids = {vendor: Markdown(anchor(vendor)) for vendor in largest_first}
    jumps = [Markdown("[{}](#{})").format(facts.vendor(v), ids[v]) for v in largest_first]
    sections = [
        Markdown('## {} {{: #{} }}\n\n<div class="wide" data-search-exclude markdown>\n\n{}\n\n</div>').format(
            facts.vendor(v), ids[v], _table(site, vendors[v])
        )
        for v in largest_first
    ]
    return Markdown("\n\n").join([listed(jumps), *sections])


def measured_rows(site: Site) -> str:
    """How many measurements the catalog holds."""
    return f"{len(site.catalog.measurements()):,}"


def _table(site: Site, found: Sequence[Measured]) -> Markdown:
    rows = [
        [
            _devices(site, m),
            site.model(m.row.model),
            *measured_cells(site, m),
        ]
        for m in found
    ]
    return table(tables.SPEEDS, rows)


def measured_cells(site: Site, m: Measured) -> list[str]:
    """The format and the program that something was measured with, and both speeds beside their predictions."""
    return [m.row.format, speeds.program(site.catalog, m.row), *_timed(m.decode, m), *_timed(m.prefill, m)]


def _devices(site: Site, m: Measured) -> Markdown:
    return together(speeds.several(m.row.count), site.device(m.row.device))


def _own(x: Timed) -> str:
    """A speed of the catalog's own record, which stands at no address of the web."""
    return f"{units.number(x.row.tok_s)}{speeds.OWN}"


def _timed(x: Timed | None, beside: Measured) -> list[str]:
    """A measured speed linked to its source, the predicted one, and the conditions that its neighbours do not tell."""
    if x is None:
        return ["", "", ""]
    outside = speeds.OUTSIDE if x.inside is False else ""
    return [
        cite(units.number(x.row.tok_s), x.row.source_url) if x.row.source_url.startswith("http") else _own(x),
        units.short_rate(x.predicted) + outside,
        speeds.told(x.row, beside.row),
    ]
