"""The real project, strictly built once and served under a base path as Pages does, and a real browser to see it."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BASE = "/base/path/"


@dataclass(frozen=True)
class Site:
    folder: Path
    url: str  # ends in a slash


class UnderBase(SimpleHTTPRequestHandler):
    """A folder under `BASE`, quietly; what lies outside `BASE` is not found."""

    def translate_path(self, path: str) -> str:
        return super().translate_path("/" + path.removeprefix(BASE) if path.startswith(BASE) else "/outside-the-base")

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="session")
def _site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("built") / "site"
    # The server takes its port before the build, which is told the address.
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(UnderBase, directory=str(folder))) as server:
        site = Site(folder, f"http://127.0.0.1:{server.server_port}{BASE}")
        build_strictly(site)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield site
        server.shutdown()


def build_strictly(site: Site) -> None:
    build = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", site.folder],
        cwd=ROOT,
        env={**os.environ, "SITE_URL": site.url, "NO_MKDOCS_2_WARNING": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert build.returncode == 0, f"mkdocs build --strict failed:\n{build.stdout}"


@pytest.fixture(scope="session")
def site_dir(_site: Site) -> Path:
    """The folder of the strictly built site."""
    return _site.folder


@pytest.fixture(scope="session")
def site_url(_site: Site) -> str:
    """The address that the strictly built site is served at, its base path and a last slash included."""
    return _site.url
