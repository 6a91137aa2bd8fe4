"""An explanation adds up: every formula gives its step's value from the numbers that it names, and the last steps are
what the plan says."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

import pytest

from sizing import Catalog, SizingError
from sizing.explain.step import Step, called_at
from sizing.explain.terms import less, named, plain, root
from sizing.plan import Plan, plan
from tests.sampled import sample, tries

# One card, one beside a host that must help, unequal ones, a chip with one memory, a processor alone, ranks, nodes.
MACHINES = (None, "rtx-4090", "rtx-4060", "rtx-3090+rtx-4060", "macbook-pro-m3-max-64gb", "cluster-2x8-h100")


def recomputed(step: Step) -> float:
    """What a step's formula gives: Python's arithmetic over its inputs, and nothing else."""
    numbers = {name: one.value for name, one in step.inputs.items()}
    found: float = eval(step.formula, {"__builtins__": {}, "sqrt": math.sqrt, "min": min, "max": max}, numbers)
    return found


def assert_adds_up(p: Plan, steps: Sequence[Step]) -> None:
    """Every step follows from earlier ones and from what was given, and they end where the plan does."""
    taken: dict[str, float] = {}
    for step in steps:
        if step.formula:
            assert isinstance(step.value, int | float)
            assert recomputed(step) == pytest.approx(step.value, rel=1e-9, abs=1e-12), step
        for name, one in step.inputs.items():
            if one.by == "step":
                assert one.value == taken[name], (step.what, name)
            if name == "rounding":
                assert abs(one.value) < 20, (p.model.id, step.what)  # bytes, of ranks and padded tiles
            if name == "tokens" and step.part == "cache":
                assert one.value == pytest.approx(round(one.value), abs=1e-6), p.model.id
        if isinstance(step.value, int | float):
            taken[called_at(step.what, step.where)] = step.value
    for what, value in stated(p):
        assert taken[what] == pytest.approx(value, rel=1e-9), (p.model.id, what)


def stated(p: Plan) -> Iterable[tuple[str, float]]:
    """The plan's own numbers, as its steps call them."""
    counts = p.model.parameters
    assert counts is not None
    yield from (("parameters", counts.total), ("active", counts.active), ("file", p.sized.weights))
    yield from (("weights", p.memory.weights), ("cache", p.memory.cache), ("total", p.memory.total))
    for place in p.places:
        if place.memory.total:
            yield called_at("held", place.name), place.memory.total
    for name, rate in (("decode_empty", p.decode_empty), ("decode", p.decode), ("prefill", p.prefill)):
        if rate is not None:
            yield name, rate.value
    if (first := p.time_to_first_token(p.context)) is not None:
        yield "first_token", first
    if p.offer is not None:
        yield "price", p.offer.money.amount


def of(p: Plan, what: str, part: str = "", where: str = "") -> Step:
    return next(s for s in p.explain() if s.what == what and part in ("", s.part) and where in ("", s.where))


@pytest.mark.parametrize("machine", MACHINES)
def test_the_steps_of_every_model_lead_to_its_plan(catalog: Catalog, machine: str | None) -> None:
    rig, found = catalog.machine(machine) if machine else None, 0
    models = [model for model in catalog.models.values() if model.open]
    for model in sample(models, 60, f"steps on {machine}"):
        try:
            p = plan(model, rig, context=4096)
        except SizingError:
            continue  # no runtime reads it there
        assert_adds_up(p, p.explain())
        found += 1
    assert found > tries(30, 100)


@pytest.mark.parametrize(
    "asked",
    [
        {"sequences": 8},
        {"slots": 4},
        {"slots": 4, "unified": True},
        {"cache_format": "q8_0"},
        {"in_use": 2 << 30},
        {"lora": 200 << 20},
        {"layers_on_device": 10},
        {"power_limit": 300},
        {"measured": 150.0},
        {"swa_full": True},
        {"format": "FP8", "runtime": "vllm", "utilization": 0.8},
        {"format": "Q8_0", "context": 32768},
        {"format": "BF16"},
    ],
    ids=str,
)
def test_settings_are_told_as_they_were_computed(catalog: Catalog, asked: dict[str, object]) -> None:
    for name in ("llama-3-8b", "gemma-3-4b", "qwen3.5-9b"):
        p = plan(catalog.model(name), catalog.machine("rtx-4090"), **{"context": 4096, **asked})  # type: ignore[arg-type]
        assert_adds_up(p, p.explain())


