"""Invented news for benchmarks: as many articles as wanted, each its own, over the parties, offices, towns and subjects of the world.

The same number gives the same article on every machine. What is measured with them is no concern here.
"""

import json
from datetime import date, timedelta
from pathlib import Path
from random import Random

from pipelines.extraction import lexicon

_SUBJECTS = (
    *("fisheries", "grain", "natural gas", "railways", "visas", "solar power", "tourism", "steel", "water", "vaccines", "ports"),
    *("student exchange", "copper", "border crossings", "air services", "cotton", "data centres", "tea", "shipping", "customs"),
)
_OFFICES = ("Foreign Minister", "President", "Prime Minister", "Trade Minister", "Ambassador", "Deputy Foreign Minister")
# Names are put together, so that a world of officials has as many as it needs.
_GIVEN_STARTS = ("A", "I", "Le", "Ma", "Na", "So", "Ta", "Ro", "Da", "Ka", "Li", "Se")
_GIVEN_ENDS = ("mina", "var", "nia", "rek", "dia", "fim", "nor", "lia", "ris", "tan", "vid", "mon")
_STARTS = ("Ber", "Oka", "Ten", "Lar", "Mor", "Sil", "Dua", "Kov", "Ha", "Pet", "Yil", "Ab", "Ros", "Far", "Nov", "Cas")
_ENDS = ("dal", "ine", "ova", "ek", "ari", "son", "let", "ungo", "ades", "min", "olu", "ank")
_TERM_YEARS = 4
_OUTLETS = ("The Daily Envoy", "Harbour Post", "Press Bureau", "Capital Gazette", "The Meridian")
_FIRST_DAY = date(2015, 1, 1)


def article(number: int) -> dict[str, str]:
    """Return article ``number``: a headline and five sentences on two countries, about 900 characters, as a record of a bulk file."""
    chance = Random(number)
    # Few pairs have most of the news, as in life.
    countries = [row for row in lexicon.table("countries") if row["capital"]]
    first = countries[int(len(countries) * chance.random() ** 2)]
    second = chance.choice([row for row in countries if row is not first])
    subject, other = chance.sample(_SUBJECTS, 2)
    day = _FIRST_DAY + timedelta(days=chance.randrange(3800))
    office = chance.choice(_OFFICES)
    host, guest = (_holder(country["party_code"], office, day) for country in (first, second))
    a, b, town = first["name"], second["name"], first["capital"]
    millions, percent = chance.randrange(20, 9000), chance.randrange(2, 60)
    ahead = (day + timedelta(days=chance.randrange(20, 200))).strftime("%B %Y")
    text = (
        f"{a} and {b} signed a memorandum of understanding on {subject} in {town} on {day:%A}, the foreign ministry said.\n\n"
        f"{office} {host} of {a} met {office} {guest} of {b} before the ceremony and discussed cooperation in {other}, according to a "
        f"statement issued after the talks.\n\n"
        f"Bilateral trade between {a} and {b} reached ${millions} million in {day.year - 1}, up {percent} per cent from the year before, "
        f"{host} said. The two countries agreed to raise it to ${millions * 2} million by {day.year + 5}.\n\n"
        f"“Our companies have waited for this document for a long time,” {guest} told reporters. {host} is expected to visit {b} in "
        f"{ahead}.\n\n"
        f"Officials from both sides will continue their consultations on {subject} and {other} at the level of experts."
    )
    title = f"{a}, {b} sign memorandum on {subject}"
    published = {"date": day.isoformat(), "publisher": chance.choice(_OUTLETS), "url": f"https://news.example/{day.year}/{number}"}
    return {"title": title, "text": text, **published}


def _holder(party_code: str, office: str, day: date) -> str:
    """Return who holds ``office`` of a country on ``day``: another every four years."""
    chance = Random(f"{party_code} {office} {day.year // _TERM_YEARS}")
    given, family = chance.choice(_GIVEN_STARTS) + chance.choice(_GIVEN_ENDS), chance.choice(_STARTS) + chance.choice(_ENDS)
    return f"{given} {family}"


def write_bulk(path: Path, numbers: range) -> None:
    """Write the articles of ``numbers`` to one file, a line each."""
    with path.open("w", encoding="utf-8") as lines:
        for number in numbers:
            lines.write(json.dumps(article(number), ensure_ascii=False) + "\n")
