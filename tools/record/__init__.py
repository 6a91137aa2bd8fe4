"""The record: what llama.cpp's own tools and transformers say of each open model, rebuilt without its weights.

transformers builds a model on the meta device (its exact parameter count, its checkpoint's tensor names) -> a sparse
safetensors file -> llama.cpp's own converter, its writer patched to write no data -> a sparse GGUF file ->
`llama-quantize --dry-run` for every recipe, and `llama-fit-params` for contexts and cache types.

`python -m tools.record` writes it to catalog/measurements/record/; `make verify` fetches and builds the tools first.
"""
