"""What does a browser need to read a model from a file? Tables as plain data, and with them what ``read_model`` tells.

    {"defaults": transformers' (``sizing.anatomy.dialect``), "dialect": what else that knows of model types and words,
     "wanted": what entries want (``sizing.facts.wanted``), "formats": [of ``Format``, …],
     "runtimes": [of ``Runtime``, …], "named": [format, …], "families": {model: family}}

Entries are as ``sizing.facts.plain`` writes them, without sources and notes. What reads them again is here too, and is
what the browser's second module is made of (``tools/javascript``).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from sizing.anatomy.shaped import ShapedEntry
from sizing.errors import SizingError
from sizing.export.explained import explained_model
from sizing.export.models import Data, read_data
from sizing.facts.built import trusted
from sizing.facts.entries.formats import Format
from sizing.facts.entries.runtimes import Runtime
from sizing.facts.wanted import wanted
from sizing.files.gguf import Header, PartError, first_of, header_of, others_of
from sizing.files.gguf_header import RawHeader
from sizing.files.told import UNLIKE, of_config, of_gguf
from sizing.launch.facts import of_model
from sizing.model import Model

UNSAID: Final = (
    "sources",
    "source",
    "note",
    "servers",
    "backends",
    "by_memory",
)  # of entries, which decide nothing here


@dataclass(frozen=True)
class Rules:
    """Formats and runtimes, by id."""

    formats: Mapping[str, Format]
    runtimes: Mapping[str, Runtime]
    named: Sequence[str]  # the formats that a model is told in
    families: Mapping[str, str]  # of the catalog's models
    models: Mapping[str, ShapedEntry]  # none: a page asks for no format of another model's

    def format(self, name: str) -> Format:
        """A format by id, matched without case. Raises SizingError for an unknown one."""
        for fmt in self.formats.values():
            if fmt.id.lower() == name.lower():
                return fmt
        raise SizingError(f"unknown format {name!r}")

    def family(self, model: str) -> str | None:
        """A model's family by its id; None of one that is not the catalog's."""
        return self.families.get(model)


def rules_of(data: Mapping[str, Any]) -> Rules:
    """The formats and runtimes that were told."""
    formats = [trusted(wanted(Format), one) for one in data["formats"]]
    runtimes = [trusted(wanted(Runtime), one) for one in data["runtimes"]]
    return Rules(
        {one.id: one for one in formats}, {one.id: one for one in runtimes}, data["named"], data["families"], {}
    )


def config_told(rules: Rules, config: object, name: str, file: str, kinship: str | None) -> Data:
    """The model of a config.json of this name, as the engine plans with it. Raises SizingError, in one line."""
    return _in_words(file, lambda: _told(rules, of_config(config, name, kinship), None))


def gguf_told(rules: Rules, raws: Mapping[str, RawHeader], file: str, kinship: str | None) -> Data:
    """The same of a GGUF file, of which it and those beside it were read. Raises SizingError, in one line."""
    header = _header(raws, file)
    return _in_words(file, lambda: _told(rules, of_gguf(header, file, kinship), file))


def _in_words(file: str, tell: Callable[[], Data]) -> Data:
    """What is told of a file, or the line that refuses it."""
    try:
        return tell()
    except SizingError as error:
        raise SizingError(f"{file}: {error}") from None
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
        raise SizingError(f"{file}: {UNLIKE}") from None


def _header(raws: Mapping[str, RawHeader], file: str) -> Header:
    """The header of a file with all of its parts. Raises SizingError for what is no model, or no whole one."""
    raw = raws[file]
    try:
        first = first_of(raw, file, lambda name: name in raws)
        if first is None:
            return header_of(raw, [raws[name] for name in others_of(raw, file, lambda name: name in raws)])
    except PartError as error:
        raise SizingError(f"{file}: {error}") from None
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
        raise SizingError(f"{file}: {UNLIKE}") from None
    return _header(raws, first)


def _told(rules: Rules, model: Model, path: str | None) -> Data:
    """A model in the formats that are named, and what starts it."""
    start: Data = {**of_model(model), "own": path}
    told = read_data(rules, replace(model, path=path), rules.named)
    return {**told, "start": start, "explained": explained_model(rules, model, rules.named)}
