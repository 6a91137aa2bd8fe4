"""Machines for a model, and things side by side."""

from __future__ import annotations

import pytest

from sizing import Catalog, SizingError
from sizing.facts.money import Money
from sizing.facts.quotes import REGIONS
from sizing.search import Budget, Question, compare, fit, machines
from sizing.search.extremes import standing
from sizing.search.formats import serving
from sizing.search.question import require_answers


def test_machines_run_the_model_and_stand_by_their_price(catalog: Catalog) -> None:
    found = machines(catalog, catalog.model("qwen3-32b"))
    assert len(found) > 20
    market = catalog.market
    whole = [one.offer for one in found if one.offer and one.offer.covers != "card" and not one.offer.per]
    fresh = [market.paid(offer.money, REGIONS[0]).amount for offer in whole if not offer.stale(market.today)]
    assert len(fresh) > 10
    assert fresh == sorted(fresh)
    first = [one.offer for one in found[: len(fresh)]]
    assert not any(offer is None or offer.per or offer.stale(market.today) for offer in first), "a stale one after them"
    unsaid = [one.offer is None for one in found]
    assert unsaid == sorted(unsaid), "what has no price comes last"
    assert all(one.plan.runs and one.plan.model.id == "qwen3-32b" for one in found)


def test_a_machine_is_beaten_by_one_that_costs_no_more_and_is_as_soon(catalog: Catalog) -> None:
    """Of what is priced alike; old prices, cards alone, rents and what nobody prices are each among themselves."""
    found = machines(catalog, catalog.model("qwen3-32b"))
    market, front = catalog.market, [one for one in found if one.kind == "front"]
    assert 5 < len(front) < len(found) / 2
    assert {one.kind for one in found} == {"front", "beaten"}
    for place in range(7):
        among = [one for one in front if standing(market, one.offer)[0] == place and one.plan.outcome.firm]
        waits = [one.seconds for one in among if one.seconds is not None]
        assert waits == sorted(waits, reverse=True), "who pays more waits less, or runs it with room"
    ids = {one.plan.machine.id for one in front if one.plan.machine}
    room = {one.plan.machine.id: one.plan.outcome.firm for one in front if one.plan.machine}
    for one in found:
        if one.kind == "beaten":
            by, _, how = one.why[0].partition(" ")
            assert by in ids
            assert room[by] or not one.plan.outcome.firm
            assert how == f"{'costs no more' if one.offer else 'has no more memory'}, and is as soon"


def test_it_agrees_with_trying_every_machine(catalog: Catalog) -> None:
    model = catalog.model("qwen3-8b")
    asked = Question(format="Q8_0", offload=False, min_decode=0)
    found = {one.plan.machine.id for one in machines(catalog, model, asked) if one.plan.machine}
    from sizing import plan

    tried = set()
    for name, machine in catalog.machines.items():
        try:
            if plan(model, machine, format="Q8_0", context=8192).fits:
                tried.add(name)
        except SizingError:
            continue
    assert found <= tried
    assert len(tried - found) < len(tried) / 2, "only those whose speed nobody can tell are missing"


def test_a_model_of_a_short_context_is_asked_of_no_longer_one(catalog: Catalog) -> None:
    short = machines(catalog, catalog.model("llama-30b"), Question(use="documents"))
    assert short
    assert {one.plan.context for one in short} == {2048}


def test_models_machines_or_formats_stand_side_by_side(catalog: Catalog) -> None:
    machine, model = catalog.machine("rtx-4090"), catalog.model("qwen3-8b")
    assert [one.plan.model.id for one in compare(catalog, ["qwen3-8b", "Qwen3 32B"], machine=machine)] == [
        "qwen3-8b",
        "qwen3-32b",
    ]
    both = compare(catalog, ["rtx-4090", "rtx-5090"], model=model)
    assert [one.plan.machine.devices[0].id for one in both if one.plan.machine] == ["rtx-4090", "rtx-5090"]
    assert [x.plan.format.id for x in compare(catalog, ["Q4_K_M", "q8_0"], model=model)] == ["Q4_K_M", "Q8_0"]


