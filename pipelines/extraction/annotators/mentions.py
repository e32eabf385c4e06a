"""Turns names, titles and words of the tables into the pieces that references are resolved over.

Belongs here: which countries, capitals and institutions speak as parties where they stand, and which surnames name a person.
Does not belong here: what a piece refers to (references).
"""

import re
from collections.abc import Callable
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from pipelines.extraction.annotators.cues import any_of, cue_pattern, cue_words
from pipelines.extraction.annotators.figures import Figure, Mention
from pipelines.extraction.annotators.gazetteer import Hit
from pipelines.extraction.annotators.names import (
    NAME,
    body_word_kinds,
    capitalised_runs,
    is_body_word,
    particles,
    public_bodies_of_two_words,
)
from pipelines.extraction.annotators.places import is_venue
from pipelines.extraction.annotators.references import Piece
from pipelines.extraction.annotators.titles import Title
from pipelines.extraction.lexicon import settings

DROPPED = ("", 0)  # no state is meant

_AT_A_VENUE = re.compile(r"\b(?:in|at|inside|outside|near|to|from|into|leaving|left|around)(?: the)? $")
_HEAD_ENDS = re.compile(r" (?:of|for|to|in|at) ")
_MORE_FOLLOWS = re.compile(r"[- ]\w")
_POSSESSIVE = re.compile(r"['’]s? $")
_GENITIVE = re.compile(r"(?:['’]s?)?")
_PART_OF_THEM = re.compile(r"\b(?:among|of) $")
_NAME_SPLIT = re.compile(r"[ \u00a0]")


class _Cues(NamedTuple):
    capital_as_place: re.Pattern
    article: re.Pattern
    after_the_two: re.Pattern
    states: re.Pattern


@cache
def _cues() -> _Cues:
    not_governments = "".join(f"(?<!{word} )" for word in sorted(cue_words("exchanged_with_governments")))
    return _Cues(
        re.compile(rf"(?i:\b(?:{any_of('towards_a_place')})|{not_governments}\b(?:to|from)) $"),
        cue_pattern(r"(?i:\b", "articles", r") $"),
        cue_pattern(" ", "after_the_two", r"\b"),
        cue_pattern("", "groups_of_states", ""),
    )


def _is_of_states(group: str) -> bool:
    """Say whether a group phrase is one of states ("the two countries") rather than of any parties ("both sides")."""
    return _cues().states.search(group) is not None


@cache
def _state_nouns() -> re.Pattern:
    nouns = "|".join(sorted(settings("names")["state_nouns"], key=len, reverse=True))
    return re.compile(rf" (?:{nouns})(?!\w)", re.IGNORECASE)


def surname_mentions(text: str, folded: str, figures: list[Figure], mentions: list[Mention]) -> list[tuple[int, int, int]]:
    """Return (start, end, figure) of the bare surname mentions ("Dar", "Nurtleu’s") of people known by a fuller name."""
    small = particles()
    by_word: dict[str, list[int]] = {}
    for index, figure in enumerate(figures):
        for word in set(figure.words):
            if word not in small and len(word) > 1:
                by_word.setdefault(word, []).append(index)
    if not by_word:
        return []
    covered = sorted((m.start, m.end) for m in mentions)
    found: list[tuple[int, int, int]] = []
    place = 0
    for start, end in capitalised_runs(text):
        while place < len(covered) and covered[place][1] <= start:
            place += 1
        if place < len(covered) and covered[place][0] <= start:
            continue
        words = folded[start:end]
        if not any(word in by_word for word in words.split(" ")):
            continue
        surname = _surname_in(start, text[start:end], folded, figures, by_word, small)
        if surname and not (place < len(covered) and surname[1] > covered[place][0]):
            found.append(surname)
    return found


def _surname_in(
    start: int, words_of_run: str, folded: str, figures: list[Figure], by_word: dict[str, list[int]], small: frozenset[str]
) -> tuple[int, int, int] | None:
    """Return (start, end, figure) of the first stretch of a run of capitals whose words all belong to one person."""
    at = start
    best: tuple[int, int, int] | None = None
    candidates: list[int] = []
    begun = -1
    for piece in _NAME_SPLIT.split(words_of_run):
        words = [word for word in folded[at : at + len(piece)].split() if word not in small]
        after = at + len(piece)
        if words and all(word in by_word for word in words):
            fitting = [index for index in by_word[words[0]] if all(word in figures[index].words for word in words)]
            still = [index for index in candidates if index in fitting] if candidates else fitting
            if not still:
                break
            candidates = still
            begun = at if begun < 0 else begun
            best = (begun, after, candidates[0])
        elif best:
            if is_body_word(folded[at:after].strip()):
                return None
            break
        at = after + 1
    if best is None:
        return None
    words = folded[best[0] : best[1]].split()
    if len(words) == 1:
        closest = [index for index in candidates if words[0] in (figures[index].words[-1], figures[index].words[0])]
        if closest:
            last = [index for index in closest if figures[index].words[-1] == words[0]]
            return best[0], best[1], (last or closest)[0]
    return best[0], best[1], candidates[0]


