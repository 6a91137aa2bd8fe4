"""Files that were made to hang, to fill the memory, or to end in a traceback."""
