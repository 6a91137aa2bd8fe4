"""What does a browser find? Models for a machine and machines for a model, as ``sizing.search``, in what it has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from sizing.engine.bounds import Bulk
from sizing.engine.exported import Exported
from sizing.engine.listing import Released
from sizing.engine.planned import Asked, Planned, plan, rig_of, sold_as
from sizing.engine.program import Encoding
from sizing.engine.question import Kind, Question, takes
from sizing.engine.rig import Rig
from sizing.engine.scoring import Found, subject_of
from sizing.engine.searching import context_within, fit, machines
from sizing.engine.serving import Choice, choices, serving
from sizing.engine.settings import Settings
from sizing.errors import SizingError

Data = Mapping[str, Any]

# What may be asked.
SEARCH_WORDS: Final = (
    "use", "context", "sequences", "min_decode", "wait", "thinking", "chinese", "benchmark", "licenses", "format",
    "cache_format", "runtime", "max_loss", "offload", "vision", "languages", "tools", "in_use", "wired_limit",
)  # fmt: skip


@dataclass(frozen=True)
class ScoreRow:
    """A score, as it was exported."""

    benchmark: str
    model: str
    mode: str
    value: float
    spread: float | None
    tokens: int | None
    checkpoint: str
    source: str


@dataclass(frozen=True)
class EditionRow:
    """One edition of a test, as it was exported."""

    id: str
    name: str
    edition: str
    subject: str
    by: str
    day: str
    tie: float
    chance: float
    rating: bool


@dataclass(frozen=True)
class Answer:
    """One answer, what its machine costs at least, and in which test models are expected to score what, how far off."""

    found: Found[Planned, ScoreRow, EditionRow]
    offer: Any
    leading: Sequence[Any] | None = None

    def as_dict(self) -> dict[str, object]:
        """Plain data, for JSON, but for the plan."""
        score, test = self.found.score, self.found.test
        outcome = self.found.plan.outcome
        decode = outcome.decode_at(outcome.context)
        return {
            "model": outcome.loaded.model,
            "machine": outcome.rig.id if outcome.rig else None,
            "format": outcome.loaded.encoding.id,
            "verdict": outcome.verdict,
            "total": outcome.memory.total,
            "decode": decode.as_dict() if decode else None,
            "offer": self.offer,
            "score": None
            if score is None or test is None
            else {
                "value": score.value,
                "spread": score.spread,
                "benchmark": test.id,
                "name": test.name,
                "edition": test.edition,
                "subject": test.subject,
                "by": test.by,
                "day": test.day,
                "mode": score.mode,
                "checkpoint": score.checkpoint,
                "source": score.source,
            },
            "estimate": None
            if self.found.estimate is None or self.leading is None
            else {"value": self.found.estimate, "within": self.leading[1], "benchmark": self.leading[0]},
            "seconds": self.found.seconds,
            "loss": outcome.loaded.encoding.loss,
            "kind": self.found.kind,
            "why": list(self.found.why),
        }


@dataclass(frozen=True, eq=False)
class Searched:
    """What is searched, in the catalog's order."""

    exported: Exported
    models: Mapping[str, Data]  # of each open model what a search looks at
    tests: Mapping[str, EditionRow]
    scores: Sequence[ScoreRow]
    standing: Mapping[str, Sequence[Any]]  # of each machine, by what it is put in order
    estimates: Mapping[str, Mapping[str, float]]  # by model and subject, what it is expected to score
    leading: Mapping[str, Sequence[Any]]  # by subject, in which test, and how far off half of these are at most
    known: dict[str, Bulk] = field(default_factory=dict)

    @staticmethod
    def of(exported: Exported, data: Data) -> Searched:
        """The records that the data tells; its models are planned with from then on."""
        for name, its in data["models"].items():
            if name not in exported.models:
                exported.models[name] = its["numbers"]
        return Searched(
            exported=exported,
            models=data["models"],
            tests={name: EditionRow(name, *row) for name, row in data["tests"].items()},
            scores=[ScoreRow(*row) for row in data["scores"]],
            standing=data["standing"],
            estimates=data["estimates"],
            leading=data["leading"],
        )

    def fit(self, question: Question, asked: Data, beaten: bool) -> list[Answer]:
        """The models that answer a question on a machine, best first; ``asked`` says which machine, as for a plan."""
        rig = rig_of(self.exported, asked)
        if rig is None:
            raise SizingError("models fit a machine; name one")
        kinds = {name: _kind(its) for name, its in self.models.items()}
        machine = sold_as(self.exported, asked)
        subject = subject_of(question, self.tests)
        found: list[Found[Planned, ScoreRow, EditionRow]] = fit(
            question,
            [name for name, kind in kinds.items() if takes(question, question.licenses, kind)],
            lambda name, rate: self._serving(
                name, None, rig, replace(question, min_decode=rate), machine and machine["offer"]
            ),
            self.tests,
            self.scores,
            lambda name: str(self.models[name]["name"]),
            lambda name: Released(*self.models[name]["released"]),
            lambda name, test: self._estimate(name, subject, test),
            self.leading.get(subject, ["", 0.0])[1],
            beaten,
        )
        leading = self.leading.get(subject)
        return [Answer(one, machine and _lowest(machine), leading) for one in found]

    def machines(self, question: Question, model: str, said_format: str | None) -> list[Answer]:
        """The machines on which a model answers a question, the cheapest first."""
        exported = self.exported
        if model not in self.models:
            return []
        wanted = replace(question, context=context_within(question, exported.model(model)["limit"]))
        sold = exported.machines
        found: list[tuple[str, Found[Planned, ScoreRow, EditionRow]]] = machines(
            wanted,
            list(sold),
            lambda name: self._serving(model, said_format, exported.rig(name), wanted, sold[name]["offer"]),
            lambda name: (self.standing[name][0], self.standing[name][1]),
            lambda name: exported.rig(name).capacity,
        )
        return [Answer(one, _lowest(sold[name])) for name, one in found]

    def _estimate(self, name: str, subject: str, test: str) -> float | None:
        """What a model is expected to score in a test, "" for the one that tells most; None in another one."""
        if subject not in self.leading or test not in ("", self.leading[subject][0]):
            return None
        return self.estimates.get(name, {}).get(subject)

    def _serving(self, name: str, said: str | None, rig: Rig, question: Question, offer: Any) -> Planned | None:
        """The plan in which a model answers a question on a rig; None where none does."""
        exported, needs = self.exported, question.needs
        settings = Settings(
            vision=question.vision or None, in_use=question.in_use or None, wired_limit=question.wired_limit
        )
        asked = Asked(
            model=name,
            rig=rig,
            format=None,
            context=needs.context,
            cache_format=question.cache_format,
            runtime=question.runtime,
            sequences=needs.sequences,
            settings=settings,
            offer=offer,
        )
        return serving(
            self._choices(name, said, question),
            question,
            rig,
            lambda format: exported.load(name, format, rig, question.runtime, question.cache_format).sized,
            lambda format: plan(exported, replace(asked, format=format)),
        )

    def _choices(self, name: str, said: str | None, question: Question) -> list[Choice]:
        its = self.models[name]
        numbers = self.exported.model(name)
        bulk = Bulk(*its["bulk"])
        return choices(question, said, numbers["first"], numbers["published"], lambda x: self._rule(its, x), bulk)

    def _rule(self, its: Data, name: str) -> Encoding:
        """The format, or the one that a published file is like."""
        return self.exported.encodings[its["like"].get(name) or name]


