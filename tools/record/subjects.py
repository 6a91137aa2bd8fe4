"""Which models are recorded? The open ones of the catalog's family files, or of single config.json files.

Read as plain data: a family may be recorded before the engine knows its model_type.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml

# What transformers wants to be told where the catalog says null, or nothing, by model_type.
NONE: Final[Mapping[str, Mapping[str, Any]]] = {
    "deepseek_v2": {"q_lora_rank": None},
    "gemma4_text": {"hidden_size_per_layer_input": 0},
    "glm4_moe_lite": {"q_lora_rank": None},
    "kimi_linear": {"q_lora_rank": None},
    "granitemoehybrid": {"num_local_experts": 0, "num_experts_per_tok": 0},
}

Words = Mapping[str, Any]


def _windows(every: int, full: int) -> Callable[[Words], dict[str, Any]]:
    """Of every so many layers the one at ``full`` sees all tokens, the others a window."""

    def layer_types(stated: Words) -> dict[str, Any]:
        period = stated.get("sliding_window_pattern", every)
        place = period - 1 if full < 0 else full
        layers = range(stated["num_hidden_layers"])
        kinds = ["full_attention" if i % period == place else "sliding_attention" for i in layers]
        if "sliding_window" not in stated:
            kinds = ["full_attention"] * len(kinds)
        return {"layer_types": kinds}

    return layer_types


def _laguna(stated: Words) -> dict[str, Any]:
    kinds = _windows(4, 0)(stated)
    full, sliding = stated["num_attention_heads"], stated["num_sliding_attention_heads"]
    heads = [full if kind == "full_attention" else sliding for kind in kinds["layer_types"]]
    return {**kinds, "num_attention_heads_per_layer": heads}


def _minimax_m3(stated: Words) -> dict[str, Any]:
    flags = _without_experts(stated)
    indexers = {"sparse_num_index_heads": stated["index_n_heads"], "sparse_index_dim": stated["index_head_dim"]}
    chosen = {"sparse_block_size": 128, "sparse_topk_blocks": 16, "sparse_init_block": 0, "sparse_local_block": 1}
    sparse = {"use_sparse_attention": True, "sparse_attention_freq": flags, **indexers, **chosen}
    return {"moe_layer_freq": flags, "sparse_attention_config": sparse}


def _mimo_v2(stated: Words) -> dict[str, Any]:
    """The first layer sees all, and then every sixth."""
    layers = range(stated["num_hidden_layers"])
    pattern = [int(i > 0 and (i + 1) % 6 > 0) for i in layers]
    return {"hybrid_layer_pattern": pattern, "moe_layer_freq": _without_experts(stated)}


def _blocks(stated: Words) -> dict[str, Any]:
    """What the catalog leaves out of a block that has none of it."""
    attention = {"n_heads_in_group": None, "no_op": False, "replace_with_linear": False}
    ffn = {"ffn_mult": None, "no_op": False, "replace_with_linear": False}
    blocks = [{"attention": attention | b["attention"], "ffn": ffn | b["ffn"]} for b in stated["block_configs"]]
    return {"block_configs": blocks}


def _longcat(stated: Words) -> dict[str, Any]:
    """Each of its layers is two to transformers, which has words of its own for widths."""
    layers = stated["num_hidden_layers"]
    widths = {"ffn_hidden_size": stated["intermediate_size"], "expert_ffn_hidden_size": stated["moe_intermediate_size"]}
    return {"num_layers": layers, "num_hidden_layers": 2 * layers, **widths}


def _without_experts(stated: Words) -> list[int]:
    return [int(i >= stated["first_k_dense_replace"]) for i in range(stated["num_hidden_layers"])]


# What the catalog says once for a whole model, and transformers wants for each layer, by model_type.
LAYERS: Final[Mapping[str, Callable[[Words], dict[str, Any]]]] = {
    "exaone4": _windows(4, -1),
    "gemma3_text": lambda stated: (
        {"sliding_window": stated["sliding_window"] or 0} if "sliding_window" in stated else {}
    ),
    "gemma4_text": _windows(6, -1),
    "laguna": _laguna,
    "longcat_flash": _longcat,
    "mellum": _windows(4, -1),
    "mimo_v2_flash": _mimo_v2,
    "minimax_m3": _minimax_m3,
    "muse_glimmer_text": _windows(4, -1),
    "nemotron-nas": _blocks,
    "stablelm": lambda stated: {
        "use_qkv_bias": stated.get("attention_bias", False),
        "qk_layernorm": stated.get("use_qk_norm", False),
        "use_parallel_residual": stated.get("num_ln_in_parallel_attn") == 1,
    },
    "step3p7": _windows(4, 0),
}


def _nothing(_: Words) -> dict[str, Any]:
    return {}


@dataclass(frozen=True)
class Subject:
    """One model to record: its id, and its architecture in config.json's words."""

    model: str
    config: Mapping[str, Any]


def of_family(path: Path) -> Iterator[Subject]:
    """The open models of one family file."""
    family = _plain(yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader))
    shared = family.get("architecture")
    for model, entry in family["models"].items():
        own = entry.get("architecture", {})
        if "undisclosed" in (shared, own):
            continue
        stated = {**(shared or {}), **own}
        kind = str(stated.get("model_type"))
        none = NONE.get(kind, {})
        said = {key: value for key, value in stated.items() if value is not None or key not in none}
        config = {**none, **said, **LAYERS.get(kind, _nothing)(stated)}
        context = entry.get("context", family.get("context"))
        if isinstance(context, int):
            config.setdefault("max_position_embeddings", context)
        yield Subject(model, config)


def of_catalog(folder: Path) -> list[Subject]:
    """The open models of every family file in ``folder``, by id."""
    families = [path for path in sorted(folder.glob("*.yaml")) if not path.name.startswith("_")]
    return sorted((subject for path in families for subject in of_family(path)), key=lambda subject: subject.model)


def of_config(path: Path) -> Subject:
    """The model of one config.json, under the file's own name."""
    return Subject(path.stem, json.loads(path.read_text(encoding="utf-8")))


def named(subjects: Sequence[Subject], names: Sequence[str]) -> list[Subject]:
    """Those of ``subjects`` that ``names`` names; all without names. Raises KeyError for a name that is none."""
    by_name = {subject.model: subject for subject in subjects}
    return [by_name[name] for name in names] if names else list(subjects)


def _plain(node: Any) -> Any:
    """Scalars by YAML 1.2's rules, as the catalog reads them."""
    if isinstance(node, dict):
        return {key: _plain(value) for key, value in node.items()}
    if isinstance(node, list):
        return [_plain(item) for item in node]
    words = {"": None, "~": None, "null": None, "true": True, "false": False}
    if node in words:
        return words[node]
    for number in (int, float):
        try:
            return number(node) if "_" not in node else node
        except ValueError:
            continue
    return node
