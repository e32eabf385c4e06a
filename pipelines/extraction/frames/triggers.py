"""Which words of a sentence tell a happening: verbs by their patterns, and event nouns.

Belongs here: matching clauses and nouns against the event lexicon. Does not belong here: whether it happened (status), who took part
(participants), when (dating), or whether it was told before (merging).
"""

from collections.abc import Iterator
from typing import NamedTuple

from pipelines.extraction.frames.rules import (
    CONSULT_TYPES,
    NounRule,
    VerbRule,
    light_verbs,
    noun_classes,
    noun_rules,
    root_of_type,
    verb_rules,
)
from pipelines.extraction.frames.senses import fits_needs
from pipelines.extraction.frames.view import ArticleView
from pipelines.extraction.frames.words import words
from pipelines.extraction.model import Clause, Phrase, Token

_PARTICLES = frozenset({"off", "out", "up", "over", "down"})
OF_CLASS = "of:"  # of a noun's ``bare``: what must follow it
_CONSULT = frozenset({"@consult"})
OF_GATHERING = frozenset({"of:@body", "of:@consult"})
_PERSONAL_FORMS = frozenset({"role", "group", "pronoun"})
_GERUND_LINKS = frozenset({"since", "after", "before", "while", "when", "by", "without"})
_POSSESSIVES = frozenset({"'", "’", "'s", "’s"})
_WORTH = " worth of "
_GLUE = frozenset({"-", "–", "“", '"', "‘", "and", "or", "’s", "'s", "’", "'", "[", "]", "(", ")"})
_NOUN_TAGS = frozenset({"NOUN", "PROPN"})
_NOMINAL_TAGS = frozenset({"NOUN", "PROPN", "ADJ", "NUM", "X", "SYM"})


class Trigger(NamedTuple):
    """Words that tell a happening. ``clause`` is the clause they stand in; ``slot`` where an event noun stands in it."""

    start: int
    end: int
    sentence: int
    clause: int | None
    rule_id: str
    engagement_type: str
    root: str
    roles: str
    needs: frozenset[str]
    noun: str | None = None
    slot: str = "verb"
    effect: str | None = None
    bare: str = ""
    phrase_start: int = 0
    strength: int = 0


def clause_trigger(clause: Clause, index: int, rule_id: str, engagement_type: str, phrase_start: int = 0) -> Trigger:
    """Return the trigger that the clause ``index`` is by what its words together tell, under no pattern of a verb."""
    root = root_of_type(engagement_type)
    verb = clause.verb
    return Trigger(verb.start, verb.end, clause.sentence, index, rule_id, engagement_type, root, "", frozenset(), phrase_start=phrase_start)


def words_of(view: ArticleView, sentence: int, phrase: Phrase) -> tuple[Token, ...]:
    """Return the tokens of ``phrase``."""
    return view.tokens_in(sentence, phrase.start, phrase.end)


def _classes_of(token: Token) -> frozenset[str]:
    classes = noun_classes()
    return classes.get(token.lower) or classes.get(token.lemma) or frozenset()


def _head_tokens(told: tuple[Token, ...], phrase: Phrase) -> tuple[Token, ...]:
    """Return the head of a phrase, and the noun after "of" where the head only counts ("a round of talks")."""
    counting = words("counting")
    heads: list[Token] = []
    for place, token in enumerate(told):
        if token.start == phrase.head_start or (heads and token.tag in ("NOUN", "PROPN")):
            if heads and place + 1 < len(told) and told[place + 1].lower in ("'s", "’s"):
                continue  # "part of Zambia's debt"
            heads.append(token)
            if token.lemma not in counting:
                break
    return tuple(heads)


