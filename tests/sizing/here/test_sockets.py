"""A desktop's processor is in its socket; a laptop's, and one that nobody knows, is in none."""

from __future__ import annotations

import pytest

from sizing import Catalog
from sizing.here.sockets import socket_of


@pytest.mark.parametrize(
    ("cpu", "memory", "socket"),
    [
        ("AMD Ryzen 5 5600X 6-Core Processor", None, "am4-ddr4-3200"),
        ("AMD Ryzen 7 5700G with Radeon Graphics", "DDR4", "am4-ddr4-3200"),
        ("AMD Ryzen 9 7950X3D 16-Core Processor", "DDR5", "am5-ddr5-5200"),
        ("AMD Ryzen 5 9600X 6-Core Processor", None, "am5-ddr5-5200"),
        ("12th Gen Intel(R) Core(TM) i5-12400F", "DDR5", "lga1700-ddr5-5600"),
        ("13th Gen Intel(R) Core(TM) i7-13700K", None, "lga1700-ddr4-3200"),
        ("Intel(R) Core(TM) i7-8700K CPU @ 3.70GHz", None, "lga1151-ddr4-2666"),
        ("Intel(R) Core(TM) Ultra 7 265K", None, "lga1851-ddr5-6400"),
        ("AMD Ryzen 7 7840HS w/ Radeon 780M Graphics", "DDR5", None),
        ("AMD Ryzen 9 5900HX with Radeon Graphics", "DDR4", None),
        ("12th Gen Intel(R) Core(TM) i5-1240P", None, None),
        ("Intel(R) Core(TM) Ultra 7 155H", None, None),
        ("AMD EPYC", None, None),
        ("AMD Ryzen 5 5600X 6-Core Processor", "DDR5", None),
    ],
)
def test_a_processor_is_in_its_socket(catalog: Catalog, cpu: str, memory: str | None, socket: str | None) -> None:
    assert socket_of(cpu, memory) == socket
    assert socket is None or socket in catalog.devices
