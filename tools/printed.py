"""What do commands print with ``--json``? A type for each object; ``docs/schema/answers.json`` is made of these.

Keys are added and never renamed, so that a reader passes over what it does not know. Bytes, seconds, tokens/s, watts.
"""

from __future__ import annotations

from typing import Any, Final, Literal, NotRequired

from typing_extensions import TypedDict

Verdict = Literal["fits", "tight", "offload", "disk", "no"]
Kind = Literal["new", "used", "list", "launch", "rent"]
Covers = Literal["whole", "parts", "card"]
AnswerKind = Literal["expected", "front", "beside", "beaten", "newer", "unscored"]


class Rate(TypedDict):
    """Tokens/s, with the range that four in five measurements fall into."""

    value: float
    low: float
    high: float


class Memory(TypedDict):
    """Bytes, by what they are for."""

    weights: int
    cache: int
    buffers: int
    overhead: int
    total: int


class Place(TypedDict):
    """A device or the host: bytes that a program may use, of these what it fills by itself, and those that are
    filled."""

    name: str
    capacity: int | None
    room: int | None
    memory: Memory


class Settings(TypedDict):
    """What the runtime is told, or does by itself; null where the runtime has no such setting, or nothing was said."""

    split: str | None
    layers_on_device: int | None
    experts_on_host: int | None
    tensor_split: list[float] | None
    micro_batch: int
    flash_attention: bool | None
    swa_full: bool | None
    utilization: float | None
    max_sequences: int | None
    slots: int | None
    unified: bool | None
    in_use: list[int] | None
    wired_limit: int | None
    draft_tokens: int | None  # that are drafted at a time
    acceptance: float | None  # of these, how many are kept: 0 to 1


class Layout(TypedDict):
    """Where each layer, its experts and the output head lie: a device's number, or host."""

    split: str
    layers: list[int | str]
    experts: list[int | str]
    output: int | str
    ranks: int
    tensor_split: list[int] | None


class Beside(TypedDict):
    """What a model has beside its text: towers that see and hear, or layers that draft."""

    kind: str
    names: list[str]
    parameters: int | None
    bytes: int | None
    loaded: bool


class WayOut(TypedDict):
    """A change by which a plan fits."""

    change: str
    to: int | str
    verdict: Verdict | None
    total: int
    decode: Rate | None


class Priced(TypedDict):
    """How many of an offer are paid."""

    of: str
    times: float
    offer: str


class Offer(TypedDict):
    """What a machine costs, or an hour of it; the day is that of its oldest price."""

    amount: float
    currency: str
    region: str
    date: str
    kind: Kind
    covers: Covers
    per: Literal["hour"] | None
    seller: str
    source: str
    sources: list[str]
    stale: bool
    parts: list[Priced]


class Step(TypedDict):
    """A command, and the file that it needs, if any."""

    step: str
    where: str
    command: str
    path: str | None
    text: str | None
    note: str | None


class Launch(TypedDict):
    """How a server is started so that the plan is true; ``exact`` unless it differs in what is told."""

    server: str
    name: str
    exact: bool
    differs: list[str]
    notes: list[str]
    steps: list[Step]


class Input(TypedDict):
    """A number that a formula takes: a fact, a fitted constant, what the plan laid out, or another step's value."""

    value: float
    unit: str
    by: Literal["fact", "fitted", "plan", "step"]


class Explained(TypedDict):
    """One step, with ``--explain``: a formula is Python's arithmetic over its inputs; without one it was looked up."""

    part: str
    what: str
    where: str | None
    formula: str
    value: float | str | None
    unit: str
    inputs: dict[str, Input]
    sources: list[str]
    note: str | None


class Plan(TypedDict):
    """What ``sizing plan`` prints a list of: a model in a format on a machine at a context."""

    model: str
    machine: str | None
    format: str
    runtime: str
    context: int
    sequences: int
    cache_format: str
    memory: Memory
    spared: int
    places: list[Place]
    verdict: Verdict | None
    fits: bool | None
    runs: bool | None
    settings: Settings
    no_effect: list[str]
    layout: Layout | None
    decode: Rate | None
    decode_empty: Rate | None
    throughput: Rate | None
    pool_tokens: int | None
    prefill: Rate | None
    time_to_first_token: float | None
    beyond_limit: bool
    unknown: list[str]
    assumed: list[str]
    beside: list[Beside]
    longest_context: int | None
    most_sequences: int | None
    ways_out: list[WayOut]
    remarks: list[str]
    offer: Offer | None
    launch: list[Launch] | None
    explain: NotRequired[list[Explained]]


class Score(TypedDict):
    """A model's score in one edition of one test, in published precision."""

    value: float
    spread: float | None
    benchmark: str
    name: str
    edition: str
    subject: str
    by: str
    day: str
    mode: Literal["thinking", "plain"]
    checkpoint: str
    source: str


class Estimate(TypedDict):
    """What scored models of its size and day score in a test, half of them within so much: no score."""

    value: float
    within: float
    benchmark: str


class Answer(TypedDict):
    """What ``fit``, ``machines`` and ``compare`` print a list of, the best first: seconds until an answer stands, and
    the loss of the format, where it was measured."""

    plan: Plan
    offer: Offer | None
    score: Score | None
    estimate: Estimate | None  # of ``fit``, where it has no score
    seconds: float | None
    loss: float | None  # by how much the format raised perplexity, where that was measured
    kind: AnswerKind | None  # of ``fit``: what it is among the others
    why: list[str]
    explain: NotRequired[list[Explained]]


