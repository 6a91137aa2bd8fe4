"""What may a page call? Every macro by its name, made ready for one site."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Concatenate, Final

from . import (
    accuracy,
    articles,
    changes,
    charts,
    home,
    ledger,
    licences,
    reference,
    scale,
    sentences,
    speeds,
    steps,
    views,
)
from .environment import Macro
from .guard import guarded
from .site import Site

# A function of a site; a page gives the other arguments.
SiteMacro = Callable[Concatenate[Site, ...], str]

_ALL: Final[tuple[SiteMacro, ...]] = (
    # Inside a sentence, and the guards of sentences.
    sentences.parameters, sentences.weights, sentences.weights_gib, sentences.per_billion, sentences.memory,
    sentences.cache, sentences.decode, sentences.first_token, sentences.longest, sentences.ratio, sentences.device,
    sentences.host, sentences.gpu_usable, sentences.price, sentences.break_even, sentences.word, sentences.check,
    sentences.check_ratio, sentences.check_claim, sentences.made_from,
    # The article.
    articles.closed_models, articles.open_models, articles.precision_table,
    articles.context_table, articles.cache_table, articles.bandwidth_table, articles.advice_table, articles.claim,
    articles.claims_in, charts.memory_chart,
    views.suited_models, views.budget_table, views.uses_table, views.platforms_table, views.ways_table,
    views.quantized_table, steps.explained,
    # The home page.
    home.questions, home.heat_map, home.accuracy_badge,
    # The claims.
    ledger.claims_ledger, ledger.claims_summary, ledger.words_table,
    # The data.
    reference.models_reference, reference.devices_reference, reference.machines_reference, reference.hosts_reference,
    reference.offers_reference, reference.apis_reference, reference.tariffs_reference, reference.rates_reference,
    reference.gpu_limits_table, reference.raise_limit, reference.formats_reference, reference.runtimes_reference,
    reference.counts, changes.catalog_changes, licences.licences_table,
    reference.template_entry, speeds.speeds_reference, speeds.measured_rows,
    # The method.
    reference.recipes_version, reference.record_table, reference.published_table, reference.unaccounted_table,
    accuracy.accuracy_table, accuracy.changes_table, accuracy.accuracy_chart, accuracy.dumbbell_chart,
    accuracy.told_table, accuracy.drafts_table, accuracy.worst_table,
    accuracy.fitted_rows, accuracy.coverage, accuracy.constants_table, scale.scale_table, scale.scale_ratio,
    scale.scale_pasted,
)  # fmt: skip

MACROS: Final[Mapping[str, SiteMacro]] = {macro.__name__: macro for macro in _ALL}


def bound(site: Site) -> Iterator[tuple[str, Macro]]:
    """Every macro of a site under the name that its pages call it by, guarded, and said once for each question."""
    for name, macro in MACROS.items():
        called = site.settings.prefix + name
        yield called, guarded(partial(macro, site), called, site)
