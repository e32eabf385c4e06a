"""Instruments: what was signed, agreed, negotiated, and at which ceremony.

Belongs here: the date of each instrument mentioned, and ceremonies that no clause told. Does not belong here: finding the mentions
(instruments), how they stand (standing), whose they are (signatories), lists of them (listing), which are one (matching).
"""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

from pipelines.extraction.frames.dating import NO_DATE, When, is_lead, published, time_in_sentence
from pipelines.extraction.frames.drafts import MANY
from pipelines.extraction.frames.engagements import story_pair
from pipelines.extraction.frames.genre import is_sport
from pipelines.extraction.frames.instruments import Mention, is_weak, mentions_in, unnamed_in
from pipelines.extraction.frames.listing import LISTED, Telling, joined_to, listed
from pipelines.extraction.frames.matching import one_each
from pipelines.extraction.frames.participants import codes_of, is_state
from pipelines.extraction.frames.signatories import is_of_firms, is_of_others, parties_of, partners, with_another, with_each
from pipelines.extraction.frames.standing import instrument_nouns, status_of_instrument, time_after_participle, time_that_owns
from pipelines.extraction.frames.status import CANCELLED, OCCURRED, PLANNED
from pipelines.extraction.frames.view import ArticleView, view_of
from pipelines.extraction.frames.words import instrument_words
from pipelines.extraction.model import Agreement, Article, Engagement, PartyRole

_LONG_AGO = 10
_TOLD_BY_FIELD = ("signed", "agreed", "planned")
_AFTER = 5  # words after a name in which the body stands that adopted it
_MOST_PARTNERS = 4  # with more, an instrument each is meant
_CEREMONY = timedelta(days=3)


def _ceremony_of(view: ArticleView, mention: Mention, status: str, engagements: tuple[Engagement, ...]) -> int | None:
    """Return the engagement that the instrument belongs to: the signing or commitment told in its clause, else in its sentence."""
    wanted = ("signing",) if status in ("signed", "planned") else ("commitment", "talks", "meeting", "signing")
    bounds = view.sentence(mention.sentence)
    best = None
    for index, engagement in enumerate(engagements[:MANY]):
        if engagement.engagement_type not in wanted:
            continue
        overlaps = engagement.evidence_start < mention.end and mention.start < engagement.evidence_end
        same_sentence = bounds.start <= engagement.evidence_start < bounds.end
        rank = 2 if overlaps else 1 if same_sentence and engagement.engagement_type == "signing" else 0
        if rank and (best is None or rank > best[0]):
            best = (rank, index)
    if best is None and status == "signed":
        # "The protocol was signed by …": the ceremony told before
        own = set(codes_of(view.actors_in(bounds.start, bounds.end)))
        for index, engagement in enumerate(engagements[:MANY]):
            parties = {role.party_code for role in engagement.parties}
            if (
                engagement.engagement_type == "signing"
                and (own <= parties or parties <= own)
                and not _has_own_date(view, bounds.start, bounds.end)
            ):
                return index
    return best[1] if best else None


def _has_own_date(view: ArticleView, start: int, end: int) -> bool:
    return any(time.start_date is not None and time.timex_type == "DATE" for time in view.times_in(start, end))


def _common_pair(engagements: tuple[Engagement, ...]) -> tuple[str, ...]:
    """Return the pair that most happenings of the article are between."""
    pairs = Counter(tuple(sorted(role.party_code for role in engagement.parties)) for engagement in engagements)
    return pairs.most_common(1)[0][0] if pairs else ()


def _dated(view: ArticleView, mention: Mention, clause: int | None, status: str) -> When:
    owner = time_that_owns(view, mention) or (time_after_participle(view, mention) if clause is None else None)
    if owner is not None:
        return When(owner.start_date, owner.end_date, owner.precision, owner.text, "anchored", 3)
    if status in ("in_force", "negotiating"):
        since = _since(view, mention)
        if since is not None:
            return since
    wanted = PLANNED if status == "planned" else OCCURRED
    if clause is not None and view.clause(clause).link == "where":
        clause = view.clause(clause).parent  # "attended the summit last week, where leaders adopted …"
    found = time_in_sentence(view, mention.sentence, clause, mention.end, wanted, status == "planned", outside=(mention.start, mention.end))
    if found is not None and status != "negotiating":
        return found
    if status in ("signed", "agreed") and is_lead(view, mention.sentence):
        return published(view.article.published_on)
    return NO_DATE


def _since(view: ArticleView, mention: Mention) -> When | None:
    """Return the time from the date after "since" to publication."""
    for expression in view.times_in(mention.end, view.sentence(mention.sentence).end):
        opening = view.article.text[max(0, expression.start - 6) : expression.start + 5].lower()
        if expression.start_date is not None and "since" in opening:
            end = view.article.published_on or expression.end_date
            return When(expression.start_date, end, expression.precision, expression.text, "anchored", 3)
    return None


