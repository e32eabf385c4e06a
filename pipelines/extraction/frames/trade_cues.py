"""Whether a figure is what was, what is aimed at, what could be or what is expected.

Belongs here: the claim type of a figure from the words that govern it. Does not belong here: which figure, whose, or when.
"""

import re
from datetime import date

from pipelines.extraction.frames.trade_governors import SentenceMarks
from pipelines.extraction.frames.trade_passages import Passage
from pipelines.extraction.frames.trade_words import Mark, trade_words

_TARGET_NOUN_AFTER = re.compile(
    r"[\s-]*(?:(?!(?:and|or|but|against|from|versus|is|was|as|to|by|of|while|with)\b)[\w’'-]+\s+){0,4}(?:target|goal|mark by|"
    r"objective|ambition)\b"
)
_POTENTIAL_AFTER = re.compile(r"[\s-]*(?:[\w’'-]+\s+){0,3}(?:potential|opportunit)")
_WISHED = re.compile(
    r"\b(?:want(?:s|ed|ing)?|hop(?:e|es|ed|ing) for|wish(?:es|ed|ing)? for)\s+"
    r"(?:about |around |nearly |some |up to |at least |more than |over |a )*$"
)
_HALTED = re.compile(  # "has paused $18m in aid": not given, for now
    r"\b(?:paus|suspend|freez|withh[eo]ld|halt|block|hold back|held back)(?:e[sd]?|ed|s|ing)?\s+(?:[\w-]+\s+){0,4}$|"
    r"\bfr(?:oze|ozen)\s+(?:[\w-]+\s+){0,4}$"
)
_HOPED = re.compile(r"\bhop(?:e|es|ed|ing)\b[^.;,]{0,60}\b(?:will|would)\b")  # "hopes that trade will reach $5bn"
_SEEN_AHEAD = re.compile(  # "economists now see growth of 5%"
    r"\b(?:economists?|analysts?|forecasters?|banks?|institute|fund|ministry|officials|experts|pollsters|traders)\b[^.;,]{0,40}\bsees?\b"
)
_OWNED = re.compile(
    r"(?:\b(?:its|the|their|his|her)|[’']s)\s+(?:record\s+|huge\s+|current\s+|about\s+|nearly\s+|some\s+)*$"
)  # "reduce its $7bn surplus"
_RELATIVE = re.compile(
    r"\b(?:which|whose|that(?=\s+(?:was|were|is|are|has|had|hit|reached|stood|rose|fell|totall?ed|amounted|exceeded|topped|"
    r"last)\b))\s(?!.*\bwhich\b)"
)
_NOTED = re.compile(r"\s+be\s+(?:noted|mentioned|recalled|remembered|added|pointed|stressed|said)\b")
_TO_DO = re.compile(r"\b(?:to|will|should|must|would)\s+(?:\w+\s+)?$")
_AIM_OF = re.compile(r"\b(?:of|on|for|at|towards?)\s+$")
_TO_LEVEL = re.compile(r"\b(?:up )?to\s+(?:about |around |some |at least |more than |over |nearly )?$")
_THAN = re.compile(r"\b(?:than|as|than had been|than was|than were)\s+$")
_PURPOSE = re.compile(r"\W*(?:in order |so as )?to\s+(?:further\s+)?")
_ANNOUNCED = re.compile(r"\bannounc(?:ed?|es|ing)\b(?!.*\b(?:disbursement|payment|transfer|release|delivery|disbursed|paid)\b)")
_THE_SUM = re.compile(r"(?:\b(?:the|its|their|this|that)|[’']s)\s+$")


_GOAL_TO_RAISE = re.compile(
    r"\b(?:goal|target|task|objective|aim)\b[^.;]{0,60}\bto (?:bring|raise|increase|boost|lift|expand|double|reach)\b"
)


def stands_already(passage: Passage, left: int, anchor: int) -> bool:
    """Tell whether the word before a sum says that it stands already ("the current $5bn")."""
    before = passage.lower[max(left, anchor - 25) : anchor].split()
    return bool(before) and before[-1] in trade_words().lists["at_present"]


