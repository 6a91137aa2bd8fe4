"""What is a page of one entry? An address, a title, a sentence, words to find it by, and sections."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal
from urllib.parse import quote

from ..labels import entries
from ..markdown import Markdown, escape, together
from .blocks import Block

Kind = Literal["models", "devices", "machines"]

UP: Final = "../../"  # from a page to the site's root


@dataclass(frozen=True)
class Section:
    """A heading with what stands under it."""

    id: str
    title: str
    blocks: Sequence[Block]


@dataclass(frozen=True)
class Action:
    """A page that answers at once, told what is asked of it: its address below the site's root."""

    text: str
    address: str


@dataclass(frozen=True)
class EntryPage:
    """A page of a model, a device or a machine."""

    kind: Kind
    id: str
    title: str
    summary: str
    words: str  # what people may search for, beside the title
    sections: Sequence[Section]
    boost: float = 1.0  # how much rather than another a search shows it
    actions: Sequence[Action] = ()  # where a reader asks on, the likeliest first

    @property
    def address(self) -> str:
        """Below the site's root, with a slash at its end."""
        return f"{self.kind}/{quote(self.id)}/"

    @property
    def outline(self) -> tuple[tuple[str, str], ...]:
        """The id and title of each section."""
        return tuple((section.id, section.title) for section in self.sections)

    def html(self) -> Markdown:
        """What stands under the title."""
        shown = (
            Markdown('<h2 id="{0}">{1}<a class="headerlink" href="#{0}" title="{2}">&para;</a></h2>\n{3}').format(
                section.id, section.title, section.title, Markdown("\n").join(one.html() for one in section.blocks)
            )
            for section in self.sections
        )
        return Markdown("\n").join([self._above(), *shown])

    def _above(self) -> Markdown:
        """The way back to all entries of its kind, what it is in a sentence, and where one asks on."""
        index = to_page(f"data/{self.kind}/", entries.back(self.kind))
        said = self.summary.removeprefix(entries.named(self.title))
        shown = Markdown('<p class="note">{}</p>\n<p>{}</p>').format(index, said)
        return together(shown, Markdown('\n<p class="actions">{}</p>').format(self._asked())) if self.actions else shown

    def _asked(self) -> Markdown:
        """The buttons that lead there, the first one filled."""
        button = Markdown('<a class="md-button{}" href="{}{}">{}</a>')
        first = Markdown(" md-button--primary")
        return together(
            *(
                button.format(first if one is self.actions[0] else Markdown(""), Markdown(UP), one.address, one.text)
                for one in self.actions
            )
        )

    def markdown(self) -> Markdown:
        """All of it as plain text, at an address one folder higher up."""
        shown = (
            Markdown("## {}\n\n{}").format(
                section.title, Markdown("\n\n").join(filter(None, map(_text, section.blocks)))
            )
            for section in self.sections
        )
        text = Markdown("# {}\n\n{}\n\n{}\n").format(self.title, self.summary, Markdown("\n\n").join(shown))
        return Markdown(str(text).replace(f'href="{UP}', 'href="../'))

    def found_by(self) -> Markdown:
        """What the search reads of it."""
        return together(Markdown("<p>{}</p>").format(self.summary), Markdown("<p>{}</p>").format(self.words))


def _text(block: Block) -> Markdown:
    return block.markdown()


def to(kind: Kind, id: str, text: str) -> Markdown:
    """A link from one page of an entry to another."""
    return Markdown('<a href="{}{}/{}/">{}</a>').format(Markdown(UP), kind, quote(id), text)


def to_page(address: str, text: str) -> Markdown:
    """A link from a page of an entry to one of the others, by its address below the site's root."""
    return Markdown('<a href="{}{}">{}</a>').format(Markdown(UP), address, escape(text))
