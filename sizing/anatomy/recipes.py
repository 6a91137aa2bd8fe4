"""Which number type does llama-quantize give a tensor? llama.cpp's recipes, which mix types by role and layer.

The rules are llama.cpp's src/llama-quant.cpp (read 2026-11-22 in the source that llama-cpp-python 0.3.36 ships, commit
0c1e570), without overrides of single tensors. An importance matrix changes a file's types only where ``Traits.imatrix``
is asked below; the smallest recipes cannot be made without one. Block sizes are ggml's.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import Final

from sizing.anatomy.blocks.tensor import Tensor
from sizing.anatomy.shape import LayerKind, Shape
from sizing.anatomy.tensors import layer_tensors, mtp_layers
from sizing.errors import SizingError

RECIPES_READ_FROM: Final = "llama.cpp src/llama-quant.cpp, llama-cpp-python 0.3.36"

# ggml type: elements in a block, bytes of a block. A test compares these with the gguf package.
BLOCKS: Final[Mapping[str, tuple[int, int]]] = {
    "F32": (1, 4),
    "I32": (1, 4),
    "F16": (1, 2),
    "BF16": (1, 2),
    "Q8_0": (32, 34),
    "Q6_K": (256, 210),
    "Q5_K": (256, 176),
    "Q5_1": (32, 24),
    "Q5_0": (32, 22),
    "Q4_K": (256, 144),
    "Q4_1": (32, 20),
    "Q4_0": (32, 18),
    "IQ4_NL": (32, 18),
    "IQ4_XS": (256, 136),
    "MXFP4": (32, 17),
    "NVFP4": (64, 36),
    "Q3_K": (256, 110),
    "IQ3_S": (256, 110),
    "IQ3_XXS": (256, 98),
    "Q2_K": (256, 84),
    "Q2_0": (64, 18),
    "IQ2_S": (256, 82),
    "IQ2_XS": (256, 74),
    "IQ2_XXS": (256, 66),
    "TQ2_0": (256, 66),
    "IQ1_M": (256, 56),
    "TQ1_0": (256, 54),
    "IQ1_S": (256, 50),
    "Q1_0": (128, 18),
}

# Where a row does not divide by a type's block, llama-quantize falls back to the type on the right.
_FALLBACK: Final = {
    **dict.fromkeys(("IQ1_S", "IQ1_M", "IQ2_XXS", "IQ2_XS", "IQ2_S", "IQ3_XXS", "IQ3_S", "IQ4_XS"), "IQ4_NL"),
    **dict.fromkeys(("Q2_0", "Q2_K", "Q3_K", "TQ1_0", "TQ2_0"), "Q4_0"),
    "Q4_K": "Q5_0",
    "Q5_K": "Q5_1",
    "Q6_K": "Q8_0",
}

# llama-quantize's file types, each with the type of every tensor that no rule below mentions.
RECIPES: Final[Mapping[str, str]] = {
    **{name: name for name in BLOCKS if name not in ("I32", "MXFP4", "NVFP4", "Q3_K", "Q4_K", "Q5_K", "IQ2_S")},
    "MXFP4_MOE": "MXFP4",
    "IQ2_S": "IQ2_XS",
    "IQ2_M": "IQ2_S",
    "Q2_K_S": "Q2_K",
    "IQ3_XS": "IQ3_S",
    "IQ3_M": "IQ3_S",
    "Q3_K_S": "Q3_K",
    "Q3_K_M": "Q3_K",
    "Q3_K_L": "Q3_K",
    "Q4_K_S": "Q4_K",
    "Q4_K_M": "Q4_K",
    "Q5_K_S": "Q5_K",
    "Q5_K_M": "Q5_K",
}

_TINY: Final = frozenset(("IQ2_XXS", "IQ2_XS", "IQ2_S", "IQ2_M", "IQ1_S", "IQ1_M"))
_LIFTED_FOR_EIGHT: Final = frozenset(
    ["Q2_K", "IQ3_XS", "IQ3_XXS", "Q3_K_S", "Q3_K_M", "IQ4_NL", "Q4_K_S", "Q4_K_M", "IQ3_S", "IQ3_M", "IQ4_XS"]
)
# What llama.cpp counts as values and as down projections, and the mixers whose layers it stores with key heads.
_VALUES: Final = ("attn_v", "attn_qkv", "attn_kv_b")
_DOWNS: Final = ("ffn_down", "ffn_down_exps", "ffn_down_shexp")
_WITH_KEYS: Final = ("attention", "latent", "compressed", "delta_net")
_SMALL_OUTPUT: Final = _TINY | {"IQ3_XXS"}

# llama-quantize refuses to write these without an importance matrix.
NEED_IMATRIX: Final = _TINY | {"IQ3_XS", "IQ3_XXS", "Q2_K_S"}


def type_bytes(kind: str, elements: int) -> int:
    """Bytes of ``elements`` values of a ggml type, whole blocks."""
    block, size = BLOCKS[kind]
    return -(-elements // block) * size


@dataclass(frozen=True, slots=True)
class Traits:
    """What the recipes ask about a model."""

    layers: int
    experts: int
    groups: int  # query heads to a key head of the first layer; 0 where that layer has none
    tied: bool
    router: str  # the type of its routers' matrices
    is_70b: bool  # llama.cpp's own class "70B": 80 layers of llama with grouped heads, or 80 layers of qwen2 or deci
    values: tuple[int, ...]  # tensors of values before each layer, and of all layers
    downs: tuple[int, ...]  # down projections before each layer, and of all layers
    seconds: frozenset[str]  # roles of a second down projection in a layer
    imatrix: bool = False  # made with an importance matrix
    falcon: bool = False  # llama.cpp's own rules for Falcon
    glm5: bool = False  # and for GLM-5.3-Flash


LayerClass = tuple[Hashable, ...]


@lru_cache(maxsize=1024)
def recipe_classes(traits: Traits) -> tuple[LayerClass, ...]:
    """For each layer all that a recipe asks of its number."""
    n = traits.layers
    return tuple(
        (
            value < 2, value < 4, _more_bits(value, traits.values[-1]),
            place < n // 16, place < n // 8, place >= 7 * n // 8, _more_bits(place, n),
            down < n // 8, down + 1 < n // 8,
        )
        for value, down, place in zip(traits.values, traits.downs, _places(traits), strict=False)
    )  # fmt: skip


@lru_cache(maxsize=1024)
def traits_of(s: Shape, *, imatrix: bool = False, mtp: bool = False) -> Traits:
    """A model as the recipes see it; ``mtp`` where its multi-token-prediction layers are in the file."""
    gguf, first = s.blocks.gguf, s.layers[0]
    eighty = len(s.layers) == 80 and s.experts.count != 8
    # MLA is stored with one key head; of the layers that keep a state, Qwen's alone are stored with key heads.
    keys = 1 if first.mixer == "latent" else first.kv_heads
    downs = [_counted(s, kind, _DOWNS) for kind in set(s.layers)]
    return Traits(
        layers=len(s.layers) + (len(s.mtp) if mtp else 0),
        experts=s.experts.count,
        groups=first.heads // keys if first.mixer in _WITH_KEYS else 0,
        tied=s.tied,
        router=s.blocks.gguf_router,
        is_70b=eighty and (gguf in ("qwen2", "deci") or (gguf == "llama" and first.kv_heads != first.heads)),
        values=_before(s, _VALUES, mtp),
        downs=_before(s, _DOWNS, mtp),
        seconds=frozenset(role for roles in downs for role in roles[1:]),
        imatrix=imatrix,
        falcon=gguf == "falcon",
        glm5=gguf == "glm5-next",
    )


def _before(s: Shape, roles: tuple[str, ...], mtp: bool) -> tuple[int, ...]:
    """How many tensors of these roles lie before each layer; last, how many there are."""
    count = {kind: len(_counted(s, kind, roles)) for kind in set(s.layers)}
    counts = [count[kind] for kind in s.layers]
    if mtp:
        counts += [sum(t.role in roles for t in own) for own in mtp_layers(s)]
    return tuple(accumulate(counts, initial=0))


def _counted(s: Shape, kind: LayerKind, roles: tuple[str, ...]) -> list[str]:
    """Those of the roles that a layer has, in llama.cpp's order of names."""
    return sorted((t.role for t in layer_tensors(s, kind) if t.role in roles), key=lambda role: f"{role}.weight")


