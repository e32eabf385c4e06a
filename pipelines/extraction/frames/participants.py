"""Who takes part in a happening, and as what.

Belongs here: reading parties and people off the phrases of a clause, and their roles by type. Does not belong here: who a mention stands
for (annotators/actors).
"""

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from pipelines.extraction.frames.rules import SPOKEN_TYPES, noun_classes
from pipelines.extraction.frames.triggers import Trigger, objects_of, words_of
from pipelines.extraction.frames.view import ArticleView
from pipelines.extraction.frames.words import words
from pipelines.extraction.model import Actor, Clause, PartyRole, Phrase

COMPANY = frozenset({"with", "between", "among", "alongside", "amongst", "against"})
TOWARDS = frozenset(
    {"to", "into", "for", "in", "on", "upon", "against", "at", "from", "toward", "towards", "with", "of", "over", "onto", "across", "by"}
)
# Phrases that these words open tell what it was about or why, not who took part.
ASIDE = frozenset(
    {
        *(
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
        ),
        *(
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
            "alongside",
        ),
    }
)
# Under a verb of speech these open what it was about.
_TURNING = frozenset({"on", "over", "about", "for", "to", "against", "in", "at", "after", "before", "as", "during"})
_ABOUT = frozenset({"on", "in", "at", "over", "by"})
_JUDGING = frozenset({"support", "criticism", "rejection"})
_GOVERNED = frozenset({"to", "that", "quote", "against", "from"})
_BLANKS = " \u200b\u200c\u200d\u2060\ufeff"
_AS_ADJECTIVES = frozenset({"commit", "dedicate", "determine"})  # "is committed to": the subject commits itself
_OWN_SPENDING = frozenset({"spend", "pay", "make", "pump", "inject"})  # for oneself, unless somebody is named
_PURPOSES = frozenset({"to", "participle", "ing", "for"})
_APPOSING = frozenset({"a", "an", "the", "its", "his", "her", "their", "one"})
_INSIDE = frozenset({"in", "at", "near", "inside", "outside"})
_LED_BY = re.compile(r",? (?:which (?:is|was) )?(?:led|headed) by ")
_LEADER_REACH = 90
_FIRST_PERSONS = frozenset({"we", "i"})
_WHOSE = frozenset({"his", "her", "their"})
_THAT_REACH = 12  # "the new government of …"
_JOINING = frozenset(
    {
        "",
        ",",
        "and",
        ", and",
        "&",
        "the",
        "and the",
        ", the",
        ", and the",
        "or",
        "as well as",
        "and to",
        "and for",
        "and its",
        "'s",
        "’s",
        "’",
        "'",
    }
)
_PLACED_TYPES = frozenset({"assault", "mobilization", "coercion", "withdrawal", "protest"})
_EVEN_TYPES = frozenset({"meeting", "talks", "call", "summit", "cooperation"})
_ROLES = {
    "visit": ("visitor", "host"),
    "signing": ("signatory", "signatory"),
    "aid": ("donor", "recipient"),
    "mediation": ("mediator", "participant"),
}


class Cast(NamedTuple):
    """The two sides of a happening: party codes and full names, in reading order."""

    source: tuple[str, ...] = ()
    target: tuple[str, ...] = ()
    source_people: tuple[str, ...] = ()
    target_people: tuple[str, ...] = ()

    def parties(self) -> tuple[str, ...]:
        return unique((*self.source, *self.target))

    def people(self) -> tuple[str, ...]:
        return unique((*self.source_people, *self.target_people))


_BLOCS_OF_THREE = frozenset({"SCO", "GCC", "OIC", "ECO", "G20", "IMF", "WTO", "ADB", "CIS", "OTS", "EAC", "PIF", "WHO"})


def is_state(code: str) -> bool:
    """Say whether a party code is a country's."""
    return len(code) == 3 and code.isalpha() and code not in _BLOCS_OF_THREE


def unique(values: Iterable[str]) -> tuple[str, ...]:
    """Return the values once each, first come first."""
    return tuple(dict.fromkeys(values))


def compound_tail(view: ArticleView, actor: Actor) -> str:
    """Return the second half of a word such as "US-brokered" that ``actor`` is the first half of, or ""."""
    text = view.article.text
    if text[actor.end : actor.end + 1] not in ("-", "–", "‑"):
        return ""
    end = actor.end + 1
    while end < len(text) and text[end].isalpha():
        end += 1
    return text[actor.end + 1 : end].lower()


