"""A page tells every step of a plan in Chinese, with its numbers."""

import re
from collections.abc import Mapping

import pytest

from macros.environment import Macro
from macros.labels import steps
from sizing import Catalog, SizingError, plan
from tests.macros.environment import rows, text

Call = Mapping[str, Macro]


def test_each_step_has_its_formula_and_its_value(call: Call) -> None:
    found = {
        row[0]: [text(cell) for cell in row[1:]] for row in rows(call["explained"]("llama-3-8b", "rtx-4090", "Q4_K_M"))
    }
    assert found["层"][:2] == ["1.00 GiB", "层 32 × 每个 token 4,096 字节 × token 8,192"]
    assert found["放的是（GeForce RTX 4090）"][0] == "第 1～32 层、输出层"
    assert "带宽 1,008 GB/s" in found["读内存（GeForce RTX 4090）"][1]
    assert found["读内存（GeForce RTX 4090）"][2]
    assert found["结论"][0] == "放得下"


def test_a_part_can_be_told_alone(call: Call) -> None:
    found = rows(call["explained"]("llama-3-8b", "rtx-4090", "Q4_K_M", 8192, ["cache"]))
    assert [text(row[0]) for row in found] == ["**缓存：一层一层，一个 token 一个 token**", "层", "缓存"]


@pytest.mark.parametrize(
    "machine", ["rtx-4090", "2x-rtx-4090", "rtx-4060", "cluster-2x8-h100", "macbook-pro-m3-max-64gb"]
)
def test_every_name_has_a_word(catalog: Catalog, machine: str) -> None:
    for name in ("llama-3-8b", "qwen3-30b-a3b", "deepseek-v3", "qwen3.5-9b", "gemma-3-4b"):
        try:
            p = plan(catalog.model(name), catalog.machine(machine), context=4096)
        except SizingError:
            continue
        for step in p.explain():
            assert step.part in steps.PARTS
            for said in (step.what, *(one for one, x in step.inputs.items() if x.by != "step")):
                bare = re.sub(r"_\d+$", "", said)
                assert bare in steps.WORDS, said
