"""States, organisations and people, and the words that stand for them.

Belongs here: the order in which the rooms beside this one are asked (gazetteer, titles, people, belonging, references) and the
assembly of their answers. Does not belong here: any rule about words of its own.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Sequence
from datetime import date
from operator import attrgetter

from pipelines.extraction.annotators.belonging import setting_of, settle_parties
from pipelines.extraction.annotators.figures import Figure, Mention, decide_office, gathered
from pipelines.extraction.annotators.folding import folded_text
from pipelines.extraction.annotators.gazetteer import Hit, find_terms
from pipelines.extraction.annotators.leaders import OFFICES_HELD_IN, known_leader
from pipelines.extraction.annotators.mentions import party_pieces, reference_pieces, role_pieces, surname_mentions
from pipelines.extraction.annotators.names import is_given_name
from pipelines.extraction.annotators.offices import highest
from pipelines.extraction.annotators.people import PeopleReader
from pipelines.extraction.annotators.places import country_of_city
from pipelines.extraction.annotators.references import Cast, Piece, Resolver
from pipelines.extraction.annotators.titles import Title, TitleReader
from pipelines.extraction.model import Actor, Layout, Person, Token

_READ = frozenset({"headline", "body", "caption"})
_LONGEST_OPENING = 12  # words of the tables before the office of a title
_SHORT_WORD = 3
_SPECIFIC = frozenset(
    {
        "head_of_state",
        "head_of_government",
        "foreign_minister",
        "trade_minister",
        "finance_minister",
        "defence_minister",
        "interior_minister",
        "energy_minister",
    }
)
_MANY = 200
_NAMES_WITH_ONE_WORD = frozenset({"sheikh", "shaikh", "sheikha", "shaikha"})  # "Sheikh Hasina": no courtesy where one word follows
_FEW = 8  # how far back the other of a counterpart may stand, in mentions
_REACH = 3  # … and in sentences


def find_actors(
    text: str, layout: Layout, tokens: Sequence[Sequence[Token]], published_on: date | None = None
) -> tuple[tuple[Actor, ...], dict[str, Person]]:
    """Return the mentions that can fill a slot of a frame, in reading order, and the people of the article by full name.

    ``published_on`` says whether the offices of well-known leaders, where the text names none, are those of its time.
    """
    sentences = [sentence for sentence in layout.sentences if sentence.kind in _READ]
    if not sentences:
        return (), {}
    folded = folded_text(text)
    starts = [sentence.start for sentence in sentences]
    bounds = [(sentence.start, sentence.end) for sentence in sentences]

    def sentence_of(position: int) -> int:
        index = bisect_right(starts, position) - 1
        return index if index >= 0 and position < bounds[index][1] else -1

    shouts = [sentence.kind == "headline" and _is_all_capitalised(sentence.text) for sentence in sentences]
    hits = [hit for hit in find_terms(text, folded) if sentence_of(hit.start) >= 0]
    reader = TitleReader(text, folded, hits)
    titles = _titles(reader)
    mentions = [m for m in PeopleReader(text, folded, reader, titles).read(lambda at: shouts[sentence_of(at)]) if sentence_of(m.start) >= 0]
    figures = gathered(mentions, text)
    for figure in figures:
        decide_office(figure)
    setting = setting_of(hits, figures, _dateline_party(layout), text, folded)
    surnames = surname_mentions(text, folded, figures, mentions)
    settle_parties(figures, setting, surnames + _roles_of_one(titles, mentions, figures), bounds, text, folded, sentence_of)
    _settle_offices(figures, mentions, titles, sentence_of, folded)
    if published_on is not None and published_on.year == OFFICES_HELD_IN:
        _recall_offices(figures, mentions, titles)
    kept = {index for index, figure in enumerate(figures) if _is_somebody(figure)}
    names = {index: _full_name(figures[index], text) for index in kept}
    pieces = _pieces(text, folded, hits, titles, mentions, surnames, kept, sentence_of, layout, tokens)
    cast = Cast(
        figures, names, [frozenset(_all_offices(figure)) for figure in figures], [_title_words(figure, folded) for figure in figures]
    )
    actors = Resolver(text, cast, setting, _speakers(layout, pieces)).resolve(pieces)
    people = {
        names[index]: _person(figures[index], names[index], text)
        for index in sorted(kept, key=lambda at: min(m.start for m in figures[at].mentions))
    }
    return tuple(actors), people


def _roles_of_one(titles: list[Title], mentions: list[Mention], figures: list[Figure]) -> list[tuple[int, int, int]]:
    """Return (start, end, figure) of nameless titles that only one person of the article can be meant by ("the prime minister")."""
    named = {id(title) for mention in mentions for title in mention.titles}
    holders: dict[str, list[int]] = {}
    for index, figure in enumerate(figures):
        if figure.office:
            holders.setdefault(figure.office, []).append(index)
    found = []
    for title in titles:
        if id(title) in named or title.is_plural or title.is_descriptor or title.parties:
            continue
        who = holders.get(title.office, ())
        if len(who) == 1:
            found.append((title.start, title.end, who[0]))
    return found


def _is_all_capitalised(headline: str) -> bool:
    """Say whether a headline Capitalises Its Words, so that capitals tell no name."""
    words = [word for word in headline.split() if len(word) > _SHORT_WORD and word[0].isalpha()]
    return sum(word[0].isupper() for word in words) * 3 > len(words) * 2


def _titles(reader: TitleReader) -> list[Title]:
    """Return every title phrase; a title must hold an office, so the search begins only shortly before one."""
    titles: list[Title] = []
    hits = reader.hits
    offices = [index for index, hit in enumerate(hits) if hit.term.office]
    following = 0
    at = 0
    while at < len(hits):
        while following < len(offices) and offices[following] < at:
            following += 1
        if following == len(offices):
            break
        at = max(at, offices[following] - _LONGEST_OPENING)
        title = reader.title_from(at) if _can_open(hits[at]) else None
        if title is None:
            at += 1
        else:
            titles.append(title)
            at = max(title.last, at + 1)
    return titles


def _can_open(hit: Hit) -> bool:
    term = hit.term
    return bool(term.office or term.party_code or term.portfolio or term.modifier or term.body)


def _dateline_party(layout: Layout) -> str | None:
    if not layout.dateline_place:
        return None
    return country_of_city(layout.dateline_place)


def _all_offices(figure: Figure) -> list[str]:
    offices = [office for mention in figure.mentions for title in mention.titles for office in title.offices]
    return [*offices, figure.office] if figure.office else offices


def _title_words(figure: Figure, folded: str) -> frozenset[str]:
    return frozenset(
        word for mention in figure.mentions[:_FEW] for title in mention.titles for word in folded[title.start : title.end].split()
    )


def _settle_offices(
    figures: list[Figure], mentions: list[Mention], titles: list[Title], sentence_of: Callable[[int], int], folded: str
) -> None:
    """Give plain ministers the portfolio told before, and counterparts the other's office."""
    ordered = sorted(mentions, key=lambda m: m.start)
    for mention in ordered:
        figure = figures[mention.person]
        if figure.office == "other_minister" and _has_no_portfolio(figure, folded):
            told = _last_plural_office(titles, mention.start)
            figure.office = told if told and told.endswith("_minister") else figure.office
    for place, mention in enumerate(ordered):
        figure = figures[mention.person]
        if not any(head.kind == "counterpart" for title in mention.titles for head in title.heads):
            continue
        company = ordered[max(0, place - _FEW) : place]
        other = next(
            (
                figures[m.person]
                for m in reversed(company)
                if m.person != mention.person
                and (figure.party_code is None or figures[m.person].party_code != figure.party_code)
                and sentence_of(m.start) >= sentence_of(mention.start) - _REACH
            ),
            None,
        )
        if other is None:
            continue
        shared = (
            _office_between(titles, other, mention, company) or other.office or figure.office or _last_plural_office(titles, mention.start)
        )
        if shared is None:
            continue
        is_open = figure.office == "other_minister" and shared.endswith("_minister") and _has_no_portfolio(figure, folded)
        if figure.office in (None, "other") or is_open:
            figure.office = _counterpart_office(other, mention, shared)
        if other.office is None:
            other.office = figure.office


