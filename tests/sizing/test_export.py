"""What is exported says all that the engine needs, and no more than is stated."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import pytest

from sizing import Catalog, Plan, SizingError, plan
from sizing.anatomy.formats import format_of
from sizing.anatomy.sized import sized
from sizing.engine.exported import Exported, unrolled
from sizing.engine.planned import Planned, asked_of
from sizing.engine.planned import plan as planned
from sizing.export import ONLY_PYTHON, Maker, export, rolled
from sizing.export.purchases import purchases
from sizing.facts.money import Money
from sizing.search import Question
from sizing.search.buying import Budget, buy
from sizing.search.buying.budget import Platform

T = TypeVar("T")

FORMATS = ("Q4_K_M", "F16", "FP8", "MXFP4_MOE")
MODELS = ("llama-3-8b", "mixtral-8x7b", "deepseek-v4-flash", "gemma-3-27b", "nemotron-3-nano-30b-a3b", "gpt-oss-20b")
MACHINES = ("pc-rtx-4090", "2x-rtx-4090", "cloud-8x-h100-80gb", "mac-studio-m3-ultra-256gb")


@pytest.fixture(scope="module")
def data(catalog: Catalog) -> dict[str, Any]:
    models = [catalog.model(name) for name in (*MODELS, "gpt-4o")]
    written = export(catalog, models, [catalog.machine(name) for name in MACHINES])
    read: dict[str, Any] = json.loads(json.dumps(written))
    return read


@pytest.fixture(scope="module")
def exported(data: dict[str, Any]) -> Exported:
    return Exported.of(data)


def said(ask: Callable[[], T]) -> T | str:
    """An answer, or the line that refuses it."""
    try:
        return ask()
    except SizingError as error:
        return str(error)


def asks(exported: Exported, model: str, machine: str | None, format: str | None, context: int, **more: Any) -> Planned:
    """The plan of what was exported."""
    where = None if machine is None else {"id": machine}
    asked = {"model": model, "machine": where, "format": format, "context": context, **more}
    return planned(exported, asked_of(exported, asked))


def as_data(found: Plan | Planned | str) -> object:
    if isinstance(found, str):
        return found
    return {key: value for key, value in found.as_dict().items() if key not in ONLY_PYTHON}


@pytest.mark.parametrize("name", MODELS)
def test_a_model_comes_back_as_it_was(catalog: Catalog, exported: Exported, name: str) -> None:
    model = catalog.model(name)
    shape = model.shape
    assert shape is not None
    for runtime in catalog.runtimes.values():
        for fmt in (format_of(catalog, model, f) for f in FORMATS if runtime.id in catalog.formats[f].runtimes):
            for kind in runtime.cache.types:
                known = said(partial(sized, shape, fmt, kind, runtime.cache, runtime.files == "gguf"))
                found = said(partial(asks, exported, name, None, fmt.id, 512, cache_format=kind, runtime=runtime.id))
                size = found if isinstance(found, str) else found.outcome.loaded.sized
                assert size == known, (fmt.id, runtime.id, kind)


@pytest.mark.parametrize("machine", [None, *MACHINES])
def test_plans_of_what_was_exported_are_those_of_the_catalog(
    catalog: Catalog, exported: Exported, machine: str | None
) -> None:
    for name in MODELS:
        for fmt in (None, *FORMATS):
            on = catalog.machine(machine) if machine else None
            known = said(partial(plan, catalog.model(name), on, format=fmt, context=8192))
            found = said(partial(asks, exported, name, machine, fmt, 8192))
            assert as_data(found) == as_data(known), (name, fmt)


@pytest.mark.parametrize(
    "asked",
    [
        {"mtp": True},
        {"mtp": True, "sequences": 4, "measured": 12.5},
        {"mtp": True, "draft_tokens": 3},
        {"mtp": True, "draft_tokens": 3, "acceptance": 0.7},
        {"mtp": True, "draft_tokens": 99},
        {"draft": "llama-3-8b", "draft_tokens": 4},
        {"acceptance": 0.7},
    ],
)
def test_a_page_drafts_as_python_does(catalog: Catalog, exported: Exported, asked: dict[str, Any]) -> None:
    for model in ("deepseek-v4-flash", "llama-3-8b"):
        known, found = dict(asked), dict(asked)
        if "draft" in asked:
            known["draft"] = plan(catalog.model(asked["draft"]), None, format="Q8_0", context=8192)
            found["draft"] = {"model": asked["draft"], "format": "Q8_0"}
        if "measured" in asked:
            found["measured"] = {"rate": asked["measured"]}
        on = catalog.machine("mac-studio-m3-ultra-256gb")
        right = said(partial(plan, catalog.model(model), on, format=FORMATS[0], context=8192, **known))
        assert as_data(said(partial(asks, exported, model, on.id, FORMATS[0], 8192, **found))) == as_data(right)


def test_a_hosted_model_is_exported_as_its_refusal(exported: Exported) -> None:
    with pytest.raises(SizingError, match="gpt-4o runs only at openai: its weights and shape are undisclosed"):
        asks(exported, "gpt-4o", None, "F16", 512)


@pytest.mark.parametrize(
    ("asked", "what"),
    [
        (("llama-3-70b", None, "F16", 512), "no model llama-3-70b was exported"),
        (("llama-3-8b", "gb10", "F16", 512), "no machine gb10 was exported"),
        (("llama-3-8b", None, "Q9_0", 512), "no format Q9_0 was exported"),
        (("llama-3-8b", None, "EXL2", 512), "no weights of this model in EXL2 was exported"),
        (("llama-3-8b", None, "F16", 0), "context 0 is not possible; give a whole number from 1 up"),
    ],
)
def test_what_was_not_exported_is_one_clear_error(exported: Exported, asked: tuple[Any, ...], what: str) -> None:
    with pytest.raises(SizingError, match=what):
        asks(exported, *asked)


def test_a_cache_type_that_was_not_exported_is_one_clear_error(exported: Exported) -> None:
    with pytest.raises(SizingError, match="cache type 'f8' is not possible here; this runtime offers"):
        asks(exported, "llama-3-8b", None, "F16", 512, cache_format="f8")


def test_what_nobody_states_is_null(data: dict[str, Any]) -> None:
    (chip,) = data["machines"]["mac-studio-m3-ultra-256gb"]["devices"]
    assert data["devices"][chip[0]]["card"][-3] is None  # a Mac's chip has no PCIe
    assert json.dumps(data, allow_nan=False)


def test_a_models_own_published_file_is_a_format_of_its_own(catalog: Catalog) -> None:
    citing = next(m for m in catalog.models.values() if m.files)
    file = next(iter(citing.files))
    data = Exported.of(export(catalog, [citing, catalog.model("llama-3-8b")], [], ["F16"]))
    assert asks(data, citing.id, None, file, 512).outcome.loaded.encoding.id == file
    with pytest.raises(SizingError, match="no format"):
        asks(data, "llama-3-8b", None, file, 512)


def test_alike_layers_are_told_once() -> None:
    layers = [("a", 1), ("a", 1), ("b", 2), ("a", 1)]
    assert rolled(layers) == {"rows": [("a", 1), ("b", 2)], "runs": [[0, 2], [1, 1], [0, 1]]}
    assert unrolled(**rolled(layers)) == layers


def test_a_model_that_has_not_changed_is_told_as_it_was(catalog: Catalog, tmp_path: Path) -> None:
    (tmp_path / "measurements").mkdir()
    for file in (catalog.root / "measurements").glob("*.csv"):  # whose rows are of all models
        head = file.read_text(encoding="utf-8").partition("\n")[0]
        (tmp_path / "measurements" / file.name).write_text(f"{head}\n", encoding="utf-8")
    first = catalog.models["llama-3-8b"]
    few = replace(catalog, root=tmp_path, models={name: catalog.models[name] for name in ("llama-3-8b", "gpt-4o")})
    changed = replace(few, models={**few.models, "llama-3-8b": replace(first, context=4096)})
    maker = Maker()
    before, after, again = maker.files(few), maker.files(changed), maker.files(few)
    assert before == again
    assert folder_of(before) != folder_of(after)
    read = json.loads(after[f"{folder_of(after)}/models/llama-3-8b.json"])
    assert read["limit"] == 4096
    assert json.loads(after[f"{folder_of(after)}/search.json"])["models"].keys() == {"llama-3-8b"}


def folder_of(made: dict[str, bytes]) -> str:
    (folder,) = {name.split("/")[0] for name in made if "/" in name}
    assert f"./{folder}/engine.mjs".encode() in made["sizing.mjs"]
    return folder


BUDGETS: list[tuple[int, float | None, Platform]] = [
    (6_000, None, "any"), (15_000, None, "mac"), (50_000, 350.0, "any"), (9_000, None, "pc"),
]  # fmt: skip


def test_what_is_bought_within_a_budget_is_what_costs_no_more_of_all_that_is_worth_it(
    catalog: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sizing.export.purchases.USES", ("coding",))
    every = purchases(catalog)
    for amount, power, platform in BUDGETS:
        everything = every["CN/coding-used" if platform == "any" else f"CN/coding-used-{platform}"]
        budget = Budget(most=Money(amount, "CNY"), region="CN", used=True, power=power, platform=platform)
        found = buy(catalog, budget, Question(use="coding"))
        known = [(one.offered.machine.id, one.plan.model.id) for one in found]
        within = [
            one["plan"] for one in everything
            if one["price"]["amount"] <= amount and (power is None or (one["watts"] and one["watts"] <= power))
        ]  # fmt: skip
        assert [(plan["machine"], plan["model"]) for plan in within] == known
    assert known
