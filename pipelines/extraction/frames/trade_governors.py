"""Which word of a sentence an amount belongs to, and whether it is a level, an earlier level or a difference.

Belongs here: the way from an amount to its governing noun or verb inside one sentence. Does not belong here: parties, periods, drafts.
"""

import re
from dataclasses import dataclass, replace

from pipelines.extraction.frames.trade_passages import Passage
from pipelines.extraction.frames.trade_words import Mark, trade_words
from pipelines.extraction.model import Amount

_AMOUNT_TO_NOUN = re.compile(
    r"(?:\s*\([^)]{2,40}\))?(?:[’']s?)?[\s-]+(?:worth\s+(?:of\s+)?|in\s+|of\s+|(?:from|on)\s+)?(?:an?\s+|the\s+|its\s+|their\s+)?"
    r"(?:(?!(?:to|from|and|with|by|as|on|against|compared|while|last|this|is|was|were|which|that|for|or|but|after|than|at|in|during|"
    r"under|over|through|into|between|via|across|per|towards|without|within|among|whereas|though|although|because|since|amid|"
    r"despite|when|before|until|following|followed|where|who|whose)\b)[\w’'.%&–-]+\s+){0,5}"
)
_FILLING = (
    r"(?:a|an|the|its|about|around|some|nearly|almost|over|just|only|revised|record|more|less|than|roughly|approximately|"
    r"provisional|previous|of|worth|last|year[’']s|"
    r"estimated|upwardly|downwardly|total|to|as|much|at|least|another|further|mere|under|up|high)"
)
_ONLY_FILLING = re.compile(rf"\s+(?:{_FILLING}\s+){{0,6}}")
_OBJECT_WORTH = re.compile(rf"\s+(?:(?:[\w-]+\s+){{1,5}}(?:worth|valued at)\s+)?(?:{_FILLING}\s+){{0,6}}")  # "received equipment worth $2m"
_WHICH_WAS = re.compile(
    rf"\s+(?:[\w’'-]+\s+){{1,6}}[\w’'-]+,\s+which\s+(?:had\s+)?(?:amounted to|stood at|was|were|totall?ed|came to|reached)\s+"
    rf"(?:{_FILLING}\s+){{0,4}}"
)
_BY_BEFORE = re.compile(rf"\b(?:by|additional|extra)\s+(?:{_FILLING}\s+){{0,4}}(?:between\s+)?$")
_SAME_IN_MONEY = re.compile(
    r"(?:%|\bpercent|\bpct|\bper cent|\dpc)\s*(?:\(|,? or )\s*(?:about |some |around )?$"
)  # "2.9 percent ($968 million)"
_LAST_YEARS = re.compile(r"\s+(?:last year[’']s|the previous year[’']s|a year|the year)\b")
_REVISED = re.compile(
    r"\b(?:revised\s+(?:up|down|upwards?|downwards?|upwardly|downwardly)?\s*from|(?:initially|originally|previously|first|earlier)\s+"
    r"(?:estimated|reported|put|given|thought|announced)\s+(?:as|at|to be)?)\s+(?:an?\s+)?$"
)
_WORTH_OF_GOODS = re.compile(
    r"(?:[’']s?)?\s+(?:worth\s+)?of\s+(?:(?!(?:and|but|while|or)\s)[\w’'-]+\s+){1,5}(?:(?:was|were|being|that was|that were)\s+)?"
)
_GOODS_THEN_WHERE = re.compile(
    r"\s(?:(?!(?:to|from|were|was|rose|fell|and|by|in|of)\s)[a-z-]+(?:,|\sand)?\s){1,5}(?:to|from|worth|valued)\s"
)
_GOODS_WORTH = re.compile(rf"\b(?:goods|products|merchandise|commodities|services)\s+(?:worth|valued at)\s+(?:{_FILLING}\s+){{0,4}}$")
_WERE_ALL = re.compile(r"\s+(?:was|were|are|is|(?:have|has|had)\s+been)\s+")  # "goods worth $3bn were traded"
_BY_DOING = re.compile(r"\s+(?:from|by|on|in|through)\s+")  # "earned $6bn from exporting goods to …"
_COMPOUNDING = ("trade", "commerce", "export", "import", "bilateral trade", "foreign trade", "border trade")
_OUTSIDE = 10_000  # the level compared with stands in an earlier sentence
_AND_BEFORE = re.compile(rf"\W*(?:.{{0,60}}[\s,)])?(?:and|or|,)\s+(?:{_FILLING}\s+){{0,4}}$")
_OF_WHICH = re.compile(r"\bof which\s+(?:[\w-]+\s+){0,2}$")
_WERE = re.compile(r"\s+(?:was|were|is|are)\s+(?:[\w’'-]+\s+){0,2}")  # "of which $2bn were Egyptian exports"
_COMPARED_BEFORE = re.compile(r"\bcompared (?:to|with) (?:the )?(?:same|corresponding|similar) [^($]{3,40}\($")  # "… of 2021 ($23 million)"
_IN_TRADE = re.compile(r"\s+(?:in|on)\s+(?:[\w.’']+\s+){0,2}")  # "the deficit in U.S. trade"
_DIFFERENCE_AFTER = re.compile(
    r"(?:\s+or\s+[\d.]+\s?(?:%|pct|percent|per cent))?\s+(?:higher|lower|more|less|increase|decrease|decline|rise|drop|reduction|"
    r"jump|fall|improvement)\b(?!\s+in\s)"
)
_LEADS_TO = (
    "to",
    "in",
    "into",
    "on",
    "for",
    "from",
    "of",
    "by",
    "amid",
    "despite",
    "with",
    "as",
    "at",
    "over",
    "under",
    "through",
    "via",
    "including",
    "excluding",
    "without",
    "except",
)
_TO_BEFORE = re.compile(rf"\bto\s+(?:{_FILLING}\s+){{0,5}}$")


