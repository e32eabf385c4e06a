"""Who takes part in a happening, and as what.

Belongs here: reading parties and people off the phrases of a clause, and their roles by type. Does not belong here: who a mention stands
for (annotators/actors).
"""

from collections.abc import Iterable
from dataclasses import dataclass

from pipelines.extraction.frames.view import ArticleView
from pipelines.extraction.model import Actor, Clause, PartyRole, Phrase

# "US-brokered", "Saudi-led", "UN-backed": who stands in the compound is no side of what follows.
_COMPOUND_TAILS = (
    "brokered",
    "led",
    "backed",
    "mediated",
    "sponsored",
    "born",
    "based",
    "made",
    "held",
    "style",
    "educated",
    "trained",
    "built",
    "funded",
)
COMPANY = frozenset({"with", "between", "among", "alongside", "amongst", "against", "and"})
TOWARDS = frozenset(
    {"to", "into", "for", "in", "on", "upon", "against", "at", "from", "toward", "towards", "with", "of", "over", "onto", "across", "by"}
)
# Phrases that these words open tell what it was about or why, not who took part.
ASIDE = frozenset(
    [
        "about",
        "after",
        "amid",
        "before",
        "because",
        "despite",
        "during",
        "following",
        "regarding",
        "concerning",
        "since",
        "ahead",
        "including",
        "except",
        "like",
        "unlike",
        "without",
        "under",
        "via",
        "through",
        "as",
        "per",
        "according",
        "besides",
        "until",
        "given",
        "over",
    ]
)


@dataclass(frozen=True, slots=True)
class Cast:
    """The two sides of a happening: party codes and full names, in reading order."""

    source: tuple[str, ...] = ()
    target: tuple[str, ...] = ()
    source_people: tuple[str, ...] = ()
    target_people: tuple[str, ...] = ()

    def parties(self) -> tuple[str, ...]:
        return unique((*self.source, *self.target))

    def people(self) -> tuple[str, ...]:
        return unique((*self.source_people, *self.target_people))


def unique(values: Iterable[str]) -> tuple[str, ...]:
    """Return the values once each, first come first."""
    return tuple(dict.fromkeys(values))


def is_compound(view: ArticleView, actor: Actor) -> bool:
    """Say whether ``actor`` is the first half of a word such as "US-brokered"."""
    text = view.article.text
    return text[actor.end : actor.end + 1] in "-–‑" and text[actor.end + 1 : actor.end + 12].lower().startswith(_COMPOUND_TAILS)


def actors_of(view: ArticleView, phrases: Iterable[Phrase]) -> tuple[Actor, ...]:
    """Return the actors that the phrases name, compounds left out."""
    found: list[Actor] = []
    for phrase in phrases:
        for actor in view.actors_in(phrase.start, phrase.end):
            if not is_compound(view, actor) and actor not in found:
                found.append(actor)
    return tuple(found)


def codes_of(actors: Iterable[Actor]) -> tuple[str, ...]:
    return unique(code for actor in actors for code in actor.party_codes)


def people_of(actors: Iterable[Actor]) -> tuple[str, ...]:
    return unique(name for actor in actors for name in actor.people)


def agents_of(clause: Clause) -> tuple[Phrase, ...]:
    """Return who acts: the subject, or the "by" phrase of a passive."""
    if clause.verb.is_passive:
        return tuple(phrase for phrase in clause.obliques if phrase.preposition == "by")
    return (clause.subject,) if clause.subject else ()


def roles_of(engagement_type: str, cast: Cast, parties: tuple[str, ...]) -> tuple[PartyRole, ...]:
    """Return each party with its role by the type of the happening."""
    first, second = {
        "visit": ("visitor", "host"),
        "signing": ("signatory", "signatory"),
        "aid": ("donor", "recipient"),
        "mediation": ("mediator", "participant"),
    }.get(engagement_type, ("participant", "participant") if engagement_type in _EVEN_TYPES else ("source", "target"))
    return tuple(PartyRole(code, first if code in cast.source else second) for code in sorted(parties))


_EVEN_TYPES = frozenset({"meeting", "talks", "call", "summit", "cooperation"})
