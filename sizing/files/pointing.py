"""Which file does another name as its model? A Modelfile, and a manifest in Ollama's store."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Final

from sizing.errors import SizingError
from sizing.facts.content import is_file
from sizing.files.json_text import read_json

_FROM: Final = re.compile(rb"(?:^|\n)FROM[ \t]+([^\s#]+)")
_MODEL: Final = "application/vnd.ollama.image.model"


def points_to(file: Path, start: bytes) -> Path | None:
    """The file that holds the model of one that begins so; None for one that names none.

    Raises SizingError where it names what is not there, or a model that has a name.
    """
    found = _FROM.search(start)
    if found is not None and (file.name.lower().endswith("modelfile") or not start.lstrip().startswith(b"{")):
        return _from(file, found[1].decode("utf-8", "replace"))
    if start.lstrip().startswith(b"{") and b"vnd.docker.distribution.manifest" in start:
        return _layer(file, read_json(file))
    return None


def _from(file: Path, what: str) -> Path:
    """What stands behind FROM: a path, or a model's name."""
    path = file.parent / Path(what).expanduser()
    if path.exists() and path != file:
        return path
    if what.lower().endswith((".gguf", ".safetensors", ".bin")) or what.startswith((".", "/", "~")):
        raise SizingError(f"{file}: a Modelfile, whose {what[:80]!r} is not there; give that file")
    raise SizingError(f"{file}: a Modelfile, made from {what[:80]!r}; give that name")


def _layer(file: Path, manifest: Any) -> Path | None:
    """The blob of a manifest's model, in the store that it lies in."""
    layers = manifest.get("layers") if isinstance(manifest, dict) else None
    kept = [one for one in layers if isinstance(one, dict)] if isinstance(layers, list) else []
    digest = next((str(one.get("digest")) for one in kept if one.get("mediaType") == _MODEL), None)
    if digest is None or not re.fullmatch(r"[\w:]{1,80}", digest):
        return None
    blob = digest.replace(":", "-")
    stores = (parent / "blobs" / blob for parent in file.parents)
    if found := next((path for path in stores if is_file(str(path))), None):
        return found
    raise SizingError(f"{file}: a manifest of Ollama's, whose {blob[:24]}… is not in its store; give the model's tag")