def _features(view: ArticleView, sentence: int, phrase: Phrase) -> dict[str, int]:
    """Return what a phrase can be asked for, with how well it fits: 4 its head noun or the class of it, 3 a person, 2 a party."""
    known = view.features.get((phrase.start, phrase.end))
    if known is not None:
        return known
    found = {"*": 1}
    told = words_of(view, sentence, phrase)
    is_proper = any(token.start == phrase.head_start and token.tag in ("PROPN", "PRON") for token in told)
    for actor in view.actors_in(phrase.start, phrase.end):
        if actor.party_codes:
            found["@country"] = 2
            # The party must be what the phrase is about, not a word inside it ("a record US$136 billion").
            if actor.start <= phrase.head_start < actor.end or (is_proper and actor.start == phrase.start):
                found["@party"] = 2
        if (actor.people or actor.form in _PERSONAL_FORMS) and (is_proper or actor.start <= phrase.head_start < actor.end):
            found["@person"] = 3
        if actor.form == "organisation":
            found["@organisation"] = 3
    if view.places_in(phrase.start, phrase.end):
        found["@place"] = 2
    amounts = [amount for amount in view.amounts_in(phrase.start, phrase.end) if amount.unit == "money"]
    if amounts:
        found["@money"] = 3
    if (
        "@country" in found
        and "@person" not in found
        and any(t.start == phrase.head_start and t.lemma in words("colleagues") for t in told)
    ):
        found["@person"] = 3
    if "@country" in found and any(t.start == phrase.head_start and t.lemma in words("state_organs") for t in told):
        found["@party"] = 2  # "from the Peruvian military"
    if "@person" in found:
        found.update({"@diplomat": 4} if any("@diplomat" in _classes_of(token) for token in told if token.tag in _NOUN_TAGS) else {})
    for token in _head_tokens(told, phrase):
        found[token.lower] = found[token.lemma] = 4
        for name in _classes_of(token):
            found[name] = 4
    if any(view.article.text.startswith(_WORTH, amount.end) for amount in amounts):
        found.pop("@money", None)  # "$4 billion worth of seed" is seed
    view.features[(phrase.start, phrase.end)] = found
    return found


def object_score(view: ArticleView, sentence: int, phrase: Phrase, wanted: tuple[str, ...]) -> int:
    """Return how well ``phrase`` fits one of the ``wanted`` nouns and classes: 0 not at all, 1 any object, up to 4 its head noun."""
    found = _features(view, sentence, phrase)
    best = 0
    for want in wanted:
        score = found.get(want, 0)
        if score > best:
            best = score
    return best


def _is_time(view: ArticleView, phrase: Phrase) -> bool:
    """Say whether a phrase is only a time ("on Friday")."""
    times = view.times_in(phrase.start, phrase.end)
    return bool(times) and times[0].start - phrase.start <= len(phrase.preposition or "") + 1


def _oblique_score(view: ArticleView, clause: Clause, wanted: tuple[tuple[str, str], ...]) -> int:
    best = 0
    particle = clause.verb.particle
    for preposition, want in wanted:
        for phrase in clause.obliques:
            if phrase.preposition == preposition and not _is_time(view, phrase):
                best = max(best, 2 if not want else (object_score(view, clause.sentence, phrase, (want,)) and 3))
        if preposition == "as" and not want and clause.objects and view.article.text.startswith(" as ", clause.objects[-1].end):
            best = max(best, 2)  # "described it as cruel": an adjective makes no phrase
        if particle == preposition and clause.objects:
            best = max(best, 2 if not want else (object_score(view, clause.sentence, clause.objects[0], (want,)) and 3))
    return best


def objects_of(clause: Clause) -> tuple[Phrase, ...]:
    """Return what the verb acts on: its objects, or the subject of a passive."""
    if clause.verb.is_passive and clause.subject is not None:
        return (clause.subject, *clause.objects)
    return clause.objects


def word_after(view: ArticleView, position: int) -> str:
    """Return the word that follows ``position``, lower case."""
    following = view.article.text[position : position + 14].split(None, 1)
    return following[0].strip(",.;").lower() if following else ""


class _Asked(NamedTuple):
    """What the patterns ask of a clause, looked up once."""

    view: ArticleView
    number: int
    clause: Clause
    particle: str | None
    after: str
    sufferers: tuple[Phrase, ...]


def _beside_verb(clause: Clause, prepositions: frozenset[str]) -> Phrase | None:
    """Return the phrase right after the verb that one of ``prepositions`` opens ("called in the envoy", not "on Monday called in")."""
    return next(
        (phrase for phrase in clause.obliques if phrase.preposition in prepositions and 0 <= phrase.start - clause.verb.end <= 2), None
    )


