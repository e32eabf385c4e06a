"""HTML pages: the article without menus, adverts and footers, and what the page says of itself.

Belongs here: JSON-LD, meta tags and the article's text. Does not belong here: fragments of HTML in other formats (markup).
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from pipelines.readers.dates import date_in_address
from pipelines.readers.decode import decoded
from pipelines.readers.finish import Draft
from pipelines.readers.markup import parsed_page, text_of_element, text_of_markup
from pipelines.readers.model import Rejection
from pipelines.readers.source import Refused, Source, read_whole
from pipelines.readers.words import known_publisher, words

_CHARSET = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})|<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w.:-]{2,40})""", re.I
)
_ARTICLE_TYPE = re.compile(r"Article|Report|BlogPosting|LiveBlog", re.IGNORECASE)
_SITE_SUFFIX = re.compile(r"\s+(?:[|–—»·]|-)\s+[^|–—»·]{2,40}$")
_PROSE_END = re.compile(r"[.!?…。।؟][\"'”’»)\]]*$")
_LEAST_WORDS = 12
_MOST_TAGS = 60_000  # above, no page of news: its prose is taken as it stands, as looking for the article would take minutes


@dataclass(slots=True)
class _Facts:
    """What a page says of itself, the most trusted value first for each name."""

    values: dict[str, list[object]] = field(default_factory=dict)

    def add(self, name: str, value: object) -> None:
        if value:
            self.values.setdefault(name, []).append(value)

    def first(self, name: str) -> str | None:
        return next((value for value in self.values.get(name, ()) if isinstance(value, str)), None)


def read_html(source: Source) -> Iterator[Draft | Rejection]:
    """Give the article of a page."""
    content = read_whole(source, source.limits.page, "page")
    yield page_draft(content, source, None)


def read_mhtml(source: Source) -> Iterator[Draft | Rejection]:
    """Give the article of a page that a browser saved with its pictures as one MHTML file."""
    import email
    import email.policy

    message = email.message_from_bytes(read_whole(source, source.limits.page, "page"), policy=email.policy.compat32)
    for part in message.walk():
        if part.get_content_type() == "text/html" and isinstance(content := part.get_payload(decode=True), bytes):
            address = str(part.get("Content-Location") or message.get("Snapshot-Content-Location") or "")
            charset = part.get_content_charset()
            draft = page_draft(content, source, address if address.startswith("http") else None, charset)
            yield replace(draft, late_dates=(("meta", str(message.get("Date") or "")),))
            return
    raise Refused("no_article", "holds no HTML page; save the page again")


def page_draft(content: bytes, source: Source, url: str | None, charset: str | None = None, part: str | None = None) -> Draft:
    """Return the article of a page fetched from ``url``; refuse a page without one."""
    declared = _CHARSET.search(content[:4096])
    text = decoded(content, charset or ((declared[1] or declared[2]).decode("ascii") if declared else None))
    tree = parsed_page(text)
    if tree is None:
        raise Refused("no_article", "holds no HTML; remove it, or save the page again", part)
    facts = _facts_of(tree)
    address = facts.first("url") or url
    dates = [("meta", value) for value in facts.values.get("published", ())]
    body = _article_of(tree, text, facts)
    if body is None:
        problem = "holds no article text (a menu, a list of links, or a page that needs scripts); save the article's own page as shown"
        raise Refused("no_article", problem, part)
    is_undated = not dates and date_in_address(address, source.today) is None
    if is_undated and text.count("<") <= _MOST_TAGS and (day := _day_on_page(tree, source)):
        dates = [("meta", day)]
    return Draft(
        text=body,
        title=_title_of(tree, facts),
        publisher=known_publisher(address) or facts.first("publisher"),
        author=facts.first("author"),
        url=address,
        dates=tuple(dates),
        modified=facts.first("modified"),
        language=facts.first("language") or tree.get("lang"),
        part=part,
    )


# ------------------------------------------------------------------------------------------------ what the page says of itself


def _facts_of(tree: Any) -> _Facts:
    facts = _Facts()
    for script in tree.iterfind(".//script[@type='application/ld+json']"):
        for item in _linked_data(script.text or ""):
            _add_linked_data(item, facts)
    for element in tree.iter("meta"):
        name = (element.get("property") or element.get("name") or element.get("itemprop") or "").strip().lower()
        content = (element.get("content") or "").strip()
        for fact in ("title", "published", "modified", "publisher", "author", "url", "language"):
            if name in words(f"meta_{fact}"):
                facts.add(fact, content)
    for link in tree.iterfind(".//link[@href]"):
        if "canonical" in (link.get("rel") or "").lower().split() and link.get("href", "").startswith("http"):
            facts.values.setdefault("url", []).insert(0, link.get("href"))
    for element in tree.iter("time"):
        if "datepublished" in (element.get("itemprop") or "").lower() or element.get("pubdate") is not None:
            facts.add("published", element.get("datetime") or " ".join(element.itertext()).strip())
    if "published" not in facts.values:
        for element in tree.iterfind(".//article//time[@datetime]"):
            facts.add("published", element.get("datetime"))
            break
    return facts


