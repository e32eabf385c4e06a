"""Which of two readings of a pattern the words around a verb allow: a call paid or a plea made, a threat uttered or one that looms.

Belongs here: the conditions of the ``needs`` column that look at words and clauses alone. Does not belong here: those that look at who
takes part (needs), matching words (triggers).
"""

from pipelines.extraction.frames.rules import VerbRule, noun_classes
from pipelines.extraction.frames.status import is_reported_in_past, takes_that
from pipelines.extraction.frames.view import ArticleView
from pipelines.extraction.frames.words import words
from pipelines.extraction.model import Clause, Phrase

_THINGS = frozenset({"it", "this", "that", "which"})
_SAID = frozenset({"that", "quote"})
_BLAME_REACH = 90
_CREDENTIALS_REACH = 50


def fits_needs(view: ArticleView, index: int, clause: Clause, rule: VerbRule) -> bool:
    """Say whether the words that tell two readings of one pattern apart allow this one."""
    if rule.needs & {"plea", "courtesy"}:
        # "called on the premier to discuss …" is a meeting, "called on the premier to resign" a request
        wished = [view.clause(child).verb.lemma for child in view.children.get(index, ()) if view.clause(child).link == "to"]
        meets = any(verb in words("meeting_purposes") for verb in wished)
        return (meets or not wished) if "courtesy" in rule.needs else not meets
    if "looming" in rule.needs:
        # "threatened to become a war": it looms, nobody threatens
        return any(view.clause(child).verb.lemma in words("looming") for child in view.children.get(index, ()))
    if "reason" in rule.needs:
        # "assailed Peru for closing the border": what for is told of words, not of blows
        links = {view.clause(child).link for child in view.children.get(index, ())} | {phrase.preposition for phrase in clause.obliques}
        return bool(links & {"for", "over"})
    if "harm" in rule.needs:
        return any(view.clause(child).verb.lemma in words("harming") for child in view.children.get(index, ()))
    if "persona" in rule.needs:
        return " non grata" in view.article.text[clause.verb.end : view.sentence(clause.sentence).end]
    if "blamed" in rule.needs:
        after = view.article.text[clause.verb.end : view.sentence(clause.sentence).end].lower()
        return any(f" {word}" in after[:_BLAME_REACH] for word in words("blamed_for"))
    if "legal" in rule.needs:
        return any(view.article.text[phrase.start : phrase.end].lower().startswith(("legal ", "court ")) for phrase in clause.objects)
    if "credentials" in rule.needs:
        after = view.article.text[clause.verb.end : clause.verb.end + _CREDENTIALS_REACH].lower()
        return any(word in after for word in words("credentials"))
    if "helpers" in rule.needs:
        subjects = (clause.subject,) if clause.subject else ()
        told = {token.lower for phrase in subjects for token in view.tokens_in(clause.sentence, phrase.start, phrase.end)}
        classes = noun_classes()
        helpful = any(
            classes.get(word, frozenset()) & {"@peacekeeper", "@force"}
            or classes.get(word.rstrip("s"), frozenset()) & {"@peacekeeper", "@force"}
            for word in told
        )
        rest = {token.lower for token in view.tokens_in(clause.sentence, clause.verb.end, view.sentence(clause.sentence).end)}
        return helpful and (bool(rest & words("helping")) or rule.rule_id == "serve.abroad" or bool(told & words("helping")))
    if "promise" in rule.needs:
        return any(_is_promise(view.clause(child)) for child in view.children.get(index, ()))
    if "willed" in rule.needs:
        return _is_willed(view, clause)
    if "goal" in rule.needs:
        return _is_avowed(view, index)
    if "travel" in rule.needs:
        return speaks_of_travel(view, clause)
    return True


def _is_gathering(subject: Phrase | None) -> bool:
    """Say whether a meeting or a stay is spoken of, which promises nothing ("the talks will focus on fish")."""
    if subject is None or subject.head in words("bodies"):
        return False
    classes = noun_classes()
    return "@consult" in (classes.get(subject.head) or classes.get(f"{subject.head}s") or ())


def _is_willed(view: ArticleView, clause: Clause) -> bool:
    """Say whether somebody says what they will do ("will stand by Kenya", "said they would work together"), not what is set to be."""
    verb = clause.verb
    is_thing = clause.subject is not None and clause.subject.text.lower() in _THINGS  # "it will promote trade": a pact, say
    if verb.is_negated or verb.is_passive or is_thing or _is_gathering(clause.subject):
        return False
    return verb.modality == "will" or (verb.modality == "conditional" and is_reported_in_past(view, clause))


def _is_avowed(view: ArticleView, index: int) -> bool:
    """Say whether an aim is told in somebody's words ("said that the two sides aim to double trade"): elsewhere it is background."""
    clause = view.clause(index)
    is_said = clause.link in _SAID and clause.parent is not None and takes_that(view.clause(clause.parent))
    goals = words("vague") | words("raising")
    below = (view.clause(child) for child in view.children.get(index, ()))
    return is_said and any(each.link == "to" and each.verb.lemma in goals for each in below)


def speaks_of_travel(view: ArticleView, clause: Clause) -> bool:
    """Say whether what follows the verb of a clause is about journeys ("urged its citizens not to travel to Peru")."""
    rest = view.article.text[clause.verb.start : view.sentence(clause.sentence).end].lower()
    return any(word in rest for word in words("journeys"))


def _is_promise(below: Clause) -> bool:
    """Say whether a clause under "announced that" tells what somebody will do."""
    told = below.link == "that" and below.subject is not None and below.verb.modality in ("will", "conditional")
    return told and not below.verb.is_negated and below.verb.lemma not in words("no_deeds")
