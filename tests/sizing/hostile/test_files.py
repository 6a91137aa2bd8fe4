"""A model's file or a print-out that was made to harm ends within a second and 200 MB, in one line, with status 2."""

from __future__ import annotations

import json
import os
import struct
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import pytest

from tests.sizing.hostile.confined import Ended, run

CONFIG: Final[Mapping[str, Any]] = {
    "model_type": "llama", "vocab_size": 128256, "hidden_size": 4096, "intermediate_size": 14336,
    "num_hidden_layers": 32, "num_attention_heads": 32, "num_key_value_heads": 8, "max_position_embeddings": 8192,
    "tie_word_embeddings": False, "torch_dtype": "bfloat16",
}  # fmt: skip

U8, U32, STRING, ARRAY = 0, 4, 8, 9


def text(value: str | bytes) -> bytes:
    data = value.encode() if isinstance(value, str) else value
    return struct.pack("<Q", len(data)) + data


def key(name: str, kind: int, value: bytes) -> bytes:
    return text(name) + struct.pack("<I", kind) + value


def gguf(*keys: bytes, tensors: bytes = b"", count: int | None = None, tensor_count: int = 0) -> bytes:
    head = struct.pack("<IQQ", 3, tensor_count, len(keys) if count is None else count)
    return b"GGUF" + head + b"".join(keys) + tensors


def tensor(name: str, *shape: int, kind: int = 0) -> bytes:
    return text(name) + struct.pack(f"<I{len(shape)}QIQ", len(shape), *shape, kind, 0)


def array(kind: int, length: int, data: bytes = b"") -> bytes:
    return struct.pack("<IQ", kind, length) + data


NESTED = array(ARRAY, 1, array(ARRAY, 1, array(ARRAY, 1, array(U8, 1, b"\0"))))
LLAMA = key("general.architecture", STRING, text("llama"))
LAYERS = key("llama.block_count", U32, struct.pack("<I", 4_000_000_000))

GGUF: Final[Mapping[str, bytes]] = {
    "nothing after its magic": b"GGUF",
    "half a head": gguf()[:15],
    "no key and no tensor": gguf(),
    "a version of the future": b"GGUF" + struct.pack("<IQQ", 77, 0, 0),
    "an array of 2^60 numbers": gguf(LLAMA, key("a", ARRAY, array(U8, 1 << 60))),
    "an array of 2^60 texts": gguf(LLAMA, key("a", ARRAY, array(STRING, 1 << 60))),
    "an array of 2^60 tokens": gguf(LLAMA, key("tokenizer.ggml.tokens", ARRAY, array(STRING, 1 << 60))),
    "an array of 2^64 - 1": gguf(LLAMA, key("a", ARRAY, array(U32, (1 << 64) - 1))),
    "an array of arrays": gguf(LLAMA, key("a", ARRAY, NESTED)),
    "arrays a thousand deep": gguf(LLAMA, key("a", ARRAY, array(ARRAY, 1) * 1000)),
    "a text of 2^60": gguf(struct.pack("<QI", 8, STRING) + struct.pack("<Q", 1 << 60)),
    "a token of 2^63": gguf(key("tokenizer.ggml.tokens", ARRAY, array(STRING, 2, struct.pack("<Q", 1 << 63) * 2))),
    "a key of 2^60": gguf(struct.pack("<Q", 1 << 60), count=1),
    "2^60 keys": gguf(LLAMA, count=1 << 60),
    "2^60 tensors": gguf(LLAMA, tensor_count=1 << 60),
    "a type that there is not": gguf(key("a", 99, b"")),
    "2^31 dimensions": gguf(LLAMA, tensors=text("t") + struct.pack("<I", 1 << 31), tensor_count=1),
    "a shape of 2^63": gguf(LLAMA, tensors=tensor("t", 1 << 63, 1 << 63), tensor_count=1),
    "a tensor twice": gguf(LLAMA, tensors=tensor("t", 1) * 2, tensor_count=2),
    "four billion layers": gguf(LLAMA, LAYERS, tensors=tensor("token_embd.weight", 4096, 1000), tensor_count=1),
    "an architecture of numbers": gguf(key("general.architecture", U32, struct.pack("<I", 7))),
    "layers in words": gguf(LLAMA, key("llama.block_count", STRING, text("many"))),
    "heads in a list of nothing": gguf(LLAMA, key("llama.attention.head_count", ARRAY, array(U32, 0))),
    "parts in words": gguf(LLAMA, key("split.count", STRING, text("two"))),
    "no key but texts of zeros": b"GGUF" + struct.pack("<IQQ", 3, 0, 1 << 16) + bytes(1 << 20),
    "a name of control characters": gguf(key("general.architecture", STRING, text("\x1b[31m\n\x00"))),
}


def written(where: Path, name: str, data: bytes) -> Path:
    where.mkdir(parents=True)
    file = where / name
    file.write_bytes(data)
    return file


def config(**changed: Any) -> bytes:
    return json.dumps({**CONFIG, **changed}).encode()


