"""Finds every way people are named and titled in a text.

Belongs here: name mentions with their titles before and after. Does not belong here: who is who among them (figures), what "he" or "the
minister" refers to (references), or how a title is read (titles).
"""

import re
from collections.abc import Callable
from functools import cache

from pipelines.extraction.annotators.figures import Mention
from pipelines.extraction.annotators.leaders import leaders_known_by_one_word
from pipelines.extraction.annotators.lemmas import is_plural_verb
from pipelines.extraction.annotators.name_reader import NameReader, gender_of
from pipelines.extraction.annotators.names import capitalised_runs, given_names, is_body_word, is_given_name, is_never_a_name
from pipelines.extraction.annotators.places import country_of_city, country_of_province
from pipelines.extraction.annotators.titles import Title, TitleReader
from pipelines.extraction.lexicon import settings

_TO_NAME = re.compile(r"(?: \([^()\n]{2,14}\))?(?P<comma>,)? (?:the )?|['’]s? ")
_LOWER_TAIL = re.compile(r" (?:for|of|on|in charge of)(?: [a-z][\w'’-]*){1,7}(?=, [A-Z])")
_APPOSITION = re.compile(
    r"(?:, (?:\d\d, )?|,? who (?:is|was|serves as|doubles as|also serves as|also|doubles up as|is also) | \(| – | — |, who[^,.]{0,20} )"
    r"(?:also |currently )?(?:the |a |an |its |his |her |their |our )?(?:(?!of |by |to |for |from |with |in |on |at )[a-z-]+ ){0,2}?"
)
_WHERE = re.compile(r"\b(?:[Ii]n|[Aa]t|[Nn]ear|[Ff]rom|[Oo]f|[Tt]o|[Oo]utside|[Tt]hrough)(?: the)? $")
_LONGEST_WHERE = len("through the ") + 1
_MINISTRY_OF = re.compile(
    r"(?:,|,? (?:at|in|of|with)) (?:the )?(?:Ministry|Department|Directorate|Division|Government|Office)"
    r"(?:,? [\w&'’/-]+){0,12}? of (?:the )?"
)
_LONGEST_MINISTRY = 140
_NEXT_WORD = re.compile(r" ([a-z]+)\b")
_PLAIN_APPOSITION = frozenset({",", ", the", ", an", ", a", ", its", ", their", ", our", ", his", ", her"})
_CAPITALISED_BEFORE = re.compile(r"(?:[^\W\d_a-z][^\W\d_]*[ ]){1,3}$")
_BODY_BEFORE = re.compile(r"(?:(?:(?:[A-Z]\.)+|[^\W\d_a-z][\w&'’-]*) (?:(?:of|and|for|&) (?:the )?)?){2,6}$")
_LONGEST_BODY = 70
_OPENS_A_BODY = frozenset({"name", "demonym", "abbreviation", "organisation"})
_OFFICES_OF_PLACES = frozenset({"senior_official", "other", "head_of_government", "head_of_state", "legislator"})
_VERB = 16  # longest verb of speech
_OF = re.compile(r" (?:of|from) (?:the )?")
_AND = re.compile(r",? (?:and|&) |, ")


@cache
def _speaks() -> tuple[re.Pattern, re.Pattern]:
    verbs = "|".join(re.escape(verb) for verb in settings("structure")["speech_verbs"])
    return re.compile(rf",? (?:{verbs})\b"), re.compile(rf"\b(?:{verbs}|according to) $")


@cache
def _dotted_titles() -> tuple[str, ...]:
    return tuple(settings("names")["dotted_titles"])


@cache
def _post_nominal() -> re.Pattern:
    marks = "|".join(re.escape(word) for word in sorted(settings("names")["postnominals"], key=len, reverse=True))
    return re.compile(rf"(?:,? ?(?:{marks})(?![\w.]))+(?=,|\.| |\)|$)")


