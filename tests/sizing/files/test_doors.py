"""However a config.json comes, it is the same model: saved anew, stored in other types, or within one that sees.

The counts are those that ``python -m tools.record.families`` recorded of transformers; ``tools.record.doors`` compares
more ways with transformers itself.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest

from sizing.anatomy.dialect import defaults
from sizing.anatomy.dialect.synonyms import canonical_name
from sizing.errors import SizingError
from sizing.files.told import of_config

RECORDED: Final[dict[str, Any]] = json.loads(
    (Path(__file__).parents[1] / "anatomy" / "families.json").read_text(encoding="utf-8")
)
FAMILIES: Final = sorted(set(RECORDED) - {"transformers"})
Config = dict[str, Any]


def stored(**how: Any) -> Callable[[Config], Config]:
    return lambda config: {**config, "quantization_config": how}


def nothing(none: Any) -> Callable[[Config], Config]:
    """What says null says none in another way."""
    return lambda config: {word: none if value is None else value for word, value in config.items()}


def without_defaults(config: Config) -> Config:
    """What differs from the class's own defaults, and the sizes."""
    declared = defaults.declared(config["model_type"])
    kept = ("model_type", "vocab_size", "hidden_size", "num_hidden_layers", "num_attention_heads", "architectures")
    own = {word: canonical_name(word, config["model_type"]) for word in config}
    return {w: v for w, v in config.items() if own[w] in kept or w not in declared or declared[w] != v}


WAYS: Final[dict[str, Callable[[Config], Config]]] = {
    "AWQ": stored(quant_method="awq", bits=4, group_size=128, zero_point=True, modules_to_not_convert=None),
    "GPTQ without groups": stored(quant_method="gptq", bits=4, group_size=-1, sym=True),
    "torchao": stored(quant_method="torchao", quant_type={"default": {"_type": "Int4WeightOnlyConfig", "_data": {}}}),
    "hqq": stored(quant_method="hqq", quant_config={"weight_quant_params": {"nbits": 4, "group_size": 64}}),
    "dtype": lambda config: {**config, "dtype": "bfloat16", "torch_dtype": "float16"},
    "by an older transformers": lambda config: {**config, "transformers_version": "4.40.1", "_name_or_path": "x/y"},
    "0 for none": nothing(0),
    '"" for none': nothing(""),
    "[] for none": nothing([]),
    "defaults left out": without_defaults,
    "within": lambda config: {"model_type": "sees", "llm_config": config, "vision_config": {"hidden_size": 1152}},
}


def parameters(config: Config) -> int | None:
    """What it comes to; None where it is refused."""
    try:
        found = of_config(config, "door").parameters
    except SizingError:
        return None
    return found.total if found else None


@pytest.mark.parametrize("family", FAMILIES)
def test_a_model_is_the_same_however_it_comes(family: str) -> None:
    wholes = [case for case in RECORDED[family] if len(case["config"]) > 12 and "architectures" not in case["config"]]
    for case in (*RECORDED[family][:1], *wholes[:1]):
        plain = parameters(case["config"])
        # What wraps a text model without a head has one.
        ways = {name: way for name, way in WAYS.items() if name != "within" or not defaults.is_headless(family)}
        found = {name: parameters(way(case["config"])) for name, way in ways.items()}
        assert {name: count for name, count in found.items() if count != plain} == {}


def test_a_null_is_what_transformers_makes_of_it() -> None:
    """A flag that is null says no, of whatever its class declares; single layers that are null are like the others."""
    for family, word in (("bamba", "mamba_conv_bias"), ("gemma4_text", "per_layer_config")):
        case = next(case["config"] for case in RECORDED[family] if len(case["config"]) > 12)
        assert parameters({**case, word: None}) == parameters({**case, word: {"per_layer_config": {}}.get(word, False)})
        assert parameters({**case, word: None}) != parameters(case)
