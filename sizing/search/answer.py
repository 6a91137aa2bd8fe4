"""What is an answer? A plan with its score, how long one waits for it, and why it stands where it does."""

from __future__ import annotations

from dataclasses import dataclass, field

from sizing.catalog import planner_of
from sizing.facts.entries.benchmarks import Benchmark
from sizing.facts.narrow import measured_loss
from sizing.facts.quotes import Quote
from sizing.facts.scores import Score
from sizing.plan import Plan
from sizing.search.estimating import Estimate
from sizing.search.question import Question


@dataclass(frozen=True)
class Answer:
    """One answer of a search."""

    plan: Plan
    seconds: float | None = None  # until an answer stands, thinking among it
    score: Score | None = None
    benchmark: Benchmark | None = None  # of which the score is
    why: tuple[str, ...] = field(default=())
    asked: Question | None = None  # by whose prompt and answer the seconds are told
    thinking: float = 0.0  # tokens that are thought before
    kind: str | None = None  # of machines front or beaten; of models on one also expected, beside, newer, unscored
    estimate: Estimate | None = None  # where it has no score

    @property
    def offer(self) -> Quote | None:
        """What the machine costs at least; None where nobody states it."""
        machine = self.plan.machine
        return planner_of(self.plan.model).market.lowest(machine) if machine else None

    def as_dict(self) -> dict[str, object]:
        """Plain data, for JSON."""
        score, offer = self.score, self.offer
        return {
            "plan": self.plan.as_dict(),
            "offer": offer.as_dict(planner_of(self.plan.model).market.today) if offer else None,
            "score": None
            if score is None or self.benchmark is None
            else {
                "value": score.value,
                "spread": score.spread,
                "benchmark": self.benchmark.id,
                "name": self.benchmark.name,
                "edition": self.benchmark.edition,
                "subject": self.benchmark.subject,
                "by": self.benchmark.by,
                "day": self.benchmark.day.isoformat(),
                "mode": score.mode,
                "checkpoint": score.checkpoint,
                "source": score.source_url,
            },
            "estimate": self.estimate.as_dict() if self.estimate else None,
            "seconds": self.seconds,
            "loss": measured_loss(self.plan.format),
            "kind": self.kind,
            "why": list(self.why),
        }
