"""When a happening was, is or will be.

Belongs here: choosing the time expression that dates a happening, stretching a stay by its length, falling back on the passage's date.
Does not belong here: resolving words to dates (annotators/times).
"""

import re
from datetime import date, timedelta
from typing import NamedTuple

from pipelines.extraction.frames.rules import light_verbs, noun_rules
from pipelines.extraction.frames.status import CANCELLED, OCCURRED, ONGOING, PLANNED, PROPOSED
from pipelines.extraction.frames.view import ArticleView
from pipelines.extraction.frames.words import words
from pipelines.extraction.model import Clause, TimeExpression

_DAYS_OF_DURATION = re.compile(r"P(\d+)([DW])$")
_TO_NEXT = re.compile(r"[ ,)]+(?:in order )?to ")
_LAST_WORD = re.compile(r"(\w+)\W*$")
_APART = (" after", " before", " earlier", " later", " following")
_FINE = frozenset({"day", "week"})
_LONGEST_STAY = 40
_RELATIVE = frozenset({"who", "which"})
_BESIDE = 25
_OPENING = 30
_NOUN_REACH = 110
_DAY_OF_STAY = re.compile(
    r"\b(first|second|third|fourth|fifth|last|final|closing|opening) day of (?:a|an|his|her|the|their|its)\b", re.IGNORECASE
)
_WEEKDAYS = frozenset({"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"})
_LONGEST_GAP = 8
_WHEN_GAP = 8  # ", when "
_ADJACENT = frozenset({"", "on", "in", "at", "from", "early on", "late on"})
_GENITIVES = ("'s", "’s", "’ ", "' ")
_GENITIVE_REACH = 60
_SINCE_REACH = 60
_BEFORE = frozenset({"before", "ahead", "since"})
_AFTER = frozenset({"after", "following"})
_ORDINALS = {"first": 1, "opening": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5}


class When(NamedTuple):
    """A calendar interval, the words it was read from, and how: explicit relative anchored fiscal inherited publication none.

    ``rank``: 3 the clause's own words, 2 words of the sentence, 1 the passage, 0 no basis.
    """

    start: date | None
    end: date | None
    precision: str
    text: str | None
    method: str
    rank: int


NO_DATE = When(None, None, "unknown", None, "none", 0)


def published(day: date | None) -> When:
    """Return the day of publication as a date of its own."""
    return NO_DATE if day is None else When(day, day, "day", None, "publication", 1)


def inherited(when: When) -> When:
    """Return ``when`` as the date that a later sentence takes from the passage."""
    return when._replace(method=when.method if when.method == "publication" else "inherited", rank=min(1, when.rank))


def when_of_expression(expression: TimeExpression, rank: int) -> When:
    return When(
        expression.start_date,
        expression.end_date or expression.start_date,
        expression.precision,
        expression.text,
        expression.method,
        rank,
    )


def days_in(expression: TimeExpression) -> int | None:
    """Return the length in days of a duration ("two-day" → 2), or None."""
    found = _DAYS_OF_DURATION.match(expression.timex_value or "")
    if expression.timex_type != "DURATION" or not found or expression.text.lower().endswith(_APART):
        return None  # "five weeks after" is no stay
    days = int(found[1][:6]) * (7 if found[2] == "W" else 1)
    return days if 0 < days <= _LONGEST_STAY else None


