"""Reads a person's name, with the courtesy words before it, at a given place of a text.

Belongs here: where a name begins and ends between the words of the tables. Does not belong here: finding the places to read at (people).
"""

import re
from functools import cache

from pipelines.extraction.annotators.cues import cue_words
from pipelines.extraction.annotators.folding import fold
from pipelines.extraction.annotators.names import NAME, given_names, is_body_word, is_given_name, is_never_a_name, particles
from pipelines.extraction.annotators.titles import TitleReader
from pipelines.extraction.lexicon import settings

_COMPOUND = re.compile(r"-(?:based|led|born|backed|owned|run|listed|elect)$")
_HONORIFIC_GAP = re.compile(r"\.? |\.")
_MAX_NAME_WORDS = 7
_PATRONYMICS = ("bin ", "ibn ", "bint ", "ben ")
_POSSESSIVE_GAP = 4


@cache
def _courtesy() -> tuple[frozenset[str], frozenset[str], frozenset[str], frozenset[str]]:
    names = settings("names")
    kept, royal, female, male = (
        frozenset(fold(word).strip() for word in names[key])
        for key in ("kept_honorifics", "royal_honorifics", "female_words", "male_words")
    )
    return kept, royal, female, male


@cache
def _dotted_titles() -> frozenset[str]:
    return frozenset(settings("names")["dotted_titles"])


def gender_of(folded: str) -> str | None:
    """Return the gender that the words of a title or honorific tell, if any."""
    _, _, female, male = _courtesy()
    if any(word in female for word in folded.split()) or folded in female:
        return "female"
    return "male" if any(word in male for word in folded.split()) or folded in male else None