def role_pieces(text: str, folded: str, titles: list[Title], mentions: list[Mention]) -> list[Piece]:
    """Return titles that name nobody: "the visiting minister", "Kazakhstan’s FM", "the foreign ministers of Congo and Rwanda"."""
    used = {id(title) for mention in mentions for title in mention.titles}
    pieces: list[Piece] = []
    for title in titles:
        if id(title) in used:
            continue
        before = _cues().article.search(text, max(0, title.start - 24), title.start)
        definite = before is not None or text[title.start].isupper() or bool(title.parties)
        if not definite and not title.is_visiting:
            continue
        if all(head.kind == "counterpart" for head in title.heads):
            continue
        two = bool(before and before[0].lower().strip() in ("both", "two", "the two")) or folded[title.start : title.start + 4] in (
            "two ",
            "both",
        )
        is_some = text.endswith((" a ", " an "), 0, title.start)
        refers = (
            "both" if two and title.is_plural else "definite" if before is not None or (text[title.start].isupper() and not is_some) else ""
        )
        pieces.append(
            Piece(
                title.start,
                title.end,
                "role",
                "group" if title.is_plural else "role",
                title=title,
                refers=refers,
                word=_head_word(folded, title),
            )
        )
    return pieces


def _head_word(folded: str, title: Title) -> str:
    """Return the word of a title that says what its holder is called: "secretary" of "the Secretary of State"."""
    words = _HEAD_ENDS.split(folded[title.start : title.end], maxsplit=1)[0].split()
    return words[-1] if words else ""


def reference_pieces(text: str, folded: str, hits: list[Hit]) -> list[Piece]:
    """Return pronouns, groups and the words for the article's own government."""
    pieces: list[Piece] = []
    for hit in hits:
        if hit.term.reference is None:
            continue
        form, refers, gender = hit.term.reference
        word = folded[hit.start : hit.end]
        if form == "pronoun" and (
            text[hit.start : hit.end] == "IT" or (word == "them" and _PART_OF_THEM.search(text, max(0, hit.start - 10), hit.start))
        ):
            continue
        if refers == "home" and _POSSESSIVE.search(text, max(0, hit.start - 4), hit.start):
            continue
        if word == "the two" and _MORE_FOLLOWS.match(text, hit.end) and not _cues().after_the_two.match(text, hit.end):
            continue
        pieces.append(
            Piece(
                hit.start,
                hit.end,
                "reference",
                form,
                refers=refers,
                gender=gender,
                word=word,
                is_of_states=form == "group" and _is_of_states(word),
            )
        )
    return pieces


def party_pieces(text: str, folded: str, hits: list[Hit], tag_at: Callable[[int], str]) -> list[Piece]:
    """Return the states and organisations named, except where the name is part of a longer one or a mere place.

    ``tag_at(position)`` gives the part of speech of the word that begins there.
    """
    pieces: list[Piece] = []
    for hit in hits:
        term = hit.term
        if not term.party_code or term.party_form is None or term.party_form in ("other_organisation", "armed_group"):
            continue
        form = "name" if term.party_form == "abbreviation" else term.party_form
        if form == "capital" and _is_place(text, hit, tag_at):
            continue
        if form == "metonym" and is_venue(folded[hit.start : hit.end]) and _AT_A_VENUE.search(text, max(0, hit.start - 14), hit.start):
            continue
        end = hit.end
        if form in ("name", "demonym", "capital"):
            kind = _longer_name(text, folded, hit)
            if kind is DROPPED:
                continue
            if kind:
                form, end = kind
            else:
                genitive = _GENITIVE.match(text, hit.end)
                noun = _state_nouns().match(text, genitive.end() if genitive else hit.end)
                if noun:
                    form, end = "metonym", noun.end()
        pieces.append(Piece(hit.start, end, "party", form, party_codes=(term.party_code,)))
    return pieces


def _is_place(text: str, hit: Hit, tag_at: Callable[[int], str]) -> bool:
    before = text[max(0, hit.start - 24) : hit.start]
    if _cues().capital_as_place.search(before):
        return True
    if text[hit.end : hit.end + 1] == " " and tag_at(hit.end + 1) in ("NOUN", "PROPN", "ADJ") and not _state_nouns().match(text, hit.end):
        return True
    after = text[hit.end : hit.end + 2]
    return after == ", " and text[hit.end + 2 : hit.end + 3].isupper() and before.endswith((", ", "in "))


def _longer_name(text: str, folded: str, hit: Hit) -> tuple[str, int] | None:
    """Say what a country's name is inside a longer proper name: ``DROPPED``, (form, end) of a public body, or None."""
    if hit.term.party_form == "name" and text[max(0, hit.start - 4) : hit.start] in (" of ", "ank ") and _of_body(folded, hit.start):
        return DROPPED
    if text[hit.end : hit.end + 1] == " ":
        run = NAME.match(text, hit.end + 1)
        if run:
            words = folded[run.start() : run.end()].split()
            if any(f"{first} {second}" in public_bodies_of_two_words() for first, second in pairwise(words[:5])):
                return "metonym", run.end()
            kinds = body_word_kinds()
            for word in reversed(words[:5]):
                kind = kinds.get(word)
                if kind in ("company", "media"):
                    return DROPPED
                if kind == "public" or kind == "parliament":
                    return "metonym", run.end()
    previous = folded[max(0, hit.start - 14) : hit.start].split()
    if previous and text[hit.start - 1] == " " and previous[-1] in cue_words("swallow_countries"):
        if previous[-1] == "new" and text[hit.start - 4 : hit.start] != "New ":
            return None
        return DROPPED
    return None


def _of_body(folded: str, start: int) -> bool:
    word = folded[max(0, start - 24) : start - 4].split()
    return bool(word) and word[-1] in cue_words("swallow_countries_with_of")
