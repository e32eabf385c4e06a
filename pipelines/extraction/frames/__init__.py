"""Clauses to facts: one module a kind of fact."""
