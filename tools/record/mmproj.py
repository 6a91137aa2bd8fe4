"""How large are the files that llama.cpp sees with? ``python -m tools.record.mmproj`` writes it down.

transformers builds each model with its text part cut short, on the meta device, and llama.cpp's own converter makes the
file of its towers (``--mmproj``) without writing a weight; the table holds the bytes of its tensors.
"""

# mypy: disable-error-code="import-not-found"

from __future__ import annotations

import json
import logging
import os
import re
import sys
import tempfile
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

# Nothing here may ask a hub; before transformers is imported.
os.environ.update(HF_HUB_OFFLINE="1", TRANSFORMERS_VERBOSITY="error", OMP_NUM_THREADS="1")

import torch
from transformers import AutoModelForMultimodalLM
from transformers.core_model_loading import revert_weight_conversion
from transformers.models.auto.configuration_auto import CONFIG_MAPPING

from tools.record import tables
from tools.record.checkpoint import Checkpoint, write
from tools.record.converted import _write_hole
from tools.record.tools import Tools

FILE: Final = Path(__file__).parents[2] / "tests" / "sizing" / "anatomy" / "mmproj.json"
TYPES: Final = ("F16", "BF16", "Q8_0")

_SIGLIP: Final = {
    "model_type": "siglip_vision_model", "hidden_size": 1152, "image_size": 896, "intermediate_size": 4304,
    "num_attention_heads": 16, "num_hidden_layers": 27, "patch_size": 14, "vision_use_head": False,
}  # fmt: skip
_QWEN2_5: Final = {"hidden_size": 1280, "intermediate_size": 3420, "out_hidden_size": 3584}

# Wrappers, with the parts of published models where a class's defaults are not theirs.
MODELS: Final[Mapping[str, Mapping[str, Any]]] = {
    "gemma3": {"vision_config": _SIGLIP, "text_config": {"hidden_size": 2560}},
    "gemma4": {"vision_config": {}, "text_config": {"hidden_size": 2304}},
    "glm4v": {"vision_config": {}},
    "idefics3": {"vision_config": {}},
    "lfm2_vl": {"vision_config": {"vision_use_head": False}},
    "llama4": {"vision_config": {"hidden_size": 1408, "image_size": 336, "vision_output_dim": 4096}},
    "muse_glimmer": {"vision_config": {}},
    "qwen2_5_vl": {"vision_config": _QWEN2_5, "text_config": {"hidden_size": 3584, "num_attention_heads": 28}},
    "qwen2_audio": {"audio_config": {}},
    "qwen2_vl": {"vision_config": {}, "text_config": {"hidden_size": 3584, "num_attention_heads": 28}},
    "qwen3_5": {"vision_config": {"out_hidden_size": 4096}},
    "qwen3_vl": {"vision_config": {"out_hidden_size": 4096}},
    "qwen3_vl_moe": {"vision_config": {"out_hidden_size": 2048}},
    "smolvlm": {"vision_config": {}},
    "voxtral": {"audio_config": {}},
}

# How checkpoints of older versions name what is another module now.
RENAMED: Final[Mapping[str, tuple[str, str]]] = {
    "gemma3": (r"vision_tower\.(?!vision_model)", "vision_tower.vision_model."),
    "lfm2_vl": (r"vision_tower\.(?!vision_model)", "vision_tower.vision_model."),
}
# What a converter reads of how pictures are cut, which decides no tensor.
PICTURES: Final = {
    "image_mean": [0.5, 0.5, 0.5], "image_std": [0.5, 0.5, 0.5], "min_pixels": 3136, "max_pixels": 12845056,
    "size": {"shortest_edge": 3136, "longest_edge": 12845056, "height": 896, "width": 896}, "patch_size": 14,
    "rescale_factor": 1 / 255, "do_image_splitting": True,
}  # fmt: skip


def recorded(type_: str, parts: Mapping[str, Any], tools: Tools) -> dict[str, Any]:
    """A wrapper's words, and the bytes of its file of towers in each number type. Raises whatever the tools raise."""
    text = {**parts.get("text_config", {}), "num_hidden_layers": 2}
    config = {"model_type": type_, **parts, "text_config": text}
    whole = CONFIG_MAPPING[type_].from_dict(json.loads(json.dumps(config)))
    with torch.device("meta"):
        model = AutoModelForMultimodalLM.from_config(whole, dtype=torch.bfloat16)
    saved = revert_weight_conversion(model, dict(model.state_dict()))
    pattern, renamed = RENAMED.get(type_, ("^$", ""))
    saved = {re.sub(pattern, renamed, key): tensor for key, tensor in saved.items() if "lm_head" not in key}
    name = type(model).__name__
    stated = {**whole.to_dict(), "architectures": [name]}
    checkpoint = Checkpoint(stated, name, 0, 0, saved)
    with tempfile.TemporaryDirectory() as folder:
        write(checkpoint, Path(folder))
        (Path(folder) / "preprocessor_config.json").write_text(json.dumps(PICTURES), encoding="utf-8")
        (Path(folder) / "tokenizer_config.json").write_text("{}", encoding="utf-8")
        sizes = {kind: _converted(Path(folder), name, stated, kind, tools) for kind in TYPES}
    return {"config": config, "hidden": whole.get_text_config(decoder=True).hidden_size, "bytes": sizes}


def _converted(folder: Path, name: str, stated: Mapping[str, Any], kind: str, tools: Tools) -> int:
    """Bytes of all tensors of the file that llama.cpp's converter makes."""
    sys.path[:0] = [str(tools.source), str(tools.source / "gguf-py")]
    import conversion
    import gguf

    setattr(gguf.GGUFWriter, "write_tensors_to_file", _write_hole)  # noqa: B010 (a method, to mypy)
    target = folder / f"mmproj-{kind}.gguf"
    found = conversion.get_model_class(name, mmproj=True)
    with torch.inference_mode():
        found(folder, gguf.LlamaFileType[f"MOSTLY_{kind}"], target, hparams=json.loads(json.dumps(stated))).write()
    return sum(int(tensor.n_bytes) for tensor in gguf.GGUFReader(target).tensors)


def main() -> int:
    """Write the table; a model that the converter lacks is told and left out."""
    warnings.simplefilter("ignore")
    logging.disable(logging.WARNING)
    tools = Tools.from_environment()
    lines = [f'"recorded": {json.dumps(tables.stamp(tools.version))}']
    for type_, parts in MODELS.items():
        try:
            lines.append(f"{json.dumps(type_)}: {json.dumps(recorded(type_, parts, tools))}")
        except Exception as error:  # whatever a converter raises
            print(f"{type_}: {type(error).__name__}: {str(error)[:160]}", file=sys.stderr)
    FILE.write_text("{\n " + ",\n ".join(lines) + "\n}\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