def test_a_limit_that_is_raised_is_raised_for_what_compares(catalog: Catalog) -> None:
    limit, mac = 19_000 * 2**20, catalog.machine("mac-mini-m4-24gb")
    found = compare(catalog, ["qwen3-8b", "qwen3-14b"], Question(wired_limit=limit), machine=mac)
    assert [one.plan.places[0].capacity for one in found] == [limit, limit]


def test_machines_without_a_model_run_each_what_it_answers_best_with(catalog: Catalog) -> None:
    question = Question(use="coding")
    found = compare(catalog, ["rtx-5060-ti-16gb", "rtx-4090", "rtx-3060-12gb"], question)
    for name, one in zip(("rtx-5060-ti-16gb", "rtx-4090", "rtx-3060-12gb"), found, strict=True):
        assert one.plan.machine is not None
        assert one.plan.machine.id == name
        assert one.plan.model.id == fit(catalog, catalog.machine(name), question)[0].plan.model.id
    with pytest.raises(SizingError, match="runs nothing as it is asked"):
        compare(catalog, ["rtx-4090", "rtx-3060-12gb"], Question(use="coding", min_decode=100_000))


@pytest.mark.parametrize(
    ("names", "wrong"),
    [
        (["qwen3-8b"], "one thing does not compare"),
        (["Q4_K_M", "Q8_0"], "formats compare for a model; name it with --for"),
        (["raspberry-pi-zero-2-w", "rtx-5090"], "are not all models, all machines"),
        (["qwen3-8b", "rtx-4090"], "qwen3-8b, rtx-4090 are not all models, all machines or all formats"),
    ],
)
def test_what_does_not_compare_is_told(catalog: Catalog, names: list[str], wrong: str) -> None:
    with pytest.raises(SizingError, match=wrong):
        compare(catalog, names)


def test_a_budget_keeps_what_is_sold_for_it_the_cheapest_first(catalog: Catalog) -> None:
    model = catalog.model("qwen3-32b")
    found = machines(catalog, model, budget=Budget(most=Money(20_000, "CNY"), region="CN"))
    assert found
    every = {one.plan.machine.id for one in machines(catalog, model) if one.plan.machine}
    for one in found:
        assert one.offer is not None
        assert one.plan.machine is not None
        assert one.plan.machine.id in every
        assert (one.offer.region, one.offer.money <= Money(20_000, "CNY")) == ("CN", True)
    whole = [x.offer for x in found if x.offer and x.offer.covers != "card" and not x.offer.stale(catalog.market.today)]
    assert [x.money.amount for x in whole] == sorted(x.money.amount for x in whole)
    assert [x.offer for x in found][: len(whole)] == whole, "what decides comes first"


def test_what_embeds_a_text_or_scores_it_answers_no_question(catalog: Catalog) -> None:
    """A question that is short enough and asks for no speed: neither keeps an embedding model out."""
    asked = Question(context=512, min_decode=0)
    for name in ("bge-m3", "qwen3-embedding-8b", "qwen3-reranker-0.6b"):
        assert not asked.takes(catalog.model(name))
        assert machines(catalog, catalog.model(name), asked) == []
        with pytest.raises(SizingError, match=f"{name} embeds texts or scores them"):
            require_answers(catalog.model(name))
    assert {model.id for model in catalog.models.values() if asked.takes(model)} >= {"qwen3-8b", "llama-30b"}


def test_what_is_compared_serves_as_in_every_other_search(catalog: Catalog) -> None:
    """Two bits of a 35B fit into 16 GB, and raise perplexity by more than half: nobody compares cards by that."""
    cards = ("rtx-5070-ti", "rtx-5080")
    model = catalog.model("qwen3.6-35b-a3b")
    found = compare(catalog, cards, model=model)
    for name, one in zip(cards, found, strict=True):
        assert one.plan == serving(model, catalog.machine(name), Question())
        assert one.plan.format.id == "Q4_K_M"
    (said, _) = compare(catalog, cards, Question(format="Q2_K"), model=model)
    assert said.plan.format.id == "Q2_K", "what was asked for"
