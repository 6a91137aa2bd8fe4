"""What does a checkpoint say of itself? Its format by config.json's ``quantization_config``, its bytes by safetensors.

Formats are ids of ``catalog/formats.yaml``. Of a safetensors file the header is read, of several their index.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from sizing.errors import SizingError
from sizing.facts.content import opened, read
from sizing.files.json_text import parsed, read_json
from sizing.files.kinds import foreign, foreign_tensors

Config = Mapping[str, Any]

INDEXES: Final = (".safetensors.index.json", ".bin.index.json")
_SHARD: Final = re.compile(r"(.+)-(\d{5})-of-(\d{5})(\.\w+)")
_LONGEST: Final = 32 << 20  # of a header
_DTYPES: Final = {"bfloat16": "BF16", "float16": "F16", "float32": "F32"}
_OF_MLC: Final = {"q0f16": "F16", "q0bf16": "BF16", "q0f32": "F32"}
# What sees or hears, or leads from there to the text model.
_OTHER: Final = re.compile(r"(^|\.)(v(ision|isual|it)|audio|image|mm_|multi_modal|embed_(vision|audio)|patch)", re.I)


def number_type(config: Config) -> str | None:
    """The format of a checkpoint's weights, or None where its config.json says nothing that is known, or nonsense.

    NVIDIA's older checkpoints say it in an ``hf_quant_config.json``, whose ``quantization`` means the same.
    """
    stated = _stated(config)
    if isinstance(stated, str):
        return _OF_MLC.get(stated)
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
    return isinstance(_stated(config), dict | str) and bool(_stated(config))


def _stated(config: Config) -> object:
    return config.get("quantization_config") or config.get("compression_config") or config.get("quantization")


def _nested(value: object) -> Config:
    """``value`` where it is a mapping, else an empty one: files say all kinds of things."""
    return value if isinstance(value, dict) else {}


def _whole(value: object) -> int | None:
    """A whole number, also where it is said as text."""
    return int(value) if isinstance(value, int | str) and re.fullmatch("-?[0-9]{1,4}", str(value)) else None


def _finer(rule: str, usual: int, bits: int | None, group: int | None) -> str | None:
    """A format of so many bits, in groups that may be other than its usual ones; None where there are none.

    A group of -1 is a whole row of inputs, which has one scale.
    """
    if bits is None or group is None or not 2 <= bits <= 8 or (group < 16 and group != -1):
        return None
    if group == -1:
        return f"{rule}-channel"
    return rule + (f"-g{group}" if group != usual else "")


def _mlx(q: Config) -> str | None:
    mode, bits = q.get("mode", "affine"), _whole(q.get("bits", 4))
    if any(isinstance(own, dict) and not _is_router(name) for name, own in q.items()):
        return None  # layers of their own bits, which only the tensors tell
    if mode != "affine":
        return f"MLX-{str(mode).upper()}"
    return _finer(f"MLX-{bits}bit", 64, bits, _whole(q.get("group_size", 64)))


def _is_router(name: object) -> bool:
    """Whether a module is one of those that MLX stores in 8 bits by itself."""
    return isinstance(name, str) and name.endswith(("gate", "router"))


def _gptq(q: Config) -> str | None:
    bits, group = _whole(q.get("bits")), _whole(q.get("group_size"))
    rule = {4: "GPTQ", 8: "GPTQ-Int8"}.get(bits or 0, f"GPTQ-{bits}bit")
    return _finer(rule, 128, bits, group)


def _awq(q: Config) -> str | None:
    bits, group = _whole(q.get("bits", q.get("w_bit"))), _whole(q.get("group_size", q.get("q_group_size")))
    return _finer("AWQ" if bits == 4 else f"AWQ-{bits}bit", 128, bits, group)


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
    if (bits, kind) == (4, "int") and group != 32:
        return _finer("W4A16", 128, bits, -1 if w.get("strategy") == "channel" else _whole(group))
    return {
        (4, "float", "16"): "NVFP4",
        (4, "float", "32"): "MXFP4",
        (4, "int", "32"): "INT4",
        (8, "int", "None"): "INT8",
    }.get((bits, str(kind), str(group)))


def _auto_round(q: Config) -> str | None:
    """AutoRound's integers lie as GPTQ's or AWQ's do; its floats, and layers of their own bits, no rule tells."""
    if q.get("extra_config") or str(q.get("data_type", "int")) != "int":
        return None
    return _awq(q) if "awq" in str(q.get("packing_format")) else _gptq(q)


def _quark(q: Config) -> str | None:
    """AMD Quark's floats; its integers, and layers of their own, no rule tells."""
    weight = _nested(_nested(q.get("global_quant_config")).get("weight"))
    if q.get("layer_quant_config") or q.get("layer_type_quant_config"):
        return None
    return {
        ("fp8_e4m3", "per_tensor", "None"): "FP8",
        ("fp8_e4m3", "per_channel", "None"): "FP8-dynamic",
        ("fp4", "per_group", "32"): "MXFP4",
    }.get((str(weight.get("dtype")), str(weight.get("qscheme")), str(weight.get("group_size"))))


# torchao's ways that lie as others' do: a scale a matrix, or a scale a row.
_TORCHAO: Final[Mapping[str, str]] = {
    "Float8DynamicActivationFloat8WeightConfig": "FP8",
    "Float8WeightOnlyConfig": "FP8-dynamic",
    "Int8DynamicActivationInt8WeightConfig": "INT8",
    "Int8WeightOnlyConfig": "INT8",
}


