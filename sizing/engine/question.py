"""What is asked of a search? A use, and what limits the answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sizing.errors import SizingError


@dataclass(frozen=True, kw_only=True)
class Use:
    """What a use needs where nothing else is said. Tokens of each sequence, tokens/s of each, seconds."""

    subject: str  # whose scores count
    context: int
    prompt: int
    answer: int  # tokens that are read, thinking left out
    sequences: int  # at once
    min_decode: float
    wait: float  # until an answer stands
    tools: bool = False  # whether the model must call tools


# What people do with a model. These are choices, no facts: a search takes others by its options.
USES: Final[Mapping[str, Use]] = {
    "chat": Use(subject="general", context=8192, prompt=512, answer=512, sequences=1, min_decode=8, wait=90),
    "coding": Use(subject="code", context=32768, prompt=8192, answer=1024, sequences=1, min_decode=15, wait=180),
    "documents": Use(subject="general", context=32768, prompt=24576, answer=512, sequences=1, min_decode=5, wait=300),
    "agents": Use(
        subject="code", context=65536, prompt=16384, answer=1024, sequences=1, min_decode=20, wait=300, tools=True
    ),
    "team": Use(subject="general", context=8192, prompt=1024, answer=512, sequences=8, min_decode=8, wait=180),
}


@dataclass(frozen=True, kw_only=True)
class Question:
    """What an answer must keep to; what is None is as the use needs, or does not matter. Tokens, tokens/s, seconds."""

    use: str = "chat"
    context: int | None = None
    sequences: int | None = None
    min_decode: float | None = None
    wait: float | None = None
    thinking: bool | None = None  # None: whichever is better within the wait
    chinese: bool = False  # whether scores in Chinese count
    benchmark: str | None = None  # an edition whose scores count; None: the one that says most of these models
    licenses: tuple[str, ...] = ()  # parts of licences' names, such as apache
    format: str | None = None
    cache_format: str = "f16"
    runtime: str | None = None
    max_loss: float = 0.06  # by how much a format may raise perplexity where that was measured
    offload: bool = True  # whether a part may lie on the host
    vision: bool = False  # whether it must see, and what sees is loaded
    languages: tuple[str, ...] = ()  # which its makers must name, all of them, by their codes
    tools: bool = False  # whether it must call tools; for some uses it must in any case
    in_use: tuple[int, ...] = ()  # bytes that others have taken of the first device, or of each
    wired_limit: int | None = None  # bytes that a Mac's system was told to leave to the GPU

    def check(self) -> None:
        """Raise SizingError for what cannot be asked."""
        if self.use not in USES:
            raise SizingError(f"'{self.use}' is no use; say one of {', '.join(USES)}")
        for one in self.languages:
            if len(one) not in (2, 3):
                raise SizingError(f"'{one}' is no language's code; say one such as zh, ja or en")
        for name, value, least in (
            ("context", self.context, 1),
            ("sequences", self.sequences, 1),
            ("min decode", self.min_decode, 0),
            ("wait", self.wait, 0),
            ("max loss", self.max_loss, 0),
        ):
            if value is not None and not value >= least:
                raise SizingError(f"{value} is no {name}; give a number from {least} on")

    @property
    def needs(self) -> Use:
        """The use, with what was said in place of what it needs by itself."""
        use = USES[self.use]
        context = use.context if self.context is None else self.context
        # What is asked of a short context must fit into it.
        return Use(
            subject="chinese" if self.chinese else use.subject,
            context=context,
            prompt=min(use.prompt, context // 2),
            answer=min(use.answer, context - context // 2),
            sequences=self.sequences or use.sequences,
            min_decode=use.min_decode if self.min_decode is None else self.min_decode,
            wait=use.wait if self.wait is None else self.wait,
            tools=self.tools or use.tools,
        )


@dataclass(frozen=True)
class Kind:
    """What a model is, as far as it may be asked for."""

    limit: int | None  # tokens that it was made for
    senses: tuple[str, ...]
    license: str  # its name in small letters
    languages: tuple[str, ...]  # that its makers name; none where nobody has read what they say
    tools: bool | None  # whether it calls tools, where anybody says


def takes(question: Question, licenses: Sequence[str], kind: Kind, lenient: bool = False) -> bool:
    """Whether a model is one that was asked for: long enough, of one of the licences, able to see, to call tools and to
    speak. What nobody says of a model's tools and languages is not taken for granted, unless ``lenient``. ``licenses``
    are the question's in small letters."""
    if kind.limit is not None and kind.limit < question.needs.context:
        return False
    if question.vision and "vision" not in kind.senses:
        return False
    if question.needs.tools and not kind.tools and not (lenient and kind.tools is None):
        return False
    unsaid = lenient and len(kind.languages) == 0
    if not unsaid and any(one not in kind.languages for one in question.languages):
        return False
    return not licenses or any(part in kind.license for part in licenses)
