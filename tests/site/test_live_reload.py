"""`mkdocs serve` and `make site` as an author meets them: every save shows, and a slip costs one line, not the site."""

import hashlib
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import pytest

from tests.sampled import WHOLE, drawing, tries
from tests.smaller import smaller_catalog

ROOT = Path(__file__).resolve().parents[2]
# Seconds. A machine that is busy otherwise may take minutes to start, and to show a save; of the server's own time, in
# which what else the machine does counts for nothing, a save costs few.
STARTS, SHOWS = 600.0, 90.0
SAVES = tries(5, 20, night=200)  # of anything
EDITS = tries(16, 200)  # of a fact, one after another
WATCHES = 0.5  # how often mkdocs looks for saves

# What an author saves shows on these pages. All others, which every save would build again too, are there where
# everything is tried.
PAGES = {
    "index.md": "# 首页\n\n短短一页。\n",
    "method.md": '# 方法\n\n{{ constants_table("decode") }}\n',
    "data/devices.md": (ROOT / "docs/data/devices.md").read_text(encoding="utf-8"),
}

DEVICES = "catalog/devices/nvidia.yaml"
DEVICES_PAGE = "data/devices/"
CARD = "RTX 4090"
BANDWIDTH = "bandwidth: 1008 GB/s"


@dataclass
class Project:
    """A copy of what the site is built from."""

    root: Path

    def line_of(self, file: str, text: str) -> int:
        before, found, _ = (self.root / file).read_text(encoding="utf-8").partition(text)
        assert found, f"{file} no longer says {text!r}; this test edits that"
        return before.count("\n") + 1

    @contextmanager
    def edited(self, file: str, old: str, new: str) -> Iterator[None]:
        """Save `file` with the first `old` replaced, and afterwards as it was."""
        self.line_of(file, old)
        path = self.root / file
        original = path.read_text(encoding="utf-8")
        path.write_text(original.replace(old, new, 1), encoding="utf-8")
        try:
            yield
        finally:
            path.write_text(original, encoding="utf-8")


def environment() -> dict[str, str]:
    """A plain author's: with bytecode written, which is what makes stale modules possible."""
    dropped = ("PYTHONDONTWRITEBYTECODE", "SITE_URL")
    # Entries have pages of their own where a site is built whole; here every save would wait for all of them.
    quick = {"NO_MKDOCS_2_WARNING": "1", "FULL": "false"}
    return {k: v for k, v in os.environ.items() if k not in dropped} | quick


def copy_project(to: Path) -> Project:
    leave = shutil.ignore_patterns("__pycache__")
    for folder in ("docs", "macros", "overrides", "sizing", "tools"):
        shutil.copytree(ROOT / folder, to / folder, ignore=leave)
    smaller_catalog(to / "catalog")
    for file in ("mkdocs.yml", "Makefile"):
        shutil.copy2(ROOT / file, to / file)
    if not WHOLE:
        for page in (to / "docs").rglob("*.md"):
            page.unlink()
        for name, content in PAGES.items():
            (to / "docs" / name).write_text(content, encoding="utf-8")
        settings = (to / "mkdocs.yml").read_text(encoding="utf-8")
        assert "    engine: true\n" in settings
        settings = settings.replace("    engine: true\n", "")  # none of these pages plans by itself
        (to / "mkdocs.yml").write_text(re.sub(r"(?ms)^nav:.*?\n\n", "", settings), encoding="utf-8")
    return Project(to)


