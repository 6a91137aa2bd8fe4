"""Our reader of GGUF headers reads what gguf's own does, at once, and from the first bytes of a file alone."""

from __future__ import annotations

import re
import struct
import time
from pathlib import Path

import numpy
import pytest
from gguf import GGUFEndian, GGUFReader, GGUFWriter
from gguf.constants import GGML_QUANT_SIZES, LlamaFileType

from sizing import SizingError
from sizing.files.ggml import FILE_TYPES, TENSOR_TYPES
from sizing.files.gguf_header import RawHeader, Stored, read_raw


def write(file: Path, order: GGUFEndian = GGUFEndian.LITTLE) -> None:
    writer = GGUFWriter(str(file), "llama", endianess=order)
    writer.add_name("Tiny é")
    writer.add_block_count(2)
    writer.add_rope_freq_base(10_000.0)
    writer.add_bool("llama.flag", True)
    writer.add_int8("llama.less", -3)
    writer.add_uint64("llama.more", 1 << 40)
    writer.add_array("llama.attention.head_count", [8, 4])
    writer.add_array("llama.attention.sliding_window_pattern", [True, False])
    writer.add_array("general.tags", ["a", "ü"])
    writer.add_token_list([f"token{i}" for i in range(10)])
    writer.add_token_scores([0.5] * 10)
    writer.add_token_types([1] * 10)
    writer.add_token_merges([f"to ken{i}" for i in range(10)])
    writer.add_chat_template("x" * 5000)
    writer.add_tensor("token_embd.weight", numpy.zeros((10, 64), dtype=numpy.float32))
    writer.add_tensor("blk.0.attn_q.weight", numpy.zeros((64, 32), dtype=numpy.float16))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    write(tmp_path / "tiny.gguf")
    return tmp_path / "tiny.gguf"


def test_keys_and_tensors_are_those_that_ggufs_own_reader_finds(file: Path) -> None:
    ours, theirs = read_raw(file), GGUFReader(str(file))
    said = {
        key: field.contents() for key, field in theirs.fields.items() if not key.startswith(("tokenizer.", "GGUF."))
    }
    assert {key: value for key, value in ours.keys.items() if not key.startswith("tokenizer.")} == said
    assert ours.tensors == {
        tensor.name: Stored(tuple(map(int, tensor.shape)), int(tensor.tensor_type)) for tensor in theirs.tensors
    }


def test_a_vocabulary_is_left_out(file: Path) -> None:
    assert {value for key, value in read_raw(file).keys.items() if key.startswith("tokenizer.ggml.tokens")} == {None}


def test_a_file_of_the_other_byte_order_says_the_same(tmp_path: Path, file: Path) -> None:
    write(tmp_path / "big.gguf", order=GGUFEndian.BIG)
    assert read_raw(tmp_path / "big.gguf") == read_raw(file)


def test_a_vocabulary_of_150_000_tokens_takes_no_time(tmp_path: Path) -> None:
    def text(value: str) -> bytes:
        return struct.pack("<Q", len(value)) + value.encode()

    def array(name: str, kind: int, elements: list[bytes]) -> bytes:
        return text(name) + struct.pack("<IIQ", 9, kind, len(elements)) + b"".join(elements)

    keys = (
        text("general.architecture") + struct.pack("<I", 8) + text("llama"),
        array("tokenizer.ggml.tokens", 8, [text(f"token{i}") for i in range(150_000)]),
        array("tokenizer.ggml.scores", 6, [struct.pack("<f", i) for i in range(150_000)]),
        array("tokenizer.ggml.merges", 8, [text(f"to ken{i}") for i in range(150_000)]),
    )
    tensor = text("token_embd.weight") + struct.pack("<IQQIQ", 2, 64, 150_000, 0, 0)
    file = tmp_path / "large.gguf"
    file.write_bytes(b"GGUF" + struct.pack("<IQQ", 3, 1, len(keys)) + b"".join(keys) + tensor)
    took = []
    for _ in range(3):  # the shortest counts: others use the processor's cache too
        before = time.process_time()
        header = read_raw(file)
        took.append(time.process_time() - before)
    assert min(took) < 0.2, took
    assert header.tensors == {"token_embd.weight": Stored((64, 150_000), 0)}


def test_the_header_is_enough(tmp_path: Path, file: Path) -> None:
    data = file.read_bytes()
    whole = read_raw(file)
    cut = tmp_path / "cut.gguf"

    def read(length: int) -> RawHeader | str:
        cut.write_bytes(data[:length])
        try:
            return read_raw(cut)
        except SizingError as error:
            return str(error)

    end = len(data) - 64 * 32 * 2 - 10 * 64 * 4
    found = read(end)
    assert isinstance(found, RawHeader)
    assert (found.keys, found.tensors) == (whole.keys, whole.tensors)
    assert (whole.missing, found.missing) == (0, len(data) - end)
    for found in map(read, range(0, end, 7)):
        assert isinstance(found, RawHeader) or re.fullmatch(r".*: not a whole GGUF file: .*", str(found))


def test_ggmls_types_are_those_of_the_gguf_package() -> None:
    assert {int(kind): (kind.name, *sizes) for kind, sizes in GGML_QUANT_SIZES.items()} == TENSOR_TYPES
    named = {int(kind): kind.name.split("_", 1)[1] for kind in LlamaFileType if kind != LlamaFileType.GUESSED}
    assert named == FILE_TYPES
