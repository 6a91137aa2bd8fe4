"""The search finds an entry by its nicknames and by its name as people write it."""

import pytest

from macros.labels.synonyms import found_by
from sizing import Catalog


@pytest.mark.parametrize(
    ("name", "spelling"),
    [
        ("GeForce RTX 4090", "RTX4090"), ("GeForce RTX 4090", "RTX 4090"), ("Radeon RX 7900 XTX", "RX7900XTX"),
        ("GeForce RTX 5060 Ti 16 GB", "5060Ti"), ("GeForce RTX 5060 Ti 16 GB", "16G"), ("Mac mini M4 24 GB", "24GB"),
    ],
)  # fmt: skip
def test_a_name_is_found_without_its_brand_and_without_spaces(name: str, spelling: str) -> None:
    assert spelling in found_by("id", name)


def test_every_qwen_is_found_as_people_in_china_call_it(catalog: Catalog) -> None:
    named = [m for m in catalog.models.values() if m.vendor == "alibaba" and m.id.startswith("qwen")]
    assert named
    assert all("千问" in " ".join(found_by(m.id, m.name)) for m in named)


def test_a_nickname_is_not_given_to_a_name_that_only_begins_alike() -> None:
    assert "零一万物" in " ".join(found_by("yi-34b", "Yi 34B"))
    assert "零一万物" not in " ".join(found_by("yiyan-9b", "Yiyan 9B"))
