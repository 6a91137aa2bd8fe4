"""The engine in a real browser answers as the engine in Python does, number for number."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import count, islice
from pathlib import Path
from random import Random
from typing import Any, Final

import pytest
from playwright.sync_api import Browser, Page

from sizing import Catalog, Plan, SizingError, plan, search
from sizing.engine.dealing import deal
from sizing.engine.speed import Rate
from sizing.export import ONLY_PYTHON, Maker, export
from sizing.export.site import index
from sizing.facts.machine import Machine
from sizing.model import Model
from sizing.search import Question
from sizing.search.answer import Answer
from tests.sampled import drawing, sample, tries
from tests.site.beside import empty_page
from tools.javascript import OUTPUT, module

MODELS: Final = 20  # of an ordinary run, each on every machine
FEWEST: Final = tries(1500, 20_000)  # plans
OF_EACH_KIND: Final = tries(20, 500)
FORMATS: Final = ("Q4_K_M", "F16", "Q8_0", "BF16", "IQ2_XXS", "MXFP4_MOE", "FP8", "AWQ", "MLX-4bit")
CONTEXTS: Final = (8192, 131072, 512, 32768, 1_000_000)
SEQUENCES: Final = (1, 1, 1, 4, 64)
RUNTIMES: Final = (None, None, None, "vllm", "llama.cpp")
# Beside the catalog's machines: several cards, a CPU alone, one memory, and bare cards with the reference host.
MORE: Final = ("4x-rtx-3090", "epyc-9355-768gb", "gb10", "m4-max-40-core-64gb", "2x-mi300x", "rtx-4090", "2x-rtx-3090")
EACH: Final = 4  # plans of each model on each machine
DEPTH, PROMPT, BEHIND = 256, 512, 2048

# Plans in the page what was asked, and tells what differs from Python. Whole plans have ways out, and all that
# is searched for; others are the engine's own outcome, at other depths too.
COMPARE: Final = """async ([file, whole, depth, prompt, behind]) => {
  const { load, plain, SizingError } = await import("/engine.mjs");
  const read = async (file) => (await fetch(file)).json();
  globalThis.engine ??= load(await read("/data.json"));
  const answer = (asked) => {
    try {
      if (whole) return { plan: engine.plan(asked) };
      const found = engine.planned(asked).outcome;
      const also = [found.decode_at(depth), found.prefill_at(prompt, behind), found.throughput];
      return { plan: plain(found.as_dict()), also: also.map((rate) => rate && plain(rate.as_dict())) };
    } catch (error) {
      if (error instanceof SizingError) return { refused: error.message };
      throw new Error(`${JSON.stringify(asked)}: ${error.stack}`);
    }
  };
  const same = (a, b) => a === b || (a instanceof Object && b instanceof Object
    && Object.keys(a).join() === Object.keys(b).join() && Object.keys(a).every((key) => same(a[key], b[key])));
  const cases = await read(file);
  const found = cases.map(([asked, said]) => [asked, said, answer(asked)]);
  return found.filter(([, said, answered]) => !same(said, answered));
}"""

Asked = dict[str, Any]
Case = tuple[Asked, dict[str, Any]]  # what was asked, and what Python says


def asked_of(
    catalog: Catalog, model: Model, machines: list[Machine], turn: Iterator[int]
) -> Iterator[tuple[Machine | None, Asked]]:
    """A model on every machine, with formats, contexts, cache types and the rest in turn."""
    for machine in (None, *machines):
        for i in islice(turn, EACH):
            asked = {
                "format": FORMATS[i % len(FORMATS)],
                "context": CONTEXTS[i // 3 % len(CONTEXTS)],
                "sequences": SEQUENCES[i // 7 % len(SEQUENCES)],
                "runtime": RUNTIMES[i // 11 % len(RUNTIMES)],
            }
            yield machine, {**asked, "cache_format": cache_type(catalog, model, machine, asked, i // 2)}


def differing(page: Page, folder: Path, cases: list[Case], whole: bool = False) -> list[Any]:
    """The first cases that the page answers otherwise: what was asked, what Python says, and what the page does."""
    (folder / "cases.json").write_text(json.dumps(cases), encoding="utf-8")
    found: list[Any] = page.evaluate(COMPARE, ["/cases.json", whole, DEPTH, PROMPT, BEHIND])
    return found[:3]


def cache_type(catalog: Catalog, model: Model, machine: Machine | None, asked: Asked, turn: int) -> str:
    """A cache type that the runtime offers; every other time the plain one."""
    try:
        settled = catalog.planner.settled(
            model, asked["format"], asked["runtime"], "f16", machine.backends if machine else ()
        )
    except SizingError:
        return "f16"
    types = settled.runtime.cache.types
    return types[turn // 2 % len(types)] if turn % 2 else "f16"


def plain(rate: Rate | None) -> dict[str, float] | None:
    return rate.as_dict() if rate else None


def answer(model: Model, machine: Machine | None, asked: Asked) -> tuple[dict[str, Any], Plan | None]:
    """What Python says."""
    try:
        p = plan(model, machine, **asked)
    except SizingError as error:
        return {"refused": str(error)}, None
    also = [plain(p.decode_at(DEPTH)), plain(p.prefill_at(PROMPT, BEHIND)), plain(p.throughput)]
    return {"plan": p.outcome.as_dict(), "also": also}, p


@pytest.fixture
def page(browser: Browser, tmp_path: Path) -> Iterator[Page]:
    """An empty page beside the engine, served from ``tmp_path``."""
    (tmp_path / "engine.mjs").write_bytes(OUTPUT.read_bytes())
    with empty_page(browser, tmp_path, 120) as page:
        yield page


def test_the_browsers_engine_answers_as_pythons(catalog: Catalog, page: Page, tmp_path: Path) -> None:
    machines = [catalog.machine(name) for name in (*catalog.machines, *MORE)]
    models = sample([model for model in catalog.models.values() if model.open], MODELS, "plans in a browser")
    data = export(catalog, models, machines, FORMATS)
    (tmp_path / "data.json").write_text(json.dumps(data), encoding="utf-8")
    turn = count(drawing("what is asked in turn").randrange(len(FORMATS)))
    planned = offloaded = split = ranked = batched = 0
    for model in models:
        cases: list[Case] = []
        for machine, asked in asked_of(catalog, model, machines, turn):
            said, p = answer(model, machine, asked)
            cases.append(({"model": model.id, "machine": machine.id if machine else None, **asked}, said))
            if p is not None:
                planned += 1
                offloaded += p.layout is not None and p.layout.offloaded
                split += p.layout is not None and p.layout.split == "layer" and len(p.layout.bounds) > 2
                ranked += p.layout is not None and p.layout.ranks > 1
                batched += p.sequences > 1
        assert differing(page, tmp_path, cases) == []
    assert planned >= FEWEST
    assert min(offloaded, split, ranked, batched) >= OF_EACH_KIND, (offloaded, split, ranked, batched)


SEARCHES: Final = tries(60, 500)
QUESTIONS: Final = tries(
    6, 25
)  # of which each is asked in turn, so that Python need not work it all out for each search
USES: Final = ("chat", "coding", "documents", "agents", "team")

# Searches in the page what was asked, and tells what differs from what Python says.
SEARCH: Final = """async ([cases, formats]) => {
  const { load, searches, SizingError } = await import("/engine.mjs");
  const read = async (name) => (await fetch(name)).json();
  const engine = load((await read("/index.json")).engine);
  const finder = searches(engine);
  finder.search(await read("/search.json"));
  for (const name of formats) finder.extend(await read(`/${name}.json`));
  const answer = ([kind, of, question, beaten]) => {
    try {
      return kind === "fit" ? finder.fit({ machine: of }, question, beaten) : finder.machines(of, question);
    } catch (error) {
      if (error instanceof SizingError) return error.message;
      throw error;
    }
  };
  const same = (a, b) => a === b || (a instanceof Object && b instanceof Object
    && Object.keys(a).length === Object.keys(b).length && Object.keys(a).every((key) => same(a[key], b[key])));
  const alike = (said, found) => Object.keys(said).every((key) => same(said[key], found[key]));
  const differing = [];
  for (const [asked, said] of await read(cases)) {
    const found = answer(asked);
    if (found.length > 0 && said.length > 0) {
      engine.add(found[0].model, await read(`/${found[0].model}.json`)); // which a whole plan needs
      found[0].plan = found[0].plan();
    }
    const equal = typeof found === "string" ? said === found
      : said.length === found.length && said.every((one, i) => alike(one, found[i]));
    if (!equal) differing.push([asked, said, found]);
  }
  return differing.slice(0, 2);
}"""


def question_of(random: Random) -> Asked:
    """A question of a search, as both are asked it."""
    every: dict[str, tuple[float, Any]] = {
        "use": (0.8, random.choice(USES)),
        "context": (0.2, random.choice([2048, 16384, 40000])),
        "sequences": (0.1, random.choice([2, 16])),
        "min_decode": (0.15, random.choice([1, 20, 40])),
        "wait": (0.15, random.choice([20, 600])),
        "thinking": (0.2, random.random() < 0.5),
        "chinese": (0.1, True),
        "licenses": (0.1, ["apache"]),
        "format": (0.1, random.choice(["Q4_K_M", "FP8"])),
        "cache_format": (0.1, "q8_0"),
        "runtime": (0.1, random.choice(["llama.cpp", "vllm"])),
        "max_loss": (0.1, random.choice([0.01, 0.2])),
        "offload": (0.2, False),
        "vision": (0.1, True),
        "languages": (0.1, ["zh"]),
        "tools": (0.1, True),
        "in_use": (0.1, [1 << 30]),
    }
    return {name: value for name, (share, value) in every.items() if random.random() < share}


def search_case(catalog: Catalog, random: Random, question: Asked, turn: int) -> tuple[list[Any], Any]:
    """A search and what Python says of it: figures of every answer, and all of the first one."""
    said: dict[str, Any] = {key: tuple(x) if isinstance(x, list) else x for key, x in question.items()}
    asked = Question(**said)
    if turn % 3:
        of, beaten = random.choice(list(catalog.machines)), random.random() < 0.2
        found = search.fit(catalog, catalog.machines[of], asked, beaten=beaten)
        case = ["fit", of, question, beaten]
    else:
        of = random.choice([model.id for model in catalog.models.values() if model.answers])
        found = search.machines(catalog, catalog.models[of], asked)
        case = ["machines", of, question, False]
    return case, [_searched(one, whole=i == 0) for i, one in enumerate(found)]


def expecting(catalog: Catalog) -> tuple[list[Any], Any]:
    """A search that few questions at random are: some models without a score are expected to be the best."""
    of = "cloud-8x-a100-80gb"
    found = search.fit(catalog, catalog.machines[of], Question(chinese=True))
    assert any(one.estimate for one in found)
    return ["fit", of, {"chinese": True}, False], [_searched(one, whole=i == 0) for i, one in enumerate(found)]


def _searched(one: Answer, whole: bool) -> dict[str, Any]:
    p = one.plan
    told = {
        "model": p.model.id,
        "machine": p.machine.id if p.machine else None,
        "format": p.format.id,
        "verdict": p.verdict,
        "total": p.memory.total,
        "decode": plain(p.decode),
        "seconds": one.seconds,
        "kind": one.kind,
        "why": list(one.why),
    }
    if not whole:
        return told
    every = one.as_dict()
    every["plan"] = {key: value for key, value in p.as_dict().items() if key not in ONLY_PYTHON}
    return {**told, **every}


def test_searches_are_those_of_python(catalog: Catalog, page: Page, tmp_path: Path) -> None:
    made = Maker().files(catalog, bought=False)
    for name, content in made.items():
        file = name.rpartition("/")[2]
        (tmp_path / file).write_bytes(content)
    (tmp_path / "index.json").write_text(json.dumps(index(catalog)), encoding="utf-8")
    random = drawing("searches in a browser")
    questions = [question_of(random) for _ in range(QUESTIONS)]
    cases = [search_case(catalog, random, questions[i * QUESTIONS // SEARCHES], i) for i in range(SEARCHES)]
    cases.append(expecting(catalog))
    (tmp_path / "cases.json").write_text(json.dumps(cases), encoding="utf-8")
    assert page.evaluate(SEARCH, ["/cases.json", ["Q4_K_M", "FP8"]]) == []
    assert len([found for _, found in cases if found]) >= SEARCHES / 2


PLANS: Final = tries(200, 1200)  # plans with settings, each with all that is searched for


def settings_of(random: Random, devices: int) -> dict[str, Any]:
    """Some settings, possible or not; two in five plans have none."""
    every: dict[str, tuple[float, Any]] = {
        "split": (0.15, random.choice(["layer", "tensor", "none", "row"])),
        "layers_on_device": (0.15, random.randint(0, 80)),
        "experts_on_host": (0.1, random.randint(0, 60)),
        "tensor_split": (0.1, [random.randint(0, 4) for _ in range(devices if random.random() < 0.8 else 2)]),
        "micro_batch": (0.2, random.choice([128, 512, 2048, 0])),
        "utilization": (0.1, random.choice([0.5, 0.9, 0.95, 1.2])),
        "max_sequences": (0.1, random.choice([4, 256])),
        "vision": (0.2, random.random() < 0.5),
        "mtp": (0.2, random.random() < 0.8),
        "draft": (0.2, {"model": random.choice(["qwen3-0.6b", "llama-3-8b"]), "format": "Q8_0"}),
        "draft_tokens": (0.15, random.choice([1, 3, 8, 17])),
        "acceptance": (0.1, random.choice([0.4, 0.7, 1.1])),
        "swa_full": (0.1, True),
        "flash_attention": (0.1, random.random() < 0.5),
        "lora": (0.1, 200 << 20),
        "power_limit": (0.1, random.choice([100, 200, 250, 300])),
        "slots": (0.1, random.choice([1, 4])),
        "unified": (0.05, True),
        "in_use": (0.1, [random.randint(0, 4 << 30) for _ in range(random.randint(1, devices))]),
        "wired_limit": (0.05, random.choice([20 << 30, 60 << 30])),
        "measured": (0.1, random.choice([0.5, 10, 30.5, 100, 3000])),
    }
    chosen = {name: value for name, (share, value) in every.items() if random.random() < share}
    return chosen if random.random() < 0.6 else {}


def known(catalog: Catalog, asked: Asked) -> Asked:
    """The same as Python is asked it, to which a draft model is a plan."""
    if "draft" not in asked:
        return asked
    small, kind = asked["draft"], asked["cache_format"]
    draft = plan(
        catalog.model(small["model"]), None, format=small["format"], context=asked["context"], cache_format=kind
    )
    return {**asked, "draft": draft}


def whole_case(catalog: Catalog, random: Random) -> Case:
    """A plan with settings as both are asked it, and what Python says."""
    machine = catalog.machines[random.choice(list(catalog.machines))] if random.random() < 0.95 else None
    model = catalog.models[random.choice(list(catalog.models))]
    asked = {
        "format": random.choice([None, None, *FORMATS]),
        "context": random.choice([512, 8192, 32768, 131072]),
        "cache_format": random.choice(["f16", "f16", "f16", "q8_0", "fp8"]),
        "runtime": random.choice([None, None, None, None, "llama.cpp", "vllm"]),
        "sequences": random.choice([1, 1, 1, 1, 4, 32]),
        **settings_of(random, len(machine.rig.devices) if machine else 1),
    }
    try:
        said: dict[str, Any] = {"plan": plan(model, machine, **known(catalog, asked)).as_dict()}
    except SizingError as error:
        said = {"refused": str(error)}
    for key in ONLY_PYTHON & said.get("plan", {}).keys():
        del said["plan"][key]
    if "measured" in asked:
        asked["measured"] = {"rate": asked["measured"]}
    return {"model": model.id, "machine": machine.id if machine else None, **asked}, said


def test_whole_plans_with_settings_are_those_of_python(catalog: Catalog, page: Page, tmp_path: Path) -> None:
    (tmp_path / "data.json").write_text(
        json.dumps(export(catalog, catalog.models.values(), catalog.machines.values())), encoding="utf-8"
    )
    random = drawing("whole plans in a browser")
    cases = [whole_case(catalog, random) for _ in range(PLANS)]
    while len(cases) < 2 * PLANS and not telling(cases):  # a draw may hold little else than refusals
        cases.append(whole_case(catalog, random))
    assert differing(page, tmp_path, cases, whole=True) == []
    assert telling(cases)
    assert _changes(cases) <= {"cache_format", "format", "context", "devices", "host_memory"}


def telling(cases: Sequence[Case]) -> bool:
    """Whether enough of them are plans, some with a draft, and enough ways out are among them."""
    plans = [said["plan"] for _, said in cases if "plan" in said]
    drafted = [found for found in plans if found["settings"]["draft_tokens"]]
    return len(plans) >= PLANS / 3 and len(drafted) >= PLANS / 200 and len(_changes(cases)) >= tries(3, 5)


def _changes(cases: Sequence[Case]) -> set[str]:
    return {way["change"] for _, said in cases if "plan" in said for way in said["plan"]["ways_out"]}


def test_a_hosted_model_is_refused_with_the_same_line(catalog: Catalog, page: Page, tmp_path: Path) -> None:
    model = catalog.model("gpt-4o")
    (tmp_path / "data.json").write_text(json.dumps(export(catalog, [model], [], ["F16"])), encoding="utf-8")
    asked = {"format": "F16", "context": 512}
    said, _ = answer(model, None, asked)
    assert "runs only at openai" in said["refused"]
    assert differing(page, tmp_path, [({"model": model.id, **asked}, said)]) == []


IMPORTS: Final = """
from bisect import bisect_left
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate
from sizing.errors import SizingError
"""
ALIKE: Final = """
def looks_alike() -> list[object]:
    found: list[object] = [round(x / 2) for x in range(-5, 6)]
    found.extend([a // b for a in (-7, -1, 0, 1, 7) for b in (2, -2)])
    found.extend([a % b for a in (-7, -1, 0, 1, 7) for b in (2, -2)])
    found.extend([int(x / 2) for x in (-3, 3)])
    found.append([] or (0 and 1) or "" or None)
    found.append([len(x) if x else -1 for x in ((), (1,), "", "ab", [0])])
    found.append([1 < x <= 3 for x in range(5)])
    found.append([*range(4, -1, -1), *range(5, 0, -2), *range(0, 7, 3), *range(3, 0), *range(0, 3, -1)])
    keys: dict[tuple[int, str], int] = {(1, "a"): 1}
    keys[(1, "b")] = 2
    keys[(1, "a")] = 3
    found.append([len(keys), (1, "a") in keys, (2, "a") in keys, keys.get((2, "a"), 7)])
    found.append([[first, second, third] for (first, second), third in keys.items()])
    found.append([min(3, 1, 2), max([1, 3, 2]), all([]), any([]), next((x for x in range(3) if x > 5), "none")])
    found.append([", ".join(["a", "b"]), *[f"{x} is" for x in (None, True, 8192, "a")]])
    values = [1, 3, 3, 7]
    found.append([bisect_left(values, x) for x in (0, 3, 4, 9)])
    found.append([*accumulate(values, initial=0), values[-1], *values[1:3], *values[:-1]])
    pairs = [(2, "b"), (1, "c"), (2, "a"), (1, "c")]
    found.append([sorted(pairs), sorted(values, key=lambda x: -x), sorted(pairs, key=lambda x: (-x[0], x[1]))])
    found.extend([f"{x:g} {x:.4g} {x:.2g}" for x in (0.0, 1.0, 1 / 3, 71.3, 123456.0, 1234567.0)])
    found.extend([f"{x:g} {x:.3g}" for x in (0.00012, 1.2e-5, 1e21)])
    found.extend([kept(x) for x in (0, 1, 2)])
    changed = replace(Pair(1, "a"), second="b")
    found.append([changed.first, changed.second, changed.both, changed.both])
    return found


@dataclass(frozen=True)
class Pair:
    first: int
    second: str

    @cached_property
    def both(self) -> str:
        return f"{self.first}{self.second}"


def kept(x: int) -> str:
    try:
        return refused(x)
    except SizingError:
        return "refused"


def refused(x: int) -> str:
    if x > 1:
        raise SizingError("too much")
    return f"{x} is kept"
"""


def test_what_only_looks_alike_is_done_as_python_does_it(page: Page, tmp_path: Path) -> None:
    source = IMPORTS + ALIKE
    folder = tmp_path / "python"
    folder.mkdir()
    (folder / "alike.py").write_text(source, encoding="utf-8")
    (tmp_path / "alike.mjs").write_text(module(folder), encoding="utf-8")
    names: dict[str, Any] = {}
    exec(source, names)
    said = json.loads(json.dumps(names["looks_alike"]()))
    assert page.evaluate("""async () => (await import("/alike.mjs")).looks_alike()""") == said


def test_layers_are_dealt_in_single_precision(page: Page) -> None:
    cards = (24564.0, 16376.0, 12288.0, 81559.0)
    rigs = ((1.0, 1.0, 1.0), cards, cards[::-1], (cards[0],) * 7, (24.0, 0.5))
    asked = [(layers, memory, hosted) for layers in range(1, 130) for memory in rigs for hosted in (0, 1, layers // 3)]
    found = page.evaluate(
        """async (asked) => {
          const { deal } = await import("/engine.mjs");
          return asked.map((one) => deal(...one));
        }""",
        asked,
    )
    assert found == [[list(bounds), output] for bounds, output in (deal(*one) for one in asked)]
