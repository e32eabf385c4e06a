"""Ranks without or with figures: "China is Poland's second-largest supplier".

Belongs here: from a word of rank and its noun to a draft. Does not belong here: figures.
"""


from pipelines.extraction.frames.trade_passages import Discourse, Draft, Passage


def read_ranks(passage: Passage, state: Discourse) -> list[Draft]:
    """Return the drafts of the ranks of one sentence."""
    return []
