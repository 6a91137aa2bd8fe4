"""What can no plan of a model be better than? Its parameters as plain figures, for the engine's bounds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sizing.anatomy.shape import Ngram, Shape
from sizing.engine.bounds import NOTHING_KNOWN, Bulk, Least
from sizing.facts.entries.formats import Format
from sizing.model import Model


def bulk(model: Model, formats: Mapping[str, Format]) -> Bulk:
    """A model's parameters, as a bound on its bytes takes them."""
    counted, shape = model.parameters, model.shape
    if counted is None or shape is None:
        return Bulk(0, 0, 0, 0.0, None)
    native = formats[model.native].bits if model.native in formats else None
    if not shape.experts.count:
        return Bulk(counted.total, counted.active, counted.total - counted.active, 1.0, native)
    unread = (shape.vocab + shape.further_rows) * max(shape.hidden, shape.embedding)
    share = 0.0 if _looks_up(shape) else shape.experts.used / (shape.experts.count + shape.experts.idle)
    return Bulk(counted.total, counted.active, unread, share, native)


def _looks_up(shape: Shape) -> bool:
    """Whether layers have embeddings of their own."""
    return shape.layer_input > 0 or shape.ngram != Ngram()


def fewest(found: Iterable[Least]) -> Least:
    """The one of the fewest bytes; nothing, where there is none."""
    return min(found, key=lambda one: one.weights, default=NOTHING_KNOWN)
