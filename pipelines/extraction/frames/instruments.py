"""Mentions of instruments in a text: which words name one, of what kind, how many, and under what title.

Belongs here: finding the mention and its extent. Does not belong here: its status, parties and date (agreements).
"""

from functools import cache
from typing import NamedTuple

from pipelines.extraction.frames.repairs import Words, noun_phrase
from pipelines.extraction.frames.titling import PREMODIFIERS, before_verb, closing, is_gerund, opening
from pipelines.extraction.frames.view import ArticleView
from pipelines.extraction.frames.words import instrument_words
from pipelines.extraction.lexicon import table
from pipelines.extraction.model import Token

_SUBJECT_PREPOSITIONS = frozenset({"on", "for", "concerning", "about", "regarding"})
_SOME_OF_THEM = frozenset({"including", "notably", "namely", "include", "included", "includes"})
_OF_ANOTHER = frozenset({"credence", "accreditation", "condolence", "congratulation", "congratulations", "thanks"})
_COVERING = frozenset({"cover", "concern", "regulate", "address", "govern"})
_ORDERING = frozenset({"one", "another", "other", "others", "first", "second", "third", "fourth", "fifth", "last"})
_PLURALS = frozenset({"memoranda", "mous", "mocs", "lois", "ftas"})  # whose lemma is not another word
_TOGETHER = frozenset({"", "and", "or", "and/or", "/", "&", "as well as"})
_INNER = ("of",)
_MOST = 12
_LONGEST_NAME = 6
_LONGEST_TAIL = 3
_FEWEST = 3  # parts of a list without a count: two may be the subjects of one


class Mention(NamedTuple):
    """An instrument named at [start, end): ``head`` is where its own noun begins; ``number`` how many the words stand for."""

    start: int
    end: int
    head: int
    sentence: int
    agreement_type: str
    name: str
    number: int
    is_counted: bool
    is_definite: bool
    is_another: bool
    is_plural: bool
    tokens: tuple[int, int]


@cache
def _names() -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    """Return the names of instruments by their last word, longest first."""
    by_last: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for row in table("instruments"):
        words = tuple(row["name"].split())
        by_last.setdefault(words[-1], []).append((words, row["agreement_type"]))
    return {last: tuple(sorted(names, key=lambda pair: -len(pair[0]))) for last, names in by_last.items()}


@cache
def _weak_names() -> frozenset[str]:
    return frozenset(row["name"] for row in table("instruments") if row["strength"] == "weak")


def is_weak(mention: Mention) -> bool:
    """Say whether the mention's name is an instrument only where a verb of signing says so ("text", "plan")."""
    return mention.name in _weak_names()


def _name_at(tokens: tuple[Token, ...], place: int) -> tuple[int, str, str] | None:
    """Return the first token, the name and the kind of the instrument whose name ends at ``place``."""
    token = tokens[place]
    if token.lower.endswith(("ing", "ed")) and token.lower not in _names():
        return None  # "according to"
    for words, kind in (*_names().get(token.lower, ()), *(_names().get(token.lemma, ()) if token.lemma != token.lower else ())):
        first = place - len(words) + 1
        if first >= 0 and all(word in (tokens[first + i].lower, tokens[first + i].lemma) for i, word in enumerate(words[:-1])):
            return first, " ".join(words), kind
    return None


def names_instrument(tokens: tuple[Token, ...]) -> bool:
    """Say whether the words name an instrument."""
    last_words = _names()
    return any(
        (token.lemma in last_words or token.lower in last_words) and _name_at(tokens, place) is not None
        for place, token in enumerate(tokens)
    )


def _is_abbreviation(tokens: tuple[Token, ...], place: int) -> bool:
    """Say whether the word only repeats, in brackets, the name before it ("memorandum of understanding (MoU)")."""
    return place > 1 and tokens[place - 1].text == "(" and place + 1 < len(tokens) and tokens[place + 1].text == ")"


def _is_written_out(tokens: tuple[Token, ...], place: int) -> bool:
    """Say whether the name stands in brackets after its abbreviation ("MoU (memorandum of understanding)")."""
    opening = next((back for back in range(place - 1, max(-1, place - _LONGEST_NAME), -1) if tokens[back].text == "("), -1)
    closes = place + 1 < len(tokens) and tokens[place + 1].text == ")"
    return closes and opening > 0 and _name_at(tokens, opening - 1) is not None


def _is_talked_of(tokens: tuple[Token, ...], place: int) -> bool:
    """Say whether the name only tells what talks are about ("the FTA upgrade negotiations")."""
    after = place + 1
    while after < len(tokens) and tokens[after].tag in ("NOUN", "PROPN") and after - place <= _LONGEST_TAIL:
        if tokens[after].lower in ("talks", "negotiations", "negotiation", "negotiators", "negotiator"):
            return True
        after += 1
    return False


