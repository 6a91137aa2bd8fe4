"""What does a file of the catalog state? Its entries, validated, each with its place; what is wrong is collected."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, Final

from sizing.errors import Problem
from sizing.facts.cache_types import CACHE_TYPES
from sizing.facts.entries.entry import Entry, key_of
from sizing.facts.index import WHERE, members
from sizing.facts.sheets import Chosen, Listed, Many, Named, One, Sets, Sheet
from sizing.facts.validation import validate
from sizing.facts.yaml import Document, Key

_ID: Final = re.compile(r"[a-z0-9]+([.-][a-z0-9]+)*")
_NAMED: Final = ("formats", "runtimes")  # whose ids are written as their makers write them: Q4_K_M
_NAME: Final = re.compile(r"[A-Za-z0-9]+([._-][A-Za-z0-9]+)*")
_LENGTH: Final = 80
_PLAIN: Final = frozenset(["architecture", "compute", "memory", "interconnect", "published"])  # no source


@dataclass(frozen=True)
class Placed:
    """What a file states of one thing, the entry that it is if it holds, and where each of its keys may stand."""

    what: str  # a kind of names, or the key that it stands under
    data: object
    entry: object
    document: Document
    places: Callable[[Key], Sequence[Key]]

    def problem(self, key: Key, what: str) -> Problem:
        """What is wrong at one of its keys, where that stands."""
        return Problem(self.document.file, *self.document.told(*self.places(key)), what)


class Reader:
    """Collects entries, names and problems over all files, so that a check names every problem at once."""

    def __init__(self, model_types: Collection[str]) -> None:
        self.problems: list[Problem] = []
        self.held: dict[str, dict[str, Any]] = {kind: {} for kind in WHERE}  # by kind and id
        self.names: dict[str, dict[str, object]] = {kind: {} for kind in WHERE}
        self.names["model types"].update(dict.fromkeys(model_types))
        self.names["cache types"].update(CACHE_TYPES)
        self.unread: set[str] = set()
        self.origins: dict[str, tuple[str, int]] = {}
        self.placed: list[Placed] = []
        self.examples: list[Placed] = []  # of templates
        self._cited: list[tuple[Document, Key, Any, list[Any]]] = []  # where, what is stated, and which entries take it
        self.sets: dict[str, dict[str, tuple[str, ...]]] = {}
        self.single: dict[str, Any] = {}  # entries that stand alone, by their key
        self.lists: dict[str, list[Any]] = {}
        self.chosen: dict[str, str] = {}

    def _note(self, document: Document, at: Key, what: str) -> None:
        """A problem at a key of a file."""
        self.problems.append(Problem(document.file, *document.told(at), what))

    def aside(self) -> Reader:
        """A reader of a template: what it states is validated, and held by nobody."""
        other = Reader(())
        other.problems, other.placed, other._cited = self.problems, self.examples, self._cited
        return other

    def sheet(self, document: Document, sheet: Sheet) -> None:
        """Everything that a file states."""
        for key, one in sheet.beside.items():
            match one:
                case One():
                    self._one(document, key, one)
                case Many():
                    self._many(document, key, one)
                case Named():
                    self._named(document, key, one.kind)
                case Listed():
                    self._listed(document, key)
                case Sets():
                    self._sets(document, key, one.axes)
                case Chosen():
                    self._chosen(document, key, sheet.names)
        self._members(document, sheet)

    def _members(self, document: Document, sheet: Sheet) -> None:
        """The members, each with what its file states once for all of them, if any may be."""
        names, kind = sheet.names, sheet.kind
        members = document.data.get(names)
        if not isinstance(members, dict) or not members:
            self._note(document, (names,), f"missing; give a mapping of ids under {names}:")
            self.unread.update(sheet.gives)
            return
        shared = [key for key in keys_of(kind) if key != "id"] if sheet.common else []
        meant = self._only(document, (*shared, *sheet.beside, names))
        strange = {names, *meant, *sheet.beside}
        stated = {key: value for key, value in document.data.items() if key not in strange}
        merged = {}
        for name, own in members.items():
            if self._is_member(document, names, name, own):
                merged[name] = over_family(stated, own, name)
        before = len(self.problems)
        hold = [name for name, data in merged.items() if self._entry(kind, document, (names, name), data, meant)]
        if sheet.common and len(merged) > 1:
            self.problems[before:] = _gathered(self.problems[before:], document, names, merged)
        self._cited += ((document, (names, name), members[name], [merged[name]]) for name in hold)
        if len(hold) == len(members):
            self._cited.append((document, (), stated, list(merged.values())))

    def _only(self, document: Document, known: Sequence[str], at: Key = ()) -> dict[str, str | None]:
        """The keys of a mapping that nobody reads, each noted, with the one that may be meant."""
        strange = [key for key in self._mapping(document, at) if key not in known]
        meant = {key: next(iter(difflib.get_close_matches(key, known, n=1)), None) for key in strange}
        for key, right in meant.items():
            hint = f"did you mean {right}?" if right else f"known here: {', '.join(known)}"
            self._note(document, (*at, key), f"unknown key; {hint}")
        return meant

    def _mapping(self, document: Document, at: Key) -> dict[str, Any]:
        """The mapping at ``at``; empty, with a problem noted, where something else stands."""
        found = document.data
        for key in at:
            found = found.get(key) if isinstance(found, dict) else None
        if found is None:
            return {}
        if isinstance(found, dict):
            return found
        self._note(document, at, "is not a mapping; write keys and values under it")
        return {}

    def _one(self, document: Document, key: str, one: One) -> None:
        if key in document.data:
            found = validate(one.kind, document.data[key], document, _within((key,)), self.problems)
            if found is not None:
                self.single[key] = found
                self._cited.append((document, (key,), document.data[key], [document.data[key]]))
        elif one.needed and not difflib.get_close_matches(key, document.data, n=1):
            self._note(document, (key,), "missing; restore it")

    def _many(self, document: Document, key: str, many: Many) -> None:
        items = document.data.get(key) or []
        if not isinstance(items, list):
            self._note(document, (key,), "is not a list; write an item a line, each after a dash")
            return
        shared = {name: document.data[name] for name in many.shares if name in document.data}
        for i, item in enumerate(items):
            data = {**shared, **item} if isinstance(item, dict) else item
            entry = validate(many.kind, data, document, _within((key, i)), self.problems)
            self.placed.append(Placed(key, data, entry, document, _within((key, i))))
            if entry is not None:
                self.lists.setdefault(key, []).append(entry)

    def _named(self, document: Document, names: str, kind: type[Entry]) -> None:
        if _is_lost(document.data, names):
            self.unread.add(names)
        for name, data in self._mapping(document, (names,)).items():
            self.names[names][name] = None
            if not isinstance(data, dict):
                self._note(document, (names, name), "is not a mapping; write keys and values under it")
            elif self._validated(kind, document, (names, name), data):
                self._cited.append((document, (names, name), data, [data]))

    def _listed(self, document: Document, names: str) -> None:
        found = document.data.get(names, [])
        if isinstance(found, list) and all(isinstance(name, str) for name in found):
            self.names[names].update(dict.fromkeys(found))
        else:
            self._note(document, (names,), "is not a list of names; write [a, b]")
            self.unread.add(names)
        if names not in document.data and _is_lost(document.data, names):
            self.unread.add(names)

    def _sets(self, document: Document, key: str, axes: Sequence[str]) -> None:
        self._only(document, axes, (key,))
        for axis in axes:
            if _is_lost(document.data, key) or _is_lost(document.data.get(key), axis):
                self.unread.add(f"sets of {axis}")
            own = self.sets.setdefault(axis, {})
            for name, listed in self._mapping(document, (key, axis)).items():
                if name in self.names[axis]:
                    self._note(document, (key, axis, name), "is an id; choose another name for the list")
                elif isinstance(listed, list) and listed and all(isinstance(one, str) for one in listed):
                    own[name] = members(self.sets, axis, listed)  # an earlier set's, too
                else:
                    self._note(document, (key, axis, name), "is not a list of names; write [a, b]")
                self.names[f"sets of {axis}"][name] = None
        self.placed.append(Placed(key, document.data.get(key), None, document, _within((key,))))

    def _chosen(self, document: Document, key: str, names: str) -> None:
        if key in document.data:
            self.chosen[key] = str(document.data[key])
            self.placed.append(Placed(key, self.chosen[key], None, document, _within((key,))))
        elif not difflib.get_close_matches(key, document.data, n=1):
            self._note(document, (key,), f"missing; give an id of {names}")

    def unsupported(self) -> Iterator[Problem]:
        """Each key that a source says it supports, and that no entry which takes the source has."""
        for document, at, stated, entries in self._cited:
            for holder, own, source in _sources(stated, ()):
                names = source.get("for")
                for i, name in enumerate(names if isinstance(names, list) else ()):
                    key = (*holder, *str(name).split("."))
                    if not any(_has(entry, key) for entry in entries):
                        what = f"{name!r} is no key of this entry; leave it out, or state the fact"
                        told = document.told((*at, *holder, *own, "for", i))
                        yield Problem(document.file, *told, what)

    def _is_member(self, document: Document, names: str, name: str, own: object) -> bool:
        """Whether a member may be read; else why not is noted."""
        at: Key = (names, name)
        self.names[names][name] = None
        if not is_id(names, name):
            example = "Q4_K_M" if names in _NAMED else "llama-3-8b"
            shape = "letters and digits" if names in _NAMED else "kebab-case"
            self._note(document, at, f"is no id; write it in {shape}, such as {example}")
        elif not isinstance(own, dict):
            self._note(document, at, "is not a mapping; write keys and values under it")
        elif name in self.origins:
            file, line = self.origins[name]
            self._note(document, at, f"id is taken by {file}:{line}; choose another")
        elif "id" in own:
            self._note(document, (*at, "id"), "unknown key; the id is the key above")
        else:
            return True
        self.unread.add(names)  # names that nothing stands for may mean it
        return False

    def _entry(
        self, kind: type[Entry], document: Document, at: Key, data: dict[str, Any], meant: Mapping[str, str | None]
    ) -> bool:
        """Whether a member holds. ``meant`` are the keys that its file misspells."""
        self.origins[str(at[1])] = (document.file, document.line(at))
        before = len(self.problems)
        holds = self._validated(kind, document, at, data)
        # What the file misspells for all its members, none of them lacks.
        self.problems[before:] = [
            one
            for one in self.problems[before:]
            if not (one.what.startswith("missing") and one.key.rpartition(".")[2] in meant.values())
        ]
        return holds

    def _validated(self, kind: type[Entry], document: Document, at: Key, data: dict[str, Any]) -> bool:
        entry = validate(kind, data, document, _within(at), self.problems)
        self.placed.append(Placed(str(at[0]), data, entry, document, _within(at)))
        if entry is not None:
            self.held[str(at[0])][str(at[1])] = entry
        return entry is not None


def _gathered(problems: list[Problem], document: Document, names: str, members: Collection[str]) -> Iterator[Problem]:
    """The problems of members; a key that all of them lack is told once, at the file's members."""
    lacking = {
        f"{names}.{name}.{key}": key for name in members for key in {one.key.rpartition(".")[2] for one in problems}
    }
    missing = [one for one in problems if one.what.startswith("missing") and one.key in lacking]
    times = Counter(lacking[one.key] for one in missing)
    told = set()
    for one in problems:
        key = lacking.get(one.key)
        if key is None or one not in missing or times[key] < len(members):
            yield one
        elif key not in told:
            told.add(key)
            what = f"{one.what}, once for all {len(members)} {names} or for each"
            yield Problem(document.file, document.line((names,)), key, what)


