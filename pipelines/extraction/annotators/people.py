"""Finds the people of an article: every way each is named and titled, gathered under the fullest name.

Belongs here: name mentions, their titles before and after, and merging them. Does not belong here: what "he" or "the minister"
refers to (references), or how a title is read (titles).
"""

import re
from dataclasses import dataclass, field
from functools import cache

from pipelines.extraction.annotators.folding import fold
from pipelines.extraction.annotators.leaders import leaders_known_by_one_word, leading_office
from pipelines.extraction.annotators.names import (
    NAME,
    capitalised_runs,
    gender_of_given_name,
    given_names,
    is_body_word,
    is_given_name,
    is_never_a_name,
    particles,
)
from pipelines.extraction.annotators.offices import highest
from pipelines.extraction.annotators.places import country_of_city
from pipelines.extraction.annotators.titles import Title, TitleReader
from pipelines.extraction.lexicon import settings

_TO_NAME = re.compile(r"(?: \([^()\n]{2,14}\))?(?P<comma>,)? (?:the )?|['’]s? ")
_LOWER_TAIL = re.compile(r" (?:for|of|on|in charge of)(?: [a-z][\w'’-]*){1,7}(?=, [A-Z])")
_HONORIFIC_GAP = re.compile(r"\.? |\.")
_APPOSITION = re.compile(
    r"(?:, (?:\d\d, )?|,? who (?:is|was|serves as|doubles as|also serves as|also|doubles up as|is also) | \(| – | — |, who[^,.]{0,20} )"
    r"(?:also |currently )?(?:the |a |an |its |his |her |their |our )?(?:[a-z-]+ ){0,2}?"
)
_PLAIN_APPOSITION = frozenset({",", ", the", ", an", ", a", ", its", ", their", ", our", ", his", ", her"})
_SPEAKS_AFTER = re.compile(
    r",? (?:said|says|told|tells|added|adds|noted|stated|wrote|argued|argues|explained|explains|warned|warns|stressed|remarked|commented|believes|thinks|acknowledged|announced|insisted)\b"
)
_SPEAKS_BEFORE = re.compile(r"\b(?:said|says|according to|added|adds|argued|argues|warned|explained|noted|told) $")
CAPITALISED_BEFORE = re.compile(r"(?:[^\W\d_a-z][^\W\d_]*[ ]){1,3}$")
_OF = re.compile(r" (?:of|from) (?:the )?")
_AND = re.compile(r",? (?:and|&) |, ")
_POSSESSIVE = re.compile(r"['’]s?$")
_INITIALS = re.compile(r"^(?:[A-Z]\.[ ]?)+$")
_MAX_NAME_WORDS = 7
_POSSESSIVE_GAP = 4


@dataclass(slots=True)
class Mention:
    """One naming of a person; ``start``/``end`` cover the title, ``name_start``/``name_end`` the name alone."""

    start: int
    end: int
    name_start: int
    name_end: int
    words: tuple[str, ...]
    titles: list[Title] = field(default_factory=list)
    party_code: str | None = None
    gender: str | None = None
    honorific: str = ""
    is_royal: bool = False
    is_headline: bool = False
    speaks: bool = False
    person: int = -1


@dataclass(slots=True)
class Figure:
    """A person being gathered from mentions."""

    words: tuple[str, ...]
    mentions: list[Mention] = field(default_factory=list)
    gender: str | None = None
    party_code: str | None = None
    is_party_inferred: bool = False
    office: str | None = None
    is_former: bool = False


@cache
def _courtesy() -> tuple[frozenset[str], frozenset[str], frozenset[str], frozenset[str]]:
    names = settings("names")
    return tuple(
        frozenset(fold(word).strip() for word in names[key])
        for key in ("kept_honorifics", "royal_honorifics", "female_words", "male_words")
    )


@cache
def _dotted_titles() -> tuple[str, ...]:
    return tuple(settings("names")["dotted_titles"])


@cache
def _post_nominal() -> re.Pattern:
    marks = "|".join(re.escape(word) for word in sorted(settings("names")["postnominals"], key=len, reverse=True))
    return re.compile(rf"(?:,? ?(?:{marks})(?![\w.]))+(?=,|\.| |\)|$)")