_KEPT: Final = ("ssm_conv1d", "shortconv.conv", "indexer.q_proj", "indexer.k_proj", "position_embd", "token_types")


# Of GLM-5.3-Flash what no recipe touches: in F32, and as the converter wrote it; and what none takes below eight bits.
_KEPT_OF_GLM5: Final = ("hc_", "indexer.proj", "indexer.kpool")
_AS_WRITTEN_OF_GLM5: Final = (
    "indexer.attn_q_b", "indexer.attn_k", "ssm_f_a", "ssm_f_b", "ssm_g_a", "ssm_g_b", "ssm_beta", "attn_kv_a_mqa",
    "attn_k_b", "attn_v_b",
)  # fmt: skip
_EIGHT_BITS_OF_GLM5: Final = ("attn_q_a", "attn_q_b", "nextn.eh_proj")


def _kept(tensor: Tensor) -> bool:
    """Whether every recipe leaves it in F32: what has one row, convolutions, a state's own numbers, block indexers."""
    if len(tensor.shape) < 2 or tensor.part == "bias":
        return True
    return tensor.role.startswith(_KEPT)


def gguf_type(tensor: Tensor, recipe: str, traits: Traits) -> str:
    """The ggml type that llama-quantize gives ``tensor``. Raises SizingError for an unknown recipe."""
    if recipe not in RECIPES:
        raise SizingError(f"format {recipe} has no recipe in sizing/anatomy/recipes.py; known are {', '.join(RECIPES)}")
    if _kept(tensor) or (traits.glm5 and tensor.role.startswith(_KEPT_OF_GLM5)):
        return "F32"
    if tensor.part == "router":
        return "I32" if tensor.lookup else traits.router
    if tensor.role == "per_layer_model_proj" or tensor.role.startswith(("altup", "laurel")):
        return "BF16"  # as the converter wrote it
    kind = RECIPES[recipe]
    if kind in ("F32", "F16", "BF16"):
        return kind
    if traits.glm5 and tensor.role.startswith(_AS_WRITTEN_OF_GLM5):
        return "BF16"
    if traits.glm5 and tensor.role.startswith(_EIGHT_BITS_OF_GLM5):
        return "Q8_0"
    return _that_divides(_mixed(tensor, recipe, kind, traits), tensor.shape[1])


