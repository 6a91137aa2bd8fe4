"""How are answers shown? As a table of a line each, as wide as the terminal, or as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final, Literal

from sizing.cli.steps import as_dicts, said
from sizing.facts.units import GIB, significant

if TYPE_CHECKING:
    from sizing.plan import Plan
    from sizing.search import Answer

MARKS: Final = "cards: its cards alone; old: a price that is too old to decide anything"

PROMPT: Final = 8192  # tokens of the prompt whose first token is timed

WIDE: Final = 160  # characters, where no terminal says how many
GAP: Final = 3  # characters between columns
NAMED: Final = 22  # characters of the first name that are shown in any case, or a quarter of what there is
NAMES: Final = {"model": 16}  # of others
LEFT: Final = ("add", "model", "machine", "format", "fit", "mode")
SPARED: Final = (
    "memory",
    "mode",
    "longest",
    "estimated",
    "first of 8K",
    "fit",
    "decode",
)  # what a narrow terminal does without, in this order

Column = tuple[str, Callable[["Answer"], str]]


NOTHING: Final = "Nothing does; ask for less: a shorter --context, a lower --min-decode, fewer --users"


def show(
    answers: Sequence[Answer],
    first: str,
    *,
    as_json: bool,
    note: str = "",
    columns: Sequence[Column] | None = None,
    spared: Sequence[str] = SPARED,
    nothing: str = NOTHING,
    explain: bool = False,
) -> int:
    """Print answers, whose ``first`` column names their model, machine or format, with these ``columns`` or the usual
    ones; with ``explain`` every step of each. Returns the exit status."""
    if as_json:
        print(json.dumps([_as_dict(one, explain) for one in answers], indent=2, ensure_ascii=False))
    elif not answers:
        print(nothing)
    else:
        _show(answers, first, columns or _columns(first, answers), spared, note)
        if explain:
            print("\n".join(line for one in answers for line in as_lines(one)))
    return 0


def _as_dict(one: Answer, explain: bool) -> dict[str, object]:
    """Plain data, with its steps where they were asked for."""
    return {**one.as_dict(), **(steps(one) if explain else {})}


def steps(one: Answer) -> dict[str, object]:
    """An answer's steps as plain data."""
    from sizing.search.explaining import explained

    return {"explain": as_dicts(explained(one))}


def as_lines(one: Answer) -> list[str]:
    """An answer's steps under what it is."""
    from sizing.search.explaining import explained

    p = one.plan
    where = f" · {p.machine.name}" if p.machine else ""
    title = f"{p.model.name} · {p.format.id} · {p.context:,} tokens · {p.runtime.name}{where}"
    return ["", title, *said(explained(one))]


def _show(answers: Sequence[Answer], first: str, columns: Sequence[Column], spared: Sequence[str], note: str) -> None:
    """A line each, as wide as the terminal."""
    from rich import box
    from rich.console import Console
    from rich.table import Table

    # A name is text: what stands in brackets or between colons is no style and no picture.
    console = Console(highlight=False, markup=False, emoji=False)
    if not console.is_terminal:
        console = Console(highlight=False, markup=False, emoji=False, width=WIDE)
    width = console.width
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    shown = _narrowed([[name, *map(cell, answers)] for name, cell in columns], width, spared)
    named = max(NAMED, width // 4)
    others = GAP + sum(max(map(len, column)) + GAP for column in shown[1:])
    for name, *cells in shown:
        least = _least([name, *cells], named if name == first else NAMES.get(name))
        most = max(named, width - others) if name == first else None
        side: Literal["left", "right"] = "left" if name in LEFT else "right"
        table.add_column(name, justify=side, min_width=least, max_width=most, no_wrap=True, overflow="ellipsis")
    kinds = [one.kind if first == "model" else None for one in answers]  # machines stand by what they cost
    for row, kind, after in zip(
        zip(*(cells for _, *cells in shown), strict=True), kinds, [*kinds[1:], None], strict=True
    ):
        table.add_row(*row, end_section=kind != after)
    console.print(table, width=width)
    if note:
        console.print(note, width=min(width, 110))


def _narrowed(columns: list[list[str]], width: int, spared: Sequence[str]) -> list[list[str]]:
    """Without what is empty, and without what matters least until the rest fits a width."""
    shown = [column for column in columns if any(column[1:])]
    for name in spared:
        widths = [
            _least(column, NAMES.get(column[0]) if i else max(NAMED, width // 4)) for i, column in enumerate(shown)
        ]
        if sum(widths) + GAP * len(widths) <= width:
            break
        shown = [column for column in shown if column[0] != name]
    return shown


def _least(column: Sequence[str], named: int | None) -> int:
    """Characters that a column needs: all of its figures, so many of its names."""
    longest = max(map(len, column))
    return longest if named is None else min(named, longest)


def _columns(first: str, answers: Sequence[Answer]) -> list[Column]:
    named: dict[str, Callable[[Answer], str]] = {
        "model": lambda a: a.plan.model.name,
        "machine": lambda a: a.plan.machine.name if a.plan.machine else "",
    }
    # Machines that run each its own are told with it; of those that run one model, it was named.
    each = first == "machine" and (any(a.score for a in answers) or len({a.plan.model.id for a in answers}) > 1)
    return [
        (first, named.get(first, named["model"])),
        ("model", named["model"] if each else lambda _: ""),
        ("format", lambda a: a.plan.format.id),
        ("loss", _loss if len({a.plan.format.id for a in answers}) == len(answers) else lambda _: ""),
        ("fit", lambda a: a.plan.verdict or ""),
        ("score", lambda a: f"{a.score.value:g}" if a.score else ""),
        ("mode", lambda a: a.score.mode if a.score else ""),
        ("estimated", lambda a: f"≈{a.estimate.value:.0f}" if a.estimate else ""),
        ("answer", lambda a: seconds(a.seconds)),
        ("decode", lambda a: decode(a.plan)),
        ("first of 8K", lambda a: _first(a.plan)),
        ("longest", lambda a: f"{a.plan.longest_context:,}" if a.plan.longest_context else ""),
        ("memory", lambda a: f"{a.plan.memory.total / GIB:.1f} GiB"),
        ("price", _price),
    ]


def _loss(a: Answer) -> str:
    """By how much perplexity rose where that was measured."""
    from sizing.facts.narrow import measured_loss

    loss = measured_loss(a.plan.format)
    return "" if loss is None else f"+{loss:.1%}"


def decode(p: Plan) -> str:
    """Empty, and at a full context."""
    return f"{significant(p.decode_empty.value)} → {significant(p.decode.value)}" if p.decode and p.decode_empty else ""


def _first(p: Plan) -> str:
    return seconds(p.time_to_first_token(min(PROMPT, p.context)))


def seconds(value: float | None) -> str:
    return "" if value is None else f"{value:.1f} s" if value < 10 else f"{value:,.0f} s"


def _price(a: Answer) -> str:
    """What the machine costs, and what is to be known of that; MARKS says what is meant."""
    from sizing.catalog import planner_of

    quote = a.offer
    if quote is None:
        return ""
    marks = [
        mark
        for mark, holds in (
            (quote.kind, quote.kind in ("used", "launch")),
            ("cards", quote.covers == "card"),
            ("old", quote.stale(planner_of(a.plan.model).market.today)),
        )
        if holds
    ]
    amount = f"{quote.money.amount:,.{2 if quote.per else 0}f} {quote.money.currency}{'/h' if quote.per else ''}"
    return " ".join([amount, *marks])