def _torchao(q: Config) -> str | None:
    """One way for all linear layers; its integers of 4 bits, and modules of ways of their own, no rule tells."""
    stated = _nested(q.get("quant_type"))
    default = _nested(stated.get("default"))
    if set(stated) - {"default"} or default.get("_type") not in _TORCHAO or q.get("include_input_output_embeddings"):
        return None
    rows = "PerRow" in str(_nested(default.get("_data")).get("granularity"))
    grouped = _whole(_nested(default.get("_data")).get("group_size")) is not None
    return None if grouped else "FP8-dynamic" if rows else _TORCHAO[str(default["_type"])]


def mixed(config: Config) -> str | None:
    """What is said of weights that are stored in several ways; None where they are in one, as far as that is said."""
    groups = _nested(_nested(_stated(config)).get("config_groups")).values()
    weights = [_nested(_nested(group).get("weights")) for group in groups]
    bits = {one["num_bits"] for one in weights if isinstance(one.get("num_bits"), int)}
    if len(bits) < 2:
        return None
    listed = " and ".join(str(n) for n in sorted(bits))
    return f"modules in {listed} bits; the fewest are taken for all that such checkpoints quantize"


def _exllama(family: str) -> Callable[[Config], str | None]:
    def read(q: Config) -> str | None:
        try:
            bits = float(q["bits"])
        except (KeyError, TypeError, ValueError):
            return None
        return f"{family}-{bits:g}bpw" if 0 < bits < 17 else None

    return read


_METHODS: Final[Mapping[str, Callable[[Config], str | None]]] = {
    "auto-round": _auto_round,
    "awq": _awq,
    "bitsandbytes": _bitsandbytes,
    "compressed-tensors": _groups,
    "exl2": _exllama("EXL2"),
    "exl3": _exllama("EXL3"),
    # NVIDIA's mixed checkpoints of DeepSeek V4 say fp8 too.
    "fp8": lambda q: _groups(q) or "FP8",
    "fbgemm_fp8": lambda q: "FP8-dynamic",
    "gptq": _gptq,
    "intel/auto-round": _auto_round,
    "modelopt": _groups,
    "mxfp4": lambda q: "MXFP4",
    "quark": _quark,
    "torchao": _torchao,
    "w8a8_int8": lambda q: "INT8",
}


@dataclass(frozen=True, slots=True)
class Held:
    """What the files of a checkpoint hold: bytes, and whether a tower that sees or hears is among them."""

    bytes: int  # 0 where an index does not tell, and no file lies beside it
    towers: bool


def whole(file: Path) -> tuple[Held, str | None]:
    """What a checkpoint holds, all of its shards together, and what of it was not seen.

    Raises SizingError for a broken file, and for shards of which some are missing.
    """
    if file.name.endswith(INDEXES):
        return _indexed(file)
    part = _SHARD.fullmatch(file.name)
    if part is None:
        return held(file), None
    index = next((path for end in INDEXES if (path := file.with_name(f"{part[1]}{end}")).exists()), None)
    if index is not None:
        return _indexed(index)
    count = int(part[3])
    names = [f"{part[1]}-{i:05}-of-{part[3]}{part[4]}" for i in range(1, min(count, _MOST_SHARDS) + 1)]
    _all_there(file, names)
    parts = [held(file.with_name(name)) for name in names]
    return Held(sum(one.bytes for one in parts), any(one.towers for one in parts)), None


_MOST_SHARDS: Final = 10_000


def _indexed(file: Path) -> tuple[Held, str | None]:
    index = _mapping(file, read_json(file))
    names, total = index.get("weight_map"), _total((index.get("metadata") or {}).get("total_size"))
    if not isinstance(names, dict) or not names or total is None:
        raise SizingError(f"{file}: no weight_map and total_size; give a safetensors index")
    found = Held(total, any(map(_OTHER.search, names)))
    shards = sorted({name for name in names.values() if isinstance(name, str) and "/" not in name})
    if not any(file.with_name(name).exists() for name in shards):
        return found, f"by its index alone: none of its {len(shards)} files lies beside it"
    _all_there(file, shards)
    if not found.bytes and all(name.endswith(".safetensors") for name in shards):  # DeepSeek's says none
        found = Held(sum(held(file.with_name(name)).bytes for name in shards), found.towers)
    return found, None


def _total(said: object) -> int | None:
    """The bytes that an index states, which some write as text or with a point; 0 where it states none, None for what
    is no size."""
    if said is None:
        return 0
    if isinstance(said, str):
        return int(said) if re.fullmatch("[0-9]{1,18}", said) else None
    return int(said) if isinstance(said, int | float) and 0 < said < 1 << 60 else None


def _all_there(file: Path, shards: Sequence[str]) -> None:
    """Raise SizingError unless each of several files lies beside one of them."""
    missing = [name for name in shards if not file.with_name(name).exists()]
    if missing:
        more = " …" if len(missing) > 3 else ""
        what = f"{len(missing)} of its {len(shards)} files are missing"
        raise SizingError(f"{file}: {what}: {', '.join(missing[:3])}{more}; get them too")


def held(file: Path) -> Held:
    """One file's bytes, of the text model alone where it says them. Raises SizingError for a broken file."""
    header = _header(file)
    if what := foreign_tensors(header):
        raise SizingError(f"{file}: {what}")
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
            if what := foreign(file.name, start):
                raise ValueError(what)
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