def test_ranks_that_share_layers_and_repeat_a_latent_add_up(catalog: Catalog) -> None:
    for name, machine in (
        ("deepseek-v3", "cloud-8x-h100-80gb"),
        ("llama-3-8b", "2x-rtx-4090"),
        ("gemma-3-4b", "2x-rtx-4090"),
    ):
        p = plan(catalog.model(name), catalog.machine(machine), format="FP8", runtime="vllm", context=4096)
        assert_adds_up(p, p.explain())


def test_a_dense_model_on_one_card_is_told_in_the_words_of_the_article(catalog: Catalog) -> None:
    p = plan(catalog.model("llama-3-8b"), catalog.machine("rtx-4090"), format="Q4_K_M", context=8192)
    layers = of(p, "layers", "cache")
    # 32 layers, each with 8 key heads of 128 and as many of values, in two bytes.
    assert layers.formula == "layers * token_bytes * tokens"
    assert {name: one.value for name, one in layers.inputs.items()} == {
        "layers": 32,
        "token_bytes": 4096,
        "tokens": 8192,
    }
    reading = of(p, "reading", "decode")
    assert reading.formula == "(weight_bytes + recall * cache_bytes) / (bandwidth_share * bandwidth)"
    assert reading.inputs["bandwidth"].value == 1008e9
    assert any("nvidia.com" in source for source in reading.sources)
    assert of(p, "room").formula == "usable_rtx_4090_0 - margin"
    assert of(p, "verdict").value == "fits"


def test_what_a_speed_rests_on_is_counted(catalog: Catalog) -> None:
    p = plan(catalog.model("llama-3-8b"), catalog.machine("rtx-4090"), format="Q4_K_M", context=8192)
    own = [
        row
        for row in catalog.measurements()
        if (row.device, row.runtime, row.backend) == ("rtx-4090", "llama.cpp", "cuda")
    ]
    rows = of(p, "device_rows")
    assert rows.value == len(own) > 0
    assert set(rows.sources) <= {row.source_url for row in own}
    assert of(p, "seen").value == "all"


def test_experts_on_the_host_are_told_where_they_lie(catalog: Catalog) -> None:
    p = plan(catalog.model("qwen3-30b-a3b"), catalog.machine("rtx-4060"), format="Q4_K_M", context=8192)
    assert p.layout is not None
    assert of(p, "lies", "memory", "host").value == f"experts:1-{p.layout.experts_on_host}"
    assert of(p, "lies", "memory", "rtx-4060#0").value == "layers:1-48 output"
    assert of(p, "time", "decode", "host").value > 0  # type: ignore[operator]


def test_a_price_is_the_sum_of_what_it_is_built_of(catalog: Catalog) -> None:
    p = plan(catalog.model("llama-3-8b"), catalog.machine("pc-rtx-4090"), format="Q4_K_M", context=8192)
    assert p.offer is not None
    assert of(p, "price").value == pytest.approx(p.offer.money.amount)
    assert all(step.sources for step in p.explain() if step.what == "offer")


def test_numbers_remember_what_they_were_made_of() -> None:
    a, b, nothing = named("a", 3), named("b", 4), named("nothing", 0)
    assert (a + b).formula == "a + b"
    assert ((a + b) * a).formula == "(a + b) * a"
    assert (a / (b * a)).formula == "a / (b * a)"
    assert less(a, a + b).formula == "a - (a + b)"
    assert (a * a + b * b).formula == "a**2 + b**2"
    assert root(a * a + b * b).value == 5
    assert root((a + b) * (a + b)).formula in ("sqrt((a + b) * (a + b))", "a + b")
    # What is nothing is not told.
    assert (a + nothing * b).formula == "a"
    assert (plain(1) / a).formula == "1 / a"
