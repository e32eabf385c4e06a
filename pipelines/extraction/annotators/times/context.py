"""What a time expression may lean on while an article is read: publication, tense, earlier expressions, whose fiscal year.

Belongs here: the state of one reading, and the choices among calendar candidates that tense and anchors decide. Does not belong here:
patterns, and the meaning of single expressions.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

from pipelines.extraction.annotators.times.meaning import SEASON_MONTHS, Meaning, add_days, month, quarter, safe_date, year
from pipelines.extraction.annotators.times.tense import FUTURE, PAST, Cue, direction_at, find_cues
from pipelines.extraction.lexicon import table
from pipelines.extraction.model import Actor, Token

FISCAL_STARTS: dict[str, tuple[int, int, str]] = {
    row["party_code"]: (int(row["start_month"]), int(row["start_day"]), row["named_by"]) for row in table("fiscal_years")
}
CALENDAR_YEAR = (1, 1, "end")
# A span of this many days says which of two readings a writer would have had to mark with a year.
LONG_AGO, SOON = 270, 75
SENTENCE_WEIGHT = 2
WINDOW = 1200  # characters
_UNTIL = re.compile(r"\b(?:until|till|by|no later than|as (?:early|soon|late) as|beginning|starting|effective)\s+$", re.IGNORECASE)
_AS_OF = re.compile(r"\b(?:as (?:of|at|on)|up to)\s+$", re.IGNORECASE)
_HAD = re.compile(r"^,?(?:\s+\w+){0,4}\s+(?:had|was|were|did)\b")


class Reader:
    """The state of reading one article: where we are, and what has been read so far."""

    __slots__ = (
        "_actor_starts",
        "_actors",
        "_bounds",
        "_cues",
        "_headlines",
        "_mentions",
        "_people_bounds",
        "_tokens",
        "end",
        "last",
        "last_day",
        "last_day_at",
        "last_figures",
        "last_figures_at",
        "last_fiscal",
        "last_period",
        "last_period_at",
        "last_year",
        "published",
        "start",
        "text",
    )

    def __init__(
        self,
        text: str,
        bounds: list[tuple[int, int]],
        headlines: frozenset[int],
        actors: tuple[Actor, ...],
        published: date | None,
        tokens: Sequence[Sequence[Token]] = (),
    ):
        self.text = text
        self.published = published
        self.start = self.end = 0
        self.last: Meaning | None = None
        self.last_day: Meaning | None = None
        self.last_day_at = -1
        self.last_period: Meaning | None = None  # a month, quarter, half or stretch of months: what figures are about
        self.last_period_at = -1
        self.last_figures: Meaning | None = None  # a period longer than a month
        self.last_figures_at = -1
        self.last_year: Meaning | None = None
        self.last_fiscal: Meaning | None = None
        self._bounds = bounds
        self._headlines = headlines
        self._tokens = tokens
        self._cues: dict[int, list[Cue]] = {}
        self._actors = actors
        self._actor_starts: list[int] = []
        self._mentions: Counter[str] | None = None
        self._people_bounds: list[tuple[int, int]] | None = None

    # ------------------------------------------------------------------------------------------------ the sentence

    def sentence(self) -> tuple[int, int]:
        """Return where the sentence of the expression being read begins and ends."""
        index = max(bisect_right(self._bounds, (self.start, len(self.text) + 1)) - 1, 0)
        return self._bounds[index]

    def direction(self) -> int:
        """Return PAST, NEITHER or FUTURE for the expression being read."""
        return self.outlook()[0]

    def outlook(self) -> tuple[int, bool]:
        """Return the direction of the verb around the expression being read, and whether it is firm."""
        lead_in = self.before()
        if _AS_OF.search(lead_in):
            return PAST, True
        lead = _UNTIL.search(lead_in)
        if lead and not _HAD.search(self.after(60)):
            return FUTURE, True
        first, last = self.sentence()
        if last - first > WINDOW:
            # A sentence of thousands of words is a table or a list: the words around the date say enough.
            first = max(first, self.start - self.start % WINDOW - WINDOW // 2)
            last = min(last, first + 2 * WINDOW)
        cues = self._cues.get(first)
        sentence = self.text[first:last]
        if cues is None:
            cues = self._cues[first] = find_cues(sentence, self.sentence()[0] in self._headlines, self._nouns(first, last))
        return direction_at(sentence, cues, self.start - first, self.end - first)

    def _nouns(self, first: int, last: int) -> frozenset[int]:
        """Return where nouns begin between two places of the sentence being read, counted from the first; none where no tagger read it."""
        index = max(bisect_right(self._bounds, (self.start, len(self.text) + 1)) - 1, 0)
        if index >= len(self._tokens):
            return frozenset()
        return frozenset(token.start - first for token in self._tokens[index] if token.tag == "NOUN" and first <= token.start < last)

    def tags(self) -> tuple[str, str]:
        """Return the parts of speech of the expression's first word and of the word after it, empty where they are not known."""
        index = max(bisect_right(self._bounds, (self.start, len(self.text) + 1)) - 1, 0)
        if index >= len(self._tokens):
            return "", ""
        sentence = self._tokens[index]
        place = bisect_left(sentence, self.start, key=lambda token: token.start)
        if place >= len(sentence) or sentence[place].start != self.start:
            return "", ""
        return sentence[place].tag, sentence[place + 1].tag if place + 1 < len(sentence) else ""

    def is_name_of_person(self) -> bool:
        """Say whether the expression being read is part of a person's name ("Ramadan Shalah", "June Carter")."""
        if self._people_bounds is None:
            self._people_bounds = [(actor.start, actor.end) for actor in self._actors if actor.form in ("person", "surname")]
        place = bisect_right(self._people_bounds, (self.start, len(self.text) + 1)) - 1
        return place >= 0 and self._people_bounds[place][1] >= self.end

    def words(self) -> str:
        """Return the expression being read."""
        return self.text[self.start : self.end]

    def ends_clause(self) -> bool:
        """Say whether the expression being read is followed by a stop or by nothing."""
        after = self.after(3)
        return not after.strip() or after[:1] in ',.;:)”"' or "\n\n" in after

    def before(self, length: int = 24) -> str:
        """Return the characters before the expression, inside its sentence."""
        return self.text[max(self.sentence()[0], self.start - length) : self.start]

    def after(self, length: int = 24) -> str:
        return self.text[self.end : self.end + length]

    # ------------------------------------------------------------------------------------------------ choosing by tense

    def weekday(self, number: int) -> date | None:
        """Return the weekday (0 = Monday) that the tense asks for: the latest up to publication, or the next from it."""
        if self.published is None:
            return None
        direction, is_firm = self.outlook()
        if direction == FUTURE and not is_firm and self.text.startswith(("'s", "’s"), self.end):
            direction = PAST  # "ways to get around Wednesday's ruling"
        if direction == FUTURE:
            return add_days(self.published, (number - self.published.weekday()) % 7)
        return add_days(self.published, -((self.published.weekday() - number) % 7))

    def day_of_year(self, month_: int, day_: int) -> date | None:
        """Return the day and month in the year that tense and nearness to publication ask for."""
        if self.published is None:
            return None
        past = self._latest(month_, day_, self.published + timedelta(days=1))
        future = self._next(month_, day_, self.published)
        if past is None or future is None:
            return past or future
        since, ahead = (self.published - past).days, (future - self.published).days
        direction = self.direction()
        if direction == PAST:
            return future if since > LONG_AGO and ahead <= SOON else past
        if direction == FUTURE:
            return past if ahead > LONG_AGO and since <= SOON else future
        return past if since <= ahead else future

    @staticmethod
    def _latest(month_: int, day_: int, limit: date) -> date | None:
        return next((found for step in range(9) if (found := safe_date(limit.year - step, month_, day_)) and found <= limit), None)

    @staticmethod
    def _next(month_: int, day_: int, limit: date) -> date | None:
        return next((found for step in range(9) if (found := safe_date(limit.year + step, month_, day_)) and found >= limit), None)

    def year_of_unit(self, number: int, per_year: int, direction: int | None = None) -> int | None:
        """Return the year of the ``number``-th of ``per_year`` parts (months, quarters, halves) that the tense asks for."""
        if self.published is None:
            return None
        now = (self.published.month - 1) * per_year // 12 + 1
        ahead = number - now
        is_firm = True
        if direction is None:
            direction, is_firm = self.outlook()
        if direction == PAST and not (not is_firm and ahead > 0):
            return self.published.year - (ahead > 0)
        if direction == FUTURE and is_firm:
            # The quarter just ended is the one to be reported on.
            return self.published.year + (ahead < (0 if per_year == 12 else -1) or (ahead < 0 and number == per_year))
        if direction == FUTURE and ahead * 12 <= 8 * per_year:
            return self.published.year + (-ahead * 12 > 4 * per_year)
        if ahead * 12 > 3 * per_year:
            return self.published.year - 1
        if -ahead * 12 > 8 * per_year:
            return self.published.year + 1
        return self.published.year

    # ------------------------------------------------------------------------------------------------ anchors

    def remember(self, meaning: Meaning, is_comparison: bool = False) -> None:
        """Keep ``meaning`` as the anchor for later expressions ("a day later", "the same period last year").

        What a figure is only compared with ("a year earlier") is not what later figures are about.
        """
        if meaning.start is None or meaning.timex_type == "SET":
            return
        if is_comparison:
            self.last = meaning
            return
        self.last = meaning
        if meaning.value.startswith("FY"):
            self.last_fiscal = meaning
        if meaning.precision == "day" and meaning.start == meaning.end:
            # "a day earlier" counts from the day told of, not from a passing "today".
            if (
                self.last_day is None
                or meaning.start != self.published
                or self.text[self.start : self.end].lower()[-5:] not in ("today", "night")
            ):
                self.last_day = meaning
            self.last_day_at = self.start
        elif self._is_period(meaning):
            self.last_period, self.last_period_at = meaning, self.start
            if meaning.precision != "month" or meaning.value.startswith("P") or "/" in meaning.value:
                self.last_figures, self.last_figures_at = meaning, self.start
        elif meaning.precision == "year":
            self.last_year = meaning

    def _is_period(self, meaning: Meaning) -> bool:
        """Say whether later comparisons may lean on ``meaning``: a stretch of months that has begun to be counted, no season."""
        if meaning.value[-2:] in SEASON_MONTHS or meaning.end is None:
            return False
        if self.published is not None and (meaning.end - self.published).days > 31 and not meaning.value.startswith("FY"):
            return False
        return meaning.precision in ("month", "quarter", "half_year") or meaning.value.startswith(("FY", "P"))

    def last_anchor(self) -> Meaning | None:
        """Return the date, period or year spoken of last."""
        return self.last

    def current(self, unit: str) -> Meaning | None:
        """Return the week-free calendar unit publication falls into: month, quarter or year."""
        if self.published is None:
            return None
        if unit == "month":
            return month(self.published.year, self.published.month)
        if unit == "quarter":
            return quarter(self.published.year, (self.published.month + 2) // 3)
        return year(self.published.year)

    # ------------------------------------------------------------------------------------------------ fiscal years

    def fiscal_start(self, is_two_year_name: bool = False) -> tuple[int, int, str] | None:
        """Return first month, first day and naming of the fiscal year meant here; None when no country tells.

        Countries whose fiscal year is the calendar's do not write "FY25": where others are in play, theirs is meant. Of several,
        the one most spoken of, mentions in this sentence counting more. A year named by two ("FY2023-24") is not American.
        """
        if self._mentions is None:
            self._mentions = Counter(code for actor in self._actors for code in actor.party_codes if code in FISCAL_STARTS)
            self._actor_starts = [actor.start for actor in self._actors]
        candidates = self._mentions.copy()
        first, last = self.sentence()
        for actor in self._actors[bisect_left(self._actor_starts, first) : bisect_left(self._actor_starts, last)]:
            for code in actor.party_codes:
                if code in candidates:
                    candidates[code] += SENTENCE_WEIGHT
        if not candidates:
            return None
        own = {code: count for code, count in candidates.items() if FISCAL_STARTS[code][:2] != (1, 1)}
        if is_two_year_name:
            own = {code: count for code, count in own.items() if code not in ("USA", "JPN")} or own
        if not own:
            return None if is_two_year_name else CALENDAR_YEAR
        return FISCAL_STARTS[max(own, key=own.__getitem__)]
