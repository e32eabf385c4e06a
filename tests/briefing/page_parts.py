"""A page taken apart with the standard library's parser, which knows nothing of how the page was made."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

_VOID = {"meta", "link", "br", "img", "input", "rect", "line", "circle", "path"}


@dataclass
class Element:
    """An element: its tag, attributes, the tags around it, and the text inside it."""

    tag: str
    attributes: dict[str, str | None]
    inside: tuple[str, ...]
    text: str = ""


@dataclass
class Page:
    """Every element of a page, in order."""

    elements: list[Element] = field(default_factory=list)

    def of(self, tag: str, **attributes: str) -> list[Element]:
        """Return the elements with ``tag`` and ``attributes`` (``class_`` for class)."""
        wanted = {name.rstrip("_"): value for name, value in attributes.items()}
        return [
            element
            for element in self.elements
            if element.tag == tag and all(value in (element.attributes.get(name) or "").split() for name, value in wanted.items())
        ]


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.page = Page()
        self.open: list[Element] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, dict(attrs), tuple(parent.tag for parent in self.open))
        self.page.elements.append(element)
        if tag not in _VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.page.elements.append(Element(tag, dict(attrs), tuple(parent.tag for parent in self.open)))

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID:
            return
        while self.open and self.open.pop().tag != tag:
            pass

    def handle_data(self, data: str) -> None:
        for element in self.open:
            element.text += data


def parsed(html: str) -> Page:
    """Return ``html`` taken apart."""
    parser = _Parser()
    parser.feed(html)
    parser.close()
    return parser.page
