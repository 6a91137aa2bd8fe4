"""When did each source last answer? Kept from one check to the next, and told with the lines that name it."""

from __future__ import annotations

import json
import re
import stat
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from sizing import SizingError
from tools.links.__main__ import ROOT, answered, check, main
from tools.links.places import Place, places
from tools.links.record import Answer, Row, kept, report, rows, written

LYCHEE = ROOT / ".cache" / "links" / "python" / "bin" / "lychee"
CARDS = """\
devices:
  a:
    sources:
      - {url: https://maker.test/a, read: 2026-01-02}
      - read: 2026-01-03
        url: "https://maker.test/b?x=(1),y&z='2'"
"""
ROWS = """\
device,source_url,read,note
a,https://maker.test/a,2026-02-01,llama-bench
a,https://else.test/run.json,2026-02-02,"two
lines"
b,https://else.test/run.json,2026-02-03,
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    for name, text in {
        "catalog/devices/x.yaml": CARDS,
        "catalog/devices/_template.yaml": "sources: [{url: https://example.com/x, read: 2026-01-01}]\n",
        "catalog/measurements/speeds.csv": ROWS,
        "docs/deep/page.md": "See [it](https://maker.test/a), or <https://prose.test/>.\n\nhttp://127.0.0.1:8000\n",
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_an_address_is_known_with_every_line_that_names_it_and_the_day_it_was_read(checkout: Path) -> None:
    assert places(checkout) == {
        "https://else.test/run.json": [
            Place("catalog/measurements/speeds.csv", 3, "2026-02-02"),
            Place("catalog/measurements/speeds.csv", 5, "2026-02-03"),
        ],
        "https://maker.test/a": [
            Place("catalog/devices/x.yaml", 4, "2026-01-02"),
            Place("catalog/measurements/speeds.csv", 2, "2026-02-01"),
            Place("docs/deep/page.md", 1),
        ],
        "https://maker.test/b?x=(1),y&z='2'": [Place("catalog/devices/x.yaml", 6, "2026-01-03")],
        "https://prose.test/": [Place("docs/deep/page.md", 1)],
    }


def test_every_source_of_the_catalog_is_asked() -> None:
    found = places(ROOT)
    assert len(found) > 2000
    assert [one for one in found if not re.fullmatch(r"https?://[^\s<>]*[^\s<>,]", one)] == []
    assert sum(bool(place.read) for where in found.values() for place in where) > 10_000


GOOD, GONE, REFUSED = Answer(200, "OK"), Answer(404, "Not Found"), Answer(403, "Forbidden")
WHERE = {"https://a.test": [Place("catalog/x.yaml", 7, "2026-01-05"), Place("docs/y.md", 2)]}


def test_the_day_of_the_last_good_check_outlives_the_bad_ones() -> None:
    weeks = [("2026-02-01", GOOD), ("2026-02-08", GONE), ("2026-02-15", REFUSED), ("2026-02-22", None)]
    table: list[Row] = []
    told = []
    for day, answer in weeks:
        table = kept(written(rows(WHERE, {"https://a.test": answer} if answer else {}, table, day)), "links.csv")
        told.append(table)
    assert [one for (one,) in told] == [
        Row("https://a.test", "2026-02-01", "2026-02-01", "200"),
        Row("https://a.test", "2026-02-01", "2026-02-08", "404"),
        Row("https://a.test", "2026-02-01", "2026-02-15", "403"),
        Row("https://a.test", "2026-02-01", "2026-02-15", "403"),
    ]


def test_before_the_first_check_somebody_read_it_and_who_reads_it_again_counts() -> None:
    assert rows(WHERE, {"https://a.test": GONE}, [], "2026-02-01")[0].good == "2026-01-05"
    again = {"https://a.test": [Place("catalog/x.yaml", 7, "2026-03-01")]}
    assert rows(again, {"https://a.test": GONE}, [Row("https://a.test", "2026-02-01", "", "")], "2026-03-08")[
        0
    ].good == ("2026-03-01")


def test_an_address_that_nobody_names_any_more_is_forgotten() -> None:
    assert rows({}, {}, [Row("https://a.test", "2026-02-01", "2026-02-01", "200")], "2026-03-01") == []


def test_what_is_gone_is_told_with_its_lines_the_longest_gone_first() -> None:
    where = {
        "https://a.test/?q=<b>|": [Place("catalog/x.yaml", line, "2026-01-05") for line in (7, 8, 9, 10)],
        "https://b.test": [Place("catalog/y.yaml", 3, "2026-01-01")],
        "https://c.test": [Place("catalog/y.yaml", 4, "2026-01-01")],
        "https://d.test": [Place("catalog/y.yaml", 5, "2026-01-01")],
    }
    answers = dict(zip(where, (GONE, Answer(None, "no\nsuch host"), GOOD, REFUSED), strict=True))
    text = report(where, answers, rows(where, answers, [], "2026-02-01"), "2026-02-01")
    assert "Of 4 addresses 1 answer, 1 refuse programs, 2 do not answer, and 0 were not asked." in text
    assert text.splitlines()[-2:] == [
        "| 2026-01-01 | no such host | https://b.test | catalog/y.yaml:3 |",
        "| 2026-01-05 | 404 | https://a.test/?q=&lt;b>&#124; | catalog/x.yaml:7, catalog/x.yaml:8, catalog/x.yaml:9 "
        "and 1 more |",
    ]


@pytest.mark.parametrize("text", ["a,b\n1,2\n", "address,good,asked,said\nx,1\n\n1,2,3,4,5\n"])
def test_a_record_that_is_none_is_one_line(checkout: Path, text: str, capsys: pytest.CaptureFixture[str]) -> None:
    (checkout / "links.csv").write_text(text, encoding="utf-8")
    assert main(["lychee", str(checkout), "--root", str(checkout)]) == 2
    said = capsys.readouterr().err
    assert "links.csv:" in said
    assert "is no record of links; its columns are address,good,asked,said" in said


@pytest.fixture
def lychee(tmp_path: Path) -> Path:
    """A stand-in that tells lines as lychee does: the first address is good, the last not asked, others are gone."""
    status = {"good": {"text": "200 OK", "code": 200}, "gone": {"text": "Rejected status code: 404", "code": 404}}
    program = tmp_path / "lychee"
    program.write_text(
        f"#!{sys.executable}\nimport json, sys\n"
        "many = len(open(sys.argv[-1], encoding='utf-8').read().splitlines())\n"
        f"status = json.loads({json.dumps(json.dumps(status))})\n"
        "one = lambda line, what: {'url': 'x', 'span': {'line': line, 'column': 1}, 'status': status[what]}\n"
        "print(json.dumps({'success_map': {'p': [one(1, 'good')]}, 'timeout_map': {},\n"
        "    'error_map': {'p': [one(line, 'gone') for line in range(2, many)]}}))\n",
        encoding="utf-8",
    )
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return program


def test_a_check_leaves_a_record_and_a_report(checkout: Path, lychee: Path) -> None:
    folder = checkout / "kept"
    told = check(checkout, str(lychee), folder, "2026-03-01")
    assert "Of 4 addresses 1 answer, 0 refuse programs, 2 do not answer, and 1 were not asked." in told
    assert (folder / "links.md").read_text(encoding="utf-8") == told
    assert kept((folder / "links.csv").read_text(encoding="utf-8"), "") == [
        Row("https://else.test/run.json", "2026-03-01", "2026-03-01", "200"),
        Row("https://maker.test/a", "2026-02-01", "2026-03-01", "404"),
        Row("https://maker.test/b?x=(1),y&z='2'", "2026-01-03", "2026-03-01", "404"),
        Row("https://prose.test/", "", "", ""),
    ]


def test_a_program_that_is_missing_or_says_nothing_is_one_line(checkout: Path) -> None:
    with pytest.raises(SizingError, match="No such file or directory; `make links` installs it"):
        answered(str(checkout / "none"), ["https://a.test"])
    with pytest.raises(SizingError, match="says nothing"):
        answered("true", ["https://a.test"])


@pytest.fixture
def address() -> Iterator[str]:
    """A host of one's own that answers what it is asked for."""

    class Asked(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(int(self.path[1:4]))
            self.send_header("Location", "/200")
            self.send_header("Content-Length", "0")
            self.end_headers()

        do_HEAD = do_GET  # noqa: N815 the name that http.server looks for

        def log_message(self, format: str, *args: object) -> None:
            """Nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Asked) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.mark.skipif(not LYCHEE.exists(), reason="no lychee here; make links installs it")
def test_lychee_itself_tells_what_a_host_answers(address: str) -> None:
    asked = [f"{address}/{path}" for path in ("200", "301", "403", "404?a=(b),c&d='e'", "200", "500")]
    found = answered(str(LYCHEE), asked, ["--max-retries=0"])
    assert [(found[one].code, found[one].good, found[one].refused) for one in asked] == [
        (200, True, False), (200, True, False), (403, False, True), (404, False, False), (200, True, False),
        (500, False, False),
    ]  # fmt: skip
