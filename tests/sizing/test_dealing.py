"""Layers lie where llama.cpp deals them."""

from __future__ import annotations

from sizing.dealing import HOST, deal, fill


def shares(layers: int, offloaded: int, memory: list[float]) -> list[int]:
    """How many layers lie on the host, and on each device."""
    places, _ = deal(layers, offloaded, memory)
    return [places.count(place) for place in (HOST, *range(len(memory)))]


def test_one_device_takes_every_layer_and_the_output() -> None:
    assert deal(32, 999, [24.0]) == ((0,) * 32, 0)


def test_without_a_device_everything_lies_on_the_host() -> None:
    assert deal(4, 999, []) == ((HOST,) * 4, HOST)


def test_the_output_layer_is_one_of_those_dealt_so_the_last_of_equal_devices_takes_fewer() -> None:
    # 33 of them over two devices: 17 layers, and 15 with the output.
    assert shares(32, 999, [24.0, 24.0]) == [0, 17, 15]
    assert deal(32, 999, [24.0, 24.0])[1] == 1


def test_layers_follow_the_devices_free_memory() -> None:
    assert shares(32, 999, [3.0, 2.0, 1.0]) == [0, 17, 11, 4]


def test_ngl_counts_the_output_layer_and_leaves_the_first_layers_on_the_host() -> None:
    places, output = deal(32, 12, [24.0, 24.0])
    assert places == (HOST,) * 21 + (0,) * 6 + (1,) * 5
    assert output == 1
    assert deal(32, 1, [24.0]) == ((HOST,) * 32, 0)
    assert deal(32, 0, [24.0]) == ((HOST,) * 32, HOST)


def test_a_share_that_ends_between_two_layers_gives_the_next_to_the_next_device() -> None:
    assert shares(31, 999, [1.0, 1.0]) == [0, 16, 15]


def test_where_memory_is_short_the_last_device_is_filled_first_and_the_rest_lies_on_the_host() -> None:
    room = [4, 10]
    assert fill(32, 2, lambda device, counts: counts[device] <= room[device]) == (4, 10)
    assert fill(11, 2, lambda device, counts: counts[device] <= room[device]) == (2, 10)
