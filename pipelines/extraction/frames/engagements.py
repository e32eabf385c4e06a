"""Clauses and event nouns to engagements: the order in which an article is read.

Belongs here: reading sentence by sentence, which of several tellings in a sentence counts, and the finished records.
Does not belong here: words (lexicon), or any rule about one type of happening (drafting, visits, nouns).
"""

from collections import Counter
from datetime import date

from pipelines.extraction.frames.consults import consult_verb_draft, each_call
from pipelines.extraction.frames.dating import When, inherited, is_limit, published, status_by_date, when_of_expression
from pipelines.extraction.frames.deeds import deed_draft
from pipelines.extraction.frames.drafts import NOBODY, Draft, Scene, scene_after
from pipelines.extraction.frames.gapping import others_met
from pipelines.extraction.frames.genre import is_sport
from pipelines.extraction.frames.measures import mediations
from pipelines.extraction.frames.merging import merge
from pipelines.extraction.frames.needs import is_habitual
from pipelines.extraction.frames.nouns import moved, noun_draft
from pipelines.extraction.frames.participants import is_state, roles_of
from pipelines.extraction.frames.placing import base_spot, completed, dateline_spot
from pipelines.extraction.frames.relief import relief
from pipelines.extraction.frames.routes import with_stops
from pipelines.extraction.frames.rules import CONSULT_TYPES, SPOKEN_TYPES, VerbRule, happening_rules, noun_rules
from pipelines.extraction.frames.statements import statement_draft
from pipelines.extraction.frames.status import OCCURRED, ONGOING, PLANNED, PROPOSED
from pipelines.extraction.frames.terms import terms
from pipelines.extraction.frames.triggers import Trigger, is_nominal, matching_rules, noun_triggers
from pipelines.extraction.frames.undertakings import further_undertakings, is_further
from pipelines.extraction.frames.verdicts import with_verdicts
from pipelines.extraction.frames.view import ArticleView, view_of
from pipelines.extraction.frames.visits import invited_visit, visit_draft
from pipelines.extraction.frames.words import words
from pipelines.extraction.model import Article, Engagement, Token

_READ_KINDS = frozenset({"headline", "body"})
# A clause under one of these tells what is promised, asked, threatened or refused: its own happening has not happened.
_HOLDING_TYPES = frozenset({"commitment", "request", "threat", "rejection", "criticism"})
_ECHOED = SPOKEN_TYPES | {"signing", "cooperation", "concession"}
_MEASURES = frozenset({"cooperation", "concession", "withdrawal", "signing", "aid"})
_CONCLUDED = "conclude.negotiation"
_ANNOUNCED = "announce.that"
_EXACT = frozenset({"day", "week", "month"})
_CONTENT_LINKS = frozenset({"to", "that", "ing", "quote", "on", "upon"})
_AHEAD_OF = ("ahead of ", "ahead of the ", "before the ", "before ", "prior to ", "prior to the ")
_DAYS_OF_DATELINE = 3
_PARAGRAPHS_OF_PAIR = 2
_STRANGERS = 2
_FAR_MORE = 1.5  # times as often as the next
# What a participle may say of how something else was done.
_MANNERS = ("commitment", "statement", "cooperation")
_RELATIVE = frozenset({"who", "which", "whose", "whom", "where"})
_TRIES = 3  # patterns of one verb, best first
_MAIN_LINKS = frozenset({None, "and", "but", "that", "quote"})


def verb_trigger(view: ArticleView, index: int, rule: VerbRule, strength: int) -> Trigger:
    """Return the trigger that clause ``index`` is under ``rule``."""
    clause = view.clause(index)
    return Trigger(
        start=clause.verb.start,
        end=clause.verb.end,
        sentence=clause.sentence,
        clause=index,
        rule_id=rule.rule_id,
        engagement_type=rule.engagement_type,
        root=rule.root,
        roles=rule.roles,
        needs=rule.needs,
        phrase_start=clause.start,
        strength=strength,
    )


def _holder(view: ArticleView, index: int, types: dict[int, str]) -> int | None:
    """Return the clause above ``index`` under whose promise, request or threat it stands."""
    for _ in range(6):
        clause = view.clause(index)
        if clause.parent is None or (clause.link not in _CONTENT_LINKS and not is_further(view, clause)):
            return None
        if types.get(clause.parent) in _HOLDING_TYPES:
            return clause.parent
        index = clause.parent
    return None