def _gerund_score(asked: _Asked, rule: VerbRule) -> int:
    """Return 2 where a gerund stands in the phrase that a rule of blame asks for ("charged Peru with breaking the pact")."""
    if rule.engagement_type != "criticism":
        return 0
    links = links_below(asked.view, asked.number)
    return 2 if any(not want and preposition in links for preposition, want in rule.obliques) else 0


def _match_score(asked: _Asked, rule: VerbRule, links: frozenset[str]) -> int | None:
    """Return how closely a clause fits ``rule``, or None where it does not fit."""
    clause, particle = asked.clause, asked.particle
    score = 0
    if rule.complements:
        # "demanded that Peru withdraw": a bare verb is often not read as a clause
        if not rule.complements & links and not (
            "that" in rule.complements and asked.after == "that" and rule.engagement_type == "request"
        ):
            return None
        score = 3
    if rule.particles:
        if particle in rule.particles or asked.after in rule.particles:
            score += 4
        elif _beside_verb(clause, rule.particles) is not None:
            score += 2
        elif "*" not in rule.particles:
            return None
    elif particle is not None and particle not in rule.prepositions:
        return None
    if rule.needs and not fits_needs(asked.view, asked.number, clause, rule):
        return None
    if rule.needs & {"looming", "legal", "harm", "reason", "blamed"}:
        score += 2  # "vowed to retaliate": the deed tells which promise it is
    if rule.objects:
        if rule.objects == ("!",):
            if clause.objects:
                return None
        else:
            found = 0
            for phrase in asked.sufferers:
                found = max(found, object_score(asked.view, clause.sentence, phrase, rule.objects))
            if not found and rule.particles and clause.obliques and "*" not in rule.particles:
                beside = _beside_verb(clause, rule.particles)
                found = object_score(asked.view, clause.sentence, beside or clause.obliques[0], rule.objects)
            if not found:
                return None
            score += found
    if rule.obliques:
        found = _oblique_score(asked.view, clause, rule.obliques) or _gerund_score(asked, rule)
        if not found:
            return None
        score += found
    return score


def matching_rules(view: ArticleView, index: int, by_verb: dict[str, tuple[VerbRule, ...]] | None = None) -> list[tuple[int, VerbRule]]:
    """Return the rules that clause ``index`` fits, best first; ``by_verb`` are the rules to choose from, by default all."""
    clause = view.clause(index)
    verb = clause.verb
    rules = (by_verb or verb_rules()).get(verb.lemma)
    if not rules:
        return []
    asked = _Asked(view, index, clause, verb.particle, word_after(view, verb.end), objects_of(clause))
    links = links_below(view, index) if any(rule.complements for rule in rules) else frozenset()
    scored = []
    for rule in rules:
        score = _match_score(asked, rule, links)
        if score is not None:
            scored.append((score, rule))
    if len(scored) > 1:
        scored.sort(key=_by_score)
    return scored


def _by_score(pair: tuple[int, VerbRule]) -> int:
    return -pair[0]


def links_below(view: ArticleView, index: int) -> frozenset[str]:
    """Return the kinds of clauses that clause ``index`` governs."""
    return frozenset(view.clause(child).link or "that" for child in view.children.get(index, ()))


# ------------------------------------------------------------------------------------------------ event nouns


def _modifiers_before(tokens: tuple[Token, ...], index: int) -> tuple[frozenset[str], int]:
    """Return the words that stand before the noun in its phrase, and where the phrase begins."""
    found = []
    position = index - 1
    while position >= 0 and index - position <= 9:
        token = tokens[position]
        if token.tag in _NOMINAL_TAGS or token.lower in _GLUE:
            found.append(token.lower)
        elif token.tag in ("DET", "PRON"):
            position -= 1
            break
        elif (
            token.tag == "VERB" and token.lower.endswith(("ed", "ing")) and position and tokens[position - 1].tag in ("DET", "ADJ", "PRON")
        ):
            found.append(token.lower)
        else:
            break
        position -= 1
    return frozenset(found), tokens[position + 1].start


