"""Models for a machine: best first, and never a worse answer for a better machine or fewer wishes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from sizing import Catalog, SizingError, plan
from sizing.engine.listing import BEATEN, BESIDE, EXPECTED, FRONT, LISTED, NEWER, NEWEST, UNSCORED
from sizing.facts.units import known
from sizing.search import CHAT, USES, Answer, Question, fit
from sizing.search.formats import asked_formats, least_in, serving
from sizing.search.question import unsaid
from sizing.unsaid import natives, published


@pytest.fixture(scope="module")
def on_4090(catalog: Catalog) -> list[Answer]:
    return fit(catalog, catalog.machine("rtx-4090"), beaten=True)


def ids(answers: Sequence[Answer]) -> set[str]:
    return {one.plan.model.id for one in answers}


def test_every_answer_keeps_to_the_question(on_4090: list[Answer]) -> None:
    needs = CHAT.needs
    assert len(on_4090) > 100
    for one in on_4090:
        assert one.plan.runs
        assert one.plan.decode is not None
        assert one.plan.decode.value >= needs.min_decode
        assert one.plan.context == needs.context
        if one.score:
            assert one.seconds is not None
            assert one.seconds <= needs.wait


def test_scores_of_one_edition_alone_are_sorted(on_4090: list[Answer]) -> None:
    assert len({one.benchmark.id for one in on_4090 if one.benchmark}) == 1
    assert all((one.score is None) == (one.benchmark is None) for one in on_4090)
    places = [one.score is None for one in on_4090]
    assert places == sorted(places), "those without a score come last, among others than by score"


def test_no_answer_that_is_shown_is_beaten(catalog: Catalog, on_4090: list[Answer]) -> None:
    shown = [one for one in fit(catalog, catalog.machine("rtx-4090")) if one.kind == FRONT]
    assert [one.plan.model.id for one in shown] == [one.plan.model.id for one in on_4090[: len(shown)]]
    assert all(one.score for one in shown)
    scores = [one.score.value for one in shown if one.score]
    waits = [one.seconds for one in shown if one.seconds]
    assert scores == sorted(scores, reverse=True)
    assert waits == sorted(waits, reverse=True), "what scores less answers faster, or it would be beaten"


def test_beside_the_front_stand_other_makers_each_beaten_by_one_of_it(catalog: Catalog) -> None:
    found = fit(catalog, catalog.machine("rtx-4090"))
    front, beside = ([one for one in found if one.kind == kind] for kind in (FRONT, BESIDE))
    assert len(front) < len(front) + len(beside) <= LISTED
    makers = [one.plan.model.vendor for one in beside]
    assert len(set(makers)) == len(makers)
    assert not set(makers) & {one.plan.model.vendor for one in front}
    names = {one.plan.model.name: one for one in front}
    for one in beside:
        (why,) = one.why
        (by,) = (other for name, other in names.items() if why.startswith(f"{name} scores "))
        assert one.score
        assert by.score
        assert one.benchmark
        assert one.seconds
        assert by.seconds
        assert by.score.value >= one.score.value - one.benchmark.tie
        assert by.seconds <= 1.1 * one.seconds
        assert ("does not tell from" in why) == (by.score.value < one.score.value)


def test_every_answer_says_what_it_is_among_the_others(catalog: Catalog, on_4090: list[Answer]) -> None:
    order = (EXPECTED, FRONT, BESIDE, BEATEN, NEWER, UNSCORED)
    kinds = [one.kind or "" for one in on_4090]
    assert set(kinds) == {*order} - {EXPECTED}, "none is expected to do better than the best that has a score"
    assert kinds == sorted(kinds, key=order.index)
    unmeasured = fit(catalog, catalog.machine("raspberry-pi-5-8gb"))
    assert {one.kind for one in unmeasured} == {UNSCORED}
    assert len(unmeasured) == LISTED < len(fit(catalog, catalog.machine("raspberry-pi-5-8gb"), beaten=True))


def test_every_model_is_in_the_best_format_that_serves(on_4090: list[Answer]) -> None:
    formats = {one.plan.model.id: one.plan.format.id for one in on_4090}
    # 16.4 GB of BF16 would fit into 24; six bits raise perplexity by less than half of one per cent, and are faster.
    assert formats["qwen3-8b"] == "Q6_K"
    assert formats["gpt-oss-20b"] == "MXFP4_MOE"  # as it was published
    assert formats["qwen3-32b"] in ("Q4_K_M", "Q4_K_S", "AWQ"), "no format of three bits: it would cost too much"


def test_more_memory_never_loses_a_model(catalog: Catalog, on_4090: list[Answer]) -> None:
    two = fit(catalog, catalog.machine("2x-rtx-4090"), beaten=True)
    assert ids(on_4090) - ids(two) == set()


@pytest.mark.parametrize(
    "narrower",
    [
        replace(CHAT, min_decode=40.0),
        replace(CHAT, context=32768),
        replace(CHAT, sequences=8),
        replace(CHAT, offload=False),
        replace(CHAT, licenses=("apache",)),
        replace(CHAT, max_loss=0.0),
        replace(CHAT, vision=True),
        replace(CHAT, tools=True),
        replace(CHAT, languages=("zh", "ja")),
        replace(CHAT, in_use=(12 << 30,)),
    ],
    ids=(
        "faster",
        "longer",
        "more users",
        "no offload",
        "a licence",
        "no loss",
        "seeing",
        "calling tools",
        "speaking",
        "half of it taken",
    ),
)
def test_a_narrower_question_only_removes(catalog: Catalog, on_4090: list[Answer], narrower: Question) -> None:
    found = ids(fit(catalog, catalog.machine("rtx-4090"), narrower, beaten=True))
    assert found < ids(on_4090)


def test_what_must_see_sees_and_what_it_sees_with_is_loaded(catalog: Catalog, on_4090: list[Answer]) -> None:
    found = fit(catalog, catalog.machine("rtx-4090"), Question(vision=True, format="Q4_K_M"), beaten=True)
    assert len(found) > 10
    for one in found:
        assert "vision" in one.plan.model.senses
        assert any(part.kind == "towers" and loaded for part, loaded in one.plan.beside), one.plan.model.id


def test_what_must_call_tools_and_speak_is_said_to(catalog: Catalog) -> None:
    asked = Question(tools=True, languages=("zh", "ja"))
    found = [one.plan.model for one in fit(catalog, catalog.machine("rtx-4090"), asked, beaten=True)]
    assert found
    assert all(model.tools and {"zh", "ja"} <= set(model.languages) for model in found)


def test_what_nobody_says_is_told_apart_from_what_is_denied(catalog: Catalog) -> None:
    silent, speaks = catalog.model("gpt2"), catalog.model("llama-3.1-8b")
    assert not silent.languages
    assert unsaid(Question(languages=("de",), context=1024), [silent, speaks]) == ["gpt2"]
    assert unsaid(Question(languages=("zh",), context=1024), [silent, speaks]) == ["gpt2"], "its makers name no Chinese"
    assert unsaid(Question(context=1024), [silent, speaks]) == []


def test_where_no_score_counts_models_stand_by_what_scored_ones_of_their_size_and_day_score(catalog: Catalog) -> None:
    found = fit(catalog, catalog.machine("raspberry-pi-5-8gb"))
    assert {one.kind for one in found} == {UNSCORED}
    expected = [one.estimate.value for one in found if one.estimate]
    assert len(expected) == len(found)
    assert expected == sorted(expected, reverse=True)


def test_where_nobody_knows_how_long_a_prompt_takes_scores_count_all_the_same(catalog: Catalog) -> None:
    """Of a processor that the catalog does not know, its memory tells how fast it writes, and nothing how it reads."""
    found = fit(catalog, catalog.machine("8GB@DDR4-3200x2"), beaten=True)
    scored = [one for one in found if one.score]
    assert scored
    assert found[: len(scored)] == scored
    for one in scored:
        assert one.seconds is None
        assert one.plan.decode is not None
        assert (one.thinking + CHAT.needs.answer) / one.plan.decode.value <= 1.2 * CHAT.needs.wait
    assert "after a prompt that takes nobody knows how long" in found[0].why[0]


def test_an_estimate_is_no_score_and_stands_where_none_is(catalog: Catalog, on_4090: list[Answer]) -> None:
    for one in on_4090:
        assert (one.estimate is not None) == (one.kind in (UNSCORED, EXPECTED))
        told = one.as_dict()
        assert told["estimate"] is None or told["score"] is None


@pytest.mark.parametrize("machine", ["raspberry-pi-5-8gb", "8GB@DDR4-3200x2", "rtx-3060-12gb"])
@pytest.mark.parametrize("use", ["chat", "coding"])
def test_no_old_model_leads_a_new_one_of_its_size_where_neither_is_scored(
    catalog: Catalog, machine: str, use: str
) -> None:
    found = [one.plan.model for one in fit(catalog, catalog.machine(machine), Question(use=use), beaten=True)
             if one.kind == UNSCORED and not isinstance(one.plan.model.released, str)]  # fmt: skip
    for place, model in enumerate(found):
        for later in found[place + 1 :]:
            assert model.parameters
            assert later.parameters
            as_large = (
                later.parameters.total >= model.parameters.total
                and later.parameters.active >= model.parameters.active
                and later.parameters != model.parameters
            )
            assert not (as_large and str(later.released) > str(model.released)), f"{model.id} before {later.id}"


@pytest.mark.parametrize(("less", "more"), [("6GB", "8GB"), ("8GB", "16GB"), ("16GB", "32GB"), ("32GB", "64GB")])
def test_more_memory_never_makes_the_best_answer_worse(catalog: Catalog, less: str, more: str) -> None:
    def best(memory: str) -> tuple[float, float]:
        found = fit(catalog, catalog.machine(f"{memory}@DDR5-5600x2"), beaten=True)
        scores = [one.score.value for one in found if one.score]
        return max(scores, default=0.0), max((x.estimate.value for x in found if x.estimate), default=0.0)

    assert best(less)[0] <= best(more)[0]
    assert best(less)[1] <= best(more)[1]


def test_of_formats_that_no_test_tells_apart_the_smallest_serves(catalog: Catalog) -> None:
    roomy, small = catalog.machine("m4-max-40-core-128gb"), catalog.machine("rtx-3060-12gb")
    model = catalog.model("qwen3-14b")
    formats = [p.format.id for machine in (roomy, small) if (p := serving(model, machine, CHAT))]
    # 16 bits would fit into 128 GB and be no better; into 12 GB goes what costs least of what fits.
    assert formats == ["Q6_K", "Q4_K_M"]
    exact = serving(model, roomy, Question(max_loss=0.0))
    assert exact is not None
    assert exact.format.bits == 16


def test_on_several_devices_the_fastest_of_such_formats_serves(catalog: Catalog) -> None:
    # llama.cpp would keep its cards waiting for each other; vLLM reads the published FP8 on all of them at once.
    team = Question(use="team")
    p = serving(catalog.model("minimax-m2.7"), catalog.machine("8x-h100-sxm-80gb"), team)
    assert p is not None
    assert (p.format.id, p.runtime.id) == ("FP8", "vllm")
    exact = serving(catalog.model("qwen3-8b"), catalog.machine("2x-rtx-3090"), replace(team, max_loss=0.0))
    assert exact is not None
    assert exact.format.bits == 16, "FP8 was not measured, and no loss is allowed"


def test_a_format_is_no_larger_than_the_wait_allows(catalog: Catalog) -> None:
    found = fit(catalog, catalog.machine("2x-rtx-3090"), beaten=True)
    thought = next(one for one in found if one.plan.model.id == "gemma-4-31b")
    # Six bits are as good as more, but take longer to think than the question waits; five do not.
    assert thought.score is not None
    assert thought.score.mode == "thinking"
    assert thought.plan.format.bits == 5


def test_what_is_newer_than_a_test_is_told_where_it_runs(catalog: Catalog) -> None:
    test = catalog.benchmarks["aa-gpqa-diamond-2026-07"]
    found = fit(catalog, catalog.machine("rtx-4090"))
    newer = [one for one in found if one.kind == NEWER]
    assert "qwen3.8-27b" in {one.plan.model.id for one in newer}
    assert 0 < len(newer) <= NEWEST
    days = [str(one.plan.model.released) for one in newer]
    assert days == sorted(days, reverse=True)
    for one in newer:
        assert str(one.plan.model.released) > test.day.isoformat()
        assert one.score is None
        assert one.seconds
        assert one.seconds <= CHAT.needs.wait
        assert f"after {test.name}" in one.why[0]
    small = fit(catalog, catalog.machine("macbook-air-m4-16gb"))
    assert "qwen3.8-27b" not in {one.plan.model.id for one in small}, "which does not run there"


def test_who_will_not_wait_gets_no_thinking(catalog: Catalog) -> None:
    hasty = fit(catalog, catalog.machine("rtx-4090"), Question(wait=5), beaten=True)
    assert all(one.seconds <= 5 for one in hasty if one.score and one.seconds)
    plain = fit(catalog, catalog.machine("rtx-4090"), Question(thinking=False), beaten=True)
    assert {one.score.mode for one in plain if one.score} == {"plain"}


def test_chinese_is_ranked_by_a_test_in_chinese(catalog: Catalog) -> None:
    found = fit(catalog, catalog.machine("rtx-4090"), Question(chinese=True))
    assert {one.benchmark.subject for one in found if one.benchmark} == {"chinese"}


def test_a_test_that_nobody_knows_is_refused(catalog: Catalog) -> None:
    with pytest.raises(SizingError, match=r"'mmlu' is no test of this catalog; give one of arena-text-2025-12, "):
        fit(catalog, catalog.machine("rtx-4090"), Question(benchmark="mmlu"))


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({"use": "poetry"}, r"'poetry' is no use; say one of chat, coding"),
        ({"context": 0}, r"0 is no context; give a number from 1 on"),
        ({"min_decode": float("nan")}, r"nan is no min decode"),
        ({"wait": -1.0}, r"-1.0 is no wait"),
    ],
)
def test_what_cannot_be_asked_is_told(said: dict[str, object], wrong: str) -> None:
    with pytest.raises(SizingError, match=wrong):
        Question(**said)  # type: ignore[arg-type]


def test_nothing_runs_on_nearly_nothing(catalog: Catalog) -> None:
    assert fit(catalog, catalog.machine("rtx-4090"), Question(min_decode=1e6)) == []


def test_a_score_of_guessing_says_nothing(catalog: Catalog) -> None:
    guessed = catalog.benchmarks["aa-gpqa-diamond-2026-07"]
    found = fit(catalog, catalog.machine("rtx-4090"), Question(benchmark=guessed.id), beaten=True)
    assert all(one.score.value > guessed.chance + guessed.tie for one in found if one.score)


def test_every_use_has_an_answer_on_a_large_machine(catalog: Catalog) -> None:
    machine = catalog.machine("4x-h100-sxm-80gb")
    for use in USES:
        assert fit(catalog, machine, Question(use=use)), use


def test_no_published_format_takes_less_than_the_bound_by_which_it_is_left_out(catalog: Catalog) -> None:
    for model in catalog.models.values():
        if model.open and model.parameters:
            for name in (*natives(model, catalog.formats), *published(model, catalog.formats)):
                weights = plan(model, None, format=name, context=256).memory.weights
                assert weights >= least_in(model, name, catalog.formats).weights, (model.id, name)


@pytest.mark.parametrize(
    "name", ["pc-rtx-5060", "pc-2x-rtx-3090", "mac-mini-m6-32gb", "server-8x-h20", "rtx-5080+rtx-3090"]
)
def test_no_plan_decodes_faster_than_the_bound_by_which_it_is_left_out(catalog: Catalog, name: str) -> None:
    machine, question = catalog.machine(name), Question(use="team", min_decode=0)
    for model in catalog.models.values():
        p = serving(model, machine, question) if question.takes(model) else None
        if p is not None and p.decode is not None:
            fewest = [least_in(model, x, catalog.formats).seconds(machine.rig) for x in asked_formats(model, question)]
            assert p.decode.value * min(fewest) <= 1, (model.id, p.format.id)


def test_a_faster_card_of_the_same_memory_is_no_slower_with_the_same_model(catalog: Catalog) -> None:
    slow, fast = (
        {one.plan.model.id: one for one in fit(catalog, catalog.machine(name), beaten=True)}
        for name in ("rtx-5060-ti-16gb", "rtx-5080")
    )
    tight = [name for name, one in slow.items() if one.plan.verdict == "tight"]
    assert "qwen3.5-27b" in tight, "with nothing else on the card, and not with a part in the computer's memory"
    for name in tight:
        assert (fast[name].plan.format.id, fast[name].plan.verdict) == (slow[name].plan.format.id, "tight")


def test_thinking_is_waited_for_only_where_it_answers_better_by_more_than_chance(catalog: Catalog) -> None:
    test = catalog.benchmarks["aa-gpqa-diamond-2026-07"]
    modes = set()
    for one in fit(catalog, catalog.machine("rtx-5090"), Question(benchmark=test.id), beaten=True):
        if one.score is None:
            continue
        plain = without_thinking(catalog, one.plan.model.id, test.id)
        if one.score.mode == "thinking" and plain is not None:
            assert one.score.value - plain > test.tie
        modes.add(one.score.mode)
    assert modes == {"thinking", "plain"}


def without_thinking(catalog: Catalog, model: str, test: str) -> float | None:
    """A model's score so; None where nobody measured it."""
    told = [x.value for x in catalog.scores() if (x.model, x.benchmark, x.mode) == (model, test, "plain")]
    return max(told, default=None)


