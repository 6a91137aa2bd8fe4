"""Installed in an empty folder, away from the checkout, the package has all that it needs."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PYTHON = Path(sysconfig.get_path("purelib"))


def run(*command: str | Path, cwd: Path, **environment: str) -> str:
    """What a command prints; the test fails where it does."""
    done = subprocess.run(
        command, cwd=cwd, env={**os.environ, **environment}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built as an index would have it, where nothing of this project is installed: a source distribution, its wheel."""
    folder = tmp_path_factory.mktemp("build")
    copy = folder / "copy"
    keep = shutil.ignore_patterns(".*", "*.egg-info", "__pycache__", "build", "dist", "site", "docs", "tests")
    shutil.copytree(ROOT, copy, ignore=keep)
    make = "from setuptools.build_meta import build_sdist; build_sdist('dist')"
    run(sys.executable, "-c", make, cwd=copy)
    (source,) = (copy / "dist").iterdir()
    wheels = folder / "wheels"
    run(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "-w", wheels, source, cwd=folder)
    (built,) = wheels.iterdir()
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that it was installed into, which holds nothing else."""
    folder = tmp_path_factory.mktemp("installed")
    run(sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", folder, wheel, cwd=folder)
    return folder


def sizing(installed: Path, cwd: Path, *arguments: str, packages: bool = False, **environment: str) -> str:
    """The command as it answers from there, with Python's own library alone, or with other ``packages`` too."""
    path = os.pathsep.join(map(str, (installed, PYTHON) if packages else (installed,)))
    return run(sys.executable, "-S", "-m", "sizing", *arguments, cwd=cwd, PYTHONPATH=path, **environment)


def test_the_wheel_holds_every_module_of_the_tree(wheel: Path) -> None:
    inside = {name for name in zipfile.ZipFile(wheel).namelist() if name.endswith(".py")}
    tree = {path.relative_to(ROOT).as_posix() for path in (ROOT / "sizing").rglob("*.py")}
    tree |= {
        f"sizing_macros/{path.relative_to(ROOT / 'macros').as_posix()}" for path in (ROOT / "macros").rglob("*.py")
    }
    assert inside == tree


def test_the_wheel_holds_the_whole_catalog(wheel: Path) -> None:
    inside = {name.removeprefix("sizing/data/") for name in zipfile.ZipFile(wheel).namelist() if "/data/" in name}
    assert inside == {path.relative_to(ROOT / "catalog").as_posix() for path in (ROOT / "catalog").rglob("*.*")} | {
        "LICENSE"
    }


def test_it_takes_no_name_that_others_may_have(installed: Path) -> None:
    names = {path.name for path in installed.iterdir() if not path.name.endswith(".dist-info")} - {"bin"}
    assert names == {"sizing", "sizing_macros"}
    assert (installed / "sizing" / "py.typed").exists()


def test_a_plan_needs_nothing_but_pythons_own_library(installed: Path, tmp_path: Path) -> None:
    asked = ("plan", "llama-3-8b", "--on", "rtx-4090", "--format", "Q4_K_M", "--json")
    (plan,) = json.loads(sizing(installed, tmp_path, *asked))
    assert plan["fits"] is True
    assert plan["memory"]["weights"] == 4_912_898_048


def test_a_computer_is_known_without_more_than_that(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "smi.txt").write_text("GPU 0: NVIDIA GeForce RTX 4090 (UUID: GPU-0)\nGPU 1: NVIDIA L4 (UUID: GPU-1)\n")
    found = json.loads(sizing(installed, tmp_path, "here", "--from", ".", "--json"))
    assert found["machine"] == "rtx-4090+l4"
    assert found["runs"]


def test_the_snapshot_says_what_yaml_says(installed: Path, tmp_path: Path) -> None:
    asked = ("plan", "deepseek-v3", "--on", "cloud-8x-h100-80gb", "--format", "Q4_K_M", "--format", "FP8", "--json")
    quick = sizing(installed, tmp_path, *asked)
    read = sizing(installed, tmp_path, *asked, packages=True, SIZING_CATALOG=str(ROOT / "catalog"))
    assert quick == read


def test_a_config_json_is_read(installed: Path, tmp_path: Path) -> None:
    shape = {
        "model_type": "llama", "vocab_size": 128256, "hidden_size": 4096, "intermediate_size": 14336,
        "num_hidden_layers": 32, "num_attention_heads": 32, "num_key_value_heads": 8, "tie_word_embeddings": False,
    }  # fmt: skip
    (tmp_path / "config.json").write_text(json.dumps(shape), encoding="utf-8")
    (plan,) = json.loads(
        sizing(installed, tmp_path, "plan", "config.json", "--format", "Q4_K_M", "--json", packages=True)
    )
    assert plan["memory"]["weights"] == 4_912_898_048


def test_an_installed_fact_that_is_changed_is_read_anew(installed: Path, tmp_path: Path) -> None:
    file = installed / "sizing" / "data" / "devices" / "nvidia.yaml"
    as_shipped = file.read_text(encoding="utf-8")
    assert "bandwidth: 1008 GB/s" in as_shipped
    asked = ("plan", "llama-3-8b", "--on", "rtx-4090", "--json")
    (before,) = json.loads(sizing(installed, tmp_path, *asked))
    try:
        file.write_text(as_shipped.replace("bandwidth: 1008 GB/s", "bandwidth: 504 GB/s"), encoding="utf-8")
        (after,) = json.loads(sizing(installed, tmp_path, *asked, packages=True))
    finally:
        file.write_text(as_shipped, encoding="utf-8")
    assert after["decode"]["value"] < before["decode"]["value"]


def test_the_version_is_the_distributions(installed: Path, wheel: Path, tmp_path: Path) -> None:
    assert sizing(installed, tmp_path, "--version").strip() == f"sizing {wheel.name.split('-')[1]}"
