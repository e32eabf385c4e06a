"""By how much a figure changed: percentages and factors with their direction.

Belongs here: which percentage of a sentence is a change, of which level, up or down. Does not belong here: shares and rates (left out).
"""

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from pipelines.extraction.frames.trade_governors import Role, SentenceMarks
from pipelines.extraction.frames.trade_passages import Passage
from pipelines.extraction.frames.trade_words import Mark
from pipelines.extraction.model import Amount

_SHARE_AFTER = re.compile(
    r"\s*(?:share\b|stake\b|of (?!(?:last|the previous|a year)\b)|tariffs?\b|duty|duties|levy|tax\b|interest|owned|(?:was|"
    r"were) (?:accounted|due)|accounted|due to|import (?:duty|tax|tariff)|-owned|(?:us |u\.s\. )?tariff)"
)
_CHANGE_OF_OTHER = re.compile(
    r"\s+(?:[\w-]+\s+){0,2}(?:rise|fall|increase|decrease|drop|decline|growth|jump|cut|surge|reduction|appreciation|"
    r"depreciation)\s+(?:of|in)\s"
)
_SHARE_BEFORE = re.compile(
    r"\b(?:shares? of|account(?:s|ed|ing)? for|mak(?:es?|ing) up|made up|represent(?:s|ed|ing)?|constitut(?:es?|ed|ing)|"
    r"compris(?:es?|ed|ing)|tariffs? of|duty of|duties of|rate of|tax of|"
    r"stakes? of|interest of|equivalent to|equal to|owns?|held|holds|contribut(?:es?|ed|ing)|covers?|covered)\s+(?:about |"
    r"around |nearly |over |almost |more than |some |just |only |less than |up to |roughly |an? )*$"
)

_FROM_SHARE = re.compile(
    r"\s+(?:in [\w ]{3,20} )?to\s+(?:about |around |nearly |over )?[\d.]+\s?(?:%|percent|per cent|pct|pc)"
)  # "from 42% to 65%"
_SHARE_TOLD = re.compile(
    r"\b(?:shares?|proportion|percentage)\s+(?:of|in)\b[^,;.]*\b(?:from|to|at|was|is|by)\s+(?:about |around |nearly |over )?$"
)
_ITS_OBJECT = re.compile(r"\s+(?:(?:the|their|its|current|annual|mutual|two-way|overall|total|level of|volume of|value of)\s+){0,3}")
_SAME_CHANGE = re.compile(r",?\s*(?:\(|\(?or\s)\s*(?:about |around |nearly |almost |over |some )?")
_OPENS_STATEMENT = frozenset({"and", "while", "whereas", "but", "as"})


@dataclass(frozen=True, slots=True)
class Change:
    """A change in percent. ``governor`` is set where it stands on its own, without a level to belong to."""

    start: int
    end: int
    percent: float | None
    trend: str | None
    qualifier: str
    governor: Mark | None = None
    is_factor: bool = False


def changes_of(passage: Passage, marks: SentenceMarks, levels: list[Role]) -> dict[int, Change]:
    """Return the changes of a sentence by the start of the level they belong to; those without a level by their own start."""
    found: dict[int, Change] = {}
    for level in levels:
        trend = _trend_of_level(passage, marks, level, levels)
        if trend:
            found[level.amount.start] = Change(level.amount.start, level.amount.end, None, trend, "exact")
    volumes = _of_volumes(passage)
    for amount in passage.amounts:
        if amount.unit not in ("percent", "factor") or _is_share(passage, amount):
            continue
        direction, trend_mark = _direction(passage, marks, amount)
        if direction is None:
            continue
        percent = _percent(amount, direction)
        own_level = _level_of(passage, marks, amount, levels)
        end = max(amount.end, trend_mark.end) if trend_mark and trend_mark.start - amount.end < 25 else amount.end
        if own_level is not None and amount.unit == "factor" and _is_aimed_at(marks, own_level, amount):
            # "is $4bn and they look to double that"
            found[amount.start] = Change(amount.start, end, percent, direction, amount.qualifier, own_level.governor, is_factor=True)
            continue
        told = found.get(own_level.amount.start) if own_level is not None else None
        if own_level is not None and told is not None and told.percent is not None and told.start in volumes:
            found[told.start] = replace(told, governor=own_level.governor)  # the change of a volume told before its value
            told = None
        if own_level is not None and (told is None or told.percent is None):
            found[own_level.amount.start] = Change(
                amount.start, end, percent, direction, amount.qualifier, is_factor=amount.unit == "factor"
            )
            continue
        governor = own_level.governor if own_level is not None else _own_governor(passage, marks, amount)
        if governor is not None and governor.kind == "noun":
            found[amount.start] = Change(amount.start, end, percent, direction, amount.qualifier, governor, amount.unit == "factor")
    return found


def _is_aimed_at(marks: SentenceMarks, level: Role, amount: Amount) -> bool:
    return any(
        mark.kind == "cue" and mark.sense in ("target", "potential", "forecast") and level.amount.end <= mark.start < amount.start
        for mark in marks.others
    )


