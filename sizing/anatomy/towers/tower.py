"""Which towers has a model? Those of its config.json, with as many parameters as transformers counts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, Literal

from sizing.anatomy.blocks.tensor import Tensor
from sizing.anatomy.dialect import defaults
from sizing.anatomy.dialect.words import WordError, Words
from sizing.anatomy.towers.audio import AUDIO
from sizing.anatomy.towers.projectors import LEADS
from sizing.anatomy.towers.vision import VISION

Kind = Literal["vision", "audio"]
Config = Mapping[str, Any]

_TYPES: Final = {"vision": VISION, "audio": AUDIO}
_KEYS: Final[Mapping[Kind, str]] = {"vision": "vision_config", "audio": "audio_config"}


# Wrappers with a tower for pictures, and one like it for films.
_AS_OFTEN: Final[Mapping[str, int]] = {"video_llava": 2}


@dataclass(frozen=True)
class Tower:
    """A tower, and what leads from it to the text model."""

    kind: Kind
    model_type: str
    tensors: tuple[Tensor, ...]

    @cached_property
    def parameters(self) -> int:
        """As transformers counts them."""
        return sum(tensor.elements for tensor in self.tensors)


@dataclass(frozen=True)
class Unsized:
    """A part that is not the text model's, and that nobody here can size yet."""

    kind: str
    model_type: str


# Parts that speak or draw, or are chosen at will: no text model needs them to see or hear.
_APART: Final = frozenset(
    {"adapter", "code2wav", "diffusion_head", "talker", "token2wav", "tts", "vq", "word_timestamp"}
)


def is_apart(part: Tower | Unsized) -> bool:
    """Whether a part is none that sees or hears."""
    return part.kind in _APART


def towers_of(config: Config, hidden: int) -> tuple[Tower | Unsized, ...]:
    """The towers of the wrapper that ``config`` is, around a text model of width ``hidden``."""
    known = tuple(found for kind in _KEYS if (found := _tower(config, kind, hidden)))
    return (*known, *_others(config))


def _others(config: Config) -> Iterator[Unsized]:
    """The further parts that have a type of their own: what speaks, draws, or leads in ways that are not known."""
    wrapper = defaults.wrapper(str(config.get("model_type")))
    unsaid = {key: {"model_type": type_} for key, type_ in wrapper.others.items()} if wrapper else {}
    for key, value in {**unsaid, **config}.items():
        kind = key.removesuffix("_config")
        typed = isinstance(value, Mapping) and isinstance(value.get("model_type"), str)
        if key.endswith("_config") and typed and kind not in (*_KEYS, *_NOT_BESIDE) and key not in _SAME_TOWER:
            yield Unsized(kind, str(value["model_type"]))
    for key, kind in _UNTYPED.items():
        if value := config.get(key):
            yield Unsized(kind, value if isinstance(value, str) else key)


# Under which words the text model lies, and what a projector's function reads itself.
_NOT_BESIDE: Final = ("text", "llm", "language", "thinker", "language_model", "quantization", "decoder", "slice")
_SAME_TOWER: Final = ("adapter_config", "perceiver_config")
# What tells of a part without a type of its own, in code that comes with a model.
_UNTYPED: Final[Mapping[str, str]] = {
    "mm_vision_tower": "vision",
    "img_processor": "vision",
    "audio_processor": "audio",
    "vision_lora": "adapter",
    "speech_lora": "adapter",
}


def _tower(config: Config, kind: Kind, hidden: int) -> Tower | Unsized | None:
    outer = str(config.get("model_type"))
    own = defaults.tower_of(outer, _KEYS[kind])
    said = config.get(_KEYS[kind], {} if own and own.unasked else None)
    if not isinstance(said, Mapping):
        return None
    type_ = own.type if own and own.fixed else str(said.get("model_type") or (own.type if own else "unknown"))
    filled = {**defaults.of_tower(type_), **(own.words if own and not said else {})}
    words = Words(type_, said, filled)
    build, lead = _TYPES[kind].get(type_), LEADS[kind].get(outer)
    if build is None or lead is None:
        return Unsized(kind, type_)
    try:
        towers = [build(words) for _ in range(_AS_OFTEN.get(outer, 1))]
        return Tower(kind, type_, tuple(_tensors(*towers, lead(_outer(config, outer), words, hidden))))
    except (WordError, ArithmeticError, TypeError, ValueError):
        return Unsized(kind, type_)


def _outer(config: Config, type_: str) -> Words:
    return Words(type_, config, defaults.of_wrapper(type_))


def _tensors(*parts: Iterator[Tensor]) -> Iterator[Tensor]:
    for part in parts:
        yield from part
