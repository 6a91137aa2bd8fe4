"""Agents ask by the protocol's own client, and get what the command line prints."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from mcp import ClientSession, StdioServerParameters, stdio_client

from sizing import Catalog, plan
from sizing.cli import main


def asking(ask: Callable[[ClientSession], Awaitable[Any]]) -> Any:
    """What a session with a server of its own process answers."""

    async def session() -> Any:
        served = StdioServerParameters(command=sys.executable, args=["-m", "sizing", "mcp"])
        async with stdio_client(served) as (read, write), ClientSession(read, write) as client:
            await client.initialize()
            return await ask(client)

    # In a thread of its own: a browser that other tests drive may have a loop running in this one.
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, asyncio.wait_for(session(), 120)).result()


def test_an_agent_sees_the_questions_and_gets_the_command_lines_answers(capsys: pytest.CaptureFixture[str]) -> None:
    async def ask(client: ClientSession) -> Any:
        tools = (await client.list_tools()).tools
        asked = {"model": "Qwen3 32B", "machine": "RTX 4090", "context": 16384}
        told = await client.call_tool("plan", asked)
        best = await client.call_tool("fit", {"machine": "rtx-3060-12gb", "count": 2})
        bought = await client.call_tool("buy", {"budget": "7000cny", "platform": "mac", "count": 1})
        return tools, told, best, bought

    tools, told, best, bought = asking(ask)
    assert json.loads(bought.content[0].text)["offer"]["currency"] == "CNY"
    assert {tool.name for tool in tools} == {"plan", "fit", "machines", "buy", "compare"}
    assert all(tool.description and tool.input_schema["properties"] for tool in tools)
    p = plan(Catalog.load().model("qwen3-32b"), Catalog.load().machine("rtx-4090"), context=16384)
    said = json.loads(told.content[0].text)
    assert said == json.loads(json.dumps(p.as_dict()))
    main(["fit", "rtx-3060-12gb", "--json"])
    printed = json.loads(capsys.readouterr().out)
    assert [json.loads(one.text)["plan"]["model"] for one in best.content] == [x["plan"]["model"] for x in printed[:2]]


def test_what_cannot_be_answered_is_one_line() -> None:
    async def ask(client: ClientSession) -> Any:
        return [
            await client.call_tool("plan", {"model": "qwen3-33b"}),
            await client.call_tool("buy", {"budget": "much"}),
            await client.call_tool("fit", {"machine": "rtx-4090", "use": "poetry"}),
            await client.call_tool("machines", {"model": "qwen3-32b", "count": 0}),
            await client.call_tool("plan", {"model": "qwen3-32b", "context": "long"}),
            await client.call_tool("plan", {"model": "qwen3-32b", "contxt": 8192}),
        ]

    refused = asking(ask)
    assert all(one.is_error for one in refused)
    lines = [one.content[0].text for one in refused]
    assert all("\n" not in line and "Traceback" not in line for line in lines)
    assert "no model 'qwen3-33b' in the catalog" in lines[0]
    assert "'much' is no budget; write an amount and its currency" in lines[1]
    assert "'poetry' is no use; say one of chat" in lines[2]
    assert "count 0 is none; give 1 to 20" in lines[3]
    assert lines[4].startswith("context: Input should be a valid integer")
    assert "plan has no 'contxt'; it takes model, machine, format, context" in lines[5]
