"""How an instrument stands: signed, agreed, negotiated, planned, in force, ended.

Belongs here: what the verb, the noun or the words beside a mention say of it. Does not belong here: its parties and date (agreements).
"""

import re
from functools import cache

from pipelines.extraction.annotators.lemmas import BASE, PARTICIPLE, verb_reading
from pipelines.extraction.frames.instruments import Mention, is_weak, names_instrument
from pipelines.extraction.frames.participants import COMPANY, actors_of, agents_of, codes_of
from pipelines.extraction.frames.rules import governing_verbs, light_verbs
from pipelines.extraction.frames.status import CANCELLED, OCCURRED, PLANNED, PROPOSED, governed_status, takes_that
from pipelines.extraction.frames.triggers import slot_of
from pipelines.extraction.frames.view import ArticleView
from pipelines.extraction.frames.words import instrument_words
from pipelines.extraction.lexicon import table
from pipelines.extraction.model import Clause, TimeExpression, Token

_NEAR = 80
_LASTING = ("agreement", "treaty", "memorandum", "protocol")
_ABOUT = frozenset({"regarding", "concerning", "about", "towards", "toward"})
_MEETING = frozenset({"meet", "gather", "convene", "assemble"})  # "met to sign" is as real as the meeting
_OWNER_REACH = 12  # characters from a time that owns an instrument to its title
_REACH = 30  # characters: how far the words that say how an instrument stands may be from it
_HANDS = ("signature", "name", "pen", "initial", "ink", "seal")
_AGREEING = frozenset({"agree", "decide", "pledge", "promise", "commit", "undertake", "resolve", "vow"})
_GOVERNING = frozenset({"of", "on", "for", "over", "about", "to", "from", "towards"})
_OWNING_TAGS = frozenset({"DET", "ADJ", "NUM", "PRON", "PROPN", "SYM"})
_POSSESSIVE = frozenset({"'s", "’s", "'", "’", "“", '"', "‘"})
_ANOTHER_MATTER = re.compile(r"[;:]|,(?! (?:which|that|now|still|currently|already) )")
_BINDING = frozenset({"under", "in", "with", "to", "from"})
_SOME_NAMED = re.compile(
    r",? (?:including|among them|such as|notably|namely|one of|some of|most of|all)\b[^.;:]*,"
    r"(?: (?:was|were|have|has|had|been|are|being|also|all))*\s*"
)
_INTO_FORCE = re.compile(r"in(?:to)? force\b|\beffect\b")
# "the signing by both sides of …": tags of the words that may part a noun from the instrument it governs
_BETWEEN_TAGS = frozenset({"DET", "ADJ", "NUM", "PRON", "NOUN", "PROPN", "CCONJ", "PART"})
_ISSUED = ("declaration", "action_plan", "roadmap")  # what is put out and not signed
_LONGEST_ASIDE = 12


@cache
def instrument_verbs() -> dict[str, str]:
    """Return what each verb says of the instrument it acts on."""
    return {row["verb"]: row["effect"] for row in table("instrument_verbs")}


@cache
def instrument_nouns() -> dict[str, str]:
    """Return what each noun says of the instrument that it governs."""
    return {row["noun"]: row["effect"] for row in table("instrument_nouns")}


