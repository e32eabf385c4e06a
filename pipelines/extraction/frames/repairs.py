"""Clauses made whole: what a parse has left hanging, read from the words beside the verb.

Belongs here: a shallow reading of the words before and after a verb (its subject, objects and prepositional phrases), used only where the
parse gives none. Does not belong here: parsing proper (annotators), or what the verb means (triggers).
"""

from bisect import bisect_right
from collections.abc import Mapping
from typing import NamedTuple

from pipelines.extraction.annotators.lemmas import GERUND, PAST, verb_reading
from pipelines.extraction.model import Clause, Phrase, Token, VerbGroup

_NOMINAL = frozenset({"DET", "ADJ", "NOUN", "PROPN", "NUM", "PRON", "SYM", "X"})
_HEADS = frozenset({"NOUN", "PROPN", "PRON", "NUM", "SYM"})
_POSSESSIVE = frozenset({"'s", "’s", "'", "’"})
_GLUE = frozenset({"&", "-", "–", "%", "“", '"', "‘", "(", ")", "[", "]"})
_RELATIVE = frozenset({"who", "which", "that", "whom", "whose", "where", "when", "while", "after", "before", "if", "because", "as"})
_SKIPPED = frozenset({"ADV", "AUX", "PART"})
# "…, said the minister": only verbs of speech stand before their subject.
_INVERTING = frozenset(
    {"say", "add", "report", "tell", "announce", "write", "note", "state", "declare", "come", "be", "follow", "explain", "warn", "ask"}
)
_ORDERING = frozenset({"last", "first"})  # "A last met B in May"
_WHENCE = frozenset({"from", "of"})
_LISTING = frozenset({"and", ",", "the"})
_MAX_WORDS = 40
_MAX_OBLIQUES = 8
_ASIDE_WORDS = 12


class Words(NamedTuple):
    """A sentence's tokens with the spans that count as one word: actors (as nouns) and times (as nothing)."""

    text: str
    tokens: tuple[Token, ...]
    ends: list[int]
    actor_end: Mapping[int, int]
    actor_start: Mapping[int, int]
    time_end: Mapping[int, int]
    time_stop: frozenset[int]

    def at(self, position: int) -> int:
        """Return the index of the first token that ends after ``position``."""
        return bisect_right(self.ends, position)


def noun_phrase(words: Words, first: int, lists: bool = True) -> tuple[int, int] | None:
    """Return the end and the head of the noun phrase that begins at token ``first``, or None.

    ``lists``: whether a comma, or "and" before an article, joins on another noun.
    """
    tokens = words.tokens
    place, head = first, -1
    while place < len(tokens) and place - first < _MAX_WORDS:
        token = tokens[place]
        actor = words.actor_end.get(token.start)
        if actor is not None:
            place = max(place + 1, words.at(actor))
            head = place - 1 if head < 0 or tokens[first].lower != "the" else head
            continue
        if token.start in words.time_end:
            break
        if token.tag in _NOMINAL or (
            token.tag == "VERB" and place + 1 < len(tokens) and place > first and tokens[place + 1].tag in ("NOUN", "PROPN")
        ):
            if token.tag == "PRON" and token.lower in _RELATIVE:
                break
            if token.tag in _HEADS and not (place + 1 < len(tokens) and tokens[place + 1].lower in _POSSESSIVE):
                head = place
            place += 1
        elif token.lower in _POSSESSIVE or (token.lower in _GLUE and place > first):
            place += 1
        elif token.lower == "of" and head >= 0:
            inner = noun_phrase(words, place + 1, lists)
            if inner is None:
                break
            return inner[0], head
        elif token.lower in ("and", "or", ",") and head >= 0 and place + 1 < len(tokens):
            if not lists and (token.lower == "," or tokens[place + 1].tag == "DET"):
                break
            after = _joined(words, place + 1)
            if after is None:
                break
            place = after
        else:
            break
    if head < 0:
        return None
    while place > first + 1 and (tokens[place - 1].lower in _GLUE or tokens[place - 1].lower in (",", "and")) and place - 1 > head:
        place -= 1
    return place, head


