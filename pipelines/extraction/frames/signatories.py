"""Whose an instrument is: the parties that its title, its clause or its passage name.

Belongs here: who signs, a bloc whose members adopt, firms that are no party, "another with Rwanda". Does not belong here: how an
instrument stands (standing), its date and ceremony (agreements).
"""

import re
from collections import Counter

from pipelines.extraction.frames.drafts import MANY
from pipelines.extraction.frames.instruments import Mention
from pipelines.extraction.frames.listing import Telling
from pipelines.extraction.frames.needs import is_private
from pipelines.extraction.frames.participants import (
    COMPANY,
    actors_of,
    agents_of,
    codes_of,
    is_compound,
    is_state,
    names_a_stranger,
    unique,
)
from pipelines.extraction.frames.placing import dateline_spot
from pipelines.extraction.frames.repairs import noun_phrase
from pipelines.extraction.frames.view import ArticleView
from pipelines.extraction.frames.words import instrument_words, words
from pipelines.extraction.model import Clause

_SOME_NAMED = re.compile(r",? (?:including|among them|such as|notably)\b")
_NEAR = 6  # words after "between" in which those who sign stand
_ELLIPTIC = frozenset({"another", "one"})


def own_parties(view: ArticleView, mention: Mention, clause: int | None) -> tuple[str, ...]:
    """Return the parties that the clause or the title names."""
    inside = [actor for actor in view.actors_in(mention.start, mention.end) if not is_compound(view, actor)]
    codes = codes_of(inside)
    if clause is None or (len(codes) >= 2 and len(_within(view, mention)) < 2):
        return codes
    told = view.clause(clause)
    agents = codes_of(actors_of(view, agents_of(told)))
    if told.verb.lemma in ("witness", "oversee") or (told.verb.lemma == "announce" and len(agents) < 2):
        return codes
    beside = (*COMPANY, "between", "among", *(("from",) if mention.agreement_type == "declaration" else ()))
    others = ("those ", "that ")  # "a pact with Oman; those with Fiji …"
    text = view.article.text
    phrases = [one for one in told.obliques if one.preposition in beside and not text.endswith(others, 0, one.start)]
    named = [phrase for phrase in phrases if mention.start < phrase.end and phrase.start < mention.end]
    chosen = named if codes and agents and named else phrases  # "a pact with Oman and a treaty with Fiji": each with its own
    return unique((*agents, *codes_of(actors_of(view, chosen)), *codes))


def _named_before(mention: Mention, own: tuple[str, ...], told: list[Telling]) -> tuple[str, ...]:
    """Return the parties of the last instrument of its kind, where the words only point back to one ("the deal")."""
    if not mention.is_definite:
        return ()
    for telling in reversed(told[-MANY:]):
        kinds = {telling.mention.agreement_type, mention.agreement_type}
        if (len(kinds) == 1 or "agreement" in kinds) and set(own) <= set(telling.parties):
            return telling.parties
    return ()


def partners(view: ArticleView, mention: Mention, clause: int | None) -> tuple[str, ...]:
    """Return the parties that an instrument is said to be "with"."""
    phrases = view.clause(clause).obliques if clause is not None else ()
    beside = [codes_of(actors_of(view, (phrase,))) for phrase in phrases if phrase.preposition == "with"]
    return max((_within(view, mention), *beside), key=len)


def _within(view: ArticleView, mention: Mention) -> tuple[str, ...]:
    """Return the parties after "with" in the title itself, beside whom somebody else signs."""
    place = view.article.text.find(" with ", mention.start, mention.end)
    return codes_of(view.actors_in(place, mention.end)) if place >= 0 else ()


def with_each(telling: Telling, others: tuple[str, ...]) -> list[Telling]:
    """Return the telling once for each of ``others`` where several instruments are told ("pacts with Oman and Fiji": one with each)."""
    ours = [code for code in telling.parties if code not in others]
    if not telling.mention.is_plural or len(others) < 2 or len(ours) != 1:
        return [telling]
    return [telling._replace(parties=tuple(sorted((*ours, code)))) for code in others]


def _two_named(view: ArticleView, mention: Mention, own: tuple[str, ...]) -> tuple[str, ...]:
    """Return the two parties that the sentence names, where it names just two."""
    bounds = view.sentence(mention.sentence)
    named = codes_of(view.actors_in(bounds.start, bounds.end))
    return named if len(named) == 2 else own


def _some_of_many(view: ArticleView, mention: Mention) -> tuple[str, ...]:
    """Return the states named as some of many that one has instruments with ("with 17 countries, including Peru and Norway")."""
    end = view.sentence(mention.sentence).end
    opened = _SOME_NAMED.match(view.article.text, mention.end, end)
    return codes_of(view.actors_in(opened.end(), end)) if opened else ()


def _with_the_teller(
    view: ArticleView, mention: Mention, clause: int | None, own: tuple[str, ...], two: tuple[str, ...]
) -> tuple[str, ...]:
    """Return the two sides of an instrument "with" one state: the other one named beside it, else the country the article is told from."""
    bounds = view.sentence(mention.sentence)
    others = [actor for actor in view.actors_in(bounds.start, bounds.end) if own[0] not in actor.party_codes and actor.party_codes]
    lower = view.article.text[bounds.start : bounds.end].lower()
    partnered = [actor for actor in others if lower[: actor.start - bounds.start].endswith((" with ", " with the "))]
    if len(two) == 2 and not partnered:
        return two
    if set(partners(view, mention, clause)) != set(own) or len(others) > len(partnered):
        return own
    home = dateline_spot(view.article.layout).country or _most_named(view)
    return (home, *own) if home and home not in own else own