def _office_between(titles: list[Title], other: Figure, mention: Mention, company: list[Mention]) -> str | None:
    """Return the office of a title alone that stands nearer than the other ("the Peruvian foreign minister and her counterpart")."""
    after = max((one.end for one in other.mentions if one.end <= mention.start), default=0)
    near = [
        title
        for title in titles
        if after < title.start
        and title.end <= mention.start
        and title.office
        and not title.is_plural
        and not any(title in one.titles for one in company)
    ]
    return near[-1].office if near else None


def _has_no_portfolio(figure: Figure, folded: str) -> bool:
    """Say whether all the titles of a minister leave open of what, but for those that name a counterpart."""
    titles = (title for mention in figure.mentions for title in mention.titles)
    return all(_is_plain_minister(title, folded) for title in titles if title.heads[0].kind != "counterpart")


def _is_plain_minister(title: Title, folded: str) -> bool:
    return folded[title.start : title.end].split()[-1] in ("minister", "ministers") and title.last - title.first <= 1 + len(title.parties)


def _recall_offices(figures: list[Figure], mentions: list[Mention], titles: list[Title]) -> None:
    """Give well-known leaders the office they hold where the text takes it as known."""
    unnamed = {title.office for title in titles if not title.is_plural and not any(title in mention.titles for mention in mentions[:_MANY])}
    for figure in figures:
        known = known_leader(figure.words) if not figure.is_former else None
        if known and known[1] and known[0] == figure.party_code:
            if figure.office is None:
                figure.office = known[1]
            elif known[1] in unnamed and not any(other.office == known[1] and other.party_code == known[0] for other in figures[:_MANY]):
                figure.office = highest([figure.office, known[1]])  # "the deputy prime minister", said of one named as foreign minister


