"""What may a runtime load beside the text model? Its towers and its multi-token-prediction layers, in bytes.

llama.cpp has towers in a file of their own (``--mmproj``), published in F16 as a rule: matrices in 16 bits, vectors in
32 (llama.cpp conversion/base.py). Others load them with the checkpoint, where quantizers leave them in 16 bits.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sizing.anatomy.caches import mtp_parts
from sizing.anatomy.formats import tensor_bytes
from sizing.anatomy.shape import Shape
from sizing.anatomy.shaped import ShapedEntry
from sizing.anatomy.tensors import mtp_layers
from sizing.anatomy.towers import Tower
from sizing.engine.beside import Part
from sizing.facts.entries.formats import Format
from sizing.facts.entries.runtimes import Runtime
from sizing.facts.units import known

# Whose converters leave what makes tokens of patches in 32 bits (llama.cpp conversion/gemma.py, smolvlm.py).
_WIDE_PATCHES: Final = frozenset({"gemma3", "idefics3", "shieldgemma2", "smolvlm"})
# The file of towers that is taken where several are published.
_MMPROJ: Final = ("F16", "BF16", "Q8_0", "F32")


# What a tower writes for a patch at once, times its width. Bytes. In 16 bits: rows of pools.csv (Qwen3.5) leave 29 to
# 32, a log of Gemma 4 26B, tried on six films of 2,496 tokens, 4.3 GiB. In llama.cpp, which has 32 bits, 26 to 27 of
# Qwen3-VL's kind, whose feed-forward block has no gate; Qwen2.5-VL's, with its windows, 68.
_WRITTEN: Final = 30


@dataclass(frozen=True)
class _Shown:
    """What runtimes show a tower of one wrapper's type before it has any work."""

    tokens: (
        int  # that the largest picture or film becomes, which vLLM tries: "Encoder cache will be initialized with …"
    )
    patches: int  # of a token
    warm: int  # patches of the picture that llama.cpp reserves for: "warmup with image size = 1472 x 1472"
    written: int  # bytes of a patch there, times the width


_QWEN2: Final = _Shown(16384, 4, 8464, 68)
_QWEN3: Final = _Shown(16384, 4, 8464, 27)
_SHOWN: Final[Mapping[str, _Shown]] = {
    "gemma3": _Shown(256, 16, 4096, 27),
    "gemma4": _Shown(2496, 9, 2520, 27),
    "qwen2_5_vl": _QWEN2,
    "qwen2_vl": _QWEN2,
    "qwen3_5": _QWEN3,
    "qwen3_5_moe": _QWEN3,
    "qwen3_vl": _QWEN3,
    "qwen3_vl_moe": _QWEN3,
}


def shown_to(model: ShapedEntry, runtime: Runtime) -> tuple[int, int, int]:
    """Bytes of a buffer of its own that a runtime has for towers; tokens of the largest picture that it tries at start,
    and what is written for each. 0 where it does not, or nobody has seen it."""
    kind = str(model.towers.config.get("model_type")) if model.towers else ""
    shown, width = _SHOWN.get(kind), _width(model)
    if shown is None or not width:
        return 0, 0, 0
    if runtime.files == "gguf":
        return shown.warm * shown.written * width, 0, 0
    return (0, shown.tokens, shown.patches * _WRITTEN * width) if runtime.tries_towers else (0, 0, 0)


def whole(model: ShapedEntry, runtime: Runtime) -> bool:
    """Whether each of several ranks has all of the towers, as it builds them of transformers' own classes."""
    return model.shape is not None and model.shape.model_type in runtime.whole_towers


def _width(model: ShapedEntry) -> int:
    """Of the stream of the widest tower for pictures; 0 where none is known."""
    towers = [one for one in model.seeing if isinstance(one, Tower) and one.kind == "vision"]
    return max((t.shape[0] for one in towers for t in one.tensors if t.role == "attn_out"), default=0)


def parts_of(model: ShapedEntry, fmt: Format, cache_format: str, runtime: Runtime) -> Iterator[Part]:
    """What there is beside a model's text, as a runtime holds it. Raises SizingError for what it does not know."""
    if model.apart:
        yield Part("others", model.apart, None, None, (), unasked=False)
    if has_towers(model):
        names, size = tower_names(model), tower_bytes(model, runtime)
        shown = shown_to(model, runtime)
        yield Part("towers", names, model.towers_parameters, size, (), runtime.towers, *shown, whole(model, runtime))
    if model.shape is None or not model.shape.mtp:
        return
    size = mtp_bytes(model.shape, fmt, runtime.files == "gguf")
    cache = mtp_parts(model.shape, cache_format, runtime.cache)
    yield Part("mtp", ("mtp",), mtp_parameters(model.shape), size, cache, unasked=False)


def has_towers(model: ShapedEntry) -> bool:
    """Whether something sees or hears, as far as is known."""
    return model.towers is not None and bool(model.seeing or not model.apart)


def mtp_parameters(shape: Shape) -> int:
    """How many parameters the layers have that draft."""
    return sum(tensor.elements for own in mtp_layers(shape) for tensor in own if not tensor.buffer)


def mtp_bytes(shape: Shape, fmt: Format, gguf: bool) -> int:
    """What they take in a format."""
    size = tensor_bytes(fmt, shape, gguf, mtp=True)
    return sum(size(tensor) for own in mtp_layers(shape) for tensor in own)


def file_bytes(tower: Tower, wide: Sequence[str] = ()) -> int:
    """Bytes of a tower's tensors in llama.cpp's file in F16: vectors, and what has a ``wide`` role, have 32 bits."""
    sizes = ((tensor, 4 if len(tensor.shape) == 1 or tensor.role in wide else 2) for tensor in tower.tensors)
    return sum(tensor.elements * size for tensor, size in sizes)


def tower_names(model: ShapedEntry) -> tuple[str, ...]:
    """Vision and audio, and the types of those that are not known."""
    found = [one.kind if isinstance(one, Tower) else f"{one.kind} ({one.model_type})" for one in model.seeing]
    return tuple(found) or model.senses


def tower_bytes(model: ShapedEntry, runtime: Runtime) -> int | None:
    """A published file's, else as the tensors give them, else two for each parameter; None where nobody knows."""
    assert model.towers is not None
    gguf = runtime.files == "gguf"
    if gguf and (published := next((model.towers.mmproj[t] for t in _MMPROJ if t in model.towers.mmproj), None)):
        return published
    towers = [one for one in model.seeing if isinstance(one, Tower)]
    if towers and len(towers) == len(model.seeing):
        wide = ("patch_embd",) if model.towers.config.get("model_type") in _WIDE_PATCHES else ()
        return sum(file_bytes(tower, wide) if gguf else 2 * tower.parameters for tower in towers)
    count = known(model.towers.parameters)
    return None if count is None else 2 * count
