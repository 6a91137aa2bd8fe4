"""What does transformers count, of configurations of our own making? ``python -m tools.record.families`` writes it.

For every model_type that the engine knows and transformers has a class for: the class's own defaults, then each word
that may matter changed alone, then several at once. transformers builds each on the meta device, and counts; and where
its cache is of keys and values, one step without weights tells its numbers a token. ``--check TYPE …`` compares the
engine with that at once and writes nothing.
"""

# mypy: disable-error-code="import-not-found"

from __future__ import annotations

import argparse
import json
import logging
import os
import random
import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

# Nothing here may ask a hub; before transformers is imported.
os.environ.update(HF_HUB_OFFLINE="1", TRANSFORMERS_VERBOSITY="error", OMP_NUM_THREADS="1", TQDM_DISABLE="1")

import torch
import transformers
from transformers import (
    AutoModel,
    AutoModelForCausalLM,
    AutoModelForImageTextToText,
    AutoModelForMaskedLM,
    AutoModelForSequenceClassification,
)
from transformers.models.auto.configuration_auto import CONFIG_MAPPING
from transformers.models.auto.modeling_auto import (
    MODEL_FOR_CAUSAL_LM_MAPPING,
    MODEL_FOR_IMAGE_TEXT_TO_TEXT_MAPPING,
    MODEL_FOR_MASKED_LM_MAPPING,
    MODEL_FOR_SEQUENCE_CLASSIFICATION_MAPPING,
    MODEL_MAPPING,
)

from sizing.anatomy.architectures import TABLE
from sizing.anatomy.dialect.synonyms import CANONICAL, TYPES
from tools.defaults import declared_words

FILE: Final = Path(__file__).parents[2] / "tests" / "sizing" / "anatomy" / "families.json"
Config = dict[str, Any]

# What a class cannot be built without, beside what it declares.
NEEDED: Final[Mapping[str, Config]] = {
    "nemotron": {"num_key_value_heads": 8},
    "deepseek_v2": {"num_experts_per_tok": 6},
    "dots1": {"n_routed_experts": 64, "num_experts_per_tok": 6, "n_shared_experts": 2},
    "qwen4_exp_text": {
        "indexer_n_heads": 4,
        "indexer_kv_heads": 1,
        "indexer_head_dim": 256,
        "indexer_budget": 1024,
        "indexer_compress_ratio": 4,
        "ple_layer_ids": [2, 5],
        "ngram_vocab_size_base": 20000,
        "eos_token_id": 1,
    },
    "nemotron_h": {"layers_block_type": ["mamba", "moe", "mamba", "attention", "moe", "mamba"]},
    "hunyuan_v1_dense": {"head_dim": 128},
    "hunyuan_v1_moe": {"head_dim": 128},
    "dbrx": {
        "attn_config": {"kv_n_heads": 4, "rope_theta": 10000.0},
        "ffn_config": {"ffn_hidden_size": 1024, "moe_num_experts": 8, "moe_top_k": 2},
    },
    "cohere_compass_text": {"rope_parameters": {"full_attention": {"rope_type": "default", "rope_theta": 10000.0}}},
    "lfm2_moe": {"num_hidden_layers": 6, "layer_types": ["conv", "conv", "full_attention"] * 2},
    "ministral": {"head_dim": 128},
    "zamba2": {"num_hidden_layers": 54},
}
LAYERS: Final = 6  # of the configurations that are no class's default
TOKENS: Final = 4


@dataclass(frozen=True)
class Case:
    """A configuration, what transformers counts of it, and numbers in its cache a token where that can be told."""

    config: Config
    parameters: int
    cache: int | None = None

    def line(self) -> str:
        """As JSON, in one line."""
        kept = {} if self.cache is None else {"cache": self.cache}
        return json.dumps({"config": self.config, "parameters": self.parameters, **kept})


def known() -> list[str]:
    """The types that both know, and that transformers can build alone."""
    names = sorted({*TABLE, *TYPES} & set(CONFIG_MAPPING))
    return [name for name in names if not _PARTS & set(CONFIG_MAPPING[name].sub_configs) and _builds(name)]


_PARTS: Final = {"text_config", "vision_config", "audio_config"}


def _builds(name: str) -> bool:
    return builder(CONFIG_MAPPING[name]) is not None


def builder(kind: Any) -> Any:
    """Which of transformers' classes builds a type alone; None where none does."""
    if kind in MODEL_FOR_CAUSAL_LM_MAPPING and not TABLE[TYPES.get(kind.model_type, kind.model_type)].encoder:
        return AutoModelForCausalLM
    if kind in MODEL_FOR_IMAGE_TEXT_TO_TEXT_MAPPING:
        return AutoModelForImageTextToText
    return AutoModel if kind in MODEL_MAPPING else None


def cases(type_: str) -> Iterator[Case]:
    """Those of a type that transformers can build."""
    for words in (*variations(type_), _saved(type_)):
        if words is not None and (case := case_of(type_, words, builder(CONFIG_MAPPING[type_]))) is not None:
            yield case
    yield from _heads(type_)