@cache
def _countries_of_honorifics() -> dict[str, frozenset[str]]:
    countries: dict[str, set[str]] = {}
    for code, words in settings("names")["honorific_countries"].items():
        for word in words:
            countries.setdefault(word, set()).add(code)
    return {word: frozenset(codes) for word, codes in countries.items()}


def countries_of_honorific(honorific: str) -> frozenset[str]:
    """Return the countries that use a courtesy word, where only some do ("Baroness", "Datuk")."""
    return _countries_of_honorifics().get(honorific, frozenset())


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
            if len(words) >= _MAX_NAME_WORDS or (is_never_a_name(plain) and not self._may_be_in_name(plain, words, at, after)):
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
        if not kept or reached <= start:
            return None
        return reached, tuple(kept)

    def _may_be_in_name(self, word: str, words: list[str], at: int, after: int) -> bool:
        """ "May" ends a name where no day follows it; "To" opens one in the middle of a sentence ("leader To Lam")."""
        if word == "may":
            return len(words) == 1 and not self.text[after : after + 2].strip().isdigit()
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
            if word in kept and " " not in following[0]:
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
        if term.exact or hit.end > run.end():
            return False
        if term.office and term.office.kind not in ("rank", "descriptor") and not is_given_name(self.text[hit.start : hit.end]):
            return False
        if term.reference:
            return False
        if term.party_code:
            if (
                not (is_given_name(self.text[hit.start : hit.end]) or self.folded[hit.start : hit.end] in _NAMES_THAT_ARE_COUNTRIES)
                or hit.end >= run.end()
                or self.text[hit.end] != " "
            ):
                return False
            follower = self.reader.index_at(hit.end + 1)
            return not (
                follower < len(self.reader.hits)
                and self.reader.hits[follower].start == hit.end + 1
                and (
                    self.reader.hits[follower].term.office
                    or self.reader.hits[follower].term.party_code
                    or self.reader.hits[follower].term.body
                )
            ) and not is_body_word(self.folded[hit.end + 1 : run.end()].split(" ")[0])
        return True


_NAMES_THAT_ARE_COUNTRIES = frozenset({"jordan", "israel", "georgia", "chad", "kenya", "america", "cuba", "malta"})


def _looks_like_a_person(words: tuple[str, ...]) -> bool:
    """Say whether an untitled run of capitals reads as a person's name: a known given name first, no word of a body."""
    return (
        2 <= len(words) <= 6
        and is_given_name(words[0])
        and not any(is_body_word(word) for word in words)
        and not any(is_never_a_name(word) for word in words)
    )