def _linked_data(text: str) -> Iterator[dict]:
    """Give the objects of a JSON-LD script, however nested; a broken script gives none."""
    try:
        waiting = [json.loads(text.strip().rstrip(";"), strict=False)]
    except (ValueError, RecursionError):
        return
    seen = 0
    while waiting and seen < 2000:
        item = waiting.pop(0)
        seen += 1
        if isinstance(item, list):
            waiting.extend(item)
        elif isinstance(item, dict):
            yield item
            waiting.extend(
                value for key, value in item.items() if key in ("@graph", "mainEntity", "itemListElement", "hasPart") or key == "item"
            )


def _add_linked_data(item: dict, facts: _Facts) -> None:
    kinds = item.get("@type")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    if not any(isinstance(kind, str) and _ARTICLE_TYPE.search(kind) for kind in kinds):
        if "WebPage" in kinds:
            facts.add("page_published", _name(item.get("datePublished")))
        return
    facts.add("title", _name(item.get("headline")))
    facts.add("published", _name(item.get("datePublished")) or _name(item.get("dateCreated")))
    facts.add("modified", _name(item.get("dateModified")))
    facts.add("publisher", _name(item.get("publisher")))
    facts.add("author", _name(item.get("author")))
    facts.add("language", _name(item.get("inLanguage")))
    facts.add("body", item.get("articleBody"))
    if (address := _name(item.get("url")) or _name(item.get("mainEntityOfPage"), "@id")) and address.startswith("http"):
        facts.add("url", address)


def _name(value: object, key: str = "name") -> str | None:
    """Return the text or name of a JSON-LD value: a string, an object with a name, or several of them joined by commas."""
    if isinstance(value, str):
        return value.strip() or None
    if isinstance(value, dict):
        return _name(value.get(key))
    if isinstance(value, list):
        names = [name for name in (_name(item, key) for item in value[:10]) if name]
        return ", ".join(names) or None
    return None


def _title_of(tree: Any, facts: _Facts) -> str | None:
    if title := (facts.first("title") or "")[:1000].strip():
        return text_of_markup(title) if "<" in title else _SITE_SUFFIX.sub("", title) if "|" in title else title
    headings = [" ".join("".join(heading.itertext()).split()) for heading in tree.iter("h1")]
    if len(headings) == 1 and headings[0]:
        return headings[0]
    element = tree.find(".//title")
    title = " ".join((element.text or "")[:1000].split()) if element is not None else ""
    return _SITE_SUFFIX.sub("", title) or None


def _day_on_page(tree: Any, source: Source) -> object:
    """Return the day that the page shows in its byline or mark-up, where no metadata gives one."""
    from htmldate import find_date

    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    try:
        return find_date(tree, extensive_search=False, original_date=True, max_date=source.today.isoformat(), outputformat="%Y-%m-%d")
    except (ValueError, TypeError, AttributeError, OverflowError):
        return None


# ------------------------------------------------------------------------------------------------ the article


def _article_of(tree: Any, text: str, facts: _Facts) -> str | None:
    """Return the article's paragraphs: what trafilatura finds, the page's own JSON-LD text, or the page's article element."""
    candidates = []
    if text.count("<") <= _MOST_TAGS and (found := _extracted(text)):
        candidates.append("\n\n".join(line for line in found.split("\n") if line.strip()))
    stated = facts.values.get("body", [None])[0]
    if isinstance(stated, str):
        candidates.append(text_of_markup(stated) if "<" in stated else stated)
    best = max(candidates, key=_prose_words, default="")
    if _prose_words(best) < 60:
        for path in (".//*[@itemprop='articleBody']", ".//article", ".//main", ".//body"):
            element = tree.find(path)
            if element is not None:
                marked = _paragraphs_of(element)
                if _prose_words(marked) > 1.2 * _prose_words(best):
                    best = marked
                break
    return best if _prose_words(best) >= _LEAST_WORDS else None


def _extracted(text: str) -> str | None:
    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    try:
        return trafilatura.extract(text, include_comments=False, include_tables=True, include_formatting=False, output_format="txt")
    except (ValueError, TypeError, AttributeError, KeyError, IndexError, AssertionError):
        return None


def _paragraphs_of(element: Any) -> str:
    """Return the paragraphs of an element that are prose."""
    blocks = text_of_element(element).split("\n\n")
    return "\n\n".join(block for block in blocks if _is_prose(block))


def _is_prose(block: str) -> bool:
    return len(block.split()) >= 5 and _PROSE_END.search(block) is not None


def _prose_words(text: str) -> int:
    """Return the number of words that stand in paragraphs of prose (for writing without spaces, a fifth of the characters)."""
    return sum(
        max(len(block.split()), sum(c > "\u2e7f" for c in block) // 5) for block in text.split("\n") if _PROSE_END.search(block.strip())
    )