def claim_type_of(
    passage: Passage,
    marks: SentenceMarks,
    left: int,
    anchor: int,
    anchor_end: int,
    stop: int,
    flow: str,
    period_end: date | None,
    published: date | None,
) -> str:
    """Return actual, target, potential or forecast for the figure at ``anchor``; ``left`` is where its clause begins."""
    lower = passage.lower
    if stands_already(passage, left, anchor):
        return "actual"  # "to raise the current $5bn in trade to $8bn"
    if _TARGET_NOUN_AFTER.match(lower, anchor_end, min(stop, anchor_end + 60)):
        return "target"
    if _POTENTIAL_AFTER.match(lower, anchor_end, min(stop, anchor_end + 50)):
        return "potential"
    if _WISHED.search(lower, left, anchor):
        return "potential" if flow in ("financing", "investment") else "target"
    if flow == "financing" and _HALTED.search(lower, left, anchor):
        return "potential"
    if _HOPED.search(lower, left, anchor):
        return "potential" if flow in ("financing", "investment") else "target"
    if _SEEN_AHEAD.search(lower, left, anchor):
        return "forecast"
    relative = _RELATIVE.search(lower, left, anchor)
    if (
        relative
        and any(0 <= relative.start() - mark.end <= 2 for mark in marks.governors)
        and not any(mark.kind == "noun" and relative.end() <= mark.start < anchor for mark in marks.governors)
    ):
        left = relative.end()
    if flow in ("financing", "investment") and _is_standing(passage, marks, anchor, anchor_end):
        return "actual"
    if flow == "balance" and _OWNED.search(lower, left, anchor):
        return "actual"
    cues = [
        mark
        for mark in marks.others
        if mark.kind == "cue" and left <= mark.start < anchor and not _NOTED.match(lower, mark.end) and not _is_idle(passage, mark)
    ]
    if any(cue.sense == "target" for cue in cues) and _GOAL_TO_RAISE.search(lower, left, anchor):
        return "target"
    if period_end and published and period_end < published:
        return "actual"
    givings = [mark for mark in (*marks.others, *marks.governors) if mark.kind in ("giving", "signing", "verb")]
    return _strongest(passage, cues, givings, left, anchor, flow, period_end, published)


def _is_idle(passage: Passage, cue: Mark) -> bool:
    """Tell whether a cue says nothing of the figure: "more than expected", or the purpose that opens the sentence ("To lift yields, …")."""
    before = passage.lower[passage.start : cue.start]
    return _THAN.search(before) is not None or (cue.sense == "raise" and _PURPOSE.fullmatch(before) is not None)


def _is_possible(cues: list[Mark]) -> bool:
    """Tell whether cues of possibility are no mere offer or plea, which says nothing of trade that could be."""
    found = [cue for cue in cues if cue.sense == "potential"]
    return bool(found) and not any(cue.form in trade_words().lists["pleas"] for cue in found)


def _is_standing(passage: Passage, marks: SentenceMarks, anchor: int, anchor_end: int) -> bool:
    """Tell whether a loan is spoken of as one that stands ("will review the $175 million facility"), not as one to be given."""
    if not _THE_SUM.search(passage.lower, passage.start, anchor):
        return False
    noun = next((mark for mark in marks.governors if mark.start >= anchor_end), None)
    if noun is None or noun.start - anchor_end > 40:
        return False
    return not any(
        mark.kind in ("giving", "receiving", "signing") and mark.end <= anchor and anchor - mark.end < 25 for mark in marks.others
    )


def _strongest(
    passage: Passage,
    cues: list[Mark],
    givings: list[Mark],
    left: int,
    anchor: int,
    flow: str,
    period_end: date | None,
    published: date | None,
) -> str:
    lower = passage.lower
    senses = {cue.sense for cue in cues}
    money_given = flow in ("financing", "investment")
    if "target" in senses:
        return "target"
    raises = [cue for cue in cues if cue.sense == "raise"]
    if (
        raises
        and not _is_possible(cues)
        and all(cue.form in ("should", "must", "shall") for cue in cues if cue.sense == "forecast")
        and (_TO_DO.search(lower, left, raises[-1].start) or _is_aimed_at(lower, left, raises[-1], anchor))
        and _is_ahead(period_end, published)
    ):
        return "target"
    if "potential" in senses and "forecast" not in senses and (money_given or _is_possible(cues)):
        return "potential"
    if "forecast" in senses:
        found = [cue for cue in cues if cue.sense == "forecast"]
        is_to_be_given = money_given and any(found[-1].start < mark.start < anchor for mark in givings)
        return "target" if is_to_be_given and found[-1].form in ("will", "is to", "are to", "shall", "would") else "forecast"
    if "potential" in senses and money_given:
        return "potential"
    if flow == "financing" and _ANNOUNCED.search(lower, left, anchor):
        return "target"
    return "actual"


def _is_aimed_at(lower: str, left: int, cue: Mark, anchor: int) -> bool:
    """Tell whether a level is only aimed at by a gerund ("the task of increasing trade to $5bn")."""
    return cue.form.endswith("ing") and bool(_AIM_OF.search(lower, left, cue.start)) and bool(_TO_LEVEL.search(lower, cue.end, anchor))


def _is_ahead(period_end: date | None, published: date | None) -> bool:
    return period_end is None or published is None or period_end > published