class Amount(TypedDict):
    """Money as it is paid in the region."""

    amount: float
    currency: str


class Exchanged(Amount):
    """The same money in another currency, by a dated rate."""

    rate: float
    date: str


class Power(TypedDict):
    """Watts at the wall, and what of them was not measured."""

    idle: float
    loaded: float
    assumed: NotRequired[list[str]]


class Also(TypedDict):
    """Another model that the same machine serves, and that no purchase beats."""

    model: str
    format: str
    score: float | None
    seconds: float


class Gain(TypedDict):
    """How far one purchase is better than another: more of a score, seconds sooner, money and watts more."""

    machine: str
    model: str
    format: str
    score: float | None
    alike: bool
    seconds: float
    price: float
    watts: float | None


class ApiOffer(TypedDict):
    """What a provider asks for a million tokens."""

    input: float
    output: float
    cached: float | None
    currency: str
    region: str
    date: str
    kind: Literal["api"]
    covers: Literal["million_tokens"]
    source: str


class Cost(TypedDict):
    """What one way costs a month, and a million tokens, at a day's use."""

    way: Literal["own", "rent", "api"]
    month: float
    million_tokens: float
    enough: bool
    stale: bool
    assumed: list[str]
    seller: str
    offer: Offer | ApiOffer


class BreakEven(TypedDict):
    """Tokens a day from which owning is cheaper; null where it never is."""

    rent: float | None
    api: float | None


class Instead(TypedDict):
    """Owning beside renting, on the machine ``rented``, and calling an API."""

    own: Cost | None
    rent: Cost | None
    rented: str | None
    api: Cost | None
    break_even: BreakEven


class Purchase(Answer):
    """What ``buy`` prints a list of: an answer, what it costs, and what else one may do."""

    says: Literal["all", "old", "cards", "old cards"]
    price: Amount
    beside: Exchanged | None
    power: Power | None
    also: list[Also]
    over_next: Gain | None
    beaten_by: Gain | None
    instead: Instead


class DayUse(TypedDict):
    """What is asked of it in a day, and what is taken for granted; ``exchange`` is rate, currency and day by base."""

    read: float
    written: float
    years: float
    resale: float
    electricity: float | None
    exchange: dict[str, list[float | str]]
    seconds: float | None


class Costs(TypedDict):
    """What ``cost`` prints a list of."""

    model: str
    plan: Plan | None
    currency: str
    region: str
    use: DayUse
    costs: list[Cost]
    break_even: BreakEven
    power: Power | None
    tokens_per_joule: float | None
    decode_per_thousand: float | None
    memory_per_thousand: float | None
    explain: NotRequired[list[Explained]]


class Group(TypedDict):
    """Equal devices of this computer: bytes of each, and those that others have taken, of each where they differ."""

    device: str | None
    name: str
    count: int
    memory: int | None
    in_use: int | list[int | None] | None
    how: str
    unified: bool
    kind: NotRequired[str]
    parent: NotRequired[str]
    choices: NotRequired[list[str]]
    why: NotRequired[str]


class HostFound(TypedDict):
    """The host of this computer."""

    memory: int | None
    type: str | None
    channels: int | None
    rate: int | None
    cpu: str | None
    sockets: int | None


class Ignored(TypedDict):
    """A device that does not count, and why."""

    name: str
    why: str


class Runs(TypedDict):
    """A plan in a few figures."""

    model: str
    machine: str | None
    format: str
    context: int
    runtime: str
    total: int
    decode_empty: Rate | None
    decode: Rate | None
    verdict: Verdict | None
    score: float | None
    benchmark: str | None
    kind: AnswerKind | None
    seconds: float | None
    explain: NotRequired[list[Explained]]


class Here(TypedDict):
    """What ``here`` prints: this computer, and what it runs."""

    os: str | None
    devices: list[Group]
    host: HostFound
    machine: str | None
    ram: str | None
    wired_limit: int | None
    ignored: list[Ignored]
    remarks: list[str]
    runs: list[Runs]


# What each command prints, by its name.
PRINTED: Final[dict[str, Any]] = {
    "plan": list[Plan],
    "fit": list[Answer],
    "machines": list[Answer] | list[Purchase],
    "compare": list[Answer],
    "buy": list[Purchase],
    "cost": list[Costs],
    "here": Here,
}


def schema() -> dict[str, Any]:
    """The schema of what commands print: any of them, and each by the command's name under ``$defs``."""
    from pydantic import TypeAdapter

    from sizing.facts.schema import DIALECT

    definitions: dict[str, Any] = {}
    for name, printed in PRINTED.items():
        made = TypeAdapter(printed).json_schema(ref_template="#/$defs/{model}")
        definitions |= made.pop("$defs", {})
        definitions[name] = made
    return {
        "$schema": DIALECT,
        "title": "What sizing's commands print with --json; $defs has each command by its name",
        "anyOf": [{"$ref": f"#/$defs/{name}"} for name in PRINTED],
        "$defs": dict(sorted(definitions.items())),
    }
