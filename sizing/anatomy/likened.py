"""How large is a publisher's own mix of a model whose file nobody cites? As its kin are, whose files somebody does.

Such a mix (Unsloth's ``UD-Q4_K_XL``) follows no rule that is known, and differs from model to model: by what the files
of this name are to the recipe that they are like. Nearest are models of the same shape, then those of the same
architecture, then dense ones or mixtures of experts alike. Where none of these is cited it is taken as large as its
recipe.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from statistics import median
from typing import Final

from sizing.anatomy.architectures import Blocks
from sizing.anatomy.recipes import RECIPES
from sizing.anatomy.shape import Shape
from sizing.anatomy.shaped import ShapedEntry

_MIX: Final = re.compile(r"UD-(I?Q.+)")
# The recipe that a size of the publisher's own is named after.
_AFTER: Final[Mapping[str, str]] = {
    "Q2_K_XL": "Q2_K", "Q3_K_XL": "Q3_K_M", "Q4_K_XL": "Q4_K_M", "Q5_K_XL": "Q5_K_M", "Q6_K_XL": "Q6_K",
    "Q8_K_XL": "Q8_0", "IQ4_NL_XL": "IQ4_NL", "Q2_K_M": "Q2_K",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Likeness:
    """What a mix is to its recipe, bytes to bytes: the median of its kin, the least and the most."""

    recipe: str
    ratio: float
    low: float
    high: float
    kin: tuple[str, ...]  # ids of models; none where it is taken for its recipe

    def in_words(self, name: str) -> str:
        """What is taken for granted."""
        words = f"nobody states how large {name} of this model is; taken as"
        if self.low == self.high == 1:
            return f"{words} large as {self.recipe}"
        if len(self.kin) == 1:
            return f"{words} {self.ratio:.2f} times {self.recipe}, as of {self.kin[0]}"
        whose = f"{len(self.kin)} alike" if self.kin else "other such mixes"
        spread = f"{self.low:.2f} to {self.high:.2f} times their recipe"
        return f"{words} {self.ratio:.2f} times {self.recipe}; {whose} are {spread}"


def recipe_of(name: str) -> str | None:
    """The recipe that a publisher's mix is named after; None for what is no such name."""
    found = _MIX.fullmatch(name.upper())
    recipe = found and _AFTER.get(found[1], found[1])
    return recipe if recipe in RECIPES else None


def likened(
    models: Iterable[ShapedEntry], model: ShapedEntry, name: str, size: Callable[[ShapedEntry, str], int]
) -> Likeness | None:
    """What a mix of this name is to its recipe in the nearest kin whose file is cited; None where the name is of none.

    ``size`` tells the bytes of a model in a recipe.
    """
    recipe = recipe_of(name)
    if recipe is None or model.shape is None:
        return None
    cited = [
        _Cited(one.id, mix.upper(), one.shape, file.bytes / size(one, file.like))
        for one in models
        for mix, file in one.files.items()
        # Where the experts keep their type in every file, little is left to differ.
        if one.shape is not None and recipe_of(mix) and one.gguf_experts == model.gguf_experts
    ]
    for near in _nearness(model.shape):
        kin = [one for one in cited if one.mix == name.upper() and near(one.shape)]
        if kin:
            ratios = [one.ratio for one in kin]
            return Likeness(recipe, median(ratios), min(ratios), max(ratios), tuple(one.model for one in kin))
    few = [one.ratio for one in cited if not one.mix.startswith("UD-Q8")]  # eight bits leave a publisher much to choose
    return Likeness(recipe, 1.0, min([1.0, *few]), max([1.0, *few]), ())


@dataclass(frozen=True, slots=True)
class _Cited:
    """A mix whose bytes somebody states."""

    model: str
    mix: str
    shape: Shape
    ratio: float


def _nearness(shape: Shape) -> tuple[Callable[[Shape], bool], ...]:
    """From the nearest kin to the farthest."""
    mixture = bool(shape.experts.count)
    return (
        lambda own: (own.layers, own.hidden, own.experts) == (shape.layers, shape.hidden, shape.experts),
        lambda own: _trunk(own) == _trunk(shape) and bool(own.experts.count) == mixture,
        lambda own: bool(own.experts.count) == mixture,
    )


def _trunk(shape: Shape) -> Blocks:
    """The blocks of all layers that are no MTP layers, whose own embedding makes no other architecture."""
    return replace(shape.blocks, mtp_embedding=True)
