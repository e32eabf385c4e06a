"""Reads title phrases: offices with what they are in charge of, whose they are, and whether they are past.

Belongs here: "Pakistan's Deputy Prime Minister and Foreign Minister", "the former US secretary of state", "Minister of Energy and Mineral
Resources of Indonesia". Does not belong here: the names beside them (people).
"""

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache

from pipelines.extraction.annotators.cues import cue_words
from pipelines.extraction.annotators.gazetteer import Hit, Office
from pipelines.extraction.annotators.names import CAPITALISED_RUN, body_word_kinds, is_given_name
from pipelines.extraction.annotators.offices import highest, office_named
from pipelines.extraction.lexicon import settings

# What may stand between the words of a title in front of its head, and what ties a head to its object.
_BEFORE_HEAD = re.compile(r"['’]?s? |['’] |[-–/]|(?:['’]s?)? (?:and|&) (?:the )?|, (?:and )?| ?\(|\) ")
_TAIL = re.compile(r",? (?:of|for|to|at|in|on) (?:the |its |his |her |their |an? )?|,? in charge of (?:the )?|, ")
_OF_A_BODY = re.compile(r" (?:of|for|and|on) (?:the )?")
# A noun of doing after a portfolio goes with it ("Minister for Trade Negotiations").
_ABSTRACT = re.compile(r"(?: [A-Z][a-z]+(?:tions?|sions?|ments?|ities|ity|ing|ships?|ance|ence|ures?|ness|ery)(?!\w))+")
_STAFF = frozenset({"other", "senior_official", "igo_head", "spokesperson", "special_envoy", "ambassador", "legislator"})
_RUN_BEFORE = re.compile(r"(?:[^\W\d_a-z][\w'’&-]* ){2,6}$")
_LONGEST_RUN = 80
_CAPITAL_BEFORE = re.compile(r"[^\W\d_a-z][\w'’-]* $")
_COMMITTEE = re.compile(
    r"(?: [A-Z]\w+,?){0,4}(?: (?:and|&)(?: [A-Z]\w+){1,3})? (?:Committee|Subcommittee|Caucus|Council|Commission|Panel)(?!\w)"
)
_JOIN = re.compile(r" |,? (?:and|&) (?:the |also )?|/|, (?:and )?(?:the )?|-cum-| cum |[-–]| - ")
_MAX_HITS = 14
_LONGEST_WORD = 24
_COUNTRY_CODE = 3
# Offices that are held for a country at a body: "Israel's UN ambassador".
_SENT_TO_BODIES = frozenset({"ambassador", "special_envoy"})


@cache
def _private_bodies() -> tuple[str, ...]:
    return tuple(f" {body}" for body in settings("names")["private_bodies"])


@dataclass(slots=True)
class Title:
    """A title phrase. ``first``/``last`` are indexes of its hits (last exclusive); ``offices`` all that it names, best first."""

    start: int
    end: int
    first: int
    last: int
    offices: list[str]
    heads: list[Office]
    party_code: str | None = None
    parties: tuple[str, ...] = ()
    is_plural: bool = False
    is_former: bool = False
    is_visiting: bool = False
    needs_body: bool = False
    is_descriptor: bool = False
    is_rank: bool = False
    body: str | None = None
    sent_to: str | None = None  # where an ambassador serves
    words: str = ""  # the folded phrase between spaces
    portfolios: tuple[str, ...] = ()  # the offices that its portfolio words make

    @property
    def office(self) -> str:
        return self.offices[0]


def _is_rank(hit: Hit) -> bool:
    """A rank or an academic title may follow an office at once: "Chief of Army Staff Field Marshal …"."""
    office = hit.term.office
    return office is not None and (
        office.kind == "rank" or office.office == "military_chief" or (office.kind == "descriptor" and hit.term.is_honorific)
    )


