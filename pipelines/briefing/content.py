"""Fills the briefing's records: rows of ``sql/briefing`` with names, headlines and sources put in. Looks are ``page``'s."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import urlsplit

import duckdb

from pipelines.briefing.phrases import agreement_headline, claim_headline, happening_headline, phrases, short_name, spoken
from pipelines.briefing.quotes import Quote, quote_of
from pipelines.briefing.records import (
    Ahead,
    Briefing,
    Conflict,
    Figure,
    Lookup,
    Move,
    Pair,
    Panel,
    Point,
    Promise,
    Reject,
    Series,
    Source,
    Story,
    Target,
)
from pipelines.charts import month_after
from pipelines.figures import per_cent
from pipelines.settings import PROJECT

QUERIES = PROJECT / "sql" / "briefing"
_FEWEST_MONTHS, _MOST_MONTHS = 12, 24
_PANELS = 6
_FIGURES = 6  # of one conflict
# Lines of each section: the page is read over a coffee, and the views hold the rest.
_ROWS = {"news": 32, "ahead": 24, "promises": 12, "trade_moves": 14, "targets": 10, "conflicts": 8, "pairs": 15}
STATES = ("done", "under_way", "open", "slipped", "overdue", "silent", "called_off")

Row = dict[str, Any]


def briefing_of(con: duckdb.DuckDBPyConnection, parties: Collection[str] = ()) -> Briefing:
    """Read the briefing from a warehouse, which is only read; with ``parties`` (codes), only lines that concern one of them.

    Raises KeyError for a code that is no party's.
    """
    names = names_of(con)
    only = {"parties": list(parties) or None}
    (edition,) = rows(con, "edition")
    as_of, since = edition["as_of"], edition["since"]
    _keep(con, "all_promises")
    _keep(con, "all_news", since=since)
    extra: Mapping[str, Mapping[str, Any]] = {"news": {"since": since}, "conflicts": {"figures": _FIGURES}}
    found = {name: rows(con, name, rows=most, **only, **extra.get(name, {})) for name, most in _ROWS.items()}
    facts = Lookup(names, _contexts(con, [row for section in found.values() for row in section]))
    counted = rows(con, "months", **only)
    months = months_before(as_of, min((row["month"] for row in counted), default=as_of)) if as_of else ()
    return Briefing(
        as_of=as_of,
        since=since,
        edition=edition,
        names=facts.names,
        news=by_sentence(_story(row, facts) for row in found["news"]),
        ahead=ahead_from(found["ahead"], facts),
        promises=tuple(_promise(row, facts) for row in found["promises"]),
        states=_states(found["promises"]),
        moves=tuple(_move(row, facts) for row in found["trade_moves"]),
        targets=tuple(_target(row, facts) for row in found["targets"]),
        conflicts=_conflicts(found["conflicts"], facts),
        panels=panels_from(rows(con, "trade_points", panels=_PANELS, **only), facts),
        pairs=pairs_from(found["pairs"], facts),
        months=months,
        series=series_from(counted, months),
        rejects=tuple(Reject(row["what"], row["reason"], row["table_name"], row["reject_count"]) for row in rows(con, "rejects")),
        totals={name: _total(found[name]) for name in _ROWS} | {"news_shown": len(found["news"])},
        only=tuple(names[code] for code in parties),
    )


def names_of(con: duckdb.DuckDBPyConnection) -> Mapping[str, str]:
    """Return what the page calls each party, by code."""
    named = {row["party_code"]: short_name(row["party_code"], row["name"], row["is_organisation"]) for row in rows(con, "parties")}
    return named | {"WLD": "the world"}


def _contexts(con: duckdb.DuckDBPyConnection, found: Iterable[Row]) -> Mapping[tuple[str, str], tuple[str, str]]:
    wanted = {
        (row[f"{prefix}document_id"], row[f"{prefix}evidence_text"])
        for row in found
        for prefix in ("", "outcome_")
        if row.get(f"{prefix}document_id") and row.get(f"{prefix}evidence_text")
    }
    if not wanted:
        return {}
    documents, quotes = zip(*sorted(wanted), strict=True)
    around = rows(con, "contexts", documents=list(documents), quotes=list(quotes))
    return {(row["document_id"], row["evidence_text"]): (row["words_before"], row["words_after"]) for row in around}


def rows(con: duckdb.DuckDBPyConnection, name: str, **values: object) -> list[Row]:
    """Return the rows of ``sql/briefing/<name>.sql``."""
    result = con.execute((QUERIES / f"{name}.sql").read_text("utf-8"), values or None)
    columns = [column[0] for column in result.description]
    return [dict(zip(columns, row, strict=True)) for row in result.fetchall()]


def _keep(con: duckdb.DuckDBPyConnection, name: str, **values: object) -> None:
    """Keep the rows of ``sql/briefing/<name>.sql`` as a temporary table, for other queries to read."""
    con.execute(f"create or replace temp table {name} as {(QUERIES / f'{name}.sql').read_text('utf-8')}", values or None)


def _total(found: list[Row]) -> int:
    counts = ("row_count", "conflict_count")
    return next((row[name] for row in found[:1] for name in counts if name in row), len(found))


def _named(codes: Iterable[str], facts: Lookup) -> list[str]:
    return [facts.names.get(code, code) for code in codes]


def _quote(row: Row, facts: Lookup, prefix: str = "") -> Quote:
    words = row[f"{prefix}evidence_text"]
    return quote_of(words, *facts.contexts.get((row[f"{prefix}document_id"], words), ("", "")))


def web_address(url: str | None) -> str | None:
    """Return ``url`` if it is one that a page may link to, else None: news can carry anything in its address."""
    if not url:
        return None
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return None
    return url.strip() if parts.scheme in ("http", "https") and parts.netloc else None


def _source(row: Row, prefix: str = "") -> Source:
    return Source(
        publishers=tuple(row[f"{prefix}publishers"] or ()),
        published_on=row[f"{prefix}published_on"],
        title=row[f"{prefix}title"],
        url=web_address(row[f"{prefix}url"]),
        path=row[f"{prefix}source_path"],
        document_id=row[f"{prefix}document_id"],
    )


def _headline(row: Row, facts: Lookup) -> str:
    parties = _named(row["party_codes"], facts)
    if row["kind"] == "happening":
        return happening_headline(row["type"], row["status"], parties, _named(row["from_codes"], facts), _named(row["to_codes"], facts))
    if row["kind"] == "agreement":
        return agreement_headline(row["type"], row["status"], parties, row["subject"], row.get("instrument_count", 1))
    # A claim's parties stand in their order: reporter, partner.
    return claim_headline(row["type"], row["status"], parties[0], parties[-1], row["figure"], row["subject"])


def _kicker(row: Row) -> str:
    if row["kind"] == "claim":
        return "trade" if row["type"] in ("total", "exports", "imports", "balance") else row["type"]
    return phrases()[row["type"]].noun if row["kind"] == "happening" else spoken(row["type"])


def _story(row: Row, facts: Lookup) -> Story:
    people = row.get("people") or []
    more = f" and {len(people) - 4} more" if len(people) > 4 else ""
    details = [row.get("place_name"), ", ".join(people[:4]) + more if people and row["kind"] != "claim" else None]
    if row["kind"] == "claim" and people:
        details.append(f"said by {people[0]}")
    if row.get("change_pct") is not None and row["kind"] == "claim":
        details.append(f"{per_cent(row['change_pct'])} on the level before")
    notes = []
    if row.get("status_before") and row["status_before"] != row["status"]:
        notes.append(f"was {spoken(row['status_before'])}")
    if row.get("has_conflict"):
        notes.append("accounts differ")
    if row.get("story_count", 1) > 1:
        notes.append(f"{row['story_count']} stories")
    return Story(
        kind=row["kind"],
        kicker=_kicker(row),
        headline=_headline(row, facts),
        when=row.get("date_label"),
        details=tuple(detail for detail in details if detail),
        notes=tuple(notes),
        parties=tuple(row["party_codes"]),
        quote=_quote(row, facts),
        source=_source(row),
    )


# Of what one sentence tells, the figure says more than the pledge it is part of, and the instrument more than its signing.
_TELLING = {"claim": 0, "agreement": 1, "happening": 2}


def by_sentence(stories: Iterable[Story]) -> tuple[Story, ...]:
    """Return ``stories`` with those that rest on one sentence of a document told together, at the place of the first."""
    groups: dict[tuple[str, str], list[Story]] = {}
    for story in stories:
        sentence = story.quote.before + story.quote.words + story.quote.after
        groups.setdefault((story.source.document_id, sentence), []).append(story)
    return tuple(_together(sorted(group, key=lambda story: _TELLING[story.kind])) for group in groups.values())


def _together(group: list[Story]) -> Story:
    first, others = group[0], group[1:]
    parties = dict.fromkeys(code for story in group for code in story.parties)
    headlines = dict.fromkeys(story.headline for story in others if story.headline != first.headline)
    return replace(first, parties=tuple(parties), also=tuple(headlines))


def ahead_from(found: list[Row], facts: Lookup) -> tuple[Ahead, ...]:
    """Return the calendar from rows of ``sql/briefing/ahead.sql``."""
    return tuple(
        Ahead(
            story=_story(row, facts),
            start=row["start_date"],
            end=row["end_date"],
            is_exact=row["date_precision"] == "day",
            days_ahead=row["days_ahead"],
            status=row["status"],
        )
        for row in found
    )


def _promise(row: Row, facts: Lookup) -> Promise:
    is_instrument = row["promise_kind"] == "instrument"
    as_first_said = row | {
        "kind": "agreement" if is_instrument else "happening",
        "status": row["promised_status"],
        "has_conflict": False,
    }
    return Promise(
        story=_story(as_first_said, facts),
        state=row["state"],
        promised_on=row["promised_on"],
        due_by=row["due_by"],
        first_due_by=row["first_due_by"],
        days_since_due=row["days_since_due"],
        days_to_outcome=row["days_to_outcome"],
        last_heard_on=row["last_heard_on"],
        outcome_status=row["outcome_status"],
        outcome_quote=_quote(row, facts, "outcome_") if row["outcome_evidence_text"] else None,
        outcome_source=_source(row, "outcome_") if row["outcome_document_id"] and row["outcome_published_on"] else None,
    )


def _states(found: list[Row]) -> Mapping[str, int]:
    counts = {row["state"]: row["state_count"] for row in found}
    return {state: counts.get(state, 0) for state in (*STATES, *sorted(set(counts) - set(STATES)))}


def _move(row: Row, facts: Lookup) -> Move:
    told = row | {"people": [row["speaker_name"]] if row["speaker_name"] else [], "change_pct": None, "figure": None}
    return Move(
        story=_story(told, facts),
        figure=row["figure"],
        change_pct=row["change_pct"],
        is_computed=row["is_computed"],
        trend=row["trend"],
        other_figures=row["figure_count"] - 1,
    )


def _target(row: Row, facts: Lookup) -> Target:
    told = row | {"people": [row["speaker_name"]] if row["speaker_name"] else [], "figure": None, "status": "actual"}
    return Target(
        story=_story(told, facts),
        figure=row["figure"],
        due_on=row["due_on"],
        actual=row["actual_figure"],
        actual_period=row["actual_period_label"],
        state=row["state"],
        reached_pct=row["reached_pct"],
        growth_needed_pct=row["growth_needed_pct"],
    )


def _conflicts(found: list[Row], facts: Lookup) -> tuple[Conflict, ...]:
    by_place: dict[int, list[Row]] = {}
    for row in found:
        by_place.setdefault(row["place"], []).append(row)
    return tuple(
        Conflict(
            headline=_headline(group[0] | {"kind": "claim", "figure": None}, facts),
            parties=tuple(group[0]["party_codes"]),
            period=group[0]["date_label"] if len({row["date_label"] for row in group}) == 1 else None,
            spread_pct=group[0]["spread_pct"],
            figures=tuple(_figure(row, len({other["date_label"] for other in group}) > 1, facts) for row in group),
            figure_count=group[0]["figure_count"],
        )
        for group in by_place.values()
    )


def _figure(row: Row, shows_period: bool, facts: Lookup) -> Figure:
    marks = {"official": row["is_official"], "newest": row["is_newest"], "most repeated": row["is_most_repeated"]}
    return Figure(
        figure=row["figure"],
        share=max(row["measure"] / row["highest"], 0) if row["highest"] > 0 else 0,
        period=row["date_label"] if shows_period else None,
        speakers=tuple(row["speakers"] or ()),
        marks=tuple(mark for mark, holds in marks.items() if holds),
        quote=_quote(row, facts),
        source=_source(row),
    )


def panels_from(found: list[Row], facts: Lookup) -> tuple[Panel, ...]:
    """Return the charts of trade from rows of ``sql/briefing/trade_points.sql``."""
    by_place: dict[int, list[Row]] = {}
    for row in found:
        by_place.setdefault(row["place"], []).append(row)
    return tuple(
        Panel(
            headline=_headline(_as_claim(group[0]), facts),
            parties=(group[0]["reporter_code"], group[0]["partner_code"]),
            points=tuple(
                Point(
                    dated_on=row["period_end"] if row["claim_type"] != "actual" and row["period_end"] else row["dated_on"],
                    amount=row["amount_usd"],
                    amount_high=row["amount_high_usd"],
                    kind=row["claim_type"],
                    is_best=row["is_best"],
                    figure=row["figure"],
                    period=row["period_label"],
                    speaker=row["speaker_name"],
                    publishers=tuple(row["publishers"] or ()),
                )
                for row in group
            ),
        )
        for group in by_place.values()
    )


def _as_claim(row: Row) -> Row:
    parties = [row["reporter_code"], row["partner_code"]]
    return {"kind": "claim", "type": row["flow"], "status": "actual", "party_codes": parties, "figure": None, "subject": None}


def pairs_from(found: list[Row], facts: Lookup) -> tuple[Pair, ...]:
    """Return the busiest pairs from rows of ``sql/briefing/pairs.sql``."""
    return tuple(
        Pair(
            names="–".join(_named(row["party_codes"], facts)),
            parties=tuple(row["party_codes"]),
            contacts=row["contacts_last_365_days"],
            contacts_before=row["contacts_year_before"],
            by_month=tuple(row["contacts_by_month"]),
            last_on=row["last_contact_on"],
            last_type=phrases()[row["last_contact_type"]].noun,
            last_level=spoken(row["last_contact_level"]) if row["last_contact_level"] else None,
            trade_usd=row["total_usd"],
            trade_year=row["trade_year"],
            open_promises=row["open_promises"],
        )
        for row in found
    )


def months_before(as_of: date, first: date) -> tuple[date, ...]:
    """Return the first days of the months that the charts show: from ``first`` to ``as_of``, a year at least and two at most."""
    count = min(max((as_of.year - first.year) * 12 + as_of.month - first.month + 1, _FEWEST_MONTHS), _MOST_MONTHS)
    return tuple(month_after(as_of, place - count + 1) for place in range(count))


def series_from(found: list[Row], months: tuple[date, ...]) -> tuple[Series, ...]:
    """Return for each group of happenings its number in each of ``months``, from rows of ``sql/briefing/months.sql``."""
    counts: dict[str, dict[date, int]] = {}
    for row in found:
        by_month = counts.setdefault(phrases()[row["engagement_type"]].chart_group, {})
        by_month[row["month"]] = by_month.get(row["month"], 0) + row["happening_count"]
    groups = list(dict.fromkeys(phrase.chart_group for phrase in phrases().values()))
    return tuple(Series(group, tuple(counts.get(group, {}).get(month, 0) for month in months)) for group in groups)
