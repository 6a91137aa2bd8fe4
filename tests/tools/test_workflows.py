"""What runs on others' machines with this project's name is pinned, and may do no more than it needs."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, Final

import pytest
import yaml

WORKFLOWS: Final = sorted((Path(__file__).parents[2] / ".github" / "workflows").glob("*.yml"))
# Who may write what: pages are published, and a release is made.
WRITES: Final = {("pages", "publish"): {"pages", "id-token"}, ("release", "publish"): {"contents"}}


@pytest.fixture(params=WORKFLOWS, ids=lambda file: file.stem)
def file(request: pytest.FixtureRequest) -> Path:
    found: Path = request.param
    return found


def read(file: Path) -> dict[Any, Any]:
    found: dict[Any, Any] = yaml.safe_load(file.read_text(encoding="utf-8"))
    return found


def test_every_action_is_a_commit_whose_version_is_told(file: Path) -> None:
    used = re.findall(r"uses: (\S+)(.*)", file.read_text(encoding="utf-8"))
    others = [(name, said) for name, said in used if not name.startswith("./")]
    assert [name for name, said in others if not re.fullmatch(r"[\w/-]+@[0-9a-f]{40}", name)] == []
    assert [name for name, said in others if not re.fullmatch(r" # v\d+\.\d+\.\d+", said)] == []


def test_one_action_is_one_commit_everywhere() -> None:
    used = {name for file in WORKFLOWS for name in re.findall(r"uses: ([\w/-]+@\w+)", file.read_text(encoding="utf-8"))}
    assert len({name.partition("@")[0] for name in used}) == len(used)


def test_nothing_may_be_written_but_what_is_published(file: Path) -> None:
    workflow = read(file)
    assert workflow["permissions"] == {"contents": "read"}
    for name, job in workflow["jobs"].items():
        writes = {what for what, how in job.get("permissions", {}).items() if how == "write"}
        assert writes == WRITES.get((file.stem, name), set()), name


def test_no_checkout_keeps_the_token_and_no_job_runs_forever(file: Path) -> None:
    for job in read(file)["jobs"].values():
        assert "uses" in job or job["timeout-minutes"] <= 360
        for step in job.get("steps", ()):
            if step.get("uses", "").startswith("actions/checkout@"):
                assert step["with"]["persist-credentials"] is False


def test_no_script_is_made_of_what_others_write(file: Path) -> None:
    """A title or a branch's name would be read by the shell; it goes by a variable of the environment."""
    for job in read(file)["jobs"].values():
        assert [step["run"] for step in job.get("steps", ()) if "${{" in step.get("run", "")] == []


def test_what_is_released_is_made_of_nothing_that_another_run_left() -> None:
    for step in read(next(file for file in WORKFLOWS if file.stem == "release"))["jobs"]["build"]["steps"]:
        with_ = step.get("with", {})
        assert "cache" not in with_
        if step.get("uses", "").startswith("actions/setup-node@"):
            assert with_["package-manager-cache"] is False


def test_a_releases_tag_is_the_version_as_obsidian_looks_for_it() -> None:
    """Where the manifest says 0.2.0, the application takes main.js of the release 0.2.0: there is no v before it."""
    root = Path(__file__).parents[2]
    workflow = read(next(file for file in WORKFLOWS if file.stem == "release"))
    assert workflow[True]["push"]["tags"] == ["[0-9]+.[0-9]+.[0-9]+"]  # YAML 1.1 takes `on` for true
    (check,) = (step["run"] for step in workflow["jobs"]["build"]["steps"] if "the tag is" in step.get("name", ""))
    for file in ("pyproject.toml", "obsidian/manifest.json", "CHANGELOG.md"):
        assert f" {file}\n" in check
    version = json.loads((root / "obsidian" / "manifest.json").read_text(encoding="utf-8"))["version"]
    assert f'\nversion = "{version}"\n' in (root / "pyproject.toml").read_text(encoding="utf-8")


def test_what_others_release_waits_a_week() -> None:
    told = yaml.safe_load((WORKFLOWS[0].parents[1] / "dependabot.yml").read_text(encoding="utf-8"))
    assert {one["cooldown"]["default-days"] for one in told["updates"]} == {7}


def test_packages_come_by_their_hashes() -> None:
    root = Path(__file__).parents[2]
    tools = [f"tools/{name}/requirements.txt" for name in ("links", "release", "zensical")]
    for name in ("requirements.lock", *tools):
        text = (root / name).read_text(encoding="utf-8")
        named = re.findall(r"^[a-z][\w.-]*==\S+.*?(?=^[a-z]|\Z)", text, re.M | re.S)
        assert named
        assert [one.split()[0] for one in named if "--hash=sha256:" not in one] == []
