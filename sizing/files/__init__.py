"""What do files from outside say? Models' (config.json, GGUF headers, checkpoints) and benchmarks' print-outs.

``models`` reads a model, ``drafts`` makes a catalog entry of it, ``benches`` makes measured rows of a print-out.
"""