def _is_plural(tokens: tuple[Token, ...], place: int) -> bool:
    word = tokens[place].lower
    apostrophe = tokens[place].text[:-1].isupper() and tokens[place + 1 : place + 2] and tokens[place + 1].text in ("'s", "’s")
    return word != tokens[place].lemma or word in _PLURALS or bool(apostrophe)  # "MoU's"


def _is_setting(tokens: tuple[Token, ...], named: tuple[int, str, str]) -> bool:
    """Say whether a weak name only says within what something is done ("inked in the framework of the meetings")."""
    first, name, _ = named
    last = first + name.count(" ")
    if last + 1 < len(tokens) and tokens[last + 1].lower in ("that", "which"):
        return False  # "set out in a programme that they signed"
    return name in _weak_names() and first > 1 and tokens[first - 1].tag == "DET" and tokens[first - 2].lower in ("in", "within", "under")


def mentions_in(view: ArticleView, sentence: int) -> list[Mention]:
    """Return the instruments that a sentence names, in reading order."""
    tokens = view.tokens(sentence)
    found: list[Mention] = []
    words = None
    last_words = _names()
    place = len(tokens) - 1
    while place >= 0:
        token = tokens[place]
        named = _name_at(tokens, place) if token.lower in last_words or token.lemma in last_words else None
        if named is None or _is_abbreviation(tokens, place) or _is_setting(tokens, named) or _is_talked_of(tokens, place):
            place -= 1
            continue
        first, name, kind = named
        if _is_written_out(tokens, place):
            place = first - 1
            continue
        words = words or view.words(sentence)
        begin = opening(view, tokens, first, lambda end: _name_at(tokens, end) is not None)
        if name == "text" and place + 1 < len(tokens) and tokens[place + 1].lower == "of":
            place -= 1  # "the text of a treaty"
            continue
        of_another = place + 2 < len(tokens) and tokens[place + 1].lower == "of" and tokens[place + 2].lower in _OF_ANOTHER
        if of_another or any(token.lower in instrument_words("domestic") for token in tokens[begin.place : first]):
            place = begin.place - 1
            continue
        until = before_verb(view, sentence, words, place, closing(view, words, place, names_instrument))
        head = first if " of " in name else place
        mention = Mention(
            tokens[begin.place].start,
            tokens[until - 1].end,
            tokens[head].start,
            sentence,
            kind,
            name,
            begin.number,
            begin.is_counted,
            begin.is_definite,
            begin.is_another,
            begin.number > 1 or _is_plural(tokens, head),
            (begin.place, until),
        )
        found += reversed(_one_by_one(words, place, mention))
        place = begin.place - 1
    found.reverse()
    # One named in another's title is none of its own, save under the papers that bring it into force.
    apart = [one for order, one in enumerate(found) if not order or one.start >= found[order - 1].end or is_weak(found[order - 1])]
    return _as_one(view, apart)


def _as_one(view: ArticleView, mentions: list[Mention]) -> list[Mention]:
    """Return the mentions with plurals that share a count, or have none, as one ("28 memoranda and agreements")."""
    found: list[Mention] = []
    for mention in mentions:
        before = found[-1] if found else None
        if before is not None and before.is_plural and mention.is_plural and not mention.is_counted and not is_weak(mention):
            between = view.article.text[before.end : mention.start].lower().strip(" ,")
            named = view.article.text[before.head : before.end].lower().split()
            if between in _TOGETHER and not {*_SUBJECT_PREPOSITIONS, "between", "with", "in", "to"} & set(named):
                found[-1] = before._replace(end=mention.end, agreement_type="other", tokens=(before.tokens[0], mention.tokens[1]))
                continue
        found.append(mention)
    return found


def unnamed_in(view: ArticleView, sentence: int, plural: Mention) -> list[Mention]:
    """Return those of several instruments that a sentence tells by number or field only ("one on seafood", "including those on ports")."""
    words = view.words(sentence)
    tokens = words.tokens
    spans: list[tuple[int, int]] = []
    for place in range(len(tokens) - 2):
        if tokens[place].start < plural.end or len(spans) >= _MOST:
            continue
        if tokens[place].lower in _ORDERING:
            after = place + 1 + 2 * (tokens[place + 1].lower == "of" and tokens[place + 2].lower in ("them", "these", "which"))
            told = after < len(tokens) and (tokens[after].lower in _SUBJECT_PREPOSITIONS or tokens[after].lemma in _COVERING)
            end = _end_of_subject(words, after + 1) if told else None
            spans += [(place, end)] if end is not None else []
        elif (first := _opens_fields(tokens, place)) is not None:
            end = _end_of_subject(words, first)
            spans += _subjects(words, first) or ([(first, end)] if end is not None else [])
    return [
        plural._replace(
            start=tokens[first].start,
            end=tokens[end - 1].end,
            head=tokens[first].start,
            sentence=sentence,
            number=1,
            is_counted=False,
            is_plural=False,
            tokens=(first, end),
        )
        for first, end in spans
    ]


