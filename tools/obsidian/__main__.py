"""``make obsidian``: the plugin for Obsidian in a folder, as a vault has it: main.js, manifest.json, styles.css."""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from sizing.catalog import Catalog
from sizing.errors import SizingError
from sizing.export.entries import UNASKED
from sizing.export.site import index
from sizing.export.tables import tables
from sizing.facts.format_names import PATTERNS
from sizing.facts.model_names import CALLED, SHORT
from sizing.facts.plain import to_plain
from sizing.model import Model
from tools.obsidian.drawn import drawn
from tools.obsidian.packed import packed

ROOT: Final = Path(__file__).parents[2]
PLUGIN: Final = ROOT / "obsidian"
SCHEMAS: Final = ROOT / "docs" / "schema"
HELD: Final = ("machines", "offers")  # files of a vault that a schema is all that decides whether they are right
ARTICLES: Final = "07 人工智能"  # the folder of pages whose macros a note may call as they stand there
# What the plugin asks of lists, beside what entries and the engine's own data say.
LISTED: Final = {
    "models": ("active",),
    "machines": ("name", "names", "port"),
    "devices": ("name", "short_name", "processors", "card", "vendor", "kind"),
    "formats": ("name", "bpw"),
}
IN_ORDER: Final = (
    "models",
    "machines",
    "devices",
)  # whose ids entries and the engine's own data tell, in the same order
ONLY_PAGES: Final = ("source", "sources", "parts", "seller")  # of a price, what notes do not tell
TRUSTED: Final = ("Format", "Runtime")  # which are nobody's own


def data(catalog: Catalog, said: Mapping[str, str]) -> bytes:
    """All that the plugin plans with, and what the article's macros say."""
    return packed(
        {
            "index": lean(json.loads(json.dumps(index(catalog)))),
            "entries": [entry(model) for model in catalog.models.values()],
            "tables": lean_tables(tables(catalog)),
            "names": {"endings": PATTERNS, "called": CALLED, "short": SHORT},
            "drawn": said,
            "schemas": {name: json.loads((SCHEMAS / f"{name}.json").read_text(encoding="utf-8")) for name in HELD},
        }
    )


def entry(model: Model) -> dict[str, Any]:
    """What a model's entry states that decides a plan, and what it is called by."""
    stated = {key: fact for key, fact in to_plain(model).items() if key not in UNASKED}
    return {**stated, **({"published": {"total": model.published.total}} if model.published else {})}


def lean(whole: dict[str, Any]) -> dict[str, Any]:
    """An index without what notes do not tell: where prices were read, lowest ones, what lists filter by."""
    for machine in whole["engine"]["machines"].values():
        machine.pop("lowest", None)
        for name in ONLY_PAGES if machine["offer"] else ():
            del machine["offer"][name]
    for kind, words in LISTED.items():
        every = whole["lists"][kind].items()
        whole["lists"][kind] = {name: {word: one[word] for word in words if word in one} for name, one in every}
    for kind in IN_ORDER:
        whole["lists"][kind] = list(whole["lists"][kind].values())
    del whole["lists"]["hosts"]  # which the engine's own data tell
    return whole


def lean_tables(found: dict[str, Any]) -> dict[str, Any]:
    """What sizes models, without what only files need, what entries tell, and help for what nobody writes."""
    del found["families"]
    wanted = {name: helpless(one) if name in TRUSTED else one for name, one in found["wanted"].items()}
    del wanted["Architecture"]  # which a model's entry holds
    return {**found, "wanted": wanted}


def helpless(wanted: Any) -> Any:
    """What fields want, without what would be right."""
    if isinstance(wanted, dict):
        return {key: None if key == "right" else helpless(value) for key, value in wanted.items()}
    return [helpless(one) for one in wanted] if isinstance(wanted, list) else wanted


def build(folder: Path, packing: bytes) -> None:
    """Build the plugin into a folder, with its data. Raises SizingError where Node or its packages are missing."""
    node = shutil.which("node")
    if node is None or not (PLUGIN / "node_modules").is_dir():
        raise SizingError("Node and its packages build the plugin; install Node 20 or newer, and `make obsidian`")
    folder.mkdir(parents=True, exist_ok=True)
    inside = folder / "packed.txt"
    inside.write_bytes(packing)
    subprocess.run([node, PLUGIN / "build.mjs", folder], check=True)
    inside.unlink()
    for name in ("manifest.json", "styles.css"):
        shutil.copyfile(PLUGIN / name, folder / name)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m tools.obsidian", description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=PLUGIN / "dist")
    asked = parser.parse_args()
    try:
        build(asked.folder, data(Catalog.load(), drawn(ROOT, ARTICLES)))
    except (SizingError, subprocess.CalledProcessError) as error:
        sys.exit(str(error))
    print(f"{asked.folder / 'main.js'}: {(asked.folder / 'main.js').stat().st_size:,} bytes")
