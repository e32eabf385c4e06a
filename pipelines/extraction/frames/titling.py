"""The extent of an instrument's name: where its title begins and ends, and how many the words before it count.

Belongs here: walking left and right from the noun that names an instrument. Does not belong here: which nouns do (instruments).
"""

from collections.abc import Callable
from itertools import pairwise
from typing import NamedTuple

from pipelines.extraction.annotators.numbers import value_of_digits, value_of_words
from pipelines.extraction.frames.repairs import Words, noun_phrase
from pipelines.extraction.frames.view import ArticleView
from pipelines.extraction.frames.words import instrument_words
from pipelines.extraction.model import Token

_TITLE_PREPOSITIONS = frozenset({"on", "of", "for", "between", "concerning", "regarding", "about", "to", "against", "with", "among"})
PREMODIFIERS = frozenset({"NOUN", "PROPN", "ADJ"})
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "their", "its", "both", "all"})
_SPANS = frozenset({"year", "month", "week", "day", "hour", "point", "page", "way", "party", "nation", "country"})
_OTHER = frozenset({"another", "other", "separate", "second", "third", "additional", "further", "similar"})
_NAMING_FORMS = frozenset({"person", "surname", "role", "group", "pronoun"})
_STATE_FORMS = frozenset({"name", "capital", "metonym", "organisation"})
_NOMINAL = PREMODIFIERS | {"PART"}
_LOOK_BACK = 24  # characters before a number in which the sum or date it is of may begin
_COUNT_REACH = 3  # words between a count and the noun phrase it counts
_MOST_PHRASES = 5
_MOST_SUBJECTS = 12

NamesInstrument = Callable[[tuple[Token, ...]], bool]


def is_gerund(token: Token) -> bool:
    return token.tag == "VERB" and token.lower.endswith("ing")


class Opening(NamedTuple):
    """Where a title begins, what is counted before it, whether it is definite, and whether it is one more ("another")."""

    place: int
    number: int
    is_counted: bool
    is_definite: bool
    is_another: bool


def _count_of(tokens: tuple[Token, ...], place: int) -> tuple[int, bool]:
    token = tokens[place]
    if token.lower in ("a", "an", "the", "one") or (place + 1 < len(tokens) and tokens[place + 1].lemma in _SPANS):
        return 1, False  # "a five year plan"
    if token.lower == "dozen":
        multiple = value_of_words([tokens[place - 1].lower]) if place else None
        return int(12 * (multiple or 1)), True
    digits = value_of_digits(token.text) if token.text[0].isdigit() else None
    value = digits if digits is not None else value_of_words([token.lower])
    return (int(value), True) if value and 1 < value < 1000 and value == int(value) else (1, False)


def _is_measure(view: ArticleView, token: Token) -> bool:
    """Say whether a word is of a sum or a date, which counts no instruments ("a $100 million loan agreement", "the Feb. 23 accord")."""
    if any(amount.unit == "money" and token.start < amount.end for amount in view.amounts_in(token.start - _LOOK_BACK, token.end)):
        return True
    return any(time.start <= token.start < time.end for time in view.times_in(token.start - _LOOK_BACK, token.end))