class PeopleReader:
    """Gathers the mentions and people of one article."""

    __slots__ = ("blocked", "folded", "mentions", "names", "reader", "text", "titles")

    def __init__(self, text: str, folded: str, reader: TitleReader, titles: list[Title]):
        self.text, self.folded, self.reader, self.titles = text, folded, reader, titles
        self.names = NameReader(text, folded, reader)
        self.mentions: list[Mention] = []

    def read(self, is_headline) -> list[Mention]:
        """Return every mention of a named person, in reading order; ``is_headline(position)`` tells where titles may run into verbs."""
        for title in self.titles:
            self.mentions += self._after_title(title)
        self.mentions += self._after_honorifics()
        covered = sorted((m.name_start, m.name_end) for m in self.mentions)
        self.mentions += self._bare(covered)
        self.mentions.sort(key=lambda m: m.name_start)
        kept: list[Mention] = []
        for mention in self.mentions:
            mention.is_headline = is_headline(mention.name_start)
            if kept and mention.name_start < kept[-1].name_end:
                continue
            kept.append(mention)
        for mention in kept:
            self._take_apposition(mention)
            self._take_country(mention)
            self._take_city(mention)
            if len(mention.words) > 1:
                mention.speaks = bool(
                    _SPEAKS_AFTER.match(self.text, mention.end)
                    or _SPEAKS_BEFORE.search(self.text, max(0, mention.start - 16), mention.start)
                )
        self.mentions = kept
        return kept

    def _after_title(self, title: Title) -> list[Mention]:
        text = self.text
        gap = _TO_NAME.match(text, self._after_full_stop(title))
        tail = _LOWER_TAIL.match(text, title.end)
        if tail:
            gap = _TO_NAME.match(text, tail.end())
        if gap is None:
            return []
        found = self.names.name_at(gap.end())
        if found is None:
            return []
        start, end, words, gender, had, royal = found
        if gap["comma"] and not had and not self._fits_after_comma(title, words, end):
            return []
        if text[gap.start() : gap.end()].startswith(("'", "’")) and not is_given_name(words[0]):
            return []
        if any(is_body_word(word) for word in words) and not is_given_name(words[0]):
            return []
        title_gender = gender_of(self.folded[title.start : title.end])
        first = self._mention(title.start, start, end, words, title, gender or title_gender, had, royal)
        mentions = [first]
        if title.is_plural or len(title.parties) > 1:
            mentions += self._others(title, first)
        return mentions

    def _after_full_stop(self, title: Title) -> int:
        """ "Sen. Ada Okoye": the full stop of a short title is no end of sentence."""
        dotted = self.text[title.end : title.end + 1] == "." and any(
            self.folded.endswith(word, title.start, title.end) for word in _dotted_titles()
        )
        return title.end + 1 if dotted else title.end

    def _mention(self, start, name_start, name_end, words, title, gender, honorific, royal) -> Mention:
        end = name_end
        mention = Mention(
            start,
            end,
            name_start,
            name_end,
            words,
            [title] if title else [],
            title.party_code if title and (not title.is_plural or len(title.parties) == 1) else None,
            gender,
            honorific,
            royal,
        )
        after = _post_nominal().match(self.text, name_end)
        if after:
            mention.end = after.end()
        of = _OF.match(self.text, mention.end)
        if of:
            index = self.reader.index_at(of.end())
            if index < len(self.reader.hits) and self.reader.hits[index].start == of.end():
                term = self.reader.hits[index].term
                if term.party_code and term.party_form in ("name", "abbreviation", "organisation"):
                    mention.party_code = term.party_code
                    mention.end = self.reader.hits[index].end
        return mention

    def _others(self, title: Title, first: Mention) -> list[Mention]:
        """ "Presidents Japarov of Kyrgyzstan, Rahmon of Tajikistan and Aliyev": the names that share a plural title."""
        others: list[Mention] = []
        last = first
        while len(others) < 12:
            joint = _AND.match(self.text, last.end)
            if joint is None:
                break
            found = self.names.name_at(joint.end())
            if found is None or any(is_body_word(word) for word in found[2]):
                break
            start, end, words, gender, had, royal = found
            last = self._mention(start, start, end, words, title, gender, had, royal)
            others.append(last)
            if "and" in joint[0] or "&" in joint[0]:
                break
        return others

    def _fits_after_comma(self, title: Title, words: tuple[str, ...], end: int) -> bool:
        if len(words) < 2 and not is_given_name(words[0]):
            return False
        if any(is_body_word(word) for word in words) or is_never_a_name(words[0]):
            return False
        before = " " + self.folded[max(0, title.start - 6) : title.start]
        opened = (
            before.endswith((" the ", " his ", " her ", " its ", "their ", " an ", " a ", "  "))
            or title.start < 2
            or bool(title.party_code)
            or self.text[title.start].isupper()
        )
        return opened and (self.text[end : end + 1] in ",.;:)" or not is_given_name(words[0]) or True)

    def _after_honorifics(self) -> list[Mention]:
        mentions: list[Mention] = []
        covered = {m.name_start for m in self.mentions}
        titled = {at for title in self.titles for at in range(title.first, title.last)}
        starts = {m.start for m in self.mentions}
        reached = 0
        for index, hit in enumerate(self.reader.hits):
            if not hit.term.is_honorific or hit.start < reached or hit.start in starts or not self.text[hit.start].isupper():
                continue
            if index in titled and hit.term.office and hit.term.office.kind not in ("rank", "descriptor"):
                continue
            found = self.names.name_at(hit.start)
            if found is None:
                continue
            start, end, words, gender, had, royal = found
            if not had or start in covered:
                continue
            mentions.append(self._mention(hit.start, start, end, words, None, gender, had, royal))
            reached = end
        return mentions

    def _bare(self, covered: list[tuple[int, int]]) -> list[Mention]:
        """Return names without a title: a given name followed by more, or the one word that alone means a well-known leader."""
        mentions: list[Mention] = []
        folded, text, given, leaders = self.folded, self.text, given_names(), leaders_known_by_one_word()
        place = 0
        for start, end in capitalised_runs(text):
            while place < len(covered) and covered[place][1] <= start:
                place += 1
            if place < len(covered) and covered[place][0] <= start:
                continue
            words = folded[start:end].split(" ")
            at = start
            for position, word in enumerate(words[:4]):
                if (
                    word in leaders
                    and not (place < len(covered) and covered[place][0] < at + len(word))
                    and not self._opens_body(at + len(word), end)
                ):
                    mentions.append(Mention(at, at + len(word), at, at + len(word), (word,)))
                    break
                if position < len(words) - 1 and word in given:
                    found = self.names.name_at(at)
                    if found is not None:
                        name_start, name_end, name, _, _, _ = found
                        if place < len(covered) and covered[place][0] < name_end:
                            break
                        if _looks_like_a_person(name):
                            mentions.append(self._mention(name_start, name_start, name_end, name, None, None, False, False))
                            break
                at += len(word) + 1
        return mentions

    def _opens_body(self, at: int, end: int) -> bool:
        """Say whether the words right after make a leader's name part of a body's or place's ("Trump Tower")."""
        following = self.folded[at + 1 : end].split(" ", 1)[0]
        return at < end and self.text[at] == " " and (is_body_word(following) or following in given_names())

    def _take_apposition(self, mention: Mention) -> None:
        """Read the title after a name: "Nurtleu, the Kazakh foreign minister,"."""
        tie = _APPOSITION.match(self.text, mention.end)
        while tie is not None:
            index = self.reader.index_at(tie.start() + 2)
            if index >= len(self.reader.hits) or self.reader.hits[index].start > tie.end() + 30:
                return
            between = self.text[mention.end : self.reader.hits[index].start]
            if not _APPOSITION.fullmatch(between):
                return
            title = self.reader.title_from(index)
            if title is None or (title.is_plural and len(title.parties) < 2):
                return
            gap = _TO_NAME.match(self.text, title.end)
            if gap and not gap["comma"] and not title.is_descriptor and self.names.name_at(gap.end()) and self.text[gap.end()].isupper():
                return
            if title.heads[0].kind == "counterpart":
                return
            mention.titles.append(title)
            if between.strip() in _PLAIN_APPOSITION:
                mention.end = max(mention.end, title.end)
            mention.party_code = mention.party_code or title.party_code
            mention.gender = mention.gender or gender_of(self.folded[title.start : title.end])
            return

    def _take_country(self, mention: Mention) -> None:
        """ "Rwanda's Paul Kagame": a possessive or demonym right before the name."""
        if mention.party_code or mention.start < 2:
            return
        index = self.reader.index_at(mention.start) - 1
        if index < 0:
            return
        hit = self.reader.hits[index]
        gap = self.text[hit.end : mention.start]
        if (
            hit.term.party_code
            and hit.term.party_form in ("name", "abbreviation", "demonym", "organisation")
            and gap in ("'s ", "’s ", "' ", "’ ")
        ) or (hit.term.party_code and hit.term.party_form == "demonym" and gap == " "):
            mention.party_code = hit.term.party_code
            mention.start = hit.start

    def _take_city(self, mention: Mention) -> None:
        """ "Oslo Mayor", "mayor of Oslo", "governor of Punjab": a city or province tells the country."""
        if mention.party_code or not mention.titles or mention.titles[0].office not in ("senior_official", "other"):
            return
        title = mention.titles[0]
        tail = title.heads and self.text.find(" of ", title.start, title.end)
        named = self.text[tail + 4 : title.end].removeprefix("the ") if tail and tail > 0 else ""
        if not named and title.start > 1 and self.text[title.start - 1] == " " and self.text[title.start].isupper():
            before = CAPITALISED_BEFORE.search(self.text, max(0, title.start - 40), title.start)
            named = before[0].strip() if before else ""
        if named:
            mention.party_code = country_of_city(named)


