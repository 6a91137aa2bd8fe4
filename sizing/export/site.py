"""What does a page need to plan by itself? The engine, its face, and data: all with one address for each version.

    sizing.mjs                      the face, which pages import; it knows where the rest lies
    VERSION/engine.mjs              the engine, as it was made of Python's
    VERSION/index.json              {"engine": …, "lists": …, "starts": …}: what every plan needs, what there is to
                                    choose from, and what starts each runtime
    VERSION/launch/words.mjs        what a start says, as it was made of Python's
    VERSION/names.mjs, names.json   what people call models and machines
    VERSION/models/ID.json          a model in every format, with every cache type; and where it is published
    VERSION/purchases/USE.json      what to buy for a use; USE-used.json where used machines come into question
    VERSION/search.json             every model in the formats that it is published in, scores, and prices
    VERSION/search/FORMAT.json      every model in that format

``VERSION`` is a digest of all that lies under it, so that no cache mixes two of them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from sizing.catalog import Catalog
from sizing.errors import SizingError
from sizing.export.data import export
from sizing.export.lists import lists
from sizing.export.names import names
from sizing.export.purchases import purchases
from sizing.export.searched import in_format, searched
from sizing.launch.facts import of_model, of_runtime

ENGINE: Final = Path(__file__).parents[1] / "engine" / "engine.mjs"
WORDS: Final = Path(__file__).parents[1] / "launch" / "words.mjs"
FACE: Final = Path(__file__).with_name("sizing.mjs")
NAMES: Final = Path(__file__).with_name("names.mjs")
VERSION: Final = "VERSION"  # what stands in the face for the folder's name


def files(catalog: Catalog) -> dict[str, bytes]:
    """Every file by its address below the folder."""
    data = export(catalog, catalog.models.values(), catalog.machines.values())
    models, entries = data.pop("models"), catalog.models
    starts = {runtime.id: of_runtime(runtime) for runtime in catalog.runtimes.values()}
    inside = {
        "engine.mjs": ENGINE.read_bytes(),
        "names.mjs": NAMES.read_bytes(),
        "names.json": _json(names(catalog)),
        "launch/words.mjs": WORDS.read_bytes(),
        "index.json": _json({"engine": data, "lists": lists(catalog), "starts": starts}),
        "search.json": _json(searched(catalog, models)),
        **{f"models/{name}.json": _json({**model, "start": of_model(entries[name])}) for name, model in models.items()},
        **{f"purchases/{name}.json": _json(found) for name, found in purchases(catalog).items()},
        **{f"search/{name}.json": _json(in_format(models, name)) for name in data["formats"]},
    }
    face = FACE.read_text(encoding="utf-8")
    version = _digest({**inside, "sizing.mjs": face.encode()})
    return {
        "sizing.mjs": face.replace(f"./{VERSION}/", f"./{version}/").encode(),
        **{f"{version}/{name}": content for name, content in inside.items()},
    }


def write(made: Mapping[str, bytes], folder: Path) -> None:
    """Write files below a folder. Raises SizingError where that cannot be."""
    try:
        for name, content in made.items():
            file = folder / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
    except OSError as error:
        raise SizingError(f"{folder}: cannot be written ({error.strerror}); name another folder") from None


def _json(data: Any) -> bytes:
    return json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()


def _digest(inside: Mapping[str, bytes]) -> str:
    found = hashlib.blake2b(digest_size=8)
    for name, content in inside.items():
        found.update(f"{name} {len(content)}\n".encode())
        found.update(content)
    return found.hexdigest()
