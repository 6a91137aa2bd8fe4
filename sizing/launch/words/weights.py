"""Where do weights come from? A repository that the catalog knows, a file of one's own, or what is made of either.

No name is made up: where none is known, the steps make the file from the makers' own weights, or say that none is
known.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from sizing.launch.words.given import Given
from sizing.launch.words.shells import Read, in_argv, quoted, quoted_always
from sizing.launch.words.step import Step, options

WIDE: Final = ("BF16", "F16")  # of which a runtime makes one from the other as it loads
CASTS: Final = {"F16": "float16", "BF16": "bfloat16"}
PUBLISHERS: Final = ("unsloth-", "ubergarm-", "anikifoss-", "i1-")  # what a format's id has before its recipe
IMATRIX: Final = ("IQ1", "IQ2", "IQ3", "Q2_K_S", "TQ")  # recipes that llama-quantize makes with an importance matrix
OUTTYPES: Final = {"F32": "f32", "F16": "f16", "BF16": "bf16", "Q8_0": "q8_0"}  # that the converter writes by itself
LOADS: Final = {  # what servers make of 16 bits as they load them
    ("vllm", "FP8"): "fp8_per_block", ("vllm", "FP8-dynamic"): "fp8_per_channel",
    ("sglang", "FP8"): "fp8", ("sglang", "FP8-dynamic"): "fp8",
    ("transformers", "NF4-DQ"): "bnb-4bit", ("transformers", "LLM-INT8"): "bnb-8bit",
}  # fmt: skip
FOLDERS: Final = ("ktransformers",)  # runtimes that read a folder alone
MODES: Final = {"MLX-MXFP4": "mxfp4", "MLX-MXFP8": "mxfp8", "MLX-NVFP4": "nvfp4"}  # MLX's, but for its own
CONVERTER: Final = "from a checkout of llama.cpp, with its requirements/requirements-convert_hf_to_gguf.txt"
# What a folder's name may hold, and what small letters are of capitals.
NAMED: Final = tuple("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-")
SMALL: Final = dict(zip(tuple("ABCDEFGHIJKLMNOPQRSTUVWXYZ"), tuple("abcdefghijklmnopqrstuvwxyz"), strict=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """What a server is told of a model's weights, after ``steps``."""

    steps: tuple[Step, ...] = ()
    repository: str | None = None  # on Hugging Face, where the server can take it from there by itself
    origin: str | None = None  # the repository of GGUF files, wherever it is
    path: str | None = None  # a file or a folder here
    read: tuple[Read, ...] = ()  # ``path`` and ``projector``, where only the shell can tell their names
    recipe: str | None = None  # of a GGUF repository, the file that is meant
    projector: str | None = None  # the file of towers that see or hear, where the server must be told it
    cast: str | None = None  # float16 or bfloat16, where the repository holds the other
    quantized: str | None = None  # what the server makes of 16 bits as it loads them, by its own word
    notes: tuple[str, ...] = ()

    @property
    def told(self) -> str:
        """The repository, or what lies here."""
        if self.repository is not None:
            return self.repository
        return "MODEL" if self.path is None else self.path


def weights_of(g: Given, source: str) -> Weights:
    """A plan's weights, by what its runtime reads."""
    if g.own is not None:
        return Weights(path=g.own)
    if g.files == "gguf":
        return gguf_weights(g, source)
    if g.files == "mlx":
        return mlx_weights(g, source)
    if g.files in ("exl2", "exl3"):
        return exl_weights(g, source)
    return plain_weights(g, source)


def key_of(format: str | None, gguf: bool) -> str:
    """Under which a repository stands whose name says such a format, or none; of GGUF files, or not."""
    return f"{'gguf' if gguf else ''}:{'' if format is None else format}"


def key_of_mlx(format: str | None) -> str:
    """Under which a repository stands that was made for MLX, but whose number type others read too: how it lays out
    what sees is its own, so that nobody else takes it."""
    return f"mlx:{'' if format is None else format}"


def in_small(text: str) -> str:
    """In small letters."""
    return "".join([SMALL.get(letter, letter) for letter in text])


def folder(g: Given, format: str) -> str:
    """A folder's name for a model in a format: letters, digits, points and lines alone."""
    said = "".join([letter if letter in NAMED else "-" for letter in f"{g.model}-{format}"])
    return said if said[:1] not in ("-", ".") else f"model{said}"


def recipe_of(g: Given) -> str:
    """What publishers call a GGUF file of a format."""
    for before in PUBLISHERS:
        if g.format[: len(before)] == before:
            return g.format[len(before) :]
    return "MXFP4" if g.format == "MXFP4_MOE" else g.format


