"""What stands on a model's page? What it is, what runs it, how large each format is, what was measured and asked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from sizing.anatomy.formats import format_of
from sizing.errors import SizingError
from sizing.facts.entries.formats import Format
from sizing.facts.money import Money, stale
from sizing.facts.narrow import measured_loss
from sizing.facts.units import known
from sizing.model import Model
from sizing.plan import Plan, plan
from sizing.search.kinds import by_kind
from sizing.search.question import CHAT
from sizing.search.typical import CONTEXT
from sizing.unsaid import natives, published

from ..charts import memory_chart
from ..labels import entries, facts, keys, names, units
from ..labels.synonyms import found_by
from ..markdown import Markdown, cite, code, keep, listed, sources, together
from ..site import Site
from .blocks import Block, Grid, Picture, Prose, Terminal
from .common import Known, ask_of_model, facts_of, measured_section, price, sources_section, speed
from .page import EntryPage, Section, to

CONTEXTS: Final = (4096, 8192, 16384, 32768, 65536, 131072, 262144, 1 << 20)  # as far as the model goes
CACHE_TYPES: Final = ("f16", "q8_0", "q4_0")
USUAL: Final = "Q4_K_M"  # the format that its summary is told in
DRAWN: Final = 6  # contexts in the picture of its memory
STEPS: Final = ("download", "convert", "build", "file", "start")  # of those that start a model
EACH: Final = 3  # machines of each kind
FIRST_YEAR: Final = 2022  # of models that people run at home; each later one counts more in a search


def model_page(about: Known, model: Model) -> EntryPage:
    """Everything that is known of a model, and computed."""
    site = about.site
    sections = _runs_on(site, model) if model.open else []
    sections.append(facts_of(list(_facts(about, model))))
    if model.open:
        sections += [_formats(site, model), *_caches(site, model)]
    sections += measured_section(about, about.by_model.get(model.id, ()), entries.MEASURED_MODEL, "device")
    sections += [
        *_scores(about, model),
        *_tokens(site, model),
        sources_section(site, "models", model.id, model.name, model.sources),
    ]
    names = model.names
    words = [*names.huggingface, *names.ollama, *found_by(model.id, model.name), facts.vendor(model.vendor)]
    found_by_words = " ".join(dict.fromkeys(words))
    asked = ask_of_model(site, model.id) if model.open and model.answers else ()
    return EntryPage("models", model.id, model.name, _summary(model), found_by_words, sections, _boost(model), asked)


def _boost(model: Model) -> float:
    """How much rather than others a search shows it: people look for what is new."""
    return 1 + max(0, model.released.year - FIRST_YEAR) / 4 if isinstance(model.released, date) else 1.0


def _at(model: Model) -> int:
    """The context that its page is told at: a table never shows one beyond a model's limit."""
    return min(CONTEXT, known(model.context) or CONTEXT)


def _summary(model: Model) -> str:
    if not model.open:
        return entries.hosted_summary(model)
    p = _alone(model, USUAL, _at(model)) or plan(model, None, context=_at(model))
    return entries.model_summary(
        model, units.gb(p.sized.weights), units.gib(p.memory.total), names.called(p.format.name), p.context
    )


def _alone(model: Model, format: str, context: int, cache_format: str = "f16") -> Plan | None:
    """The plan without a machine; None where there is no such thing."""
    try:
        return plan(model, None, format=format, context=context, cache_format=cache_format)
    except SizingError:
        return None


def _facts(about: Known, model: Model) -> Iterator[tuple[str, str]]:
    counts, names = model.parameters, model.names
    kin = [one for one in about.kin[model.family] if one.id != model.id]
    yield entries.VENDOR, facts.vendor(model.vendor)
    yield entries.FAMILY, listed(to("models", one.id, one.name) for one in kin)
    yield entries.RELEASED, units.date(model.released)
    if counts is not None:
        yield entries.TOTAL, units.count_in_full(counts.total)
        yield entries.ACTIVE, units.count_in_full(counts.active)
    yield entries.STATED, entries.stated(model)
    yield entries.CONTEXT, units.tokens(model.context)
    yield entries.ATTENTION, facts.attention(model)
    yield entries.SENSES, entries.senses(model.senses)
    yield entries.USE, entries.use(model)
    yield entries.LANGUAGES, keys.languages(model.languages)
    yield entries.TOOLS, entries.tools(model.tools)
    yield entries.NATIVE, units.disclosed(model.native)
    yield entries.LICENSE, facts.licence(model.license)
    yield entries.HUGGINGFACE, listed(code(name) for name in names.huggingface)
    yield entries.OLLAMA, listed(code(name) for name in names.ollama)
    yield entries.ID, code(model.id)