class TitleReader:
    """Reads titles over the hits of one text. Holds the text, its folding and its hits; nothing changes after it is made."""

    __slots__ = ("folded", "hits", "starts", "text")

    def __init__(self, text: str, folded: str, hits: list[Hit]):
        self.text, self.folded, self.hits = text, folded, hits
        self.starts = [hit.start for hit in hits]

    def index_at(self, position: int) -> int:
        """Return the index of the first hit at or after ``position``."""
        return bisect_left(self.starts, position)

    def title_from(self, first: int) -> Title | None:
        """Return the title phrase that begins with hit ``first``, or None."""
        found = self._one(first)
        if found is None:
            return None
        hits, text = self.hits, self.text
        while found.last < len(hits):
            joint = _JOIN.fullmatch(text, found.end, hits[found.last].start) if hits[found.last].start - found.end < 12 else None
            if joint is None or (joint[0] == " " and not _is_rank(hits[found.last])):
                break
            more = self._one(found.last)
            if joint[0].startswith(",") and (
                found.heads[-1].kind == "leader" or not (text[found.start].isupper() and text[hits[found.last].start].isupper())
            ):
                break
            if (
                more is None
                or more.is_plural != found.is_plural
                or more.is_descriptor
                or (joint[0].startswith(",") and found.is_descriptor)
            ):
                break
            if found.party_code and more.party_code and found.party_code != more.party_code:
                break
            found = self._joined(found, more)
        return found

    def _joined(self, one: Title, other: Title) -> Title:
        party = one.party_code or other.party_code
        offices = [
            head.in_country(party) if len(title.heads) == 1 and title.heads[0].by_country else office
            for title in (one, other)
            for head, office in zip(title.heads, title.offices, strict=False)
        ]
        best = highest(offices)
        return Title(
            one.start,
            other.end,
            one.first,
            other.last,
            [best, *[x for x in offices if x != best]],
            one.heads + other.heads,
            party,
            one.parties or other.parties,
            one.is_plural or other.is_plural,
            one.is_former,
            one.is_visiting or other.is_visiting,
            False,
            False,
            False,
            one.body or other.body,
        )

    def _one(self, first: int) -> Title | None:
        """Return one office with its modifiers, portfolio, country and tail."""
        hits, text = self.hits, self.text
        at, party, body = first, None, None
        parties: list[str] = []
        portfolios: list[str] = []
        is_former = is_visiting = is_shadow = are_joined = False
        office: Office | None = None
        if hits[first].term.is_honorific and self._is_courtesy_sultan(first):
            return None
        while at < len(hits) and at - first < _MAX_HITS:
            hit = hits[at]
            term = hit.term
            if at > first and not _BEFORE_HEAD.fullmatch(text, hits[at - 1].end, hit.start):
                return None
            gap = text[hits[at - 1].end : hit.start] if at > first else ""
            if gap.startswith((" and", " &")) and hits[at - 1].term.party_code and not term.party_code:
                return None
            if gap.startswith(")") and "(" not in text[hits[first].start : hit.start]:
                return None
            if gap.startswith(",") and text[hits[at - 1].start].islower() != text[hit.start].islower():
                return None
            if at > first and gap.startswith((",", " (", "(")) and not hits[at - 1].term.portfolio and not self._repeats(at, parties):
                return None
            if term.office and not (term.portfolio and self._more_follows(at)):
                office = term.office
                break
            if term.party_code:
                if gap.lstrip("'’s").startswith((",", " and", " &")):
                    if not parties:
                        return None
                    are_joined = True
                if term.party_form in ("organisation", "other_organisation"):
                    body = "organisation"
                elif term.party_form == "metonym":
                    body = term.body or "metonym"
                if term.party_form != "other_organisation":
                    parties.append(term.party_code)
            elif term.modifier:
                is_former = is_former or term.modifier == "former"
                is_visiting = is_visiting or term.modifier == "visiting"
                is_shadow = is_shadow or term.modifier == "shadow"
            elif term.body:
                body = term.body
            elif not term.portfolio and not term.is_honorific:
                return None
            if term.portfolio:
                portfolios.append(term.portfolio)
            at += 1
        if office is None or (are_joined and not office.is_plural):
            return None
        if at > first and text[hits[at - 1].end : hits[at].start].startswith((",", " (")) and not portfolios:
            return None
        party = parties[-1] if parties else office.implies
        if office.office in _SENT_TO_BODIES and body == "organisation" and len(parties[0]) == _COUNTRY_CODE:
            party, parties, body = parties[0], parties[:1], None
        if len(parties) > 1 and hits[first].term.party_form == "organisation" and office.office in _STAFF and not are_joined:
            party, parties, body = parties[0], parties[:1], "organisation"  # "UNICEF Kenya representative": of the organisation
        start, end, last = hits[first].start, hits[at].end, at + 1
        former_words = text[end : end + 7]
        if former_words.startswith(("-elect", "-desig")):
            end += len("-elect") if former_words.startswith("-elect") else len("-designate")
            while last < len(hits) and hits[last].start < end:
                last += 1
        head_end = end
        end, last, tail_parties, tail_body, tail_portfolios = self._tail(end, last, office)
        portfolios += tail_portfolios
        party = tail_parties[0] if tail_parties else party
        body = tail_body or body
        words = f" {self.folded[start:end]} "
        if party is None and body is None and text[start].islower() and _CAPITAL_BEFORE.search(text, max(0, start - _LONGEST_WORD), start):
            body = "other"  # "Acme president", "Green Party leader": of some body, not of a state
        elif party is None and body is None:
            body = self._body_before(start)
        sent_to = None
        if office.office in _SENT_TO_BODIES and end > head_end and not tail_parties:
            sent_to = next((hit.term.party_code for hit in hits[at + 1 : last] if hit.term.party_code), None)
        decided = "legislator" if is_shadow else office_named(office, words, portfolios, body, party)
        if office.implies and tail_portfolios:  # with a portfolio, a Secretary of State is no longer the one of Washington
            decided = highest(tail_portfolios)
            party = party if parties or tail_parties else None
        if decided == "ambassador" and party is None and " envoy" in words:
            decided = "special_envoy"
        return Title(
            start,
            end,
            first,
            last,
            [decided],
            [office],
            party,
            tuple(dict.fromkeys([*parties, *tail_parties])),
            office.is_plural,
            is_former,
            is_visiting,
            False,
            office.kind == "descriptor",
            office.kind == "rank",
            body,
            sent_to,
            words,
            tuple(portfolios),
        )

    def _body_before(self, start: int) -> str | None:
        """Return the kind of private body whose name ends right before a title ("Farmers Union | President")."""
        run = _RUN_BEFORE.search(self.text, max(0, start - _LONGEST_RUN), start)
        if run is None:
            return None
        words = self.folded[run.start() : run.end()].split()
        words += ["union"] if self.folded.startswith("union ", start) else []  # read as part of the title: "Union Minister"
        kinds = [body_word_kinds().get(word) for word in words]
        if "company" in kinds or "media" in kinds:
            return "company"
        return "other" if f" {' '.join(words)}".endswith(_private_bodies()) else None

    def _is_courtesy_sultan(self, at: int) -> bool:
        """Say whether it only opens a name ("Sultan Ahmed bin Sulayem"); a reigning sultan has an article or a country."""
        hit = self.hits[at]
        office = hit.term.office
        if office is None or office.office != "monarch" or not self.text[hit.start].isupper():
            return False
        if at + 1 < len(self.hits) and self.hits[at + 1].term.is_honorific and self.hits[at + 1].start == hit.end + 1:
            return False
        return not self.text.startswith((" of ", ","), hit.end) and not self.folded.endswith((" the ", " his ", " s "), 0, hit.start)

    def _repeats(self, at: int, parties: list[str]) -> bool:
        """As in "European Community (EC) commissioner": an abbreviation in brackets right after what it stands for."""
        return (
            bool(parties)
            and self.hits[at].term.party_code == parties[-1]
            and self.text[self.hits[at - 1].end : self.hits[at].start] == " ("
        )

    def _more_follows(self, at: int) -> bool:
        """A word that is both an office and a portfolio is a portfolio where another office follows at once."""
        hits = self.hits
        return at + 1 < len(hits) and hits[at + 1].start - hits[at].end == 1 and hits[at + 1].term.office is not None

    def _tail(self, end: int, last: int, office: Office) -> tuple[int, int, list[str], str | None, list[str]]:
        """Read what follows a head: "of Energy and Mines", "of the Senate of Brazil", "to Pakistan", "of Acme Holdings"."""
        hits, text = self.hits, self.text
        parties: list[str] = []
        body: str | None = None
        portfolios: list[str] = []
        if office.office.endswith("_minister") and not office.is_plural and text.startswith((",", " and ", " & "), end):
            end, last = self._more_portfolios(end, last, portfolios)  # "Minister of Foreign Affairs, | Trade and Defence"
        for _ in range(4):
            tie = _TAIL.match(text, end)
            if tie is None or (tie[0] == ", " and not portfolios) or (office.office == "business_leader" and tie[0].startswith(" to")):
                break  # "exporters to Chad" are not of Chad
            at = self.index_at(tie.end())
            hit = hits[at] if at < len(hits) and hits[at].start == tie.end() else None
            if hit is None or self._says_nothing(hit) or (self._may_open_body(office, hit) and self._opens_body(tie.end())):
                grown = self._unknown_body(tie.end()) if tie[0] != ", " and office.kind != "rank" else None
                if grown is None or not tie[0].startswith((" of", " at", " for", ", of")):
                    break
                end, body, party_in = grown
                parties += [party_in] if party_in and not parties else []
                last = self.index_at(end)
                end, last = self._more_portfolios(end, last, portfolios)
                continue
            term = hit.term
            if (
                term.portfolio
                and office.kind in ("head", "deputy_head", "adviser", "chief", "office", "descriptor")
                and not tie[0].startswith(" in ")
                and tie[0] != ", "
            ):
                end, last = hit.end, at + 1
                portfolios.append(term.portfolio)
                end, last = self._more_portfolios(end, last, portfolios)
            elif tie[0] == ", ":
                break
            elif term.party_code and term.party_form in ("organisation", "other_organisation", "armed_group"):
                if term.party_form == "organisation" and not tie[0].startswith(" to"):
                    parties += [] if parties else [term.party_code]
                body = body or "organisation"
                end, last = hit.end, at + 1
                end, last = self._rest_of_body(end, last)
            elif term.party_code:
                to = tie[0].startswith((" to", " in ", " for", " on", " at", " from", " with"))
                if term.party_form == "metonym":
                    body = term.body or body or "metonym"
                if term.party_form == "metonym" or not to:
                    parties += [] if parties else [term.party_code]
                end, last = hit.end, at + 1
                if office.is_plural and not to:
                    end, last = self._more_parties(end, last, parties)
                if (
                    last < len(hits)
                    and hits[last].start - end == 1
                    and (hits[last].term.body or hits[last].term.portfolio)
                    and (text[hits[last].start].isupper() or (hits[last].term.body and term.party_form == "demonym"))
                ):
                    body = hits[last].term.body or body
                    end, last = hits[last].end, last + 1
                    parties += [] if parties else [term.party_code]
                else:
                    run = self._rest_of_run(end)
                    if run and term.party_form in ("name", "demonym"):
                        end, body = run
                        last = self.index_at(end)
            elif term.body and tie[0].startswith((" of", " at", ", of")):
                body = term.body
                end, last = hit.end, at + 1
                committee = _COMMITTEE.match(text, end)
                if committee:
                    end = committee.end()
                    last = self.index_at(end)
            else:
                break
        return end, last, parties, body, portfolios

    def _may_open_body(self, office: Office, hit: Hit) -> bool:
        """Say whether a word of the tables may be the first of a body's name ("chief of | Export …", "minister of the | General …")."""
        is_rank = hit.term.office is not None and hit.term.office.kind == "rank"
        return is_rank or (office.kind == "chief" and hit.term.portfolio is not None)

    def _opens_body(self, start: int) -> bool:
        """Say whether a run of capitals names a body ("Export Promotion Council")."""
        run = CAPITALISED_RUN.match(self.text, start)
        return run is not None and " " in run[0] and any(word in body_word_kinds() for word in self.folded[start : run.end()].split()[1:])

    def _says_nothing(self, hit: Hit) -> bool:
        """A capitalised word that only colours an office ("Economic Growth") opens a body no table knows."""
        term = hit.term
        return self.text[hit.start].isupper() and not (term.party_code or term.portfolio or term.office or term.body or term.reference)

    def _more_parties(self, end: int, last: int, parties: list[str]) -> tuple[int, int]:
        """As in "the foreign ministers of Congo | and Rwanda": the other countries of a plural office."""
        hits, text = self.hits, self.text
        while last < len(hits) and len(parties) < _MAX_HITS:
            term = hits[last].term
            if (
                text[end : hits[last].start] not in (" and ", ", ", ", and ", " and the ", ", the ", " & ")
                or not term.party_code
                or term.party_form == "demonym"
            ):
                break
            parties.append(term.party_code)
            end, last = hits[last].end, last + 1
        return end, last

    def _more_portfolios(self, end: int, last: int, portfolios: list[str]) -> tuple[int, int]:
        hits, text = self.hits, self.text
        if text.startswith(" Affairs", end):
            end += len(" Affairs")
        while last < len(hits):
            gap = text[end : hits[last].start]
            if gap not in (" and ", ", ", " & ", ", and ", " ", " and the ", "/", "-", " of ", ", the ") or not hits[last].term.portfolio:
                break
            portfolio = hits[last].term.portfolio
            if portfolio is None or (hits[last].term.office and gap == ", "):
                break
            portfolios.append(portfolio)
            end, last = hits[last].end, last + 1
            if text.startswith(" Affairs", end):
                end += len(" Affairs")
        abstract = _ABSTRACT.match(text, end)
        return (abstract.end(), self.index_at(abstract.end())) if abstract else (end, last)

    def _rest_of_body(self, end: int, last: int) -> tuple[int, int]:
        """Take in the words that close a body's name: "African Union | Commission", "UN | Security Council"."""
        run = CAPITALISED_RUN.match(self.text, end + 1) if self.text[end : end + 1] == " " else None
        if run is None or is_given_name(run[0].split(" ", 1)[0]):
            return end, last
        word_end = end + 1 + len(run[0].split(" ", 1)[0])
        if self.folded[end + 1 : word_end] in cue_words("body_tails"):
            return word_end, self.index_at(word_end)
        return end, last

    def _rest_of_run(self, end: int) -> tuple[int, str] | None:
        """As in "of the Brazil | Chamber of Commerce": a country that opens a longer name."""
        if self.text[end : end + 1] != " ":
            return None
        run = CAPITALISED_RUN.match(self.text, end + 1)
        if run is None or is_given_name(run[0].split(" ", 1)[0]):
            return None
        words = self.folded[run.start() : run.end()].split()
        kind = next((body_word_kinds()[word] for word in reversed(words) if word in body_word_kinds()), None)
        return (run.end(), kind) if kind else None

    def _is_courtesy(self, position: int) -> bool:
        at = self.index_at(position)
        return at < len(self.hits) and self.hits[at].start == position and self.hits[at].term.is_honorific

    def _unknown_body(self, start: int) -> tuple[int, str, str | None] | None:
        """As in "of Acme Holdings", "of the Institute of Strategic Studies": a name no table knows; stops where a person's name begins."""
        run = CAPITALISED_RUN.match(self.text, start)
        if run is None:
            return None
        words = run[0].split(" ")
        end = start
        for place, word in enumerate(words):
            if place and place < len(words) - 1 and (is_given_name(word) or self._is_courtesy(end + 1)):
                break
            end += len(word) + (1 if place else 0)
        folded = self.folded[start:end].split()
        kinds = body_word_kinds()
        kind = next((kinds[word] for word in reversed(folded) if word in kinds), "other")
        for _ in range(2):
            more = _OF_A_BODY.match(self.text, end) if kind != "other" else None
            if more is None:
                break
            tail = CAPITALISED_RUN.match(self.text, more.end())
            if tail and more[0].startswith((" of", " for", " on")):
                at = self.index_at(more.end())
                hit = self.hits[at] if at < len(self.hits) and self.hits[at].start == more.end() else None
                if hit and hit.term.party_code:
                    return hit.end, kind, hit.term.party_code
                if not is_given_name(tail[0].split(" ", 1)[0]):
                    end = tail.end()
        return end, kind, None