def status_of_instrument(view: ArticleView, mention: Mention) -> tuple[str | None, int | None, str]:
    """Return the status that its clause gives the instrument, the clause, and the verb that gave it."""
    tokens = view.tokens(mention.sentence)
    head = _owed(tokens, mention) or next(token for token in tokens if token.start == mention.head)
    index, slot = slot_of(view, mention.sentence, head)
    if index is None:
        return None, None, ""
    clause = view.clause(index)
    if _is_aside(view, mention):
        return None, index, ""
    standing = _standing(view, mention)
    if standing is not None:
        return standing, index, "be"
    if time_that_owns(view, mention) is not None:
        return "signed", None, "noun"
    noun, place = _noun_above(view, mention)
    if noun:
        return _status_by_noun(view, mention, place, index, slot), index, noun
    if slot == "subject" and clause.verb.lemma in ("be", "remain", "stay"):
        predicate = view.article.text[clause.verb.end : clause.end].lower()
        if "under negotiation" in predicate or "being negotiated" in predicate:
            return "negotiating", index, "be"
        if "in force" in predicate or "into force" in predicate:
            return "in_force", index, "be"
    if slot == "subject" and clause.verb.lemma in ("enter", "come", "take", "expire", "lapse"):
        if _INTO_FORCE.search(view.article.text[clause.verb.start : clause.end].lower()):
            status, _ = governed_status(view, index, "signing")
            ahead = status in (PLANNED, PROPOSED)
            return ("planned" if ahead else None if status is None else "in_force"), index, "force"
        return ("ended" if clause.verb.lemma in ("expire", "lapse") else None), index, clause.verb.lemma
    if slot == "object" and _is_had(clause, mention):
        return "in_force", index, "have"
    best: tuple[str | None, int, str] = (None, index, "")
    for verb_index in _verbs_over(view, mention, index, slot):
        talked = _status_by_purpose(view, verb_index)
        if talked is not None:
            return talked, verb_index, "talks" if talked == "negotiating" else view.clause(verb_index).verb.lemma
        found = _status_by_verb(view, verb_index, slot, mention)
        # "negotiated and signed": what is done last counts
        if found is not None and (
            best[0] is None or (found == "signed" and (best[0] in ("agreed", "negotiating") or best[2] == "initial"))
        ):
            best = found, verb_index, view.clause(verb_index).verb.lemma
    if best[0] is None and (done := _done_before(view, mention)) is not None:
        return done[0], None, done[1]
    return best


def _is_had(clause: Clause, mention: Mention) -> bool:
    """Say whether an instrument is one that a state has with others ("has an extradition treaty with Peru")."""
    verb = clause.verb
    holds = verb.lemma == "have" and verb.tense == "present" and verb.modality is None and not (verb.is_negated or verb.is_perfect)
    return holds and clause.link in (None, "and", "that", "which", "quote") and not is_weak(mention) and mention.agreement_type in _LASTING


def _done_before(view: ArticleView, mention: Mention) -> tuple[str, str] | None:
    """Return what a dated participle after an instrument in passing says of it ("under a deal struck in July"), and its verb."""
    if is_weak(mention) or time_after_participle(view, mention) is None:
        return None
    word = _word_after(view, mention)
    reading = verb_reading(word.lower) if word is not None else None
    effect = instrument_verbs().get(reading[0]) if reading else None
    return (effect, reading[0]) if reading and effect in ("signed", "agreed") else None


def _word_after(view: ArticleView, mention: Mention) -> Token | None:
    """Return the word after a mention, past a comma ("the communique, adopted on Monday, …")."""
    tokens = view.tokens(mention.sentence)
    after = mention.tokens[1]
    after += after < len(tokens) and tokens[after].text == ","
    return tokens[after] if after < len(tokens) else None


def time_after_participle(view: ArticleView, mention: Mention) -> TimeExpression | None:
    """Return the past time of the participle that stands right after an instrument with no clause of its own."""
    participle = _word_after(view, mention)
    reading = verb_reading(participle.lower) if participle is not None else None
    if participle is None or reading is None or not reading[1] & PARTICIPLE or reading[1] & BASE:
        return None
    verbs = [view.clause(index).verb for index in view.clauses_of_sentence.get(mention.sentence, ())]
    if any(verb.start <= participle.start < verb.end and verb.tense != "none" for verb in verbs):
        return None
    today = view.article.published_on
    time = next(iter(view.times_in(participle.end, view.sentence(mention.sentence).end)), None)
    if time is None or today is None or time.start_date is None or time.start_date > today:
        return None
    between = view.article.text[participle.end : time.start]
    return time if len(between) <= _REACH and not _ANOTHER_MATTER.search(between) else None


def _before(tokens: tuple[Token, ...], mention: Mention) -> int:
    """Return the last token before the mention that is no article, count, adjective or owner of it."""
    place = mention.tokens[0] - 1
    while place >= 0 and (tokens[place].tag in _OWNING_TAGS or tokens[place].lower in _POSSESSIVE):
        place -= 1
    return place


