"""How are many models measured? A few at once, each in a process and a folder of its own, which end with it."""

from __future__ import annotations

import multiprocessing
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Final

from tools.record.records import Record
from tools.record.subjects import Subject
from tools.record.tools import Tools

LIMIT: Final = 1800  # seconds for one model


def records(chosen: Sequence[Subject], tools: Tools, jobs: int) -> Iterator[Record]:
    """The records as they come, with a line of progress each."""
    processes = multiprocessing.get_context("forkserver")
    processes.set_forkserver_preload(["tools.record.measure"])  # the slow imports once

    def one(subject: Subject) -> tuple[Record, float]:
        start = time.monotonic()
        with tempfile.TemporaryDirectory(prefix="record-") as folder:
            ours, theirs = processes.Pipe(duplex=False)
            process = processes.Process(target=_send, args=(theirs, subject, tools, Path(folder)), daemon=True)
            process.start()
            theirs.close()
            record = _received(ours, subject)
            process.kill()
            process.join()
        return record, time.monotonic() - start

    with ThreadPoolExecutor(jobs) as pool:
        for number, future in enumerate(as_completed([pool.submit(one, subject) for subject in chosen]), start=1):
            record, seconds = future.result()
            failed = [f"{step} of {' '.join(what)}: {reason}" for (step, reason), what in record.failures.items()]
            told = "; ".join(failed) or "recorded"
            print(f"[{number}/{len(chosen)}] {record.model} ({seconds:.0f} s): {told}", flush=True)
            yield record


def _send(to: Connection, subject: Subject, tools: Tools, folder: Path) -> None:
    from tools.record.measure import measure

    to.send(measure(subject, tools, folder))


def _received(ours: Connection, subject: Subject) -> Record:
    try:
        if ours.poll(LIMIT):
            record: Record = ours.recv()
            return record
        reason = f"not done after {LIMIT} seconds"
    except EOFError:
        reason = "the process died"
    return Record(subject.model, failures={("all", reason): ["all"]})
