"""Numbers inside a sentence are what the catalog and a pocket calculator say."""

import re
from collections.abc import Mapping

import pytest

from macros.environment import Macro
from sizing import Catalog, SizingError, plan
from sizing.facts.units import GIB, known
from tests.macros.environment import figure

Call = Mapping[str, Macro]
SPEED = re.compile(r"([\d.,]+) tok/s（([\d.,]+)～([\d.,]+)）")

LLAMA_3_8B = 8_030_261_248
LLAMA_3_8B_EMBEDDING = 128_256 * 4096


def speed(text: str) -> tuple[float, float, float]:
    found = SPEED.fullmatch(text)
    assert found, text
    value, low, high = (float(x.replace(",", "")) for x in found.groups())
    return value, low, high


def test_parameters_are_the_published_count(call: Call) -> None:
    assert call["parameters"]("llama-3-8b") == "8.03B"
    assert call["parameters"]("kimi-k2") == "1.03T"


def test_active_parameters_leave_out_the_input_embedding(call: Call) -> None:
    assert call["parameters"]("llama-3-8b", active=True) == f"{(LLAMA_3_8B - LLAMA_3_8B_EMBEDDING) / 1e9:.2f}B"


def test_a_hosted_model_has_no_count(call: Call) -> None:
    assert call["parameters"]("gpt-4o") == "未公布"


def test_f16_weights_take_two_bytes_each(call: Call) -> None:
    assert call["weights"]("llama-3-8b", "F16") == f"{LLAMA_3_8B * 2 / 1e9:.1f} GB"
    assert call["weights_gib"]("llama-3-8b", "F16") == f"{LLAMA_3_8B * 2 / GIB:.1f} GiB"
    assert call["per_billion"]("llama-3-8b", "F16") == "2.00 GB"


def test_weights_are_the_published_files(call: Call) -> None:
    assert call["weights_gib"]("llama-3-8b", "Q4_K_M") == "4.58 GiB"


def test_q8_0_stores_34_bytes_for_32_weights(call: Call) -> None:
    assert call["per_billion"]("llama-3-70b", "Q8_0") == f"{34 / 32:.2f} GB"


def test_a_format_is_found_without_case_and_fp16_is_f16(call: Call) -> None:
    assert call["weights"]("llama-3-8b", "fp16") == call["weights"]("llama-3-8b", "F16")


def test_the_cache_is_keys_and_values_of_every_layer(call: Call) -> None:
    one_token = 2 * 32 * 8 * 128 * 2  # keys and values, layers, heads, elements, bytes
    assert call["cache"]("llama-3-8b", 8192) == f"{one_token * 8192 / GIB:.2f} GiB"
    assert call["cache"]("llama-3-8b", 8192, "q8_0") == f"{one_token * 8192 * 34 / 64 / GIB:.3f} GiB"


def test_mla_caches_one_latent_a_layer(call: Call) -> None:
    assert call["cache"]("deepseek-v3", 4096) == f"{61 * (512 + 64) * 2 * 4096 / GIB:.3f} GiB"


def test_memory_is_weights_and_cache_and_a_little_more(call: Call) -> None:
    parts = figure(call["weights_gib"]("llama-3-8b", "Q4_K_M")) + figure(call["cache"]("llama-3-8b", 8192))
    assert parts < figure(call["memory"]("llama-3-8b", "Q4_K_M", 8192)) < parts + 1


def test_memory_on_a_machine_holds_the_embedding_and_the_drivers_share(call: Call, catalog: Catalog) -> None:
    on = plan(catalog.model("llama-3-8b"), catalog.machine("rtx-4090"), format="Q4_K_M", context=8192)
    shown = figure(call["memory"]("llama-3-8b", "Q4_K_M", 8192, machine="rtx-4090"))
    assert shown == pytest.approx(sum(place.memory.total for place in on.places) / GIB, abs=0.01)
    assert shown > figure(call["memory"]("llama-3-8b", "Q4_K_M", 8192))


def test_a_quantized_cache_takes_less_memory(call: Call) -> None:
    plain, small = (call["memory"]("llama-2-13b", "Q4_K_M", 131072, cache_format=f) for f in ("f16", "q8_0"))
    assert figure(plain) - figure(small) == pytest.approx(100 * 30 / 64, abs=2)


def test_decoding_stays_below_what_the_bandwidth_allows(call: Call) -> None:
    value, low, high = speed(call["decode"]("llama-3-8b", "rtx-4090", "Q4_K_M", 4096))
    assert low <= value <= high < 1008e9 / (4.58 * GIB)
    assert value > 0.5 * 1008e9 / (4.58 * GIB)


