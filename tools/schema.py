"""Write the schemas of the catalog's YAML, and of what commands print, into ``docs/schema/``; name the first in each
file's first line.

``python -m tools.schema``; a test fails where either is stale.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

from sizing.facts.files import FILES, found_in
from sizing.facts.schema import FOLDER, first_line, schemas
from sizing.facts.sheets import Sheet
from tools.printed import schema

ROOT: Final = Path(__file__).resolve().parent.parent
ANSWERS: Final = "answers.json"
MARK: Final = "# yaml-language-server:"


def texts() -> dict[Path, str]:
    """What each schema's file holds."""
    return {
        ROOT / FOLDER / name: json.dumps(one, ensure_ascii=False, indent=1) + "\n"
        for name, one in {**schemas(), ANSWERS: schema()}.items()
    }


def catalog() -> dict[Path, str]:
    """What each YAML file of the catalog holds, its first line mended."""
    found, _ = found_in(ROOT / "catalog")
    mended: dict[Path, str] = {}
    for kind in FILES:
        for path in found[kind] if isinstance(kind.what, Sheet) else ():
            lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
            kept = lines[1:] if lines and lines[0].startswith(MARK) else lines
            mended[path] = f"{first_line(kind)}\n{''.join(kept)}"
    return mended


def main() -> None:
    """Write what is stale."""
    for path, text in {**texts(), **catalog()}.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            print(path.relative_to(ROOT))


if __name__ == "__main__":
    main()
