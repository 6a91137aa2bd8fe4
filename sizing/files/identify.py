"""Which model does a print-out mean, and which format? Models by their size, formats by what llama.cpp calls them."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from sizing.anatomy.shape import Shape
from sizing.anatomy.tensors import parameters, tensors
from sizing.catalog import Catalog
from sizing.facts.device_names import Meant, meant
from sizing.files.gguf import may_hold
from sizing.model import Model

# A header of a GGUF file holds a few numbers that no checkpoint does, such as the rotations' factors.
_WITHIN: Final = 0.001


# --- models ---------------------------------------------------------------------------------------------------------


def model_meant(catalog: Catalog, count: int, rounding: int, architecture: str, file: str) -> Meant:
    """The model with so many parameters, give or take ``rounding``; by its file's name where several have them."""
    off = {m.id: min(abs(n - count) for n in _counts(m)) for m in catalog.models.values() if m.open}
    best = min(off.values(), default=0)
    near = [name for name, by in off.items() if by <= max(best, rounding) and by <= max(rounding, _WITHIN * count)]
    near = _narrowed(near, lambda name: may_hold(architecture, _shape(catalog.models[name]).model_type))
    named = [name for name in near if is_named(name, file)]
    longest = max((name.count("-") for name in named), default=0)
    return meant([name for name in named if name.count("-") == longest] or near)


def is_named(model: str, file: str) -> bool:
    """Whether each word of a model's id stands in a file's name: the 3 of llama-3-8b does not in Llama-3.1-8B."""
    return all(
        re.search(rf"(?<![a-z0-9.]){re.escape(word)}(?![a-z0-9]|\.\d)", file.lower()) for word in model.split("-")
    )


def _counts(model: Model) -> tuple[int, ...]:
    """As transformers counts, and with what a file also holds: routers' biases, and multi-token-prediction layers."""
    every = tensors(_shape(model))
    return (
        parameters(_shape(model)).total,
        sum(t.elements for t in every if not t.mtp),
        sum(t.elements for t in every),
    )


def _shape(model: Model) -> Shape:
    assert model.shape is not None
    return model.shape


def _narrowed(names: list[str], right: Callable[[str], bool]) -> list[str]:
    return [name for name in names if right(name)] or names


# --- formats --------------------------------------------------------------------------------------------------------

# What llama_ftype_name (llama.cpp's src/llama-model-loader.cpp) prints: "Q4_K - Medium", "IQ3_S mix - 3.66 bpw" …
_PRINTED: Final = re.compile(
    r"(?P<type>I?Q\d\w*|TQ\d_\d|BF16|F16|F32|MXFP4 MoE|NVFP4)(?P<mix> mix)?( - (?P<size>Small|Medium|Large)| - .*)?$"
)
_SIZED: Final = {"Q2_K_M": "Q2_K", "IQ3_S_mix": "IQ3_M", "MXFP4_MoE": "MXFP4_MOE"}
_IN_FILE: Final = re.compile(r"(?<![a-z0-9])(UD-)?(I?Q\d_\w+|TQ\d_\d|BF16|F16|MXFP4(_MOE)?|NVFP4)(?![a-z0-9])", re.I)


def recipe_meant(catalog: Catalog, kind: str) -> str | None:
    """The format that most tensors follow, of "llama 8B Q4_K - Medium"."""
    found = _PRINTED.search(kind)
    if found is None:
        return None
    name = found["type"].replace(" ", "_") + ("_mix" if found["mix"] else "")
    name += f"_{found['size'][0]}" if found["size"] else ""
    name = _SIZED.get(name, name)
    return name if name in catalog.formats else None


def format_in(file: str) -> str | None:
    """The format that a file's name gives itself."""
    found = list(_IN_FILE.finditer(file.removesuffix(".gguf")))
    return found[-1][0] if found else None
