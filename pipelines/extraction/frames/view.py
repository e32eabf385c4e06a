"""An article by position: which actors, places, times and clauses stand where.

Belongs here: look-ups by offset over the annotations, and the clauses with what their neighbours complete. Does not belong here: any
judgement about what they mean.
"""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import lru_cache

from pipelines.extraction.frames.repairs import Words, clause_of_gerund, clause_of_verb, gerund_after, unread_verb, whole
from pipelines.extraction.frames.rules import governing_verbs, light_verbs, verb_rules
from pipelines.extraction.model import Actor, Amount, Article, Clause, Phrase, Place, Sentence, TimeExpression, Token

_SUBORDINATING = frozenset({"after", "before", "since", "until", "as"})
_READ_KINDS = frozenset({"headline", "body"})


@dataclass(frozen=True, slots=True)
class ArticleView:
    """The annotations of ``article`` with the indexes that make look-ups by offset cheap."""

    article: Article
    clauses: list[Clause]
    sheets: tuple[Words, ...]
    sentence_starts: list[int]
    actor_starts: list[int]
    place_starts: list[int]
    time_starts: list[int]
    amount_starts: list[int]
    clauses_of_sentence: dict[int, list[int]]
    children: dict[int, list[int]]
    first_body_sentence: int
    features: dict[tuple[int, int], dict[str, int]]  # of phrases, filled as they are asked for

    def sentence_at(self, position: int) -> int:
        """Return the index of the sentence that ``position`` stands in, or of the last one before it."""
        return max(0, bisect_right(self.sentence_starts, position) - 1)

    def sentence(self, index: int) -> Sentence:
        return self.article.layout.sentences[index]

    def tokens(self, index: int) -> tuple[Token, ...]:
        return self.article.tokens[index]

    def tokens_in(self, index: int, start: int, end: int) -> tuple[Token, ...]:
        """Return the tokens of sentence ``index`` that lie in [start, end)."""
        sheet = self.sheets[index]
        return sheet.tokens[sheet.at(start) : sheet.at(end - 1) + 1]

    def words(self, index: int) -> Words:
        """Return the tokens of a sentence with the actors and times that count as one word."""
        return self.sheets[index]

    def actors_in(self, start: int, end: int) -> tuple[Actor, ...]:
        """Return the actors that begin in [start, end)."""
        starts = self.actor_starts
        return self.article.actors[bisect_left(starts, start) : bisect_left(starts, end)]

    def places_in(self, start: int, end: int) -> tuple[Place, ...]:
        """Return the places that begin in [start, end)."""
        starts = self.place_starts
        return self.article.places[bisect_left(starts, start) : bisect_left(starts, end)]

    def times_in(self, start: int, end: int) -> tuple[TimeExpression, ...]:
        """Return the time expressions that begin in [start, end)."""
        starts = self.time_starts
        return self.article.times[bisect_left(starts, start) : bisect_left(starts, end)]

    def amounts_in(self, start: int, end: int) -> tuple[Amount, ...]:
        """Return the amounts that begin in [start, end)."""
        starts = self.amount_starts
        return self.article.amounts[bisect_left(starts, start) : bisect_left(starts, end)]

    def clause(self, index: int) -> Clause:
        return self.clauses[index]


class _Identity:
    """An article as a key: the same object, not one with equal content."""

    __slots__ = ("article",)

    def __init__(self, article: Article) -> None:
        self.article = article

    def __hash__(self) -> int:
        return id(self.article)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Identity) and other.article is self.article


def view_of(article: Article) -> ArticleView:
    """Index ``article``; its annotations stand in reading order. The frames that read one article after another share the index."""
    return _view_of(_Identity(article))


@lru_cache(maxsize=2)
def _view_of(key: _Identity) -> ArticleView:
    article = key.article
    sheets = _sheets(article)
    clauses = _whole_clauses(article, sheets)
    clauses += _unread(article, clauses, sheets)
    clauses += _gerunds(clauses, sheets)
    clauses_of_sentence: dict[int, list[int]] = {}
    children: dict[int, list[int]] = {}
    for index, clause in enumerate(clauses):
        clauses_of_sentence.setdefault(clause.sentence, []).append(index)
        if clause.parent is not None:
            children.setdefault(clause.parent, []).append(index)
    sentences = article.layout.sentences
    return ArticleView(
        article=article,
        clauses=clauses,
        sheets=sheets,
        sentence_starts=[sentence.start for sentence in sentences],
        actor_starts=[actor.start for actor in article.actors],
        place_starts=[place.start for place in article.places],
        time_starts=[time.start for time in article.times],
        amount_starts=[amount.start for amount in article.amounts],
        clauses_of_sentence=clauses_of_sentence,
        children=children,
        first_body_sentence=next((i for i, sentence in enumerate(sentences) if sentence.kind == "body"), 0),
        features={},
    )


