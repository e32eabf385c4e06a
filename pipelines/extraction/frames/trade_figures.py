"""Figures of a sentence: which flow an amount of money belongs to, whose it is, and how it changed.

Belongs here: the way from an amount to its governing noun or verb and the draft of a claim. Does not belong here: parties (trade_parties),
periods (trade_periods), claim types (trade_cues), ranks (trade_ranks).
"""

import re
from dataclasses import dataclass, replace

from pipelines.extraction.frames.trade_commodities import commodity_of
from pipelines.extraction.frames.trade_cues import claim_type_of
from pipelines.extraction.frames.trade_parties import (
    Sides,
    code_of,
    preposition_before,
    prepositional_parties,
    sides_of_noun,
    sides_of_verb,
)
from pipelines.extraction.frames.trade_passages import WORLD, Discourse, Draft, Passage
from pipelines.extraction.frames.trade_words import Mark, trade_words
from pipelines.extraction.model import Amount

_BETWEEN_AMOUNT_AND_NOUN = re.compile(
    r"[\s-]*(?:worth\s+of\s+|worth\s+|in\s+|of\s+|’s?\s+worth\s+of\s+)?(?:(?!(?:to|from|and|with|by|as|on|against|compared|while|last|this|is|was|were|which|that|for|or|but|after|than|at)\b)[\w’'.%–-]+\s+){0,6}"
)
_EARLIER_GAP = re.compile(
    r"\s+(?:(?:a|an|the|its|about|around|some|nearly|almost|over|just|only|revised|record|more|less|than|roughly|approximately|provisional|previous|of|worth|last|year[’']s|estimated)\s+){0,5}"
)
_CHANGE_BY = re.compile(
    r"\bby\s+(?:(?:a|an|about|around|some|nearly|almost|over|just|only|more|less|than|roughly|approximately|up|to|as|much|at|least|another|further|between|record)\s+){0,4}$"
)
_COMPONENT = re.compile(r"\b(?:including|of which|of this|of that|of these|of them|among them|among which|out of which)\b")
_SUBJECTLESS = re.compile(
    r"^\W*(?:and\s+|but\s+)?(?:we|they|it|he|she|this|that|the (?:figure|total|number|amount|volume|value)s?)\b|^\W*(?:it|they|this)\b"
)
_SHARE_AFTER = re.compile(r"\s*(?:share\b|stake\b|of (?!last\b)|tariff|duty|duties|levy|tax|interest|owned|cent of)")
_SHARE_BEFORE = re.compile(
    r"(?:share of|account(?:s|ed|ing)? for|mak(?:es?|ing) up|made up|represent(?:s|ed|ing)?|constitut(?:es?|ed|ing)|compris(?:es?|ed|ing)|tariffs? of|duty of|duties of|rate of|at a rate of|tax of|stake of|interest of|equivalent to|equal to)\s+(?:about |around |nearly |over |almost |more than |some |just |only |less than |up to |roughly )?$"
)
_TARGET_TYPES = ("target", "potential", "forecast")
_HARD_BREAK = re.compile(r"[;]|\.\s")
_LIST_PARTNER = re.compile(
    r"[\s(:–,-]*(?:with|at|worth|by|-|—|was|were|took|bought|accounted for|stood at)?[\s(]*(?:a |about |some |nearly |over |around )?$"
)


@dataclass(frozen=True, slots=True)
class Governor:
    """The word that says what an amount is of. ``stop`` is how far to the right its phrase may reach."""

    mark: Mark
    is_right: bool


def read_figures(passage: Passage, state: Discourse) -> list[Draft]:
    """Return the drafts of the figures of one sentence, and note in ``state`` what the next sentence may lean on."""
    money = [amount for amount in passage.amounts if amount.unit == "money"]
    if not money and not any(amount.unit in ("percent", "factor") for amount in passage.amounts):
        return []
    reader = _Sentence(passage, state, money)
    drafts = reader.drafts_of_money()
    drafts += reader.drafts_of_changes(drafts)
    return drafts


