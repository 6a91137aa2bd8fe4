"""The article's tables hold what they promise: every row, in order, with the plan's own figures and verdicts."""

import re
from collections.abc import Mapping

import pytest

from macros.environment import Macro
from sizing import Catalog, Plan, SizingError, plan
from sizing.facts.machine import Machine
from sizing.facts.quotes import REGIONS, Market, Quote
from sizing.facts.units import GIB, known
from sizing.model import Model
from tests.macros.environment import anchor, figure, head, rows, text

Call = Mapping[str, Macro]


def answer(model: Model, machine: Machine, format: str = "Q4_K_M", context: int = 8192) -> Plan | None:
    """The plan at the context or the model's limit, or nothing where no runtime reads the format there."""
    try:
        return plan(model, machine, format=format, context=min(context, known(model.context) or context))
    except SizingError:
        return None


def total(model: Model) -> int:
    return model.parameters.total if model.parameters else 0


def test_closed_models_are_those_without_weights(call: Call, catalog: Catalog) -> None:
    found = rows(call["closed_models"]())
    assert {anchor(row[0]) for row in found} == {m.id for m in catalog.models.values() if not m.open}
    assert {"GPT-4.1", "GPT-4o", "Claude 3.5 Sonnet"} <= {text(row[0]) for row in found}
    for row in found:
        assert row[3] == "未公布"
        assert row[5] == "只能在云端使用"


def test_open_models_are_all_there_the_smallest_first(call: Call, catalog: Catalog) -> None:
    found = rows(call["open_models"]())
    wanted = sorted((m for m in catalog.models.values() if m.open), key=total)
    assert [anchor(row[0]) for row in found] == [m.id for m in wanted]
    sizes = {anchor(row[0]): row[1] for row in found}
    assert sizes["deepseek-v3"] == "671B"
    assert sizes["kimi-k2"] == "1.03T"


def test_open_models_show_their_sizes_in_the_formats_asked(call: Call) -> None:
    table = call["open_models"]((), ("Q4_K_M", "F16"), 4096)
    assert [re.sub("<[^>]+>", "", one) for one in head(table)[4:7]] == [
        "Q4_K_M 权重",
        "F16 权重",
        "Q4_K_M、4K 时总占用",
    ]
    row = next(row for row in rows(table) if anchor(row[0]) == "llama-3-8b")
    assert row[4:6] == [call["weights"]("llama-3-8b", "Q4_K_M"), call["weights"]("llama-3-8b", "F16")]
    assert row[6] == call["memory"]("llama-3-8b", "Q4_K_M", 4096)


def test_the_smallest_machine_fits_and_no_smaller_one_does(call: Call, catalog: Catalog) -> None:
    for row in rows(call["open_models"]()):
        model, machine = catalog.model(anchor(row[0])), catalog.machine(anchor(row[-1]))
        offered = sum(place.capacity for place in machine.rig.devices)
        best = answer(model, machine)
        assert best
        assert best.fits
        for other in catalog.machines.values():
            if sum(place.capacity for place in other.rig.devices) < offered:
                smaller = answer(model, other)
                assert not (smaller and smaller.fits), f"{model.id} also fits {other.id}"


def test_a_70b_model_by_precision(call: Call, catalog: Catalog) -> None:
    table = call["precision_table"]("llama-3-70b", ["rtx-4090", "2x-rtx-4090", "a100-pcie-80gb"], 8192)
    found = {row[0]: row for row in rows(table)}
    assert {"F16", "FP8", "Q8_0", "Q4_K_M", "Q4_0", "AWQ", "Q3_K_M", "Q2_K"} <= found.keys()
    assert any(name.startswith("INT8") for name in found)
    bits = {name: figure(row[1]) for name, row in found.items()}
    assert bits["F16"] == 16.0
    assert bits["Q8_0"] == 8.5
    assert bits["Q4_K_M"] > bits["Q4_0"] > 4.5 > bits["Q3_K_M"]
    for row in found.values():
        assert figure(row[2]) * 1e9 == pytest.approx(figure(row[3]) * GIB, rel=0.01), "the same weights in GB and GiB"
        assert figure(row[4]) > figure(row[3])
    assert [text(cell) for cell in found["F16"][5:7]] == ["○ 放不下", "○ 放不下"]
    assert [text(cell) for cell in found["Q4_K_M"][5:8]] == ["◐ 要卸载", "● 放得下", "● 放得下"]


def test_a_format_that_no_program_reads_there_is_said_so(call: Call) -> None:
    found = {row[0]: row for row in rows(call["precision_table"]("llama-3-70b", ["m3-max-40-core-64gb"]))}
    assert found["AWQ"][5] == "没有框架能读"
    assert text(found["Q4_K_M"][5]) == "● 放得下"


