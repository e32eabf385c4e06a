"""Which mentions of instruments are of one and the same: one row for each.

Belongs here: likeness of kind, title, count and date; "the agreement" that was named before; counts whose instruments are all named.
Does not belong here: finding the mentions (instruments), the lists that name several (listing).
"""

from pipelines.extraction.frames.drafts import MANY
from pipelines.extraction.frames.instruments import Mention
from pipelines.extraction.frames.listing import LISTED, Telling
from pipelines.extraction.frames.participants import codes_of, is_state
from pipelines.extraction.frames.standing import instrument_nouns, instrument_verbs
from pipelines.extraction.frames.view import ArticleView
from pipelines.extraction.frames.words import instrument_words

_STATES = frozenset({"name", "demonym", "capital", "group"})
_CONTENT_TAGS = frozenset({"NOUN", "PROPN", "ADJ", "NUM", "VERB"})
# Two mentions may differ so in how they stand and be one: what was agreed is signed in the end.
_LIKE_STATUSES = (
    frozenset({"signed", "agreed"}),
    frozenset({"agreed", "planned"}),
    frozenset({"planned", "negotiating"}),
    frozenset({"agreed", "negotiating"}),
)


def _is_generic(mention: Mention) -> bool:
    """Say whether the name fits any kind of instrument ("deal", "document")."""
    return mention.name in instrument_words("generic_instruments") or (mention.agreement_type == "other" and mention.is_plural)


def _fits_any(generic: Mention, other: Mention) -> bool:
    """Say whether the first may be a looser word for the second: a programme is called a document, but no deal."""
    return _is_generic(generic) and (generic.agreement_type == "other" or other.agreement_type != "other" or _is_generic(other))


def _subject(view: ArticleView, mention: Mention) -> frozenset[str]:
    """Return what the title says beyond the kind of instrument and its parties: lemmas of its content words."""
    first, last = mention.tokens
    named = set(mention.name.split())
    tokens = view.tokens(mention.sentence)[first:last]
    actors = [actor for actor in view.actors_in(mention.start, mention.end) if actor.form in _STATES]
    return frozenset(
        token.lemma
        for token in tokens
        if token.tag in _CONTENT_TAGS
        and token.lower not in named
        and token.lemma not in named
        and token.lemma not in instrument_words("plain_titles")
        and not any(actor.start <= token.start < actor.end for actor in actors)
    )


def _is_headline(view: ArticleView, telling: Telling) -> bool:
    return view.sentence(telling.mention.sentence).kind == "headline"


def _in_one_time(first: Telling, second: Telling) -> bool:
    """Say whether the dates overlap, or one has none."""
    a, b = first.when, second.when
    return not (a.start and b.start and a.end and b.end) or (a.start <= b.end and b.start <= a.end)


def _stand_alike(first: Telling, second: Telling) -> bool:
    if _ends(first) and _ends(second):
        return True  # "withdraws" in the headline, "would withdraw" below it
    return first.status == second.status or frozenset({first.status, second.status}) in _LIKE_STATUSES


def _ends(telling: Telling) -> bool:
    word = telling.rule_id.rpartition(".")[2]
    return "ended" in (instrument_verbs().get(word), instrument_nouns().get(word))


def _have_same_parties(first: Telling, second: Telling) -> bool:
    """Say whether both are of the same parties, or one of a bloc alone and the other of the bloc with its host."""
    one, other = set(first.parties), set(second.parties)
    bloc = one if len(one) == 1 else other
    return one == other or (len(bloc) == 1 and bloc <= (one | other) and bool(one & other) and not is_state(next(iter(bloc))))


def _is_same(view: ArticleView, first: Telling, second: Telling) -> bool:
    """Say whether the later mention, ``second``, is of the instrument of the earlier one."""
    a, b = first.mention, second.mention
    headline = _is_headline(view, first) or _is_headline(view, second)
    if not _have_same_parties(first, second):
        return False
    if headline and a.is_plural != b.is_plural and (a.is_plural or b.is_counted):
        return False
    if a.is_counted and b.is_counted:
        alike = a.agreement_type == b.agreement_type or _is_generic(a) or _is_generic(b)
        return a.number == b.number and (alike or headline) and (headline or a.sentence != b.sentence) and _stand_alike(first, second)
    loose = _fits_any(a, b) or _fits_any(b, a)
    if headline and a.is_plural and a.agreement_type != b.agreement_type:
        return loose and a.sentence != b.sentence and _stand_alike(first, second)
    mine, other = _subject(view, a), _subject(view, b)
    if a.is_plural and b.is_plural and not b.is_counted and not other and (loose or a.agreement_type == b.agreement_type):
        return _stand_alike(first, second)  # "the signing of agreements", once they are counted or named
    if a.agreement_type != b.agreement_type and not (headline and loose):
        return False
    if LISTED in (first.rule_id, second.rule_id) and not headline and (a.is_counted or b.is_counted or a.sentence != b.sentence):
        return mine == other and a.is_plural == b.is_plural  # those of a list are not one another, nor their count
    told_earlier = bool(mine) and mine == other and {first.status, second.status} == {"signed", "planned"}
    if told_earlier and not b.is_another:
        return True  # "the Baku declaration, which will be signed", said before it was
    if b.is_another or not _stand_alike(first, second) or (not headline and a.is_plural != b.is_plural and not b.is_definite):
        return False
    if headline and not a.is_counted and not b.is_counted and a.sentence != b.sentence:
        return True
    if not headline and not _in_one_time(first, second):
        return False
    if b.is_definite and (not other or (a.sentence == b.sentence and not b.is_counted)):
        return True
    if a.sentence == b.sentence:
        return False
    if not mine or not other:  # a communique is no declaration, for all that both are declarations
        return a.agreement_type != "declaration" or bool(set(a.name.split()) & set(b.name.split()) - {"joint", "of"})
    return 2 * len(mine & other) > min(len(mine), len(other))


