"""What runs here, best first; and what runs this? Models on a machine by score and by how long one waits for an answer,
machines for a model by what they cost."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from math import inf

from sizing.engine.choosing import P
from sizing.engine.listing import (
    BEATEN,
    BESIDE,
    EXPECTED,
    FRONT,
    LISTED,
    NEWER,
    NEWEST,
    UNSCORED,
    Released,
    as_good,
    least_listed,
    listed,
    others_best,
    soon,
)
from sizing.engine.question import Question
from sizing.engine.ranking import AS_SOON, Scored
from sizing.engine.scoring import (
    Board,
    E,
    Found,
    S,
    rate_within,
    rows_of,
    seconds,
    test_of,
    tests_of,
    thinking_of,
    waited,
)


def fit(
    question: Question,
    models: Sequence[str],
    serve: Callable[[str, float], P | None],
    tests: Mapping[str, E],
    scores: Sequence[S],
    called: Callable[[str], str],
    released: Callable[[str], Released],
    estimate: Callable[[str, str], float | None],
    off: float,
    beaten: bool,
) -> list[Found[P, S, E]]:
    """The models that answer a question on a machine, best first; with ``beaten`` those too that are not listed.

    First those with a score in one edition of one test: of each, its best within the wait, and of these the ones near
    the best that no faster one equals; then others' best, and what came after the test (``sizing.engine.listing``).
    Before them stand models without a score that are expected to do better than all that have one, by more than
    estimates are ``off``. Where none has a score, those come first that are expected to score most; with ``beaten``
    they follow. ``serve`` gives the plan in which a model serves here at that many tokens/s at least, ``called`` its
    name, ``released`` whose it is and since when, ``estimate`` what models of its size and day score in a test, "" for
    any. Raises SizingError for an unknown test.
    """
    may = tests_of(question, tests)
    known = dict.fromkeys([x.model for x in scores if x.benchmark in may])
    rate = question.needs.min_decode
    plans = _served([name for name in models if name in known], serve, rate)
    test = test_of(question, tests, scores, [p.outcome.loaded.model for p in plans])
    best: list[Found[P, S, E]] = []
    newer: list[Found[P, S, E]] = []
    expected: list[Found[P, S, E]] = []
    without = dict.fromkeys(models)
    why = "no independent score"
    if test is not None:
        board = Board(question, test, rows_of(question, test, scores), thinking_of(scores))
        scored = [one for p in plans for one in [_in_time(board, p, serve)] if one is not None]
        best = _ranked(question, scored, test, called, released, beaten)
        told = dict.fromkeys([x.model for x in scores if x.benchmark == test.id])
        later = [name for name in models if name not in told]
        if best:
            guesses = {name: estimate(name, test.id) for name in later}
            expected = _expected(question, test, best[0], guesses, off, serve)
            stand = dict.fromkeys([x.plan.outcome.loaded.model for x in expected])
            newer = _newer(question, test, [name for name in later if name not in stand], serve, released)
        if best and not beaten:
            return [*expected, *best, *newer]  # what else has no score need not be planned
        above = dict.fromkeys([x.plan.outcome.loaded.model for x in [*expected, *scored, *newer]])
        without = dict.fromkeys([name for name in models if name not in above])
        why = f"no score within the wait in {test.name} ({test.edition})"
    plans = [*plans, *_served([name for name in models if name not in known], serve, rate)]
    rest: list[Found[P, S, E]] = []
    for p in plans:
        if p.outcome.loaded.model in without:
            guess = estimate(p.outcome.loaded.model, "")
            rest.append(Found(p, seconds(p.outcome, question, 0), None, None, (why,), 0.0, UNSCORED, guess))
    ordered = sorted(rest, key=lambda x: (-_guessed(x), -released(x.plan.outcome.loaded.model).parameters))
    return [*expected, *best, *newer, *(ordered if beaten else ordered[:LISTED])]


def _guessed(found: Found[P, S, E]) -> float:
    """What it is expected to score; 0 where nothing leads to expect anything."""
    return 0.0 if found.estimate is None else found.estimate


def _expected(
    question: Question,
    test: E,
    best: Found[P, S, E],
    guesses: Mapping[str, float | None],
    off: float,
    serve: Callable[[str, float], P | None],
) -> list[Found[P, S, E]]:
    """The models without a score in a test that are expected to do better than the best that has one, and answer here
    within the wait, with as much room and as little on the host, the best first: as many as are told."""
    assert best.score is not None
    top, own = best.score.value, best.plan.outcome
    more = {name: guess for name, guess in guesses.items() if guess is not None and guess - off > top}
    found: list[Found[P, S, E]] = []
    for name in sorted(more, key=lambda x: -more[x]):
        p = serve(name, question.needs.min_decode) if len(found) < NEWEST else None
        takes = None if p is None else waited(p.outcome, question, 0)
        roomy = p is not None and (p.outcome.whole or not own.whole) and (p.outcome.firm or not own.firm)
        if p is not None and roomy and takes is not None and takes <= question.needs.wait:
            near = f"where models of its size and day score near {more[name]:g}"
            told = (f"no score in {test.name} ({test.edition}), {near}", f"the best that has one scores {top:g}")
            found.append(Found(p, seconds(p.outcome, question, 0), None, None, told, 0.0, EXPECTED, more[name]))
    return found


def _newer(
    question: Question,
    test: E,
    models: Sequence[str],
    serve: Callable[[str, float], P | None],
    released: Callable[[str], Released],
) -> list[Found[P, S, E]]:
    """The newest of the models that came after a test and answer here within the wait, as many as are told."""
    day = str(test.day)
    found: list[Found[P, S, E]] = []
    later = [name for name in models if released(name).day > day]
    ordered = sorted(later, key=lambda name: released(name).day)
    for i in range(len(ordered)):
        name = ordered[len(ordered) - 1 - i]
        p = serve(name, question.needs.min_decode) if len(found) < NEWEST else None
        takes = None if p is None else waited(p.outcome, question, 0)
        if p is not None and takes is not None and takes <= question.needs.wait:
            why = f"came on {released(name).day}, after {test.name} ({test.edition}), which has no score of it"
            found.append(Found(p, seconds(p.outcome, question, 0), None, None, (why,), 0.0, NEWER))
    return found


def _served(models: Sequence[str], serve: Callable[[str, float], P | None], rate: float) -> list[P]:
    """The plans of those models that serve at a rate."""
    return [p for name in models for p in [serve(name, rate)] if p is not None]


def _in_time(board: Board[S, E], p: P, serve: Callable[[str, float], P | None]) -> Found[P, S, E] | None:
    """A plan's best score within the wait; where a better one takes longer, that of a faster format in which it does
    not."""
    found = board.found(p)
    best, enough = found, -inf
    if found is not None and found.score is not None:
        enough = found.score.value + board.test.tie
    for one, thinking in board.written(p.outcome.loaded.model):
        rate = rate_within(p.outcome, board.question, thinking)
        if rate is not None and one.value > enough:
            faster = serve(p.outcome.loaded.model, rate)
            other = None if faster is None else board.found(faster)
            if other is not None and other.score is not None and other.score.value == one.value:
                best = other
    return best


def _ranked(
    question: Question,
    answers: Sequence[Found[P, S, E]],
    test: E,
    called: Callable[[str], str],
    released: Callable[[str], Released],
    beaten: bool,
) -> list[Found[P, S, E]]:
    figures = [_scored(question, x) for x in answers]
    least = least_listed(max([test.chance, *[x.score for x in figures]]), test.chance, test.rating)
    names = [x.plan.outcome.loaded.model for x in answers]
    places = listed(figures, [released(name) for name in names], test.tie, least)
    kept: list[Found[P, S, E]] = []
    for i, place in enumerate(places):
        mine = figures[place]
        why = f"{mine.score:g} in {test.name} ({test.edition}), {_within(answers[place], mine)}"
        over = f"nothing faster scores as high, or near {figures[places[0]].score:g}"
        if i + 1 < len(places):
            more = mine.score - figures[places[i + 1]].score
            over = f"{more:.3g} more than {called(names[places[i + 1]])}"
            if mine.whole and not figures[places[i + 1]].whole:
                over = f"{over}, and all of it on the devices"
            elif mine.firm and not figures[places[i + 1]].firm:
                over = f"{over}, and with room"
        kept.append(replace(answers[place], why=(why, over), kind=FRONT))
    others = others_best(figures, [released(name) for name in names], places, test.tie, least)
    rest = [i for i in range(len(answers)) if i not in places and i not in others] if beaten else []
    for place in [*others, *sorted(rest, key=lambda i: (-figures[i].score, figures[i].seconds))]:
        by = _by_which(figures, place, places, test.tie)
        less = figures[by].score < figures[place].score
        alike = f", which the test does not tell from {figures[place].score:g}," if less else ""
        soon_too = "" if figures[by].seconds <= 0 else f" and answers in {round(figures[by].seconds)} s"
        how = f"scores {figures[by].score:g}{alike}{soon_too}"
        kept.append(
            replace(answers[place], why=(f"{called(names[by])} {how}",), kind=BESIDE if place in others else BEATEN)
        )
    return kept


def _within(found: Found[P, S, E], figures: Scored) -> str:
    """How long an answer takes, in words."""
    if found.seconds is None and figures.seconds <= 0:
        return "an answer in nobody knows how long"
    if found.seconds is None:
        return f"an answer written in {round(figures.seconds)} s, after a prompt that takes nobody knows how long"
    return f"an answer in {round(figures.seconds)} s"


def _scored(question: Question, found: Found[P, S, E]) -> Scored:
    """What an answer with a score is ranked by."""
    assert found.score is not None
    outcome = found.plan.outcome
    takes = waited(outcome, question, found.thinking)
    assert takes is not None
    return Scored(found.score.value, found.score.spread or 0.0, takes, outcome.whole, outcome.firm)


def _by_which(figures: Sequence[Scored], place: int, kept: Sequence[int], tie: float) -> int:
    """The first of those listed that beats an answer: as good as it, and as soon; else the best, to which it is not
    near."""
    for i in kept:
        if soon(figures[i], figures[place]) and as_good(figures[i], figures[place], tie):
            return i
    return kept[0]


def context_within(question: Question, limit: int | None) -> int:
    """The use's context, or a model's limit where that is shorter and no context was asked for."""
    wanted = question.needs.context
    return question.context or (wanted if limit is None else min(wanted, limit))


def machines(
    question: Question,
    names: Sequence[str],
    serve: Callable[[str], P | None],
    standing: Callable[[str], tuple[int, float]],
    capacity: Callable[[str], int],
) -> list[tuple[str, Found[P, S, E]]]:
    """The machines on which a model answers a question, the cheapest first, each by its id.

    ``serve`` gives the plan in which it serves there, ``standing`` by what machines are put in order: by a place, and
    within it by an amount, 0 of what nobody prices; ``capacity`` what their devices offer, which decides among equals.
    Of each place, those are of the front that none before them is as soon as.
    """
    found: list[tuple[str, Found[P, S, E]]] = []
    stands: dict[str, tuple[int, float]] = {}
    for name in names:
        p = serve(name)
        if p is not None:
            found.append((name, Found(p, seconds(p.outcome, question, 0))))
            stands[name] = standing(name)
    answers: list[tuple[str, Found[P, S, E]]] = []
    front: list[tuple[str, Found[P, S, E]]] = []  # of the place that is come to
    before = -1
    for name, one in sorted(found, key=lambda x: (stands[x[0]], capacity(x[0]), -_decode(x[1]))):
        place, amount = stands[name]
        if place != before:
            front, before = [], place
        sooner = [other for other, x in front if _as_soon(x, one) and (_firm(x) or not _firm(one))]
        why = [f"{other} {_as_cheap(amount)}, and is as soon" for other in sooner][:1]
        told = (name, replace(one, kind=BEATEN if len(why) > 0 else FRONT, why=tuple(why)))
        answers.append(told)
        if len(why) == 0:
            front.append(told)
    return answers


def _as_cheap(amount: float) -> str:
    """What is said of a machine that comes before one of such an amount; 0 where nobody prices it."""
    return "costs no more" if amount > 0 else "has no more memory"


def _as_soon(a: Found[P, S, E], b: Found[P, S, E]) -> bool:
    """Whether an answer stands as soon as another one; where that is not known of both, whether it is written as
    fast."""
    if a.seconds is None or b.seconds is None:
        return _decode(a) * (1 + AS_SOON) >= _decode(b)
    return a.seconds <= b.seconds * (1 + AS_SOON)


def _firm(found: Found[P, S, E]) -> bool:
    """Whether it runs with room."""
    return found.plan.outcome.firm


def _decode(found: Found[P, S, E]) -> float:
    """Tokens/s at a full context; 0 where that is not known."""
    rate = found.plan.outcome.decode_at(found.plan.outcome.context)
    return rate.value if rate else 0.0
