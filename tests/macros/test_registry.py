"""The folder stands on its own: its modules name each other relatively, and only ``labels`` speaks Chinese."""

import ast
import inspect
import re
from pathlib import Path

import pytest

import macros
from macros.registry import MACROS
from macros.settings import Settings
from macros.site import Site

FOLDER = Path(macros.__file__).parent
MODULES = sorted(FOLDER.rglob("*.py"))
# Han, and the punctuation and full-width forms that go with it.
CHINESE = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]")


@pytest.mark.parametrize("file", MODULES, ids=lambda file: file.relative_to(FOLDER).as_posix())
def test_only_labels_hold_chinese(file: Path) -> None:
    chinese = CHINESE.findall(file.read_text(encoding="utf-8"))
    if file.parent != FOLDER / "labels":
        assert chinese == []


@pytest.mark.parametrize("file", MODULES, ids=lambda file: file.relative_to(FOLDER).as_posix())
def test_a_module_names_its_neighbours_relatively(file: Path) -> None:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            assert not [alias for alias in node.names if alias.name.split(".")[0] == "macros"]
        if isinstance(node, ast.ImportFrom) and not node.level:
            assert (node.module or "").split(".")[0] != "macros"


@pytest.mark.parametrize("name", MACROS)
def test_a_macro_is_a_function_of_a_site_with_its_purpose(name: str) -> None:
    first, *_ = inspect.signature(MACROS[name], eval_str=True).parameters.values()
    assert first.annotation is Site
    assert MACROS[name].__doc__
    assert MACROS[name].__name__ == name


def test_every_macro_of_a_page_is_registered() -> None:
    pages = "".join(file.read_text(encoding="utf-8") for file in (FOLDER.parent / "docs").rglob("*.md"))
    shown = "".join(re.findall(r"\{% raw %\}(.*?)\{% endraw %\}", pages, re.S))  # what other sites call
    called, elsewhere = (set(re.findall(r"\{\{ (\w+)\(", text)) for text in (pages.replace(shown, ""), shown))
    assert called
    assert called <= MACROS.keys()
    assert elsewhere
    assert elsewhere <= {f"{Settings().prefix}{name}" for name in MACROS}
