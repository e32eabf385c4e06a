"""Finds every word and phrase of the reference tables in a text, in one pass.

Belongs here: folding a text, the compiled automaton, and what each table row means as a ``Term``. Does not belong here: how terms combine
into titles, names or mentions (titles, people, references).
"""

import re
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

import ahocorasick_rs

from pipelines.extraction.annotators.folding import fold, fold_term
from pipelines.extraction.lexicon import settings, table

_ABBREVIATION_LENGTH = 7
# The more telling kind stands later and wins where a word is in two lists.
_BODIES = (
    ("public", "public_body_words"),
    ("political_party", "party_words"),
    ("parliament", "parliament_words"),
    ("central_bank", "central_bank_words"),
)
_HEAD_END = re.compile(r" (?:of|for|to|in|at|and|without|d.affaires) ")


@dataclass(frozen=True, slots=True)
class Office:
    """What a title phrase stands for. ``by_country`` holds the countries where it means another office.

    ``implies`` is the party the phrase itself names; ``suits`` one that it is used of where the text speaks of that party.
    """

    office: str
    kind: str
    implies: str | None
    is_plural: bool
    by_country: dict[str, str] = field(default_factory=dict)
    suits: str | None = None

    def in_country(self, party_code: str | None) -> str:
        """Return the codebook office the phrase means in ``party_code``."""
        return self.by_country.get(party_code or "", self.office)


@dataclass(frozen=True, slots=True)
class Term:
    """Everything one phrase can mean; a reader takes the sense that fits its place."""

    party_code: str | None = None
    party_form: str | None = None  # name demonym combining capital metonym abbreviation organisation other_organisation armed_group
    office: Office | None = None
    portfolio: str | None = None
    modifier: str | None = None  # former acting elect visiting plain
    body: str | None = None  # parliament central_bank political_party public company media other
    reference: tuple[str, str, str] | None = None  # form, refers, gender
    is_honorific: bool = False
    exact: str | None = None  # an abbreviation: must be written so
    is_capitalised: bool = False
    is_blocked: bool = False  # a longer name that is no party, though it holds one's name
    context: tuple[str, ...] = ()  # an abbreviation that counts only where one of these words stands too


_HYPHENS = ("-", "–", "‑")
# "US$", "C$", "NZ$": the letters belong to the sign.
_MONEY_SIGNS = ("$", "£", "¥")


@dataclass(slots=True)
class Hit:
    """A phrase of the tables in a text; ``end`` is exclusive."""

    start: int
    end: int
    term: Term


def _is_abbreviation(written: str) -> bool:
    letters = written.replace(".", "").replace("-", "").replace("+", "")
    return letters.isupper() and len(letters) <= _ABBREVIATION_LENGTH and " " not in written


def _is_plural(phrase: str) -> bool:
    head = _HEAD_END.split(phrase, maxsplit=1)[0].split()[-1]
    return len(head) > 2 and (head.endswith("men") or (head.endswith("s") and not head.endswith(("ss", "s's", "affairs", "affaires"))))


def _offices() -> dict[str, Office]:
    offices: dict[str, Office] = {}
    for row in table("offices"):
        phrase = row["phrase"]
        known = offices.get(phrase)
        if row["country"]:
            base = known or Office("other", row["kind"], None, _is_plural(phrase), {})
            base.by_country.update(dict.fromkeys(row["country"].split(), row["office"]))
            offices[phrase] = base
        else:
            exceptions = known.by_country if known else {}
            implies = row["implies"] if not row["implies"].endswith("?") else ""
            suits = row["implies"].removesuffix("?") if not implies else ""
            offices[phrase] = Office(row["office"], row["kind"], implies or None, _is_plural(phrase), exceptions, suits or None)
    return offices


