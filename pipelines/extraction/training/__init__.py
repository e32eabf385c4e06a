"""How the parser's weights were made: treebanks and invented news sentences in, ``models/syntax.npz`` out.

Belongs here: what runs once on a developer's machine (training needs torch, which the project does not depend on). Does not belong here:
anything the engine imports when it reads an article.
"""
