"""The public face, as it is promised."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import pytest

import sizing
from sizing import Catalog, Plan, SizingError, plan, read_model
from sizing.engine.dealing import HOST
from sizing.engine.memory import Memory
from sizing.facts.plain import to_plain


def llama(
    catalog: Catalog,
    context: int = 8192,
    format: str = "Q4_K_M",
    runtime: str | None = None,
    cache_format: str = "f16",
) -> Plan:
    return plan(
        catalog.model("llama-3-8b"),
        catalog.machine("rtx-4090"),
        format=format,
        context=context,
        runtime=runtime,
        cache_format=cache_format,
    )


def test_one_import_gives_the_three_names() -> None:
    assert {"Catalog", "plan", "read_model"} <= set(sizing.__all__)
    assert (Catalog, plan, read_model) == (sizing.Catalog, sizing.plan, sizing.read_model)


def test_the_promised_call_and_its_fields(catalog: Catalog) -> None:
    p = plan(
        catalog.model("llama-3-8b"), catalog.machine("rtx-4090"), format="Q4_K_M", context=8192,
        cache_format="f16", runtime="llama.cpp", sequences=1,
    )  # fmt: skip
    assert all(
        isinstance(value, int)
        for value in (p.memory.weights, p.memory.cache, p.memory.buffers, p.memory.overhead, p.memory.total)
    )
    assert sum(place.memory.total for place in p.places) == p.memory.total
    assert (p.fits, p.runs, p.beyond_limit, p.unknown) == (True, True, False, ())
    assert p.layout is not None
    for rate in (p.decode, p.prefill, p.decode_at(100), p.prefill_at(512, 100)):
        assert rate is not None
        assert rate.low <= rate.value <= rate.high
    assert p.time_to_first_token(512)
    counts = catalog.model("llama-3-8b").parameters
    assert counts is not None
    assert (counts.total, counts.active) == (8_030_261_248, 8_030_261_248 - 128256 * 4096)


def test_catalogs_mappings_are_by_id(catalog: Catalog) -> None:
    for mapping in (catalog.models, catalog.devices, catalog.machines):
        assert all(entry.id == name for name, entry in mapping.items())


def test_entries_and_results_are_frozen(catalog: Catalog) -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        catalog.model("llama-3-8b").name = "x"  # type: ignore[misc]
    with pytest.raises(dataclasses.FrozenInstanceError):
        llama(catalog).context = 1  # type: ignore[misc]


def test_without_a_machine_there_is_memory_alone(catalog: Catalog) -> None:
    p = plan(catalog.model("llama-3-8b"), None, format="Q4_K_M", context=8192)
    assert p.memory.weights == 4_912_898_048
    assert p.memory.cache == 2**30
    assert (p.fits, p.runs, p.layout, p.decode, p.prefill) == (None, None, None, None, None)
    assert p.time_to_first_token(100) is None
    assert len(p.places) == 1


def test_a_context_beyond_the_models_limit_is_computed_and_marked(catalog: Catalog) -> None:
    assert not llama(catalog, 8192).beyond_limit
    beyond = llama(catalog, 8193)
    assert beyond.beyond_limit
    assert beyond.memory.cache > llama(catalog, 8192).memory.cache


def test_a_format_is_matched_without_case_and_fp16_is_f16(catalog: Catalog) -> None:
    assert llama(catalog, format="q4_k_m").format.id == "Q4_K_M"
    assert llama(catalog, format="FP16").format.id == llama(catalog, format="fp16").format.id == "F16"
    assert llama(catalog, format="fp16").memory == llama(catalog, format="F16").memory


def test_without_a_runtime_the_first_that_reads_the_format_there_is_taken(catalog: Catalog) -> None:
    assert llama(catalog).runtime.id == "llama.cpp"
    assert llama(catalog, format="F16").runtime.id == "llama.cpp"
    assert llama(catalog, format="AWQ").runtime.id == "vllm"
    mac = plan(catalog.model("llama-3-8b"), catalog.machine("m1-max-32-core-64gb"), format="F16", context=512)
    assert mac.runtime.id == "llama.cpp"


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"runtime": "vllm"}, r"vllm does not read Q4_K_M; Q4_K_M is read by llama\.cpp"),
        ({"runtime": "ollama"}, r"'ollama' is a server of llama\.cpp; write llama\.cpp"),
        ({"runtime": "LM Studio"}, r"'LM Studio' is a server of llama\.cpp and mlx; write llama\.cpp or mlx"),
        ({"runtime": "lama.cpp"}, r"no runtime 'lama\.cpp' in the catalog; did you mean llama\.cpp, ik_llama\.cpp\?"),
        ({"format": "Q4_K_X"}, r"no format 'Q4_K_X' in the catalog; did you mean .*Q4_K_M"),
        ({"cache_format": "f8"}, r"cache type 'f8' is not possible here; this runtime offers f32, f16, "),
    ],
)
def test_what_cannot_be_asked_is_one_clear_error(catalog: Catalog, asked: dict[str, str], message: str) -> None:
    with pytest.raises(SizingError, match=message) as caught:
        llama(catalog, 8192, **asked)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("number", [0, -1])
def test_no_tokens_and_no_sequences_are_no_plan(catalog: Catalog, number: int) -> None:
    with pytest.raises(SizingError, match=f"context {number} is not possible; give a whole number from 1 up"):
        llama(catalog, number)
    with pytest.raises(SizingError, match=f"sequences {number} is not possible"):
        plan(catalog.model("llama-3-8b"), None, format="F16", context=1, sequences=number)


def test_a_pair_that_cannot_run_is_one_clear_error(catalog: Catalog) -> None:
    with pytest.raises(SizingError, match=r"AWQ is read by vllm, .* which cannot run on metal; choose another format"):
        plan(catalog.model("llama-3-8b"), catalog.machine("macbook-pro-m3-max-64gb"), format="AWQ", context=512)


@pytest.mark.parametrize(("device", "backend"), [("metax-c500", "maca"), ("br100", "supa")])
def test_a_backend_that_no_runtime_serves_is_one_clear_error(catalog: Catalog, device: str, backend: str) -> None:
    with pytest.raises(SizingError) as caught:
        plan(catalog.model("llama-3-8b"), catalog.machine(device), format="Q4_K_M", context=512)
    assert str(caught.value) == f"no runtime of the catalog runs on {backend} yet; choose another machine"


def test_every_device_has_a_plan_or_one_clear_error(catalog: Catalog) -> None:
    served = {backend for runtime in catalog.runtimes.values() for backend in runtime.backends}
    for device in catalog.devices.values():
        many = len(device.memory.box) > 1
        for size in device.memory.box:
            machine = catalog.machine(f"{device.id}-{size >> 30}gb" if many else device.id)
            if served & set(device.backends):
                # F16 is what every backend computes.
                assert plan(catalog.model("llama-3-8b"), machine, format="F16", context=4096).fits is not None
            else:
                with pytest.raises(SizingError, match=r"no runtime of the catalog runs on .* yet"):
                    plan(catalog.model("llama-3-8b"), machine, format="Q4_K_M", context=4096)


def test_a_cpu_decodes_no_faster_than_its_memory_is_read(catalog: Catalog) -> None:
    p = plan(catalog.model("llama-3-8b"), catalog.machine("epyc-9355-384gb"), format="Q4_K_M", context=512)
    assert p.fits
    assert p.decode is not None
    assert p.decode.high < 576e9 / p.memory.weights


def test_a_hosted_model_has_no_plan(catalog: Catalog) -> None:
    with pytest.raises(SizingError, match="gpt-4o runs only at openai: its weights and shape are undisclosed"):
        plan(catalog.model("gpt-4o"), None, format="F16", context=512)


def test_a_machine_that_does_not_hold_it_is_an_answer(catalog: Catalog) -> None:
    p = plan(catalog.model("deepseek-v3"), catalog.machine("rtx-4090"), format="Q4_K_M", context=4096)
    assert (p.fits, p.runs, p.layout, p.decode) == (False, False, None, None)
    assert p.memory.total > 377 * 2**30


def test_context_is_for_each_sequence(catalog: Catalog) -> None:
    one, four = (
        plan(catalog.model("llama-3-8b"), None, format="Q4_K_M", context=4096, sequences=n).memory.cache for n in (1, 4)
    )
    assert (one, four) == (2**29, 2**31)


def test_a_plan_as_plain_data_survives_json(catalog: Catalog) -> None:
    for p in (llama(catalog), plan(catalog.model("llama-3-8b"), None, format="Q4_K_M", context=512)):
        data = p.as_dict()
        assert json.loads(json.dumps(data)) == data


def test_a_plans_offer_is_its_machines(catalog: Catalog) -> None:
    model, machine = catalog.model("llama-3-8b"), catalog.machine("mac-mini-m6-16gb")
    bought = plan(model, machine, format="Q4_K_M", context=512)
    assert bought.offer == catalog.market.offer(machine)
    said = bought.as_dict()["offer"]
    assert isinstance(said, dict)
    assert said.keys() >= {"amount", "currency", "region", "date", "kind", "covers", "source", "stale"}
    assert plan(model, None, format="Q4_K_M", context=512).as_dict()["offer"] is None


def test_a_plan_is_fast(catalog: Catalog) -> None:
    import time

    llama(catalog)
    start = time.process_time()
    for context in range(1000, 1100):
        llama(catalog, context)
    assert time.process_time() - start < 2.0  # a browser repeats this on every move of a slider


def test_a_model_from_a_file_is_planned_like_the_catalogs(catalog: Catalog, tmp_path: Path) -> None:
    file = tmp_path / "config.json"
    entry = catalog.model("mixtral-8x7b")
    assert not isinstance(entry.architecture, str)
    file.write_text(json.dumps(to_plain(entry.architecture)), encoding="utf-8")
    own = plan(read_model(file), catalog.machine("rtx-4090"), format="Q4_K_M", context=4096)
    known = plan(entry, catalog.machine("rtx-4090"), format="Q4_K_M", context=4096)
    assert own.places == known.places
    assert own.decode == known.decode


def test_plain_data_say_what_the_fields_say_under_their_names(catalog: Catalog) -> None:
    """Two 24 GB cards and their host hold a mixture of 120B with the experts of some layers on the host."""
    p = plan(catalog.model("glm-4.5-air"), catalog.machine("2x-rtx-4090"), format="Q4_K_M", context=8192)
    data, layout, decode, prefill = p.as_dict(), p.layout, p.decode, p.prefill
    assert layout is not None
    assert decode is not None
    assert prefill is not None
    assert layout.offloaded

    def memory(m: Memory) -> dict[str, int]:
        return {"weights": m.weights, "cache": m.cache, "buffers": m.buffers, "overhead": m.overhead, "total": m.total}

    assert data["memory"] == memory(p.memory)
    assert data["places"] == [
        {"name": x.name, "capacity": x.capacity, "room": x.room, "memory": memory(x.memory)} for x in p.places
    ]
    assert data["decode"] == {"value": decode.value, "low": decode.low, "high": decode.high}
    assert data["prefill"] == {"value": prefill.value, "low": prefill.low, "high": prefill.high}
    told = data["layout"]
    assert isinstance(told, dict)
    assert told["layers"] == ["host" if place == HOST else place for place in layout.layers]
    assert told["experts"] == ["host" if place == HOST else place for place in layout.experts]
    assert "host" in told["experts"]
    assert (told["split"], told["output"], told["ranks"]) == ("layer", 1, 1)
    named = ("model", "machine", "format", "runtime", "context", "sequences", "cache_format", "fits", "runs")
    assert {key: data[key] for key in named} == {
        "model": "glm-4.5-air", "machine": "2x-rtx-4090", "format": "Q4_K_M", "runtime": "llama.cpp", "context": 8192,
        "sequences": 1, "cache_format": "f16", "fits": False, "runs": True,
    }  # fmt: skip
    assert data["time_to_first_token"] == p.time_to_first_token(8192)
    assert (data["beyond_limit"], data["unknown"], data["assumed"]) == (False, [], ["host"])


@pytest.mark.parametrize("device", ["ascend-910b4", "mtt-s4000"])
def test_llama_cpp_runs_on_chinese_accelerators(catalog: Catalog, device: str) -> None:
    p = plan(catalog.model("qwen3-8b"), catalog.machine(device), format="Q8_0", context=8192)
    assert (p.verdict, p.runtime.id) == ("fits", "llama.cpp")
    assert p.decode
    # Nobody here has measured one: the range says so.
    assert p.decode.high > 1.25 * p.decode.low


@pytest.mark.parametrize(
    ("device", "fmt", "said"),
    [
        ("ascend-910b4", "Q4_K_M", "llama.cpp computes F16, BF16, Q8_0, Q4_0 on cann, and not Q4_K_M"),
        ("atlas-300i-duo", "Q8_0", "llama.cpp computes F16 on cann-310p, and not Q8_0"),
        ("mtt-s4000", "AWQ", "which cannot run on musa"),
    ],
)
def test_a_format_that_a_backend_does_not_compute_is_refused(
    catalog: Catalog, device: str, fmt: str, said: str
) -> None:
    with pytest.raises(SizingError, match=said):
        plan(catalog.model("qwen3-8b"), catalog.machine(device), format=fmt, context=8192)


def test_what_a_runtime_has_no_code_for_is_refused(catalog: Catalog) -> None:
    """vLLM has kernels from compute capability 7.5 on, SGLang and ExLlamaV3 from 8.0 on; llama.cpp runs on all."""
    for runtime, format, able, unable in (
        ("vllm", "BF16", "t4", "v100-sxm-32gb"),
        ("sglang", "BF16", "a10", "t4"),
        ("exllamav3", "EXL3-4.0bpw", "rtx-3060-12gb", "rtx-2080-ti-22gb"),
    ):
        model = catalog.model("qwen3-0.6b")
        assert plan(model, catalog.machine(able), format=format, runtime=runtime, context=2048).runs
        with pytest.raises(
            SizingError, match=rf"^{runtime} needs CUDA compute capability \d(\.\d)?, and a device here"
        ):
            plan(model, catalog.machine(unable), format=format, runtime=runtime, context=2048)
    assert plan(catalog.model("qwen3-8b"), catalog.machine("p40"), context=2048).runtime.id == "llama.cpp"
    mixed = catalog.machine("rtx-4090+rtx-2080-ti-22gb")
    with pytest.raises(SizingError, match=r"a device here has 7\.5"):
        plan(catalog.model("qwen3-8b"), mixed, format="FP8", runtime="sglang", context=2048)
