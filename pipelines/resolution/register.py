"""Mentions to happenings and instruments: the tables around ``happenings.py``.

A refresh starts from the pending documents, looks for other mentions in the buckets they share (type, pair of parties, month), follows
every link it finds, and clusters what hangs together. What is untouched by links is not read, so the cost is that of what is new; and
because whole connected groups are clustered afresh, the order of arrival makes no difference.
"""

from collections.abc import Callable
from dataclasses import dataclass

import duckdb
import pandas as pd

from pipelines.resolution.clusters import clusters
from pipelines.resolution.happenings import UNDATED_AHEAD, UNDATED_BACK, Mention, same_agreement, same_engagement, title_content, told_apart
from pipelines.resolution.ids import stable_id
from pipelines.schemas.columns import COLUMNS


@dataclass(frozen=True, slots=True)
class Register:
    """One of the two registers: its pending step, tables, columns and what makes two of its mentions one."""

    step: str
    noun: str
    same: Callable[[Mention, Mention], float]
    text: str
    country: str

    @property
    def mentions(self) -> str:
        """Return the table of mentions as the engine read them."""
        return f"staging.{self.noun}_mentions"

    @property
    def linked(self) -> str:
        """Return the table of mentions with the id of what they tell."""
        return f"main.fct_{self.noun}_mentions"

    @property
    def parties(self) -> str:
        """Return the table of the mentions' parties."""
        return f"staging.{self.noun}_mention_parties"

    @property
    def identity(self) -> str:
        """Return the column that holds the id across documents."""
        return f"{self.noun}_id"


ENGAGEMENTS = Register("engagements", "engagement", same_engagement, text="m.evidence_text", country="m.place_country")
AGREEMENTS = Register("agreements", "agreement", same_agreement, text="coalesce(m.title, '')", country="null::varchar")


