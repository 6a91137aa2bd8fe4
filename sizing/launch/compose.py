"""What is the same start in a container? A Compose file, where a server's makers publish an image.

It is written as JSON strings in YAML, so that nothing of the catalog or of a name breaks out of its quotes.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Final

from sizing.launch.asked import Asked
from sizing.launch.step import Step
from sizing.plan import Plan

FILE: Final = "compose.yaml"
CACHE: Final = {"${HOME}/.cache/huggingface": "/root/.cache/huggingface"}  # of weights, which servers share

# How a container reaches a backend's devices.
_REACHED: Final[Mapping[str, tuple[str, ...]]] = {
    "cuda": ("gpus: all",),
    "musa": ("runtime: mthreads",),
    "rocm": (
        'devices: ["/dev/kfd", "/dev/dri"]',
        'group_add: ["video", "render"]',
        'security_opt: ["seccomp:unconfined"]',
    ),
    "vulkan": ('devices: ["/dev/dri"]', 'group_add: ["video", "render"]'),
    "sycl": ('devices: ["/dev/dri"]', 'group_add: ["video", "render"]'),
}


def composed(
    p: Plan,
    image: str,
    port: int,
    asked: Asked,
    command: Sequence[str],
    volumes: Mapping[str, str],
    env: Mapping[str, str] | None = None,
    inside: int | None = None,
) -> tuple[Step, ...]:
    """The file and the command that starts it: instead of what starts the server outside of a container.

    ``volumes`` are what lies here, or a name, and where the container has it; ``inside`` is the port there.
    """
    places = [f"{kept}:{there}" for kept, there in volumes.items()]
    named = [kept for kept in volumes if kept.isalnum()]
    lines = [
        "services:",
        "  model:",
        f"    image: {json.dumps(image)}",
        *(f"    {line}" for line in _REACHED.get(p.backend or "", ())),
        "    ipc: host",
        f"    ports: [{json.dumps(f'{asked.host}:{port}:{inside or port}')}]",
        f"    volumes: {json.dumps(places)}",
    ]
    if env:
        lines.append("    environment:")
        lines += [f"      {name}: {json.dumps(value)}" for name, value in env.items()]
    if command:
        lines += ["    command:", *(f"      - {json.dumps(_escaped(word), ensure_ascii=False)}" for word in command)]
    if named:
        lines += ["volumes:", *(f"  {kept}:" for kept in named)]
    text = "\n".join(lines) + "\n"
    return (
        Step(do="container", path=FILE, text=text, note="instead of the start above"),
        Step(do="container", words=("docker", "compose", "up", "--detach")),
    )


def _escaped(word: str) -> str:
    """A word in which Compose puts nothing in."""
    return word.replace("$", "$$")
