"""Headlines out of codes: who does what to whom, in the short English of a newspaper. No word of a document is judged here."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_TABLE = Path(__file__).with_name("phrases.csv")
# An organisation with a longer name goes by its code, as headlines have it.
_LONGEST_ORGANISATION = 13
_NAMES_IN_HEADLINE = 3
_AGREEMENT_VERBS = {"signed": ("signs", "sign"), "agreed": ("agrees on", "agree on"), "negotiating": ("negotiates", "negotiate")}
_FLOWS = {
    "total": "{a}–{b} trade",
    "exports": "{a_s} exports to {b}",
    "imports": "{a_s} imports from {b}",
    "balance": "{a_s} trade balance with {b}",
    "investment": "{b_s} investment in {a}",
    "financing": "{b_s} financing for {a}",
}
_CLAIM_TYPES = {"target": "target", "potential": "potential", "forecast": "forecast"}


@dataclass(frozen=True, slots=True)
class Phrase:
    """How a kind of happening is told: verb for one and for many, the word before its object, its noun, its group in charts."""

    one: str
    many: str
    link: str
    noun: str
    chart_group: str


@cache
def phrases() -> Mapping[str, Phrase]:
    """Return the phrase of each kind of happening, in the order of the charts."""
    with _TABLE.open(encoding="utf-8", newline="") as file:
        return {row.pop("engagement_type"): Phrase(**row) for row in csv.DictReader(file)}


def short_name(code: str, name: str, is_organisation: bool) -> str:
    """Return what a headline calls a party: its name, or an organisation's code where its name is long."""
    return code if is_organisation and len(name) > _LONGEST_ORGANISATION and "_" not in code else name


def spoken(code: str) -> str:
    """Return a code of a closed list as words: ``head_of_state`` is "head of state"."""
    return code.replace("_", " ")


def joined(names: Sequence[str]) -> str:
    """Return names as a list in words; beyond three, how many others there are."""
    if len(names) > _NAMES_IN_HEADLINE:
        return f"{', '.join(names[: _NAMES_IN_HEADLINE - 1])} and {len(names) - _NAMES_IN_HEADLINE + 1} others"
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)


def happening_headline(engagement_type: str, status: str, parties: Sequence[str], sources: Sequence[str], targets: Sequence[str]) -> str:
    """Return a headline; ``sources`` act upon ``targets`` where both are known, else all ``parties`` act together."""
    phrase = phrases()[engagement_type]
    if status == "cancelled":
        return f"{'–'.join(parties)} {phrase.noun} called off" if len(parties) == 2 else f"{_with_parties(phrase.noun, parties)} called off"
    is_directed = bool(sources and targets)
    if not is_directed and len(parties) < 2:
        return _with_parties(phrase.noun, parties)
    subject = sources if is_directed else parties
    verb = {"planned": f"to {phrase.many}", "proposed": f"may {phrase.many}"}.get(status, phrase.one if len(subject) == 1 else phrase.many)
    words = [joined(subject), verb, *([phrase.link, joined(targets)] if is_directed else [])]
    return " ".join(word for word in words if word)


def agreement_headline(agreement_type: str, status: str, parties: Sequence[str], title: str | None, count: int) -> str:
    """Return a headline of who signs, negotiates or ends which instrument."""
    subject = title or (f"{count} agreements" if count > 1 else spoken(agreement_type))
    if status in ("in_force", "ended"):
        return _with_parties(f"{subject} {'in force' if status == 'in_force' else 'ends'}", parties)
    if not parties:
        return _with_parties(subject, parties)
    one, many = _AGREEMENT_VERBS.get(status, ("to sign", "to sign"))
    return f"{joined(parties)} {one if len(parties) == 1 else many} {subject}"


def claim_headline(flow: str, claim_type: str, reporter: str, partner: str, figure: str | None, commodity: str | None = None) -> str:
    """Return a headline of a figure: "Kenya’s exports to Netherlands: USD 590 million"."""
    subject = _FLOWS[flow].format(a=reporter, b=partner, a_s=_possessive(reporter), b_s=_possessive(partner))
    goods = f" ({commodity})" if commodity else ""
    kind = f", {_CLAIM_TYPES[claim_type]}" if claim_type in _CLAIM_TYPES else ""
    return f"{subject}{goods}{kind}: {figure}" if figure else f"{subject}{goods}{kind}"


def _possessive(name: str) -> str:
    return f"{name}’" if name.endswith("s") else f"{name}’s"


def _with_parties(subject: str, parties: Sequence[str]) -> str:
    subject = subject[:1].upper() + subject[1:]
    return f"{subject}: {joined(parties)}" if parties else subject
