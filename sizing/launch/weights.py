"""Where do weights come from? A repository that the catalog knows, a file of one's own, or what is made of either.

No name is made up: where none is known, the steps make the file from the makers' own weights, or say that none is
known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sizing.facts.content import is_folder
from sizing.facts.format_names import Ending, ending
from sizing.launch.step import Shell, Step, options, quoted
from sizing.model import Model
from sizing.plan import Plan

_WIDE: Final = ("BF16", "F16")  # of which a runtime makes one from the other as it loads
_PUBLISHERS: Final = re.compile(r"(?:unsloth|ubergarm|anikifoss)-")  # what a file's name here has before its recipe
_IMATRIX: Final = re.compile(r"IQ[123]|Q2_K_S|TQ|i1-")  # recipes that llama-quantize makes with an importance matrix


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """What a server is told of a model's weights, after ``steps``."""

    steps: tuple[Step, ...] = ()
    repository: str | None = None  # on Hugging Face, where the server can take it from there by itself
    path: str | None = None  # a file or a folder here; a ``Shell`` word where its name is not known before
    recipe: str | None = None  # of a GGUF repository, the file that is meant
    projector: str | None = None  # the file of towers that see or hear, where the server must be told it
    cast: str | None = None  # float16 or bfloat16, where the repository holds the other
    notes: tuple[str, ...] = ()

    @property
    def said(self) -> str:
        """The repository, or what lies here."""
        return self.repository or self.path or "MODEL"


def weights_of(p: Plan, source: str) -> Weights:
    """A plan's weights, by what its runtime reads."""
    if p.model.path is not None and (own := _own(p)) is not None:
        return own
    match p.runtime.files:
        case "gguf":
            return _gguf(p, source)
        case "mlx":
            return _mlx(p, source)
        case "exl2" | "exl3":
            return _exl(p, source)
    return _safetensors(p, source)


def folder(model: Model, format: str) -> str:
    """A folder's name for a model in a format: letters, digits, points and lines alone."""
    return re.sub(r"[^A-Za-z0-9._-]+", "-", f"{model.id}-{format}").strip("-.") or "model"


def _own(p: Plan) -> Weights | None:
    """What was read from a file of one's own; None where that holds no weights, as config.json does."""
    assert p.model.path is not None
    path = Path(p.model.path)
    if path.suffix in (".yaml", ".yml") or (path.name == "config.json" and not list(path.parent.glob("*.safetensors"))):
        return None
    if p.runtime.files == "gguf":
        file = _absolute(path)
        return Weights(path=file) if path.suffix == ".gguf" else None
    return Weights(path=_absolute(path if is_folder(path) else path.parent))


def _absolute(path: Path) -> str:
    """A path that no program takes for an option or a repository."""
    return str(path if path.is_absolute() else Path.cwd() / path)


def _names(model: Model, source: str) -> Iterator[tuple[str, Ending]]:
    """A model's repositories on a source, the makers' first, with what each says of its format."""
    names = model.names
    own = names.modelscope if source == "modelscope" else (*names.huggingface, *names.repackaged)
    for one in own:
        yield one, ending(one, mlx=one.startswith("mlx-community/"))


def _named(model: Model, source: str, format: str | None, *, gguf: bool = False) -> str | None:
    """The first repository whose name says this format, or none at all."""
    for name, said in _names(model, source):
        if said.gguf == gguf and said.format == format:
            return name
    return None


def _download(repository: str, source: str, *, into: str | None = None, only: str | None = None) -> Step:
    """The download of a repository, or of what matches ``only``: into a folder, or the cache that servers share."""
    if source == "modelscope":
        words = (
            "modelscope",
            "download",
            "--model",
            repository,
            *options([("--include", only), ("--local_dir", into)]),
        )
        return Step(do="download", words=words, note="pip install modelscope")
    words = ("hf", "download", repository, *options([("--include", only), ("--local-dir", into)]))
    return Step(do="download", words=words, note="pip install -U huggingface_hub; a gated model asks for hf auth login")