def test_a_runtime_may_be_named(call: Call) -> None:
    vllm, sglang = (call["decode"]("llama-3-8b", "h100-sxm-80gb", "FP8", 4096, runtime=r) for r in ("vllm", "sglang"))
    assert speed(vllm)[0] > 0
    assert speed(sglang)[0] > 0
    with pytest.raises(SizingError, match=r"llama\.cpp does not read FP8"):
        call["decode"]("llama-3-8b", "h100-sxm-80gb", "FP8", 4096, runtime="llama.cpp")


def test_the_first_token_waits_for_the_arithmetic(call: Call) -> None:
    shown = call["first_token"]("llama-3-8b", "rtx-4090", "Q4_K_M", 8192)
    at_least = 2 * (LLAMA_3_8B - 2 * LLAMA_3_8B_EMBEDDING) * 8192 / 165.2e12
    assert re.fullmatch(r"[\d.]+ 秒", shown)
    assert at_least < figure(shown) < 10 * at_least


def test_the_longest_context_fits_and_no_longer_one_does(call: Call, catalog: Catalog) -> None:
    model, machine = catalog.model("qwen2.5-32b"), catalog.machine("rtx-4090")
    most = int(call["longest"]("qwen2.5-32b", "rtx-4090", "Q4_K_M").replace(",", ""))
    assert plan(model, machine, format="Q4_K_M", context=most).fits
    assert not plan(model, machine, format="Q4_K_M", context=most + 256).fits


def test_the_longest_context_ends_at_the_models_limit(call: Call) -> None:
    assert call["longest"]("llama-3-8b", "a100-pcie-80gb", "Q4_K_M") == "8,192"
    assert call["longest"]("llama-3-70b", "rtx-4090", "Q4_K_M") == "0"


def test_a_cache_32_times_as_long_is_32_times_as_large(call: Call) -> None:
    long, short = ({"model": "llama-2-13b", "format": "F16", "context": c} for c in (131072, 4096))
    assert call["ratio"]("cache", long, short) == "32 倍"


def test_a_ratio_of_nothing_is_an_error(call: Call) -> None:
    with pytest.raises(SizingError, match="parameters is undisclosed or does not exist"):
        call["ratio"]("parameters", {"model": "gpt-4o"}, {"model": "llama-3-8b"})


def test_facts_of_a_device_are_the_vendors(call: Call) -> None:
    facts = {fact: call["device"]("rtx-4090", fact) for fact in ("memory", "driver", "bandwidth", "fp16", "tdp")}
    assert facts == {
        "memory": "24 GB",
        "driver": f"{24564 / 1024:.1f} GiB",
        "bandwidth": "1,008 GB/s",
        "fp16": "165 TFLOPS",
        "tdp": "450 W",
    }


def test_what_a_vendor_withholds_is_said_so(call: Call) -> None:
    assert call["device"]("m3-max-40-core", "driver") == "未公布"
    assert call["device"]("m3-max-40-core", "tdp") == "未公布"


def test_an_unknown_fact_names_the_known_ones(call: Call) -> None:
    with pytest.raises(SizingError, match="no fact 'weight' of a device; known are memory, driver, bandwidth"):
        call["device"]("rtx-4090", "weight")


def test_the_reference_host_is_the_catalogs(call: Call, catalog: Catalog) -> None:
    host = catalog.hosts[catalog.reference_host]
    assert figure(call["host"]()) == pytest.approx((known(host.bandwidth) or 0) / 1e9, abs=0.1)
    assert call["host"]().endswith(" GB/s")
    assert call["host"]("memory") == f"{host.memory // GIB} GB"


def test_macos_keeps_a_part_from_the_gpu(call: Call, catalog: Catalog) -> None:
    seen = [x.limit for x in catalog.gpu_limits if x.memory == 64 * GIB]
    assert figure(call["gpu_usable"]("macbook-pro-m3-max-64gb")) * GIB in [pytest.approx(x, rel=0.01) for x in seen]


def test_a_price_says_where_when_and_for_what(call: Call) -> None:
    assert call["price"]("pc-rtx-4090") == "1,599 美元（美国发布价，2022-09，只含显卡）"
    assert call["price"]("pc-2x-rtx-4090") == "3,198 美元（美国发布价，2022-09，只含显卡）"
    assert call["price"]("rtx-4090") == "未公布"


def test_a_rent_is_for_an_hour(call: Call, catalog: Catalog) -> None:
    price = catalog.machine("cloud-h100-80gb").price
    assert price
    assert call["price"]("cloud-h100-80gb").startswith(f"每小时 {price.amount:g} 美元（")