def either_case(recipe: str) -> str:
    """A pattern for a recipe's files: publishers write it in capitals and in small letters, and BF16 is not F16."""
    return f"*[-._]{''.join([f'[{x}{SMALL[x]}]' if x in SMALL else x for x in recipe])}*"


def first_file(into: str, name: str, others: str | None, variable: str) -> Read:
    """What a shell reads as the file that a download brought, the first of several parts; cmd keeps it in a variable,
    whose last value is the one that stays."""
    but = "" if others is None else f" -not -name {quoted(others)}"
    like = f"$_.Name -like {quoted_always(name)}"
    unlike = "" if others is None else f" -and $_.Name -notlike {quoted_always(others)}"
    less = "" if others is None else f' ^| findstr /i /r /v "{in_findstr(others)}"'
    listed = f'dir /s /b {in_argv(into)} ^| findstr /i /r "{in_findstr(name)}$"{less} ^| sort /r'
    return Read(
        sh=f'"$(find {quoted(into)} -name {quoted(name)}{but} | sort | head -n 1)"',
        powershell=f"(Get-ChildItem {quoted_always(into)} -Recurse -File | Where-Object {{ {like}{unlike} }} | "
        "Sort-Object FullName | Select-Object -First 1).FullName",
        cmd=f'"%{variable}%"',
        before=f'for /f "delims=" %i in (\'{listed}\') do @set "{variable}=%i"',
    )


def in_findstr(pattern: str) -> str:
    """A pattern of a file's name as findstr reads it at the end of a path."""
    return "".join([r"[^\\]*" if x == "*" else r"\." if x == "." else x for x in pattern])


def _known(g: Given, source: str, format: str | None, gguf: bool = False) -> str | None:
    """The repository whose name says this format, or none at all."""
    return g.repositories[source].get(key_of(format, gguf))


def _makers(g: Given, source: str) -> str | None:
    """The repository of the makers' own weights, if these have 16 or 32 bits, or the plan's format."""
    return _known(g, source, None) if g.native in ("F32", "BF16", "F16", g.format) else None


def download(repository: str, source: str, into: str | None = None, only: str | None = None) -> Step:
    """The download of a repository, or of what matches ``only``: into a folder, or the cache that servers share."""
    if source == "modelscope":
        rest = options([("--include", only), ("--local_dir", into)])
        return Step(
            kind="download",
            words=("modelscope", "download", "--model", repository, *rest),
            note="pip install modelscope",
        )
    rest = options([("--include", only), ("--local-dir", into)])
    return Step(
        kind="download",
        words=("hf", "download", repository, *rest),
        note="pip install -U huggingface_hub; a gated model asks for hf auth login",
    )


def _fetched(g: Given, repository: str, source: str, cast: str | None = None) -> Weights:
    """A whole repository: in the cache that servers read, or in a folder where one reads nothing else, or from
    ModelScope."""
    if source == "modelscope" or g.runtime in FOLDERS:
        into = f"./{folder(g, g.format)}"
        return Weights(steps=(download(repository, source, into),), path=into, cast=cast)
    return Weights(steps=(download(repository, source),), repository=repository, cast=cast)


def _unknown(g: Given, source: str, what: str) -> Weights:
    """Nothing is known, and nothing is made up."""
    where = " on ModelScope" if source == "modelscope" else ""
    note = f"no repository{where} of {g.name} in {g.format} ({what}) is known; put its name or its path for MODEL"
    return Weights(notes=(note,))


def plain_weights(g: Given, source: str) -> Weights:
    """A checkpoint: one whose name says the format, or the makers' own in this number type."""
    named, makers = _known(g, source, g.format), _known(g, source, None)
    if named is not None:
        return _fetched(g, named, source)
    if makers is not None and g.format in WIDE and g.native in ("BF16", "F16", "F32"):
        return _fetched(g, makers, source, None if g.format == g.native else CASTS[g.format])
    if makers is not None and g.native in (g.format, "undisclosed"):
        return _fetched(g, makers, source)
    loads = LOADS.get((g.runtime, g.format))
    if makers is not None and loads is not None and g.native in ("BF16", "F16", "F32"):
        note = f"no repository of {g.name} in {g.format} is known; {makers} is quantized as it is loaded"
        return replace(_fetched(g, makers, source), quantized=loads, notes=(note,))
    return _unknown(g, source, "a checkpoint")


