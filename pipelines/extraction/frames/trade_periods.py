"""The interval a figure is about.

Belongs here: choosing among the dates of a sentence, and the period that an earlier sentence left in force. Does not belong here:
resolving date words (annotators.times does that).
"""

import re
from dataclasses import replace
from datetime import date, timedelta

from pipelines.extraction.frames.trade_passages import Draft, Passage, Period
from pipelines.extraction.frames.trade_words import trade_words
from pipelines.extraction.model import TimeExpression

NOT_FOLLOWING = ("trade.verb.balance",)  # rules whose figures take no period from the sentence before
_LAST_WORDS = re.compile(r"[\w’'-]+")
_COMPARED = re.compile(
    r"(?:compared (?:with|to)|than(?: in| during)?|versus|vs\.?|against|relative to|comparison with|comparison to|increase (?:on|"
    r"over)|(?:%|pct|percent|per cent|pc)\)? (?:on|from|over)|"
    r"(?:up|down) [^,;]{0,40}(?:million|billion|bn|m|mn|trillion|crore)\)? (?:on|from|over)|"
    r"(?:drop|fall|decline|decrease|rise|increase|gain|jump|growth|slump|surge) from)\s+(?:the |that of |those of )?$"
)
_EXTREME_SINCE = re.compile(
    r"\b(?:highest|lowest|largest|biggest|smallest|best|worst|most|least|strongest|weakest|fastest|slowest|widest|narrowest|first|peak|"
    r"low|high|record)\s+(?:[\w-]+\s+){0,6}(?:since\s+(?:at least\s+|early\s+|late\s+)?)?$"
)
_SINCE = re.compile(r"since\s+(?:at least\s+)?$")
_ON_THE_YEAR = re.compile(r"\b(?:from|over|on|than)\s+(?:the\s+)?$")
_SPAN_OF_CHANGE = re.compile(r"(?:the )?(?:past|last|previous|preceding) (?:[a-z]+|\d+) (?:years|decades)")
_PART_OF_NAME = re.compile(r"(?:[’']s)?\s+(?:(?!(?:the|a|in|of|to|from|with|its|their|was|were|and|on|for)\b)[\w-]+\s+){0,2}")
_WHEN = re.compile(r",?\s+when\s")
_IN_RELATIVE = re.compile(r",\s+(?:which|who)\s+(?:had|has|have)\b[^,]*$")  # "imports, which had hit a high in May, fell"
_ENDS_ASIDE = re.compile(r",\s+\w+")
_AS_OF = re.compile(r"\bas (?:of|at|on) (?:the )?$")
_OWN_CLAUSE = re.compile(r"[,;:(]|\b(?:and|while|but)\s+(?:in |for )?$")
_SUBORDINATE = re.compile(
    r"[,;]\s*(?:just\s+|even\s+)?(?:after|following|when|while|despite|although|though|because)\b"
)  # of another happening
_COMPARING = re.compile(r"\b(?:compared (?:with|to)|against|versus|vs|from|than)\b")
_IN_YEARS = re.compile(r"\s*(?:of\s+)?\((?:fy\s?)?((?:19|20)\d\d)[-–/](?:19|20)?\d\d\)")
_A_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_PART_OF_YEAR = 330  # days: beside a level of less than a year, "last year" means the same part of it
_MIDYEAR = 4  # the earliest month in which a year that spans two begins
_CLAUSE_BREAK = re.compile(r"[,;]")
_YEAR_BEFORE = re.compile(r"\s*(?:(?:in|during|for|of|from|over|on|at)\s+)?(?:the\s+)?")