def test_renting_breaks_even_when_it_has_cost_the_price(call: Call, catalog: Catalog) -> None:
    own, rent = (catalog.machine(name).cost for name in ("pc-rtx-4090", "cloud-h100-80gb"))
    assert own
    assert rent
    shown = call["break_even"]("llama-3-8b", "pc-rtx-4090", "cloud-h100-80gb", "Q4_K_M")
    assert shown.endswith(" 小时")
    assert figure(shown) == pytest.approx(own / rent, rel=0.05)


def test_no_price_no_break_even(call: Call) -> None:
    with pytest.raises(SizingError, match="rtx-4090 or cloud-h100-80gb has no price"):
        call["break_even"]("llama-3-8b", "rtx-4090", "cloud-h100-80gb", "Q4_K_M")


def test_smooth_is_faster_than_people_read(call: Call) -> None:
    words_a_minute = 238
    assert call["word"]("smooth") == f"{words_a_minute / 60 / 0.75:.1f} tok/s"


@pytest.mark.parametrize(
    "sentence",
    [
        ("fits", "llama-3-70b", "2x-rtx-4090", "Q4_K_M"),
        ("not fits", "llama-3-70b", "rtx-4090", "Q4_K_M"),
        ("runs", "llama-3-70b", "rtx-4090", "Q4_K_M"),
        ("hosted", "gpt-4o"),
        ("undisclosed", "claude-3.5-sonnet"),
        ("open", "kimi-k2"),
    ],
    ids=" ".join,
)
def test_a_guard_writes_nothing_while_true(call: Call, sentence: tuple[str, ...]) -> None:
    assert call["check"](*sentence) == ""


@pytest.mark.parametrize(
    "sentence",
    [
        ("fits", "llama-3-70b", "rtx-4090", "Q4_K_M"),
        ("hosted", "kimi-k2"),
        ("not fits", "llama-3-8b", "rtx-4090", "F16"),
    ],
    ids=" ".join,
)
def test_a_guard_fails_when_false(call: Call, sentence: tuple[str, ...]) -> None:
    with pytest.raises(SizingError, match="this sentence is no longer true"):
        call["check"](*sentence)


def test_a_guard_compares_a_quantity(call: Call) -> None:
    weights = {"format": "Q3_K_M", "quantity_name": "weights", "unit": "GB"}
    assert call["check"]("below", "llama-3-70b", **weights, value=35) == ""
    with pytest.raises(SizingError, match="this sentence is no longer true"):
        call["check"]("below", "llama-3-70b", **weights, value=30)


def test_a_guard_compares_a_ratio(call: Call) -> None:
    two, one = ({"model": "llama-3-8b", "format": "F16", "context": c} for c in (8192, 4096))
    assert call["check_ratio"]("cache", two, one, "about", 2) == ""
    with pytest.raises(SizingError, match="cache ratio 2 is not above 2"):
        call["check_ratio"]("cache", two, one, "above", 2)


def test_a_guard_knows_a_claims_verdict(call: Call) -> None:
    assert call["check_claim"]("fp16-per-billion", "holds") == ""
    with pytest.raises(SizingError, match="claim fp16-per-billion now holds, not fails"):
        call["check_claim"]("fp16-per-billion", "fails")


@pytest.mark.parametrize(
    ("name", "arguments", "hint"),
    [
        ("weights", ("llama-3-9b", "F16"), "no model 'llama-3-9b' in the catalog; did you mean llama-3-8b"),
        ("weights", ("llama-3-8b", "Q4_K_X"), "no format 'Q4_K_X' in the catalog; did you mean Q4_K"),
        ("gpu_usable", ("rtx-4091",), "no machine or device 'rtx-4091' in the catalog; did you mean .*rtx-4090"),
        (
            "gpu_usable",
            ("m3-max-40-core",),
            "m3-max-40-core is sold in several sizes; write one of m3-max-40-core-48gb",
        ),
        ("device", ("rtx-409", "tdp"), "no device 'rtx-409' in the catalog; did you mean rtx-4090"),
        ("word", ("fast",), "no word 'fast' in the catalog"),
        ("check_claim", ("70b-fp17", "holds"), "no claim '70b-fp17' in the catalog; did you mean 70b-fp16"),
        ("weights", ("gpt-4o", "F16"), "gpt-4o runs only at openai: its weights and shape are undisclosed"),
        ("cache", ("llama-3-8b", 0), "context 0 is not possible; give a whole number from 1 up"),
        ("cache", ("llama-3-8b", 4096, "q9"), "q9"),
    ],
)
def test_bad_input_says_what_would_be_right(call: Call, name: str, arguments: tuple[object, ...], hint: str) -> None:
    with pytest.raises(SizingError, match=hint):
        call[name](*arguments)