def _heads(type_: str) -> Iterator[Case]:
    """A type with each of the heads that its class may have, as the architectures of a config.json name them."""
    kind, encoder = CONFIG_MAPPING[type_], type_ in TABLE and TABLE[type_].encoder
    for mapping, builder in (
        (MODEL_FOR_MASKED_LM_MAPPING, AutoModelForMaskedLM) if encoder else (MODEL_MAPPING, AutoModel),
        (MODEL_FOR_SEQUENCE_CLASSIFICATION_MAPPING, AutoModelForSequenceClassification),
    ):
        if (name := _named(mapping, kind)) is None:
            continue
        words = {**NEEDED.get(type_, {}), "vocab_size": 30000, "architectures": [name]}
        for further in ({}, {"num_labels": 1}) if builder is AutoModelForSequenceClassification else ({},):
            if (case := case_of(type_, {**words, **further}, builder)) is not None:
                yield case


def _named(mapping: Any, kind: Any) -> str | None:
    """What the class is called that builds a type so; None where there is none, or one of several."""
    try:
        return str(mapping[kind].__name__) if kind in mapping else None
    except (AttributeError, ValueError):  # several, or one that is listed and not there
        return None


def _saved(type_: str) -> Config | None:
    """The class's defaults as ``save_pretrained`` writes them: every word said."""
    try:
        saved: Config = CONFIG_MAPPING[type_](**NEEDED.get(type_, {})).to_dict()
        json.dumps(saved)
    except Exception:
        return None
    dropped = ("_name_or_path", "transformers_version", "architectures", "id2label", "label2id")
    return {key: value for key, value in saved.items() if key not in dropped}


def case_of(type_: str, words: Config, builder: Any) -> Case | None:
    """A configuration of a type, and what transformers counts of it; None where it cannot build it."""
    kind = CONFIG_MAPPING[type_]
    try:
        config = kind.from_dict(json.loads(json.dumps(words)))
        with torch.device("meta"):
            model = builder.from_config(config, dtype=torch.bfloat16)
    except Exception:  # whatever a class raises for words that do not fit together
        return None
    count = sum({id(p): p.numel() for p in model.parameters()}.values())
    asks = {CANONICAL.get(word, word) for word in words} & _CACHED
    return Case({"model_type": type_, **words}, count, _cache(model) if asks else None)


# The words that decide a cache; others are not worth a step.
_CACHED: Final = {
    "attention_k_eq_v",
    "head_dim",
    "hidden_size",
    "kv_lora_rank",
    "layer_types",
    "num_attention_heads",
    "num_key_value_heads",
    "num_kv_shared_layers",
}