def _fetched(p: Plan, repository: str, source: str, cast: str | None = None) -> Weights:
    """A whole repository: in the cache that servers read, or from ModelScope in a folder."""
    if source == "modelscope":
        into = f"./{folder(p.model, p.format.id)}"
        return Weights(steps=(_download(repository, source, into=into),), path=into, cast=cast)
    return Weights(steps=(_download(repository, source),), repository=repository, cast=cast)


def _makers(p: Plan, source: str) -> str | None:
    """The repository of the makers' own weights, if these have 16 bits or the plan's format."""
    return _named(p.model, source, None) if p.model.native in (*_WIDE, p.format.id, "F32") else None


def _unknown(p: Plan, what: str, source: str) -> Weights:
    """Nothing is known, and nothing is made up."""
    held = "no repository" if source == "huggingface" else "no repository on ModelScope"
    note = f"{held} of {p.model.name} in {p.format.id} ({what}) is known; put its name or its path for MODEL"
    return Weights(steps=(Step(do="download", note=note),), notes=(note,))


def _safetensors(p: Plan, source: str) -> Weights:
    """A checkpoint: one whose name says the format, or the makers' own in this number type."""
    wanted = p.format.id
    if (named := _named(p.model, source, wanted)) is not None:
        return _fetched(p, named, source)
    native = p.model.native
    if (own := _named(p.model, source, None)) is not None:
        if wanted == native or (wanted in _WIDE and native in (*_WIDE, "F32")):
            cast = {"F16": "float16", "BF16": "bfloat16"}[wanted] if wanted != native and wanted in _WIDE else None
            return _fetched(p, own, source, cast)
        if native == "undisclosed":
            return _fetched(p, own, source)
    return _unknown(p, "a checkpoint", source)


def _gguf(p: Plan, source: str) -> Weights:
    """A GGUF file: of a repository that holds this recipe or many, else made from the makers' weights."""
    recipe = _PUBLISHERS.sub("", p.format.id).removeprefix("i1-")
    name = _named(p.model, source, p.format.id, gguf=True) or _named(p.model, source, None, gguf=True)
    if name is None:
        return _converted(p, source, recipe)
    exact = _named(p.model, source, p.format.id, gguf=True) is not None
    note = f"whether {name} holds {recipe} is not in the catalog; the download tells"
    notes, only = () if exact else (note,), _either_case(recipe)
    if source == "huggingface" and p.runtime.id == "llama.cpp":
        return Weights(steps=(_download(name, source, only=only),), repository=name, recipe=recipe, notes=notes)
    into, towers = f"./{folder(p.model, recipe)}", any(part.kind == "towers" for part, loaded in p.beside if loaded)
    steps = [_download(name, source, into=into, only=only)]
    steps += [_download(name, source, into=into, only="*mmproj*")] if towers else []
    return Weights(
        steps=tuple(steps),
        path=_first(into, f"*{only}.gguf", but="*mmproj*"),
        projector=_first(into, "*mmproj*.gguf") if towers else None,
        recipe=recipe,
        notes=notes,
    )


def _either_case(recipe: str) -> str:
    """A pattern for a recipe's files: publishers write it in capitals and in small letters, and BF16 is not F16."""
    return "*[-._]" + "".join(f"[{x}{x.lower()}]" if x.isalpha() else x for x in recipe) + "*"


def _first(into: str, name: str, but: str | None = None) -> Shell:
    """The file that a download brought, the first of several parts."""
    others = f" -not -name {quoted(but)}" if but else ""
    return Shell(f'"$(find {quoted(into)} -name {quoted(name)}{others} | sort | head -n 1)"')


