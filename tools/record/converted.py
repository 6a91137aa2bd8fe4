"""What does llama.cpp's own converter make of a checkpoint? A GGUF file whose tensors are a hole in the file."""

# mypy: disable-error-code="import-not-found"

from __future__ import annotations

import json
import struct
import sys
from pathlib import Path
from typing import Any

import torch

from tools.record.checkpoint import Checkpoint
from tools.record.quirks import CLASSES
from tools.record.tools import Weights


def convert(folder: Path, source: Path, checkpoint: Checkpoint) -> Path:
    """Turn ``folder``'s config.json and model.safetensors into a BF16 GGUF; ``source`` is llama.cpp's source."""
    sys.path[:0] = [str(source), str(source / "gguf-py")]
    import conversion
    import gguf

    setattr(gguf.GGUFWriter, "write_tensors_to_file", _write_hole)  # noqa: B010 (a method, to mypy)
    # Assigning to a part of a tensor would make it real (Falcon-H1's multipliers), and only its shape is asked for.
    setattr(conversion.base.LazyTorchTensor, "__setitem__", lambda *_: None)  # noqa: B010
    # A head that is kept equals the embedding no more than any hole another: tied ones are in the checkpoint once.
    setattr(conversion.get_model_class("MambaForCausalLM"), "_tok_embd", property(lambda _: None, lambda *_: None))  # noqa: B010
    name = checkpoint.config["architectures"][0]
    name = CLASSES.get(name, name)
    kind = conversion.get_model_class(name)

    def set_vocab(self: Any) -> None:
        self.gguf_writer.add_tokenizer_model("none")
        self.gguf_writer.add_vocab_size(checkpoint.vocab_size)
        if types := checkpoint.config.get("type_vocab_size"):
            self.gguf_writer.add_token_type_count(types)

    for one in (kind, *(inner for inner in vars(kind).values() if isinstance(inner, type))):
        one.set_vocab = set_vocab
    kind._write_mxfp4_expert_tensor = _write_experts
    kind.no_mtp = kind.no_mtp or kind.supports_mtp_export
    tokenizer = {"model": {"vocab": {str(i): i for i in range(checkpoint.vocab_size)}}, "added_tokens": []}
    (folder / "tokenizer.json").write_text(json.dumps(tokenizer), encoding="utf-8")
    target = folder / "model.gguf"
    hparams = {**checkpoint.config, "architectures": [name]}
    with torch.inference_mode():
        kind(folder, gguf.LlamaFileType.MOSTLY_BF16, target, hparams=hparams).write()
    return target


def _write_experts(converter: Any, layer: int, projection: str, key: Any) -> list[str]:
    """What DeepSeek V4's converter does with experts in MXFP4, for BF16 as in every other model, and without bytes."""
    import gguf
    import numpy as np

    count = converter.hparams["n_routed_experts"]
    names = [f"layers.{layer}.ffn.experts.{i}.{projection}.weight" for i in range(count)]
    rows, columns = converter.model_tensors[names[0]]().shape
    kind = gguf.GGMLQuantizationType.BF16
    shape = gguf.quant_shape_to_byte_shape((count, rows, columns), kind)
    empty = gguf.LazyNumpyTensor.meta_with_dtype_and_shape(np.dtype(np.uint8), shape)
    tensor = gguf.LazyNumpyTensor(meta=empty, args=(), func=lambda _: empty)
    converter.gguf_writer.add_tensor(converter.format_tensor_name(key, layer), tensor, raw_dtype=kind)
    return names


def _write_hole(writer: Any, *, progress: bool = False) -> None:
    """What GGUFWriter.write_tensors_to_file does, with the file's length in place of the tensors' data."""
    writer.write_ti_data_to_file()
    for file, tensors in zip(writer.fout, writer.tensors, strict=True):
        writer.write_padding(file, file.tell())
        sizes = (writer.ggml_pad(tensor.nbytes, writer.data_alignment) for tensor in tensors.values())
        file.truncate(file.tell() + sum(sizes))


def quantized(gguf_file: Path, weights: Weights, target: Path, recipe: str) -> Path:
    """The same model with the types that a recipe gives its tensors: the header anew, the data still a hole."""
    import gguf

    with gguf_file.open("rb") as file:
        head = bytearray(file.read(min(tensor.field.offset for tensor in gguf.GGUFReader(gguf_file).tensors)))
    key = b"general.file_type"
    told = head.index(struct.pack("<Q", len(key)) + key) + 8 + len(key) + 4  # behind the key comes its value's type
    struct.pack_into("<I", head, told, gguf.LlamaFileType[f"MOSTLY_{recipe}"])
    infos, size = b"", 0
    for tensor in weights.tensors:
        name, rank = tensor.name.encode(), len(tensor.shape)
        kind = gguf.GGMLQuantizationType[tensor.type]
        infos += struct.pack(f"<Q{len(name)}sI{rank}QIQ", len(name), name, rank, *tensor.shape, kind, size)
        size += _padded(tensor.bytes)
    with target.open("wb") as file:
        file.write(head + infos)
        file.truncate(_padded(len(head) + len(infos)) + size)
    return target


def _padded(size: int) -> int:
    """To GGUF's alignment."""
    return -(-size // 32) * 32


def architecture(gguf_file: Path) -> str:
    """llama.cpp's name for the architecture of a GGUF file."""
    import gguf

    field = gguf.GGUFReader(gguf_file).get_field("general.architecture")
    return str(field.contents()) if field else ""


def blocks() -> dict[str, tuple[int, int]]:
    """By type: how many values one block holds, in how many bytes."""
    import gguf

    return {kind.name: size for kind, size in gguf.GGML_QUANT_SIZES.items()}
