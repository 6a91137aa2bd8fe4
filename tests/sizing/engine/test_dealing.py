"""Layers lie where llama.cpp deals them."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from sizing.engine.dealing import HOST, deal


def shares(layers: int, memory: list[float], on_host: int = 0) -> list[int]:
    """How many layers each device takes."""
    bounds, _ = deal(layers, tuple(memory), on_host)
    return [end - first for first, end in pairwise(bounds)]


def as_llama_cpp_does(layers: int, memory: list[float], on_host: int) -> list[int]:
    """The place of each layer and of the output, one by one: std::upper_bound over shares in single precision."""
    total, ends = np.float32(0), []
    for one in memory:
        total = np.float32(total + np.float32(one))
        ends.append(total)
    dealt = layers + 1 - on_host
    return [
        next(d for d, end in enumerate(ends) if np.float32(end / total) > np.float32(np.float32(i) / np.float32(dealt)))
        for i in range(dealt)
    ]


def test_one_device_takes_every_layer_and_the_output() -> None:
    assert deal(32, (24.0,)) == ((0, 32), 0)


def test_without_a_device_everything_lies_on_the_host() -> None:
    assert deal(4, ()) == ((4,), HOST)


def test_the_output_layer_is_one_of_those_dealt_so_the_last_of_equal_devices_takes_fewer() -> None:
    # 33 of them over two devices: 17 layers, and 15 with the output.
    assert shares(32, [24.0, 24.0]) == [17, 15]
    assert deal(32, (24.0, 24.0))[1] == 1


def test_layers_follow_the_devices_free_memory() -> None:
    assert shares(32, [3.0, 2.0, 1.0]) == [17, 11, 4]


def test_a_device_with_less_than_a_layers_share_gets_nothing_and_the_output_lies_on_the_one_before() -> None:
    assert deal(32, (24.0, 0.5)) == ((0, 32, 32), 0)


def test_ngl_counts_the_output_layer_and_leaves_the_first_layers_on_the_host() -> None:
    # -ngl 12
    assert deal(32, (24.0, 24.0), on_host=21) == ((21, 27, 32), 1)
    assert deal(32, (24.0,), on_host=32) == ((32, 32), 0)
    assert deal(32, (24.0,), on_host=33) == ((32, 32), HOST)


def test_a_share_that_ends_between_two_layers_gives_the_next_to_the_next_device() -> None:
    assert shares(31, [1.0, 1.0]) == [16, 15]


def test_every_share_ends_where_llama_cpps_single_precision_ends_it() -> None:
    cards = [24564.0, 16376.0, 12288.0, 81559.0]
    for layers in range(1, 130):
        for memory in ([1.0, 1.0, 1.0], cards, cards[::-1], [cards[0]] * 7):
            for on_host in {0, 1, layers // 3}:
                bounds, output = deal(layers, tuple(memory), on_host)
                places = as_llama_cpp_does(layers, memory, on_host)
                assert [places[:-1].count(i) for i in range(len(memory))] == [b - a for a, b in pairwise(bounds)]
                assert output == places[-1]


def test_where_nothing_is_free_layers_are_dealt_evenly_for_nothing_fits() -> None:
    assert deal(8, (0.0,)) == ((0, 8), 0)
    assert deal(7, (0.0, 0.0)) == ((0, 4, 7), 1)