def _converted(p: Plan, source: str, recipe: str) -> Weights:
    """A GGUF file made of the makers' weights by llama.cpp's own tools."""
    makers = _makers(p, source) or _named(p.model, source, None)
    if makers is None:
        return _unknown(p, "GGUF files", source)
    into, wide = f"./{folder(p.model, p.model.native)}", f"./{folder(p.model, 'BF16')}.gguf"
    made = f"./{folder(p.model, recipe)}.gguf"
    plain = recipe in ("F32", "F16", "BF16", "Q8_0", "MXFP4_MOE") and (
        recipe != "MXFP4_MOE" or p.model.native == "MXFP4"
    )
    outtype = {"F32": "f32", "F16": "f16", "BF16": "bf16", "Q8_0": "q8_0"}.get(recipe, "bf16")
    convert = Step(
        do="convert",
        words=(
            "python",
            "llama.cpp/convert_hf_to_gguf.py",
            into,
            "--outtype",
            outtype,
            "--outfile",
            made if plain else wide,
        ),
        note="from a checkout of llama.cpp, with its requirements/requirements-convert_hf_to_gguf.txt",
    )
    quantize = Step(
        do="convert",
        words=("llama-quantize", wide, made, recipe),
        note="this recipe asks for --imatrix FILE, which llama-imatrix makes" if _IMATRIX.match(recipe) else "",
    )
    note = f"no repository of GGUF files of {p.model.name} is known; the file is made of {makers}"
    steps = (_download(makers, source, into=into), convert, *(() if plain else (quantize,)))
    return Weights(steps=steps, path=made, recipe=recipe, notes=(note,))


def _mlx(p: Plan, source: str) -> Weights:
    """A repository in MLX's format, else one made of the makers' weights by ``mlx_lm.convert``."""
    if (named := _named(p.model, source, p.format.id)) is not None:
        return _fetched(p, named, source)
    makers = _makers(p, source)
    if makers is None:
        return _unknown(p, "MLX", source)
    if p.format.id in _WIDE:
        return _fetched(p, makers, source)
    made = f"./{folder(p.model, p.format.id)}"
    how = re.fullmatch(r"MLX-(?:(\d)bit|(MXFP4|MXFP8|NVFP4))", p.format.id)
    if how is None:
        return _unknown(p, "MLX", source)
    quantized = ("-q", "--q-bits", how[1]) if how[1] else ("-q", "--q-mode", how[2].lower())
    own = _fetched(p, makers, source)
    convert = Step(do="convert", words=("mlx_lm.convert", "--hf-path", own.said, "--mlx-path", made, *quantized))
    note = f"no repository of {p.model.name} in {p.format.id} is known; the weights are made of {makers}"
    return Weights(steps=(*own.steps, convert), path=made, notes=(note,))


def _exl(p: Plan, source: str) -> Weights:
    """A folder in ExLlama's format, else one made of the makers' weights by its ``convert.py``."""
    made = folder(p.model, p.format.id)
    into = f"models/{made}"
    if (named := _named(p.model, source, p.format.id)) is not None:
        return Weights(steps=(_download(named, source, into=into),), path=made)
    makers, bits = _makers(p, source), re.fullmatch(r"EXL[23]-([\d.]+)bpw", p.format.id)
    if makers is None or bits is None:
        return _unknown(p, p.runtime.name, source)
    own, tool = f"./{folder(p.model, p.model.native)}", p.runtime.id
    convert = Step(
        do="convert",
        words=(
            "python",
            f"{tool}/convert.py",
            "-i",
            own,
            "-o" if tool == "exllamav3" else "-cf",
            into,
            "-w" if tool == "exllamav3" else "-o",
            f"{own}-work",
            "-b",
            bits[1],
        ),
        note=f"from a checkout of {p.runtime.name}",
    )
    note = f"no repository of {p.model.name} in {p.format.id} is known; the weights are made of {makers}"
    return Weights(steps=(_download(makers, source, into=own), convert), path=made, notes=(note,))
