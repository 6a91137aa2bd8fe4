"""What does the home page show at a glance? Its first answer, machines beside models, how far off the speeds are."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Final
from urllib.parse import urlencode

from sizing.engine.listing import SHOWN
from sizing.errors import SizingError
from sizing.facts.machine import Machine
from sizing.model import Model
from sizing.plan import Plan, plan
from sizing.proof import accuracy
from sizing.search import Answer, fit

from .labels import home as labels
from .labels import plans, units
from .labels.names import called
from .markdown import Markdown, together
from .settings import HERE
from .site import Site

# From so many tokens a second on, a cell of the map is a shade deeper.
SHADES: Final = (12.0, 40.0)

# What a line says of a plan.
_LINE: Final = ("model", "machine", "format", "context", "sequences", "verdict", "memory", "places", "decode")


def questions(site: Site, machine: str, model: str, budget: int) -> str:
    """The home page's three questions as they stand first: a machine, a model and yuan. The first is answered there."""
    found = fit(site.catalog, site.catalog.machine(machine))
    first = urlencode({"machine": machine, "model": model, "budget": budget})
    answer = {"all": len(found), "shown": [_line(one) for one in found[:SHOWN]]}
    return Markdown(
        '<div class="sz-app sz-home" data-sizing="home" data-first="?{}" data-shown="{}" data-answer="{}"></div>'
    ).format(first, SHOWN, json.dumps(answer, ensure_ascii=False, separators=(",", ":")))


def _line(one: Answer) -> dict[str, object]:
    """Of an answer what its line says, as the engine's own searches tell it."""
    told = one.plan.as_dict()
    return {"seconds": one.seconds, "kind": one.kind, "plan": {name: told[name] for name in _LINE}}


def heat_map(site: Site, machines: Sequence[str], models: Mapping[str, str], context: int = 8192) -> str:
    """Whether each machine holds each model in the format that is given for it, and how fast it writes."""
    chosen = {name: (site.catalog.model(name), format) for name, format in models.items()}
    heads = [
        Markdown('<th scope="col">{}</th>').format(name)
        for name in (labels.MACHINE, *(model.name for model, _ in chosen.values()))
    ]
    rows = [_row(site, site.catalog.machine(name), list(chosen.values()), context) for name in machines]
    return Markdown(
        '<figure class="heat" data-search-exclude=""><table class="heat" aria-label="{}">'
        "<thead><tr>{}</tr></thead><tbody>{}</tbody></table><figcaption>{}</figcaption></figure>"
    ).format(labels.HEAT, together(*heads), together(*rows), labels.legend(dict.fromkeys(models.values()), context))


def _row(site: Site, machine: Machine, models: Sequence[tuple[Model, str]], context: int) -> Markdown:
    cells = together(*(_cell(site, machine, model, format, context) for model, format in models))
    return Markdown('<tr><th scope="row">{}</th>{}</tr>').format(called(machine.name), cells)


def _cell(site: Site, machine: Machine, model: Model, format: str, context: int) -> Markdown:
    asked = {"machine": machine.id, "model": model.id, "format": format, "context": f"{context}"}
    try:
        found = plan(model, machine, format=format, context=context)
    except SizingError:
        return Markdown('<td class="no">{}</td>').format(_told(site, model, asked, units.NONE))
    sign, word = plans.STATES[found.verdict or "no"]
    state = Markdown('<span aria-hidden="true">{}</span><span class="said">{}</span>').format(sign, word)
    speed = Markdown(" <b>{}</b>").format(units.rounded(found.decode.value)) if found.runs and found.decode else ""
    told = _told(site, model, asked, together(state, speed))
    return Markdown('<td class="{}">{}</td>').format(_style(found), told)


def _told(site: Site, model: Model, asked: Mapping[str, str], said: str) -> Markdown:
    """A cell's text, led to where it can be changed; the model's name is for a phone, which shows no heads."""
    told = Markdown('<span class="model">{}</span>{}').format(model.name, said)
    if site.settings.links != HERE:
        return told
    return Markdown('<a href="{}calculator/?{}">{}</a>').format("../" * site.depth, urlencode(asked), told)


def _style(found: Plan) -> str:
    """The class of a cell: the verdict, and of what fits how fast it writes."""
    verdict = plans.style(found)
    if verdict != "fits" or found.decode is None:
        return verdict
    return f"fits shade-{sum(found.decode.value >= least for least in SHADES) + 1}"


def accuracy_badge(site: Site) -> str:
    """How far off the speeds of one device are where it was never seen."""
    lines = {(one.test, one.kind, one.era): one for one in accuracy.table(site.catalog)}
    parts = []
    for test in ("decode", "prefill"):
        line = lines[test, "one", "own"]
        errors = line.splits["devices"]
        parts.append(Markdown("<span>{} <b>{}</b></span>").format(labels.TESTS[test], units.share(errors.median)))
    told = labels.seen(lines["decode", "one", "own"].rows, lines["decode", "one", "own"].devices)
    return Markdown('<div class="badge">{}<span>{}</span></div>').format(together(*parts), told)
