"""The page tells what was recorded of larger catalogs, a column each; what was not measured is a dash."""

import json
from pathlib import Path

import pytest

from macros.scale import scale_pasted, scale_ratio, scale_table
from sizing import Catalog, SizingError
from tests.macros.environment import FakeEnvironment, site_of

SITE = {"processors": 25.0, "clock": 30.0, "page": 28800, "index": 75300, "engine": 88300, "rows": 1, "search": 80700}
ROWS = [
    {"models": 100, "devices": 364, "read": 0.3, "snapshot": 978000, "read_snapshot": 0.04, "site": SITE},
    {
        "models": 1000,
        "devices": 364,
        "read": 0.6,
        "snapshot": 1,
        "read_snapshot": 0.2,
        "site": {**SITE, "processors": 75},
    },
    {"models": 5000, "devices": 2000, "read": 3.4, "snapshot": 1, "read_snapshot": 1.1, "site": None},
]


def recorded(env: FakeEnvironment, text: str) -> None:
    folder = Path(env.project_dir) / "docs"
    folder.mkdir(exist_ok=True)
    (folder / "scale.json").write_text(text, encoding="utf-8")


def test_a_column_a_catalog(catalog: Catalog, env: FakeEnvironment) -> None:
    recorded(env, json.dumps({"rows": ROWS}))
    head, _, *rows = str(scale_table(site_of(catalog, env))).splitlines()
    assert head == "| 目录的大小 | 100 个模型、364 种设备 | 1,000 个模型、364 种设备 | 5,000 个模型、2,000 种设备 |"
    assert "| 安装包里的快照 | 978 KB | 0 KB | 0 KB |" in rows
    assert "| 构建全站（CPU，各进程合计） | 25 秒 | 75 秒 | — |" in rows


def test_two_sites_are_compared(catalog: Catalog, env: FakeEnvironment) -> None:
    recorded(env, json.dumps({"rows": ROWS}))
    assert scale_ratio(site_of(catalog, env), 1000, 100) == "3.0"
    with pytest.raises(SizingError, match="holds sites of 100, 1000 models; ask for two of these"):
        scale_ratio(site_of(catalog, env), 5000, 100)


def test_computed_tables_are_compared_with_pasted_ones(catalog: Catalog, env: FakeEnvironment) -> None:
    works = {"computed": {"processors": 33.0, "clock": 1}, "pasted": {"processors": 30.0, "clock": 1}}
    recorded(env, json.dumps({"rows": ROWS, "pasted": works}))
    assert scale_pasted(site_of(catalog, env)).endswith("贴进页面的 1.1 倍。")


@pytest.mark.parametrize("text", ["", "{}", "[]"])
def test_a_file_that_is_none_is_one_line(catalog: Catalog, env: FakeEnvironment, text: str) -> None:
    recorded(env, text)
    with pytest.raises(SizingError, match=r"docs/scale.json: cannot be read; write it anew with make scale"):
        scale_table(site_of(catalog, env))


def test_where_nothing_was_measured_the_page_says_so(catalog: Catalog, env: FakeEnvironment) -> None:
    assert scale_table(site_of(catalog, env)) == "还没有量过。"
    assert scale_ratio(site_of(catalog, env), 1000, 100) == "—"
    assert scale_pasted(site_of(catalog, env)) == ""
