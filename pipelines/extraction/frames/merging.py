"""One happening, told several times: headline, lead and later sentences become one.

Belongs here: when two drafts are the same happening, and what each telling adds. Does not belong here: other documents (resolution).
"""

from pipelines.extraction.frames.dating import When
from pipelines.extraction.frames.drafts import MANY, NOWHERE, Draft
from pipelines.extraction.frames.participants import Cast, unique
from pipelines.extraction.frames.rules import CONSULT_TYPES
from pipelines.extraction.frames.status import CANCELLED, OCCURRED, ONGOING, PLANNED, PROPOSED
from pipelines.extraction.frames.words import words

_SAME_KIND = ({"signing", "commitment"}, {"meeting", "talks"}, {"meeting", "summit"}, {"talks", "summit"}, {"talks", "mediation"})
# Each undertaking, request or remark is its own row unless its words repeat.
_WORDED_TYPES = frozenset(
    {
        "commitment",
        "request",
        "support",
        "statement",
        "criticism",
        "rejection",
        "threat",
        "cooperation",
        "sanction",
        "concession",
        "aid",
        "assault",
        "coercion",
        "protest",
        "mobilization",
        "withdrawal",
    }
)
_TALKING = frozenset({"meeting", "talks", "call", "summit"})
_LONG_STAY = 6
_HEADLINE_DAYS = 7
_CEREMONY_DAYS = 2
_ALIVE = frozenset({OCCURRED, ONGOING})
_AHEAD = frozenset({PLANNED, PROPOSED})


def dates_agree(first: When, second: When) -> bool:
    """Say whether the two dates can be of one happening."""
    if first.start is None or second.start is None or first.end is None or second.end is None:
        return True
    return first.start <= second.end and second.start <= first.end


def _dates_agree(first: Draft, second: Draft) -> bool:
    """A headline without date words is dated loosely, its story may be of the days before; so is what two already told of discussed."""
    if dates_agree(first.when, second.when):
        return True
    if (
        first.engagement_type == second.engagement_type == "signing"
        and min(first.when.rank, second.when.rank) < 3
        and first.when.start
        and second.when.start
    ):
        return abs((first.when.start - second.when.start).days) <= _CEREMONY_DAYS
    loose = any(one.is_headline and one.when.rank <= 1 for one in (first, second)) or (
        second.when.rank <= 1 and _is_talked_of(first, second)
    )
    if not loose or first.when.start is None or second.when.start is None:
        return False
    return abs((first.when.start - second.when.start).days) <= _HEADLINE_DAYS


def _is_talked_of(first: Draft, second: Draft) -> bool:
    """Say whether the second tells what was talked of at the first."""
    return second.rule_id in ("discuss", "exchange.views") and {first.engagement_type, second.engagement_type} <= _TALKING


def _parties_agree(first: Draft, second: Draft) -> bool:
    a, b = set(first.parties), set(second.parties)
    return a <= b or b <= a or 2 * len(a & b) >= len(a | b)


def _people_agree(first: Draft, second: Draft) -> bool:
    a, b = set(first.people), set(second.people)
    if not a or not b or first.engagement_type == second.engagement_type == "signing":  # signers and witnesses
        return True
    if {"meeting", "call"} & {first.engagement_type, second.engagement_type}:
        return a <= b or b <= a
    return bool(a & b)


def _words_agree(first: Draft, second: Draft) -> bool:
    a, b = first.keywords, second.keywords
    return bool(a and b) and 2 * len(a & b) >= min(len(a), len(b))


def _is_one_stay(first: Draft, second: Draft) -> bool:
    """Say whether two visits are one: the same guest at the same host in the same days, whatever each sentence says of it."""
    if not first.engagement_type == second.engagement_type == "visit" or first.when.start is None or second.when.start is None:
        return False
    if set(first.cast.source) != set(second.cast.source) or not _people_agree(first, second):
        return False
    return dates_agree(first.when, second.when) or _is_near_end(first, second)