def _end_of_subject(words: Words, first: int) -> int | None:
    """Return where the phrase of a subject ends that opens at ``first``, perhaps with a gerund."""
    tokens = words.tokens
    start = first + (first < len(tokens) and is_gerund(tokens[first]))
    if start >= len(tokens) or tokens[start].start in words.time_end:
        return None
    phrase = noun_phrase(words, start, lists=False)
    return phrase[0] if phrase is not None else None


def _opens_fields(tokens: tuple[Token, ...], place: int) -> int | None:
    """Return where the fields begin that tell some of several instruments ("including those on …", "including on …")."""
    if tokens[place].lower not in _SOME_OF_THEM:
        return None
    after = place + 1 + (tokens[place + 1].lower in ("those", "ones", "some", "deals"))
    return after + 1 if after + 1 < len(tokens) and tokens[after].lower in ("on", "for", "concerning", "regarding") else None


def _has_last_comma(tokens: tuple[Token, ...], first: int) -> bool:
    """Say whether a comma stands before the last "and" of the list at ``first``: an "and" before it joins words of one part."""
    for place in range(first, len(tokens) - 1):
        token = tokens[place]
        if token.lower == "," and tokens[place + 1].lower in ("and", "&"):
            return True
        if token.tag not in PREMODIFIERS and not is_gerund(token) and token.lower not in (",", "and", "&", "of"):
            return False
    return False


def _subjects(words: Words, first: int) -> list[tuple[int, int]]:
    """Return the parts of a plain list that "and" ends ("tourism, training of diplomats and ports"), as token spans."""
    tokens = words.tokens
    inner = (*_INNER, "and", "&") if _has_last_comma(tokens, first) else _INNER
    found: list[tuple[int, int]] = []
    place, is_last = first, False
    while len(found) < _MOST:
        opening = place
        place += place < len(tokens) and is_gerund(tokens[place])
        while place < len(tokens) and tokens[place].start not in words.time_end:
            joins = tokens[place].lower in inner and place > opening and tokens[place - 1].lower != ","
            if tokens[place].tag not in PREMODIFIERS and not joins:
                break
            place += 1
        if place == opening:
            return []
        found.append((opening, place))
        comma = place < len(tokens) and tokens[place].lower == ","
        if is_last:
            goes_on = comma and place + 1 < len(tokens) and tokens[place + 1].tag in PREMODIFIERS
            return [] if goes_on else found  # "… and protection of investments, recognition of certificates"
        place += comma
        if place < len(tokens) and tokens[place].lower in ("and", "&"):
            place, is_last = place + 1, True
        elif not comma:
            return []
    return []


def _one_by_one(words: Words, last: int, mention: Mention) -> list[Mention]:
    """Return each of several instruments named by one plural ("memoranda on fisheries, on training and on ports")."""
    tokens = words.tokens
    first = last + 1 + (last + 1 < len(tokens) and tokens[last + 1].lower == ",")
    preposition = tokens[first].lower if first < len(tokens) else ""
    if preposition not in ("on", "for", "in", "concerning", "about"):
        return [mention]
    subjects = _subjects(words, first + 1) if mention.is_plural else []
    if len(subjects) == (mention.number if mention.is_counted else max(len(subjects), _FEWEST)):
        return [
            mention._replace(
                start=mention.start if not order else tokens[opening].start,
                end=tokens[closing - 1].end,
                tokens=(mention.tokens[0] if not order else opening, closing),
                number=1,
                is_counted=False,
                is_definite=mention.is_definite and not order,
                is_plural=False,
            )
            for order, (opening, closing) in enumerate(subjects)
        ]
    if (mention.is_counted and first == last + 1) or not mention.is_plural:
        return [mention]
    found: list[Mention] = []
    place = first
    while place + 1 < len(tokens) and len(found) < _MOST:
        following = place
        while following < len(tokens) and tokens[following].lower in (",", "and", "as", "well", "another", "one"):
            following += 1
        if following + 1 >= len(tokens) or tokens[following].lower != preposition or (found and following == place):
            break
        start = following + 1 + is_gerund(tokens[following + 1])
        phrase = noun_phrase(words, start, lists=False) if start < len(tokens) and tokens[start].start not in words.time_end else None
        if phrase is None:
            break
        opening = mention.tokens[0] if not found else following
        span = (tokens[opening].start, tokens[phrase[0] - 1].end)
        found.append(mention._replace(start=span[0], end=span[1], tokens=(opening, phrase[0]), number=1, is_counted=False, is_plural=False))
        place = phrase[0]
    if len(found) < 2 or (mention.is_counted and len(found) != mention.number):
        return [mention]
    return found