def _is_noun(tokens: tuple[Token, ...], place: int) -> bool:
    """Say whether a verb's word stands where only the noun of the same form can ("a state visit")."""
    return place < len(tokens) and tokens[place].lower in noun_rules() and is_nominal(tokens, place)


def _verb_options(view: ArticleView, sentence: int) -> dict[int, list[Trigger]]:
    """Return the triggers of each clause of a sentence, best first; a clause whose best rule says "none" tells nothing."""
    known = happening_rules()
    tokens = view.tokens(sentence)
    options: dict[int, list[Trigger]] = {}
    for index in view.clauses_of_sentence.get(sentence, ()):
        clause = view.clause(index)
        if clause.verb.lemma not in known or _is_noun(tokens, view.words(sentence).at(clause.verb.head)):
            continue
        matching = matching_rules(view, index, known)
        if matching and matching[0][1].engagement_type != "none":
            options[index] = [verb_trigger(view, index, rule, score) for score, rule in matching[:_TRIES] if rule.engagement_type != "none"]
    return options


def verb_draft(view: ArticleView, trigger: Trigger, scene: Scene) -> Draft | None:
    """Return what the verb of a clause tells, or None where it tells no happening between two parties."""
    if trigger.clause is not None and is_habitual(view, view.clause(trigger.clause)):
        return None
    if trigger.engagement_type == "visit":
        return visit_draft(view, trigger, scene)
    if trigger.engagement_type in CONSULT_TYPES:
        return consult_verb_draft(view, trigger, scene)
    return deed_draft(view, trigger, scene)


def _is_to_come(view: ArticleView, index: int) -> bool:
    """Say whether who is invited is to come somewhere ("was invited to visit Lima", not "to join the bloc")."""
    wished = [view.clause(child).verb.lemma for child in view.children.get(index, ()) if view.clause(child).link == "to"]
    return not wished or any(verb in words("coming") for verb in wished)


def _verb_drafts(view: ArticleView, options: dict[int, list[Trigger]], scene: Scene) -> tuple[dict[int, Draft], list[Draft]]:
    """Return what each clause tells, and the visits that invitations propose."""
    drafts: dict[int, Draft] = {}
    proposed: list[Draft] = []
    for index, triggers in options.items():
        for trigger in triggers:
            draft = verb_draft(view, trigger, scene)
            if draft is None and trigger.roles == "invite" and view.clause(index).verb.is_passive and _is_to_come(view, index):
                visit = invited_visit(view, trigger, scene, PROPOSED)  # "was invited to Lima": by whom, nobody says
                proposed += [visit] if visit is not None else []
                break
            if draft is not None:
                drafts[index], *stops = with_stops(view, draft)
                if draft.engagement_type == "visit" and draft.when.rank >= 2:
                    scene = scene._replace(stays=(*scene.stays, draft))  # "who arrived yesterday and leaves tomorrow"
                if draft.engagement_type == "visit" and draft.status in (OCCURRED, ONGOING) and draft.spot.country:
                    # "then flew to Lima, where she was received by …"
                    scene = scene._replace(spot=draft.spot, spot_when=draft.when, spot_parties=draft.parties)
                proposed += stops
                if trigger.roles in ("invite", "invited"):
                    visit = invited_visit(view, trigger, scene, PROPOSED)
                    proposed += [visit] if visit is not None else []
                break
    return drafts, proposed


def _is_dated_measure(view: ArticleView, draft: Draft) -> bool:
    """Say whether what is promised is a deed with a day of its own ("agreed to lift visas from 1 September"): then it is planned."""
    today = view.article.published_on
    ahead = draft.when.start is not None and today is not None and draft.when.start > today and draft.when.rank >= 2
    return draft.engagement_type in _MEASURES and ahead and draft.when.precision in _EXACT


def _is_timed(view: ArticleView, draft: Draft) -> bool:
    """Say whether a meeting promised has a time, were it only "in the coming days": then it is planned, and no mere promise."""
    clause = view.clause(draft.clause) if draft.clause is not None else None
    return draft.when.rank >= 2 or (
        clause is not None and any(time.timex_type != "SET" for time in view.times_in(clause.start, clause.end))
    )


def _is_proposed(draft: Draft) -> bool:
    """Say whether what is asked for is a meeting with a day of its own ("suggested that they meet in May"): then it is a row too."""
    return draft.status == PROPOSED and draft.engagement_type != "visit" and draft.when.rank >= 2


