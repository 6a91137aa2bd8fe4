"""What people hand in beside a model is told apart by one line that says what to do."""

from __future__ import annotations

import json
import struct
import time
from pathlib import Path
from typing import Any

import pytest
from gguf import GGUFWriter

from sizing import Catalog, SizingError, plan, read_model
from sizing.anatomy.dialect import shape_of
from sizing.anatomy.tensors import parameters
from tests.sizing.files.test_models import QWEN2_7B, words, write_gguf


def refusal(path: Path) -> str:
    with pytest.raises(SizingError) as caught:
        read_model(path)
    line = str(caught.value)
    assert "\n" not in line
    assert len(line) < 400 + len(str(path))
    return line.removeprefix(f"{path}")


@pytest.mark.parametrize(
    ("name", "data", "line"),
    [
        ("x.gguf", b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n", "a Git LFS pointer"),
        ("model.safetensors", b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n", "git lfs pull"),
        ("x.gguf", b"<!DOCTYPE html>\n<html><body>404</body></html>", "a web page in place of the file; get it anew"),
        ("config.json", b"  <html>", "a web page in place of the file"),
        ("x.gguf", b"Entry not found", "does not begin as a GGUF file does"),
        ("x.gguf", b"", "is empty; get it anew"),
        ("model.gguf", b"tjgg\x03\0\0\0", "the GGML format that came before GGUF"),
        ("pytorch_model.bin", b"PK\x03\x04\0\0", "a PyTorch checkpoint, which is code and is not opened; give"),
        ("consolidated.00.pth", b"\x80\x02\x8a\x0a", "a PyTorch checkpoint"),
        ("model.zip", b"PK\x03\x04\0\0", "an archive; unpack it first"),
        ("model.imatrix", b"\x01\0\0\0", "an importance matrix"),
        ("adapter_config.json", json.dumps({"peft_type": "LORA", "base_model_name_or_path": "Qwen/Qwen3-8B"}).encode(),
         "a LoRA adapter's settings; give the model that it is for: Qwen/Qwen3-8B"),
        ("model_index.json", b'{"_diffusers_version": "0.30"}', "a diffusion pipeline"),
        ("tokenizer.json", b'{"version": "1.0", "added_tokens": []}', "a tokenizer's; give the config.json beside it"),
        ("adapter_model.safetensors", b"lora", "a LoRA adapter; give the model that it is for"),
        ("model_q4.onnx", b"\x08\x07\x12\x07pytorch", "an ONNX model, which is not read; give the config.json"),
        ("openvino_model.xml", b'<?xml version="1.0"?>', "an OpenVINO model"),
        ("model.nemo", b"model_config.yaml\0", "a NeMo archive"),
        ("gemma-3n.litertlm", b"LITERTLM", "a LiteRT model"),
        ("x.llamafile", b"MZqFpD", "a llamafile, which is a program with a GGUF file in it"),
        ("ggml-large-v3.bin", b"lmgg\0\0", "in the GGML format, as whisper.cpp reads it"),
        ("README.md", b"---\nlicense: mit\n", "a text; give the config.json or the model's file beside it"),
        ("model.bin", b"\x06\0\0\0", "holds bytes of a kind that is not known"),
        ("config.json", b'{"pretrained_config": {}, "build_config": {}}', "settings of a TensorRT-LLM engine"),
        ("genai_config.json", b'{"model": {"decoder": {}}}', "settings of ONNX Runtime"),
        ("preprocessor_config.json", b'{"image_processor_type": "x"}', "a preprocessor's"),
        ("Modelfile", b"# mine\nFROM qwen3:8b\nPARAMETER num_ctx 8192\n", "a Modelfile, made from 'qwen3:8b'"),
        ("Modelfile", b"FROM ./there-is-none.gguf\n", "a Modelfile, whose './there-is-none.gguf' is not there"),
    ],
    ids=range(28),
)  # fmt: skip
def test_what_is_no_model_is_told_apart(tmp_path: Path, name: str, data: bytes, line: str) -> None:
    if data == b"lora":
        header = json.dumps({"base.layers.0.q_proj.lora_A.weight": {"dtype": "F16", "data_offsets": [0, 8]}}).encode()
        data = struct.pack("<Q", len(header)) + header
        (tmp_path / "config.json").write_text(json.dumps(QWEN2_7B), encoding="utf-8")
    (tmp_path / name).write_bytes(data)
    assert line in refusal(tmp_path / name)


@pytest.mark.parametrize(
    ("keys", "line"),
    [
        ({"general.type": "adapter", "adapter.type": "lora"}, "a LoRA adapter for a llama; give the model"),
        ({"general.type": "mmproj"}, "the part of a model that sees or hears (mmproj)"),
        ({"general.type": "imatrix"}, "an importance matrix"),
        ({}, "a vocabulary alone, without a tensor"),
    ],
)
def test_gguf_files_of_other_kinds_are_told_apart(tmp_path: Path, keys: dict[str, str], line: str) -> None:
    writer = GGUFWriter(str(tmp_path / "x.gguf"), "llama")
    for key, value in keys.items():
        writer.add_string(key, value)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    assert line in refusal(tmp_path / "x.gguf")


def test_an_unknown_architecture_says_what_to_do(tmp_path: Path) -> None:
    write_gguf(tmp_path / "tiny.gguf", words("llama"))
    data = (tmp_path / "tiny.gguf").read_bytes().replace(b"llama", b"lamma")
    (tmp_path / "other.gguf").write_bytes(data)
    assert "architecture 'lamma' is not known (near" in refusal(tmp_path / "other.gguf")
    assert "say so: --as MODEL_TYPE, such as --as llama" in refusal(tmp_path / "other.gguf")
    model = read_model(tmp_path / "other.gguf", "llama")
    assert model.parameters == parameters(shape_of(words("llama")))


def test_the_first_megabytes_are_enough_and_that_is_told(catalog: Catalog, tmp_path: Path) -> None:
    write_gguf(tmp_path / "whole.gguf", words("llama"))
    data = (tmp_path / "whole.gguf").read_bytes()
    (tmp_path / "cut.gguf").write_bytes(data[:-5000])
    whole, cut = read_model(tmp_path / "whole.gguf"), read_model(tmp_path / "cut.gguf")
    assert whole.remarks == ()
    assert cut.remarks == (
        "5,000 bytes of its tensors are missing: the file is cut short, and is sized as if it were whole",
    )
    sizes = [plan(model, None, context=256).memory.weights for model in (whole, cut)]
    assert sizes[0] == sizes[1]


def test_a_vocabulary_of_150_000_tokens_is_read_at_once(tmp_path: Path) -> None:
    a = words("llama")
    write_gguf(tmp_path / "small.gguf", a)
    writer = GGUFWriter(str(tmp_path / "tokens.gguf"), "llama")
    writer.add_array("tokenizer.ggml.tokens", [f"token{i}" for i in range(150_000)])
    writer.add_array("tokenizer.ggml.merges", [f"to ken{i}" for i in range(150_000)])
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    begun = time.process_time()
    assert "a vocabulary alone" in refusal(tmp_path / "tokens.gguf")
    assert time.process_time() - begun < 0.5  # 0.06 s where nothing else runs


# --- folders and shards ---------------------------------------------------------------------------------------------


def put(folder: Path, **files: Any) -> Path:
    folder.mkdir(exist_ok=True)
    for name, data in files.items():
        path = folder / name.replace("__", ".").replace("_of_", "-of-").replace("model_0", "model-0")
        path.write_text(data if isinstance(data, str) else json.dumps(data), encoding="utf-8")
    return folder


def shard(path: Path, size: int) -> None:
    header = json.dumps(
        {"model.norm.weight": {"dtype": "BF16", "shape": [size // 2], "data_offsets": [0, size]}}
    ).encode()
    path.write_bytes(struct.pack("<Q", len(header)) + header)


SHARDS = tuple(f"model-0000{i}-of-00003.safetensors" for i in (1, 2, 3))
WHOLE = 15_231_233_024  # bytes of Qwen2 7B in 16 bits


def index() -> dict[str, Any]:
    return {"metadata": {"total_size": WHOLE}, "weight_map": {f"t{i}": name for i, name in enumerate(SHARDS)}}


BF16 = {**QWEN2_7B, "torch_dtype": "bfloat16"}


def test_a_folder_as_hugging_face_lays_it_out_is_a_model(catalog: Catalog, tmp_path: Path) -> None:
    folder = put(tmp_path / "Qwen2-7B", config__json=BF16, model__safetensors__index__json=index())
    for name in SHARDS:
        shard(folder / name, 64)
    model = read_model(folder)
    assert model.name == "Qwen2-7B"
    assert model.remarks == ()
    p = plan(model, None, context=512, runtime="vllm")
    assert (p.format.id, p.notes[0]) == ("BF16", "format BF16: not named; as the file holds it")
    assert p.memory.weights == WHOLE


def test_an_index_alone_is_told_and_one_with_some_of_its_files_refused(tmp_path: Path) -> None:
    folder = put(tmp_path / "x", config__json=BF16, model__safetensors__index__json=index())
    assert read_model(folder).remarks == ("by its index alone: none of its 3 files lies beside it",)
    shard(folder / SHARDS[0], 64)
    assert f"2 of its 3 files are missing: {SHARDS[1]}, {SHARDS[2]}; get them too" in refusal(folder)


def test_one_shard_of_many_needs_the_others(tmp_path: Path) -> None:
    folder = put(tmp_path / "x", config__json=BF16)
    shard(folder / SHARDS[1], 64)
    assert "2 of its 3 files are missing" in refusal(folder / SHARDS[1])
    for name in SHARDS:
        shard(folder / name, WHOLE // 3)
    assert read_model(folder / SHARDS[1]).native == "BF16"


def test_a_folder_of_gguf_files_is_one_model_or_a_choice(catalog: Catalog, tmp_path: Path) -> None:
    folder = tmp_path / "gguf"
    folder.mkdir()
    assert refusal(folder) == ": an empty folder; download the model into it"
    write_gguf(folder / "tiny-Q4_K_M.gguf", words("llama"))
    (folder / "mmproj-F16.gguf").write_bytes(b"GGUF")
    assert read_model(folder).name == "Tiny"
    write_gguf(folder / "tiny-Q8_0.gguf", words("llama"))
    assert refusal(folder) == ": holds several models; give one of tiny-Q4_K_M.gguf, tiny-Q8_0.gguf"


def test_a_folder_with_an_adapter_or_nothing_of_a_model_is_told(tmp_path: Path) -> None:
    adapter = put(tmp_path / "lora", adapter_config__json={"peft_type": "LORA"})
    with pytest.raises(SizingError, match="a LoRA adapter's settings; give the model that it is for"):
        read_model(adapter)
    assert "no model in it (notes.txt …); give a folder with a config.json" in refusal(
        put(tmp_path / "y", notes__txt="x")
    )


def test_a_folder_tells_what_else_it_holds_or_which_of_its_folders_to_give(tmp_path: Path) -> None:
    put(tmp_path / "lora", adapter_model__safetensors="")
    assert "is empty" in refusal_within(tmp_path / "lora")
    put(tmp_path / "draws", model_index__json={"_diffusers_version": "0.30"})
    assert "a diffusion pipeline" in refusal_within(tmp_path / "draws")
    (tmp_path / "flux").mkdir()
    header = json.dumps({"double_blocks.0.x": {"dtype": "BF16", "shape": [1], "data_offsets": [0, 2]}}).encode()
    (tmp_path / "flux" / "flux1-dev.safetensors").write_bytes(struct.pack("<Q", len(header)) + header)
    assert "a model that draws" in refusal_within(tmp_path / "flux")
    (tmp_path / "runs").mkdir()
    put(tmp_path / "runs" / "checkpoint-500", config__json=BF16)
    assert refusal(tmp_path / "runs") == ": no model in it, but in its folder checkpoint-500; give that one"


def refusal_within(folder: Path) -> str:
    with pytest.raises(SizingError) as caught:
        read_model(folder)
    return str(caught.value)


def test_an_index_may_state_no_total_or_one_as_text(tmp_path: Path) -> None:
    """As DeepSeek-R1's states none, and as some tools write it."""
    map_ = {f"t{i}": name for i, name in enumerate(SHARDS)}
    for metadata in ({}, {"total_size": str(WHOLE)}, {"total_size": float(WHOLE)}):
        folder = put(tmp_path / "x", config__json=BF16)
        put(folder, model__safetensors__index__json={"metadata": metadata, "weight_map": map_})
        assert read_model(folder).said_format == "BF16"
    put(folder, model__safetensors__index__json={"metadata": {}, "weight_map": map_})
    for name in SHARDS:
        shard(folder / name, 64)
    assert "192 bytes, and config.json describes 15,231,233,024" in refusal_within(folder)


def test_a_file_that_names_another_as_its_model_is_read_as_that(tmp_path: Path) -> None:
    (tmp_path / "blobs").mkdir()
    write_gguf(tmp_path / "blobs" / "sha256-bb", words("llama"))
    tag = tmp_path / "manifests" / "registry.ollama.ai" / "library" / "tiny" / "1b"
    tag.parent.mkdir(parents=True)
    layer = {"mediaType": "application/vnd.ollama.image.model", "digest": "sha256:bb", "size": 1}
    kind = "application/vnd.docker.distribution.manifest.v2+json"
    tag.write_text(json.dumps({"schemaVersion": 2, "mediaType": kind, "layers": [layer]}))
    assert read_model(tag).name == "Tiny"
    (tmp_path / "Modelfile").write_text("FROM ./blobs/sha256-bb\n")
    assert read_model(tmp_path / "Modelfile").name == "Tiny"
    (tmp_path / "a.Modelfile").write_text("FROM ./b.Modelfile\n")
    (tmp_path / "b.Modelfile").write_text("FROM ./a.Modelfile\n")
    assert "not JSON" in refusal_within(tmp_path / "a.Modelfile")
    layer["digest"] = "sha256:cc"
    tag.write_text(json.dumps({"schemaVersion": 2, "mediaType": kind, "layers": [layer]}))
    assert "sha256-cc… is not in its store; give the model's tag" in refusal(tag)


def test_a_config_of_mlcs_says_the_model_within(catalog: Catalog, tmp_path: Path) -> None:
    own = {"model_type": "qwen2", "quantization": "q4f16_1", "model_config": {**QWEN2_7B, "context_window_size": 32768}}
    model = read_model(put(tmp_path, **{"mlc-chat-config__json": own}) / "mlc-chat-config.json")
    assert model.parameters == catalog.models["qwen2-7b"].parameters
    with pytest.raises(SizingError, match="stored by MLC as q4f16_1, in a way that is not known here"):
        plan(model, None, context=512)


def test_hugging_faces_cache_is_a_folder_too(tmp_path: Path) -> None:
    snapshot = tmp_path / "models--Qwen--Qwen2-7B" / "snapshots" / "0a1b"
    snapshot.mkdir(parents=True)
    put(snapshot, config__json=BF16)
    # A snapshot's files are links to blobs, and its folder is called by a sum.
    blob = tmp_path / "models--Qwen--Qwen2-7B" / "blobs" / "9f"
    blob.parent.mkdir()
    (snapshot / "config.json").rename(blob)
    (snapshot / "config.json").symlink_to(blob)
    found = read_model(tmp_path / "models--Qwen--Qwen2-7B")
    assert (found.name, found.native) == ("Qwen2-7B", "BF16")
    assert refusal(tmp_path) == ": Hugging Face's cache; give one of its 1 models, such as models--Qwen--Qwen2-7B"


def test_ollamas_store_is_a_folder_too(tmp_path: Path) -> None:
    (tmp_path / "manifests").mkdir()
    blobs = tmp_path / "blobs"
    blobs.mkdir()
    (blobs / "sha256-aa").write_text("You are a helpful assistant.")
    write_gguf(blobs / "sha256-bb", words("llama"))
    assert read_model(tmp_path).name == read_model(blobs / "sha256-bb").name == "Tiny"
    write_gguf(blobs / "sha256-cc", words("llama"))
    assert refusal(tmp_path).endswith("/blobs: holds 2 models of Ollama's; give a tag such as qwen3:8b, or one file")


@pytest.mark.parametrize(
    ("architecture", "line"),
    [
        ("eagle3", "a draft (eagle3), which guesses for another model; give the file of that one"),
        ("gemma4-assistant", "a draft (gemma4-assistant)"),
        ("qwen3tts", "a qwen3tts, which speaks; it is no language model"),
        ("t5encoder", "a t5encoder, whose encoder reads for a decoder or for what draws; such models are not sized"),
    ],
)
def test_a_gguf_file_that_answers_nothing_alone_is_told_apart(tmp_path: Path, architecture: str, line: str) -> None:
    write_gguf(tmp_path / "x.gguf", words("llama"))
    data = (tmp_path / "x.gguf").read_bytes()
    key, short = b"general.architecture\x08\x00\x00\x00", architecture.encode()
    old = struct.pack("<Q", 5) + b"llama"
    assert data.count(key + old) == 1
    (tmp_path / "x.gguf").write_bytes(data.replace(key + old, key + struct.pack("<Q", len(short)) + short))
    assert line in refusal(tmp_path / "x.gguf")


def test_a_later_part_of_a_split_file_is_read_with_the_first(tmp_path: Path) -> None:
    writer = GGUFWriter(str(tmp_path / "x-00002-of-00002.gguf"), "llama")
    writer.add_uint16("split.no", 1)
    writer.add_uint16("split.count", 2)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    assert "a later one of 2 parts; give the first, with the others beside it" in refusal(
        tmp_path / "x-00002-of-00002.gguf"
    )
