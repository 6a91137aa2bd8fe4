"""Does a config.json come to what transformers counts of it, however it was saved? ``python -m tools.record.doors``.

Each type's class as it stands, and two configurations of ``families``, each as people hand it in: saved whole or by
what differs, wrapped in a model that sees, quantized, with every word null in turn, with words that say none, tied and
not, under a class's old names. transformers builds each on the meta device; what differs is printed, and the status
tells.
"""

# mypy: disable-error-code="import-not-found"

from __future__ import annotations

import argparse
import json
import logging
import random
import warnings
from collections import Counter
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from tools.record.families import NEEDED, Config, builder, case_of, known, variations  # sets transformers' environment

# isort: split

import torch
from transformers.models.auto.configuration_auto import CONFIG_MAPPING

from sizing.anatomy.dialect import defaults
from sizing.errors import SizingError
from sizing.files.told import of_config

NOTHINGS: Final[tuple[Any, ...]] = (0, "", [], None)
STORED: Final = (
    {"quant_method": "awq", "bits": 4, "group_size": 128, "zero_point": True, "modules_to_not_convert": None},
    {"quant_method": "gptq", "bits": 4, "group_size": -1, "desc_act": False, "sym": True},
    {"quant_method": "bitsandbytes", "load_in_4bit": True, "bnb_4bit_quant_type": "nf4"},
    {"quant_method": "fp8", "activation_scheme": "dynamic", "weight_block_size": [128, 128]},
    {"quant_method": "hqq", "quant_config": {"weight_quant_params": {"nbits": 4, "group_size": 64}}},
    {"quant_method": "torchao", "quant_type": {"default": {"_type": "Int4WeightOnlyConfig", "_data": {}}}},
)


class Door(NamedTuple):
    """A config.json as it is handed in, and what transformers builds the same model of."""

    name: str
    handed: Config
    built: Config


def doors(type_: str, words: Config, chance: random.Random, *, whole: bool) -> Iterator[Door]:
    """How a configuration may come; ``whole``: with each of its words null, in turn, too."""
    kind, own = CONFIG_MAPPING[type_], {**words, "model_type": type_}
    try:
        config = kind.from_dict(json.loads(json.dumps(words)))
        saved, differing = (json.loads(json.dumps(one)) for one in (config.to_dict(), config.to_diff_dict()))
    except Exception:  # whatever a class raises for words that do not fit together
        return
    saved.pop("transformers_version", None)
    yield Door("plain", own, own)
    yield Door("saved", saved, own)
    yield Door("what differs", {**own, **differing}, own)
    yield Door("dtype", {**saved, "dtype": "bfloat16", "torch_dtype": "float16"}, own)
    yield Door("stored otherwise", {**saved, "quantization_config": chance.choice(STORED)}, own)
    none = {word: chance.choice(NOTHINGS) for word, value in saved.items() if value is None}
    yield Door("words that say none", {**saved, **none}, own)
    old = {name: word for word, name in kind.attribute_map.items()}
    yield Door("old names", {old.get(word, word): value for word, value in saved.items()}, own)
    for tied in (True, False):
        yield Door(f"tied {tied}", {**saved, "tie_word_embeddings": tied}, {**saved, "tie_word_embeddings": tied})
    if not defaults.is_headless(type_):  # else the model around it has a head
        yield Door("within", {"model_type": "a_model_that_sees", "llm_config": saved, "vision_config": {}}, own)
    for word in saved if whole else ():
        if word not in ("model_type", "architectures"):
            yield Door(f"null {word}", {**saved, word: None}, {**saved, word: None})


def counted(type_: str, config: Config) -> int | None:
    """What transformers counts; None for what it cannot build."""
    case = case_of(
        type_, {word: value for word, value in config.items() if word != "model_type"}, builder(CONFIG_MAPPING[type_])
    )
    return None if case is None else case.parameters


def judged(config: Config, count: int) -> str:
    """What the engine makes of a config.json that comes to so many parameters."""
    try:
        counted = of_config(config, "door").parameters
    except SizingError as error:
        told = str(error)
        return "refused" if "\n" not in told and len(told) < 400 else f"a bad line: {told}"
    except Exception as error:
        return f"a traceback: {type(error).__name__}: {error}"
    found = counted.total if counted else 0
    return "right" if found == count else f"wrong by {found - count:+,} of {count:,}"


def _tried(type_: str) -> Iterator[tuple[Door, str]]:
    chance = random.Random(type_)  # the same each time
    several: list[Any] = [words for words in variations(type_) if words]
    chosen = [several[0], *chance.sample(several[1:], min(2, len(several) - 1))]
    counts: dict[str, int | None] = {}
    for i, words in enumerate(chosen):
        for door in doors(type_, {**NEEDED.get(type_, {}), **words}, chance, whole=i == 0):
            key = json.dumps(door.built, sort_keys=True)
            if key not in counts:
                counts[key] = counted(type_, door.built)
            count = counts[key]
            yield door, "cannot be built" if count is None else judged(door.handed, count)


def main() -> int:
    """Compare all types, or some."""
    parser = argparse.ArgumentParser(prog="python -m tools.record.doors", description=__doc__)
    parser.add_argument("types", nargs="*", metavar="TYPE", help="these types alone; all without one")
    asked = parser.parse_args()
    warnings.simplefilter("ignore")
    logging.disable(logging.WARNING)
    torch.set_num_threads(1)
    every: Counter[str] = Counter()
    for type_ in asked.types or known():
        for door, found in _tried(type_):
            kind = found.partition(":")[0].partition(" by ")[0]
            every[kind] += 1
            if kind not in ("right", "refused", "cannot be built"):
                print(f"{type_}, {door.name}: {found}", flush=True)
    print(", ".join(f"{kind}: {count}" for kind, count in every.most_common()))
    return int(any(kind not in ("right", "refused", "cannot be built") for kind in every))


if __name__ == "__main__":
    raise SystemExit(main())