def _cache(model: Any) -> int | None:
    """Numbers that its cache keeps of a token, over all layers; None where a step cannot be made without weights."""
    try:
        with torch.no_grad():
            tokens = torch.zeros(1, TOKENS, dtype=torch.long, device="meta")
            found = model(input_ids=tokens, use_cache=True).past_key_values
        kept = [layer for layer in found.layers if getattr(layer, "keys", None) is not None]
        return int(sum(layer.keys.numel() + layer.values.numel() for layer in kept) // TOKENS)
    except Exception:
        return None


# --- configurations of our own -------------------------------------------------------------------------------------


def variations(type_: str) -> Iterator[Config]:
    """The defaults; small ones with one word changed; small ones with several changed."""
    kind, needed = CONFIG_MAPPING[type_], dict(NEEDED.get(type_, {}))
    declared = declared_words(kind)
    said = {word: value for word, value in declared.items() if CANONICAL.get(word, word) in _SAID and value}
    yield {**said, **needed}
    small = {**said, **needed}
    for word in said:
        if CANONICAL.get(word, word) == "num_hidden_layers":
            small[word] = LAYERS
    changed = {word: value for word, default in declared.items() for value in _others(type_, word, default)}
    for word, default in declared.items():
        for value in _others(type_, word, default):
            if (words := _together({**small, word: value}, declared)) is not None:
                yield words
    chance = random.Random(type_)  # the same each time
    for _ in range(6 if changed else 0):
        chosen = chance.sample(sorted(changed), k=min(len(changed), chance.randint(2, 5)))
        if (words := _together({**small, **{word: changed[word] for word in chosen}}, declared)) is not None:
            yield words


_SAID: Final = ("vocab_size", "num_hidden_layers")


def _together(words: Config, declared: Config) -> Config | None:
    """``words``, unless heads do not divide or more experts are used than there are: no model is like that."""
    own = {CANONICAL.get(word, word): value for word, value in (declared | words).items()}
    heads, kv_heads = own.get("num_attention_heads"), own.get("num_key_value_heads")
    count, used = own.get("num_experts"), own.get("num_experts_per_tok")
    if heads and kv_heads and heads % kv_heads and "kv_lora_rank" not in own:
        return None
    return None if count and used and used > count else words


_SPECIAL: Final[Mapping[str, Sequence[Any]]] = {
    "num_key_value_heads": (1,),
    "mlp_only_layers": ([1, 3],),
    "num_kv_shared_layers": (2,),
    "first_k_dense_replace": (0, 2),
    "decoder_sparse_step": (2,),
    "sliding_window": (96,),
    "mamba_d_head": (),
}


def _others(type_: str, word: str, default: Any) -> Iterator[Any]:
    """Other values of a word than its default."""
    own = CANONICAL.get(word, word)
    if own in _SPECIAL:
        yield from _SPECIAL[own]
    elif isinstance(default, bool):
        yield not default
    elif isinstance(default, int):
        yield from _figures(own, default)
    elif default is None and own == "head_dim":
        yield 48
    elif default is None and own == "intermediate_size":
        yield 1536
    elif default is None and own == "layer_types":
        kinds = _kinds(type_, word)
        if kinds:
            yield kinds[::-1]


def _kinds(type_: str, word: str) -> list[str] | None:
    """What a class calls its first layers."""
    try:
        found = getattr(CONFIG_MAPPING[type_](**NEEDED.get(type_, {})), word)
        return list(found[:LAYERS]) if isinstance(found, (list, tuple)) else None
    except Exception:
        return None


def _figures(word: str, default: int) -> Iterator[int]:
    if word in ("num_hidden_layers",):
        yield 3
    elif word in ("vocab_size", "max_position_embeddings"):
        yield default + 64
    elif word.startswith(("num_", "n_", "moe_")) or word.endswith(("heads", "experts", "groups")):
        yield max(1, default // 2)
    else:
        yield default * 2 or 1


# --- writing, and comparing -----------------------------------------------------------------------------------------


def compared(case: Case) -> str | None:
    """What the engine says otherwise; None where it agrees."""
    from sizing.anatomy.caches import elements_per_token
    from sizing.anatomy.dialect import shape_of
    from sizing.anatomy.tensors import parameters
    from sizing.errors import SizingError
    from sizing.facts.entries.architecture import WORDS, Architecture
    from sizing.facts.validation import checked
    from sizing.files.config_json import described

    try:
        words = described(case.config).words
        shape = shape_of(checked(Architecture, {word: said for word, said in words.items() if word in WORDS}))
        count = parameters(shape).total
        kept = sum(elements_per_token(shape, kind) for kind in shape.layers)
    except SizingError as error:
        return f"refused: {str(error)[:160]}"
    except Exception as error:
        return f"TRACEBACK {type(error).__name__}: {error}"[:200]
    if count != case.parameters:
        return f"WRONG {count - case.parameters:+,} of {case.parameters:,}"
    if shape.blocks.encoder or shape.blocks.attention == "compressed":
        return None  # which keep nothing, or entries that stand for several tokens
    return None if case.cache in (None, kept) else f"CACHE {kept:,}, not {case.cache:,}"


def main() -> int:
    """Write the table of all types, or of some and keep the rest, or compare."""
    parser = argparse.ArgumentParser(prog="python -m tools.record.families", description=__doc__)
    parser.add_argument("types", nargs="*", metavar="TYPE", help="these types alone; all without one")
    parser.add_argument("--check", action="store_true", help="compare the engine, and write nothing")
    asked = parser.parse_args()
    warnings.simplefilter("ignore")
    logging.disable(logging.WARNING)
    torch.set_num_threads(1)
    if asked.check:
        return _check(asked.types or known())
    _write(asked.types)
    return 0


def _write(types: Sequence[str]) -> None:
    """Each case in a line, by type; those of other types stay where only some are asked for."""
    lines: dict[str, list[str]] = {}
    if types:
        table = json.loads(FILE.read_text(encoding="utf-8"))
        del table["transformers"]
        lines = {type_: [Case(**case).line() for case in found] for type_, found in table.items()}
    for type_ in types or known():
        lines[type_] = [case.line() for case in cases(type_)]
        print(f"{type_}: {len(lines[type_])}", flush=True)
    parts = [f'"transformers": {json.dumps(transformers.__version__)}']
    parts += [f'"{type_}": [\n  ' + ",\n  ".join(lines[type_]) + "\n ]" for type_ in sorted(lines)]
    FILE.write_text("{\n " + ",\n ".join(parts) + "\n}\n", encoding="utf-8")


def _check(types: Sequence[str]) -> int:
    wrong = 0
    for type_ in types:
        found = list(cases(type_))
        differ = [(case, said) for case in found if (said := compared(case))]
        print(f"{type_}: {len(found) - len(differ)} of {len(found)}", flush=True)
        for case, said in differ:
            words = {k: v for k, v in case.config.items() if k != "model_type"}
            print(f"   {said} {'(saved)' if len(words) > 12 else words}")
        wrong += sum(not said.startswith("refused") for _, said in differ)
    return int(wrong > 0)


if __name__ == "__main__":
    raise SystemExit(main())
