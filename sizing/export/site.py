"""What does a page need to plan by itself? The engine, its face, and data: all with one address for each version.

    sizing.mjs                      the face, which pages import; it knows where the rest lies
    names.mjs                       what reads machines' names, for a page that asks the engine in another thread
    python.mjs                      what Python means by its words, for what a page says with labels made of Python's
    VERSION/engine.mjs              the engine, as it was made of Python's
    VERSION/index.json              {"engine": …, "lists": …, "starts": …}: what every plan needs, what there is to
                                    choose from, and what starts each runtime; in columns
    VERSION/launch/words.mjs        what a start says, as it was made of Python's
    VERSION/place.mjs               where it lies: what reads the files below, and shows the face to a page's scripts
    VERSION/columns.mjs             what reads these
    VERSION/export/python.mjs       what Python means by its words, for reading.mjs and explaining.mjs
    VERSION/names.mjs, names.json   what people call models and machines
    VERSION/reading/reading.mjs     what reads models of files, and its tables.json: loaded where somebody gives one
    VERSION/models/ID.json          a model in every format, with every cache type; and where it is published
    VERSION/sources.json            where facts were read
    VERSION/explain/explaining.mjs  what explains plans step by step, its facts.json, and ID.json of each model: loaded
                                    where somebody asks how a number comes about
    VERSION/measured/ID.json        the speeds of a model that real tools printed
    VERSION/purchases/CN/USE.json   what to buy for a use with a region's prices; USE-used-mac.json of used Macs, too
    VERSION/search.json             every model in the formats that it is published in, scores, and prices
    VERSION/search/FORMAT.json      every model in that format

``VERSION`` is a digest of all that lies under it, so that no cache mixes two of them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from sizing.catalog import Catalog
from sizing.errors import SizingError
from sizing.export.columns import told as told_in_columns
from sizing.export.data import export, exported_formats
from sizing.export.evidence import measured, sources
from sizing.export.explained import explained, explained_model, measured_of
from sizing.export.lists import lists
from sizing.export.models import model_data
from sizing.export.names import names
from sizing.export.purchases import purchases
from sizing.export.searched import in_format, searched, searched_model
from sizing.export.tables import tables
from sizing.launch.facts import of_model, of_runtime
from sizing.model import Model

ENGINE: Final = Path(__file__).parents[1] / "engine" / "engine.mjs"
WORDS: Final = Path(__file__).parents[1] / "launch" / "words.mjs"
# What says of which version the rest is, by what it is called in a site.
FACES: Final = {
    f"{name}.mjs": Path(__file__).with_name(f"{file}.mjs")
    for name, file in {"sizing": "sizing", "names": "naming", "python": "pythons"}.items()
}
PYTHON: Final = Path(__file__).with_name("python.mjs")
COLUMNS: Final = Path(__file__).with_name("columns.mjs")
NAMES: Final = Path(__file__).with_name("names.mjs")
PLACE: Final = Path(__file__).with_name("place.mjs")
EXPLAINING: Final = Path(__file__).parents[1] / "explain" / "explaining.mjs"
READING: Final = Path(__file__).with_name("reading.mjs")
VERSION: Final = "VERSION"  # what stands in the face for the folder's name


@dataclass(frozen=True)
class Told:
    """A model as files tell it, in JSON."""

    model: Model
    whole: bytes
    search: bytes | None  # what a search looks at; None for one that only its maker runs
    formats: Mapping[str, bytes]  # what it weighs in each format
    explained: Mapping[str, Any]  # what its parts weigh, and where that was read


class Maker:
    """Makes the files of one catalog after another: a model that has not changed is not worked out again, where all
    formats and runtimes are as they were."""

    def __init__(self) -> None:
        self._rules: tuple[object, object] | None = None
        self._told: dict[str, Told] = {}

    def files(self, catalog: Catalog, *, bought: bool = True) -> dict[str, bytes]:
        """Every file by its address below the folder, with what to buy or, for it takes seconds to find, without."""
        told = self._models(catalog)
        seen, rows = measured(catalog), measured_of(catalog)
        search = {id_: one.search for id_, one in told.items() if one.search is not None}
        inside = {
            "engine.mjs": ENGINE.read_bytes(),
            "columns.mjs": COLUMNS.read_bytes(),
            "export/python.mjs": PYTHON.read_bytes(),
            "names.mjs": NAMES.read_bytes(),
            "place.mjs": PLACE.read_bytes(),
            "names.json": _json(names(catalog)),
            "launch/words.mjs": WORDS.read_bytes(),
            "reading/reading.mjs": READING.read_bytes(),
            "reading/tables.json": _json(tables(catalog)),
            "sources.json": _json(sources(catalog)),
            "explain/explaining.mjs": EXPLAINING.read_bytes(),
            "explain/facts.json": _json(explained(catalog)),
            **{f"explain/{id_}.json": _explained(one, rows.get(id_, {})) for id_, one in told.items()},
            **{f"measured/{id_}.json": _json(seen.get(id_, [])) for id_ in catalog.models},
            "index.json": _json(_short(index(catalog))),
            "search.json": _joined({**{k: _json(x) for k, x in searched(catalog).items()}, "models": _joined(search)}),
            **{f"models/{id_}.json": one.whole for id_, one in told.items()},
            **{
                f"purchases/{name}.json": _json(found) for name, found in (purchases(catalog) if bought else {}).items()
            },
            **{
                f"search/{name}.json": _joined({i: x.formats[name] for i, x in told.items() if name in x.formats})
                for name in catalog.formats
            },
        }
        faces = {name: file.read_bytes() for name, file in FACES.items()}
        version = _digest({**{f"{VERSION}/{name}": content for name, content in inside.items()}, **faces})
        return {
            **{name: face.replace(f"./{VERSION}/".encode(), f"./{version}/".encode()) for name, face in faces.items()},
            **{f"{version}/{name}": content for name, content in inside.items()},
        }

    def _models(self, catalog: Catalog) -> dict[str, Told]:
        """Every model of a catalog."""
        rules = catalog.formats, catalog.runtimes
        before = self._told if rules == self._rules else {}
        self._told = {
            model.id: known if (known := before.get(model.id)) and known.model == model else _told(catalog, model)
            for model in catalog.models.values()
        }
        self._rules = rules
        return self._told


def _told(catalog: Catalog, model: Model) -> Told:
    whole = model_data(catalog, model, exported_formats(catalog))
    return Told(
        model=replace(model, planner=None),  # which would keep its catalog
        whole=_json({**whole, "start": of_model(model)}),
        search=_json(searched_model(catalog, model, whole)) if model.answers else None,
        formats={name: _json(own) for name in catalog.formats if (own := in_format(whole, name))},
        explained=explained_model(catalog, model, exported_formats(catalog)),
    )


def index(catalog: Catalog) -> dict[str, Any]:
    """What every plan needs, what there is to choose from, and what starts each runtime."""
    return {
        "engine": export(catalog, (), catalog.machines.values()),
        "lists": lists(catalog),
        "starts": {runtime.id: of_runtime(runtime) for runtime in catalog.runtimes.values()},
    }


# What lists say of a device or a machine and the engine's data say too: a page sets it there again.
TWICE: Final = {"devices": ("backends", "memory", "bandwidth", "tdp"), "machines": ("devices", "host", "nodes")}


def _short(whole: Mapping[str, Any]) -> Any:
    """An index in columns, without what stands twice: ids do, in one order."""
    engine, listed = whole["engine"], whole["lists"]
    once: dict[str, Any] = {}
    for kind, twice in TWICE.items():
        assert list(engine[kind]) == list(listed[kind])
        once[kind] = [{key: one[key] for key in one if key not in twice} for one in listed[kind].values()]
    return told_in_columns({**whole, "lists": {**listed, **once}})


def _explained(told: Told, rows: Mapping[str, Any]) -> bytes:
    return _json({**told.explained, "rows": rows})


def files(catalog: Catalog) -> dict[str, bytes]:
    """Every file of a catalog by its address below the folder."""
    return Maker().files(catalog)


def _joined(parts: Mapping[str, bytes]) -> bytes:
    """An object of what is JSON already."""
    return b"{" + b",".join(json.dumps(key).encode() + b":" + value for key, value in parts.items()) + b"}"


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
