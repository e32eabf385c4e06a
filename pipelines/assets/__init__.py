"""Dagster assets: short nouns that do I/O, one module a layer; logic lives elsewhere."""
