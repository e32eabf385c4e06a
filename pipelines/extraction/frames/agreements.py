"""Instruments: what was signed, agreed, negotiated, and at which ceremony.

Belongs here: the status, parties and date of each instrument mentioned, one row for each, and ceremonies that no clause told.
Does not belong here: finding the mentions (instruments).
"""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from pipelines.extraction.frames.dating import NO_DATE, When, is_lead, published, time_in_sentence
from pipelines.extraction.frames.drafts import MANY
from pipelines.extraction.frames.genre import is_sport
from pipelines.extraction.frames.instruments import Mention, is_weak, mentions_in, names_instrument
from pipelines.extraction.frames.participants import COMPANY, actors_of, agents_of, codes_of, is_compound, unique
from pipelines.extraction.frames.status import CANCELLED, OCCURRED, PLANNED, PROPOSED, governed_status
from pipelines.extraction.frames.triggers import slot_of
from pipelines.extraction.frames.view import ArticleView, view_of
from pipelines.extraction.frames.words import words
from pipelines.extraction.lexicon import table
from pipelines.extraction.model import Agreement, Article, Engagement, PartyRole

_NEAR = 80
_ECHO = "instrument.echo"  # a headline's deal that no sentence names
_LONG_AGO = 10
_REACH = 30  # characters: how far the words that say how an instrument stands may be from it
_LISTING_REACH = 120  # characters between "the documents signed by …" and the first of "are an agreement …"
_NO_CEREMONY = (".issue", ".release", ".listed", *(f".{noun}" for noun in ("negotiation", "negotiations", "talks", "talk", "discussions")))
_CEREMONY = timedelta(days=3)
_SIGNED_NOUNS = frozenset({"signing", "signature", "exchange", "adoption", "conclusion"})
_NEGOTIATING_NOUNS = frozenset({"negotiation", "negotiations", "talks", "talk", "discussions", "consultations"})


class _Telling(NamedTuple):
    """A mention with what its clause says of it."""

    mention: Mention
    status: str
    clause: int | None
    when: When
    parties: tuple[str, ...]
    ceremony: int | None
    rule_id: str


@cache
def instrument_verbs() -> dict[str, str]:
    """Return what each verb says of the instrument it acts on."""
    return {row["verb"]: row["effect"] for row in table("instrument_verbs")}


def _status(view: ArticleView, mention: Mention) -> tuple[str | None, int | None, str]:
    """Return the status that its clause gives the instrument, the clause, and the verb that gave it."""
    tokens = view.tokens(mention.sentence)
    head = next(token for token in tokens if token.start == mention.head)
    index, slot = slot_of(view, mention.sentence, head)
    if index is None:
        return None, None, ""
    clause = view.clause(index)
    standing = _standing(view, mention)
    if standing is not None:
        return standing, index, "be"
    noun = _noun_above(view, mention)
    if noun in _NEGOTIATING_NOUNS:
        status, _ = governed_status(view, index, "talks")
        return (None if status is None else "negotiating" if status not in (PLANNED, PROPOSED) else "planned"), index, noun
    if noun in _SIGNED_NOUNS:
        status, _ = governed_status(view, index, "signing")
        off = status is not None and _is_called_off(view, mention)
        return (None if status is None else "planned" if off or status in (PLANNED, PROPOSED, CANCELLED) else "signed"), index, noun
    if slot == "subject" and clause.verb.lemma in ("be", "remain", "stay"):
        predicate = view.article.text[clause.verb.end : clause.end].lower()
        if "under negotiation" in predicate or "being negotiated" in predicate:
            return "negotiating", index, "be"
        if "in force" in predicate or "into force" in predicate:
            return "in_force", index, "be"
        return None, index, ""
    if slot == "subject" and clause.verb.lemma in ("enter", "come", "take", "expire", "lapse"):
        words = view.article.text[clause.verb.start : clause.end].lower()
        if "force" in words or "effect" in words:
            return "in_force", index, clause.verb.lemma
        return ("ended" if clause.verb.lemma in ("expire", "lapse") else None), index, clause.verb.lemma
    for verb_index in _verbs_over(view, mention, index, slot):
        found = _status_by_verb(view, verb_index, slot)
        if found is not None:
            return found, verb_index, view.clause(verb_index).verb.lemma
    return None, index, ""


