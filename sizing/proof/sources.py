"""Whose measurement is a row? The person or project behind an address, so that one source can be left out whole.

A thread is a source of its own, since each has its own machine and habits; all else in a repository is one source,
and so is all that one site says.
"""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlsplit

_FORGES: Final = ("github.com", "raw.githubusercontent.com", "gitlab.com", "huggingface.co")
_THREADS: Final = ("issues", "discussions", "pull")


def source_of(address: str) -> str:
    """``github.com/owner/name``, ``github.com/owner/name/issues/629``, ``reddit.com/r/LocalLLaMA/comments/abc``, or a
    site's name; ``record/…`` of a machine that this project measured itself."""
    parts = urlsplit(address)
    if not parts.netloc:
        return address
    site = re.sub(r"^(www|old|m)\.", "", parts.netloc.lower())
    path = [part for part in parts.path.split("/") if part and part != "-"]
    if site == "gist.github.com":
        return "/".join([site, *path[:2]])
    if site in _FORGES:
        site = "github.com" if site.endswith("githubusercontent.com") else site
        named = path[:3] if path[:1] in (["datasets"], ["spaces"]) else path[:2]
        thread = path[len(named) : len(named) + 2]
        return "/".join([site, *named, *(thread if len(thread) == 2 and thread[0] in _THREADS else [])])
    if site == "reddit.com":
        return "/".join([site, *path[:4]])
    return site
