"""What does transformers count of models that see or hear? ``python -m tools.record.towers`` writes it down.

For every wrapper of a text model that the engine knows: its class's defaults, then two smaller ones with other sizes in
each part. transformers builds each on the meta device; the table holds its parameters, the text model's and those of
all other parts by their modules.
"""

# mypy: disable-error-code="import-not-found"

from __future__ import annotations

import argparse
import json
import logging
import os
import random
import warnings
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

# Nothing here may ask a hub; before transformers is imported.
os.environ.update(HF_HUB_OFFLINE="1", TRANSFORMERS_VERBOSITY="error", OMP_NUM_THREADS="1")

import torch
import transformers
from transformers import AutoModelForMultimodalLM
from transformers.models.auto.configuration_auto import CONFIG_MAPPING
from transformers.models.auto.modeling_auto import MODEL_FOR_MULTIMODAL_LM_MAPPING

from sizing.anatomy.dialect import defaults

FILE: Final = Path(__file__).parents[2] / "tests" / "sizing" / "anatomy" / "towers.json"
Config = dict[str, Any]

_PARTS: Final = ("text_config", "vision_config", "audio_config")
_LAYERS: Final = ("num_hidden_layers", "depth", "encoder_layers")
_WIDTHS: Final = ("intermediate_size", "encoder_ffn_dim", "mlp_dim")


def known() -> list[str]:
    """The wrappers that the engine knows, and that transformers can build."""
    return [name for name in sorted(CONFIG_MAPPING) if defaults.wrapper(name) and _answers(CONFIG_MAPPING[name])]


def _answers(kind: Any) -> bool:
    return kind in MODEL_FOR_MULTIMODAL_LM_MAPPING


def cases(type_: str) -> Iterator[Config]:
    """A wrapper's configurations with what transformers counts of them; none that it cannot build."""
    for config in (dict[str, Any](), _smaller(type_, 1), _smaller(type_, 2)):
        try:
            whole = CONFIG_MAPPING[type_].from_dict(json.loads(json.dumps(config)))
            with torch.device("meta"):
                model = AutoModelForMultimodalLM.from_config(whole, dtype=torch.bfloat16)
            model = getattr(model, "thinker", model)
        except Exception:  # whatever a class raises for words that do not fit together
            continue
        yield {"config": {"model_type": type_, **config}, **_counted(model)}


def _smaller(type_: str, seed: int) -> Config:
    """Other depths and widths in each part, the same each time."""
    chance = random.Random(f"{type_}{seed}")
    whole = CONFIG_MAPPING[type_]().to_dict()
    found: Config = {}
    for part in _PARTS:
        own = whole.get(part)
        if not isinstance(own, dict):
            continue
        changed: Config = {"model_type": own["model_type"]} if own.get("model_type") else {}
        for word, value in own.items():
            if word in _LAYERS and isinstance(value, int):
                changed[word] = chance.choice((4, 6, 8))
            elif word in _WIDTHS and isinstance(value, int):
                changed[word] = value + 128 * chance.randint(1, 3)
            elif word == "vocab_size" and part == "text_config" and isinstance(value, int):
                changed[word] = value + 64
        found[part] = changed
    if isinstance(text := found.get("text_config"), dict) and seed == 2:
        text["tie_word_embeddings"] = found["tie_word_embeddings"] = chance.random() < 0.5
    return found


def _counted(model: Any) -> dict[str, Any]:
    """Parameters of the text model, tied weights once, and of each further module."""
    text = [part for part in (model.get_decoder(), model.get_output_embeddings()) if part is not None]
    own = {id(p) for part in text for p in part.parameters()}
    parts: Counter[str] = Counter()
    count = 0
    for name, parameter in model.named_parameters():
        if id(parameter) in own:
            count += parameter.numel()
        else:
            words = [word for word in name.split(".") if word not in ("model", "thinker")]
            parts[words[0]] += parameter.numel()
    return {"text": count, "parts": dict(parts)}


def main() -> int:
    """Write the table."""
    argparse.ArgumentParser(prog="python -m tools.record.towers", description=__doc__).parse_args()
    warnings.simplefilter("ignore")
    logging.disable(logging.WARNING)
    lines = [f'"transformers": {json.dumps(transformers.__version__)}']
    for type_ in known():
        found = ",\n".join(f"  {json.dumps(case)}" for case in cases(type_))
        lines.append(f'"{type_}": [\n{found}\n ]' if found else f'"{type_}": []')
    FILE.write_text("{\n " + ",\n ".join(lines) + "\n}\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