def _standing(view: ArticleView, mention: Mention) -> str | None:
    """Return the status that words right around the mention give it, whatever its clause ("in force since …", "close to a …")."""
    text = view.article.text
    end = view.sentence(mention.sentence).end
    after = text[mention.end : min(end, mention.end + _REACH)].lower().lstrip(" ,)")
    if after.startswith(tuple(words("in_force"))):
        return "in_force"
    before = text[max(view.sentence(mention.sentence).start, mention.start - 24) : mention.start].lower()
    if before.removesuffix(" a ").removesuffix(" an ").removesuffix(" the ").rstrip().endswith(tuple(words("nearing"))):
        return "negotiating"
    rest = text[mention.end : min(end, mention.end + 4 * _REACH)].lower()
    reach = min((rest.find(phrase) for phrase in words("under_negotiation") if phrase in rest), default=-1)
    if reach < 0 or mention.is_counted or names_instrument(view.tokens_in(mention.sentence, mention.end, mention.end + reach)):
        return None
    return "negotiating"


def _is_called_off(view: ArticleView, mention: Mention) -> bool:
    rest = view.article.text[mention.end : view.sentence(mention.sentence).end].lower()
    return any(phrase in rest for phrase in words("called_off"))


def _noun_above(view: ArticleView, mention: Mention) -> str:
    """Return the noun that the mention completes ("the signing of …", "negotiations on …")."""
    tokens = view.tokens(mention.sentence)
    place = mention.tokens[0] - 1
    while place >= 0 and tokens[place].tag in ("DET", "ADJ", "NUM", "PRON"):
        place -= 1
    if place > 1 and tokens[place].tag == "VERB" and tokens[place - 1].lower == "to" and tokens[place - 2].lower in _NEGOTIATING_NOUNS:
        return tokens[place - 2].lower  # "talks to modernise the agreement"
    if place < 1 or tokens[place].lower not in ("of", "on", "for", "over", "about"):
        return ""
    return tokens[place - 1].lower


def _verbs_over(view: ArticleView, mention: Mention, index: int, slot: str) -> list[int]:
    """Return the clauses whose verb may act on the mention: its own, and the relative clause that follows it."""
    verb_end = view.clause(index).verb.end
    beside = slot == "object" or 0 <= mention.start - verb_end <= _NEAR
    over = [index] if slot in ("object", "", "on", "of", "to", "over", "into", "with", "off", "from", "out of") and beside else []
    for child in view.clauses_of_sentence.get(mention.sentence, ()):
        clause = view.clause(child)
        if (clause.link in ("that", "which", "participle", None) and 0 <= clause.start - mention.end <= 3 and not clause.objects) or (
            clause.subject is not None
            and clause.subject.start <= mention.head < clause.subject.end
            and clause.verb.is_passive
            and child not in over
        ):
            over.append(child)
    return over


def _status_by_verb(view: ArticleView, index: int, slot: str) -> str | None:
    clause = view.clause(index)
    verb = clause.verb
    name = f"{verb.lemma} {verb.particle}" if verb.particle else verb.lemma
    effect = instrument_verbs().get(name) or instrument_verbs().get(f"{verb.lemma} {slot}") or instrument_verbs().get(verb.lemma)
    if effect is None:
        return None
    words = view.article.text[verb.end : clause.end].lower()
    if effect == "planned" or (effect in ("agreed", "negotiating") and "for signing" in words):
        return "planned" if not verb.is_negated else None
    status, governor = governed_status(view, index, "signing")
    if status is None:
        return None
    if status == CANCELLED:
        return "planned"
    if status in (PLANNED, PROPOSED):
        agreed = governor is not None and view.clause(governor).verb.lemma in ("agree", "decide", "pledge", "promise", "commit", "vow")
        return "agreed" if agreed and effect in ("signed", "agreed") else "planned"
    if effect == "agreed" and verb.is_progressive:
        return "negotiating"
    return "signed" if effect == "witnessed" else effect


def _names_them(view: ArticleView, telling: _Telling, mention: Mention) -> bool:
    """Say whether words between a count of instruments and the mention list them ("ten documents, including …", "those signed were …")."""
    between = view.article.text[telling.mention.end : mention.start].lower()
    return any(word in between for word in words("listing")) or (
        telling.status == "signed"
        and len(between) < _LISTING_REACH
        and any(f" {verb} " in between for verb in ("are", "were", "was", "is"))
    )


