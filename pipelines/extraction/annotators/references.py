"""Resolves what points back: surnames are done already, here pronouns, roles ("the visiting minister") and groups ("the two sides").

Belongs here: one walk over an article's mentions in reading order, with what was spoken of last in mind. Does not belong here: finding
the mentions, or deciding people's countries.
"""

import re
from dataclasses import dataclass, field
from typing import TypeVar

from pipelines.extraction.annotators.belonging import Setting
from pipelines.extraction.annotators.figures import Figure
from pipelines.extraction.annotators.titles import Title
from pipelines.extraction.model import Actor

Item = TypeVar("Item")

_OBJECTS = frozenset({"him", "them"})
_LEADERS = frozenset({"head_of_state", "head_of_government", "monarch", "other"})
_LEADING = frozenset({"head_of_state", "head_of_government", "monarch"})
_UNTOLD = frozenset({"other"})
_NEAR = 24
_NAMES = frozenset({"name", "capital", "organisation"})
_PAIR_LASTS = 6  # sentences for which "they" can still be two who were named together
_MANY = 200  # people looked at for one named only later
_REMEMBERED = 48  # mentions kept in mind; more never matter
_COORDINATED = re.compile(r",? (?:and|&)(?: (?:his|her|its|the))? $|,? (?:and|&) (?:his|her) $")


@dataclass(slots=True)
class Piece:
    """Something in the text that may fill a slot, before it is resolved. ``kind``: person, role, party, reference."""

    start: int
    end: int
    kind: str
    form: str
    party_codes: tuple[str, ...] = ()
    figure: int = -1
    title: Title | None = None
    refers: str = ""
    gender: str = ""
    word: str = ""
    is_of_states: bool = False  # a group of countries, not of any parties
    sentence: int = -1
    quote: int = -1


@dataclass(slots=True)
class Cast:
    """The people of an article by index: all figures, the names of those who are somebody, and their offices and title words."""

    figures: list[Figure]
    names: dict[int, str]
    offices: list[frozenset[str]]
    title_words: list[frozenset[str]]


@dataclass(slots=True)
class _Memory:
    """What was spoken of: people and parties in order of mention, and the subject of the last sentence."""

    people: list[int] = field(default_factory=list)
    parties: list[tuple[int, str]] = field(default_factory=list)  # (sentence, party)
    sentence_people: list[int] = field(default_factory=list)
    sentence_parties: list[tuple[str, ...]] = field(default_factory=list)
    last_subject: int = -1
    last_party_subject: tuple[str, ...] = ()
    last_people: list[int] = field(default_factory=list)
    group: tuple[tuple[str, ...], tuple[int, ...]] | None = None
    group_sentence: int = -1
    pair_of_people: tuple[int, ...] = ()
    pair_sentence: int = -1
    last_piece: "Piece | None" = None
    last_party_piece: "Piece | None" = None
    sentence: int = -1


_OF_A_NAME = re.compile(r" of (?:the )?[A-Z]")


def _remember(items: list[Item], item: Item) -> None:
    """Append, and forget what lies too far back to matter."""
    items.append(item)
    if len(items) > 2 * _REMEMBERED:
        del items[:_REMEMBERED]


