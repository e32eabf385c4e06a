"""The PLOVER root event between two named actors of one sentence, by the same lexicon and grammar as engagements.

Belongs here: locating the two actors, weighing the triggers that link them, and what tense and negation make of a root.
Does not belong here: words (lexicon). The actors may be anyone: states, police, companies, crowds.
"""

from dataclasses import replace

from pipelines.extraction.annotators.amounts import find_amounts
from pipelines.extraction.annotators.clauses import find_clauses
from pipelines.extraction.annotators.structure import find_layout
from pipelines.extraction.annotators.times import find_times
from pipelines.extraction.annotators.tokens import find_tokens
from pipelines.extraction.frames.participants import agents_of, has_class
from pipelines.extraction.frames.rules import VerbRule, governing_verbs, verb_rules
from pipelines.extraction.frames.triggers import matching_rules, noun_triggers, objects_of
from pipelines.extraction.frames.view import ArticleView, view_of
from pipelines.extraction.frames.words import words
from pipelines.extraction.model import Actor, Article, Clause, Phrase

_GOOD = frozenset({"AID", "YIELD", "CONSULT", "COOPERATE", "SUPPORT", "AGREE"})
_HARSH = frozenset({"SANCTION", "COERCE", "ASSAULT", "MOBILIZE", "PROTEST"})
_CONTENT_LINKS = frozenset({"to", "that", "ing", "quote"})
_TRANSPARENT = frozenset({"decide", "begin", "start", "continue", "resume", "manage", "help", "plan", "announce"})


def _span_of(text: str, words: str) -> tuple[int, int] | None:
    start = text.find(words) if words else -1
    if start < 0 and words:
        start = text.lower().find(words.lower())
    return (start, start + len(words)) if start >= 0 else None


def _article(text: str, source: tuple[int, int] | None, target: tuple[int, int] | None) -> Article:
    layout = find_layout(text)
    layout = replace(layout, sentences=tuple(replace(sentence, kind="body") for sentence in layout.sentences))
    tokens = find_tokens(layout)
    actors = tuple(
        sorted(
            (
                Actor(span[0], span[1], text[span[0] : span[1]], "role", (name,), (name,))
                for name, span in (("source", source), ("target", target))
                if span
            ),
            key=lambda actor: actor.start,
        )
    )
    times = find_times(text, layout, tokens, (), None)
    amounts = find_amounts(text, layout, tokens, ())
    clauses = find_clauses(text, layout, tokens, ())
    return Article(text, None, layout, tokens, actors=actors, times=times, amounts=amounts, clauses=clauses)


def _touches(phrases: tuple[Phrase, ...], span: tuple[int, int] | None) -> bool:
    return span is not None and any(phrase.start < span[1] and span[0] < phrase.end for phrase in phrases)


def _below(view: ArticleView, index: int, depth: int = 0) -> tuple[Phrase, ...]:
    """Return what the clause acts on, with what its infinitives and reported clauses act on."""
    clause = view.clause(index)
    found = (*objects_of(clause), *clause.obliques)
    if depth < 3:
        for child in view.children.get(index, ()):
            below = view.clause(child)
            if below.link in _CONTENT_LINKS:
                found = (*found, *((below.subject,) if below.subject else ()), *_below(view, child, depth + 1))
    return found


def _link_score(view: ArticleView, index: int, source: tuple[int, int] | None, target: tuple[int, int] | None) -> int:
    """Return how well the clause ties the two actors: its doer the source, its sufferer the target."""
    clause = view.clause(index)
    doers = agents_of(clause)
    score = 0
    if _touches(doers, source):
        score += 4
    elif source is not None and clause.start <= source[0] < clause.end:
        score += 1
    elif (
        clause.subject is not None
        and clause.link in _CONTENT_LINKS
        and clause.parent is not None
        and clause.subject.end - clause.subject.start < 6
    ):
        score += 2 if _touches(agents_of(view.clause(clause.parent)), source) else 0
    if _touches((*objects_of(clause), *clause.obliques), target):
        score += 3
    elif _touches(_below(view, index), target):
        score += 2
    elif target is not None and clause.start <= target[0] < clause.end:
        score += 1
    return score