def _joined(words: Words, first: int) -> int | None:
    """Return the end of a noun phrase that a comma or "and" joins on, or None where a new clause begins there."""
    tokens = words.tokens
    if tokens[first].lower in ("and", "or") and first + 1 < len(tokens):
        first += 1
    if tokens[first].start in words.time_end or (tokens[first].tag not in _NOMINAL and tokens[first].start not in words.actor_end):
        return None
    if tokens[first].tag == "PRON":
        return None
    found = noun_phrase(words, first)
    if found is None:
        return None
    after = found[0]
    while after < len(tokens) and tokens[after].tag in ("ADV", "PART"):
        after += 1
    if after < len(tokens) and tokens[after].tag in ("VERB", "AUX") and not tokens[after].lower.endswith("ing"):
        return None
    return found[0]


def _as_phrase(words: Words, first: int, end: int, head: int, preposition: str | None = None) -> Phrase:
    tokens = words.tokens
    begin, stop = tokens[first].start, tokens[end - 1].end
    return Phrase(begin, stop, words.text[begin:stop], tokens[head].lemma, tokens[head].start, preposition)


def after_verb(words: Words, position: int, particle: str | None) -> tuple[Phrase | None, list[Phrase]]:
    """Return the object that follows ``position``, if one does at once, and the prepositional phrases up to the next clause."""
    tokens = words.tokens
    place = words.at(position)
    found: Phrase | None = None
    obliques: list[Phrase] = []
    moved = False
    while place < len(tokens) and len(obliques) < _MAX_OBLIQUES:
        token = tokens[place]
        until = words.time_end.get(token.start)
        if until is not None:
            place = max(place + 1, words.at(until))
            moved = moved or found is not None
            continue
        if token.tag in ("ADV", "PART") and token.lower not in ("to", "when", "where"):
            place += 1
            continue
        if token.lower == particle and place + 1 < len(tokens):
            place += 1
            continue
        if token.tag == "ADP":
            later = place + 1
            if later < len(tokens) and tokens[later].tag == "ADP":
                later += 1
            if later < len(tokens) and tokens[later].start in words.time_end:
                place = later
                continue
            phrase = noun_phrase(words, later) if later < len(tokens) else None
            if phrase is None:
                break
            obliques.append(_as_phrase(words, place, phrase[0], phrase[1], token.lower))
            place = phrase[0]
            moved = True
            continue
        if token.tag in ("PUNCT", "CCONJ") and place + 1 < len(tokens) and tokens[place + 1].tag == "ADP" and obliques:
            place += 1
            continue
        if token.lower in ('"', "“", "‘", "”", "’", "(", ")") and place + 1 < len(tokens):
            place += 1
            continue
        if not moved and found is None and (token.tag in _NOMINAL or token.start in words.actor_end):
            phrase = noun_phrase(words, place)
            if phrase is None:
                break
            found = _as_phrase(words, place, phrase[0], phrase[1])
            place = phrase[0]
            continue
        break
    return found, obliques