def opening(view: ArticleView, tokens: tuple[Token, ...], first: int, names_one: Callable[[int], bool]) -> Opening:
    """Walk left from the name at ``first`` over its modifiers; ``names_one`` says whether a token ends an instrument's name."""
    place = first
    count, counted, definite = 1, False, False
    untitled = instrument_words("untitled")
    while place > 0:
        token = tokens[place - 1]
        is_year = token.text.isdigit() and len(token.text) == len("1987") and place < first
        if _is_measure(view, token) and not is_year:
            break
        if token.tag == "NUM" or token.lower in ("several", "dozen", "dozens") or _count_of(tokens, place - 1)[1]:
            count, counted = _count_of(tokens, place - 1)
            if counted:
                break
            if token.text[0].isdigit() and place == first:
                break
            place -= 1
            continue
        if token.tag in PREMODIFIERS and token.lower not in untitled:
            if "-" in token.text and token.lower.endswith(("brokered", "led", "backed", "mediated", "sponsored")):
                break
            place -= 1
            continue
        if (
            token.tag == "VERB"
            and token.lower not in untitled
            and token.lower.endswith(("ed", "ing"))
            and place - 1 > 0
            and tokens[place - 2].tag in ("DET", "ADJ", "NUM")
        ):
            place -= 1
            continue
        if (
            token.lower in ("and", "&")
            and place > 1
            and place < first
            and tokens[place - 2].tag in PREMODIFIERS
            and tokens[place].tag in PREMODIFIERS
            and not names_one(place - 2)  # "a memorandum of understanding and a visa agreement"
        ):
            place -= 1
            continue
        break
    while place > 0 and any(
        actor.start < tokens[place].start < actor.end for actor in view.actors_in(tokens[place - 1].start, tokens[place].start)
    ):
        place -= 1  # "the Republic of Peru-Jordan accord"
    if _is_named_of(tokens, place):
        place -= 2  # "the Sea of Calm Declaration"
        while place > 0 and tokens[place - 1].tag == "PROPN" and tokens[place - 1].text[0].isupper():
            place -= 1
    back = place - 1
    while back >= max(0, place - _COUNT_REACH) and (tokens[back].lower in untitled or tokens[back].tag == "ADV"):
        back -= 1
    if back >= 0 and not _is_measure(view, tokens[back]):
        definite = tokens[back].lower in _DEFINITE
        if not counted and tokens[back].tag == "NUM":
            count, counted = _count_of(tokens, back)
        elif counted and back > 0:
            definite = tokens[back - 1].lower in _DEFINITE
    another = any(token.lower in _OTHER for token in tokens[max(0, back) : place])
    return Opening(place, count, counted, definite, another)


def _is_named_of(tokens: tuple[Token, ...], place: int) -> bool:
    """Say whether a name with capitals goes on to the left over "of"."""
    if place < 2 or tokens[place - 1].lower != "of" or tokens[place - 2].tag not in PREMODIFIERS:
        return False
    return tokens[place].text[0].isupper() and tokens[place - 2].text[0].isupper() and not tokens[place - 2].text.isupper()


def _is_aside(view: ArticleView, words: Words, place: int) -> bool:
    """Say whether the phrase at ``place`` tells the setting or the signatories, no part of a title ("on the sidelines of", "with his")."""
    tokens = words.tokens
    start = place + 1
    while start < len(tokens) and tokens[start].tag in ("DET", "ADJ") and start - place < 3:
        start += 1
    if start >= len(tokens):
        return True
    preposition = tokens[place].lower
    if tokens[start].lower in instrument_words("settings"):
        return preposition in ("on", "for", "to", "with", "at")
    if preposition == "with":
        actors = view.actors_in(tokens[place + 1].start, tokens[min(place + 4, len(tokens) - 1)].end)
        return any(actor.form in _NAMING_FORMS for actor in actors) or tokens[start].lemma in instrument_words("signatories")
    if preposition == "for":  # who it was signed for
        actors = view.actors_in(tokens[place + 1].start, tokens[start].end)
        if not actors or actors[0].form not in _STATE_FORMS:
            return False
        after = words.at(actors[0].end)
        return after >= len(tokens) or tokens[after].tag not in _NOMINAL
    return False


def _goes_on(tokens: tuple[Token, ...], place: int) -> bool:
    """Say whether the word at ``place`` leads on to more of the title."""
    if tokens[place].lower == "in":
        return tokens[place - 1].lemma in instrument_words("fields")
    return tokens[place].lower in _TITLE_PREPOSITIONS


def _start_of_phrase(words: Words, place: int) -> int:
    """Return the token at which the noun phrase after a preposition begins, a gerund or participle before it stepped over."""
    tokens = words.tokens
    start = place + 1
    if start < len(tokens) and (is_gerund(tokens[start]) or (tokens[start].tag == "VERB" and tokens[start].text[0].isupper())):
        return start + 1  # "on holding exercises", "between Northern Press and …"
    if start + 1 < len(tokens) and tokens[start].lower.endswith("ed") and tokens[start + 1].tag == "NOUN":
        return start + 1  # "the transfer of sentenced persons"
    while start + 2 < len(tokens) and tokens[start].tag == "ADJ" and tokens[start + 1].lower in ("and", "&", ","):
        start += 2  # "on cultural and artistic cooperation"
    return start


def _cut(tokens: tuple[Token, ...], start: int, end: int, names_instrument: NamesInstrument) -> int:
    """Return where "and" before a count, an article or another instrument ends the phrase ("an accord on fishing and five pacts")."""
    joints = [place for place in range(start + 1, end - 1) if tokens[place].lower in ("and", "or", ",")]
    for place, following in pairwise((*joints, end)):
        if tokens[place + 1].tag in ("NUM", "DET") or names_instrument(tokens[place + 1 : following]):
            return place - (tokens[place - 1].lower == ",")
    return end


