"""What does a model's checkpoint hold? transformers builds the model on the meta device and names its tensors."""

# mypy: disable-error-code="import-not-found"

from __future__ import annotations

import json
import re
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import torch
from transformers import AutoModel, AutoModelForCausalLM, AutoModelForImageTextToText
from transformers.core_model_loading import revert_weight_conversion
from transformers.models.auto.configuration_auto import CONFIG_MAPPING
from transformers.models.auto.modeling_auto import MODEL_FOR_CAUSAL_LM_MAPPING

from tools.record import by_hand
from tools.record.quirks import (
    ADDED,
    DROPPED,
    ENCODERS,
    KIN,
    LISTS,
    MTP_KEYS,
    OTHER_CONFIGS,
    TENSORS,
    TRANSPOSED,
    WRAPPED,
)

_DTYPES: Final = {
    torch.bfloat16: "BF16",
    torch.float16: "F16",
    torch.float32: "F32",
    torch.int64: "I64",
    torch.int32: "I32",
    torch.bool: "BOOL",
}


@dataclass(frozen=True)
class Checkpoint:
    """A model without its weights: what its config.json says, and its tensors under the checkpoint's names."""

    config: Mapping[str, Any]
    class_name: str
    parameters: int  # of the text model: tied weights once; no buffers, no MTP, no vision tower
    vocab_size: int
    tensors: Mapping[str, Any]


def build(config: Mapping[str, Any]) -> Checkpoint:
    """The checkpoint of an architecture in config.json's words. Raises whatever transformers raises."""
    if by_hand.knows(config["model_type"]):
        return _listed(_unquantized({**config, **config.get("text_config", {}), "model_type": config["model_type"]}))
    whole = _configuration(_unquantized(config))
    text = whole.get_text_config(decoder=True)
    with torch.device("meta"):
        if text.model_type in ENCODERS:
            whole, model = text, AutoModel.from_config(text, dtype=torch.bfloat16)
        elif _stands_alone(text):
            whole = text
            model = AutoModelForCausalLM.from_config(text, dtype=torch.bfloat16)
        else:
            model = AutoModelForImageTextToText.from_config(whole, dtype=torch.bfloat16)
    return Checkpoint(
        config={**_stated(whole, config), "architectures": [type(model).__name__]},
        class_name=type(model).__name__,
        parameters=_parameters(model, text is whole),
        vocab_size=text.vocab_size,
        tensors=_tensors(model),
    )


def _listed(config: dict[str, Any]) -> Checkpoint:
    class_name, tensors = by_hand.tensors(config)
    stated = {**ADDED.get(config["model_type"], {}), **config, "architectures": [class_name]}
    count = sum(tensor.numel() for name, tensor in tensors.items() if not name.endswith(by_hand.BUFFER))
    return Checkpoint(stated, f"{class_name} (by hand)", count, config["vocab_size"], tensors)


def write(checkpoint: Checkpoint, folder: Path) -> None:
    """config.json and a sparse model.safetensors: the header is true, the data a hole in the file."""
    (folder / "config.json").write_text(json.dumps(checkpoint.config, default=str), encoding="utf-8")
    header: dict[str, Any] = {}
    offset = 0
    for name, tensor in checkpoint.tensors.items():
        end = offset + tensor.numel() * tensor.element_size()
        shape = list(tensor.shape)
        header[name] = {"dtype": _DTYPES[tensor.dtype], "shape": shape, "data_offsets": [offset, end]}
        offset = end
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with (folder / "model.safetensors").open("wb") as file:
        file.write(struct.pack("<Q", len(text)) + text)
        file.truncate(8 + len(text) + offset)


def _configuration(config: Mapping[str, Any]) -> Any:
    """The configuration, in its multimodal wrapper where transformers has the text model only inside one."""
    model_type = KIN.get(config["model_type"], config["model_type"])
    stated = {**config, "model_type": model_type}
    if isinstance(inner := config.get("text_config"), dict) and (kin := KIN.get(inner.get("model_type", ""))):
        stated["text_config"] = {**inner, "model_type": kin}
    kind = CONFIG_MAPPING[model_type]
    if "text_config" in kind.sub_configs and "text_config" not in stated:
        del stated["model_type"]
        return kind(text_config=stated)
    found = kind.from_dict(stated)
    if _stands_alone(found) or "text_config" in kind.sub_configs:
        return found
    wrappers = (other for other in CONFIG_MAPPING.values() if other.sub_configs.get("text_config") is kind)
    wrapper = next(wrappers, None)
    if wrapper is None:
        return found
    # A wrapper has a tie of its own, which decides.
    return wrapper(text_config=found.to_dict(), tie_word_embeddings=found.tie_word_embeddings)


def _stands_alone(config: Any) -> bool:
    return type(config) in MODEL_FOR_CAUSAL_LM_MAPPING and config.model_type not in WRAPPED


def _unquantized(config: Mapping[str, Any]) -> dict[str, Any]:
    """Without what says how some published weights are quantized, or which remote code reads them."""
    dropped = ("quantization_config", "compression_config", "auto_map", "dtype", "torch_dtype")
    return {
        key: _unquantized(value) if isinstance(value, dict) and key.endswith("_config") else value
        for key, value in config.items()
        if key not in dropped
    }


def _stated(whole: Any, config: Mapping[str, Any]) -> dict[str, Any]:
    """A config.json's words: those given, transformers' for the rest, and what the converter needs. No MTP."""
    stated: dict[str, Any] = whole.to_dict()
    given = _unquantized({**config, **config.get("text_config", {})})
    text = stated.get("text_config", stated)
    model_type = text["model_type"]
    misread = DROPPED.get(model_type, ())
    if given.keys().isdisjoint(misread):
        for key in misread:
            text.pop(key, None)
    text |= {key: value for key, value in given.items() if key not in OTHER_CONFIGS}
    for key, value in ADDED.get(model_type, {}).items():
        value = value(text) if callable(value) else value
        text[key] = {**value, **text[key]} if isinstance(text.get(key), dict) else text.get(key, value)
    for key, other in whole.get_text_config(decoder=True).attribute_map.items():
        if other in text:
            text.setdefault(key, text[other])
    for key in LISTS.get(model_type, ()):
        if not isinstance(text[key], list):
            text[key] = [text[key]] * text["num_hidden_layers"]
    for key in MTP_KEYS:
        if text.get(key):
            text[key] = 0
    return {**stated, "model_type": whole.model_type}


def _parameters(model: Any, text_only: bool) -> int:
    parts = [model] if text_only else [model.get_decoder(), model.get_output_embeddings()]
    return sum({id(p): p.numel() for part in parts if part is not None for p in part.parameters()}.values())


def _tensors(model: Any) -> dict[str, Any]:
    """The checkpoint's tensors by name; tied weights once, buffers that are saved included."""
    every = {name for name, _ in model.named_parameters(remove_duplicate=False)}
    once = {name for name, _ in model.named_parameters()}
    saved = {name: tensor for name, tensor in model.state_dict().items() if name in once or name not in every}
    found: dict[str, Any] = revert_weight_conversion(model, saved)
    for pattern, replacement in TENSORS.get(model.config.model_type, ()):
        found = {re.sub(pattern, replacement, name): tensor for name, tensor in found.items()}
    if model.config.model_type in TRANSPOSED:
        return {name: tensor.transpose(1, 2) if ".experts." in name else tensor for name, tensor in found.items()}
    return found
