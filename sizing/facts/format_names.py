"""Which format does a name end with, as publishers and people write it? Of ``Qwen3-32B-AWQ``, AWQ.

    Qwen3-32B-GGUF · Qwen3-32B-UD-Q4_K_XL.gguf · gpt-oss-20b-mxfp4.gguf · gemma-3-27b-it-qat-q4_0-gguf · i1-GGUF
    Qwen3-32B-AWQ · -GPTQ-Int4 · -FP8 · -FP8-dynamic · -NVFP4 · -quantized.w4a16 · -unsloth-bnb-4bit · -exl3-4.0bpw
    mlx-community/Qwen3-32B-4bit · Qwen3-32B-MLX-8bit

What it says is not looked up: a format that is not known is refused where one is needed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final


@dataclass(frozen=True)
class Ending:
    """A name without what it says of its format, and that. ``gguf`` where it is a GGUF file in whatever format."""

    stem: str
    format: str | None = None
    gguf: bool = False


_EDGE: Final = r"[-_. :/]"
_RECIPE: Final = r"(?:UD[-_ ])?I?Q\d_(?:[0-9](?:_\d_\d)?|K(?:_(?:XXL|XL|XS|L|M|S))?|XXS|XS|NL|XL|L|M|S)|TQ\d_0"

# What a name may end with, small letters and capitals alike: the format that it means, in which {} is the number said.
# The longer endings first.
_SAID: Final[tuple[tuple[str, str], ...]] = (
    # AutoRound's four bits lie as GPTQ's.
    (r"(?:(?:int4|4[-_ ]?bits?|w4a16)[-_ ])?auto[-_ ]?round(?:[-_ ](?:int4|4[-_ ]?bits?|gptq|sym|w4g128))*", "GPTQ"),
    (r"fp8[-_ ]dynamic|dynamic[-_ ]fp8", "FP8-dynamic"),
    (r"fp8(?:[-_ ](?:block|kv))?", "FP8"),
    (r"(?:quantized[-_.])?(?:int4[-_ ])?w4a16(?:[-_ ]g128)?", "W4A16"),
    (r"(?:quantized[-_.])?w8a8(?:[-_ ]int8)?", "INT8"),
    (r"(?:quantized[-_.])?w8a16", "W8A16"),
    (r"awq(?:[-_ ](?:4[-_ ]?bits?|int4|w4|g128|128g|marlin))*|(?:4[-_ ]?bits?|int4)[-_ ]awq", "AWQ"),
    (r"awq[-_ ](?:int)?(\d)(?:[-_ ]?bits?)?", "AWQ-{}bit"),
    (r"gptq(?:[-_ ](?:4[-_ ]?bits?|int4|w4|g128|128g))*|(?:4[-_ ]?bits?|int4)[-_ ]gptq", "GPTQ"),
    (r"gptq[-_ ](?:8[-_ ]?bits?|int8)|(?:8[-_ ]?bits?|int8)[-_ ]gptq", "GPTQ-Int8"),
    (r"gptq[-_ ](?:int)?(\d)(?:[-_ ]?bits?)?", "GPTQ-Int{}"),
    (r"(?:unsloth[-_ ])?bnb[-_ ]4bit", "NF4-DQ"),
    (r"bnb[-_ ](?:8bit|int8)", "LLM-INT8"),
    (r"exl2[-_ ](\d+(?:[._]\d+)?)[-_ ]?bpw|(\d+(?:[._]\d+)?)[-_ ]?bpw[-_ ]exl2", "EXL2-{}bpw"),
    (r"exl3[-_ ](\d+(?:[._]\d+)?)[-_ ]?bpw|(\d+(?:[._]\d+)?)[-_ ]?bpw[-_ ]exl3", "EXL3-{}bpw"),
    (r"(exl[23])", "{}"),
    (r"int8", "INT8"),
    (r"bf16", "BF16"),
    (r"fp?16", "F16"),
    (r"fp?32", "F32"),
    (r"mxfp4[-_ ]moe", "MXFP4_MOE"),
    (r"mxfp4", "MXFP4"),
    (r"(?:nvfp4|fp4)(?:[-_ ]v\d)?", "NVFP4"),
)
_MLX: Final[tuple[tuple[str, str], ...]] = (
    (r"(?:mlx[-_ ])?mxfp4[-_ ]q(\d)", "MLX-MXFP4-Q{}"),
    (r"(?:mlx[-_ ])?(?:(?:8[-_ ]?bit[-_ ])?mxfp8)", "MLX-MXFP8"),
    (r"(?:mlx[-_ ])?(?:(?:4[-_ ]?bit[-_ ])?mxfp4)", "MLX-MXFP4"),
    (r"(?:mlx[-_ ])?nvfp4", "MLX-NVFP4"),
    (r"(?:mlx[-_ ])?(?:q|int)?(\d)(?:[-_ ]?bits?)(?:[-_ ]mlx)?(?:[-_ ]dwq(?:[-_.]?\w+)?)?", "MLX-{}bit"),
)
# What says nothing of the format, beside what does: parts of a file, how it was made.
_SILENT: Final = r"\d{5}[-_]of[-_]\d{5}|qat|mlx|mtp|safetensors|hf"
_IMATRIX: Final = r"imat(?:rix)?|i1"
_GENERIC: Final = (
    (r"(?:int)?(\d)[-_ ]?bits?|int([2-4])", "{}bit"),
    (r"q([2-8])", "{}bit"),
)
# What people mean who say bits alone: the recipe of so many that most download. A repository means anything by it.
OF_BITS: Final[Mapping[str, str]] = {
    "2bit": "Q2_K", "3bit": "Q3_K_M", "4bit": "Q4_K_M", "5bit": "Q5_K_M", "6bit": "Q6_K", "8bit": "Q8_0",
}  # fmt: skip

_OF_MLX: Final = (*_MLX, *_SAID)
_OF_OTHERS: Final = (*_SAID, *_GENERIC)

_SHORT: Final = re.compile(r"(^|[^a-z0-9])q([2-6])_?k_?([sml])(?![a-z0-9])", re.I)  # q4km

READ: Final = 4096  # names that are remembered: those of all models, of which a search asks again and again

# In a GGUF file the experts are in MXFP4, all else in 8 bits.
_IN_GGUF: Final[Mapping[str, str]] = {"MXFP4": "MXFP4_MOE"}

# All of them, for what reads names elsewhere.
PATTERNS: Final[Mapping[str, object]] = {
    "edge": _EDGE, "recipe": _RECIPE, "said": _SAID, "mlx": _MLX, "generic": _GENERIC, "silent": _SILENT,
    "imatrix": _IMATRIX, "in_gguf": _IN_GGUF, "of_bits": OF_BITS,
}  # fmt: skip


@lru_cache(maxsize=READ)
def ending(name: str, *, mlx: bool = False) -> Ending:
    """The format that a name ends with, if any; ``mlx`` where its owner publishes for MLX alone."""
    stem, format, gguf, imatrix = _SHORT.sub(r"\1q\2_k_\3", name), None, False, False
    mlx = mlx or bool(re.search(rf"(?:^|{_EDGE})mlx(?:$|{_EDGE})", name, re.I))
    while True:
        if rest := _without(stem, "gguf"):
            stem, gguf = rest, True
        elif rest := _without(stem, _IMATRIX):
            stem, imatrix = rest, True
        elif rest := _without(stem, _SILENT):
            stem = rest
        elif not format and (found := _said(stem, mlx)):
            stem, format = found
        else:
            break
    if gguf and format:
        format = _IN_GGUF.get(format, format)
    recipe = bool(format and re.fullmatch(_RECIPE, format, re.I))
    if recipe and imatrix and not str(format).startswith("UD-"):
        format = f"i1-{format}"
    return Ending(stem, format, gguf or recipe)


def _without(name: str, what: str) -> str | None:
    """A name without such an ending; None where it has another, or nothing else."""
    found = _ends(what)(name)
    return found[1] if found else None


@lru_cache(maxsize=64)
def _ends(what: str) -> Callable[[str], re.Match[str] | None]:
    """Whether a name ends with one of these, of which there are as many as stand above."""
    return re.compile(rf"(.+?){_EDGE}+(?:{what})", re.I).fullmatch


def _said(name: str, mlx: bool) -> tuple[str, str] | None:
    """What is left of a name, and the format that it ends with."""
    if found := _ends(f"({_RECIPE})")(name):
        return found[1], found[2].upper().replace("UD_", "UD-").replace("UD ", "UD-")
    known = _OF_MLX if mlx else _OF_OTHERS
    if not _ends("|".join(pattern for pattern, _ in known))(name):
        return None  # as most names do
    for pattern, means in known:
        if found := _ends(pattern)(name):
            number = next(filter(None, found.groups()[1:]), "")
            return found[1], means.format(number.upper().replace("_", "."))
    return None
