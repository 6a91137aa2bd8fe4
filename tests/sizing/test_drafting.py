"""What drafting brings: how many tokens a step, and how much faster."""

from __future__ import annotations

from typing import Any

import pytest

from sizing import Catalog, SizingError, plan
from sizing.drafting import chance_of, experience
from sizing.engine.drafting import brought, chances, telling
from sizing.plan import Plan


def on(catalog: Catalog, model: str, machine: str, fmt: str, **settings: Any) -> Plan:
    return plan(catalog.model(model), catalog.machine(machine), format=fmt, context=4096, **settings)


def rate(p: Plan) -> float:
    assert p.decode is not None
    return p.decode.value


def test_a_step_brings_one_token_more_than_it_keeps() -> None:
    assert brought(3, 0.0) == 1
    assert brought(3, 1.0) == 4
    assert brought(2, 0.5) == 1 + 0.5 + 0.25
    assert chance_of(2, 1.75) == pytest.approx(0.5, abs=1e-6)


def test_a_model_drafts_for_itself_and_is_faster(catalog: Catalog) -> None:
    plain = on(catalog, "qwen3.8-27b", "rtx-5090", "Q4_K_M")
    drafting = on(catalog, "qwen3.8-27b", "rtx-5090", "Q4_K_M", mtp=True)
    assert 1.4 < rate(drafting) / rate(plain) < 3
    assert "acceptance" in drafting.assumed
    assert "acceptance" not in plain.assumed


def test_what_is_kept_decides_what_drafting_brings(catalog: Catalog) -> None:
    def kept(share: float) -> float:
        return rate(on(catalog, "qwen3.8-27b", "rtx-5090", "Q4_K_M", mtp=True, draft_tokens=3, acceptance=share))

    plain = rate(on(catalog, "qwen3.8-27b", "rtx-5090", "Q4_K_M"))
    assert kept(0.0) < plain, "work for nothing"
    assert kept(0.8) == pytest.approx(kept(0.0) * 3.4, rel=1e-6), "a step as long brings 1 + 3 x 0.8 tokens"


def test_a_range_holds_both_that_is_not_known(catalog: Catalog) -> None:
    asked = on(catalog, "qwen3.8-27b", "rtx-5090", "Q4_K_M", mtp=True, draft_tokens=2)
    told = on(
        catalog, "qwen3.8-27b", "rtx-5090", "Q4_K_M", mtp=True, draft_tokens=2, acceptance=asked.settings["acceptance"]
    )
    assert asked.decode is not None
    assert told.decode is not None
    assert asked.decode.value == pytest.approx(told.decode.value)
    assert asked.decode.low < told.decode.low < told.decode.high < asked.decode.high


def test_unsaid_as_many_are_drafted_as_serve_best(catalog: Catalog) -> None:
    best = on(catalog, "qwen3.8-27b", "rtx-5090", "Q4_K_M", mtp=True)
    others = [on(catalog, "qwen3.8-27b", "rtx-5090", "Q4_K_M", mtp=True, draft_tokens=n) for n in range(1, 9)]
    assert rate(best) == max(map(rate, others))


def test_of_many_sequences_at_once_drafting_brings_less(catalog: Catalog) -> None:
    # 64 sequences keep four states each: an H100 does not hold them.
    def gain(sequences: int) -> float:
        asked: Any = {"draft_tokens": 3, "sequences": sequences}
        plain = on(catalog, "qwen3.8-27b", "h200-sxm", "FP8", sequences=sequences)
        return rate(on(catalog, "qwen3.8-27b", "h200-sxm", "FP8", mtp=True, **asked)) / rate(plain)

    assert gain(1) > gain(8) > gain(32) > gain(64)
    assert gain(1) > 1.4 * gain(64)


def test_a_draft_model_drafts_too(catalog: Catalog) -> None:
    draft = plan(catalog.model("qwen3-0.6b"), None, format="Q8_0", context=4096)
    large = plan(catalog.model("qwen3-8b"), None, format="Q8_0", context=4096)
    asked: tuple[Any, ...] = (catalog, "qwen3-32b", "rtx-5090", "Q4_K_M")
    assert rate(on(*asked, draft=draft)) > rate(on(*asked))
    said: Any = {"draft_tokens": 4, "acceptance": 0.7}
    assert rate(on(*asked, draft=draft, **said)) > rate(on(*asked, draft=large, **said)), "a larger one costs more"


def test_another_vocabulary_is_drafted_in_by_llama_cpp_alone(catalog: Catalog) -> None:
    draft = plan(catalog.model("qwen3-0.6b"), None, format="Q8_0", context=4096)
    assert on(catalog, "llama-3-8b", "rtx-5090", "Q4_K_M", draft=draft).fits
    with pytest.raises(SizingError, match="151936 words for 128256"):
        on(catalog, "llama-3-8b", "rtx-5090", "AWQ", draft=draft)


def test_a_speed_of_ones_own_is_one_without_drafts_and_corrects_those_with(catalog: Catalog) -> None:
    plain = on(catalog, "qwen3.8-27b", "rtx-5090", "Q4_K_M")
    assert plain.decode_empty is not None
    slow = plain.decode_empty.value * 0.8
    drafting = on(catalog, "qwen3.8-27b", "rtx-5090", "Q4_K_M", mtp=True, draft_tokens=2)
    corrected = on(catalog, "qwen3.8-27b", "rtx-5090", "Q4_K_M", mtp=True, draft_tokens=2, measured=slow)
    assert 0.75 < rate(corrected) / rate(drafting) < 0.9


def test_without_layers_of_its_own_a_model_drafts_nothing(catalog: Catalog) -> None:
    with pytest.raises(SizingError, match="no multi-token-prediction layers"):
        on(catalog, "qwen3-8b", "rtx-4090", "Q4_K_M", mtp=True)
    with pytest.raises(SizingError, match="nothing drafts"):
        on(catalog, "qwen3-8b", "rtx-4090", "Q4_K_M", acceptance=0.7)


def test_what_is_known_of_a_model_is_its_own_else_its_familys_else_everybodys(catalog: Catalog) -> None:
    told = experience(catalog.lengths(), catalog.family).rows

    def known(model: str, own: bool = True) -> set[str]:
        return {row.model for row in telling(told, catalog.family(model), model, own)}

    assert known("qwen3.8-27b") == {"qwen3.8-27b"}
    assert known("qwen3.8-2.4t-a95b") == {"qwen3.8-27b"}
    assert len(known("glm-4.5-air")) > 3
    beside = {row.model for row in catalog.lengths() if row.drafter not in ("mtp", "eagle3")}
    assert known("qwen3-32b", own=False) <= beside


def test_what_was_measured_with_so_many_tokens_is_taken_first(catalog: Catalog) -> None:
    rows = [row for row in experience(catalog.lengths(), catalog.family).rows if row.model == "glm-5.2"]
    assert chances(rows, 8) == [chance_of(8, 4.06)]
    assert chances(rows, 16) == chances(rows, 8)