def before_verb(words: Words, position: int, depth: int = 0) -> Phrase | None:
    """Return the noun phrase that a verb at ``position`` has before it; a relative clause or an aside between commas is stepped over."""
    tokens = words.tokens
    place = words.at(position) - 1
    steps = 0
    over_time = False
    while place >= 0 and steps < _MAX_WORDS:
        token = tokens[place]
        steps += 1
        if token.start in words.time_end or token.end in words.time_stop:
            over_time = True
            place -= 1
            continue
        if over_time and token.tag == "ADP":
            place -= 1
            continue
        over_time = False
        if (token.tag in _SKIPPED or (token.lower in _ORDERING and place > 0)) and token.end not in words.actor_start:
            place -= 1
            continue
        if token.lower == ")":
            opening = place - 1
            while opening > 0 and tokens[opening].lower != "(" and place - opening < _ASIDE_WORDS:
                opening -= 1
            place = opening - 1 if tokens[opening].lower == "(" else place - 1
            continue
        if token.lower in ("who", "which", "that"):
            place -= 1
            continue
        if token.lower == ",":
            opening = place - 1
            while opening >= 0 and tokens[opening].lower != "," and place - opening < 30:
                opening -= 1
            if tokens[place - 1].lower in ("who", "which"):
                place -= 1
                continue
            place = opening - 1 if opening > 0 and tokens[opening].lower == "," else place - 1
            continue
        break
    if place < 0:
        return None
    last = place
    start = words.actor_start.get(tokens[last].end)
    if start is None and tokens[last].tag not in _HEADS:
        return None
    first = words.at(start) if start is not None else last
    head = last
    while first > 0:
        token = tokens[first - 1]
        begin = words.actor_start.get(token.end)
        if begin is not None:
            first = min(first - 1, words.at(begin))
            continue
        if token.start in words.time_end or token.end in words.time_stop:
            break
        if token.tag in _NOMINAL or token.lower in _POSSESSIVE or token.lower in ("and", "of", "&", "-"):
            if token.lower in _RELATIVE or last - first > _MAX_WORDS:
                break
            if token.lower == "of":
                head = first - 2 if first > 1 else head
            first -= 1
            continue
        break
    while first < last and tokens[first].lower in ("and", "of", "&", "'s", "’s"):
        first += 1
    if first > 1 and tokens[first - 1].tag == "ADP" and tokens[first - 2].tag in _HEADS and depth < 3:
        # "troops along the line were put …": the noun before the preposition is the one that acts.
        outer = before_verb(words, tokens[first - 1].start, depth + 1)
        if outer is not None:
            return outer._replace(end=tokens[last].end, text=words.text[outer.start : tokens[last].end])
    if first > 3 and tokens[first - 1].lower == "and" and tokens[first - 2].lower == "," and depth < 3:
        # "X, who …, and Y had …": both act.
        outer = before_verb(words, tokens[first - 2].end, depth + 1)
        if outer is not None and outer.end in words.actor_start:
            return outer._replace(end=tokens[last].end, text=words.text[outer.start : tokens[last].end])
    return _as_phrase(words, first, last + 1, max(first, min(head, last)))


def whole(words: Words, clause: Clause, earlier: Clause | None = None) -> Clause:
    """Return ``clause`` with the object, the prepositional phrases and the subject that the words beside its verb show.

    ``earlier``: the clause before it in its sentence, whose subject a coordinated verb shares.
    """
    verb: VerbGroup = clause.verb
    objects = clause.objects
    obliques: list[Phrase] = []
    if not objects:
        shallow, obliques = after_verb(words, verb.end, verb.particle)
        if shallow is not None and verb.lemma != "be":
            objects = (shallow,)
    extra: tuple[Phrase, ...] = ()
    if obliques:
        known = [(phrase.start, phrase.end) for phrase in (*objects, *clause.obliques)]
        extra = tuple(phrase for phrase in obliques if not any(start <= phrase.start < end for start, end in known))
    subject = clause.subject
    if subject is None or subject.end <= verb.start or subject.start > verb.end:
        subject = _whole_subject(words, clause, earlier)
    if subject is not None and subject.end <= verb.start:
        subject = _with_those_from(words, _with_listed_names(words, subject, verb.start), verb.start)
        before = words.actor_start.get(subject.start - 1)
        if before is not None:  # "Chilean negotiators" read as "negotiators"
            subject = subject._replace(start=before, text=words.text[before : subject.end])
    if objects is clause.objects and not extra and subject is clause.subject:
        return clause
    end = max([clause.end, *(phrase.end for phrase in (*objects, *extra))])
    return Clause(clause.start, end, clause.sentence, verb, subject, objects, (*clause.obliques, *extra), clause.parent, clause.link)