def _promises_only(view: ArticleView, holder: int, child: int | None) -> bool:
    """Say whether a promise is of that one happening alone ("agreed to meet in May"), not of other things too."""
    below = (index for index in view.children.get(holder, ()) if index != child)
    return all(view.clause(index).link not in _CONTENT_LINKS or is_further(view, view.clause(index)) for index in below)


def _ends_talks(view: ArticleView, trigger: Trigger) -> bool:
    """Say whether what is promised of talks is only to bring them to an end ("committed to concluding the negotiations")."""
    return trigger.clause is not None and view.clause(trigger.clause).verb.lemma in words("leaving")


def _tells_the_same(view: ArticleView, told: Draft, trigger: Trigger) -> bool:
    """Say whether a noun in a clause only names again what its verb tells ("arrived on a visit", "joined them for a meeting")."""
    if view.article.text.endswith(_AHEAD_OF, 0, trigger.phrase_start):
        return False  # "met ahead of Friday's talks"
    if told.engagement_type == trigger.engagement_type or (trigger.rule_id == "n.invitation" and told.rule_id.startswith("accept.")):
        return True
    return trigger.slot not in ("object", "subject") and {told.engagement_type, trigger.engagement_type} <= CONSULT_TYPES - {
        "visit",
        "call",
    }


def _sentence_drafts(view: ArticleView, sentence: int, scene: Scene) -> list[Draft]:
    """Return the happenings that one sentence tells, in reading order."""
    options = _verb_options(view, sentence)
    types = {index: triggers[0].engagement_type for index, triggers in options.items() if triggers[0].rule_id != _ANNOUNCED}
    drafts, found = _verb_drafts(view, options, scene)
    further = {index: further_undertakings(view, draft) for index, draft in drafts.items()}
    drafts |= terms(view, sentence, scene, drafts)
    drafts |= relief(view, sentence, scene)
    busy = frozenset(drafts)
    for index in [index for index, draft in drafts.items() if draft.rule_id == _ANNOUNCED]:
        if any(child in drafts for child in view.children.get(index, ())):
            drafts.pop(index)  # a measure announced is the measure, planned
    for index in list(drafts):
        holder = _holder(view, index, types)
        if holder is None:
            continue
        if drafts[index].engagement_type == "mediation" and drafts[index].status == PROPOSED:
            drafts.pop(holder, None)  # "offered to mediate": the mediation, proposed
            continue
        dated = _is_dated_measure(view, drafts[index])
        if (
            types[holder] == "commitment"
            and holder in drafts
            and drafts[index].engagement_type in CONSULT_TYPES
            and (not _is_timed(view, drafts[index]) or drafts[index].rule_id == _CONCLUDED)
        ):
            drafts.pop(index)  # "agreed to restart consultations": no day, so nothing planned but a promise
            continue
        if types[holder] == "commitment" and (drafts[index].engagement_type in CONSULT_TYPES or dated):
            if dated:
                together = len(drafts[index].cast.source) > 1 and drafts[index].engagement_type == "concession"
                drafts[index] = drafts[index]._replace(
                    status=PLANNED, engagement_type="cooperation" if together else drafts[index].engagement_type
                )
            elif _promises_only(view, holder, index):
                found += further.pop(holder, ())
                drafts.pop(holder, None)
        elif not (types[holder] == "request" and _is_proposed(drafts[index])):
            drafts.pop(index, None)
    for index in list(drafts):
        clause = view.clause(index)
        if clause.parent in drafts and {drafts[index].engagement_type, drafts[clause.parent].engagement_type} <= CONSULT_TYPES - {"visit"}:
            # "met to discuss": one meeting
            drafts.pop(index)
            continue
        # "signed a treaty, committing each to …": how it was done, not another deed.
        if (
            clause.link == "participle"
            and clause.parent in drafts
            and drafts[index].engagement_type in (*_MANNERS, drafts[clause.parent].engagement_type)
        ):
            drafts.pop(index)
    found += drafts.values()
    paragraph = view.sentence(sentence).paragraph
    for draft in sorted(found, key=lambda draft: draft.start):
        scene = scene_after(scene, draft, paragraph)
    for trigger in noun_triggers(view, sentence):
        told = drafts.get(trigger.clause) if trigger.clause is not None else None
        if told is not None and _tells_the_same(view, told, trigger):
            continue
        named = noun_draft(view, trigger, scene, busy)
        if named is None:
            continue
        holder = _holder(view, trigger.clause, types) if trigger.clause is not None else None
        if holder is None:
            found += [*with_stops(view, named), *moved(view, trigger, named)]
        elif types[holder] == "request" and _is_proposed(named):
            found.append(named)
        elif (
            types[holder] == "commitment"
            and named.engagement_type in CONSULT_TYPES
            and trigger.slot in ("object", "subject")
            and not _ends_talks(view, trigger)
            and (_is_timed(view, named) or holder not in drafts)
        ):
            if _promises_only(view, holder, trigger.clause):
                found += further.pop(holder, ())
                found = [other for other in found if other is not drafts.get(holder)]
            found.append(named)
    # "will pay a visit in May, his minister said": the visit, and no promise of it
    carried = {draft.clause for draft in found if draft.rule_id != _ANNOUNCED}
    found = [
        draft
        for draft in found
        if draft.rule_id != _ANNOUNCED or draft.clause is None or not carried & set(view.children.get(draft.clause, ()))
    ]
    found += mediations(view, sentence, scene)
    found = with_verdicts(view, sentence, scene, found)
    kept = {draft.clause for draft in found}
    found += [each for index, more in further.items() if index in kept for each in more]
    found = [each for draft in found for one in others_met(view, draft) for each in each_call(view, one)]
    found.sort(key=lambda draft: draft.start)
    return found