@dataclass(frozen=True, slots=True)
class SentenceMarks:
    """The marks of one sentence by what they do. ``governors`` are flow words and blocking words in order."""

    governors: tuple[Mark, ...]
    trends: tuple[Mark, ...]
    levels: tuple[Mark, ...]
    earlier: tuple[Mark, ...]
    others: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Role:
    """What an amount does: level, earlier, change or none. ``governor`` is None where the flow must come from the sentences before.

    ``base`` is the position (among the money of the sentence) of the level that an earlier level is compared with.
    """

    amount: Amount
    kind: str
    governor: Mark | None = None
    is_right: bool = False
    base: int | None = None


def marks_by_kind(passage: Passage) -> SentenceMarks:
    """Sort the marks of ``passage``; a form that may be noun or verb goes by its tag."""
    verbs = _verb_starts(passage)
    nouns = {token.start for token in passage.tokens if token.start not in verbs and token.tag in ("NOUN", "PROPN", "ADJ", "VERB")}
    names = _in_proper_names(passage)
    governors: list[Mark] = []
    by_kind: dict[str, list[Mark]] = {"trend": [], "level": [], "earlier": [], "other": []}
    for mark in passage.marks:
        if mark.form in _COMPOUNDING and _is_only_a_modifier(passage, mark):
            continue
        if mark.start in names and mark.kind in ("noun", "verb", "block"):
            continue
        if mark.kind == "cue" and any(time.start <= mark.start < time.end for time in passage.times):
            continue  # "May" of a date
        if mark.kind == "cue" and mark.start not in verbs and mark.form in trade_words().lists["cues_as_verbs"]:
            continue
        if mark.form in ("imported goods", "exported goods") and _has_subject(passage, mark, verbs):
            governors.append(_as_verb(mark))
        elif mark.kind == "noun":
            if governors and mark.flow == "total" and _IN_TRADE.fullmatch(passage.lower, governors[-1].end, mark.start):
                if governors[-1].sense.startswith("weak"):
                    governors[-1] = replace(governors[-1], sense=governors[-1].sense.removeprefix("weak "))
                continue  # "the deficit in U.S. trade" is a balance
            if (" " in mark.form or mark.start not in verbs) and not _abbreviates(passage, mark, governors):
                governors.append(mark)
        elif mark.kind == "verb":
            taken = bool(governors) and governors[-1].start == mark.start
            if not taken and (mark.start not in nouns or _is_past_form(mark.form)):
                governors.append(mark)
        elif mark.kind == "block":
            governors.append(mark)
        elif (mark.kind == "trend" and mark.form in ("more", "less", "fewer", "higher", "lower") and _is_degree(passage, mark)) or (
            mark.kind in ("giving", "receiving", "signing") and mark.start in nouns and not _is_past_form(mark.form)
        ):
            continue
        else:
            by_kind.get(mark.kind, by_kind["other"]).append(mark)
    return SentenceMarks(
        tuple(governors), tuple(by_kind["trend"]), tuple(by_kind["level"]), tuple(by_kind["earlier"]), tuple(by_kind["other"])
    )