def _named_after(words: Words, place: int) -> int:
    """Return the token after the abbreviation and the country of an office ("the Farm Council (FC), Peru,")."""
    tokens = words.tokens
    place = after_abbreviation(tokens, place)
    if place + 1 < len(tokens) and tokens[place].lower == "," and tokens[place + 1].start in words.actor_end:
        until = words.at(words.actor_end[tokens[place + 1].start])
        if until < len(tokens) and tokens[until].lower in (",", "and"):
            return until + (tokens[until].lower == ",")
    return place


def _other_side(words: Words, place: int) -> int:
    """Return the end of "and B" after "between A"."""
    tokens = words.tokens
    after = _named_after(words, place)
    if after + 1 < len(tokens) and tokens[after].lower == "and":
        other = noun_phrase(words, after + 1, lists=False)
        if other is not None:
            end = after_abbreviation(tokens, other[0])
            return end
    return place


def _joined_subjects(words: Words, place: int, names_instrument: NamesInstrument) -> int:
    """Return the end of the subjects that commas and a last "and" join on ("on trade, investment and culture")."""
    tokens = words.tokens
    here = place
    for _ in range(_MOST_SUBJECTS):
        comma = here < len(tokens) and tokens[here].lower == ","
        here += comma
        last = here < len(tokens) and tokens[here].lower in ("and", "&")
        here += last
        if not (comma or last) or here >= len(tokens):
            return place
        start = _start_of_phrase(words, here - 1)
        if (
            start >= len(tokens)
            or (tokens[start].tag not in PREMODIFIERS and tokens[start].lower != "of")
            or tokens[start].start in words.actor_end
        ):
            return place
        phrase = noun_phrase(words, start, lists=False)
        if phrase is None or names_instrument(tokens[start : phrase[0]]):
            return place
        here = phrase[0]
        goes_on = here < len(tokens) and tokens[here].lower == ","
        last = last or (not goes_on and any(token.lower == "and" for token in tokens[start:here]))
        after = tokens[here] if here < len(tokens) else None
        if after is not None and after.tag == "VERB" and after.lemma not in instrument_words("done_to_instruments"):
            return place  # a clause of its own
        if last:
            return here
    return place


def after_abbreviation(tokens: tuple[Token, ...], place: int) -> int:
    """Return the token after the abbreviation in brackets that follows a name."""
    bracketed = place + 2 < len(tokens) and tokens[place].text == "(" and tokens[place + 2].text == ")"
    return place + 3 if bracketed else place


def closing(view: ArticleView, words: Words, last: int, names_instrument: NamesInstrument) -> int:
    """Return the token after the title's natural end: its "on …", "of …", "between … and …" phrases."""
    tokens = words.tokens
    place = after_abbreviation(tokens, last + 1)
    for _ in range(_MOST_PHRASES):
        if place >= len(tokens) or not _goes_on(tokens, place) or _is_aside(view, words, place):
            break
        start = _start_of_phrase(words, place)
        if start >= len(tokens) or tokens[start].start in words.time_end:
            years = start < len(tokens) and tokens[start].text[:1].isdigit() and tokens[place].lower == "for"
            return words.at(words.time_end[tokens[start].start]) if years else place
        found = noun_phrase(words, start, lists=False)
        if found is None:
            break
        joins = tokens[place].lower in ("between", "among")
        end = _cut(tokens, start, found[0], names_instrument)
        if joins:
            end = _other_side(words, end)
        elif end == found[0]:
            end = _joined_subjects(words, end, names_instrument)
        place = end
        if (
            place + 1 < len(tokens)
            and tokens[place].lower == "for"
            and tokens[place + 1].start in words.time_end
            and tokens[place + 1].text[0].isdigit()
        ):
            return words.at(words.time_end[tokens[place + 1].start])
    return place


def before_verb(view: ArticleView, sentence: int, words: Words, last: int, end: int) -> int:
    """Return ``end``, or the first finite verb before it: no title runs past one."""
    begin, stop = words.tokens[last].end, words.tokens[end - 1].end
    heads = (view.clause(index).verb for index in view.clauses_of_sentence.get(sentence, ()))
    stops = [verb.start for verb in heads if begin < verb.start < stop and verb.tense in ("past", "present", "future")]
    return words.at(min(stops)) if stops else end