JSON: Final[Mapping[str, bytes]] = {
    "nothing": b"",
    "a number": b"7",
    "a list": b"[]",
    "cut off": config()[:-9],
    "Latin-1": b'{"model_type": "ll\xe4ma"}',
    "900 brackets": b'{"model_type": "llama", "x": ' + b"[" * 900 + b"]" * 900 + b"}",
    "a hundred thousand brackets": b"[" * 100_000,
    "a hundred thousand objects": b'{"a":' * 100_000,
    "an integer of 5,000 digits": config().replace(b"4096", b"4" * 5000),
    "an integer of 400 digits": config().replace(b"4096", b"4" * 400),
    "a number beyond numbers": config().replace(b"4096", b"1e999"),
    "NaN": config().replace(b"4096", b"NaN"),
    "a key given twice": config().replace(b'"vocab_size"', b'"hidden_size": 2048, "vocab_size"'),
    "a billion layers": config(num_hidden_layers=10**9),
    "a width of 10^18": config(hidden_size=10**17),
    "layers below zero": config(num_hidden_layers=-32),
    "half a layer": config(num_hidden_layers=32.5),
    "layers in words": config(num_hidden_layers="thirty-two"),
    "layers in a list": config(num_hidden_layers=[32]),
    "layers in an object": config(num_hidden_layers={"a": 1}),
    "true for a width": config(hidden_size=True),
    "a type that is a list": config(model_type=["llama"]),
    "a type that is empty": config(model_type=""),
    "a type with line ends": config(model_type="llama\nllama"),
    "a million layer types": config(layer_types=["full_attention"] * 10**6),
    "layer types that are numbers": config(layer_types=[1, 2, 3]),
    "layer types that are one word": config(layer_types="full_attention"),
    "a text model of words": config(text_config={"hidden_size": "wide"}),
    "no heads": config(num_attention_heads=0),
    "more key heads than heads": config(num_key_value_heads=10**6),
    "40 MB of blanks": b" " * (40 << 20),
    "a text of 30 MB": b'{"model_type": "' + b"a" * (30 << 20) + b'"}',
    "ten million lists": b"[" + b"[]," * 10_000_000 + b"[]]",
    "a million keys": b"{" + b",".join(b'"%d":0' % i for i in range(10**6)) + b"}",
}

HEADERS: Final[Mapping[str, bytes]] = {
    "nothing": b"",
    "seven bytes": bytes(7),
    "a length of 2^63": struct.pack("<Q", 1 << 63),
    "a length of 2^31": struct.pack("<Q", 1 << 31) + b"{}",
    "a length beyond its end": struct.pack("<Q", 1000) + b"{}",
    "no length": struct.pack("<Q", 0) + b"{}",
    "a hundred thousand brackets": struct.pack("<Q", 100_000) + b"[" * 100_000,
    "900 objects": struct.pack("<Q", 4503) + b'{"a":' * 900 + b"1" + b"}" * 900 + b"  ",
    "a list": struct.pack("<Q", 2) + b"[]",
    "offsets in words": struct.pack("<Q", 36) + b'{"a": {"data_offsets": ["x", "y"]}} '[:36].ljust(36),
    "offsets below zero": struct.pack("<Q", 34) + b'{"a": {"data_offsets": [-5, -1]}}'.ljust(34),
    "offsets of 400 digits": struct.pack("<Q", 433) + (b'{"a": {"data_offsets": [0, ' + b"9" * 400 + b"]}}").ljust(433),
    "32 MB of blanks": struct.pack("<Q", 32 << 20) + b" " * (32 << 20),
    "no tensor's words": struct.pack("<Q", 8) + b'{"a": 1}',
}

INDICES: Final[Mapping[str, bytes]] = {
    "nothing": b"",
    "a list": b"[]",
    "a map that is a list": b'{"weight_map": [], "metadata": {"total_size": 1}}',
    "a size in words": b'{"weight_map": {}, "metadata": {"total_size": "large"}}',
    "metadata that is a number": b'{"weight_map": {}, "metadata": 7}',
    "a size of 5,000 digits": b'{"weight_map": {}, "metadata": {"total_size": ' + b"9" * 5000 + b"}}",
    "a hundred thousand brackets": b"[" * 100_000,
}

ROW = b"| llama 8B Q4_K - Medium | 4.58 GiB | 8.03 B | CUDA | 99 | pp512 | 100.00 |\n"
TABLE = b"| model | size | params | backend | ngl | test | t/s |\n| --- | --- | --- | --- | --- | --- | --- |\n"
TEST: Final[Mapping[str, Any]] = {
    "build_commit": "x", "build_number": 5000, "backends": "CUDA", "gpu_info": "NVIDIA GeForce RTX 4090",
    "model_filename": "x.gguf", "model_type": "llama 8B Q4_K - Medium", "model_size": 4912898048,
    "model_n_params": 8030261248, "n_gpu_layers": 99, "n_prompt": 512, "n_gen": 0, "avg_ts": 100.0,
}  # fmt: skip


def bench(**changed: Any) -> bytes:
    return json.dumps([{**TEST, **changed}]).encode()


