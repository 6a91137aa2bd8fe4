"""One model through the whole chain, in a process of its own: llama.cpp's converter keeps state in its classes."""

# mypy: disable-error-code="import-not-found"

from __future__ import annotations

import logging
import os
import re
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# Nothing here may ask a hub; before transformers is imported.
os.environ.update(HF_HUB_OFFLINE="1", TRANSFORMERS_VERBOSITY="error", OMP_NUM_THREADS="1", TQDM_DISABLE="1")

import torch

from tools.record import checkpoint, converted
from tools.record.quirks import ENCODERS
from tools.record.records import LISTED, Record
from tools.record.subjects import Subject
from tools.record.tools import CACHE_TYPES, CONTEXTS, ToolError, Tools


def measure(subject: Subject, tools: Tools, folder: Path) -> Record:
    """Everything about one model, with ``folder`` to work in. A step that fails is noted; what needs it is left out."""
    torch.set_num_threads(1)
    logging.disable(logging.WARNING)
    record = Record(subject.model)
    with _noted(record, "parameters"):
        built = checkpoint.build(subject.config)
        record.parameters, record.class_name = built.parameters, built.class_name
    if record.failures:
        return record
    with _noted(record, "conversion"):
        checkpoint.write(built, folder)
        file = converted.convert(folder, tools.source, built)
        record.architecture = converted.architecture(file)
    if record.failures:
        return record
    for recipe in tools.recipes():
        with _noted(record, "weights", recipe):
            weights = tools.weights(file, recipe, converted.blocks())
            record.sizes[recipe] = weights.bytes, weights.needs_imatrix
            if recipe == LISTED:
                record.tensors = weights.tensors
    whole = built.config.get("model_type") in ENCODERS
    for context in CONTEXTS:
        for cache_type in CACHE_TYPES:
            with _noted(record, "memory", f"{context}/{cache_type}"):
                record.memory[context, cache_type] = tools.memory(file, context, cache_type, whole)
    return record


@contextmanager
def _noted(record: Record, step: str, what: str = "all") -> Iterator[None]:
    try:
        yield
    except ToolError as error:
        reason = str(error)
    except Exception as error:  # whatever transformers or the converter raises
        where = traceback.extract_tb(error.__traceback__)[-1]
        name = "/".join(Path(where.filename).parts[-2:])
        reason = f"{type(error).__name__}: {error} ({name}, {where.name})"
    else:
        return
    record.failures.setdefault((step, _sentence(reason)), []).append(what)


def _sentence(text: str) -> str:
    return re.sub(r"/\S*/record-\w+/", "", " ".join(text.split()))[:300]
