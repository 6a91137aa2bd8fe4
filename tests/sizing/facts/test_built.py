"""What an entry wants is told without a validator as it is told with one: the same entry, or the same first line."""

from __future__ import annotations

import json
from collections.abc import Callable
from random import Random
from typing import Any, Final

import pytest

from sizing import Catalog, SizingError
from sizing.facts.built import built, text, trusted
from sizing.facts.entries.architecture import Architecture
from sizing.facts.entries.formats import Format
from sizing.facts.entries.models import ModelEntry
from sizing.facts.entries.runtimes import CacheRule
from sizing.facts.plain import to_plain
from sizing.facts.validation import checked
from sizing.facts.wanted import wanted

ASKED: Final = 3000
VALUES: Final[tuple[Any, ...]] = (
    None, True, False, 0, 1, -1, 7, 10**7, 10**7 + 1, 10**18, 0.5, 1.0, 32.0, -2.5, float("inf"), float("nan"), "", "x",
    "auto", "full", "float32", "MM*E-", "MM\n", "attention", [], [0], [1, 2], [1, "x"], ["full_attention"] * 3,
    ["mamba", "odd"], {}, {"odd": 1}, {"5": {"head_dim": 512}}, {"5": {"head_dim": 0}}, {"5": {"heads_dim": 1}},
    {"full_attn_layers": [4], "num_heads": 32, "head_dim": 128, "short_conv_kernel_size": 4},
    {"full_attn_layers": [0], "num_heads": 32}, {"num_head": 1},
    [{"attention": {"n_heads_in_group": 8}, "ffn": {"ffn_mult": 1.5}}], [{"attention": {}, "ffn": {"ffn_mult": 10**7}}],
    [{"attention": {}}], [{"attention": {}, "ffn": {}, "more": 1}], [5], "é" * 500, "a  b", "a\u200bb",
)  # fmt: skip


def with_a_validator(words: dict[str, Any]) -> Architecture | str:
    try:
        return checked(Architecture, words)
    except SizingError as error:
        return str(error)


def without_one(words: dict[str, Any]) -> Architecture | str:
    try:
        found: Architecture = built(wanted(Architecture), words)
    except SizingError as error:
        return str(error)
    return found


def test_an_architecture_is_the_same_without_a_validator(catalog: Catalog) -> None:
    random = Random(2)
    every = [
        to_plain(one.architecture) for one in catalog.models.values() if isinstance(one.architecture, Architecture)
    ]
    fields = [*wanted(Architecture)["fields"]]
    refused = 0
    for _ in range(ASKED):
        words = json.loads(json.dumps(random.choice(every)))
        for _ in range(random.randint(0, 3)):
            words[random.choice(fields)] = random.choice(VALUES)
        if random.random() < 0.1:
            words.pop(random.choice([*words]))
        said = with_a_validator(words)
        assert repr(without_one(words)) == repr(said), words
        refused += isinstance(said, str)
    assert 0.3 * ASKED < refused < 0.9 * ASKED


DATED: Final = ("released", "sources")  # days stay text without a validator
STATED: Final[tuple[Any, ...]] = (
    *VALUES, "8.03B", 8030261248, "8.03GB", "0.0001K", "undisclosed", 2**60, "128K", "0K", 4096, "Qwen/Qwen3-8B",
    "https://example.com/x", {"total": "8B", "counts": "all"}, {"total": "8 B", "active": 3, "counts": ""},
    {"total": True, "counts": "x"}, {"huggingface": ["a/b"], "ollama": {"a:1b": "Q4_K_M"}}, {"huggingface": ["a b"]},
    {"Q4_K_M": {"bytes": 10**9, "like": "Q4_K_M"}}, {"senses": ["smell"]}, {"parameters": "400M", "senses": ["vision"]},
    {"config": {"model_type": "x"}, "parameter": 5}, ["en", "zh"], ["english"], "MXFP4",
)  # fmt: skip


def entry_or_line(made: Callable[[type[ModelEntry], dict[str, Any]], ModelEntry], data: dict[str, Any]) -> object:
    """What an entry says but for its days, or the line that refuses it."""
    try:
        return undated(made(ModelEntry, data))
    except SizingError as error:
        return str(error)


def undated(entry: ModelEntry) -> dict[str, Any]:
    """What an entry states, but for what holds a day."""
    return {key: fact for key, fact in vars(entry).items() if key not in (*DATED, "files")}


def test_a_models_entry_is_the_same_without_a_validator(catalog: Catalog) -> None:
    random = Random(3)
    fields = wanted(ModelEntry)["fields"]
    names = {name: one.get("key", name) for name, one in fields.items() if name not in DATED}
    every = [
        {one.get("key", name): to_plain(model)[name] for name, one in fields.items() if name in to_plain(model)}
        for model in random.sample(list(catalog.models.values()), 60)
    ]
    refused = 0
    for _ in range(ASKED // 3):
        entry = {**random.choice(every), "released": "2026-01-02", "sources": []}
        for _ in range(random.randint(0, 2)):
            entry[random.choice([*names.values()])] = random.choice(STATED)
        if random.random() < 0.1:
            entry.pop(random.choice([key for key in entry if key not in DATED]))
        said, found = (
            entry_or_line(checked, entry),
            entry_or_line(lambda _, data: built(wanted(ModelEntry), data), entry),
        )
        assert found == said, entry
        refused += isinstance(said, str)
    assert 0.2 * ASKED / 3 < refused < 0.9 * ASKED / 3


def test_a_model_comes_back_from_plain_data(catalog: Catalog) -> None:
    for model in catalog.models.values():
        plain = to_plain(model)
        found = trusted(wanted(ModelEntry), plain)
        assert undated(found) == {key: getattr(model, key) for key in undated(found)}, model.id


@pytest.mark.parametrize("value", ["x", "é", "a  b", "a\nb", "a\u200bb", "", "x" * 1001, "e\u0301"])
def test_text_is_refused_as_an_entrys_is(value: str) -> None:
    said = with_a_validator({**_LEAST, "model_type": value})
    if isinstance(said, Architecture):
        assert text("model_type", value) == said.model_type
        return
    with pytest.raises(SizingError) as caught:
        text("model_type", value)
    assert said.startswith(str(caught.value)[:200])


_LEAST: Final = {"model_type": "llama", "vocab_size": 100, "hidden_size": 64, "num_hidden_layers": 2}


def test_a_format_and_a_cache_rule_come_back_from_plain_data(catalog: Catalog) -> None:
    for fmt in catalog.formats.values():
        found = trusted(wanted(Format), {key: x for key, x in to_plain(fmt).items() if key not in ("loss", "sources")})
        left_out = ("loss", "sources", "checkpoints")
        assert {key: x for key, x in vars(found).items() if key not in left_out} == {
            key: x for key, x in vars(fmt).items() if key not in left_out
        }
    for runtime in catalog.runtimes.values():
        rule = trusted(wanted(CacheRule), {key: x for key, x in to_plain(runtime.cache).items() if key != "sources"})
        assert {**vars(rule), "sources": 0} == {**vars(runtime.cache), "sources": 0}