def _is_near_end(first: Draft, second: Draft) -> bool:
    """Say whether one tells the arrival and the other the presence or departure, days apart ("arrived on Monday", "leaves on Friday")."""
    if first.when.precision != "day" or second.when.precision != "day" or PROPOSED in (first.status, second.status):
        return False
    moving = bool({first.verb, second.verb} & words("leaving")) or {first.status, second.status} <= _ALIVE
    return moving and abs((first.when.start - second.when.start).days) <= _LONG_STAY  # type: ignore[operator]


def _is_named_again(first: Draft, second: Draft) -> bool:
    """Say whether ``second`` only names the journey of ``first``, with no word on when ("The visit comes as …")."""
    return (
        first.engagement_type == "visit"
        and second.rule_id == "n.visit"
        and second.status == OCCURRED
        and second.when.method in ("publication", "inherited")
        and set(first.cast.source) == set(second.cast.source)
        and _parties_agree(first, second)
    )


def _status_agrees(first: Draft, second: Draft) -> bool:
    a, b = first.status, second.status
    if _is_one_stay(first, second):
        return True
    if (
        first.is_headline
        and not second.is_headline
        and first.engagement_type == second.engagement_type
        and first.engagement_type in _TALKING
    ):
        return True  # the present tense of a headline ("hold talks") tells neither what has been nor what will be
    if a == b or {a, b} <= _ALIVE or {a, b} <= _AHEAD:
        return True
    if CANCELLED in (a, b):
        return not {a, b} & _ALIVE or first.is_headline or first.engagement_type == "visit"  # what has been was not called off
    # A stay told as planned and as begun is one stay when its dates are the same words.
    return first.when.rank >= 2 and second.when.rank >= 2 and first.when.start == second.when.start and first.engagement_type == "visit"


def _elsewhere(first: Draft, second: Draft) -> bool:
    """Say whether the two are told of different places."""
    return bool(first.spot.name and second.spot.name) and first.spot.name != second.spot.name and first.engagement_type != "visit"


def is_same(first: Draft, second: Draft) -> bool:
    """Say whether ``second`` tells the happening of ``first`` again."""
    if CANCELLED in (first.status, second.status) and (first if second.status == CANCELLED else second).is_moved:
        return False
    kinds = {first.engagement_type, second.engagement_type}
    soft = first.leans or second.leans or first.is_headline or second.is_headline
    if len(kinds) > 1 and not ((kinds in _SAME_KIND and soft) or _is_talked_of(first, second)):
        return False
    if not (_parties_agree(first, second) and _status_agrees(first, second)):
        return False
    kind = first.engagement_type
    if not _dates_agree(first, second) and not _is_one_stay(first, second):
        return False
    if (first.leans or second.leans) and _elsewhere(first, second):
        return False
    if first.leans or second.leans:
        return _people_agree(first, second) or kind == "visit"
    if not _people_agree(first, second):
        return False
    if kind == "visit":
        return set(first.cast.source) == set(second.cast.source) or first.is_headline
    if kind in _WORDED_TYPES:
        if first.is_vague and second.is_vague and first.when.start == second.when.start:
            return True
        if (
            first.sentence == second.sentence
            and first.cast.source == second.cast.source
            and kind in ("assault", "support", "criticism", "protest")
        ):
            return True
        if (
            kind == "protest"
            and first.verb == second.verb
            and first.cast.source == second.cast.source
            and first.when.start == second.when.start
        ):
            return True
        if first.is_headline and first.sentence != second.sentence:
            return not second.filled or _words_agree(first, second) or first.verb == second.verb
        return _words_agree(first, second) and first.verb == second.verb and first.cast.source == second.cast.source
    return True


def _better_when(first: When, second: When) -> When:
    if first.start is None:
        return second
    if second.start is None or second.rank < first.rank:
        return first
    if second.rank > first.rank:
        return second
    both_days = first.precision == second.precision == "day"
    if both_days and first.end is not None and second.end is not None and (first.start, first.end) != (second.start, second.end):
        longer = (second.end - second.start) > (first.end - first.start)
        return second if longer else first
    return first


