"""How does a block of code stand on a page? With a button that copies it.

The theme's own buttons come each in a landmark, and none of these has a name.
"""

from __future__ import annotations

import re
from itertools import count
from typing import Final

from ..labels import tables as labels

_BLOCK: Final = re.compile(r"<pre><span></span><code>(.*?)</code></pre>", re.S)


def copied(html: str) -> str:
    """``html`` with a button in each block of code."""
    numbers = count(1)

    def block(found: re.Match[str]) -> str:
        name = f"code-{next(numbers)}"
        button = (
            f'<button type="button" class="copy" data-clipboard-target="#{name} &gt; code" '
            f'aria-label="{labels.COPY_CODE}"></button>'
        )
        return f'<pre id="{name}"><span></span><code>{found[1]}</code>{button}</pre>'

    return _BLOCK.sub(block, html)