def _tellings(view: ArticleView, engagements: tuple[Engagement, ...]) -> list[Telling]:
    told: list[Telling] = []
    private: set[str] = set()  # kinds of instruments that no states signed
    pair = _common_pair(engagements) or story_pair(view)
    for sentence, layout in enumerate(view.article.layout.sentences):
        if layout.kind not in ("headline", "body"):
            continue
        for mention in mentions_in(view, sentence):
            status, clause, verb = status_of_instrument(view, mention)
            row = listed(view, mention, told) if not mention.is_counted else None
            if row is not None:
                place = next((i for i, other in enumerate(told) if other is row), None)
                if place is not None and row.mention.is_counted and row.mention.agreement_type != mention.agreement_type:
                    told[place] = row._replace(mention=row.mention._replace(agreement_type="other"))
                list_of = row.list_of if row.rule_id == LISTED else row.mention.head
                told.append(row._replace(mention=mention, rule_id=LISTED, list_of=list_of))
                continue
            joined = joined_to(view, mention, told) if status is None and not is_weak(mention) else None
            if joined is not None:
                told.append(joined._replace(mention=mention, rule_id=LISTED))
                continue
            counted = mention.is_counted and mention.name in instrument_words("generic_instruments")
            # "exchanged letters" is no accord
            only_sent = verb == "exchange" and mention.name.startswith("letter") and is_weak(mention)
            is_loose = is_weak(mention) and status != "signed" and verb != "be" and not counted and not _is_an_act(mention, status, verb)
            vague = only_sent or is_loose
            if status is None or vague or _is_denied(view, mention) or _is_background(view, mention, clause):
                continue
            if verb in instrument_words("adopting") and _is_of_a_legislature(view, mention):
                continue
            if is_of_firms(view, mention, clause) or _is_of_the_private(mention, private, told):
                private.add(mention.agreement_type)
                continue
            ceremony = _ceremony_of(view, mention, status, engagements)
            done = status in ("signed", "agreed")
            by_verb = ceremony is None and done and verb not in instrument_nouns()
            if by_verb and clause is not None and is_of_others(view, view.clause(clause)):
                continue
            ceremonial = tuple(role.party_code for role in engagements[ceremony].parties) if ceremony is not None else ()
            parties = parties_of(view, mention, clause, status, ceremonial, told, pair)
            if len(parties) < 2 and not (parties and done and not is_state(parties[0])):
                continue
            others = partners(view, mention, clause)
            if len(others) > _MOST_PARTNERS and not mention.is_counted:
                mention = mention._replace(number=len(others), is_counted=True, is_plural=True)  # one with each
            when = (
                _when_of_engagement(engagements[ceremony])
                if ceremony is not None and status != "negotiating"
                else _dated(view, mention, clause, status)
            )
            if (
                when.end is not None
                and view.article.published_on is not None
                and view.article.published_on.year - when.end.year > _LONG_AGO
            ):
                continue
            if ceremony is not None and status == "signed" and engagements[ceremony].status in (PLANNED, CANCELLED):
                status = "planned"
            telling = Telling(mention, status, clause, when, tuple(sorted(parties)), ceremony, f"instrument.{verb or 'noun'}")
            each = with_each(telling, others) if not mention.is_counted else [telling]
            told += with_another(view, telling) if each == [telling] and not mention.is_counted else each
        several = next((row for row in reversed(told) if row.mention.is_plural and row.status in _TOLD_BY_FIELD), None)
        if several is not None and several.mention.sentence >= sentence - 1:
            named = [
                several._replace(mention=mention, rule_id=LISTED, list_of=several.mention.head)
                for mention in unnamed_in(view, sentence, several.mention)
            ]
            if len(named) == several.mention.number > 1:
                told.remove(several)  # all of them are named
            told += named
    return told


def _is_an_act(mention: Mention, status: str | None, verb: str) -> bool:
    """Say whether the verb makes a loose name an instrument: what is reached ("a truce was reached"), or to be signed ("sign a grant")."""
    if mention.is_definite:
        return False
    reached = mention.name in instrument_words("reached_names") and verb in instrument_words("reaching")
    return (status == "agreed" and reached) or (status == "planned" and verb == "sign")


def _is_of_the_private(mention: Mention, private: set[str], told: list[Telling]) -> bool:
    """Say whether the words point back to an instrument that no states signed ("the agreement", where firms signed a memorandum)."""
    kinds = {mention.agreement_type} if mention.agreement_type != "agreement" else {"agreement", *private}
    return mention.is_definite and bool(kinds & private) and not any(telling.mention.agreement_type in kinds for telling in told)


