"""What builds and measures the project: the recorder of the real tools, and the bench."""