def _is_aside(view: ArticleView, mention: Mention) -> bool:
    """Say whether the mention only says what another thing is of, or what may be ("as part of a deal", "in the event of one")."""
    tokens = view.tokens(mention.sentence)
    place = _before(tokens, mention)
    if place < 0:
        return False
    if place > 0 and tokens[place].lower == "of" and tokens[place - 1].tag == "NOUN":
        noun = tokens[place - 1]
        return noun.lemma not in instrument_words("quantities") and noun.lower not in instrument_nouns()
    opening = view.article.text[view.sentence(mention.sentence).start : tokens[place].end].lower()
    return opening.endswith(tuple(instrument_words("provisos")))


def time_that_owns(view: ArticleView, mention: Mention) -> TimeExpression | None:
    """Return the past time that owns an instrument between two ("last month's peace accord between Fiji and Samoa")."""
    start = view.sentence(mention.sentence).start
    owners = [time for time in view.times_in(start, mention.start) if time.end >= mention.start - _OWNER_REACH]
    today = view.article.published_on
    if not owners or today is None or owners[-1].end_date is None or owners[-1].end_date > today:
        return None
    owned = view.article.text[owners[-1].end - 2 : mention.start].replace("’", "'")
    named = "'s" in owned and len(codes_of(view.actors_in(mention.start, mention.end))) > 1
    return owners[-1] if named else None


def _owed(tokens: tuple[Token, ...], mention: Mention) -> Token | None:
    """Return the noun of what an instrument asks, where that is acted on in its place ("suspended its obligations under the treaty")."""
    place = _before(tokens, mention)
    bound = place > 0 and tokens[place].lower in _BINDING and tokens[place - 1].lower in instrument_words("owed")
    return tokens[place - 1] if bound else None


def _standing(view: ArticleView, mention: Mention) -> str | None:
    """Return the status that words right around the mention give it, whatever its clause ("in force since …", "close to a …")."""
    text = view.article.text
    end = view.sentence(mention.sentence).end
    after = text[mention.end : min(end, mention.end + _REACH)].lower().lstrip(" ,)")
    if after.startswith(tuple(instrument_words("in_force"))):
        return "in_force"
    before = text[max(view.sentence(mention.sentence).start, mention.start - 24) : mention.start].lower()
    if before.removesuffix(" a ").removesuffix(" an ").removesuffix(" the ").rstrip().endswith(tuple(instrument_words("nearing"))):
        return "negotiating"
    rest = text[mention.end : min(end, mention.end + 4 * _REACH)].lower()
    reach = min((rest.find(phrase) for phrase in instrument_words("under_negotiation") if phrase in rest), default=-1)
    if (
        reach < 0
        or " not " in rest[:reach]
        or mention.is_counted
        or names_instrument(view.tokens_in(mention.sentence, mention.end, mention.end + reach))
    ):
        return None
    return "negotiating"


def _is_called_off(view: ArticleView, mention: Mention) -> bool:
    rest = view.article.text[mention.end : view.sentence(mention.sentence).end].lower()
    return any(phrase in rest for phrase in instrument_words("called_off"))


def _noun_above(view: ArticleView, mention: Mention) -> tuple[str, int]:
    """Return the noun that governs the mention ("the signing by both of …", "negotiations with Malta on …"), and its place."""
    tokens = view.tokens(mention.sentence)
    nouns = instrument_nouns()
    after = mention.tokens[1]
    if after < len(tokens) and tokens[after].tag == "NOUN" and nouns.get(tokens[after].lower) in ("signed", "agreed", "ended"):
        return tokens[after].lower, after  # "the peace deal signing"
    place = _before(tokens, mention)
    if (
        place > 1
        and tokens[place].tag == "VERB"
        and tokens[place - 1].lower == "to"
        and nouns.get(tokens[place - 2].lower) == "negotiating"
    ):
        return tokens[place - 2].lower, place - 2  # "talks to modernise the agreement"
    if place < 1 or tokens[place].lower not in _GOVERNING:
        return "", -1
    if tokens[place - 1].lower in nouns:
        return tokens[place - 1].lower, place - 1
    for back in range(place - 1, max(-1, place - _LONGEST_ASIDE), -1):
        token = tokens[back]
        if token.lower in COMPANY or token.lower == "by":
            return (tokens[back - 1].lower, back - 1) if back and tokens[back - 1].lower in nouns else ("", -1)
        if token.tag not in _BETWEEN_TAGS:
            break
    return "", -1


