"""New claims and models enter by YAML alone: the pages show them, whoever their vendor is."""

import shutil
from pathlib import Path

import pytest

from macros.registry import bound
from sizing import Catalog
from tests.macros.environment import ARTICLE, FakeEnvironment, anchor, rows, site_of, text

ROOT = Path(__file__).resolve().parents[2]

MODEL = """
family: Wisp
vendor: acme-labs
license: proprietary
released: 2026-11-01
parameters: undisclosed
context: 256K
native: undisclosed
architecture: undisclosed
sources:
  - {url: "https://example.org/wisp", read: 2026-11-20}
models:
  wisp-1:
    name: Wisp 1
"""
CLAIM = """
  wisp-hosted:
    says: Wisp 1 只能在云端使用
    section: 闭源模型
    checks:
      - is: hosted
        over: {models: [wisp-1]}
"""


@pytest.fixture
def env(tmp_path: Path) -> FakeEnvironment:
    """The site over a catalog that has a claim and a hosted model more."""
    root = tmp_path / "catalog"
    shutil.copytree(Catalog.load().root, root)
    (root / "models/wisp.yaml").write_text(MODEL, encoding="utf-8")
    with (root / "claims.yaml").open("a", encoding="utf-8") as claims:
        claims.write(CLAIM)
    env = FakeEnvironment(tmp_path)
    env.macros = dict(bound(site_of(Catalog.load(root), env)))
    return env


def shown(env: FakeEnvironment, page: str) -> str:
    env.turn_to(page)
    return env.render((ROOT / "docs" / f"{page}.md").read_text(encoding="utf-8"))


def test_every_page_is_built(env: FakeEnvironment) -> None:
    for page in (ROOT / "docs").rglob("*.md"):
        assert "macro-error" not in shown(env, page.relative_to(ROOT / "docs").with_suffix("").as_posix()), page


def test_the_model_is_listed_under_its_vendors_own_name(env: FakeEnvironment) -> None:
    (row,) = [row for row in rows(env.macros["closed_models"]()) if anchor(row[0]) == "wisp-1"]
    assert text(row[0]) == "Wisp 1"
    assert row[1] == "acme-labs"
    assert 'id="wisp-1"' in shown(env, "data/models")


def test_the_claim_is_judged_and_listed_in_its_section(env: FakeEnvironment) -> None:
    assert 'id="wisp-hosted"' in shown(env, "claims")
    assert "- “Wisp 1 只能在云端使用” [成立](../claims.md#wisp-hosted)" in shown(env, ARTICLE)
