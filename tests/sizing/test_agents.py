"""Agents ask by the protocol's own client, and get what the command line prints."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from mcp import ClientSession, StdioServerParameters, stdio_client

from sizing import Catalog, Plan, plan
from sizing.agents.brief import brief
from sizing.agents.server import server
from sizing.cli import main
from tests.awaited import awaited


def asking(ask: Callable[[ClientSession], Awaitable[Any]]) -> Any:
    """What a session with a server of its own process answers."""

    async def session() -> Any:
        served = StdioServerParameters(command=sys.executable, args=["-m", "sizing", "mcp"])
        async with stdio_client(served) as (read, write), ClientSession(read, write) as client:
            await client.initialize()
            return await ask(client)

    return awaited(asyncio.wait_for(session(), 120))


def test_an_agent_sees_the_questions_and_gets_the_command_lines_answers(capsys: pytest.CaptureFixture[str]) -> None:
    async def ask(client: ClientSession) -> Any:
        tools = (await client.list_tools()).tools
        told = await client.call_tool("plan", {**ASKED, "whole": True})
        best = await client.call_tool("fit", {"machine": "rtx-3060-12gb", "count": 2})
        bought = await client.call_tool("buy", {"budget": "7000cny", "platform": "mac", "count": 1})
        answers: list[Any] = [told, best, bought]
        return tools, *(one.content[0].text for one in answers)

    tools, *texts = asking(ask)
    told, best, bought = map(json.loads, texts)
    assert {tool.name for tool in tools} == {
        "plan", "launch", "fit", "machines", "buy", "compare", "cost", "here"
    }  # fmt: skip
    assert all(tool.description for tool in tools)
    assert told == json.loads(json.dumps(planned().as_dict()))
    assert bought[0]["offer"]["currency"] == "CNY"
    main(["fit", "rtx-3060-12gb", "--json"])
    printed = json.loads(capsys.readouterr().out)
    assert [one["plan"]["model"] for one in best] == [one["plan"]["model"] for one in printed[:2]]


ASKED = {"model": "Qwen3 32B", "machine": "RTX 4090", "context": 16384}


def planned() -> Plan:
    return plan(Catalog.load().model("qwen3-32b"), Catalog.load().machine("rtx-4090"), context=16384)


@pytest.fixture(scope="module")
def called() -> Callable[..., Any]:
    """What a tool says, without a process of its own."""
    made = server(Catalog.load())

    def call(name: str, **words: object) -> Any:
        found: Any = awaited(made.call_tool(name, words))
        return json.loads(found.content[0].text)

    return call


def within(told: Any, whole: Any) -> bool:
    """Whether every key of an answer in short is one of the whole, and says the same but for digits."""
    if isinstance(told, dict):
        return all(key in whole and within(value, whole[key]) for key, value in told.items())
    if isinstance(told, list):
        return len(told) == len(whole) and all(map(within, told, whole))
    return told == whole or bool(told == pytest.approx(whole, rel=5e-4))


def test_in_short_it_is_the_same_answer_in_a_tenth_of_the_words(called: Callable[..., Any]) -> None:
    p = planned()
    told = called("plan", **ASKED)
    assert within(told, json.loads(json.dumps(p.as_dict())))
    assert len(json.dumps(told)) < 2000 < len(json.dumps(p.as_dict(), indent=2)) / 4
    assert told["memory"] == p.memory.as_dict()
    assert told["decode"]["value"] == pytest.approx(p.decode.value if p.decode else None, rel=5e-4)
    assert (told["verdict"], told["fits"], told["longest_context"]) == (p.verdict, p.fits, p.longest_context)


def test_what_a_search_tells_fits_into_an_agents_window(called: Callable[..., Any]) -> None:
    for asked in (
        {"name": "fit", "machine": "rtx-4090", "use": "coding"},
        {"name": "machines", "model": "gpt-oss-120b"},
        {"name": "buy", "budget": "20000cny"},
        {"name": "compare", "names": ["Q4_K_M", "Q8_0"], "model": "qwen3-32b", "machine": "rtx-4090"},
    ):
        found = called(**asked)
        assert len(json.dumps(found)) / len(found) < 5000, asked


def test_a_price_is_what_its_seller_states() -> None:
    prices = {"amount": 19999.0, "per": None, "parts": [1]}
    told = brief({"offer": prices, "plan": {"offer": dict(prices), "decode": 12.34567}, "price": {"amount": 859.99}})
    assert told == {"offer": {"amount": 19999.0}, "plan": {"decode": 12.35}, "price": {"amount": 859.99}}


def test_commands_costs_and_this_computer_are_told(called: Callable[..., Any]) -> None:
    servers = called("launch", **ASKED)["servers"]
    assert servers[0]["server"] == "llama-server"
    assert any("-c 16384" in step["command"] for step in servers[0]["steps"])
    assert [one["server"] for one in called("launch", **ASKED, server="ollama")["servers"]] == ["ollama"]
    assert {one["way"] for one in called("cost", model="qwen3-32b", machine="pc-rtx-5090")["costs"]} >= {"own", "api"}
    assert "host" in called("here")


def test_what_cannot_be_answered_is_one_line() -> None:
    async def ask(client: ClientSession) -> Any:
        return [
            await client.call_tool("plan", {"model": "qwen3-33b"}),
            await client.call_tool("buy", {"budget": "much"}),
            await client.call_tool("fit", {"machine": "rtx-4090", "use": "poetry"}),
            await client.call_tool("machines", {"model": "qwen3-32b", "count": 0}),
            await client.call_tool("plan", {"model": "qwen3-32b", "context": "long"}),
            await client.call_tool("plan", {"model": "qwen3-32b", "contxt": 8192}),
            await client.call_tool("launch", {"model": "qwen3-32b", "machine": "rtx-4090", "server": "vllm"}),
            await client.call_tool("launch", {"model": "deepseek-v3", "machine": "rtx-4090"}),
            await client.call_tool("cost", {"model": "qwen3-32b", "region": "XX"}),
            await client.call_tool("compare", {"names": ["rtx-4090", "m4 max"], "model": "qwen3-32b"}),
        ]

    refused = asking(ask)
    assert all(one.is_error for one in refused)
    lines = [one.content[0].text for one in refused]
    assert all("\n" not in line and "Traceback" not in line for line in lines)
    assert lines[0].startswith("no model 'qwen3-33b' in the catalog")
    assert "'much' is no budget; write an amount and its currency" in lines[1]
    assert "'poetry' is no use; say one of chat" in lines[2]
    assert "count 0 is none; give 1 to 20" in lines[3]
    assert lines[4].startswith("context: Input should be a valid integer")
    assert lines[5].startswith("plan has no 'contxt'; it takes model, machine, format, context")
    assert lines[6].startswith("vllm does not start this plan; choose llama-server, ")
    assert lines[7].startswith("deepseek-v3 does not run on rtx-4090, so nothing starts it")
    assert lines[8] == "no offers in 'XX'; known are CN, US"
    assert "(no machine or device 'm4 max' in the catalog; write one of " in lines[9]