def _most_named(view: ArticleView) -> str | None:
    """Return the state that the article names more than twice as often as any other, None where none is."""
    counts = Counter(code for actor in view.article.actors for code in set(actor.party_codes) if is_state(code))
    most = counts.most_common(2)
    return most[0][0] if most and (len(most) == 1 or most[0][1] > 2 * most[1][1]) else None


def _bloc(view: ArticleView, mention: Mention, clause: int | None, own: tuple[str, ...]) -> tuple[str, ...]:
    """Return the organisation whose members adopt it ("ASEAN ministers adopted", "the forum, where leaders adopted"), or ()."""
    if clause is None:
        return ()
    there = view.clause(clause).link == "where"  # those at the gathering just named, not those of the story
    if not there and (len(own) > 1 or (own and is_state(own[0]))):
        return ()
    members = [
        token
        for phrase in agents_of(view.clause(clause))
        for token in view.tokens_in(mention.sentence, phrase.start, phrase.end)
        if token.lower in words("members")
    ]
    if not members:
        return ()
    if own and not there:
        return own
    start = view.sentence(mention.sentence).start
    named = [code for code in codes_of(view.actors_in(start, members[0].start)) if not is_state(code)]
    return tuple(named[-1:])


def parties_of(
    view: ArticleView,
    mention: Mention,
    clause: int | None,
    status: str,
    ceremonial: tuple[str, ...],
    told: list[Telling],
    pair: tuple[str, ...],
) -> tuple[str, ...]:
    """Return whose the instrument is: those it names, those of its ceremony, of the one it points back to, of the passage."""
    own = own_parties(view, mention, clause)
    bloc = _bloc(view, mention, clause, own) if len(ceremonial) < 2 else ()
    if bloc:
        return bloc
    if ceremonial:
        apart = status in ("negotiating", "in_force", "ended")
        return own if len(own) >= 2 and (apart or (len(own) == 2 and set(own) < set(ceremonial))) else ceremonial
    if len(own) >= 2:
        return own
    if clause is not None and view.clause(clause).verb.lemma == "have":
        return (*own, *_some_of_many(view, mention))
    named = _named_before(mention, own, told)
    if named:
        return named
    two = _two_named(view, mention, own)
    if not own and len(two) == 2 and not mention.is_definite:
        return two
    if pair and set(own) <= set(pair):
        return pair
    return _with_the_teller(view, mention, clause, own, two) if len(own) == 1 else two


def with_another(view: ArticleView, telling: Telling) -> list[Telling]:
    """Return the telling, and those that "another" and "one" stand for beside it ("a pact with Oman on ports and another with Fiji")."""
    mention = telling.mention
    sheet = view.words(mention.sentence)
    tokens = sheet.tokens
    found: list[tuple[Mention, tuple[str, ...]]] = []
    for place in range(sheet.at(mention.end), len(tokens) - 2):
        if tokens[place].lower not in _ELLIPTIC or tokens[place + 1].lower != "with":
            continue
        phrase = noun_phrase(sheet, place + 2, lists=False)
        codes = codes_of(view.actors_in(tokens[place + 2].start, tokens[phrase[0] - 1].end)) if phrase is not None else ()
        if phrase is None or not codes:
            continue
        end = phrase[0]
        if end + 1 < len(tokens) and tokens[end].lower in ("on", "for"):
            subject = noun_phrase(sheet, end + 1, lists=False)
            end = subject[0] if subject is not None and tokens[end + 1].start not in sheet.time_end else end
        span = (tokens[place].start, tokens[end - 1].end)
        one = mention._replace(
            start=span[0], end=span[1], head=span[0], is_definite=False, is_another=True, is_plural=False, tokens=(place, end)
        )
        found.append((one, codes))
    if not found:
        return [telling]
    others = {code for _, codes in found for code in codes}
    here = codes_of(view.actors_in(mention.start, found[0][0].start))
    ours = tuple(code for code in telling.parties if code not in others and code not in here) or telling.parties[:1]
    first = telling._replace(parties=tuple(sorted(code for code in telling.parties if code not in others or code in here)))
    more = [telling._replace(mention=one, parties=tuple(sorted(unique((*ours, *codes))))) for one, codes in found]
    return [first, *more]


def is_of_others(view: ArticleView, clause: Clause) -> bool:
    """Say whether who signs is no state: a firm, a party, or somebody of no party that is known."""
    return names_a_stranger(view, clause) or is_private(view, clause)


def is_of_firms(view: ArticleView, mention: Mention, clause: int | None) -> bool:
    """Say whether firms or associations sign it, and no state ("a memorandum signed between the business bodies of Peru and Oman")."""
    private = instrument_words("private_parties")
    told = view.clause(clause) if clause is not None else None
    beside = [phrase for phrase in told.obliques if phrase.preposition in COMPANY and phrase.start > told.verb.start] if told else []
    signers = (*agents_of(told), *beside) if told is not None else ()
    for phrase in signers:
        opening = view.tokens_in(mention.sentence, phrase.start, phrase.end)[:_NEAR]
        if phrase.head in private or any(token.lemma in private for token in opening):
            return True
    first, last = mention.tokens
    tokens = view.tokens(mention.sentence)
    places = [place for place in range(first, last - 1) if tokens[place].lower in ("between", "with")]
    return any(token.lemma in private for place in places for token in tokens[place + 1 : min(last, place + _NEAR)])
