"""What lies beside the text model is named in every answer, and counted where the runtime loads it or is told to."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from sizing.catalog import Catalog
from sizing.cli import main
from sizing.errors import SizingError
from sizing.files.models import read_model
from sizing.plan import Plan, plan

QWEN3_VL_8B = 576388336  # Hugging Face's 8,767,123,696 less the 8,190,735,360 of the text model


def parts(p: Plan) -> dict[str, bool]:
    return {part.kind: loaded for part, loaded in p.beside}


def test_llama_cpp_leaves_the_tower_out_unless_it_is_asked_for(catalog: Catalog) -> None:
    model = catalog.model("qwen3-vl-8b")
    plain = plan(model, None, format="Q4_K_M", context=8192)
    seeing = plan(model, None, format="Q4_K_M", context=8192, vision=True)
    assert parts(plain) == {"towers": False}
    assert parts(seeing) == {"towers": True}
    # F16 for matrices, F32 for vectors: a little more than two bytes each.
    assert 2 * QWEN3_VL_8B < seeing.memory.weights - plain.memory.weights < 2.03 * QWEN3_VL_8B


def test_vllm_loads_the_tower_unless_it_is_told_not_to(catalog: Catalog) -> None:
    model, machine = catalog.model("qwen3-vl-8b"), catalog.machine("rtx-4090")
    plain = plan(model, machine, format="BF16", context=8192, runtime="vllm")
    text = plan(model, machine, format="BF16", context=8192, runtime="vllm", vision=False)
    assert plain.memory.weights - text.memory.weights == 2 * QWEN3_VL_8B


def test_ranks_share_the_tower(catalog: Catalog) -> None:
    model, machine = catalog.model("qwen3-vl-8b"), catalog.machine("2x-rtx-3090")
    plain = plan(model, machine, format="BF16", context=8192, runtime="vllm")
    text = plan(model, machine, format="BF16", context=8192, runtime="vllm", vision=False)
    more = [a.memory.weights - b.memory.weights for a, b in zip(plain.places, text.places, strict=True)]
    assert more == [QWEN3_VL_8B, QWEN3_VL_8B, 0]


def test_the_first_device_holds_the_tower_beside_fewer_layers(catalog: Catalog) -> None:
    model, machine = catalog.model("gemma-3-27b"), catalog.machine("2x-rtx-3090")
    plain = plan(model, machine, format="Q4_K_M", context=8192)
    seeing = plan(model, machine, format="Q4_K_M", context=8192, vision=True)
    assert seeing.places[0].memory.weights > plain.places[0].memory.weights
    assert seeing.places[1].memory.weights == plain.places[1].memory.weights


def test_a_processor_holds_the_tower_too(catalog: Catalog) -> None:
    model, machine = catalog.model("gemma-3-4b"), catalog.machine("ryzen-9-9950x-64gb")
    plain, seeing = (plan(model, machine, format="Q4_K_M", context=4096, vision=asked) for asked in (False, True))
    assert seeing.memory.weights - plain.memory.weights > 2 * 419816304


def test_a_tower_may_be_what_no_longer_fits(catalog: Catalog) -> None:
    model, machine = catalog.model("qwen3-vl-32b"), catalog.machine("rtx-4090")
    longest = plan(model, machine, format="Q4_K_M", context=8192).longest_context
    seeing = plan(model, machine, format="Q4_K_M", context=8192, vision=True).longest_context
    assert longest is not None
    assert seeing is not None
    assert seeing < longest


def test_mtp_layers_are_named_and_counted_with_their_cache_when_asked_for(catalog: Catalog) -> None:
    model = catalog.model("qwen3.6-27b")
    plain = plan(model, None, format="BF16", context=8192)
    drafting = plan(model, None, format="BF16", context=8192, mtp=True)
    assert parts(plain) == {"towers": False, "mtp": False}
    # Hugging Face's 27,781,427,952 less text model and tower; a head of 4 keys of 256 and as many values, in F16.
    more = drafting.memory.weights - plain.memory.weights
    assert 2 * 424699392 <= more < 2.001 * 424699392
    # Its log of Qwen3.8 27B: R 5.625 MiB and S 144 MiB, once more for each drafted token (waired-ai/waired-agent).
    states = round(149.625 * 2**20)
    assert drafting.memory.cache - plain.memory.cache == 8192 * 4 * 256 * 2 * 2 + states
    four = plan(model, None, format="BF16", context=8192, mtp=True, draft_tokens=4, cache_format="q8_0")
    small = plan(model, None, format="BF16", context=8192, cache_format="q8_0")
    assert four.memory.cache - small.memory.cache == 8192 * 4 * 256 * 2 * 2 + 4 * states  # whatever the model's type


def test_what_a_model_has_not_cannot_be_asked_for(catalog: Catalog) -> None:
    model = catalog.model("qwen3-8b")
    with pytest.raises(SizingError, match="nothing that sees or hears"):
        plan(model, None, format="Q4_K_M", context=8192, vision=True)
    with pytest.raises(SizingError, match="no multi-token-prediction layers"):
        plan(model, None, format="Q4_K_M", context=8192, mtp=True)


def test_a_tower_of_an_unknown_kind_is_named_and_not_guessed(tmp_path: Path) -> None:
    text = {"model_type": "qwen3", "vocab_size": 1000, "hidden_size": 256, "intermediate_size": 512, "head_dim": 64}
    text |= {"num_hidden_layers": 2, "num_attention_heads": 4, "num_key_value_heads": 2}
    config = {"model_type": "zebra_vl", "text_config": text, "vision_config": {"model_type": "zebra_eye", "depth": 9}}
    (tmp_path / "config.json").write_text(json.dumps(config))
    model = read_model(tmp_path / "config.json")
    ((part, loaded),) = plan(model, None, format="BF16", context=512).beside
    assert (part.names, part.bytes, loaded) == (("vision (zebra_eye)",), None, False)
    with pytest.raises(SizingError, match="zebra_eye"):
        plan(model, None, format="BF16", context=512, vision=True)


def test_what_speaks_is_named_apart_from_what_hears(tmp_path: Path) -> None:
    text: dict[str, Any] = {"vocab_size": 1000, "hidden_size": 256, "intermediate_size": 512, "num_attention_heads": 4}
    text |= {"num_hidden_layers": 2, "num_key_value_heads": 2, "model_type": "qwen2_5_omni_text"}
    thinker = {"model_type": "qwen2_5_omni_thinker", "text_config": text, "vision_config": {}, "audio_config": {}}
    talker = {"model_type": "qwen2_5_omni_talker", "hidden_size": 896}
    config = {"model_type": "qwen2_5_omni", "thinker_config": thinker, "talker_config": talker}
    (tmp_path / "config.json").write_text(json.dumps(config))
    model = read_model(tmp_path / "config.json")
    found = {part.kind: part for part, _ in plan(model, None, format="BF16", context=512, vision=True).beside}
    assert found["others"].names == ("talker (qwen2_5_omni_talker)",)
    assert found["others"].bytes is None
    assert found["towers"].names == ("vision", "audio")
    # The towers' own defaults in transformers, as its table of counts has them.
    assert found["towers"].parameters == 639647232 + 3083025152


def test_towers_known_by_their_count_alone_take_two_bytes_each(catalog: Catalog) -> None:
    model = catalog.model("gemma-4-e2b")
    plain, seeing = (plan(model, None, format="Q4_K_M", context=4096, vision=asked) for asked in (False, True))
    assert seeing.memory.weights - plain.memory.weights == 2 * 494608707


def test_a_model_tells_what_it_perceives(catalog: Catalog) -> None:
    told = {name: catalog.model(name).senses for name in ("qwen3-8b", "qwen3-vl-8b", "voxtral-mini-3b", "gemma-4-e2b")}
    assert told == {
        "qwen3-8b": (),
        "qwen3-vl-8b": ("vision",),
        "voxtral-mini-3b": ("audio",),
        "gemma-4-e2b": ("vision", "audio"),
    }


def test_the_command_line_says_what_is_beside(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["plan", "qwen3.6-27b", "--format", "Q4_K_M", "--mmproj"]) == 0
    said = capsys.readouterr().out
    assert "beside   vision: 0.46B parameters" in said
    assert "layers that draft (MTP): 0.42B parameters, 0.25 GiB, not counted; --mtp counts it" in said
    assert main(["plan", "qwen3.6-27b", "--format", "Q4_K_M", "--mtp", "--json"]) == 0
    (told,) = json.loads(capsys.readouterr().out)
    assert [(one["kind"], one["loaded"]) for one in told["beside"]] == [("towers", False), ("mtp", True)]


@pytest.mark.parametrize(
    ("model", "share", "verdict"),
    [
        # On a card of 24,467 MiB; https://github.com/waired-ai/waired-agent, docs/knowledges/20260912
        ("qwen3.5-2b", 0.3202, "no"),
        ("qwen3.5-2b", 0.3913, "fits"),
        ("qwen3.5-4b", 0.5336, "no"),
        ("qwen3.5-4b", 0.6759, "fits"),
        ("qwen3.5-9b", 0.8144, "no"),
    ],
)
def test_vllm_keeps_free_what_a_tower_takes_for_the_largest_picture(
    catalog: Catalog, model: str, share: float, verdict: str
) -> None:
    asked: Any = {"runtime": "vllm", "cache_format": "fp8", "utilization": share, "max_sequences": 16}
    on = catalog.machine("rtx-pro-4000-blackwell")
    p = plan(catalog.model(model), on, format="BF16", context=200704, **asked)
    assert p.verdict == verdict
    without = plan(catalog.model(model), on, format="BF16", context=200704, vision=False, **asked)
    assert (without.pool_tokens or 0) > (p.pool_tokens or 0) + 80_000
    assert without.memory.buffers < 0.3 * p.memory.buffers


@pytest.mark.parametrize(("model", "mib"), [("qwen3.6-27b", 248.10), ("qwen3.5-2b", 223.30), ("qwen3.5-0.8b", 161.31)])
def test_a_tower_computes_in_a_buffer_of_its_own_in_llama_cpp(catalog: Catalog, model: str, mib: float) -> None:
    """ "compute buffer size" after "warmup with image size = 1472 x 1472", of logs in public repositories."""
    asked: Any = {"format": "Q4_K_M", "context": 8192}
    plain, seeing = (plan(catalog.model(model), None, **asked, vision=sees) for sees in (False, True))
    assert (seeing.memory.buffers - plain.memory.buffers) / 2**20 == pytest.approx(mib, rel=0.05)


def test_ranks_divide_what_a_tower_writes_and_a_state_more_keeps_prefixes(catalog: Catalog) -> None:
    """17.02 GiB of each of two RTX 5090 for 3,382,054 tokens (club-3090's issue 851): 132 blocks of 2,096 tokens."""
    asked: Any = {"runtime": "vllm", "format": "GPTQ", "cache_format": "fp8", "max_sequences": 1, "micro_batch": 8192}
    two = plan(catalog.model("qwen3.6-35b-a3b"), catalog.machine("2x rtx-5090"), context=262144, **asked)
    assert two.pool_tokens == pytest.approx(3_382_054, rel=0.03)
    one = plan(catalog.model("qwen3.6-35b-a3b"), catalog.machine("rtx-5090"), context=262144, **asked)
    assert two.places[0].memory.buffers < 0.75 * one.places[0].memory.buffers


def test_sglang_sets_a_part_aside_for_states_whatever_they_need(catalog: Catalog) -> None:
    """mamba_full_memory_ratio, 0.9 by itself: tokens have 10 parts of 19."""
    on = catalog.machine("2x h100-sxm-80gb")
    p = plan(catalog.model("qwen3.6-27b"), on, format="FP8", runtime="sglang", context=32768)
    per_token = 16 * 2 * 4 * 256 * 2
    assert p.memory.cache == pytest.approx(32768 * per_token * 1.9, rel=1e-3)
    longer = plan(catalog.model("qwen3.6-27b"), on, format="FP8", runtime="sglang", context=65536)
    assert longer.pool_tokens == pytest.approx(p.pool_tokens, rel=1e-3)


def test_towers_of_transformers_own_classes_are_whole_on_every_rank(catalog: Catalog) -> None:
    # vLLM builds Gemma 4's of AutoModel, whose matrices it does not divide; those of Qwen3.8 it does.
    def weights(model: str, machine: str, vision: bool) -> int:
        p = plan(
            catalog.model(model), catalog.machine(machine), runtime="vllm", format="BF16", context=8192, vision=vision
        )
        return p.places[0].memory.weights

    for model, whole in (("gemma-4-31b", True), ("qwen3.8-27b", False)):
        one, four = (
            weights(model, machine, True) - weights(model, machine, False) for machine in ("h200-sxm", "4x-h200-sxm")
        )
        assert one > 0.8e9
        assert four == (one if whole else pytest.approx(one / 4, abs=1))
