"""Spans with resolved values: one module an annotator, each a pure function over a text."""
