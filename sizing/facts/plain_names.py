"""What does a name say in the words of ids? Chinese in English, without who made or sold it and how it is cooled.

What is dropped says nothing of which device it is. A word that could stays, and is refused where nothing has it.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

# Which say nothing of the device: who makes or sells it, how it is cooled, whether it was used.
_UNTOLD: Final = (
    "英伟达 华为 苹果 寒武纪 壁仞 壁砺 天数智芯 燧原 瑞芯微 显卡 显存 图形 影驰 七彩虹 索泰 映众 耕升 铭瑄 蓝宝石 讯景 "
    "撼讯 迪兰 瀚铠 盈通 华擎 蓝戟 万丽 华硕 戴尔 微星 宏碁 技嘉 联想 惠普 非公版 非公 公版 涡轮版 涡轮 水冷 风冷 二手 "
    "全新 洋垃圾 矿卡 拆机 国行 魔龙 猛禽 雪豹 超龙 火神 恒源云 智星云"
)
_UNTOLD_WORDS: Final = (
    "nvidia amd intel apple huawei geforce tesla hygon enflame biren asus msi gigabyte zotac evga sapphire powercolor "
    "xfx pny palit gainward galax colorful inno3d maxsun sparkle yeston asrock aorus dell acer lenovo hp rog strix tuf "
    "gaming trio ftw3 suprim ventus founders fe oc turbo blower used vram graphics gpu nvlink hbm2 hbm2e hbm3 hbm3e "
    "gddr5 gddr6 gddr6x gddr7 autodl runpod"
)
# Whoever says it has a laptop: in words, or by its series.
_LAPTOPS: Final = "笔记本 移动版 移动端 拯救者 暗影精灵 光影精灵 天选 飞行堡垒 游匣 枪神 机械革命 机械师 神舟 战神 蛟龙"
# What vendors, series and shops' words are in the words of ids, the longer of two first.
CALLED: Final = (
    {"统一内存": " ", "unified memory": " "}  # of a chip, which has no other
    | {"昇腾": " ascend ", "摩尔线程": " mtt ", "昆仑芯": " kunlun ", "沐曦": " metax ", "曦云": " metax "}
    | {"海光": " dcu ", "思元": " mlu", "天垓": " bi v", "智铠": " mr v", "骁龙": " snapdragon ", "锐炫": " arc "}
    | {"线程撕裂者": " threadripper ", "锐龙": " ryzen ", "霄龙": " epyc ", "酷睿": " core ", "至强": " xeon "}
    | {"树莓派": " raspberry pi ", "香橙派": " orange pi ", "dv2": " d v2 "}
    | dict.fromkeys(["strix halo", "strix-halo"], " ryzen ai max ")
    | dict.fromkeys(_LAPTOPS.split(), " laptop ")
    | {"工作站版": " workstation ", "服务器版": " server ", "双芯": " dual ", "魔改": " modded ", "内存": " ram "}
    | {"零刻": " beelink ", "极摩客": " gmktec ", "铭凡": " minisforum ", "幻x": " flow z13 ", "幻 x": " flow z13 "}
    | {"gaming x": " "}
    | dict.fromkeys(_UNTOLD.split(), " ")
)
# Whole words that tell no device apart, and what is short for more.
WORDS: Final = (
    {"mbp": "macbook pro", "mba": "macbook air"}
    | dict.fromkeys(["legion", "y7000p", "y9000p", "r7000p", "r9000p", "mobile"], "laptop")
    | dict.fromkeys(_UNTOLD_WORDS.split(), "")
)
_LAPTOP: Final = re.compile(r"\blaptop\b", re.ASCII)
_TWICE: Final = re.compile(r"\b([a-z]+)(?: \1)+\b", re.ASCII)  # 海光 DCU
_MARKS: Final = re.compile(r"[®™]|\((?:r|tm)\)", re.ASCII)
_MOBILE: Final = re.compile(r"\b([2-5]0[5-9]0(?: ?ti)?) ?m\b", re.ASCII)  # 4060M
_RYZEN: Final = re.compile(r"\br([3579])[ -]?([0-9]{4})", re.ASCII)  # R5 7600
_BEFORE_PRO: Final = re.compile(r"\b([1-6]000) pro\b", re.ASCII)  # RTX 6000 Pro
_STORAGE: Final = re.compile(  # 16+256, 24G+1T: what a Mac is sold with
    r"\b(8|16|24|32|36|48|64|96|128|256|512) ?(?:gb?)? ?\+ ?(?:(?:128|256|512|1024) ?(?:gb?)?|[1248] ?tb?)(?![0-9a-z])",
    re.ASCII,
)
_SCREEN: Final = re.compile(r"\b(?:1[3-6]|24)(?:[ -]?(?:inch|英寸|寸))? (m[0-9])", re.ASCII)  # MacBook Pro 14 M4
_COMPUTER: Final = re.compile(r"^(?:macbook (?:pro|air)|macbook|mac (?:mini|studio|pro)|imac) (?=m\d)", re.ASCII)
_GLUED: Final = re.compile(  # 5060ti16g, 4090d48g, m4max128g
    r"([0-9] ?(?:tis?|xtx?|super|d|s|max|pro|ultra))([1-9][0-9]{0,2} ?gb?)(?![a-z0-9])", re.ASCII
)
_PLUS: Final = re.compile(r"max\+(?= ?(?:pro ?)?[0-9]{3}\b)", re.ASCII)  # of a Max+ 395: it joins nothing
_PLUS_BEHIND: Final = re.compile(r"\b(xeon (?:platinum |gold )?[0-9]{4})\+", re.ASCII)  # Xeon 8480+
_SAME_CHIP: Final = re.compile(r"\bmax pro (?=3[0-9]{2}\b)", re.ASCII)  # a Max+ PRO 395 is a Max+ 395


@lru_cache(maxsize=4096)
def plain(name: str) -> str:
    """A name in small letters and in the words of ids, with the signs that join and count parts."""
    text = unicodedata.normalize("NFKC", _MARKS.sub(" ", name.lower()))
    for said, word in CALLED.items():
        text = text.replace(said, word)
    text = re.sub(r"[a-z0-9]+", lambda run: WORDS.get(run[0], run[0]), text)
    text = _TWICE.sub(r"\1", " ".join(text.split()))
    text = _GLUED.sub(r"\1 \2", text)
    text = _SAME_CHIP.sub("max ", " ".join(_PLUS.sub("max ", _PLUS_BEHIND.sub(r"\1 plus", text)).split()))
    text = _STORAGE.sub(r"\1gb", _SCREEN.sub(r"\1", text))
    text = _BEFORE_PRO.sub(r"pro \1", _RYZEN.sub(r"ryzen \1 \2", _MOBILE.sub(r"\1 laptop", text))).strip(" -/")
    return "+".join(map(_one_laptop, text.split("+")))


def _one_laptop(part: str) -> str:
    """A part that is said twice to be a laptop's, once: 拯救者 4060 笔记本."""
    return part if len(_LAPTOP.findall(part)) < 2 else " ".join([*_LAPTOP.sub(" ", part).split(), "laptop"])


def without_computer(text: str) -> str:
    """A plain name without the computer that its chip sits in: Mac mini M4 is an M4."""
    return _COMPUTER.sub("", text)
