"""What would a model's entry look like? A config.json or GGUF header as a catalog entry, and what it still lacks.

What only a publication can tell stays ``undisclosed``: a count above all, or a draft would be compared with itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sizing.anatomy.dialect import WordError, known_types
from sizing.catalog import Catalog, folder_of
from sizing.errors import CatalogError, SizingError
from sizing.facts.content import is_file, is_folder
from sizing.facts.entries.architecture import Architecture
from sizing.facts.plain import to_plain
from sizing.facts.units import UNDISCLOSED
from sizing.files.models import read_model
from sizing.model import Model

_WIDTH = 110
# A folder of Hugging Face's cache: models--Qwen--Qwen3-8B
_CACHED: Final = re.compile(r"models--([A-Za-z0-9._-]+?)--([A-Za-z0-9._-]+)")
_FILES: Final = (".json", ".jsonl", ".md", ".gguf", ".safetensors")  # endings of no repository
_REPOSITORY: Final = re.compile(
    r"(?:https://huggingface\.co/)?([A-Za-z0-9][A-Za-z0-9._-]*/[A-Za-z0-9][A-Za-z0-9._-]*)/?"
)


@dataclass(frozen=True)
class Held:
    """The models of a catalog, and the file and line of each entry."""

    models: Mapping[str, Model]
    origins: Mapping[str, tuple[str, int]]


def held(path: str | Path | None = None) -> Held:
    """The models of the catalog at ``path``, as ``Catalog.load`` finds it; those that hold, where others do not.

    A draft that is written into the catalog by ``>`` stands there empty while it is made, and keeps no other from being
    known. Raises SizingError where there is no catalog.
    """
    try:
        catalog = Catalog.load(path)
    except CatalogError:
        from sizing.facts.loading import gathered  # which is slow to import

        facts = gathered(folder_of(path), known_types()).facts
        return Held({name: Model.of(entry) for name, entry in facts.models.items()}, facts.origins)
    return Held(catalog.models, catalog.origins)


@dataclass(frozen=True)
class Known:
    """What the catalog holds already: the model itself, by its repository, and those of the same shape."""

    same: Model | None
    alike: tuple[Model, ...]


def repository_of(path: str | Path, stated: str | None = None) -> str | None:
    """The repository that a file is of: as stated, or as a cache names its folder. Raises SizingError for a name that
    is none."""
    if stated is not None:
        if (found := _REPOSITORY.fullmatch(stated)) is None:
            raise SizingError(f"{stated!r} is no repository; write owner and name, such as Qwen/Qwen3-8B")
        return found[1]
    cached = next((found for part in Path(path).parts if (found := _CACHED.fullmatch(part))), None)
    return f"{cached[1]}/{cached[2]}" if cached else None


def known(model: Model, repository: str | None, catalog: Held) -> Known:
    """What of a model the catalog holds already; first those that see and hear as it does, or do neither."""
    same = of_repository(repository, catalog) if repository else None
    alike = [one for one in catalog.models.values() if one.open and _shaped_alike(one, model)]
    alike.sort(key=lambda one: (one.towers is None) != (model.towers is None))
    return Known(same, tuple(alike))


def named(name: str) -> str | None:
    """The repository that is named where no file is: ``Qwen/Qwen3-8B``, or its address."""
    file = is_file(name) or is_folder(name) or Path(name).suffix in _FILES
    found = None if file else _REPOSITORY.fullmatch(name)
    return found and found[1]


def of_repository(repository: str, catalog: Held) -> Model | None:
    """The catalog's model of a repository."""
    return next((one for one in catalog.models.values() if repository.lower() in _repositories(one)), None)


def _shaped_alike(one: Model, other: Model) -> bool:
    """Whether two models have one shape; an entry whose words mean none is told by a check."""
    try:
        return one.shape == other.shape
    except WordError:
        return False


def entry(
    path: str | Path, model_type: str | None = None, repository: str | None = None, catalog: Held | None = None
) -> str:
    """YAML text of a family file with this one model; its ``repository``, if known, gives id, vendor and names.

    Raises SizingError for what cannot be read or is not known.
    """
    model = read_model(path, model_type)
    assert isinstance(model.architecture, Architecture)
    assert model.parameters is not None
    title = repository.partition("/")[2] if repository else model.name
    name = re.sub(r"[^a-z0-9.]+", "-", (title if repository else model.id).lower()).strip("-.") or "model"
    shape, total = to_plain(model.architecture), model.parameters.total
    vendor = _vendor(repository, catalog)
    names = [f"    names: {{huggingface: [{repository}]}}"] if repository else []
    address = f"https://huggingface.co/{repository}/blob/main/config.json" if repository else ""
    lacking = ["license", "released", "parameters (as a publication counts them)"]
    lacking = [*lacking, "the day of the source"] if repository else ["vendor", *lacking, "the sources", "names"]
    return "\n".join(
        [
            *(f"# {remark}" for remark in model.remarks),
            *_alike(model, repository, catalog),
            f"# still to say: {', '.join(lacking)}",
            f"family: {model.family}",
            f"vendor: {vendor}" + ("" if vendor != UNDISCLOSED else "    # one lower-case word"),
            f"license: {UNDISCLOSED}",
            f"native: {model.native}",
            "models:",
            f"  {name}:",
            f"    name: {title}",
            *names,
            f"    released: {UNDISCLOSED}",
            f"    context: {model.context}",
            # Not the count itself: what is compared with it must come from somebody else.
            f"    parameters: {UNDISCLOSED}    # what a publication counts; the engine comes to {total:,}",
            "    architecture:",
            *_flow(shape),
            "    sources:    # the public addresses that you read, and when",
            f"      - {{url: {address}, read: }}",
            "",
        ]
    )


def _repositories(model: Model) -> set[str]:
    names = model.names
    return {name.lower() for name in (*names.huggingface, *names.modelscope, *names.repackaged)}


def _vendor(repository: str | None, catalog: Held | None) -> str:
    """The vendor whose models the owner's other repositories are; else the owner's own name."""
    if repository is None:
        return UNDISCLOSED
    owner = repository.partition("/")[0].lower()
    for model in catalog.models.values() if catalog else ():
        if any(name.lower().startswith(f"{owner}/") for name in model.names.huggingface):
            return model.vendor
    return re.sub(r"[^a-z0-9]+", "-", owner).strip("-")


def _alike(model: Model, repository: str | None, catalog: Held | None) -> Iterator[str]:
    """In a comment, whose shape it has: it may be there already, under another name."""
    alike = known(model, repository, catalog).alike if catalog else ()
    if catalog and alike:
        told = ", ".join(f"{one.id} ({placed(one, catalog)})" for one in alike[:3])
        more = f" and {len(alike) - 3} more" if len(alike) > 3 else ""
        yield f"# of the same shape as {told}{more}: is it one of them? Then its repository belongs under names: there"


def placed(model: Model, catalog: Held) -> str:
    """Where a model's entry stands, as file and line."""
    file, line = catalog.origins[model.id]
    return f"{file}:{line}"


def _flow(shape: dict[str, object]) -> list[str]:
    """A flow mapping over lines of a readable width."""
    lines, line = [], "      {"
    for i, (key, value) in enumerate(shape.items()):
        text = str(value).lower() if isinstance(value, bool) else str(value or "null").replace("'", "")
        item = f"{key}: {text}" + ("}" if i == len(shape) - 1 else ", ")
        if len(line) + len(item) > _WIDTH:
            lines.append(line.rstrip())
            line = "       "
        line += item
    return [*lines, line]
