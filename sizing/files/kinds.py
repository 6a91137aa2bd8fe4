"""What is a file that describes no model? By its first bytes, name and keys, in one line with what would be right."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

START: Final = 512  # bytes that tell

_HTML: Final = re.compile(rb"\s*(<!doctype|<html|<head|<\?xml)", re.I)
_ANEW: Final = "get it anew with `hf download` or from its page's download button"

# What files of other kinds begin with, and what they are.
_MAGIC: Final[tuple[tuple[bytes, str], ...]] = (
    (b"version https://git-lfs", "a Git LFS pointer, not the file that it stands for; fetch that with `git lfs pull`"),
    (b"tjgg", "in the GGML format that came before GGUF; convert the model anew"),
    (b"lmgg", "in the GGML format that came before GGUF; convert the model anew"),
    (b"fmgg", "in the GGML format that came before GGUF; convert the model anew"),
    (b"algg", "a LoRA adapter in the GGML format that came before GGUF; give the model that it is for"),
    (b"\x80\x02", "a PyTorch checkpoint, which is code and is not opened; give the config.json beside it"),
    (b"\x1f\x8b", "an archive; unpack it first"),
    (b"7z\xbc\xaf", "an archive; unpack it first"),
    (b"\x89HDF", "an HDF5 checkpoint, which is not read; give the config.json beside it"),
)
_PICKLED: Final = re.compile(r"\.(bin|pt|pth|ckpt|pkl)$", re.I)
_IMATRIX: Final = re.compile(r"(\.imatrix|imatrix\S*\.dat)$", re.I)

# Architectures that llama.cpp reads, and that answer nothing alone (src/llama-arch.cpp at 0c1e570).
_DRAFTS: Final = ("dflash", "eagle3", "gemma4-assistant")
_SPEAKS: Final = ("pockettts", "qwen3tts", "wavtokenizer-dec")
_ENCODES: Final = ("t5", "t5encoder")

_ADAPTER: Final = "a LoRA adapter{}; give the model that it is for{}"


def foreign(name: str, start: bytes) -> str | None:
    """What a file is that begins so, and no model's; None where it may be one's."""
    if not start:
        return f"is empty; {_ANEW}"
    if _HTML.match(start):
        return f"a web page in place of the file; {_ANEW}"
    if start.startswith(b"PK\x03\x04"):
        pickled = "a PyTorch checkpoint, which is code and is not opened; give the config.json beside it"
        return pickled if _PICKLED.search(name) else "an archive; unpack it first"
    if found := next((what for magic, what in _MAGIC if start.startswith(magic)), None):
        return found
    if _IMATRIX.search(name):
        return "an importance matrix, which quantizers read; give the model's own file"
    if name.lower().endswith(".gguf") and not start.startswith(b"GGUF"):
        return f"does not begin as a GGUF file does; {_ANEW}"
    return None


def foreign_json(data: Mapping[str, Any]) -> str | None:
    """What a JSON file is that describes something beside a model; None where it may describe one."""
    if "peft_type" in data or "lora_alpha" in data:
        base = data.get("base_model_name_or_path")
        of = f": {base}" if isinstance(base, str) and 0 < len(base) <= 120 and base.isprintable() else ""
        return _ADAPTER.format("'s settings", of)
    if "_diffusers_version" in data:
        return "settings of a diffusion pipeline, which is no language model; give a language model's config.json"
    if "added_tokens" in data or ("tokenizer_class" in data and "model_type" not in data):
        return "a tokenizer's; give the config.json beside it"
    if "weight_map" in data:
        return "an index of weights; name it as it was, ending in .index.json, beside its config.json"
    return None


def foreign_gguf(keys: Mapping[str, Any], tensors: int) -> str | None:
    """What a GGUF file holds that is no model; None where it may hold one."""
    kind, architecture = keys.get("general.type"), keys.get("general.architecture")
    if kind == "adapter" or "adapter.type" in keys:
        return _ADAPTER.format(f" for a {architecture}", "")
    if kind == "mmproj" or architecture == "clip":
        return "the part of a model that sees or hears (mmproj); give the file of its text model"
    if kind == "imatrix" or "imatrix.chunk_count" in keys:
        return "an importance matrix, which quantizers read; give the model's own file"
    if architecture in _DRAFTS:
        return f"a draft ({architecture}), which guesses for another model; give the file of that one"
    if architecture in _SPEAKS:
        return f"a {architecture}, which speaks; it is no language model"
    if architecture in _ENCODES:
        return f"a {architecture}, whose encoder reads for a decoder or for what draws; such models are not sized"
    if architecture == "controlvector":
        return "a control vector; give the model that it is for"
    if not tensors:
        return "a vocabulary alone, without a tensor; give the model's own file"
    return None


def foreign_tensors(names: Mapping[str, Any]) -> str | None:
    """What a safetensors file holds that is no whole model; None where it may be one."""
    if any(".lora_A." in name or ".lora_B." in name or ".lora_down." in name for name in names):
        return _ADAPTER.format("", "")
    return None
