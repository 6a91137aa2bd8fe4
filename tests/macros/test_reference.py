"""The data pages show every entry of the catalog, each with its id, an anchor to link to, and its sources."""

import re
from collections.abc import Mapping

import pytest

from macros.environment import Macro
from macros.labels import facts
from macros.labels.names import called
from sizing import Catalog
from tests.macros.environment import figure, rows, text

Call = Mapping[str, Macro]
SOURCE = re.compile(r'<a href="https?://[^"]+" rel="noopener">[^<]+</a><br>\d{4}-\d\d-\d\d 读取')
ANCHOR = re.compile(r'^<span id="([^"]+)"></span>')


def by_anchor(table: str) -> dict[str, list[str]]:
    found = {}
    for row in rows(table):
        mark = ANCHOR.match(row[0])
        assert mark, row
        found[mark[1]] = row
    return found


@pytest.mark.parametrize("kind", ["models", "devices", "machines", "formats"])
def test_every_entry_has_a_row_to_link_to(call: Call, catalog: Catalog, kind: str) -> None:
    entries = getattr(catalog, kind)
    found = by_anchor(call[f"{kind}_reference"]())
    assert sorted(found) == sorted(entries)
    for name, row in found.items():
        assert text(row[0]) == called(entries[name].name)


@pytest.mark.parametrize("kind", ["models", "devices", "machines", "hosts"])
def test_every_entry_shows_the_id_that_commands_take(call: Call, catalog: Catalog, kind: str) -> None:
    copied = re.findall(r'class="copy" data-clipboard-text="([^"]+)"', call[f"{kind}_reference"]())
    assert sorted(copied) == sorted(getattr(catalog, kind))


@pytest.mark.parametrize(
    "macro",
    [
        "models_reference",
        "devices_reference",
        "machines_reference",
        "hosts_reference",
        "formats_reference",
        "runtimes_reference",
        "gpu_limits_table",
    ],
)
def test_every_row_says_where_it_was_read_and_when(call: Call, macro: str) -> None:
    for row in rows(call[macro]()):
        assert SOURCE.search(row[-1]), row


def test_a_models_row(call: Call) -> None:
    row = by_anchor(call["models_reference"]())["llama-3-8b"]
    assert [text(cell) for cell in row[1:9]] == [
        "Meta", "2024-04-18", "8.03B", "7.50B", "GQA", "8K", "BF16",
        "Llama 3 Community License",
    ]  # fmt: skip


def test_a_hosted_models_row(call: Call) -> None:
    row = by_anchor(call["models_reference"]())["gpt-4o"]
    assert [text(row[i]) for i in (3, 4, 5, 7)] == ["未公布"] * 4


def test_a_devices_row(call: Call) -> None:
    row = by_anchor(call["devices_reference"]())["rtx-4090"]
    assert [text(cell) for cell in row[1:6]] == ["消费级", "2022-10-12", "24 GB", "24.0 GiB", "1,008 GB/s"]
    rates = [text(rate) for rate in row[6].split("<br>")]
    halved, full = (next(r for r in rates if r.startswith("FP16") and a in r) for a in ("FP32", "FP16／FP16"))
    assert halved.endswith(" 165.2 TFLOPS")
    assert full.endswith(" 330.3 TFLOPS")
    assert not any(r.startswith("INT8") for r in rates), "what is no 16-bit number stands on the device's own page"
    assert row[7:9] == ["450 W", "PCIe 4.0 x16"]


def test_a_chip_is_listed_with_the_sizes_that_were_sold(call: Call) -> None:
    row = by_anchor(call["devices_reference"]())["m3-max-40-core"]
    assert row[3] == "48 GB、64 GB、128 GB"
    assert row[4] == "未公布"
    assert row[8] == "—"


def test_devices_stand_under_their_vendors_headings_the_largest_catalog_first(call: Call) -> None:
    shown = call["devices_reference"]()
    vendors = re.findall(r"^## (.+)$", shown, flags=re.M)
    assert vendors[0] == "NVIDIA"
    assert {"Apple", "AMD", "Intel", "华为昇腾", "摩尔线程"} <= set(vendors)
    assert len(vendors) == len(set(vendors))
    assert shown.index("## AMD") < shown.index('id="epyc-9355"') < shown.index("## Apple")