def slot_of(view: ArticleView, sentence: int, token: Token) -> tuple[int | None, str]:
    """Return the clause that the noun ``token`` stands in and its part there: object, subject, the preposition before it, or ""."""
    best: tuple[int, int | None, str] = (0, None, "")
    for index in view.clauses_of_sentence.get(sentence, ()):
        clause = view.clause(index)
        if clause.verb.head == token.start:
            continue
        passive = clause.verb.is_passive
        for part, phrases in (
            ("object", clause.objects),
            ("subject", (clause.subject,) if clause.subject else ()),
            ("oblique", clause.obliques),
        ):
            for phrase in phrases:
                if part == "subject" and clause.verb.tense == "none" and clause.link in _GERUND_LINKS:
                    continue  # "his first trip since taking office": of the clause around it
                if phrase.start <= token.start < phrase.end:
                    rank = (6 if phrase.head_start == token.start else 3) + (part != "oblique")
                    if part == "subject" and (
                        clause.link in ("to", "participle") or clause.verb.tense == "none" or _is_relative(view, clause)
                    ):
                        rank -= 3  # "the signing, set for Monday, was put off", "talks to mend ties began": of the verb that tells its fate
                    slot = ("object" if passive and part == "subject" else part) if part != "oblique" else phrase.preposition or "of"
                    if rank > best[0]:
                        best = (rank, index, slot)
        if not best[0] and clause.start <= token.start < clause.end:
            best = (0, index, "")
    if best[1] is not None and best[2] in ("object", "subject"):
        best = (best[0], *_told_around(view, best[1], best[2], token))
    if best[1] is not None and best[2] in ("object", "on") and view.clause(best[1]).verb.lemma == "say":
        inner = _told_without_that(view, best[1], token)
        if inner is not None:
            return inner, "object" if view.clause(inner).verb.is_passive else "subject"
    return best[1], best[2]


def _is_relative(view: ArticleView, clause: Clause) -> bool:
    """Say whether a clause shares its subject with the one that it hangs on ("a visit that had been planned was put off")."""
    if clause.link not in ("which", "who", "that") or clause.parent is None or clause.subject is None:
        return False
    above = view.clause(clause.parent)
    return above.subject is not None and above.subject.start == clause.subject.start and clause.verb.start < above.verb.start


def _told_around(view: ArticleView, index: int, slot: str, token: Token) -> tuple[int, str]:
    """Return the clause that tells the fate of a noun where words beside it took it ("the talks planned for May were put off")."""
    aside = view.clause(index)
    if aside.subject is None or aside.verb.start < token.start:
        return index, slot
    if aside.verb.lemma == "be":
        around = [child for child in view.children.get(index, ()) if view.clause(child).link == "to"]  # "is due to begin"
    elif aside.verb.lemma in words("holding") and not aside.objects:
        below = [child for child in view.children.get(index, ()) if view.clause(child).link == "that"]
        around = [aside.parent] if aside.link == "participle" and aside.parent is not None else below
    else:
        return index, slot
    for other in around:
        told = view.clause(other)
        is_same = told.subject is None or told.subject.start == aside.subject.start
        if is_same and told.verb.start > aside.verb.end and told.verb.tense != "none":
            return other, "object" if told.verb.is_passive else "subject"
    return index, slot


def _told_without_that(view: ArticleView, index: int, token: Token) -> int | None:
    """Return the clause that the noun after "said" is really the subject of ("said talks on … would resume")."""
    said = view.clause(index)
    for child in view.children.get(index, ()):
        below = view.clause(child)
        takes_over = below.subject is None or below.subject.start < said.verb.start
        if below.link == "that" and below.subject is not None and said.verb.end < below.subject.start <= token.start < below.subject.end:
            return child
        if below.link == "that" and below.verb.tense != "none" and takes_over and token.start < below.start == below.verb.start:
            return child
    return None


def is_nominal(tokens: tuple[Token, ...], index: int) -> bool:
    """Say whether a word tagged as a verb stands where only a noun can ("a three-day state visit")."""
    if index == 0:
        return False
    before = tokens[index - 1]
    if before.tag == "PROPN" and index > 1 and tokens[index - 2].lower in ("'s", "’s"):
        return True  # "the minister's Brussels visit"
    return before.tag in ("DET", "ADJ") or before.lower in ("'s", "’s", "his", "her", "their", "its", "state", "official")


