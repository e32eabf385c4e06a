"""Areas that parties discuss or cooperate in.

Belongs here: finding the words that name an area, in sentences that tell something between parties.
Does not belong here: the words (topics.csv).
"""

from functools import cache

import ahocorasick_rs

from pipelines.extraction.frames.view import ArticleView, view_of
from pipelines.extraction.frames.words import words
from pipelines.extraction.lexicon import table
from pipelines.extraction.model import Agreement, Article, CooperationTopic, Engagement, TradeClaim

# A sentence of figures speaks of these areas only, whatever else it names.
_FIGURE_TOPICS = frozenset({"trade", "investment"})
# A figure of one side's sales may be all there is to say of a contract; one of both sides' is of their trade.
_TRADE_FLOWS = frozenset({"total", "balance"})
_TITLED = frozenset({"person", "role", "metonym", "organisation"})


@cache
def _automaton() -> tuple[ahocorasick_rs.AhoCorasick, tuple[tuple[str, str, bool], ...]]:
    rows = tuple((row["words"].lower(), row["topic"], row["words"]) for row in table("topics"))
    patterns = tuple(dict.fromkeys(words for words, _, _ in rows))
    meaning = {words: (topic, written, written != words) for words, topic, written in rows}
    automaton = ahocorasick_rs.AhoCorasick(list(patterns), matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)
    return automaton, tuple(meaning[words] for words in patterns)


def topics_in(text: str) -> list[tuple[int, int, str]]:
    """Return (start, end, topic) of the words of ``text`` that name an area."""
    automaton, meanings = _automaton()
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(low if len(low := character.lower()) == 1 else character for character in text)
    found = []
    for pattern, start, end in automaton.find_matches_as_indexes(lowered):
        topic, written, as_written = meanings[pattern]
        if (start and (lowered[start - 1].isalnum() or lowered[start - 1] in "-_")) or (end < len(lowered) and lowered[end].isalnum()):
            continue
        if as_written and text[start:end] != written:
            continue
        found.append((start, end, topic))
    return found


def _told_in(view: ArticleView, engagements: tuple[Engagement, ...]) -> dict[int, int]:
    """Return, for each sentence that tells an engagement, the first such."""
    told: dict[int, int] = {}
    for index, engagement in enumerate(engagements):
        told.setdefault(view.sentence_at(engagement.evidence_start), index)
    return told


def _cues(view: ArticleView, sentence: int, name: str) -> bool:
    cues = words(name)
    return any(token.lower in cues or token.lemma in cues for token in view.tokens(sentence))


def _is_in_title(view: ArticleView, start: int, end: int) -> bool:
    """Say whether the words belong to somebody's title or a ministry's name ("finance minister")."""
    return any(actor.start <= start < actor.end for actor in view.actors_in(max(0, start - 60), end) if actor.form in _TITLED)


def _pair_of(claim: TradeClaim) -> tuple[str, ...]:
    """Return the two parties that the claim is about, () where it is about one or the world."""
    codes = {code for code in (claim.reporter_code, claim.partner_code) if code is not None and code != "WLD"}
    return tuple(sorted(codes)) if len(codes) == 2 else ()


def read_topics(
    article: Article, engagements: tuple[Engagement, ...], agreements: tuple[Agreement, ...], claims: tuple[TradeClaim, ...]
) -> tuple[CooperationTopic, ...]:
    """Return each area of relations that ``article`` names with the pair it belongs to, once a pair.

    Read are the sentences that tell an engagement or an instrument, those that say what the parties deal with ("discussions covered …"),
    and of those with figures between parties the trade. A figure of two-way trade is of trade, whatever its words. An area without a pair
    is nobody's.
    """
    view = view_of(article)
    told = _told_in(view, engagements)
    signed = {view.sentence_at(agreement.evidence_start): agreement.parties for agreement in reversed(agreements)}
    figured = {view.sentence_at(claim.evidence_start): pair for claim in reversed(claims) if (pair := _pair_of(claim))}
    topics: dict[tuple[str, tuple[str, ...]], CooperationTopic] = {}
    last: int | None = 0 if engagements else None
    for index, sentence in enumerate(article.layout.sentences):
        if sentence.kind not in ("headline", "body"):
            continue
        engagement = told.get(index)
        last = engagement if engagement is not None else last
        figures = bool(view.amounts_in(sentence.start, sentence.end)) and _cues(view, index, "trade_cues")
        speaks = engagement is not None or index in signed or (last is not None and _cues(view, index, "topic_cues"))
        if not speaks and not (figures and any(actor.party_codes for actor in view.actors_in(sentence.start, sentence.end))):
            continue
        parties = tuple(role.party_code for role in engagements[last].parties) if last is not None else ()
        if engagement is None:
            parties = signed.get(index) or (figured.get(index) if figures else None) or parties
        if len(set(parties)) < 2:
            continue
        for start, end, topic in topics_in(sentence.text):
            only_figures = figures and engagement is None and index not in signed
            if (only_figures and topic not in _FIGURE_TOPICS) or _is_in_title(view, sentence.start + start, sentence.start + end):
                continue
            topics.setdefault(
                (topic, parties),
                CooperationTopic(
                    topic, parties, last, f"topic.{topic}", sentence.start + start, sentence.start + end, sentence.text[start:end]
                ),
            )
    for claim in claims:
        pair = _pair_of(claim)
        if pair and claim.flow in _TRADE_FLOWS:
            found = CooperationTopic("trade", pair, None, "topic.trade", claim.evidence_start, claim.evidence_end, claim.evidence_text)
            topics.setdefault(("trade", pair), found)
    return tuple(topics.values())
