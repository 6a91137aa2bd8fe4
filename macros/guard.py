"""Is this call right? Bad input and untrue sentences as one line with the page's file and line; answers kept."""

from __future__ import annotations

import inspect
import logging
import sys
from collections.abc import Hashable, Mapping
from pathlib import Path
from types import FrameType

from sizing.errors import SizingError

from .environment import Environment, Macro
from .markdown import Markdown, escape
from .site import Site

# A warning of MkDocs' own logger makes a strict build fail.
log = logging.getLogger("mkdocs.macros")


def stop(error: SizingError) -> Exception:
    """What ends a build with that one line: MkDocs tells others' errors at length, and Zensical knows no MkDocs."""
    try:
        from mkdocs.exceptions import PluginError
    except ImportError:
        return error
    return PluginError(str(error))


def guarded(macro: Macro, name: str, site: Site) -> Macro:
    """``macro`` as pages call it: its answer escaped where it is text, and made once for each page depth and catalog.

    Bad input is reported as one line and as a mark on the page, so that a served site stays up.
    """
    signature = inspect.signature(macro)
    takes = f"it takes {signature}".replace("'", "").removesuffix(" -> str")

    def call(*args: object, **kwargs: object) -> str:
        try:
            signature.bind(*args, **kwargs)
        except TypeError as error:
            return _report(site.env, f"{name}(): {error}; {takes}".replace("'", ""))
        try:
            return _said(macro, name, site, args, kwargs)
        except SizingError as error:
            return _report(site.env, f"{name}(): {error}")
        except Exception as error:
            # A slip in an argument, such as a number where a name belongs: the author is owed a line, not a traceback.
            return _report(site.env, f"{name}(): {type(error).__name__}: {error}; {takes}")

    call.__name__, call.__doc__ = name, macro.__doc__
    return call


def _said(macro: Macro, name: str, site: Site, args: tuple[object, ...], kwargs: Mapping[str, object]) -> str:
    def say() -> str:
        return str(escape(macro(*args, **kwargs)))

    try:
        question = (name, site.settings, site.depth, _frozen(args), _frozen(kwargs))
    except TypeError:
        return say()
    return site.once(question, say)


def _frozen(value: object) -> Hashable:
    """A literal of a template as a key, with its type, since 1 and True are equal. Raises TypeError for another."""
    if value is None or isinstance(value, str | int | float):
        return type(value), value
    if isinstance(value, Mapping):
        return dict, tuple((key, _frozen(one)) for key, one in value.items())
    if isinstance(value, list | tuple):
        return type(value), tuple(map(_frozen, value))
    raise TypeError(f"{value!r} is no literal")


def _report(env: Environment, message: str) -> str:
    where = f"{_file(env)}:{_line(env)}"
    log.warning("%s: %s", where, message)
    return str(Markdown('<strong class="macro-error">{}</strong>').format(f"{where}: {message}"))


def _source(env: Environment) -> Path:
    """The file that a page was read from; Zensical names it below the folder of pages."""
    page = env.page
    if hasattr(page, "file"):
        return Path(page.file.abs_src_path)
    return Path(env.project_dir, str(env.conf.get("docs_dir") or "docs"), str(getattr(page, "path", "")))


def _file(env: Environment) -> str:
    path = _source(env)
    root = Path(env.project_dir)
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix()


def _line(env: Environment) -> int:
    """The line in the file of the template expression that is being rendered."""
    frame: FrameType | None = sys._getframe()
    while frame is not None:
        # Jinja compiles a template into a module of its own, which knows which line came from which.
        template = frame.f_globals.get("__jinja_template__")
        if template is not None:
            return int(template.get_corresponding_lineno(frame.f_lineno)) + _front_matter(env)
        frame = frame.f_back
    return 1


def _front_matter(env: Environment) -> int:
    """Lines above the Markdown that the template was made of."""
    markdown: str | None = getattr(env.page, "markdown", None)
    if not markdown:
        return 0
    return _source(env).read_text(encoding="utf-8-sig").count("\n") - markdown.count("\n")