def _runs_on(site: Site, model: Model) -> list[Section]:
    """What runs it, and how the first of these is started; nothing of a model that does not answer."""
    if not model.answers:
        return []
    found = by_kind(site.catalog, model, CHAT, EACH)
    rows = [
        [
            to("machines", machine.id, names.called(machine.name)),
            facts.KINDS[kind],
            names.called(one.plan.format.name),
            units.gib(one.plan.memory.total),
            speed(one.plan),
            price(site.catalog.market, machine),
        ]
        for kind in facts.KINDS
        for one in found.get(kind, ())
        if (machine := one.plan.machine) is not None
    ]
    least = CHAT.needs.min_decode
    if not rows:
        return [Section("machines", entries.RUNS_ON, [Prose(entries.nothing_runs(least))])]
    note = Prose(entries.runs_on_note(least, EACH, _at(model)), note=True)
    first = next(answers[0].plan for kind in facts.KINDS if (answers := found.get(kind)))
    return [Section("machines", entries.RUNS_ON, [note, Grid(entries.ON_MACHINES, rows)]), *_launch(first)]


def _launch(p: Plan) -> list[Section]:
    """The commands that start a plan, with its own server first."""
    if p.machine is None or not p.launch:
        return []
    note = Prose(entries.launch_note(names.called(p.machine.name), names.called(p.format.name), p.context), note=True)
    shown = [
        Terminal(
            entries.server(one.name, one.exact),
            "\n".join(filter(None, (s.pasted for s in one.steps if s.kind in STEPS))),
        )
        for one in p.launch
    ]
    return [Section("launch", entries.LAUNCH, [note, *shown])]


def _formats(site: Site, model: Model) -> Section:
    formats = site.catalog.formats
    rows = []
    for name in dict.fromkeys([*natives(model, formats), *published(model, formats)]):
        p = _alone(model, name, _at(model))
        if p is None:
            continue
        rule = formats.get(name) or format_of(site.catalog, model, name)
        rows.append(
            [
                names.called(p.format.name) if name in formats else name,
                rule.precision,
                units.gb(p.sized.weights),
                units.gib(p.memory.total),
                *([_loss(rule)] if model.answers else []),
            ]
        )
    note = entries.BY_FORMAT_NOTE if model.answers else entries.BY_FORMAT_APART_NOTE
    blocks: list[Block] = [Prose(note, note=True), Grid(entries.by_format(_at(model), answers=model.answers), rows)]
    return Section("formats", entries.FORMATS, blocks)


def _loss(fmt: Format) -> Markdown:
    """By how much perplexity rose where the format was measured, with where that is stated."""
    rise = measured_loss(fmt)
    if rise is None:
        return Markdown(units.NONE)
    stated = dict.fromkeys(one.source for one in fmt.loss if one.metric == "perplexity")
    return together(entries.rise(rise), " ", sources(stated))


def _contexts(model: Model) -> list[int]:
    """Those of the usual contexts that a model takes, and its limit."""
    limit = known(model.context) or CONTEXTS[-1]
    return [*(one for one in CONTEXTS if one < limit), limit] if limit <= CONTEXTS[-1] else [*CONTEXTS]


def _caches(site: Site, model: Model) -> list[Section]:
    """What its cache takes by context, where it keeps one."""
    if model.shape is not None and model.shape.blocks.encoder:
        return []
    usual = USUAL if _alone(model, USUAL, 256) else plan(model, None, context=256).format.id
    contexts = _contexts(model)
    rows = []
    for context in contexts:
        found = [_alone(model, usual, context, kind) for kind in CACHE_TYPES]
        whole = found[0]
        held = [units.NONE if p is None else units.gib(p.memory.cache) for p in found]
        rows.append([units.tokens(context), *held, units.NONE if whole is None else units.gib(whole.memory.total)])
    head = entries.caches(CACHE_TYPES, usual)
    drawn = memory_chart(site, model.id, [(usual, context) for context in contexts[:DRAWN]])
    blocks: list[Block] = [Prose(entries.CACHES_NOTE, note=True), Picture(drawn), Grid(head, rows)]
    return [Section("cache", entries.CACHES, blocks)]


def _scores(about: Known, model: Model) -> list[Section]:
    own, tests = about.scores.get(model.id, ()), about.site.catalog.benchmarks
    rows = [
        [
            names.called(tests[one.benchmark].name),
            tests[one.benchmark].edition,
            entries.score(one),
            entries.MODES[one.mode],
            tests[one.benchmark].by,
            cite(one.read, one.source_url),
        ]
        for one in sorted(own, key=lambda one: (tests[one.benchmark].subject, one.benchmark, one.mode))
    ]
    return [Section("scores", entries.SCORES, [Grid(entries.SCORED, rows)])] if rows else []


def _tokens(site: Site, model: Model) -> list[Section]:
    market = site.catalog.market
    rows = [
        [
            one.seller,
            facts.amount(Money(one.input, one.currency)),
            units.NONE if one.cached is None else facts.amount(Money(one.cached, one.currency)),
            facts.amount(Money(one.output, one.currency)),
            keep(units.date(one.date) + (facts.STALE if stale(one.date, market.today) else "")),
            sources(one.sources),
        ]
        for one in sorted(market.tokens(model.id), key=lambda one: one.seller)
    ]
    blocks: list[Block] = [Prose(entries.TOKENS_NOTE, note=True), Grid(entries.TOKEN_PRICES, rows)]
    return [Section("tokens", entries.TOKENS, blocks)] if rows else []
