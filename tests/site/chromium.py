"""The browser that the tests drive: find it, start it, install it where missing (`python -m tests.site.chromium`)."""

import os
import platform
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Browser, Playwright, sync_playwright

# Debian's two; the first, which never had a window, takes a third of the other's time to open a page.
DEBIAN = [Path("/usr/bin/chromium-headless-shell"), Path("/usr/bin/chromium")]
FONTS = "fonts-noto-cjk"
# Nothing in the background asks for updates, so that what the tests see on the wire is the site's own.
FLAGS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
]


def find(playwright: Playwright) -> Path | None:
    """Debian's Chromium, else the one that Playwright downloaded, else nothing."""
    own = Path(playwright.chromium.executable_path)
    return next((path for path in (*DEBIAN, own) if path.exists()), None)


def launch(playwright: Playwright) -> Browser:
    """Start the browser without a window; RuntimeError where there is none."""
    path = find(playwright)
    if path is None:
        raise RuntimeError("no Chromium found; `make browser` installs one")
    # Playwright's own has a smaller, separate program for headless use: it finds that one by itself.
    return playwright.chromium.launch(executable_path=path if path in DEBIAN else None, args=FLAGS)


def install() -> None:
    """Install what is missing: Debian's packages where we are root on Debian, Playwright's own download elsewhere."""
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    if root and on_debian():
        wanted = [FONTS] if any(path.exists() for path in DEBIAN) else [DEBIAN[0].name, FONTS]
        missing = [name for name in wanted if not has_debian_package(name)]
        if missing:
            environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
            # A failed update may still leave lists that are good enough; the install tells.
            subprocess.run(["apt-get", "update", "-qq"], env=environment, check=False)
            command = ["apt-get", "install", "-qq", "-o", "Dpkg::Use-Pty=0", "--no-install-recommends", *missing]
            subprocess.run(command, env=environment, check=True)
        return
    with sync_playwright() as playwright:
        found = find(playwright)
    if found is None:
        libraries = ["--with-deps"] if root and platform.system() == "Linux" else []
        subprocess.run([sys.executable, "-m", "playwright", "install", *libraries, "chromium"], check=True)


def on_debian() -> bool:
    """Debian itself: the `chromium` of its children may be something else, such as Ubuntu's snap."""
    return platform.system() == "Linux" and platform.freedesktop_os_release().get("ID") == "debian"


def has_debian_package(name: str) -> bool:
    query = subprocess.run(["dpkg-query", "-W", "-f", "${Status}", name], capture_output=True, text=True, check=False)
    return query.stdout == "install ok installed"


if __name__ == "__main__":
    try:
        install()
    except subprocess.CalledProcessError as error:
        sys.exit(f"the tests need a browser, and this failed: {' '.join(map(str, error.cmd))}")
