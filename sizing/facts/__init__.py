"""What is known? The catalog's files as validated facts, each with its source; no arithmetic of models."""
