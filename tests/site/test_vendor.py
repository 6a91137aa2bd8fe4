"""What the site carries from elsewhere is what its README says it is."""

import hashlib
import re
from pathlib import Path

VENDOR = Path(__file__).resolve().parents[2] / "docs/assets/vendor"
ROW = re.compile(r"^\| (?P<file>\S+) \| \S+ \| [\d.]+ \| [\w.-]+ \| `(?P<sha256>[0-9a-f]{64})` \|$", re.M)


def test_every_vendored_file_is_listed_and_unchanged() -> None:
    listed = {row["file"]: row["sha256"] for row in ROW.finditer((VENDOR / "README.md").read_text(encoding="utf-8"))}
    files = [path for path in VENDOR.rglob("*") if path.is_file() and path.name != "README.md"]
    found = {path.relative_to(VENDOR).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
    assert found == listed