def _status_by_noun(view: ArticleView, mention: Mention, place: int, index: int, slot: str) -> str | None:
    """Return the status that the noun at ``place`` gives the instrument it governs, as real as the verb that it stands with."""
    tokens = view.tokens(mention.sentence)
    effect = instrument_nouns()[tokens[place].lower]
    own_index, own_slot = slot_of(view, mention.sentence, tokens[place])
    index, slot = (own_index, own_slot) if own_index is not None else (index, slot)
    verb = view.clause(index).verb
    bears = light_verbs().get((f"{verb.lemma} {verb.particle}", slot)) or light_verbs().get((verb.lemma, slot))
    if effect == "negotiating":
        return _status_of_negotiations(view, tokens[:place], tokens[place].lower, index)
    if effect == "proposed":
        return _status_of_proposal(view, index)
    if effect == "in_force" and bears not in ("begins", "says"):
        return None  # to discuss an implementation says nothing of it
    if is_weak(mention) and verb.lemma == "be":
        return None  # "it was an exchange of letters"
    before = {token.lower for token in tokens[max(0, place - 4) : place]}
    told = verb.lemma in instrument_words("telling")
    hastens = verb.lemma in instrument_words("hastening") and slot == "object"
    nears = any(token.lower in ("toward", "towards") for token in tokens[max(0, place - 2) : place])
    if effect in ("signed", "agreed") and ((hastens and effect == "signed") or nears) and not verb.is_negated:
        return "planned"  # "to promote the signature of a protocol", "to work towards the conclusion of a pact"
    status, _ = governed_status(view, index, "signing")
    if status is None or bears == "rejects":
        return None
    if (
        status == OCCURRED
        and effect in ("signed", "agreed")
        and (
            verb.lemma in _AGREEING
            or (slot == "to" and any(instrument_nouns().get(phrase.head) == "agreed" for phrase in view.clause(index).objects))
            or (slot == "object" and instrument_verbs().get(verb.lemma) == "agreed")
        )
    ):
        return "agreed" if not told else effect
    wished = bears == "proposes" or (slot not in ("object", "subject") and governing_verbs().get((verb.lemma, "to")) == PROPOSED)
    if wished or (effect == "ended" and status == PROPOSED):
        return None
    off = _is_called_off(view, mention) or (bears in ("plans", "cancels") and not told)
    if slot == "subject" and bears is None and status in (PLANNED, PROPOSED):
        return None  # "the signing of a pact would strengthen ties"
    awaited = slot in ("for", "at") and (verb.lemma in instrument_words("awaiting"))
    if off or awaited or status in (PLANNED, PROPOSED, CANCELLED) or before & instrument_words("wished_for"):
        return "planned"
    return effect


def _status_of_proposal(view: ArticleView, index: int) -> str | None:
    """Return how an instrument stands that is only proposed: agreed where the proposal is approved, else no instrument yet."""
    clause = view.clause(index)
    status, _ = governed_status(view, index, "signing")
    approved = instrument_verbs().get(clause.verb.lemma) == "agreed" and status == OCCURRED and not clause.verb.is_negated
    return "agreed" if approved else None


def _status_of_negotiations(view: ArticleView, before: tuple[Token, ...], noun: str, index: int) -> str | None:
    """Return how an instrument stands that is talked about: planned before the first round, agreed once the negotiations are closed."""
    status, _ = governed_status(view, index, "talks")
    if status is None:
        return None
    verb = view.clause(index).verb
    near = {token.lower for token in before[-4:]}
    if status in (PLANNED, PROPOSED):
        goes_on = (
            verb.lemma in ("resume", "continue")
            or verb.lemma in instrument_words("closing_talks")
            or ("round" in near and "first" not in near)
        )
        return "negotiating" if goes_on else "planned"
    closed = noun.startswith("negotiation") and verb.lemma in instrument_words("closing_talks") and "round" not in near
    return "agreed" if closed and status == OCCURRED else "negotiating"


