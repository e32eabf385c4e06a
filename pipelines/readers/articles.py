"""Records to documents: which field of a row or object is the headline, the text, the date.

Belongs here: column names, and the TOML file that explains unusual ones. How rows are parsed stands in ``records`` and ``tables``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain
from pathlib import Path

from pipelines.readers.dates import order_of
from pipelines.readers.finish import Draft
from pipelines.readers.markup import plain_field
from pipelines.readers.model import Rejection
from pipelines.readers.source import Refused, Source, shown
from pipelines.readers.words import columns, words

_FIELDS = ("title", "body", "summary", "published", "modified", "url", "publisher", "author", "language")
_AHEAD = 200
_AHEAD_CHARACTERS = 8_000_000
_UNFIT = 100

Record = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Naming:
    """What a ``columns.toml`` says: columns by field, values that hold for every row, and whether days or months come first."""

    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    always: Mapping[str, str] = field(default_factory=dict)
    order: str | None = None


def naming_of(source: Source) -> Naming:
    """Return the naming that lies beside a file (``FILE.columns.toml``, else ``columns.toml`` in its folder or one above)."""
    path, root = source.beside, source.root
    if path is None or root is None:
        return Naming()
    candidates = [path.with_name(f"{path.name}.columns.toml")]
    folder = path.parent
    for _ in range(30):
        candidates.append(folder / "columns.toml")
        if folder == root or folder == folder.parent:
            break
        folder = folder.parent
    for candidate in candidates:
        if candidate.is_file():
            return _naming_in(candidate)
    return Naming()


def _naming_in(path: Path) -> Naming:
    try:
        content = tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise Refused("bad_columns_file", f"is explained by {path.name}, which is no TOML ({error}); correct it") from error
    allowed = {*_FIELDS, "order", "always"}
    if unknown := sorted(set(content) - allowed):
        problem = f"is explained by {path.name}, which names {shown(unknown[0])}; allowed are {', '.join(sorted(allowed))}"
        raise Refused("bad_columns_file", problem)
    order = content.pop("order", None)
    always = content.pop("always", {})
    if order not in (None, "dmy", "mdy") or not isinstance(always, dict):
        raise Refused("bad_columns_file", f'is explained by {path.name}, where order must be "dmy" or "mdy" and always a table; correct it')
    named = {key: tuple(value) if isinstance(value, list) else (str(value),) for key, value in content.items()}
    return Naming(named, {key: str(value) for key, value in always.items()}, order)


# ------------------------------------------------------------------------------------------------ which column is what


@lru_cache(maxsize=512)
def _usual_columns(keys: tuple[str, ...]) -> dict[str, tuple[tuple[str, ...], ...]]:
    """Return for each field the paths of keys that may hold it, likeliest first. Cached: records of one file share their keys."""
    plain = {_plain(key): key for key in reversed(keys)}
    found: dict[str, tuple[tuple[str, ...], ...]] = {}
    for name, usual in columns().items():
        paths = []
        for candidate in usual:
            first, _, rest = candidate.partition(".")
            if (key := plain.get(_plain(first))) is not None:
                paths.append((key, rest) if rest else (key,))
        if paths:
            found[name] = tuple(paths)
    return found


def _plain(name: str) -> str:
    return "".join(character for character in name.lower() if character not in " _-\ufeff")


def has_text_column(keys: Iterable[str], naming: Naming) -> bool:
    """Say whether some column holds the text of articles."""
    names = tuple(keys)
    if "body" in naming.columns:
        return all(column in names for column in naming.columns["body"])
    usual = _usual_columns(names)
    return "body" in usual or "summary" in usual


def no_text_column(keys: Iterable[str], naming: Naming) -> Refused:
    """Return the refusal of a table whose text cannot be told, naming its columns."""
    names = [shown(key, 30) for key in keys]
    listed = ", ".join(names[:12]) + (" …" if len(names) > 12 else "") if names else "none"
    if "body" in naming.columns:
        problem = f"has no column {shown(', '.join(naming.columns['body']))}, which columns.toml names as body; its columns are {listed}"
    else:
        problem = f'has no column of article text; its columns are {listed}; name it in columns.toml beside the file (body = "…")'
    return Refused("no_text_column", problem)


def _values(record: Record, name: str, naming: Naming) -> Iterator[object]:
    if name in naming.columns:
        paths = tuple(tuple(column.split(".", 1)) if column not in record else (column,) for column in naming.columns[name])
    else:
        paths = _usual_columns(tuple(record)).get(name, ())
    for path in paths:
        value: object = record.get(path[0])
        if len(path) > 1:
            value = next((v for k, v in value.items() if _plain(k) == _plain(path[1])), None) if isinstance(value, dict) else None
        if value is not None and value != "" and value == value:
            yield value


def _first(record: Record, name: str, naming: Naming) -> str | None:
    if name in naming.always:
        return naming.always[name]
    return next((text for value in _values(record, name, naming) if (text := _words(value))), None)


def _words(value: object, between: str = ", ") -> str | None:
    """Return a value as text: a string, a named object, or a list of them."""
    if isinstance(value, str):
        return value if value.strip() else None
    if isinstance(value, dict):
        return next(
            (text for key in ("name", "title", "text", "rendered", "#text", "content", "main") if (text := _words(value.get(key)))), None
        )
    if isinstance(value, (list, tuple)):
        return between.join(text for item in value[:10_000] if (text := _words(item))) or None
    return str(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else None


def _text(record: Record, naming: Naming) -> str | None:
    """Return the text of an article: of all columns that columns.toml names, else of the first usual one that holds any."""
    if "body" in naming.columns:
        return "\n\n".join(text for value in _values(record, "body", naming) if (text := _words(value, "\n\n"))) or None
    for name in ("body", "summary"):
        for value in _values(record, name, naming):
            if text := _words(value, "\n\n"):
                return text
    return None


def draft_of(record: Record, part: str, naming: Naming, order: str | None) -> Draft | None:
    """Return the article that a record holds, None where it holds no text and no headline."""
    text, title = _text(record, naming), _first(record, "title", naming)
    if text is None and title is None:
        return None
    return Draft(
        text=plain_field(text) if text else "",
        title=plain_field(title) if title else None,
        publisher=_first(record, "publisher", naming),
        author=_first(record, "author", naming),
        url=_first(record, "url", naming),
        dates=tuple(("json_field", _day(value)) for value in _values(record, "published", naming)),
        modified=next(_values(record, "modified", naming), None),
        language=_first(record, "language", naming),
        part=part,
        order=order,
    )


def _day(value: object) -> object:
    return next((value[key] for key in ("$date", "date", "value") if key in value), None) if isinstance(value, dict) else value


def unwrapped(record: Record) -> Record:
    """Return the fields of an article, out of the object that some exports wrap them in."""
    for key in words("json_wrappers"):
        inner = record.get(key)
        if isinstance(inner, dict) and len(inner) >= 2:
            return {name: value for name, value in record.items() if name != key} | inner
    return record


# ------------------------------------------------------------------------------------------------ a whole table


def drafts_of(items: Iterable[tuple[str, object] | Rejection], source: Source, naming: Naming) -> Iterator[Draft | Rejection]:
    """Give the articles of a table. ``items`` are pairs of part ("line 12") and record, or rejections to hand on.

    A table that begins with a hundred records without text is refused whole, with the names of its columns.
    """
    ahead, rest = _looked_ahead(iter(items))
    order = naming.order or _order_in(ahead, naming)
    unfit: list[Rejection] = []
    keys: dict[str, None] = {}
    has_any = False
    for item in chain(ahead, rest):
        if isinstance(item, Rejection):
            yield item
            continue
        part, record = item
        draft = None
        if isinstance(record, dict):
            record = unwrapped(record)
            draft = draft_of(record, part, naming, order)
        if draft is not None and (draft.text or has_text_column(record, naming)):
            yield from unfit
            unfit, has_any = [], True
            yield draft
            continue
        rejection = _unfit(record, part, source)
        if has_any:
            yield rejection
            continue
        keys.update(dict.fromkeys(list(record)[:50] if isinstance(record, dict) else ()))
        unfit.append(rejection)
        if len(unfit) >= _UNFIT:
            raise no_text_column(keys, naming)
    if unfit and not has_any:
        if keys:
            raise no_text_column(keys, naming)
        yield from unfit


def _unfit(record: object, part: str, source: Source) -> Rejection:
    if isinstance(record, dict):
        return source.refuse("empty", "holds no article text; remove it, or fill its text", part)
    return source.refuse("no_article", f"is {_kind(record)}, not an object with an article's fields; correct or remove it", part)


def _kind(value: object) -> str:
    kinds = {list: "a list", str: "a text", bool: "true or false", int: "a number", float: "a number", type(None): "null"}
    return kinds.get(type(value), "something")


def _looked_ahead(items: Iterator[tuple[str, object] | Rejection]) -> tuple[list, Iterator]:
    """Return the first items, and an iterator over the others; a refusal met while looking ahead is raised in its place."""
    ahead: list = []
    characters = 0
    try:
        for item in items:
            ahead.append(item)
            if not isinstance(item, Rejection) and isinstance(item[1], dict):
                characters += sum(len(value) for value in item[1].values() if isinstance(value, str))
            if len(ahead) >= _AHEAD or characters > _AHEAD_CHARACTERS:
                break
    except Refused as refusal:
        return ahead, _raising(refusal)
    return ahead, items


def _raising(refusal: Refused) -> Iterator[tuple[str, object]]:
    for error in (refusal,):
        raise error
    yield from ()


def _order_in(items: list, naming: Naming) -> str | None:
    """Return whether the table's numeric dates have the day or the month first, as shown by any day above 12."""
    orders: set[str] = set()
    for item in items:
        if not isinstance(item, Rejection) and isinstance(item[1], dict):
            orders.update(order for value in _values(unwrapped(item[1]), "published", naming) if (order := order_of(value)))
    return orders.pop() if len(orders) == 1 else None