def month_end(start: date) -> date:
    """Return the last day of the month that begins on ``start``."""
    return (start + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def fits(expression: TimeExpression, status: str, published_on: date | None) -> bool:
    """Say whether a happening of ``status`` can have this date."""
    if expression.start_date is None or expression.timex_type == "SET":
        return False
    return may_be(When(expression.start_date, expression.end_date, expression.precision, None, "", 0), status, published_on)


def may_be(when: When, status: str, published_on: date | None) -> bool:
    """Say whether the interval can be that of a happening of ``status``: past, or still to come."""
    if published_on is None or when.start is None:
        return True
    if status == OCCURRED:
        return when.start <= published_on
    return (when.end or when.start) >= published_on if status in (PLANNED, PROPOSED) else True


def is_limit(view: ArticleView, expression: TimeExpression) -> bool:
    """Say whether the words before ``expression`` make it a limit ("by 2030") rather than a date."""
    limits = words("limiting")
    if expression.text.split(" ", 1)[0].lower() in limits:
        return True
    before = _LAST_WORD.search(view.article.text, max(0, expression.start - 12), expression.start)
    return before is not None and before[1].lower() in limits


def _owner(view: ArticleView, sentence: int, position: int) -> int | None:
    """Return the smallest clause that holds ``position``."""
    best, size = None, 1 << 30
    text = view.article.text
    for index in view.clauses_of_sentence.get(sentence, ()):
        clause = view.clause(index)
        if 0 < position - clause.verb.end <= _LONGEST_GAP and text[clause.verb.end : position].strip() in _ADJACENT:
            return index  # "who leaves tomorrow"
        if clause.start <= position < clause.end and clause.end - clause.start < size:
            best, size = index, clause.end - clause.start
    if best is None:
        return None
    return _aside_before(view, sentence, best, position) or _last_of_row(view, best, position)


def _aside_before(view: ArticleView, sentence: int, index: int, position: int) -> int | None:
    """Return the relative clause that a date between it and the verb of clause ``index`` is of ("X, who rang on Monday, said")."""
    text = view.article.text
    for inner in view.clauses_of_sentence.get(sentence, ()):
        verb = view.clause(inner).verb
        if (
            inner != index
            and view.clause(inner).link in _RELATIVE
            and verb.end <= position < view.clause(index).verb.start
            and "," not in text[verb.end : position]
        ):
            return inner
    return None


def _last_of_row(view: ArticleView, index: int, position: int) -> int:
    """Return the verb of a row that a second date is of ("came on Monday and met him on Tuesday"), else the clause itself."""
    start, last = view.clause(index).start, index
    for child in view.children.get(index, ()):
        below = view.clause(child)
        is_row = below.link in ("and", "but") and view.clause(last).verb.end <= below.verb.start < position
        if is_row and any(time.start_date is not None for time in view.times_in(start, below.verb.start)):
            last = child
    return last


def _ancestors(view: ArticleView, index: int | None) -> dict[int, str]:
    """Return the clauses above ``index`` with the link that leads to each."""
    found: dict[int, str] = {}
    while index is not None and len(found) < 8:
        clause = view.clause(index)
        if clause.parent is None or clause.parent in found:
            break
        found[clause.parent] = clause.link or ""
        index = clause.parent
    return found


def time_in_sentence(
    view: ArticleView,
    sentence: int,
    clause: int | None,
    focus: int,
    status: str,
    limits: bool,
    spoken: bool = False,
    outside: tuple[int, int] = (0, 0),
) -> When | None:
    """Return the date that the sentence gives the happening told at ``focus``: the clause's own first, then those above and before it.

    ``spoken``: what is told is speech, so that dates inside what is spoken of are not its own. ``outside``: a span whose dates are none.
    """
    bounds = view.sentence(sentence)
    expressions = view.times_in(bounds.start, bounds.end)
    if not expressions:
        return None
    above = _ancestors(view, clause)
    best: tuple[int, int, TimeExpression] | None = None
    for expression in expressions:
        if not fits(expression, status, view.article.published_on) and not _is_next(view, expression, clause, status):
            continue
        if outside[0] <= expression.start < outside[1]:
            continue
        is_since = expression.text.lower().startswith("since ")
        if is_since and status in (PLANNED, PROPOSED):
            continue  # "the talks, under way since May, will go on in June"
        opens = (clause is not None and _opens(view, clause, expression)) or (is_since and status == ONGOING)
        if not limits and not opens and is_limit(view, expression):
            continue
        owner = clause if opens else _owner(view, sentence, expression.start)
        rank = _rank(view, sentence, expression, owner, clause, focus, above, status)
        if spoken and rank and expression.start > focus and owner not in above and _is_content(view, sentence, focus, expression):
            continue
        if not rank or (rank < 3 and status == OCCURRED and _is_unfinished(view, expression)):
            continue
        if rank < 3 and not fits(expression, status, view.article.published_on):
            continue
        distance = abs(expression.start - focus) + (0 if expression.precision in _FINE else 40)
        if best is None or (-rank, distance) < best[:2]:
            best = (-rank, distance, expression)
    if best is None:
        return None
    when = when_of_expression(best[2], 3 if best[0] == -3 else 2)
    return next_one(when, view.article.published_on) if status in (PLANNED, PROPOSED) else when


def _is_next(view: ArticleView, expression: TimeExpression, clause: int | None, status: str) -> bool:
    """Say whether a weekday read as the last one is the next, for it dates what is to come ("is set for Friday")."""
    told = view.clause(clause).verb if clause is not None else None
    if told is not None and told.tense == "past" and not told.is_passive:
        return False  # "on Monday invited him to come": the day on which it was done
    when = when_of_expression(expression, 3)
    return status in (PLANNED, PROPOSED) and next_one(when, view.article.published_on) is not when


def _opens(view: ArticleView, clause: int, expression: TimeExpression) -> bool:
    """Say whether a clause tells what was on the day right before it ("since 9 May, when Peru summoned …")."""
    told = view.clause(clause)
    return told.link == "when" and 0 <= told.start - expression.end <= _WHEN_GAP


def _is_content(view: ArticleView, sentence: int, focus: int, expression: TimeExpression, spoken: bool = True) -> bool:
    """Say whether another verb or an event noun stands between the words of speech and the date: then the date is of that."""
    nouns = noun_rules()
    meanwhile = False
    for token in view.tokens(sentence):
        if token.start <= focus or token.start >= expression.start:
            continue
        if token.tag == "VERB" and token.start > focus + 1 and not focus <= token.start < focus + 4:
            return True
        meanwhile = token.lower == "during" or (meanwhile and token.tag not in ("ADP", "PUNCT"))
        if token.tag == "NOUN" and (token.lower in nouns or token.lemma in nouns) and not meanwhile:
            if not spoken and any(rule.engagement_type == "visit" for rule in nouns.get(token.lower) or nouns[token.lemma]):
                continue  # "flew in for a visit on Monday and signed": on Monday
            return True  # but "invited him during a visit in May": in May
    return False


def _is_unfinished(view: ArticleView, expression: TimeExpression) -> bool:
    """Say whether a long interval reaches beyond publication ("later this year"): it dates nothing past that stands elsewhere."""
    today = view.article.published_on
    return today is not None and expression.precision not in _FINE and expression.end_date is not None and expression.end_date > today


def _rank(
    view: ArticleView,
    sentence: int,
    expression: TimeExpression,
    owner: int | None,
    clause: int | None,
    focus: int,
    above: dict[int, str],
    status: str,
) -> int:
    """Return how close a time stands to a clause: 3 its own, 2 its reporter's or the whole sentence's, 1 before it, 0 another's."""
    if clause is not None and _is_of_whose(view, view.clause(clause), expression):
        return 0
    if owner == clause:
        above_it = view.clause(clause).parent if clause is not None and _is_of_report(view, view.clause(clause), expression) else None
        if above_it is None:
            return 0 if _is_of_other(view, sentence, expression, focus) else 3
        owner = above_it
    if owner is None:
        return 0 if _is_of_other(view, sentence, expression, focus) else 2
    if clause is not None and clause in _ancestors(view, owner):
        below = view.clause(owner)
        if focus < expression.start < below.verb.start and below.link in ("and", "but", "or"):
            return 2
        if focus < expression.start < below.verb.start and _TO_NEXT.match(view.article.text, expression.end):
            return 2  # "will visit tomorrow to boost ties": the day stands before the purpose
        if below.link == "participle" and below.verb.is_passive and below.verb.lemma not in words("holding"):
            return 0  # "will train engineers under a pact signed in March"
        if below.link == "to" and below.verb.is_passive and below.verb.lemma in words("holding"):
            return 2  # "at talks to be held on Thursday"
        upper = view.clause(clause)
        if below.link == "to" and upper.subject is not None and upper.subject.start <= focus < upper.subject.end and _takes_place(below):
            return 2  # "the talks are scheduled to take place tomorrow"
        return 2 if below.link is None or below.link in ("participle", "for") else 0
    if owner in above:
        upper = view.clause(owner)
        if is_ahead(status) and _is_spoken_of(above, owner):
            return 0  # the day on which it was said is not the day that it will be
        if above[owner] == "and" and upper.verb.start > focus:
            return 0  # "X, who came on Monday and flew out, promised on Tuesday"
        beside = expression.start < upper.verb.start or expression.start - upper.verb.end < _BESIDE
        if beside or above[owner] in ("that", "quote", "to", "ing", "participle"):
            return 2
        # "received him on Monday and thanked him": the same day, unless the day is of something the first verb speaks of
        spoken = upper.verb.lemma not in words("moving")
        return 0 if _is_content(view, sentence, upper.verb.start, expression, spoken) else 1
    # another clause's time counts only where it opens the sentence ("On Monday, …")
    return 1 if expression.start < focus and expression.start - view.sentence(sentence).start < _OPENING else 0


def _takes_place(clause: Clause) -> bool:
    """Say whether the verb tells that its subject is or begins."""
    return light_verbs().get((clause.verb.lemma, "subject")) in ("occurs", "begins")


def _is_spoken_of(above: dict[int, str], owner: int) -> bool:
    """Say whether there is speech between a clause and ``owner`` above it ("praised him and said he looked forward to meeting him")."""
    for index, link in above.items():
        if link in ("that", "quote"):
            return True
        if index == owner:
            break
    return False


def _is_of_report(view: ArticleView, clause: Clause, expression: TimeExpression) -> bool:
    """Say whether a time that the parse put into what is said is of the saying ("said on Monday he would …")."""
    if clause.parent is None or clause.subject is None or clause.link not in ("that", "quote"):
        return False
    said = view.clause(clause.parent)
    return said.verb.end <= expression.start < clause.subject.start and said.verb.end <= clause.start


def _is_of_whose(view: ArticleView, clause: Clause, expression: TimeExpression) -> bool:
    """Say whether a time stands in an aside before the verb ("X, whose visit ends today, thanked …")."""
    if not clause.start <= expression.start < clause.verb.start:
        return False
    before = view.article.text[clause.start : expression.start].lower()
    return before.rfind(", whose ") > before.rfind(", ") - 1 and ", whose " in before


def _is_of_other(view: ArticleView, sentence: int, expression: TimeExpression, focus: int) -> bool:
    """Say whether a time stands in the phrase of another happening ("last month's accord", "after his trip to Peru this week")."""
    text = view.article.text
    nouns = noun_rules()
    if text.startswith(_GENITIVES, expression.end) or text.endswith(_GENITIVES, expression.start, expression.end):
        return not expression.start < focus < expression.end + _GENITIVE_REACH
    if _is_of_since(view, sentence, expression):
        return True
    later = expression.start > focus
    if not later:
        return False
    apart = ""
    for token in view.tokens_in(sentence, focus, expression.start):
        if token.lower in _BEFORE or token.lower in _AFTER:
            apart = token.lower
        elif token.lower == ",":
            apart = ""
        elif apart and (token.lower in nouns or token.lemma in nouns):
            found = nouns.get(token.lower) or nouns[token.lemma]
            if apart in _BEFORE or expression.precision not in _FINE or any(rule.engagement_type in ("visit", "summit") for rule in found):
                return True
    return False


def _is_of_since(view: ArticleView, sentence: int, expression: TimeExpression) -> bool:
    """Say whether a time is of what a gerund after "since" tells ("his first trip since taking office in May")."""
    since = is_told = False
    for token in view.tokens_in(sentence, max(view.sentence(sentence).start, expression.start - _SINCE_REACH), expression.start):
        if token.lower == "since":
            since = True
            is_told = False
        elif token.lower == ",":
            since = False
        elif since and token.lower.endswith("ing"):
            is_told = True
    return since and is_told


def time_after_noun(view: ArticleView, start: int, end: int, status: str, precisions: frozenset[str] = _FINE) -> When | None:
    """Return the first fitting date in [start, end), which follows an event noun named in passing ("a strike that hit on Monday")."""
    for expression in view.times_in(start, min(end, start + _NOUN_REACH)):
        apart = set(view.article.text[start : expression.start].lower().split()) & (_BEFORE | _AFTER | {"until"})
        if apart or is_limit(view, expression):
            continue
        if fits(expression, status, view.article.published_on) and expression.precision in precisions:
            return when_of_expression(expression, 3)
    return None


def time_in_phrase(view: ArticleView, start: int, end: int, status: str) -> When | None:
    """Return the date that stands inside a noun phrase ("his 5 to 6 May visit", "Monday's talks")."""
    for expression in view.times_in(start, end):
        if expression.start_date is None or expression.timex_type not in ("DATE", "TIME"):
            continue
        when = when_of_expression(expression, 3)
        when = next_one(when, view.article.published_on) if is_ahead(status) else when
        if status == CANCELLED or may_be(when, status, view.article.published_on):
            return when
    return None


def next_weekday(when: When, published_on: date | None) -> When:
    """Move a bare weekday that was read as the last one to the next."""
    if published_on is None or when.start is None or when.start != when.end or when.start >= published_on or when.text is None:
        return when
    if when.text.lower() not in _WEEKDAYS:
        return when
    return when._replace(start=when.start + timedelta(days=7), end=when.start + timedelta(days=7))


def next_one(when: When, published_on: date | None) -> When:
    """Move a bare weekday or month that was read as the last one to the next ("flies to Lima on Friday", "invited him to come in May")."""
    if published_on is None or when.start is None or when.end is None or when.end >= published_on or when.text is None:
        return when
    moved = next_weekday(when, published_on)
    if moved is not when:
        return moved
    if when.precision == "month" and when.text.isalpha() and when.start.year >= published_on.year - 1:
        start = when.start.replace(year=when.start.year + 1)
        return when._replace(start=start, end=month_end(start))
    return when


def time_put_off(view: ArticleView, sentence: int, noun_end: int, is_past: bool) -> When | None:
    """Return the day that a happening called off was to have: one that the words after its noun set it for, or any still to come.

    The day of the calling off is not its own ("cancelled on Monday"), nor is the new one ("until May"). ``is_past``: it was called off
    in the past tense, so that a weekday is the last one ("the talks, set for Monday, were put off").
    """
    bounds = view.sentence(sentence)
    today = view.article.published_on
    for expression in view.times_in(noun_end, bounds.end):
        if expression.start_date is None or expression.timex_type == "SET" or is_new_day(view, noun_end, expression):
            continue
        between = view.article.text[noun_end : expression.start].lower()
        is_set = any(word in between for word in words("scheduling"))
        if is_set or (today is not None and (expression.end_date or expression.start_date) > today):
            when = when_of_expression(expression, 3)
            return when if is_past else next_one(when, today)
    return None


def time_moved_to(view: ArticleView, sentence: int, noun_end: int) -> When | None:
    """Return the new day of a happening put off ("to 5 October", "until May"), if it is still to come."""
    for expression in view.times_in(noun_end, view.sentence(sentence).end):
        if expression.start_date is None or expression.timex_type == "SET" or not is_new_day(view, noun_end, expression):
            continue
        when = next_one(when_of_expression(expression, 3), view.article.published_on)  # "has been pushed back to January": the next one
        if may_be(when, PLANNED, view.article.published_on):
            return when
    return None


def is_new_day(view: ArticleView, noun_end: int, expression: TimeExpression) -> bool:
    """Say whether the words before a date make it the one that something is put off to."""
    between = view.article.text[noun_end : expression.start].lower()
    last = between.split()[-1:]
    opening = expression.text.split(" ", 1)[0].lower()
    if last in (["to"], ["until"], ["till"]) or opening in ("until", "till"):
        return True
    return last in (["for"], ["on"], ["in"]) and any(word in between for word in words("resetting"))


def stretched(view: ArticleView, start: int, end: int, when: When, verb: str | None) -> When:
    """Return the dates of a stay: its length in [start, end) counted from its arrival, or back from its end."""
    if when.start is None or when.precision != "day" or when.start != when.end or (verb == "be" and when.rank < 3):
        return when
    for expression in view.times_in(start, end):
        days = days_in(expression)
        if days is None:
            continue
        day_of = _DAY_OF_STAY.search(view.article.text, start, expression.start + 2)
        if day_of:
            number = _ORDINALS.get(day_of[1].lower(), days)
            begin = when.start - timedelta(days=number - 1)
            return when._replace(start=begin, end=begin + timedelta(days=days - 1), method="anchored")
        if verb in words("leaving"):
            return when._replace(start=when.start - timedelta(days=days - 1), method="anchored")
        if verb in words("arriving"):
            return when._replace(end=when.start + timedelta(days=days - 1), method="anchored")
    return when


def status_by_date(status: str, when: When, published_on: date | None, verb: str) -> str:
    """Return the status that the dates of a stay of several days show: under way at publication, unless its ``verb`` tells its end."""
    if published_on is None or when.start is None or when.end is None or status not in (OCCURRED, ONGOING) or when.precision != "day":
        return status
    if verb in words("leaving") and status == OCCURRED:
        return status
    return ONGOING if when.start <= published_on <= when.end and when.start < when.end else status


def is_lead(view: ArticleView, sentence: int) -> bool:
    """Say whether a sentence stands in the headline or the first paragraph."""
    first = view.first_body_sentence
    return sentence <= first or view.sentence(sentence).paragraph == view.sentence(first).paragraph


def is_ahead(status: str) -> bool:
    return status in (PLANNED, PROPOSED, CANCELLED)