@dataclass
class Server:
    """A running `mkdocs serve` and what it has printed."""

    process: subprocess.Popen[str]
    url: str
    lines: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        assert self.process.stdout
        self.lines.extend(line.rstrip("\n") for line in self.process.stdout)

    def page(self, address: str) -> str:
        """The page's HTML; nothing while the server is busy, or stuck on a broken build."""
        try:
            with urllib.request.urlopen(self.url + address, timeout=2) as response:
                return str(response.read().decode())
        except OSError:
            return ""

    def wait(self, until: Callable[[], bool], what: str, most: float = SHOWS) -> float:
        """Wait until something holds, ``most`` seconds of the server's own at most; the seconds it took."""
        start, before = time.monotonic(), self.computed()
        while not until():
            assert self.process.poll() is None, "the server has died:\n" + "\n".join(self.lines)
            late = self.computed() - before >= most or time.monotonic() - start >= STARTS
            assert not late, f"never saw {what}:\n" + "\n".join(self.lines)
            time.sleep(0.1)
        return time.monotonic() - start

    def rest(self) -> None:
        """Wait until it builds nothing and has seen every save: one that comes meanwhile would be told twice."""
        printed = -1
        start = time.monotonic()
        while printed != len(self.lines) or self._building():
            assert time.monotonic() - start < STARTS, "it never rests:\n" + "\n".join(self.lines)
            printed = len(self.lines)
            time.sleep(2 * WATCHES)

    def _building(self) -> bool:
        # mkdocs tells nothing twice, so a second build of 8.60 seconds ends in "Reloading browsers" alone.
        begins, *ends = "Building documentation", "Documentation built", "Reloading browsers"
        about = [line for line in self.lines if any(words in line for words in (begins, *ends))]
        return bool(about) and begins in about[-1]

    def holds(self) -> float:
        """The MB of memory that the server takes."""
        told = Path(f"/proc/{self.process.pid}/status").read_text(encoding="utf-8")
        found = re.search(r"^VmRSS:\s*(\d+) kB$", told, re.M)
        assert found
        return int(found[1]) * 1024 / 1e6

    def computed(self) -> float:
        """The seconds that the server has computed; where that is not told, those that went by."""
        state = Path(f"/proc/{self.process.pid}/stat")
        if not state.exists():
            return time.monotonic()
        told = state.read_text(encoding="utf-8").rpartition(")")[2].split()
        return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")

    def cost(self, act: Callable[[], object]) -> float:
        """The seconds that the server computes meanwhile."""
        before = self.computed()
        act()
        return self.computed() - before

    def wait_for(self, pattern: str, *, row: str = "", address: str = DEVICES_PAGE, most: float = SHOWS) -> float:
        """Wait until the page, or a row of its tables, shows the pattern; the seconds it took."""

        def shown() -> bool:
            html = self.page(address)
            return any(re.search(pattern, text) for text in (rows_about(row, html) if row else [html]))

        return self.wait(shown, f"{pattern!r} on {address}", most)


def rows_about(name: str, html: str) -> list[str]:
    """The text of the table rows that name a desktop card."""
    rows = (re.sub(r"<[^>]+>", " ", row) for row in re.findall(r"<tr\b.*?</tr>", html, re.S))
    return [row for row in rows if name in row and "Laptop" not in row]