def _has_subject(passage: Passage, mark: Mark, verbs: set[int]) -> bool:
    before = next((token for token in reversed(passage.tokens) if token.end <= mark.start), None)
    return mark.start in verbs and before is not None and before.tag in ("NOUN", "PROPN", "PRON", "AUX")


def _as_verb(mark: Mark) -> Mark:
    """Return the verb of "imported goods" where it is one ("Chad imported goods valued at …")."""
    form = mark.form.split(" ")[0]
    return Mark(mark.start, mark.start + len(form), form, "verb", mark.flow, "buyer" if mark.flow == "imports" else "seller")


def _abbreviates(passage: Passage, mark: Mark, governors: list[Mark]) -> bool:
    """Tell whether a flow word only abbreviates the one right before it ("foreign direct investment (FDI)")."""
    return (
        bool(governors)
        and governors[-1].flow == mark.flow
        and passage.lower[governors[-1].end : mark.start] == " ("
        and passage.lower.startswith(")", mark.end)
    )


def _is_only_a_modifier(passage: Passage, mark: Mark) -> bool:
    """Tell whether "trade" only modifies the noun after it ("a trade decision", "the trade bill")."""
    following = next((token for token in passage.tokens if token.start >= mark.end), None)
    if following is None or following.tag not in ("NOUN", "PROPN") or passage.lower[mark.end : following.start].strip(" -"):
        return False
    return following.lower not in trade_words().lists["measures_of_trade"]


def _in_proper_names(passage: Passage) -> set[int]:
    """Return where capitalised words of trade stand inside a sentence, as in "the World Trade Forecast" (headlines are all capitals)."""
    if passage.kind == "headline":
        return set()
    text = passage.text
    return {
        mark.start
        for mark in passage.marks
        if text[mark.start].isupper()
        and mark.start > passage.start + 2
        and text[max(0, mark.start - 2) : mark.start] not in (". ", "“", ": ")
        and not text[mark.start : mark.end].split(" ")[0].isupper()
    }


def _is_past_form(form: str) -> bool:
    """Tell whether a form of a verb is never a noun ("bought", "exported"), whatever its tag."""
    return form.endswith(("ed", "bought", "sold", "sent", "lent", "gave", "given", "sunk", "ing"))


def _is_degree(passage: Passage, mark: Mark) -> bool:
    """Tell whether "more" only opens an amount ("more than $5bn") and says nothing of a change."""
    return passage.lower.startswith(" than", mark.end) and any(0 <= amount.start - mark.end <= 8 for amount in passage.amounts)


def _verb_starts(passage: Passage) -> set[int]:
    """Return where verbs begin. A plural with no object after it is a noun, whatever its tag ("Pakistan exports to China rose")."""
    found = set()
    tokens = passage.tokens
    told = {mark.start for mark in passage.marks if mark.kind in ("level", "trend")}
    for position, token in enumerate(tokens):
        if token.tag == "NOUN" and token.lower in ("exports", "imports") and _acts_on_goods(passage, position):
            found.add(token.start)
        if token.tag not in ("VERB", "AUX"):
            continue
        following = tokens[position + 1] if position + 1 < len(tokens) else None
        is_plural = token.lower.endswith("s") and not token.lower.endswith("ss")
        if is_plural and (
            following is None or following.start in told or following.tag in ("VERB", "AUX", "ADP", "PART", "PUNCT", "ADV", "SCONJ")
        ):
            continue
        before = tokens[position - 1].tag if position else "PUNCT"
        if is_plural and following is not None and following.tag in ("SYM", "NUM") and before in ("CCONJ", "PUNCT", "SCONJ"):
            continue  # "and imports €17.5 billion"
        found.add(token.start)
    return found


