"""Which blocks does a ``model_type`` consist of? One table, with what ``config.json`` leaves out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from sizing.entries import Architecture
from sizing.reading import SizingError


@dataclass(frozen=True, slots=True)
class Blocks:
    """The blocks of an architecture, with transformers' defaults for keys that ``config.json`` may leave out."""

    attention: Literal["gqa", "mla"] = "gqa"
    qkv_bias: bool = False
    qk_norm: bool = False
    tied: bool = False
    experts: Literal["none", "mixtral", "deepseek"] = "none"
    gguf: str = "llama"  # llama.cpp's name of the architecture; two of its recipes ask for it
    # transformers and vLLM honour sliding_window; llama.cpp reads these models as plain llama and keeps every token.
    window_in_llama_cpp: bool = True


TABLE: Final[dict[str, Blocks]] = {
    "llama": Blocks(),
    "mistral": Blocks(window_in_llama_cpp=False),
    "mixtral": Blocks(experts="mixtral", window_in_llama_cpp=False),
    "qwen2": Blocks(qkv_bias=True, gguf="qwen2"),
    "deepseek_v3": Blocks(attention="mla", experts="deepseek", gguf="deepseek2"),
    "kimi_k2": Blocks(attention="mla", experts="deepseek", gguf="deepseek2"),
    "glm4_moe": Blocks(experts="deepseek", gguf="glm4moe"),
}


def blocks(architecture: Architecture) -> Blocks:
    """The blocks of ``architecture``. Raises SizingError for a model_type that the table does not know."""
    try:
        return TABLE[architecture.model_type]
    except KeyError:
        raise SizingError(
            f"model_type {architecture.model_type!r} is not known; known are {', '.join(sorted(TABLE))}"
        ) from None


def is_tied(architecture: Architecture) -> bool:
    """Whether the output head is the input embedding."""
    if architecture.tie_word_embeddings is not None:
        return architecture.tie_word_embeddings
    return blocks(architecture).tied


def windows(architecture: Architecture) -> tuple[int | None, ...]:
    """For each layer, the tokens that its attention sees; None for all of them."""
    window, layers = architecture.sliding_window, architecture.num_hidden_layers
    if window is None:
        return (None,) * layers
    if architecture.layer_types is None:
        return (window,) * layers
    return tuple(window if kind == "sliding_attention" else None for kind in architecture.layer_types)
