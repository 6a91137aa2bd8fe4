"""The real project, strictly built once and served under a base path as Pages does, and a real browser to see it."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from tests.kept import ROOT, built_once

BASE = "/base/path/"
# What the site is told of where it is published. Served, it says where that really is: an address of the same length.
PUBLISHED = f"http://127.0.0.1:00000{BASE}"


class UnderBase(SimpleHTTPRequestHandler):
    """A folder under `BASE`, quietly; what lies outside `BASE` is not found."""

    def translate_path(self, path: str) -> str:
        return super().translate_path("/" + path.removeprefix(BASE) if path.startswith(BASE) else "/outside-the-base")

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


class AsPublished(UnderBase):
    """The same; where a file says `PUBLISHED`, it says the address that it is served at."""

    server: ThreadingHTTPServer

    def copyfile(self, source: Any, outputfile: Any) -> None:
        with suppress(ConnectionError):  # a reader who has left
            outputfile.write(source.read().replace(PUBLISHED.encode(), address(self.server).encode()))


def address(server: ThreadingHTTPServer) -> str:
    """Where a server serves `BASE`, a last slash included."""
    found = f"http://127.0.0.1:{server.server_port}{BASE}"
    assert len(found) == len(PUBLISHED), "a port of five digits, or files would be longer than they are said to be"
    return found


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a site that was built for `PUBLISHED`; the address."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(AsPublished, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield address(server)
        server.shutdown()


def build_strictly(folder: Path) -> None:
    """Build the site for the address that it is published at."""
    build = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", folder],
        cwd=ROOT,
        env={**os.environ, "SITE_URL": PUBLISHED, "FULL": "true", "NO_MKDOCS_2_WARNING": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert build.returncode == 0, f"mkdocs build --strict failed:\n{build.stdout}"


@pytest.fixture(scope="session")
def site_dir() -> Path:
    """The folder of the strictly built site, which nobody writes into."""
    return built_once("site", build_strictly, said=PUBLISHED)


@pytest.fixture(scope="session")
def site_url(site_dir: Path) -> Iterator[str]:
    """The address that the strictly built site is served at, its base path and a last slash included."""
    with served(site_dir) as address:
        yield address
