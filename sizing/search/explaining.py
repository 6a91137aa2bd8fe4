"""How did an answer come to stand where it does? Its plan's steps, then the seconds until it stands, and its score."""

from __future__ import annotations

from sizing.explain import Step
from sizing.explain.step import Part
from sizing.explain.terms import named
from sizing.search.answer import Answer


def explained(answer: Answer) -> tuple[Step, ...]:
    """Every step of an answer."""
    waits, score = _waits(answer), _score(answer)
    return (*answer.plan.explain(), *waits.steps, *score.steps)


def _waits(answer: Answer) -> Part:
    """The prompt read, then what is thought and written."""
    part, p = Part("answer"), answer.plan
    if answer.asked is None or answer.seconds is None:
        return part
    needs = answer.asked.needs
    written = answer.thinking + needs.answer
    first = p.time_to_first_token(needs.prompt)
    rate = p.decode_at(min(needs.context, needs.prompt + round(written)))
    if first is None or rate is None:
        return part
    part.look_up("prompt", needs.prompt, "tokens")
    tokens = named("thinking_tokens", answer.thinking, "tokens") + named("answer_tokens", needs.answer, "tokens")
    time = named("first_token_time", first, "s", "plan") + tokens / named("decode", rate.value, "tokens/s", "plan")
    part.take("answer", time, "s")
    return part


def _score(answer: Answer) -> Part:
    """What it scored, in which test, by whom; and why it stands before the next."""
    part = Part("score")
    if answer.score is not None and answer.benchmark is not None:
        test, one = answer.benchmark, answer.score
        note = f"{test.name} ({test.edition}), {one.mode}, measured by {test.by}, {test.day.isoformat()}"
        part.look_up("score", one.value, "", "", [one.source_url], note)
    for reason in answer.why:
        part.look_up("why", reason, "")
    return part
