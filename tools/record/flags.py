"""`python -m tools.record.flags --wheels FOLDER --checkouts FOLDER`: which options does each server declare?

They are read from the declarations themselves: the list that llama.cpp's own tool writes, the source of its RPC server
and of its converter, argparse's and typer's calls in the wheels of mlx-lm, transformers and the Hub's client, and the
fields of vLLM's and SGLang's classes of arguments. Nothing of them is imported, so neither torch nor a GPU is needed.
FOLDER holds the wheels, as `pip download --no-deps` fetches them: vllm, sglang, sglang_kt, mlx_lm, transformers,
huggingface_hub.
LLAMA_CPP_SRC names llama.cpp's source, which `make verify` fetches. Checkouts of ik_llama.cpp, of Ollama (whose server
is told in its environment, and models in a Modelfile) and of LM Studio's `lms` stand side by side in another folder.
"""

from __future__ import annotations

import argparse
import ast
import csv
import datetime
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path
from typing import Final

from tools.record.tools import ToolError, Tools

CATALOG: Final = Path(__file__).parents[2] / "catalog"
COLUMNS: Final = ("program", "version", "flag", "values", "source_url", "recorded")
INDEX: Final = "https://pypi.org/project"

KTRANSFORMERS: Final = "sglang.launch_server of KTransformers"

Flag = tuple[str, str]  # an option, and whether it takes values: none, some, or either

_ROW: Final = re.compile(r"^\| `(.+?)` \|", re.MULTILINE)
_COMPARED: Final = re.compile(r"if \((arg == .*?)\) *\{(.*?)return true;", re.DOTALL)
_RPC: Final = re.compile(r'arg == "(-\w)" \|\| arg == "(--[\w-]+)"\) \{(.*?)\} (?=else)', re.DOTALL)


def llama_server(source: Path) -> Iterator[Flag]:
    """The table of options in the server's README, which llama.cpp writes from its parser."""
    for row in _ROW.findall((source / "tools/server/README.md").read_text(encoding="utf-8")):
        names = re.findall(r"(?<![\w-])--?[a-zA-Z][\w-]*", row)
        takes = "some" if re.search(r"[\w-] +[^\s,-]", row.replace("\\|", "|")) else "none"
        yield from ((name, takes) for name in names)


def rpc_server(source: Path) -> Iterator[Flag]:
    """The options that the RPC server compares its arguments with."""
    text = (source / "tools/rpc/rpc-server.cpp").read_text(encoding="utf-8")
    for short, long, then in _RPC.findall(text):
        takes = "some" if "++i" in then else "none"
        yield from ((short, takes), (long, takes))


def ik_llama_server(source: Path) -> Iterator[Flag]:
    """The options that ik_llama.cpp compares its arguments with; what takes a value checks that there is one."""
    text = (source / "common/common.cpp").read_text(encoding="utf-8")
    for compared, then in _COMPARED.findall(text):
        takes = "some" if then.lstrip().startswith("CHECK_ARG") else "none"
        yield from ((name, takes) for name in re.findall(r'"(--?[a-zA-Z][\w-]*)"', compared))


def by_argparse(text: str) -> Iterator[Flag]:
    """Every ``add_argument`` of a source."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "add_argument":
            action = next((ast.unparse(k.value) for k in node.keywords if k.arg == "action"), "")
            takes = "none" if "store_" in action or "version" in action else "some"
            for one in node.args:
                if isinstance(one, ast.Constant) and str(one.value).startswith("-"):
                    yield str(one.value), takes


def by_typer(text: str) -> Iterator[Flag]:
    """Every parameter that is made an option as typer does, by its name or those that it is given."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.arg) and node.annotation is not None:
            said = ast.unparse(node.annotation)
            if "Option(" in said or said.endswith("Opt"):
                named = re.findall(r"'(--?[a-z][\w-]*)'", said) or [f"--{node.arg.replace('_', '-')}"]
                takes = "none" if re.search(r"\bbool\b", said) else "some"
                yield from ((name, takes) for name in named)


