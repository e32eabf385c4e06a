"""Money, percentages, factors and counts.

Belongs here: finding quantities in a text with their value, unit, currency and how exact they are said to be.
Does not belong here: what the quantity is about (the frames say that), and dates.

A quantity starts from a number: digits, or number words around a multiplier ("half a billion"). Its sign is looked up in the characters
before, its multipliers and unit in the words after, and then ranges are joined and ellipses ("from 4.3 billion") filled.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from ahocorasick_rs import AhoCorasick

from pipelines.extraction.annotators.casing import same_length_lower
from pipelines.extraction.annotators.currencies import LONGEST_NAME, LONGEST_SIGN, CurrencyBook, currency_book, home_dollar
from pipelines.extraction.annotators.numbers import NUMBER, SPACES, value_of_digits, value_of_words
from pipelines.extraction.annotators.places import country_of_city
from pipelines.extraction.annotators.quantities import RANGE_JOINER, Quantity, fill_ellipses, join_ranges, without_overlaps
from pipelines.extraction.lexicon import settings
from pipelines.extraction.model import Actor, Amount, Layout, Token

_AFTER_WORD = re.compile(r"[\s\u00a0-]{0,2}((?:[^\W\d_]\.){2,}|[^\W\d_]+(?:[’'][^\W\d_]+|\.(?=[^\W\d_]))*|[%％$€£¥₹₽₸₴₺₩₦₫₱฿₼₾₮₪])")
_UP_TO_AFTER_CHANGE = re.compile(r"(?:percent|per cent|pct|pc|%) up to$")  # "by 13 percent up to $6bn": just "to"
_DATELINE_WEIGHT = 7  # as three or four mentions
_BEFORE_WORDS = re.compile(r"[^\s,;:()“”\"]+")


@dataclass(frozen=True, slots=True)
class AmountWords:
    """The lexicon of quantities, ready for look-up."""

    book: CurrencyBook
    multipliers: Mapping[str, float]
    letters: Mapping[str, float]
    numbers: Mapping[str, float]
    fractions: Mapping[str, float]
    factors: Mapping[str, float]
    bare_factors: Mapping[str, float]
    bare_after: frozenset[str]
    bare_before: frozenset[str]
    percent: Mapping[str, str]
    measures: frozenset[str]
    qualifiers: Mapping[str, str]
    fillers: frozenset[str]
    after: tuple[tuple[str, str], ...]
    vague: frozenset[str]
    verbs_with_over: frozenset[str]
    verbs_with_up: frozenset[str]
    automaton: AhoCorasick
    patterns: tuple[str, ...]


@cache
def amount_words() -> AmountWords:
    """Return the words of ``amount_words.toml`` as look-up tables and one automaton over those that can open a quantity."""
    words = settings("amount_words")
    percent = dict.fromkeys(words["percent"]["words"], "percent")
    percent |= dict.fromkeys(words["percent"]["points"], "points")
    percent |= dict.fromkeys(words["percent"]["basis_points"], "basis_points")
    long_multipliers = [word for word in words["multipliers"] if word not in ("cr", "mil", "mill", "bil", "tril", "bio", "tn", "mn", "bn")]
    openers = [*words["number_words"], *long_multipliers, *words["fractions"], *words["factors"], *words["bare_factors"]]
    patterns = tuple(sorted({word for word in openers if len(word) > 2}))
    return AmountWords(
        book=currency_book(),
        multipliers=words["multipliers"],
        letters=words["letter_multipliers"],
        numbers=words["number_words"],
        fractions=words["fractions"],
        factors=words["factors"],
        bare_factors=words["bare_factors"],
        bare_after=frozenset(words["bare_factor_rules"]["after"]),
        bare_before=frozenset(words["bare_factor_rules"]["never_before"]),
        percent=percent,
        measures=frozenset(words["measures"]["words"]),
        qualifiers={phrase: name for name, phrases in words["qualifiers"].items() for phrase in phrases},
        fillers=frozenset(words["fillers"]["words"]),
        after=tuple((phrase, name) for name, phrases in words["after"].items() for phrase in sorted(phrases, key=len, reverse=True)),
        vague=frozenset(words["vague"]["words"]),
        verbs_with_over=frozenset(words["verbs_with_over"]["words"]),
        verbs_with_up=frozenset(words["verbs_with_up"]["words"]),
        automaton=AhoCorasick(list(patterns)),
        patterns=patterns,
    )


def find_amounts(text: str, layout: Layout, tokens: Sequence[Sequence[Token]], actors: tuple[Actor, ...]) -> tuple[Amount, ...]:
    """Return the quantities of ``text`` in reading order; the countries among ``actors`` decide shared signs and words of money."""
    words = amount_words()
    weights = _weights_of(text, layout, actors)
    lower = same_length_lower(text)
    quantities = _quantities_in_digits(text, lower, words, weights) + _quantities_in_words(text, lower, words, weights)
    quantities.sort(key=lambda quantity: (quantity.start, -quantity.end))
    quantities = without_overlaps(quantities)
    quantities = join_ranges(text, quantities)
    borders = [sentence.start for sentence in layout.sentences]
    quantities = fill_ellipses(text, quantities, borders)
    if any(_is_bare_dollar(text, quantity) for quantity in quantities) and (home := home_dollar(text, layout, weights)):
        quantities = [replace(quantity, currency=home) if _is_bare_dollar(text, quantity) else quantity for quantity in quantities]
    return tuple(_amount(text, lower, quantity, words) for quantity in quantities if quantity.unit)


def _is_bare_dollar(text: str, quantity: Quantity) -> bool:
    return quantity.currency == "USD" and text[quantity.start] == "$" and not text.startswith("$US", quantity.start)


def _weights_of(text: str, layout: Layout, actors: tuple[Actor, ...]) -> Counter[str]:
    """Return how much the article speaks of each party; who is only traded with ("imports from India") counts less."""
    weights: Counter[str] = Counter()
    home = country_of_city(layout.dateline_place) if layout.dateline_place else None
    if home:
        weights[home] = _DATELINE_WEIGHT
    for actor in actors:
        weight = 1 if text[max(0, actor.start - 6) : actor.start].endswith((" from ", " to ", " with ")) else 2
        for code in actor.party_codes:
            weights[code] += weight
    return weights


# ------------------------------------------------------------------------------------------------ digits


def _quantities_in_digits(text: str, lower: str, words: AmountWords, weights: Mapping[str, int]) -> list[Quantity]:
    found = []
    for match in NUMBER.finditer(text):
        start, end = match.span()
        quantity = _quantity_at(text, lower, start, end, words, weights)
        if quantity is None and any(space in match.group() for space in SPACES):
            # Not one number parted by spaces but two in a row.
            for part in re.finditer(r"\d+", match.group()):
                quantity = _quantity_at(text, lower, start + part.start(), start + part.end(), words, weights)
                if quantity:
                    found.append(quantity)
        elif quantity:
            found.append(quantity)
    return found


def _quantity_at(text: str, lower: str, start: int, end: int, words: AmountWords, weights: Mapping[str, int]) -> Quantity | None:
    digits = text[start:end]
    value = value_of_digits(digits)
    if value is None:
        return None
    sign_start, sign = _sign_before(text, start, words.book)
    if sign is None and start and (text[start - 1].isalnum() or text[start - 1] in "/#_"):
        return None
    if sign is None and start and text[start - 1] in "-–−" and (start == 1 or text[start - 2] in " (\n"):
        value, sign_start = -value, start - 1
    quantity = _with_unit(text, lower, sign_start, end, value, sign, words, weights)
    if quantity is None:
        return None
    if quantity.unit is None and any(space in digits for space in SPACES[:1]):
        return None
    return quantity


def _sign_before(text: str, start: int, book: CurrencyBook) -> tuple[int, str | None]:
    """Return where the sign of money before ``start`` begins, and the sign (None where there is none)."""
    end = start
    if end and text[end - 1] in SPACES:
        end -= 1
    if not end or text[end - 1] not in book.sign_ends:
        return start, None
    for length in range(min(LONGEST_SIGN, end), 0, -1):
        sign = text[end - length : end]
        if sign not in book.signs:
            continue
        before = text[end - length - 1] if end > length else " "
        if sign[0].isalpha() and (before.isalnum() or before in "-'’.&/"):
            continue
        if length == 1 and sign.isalpha() and end != start:
            continue
        return end - length, sign
    return start, None


def _with_unit(
    text: str, lower: str, start: int, end: int, value: float, sign: str | None, words: AmountWords, weights: Mapping[str, int]
) -> Quantity | None:
    """Read multipliers and the unit after a number; None where what stands before it is no sign after all."""
    book = words.book
    number_end = end
    multiplier: float | None = None
    after = _AFTER_WORD.match(text, end)
    while after:
        word_end = after.end() - 2 * after.group(1).endswith(("’s", "'s"))  # "$5 billion's worth"
        word = text[after.start(1) : word_end]
        factor = words.multipliers.get(lower[after.start(1) : word_end])
        if (
            factor is None
            and multiplier is None
            and word in words.letters
            and after.start(1) == end
            and (sign or _is_money_word_next(lower, after.end(), book))
        ):
            factor = words.letters[word]
        if factor is None or (factor == 100.0 and multiplier is None and sign is None and value >= 100):
            break
        multiplier = (multiplier or 1.0) * factor
        end = word_end
        if (
            text[end : end + 1] == "."
            and len(word) <= 4
            and text[end + 1 : end + 2] not in ("", "\n")
            and not text[end + 2 : end + 3].isupper()
        ):
            end += 1
        after = _AFTER_WORD.match(text, end)
    scaled = value * (multiplier or 1.0)
    if sign:
        candidates = book.signs[sign]
        risky = sign in book.wordlike or (len(sign) == 1 and sign.isalpha())
        big = multiplier is not None or "," in text[start:number_end] or "." in text[start:number_end]
        if risky and not (book.is_at_home(candidates, weights) and (big or len(sign) > 1)):
            sign = None
            if (
                start < number_end
                and text[number_end - 1].isdigit()
                and len(text[start:number_end].split()) == 1
                and not text[start].isdigit()
            ):
                return None
    if sign:
        currency = book.choose(sign, book.signs[sign], weights)
        end = _past_money_word(text, lower, end, currency, words)
        return Quantity(start, end, scaled, multiplier, "money", currency)
    return _with_unit_after(text, lower, start, end, scaled, multiplier, words, weights)


def _is_money_word_next(lower: str, position: int, book: CurrencyBook) -> bool:
    after = _AFTER_WORD.match(lower, position)
    return after is not None and after.group(1) in book.name_starts and after.group(1) not in book.wordlike


def _past_money_word(text: str, lower: str, end: int, currency: str | None, words: AmountWords) -> int:
    """Return the end of the amount with a repeated name of its currency ("$5 million USD", "$5-billion dollars")."""
    after = _AFTER_WORD.match(text, end)
    if after is None:
        return end
    name = lower[after.start(1) : after.end(1)]
    repeats = name in words.book.names and currency in words.book.names[name] and text[after.start(1)].isalpha()
    return after.end() if repeats else end


def _with_unit_after(
    text: str, lower: str, start: int, end: int, value: float, multiplier: float | None, words: AmountWords, weights: Mapping[str, int]
) -> Quantity | None:
    book = words.book
    after = _AFTER_WORD.match(text, end)
    if after:
        first = lower[after.start(1) : after.end(1)]
        if first in words.percent or first in ("per", "percent", "percentage", "basis", "p"):
            unit_end, unit = _percent_after(lower, after.start(1), words)
            if unit:
                share = value / 100 if unit == "basis_points" else value
                return Quantity(start, unit_end, share, multiplier, "points" if unit == "basis_points" else unit, None)
        if first in book.name_starts or text[after.start(1) : after.end(1)] in book.signs:
            money_end, currency, subunit, sure = _money_after(text, lower, after.start(1), words, weights, multiplier is not None)
            if sure:
                return Quantity(start, money_end, value / 100 if subunit else value, multiplier, "money", currency)
        if first == "times" or (first == "fold" and text[end : end + 1] in "- "):
            if not lower.startswith((" times a ", " times in ", " times since"), end) or value != int(value) or multiplier:
                return Quantity(start, after.end(), value, multiplier, "factor", None)
            return None
        if first in words.measures:
            return Quantity(start, after.end(), value, multiplier, "count", None)
    return Quantity(start, end, value, multiplier, None, None)


def _percent_after(lower: str, position: int, words: AmountWords) -> tuple[int, str | None]:
    for length in (17, 16, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1):
        phrase = lower[position : position + length]
        unit = words.percent.get(phrase)
        if unit and not (phrase[-1].isalpha() and lower[position + length : position + length + 1].isalpha()):
            return position + length, unit
    return position, None


def _money_after(
    text: str, lower: str, position: int, words: AmountWords, weights: Mapping[str, int], has_multiplier: bool
) -> tuple[int, str | None, bool, bool]:
    """Return the end of the longest name of money at ``position``, its currency, whether a subunit, and whether money at all."""
    book = words.book
    ends: list[int] = []
    joined: list[str] = []
    at = position
    for _ in range(LONGEST_NAME):
        after = _AFTER_WORD.match(lower, at)
        if not after or (joined and "\n" in lower[at : after.start(1)]):
            break
        joined.append(after.group(1))
        at = after.end()
        ends.append(at)
    for count in range(len(joined), 0, -1):
        name = " ".join(joined[:count])
        candidates = book.names.get(name) or book.names.get(name.replace(" ", "-", 1)) or ()
        is_subunit = not candidates and name in book.subunits
        if is_subunit:
            candidates = book.subunits[name]
        if not candidates:
            continue
        written = text[position : ends[count - 1]]
        if len(name) == 3 and name.upper() in book.codes and name not in ("won", "sol", "kip", "sum", "lei", "lev", "leu", "ecu", "rmb"):
            code = name.upper()
            if written != code and not has_multiplier:
                continue
            if code in book.wordlike and not book.is_at_home((code,), weights):
                continue
        if name in book.wordlike and not book.is_at_home(candidates, weights) and not (has_multiplier and book.defaults.get(name)):
            continue
        if name in book.wordlike and not has_multiplier and name in ("won", "sum", "real", "sol", "lei"):
            continue
        if name in ("pound", "pounds") and lower.startswith(" of ", ends[count - 1]) and not weights.get("GBR"):
            continue
        return ends[count - 1], book.choose(name, candidates, weights), is_subunit, True
    symbol = text[position]
    if not symbol.isalnum() and symbol in book.signs and len(joined) == 0:
        return position + 1, book.choose(symbol, book.signs[symbol], weights), False, True
    if not symbol.isalnum() and symbol in book.signs and not (position + 1 < len(text) and text[position + 1].isdigit()):
        return position + 1, book.choose(symbol, book.signs[symbol], weights), False, True
    coded = _AFTER_WORD.match(text, position)
    sign = coded.group(1) if coded else ""
    if coded and sign in book.signs and len(sign) >= 2 and has_multiplier and sign not in book.wordlike:
        return coded.end(), book.choose(sign, book.signs[sign], weights), False, True
    return position, None, False, False


# ------------------------------------------------------------------------------------------------ words


def _quantities_in_words(text: str, lower: str, words: AmountWords, weights: Mapping[str, int]) -> list[Quantity]:
    found: list[Quantity] = []
    group: list[tuple[int, int, str]] = []
    for index, start, end in words.automaton.find_matches_as_indexes(lower, overlapping=False) if lower else ():
        if _is_inside_word(lower, start, end):
            start, end = _grown(lower, start, end)
            if (
                lower[start:end] not in words.numbers
                and lower[start:end] not in words.multipliers
                and lower[start:end] not in words.factors
            ):
                continue
        word = lower[start:end]
        if group and not _continues(lower[group[-1][1] : start], group[-1][2] in words.multipliers):
            _close(group, text, lower, words, weights, found)
            group = []
        del index
        if word in words.factors or word in words.bare_factors:
            _close(group, text, lower, words, weights, found)
            group = []
            factor = words.factors.get(word) or _bare_factor(lower, start, end, words)
            if factor:
                found.append(Quantity(start, end, factor, None, "factor", None))
            continue
        group.append((start, end, word))
    _close(group, text, lower, words, weights, found)
    return found


def _is_inside_word(lower: str, start: int, end: int) -> bool:
    return (start > 0 and lower[start - 1].isalnum()) or (end < len(lower) and lower[end].isalnum())


def _grown(lower: str, start: int, end: int) -> tuple[int, int]:
    """Return the whole word around a match that ended too early ("seven" in "seventy"), at most twelve characters on."""
    if start and lower[start - 1].isalnum():
        return start, end
    stop = min(len(lower), end + 12)
    while end < stop and lower[end].isalpha():
        end += 1
    return start, end


def _continues(gap: str, after_multiplier: bool) -> bool:
    """Tell whether two number words are one number; a comma may part its thousands ("two billion, two hundred million")."""
    if gap == ", ":
        return after_multiplier
    return gap in (" ", "-", " and ", " a ", "-a-", " of a ", " and a ", " of one ", "-and-a-", " an ")


def _close(group: list, text: str, lower: str, words: AmountWords, weights: Mapping[str, int], found: list[Quantity]) -> None:
    """Read a run of number words as one quantity and add it to ``found``."""
    if not group:
        return
    start, end = group[0][0], group[-1][1]
    before = lower[max(0, start - 12) : start]
    previous = before.split()[-1:] or [""]
    if start and (text[start - 1].isdigit() or (text[start - 1] in SPACES + "-" and start > 1 and text[start - 2].isdigit())):
        return
    if previous[0].strip("-") in words.vague or before.endswith(("multi-", "multi")):
        return
    parts = re.split(r"[\s,-]+", lower[start:end])
    if before.endswith((" a ", " an ", "\na ")) or before in ("a ", "an "):
        start -= 2 if before.endswith("a ") else 3
        parts.insert(0, "a")
    if parts[0] in words.fractions or (len(parts) == 2 and parts[1] in words.fractions):
        share = _share(lower, start, end, parts, words)
        if share is not None:
            found.append(Quantity(start, end, share, None, "percent", None))
            return
    has_multiplier = any(part in words.multipliers for part in parts)
    value = value_of_words(parts)
    if value is None or (parts[-1] in words.fractions and not has_multiplier):
        return
    multiplier = 1.0 if has_multiplier else None
    quantity = _with_unit_after(text, lower, start, end, value, multiplier, words, weights)
    if quantity and quantity.unit == "factor" and lower.startswith(" times", end) and value < 2:
        return
    if quantity and (quantity.unit or has_multiplier or RANGE_JOINER.match(lower, end)):
        found.append(quantity)


def _share(lower: str, start: int, end: int, parts: list[str], words: AmountWords) -> float | None:
    """Return the percent of a fraction that says by how much ("by a fifth", "by half", "fell two-thirds")."""
    before = lower[max(0, start - 22) : start].split()
    if not before or lower.startswith((" a ", " of a", "-a-", " year", " quarter", "-year"), end):
        return None
    if before[-1] != "by" and not (
        len(before) > 1 and before[-2] == "by" and before[-1] in ("about", "over", "nearly", "almost", "around", "roughly")
    ):
        return None
    share = 1.0
    for part in parts:
        share *= words.fractions[part] / 100 if part in words.fractions else words.numbers.get(part, 1.0)
    return share * 100


def _bare_factor(lower: str, start: int, end: int, words: AmountWords) -> float | None:
    """Return the factor of "double" and the like where it says by how much, None in "double taxation"."""
    before = lower[max(0, start - 20) : start].split()
    after = lower[end : end + 20].split()
    if not before or before[-1] not in words.bare_after or (after and after[0].strip(".,;") in words.bare_before):
        return None
    return words.bare_factors[lower[start:end]]


# ------------------------------------------------------------------------------------------------ ranges and ellipses


# ------------------------------------------------------------------------------------------------ how exact


def _amount(text: str, lower: str, quantity: Quantity, words: AmountWords) -> Amount:
    return Amount(
        start=quantity.start,
        end=quantity.end,
        text=text[quantity.start : quantity.end],
        unit=quantity.unit or "count",
        value=_tidy(quantity.value),
        value_high=None if quantity.high is None else _tidy(quantity.high),
        currency=quantity.currency,
        qualifier=_qualifier(lower, quantity.start, quantity.end, words),
    )


def _rises_up(before: list[str], lower: str, end: int, words: AmountWords) -> bool:
    """Tell whether "up to" only says where a rise leads ("rose up to $2bn", "was up to $2bn from $1bn")."""
    if before[-2:] != ["up", "to"] or len(before) < 3:
        return False
    return before[-3] in words.verbs_with_up or (before[-3] in ("was", "were", "is", "are") and lower.startswith(" from ", end))


def _tidy(value: float) -> float:
    """Return ``value`` without the noise of its multiplication (1.2 × 1e9 is 1200000000, not 1199999999.9999998)."""
    nearest = round(value)
    return float(nearest) if abs(value) >= 1000 and abs(value - nearest) < 1e-6 * abs(value) else float(f"{value:.12g}")


def _qualifier(lower: str, start: int, end: int, words: AmountWords) -> str:
    for phrase, kind in words.after:
        if lower.startswith(phrase, end) or lower.startswith(phrase, end + 1):
            follower = lower[end + len(phrase) + 1 : end + len(phrase) + 2]
            if not follower.isalpha():
                return kind
    slice_start = max(0, start - 40)
    before = _BEFORE_WORDS.findall(lower[slice_start:start].rpartition("\n")[2])
    if before and slice_start and lower[slice_start - 1].isalnum() and lower[slice_start].isalnum():
        before = before[1:]
    if before and lower[start - 1] in ",;:)":
        return "exact"
    for _ in range(3):
        for count in range(min(4, len(before)), 0, -1):
            name = words.qualifiers.get(" ".join(before[-count:]))
            if name and not (before[-1] == "over" and len(before) > 1 and before[-2] in words.verbs_with_over):
                if name == "up_to" and (_UP_TO_AFTER_CHANGE.search(" ".join(before)) or _rises_up(before, lower, end, words)):
                    return "exact"
                return name
        if not before or before[-1] not in words.fillers:
            return "exact"
        before = before[:-1]
    return "exact"
