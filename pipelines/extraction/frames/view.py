"""An article by position: which actors, places, times and clauses stand where.

Belongs here: look-ups by offset over the annotations. Does not belong here: any judgement about what they mean.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass

from pipelines.extraction.frames.repairs import Words, clause_of_gerund, clause_of_verb, gerund_after, index_at, unread_verb, whole
from pipelines.extraction.frames.rules import light_verbs, verb_rules
from pipelines.extraction.model import Actor, Amount, Article, Clause, Place, Sentence, TimeExpression, Token


@dataclass(frozen=True, slots=True)
class ArticleView:
    """The annotations of ``article`` with the indexes that make look-ups by offset cheap."""

    article: Article
    clauses: list[Clause]
    sentence_starts: list[int]
    actor_starts: list[int]
    place_starts: list[int]
    time_starts: list[int]
    amount_starts: list[int]
    clauses_of_sentence: dict[int, list[int]]
    children: dict[int, list[int]]
    first_body_sentence: int
    actor_end: dict[int, int]
    actor_start: dict[int, int]
    time_end: dict[int, int]
    time_stop: frozenset[int]

    def sentence_at(self, position: int) -> int:
        """Return the index of the sentence that ``position`` stands in, or of the last one before it."""
        return max(0, bisect_right(self.sentence_starts, position) - 1)

    def sentence(self, index: int) -> Sentence:
        return self.article.layout.sentences[index]

    def tokens(self, index: int) -> tuple[Token, ...]:
        return self.article.tokens[index]

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

    def words(self, index: int) -> Words:
        """Return the tokens of a sentence with the actors and times that count as one word."""
        return Words(self.article.text, self.article.tokens[index], self.actor_end, self.actor_start, self.time_end, self.time_stop)

    def amounts_in(self, start: int, end: int) -> tuple[Amount, ...]:
        """Return the amounts that begin in [start, end)."""
        starts = self.amount_starts
        return self.article.amounts[bisect_left(starts, start) : bisect_left(starts, end)]

    def clause(self, index: int) -> Clause:
        return self.clauses[index]


def view_of(article: Article) -> ArticleView:
    """Index ``article``; its annotations stand in reading order."""
    clauses_of_sentence: dict[int, list[int]] = {}
    children: dict[int, list[int]] = {}
    for index, clause in enumerate(article.clauses):
        clauses_of_sentence.setdefault(clause.sentence, []).append(index)
        if clause.parent is not None:
            children.setdefault(clause.parent, []).append(index)
    sentences = article.layout.sentences
    known, light = verb_rules(), light_verbs()
    actor_end = {actor.start: actor.end for actor in article.actors if actor.form != "pronoun"}
    actor_start = {actor.end: actor.start for actor in article.actors if actor.form != "pronoun"}
    time_end = {time.start: time.end for time in article.times}
    time_stop = frozenset(time_end.values())
    clauses: list[Clause] = []
    for clause in article.clauses:
        if clause.verb.lemma in known or (clause.verb.lemma, "object") in light:
            earlier = clauses[-1] if clauses and clauses[-1].sentence == clause.sentence else None
            clause = whole(
                Words(article.text, article.tokens[clause.sentence], actor_end, actor_start, time_end, time_stop), clause, earlier
            )
        clauses.append(clause)
    found = _unread(article, clauses, known, actor_end, actor_start, time_end, time_stop)
    found += _gerunds(article, clauses, known, actor_end, actor_start, time_end, time_stop)
    for clause in found:
        clauses_of_sentence.setdefault(clause.sentence, []).append(len(clauses))
        if clause.parent is not None:
            children.setdefault(clause.parent, []).append(len(clauses))
        clauses.append(clause)
    return ArticleView(
        article=article,
        clauses=clauses,
        sentence_starts=[sentence.start for sentence in sentences],
        actor_starts=[actor.start for actor in article.actors],
        place_starts=[place.start for place in article.places],
        time_starts=[time.start for time in article.times],
        amount_starts=[amount.start for amount in article.amounts],
        clauses_of_sentence=clauses_of_sentence,
        children=children,
        first_body_sentence=next((i for i, sentence in enumerate(sentences) if sentence.kind == "body"), 0),
        actor_end=actor_end,
        actor_start=actor_start,
        time_end=time_end,
        time_stop=time_stop,
    )


def _gerunds(
    article: Article,
    clauses: list[Clause],
    known: Mapping[str, object],
    actor_end: dict[int, int],
    actor_start: dict[int, int],
    time_end: dict[int, int],
    time_stop: frozenset[int],
) -> list[Clause]:
    """Return the clauses of gerunds that stand in a prepositional phrase ("looked forward to visiting …")."""
    heads = {clause.verb.head for clause in clauses}
    found: list[Clause] = []
    for index, clause in enumerate(clauses):
        words = Words(article.text, article.tokens[clause.sentence], actor_end, actor_start, time_end, time_stop)
        for phrase in clause.obliques:
            token = gerund_after(words, phrase)
            if token is None or token.start in heads:
                continue
            heads.add(token.start)
            gerund = clause_of_gerund(words, token, clause.sentence, index, phrase.preposition or "participle", clause.subject)
            if gerund.verb.lemma in known:
                found.append(gerund)
    return found


def _unread(
    article: Article,
    clauses: list[Clause],
    known: Mapping[str, object],
    actor_end: dict[int, int],
    actor_start: dict[int, int],
    time_end: dict[int, int],
    time_stop: frozenset[int],
) -> list[Clause]:
    """Return the clauses of event verbs that stand right after an actor and that the parse did not see as verbs."""
    heads = {clause.verb.head for clause in clauses}
    covered = [
        (clause.subject.start, clause.subject.end)
        for clause in clauses
        if clause.subject and clause.verb.tense in ("past", "present", "future")
    ]
    starts = [sentence.start for sentence in article.layout.sentences]
    found: list[Clause] = []
    for actor in article.actors:
        if actor.form == "pronoun":
            continue
        sentence = bisect_right(starts, actor.start) - 1
        if sentence < 0 or article.layout.sentences[sentence].kind not in ("headline", "body"):
            continue
        words = Words(article.text, article.tokens[sentence], actor_end, actor_start, time_end, time_stop)
        token = unread_verb(words, actor.end)
        if token is None or token.start in heads or any(start <= token.start < end for start, end in covered):
            continue
        clause = clause_of_verb(words, token, sentence)
        if clause.verb.lemma in known:
            heads.add(token.start)
            found.append(clause)
    return found


token_index_at = index_at
