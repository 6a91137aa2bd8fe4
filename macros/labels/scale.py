"""How is it told what a larger catalog costs?"""

from __future__ import annotations

from typing import Final

NOTHING: Final = "还没有量过。"
FIGURE: Final = "目录的大小"
READ: Final = "读 YAML 并检查（CPU）"
SNAPSHOT: Final = "安装包里的快照"
READ_SNAPSHOT: Final = "读快照（CPU）"
WORK: Final = "构建全站（CPU，各进程合计）"
PAGE: Final = "最重的一页，压缩后"
ROWS: Final = "最长的表另存的行，压缩后"
ENGINE: Final = "计算器先载入的，压缩后"
SEARCHED: Final = "在全部模型里找之前载入的，压缩后"
INDEX: Final = "全站搜索的索引，压缩后"


def catalog(models: int, devices: int) -> str:
    """What a column is of; over figures."""
    return f"{models:,} 个模型、{devices:,} 种设备:"


def size(count: int) -> str:
    """Bytes as kilobytes."""
    return f"{count / 1000:,.0f} KB"


def pasted(ratio: str) -> str:
    """What computing costs beside pasting."""
    return f"每个数字都现算，构建全站要的工夫是把同样的表直接贴进页面的 {ratio} 倍。"
