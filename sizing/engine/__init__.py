"""Plain numbers in, a plan's numbers out: cache, buffers, memory, layout, work, speed.

Written once, in the subset of Python that ``tools/javascript`` translates: ``make engine`` makes ``engine.mjs`` of it,
for browsers. It imports itself and a short list of the standard library, which ``tests/sizing/test_flow.py`` holds.
"""
