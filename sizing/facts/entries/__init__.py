"""What may a catalog entry say? A module a kind; a field's description is its help, its error and its documentation.

Quantities are written with their unit and held in base units (bytes, bytes/s, operations/s, watts, seconds).
A fact that nobody states is ``undisclosed``, never a guess.
"""