def _counterpart_office(other: Figure, mention: Mention, shared: str) -> str:
    """A deputy prime minister who is foreign minister too has a foreign minister for counterpart."""
    offices = [office for m in other.mentions for title in m.titles for office in title.offices]
    if shared == "deputy_head_of_government" and "foreign_minister" in offices:
        return "foreign_minister"
    if shared == "head_of_state" and "finance_minister" in offices and "head_of_state" not in offices:
        return "finance_minister"
    return shared


def _last_plural_office(titles: list[Title], before: int) -> str | None:
    return next(
        (title.office for title in reversed(titles) if title.is_plural and title.start < before and title.office in _SPECIFIC), None
    )


def _is_somebody(figure: Figure) -> bool:
    """Say whether a name is a person of the article: titled, addressed with respect, well known, or speaking."""
    if all(mention.is_headline for mention in figure.mentions):
        return known_leader(figure.words) is not None or (
            len(figure.words) > 1 and is_given_name(figure.words[0]) and figure.office is not None
        )
    if figure.office is not None or known_leader(figure.words) is not None:
        return True
    return any(mention.honorific or mention.titles or mention.speaks for mention in figure.mentions)


def _full_name(figure: Figure, text: str) -> str:
    best = max(figure.mentions, key=lambda m: (not m.is_headline, len(m.words), -m.start))
    fullest = max(figure.mentions, key=lambda m: (len(m.words), not m.is_headline, -m.start))
    chosen = fullest if len(fullest.words) > len(best.words) else best
    name = " ".join(text[chosen.name_start : chosen.name_end].split())
    if len(chosen.words) == 1 and chosen.honorific in _NAMES_WITH_ONE_WORD:
        name = f"{chosen.honorific.title()} {name}"
    return name.title() if name.isupper() and len(name) > 4 else name


def _person(figure: Figure, name: str, text: str) -> Person:
    best = max(figure.mentions, key=lambda m: (bool(m.titles), len(m.words), -m.start))
    title = best.titles[0] if best.titles else None
    return Person(
        best.start,
        best.end,
        text[best.start : best.end],
        name,
        text[title.start : title.end] if title else None,
        figure.office or "other",
        figure.party_code,
        figure.is_former,
    )


def _speakers(layout: Layout, pieces: list[Piece]) -> list[int]:
    """Return, for each quote, the person whom the text says spoke it, or -1."""
    people = [piece for piece in pieces if piece.kind == "person"]
    ends = [piece.end for piece in people]
    speakers = []
    for quote in layout.quotes:
        index = bisect_right(ends, quote.speaker_start) if quote.speaker_start is not None else len(people)
        near = index < len(people) and people[index].start < (quote.speaker_end or 0)
        speakers.append(people[index].figure if near else -1)
    return speakers


def _tag_at(layout: Layout, tokens: Sequence[Sequence[Token]]) -> Callable[[int], str]:
    """Return a look-up of the part of speech of the word that begins at a position, "" where none does."""
    starts = [sentence.start for sentence in layout.sentences]

    def tag_at(position: int) -> str:
        index = bisect_right(starts, position) - 1
        if index < 0 or index >= len(tokens):
            return ""
        words = tokens[index]
        at = bisect_left(words, position, key=attrgetter("start"))
        return words[at].tag if at < len(words) and words[at].start == position else ""

    return tag_at


def _pieces(
    text: str,
    folded: str,
    hits: list[Hit],
    titles: list[Title],
    mentions: list[Mention],
    surnames: list[tuple[int, int, int]],
    kept: Collection[int],
    sentence_of: Callable[[int], int],
    layout: Layout,
    tokens: Sequence[Sequence[Token]],
) -> list[Piece]:
    """Return everything that can be an actor, in reading order, none overlapping: people first, then titles, references, parties."""
    pieces: list[Piece] = [
        Piece(m.start, m.end, "person", "person" if m.titles or len(m.words) > 1 or m.honorific else "surname", figure=m.person)
        for m in mentions
        if m.person in kept
    ]
    pieces += [Piece(start, end, "person", "surname", figure=index) for start, end, index in surnames if index in kept]
    pieces += role_pieces(text, folded, titles, mentions)
    pieces += reference_pieces(text, folded, hits)
    pieces += party_pieces(text, folded, hits, _tag_at(layout, tokens))
    rank = {"person": 0, "role": 1, "reference": 2, "party": 3}
    pieces.sort(key=lambda piece: (piece.start, rank[piece.kind], -piece.end))
    chosen: list[Piece] = []
    for piece in pieces:
        piece.sentence = sentence_of(piece.start)
        if piece.sentence < 0:
            continue
        if chosen and piece.start < chosen[-1].end:
            if rank[piece.kind] < rank[chosen[-1].kind]:
                chosen[-1] = piece
            continue
        chosen.append(piece)
    quotes = layout.quotes
    quote_starts = [quote.start for quote in quotes]
    for piece in chosen:
        index = bisect_right(quote_starts, piece.start) - 1
        if index >= 0 and piece.start < quotes[index].end:
            piece.quote = index
    return chosen