def is_a_period(passage: Passage, time: TimeExpression) -> bool:
    """Tell whether ``time`` can be what a figure is about: longer than a day and not the date of a report."""
    if time.text.lower() in trade_words().lists["the_period"]:
        return False  # the period in force, whatever it was anchored to
    if time.timex_type == "SET" or time.start_date is None or time.end_date is None:
        return False
    if time.precision in ("day", "unknown") and time.start_date == time.end_date:
        return _AS_OF.search(passage.lower, max(passage.start, time.start - 9), time.start) is not None
    if time.precision == "week":
        return False
    before = passage.lower[max(passage.start, time.start - 60) : time.start]
    aside = _IN_RELATIVE.search(passage.lower, passage.start, time.start)
    if aside and _ENDS_ASIDE.match(passage.lower, time.end):
        return False
    if (time.text.lower().startswith("since") or _SINCE.search(before)) and _EXTREME_SINCE.search(before):
        return False
    lists = trade_words().lists
    if time.text.lower().removeprefix("the ") in lists["units_back"] and _ON_THE_YEAR.search(
        passage.lower, max(passage.start, time.start - 12), time.start
    ):
        return False  # "fell from a year earlier to …"
    if time.text.lower().startswith(("less than", "more than")) or _COMPARED.search(
        passage.lower, max(passage.start, time.start - 40), time.start
    ):
        return False
    last_words = _LAST_WORDS.findall(before[-30:])[-3:]
    reporting = trade_words().lists["reporting"]
    for word in reversed(last_words):
        if word in reporting:
            return False
        if word not in ("on", "in", "earlier", "later", "late", "early", "the", "at", "during", "of", "to", "reporters", "since"):
            break
    return True


def period_named(passage: Passage, time: TimeExpression) -> Period:
    """Return the period that ``time`` gives, in the years that stand in brackets after it ("July-June (2020-21)")."""
    years = _IN_YEARS.match(passage.lower, time.end)
    if years is None or time.start_date is None or time.end_date is None or _A_YEAR.search(time.text):
        return Period(time.start_date, time.end_date, time.precision, time.text)
    first = int(years.group(1))
    opens, closes = (time.start_date.month, time.start_date.day), (time.end_date.month, time.end_date.day)
    crosses = closes < opens
    start = date(first if crosses or opens[0] >= _MIDYEAR else first + 1, *opens)
    end = _last_of_month(start.year + crosses, closes[0])
    return Period(start, end, time.precision, passage.text[time.start : years.end()])


