"""Every claim of the original article is in the ledger."""

from __future__ import annotations

from sizing import Catalog

# fmt: off
ORIGINAL = [
    "weights-resident", "fp16-per-billion", "int8-per-billion", "q4-per-billion", "q4-per-ten-billion", "70b-fp16",
    "70b-q4-size", "70b-q4-a100", "4090-13b-30b", "80gb-65b", "apple-7b-13b", "13b-4k", "13b-128k", "gpt4-hosted",
    "claude-hosted", "kimi-k2-size", "kimi-k2-64gb", "kimi-k2-closed", "glm-45-size", "glm-45-multi",
    "llama3-8b-q4", "llama3-70b-q4", "qwen2-7b-consumer", "qwen2-72b-highend", "mixtral-56b", "mixtral-like-13b",
    "deepseek-v3-70b", "mac-max-7b-13b", "4090-65b-slow", "dual-65b-q4", "80gb-70b-native", "cluster-flagship",
    "tiers", "apple-vs-pc", "memory-size-compute-speed",
]
# fmt: on


def test_the_original_articles_35_claims_are_there(catalog: Catalog) -> None:
    assert len(ORIGINAL) == 35
    assert catalog.claims.keys() >= set(ORIGINAL)


def test_no_verdict_is_written(catalog: Catalog) -> None:
    text = (catalog.root / "claims.yaml").read_text(encoding="utf-8")
    assert "verdict:" not in text


def test_four_bit_is_the_set_that_the_claims_agree_on(catalog: Catalog) -> None:
    assert set(catalog.members("formats", ["4-bit"])) == {"Q4_0", "Q4_K_M", "AWQ", "MXFP4"}


def test_every_word_with_a_threshold_is_used_and_has_a_source(catalog: Catalog) -> None:
    used = {check.word for claim in catalog.claims.values() for check in claim.checks if check.word}
    assert used == set(catalog.words)
    assert all(word.sources for word in catalog.words.values())


def test_smooth_is_faster_than_people_read(catalog: Catalog) -> None:
    # 238 words a minute (https://doi.org/10.1016/j.jml.2019.104047) at three quarters of a word a token
    smooth = catalog.word("smooth")
    assert smooth.value is not None
    assert smooth.value >= 238 / 60 / 0.75
