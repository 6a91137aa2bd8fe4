"""What sees or hears beside a text model? Towers, each a list of tensors with what leads from it to the text model.

``vision`` and ``audio`` hold a function for each type of tower, ``projectors`` one for each type of wrapper, and
``tower`` finds in a config.json which of them it has. Modules and their shapes are those of Hugging Face transformers;
``tests/sizing/anatomy/towers.json`` holds its counts.
"""

from sizing.anatomy.towers.tower import Tower, Unsized, is_apart, towers_of

__all__ = ["Tower", "Unsized", "is_apart", "towers_of"]
