"""One speed of one's own corrects what is predicted of the same machine, and narrows its range."""

from __future__ import annotations

import pytest

from sizing import Catalog, Plan, SizingError, plan
from sizing.cli import main
from sizing.engine.fitted import towards
from sizing.engine.speed import Rate
from sizing.own import OwnRate, read


def on_a_4090(catalog: Catalog, measured: float | OwnRate | None = None, model: str = "llama-3-8b") -> Plan:
    return plan(
        catalog.model(model), catalog.machine("rtx-4090"), format="Q4_K_M", context=8192, measured=measured
    )  # fmt: skip


def empty(p: Plan) -> Rate:
    assert p.decode_empty is not None
    return p.decode_empty


def full(p: Plan) -> Rate:
    assert p.decode is not None
    return p.decode


def width(rate: Rate) -> float:
    return rate.high / rate.low


def test_a_slower_machine_is_slower_at_every_depth(catalog: Catalog) -> None:
    expected = on_a_4090(catalog)
    own = on_a_4090(catalog, 0.7 * empty(expected).value)
    assert empty(own).value == pytest.approx(0.7 * empty(expected).value, rel=0.1)
    assert full(own).value < 0.85 * full(expected).value
    assert any("your" in note for note in own.remarks)


def test_a_number_as_expected_changes_no_rate_and_narrows_the_range(catalog: Catalog) -> None:
    expected = on_a_4090(catalog, model="qwen3-14b")
    own = on_a_4090(catalog, empty(expected).value, model="qwen3-14b")
    assert full(own).value == pytest.approx(full(expected).value)


def test_a_prompts_number_tells_of_prompts_alone(catalog: Catalog) -> None:
    expected = on_a_4090(catalog)
    asked = expected.prefill_at(512)
    assert asked is not None
    own = on_a_4090(catalog, OwnRate(0.5 * asked.value, 0, prompt=512))
    told = own.prefill_at(512)
    assert told is not None
    assert told.value == pytest.approx(0.5 * asked.value, rel=0.15)
    assert width(told) < width(asked)
    assert full(own) == full(expected)
    assert any("of a prompt of 512 tokens" in note for note in own.remarks)


def test_a_model_that_the_same_kernels_compute_tells_more_than_another(catalog: Catalog) -> None:
    fitted = catalog.planner.fit.constants
    kin, other = (fitted.told("decode", 0.6, "program", near).own["decode"] for near in ("kin", "other"))
    assert 0.6 <= kin.factor < other.factor < 1.0
    assert kin.high / kin.low < other.high / other.low


def test_another_models_number_tells_less(catalog: Catalog) -> None:
    llama = catalog.model("llama-3-8b")
    expected = on_a_4090(catalog, model="qwen3-14b")
    slow = 0.6 * empty(on_a_4090(catalog)).value
    own = on_a_4090(catalog, OwnRate(slow, model=llama, format="Q4_K_M"), model="qwen3-14b")
    assert 0.6 < full(own).value / full(expected).value <= 1.0
    itself = on_a_4090(catalog, OwnRate(slow, model=llama, format="Q4_K_M"))
    assert empty(itself).value == pytest.approx(slow, rel=0.15)


def test_a_part_of_a_ratio_lies_between_one_and_the_ratio_up_as_down() -> None:
    assert towards(2.0, 0.5) == 1.5
    assert towards(0.5, 0.5) == pytest.approx(1 / 1.5)
    assert (towards(3.0, 0.0), towards(3.0, 1.0)) == (1.0, 3.0)


def test_more_than_the_memory_can_read_is_refused(catalog: Catalog) -> None:
    with pytest.raises(SizingError, match="more than rtx-4090 can read of llama-3-8b"):
        on_a_4090(catalog, 5000)


def test_more_than_any_unit_could_compute_is_refused(catalog: Catalog) -> None:
    with pytest.raises(SizingError, match="more than rtx-4090 can compute of llama-3-8b"):
        on_a_4090(catalog, OwnRate(1e7, 0, prompt=512))


def test_a_number_without_a_machine_is_refused(catalog: Catalog) -> None:
    with pytest.raises(SizingError, match="without a machine"):
        plan(catalog.model("llama-3-8b"), None, format="Q4_K_M", context=512, measured=50.0)


@pytest.mark.parametrize("rate", [0.0, -3.0])
def test_no_speed_is_no_measurement(catalog: Catalog, rate: float) -> None:
    with pytest.raises(SizingError, match="is no measured speed"):
        on_a_4090(catalog, rate)


def test_a_number_is_read_with_its_depth_and_its_model(catalog: Catalog) -> None:
    assert read("71.3", catalog) == OwnRate(71.3)
    assert read("71.3@4096", catalog) == OwnRate(71.3, 4096)
    named = read("llama-3-8b Q4_K_M 71.3", catalog)
    assert (named.model and named.model.id, named.format, named.rate) == ("llama-3-8b", "Q4_K_M", 71.3)
    assert read("pp512 3200", catalog) == OwnRate(3200, 0, prompt=512)
    prompt = read("llama-3-8b Q4_K_M pp512 3200@4096", catalog)
    assert (prompt.model and prompt.model.id, prompt.prompt, prompt.depth) == ("llama-3-8b", 512, 4096)
    for wrong in ("pp 3200", "pp0 3200", "fast", "71,3", "0", "@4", "71.3@"):
        with pytest.raises(SizingError):
            read(wrong, catalog)


def test_the_command_takes_it(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["plan", "llama-3-8b", "--on", "rtx-4090", "--format", "Q4_K_M", "--measured", "100"]
    assert main(asked) == 0
    assert "corrected by your 100 tokens/s" in capsys.readouterr().out