class NameReader:
    """Reads names at given places of one text."""

    __slots__ = ("folded", "reader", "text")

    def __init__(self, text: str, folded: str, reader: TitleReader):
        self.text, self.folded, self.reader = text, folded, reader

    def trimmed(self, start: int, end: int) -> tuple[int, tuple[str, ...]] | None:
        """Return where the name that begins at ``start`` ends, and its folded words; None where no name can stand."""
        words: list[str] = []
        reached = start
        at = start
        small = particles()
        for piece in re.split(r"[ \u00a0]", self.text[start:end]):
            folded = self.folded[at : at + len(piece)]
            plain = folded.strip()
            after = at + len(piece)
            if piece[:1].islower() and plain in small:
                words.append(plain)
                at = after + 1
                continue
            is_initial = len(piece) == len("A.") and piece.endswith(".")
            if not is_initial and is_never_a_name(plain) and not self._may_be_in_name(plain, words, at, after):
                break
            if len(words) >= _MAX_NAME_WORDS or _COMPOUND.search(piece):
                break
            if words and self._begins_something(at, after, len(words) == 1 and words[0] in given_names()):
                break
            if plain:
                words += plain.split()
                reached = after
            at = after + 1
        while words and words[-1] in small and self.text[reached - len(words[-1]) : reached].islower():
            words.pop()
        kept = self.folded[start:reached].split()
        if not kept or reached <= start or all(len(word) == 1 for word in kept):
            return None
        return reached, tuple(kept)

    def _may_be_in_name(self, word: str, words: list[str], at: int, after: int) -> bool:
        """Know that "May" ends a name where no day follows it; "To" opens one in the middle of a sentence ("leader To Lam")."""
        if word == "may":
            return len(words) == 1 and not self.text[after : after + 2].strip().isdigit()
        if word in settings("names")["calendar_names"]:
            following = NAME.match(self.text, after + 1) if not words else None
            return following is not None and not is_never_a_name(fold(following[0]).strip().split(" ")[0])
        inside = at > 1 and self.text[at - 1] == " " and self.text[at - 2].islower()
        return not words and inside and len(word) == 2 and is_given_name(word) and self.text[after + 1 : after + 2].isupper()

    def _is_family_name(self, index: int, after: int) -> bool:
        """A country's name can be a family name right after a first name: "Luís Montenegro", "Anatole France"."""
        hits = self.reader.hits
        term = hits[index].term
        if hits[index].end != after or term.party_form not in ("name", "capital"):
            return False
        follows = index + 1 < len(hits) and hits[index + 1].start - after < _POSSESSIVE_GAP and hits[index + 1].term.office is not None
        return not follows

    def _begins_something(self, at: int, after: int, is_second: bool) -> bool:
        """Say whether an office, a country or a body begins inside a run of capitals, so that the name ends before it."""
        hits = self.reader.hits
        index = self.reader.index_at(at)
        if index >= len(hits) or hits[index].start != at:
            return False
        term = hits[index].term
        if hits[index].end > after:
            return bool(term.party_code or term.office or term.reference)
        if term.office and self.folded[at:after] in _dotted_titles() and self.text[after : after + 1] != ".":
            return False
        if term.office:
            return (
                term.office.kind not in ("rank", "descriptor", "chief")
                and not is_given_name(self.text[at:after])
                and len(self.text[at:after]) > 1
                and term.office.office not in ("monarch", "royal")
            )
        return bool(term.party_code) and not is_given_name(self.text[at:after]) and not (is_second and self._is_family_name(index, after))

    def name_at(self, start: int) -> tuple[int, int, tuple[str, ...], str | None, str, bool] | None:
        """Read honorifics and a name at ``start``: (name start, name end, words, gender, honorific, is royal)."""
        text, reader = self.text, self.reader
        kept, royal, _, _ = _courtesy()
        gender, had, is_royal = None, "", False
        for _ in range(4):
            index = reader.index_at(start)
            if index >= len(reader.hits) or reader.hits[index].start != start or not reader.hits[index].term.is_honorific:
                break
            hit = reader.hits[index]
            word = self.folded[hit.start : hit.end]
            gap = _HONORIFIC_GAP.match(text, hit.end)
            if gap is None or not text[hit.start].isupper():
                break
            if (
                hit.term.office
                and reader.title_from(index)
                and word not in ("sheikh", "professor", "prof")
                and hit.term.office.kind not in ("rank", "descriptor")
            ):
                break
            following = NAME.match(text, gap.end())
            if following is None:
                break
            if word in kept and (" " not in following[0] or following[0].startswith(_PATRONYMICS)):
                break
            gender = gender or gender_of(word.replace(" ", " "))
            had, is_royal = had or word, is_royal or word in royal
            start = gap.end()
        run = NAME.match(text, start)
        if run is None or (run[0][0].islower() and self.text[run.end() : run.end() + 2] in ("'s", "’s") and not had):
            return None
        index = reader.index_at(start)
        if index < len(reader.hits) and reader.hits[index].start == start and not self._may_name(index, run):
            return None
        found = self.trimmed(start, run.end())
        if found is None:
            return None
        end, words = found
        return start, end, words, gender, had, is_royal

    def _may_name(self, index: int, run: re.Match) -> bool:
        """Say whether a word of the tables can open a name here ("Israel Katz", "Jordan Bardella", "Lee Jae Myung")."""
        hit = self.reader.hits[index]
        term = hit.term
        if term.exact or hit.end > run.end() or term.reference:
            return False
        if term.is_honorific and self.text.startswith(_PATRONYMICS, hit.end + 1):
            return True  # "Sultan bin Hamad"
        is_given = is_given_name(self.text[hit.start : hit.end])
        if term.office and term.office.kind not in ("rank", "descriptor") and not is_given:
            return False
        if not term.party_code:
            return True
        if (
            hit.end >= run.end()
            or self.text[hit.end] != " "
            or not (is_given or self.folded[hit.start : hit.end] in cue_words("first_names"))
        ):
            return False
        return not self._means_something(hit.end + 1) and not is_body_word(self.folded[hit.end + 1 : run.end()].split(" ")[0])

    def _means_something(self, position: int) -> bool:
        """Say whether an office, a party or a body begins at ``position``."""
        index = self.reader.index_at(position)
        if index >= len(self.reader.hits) or self.reader.hits[index].start != position:
            return False
        term = self.reader.hits[index].term
        return bool(term.office or term.party_code or term.body)