@cache
def _terms() -> dict[str, list[Term]]:
    terms: dict[str, Term] = {}
    exact: dict[str, list[Term]] = {}

    def add(written: str, **sense: Any) -> None:
        key = fold_term(written)
        if not key:
            return
        if "exact" in sense:
            exact.setdefault(key, []).append(Term(**sense))
        else:
            terms[key] = replace(terms.get(key, Term()), **sense)

    names = settings("names")
    for word in names["honorifics"]:
        add(word, is_honorific=True)
    for word in names["courtesy_abbreviations"]:
        add(word, is_honorific=True, exact=word)
    for kind, key in _BODIES:
        for word in names[key]:
            add(word, body=kind)
    for sense, words in names["title_modifiers"].items():
        for word in words:
            add(word, modifier=sense)
    for row in table("portfolios"):
        add(row["portfolio"], portfolio=row["office"])
    for phrase, office in _offices().items():
        add(phrase, office=office)
    context = {word: tuple(cues) for word, cues in names["needs_context"].items()}
    for row in table("references"):
        sense = (row["form"], row["refers"], row["gender"])
        if row["term"].isupper():
            add(row["term"], reference=sense, exact=row["term"], context=context.get(row["term"], ()))
        else:
            add(row["term"], reference=sense)
    for row in table("organisations"):
        for written in (row["name"], *filter(None, row["terms"].split(";"))):
            form = row["party_type"]
            if _is_abbreviation(written):
                add(written, party_code=row["party_code"], party_form=form, exact=written, context=context.get(written, ()))
            else:
                add(written, party_code=row["party_code"], party_form=form, is_capitalised=True)
    for row in table("country_aliases"):
        written = row["term"]
        if _is_abbreviation(written) or row["form"] == "abbreviation":
            add(written, party_code=row["party_code"], party_form=row["form"], exact=written, context=context.get(written, ()))
        else:
            add(written, party_code=row["party_code"], party_form=row["form"], is_capitalised=True)
    for row in table("not_parties"):
        add(row["term"], is_blocked=True, is_capitalised=True)
    merged: dict[str, list[Term]] = {key: [term] for key, term in terms.items()}
    for key, senses in exact.items():
        merged[key] = senses + merged.get(key, [])
    return merged


@cache
def _automaton() -> tuple[ahocorasick_rs.AhoCorasick, list[list[Term]]]:
    terms = _terms()
    return ahocorasick_rs.AhoCorasick([" " + key for key in terms]), list(terms.values())


def _sense(text: str, start: int, end: int, senses: list[Term]) -> Term | None:
    """Return the sense whose way of writing agrees with the text, if any."""
    if text[end : end + 1] in _MONEY_SIGNS:
        return None
    for term in senses:
        if term.exact:
            if text[start:end].replace(".", "") == term.exact.replace(".", "") and (
                not term.context or any(word in text for word in term.context)
            ):
                return term
        elif not term.is_capitalised or text[start].isupper():
            return term
        elif term.office or term.portfolio or term.modifier or term.body or term.reference or term.is_honorific:
            return replace(term, party_code=None, party_form=None, is_blocked=False)
    return None


def find_terms(text: str, folded: str) -> list[Hit]:
    """Return the longest phrases of the tables in ``text``, left to right, none overlapping. ``folded`` is ``fold(text)``."""
    automaton, senses = _automaton()
    hay = f" {folded} "
    best: dict[int, tuple[int, Term]] = {}
    for index, start, end in automaton.find_matches_as_indexes(hay, overlapping=True):
        if hay[end] != " ":
            continue
        held = best.get(start)
        if held and held[0] >= end - 1:
            continue
        term = _sense(text, start, end - 1, senses[index])
        if term:
            best[start] = (end - 1, term)
    hits: list[Hit] = []
    reached = 0
    for start in sorted(best):
        if start < reached:
            continue
        end, term = best[start]
        inner = best.get(start + len("the ")) if folded.startswith("the ", start) else None
        if inner is not None and inner[0] > end:
            continue  # "the Pacific" of "the Pacific Islands Forum"
        if term.exact and end < len(text) and text[end] == "." and "." in text[start:end]:
            end += 1
        hits.append(Hit(start, end, term))
        reached = end
    _seat_bodies(hits, folded)
    return _compounded(text, hits)


def _compounded(text: str, hits: list[Hit]) -> list[Hit]:
    """Keep "Franco" or "Sino" only where a hyphen ties it to another party ("Franco-German"); there it is a demonym."""
    kept: list[Hit] = []
    for place, hit in enumerate(hits):
        if hit.term.party_form == "combining":
            following = hits[place + 1] if place + 1 < len(hits) else None
            tied = text[hit.end : hit.end + 1] in _HYPHENS and following is not None and following.start == hit.end + 1
            if not tied or following is None or following.term.party_code is None:
                continue
            hit.term = replace(hit.term, party_form="demonym")
        kept.append(hit)
    return kept


def _seat_bodies(hits: list[Hit], folded: str) -> None:
    """Let "Brussels" mean the EU where the text speaks of the EU, and of Belgium by no other word."""
    for city, body in settings("names")["seats_of_bodies"].items():
        seats = [hit for hit in hits if hit.term.party_form == "capital" and folded[hit.start : hit.end] == city]
        if not seats or not any(hit.term.party_code == body for hit in hits):
            continue
        country = seats[0].term.party_code
        if not any(hit.term.party_code == country and hit.term.party_form != "capital" for hit in hits):
            for hit in seats:
                hit.term = replace(hit.term, party_code=body)


__all__ = ["Hit", "Office", "Term", "find_terms", "fold"]