def gguf_weights(g: Given, source: str) -> Weights:
    """A GGUF file: of a repository that holds this recipe or many, else made from the makers' weights."""
    recipe, exact, several = recipe_of(g), _known(g, source, g.format, True), _known(g, source, None, True)
    name = several if exact is None else exact
    if name is None:
        return converted(g, source, recipe)
    note = f"whether {name} holds {recipe} is not in the catalog; the download tells"
    notes, only = (note,) if exact is None else (), either_case(recipe)
    if source == "huggingface" and g.runtime == "llama.cpp":
        return Weights(
            steps=(download(name, source, None, only),), repository=name, origin=name, recipe=recipe, notes=notes
        )
    into = f"./{folder(g, recipe)}"
    file = first_file(into, f"{only}.gguf", "*mmproj*", "MODEL")
    towers = first_file(into, "*mmproj*.gguf", None, "PROJECTOR")
    project = [download(name, source, into, "*mmproj*")] if g.sees else []
    return Weights(
        steps=(download(name, source, into, only), *project),
        origin=name,
        path=file.sh,
        projector=towers.sh if g.sees else None,
        read=(file, towers),
        recipe=recipe,
        notes=notes,
    )


def converted(g: Given, source: str, recipe: str) -> Weights:
    """A GGUF file made of the makers' weights by llama.cpp's own tools."""
    makers = _known(g, source, None)
    if makers is None:
        return _unknown(g, source, "GGUF files")
    into, wide, made = f"./{folder(g, g.native)}", f"./{folder(g, 'BF16')}.gguf", f"./{folder(g, recipe)}.gguf"
    direct = recipe in OUTTYPES or (recipe == "MXFP4" and g.native == "MXFP4")
    outtype = OUTTYPES.get(recipe, "bf16")
    program = ("python", "llama.cpp/convert_hf_to_gguf.py", into)
    words = (*program, "--outtype", outtype, "--outfile", made if direct else wide)
    steps = [download(makers, source, into), Step(kind="convert", words=words, note=CONVERTER)]
    if not direct:
        imatrix = any(recipe[: len(one)] == one for one in IMATRIX)
        note = "this recipe asks for --imatrix FILE, which llama-imatrix makes" if imatrix else ""
        steps.append(Step(kind="convert", words=("llama-quantize", wide, made, recipe), note=note))
    towers = f"./mmproj-{folder(g, 'F16')}.gguf"
    if g.sees:
        steps.append(Step(kind="convert", words=(*program, "--mmproj", "--outtype", "f16", "--outfile", towers)))
    note = f"no repository of GGUF files of {g.name} is known; the file is made of {makers}"
    projector = towers if g.sees else None
    return Weights(steps=tuple(steps), path=made, projector=projector, recipe=recipe, notes=(note,))


def mlx_weights(g: Given, source: str) -> Weights:
    """A repository in MLX's format, else one made of the makers' weights by ``mlx_lm.convert``."""
    made, named, makers = key_of_mlx(g.format), _known(g, source, g.format), _makers(g, source)
    if made in g.repositories[source]:
        return _fetched(g, g.repositories[source][made], source)
    if named is not None:
        return _fetched(g, named, source)
    if makers is None:
        return _unknown(g, source, "MLX")
    if g.format in WIDE:
        return _fetched(g, makers, source)
    how: Sequence[str] = ("--q-bits", g.format[4:5])
    if g.format in MODES:
        how = ("--q-mode", MODES[g.format])
    own, into = _fetched(g, makers, source), f"./{folder(g, g.format)}"
    words = ("mlx_lm.convert", "--hf-path", own.told, "--mlx-path", into, "-q", *how)
    note = f"no repository of {g.name} in {g.format} is known; the weights are made of {makers}"
    return Weights(steps=(*own.steps, Step(kind="convert", words=words)), path=into, notes=(note,))


def exl_weights(g: Given, source: str) -> Weights:
    """A folder in ExLlama's format, else one made of the makers' weights by its ``convert.py``."""
    made, named, makers = folder(g, g.format), _known(g, source, g.format), _makers(g, source)
    into, bits = f"models/{made}", g.format[5 : len(g.format) - 3]  # EXL3-4.0bpw
    if named is not None:
        return Weights(steps=(download(named, source, into),), path=made)
    if makers is None or not bits:
        return _unknown(g, source, g.runtime_name)
    own = f"./{folder(g, g.native)}"
    out, work = ("-o", "-w") if g.runtime == "exllamav3" else ("-cf", "-o")
    words = ("python", f"{g.runtime}/convert.py", "-i", own, out, into, work, f"{own}-work", "-b", bits)
    step = Step(kind="convert", words=words, note=f"from a checkout of {g.runtime_name}")
    note = f"no repository of {g.name} in {g.format} is known; the weights are made of {makers}"
    return Weights(steps=(download(makers, source, own), step), path=made, notes=(note,))
