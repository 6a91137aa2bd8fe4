"""A page for every model, device and machine: what it shows is what the catalog says and what a plan computes."""

import html
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest

from macros.entries import models as model_pages
from macros.entries.blocks import Block, Grid, Terminal
from macros.entries.common import Known
from macros.entries.devices import configurations, device_page
from macros.entries.machines import machine_page
from macros.entries.models import model_page
from macros.entries.page import EntryPage
from macros.labels import keys, plans, units
from macros.labels.names import called
from macros.site import Site
from sizing import Catalog, plan
from sizing.search import CHAT
from tests.macros.environment import FakeEnvironment, site_of, text


@pytest.fixture(scope="module")
def about(site: Site) -> Known:
    return Known.of(site)


def grid(page: EntryPage, section: str) -> list[list[str]]:
    """The cells of a section's table, as they are read."""
    (shown,) = [block for block in blocks(page, section) if isinstance(block, Grid)]
    return [[text(cell) for cell in row] for row in shown.rows]


def blocks(page: EntryPage, section: str) -> Sequence[Block]:
    """What a section is made of."""
    (found,) = [one for one in page.sections if one.id == section]
    return found.blocks


def links(page: EntryPage) -> set[tuple[str, str]]:
    """The entries that a page leads to."""
    return set(re.findall(r'href="\.\./\.\./(models|devices|machines)/([^"/]+)/"', page.html()))


@pytest.mark.parametrize(
    ("page", "id", "asked"),
    [
        (model_page, "qwen3-32b", ["calculator/?model=qwen3-32b"]),
        (device_page, "rtx-4090", ["?machine=rtx-4090", "calculator/?machine=rtx-4090"]),
        (device_page, "m2-max-38-core", ["?machine=m2-max-38-core-96gb", "calculator/?machine=m2-max-38-core-96gb"]),
        (machine_page, "pc-rtx-4090", ["?machine=pc-rtx-4090", "calculator/?machine=pc-rtx-4090"]),
        (model_page, "bge-m3", []),
    ],
)
def test_a_page_leads_to_where_it_is_asked_of(
    about: Known, catalog: Catalog, page: Callable[[Known, Any], EntryPage], id: str, asked: list[str]
) -> None:
    (entry,) = [found[id] for found in (catalog.models, catalog.devices, catalog.machines) if id in found]
    shown = page(about, entry)
    assert re.findall(r'class="md-button[^"]*" href="\.\./\.\./([^"]*)"', html.unescape(shown.html())) == asked
    apart = replace(about.site, settings=replace(about.site.settings, engine=False))  # its pages do not plan
    assert not page(replace(about, site=apart), entry).actions


@pytest.mark.parametrize(
    ("page", "id", "first"),
    [(model_page, "qwen3-32b", "machines"), (device_page, "rtx-4090", "runs"), (machine_page, "pc-rtx-4090", "runs")],
)
def test_the_answer_stands_before_the_facts(
    about: Known, catalog: Catalog, page: Callable[[Known, Any], EntryPage], id: str, first: str
) -> None:
    (entry,) = [found[id] for found in (catalog.models, catalog.devices, catalog.machines) if id in found]
    sections = [one.id for one in page(about, entry).sections]
    assert sections[0] == first
    assert "facts" in sections


def test_a_models_formats_are_as_large_as_its_plans(about: Known, catalog: Catalog) -> None:
    model = catalog.model("qwen3-32b")
    rows = {row[0]: row for row in grid(model_page(about, model), "formats")}
    for name in ("BF16", "Q4_K_M", "Q8_0"):
        p = plan(model, None, format=name, context=8192)
        assert rows[name][2:4] == [units.gb(p.sized.weights), units.gib(p.memory.total)]


def test_a_models_cache_grows_with_the_context_as_its_plans_do(about: Known, catalog: Catalog) -> None:
    model = catalog.model("qwen3-32b")
    rows = {row[0]: row[1:] for row in grid(model_page(about, model), "cache")}
    for context, cache_format, column in ((4096, "f16", 0), (32768, "q8_0", 1), (16384, "q4_0", 2)):
        p = plan(model, None, format="Q4_K_M", context=context, cache_format=cache_format)
        assert rows[units.tokens(context)][column] == units.gib(p.memory.cache)


def test_a_model_that_embeds_says_so_and_nothing_runs_it_for_answers(about: Known, catalog: Catalog) -> None:
    embeds, ranks = (model_page(about, catalog.model(name)) for name in ("bge-m3", "qwen3-reranker-0.6b"))
    assert "嵌入：把文本变成向量" in embeds.html()
    assert "重排序：给文本打分" in ranks.html()
    assert not {one.id for one in embeds.sections} & {"machines", "launch", "cache"}
    assert "cache" in {one.id for one in ranks.sections}