def is_compound(view: ArticleView, actor: Actor) -> bool:
    """Say whether ``actor`` is only the first half of a word such as "US-brokered"."""
    tail = compound_tail(view, actor)
    return bool(tail) and tail in words("compounds")


def actors_of(view: ArticleView, phrases: Iterable[Phrase]) -> tuple[Actor, ...]:
    """Return the actors that the phrases name, compounds left out."""
    found: list[Actor] = []
    for phrase in phrases:
        told = view.actors_in(phrase.start, phrase.end)
        for place, actor in enumerate(told):
            if actor.text.lower() in _WHOSE and any(one.people for one in told[place + 1 : place + 3]):
                continue  # "his army chief, General …": the chief acts
            if actor not in found and not is_compound(view, actor):
                found.append(actor)
    return tuple(found)


def codes_of(actors: Iterable[Actor]) -> tuple[str, ...]:
    return unique(code for actor in actors for code in actor.party_codes)


def people_of(actors: Iterable[Actor]) -> tuple[str, ...]:
    return unique(name for actor in actors for name in actor.people)


def cast_of(source: Iterable[Actor], target: Iterable[Actor]) -> Cast:
    """Return the cast of two groups of actors."""
    source, target = tuple(source), tuple(target)
    return Cast(codes_of(source), codes_of(target), people_of(source), people_of(target))


def agents_of(clause: Clause) -> tuple[Phrase, ...]:
    """Return who acts: the subject, or the "by" phrase of a passive."""
    if clause.verb.is_passive and clause.verb.lemma not in _AS_ADJECTIVES:
        return tuple(phrase for phrase in clause.obliques if phrase.preposition == "by")
    return (clause.subject,) if clause.subject else ()


def doers_of(view: ArticleView, clause: Clause) -> tuple[Actor, ...]:
    """Return the actors that act, without the places they are in and what they are besides ("Peru, an ally of China, …")."""
    found: list[Actor] = []
    text = view.article.text
    for phrase in agents_of(clause):
        last: Actor | None = None
        for actor in actors_of(view, (phrase,)) or _leaders_of(view, clause, phrase) or _speakers_of(view, clause, phrase):
            between = text[last.end : actor.start].strip(_BLANKS).lower() if last is not None else ""
            opening = between.removeprefix(",").split()
            if between.startswith(",") and len(opening) > 1 and opening[0] in _APPOSING:
                break
            is_place = last is not None and actor.form in ("name", "capital") and opening[-1:] and opening[-1] in _INSIDE
            last = actor
            if not is_place and actor not in found:
                found.append(actor)
    return tuple(found)


def _speakers_of(view: ArticleView, clause: Clause, phrase: Phrase) -> tuple[Actor, ...]:
    """Return whose words they are where "we" or "I" acts (“We will stand by Kenya,” the minister said)."""
    if clause.parent is None or clause.link not in ("quote", "that") or phrase.text.lower() not in _FIRST_PERSONS:
        return ()
    return actors_of(view, agents_of(view.clause(clause.parent)))


def _first_foreign(actors: tuple[Actor, ...], source: tuple[str, ...], view: ArticleView) -> tuple[Actor, ...]:
    """Return the first actor that is no source, with those joined to it by commas or "and"."""
    chosen: list[Actor] = []
    text = view.article.text
    for actor in actors:
        if chosen:
            between = text[chosen[-1].end : actor.start].strip().lower()
            if actor.start < chosen[-1].end or between not in _JOINING:
                break
            chosen.append(actor)
        elif actor.party_codes and not set(actor.party_codes) <= set(source):
            chosen.append(actor)
    return tuple(chosen)


