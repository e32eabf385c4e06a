"""HTML fragments to plain text, for fields, feeds and mails that hold them.

Belongs here: tags to paragraphs. Finding the article inside a whole page is the work of ``html``.
"""

from __future__ import annotations

import re
from typing import Any

from pipelines.readers.words import words

_TAG = re.compile(
    r"</?(?:p|div|br|span|a|b|i|em|strong|ul|ol|li|h[1-6]|table|tr|td|img|blockquote|figure|article|section|font|html|body)\b[^<>]{0,2000}>",
    re.I,
)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,300}\?>", re.IGNORECASE)


def is_markup(text: str) -> bool:
    """Say whether a field holds HTML: some tag that articles are written with."""
    return "<" in text and _TAG.search(text) is not None


def parsed_page(text: str) -> Any:
    """Return the element tree of a page or fragment, None where there is nothing in it."""
    from lxml import etree, html

    parser = html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, huge_tree=False, encoding="utf-8")
    try:
        return html.document_fromstring(_DECLARATION.sub("", text).encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError):
        return None


def text_of_markup(text: str) -> str:
    """Return the text of an HTML fragment, a blank line between blocks."""
    tree = parsed_page(text)
    return "" if tree is None else text_of_element(tree)


def text_of_element(root: Any) -> str:
    """Return the text of an element, a blank line between blocks; scripts, styles, forms and menus are left out."""
    from lxml import etree

    pieces: list[str] = []
    skipping = None
    for event, element in etree.iterwalk(root, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            if skipping is None and tag in words("html_skipped"):
                skipping = element
            if skipping is None:
                if tag in words("html_blocks"):
                    pieces.append("\0")
                if element.text:
                    pieces.append(element.text)
            continue
        if skipping is element:
            skipping = None
            pieces.append(" ")
        elif skipping is None and tag in words("html_blocks"):
            pieces.append("\0")
        elif skipping is None and tag in ("td", "th"):
            pieces.append(" ")
        if skipping is None and element is not root and element.tail:
            pieces.append(element.tail)
    blocks = (" ".join(block.split()) for block in "".join(pieces).split("\0"))
    return "\n\n".join(block for block in blocks if block)


def plain_field(text: str) -> str:
    """Return a field's text: HTML and character entities resolved where it holds them, else as it stands."""
    from pipelines.readers.tidy import without_entities

    return text_of_markup(text) if is_markup(text) else without_entities(text)
