"""Does a wrong formula make a test fail? Mutants of the engine and the recipes, and how many of them die."""