def unread_verb(words: Words, actor_end: int) -> Token | None:
    """Return the past verb that stands right after an actor, adverbs and times stepped over, whatever its tag ("Ethiopia accused …")."""
    tokens = words.tokens
    place = words.at(actor_end)
    while place < len(tokens):
        token = tokens[place]
        until = words.time_end.get(token.start)
        if until is not None:
            place = max(place + 1, words.at(until))
        elif (
            token.tag == "ADV"
            or token.lower in _ORDERING
            or (token.tag == "ADP" and place + 1 < len(tokens) and tokens[place + 1].start in words.time_end)
        ):
            place += 1
        else:
            break
    if place + 1 >= len(tokens) or tokens[place].tag in ("ADP", "PUNCT", "DET", "AUX", "PRON", "CCONJ", "SCONJ", "NUM", "PART"):
        return None
    reading = verb_reading(tokens[place].lower)
    following = tokens[place + 1]
    starts_object = (
        following.tag in _NOMINAL or following.tag == "ADP" or following.start in words.actor_end or following.start in words.time_end
    )
    return tokens[place] if reading and reading[1] & PAST and starts_object and tokens[place].text.islower() else None


def gerund_after(words: Words, phrase: Phrase) -> Token | None:
    """Return the gerund that a preposition opens a phrase with ("to visiting the city"), or None."""
    place = words.at(phrase.start) + 1
    if phrase.preposition is None or place >= len(words.tokens):
        return None
    token = words.tokens[place]
    reading = verb_reading(token.lower) if token.lower.endswith("ing") else None
    return token if reading and reading[1] & GERUND else None


def clause_of_gerund(words: Words, token: Token, sentence: int, parent: int, link: str, subject: Phrase | None) -> Clause:
    """Return the clause of a gerund that the parse took for a noun."""
    reading = verb_reading(token.lower)
    verb = VerbGroup(
        token.start, token.end, token.start, reading[0] if reading else token.lower, None, "none", None, False, False, False, False
    )
    return whole(words, Clause(token.start, token.end, sentence, verb, subject, (), (), parent, link))


def clause_of_verb(words: Words, token: Token, sentence: int) -> Clause:
    """Return the bare clause of a past verb that the parse took for something else."""
    reading = verb_reading(token.lower)
    lemma = reading[0] if reading else token.lower
    verb = VerbGroup(token.start, token.end, token.start, lemma, None, "past", None, False, False, False, False)
    return whole(words, Clause(token.start, token.end, sentence, verb, None, (), (), None, None))


def _is_coordinated(words: Words, position: int) -> bool:
    """Say whether a comma or "and" stands right before the verb at ``position``."""
    tokens = words.tokens
    place = words.at(position) - 1
    while place >= 0 and tokens[place].tag in _SKIPPED:
        place -= 1
    return place >= 0 and tokens[place].lower in (",", "and", "but", "then")


def _with_listed_names(words: Words, subject: Phrase, stop: int) -> Phrase:
    """Return the subject with the other names of its list ("Latvia, Lithuania and Estonia"), where only some were read."""
    tokens = words.tokens
    first, last = words.at(subject.start), words.at(subject.end)
    if first >= len(tokens) or tokens[first].tag != "PROPN":
        return subject
    while (
        last + 1 < len(tokens) and tokens[last + 1].start < stop and tokens[last].lower in ("and", ",") and tokens[last + 1].tag == "PROPN"
    ):
        last += 2
        while last < len(tokens) and tokens[last].tag == "PROPN" and tokens[last].start < stop:
            last += 1
    if any(token.lower == "and" for token in tokens[first:last]):
        while first > 1 and tokens[first - 1].lower == "," and tokens[first - 2].tag == "PROPN":
            opening = first - 2
            while opening > 0 and tokens[opening - 1].tag == "PROPN":
                opening -= 1
            if tokens[opening].start in words.time_end or (opening > 0 and tokens[opening - 1].tag in ("ADP", "DET", "ADJ", "NOUN")):
                break
            first = opening
    start, end = tokens[first].start, max(subject.end, tokens[last - 1].end)
    if start >= subject.start and end == subject.end:
        return subject
    return subject._replace(start=start, end=end, text=words.text[start:end])


