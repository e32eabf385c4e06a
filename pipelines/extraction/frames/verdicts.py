"""What officials say of another party's deeds, where the verb of saying alone tells nothing: that they are bad, untrue, will be answered,
must be done or will never be agreed to.

Belongs here: the words of a verdict ("said the decree was shameful"), and whose deed they judge. Does not belong here: verbs that judge
themselves (deeds), remarks on relations (statements).
"""

import itertools
from collections.abc import Iterable

from pipelines.extraction.frames.drafting import finished
from pipelines.extraction.frames.drafts import Draft, Scene
from pipelines.extraction.frames.needs import is_lay
from pipelines.extraction.frames.participants import Cast, actors_of, agents_of, codes_of, is_compound, is_state, people_of
from pipelines.extraction.frames.statements import REPORTING_LINKS, is_saying, speaker_of
from pipelines.extraction.frames.status import OCCURRED, status_of_verb
from pipelines.extraction.frames.triggers import clause_trigger
from pipelines.extraction.frames.view import ArticleView
from pipelines.extraction.frames.words import words
from pipelines.extraction.model import Actor, Clause, Phrase, Token

_NEGATORS = frozenset({"not", "no", "neither", "nor", "never", "hardly", "n't", "n’t"})
_WITHIN = frozenset({"of", "to", "for"})  # "an act of war", "tantamount to piracy", "a reward for terror"
_REACH = 9  # words of a predicate that are looked at
_HELD = frozenset({"threat", "request"})
_REFUSAL = "refusal"
_OPENING = 40  # letters at the head of a sentence in which a claim is named
_DOING = frozenset({"by", "of"})
_POINTING = frozenset({"the", "this", "these", "that", "those", "such", "it", "they", "any", "what"})
_BEFORE_OWNER = frozenset({"the", "a", "an", "its", "their"})
_OWN = frozenset({"our", "my", "we", "i"})
_AUXILIARY = frozenset({"will", "conditional"})
_STATES = frozenset({"name", "capital", "organisation"})


def verdict_of(told: Iterable[Token]) -> str | None:
    """Return what words say of a thing: criticism (bad), rejection (untrue), support (good); a negation turns praise into blame."""
    negated = False
    for token in told:
        word = token.lower
        if word in _NEGATORS:
            negated = True
        elif word in words("false_words") and not negated:
            return "rejection"
        elif word in words("owed_words" if negated else "bad_words"):
            return "criticism"
        elif word in words("good_words") and not negated:
            return "support"
    return None


def _predicate(view: ArticleView, below: Clause) -> list[Token]:
    """Return the words that say what the subject of a clause is, up to what they are only joined to."""
    told: list[Token] = []
    for token in view.tokens_in(below.sentence, below.verb.end, max(below.end, below.verb.end + 1)):
        joined = token.tag in ("ADP", "SCONJ") and token.lower not in _WITHIN
        if (joined and told) or len(told) >= _REACH:
            break
        told.append(token)
    return told


def _owners(view: ArticleView, phrase: Phrase) -> tuple[Actor, ...]:
    """Return whose thing or deed a phrase names ("Peru's decree", "the strike by Peru"), not where it was or whom it hit."""
    found: list[Actor] = []
    for actor in actors_of(view, (phrase,)):
        before = view.article.text[phrase.start : actor.start].lower().split()
        while before and before[-1] in _BEFORE_OWNER:
            before.pop()
        joined = before[-1] if before else ""
        if joined in _DOING or (actor.start <= phrase.head_start and joined not in words("placing_prepositions")):
            found.append(actor)
    return tuple(found)


def _speakers(view: ArticleView, clause: Clause) -> tuple[Actor, ...]:
    """Return the official, government or state that speaks."""
    if is_lay(view, clause):
        return ()
    speakers = speaker_of(view, clause)
    if speakers:
        return speakers
    phrases = agents_of(clause)
    actors = [actor for actor in actors_of(view, phrases) if actor.form in _STATES and actor.party_codes]
    heads = [actor for actor in actors if actor.start <= phrases[0].head_start < actor.end]
    return tuple(heads) if len(codes_of(heads)) == 1 else ()


