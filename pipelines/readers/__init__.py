"""A file or feed to documents: one module a format behind one registry."""
