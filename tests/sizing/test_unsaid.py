"""Where no format is named, the answer is in one that people have: the file's, the name's, or a published one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sizing import Catalog, SizingError, plan, read_model
from sizing.engine.choosing import meant, offered
from sizing.facts.plain import to_plain
from sizing.plan import Plan
from sizing.unsaid import natives, published, said


@pytest.mark.parametrize(
    ("model", "machine", "format"),
    [
        ("qwen3-8b", None, "BF16"),
        ("qwen3-8b", "rtx-4090", "BF16"),
        ("qwen3-14b", "rtx-4090", "Q8_0"),  # 29.5 GB in 16 bits
        ("gpt-oss-20b", "rtx-4090", "MXFP4_MOE"),  # published so; llama.cpp reads it
        ("gpt-oss-120b", "rtx-4090", "MXFP4_MOE"),  # beside a host
        ("deepseek-v4-flash", "m3-ultra-80-core-512gb", "MXFP4_MOE"),
        ("kimi-k2-thinking", "8x-h200-sxm", "INT4"),
        ("deepseek-v3", "8x-h200-sxm", "FP8"),
        ("llama-3.3-70b", "rtx-4090", "Q4_K_M"),  # no quantization fits; with a part on the host
        ("qwen3:32b", "rtx-3090", "Q4_K_M"),  # what Ollama's tag stands for
        ("smollm2:135m", None, "F16"),
        ("gpt-oss:20b", None, "F16"),
        ("unsloth/Qwen3-8B-GGUF", "rtx-4090", "Q4_K_M"),  # as llama-server -hf takes it
        ("Qwen/Qwen3-32B-AWQ", "2x-rtx-3090", "AWQ"),
        ("mlx-community/Qwen3-32B-4bit", "m4-max-40-core-64gb", "MLX-4bit"),
        ("olmo-2-7b", None, "BF16"),  # published in 32 bits, which runtimes load as 16
    ],
)
def test_the_format_is_one_that_people_have(catalog: Catalog, model: str, machine: str | None, format: str) -> None:
    p = plan(catalog.model(model), catalog.machine(machine) if machine else None, context=8192)
    assert p.format.id == format
    assert f"format {format}: not named" in p.remarks[-1]


def test_a_runtime_that_is_named_reads_the_format(catalog: Catalog) -> None:
    p = plan(catalog.model("qwen3-14b"), catalog.machine("rtx-4090"), context=8192, runtime="vllm")
    assert (p.format.id, p.runtime.id, p.fits) == ("FP8", "vllm", True)


def test_with_less_memory_there_are_fewer_bits(catalog: Catalog) -> None:
    model = catalog.model("qwen3-32b")
    cards = ("h100-sxm-80gb", "rtx-5090", "rtx-4090", "rtx-4060-ti-16gb")
    found = [plan(model, catalog.machine(card), context=4096) for card in cards]
    assert [p.fits for p in found] == [True, True, True, True]
    bits = [p.format.bits for p in found]
    assert bits == sorted(bits, reverse=True)


def test_every_open_model_has_a_format_of_its_own_makers(catalog: Catalog) -> None:
    for model in catalog.models.values():
        if model.open:
            assert natives(model, catalog.formats), f"{model.id}: {model.native} is no format"


def test_no_quantization_has_more_bits_than_the_makers_weights(catalog: Catalog) -> None:
    for name in ("gpt-oss-120b", "kimi-k2.5", "deepseek-v4-pro"):
        model = catalog.models[name]
        rules = {**catalog.formats, **{file: catalog.formats[its.like] for file, its in model.files.items()}}
        assert all(rules[format].bits < 4 for format in published(model, catalog.formats))


def test_json_says_what_was_assumed(catalog: Catalog) -> None:
    p = plan(catalog.model("qwen3:8b"), None, context=512)
    assert p.as_dict()["remarks"] == [
        "qwen3:8b is Qwen3 8B in Q4_K_M",
        "format Q4_K_M: not named; by the name's ending",
    ]


def test_what_a_config_says_of_its_weights_is_its_format(catalog: Catalog, tmp_path: Path) -> None:
    entry = catalog.models["qwen2-7b"].architecture
    assert not isinstance(entry, str)
    words = to_plain(entry)

    def read(**more: object) -> str | None:
        (tmp_path / "config.json").write_text(json.dumps({**words, **more}), encoding="utf-8")
        model = read_model(tmp_path / "config.json", catalog=catalog)
        return said(model) or plan(model, None, context=512).format.id

    assert read(quantization_config={"quant_method": "awq", "bits": 4, "group_size": 128}) == "AWQ"
    with pytest.raises(SizingError, match="weights are stored by hqq, in a way that is not known here; name a format"):
        read(quantization_config={"quant_method": "hqq"})
    assert read(torch_dtype="float16") == "F16"
    assert read() == "BF16"


def test_what_no_device_holds_is_not_planned_where_another_format_fits(catalog: Catalog) -> None:
    model, machine, asked = catalog.model("qwen3-32b"), catalog.machine("rtx-4090"), []

    def ask(name: str) -> Plan:
        asked.append(name)
        return plan(model, machine, format=name, context=8192)

    formats = catalog.formats
    found, _ = meant(
        natives(model, formats),
        published(model, formats),
        lambda name: catalog.planner.settled_on(model, name, None, "f16", machine.rig).loaded,
        offered(machine.rig, None),
        ask,
    )
    assert found.format.id == plan(model, machine, context=8192).format.id
    assert all(plan(model, machine, format=name, context=8192).sized.weights < machine.capacity * 1.1 for name in asked)
    assert "BF16" not in asked
