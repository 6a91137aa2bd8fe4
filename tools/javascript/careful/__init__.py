"""How does Python of which no type is known become JavaScript? Every operation does what Python would do with it.

The engine is translated by ``tools.javascript.translate``, which takes numbers for numbers. What reads files cannot do
so: a config.json may hold anything, and a wrong kind of value must raise where Python raises. Here every operator, test
and method goes through ``python.mjs``, which has Python's values and errors; and of the modules only what is reached
from the names that are asked for is translated.

``scope`` finds what a name stands for, ``expressions`` and ``statements`` translate, and refuse what they do not know.
"""

from __future__ import annotations

from collections.abc import Sequence

from tools.javascript.careful.scope import Scope
from tools.javascript.careful.statements import Statements


def reached(roots: Sequence[tuple[str, str]], beside: str = "") -> str:
    """All that some names of some modules reach, and JavaScript that stands ``beside`` it, as one body of JavaScript.
    Raises RefusalError."""
    return Statements(Scope(), beside=beside).body(roots)
