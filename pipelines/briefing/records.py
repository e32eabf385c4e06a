"""What the briefing says, as plain records. How they are filled is ``content``'s to say, how they look ``page``'s."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from pipelines.briefing.quotes import Quote


@dataclass(frozen=True, slots=True)
class Lookup:
    """What rows are filled in with: names by party code, and the text around a quote by (document_id, words)."""

    names: Mapping[str, str]
    contexts: Mapping[tuple[str, str], tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Source:
    """Where a sentence stands. ``url`` is a web address or None; ``path`` the place in seeds/ it was read from."""

    publishers: tuple[str, ...]
    published_on: date
    title: str | None
    url: str | None
    path: str
    document_id: str


@dataclass(frozen=True, slots=True)
class Story:
    """A line of the page: what, in whose words, from where. ``parties`` are codes, by which the reader filters.

    ``also`` are headlines of what else the same sentence tells.
    """

    kind: str
    kicker: str
    headline: str
    when: str | None
    details: tuple[str, ...]
    notes: tuple[str, ...]
    parties: tuple[str, ...]
    quote: Quote
    source: Source
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ahead:
    """Something on the calendar."""

    story: Story
    start: date
    end: date
    is_exact: bool
    days_ahead: int
    status: str


@dataclass(frozen=True, slots=True)
class Promise:
    """Something announced, and what became of it."""

    story: Story
    state: str
    promised_on: date
    due_by: date | None
    first_due_by: date | None
    days_since_due: int | None
    days_to_outcome: int | None
    last_heard_on: date
    outcome_status: str | None
    outcome_quote: Quote | None
    outcome_source: Source | None


@dataclass(frozen=True, slots=True)
class Move:
    """The latest figure of a flow of trade, with its change on the level before."""

    story: Story
    figure: str
    change_pct: float | None
    is_computed: bool
    trend: str | None
    other_figures: int


@dataclass(frozen=True, slots=True)
class Target:
    """A target beside what was reached, both in words, and how far that is."""

    story: Story
    figure: str
    due_on: date | None
    actual: str | None
    actual_period: str | None
    state: str
    reached_pct: float | None
    growth_needed_pct: float | None


@dataclass(frozen=True, slots=True)
class Figure:
    """One of the figures of a conflict. ``share`` is its size against the highest, 0 to 1."""

    figure: str
    share: float
    period: str | None
    speakers: tuple[str, ...]
    marks: tuple[str, ...]
    quote: Quote
    source: Source


@dataclass(frozen=True, slots=True)
class Conflict:
    """Figures for the same thing that differ by ``spread_pct``."""

    headline: str
    parties: tuple[str, ...]
    period: str | None
    spread_pct: float
    figures: tuple[Figure, ...]
    figure_count: int


@dataclass(frozen=True, slots=True)
class Point:
    """A claim in a chart of trade, in US dollars."""

    dated_on: date
    amount: float
    amount_high: float | None
    kind: str
    is_best: bool
    figure: str
    period: str | None
    speaker: str | None
    publishers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Panel:
    """A pair's trade over time."""

    headline: str
    parties: tuple[str, ...]
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """A pair and how busy it was."""

    names: str
    parties: tuple[str, ...]
    contacts: int
    contacts_before: int
    by_month: tuple[int, ...]
    last_on: date
    last_type: str
    last_level: str | None
    trade_usd: float | None
    trade_year: int | None
    open_promises: int


@dataclass(frozen=True, slots=True)
class Series:
    """Happenings of one group, one number a month."""

    label: str
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Reject:
    """How many documents or rows were set aside for a reason."""

    what: str
    reason: str
    table: str | None
    count: int


@dataclass(frozen=True, slots=True)
class Briefing:
    """Everything on the page. ``totals`` says how many lines each section would have in full, ``edition`` are the masthead's figures."""

    as_of: date | None
    since: datetime | None
    edition: Mapping[str, Any]
    names: Mapping[str, str]
    news: tuple[Story, ...]
    ahead: tuple[Ahead, ...]
    promises: tuple[Promise, ...]
    states: Mapping[str, int]
    moves: tuple[Move, ...]
    targets: tuple[Target, ...]
    conflicts: tuple[Conflict, ...]
    panels: tuple[Panel, ...]
    pairs: tuple[Pair, ...]
    months: tuple[date, ...]
    series: tuple[Series, ...]
    rejects: tuple[Reject, ...]
    totals: Mapping[str, int]
    only: tuple[str, ...] = ()
