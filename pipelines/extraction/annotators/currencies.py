"""Which currency a sign or a word of money means, in an article that names some countries more than others.

Belongs here: look-up of signs and names, and the choice between currencies that share one. Does not belong here: finding numbers.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from pipelines.extraction.annotators.places import country_of_city
from pipelines.extraction.lexicon import settings, table
from pipelines.extraction.model import Layout

_US_DOLLAR = re.compile(r"\bUS ?\$|\bU\.S\. ?\$|\$US\b|\bUSD\b")
LONGEST_SIGN = 12
LONGEST_NAME = 4  # words


@dataclass(frozen=True, slots=True)
class CurrencyBook:
    """Signs and names of money with the currencies they may mean, in the order of the lexicon.

    ``signs`` stand before a number, ``names`` (lower case, up to ``LONGEST_NAME`` words) after it, ``subunits`` are hundredths.
    ``sign_ends`` and ``name_starts`` are the characters and first words that make a look-up worth while.
    """

    signs: Mapping[str, tuple[str, ...]]
    names: Mapping[str, tuple[str, ...]]
    subunits: Mapping[str, tuple[str, ...]]
    codes: frozenset[str]
    countries: Mapping[str, tuple[str, ...]]
    defaults: Mapping[str, str]
    sign_ends: frozenset[str]
    name_starts: frozenset[str]
    wordlike: frozenset[str]

    def choose(self, form: str, candidates: tuple[str, ...], weights: Mapping[str, int]) -> str | None:
        """Return the currency meant: the usual owner of ``form`` if its country is named, else that of the country that weighs most.

        Where neither is there, the usual owner or None.
        """
        if len(candidates) == 1:
            return candidates[0]
        if form in ("$", "dollar", "dollars", "dlr", "dlrs", "£"):
            return self.defaults[form]
        usual = self.defaults.get(form)
        if usual in candidates and any(country in weights for country in self.countries[usual]):
            return usual
        best, best_weight = usual, 0
        for code in candidates:
            weight = max((weights.get(country, 0) for country in self.countries[code]), default=0)
            if weight > best_weight:
                best, best_weight = code, weight
        return best

    def is_at_home(self, candidates: tuple[str, ...], weights: Mapping[str, int]) -> bool:
        """Tell whether the article names a country that uses one of ``candidates``."""
        return any(country in weights for code in candidates for country in self.countries[code])

    def own_dollar(self, country: str) -> str | None:
        """Return the currency of a country whose money is a dollar of its own."""
        return next((code for code in self.names["dollar"] if code != "USD" and country in self.countries[code]), None)

    def signs_of(self, currency: str) -> list[str]:
        """Return the signs that are this currency's alone ("C$", "NZ$")."""
        return [sign for sign, codes in self.signs.items() if codes == (currency,)]


def _parts(cell: str) -> list[str]:
    return [part for part in cell.split("|") if part]


@cache
def currency_book() -> CurrencyBook:
    """Return the book made from ``currencies.csv``."""
    signs: dict[str, list[str]] = {}
    names: dict[str, list[str]] = {}
    subunits: dict[str, list[str]] = {}
    countries: dict[str, tuple[str, ...]] = {}
    defaults: dict[str, str] = {}
    for row in table("currencies"):
        code = row["code"]
        words = _parts(row["words"])
        countries[code] = tuple(row["countries"].split())
        for sign in {*_parts(row["signs"]), code}:
            signs.setdefault(sign, []).append(code)
        for name in {*words, code.lower()}:
            names.setdefault(name, []).append(code)
        for adjective in _parts(row["adjectives"]):
            for word in words:
                joined = f"{adjective}{word}" if adjective.endswith("-") else f"{adjective} {word}"
                names.setdefault(joined, []).append(code)
        for part in _parts(row["subunits"]):
            subunits.setdefault(part, []).append(code)
        for form in _parts(row["default_for"]):
            defaults[form] = code
    listed = settings("amount_words")
    codes = frozenset(countries)
    wordlike = frozenset(listed["wordlike_codes"]["codes"]) | frozenset(listed["wordlike_words"]["words"])
    return CurrencyBook(
        signs={sign: tuple(dict.fromkeys(found)) for sign, found in signs.items()},
        names={name: tuple(dict.fromkeys(found)) for name, found in names.items() if len(name.split()) <= LONGEST_NAME},
        subunits={name: tuple(found) for name, found in subunits.items()},
        codes=codes,
        countries=countries,
        defaults=defaults,
        sign_ends=frozenset(sign[-1] for sign in signs),
        name_starts=frozenset(name.split()[0] for name in names) | frozenset(name.split()[0] for name in subunits),
        wordlike=wordlike,
    )


def home_dollar(text: str, layout: Layout, weights: Mapping[str, int]) -> str | None:
    """Return the dollar that "$" is in a country with a dollar of its own, None where it may be the American one.

    It is the country's own where the article tells "US$" apart from "$", or is filed at home by no wire of abroad or gives the figures of
    the country's statisticians, and writes no "C$".
    """
    book = currency_book()
    filed = country_of_city(layout.dateline_place) if layout.dateline_place else None
    agency = (layout.dateline_agency or "").strip("()[]/ ").lower()
    country = filed if agency not in settings("amount_words")["wires"]["agencies"] else None
    if filed is None:
        offices = settings("amount_words")["statisticians"]
        country = next((code for code, names in offices.items() if any(name in text for name in names)), None)
    if _US_DOLLAR.search(text):
        country = max(weights, key=lambda code: weights[code], default=None)
    currency = book.own_dollar(country) if country else None
    return None if currency is None or any(sign in text for sign in book.signs_of(currency)) else currency
