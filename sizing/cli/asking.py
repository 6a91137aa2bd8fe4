"""How is a question asked on the command line? The options that searches share, and what they mean."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from sizing.cli.plan import tokens

if TYPE_CHECKING:
    from sizing.catalog import Catalog
    from sizing.search import Question

USES = ("chat", "coding", "documents", "agents", "team")


def add_options(parser: argparse.ArgumentParser, *, models: bool = False) -> None:
    """What narrows a search; of ``models`` also what they must be."""
    parser.add_argument("--use", choices=USES, default="chat", help="sets what follows, where it is not said")
    parser.add_argument("--context", metavar="N", type=tokens, help="tokens that must fit, such as 32K")
    parser.add_argument("--users", dest="sequences", metavar="N", type=int, help="who ask at once")
    parser.add_argument("--min-decode", metavar="R", type=float, help="tokens/s for each, at least")
    parser.add_argument("--format", metavar="F", help="such as Q4_K_M; unsaid, the best of those published")
    parser.add_argument("--cache-format", metavar="T", default="f16", help="f16, q8_0, q4_0 …")
    parser.add_argument("--runtime", metavar="R", help="such as llama.cpp or vllm")
    parser.add_argument("--max-loss", metavar="P", type=float, default=0.06, help="how much perplexity may rise: 0.06")
    parser.add_argument("--vision", action="store_true", help="the model must see, and what sees is loaded")
    if models:
        parser.add_argument("--tools", action="store_true", help="the model must call tools")
        parser.add_argument(
            "--languages", metavar="L", default="", help="which its makers must name, by their codes: zh, or zh,ja"
        )
    parser.add_argument("--no-offload", dest="offload", action="store_false", help="nothing but embeddings on the host")
    if models:
        parser.add_argument("--wait", metavar="S", type=float, help="seconds until an answer stands, thinking included")
        parser.add_argument(
            "--thinking", choices=("yes", "no"), help="whether models think first; unsaid, what scores better in time"
        )
        parser.add_argument("--chinese", action="store_true", help="rank by a test in Chinese")
        parser.add_argument("--benchmark", metavar="ID", help="rank by this test")
        parser.add_argument(
            "--license", dest="licenses", action="append", default=[], metavar="L", help="such as apache"
        )
    parser.add_argument("--json", action="store_true", help="a list of answers, each with its plan")
    parser.add_argument("--explain", action="store_true", help="every step of the arithmetic, with its sources")


def left_out(catalog: Catalog, question: Question) -> str:
    """How many models a question leaves out because nobody says what it asks for; empty where none."""
    from sizing.search.question import unsaid

    count = len(unsaid(question, catalog.models.values()))
    what = ["whether they call tools"] if question.needs.tools else []
    what += ["their languages"] if question.languages else []
    return f"; {count} models are left out for the catalog does not say {' and '.join(what)}" if count else ""


def question(asked: argparse.Namespace) -> Question:
    """What was asked. Raises SizingError for what cannot be."""
    from sizing.search import Question

    thinking = getattr(asked, "thinking", None)
    return Question(
        use=asked.use,
        context=asked.context,
        sequences=asked.sequences,
        min_decode=asked.min_decode,
        wait=getattr(asked, "wait", None),
        thinking=None if thinking is None else thinking == "yes",
        chinese=getattr(asked, "chinese", False),
        benchmark=getattr(asked, "benchmark", None),
        licenses=tuple(getattr(asked, "licenses", ())),
        format=asked.format,
        cache_format=asked.cache_format,
        runtime=asked.runtime,
        max_loss=asked.max_loss,
        offload=asked.offload,
        vision=asked.vision,
        languages=tuple(part.strip().lower() for part in getattr(asked, "languages", "").split(",") if part.strip()),
        tools=getattr(asked, "tools", False),
        in_use=getattr(asked, "in_use", None) or (),
    )
