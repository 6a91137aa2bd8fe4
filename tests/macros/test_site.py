"""A build begins with a whole catalog, and with a warning of every number typed by hand."""

from pathlib import Path

import pytest
from mkdocs.exceptions import PluginError

from macros.site import define_env
from sizing import Catalog, CatalogError
from sizing.errors import Problem
from tests.macros.environment import FakeEnvironment


def test_a_broken_catalog_stops_the_build_with_one_line(env: FakeEnvironment, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> Catalog:
        raise CatalogError([Problem("catalog/devices/nvidia.yaml", 12, "rtx-4090.bandwidth", "give 1008 GB/s")])

    monkeypatch.setattr(Catalog, "load", broken)
    with pytest.raises(PluginError) as stopped:
        define_env(env)
    assert str(stopped.value) == "catalog/devices/nvidia.yaml:12: rtx-4090.bandwidth: give 1008 GB/s"
    assert stopped.value.__suppress_context__


def test_a_number_typed_by_hand_is_a_warning(
    env: FakeEnvironment, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/x.md").write_text("# 题\n\n显存 24 GB。\n", encoding="utf-8")
    define_env(env)
    (record,) = caplog.records
    assert (record.levelname, record.name.partition(".")[0]) == ("WARNING", "mkdocs")
    assert record.getMessage().startswith('docs/x.md:3: "24 GB" is a number of the catalog typed by hand')
