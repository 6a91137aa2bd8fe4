"""What is a model made of, in bytes? Blocks, tensors, formats and cache parts, which end in ``sized``: plain numbers.

Nothing here knows a machine.
"""