def acting_cast(view: ArticleView, clause: Clause, trigger: Trigger) -> Cast:
    """Return who does it and, from the objects and then the phrases of the clause, the first party it is done to."""
    if trigger.rule_id in ("open.route", "adopt.decision"):
        ends = ends_of(view, clause.obliques)
        if len(ends) > 1:
            return Cast(ends)
    agents, sufferers = _split(view, clause)
    if not agents and clause.verb.is_passive and clause.link != "participle":
        agents = _unnamed_doers(view, clause, trigger)
    source = codes_of(agents)
    if trigger.roles == "reverse":
        givers = _first_foreign(actors_of(view, (phrase for phrase in clause.obliques if phrase.preposition == "from")), source, view)
        if givers:
            return cast_of(givers, agents)
    target: tuple[Actor, ...] = sufferers
    spoken = trigger.engagement_type in SPOKEN_TYPES
    about = -1  # where the words end that tell what is spoken about
    below = _start_of_content(view, trigger)
    for phrase in () if target else (*objects_of(clause), *clause.obliques):
        preposition = phrase.preposition
        if preposition is not None:
            if phrase.start > below:
                continue  # of what is promised or threatened
            if spoken and preposition in _ABOUT and not (preposition in ("on", "upon") and trigger.rule_id.startswith("call_on")):
                continue
            if spoken and phrase.start - about in (0, 1):
                about = phrase.end
                continue  # "concern about the supply of goods to Russia"
            about = phrase.end if preposition == "about" else about
            if preposition in ASIDE or preposition not in TOWARDS or (preposition == "by" and clause.verb.is_passive):
                continue
            if preposition in ("in", "at") and trigger.engagement_type not in _PLACED_TYPES:
                continue
        target = _first_foreign(actors_of(view, (phrase,)), source, view)
        if target:
            break
    if not target and (
        trigger.engagement_type in ("commitment", "threat") or trigger.rule_id == "deny.that" or trigger.needs & {"leave", "travel"}
    ):
        target = _foreign_below(view, trigger, source)
    if not target and trigger.engagement_type == "aid":
        target = _recipients(view, trigger, clause, source)
    if not target and trigger.engagement_type in _JUDGING and not clause.verb.is_passive:
        whose = (phrase for phrase in clause.obliques if phrase.preposition in ("by", "between") and phrase.start > clause.verb.end)
        target = _first_foreign(actors_of(view, whose), source, view)  # "welcomed the deal between Kenya and Peru"
    if not target and trigger.engagement_type == "request":
        target = _asked_after_that(view, clause, source)
    if not target and trigger.engagement_type == "criticism":
        target = _accused_below(view, trigger, source)
    if not target and trigger.engagement_type in ("cooperation", "aid"):
        return cast_of(agents, ()) if len(source) > 1 else Cast(source, country_of_place(view, clause.obliques, source), people_of(agents))
    if not source and trigger.engagement_type == "cooperation" and len(codes_of(target)) == 1:
        # "The Kenyan embassy in Muscat was opened": whose it is, and where
        return Cast(codes_of(target), country_of_place(view, clause.obliques, codes_of(target)))
    if trigger.roles in ("reverse", "invited"):
        return cast_of(target, agents)
    return cast_of(agents, target)


def _split(view: ArticleView, clause: Clause) -> tuple[tuple[Actor, ...], tuple[Actor, ...]]:
    """Return who acts, and who suffers where a strike acts ("an Israeli air strike on a Lebanese village killed four")."""
    phrases = agents_of(clause)
    actors = actors_of(view, phrases)
    if actors and has_head(view, clause.sentence, phrases, _strikes()):
        head = phrases[0].head_start
        return tuple(actor for actor in actors if actor.start < head), tuple(actor for actor in actors if actor.start > head)
    return doers_of(view, clause), ()


@cache
def _strikes() -> frozenset[str]:
    return frozenset(noun for noun, classes in noun_classes().items() if "@attack" in classes and "@force" not in classes)


def _unnamed_doers(view: ArticleView, clause: Clause, trigger: Trigger) -> tuple[Actor, ...]:
    """Return who does it where a passive names nobody: whose forces they are, or whence somebody is put out."""
    if "own" in trigger.roles:
        return actors_of(view, objects_of(clause)[:1])
    if "whence" in trigger.roles:
        return actors_of(view, (phrase for phrase in clause.obliques if phrase.preposition in ("from", "out of")))[:1]
    return ()


def _asked_after_that(view: ArticleView, clause: Clause, source: tuple[str, ...]) -> tuple[Actor, ...]:
    """Return the other party right after "that" ("demanded that Peru's government withdraw")."""
    if not view.article.text.startswith(" that ", clause.verb.end):
        return ()
    begin = clause.verb.end + len(" that ")
    return _first_foreign(view.actors_in(begin, begin + _THAT_REACH)[:1], source, view)