_MOST_WORDS = 4


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

    __slots__ = ("folded", "mentions", "names", "reader", "text", "titles")

    def __init__(self, text: str, folded: str, reader: TitleReader, titles: list[Title]):
        self.text, self.folded, self.reader, self.titles = text, folded, reader, titles
        self.names = NameReader(text, folded, reader)
        self.mentions: list[Mention] = []

    def read(self, is_headline: Callable[[int], bool]) -> list[Mention]:
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
            self._take_leading_country(mention)
            self._take_city(mention)
            if mention.party_code is None and mention.titles:
                mention.party_code = self._country_of_ministry(mention.titles[-1].end)
            if len(mention.words) > 1:
                after, before = _speaks()
                mention.speaks = bool(
                    after.match(self.text, mention.end) or before.search(self.text, max(0, mention.start - _VERB), mention.start)
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
        if gap["comma"] and ((not had and not self._fits_after_comma(title, words)) or self._are_two(end)):
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
        if title.is_plural and len(title.parties) == len(mentions) > 1:
            # "the Lao and Saudi ambassadors, A and B": each of one country, in order
            for mention, code in zip(mentions, title.parties, strict=True):
                mention.party_code = mention.party_code or code
        return mentions

    def _after_full_stop(self, title: Title) -> int:
        """As in "Sen. Ada Okoye": the full stop of a short title is no end of sentence."""
        dotted = self.text[title.end : title.end + 1] == "." and any(
            self.folded.endswith(word, title.start, title.end) for word in _dotted_titles()
        )
        return title.end + 1 if dotted else title.end

    def _mention(
        self,
        start: int,
        name_start: int,
        name_end: int,
        words: tuple[str, ...],
        title: Title | None,
        gender: str | None,
        honorific: str,
        royal: bool,
    ) -> Mention:
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
        """As in "Presidents Japarov of Kyrgyzstan, Rahmon of Tajikistan and Aliyev": the names that share a plural title."""
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

    def _fits_after_comma(self, title: Title, words: tuple[str, ...]) -> bool:
        if len(words) < 2 and not is_given_name(words[0]):
            return False
        if any(is_body_word(word) for word in words) or is_never_a_name(words[0]):
            return False
        before = " " + self.folded[max(0, title.start - 6) : title.start]
        return (
            before.endswith((" the ", " his ", " her ", " its ", "their ", " an ", " a ", " s ", "  "))
            or title.start < 2
            or bool(title.party_code)
            or self.text[title.start].isupper()
            or title.heads[0].kind == "counterpart"
        )

    def _are_two(self, end: int) -> bool:
        """Say whether the comma before a name in a headline stands for "and" ("Peruvian envoy, Amos Berg pledge …")."""
        headline = self.text.partition("\n")[0]
        following = _NEXT_WORD.match(self.text, end)
        return following is not None and following.end() <= len(headline) and is_plural_verb(following[1])

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
                            mentions.append(self._mention(name_start, name_start, name_end, name, None, None, "", False))
                            break
                at += len(word) + 1
            else:
                mentions += self._by_its_title(start, end, words)
        return mentions

    def _by_its_title(self, start: int, end: int, words: list[str]) -> list[Mention]:
        """Return the name that only the office of a state right after it makes a person ("Kailesh Pokhrel, ambassador of Nepal, said")."""
        tie = _APPOSITION.match(self.text, end)
        if tie is None or len(words) > _MOST_WORDS or any(is_body_word(word) or is_never_a_name(word) for word in words):
            return []
        if len(words) == 1 and (not tie[0].startswith(", ") or _WHERE.search(self.text, max(0, start - _LONGEST_WHERE), start)):
            return []
        index = self.reader.index_at(tie.start() + 2)
        hits = self.reader.hits
        if index >= len(hits) or _APPOSITION.fullmatch(self.text, end, hits[index].start) is None:
            return []
        title = self.reader.title_from(index)
        if title is None or title.is_plural or title.is_descriptor or self._goes_before_a_name(title):
            return []
        if title.party_code is None and title.heads[0].kind == "leader":
            return []
        if len(words) == 1 and self.text[title.end : title.end + 1] != ",":
            return []
        name = self.names.name_at(start)
        return [self._mention(name[0], name[0], name[1], name[2], None, None, "", False)] if name is not None and name[1] == end else []

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
            if title is None or (title.is_plural and (len(title.parties) < 2 or mention.titles)):
                return  # … nor those who come next in a list: "Prime Ministers A and B, ministers of X and Y"
            gap = _TO_NAME.match(self.text, title.end)
            if gap and not gap["comma"] and not title.is_descriptor and self.names.name_at(gap.end()) and self.text[gap.end()].isupper():
                return
            if title.heads[0].kind == "counterpart" or self._goes_before_a_name(title):
                return
            mention.titles.append(title)
            if between.strip() in _PLAIN_APPOSITION:
                mention.end = max(mention.end, title.end)
            mention.party_code = mention.party_code or title.party_code
            mention.gender = mention.gender or gender_of(self.folded[title.start : title.end])
            return

    def _take_country(self, mention: Mention) -> None:
        """As in "Rwanda's Paul Kagame": a possessive or demonym right before the name."""
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

    def _goes_before_a_name(self, title: Title) -> bool:
        """Say whether another title or courtesy word follows at once, so that the title is of somebody else."""
        at = title.last
        hits = self.reader.hits
        return at < len(hits) and hits[at].start == title.end + 1 and bool(hits[at].term.is_honorific or hits[at].term.office)

    def _take_leading_country(self, mention: Mention) -> None:
        """As in "U.S. Space Council spokesman …": a country that opens the name of the body before the title."""
        if mention.party_code or not mention.titles or mention.titles[0].start < len("X "):
            return
        start = mention.titles[0].start
        run = _BODY_BEFORE.search(self.text, max(0, start - _LONGEST_BODY), start)
        if run is None:
            return
        hits = self.reader.hits
        index = self.reader.index_at(run.start())
        if (
            index < len(hits)
            and hits[index].start == run.start()
            and hits[index].end < start
            and hits[index].term.party_form in _OPENS_A_BODY
        ):
            mention.party_code = hits[index].term.party_code

    def _country_of_ministry(self, start: int) -> str | None:
        """As in "Joint Secretary, Ministry of Power, Government of Nepal": the country of the ministry that is named after a title."""
        if self.text[start : start + 1] not in (",", " "):
            return None
        hits = self.reader.hits
        for index in range(self.reader.index_at(start), len(hits)):
            hit = hits[index]
            if hit.start - start > _LONGEST_MINISTRY:
                return None
            if hit.term.party_code:
                named = hit.term.party_form in _OPENS_A_BODY and _MINISTRY_OF.fullmatch(self.text, start, hit.start)
                return hit.term.party_code if named else None
        return None

    def _take_city(self, mention: Mention) -> None:
        """As in "Oslo Mayor", "mayor of Oslo", "governor of Punjab", "Punjab Premier": a city or province tells the country."""
        if not mention.titles or mention.titles[0].office not in _OFFICES_OF_PLACES or (mention.party_code and mention.titles[0].body):
            return
        title = mention.titles[0]
        tail = title.heads and self.text.find(" of ", title.start, title.end)
        named = self.text[tail + 4 : title.end].removeprefix("the ") if tail and tail > 0 else ""
        if not named and title.start > 1 and self.text[title.start - 1] == " " and self.text[title.start].isupper():
            before = _CAPITALISED_BEFORE.search(self.text, max(0, title.start - 40), title.start)
            named = before[0].strip() if before else ""
        if not named:
            return
        country = country_of_province(named)
        if country and mention.party_code in (None, country):
            mention.party_code, mention.is_provincial = country, True
        elif mention.party_code is None and title.office in ("senior_official", "other"):
            mention.party_code = country_of_city(named)