@pytest.mark.parametrize("name", ["llama-2-7b", "gpt2", "qwen3-32b", "llama-4-scout"])
def test_no_context_beyond_a_models_limit_is_shown(about: Known, catalog: Catalog, name: str) -> None:
    model = catalog.model(name)
    contexts = [row[0] for row in grid(model_page(about, model), "cache")]
    assert isinstance(model.context, int)
    beyond = [one for one in model_pages.CONTEXTS if one > model.context]
    assert not {units.tokens(one) for one in beyond} & set(contexts)


def test_what_runs_a_model_holds_it_whole_and_fast_enough(about: Known, catalog: Catalog) -> None:
    model = catalog.model("qwen3-32b")
    page = model_page(about, model)
    (section,) = [one for one in page.sections if one.id == "machines"]
    named = re.findall(r"machines/([^/]+)/", "".join(block.html() for block in section.blocks))
    rows = grid(page, "machines")
    assert len(rows) == len(named) > 8
    formats = {called(fmt.name): fmt.id for fmt in catalog.formats.values()}
    for (_, _, fmt, total, speed, _), machine in zip(rows, named, strict=True):
        p = plan(model, catalog.machines[machine], format=formats[fmt], context=8192)
        assert p.fits
        assert p.decode is not None
        assert p.decode.value >= CHAT.needs.min_decode
        assert [total, speed] == [units.gib(p.memory.total), units.short_rate(p.decode)]


def test_a_machines_page_says_what_its_plans_say(about: Known, catalog: Catalog) -> None:
    machine = catalog.machines["mac-studio-m3-ultra-96gb"]
    found = {model.name: plan(model, machine, context=8192) for model in about.typical}
    page = machine_page(about, machine)
    rows = grid(page, "runs")
    assert {row[0] for row in rows} == {name for name, p in found.items() if p.runs}
    for row in rows:
        p = found[row[0]]
        assert row[:4] == [p.model.name, called(p.format.name), plans.outcome(p), units.gib(p.memory.total)]
        assert row[4].startswith(units.short_rate(p.decode))
    left = [name for name, p in found.items() if not p.runs]
    assert left
    assert all(name in str(blocks(page, "runs")[-1].markdown()) for name in left)


def test_what_devices_hold_comes_first_and_the_better_before_the_worse(about: Known, catalog: Catalog) -> None:
    machine = catalog.machines["pc-rtx-4090"]
    found = {model.name: plan(model, machine, context=8192) for model in about.typical}
    order = [found[row[0]] for row in grid(machine_page(about, machine), "runs")]
    best = {one.model: max(x.value for x in about.scores[one.model] if x.benchmark == one.benchmark)
            for one in catalog.scores() if one.benchmark == "aa-gpqa-diamond-2026-07"}  # fmt: skip
    stand = [(p.fits is True, best[p.model.id]) for p in order if p.model.id in best]
    assert len(stand) > 5
    assert {fits for fits, _ in stand} == {True, False}
    assert stand == sorted(stand, reverse=True)


def test_sources_and_languages_are_told_in_chinese(catalog: Catalog) -> None:
    told = keys.languages(catalog.model("qwen3-32b").languages)
    assert told.startswith("中文、英语、")
    assert told.endswith(f"等 {len(catalog.model('qwen3-32b').languages)} 种")
    assert keys.languages(["en", "sw"]) == "英语、sw"
    assert keys.keys(["released", "memory.driver", "memory.box"]) == "发售日、驱动显示的内存、内存"


def test_every_key_that_a_source_names_has_a_name(catalog: Catalog) -> None:
    kinds = (
        catalog.models,
        catalog.devices,
        catalog.machine_entries,
        catalog.offers,
        catalog.formats,
        catalog.runtimes,
    )
    named = {key for kind in kinds for one in kind.values() for source in one.sources for key in source.keys}
    assert {key for key in named if keys.keys([key]) == key} == set()


def test_a_card_is_shown_alone_and_beside_others(about: Known, catalog: Catalog) -> None:
    card = catalog.device("rtx-3090")
    assert list(configurations(about.site, card).values()) == [
        catalog.machine("rtx-3090"), catalog.machine("2x-rtx-3090"),
    ]  # fmt: skip
    (column,) = [row for row in grid(device_page(about, card), "runs") if row[0] == "Qwen3.5 27B"]
    alone, two = (
        plan(catalog.model("qwen3.5-27b"), catalog.machine(f"{n}rtx-3090"), context=8192) for n in ("", "2x-")
    )
    assert column[1].startswith(units.short_rate(alone.decode))
    assert column[2].startswith(units.short_rate(two.decode))
    assert alone.format != two.format  # two hold one of more bits


def test_a_shared_memory_is_shown_in_each_size(about: Known, catalog: Catalog) -> None:
    chip = catalog.device("m3-ultra-60-core")
    assert [one.memory >> 30 for one in configurations(about.site, chip).values()] == [
        size >> 30 for size in chip.memory.box
    ]


