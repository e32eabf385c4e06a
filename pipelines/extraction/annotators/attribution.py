"""Who is said to say a passage.

Belongs here: speakers of sentences ("…, the ministry said", "according to customs data", "he added"), resolved to a person's full name or
the words of a body, and how far their word reaches. Does not belong here: quotation marks (quotes) and who a name is (actors).

A pre-posed source ("X said that …", "According to X, …") reaches to the next source of its sentence, a post-posed one ("…, X said") back
to the one before. A source of figures that is no person goes on through its paragraph, and into the next where that is full of figures,
until another speaks.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from ahocorasick_rs import AhoCorasick, MatchKind

from pipelines.extraction.annotators.body_names import abbreviations, full_names
from pipelines.extraction.annotators.casing import same_length_lower
from pipelines.extraction.lexicon import settings
from pipelines.extraction.model import Actor, Article, Sentence, Token

_NAME_TAGS = ("NOUN", "PROPN", "ADJ", "DET", "NUM", "PART", "X")
_INNER_PREPOSITIONS = ("of", "for", "and", "&", "with", "at", "close", "familiar")
_PRONOUNS_OF_PERSONS = ("he", "she")
_PRONOUNS_OF_BODIES = ("it", "they")
_MANY_FIGURES = 2
_THAT_NEXT = re.compile(r"\s+(?:[\w’'-]+\s+){0,4}that\b|[,:]?\s*[\"“‘]")
_THING_NEXT = re.compile(r"\s+(?:an?|the|its|their|his|her)\s")
_POST_TAIL = re.compile(
    r"\s*(?:[.;,:!?”\"’')\]–—-]|$|(?:on|in|at|late|earlier|last|yesterday|today|this|during|while|after|adding|to|a|here|there|"
    r"tuesday|monday|wednesday|thursday|friday|saturday|sunday|by|as|via|of|from|when|citing|without|through|referring|speaking|"
    r"following)\b)"
)


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks: ``name`` as a reader would write it, ``person`` the key into ``Article.people`` where it is one of them."""

    name: str
    person: str | None


@dataclass(frozen=True, slots=True)
class Attribution:
    """A stretch of the text and who is said to say it. ``is_carried``: no word of saying stands in the sentence itself."""

    start: int
    end: int
    speaker: Speaker
    is_carried: bool = False


@dataclass(frozen=True, slots=True)
class _Source:
    """One mention of a speaker in a sentence: its span with its verb, and which side of it holds what is said."""

    start: int
    end: int
    speaker: Speaker
    reaches: str  # after, before, both
    is_body: bool
    is_data: bool = False  # figures that a body gave, whose word goes on into the next sentences


@dataclass(frozen=True, slots=True)
class _Words:
    verbs: frozenset[str]
    weak: frozenset[str]
    with_at: frozenset[str]
    data: frozenset[str]
    shown: frozenset[str]
    bodies: frozenset[str]
    stops: frozenset[str]
    plain: frozenset[str]
    sayers: frozenset[str]
    with_that: frozenset[str]
    reckoning: re.Pattern
    automaton: AhoCorasick
    cues: tuple[str, ...]
    kinds: Mapping[str, str]
    shown_after: re.Pattern
    no_speakers: frozenset[str]
    given: re.Pattern
    given_after: re.Pattern
    readers: frozenset[str]
    agencies: frozenset[str]


@cache
def _words() -> _Words:
    lists = settings("attribution")
    verbs = frozenset(lists["verbs"])
    data, given_by = ("|".join(re.escape(word) for word in sorted(lists[name], key=len, reverse=True)) for name in ("data", "given_by"))
    kinds: dict[str, str] = {}
    for letter, words in (("v", lists["verbs"]), ("a", lists["according"]), ("d", lists["data"]), ("r", lists["reckonings"])):
        for word in words:
            kinds[word] = kinds.get(word, "") + letter
    cues = tuple(kinds)
    return _Words(
        verbs=frozenset(word.split()[0] for word in verbs),
        weak=frozenset(lists["weak"]),
        with_at=frozenset(lists["with_at"]),
        data=frozenset(lists["data"]),
        shown=frozenset(lists["shown"]),
        bodies=frozenset(lists["bodies"]),
        stops=frozenset(lists["name_stops"]),
        plain=frozenset(lists["plain"]),
        sayers=frozenset(lists["sayers"]),
        with_that=frozenset(lists["with_that"]),
        reckoning=re.compile(rf"\bby\s+(?:the\s+)?([^,;.]{{2,60}}?)[’']s?\s+(?:{'|'.join(lists['reckonings'])})\b"),
        no_speakers=frozenset(lists["no_speakers"]),
        automaton=AhoCorasick(list(cues), matchkind=MatchKind.LeftmostLongest),
        cues=cues,
        kinds=kinds,
        shown_after=re.compile(rf"[^,;]{{0,60}}?\b(?:{'|'.join(lists['shown'])})\b"),
        readers=frozenset(lists["readers"]),
        agencies=frozenset(settings("structure")["agencies"]),
        given=re.compile(rf"(?:{data}),?\s+(?:\w+\s+)?(?:{given_by})\s+"),
        given_after=re.compile(rf"\s+(?:[\w-]+\s+){{0,5}}?(?:{data}),?\s+(?:\w+ly\s+)?(?:{given_by})\s+"),
    )