def _accused_below(view: ArticleView, trigger: Trigger, source: tuple[str, ...]) -> tuple[Actor, ...]:
    """Return the other party that is said to have done it ("charged that Norland had shelled …")."""
    for child in view.children.get(trigger.clause if trigger.clause is not None else -1, ()):
        below = view.clause(child)
        if below.link == "that" and below.subject is not None:
            found = _first_foreign(actors_of(view, (below.subject,)), source, view)
            if found:
                return found
    return ()


def _start_of_content(view: ArticleView, trigger: Trigger) -> int:
    """Return where the words begin that tell what is promised or threatened."""
    if trigger.engagement_type not in ("commitment", "threat") or trigger.clause is None:
        return 1 << 40
    told = (view.clause(child) for child in view.children.get(trigger.clause, ()))
    return min((below.start for below in told if below.link in ("to", "that")), default=1 << 40)


def _foreign_below(view: ArticleView, trigger: Trigger, source: tuple[str, ...]) -> tuple[Actor, ...]:
    """Return the first other party that what is promised or threatened names ("offered to lend Lithuania two radars")."""
    for child in view.children.get(trigger.clause if trigger.clause is not None else -1, ()):
        below = view.clause(child)
        if below.link not in _GOVERNED or (trigger.engagement_type == "rejection" and below.verb.modality is not None):
            continue
        for phrase in (*below.objects, *below.obliques):
            if phrase.preposition in ASIDE and not (phrase.preposition == "of" and below.objects):
                continue
            found = _first_foreign(actors_of(view, (phrase,)), source, view)
            if found:
                return found
    return ()


def _recipients(view: ArticleView, trigger: Trigger, clause: Clause, source: tuple[str, ...]) -> tuple[Actor, ...]:
    """Return whom help is for by its purpose, its carrier or its place ("a loan to help Ghana rebuild", "for a dam in Oman")."""
    phrases: list[Phrase] = []
    for child in view.children.get(trigger.clause if trigger.clause is not None else -1, ()):
        below = view.clause(child)
        if below.link in _PURPOSES and below.verb.start > clause.verb.end and clause.verb.lemma not in _OWN_SPENDING:
            phrases += () if below.verb.lemma in words("countering") else below.objects
            phrases += (phrase for phrase in below.obliques if phrase.preposition not in ASIDE and phrase.preposition != "from")
    if trigger.rule_id != "spend.on":  # "invested in Oman" gives nothing
        phrases += (phrase for phrase in clause.obliques if phrase.preposition == "in" and phrase.start > clause.verb.end)
    return next((found for phrase in phrases if (found := _first_foreign(actors_of(view, (phrase,)), source, view))), ())


def partners_of(view: ArticleView, phrases: Iterable[Phrase]) -> tuple[Actor, ...]:
    """Return the actors of each phrase up to the word that opens what it was about ("with Washington on Venezuelan oil")."""
    found: list[Actor] = []
    text = view.article.text
    for phrase in phrases:
        last: Actor | None = None
        for actor in view.actors_in(phrase.start, phrase.end):
            if last is not None and actor.start > last.end and set(text[last.end : actor.start].lower().split()) & _TURNING:
                break
            last = actor if last is None or actor.end > last.end else last
            if actor not in found and not is_compound(view, actor):
                found.append(actor)
    return tuple(found)


def ends_of(view: ArticleView, phrases: Iterable[Phrase]) -> tuple[str, ...]:
    """Return the parties that something lies between, by name or by a city of theirs ("flights between Lima and Mombasa")."""
    for phrase in phrases:
        if phrase.preposition == "between":
            found = [(actor.start, code) for actor in actors_of(view, (phrase,)) for code in actor.party_codes]
            found += [(place.start, place.country) for place in view.places_in(phrase.start, phrase.end) if place.country]
            return unique(code for _, code in sorted(found))
    return ()


def country_of_place(view: ArticleView, phrases: Iterable[Phrase], source: tuple[str, ...]) -> tuple[str, ...]:
    """Return the country of the place that the deed is done in, if it is abroad ("opened a consulate in …")."""
    for phrase in phrases:
        if phrase.preposition in ("in", "at", "to"):
            for place in view.places_in(phrase.start, phrase.end):
                if place.country and place.country not in source:
                    return (place.country,)
    return ()


