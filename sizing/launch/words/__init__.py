"""What a start says, in words: all of it in the subset of Python that also runs in a browser (``tools/javascript``).

Plain facts of a plan in (``given``), steps out. Nothing here reads a catalog, a file or a plan.
"""
