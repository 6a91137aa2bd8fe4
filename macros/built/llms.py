"""What is on this site, for readers that are programs? ``llms.txt``: a list of its pages as plain text, and its data.

The form is https://llmstxt.org's: a name, a summary, lists of links. Every page has a plain edition at its own address
with ``.md`` in place of the last slash.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ..labels import entries as labels
from .plain import text_of


@dataclass(frozen=True)
class Listed:
    """A page: its address below the site's root, with a slash at its end (empty for the first), and what it is."""

    address: str
    title: str
    about: str = ""

    @property
    def edition(self) -> str:
        """The address of its plain edition."""
        return f"{self.address.rstrip('/') or 'index'}.md"


def llms(name: str, summary: str, root: str, lists: Mapping[str, Iterable[Listed]], data: Iterable[str]) -> str:
    """The file. ``root`` is the site's address with a slash at its end, or nothing where it has none."""
    parts = [f"# {name}", f"> {summary}"]
    for heading, pages in lists.items():
        parts.append(f"## {heading}\n\n" + "\n".join(_line(one, root) for one in pages))
    parts.append(f"## {labels.DATA}\n\n" + "\n".join(f"- [{one}]({root}{one})" for one in data))
    return "\n\n".join(parts) + "\n"


def _line(page: Listed, root: str) -> str:
    about = f": {text_of(page.about)}" if page.about else ""
    return f"- [{text_of(page.title)}]({root}{page.edition}){about}"