def find_attributions(article: Article, until: int | None = None) -> tuple[Attribution, ...]:
    """Return who is said to say what, in reading order, in the sentences that begin before ``until``; the stretches do not overlap."""
    reader = _Reader(article)
    found: list[Attribution] = []
    for number, sentence in enumerate(article.layout.sentences):
        if until is not None and sentence.start >= until:
            break
        if sentence.kind in ("headline", "body"):
            found += reader.read(sentence, article.tokens[number] if number < len(article.tokens) else ())
    return tuple(found)


def speaker_at(attributions: tuple[Attribution, ...], position: int) -> Speaker | None:
    """Return who is said to say the word at ``position``, None where nobody is named."""
    at = bisect_right(attributions, position, key=lambda attribution: attribution.start) - 1
    return attributions[at].speaker if at >= 0 and position < attributions[at].end else None


def speaker_of(article: Article, start: int, end: int) -> Speaker | None:
    """Return who is said to say the passage from ``start`` to ``end``; for many passages keep the result of ``find_attributions``."""
    return speaker_at(find_attributions(article), (start + end) // 2)


class _Reader:
    """Reads the sentences of one article in order, for pronouns and short names look back to earlier speakers."""

    def __init__(self, article: Article) -> None:
        self.article = article
        self.lower = same_length_lower(article.text)
        self.actor_starts = [actor.start for actor in article.actors]
        self.amount_starts = [amount.start for amount in article.amounts]
        self.time_starts = [time.start for time in article.times]
        self.bodies: list[str] = []
        self.last_person: Speaker | None = None
        self.last_body: Speaker | None = None
        self.common_opening = -1  # where a sentence opens with a common word, whose capital makes no name
        self.abbreviations = abbreviations(article.text, _words().bodies)
        self.read_from = 0  # where the sentence being read begins
        self.carried: tuple[int, Speaker] | None = None  # paragraph and source
        self.quote_starts = [quote.start for quote in article.layout.quotes]
        self.cues = _cues_in(self.lower)
        self.cue_starts = [start for start, _, _ in self.cues]

    def read(self, sentence: Sentence, tokens: tuple[Token, ...]) -> list[Attribution]:
        self.read_from = sentence.start
        self.common_opening = tokens[0].start if tokens and tokens[0].tag not in ("PROPN", "NOUN", "X") else -1
        sources = self._sources(sentence, tokens)
        if not sources:
            return self._carried_over(sentence)
        for source in sources:
            if source.is_body:
                self.last_body = source.speaker
            elif source.speaker.person:
                self.last_person = source.speaker
        last = sources[-1]
        self.carried = (sentence.paragraph, last.speaker) if all(source.is_body for source in sources) else None
        return _stretches(self.article.text, sentence, sources)

    def _names_data(self, source: _Source) -> bool:
        """Tell whether the source speaks through figures ("the bank’s figures show", "according to customs data")."""
        return any(word in _words().data for word in self.lower[source.start : source.end + 12].split())

    def _carried_over(self, sentence: Sentence) -> list[Attribution]:
        at = bisect_right(self.quote_starts, sentence.start + 2) - 1
        quote = self.article.layout.quotes[at] if at >= 0 else None
        if quote and sentence.end <= quote.end + 2 and quote.speaker_start is not None:
            speaker = self._speaker_in(quote.speaker_start, quote.speaker_end or quote.speaker_start)
            if speaker:
                return [Attribution(sentence.start, sentence.end, speaker, is_carried=True)]
        figures = bisect_left(self.amount_starts, sentence.end) - bisect_left(self.amount_starts, sentence.start)
        is_near = self.carried is not None and self.carried[0] == sentence.paragraph
        if self.carried is None or sentence.kind != "body" or not (is_near or figures >= _MANY_FIGURES):
            self.carried = None
            return []
        if not figures:
            return []
        self.carried = sentence.paragraph, self.carried[1]
        return [Attribution(sentence.start, sentence.end, self.carried[1], is_carried=True)]

    # -------------------------------------------------------------------------------------------- sources

    def _sources(self, sentence: Sentence, tokens: tuple[Token, ...]) -> list[_Source]:
        cues = self.cues[bisect_left(self.cue_starts, sentence.start) : bisect_left(self.cue_starts, sentence.end)]
        if not cues:
            return []
        words, lower = _words(), self.lower
        found: list[_Source] = []
        starts = [token.start for token in tokens]
        opening = self.article.text[sentence.start : sentence.start + 3].strip("“\"'‘ ")
        first_word = sentence.start + self.article.text[sentence.start : sentence.end].find(opening[:1]) if opening else sentence.start
        for start, end, kinds in cues:
            if "a" not in kinds:
                continue
            given = words.given_after.match(lower, end, sentence.end)  # "according to estimates released by the office"
            source = self._named_after(sentence, tokens, starts, start, given.end()) if given else None
            source = source or self._named_after(sentence, tokens, starts, start, end)
            if source:
                found.append(_Source(start, source[1], source[0], "after" if start <= first_word else "before", source[2]))
        for start, _, kinds in cues:
            given = words.given.match(lower, start, sentence.end) if "d" in kinds else None
            if given is None or any(source.start <= start < source.end for source in found):
                continue
            source = self._named_after(sentence, tokens, starts, start, given.end())
            shown = source and words.shown_after.match(lower, source[1], sentence.end)
            if source and shown:
                tail = lower[shown.end() : sentence.end].strip(" .”\"'’")
                reaches = "after" if start <= first_word or len(tail) > 25 else "before"
                found.append(_Source(start, shown.end(), source[0], reaches, True, is_data=True))
        if any("r" in kinds for _, _, kinds in cues):
            for match in words.reckoning.finditer(lower, sentence.start, sentence.end):
                speaker = self._speaker_in(match.start(1), match.end(1))
                if speaker:
                    found.append(_Source(match.start(), match.end(), speaker, "both", speaker.person is None))
        for start, end, kinds in cues:
            if "v" not in kinds or any(source.start <= start < source.end for source in found):
                continue
            spoken = self._speaking(sentence, tokens, starts, start, end)
            if spoken:
                found.append(spoken)
        if len(found) > 1:  # an agency only passes on what another says ("the envoy put it at …, IRNA reported")
            own = [source for source in found if source.speaker.name.lower() not in words.agencies]
            found = own or found
        return sorted(found, key=lambda source: source.start)

    def _speaking(self, sentence: Sentence, tokens: tuple[Token, ...], starts: list[int], start: int, end: int) -> _Source | None:
        """Read the subject of a verb of saying, before it or after it."""
        words, lower = _words(), self.lower
        verb, at = lower[start:end].split()[0], bisect_left(starts, start)
        if at >= len(tokens) or tokens[at].start != start or not tokens[at].text.islower():
            return None
        by_data = at > 0 and tokens[at - 1].lower in words.data
        if verb in words.weak and verb not in words.with_at and not by_data and tokens[at].tag not in ("VERB", "AUX"):
            return None
        if verb in words.with_at and not re.compile(r"[^.;]{1,70}?\bat\s").match(lower, end, sentence.end):
            return None
        if verb in ("put", "puts") and tokens[at].tag == "NOUN":
            return None
        position = at - 1
        while position >= 0 and (
            tokens[position].tag in ("ADV", "AUX") or tokens[position].lower in ("also", "has", "had", "have", "further", "earlier")
        ):
            position -= 1
        position = self._before_date(tokens, position)
        if position < 0:
            return None
        head = tokens[position]
        if head.lower in ("to", "be", "been", "being", "was", "were", "is") or head.tag == "AUX":
            return None
        passive = at and tokens[at - 1].lower in ("was", "were", "been", "is", "are", "be")
        if (
            verb in words.with_that
            and not _THAT_NEXT.match(lower, end)
            and (_THING_NEXT.match(lower, end) or not _POST_TAIL.match(lower, end))
        ):
            return None
        if passive and verb not in ("quoted",):
            return None
        is_after = (
            head.tag == "PUNCT" and head.text in ',”"’»' and at + 1 < len(tokens) and tokens[at + 1].tag in ("PROPN", "DET", "NOUN", "ADJ")
        )
        if head.text in ",":
            named = self._before_aside(sentence, tokens, position, start)
            if named:
                return self._source(named, end, sentence)
        if is_after or (head.tag == "PUNCT" and head.text in '”"’»'):
            named = self._named_after(sentence, tokens, starts, start, end)
            return _Source(start, named[1], named[0], "both", named[2]) if named and self._may_say(verb, named) else None
        if head.lower == "and":
            named = self._subject_of_sentence(sentence, tokens, position)
            return self._source(named, end, sentence) if named and self._may_say(verb, named) else None
        if head.lower == "who" or head.lower == "which":
            named = self._noun_phrase_before(sentence, tokens, position - (2 if position and tokens[position - 1].text == "," else 1))
            return self._source(named, end, sentence) if named else None
        named = self._noun_phrase_before(sentence, tokens, position)
        if named is None or not self._may_say(verb, named):
            return None
        return self._source(named, end, sentence)

    def _before_date(self, tokens: tuple[Token, ...], position: int) -> int:
        """Return the position before a date that parts a subject from its verb ("the envoy on Thursday said")."""
        at = position
        while at > 0 and self._in_a_date(tokens[at]):
            at -= 1
        if at == position:
            return position
        return at - 1 if tokens[at].lower in ("on", "in", "at", "of") else position if tokens[at].tag == "ADP" else at

    def _in_a_date(self, token: Token) -> bool:
        at = bisect_right(self.time_starts, token.start) - 1
        return at >= 0 and token.start < self.article.times[at].end

    def _subject_of_sentence(self, sentence: Sentence, tokens: tuple[Token, ...], stop: int) -> tuple[Speaker, int, bool] | None:
        """Return who acts in "X met the minister and told him …": the phrase before the first verb of the sentence."""
        first = next((at for at, token in enumerate(tokens[:stop]) if token.tag in ("VERB", "AUX") and at), None)
        if first is None:
            return None
        position = first - 1
        while position > 0 and tokens[position].tag in ("ADV", "PUNCT"):
            position -= 1
        return self._noun_phrase_before(sentence, tokens, position)

    def _source(self, named: tuple[Speaker, int, bool], end: int, sentence: Sentence) -> _Source:
        speaker, start, is_body = named
        before = self.article.text[sentence.start : start].strip("“\"'‘ ")
        is_post = bool(before) and before.rstrip()[-1:] in ',”"’—–' and bool(_POST_TAIL.match(self.lower, end, sentence.end))
        following = self.lower[end : end + 40]
        if is_post and re.match(r"\s+(?:in|on|at|during|last|this|earlier)\b[^,.]{0,60}\bthat\b", following):
            is_post = False
        return _Source(start, end, speaker, "both" if is_post else "after", is_body)

    def _may_say(self, verb: str, named: tuple[Speaker, int, bool]) -> bool:
        """Tell whether the subject can speak by ``verb``: a state by its bare name does not "report" a figure as a source."""
        if verb not in _words().weak:
            return True
        speaker, start, _ = named
        for actor in self._actors_at(start, start + 60):
            if actor.form in ("name", "demonym", "capital") and actor.text.lower() == speaker.name.lower():
                return False
        return True

    def _before_aside(self, sentence: Sentence, tokens: tuple[Token, ...], comma: int, verb_start: int) -> tuple[Speaker, int, bool] | None:
        """Read "X, speaking at a forum, said": the person before the aside."""
        inside = [actor for actor in self._actors_at(sentence.start, verb_start) if actor.people and len(actor.people) == 1]
        if not inside:
            return None
        first = next((token for token in reversed(tokens[:comma]) if token.text == ","), None)
        if first is None:
            return None
        owner = next((actor for actor in reversed(inside) if actor.end <= first.start + 1), None) or inside[-1]
        gap = self.article.text[owner.end : verb_start]
        return (
            (Speaker(owner.people[0], owner.people[0]), owner.start, False)
            if gap.lstrip().startswith(",") and len(gap) < 160 and "”" not in gap and '"' not in gap
            else None
        )

    # -------------------------------------------------------------------------------------------- names

    def _noun_phrase_before(self, sentence: Sentence, tokens: tuple[Token, ...], position: int) -> tuple[Speaker, int, bool] | None:
        """Return the speaker whose phrase ends with token ``position``."""
        last = position
        first = position
        while first >= 0:
            token = tokens[first]
            if (
                token.tag in _NAME_TAGS
                or token.lower in _INNER_PREPOSITIONS
                or token.text in "()&-–.’'"
                or (token.tag == "PRON" and first == last)
            ):
                first -= 1
                continue
            if token.text == "," and (self._is_inside_person(token) or _in_listed_name(tokens, first)):
                first -= 1
                continue
            if token.lower in ("in", "to") and first and tokens[first - 1].tag in ("NOUN", "PROPN") and last == position:
                last = first - 1  # "the Foreign Office in Islamabad said"
                first -= 1
                continue
            break
        first += 1
        if first > 1 and tokens[first - 1].lower == "by" and tokens[first - 2].lower in _words().readers:
            return self._noun_phrase_before(sentence, tokens, first - 3)  # "office figures seen by an agency showed"
        while first < last and (tokens[first].lower in _INNER_PREPOSITIONS or tokens[first].text in ")-–.’'"):
            first += 1
        if first > last:
            return None
        start, end = tokens[first].start, tokens[last].end
        speaker = self._speaker_in(start, end)
        return (speaker, start, speaker.person is None) if speaker else None

    def _is_inside_person(self, token: Token) -> bool:
        return any(actor.people and actor.start < token.start < actor.end for actor in self._actors_at(token.start - 90, token.start))

    def _named_after(
        self, sentence: Sentence, tokens: tuple[Token, ...], starts: list[int], start: int, position: int
    ) -> tuple[Speaker, int, bool] | None:
        """Return the speaker whose phrase begins at ``position``, where it ends, and whether it is a body."""
        words = _words()
        first = bisect_left(starts, position)
        last = first
        while last < len(tokens) and last - first < 14:
            token = tokens[last]
            inside = token.lower in _INNER_PREPOSITIONS or token.text in "()&-–’'" or token.lower in ("’s", "'s")
            if token.text == "," and (self._is_inside_person(token) or _in_listed_name(tokens, last)):
                last += 1
                continue
            if (token.lower in words.stops and not (token.lower == "with" and last > first)) or (
                token.tag not in _NAME_TAGS and not inside and token.tag != "PRON"
            ):
                break
            last += 1
        while last > first and (tokens[last - 1].lower in _INNER_PREPOSITIONS or tokens[last - 1].text in "(-–"):
            last -= 1
        if last == first:
            return None
        speaker = self._speaker_in(tokens[first].start, tokens[last - 1].end)
        return (speaker, tokens[last - 1].end, speaker.person is None) if speaker else None

    def _actors_at(self, start: int, end: int) -> tuple[Actor, ...]:
        return self.article.actors[bisect_left(self.actor_starts, start) : bisect_left(self.actor_starts, end)]

    def _speaker_in(self, start: int, end: int) -> Speaker | None:
        """Return who the words from ``start`` to ``end`` are: a person of the article, a pronoun's owner, or a body by its words."""
        overlapping = [actor for actor in self._actors_at(max(0, start - 120), end) if actor.end > start]
        if self.lower[start:end] in _PRONOUNS_OF_PERSONS and self.last_person:
            return self.last_person  # who spoke goes on speaking
        persons = [actor for actor in overlapping if len(actor.people) == 1 and actor.form in ("person", "surname", "role", "pronoun")]
        written = self.article.text[start:end]
        lower = self.lower[start:end]
        if persons and not (len(persons) > 1 and " and " in lower):
            person = persons[-1]
            owns = self.lower[person.end : person.end + 2] in ("’s", "'s") and person.end < end
            if not owns:
                return Speaker(person.people[0], person.people[0])
        elif persons:
            return None
        if lower in _PRONOUNS_OF_PERSONS:
            return self.last_person
        if lower in _PRONOUNS_OF_BODIES:
            return self.last_body
        if lower in ("we", "i", "you", "who", "which", "that", "this", "both", "the two", "others", "some", "many", "all"):
            return None
        return self._body(
            written, start == self.common_opening, any(actor.start == start and actor.form == "name" for actor in overlapping)
        )

    def _body(self, written: str, opens: bool, is_named: bool) -> Speaker | None:
        """Return the body that ``written`` names, by its full words where it is short for one named before.

        ``is_named`` tells that a name of a party opens it, which keeps its first word ("New Zealand's …").
        """
        words = _words()
        parts = [part for part in re.split(r"\s+", re.sub(r"\([^)]*\)", " ", written).strip(" ,.;:“”\"‘’'–-")) if part]
        while parts and not is_named and parts[0].lower() in words.plain and (len(parts) == 1 or parts[0].lower() != "trade"):
            parts.pop(0)
        while parts and (
            (parts[-1].strip("’'") in words.data and parts[-2:-1] != ["of"])
            or parts[-1] in words.plain
            or parts[-1] in ("’s", "'s", "’", "'")
        ):
            parts.pop()
        if len(parts) == 1 and parts[0].lower() in words.data:
            return None
        if not parts:
            return self.last_body if any(word in written.lower().split() for word in words.data) else None
        name = re.sub(r"\s*[’']s?$", "", " ".join(parts).replace(" ’s", "’s").replace(" 's", "'s"))
        full = self.abbreviations.get(name)
        if full:
            name = full
        elif name.lower() in words.bodies or (name.lower().split()[-1] in words.bodies and name == name.lower()):
            head = name.lower().split()[-1]
            name = next((body for body in reversed(self.bodies) if head in body.lower().split()), None) or self._body_told_of(head) or name
        plain = name[:1].lower() + name[1:] if opens and not name.isupper() and parts[0] == written.split()[0] else name
        if not self._can_speak(plain):
            return None
        if name not in self.bodies and any(char.isupper() for char in name):
            self.bodies.append(name)
        return Speaker(name, None)

    def _body_told_of(self, head: str) -> str | None:
        """Return the full name of the body last written before the common word for it ("Department of Trade" for "the department")."""
        written = [found.group() for found in full_names(head).finditer(self.article.text, 0, self.read_from)]
        named = [name for name in written if " " in name]
        return named[-1] if named else None

    @staticmethod
    def _can_speak(name: str) -> bool:
        """Tell whether words can be the name of a speaker: a proper name, or a noun for people or a body, without figures in it."""
        words = _words()
        parts = name.split()
        lowered = [part.lower().strip("’'.,") for part in parts]
        if any(char.isdigit() for char in name) or name.lower() in words.stops or any(part in words.no_speakers for part in parts):
            return False
        if lowered[0] in words.no_speakers and len(lowered) == 1:
            return False
        has_name = any(part[0].isupper() and low not in words.no_speakers for part, low in zip(parts, lowered, strict=True))
        return (has_name and lowered[-1] not in ("level", "of", "and")) or any(
            low in words.sayers or low in words.bodies for low in lowered
        )


def _in_listed_name(tokens: tuple[Token, ...], comma: int) -> bool:
    """Tell whether a comma stands inside the name of a body that lists what it is for ("the Ministry of Industry, Trade and Tourism")."""
    after = comma + 1
    while after < len(tokens) and (tokens[after].text[0].isupper() or (tokens[after].text == "," and after - comma > 1)):
        after += 1
    if after >= len(tokens) or tokens[after].lower not in ("and", "&") or after == comma + 1:
        return False
    before = comma - 1
    while before > 0 and (tokens[before].text[0].isupper() or tokens[before].text == ","):
        before -= 1
    return tokens[before].lower in ("of", "for") and before > 0 and tokens[before - 1].lower in _words().bodies


def _cues_in(lower: str) -> list[tuple[int, int, str]]:
    """Return where words of saying stand in the text, each with the kinds of cue it can be (v verb, a opener, d data, r reckoning)."""
    if not lower:
        return []
    words = _words()
    size = len(lower)
    return [
        (start, end, words.kinds[words.cues[index]])
        for index, start, end in words.automaton.find_matches_as_indexes(lower)
        if not ((start and lower[start - 1].isalnum()) or (end < size and lower[end].isalnum()))
    ]


def _stretches(text: str, sentence: Sentence, sources: list[_Source]) -> list[Attribution]:
    """Divide a sentence among its sources; a semicolon parts what two of them say."""
    found: list[Attribution] = []
    left = sentence.start
    for position, source in enumerate(sources):
        following = sources[position + 1] if position + 1 < len(sources) else None
        right = sentence.end
        if following:
            semicolon = text.find(";", source.end, following.start)
            if following.reaches == "after":
                right = semicolon if semicolon >= 0 else following.start
            else:
                right = semicolon if semicolon >= 0 else source.end
        if source.reaches == "after" and position == 0 and left < source.start:
            opened = text.rfind(";", left, source.start)
            left = opened if opened >= 0 else left
        found.append(Attribution(left, right, source.speaker))
        left = right
    return found