def _last_of_month(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def own_period(
    passage: Passage,
    left: int,
    governor_start: int,
    anchor_start: int,
    anchor_end: int,
    stop: int,
    compared: tuple[tuple[int, int], ...] = (),
) -> Period | None:
    """Return the period that the words of one figure give: after it, else between its noun and it, else before its noun.

    ``compared`` are stretches whose dates belong to levels that the figure is compared with.
    """
    for time in passage.times:
        if left <= time.start and time.end <= governor_start and time.start_date and _WHEN.match(passage.lower, time.end):
            return period_named(passage, time)  # "in 2023, when the trade turnover was …"
    usable = [
        time for time in passage.times if is_a_period(passage, time) and not any(start <= time.start < end for start, end in compared)
    ]
    inside = [time for time in usable if left <= time.start and time.end <= governor_start]
    if inside and _PART_OF_NAME.fullmatch(passage.lower, inside[-1].end, governor_start):
        return period_named(passage, inside[-1])  # "March exports", "its FY25 export target"
    after = [
        time
        for time in usable
        if anchor_end <= time.start < stop
        and not _SUBORDINATE.search(passage.lower, anchor_end, time.start)
        and not _is_of_comparison(passage, anchor_end, time)
    ]
    between = [time for time in usable if governor_start <= time.start < anchor_start and not _SPAN_OF_CHANGE.search(time.text.lower())]
    before = [time for time in usable if left <= time.start < governor_start]
    if after and not ((between or before) and _CLAUSE_BREAK.search(passage.lower, anchor_end, after[0].start)):
        return period_named(passage, after[0])
    if between:
        return period_named(passage, between[-1])
    if before and left > passage.start and not _OWN_CLAUSE.search(passage.lower, left, before[-1].start):
        return None  # it dates the figure before
    return period_named(passage, before[-1]) if before else None


def _is_of_comparison(passage: Passage, start: int, time: TimeExpression) -> bool:
    """Tell whether a date belongs to what a figure is compared with ("…, compared with a 9 pct decline to 59 billion a year ago")."""
    words = list(_COMPARING.finditer(passage.lower, start, time.start))
    if not words:
        return False
    if time.text.lower().removeprefix("the ") in trade_words().lists["units_back"]:
        return True
    opens_level = not passage.lower[words[-1].end() : time.start].strip()  # "from January’s 23 billion"
    return any(
        amount.unit in ("count", "money")
        and (words[-1].end() <= amount.start < time.start or (opens_level and 0 <= amount.start - time.end <= len("’s $")))
        for amount in passage.amounts
    )


def year_before(passage: Passage, anchor_end: int, stop: int, base: Period | None) -> Period | None:
    """Return the period of a level "a year earlier", one year before ``base``, where no date was resolved."""
    if base is None or base.start is None or base.end is None:
        return None
    lower = passage.lower
    at = _YEAR_BEFORE.match(lower, anchor_end)
    start = at.end() if at else anchor_end
    if lower.startswith("last year", start) and (base.end - base.start).days < _PART_OF_YEAR:
        return Period(_a_year_back(base.start), _a_year_back(base.end), base.precision, passage.text[start : start + 9])
    for phrase in trade_words().lists["year_before"]:
        for position in (start, anchor_end + 1):
            if lower.startswith(phrase, position) and position < stop:
                return Period(
                    _a_year_back(base.start), _a_year_back(base.end), base.precision, passage.text[position : position + len(phrase)]
                )
    return None


def _a_year_back(day: date) -> date:
    if day.month == 2 and day.day >= 28:
        last = 29 if (day.year - 1) % 4 == 0 else 28
        return date(day.year - 1, 2, last)
    return date(max(day.year - 1, 1), day.month, day.day)


def with_shared_periods(
    passage: Passage,
    drafts: list[Draft],
    in_force: Period | None,
    taken: tuple[tuple[int, int], ...] = (),
    published: date | None = None,
) -> list[Draft]:
    """Give the figures without a period of their own that of their neighbours in the sentence, else the one in force.

    ``taken`` are stretches whose dates belong to earlier levels.
    """
    if not any(draft.period is None for draft in drafts):
        return drafts
    usable = [time for time in passage.times if is_a_period(passage, time) and not any(start <= time.start < end for start, end in taken)]
    usable = [time for time in usable if not (published and time.start_date and time.start_date >= published)]
    aimed_at = {(draft.period.start, draft.period.end) for draft in drafts if draft.period and draft.claim_type != "actual"}
    usable = [time for time in usable if (time.start_date, time.end_date) not in aimed_at]
    shared: list[Draft] = []
    for position, draft in enumerate(drafts):
        if _lacks_period(draft):
            before = next((other.period for other in reversed(shared) if _shares(passage, other, draft)), None)
            following = next((other.period for other in drafts[position + 1 :] if _shares(passage, draft, other)), None)
            found = before or following or _only_period(passage, draft, usable) or (None if draft.rule_id in NOT_FOLLOWING else in_force)
            draft = replace(draft, period=found)
        shared.append(draft)
    return shared


def _lacks_period(draft: Draft) -> bool:
    return (
        draft.period is None
        and not draft.is_earlier
        and draft.rank is None
        and draft.flow in ("exports", "imports", "balance", "total")
        and draft.claim_type == "actual"
        and not draft.rule_id.startswith("trade.anaphor")
    )


def _shares(passage: Passage, first: Draft, second: Draft) -> bool:
    """Tell whether two figures of one sentence are about one period: both actual levels with no semicolon between them."""
    giver = first if first.period else second
    if giver.is_earlier or giver.period is None or giver.claim_type != "actual":
        return False
    return ";" not in passage.lower[min(first.anchor_end, second.anchor_start) : second.anchor_start]


def _only_period(passage: Passage, draft: Draft, usable: list[TimeExpression]) -> Period | None:
    """Return the one period of the sentence, if no semicolon parts it from the figure."""
    if len({(time.start_date, time.end_date) for time in usable}) != 1:
        return None
    time = usable[0]
    left, right = (time.end, draft.anchor_start) if time.start < draft.anchor_start else (draft.anchor_end, time.start)
    apart = ";" in passage.lower[left:right] or (left == draft.anchor_end and _SUBORDINATE.search(passage.lower, left, right))
    return None if apart else period_named(passage, time)