def _is_background(view: ArticleView, mention: Mention, clause: int | None) -> bool:
    """Say whether a clause after the name only tells which ones are meant ("carry out projects inked by both sides")."""
    if clause is None:
        return False
    told = view.clause(clause)
    before = told.verb.start >= mention.end and told.verb.tense == "past" and told.verb.is_perfect and not told.verb.is_passive
    since = view.article.text.find(" since ", told.verb.start, told.end)
    if before and not _has_own_date(view, told.start, since if since >= 0 else told.end):
        return True  # "the biggest deal that Peru had signed"
    if mention.is_counted or mention.is_definite or not mention.is_plural:
        return False
    beside = told.link == "participle" and told.parent is not None and told.verb.start >= mention.end
    return beside and view.sentence(mention.sentence).kind == "body" and not _has_own_date(view, told.start, told.end)


def _is_of_a_legislature(view: ArticleView, mention: Mention) -> bool:
    """Say whether a legislature adopts a text of its own ("the adoption of a declaration by the parliament of Peru")."""
    after = view.tokens(mention.sentence)[mention.tokens[1] : mention.tokens[1] + _AFTER]
    bodies = any(token.lower in instrument_words("legislatures") for token in after)
    return bool(after) and after[0].lower in ("in", "by") and bodies


def _is_denied(view: ArticleView, mention: Mention) -> bool:
    place = mention.tokens[0] - 1
    return place >= 0 and view.tokens(mention.sentence)[place].lower in ("no", "without", "any", "neither", "possible", "potential")


def _when_of_engagement(engagement: Engagement) -> When:
    return When(engagement.start_date, engagement.end_date, engagement.date_precision, engagement.date_text, engagement.date_method, 2)


def _agreement_of(view: ArticleView, row: Telling) -> Agreement:
    text = view.article.text
    mention = row.mention
    start = mention.start
    end = mention.end
    if row.clause is not None and view.clause(row.clause).sentence == mention.sentence:
        clause = view.clause(row.clause)
        if clause.verb.start and clause.verb.start < mention.start and mention.start - clause.verb.end < 60:
            start = clause.verb.start
        elif clause.verb.end > mention.end and clause.verb.start - mention.end < 60:
            end = clause.verb.end
    return Agreement(
        agreement_type="other"
        if mention.is_counted and mention.number > 1 and mention.agreement_type == "other"
        else mention.agreement_type,
        status=row.status,
        title=text[mention.start : mention.end],
        instrument_count=mention.number,
        start_date=row.when.start,
        end_date=row.when.end,
        date_precision=row.when.precision if row.when.start else "unknown",
        date_text=row.when.text,
        date_method=row.when.method,
        parties=row.parties,
        ceremony=row.ceremony,
        confidence=0.85,
        rule_id=row.rule_id,
        evidence_start=start,
        evidence_end=end,
        evidence_text=text[start:end],
    )


def _ceremony_for(row: Telling, agreement: Agreement) -> Engagement:
    """Return the signing that an instrument told of without a clause of its own."""
    return Engagement(
        engagement_type="signing",
        status=OCCURRED if row.status == "signed" else PLANNED,
        start_date=agreement.start_date,
        end_date=agreement.end_date,
        date_precision=agreement.date_precision,
        date_text=agreement.date_text,
        date_method=agreement.date_method,
        parties=tuple(PartyRole(code, "signatory") for code in agreement.parties),
        people=(),
        place_name=None,
        place_country=None,
        latitude=None,
        longitude=None,
        confidence=0.6,
        rule_id=f"ceremony.{row.rule_id}",
        evidence_start=agreement.evidence_start,
        evidence_end=agreement.evidence_end,
        evidence_text=agreement.evidence_text,
    )


def read_agreements(article: Article, engagements: tuple[Engagement, ...]) -> tuple[tuple[Engagement, ...], tuple[Agreement, ...]]:
    """Return ``engagements`` with the ceremonies that instruments tell of, and every instrument once."""
    if is_sport(article):
        return engagements, ()
    view = view_of(article)
    rows = one_each(view, _tellings(view, engagements))
    ceremonies = list(engagements)
    agreements = []
    for row in rows:
        agreement = _agreement_of(view, row)
        if (
            row.ceremony is None
            and row.status in ("signed", "planned")
            and (row.rule_id == LISTED or row.rule_id.removeprefix("instrument.") in instrument_words("ceremonial"))
            and (row.status == "signed" or row.when.start is not None)
        ):
            known = _same_ceremony(ceremonies, agreement.parties, row.when.start)
            if known is None:
                ceremonies.append(_ceremony_for(row, agreement))
                known = len(ceremonies) - 1
            agreement = replace(agreement, ceremony=known)
        agreements.append(agreement)
    return tuple(ceremonies), tuple(agreements)


def _same_ceremony(engagements: list[Engagement], parties: tuple[str, ...], day: date | None) -> int | None:
    """Return the signing of the same parties within a few days, if one is told."""
    for index in range(max(0, len(engagements) - MANY), len(engagements)):
        engagement = engagements[index]
        if engagement.engagement_type != "signing" or {role.party_code for role in engagement.parties} != set(parties):
            continue
        if day is None or engagement.start_date is None or engagement.end_date is None:
            return index
        if engagement.start_date - _CEREMONY <= day <= engagement.end_date + _CEREMONY:
            return index
    return None
