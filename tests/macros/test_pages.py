"""A build begins with a whole catalog, or with the last whole one; a number typed by hand is a warning."""

import shutil
from pathlib import Path

import pytest
from mkdocs.exceptions import PluginError

from macros import pages
from macros.shown import Reader
from sizing import Catalog, CatalogError
from sizing.errors import Problem
from tests.macros.environment import OUR_SETTINGS, FakeEnvironment

BROKEN = CatalogError([Problem("catalog/devices/nvidia.yaml", 12, "rtx-4090.bandwidth", "give 1008 GB/s")])


@pytest.fixture
def reader(monkeypatch: pytest.MonkeyPatch) -> Reader:
    """A process that has read no catalog yet."""
    fresh = Reader()
    monkeypatch.setattr(pages, "_READER", fresh)
    return fresh


@pytest.fixture
def own(env: FakeEnvironment, catalog: Catalog, tmp_path: Path) -> FakeEnvironment:
    """A project with a catalog of its own."""
    shutil.copytree(catalog.root, tmp_path / "catalog")
    env.conf = {"extra": {"sizing": OUR_SETTINGS | {"catalog": "catalog"}}}
    return env


def device_row(env: FakeEnvironment) -> str:
    return next(line for line in env.macros["devices_reference"]().split("\n") if 'id="rtx-4090"' in line)


def save(env: FakeEnvironment, old: str, new: str) -> None:
    file = Path(env.project_dir) / "catalog/devices/nvidia.yaml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_broken_catalog_stops_the_first_build_with_one_line(
    reader: Reader, env: FakeEnvironment, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(path: Path | None) -> Catalog:
        raise BROKEN

    monkeypatch.setattr(Catalog, "load", broken)
    with pytest.raises(PluginError) as stopped:
        pages.define_env(env)
    assert str(stopped.value) == "catalog/devices/nvidia.yaml:12: rtx-4090.bandwidth: give 1008 GB/s"
    assert stopped.value.__suppress_context__


def test_a_mistake_in_a_save_leaves_the_last_whole_catalog_and_is_told_at_every_build(
    reader: Reader, own: FakeEnvironment, caplog: pytest.LogCaptureFixture
) -> None:
    pages.define_env(own)
    whole = device_row(own)
    assert caplog.records == []
    save(own, "bandwidth: 1008 GB/s", "bandwidth: 1008 parsecs")
    for _ in range(2):
        caplog.clear()
        pages.define_env(own)
        (record,) = caplog.records
        assert (record.levelname, record.name.partition(".")[0]) == ("WARNING", "mkdocs")
        assert "catalog/devices/nvidia.yaml:" in record.getMessage()
        assert "1008 parsecs" in record.getMessage()
        assert device_row(own) == whole


def test_every_page_says_that_it_shows_an_older_catalog(reader: Reader, own: FakeEnvironment) -> None:
    pages.define_env(own)
    own.markdown = "# Title"
    pages.on_post_page_macros(own)
    assert own.markdown == "# Title"
    save(own, "bandwidth: 1008 GB/s", "bandwidth: <b>")
    pages.define_env(own)
    pages.on_post_page_macros(own)
    mark, title = own.markdown.split("\n\n")
    assert mark.startswith('<p class="macro-error">catalog/devices/nvidia.yaml')
    assert "<b>" not in mark
    assert title == "# Title"


def test_mending_the_mistake_shows_the_save(
    reader: Reader, own: FakeEnvironment, caplog: pytest.LogCaptureFixture
) -> None:
    pages.define_env(own)
    save(own, "bandwidth: 1008 GB/s", "bandwidth: 1008 parsecs")
    pages.define_env(own)
    caplog.clear()
    save(own, "bandwidth: 1008 parsecs", "bandwidth: 1234 GB/s")
    pages.define_env(own)
    assert caplog.records == []
    assert "1,234 GB/s" in device_row(own)


def test_measurements_are_part_of_a_whole_catalog(
    reader: Reader, own: FakeEnvironment, caplog: pytest.LogCaptureFixture
) -> None:
    pages.define_env(own)
    with (Path(own.project_dir) / "catalog/measurements/speeds.csv").open("a", encoding="utf-8") as file:
        file.write("a row of its own\n")
    pages.define_env(own)
    assert "catalog/measurements/speeds.csv:" in caplog.records[0].getMessage()
    assert device_row(own)


def test_a_catalog_that_has_not_changed_is_not_read_again(reader: Reader, own: FakeEnvironment) -> None:
    first = reader.shown(Path(own.project_dir) / "catalog")
    assert reader.shown(Path(own.project_dir) / "catalog") is first
    save(own, "bandwidth: 1008 GB/s", "bandwidth: 1009 GB/s")
    assert reader.shown(Path(own.project_dir) / "catalog") is not first


def test_a_number_typed_by_hand_is_a_warning(
    env: FakeEnvironment, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/x.md").write_text("# 题\n\n显存 24 GB。\n", encoding="utf-8")
    pages.define_env(env)
    (record,) = caplog.records
    assert (record.levelname, record.name.partition(".")[0]) == ("WARNING", "mkdocs")
    assert record.getMessage().startswith('docs/x.md:3: "24 GB" is a number of the catalog typed by hand')
