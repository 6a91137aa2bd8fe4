"""What is the same start in a container? A Compose file, where a server's makers publish an image.

Every word stands in single quotes of YAML, so that nothing of a name breaks out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from sizing.launch.words.given import Asked
from sizing.launch.words.shells import POSIX
from sizing.launch.words.step import Step

COMPOSE: Final = "compose.yaml"
CACHE: Final = "/.cache/huggingface:/root/.cache/huggingface"  # of weights, which servers share

# How a container reaches a backend's devices.
REACHED: Final[Mapping[str, tuple[str, ...]]] = {
    "cuda": ("gpus: all",),
    "musa": ("runtime: mthreads",),
    "rocm": (
        "devices: ['/dev/kfd', '/dev/dri']",
        "group_add: ['video', 'render']",
        "security_opt: ['seccomp:unconfined']",
    ),
    "vulkan": ("devices: ['/dev/dri']", "group_add: ['video', 'render']"),
    "sycl": ("devices: ['/dev/dri']", "group_add: ['video', 'render']"),
    "cpu": (),
}


def shared(asked: Asked) -> str:
    """The folder of weights that servers share, as a volume."""
    return ("${HOME}" if asked.shell == POSIX else "${USERPROFILE}") + CACHE


def composed(
    backend: str,
    image: str,
    asked: Asked,
    ports: tuple[int, int],
    command: Sequence[str],
    volumes: Sequence[str],
    named: Sequence[str] = (),
    env: Sequence[tuple[str, str]] = (),
) -> list[Step]:
    """The file and the command that starts it: instead of what starts the server outside of a container.

    ``ports`` are the one here and the one inside; ``named`` are those of the ``volumes`` that Docker keeps.
    """
    lines = [
        "services:",
        "  model:",
        f"    image: {in_yaml(image)}",
        *[f"    {line}" for line in REACHED[backend]],
        "    ipc: host",
        f"    ports: [{in_yaml(f'{asked.host}:{ports[0]}:{ports[1]}')}]",
        f"    volumes: [{', '.join([in_yaml(one) for one in volumes])}]",
    ]
    if env:
        lines.extend(["    environment:", *[f"      {name}: {in_yaml(value)}" for name, value in env]])
    if command:
        lines.extend(["    command:", *[f"      - {in_yaml(undollared(word))}" for word in command]])
    if named:
        lines.extend(["volumes:", *[f"  {one}:" for one in named]])
    return [
        Step(kind="container", path=COMPOSE, lines=tuple(lines), note="instead of the start above"),
        Step(kind="container", words=("docker", "compose", "up", "--detach")),
    ]


def in_yaml(text: str) -> str:
    """Text in single quotes, as YAML reads it."""
    return "'" + "".join(["''" if letter == "'" else letter for letter in text]) + "'"


def undollared(word: str) -> str:
    """A word in which Compose puts nothing in."""
    return "".join(["$$" if letter == "$" else letter for letter in word])