def _listed(view: ArticleView, mention: Mention, earlier: list[_Telling]) -> _Telling | None:
    """Return the counted instruments that the mention is one of ("ten documents, including …")."""
    begin = view.sentence(mention.sentence).start
    opening = view.article.text[begin : begin + 40].lower()
    for telling in reversed(earlier):
        other = telling.mention
        if other.sentence < mention.sentence - 1:
            break
        if other.head == mention.head:
            return telling
        if (
            other.sentence == mention.sentence - 1
            and opening.startswith(tuple(words("listing_openers")))
            and telling.status == "signed"
            and (other.is_counted or is_weak(other))
        ):
            return telling
        if other.sentence == mention.sentence and (other.is_counted or is_weak(other)) and _names_them(view, telling, mention):
            return telling
    return None


# ------------------------------------------------------------------------------------------------ parties, dates, ceremonies


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


def _own_parties(view: ArticleView, mention: Mention, clause: int | None) -> tuple[str, ...]:
    """Return the parties that the clause or the title names."""
    inside = [actor for actor in view.actors_in(mention.start, mention.end) if not is_compound(view, actor)]
    codes = codes_of(inside)
    if len(codes) >= 2 or clause is None:
        return codes
    told = view.clause(clause)
    around = actors_of(view, (*agents_of(told), *(phrase for phrase in told.obliques if phrase.preposition in COMPANY)))
    return unique((*codes_of(around), *codes)) if told.verb.lemma not in ("witness", "oversee", "announce") else codes


def _common_pair(engagements: tuple[Engagement, ...]) -> tuple[str, ...]:
    """Return the pair that most happenings of the article are between."""
    pairs = Counter(tuple(sorted(role.party_code for role in engagement.parties)) for engagement in engagements)
    return pairs.most_common(1)[0][0] if pairs else ()


def _dated(view: ArticleView, mention: Mention, clause: int | None, status: str) -> When:
    if status == "in_force":
        since = _since(view, mention)
        if since is not None:
            return since
    wanted = PLANNED if status == "planned" else OCCURRED
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


def _tellings(view: ArticleView, engagements: tuple[Engagement, ...]) -> list[_Telling]:
    told: list[_Telling] = []
    named: Counter[int] = Counter()
    pair = _common_pair(engagements)
    for sentence, layout in enumerate(view.article.layout.sentences):
        if layout.kind not in ("headline", "body"):
            continue
        for mention in mentions_in(view, sentence):
            status, clause, verb = _status(view, mention)
            listed = _listed(view, mention, told) if not mention.is_counted else None
            if listed is not None:
                place = next((i for i, other in enumerate(told) if other is listed), None)
                if place is not None and listed.mention.is_counted and listed.mention.agreement_type != mention.agreement_type:
                    told[place] = listed._replace(mention=listed.mention._replace(agreement_type="other"))
                if place is not None and listed.mention.head != mention.head:
                    named[listed.mention.head] += 1
                told.append(listed._replace(mention=mention, rule_id="instrument.listed"))
                continue
            if status is None or (is_weak(mention) and status != "signed" and verb != "be") or _is_denied(view, mention):
                continue
            ceremony = _ceremony_of(view, mention, status, engagements)
            own = _own_parties(view, mention, clause)
            parties = own if len(own) >= 2 else ()
            if ceremony is not None:
                parties = (
                    parties
                    if len(parties) >= 2 and status in ("negotiating", "in_force", "ended")
                    else tuple(r.party_code for r in engagements[ceremony].parties)
                )
            elif not parties:
                parties = pair if set(own) <= set(pair) else own
            if len(parties) < 2:
                continue
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
            told.append(_Telling(mention, status, clause, when, tuple(sorted(parties)), ceremony, f"instrument.{verb or 'noun'}"))
    # Where all of "two agreements" are named, the count stands for nothing more.
    return [telling for telling in told if not telling.mention.is_counted or named[telling.mention.head] != telling.mention.count]


def _is_denied(view: ArticleView, mention: Mention) -> bool:
    place = mention.tokens[0] - 1
    return place >= 0 and view.tokens(mention.sentence)[place].lower in ("no", "without", "any", "neither", "possible", "potential")


def _when_of_engagement(engagement: Engagement) -> When:
    return When(engagement.start_date, engagement.end_date, engagement.date_precision, engagement.date_text, engagement.date_method, 2)


