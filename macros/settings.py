"""What may a site decide? The settings under ``extra: sizing:`` in its mkdocs.yml; docs/elsewhere.md has them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Final

from sizing import SizingError

# What ``links`` says where the site itself has the pages that macros lead to.
HERE: Final = "here"
LANGUAGES: Final = ("zh",)


@dataclass(frozen=True)
class Settings:
    """What is left out is as a site wants it that only calls a macro here and there."""

    catalog: str | None = None  # a folder, from mkdocs.yml's; else the one that came with the package
    links: str = ""  # where the pages lie that names lead to: an address, "here", or nothing for no links
    prefix: str = "sizing_"  # what every macro's name begins with
    check_prose: bool = False  # whether a number of the catalog that is typed by hand is a warning
    engine: bool = False  # whether the engine lies below assets/sizing/, for pages that plan by themselves
    purchases: bool = True  # whether what to buy, within any budget, lies beside it: that takes seconds to find
    language: str = "zh"
    entries: bool = False  # whether every model, device and machine has a page
    repository: str = ""  # the address of the catalog's repository, where entries are corrected; nothing for no links

    def root(self, project: str) -> Path | None:
        """The catalog's folder, where the site names one."""
        return Path(project, self.catalog) if self.catalog else None


def settings_of(conf: Mapping[str, object]) -> Settings:
    """A site's settings. Raises SizingError for one that cannot be."""
    extra = conf.get("extra") or {}
    given = (extra.get("sizing") if isinstance(extra, Mapping) else None) or {}
    known = {field.name: type(field.default) for field in fields(Settings)} | {"catalog": str}
    where = "mkdocs.yml: extra.sizing"
    if not isinstance(given, Mapping):
        raise SizingError(f"{where}: is not a mapping; write any of {', '.join(known)} under it")
    for key, value in given.items():
        if key not in known:
            raise SizingError(f"{where}.{key}: unknown key; known here: {', '.join(known)}")
        if not isinstance(value, known[key]):
            right = "true or false" if known[key] is bool else "text"
            raise SizingError(f"{where}.{key}: {value!r} is not {right}; give {right}")
    found = Settings(**given)
    if found.language not in LANGUAGES:
        raise SizingError(f"{where}.language: no labels in {found.language!r}; give one of {', '.join(LANGUAGES)}")
    if found.links not in ("", HERE) and not found.links.startswith(("https://", "http://")):
        raise SizingError(f"{where}.links: {found.links!r} is no address; give https://…, {HERE}, or leave it out")
    if found.repository and not found.repository.startswith("https://"):
        raise SizingError(f"{where}.repository: {found.repository!r} is no address; give https://…, or leave it out")
    if found.prefix and not found.prefix.isidentifier():
        raise SizingError(
            f"{where}.prefix: {found.prefix!r} cannot begin a macro's name; give letters, such as sizing_"
        )
    return found
