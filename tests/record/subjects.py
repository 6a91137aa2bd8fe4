"""Which models are recorded? The open ones of the catalog's family files, or of single config.json files.

Read as plain data: a family may be recorded before the engine knows its model_type.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml

# What the catalog leaves out where a model has none of it, though transformers has a default, by model_type.
NONE: Final[Mapping[str, Mapping[str, Any]]] = {
    "deepseek_v2": {"q_lora_rank": None},
    "glm4_moe_lite": {"q_lora_rank": None},
    "kimi_linear": {"q_lora_rank": None},
    "granitemoehybrid": {"num_local_experts": 0, "num_experts_per_tok": 0},
}


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
        config = {**NONE.get(str(stated.get("model_type")), {}), **stated}
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
