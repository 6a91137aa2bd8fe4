"""What does it cost that tables are computed? The site's build beside one whose pages hold the same tables, pasted in.

``make scale`` writes it down; ``make scale ARGS=--pasted`` measures this alone.

Both are of all pages, those of models, devices and machines too, by the same theme, Markdown and search. The one works
out each number; to the other, every page is Markdown as somebody would have pasted it, and nothing is left to compute,
nor is anything made beside pages.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import yaml
from mkdocs.utils.yaml import get_yaml_loader, yaml_load

from macros.notes.pages import said

ROOT: Final = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Work:
    """What a build took: seconds of processors, its own processes' too, and of the clock."""

    processors: float
    clock: float


def built(project: Path, site: Path, **environment: str) -> Work:
    """Build a project's site. Raises CalledProcessError where it cannot be built."""
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", site],
        cwd=project,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": str(ROOT), **environment},
        check=True,
    )
    clock, after = time.monotonic() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    processors = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Work(processors=round(processors, 1), clock=round(clock, 1))


def pasted(folder: Path) -> Path:
    """A project in a folder whose pages are this one's with every macro said, and which has none itself."""
    texts, _ = said(ROOT)
    (folder / "overrides").symlink_to(ROOT / "overrides")
    docs = folder / "docs"
    for text in texts:
        file = docs / text.path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text.front + text.markdown, encoding="utf-8")
    (docs / "assets").symlink_to(ROOT / "docs" / "assets")
    (folder / "mkdocs.yml").write_text(_settings(), encoding="utf-8")
    return folder


def _settings() -> str:
    """The site's own, without macros and hooks."""
    with (ROOT / "mkdocs.yml").open(encoding="utf-8") as file:
        own: Mapping[str, object] = yaml_load(file, loader=get_yaml_loader(yaml.Loader))
    search = [one for one in own["plugins"] if "search" in one]  # type: ignore[attr-defined]
    return f"INHERIT: {ROOT}/mkdocs.yml\nhooks: []\nwatch: []\n" + yaml.safe_dump(
        {"plugins": search}, allow_unicode=True
    )


def measured() -> dict[str, Work]:
    """Both builds, the pasted one last."""
    with tempfile.TemporaryDirectory() as folder:
        project = pasted(Path(folder))
        return {
            "computed": built(ROOT, Path(folder) / "site-computed", FULL="true"),
            "pasted": built(project, Path(folder) / "site-pasted"),
        }
