"""What does a checkpoint say of itself? Its format by config.json's ``quantization_config``, its bytes by safetensors.

Formats are ids of ``catalog/formats.yaml``. Of a safetensors file the header is read, of several their index.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from sizing.errors import SizingError
from sizing.facts.content import opened, read
from sizing.files.json_text import parsed, read_json

Config = Mapping[str, Any]

INDEX: Final = ".safetensors.index.json"
_LONGEST: Final = 32 << 20  # of a header
_DTYPES: Final = {"bfloat16": "BF16", "float16": "F16", "float32": "F32"}
# What sees or hears, or leads from there to the text model.
_OTHER: Final = re.compile(r"(^|\.)(v(ision|isual|it)|audio|image|mm_|multi_modal|embed_(vision|audio)|patch)", re.I)


def number_type(config: Config) -> str | None:
    """The format of a checkpoint's weights, or None where its config.json says nothing that is known, or nonsense.

    NVIDIA's older checkpoints say it in an ``hf_quant_config.json``, whose ``quantization`` means the same.
    """
    stated = _stated(config)
    if not isinstance(stated, dict):
        return _DTYPES.get(str(config.get("torch_dtype") or config.get("dtype")))
    if "mode" in stated or ("quant_method" not in stated and "group_size" in stated):
        return _mlx(stated)
    if config.get("expert_dtype") == "fp4" and "config_groups" not in stated:
        return "MXFP4"  # DeepSeek V4, whose quantization_config tells of the rest
    method = str(stated.get("quant_method") or _nested(stated.get("producer")).get("name"))
    read = _METHODS.get(method)
    return read(stated) if read else None


def is_quantized(config: Config) -> bool:
    """Whether a config.json says that weights are stored otherwise than as numbers of its dtype."""
    return isinstance(_stated(config), dict)


def _stated(config: Config) -> object:
    return config.get("quantization_config") or config.get("compression_config") or config.get("quantization")


def _nested(value: object) -> Config:
    """``value`` where it is a mapping, else an empty one: files say all kinds of things."""
    return value if isinstance(value, dict) else {}


def _mlx(q: Config) -> str:
    mode = q.get("mode", "affine")
    return f"MLX-{q.get('bits', 4)}bit" if mode == "affine" else f"MLX-{str(mode).upper()}"


def _gptq(q: Config) -> str | None:
    known = {("4", "128"): "GPTQ", ("4", "32"): "GPTQ-g32", ("8", "128"): "GPTQ-Int8"}
    return known.get((str(q.get("bits")), str(q.get("group_size"))))


def _awq(q: Config) -> str | None:
    bits, group = q.get("bits", q.get("w_bit")), q.get("group_size", q.get("q_group_size"))
    return "AWQ" if (bits, group) == (4, 128) else None


def _bitsandbytes(q: Config) -> str | None:
    if q.get("load_in_8bit") or q.get("_load_in_8bit"):
        return "LLM-INT8"
    if q.get("bnb_4bit_quant_type") != "nf4":
        return None
    return "NF4-DQ" if q.get("bnb_4bit_use_double_quant") else "NF4"


def _groups(q: Config) -> str | None:
    """compressed-tensors and ModelOpt: groups of modules, of which the one with the fewest bits holds the most."""
    if str(q.get("moe_quant_algo") or q.get("quant_algo")).endswith("NVFP4"):
        return "NVFP4"
    groups = [_nested(_nested(group).get("weights")) for group in _nested(q.get("config_groups")).values()]
    groups = [weights for weights in groups if isinstance(weights.get("num_bits"), int)]
    if not groups:
        return "FP8" if q.get("quant_algo") == "FP8" else None
    w = min(groups, key=lambda w: int(w["num_bits"]))
    bits, group, kind = w["num_bits"], w.get("group_size"), w.get("type")
    if (bits, kind) == (8, "float"):
        return "FP8-dynamic" if w.get("strategy") == "channel" else "FP8"
    return {
        (4, "float", "16"): "NVFP4",
        (4, "float", "32"): "MXFP4",
        (4, "int", "32"): "INT4",
        (4, "int", "128"): "W4A16",
        (8, "int", "None"): "INT8",
    }.get((bits, str(kind), str(group)))


def _exllama(family: str) -> Callable[[Config], str | None]:
    def read(q: Config) -> str | None:
        try:
            bits = float(q["bits"])
        except (KeyError, TypeError, ValueError):
            return None
        return f"{family}-{bits:g}bpw" if 0 < bits < 17 else None

    return read


_METHODS: Final[Mapping[str, Callable[[Config], str | None]]] = {
    "awq": _awq,
    "bitsandbytes": _bitsandbytes,
    "compressed-tensors": _groups,
    "exl2": _exllama("EXL2"),
    "exl3": _exllama("EXL3"),
    # NVIDIA's mixed checkpoints of DeepSeek V4 say fp8 too.
    "fp8": lambda q: _groups(q) or "FP8",
    "gptq": _gptq,
    "modelopt": _groups,
    "mxfp4": lambda q: "MXFP4",
}


@dataclass(frozen=True, slots=True)
class Held:
    """What the files of a checkpoint hold: bytes, and whether a tower that sees or hears is among them."""

    bytes: int
    towers: bool


def held(file: Path) -> Held:
    """A checkpoint's bytes, of the text model alone where the file says them. Raises SizingError for a broken file."""
    if file.name.endswith(INDEX):
        index = _mapping(file, read_json(file))
        names, total = index.get("weight_map"), (index.get("metadata") or {}).get("total_size")
        if not isinstance(names, dict) or not isinstance(total, int):
            raise SizingError(f"{file}: no weight_map and total_size; give a safetensors index")
        return Held(total, any(map(_OTHER.search, names)))
    header = _header(file)
    try:
        own = [t["data_offsets"] for name, t in header.items() if name != "__metadata__" and not _OTHER.search(name)]
        if all(0 <= first <= end < 1 << 60 for first, end in own):
            return Held(sum(end - first for first, end in own), towers=False)
    except (TypeError, KeyError, ValueError):
        pass
    raise SizingError(f"{file}: not a safetensors file; get it anew")


def _header(file: Path) -> dict[str, Any]:
    """What stands before a file's data: its length in eight bytes, and JSON."""
    try:
        with opened(file) as data:
            start = read(data, 8)
            length = struct.unpack("<Q", start)[0] if len(start) == 8 else 0
            if not 2 <= length <= _LONGEST:
                raise ValueError(f"it says a header of {length:,} bytes, which none has; get it anew")
            text = read(data, length)
            if len(text) < length:
                raise ValueError("cut short in its header; get it anew")
            return _mapping(file, parsed(text))
    except ValueError as error:
        raise SizingError(f"{file}: not a whole safetensors file: {error}") from None


def _mapping(file: Path, found: Any) -> dict[str, Any]:
    if not isinstance(found, dict):
        raise SizingError(f"{file}: not a safetensors file or index; get it anew")
    return found
