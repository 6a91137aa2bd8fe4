"""How does an agent ask, and what does it get? ``server`` has the tools, ``brief`` what they leave out."""