def test_what_a_vendor_keeps_to_itself_has_no_sizes(about: Known, catalog: Catalog) -> None:
    hosted = next(model for model in catalog.models.values() if not model.open)
    assert not {"machines", "formats", "cache"} & {section.id for section in model_page(about, hosted).sections}


def test_a_page_leads_only_to_entries_that_there_are(about: Known, catalog: Catalog) -> None:
    pages = [
        model_page(about, catalog.model("llama-3-8b")),
        device_page(about, catalog.device("rtx-4090")),
        machine_page(
            about, catalog.machines["2x-rtx-3090" if "2x-rtx-3090" in catalog.machines else "cloud-h100-80gb"]
        ),
    ]
    for page in pages:
        found = links(page)
        assert found
        assert all(id in getattr(catalog, kind) for kind, id in found)


def test_every_name_that_a_table_shows_leads_to_its_page(site: Site, catalog: Catalog) -> None:
    assert site.model("llama-3-8b") == "[LLaMA-3 8B](../models/llama-3-8b/index.html)"
    assert site.device("rtx-4090") == "[GeForce RTX 4090](../devices/rtx-4090/index.html)"
    sold, bare = catalog.machines["cloud-h100-80gb"], catalog.machine("rtx-4090")
    assert site.machine(sold).endswith("(../machines/cloud-h100-80gb/index.html)")
    assert site.machine(bare).endswith("(../devices/rtx-4090/index.html)")


def test_without_pages_of_entries_names_lead_to_their_rows(catalog: Catalog, env: FakeEnvironment) -> None:
    env.conf = {"extra": {"sizing": {"links": "here"}}}
    assert site_of(catalog, env).model("llama-3-8b") == "[LLaMA-3 8B](../data/models.md#llama-3-8b)"


def test_measured_speeds_stand_beside_what_is_predicted_for_their_year(about: Known, catalog: Catalog) -> None:
    rows = grid(model_page(about, catalog.model("qwen3-32b")), "measured")
    assert len(rows) == len(about.by_model["qwen3-32b"])
    for row, one in zip(rows, about.by_model["qwen3-32b"], strict=True):
        assert called(catalog.device(one.row.device).name) in row[0]
        if one.decode and one.decode.predicted:
            assert units.short_rate(one.decode.predicted) in row[4]


def test_a_correction_leads_to_the_entrys_own_line(catalog: Catalog, env: FakeEnvironment) -> None:
    env.conf = {"extra": {"sizing": {"links": "here", "repository": "https://example.org/us/catalog"}}}
    page = model_page(Known.of(site_of(catalog, env)), catalog.model("qwen3-32b"))
    file, line = catalog.origins["qwen3-32b"]
    shown = html.unescape(page.html())
    assert f'href="https://example.org/us/catalog/blob/HEAD/{file}#L{line}"' in shown
    assert 'href="https://example.org/us/catalog/issues/new?title=Qwen3' in shown


def test_without_a_repository_nothing_leads_to_one(about: Known, catalog: Catalog) -> None:
    assert "issues/new" not in model_page(about, catalog.model("qwen3-32b")).html()


def test_the_plain_edition_says_the_same(about: Known, catalog: Catalog) -> None:
    page = machine_page(about, catalog.machines["mac-studio-m3-ultra-96gb"])
    plain = page.markdown()
    assert plain.startswith(f"# {page.title}\n\n{page.summary}\n\n## ")
    for section in page.sections:
        assert f"\n## {section.title}\n" in plain
    assert 'href="../models/qwen3.5-9b/"' in plain  # one folder higher than the page itself
    assert 'href="../../' not in plain


def test_a_models_commands_start_the_first_of_its_machines(about: Known, catalog: Catalog) -> None:
    page = model_page(about, catalog.model("qwen3-32b"))
    (section,) = [one for one in page.sections if one.id == "launch"]
    first, *_ = grid(page, "machines")
    machine = next(one for one in catalog.machines.values() if called(one.name) == first[0])
    (format,) = [one.id for one in catalog.formats.values() if called(one.name) == first[2]]
    p = plan(catalog.model("qwen3-32b"), machine, format=format, context=8192)
    assert p.launch
    shown = [block for block in section.blocks if isinstance(block, Terminal)]
    assert len(shown) == len(p.launch)
    assert str(p.launch[0].start.pasted) in shown[0].commands


def test_what_embeds_shows_no_perplexity(about: Known, catalog: Catalog) -> None:
    """Perplexity is measured of what writes; of what searches with vectors it says nothing."""
    embeds, answers = model_page(about, catalog.model("bge-m3")), model_page(about, catalog.model("qwen3-8b"))
    assert "困惑度" not in str(embeds.markdown())
    assert "困惑度" in str(answers.markdown())