def test_a_13b_model_at_4k_and_at_128k(call: Call) -> None:
    short, long = rows(call["context_table"]("llama-2-13b", [4096, 131072]))
    cached = 2 * 40 * 40 * 128 * 2  # bytes a token: keys and values, layers, heads, elements, bytes each
    assert [short[0], long[0]] == ["4K", "128K"]
    assert figure(short[1]) * GIB == pytest.approx(cached * 4096, rel=0.005)
    assert long[1] == f"{cached * 131072 / GIB:.0f} GiB"
    assert figure(long[2]) / figure(long[1]) == pytest.approx(34 / 64, rel=0.005)
    assert figure(short[3]) > figure(short[4]) > figure(short[5])
    assert [short[6], long[6]] == ["", "超过模型上限"]


def test_caches_of_several_kinds_of_attention(call: Call) -> None:
    found = {anchor(row[0]): row for row in rows(call["cache_table"](["llama-2-13b", "llama-3-8b", "deepseek-v3"]))}
    assert [found[name][1] for name in ("llama-2-13b", "llama-3-8b", "deepseek-v3")] == ["MHA", "GQA", "MLA"]
    assert found["llama-3-8b"][2:] == ["0.500 GiB", "4.00 GiB", "16.0 GiB"]
    assert figure(found["deepseek-v3"][4]) < figure(found["llama-2-13b"][4]) / 10


def test_bandwidth_decides_decoding_and_compute_decides_prompts(call: Call) -> None:
    table = rows(call["bandwidth_table"]("llama-3-8b", ["rtx-3090", "rtx-4090", "macbook-pro-m1-max-64gb"]))
    ampere, ada, mac = ([figure(cell) for cell in row[1:6]] for row in table)
    assert ampere[0] == 936
    assert ada[0] == 1008
    assert ada[2] / ampere[2] == pytest.approx(1008 / 936, rel=0.1)
    assert ada[3] > 1.3 * ampere[3]
    assert mac[4] > 5 * ada[4]


def test_the_advice_is_the_lowest_stated_price_that_holds_the_model(call: Call, catalog: Catalog) -> None:
    market = catalog.market
    for row in rows(call["advice_table"](["llama-3-8b", "llama-3-70b", "deepseek-v3"])):
        model = catalog.model(anchor(row[0]))
        assert row[1] == call["memory"](model.id, "Q4_K_M", 8192)
        for cell, rented in ((row[2], False), (row[4], True)):
            assert ("每小时" in cell) == (rented and cell != "—")
            holding = [m for m in catalog.machines.values() if (found := answer(model, m)) and found.fits]
            for regions in [market.regions] if rented else [(region,) for region in REGIONS]:
                quotes = [q for m in holding for x in regions if (q := market.cheapest(m, x, rented)) is not None]
                if quotes:
                    break
            if cell == "—":
                assert not quotes, "nothing that holds it has a price of the last half year"
                continue
            chosen = catalog.machine(anchor(cell))
            own = [q for region in regions if (q := market.cheapest(chosen, region, rented)) is not None]
            assert least(market, own) == least(market, quotes)


def least(market: Market, quotes: list[Quote]) -> float:
    return min(market.paid(quote.money, "CN").amount for quote in quotes)


def test_no_machine_no_advice(call: Call) -> None:
    row = rows(call["advice_table"](["kimi-k2"], format="F16"))[0]
    assert row[2:4] == ["—", "—"]


def test_a_claim_in_a_sentence_is_its_verdict_and_leads_to_its_row(call: Call) -> None:
    assert call["claim"]("fp16-per-billion").startswith("[成立](../claims.md#fp16-per-billion)")
    assert call["claim"]("deepseek-v3-70b").startswith("[不成立](../claims.md#deepseek-v3-70b)")


def test_every_claim_belongs_to_a_section_of_the_article(call: Call, catalog: Catalog) -> None:
    listed = [
        anchor(line)
        for section in dict.fromkeys(claim.section for claim in catalog.claims.values())
        for line in call["claims_in"](section).split("\n")
        if line.startswith("- ")
    ]
    assert sorted(listed) == sorted(catalog.claims)


def test_a_section_lists_what_is_said_with_its_verdict(call: Call, catalog: Catalog) -> None:
    listed = call["claims_in"]("结语")
    assert catalog.claim("memory-size-compute-speed").says in listed
    assert call["claim"]("memory-size-compute-speed") in listed


def test_an_unknown_section_is_an_error(call: Call) -> None:
    with pytest.raises(SizingError, match="no claim belongs to section '序言'"):
        call["claims_in"]("序言")


@pytest.mark.parametrize("macro", ["precision_table", "context_table", "bandwidth_table"])
def test_a_table_about_a_hosted_model_is_an_error(call: Call, macro: str) -> None:
    argument = [4096] if macro == "context_table" else ["rtx-4090"]
    with pytest.raises(SizingError, match="gpt-4o runs only at openai"):
        call[macro]("gpt-4o", argument)