class Resolver:
    """Walks an article's pieces in reading order and turns each into an actor."""

    def __init__(self, text: str, cast: Cast, setting: Setting, speakers: list[int]):
        self.text, self.setting, self.speakers = text, setting, speakers
        self.figures, self.names, self.offices, self.title_words = cast.figures, cast.names, cast.offices, cast.title_words
        self.memory = _Memory()
        self.pair = tuple(setting.ranked[:2])
        self.broad_pair = tuple(setting.ranked_all[:2])
        self.states = frozenset(setting.ranked)

    def resolve(self, pieces: list[Piece]) -> list[Actor]:
        """Return the actors of ``pieces``; what resolves to nothing is left out."""
        actors: list[Actor] = []
        for piece in pieces:
            if piece.sentence != self.memory.sentence:
                self._open_sentence(piece.sentence)
            if piece.kind == "person":
                codes, people = self._person(piece)
            elif piece.kind == "party":
                codes, people = piece.party_codes, ()
                self._note_parties(codes, piece)
            elif piece.kind == "role":
                codes, people = self._role(piece)
            else:
                codes, people = self._reference(piece)
            if codes or people:
                actors.append(
                    Actor(
                        piece.start,
                        piece.end,
                        self.text[piece.start : piece.end],
                        piece.form,
                        codes,
                        tuple(self.names[at] for at in people if at in self.names),
                    )
                )
        return actors

    # ------------------------------------------------------------------------------------------------ memory

    def _open_sentence(self, sentence: int) -> None:
        memory = self.memory
        if memory.sentence_people:
            memory.last_subject = memory.sentence_people[0]
            memory.last_people = list(dict.fromkeys(memory.sentence_people))
            pair = tuple(memory.last_people)
            if len(pair) == 2 and len(self._parties_of(pair)) == 2:
                memory.pair_of_people, memory.pair_sentence = pair, memory.sentence
        if memory.sentence_parties:
            memory.last_party_subject = memory.sentence_parties[0]
        memory.sentence_people, memory.sentence_parties = [], []
        memory.sentence = sentence

    def _note_person(self, figure: int, piece: Piece | None = None) -> None:
        memory = self.memory
        _remember(memory.people, figure)
        if len(memory.sentence_people) < _REMEMBERED:
            memory.sentence_people.append(figure)
        party = self.figures[figure].party_code
        if party:
            _remember(memory.parties, (memory.sentence, party))
        if piece is None:
            return
        before = memory.last_piece
        if (
            before is not None
            and before.sentence == piece.sentence
            and before.figure >= 0
            and before.figure != figure
            and piece.start - before.end < _NEAR
            and _COORDINATED.fullmatch(self.text, before.end, piece.start)
        ):
            pair = (before.figure, figure)
            self._note_group(self._parties_of(pair), pair)
        memory.last_piece = piece

    def _note_parties(self, codes: tuple[str, ...], piece: Piece) -> None:
        memory = self.memory
        for code in codes:
            _remember(memory.parties, (memory.sentence, code))
        if (piece.form != "demonym" or not memory.sentence_parties) and len(memory.sentence_parties) < _REMEMBERED:
            memory.sentence_parties.append(codes)
        before = memory.last_party_piece
        if (
            before is not None
            and piece.start - before.end < _NEAR
            and before.party_codes != codes
            and piece.form in _NAMES
            and before.form in _NAMES
            and _COORDINATED.fullmatch(self.text, before.end, piece.start)
        ):
            self._note_group(tuple(sorted({*before.party_codes, *codes})), ())
        memory.last_party_piece = piece if piece.kind == "party" else None

    # ------------------------------------------------------------------------------------------------ people

    def _person(self, piece: Piece) -> tuple[tuple[str, ...], tuple[int, ...]]:
        self._note_person(piece.figure, piece)
        party = self.figures[piece.figure].party_code
        return ((party,) if party else ()), (piece.figure,)

    def _role(self, piece: Piece) -> tuple[tuple[str, ...], tuple[int, ...]]:
        """An office without a name: the person of the article who holds it, else only its country."""
        title = piece.title
        if title is None:
            return (), ()
        codes = title.parties
        if title.is_plural and not codes and _OF_A_NAME.match(self.text, piece.end):
            return (), ()  # "the leaders of Kiribati and Tuvalu": not those told of before
        if title.is_plural:
            people = self._holders(title, codes, piece.word)
            if not codes and len(people) < 2 and piece.refers != "both":
                return (), ()
            if piece.refers == "both":
                people = people[-2:] if len(people) >= 2 else self._pair_of_people()
                codes = self._parties_of(people) or self.pair
            elif codes and len(codes) > 1:
                people = tuple(at for at in people if self.figures[at].party_code in codes)[:4]
            else:
                people = ()
            self._note_group(codes, people)
            return codes, people
        people = self._holders(title, codes, piece.word)
        if people:
            figure = people[-1]
            self._note_person(figure)
            party = self.figures[figure].party_code
            return ((party,) if party else codes), (figure,)
        known = self._counterpart(codes[0]) if title.is_descriptor and len(codes) == 1 else -1
        if known >= 0:
            self._note_person(known)
            return codes, (known,)
        if title.is_descriptor or title.is_rank:
            codes = codes[:1]
        elif title.is_visiting and not codes:
            codes = tuple(code for code in self.setting.ranked[:2] if code != self.setting.home)[:1]
        elif (
            not codes
            and piece.refers == "definite"
            and self.setting.home
            and self._is_of_home()
            and not all(head.kind == "leader" for head in title.heads)
            and title.office not in ("other", "business_leader")
        ):
            codes = (self.setting.home,)
        if codes:
            self._note_parties(codes[-1:], piece)
        return codes[-1:], ()

    def _counterpart(self, code: str) -> int:
        """Return who of a party was named before and holds the office of whom the sentence is about ("his Kenyan counterpart"), or -1."""
        memory = self.memory
        subject = memory.sentence_people[0] if memory.sentence_people else memory.last_subject
        if subject < 0 or self.figures[subject].party_code == code:
            return -1
        offices = self.offices[subject]
        like = {
            figure
            for figure in memory.people
            if self.figures[figure].party_code == code
            and (
                self.offices[figure] & offices - {"other"}
                or (offices & _LEADERS - {"other"} and self.offices[figure] & _LEADERS - {"other"})
            )
        }
        return next(iter(like)) if len(like) == 1 else -1

    def _holders(self, title: Title, codes: tuple[str, ...], head: str) -> tuple[int, ...]:
        """Return who could be meant by a title: people with that office and party, the latest mentioned last.

        Those whose own title has the same head word ("secretary") go before others of a like office.
        """
        wanted = {office for head in title.heads for office in (head.office, *head.by_country.values())} | set(title.offices)
        leads = any(head.kind == "leader" for head in title.heads)
        generic = any(head.kind in ("head", "deputy_head") for head in title.heads) and title.offices[0] in (
            "other_minister",
            "senior_official",
        )
        found: list[int] = []
        for figure in self.memory.people:
            offices = self.offices[figure]
            if codes and self.figures[figure].party_code not in codes:
                continue
            if (
                offices & wanted
                or (leads and offices & _LEADERS)
                or (generic and any(office.endswith("_minister") for office in offices) and title.offices[0] == "other_minister")
                or (
                    generic
                    and title.offices[0] == "senior_official"
                    and offices & {"foreign_minister", "senior_official", "trade_minister", "finance_minister", "defence_minister"}
                )
            ):
                found.append(figure)
        if not found:
            later = [
                at
                for at, figure in enumerate(self.figures[:_MANY])
                if at in self.names
                and self.offices[at] & wanted
                and (not codes or figure.party_code in codes)
                and (codes or len(self.figures) < 12)
            ]
            if len(later) == 1 and (codes or not title.is_descriptor):
                found = later
        if not found and codes and wanted & _LEADING:
            found = self._untitled(codes)
        found = found if not title.is_descriptor else []
        called = [at for at in found if head in self.title_words[at]]
        return tuple(dict.fromkeys(reversed(called or found)))[::-1]

    def _is_of_home(self) -> bool:
        """Say whether an office without a country can be of the article's home: nobody else is named, or one of its own."""
        people = self.memory.people
        return not people or any(self.figures[at].party_code == self.setting.home for at in people)

    def _untitled(self, codes: tuple[str, ...]) -> list[int]:
        """Return the one person of a party named so far whom the article gives no office ("Trump … the American president")."""
        people = {at for at in self.memory.people if self.figures[at].party_code in codes}
        return list(people) if len(people) == 1 and all(self.offices[at] <= _UNTOLD and not self.title_words[at] for at in people) else []

    # ------------------------------------------------------------------------------------------------ references

    def _reference(self, piece: Piece) -> tuple[tuple[str, ...], tuple[int, ...]]:
        refers = piece.refers
        if refers == "person":
            return self._third_person(piece)
        if refers == "plural":
            codes, people = self._plural(piece)
            self._note_group(codes, people)
            return codes, people
        if refers == "parties":
            codes = self._pair_of_parties(piece)
            people = () if piece.is_of_states else self._their_people(codes)
            self._note_group(codes, people)
            return codes, people
        if refers == "people" and _OF_A_NAME.match(self.text, piece.end):
            return (), ()
        if refers == "people":
            people = self._pair_of_people()
            codes = self._parties_of(people) or self._pair_of_parties(piece)
            self._note_group(codes, people)
            return codes, people
        if refers == "home":
            if _OF_A_NAME.match(self.text, piece.end):
                return (), ()  # "the government of Peru": Peru speaks for itself
            codes = (self.setting.home,) if self.setting.home else ()
            self._note_parties(codes, piece)
            return codes, ()
        if refers in ("party", "country"):
            return self._single_party(refers), ()
        if refers == "organisation":
            organisations = [code for _, code in self.memory.parties if code in self.setting.organisations]
            return ((organisations[-1],) if organisations else ()), ()
        return self._host_or_guest(refers)

    def _fits(self, figure: int, gender: str) -> bool:
        known = self.figures[figure].gender
        return not gender or known is None or known == gender

    def _third_person(self, piece: Piece) -> tuple[tuple[str, ...], tuple[int, ...]]:
        memory = self.memory
        speaker = self.speakers[piece.quote] if piece.quote >= 0 else -1
        here = [at for at in memory.sentence_people if self._fits(at, piece.gender) and at != speaker]
        before = [at for at in reversed(memory.people) if self._fits(at, piece.gender) and at != speaker]
        figure = -1
        if piece.gender == "female":
            here = [at for at in here if self.figures[at].gender] or here
            before = [at for at in before if self.figures[at].gender] or before
        if piece.word in _OBJECTS:
            subject = memory.sentence_people[0] if memory.sentence_people else memory.last_subject
            figure = next((at for at in before if at != subject), -1)
        elif here:
            figure = here[0]
        elif memory.last_subject >= 0 and memory.last_subject in before and self._fits(memory.last_subject, piece.gender):
            figure = memory.last_subject
        elif before:
            figure = before[0]
        if figure < 0:
            return (), ()
        if piece.gender and self.figures[figure].gender is None:
            self.figures[figure].gender = piece.gender
        if piece.word in ("he", "she", "him"):
            self._note_person(figure)
        party = self.figures[figure].party_code
        return ((party,) if party else ()), (figure,)

    def _plural(self, piece: Piece) -> tuple[tuple[str, ...], tuple[int, ...]]:
        """Return who "they" are: a pair named together, the people of the last sentence, or the pair of parties."""
        memory = self.memory
        age = memory.sentence - memory.group_sentence
        if memory.group and (age == 0 or (age == 1 and (memory.group[1] or len(memory.last_people) < 2))):
            return memory.group
        here = list(dict.fromkeys(memory.sentence_people))
        people = tuple(here[:2] if len(here) >= 2 else memory.last_people[:2])
        if len(people) == 2 and (len(self._parties_of(people)) == 2 or len(here) >= 2 or len(memory.last_people) == 2):
            return self._parties_of(people), people
        if memory.pair_of_people and memory.sentence - memory.pair_sentence <= _PAIR_LASTS:
            return self._parties_of(memory.pair_of_people), memory.pair_of_people
        return self._pair_of_parties(piece), ()

    def _single_party(self, refers: str) -> tuple[str, ...]:
        memory = self.memory
        singles = [codes for codes in memory.sentence_parties if len(codes) == 1]
        if refers == "party" and singles:
            return singles[0]
        if refers == "country":
            here = [
                code
                for sentence, code in memory.parties
                if len(code) == 3 and sentence == memory.sentence and code not in self.setting.organisations
            ]
            if here:
                return (here[0],)
            if self.setting.home:
                return (self.setting.home,)
        if len(memory.last_party_subject) == 1:
            return memory.last_party_subject
        return (memory.parties[-1][1],) if memory.parties else ()

    def _host_or_guest(self, refers: str) -> tuple[tuple[str, ...], tuple[int, ...]]:
        memory = self.memory
        subject = memory.sentence_people[0] if memory.sentence_people else memory.last_subject
        home = self.setting.home
        for figure in reversed(memory.people):
            party = self.figures[figure].party_code
            if figure == subject or party is None:
                continue
            if refers == "host" and (subject < 0 or party != self.figures[subject].party_code):
                return (party,), (figure,)
            if refers.startswith("guest") and party != home:
                return (party,), ((figure,) if refers == "guest" else ())
        if subject >= 0 and refers == "host":
            party = next((code for code in self.setting.ranked if code != self.figures[subject].party_code), None)
            return ((party,) if party else ()), ()
        if refers.startswith("guest"):
            party = next((code for code in self.setting.ranked if code != home), None)
            return ((party,) if party else ()), ()
        return (), ()

    # ------------------------------------------------------------------------------------------------ groups

    def _note_group(self, codes: tuple[str, ...], people: tuple[int, ...]) -> None:
        memory = self.memory
        memory.group, memory.group_sentence = (codes, people), memory.sentence
        if len(people) == 2:
            memory.pair_of_people, memory.pair_sentence = people, memory.sentence
        for code in codes:
            _remember(memory.parties, (memory.sentence, code))

    def _parties_of(self, people: tuple[int, ...]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(party for party in (self.figures[at].party_code for at in people) if party))

    def _pair_of_parties(self, piece: Piece | None = None) -> tuple[str, ...]:
        """Return the two parties spoken of: those of this sentence, of the one before, or the article's pair."""
        memory = self.memory
        only_states = piece is not None and piece.is_of_states
        organisations = () if only_states else self.setting.organisations
        pair = self.pair if only_states else self.broad_pair
        for reach in (0, 1):
            near = list(
                dict.fromkeys(
                    code
                    for sentence, code in reversed(memory.parties)
                    if sentence >= memory.sentence - reach and (code in self.states or code in organisations)
                )
            )
            if len(near) == 2:
                return tuple(sorted(near))
            if len(near) > 2 and set(pair) <= set(near):
                return tuple(sorted(pair))
            if len(near) > 2:
                return tuple(sorted(near[:2]))
        if near and len(pair) == 2 and near[0] not in pair:
            other = next((code for _, code in reversed(memory.parties) if code != near[0] and code in self.states), None)
            return tuple(sorted((near[0], other))) if other else (near[0],)
        return tuple(sorted(pair)) if len(pair) == 2 else ()

    def _their_people(self, codes: tuple[str, ...]) -> tuple[int, ...]:
        """Return the two who were just spoken of together, where they are of these parties: "both sides" of a meeting."""
        memory = self.memory
        fresh = memory.pair_of_people and memory.pair_sentence >= memory.sentence - 1
        return memory.pair_of_people if fresh and set(self._parties_of(memory.pair_of_people)) == set(codes) else ()

    def _pair_of_people(self) -> tuple[int, ...]:
        """Return the two people spoken of last who belong to different parties."""
        memory = self.memory
        if memory.group and len(memory.group[1]) == 2 and memory.group_sentence >= memory.sentence - 1:
            return memory.group[1]
        recent = list(dict.fromkeys(reversed(memory.people)))
        for place, one in enumerate(recent[:8]):
            for other in recent[place + 1 : 8]:
                if (
                    self.figures[one].party_code
                    and self.figures[other].party_code
                    and self.figures[one].party_code != self.figures[other].party_code
                ):
                    return (other, one)
        return tuple(reversed(recent[:2])) if len(recent) >= 2 else ()