def _sheets(article: Article) -> tuple[Words, ...]:
    actor_end = {actor.start: actor.end for actor in article.actors if actor.form != "pronoun"}
    actor_start = {end: start for start, end in actor_end.items()}
    time_end = {time.start: time.end for time in article.times}
    time_stop = frozenset(time_end.values())
    text = article.text
    return tuple(
        Words(text, tokens, [token.end for token in tokens], actor_end, actor_start, time_end, time_stop) for tokens in article.tokens
    )


def _whole_clauses(article: Article, sheets: tuple[Words, ...]) -> list[Clause]:
    """Return the clauses of the article in order, those whose verb may tell something made whole."""
    known, light = verb_rules(), light_verbs()
    clauses: list[Clause] = []
    earlier: Clause | None = None
    for index, clause in enumerate(article.clauses):
        if earlier is not None and _hangs_on(article.text, clause, earlier):
            clause = clause._replace(parent=index - 1, link="that")
        clause = _told_after(article.text, clause)
        lemma = clause.verb.lemma
        if lemma in known or (lemma, "object") in light:
            before = earlier if earlier is not None and earlier.sentence == clause.sentence else None
            clause = whole(sheets[clause.sentence], clause, before)
        clauses.append(clause)
        earlier = clause
    return clauses


def _hangs_on(text: str, clause: Clause, earlier: Clause) -> bool:
    """Say whether a clause is what the verb right before its subject reports, "that" being left out ("he hopes they will agree")."""
    if clause.subject is None or clause.sentence != earlier.sentence or clause.parent is None or clause.parent != earlier.parent:
        return False
    stated = clause.verb.tense in ("past", "present", "future") and clause.link == "that"
    return stated and (earlier.verb.lemma, "that") in governing_verbs() and text[earlier.verb.end : clause.subject.start].isspace()


def _told_after(text: str, clause: Clause) -> Clause:
    """Give a verb its subject that the parse took for the end of a phrase ("a day after Lima summoned the envoy")."""
    if clause.link != "participle" or clause.verb.is_passive or clause.verb.tense != "none" or not clause.objects:
        return clause
    for phrase in clause.obliques:
        if phrase.preposition in _SUBORDINATING and phrase.end < clause.verb.start and text[phrase.end : clause.verb.start].isspace():
            start = phrase.start + len(phrase.preposition) + 1
            subject = Phrase(start, phrase.end, text[start : phrase.end], phrase.head, phrase.head_start)
            others = tuple(other for other in clause.obliques if other is not phrase)
            verb = clause.verb._replace(tense="past")
            return clause._replace(subject=subject, obliques=others, verb=verb, link=phrase.preposition)
    return clause


def _unread(article: Article, clauses: list[Clause], sheets: tuple[Words, ...]) -> list[Clause]:
    """Return the clauses of event verbs that stand right after an actor and that the parse did not see as verbs."""
    known = verb_rules()
    heads = {clause.verb.head for clause in clauses}
    covered = [(c.subject.start, c.subject.end) for c in clauses if c.subject and c.verb.tense in ("past", "present", "future")]
    starts = [sentence.start for sentence in article.layout.sentences]
    found: list[Clause] = []
    for actor in article.actors:
        sentence = bisect_right(starts, actor.start) - 1
        if actor.form == "pronoun" or sentence < 0 or article.layout.sentences[sentence].kind not in _READ_KINDS:
            continue
        token = unread_verb(sheets[sentence], actor.end)
        if token is None or token.start in heads or any(start <= token.start < end for start, end in covered):
            continue
        clause = clause_of_verb(sheets[sentence], token, sentence)
        if clause.verb.lemma in known:
            heads.add(token.start)
            found.append(clause)
    return found


def _gerunds(clauses: list[Clause], sheets: tuple[Words, ...]) -> list[Clause]:
    """Return the clauses of gerunds that stand in a prepositional phrase ("looked forward to visiting …")."""
    known = verb_rules()
    heads = {clause.verb.head for clause in clauses}
    found: list[Clause] = []
    for index, clause in enumerate(clauses):
        for phrase in clause.obliques:
            if "ing" not in phrase.text or phrase.preposition is None:
                continue
            token = gerund_after(sheets[clause.sentence], phrase)
            if token is None or token.start in heads:
                continue
            heads.add(token.start)
            gerund = clause_of_gerund(sheets[clause.sentence], token, clause.sentence, index, phrase.preposition, clause.subject)
            if gerund.verb.lemma in known:
                found.append(gerund)
    return found
