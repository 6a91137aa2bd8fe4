"""How does a page read as a note? Its plain edition, with links to other notes and pictures as files beside them."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import PurePosixPath
from typing import Final
from urllib.parse import quote, unquote, urljoin, urlsplit

from ..built.plain import outside_code, plain, text_of
from ..labels import notes as labels
from .pictures import standing_alone, title_of

PICTURES: Final = "attachments"
_LINK: Final = re.compile(
    r"(?P<code>`+)(?!`).*?(?<!`)(?P=code)(?!`)"
    r"|(?<!!)\[(?P<words>(?:[^\[\]\n]|\[[^\[\]\n]*\])*)\]\((?P<target><[^>\n]*>|(?:[^()\s]|\([^()\s]*\))+)\)"
)
_HEADING: Final = re.compile(r"^(#{1,6}) +(.+?)(?: *\{:? *#([\w-]+)[^}\n]*\})? *$", re.M)
# What Obsidian would take for more than a heading's text.
_MORE: Final = re.compile(r"[#^|\\\[\]]+|%%")


@dataclass(frozen=True)
class Text:
    """A page: where its note lies, its address below the site's, its front matter as it stands, and what it says."""

    path: str
    address: str
    front: str
    markdown: str


@dataclass
class Notes:
    """All pages of a site."""

    texts: Sequence[Text]
    site: str
    url: str
    slug: Callable[[str, str], str]
    _paths: dict[str, str] = field(init=False)
    _headings: dict[str, dict[str, str]] = field(init=False)

    def __post_init__(self) -> None:
        self._paths = {unquote(text.address).rstrip("/"): text.path for text in self.texts}
        self._headings = {text.path: dict(self._anchors(text.markdown)) for text in self.texts}

    def files(self) -> dict[str, bytes]:
        """Every note and every picture, by paths."""
        made: dict[str, bytes] = {}
        for text in self.texts:
            pictures: list[str] = []
            said = plain(text.markdown, partial(_drawn, path=text.path, into=pictures))
            said = outside_code(said, partial(self._linked, path=text.path))
            made[text.path] = f"{text.front}{labels.generated(self.site)}\n\n{said}".encode()
            made |= {_picture(text.path, i): drawn.encode() for i, drawn in enumerate(pictures)}
        return made

    def _anchors(self, markdown: str) -> Iterator[tuple[str, str]]:
        for heading in _HEADING.finditer(markdown):
            words = plain(heading[2]).strip()
            yield heading[3] or self.slug(words, "-"), words

    def _linked(self, said: str, path: str) -> str:
        def link(found: re.Match[str]) -> str:
            return found[0] if found["code"] else self._link(found["words"], found["target"].strip("<>"), path)

        return _LINK.sub(link, said)

    def _link(self, words: str, target: str, path: str) -> str:
        """A link as Obsidian follows it; what is no note leads to the site, or nowhere where that has no address."""
        parts = urlsplit(target)
        if parts.scheme or parts.netloc:
            return f"[{words}]({target})"
        folder = posixpath.dirname(path)
        whole = posixpath.normpath(posixpath.join(folder, unquote(parts.path))) if parts.path else path
        note = self._note(whole)
        if note is None:
            return f"[{words}]({urljoin(self.url, quote(whole))})" if self.url else words
        heading = self._headings[note].get(unquote(parts.fragment))
        place = "#" + _spaced(_MORE.sub(" ", heading).strip()) if heading else ""
        if note == path:
            return f"[{words}]({place})" if place else words
        return f"[{words}]({_spaced(posixpath.relpath(note, folder or '.'))}{place})"

    def _note(self, whole: str) -> str | None:
        """The note of a page by its file or by its address."""
        if whole in self._headings:
            return whole
        address = whole.removesuffix("index.html").rstrip("/")
        return self._paths.get("" if address == "." else address)


def _spaced(text: str) -> str:
    """A place in a link: as it is, but for what would end it."""
    return re.sub(r"[ ()<>]", lambda found: quote(found[0]), text)


def _drawn(figure: str, path: str, into: list[str]) -> str:
    """A picture as it is embedded; nothing where there is none."""
    drawn = standing_alone(figure)
    if drawn is None:
        return ""
    into.append(drawn)
    name = posixpath.relpath(_picture(path, len(into) - 1), posixpath.dirname(path) or ".")
    return f"\n![{text_of(title_of(figure))}]({_spaced(name)})\n"


def _picture(path: str, number: int) -> str:
    return f"{PICTURES}/{PurePosixPath(path).stem}-{number + 1}.svg"
