"""Undertakings that one verb tells of together: "agreed to reopen the port and to lower its fees".

Belongs here: what stands after "and to" below a verb of promising. Does not belong here: the promise itself (deeds), terms of an accord
(terms).
"""

import re

from pipelines.extraction.frames.drafting import keywords_of
from pipelines.extraction.frames.drafts import Draft
from pipelines.extraction.frames.view import ArticleView
from pipelines.extraction.frames.words import words
from pipelines.extraction.model import Clause

_AND_TO = re.compile(r"\b(?:and|as well as)(?: (?:also|then|later|further))? to (?:\w+ly )?$")
_REACH = 30
_DEPTH = 4
_CHAINING = frozenset({"to", "and", "ing"})


def is_further(view: ArticleView, clause: Clause) -> bool:
    """Say whether the clause is one more infinitive under the verb of the one before it ("… and to lower its fees")."""
    before = view.article.text[max(0, clause.verb.start - _REACH) : clause.verb.start]
    return clause.verb.tense == "none" and clause.link in ("and", "to") and _AND_TO.search(before) is not None


def further_undertakings(view: ArticleView, draft: Draft) -> list[Draft]:
    """Return the undertakings that the same words tell besides the first, one for each "and to".

    Where the first names nothing concrete they are all one.
    """
    if draft.engagement_type != "commitment" or draft.clause is None or draft.is_vague:
        return []
    found = []
    for index in view.clauses_of_sentence.get(draft.sentence, ()):
        clause = view.clause(index)
        if clause.verb.lemma in words("no_deeds") or clause.verb.lemma in words("loose"):
            continue
        if clause.verb.start > view.clause(draft.clause).verb.end and is_further(view, clause) and _hangs_on(view, index, draft.clause):
            end = max(clause.end, *(phrase.end for phrase in (*clause.objects, *clause.obliques)), clause.verb.end)
            is_vague = clause.verb.lemma in words("vague")
            found.append(
                draft._replace(
                    start=clause.verb.start,
                    end=end,
                    clause=index,
                    verb=clause.verb.lemma,
                    keywords=keywords_of(view, draft.sentence, clause.verb.start, end),
                    is_vague=is_vague,
                    is_main=False,
                )
            )
    return found


def _hangs_on(view: ArticleView, index: int, holder: int) -> bool:
    """Say whether infinitives alone lead up from a clause to the verb that promises them."""
    for _ in range(_DEPTH):
        clause = view.clause(index)
        if clause.parent is None or clause.link not in _CHAINING or clause.verb.tense != "none":
            return False
        if clause.parent == holder:
            return True
        index = clause.parent
    return False