def _said(view: ArticleView, number: int) -> str | None:
    """Return criticism, rejection, threat or request, by what is said in a clause; None where it tells none, or of the own side too."""
    below = view.clause(number)
    verb = below.verb
    if _is_of_both(view, below):
        return None
    if _answers(view, number):
        return "threat"
    if verb.modality == "obligation" and below.link != "to":
        return "request" if verb.is_negated or verb.lemma in words("demanded") else None
    if _is_refusal(below):
        return _REFUSAL
    if verb.modality is not None or verb.tense == "future":
        return None
    if verb.lemma in words("predicating"):
        told = _predicate(view, below)
        judged = verdict_of(told) if not verb.is_negated else ("criticism" if any(t.lower in words("owed_words") for t in told) else None)
        if judged == "rejection" and not _is_claim(view, below):
            return "criticism"
        return judged if judged != "support" or any(token.lower in words("praise_words") for token in told) else None
    if verb.is_negated or verb.is_passive:
        return None
    if verb.lemma in words("wronging") and verb.particle is None:
        return "criticism"
    wages = verb.lemma in words("waging") and verdict_of(_predicate(view, below)) in ("criticism", "rejection")
    return "criticism" if wages else None


def _is_of_both(view: ArticleView, below: Clause) -> bool:
    """Say whether what is said is of the own side, or of both ("our decree was wrong", "it was a mistake on both sides")."""
    told = {token.lower for token in view.tokens_in(below.sentence, below.start, max(below.end, below.start + 1))}
    opening = view.article.text[below.subject.start : below.subject.end].lower().split() if below.subject is not None else []
    return "both" in told or bool(set(opening) & _OWN)


def _is_claim(view: ArticleView, below: Clause) -> bool:
    """Say whether what is judged is what others say ("the accusation was false", "reports that it had paid were false")."""
    return (below.subject is not None and below.subject.head in words("claims")) or _opens_with_claim(view, below)


def _opens_with_claim(view: ArticleView, below: Clause) -> bool:
    bounds = view.sentence(below.sentence)
    opening = view.tokens_in(below.sentence, bounds.start, min(bounds.start + _OPENING, below.start))
    return any(token.lemma in words("claims") and after.lower == "that" for token, after in itertools.pairwise(opening))


def _is_refusal(below: Clause) -> bool:
    """Say whether a clause tells what will not be agreed to ("will never recognise the claim")."""
    verb = below.verb
    refuses = verb.is_negated and not verb.is_passive and (verb.tense == "future" or verb.modality in ("will", "conditional", "possible"))
    return refuses and verb.lemma in words("refusable")


def _answers(view: ArticleView, number: int) -> bool:
    """Say whether a clause tells that something will be paid back ("would not go unanswered", "would provoke a decisive response")."""
    below = view.clause(number)
    verb = below.verb
    ahead = verb.tense == "future" or verb.modality in _AUXILIARY or (verb.modality is not None and verb.lemma == "face")
    if not ahead:
        return False
    begin = below.subject.start if below.subject is not None else below.verb.start
    told = {token.lower for token in view.tokens_in(below.sentence, min(begin, below.verb.start), max(below.end, below.verb.end + 1))}
    if verb.is_negated:
        return bool(told & words("unpunished"))
    if verb.particle == "back" and verb.lemma in words("hitting"):
        return True
    if verb.lemma == "follow" and told & words("answers"):
        return True
    dealt = told & words("answers") or verb.lemma in words("harming")
    if dealt and any(view.clause(child).link == "if" for child in view.children.get(number, ())):
        return True  # "will respond if Lima closes the border"
    return bool(told & words("paying_back")) or bool(told & words("answers") and told & words("forceful"))


def _judged_party(view: ArticleView, number: int, source: tuple[str, ...], scene: Scene, kind: str) -> tuple[tuple[str, ...], bool] | None:
    """Return the other party whose deed is judged, and whether the passage gave it; None where nobody's is."""
    below = view.clause(number)
    subject = below.subject
    if subject is None or subject.head in words("misfortunes"):
        return None
    if kind == _REFUSAL:
        return _refused_party(view, below, source, scene)
    owners = codes_of(actor for actor in _owners(view, subject) if not is_compound(view, actor))
    others = tuple(code for code in owners if code not in source)
    is_claim = kind == "rejection" and subject.head not in words("claims") and _opens_with_claim(view, below)
    if others and not is_claim:
        return others[:1], False
    opening = view.article.text[subject.start : subject.end].lower().split()
    if kind == "threat":
        bounds = view.sentence(below.sentence)
        named = codes_of(actor for actor in view.actors_in(bounds.start, bounds.end) if actor.form != "pronoun")
        others = tuple(code for code in named if code not in source and is_state(code))
        if others:
            return others[:1], False
    elif kind == "support":
        return None  # whose merit it is must be told
    elif kind == "request" and not (below.verb.is_passive and below.verb.lemma in words("undone")):
        return None  # "all sides must show restraint"
    elif not is_claim and (owners or not opening or opening[0].strip("“\"'‘") not in _POINTING):
        return None
    if kind == "rejection" and subject.head not in words("accusations"):
        return (scene.blame.source, True) if set(source) <= set(scene.blame.target) else None
    if opening == ["it"] and " to " in view.article.text[below.verb.end : view.sentence(below.sentence).end]:
        return None  # "it was a mistake to wait"
    faced = _faced(scene, source)
    if kind == "criticism" and opening[0] == "the" and not set(faced) & {*scene.deed.source, *scene.blame.parties()}:
        return None  # "the sales were a mistake": whose, nobody says
    return (faced, True) if len(faced) == 1 and is_state(faced[0]) else None


