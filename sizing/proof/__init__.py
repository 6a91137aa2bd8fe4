"""How do we know? The arithmetic beside what real tools said, printed and published.

``record`` and ``published`` prove memory; ``cases``, ``fit`` and ``accuracy`` fit the constants of speed to measured
rows and tell how far off predictions of unseen rows are.
"""