def _scene_by_time(view: ArticleView, sentence: int, scene: Scene) -> Scene:
    """Return the scene with the day that a main clause of ``sentence`` names, whatever it tells."""
    bounds = view.sentence(sentence)
    published_on = view.article.published_on
    for expression in view.times_in(bounds.start, bounds.end):
        if expression.start_date is None or expression.precision != "day" or published_on is None or expression.start_date > published_on:
            continue
        if expression.timex_type not in ("DATE", "TIME") or is_limit(view, expression):
            continue
        for index in view.clauses_of_sentence.get(sentence, ()):
            clause = view.clause(index)
            told = clause.verb.tense in ("past", "present") and not (clause.verb.is_perfect and clause.verb.tense == "past")
            if clause.start <= expression.start < clause.end and clause.link in _MAIN_LINKS and told:
                if _is_aside(view, sentence, index, expression.start):
                    break  # "X, who met Y on Saturday, welcomed …"
                return scene._replace(when=inherited(when_of_expression(expression, 1)))
    return scene


def _is_aside(view: ArticleView, sentence: int, index: int, position: int) -> bool:
    """Say whether a relative clause inside clause ``index`` holds the word at ``position``."""
    inner = (view.clause(child) for child in view.clauses_of_sentence.get(sentence, ()) if child != index)
    return any(below.link in _RELATIVE and below.verb.start < position < below.end for below in inner)


def _scene_at(view: ArticleView, sentence: int, scene: Scene) -> Scene:
    """Return what the passage still sets for ``sentence``: a pair told of long before, or among other states, is no longer meant.

    The pair of the story counts in the lead alone, where the sentence is about these two and no third.
    """
    bounds = view.sentence(sentence)
    actors = (actor for actor in view.actors_in(bounds.start, bounds.end) if actor.form != "pronoun")
    named = {code for actor in actors for code in actor.party_codes if is_state(code)}
    if sentence > view.first_body_sentence + 1 or named != set(scene.story):
        scene = scene._replace(story=())
    if bounds.paragraph - scene.paragraph > _PARAGRAPHS_OF_PAIR:
        return scene._replace(pair=(), blame=NOBODY)
    return scene._replace(pair=()) if len(named - set(scene.pair)) >= _STRANGERS else scene


def engagement_of(article: Article, draft: Draft) -> Engagement:
    """Return the finished record of a happening."""
    return Engagement(
        engagement_type=draft.engagement_type,
        status=draft.status,
        start_date=draft.when.start,
        end_date=draft.when.end,
        date_precision=draft.when.precision if draft.when.start else "unknown",
        date_text=draft.when.text,
        date_method=draft.when.method,
        parties=roles_of(draft.engagement_type, draft.cast, draft.parties),
        people=draft.people,
        place_name=draft.spot.name,
        place_country=draft.spot.country,
        latitude=draft.spot.latitude,
        longitude=draft.spot.longitude,
        confidence=round(draft.confidence, 2),
        rule_id=draft.rule_id,
        evidence_start=draft.start,
        evidence_end=draft.end,
        evidence_text=article.text[draft.start : draft.end],
    )