def _of_volumes(passage: Passage) -> set[int]:
    """Return where percentages stand that follow an amount which is no money ("95,345 tonnes, up 3%")."""
    found: set[int] = set()
    for before, amount in pairwise(passage.amounts):
        if amount.unit == "percent" and before.unit not in ("money", "percent", "factor", "points"):
            found.add(amount.start)
    return found


def unattached_change(passage: Passage, marks: SentenceMarks, attached: dict[int, Change]) -> Change | None:
    """Return the first change of the sentence that belongs to none of its own levels."""
    taken = {change.start for change in attached.values()}
    for amount in passage.amounts:
        if amount.unit not in ("percent", "factor") or amount.start in taken or _is_share(passage, amount):
            continue
        direction, _ = _direction(passage, marks, amount)
        if direction:
            return Change(amount.start, amount.end, _percent(amount, direction), direction, amount.qualifier)
    return None


def _is_share(passage: Passage, amount: Amount) -> bool:
    lower = passage.lower
    if _SHARE_AFTER.match(lower, amount.end) or _FROM_SHARE.match(lower, amount.end):
        return True
    return bool(_SHARE_BEFORE.search(lower[max(passage.start, amount.start - 45) : amount.start])) or bool(
        _SHARE_TOLD.search(lower, max(passage.start, amount.start - 110), amount.start)
    )


def _percent(amount: Amount, direction: str) -> float:
    size = round((amount.value - 1) * 100, 6) if amount.unit == "factor" else abs(amount.value)
    if amount.unit == "factor":
        return size if direction == "up" or size < 0 else -size
    return -size if direction == "down" else size


def _direction(passage: Passage, marks: SentenceMarks, amount: Amount) -> tuple[str | None, Mark | None]:
    """Return up or down for a percentage, from the nearest word of direction in its clause, else from its sign."""
    lower = passage.lower
    if amount.unit == "factor":
        if amount.value < 1:
            return "down", None
        if not amount.text[0].isdigit():
            return "up", None
    # "down $210 million (15 percent)", "by €30 million, or 22%": the same change in money stands between
    others = [other for other in passage.amounts if other is not amount and not _SAME_CHANGE.fullmatch(lower, other.end, amount.start)]
    before = [mark for mark in marks.trends if mark.end <= amount.start and mark.sense in ("up", "down") and amount.start - mark.end < 70]
    after = [mark for mark in marks.trends if mark.start >= amount.end and mark.sense in ("up", "down") and mark.start - amount.end < 45]
    near_before = next(
        (mark for mark in reversed(before) if not any(mark.end <= other.start and other.end <= amount.start for other in others)), None
    )
    near_after = next((mark for mark in after if not any(amount.end <= other.start and other.end <= mark.start for other in others)), None)
    if (
        near_after
        and re.fullmatch(r"[\s-]*(?:\(?[\w-]+\)?\s+){0,3}", lower[amount.end : near_after.start])
        and (
            near_before is None
            or (
                near_after.form
                in (
                    "more",
                    "less",
                    "higher",
                    "lower",
                    "increase",
                    "rise",
                    "decline",
                    "decrease",
                    "drop",
                    "fall",
                    "growth",
                    "jump",
                    "surge",
                    "fewer",
                    "reduction",
                    "gain",
                )
                and not re.fullmatch(
                    r"\s+(?:by |of |about |around |nearly |over |almost |some |more than |just |only )*",
                    lower[near_before.end : amount.start],
                )
            )
        )
    ):
        return near_after.sense, near_after
    if near_before:
        return near_before.sense, near_before
    if amount.value < 0:
        return "down", None
    if amount.start and passage.text[amount.start - 1] == "+":
        return "up", None
    if amount.unit == "factor":
        return "up", None
    listed = [mark for mark in before if mark.start >= passage.start]
    joined = re.search(r"(?:,|and|by)\s+(?:[\w\s-]{0,40}\s)?\(?$", lower[max(passage.start, amount.start - 45) : amount.start])
    return (listed[-1].sense, listed[-1]) if listed and joined and ";" not in lower[listed[-1].end : amount.start] else (None, None)


def _level_of(passage: Passage, marks: SentenceMarks, amount: Amount, levels: list[Role]) -> Role | None:
    """Return the level that the percentage is the change of: one of the same noun, right after it or right before it."""
    lower = passage.lower
    following = next((level for level in levels if level.amount.start >= amount.end), None)
    preceding = next((level for level in reversed(levels) if level.amount.end <= amount.start), None)
    told_of_other = following is not None and _is_told_of_noun_before(passage, marks, amount, following)
    if following and not told_of_other and not _is_parted(passage, marks, amount.end, following.amount.start, following):
        gap = lower[amount.end : following.amount.start]
        if re.search(
            r"\b(?:to|at|reach\w*|total\w*|hit|hitting|or|with|worth|amount\w*|of|was|were|stood|valued|exceed\w*|came|surpass\w*|"
            r"cross\w*|top\w*)\b",
            gap,
        ) and not (preceding and _is_after_level(passage, marks, preceding, amount)):
            return following
    if preceding and not _is_parted(passage, marks, preceding.amount.end, amount.start, preceding):
        return preceding
    return None