def gathered(mentions: list[Mention], text: str) -> list[Figure]:
    """Merge mentions into people: fuller names take in shorter ones that share their words."""
    figures: list[Figure] = []
    by_word: dict[str, list[int]] = {}
    for mention in sorted((m for m in mentions if len(m.words) > 1 and not m.is_headline), key=lambda m: -len(m.words)):
        _place(mention, figures, by_word)
    for mention in mentions:
        if mention.person < 0:
            if mention.is_headline:
                _shorten_to_known(mention, figures, by_word, text)
            _place(mention, figures, by_word)
    return figures


def _shorten_to_known(mention: Mention, figures: list[Figure], by_word: dict[str, list[int]], text: str) -> None:
    """In a headline of capitals a name runs into the verb ("Ruto Signs Deal"): keep the words that name somebody of the body."""
    for count in range(len(mention.words), 0, -1):
        words = mention.words[:count]
        if any(set(words) <= set(figures[index].words) for index in by_word.get(words[0], ())):
            if count < len(mention.words):
                pieces = text[mention.name_start : mention.name_end].split(" ")
                mention.words, mention.name_end = words, mention.name_start + len(" ".join(pieces[:count]))
                mention.end = mention.name_end
            return


def _place(mention: Mention, figures: list[Figure], by_word: dict[str, list[int]]) -> None:
    small = particles()
    own = [word for word in mention.words if word not in small and len(word) > 1] or list(mention.words)
    candidates: dict[int, int] = {}
    for word in own:
        for index in by_word.get(word, ()):
            candidates[index] = candidates.get(index, 0) + 1
    best = None
    for index, shared in candidates.items():
        figure = figures[index]
        if shared == len(own) and (len(own) > 1 or own[0] in (figure.words[-1], figure.words[0]) or len(candidates) == 1):
            rank = (own[-1] == figure.words[-1], -index)
            if best is None or rank > best[0]:
                best = (rank, index)
    if best is None:
        index = len(figures)
        figures.append(Figure(mention.words))
        for word in own:
            by_word.setdefault(word, []).append(index)
    else:
        index = best[1]
    mention.person = index
    figures[index].mentions.append(mention)
    figures[index].gender = figures[index].gender or mention.gender or gender_of_given_name(mention.words[0])