def _faced(scene: Scene, source: tuple[str, ...]) -> tuple[str, ...]:
    """Return the other side of the two that the passage, or else the article, is about."""
    doer = scene.deed.source or scene.blame.target
    known = {*scene.deed.parties(), *scene.blame.parties()}
    if len(doer) == 1 and not set(source) & known:
        return doer  # an outsider speaks of who did it
    about = scene.counterparts(source) or (scene.main if len(scene.main) == 2 and set(source) <= set(scene.main) else ())
    return tuple(code for code in about if code not in source)


def _refused_party(view: ArticleView, below: Clause, source: tuple[str, ...], scene: Scene) -> tuple[tuple[str, ...], bool] | None:
    """Return whose claim, terms or wish the own side says that it will not agree to."""
    own = codes_of(actors_of(view, (below.subject,) if below.subject else ()))
    if not own or not set(own) <= set(source):
        return None
    phrases = (*below.objects, *(phrase for phrase in below.obliques if phrase.preposition in ("to", "with", "from")))
    for phrase in phrases:
        others = tuple(code for code in codes_of(actors_of(view, (phrase,))) if code not in source)
        if others:
            return others[:1], False
    told = view.article.text[phrases[0].start : phrases[0].end].lower().split() if phrases else []
    if told and told[-1].strip('.,”"') in words("pressures"):
        told = ["the"]
    faced = tuple(code for code in scene.counterparts(source) if code not in source)
    return (faced, True) if told and (told[0] in _POINTING or told[1:2] == ["the"]) and len(faced) == 1 else None


def with_verdicts(view: ArticleView, sentence: int, scene: Scene, told: list[Draft]) -> list[Draft]:
    """Return what a sentence tells with the verdicts that officials pass in it, each for what its own words would tell.

    A verdict is left out where one of the same kind and source is told already ("condemned the strike, saying it was illegal").
    """
    for index in view.clauses_of_sentence.get(sentence, ()):
        clause = view.clause(index)
        if not is_saying(clause) or status_of_verb(clause.verb, "statement") != OCCURRED:
            continue
        below = [child for child in view.children.get(index, ()) if view.clause(child).link in REPORTING_LINKS]
        kinds = [(kind, child) for child in below if (kind := _said(view, child)) is not None]
        speakers = _speakers(view, clause) if kinds else ()
        source = codes_of(speakers)
        if any(kind == "rejection" and _opens_with_claim(view, view.clause(child)) for kind, child in kinds):
            told = [other for other in told if other.clause not in below]  # what was claimed is denied
        for said, child in kinds if source else ():
            one = view.clause(child)
            judged = _judged_party(view, child, source, scene, said)
            kind = "rejection" if said == _REFUSAL else said
            if kind in _HELD and any(draft.clause == child and draft.rule_id != "retaliate" for draft in told):
                continue  # "said it would impose a levy in retaliation": told as what it is
            if judged is None or any(draft.engagement_type == kind and set(draft.cast.source) & set(source) for draft in told):
                continue
            others, is_filled = judged
            trigger = clause_trigger(clause, index, f"say.{kind}", kind)
            draft = finished(view, trigger, OCCURRED, Cast(source, others, people_of(speakers), ()), scene, clause, is_filled=is_filled)
            if draft is not None:
                start, end = min(one.start, clause.start), max(one.end, clause.end)
                told = [other for other in told if other.clause != child]
                told.append(draft._replace(start=start, end=end, is_main=False))
    return told
