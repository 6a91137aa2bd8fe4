"""llama-server is told all of a plan: what it is told, read back, is the same layout, memory and verdict."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace

import pytest

from sizing import Catalog, Plan, SizingError, plan
from sizing.facts.entries.models import Names
from sizing.launch import Asked, launches
from sizing.launch.words.llama_cpp import RPC_WARNING
from tests.sizing.launch.commands import llama_cpp, split, way

MACHINES = (
    "rtx-4090", "rtx-3060-12gb", "2x-rtx-3090", "rtx-5090+rtx-3080-10gb", "4x-rtx-4090", "rtx-4090+rtx-3060-12gb",
    "macbook-pro-m1-max-32gb", "2x-dgx-spark-over-200gbe", "3x-rtx-3060-12gb",
)  # fmt: skip
FORMATS = ("Q4_K_M", "Q8_0", "IQ2_XS", "BF16")
ASKED: tuple[dict[str, object], ...] = (
    {},
    {},
    {"cache_format": "q8_0"},
    {"cache_format": "q8_0/q4_0"},
    {"sequences": 4},
    {"micro_batch": 4096},
    {"swa_full": True},
    {"flash_attention": False},
    {"slots": 3},
)


def plans(catalog: Catalog, count: int) -> Iterator[Plan]:
    """Plans of llama.cpp that run: models, machines, formats and settings drawn by a fixed seed."""
    draw = random.Random(20261127)
    models = [model for model in catalog.models.values() if model.shape is not None]
    found = 0
    while found < count:
        model, machine = draw.choice(models), catalog.machine(draw.choice(MACHINES))
        asked, context = draw.choice(ASKED), draw.choice((4096, 8192, 32768))
        try:
            p = plan(model, machine, format=draw.choice(FORMATS), runtime="llama.cpp", context=context, **asked)  # type: ignore[arg-type]
        except SizingError:
            continue
        # Of some, files are none that a llama-server reads: Ollama alone converts them.
        if p.runs and p.sized.answers and any(one.server == "llama-server" for one in p.launch or ()):
            found += 1
            yield p


def test_what_it_is_told_is_the_plan(catalog: Catalog) -> None:
    verdicts = set()
    for p in plans(catalog, 250):
        said = llama_cpp(split(way(p, "llama-server").start), len(p.machine.devices) if p.machine else 1)
        slots = p.outcome.asked.slots
        if slots:
            said |= {"context": p.context, "sequences": 1, "slots": slots}
        asked = "" if p.machine is None else p.machine.id
        again = plan(p.model, p.machine, format=p.format.id, runtime="llama.cpp", **said)
        case = f"{p.model.id} {p.format.id} on {asked}: {said}"
        assert again.layout == p.layout, case
        assert again.memory == p.memory, case
        assert again.verdict == p.verdict, case
        assert [one.memory for one in again.places] == [one.memory for one in p.places], case
        verdicts.add(p.verdict)
    assert verdicts == {"fits", "tight", "offload"}, "each kind of plan was among them"


def test_a_device_without_a_layer_is_not_named(catalog: Catalog) -> None:
    # Where several are, llama.cpp keeps four copies of what passes between them, though one of them has nothing.
    slow_beside = plan(
        catalog.model("qwen3-8b"), catalog.machine("gtx-1080-ti+rtx-4090"), format="Q4_K_M", context=8192
    )
    words = split(way(slow_beside, "llama-server").start)
    assert words[words.index("--device") + 1] == "CUDA1"
    assert not {"-ts", "-sm"} & set(words)
    needed = plan(catalog.model("qwen3-32b"), catalog.machine("gtx-1080-ti+rtx-4090"), format="Q6_K", context=8192)
    words = split(way(needed, "llama-server").start)
    assert "--device" not in words
    assert words[words.index("-ts") + 1] == "12,53"


def test_slots_are_said_with_their_number_and_whether_they_share(catalog: Catalog) -> None:
    p = plan(catalog.model("qwen3-8b"), catalog.machine("rtx-4090"), format="Q4_K_M", context=32768, slots=4)
    words = split(way(p, "llama-server").start)
    assert words[words.index("-c") + 1] == "32768", "one context, of which each slot has a quarter"
    assert words[words.index("-np") + 1] == "4"
    assert "--no-kv-unified" in words
    shared = p.again(unified=True)
    assert "--kv-unified" in split(way(shared, "llama-server").start)
    several = plan(catalog.model("qwen3-8b"), catalog.machine("rtx-4090"), format="Q4_K_M", context=8192, sequences=4)
    words = split(way(several, "llama-server").start)
    assert words[words.index("-c") + 1] == "32768", "-c is of all slots together"


def test_flash_attention_takes_a_value(catalog: Catalog) -> None:
    p = plan(catalog.model("qwen3-8b"), catalog.machine("rtx-4090"), format="Q4_K_M", context=8192)
    words = split(way(p, "llama-server").start)
    assert words[words.index("-fa") + 1] == "on"
    assert words[words.index("--fit") + 1] == "off"


def test_old_prompts_get_no_more_of_the_host_than_the_plan_leaves(catalog: Catalog) -> None:
    roomy = plan(catalog.model("qwen3-8b"), catalog.machine("rtx-4090"), format="Q4_K_M", context=8192)
    assert "--cache-ram" not in split(way(roomy, "llama-server").start)
    full = plan(catalog.model("gpt-oss-120b"), catalog.machine("rtx-4090", "48GB"), context=8192, format="MXFP4_MOE")
    words = split(way(full, "llama-server").start)
    host = full.places[-1]
    assert host.capacity is not None
    assert int(words[words.index("--cache-ram") + 1]) == (host.capacity - host.memory.total) // 2**20 < 8192


def test_what_sees_is_loaded_only_where_the_plan_counts_it(catalog: Catalog) -> None:
    p = plan(catalog.model("gemma-4-31b"), catalog.machine("rtx-4090"), format="Q4_K_M", context=8192)
    assert "--no-mmproj" in split(way(p, "llama-server").start), "-hf would load it by itself"
    assert "--no-mmproj" not in split(way(p.again(vision=True), "llama-server").start)
    unpublished = replace(catalog.model("gemma-3-12b"), names=Names(huggingface=("google/gemma-3-12b-it",)))
    made = plan(unpublished, catalog.machine("rtx-4090"), format="Q4_K_M", context=8192, vision=True)
    launch = way(made, "llama-server")
    projector = split(launch.start)[split(launch.start).index("--mmproj") + 1]
    assert any("--mmproj" in step.words and projector in step.words for step in launch.steps if step.kind == "convert")


def test_over_several_boxes_every_one_is_told_and_warned(catalog: Catalog) -> None:
    p = plan(
        catalog.model("qwen3-235b-a22b"), catalog.machine("2x-dgx-spark-over-200gbe"), format="Q4_K_M", context=8192
    )
    found = launches(p, Asked(nodes=("192.168.1.10", "192.168.1.11")))
    assert found is not None
    assert [one.server for one in found] == ["llama-server"], "Ollama and LM Studio run in one box"
    (launch,) = found
    assert RPC_WARNING in launch.notes
    (other,) = (step for step in launch.steps if step.kind == "join")
    assert (other.where, split(other)[:3]) == ("192.168.1.11", ["ggml-rpc-server", "-H", "192.168.1.11"])
    words = split(launch.start)
    assert launch.start.where == "192.168.1.10"
    assert words[words.index("--rpc") + 1] == "192.168.1.11:50052"
    assert words[words.index("--device") + 1] == "CUDA0,RPC0", "llama.cpp would have the other box's device first"


def test_a_name_is_bound_to_by_no_rpc_server(catalog: Catalog) -> None:
    machine = catalog.machine("2x-dgx-spark-over-200gbe")
    p = plan(catalog.model("qwen3-235b-a22b"), machine, format="Q4_K_M", context=8192)
    (other,) = (step for step in way(p, "llama-server").steps if step.kind == "join")
    assert split(other)[2] == "0.0.0.0", "ggml-rpc-server reads numbers alone"


def test_a_processor_alone_is_told_to_use_no_device(catalog: Catalog) -> None:
    p = plan(catalog.model("llama-3.2-1b"), catalog.machine("am5-ddr5-6000-64gb"), format="Q4_K_M", context=4096)
    words = split(way(p, "llama-server").start)
    assert words[words.index("--device") + 1] == "none"
    assert "-ngl" not in words


def test_a_plan_that_does_not_run_is_started_by_nothing(catalog: Catalog) -> None:
    p = plan(catalog.model("deepseek-v3"), catalog.machine("rtx-4090"), format="Q4_K_M", context=8192)
    assert p.launch is None
    assert p.as_dict()["launch"] is None
    assert plan(catalog.model("qwen3-8b"), None, format="Q4_K_M", context=8192).launch is None


def test_the_wired_limit_is_raised_first(catalog: Catalog) -> None:
    machine = catalog.machine("macbook-pro-m1-max-32gb")
    p = plan(
        catalog.model("qwen3-32b"), machine, format="Q4_K_M", context=8192, runtime="llama.cpp", wired_limit=27 * 2**30
    )
    for server in ("llama-server", "ollama", "lm-studio"):
        commands = [step.command for step in way(p, server).steps]
        assert "sudo sysctl iogpu.wired_limit_mb=27648" in commands


@pytest.mark.parametrize("server", ["llama-server", "ollama", "lm-studio"])
def test_unequal_cards_are_named_in_the_plans_order(catalog: Catalog, server: str) -> None:
    p = plan(catalog.model("qwen3-32b"), catalog.machine("rtx-5090+rtx-3080-10gb"), format="Q6_K", context=8192)
    assert any("RTX 5090, GeForce RTX 3080" in note for note in way(p, server).notes)
