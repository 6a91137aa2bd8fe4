"""The claims ledger: each claim beside what is computed, its verdict, and by how much."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from sizing.claims import CheckResult, ClaimResult

from .labels import claims, tables
from .markdown import Markdown, sources, table, together
from .site import Site


def claims_ledger(site: Site) -> str:
    """Every claim, a row each, whose HTML id is the claim's."""
    head = together(*(Markdown("<th>{}</th>").format(name) for name in tables.CLAIMS))
    rows = together(*map(_row, site.ledger))
    return Markdown("<table><thead><tr>{}</tr></thead><tbody>{}</tbody></table>").format(head, rows)


def claims_summary(site: Site) -> str:
    """How many claims hold, hold if, and fail."""
    return claims.summary(Counter(result.verdict for result in site.ledger))


def words_table(site: Site) -> str:
    """The words with a threshold, and those that name a class."""
    rows = [[w.name, w.means, claims.threshold(w), sources(w.sources)] for w in site.catalog.words.values()]
    rows += [
        [kind.name, kind.means, claims.members(site.catalog, kind), sources(kind.sources)]
        for kind in site.catalog.kinds.values()
    ]
    return table(tables.WORDS, rows)


def _row(result: ClaimResult) -> Markdown:
    claim, style = result.claim, result.verdict.replace(" ", "-")
    cells = [
        Markdown('<a href="#{}">{}</a>').format(claim.id, claim.says),
        Markdown('<span class="verdict {}">{}</span>').format(style, claims.VERDICTS[result.verdict]),
        _paragraphs(map(claims.computed, result.checks)),
        _paragraphs(map(claims.distance, result.checks)),
        together(claim.note or "", *map(_condition, result.checks)),
    ]
    written = together(*(Markdown("<td>{}</td>").format(cell) for cell in cells))
    return Markdown('<tr id="{}">{}</tr>').format(claim.id, written)


def _paragraphs(texts: Iterable[str]) -> Markdown:
    return together(*(Markdown("<p>{}</p>").format(text) for text in texts))


def _condition(check: CheckResult) -> Markdown:
    """Where a check holds, if it holds somewhere only: along one axis if that decides it, else case by case."""
    if check.verdict != "holds if":
        return Markdown("")
    if check.condition:
        return _paragraphs([claims.condition(*check.condition)])
    listed = claims.case_list(check.passing)
    return Markdown("<details><summary>{}</summary>{}</details>").format(claims.cases(len(check.passing)), listed)
