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
# What files end with that hold a model in a way of their own.
_OTHERS: Final[tuple[tuple[str, str], ...]] = (
    (r"\.onnx(\.data)?", "an ONNX model"),
    (r"\.nemo", "a NeMo archive"),
    (r"openvino\S*\.(xml|bin)", "an OpenVINO model"),
    (r"\.mlmodel", "a Core ML model"),
    (r"\.(tflite|litertlm|task)", "a LiteRT model"),
    (r"\.(engine|plan)", "a TensorRT engine"),
    (r"\.pdparams", "a PaddlePaddle checkpoint"),
    (r"\.(rkllm|rknn)", "a model for Rockchip's NPU"),
    (r"\.mnn", "an MNN model"),
    (r"\.npz", "MLX's or NumPy's arrays"),
    (r"params_shard_\d+\.bin", "a part of an MLC model"),
)
_OF_OTHERS: Final = tuple((re.compile(f".*(?:{end})", re.I), what) for end, what in _OTHERS)
_READ: Final = re.compile(r"\.(gguf|json|safetensors|ya?ml)$", re.I)
_TEXT: Final = re.compile(r"\.(md|txt|rst|py|jinja|log)$", re.I)
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
    if other := next((what for end, what in _OF_OTHERS if end.fullmatch(name)), None):
        return f"{other}, which is not read; give the config.json of the model that it was made of"
    if start.startswith(b"MZqFpD") or name.lower().endswith(".llamafile"):
        return "a llamafile, which is a program with a GGUF file in it; give that file, or the model's name"
    if start.startswith(b"lmgg") and name.lower().startswith("ggml-"):
        return "in the GGML format, as whisper.cpp reads it, or as it was before GGUF; it is no language model of today"
    if _TEXT.search(name):
        return "a text; give the config.json or the model's file beside it"
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
    if b"\0" in start and not start.startswith((b"GGUF", b"\xff\xfe", b"\xfe\xff")) and not _READ.search(name):
        return "holds bytes of a kind that is not known; give a config.json, a GGUF or a safetensors file"
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
    if "pretrained_config" in data or ("builder_config" in data and "model_type" not in data):
        return "settings of a TensorRT-LLM engine; give the config.json of the model that it was built from"
    if isinstance(data.get("architecture"), str) and "model_type" not in data and "hidden_size" in data:
        return "settings of a TensorRT-LLM checkpoint; give the config.json of the model that it was made from"
    own = data.get("model")
    if isinstance(own, Mapping) and ("search" in data or "decoder" in own):
        return "settings of ONNX Runtime; give the config.json of the model that it was made of"
    if "image_processor_type" in data or "feature_extractor_type" in data or "processor_class" in data:
        return "a preprocessor's; give the config.json beside it"
    if "layers" in data and "mediaType" in data:
        return "a manifest of Ollama's; give the tag that it is called by, such as qwen3:8b"
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
    if any(name.startswith(_DRAWS) for name in names):
        return "a model that draws; it is no language model, and is not sized"
    return None


# What tensors of diffusion models are called after.
_DRAWS: Final = (
    "model.diffusion_model.", "diffusion_model.", "double_blocks.", "single_blocks.", "joint_blocks.", "down_blocks.",
    "first_stage_model.", "transformer_blocks.", "single_transformer_blocks.",
)  # fmt: skip
