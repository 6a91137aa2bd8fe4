"""``sizing mcp``: the same questions as tools for agents."""

from __future__ import annotations

import argparse
from typing import Final

from sizing.errors import SizingError

NAME: Final = "mcp"
HELP: Final = "answer agents over standard input (Model Context Protocol)"


def add_options(parser: argparse.ArgumentParser) -> None:
    """Nothing more."""


def run(asked: argparse.Namespace) -> int:
    """Answer until standard input ends. Raises SizingError where the library is missing."""
    from sizing.catalog import Catalog

    try:
        from sizing.agents.server import server
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] != "mcp":
            raise
        raise SizingError('agents are answered by the library mcp; pip install "llm-sizing[mcp]"') from None
    server(Catalog.load(asked.catalog)).run()
    return 0