class _Sentence:
    """Reads one sentence; holds what its figures have in common so that each step stays short."""

    def __init__(self, passage: Passage, state: Discourse, money: list[Amount]) -> None:
        self.passage, self.state, self.money = passage, state, money
        verb_starts = {token.start for token in passage.tokens if token.tag in ("VERB", "AUX")}
        noun_starts = {token.start for token in passage.tokens if token.tag in ("NOUN", "PROPN", "ADJ")}
        self.flows = [mark for mark in passage.marks if self._is_flow(mark, verb_starts, noun_starts)]
        self.trends = [mark for mark in passage.marks if mark.kind == "trend"]
        self.blocks = [mark for mark in passage.marks if mark.kind == "block"]
        self.earlier = [mark for mark in passage.marks if mark.kind == "earlier"]
        self.governors = sorted(self.flows + self.blocks, key=lambda mark: (mark.start, mark.kind == "block"))
        self.used: dict[int, Draft] = {}

    @staticmethod
    def _is_flow(mark: Mark, verb_starts: set[int], noun_starts: set[int]) -> bool:
        if mark.kind == "noun":
            return mark.start not in verb_starts or " " in mark.form or mark.start in noun_starts
        return mark.kind == "verb" and (mark.start in verb_starts or mark.start not in noun_starts)

    # -------------------------------------------------------------------------------------------- governors

    def _right_governor(self, amount: Amount) -> Mark | None:
        """Return the flow noun of the phrase the amount opens ("$5bn in exports", "a $500 million loan")."""
        for mark in self.governors:
            if mark.start < amount.end or mark.kind == "verb":
                continue
            if mark.start - amount.end > 70:
                return None
            if _BETWEEN_AMOUNT_AND_NOUN.fullmatch(self.passage.lower, amount.end, mark.start) and not any(
                other.start >= amount.end and other.end <= mark.start for other in self.passage.amounts
            ):
                follower = next((later for later in self.governors if later.start == mark.end + 1), None)
                return follower if follower and follower.kind == "noun" and mark.kind == "noun" else mark
            return None
        return None

    def _left_governor(self, amount: Amount) -> Mark | None:
        """Return the nearest flow word or blocking word before the amount, looking past phrases that only lead there."""
        lower, passage = self.passage.lower, self.passage
        left = [mark for mark in self.governors if mark.end <= amount.start]
        for position in range(len(left) - 1, -1, -1):
            mark = left[position]
            if _HARD_BREAK.search(lower, mark.end, amount.start) and ";" in lower[mark.end : amount.start]:
                return None
            outer = next((other for other in reversed(left[:position]) if other.end <= mark.start), None)
            if outer and outer.kind != "block" and self._hangs_on(mark, outer):
                continue
            if (
                mark.kind == "verb"
                and mark.flow == "exports"
                and outer
                and passage.lower[mark.start : mark.end] in ("shipping", "supplying")
            ):
                continue
            return mark
        return None

    def _hangs_on(self, mark: Mark, outer: Mark) -> bool:
        """Tell whether ``mark`` only hangs on the phrase of ``outer`` ("exports to the Uzbek market", "exports, its main source of income, …")."""
        lower = self.passage.lower
        between = lower[outer.end : mark.start]
        if any(outer.end <= amount.start < mark.start for amount in self.money):
            return False
        words = between.split()
        if "," in between:
            if (
                between.count(",") == 1
                and lower.find(",", mark.end, mark.end + 60) > 0
                and not any(t.start > outer.end and t.end < mark.start for t in self.trends)
            ):
                return mark.kind == "block"
            return False
        if not words or len(words) > 7:
            return False
        preposition = next(
            (
                word
                for word in reversed(words[-4:])
                if word
                in ("to", "in", "into", "on", "for", "from", "of", "by", "amid", "despite", "with", "as", "at", "over", "under", "through")
            ),
            None,
        )
        if preposition is None:
            return False
        if mark.kind == "block":
            return True
        if (
            mark.kind == "noun"
            and outer.kind == "noun"
            and preposition in ("of", "in", "to", "from", "on", "with")
            and not any(word in ("and", "while") for word in words)
        ):
            return (
                outer.flow in ("exports", "imports", "total", "balance", "investment")
                and mark.sense in ("weak", "strong")
                and mark.flow in ("investment", "financing", "exports", "imports", "total")
                and preposition in ("of", "in", "on")
            )
        return False

    def _anaphor_flow(self, amount: Amount) -> Draft | None:
        """Return the draft that "the figure", "it" or an unsaid subject stands for."""
        state, passage = self.state, self.passage
        last = state.last
        if last is None or passage.number - state.last_passage > 1 or state.blocked_passage == passage.number - 1:
            return None
        opening = passage.lower[passage.start : amount.start]
        levels = [mark for mark in passage.marks if mark.kind in ("level", "trend") and mark.end <= amount.start]
        anaphors = [mark for mark in passage.marks if mark.kind == "anaphor" and mark.end <= amount.start]
        if levels and (_SUBJECTLESS.search(opening) or any(mark.start - passage.start < 40 and " " in mark.form for mark in anaphors)):
            return last
        if any(mark.form in ("the figure", "that figure", "this figure", "the figures", "the volume", "the total") for mark in anaphors):
            return last
        return None

    # -------------------------------------------------------------------------------------------- amounts

    def drafts_of_money(self) -> list[Draft]:
        drafts: list[Draft] = []
        previous: Draft | None = None  # of the last amount, None where it was no claim
        skipped_last = False
        for position, amount in enumerate(self.money):
            before = self.money[position - 1] if position else None
            if self._is_change(amount):
                skipped_last = False
                continue
            if self._is_earlier(amount, before, position, previous, skipped_last):
                draft = self._earlier_draft(amount, position, previous)
                if draft:
                    drafts.append(draft)
                continue
            draft = self._level_draft(amount, before, previous, position)
            skipped_last = draft is None
            if draft:
                drafts.append(draft)
                previous = draft
            else:
                previous = None
        return [self._with_later_level(draft, drafts) for draft in drafts if draft.flow]

    def _is_change(self, amount: Amount) -> bool:
        """Tell whether the amount is a difference ("rose by $2bn", "rose $1bn to $6bn")."""
        lower, passage = self.passage.lower, self.passage
        before = lower[max(passage.start, amount.start - 50) : amount.start]
        if _CHANGE_BY.search(before) and any(mark.end <= amount.start and amount.start - mark.end < 90 for mark in self.trends):
            return not re.search(r"(?:invest\w*|contribution|aid|financ\w+|exports?|imports?|fund\w*)\s+by\s", before[-30:]) or bool(
                self.trends
            )
        adjacent = next(
            (
                mark
                for mark in self.trends
                if mark.end <= amount.start and mark.sense in ("up", "down") and not lower[mark.end : amount.start].strip(" -")
            ),
            None,
        )
        if adjacent and adjacent.form not in (
            "cut",
            "up",
            "down",
            "gained",
            "gain",
            "improved",
            "more",
            "less",
            "fewer",
            "higher",
            "lower",
        ):
            return True
        if adjacent and adjacent.form in ("up", "down"):
            return True
        after = lower[amount.end : amount.end + 40].split()[:3]
        return (
            bool(after)
            and after[0].strip(",")
            in ("higher", "lower", "more", "less", "increase", "decrease", "decline", "rise", "drop", "reduction", "jump")
            and not lower.startswith((" more in", " less in"), amount.end)
        )

    def _is_earlier(self, amount: Amount, before: Amount | None, position: int, previous: Draft | None, skipped: bool) -> bool:
        """Tell whether the amount is a level given only to compare with ("from $2bn", "against $2bn a year ago", "… and $3bn in 2019")."""
        lower = self.passage.lower
        left = before.end if before else self.passage.start
        for mark in reversed(self.earlier):
            if mark.end > amount.start or mark.start < left:
                continue
            gap = lower[mark.end : amount.start]
            if _EARLIER_GAP.fullmatch(gap):
                return mark.form not in ("after", "than") or before is not None or mark.form == "than"
            nouns = [flow for flow in self.flows if mark.end <= flow.start < amount.start]
            if (
                nouns
                and len(gap) < 60
                and not any(trend.start >= mark.end and trend.end <= amount.start for trend in self.trends)
                and not any(level.kind == "level" and mark.end <= level.start < amount.start for level in self.passage.marks)
            ):
                return mark.form not in ("from", "after", "than", "by") or len(gap.split()) <= 4
            return False
        if before is not None and (previous is None or position >= 2) and position in self._earlier_positions:
            return True
        if (
            before is not None
            and position - 1 in self._earlier_positions
            and not any(before.end <= flow.start < amount.start for flow in self.governors)
        ):
            between = lower[before.end : amount.start]
            return bool(re.search(r"(?:^|[\s,])(?:and|or)\s+(?:a |an |the |of |about |just |some )*$", between)) and not any(
                mark.kind in ("level", "trend")
                and before.end <= mark.start < amount.start
                and mark.form not in ("up", "down", "more", "less")
                for mark in self.passage.marks
            )
        return False

    @property
    def _earlier_positions(self) -> set[int]:
        return self._seen_earlier

    _seen_earlier: set[int]