def _that_divides(kind: str, columns: int) -> str:
    if columns % BLOCKS[kind][0]:
        kind = _FALLBACK.get(kind, kind)
    return "F16" if columns % BLOCKS[kind][0] else kind


def _mixed(tensor: Tensor, recipe: str, kind: str, traits: Traits) -> str:
    """The recipe's choice, before the shape is asked."""
    role = tensor.role
    if role == "output" or (tensor.part == "embedding" and traits.tied):
        return "Q8_0" if traits.falcon else _output(tensor, recipe, kind)
    if recipe == "MXFP4_MOE":
        # Every three-dimensional tensor: the experts, and MLA's two halves of kv_b.
        return "MXFP4" if tensor.count > 1 or role in ("attn_k_b", "attn_v_b") else "Q8_0"
    if tensor.part == "embedding":
        return _embedding(recipe, kind)
    layer = tensor.layer or 0
    if recipe in _TINY:
        return _tiny(role, recipe, kind, traits.downs[layer] + (role in traits.seconds), traits)
    if role in _VALUES:
        return _value(recipe, kind, traits.values[layer], traits)
    if role == "attn_k" and traits.experts == 8:
        return "Q8_0"
    if role in ("attn_k", "attn_q"):
        return {"IQ3_XS": "IQ3_XXS", "IQ3_XXS": "IQ2_S"}.get(recipe, kind)
    place = _places(traits)[layer]
    if traits.falcon and (role == "attn_output" or role.startswith("ffn_down")) and recipe in _OF_FALCON:
        return _of_falcon(role, recipe, kind, place, traits.layers)
    if role.startswith("ffn_down"):
        return _down(recipe, kind, place, traits)
    if role == "attn_output":
        return _attention_output(recipe, kind, traits)
    if (
        role.startswith(("ffn_gate", "ffn_up"))
        and recipe == "IQ3_XS"
        and traits.layers // 8 <= place < 7 * traits.layers // 8
    ):
        return "IQ3_XXS"
    return kind


_OF_FALCON: Final = ("Q2_K", "IQ3_XXS", "Q3_K_M", "Q3_K_L", "Q4_K_S", "Q4_K_M", "IQ3_M")


def _of_falcon(role: str, recipe: str, kind: str, layer: int, layers: int) -> str:
    """Falcon's second projections, of which llama.cpp lifts fewer."""
    if recipe == "Q3_K_L":
        return "Q4_K"
    if role == "attn_output" or recipe == "Q4_K_S":
        return kind
    lifted = {"Q3_K_M": ("Q5_K", "Q4_K"), "Q4_K_M": ("Q6_K", "Q5_K")}.get(recipe)
    if lifted is None:
        first = layer < layers // 8
        own = {"Q2_K": "Q3_K", "IQ3_XXS": "Q4_K" if first else "Q3_K", "IQ3_M": "Q4_K" if first else kind}
        return own.get(recipe, kind)
    if layer < layers // 16:
        return lifted[0]
    return lifted[1] if _more_bits(layer, layers) else kind


