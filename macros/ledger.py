"""The claims ledger: a card for each claim, with its verdict, what is computed, and by how much it differs."""

from __future__ import annotations

from collections import Counter

from sizing.claims import CheckResult, ClaimResult

from .labels import claims, tables
from .markdown import Markdown, sources, table, together
from .site import Site


def claims_ledger(site: Site) -> str:
    """Every claim, a card each, whose heading's id is the claim's."""
    return Markdown('<div class="ledger">{}</div>').format(together(*map(_card, site.ledger)))


def claims_summary(site: Site) -> str:
    """How many claims hold, hold if, fail, and cannot be checked."""
    return claims.summary(Counter(result.verdict for result in site.ledger))


def words_table(site: Site) -> str:
    """The words with a threshold, and those that name a class."""
    rows = [[w.name, w.means, claims.threshold(w), sources(w.sources)] for w in site.catalog.words.values()]
    rows += [
        [kind.name, kind.means, claims.members(site.catalog, kind), sources(kind.sources)]
        for kind in site.catalog.kinds.values()
    ]
    return table(tables.WORDS, rows)


def _card(result: ClaimResult) -> Markdown:
    claim, style = result.claim, result.verdict.replace(" ", "-")
    return Markdown('<section class="claim {}">{}</section>').format(
        style,
        together(
            Markdown('<h3 id="{0}"><a href="#{0}">{1}</a></h3>').format(claim.id, claim.says),
            Markdown('<p><span class="verdict {}">{}</span></p>').format(style, claims.VERDICTS[result.verdict]),
            Markdown('<p class="why">{}</p>').format(claim.note) if claim.note else "",
            Markdown('<ul data-search-exclude="">{}</ul>').format(together(*map(_check, result.checks))),
            *map(_condition, result.checks),
        ),
    )


def _check(check: CheckResult) -> Markdown:
    """What was computed, and how far that is from what they say."""
    return Markdown("<li>{} <small>{}</small></li>").format(claims.computed(check), claims.distance(check))


def _condition(check: CheckResult) -> Markdown:
    """Where a check holds, if it holds somewhere only: along one axis if that decides it, else case by case."""
    if check.verdict != "holds if":
        return Markdown("")
    if check.condition:
        return Markdown('<p class="condition">{}</p>').format(claims.condition(*check.condition))
    listed = claims.case_list(check.passing)
    told = Markdown('<details><summary>{}</summary><p data-search-exclude="">{}</p></details>')
    return told.format(claims.cases(len(check.passing)), listed)
