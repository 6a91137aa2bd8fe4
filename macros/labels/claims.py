"""How are claims told: verdicts, what was compared, and under which conditions?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from sizing.catalog import Catalog
from sizing.claims import Cell, CheckResult, Threshold, Verdict
from sizing.facts.entries.claims import Kind, Word
from sizing.facts.units import GB, GIB

from . import names, units

VERDICTS: Final[Mapping[Verdict, str]] = {
    "holds": "成立", "holds if": "有条件成立", "fails": "不成立", "cannot be checked": "无法核实",
}  # fmt: skip
AXES: Final = {"model": "模型", "machine": "机器", "format": "格式", "context": "上下文"}
RELATIONS: Final = {
    "about": "约", "at most": "不超过", "at least": "不少于", "above": "大于", "below": "小于",
    "fits": "放得下", "not fits": "放不下", "runs": "能运行", "not runs": "不能运行",
    "disclosed": "规模已公布", "undisclosed": "规模未公布", "open": "权重公开", "hosted": "只能在云端使用",
}  # fmt: skip
QUANTITIES: Final = {
    "parameters": "总参数", "active_parameters": "激活参数", "weights": "权重",
    "weights_per_parameter": "每十亿参数的权重",
    "cache": "缓存", "memory": "总内存", "decode": "解码速度", "prefill": "预填充速度", "usable_memory": "GPU 可用内存",
    "power": "功率上限", "decode_per_compute": "每单位算力的解码速度", "decode_per_bandwidth": "每单位带宽的解码速度",
    "decode_per_price": "每块钱的解码速度",
}  # fmt: skip
SPREAD: Final = "流传的说法，核对如下："


def quoted(says: str) -> str:
    """A claim in its own words."""
    return f"“{says}”"


def summary(found: Mapping[Verdict, int]) -> str:
    """How many claims there are, and how many of each verdict."""
    parts = [f"{label} {found.get(verdict, 0)} 条" for verdict, label in VERDICTS.items()]
    return f"共 {sum(found.values())} 条：{units.clauses(parts)}"


def threshold(word: Word) -> str:
    """Such as ``不少于 5.3 tok/s``."""
    return f"{RELATIONS[word.relation or '']} {word.value:g} {word.unit}"


def members(catalog: Catalog, kind: Kind) -> str:
    """The machines or contexts that a word stands for."""
    named = [catalog.machine(m).name for m in catalog.members("machines", kind.machines)]
    return units.listed([*named, *map(units.tokens, kind.contexts)])


def computed(check: CheckResult) -> str:
    """What a check computed, beside what is claimed."""
    measure = check.measure
    assert measure.relation is not None
    if measure.quantity is None:
        return f"{RELATIONS[measure.relation]}：{len(check.cells)} 种情形中 {len(check.passing)} 种"
    name = "每百亿参数的权重" if measure.unit == "GB/10B" else QUANTITIES[measure.quantity]
    if check.check.against:
        name += "之比"
    assert measure.value is not None
    limit = f"{RELATIONS[measure.relation]} {_said(measure.value, measure.unit)}"
    claimed = f"（{check.word.name if check.word else '说法'}：{limit}）"
    if not check.cells:
        return f"{name}：厂商没有公布{claimed}"
    if not check.values:
        return f"{name}：都不能运行{claimed}"
    failed = sum(cell.value is None for cell in check.cells)
    rest = f"，另有 {failed} 种情形不能运行" if failed else ""
    return f"{name} {_span(check.values, measure.unit)}{_gib(check.values, measure.unit)}{claimed}{rest}"


def _span(values: Sequence[float], unit: str | None) -> str:
    """The lowest and the highest of ascending values, once where they read the same."""
    digits = units.rounded if unit == "tok/s" else units.number
    return _ends([digits(v) for v in (values[0], values[-1])]) + _suffix(unit)


def _said(value: float, unit: str | None) -> str:
    """What a claim says, in as many figures as it has: 0.5 GB."""
    whole, point, rest = units.number(value).partition(".")
    return (whole + point + rest.rstrip("0")).removesuffix(".") + _suffix(unit)


def _suffix(unit: str | None) -> str:
    known = {"ratio": " 倍", "B": "B", "T": "T", "tok/s": "\u00a0tok/s"}
    return known.get(unit or "", f" {(unit or '').partition('/')[0]}")


def _ends(ends: Sequence[str]) -> str:
    return " 到 ".join(dict.fromkeys(ends))


def _gib(values: Sequence[float], unit: str | None) -> str:
    if not (unit or "").startswith("GB"):
        return ""
    return "，即 " + _span([v * GB / GIB for v in values], "GiB")


def distance(check: CheckResult) -> str:
    """How far what is computed lies from what is claimed."""
    found = check.deviations
    return f"相差 {_ends([units.percent(d) for d in (found[0], found[-1])])}" if found else ""


def condition(axis: str, values: Sequence[str]) -> str:
    """The values of the one axis that decides where a check holds."""
    return f"条件：{AXES[axis]}是 {units.listed(values)}"


def threshold_of(found: Threshold) -> str:
    """The one number that decides where a check holds, such as ``条件：GPU 可用内存不少于 126 GiB 的机器``."""
    limit = RELATIONS["at least" if found.at_least else "at most"]
    told = {
        "memory": f"GPU 可用内存{limit} {units.gib(found.value)} 的机器",
        "parameters": f"{limit} {units.count(found.value)} 参数的模型",
        "context": f"上下文{limit} {units.tokens(found.value)}",
    }[found.of]
    return f"条件：{told}"


def cases(count: int) -> str:
    """What a list of the cases in which a check holds is opened by."""
    return f"成立的 {count} 种情形"


def case_list(cells: Sequence[Cell]) -> str:
    """Those cases, each once."""
    return "；".join(dict.fromkeys(_case(cell) for cell in cells))


def _case(cell: Cell) -> str:
    at = units.tokens(cell.context) if cell.format else ""
    return units.clauses(
        [cell.model.name, cell.format or "", names.called(cell.machine.name) if cell.machine else "", at]
    )
