"""Are the tensors that a GGUF file holds those of the model that was read from its header? Each of them, by its name.

A key that is lost or altered would make another model of the same file: llama.cpp refuses a file whose tensors are not
those that its keys ask for, and so does this.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import Final

from sizing.anatomy.blocks.tensor import Tensor
from sizing.anatomy.own import Matched, is_left_out, matched
from sizing.anatomy.shape import Shape
from sizing.anatomy.tensors import tensors as tensors_of
from sizing.errors import SizingError
from sizing.files.gguf import Header

_SLIGHT: Final = 0.001  # of all numbers
_UNKNOWN: Final = "it is built in a way that is not known yet"

# What a file may hold beside a model's own: rotations, which no checkpoint has; a head over the first token; what the
# first layer of an RWKV-7 has and leaves unused.
_BESIDE: Final = re.compile(r"(?:blk\.\d+\.)?(?:rope_\w+|attn_rot_embd|cls\S*|time_mix_v[012])(?:\.weight|\.bias)?")
# Architectures whose output head is a tensor of its own in every file (llama.cpp src/models at 0c1e570).
_HEADED: Final = (
    "apertus", "baichuan", "bailingmoe", "bailingmoe2", "dbrx", "deepseek4", "dots1", "exaone-moe", "glm5-next",
    "gpt-oss", "gptneox", "hy_v4", "internlm2", "kimi-k3", "kimi-linear", "llada-moe", "mellum", "mimo2", "minimax-m2",
    "minimax-m3", "muse-glimmer", "nemotron", "olmo2", "olmoe", "orion", "phi2", "phimoe", "qwen", "qwen2moe", "rwkv6",
    "rwkv7", "stablelm", "xverse",
)  # fmt: skip
# What its converter folds into other tensors, keeps among its keys, or leaves out.
_FOLDED: Final = ("attn_res_norm", "ffn_res_norm", "output_res_norm", "ffn_act", "ffn_down_exps.offset")


def agree(family: str, shape: Shape, header: Header) -> None:
    """Raise SizingError unless the file's tensors are those of the model that was read from it, with MTP or without:
    together, each of those that both call the same, and layer by layer the rest."""
    every = [t for t in tensors_of(shape) if not is_left_out(t)]
    _together(family, every, header)
    found = matched(shape, header.tensors)
    gated = {t.layer for t in every if t.role == "ffn_up" and _with_gate(t, found, header)}
    for tensor in every:
        held = _held(tensor, found, header)
        if held not in (None, tensor.elements) and not (tensor.role == "ffn_up" and tensor.layer in gated):
            name = found.named[tensor.role, tensor.layer][0]
            raise SizingError(
                f"{name} holds {held:,} numbers, and that of a {family} of that shape {tensor.elements:,}; {_UNKNOWN}"
            )
    for place in {**found.left, **found.lacking}:
        lacking = [t for t in found.lacking.get(place, []) if not is_left_out(t) and t.role not in _FOLDED]
        lacking = [t for t in lacking if not (t.role == "ffn_gate" and t.layer in gated)]
        _rest(family, lacking, [name for name in found.left.get(place, []) if not _BESIDE.fullmatch(name)], header)
    _rows(shape, header)


def _together(family: str, every: Sequence[Tensor], header: Header) -> None:
    """Raise SizingError unless all tensors come to as many numbers as the model's, with its MTP layers or without."""
    expected = [sum(t.elements for t in every if mtp or not t.mtp) for mtp in (False, True)]
    if not any(abs(header.elements - n) <= _SLIGHT * n for n in expected):
        raise SizingError(
            f"its tensors hold {header.elements:,} numbers, and a {family} of that shape {expected[0]:,}; {_UNKNOWN}"
        )
    if header.architecture in _HEADED and "output.weight" not in header.tensors:
        raise SizingError("it holds no output.weight, which every file of its architecture has; get it anew")


def _held(tensor: Tensor, found: Matched, header: Header) -> int | None:
    names = found.named.get((tensor.role, tensor.layer))
    return math.prod(header.tensors[names[0]]) if names else None


def _with_gate(tensor: Tensor, found: Matched, header: Header) -> bool:
    """Whether a feed-forward block's tensor is stored in one with its gate."""
    return _held(tensor, found, header) == 2 * tensor.elements and ("ffn_gate", tensor.layer) not in found.named


def _rest(family: str, lacking: list[Tensor], left: list[str], header: Header) -> None:
    """Raise SizingError unless what a layer has under other names comes to what it has no names for: fused tensors, or
    split ones. MTP layers may be left out, and their embedding and head."""
    held = sum(math.prod(header.tensors[name]) for name in left)
    whole = sum(t.elements for t in lacking)
    if held == whole or (held < whole and any(t.mtp for t in lacking)):
        return
    if left:
        raise SizingError(f"{left[0]} is no part of a {family} of that shape; {_UNKNOWN}")
    place = "" if lacking[0].layer is None else f" of layer {lacking[0].layer}"
    raise SizingError(f"it holds no {lacking[0].role}{place}, which a {family} of that shape has; {_UNKNOWN}")


def _rows(shape: Shape, header: Header) -> None:
    """Raise SizingError for an embedding of layers that has not a row for each token, or one for each position."""
    for name, rows, what in (
        ("per_layer_token_embd.weight", shape.vocab if shape.layer_input else 0, "tokens"),
        ("position_embd.weight", header.keys.get("context_length"), "positions"),
    ):
        held = header.tensors.get(name, (0, 0))[-1]
        if held and rows and held != rows:
            raise SizingError(f"{name} has {held:,} rows for {rows:,} {what}; get it anew")


def lists_others(header: Header) -> str | None:
    """What is told of a file whose embedding has not a row for each token that it lists; llama.cpp would refuse it."""
    rows = header.tensors.get("token_embd.weight", (0, 0))[-1]
    tokens = header.vocabulary or header.keys.get("vocab_size")
    if not tokens or not rows or rows == tokens:
        return None
    return f"its embedding has {rows:,} rows for {tokens:,} tokens; llama.cpp refuses such a file; sized as it is"
