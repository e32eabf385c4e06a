"""Clauses made whole: the object or subject that a parse has left hanging, taken from the words beside the verb.

Belongs here: finding the noun phrase next to a verb. Does not belong here: parsing, or what the verb means.
"""

from dataclasses import replace

from pipelines.extraction.model import Clause, Phrase, Token, VerbGroup

_NOMINAL = frozenset({"DET", "ADJ", "NOUN", "PROPN", "NUM", "PRON", "SYM", "X"})
_HEADS = frozenset({"NOUN", "PROPN", "PRON"})
_JOINS = frozenset({"'s", "’s", "'", "’", "and", "&", "-", "–", "%", "$", "of", "“", '"', "‘"})
_MAX_WORDS = 16


def index_at(tokens: tuple[Token, ...], position: int) -> int:
    """Return the index of the first token that ends after ``position``."""
    low, high = 0, len(tokens)
    while low < high:
        middle = (low + high) // 2
        if tokens[middle].end <= position:
            low = middle + 1
        else:
            high = middle
    return low


def phrase_after(text: str, tokens: tuple[Token, ...], position: int) -> Phrase | None:
    """Return the noun phrase that begins right after ``position``, adverbs skipped, or None."""
    first = index_at(tokens, position)
    while first < len(tokens) and tokens[first].tag in ("ADV", "PART") and tokens[first].lower != "to":
        first += 1
    last = first
    while last < len(tokens) and last - first < _MAX_WORDS:
        token = tokens[last]
        if token.tag not in _NOMINAL and token.lower not in _JOINS:
            break
        last += 1
    while last > first and tokens[last - 1].tag not in _HEADS and tokens[last - 1].tag != "NUM":
        last -= 1
    if last <= first or tokens[first].lower in _JOINS and tokens[first].tag not in _NOMINAL:
        return None
    head = _head(tokens, first, last)
    start, end = tokens[first].start, tokens[last - 1].end
    return Phrase(start, end, text[start:end], tokens[head].lemma, tokens[head].start)


def _head(tokens: tuple[Token, ...], first: int, last: int) -> int:
    """Return the head of a noun phrase: its last noun before "of" or a comma."""
    head = first
    for place in range(first, last):
        if tokens[place].lower == "of" and tokens[head].tag in _HEADS:
            break
        if tokens[place].lower in ("and", "&") and tokens[head].tag == "NOUN":
            break
        if tokens[place].tag in _HEADS and not (place + 1 < last and tokens[place + 1].lower in ("'s", "’s", "'", "’")):
            head = place
    return head


def phrase_before(text: str, tokens: tuple[Token, ...], position: int) -> Phrase | None:
    """Return the noun phrase that ends right before ``position``, adverbs skipped, or None."""
    last = index_at(tokens, position - 1)
    while last >= 0 and (last >= len(tokens) or tokens[last].start >= position or tokens[last].tag in ("ADV", "AUX", "PART")):
        last -= 1
    first = last
    while first >= 0 and last - first < _MAX_WORDS and (tokens[first].tag in _NOMINAL or tokens[first].lower in _JOINS):
        first -= 1
    first += 1
    if last < first or last < 0 or tokens[last].tag not in _HEADS:
        return None
    head = _head(tokens, first, last + 1)
    start, end = tokens[first].start, tokens[last].end
    return Phrase(start, end, text[start:end], tokens[head].lemma, tokens[head].start)


def whole(text: str, tokens: tuple[Token, ...], clause: Clause) -> Clause:
    """Return ``clause`` with an object where the words after its verb are one, and its whole subject."""
    verb: VerbGroup = clause.verb
    objects = clause.objects
    if not objects and not verb.is_passive and verb.lemma != "be":
        bare = next((phrase for phrase in clause.obliques if phrase.preposition is None and 0 <= phrase.start - verb.end <= 24), None)
        phrase = phrase_after(text, tokens, verb.end)
        if phrase is None and bare is not None:
            phrase = bare
        if phrase is not None:
            objects = (phrase,)
    subject = clause.subject
    if subject is None and verb.tense not in ("none",):
        subject = phrase_before(text, tokens, verb.start)
    elif subject is not None and 0 < verb.start - subject.end <= 60 and "," not in text[subject.end : verb.start]:
        longer = phrase_before(text, tokens, verb.start)
        if longer is not None and longer.end > subject.end and longer.start <= subject.end + 1:
            subject = replace(longer, start=min(subject.start, longer.start), text=text[min(subject.start, longer.start) : longer.end])
    if objects is clause.objects and subject is clause.subject:
        return clause
    end = max(clause.end, objects[0].end if objects else 0)
    return replace(clause, objects=objects, subject=subject, end=end)
