"""Relief that arrives: planes, ships, teams and consignments of one party that reach another to help.

Belongs here: what a verb of motion tells of help ("a Qatari plane with tents landed in Lima").
Does not belong here: giving told as such (deeds), journeys of officials (visits).
"""

from pipelines.extraction.frames.drafting import finished
from pipelines.extraction.frames.drafts import Draft, Scene
from pipelines.extraction.frames.participants import Cast, actors_of, codes_of, has_word
from pipelines.extraction.frames.status import OCCURRED, governed_status
from pipelines.extraction.frames.triggers import clause_trigger
from pipelines.extraction.frames.view import ArticleView
from pipelines.extraction.frames.words import words
from pipelines.extraction.model import Clause, Phrase

_INTO = frozenset({"in", "at", "to", "into", "for", "on"})


def _bearer(view: ArticleView, clause: Clause) -> Phrase | None:
    """Return what moves: the subject, or that of the participle between it and the verb ("a plane carrying tents landed")."""
    above = view.clause(clause.parent) if clause.parent is not None else None
    if above is not None and above.verb.lemma in words("bearing") and above.verb.tense == "none" and above.verb.end < clause.verb.start:
        return above.subject
    return clause.subject


def _is_relief(view: ArticleView, index: int, bearer: Phrase) -> bool:
    """Say whether what moves is or brings help: relief words beside it, or a purpose of helping below the verb."""
    clause = view.clause(index)
    before = view.tokens_in(clause.sentence, bearer.start, clause.verb.start)
    if any(token.lower in words("relief_words") for token in before):
        return True
    rest = view.tokens_in(clause.sentence, clause.verb.end, view.sentence(clause.sentence).end)
    brings = any(token.lower in words("relief_words") for token in rest)
    below = (view.clause(child) for child in view.children.get(index, ()))
    is_meant = any(each.link in ("to", "participle") and each.verb.lemma in words("relieving") for each in below)
    laden = [phrase for phrase in clause.obliques if phrase.preposition == "with"]
    is_laden = has_word(view, clause.sentence, laden, words("cargo"))
    return (brings and (is_meant or is_laden)) or (is_laden and is_meant)


def _giver(view: ArticleView, clause: Clause, bearer: Phrase) -> tuple[str, ...]:
    """Return whose help it is: named in what moves, or whence it comes."""
    own = codes_of(actors_of(view, (bearer,)))
    if own:
        return own
    whence = [phrase for phrase in clause.obliques if phrase.preposition in ("from", "by")]
    return codes_of(actors_of(view, whence)) or codes_of(view.actors_in(bearer.start, clause.verb.start))[:1]


def _reached(view: ArticleView, clause: Clause, giver: tuple[str, ...]) -> tuple[str, ...]:
    """Return the party in whose land it arrives."""
    phrases = [*clause.objects, *(phrase for phrase in clause.obliques if phrase.preposition in _INTO)]
    for phrase in phrases:
        codes = [code for code in codes_of(actors_of(view, (phrase,))) if code not in giver]
        codes += [place.country for place in view.places_in(phrase.start, phrase.end) if place.country and place.country not in giver]
        if codes:
            return (codes[0],)
    return ()


def relief(view: ArticleView, sentence: int, scene: Scene) -> dict[int, Draft]:
    """Return the help that is told in ``sentence`` to have reached or set out for another party, by clause."""
    found: dict[int, Draft] = {}
    for index in view.clauses_of_sentence.get(sentence, ()):
        clause = view.clause(index)
        if clause.verb.lemma not in words("arriving_verbs"):
            continue
        bearer = _bearer(view, clause)
        if bearer is None or not has_word(view, sentence, (bearer,), words("bearers")) or not _is_relief(view, index, bearer):
            continue
        status, _ = governed_status(view, index, "aid")
        if status is None and clause.parent is not None and bearer is not clause.subject:
            status = OCCURRED  # read as below the participle that stands before it
        giver = _giver(view, clause, bearer)
        reached = _reached(view, clause, giver)
        if status is None or not giver or not reached:
            continue
        trigger = clause_trigger(clause, index, "arrive.relief", "aid", bearer.start)
        draft = finished(view, trigger, status, Cast(giver, reached), scene, clause)
        if draft is not None:
            found[index] = draft._replace(start=min(draft.start, bearer.start))
    return found