def by_fields(text: str) -> Iterator[Flag]:
    """The fields of classes of arguments: an option by each one's name, or by those that it states. Private ones, and
    those that are derived, are none."""
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.AnnAssign) or not isinstance(node.target, ast.Name):
            continue
        said = ast.unparse(node.annotation)
        if node.target.id.startswith("_") or "Derived(" in said or "no_cli=True" in said:
            continue
        own = re.findall(r"cli_name='(--[\w-]+)'", said) or [f"--{node.target.id.replace('_', '-')}"]
        others = re.findall(r"'(--?[\w-]+)'", "".join(re.findall(r"aliases=\[(.*?)\]", said)))
        takes = "either" if re.search(r"\bbool\b", said) else "some"
        yield from ((name, takes) for name in (*own, *others))


def ollama_serve(source: Path) -> Iterator[Flag]:
    """What the environment may hold."""
    text = (source / "envconfig/config.go").read_text(encoding="utf-8")
    yield from ((name, "some") for name in sorted(set(re.findall(r"\bOLLAMA_[A-Z_]+\b", text))))


def modelfile(source: Path) -> Iterator[Flag]:
    """What PARAMETER may name: the options of a request."""
    text = (source / "api/types.go").read_text(encoding="utf-8")
    options = "".join(re.findall(r"^type (?:Options|Runner) struct \{(.*?)^\}", text, re.DOTALL | re.MULTILINE))
    yield from ((name, "some") for name in re.findall(r'json:"(\w+)', options))


def lms(source: Path) -> Iterator[tuple[str, Flag]]:
    """The options of each of ``lms``'s commands that are used here."""
    for command, file in (("get", "get"), ("load", "load"), ("import", "importCmd"), ("server start", "server")):
        text = (source / f"src/subcommands/{file}.ts").read_text(encoding="utf-8")
        for said in re.findall(r'^ *"((?:-\w, )?--[\w-]+(?: <[\w/-]+>)?)",$', text, re.MULTILINE):
            takes = "some" if "<" in said else "none"
            yield from ((f"lms {command}", (name, takes)) for name in re.findall(r"--?[\w-]+", said.split(" <")[0]))


