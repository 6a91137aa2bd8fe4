"""A config.json as a catalog entry, and what is refused by name."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from sizing import SizingError, read_model
from sizing.cli import main
from sizing.facts.entries.architecture import Architecture
from sizing.facts.loading import read_family
from sizing.files.drafts import Held, entry, held
from sizing.model import Model
from tests.sizing.conftest import Shelf

# Qwen3 30B-A3B's config.json, https://huggingface.co/Qwen/Qwen3-30B-A3B/blob/main/config.json, and what it counts:
QWEN3_MOE = {
    "architectures": ["Qwen3MoeForCausalLM"], "attention_bias": False, "attention_dropout": 0.0,
    "decoder_sparse_step": 1, "head_dim": 128, "hidden_act": "silu", "hidden_size": 2048, "initializer_range": 0.02,
    "intermediate_size": 6144, "max_position_embeddings": 40960, "max_window_layers": 48, "mlp_only_layers": [],
    "model_type": "qwen3_moe", "moe_intermediate_size": 768, "norm_topk_prob": True, "num_attention_heads": 32,
    "num_experts": 128, "num_experts_per_tok": 8, "num_hidden_layers": 48, "num_key_value_heads": 4,
    "rms_norm_eps": 1e-06, "rope_theta": 1000000.0, "router_aux_loss_coef": 0.001, "sliding_window": None,
    "tie_word_embeddings": False, "torch_dtype": "bfloat16", "use_cache": True, "vocab_size": 151936,
}  # fmt: skip
COUNT = 30_532_122_624


def write(folder: Path, **changes: object) -> Path:
    path = folder / "config.json"
    path.write_text(json.dumps({**QWEN3_MOE, **changes}))
    return path


def test_the_entry_needs_only_its_sources(tmp_path: Path) -> None:
    text = entry(write(tmp_path)).replace("{url: , read: }", "{url: https://example.com/x, read: 2026-11-22}")
    (tmp_path / "models").mkdir()
    family = tmp_path / "models" / "new.yaml"
    family.write_text(text, encoding="utf-8")
    (model,) = map(Model.of, read_family(family).values())
    assert model.parameters is not None
    assert model.parameters.total == COUNT
    assert model.stated_parameters == "undisclosed"  # until somebody else's count is entered
    assert model.context == 40960


def test_a_key_that_may_matter_and_is_not_known_is_named(tmp_path: Path) -> None:
    with pytest.raises(SizingError, match="num_zebra_layers: not known, and may matter"):
        read_model(write(tmp_path, num_zebra_layers=3))


@pytest.mark.parametrize("value", [None, False, 0, [], 1])
def test_a_strange_key_that_says_nothing_passes(tmp_path: Path, value: object) -> None:
    assert read_model(write(tmp_path, num_zebra_layers=value)).parameters


def test_the_text_model_of_one_that_sees_is_read(tmp_path: Path) -> None:
    text = {k: v for k, v in QWEN3_MOE.items() if k != "architectures"} | {"model_type": "qwen3_vl_moe_text"}
    path = tmp_path / "config.json"
    path.write_text(json.dumps({"model_type": "qwen3_vl_moe", "text_config": text, "vision_config": {"depth": 27}}))
    counts = read_model(path).parameters
    assert counts is not None
    assert counts.total == COUNT


def test_layers_that_are_listed_need_no_count_and_a_state_has_its_type(tmp_path: Path) -> None:
    # Nemotron 3's words: https://huggingface.co/nvidia/NVIDIA-Nemotron-3-Super-120B-A12B-FP8/blob/main/config.json
    path = tmp_path / "config.json"
    path.write_text(json.dumps({
        "model_type": "nemotron_h", "vocab_size": 1024, "hidden_size": 256, "intermediate_size": 512,
        "hybrid_override_pattern": "M-M*", "num_attention_heads": 4, "num_key_value_heads": 2, "head_dim": 64,
        "mamba_num_heads": 8, "mamba_head_dim": 64, "ssm_state_size": 16, "n_groups": 1, "conv_kernel": 4, "expand": 2,
        "chunk_size": 128, "time_step_min": 0.001, "mamba_hidden_act": "silu", "mamba_ssm_cache_dtype": "float32",
        "mtp_hybrid_override_pattern": "*E",
    }))  # fmt: skip
    shape = read_model(path).architecture
    assert isinstance(shape, Architecture)
    assert (shape.num_hidden_layers, shape.mamba_expand, shape.mamba_ssm_dtype) == (4, 2, "float32")


def test_kinship_is_asserted_and_not_guessed(tmp_path: Path) -> None:
    path = write(tmp_path, model_type="qwen9_moe")
    with pytest.raises(SizingError, match="model_type 'qwen9_moe' is not known"):
        read_model(path)
    assert "model_type: qwen3_moe" in entry(path, "qwen3_moe")


def test_the_command_prints_it_and_fails_in_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", str(write(tmp_path))]) == 0
    assert f"parameters: undisclosed    # what a publication counts; the engine comes to {COUNT:,}" in _out(capsys)
    assert main(["import", str(tmp_path / "none.json")]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


def _out(capsys: pytest.CaptureFixture[str]) -> str:
    return capsys.readouterr().out


def test_accuracy_reports_every_target(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["accuracy"]) == 0
    out = capsys.readouterr().out
    assert all(what in out for what in ("parameters", "weights", "cache", "buffers", "decode  mixture", "prefill one"))


@pytest.fixture(scope="module")
def catalog() -> Held:
    """What the catalog holds."""
    return held()


def test_a_draft_may_be_written_into_the_catalog_while_it_is_made(
    tmp_path: Path, shelf: Shelf, capsys: pytest.CaptureFixture[str]
) -> None:
    """By ``>``, for which the shell first makes an empty file."""
    (shelf.root / "models" / "new.yaml").touch()
    path = str(write(tmp_path, num_hidden_layers=47))
    assert main(["import", path, "--repo", "Qwen/A-New-One", "--catalog", str(shelf.root)]) == 0
    text = capsys.readouterr().out
    assert "\nvendor: alibaba\n" in text
    text = text.replace("read: }", "read: 2026-11-26}")
    (shelf.root / "models" / "new.yaml").write_text(text, encoding="utf-8")
    assert main(["check", str(shelf.root)]) == 2
    (line,) = [line for line in capsys.readouterr().err.splitlines() if "a-new-one.parameters" in line]
    count = line.partition("its architecture's ")[2].partition(";")[0].replace(",", "")
    written = text.replace("parameters: undisclosed", f"parameters: {count}")
    (shelf.root / "models" / "new.yaml").write_text(written, encoding="utf-8")
    assert main(["check", str(shelf.root)]) == 0
    capsys.readouterr()
    assert main(["import", path, "--repo", "Qwen/A-New-One", "--catalog", str(shelf.root)]) == 0
    assert "Qwen/A-New-One is a-new-one already: catalog/models/new.yaml:" in capsys.readouterr().err


def test_a_repository_gives_id_vendor_of_its_others_names_and_where_it_was_read(tmp_path: Path, catalog: Held) -> None:
    text = entry(write(tmp_path, num_hidden_layers=47), None, "Qwen/Qwen9-29B-A3B", catalog)
    data = yaml.safe_load(text)
    assert (data["vendor"], list(data["models"])) == ("alibaba", ["qwen9-29b-a3b"])
    model = data["models"]["qwen9-29b-a3b"]
    assert model["name"] == "Qwen9-29B-A3B"
    assert model["names"] == {"huggingface": ["Qwen/Qwen9-29B-A3B"]}
    assert model["sources"][0]["url"] == "https://huggingface.co/Qwen/Qwen9-29B-A3B/blob/main/config.json"
    assert model["parameters"] == "undisclosed"  # a count of its own would be compared with itself
    assert "# still to say: license, released, parameters (as a publication counts them), the day" in text
    assert "of the same shape" not in text


def test_an_owner_that_is_new_is_the_vendor(tmp_path: Path, catalog: Held) -> None:
    assert "\nvendor: some-lab\n" in entry(write(tmp_path), None, "Some_Lab/A-Model", catalog)


def test_a_model_that_is_there_is_told_and_nothing_is_drafted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], catalog: Held
) -> None:
    path = str(write(tmp_path))
    file, line = catalog.origins["qwen3-30b-a3b"]
    for name in ("Qwen/Qwen3-30B-A3B", "https://huggingface.co/qwen/qwen3-30b-a3b"):
        assert main(["import", path, "--repo", name]) == 0
        told = capsys.readouterr()
        assert told.out == ""
        assert f"is qwen3-30b-a3b already: {file}:{line}; mend it there" in told.err


@pytest.mark.parametrize(
    ("name", "status", "line"),
    [
        ("Qwen/Qwen3-30B-A3B", 0, "Qwen/Qwen3-30B-A3B is qwen3-30b-a3b already: catalog/models/qwen-3-moe.yaml:"),
        (
            "https://huggingface.co/some/New-3B",
            2,
            "some/New-3B: not in the catalog, and nothing is fetched; save https:",
        ),
        ("some/config.json", 2, "some/config.json: No such file; check its name"),
    ],
)
def test_a_name_alone_is_looked_up_and_nothing_is_fetched(
    capsys: pytest.CaptureFixture[str], name: str, status: int, line: str
) -> None:
    assert main(["import", name]) == status
    told = capsys.readouterr()
    assert told.out == ""
    assert line in told.err
    assert len(told.err.splitlines()) == 1


def test_a_cache_names_the_repository(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "models--Qwen--Qwen3-30B-A3B" / "snapshots" / "0123"
    folder.mkdir(parents=True)
    assert main(["import", str(write(folder))]) == 0
    assert "Qwen/Qwen3-30B-A3B is qwen3-30b-a3b already" in capsys.readouterr().err


def test_a_shape_that_is_there_is_told_in_the_draft(tmp_path: Path, catalog: Held) -> None:
    text = entry(write(tmp_path), None, "somebody/a-tune", catalog)
    assert "# of the same shape as " in text
    assert "qwen3-30b-a3b (catalog/models/qwen-3-moe.yaml:" in text


@pytest.mark.parametrize("name", ["Qwen3-8B", "a/b/c", "https://example.org/a/b", "a/b c", ""])
def test_what_is_no_repository_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    assert main(["import", str(write(tmp_path)), "--repo", name]) == 2
    assert "is no repository; write owner and name, such as Qwen/Qwen3-8B" in capsys.readouterr().err
