"""Is this sentence still true? Errors of macros, and of guards, as one line with the page's file and line."""

from __future__ import annotations

import functools
import inspect
import logging
import sys
from collections.abc import Callable
from html import escape
from pathlib import Path
from types import FrameType
from typing import Any

from sizing.errors import SizingError

# A warning of MkDocs' own logger makes a strict build fail.
log = logging.getLogger("mkdocs.macros")


def guarded(macro: Callable[..., str], env: Any) -> Callable[..., str]:
    """``macro``, reporting bad input as one line and as a mark on the page, so that a served site stays up."""
    signature = inspect.signature(macro)

    @functools.wraps(macro)
    def call(*args: Any, **kwargs: Any) -> str:
        try:
            signature.bind(*args, **kwargs)
        except TypeError as error:
            return _report(env, f"{macro.__name__}(): {error}; it takes {signature}".replace("'", ""))
        try:
            return macro(*args, **kwargs)
        except SizingError as error:
            return _report(env, f"{macro.__name__}(): {error}")
        except Exception as error:
            # A slip in an argument, such as a number where a name belongs: the author is owed a line, not a traceback.
            return _report(env, f"{macro.__name__}(): {type(error).__name__}: {error}; it takes {signature}")

    return call


def _report(env: Any, message: str) -> str:
    where = f"{_file(env)}:{_line(env)}"
    log.warning("%s: %s", where, message)
    return f'<strong class="macro-error">{escape(f"{where}: {message}")}</strong>'


def _file(env: Any) -> str:
    path = Path(env.page.file.abs_src_path)
    root = Path(env.conf["config_file_path"]).parent
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix()


def _line(env: Any) -> int:
    """The line in the file of the template expression that is being rendered."""
    frame: FrameType | None = sys._getframe()
    while frame is not None:
        # Jinja compiles a template into a module of its own, which knows which line came from which.
        template = frame.f_globals.get("__jinja_template__")
        if template is not None:
            return int(template.get_corresponding_lineno(frame.f_lineno)) + _front_matter(env)
        frame = frame.f_back
    return 1


def _front_matter(env: Any) -> int:
    """Lines above the Markdown that the template was made of."""
    text = Path(env.page.file.abs_src_path).read_text(encoding="utf-8-sig")
    return text.count("\n") - env.page.markdown.count("\n") if env.page.markdown else 0