def story_day(view: ArticleView) -> When:
    """Return the day that the first sentences tell of in a main clause, else that of publication."""
    first = view.first_body_sentence
    for index in range(first, min(first + 2, len(view.article.layout.sentences))):
        if view.sentence(index).kind == "body":
            found = _scene_by_time(view, index, Scene()).when
            if found.rank:
                return found
    today = view.article.published_on
    for sentence in view.article.layout.sentences[: first + 1]:
        if sentence.kind != "dateline" or today is None:
            continue
        for expression in view.times_in(sentence.start, sentence.end):
            if expression.start_date is not None and 0 <= (today - expression.start_date).days <= _DAYS_OF_DATELINE:
                return inherited(when_of_expression(expression, 1))
    return published(today)


def story_pair(view: ArticleView) -> tuple[str, ...]:
    """Return the two states that the headline and the first sentences name most."""
    counts: Counter[str] = Counter()
    for index, sentence in enumerate(view.article.layout.sentences):
        if index > view.first_body_sentence + 1:
            break
        if sentence.kind in _READ_KINDS:
            counts.update(
                code for actor in view.actors_in(sentence.start, sentence.end) for code in set(actor.party_codes) if is_state(code)
            )
    return tuple(code for code, _ in counts.most_common(2)) if len(counts) >= 2 else ()


def protagonist(view: ArticleView) -> str | None:
    """Return the state that the article names far more than any other, if its first sentences name it too."""
    end = view.sentence(view.first_body_sentence).end
    named = [actor for actor in view.article.actors if actor.form != "pronoun"]
    counts = Counter(code for actor in named for code in set(actor.party_codes) if is_state(code))
    (first, most), (_, next_most) = [*counts.most_common(2), ("", 0), ("", 0)][:2]
    is_first = any(first in actor.party_codes for actor in named if actor.start < end)
    return first if is_first and most >= _FAR_MORE * next_most else None


def read_drafts(view: ArticleView) -> list[Draft]:
    """Return every happening of the article once."""
    scene = Scene(
        home=dateline_spot(view.article.layout).country,
        base=base_spot(view),
        story=story_pair(view),
        story_when=story_day(view),
        protagonist=protagonist(view),
    )
    told: list[Draft] = []
    for index, sentence in enumerate(view.article.layout.sentences):
        if sentence.kind not in _READ_KINDS:
            continue
        drafts = _sentence_drafts(view, index, _scene_at(view, index, scene))
        if not drafts and sentence.kind == "body":
            scene = _scene_by_time(view, index, scene)
            remark = statement_draft(view, index, scene)
            drafts = [remark] if remark is not None else []
        for draft in drafts:
            told.append(draft)
            scene = scene_after(scene, draft, sentence.paragraph)
    return completed([settled(draft, view.article.published_on) for draft in _without_echoes(merge(told))])


def _without_echoes(drafts: list[Draft]) -> list[Draft]:
    """Leave out the words of a headline that no sentence repeats in kind where the body tells of the same parties otherwise."""
    told = {frozenset(draft.parties) for draft in drafts if not draft.is_headline}
    return [
        draft
        for draft in drafts
        if not (draft.is_headline and draft.engagement_type in _ECHOED and any(told_parties >= set(draft.parties) for told_parties in told))
    ]


def settled(draft: Draft, published_on: date | None) -> Draft:
    """Return the draft with the status that its dates leave: nothing to come has occurred, no stay that is over goes on."""
    start, end = draft.when.start, draft.when.end
    if published_on is None or start is None or end is None or draft.status not in (OCCURRED, ONGOING):
        return draft
    if start > published_on or (end > published_on and "later" in (draft.when.text or "").lower()):
        return draft._replace(status=PLANNED)
    if end < published_on and draft.status == ONGOING:
        return draft._replace(status=OCCURRED)
    return (
        draft._replace(status=status_by_date(draft.status, draft.when, published_on, draft.verb))
        if draft.engagement_type == "visit"
        else draft
    )


def read_engagements(article: Article) -> tuple[Engagement, ...]:
    """Return each happening between parties that ``article`` tells, once."""
    if is_sport(article):
        return ()
    return tuple(engagement_of(article, draft) for draft in read_drafts(view_of(article)))
