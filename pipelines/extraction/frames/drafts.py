"""The records that a happening passes through before it is an engagement, and the passage they stand in.

Belongs here: Draft and Scene, and how a draft changes the scene. Does not belong here: filling a draft (drafting).
"""

from typing import Any, NamedTuple

from pipelines.extraction.frames.dating import NO_DATE, When, inherited
from pipelines.extraction.frames.participants import Cast, unique
from pipelines.extraction.frames.rules import CONSULT_TYPES, IN_PERSON_TYPES
from pipelines.extraction.frames.status import OCCURRED, ONGOING, PLANNED
from pipelines.extraction.frames.words import words

# So many happenings or instruments are compared with each other. No article tells more, and a compilation of thousands must be read in
# proportional time.
MANY = 200


class Spot(NamedTuple):
    """Where something took place: a city or venue's city, and its country."""

    name: str | None = None
    country: str | None = None
    latitude: float | None = None
    longitude: float | None = None


NOWHERE = Spot()


NOBODY = Cast()


class Draft(NamedTuple):
    """One telling of a happening.

    ``leans``: the telling names no side of its own ("the talks"), so it may repeat an earlier one. ``filled``: a side was taken from the
    passage. ``is_main``: told by a main clause, so that what follows may take its date. ``is_vague``: a pledge of nothing concrete.
    ``is_moved``: still to come, and told as such after what was put off.
    """

    engagement_type: str
    status: str
    when: When
    cast: Cast
    parties: tuple[str, ...]
    people: tuple[str, ...]
    spot: Spot
    start: int
    end: int
    sentence: int
    is_headline: bool
    rule_id: str
    confidence: float
    keywords: frozenset[str] = frozenset()
    clause: int | None = None
    verb: str = ""
    leans: bool = False
    filled: bool = False
    is_main: bool = False
    is_vague: bool = False
    is_moved: bool = False


class Scene(NamedTuple):
    """What the passage has established: the pair of the article, the pair and people of the last happening, its day and place.

    ``protagonist`` is the state whose story it is. ``talkers`` are the parties of the last meeting or call, ``expected`` those of the
    last one still to come, ``gathering`` those of the last one of more than two, ``guest`` the last visitor, ``stays`` the last visits
    told, ``sides`` who faced whom in the happening that set the pair, ``deed`` who did what to whom in the last hostile deed, ``blame``
    who has just blamed whom. ``accord`` is the last agreement told, ``accord_paragraph`` where it or the last of its terms was told,
    ``funding`` who gives or lends money to whom.
    """

    home: str | None = None
    base: Spot = NOWHERE
    main: tuple[str, ...] = ()
    main_people: tuple[str, ...] = ()
    main_when: When = NO_DATE
    pair: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    when: When = NO_DATE
    spot: Spot = NOWHERE
    spot_when: When = NO_DATE
    spot_parties: tuple[str, ...] = ()
    talkers: tuple[str, ...] = ()
    expected: tuple[str, ...] = ()
    gathering: tuple[str, ...] = ()
    guest: Cast = NOBODY
    stays: tuple[Draft, ...] = ()
    sides: Cast = NOBODY
    deed: Cast = NOBODY
    blame: Cast = NOBODY
    story: tuple[str, ...] = ()
    protagonist: str | None = None
    story_when: When = NO_DATE
    paragraph: int = -1
    accord: "Draft | None" = None
    accord_paragraph: int = -1
    funding: Cast = NOBODY

    def counterparts(self, source: tuple[str, ...]) -> tuple[str, ...]:
        """Return the parties that the passage sets ``source`` among, or nothing."""
        if len(self.pair) > 2 and source and self.sides.target and set(source) < set(self.sides.source):
            return unique((*source, *self.sides.target))  # one of allies: those whom they face together
        for parties in (self.pair, self.story):
            if source and len(parties) >= 2 and set(source) <= set(parties):
                return parties
        return ()

    def stay_of(self, parties: tuple[str, ...]) -> Draft | None:
        """Return the visit of these parties that the passage has told of last, one with a day before one without."""
        known = [stay for stay in self.stays if parties and set(parties) <= set(stay.parties)]
        return next((stay for stay in reversed(known) if stay.when.start is not None), known[-1] if known else None)


