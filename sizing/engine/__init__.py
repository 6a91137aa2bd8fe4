"""Plain numbers in, a plan's numbers out: cache, buffers, memory, layout, work, speed."""