def _with_those_from(words: Words, subject: Phrase, stop: int) -> Phrase:
    """Return the whole of "envoys from Peru, Chile and Bolivia", of which the parse read an end or the noun alone as the subject."""
    tokens = words.tokens
    last = words.at(stop) - 1
    while last > 0 and tokens[last].tag in _SKIPPED:
        last -= 1
    place = last
    joints: set[str] = set()
    while place > 0 and last - place < _MAX_WORDS:
        start = words.actor_start.get(tokens[place].end)
        if start is None and tokens[place].lower not in _LISTING:
            break
        joints |= {tokens[place].lower} & _LISTING
        place = words.at(start) - 1 if start is not None else place - 1
    if place < 1 or not joints >= {",", "and"} or tokens[place].lower not in _WHENCE or tokens[place - 1].tag != "NOUN":
        return subject  # but "at the invitation of A, B will come"
    outer = before_verb(words, tokens[place].start)
    end = tokens[last].end
    if outer is None or not outer.start <= subject.start < subject.end <= end:
        return subject
    return outer._replace(end=end, text=words.text[outer.start : end])


def _antecedent(words: Words, position: int) -> Phrase | None:
    """Return the actor right before "who", whom the clause of the verb at ``position`` is about."""
    tokens = words.tokens
    place = words.at(position) - 1
    while place > 0 and tokens[place].tag in _SKIPPED:
        place -= 1
    if place < 1 or tokens[place].lower != "who":
        return None
    place -= 2 if tokens[place - 1].lower == "," else 1
    start = words.actor_start.get(tokens[place].end) if place >= 0 else None
    return _as_phrase(words, words.at(start), place + 1, place) if start is not None else None


def _whole_subject(words: Words, clause: Clause, earlier: Clause | None) -> Phrase | None:
    subject, verb = clause.subject, clause.verb
    if clause.link == "who":
        antecedent = _antecedent(words, verb.start)
        if antecedent is not None and (subject is None or not subject.start <= antecedent.start < subject.end):
            return antecedent
    if clause.link == "to" and verb.modality == "expected" and earlier is not None and earlier.verb.lemma == "be" and earlier.subject:
        return earlier.subject  # "is due to leave": of whom "is" tells
    if subject is not None and (words.tokens[words.at(subject.start)].tag == "ADP" or subject.start in words.time_end):
        subject = before_verb(words, verb.start) or subject
    if (
        subject is not None
        and earlier is not None
        and earlier.subject is not None
        and earlier.verb.tense in ("past", "present")
        and subject.start < earlier.start
        and earlier.subject.start > subject.start
        and _is_coordinated(words, verb.start)
        and (
            (clause.link == "and" and earlier.link not in ("that", "who"))
            # "X, who flew in yesterday and leaves tomorrow, led …": no comma before "and", so within the relative clause
            or (earlier.link == "who" and verb.tense != "none" and "," not in words.text[earlier.verb.end : verb.start])
        )
    ):
        return earlier.subject
    is_fronted = verb.tense == "none" and not verb.is_passive and clause.link in ("participle", "ing")  # "Accusing Peru of …, Bolivia left"
    if subject is not None and subject.start > verb.end and not is_fronted:
        # "who arrived on Sunday and is due to leave, the two signed …": the comma parts them
        is_inverted = verb.lemma in _INVERTING and "," not in words.text[verb.end : subject.start]
        subject = subject if is_inverted else None
    if subject is None:
        is_shared = verb.tense != "none" and _is_coordinated(words, verb.start)
        is_expected = clause.link == "to" and verb.modality == "expected"
        if earlier is not None and earlier.subject is not None and (is_shared or is_expected):
            return earlier.subject
        return before_verb(words, verb.start) if verb.tense != "none" or clause.link is None else None
    if 0 < verb.start - subject.end <= 90 and words.text[subject.start : subject.end].lower() not in ("who", "which", "that"):
        longer = before_verb(words, verb.start)
        if longer is not None and longer.end > subject.end and longer.start <= subject.end + 1:
            start = min(subject.start, longer.start)
            return subject._replace(start=start, end=longer.end, text=words.text[start : longer.end])
    elif subject.text.lower() in ("who", "which", "that"):
        return before_verb(words, subject.end) or subject
    return subject