def _acts_on_goods(passage: Passage, position: int) -> bool:
    """Tell whether "exports" between a state and goods that go somewhere is a verb, whatever its tag ("Chad exports salt to …")."""
    token = passage.tokens[position]
    if not any(actor.end == token.start - 1 and actor.form == "name" for actor in passage.parties):
        return False
    return _GOODS_THEN_WHERE.match(passage.lower, token.end) is not None


def roles_of(passage: Passage, marks: SentenceMarks, money: list[Amount]) -> list[Role]:
    """Return the role of each amount of money of the sentence, in order."""
    roles: list[Role] = []
    for position, amount in enumerate(money):
        if _is_difference(passage, marks, amount, money, position):
            roles.append(Role(amount, "change"))
            continue
        base = _level_compared(passage, marks, amount, roles, position)
        if base is not None:
            roles.append(Role(amount, "earlier", base=base))
            continue
        right = _right_governor(passage, marks, amount)
        if right:
            roles.append(Role(amount, "none" if right.kind == "block" else "level", right, is_right=True))
            continue
        left = _left_governor(passage, marks, amount, money)
        roles.append(Role(amount, "none" if left and left.kind == "block" else "level", left))
    return roles


def _right_governor(passage: Passage, marks: SentenceMarks, amount: Amount) -> Mark | None:
    """Return the noun of the phrase that the amount opens ("$5bn in exports", "a $500 million loan")."""
    found = None
    for mark in marks.governors:
        if mark.start < amount.end:
            continue
        if mark.kind == "verb":
            if found is None and mark.form.endswith("ing") and _BY_DOING.fullmatch(passage.lower, amount.end, mark.start):
                return mark
            if (
                found is None
                and mark.sense == "trader"
                and _WERE_ALL.fullmatch(passage.lower, amount.end, mark.start)
                and _GOODS_WORTH.search(passage.lower, passage.start, amount.start)
            ):
                return mark
            if found is None and _is_past_form(mark.form) and _WORTH_OF_GOODS.fullmatch(passage.lower, amount.end, mark.start):
                return mark
            continue
        if found and mark.start > found.end + 1:
            return found
        if mark.start - amount.end > 80:
            return found
        if found is None:
            is_part = _OF_WHICH.search(passage.lower, passage.start, amount.start) and _WERE.fullmatch(
                passage.lower, amount.end, mark.start
            )
            if not is_part and not _AMOUNT_TO_NOUN.fullmatch(passage.lower, amount.end, mark.start):
                return None
            if any(amount.end <= other.start < mark.start for other in passage.amounts):
                return None
            gap = passage.lower[amount.end : mark.start].split()
            is_bare = mark.sense == "weak" and not mark.form.startswith(("import", "export"))
            if gap and gap[0] in ("from", "on") and (mark.flow not in ("exports", "imports") or is_bare or len(gap) > 3):
                return None
            if mark.kind == "block" and (
                len(passage.lower[amount.end : mark.start].split()) > 2 or " the " in passage.lower[amount.end : mark.start]
            ):
                return None  # "in the Uzbek economy" only says where
        found = mark
    return found


def _left_governor(passage: Passage, marks: SentenceMarks, amount: Amount, money: list[Amount]) -> Mark | None:
    """Return the nearest flow word or blocking word before the amount, looking past phrases that only lead there."""
    left = [mark for mark in marks.governors if mark.end <= amount.start]
    for position in range(len(left) - 1, -1, -1):
        mark = left[position]
        if ";" in passage.lower[mark.end : amount.start]:
            return None
        if mark.form.startswith("receive") and not _OBJECT_WORTH.fullmatch(passage.lower, mark.end, amount.start):
            continue  # "FDI received from the UAE stood at $5bn"
        outer = next((other for other in reversed(left[:position]) if other.end <= mark.start), None)
        if outer and outer.kind != "block" and _hangs_on(passage, marks, mark, outer, money):
            continue
        if outer and outer.kind == "block" and passage.lower.startswith(" on ", outer.end):
            continue  # "payments on the country’s $8bn debt"
        return mark
    return None


