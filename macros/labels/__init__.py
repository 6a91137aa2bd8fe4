"""How is everything named in Chinese? A module for each thing that is labelled; no other module of macros holds any."""
