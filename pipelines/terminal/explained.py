"""Shows an explanation: in the terminal, and as one HTML page that needs nothing else. Every word of a document is escaped here."""

from collections.abc import Iterable
from html import escape

from rich.console import Console, Group
from rich.table import Table
from rich.text import Text

from pipelines.terminal.explanation import Explanation, Fact, segments

# kind → colour in the terminal, colour on paper. Chosen to be told apart without red and green.
_COLOURS = {
    "engagement": ("black on bright_yellow", "#ffe58a"),
    "agreement": ("black on bright_cyan", "#a5e3ee"),
    "trade claim": ("black on bright_magenta", "#f3c1e6"),
    "person": ("underline", "#dfe3e8"),
    "topic": ("italic blue", "#cfd8ff"),
}


def _heading(explanation: Explanation) -> list[tuple[str, str]]:
    document = explanation.document
    lines = [
        ("title", document["title"]),
        ("published", f"{document['published_on']} (from: {document['published_on_method']})"),
        ("publisher", document["publisher"]),
        ("author", document["author"]),
        ("address", document["url"]),
        ("file", document["source_path"]),
        ("language", document["language"] if document["language"] != "en" else None),
        ("copy of", document["duplicate_of"]),
        ("state", None if document["is_current"] else "superseded by a newer version, or pruned: its facts are no longer in the register"),
        ("document_id", document["document_id"]),
    ]
    return [(label, str(value)) for label, value in lines if value]


def _foremost(facts: Iterable[Fact]) -> Fact:
    """Return the fact whose colour the words take: the one with the fewest words."""
    return min(facts, key=lambda fact: (fact.end - fact.start, fact.number))


def print_explanation(console: Console, explanation: Explanation) -> None:
    """Print the article with its evidence marked, then each fact with its codes and rule."""
    heading = Table.grid(padding=(0, 2))
    for label, value in _heading(explanation):
        heading.add_row(Text(label, style="dim"), Text(value))
    article = Text()
    for segment in segments(explanation.document["body"], explanation.facts):
        article.append(segment.text, style=_COLOURS[_foremost(segment.facts).kind][0] if segment.facts else "")
        for fact in segment.closing:
            article.append(f"[{fact.number}]", style="bold")
    facts = Table.grid(padding=(0, 2))
    for fact in explanation.facts:
        codes = Text("\n").join(Text(f"{label}: ", style="dim") + Text(value) for label, value in fact.codes)
        if fact.rule_id:
            codes.append("\nrule: ", style="dim").append(fact.rule_id, style="bold")
        facts.add_row(Text(f"[{fact.number}]", style="bold"), Text(fact.kind, style=_COLOURS[fact.kind][0]), Group(codes, Text()))
    console.print(heading, Text(), article, Text(), facts if explanation.facts else Text("No fact was read from this document."))


_STYLE = """
:root { color-scheme: light dark; --ink: #1a1a1a; --paper: #fdfcfa; --soft: #6b6b6b; --line: #dcd8d0; }
@media (prefers-color-scheme: dark) { :root { --ink: #e9e6e1; --paper: #17181a; --soft: #a09c94; --line: #3a3a3a; } }
body { margin: 0 auto; max-width: 76rem; padding: 2rem 1.25rem; color: var(--ink); background: var(--paper);
  font: 1.05rem/1.6 Georgia, "Times New Roman", serif; }
h1 { font-size: 1.7rem; line-height: 1.25; margin: 0 0 .75rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .1rem 1rem; margin: 0; font: .85rem/1.5 system-ui, sans-serif; }
dt { color: var(--soft); } dd { margin: 0; overflow-wrap: anywhere; }
main { display: grid; grid-template-columns: minmax(0, 3fr) minmax(0, 2fr); gap: 2.5rem; margin-top: 2rem; }
article { white-space: pre-wrap; overflow-wrap: anywhere; align-self: start; position: sticky; top: 1rem; max-height: calc(100vh - 2rem);
  overflow-y: auto; }
mark { color: #111; padding: .05em 0; border-radius: 2px; }
sup { line-height: 0; }
sup a { font: bold .7rem system-ui, sans-serif; text-decoration: none; color: inherit; padding: 0 .1em; }
ol { list-style: none; margin: 0; padding: 0; }
li { border-top: 1px solid var(--line); padding: .6rem .5rem .8rem; scroll-margin-top: 1rem; }
li:target { outline: 2px solid currentColor; }
sup:target { outline: 2px solid currentColor; }
li b { font: bold .8rem system-ui, sans-serif; color: #111; padding: .15em .5em; border-radius: 2px; }
li q { display: block; margin: .4rem 0; font-style: italic; quotes: none; overflow-wrap: anywhere; }
li dl { display: flex; flex-wrap: wrap; gap: 0 .9rem; } li dl div { display: flex; gap: .35rem; }
@media (max-width: 60rem) { main { grid-template-columns: minmax(0, 1fr); } article { position: static; max-height: none; } }
@media print { main { display: block; } article { position: static; max-height: none; } }
@media print { li { break-inside: avoid; } mark { border-bottom: 1px solid #111; } }
"""


def html_page(explanation: Explanation) -> str:
    """Return one self-contained page: the article with marked evidence, each mark leading to its fact and back."""
    title = escape(explanation.document["title"] or explanation.document["source_path"])
    heading = "".join(f"<dt>{escape(label)}</dt><dd>{escape(value)}</dd>" for label, value in _heading(explanation) if label != "title")
    body = "".join(
        _marked(segment.text, segment.facts, segment.closing) for segment in segments(explanation.document["body"], explanation.facts)
    )
    facts = "".join(_fact_item(fact) for fact in explanation.facts) or "<li>No fact was read from this document.</li>"
    return (
        f'<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n<meta name="viewport" content="width=device-width">\n'
        f"<title>{title} – explained</title>\n<style>{_STYLE}</style>\n<h1>{title}</h1>\n<dl>{heading}</dl>\n"
        f'<main>\n<article>{body}</article>\n<ol aria-label="Facts">{facts}</ol>\n</main>\n</html>\n'
    )


def _marked(text: str, facts: tuple[Fact, ...], closing: tuple[Fact, ...]) -> str:
    words = escape(text)
    if facts:
        words = f'<mark style="background:{_COLOURS[_foremost(facts).kind][1]}">{words}</mark>'
    return words + "".join(f'<sup id="mark-{fact.number}"><a href="#fact-{fact.number}">{fact.number}</a></sup>' for fact in closing)


def _fact_item(fact: Fact) -> str:
    rows = [*fact.codes, *((("rule", fact.rule_id),) if fact.rule_id else ())]
    codes = "".join(f"<div><dt>{escape(label)}</dt><dd>{escape(value)}</dd></div>" for label, value in rows)
    return (
        f'<li id="fact-{fact.number}"><b style="background:{_COLOURS[fact.kind][1]}">{escape(fact.kind)}</b> '
        f'<sup><a href="#mark-{fact.number}">{fact.number}</a></sup><q>{escape(fact.evidence)}</q><dl>{codes}</dl></li>'
    )
