"""Figures and dates as readers write them, for charts and for the briefing. Nothing here decides what a figure means."""

from datetime import date


def long_date(day: date) -> str:
    """Return a day as "1 October 2025"."""
    return f"{day.day} {day:%B} {day.year}"


def short_date(day: date) -> str:
    """Return a day as "1 Oct 2025"."""
    return f"{day.day} {day:%b} {day.year}"


def dollars(amount: float) -> str:
    """Return an amount of US dollars in short words: "$1.2 bn"."""
    sign, size = "−" if amount < 0 else "", abs(amount)
    for unit, word in ((1e12, "tn"), (1e9, "bn"), (1e6, "m"), (1e3, "k")):
        if size >= unit * 0.9995:
            return f"{sign}${_three_digits(size / unit)} {word}"
    return f"{sign}${size:.0f}"


def _three_digits(number: float) -> str:
    decimals = 0 if number >= 99.95 else 1 if number >= 9.995 else 2
    text = f"{number:,.{decimals}f}"
    return text.rstrip("0").rstrip(".") if decimals else text


def per_cent(change: float) -> str:
    """Return a change with its sign: "+18.3%"."""
    return f"{'−' if change < 0 else '+'}{abs(change):,.1f}".removesuffix(".0") + "%"


def counted(number: int, noun: str, plural: str | None = None) -> str:
    """Return a number with its noun: "1 document", "1,204 documents"."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"