def start(project: Project) -> Server:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address = "{}:{}".format(*probe.getsockname())
    process = subprocess.Popen(
        [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", address],
        cwd=project.root,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    return Server(process, f"http://{address}/")


def stop(server: Server) -> None:
    server.process.terminate()
    server.process.wait(timeout=SHOWS)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return copy_project(tmp_path_factory.mktemp("author") / "project")


@pytest.fixture(scope="module")
def _server(project: Project) -> Iterator[Server]:
    server = start(project)
    yield server
    stop(server)


@pytest.fixture
def server(_server: Server) -> Iterator[Server]:
    """The one server, never restarted, showing the project unedited before and after each test."""
    _server.wait_for(r"1,?008\s*GB/s", row=CARD, most=STARTS)
    _server.rest()
    yield _server
    _server.wait_for(r"1,?008\s*GB/s", row=CARD)
    assert not complaints(_server.lines, "Traceback"), "\n".join(_server.lines)


def complaints(lines: list[str], about: str) -> list[str]:
    return [line for line in lines if about in line]


def assert_one_line_names(lines: list[str], line: int, key: str, wrong: str, right: str) -> None:
    assert not complaints(lines, "Traceback"), "\n".join(lines)
    about = complaints(lines, DEVICES)
    assert len(about) == 1, "\n".join(lines)
    for part in (f"{DEVICES}:{line}:", key, wrong, right):
        assert part in about[0]


def test_saved_arithmetic_and_a_saved_macro_show(project: Project, server: Server) -> None:
    labels = [path for path in (project.root / "macros").rglob("*.py") if "带宽" in path.read_text(encoding="utf-8")]
    assert labels, "no label in macros/ says 带宽 any more; this test edits that"
    # An edit of the same size: a stale .pyc would hide it.
    with project.edited("sizing/facts/units.py", '"GB/s": 10**9', '"GB/s": 5.0e8'):
        server.wait_for(r"\b504\s*GB/s", row=CARD)
        for path in labels:
            path.write_text(path.read_text(encoding="utf-8").replace("带宽", "频宽"), encoding="utf-8")
        server.wait_for("频宽")
    for path in labels:
        path.write_text(path.read_text(encoding="utf-8").replace("频宽", "带宽"), encoding="utf-8")
    server.wait_for("带宽")


def test_fitted_constants_show(project: Project, server: Server) -> None:
    file = project.root / "sizing/engine/fitted.json"
    fitted = file.read_text(encoding="utf-8")
    slower = json.loads(fitted)
    slower["decode"]["step"][""] = 0.987  # seconds
    file.write_text(json.dumps(slower), encoding="utf-8")
    server.wait_for("987 ms", address="method/")
    file.write_text(fitted, encoding="utf-8")
    server.wait(lambda: "987 ms" not in (server.page("method/") or "987 ms"), "the constants as they were")


def test_what_is_wrong_costs_one_line_while_the_last_whole_catalog_is_shown(project: Project, server: Server) -> None:
    printed = len(server.lines)
    line = project.line_of(DEVICES, BANDWIDTH)
    with project.edited(DEVICES, BANDWIDTH, "bandwidth: 1008 parsecs"):
        server.wait_for(rf"macro-error.*{re.escape(DEVICES)}:{line}: ")
        assert_one_line_names(server.lines[printed:], line, "rtx-4090.bandwidth", "1008 parsecs", "GB/s")
        server.wait_for(r"1,?008\s*GB/s", row=CARD)
        with project.edited("docs/index.md", "\n\n", "\n\n刚刚写下的一句话。\n\n"):
            server.wait_for("刚刚写下的一句话", address="")
        server.rest()
        printed = len(server.lines)
        with project.edited(DEVICES, "bandwidth: 1008 parsecs", "bandwidth: [1008 GB/s"):
            server.wait_for(rf"macro-error.*{re.escape(DEVICES)}:\d+: (?!.*parsecs)")
            about = complaints(server.lines[printed:], DEVICES)
            assert len(about) == 1
            named = re.search(rf"{re.escape(DEVICES)}:(\d+):", about[0])
            assert named
            assert line <= int(named[1]) <= line + 1, "YAML notices an open bracket on this line or the next"
            server.wait_for(r"1,?008\s*GB/s", row=CARD)
    server.wait(lambda: "macro-error" not in (server.page(DEVICES_PAGE) or "macro-error"), "the mark gone again")


def test_it_survives_whatever_is_saved_renamed_and_deleted(project: Project, server: Server) -> None:
    """In quick succession, as a change of branches does it; afterwards a save shows as ever."""
    random = drawing("saves")
    files = [
        path
        for folder in ("catalog", "docs", "macros")
        for path in sorted((project.root / folder).rglob("*"))
        if path.suffix in (".yaml", ".csv", ".md", ".py", ".mjs") and path.is_file()
    ]
    for _ in range(SAVES):
        path = random.choice(files)
        was = path.read_bytes()
        beside = path.with_name(f"{path.stem}-renamed{path.suffix}")
        match random.choice(("save", "cut", "rename", "delete")):
            case "save":
                path.write_bytes(was + b"\n")
            case "cut":  # as an editor that writes in two steps
                path.write_bytes(was[: random.randrange(len(was) + 1)])
            case "rename":
                path.rename(beside)
            case "delete":
                path.unlink()
        time.sleep(random.uniform(0, 2 * WATCHES))
        beside.unlink(missing_ok=True)
        path.write_bytes(was)
        time.sleep(random.uniform(0, WATCHES))
    server.rest()
    with project.edited(DEVICES, BANDWIDTH, "bandwidth: 1234 GB/s"):
        server.wait_for(r"1,?234\s*GB/s", row=CARD)


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="another process is looked at in /proc")
def test_a_saved_fact_costs_at_most_twice_a_saved_page_and_leaves_little_behind(
    project: Project, server: Server
) -> None:
    """In the server's own time, so that what else the machine does counts for nothing; the least of several each. Once
    it has seen some saves, what it keeps for the next one is as much from then on."""
    page, device = project.root / "docs/data/devices.md", project.root / DEVICES
    written, stated = page.read_text(encoding="utf-8"), device.read_text(encoding="utf-8")
    pages, facts, held = [], [], []
    try:
        for n in range(2):
            page.write_text(written.replace("\n\n", f"\n\n刚刚写下的第 {n} 句话。\n\n", 1), encoding="utf-8")
            pages.append(server.cost(partial(server.wait_for, f"刚刚写下的第 {n} 句话")))
        page.write_text(written, encoding="utf-8")
        server.wait(lambda: "刚刚写下" not in (server.page(DEVICES_PAGE) or "刚刚写下"), "the sentence gone again")
        for n in range(1100, 1100 + EDITS):
            device.write_text(stated.replace(BANDWIDTH, f"bandwidth: {n} GB/s", 1), encoding="utf-8")
            facts.append(server.cost(partial(server.wait_for, rf"{n // 1000},?{n % 1000:03}\s*GB/s", row=CARD)))
            held.append(server.holds())
    finally:
        page.write_text(written, encoding="utf-8")
        device.write_text(stated, encoding="utf-8")
    if WHOLE:  # of three pages, reading the catalog again is most of what there is to do
        assert min(facts) <= 2 * min(pages), f"pages {pages}, facts {facts}"
    # Of 200 saves; memory comes in steps of some 16 MB, so that fewer tell no more.
    assert max(held[-3:]) - min(held[8:11]) < 30, held


def test_a_server_started_on_a_broken_catalog_says_so_and_ends(tmp_path: Path) -> None:
    project = copy_project(tmp_path / "project")
    line = project.line_of(DEVICES, BANDWIDTH)
    with project.edited(DEVICES, BANDWIDTH, "bandwidth: 1008 parsecs"):
        server = start(project)
        try:
            assert server.process.wait(timeout=STARTS) == 1
        finally:
            stop(server)
        time.sleep(0.2)  # for the last lines
        assert_one_line_names(server.lines, line, "rtx-4090.bandwidth", "1008 parsecs", "GB/s")


def make_site(project: Project) -> subprocess.CompletedProcess[str]:
    """`make site` with this environment, which is set up already."""
    return subprocess.run(
        ["make", "--assume-old=setup", "site", f"BIN={Path(sys.executable).parent}"],
        cwd=project.root,
        env=environment() | {"PYTHONPATH": str(project.root)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )


def fingerprints(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_a_failed_build_leaves_the_last_good_site_whole(tmp_path: Path) -> None:
    project = copy_project(tmp_path / "project")
    site = project.root / "site"
    (site / "data").mkdir(parents=True)
    for page in ("index.html", "data/gone.html"):
        (site / page).write_text("as it was built", encoding="utf-8")
    good = fingerprints(site)

    with project.edited(DEVICES, BANDWIDTH, "bandwidth: 1008 parsecs"):
        failed = make_site(project)
        assert failed.returncode != 0, failed.stdout
        assert len(complaints(failed.stdout.splitlines(), DEVICES)) == 1
        assert fingerprints(site) == good

    with project.edited(DEVICES, BANDWIDTH, "bandwidth: 1009 GB/s"):
        mended = make_site(project)
        assert mended.returncode == 0, mended.stdout
        assert re.search(r"1,?009\s*GB/s", (site / "data/devices/index.html").read_text(encoding="utf-8"))
        assert "data/gone.html" not in fingerprints(site)
        # Nobody has said where it will be published, so no page names an address of its own.
        assert not [page for page in site.rglob("*.html") if "127.0.0.1" in page.read_text(encoding="utf-8")]
