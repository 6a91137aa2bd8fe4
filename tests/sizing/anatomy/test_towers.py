"""What sees or hears beside a text model is counted as transformers counts it, and what nobody knows is named."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from sizing.anatomy.beside import file_bytes
from sizing.anatomy.dialect import shape_of
from sizing.anatomy.tensors import parameters
from sizing.anatomy.towers import Tower, Unsized, towers_of
from sizing.errors import SizingError
from sizing.facts.entries.architecture import WORDS, Architecture
from sizing.facts.validation import checked
from sizing.files.config_json import Described, described

_TABLE = json.loads(Path(__file__).with_name("towers.json").read_text(encoding="utf-8"))
CASES = [(name, i, case) for name, cases in _TABLE.items() if name != "transformers" for i, case in enumerate(cases)]

# transformers ties the embeddings of these wherever nothing is said. What is published of them says nothing, and has a
# head of its own, so that a head is counted.
UNTIED_UNSAID = {
    "deepseek_vl", "deepseek_vl_hybrid", "fun_asr_nano", "glmasr", "got_ocr2", "granite_speech",
    "granite_speech_plus", "hyperclovax_vision_v2", "internvl", "janus", "kimi_k25", "lighton_ocr", "minicpm_ocr",
    "mistral3", "moss_transcribe_diarize", "ovis2", "pp_chart2table", "qwen3_asr", "voxtral_realtime",
}  # fmt: skip
# A tie that is asked for and that the class does not make, or a head of another width than the text model's.
OTHERWISE = {("cosmos3_edge", 2), ("ovis2", 2), ("qwen2_audio", 2), ("voxtral", 2)}
# What must be said although a class derives it or lists it in code: heads' size, and which layer is which.
MUST_BE_SAID = {("nemo_speechlm", 1), ("nemo_speechlm", 2), ("nemotron_h_omni", 0)} | {
    ("qwen3_vl_moe", i) for i in range(3)
}


def _case(name: str, number: int) -> dict[str, Any]:
    found: dict[str, Any] = _TABLE[name][number]
    return found


SIZED = [(name, i) for name, i, _ in CASES if (name, i) not in MUST_BE_SAID]


def _text(found: Described) -> int:
    words = {word: said for word, said in found.words.items() if word in WORDS}
    return parameters(shape_of(checked(Architecture, words))).total


def _towers(found: Described) -> tuple[Tower | Unsized, ...]:
    hidden = found.words["hidden_size"]
    assert isinstance(hidden, int)
    return () if found.towers is None else towers_of(found.towers, hidden)


def _head(found: Described) -> int:
    vocab, hidden = found.words["vocab_size"], found.words["hidden_size"]
    assert isinstance(vocab, int)
    assert isinstance(hidden, int)
    return vocab * hidden


@pytest.mark.parametrize(("name", "number"), [one for one in SIZED if one not in OTHERWISE])
def test_a_wrapped_text_model_is_counted_as_transformers_does(name: str, number: int) -> None:
    case = _case(name, number)
    found = described(case["config"])
    unsaid = name in UNTIED_UNSAID and number > 0 and "tie_word_embeddings" not in case["config"]
    assert _text(found) == case["text"] + (_head(found) if unsaid else 0)


@pytest.mark.parametrize(("name", "number"), sorted(MUST_BE_SAID))
def test_what_no_class_declares_is_not_guessed(name: str, number: int) -> None:
    with pytest.raises(SizingError, match="missing"):
        _text(described(_case(name, number)["config"]))


@pytest.mark.parametrize(("name", "number"), SIZED)
def test_towers_and_what_leads_from_them_are_counted_or_named(name: str, number: int) -> None:
    case = _case(name, number)
    towers = _towers(described(case["config"]))
    if any(isinstance(one, Unsized) for one in towers):
        assert all(one.model_type for one in towers)
    elif towers:
        assert sum(one.parameters for one in towers if isinstance(one, Tower)) == sum(case["parts"].values())


_FILES = json.loads(Path(__file__).with_name("mmproj.json").read_text(encoding="utf-8"))
FILES = [name for name in _FILES if name != "recorded"]


@pytest.mark.parametrize("name", FILES)
def test_a_file_of_towers_is_as_large_as_llama_cpps_converter_makes_it(name: str) -> None:
    case = _FILES[name]
    wide = ("patch_embd",) if name in ("gemma3", "idefics3", "smolvlm") else ()
    words = {key: value for key, value in case["config"].items() if key != "text_config"}
    size = sum(file_bytes(one, wide) for one in towers_of(words, case["hidden"]) if isinstance(one, Tower))
    # Muse Glimmer's converter adds up what it has for two pictures in a row: half the patches.
    assert size == case["bytes"]["F16"] + (1176 * 1536 if name == "muse_glimmer" else 0)


@pytest.mark.parametrize("type_", ["whisper", "florence2", "t5", "pix2struct", "seamless_m4t"])
def test_an_encoder_with_a_decoder_is_refused_by_name(type_: str) -> None:
    with pytest.raises(SizingError, match=f"{type_}: an encoder reads and a decoder answers"):
        described({"model_type": type_, "vocab_size": 32000, "hidden_size": 512})


def test_a_text_model_alone_has_no_head_where_its_wrapper_has_it() -> None:
    words = {"vocab_size": 1000, "hidden_size": 64, "intermediate_size": 128, "num_hidden_layers": 1}
    words |= {"num_attention_heads": 4, "num_key_value_heads": 2}
    alone = described({"model_type": "glm4v_text", **words})
    within = described({"model_type": "glm4v", "text_config": words})
    assert _text(within) - _text(alone) == 1000 * 64
    assert "has no output head" in alone.remarks[0]


def test_most_kinds_of_towers_are_counted() -> None:
    counted = {
        name
        for name, number in SIZED
        if (towers := _towers(described(_case(name, number)["config"])))
        and all(isinstance(one, Tower) for one in towers)
    }
    assert len(counted) >= 55
