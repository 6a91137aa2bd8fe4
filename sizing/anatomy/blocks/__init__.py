"""The vocabulary that models are built of: blocks, each a few tensors. A module a kind of block.

``architectures`` says which blocks a ``model_type`` has and which kind each layer is; ``tensors`` lays them one after
another.
"""
