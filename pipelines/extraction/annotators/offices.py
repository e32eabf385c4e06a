"""Decides which codebook office a title phrase names, from its head, portfolio, body, country and deputy words.

Belongs here: that decision alone. Does not belong here: finding the phrase (titles) or weighing several titles of one person (people).
"""

from functools import cache

from pipelines.extraction.annotators.cues import cue_words
from pipelines.extraction.annotators.gazetteer import Office
from pipelines.extraction.lexicon import settings

_SECRETARIES_ARE_OFFICIALS = frozenset({"PAK", "IND", "BGD", "NPL", "LKA", "BTN", "MDV"})
_DEPUTY_WORDS = (" deputy ", " vice ", " assistant ")
_DEPUTIES = {
    "head_of_state": "deputy_head_of_government",
    "head_of_government": "deputy_head_of_government",
    "foreign_minister": "deputy_foreign_minister",
    "trade_minister": "senior_official",
    "finance_minister": "senior_official",
    "central_bank_governor": "senior_official",
    "igo_head": "senior_official",
    "military_chief": "senior_official",
}
_LEADS_A_BODY = frozenset({"head_of_state", "head_of_government", "deputy_head_of_government", "igo_head", "business_leader", "legislator"})
_OFFICE_AT = {
    "parliament": "legislator",
    "central_bank": "central_bank_governor",
    "political_party": "other",
    "organisation": "igo_head",
    "company": "business_leader",
    "public": "senior_official",
    "metonym": "senior_official",
}


@cache
def _office_order() -> dict[str, int]:
    return {office: place for place, office in enumerate(settings("codes")["offices"])}


def highest(offices: list[str]) -> str:
    """Return the office that stands highest in the codebook's order."""
    return min(offices, key=_office_order().__getitem__)


def office_named(office: Office, words: str, portfolios: list[str], body: str | None, party_code: str | None) -> str:
    """Return the codebook office of a title.

    ``words`` is the folded phrase between spaces, ``portfolios`` the offices its portfolio words make, ``body`` the kind of body it heads.
    """
    base = office.in_country(party_code)
    is_deputy = any(word in words for word in _DEPUTY_WORDS)
    if office.kind in ("head", "deputy_head", "adviser"):
        return _in_charge_of(office.kind, base, words, portfolios, is_deputy, party_code)
    if office.kind == "leader" and body is not None:
        return "other"
    if body is not None and (base in _LEADS_A_BODY or (office.kind == "chief" and _heads_a_body(words))):
        return _at_body(base, words, portfolios, body, is_deputy)
    return _DEPUTIES.get(base, base) if is_deputy else base


@cache
def _heads() -> tuple[str, ...]:
    return tuple(f" {word} " for word in sorted(cue_words("heads_of_bodies")))


def _heads_a_body(words: str) -> bool:
    return any(head in words for head in _heads())


def _in_charge_of(kind: str, base: str, words: str, portfolios: list[str], is_deputy: bool, party_code: str | None) -> str:
    """Return what a minister, secretary or adviser is by portfolio."""
    if not portfolios:
        return base
    office = highest(portfolios)
    if kind == "adviser":
        return office if party_code == "BGD" else base
    if words.rstrip().endswith("secretary") and party_code in _SECRETARIES_ARE_OFFICIALS:
        return "senior_official"
    if kind == "deputy_head" or is_deputy:
        return "deputy_foreign_minister" if office == "foreign_minister" else "other_minister"
    if " state " in words and office == "foreign_minister":
        return "deputy_foreign_minister"
    return office


def _at_body(base: str, words: str, portfolios: list[str], body: str, is_deputy: bool) -> str:
    """Return what the head of a body is: of a parliament a legislator, of a company a business leader."""
    if body == "other":
        if base in ("igo_head", "head_of_government"):
            return "senior_official"
        return base if base in ("business_leader", "senior_official") else "other"
    if body == "organisation":
        if " delegation " in words or " mission " in words:
            return "ambassador"
        return (
            "senior_official"
            if is_deputy or base == "deputy_head_of_government" or (portfolios and base == "senior_official")
            else "igo_head"
        )
    found = _OFFICE_AT.get(body, base)
    return "senior_official" if found == "central_bank_governor" and is_deputy else found
