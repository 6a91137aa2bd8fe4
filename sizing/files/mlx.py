"""What does each tensor take in an MLX checkpoint some of whose modules have bits of their own? By config.json alone.

mlx-lm writes a module's own bits and group under its name, into ``quantization``; every other matrix whose rows are
whole groups has the bits said for all. A group of numbers has a scale and an offset, in 16 bits each.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from sizing.anatomy.blocks.tensor import Tensor
from sizing.anatomy.formats import part_of
from sizing.anatomy.own import OwnFormat
from sizing.anatomy.shape import Shape
from sizing.anatomy.tensors import tensors

Ways = Mapping[str, Any]

_LAYER: Final = re.compile(r"(?:.*\.)?layers\.(\d+)\.(.+)")
_SEEING: Final = re.compile(r"vision|visual|audio|projector|multi_modal")
_BESIDE: Final = {"embed_tokens": "token_embd", "lm_head": "output"}
_ATTENTION: Final = {
    "q_proj": "attn_q", "k_proj": "attn_k", "v_proj": "attn_v", "o_proj": "attn_output", "qkv_proj": "attn_qkv",
    "q_a_proj": "attn_q_a", "q_b_proj": "attn_q_b", "kv_a_proj_with_mqa": "attn_kv_a_mqa",
    "in_proj_qkv": "attn_qkv", "in_proj_z": "attn_gate", "in_proj_a": "ssm_alpha", "in_proj_b": "ssm_beta",
    "out_proj": "ssm_out",
}  # fmt: skip
_FED: Final = {"gate_proj": "ffn_gate", "up_proj": "ffn_up", "down_proj": "ffn_down"}
_WITHIN: Final = {"switch_mlp": "_exps", "experts": "_exps", "shared_expert": "_shexp", "shared_experts": "_shexp"}
_ROUTERS: Final = {"gate": "ffn_gate_inp", "router": "ffn_gate_inp", "shared_expert_gate": "ffn_gate_inp_shexp"}
_SCALES: Final = 32  # bits beside a group


def mixed_format(s: Shape, quantization: Ways, name: str) -> OwnFormat | None:
    """The mix of bits that a config.json says of a text model's matrices; None where not all of it is understood."""
    whole = _way(quantization)
    own: dict[tuple[str, int | None], tuple[int, int]] = {}
    for module, said in quantization.items():
        if not isinstance(said, dict | bool) or _SEEING.search(module):
            continue  # what is said of all, or of what sees
        place, way = _role(module), _way({**quantization, **said} if isinstance(said, dict) else said)
        if place is None or way is None:
            return None
        own[place] = way
    every = {(t.role, t.layer) for t in tensors(s)}
    if whole is None or not own or not set(own) <= every or quantization.get("mode", "affine") != "affine":
        return None
    sizes = {(t.role, t.layer): _bytes(t, own.get((t.role, t.layer), whole)) for t in tensors(s)}
    like = (f"MLX-{whole[0]}bit", "MLX-4bit")
    return OwnFormat(f"{name}:MLX", f"MLX {whole[0]}-bit, mixed", like, sizes)


def _way(said: object) -> tuple[int, int] | None:
    """Bits and the numbers in a group; 16 bits for what is not quantized."""
    if said is False:
        return 16, 0
    if not isinstance(said, Mapping):
        return None
    bits, group = said.get("bits"), said.get("group_size")
    return (
        (bits, group) if isinstance(bits, int) and isinstance(group, int) and 2 <= bits <= 8 and group >= 16 else None
    )


def _role(module: str) -> tuple[str, int | None] | None:
    """The tensor that a module is, by the anatomy's name and its layer."""
    found = _LAYER.fullmatch(module)
    if found is None:
        role = _BESIDE.get(module.rpartition(".")[2])
        return (role, None) if role else None
    within = found[2].split(".")
    last = within[-1]
    if last in _ROUTERS:
        return _ROUTERS[last], int(found[1])
    if last in _FED:
        ending = next((_WITHIN[part] for part in within if part in _WITHIN), "")
        return _FED[last] + ending, int(found[1])
    return (_ATTENTION[last], int(found[1])) if last in _ATTENTION else None


def _bytes(tensor: Tensor, way: tuple[int, int]) -> int:
    """What a tensor takes whose weights are stored so, with what is stored beside them."""
    bits, group = way
    if tensor.mtp:
        return 0  # which mlx-lm leaves out
    if part_of(tensor, frozenset()) is None or bits == 16 or tensor.shape[1] % group:
        return 2 * tensor.elements
    return tensor.elements * bits // 8 + tensor.elements // group * _SCALES // 8