def _is_followed(tokens: tuple[Token, ...], index: int, wanted: frozenset[str]) -> bool:
    """Say whether one of the ``wanted`` nouns or classes follows the noun at ``index`` and "of"."""
    return any(wanted & {*_classes_of(token), token.lower} for token in tokens[index + 2 : index + 14])


def _noun_rule(rules: tuple[NounRule, ...], modifiers: frozenset[str], tokens: tuple[Token, ...], index: int) -> NounRule | None:
    after = tokens[index + 1].lower if index + 1 < len(tokens) else ""
    for rule in rules:
        if rule.modifiers and not rule.modifiers & modifiers:
            continue
        if rule.bare == "with" and after not in ("with", "between"):
            continue
        if rule.rule_id == "n.round.next" and after == "of" and not _is_followed(tokens, index, _CONSULT):
            continue
        if rule.bare.startswith(OF_CLASS):
            wanted = frozenset(rule.bare.removeprefix(OF_CLASS).split("|"))
            if after != "of" or not _is_followed(tokens, index, wanted):
                continue
        return rule
    return None


def _is_consult(rules: tuple[NounRule, ...]) -> bool:
    """Say whether a noun names a consultation."""
    return rules[0].engagement_type in CONSULT_TYPES


def noun_triggers(view: ArticleView, sentence: int) -> Iterator[Trigger]:
    """Yield the event nouns of one sentence."""
    rules = noun_rules()
    tokens = view.tokens(sentence)
    counted_until = -1
    for index in [place for place, token in enumerate(tokens) if token.lower in rules or token.lemma in rules]:
        token = tokens[index]
        found = rules.get(token.lower) or rules[token.lemma]
        if token.tag in ("AUX", "ADV", "ADP") or (token.tag == "VERB" and not is_nominal(tokens, index)):
            continue
        if token.lower not in rules and token.lower.endswith("ing"):
            continue  # "the visiting official"
        following = tokens[index + 1] if index + 1 < len(tokens) else None
        if following is not None and following.tag == "NOUN" and following.lower not in ("today", "yesterday", "tomorrow", "tonight"):
            continue
        if view.times_in(token.start, token.end):
            continue  # "20 March"
        if following is not None and following.tag == "DET" and index and tokens[index - 1].tag in ("PROPN", "PUNCT"):
            continue  # "the analyst, Ann Lee, talks the issues over"
        if following is not None and following.lower in _POSSESSIVES and _is_consult(found):
            continue  # "the talks' main agenda"
        modifiers, phrase_start = _modifiers_before(tokens, index)
        rule = _noun_rule(found, modifiers, tokens, index)
        if rule is None or index <= counted_until:
            continue
        if following is not None and following.lower == "of" and (rule.bare in OF_GATHERING or rule.rule_id == "n.round.next"):
            # "a round of talks" is one happening: the noun after "of" tells no other.
            later = range(index + 2, min(index + 9, len(tokens)))
            counted_until = max((place for place in later if "@consult" in _classes_of(tokens[place])), default=index)
        clause_index, slot = slot_of(view, sentence, token)
        effect = None
        if clause_index is not None and slot in _PARTICLES and word_after(view, view.clause(clause_index).verb.end) == slot:
            slot = "object"  # "called off his trip"
        if clause_index is not None and slot in ("object", "subject"):
            verb = view.clause(clause_index).verb
            name = f"{verb.lemma} {verb.particle or word_after(view, verb.end)}"
            effect = light_verbs().get((name, slot)) or light_verbs().get((verb.lemma, slot))
        yield Trigger(
            start=token.start,
            end=token.end,
            sentence=sentence,
            clause=clause_index,
            rule_id=rule.rule_id,
            engagement_type=rule.engagement_type,
            root=rule.root,
            roles="",
            needs=frozenset(),
            noun=token.lower,
            slot=slot,
            effect=effect,
            bare=rule.bare,
            phrase_start=phrase_start,
        )
