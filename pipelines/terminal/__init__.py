"""What the command line shows: read-only access to the published file, tables, the state of the register, explanations of facts.

Belongs here: questions to the published file and how their answers look. Does not belong here: anything that writes to the warehouse, and
the commands themselves (``pipelines/cli.py``).
"""