def _hangs_on(passage: Passage, marks: SentenceMarks, mark: Mark, outer: Mark, money: list[Amount]) -> bool:
    """Tell whether ``mark`` only completes the phrase of ``outer`` ("exports to the Uzbek market", "imports on lower prices")."""
    between = passage.lower[outer.end : mark.start]
    if any(outer.end <= amount.start < mark.start for amount in money):
        return False
    words = between.split()
    if not words or len(words) > 8 or "," in between:
        return "," in between and mark.kind == "block" and passage.lower.find(",", mark.end, mark.end + 50) > 0
    if any(word in ("and", "while", "but", "or") for word in words):
        return mark.kind == "block" and words[-1] == "and"
    preposition = next((word for word in reversed(words[-4:]) if word in _LEADS_TO), None)
    if preposition is None:
        return False
    if mark.kind == "block":
        return True
    if mark.kind == "verb" or outer.kind != "noun":
        return False
    if outer.flow == mark.flow:
        return False
    if preposition in ("excluding", "including", "without", "except"):
        return True
    return preposition in ("of", "in", "on") and outer.sense not in ("weak", "weak debt")


# ------------------------------------------------------------------------------------------------ level, earlier level or difference


def _is_difference(passage: Passage, marks: SentenceMarks, amount: Amount, money: list[Amount], position: int) -> bool:
    """Tell whether the amount is a difference ("rose by $2bn", "fell 600 mln dlrs", "$1bn higher")."""
    lower = passage.lower
    before = lower[max(passage.start, amount.start - 60) : amount.start]
    near_trend = [
        mark
        for mark in marks.trends
        if mark.sense in ("up", "down") and mark.end <= amount.start and not mark.form.endswith((" from", " on"))
    ]
    if (_SAME_IN_MONEY.search(before) and _says_change(marks, amount)) or _REVISED.search(before):
        return True
    if _BY_BEFORE.search(before) and near_trend and amount.start - near_trend[-1].end < 80:
        return near_trend[-1].sense != "up" or not _is_gain_ahead(passage, marks, amount, money, position)
    if near_trend:
        gap = lower[near_trend[-1].end : amount.start]
        if not gap.strip(" -$") or re.fullmatch(r"\s+(?:about|around|nearly|almost|some|over|more than|roughly)\s+", gap):
            return near_trend[-1].form not in (
                "cut",
                "gained",
                "gain",
                "improve",
                "improved",
                "lower",
                "higher",
                "reduced",
                "reduce",
                "growth",
            )
    return bool(_DIFFERENCE_AFTER.match(lower, amount.end))


def _is_gain_ahead(passage: Passage, marks: SentenceMarks, amount: Amount, money: list[Amount], position: int) -> bool:
    """Tell whether a difference is one expected or aimed at, which is told for itself ("exports could grow by $2bn"): no level follows."""
    left = money[position - 1].end if position else passage.start
    following = money[position + 1] if position + 1 < len(money) else None
    if following is not None and _TO_BEFORE.search(passage.lower, amount.end, following.start):
        return False
    flow = next((mark.flow for mark in reversed(marks.governors) if mark.end <= amount.start), "")
    return flow != "balance" and any(
        mark.kind == "cue" and mark.sense in ("forecast", "potential", "target") and left <= mark.start < amount.start
        for mark in marks.others
    )


def _says_change(marks: SentenceMarks, amount: Amount) -> bool:
    return any(0 <= amount.start - mark.end < 70 and mark.sense in ("up", "down") for mark in marks.trends)