def is_id(names: str, name: str) -> bool:
    """Whether a member of a kind of ``names`` may be called so."""
    return bool((_NAME if names in _NAMED else _ID).fullmatch(name)) and len(name) <= _LENGTH


def keys_of(kind: type[Entry]) -> list[str]:
    """What the fields of an entry are called in a file."""
    return [key_of(field) for field in fields(kind)]


def _is_lost(data: object, key: str) -> bool:
    """Whether the mapping under ``key`` cannot be read, or stands under another key that is misspelt."""
    if not isinstance(data, dict) or key in data:
        return isinstance(data, dict) and not isinstance(data[key], dict)
    return bool(difflib.get_close_matches(key, data, n=1))


def _within(at: Key) -> Callable[[Key], Sequence[Key]]:
    """Where a key of the entry at ``at`` may stand: there, else where its file states it once for all."""
    return lambda key: ((*at, *key), key)


def over_family(common: Mapping[str, Any], own: Mapping[str, Any], name: str) -> dict[str, Any]:
    """A member's facts over its family's; architecture maps merge key by key."""
    result = {**common, **own, "id": name}
    if isinstance(common.get("architecture"), dict) and isinstance(own.get("architecture"), dict):
        result["architecture"] = {**common["architecture"], **own["architecture"]}
    return result


def _sources(data: object, at: Key) -> Iterator[tuple[Key, Key, dict[str, Any]]]:
    """Each source in ``data``, by the key of what holds it and its own there."""
    if not isinstance(data, dict):
        return
    for key, value in data.items():
        if key == "source" and isinstance(value, dict):
            yield at, (key,), value
        elif isinstance(value, list):
            for i, item in enumerate(value):
                if not isinstance(item, dict):
                    break
                if key == "sources":
                    yield at, (key, i), item
                elif key not in _PLAIN:
                    yield from _sources(item, (*at, key, i))
        elif isinstance(value, dict) and key not in _PLAIN:
            yield from _sources(value, (*at, key))


def _has(data: object, key: Key) -> bool:
    """Whether ``data`` states a key; of a list, one of its items does."""
    for at, part in enumerate(key):
        if isinstance(data, list) and not isinstance(part, int):
            return any(_has(item, key[at:]) for item in data)
        try:
            data = data[part]  # type: ignore[index]
        except (KeyError, IndexError, TypeError):
            return False
    return True