def dated(source: Path, project: str) -> tuple[str, str]:
    """A checkout's day and commit as a version, and its address. Raises ToolError where git does not know it."""
    command = ["git", "-C", str(source), "log", "-1", "--format=%cs %H"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise ToolError(f"{source} is no checkout: {done.stderr.strip()}")
    day, commit = done.stdout.split()
    return f"{day.replace('-', '.')}+{commit[:8]}", f"https://github.com/{project}/tree/{commit}"


def vllm(texts: list[str]) -> Iterator[Flag]:
    """Every field of the front end's arguments; of the engine's, those that are added, with what their fields say."""
    front, engine = texts
    yield from by_fields(front)
    yield from by_argparse(front)
    takes = dict(by_fields(engine))
    yield from ((flag, takes.get(flag, values)) for flag, values in by_argparse(engine))


def each(read: Callable[[str], Iterator[Flag]]) -> Callable[[list[str]], Iterator[Flag]]:
    """The same of several sources."""
    return lambda texts: chain.from_iterable(map(read, texts))


def in_wheel(folder: Path, package: str, *files: str) -> tuple[str, list[str]]:
    """A package's version, and the text of its files that match. Raises ToolError for a wheel that is not there."""
    found = sorted(folder.glob(f"{package}-*.whl"))
    if not found:
        raise ToolError(f"{folder} holds no wheel of {package}; fetch it with pip download --no-deps")
    with zipfile.ZipFile(found[-1]) as wheel:
        matched = {name: i for name in wheel.namelist() for i, file in enumerate(files) if re.fullmatch(file, name)}
        return found[-1].name.split("-")[1], [
            wheel.read(name).decode() for name in sorted(matched, key=lambda x: matched[x])
        ]


def of_checkouts(folder: Path) -> Iterator[tuple[str, str, Flag, str]]:
    """What is read of checkouts side by side. Raises ToolError for one that is missing."""
    for project, read in (
        ("ikawrakow/ik_llama.cpp", lambda x: (("llama-server of ik_llama.cpp", flag) for flag in ik_llama_server(x))),
        ("ollama/ollama", lambda x: (("ollama serve", flag) for flag in ollama_serve(x))),
        ("ollama/ollama", lambda x: (("Modelfile", flag) for flag in modelfile(x))),
        ("lmstudio-ai/lms", lms),
    ):
        source = folder / project.rpartition("/")[2]
        version, address = dated(source, project)
        yield from ((program, version, flag, address) for program, flag in read(source))


def recorded(folder: Path, tools: Tools) -> Iterator[tuple[str, str, Flag, str]]:
    """Each program's options, with its version and where they are from. Raises ToolError."""
    ours = f"{INDEX}/llama-cpp-python/{tools.version}/"
    convert = (tools.source / "convert_hf_to_gguf.py").read_text(encoding="utf-8")
    for program, flags in (
        ("llama-server", llama_server(tools.source)),
        ("ggml-rpc-server", rpc_server(tools.source)),
        ("convert_hf_to_gguf.py", by_argparse(convert)),
    ):
        yield from ((program, tools.version, flag, ours) for flag in flags)
    for program, package, read, *files in (
        ("mlx_lm.server", "mlx_lm", each(by_argparse), r"mlx_lm/server\.py"),
        ("mlx_lm.convert", "mlx_lm", each(by_argparse), r"mlx_lm/convert\.py"),
        ("vllm serve", "vllm", vllm, r"vllm/entrypoints/common/cli_args\.py", r"vllm/engine/arg_utils\.py"),
        ("sglang.launch_server", "sglang", each(by_fields), r"sglang/srt/arg_groups/fields/\w+\.py"),
        (KTRANSFORMERS, "sglang_kt", each(by_argparse), r"sglang/srt/server_args\.py"),
        ("transformers serve", "transformers", each(by_typer), r"transformers/cli/serve\.py"),
        ("hf download", "huggingface_hub", each(by_typer), r"huggingface_hub/cli/download\.py"),
    ):
        version, texts = in_wheel(folder, package, *files)
        address = f"{INDEX}/{package.replace('_', '-')}/{version}/"
        yield from ((program, version, flag, address) for flag in read(texts))


def write(file: Path, rows: Iterator[tuple[str, str, Flag, str]]) -> int:
    """Write the table; how many options it has. What one source says to take no values another may know better."""
    found: dict[tuple[str, str], tuple[str, str, str]] = {}
    for program, version, (flag, values), address in rows:
        found.setdefault((program, flag), (version, values, address))
    today = datetime.date.today().isoformat()
    with file.open("w", encoding="utf-8", newline="") as out:
        table = csv.writer(out, lineterminator="\n")
        table.writerow(COLUMNS)
        for (program, flag), (version, values, address) in sorted(found.items()):
            table.writerow((program, version, flag, values, address, today))
    return len(found)


def main() -> int:
    """Record them all anew."""
    parser = argparse.ArgumentParser(prog="python -m tools.record.flags", description=__doc__)
    parser.add_argument("--wheels", type=Path, required=True, metavar="FOLDER", help="of the wheels")
    parser.add_argument("--checkouts", type=Path, required=True, metavar="FOLDER", help="of the checkouts")
    parser.add_argument("--output", type=Path, default=CATALOG / "measurements/record/flags.csv", metavar="FILE")
    asked = parser.parse_args()
    try:
        found = chain(recorded(asked.wheels, Tools.from_environment()), of_checkouts(asked.checkouts))
        count = write(asked.output, found)
    except ToolError as error:
        print(f"record: {error}", file=sys.stderr)
        return 2
    print(f"{count} options")
    return 0


if __name__ == "__main__":
    sys.exit(main())