def _verbs_over(view: ArticleView, mention: Mention, index: int, slot: str) -> list[int]:
    """Return the clauses whose verb may act on the mention: its own, and the relative clause that follows it."""
    verb_end = view.clause(index).verb.end
    beside = slot == "object" or 0 <= mention.start - verb_end <= _NEAR
    by_slot = f"{view.clause(index).verb.lemma} {slot}" in instrument_verbs()
    over = (
        [index] if by_slot or (slot in ("object", "", "on", "of", "to", "over", "into", "with", "off", "from", "out of") and beside) else []
    )
    for child in view.clauses_of_sentence.get(mention.sentence, ()):
        clause = view.clause(child)
        reports = clause.link == "that" and clause.parent is not None and takes_that(view.clause(clause.parent))
        if reports and slot != "object" and clause.start >= mention.end:
            continue  # "said in a memorandum that it would pull out of the treaty"
        if (
            (
                clause.link in ("that", "which", "participle", None)
                and 0 <= clause.start - mention.end <= 3
                and not (clause.link is None and "," in view.article.text[mention.end : clause.start])
                and not _has_object_after(clause, mention)
            )
            or (
                clause.subject is not None
                and clause.subject.start < mention.end
                and mention.head < clause.subject.end
                and (clause.verb.is_passive or _goes_on_in_passive(view, clause))
                and child not in over
            )
            or (child not in over and any(phrase.start <= mention.head < phrase.end for phrase in clause.objects))
            or (child not in over and clause.link == "participle" and 0 <= clause.verb.start - mention.end <= len(", "))
            or (child not in over and _is_participle_aside(view, mention, clause))
            or (child not in over and clause.verb.is_passive and _goes_on_after_list(view, mention, clause))
        ):
            over.append(child)
    return over


def _is_participle_aside(view: ArticleView, mention: Mention, clause: Clause) -> bool:
    """Say whether an instrument's own verb is a participle between commas ("The communique, adopted on Monday, …"): none signs itself."""
    verb = clause.verb
    if clause.subject is None or not clause.subject.start <= mention.head < clause.subject.end or clause.objects:
        return False
    before = view.article.text[mention.end : verb.start].rstrip()
    return before.endswith(",") and not verb.is_passive and verb.tense == "past" and not verb.is_perfect


def _goes_on_after_list(view: ArticleView, mention: Mention, clause: Clause) -> bool:
    """Say whether only a list of some of them parts several from their verb ("five pacts, including those on ports, were signed")."""
    between = view.article.text[mention.end : clause.verb.start].lower() if mention.is_plural else ""
    return _SOME_NAMED.fullmatch(between) is not None


def _has_object_after(clause: Clause, mention: Mention) -> bool:
    """Say whether a clause after the mention has an object of its own; a relative one may have the mention's last word."""
    return any(phrase.end > mention.end for phrase in clause.objects)


def _goes_on_in_passive(view: ArticleView, clause: Clause) -> bool:
    """Say whether a participle goes on after "and" under the passive before it ("were negotiated and signed")."""
    tied = clause.link == "and" and clause.parent is not None and not clause.objects and clause.verb.tense == "past"
    return tied and view.clause(clause.parent).verb.is_passive  # type: ignore[arg-type]


def _status_by_purpose(view: ArticleView, index: int) -> str | None:
    """Return how an instrument stands whose talks or ceremony are told ("is in talks with Peru to sign", "a ceremony was held to sign")."""
    clause = view.clause(index)
    if clause.link == "to" and clause.parent is not None:
        above = view.clause(clause.parent)
        ceremony = above.subject is not None and above.subject.head in ("ceremony", "event") and above.verb.lemma in ("hold", "take", "be")
        if ceremony or (above.verb.lemma in _MEETING and instrument_verbs().get(clause.verb.lemma) == "signed"):
            status, _ = governed_status(view, clause.parent, "signing")
            return None if status is None else "signed" if status == OCCURRED else "planned"
    for _ in range(2):
        if clause.link not in ("to", "ing", "participle", "at") or clause.parent is None:
            return None
        above = view.clause(clause.parent)
        inside = tuple(phrase for phrase in above.obliques if phrase.preposition in ("in", "into"))
        phrases = (*above.objects, *inside, *((above.subject,) if above.subject else ()))
        proposal = next((phrase for phrase in phrases if instrument_nouns().get(phrase.head) == "proposed"), None)
        if proposal is not None and proposal.head_start < clause.verb.start:
            return _status_of_proposal(view, clause.parent)
        talks = next((phrase for phrase in phrases if instrument_nouns().get(phrase.head) == "negotiating"), None)
        if talks is not None and talks.head_start < clause.verb.start:
            return _status_of_negotiations(view, (), talks.head, clause.parent)
        clause = above
    return None


