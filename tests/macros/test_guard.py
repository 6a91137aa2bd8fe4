"""Bad input on a page costs one line with the page's file and line, and a mark on the page; nothing breaks."""

import re

import pytest

from macros.pages import define_env
from tests.macros.environment import ARTICLE, FakeEnvironment

FRONT_MATTER = "---\ntitle: 标题\ntags: [Innolight]\n---\n\n"
LLAMA_ON_A_CARD = '{{ check("fits", "llama-3-70b", "rtx-4090", "Q4_K_M") }}'


@pytest.fixture
def page(env: FakeEnvironment) -> FakeEnvironment:
    """A page on which every macro may be called."""
    define_env(env)
    return env


def complaint(log: pytest.LogCaptureFixture) -> str:
    (record,) = log.records
    # A warning of MkDocs' own logger is what fails a strict build.
    assert (record.levelname, record.name.partition(".")[0]) == ("WARNING", "mkdocs")
    line = record.getMessage()
    assert "\n" not in line
    return line


def test_every_macro_is_registered_under_its_name(page: FakeEnvironment) -> None:
    for name in ("weights", "decode", "open_models", "memory_chart", "claims_ledger", "devices_reference", "check"):
        assert name in page.macros


def test_a_true_sentence_writes_nothing(page: FakeEnvironment, caplog: pytest.LogCaptureFixture) -> None:
    text = '装得下。{{ check("fits", "llama-3-70b", "2x-rtx-4090", "Q4_K_M") }}'
    assert page.render(text) == "装得下。"
    assert caplog.records == []


def test_a_false_sentence_is_one_line_with_its_place(page: FakeEnvironment, caplog: pytest.LogCaptureFixture) -> None:
    shown = page.render(f"第一行\n\n一张卡装得下。{LLAMA_ON_A_CARD}\n")
    line = complaint(caplog)
    assert line.startswith(
        f"docs/{ARTICLE}.md:3: check(): this sentence is no longer true: llama-3-70b fits on rtx-4090"
    )
    assert shown.startswith('第一行\n\n一张卡装得下。<strong class="macro-error">')


def test_lines_are_counted_in_the_file_not_below_the_front_matter(
    page: FakeEnvironment, caplog: pytest.LogCaptureFixture
) -> None:
    text = f"{FRONT_MATTER}# 标题\n\n正文\n\n{LLAMA_ON_A_CARD}\n"
    page.render(text)
    number = next(i for i, line in enumerate(text.split("\n"), start=1) if "check" in line)
    assert number == 10
    assert complaint(caplog).startswith(f"docs/{ARTICLE}.md:{number}: ")


@pytest.mark.parametrize("above", ["", "\n", "\n\n\n", "{{ parameters('llama-3-8b') }}\n\n", "{# 注释\n两行 #}\n"])
@pytest.mark.parametrize("front_matter", ["", FRONT_MATTER, FRONT_MATTER + "\n\n"])
def test_whatever_stands_above_a_sentence_its_line_is_right(
    page: FakeEnvironment, caplog: pytest.LogCaptureFixture, front_matter: str, above: str
) -> None:
    text = f"{front_matter}标题\n{above}一张卡装得下。{LLAMA_ON_A_CARD}\n尾\n\n"
    page.render(text)
    number = text.split("一张卡")[0].count("\n") + 1
    assert complaint(caplog).startswith(f"docs/{ARTICLE}.md:{number}: ")


def test_each_false_sentence_has_its_own_line(page: FakeEnvironment, caplog: pytest.LogCaptureFixture) -> None:
    page.render(f"{LLAMA_ON_A_CARD}\n\n{LLAMA_ON_A_CARD}\n")
    assert [record.getMessage().split(": ")[0] for record in caplog.records] == [
        f"docs/{ARTICLE}.md:1",
        f"docs/{ARTICLE}.md:3",
    ]


@pytest.mark.parametrize(
    ("call", "said"),
    [
        ('weights("llama-3-9b", "F16")', "weights(): no model 'llama-3-9b' in the catalog; did you mean llama-3-8b"),
        ('suited_models(["phone"])', "suited_models(): no machine or device 'phone' in the catalog"),
        ('weights("llama-3-8b")', "weights(): missing a required argument: format; it takes (model: str, format: str)"),
        ('weights("llama-3-8b", fromat="F16")', "weights(): missing a required argument: format; it takes"),
        ('weights("llama-3-8b", "F16", 5)', "weights(): too many positional arguments; it takes"),
        (
            'price("pc-rtx-4090", kind="used")',
            "price(): got an unexpected keyword argument kind; it takes (machine: str)",
        ),
        ('memory_chart("llama-3-8b", [("Q9", 4096)])', "memory_chart(): no format 'Q9' in the catalog"),
    ],
)
def test_a_slip_says_what_would_be_right(
    page: FakeEnvironment, caplog: pytest.LogCaptureFixture, call: str, said: str
) -> None:
    page.render(f"前 {{{{ {call} }}}} 后")
    assert complaint(caplog).startswith(f"docs/{ARTICLE}.md:1: {said}")


@pytest.mark.parametrize(
    "call",
    [
        'check("fitts", "llama-3-8b", "rtx-4090", "Q4_K_M")',
        'check("about", "llama-3-8b", format="F16", quantity_name="size", value=16, unit="GB")',
        'check("about", "llama-3-8b", quantity_name="parameters", value=8, unit="GiB")',
        'ratio("weights", {"modl": "llama-3-8b"}, {"model": "llama-3-8b"})',
        'weights("llama-3-8b", 4)',
        'memory("llama-3-8b", "F16", "8K")',
        'memory_chart("llama-3-8b", ["Q4_K_M"])',
    ],
)
def test_any_slip_is_one_line(page: FakeEnvironment, caplog: pytest.LogCaptureFixture, call: str) -> None:
    page.render(f"{{{{ {call} }}}}")
    assert complaint(caplog).startswith(f"docs/{ARTICLE}.md:1: ")


@pytest.mark.parametrize(
    "call",
    [
        'check("not fits", "llama-3-70b", "rtx-4090")',
        'check("not fits", "llama-3-70b", format="F16")',
        'check("not runs", "gpt-4o", "rtx-4090", "Q4_K_M")',
        'check("not fits", "llama-3-8b", "m3-max-40-core-64gb", "AWQ")',
    ],
)
def test_a_guard_that_can_judge_nothing_fails(
    page: FakeEnvironment, caplog: pytest.LogCaptureFixture, call: str
) -> None:
    page.render(f"{{{{ {call} }}}}")
    assert complaint(caplog).startswith(f"docs/{ARTICLE}.md:1: check(): ")


def test_an_unknown_fact_of_the_host_is_a_slip(page: FakeEnvironment, caplog: pytest.LogCaptureFixture) -> None:
    page.render('{{ host("bandwith") }}')
    assert complaint(caplog).startswith(f"docs/{ARTICLE}.md:1: host(): ")


def test_the_mark_on_the_page_is_html(page: FakeEnvironment) -> None:
    shown = page.render('{{ weights("<b>", "F16") }}')
    assert re.fullmatch(r'<strong class="macro-error">[^<>]+</strong>', shown)
    assert "&#60;b&#62;" in shown


def test_an_unknown_macro_stops_the_page(page: FakeEnvironment) -> None:
    with pytest.raises(Exception, match="'weigths' is undefined"):
        page.render('{{ weigths("llama-3-8b", "F16") }}')
