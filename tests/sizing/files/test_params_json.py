"""A params.json of Mistral's or Meta's own checkpoints is sized as the config.json of the same model."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

import pytest

from sizing import SizingError, read_model
from sizing.files.told import of_config

SMALL: Final[dict[str, Any]] = {
    "dim": 5120, "n_layers": 40, "head_dim": 128, "hidden_dim": 32768, "n_heads": 32, "n_kv_heads": 8,
    "norm_eps": 1e-05, "vocab_size": 131072, "rope_theta": 1e9, "max_seq_len": 131072,
}  # fmt: skip
SEES: Final[dict[str, Any]] = {
    "hidden_size": 1024, "num_channels": 3, "image_size": 1540, "patch_size": 14, "intermediate_size": 4096,
    "num_hidden_layers": 24, "num_attention_heads": 16, "adapter_bias": False, "mm_projector_id": "patch_merge",
    "spatial_merge_size": 2, "add_pre_mm_projector_layer_norm": True,
}  # fmt: skip
LLAMA_3: Final[dict[str, Any]] = {
    "dim": 4096, "n_layers": 32, "n_heads": 32, "n_kv_heads": 8, "vocab_size": 128256, "multiple_of": 1024,
    "ffn_dim_multiplier": 1.3, "norm_eps": 1e-05, "rope_theta": 500000.0,
}  # fmt: skip


@pytest.mark.parametrize(
    ("words", "model"),
    [
        (SMALL, "mistral-small-3.1-24b"),
        ({**SMALL, "vision_encoder": SEES}, "mistral-small-3.1-24b"),
        ({**SMALL, "model_type": "transformer"}, "mistral-small-3.1-24b"),
        (LLAMA_3, "llama-3-8b"),
        ({**LLAMA_3, "dim": 8192, "n_layers": 80, "n_heads": 64, "multiple_of": 4096}, "llama-3-70b"),
        (
            {
                "dim": 4096, "n_layers": 32, "head_dim": 128, "hidden_dim": 14336, "n_heads": 32, "n_kv_heads": 8,
                "vocab_size": 32000, "moe": {"num_experts": 8, "num_experts_per_tok": 2},
            },
            "mixtral-8x7b",
        ),
    ],
)  # fmt: skip
def test_it_comes_to_the_models_own_count(catalog: Any, words: dict[str, Any], model: str) -> None:
    assert of_config(words, "x").parameters == catalog.models[model].parameters


def test_what_sees_is_counted_beside_it(catalog: Any) -> None:
    found = of_config({**SMALL, "vision_encoder": SEES}, "x")
    assert found.towers_parameters == catalog.models["mistral-small-3.1-24b"].towers_parameters == 438_958_080


def test_windows_are_told_layer_by_layer_and_none_is_filled_in() -> None:
    listed = of_config({**SMALL, "n_layers": 4, "sliding_window": [None, 32768, 32768, 32768]}, "x").shape
    assert listed is not None
    assert [kind.window for kind in listed.layers] == [0, 32768, 32768, 32768]
    plain = of_config(SMALL, "x").shape
    assert plain is not None
    assert {kind.window for kind in plain.layers} == {0}


@pytest.mark.parametrize(
    ("changed", "line"),
    [
        ({"vocab_size": -1}, "vocab_size is not said, its tokenizer tells it"),
        ({"multiple_of": None}, "without multiple_of"),
        ({"dim": 2048, "use_scaled_rope": True}, "whether its embeddings are tied is not said"),
        ({"moe_args": {"num_experts": 16}}, "a model with experts; give the config.json"),
    ],
)
def test_what_it_does_not_say_is_refused(changed: dict[str, Any], line: str) -> None:
    with pytest.raises(SizingError, match=line):
        of_config({**LLAMA_3, **changed}, "x")


def test_a_folder_with_a_checkpoint_of_mistrals_own_is_described_by_it(tmp_path: Path) -> None:
    (tmp_path / "params.json").write_text(json.dumps(SMALL), encoding="utf-8")
    (tmp_path / "consolidated.safetensors").write_bytes((2).to_bytes(8, "little") + b"{}")
    found = read_model(tmp_path).parameters
    assert found is not None
    assert found.total == 23_572_403_200
    assert read_model(tmp_path / "consolidated.safetensors").parameters == found
