"""The same person, happening and claim across documents."""
