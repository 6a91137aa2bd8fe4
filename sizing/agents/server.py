"""How does an agent ask? The questions of the command line as tools of the Model Context Protocol, over standard input.

Every answer is what the command of the same name prints with ``--json``, in short (``brief``); a plan can be had whole.
What cannot be answered is told in the same one line. Needs the extra ``mcp`` (``pip install "llm-sizing[mcp]"``).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any, Final, Literal, ParamSpec

from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from pydantic import ValidationError

from sizing import Catalog, Plan, SizingError, version
from sizing import plan as plan_of
from sizing.agents.brief import brief
from sizing.engine.listing import FRONT, SHOWN
from sizing.here import commands
from sizing.here.found import find
from sizing.launch import launches
from sizing.money import Costs, Use
from sizing.search import Answer, Budget, Question
from sizing.search import buy as buying
from sizing.search import compare as compared
from sizing.search import fit as fitting
from sizing.search import machines as running
from sizing.search.buying import money, region_of

Data = dict[str, Any]
Tool = Callable[..., Data | list[Data]]
P = ParamSpec("P")

INSTRUCTIONS: Final = (
    "Which machine runs which open language model, how fast, in how much memory, and what it costs. Models are named "
    "as on Hugging Face or Ollama, or as people write them (Qwen3 32B); machines as cards and computers (rtx-4090, "
    "2x-rtx-3090, rtx-5080+rtx-3090). Bytes, tokens/s and seconds; every speed has a range that should hold four in "
    "five; `decode` is at a full context, `decode_empty` at an empty one. Say with a figure what it assumes: "
    "`remarks`, `assumed` and `unknown` of a plan, the day of a price. Where a plan does not fit, `ways_out` say what "
    "would."
)
MOST: Final = 20  # answers that one call tells


class _Server(MCPServer):
    """A server that refuses in one line what a question has no word for."""

    async def call_tool(self, name: str, arguments: Data, context: Any = None) -> Any:
        """Raises ToolError."""
        for tool in await self.list_tools():
            words = tool.input_schema["properties"]
            if tool.name == name and (unknown := [word for word in arguments if word not in words]):
                raise ToolError(f"{name} has no {unknown[0]!r}; it takes {', '.join(words) or 'nothing'}")
        try:
            return await super().call_tool(name, arguments, context)
        except ToolError as error:
            cause = error.__cause__
            if isinstance(cause, ToolError):
                raise cause from None
            if isinstance(cause, ValidationError):
                first = cause.errors(include_url=False)[0]
                raise ToolError(f"{'.'.join(map(str, first['loc']))}: {first['msg']}") from None
            raise


def server(catalog: Catalog) -> MCPServer:
    """A server whose tools answer from a catalog."""
    made = _Server("sizing", version=version(), instructions=INSTRUCTIONS, log_level="WARNING")
    for tools in (_of_plans, _of_searches, _of_costs):
        for ask in tools(catalog):
            made.add_tool(told(ask), structured_output=False)  # the text is JSON; a schema of it would say nothing
    return made


def _of_plans(catalog: Catalog) -> Sequence[Tool]:
    """What asks about one model."""

    def plan(
        model: str,
        machine: str | None = None,
        format: str | None = None,
        context: int = 8192,
        cache_format: str = "f16",
        runtime: str | None = None,
        sequences: int = 1,
        host: str | None = None,
        whole: bool = False,
    ) -> Data:
        """What a model takes in memory, whether it fits a machine, and how fast it runs there.

        model: a name, such as Qwen/Qwen3-32B, qwen3:32b or Qwen3 32B. machine: such as rtx-4090 or 2x-rtx-3090; left
        out, memory alone. format: such as Q4_K_M, AWQ or FP8; left out, the best published one that fits. context:
        tokens of each sequence. cache_format: f16, q8_0, q4_0. runtime: llama.cpp, vllm, … host: the memory beside
        cards, such as 64GB@DDR5-5600x2. whole: with every setting and layer, as `sizing plan --json` prints it.
        """
        found = planned(model, machine, format, context, cache_format, runtime, sequences, host).as_dict()
        return found if whole else brief(found)

    def launch(
        model: str,
        machine: str,
        format: str | None = None,
        context: int = 8192,
        cache_format: str = "f16",
        runtime: str | None = None,
        sequences: int = 1,
        host: str | None = None,
        server: str | None = None,
    ) -> Data:
        """The commands that start a plan: with its runtime's own server, then with others that read the same files.

        Words as of `plan`. server: this one alone: llama-server, ollama, lm-studio, vllm-serve, …
        """
        p = planned(model, machine, format, context, cache_format, runtime, sequences, host)
        ways = launches(p)
        if not ways:
            raise SizingError(
                f"{p.model.id} does not run on {machine}, so nothing starts it; plan tells what would help"
            )
        chosen = [way for way in ways if server in (None, way.server)]
        if not chosen:
            raise SizingError(f"{server} does not start this plan; choose {', '.join(way.server for way in ways)}")
        what = {"model": p.model.id, "format": p.format.id, "context": p.context, "verdict": p.verdict}
        return brief({**what, "remarks": list(p.remarks), "servers": [way.as_dict() for way in chosen]})

    def planned(
        model: str,
        machine: str | None,
        format: str | None,
        context: int,
        cache_format: str,
        runtime: str | None,
        sequences: int,
        host: str | None,
    ) -> Plan:
        return plan_of(
            catalog.model(model),
            catalog.machine(machine, host) if machine else None,
            format=format,
            context=context,
            cache_format=cache_format,
            runtime=runtime,
            sequences=sequences,
        )

    return plan, launch


def _of_searches(catalog: Catalog) -> Sequence[Tool]:
    """What asks which is best."""

    def fit(
        machine: str,
        use: str = "chat",
        context: int | None = None,
        users: int | None = None,
        min_decode: float | None = None,
        chinese: bool = False,
        host: str | None = None,
        count: int = SHOWN,
    ) -> list[Data]:
        """The models that a machine runs, best first, each with its format, speed and score, and why it stands there.

        kind says which it is: expected (no score, and more is expected of it than of all below), front (none beats it),
        beside (another maker's best, which one above beats), newer (than the test, which has no score of it), unscored.

        use: chat, coding, documents, agents or team. min_decode: tokens/s at least. chinese: rank by a test in Chinese.
        host: the memory beside cards, such as 64GB@DDR5-5600x2.
        """
        asked = Question(use=use, context=context, sequences=users, min_decode=min_decode, chinese=chinese)
        return _some(fitting(catalog, catalog.machine(machine, host), asked), count)

    def machines(
        model: str, use: str = "chat", context: int | None = None, users: int | None = None, count: int = 5
    ) -> list[Data]:
        """The machines of the catalog that run a model, the cheapest first, each with its price and speed: those that
        no cheaper one is as soon as."""
        asked = Question(use=use, context=context, sequences=users)
        found = running(catalog, catalog.model(model), asked)
        return _some([one for one in found if one.kind == FRONT], count)

    def buy(
        budget: str,
        model: str | None = None,
        use: str = "chat",
        region: str | None = None,
        used: bool = False,
        platform: Literal["any", "mac", "pc"] = "any",
        power: float | None = None,
        owned: str | None = None,
        count: int = 5,
    ) -> list[Data]:
        """What to buy for a budget: purchases that no other beats in quality, speed, price and power, and what renting
        or an API costs instead.

        budget: an amount with its currency, such as 20000cny, $2500 or 2万元. model: what it shall run; left out, the
        best that runs. region: whose prices, such as CN or US. power: watts under load at most. owned: the machine that
        one has, to which cards are added.
        """
        most = money(budget)
        wanted = Budget(
            most=most,
            region=region or region_of(most.currency),
            used=used,
            platform=platform,
            power=power,
            owned=catalog.machine(owned) if owned else None,
        )
        named = catalog.model(model) if model else None
        return _some(buying(catalog, wanted, Question(use=use), model=named), count)

    def compare(names: list[str], model: str | None = None, machine: str | None = None) -> list[Data]:
        """Models, machines or formats side by side: two or more names of one kind.

        Machines run the model, or each what it answers best with; formats need the model; models and formats may name
        a machine.
        """
        return _some(
            compared(
                catalog,
                names,
                model=catalog.model(model) if model else None,
                machine=catalog.machine(machine) if machine else None,
            ),
            len(names),
        )

    return fit, machines, buy, compare


def _of_costs(catalog: Catalog) -> Sequence[Tool]:
    """What asks about money, and about this computer."""

    def cost(
        model: str,
        machine: str | None = None,
        read: float = 750_000,
        written: float = 250_000,
        region: str = "CN",
        format: str | None = None,
        context: int = 8192,
    ) -> Data:
        """A month of a model: by owning a machine, by renting one, by an API, and where they cost the same.

        read, written: tokens of prompts and of answers in a day. region: whose prices, such as CN or US.
        """
        found = catalog.model(model)
        p = plan_of(found, catalog.machine(machine), format=format, context=context) if machine else None
        costs = Costs(catalog, found, p, Use(read=read, written=written), region.upper())
        if not list(costs.ways):
            raise SizingError(
                f"nobody states what {found.id} costs there: give a machine with a price, or another region"
            )
        return brief({"model": found.id, "format": p.format.id if p else None, **costs.as_dict()})

    def here() -> Data:
        """What this computer is, by what its own tools print: a `machine` and its `ram`, which is the host of other
        questions. Nothing is changed, and no network asked."""
        return brief(find(catalog, commands.texts()).as_dict())

    return cost, here


def _some(answers: Sequence[Answer], count: int) -> list[Data]:
    if not 1 <= count <= MOST:
        raise SizingError(f"count {count} is none; give 1 to {MOST}")
    return [brief(one.as_dict()) for one in answers[:count]]


def told(ask: Callable[P, Data | list[Data]]) -> Callable[P, str]:
    """A tool that says its answer as JSON on one line, and in one line what it cannot answer."""

    @wraps(ask)
    def asked(*args: P.args, **kwargs: P.kwargs) -> str:
        try:
            return json.dumps(ask(*args, **kwargs), ensure_ascii=False, separators=(",", ":"))
        except SizingError as error:
            raise ToolError(str(error)) from None

    return asked