def consult_cast(view: ArticleView, clause: Clause, trigger: Trigger) -> Cast:
    """Return the two sides of a meeting, call, talks or mediation told by a verb."""
    agents = doers_of(view, clause)
    allowed = set(COMPANY) | {"by"}
    if trigger.engagement_type == "call":
        allowed.add("to")
    if "call_on" in trigger.rule_id:
        allowed |= {"on", "upon"}
    if trigger.rule_id == "host.reception":
        allowed.add("for")
    if trigger.engagement_type == "mediation":
        allowed |= {"in", "of", "for"}
    company = [*objects_of(clause), *(phrase for phrase in clause.obliques if phrase.preposition in allowed)]
    if trigger.rule_id.endswith(".credentials"):
        # "presented his letters of credence to …", "received copies of the credentials of the new envoys of …"
        told = view.actors_in(clause.verb.end, view.sentence(clause.sentence).end)
        return cast_of(agents, (actor for actor in told if actor not in agents and actor.form != "pronoun" and actor.party_codes))
    if trigger.rule_id == "represent.summit":
        company += [phrase for phrase in clause.obliques if phrase.preposition == "at"]
    leaders = [actor for phrase in company for actor in _leaders_of(view, clause, phrase)]
    if trigger.rule_id in ("discuss", "discuss.phone", "exchange.views"):
        company = [phrase for phrase in clause.obliques if phrase.preposition in ("with", "between")]
    partners = partners_of(view, company)
    return cast_of(agents, (actor for actor in (*partners, *leaders) if actor not in agents))


def _leaders_of(view: ArticleView, clause: Clause, phrase: Phrase) -> tuple[Actor, ...]:
    """Return who leads the delegation that the phrase names ("received a delegation headed by …", "Delegations led by … and …")."""
    found = _LED_BY.match(view.article.text, phrase.end)
    if found is None or not has_word(view, clause.sentence, (phrase,), words("delegations")):
        return ()
    if phrase.end < clause.verb.start:
        return view.actors_in(found.end(), clause.verb.start)
    leaders = [actor for actor in view.actors_in(found.end(), found.end() + _LEADER_REACH) if actor.people or actor.party_codes]
    return tuple(leaders[:1])


def names_a_stranger(view: ArticleView, clause: Clause) -> bool:
    """Say whether one side of a deed of two is named and is of no party (an own ministry, a firm): none may be put in its place."""
    partners = [phrase for phrase in clause.obliques if phrase.preposition == "with" and phrase.start > clause.verb.start]
    doers = agents_of(clause)
    ours, theirs = set(codes_of(actors_of(view, doers))), set(codes_of(actors_of(view, partners)))
    if partners and theirs <= ours:
        return True
    return bool(theirs) and not ours and any(_is_named(view, phrase) for phrase in doers)


def _is_named(view: ArticleView, phrase: Phrase) -> bool:
    return any(word[:1].isupper() for word in view.article.text[phrase.start : phrase.end].split()[1:])


def filled(cast: Cast, parties: tuple[str, ...]) -> Cast:
    """Return ``cast`` with those of ``parties`` that it lacks on its other side."""
    missing = tuple(code for code in parties if code not in cast.parties())
    return cast._replace(target=(*cast.target, *missing)) if missing else cast


def has_class(view: ArticleView, sentence: int, phrases: Iterable[Phrase], name: str) -> bool:
    """Say whether a word of the phrases is of a class of noun_classes.csv."""
    classes = noun_classes()
    return any(
        name in classes.get(token.lower, ()) or name in classes.get(token.lemma, ())
        for phrase in phrases
        for token in words_of(view, sentence, phrase)
    )


def has_word(view: ArticleView, sentence: int, phrases: Iterable[Phrase], listed: frozenset[str]) -> bool:
    """Say whether a word of the phrases is one of ``listed``."""
    return any(token.lemma in listed or token.lower in listed for phrase in phrases for token in words_of(view, sentence, phrase))


def has_head(view: ArticleView, sentence: int, phrases: Iterable[Phrase], listed: frozenset[str]) -> bool:
    """Say whether the word that governs one of the phrases is one of ``listed``."""
    return any(
        token.lemma in listed or token.lower in listed
        for phrase in phrases
        for token in view.tokens_in(sentence, phrase.head_start, phrase.head_start + 1)
    )


def roles_of(engagement_type: str, cast: Cast, parties: Iterable[str]) -> tuple[PartyRole, ...]:
    """Return each party with its role by the type of the happening."""
    even = ("participant", "participant")
    first, second = _ROLES.get(engagement_type, even if engagement_type in _EVEN_TYPES else ("source", "target"))
    return tuple(PartyRole(code, first if code in cast.source else second) for code in sorted(parties))
