"""The home page's map says of each machine and model what their plan says, and leads to it."""

import html
import json
import re
from collections.abc import Mapping
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree

import pytest

from macros.environment import Macro
from macros.labels import units
from sizing import Catalog, plan, search
from sizing.proof import accuracy

Call = Mapping[str, Macro]
MACHINES = ["pc-rtx-3060-12gb", "pc-rtx-4090", "mac-studio-m3-ultra-512gb"]
MODELS = {"qwen3-8b": "Q4_K_M", "llama-3-70b": "Q4_K_M", "deepseek-v3": "Q4_K_M"}


@pytest.fixture(scope="module")
def cells(call: Call) -> dict[tuple[str, str], ElementTree.Element]:
    """The cells by machine and model; parsing shows that the HTML is well-formed."""
    rows = ElementTree.fromstring(call["heat_map"](MACHINES, MODELS)).findall("table/tbody/tr")
    return {
        (machine, model): cell
        for machine, row in zip(MACHINES, rows, strict=True)
        for model, cell in zip(MODELS, row.findall("td"), strict=True)
    }


def test_a_cell_has_the_sign_the_word_and_the_speed_of_its_plan(
    cells: dict[tuple[str, str], ElementTree.Element], catalog: Catalog
) -> None:
    words = {"fits": "●放得下", "tight": "◔勉强", "offload": "◐要卸载", "disk": "○放不下", "no": "○放不下"}
    verdicts = set()
    for (machine, model), cell in cells.items():
        p = plan(catalog.model(model), catalog.machine(machine), format=MODELS[model], context=8192)
        assert p.verdict
        verdicts.add(words[p.verdict])
        shown = "".join(cell.itertext()).removeprefix(p.model.name)
        speed = f" {units.rounded(p.decode.value)}" if p.runs and p.decode else ""
        assert shown == words[p.verdict] + speed
        assert ("fits" in cell.get("class", "")) == (p.verdict == "fits")
    assert len(verdicts) > 2, "the cases differ"


def test_a_cell_leads_to_the_calculator_where_it_can_be_changed(
    cells: dict[tuple[str, str], ElementTree.Element],
) -> None:
    for (machine, model), cell in cells.items():
        address = urlsplit(cell[0].get("href", ""))
        assert address.path.endswith("calculator/")
        asked = parse_qs(address.query)
        assert (asked["machine"], asked["model"], asked["context"]) == ([machine], [model], ["8192"])


def test_the_badge_says_how_far_off_unseen_devices_are(call: Call, catalog: Catalog) -> None:
    (line,) = [x for x in accuracy.table(catalog) if (x.test, x.kind, x.era) == ("decode", "one", "own")]
    shown = html.unescape(re.sub("<[^>]+>", "", call["accuracy_badge"]()))
    assert f"解码误差 {units.share(line.splits['devices'].median)}" in shown
    assert f"{line.rows:,} 条实测" in shown


def test_the_first_answer_is_what_the_search_finds(call: Call, catalog: Catalog) -> None:
    box = ElementTree.fromstring(call["questions"]("rtx-4090", "qwen3-32b", 10_000))
    asked = parse_qs(box.get("data-first", "").removeprefix("?"))
    assert (asked["machine"], asked["model"], asked["budget"]) == (["rtx-4090"], ["qwen3-32b"], ["10000"])
    told = json.loads(box.get("data-answer", ""))
    found = search.fit(catalog, catalog.machine("rtx-4090"))
    assert told["all"] == len(found)
    for line, one in zip(told["shown"], found, strict=False):
        whole = one.plan.as_dict()
        assert line["seconds"] == one.seconds
        assert line["plan"] == {name: whole[name] for name in line["plan"]}
