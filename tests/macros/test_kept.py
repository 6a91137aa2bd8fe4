"""What macros answer is kept by all that decides it, and forgotten with the catalog that it came from."""

import gc
import shutil
import weakref
from pathlib import Path

from macros.registry import bound
from macros.settings import Settings
from macros.shown import Reader, Shown
from macros.site import Site
from sizing import Catalog
from tests.macros.environment import FakeEnvironment

ROOT = Path(__file__).resolve().parents[2]


def settled(site: Site) -> dict[str, str]:
    """What the macros of a site answer to two questions that differ in one argument, or in its type."""
    macros = dict(bound(site))
    return {
        "plain": macros["parameters"]("llama-3-8b"),
        "active": macros["parameters"]("llama-3-8b", active=True),
        "by place": macros["parameters"]("llama-3-8b", True),
        "another": macros["parameters"]("llama-3-70b"),
    }


def test_every_argument_decides_an_answer(site: Site) -> None:
    first = settled(site)
    assert first == settled(site)
    assert len(set(first.values())) == 3
    assert first["active"] == first["by place"]


def test_the_depth_of_a_page_decides_its_links(env: FakeEnvironment, catalog: Catalog) -> None:
    shown = Shown.read(None)
    site = Site(shown.catalog, shown.ledger, Settings(links="here", prefix=""), env, shown.kept)
    closed = dict(bound(site))["closed_models"]
    deep = closed()
    env.turn_to("method")
    assert deep == closed().replace("](", "](../")


def test_what_a_save_replaces_is_forgotten(env: FakeEnvironment, catalog: Catalog, tmp_path: Path) -> None:
    root = tmp_path / "catalog"
    shutil.copytree(catalog.root, root)
    reader, old = Reader(), []
    for bandwidth in ("1008", "1009", "1010"):
        shown = reader.shown(root)
        env.macros = dict(bound(Site(shown.catalog, shown.ledger, Settings(links="here", prefix=""), env, shown.kept)))
        for page in ("claims", "index", "data/devices", "data/speeds"):
            env.turn_to(page)
            assert env.render((ROOT / "docs" / f"{page}.md").read_text(encoding="utf-8"))
        old.append(weakref.ref(shown.catalog))
        file = root / "devices/nvidia.yaml"
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace(f"{bandwidth} GB/s", f"{int(bandwidth) + 1} GB/s", 1), encoding="utf-8")
    env.macros = {}
    del shown
    gc.collect()
    assert [ref() is None for ref in old] == [True, True, False]