def _status_by_verb(view: ArticleView, index: int, slot: str, mention: Mention) -> str | None:
    clause = view.clause(index)
    verb = clause.verb
    name = f"{verb.lemma} {verb.particle}" if verb.particle else verb.lemma
    effect = instrument_verbs().get(name) or instrument_verbs().get(f"{verb.lemma} {slot}") or instrument_verbs().get(verb.lemma)
    if mention.name == "letter" and (verb.lemma not in ("sign", "exchange") or not mention.is_plural):
        return None
    if effect is None or (effect == "issued" and not _is_issued_together(view, clause, mention)):
        return None
    if clause.link in _ABOUT and verb.tense == "none":
        return None  # "discussed the process regarding signing a pact"
    if verb.tense == "none" and not verb.is_passive and _follows_instrument(view, mention, verb.start):
        return None  # "a protocol amending the treaty"
    rest = view.article.text[verb.end : clause.end].lower()
    if verb.lemma == "put" and not any(word in rest for word in _HANDS):
        return "planned" if rest.startswith((" off", " on hold")) else None
    if verb.is_negated and verb.lemma in ("renew", "extend", "prolong"):
        return "ended"
    if effect == "planned" or (effect in ("agreed", "negotiating") and "for signing" in rest):
        return "planned" if not verb.is_negated else None
    if effect in ("signed", "agreed") and _is_done_aside(view, mention, clause):
        return effect
    status, governor = governed_status(view, index, "signing")
    if status is None and effect in ("signed", "agreed") and verb.modality == "possible" and not verb.is_negated:
        return "planned" if _is_of_a_day_ahead(view, clause) else None  # "could be signed by the end of the year"
    if status is None:
        return None
    if status == CANCELLED:
        return "planned"
    if effect == "ended" and status == PROPOSED:
        return None  # a threat ends nothing
    if status in (PLANNED, PROPOSED):
        agreed = _is_agreed_above(view, clause if governor is None else view.clause(governor))
        return "agreed" if agreed and effect in ("signed", "agreed") else "planned"
    going_on = verb.is_progressive or " being " in view.article.text[verb.start : verb.end]
    if effect == "agreed" and going_on:
        return "negotiating"
    return "signed" if effect in ("witnessed", "issued") else effect


def _is_done_aside(view: ArticleView, mention: Mention, clause: Clause) -> bool:
    """Say whether a past participle right behind the name tells what was done ("Under the pact, signed in March, Peru will …")."""
    if clause.link != "participle" or clause.verb.tense != "none" or not 0 <= clause.verb.start - mention.end <= len(", "):
        return False
    reading = verb_reading(view.article.text[clause.verb.start : clause.verb.end].lower())
    return reading is not None and bool(reading[1] & PARTICIPLE) and not reading[1] & BASE


def _is_of_a_day_ahead(view: ArticleView, clause: Clause) -> bool:
    today = view.article.published_on
    return today is not None and any(
        time.end_date is not None and time.end_date > today for time in view.times_in(clause.start, view.sentence(clause.sentence).end)
    )


def _follows_instrument(view: ArticleView, mention: Mention, start: int) -> bool:
    """Say whether the word right before ``start`` names an instrument."""
    before = [token for token in view.tokens(mention.sentence) if token.end <= start]
    return bool(before) and names_instrument((before[-1],))


def _is_issued_together(view: ArticleView, clause: Clause, mention: Mention) -> bool:
    """Say whether what is put out is an instrument: a communique, or a plain statement of two parties."""
    if is_weak(mention) and len(codes_of(actors_of(view, agents_of(clause)))) < 2:
        return False
    return mention.agreement_type in _ISSUED


def _is_agreed_above(view: ArticleView, clause: Clause) -> bool:
    """Say whether the clause, or the one that reports it, tells an agreement reached ("agreed that a pact would be signed")."""
    if clause.verb.lemma not in _AGREEING and clause.link in ("that", "quote") and clause.parent is not None:
        clause = view.clause(clause.parent)
        if not takes_that(clause):
            return False
    return clause.verb.lemma in _AGREEING and clause.verb.tense != "future" and clause.verb.modality is None and not clause.verb.is_negated