def _turned(clause: Clause, root: str) -> str:
    """Return what tense, modality and negation make of the root of a verb."""
    verb = clause.verb
    if verb.modality == "obligation" and root != "ACCUSE":
        return "REQUEST"
    if verb.is_negated:
        return "REJECT" if root in _GOOD or root == "PROTEST" else root
    if root in ("REQUEST", "THREATEN", "REJECT", "ACCUSE"):
        return root
    if verb.modality in ("will", "expected", "conditional") or verb.tense == "future":
        return "AGREE" if root in _GOOD else "THREATEN" if root in _HARSH else root
    return root


def root_of(sentence_text: str, source: str, target: str) -> str | None:
    """Return the root event that ``sentence_text`` tells of ``source`` towards ``target`` (words of the text), or None.

    YIELD stands for both CONCEDE and RETREAT.
    """
    source_span, target_span = _span_of(sentence_text, source), _span_of(sentence_text, target)
    view = view_of(_article(sentence_text, source_span, target_span))
    best: tuple[int, str] | None = None
    known = verb_rules()
    for index, clause in enumerate(view.clauses):
        root, bonus = _clause_root(view, index, known)
        if root is None:
            continue
        if root == "CONSULT" and _is_made_to_support(view, index, known):
            root = "SUPPORT"
        link = _link_score(view, index, source_span, target_span)
        held = clause.link in _CONTENT_LINKS and clause.parent is not None and _clause_root(view, clause.parent, known)[0] is not None
        score = 10 * link + bonus - (4 if clause.parent is not None else 0) - (25 if held else 0) - (20 if _is_purpose(view, clause) else 0)
        if best is None or score > best[0]:
            best = (score, root)
    return best[1] if best else None


def _is_made_to_support(view: ArticleView, index: int, known: dict[str, tuple[VerbRule, ...]]) -> bool:
    """Say whether one is called or met in order to be thanked, congratulated or consoled."""
    return any(
        view.clause(child).link == "to" and _clause_root(view, child, known)[0] == "SUPPORT" for child in view.children.get(index, ())
    )


def _is_purpose(view: ArticleView, clause: Clause) -> bool:
    """Say whether the clause tells what something else was done for."""
    return clause.link == "to" and clause.parent is not None and (view.clause(clause.parent).verb.lemma, "to") not in governing_verbs()


def _fits_doer(view: ArticleView, clause: Clause, rule: VerbRule) -> bool:
    """Say whether forces act where the rule wants forces, and nobody marches who travels."""
    if "force" in rule.needs:
        return has_class(view, clause.sentence, (*agents_of(clause), *objects_of(clause)), "@force")
    return not ("traveller" in rule.needs and has_class(view, clause.sentence, agents_of(clause), "@force"))


def _helps(view: ArticleView, clause: Clause) -> bool:
    helping = words("helping")
    return any(token.lower in helping for token in view.tokens_in(clause.sentence, clause.verb.end, view.sentence(clause.sentence).end))


def _clause_root(view: ArticleView, index: int, known: dict[str, tuple[VerbRule, ...]]) -> tuple[str | None, int]:
    clause = view.clause(index)
    if clause.verb.lemma in _TRANSPARENT and any(
        view.clause(child).link in ("to", "ing", "participle") for child in view.children.get(index, ())
    ):
        return None, 0
    noun: tuple[str | None, int] = (None, 0)
    for trigger in noun_triggers(view, clause.sentence):
        if trigger.clause == index and trigger.effect in ("occurs", "says", "begins"):
            noun = (_turned(clause, trigger.root), 3)
            break
    for score, rule in matching_rules(view, index) if clause.verb.lemma in known else ():
        if rule.engagement_type == "statement" or not rule.root:
            continue
        if noun[0] and score < 4:
            break
        if not _fits_doer(view, clause, rule):
            continue
        if rule.root == "MOBILIZE" and _helps(view, clause):
            return _turned(clause, "AID"), score
        return _turned(clause, rule.root), score
    if noun[0] is None and clause.verb.modality == "obligation":
        return "REQUEST", 0
    return noun
