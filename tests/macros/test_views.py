"""The article's views of searches say what the searches answer."""

import re
from collections.abc import Mapping
from itertools import pairwise

import pytest

from macros.environment import Macro
from macros.labels import views
from sizing import Catalog, plan, search
from sizing.search import Question
from tests.macros.environment import anchor, figure, rows, text

Call = Mapping[str, Macro]
MACHINES = ("rtx-4090", "macbook-pro-m3-max-64gb", "laptop-rtx-4060")


def anchors(cell: str) -> list[str]:
    """Every model that a cell names."""
    return re.findall(r"/([\w.-]+)/index\.html\)", cell)


def test_a_machine_is_shown_with_what_answers_best_on_it(call: Call, catalog: Catalog) -> None:
    for name, row in zip(MACHINES, rows(call["suited_models"](MACHINES)), strict=True):
        best = search.fit(catalog, catalog.machine(name))
        shown = anchors(row[4])
        assert 1 <= len(shown) <= 3
        assert shown == [one.plan.model.id for one in best][: len(shown)]
        scores = [one.score.value for one in best if one.score][: len(shown)]
        assert scores[-1] >= scores[0] * 2 / 3, "nobody gives up more than a third for an answer that comes sooner"
        assert text(row[4]).count("秒") == len(shown)


def test_a_machine_that_nothing_suits_says_so(call: Call) -> None:
    (row,) = rows(call["suited_models"](["raspberry-pi-5-8gb"], "agents"))
    assert row[4] == views.NOT_FIT


def test_what_a_budget_buys_costs_no_more_and_a_larger_one_buys_no_worse(call: Call, catalog: Catalog) -> None:
    budgets = (6000, 12000, 20000)
    scores = []
    for budget, row in zip(budgets, rows(call["budget_table"](budgets)), strict=True):
        price = float(re.findall(r"([\d,.]+) 元", text(row[1]))[0].replace(",", ""))
        assert price <= budget
        assert "旧价" not in row[1]
        machine = catalog.machine(anchors(row[1])[0])
        (best,) = [one for one in search.fit(catalog, machine, beaten=True) if one.plan.model.id == anchor(row[2])]
        assert best.score
        assert best.benchmark
        scores.append(best.score.value)
        by_chance = best.benchmark.tie
    assert all(more >= less - by_chance for less, more in pairwise(scores)), (
        "of two that no test tells apart, the faster"
    )


def test_a_budget_that_buys_nothing_says_so(call: Call) -> None:
    (row,) = rows(call["budget_table"]([100]))
    assert row[1:] == ["—"] * 5


def test_each_use_has_the_model_that_serves_it_best(call: Call, catalog: Catalog) -> None:
    found = rows(call["uses_table"](["rtx-4090"]))
    assert [row[0] for row in found] == list(views.USES.values())
    for use, row in zip(views.USES, found, strict=True):
        best = search.fit(catalog, catalog.machine("rtx-4090"), Question(use=use))[0]
        assert anchor(row[2]) == best.plan.model.id
    assert "32K 上下文" in found[1][1]
    assert "8 路同时" in found[-1][1]


def test_platforms_stand_side_by_side(call: Call, catalog: Catalog) -> None:
    names = ("mac-studio-m4-max-128gb", "pc-rtx-4090")
    mac, pc = rows(call["platforms_table"](names, ["qwen3-30b-a3b", "llama-3-70b"]))
    assert (anchor(mac[0]), anchor(pc[0])) == names
    p = plan(catalog.model("qwen3-30b-a3b"), catalog.machine(names[0]), format="Q4_K_M", context=8192)
    assert p.decode is not None
    assert figure(mac[3]) == pytest.approx(p.decode.value, rel=0.05)
    assert "*" in text(pc[4]), "70B does not fit into 24 GB"
    assert figure(pc[5]) < figure(mac[5]), "a prompt takes compute"
    assert figure(pc[6]) > figure(mac[6]), "and power"


def test_a_month_of_calling_grows_with_use_and_owning_hardly_does(call: Call) -> None:
    little, much = (
        [figure(cell) for cell in row[1:]]
        for row in rows(call["ways_table"]("qwen3-32b", "pc-rtx-5090", [10**5, 10**7]))
    )
    assert much[2] == pytest.approx(100 * little[2], rel=0.1)
    assert much[0] < 2 * little[0]
    assert little[2] < little[0]


def test_more_use_than_a_day_is_long_enough_for_says_so(call: Call) -> None:
    (row,) = rows(call["ways_table"]("qwen3-32b", "pc-rtx-5090", [10**9]))
    assert row[1] == views.TOO_MUCH


def test_fewer_bits_weigh_less_and_cost_quality(call: Call) -> None:
    found = rows(call["quantized_table"]("qwen3-14b", "pc-rtx-3060-12gb", ["Q8_0", "Q6_K", "Q4_K_M", "Q2_K"]))
    assert [figure(row[1]) for row in found] == sorted((figure(row[1]) for row in found), reverse=True)
    losses = [figure(row[2]) for row in found]
    assert losses == sorted(losses)
    assert (text(found[0][4]), text(found[-1][4])) == ("◐ 要卸载", "● 放得下")


def test_a_loss_that_nobody_measured_is_none(call: Call) -> None:
    (row,) = rows(call["quantized_table"]("qwen3-14b", "rtx-4090", ["MXFP4_MOE"]))
    assert row[2] == views.UNMEASURED


def test_a_table_shows_nothing_beyond_a_models_limit(call: Call, catalog: Catalog) -> None:
    (row,) = rows(call["open_models"](["llama-2-13b"]))
    own = plan(catalog.model("llama-2-13b"), None, format="Q4_K_M", context=4096)
    assert figure(row[-2]) == pytest.approx(own.memory.total / 2**30, rel=0.01)
    assert text(row[-2]).endswith("（4K）")
