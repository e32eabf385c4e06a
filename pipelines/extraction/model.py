"""The data that flows through extraction: annotations over a text, and the facts read from them.

Only frozen records belong here, no logic. Every record that points into the text carries ``start`` and ``end``
(0-based code points, end exclusive) and its words verbatim, so ``article.text[x.start:x.end] == x.text`` always holds.
Closed lists (types, statuses, offices, topics …) are those of the lexicon file ``codes.toml``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

# ------------------------------------------------------------------------------------------------ structure


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, and the kind of text block it stands in.

    ``kind``: headline, dateline (byline and agency lines), body, caption, boilerplate ("ALSO READ", newsletter lines).
    Frames read headline and body; a caption may name people; boilerplate is read by nothing.
    """

    start: int
    end: int
    text: str
    paragraph: int
    kind: str


class Token(NamedTuple):
    """A word or mark. ``tag`` is a Universal POS tag (NOUN PROPN VERB AUX ADJ ADV ADP DET PRON NUM PART SCONJ CCONJ PUNCT SYM X INTJ).

    ``lemma`` is lower case. ``parent`` is the place in the sentence of the word this one depends on (-1 for none), ``relation`` the
    Universal Dependencies relation to it. A named tuple, for an article has hundreds and a data class takes four times as long to make.
    """

    start: int
    end: int
    text: str
    lower: str
    lemma: str
    tag: str
    parent: int = -1
    relation: str = "root"


@dataclass(frozen=True, slots=True)
class Quote:
    """Words in quotation marks (marks included), with who is said to have spoken them, as found in the text."""

    start: int
    end: int
    text: str
    speaker_start: int | None = None
    speaker_end: int | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """How a text is built: where its headline and dateline stand, its sentences and its quotes."""

    sentences: tuple[Sentence, ...]
    quotes: tuple[Quote, ...]
    title: str | None = None
    dateline_place: str | None = None
    dateline_agency: str | None = None
    header_date: date | None = None  # of the `` date YYYY-MM-DD `` header, which stands outside every sentence


