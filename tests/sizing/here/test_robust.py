"""Whatever a file holds, ``sizing here`` answers in lines: never with a traceback, never with what is not printed."""

from __future__ import annotations

import os
import random
import re
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

import pytest

from sizing import Catalog, SizingError
from sizing.here.folder import as_text, texts
from sizing.here.found import find
from sizing.here.prints import LAST, READERS
from tests.sizing.here.machines import COMPUTERS, card, smi, xml

NOTHING = {
    "empty": "",
    "blank": " \n\t\n",
    "no such command": "bash: line 1: nvidia-smi: command not found\n",
    "no such command, in German": "bash: nvidia-smi: Kommando nicht gefunden.\n",
    "no such command, in Windows": "'nvidia-smi' is not recognized as an internal or external command,\nprogram.\n",
    "no such command, in Chinese": "'nvidia-smi' 不是内部或外部命令，也不是可运行的程序\n或批处理文件。\n",
    "not allowed": "/sys/firmware/dmi/tables/smbios_entry_point: Permission denied\nCan't read memory from /dev/mem\n",
    "a page": "<html><body><h1>502 Bad Gateway</h1></body></html>\n",
    "half of JSON": '{"card0": {"VRAM Total Memory (B)": "1716',
    "deep JSON": "[" * 5000,
    "an empty list": "[]\n",
    "an empty object": "{}\n",
    "JSON of other things": '{"card0": 3, "SPDisplaysDataType": "none", "gpu": {"asic": 1, "vram": 2}}',
    "a list of lists": '{"SPDisplaysDataType": [[1, 2], "x", null], "SPHardwareDataType": [null]}',
    "a table's head": smi(),
    "colons": ":\n::\n: :\n",
    "bars": "|\n||\n| | |\n|=|\n",
}


@pytest.mark.parametrize("what", NOTHING)
def test_what_says_nothing_is_told_and_adds_nothing(catalog: Catalog, what: str) -> None:
    found = find(catalog, {"file": NOTHING[what]})
    assert found.groups == ()
    assert found.machine is None


def test_every_reader_takes_every_text() -> None:
    every = [*NOTHING.values(), *(text for one in COMPUTERS.values() for text in one.texts.values())]
    for read in (*READERS, *LAST):
        for text in every:
            read(text)
            read(text.replace("\n", "\r\n"))


def test_noise_of_every_kind_is_passed_by(catalog: Catalog) -> None:
    chance = random.Random(7)
    for one in COMPUTERS.values():
        for name, text in one.texts.items():
            letters = list(text)
            for _ in range(len(letters) // 20 + 1):
                letters[chance.randrange(len(letters))] = chance.choice('\0\x07|: ,{}[]"<>0Aé\ufffd\n')
            find(catalog, {name: "".join(letters)})


@pytest.mark.parametrize(
    "blank", ["N/A", "[N/A]", "[Not Supported]", "Not Supported", "[Unknown Error]", "ERR!", "-", ""]
)
def test_a_figure_that_is_not_known_is_none(catalog: Catalog, blank: str) -> None:
    text = f"name, memory.total [MiB], memory.used [MiB]\nNVIDIA GeForce RTX 4090, {blank}, {blank}\n"
    (group,) = find(catalog, {"q": text}).groups
    assert (group.memory, group.in_use) == (None, (None,))


def test_a_figure_of_nobodys_is_no_memory(catalog: Catalog) -> None:
    for total in ("0 MiB", "99999999999999 MiB", "-5 MiB", "1e9 MiB"):
        (group,) = find(catalog, {"q": f"name, memory.total [MiB]\nNVIDIA L4, {total}\n"}).groups
        assert group.memory is None, total


def test_a_folder_is_read_whatever_lies_in_it(catalog: Catalog, tmp_path: Path) -> None:
    (tmp_path / "smi.txt").write_bytes(smi(card(0, "NVIDIA L4", "0MiB /  23034MiB")).encode())
    (tmp_path / "noise.bin").write_bytes(random.Random(1).randbytes(5000))
    (tmp_path / "image.png").write_bytes(b"\x89PNG\r\n")
    (tmp_path / "notes.yaml").write_text("Card name: AMD Radeon RX 6800\n")
    (tmp_path / "large.txt").write_bytes(b"GPU 0: NVIDIA L4\n" * 600_000)
    (tmp_path / "empty.txt").touch()
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "nowhere").symlink_to(tmp_path / "gone")
    (tmp_path / "loop").symlink_to(tmp_path)
    found = find(catalog, *texts(tmp_path))
    assert [(group.device, group.count) for group in found.groups] == [("l4", 1)]
    told = "\n".join(found.remarks)
    for name in (
        "noise.bin: holds no text",
        "pipe: is a pipe",
        "nowhere: is a link to nothing",
        "large.txt: holds more",
    ):
        assert name in told
    assert "image.png" not in told


