"""What do config.json's words mean? One place that turns every dialect of them into one canonical shape.

``synonyms`` are the tables of words that mean the same, ``canonical`` puts a config.json's own ways of saying things
into the words that the catalog accepts, ``defaults`` knows what transformers fills in where a word is left out, and
``translation`` and ``layers`` make a ``Shape`` of all that.
"""

from sizing.anatomy.dialect.translation import blocks_of, known_types, shape_of
from sizing.anatomy.dialect.words import WordError

__all__ = ["WordError", "blocks_of", "known_types", "shape_of"]
