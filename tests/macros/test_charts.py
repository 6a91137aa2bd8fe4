"""A chart is well-formed, in the palette's colours, and its bars are as long as the memory they stand for."""

from collections.abc import Mapping
from xml.etree import ElementTree

import pytest

from macros.environment import Macro
from macros.labels.names import called
from sizing import Catalog, SizingError, plan
from sizing.facts.units import GIB
from sizing.proof.accuracy import comparisons, typical

Call = Mapping[str, Macro]
CASES = [("Q4_K_M", 4096), ("F16", 4096), ("Q4_K_M", 131072)]


def elements(svg: str, name: str, style: str | None = None) -> list[ElementTree.Element]:
    found = ElementTree.fromstring(svg).iter(name)
    return [e for e in found if style is None or e.get("class") == style]


def number(element: ElementTree.Element, name: str) -> float:
    """A share of the width, in percent."""
    return float(element.get(name, "nan").removesuffix("%"))


def said(figure: str) -> str:
    return " ".join("".join(ElementTree.fromstring(figure).itertext()).split())


def test_each_part_of_a_bar_is_as_long_as_its_memory(call: Call, catalog: Catalog) -> None:
    svg = call["memory_chart"]("llama-2-13b", CASES)
    plans = [plan(catalog.model("llama-2-13b"), None, format=f, context=c) for f, c in CASES]
    longest = max(p.memory.total for p in plans)
    for part in ("weights", "cache"):
        *bars, _key = elements(svg, "rect", part)
        lengths = [number(bar, "width") for bar in bars]
        assert lengths == [pytest.approx(getattr(p.memory, part) / longest * 100, abs=0.01) for p in plans]


def test_the_numbers_stand_beside_the_bars(call: Call) -> None:
    told = said(call["memory_chart"]("llama-2-13b", CASES))
    for label in ("Q4_K_M，4K", "F16，4K", "Q4_K_M，128K", "权重", "缓存", "缓冲区"):
        assert label in told
    for format, context in CASES:
        assert call["memory"]("llama-2-13b", format, context) in told


def test_a_machine_is_a_mark_at_what_it_offers(call: Call, catalog: Catalog) -> None:
    svg = call["memory_chart"]("llama-2-13b", CASES, "rtx-4090")
    *marks, _key = elements(svg, "line", "mark")
    assert len(marks) == len(CASES)
    weights, *_ = elements(svg, "rect", "weights")
    size = plan(catalog.model("llama-2-13b"), None, format="Q4_K_M", context=4096).memory.weights
    scale = number(weights, "width") / size
    assert number(marks[0], "x1") == number(marks[0], "x2")
    assert number(marks[0], "x1") / scale == pytest.approx(24080 * 2**20, rel=0.01)
    assert "RTX 4090：23.5 GiB" in said(svg)


def test_a_machine_larger_than_every_bar_stays_in_the_picture(call: Call) -> None:
    mark, *_ = elements(call["memory_chart"]("llama-3-8b", [("Q4_K_M", 4096)], "h100-pcie-80gb"), "line", "mark")
    assert number(mark, "x1") < 100


def test_a_reader_who_cannot_see_it_is_told(call: Call) -> None:
    figure = call["memory_chart"]("llama-2-13b", CASES)
    assert all(svg.get("aria-hidden") == "true" for svg in elements(figure, "svg"))
    assert said(figure).startswith("Llama 2 13B 的内存")


def test_it_brings_no_colour_of_its_own(call: Call) -> None:
    svg = call["memory_chart"]("llama-2-13b", CASES, "rtx-4090")
    assert not any(e.get(name) for e in elements(svg, "rect") for name in ("fill", "stroke", "style"))


def test_each_part_is_told_with_its_size(call: Call) -> None:
    size = call["weights_gib"]("llama-3-8b", "Q4_K_M").removesuffix(" GiB")
    assert float(size) * GIB > 0
    assert f"权重 {float(size):.2f} GiB" in said(call["memory_chart"]("llama-3-8b", [("Q4_K_M", 8192)]))


def test_an_unknown_machine_is_an_error(call: Call) -> None:
    with pytest.raises(SizingError, match="no machine or device 'rtx-9999'"):
        call["memory_chart"]("llama-3-8b", CASES, "rtx-9999")


def test_a_dumbbell_joins_what_was_measured_to_what_was_predicted(call: Call, catalog: Catalog) -> None:
    svg = call["dumbbell_chart"]("decode")
    found = typical(comparisons(catalog, "decode"), 8)
    lines = elements(svg, "line", "agree")
    assert len(lines) == len(found) > 20
    for c, line in zip(found, lines, strict=True):
        faster = c.predicted > c.row.tok_s
        measured, predicted = number(line, "x1"), number(line, "x2")
        assert measured == predicted or (predicted > measured) == faster
    names = [e.text for e in elements(svg, "span", "name")]
    assert all(called(catalog.device(c.row.device).name) in names for c in found)