def _level_compared(passage: Passage, marks: SentenceMarks, amount: Amount, roles: list[Role], position: int) -> int | None:
    """Return the position of the level that ``amount`` is only compared with ("from $2bn", "against $2bn a year ago", "… and $3bn")."""
    lower = passage.lower
    left = roles[-1].amount.end if roles else passage.start
    base = next((at for at in range(position - 1, -1, -1) if roles[at].kind in ("level", "none")), None)
    if is_bracketed_level(passage, amount):
        return base if base is not None else _OUTSIDE
    for mark in reversed(marks.earlier):
        if mark.end > amount.start or mark.start < left or (mark.form == "over the" and not _after_percent(passage, mark.start)):
            continue
        if mark.form in ("higher than", "lower than", "above", "below") and base is None and _LAST_YEARS.match(lower, mark.end):
            return _OUTSIDE
        if mark.form in ("after", "above", "below", "well above", "well below", "higher than", "lower than") and base is None:
            return None
        gap = lower[mark.end : amount.start]
        ahead = position + 1 if base is None or _opens_to(passage, amount, mark) else base
        if _WHICH_WAS.fullmatch(gap):
            return base if base is not None else _OUTSIDE
        if _ONLY_FILLING.fullmatch(gap) or _is_of_a_date(passage, mark.end, amount.start):
            return ahead
        nouns = [flow for flow in marks.governors if mark.end <= flow.start < amount.start and flow.kind == "noun"]
        if nouns and base is not None and _is_other_flow(nouns[-1], roles[base].governor):
            return None
        has_noun = bool(nouns)
        has_verb = any(mark.end <= verb.start < amount.start and verb.sense != "flat" for verb in (*marks.trends, *marks.levels))
        if has_noun and not has_verb and len(gap) < 70 and mark.form not in ("from", "after", "than"):
            return ahead
        if has_noun and mark.form in ("from", "after") and len(gap.split()) <= 5 and re.match(r"\s+(?:a|an|the|its)\s", gap):
            return ahead
        return None
    if roles and roles[-1].kind == "earlier" and roles[-1].base is not None and roles[-1].base < position:
        between = lower[left : amount.start]
        has_flow = any(left <= flow.start < amount.start and flow.kind != "block" for flow in marks.governors)
        has_verb = any(left <= verb.start < amount.start for verb in (*marks.trends, *marks.levels))
        if _AND_BEFORE.fullmatch(between) and not has_verb and (not has_flow or len(between) < 60):
            return roles[-1].base
    return None


def _is_of_a_date(passage: Passage, start: int, stop: int) -> bool:
    """Tell whether only a date stands between a comparing word and its level ("from January’s $7bn", "above February 1986’s $6bn")."""
    return any(
        start <= time.start
        and time.end <= stop
        and not passage.lower[start : time.start].strip()
        and passage.lower[time.end : stop].strip() in ("’s", "'s", "’", "'", "")
        for time in passage.times
    )


def _after_percent(passage: Passage, start: int) -> bool:
    return any(amount.unit == "percent" and 0 <= start - amount.end <= 1 for amount in passage.amounts)


def _is_other_flow(mark: Mark, governor: Mark | None) -> bool:
    """Tell whether a level is set against one of the flow's other direction ("exports of $5bn against imports of $3bn")."""
    return governor is not None and {mark.flow, governor.flow} == {"exports", "imports"}


def is_bracketed_level(passage: Passage, amount: Amount) -> bool:
    """Tell whether an amount in brackets is a level of another time ("down 8.9 percent ($410 million in January-August 2023)")."""
    if not passage.lower[max(passage.start, amount.start - 2) : amount.start].rstrip().endswith("("):
        return False
    if _COMPARED_BEFORE.search(passage.lower, passage.start, amount.start):
        return True
    closing = passage.lower.find(")", amount.end, amount.end + 70)
    return closing >= 0 and any(amount.end <= time.start < closing and time.start - amount.end < 25 for time in passage.times)


def _opens_to(passage: Passage, amount: Amount, mark: Mark) -> bool:
    """Tell whether "from A to B" follows, so that the level compared comes after the amount."""
    following = next((other for other in passage.amounts if other.start >= amount.end and other.unit == "money"), None)
    if following is None or not mark.form.endswith("from") or following.start - amount.end > 60:
        return False
    between = passage.lower[amount.end : following.start]
    if "," in between or any(other.kind in ("noun", "verb") and amount.end <= other.start < following.start for other in passage.marks):
        return False
    return bool(_TO_BEFORE.search(passage.lower, amount.end, following.start))