def _output(tensor: Tensor, recipe: str, kind: str) -> str:
    if recipe == "MXFP4_MOE" or tensor.shape[1] % BLOCKS[kind][0]:
        return "Q8_0"
    if recipe in _SMALL_OUTPUT:
        return "Q5_K"
    return kind if kind == "Q8_0" else "Q6_K"


def _embedding(recipe: str, kind: str) -> str:
    if recipe in ("IQ2_XXS", "IQ2_XS", "IQ1_S", "IQ1_M"):
        return "Q2_K"
    if recipe in ("IQ2_S", "IQ2_M", "IQ3_XXS"):
        return "IQ3_S"
    return "Q4_K" if recipe in ("TQ1_0", "TQ2_0", "Q2_0") else kind


def _more_bits(layer: int, layers: int) -> bool:
    return layer < layers // 8 or layer >= 7 * layers // 8 or (layer - layers // 8) % 3 == 2


def _places(traits: Traits) -> Sequence[int]:
    """What counts as a layer's number: with experts llama.cpp reads it from the name, else it counts projections."""
    return range(traits.layers) if traits.experts else traits.downs[:-1]


def _tiny(role: str, recipe: str, kind: str, order: int, traits: Traits) -> str:
    """The recipes of fewer than three bits; ``order`` counts the down projections before it."""
    better = "IQ3_S" if recipe in ("IQ2_S", "IQ2_M") else "Q2_K"
    if role in _VALUES:
        return "Q4_K" if traits.groups >= 4 or traits.experts >= 4 else better
    if role == "attn_k" and traits.experts == 8:
        return "Q4_K"
    if role.startswith("ffn_down"):
        return better if order < traits.layers // 8 else kind
    if role == "attn_output":
        if traits.experts == 8:
            return "Q5_K"
        return {"IQ1_S": "IQ2_XXS", "IQ1_M": "IQ2_XXS", "IQ2_S": "IQ3_S", "IQ2_M": "IQ3_S"}.get(recipe, kind)
    return kind


def _value(recipe: str, kind: str, order: int, traits: Traits) -> str:
    grouped = traits.groups >= 4
    if recipe == "Q2_K":
        kind = "Q4_K" if grouped else "Q3_K"
    elif recipe == "IQ3_XXS":
        kind = "Q4_K" if grouped else "IQ3_XXS" if traits.imatrix else "IQ3_S"
    elif (recipe in ("Q2_K_S", "IQ3_XS", "IQ3_S") and grouped) or recipe == "IQ3_M":
        kind = "Q4_K"
    elif recipe == "Q3_K_M":
        kind = "Q5_K" if order < 2 else "Q4_K"
    elif recipe == "Q3_K_L" or (recipe in ("IQ4_NL", "IQ4_XS") and grouped) or (recipe == "Q4_K_S" and order < 4):
        kind = "Q5_K"
    elif recipe in ("Q4_K_M", "Q5_K_M") and _more_bits(order, traits.values[-1]):
        kind = "Q6_K"
    if traits.is_70b and kind in ("Q3_K", "Q4_K"):
        kind = "Q5_K"
    return "Q8_0" if traits.experts == 8 else kind


def _down(recipe: str, kind: str, layer: int, traits: Traits) -> str:
    first = layer < traits.layers // 8
    if recipe == "Q2_K":
        return "Q3_K"
    if recipe == "IQ3_XXS" and not traits.imatrix:
        return "Q4_K" if first else "Q3_K"
    if recipe == "Q3_K_M":
        return "Q5_K" if layer < traits.layers // 16 else "Q4_K"
    if recipe == "Q3_K_L":
        return "Q5_K"
    if recipe == "IQ3_M" and (first or (traits.experts == 8 and _more_bits(layer, traits.layers))):
        return "Q4_K"
    if recipe in ("Q4_K_M", "Q5_K_M") and _more_bits(layer, traits.layers):
        return "Q6_K"
    if first:
        lifted = {"Q4_0": "Q4_1", "Q5_0": "Q5_1"} if traits.imatrix else {"IQ4_NL": "Q5_K", "IQ4_XS": "Q5_K"}
        return {"Q2_K_S": "Q4_K", "Q4_K_S": "Q5_K", **lifted}.get(recipe, kind)
    return kind


def _attention_output(recipe: str, kind: str, traits: Traits) -> str:
    if traits.experts == 8:
        return "Q5_K" if recipe in _LIFTED_FOR_EIGHT else kind
    return {"Q2_K": "Q3_K", "IQ3_XXS": "IQ3_S", "Q3_K_M": "Q4_K", "Q3_K_L": "Q5_K", "IQ3_M": "Q4_K"}.get(recipe, kind)