def _joined_stay(first: When, second: When) -> When:
    """Return the whole stay of an arrival and a departure told apart."""
    if (
        first.precision == second.precision == "day"
        and None not in (first.start, second.start, first.end, second.end)
        and min(first.rank, second.rank) >= 2
    ):
        start, end = min(first.start, second.start), max(first.end, second.end)  # type: ignore[type-var]
        if "anchored" in (first.method, second.method) and dates_agree(first, second):
            return first if first.method == "anchored" else second
        if (end - start).days <= 21:  # type: ignore[operator]
            return first._replace(start=start, end=end, method="anchored" if (start, end) != (first.start, first.end) else first.method)
    if first.start == second.start and first.method != second.method and "anchored" in (first.method, second.method):
        longer = second if second.method == "anchored" else first  # the length of the stay may be told later
        return longer._replace(rank=max(first.rank, second.rank))
    return _better_when(first, second)


def merged(first: Draft, second: Draft) -> Draft:
    """Return one draft of two tellings: the fuller words, the firmer date, everyone either names."""
    keep, other = (
        (second, first) if (first.is_headline and not second.is_headline) or (first.leans and not second.leans) else (first, second)
    )
    kind = keep.engagement_type
    status = _merged_status(keep, other)
    when = _joined_stay(keep.when, other.when) if kind == "visit" else _better_when(keep.when, other.when)
    people = unique((*keep.people, *other.people)) if kind in CONSULT_TYPES or kind == "signing" else keep.people or other.people
    if kind == "visit" and keep.people:
        people = keep.people
    spot = keep.spot
    if spot is NOWHERE or (spot.name is None and other.spot.name is not None and other.spot.country in (None, spot.country)):
        spot = other.spot if other.spot is not NOWHERE else spot
    spot = NOWHERE if kind == "call" else spot  # by telephone: nowhere
    # A telling whose sides were filled in from the passage adds no party of its own.
    parties = (
        keep.parties
        if (other.filled and not keep.filled) or _is_loose_list(keep, other)
        else other.parties
        if keep.filled and not other.filled
        else unique((*keep.parties, *other.parties))
    )
    cast = (
        keep.cast
        if set(keep.cast.parties()) >= set(parties)
        else Cast(keep.cast.source, unique((*keep.cast.target, *parties)), keep.cast.source_people, keep.cast.target_people)
    )
    return keep._replace(
        status=status,
        verb=other.verb if kind == "visit" and other.status == OCCURRED and other.verb in words("leaving") else keep.verb,
        when=when,
        people=people,
        spot=spot,
        parties=parties,
        cast=cast,
        leans=keep.leans and other.leans,
        confidence=min(0.99, max(keep.confidence, other.confidence) + 0.03),
    )


def _is_loose_list(keep: Draft, other: Draft) -> bool:
    """Say whether a headline names at once those whom the text meets one by one ("meets new Lao and Saudi ambassadors")."""
    return other.is_headline and len(other.parties) > 2 and set(keep.parties) < set(other.parties) and keep.engagement_type in _TALKING


def _is_over(draft: Draft) -> bool:
    """Say whether a telling of a stay tells its end."""
    return draft.status == OCCURRED and draft.verb in words("leaving") and draft.when.rank >= 2


def _merged_status(keep: Draft, other: Draft) -> str:
    statuses = {keep.status, other.status}
    if keep.engagement_type == "visit" and any(_is_over(draft) for draft in (keep, other)):
        return OCCURRED
    if len(statuses) == 1 or (other.is_headline and other.engagement_type in _TALKING):
        return keep.status
    if CANCELLED in statuses:
        return (
            CANCELLED
            if keep.engagement_type == other.engagement_type or "mediation" not in (keep.engagement_type, other.engagement_type)
            else keep.status
        )
    if statuses == {PLANNED, PROPOSED}:
        return PLANNED
    if ONGOING in statuses or (keep.engagement_type == "visit" and OCCURRED in statuses and PLANNED in statuses):
        return ONGOING
    return keep.status


def merge(drafts: list[Draft]) -> list[Draft]:
    """Return each happening once, in the order in which the article first tells it."""
    happenings: list[Draft] = []
    for draft in drafts:
        for index in range(len(happenings) - 1, max(-1, len(happenings) - 1 - MANY), -1):
            if _is_named_again(happenings[index], draft):
                break
            if is_same(happenings[index], draft):
                happenings[index] = merged(happenings[index], draft)
                break
        else:
            happenings.append(draft)
    return happenings