def test_a_cpus_row(call: Call) -> None:
    row = by_anchor(call["devices_reference"]())["epyc-9355"]
    assert row[1] == "数据中心，处理器"
    assert row[5] == "576 GB/s"
    assert "FP32 9.011 TFLOPS" in row[6]
    assert row[7:9] == ["—", "—"]


def test_a_chip_that_shares_its_memory_says_so(call: Call) -> None:
    assert by_anchor(call["devices_reference"]())["gb10"][1] == "工作站，统一内存"


def test_nvlink_is_the_vendors_total(call: Call) -> None:
    assert "NVLink 900 GB/s" in by_anchor(call["devices_reference"]())["h100-sxm-80gb"][8]


def test_a_machines_row(call: Call) -> None:
    row = by_anchor(call["machines_reference"]())["pc-2x-rtx-4090"]
    assert row[1] == "台式机"
    assert row[2] == "2 × [GeForce RTX 4090](../devices/rtx-4090/index.html)"
    assert row[3] == "48 GB"
    assert figure(row[4]) == pytest.approx(2 * 24080 / 1024, abs=0.1)
    assert row[5] == "1,008 GB/s"
    assert row[7].endswith("只含显卡）"), "nobody offers a computer with two"


def test_a_limit_of_a_shared_memory_is_an_observation(call: Call, catalog: Catalog) -> None:
    found = rows(call["gpu_limits_table"]())
    assert len(found) == len(catalog.gpu_limits)
    assert [figure(row[0]) for row in found] == sorted(figure(row[0]) for row in found)
    assert ["64 GB", "48.0 GiB", "75 %", "Apple"] in [row[:4] for row in found]
    assert {"Apple", "AMD", "Intel", "NVIDIA"} == {row[3] for row in found}


def test_the_limit_can_be_raised_by_a_command(call: Call) -> None:
    assert call["raise_limit"]().startswith("<code>sudo sysctl iogpu.wired_limit_mb&#61;")
    assert SOURCE.search(call["raise_limit"]())


def test_a_formats_losses_are_measured_by_someone(call: Call, catalog: Catalog) -> None:
    found = by_anchor(call["formats_reference"]())
    for fmt in catalog.formats.values():
        shown = found[fmt.id][3]
        assert len(SOURCE.findall(shown)) == len(fmt.loss)
        assert fmt.loss or shown == "未公布"


def test_a_runtime_has_a_row_for_each_of_its_backends(call: Call, catalog: Catalog) -> None:
    found = rows(call["runtimes_reference"]())
    assert [(row[0], row[1]) for row in found] == [
        (r.name, facts.backend(b)) for r in catalog.runtimes.values() for b in r.backends
    ]
    assert all(row[6] == "未公布" or figure(row[6]) >= 0 for row in found)


def test_the_recipes_state_their_version(call: Call) -> None:
    assert "llama.cpp" in call["recipes_version"]()
    assert re.search(r"\d", call["recipes_version"]())


def test_the_counts_are_the_catalogs(call: Call, catalog: Catalog) -> None:
    counts = [int(n.replace(",", "")) for n in re.findall(r"\d[\d,]*", call["counts"]())]
    entries = (catalog.models, catalog.devices, catalog.machines, catalog.formats, catalog.claims)
    assert counts == [*map(len, entries), len(catalog.measurements())]


def test_the_template_is_the_validated_file_itself(call: Call, catalog: Catalog) -> None:
    shown = call["template_entry"]()
    file = (catalog.root / "models" / "_template.yaml").read_text(encoding="utf-8")
    assert shown == f"```yaml\n{file}```"
    assert "family:" in shown


def test_the_accuracy_covers_every_measured_speed(call: Call, catalog: Catalog) -> None:
    share = figure(call["coverage"]())
    assert 50 <= share <= 100
    counted = {row[0]: int(row[1].replace(",", "")) for row in rows(call["accuracy_table"]())}
    assert 0 < counted["解码，**单卡合计**"] < len(catalog.measurements())


def test_what_each_change_of_the_model_brought_stands_beside_the_error_as_it_is(call: Call) -> None:
    told = rows(call["changes_table"]())
    assert "解码，**单卡合计**" in {row[0] for row in told}
    assert all(cell.strip() for row in told for cell in row)
