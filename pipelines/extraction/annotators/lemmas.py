"""Lemmas of verbs and nouns, and which inflected forms a word can be.

Belongs here: morphology by table and by rule. Does not belong here: choosing a part of speech (tagger).
"""

from functools import cache, lru_cache

from pipelines.extraction.lexicon import table

# Forms a verb word can have: base, third person ("signs"), past, participle, gerund ("signing").
BASE, THIRD, PAST, PARTICIPLE, GERUND = 1, 2, 4, 8, 16

_CONTRACTED = {"'s": "be", "'re": "be", "'m": "be", "'ve": "have", "'d": "would", "'ll": "will", "ca": "can", "wo": "will", "sha": "shall"}
_OWN_LEMMA = {
    "lay": "lay",
    "may": "may",
    "might": "might",
    "will": "will",
    "would": "would",
    "can": "can",
    "could": "could",
    "must": "must",
    "shall": "shall",
}


@cache
def _verbs() -> dict[str, tuple[str, int]]:
    """Return form → (lemma, forms it can be); the past of an irregular verb wins over a rarer verb that looks like it ("found")."""
    known: dict[str, tuple[str, int]] = {}
    irregular: dict[str, str] = {}
    for row in table("verb_forms"):
        lemma = row["lemma"]
        past = row["past"].split("/")
        columns = (
            (BASE, [lemma]),
            (THIRD, row["third_person"].split("/")),
            (PAST, past),
            (PARTICIPLE, row["participle"].split("/") if row["participle"] else past),
            (GERUND, row["gerund"].split("/")),
        )
        for form, words in columns:
            for word in words:
                earlier = known.get(word)
                if earlier is None:
                    known[word] = (lemma, form)
                else:
                    known[word] = (earlier[0], earlier[1] | form)
                    if form in (PAST, PARTICIPLE) and earlier[0] != lemma and not word.endswith("ed"):
                        irregular[word] = lemma
    for word, lemma in irregular.items():
        known[word] = (lemma, known[word][1])
    for word, lemma in (_CONTRACTED | _OWN_LEMMA).items():
        known[word] = (lemma, known.get(word, ("", BASE))[1])
    return known


@cache
def _irregular_nouns() -> dict[str, str]:
    return {row["plural"]: row["singular"] for row in table("irregular_nouns")}


def verb_reading(lower: str) -> tuple[str, int] | None:
    """Return (lemma, forms it can be) of a lower-case word, None if no known verb has such a form."""
    known = _verbs().get(lower)
    if known is None and "-" in lower:
        prefix, _, rest = lower.rpartition("-")
        base = _verbs().get(rest)
        return (f"{prefix}-{base[0]}", base[1]) if base else None
    return known


def is_plural_verb(lower: str) -> bool:
    """Say whether a lower-case word is a verb in the form that several subjects take ("pledge", not "pledges" or "pledged")."""
    return verb_reading(lower) == (lower, BASE) and lower not in _OWN_LEMMA


def noun_lemma(lower: str) -> str:
    """Return the singular of a lower-case noun."""
    known = _irregular_nouns().get(lower)
    if known:
        return known
    if len(lower) < 4 or not lower.endswith("s") or lower.endswith(("ss", "us", "is")):
        return lower
    if lower.endswith("ies"):
        return lower[:-3] + "y"
    if lower.endswith(("sses", "shes", "ches", "xes", "zzes")):
        return lower[:-2]
    return lower[:-1]


@lru_cache(maxsize=100_000)
def lemma_of(word: str, tag: str) -> str:
    """Return the lower-case lemma of a word read as ``tag``."""
    lower = word.lower().replace("’", "'")
    if tag in ("VERB", "AUX"):
        known = verb_reading(lower)
        return known[0] if known else lower
    if tag == "NOUN":
        return noun_lemma(lower)
    if lower in ("n't", "nt") and tag == "PART":
        return "not"
    return lower