# ------------------------------------------------------------------------------------------------ one row an instrument


def _title_words(view: ArticleView, mention: Mention) -> frozenset[str]:
    first, last = mention.tokens
    return frozenset(
        token.lemma for token in view.tokens(mention.sentence)[first:last] if token.tag in ("NOUN", "PROPN", "ADJ", "NUM", "VERB")
    )


def _is_same(view: ArticleView, first: _Telling, second: _Telling) -> bool:
    a, b = first.mention, second.mention
    headline = "headline" in (view.sentence(a.sentence).kind, view.sentence(b.sentence).kind)
    echo = headline and a.is_counted and b.is_counted and a.count == b.count
    if (a.agreement_type != b.agreement_type and not echo) or set(first.parties) != set(second.parties):
        return False
    if a.is_counted and b.is_counted and a.count != b.count:
        return False
    if first.status != second.status and {first.status, second.status} not in (
        {"signed", "agreed"},
        {"agreed", "planned"},
        {"planned", "negotiating"},
    ):
        return False
    if echo or (a.is_counted and b.is_counted and a.sentence != b.sentence):
        return True
    if headline and not a.is_counted and not b.is_counted and a.sentence != b.sentence and "signed" in (first.status, second.status):
        return True
    if (
        not headline
        and first.when.start
        and second.when.start
        and first.when.end
        and second.when.end
        and not (first.when.start <= second.when.end and second.when.start <= first.when.end)
    ):
        return False
    mine, other = _title_words(view, a), _title_words(view, b)
    if b.is_definite and (len(other) == 1 or (a.sentence == b.sentence and not b.is_counted)):
        return True
    return bool(mine & other) and 2 * len(mine & other) >= min(len(mine), len(other)) and (a.sentence != b.sentence)


def _joined(view: ArticleView, tellings: list[_Telling]) -> list[_Telling]:
    rows: list[_Telling] = []
    for telling in tellings:
        for index in range(max(0, len(rows) - MANY), len(rows)):
            row = rows[index]
            if _is_same(view, row, telling):
                headline = view.sentence(row.mention.sentence).kind == "headline"
                longer = telling.mention.end - telling.mention.start > row.mention.end - row.mention.start
                counted = row.mention.is_counted and not telling.mention.is_counted
                keep = telling if (headline or (longer and row.status == telling.status)) and not counted else row
                rows[index] = keep._replace(
                    when=max(keep.when, row.when, telling.when, key=lambda when: when.rank),
                    ceremony=row.ceremony if row.ceremony is not None else telling.ceremony,
                    status="signed" if "signed" in (row.status, telling.status) else row.status,
                )
                break
        else:
            title = _title_words(view, telling.mention)
            if view.sentence(telling.mention.sentence).kind == "headline" and telling.status == "agreed" and not telling.mention.is_counted:
                rows.append(telling._replace(rule_id=_ECHO))
                continue
            # "the deal" alone names nothing that was not named before.
            if not (telling.mention.is_definite and len(title) == 1 and not telling.mention.is_counted):
                rows.append(telling)
    return rows


def _agreement_of(view: ArticleView, row: _Telling) -> Agreement:
    text = view.article.text
    mention = row.mention
    start = mention.start
    end = mention.end
    if row.clause is not None:
        clause = view.clause(row.clause)
        if clause.verb.start and clause.verb.start < mention.start and mention.start - clause.verb.end < 60:
            start = clause.verb.start
        elif clause.verb.end > mention.end and clause.verb.start - mention.end < 60:
            end = clause.verb.end
    return Agreement(
        agreement_type="other"
        if mention.is_counted and mention.count > 1 and mention.agreement_type == "other"
        else mention.agreement_type,
        status=row.status,
        title=text[mention.start : mention.end],
        instrument_count=mention.count,
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


def _ceremony_for(row: _Telling, agreement: Agreement) -> Engagement:
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
    rows = [row for row in _joined(view, _tellings(view, engagements)) if row.rule_id != _ECHO]
    ceremonies = list(engagements)
    agreements = []
    for row in rows:
        agreement = _agreement_of(view, row)
        if (
            row.ceremony is None
            and row.status in ("signed", "planned")
            and not row.rule_id.endswith(_NO_CEREMONY)
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