def _is_after_level(passage: Passage, marks: SentenceMarks, level: Role, amount: Amount) -> bool:
    """Tell whether a percentage right after a level explains it ("$5bn, up 12%", "$5bn (+12%)")."""
    gap = passage.lower[level.amount.end : amount.start]
    opens_another = any(level.amount.end <= other.start < amount.start for other in passage.parties) or any(
        level.amount.end <= other.start < amount.start for other in marks.governors
    )
    return (
        len(gap) < 60
        and not opens_another
        and bool(
            re.match(
                r"(?:[^;]{0,45})?(?:,|\(|\s[-–—])\s*(?:or |an? |which is |which was |representing |marking |showing |with |"
                r"posting )?[\w\s-]{0,40}$",
                gap,
            )
        )
        and _OPENS_STATEMENT.isdisjoint(gap.split())
    )


def _is_told_of_noun_before(passage: Passage, marks: SentenceMarks, amount: Amount, level: Role) -> bool:
    """Tell whether a percentage is the change of a flow before it ("imports grew 11%, leaving a surplus of $9bn"), not of the level."""
    if level.governor is None or level.governor.start < amount.end:
        return False
    noun = next((mark for mark in reversed(marks.governors) if mark.end <= amount.start), None)
    if noun is None or noun.kind != "noun":
        return False
    verb = next((mark for mark in reversed(marks.trends) if noun.end <= mark.start and mark.end <= amount.start), None)
    return verb is not None and not any(verb.end <= other.start < amount.start for other in passage.amounts)


def _is_parted(passage: Passage, marks: SentenceMarks, start: int, stop: int, level: Role) -> bool:
    """Tell whether another flow's noun or a break stands between a percentage and a level."""
    if ";" in passage.lower[start:stop] or " when " in passage.lower[start:stop]:
        return True
    return any(start <= mark.start < stop and mark.kind in ("noun", "verb") and mark is not level.governor for mark in marks.governors)


def _own_governor(passage: Passage, marks: SentenceMarks, amount: Amount) -> Mark | None:
    """Return the flow noun a lone percentage is about: before it, else right after it ("a 5% rise in exports")."""
    before = [mark for mark in marks.governors if mark.end <= amount.start]
    if _CHANGE_OF_OTHER.match(passage.lower, amount.end):
        before = []  # "the 70 percent rise of the dollar"
    if before:
        nearest = before[-1]
        if nearest.kind == "noun" and ";" not in passage.lower[nearest.end : amount.start] and amount.start - nearest.end < 110:
            return nearest
        outer = before[-2] if len(before) > 1 else None
        if (
            nearest.kind == "block"
            and outer
            and outer.kind == "noun"
            and re.search(r"\b(?:to|on|in|of|by|due to|from)\s+(?:[\w’'-]+\s+){0,3}$", passage.lower[outer.end : nearest.start])
        ):
            return outer
        return None
    after = [mark for mark in marks.governors if mark.start >= amount.end]
    if after and after[0].kind == "noun" and amount.unit == "factor" and _ITS_OBJECT.fullmatch(passage.lower, amount.end, after[0].start):
        return after[0]  # "to double bilateral trade"
    if (
        after
        and after[0].kind == "noun"
        and re.fullmatch(r"\s+(?:[\w-]+\s+){0,3}in\s+(?:[\w’'-]+\s+){0,4}", passage.lower[amount.end : after[0].start])
    ):
        return after[0]
    return None


def _trend_of_level(passage: Passage, marks: SentenceMarks, level: Role, levels: list[Role]) -> str | None:
    """Return the direction that the verb of a level says ("grew to $5bn"), or the words right after it ("$5bn, up from")."""
    lower = passage.lower
    start = level.governor.end if level.governor and level.governor.end <= level.amount.start else passage.start
    previous = next((other for other in reversed(levels) if other.amount.end <= level.amount.start), None)
    if previous and previous.amount.end > start:
        start = previous.amount.end
    inside = [mark for mark in marks.trends if start <= mark.start and mark.end <= level.amount.start]
    for mark in reversed(inside):
        gap = lower[mark.end : level.amount.start]
        if re.search(r"\b(?:to|at|by|reaching|hit|hitting|with|stood)\b", gap) or not gap.strip(" -"):
            return mark.sense
    after = [mark for mark in marks.trends if level.amount.end <= mark.start <= level.amount.end + 45]
    if (
        after
        and after[0].form in ("up", "down", "up from", "down from", "flat", "unchanged")
        and re.fullmatch(r"[^.;]{0,40}[,(]\s*(?:sharply |slightly )?", lower[level.amount.end : after[0].start])
    ):
        return after[0].sense
    return None
