"""How is it told which works of others the site carries?"""

from __future__ import annotations

from typing import Final

HEAD: Final = ("作品", "版本", "许可", "在网站的哪里")
THEME: Final = "页面的骨架、样式和脚本"
ICONS: Final = "页面里的图标"
