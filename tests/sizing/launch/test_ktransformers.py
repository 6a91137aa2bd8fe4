"""One card and much memory: KTransformers keeps on the card what every token needs, and experts in the memory."""

from __future__ import annotations

import pytest

from sizing import Catalog, Plan, SizingError, plan
from tests.sizing.launch.commands import flags, sglang, split, way

SERVER = "ktransformers-server"


def on(catalog: Catalog, model: str, format: str = "FP8", machine: str = "rtx-4090", ram: str = "768GB") -> Plan:
    return plan(
        catalog.model(model), catalog.machine(machine, ram), format=format, runtime="ktransformers", context=8192
    )


def said(p: Plan) -> dict[str, str]:
    return {flag: values[0] if values else "" for flag, values in flags(split(way(p, SERVER).start))}


def test_deepseek_runs_with_all_its_experts_in_memory(catalog: Catalog) -> None:
    p = on(catalog, "deepseek-v3")
    assert p.verdict == "offload"
    assert p.layout is not None
    assert set(p.layout.layers) == {0}, "whole layers lie on the card alone"
    launch, words = way(p, SERVER), said(p)
    assert launch.exact
    assert (words["--kt-num-gpu-experts"], words["--kt-method"]) == ("0", "FP8")
    assert "--disable-shared-experts-fusion" in words, "its one shared expert is none of the 256"
    assert words["--model-path"] == words["--kt-weight-path"] == "./deepseek-v3-FP8", "a folder, not a repository"
    (download,) = (step for step in launch.steps if step.kind == "download")
    assert split(download) == ["hf", "download", "deepseek-ai/DeepSeek-V3", "--local-dir", "./deepseek-v3-FP8"]


def test_threads_and_pools_are_counted_by_the_shell(catalog: Catalog) -> None:
    words = said(on(catalog, "deepseek-v3"))
    assert words["--kt-cpuinfer"].startswith("$(lscpu -p=Core,Socket"), "cores, not threads"
    assert words["--kt-threadpool-count"].startswith("$(lscpu -p=Node")


def test_of_each_layer_as_many_experts_stay_as_the_plan_has_on_the_card(catalog: Catalog) -> None:
    p = on(catalog, "qwen3-30b-a3b")
    assert p.layout is not None
    here = sum(place == 0 for place in p.layout.experts)
    experts = 128  # of each of 48 layers
    kept = int(said(p)["--kt-num-gpu-experts"])
    assert 0 <= here * experts - kept * 48 < 48, "one expert more of each layer would be too many"
    assert any(f"it keeps {kept} of 128" in one for one in way(p, SERVER).differs)


def test_what_it_is_told_of_the_card_is_the_plan(catalog: Catalog) -> None:
    for model in ("deepseek-v3", "qwen3-30b-a3b", "qwen3-8b"):
        p = on(catalog, model)
        again = plan(p.model, p.machine, format="FP8", runtime="ktransformers", **sglang(split(way(p, SERVER).start)))
        assert (again.layout, again.memory, again.verdict) == (p.layout, p.memory, p.verdict)


def test_what_fits_the_card_is_told_of_no_processor(catalog: Catalog) -> None:
    assert not any(flag.startswith("--kt") for flag in said(on(catalog, "qwen3-8b")))


def test_a_dense_model_that_the_card_does_not_hold_does_not_run(catalog: Catalog) -> None:
    assert on(catalog, "qwen3-32b", "BF16").verdict == "no", "llama.cpp would lay whole layers beside the processor"


def test_several_cards_are_refused(catalog: Catalog) -> None:
    with pytest.raises(SizingError, match=r"ktransformers on several cards is not planned.*name one card"):
        on(catalog, "deepseek-v3", machine="2x-rtx-4090")


def test_unasked_it_is_chosen_for_nothing(catalog: Catalog) -> None:
    p = plan(catalog.model("qwen3-30b-a3b"), catalog.machine("rtx-4090"), format="FP8", context=8192)
    assert p.runtime.id == "vllm"