# ------------------------------------------------------------------------------------------------ annotations


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A TIMEX3 expression. ``start_date``/``end_date`` are the calendar interval, None where the text gives none.

    ``precision``: day week month quarter half_year year decade unknown. ``timex_type``: DATE TIME DURATION SET.
    ``method``: how it was resolved: explicit, relative, anchored (to another expression), fiscal, unresolved.
    """

    start: int
    end: int
    text: str
    timex_type: str
    timex_value: str
    start_date: date | None
    end_date: date | None
    precision: str
    method: str
    rule_id: str


@dataclass(frozen=True, slots=True)
class Amount:
    """A quantity. ``unit``: money, percent, points (percentage points), factor ("doubled" = 2.0), count.

    Money is in plain units of ``currency`` (ISO 4217, None when the sign is ambiguous and nothing decides it).
    ``value_high`` is the upper bound of a range. ``qualifier``: exact about over under up_to.
    """

    start: int
    end: int
    text: str
    unit: str
    value: float
    value_high: float | None
    currency: str | None
    qualifier: str


@dataclass(frozen=True, slots=True)
class Place:
    """A city, port, crossing, venue or region used as a place. ``country`` is ISO 3166-1 alpha-3."""

    start: int
    end: int
    text: str
    name: str
    country: str | None
    latitude: float | None
    longitude: float | None


@dataclass(frozen=True, slots=True)
class Person:
    """A person of the article under the fullest name it gives.

    ``is_former``: the office is a past one. ``start``/``end`` point at the mention that names and titles the person best.
    """

    start: int
    end: int
    text: str
    name: str
    title_text: str | None
    office: str
    party_code: str | None
    is_former: bool = False


@dataclass(frozen=True, slots=True)
class Actor:
    """A mention that can fill a slot of a frame: a state, an organisation, a person, or several of them.

    ``form``: name, demonym, capital, metonym (palace, ministry, "the FO"), organisation, person (titled or full name), surname,
    pronoun, role ("the visiting minister", "his Kazakh counterpart"), group ("the two sides", "both leaders", "delegations").
    ``party_codes`` are the states or organisations meant, ``people`` the full names (keys into ``Article.people``).
    A name with its title is one actor; its span covers the title ("Foreign Minister Ishaq Dar").
    """

    start: int
    end: int
    text: str
    form: str
    party_codes: tuple[str, ...]
    people: tuple[str, ...] = ()


# ------------------------------------------------------------------------------------------------ clauses


class VerbGroup(NamedTuple):
    """A finite or non-finite verb with its auxiliaries. A named tuple, as Phrase and Clause are, for the reason that Token is one.

    ``tense``: past present future none. ``modality``: None, will, expected ("is to", "due to", "scheduled to", "plans to"),
    possible (may, might, could), conditional (would, if …), obligation (should, must), desire (hope, want, seek), ability (can).
    ``is_perfect`` ("has signed"), ``is_progressive`` ("is signing"), ``is_passive``, ``is_negated``.
    """

    start: int
    end: int
    head: int
    lemma: str
    particle: str | None
    tense: str
    modality: str | None
    is_perfect: bool
    is_progressive: bool
    is_passive: bool
    is_negated: bool


class Phrase(NamedTuple):
    """A noun phrase, with the preposition that opens it if any ("with his counterpart": preposition "with").

    ``head`` is the lemma of its head noun; ``head_start`` where that word stands.
    """

    start: int
    end: int
    text: str
    head: str
    head_start: int
    preposition: str | None = None


class Clause(NamedTuple):
    """One verb group with its arguments, inside one sentence.

    ``subject`` may stand outside the clause's own span (shared by coordination, relative or participle clauses).
    ``parent``: index in ``Article.clauses`` of the clause that governs this one ("said that …", "agreed to …"), ``link`` the word or
    kind of the tie (that, to, who, which, if, when, while, before, after, because, and, participle, quote).
    """

    start: int
    end: int
    sentence: int
    verb: VerbGroup
    subject: Phrase | None
    objects: tuple[Phrase, ...]
    obliques: tuple[Phrase, ...]
    parent: int | None
    link: str | None


@dataclass(frozen=True, slots=True)
class Article:
    """A text with everything the annotators found, in reading order. Frames read this and nothing else."""

    text: str
    published_on: date | None
    layout: Layout
    tokens: tuple[tuple[Token, ...], ...] = ()  # one tuple a sentence
    actors: tuple[Actor, ...] = ()
    people: Mapping[str, Person] = field(default_factory=lambda: MappingProxyType({}))
    places: tuple[Place, ...] = ()
    times: tuple[TimeExpression, ...] = ()
    amounts: tuple[Amount, ...] = ()
    clauses: tuple[Clause, ...] = ()


# ------------------------------------------------------------------------------------------------ facts


@dataclass(frozen=True, slots=True)
class PartyRole:
    """A party in a happening. ``role``: host visitor signatory donor recipient mediator participant source target."""

    party_code: str
    role: str


@dataclass(frozen=True, slots=True)
class Engagement:
    """One happening between parties, as one article tells it."""

    engagement_type: str
    status: str
    start_date: date | None
    end_date: date | None
    date_precision: str
    date_text: str | None
    date_method: str
    parties: tuple[PartyRole, ...]
    people: tuple[str, ...]
    place_name: str | None
    place_country: str | None
    latitude: float | None
    longitude: float | None
    confidence: float
    rule_id: str
    evidence_start: int
    evidence_end: int
    evidence_text: str


@dataclass(frozen=True, slots=True)
class Agreement:
    """One instrument, or a counted set of them. ``ceremony`` is the index in ``Reading.engagements`` of its signing."""

    agreement_type: str
    status: str
    title: str | None
    instrument_count: int
    start_date: date | None
    end_date: date | None
    date_precision: str
    date_text: str | None
    date_method: str
    parties: tuple[str, ...]
    ceremony: int | None
    confidence: float
    rule_id: str
    evidence_start: int
    evidence_end: int
    evidence_text: str


@dataclass(frozen=True, slots=True)
class TradeClaim:
    """One figure, rank or trend of trade, investment or finance, as one article gives it."""

    flow: str
    claim_type: str
    reporter_code: str | None
    partner_code: str | None
    amount: float | None
    amount_high: float | None
    qualifier: str
    currency: str | None
    change_pct: float | None
    trend: str | None
    rank: int | None
    rank_scope: str | None
    commodity: str | None
    period_start: date | None
    period_end: date | None
    period_precision: str | None
    period_text: str | None
    speaker_name: str | None
    speaker_person: str | None
    confidence: float
    rule_id: str
    evidence_start: int
    evidence_end: int
    evidence_text: str


@dataclass(frozen=True, slots=True)
class CooperationTopic:
    """An area that parties discussed or cooperate in. ``engagement`` is the index in ``Reading.engagements`` it came up in."""

    topic: str
    parties: tuple[str, ...]
    engagement: int | None
    rule_id: str
    evidence_start: int
    evidence_end: int
    evidence_text: str


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything one article says, in codebook terms."""

    published_on: date | None
    title: str | None
    dateline_place: str | None
    people: tuple[Person, ...]
    engagements: tuple[Engagement, ...]
    agreements: tuple[Agreement, ...]
    trade_claims: tuple[TradeClaim, ...]
    topics: tuple[CooperationTopic, ...]
    time_expressions: tuple[TimeExpression, ...]
    amounts: tuple[Amount, ...]

    def to_gold(self, name: str = "") -> dict:
        """Return the dict of the codebook's ``NAME.gold.json``, ready for scoring."""
        from pipelines.extraction.gold import gold_form

        return gold_form(self, name)