def resolve_engagements(con: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """Bring the engagement tables up to date with the pending documents; return how many happenings changed."""
    changed = _resolve(con, ENGAGEMENTS)
    if changed:
        _write_engagements(con)
        _note_stale(con)
        _queue_dependants(con, "engagements", ("agreements", "topics"))
    _finish(con, ENGAGEMENTS)
    return {"engagements_changed": changed}


def resolve_agreements(con: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """Bring the agreement tables up to date with the pending documents; return how many instruments changed."""
    changed = _resolve(con, AGREEMENTS)
    if changed:
        _write_agreements(con)
        _note_stale(con)
    _finish(con, AGREEMENTS)
    return {"agreements_changed": changed}


def resolve_topics(con: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """Write the topics of the pending documents, tied to the happenings they came up in; return how many rows were written."""
    con.execute("create or replace temp table changed as select document_id from staging.pending_documents where step = 'topics'")
    con.execute("delete from main.fct_cooperation_topics where document_id in (from changed)")
    written = con.execute("""
        insert into main.fct_cooperation_topics by name
        select t.* exclude (mention_id), m.engagement_id
        from staging.cooperation_topics t
        left join main.fct_engagement_mentions m using (mention_id)
        where t.document_id in (from changed)
    """).fetchall()
    con.execute("delete from staging.pending_documents where step = 'topics'")
    return {"topics_written": written[0][0]}


# ---------------------------------------------------------------------------------------------- linking


def _resolve(con: duckdb.DuckDBPyConnection, register: Register) -> int:
    """Leave ``touched_mentions`` (mention, id) and ``touched_ids`` (old and new ids) for the writers; return the number of the latter."""
    con.execute(f"create or replace temp table changed as select document_id from staging.pending_documents where step = '{register.step}'")
    con.execute(f"""
        create or replace temp table old_ids as
        select distinct {register.identity} as id from {register.linked} where document_id in (from changed)
    """)
    _fill_buckets(con, register)
    seeds = con.execute(f"""
        select mention_id from {register.mentions} where document_id in (from changed)
        union
        select m.mention_id from {register.linked} l join {register.mentions} m using (mention_id)
        where l.{register.identity} in (from old_ids)
    """).fetchall()
    mentions, links = _follow_links(con, register, [mention for (mention,) in seeds])
    groups = clusters(sorted(mentions), links, lambda a, b: told_apart([mentions[x] for x in a], [mentions[x] for x in b]))
    rows = []
    for members in groups:
        first = min((mentions[member].published_on, member) for member in members)
        identity = stable_id(register.noun, first[1])
        rows += [(member, identity) for member in members]
    con.register("rows", pd.DataFrame(rows, columns=["mention_id", "id"], dtype="str"))
    con.execute("create or replace temp table touched_mentions as select mention_id, id from rows")
    con.unregister("rows")
    con.execute(f"""
        create or replace temp table touched_ids as
        select id from touched_mentions
        union select id from old_ids
        union select {register.identity} from {register.linked} where mention_id in (select mention_id from touched_mentions)
    """)
    con.execute(f"""
        create or replace temp table moved_documents as
        select distinct l.document_id from {register.linked} l
        left join touched_mentions t using (mention_id)
        where l.{register.identity} in (from touched_ids) and l.{register.identity} is distinct from t.id
    """)
    return con.execute("select count(*) from touched_ids").fetchall()[0][0]


def _fill_buckets(con: duckdb.DuckDBPyConnection, register: Register) -> None:
    """Note for each new mention the buckets it is to be looked for in, and forget those of mentions that are gone."""
    con.execute(f"""
        delete from staging.mention_buckets
        where mention_id in (
            select mention_id from {register.linked} where document_id in (from changed)
            union all
            select mention_id from {register.mentions} where document_id in (from changed)
        )
    """)
    pairs = f"""
        pairs as (
            select a.mention_id, a.party_code || '|' || b.party_code as pair
            from {register.parties} a join {register.parties} b on a.mention_id = b.mention_id and a.party_code < b.party_code
            where a.mention_id in (select mention_id from changed_mentions)
            union all
            select mention_id, min(party_code) as pair from {register.parties}
            where mention_id in (select mention_id from changed_mentions)
            group by all having count(*) = 1
        )"""
    con.execute(f"""
        create or replace temp table changed_mentions as
        select m.*, d.published_on
        from {register.mentions} m join main.dim_documents d using (document_id)
        where m.document_id in (from changed)
    """)
    if register is AGREEMENTS:
        _fill_title_buckets(con, pairs)
        return
    con.execute(
        f"""
        insert into staging.mention_buckets
        with {pairs},
        windows as (
            select
                mention_id,
                engagement_type,
                coalesce(start_date, published_on - $back::int) - 2 as first_day,
                coalesce(end_date, published_on + if(status in ('planned', 'proposed'), $ahead::int, 0)) + 2 as last_day
            from changed_mentions
        ),
        months as (
            select
                mention_id,
                engagement_type,
                unnest(range(year(first_day) * 12 + month(first_day), year(last_day) * 12 + month(last_day) + 1)) as month_number
            from windows
            -- A window of many years would stand in hundreds of buckets and tells nothing apart.
            where last_day - first_day < 800
        )
        select distinct mention_id, hash(engagement_type, pair, month_number) from months join pairs using (mention_id)
        """,
        {"back": UNDATED_BACK.days, "ahead": UNDATED_AHEAD.days},
    )


def _fill_title_buckets(con: duckdb.DuckDBPyConnection, pairs: str) -> None:
    """An instrument is looked for by pair and title words; where the title says only what kind it is, by pair and day."""
    titles = con.execute("select mention_id, coalesce(title, ''), coalesce(start_date, published_on) from changed_mentions").fetchall()
    rows = [(mention, word) for mention, title, day in titles for word in title_content(title) or [day.isoformat()]]
    con.register("words", pd.DataFrame(rows, columns=["mention_id", "word"], dtype="str"))
    con.execute(f"""
        insert into staging.mention_buckets
        with {pairs}
        select distinct mention_id, hash('agreement', pair, word) from pairs join words using (mention_id)
    """)
    con.unregister("words")


def _follow_links(con: duckdb.DuckDBPyConnection, register: Register, seeds: list[str]) -> tuple[dict[str, Mention], list]:
    """Return every mention that hangs together with the seeds, and the links between them."""
    mentions: dict[str, Mention] = {}
    linked: dict[tuple[str, str], float] = {}
    loaded = _load(con, register, seeds)
    frontier = list(loaded)
    while frontier:
        mentions |= {mention: loaded[mention] for mention in frontier}
        con.register("frontier", pd.DataFrame({"mention_id": frontier}, dtype="str"))
        pairs = con.execute(f"""
            select distinct least(f.mention_id, o.mention_id), greatest(f.mention_id, o.mention_id)
            from frontier f
            join staging.mention_buckets fb using (mention_id)
            join staging.mention_buckets ob using (bucket)
            join {register.mentions} o on o.mention_id = ob.mention_id and o.mention_id <> f.mention_id
        """).fetchall()
        con.unregister("frontier")
        strangers = sorted({mention for pair in pairs for mention in pair} - loaded.keys())
        loaded |= _load(con, register, strangers)
        frontier = []
        for pair in pairs:
            if pair in linked:
                continue
            strength = register.same(loaded[pair[0]], loaded[pair[1]])
            if strength:
                linked[pair] = strength
                frontier += [mention for mention in pair if mention not in mentions]
        frontier = sorted(set(frontier))
    return mentions, [(strength, *pair) for pair, strength in linked.items()]


def _load(con: duckdb.DuckDBPyConnection, register: Register, ids: list[str]) -> dict[str, Mention]:
    if not ids:
        return {}
    con.register("wanted", pd.DataFrame({"mention_id": ids}, dtype="str"))
    people = """
        select p.mention_id, list(distinct f.person_id) as people
        from staging.engagement_mention_people p
        join staging.engagement_mentions m using (mention_id)
        join staging.person_mentions n on n.document_id = m.document_id and n.name_text = p.name_text
        join staging.person_forms f
            on f.name_text = n.name_text and f.office = n.office and f.party_code is not distinct from n.party_code
        where p.mention_id in (from wanted)
        group by all"""
    nobody = "select null::varchar as mention_id, null::varchar[] as people where false"
    rows = con.execute(f"""
        with parties as (
            select mention_id, list(party_code) as parties from {register.parties} where mention_id in (from wanted) group by all
        ),
        people as ({people if register is ENGAGEMENTS else nobody})
        select
            m.mention_id, m.document_id, d.published_on, m.{register.noun}_type, m.status, m.start_date, m.end_date, m.date_precision,
            m.date_method, {register.country}, coalesce(parties, []), coalesce(people, []), {register.text}
        from {register.mentions} m
        join main.dim_documents d using (document_id)
        left join parties using (mention_id)
        left join people using (mention_id)
        where m.mention_id in (from wanted)
    """).fetchall()
    con.unregister("wanted")
    mentions = {}
    for *told, parties, people, text in rows:
        values = [*told, frozenset(parties), frozenset(people), text]
        mentions[values[0]] = Mention._make(values)
    return mentions


def _queue_dependants(con: duckdb.DuckDBPyConnection, own: str, steps: tuple[str, ...]) -> None:
    """Put documents whose mentions now tell of another happening in line for the steps that point at happenings."""
    con.execute(
        """
        insert into staging.pending_documents by name
        select document_id, step from moved_documents cross join (select unnest(?::varchar[]) as step)
        where document_id in (select document_id from main.dim_documents where is_current)
        except
        select document_id, step from staging.pending_documents
        """,
        [list(steps)],
    )


def _note_stale(con: duckdb.DuckDBPyConnection) -> None:
    """Note that what the aggregates tell of the touched happenings or instruments is to be gathered anew."""
    con.execute("insert into staging.stale_aggregates select id from touched_ids")


def _finish(con: duckdb.DuckDBPyConnection, register: Register) -> None:
    con.execute(f"delete from staging.pending_documents where step = '{register.step}'")


# ---------------------------------------------------------------------------------------------- writing

# A party that only one of many mentions names is more likely a slip than a participant.
_PARTY_SHARE = 1 / 3

# The latest document says how things stand; on one day the further state and the more exact date count.
_STANDING = """(
    m.published_on, list_position($statuses, m.status), -list_position($precisions, m.date_precision), m.confidence, m.mention_id)"""


def _write_engagements(con: duckdb.DuckDBPyConnection) -> None:
    for table in ("fct_engagements", "fct_engagement_status", "fct_engagement_parties", "fct_engagement_people"):
        con.execute(f"delete from main.{table} where engagement_id in (from touched_ids)")
    con.execute("delete from main.fct_engagement_mentions where engagement_id in (from touched_ids) or document_id in (from changed)")
    con.execute("""
        insert into main.fct_engagement_mentions by name
        select m.*, t.id as engagement_id from staging.engagement_mentions m join touched_mentions t using (mention_id)
    """)
    con.execute("""
        insert into main.fct_engagement_status by name
        select engagement_id, d.published_on as observed_on, document_id, status, start_date, end_date, date_precision, mention_id
        from main.fct_engagement_mentions
        join main.dim_documents d using (document_id)
        where engagement_id in (from touched_ids)
    """)
    con.execute(
        """
        insert into main.fct_engagement_parties by name
        with parties as (
            select t.id as engagement_id, party_code, mode(role order by role) as role, count(distinct mention_id) as uses
            from touched_mentions t join staging.engagement_mention_parties using (mention_id)
            group by all
        ),
        sizes as (select id as engagement_id, count(*) as mentions from touched_mentions group by all)
        select engagement_id, party_code, role
        from parties join sizes using (engagement_id)
        where uses >= mentions * $share
        """,
        {"share": _PARTY_SHARE},
    )
    con.execute(
        """
        insert into main.fct_engagement_people by name
        select
            t.id as engagement_id,
            f.person_id,
            arg_min(n.office, list_position($offices, n.office)) as office,
            mode(n.party_code order by n.party_code) as party_code,
            coalesce(mode(r.role order by r.role), 'participant') as role
        from touched_mentions t
        join staging.engagement_mentions m using (mention_id)
        join staging.engagement_mention_people p using (mention_id)
        join staging.person_mentions n on n.document_id = m.document_id and n.name_text = p.name_text
        join staging.person_forms f on f.name_text = n.name_text and f.office = n.office and f.party_code is not distinct from n.party_code
        left join staging.engagement_mention_parties r on r.mention_id = t.mention_id and r.party_code = n.party_code
        group by all
        """,
        {"offices": list(COLUMNS["office"].values or ())},
    )
    con.execute(
        f"""
        insert into main.fct_engagements by name
        with m as (
            select m.*, d.published_on, d.publisher, coalesce(d.duplicate_of, d.document_id) as story
            from main.fct_engagement_mentions m join main.dim_documents d using (document_id)
            where m.engagement_id in (from touched_ids)
        ),
        levels as (
            select engagement_id, arg_min(office, list_position($offices, office)) as level
            from main.fct_engagement_people where engagement_id in (from touched_ids)
            group by all
        )
        select
            m.engagement_id,
            any_value(m.engagement_type) as engagement_type,
            max_by(m.status, {_STANDING}) as status,
            {_best_dates("m.status in ('occurred', 'ongoing'), m.date_precision <> 'unknown'")},
            max_by(m.place_name, (m.place_name is not null, m.published_on, m.mention_id)) as place_name,
            max_by(m.place_country, (m.place_country is not null, m.place_name is not null, m.published_on, m.mention_id)) as place_country,
            any_value(l.level) as level,
            count(distinct m.story) as document_count,
            count(distinct coalesce(m.publisher, m.document_id)) as publisher_count,
            min(m.published_on) as first_reported_on,
            max(m.published_on) as last_reported_on,
            {_CONFLICT} or count(distinct m.place_name) > 1 as has_conflict
        from m
        left join levels l using (engagement_id)
        group by m.engagement_id
        """,
        {
            "offices": list(COLUMNS["office"].values or ()),
            "statuses": ["proposed", "planned", "cancelled", "ongoing", "occurred"],
            "precisions": list(COLUMNS["date_precision"].values or ()),
        },
    )


def _best_dates(first: str) -> str:
    """Return the SQL of the three date columns: what has happened counts before what was planned, exact before wide, late before early."""
    order = f"({first}, -list_position($precisions, m.date_precision), m.published_on, m.mention_id)"
    dates = "struct_pack(s := m.start_date, e := m.end_date, p := m.date_precision)"
    return f"""
            max_by({dates}, {order}).s as start_date,
            max_by({dates}, {order}).e as end_date,
            max_by({dates}, {order}).p as date_precision"""


# Days that documents give exactly and for the same state, and that do not meet.
_CONFLICT = """(
    max(m.start_date) filter (where m.date_precision = 'day' and m.status = 'occurred' and m.date_method in ('explicit', 'relative'))
    > min(m.end_date) filter (where m.date_precision = 'day' and m.status = 'occurred' and m.date_method in ('explicit', 'relative'))
) is true"""


def _write_agreements(con: duckdb.DuckDBPyConnection) -> None:
    for table in ("fct_agreements", "fct_agreement_parties"):
        con.execute(f"delete from main.{table} where agreement_id in (from touched_ids)")
    con.execute("delete from main.fct_agreement_mentions where agreement_id in (from touched_ids) or document_id in (from changed)")
    con.execute("""
        insert into main.fct_agreement_mentions by name
        select m.* exclude (ceremony_mention_id), t.id as agreement_id, e.engagement_id
        from staging.agreement_mentions m
        join touched_mentions t using (mention_id)
        left join main.fct_engagement_mentions e on e.mention_id = m.ceremony_mention_id
    """)
    con.execute("""
        insert into main.fct_agreement_parties by name
        select distinct t.id as agreement_id, party_code
        from touched_mentions t join staging.agreement_mention_parties using (mention_id)
    """)
    con.execute(
        f"""
        insert into main.fct_agreements by name
        with m as (
            select m.*, d.published_on, d.publisher, coalesce(d.duplicate_of, d.document_id) as story
            from main.fct_agreement_mentions m join main.dim_documents d using (document_id)
            where m.agreement_id in (from touched_ids)
        )
        select
            m.agreement_id,
            max_by(m.agreement_type, (m.agreement_type <> 'other', {_STANDING})) as agreement_type,
            max_by(m.status, {_STANDING}) as status,
            max_by(m.title, (length(m.title), m.title)) as title,
            max_by(m.instrument_count, {_STANDING}) as instrument_count,
            {_best_dates("list_position($statuses, m.status), m.date_precision <> 'unknown'")},
            max_by(m.engagement_id, (m.engagement_id is not null, {_STANDING})) as engagement_id,
            count(distinct m.story) as document_count,
            count(distinct coalesce(m.publisher, m.document_id)) as publisher_count,
            min(m.published_on) as first_reported_on,
            max(m.published_on) as last_reported_on,
            ({_CONFLICT.replace("'occurred'", "'signed'")}) as has_conflict
        from m
        group by m.agreement_id
        """,
        {
            "statuses": ["planned", "negotiating", "agreed", "signed", "in_force", "ended"],
            "precisions": list(COLUMNS["date_precision"].values or ()),
        },
    )