_HOSTILE = frozenset({"assault", "coercion", "sanction", "mobilization"})
_MOST_STAYS = 6
_MOST_SIDES = 4


def is_accord(draft: Draft) -> bool:
    """Say whether what is told is an agreement between sides ("reached a trade deal"), and none of its terms."""
    is_made = draft.engagement_type in ("commitment", "signing") or draft.rule_id == "conclude.negotiation"
    return is_made and draft.rule_id != "accord.term" and len(draft.parties) >= 2 and bool(draft.keywords & words("accords"))


def funding_of(draft: Draft) -> Cast | None:
    """Return who gives or lends to whom in what is told of a loan or grant: who promised or gave it, or the lender that signed for it."""
    if draft.engagement_type in ("aid", "commitment") and len(draft.cast.source) == 1 and draft.cast.target:
        return draft.cast
    lenders = tuple(code for code in draft.parties if code in words("lenders"))
    others = tuple(code for code in draft.parties if code not in lenders)
    return Cast(lenders, others) if draft.engagement_type == "signing" and len(lenders) == 1 and len(others) == 1 else None


def scene_after(scene: Scene, draft: Draft, paragraph: int) -> Scene:
    """Return the scene once ``draft`` has been told."""
    changes: dict[str, Any] = {"paragraph": paragraph}
    is_list = len(draft.parties) > _MOST_SIDES and draft.engagement_type not in CONSULT_TYPES  # "has signed pacts with eleven states"
    if len(draft.parties) >= 2 and not is_list and not draft.leans and not (draft.filled and scene.pair):
        changes["pair"] = draft.parties
        changes["sides"] = draft.cast
        if not scene.main:
            changes["main"] = draft.parties
            changes["main_people"] = draft.people
    if draft.engagement_type == "criticism" or not set(draft.parties) & set(scene.blame.parties()):
        changes["blame"] = draft.cast if draft.engagement_type == "criticism" else NOBODY
    alive = draft.status in (OCCURRED, ONGOING)
    if alive and draft.keywords & words("funding"):
        changes["funding"] = funding_of(draft) or scene.funding
    if alive and is_accord(draft):
        changes["accord"], changes["accord_paragraph"] = draft, paragraph
    elif draft.engagement_type == "commitment" and scene.accord is not None and set(draft.parties) <= set(scene.accord.parties):
        changes["accord_paragraph"] = paragraph  # one of its terms: more may follow
    if draft.engagement_type in _HOSTILE and draft.cast.source and set(draft.cast.target) - set(draft.cast.source):
        changes["deed"] = draft.cast
    if draft.engagement_type == "visit":
        changes["guest"] = draft.cast
        changes["stays"] = (*scene.stays[1 - _MOST_STAYS :], draft)
        if alive:
            changes["people"] = unique((*draft.people, *scene.people))
    elif draft.engagement_type in CONSULT_TYPES and draft.status == PLANNED:
        changes["expected"] = draft.parties
    elif draft.engagement_type in CONSULT_TYPES and alive:
        changes["talkers"] = draft.parties
        changes["gathering"] = draft.parties if len(draft.parties) > 2 else ()
        if draft.people:
            changes["people"] = draft.people
    if alive and draft.when.start is not None and not draft.is_headline:
        one_day = draft.engagement_type != "visit" or draft.when.start == draft.when.end
        if draft.is_main and one_day and draft.when.precision in ("day", "week", "month"):
            changes["when"] = inherited(draft.when)
        if scene.main_when.rank == 0 and one_day:
            changes["main_when"] = inherited(draft.when)
        if draft.engagement_type in IN_PERSON_TYPES and draft.spot.country:
            changes["spot"] = draft.spot
            changes["spot_when"] = draft.when
            changes["spot_parties"] = draft.parties
    return scene._replace(**changes)