def test_powershell_writes_two_bytes_a_letter() -> None:
    text = '{"Name": "NVIDIA GeForce RTX 4090"}\r\n'
    for encoding in ("utf-16", "utf-16-le", "utf-8-sig", "utf-8"):
        assert as_text(text.encode(encoding)) == text


def test_windows_in_other_encodings_is_read_as_far_as_it_goes(catalog: Catalog) -> None:
    data = "内存: 32768MB RAM\n卡名称: NVIDIA GeForce RTX 4070\n专用内存: 12010 MB\n".encode("gbk")
    text = as_text(data)
    assert text is not None
    (group,) = find(catalog, {"dxdiag.txt": text}).groups
    assert group.device == "rtx-4070"


def test_no_folder_is_refused_in_one_line(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    with pytest.raises(SizingError, match="No such folder"):
        texts(tmp_path / "gone")
    with pytest.raises(SizingError, match="is a file; give the folder"):
        texts(file)
    for number in range(501):
        (tmp_path / f"{number}.txt").touch()
    with pytest.raises(SizingError, match="give a folder of 500 at most"):
        texts(tmp_path)


def test_a_large_text_is_read_in_no_time(catalog: Catalog) -> None:
    long = xml(*(("NVIDIA L4", "27B8", 23034, 1) for _ in range(64)))
    few = (
        "|",
        ":",
        " ",
        "\n",
        " \n",
        "\t",
        "0000:",
        "{",
        '"card',
        "<gpu id=",
        "GPU 0: ",
        "1/",
        "a ",
        "node 0 size: x MB\n",
    )
    texts = {str(number): part * (500_000 // len(part)) for number, part in enumerate(few)}
    start = time.process_time()
    (group,) = find(catalog, {"q": long, **texts}).groups
    assert group.count == 64
    assert time.process_time() - start < 20


def test_remarks_are_lines(catalog: Catalog) -> None:
    for one in COMPUTERS.values():
        for remark in find(catalog, one.texts).remarks:
            assert "\n" not in remark
            assert not re.search(r"Traceback|Error\(", remark)


PASSED_ON: Final[Mapping[str, Callable[[str], str]]] = {
    "by Windows": lambda text: text.replace("\n", "\r\n"),
    "in a terminal's colours": lambda text: "\x1b[0;32m" + text.replace("\n", "\x1b[0m\n", 3),
    "as a quotation": lambda text: "\n".join(f"> {line}" for line in text.split("\n")),
    "as a quotation of one": lambda text: "\n".join(f">> {line}".rstrip() for line in text.split("\n")),
    "indented": lambda text: "\n".join(f"    {line}" for line in text.split("\n")),
    "as a block in Markdown": lambda text: f"```text\n{text}\n```\n",
    "with blanks that no one sees": lambda text: "\n".join(f"{line}  " for line in text.split("\n")),
}


@pytest.mark.parametrize("how", PASSED_ON)
def test_who_passes_a_print_out_on_changes_nothing_in_it(catalog: Catalog, tmp_path: Path, how: str) -> None:
    for number, (what, computer) in enumerate(COMPUTERS.items()):
        changed = {}
        for at, (name, text) in enumerate(computer.texts.items()):
            if "/" in name:  # a file of the system's is no print-out
                changed[name] = text
                continue
            folder = tmp_path / f"{number}-{at}"
            folder.mkdir()
            (folder / "text").write_bytes(PASSED_ON[how](text).encode())
            told, _ = texts(folder)
            changed[name] = told.get("text", "")
        assert find(catalog, changed).as_dict() == find(catalog, computer.texts).as_dict(), what