def _lowest(machine: Data) -> Any:
    """What it costs at least; told only where that is not what it costs by the offer that says best."""
    return machine.get("lowest") or machine["offer"]


def _kind(its: Data) -> Kind:
    limit = its["numbers"]["limit"]
    return Kind(limit, tuple(its["senses"]), its["license"], tuple(its["languages"]), its["tools"])


def question_of(data: Data) -> Question:
    """A question of plain data, by ``SEARCH_WORDS``; licences in small letters. Raises SizingError."""
    for word in data:
        if word not in SEARCH_WORDS:
            raise SizingError(f"{word} is nothing that can be asked; known are {', '.join(SEARCH_WORDS)}")
    plain = Question()
    asked = Question(
        use=_said(data, "use", plain.use),
        context=data.get("context"),
        sequences=data.get("sequences"),
        min_decode=data.get("min_decode"),
        wait=data.get("wait"),
        thinking=data.get("thinking"),
        chinese=_said(data, "chinese", plain.chinese),
        benchmark=data.get("benchmark"),
        licenses=tuple(_said(data, "licenses", ())),
        format=data.get("format"),
        cache_format=_said(data, "cache_format", plain.cache_format),
        runtime=data.get("runtime"),
        max_loss=_said(data, "max_loss", plain.max_loss),
        offload=_said(data, "offload", plain.offload),
        vision=_said(data, "vision", plain.vision),
        languages=tuple(_said(data, "languages", ())),
        tools=_said(data, "tools", plain.tools),
        in_use=tuple(_said(data, "in_use", ())),
        wired_limit=data.get("wired_limit"),
    )
    asked.check()
    return asked


def _said(data: Data, name: str, otherwise: Any) -> Any:
    found = data.get(name)
    return otherwise if found is None else found