def _is_named_before(view: ArticleView, telling: Telling) -> bool:
    """Say whether the words only point back ("the agreement", "these documents")."""
    mention = telling.mention
    return mention.is_definite and not mention.is_counted and not _subject(view, mention)


def _meant(view: ArticleView, telling: Telling, rows: list[Telling]) -> int | None:
    """Return the row of the instrument that "the agreement" points back to: the last of its kind, else the last of any."""
    best: tuple[int, int] | None = None
    for index in range(max(0, len(rows) - MANY), len(rows)):
        row = rows[index]
        if not _have_same_parties(row, telling) or not _stand_alike(row, telling):
            continue
        a, b = row.mention, telling.mention
        vague = _is_generic(b) or (_is_generic(a) and (_is_headline(view, row) or not _subject(view, a)))
        if a.is_plural != b.is_plural or (a.agreement_type != b.agreement_type and not vague):
            continue
        rank = int(a.agreement_type == b.agreement_type)
        if best is None or rank >= best[0]:
            best = rank, index
    return best[1] if best else None


def _merged(view: ArticleView, row: Telling, telling: Telling) -> Telling:
    """Return the row of an instrument with what a later mention adds."""
    a, b = row.mention, telling.mention
    longer = b.end - b.start > a.end - a.start and row.status == telling.status
    sealed = telling.status == "signed" != row.status
    takes = (
        (_is_headline(view, row) or longer or sealed) and not (a.is_counted and not b.is_counted) and not _is_named_before(view, telling)
    )
    keep = telling if takes else row
    kinds = [one.agreement_type for one in (keep.mention, a, b) if not _is_generic(one)]
    told_loosely = _is_generic(keep.mention) and not (keep.mention.agreement_type == "other" and keep.mention.is_plural)
    kind = kinds[0] if kinds and told_loosely else keep.mention.agreement_type
    return keep._replace(
        mention=keep.mention._replace(agreement_type=kind),
        when=max(keep.when, row.when, telling.when, key=lambda when: when.rank),
        ceremony=row.ceremony if row.ceremony is not None else telling.ceremony,
        parties=min(row.parties, telling.parties, key=len),
        status="signed" if "signed" in (row.status, telling.status) else telling.status if _is_headline(view, row) else row.status,
    )


def _is_summed(view: ArticleView, row: Telling, rows: list[Telling]) -> bool:
    """Say whether the instruments that the count of ``row`` stands for have rows of their own, or a list names those of "several"."""
    mention = row.mention
    if not mention.is_plural:
        return False
    if not mention.is_counted:
        alike = [other for other in rows if other is not row and set(other.parties) == set(row.parties) and other.status == row.status]
        return any(other.list_of == mention.head for other in alike) or (_is_headline(view, row) and bool(alike))
    named = [other.mention.number for other in rows if other is not row and other.list_of == mention.head]
    counted = []
    for other in rows:
        same_kind = other.mention.agreement_type == mention.agreement_type or _is_generic(mention) or _is_generic(other.mention)
        if (
            other is not row
            and set(other.parties) == set(row.parties)
            and other.status == row.status
            and _in_one_time(row, other)
            and (other.list_of == mention.head or (same_kind and other.mention.agreement_type != "declaration"))
        ):
            counted.append(other.mention.number)
    return any(len(numbers) > 1 and sum(numbers) == mention.number for numbers in (named, counted))


def one_each(view: ArticleView, tellings: list[Telling]) -> list[Telling]:
    """Return a row for each instrument told of, and for each count that stands for more than the rows that name its instruments."""
    rows: list[Telling] = []
    echoes: list[Telling] = []  # a headline's deals that only a sentence may make sure of
    for telling in tellings:
        points_back = _is_named_before(view, telling) and not _is_headline(view, telling)
        if points_back:
            index = _meant(view, telling, rows)
        else:
            index = next((i for i in range(max(0, len(rows) - MANY), len(rows)) if _is_same(view, rows[i], telling)), None)
        if index is not None:
            if rows[index] in echoes:
                echoes.remove(rows[index])
            rows[index] = _merged(view, rows[index], telling)
            continue
        if points_back and not _names_its_parties(view, telling, rows):
            continue
        rows.append(telling)
        if _is_headline(view, telling) and telling.status == "agreed" and not telling.mention.is_counted:
            echoes.append(telling)
    rows = [row for row in rows if row not in echoes]
    rows = [row for row in rows if row.mention.is_counted or not _is_summed(view, row, rows)]
    return [row for row in rows if not row.mention.is_counted or not _is_summed(view, row, rows)]


def _names_its_parties(view: ArticleView, telling: Telling, rows: list[Telling]) -> bool:
    """Say whether "the agreement" that no sentence named before is told with both its parties, and as done."""
    if telling.status not in ("signed", "agreed", "in_force", "planned") or any(_have_same_parties(row, telling) for row in rows):
        return False
    if telling.status == "in_force" and telling.when.start is None:
        return False  # "with the agreement in place, trade will grow"
    bounds = view.sentence(telling.mention.sentence)
    return set(telling.parties) <= set(codes_of(view.actors_in(bounds.start, bounds.end)))