PRINTED: Final[Mapping[str, bytes]] = {
    "JSON that is cut off": bench()[:-9],
    "a hundred thousand brackets": b'[{"avg_ts": ' + b"[" * 100_000,
    "900 brackets": b'[{"avg_ts": 1, "x": ' + b"[" * 900 + b"]" * 900 + b"}]",
    "a count of 5,000 digits": bench().replace(b"8030261248", b"8" * 5000),
    "a count of 400 digits": bench().replace(b"8030261248", b"8" * 400),
    "a speed beyond numbers": bench().replace(b"100.0", b"1e999"),
    "a speed that is none": bench(avg_ts="fast"),
    "a field of a million characters": bench(model_type="x" * 10**6),
    "a file of a million characters": bench(model_filename="Q4_K_M" * 200_000),
    "a size of 400 digits": TABLE + ROW.replace(b"4.58", b"4" * 400),
    "parameters of 400 digits": TABLE + ROW.replace(b"8.03", b"8" * 400),
    "a prompt of 5,000 digits": TABLE + ROW.replace(b"pp512", b"pp" + b"5" * 5000),
    "a row of a million cells": TABLE + b"|" + b" x |" * 10**6 + b"\n",
    "a device of 5,000 digits": b"Device " + b"1" * 5000 + b": X, compute capability\n" + TABLE,
    "a table without a row": TABLE,
    "a million devices in a line": b"Device 0: " * 600_000 + b"\n" + TABLE + ROW.replace(b"CUDA", b"X"),
    "10 MB of rows": TABLE + ROW * 140_000,
    "60,000 line ends": b"\n" * 60_000 + TABLE[:20],
    "a column that is none": TABLE.replace(b"ngl", b"xyz") + ROW,
}


def commands(folder: Path) -> dict[str, list[str]]:
    """Each file, written, and the command line that reads it."""
    asked: dict[str, list[str]] = {}

    def ask(kind: str, name: str, file: Path) -> None:
        asked[f"{kind}: {name}"] = ["import", str(file)]

    for number, (name, data) in enumerate(GGUF.items()):
        ask("gguf", name, written(folder / f"gguf{number}", "model.gguf", data))
    for number, (name, data) in enumerate(JSON.items()):
        ask("config.json", name, written(folder / f"json{number}", "config.json", data))
    for number, (name, data) in enumerate(HEADERS.items()):
        file = written(folder / f"safetensors{number}", "model.safetensors", data)
        file.with_name("config.json").write_bytes(config())
        ask("safetensors", name, file)
    for number, (name, data) in enumerate(INDICES.items()):
        file = written(folder / f"index{number}", "model.safetensors.index.json", data)
        file.with_name("config.json").write_bytes(config())
        ask("index", name, file)
    for number, (name, data) in enumerate(PRINTED.items()):
        ask("llama-bench", name, written(folder / f"bench{number}", "bench.txt", data))
    for name, file in strange_files(folder / "strange").items():
        ask("file", name, file)
        asked[f"plan: {name}"] = ["plan", str(file)]
    return asked


def strange_files(folder: Path) -> dict[str, Path]:
    """What is no regular file, or cannot be read."""
    folder.mkdir()
    os.mkfifo(folder / "pipe.gguf")
    os.mkfifo(folder / "pipe.json")
    (folder / "loop.json").symlink_to("loop.json")
    (folder / "gone.gguf").symlink_to("nowhere")
    (folder / "zero.json").symlink_to("/dev/zero")
    (folder / "folder.json").mkdir()
    sparse = folder / "sparse.gguf"
    with sparse.open("wb") as file:
        file.write(b"GGUF" + struct.pack("<IQQ", 3, 1 << 18, 1 << 16))
        file.truncate(20 << 30)
    return {path.name: path for path in folder.iterdir()} | {"a name of 5,000 letters": folder / ("x" * 5000 + ".json")}


@pytest.fixture(scope="module")
def ended(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Ended]:
    return run(commands(tmp_path_factory.mktemp("hostile")))


NAMES: Final = [
    *(f"{kind}: {name}" for kind, files in (
        ("gguf", GGUF), ("config.json", JSON), ("safetensors", HEADERS), ("index", INDICES), ("llama-bench", PRINTED),
    ) for name in files),
    *(f"{what}: {name}" for what in ("file", "plan") for name in (
        "pipe.gguf", "pipe.json", "loop.json", "gone.gguf", "zero.json", "folder.json", "sparse.gguf",
        "a name of 5,000 letters",
    )),
]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_it_ends_in_one_line_within_a_second_and_200_mb(ended: dict[str, Ended], name: str) -> None:
    one = ended[name]
    assert one.status == 2, one.text
    assert len(one.lines) == 1, one.text
    assert len(one.text) < (1000 if "5,000 letters" not in name else 6000), one.text
    assert one.seconds < 1, one
    assert one.mib < 200, one


def test_every_file_was_tried(ended: dict[str, Ended]) -> None:
    assert sorted(ended) == sorted(NAMES)
