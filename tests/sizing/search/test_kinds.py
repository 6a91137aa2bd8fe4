"""Of laptops, desktops and so on those that hold a model whole and cost least: no cheaper one of a kind would do."""

from sizing import Catalog
from sizing.search import CHAT, Question
from sizing.search.extremes import standing, usable
from sizing.search.formats import serving
from sizing.search.kinds import by_kind


def test_each_fits_and_is_fast_enough(catalog: Catalog) -> None:
    found = by_kind(catalog, catalog.model("qwen3-32b"))
    assert set(found) == {machine.kind for machine in catalog.machines.values()}
    for answers in found.values():
        assert 1 <= len(answers) <= 3
        for one in answers:
            assert one.plan.fits
            assert one.plan.decode is not None
            assert one.plan.decode.value >= CHAT.needs.min_decode


def test_no_cheaper_machine_of_its_kind_would_do(catalog: Catalog) -> None:
    model, market = catalog.model("gpt-oss-20b"), catalog.market
    asked = Question(context=8192, offload=False)
    for kind, answers in by_kind(catalog, model, most=1).items():
        machine = answers[0].plan.machine
        assert machine is not None
        least = standing(market, market.lowest(machine)), usable(machine)
        for other in catalog.machines.values():
            if other.kind == kind and (standing(market, market.lowest(other)), usable(other)) < least:
                assert serving(model, other, asked) is None


def test_a_kind_that_holds_nothing_so_large_is_left_out(catalog: Catalog) -> None:
    assert "laptop" not in by_kind(catalog, catalog.model("kimi-k2"))


def test_a_context_beyond_a_models_limit_is_not_asked_for(catalog: Catalog) -> None:
    model = catalog.model("gpt2")
    assert isinstance(model.context, int)
    contexts = {one.plan.context for answers in by_kind(catalog, model).values() for one in answers}
    assert contexts == {model.context}
