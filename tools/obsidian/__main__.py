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
from sizing.export.site import Maker
from tools.obsidian.drawn import drawn
from tools.obsidian.packed import packed

ROOT: Final = Path(__file__).parents[2]
PLUGIN: Final = ROOT / "obsidian"
ARTICLES: Final = "07 人工智能"  # the folder of pages whose macros a note may call as they stand there
FILTERED: Final = ("license", "native", "senses", "vendor", "family", "context")  # of a model, what no note asks
FILES: Final = ("index.json", "names.json")
ONLY_PAGES: Final = ("source", "sources", "parts", "seller")  # of a price, what notes do not tell


def on_pages(catalog: Catalog) -> dict[str, bytes]:
    """What pages load: files by their names."""
    return {name.partition("/")[2]: content for name, content in Maker().files(catalog, bought=False).items()}


def data(made: Mapping[str, bytes], said: Mapping[str, str]) -> bytes:
    """All that the plugin plans with, of what pages load, and what the article's macros say."""
    models = {Path(name).stem: json.loads(text) for name, text in made.items() if name.startswith("models/")}
    files = {name: json.loads(made[name]) for name in FILES}
    del files["names.json"]["plain"]  # follows from the other forms
    files["index.json"] = lean(files["index.json"])
    return packed({**files, "drawn.json": said}, models)


def lean(index: dict[str, Any]) -> dict[str, Any]:
    """The index without what notes do not tell: where prices were read, lowest ones, what lists filter models by."""
    for machine in index["engine"]["machines"].values():
        machine.pop("lowest", None)
        for name in ONLY_PAGES if machine["offer"] else ():
            del machine["offer"][name]
    for model in index["lists"]["models"].values():
        for name in FILTERED:
            model.pop(name, None)
    return index


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
        build(asked.folder, data(on_pages(Catalog.load()), drawn(ROOT, ARTICLES)))
    except (SizingError, subprocess.CalledProcessError) as error:
        sys.exit(str(error))
    print(f"{asked.folder / 'main.js'}: {(asked.folder / 'main.js').stat().st_size:,} bytes")