def test_of_whom_no_speed_is_asked_none_need_be_known(catalog: Catalog) -> None:
    """Of this processor nobody tells the memory's rate: how much it holds is known all the same."""
    machine = catalog.machine("cpu-16gb")
    assert fit(catalog, machine) == []
    found = fit(catalog, machine, Question(min_decode=0))
    assert found
    assert all(one.plan.fits and one.plan.decode is None for one in found)


def test_agents_are_models_that_call_tools(catalog: Catalog) -> None:
    asked = Question(use="agents")
    found = [one.plan.model for one in fit(catalog, catalog.machine("m4-max-40-core-128gb"), asked, beaten=True)]
    assert found
    assert all(model.tools for model in found)
    silent = unsaid(asked, catalog.models.values())
    assert "phi-4-reasoning" not in silent, "its context is too short besides"
    assert "glm-5.3" in silent


def test_where_nobody_knows_how_fast_it_is_models_stand_by_their_scores(catalog: Catalog) -> None:
    """A processor that the catalog does not know, and a memory whose type nobody told: what fits is known all the
    same, and how well it does."""
    found = fit(catalog, catalog.machine("cpu-16gb"), Question(min_decode=0))
    assert found[0].plan.decode is None
    assert found[0].seconds is None
    assert found[0].why[0].endswith("an answer in nobody knows how long")
    scores = [one.score.value for one in found if one.score]
    assert len(scores) == len(found)
    assert scores == sorted(scores, reverse=True)
    assert all("answers in 0 s" not in why for one in found for why in one.why)


@pytest.mark.parametrize("name", ["8GB@DDR4-3200x2", "4x-h100-sxm-80gb"])
def test_what_is_expected_to_do_better_than_all_that_have_a_score_comes_before_them(
    catalog: Catalog, name: str
) -> None:
    """A test that ends in 2025 knows none of 2026: few that 8 GB hold, and none of the largest."""
    found = fit(catalog, catalog.machine(name), Question(benchmark="arena-text-chinese-2025-12"))
    hoped = [one for one in found if one.kind == EXPECTED]
    scored = [one for one in found if one.score]
    assert found[: len(hoped)] == hoped
    assert 0 < len(hoped) <= NEWEST
    assert scored
    top = scored[0].score.value if scored[0].score else 0.0
    for one in hoped:
        assert one.estimate
        assert one.score is None
        assert one.estimate.value - one.estimate.of.within > top
        assert one.estimate.of.test == scored[0].benchmark
        assert one.plan.outcome.firm
        assert str(one.plan.model.released) > str(known(scored[0].plan.model.released) or "")
