"""A page with nothing on it, beside modules and data in a folder: scripts of a test import them there."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import Browser, Page


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def empty_page(browser: Browser, folder: Path, patience: float) -> Iterator[Page]:
    """The page, served from ``folder``, which waits ``patience`` seconds for what it is asked."""
    (folder / "index.html").write_text("<!doctype html><title>empty</title>", encoding="utf-8")
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        page = browser.new_page()
        page.set_default_timeout(patience * 1000)
        page.goto(f"http://127.0.0.1:{server.server_port}/index.html")
        yield page
        page.close()
        server.shutdown()