def decide_office(figure: Figure) -> None:
    """Set the office, party and past of a person from all its titles."""
    sitting: list[str] = []
    weak: list[str] = []
    past: list[str] = []
    leads = False
    for mention in figure.mentions:
        figure.party_code = figure.party_code or mention.party_code
    for mention in figure.mentions:
        for title in mention.titles:
            kinds = {head.kind for head in title.heads}
            offices = [
                _in_country(head, office, figure.party_code) for head, office in zip(title.heads, title.offices, strict=False)
            ] or title.offices
            if title.is_former:
                past += offices
            elif "counterpart" in kinds:
                continue
            elif kinds == {"leader"}:
                leads = True
            elif kinds <= {"leader", "descriptor", "rank"}:
                weak += offices
            else:
                sitting += offices
    if any(mention.is_royal for mention in figure.mentions):
        sitting.append("royal")
    if sitting:
        figure.office = highest(sitting)
    elif past:
        figure.office, figure.is_former = highest(past), True
    elif weak:
        figure.office = weak[0]
    elif leads:
        figure.office = leading_office(figure.party_code)


def _in_country(head, office: str, party_code: str | None) -> str:
    """A portfolio decides where there is one; else the phrase may mean another office in the person's country."""
    return head.by_country.get(party_code, office) if party_code and office in (head.office, *head.by_country.values()) else office
