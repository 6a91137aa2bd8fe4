"""How does code stand on a page? A block with a button that copies it, a short word of it on one line.

The theme's own buttons come each in a landmark, and none of these has a name. A browser would break ``--model`` behind
its hyphens.
"""

from __future__ import annotations

import re
from itertools import count
from typing import Final

from ..labels import tables as labels

# So many characters a phone's line has room for; a longer one breaks where it must.
SHORT: Final = 26
_WORD: Final = re.compile(rf"<code>([^<]{{1,{SHORT}}})</code>")
_BLOCK: Final = re.compile(r"<pre><span></span><code>(.*?)</code></pre>", re.S)


def copied(html: str) -> str:
    """``html`` with a button in each block of code, and short code kept whole."""
    numbers = count(1)

    def block(found: re.Match[str]) -> str:
        name = f"code-{next(numbers)}"
        button = (
            f'<button type="button" class="copy" data-clipboard-target="#{name} &gt; code" '
            f'aria-label="{labels.COPY_CODE}"></button>'
        )
        return f'<pre id="{name}"><span></span><code>{found[1]}</code>{button}</pre>'

    return _WORD.sub(r'<code class="keep">\1</code>', _BLOCK.sub(block, html))
